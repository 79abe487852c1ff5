"""Weak points of a work plan: limits as the office stated them, and overdue tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.facts.weak import WeakPoint
from helpers.words.numbers import day
from helpers.words.say import say
from helpers.words.text import escape

if TYPE_CHECKING:
    from helpers.indices.work_plan.result import WorkPlanResult

INDEX_OF = {
    "SIPAS": "sipas",
    "PAPI": "papi",
    "PAR INDEX": "par_index",
    "Chuyển đổi số": "dti",
    "Thủ tục hành chính": "procedures",
    "Bộ chỉ số 766": "service_quality",
    "Giảm nghèo": "poverty",
}
"""What an office calls an index in the tables of limits and measures, and its key."""


def weak_points(result: WorkPlanResult) -> tuple[WeakPoint, ...]:
    """Return the limits of the year with what the office stated, then the overdue tasks."""
    found = []
    for place, one in enumerate(result.limits):
        answers = result.answers(one)
        due = one.due or next((m.due for m in answers if m.due), None)
        found.append(
            WeakPoint(
                index=INDEX_OF.get(one.index, "work_plan"),
                code=one.criterion or one.code,
                name=one.criterion or one.text,
                text=f"{escape(one.text)}.",
                importance=max(0.1, 0.6 - 0.02 * place),
                cause=one.cause,
                measure=one.measure or "; ".join(m.text for m in answers),
                owner=one.owner or next((m.owner for m in answers if m.owner), ""),
                deadline=day(due) if due else "",
            )
        )
    overdue = result.tally.counts["overdue"]
    if overdue:
        text = say(result, "weak_tasks", heading=False).markdown
        share = overdue / result.tally.total
        found.append(WeakPoint("work_plan", "late", "Nhiệm vụ quá hạn", text, min(1.0, share)))
    return tuple(found)
