"""Free text never becomes the label of a row: what a form does not list is counted as «Khác»."""

from __future__ import annotations

import polars as pl

from helpers.definitions.forms import OTHER, Field, RecordForm
from helpers.inputs.problems import Problem
from helpers.inputs.records_files import RawTable
from helpers.places.words import identity


def listed_labels(
    table: RawTable, frame: pl.DataFrame, form: RecordForm, positions: dict[str, int]
) -> tuple[pl.DataFrame, list[Problem]]:
    """Keep the labels that the form lists, in its spelling, and group all others.

    A cause of poverty such as a sentence about one family would otherwise stand in a table, and in the
    cache, for everybody to read. The texts that were grouped are not told, only where they stand.

    Returns
    -------
    DataFrame
    list of Problem
        A warning for each column with other texts.
    """
    problems = []
    for field in form.columns:
        if not field.labels or field.code not in frame.columns:
            continue
        raw = frame.get_column(field.code)
        different = raw.unique(maintain_order=True).drop_nulls()
        known = _known(field)
        read = [_labels(text, field, known) for text in different]
        made = pl.Series([label for label, _ in read], dtype=pl.String)
        frame = frame.with_columns(
            pl.col(field.code).replace_strict(different, made, default=None, return_dtype=pl.String)
        )
        odd = different.filter(pl.Series([other for _, other in read], dtype=pl.Boolean))
        rows = [int(row) for row in raw.is_in(odd.implode()).fill_null(value=False).arg_true()]
        if rows:
            problems.append(
                table.problem(
                    "unlisted-label",
                    f"Cột «{field.label}»: có {len(rows)} dòng ghi điều không có trong danh sách của "
                    f"biểu, được gộp vào «{OTHER}» để không nêu chuyện riêng của một người, một hộ.",
                    f"dùng một trong: {_some(field)}; hoặc khai từ thay thế ở khóa words của tệp thông "
                    "số.",
                    [(row, positions[field.code]) for row in rows],
                    severity="warning",
                )
            )
    return frame, problems


def _known(field: Field) -> dict[str, str]:
    known = {identity(label): label for label in (*field.labels, OTHER)}
    return known | {identity(word): value for word, value in field.words.items()}


def _labels(text: str, field: Field, known: dict[str, str]) -> tuple[str, bool]:
    """Return the labels of a cell, and whether one of its texts is not listed."""
    parts = text.split(field.separator) if field.separator else [text]
    keys = [identity(part) for part in parts if part.strip()]
    labels = dict.fromkeys(known.get(key, OTHER) for key in keys)
    joint = f"{field.separator} " if field.separator else ""
    return joint.join(labels), any(key not in known for key in keys)


def _some(field: Field) -> str:
    shown = ", ".join(f"«{label}»" for label in field.labels[:8])
    return f"{shown} … ({len(field.labels)} giá trị)" if len(field.labels) > 8 else shown
