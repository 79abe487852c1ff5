"""Columns of records → typed columns, by the same rules as single cells.

A column of 230 000 cells holds few different ones: each different cell is read once by
:func:`helpers.inputs.values.read_value` and the column is mapped through the result. What a workbook
stores as numbers, dates or truth values is converted as a whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import polars as pl

from helpers.definitions.forms import Field
from helpers.inputs.codes import DIGITS, LARGEST, NOISE, UNKNOWN_CODE, number_as_text
from helpers.inputs.faults import BadValueError
from helpers.inputs.problems import Problem
from helpers.inputs.records_files import RawTable
from helpers.inputs.values import NUMERIC, read_value, written
from helpers.places.words import bare, identity

TYPES: Mapping[str, pl.DataType] = {
    "text": pl.String(),
    "choice": pl.String(),
    "count": pl.Int64(),
    "year": pl.Int64(),
    "number": pl.Float64(),
    "percent": pl.Float64(),
    "points": pl.Float64(),
    "date": pl.Date(),
    "flag": pl.Boolean(),
}
"""Polars type of each kind of column."""

_SHOWN_VALUES = 8
_PLAIN = r"^([\x21\x22\x24-\x7e][\x21-\x7e]*)?$"
"""Codes: ASCII without spaces, and no Excel error, which begins with #."""

_LOST = r"^\d{15}0+$"
"""A code of more than 15 digits that a workbook kept as a number: the others are gone."""


def typed_column(
    table: RawTable, position: int, field: Field, form: str = ""
) -> tuple[pl.Series, list[Problem]]:
    """Convert a column.

    Parameters
    ----------
    table : RawTable
    position : int
        Column of the file, counted from 0.
    field : Field
    form : str
        Key of the record form, to show how its codes are mapped.

    Returns
    -------
    Series
        Called by the code of the field; null for an empty cell and for one that cannot be read.
    list of Problem
        An error for each kind of fault, naming the first few cells.
    """
    raw = table.frame.get_column(str(position))
    quick = _quick(raw, field)
    series = quick if quick is not None else _by_value(table, raw, field)
    if isinstance(series, tuple):
        series, faults = series
    else:
        faults = {}
    problems = [_told(table, position, field, form, fault, raw) for fault in faults.values()]
    problems += _outside(table, position, field, series) if quick is not None else []
    if field.required:
        empty = series.is_null() & (raw.is_null() | (raw.cast(pl.String).str.strip_chars() == ""))
        if empty.any():
            rows = _rows(empty)
            problems.append(
                table.problem(
                    "required",
                    f"Có {len(rows)} dòng thiếu «{field.label}».",
                    "điền đủ, hoặc xóa dòng nếu không phải số liệu.",
                    [(row, position) for row in rows],
                )
            )
    return series.alias(field.code), problems


def _quick(raw: pl.Series, field: Field) -> pl.Series | None:
    """Convert at once what needs no reading; None if each different cell must be looked at."""
    kind = raw.dtype
    if kind == pl.Null or raw.null_count() == len(raw):
        return pl.Series(raw.name, [None] * len(raw), dtype=TYPES[field.kind])
    if field.kind == "date" and kind.is_temporal() and kind != pl.Time and kind != pl.Duration:
        return raw.cast(pl.Date)
    if field.kind == "flag" and kind == pl.Boolean:
        return raw
    if field.kind in NUMERIC and kind.is_numeric():
        whole = field.kind == "count"
        if whole and kind.is_float() and not (raw.drop_nulls() == raw.drop_nulls().round()).all():
            return None
        if raw.is_infinite().any() if kind.is_float() else False:
            return None
        values = raw.fill_nan(None) if kind.is_float() else raw.cast(pl.Float64)
        if (values.abs() > LARGEST).any():
            return None
        return values.cast(pl.Int64) if whole else _as_typed(values.cast(pl.Float64))
    plain = field.kind == "text" and kind == pl.String and not field.words
    if plain and raw.str.contains(_PLAIN).all() and not raw.str.contains(_LOST).any():
        return pl.select(pl.when(raw.str.len_bytes() > 0).then(raw)).to_series()
    return None


def _as_typed(values: pl.Series) -> pl.Series:
    """Return numbers as persons typed them: a column of `helpers.inputs.codes.as_typed`."""
    kept, short = values.round_sig_figs(DIGITS), values.round_sig_figs(12)
    noise = ((kept - short).abs() <= kept.abs() * NOISE) & (values != values.round())
    return pl.select(pl.when(noise).then(short).otherwise(kept)).to_series().rename(values.name)


def _by_value(table: RawTable, raw: pl.Series, field: Field) -> tuple[pl.Series, dict[str, _Fault]]:
    if field.kind in ("text", "choice") and raw.dtype.is_numeric():
        raw = _written_whole(raw)
    # Names are told apart by their tones, words for a choice are not.
    fold = identity if field.kind == "text" else bare
    words = {fold(word): value for word, value in field.words.items()}
    sheet = table.sheet is not None
    # In the order of the file: the first cell that is wrong speaks for all, at every run the same.
    different = raw.unique(maintain_order=True)
    values: list[Any] = []
    faults: dict[str, _Fault] = {}
    for cell in different.to_list():
        try:
            values.append(_read(cell, field, words, fold, in_sheet=sheet))
        except BadValueError as error:
            values.append(None)
            faults.setdefault(error.rule, _Fault(error)).cells.append(cell)
    if TYPES[field.kind] == pl.Int64():
        values = [None if value is None else int(value) for value in values]
    mapped = raw.replace_strict(
        different, pl.Series(values, dtype=TYPES[field.kind]), return_dtype=TYPES[field.kind]
    )
    return mapped, faults


