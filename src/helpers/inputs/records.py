"""Record files: one row a questionnaire, dossier, petition or household, checked as a whole.

What was read is kept as Parquet below the cache, under a digest of the file, the form and the office's
mapping, so that a file of hundreds of thousands of rows is read from its workbook once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from helpers.definitions.forms import Field, RecordForm, load_forms
from helpers.inputs.commune_names import COLUMN, commune_problems
from helpers.inputs.delivery import Delivery
from helpers.inputs.office import Office, RecordFile
from helpers.inputs.problems import InputError, Problem
from helpers.inputs.records_cache import (
    Records,
    digest_of,
    from_cache,
    secret,
    to_cache,
    with_digests,
)
from helpers.inputs.records_checks import (
    check_dates,
    check_doubles,
    check_expected,
    check_marks,
    check_swapped,
    check_year,
    clean_rows,
)
from helpers.inputs.records_csv import read_csv
from helpers.inputs.records_delivered import delivered
from helpers.inputs.records_excel import read_excel, read_parquet
from helpers.inputs.records_files import Choose, RawTable, refusal
from helpers.inputs.records_headings import (
    chooser,
    match_columns,
    unusable_dates,
    unusable_words,
)
from helpers.inputs.records_labels import listed_labels
from helpers.inputs.records_names import check_units, same_spelling
from helpers.inputs.records_values import typed_column
from helpers.inputs.unreadable import problems_of
from helpers.project import Project

__all__ = [
    "ENDINGS",
    "Records",
    "find_records",
    "is_empty_file",
    "read_record_file",
    "read_records",
]

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".parquet")
"""Endings of record files, in the order in which they are listed."""

_OLD_WORKBOOK = (".xls", ".xlsb", ".ods")
NO_ROWS = "no-rows"
"""Rule of a file that has headings and no record."""


def find_records(kind: str, delivery: Delivery, project: Project, office: Office) -> Path | None:
    """Return the record file of a delivery, or None if there is none.

    Parameters
    ----------
    kind : str
        Key of a record form: ``survey``, ``dossiers``, ``petitions``, ``households``.
    delivery : Delivery
    project : Project
    office : Office
        May name the file (``records: <kind>: file``).

    Returns
    -------
    Path or None

    Raises
    ------
    InputError
        If the file that the settings name is not there, or two files could be meant.
    """
    form = load_forms(project).record(kind)
    folder = delivery.folder(project)
    named = office.records.get(kind, RecordFile()).file
    if named:
        path = folder / named
        if not path.resolve().is_relative_to(folder.resolve()):
            raise refusal(
                named,
                "outside-folder",
                "Tệp nằm ngoài thư mục số liệu của tỉnh và năm.",
                "đặt tệp vào thư mục số liệu và chỉ ghi tên tệp.",
            )
        if not path.is_file():
            raise refusal(
                project.relative(path),
                "no-such-file",
                f"Không có tệp {form.title} đã khai trong tệp thông số.",
                "đặt tệp vào thư mục số liệu, hoặc sửa tên tệp trong tệp thông số.",
            )
        return path
    if not folder.is_dir():
        return None
    there = {path.name.casefold(): path for path in sorted(folder.iterdir()) if path.is_file()}
    found = [there[name] for ending in ENDINGS if (name := f"{form.file}{ending}") in there]
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise refusal(
            project.relative(folder),
            "double-delivery",
            f"Có {len(found)} tệp {form.title}: {names}.",
            "chỉ để lại một tệp.",
        )
    old = [there[name] for ending in _OLD_WORKBOOK if (name := f"{form.file}{ending}") in there]
    if old and not found:
        raise refusal(
            project.relative(old[0]),
            "old-workbook",
            f"Không đọc được định dạng {old[0].suffix}.",
            "mở bằng Excel rồi lưu lại thành .xlsx.",
        )
    return found[0] if found else None


def read_records(
    kind: str,
    delivery: Delivery,
    project: Project,
    office: Office,
    *,
    may_be_empty: bool = False,
) -> Records | None:
    """Read the record file of a delivery.

    Parameters
    ----------
    kind : str
        Key of a record form.
    delivery : Delivery
    project : Project
    office : Office
        May name file, sheet and columns.
    may_be_empty : bool
        Whether a file with headings and no record is one that was not delivered; else it is an error.

    Returns
    -------
    Records or None
        None if no such file was delivered.

    Raises
    ------
    InputError
        With all that is wrong; nothing is taken from a file with an error.
    """
    path = find_records(kind, delivery, project, office)
    if path is None:
        return None
    forms = load_forms(project)
    form = forms.record(kind)
    own = office.records.get(kind, RecordFile())
    units = tuple(str(name) for name in office.rules.get(kind, {}).get("units", ()))
    digest = digest_of(path, form, own, units, delivery.year, forms)
    whose = f"{delivery.whose.replace('/', '-')}-{delivery.year}-{kind}"
    place = project.cache / "records" / whose / digest
    kept = from_cache(place)
    if kept is not None:
        return _with_communes(kept, path, delivery, project)
    codes = frozenset(code for one in forms.records for code in one.unique)
    unread = frozenset(form.private) - codes
    try:
        read = read_record_file(
            path, form, own, delivery.year, project.relative(path), units, unread
        )
    except InputError as error:
        if may_be_empty and {problem.rule for problem in error.problems} == {NO_ROWS}:
            return None
        raise
    texts = {column.code for column in form.columns if column.kind == "text"}
    made = with_digests(
        read, (codes & frozenset(form.private)) | (texts & {*form.unique}), secret(project)
    )
    to_cache(made, place)
    return _with_communes(made, path, delivery, project)


def _with_communes(records: Records, path: Path, delivery: Delivery, project: Project) -> Records:
    """Add what the register says of the communes; it is no part of the file, so no cache keeps it."""
    if COLUMN not in records.frame.columns:
        return records
    names = records.frame.get_column(COLUMN).unique().sort()
    told = commune_problems(names, project.relative(path), None, delivery, project)
    return dataclasses.replace(records, problems=(*records.problems, *told))


def is_empty_file(kind: str, delivery: Delivery, project: Project, office: Office) -> bool:
    """Tell whether a record file was delivered that holds no record.

    Raises
    ------
    InputError
        If the file has another error.
    """
    if find_records(kind, delivery, project, office) is None:
        return False
    return read_records(kind, delivery, project, office, may_be_empty=True) is None


def read_record_file(
    path: Path,
    form: RecordForm,
    own: RecordFile,
    year: int,
    name: str,
    units: Iterable[str] = (),
    unread: frozenset[str] = frozenset(),
) -> Records:
    """Read a record file without the cache; codes of records stay as they are.

    Parameters
    ----------
    path : Path
    form : RecordForm
    own : RecordFile
        Sheet and headings of this office.
    year : int
        Year of the delivery.
    name : str
        How the file is called in problems and traces.
    units : iterable of str
        Units that may occur; empty for any.
    unread : frozenset of str
        Columns that are left out: names of people and what they wrote.

    Returns
    -------
    Records

    Raises
    ------
    InputError
        With all that is wrong.
    """
    with problems_of(name, "xuất lại từ phần mềm, hoặc mở bằng Excel rồi lưu lại thành .xlsx."):
        return _read(path, form, own, year, name, units, unread)


def _read(
    path: Path,
    form: RecordForm,
    own: RecordFile,
    year: int,
    name: str,
    units: Iterable[str],
    unread: frozenset[str],
) -> Records:
    raw = raw_table(path, name, chooser(form, own.columns), own.sheet)
    columns = match_columns(raw, form, own)
    problems = [*columns.problems, *_uncomputed(raw, columns.positions)]
    problems += _hidden_columns(raw, columns.positions)
    problems += [*unusable_words(raw, form, own.words), *unusable_dates(raw, form, own.dates)]
    _stop_at_errors(problems)
    table, found = clean_rows(raw)
    problems += found
    _stop_at_errors(problems)
    if not table.frame.height:
        raise refusal(
            name,
            NO_ROWS,
            "Có dòng tiêu đề nhưng không có bản ghi nào.",
            "điền số liệu, hoặc xóa tệp nếu không có.",
        )
    series: list[pl.Series] = []
    for column in _as_the_office_words_it(form, own):
        if column.code in unread or column.code not in columns.positions:
            continue
        made, found = typed_column(table, columns.positions[column.code], column, form.key)
        problems += found
        series.append(made)
    frame = pl.DataFrame(series)
    frame, found = _numbered(table, frame, form, own, columns.positions)
    problems += found
    problems += check_doubles(table, frame, form, columns.positions)
    problems += check_swapped(table, form, columns.positions)
    problems += check_dates(table, frame, form, columns.positions)
    problems += check_year(table, frame, form, columns.positions, year)
    problems += check_marks(table, frame, columns.positions)
    frame, found = listed_labels(table, frame, form, columns.positions)
    problems += found
    frame, found = same_spelling(table, frame, form, columns.positions)
    problems += found
    problems += check_units(table, frame, form, columns.positions, tuple(units))
    _stop_at_errors(problems)
    problems += check_expected(table, frame, form, columns.positions)
    frame, found, assumed = delivered(table, frame, form, columns.positions)
    problems += found
    origin = f"{name}, trang tính {raw.sheet}" if raw.sheet is not None else name
    return Records(frame, origin, tuple(problems), assumed)


def _as_the_office_words_it(form: RecordForm, own: RecordFile) -> tuple[Field, ...]:
    """Add the words and codes of the office's settings to those of the form."""
    return tuple(
        column.model_copy(
            update={
                "words": {**column.words, **own.words.get(column.code, {})},
                "date_format": own.dates.get(column.code, ""),
            }
        )
        if column.code in own.words or column.code in own.dates
        else column
        for column in form.columns
    )


