"""Three things that a superior must know first: the best result, a missed target, a pressing limit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpers.facts.against import shortfall
from helpers.facts.ranks import in_first_quarter, in_last_quarter
from helpers.facts.value import Why
from helpers.indices.work_plan.findings import share_done
from helpers.indices.work_plan.result import WorkPlanResult
from helpers.indices.work_plan.rows import REMEDIED
from helpers.reports.annual.measured import Headline, own_headlines, standing
from helpers.reports.annual.text_words import inside
from helpers.reports.annual.weak import limits_of, shown_points
from helpers.words.document import Remark, Written
from helpers.words.numbers import day

if TYPE_CHECKING:
    from helpers.reports.annual.result import AnnualResult


def leading(result: AnnualResult) -> tuple[Why, ...]:
    """Return at most three statements, the good news first; fewer where the figures carry no more.

    Parameters
    ----------
    result : AnnualResult
    """
    found = (_best(result), _missed(result), _pressing(result))
    return tuple(one for one in found if one is not None)


def _best(result: AnnualResult) -> Why | None:
    """Return what was done of the plan with the best index; None if neither can be told."""
    plan = _plan(result)
    praised = _praised(result)
    if plan is None and praised is None:
        return None
    if plan is not None and praised is not None:
        return Why("annual_best", {"plan": plan, "praised": praised})
    return plan if praised is None else praised


def _plan(result: AnnualResult) -> Why | None:
    plan: WorkPlanResult | None = result.part("work_plan")
    share = None if plan is None else share_done(plan)
    # Nothing done is no good news.
    if plan is None or share is None or share.known == 0:
        return None
    told: dict[str, object] = {"done": plan.done, "planned": plan.planned}
    if plan.is_all_done:
        return Why("annual_best_all", told)
    return Why("annual_best_plan", {**told, "share": share})


def _praised(result: AnnualResult) -> Why | None:
    """Return the index that says most good of itself: what is only likely is not praised."""
    ranked = [(len(said), said, one) for one in own_headlines(result) if (said := _good(one))]
    if not ranked:
        return None
    _, said, one = max(ranked, key=lambda each: each[0])
    return Why("annual_index", {**_level(one), "clauses": tuple(said)})


def _level(one: Headline) -> dict[str, object]:
    group = one.measured.group
    return {
        "name": one.name,
        "value": one.value,
        "grade": one.grade,
        "group": "" if group is None else group.code,
        "high": bool(one.measured.higher_is_better) and "high",
    }


def _good(one: Headline) -> list[Why]:
    """Return what is good of an index: its place, a change for the better, a target that was met."""
    if one.value is None:
        return []
    made, aimed, moved = [*_place(one)], one.of("target"), one.of("change")
    if moved is not None and moved.case in ("up", "down") and moved.fields.get("better"):
        rule = "annual_rose" if moved.case == "up" else "annual_fell"
        made.append(Why(rule, {"size": moved.fields["gap"], "year": moved.fields["year"]}))
    if aimed is not None and aimed.case in ("met", "exactly"):
        made.append(Why("annual_met", {"mark": aimed.fields["mark"]}))
    return made


def _place(one: Headline) -> Iterator[Why]:
    held = standing(one)
    if held is None or held.units is None:
        return
    rank, units = held.rank.known, held.units.known
    # A grade makes a place worth telling, unless it is one that the report calls weak.
    if in_first_quarter(rank, units) or (one.grade and not in_last_quarter(rank, units)):
        rule = "annual_place_tied" if held.shared else "annual_place"
        yield Why(rule, {"rank": held.rank, "units": held.units})


def _missed(result: AnnualResult) -> Why | None:
    """Return the target that was missed by most of what it asks; None if none surely was."""
    missed = [
        (shortfall(aimed), Why("annual_missed", {**_level(one), "mark": aimed.fields["mark"]}))
        for one in own_headlines(result)
        if (aimed := one.of("target")) is not None and aimed.case == "missed"
    ]
    return max(missed, key=lambda each: each[0])[1] if missed else None


def _pressing(result: AnnualResult) -> Why | None:
    """Return the first limit that is still open, with what is done about it."""
    for one in _open_limits(result):
        return one
    return None


def _open_limits(result: AnnualResult) -> Iterator[Why]:
    stated, plan = limits_of(result), result.part("work_plan")
    for one in stated:
        if one.state != REMEDIED:
            answers = () if plan is None else plan.answers(one)
            due = one.due or next((each.due for each in answers if each.due), None)
            does = one.measure or next((each.text for each in answers), "")
            yield Why(
                "annual_pressing",
                {
                    "limit": Remark(inside(one.text), one.origin),
                    "measure": Remark(inside(does), one.origin) if does else "",
                    "due": day(due) if due is not None else "",
                },
            )
    if not stated:
        for point in shown_points(result):
            yield Why("annual_weak", {"said": Written(point.text), "cause": ""})
