"""What an office reports of its own year, as findings that ``params/words/vi/annual.md`` says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from helpers.facts.families import Finding
from helpers.facts.value import Key, Value, Why
from helpers.facts.weak import WeakPoint
from helpers.indices.work_plan.result import WorkPlanResult
from helpers.indices.work_plan.rows import (
    CARRIED_OUT,
    ISSUED,
    PREPARED,
    REMEDIED,
    UNDER_WAY,
    Inspection,
    Limit,
    Task,
)
from helpers.indices.work_plan.rows import Document as Paper
from helpers.reports.annual.leading import leading
from helpers.reports.annual.measured import headlines
from helpers.reports.annual.quoted import bare, counted, inside, is_exact, plan_of, quote, share
from helpers.reports.annual.weak import is_unconfirmed, limits_of, measures_of, shown_points
from helpers.words.document import Document, Written
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
    office = result.office.office
    names: dict[str, int | str] = {
        "this_year": result.year,
        "next_year": result.year + 1,
        "who": office.name,
        "again": office.again,
    }
    addressed = result.office.document.addressed_to
    if addressed:
        names["superior"] = addressed[0]
    return Document(INDEX, names, {"": tuple(found)}, status=result.status)


def _reported(result: AnnualResult, slot: str, number: int, why: Why) -> Finding:
    key = Key(INDEX, result.place.slug, result.year, result.office.office.brief, code=f"{number}")
    return Finding(key, "reported", "told", {"why": (why,)}, slot)


def _statements(result: AnnualResult) -> Mapping[str, Iterable[Why]]:
    plan = plan_of(result)
    ahead = leading(result)
    made: dict[str, Iterable[Why]] = {
        "opening": [_opening(result, len(ahead))],
        **{slot: [why] for slot, why in zip(_slots(len(ahead)), ahead, strict=True)},
        "indices": _table_of_indices(result),
        "limits": tuple(_limits(result)),
        "causes": tuple(_causes(result)),
        "tasks": _tasks_ahead(result),
        "closing": [_closing(result)],
    }
    if plan is not None:
        made |= {
            "documents": tuple(_documents(plan)),
            "earlier": tuple(_earlier(plan)),
            "plan": tuple(_plan(result, plan)),
            "late": tuple(_late(plan)),
            "open": tuple(_open(plan)),
            "done": tuple(_done(plan)),
            "citizens": tuple(_citizens(plan)),
            "inspected": tuple(_inspected(plan)),
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
    return counted(ahead, "matter", "đếm: nội dung báo cáo trước") if ahead > 1 else ""


def _table_of_indices(result: AnnualResult) -> tuple[Why, ...]:
    return (Why("annual_indices"),) if headlines(result) else ()


def _closing(result: AnnualResult) -> Why:
    return Why("annual_closing" if result.office.document.addressed_to else "annual_closing_plain")


# Steering ---------------------------------------------------------------------------------------------


def _documents(plan: WorkPlanResult) -> Iterator[Why]:
    """Name what was issued apart from what was prepared for others to issue."""
    for role, rule in ((PREPARED, "annual_prepared"), (ISSUED, "annual_issued")):
        papers = [one for one in plan.documents if one.role == role]
        if not papers:
            continue
        trace = f"đếm trong bảng văn bản; {papers[0].origin}"
        # Who signs is named once, where all were signed by one.
        issuers = {one.issuer for one in papers}
        by = issuers.pop() if role == PREPARED and len(issuers) == 1 else ""
        yield Why(
            rule,
            {
                "count": counted(len(papers), "document", trace),
                "issuer": by,
                "papers": tuple(_paper(one, without=by) for one in papers[:MOST_DOCUMENTS]),
                "more": len(papers) > MOST_DOCUMENTS and "annex",
            },
        )


def _paper(one: Paper, without: str = "") -> Why:
    """Quote a document as the first time asks; what was not delivered is not made up."""
    own = one.role == ISSUED
    return Why(
        "annual_paper",
        {
            "kind": quote(one.kind, one.origin) if one.kind else "",
            "number": quote(one.number, one.origin) if one.number else "",
            "day": day(one.date) if one.date is not None else "",
            "issuer": "" if own or one.issuer in ("", without) else one.issuer,
            "about": quote(_about(one.subject), one.origin) if one.subject else "",
        },
    )


def _about(subject: str) -> str:
    """Return a subject behind «về», which it may begin with itself."""
    said = inside(subject)
    return next((said[len(w) :] for w in ("về việc ", "về ", "v/v ") if said.startswith(w)), said)


def _earlier(plan: WorkPlanResult) -> Iterator[Why]:
    """Say of each limit of an earlier year what became of it; of what nothing was told, nothing."""
    for one in plan.earlier:
        if not one.told or one.state not in (REMEDIED, UNDER_WAY):
            continue
        rule = "annual_remedied" if one.state == REMEDIED else "annual_under_way"
        yield Why(
            rule,
            {
                "limit": quote(inside(one.text), one.origin),
                "found": one.year or "",
                "result": quote(inside(one.result), one.origin) if one.result else "",
            },
        )


# The plan ---------------------------------------------------------------------------------------------


def _plan(result: AnnualResult, plan: WorkPlanResult) -> Iterator[Why]:
    done, planned = plan.done, plan.planned
    if done is None and planned is None:
        return
    if done is None or planned is None:
        known = done if planned is None else planned
        rule = "annual_plan_done" if planned is None else "annual_plan_size"
        if known is not None:
            yield Why(rule, {"count": known})
        return
    sure = is_exact(done, planned) and 0 < planned.known >= done.known
    told: dict[str, object] = {"done": done, "planned": planned}
    if not sure:
        yield Why("annual_plan_beside", told)
    elif done.known == planned.known:
        yield Why("annual_plan_all", told)
    else:
        yield Why("annual_plan_part", {**told, "share": share(result, done, planned)})
    # A list that is shorter than the plan is not told as if it were the plan.
    if sure and plan.tally.total == planned.known:
        yield from _of_whole(plan)


def _of_whole(plan: WorkPlanResult) -> Iterator[Why]:
    trace = f"đếm trong bảng nhiệm vụ; {plan.tasks[0].origin}"
    told = {
        state: counted(number, "task", trace)
        for state, number in plan.tally.counts.items()
        if number
    }
    if "on_time" in told and "late" in told:
        yield Why("annual_on_time_and_late", {"on_time": told["on_time"], "late": told["late"]})
    elif "on_time" in told and "done" not in told:
        yield Why("annual_all_on_time", {"on_time": told["on_time"]})


def _late(plan: WorkPlanResult) -> Iterator[Why]:
    """Name each task that was finished late, the latest first, with its reason."""
    late = [one for one in plan.tasks if one.state == "late" and one.due and one.finished]
    for one in sorted(late, key=_days_late, reverse=True):
        days = counted(_days_late(one), "day", f"tính: ngày hoàn thành trừ thời hạn; {one.origin}")
        yield Why("annual_late_task", {**_task(one), "days": days})


def _days_late(one: Task) -> int:
    return (one.finished - one.due).days if one.finished and one.due else 0


def _open(plan: WorkPlanResult) -> Iterator[Why]:
    """Name each task that is not done, those behind their day first."""
    order = {"overdue": 0, "open": 1, "open_in_time": 2, "dropped": 3}
    for one in sorted(
        (one for one in plan.tasks if one.state in order), key=lambda one: order[one.state]
    ):
        yield Why(f"annual_{one.state}_task", _task(one))


def _done(plan: WorkPlanResult) -> Iterator[Why]:
    """Name the tasks finished in time where the list is short; else the annex or the slip has them."""
    if len(plan.tasks) <= MOST_TASKS:
        for one in plan.tasks:
            if one.state == "on_time":
                yield Why("annual_on_time_task", _task(one))


def _task(one: Task) -> dict[str, object]:
    return {
        "name": quote(bare(one.name), one.origin),
        "owner": quote(one.owner, one.origin) if one.owner else "",
        "product": quote(inside(one.product), one.origin) if one.product else "",
        "due": day(one.due) if one.due is not None else "",
        "finished": day(one.finished) if one.finished is not None else "",
        "cause": quote(inside(one.cause), one.origin) if one.cause else "",
    }


# Citizens and inspections -----------------------------------------------------------------------------


def _citizens(plan: WorkPlanResult) -> Iterator[Why]:
    if plan.received is not None:
        cases = [one.cases for one in plan.receptions if one.cases is not None]
        answered = [one.answered for one in plan.receptions if one.answered is not None]
        whole = len(cases) == len(answered) == len(plan.receptions) > 0
        trace = f"cộng bảng tiếp công dân; {plan.receptions[0].origin}" if plan.receptions else ""
        yield Why(
            "annual_received",
            {
                "visits": plan.received,
                "leaders": "" if plan.by_leaders is None else plan.by_leaders,
                "cases": counted(sum(cases), "case", trace) if whole else "",
                "answered": counted(sum(answered), "case", trace) if whole else "",
            },
        )
    if plan.staff is not None:
        yield Why("annual_staff", {"count": plan.staff})


def _inspected(plan: WorkPlanResult) -> Iterator[Why]:
    done, planned = plan.inspected, plan.inspections_planned
    if done is not None and planned is not None and is_exact(done, planned):
        same = done.known == planned.known
        rule = "annual_inspected_all" if same else "annual_inspected_part"
        yield Why(rule, {"done": done, "planned": planned})
    elif done is not None:
        yield Why("annual_inspected", {"done": done})
    elif planned is not None:
        yield Why("annual_inspections_planned", {"planned": planned})
    carried = [one for one in plan.inspections if one.state == CARRIED_OUT]
    if carried:
        yield from _found(carried)
    if 0 < len(carried) <= MOST_UNITS:
        yield Why("annual_units", {"units": tuple(_inspection(one) for one in carried)})
        return
    open_ones = [one for one in carried if _is_open(one)]
    if 0 < len(open_ones) <= MOST_UNITS:
        yield Why("annual_units_open", {"units": tuple(_inspection(one) for one in open_ones)})


def _is_open(one: Inspection) -> bool:
    return one.findings is not None and one.remedied is not None and one.findings > one.remedied


def _found(carried: Sequence[Inspection]) -> Iterator[Why]:
    """Add what was found and what was put right, where every inspection says it."""
    found = [one.findings for one in carried if one.findings is not None]
    remedied = [one.remedied for one in carried if one.remedied is not None]
    if len(found) < len(carried) or not sum(found):
        return
    trace = f"cộng bảng thanh tra, kiểm tra; {carried[0].origin}"
    whole = len(remedied) == len(carried)
    yield Why(
        "annual_found",
        {
            "found": counted(sum(found), "finding", trace),
            "remedied": counted(sum(remedied), "finding", trace) if whole else "",
        },
    )


def _inspection(one: Inspection) -> Why:
    return Why(
        "annual_inspection" if one.findings != 0 else "annual_inspection_clean",
        {
            "unit": quote(one.unit, one.origin),
            "about": quote(inside(one.subject), one.origin) if one.subject else "",
            "found": _cell(one.findings, "finding", one.origin),
            "remedied": _cell(one.remedied, "finding", one.origin),
            "conclusion": quote(inside(one.conclusion), one.origin) if one.conclusion else "",
        },
    )


def _cell(number: int | None, unit: str, origin: str) -> Value | str:
    return "" if number is None else Value(float(number), unit, 0, source=origin)


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
        trace = f"đếm hạn chế không kèm nguyên nhân; {lacking[0].origin}"
        yield Why("annual_causes_blank", {"count": counted(len(lacking), "limit", trace)})


def _limit(one: Limit, *, claim: bool) -> dict[str, object]:
    return {
        "claim": claim and "claim",
        "limit": quote(bare(one.text), one.origin),
        "cause": quote(inside(one.cause), one.origin) if one.cause else "",
        "measure": quote(inside(one.measure), one.origin) if one.measure else "",
        "owner": quote(one.owner, one.origin) if one.owner else "",
        "due": day(one.due) if one.due is not None else "",
    }


def _weak(point: WeakPoint) -> dict[str, object]:
    return {
        "said": Written(point.text),
        "cause": quote(inside(point.cause), "bảng chấm điểm") if point.cause else "",
    }


def _tasks_ahead(result: AnnualResult) -> tuple[Why, ...]:
    return (Why("annual_tasks" if measures_of(result) else "annual_tasks_blank"),)
