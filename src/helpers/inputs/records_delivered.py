"""What a record file delivered, and what it left unknown."""

from __future__ import annotations

import polars as pl

from helpers.definitions.forms import Field, RecordForm
from helpers.inputs.problems import Problem
from helpers.inputs.records_files import RawTable


def delivered(
    table: RawTable, frame: pl.DataFrame, form: RecordForm, positions: dict[str, int]
) -> tuple[pl.DataFrame, list[Problem], dict[str, int]]:
    """Keep what was delivered: a column without any value is not there, as if it had no heading.

    An empty cell of another column stays unknown, unless the source of the form says what it means.
    """
    problems, assumed = [], {}
    lacking = [made.name for made in frame if made.null_count() == len(made)]
    if lacking:
        listed = ", ".join(f"«{form.column(code).label}»" for code in lacking)
        problems.append(
            table.problem(
                "empty-columns",
                f"Các cột không có giá trị nào: {listed}; coi như chưa cung cấp, không phải là 0.",
                "điền các cột này nếu có số liệu.",
                severity="note",
            )
        )
    given = frame = frame.drop(lacking)
    for column in form.columns:
        if not column.empty or column.code not in frame.columns:
            continue
        empty = given[column.code].is_null() & _says_so(given, column, form)
        rows = [(int(row), positions[column.code]) for row in empty.arg_true()]
        if not rows:
            continue
        assumed[column.code] = len(rows)
        problems.append(
            table.problem(
                "empty-means",
                f"Có {len(rows)} dòng để trống «{column.label}», được hiểu là «{column.empty}» theo "
                "hướng dẫn của biểu.",
                "điền giá trị nếu không phải như vậy.",
                rows,
                severity="note",
            )
        )
        meant = pl.when(empty).then(pl.lit(column.empty)).otherwise(pl.col(column.code))
        frame = frame.with_columns(meant.alias(column.code))
    return frame, problems, assumed


def _says_so(frame: pl.DataFrame, column: Field, form: RecordForm) -> pl.Series:
    """Return the rows in which the column that an empty cell is read beside has a value of its own."""
    if not column.empty_beside:
        return pl.repeat(value=True, n=frame.height, eager=True)
    if column.empty_beside not in frame.columns:
        return pl.repeat(value=False, n=frame.height, eager=True)
    beside = frame[column.empty_beside]
    return beside.is_not_null() & (beside != form.column(column.empty_beside).empty)
