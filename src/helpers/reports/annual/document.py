"""What an office reports of its own year, as findings that ``params/words/vi/annual.md`` says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from helpers.facts.families import Finding
from helpers.facts.value import Key, Value, Why, count
from helpers.facts.weak import WeakPoint
from helpers.indices.work_plan.arithmetic import are_exact
from helpers.indices.work_plan.findings import found_and_remedied, in_state, rows_of, share_done
from helpers.indices.work_plan.result import WorkPlanResult
from helpers.indices.work_plan.rows import (
    ISSUED,
    NOT_REMEDIED,
    PREPARED,
    REMEDIED,
    UNDER_WAY,
    Inspection,
    Limit,
    Task,
)
from helpers.indices.work_plan.rows import Document as Paper
from helpers.reports.annual.leading import leading
from helpers.reports.annual.measured import own_headlines
from helpers.reports.annual.offices import statements
from helpers.reports.annual.text_words import bare, inside, names
from helpers.reports.annual.weak import is_unconfirmed, limits_of, measures_of, shown_points
from helpers.words.document import Document, Remark, Written
from helpers.words.numbers import day

if TYPE_CHECKING:
    from helpers.reports.annual.result import AnnualResult

INDEX = "annual"
MOST_UNITS = 5
"""Inspected units that are named each; of more only those where something is still open."""
MOST_TASKS = 6
"""A list of tasks up to this length is told one by one, those in time too."""
MOST_DOCUMENTS = 6
"""Documents that the text names; the annex has all, and the review slip where there is no annex."""


def document(result: AnnualResult) -> Document:
    """Return what the office's report says of its own year.

    Parameters
    ----------
    result : AnnualResult

    Returns
    -------
    Document
        Its findings are of one family, ``reported``, told apart by the slot: what the section is about.
    """
    found = [
        _reported(result, slot, number, why)
        for slot, whys in _statements(result).items()
        for number, why in enumerate(whys, 1)
    ]
    return Document(INDEX, dict(names(result)), {"": tuple(found)}, status=result.status)


def _reported(result: AnnualResult, slot: str, number: int, why: Why) -> Finding:
    key = Key(INDEX, result.place.slug, result.year, result.office.office.brief, code=f"{number}")
    return Finding(key, "reported", "told", {"why": (why,)}, slot)


def _statements(result: AnnualResult) -> Mapping[str, Iterable[Why]]:
    plan: WorkPlanResult | None = result.part("work_plan")
    ahead = leading(result)
    made: dict[str, Iterable[Why]] = {
        "opening": [_opening(result, len(ahead))],
        **{slot: [why] for slot, why in zip(_slots(len(ahead)), ahead, strict=True)},
        "indices": _table_of_indices(result),
        "limits": tuple(_limits(result)),
        "causes": tuple(_causes(result)),
        "tasks": _tasks_ahead(result),
        "closing": [_closing(result)],
        **statements(result.offices),
    }
    if plan is not None:
        made |= {
            **_papers(plan),
            "earlier": tuple(_earlier(plan)),
            "plan": tuple(_plan(plan)),
            "late": tuple(_late(plan)),
            "open": tuple(_open(plan)),
            "done": tuple(_done(plan)),
            "citizens": tuple(_citizens(plan)),
            "inspected": tuple(_inspected(plan)),
            **_units(plan),
        }
    return made


def _opening(result: AnnualResult, ahead: int) -> Why:
    if result.status == "simulated":
        return Why("annual_opening_simulated", {"ahead": _of_leading(ahead)})
    told = result.office.document.date
    return Why(
        "annual_opening",
        {"ahead": _of_leading(ahead), "day": day(told) if told is not None else ""},
    )


def _slots(ahead: int) -> tuple[str, ...]:
    return ("single",) if ahead == 1 else ("first", "second", "third")[:ahead]


def _of_leading(ahead: int) -> object:
    return count(ahead, "matter", Why("matters_ahead")) if ahead > 1 else ""


def _table_of_indices(result: AnnualResult) -> tuple[Why, ...]:
    """Point to the table of results where there is one."""
    return (Why("annual_indices"),) if has_table_of_indices(result) else ()


def has_table_of_indices(result: AnnualResult) -> bool:
    """Tell whether anything of the office's own is measured, so that there is a table of it.

    Parameters
    ----------
    result : AnnualResult
    """
    plan: WorkPlanResult | None = result.part("work_plan")
    return bool(own_headlines(result)) or (plan is not None and share_done(plan) is not None)


def _closing(result: AnnualResult) -> Why:
    addressed = result.office.document.addressed_to
    if not addressed:
        return Why("annual_closing_plain")
    return Why("annual_closing", {"superiors": addressed})


# Steering ---------------------------------------------------------------------------------------------


def _papers(plan: WorkPlanResult) -> dict[str, tuple[Why, ...]]:
    """Name what was issued apart from what was prepared for others to issue.

    One document is told in its sentence, more are a list below it.
    """
    made: dict[str, tuple[Why, ...]] = {}
    for role, name in ((PREPARED, "prepared"), (ISSUED, "issued")):
        papers = [one for one in plan.documents if one.role == role]
        if not papers:
            continue
        # Who signs is named once, where all were signed by one.
        issuers = {one.issuer for one in papers}
        by = issuers.pop() if role == PREPARED and len(issuers) == 1 else ""
        told: dict[str, object] = {
            "count": rows_of(len(papers), "documents", papers[0].origin),
            "issuer": by,
            "more": len(papers) > MOST_DOCUMENTS and "annex",
        }
        shown = tuple(_paper(one, without=by) for one in papers[:MOST_DOCUMENTS])
        if len(papers) == 1:
            made[f"{name}_alone"] = (Why(f"annual_{name}_alone", {**told, "paper": shown[0]}),)
        else:
            made[name] = (Why(f"annual_{name}", told),)
            made[f"{name}_each"] = shown
    return made


def _paper(one: Paper, without: str = "") -> Why:
    """Quote a document as the first time asks; what was not delivered is not made up."""
    own = one.role == ISSUED
    return Why(
        "annual_paper",
        {
            "kind": Remark(one.kind, one.origin) if one.kind else "",
            "number": Remark(one.number, one.origin) if one.number else "",
            "day": day(one.date) if one.date is not None else "",
            "issuer": "" if own or one.issuer in ("", without) else one.issuer,
            "about": Remark(_about(one.subject), one.origin) if one.subject else "",
        },
    )


def _about(subject: str) -> str:
    """Return a subject behind «về», which it may begin with itself."""
    said = inside(subject)
    return next((said[len(w) :] for w in ("về việc ", "về ", "v/v ") if said.startswith(w)), said)


_REMEDIES = {
    REMEDIED: "annual_remedied",
    UNDER_WAY: "annual_under_way",
    NOT_REMEDIED: "annual_not_remedied",
}


def _earlier(plan: WorkPlanResult) -> Iterator[Why]:
    """Say of each limit of an earlier year what became of it; of what nothing was told, nothing."""
    for one in plan.earlier:
        if not one.told or one.state not in _REMEDIES:
            continue
        yield Why(
            _REMEDIES[one.state],
            {
                "limit": Remark(inside(one.text), one.origin),
                "found": one.year or "",
                "result": Remark(inside(one.result), one.origin) if one.result else "",
            },
        )


# The plan ---------------------------------------------------------------------------------------------


def _plan(plan: WorkPlanResult) -> Iterator[Why]:
    done, planned, share = plan.done, plan.planned, share_done(plan)
    if done is None and planned is None:
        return
    if done is None or planned is None:
        known = done if planned is None else planned
        rule = "annual_plan_done" if planned is None else "annual_plan_size"
        yield Why(rule, {"count": known})
        return
    told: dict[str, object] = {"done": done, "planned": planned}
    if share is None:
        yield Why("annual_plan_beside", told)
    elif plan.is_all_done:
        yield Why("annual_plan_all", told)
    else:
        yield Why("annual_plan_part", {**told, "share": share})
    if share is not None and plan.is_listed_whole:
        yield from _of_whole(plan)


def _of_whole(plan: WorkPlanResult) -> Iterator[Why]:
    told = {state: in_state(plan, state) for state, number in plan.tally.counts.items() if number}
    if "on_time" in told and "late" in told:
        yield Why("annual_on_time_and_late", {"on_time": told["on_time"], "late": told["late"]})
    elif "on_time" in told and "done" not in told:
        yield Why("annual_all_on_time", {"on_time": told["on_time"]})


def _late(plan: WorkPlanResult) -> Iterator[Why]:
    """Name each task that was finished late, the latest first, with its reason."""
    for one in plan.late:
        days = count(one.days_late, "day", Why("days_late", {"origin": one.origin}))
        yield Why("annual_late_task", {**_task(one), "days": days})


def _open(plan: WorkPlanResult) -> Iterator[Why]:
    """Name each task that is not done, those behind their day first."""
    for one in plan.unfinished:
        yield Why(f"annual_{one.state}_task", _task(one))


def _done(plan: WorkPlanResult) -> Iterator[Why]:
    """Name the tasks finished in time where the list is short; else the annex or the slip has them."""
    if len(plan.tasks) <= MOST_TASKS:
        for one in plan.tasks:
            if one.state == "on_time":
                yield Why("annual_on_time_task", _task(one))


def _task(one: Task) -> dict[str, object]:
    return {
        "name": Remark(bare(one.name), one.origin),
        "owner": Remark(one.owner, one.origin) if one.owner else "",
        "product": Remark(inside(one.product), one.origin) if one.product else "",
        "due": day(one.due) if one.due is not None else "",
        "finished": day(one.finished) if one.finished is not None else "",
        "cause": Remark(inside(one.cause), one.origin) if one.cause else "",
    }


# Citizens and inspections -----------------------------------------------------------------------------


def _citizens(plan: WorkPlanResult) -> Iterator[Why]:
    if plan.received is not None:
        cases = [one.cases for one in plan.receptions if one.cases is not None]
        answered = [one.answered for one in plan.receptions if one.answered is not None]
        whole = len(cases) == len(answered) == len(plan.receptions) > 0
        yield Why(
            "annual_received",
            {
                "visits": plan.received,
                "leaders": "" if plan.by_leaders is None else plan.by_leaders,
                "cases": _received(plan, cases) if whole else "",
                "answered": _received(plan, answered) if whole else "",
            },
        )
    if plan.staff is not None:
        yield Why("annual_staff", {"count": plan.staff})


def _received(plan: WorkPlanResult, numbers: list[int]) -> Value:
    rule = Why("sum_of_receptions", {"origin": plan.receptions[0].origin})
    return count(sum(numbers), "case", rule)


def _inspected(plan: WorkPlanResult) -> Iterator[Why]:
    done, planned = plan.inspected, plan.inspections_planned
    if done is not None and planned is not None and are_exact(done, planned):
        rule = "annual_inspected_all" if plan.is_inspected_as_planned else "annual_inspected_part"
        yield Why(rule, {"done": done, "planned": planned})
    elif done is not None:
        yield Why("annual_inspected", {"done": done})
    elif planned is not None:
        yield Why("annual_inspections_planned", {"planned": planned})
    if any(one.findings for one in plan.carried_out):
        yield from found_and_remedied(plan)


def _units(plan: WorkPlanResult) -> dict[str, tuple[Why, ...]]:
    """Name each inspected unit; of many only those where something is still open."""
    carried = plan.carried_out
    for slot, some in (("units", carried), ("units_open", [one for one in carried if one.is_open])):
        if 0 < len(some) <= MOST_UNITS:
            return {slot: (Why(f"annual_{slot}"),), "units_each": tuple(map(_inspection, some))}
    return {}


def _inspection(one: Inspection) -> Why:
    return Why(
        "annual_inspection" if one.findings != 0 else "annual_inspection_clean",
        {
            "unit": Remark(one.unit, one.origin),
            "about": Remark(inside(one.subject), one.origin) if one.subject else "",
            "found": _cell(one.findings, one.origin),
            "remedied": _cell(one.remedied, one.origin),
            "conclusion": Remark(inside(one.conclusion), one.origin) if one.conclusion else "",
        },
    )


def _cell(number: int | None, origin: str) -> Value | str:
    return "" if number is None else count(number, "finding", origin)


# Limits and what comes next ---------------------------------------------------------------------------


def _limits(result: AnnualResult) -> Iterator[Why]:
    """State each limit with its cause in one item; what figures show only where none was stated."""
    stated = limits_of(result)
    for one in stated:
        yield Why("annual_limit", _limit(one, claim=is_unconfirmed(result, one)))
    if not stated:
        for point in shown_points(result):
            yield Why("annual_weak", _weak(point))


def _causes(result: AnnualResult) -> Iterator[Why]:
    """Leave one blank for all causes that were not stated."""
    lacking = [one for one in limits_of(result) if not one.cause]
    if lacking:
        yield Why(
            "annual_causes_blank", {"count": rows_of(len(lacking), "limits", lacking[0].origin)}
        )


def _limit(one: Limit, *, claim: bool) -> dict[str, object]:
    return {
        "claim": claim and "claim",
        "limit": Remark(bare(one.text), one.origin),
        "cause": Remark(inside(one.cause), one.origin) if one.cause else "",
        "measure": Remark(inside(one.measure), one.origin) if one.measure else "",
        "owner": Remark(one.owner, one.origin) if one.owner else "",
        "due": day(one.due) if one.due is not None else "",
    }


def _weak(point: WeakPoint) -> dict[str, object]:
    return {
        "said": Written(point.text),
        "cause": Remark(inside(point.cause), "bảng chấm điểm") if point.cause else "",
    }


def _tasks_ahead(result: AnnualResult) -> tuple[Why, ...]:
    return (Why("annual_tasks" if measures_of(result) else "annual_tasks_blank"),)
