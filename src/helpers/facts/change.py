"""Change between two years, only where the definition allows the two to be compared."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from helpers.definitions import Framework, compare_years
from helpers.facts.value import Error

COLUMNS = [
    *("code", "earlier", "later", "value_earlier", "value_later", "difference"),
    *("rank_earlier", "rank_later", "n_earlier", "n_later", "tied_earlier", "tied_later"),
    *("group_earlier", "group_later", "source_earlier", "source_later"),
    *("allowed", "reasons"),
]


def years_to_compare(year: int, available: Iterable[int], base: int | None) -> tuple[int, ...]:
    """Return the years that a report on `year` looks back to.

    That is the latest year before it with data, and the base year of the government term.

    Parameters
    ----------
    year : int
        Year measured.
    available : iterable of int
        Years for which the unit has scores.
    base : int or None
        Base year of the term.

    Returns
    -------
    tuple of int
        One or two years, the later first; empty if there is nothing to look back to.
    """
    earlier = {y for y in available if y < year}
    wanted = ({max(earlier)} if earlier else set()) | ({base} & earlier if base else set())
    return tuple(sorted(wanted, reverse=True))


def changes(
    standing: pd.DataFrame,
    definition: Framework,
    slug: str,
    year: int,
    earlier_years: Iterable[int],
) -> pd.DataFrame:
    """Compare a unit's scores of `year` with those of earlier years.

    Parameters
    ----------
    standing : DataFrame
        Scores of all years with their standing.
    definition : Framework
    slug : str
        The unit.
    year : int
        The later year.
    earlier_years : iterable of int

    Returns
    -------
    DataFrame
        One row for each criterion with a value in `year` and each earlier year that has a value of
        the same code: ``code, earlier, later, value_earlier, value_later, difference, rank_earlier,
        rank_later, n_earlier, n_later, tied_earlier, tied_later, group_earlier, group_later,
        source_earlier, source_later, allowed, reasons``. Where the two
        years may not be compared ``allowed`` is False, ``reasons`` says why, and ``difference`` is
        missing, so that it cannot be drawn or narrated.
    """
    own = standing[standing["slug"] == slug]
    now = own[own["year"] == year].set_index("code")
    rows = []
    for before_year in earlier_years:
        before = own[own["year"] == before_year].set_index("code")
        for code in now.index.intersection(before.index, sort=False):
            answer = compare_years(definition, str(code), before_year, year)
            old, new = before.loc[code], now.loc[code]
            rows.append(
                {
                    "code": code,
                    "earlier": before_year,
                    "later": year,
                    "value_earlier": old["value"],
                    "value_later": new["value"],
                    "difference": new["value"] - old["value"] if answer.allowed else math.nan,
                    "rank_earlier": old["rank"],
                    "rank_later": new["rank"],
                    "n_earlier": old["n"],
                    "n_later": new["n"],
                    "tied_earlier": old["tied"],
                    "tied_later": new["tied"],
                    "group_earlier": old["group"],
                    "group_later": new["group"],
                    "source_earlier": old["source"],
                    "source_later": new["source"],
                    "allowed": answer.allowed,
                    "reasons": answer.reasons,
                }
            )
    return pd.DataFrame(rows, columns=COLUMNS)


def segments(definition: Framework, code_by_year: Mapping[int, str]) -> dict[int, int]:
    """Number the stretches of years within which a criterion may be compared.

    Parameters
    ----------
    definition : Framework
    code_by_year : mapping of int to str
        The years with a value, and the code under which the criterion was printed.

    Returns
    -------
    dict of int to int
        For each year the number of its stretch, from 0; a break starts a new one.
    """
    years = sorted(code_by_year)
    found: dict[int, int] = {}
    number = 0
    for place, year in enumerate(years):
        if (
            place
            and not compare_years(definition, code_by_year[year], years[place - 1], year).allowed
        ):
            number += 1
        found[year] = number
    return found


class Mark(NamedTuple):
    """What decides whether a value of a year may be joined to its neighbours by a line.

    Parameters
    ----------
    segment : int
        Years of one segment may be compared (see :func:`segments`).
    error : Error
        How far the value may lie off.
    doubted : bool
        Whether its source is not trusted.
    """

    segment: int
    error: Error
    doubted: bool = False


def joined_segments(marks: Sequence[Mark]) -> list[int]:
    """Number the stretches that a chart may join by a line: the one rule of every index.

    A line draws a rise or a fall. It joins neighbours that may be compared, whose errors are known or
    assumed, and of which none is doubted.

    Parameters
    ----------
    marks : sequence of Mark
        Ascending by year.

    Returns
    -------
    list of int
        For each value the number of its stretch, from 0.
    """
    found = [0] if marks else []
    for old, new in pairwise(marks):
        found.append(found[-1] + (not _is_joined(old, new)))
    return found


def lacks_error(marks: Sequence[Mark]) -> list[bool]:
    """Tell of each value whether nothing but an unknown error keeps it from the one before."""
    return [
        place > 0
        and marks[place - 1].segment == mark.segment
        and not (mark.doubted or marks[place - 1].doubted)
        and not _is_joined(marks[place - 1], mark)
        for place, mark in enumerate(marks)
    ]


def _is_joined(old: Mark, new: Mark) -> bool:
    trusted = not (old.doubted or new.doubted)
    known = "unknown" not in (old.error.kind, new.error.kind)
    return trusted and known and old.segment == new.segment
