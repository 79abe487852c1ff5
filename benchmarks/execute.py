"""Execute the PAPI reports of 2024: the batch engine against papermill called once per report.

Both leave executed notebooks and publish nothing. Every figure is the time of whole processes, from
start to exit; the batch pays for starting its parent. Papermill is measured on a sample and scaled.
"""

from __future__ import annotations

from pathlib import Path

from common import (
    arguments,
    batch,
    every_nth,
    measured_units,
    papermill,
    print_machine,
    print_table,
    scratch_checkout,
    timed,
    verdict,
)

TARGET = 10.0


def main() -> None:
    """Measure and print."""
    options = arguments(
        "Batch engine against papermill, execution only.",
        reports=(8, "reports that papermill executes; the batch always executes all"),
    )
    print_machine()
    with scratch_checkout() as root:
        units = measured_units(root)
        sample = list(units) if options.all else every_nth(units, options.reports)
        # Once untimed: byte code, the font cache of matplotlib, the disk's cache.
        timed(batch([], units[:2]), root)
        timed(papermill(root, units[0], root / "first.ipynb"), root)
        one_by_one = [
            timed(papermill(root, unit, Path(root) / f"{unit}.ipynb"), root)[0] for unit in sample
        ]
        whole = timed(batch([], units), root)[0]
        # The two that were made before are made new: nothing is taken from a record.
        rest = len(units) - 2
    single = sum(one_by_one) / len(one_by_one)
    batched = whole / rest
    print_table(
        [
            _row(f"papermill, one process each (measured on {len(sample)})", single, len(units)),
            _row(f"batch engine (measured on {rest} not yet made)", batched, len(units)),
        ]
    )
    ratio = single / batched
    print(f"The batch is {ratio:.1f} times as fast ({verdict(ratio, TARGET, at_least=True)}).")


def _row(what: str, seconds: float, count: int) -> dict[str, object]:
    return {
        "what": what,
        "seconds a report": f"{seconds:.2f}",
        f"seconds for {count}": f"{seconds * count:.0f}",
    }


if __name__ == "__main__":
    main()
