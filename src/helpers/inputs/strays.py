"""Files and sheets beside those that are read: a misspelt name would be left out without a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from rapidfuzz import process

from helpers.definitions.forms import EntryForms
from helpers.inputs import figure_sheets
from helpers.inputs.entry_sheets import WORKBOOK
from helpers.inputs.grid import Grid
from helpers.inputs.office import Office
from helpers.inputs.problems import Problem
from helpers.places.words import bare
from helpers.project import Project

_READ = (".csv", ".xlsx", ".xlsm", ".xls", ".parquet", ".ods")
_RECORDS = (".csv", ".xlsx", ".parquet")
_NEAR = 70.0


def stray_files(
    folder: Path, forms: EntryForms, office: Office | None, project: Project
) -> Iterator[Problem]:
    """Warn of data files that no form knows."""
    named = {record.file for record in office.records.values()} if office else set()
    own = {
        str(value)
        for rules in (office.rules.values() if office else ())
        for value in rules.values()
        if isinstance(value, str)
    }
    known = {
        WORKBOOK,
        f"{figure_sheets.FILE}.csv",
        *(f"{form.file}.csv" for form in forms.tables),
        *(f"{record.file}{ending}" for record in forms.records for ending in _RECORDS),
        *named,
        *own,
    }
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in _READ or path.name.startswith((".", "~$")):
            continue
        if path.name in known:
            continue
        near = process.extractOne(path.name, sorted(known), score_cutoff=_NEAR)
        hint = f"đổi tên thành «{near[0]}» nếu đúng là tệp đó, hoặc" if near else "đổi tên hoặc"
        yield Problem(
            "warning",
            project.relative(path),
            None,
            None,
            "unknown-file",
            "không mẫu nào có tên tệp này nên tệp không được đọc.",
            f"{hint} chuyển đi nơi khác.",
        )


def stray_sheets(sheets: Mapping[str, Grid], known: list[str]) -> Iterator[Problem]:
    """Warn of sheets that no form knows; one whose name nearly is a missing form's is an error."""
    missing = {name: bare(name) for name in known if bare(name) not in sheets}
    names = {bare(name) for name in known}
    for folded, grid in sheets.items():
        if folded in names or all(grid.is_blank(row) for row in range(len(grid.rows))):
            continue
        near = process.extractOne(folded, missing, score_cutoff=_NEAR)
        yield grid.problem(
            "error" if near else "warning",
            "unknown-sheet",
            "không mẫu nào có tên trang tính này nên trang tính không được đọc.",
            f"đổi tên thành «{near[2]}» nếu đúng là trang đó, hoặc xóa trang tính này."
            if near
            else "bỏ qua nếu chỉ để ghi chép riêng.",
        )
