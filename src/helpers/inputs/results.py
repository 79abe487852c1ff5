"""Read what was published about national results: ``data/published/results.csv`` and ``averages.csv``.

The full tables of PAR INDEX, SIPAS and DTI are published as pictures, so only what a page says in
words is here: some provinces of a year, some components of a province. Sources may disagree; all that
was read is kept, and :func:`conflicts` tells where values differ.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pandas as pd

from helpers.definitions._text import SAVE_AS_UTF_8, NotUnicodeError, read_text
from helpers.inputs.columns import frame
from helpers.inputs.problems import InputError, Problem
from helpers.inputs.results_checks import AFTER_MERGER, ResultsChecker
from helpers.kept import while_unchanged
from helpers.project import Project

RESULT_COLUMNS: Mapping[str, str] = {
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
    "source": "str",
    "doubt": "str",
    "decimals": "Int64",
    "rank_origin": "str",
    "rank_source": "str",
    "origin": "str",
}
"""One figure a row. ``slug`` is set for provinces, ``parent_slug`` for units below one. ``year`` is
NA where the page did not show its date, ``value`` NaN where only a rank was published, ``rank`` NA
where only a value was. ``source`` is the address of the page, ``doubt`` says why a value is not
trusted, ``decimals`` how many digits the value is written with, ``origin`` where the row stands:
``data/published/results.csv, dòng 17``. ``rank_origin`` and ``rank_source`` say the same of the rank,
which :func:`settled` may take from another row."""

AVERAGE_COLUMNS: Mapping[str, str] = {
    "index": "str",
    "year": "Int64",
    "level": "str",
    "unit": "str",
    "code": "str",
    "name": "str",
    "value": "float64",
    "unit_of_measure": "str",
    "source": "str",
    "doubt": "str",
    "note": "str",
    "decimals": "Int64",
    "origin": "str",
}
"""Means of the country, the ministries, a region (``unit`` is its name) or inside a province."""

__all__ = [
    "AFTER_MERGER",
    "AVERAGE_COLUMNS",
    "RESULT_COLUMNS",
    "Conflict",
    "conflicts",
    "provinces_with_total",
    "published_averages",
    "published_results",
    "settled",
]

_ADDED = ("decimals", "rank_origin", "rank_source", "origin")
"""Columns that are made in reading; the files do not have them."""
_KEY = ["index", "year", "level", "unit", "parent", "code"]
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True)
class Conflict:
    """Values of one thing that sources print differently.

    Parameters
    ----------
    index, year, level, unit, parent, code, name
        What the figures are about.
    rows : DataFrame
        The rows that carry a value, in the order of the file.
    """

    index: str
    year: int | None
    level: str
    unit: str
    parent: str
    code: str
    name: str
    rows: pd.DataFrame


def published_results(index: str, project: Project) -> pd.DataFrame:
    """Return the published figures of an index.

    Parameters
    ----------
    index : str
        ``par_index``, ``sipas``, ``dti``, ``ict_index``, ``service_quality``, ``ddci`` or
        ``procedures``.
    project : Project

    Returns
    -------
    DataFrame
        With :data:`RESULT_COLUMNS`, in the order of the file; values in ``unit_of_measure``. Empty if
        nothing of the index is known.

    Raises
    ------
    InputError
        If the file is missing or any line breaks a rule; all broken lines are named.
    """
    rows = _table(project.published / "results.csv", project, RESULT_COLUMNS)
    return rows[rows["index"] == index].reset_index(drop=True)


def published_averages(index: str, project: Project) -> pd.DataFrame:
    """Return the published means of an index, with :data:`AVERAGE_COLUMNS`.

    Raises
    ------
    InputError
        As :func:`published_results`.
    """
    rows = _table(project.published / "averages.csv", project, AVERAGE_COLUMNS)
    return rows[rows["index"] == index].reset_index(drop=True)


def conflicts(rows: pd.DataFrame) -> tuple[Conflict, ...]:
    """Find figures that sources print differently.

    Parameters
    ----------
    rows : DataFrame
        From :func:`published_results`. Rows without a value agree with everything; remarks in brackets
        do not make a name another one.

    Returns
    -------
    tuple of Conflict
        In the order of the file.
    """
    valued = rows[rows["value"].notna()]
    plain = valued["name"].map(lambda name: _IN_BRACKETS.sub("", name))
    # Nearly every figure is printed once; a group for each of them would take long.
    again = valued[_KEY].assign(_plain=plain).duplicated(keep=False)
    valued, plain = valued[again], plain[again]
    found = []
    for _, same in valued.groupby([*(valued[k] for k in _KEY), plain], sort=False, dropna=False):
        if len(set(same["value"])) > 1:
            first = same.iloc[0]
            year = None if pd.isna(first["year"]) else int(first["year"])
            found.append(
                Conflict(
                    index=str(first["index"]),
                    year=year,
                    level=str(first["level"]),
                    unit=str(first["unit"]),
                    parent=str(first["parent"]),
                    code=str(first["code"]),
                    name=str(first["name"]),
                    rows=same,
                )
            )
    return tuple(found)


def settled(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep one row for each figure: one with a value before one without, and trusted before doubted.

    Parameters
    ----------
    rows : DataFrame
        From :func:`published_results`.

    Returns
    -------
    DataFrame
        The same columns. A missing rank is taken from another row about the same figure, whose place
        the sources do not dispute; where ranks differ, the one of the kept row stays.
    """
    ordered = rows.assign(
        _no_value=rows["value"].isna(), _doubted=rows["doubt"] != "", _order=range(len(rows))
    ).sort_values(["_no_value", "_doubted", "_order"], kind="stable")
    kept = ordered.drop_duplicates(_KEY).copy()
    ranks = ordered[ordered["rank"].notna()].drop_duplicates(_KEY).set_index(_KEY)
    missing = kept["rank"].isna()
    if missing.any() and len(ranks):
        keys = pd.MultiIndex.from_frame(kept.loc[missing, _KEY])
        found = ranks.reindex(keys)
        told = found["rank"].notna().to_numpy()
        lines = kept.index[missing][told]
        for column in ("rank", "rank_origin", "rank_source"):
            kept.loc[lines, column] = found.loc[told, column].to_numpy()
    return kept.sort_values("_order")[list(rows.columns)].reset_index(drop=True)


