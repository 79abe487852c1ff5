"""What the command ends with, where it is neither success nor a report that failed."""

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""

REFUSED = 2
"""Exit status where something outside the program has to be put right."""

BUG = 70
"""Exit status after a fault of this program, as ``sysexits.h`` has it."""
