"""The offices of a province side by side: what each delivered, and what they come to together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from helpers.definitions import DefinitionError
from helpers.definitions.forms import load_forms
from helpers.facts.joined import Joined, differs, joined
from helpers.facts.value import Value, Why, count
from helpers.indices.par_index import result as par_index
from helpers.indices.procedures import result as procedures
from helpers.indices.sipas import result as sipas
from helpers.indices.work_plan import result as work_plan
from helpers.inputs.delivery import Delivery, deliveries_of
from helpers.inputs.entry import Entry
from helpers.inputs.observations import side_of
from helpers.inputs.office import DataStatus, Office, OfficeName, read_office
from helpers.inputs.problems import InputError
from helpers.inputs.reading import read_entry
from helpers.inputs.records import find_records
from helpers.places import Place, unit_order
from helpers.project import Project
from helpers.words.document import Remark
from helpers.words.say import telling_of

COUNTS: Mapping[str, str] = MappingProxyType(
    {
        "received": "sum_of_received",
        "settled": "sum_of_settled",
        "planned": "sum_of_planned",
        "done": "sum_of_done",
    }
)
"""What offices count, and the rule that says it was added."""

SCORES = ("sipas", "par_index")
"""What offices are measured by, and placed among each other."""

_FIGURES = {
    "received": "procedures.received",
    "settled": "procedures.resolved",
    "planned": "work_plan.tasks",
    "done": "work_plan.tasks_done",
}


@dataclass(frozen=True)
class OfficeYear:
    """One office in a line.

    Parameters
    ----------
    delivery : Delivery
    name : str
    values : mapping of str to Value
        What is known of :data:`COUNTS` and :data:`SCORES`, with its source in words.
    status : {"official", "computed", "simulated"}
    broken : bool
        Whether what it delivered has errors, so that nothing of it is told.
    empty : bool
        Whether its folder holds nothing that anybody filled in.
    full_name : str
        Its name where `name` is short.
    """

    delivery: Delivery
    name: str
    values: Mapping[str, Value]
    status: DataStatus = "official"
    broken: bool = False
    empty: bool = False
    full_name: str = ""


@dataclass(frozen=True)
class Offices:
    """The offices of a province.

    Parameters
    ----------
    rows : tuple of OfficeYear
        Who delivered, in the order of names.
    absent : tuple of str
        Who delivered nothing: its folder is empty, or the province's settings expect it.
    contradictions : tuple of (str, Value, Value)
        What the province states otherwise than its offices come to: kind, stated, added.
    """

    rows: tuple[OfficeYear, ...]
    absent: tuple[str, ...] = ()
    contradictions: tuple[tuple[str, Value, Value], ...] = ()

    @property
    def broken(self) -> tuple[str, ...]:
        """Names of those whose delivery has errors."""
        return tuple(one.name for one in self.rows if one.broken)

    def joined(self, kind: str) -> Joined:
        """Return what each office states of a kind."""
        found = joined({one.delivery.office: one.values.get(kind) for one in self.rows})
        # Somebody expected who delivered nothing is missing from a sum as well.
        return replace(found, asked=(*found.asked, *self.absent))

    def sum(self, kind: str) -> Value | None:
        """Return what they come to together, of a kind in :data:`COUNTS`."""
        return self.joined(kind).sum(COUNTS[kind])


def offices_of(place: Place, year: int, settings: Office, own: Entry, project: Project) -> Offices:
    """Evaluate the offices of a province for a year.

    Parameters
    ----------
    place : Place
    year : int
    settings : Office
        Of the province: may name who is expected.
    own : Entry
        What the province delivered itself.
    project : Project
    """
    there = [one for one in deliveries_of(place.slug, year, project) if one.office]
    every = sorted((_office(one, project) for one in there), key=lambda one: unit_order(one.name))
    if settings.status != "simulated":
        # What was made up is nobody's delivery, and stands in no report that is not.
        every = [replace(one, empty=True) if one.status == "simulated" else one for one in every]
    silent = dict.fromkeys(one.name for one in every if one.empty)
    for wanted in settings.offices:
        if not any(_is_called(wanted, one) for one in every):
            silent[wanted] = None
    made = Offices(tuple(one for one in every if not one.empty), tuple(silent))
    found = [(kind, _stated(own, kind), made.joined(kind), made.sum(kind)) for kind in COUNTS]
    return replace(
        made,
        contradictions=tuple(
            (kind, stated, added)
            for kind, stated, each, added in found
            if stated is not None and added is not None and differs(stated, each, COUNTS[kind])
        ),
    )


def _is_called(wanted: str, one: OfficeYear) -> bool:
    return wanted == one.delivery.office or OfficeName(name=wanted).is_also(
        OfficeName(name=one.name, short=one.full_name)
    )


def entry_of_joined(place: Place, year: int, project: Project) -> Entry:
    """Return the entry of a province that delivered nothing itself: its government's, and empty.

    It is made up where all that its offices delivered is.
    """
    found: set[DataStatus] = set()
    for one in deliveries_of(place.slug, year, project):
        with suppress(InputError):  # told where the office is read itself
            found.add(read_office(one, project).status)
    status: DataStatus = "simulated" if found == {"simulated"} else "official"
    name = OfficeName(name=f"Ủy ban nhân dân {place.full_name(year)}")
    office = Office(office=name, status=status)
    return Entry(Delivery(year, place.slug), office, load_forms(project))


def _stated(own: Entry, kind: str) -> Value | None:
    found = own.figures.get(_FIGURES[kind], own.year)
    if found is None or found.value % 1:
        return None
    made = count(round(found.value), _UNITS[kind], found.trace)
    return replace(made, bound=side_of(found.bound) or "exact")


_UNITS = {"received": "dossier", "settled": "dossier", "planned": "task", "done": "task"}


def _office(delivery: Delivery, project: Project) -> OfficeYear:
    try:
        office = read_office(delivery, project)
    except InputError:
        return OfficeYear(delivery, delivery.office, {}, broken=True)
    made = OfficeYear(
        delivery, office.office.brief, {}, office.status, full_name=office.office.name
    )
    try:
        entry = read_entry(delivery, project)
        found = [find_records(f.key, delivery, project, office) for f in entry.forms.records]
        if not any(found) and not len(entry.figures) and not any(map(len, entry.tables.values())):
            return replace(made, empty=True)
        values = {kind: value for read in _READ for kind, value in read(delivery, project).items()}
    except (InputError, DefinitionError):
        return replace(made, broken=True)
    return replace(made, values=values)


def _part(evaluate: Callable[..., Any], delivery: Delivery, project: Project) -> Any | None:
    """Return the result of an index, or None where the office delivered nothing for it."""
    try:
        return evaluate(delivery.province, delivery.year, project, delivery.office)
    except LookupError as error:
        if isinstance(error, KeyError | IndexError):
            raise
        return None


def _dossiers(delivery: Delivery, project: Project) -> dict[str, Value]:
    part: procedures.ProceduresResult | None = _part(procedures.evaluate, delivery, project)
    codes = {"received": "tn_tong", "settled": "gq_tong"}
    if part is None:
        return {}
    found = {}
    for kind, code in codes.items():
        if code in part.total:
            made = part.total[code]
            told = part.figures.get(_FIGURES[kind], delivery.year)
            # Of a count by single figures the words around it may leave a side open.
            side = side_of(told.bound) if told is not None and part.source == "figures" else None
            found[kind] = replace(count(made.value, "dossier", made.trace), bound=side or "exact")
    return found


def _tasks(delivery: Delivery, project: Project) -> dict[str, Value]:
    part: work_plan.WorkPlanResult | None = _part(work_plan.evaluate, delivery, project)
    if part is None:
        return {}
    words = telling_of(part)
    found = {"planned": part.planned, "done": part.done}
    return {
        kind: replace(value, source=words.source(value))
        for kind, value in found.items()
        if value is not None and value.is_known
    }


def _scores(delivery: Delivery, project: Project) -> dict[str, Value]:
    # The adapters rest on the result of the report, which rests on this module.
    from helpers.reports.annual.adapters import headline_of

    found = {}
    for kind, evaluate in (("sipas", sipas.evaluate), ("par_index", par_index.evaluate)):
        part = _part(evaluate, delivery, project)
        made = None if part is None else headline_of(kind, part)
        # What was published is of the province, not of its office.
        if part is not None and made is not None and made.value is not None and not made.published:
            found[kind] = replace(made.value, source=telling_of(part).source(made.value))
    return found


_READ = (_dossiers, _tasks, _scores)


def statements(offices: Offices) -> dict[str, tuple[Why, ...]]:
    """Return what the document says of the offices, by its slots.

    Parameters
    ----------
    offices : Offices
    """
    return {"offices": tuple(_together(offices)), "offices_without": tuple(_without(offices))}


def _together(offices: Offices) -> Iterator[Why]:
    """Say how many offices are in the table, and what they come to together."""
    if not offices.rows:
        return
    yield Why("annual_offices", {"count": count(len(offices.rows), "office", Why("offices_there"))})
    for pair, rule in (
        (("received", "settled"), "annual_offices_dossiers"),
        (("planned", "done"), "annual_offices_tasks"),
    ):
        sums = {kind: added for kind in pair if (added := offices.sum(kind)) is not None}
        if sums:
            silent = any(offices.joined(kind).silent for kind in sums)
            told = {kind: sums.get(kind, "") for kind in pair}
            yield Why(rule, {**told, "partly": silent and "partly"})


def _without(offices: Offices) -> Iterator[Why]:
    """Name who was expected and sent nothing, and whose figures cannot be read."""
    for names, rule in (
        (offices.absent, "annual_offices_absent"),
        (offices.broken, "annual_offices_broken"),
    ):
        if names:
            yield Why(rule, {"offices": tuple(Remark(name, "params/provinces") for name in names)})
