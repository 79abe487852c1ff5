"""The offices of a province side by side: what each delivered, and what they come to together."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from helpers.definitions.forms import load_forms
from helpers.facts.joined import Joined, differs, joined
from helpers.facts.value import Value, count
from helpers.indices.par_index import result as par_index
from helpers.indices.procedures import result as procedures
from helpers.indices.sipas import result as sipas
from helpers.indices.work_plan import result as work_plan
from helpers.inputs.delivery import Delivery, deliveries_of
from helpers.inputs.entry import Entry
from helpers.inputs.office import Office, OfficeName, read_office
from helpers.inputs.problems import InputError
from helpers.inputs.reading import read_entry
from helpers.inputs.records import find_records
from helpers.places import Place, unit_order
from helpers.project import Project
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

_OF_PROVINCE = {
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

    Its figures are made up as soon as those of one of its offices are.
    """
    offices = []
    for one in deliveries_of(place.slug, year, project):
        with contextlib.suppress(InputError):  # told where the office is read itself
            offices.append(read_office(one, project))
    simulated = any(one.status == "simulated" for one in offices)
    name = OfficeName(name=f"Ủy ban nhân dân {place.full_name(year)}")
    office = Office(office=name, status="simulated" if simulated else "official")
    return Entry(Delivery(year, place.slug), office, load_forms(project))


def _stated(own: Entry, kind: str) -> Value | None:
    found = own.figures.get(_OF_PROVINCE[kind], own.year)
    if found is None:
        return None
    return count(round(found.value), _UNITS[kind], found.trace) if found.value % 1 == 0 else None


_UNITS = {"received": "dossier", "settled": "dossier", "planned": "task", "done": "task"}


def _office(delivery: Delivery, project: Project) -> OfficeYear:
    try:
        office = read_office(delivery, project)
    except InputError:
        return OfficeYear(delivery, delivery.office, {}, broken=True)
    made = OfficeYear(delivery, office.office.brief, {}, full_name=office.office.name)
    try:
        entry = read_entry(delivery, project)
        found = [find_records(f.key, delivery, project, office) for f in entry.forms.records]
        if not any(found) and not len(entry.figures) and not any(map(len, entry.tables.values())):
            return replace(made, empty=True)
        values = {kind: value for read in _READ for kind, value in read(delivery, project).items()}
    except InputError:
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
    counts = {} if part is None else part.total
    return {
        kind: count(counts[code].value, "dossier", counts[code].trace)
        for kind, code in codes.items()
        if code in counts
    }


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
