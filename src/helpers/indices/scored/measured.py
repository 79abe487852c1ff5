"""PAR INDEX and DTI in the form that the judge takes: an office's table, and what was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.facts.measured import Earlier, Mark, Measured, Place
from helpers.facts.value import (
    NONE,
    PERCENT,
    UNKNOWN,
    Error,
    Key,
    Score,
    Value,
    Why,
    digits_of,
)
from helpers.indices.scored.measured_published import breaks, published

if TYPE_CHECKING:
    from helpers.indices.scored.result import ScoredResult
    from helpers.indices.scored.scoring import Scoring, Tally


def measured(result: ScoredResult) -> tuple[Measured, ...]:
    """Return what is known of an office and its province in a year, for the judge.

    Returns
    -------
    tuple of Measured
        Those that there are of ``index``, the office's share of points with its areas; ``points``, the
        same in points; ``appraised``, what the appraisal left of the criteria that were also
        self-scored; and ``published``, the province's total beside the other provinces.
    """
    made = (index(result), _points(result), appraised(result), published(result))
    return tuple(one for one in made if one is not None)


def _key(result: ScoredResult, code: str, years_ago: int = 0) -> Key:
    office = "" if result.office is None else result.subject.name
    year = result.year - years_ago
    return Key(result.index, result.place.slug, year, office=office, code=code)


def index(result: ScoredResult) -> Measured | None:
    """Return the office's share of points with its areas, or the place alone that it delivered."""
    scoring, told = result.scoring, result.own("index")
    rank, target = result.own("rank"), result.target
    if scoring is None and (told is None or told.unit != "%") and rank is None:
        return None
    parts = () if scoring is None else areas_of(result, scoring)
    best = None if scoring is None else scoring.tally().maximum
    return Measured(
        _key(result, "index"),
        result.framework.short_name,
        _value(result),
        maximum=Value(100.0, PERCENT, 0),
        printed_place=_place(result),
        marks=() if target is None else (Mark("target", _percent(result, target), "own_target"),),
        earlier=_earlier(result, "index"),
        parts=parts,
        weights={part.key.code: 100.0 / best for part in parts} if best and parts else None,
        part_basis="share",
    )


def _value(result: ScoredResult) -> Value:
    """Return the index by the table, else as it was delivered."""
    told = result.own("index")
    if result.scoring is not None and result.scoring.tally().index is not None:
        return _share(result, result.scoring)
    if told is None or told.unit != "%":
        rule = "no_table" if result.scoring is None else "criteria_without_points"
        return Value.unknown(Why(rule), PERCENT)
    # Without the table nobody knows whether a survey is part of it.
    error = UNKNOWN if result.framework.is_sampled() else NONE
    return Value(told.value, PERCENT, told.decimals, error, status=result.status, source=told.trace)


def _place(result: ScoredResult) -> Place | None:
    rank, units = result.own("rank"), result.own("units")
    if rank is None:
        return None
    return Place(int(rank.value), None if units is None else int(units.value), rank.trace)


def _percent(result: ScoredResult, number: float) -> Value:
    source = Why("parameter_of_office")
    return Value(number, PERCENT, digits_of(number), status=result.status, source=source)


def _share(result: ScoredResult, scoring: Scoring, years_ago: int = 0) -> Value:
    tally = scoring.tally()
    if tally.index is None or tally.final is None:
        return Value.unknown(Why("criteria_without_points", {"codes": tally.missing}), PERCENT)
    source = Why("points_of_maximum", {"year": result.year - years_ago})
    return Value(
        tally.index,
        PERCENT,
        error=_error(tally),
        status=result.status,
        score="final",
        source=source,
    )


def _error(tally: Tally) -> Error:
    """Return the error of points; nobody knows that of what people were asked."""
    return UNKNOWN if tally.is_surveyed else NONE


def _sum(result: ScoredResult, scoring: Scoring, code: str, score: Score = "final") -> Value:
    """Return the points of a criterion; the sum of which a part is not known is not known."""
    tally = scoring.tally(code)
    if not tally.complete or tally.final is None:
        return Value.unknown(Why("criteria_without_points", {"codes": tally.missing}))
    source = Why("sum_of_criteria", {"code": code})
    return Value(tally.final, error=_error(tally), status=result.status, score=score, source=source)


def _maximum(scoring: Scoring, code: str) -> Value | None:
    best = scoring.tally(code).maximum
    return None if best is None else Value(best, source=Why("sum_of_maxima", {"code": code}))


def years_apart(result: ScoredResult) -> tuple[Why, ...]:
    """Return why an office's own results of both years must not be compared, whatever the criteria."""
    # A province's own set does not change with the national one.
    national = result.framework.scored == "province"
    return breaks(result.why_not_comparable if national else result.why_not_same_unit)


def _reasons(result: ScoredResult) -> tuple[Why, ...]:
    """Return why the tables of both years must not be compared."""
    reasons = years_apart(result)
    return reasons if result.same_criteria else (*reasons, Why("criteria_differ"))


def _earlier(result: ScoredResult, code: str) -> tuple[Earlier, ...]:
    before, name = result.previous, result.framework.short_name
    key = _key(result, code, 1)
    if before is None:
        # That the unit was another one is said even where its table is not here.
        other = breaks(result.why_not_same_unit)
        nothing = Measured(key, name, Value.unknown(Why("no_table")))
        return (Earlier(nothing, barred=other),) if other else ()
    if code == "index" and before.tally().index is None:
        return ()
    value = _share(result, before, 1) if code == "index" else _sum(result, before, "total")
    return (Earlier(Measured(key, name, value), barred=_reasons(result)),)


def areas_of(result: ScoredResult, scoring: Scoring) -> tuple[Measured, ...]:
    """Return the top level of a table in points, each area with its maximum and the year before."""
    before = result.previous
    made = []
    for code in result.areas:
        name = scoring.by_code[code].name or code
        then = (
            () if before is None or code not in before.by_code else (_then(result, before, code),)
        )
        made.append(
            Measured(
                _key(result, code),
                name,
                _sum(result, scoring, code),
                maximum=_maximum(scoring, code),
                earlier=then,
            )
        )
    return tuple(made)


def _then(result: ScoredResult, before: Scoring, code: str) -> Earlier:
    made = Measured(_key(result, code, 1), code, _sum(result, before, code))
    return Earlier(made, barred=_reasons(result))


def _points(result: ScoredResult) -> Measured | None:
    scoring = result.scoring
    if scoring is None:
        return None
    parts = areas_of(result, scoring)
    return Measured(
        _key(result, "points"),
        result.framework.short_name,
        _sum(result, scoring, "total"),
        maximum=_maximum(scoring, "total"),
        earlier=_earlier(result, "points"),
        parts=parts,
        weights=dict.fromkeys((part.key.code for part in parts), 1.0) if parts else None,
        part_basis="lost",
    )


def appraised(result: ScoredResult) -> Measured | None:
    """Return what the appraisal left of the criteria that were also self-scored."""
    tally = result.total
    if tally is None or not tally.compared:
        return None
    source = Why("criteria_scored_twice", {"criteria": tally.compared})
    value = Value(tally.compared_final, status=result.status, score="appraised", source=source)
    own = Value(tally.compared_self, status=result.status, score="self", source=source)
    return Measured(_key(result, "appraised"), result.framework.short_name, value, self_scored=own)
