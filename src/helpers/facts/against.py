"""The own value beside a mean, a median, a region, the country, a target."""

from __future__ import annotations

from helpers.facts.compared import Verdict, bar, between, gap_value, margin_value
from helpers.facts.families import Finding
from helpers.facts.level import finding
from helpers.facts.marks import distance_error
from helpers.facts.measured import Mark, Measured
from helpers.facts.value import NONE, Value, Why, count

SIDES = ("mean", "pooled", "median", "region", "country")
"""Kinds of marks that a value lies above or below."""


def better(measured: Measured, verdict: Verdict) -> bool | None:
    """Tell whether a sure or likely side is the good one; None where nobody says which is."""
    if measured.higher_is_better is None or not verdict.sign:
        return None
    return (verdict.sign > 0) == measured.higher_is_better


def against(measured: Measured) -> tuple[Finding, ...]:
    """Say on which side of each mark the value lies."""
    return tuple(_beside(measured, mark) for mark in measured.marks if mark.kind in SIDES)


def _slot(measured: Measured, mark: Mark) -> str:
    """Return the kind of a mark, with its name where several are of that kind."""
    several = sum(other.kind == mark.kind for other in measured.marks) > 1
    return f"{mark.kind}.{mark.name}" if several and mark.name else mark.kind


def _beside(measured: Measured, mark: Mark) -> Finding:
    slot = _slot(measured, mark)
    told: dict[str, object] = {"kind": mark.kind, "name": mark.name or None}
    reason = bar(measured.value, mark.value)
    if reason is not None:
        return finding(measured, "against", "barred", slot, why=(reason,), **told)
    if mark.contains_own and len(mark.members) == 1:
        why = (Why("mean_of_itself"),)
        return finding(measured, "against", "barred", slot, why=why, **told)
    verdict = between(
        measured.value,
        mark.value,
        difference=distance_error(measured, mark),
        floor=measured.floor,
    )
    told |= {
        "mark": mark.value,
        "units": count(len(mark.members), "unit") if mark.members else None,
        **compared(measured, verdict, mark.value),
    }
    return finding(measured, "against", verdict.case, slot, **told)


def compared(measured: Measured, verdict: Verdict, other: Value) -> dict[str, object]:
    """Return the fields of a comparison: gap, margin, and the side as far as it is one."""
    if verdict.case in ("equal", "same_print"):
        return {}
    return {
        "gap": gap_value(verdict, measured.value, other),
        "margin": margin_value(verdict, measured.value),
        "assumed": verdict.margin.assumed or None,
        "better": better(measured, verdict),
        "side": None if verdict.sign else verdict.side,
        "cases": _in_cases(measured.value, other, verdict),
    }


def _in_cases(one: Value, other: Value, verdict: Verdict) -> Value | None:
    """Return how many cases the gap is, if both are rates of one base."""
    if one.of is None or other.of is None or one.one_case == 0.0:
        return None
    if one.of.number != other.of.number:
        return None
    source = Why("gap_in_cases", {"of": one.of})
    return count(round(abs(verdict.gap) / one.one_case), one.of.unit, source)


def target(measured: Measured) -> tuple[Finding, ...]:
    """Say whether each target was met; the error of the value alone decides, a target has none."""
    wanted = [mark for mark in measured.marks if mark.kind == "target"]
    if measured.higher_is_better is None:
        return ()
    return tuple(_aimed(measured, mark) for mark in wanted)


def _aimed(measured: Measured, mark: Mark) -> Finding:
    slot = _slot(measured, mark)
    name = mark.name or None
    goal = mark.value
    reason = bar(measured.value, goal)
    if reason is not None:
        return finding(measured, "target", "barred", slot, why=(reason,), name=name)
    difference = mark.difference or (NONE if measured.value.error.kind == "none" else None)
    # Meeting a target is a matter of the rule, so one case decides it as well as a hundred.
    verdict = between(_whole(measured.value), goal, difference=difference)
    told = {"mark": goal, "name": name, **compared(measured, verdict, goal)}
    case = _by_interval(measured.value, goal, verdict)
    if case in ("higher", "lower", "likely_higher", "likely_lower"):
        met = (verdict.gap > 0) == measured.higher_is_better
        likely = "likely_" if case.startswith("likely_") else ""
        return finding(measured, "target", likely + ("met" if met else "missed"), slot, **told)
    if case in ("equal", "same_print"):
        case = "exactly" if case == "equal" else "same_print"
        return finding(measured, "target", case, slot, mark=goal, name=name)
    told |= {"side": verdict.side, "better": None}
    return finding(measured, "target", case, slot, **told)


def shortfall(missed: Finding) -> float:
    """Return which part of a target is lacking: 0.04 where 86.4 % were reached of 90 %.

    Parameters
    ----------
    missed : Finding
        ``target.missed``.
    """
    gap, mark = missed.fields.get("gap"), missed.fields.get("mark")
    if missed.case != "missed" or not isinstance(gap, Value) or not isinstance(mark, Value):
        raise ValueError("only a missed target has a shortfall")
    return abs(gap.known) / (abs(mark.known) or 1.0)


def _whole(value: Value) -> Value:
    """Return a rate without its base: against a fixed mark one case counts."""
    if value.of is None:
        return value
    return Value(
        value.known, value.unit, value.decimals, value.error, status=value.status,
        score=value.score, source=value.source, bound=value.bound,
    )  # fmt: skip


def _by_interval(value: Value, goal: Value, verdict: Verdict) -> str:
    """Let the interval of the value decide where it is known: it need not be symmetric."""
    error = value.error
    if not error.has_interval or not (verdict.sign or verdict.case == "inside"):
        return verdict.case
    if error.low <= goal.known <= error.high:
        return "inside"
    side = "higher" if verdict.gap > 0 else "lower"
    return f"likely_{side}" if error.origin == "assumed" else side
