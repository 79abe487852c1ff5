"""Read the standard errors that were published of an index: ``data/published/<index>_errors.csv``.

They stand in a file of their own: most years have none, and what is known of them was read from
another source than the scores.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from helpers.inputs.columns import INTERVAL_COLUMNS, frame
from helpers.inputs.problems import InputError, Problem
from helpers.inputs.published import csv_records, csv_text
from helpers.inputs.published_checks import STATUSES
from helpers.kept import while_unchanged
from helpers.places import UnknownPlaceError, register, system_of_year
from helpers.project import Project

COLUMNS = (
    *("year", "unit", "slug", "low", "high", "standard_error"),
    *("status", "publisher", "source", "read_from"),
)
"""Of the file, all needed. Points as printed; ``low`` and ``high`` are the interval that is printed."""
_NUMBERS = ("low", "high", "standard_error")


def published_errors(index: str, project: Project) -> pd.DataFrame:
    """Return the published standard errors of an index's totals.

    Parameters
    ----------
    index : str
    project : Project

    Returns
    -------
    DataFrame
        :data:`helpers.inputs.columns.INTERVAL_COLUMNS`; points. Empty if there is no file.

    Raises
    ------
    InputError
        If a line breaks a rule; all broken lines are named.
    """
    return _read(index, project).copy()


def _file(index: str, project: Project) -> Path:
    return project.published / f"{index}_errors.csv"


@while_unchanged(lambda index, project: [_file(index, project)])
def _read(index: str, project: Project) -> pd.DataFrame:
    path = _file(index, project)
    try:
        # Opened, not just looked for: what a report opens in vain is part of its fingerprint.
        path.open("rb").close()
    except FileNotFoundError:
        return frame([], INTERVAL_COLUMNS)
    name = project.relative(path)
    rows: list[tuple[object, ...]] = []
    problems: list[Problem] = []
    lines: dict[tuple[int, str], int] = {}
    for line, fields in csv_records(csv_text(path, name), name, COLUMNS, ()):
        try:
            year, slug, numbers = _line(fields, project)
        except (ValueError, UnknownPlaceError) as error:
            message = f"Dòng không đọc được: {error}."
            remedy = "sửa theo nguồn; không biết sai số thì bỏ dòng, không ghi 0."
            problems.append(Problem("error", name, None, None, "error", message, remedy, line))
            continue
        first = lines.setdefault((year, slug), line)
        if first != line:
            message, remedy = f"Lặp lại dòng {first}.", "chỉ giữ một dòng cho mỗi đơn vị và năm."
            problems.append(Problem("error", name, None, None, "once", message, remedy, line))
        system = system_of_year(year, project)
        rows.append((year, system, slug, *numbers, math.nan, f"{name}, dòng {line}"))
    if problems:
        raise InputError(problems)
    return frame(rows, INTERVAL_COLUMNS)


def _line(fields: Mapping[str, str], project: Project) -> tuple[int, str, list[float]]:
    """Return year, unit and numbers of a line.

    Raises
    ------
    ValueError
        If a number is none, or the three do not fit each other.
    UnknownPlaceError
        If there was no such unit.
    """
    empty = [column for column in COLUMNS if not fields[column].strip()]
    if fields["status"] not in STATUSES:
        empty.append("status")
    if empty:
        raise ValueError(f"cột {', '.join(empty)} để trống hoặc sai")
    year = int(fields["year"])
    place = register(project).find_unit(fields["unit"], system_of_year(year, project))
    if place.slug != fields["slug"]:
        raise ValueError(f"{fields['unit']} có mã «{place.slug}», không phải «{fields['slug']}»")
    low, high, error = numbers = [float(fields[column]) for column in _NUMBERS]
    if not (math.isfinite(sum(numbers)) and 0 < error < high - low):
        raise ValueError("sai số chuẩn phải lớn hơn 0 và nằm trong khoảng tin cậy")
    return year, place.slug, numbers
