"""A thousand reports: memory of the whole process tree over time, and whether time stays linear.

Execution only. The years from 2011 to 2024 that do not ship are filled in the copy with scores
drawn at random, whose source says that they are simulated; a second notebook, a copy of the first,
doubles the reports. Memory is the proportional set size (PSS) of all processes of the run, in which
memory that forks share counts once; Linux only.
"""

from __future__ import annotations

import csv
import random
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from common import (
    REPORT,
    arguments,
    batch,
    environment,
    print_machine,
    print_table,
    scratch_checkout,
    verdict,
)

SOURCE = "SỐ LIỆU MÔ PHỎNG: số ngẫu nhiên để đo tốc độ (benchmarks/memory.py)"
FIRST_YEAR, LAST_YEAR = 2011, 2024
EVERY = 0.5
"""Seconds between two samples of memory."""
MOST = 1.5
LINEAR = 0.10
GIB = 1 << 30


def main() -> None:
    """Measure a tenth and the whole, and print."""
    options = arguments(
        "Memory and time of many reports.", reports=(200, "reports; --all makes 1,000")
    )
    count = 1000 if options.all else options.reports
    print_machine()
    with scratch_checkout() as root:
        add_simulated_years(root)
        shutil.copy(
            root / "notebooks" / f"{REPORT}.ipynb", root / "notebooks" / f"{REPORT}_again.ipynb"
        )
        jobs = _jobs(root, count)
        # Parents of new years are started all along the way: a part has its share of them too.
        part = _measured(root, jobs[: count // 10])
        shutil.rmtree(root / "outputs" / "reports")
        whole = _measured(root, jobs)
    print_table([_row(count // 10, part), _row(count, whole)])
    _print_verdicts(count, part, whole)


def add_simulated_years(root: Path) -> None:
    """Fill the years without scores in the copy; the rows say that they are simulated."""
    from helpers.definitions import load_framework
    from helpers.project import Project

    definition = load_framework("papi", Project(root))
    folder = root / "data" / "published" / "papi"
    with (folder / "2024.csv").open(encoding="utf-8", newline="") as file:
        places = sorted({(row["slug"], row["unit"]) for row in csv.DictReader(file)})
    chance = random.Random(1)  # noqa: S311
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        path = folder / f"{year}.csv"
        if path.exists():
            continue
        edition = definition.edition(year)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["unit", "slug", "code", "criterion", "value", "status", "source"])
            for slug, unit in places:
                values = {c: round(chance.uniform(3.5, 7.5), 4) for c in edition.dimensions}
                values[edition.root] = round(sum(values.values()), 4)
                writer.writerows(
                    [unit, slug, one.code, one.subject, value, "simulated", SOURCE]
                    for one, value in values.items()
                )


def _jobs(root: Path, count: int) -> list[str]:
    from helpers.indices.papi.result import available
    from helpers.project import Project

    every = [
        f"{report}:{unit}:{year}"
        for report in (REPORT, f"{REPORT}_again")
        for year, units in sorted(available(Project(root)).items())
        for unit in units
    ]
    if count > len(every):
        raise SystemExit(f"--reports: at most {len(every)}")
    return every[:count]


def _measured(root: Path, jobs: list[str]) -> tuple[float, list[float]]:
    """Run the jobs; return seconds and samples of memory in bytes."""
    started = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            batch([], jobs), env=environment(root), cwd=root, stdout=said, stderr=said
        )
        samples = []
        while process.poll() is None:
            samples.append(_memory(root))
            time.sleep(EVERY)
        took = time.perf_counter() - started
        if process.returncode:
            said.seek(0)
            raise SystemExit(said.read())
    return took, samples


def _memory(root: Path) -> float:
    """Return the PSS of all processes of the run, in bytes."""
    mark = f"CHISO_PROJECT={root}".encode()
    total = 0
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and mark in (entry / "environ").read_bytes().split(b"\0"):
                line = (entry / "smaps_rollup").read_text().partition("\nPss:")[2]
                total += int(line.split()[0]) * 1024
        except (OSError, IndexError):  # ended between two looks
            continue
    return total


def _row(count: int, measured: tuple[float, list[float]]) -> dict[str, object]:
    took, samples = measured
    half = len(samples) // 2
    return {
        "reports": count,
        "seconds": f"{took:.0f}",
        "seconds a report": f"{took / count:.3f}",
        "peak GiB": f"{max(samples) / GIB:.2f}",
        "median GiB, first half": f"{statistics.median(samples[:half]) / GIB:.2f}",
        "median GiB, second half": f"{statistics.median(samples[half:]) / GIB:.2f}",
    }


def _print_verdicts(
    count: int, part: tuple[float, list[float]], whole: tuple[float, list[float]]
) -> None:
    peak = max(whole[1]) / GIB
    print(f"Peak {peak:.2f} GiB ({verdict(peak, MOST, at_least=False)}).")
    ratio = (whole[0] / count) / (part[0] / (count // 10))
    met = "met" if ratio <= 1 + LINEAR else "MISSED"
    print(
        f"A report of {count} takes {ratio:.2f} times one of {count // 10} "
        f"(at most {1 + LINEAR:g}: {met})."
    )


if __name__ == "__main__":
    main()
