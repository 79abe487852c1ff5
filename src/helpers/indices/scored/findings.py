"""What scored indices need to state a finding: keys, values of a table, values that were published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from helpers.facts.compared import compact
from helpers.facts.families import Finding, Member
from helpers.facts.value import PERCENT, Bound, Key, Value, Why, count, digits_of

if TYPE_CHECKING:
    from helpers.indices.scored.result import ScoredResult
    from helpers.indices.scored.standing import Figure
    from helpers.inputs.observations import Observation


def published_file(index: str, year: int) -> str:
    """Return where published figures of a year are counted, below the root of the checkout."""
    return f"data/published/{index}/{year}.csv"


def key_of(result: ScoredResult, code: str, year: int | None = None) -> Key:
    """Return what a finding is about: the office's table, or a part of it."""
    office = "" if result.office is None else result.subject.name
    return Key(result.index, result.place.slug, year or result.year, office=office, code=code)


def state(
    result: ScoredResult,
    family: str,
    case: str,
    slot: str = "",
    /,
    code: str = "total",
    **fields: object,
) -> Finding:
    """State a finding; fields that are None are left out."""
    return Finding(key_of(result, code), family, case, compact(**fields), slot)


def points_of(result: ScoredResult, number: float, source: str | Why, decimals: int = 2) -> Value:
    """Return points that were added or subtracted here."""
    return Value(number, "point", decimals, status=result.status, source=source)


def maximum_of(result: ScoredResult, number: float, source: str | Why) -> Value:
    """Return a maximum without needless digits: 61,5, 100."""
    return points_of(result, number, source, digits_of(number))


def rate_of(result: ScoredResult, number: float) -> Value:
    """Return points over their maximum, in percent."""
    source = Why("points_of_maximum", {"year": result.year})
    return Value(number, PERCENT, status=result.status, score="final", source=source)


def delivered(result: ScoredResult, told: Observation) -> Value:
    """Return a single figure as it was delivered."""
    unit = PERCENT if told.unit == "%" else "point"
    bound: Bound = "at_least" if told.bound else "exact"
    return Value(
        told.value, unit, told.decimals, status=result.status, source=told.trace, bound=bound
    )


def counted(index: str, year: int, number: int, unit: str) -> Value:
    """Return how many of something the published file of a year holds."""
    where = published_file(index, year)
    return count(number, unit, Why("counted_in", {"where": where}))


def scale_of(result: ScoredResult) -> tuple[str, int]:
    """Return unit and decimals of published values of the index."""
    if result.framework.unit == "%":
        return PERCENT, 2
    if result.framework.is_score_tree:
        return "point", result.framework.decimals
    return "index", result.framework.decimals


def traced(result: ScoredResult, figure: Figure, *, rank: bool = False) -> Why:
    """Return where a published figure, or its place, is to be found."""
    what = f"{result.framework.short_name} {figure.year}, {figure.name}, {figure.unit}"
    if rank:
        told = {"what": what, "origin": figure.rank_origin, "page": figure.rank_source}
        return Why("place_on_page", told)
    page = "; ".join(told for told in (figure.source, figure.read_from) if told)
    return Why("read_on_page", {"what": what, "origin": figure.origin, "page": page})


def placed(result: ScoredResult, figure: Figure) -> Value | None:
    """Return a published place with the number of units; None if no place was published."""
    if figure.rank is None:
        return None
    source = traced(result, figure, rank=True)
    of = count(result.published.units, "unit", source)
    return Value(float(figure.rank), "place", 0, status="official", source=source, of=of)


def members(parts: Sequence[tuple[str, str, Value | None]]) -> tuple[Member, ...]:
    """Return parts as findings name them: code, name, figure."""
    return tuple(Member(code, name, value) for code, name, value in parts)
