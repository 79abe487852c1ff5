"""What an office did of its plan, what it put right, and what it means to do next year."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from helpers.definitions.framework import Framework, FrameworkEdition, load_framework
from helpers.indices.work_plan import rows
from helpers.indices.work_plan.arithmetic import Tally
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
from helpers.inputs.entry import Entry
from helpers.inputs.observations import Figures, side_of
from helpers.inputs.office import DataStatus, Office
from helpers.inputs.reading import delivery_before
from helpers.places import Place, register, system_of_year
from helpers.project import Project, find_project

INDEX = "work_plan"
YEAR_END = (12, 31)
WHOLE_YEAR = "Cả năm"


class NoPlanError(NothingDeliveredError):
    """Nothing about the work plan was delivered for this place and year."""


@dataclass(frozen=True)
class Figure:
    """A number with where it came from."""

    value: int
    trace: str
    bound: str = ""
    """The word that makes it a bound: ``ít nhất``, ``không quá``; empty for the number itself."""


@dataclass(frozen=True)
class Conflict:
    """A single figure that the rows of a table contradict."""

    name: str
    stated: Figure
    counted: Figure


@dataclass(frozen=True)
class WorkPlanResult:
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
    planned, done : Figure or None
        Tasks in the plan and done: as stated, else counted.
    limits, earlier : tuple of Limit
        Found in the year, and those of earlier years that were to be remedied.
    measures : tuple of Measure
    documents : tuple of Document
    inspections : tuple of Inspection
    inspected, inspections_planned : Figure or None
    receptions : tuple of Reception
    received, by_leaders : Figure or None
        Visits of citizens, as stated, else counted.
    staff : Figure or None
        Officials who receive citizens.
    conflicts : tuple of Conflict
    missing : tuple of str
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
    planned: Figure | None
    done: Figure | None
    limits: tuple[Limit, ...]
    earlier: tuple[Limit, ...]
    measures: tuple[Measure, ...]
    documents: tuple[Document, ...]
    inspections: tuple[Inspection, ...]
    inspected: Figure | None
    inspections_planned: Figure | None
    receptions: tuple[Reception, ...]
    received: Figure | None
    by_leaders: Figure | None
    staff: Figure | None
    conflicts: tuple[Conflict, ...]
    missing: tuple[str, ...]

    @property
    def index(self) -> str:
        """Key of the index."""
        return INDEX

    def answers(self, limit: Limit) -> tuple[Measure, ...]:
        """Return the measures that say they answer a limit."""
        return tuple(one for one in self.measures if limit.code and limit.code in one.limits)

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
    return with_topic(INDEX, project or find_project())


def evaluate(province: str, year: int, project: Project | None = None) -> WorkPlanResult:
    """Gather what an office delivered about its work plan.

    Parameters
    ----------
    province : str
        Slug or name.
    year : int
    project : Project, optional

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
    entry = entry_of(place.slug, year, project)
    if entry is None or not entry.has(INDEX):
        raise NoPlanError(
            f"{place.name} chưa có số liệu kế hoạch công tác năm {year}. Điền các bảng «Nhiệm vụ», "
            f"«Hạn chế», «Văn bản», «Biện pháp năm sau» (lệnh: chiso new {place.slug} {year})."
        )
    framework = load_framework(INDEX, project)
    day = _day(entry)
    listed = rows.tasks(entry.table("tasks"), day)
    tally = Tally.of(task.state for task in listed)
    all_limits = rows.limits(entry.table("limits"))
    limits = tuple(one for one in all_limits if one.year is None or one.year >= year)
    earlier = tuple(one for one in all_limits if one.year is not None and one.year < year)
    last = delivery_before(place, year, project)
    measures = rows.measures(entry.table("measures"))
    documents = rows.documents(entry.table("documents"))
    inspections = rows.inspections(entry.table("inspections"))
    receptions = rows.receptions(entry.table("citizens"))
    counted = _counted(listed, tally, receptions, inspections)
    stated = {name: _stated(entry.figures, name, year) for name in _FIGURES}
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
        planned=stated["tasks"] or counted.get("tasks"),
        done=stated["tasks_done"] or counted.get("tasks_done"),
        limits=limits,
        earlier=(*earlier, *_untold(earlier, last, year)),
        measures=measures,
        documents=documents,
        inspections=inspections,
        inspected=stated["inspected"] or counted.get("inspected"),
        inspections_planned=stated["inspections_planned"],
        receptions=receptions,
        received=stated["citizens_received"] or counted.get("citizens_received"),
        by_leaders=stated["citizens_by_leaders"] or counted.get("citizens_by_leaders"),
        staff=stated["reception_staff"],
        conflicts=_conflicts(stated, counted),
        missing=_missing(entry, listed, stated["tasks"]),
    )


