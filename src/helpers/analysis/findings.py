"""Structured statements that the scores support; commentary turns them into sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from helpers.analysis.change import margin_of_difference
from helpers.analysis.papi import PapiCountry, PapiResult
from helpers.analysis.rows import Score

Direction = Literal["rise", "fall", "same", "unclear"]
Kind = Literal["strength", "weakness"]

SMALLEST_PRINTED = 0.005
"""A difference below half a unit of the second decimal prints as 0,00 and is called no change."""

MOST_NAMED = 3
"""A paragraph names no more criteria than a reader keeps in mind; the rest stands in the table."""


@dataclass(frozen=True)
class Standing:
    """A criterion in which the province stands out, up or down.

    Parameters
    ----------
    kind : {"strength", "weakness"}
    code : str
    clear : bool
        Whether the criterion is in the highest (lowest) group; False for the relatively best (worst)
        of a province that has none there.
    """

    kind: Kind
    code: str
    clear: bool


@dataclass(frozen=True)
class Movement:
    """The change of a criterion between two comparable years.

    Parameters
    ----------
    code : str
    earlier, later : int
    difference : float
        In points, unrounded.
    direction : {"rise", "fall", "same", "unclear"}
        ``unclear`` if the difference lies within the margin of error.
    margin : float or None
        95 % margin of the difference, in points, where standard errors are known.
    """

    code: str
    earlier: int
    later: int
    difference: float
    direction: Direction
    margin: float | None


def relative_place(score: Score) -> float:
    """Return where a score stands between the best (0) and the last place (1).

    Dimensions differ in how high all provinces score, so they are set side by side by place, never
    by points.
    """
    return (score.rank - 0.5) / score.n


def stand_out(result: PapiResult) -> tuple[Standing, ...]:
    """Return the strongest and the weakest dimensions of a province.

    At most three of each, by place. A dimension in the highest group is a clear strength, one in the
    lowest group a clear weakness. A province without one gets its relatively best (weakest) dimension,
    marked as such, unless that one is already named on the other side.

    Parameters
    ----------
    result : PapiResult

    Returns
    -------
    tuple of Standing
        Strengths, the strongest first, then weaknesses, the weakest first.
    """
    scores = [result.score(code) for code in result.dimension_codes()]
    ordered = sorted(scores, key=relative_place)
    order = [score.code for score in ordered]
    strong = [score.code for score in ordered if score.group == 4]
    weak = [score.code for score in reversed(ordered) if score.group == 1]
    found = [Standing("strength", code, True) for code in strong[:MOST_NAMED]]
    if not strong and order and order[0] not in weak:
        found.append(Standing("strength", order[0], False))
    found += [Standing("weakness", code, True) for code in weak[:MOST_NAMED]]
    named = {*strong, *(standing.code for standing in found)}
    if not weak and order and order[-1] not in named:
        found.append(Standing("weakness", order[-1], False))
    return tuple(found)


def movements(result: PapiResult, earlier: int) -> tuple[Movement, ...]:
    """Return the changes since an earlier year that may be called changes, largest first.

    Parameters
    ----------
    result : PapiResult
    earlier : int
        One of the years in ``result.changes``.

    Returns
    -------
    tuple of Movement
        The total first if it may be compared, then the dimensions by size of the difference.
    """
    total = result.edition.root.code
    found = []
    for change in result.changes_since(earlier):
        if not change.allowed:
            continue
        margin = None
        if change.code == total:
            margin = margin_of_total(result.country, result.place.slug, earlier)
        found.append(
            Movement(
                code=change.code,
                earlier=earlier,
                later=result.year,
                difference=change.difference,
                direction=direction(change.difference, margin),
                margin=margin,
            )
        )
    return tuple(sorted(found, key=lambda m: (m.code != total, -abs(m.difference), m.code)))


def direction(difference: float, margin: float | None) -> Direction:
    """Name a difference: nothing inside the margin of error is called a rise or a fall.

    Parameters
    ----------
    difference : float
        In points, unrounded.
    margin : float or None
        95 % margin of the difference; None if no error is known.
    """
    if margin is not None and abs(difference) <= margin:
        return "unclear"
    if abs(difference) < SMALLEST_PRINTED:
        return "same"
    return "rise" if difference > 0 else "fall"


def margin_of_total(country: PapiCountry, slug: str, earlier: int) -> float | None:
    """Return the 95 % margin of the change of a unit's total since an earlier year, in points.

    Parameters
    ----------
    country : PapiCountry
        The later year.
    slug : str
        The unit.
    earlier : int
        Year looked back to.

    Returns
    -------
    float or None
        None if the standard error of either year is not known.
    """
    own = country.intervals[country.intervals["slug"] == slug]
    # A survey estimate always has an error: where the workbook prints 0, it is not known.
    own = own[own["standard_error"] > 0]
    errors = dict(zip(own["year"], own["standard_error"].astype(float), strict=True))
    return margin_of_difference(errors.get(earlier), errors.get(country.year))


def not_comparable(result: PapiResult, earlier: int) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the top criteria that may not be compared with a year, gathered by reason.

    Parameters
    ----------
    result : PapiResult
    earlier : int

    Returns
    -------
    dict
        From the reasons to the codes they hold for, in the order of the report.
    """
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for change in result.changes_since(earlier):
        if not change.allowed:
            found[change.reasons] = (*found.get(change.reasons, ()), change.code)
    return found
