"""Read what was published of an index: ``data/published/<index>/<year>.csv``, one layout for all.

The files are text that people correct by hand, often in a spreadsheet program set to Vietnamese, so
every reading checks everything and says which line is wrong. Who published a figure and whether it is
official is said in each line, never concluded from where the file lies.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from operator import itemgetter
from pathlib import Path

import pandas as pd

from helpers.inputs.columns import SCORE_COLUMNS, frame
from helpers.inputs.problems import InputError, Problem
from helpers.inputs.published_checks import PublishedChecker
from helpers.inputs.published_kept import keep_rows, kept_rows, state_of
from helpers.kept import while_unchanged
from helpers.places import system_of_year
from helpers.project import Project

UNDATED = "undated"
"""Name of the file of what a page showed without its year."""

REQUIRED = ("unit", "code", "status", "source")
OPTIONAL = (
    "level",
    "slug",
    "parent",
    "parent_slug",
    "criterion",
    "name",
    "value",
    "unit_of_measure",
    "rank",
    "group",
    "publisher",
    "read_from",
    "doubt",
    "note",
)
"""Columns that a file may leave out; ``value`` or ``rank`` stands in every line."""

PUBLISHED_COLUMNS: Mapping[str, str] = {
    "index": "str",
    "year": "Int64",
    "level": "str",
    "slug": "str",
    "unit": "str",
    "parent_slug": "str",
    "parent": "str",
    "code": "str",
    "name": "str",
    "value": "float64",
    "unit_of_measure": "str",
    "rank": "Int64",
    "group": "str",
    "status": "str",
    "publisher": "str",
    "source": "str",
    "read_from": "str",
    "doubt": "str",
    "note": "str",
    "decimals": "Int64",
    "rank_origin": "str",
    "rank_source": "str",
    "origin": "str",
}
"""One figure a row. ``slug`` is set for provinces, ``parent_slug`` for units below one. ``year`` is
NA where the page did not show its date, ``value`` NaN where only a rank was published, ``rank`` NA
where only a value was. ``status`` is ``official``, ``computed`` or ``simulated``. ``source`` is what
was read, mostly the address of a page, ``read_from`` file and sheet of it, ``doubt`` why a value is
not trusted, ``decimals`` how many digits the value is written with, ``origin`` where the row stands:
``data/published/dti/2022.csv, dòng 17``. ``rank_origin`` and ``rank_source`` say the same of the rank,
which :func:`helpers.inputs.results.settled` may take from another row."""

_SAVE_AS = "lưu lại thành CSV UTF-8 với dấu phẩy ngăn cột và dấu chấm thập phân."
_RESTORE = "lấy lại tệp đã phát hành cùng dự án (git restore)."


def published_indices(project: Project) -> tuple[str, ...]:
    """Return the keys of the indices of which something was published, by name."""
    if not project.published.is_dir():
        return ()
    return tuple(sorted(path.name for path in project.published.iterdir() if path.is_dir()))


def published_files(index: str, project: Project) -> tuple[Path, ...]:
    """Return the files of an index, what has no year first; none if nothing was published."""
    folder = project.published / index
    if not folder.is_dir():
        return ()
    return tuple(sorted(folder.glob("*.csv"), key=lambda path: (path.stem != UNDATED, path.stem)))


def published(index: str, project: Project) -> pd.DataFrame:
    """Read and check all that was published of an index.

    Parameters
    ----------
    index : str
        Name of its folder in ``data/published``.
    project : Project
        Where the definition and the register of places are.

    Returns
    -------
    DataFrame
        With :data:`PUBLISHED_COLUMNS`, in the order of the years and lines; values in
        ``unit_of_measure``. Empty if nothing of the index is known.

    Raises
    ------
    InputError
        If a file cannot be read or any line breaks a rule; all broken lines are named.
    """
    return _read(index, project).copy()


def published_scores(index: str, project: Project) -> pd.DataFrame:
    """Return the published values of the provinces as a table of scores (docs/architecture.md).

    Raises
    ------
    InputError
        As :func:`published`.
    """
    return _scores(index, project).copy()


def _watched(index: str, project: Project) -> list[Path]:
    definition = project.definitions / f"{index}.yml"
    known = [definition] if definition.is_file() else []  # DDCI is only read about
    places = sorted(project.places.glob("*.*"))
    return [*published_files(index, project), *known, *places]


@while_unchanged(_watched)
def _read(index: str, project: Project) -> pd.DataFrame:
    files = _watched(index, project)
    state = state_of(files)
    kept = project.cache / "published" / f"{index}-{state}.json"
    rows = kept_rows(kept, PUBLISHED_COLUMNS)
    if rows is None:
        rows = _checked(index, project)
        if state_of(files) == state:  # else somebody saved a file meanwhile
            keep_rows(kept, rows)
    return rows


def _checked(index: str, project: Project) -> pd.DataFrame:
    rows: list[tuple[object, ...]] = []
    problems: list[Problem] = []
    for path in published_files(index, project):
        try:
            rows += _rows_of(path, index, project)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return frame(rows, PUBLISHED_COLUMNS)


@while_unchanged(_watched)
def _scores(index: str, project: Project) -> pd.DataFrame:
    rows = _read(index, project)
    rows = rows[(rows["level"] == "province") & rows["value"].notna() & rows["year"].notna()]
    systems = {year: system_of_year(int(year), project) for year in rows["year"].unique()}
    made = rows.assign(system=rows["year"].map(systems), source=rows["origin"])
    kinds = {name: "object" if kind == "str" else kind for name, kind in SCORE_COLUMNS.items()}
    return made[list(SCORE_COLUMNS)].astype(kinds).reset_index(drop=True)


def _rows_of(path: Path, index: str, project: Project) -> list[tuple[object, ...]]:
    name = project.relative(path)
    return published_rows(csv_text(path, name), name, index, _year(path, name), project)


def published_rows(
    text: str, name: str, index: str, year: int | None, project: Project
) -> list[tuple[object, ...]]:
    """Check the text of a file and return its rows, in the order of :data:`PUBLISHED_COLUMNS`.

    Raises
    ------
    InputError
        If any line breaks a rule; `name` is what the file is called.
    """
    checker = PublishedChecker(name, index, year, project)
    in_order = itemgetter(*PUBLISHED_COLUMNS)
    rows = []
    for line, fields in csv_records(text, name, REQUIRED, OPTIONAL):
        made = checker.row(line, fields)
        if made is not None:
            rows.append(in_order(made))
    checker.check_totals()
    if checker.problems:
        raise InputError(checker.problems)
    if not rows:
        raise InputError([_problem(name, "empty", "Tệp không có dòng số liệu nào.", _RESTORE)])
    return rows


def _year(path: Path, name: str) -> int | None:
    if path.stem == UNDATED:
        return None
    if len(path.stem) == 4 and path.stem.isdecimal():
        return int(path.stem)
    message = f"Tên tệp «{path.name}» không phải là năm đánh giá."
    remedy = f"đặt tên tệp theo năm, như 2024.csv; nguồn không ghi năm thì {UNDATED}.csv."
    raise InputError([_problem(name, "year", message, remedy)])


def _problem(name: str, rule: str, message: str, remedy: str, line: int = 1) -> Problem:
    return Problem("error", name, None, None, rule, message, remedy, line)


def csv_text(path: Path, name: str) -> str:
    """Return the text of the file; a byte order mark, which Excel writes, is dropped.

    Raises
    ------
    InputError
        If it is not UTF-8; `name` is what the file is called.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"Tệp không phải văn bản UTF-8 (byte thứ {error.start + 1})."
        raise InputError([_problem(name, "encoding", message, _SAVE_AS)]) from error