def provinces_with_total(rows: pd.DataFrame, year: int) -> tuple[str, ...]:
    """Return the slugs of the provinces whose total was published for a year, value or rank.

    Parameters
    ----------
    rows : DataFrame
        From :func:`published_results`.
    year : int
        Year measured.
    """
    told = rows[(rows["year"] == year) & (rows["level"] == "province") & (rows["code"] == "total")]
    return tuple(dict.fromkeys(str(slug) for slug in told["slug"]))


def _table(path: Path, project: Project, columns: Mapping[str, str]) -> pd.DataFrame:
    return _read(path, project, tuple(columns.items()))


@while_unchanged(lambda path, project, columns: [path], size=8)
def _read(path: Path, project: Project, columns: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    name = project.relative(path)
    if not path.is_file():
        remedy = "lấy lại tệp đã phát hành cùng dự án (git restore)."
        message = "Không có tệp kết quả đã công bố."
        raise InputError([Problem("error", name, None, None, "missing-file", message, remedy)])
    wanted = [column for column, _ in columns if column not in _ADDED]
    added = [column for column, _ in columns if column in _ADDED]
    try:
        text = read_text(path)
    except NotUnicodeError as error:
        told = Problem(
            "error", name, None, None, "encoding", f"{error}.", SAVE_AS_UTF_8, error.line
        )
        raise InputError([told]) from error
    reader = csv.DictReader(StringIO(text, newline=""))
    if list(reader.fieldnames or ()) != wanted:
        message = "Dòng tiêu đề không đúng."
        remedy = f"giữ dòng tiêu đề đúng như sau: {','.join(wanted)}."
        raise InputError([Problem("error", name, None, None, "columns", message, remedy, 1)])
    checker = ResultsChecker(name, project, "level" if "slug" in wanted else "")
    rows = []
    for fields in reader:
        line = reader.line_num
        if None in fields or None in fields.values():
            checker.note(line, "fields", "Số ô khác dòng tiêu đề.", 'đặt ô có dấu phẩy trong «"».')
            continue
        made = checker.row(line, fields)
        origin, text = f"{name}, dòng {line}", fields["value"].strip()
        made |= {"origin": origin, "rank_origin": origin, "rank_source": fields["source"].strip()}
        made["decimals"] = len(text.partition(".")[2]) if text else pd.NA
        rows.append(tuple(made[column] for column in (*wanted, *added)))
    if checker.problems:
        raise InputError(checker.problems)
    return frame(rows, dict(columns))
