"""Small synthetic PAPI workbooks in the layouts of the official one."""

from __future__ import annotations

import shutil
from pathlib import Path

from openpyxl import Workbook

from helpers.definitions import FrameworkEdition, load_framework
from helpers.inputs.published import published_scores
from helpers.places import register
from helpers.project import Project, find_project

Grid = list[list[object]]

PROVINCES = ("Hà Nội", "Hà Giang", "Quảng Nam")
SLUGS = ("ha-noi", "ha-giang", "quang-nam")
GSO_CODES = (1.0, 2.0, 49.0)


def copy_project(root: Path) -> Project:
    """Return a project with the definitions, the register and the published scores."""
    here = find_project(Path(__file__).parent).root
    shutil.copytree(here / "params", root / "params")
    shutil.copytree(here / "data" / "published", root / "data" / "published")
    return Project(root)


def edition(year: int) -> FrameworkEdition:
    return load_framework("papi").edition(year)


def score(year: int, province: int, code: str) -> float:
    """Return a synthetic score; sums hold exactly."""
    criterion = edition(year).get(code)
    if criterion.children:
        return sum(score(year, province, child.code) for child in criterion.children)
    digits = int(code.replace(".", "")) * 37 + province * 101 + year * 53
    return criterion.minimum + (criterion.maximum - criterion.minimum) * (digits % 97 + 1) / 101


def columns_sheet(year: int) -> Grid:
    """Return a sheet as in 2019: criteria in rows, one column of labels."""
    rows: Grid = [
        ["Mã tỉnh", "Thang điểm", *GSO_CODES],
        ["Tỉnh/Thành phố trực thuộc trung ương", "", *PROVINCES],
    ]
    for criterion in edition(year).nodes:
        label = f"{criterion.code}: {criterion.name_vi}"
        scale = f"{criterion.minimum:g}-{criterion.maximum:g} điểm"
        if criterion.code == "total":
            label, scale = "Chỉ số PAPI tổng hợp (không có trọng số)", "10-80 điểm"
        elif criterion.children:
            label = f"Chỉ số nội dung {criterion.code}: {criterion.name_vi}"
        rows.append([label, scale, *(score(year, p, criterion.code) for p in range(3))])
        if criterion.code == "total":
            rows += interval_rows(year)
        if not criterion.children:
            rows.append(["Tỷ lệ người trả lời đồng ý (%)*", "0%-100%", 0.25, 0.5, 0.0])
    return [*rows, ["Ghi chú: ô trống là do mẫu nhỏ", "", None, None, None]]


def interval_rows(year: int, half_width: float = 1.645) -> Grid:
    totals = [score(year, p, "total") for p in range(3)]
    name = "Chỉ số PAPI tổng hợp (không có trọng số)"
    return [
        [
            f"{name} - điểm tối thiểu trong khoảng tin cậy 95%",
            "",
            *(t - half_width / 5 for t in totals),
        ],
        [
            f"{name} - điểm tối đa trong khoảng tin cậy 95%",
            "",
            *(t + half_width / 5 for t in totals),
        ],
        [f"{name} - sai số ", "", 0.2, 0.2, 0.2],
    ]


def bilingual_sheet(year: int) -> Grid:
    """Return a sheet as in 2022 and 2023: labels in English and Vietnamese, count of interviews."""
    rows: Grid = []
    for row in columns_sheet(year):
        code = str(row[0]).split(":")[0].removeprefix("Chỉ số nội dung ")
        english = edition(year).get(code).name_en if edition(year).has(code) else "Share who agree*"
        rows.append([english, *row])
    return [*rows, ["Observations", "Số quan sát", "", 1120, 248, 251]]


def rows_sheet(year: int, labels_of: int | None = None) -> Grid:
    """Return a sheet as in 2015 to 2017: provinces in rows, no total, names with blanks."""
    criteria = [c for c in edition(year).nodes if c.code != "total"]
    named = edition(labels_of or year)
    heading = [f"{c.code}: {named.get(c.code).name_vi} " for c in criteria]
    return [
        ["Tên tỉnh ", *heading],
        *(
            [f"{name} ", *(score(year, p, c.code) for c in criteria)]
            for p, name in enumerate(PROVINCES)
        ),
    ]


def find_row(grid: Grid, start: str) -> int:
    """Return the row whose label starts with a text."""
    return next(i for i, row in enumerate(grid) if any(str(c).startswith(start) for c in row[:2]))


def save(path: Path, sheets: dict[str, Grid]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, grid in sheets.items():
        sheet = book.create_sheet(name)
        for row in grid:
            sheet.append(row)
    book.save(path)
    return path


def whole_sheet(year: int) -> Grid:
    """Return a sheet as in 2019 with every score of the year that ships."""
    here = find_project(Path(__file__).parent)
    scores = published_scores("papi", here)
    scores = scores[scores["year"] == year]
    units = [unit for unit in register(here).units("63") if unit.slug in set(scores["slug"])]
    known = {(slug, code): v for slug, code, v in scores[["slug", "code", "value"]].values}
    rows: Grid = [
        ["Mã tỉnh", "Thang điểm", *(float(unit.gso_code) for unit in units)],
        ["Tỉnh/Thành phố trực thuộc trung ương", "", *(unit.name for unit in units)],
    ]
    for criterion in edition(year).nodes:
        label = f"{criterion.code}: {criterion.name_vi}"
        if criterion.code == "total":
            label = "Chỉ số PAPI tổng hợp (không có trọng số)"
        elif criterion.children:
            label = f"Chỉ số nội dung {criterion.code}: {criterion.name_vi}"
        scale = f"{criterion.minimum:g}-{criterion.maximum:g} điểm"
        rows.append([label, scale, *(known.get((u.slug, criterion.code)) for u in units)])
    return rows
