"""Small deliveries about dossiers and service quality, made for tests: nothing in them is real."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from helpers.project import Project

CHECKOUT = Path(__file__).resolve().parents[1]
SPAN = re.compile(r'\[([^\[\]]*)\]\{\.so title="([^"{}]*)"\}')
REFERENCE = re.compile(r"@(?:fig|tbl)-[a-z0-9-]*[a-z0-9]")
NAMES_WITH_DIGITS = re.compile(
    r"""
    (?<![\d.,/])\d{1,2}/\d{1,2}/20\d\d(?![\d/])          # a date
    | (?<![\d.,])20(?:1\d|2\d)(?![\d,.]\d)              # a year
    | \d+/20\d\d/(?:NĐ-CP|TT-VPCP|QH13) | 766/QĐ-TTg      # the number of a document
    | (?:khoản|Điều)\ \d+ | (?:tháng|Tháng|Quý)\ \d+     # an article, a month
    | [Bb]ộ\ chỉ\ số\ 766 | «Bộ\ chỉ\ số\ 766» | TT01-2018
    | (?<![\d.,])[1-5]\.[1-6][ab]?(?!\d|,\d)            # the code of an indicator
    | thang\ 100 | /100\ điểm | Tổng\ 100\ điểm | thành\ 100% | đến\ 100% | trên\ thang\ 100
    | 11\ cột | không\ quá\ 0,015\ điểm | 0,015\ điểm    # method
    """,
    re.VERBOSE,
)


def untraced_numeral(markdown: str, *given: str) -> str:
    """Return the first numeral without a trace that is no name, or nothing.

    `given` are texts taken over from a definition as they stand.
    """
    for text in given:
        markdown = markdown.replace(text, "")
    left = NAMES_WITH_DIGITS.sub("", REFERENCE.sub("", SPAN.sub("", markdown)))
    found = re.search(r".{0,50}\d.{0,30}", left)
    return found.group() if found else ""


def untidy(markdown: str) -> str:
    """Return what reads badly: double spaces, brackets left open, leftovers of code."""
    read = SPAN.sub(r"\1", markdown)
    wrong = [
        m for m in ("  ", "()", " ,", " .", " ;", "..", ",.", ";.", "None", "nan ") if m in read
    ]
    pairs = (("(", ")"), ("«", "»"))
    return " | ".join([*wrong, *(a + b for a, b in pairs if read.count(a) != read.count(b))])


def checkout_in(folder: Path) -> Project:
    """Copy what a report needs, without anybody's delivery."""
    for name in (
        "params/indices",
        "params/words",
        "params/places",
        "params/entry",
        "data/published",
        "notebooks",
    ):
        shutil.copytree(CHECKOUT / name, folder / name)
    return Project(folder)


def deliver(
    project: Project,
    slug: str,
    year: int,
    *,
    settings: str = "",
    **files: Iterable[Mapping[str, object]],
) -> None:
    """Write an office's settings and CSV files: ``ho_so_tthc=[{…}]`` makes ``ho-so-tthc.csv``."""
    office = project.offices / slug / f"{year}.yml"
    office.parent.mkdir(parents=True, exist_ok=True)
    office.write_text(f"office:\n  name: Sở Thử nghiệm\n{settings}", encoding="utf-8")
    folder = project.deliveries / slug / str(year)
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in files.items():
        table = list(rows)
        heading = list(dict.fromkeys(key for row in table for key in row))
        with (folder / f"{name.replace('_', '-')}.csv").open(
            "w", encoding="utf-8", newline=""
        ) as file:
            writer = csv.DictWriter(file, heading)
            writer.writeheader()
            writer.writerows(table)


def report_row(
    name: str,
    online: int,
    direct: int,
    carried: int,
    early: int,
    on_time: int,
    late: int,
    over: int = 0,
    **more: object,
) -> dict[str, object]:
    """Return a row of the report table in which every identity holds."""  # fmt: skip
    received, resolved = online + direct + carried, early + on_time + late
    return {
        "linh_vuc": name, "don_vi": "", "thang": "", "tn_tong": received, "tn_truc_tuyen": online,
        "tn_truc_tiep": direct, "tn_ky_truoc": carried, "gq_tong": resolved, "gq_truoc_han": early,
        "gq_dung_han": on_time, "gq_qua_han": late, "dg_tong": received - resolved,
        "dg_trong_han": received - resolved - over, "dg_qua_han": over, **more,
    }  # fmt: skip


def figure(code: str, value: object, year: int = 2023) -> dict[str, object]:
    """Return a row of so-lieu.csv."""
    return {"ma": f"procedures.{code}", "gia_tri": value, "don_vi": "", "nam": year}
