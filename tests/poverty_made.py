"""Small deliveries about poor households, work plans and PAPI, made for tests; nothing is real."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from helpers.indices.poverty.arithmetic import PovertyRules
from helpers.project import Project

CHECKOUT = Path(__file__).resolve().parents[1]
OFFICE = "Sở Lao động - Thương binh và Xã hội"
Rows = Iterable[Mapping[str, object]]


def checkout_in(folder: Path, *, deliveries: bool = False) -> Project:
    """Copy what a report needs; with `deliveries` also those of the five real reports."""
    names = [
        "params/indices",
        "params/words",
        "params/places",
        "params/entry",
        "data/published",
        "notebooks",
    ]
    if deliveries:
        names += ["params/provinces"]
        for path in CHECKOUT.glob("data/provinces/*/*/*.csv"):
            if "tinh-mau" not in path.parts:
                target = folder / path.relative_to(CHECKOUT)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, target)
        for path in CHECKOUT.glob("data/provinces/*/*/*.yml"):
            target = folder / path.relative_to(CHECKOUT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    for name in names:
        shutil.copytree(CHECKOUT / name, folder / name)
    return Project(folder)


def deliver(project: Project, slug: str, year: int, *, settings: str = "", **files: Rows) -> None:
    """Write settings and CSV files; a file's name has underscores for hyphens."""
    office = project.offices / slug / f"{year}.yml"
    office.parent.mkdir(parents=True, exist_ok=True)
    office.write_text(f"office:\n  name: {OFFICE}\n  short: Sở LĐ\n{settings}", encoding="utf-8")
    folder = project.deliveries / slug / str(year)
    folder.mkdir(parents=True, exist_ok=True)
    for name, given in files.items():
        rows = list(given)
        path = folder / f"{name.replace('_', '-')}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)


def figures(year: int, **values: object) -> list[dict[str, object]]:
    """Lines of so-lieu.csv of the topic poverty; ``plan_reduction=...`` and so on."""
    return [{"ma": f"poverty.{code}", "gia_tri": v, "nam": year} for code, v in values.items()]


def unit(
    name: str, total: int, poor: int, near: int, *, before: tuple[int, int, int] | None = None
):
    """One row of the table of districts: all households, poor, near-poor, and the same at the start."""
    row = {
        "Huyện, thị xã, thành phố": name,
        "Tổng số hộ dân cư": total,
        "Số hộ nghèo cuối năm": poor,
        "Số hộ cận nghèo cuối năm": near,
    }
    if before is not None:
        start = ("Tổng số hộ dân cư đầu năm", "Số hộ nghèo đầu năm", "Số hộ cận nghèo đầu năm")
        row |= dict(zip(start, before, strict=True))
    return row


def commune(district: str, name: str, total: int, poor: int, near: int):
    """One row of the table of communes."""
    return {**unit(district, total, poor, near), "Xã, phường, thị trấn": name}


def classify(area: str, b1: float, b2: float, rules: PovertyRules) -> str:
    """Return the class of one household by its points, read from the rules one after the other."""
    if not rules.complete:
        raise ValueError("the cut-offs are not all known")
    return next(
        rule.name
        for rule in rules.classes
        if area == rule.area
        and (rule.b1_over is None or b1 > rule.b1_over)
        and (rule.b1_at_most is None or b1 <= rule.b1_at_most)
        and (rule.b2_at_least is None or b2 >= rule.b2_at_least)
    )