_FIGURES = {
    "tasks": "số nhiệm vụ trong kế hoạch",
    "tasks_done": "số nhiệm vụ đã hoàn thành",
    "citizens_received": "số lượt công dân được tiếp",
    "citizens_by_leaders": "số lượt do lãnh đạo tiếp",
    "inspected": "số đơn vị được thanh tra, kiểm tra",
    "inspections_planned": "số đơn vị dự kiến thanh tra, kiểm tra",
    "reception_staff": "số công chức tiếp công dân thường xuyên",
}


def _day(entry: Entry) -> datetime.date:
    """Return the day on which tasks are judged: a report of December sees what December saw."""
    date = entry.office.document.date
    if date is not None and date.year == entry.year:
        return date
    return datetime.date(entry.year, *YEAR_END)


def _stated(figures: Figures, name: str, year: int) -> Figure | None:
    found = figures.get(f"work_plan.{name}", year)
    return None if found is None else Figure(round(found.value), found.trace, found.bound)


def _counted(
    tasks: tuple[Task, ...],
    tally: Tally,
    receptions: tuple[Reception, ...],
    inspections: tuple[Inspection, ...],
) -> dict[str, Figure]:
    made = {}
    if tasks:
        trace = f"đếm trong bảng nhiệm vụ; {tasks[0].origin}"
        made["tasks"] = Figure(tally.total, trace)
        made["tasks_done"] = Figure(tally.done, trace)
    if receptions:
        # A row for the whole year holds the quarters; both are never added up.
        yearly = [one for one in receptions if one.period == WHOLE_YEAR]
        used = yearly or list(receptions)
        trace = f"cộng bảng tiếp công dân; {used[0].origin}"
        made["citizens_received"] = Figure(sum(one.visits for one in used), trace)
        leaders = [one.visits for one in used if one.by == LEADERS]
        if leaders:
            made["citizens_by_leaders"] = Figure(sum(leaders), trace)
    carried_out = {one.unit for one in inspections if one.state == CARRIED_OUT}
    if carried_out:
        trace = f"đếm đơn vị trong bảng thanh tra, kiểm tra; {inspections[0].origin}"
        made["inspected"] = Figure(len(carried_out), trace)
    return made


def _conflicts(
    stated: dict[str, Figure | None], counted: dict[str, Figure]
) -> tuple[Conflict, ...]:
    found = []
    for name, own in stated.items():
        other = counted.get(name)
        if own is None or other is None:
            continue
        above = own.value > other.value and side_of(own.bound) != "at_most"
        below = own.value < other.value and side_of(own.bound) != "at_least"
        if above or below:
            found.append(Conflict(_FIGURES[name], own, other))
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


_ASK = {
    "tasks": (
        "Chưa có bảng «Nhiệm vụ» nên chưa biết nhiệm vụ nào đúng hạn, quá hạn và do đơn vị nào chủ "
        "trì."
    ),
    "limits": "Chưa có bảng «Hạn chế» nên chưa theo dõi được việc khắc phục.",
    "documents": "Chưa có bảng «Văn bản» nên chưa liệt kê được văn bản đã ban hành.",
    "measures": "Chưa có bảng «Biện pháp năm sau».",
    "inspections": "Chưa có bảng «Thanh tra, kiểm tra».",
    "citizens": "Chưa có bảng «Tiếp công dân» nên chưa biết số lượt theo người tiếp và theo kỳ.",
}


def _missing(entry: Entry, tasks: tuple[Task, ...], stated: Figure | None) -> tuple[str, ...]:
    said = [text for key, text in _ASK.items() if entry.table(key).empty]
    if not tasks and stated is None:
        said.insert(0, "Chưa có số nhiệm vụ trong kế hoạch và số nhiệm vụ đã hoàn thành.")
    return tuple(said)
