"""Which column of a record file is which column of the form."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from rapidfuzz import fuzz

from helpers.definitions.forms import Field, RecordForm
from helpers.inputs.dates import is_pattern
from helpers.inputs.faults import BadValueError
from helpers.inputs.office import RecordFile
from helpers.inputs.problems import Problem
from helpers.inputs.records_files import Headings, RawTable
from helpers.inputs.values import read_value
from helpers.places.words import bare

_ENOUGH = 2
"""Known headings that make a row the row of headings."""

_LISTED = 20
"""Columns named in a message."""
_COMPARED = 300
"""Headings that are compared with those of the form; a form has no file of more columns."""
_NEAR = 70.0

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


def match_columns(table: RawTable, form: RecordForm, settings: RecordFile) -> Columns:
    """Match headings with columns: the office's own names first, then code, label and other names.

    Accents, case and punctuation do not matter, nor a unit in brackets at the end.

    Parameters
    ----------
    table : RawTable
    form : RecordForm
    settings : RecordFile
        What the office says of its file.

    Returns
    -------
    Columns
        With an error for a required column that is not there, for two columns with one meaning, and
        for a heading of the office's settings that the file lacks.
    """
    own = settings.columns
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
        if settings.number_rows and column.code in form.unique:
            continue
        if column.required and column.code not in positions and column.code not in own:
            message = f"Thiếu cột bắt buộc «{column.label}» ({column.code})."
            remedy = (
                "bổ sung cột, hoặc khai tên cột của đơn vị trong tệp thông số (khóa records; chiso map "
                "giúp khai)."
            )
            problems.append(table.problem("missing-column", message, remedy))
    if unused:
        problems += _unused(table, form, unused, mappable(form, positions))
    return Columns(positions, tuple(problems))


def heading_positions(
    headings: Sequence[str], form: RecordForm, own: Mapping[str, str]
) -> dict[str, int]:
    """Return which column of a file is which column of the form, by headings that are known."""
    known = _known(form, own)
    found: dict[str, int] = {}
    for number, heading in enumerate(headings):
        key = _key(heading, known)
        if key is not None:
            found.setdefault(known[key], number)
    return found


def _unused(
    table: RawTable, form: RecordForm, unused: list[str], absent: list[Field]
) -> Iterator[Problem]:
    """Tell which columns are not used; that one may stand for an absent column, in a warning."""
    likely = likely_columns(unused, absent)
    if likely:
        pairs = "; ".join(f"«{h}» có thể là «{f.label}»" for h, f in [*likely.items()][:_LISTED])
        yield table.problem(
            "unmapped-columns",
            f"Có {len(likely)} cột chưa được dùng mà {form.title} cần: {pairs}. Những gì tính từ "
            "các cột này coi như chưa có số liệu.",
            "khai tên cột trong tệp thông số (khóa records); chiso map giúp khai.",
            severity="warning",
        )
    rest = [heading for heading in unused if heading not in likely]
    if rest:
        more = f" và {len(rest) - _LISTED} cột khác" if len(rest) > _LISTED else ""
        yield table.problem(
            "unused-columns",
            f"Không dùng các cột: {', '.join(f'«{one[:60]}»' for one in rest[:_LISTED])}{more}.",
            "nếu một cột trong số này là cột của biểu thì khai ở khóa records của tệp thông số.",
            severity="note",
        )


def mappable(form: RecordForm, known: Collection[str]) -> list[Field]:
    """Return the columns of a form that a file may still have: not what is private and never read."""
    never = set(form.private) - set(form.unique)
    return [one for one in form.columns if one.code not in known and one.code not in never]


def likely_columns(headings: Sequence[str], fields: Sequence[Field]) -> dict[str, Field]:
    """Return which headings may stand for which columns of a form, the nearest pairs first.

    Parameters
    ----------
    headings : sequence of str
        Of a file.
    fields : sequence of Field
        Columns of the form that have none of them yet.

    Returns
    -------
    dict of str to Field
        Each heading and each column at most once.
    """
    pairs = []
    for heading in headings[:_COMPARED]:
        told = bare(heading)
        for field in fields:
            names = (field.label, *field.also)
            near = max(_nearness(told, bare(name)) for name in names)
            if near >= _NEAR:
                pairs.append((near, heading, field))
    found: dict[str, Field] = {}
    taken: set[str] = set()
    for _, heading, field in sorted(pairs, key=lambda pair: -pair[0]):
        if heading not in found and field.code not in taken:
            found[heading] = field
            taken.add(field.code)
    return found


def _nearness(one: str, other: str) -> float:
    # Numbers are names: "Thiếu hụt 1" is not "Thiếu hụt 2".
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return 0.0
    return (fuzz.ratio(one, other) + fuzz.token_set_ratio(one, other)) / 2


def unusable_dates(
    table: RawTable, form: RecordForm, dates: Mapping[str, str]
) -> Iterator[Problem]:
    """Find ways to write dates, in the office's settings, that cannot be followed."""
    fields = {column.code: column for column in form.columns}
    for code, pattern in dates.items():
        field = fields.get(code)
        if field is None or field.kind != "date":
            message = (
                f"Tệp thông số khai dạng ngày cho cột mã «{code}», nhưng không có cột ngày này."
            )
            yield table.problem("unknown-code", message, "sửa mã cột ở khóa dates.")
        elif not is_pattern(pattern):
            message = (
                f"Tệp thông số khai dạng ngày «{pattern}» cho «{field.label}», chưa hiểu được."
            )
            remedy = "ghi đủ yyyy, MM, dd, ví dụ dd/MM/yyyy hay yyyyMMddHHmmss."
            yield table.problem("unusable-dates", message, remedy)


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
