"""Files and sheets beside those that are read: a misspelt name would be left out without a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from rapidfuzz import process

from helpers.definitions.forms import EntryForms, TableForm
from helpers.inputs import figure_sheets
from helpers.inputs.entry_sheets import WORKBOOK
from helpers.inputs.grid import Grid
from helpers.inputs.headings import find_heading
from helpers.inputs.office import Office
from helpers.inputs.problems import Problem
from helpers.places.words import bare
from helpers.project import Project

_READ = (".csv", ".xlsx", ".xlsm", ".xls", ".xlsb", ".parquet", ".ods")
_RECORDS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".parquet")
_NEAR = 70.0
_COLUMNS = 3  # that must be known before a sheet is taken for a form's
_RESAVE = (".xls", ".xlsb", ".ods", ".xlsm")


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
    records = {name for name in known if name.partition(".")[0] in {r.file for r in forms.records}}
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in _READ or path.name.startswith((".", "~$")):
            continue
        folded = path.name.casefold()
        sibling = path.with_name(folded)
        if path.name in known or folded in records or (folded in known and not sibling.exists()):
            continue
        near = process.extractOne(path.name, sorted(known), score_cutoff=_NEAR)
        # A new name does not make a new format of it.
        how = "mở bằng Excel rồi lưu lại" if path.suffix.lower() in _RESAVE else "đổi tên"
        hint = f"{how} thành «{near[0]}» nếu đúng là tệp đó, hoặc" if near else "đổi tên hoặc"
        yield Problem(
            "warning",
            project.relative(path),
            None,
            None,
            "unknown-file",
            "không mẫu nào có tên tệp này nên tệp không được đọc.",
            f"{hint} chuyển đi nơi khác.",
        )


def stray_sheets(
    sheets: Mapping[str, Grid], known: list[str], forms: EntryForms
) -> Iterator[Problem]:
    """Warn of sheets that no form knows; one that stands for a missing form's sheet is an error.

    It does if it has nearly the name of that sheet, or the columns of its form.
    """
    missing = {name: bare(name) for name in known if bare(name) not in sheets}
    names = {bare(name) for name in known}
    lost = [form for form in forms.tables if bare(form.sheet) not in sheets]
    for folded, grid in sheets.items():
        if folded in names or all(grid.is_blank(row) for row in range(len(grid.rows))):
            continue
        near = process.extractOne(folded, missing, score_cutoff=_NEAR)
        meant = near[2] if near else _by_columns(grid, lost)
        yield grid.problem(
            "error" if meant else "warning",
            "unknown-sheet",
            "không mẫu nào có tên trang tính này nên trang tính không được đọc.",
            f"đổi tên thành «{meant}» nếu đúng là trang đó, hoặc xóa trang tính này."
            if meant
            else "bỏ qua nếu chỉ để ghi chép riêng.",
        )


def _by_columns(grid: Grid, forms: list[TableForm]) -> str | None:
    """Return the sheet of the form that most columns of a renamed sheet belong to."""
    found = {
        form.sheet: len(set(find_heading(grid, form.columns).columns.values())) for form in forms
    }
    counts = {form.sheet: len(form.columns) for form in forms}
    best = max(found, key=lambda sheet: found[sheet] / counts[sheet], default=None)
    if best is None or found[best] < _COLUMNS or found[best] < counts[best] / 2:
        return None
    return best
