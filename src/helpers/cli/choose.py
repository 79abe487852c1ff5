"""Which reports a command line asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from helpers import execution
from helpers.cli.available import Availability, Units
from helpers.execution import NATIONAL, Job, Report
from helpers.inputs.delivery import EVERY, Delivery, deliveries_of, office_slug
from helpers.inputs.office import OfficeName, read_office
from helpers.inputs.problems import InputError
from helpers.keys import module_of
from helpers.places import Place, register, system_of_year
from helpers.project import Project

ALL = EVERY


class NothingToDoError(LookupError):
    """No report fits what was asked for; the message says what there is."""


@dataclass(frozen=True)
class Wanted:
    """What a command line asks for.

    Parameters
    ----------
    jobs : tuple of Job
        What can be made; at least one.
    absent : tuple of str
        What was asked for by name and has no figures, a sentence each.
    """

    jobs: tuple[Job, ...]
    absent: tuple[str, ...] = ()


def plan(
    project: Project,
    names: list[str] | None,
    provinces: list[str] | None,
    year: int | None,
    offices: list[str] | None = None,
    *,
    delivered: bool = False,
) -> Wanted:
    """Return the jobs that a command line asks for, and what of it has no figures.

    Parameters
    ----------
    project : Project
    names : list of str or None
        Report kinds; None means all, those of the whole country only where no province is named.
    provinces : list of str or None
        As typed; None or ``"all"`` means every province with scores, and every office in it.
    year : int or None
        None means the latest year with scores.
    offices : list of str or None
        Slugs or names of offices; ``"all"`` means every one that delivered. None means the reports of
        the provinces themselves where provinces are named.
    delivered : bool
        Only of those, provinces and offices, who delivered figures for the year.

    Raises
    ------
    NothingToDoError
        If there are no scores for anything that was asked.
    helpers.places.UnknownPlaceError
        If a name fits no province.
    """
    typed = None if _everywhere(provinces) else list(dict.fromkeys(provinces or ()))
    alone = bool(typed or offices or delivered)
    kinds = (
        [execution.find_report(name, project) for name in dict.fromkeys(names)]
        if names
        else [kind for kind in execution.reports(project) if not alone or kind.scope != "national"]
    )
    available = Availability(project)
    # All that is of a province has its offices in it; a kind that is named is the province's own.
    asked = _Offices(project, offices, beside=typed is None or delivered or not names)
    jobs: dict[Job, None] = {}
    refused: list[str] = []
    empty = dict.fromkeys(typed or ())
    for kind in kinds:
        units = available.of(kind.index, national=kind.scope == "national")
        there = available.offices(kind.index) if kind.scope != "national" else ()
        # One that has no figures does not keep the others from theirs.
        for text in typed if typed and kind.scope != "national" else [None]:
            try:
                found = _jobs_of(kind, units, there, asked, year, text, project)
            except NothingToDoError as error:
                refused.append(str(error))
            else:
                jobs.update(dict.fromkeys(found))
                empty.pop(text or ALL, None)
    if delivered:
        jobs = dict.fromkeys(job for job in jobs if _has_delivered(job, project))
    if not jobs and delivered:
        when = f" năm {year}" if year else ""
        raise NothingToDoError(f"Chưa có cơ quan nào nộp số liệu{when} trong phạm vi này.")
    if not jobs:
        raise NothingToDoError(refused[0])
    if not names:
        system = system_of_year(year or next(iter(jobs)).year, project)
        when = "" if year is None else f" năm {year}"
        places = [register(project).find(text, system) for text in empty]
        refused = [f"{place.name} không có số liệu{when} cho loại báo cáo nào." for place in places]
    return Wanted(tuple(jobs), tuple(dict.fromkeys(refused)))


def find_office(place: Place, year: int, text: str, project: Project) -> Delivery:
    """Return the delivery of an office by its slug or its name; without either the province's own.

    Raises
    ------
    NothingToDoError
        If the province has no such office for the year; the message names those that there are.
    """
    if not text.strip():
        return Delivery(year, place.slug)
    there = [one for one in deliveries_of(place.slug, year, project) if one.office]
    found = [one for one in there if _is_called(one, text, project)]
    if found:
        return found[0]
    known = ", ".join(one.office for one in there)
    told = f"Các cơ quan đã có: {known}." if there else "Chưa có cơ quan nào."
    raise NothingToDoError(
        f"{place.name} năm {year} không có cơ quan «{text.strip()}». {told} Lập thư mục cho một cơ "
        f'quan: chiso new {place.slug} {year} --office "{text.strip()}"'
    )


def _is_called(delivery: Delivery, text: str, project: Project) -> bool:
    """Tell whether an office is meant: by its slug, or by its name in its settings, tones and all."""
    if delivery.office == text.strip():
        return True
    try:
        settings = read_office(delivery, project)
    except InputError:
        # Its settings are broken, which its own report says; by its folder it can still be named.
        return delivery.office == office_slug(text)
    return settings.office.is_also(OfficeName(name=text))


@dataclass(frozen=True)
class _Offices:
    """Which offices are asked for.

    Parameters
    ----------
    project : Project
    typed : list of str or None
    beside : bool
        Whether offices come beside their provinces where none is named.
    """

    project: Project
    typed: list[str] | None
    beside: bool

    @property
    def provinces_too(self) -> bool:
        return not self.typed

    def of(self, there: Iterable[Delivery]) -> list[Delivery]:
        if not self.typed:
            return list(there) if self.beside else []
        if any(text.strip().casefold() == ALL for text in self.typed):
            return list(there)
        return [d for d in there if any(_is_called(d, t, self.project) for t in self.typed)]


def _has_delivered(job: Job, project: Project) -> bool:
    # The module of deliveries imports pandas, which a run of nothing can do without.
    from helpers.inputs.reading import has_delivered

    if job.report.scope == "national":
        return False
    if has_delivered(Delivery(job.year, job.unit, job.office), project):
        return True
    # What joins the offices of a province is made of what they delivered.
    joins = getattr(module_of(job.report.index), "JOINS_OFFICES", False)
    return bool(joins and deliveries_of(job.unit, job.year, project))


def _everywhere(typed: list[str] | None) -> bool:
    return not typed or any(text.strip().casefold() == ALL for text in typed)


def _jobs_of(
    kind: Report,
    units: Units,
    there: Sequence[Delivery],
    asked: _Offices,
    year: int | None,
    typed: str | None,
    project: Project,
) -> list[Job]:
    """Return the jobs of a kind for one province as it was typed; None is every one."""
    offices = asked.of(there)
    years = (
        {*units, *(one.year for one in offices)}
        if asked.provinces_too
        else {one.year for one in offices}
    )
    if typed is not None and not offices and year not in units:
        of_them = year or max((one.year for one in there), default=0)
        place = register(project).find(typed, system_of_year(of_them, project)) if of_them else None
        if place and any((d.province, d.year) == (place.slug, of_them) for d in there):
            raise NothingToDoError(_nothing(kind, place, of_them, there, asked))
    if not years:
        whose = "" if asked.provinces_too else " của cơ quan đã nêu"
        raise NothingToDoError(f"Chưa có số liệu nào{whose} cho loại báo cáo «{kind.name}».")
    of_year = year if year is not None else max(years)
    if of_year not in years:
        listed = ", ".join(str(y) for y in sorted(years))
        raise NothingToDoError(
            f"Loại báo cáo «{kind.name}» chưa có số liệu năm {of_year}. Các năm đã có: {listed}."
        )
    if kind.scope == "national":
        return [Job(kind, of_year, NATIONAL)]
    own = units.get(of_year, ()) if asked.provinces_too else ()
    offices = [one for one in offices if one.year == of_year]
    if typed is not None:
        place = register(project).find(typed, system_of_year(of_year, project))
        own = tuple(slug for slug in own if slug == place.slug)
        offices = [one for one in offices if one.province == place.slug]
        if not own and not offices:
            raise NothingToDoError(_nothing(kind, place, of_year, there, asked))
    found = [Job(kind, of_year, slug) for slug in own]
    return found + [Job(kind, of_year, one.province, one.office) for one in offices]


def _nothing(
    kind: Report, place: Place, year: int, there: Sequence[Delivery], asked: _Offices
) -> str:
    """Say that there is nothing, and which offices of the province have something."""
    have = [one.office for one in there if one.province == place.slug and one.year == year]
    if not have:
        return f"{place.name} không có số liệu năm {year} cho loại báo cáo «{kind.name}»."
    missing = "của chính tỉnh, thành phố" if asked.provinces_too else "của cơ quan đã nêu"
    return (
        f"{place.name} không có số liệu {missing} năm {year} cho loại báo cáo «{kind.name}»; có của: "
        f"{', '.join(have)} (thêm --office {have[0]}, hoặc --office all)."
    )
