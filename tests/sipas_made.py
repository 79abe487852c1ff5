"""Small deliveries about satisfaction, made for tests: nothing in them is real."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from helpers.project import Project

CHECKOUT = Path(__file__).resolve().parents[1]
OFFICE = "Sở Lao động - Thương binh và Xã hội"
AGENCIES = (OFFICE, "Sở Công Thương", "Sở Nội vụ", "Sở Tư pháp", "Sở Xây dựng", "Sở Y tế")
DISTRICTS = ("Huyện An", "Huyện Bình", "Huyện Châu")


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
    figures: Iterable[Mapping[str, object]] = (),
    results: Iterable[Mapping[str, object]] = (),
    forms: Iterable[Mapping[str, object]] = (),
) -> None:
    """Write an office's settings and what it delivered."""
    office = project.offices / slug / f"{year}.yml"
    office.parent.mkdir(parents=True, exist_ok=True)
    text = f"office:\n  name: {OFFICE}\n  short: Sở LĐ-TB&XH\n{settings}"
    office.write_text(text, encoding="utf-8")
    folder = project.deliveries / slug / str(year)
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (("so-lieu", figures), ("ket-qua-sipas", results), ("phieu-khao-sat", forms)):
        _write(folder / f"{name}.csv", list(rows))


def _write(path: Path, rows: list[Mapping[str, object]]) -> None:
    if not rows:
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def figure(code: str, value: object, year: int, **more: object) -> dict[str, object]:
    """One line of so-lieu.csv."""
    return {"ma": f"sipas.{code}", "gia_tri": value, "nam": year, "tai_lieu": "Quyết định", **more}


def printed(kind: str, unit: str, code: str, value: object, **more: object) -> dict[str, object]:
    """One line of ket-qua-sipas.csv."""
    found = {"cap": kind, "don_vi": unit, "nam": "", "tieu_chi": code, "gia_tri": value}
    return {**found, "so_phieu": "", "xep_hang": "", "nguon": "Quyết định công bố", **more}


def agency_forms(
    year: int, *, level: float = 0.8, each: int = 60, agencies: Iterable[str] = AGENCIES
) -> list[dict[str, object]]:
    """Forms of people who had business with agencies; the items of services only."""
    random = np.random.default_rng(year)
    rows: list[dict[str, object]] = []
    for number, agency in enumerate(agencies):
        for _ in range(each):
            item = np.arange(19)
            share = level + 0.02 * number - 0.005 * item
            answers = np.where(random.random(19) < share, random.integers(4, 6, 19), 3)
            row = {
                "ma_phieu": f"C{len(rows)}",
                "nam": year,
                "co_quan": agency,
                "huyen": "",
                "xa": "",
            }
            row |= {"thon": "", **{f"c9_{15 + i}": int(answers[i]) for i in item}}
            rows.append(row)
    return rows


def resident_forms(year: int, *, level: float = 0.75, each: int = 12) -> list[dict[str, object]]:
    """Forms of residents, drawn in villages of communes of districts; all items."""
    random = np.random.default_rng(year + 1)
    columns = [f"c9_{i}" for i in range(1, 35 if year >= 2023 else 34)]
    rows: list[dict[str, object]] = []
    for district in DISTRICTS:
        for commune in range(3):
            for village in range(2):
                shift = 0.05 * random.standard_normal()
                for _ in range(each):
                    answers = np.where(
                        random.random(len(columns)) < level + shift,
                        random.integers(4, 6, len(columns)),
                        random.integers(1, 4, len(columns)),
                    )
                    row: dict[str, object] = {
                        "ma_phieu": f"R{len(rows)}",
                        "nam": year,
                        "co_quan": "",
                    }
                    row |= {
                        "huyen": district,
                        "xa": f"Xã {commune + 1}",
                        "thon": f"Thôn {village + 1}",
                    }
                    rows.append(row | dict(zip(columns, answers.tolist(), strict=True)))
    return rows


def both(year: int, **more: float) -> list[dict[str, object]]:
    """Forms of residents and of people who judge agencies, in one file."""
    residents, customers = resident_forms(year, **more), agency_forms(year, **more)
    names = dict.fromkeys([*residents[0], *customers[0]], "")
    return [{**names, **row} for row in (*residents, *customers)]
