"""What was published about national results, as rows: all that was read, and one row for each figure.

Only what a page prints as text is here: of PAR INDEX and SIPAS some provinces of a year and some
components, as their full tables are pictures; of DTI 2022 every place and the values of some. Sources
may disagree; all that was read is kept, and :func:`conflicts` tells where values differ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from helpers.inputs.published import published
from helpers.inputs.published_checks import AFTER_MERGER, AVERAGE_LEVELS, LEVELS
from helpers.project import Project

__all__ = [
    "AFTER_MERGER",
    "Conflict",
    "NoResultError",
    "conflicts",
    "provinces_with_total",
    "published_averages",
    "published_results",
    "settled",
]

_KEY = ["index", "year", "level", "unit", "parent", "code"]
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")


class NoResultError(LookupError):
    """There is nothing to report on for this unit and year."""


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
    """Return what was published about provinces and units below them.

    Parameters
    ----------
    index : str
        Key, such as ``"par_index"``.
    project : Project

    Returns
    -------
    DataFrame
        With :data:`helpers.inputs.published.PUBLISHED_COLUMNS`, by year and in the order of the file;
        values in ``unit_of_measure``. Empty if nothing of the index is known.

    Raises
    ------
    InputError
        If any line of a file breaks a rule; all broken lines are named.
    """
    return _of_levels(index, project, LEVELS)


def published_averages(index: str, project: Project) -> pd.DataFrame:
    """Return the published means of country, ministries, regions (``unit`` names it) and in provinces.

    Raises
    ------
    InputError
        As :func:`published_results`.
    """
    return _of_levels(index, project, AVERAGE_LEVELS)


def _of_levels(index: str, project: Project, levels: tuple[str, ...]) -> pd.DataFrame:
    rows = published(index, project)
    return rows[rows["level"].isin(levels)].reset_index(drop=True)


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
