"""A made-up index, all of it simulated: the four files that an index without Python needs."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

from helpers.project import Project

DEFINITION = """\
key: vui
short_name: VUI
name_vi: Chỉ số vui vẻ thử nghiệm
name_en: Test Joy Index
owner: Nhóm thử nghiệm
sentence: Chỉ số vui vẻ thử nghiệm (VUI) chỉ dùng để thử chương trình.
unit: điểm
scored: province
errors: {kind: none, reason: "điểm do chương trình bịa ra"}
groups:
  names: [Buồn, Vui]
editions:
- key: "2024"
  first_year: 2023
  criteria:
  - code: total
    name_vi: Điểm tổng hợp VUI
    minimum: 0
    maximum: 20
    aggregation: weighted_mean
    times: 2
    children:
    - {code: a, name_vi: Tiếng cười, name_en: Laughter, minimum: 0, maximum: 10, weight: 3}
    - {code: b, name_vi: Bài hát, name_en: Songs, minimum: 0, maximum: 10, weight: 1}
"""
SOURCE = "số liệu bịa để thử chương trình"
SHIPPED = Path(__file__).resolve().parents[1]


def made(root, checkout) -> Project:
    """Make a checkout that has the made-up index beside the shipped definitions and places."""
    project = Project(root)
    for folder in ("places", "words", "site", "entry"):
        (root / "params").mkdir(exist_ok=True)
        (root / "params" / folder).symlink_to(checkout.root / "params" / folder)
    project.definitions.mkdir()
    for path in checkout.definitions.glob("*.yml"):
        (project.definitions / path.name).symlink_to(path)
    definition(project)
    rows(project, (2023, 2024))
    return project


def definition(project: Project) -> None:
    """Write what the index is."""
    (project.definitions / "vui.yml").write_text(DEFINITION, "utf-8")


def rows(project: Project, years: Sequence[int]) -> None:
    """Write a table of every province for each year."""
    with (project.places / "units_63.csv").open(encoding="utf-8", newline="") as stream:
        names = [row["name"] for row in csv.DictReader(stream)]
    folder = project.published / "vui"
    folder.mkdir(parents=True)
    for year in years:
        with (folder / f"{year}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["unit", "code", "value", "group", "status", "publisher", "source"])
            for number, name in enumerate(names):
                a, b = number % 10 + 0.1 * (year - 2023), 9 - number % 9
                total = 2 * (3 * a + b) / 4
                group = "Vui" if total > 10 else "Buồn"
                for code, value, told in (("a", a, ""), ("b", b, ""), ("total", total, group)):
                    row = [name, code, f"{value:.4f}", told, "simulated", "Nhóm thử nghiệm", SOURCE]
                    writer.writerow(row)


def notebooks(project: Project) -> None:
    """Copy those of PCI as docs/new-index.md says: only key, province and year differ."""
    for kind in ("", "_national"):
        text = (SHIPPED / "notebooks" / f"pci{kind}.ipynb").read_text("utf-8")
        for old, new in (("pci", "vui"), ("da-nang", "ha-noi"), ("2016", "2024")):
            text = text.replace(old, new)
        assert json.loads(text)["metadata"]["chiso"]["index"] == "vui"
        (project.notebooks / f"vui{kind}.ipynb").write_text(text, "utf-8")