class _Fault:
    """A kind of fault with the different cells that have it; the first one speaks for all."""

    def __init__(self, error: BadValueError) -> None:
        self.error = error
        self.cells: list[Any] = []


def _read(
    cell: Any,
    field: Field,
    words: Mapping[str, str],
    fold: Callable[[str], str],
    *,
    in_sheet: bool,
) -> float | str | bool | date | None:
    if isinstance(cell, str):
        cell = unicodedata.normalize("NFC", cell)
        if words and (stands_for := words.get(fold(cell))) is not None:
            cell = stands_for
        if in_sheet and field.kind == "text" and re.fullmatch(_LOST, cell):
            number_as_text(float(cell))
    elif isinstance(cell, float) and field.kind == "text" and not cell.is_integer():
        raise BadValueError(
            "number-for-text",
            f"ô chứa số {cell:.15g} ở chỗ của chữ; Excel bỏ các số 0 ở cuối của một mã như 1.10.",
            "định dạng cột là chữ (Text) rồi gõ hoặc dán lại.",
        )
    elif words and isinstance(cell, int | float) and f"{cell:.12g}" in words:
        cell = words[f"{cell:.12g}"]
    return read_value(cell, field).value


def _written_whole(raw: pl.Series) -> pl.Series:
    """Write whole numbers without ".0": a code such as 12345 that a workbook keeps as a number.

    A number with decimals stays one and is refused where a text belongs: 1.10 was kept as 1.1.
    """
    if raw.dtype.is_float():
        raw = raw.fill_nan(None)
        filled = raw.drop_nulls()
        if (filled.abs() <= LARGEST).all() and (filled == filled.round()).all():
            return raw.cast(pl.Int64).cast(pl.String)
        return raw
    return raw.cast(pl.String)


def _told(
    table: RawTable, position: int, field: Field, form: str, fault: _Fault, raw: pl.Series
) -> Problem:
    """Tell a cause once, each different cell with the first place where it stands."""
    shown = (
        _written_whole(raw) if field.kind in ("text", "choice") and raw.dtype.is_numeric() else raw
    )
    rows = _rows(shown.is_in(fault.cells))
    message = f"Cột «{field.label}»: {fault.error.message}"
    if len(rows) > 1:
        message = f"{message.rstrip('.')}; có {len(rows)} ô như vậy"
        others = [
            f"«{_as_written(cell)}» ở {_place(table, int((shown == cell).arg_max() or 0), position)}"
            for cell in fault.cells[1:_SHOWN_VALUES]
        ]
        left = len(fault.cells) - 1 - len(others)
        more = f" và {left} giá trị khác" if left > 0 else ""
        message += f", còn {', '.join(others)}{more}." if others else "."
    remedy = fault.error.remedy
    if fault.error.rule in (UNKNOWN_CODE, "unknown-choice"):
        remedy = _mapping(field, form, [_as_written(cell) for cell in fault.cells])
    cells = [(row, position) for row in rows]
    return table.problem(fault.error.rule, message, remedy, cells)


def _as_written(cell: Any) -> str:
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell).strip()


def _place(table: RawTable, row: int, position: int) -> str:
    cell, line = table.cell(row, position)
    return f"ô {cell}" if cell else f"dòng {line}"


def _mapping(field: Field, form: str, codes: list[str]) -> str:
    """Show how the settings say what codes mean."""
    choices = field.choices or ("có", "không")
    pairs = ", ".join(f'"{code}": …' for code in codes[:_SHOWN_VALUES])
    pairs += ", …" if len(codes) > _SHOWN_VALUES else ""
    return (
        "ghi đúng chữ của biểu, hoặc khai nghĩa của từng từ, từng mã trong tệp thông số "
        "(chiso map giúp khai): "
        f"records: {{{form}: {{words: {{{field.code}: {{{pairs}}}}}}}}}, thay … bằng một trong: "
        f"{', '.join(choices)}."
    )


def _outside(table: RawTable, position: int, field: Field, series: pl.Series) -> list[Problem]:
    """Check limits of a column that was converted at once."""
    if field.kind not in NUMERIC:
        return []
    problems = []
    below = None if field.minimum is None else series < field.minimum
    above = None if field.maximum is None else series > field.maximum
    for outside, limit, words in (
        (below, field.minimum, "nhỏ hơn"),
        (above, field.maximum, "lớn hơn"),
    ):
        if outside is None or limit is None or not outside.any():
            continue
        rows = _rows(outside)
        rule = "negative" if limit == 0 and words == "nhỏ hơn" else "out-of-range"
        problems.append(
            table.problem(
                rule,
                f"Cột «{field.label}»: có {len(rows)} ô {words} {written(limit)} "
                f"(ví dụ {written(float(series[rows[0]]))}).",
                "kiểm tra lại số và đơn vị tính.",
                [(row, position) for row in rows],
            )
        )
    return problems


def _rows(mask: pl.Series) -> list[int]:
    return [int(row) for row in mask.fill_null(value=False).arg_true()]
