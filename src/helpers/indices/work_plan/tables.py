"""The tables of the report on the work plan: rows and columns; heads and captions are words."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from helpers.display.columns import Column, Given, column, table
from helpers.display.columns import key_figures as figures
from helpers.display.table import Strong, Table
from helpers.facts.value import PERCENT, Value, Why, count
from helpers.indices.work_plan.arithmetic import STATES, Tally, TaskState
from helpers.indices.work_plan.result import WorkPlanResult
from helpers.indices.work_plan.rows import Document, Inspection, Limit, Measure, Reception, Task
from helpers.words.numbers import Number, day, place
from helpers.words.say import telling_of

_BEHIND: tuple[TaskState, ...] = ("overdue", "contradictory", "late", "dropped")


def _dated(date: datetime.date | None, origin: str) -> Given:
    return None if date is None else Number(day(date), origin)


def _counted(number: int | None, origin: str) -> Given:
    return None if number is None else count(number, "unit", origin)


def _joined(texts: list[str]) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))


def key_figures(result: WorkPlanResult) -> Table:
    """Build the row of key figures."""
    telling = telling_of(result)
    planned, done = result.planned, result.done
    shown: list[tuple[str | Why, Given]] = []
    if planned is not None and done is not None and planned.bound == done.bound == "exact":
        sources = f"{telling.source(done)}; {telling.source(planned)}"
        shown.append(("tasks_done", Number(place(int(done.known), int(planned.known)), sources)))
    if result.limits:
        rule = Why("rows_of_limits", {"origin": result.limits[0].origin})
        shown.append(("limits_of_year", count(len(result.limits), "unit", rule)))
    if result.measures:
        rule = Why("rows_of_measures", {"origin": result.measures[0].origin})
        shown.append(("measures_ahead", count(len(result.measures), "unit", rule)))
    if result.received is not None:
        shown.append(("citizens_received", result.received))
    return figures(telling, shown)


def tasks(result: WorkPlanResult) -> Table:
    """Build the table of tasks by area and state, the whole plan below."""
    areas = list(dict.fromkeys(task.area for task in result.tasks))
    groups: list[tuple[str | None, list[Task]]] = [
        (area, [task for task in result.tasks if task.area == area]) for area in areas
    ]
    groups = [*(groups if len(areas) > 1 else []), (None, list(result.tasks))]
    telling = telling_of(result)

    def name(row: tuple[str | None, list[Task]]) -> Given:
        if row[0] is None:
            return Strong(telling.label("cell.whole_plan"))
        return row[0]

    def number(of: Callable[[Tally], int]) -> Callable[[tuple[str | None, list[Task]]], Given]:
        def cell(row: tuple[str | None, list[Task]]) -> Given:
            rule = Why("rows_of_tasks", {"origin": row[1][0].origin})
            return count(of(Tally.of(task.state for task in row[1])), "unit", rule)

        return cell

    def share(row: tuple[str | None, list[Task]]) -> Given:
        tally = Tally.of(task.state for task in row[1])
        rule = Why("share_of_rows", {"origin": row[1][0].origin})
        return Value(100.0 * tally.done / tally.total, PERCENT, 1, source=rule)

    def in_state(state: TaskState) -> Column[tuple[str | None, list[Task]]]:
        head = Why("task_state", {"task_state": state})
        return column(head, number(lambda tally: tally.counts[state]), "r")

    columns = [
        column("area", name, lacking="no_area"),
        column("tasks", number(lambda tally: tally.total), "r"),
        *(in_state(state) for state in STATES if result.tally.counts[state]),
        column("share_done", share, "r"),
    ]
    caption = Why("tasks", {"day": day(result.day)})
    return table(telling, caption, columns, groups if result.tasks else [])


def behind(result: WorkPlanResult) -> Table:
    """Build the table of tasks that are late, overdue, contradictory or given up."""
    columns: list[Column[Task]] = [
        column("task", lambda one: one.name),
        column("lead", lambda one: one.owner, lacking="not_stated"),
        column("due", lambda one: _dated(one.due, one.origin)),
        column("finished", lambda one: _dated(one.finished, one.origin)),
        column("state", lambda one: Why("task_state", {"task_state": one.state})),
        column("cause", lambda one: one.cause, lacking="not_stated"),
    ]
    found = [task for state in _BEHIND for task in result.tasks if task.state == state]
    return table(telling_of(result), "behind", columns, found)


def limits(result: WorkPlanResult) -> Table:
    """Build the table of the limits of the year."""

    def due(one: Limit) -> Given:
        own = one.due or next((m.due for m in result.answers(one) if m.due), None)
        return _dated(own, one.origin)

    def of_measures(one: Limit, own: str, part: str) -> str:
        return own or _joined([getattr(m, part) for m in result.answers(one)])

    columns: list[Column[Limit]] = [
        column("code", lambda one: one.code),
        column("limit", lambda one: one.text),
        column("criterion", lambda one: one.criterion or one.index),
        column("cause", lambda one: one.cause, lacking="not_stated", optional=True),
        column("measure", lambda one: of_measures(one, one.measure, "text"), lacking="not_stated"),
        column(
            "office",
            lambda one: of_measures(one, one.owner, "owner"),
            lacking="not_stated",
            optional=True,
        ),
        column("due", due, lacking="not_stated", optional=True),
    ]
    return table(telling_of(result), "limits", columns, result.limits)


def follow_up(result: WorkPlanResult) -> Table:
    """Build the table of earlier limits and what became of them."""
    columns: list[Column[Limit]] = [
        column("year_found", lambda one: Number(str(one.year), one.origin)),
        column("limit", lambda one: one.text),
        column("state", lambda one: one.state or Why("unclear" if one.told else "not_reported")),
        column("outcome", lambda one: one.result, lacking="not_stated", optional=True),
        column("office", lambda one: one.owner, lacking="not_stated", optional=True),
    ]
    return table(telling_of(result), "follow_up", columns, result.earlier)


def documents(result: WorkPlanResult) -> Table:
    """Build the table of documents; what lacks number or date is marked."""
    telling = telling_of(result)

    def numbered(one: Document) -> str:
        if one.number:
            rule = Why("numbered", {"kind_of_document": one.kind, "number": one.number})
        else:
            rule = Why("without_number", {"kind_of_document": one.kind})
        return telling.part_label("cell", rule)

    columns: list[Column[Document]] = [
        column("role", lambda one: one.role),
        column("document", numbered),
        column("date", lambda one: _dated(one.date, one.origin), lacking="without_date"),
        column("issuer", lambda one: one.issuer),
        column("content", lambda one: one.subject),
    ]
    return table(telling, "documents", columns, result.documents)


def inspections(result: WorkPlanResult) -> Table:
    """Build the table of inspections."""
    columns: list[Column[Inspection]] = [
        column("office", lambda one: one.unit),
        column("form", lambda one: one.form),
        column("content", lambda one: one.subject),
        column("date", lambda one: _dated(one.date, one.origin)),
        column("state", lambda one: one.state),
        column("found", lambda one: _counted(one.findings, one.origin), "r"),
        column("remedied", lambda one: _counted(one.remedied, one.origin), "r"),
    ]
    return table(telling_of(result), "inspections", columns, result.inspections)


def citizens(result: WorkPlanResult) -> Table:
    """Build the table of receptions of citizens."""
    columns: list[Column[Reception]] = [
        column("period", lambda one: one.period),
        column("receiver", lambda one: one.by),
        column("visits", lambda one: _counted(one.visits, one.origin), "r"),
        column("cases", lambda one: _counted(one.cases, one.origin), "r"),
        column("answered", lambda one: _counted(one.answered, one.origin), "r"),
    ]
    return table(telling_of(result), "citizens", columns, result.receptions)


def measures(result: WorkPlanResult) -> Table:
    """Build the table of the measures for the next year with the limits they answer."""
    known = {one.code: one.text for one in (*result.limits, *result.earlier)}

    def answered(one: Measure) -> str:
        return "; ".join(f"{code}: {known[code]}" if code in known else code for code in one.limits)

    columns: list[Column[Measure]] = [
        column("measure", lambda one: one.text),
        column("index", lambda one: one.index, lacking="not_stated"),
        column("answers", answered, lacking="not_stated"),
        column("in_charge", lambda one: one.owner, lacking="not_stated", optional=True),
        column("due", lambda one: _dated(one.due, one.origin), lacking="not_stated", optional=True),
        column("shown_by", lambda one: one.outcome, lacking="not_stated", optional=True),
    ]
    return table(telling_of(result), "measures", columns, result.measures)