def _numbered(
    table: RawTable,
    frame: pl.DataFrame,
    form: RecordForm,
    own: RecordFile,
    positions: dict[str, int],
) -> tuple[pl.DataFrame, list[Problem]]:
    """Let the number of its row name a record, where the file has no code and the settings say so."""
    lacking = [code for code in form.unique if code not in positions]
    if not own.number_rows or not lacking:
        return frame, []
    labels = ", ".join(f"«{form.column(code).label}»" for code in lacking)
    told = table.problem(
        "rows-numbered",
        f"Tệp không có cột {labels}; số thứ tự dòng được dùng làm mã, nên không phát hiện được bản ghi "
        "trùng và không nối được với tệp khác.",
        "bổ sung cột mã nếu có.",
        severity="note",
    )
    numbers = [f"dòng {table.row_number(row)}" for row in range(frame.height)]
    made = [pl.Series(code, numbers, dtype=pl.String) for code in lacking]
    return frame.with_columns(made), [told]


def _uncomputed(raw: RawTable, positions: dict[str, int]) -> list[Problem]:
    """Find formulas without a stored value: they are no empty cells."""
    cells = sorted(cell for cell in raw.uncomputed if cell[1] in positions.values())
    if not cells:
        return []
    return [
        raw.problem(
            "not-computed",
            f"Có {len(cells)} ô là công thức chưa được tính.",
            "mở tệp bằng Excel hoặc LibreOffice rồi lưu lại, hoặc ghi thẳng giá trị.",
            cells,
        )
    ]


