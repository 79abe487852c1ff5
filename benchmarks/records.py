"""Read an Excel file of dossiers: the reader of records, and its cache, against pandas with openpyxl.

The file holds simulated dossiers (``helpers.simulation``), all columns. Each reading is a process of
its own; importing libraries is not counted, as a batch imports once. pandas only loads cells; the
reader also finds columns, types them, checks every rule (hidden rows, doubles, dates, totals) and
keeps Parquet. Memory is the peak of the process, libraries included.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from common import CHECKOUT, arguments, print_machine, print_table, timed, verdict

FASTER = 10.0
FROM_CACHE = 200.0
PROVINCE, YEAR = "quang-nam", 2024
ROWS = 230_000


def main() -> None:
    """Measure and print."""
    options = arguments(
        "Reader of records against pandas and openpyxl on a workbook of dossiers.",
        rows=(ROWS, "dossiers in the workbook"),
    )
    print_machine()
    with tempfile.TemporaryDirectory(prefix="chiso-benchmark-") as folder:
        root = Path(folder)
        (root / "params").symlink_to(CHECKOUT / "params")
        path = root / "data" / "provinces" / PROVINCE / str(YEAR) / "ho-so.xlsx"
        path.parent.mkdir(parents=True)
        size = _write(path, options.rows)
        print(f"{size:,} dossiers, {path.stat().st_size / 1e6:.1f} MB of XLSX\n", flush=True)
        made = {way: _measured(way, root, path) for way in ("pandas", "reader", "cache")}
    base = made["pandas"]["seconds"]
    print_table(
        [
            {
                "way": way,
                "seconds": f"{one['seconds']:.2f}",
                "times faster": f"{base / one['seconds']:.1f}",
                "peak MB": f"{one['megabytes']:.0f}",
            }
            for way, one in made.items()
        ]
    )
    for way, target in (("reader", FASTER), ("cache", FROM_CACHE)):
        ratio = base / made[way]["seconds"]
        print(f"{way}: {ratio:.1f} times as fast; {verdict(ratio, target, at_least=True)}")


def _measured(way: str, root: Path, path: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--", way, str(path)]
    return dict(json.loads(timed(command, root)[1].splitlines()[-1]))


def _write(path: Path, rows: int) -> int:
    """Write simulated dossiers as a workbook of true dates, numbers and có/không."""
    import openpyxl

    from helpers.simulation.dossiers import DOSSIERS, dossiers

    frame = dossiers(YEAR, rows / DOSSIERS).head(rows)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Hồ sơ")
    sheet.append(frame.columns)
    for row in frame.iter_rows():
        sheet.append(
            [("có" if cell else "không") if isinstance(cell, bool) else cell for cell in row]
        )
    book.save(path)
    return frame.height


def _read(way: str, path: Path) -> float:
    """Read in this process; return seconds."""
    if way == "pandas":
        import openpyxl  # noqa: F401  (imported before the clock starts)
        import pandas as pd

        started = time.perf_counter()
        frame = pd.read_excel(path, engine="openpyxl")
        assert len(frame)
        return time.perf_counter() - started
    from helpers.inputs.delivery import Delivery
    from helpers.inputs.office import Office, OfficeName
    from helpers.inputs.records import read_records
    from helpers.project import Project

    project = Project(path.parents[4])
    office = Office(office=OfficeName(name="Sở"))
    started = time.perf_counter()
    records = read_records("dossiers", Delivery(YEAR, PROVINCE), project, office)
    assert records is not None
    assert records.rows
    return time.perf_counter() - started


if __name__ == "__main__":
    if "--" in sys.argv:
        seconds = _read(sys.argv[2], Path(sys.argv[3]))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds": seconds, "megabytes": peak}))
    else:
        main()