def csv_records(
    text: str, name: str, required: Sequence[str], optional: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line number and the fields of every record below a correct heading.

    Raises
    ------
    InputError
        If the heading lacks a required column or has a strange one, or a line has other fields.
    """
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        heading = next(reader, [])
        _check_heading(heading, name, required, optional)
        for fields in reader:
            if not fields:
                continue
            line = reader.line_num
            if len(fields) != len(heading):
                message = f"Dòng có {len(fields)} ô, dòng tiêu đề có {len(heading)} ô."
                remedy = "đặt ô có dấu phẩy trong ngoặc kép; số thập phân viết với dấu chấm."
                raise InputError([_problem(name, "fields", message, remedy, line)])
            yield line, dict(zip(heading, fields, strict=True))
    except csv.Error as error:
        message = f"Không đọc được tệp theo dạng CSV ({error})."
        raise InputError([_problem(name, "csv", message, _SAVE_AS, reader.line_num)]) from error


def _check_heading(
    heading: list[str], name: str, required: Sequence[str], optional: Sequence[str]
) -> None:
    if len(heading) == 1 and ";" in heading[0]:
        message = "Các cột ngăn cách bằng dấu chấm phẩy."
        raise InputError([_problem(name, "semicolons", message, _SAVE_AS)])
    missing = [column for column in required if column not in heading]
    strange = [column for column in heading if column not in (*required, *optional)]
    if missing:
        message = f"Dòng tiêu đề thiếu cột: {', '.join(missing)}."
    elif strange:
        message = f"Dòng tiêu đề có cột lạ: {', '.join(strange)}."
    elif len(set(heading)) != len(heading):
        message = "Dòng tiêu đề có cột lặp lại."
    else:
        return
    remedy = f"dòng tiêu đề phải có: {', '.join(required)}"
    remedy += f"; có thể có thêm: {', '.join(optional)}." if optional else "."
    raise InputError([_problem(name, "columns", message, remedy)])
