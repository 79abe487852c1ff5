"""Which column of a record file is which column of the form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from helpers.definitions.forms import RecordForm
from helpers.inputs.faults import BadValueError
from helpers.inputs.problems import Problem
from helpers.inputs.records_files import Headings, RawTable
from helpers.inputs.values import read_value
from helpers.places.words import bare

_ENOUGH = 2
"""Known headings that make a row the row of headings."""

_UNIT = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(frozen=True)
class Columns:
    """What was found.

    Parameters
    ----------
    positions : dict of str to int
        Column code → column of the file, counted from 0.
    problems : tuple of Problem
    """

    positions: dict[str, int]
    problems: tuple[Problem, ...]


def chooser(
    form: RecordForm, own: Mapping[str, str]
) -> Callable[[str | None, Headings], int | None]:
    """Return a function that finds the row of headings: the one with most known ones.

    Parameters
    ----------
    form : RecordForm
    own : mapping of str to str
        Column code → heading in the file, from the office's settings.
    """
    known = _known(form, own)

    def choose(sheet: str | None, rows: Headings) -> int | None:
        del sheet
        counts = [len({known[key] for cell in row if (key := _key(cell, known))}) for row in rows]
        best = max(counts, default=0)
        return counts.index(best) if best >= min(_ENOUGH, len(form.columns)) else None

    return choose


def match_columns(table: RawTable, form: RecordForm, own: Mapping[str, str]) -> Columns:
    """Match headings with columns: the office's own names first, then code, label and other names.

    Accents, case and punctuation do not matter, nor a unit in brackets at the end.

    Parameters
    ----------
    table : RawTable
    form : RecordForm
    own : mapping of str to str

    Returns
    -------
    Columns
        With an error for a required column that is not there, for two columns with one meaning, and
        for a heading of the office's settings that the file lacks.
    """
    known = _known(form, own)
    positions: dict[str, int] = {}
    problems: list[Problem] = []
    unused = []
    for number, heading in enumerate(table.headings):
        key = _key(heading, known)
        if key is None:
            if heading:
                unused.append(heading)
            continue
        code = known[key]
        if code in positions:
            other = table.headings[positions[code]]
            message = f"Hai cột cùng là «{form.column(code).label}»: «{other}» và «{heading}»."
            remedy = "xóa một cột, hoặc khai trong tệp thông số cột nào là cột đúng."
            cells = [(-1, positions[code]), (-1, number)]
            problems.append(table.problem("column-twice", message, remedy, cells))
            continue
        positions[code] = number
    for code, heading in own.items():
        if code not in {column.code for column in form.columns}:
            message = f"Tệp thông số khai cột mã «{code}», nhưng {form.title} không có cột này."
            problems.append(
                table.problem("unknown-code", message, "sửa mã cột trong tệp thông số.")
            )
        elif code not in positions:
            near = get_close_matches(heading, [one for one in table.headings if one], n=1)
            hint = f" Có phải là «{near[0]}»?" if near else ""
            message = f"Không thấy cột «{heading}» đã khai trong tệp thông số.{hint}"
            problems.append(
                table.problem(
                    "column-not-found",
                    message,
                    "sửa tên cột trong tệp thông số hoặc trong tệp này.",
                )
            )
    for column in form.columns:
        if column.required and column.code not in positions and column.code not in own:
            message = f"Thiếu cột bắt buộc «{column.label}» ({column.code})."
            remedy = "bổ sung cột, hoặc khai tên cột của đơn vị trong tệp thông số (khóa records)."
            problems.append(table.problem("missing-column", message, remedy))
    if unused:
        listed = ", ".join(f"«{one}»" for one in unused)
        problems.append(
            table.problem(
                "unused-columns",
                f"Không dùng các cột: {listed}.",
                "không cần làm gì, trừ khi một cột trong số này phải được tính.",
                severity="note",
            )
        )
    return Columns(positions, tuple(problems))


def unusable_words(
    table: RawTable, form: RecordForm, words: Mapping[str, Mapping[str, str]]
) -> list[Problem]:
    """Find words of the office's settings for a column that does not exist or a value it cannot have.

    Parameters
    ----------
    table : RawTable
    form : RecordForm
    words : mapping
        Column code → word or code in the file → value of the form.
    """
    fields = {column.code: column for column in form.columns}
    problems = []
    for code, own in words.items():
        field = fields.get(code)
        if field is None:
            message = (
                f"Tệp thông số khai từ cho cột mã «{code}», nhưng {form.title} không có cột này."
            )
            remedy = "sửa mã cột ở khóa words trong tệp thông số."
            problems.append(table.problem("unknown-code", message, remedy))
            continue
        for word, value in own.items():
            try:
                read_value(value, field)
            except BadValueError as error:
                message = f"Tệp thông số khai «{word}» của cột «{field.label}» là «{value}»"
                message = f"{message}: {error}"
                problems.append(table.problem("unusable-word", message, error.remedy))
    return problems


def _known(form: RecordForm, own: Mapping[str, str]) -> dict[str, str]:
    known = {bare(heading): code for code, heading in own.items()}
    rest = [column for column in form.columns if column.code not in own]
    for column in rest:
        known.setdefault(bare(column.code), column.code)
    for column in rest:
        known.setdefault(bare(column.label), column.code)
    for column in rest:
        for other in column.also:
            known.setdefault(bare(other), column.code)
    return known


def _key(heading: str, known: Mapping[str, str]) -> str | None:
    for text in (heading, _UNIT.sub("", heading)):
        key = bare(text)
        if key and key in known:
            return key
    return None
