"""What the report on a work plan states; causes and measures only as the office gave them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from helpers.facts.families import Finding, Member
from helpers.facts.value import PERCENT, Key, Value, Why, count
from helpers.indices.work_plan.arithmetic import STATES, are_exact
from helpers.indices.work_plan.rows import (
    NOT_REMEDIED,
    REMEDIED,
    ROLES,
    UNDER_WAY,
    Limit,
)
from helpers.words.document import Document, Named, index_names
from helpers.words.numbers import day

if TYPE_CHECKING:
    from helpers.indices.work_plan.result import WorkPlanResult

MOST_NAMED = 3
MOST_IN_A_SENTENCE = 4
"""States of tasks that a sentence joins; more are a list."""
_REMEDIES = {
    REMEDIED: "remedied",
    UNDER_WAY: "under_way",
    NOT_REMEDIED: "not_remedied",
    "": "untold",
}


def document(result: WorkPlanResult) -> Document:
    """Return names and findings: one statement for each table that an office delivers."""
    found = (
        *_plan(result),
        *_listing(result, "tasks", tuple(_tasks(result)), lacking=_lacks_tasks(result)),
        *_listing(result, "follow_up", tuple(_follow_up(result)), lacking=not result.earlier),
        *_listing(result, "limits", tuple(_limits(result)), lacking=not result.limits),
        *_listing(result, "documents", tuple(_documents(result)), lacking=not result.documents),
        *_listing(
            result,
            "citizens",
            tuple(_received(result)),
            lacking=result.received is None and result.staff is None,
        ),
        *_listing(
            result,
            "inspections",
            tuple(_inspected(result)),
            lacking=result.inspected is None and result.inspections_planned is None,
        ),
        *_listing(result, "measures", tuple(_measures(result)), lacking=not result.measures),
        *_gaps(result),
        *_method(result),
        *_weak(result),
    )
    framework = result.framework
    names: dict[str, int | str | Named] = {
        **index_names(framework, result.year),
        "next_year": result.year + 1,
        "owner": result.office.office.name,
        "who": result.office.office.brief,
        "province": result.place.full_name(result.year),
    }
    return Document(
        result.index,
        names,
        {"": found},
        labels=(framework.short_name, str(result.year), result.place.name),
        status=result.status,
    )


def _key(result: WorkPlanResult, code: str) -> Key:
    return Key(result.index, result.place.slug, result.year, code=code)


def _listing(
    result: WorkPlanResult, topic: str, why: tuple[Why, ...], *, lacking: bool = False
) -> Iterator[Finding]:
    if lacking:
        absent = {"why": (Why(f"no_{topic}"),)}
        yield Finding(_key(result, topic), "not_listed", "stated", absent, topic)
    elif why:
        yield Finding(_key(result, topic), "listing", "stated", {"why": why}, topic)


def rows_of(number: int, table: str, origin: str) -> Value:
    """Return a number of rows of a table.

    Parameters
    ----------
    number : int
    table : str
        ``tasks``, ``limits``, ``documents`` or ``measures``: the end of the trace in the words.
    origin : str
        Where the table begins.
    """
    return count(number, "unit", Why(f"rows_of_{table}", {"origin": origin}))


def _members(names: Sequence[str]) -> tuple[Member, ...]:
    return tuple(Member(name, name) for name in names[:MOST_NAMED])


def _some(rule: str, names: Sequence[str]) -> Why:
    """Name the first few of a list, and say so where there are more."""
    more = "_some" if len(names) > MOST_NAMED else ""
    return Why(f"{rule}{more}", {"names": _members(names)})


# The plan -------------------------------------------------------------------------------------------


def share_done(result: WorkPlanResult) -> Value | None:
    """Return the share of the plan that was done; None where two plain numbers do not give one."""
    planned, done = result.planned, result.done
    if planned is None or done is None or not are_exact(planned, done):
        return None
    if planned.known == 0 or done.known > planned.known:
        return None
    return Value(
        100.0 * done.known / planned.known,
        PERCENT,
        2 if done.known < planned.known else 0,
        status=result.status,
        source=Why("share_of_plan", {"done": done}),
        of=planned,
    )


def _plan(result: WorkPlanResult) -> Iterator[Finding]:
    planned, done, share = result.planned, result.done, share_done(result)
    if share is not None:
        told = {"value": share, "count": done, "of": planned}
        yield Finding(_key(result, "plan"), "level", "rate", told)
        return
    if planned is None and done is None:
        why = Why("no_counts_of_tasks")
    elif planned is None:
        why = Why("done_alone", {"done": done})
    elif done is not None and (planned.bound, done.bound) != ("exact", "exact"):
        # A bound is set beside the other number; no share follows from it.
        why = Why("plan_beside_done", {"planned": planned, "done": done})
    else:
        why = Why("plan_alone", {"planned": planned})
    yield from _listing(result, "plan", (why,))


def _lacks_tasks(result: WorkPlanResult) -> bool:
    return not result.tasks and result.planned is not None


def _tasks(result: WorkPlanResult) -> Iterator[Why]:
    if not result.tasks:
        return
    states = tuple(
        Why("tasks_in_state", {"n": in_state(result, state), "task_state": state})
        for state in STATES
        if result.tally.counts[state]
    )
    rule = "tasks_by_state" if len(states) <= MOST_IN_A_SENTENCE else "tasks_by_many_states"
    yield Why(rule, {"day": _day(result), "states": states})
    behind = [task for task in result.tasks if task.state == "overdue"]
    if behind:
        names = [f"{one.name} ({one.owner})" if one.owner else one.name for one in behind]
        yield _some("tasks_overdue", names)


def in_state(result: WorkPlanResult, state: str) -> Value:
    """Return how many of the listed tasks are in a state; there must be a task.

    Parameters
    ----------
    result : WorkPlanResult
    state : str
        One of :data:`helpers.indices.work_plan.arithmetic.STATES`.
    """
    number = sum(task.state == state for task in result.tasks)
    told = {"task_state": state, "origin": result.tasks[0].origin}
    return count(number, "unit", Why("tasks_counted", told))


def _day(result: WorkPlanResult) -> Named:
    written = day(result.day)
    return Named(written, {"en": written})


# Limits and measures --------------------------------------------------------------------------------


def _follow_up(result: WorkPlanResult) -> Iterator[Why]:
    earlier = result.earlier
    if not earlier:
        return

    def number(some: Sequence[Limit]) -> Value:
        return rows_of(len(some), "limits", earlier[0].origin)

    by_state = {state: [one for one in earlier if one.state == state] for state in _REMEDIES}
    states = tuple(
        Why(f"limits_{_REMEDIES[state]}", {"n": number(some)})
        for state, some in by_state.items()
        if some
    )
    yield Why("limits_followed", {"n": number(earlier), "states": states})
    left = [one.text for one in by_state[NOT_REMEDIED]]
    if left:
        yield _some("limits_left", left)


def _limits(result: WorkPlanResult) -> Iterator[Why]:
    found = result.limits
    if not found:
        return
    stated = {
        "cause": sum(bool(one.cause) for one in found),
        "measure": len(found) - len(result.unanswered),
        "owner": sum(bool(one.owner) and one.due is not None for one in found),
    }
    yield Why("limits_stated", {"n": rows_of(len(found), "limits", found[0].origin)})
    only = "_of_one" if len(found) == 1 else ""
    clauses = []
    for what, number in stated.items():
        case = "none" if not number else "all" if number == len(found) else "some"
        told = {"n": rows_of(number, "limits", found[0].origin)} if case == "some" else {}
        clauses.append(Why(f"{what}_{case}{only}", told))
    yield Why(f"limits_with{only}", {"clauses": tuple(clauses)})
    if result.unanswered:
        codes = tuple(Member(one.code, one.code) for one in result.unanswered)
        yield Why("limits_unanswered", {"names": codes})


def _measures(result: WorkPlanResult) -> Iterator[Why]:
    found = result.measures
    if not found:
        return

    def number(many: int) -> Value:
        return rows_of(many, "measures", found[0].origin)

    linked = sum(bool(one.limits) for one in found)
    case = "none" if not linked else "all" if linked == len(found) > 1 else "some"
    told = {"n": number(len(found))} | ({"linked": number(linked)} if case == "some" else {})
    yield Why(f"measures_linked_{case}", told)
    lacks = {
        name: sum(name in one.lacking for one in found) for name in ("owner", "due", "outcome")
    }
    never = tuple(Why(f"lack_{name}") for name, many in lacks.items() if many == len(found))
    some = tuple(
        Why(f"some_lack_{name}", {"n": number(many)})
        for name, many in lacks.items()
        if 0 < many < len(found)
    )
    if never:
        yield Why("measures_never_state", {"what": never})
    if some:
        yield Why("measures_left", {"what": some})
    if result.unknown_codes:
        codes = tuple(Member(code, code) for code in result.unknown_codes)
        yield Why("unknown_codes", {"names": codes})


# Documents, citizens, inspections -------------------------------------------------------------------


def _documents(result: WorkPlanResult) -> Iterator[Why]:
    found = result.documents
    if not found:
        return
    origin = found[0].origin
    roles = tuple(
        Why(f"documents_{code}", {"n": rows_of(many, "documents", origin)})
        for role, code in ROLES.items()
        if (many := sum(one.role == role for one in found))
    )
    yield Why("documents_listed", {"roles": roles})
    lacking = sum(bool(one.lacking) for one in found)
    if lacking:
        yield Why("documents_lacking", {"n": rows_of(lacking, "documents", origin)})


def _received(result: WorkPlanResult) -> Iterator[Why]:
    received, leaders = result.received, result.by_leaders
    if received is not None:
        yield _with_leaders(received, leaders)
    if result.staff is not None:
        yield Why("reception_staff", {"n": result.staff})


def _with_leaders(received: Value, leaders: Value | None) -> Why:
    if leaders is None:
        return Why("received", {"n": received})
    told = {"n": received, "leaders": leaders}
    exact = (received.bound, leaders.bound) == ("exact", "exact")
    if not exact or not 0 < leaders.known <= received.known:
        return Why("received_with_leaders", told)
    source = Why("share_by_leaders", {"leaders": leaders})
    share = Value(100.0 * leaders.known / received.known, PERCENT, 2, source=source)
    return Why("received_with_share", {**told, "share": share})


def _inspected(result: WorkPlanResult) -> Iterator[Why]:
    """Say what was planned, inspected, found and put right; an unknown part adds nothing."""
    done, planned = result.inspected, result.inspections_planned
    if planned is not None:
        yield Why("inspections_planned", {"n": planned})
    yield Why("inspected", {"n": done}) if done is not None else Why("inspections_untold")
    yield from found_and_remedied(result)


def found_and_remedied(result: WorkPlanResult) -> Iterator[Why]:
    """Say what inspections found and what of it was put right, at least as much as was told."""
    carried = result.carried_out
    found = [one.findings for one in carried if one.findings is not None]
    if not found:
        return
    source = Why("sum_of_inspections", {"origin": carried[0].origin})
    told = {"n": _sum(found, source, whole=len(found) == len(carried))}
    remedied = [one.remedied for one in carried if one.remedied is not None]
    if not remedied:
        yield Why("found_alone", told)
        return
    # Where nothing was found there is nothing to put right.
    open_ones = any(one.remedied is None and one.findings != 0 for one in carried)
    yield Why(
        "found_and_remedied", told | {"remedied": _sum(remedied, source, whole=not open_ones)}
    )


def _sum(numbers: Sequence[int], source: Why, *, whole: bool) -> Value:
    bound = "exact" if whole else "at_least"
    return Value(float(sum(numbers)), "unit", 0, source=source, bound=bound)  # type: ignore[arg-type]


# What does not fit, what is missing, how it was made ----------------------------------------------


def _gaps(result: WorkPlanResult) -> Iterator[Finding]:
    for one in result.conflicts:
        told = {"value": one.stated, "used": one.counted, "why": (Why(f"figure_{one.name}"),)}
        yield Finding(_key(result, one.name), "sources", "office", told, "office")
    for why in result.missing:
        yield Finding(_key(result, "missing"), "needed", "stated", {"why": (why,)}, why.rule)
    if not result.conflicts and not result.missing:
        yield from _listing(result, "gaps", (Why("no_gaps"),))


def _method(result: WorkPlanResult) -> Iterator[Finding]:
    def state(slot: str, code: str, *why: Why) -> Finding:
        return Finding(_key(result, code), "method", "stated", {"why": why}, slot)

    for node in result.edition.criteria:
        if node.rule:
            yield state(
                "rules",
                node.code,
                Why("rule_of", {"name": node.name_vi, "content": node.rule.rstrip(".")}),
            )
    for number, note in enumerate(result.edition.notes):
        yield state("notes", f"note {number}", Why("note", {"text": note.text}))
    basis = tuple(Why("legal_basis", {"quoted": one.quoted}) for one in result.edition.legal_basis)
    if basis:
        yield state("basis", "basis", Why("note", {"text": result.edition.name_vi}), *basis)
    yield state("sources", "sources", Why("given_by_office"))


def _weak(result: WorkPlanResult) -> Iterator[Finding]:
    if result.tally.counts["overdue"]:
        told = {"n": in_state(result, "overdue"), "day": _day(result)}
        yield Finding(
            _key(result, "late"), "weak", "stated", {"why": (Why("tasks_behind", told),)}, "found"
        )
