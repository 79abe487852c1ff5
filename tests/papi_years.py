"""PAPI as it was known for some time: three years, totals and dimensions, no errors.

What a report says where little is known is tried on this; what ships holds every year.
"""

import csv
import shutil
from pathlib import Path

from batch_project import CHECKOUT

from helpers.project import Project

YEARS = (2020, 2021, 2024)


def three_years(folder: Path) -> Project:
    """Copy what a report needs, with PAPI of three years down to the dimensions."""
    for name in ("params", "notebooks", "data/published"):
        shutil.copytree(CHECKOUT / name, folder / name)
    keep_three_years(Project(folder))
    return Project(folder)


def keep_three_years(project: Project) -> None:
    """Take everything else of PAPI out of a copy of the checkout."""
    (project.published / "papi_errors.csv").unlink()
    for path in sorted((project.published / "papi").glob("*.csv")):
        if int(path.stem) not in YEARS:
            path.unlink()
            continue
        with path.open(encoding="utf-8", newline="") as file:
            heading, *lines = csv.reader(file)
        kept = [line for line in lines if "." not in line[heading.index("code")]]
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([heading, *kept])
