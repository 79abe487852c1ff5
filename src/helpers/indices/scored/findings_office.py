"""What the table and the single figures of an office add up to, and what does not fit in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from helpers.facts.families import Finding, Member
from helpers.facts.measured import Group
from helpers.facts.value import Value, Why, count
from helpers.indices.scored.findings import (
    delivered,
    maximum_of,
    points_of,
    rate_of,
    state,
)
from helpers.indices.scored.scoring import TOLERANCE

if TYPE_CHECKING:
    from helpers.indices.scored.result import ScoredResult

MOST_NAMED = 3
"""Sums that do not fit and are told one by one."""


def office(result: ScoredResult) -> tuple[Finding, ...]:
    """State the level of an office, as its own table and figures have it."""
    if not result.has_own:
        return tuple(_limits(result))
    return (
        *_points(result),
        *_bonus(result),
        *_delivered(result),
        *_disagreement(result),
        *_grade(result),
        *_limits(result),
        *_mismatches(result),
        *_checks(result),
    )


def _points(result: ScoredResult) -> Iterator[Finding]:
    tally = result.total
    if tally is None:
        return
    top = Why("sum_of_maxima", {"code": "total"})
    if tally.final is None:
        if tally.self_points is not None and tally.self_index is not None and tally.self_maximum:
            yield state(
                result,
                "points",
                "self_only",
                total=points_of(result, tally.self_points, Why("sum_of_self_scores")),
                maximum=maximum_of(result, tally.self_maximum, top),
                value=rate_of(result, tally.self_index),
            )
        return
    total = points_of(result, tally.final, Why("sum_of_criteria", {"code": "total"}))
    if tally.index is not None and tally.maximum is not None:
        yield state(
            result,
            "points",
            "complete",
            total=total,
            maximum=maximum_of(result, tally.maximum, top),
            value=rate_of(result, tally.index),
            whole=_whole(result, tally.maximum),
        )
    elif tally.known_index is not None and tally.final_maximum is not None:
        yield state(
            result,
            "points",
            "partly",
            total=total,
            maximum=maximum_of(result, tally.final_maximum, top),
            value=rate_of(result, tally.known_index),
            missing=count(len(tally.missing), "criterion"),
        )
    else:
        yield state(result, "points", "no_maximum", total=total)


def _whole(result: ScoredResult, maximum: float) -> Value | None:
    """Return the maximum of the set, where the table holds less of it."""
    of = result.points_of_set
    if of is None or maximum >= of:
        return None
    return maximum_of(result, of, Why("maximum_of_set", {"edition": result.edition.key}))


def _bonus(result: ScoredResult) -> Iterator[Finding]:
    scoring, tally = result.scoring, result.total
    if scoring is None or tally is None or tally.index is None or tally.final is None:
        return
    bonus, penalty, points = scoring.bonus, scoring.penalty, scoring.points
    if bonus is None or penalty is None or points is None:
        # Nobody has said whether it is claimed: neither none nor any.
        total = points_of(result, tally.final, Why("sum_of_criteria", {"code": "total"}))
        yield state(result, "bonus", "unknown", total=total)
    elif bonus or penalty:
        yield state(
            result,
            "bonus",
            "both",
            bonus=points_of(result, bonus, Why("bonus")),
            penalty=points_of(result, penalty, Why("penalty")),
            total=points_of(result, points, Why("points_with_bonus")),
        )


def _delivered(result: ScoredResult) -> Iterator[Finding]:
    """State the single figures, where no table says more."""
    tally = result.total
    index, total = result.own("index"), result.own("points")
    if tally is not None and tally.index is not None:
        return
    told = {
        "total": None if total is None else delivered(result, total),
        "value": None if index is None else delivered(result, index),
    }
    if index is not None or total is not None:
        case = "both" if index is not None and total is not None else "value"
        case = "delivered" if index is None else f"delivered_{case}"
        yield state(result, "points", case, code="delivered", **told)


def _disagreement(result: ScoredResult) -> Iterator[Finding]:
    tally, index = result.total, result.own("index")
    if tally is None or tally.index is None or index is None or index.unit != "%":
        return
    if abs(tally.index - index.value) > index.half + TOLERANCE:
        used = rate_of(result, tally.index)
        yield state(
            result, "sources", "office", "office", value=delivered(result, index), used=used
        )


def _grade(result: ScoredResult) -> Iterator[Finding]:
    printed, table = result.own("grade"), result.grades
    stated = None if printed is None else printed.printed.strip() or None
    if result.grade and table is not None:
        names = [band.name for band in table.bands]
        order = len(names) - names.index(result.grade)
        why = (Why("legal_basis", {"quoted": table.legal_basis}),)
        group = Group(result.grade, order, len(names), published=True)
        other = stated is not None and stated.casefold() != result.grade.casefold()
        case = "contradicted" if other else "by_bands"
        yield state(result, "grade", case, group=group, why=why, stated=stated if other else None)
    elif stated is not None:
        yield state(result, "grade", "stated", stated=stated)
    elif result.scoring is not None:
        yield state(result, "grade", "no_bands")


def _limits(result: ScoredResult) -> Iterator[Finding]:
    n = len(result.limits)
    if not n:
        return
    lacking = sum(not result.cause_of(limit) for limit in result.limits)
    case = "caused" if not lacking else "uncaused" if lacking == n else "some_caused"
    told: dict[str, Any] = {
        "n": count(n, "limit"),
        "missing": count(lacking, "limit") if 0 < lacking < n else None,
        "without_points": True if result.scoring is None else None,
    }
    yield state(result, "limits", case, **told)
    if not result.has_own:
        yield state(result, "only_limits", "told", n=count(n, "limit"))


def _mismatches(result: ScoredResult) -> Iterator[Finding]:
    found = () if result.scoring is None else result.scoring.mismatches
    if found:
        yield state(result, "mismatch", "found", "found", n=count(len(found), "mismatch"))
    for one in found[:MOST_NAMED]:
        name = f"{one.code} {one.name}"
        yield state(
            result,
            "mismatch",
            "sum",
            "sum",
            code=f"{one.code}/{one.column}",
            high=Member(one.code, name),
            which=one.column,
            total=points_of(result, one.printed, Why("printed_sum", {"code": one.code})),
            value=points_of(result, one.summed, Why("sum_of_criteria", {"code": one.code})),
        )


def _checks(result: ScoredResult) -> Iterator[Finding]:
    if result.checks:
        yield state(result, "checks", "found", n=count(len(result.checks), "criterion"))