def _hidden_columns(raw: RawTable, positions: dict[str, int]) -> list[Problem]:
    """Tell of columns that are used and that a person does not see."""
    hidden = sorted(set(raw.hidden) & set(positions.values()))
    if not hidden:
        return []
    named = ", ".join(f"«{raw.headings[column]}»" for column in hidden)
    return [
        raw.problem(
            "hidden-columns",
            f"Có {len(hidden)} cột được đọc đang bị ẩn: {named}.",
            "cho hiện các cột này (Unhide) để kiểm tra; không cần làm gì nếu số liệu đúng.",
            [(-1, column) for column in hidden],
            severity="warning",
        )
    ]


def raw_table(path: Path, name: str, choose: Choose, sheet: str = "") -> RawTable:
    """Read a record file of any format as it stands; see `read_record_file`."""
    ending = path.suffix.lower()
    if ending in (".xlsx", ".xlsm"):
        return read_excel(path, name, sheet, choose)
    if ending == ".parquet":
        return read_parquet(path, name, choose)
    if ending in (".csv", ".tsv", ".txt"):
        return read_csv(path, name, choose)
    raise refusal(
        name,
        "unknown-format",
        f"Không đọc được định dạng {ending or 'không có đuôi tệp'}.",
        "lưu thành .xlsx, .csv (UTF-8) hoặc .parquet.",
    )


def _stop_at_errors(problems: list[Problem]) -> None:
    if any(problem.severity == "error" for problem in problems):
        raise InputError(problems)
