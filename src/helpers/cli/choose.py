"""Which reports a command line asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from helpers import execution
from helpers.cli.available import Availability, Units
from helpers.execution import NATIONAL, Job, Report
from helpers.places import register, system_of_year
from helpers.project import Project

ALL = "all"


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
    project: Project, names: list[str] | None, provinces: list[str] | None, year: int | None
) -> Wanted:
    """Return the jobs that a command line asks for, and what of it has no figures.

    Parameters
    ----------
    project : Project
    names : list of str or None
        Report kinds; None means all, those of the whole country only where no province is named.
    provinces : list of str or None
        As typed; None or ``"all"`` means every province with scores.
    year : int or None
        None means the latest year with scores.

    Raises
    ------
    NothingToDoError
        If there are no scores for anything that was asked.
    helpers.places.UnknownPlaceError
        If a name fits no province.
    """
    typed = None if _everywhere(provinces) else list(dict.fromkeys(provinces or ()))
    kinds = (
        [execution.find_report(name, project) for name in dict.fromkeys(names)]
        if names
        else [kind for kind in execution.reports(project) if not typed or kind.scope != "national"]
    )
    available = Availability(project)
    jobs: dict[Job, None] = {}
    refused: list[str] = []
    empty = dict.fromkeys(typed or ())
    for kind in kinds:
        units = available.of(kind.index, national=kind.scope == "national")
        # One that has no figures does not keep the others from theirs.
        for text in typed if typed and kind.scope != "national" else [None]:
            try:
                found = _jobs_of(kind, units, year, text, project)
            except NothingToDoError as error:
                refused.append(str(error))
            else:
                jobs.update(dict.fromkeys(found))
                empty.pop(text or ALL, None)
    if not jobs:
        raise NothingToDoError(refused[0])
    if not names:
        system = system_of_year(year or next(iter(jobs)).year, project)
        when = "" if year is None else f" năm {year}"
        places = [register(project).find(text, system) for text in empty]
        refused = [f"{place.name} không có số liệu{when} cho loại báo cáo nào." for place in places]
    return Wanted(tuple(jobs), tuple(dict.fromkeys(refused)))


def delivered_only(jobs: Sequence[Job], project: Project) -> tuple[Job, ...]:
    """Return the jobs of those who delivered figures for their year; none of the whole country.

    Raises
    ------
    NothingToDoError
        If nobody did.
    """
    from helpers.inputs.reading import has_delivered

    chosen = tuple(
        job
        for job in jobs
        if job.report.scope != "national" and has_delivered(job.unit, job.year, project)
    )
    if not chosen:
        years = ", ".join(str(year) for year in sorted({job.year for job in jobs}))
        raise NothingToDoError(f"Chưa có cơ quan nào nộp số liệu năm {years} trong phạm vi này.")
    return chosen


def _everywhere(typed: list[str] | None) -> bool:
    return not typed or any(text.strip().casefold() == ALL for text in typed)


def _jobs_of(
    kind: Report, units: Units, year: int | None, typed: str | None, project: Project
) -> list[Job]:
    """Return the jobs of a kind for one province as it was typed; None is every one."""
    if not units:
        raise NothingToDoError(f"Chưa có số liệu nào cho loại báo cáo «{kind.name}».")
    of_year = year if year is not None else max(units)
    if of_year not in units:
        years = ", ".join(str(y) for y in sorted(units))
        raise NothingToDoError(
            f"Loại báo cáo «{kind.name}» chưa có số liệu năm {of_year}. Các năm đã có: {years}."
        )
    if kind.scope == "national":
        return [Job(kind, of_year, NATIONAL)]
    if typed is None:
        return [Job(kind, of_year, slug) for slug in units[of_year]]
    place = register(project).find(typed, system_of_year(of_year, project))
    if place.slug not in units[of_year]:
        raise NothingToDoError(
            f"{place.name} không có số liệu năm {of_year} cho loại báo cáo «{kind.name}»."
        )
    return [Job(kind, of_year, place.slug)]
