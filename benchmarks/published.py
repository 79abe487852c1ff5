"""Read an index's published figures: checked line by line, from the disk, and once more in a process.

PAPI's 28,854 lines of fourteen years are read in three ways within one process, each several times;
the fastest of each counts. Importing libraries and reading definitions are not counted, as a batch
does both once.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from common import CHECKOUT, arguments, print_machine, print_table, verdict

INDEX = "papi"
FASTER = 3.0


def main() -> None:
    """Measure and print."""
    options = arguments(
        "Published figures: checked, kept on disk, known.", runs=(5, "runs of each")
    )
    print_machine()
    from helpers.inputs import published as room
    from helpers.inputs.published_kept import keep_rows, kept_rows, state_of
    from helpers.project import Project

    project = Project(CHECKOUT)
    files = room._watched(INDEX, project)
    rows = room._checked(INDEX, project)
    with tempfile.TemporaryDirectory(prefix="chiso-benchmark-") as folder:
        kept = Path(folder) / f"{INDEX}-kept.json"
        keep_rows(kept, rows)

        def from_disk() -> None:
            state_of(files)  # nothing is believed before its digest is taken
            found = kept_rows(kept, room.PUBLISHED_COLUMNS)
            if found is None or not found.equals(rows):
                raise SystemExit("What was kept is not what was checked.")

        seconds = {
            "checked line by line": _fastest(lambda: room._checked(INDEX, project), options.runs),
            "kept on disk": _fastest(from_disk, options.runs),
            "known to the process": _fastest(lambda: room.published(INDEX, project), options.runs),
        }
    base = seconds["checked line by line"]
    print(f"{len(rows):,} lines\n")
    print_table(
        [
            {"way": way, "seconds": f"{one:.4f}", "times faster": f"{base / one:.1f}"}
            for way, one in seconds.items()
        ]
    )
    ratio = base / seconds["kept on disk"]
    print(f"from the disk: {ratio:.1f} times as fast; {verdict(ratio, FASTER, at_least=True)}")


def _fastest(read: Callable[[], object], runs: int) -> float:
    def once() -> float:
        started = time.perf_counter()
        read()
        return time.perf_counter() - started

    return min(once() for _ in range(max(runs, 1)))


if __name__ == "__main__":
    main()
