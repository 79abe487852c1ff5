"""Three things that a superior must know first: the best result, a missed target, a pressing limit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpers.facts.figures import Measured
from helpers.facts.figures import Value as Sourced
from helpers.facts.judgement import Finding, judge, shortfall
from helpers.facts.value import PERCENT, Value, Why, count
from helpers.indices.work_plan.findings import share_done
from helpers.indices.work_plan.result import WorkPlanResult
from helpers.indices.work_plan.rows import REMEDIED
from helpers.reports.annual.measured import Headline, own_headlines
from helpers.reports.annual.text_words import inside
from helpers.reports.annual.weak import limits_of, shown_points
from helpers.words.document import Remark, Written
from helpers.words.numbers import day

if TYPE_CHECKING:
    from helpers.reports.annual.result import AnnualResult

FIRST_QUARTER = 0.25
"""A place up to this share of the units is a good one."""


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
    return Why("annual_index", {**_level(one.measured), "clauses": tuple(said)})


def _level(measured: Measured) -> dict[str, object]:
    if measured.value is None:
        raise ValueError("an index without a value is not told")
    return {
        "name": measured.name,
        "value": value_of(measured, measured.value),
        "grade": measured.grade.removeprefix("nhóm ") if measured.grade else "",
        "high": measured.higher_is_better and "high",
    }


def value_of(measured: Measured, given: Sourced, *, gap: bool = False, mark: bool = False) -> Value:
    """Return a value as the words print it; `gap` for a difference, `mark` for a target."""
    share_of = measured.unit == "%"
    unit = "pp" if share_of and gap else PERCENT if share_of else _UNITS[measured.unit]
    # A mark that was set is written as it was: 98 %, not 98,00 %.
    most = measured.decimals
    digits = next((d for d in range(most) if mark and round(given.value, d) == given.value), most)
    return Value(given.value, unit, digits, source=given.source)


_UNITS = {"điểm": "point", "": "index"}


def _good(one: Headline) -> list[Why]:
    if one.measured.value is None:
        return []
    return [why for finding in judge(one.measured) if (why := _clause(finding)) is not None]


def _clause(finding: Finding) -> Why | None:
    measured = finding.about
    if finding.kind == "target_met" and finding.beside is not None:
        return Why("annual_met", {"mark": value_of(measured, finding.beside.value, mark=True)})
    better = (finding.direction == "up") == measured.higher_is_better
    if finding.kind == "change" and better and finding.earlier is not None and not finding.assumed:
        gap = finding.values["gap"]
        rule = "annual_rose" if finding.direction == "up" else "annual_fell"
        source = f"hiệu số chưa làm tròn: năm {measured.year} và năm {finding.earlier.year}"
        size = value_of(measured, Sourced(abs(gap.value), source), gap=True)
        return Why(rule, {"size": size, "year": finding.earlier.year})
    held = measured.place
    if finding.kind != "place" or held is None or not held.units:
        return None
    if held.rank > FIRST_QUARTER * held.units and not measured.grade:
        return None
    return Why(
        "annual_place_tied" if held.shared else "annual_place",
        {
            "rank": count(held.rank, "place", held.source),
            "units": count(held.units, "unit", held.source),
        },
    )


def _missed(result: AnnualResult) -> Why | None:
    """Return the target that was missed by most of what it asks; None if none surely was."""
    missed: list[tuple[float, Why]] = []
    for one in own_headlines(result):
        measured = one.measured
        for finding in judge(measured):
            if finding.kind != "target_missed" or finding.beside is None or measured.value is None:
                continue
            mark = finding.beside.value
            told = {**_level(measured), "mark": value_of(measured, mark, mark=True)}
            missed.append((shortfall(finding), Why("annual_missed", told)))
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
