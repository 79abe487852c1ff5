"""Structured statements that the scores support; commentary turns them into sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from helpers.facts.comparison import (
    Case,
    Comparison,
    compare,
    false_discoveries,
    independent,
    p_value,
)
from helpers.facts.rows import Score
from helpers.indices.papi.errors import against_earlier, error_apart, errors_of
from helpers.indices.papi.result import PapiCountry, PapiResult

Kind = Literal["strength", "weakness"]

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
    """A criterion in two comparable years, and what may be said of its difference.

    Parameters
    ----------
    code : str
    earlier, later : int
    verdict : Comparison
        Of the later score against the earlier one: ``higher`` and ``lower`` only where the difference
        exceeds its error, ``unknown`` where nobody states an error, as for every dimension.
    """

    code: str
    earlier: int
    later: int
    verdict: Comparison

    @property
    def difference(self) -> float:
        """Later minus earlier, in points, unrounded."""
        return self.verdict.gap


def relative_place(score: Score) -> float:
    """Return where a score stands between the best (0) and the last place (1).

    Dimensions differ in how high all provinces score, so they are set side by side by place, never
    by points.
    """
    return (score.rank - 0.5) / score.n


def stand_out(result: PapiResult) -> tuple[Standing, ...]:
    """Return the strongest and the weakest dimensions of a province.

    At most three of each, by place; dimensions of one place are never parted. A dimension in the
    highest group is a clear strength, one in the lowest group a clear weakness. A province without one
    gets its relatively best (weakest) ones, marked as such, unless they are already named on the other
    side.

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
    strong = [score for score in ordered if score.group == 4]
    weak = [score for score in reversed(ordered) if score.group == 1]
    first, last = _level_with(ordered), _level_with(ordered[::-1])
    found = [Standing("strength", score.code, True) for score in first_places(strong)]
    if not strong and not any(score in weak for score in first):
        found += [Standing("strength", score.code, False) for score in first]
    found += [Standing("weakness", score.code, True) for score in first_places(weak)]
    named = {*(score.code for score in strong), *(standing.code for standing in found)}
    if not weak and not any(score.code in named for score in last):
        found += [Standing("weakness", score.code, False) for score in last]
    return tuple(found)


def _level_with(ordered: Sequence[Score]) -> list[Score]:
    """Return those at the head of an order that share its first place."""
    return [s for s in ordered if relative_place(s) == relative_place(ordered[0])]


def first_places(ordered: Sequence[Score], most: int = MOST_NAMED) -> list[Score]:
    """Return the first of an order, at most so many unless they share one place.

    A tie that would be cut in two is left out whole, unless it stands first.
    """
    named = list(ordered[:most])
    if len(ordered) > most and relative_place(ordered[most]) == relative_place(ordered[most - 1]):
        cut = relative_place(ordered[most])
        kept = [score for score in named if relative_place(score) != cut]
        return kept or _level_with(ordered)
    return named


def ends(
    result: PapiResult, codes: Sequence[str], most: int = MOST_NAMED
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return which of some criteria hold the best and the lowest places.

    Parameters
    ----------
    result : PapiResult
    codes : sequence of str
        Criteria of one kind with a score.
    most : int

    Returns
    -------
    best, lowest : tuple of str
        From the end inwards, at most so many each and never the same; empty for a single criterion or
        where all share one place.
    """
    ordered = sorted((result.score(code) for code in codes), key=relative_place)
    most = min(most, len(ordered) // 2)
    if not most or relative_place(ordered[0]) == relative_place(ordered[-1]):
        return (), ()
    best = [score.code for score in first_places(ordered, most)]
    lowest = [score.code for score in first_places(ordered[::-1], most)]
    return tuple(best), tuple(code for code in lowest if code not in best)


def movements(result: PapiResult, earlier: int) -> tuple[Movement, ...]:
    """Return what may be compared with an earlier year, in the order of the report.

    Parameters
    ----------
    result : PapiResult
    earlier : int
        One of the years in ``result.changes``.

    Returns
    -------
    tuple of Movement
        The total first if it may be compared, then the dimensions; never ordered by difference, which
        would tell apart what the errors do not.
    """
    allowed = {change.code for change in result.changes_since(earlier) if change.allowed}
    return tuple(
        Movement(
            code=code,
            earlier=earlier,
            later=result.year,
            verdict=against_earlier(result.country, result.place.slug, code, earlier),
        )
        for code in result.top_codes()
        if code in allowed
    )


def moves_are_assumed(country: PapiCountry, earlier: int) -> bool:
    """Tell whether changes of totals since a year rest on an error that nobody published."""
    code = country.edition.root.code
    return any(
        error.origin == "assumed"
        for year in (country.year, earlier)
        for error in errors_of(country, code, year).values()
        if error.kind == "sampling"
    )


@dataclass(frozen=True)
class Apart:
    """How far a total lies from the median of the units that have one in both years.

    Parameters
    ----------
    then, now : float
        Score minus median, in points.
    units : int
        Units with a total in both years.
    verdict : Comparison
        Of now against then.
    """

    then: float
    now: float
    units: int
    verdict: Comparison


def apart_from_median(result: PapiResult, earlier: int) -> Apart:
    """Set a province's total against the country in two comparable years, over the same units."""
    country = result.country
    of_year = {year: totals(country, year) for year in (earlier, result.year)}
    slugs = [slug for slug in of_year[result.year] if slug in of_year[earlier]]
    then, now = (
        found[result.place.slug] - median(found[slug] for slug in slugs)
        for found in of_year.values()
    )
    return Apart(
        then,
        now,
        len(slugs),
        compare(
            now,
            then,
            errors=(
                error_apart(country, result.place.slug, slugs, result.year),
                error_apart(country, result.place.slug, slugs, earlier),
            ),
            decimals=country.definition.decimals,
        ),
    )


_TESTED = ("higher", "lower", "inside", "same_print", "equal")
"""Cases of a change whose error is known."""


def tally(country: PapiCountry, earlier: int) -> Counter[Case]:
    """Count the units with a total in both years by what may be said of its change.

    A count of clear changes among many comparisons holds some by chance, so that only those count
    which stand together with one in twenty false (:func:`false_discoveries`); the others are inside.

    Parameters
    ----------
    country : PapiCountry
    earlier : int

    Returns
    -------
    Counter
        From the case to the number of units; the numbers add up to the units compared.
    """
    code = country.edition.root.code
    both = set(totals(country, country.year)) & set(totals(country, earlier))
    errors = errors_of(country, code), errors_of(country, code, earlier)
    found = {slug: against_earlier(country, slug, code, earlier) for slug in sorted(both)}
    tested = [slug for slug, verdict in found.items() if verdict.case in _TESTED]
    chances = [
        p_value(
            found[slug].gap,
            independent(*(of_year[slug] for of_year in errors)),
        )
        for slug in tested
    ]
    fallen = {
        slug
        for slug, stands in zip(tested, false_discoveries(chances), strict=True)
        if not stands and found[slug].is_sure
    }
    return Counter("inside" if slug in fallen else found[slug].case for slug in found)


def totals(country: PapiCountry, year: int) -> dict[str, float]:
    """Return the totals of a year by unit, of the territorial system of the report."""
    rows = country.standing
    rows = rows[
        (rows["system"] == country.system)
        & (rows["code"] == country.edition.root.code)
        & (rows["year"] == year)
    ]
    return dict(zip(rows["slug"].astype(str), rows["value"].astype(float), strict=True))


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
