"""Nothing changed: all reports of 2024 again; one input changed: what the dry run names.

Whole processes of ``chiso run``, from start to exit. Cost of a further report: all reports against one.
"""

from __future__ import annotations

import json
import statistics
from pathlib import Path

from common import (
    REPORT,
    YEAR,
    arguments,
    chiso,
    every_nth,
    measured_units,
    print_machine,
    print_table,
    scratch_checkout,
    timed,
    verdict,
)

SECONDS = 2.0
MILLISECONDS = 5.0
REPEATS = 5
EXTRA = "papi_extra"


def main() -> None:
    """Measure and print."""
    options = arguments(
        "Runs in which nothing or one input changed.", reports=(61, "reports that are there")
    )
    print_machine()
    with scratch_checkout() as root:
        every = measured_units(root)
        units = list(every) if options.all else every_nth(every, options.reports)
        if len(units) < 2:
            raise SystemExit("--reports: at least 2")
        timed(_run(REPORT, units), root)
        several = _median(_run(REPORT, units), root)
        one = _median(_run(REPORT, units[:1]), root)
        further = (several - one) / (len(units) - 1) * 1000
        print_table(
            [
                {"unchanged": f"{len(units)} reports", "seconds": f"{several:.2f}"},
                {"unchanged": "1 report", "seconds": f"{one:.2f}"},
            ]
        )
        print(f"In all {several:.2f} s ({verdict(several, SECONDS, at_least=False)}).")
        print(
            f"Each further report {further:.1f} ms "
            f"({verdict(further, MILLISECONDS, at_least=False)}).\n"
        )
        _change_one_input(root, units[:3])


def _run(report: str, units: list[str], *more: str) -> list[str]:
    provinces = [word for unit in units for word in ("--province", unit)]
    choice = ("--report", report, "--year", str(YEAR), "--format", "html", "--engine", "pandoc")
    return chiso("run", *choice, *provinces, *more)


def _median(command: list[str], root: Path) -> float:
    return statistics.median(timed(command, root)[0] for _ in range(REPEATS))


def _change_one_input(root: Path, units: list[str]) -> None:
    """Add a report that reads a file of its own, change the file, and ask what would be made."""
    (root / "data" / "extra.csv").write_text("a\n1\n", "utf-8")
    notebook = json.loads((root / "notebooks" / f"{REPORT}.ipynb").read_text("utf-8"))
    cell = {
        "cell_type": "code",
        "execution_count": None,
        "id": "reads-extra",
        "metadata": {},
        "outputs": [],
        "source": "from helpers.project import find_project\n\n"
        'print((find_project().root / "data" / "extra.csv").read_text())',
    }
    notebook["cells"].append(cell)
    (root / "notebooks" / f"{EXTRA}.ipynb").write_text(json.dumps(notebook), "utf-8")
    timed(_run(EXTRA, units), root)
    (root / "data" / "extra.csv").write_text("a\n2\n", "utf-8")
    both = _run(REPORT, units, "--report", EXTRA, "--dry-run")
    lines = [line for line in timed(both, root)[1].splitlines() if line.startswith(REPORT)]
    print(f"data/extra.csv changed; of {2 * len(units)} reports of two kinds the dry run names:")
    print("\n".join(f"  {line}" for line in lines))
    named = sorted(line.split(":")[0] for line in lines)
    wanted = sorted(f"{EXTRA} · {unit} · {YEAR}" for unit in units)
    print("only those that read the file: " + ("met" if named == wanted else "MISSED"))


if __name__ == "__main__":
    main()
