"""What an office did of its plan, what it put right, and what it means to do next year."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from helpers.definitions.framework import Framework, FrameworkEdition, load_framework
from helpers.facts.value import Value, Why, count
from helpers.facts.weak import WeakPoint
from helpers.indices.work_plan import rows
from helpers.indices.work_plan.arithmetic import UNFINISHED, Tally, are_exact
from helpers.indices.work_plan.rows import (
    CARRIED_OUT,
    LEADERS,
    Document,
    Inspection,
    Limit,
    Measure,
    Reception,
    Task,
)
from helpers.inputs.deliveries import NothingDeliveredError, entry_of, with_topic
from helpers.inputs.delivery import Delivery, provinces_by_year
from helpers.inputs.entry import Entry
from helpers.inputs.observations import Figures, side_of
from helpers.inputs.office import DataStatus, Office
from helpers.inputs.reading import delivery_before
from helpers.places import Place, register, system_of_year
from helpers.project import Project, find_project
from helpers.tidy import Looked
from helpers.words.document import Document as Words

INDEX = "work_plan"
YEAR_END = (12, 31)
WHOLE_YEAR = "Cả năm"


class NoPlanError(NothingDeliveredError):
    """Nothing about the work plan was delivered for this place and year."""


@dataclass(frozen=True)
class Conflict:
    """A single figure that the rows of a table contradict; `name` is its code."""

    name: str
    stated: Value
    counted: Value


@dataclass(frozen=True, repr=False)
class WorkPlanResult(Looked):
    """The work of one office in one year.

    Parameters
    ----------
    place : Place
    year : int
    office : Office
    status : str
    framework, edition
        What the report is called and rests on.
    day : date
        On which the state of tasks is judged: the date of the document, else the end of the year.
    tasks : tuple of Task
    tally : Tally
        Of the tasks; all zero if none were listed.
    planned, done : Value or None
        Tasks in the plan and done: as stated, else counted.
    limits, earlier : tuple of Limit
        Found in the year, and those of earlier years that were to be remedied.
    measures : tuple of Measure
    documents : tuple of Document
    inspections : tuple of Inspection
    inspected, inspections_planned : Value or None
    receptions : tuple of Reception
    received, by_leaders : Value or None
        Visits of citizens, as stated, else counted.
    staff : Value or None
        Officials who receive citizens.
    conflicts : tuple of Conflict
    missing : tuple of Why
    """

    place: Place
    year: int
    office: Office
    status: DataStatus
    framework: Framework
    edition: FrameworkEdition
    day: datetime.date
    tasks: tuple[Task, ...]
    tally: Tally
    planned: Value | None
    done: Value | None
    limits: tuple[Limit, ...]
    earlier: tuple[Limit, ...]
    measures: tuple[Measure, ...]
    documents: tuple[Document, ...]
    inspections: tuple[Inspection, ...]
    inspected: Value | None
    inspections_planned: Value | None
    receptions: tuple[Reception, ...]
    received: Value | None
    by_leaders: Value | None
    staff: Value | None
    conflicts: tuple[Conflict, ...]
    missing: tuple[Why, ...]

    @property
    def index(self) -> str:
        """Key of the index."""
        return INDEX

    def document(self) -> Words:
        """Return names and findings for the words."""
        from helpers.indices.work_plan.findings import document

        return document(self)

    def weak_points(self) -> tuple[WeakPoint, ...]:
        """Return the limits of the year as stated, and tasks that are overdue."""
        from helpers.indices.work_plan.weak import weak_points

        return weak_points(self)

    def answers(self, limit: Limit) -> tuple[Measure, ...]:
        """Return the measures that say they answer a limit."""
        return tuple(one for one in self.measures if limit.code and limit.code in one.limits)

    @property
    def late(self) -> tuple[Task, ...]:
        """Tasks that were done after their day, the latest first."""
        found = (one for one in self.tasks if one.state == "late")
        return tuple(sorted(found, key=lambda one: -one.days_late))

    @property
    def unfinished(self) -> tuple[Task, ...]:
        """Tasks that are not done, those behind their day first, those given up last."""
        order = {state: place for place, state in enumerate(UNFINISHED)}
        found = (one for one in self.tasks if one.state in order)
        return tuple(sorted(found, key=lambda one: order[one.state]))

    @property
    def carried_out(self) -> tuple[Inspection, ...]:
        """Inspections that took place."""
        return tuple(one for one in self.inspections if one.state == CARRIED_OUT)

    @property
    def is_all_done(self) -> bool:
        """Whether every task of the plan was done."""
        planned, done = self.planned, self.done
        if planned is None or done is None or not are_exact(planned, done):
            return False
        return 0 < planned.known == done.known

    @property
    def is_listed_whole(self) -> bool:
        """Whether the listed tasks are the whole plan; a shorter list is not told as if it were."""
        planned = self.planned
        return planned is not None and are_exact(planned) and len(self.tasks) == planned.known

    @property
    def is_inspected_as_planned(self) -> bool:
        """Whether as many units were inspected as were planned."""
        planned, done = self.inspections_planned, self.inspected
        if planned is None or done is None or not are_exact(planned, done):
            return False
        return planned.known == done.known

    @property
    def unanswered(self) -> tuple[Limit, ...]:
        """Limits of the year for which neither their row nor a measure says what will be done."""
        return tuple(one for one in self.limits if not one.measure and not self.answers(one))

    @property
    def unknown_codes(self) -> tuple[str, ...]:
        """Codes that measures refer to and no limit has."""
        known = {one.code for one in (*self.limits, *self.earlier)}
        named = dict.fromkeys(code for one in self.measures for code in one.limits)
        return tuple(code for code in named if code not in known)


def available(project: Project | None = None) -> dict[int, tuple[str, ...]]:
    """Return the places whose office delivered anything about its work plan, by year."""
    return provinces_by_year(deliveries(project))


def deliveries(project: Project | None = None) -> tuple[Delivery, ...]:
    """Return who delivered anything about a work plan: provinces and their offices."""
    return with_topic(INDEX, project or find_project())


def evaluate(
    province: str, year: int, project: Project | None = None, office: str = ""
) -> WorkPlanResult:
    """Gather what an office delivered about its work plan.

    Parameters
    ----------
    province : str
        Slug or name.
    year : int
    project : Project, optional
    office : str
        Slug of the office in its province; empty for the province itself.

    Returns
    -------
    WorkPlanResult

    Raises
    ------
    helpers.places.UnknownPlaceError
        If there is no such place.
    helpers.inputs.problems.InputError
        If a delivery has errors.
    NoPlanError
        If nothing about the plan was delivered.
    """
    project = project or find_project()
    place = register(project).find(province, system_of_year(year))
    delivery = Delivery(year, place.slug, office)
    entry = entry_of(delivery, project)
    if entry is None or not entry.has(INDEX):
        raise NoPlanError(
            f"{place.name} chưa có số liệu kế hoạch công tác năm {year}. Điền các bảng «Nhiệm vụ», "
            f"«Hạn chế», «Văn bản», «Biện pháp năm sau» (lệnh: chiso new {delivery.options})."
        )
    framework = load_framework(INDEX, project)
    day = _day(entry)
    listed = rows.tasks(entry.table("tasks"), day)
    tally = Tally.of(task.state for task in listed)
    all_limits = rows.limits(entry.table("limits"))
    limits = tuple(one for one in all_limits if one.year is None or one.year >= year)
    earlier = tuple(one for one in all_limits if one.year is not None and one.year < year)
    last = delivery_before(place, entry, project)
    measures = rows.measures(entry.table("measures"))
    documents = rows.documents(entry.table("documents"))
    inspections = rows.inspections(entry.table("inspections"))
    receptions = rows.receptions(entry.table("citizens"))
    counted = _counted(listed, tally, receptions, inspections)
    stated = {name: _stated(entry.figures, name, year) for name in _FIGURES}
    known = counted | {name: value for name, value in stated.items() if value is not None}
    return WorkPlanResult(
        place=place,
        year=year,
        office=entry.office,
        status=entry.status,
        framework=framework,
        edition=framework.edition(year),
        day=day,
        tasks=listed,
        tally=tally,
        planned=known.get("tasks"),
        done=known.get("tasks_done"),
        limits=limits,
        earlier=(*earlier, *_untold(earlier, last, year)),
        measures=measures,
        documents=documents,
        inspections=inspections,
        inspected=known.get("inspected"),
        inspections_planned=known.get("inspections_planned"),
        receptions=receptions,
        received=known.get("citizens_received"),
        by_leaders=known.get("citizens_by_leaders"),
        staff=known.get("reception_staff"),
        conflicts=_conflicts(stated, counted),
        missing=_missing(entry, listed, stated["tasks"]),
    )


_FIGURES = (
    *("tasks", "tasks_done", "citizens_received", "citizens_by_leaders"),
    *("inspected", "inspections_planned", "reception_staff"),
)
"""Codes of single figures below ``work_plan``."""


def _day(entry: Entry) -> datetime.date:
    """Return the day on which tasks are judged: a report of December sees what December saw."""
    date = entry.office.document.date
    if date is not None and date.year == entry.year:
        return date
    return datetime.date(entry.year, *YEAR_END)


def _stated(figures: Figures, name: str, year: int) -> Value | None:
    found = figures.get(f"work_plan.{name}", year)
    if found is None:
        return None
    return replace(
        count(round(found.value), "unit", found.trace), bound=side_of(found.bound) or "exact"
    )


def _counted(
    tasks: tuple[Task, ...],
    tally: Tally,
    receptions: tuple[Reception, ...],
    inspections: tuple[Inspection, ...],
) -> dict[str, Value]:
    made = {}
    if tasks:
        rule = Why("rows_of_tasks", {"origin": tasks[0].origin})
        made["tasks"] = count(tally.total, "unit", rule)
        made["tasks_done"] = count(tally.done, "unit", rule)
    if receptions:
        # A row for the whole year holds the quarters; both are never added up.
        yearly = [one for one in receptions if one.period == WHOLE_YEAR]
        used = yearly or list(receptions)
        rule = Why("sum_of_receptions", {"origin": used[0].origin})
        made["citizens_received"] = count(sum(one.visits for one in used), "unit", rule)
        leaders = [one.visits for one in used if one.by == LEADERS]
        if leaders:
            made["citizens_by_leaders"] = count(sum(leaders), "unit", rule)
    inspected = {one.unit for one in inspections if one.state == CARRIED_OUT}
    if inspected:
        rule = Why("units_inspected", {"origin": inspections[0].origin})
        made["inspected"] = count(len(inspected), "unit", rule)
    return made


def _conflicts(stated: dict[str, Value | None], counted: dict[str, Value]) -> tuple[Conflict, ...]:
    found = []
    for name, own in stated.items():
        other = counted.get(name)
        if own is None or other is None:
            continue
        above = own.known > other.known and own.bound != "at_most"
        below = own.known < other.known and own.bound != "at_least"
        if above or below:
            found.append(Conflict(name, own, other))
    return tuple(found)


def _untold(told: tuple[Limit, ...], last: Entry | None, year: int) -> tuple[Limit, ...]:
    """Return limits of last year's delivery of which this year's says nothing."""
    if last is None:
        return ()
    codes = {(one.code, one.year) for one in told}
    texts = {one.text.casefold() for one in told}
    return tuple(
        replace(one, told=False, state="")
        for one in rows.limits(last.table("limits"))
        if one.year == year - 1
        and (one.code, one.year) not in codes
        and one.text.casefold() not in texts
    )


_TABLES = ("tasks", "limits", "documents", "measures", "inspections", "citizens")


def _missing(entry: Entry, tasks: tuple[Task, ...], stated: Value | None) -> tuple[Why, ...]:
    made = [Why(f"lacks_{key}") for key in _TABLES if entry.table(key).empty]
    if not tasks and stated is None:
        made.insert(0, Why("lacks_counts_of_tasks"))
    return tuple(made)
