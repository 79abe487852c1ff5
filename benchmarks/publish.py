"""Execute and publish (HTML and PDF): the batch, against single processes and against a floor.

Against papermill once per report and ``python -m helpers.publishing`` once per document and format:
whole processes from start to exit, measured on a sample and scaled. What papermill leaves lacks the
captions and title that are stamped, so the publishing processes are given the batch's notebook of the
same report.

The floor (``floor.py``): the same cells, pandoc and Typst calls in one warm process for each core,
without notebooks, records or pages put together; its start is not counted, that of the batch is.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from common import (
    REPORT,
    YEAR,
    arguments,
    chiso,
    every_nth,
    measured_units,
    papermill,
    print_machine,
    print_table,
    scratch_checkout,
    timed,
    verdict,
)

TARGET = 8.0
FLOOR = 1.5
FORMATS = ("html", "pdf")


def main() -> None:
    """Measure and print."""
    options = arguments(
        "Batch against single processes and a floor, execution and HTML and PDF.",
        reports=(61, "reports that batch and floor make"),
        sample=(6, "reports that single processes make"),
    )
    print_machine()
    with scratch_checkout() as root:
        every = measured_units(root)
        units = list(every) if options.all else every_nth(every, options.reports)
        timed(_batch(units[:2]), root)  # untimed: byte code, fonts, the disk's cache
        shutil.rmtree(root / "outputs" / "reports")
        whole = timed(_batch(units), root)[0]
        sample = units if options.all else every_nth(units, options.sample)
        steps = [_single(root, unit) for unit in sample]
        executed, html, pdf = (sum(step) / len(steps) for step in zip(*steps, strict=True))
        single = executed + html + pdf
        floor = float(timed(_floor(root, units), root)[1].splitlines()[-1])
    made, count = whole / len(units), len(units)
    rows = [
        (f"single processes (measured on {len(sample)})", single),
        ("  papermill", executed),
        ("  publish HTML", html),
        ("  publish PDF", pdf),
        (f"chiso run (measured on {count})", made),
        (f"floor (measured on {count})", floor / count),
    ]
    print_table(
        [
            {"what": w, "seconds a report": f"{s:.2f}", f"seconds for {count}": f"{s * count:.0f}"}
            for w, s in rows
        ]
    )
    fast, above = single / made, whole / floor
    print(f"The batch is {fast:.1f} times as fast ({verdict(fast, TARGET, at_least=True)}).")
    print(f"It takes {above:.2f} times the floor ({verdict(above, FLOOR, at_least=False)}).")


def _batch(units: list[str]) -> list[str]:
    choice = ("--report", REPORT, "--year", str(YEAR), "--engine", "pandoc")
    formats = [word for name in FORMATS for word in ("--format", name)]
    provinces = [word for unit in units for word in ("--province", unit)]
    return chiso("run", *choice, *formats, *provinces)


def _single(root: Path, unit: str) -> tuple[float, ...]:
    folder = root / "single" / unit
    folder.mkdir(parents=True)
    executed = timed(papermill(root, unit, folder / "papermill.ipynb"), root)[0]
    stamped = folder / f"{REPORT}.ipynb"
    shutil.copy(root / "outputs" / "reports" / str(YEAR) / unit / stamped.name, stamped)
    publishing = [sys.executable, "-m", "helpers.publishing", str(stamped), "--engine", "pandoc"]
    return executed, *(timed([*publishing, "--format", name], root)[0] for name in FORMATS)


def _floor(root: Path, units: list[str]) -> list[str]:
    return [sys.executable, str(Path(__file__).with_name("floor.py")), str(root), *units]


if __name__ == "__main__":
    main()
