"""One sheet or CSV file → the rows of one table form, checked."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from helpers.definitions.forms import LOCALITY, Field, TableForm
from helpers.inputs.entry import ORIGIN
from helpers.inputs.faults import BadValueError
from helpers.inputs.grid import Grid, is_empty
from helpers.inputs.headings import Heading, find_heading
from helpers.inputs.problems import NOTHING_TO_DO, Problem
from helpers.inputs.sheet_checks import (
    hidden_problems,
    merged_problems,
    share_problems,
    swapped_dates,
)
from helpers.inputs.values import NUMERIC, Reading, Value, read_value, written
from helpers.places.words import bare, identity, near_key, near_names

_TOTAL = re.compile(
    r"(tong|cong|tong cong|tong so|tong cong so|toan tinh|toan huyen|toan thanh pho|toan nganh|"
    r"tong toan tinh|tong cong toan tinh|ca tinh)( (toan tinh|cong))?"
)
_FOOTNOTE = re.compile(r"(ghi chu|nguon|nguoi lap|chu thich|thu truong|luu y)\b.*")
_EMPTY = Reading(None)


@dataclass(frozen=True)
class _Row:
    index: int
    cells: Mapping[str, Reading]

    def value(self, code: str) -> Value:
        return self.cells.get(code, _EMPTY).value


def read_table(grid: Grid, form: TableForm) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """Read a table.

    Parameters
    ----------
    grid : Grid
    form : TableForm

    Returns
    -------
    table : DataFrame
        Columns of the form, typed as :class:`helpers.inputs.entry.Entry` says, and ``origin``.
        With an error among the problems it must not be used.
    problems : tuple of Problem
        Everything that was found, not the first only.
    """
    if all(grid.is_blank(row) for row in range(len(grid.rows))):
        return _frame([], form, grid), (_empty(grid),)
    heading = find_heading(grid, form.columns)
    problems = list(heading.problems)
    if heading.row < 0:
        return _frame([], form, grid), tuple(problems)
    filled = _filled(grid, heading)
    problems += hidden_problems(grid, heading, filled)
    problems += merged_problems(grid, heading)
    dates = {field.code: field.label for field in form.columns if field.kind == "date"}
    problems += swapped_dates(grid, heading, dates, filled)
    rows: list[_Row] = []
    totals: list[_Row] = []
    unfilled: list[int] = []
    for index in filled:
        if _is_footnote(grid, heading, index):
            continue
        row, wrong = _read_row(grid, heading, index, form)
        if _is_total(row, form):
            totals.append(row)
            continue
        if form.carry_over and not wrong and _only_names(row, form):
            unfilled.append(index)
            continue
        problems += wrong
        problems += _missing_cells(grid, heading, row, form, wrong)
        rows.append(row)
    problems += [*_totals(grid, heading, rows, totals, form), *_twice(grid, heading, rows, form)]
    problems += _near(grid, heading, rows, form)
    problems += [*_above(grid, heading, rows, form), *_shares(grid, heading, rows, form)]
    if unfilled:
        problems.append(
            grid.problem(
                "note",
                "row-not-filled",
                f"{len(unfilled)} dòng chỉ có tên, chưa có số liệu, được bỏ qua.",
                "điền số liệu, hoặc để nguyên nếu không có.",
                [(index, min(heading.columns)) for index in unfilled],
            )
        )
    return _frame(rows, form, grid), tuple(problems)


def _empty(grid: Grid) -> Problem:
    what = "trang tính trống" if grid.sheet else "tệp trống"
    remedy = "điền theo mẫu, hoặc xóa đi nếu không có số liệu này."
    return grid.problem("warning", "empty-sheet", f"{what}, không có cả tiêu đề.", remedy)


def _filled(grid: Grid, heading: Heading) -> list[int]:
    columns = list(heading.columns)
    return [r for r in range(heading.first, heading.end) if not grid.is_blank(r, columns)]


def _is_footnote(grid: Grid, heading: Heading, index: int) -> bool:
    cells = [grid.cell(index, column) for column in heading.columns]
    filled = [cell for cell in cells if not is_empty(cell)]
    if len(filled) != 1 or not isinstance(filled[0], str):
        return False
    return filled[0].lstrip().startswith("*") or bool(_FOOTNOTE.fullmatch(bare(filled[0])))


def _read_row(
    grid: Grid, heading: Heading, index: int, form: TableForm
) -> tuple[_Row, list[Problem]]:
    cells: dict[str, Reading] = {}
    problems = []
    for column, code in heading.columns.items():
        field = form.column(code)
        try:
            cells[code] = read_cell(grid, index, column, field)
        except BadValueError as error:
            message = f"cột «{field.label}»: {error.message}"
            problems.append(
                grid.problem("error", error.rule, message, error.remedy, (index, column))
            )
    return _Row(index, cells), problems


def read_cell(grid: Grid, row: int, column: int, field: Field) -> Reading:
    """Read a cell; raises `BadValueError` if it does not hold what its field asks for."""
    if (row, column) in grid.not_computed:
        raise BadValueError(
            "not-computed",
            "ô là công thức chưa được tính.",
            "mở tệp bằng Excel hoặc LibreOffice rồi lưu lại, hoặc ghi thẳng giá trị.",
        )
    raw = grid.cell(row, column)
    return read_value(
        raw,
        field,
        percent_format=(row, column) in grid.percent,
        number_format=grid.formats.get((row, column), "General"),
    )


def _is_total(row: _Row, form: TableForm) -> bool:
    """Tell whether the first words of a row say that it sums up the others."""
    texts = (row.value(field.code) for field in form.columns if field.kind == "text")
    first = next((text for text in texts if isinstance(text, str) and text), "")
    return bool(_TOTAL.fullmatch(bare(first)))


def _only_names(row: _Row, form: TableForm) -> bool:
    """Tell whether a row carried over from last year was left without values."""
    names = {*form.unique, *(new for new, _ in form.carry)}
    if form.names_alone or names >= {field.code for field in form.columns}:
        return False
    return all(reading.value is None for code, reading in row.cells.items() if code not in names)


def _missing_cells(
    grid: Grid, heading: Heading, row: _Row, form: TableForm, wrong: list[Problem]
) -> Iterator[Problem]:
    for column, code in heading.columns.items():
        field = form.column(code)
        if field.required and code in row.cells and row.value(code) is None:
            yield grid.problem(
                "error",
                "missing-value",
                f"thiếu «{field.label}».",
                "điền ô này, hoặc xóa cả dòng nếu dòng thừa.",
                (row.index, column),
            )


def _numeric(form: TableForm, kinds: tuple[str, ...] = NUMERIC) -> list[Field]:
    return [field for field in form.columns if field.kind in kinds]


def _totals(
    grid: Grid, heading: Heading, rows: list[_Row], totals: list[_Row], form: TableForm
) -> Iterator[Problem]:
    """Leave total rows out, and say so where they are not the sum of the rows above."""
    first = min(heading.columns)
    for total in totals:
        different = []
        for field in _numeric(form, ("count",)):
            parts = [value for row in rows if isinstance(value := row.value(field.code), float)]
            printed = total.value(field.code)
            if isinstance(printed, float) and parts and sum(parts) != printed:
                column = heading.column_of(field.code)
                different.append((field, printed, sum(parts), column))
        message = "dòng tổng cộng không phải số liệu của một đơn vị nên không được tính"
        if not different:
            yield grid.problem(
                "note", "total-row", f"{message}.", NOTHING_TO_DO, (total.index, first)
            )
            continue
        listed = "; ".join(
            f"«{field.label}» ghi {written(printed)}, các dòng cộng lại là {written(added)}"
            for field, printed, added, _ in different[:3]
        )
        yield grid.problem(
            "warning",
            "total-differs",
            f"{message}, và không khớp với các dòng: {listed}.",
            "kiểm tra xem có thiếu dòng nào hay ghi sai số nào không; các dòng mới là số được dùng.",
            [(total.index, column if column is not None else first) for *_, column in different],
        )


def _twice(grid: Grid, heading: Heading, rows: list[_Row], form: TableForm) -> Iterator[Problem]:
    if not form.unique:
        return
    seen: dict[tuple[object, ...], int] = {}
    for row in rows:
        if any(code not in row.cells for code in form.unique if code in heading.columns.values()):
            continue  # a part of the name could not be read and has been reported
        values = [row.value(code) for code in form.unique]
        key = tuple(identity(one) or one if isinstance(one, str) else one for one in values)
        earlier = seen.setdefault(key, row.index)
        if earlier == row.index:
            continue
        named = ", ".join(
            f"{form.column(code).label} «{row.cells[code].printed}»"
            for code in form.unique
            if code in row.cells and row.value(code) is not None
        )
        there = grid.lines[earlier] if grid.lines else earlier + 1
        yield grid.problem(
            "error",
            "row-twice",
            f"lặp lại dòng {there} ({named or 'các ô định danh đều trống'}).",
            "chỉ giữ một dòng; nếu là hai việc khác nhau thì ghi rõ chỗ khác nhau.",
            (row.index, min(heading.columns)),
        )


def _near(grid: Grid, heading: Heading, rows: list[_Row], form: TableForm) -> Iterator[Problem]:
    """Propose that names of places that are nearly the same are one; they are not made one."""
    for code in (one for one in LOCALITY if one in form.unique):
        seen: dict[str, dict[str, _Row]] = {}
        column = heading.column_of(code)
        for row in rows if column is not None else ():
            name = row.value(code)
            if not isinstance(name, str) or not name:
                continue
            others = seen.setdefault(near_key(name), {})
            for other, earlier in others.items():
                if name not in others and near_names(name, other):
                    assert column is not None  # noqa: S101  (rows are looked at only with a column)
                    yield grid.problem(
                        "warning",
                        "near-names",
                        f"«{name}» và «{other}» được tính là hai nơi khác nhau.",
                        f"nếu là một nơi thì ghi cùng một tên ở cột «{form.column(code).label}».",
                        [(earlier.index, column), (row.index, column)],
                    )
            others.setdefault(name, row)


def _above(grid: Grid, heading: Heading, rows: list[_Row], form: TableForm) -> Iterator[Problem]:
    """Check the pairs of which one may not be above (or after) the other."""
    for low, high in form.at_most:
        for row in rows:
            part, whole = row.value(low), row.value(high)
            wrong = (
                part > whole
                if isinstance(part, float) and isinstance(whole, float)
                else isinstance(part, datetime.date)
                and isinstance(whole, datetime.date)
                and part > whole
            )
            if not wrong:
                continue
            is_date = isinstance(part, datetime.date)
            columns = [heading.column_of(low), heading.column_of(high)]
            yield grid.problem(
                "error",
                "dates-out-of-order" if is_date else "part-above-whole",
                f"«{form.column(low).label}» ({row.cells[low].printed}) "
                f"{'sau' if is_date else 'lớn hơn'} «{form.column(high).label}» "
                f"({row.cells[high].printed}).",
                "kiểm tra lại hai ô này.",
                [(row.index, column) for column in columns if column is not None],
            )


def _shares(grid: Grid, heading: Heading, rows: list[_Row], form: TableForm) -> Iterator[Problem]:
    for field in _numeric(form, ("percent",)):
        column = heading.column_of(field.code)
        values = [
            (row.index, value) for row in rows if isinstance(value := row.value(field.code), float)
        ]
        if column is not None:
            yield from share_problems(grid, heading, field.label, column, values)


def _frame(rows: list[_Row], form: TableForm, grid: Grid) -> pd.DataFrame:
    """Build the typed table."""
    data: dict[str, Any] = {}
    for field in form.columns:
        values = [row.value(field.code) for row in rows]
        if field.kind in NUMERIC or field.kind == "year":
            column = [np.nan if value is None else value for value in values]
            data[field.code] = pd.Series(column, dtype="float64")
        elif field.kind == "date":
            data[field.code] = pd.Series(pd.to_datetime(pd.Series(values, dtype="object")))
        elif field.kind == "flag":
            data[field.code] = pd.Series(values, dtype="boolean")
        else:
            data[field.code] = pd.Series(
                ["" if value is None else value for value in values], dtype="object"
            )
    data[ORIGIN] = pd.Series([grid.row_trace(row.index) for row in rows], dtype="object")
    return pd.DataFrame(data)
