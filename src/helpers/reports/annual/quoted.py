"""Figures and words of an office as the words of a document take them: with where they stand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from helpers.facts.value import PERCENT, Value
from helpers.words.document import Remark
from helpers.words.say import telling_of
from helpers.words.text import literally

if TYPE_CHECKING:
    from helpers.indices.work_plan.result import WorkPlanResult
    from helpers.reports.annual.result import AnnualResult


def quote(text: str, origin: str) -> Remark:
    """Return an office's own words with the place where they were typed."""
    return Remark(text, origin)


def bare(text: str) -> str:
    """Return a statement without the stop at its end."""
    return literally(text).strip().rstrip(".;")


def inside(text: str) -> str:
    """Return a statement as it stands inside a sentence, without its capital or stop."""
    said = bare(text)
    return said if said[1:2].isupper() else said[:1].lower() + said[1:]


def counted(number: int, unit: str, trace: str) -> Value:
    """Return a count; `unit` is a code of a unit or noun of the words."""
    return Value(float(number), unit, 0, source=trace)


def is_exact(*values: Value) -> bool:
    """Tell whether values are numbers themselves, not bounds."""
    return all(value.is_known and value.bound == "exact" for value in values)


def source_of(result: AnnualResult, value: Value) -> str:
    """Write where a value of the plan comes from."""
    if isinstance(value.source, str):
        return value.source
    return telling_of(result.parts["work_plan"]).source(value)


def plan_of(result: AnnualResult) -> WorkPlanResult | None:
    """Return the plan with the sources of its figures in words: other words cannot write them."""
    plan: WorkPlanResult | None = result.part("work_plan")
    if plan is None:
        return None

    def written(value: Value | None) -> Value | None:
        return None if value is None else replace(value, source=source_of(result, value))

    return replace(
        plan,
        planned=written(plan.planned),
        done=written(plan.done),
        received=written(plan.received),
        by_leaders=written(plan.by_leaders),
        staff=written(plan.staff),
        inspected=written(plan.inspected),
        inspections_planned=written(plan.inspections_planned),
    )


def share(result: AnnualResult, part: Value, of: Value) -> Value:
    """Return one figure as a percentage of another."""
    trace = f"tính: {source_of(result, part)} chia {source_of(result, of)}"
    return Value(100 * part.known / of.known, PERCENT, 2, source=trace)
