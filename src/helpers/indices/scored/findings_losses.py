"""Where an office lost points: its areas, and the criteria that cost it most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from helpers.facts.comparison import MOST_NAMED, rounded
from helpers.facts.families import Finding, Member
from helpers.facts.judge import judge
from helpers.facts.leading import Leading, leading
from helpers.facts.measured import Measured
from helpers.facts.value import PERCENT, Value, Why, count
from helpers.indices.scored.findings import maximum_of, points_of, state
from helpers.indices.scored.measured import areas_of

if TYPE_CHECKING:
    from helpers.indices.scored.result import Loss, ScoredResult
    from helpers.indices.scored.scoring import Tally

LED = ("strongest", "weakest", "lost")
UNSURVEYED = "unsurveyed"


def areas(result: ScoredResult) -> tuple[Finding, ...]:
    """State which areas lead and come last by share of their maximum, and where points were lost.

    Areas of which people were asked a part have no known error: they are set beside the others.
    """
    if result.scoring is None:
        return (_no_areas(result, "no_table"),)
    parts = areas_of(result, result.scoring)
    if not any(part.value.is_known for part in parts):
        return (_no_areas(result, "no_points"),)
    if not all(part.value.is_known for part in parts):
        return tuple(one for one in judge(_together(result, parts)) if one.name == "missing.parts")
    exact = tuple(part for part in parts if part.value.error.kind != "unknown")
    if len(exact) == len(parts):
        return tuple(one for one in judge(_together(result, parts)) if one.family in LED)
    if len(exact) < 2:
        judged = judge(_together(result, parts))
        return tuple(one for one in judged if one.name == "missing.error_of_parts")
    return tuple(
        replace(one, fields={**one.fields, "among": UNSURVEYED})
        for one in judge(_together(result, exact))
        if one.family in LED and one.case not in ("nothing", "unknown")
    )


def _no_areas(result: ScoredResult, rule: str) -> Finding:
    return state(result, "missing", "value", "value", code="areas", why=(Why(rule),))


def _together(result: ScoredResult, parts: tuple[Measured, ...]) -> Measured:
    """Return areas as parts of the points that they add up to."""
    known = [part.value.known for part in parts if part.value.is_known]
    best = [part.maximum.known for part in parts if part.maximum is not None]
    whole = Why("sum_of_criteria", {"code": "total"})
    complete = len(known) == len(parts)
    value = (
        points_of(result, sum(known), whole)
        if complete
        else Value.unknown(Why("criteria_without_points"))
    )
    top = Why("sum_of_maxima", {"code": "total"})
    return Measured(
        replace(parts[0].key, code="areas"),
        result.framework.short_name,
        replace(value, score="final") if complete else value,
        maximum=points_of(result, sum(best), top) if len(best) == len(parts) else None,
        parts=parts,
        part_basis="share",
    )


def losses(result: ScoredResult) -> tuple[Finding, ...]:
    """State how many points were lost and which criteria cost most."""
    found, tally = result.losses, result.total
    if result.scoring is None or tally is None:
        return (_unknown(result, "no_table"),)
    if not tally.scored and not tally.self_scored:
        return (_unknown(result, "no_points"),)
    if not found:
        if not is_whole(tally) or tally.maximum is None:
            return (_unknown(result, "criteria_without_points"),)
        top = maximum_of(result, tally.maximum, Why("sum_of_maxima", {"code": "total"}))
        return (state(result, "lost", "nothing", maximum=top),)
    total = sum(loss.lost for loss in found)
    which = None if tally.has_final else "self_points"
    told: dict[str, Any] = {"n": count(len(found), "criterion"), "which": which}
    return (
        state(result, "lost", "total", total=points_of(result, total, Why("lost")), **told),
        *_costliest(result, tally, total),
    )


def _unknown(result: ScoredResult, rule: str) -> Finding:
    return state(result, "lost", "unknown", why=(Why(rule),))


def is_whole(tally: Tally) -> bool:
    """Tell whether what each criterion lost is known: by final points, or by self-score."""
    scored = tally.scored if tally.has_final else tally.self_scored
    return scored == tally.scored + len(tally.missing)


def ordered(result: ScoredResult) -> tuple[tuple[Loss, ...], str | None]:
    """Return the losses that may be ordered, and among what they are; None where that is all.

    What people were asked has no known error; a criterion without points may have lost more.
    """
    found, tally = result.losses, result.total
    kept = tuple(loss for loss in found if not loss.item.is_surveyed)
    bounds = [UNSURVEYED] if len(kept) < len(found) else []
    bounds += [] if tally is not None and is_whole(tally) else ["scored"]
    return kept, "_".join(bounds) or None


def _costliest(result: ScoredResult, tally: Tally, total: float) -> Iterator[Finding]:
    """Name what lost most; criteria that lose the same are all named, or none of them."""
    kept, among = ordered(result)
    if not kept:
        return
    first = leaders(kept)
    if not first.named:
        each = lost_points(result, kept[0])
        yield state(
            result, "costliest", "alike", n=count(first.left, "criterion"), value=each, among=among
        )
        return
    parts = tuple(costly(result, loss) for loss in first.named)
    if len(parts) == len(kept):
        yield state(result, "costliest", "whole", parts=parts, among=among)
        return
    share = sum(loss.lost for loss in first.named) / total * 100
    told = Value(share, PERCENT, 1, status=result.status, source=Why("share_of_lost"))
    yield state(result, "costliest", "named", parts=parts, share=told, among=among)


def leaders(losses: Sequence[Loss]) -> Leading[Loss]:
    """Return the largest losses, about three; what prints alike is not cut apart."""
    return leading(losses, lambda loss: float(rounded(loss.lost, 2)), MOST_NAMED)


def costly(result: ScoredResult, loss: Loss) -> Member:
    """Return a criterion with what it lost, of its maximum."""
    return Member(loss.item.code, loss.item.name, lost_points(result, loss))


def lost_points(result: ScoredResult, loss: Loss) -> Value:
    """Return what a criterion lost, with where its row stands."""
    row = result.rows.get(loss.item.code)
    where = row.origin if row is not None and row.origin else ""
    what = f"{loss.item.code} {loss.item.name}"
    source = Why("lost_in_row", {"what": what, "where": where or what})
    most = loss.item.maximum
    of = None if most is None else maximum_of(result, most, Why("maximum_in_row", {"what": what}))
    return replace(points_of(result, loss.lost, source), of=of)
