"""A small project with forms of its own, deliveries made by hand, and the rules that they break."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl

from helpers.definitions.forms import load_forms
from helpers.inputs.delivery import Delivery
from helpers.inputs.entry_sheets import WORKBOOK
from helpers.inputs.entry_workbook import write_entry_workbook
from helpers.inputs.problems import InputError, Problem
from helpers.inputs.reading import read_entry
from helpers.places import register
from helpers.project import Project

CHECKOUT = Path(__file__).resolve().parents[1]
SLUG, YEAR = "quang-nam", 2023
FIGURES_SHEET, TABLE_SHEET, TASKS_SHEET = "Số liệu chung", "Hồ sơ", "Nhiệm vụ"

FIGURES = """
procedures:
  title: Giải quyết thủ tục hành chính
  figures:
    - {code: received, label: Tổng số hồ sơ tiếp nhận, kind: count, unit: hồ sơ, minimum: 0}
    - {code: in_time_rate, label: Tỷ lệ đúng hạn, kind: percent, unit: "%", minimum: 0, maximum: 100}
sipas:
  title: Chỉ số hài lòng
  at_most: [[rank, units]]
  figures:
    - {code: rank, label: Thứ hạng của đơn vị, kind: count, unit: thứ hạng, minimum: 1}
    - {code: units, label: Số đơn vị được xếp hạng, kind: count, unit: đơn vị, minimum: 1}
    - {code: grade, label: Xếp loại, kind: text}
poverty:
  title: Hộ nghèo
  figures:
    - {code: poor_rate_change, label: Thay đổi tỷ lệ hộ nghèo, kind: number, unit: điểm %}
"""
DOSSIERS = """
sheet: Hồ sơ
file: ho-so-tthc
title: Tình hình giải quyết hồ sơ
topic: procedures
help: Mỗi dòng là một lĩnh vực.
columns:
  - {code: linh_vuc, label: Lĩnh vực giải quyết, kind: text, required: true}
  - {code: tn_tong, label: Tiếp nhận – Tổng số, kind: count, unit: hồ sơ, minimum: 0, required: true}
  - {code: tn_truc_tuyen, label: Tiếp nhận – Trực tuyến, kind: count, unit: hồ sơ, minimum: 0}
  - {code: gq_tong, label: Đã giải quyết – Tổng số, kind: count, unit: hồ sơ, minimum: 0}
  - {code: ty_le, label: Tỷ lệ đúng hạn, kind: percent, unit: "%", minimum: 0, maximum: 100}
unique: [linh_vuc]
carry_over: true
carry: [[tn_truc_tuyen, gq_tong]]
at_most: [[tn_truc_tuyen, tn_tong]]
"""
TASKS = """
sheet: Nhiệm vụ
file: nhiem-vu
title: Nhiệm vụ
topic: work_plan
columns:
  - {code: nhiem_vu, label: Nhiệm vụ, kind: text, required: true}
  - {code: giao, label: Ngày giao, kind: date}
  - {code: xong, label: Ngày hoàn thành, kind: date}
  - {code: tinh_trang, label: Tình trạng, kind: choice, choices: ["Đã xong, đúng hạn", Đang làm]}
  - {code: ap_dung, label: Áp dụng, kind: flag}
  - {code: nam, label: Năm, kind: year}
unique: [nhiem_vu]
at_most: [[giao, xong]]
"""


def make_project(folder: Path, *, own_forms: bool = True) -> Project:
    """Copy what a project needs; with small forms, or with those that ship."""
    for name in (
        "params/indices",
        "params/words",
        "params/places",
        "params/entry",
        "data/published",
    ):
        shutil.copytree(CHECKOUT / name, folder / name)
    if own_forms:
        entry = folder / "params" / "entry"
        for path in entry.glob("*/*.yml"):
            path.unlink()
        (entry / "figures.yml").write_text(FIGURES, encoding="utf-8")
        (entry / "tables" / "dossiers.yml").write_text(DOSSIERS, encoding="utf-8")
        (entry / "tables" / "tasks.yml").write_text(TASKS, encoding="utf-8")
    project = Project(folder)
    write_settings(project, 'office: {name: "Sở Nội vụ"}\n')
    delivery(project).mkdir(parents=True)
    return project


def delivery(project: Project, year: int = YEAR) -> Path:
    return project.deliveries / SLUG / str(year)


def write_settings(project: Project, text: str, year: int = YEAR) -> None:
    path = project.offices / SLUG / f"{year}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_file(project: Project, name: str, text: str | bytes) -> Path:
    path = delivery(project) / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def blank_workbook(project: Project) -> Path:
    """Write the entry workbook as ``chiso new`` does."""
    path = delivery(project) / WORKBOOK
    place = register(project).find(SLUG, "63")
    return write_entry_workbook(path, "Sở Nội vụ", place, Delivery(YEAR, SLUG), load_forms(project))


def edit(path: Path, change) -> None:
    """Open a workbook, let `change` edit it, and save it."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def fill(sheet, rows, first: int = 6) -> None:
    """Type rows below the heading of a table sheet."""
    for number, row in enumerate(rows):
        for column, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(first + number, column, value)


def figure_row(sheet, code: str) -> int:
    return next(cell.row for cell in sheet["A"] if cell.value == code)


def check_entry(slug: str, year: int, project: Project) -> tuple[Problem, ...]:
    """Return everything that is wrong with a delivery, or worth knowing."""
    try:
        return read_entry(Delivery(year, slug), project).problems
    except InputError as error:
        return error.problems


def problems(project: Project):
    return check_entry(SLUG, YEAR, project)


def rules(project: Project) -> list[str]:
    return [problem.rule for problem in problems(project)]


def the_problem(project: Project, rule: str):
    """Return the only problem of a rule, with a word on what else there is."""
    found = problems(project)
    wanted = [problem for problem in found if problem.rule == rule]
    assert len(wanted) == 1, [str(problem) for problem in found]
    return wanted[0]
