"""How findings are said: sentences from ``params/words``, numbers with their traces, typography.

Nothing is compared, sorted or computed here; see ``docs/words.md`` for the files.
"""
