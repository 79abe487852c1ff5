"""A small checkout with an office of the simulated province that scored itself, by its own rule set."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from helpers.project import Project

CHECKOUT = Path(__file__).resolve().parents[1]
SLUG, YEAR = "tinh-mau", 2024

RULE_SET = """
name: Bộ tiêu chí cải cách hành chính của các sở (thử)
legal_basis:
- {number: 12/QĐ-UBND, date: 2024-01-15, issuer: UBND Tỉnh Mẫu, title: thử}
criteria:
- code: "1"
  name: Chỉ đạo, điều hành
  maximum: 10
  children:
  - {code: "1.1", name: Ban hành kế hoạch, maximum: 2, rule: {type: boolean}}
  - code: "1.2"
    name: Hoàn thành kế hoạch
    maximum: 5
    rule:
      type: ladder
      steps: [{at_least: 100, points: 5}, {at_least: 80, points: 3}]
  - {code: "1.3", name: Sáng kiến, maximum: 3, rule: {type: per_unit, points: 1.5}}
- code: "3"
  name: Cải cách thủ tục hành chính
  maximum: 15
  children:
  - {code: "3.1", name: Giải quyết đúng hạn, maximum: 10, rule: {type: proportional}}
  - {code: "3.2", name: Xin lỗi khi trễ hạn, maximum: 5, rule: {type: proportional}}
- code: "8"
  name: Tác động
  children:
  - code: "8.1"
    name: Khảo sát lãnh đạo
    maximum: 5
    by_survey: true
    rule: {type: options, percent: {A: 100, B: 60, C: 20, D: 0}}
  - code: "8.2"
    name: Chỉ số hài lòng
    maximum: 10
    by_survey: true
    status: inferred
    rule: {type: sipas}
grades:
- group: sở
  legal_basis: Quyết định số 12/QĐ-UBND ngày 15/1/2024 của UBND Tỉnh Mẫu
  bands: [{name: Xuất sắc, at_least: 90}, {name: Tốt, at_least: 80}, {name: Khá, at_least: 65}]
"""

SETTINGS = """
office: {{name: Sở Thử (mô phỏng), short: Sở Thử}}
status: simulated
targets: {{par_index.index: 90}}
rules:
  par_index: {{rule_set: bo-tieu-chi.yml, group: sở}}
{more}
"""

HEADING = [
    *("ma", "ten", "cap", "diem_toi_da", "ap_dung", "so_lieu", "diem_tu_cham"),
    *("diem_tham_dinh", "diem_khao_sat", "ly_do_mat_diem", "bien_phap", "don_vi_chu_tri"),
    *("thoi_han", "ghi_chu"),
]

ROWS = [
    {"ma": "1.1", "so_lieu": "có", "diem_tu_cham": "2", "diem_tham_dinh": "2"},
    {
        "ma": "1.2",
        "so_lieu": "85%",
        "diem_tu_cham": "5",
        "diem_tham_dinh": "3",
        "ly_do_mat_diem": "Hai nhiệm vụ hoàn thành chậm",
        "bien_phap": "Giao từng nhiệm vụ cho một người",
        "don_vi_chu_tri": "Văn phòng",
        "thoi_han": "31/3/2025",
    },
    {"ma": "1.3", "so_lieu": "1", "diem_tham_dinh": "1,5"},
    {"ma": "3.1", "so_lieu": "990/1.000", "diem_tu_cham": "9,9", "diem_tham_dinh": "9,9"},
    {"ma": "3.2", "ap_dung": "không"},
    {"ma": "8.1", "so_lieu": "A: 20; B: 10; C: 5; D: 5"},
]

FIGURES = "ma,gia_tri,don_vi,nam,so_voi_nam,nhom,tai_lieu,cau,ghi_chu\n"


def project_at(root: Path) -> Project:
    """Copy what reports are read from, without any office."""
    for folder in (
        "params/indices",
        "params/places",
        "params/words",
        "params/entry",
        "data/published",
    ):
        shutil.copytree(CHECKOUT / folder, root / folder)
    return Project(root)


def deliver(
    project: Project,
    rows: list[dict[str, str]] | None = None,
    figures: str = "",
    *,
    slug: str = SLUG,
    year: int = YEAR,
    rule_set: str | None = RULE_SET,
    settings: str | None = None,
    file: str = "cham-diem-cchc",
    heading: list[str] | None = None,
) -> None:
    """Write an office's settings, rule set, scoring table and figures."""
    office = project.offices / slug
    office.mkdir(parents=True, exist_ok=True)
    text = settings
    if text is None:
        text = (
            SETTINGS.format(more="") if rule_set else "office: {name: Sở Thử}\nstatus: simulated\n"
        )
    (office / f"{year}.yml").write_text(text, encoding="utf-8")
    if rule_set:
        (office / "bo-tieu-chi.yml").write_text(rule_set, encoding="utf-8")
    folder = project.deliveries / slug / str(year)
    folder.mkdir(parents=True, exist_ok=True)
    if rows is not None:
        with (folder / f"{file}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, heading or HEADING, restval="")
            writer.writeheader()
            writer.writerows(rows)
    if figures:
        (folder / "so-lieu.csv").write_text(FIGURES + figures, encoding="utf-8")


def with_row(code: str, **changes: str) -> list[dict[str, str]]:
    """Return the rows with one of them changed."""
    return [{**row, **changes} if row["ma"] == code else dict(row) for row in ROWS]
