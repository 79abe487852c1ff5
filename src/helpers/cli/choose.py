"""Which reports a command line asks for."""

from __future__ import annotations

from helpers import execution
from helpers.cli.available import Availability, Units
from helpers.execution import NATIONAL, Job, Report
from helpers.places import register, system_of_year
from helpers.project import Project

ALL = "all"


class NothingToDoError(LookupError):
    """No report fits what was asked for; the message says what there is."""


def plan(
    project: Project, names: list[str] | None, provinces: list[str] | None, year: int | None
) -> list[Job]:
    """Return the jobs that a command line asks for.

    Parameters
    ----------
    project : Project
    names : list of str or None
        Report kinds; None means all.
    provinces : list of str or None
        As typed; None or ``"all"`` means every province with scores.
    year : int or None
        None means the latest year with scores.

    Raises
    ------
    NothingToDoError
        If there are no scores for anything that was asked; what is missing beside what can be made
        is told by :func:`lacking`.
    helpers.places.UnknownPlaceError
        If a name fits no province.
    """
    kinds = (
        [execution.find_report(name, project) for name in dict.fromkeys(names)]
        if names
        else list(execution.reports(project))
    )
    available = Availability(project)
    jobs: list[Job] = []
    refused: list[NothingToDoError] = []
    for kind in kinds:
        try:
            jobs += _jobs_of(kind, available.of(kind.index), year, provinces, project)
        except NothingToDoError as error:
            refused.append(error)
    if refused and not jobs:
        raise refused[0]
    return jobs


def lacking(
    project: Project, jobs: list[Job], names: list[str] | None, provinces: list[str] | None
) -> tuple[str, ...]:
    """Say which of what was asked for by name is not among the jobs, as there are no figures of it.

    Parameters
    ----------
    project : Project
    jobs : list of Job
        From :func:`plan`; at least one.
    names, provinces : list of str or None
        As given to :func:`plan`.

    Returns
    -------
    tuple of str
        A sentence for each kind that nobody has, and for each province that lacks a kind that was
        named or, where none was, that has no report at all.
    """
    kinds = [execution.find_report(name, project) for name in dict.fromkeys(names or ())]
    years = {job.report.name: job.year for job in jobs}
    told = [
        f"Loại báo cáo «{kind.name}» không có báo cáo nào được lập vì chưa có số liệu."
        for kind in kinds
        if kind.name not in years
    ]
    made = {(job.report.name, job.unit) for job in jobs}
    year = jobs[0].year
    for text in [] if _everywhere(provinces) else dict.fromkeys(provinces or ()):
        place = register(project).find(text, system_of_year(year, project))
        if not kinds and place.slug not in {unit for _, unit in made}:
            told.append(f"{place.name} không có số liệu năm {year} cho loại báo cáo nào.")
        told += [
            f"{place.name} không có số liệu năm {years[kind.name]} cho loại báo cáo «{kind.name}»."
            for kind in kinds
            if kind.scope != "national"
            and kind.name in years
            and (kind.name, place.slug) not in made
        ]
    return tuple(told)


def delivered_only(jobs: list[Job], project: Project) -> list[Job]:
    """Return the jobs of those who delivered figures for their year; none of the whole country.

    Raises
    ------
    NothingToDoError
        If nobody did.
    """
    from helpers.inputs.reading import has_delivered

    chosen = [
        job
        for job in jobs
        if job.report.scope != "national" and has_delivered(job.unit, job.year, project)
    ]
    if not chosen:
        years = ", ".join(str(year) for year in sorted({job.year for job in jobs}))
        raise NothingToDoError(f"Chưa có cơ quan nào nộp số liệu năm {years} trong phạm vi này.")
    return chosen


def _everywhere(typed: list[str] | None) -> bool:
    return not typed or any(text.strip().casefold() == ALL for text in typed)


def _jobs_of(
    kind: Report, units: Units, year: int | None, provinces: list[str] | None, project: Project
) -> list[Job]:
    if not units:
        raise NothingToDoError(f"Chưa có số liệu nào cho loại báo cáo «{kind.name}».")
    of_year = year if year is not None else max(units)
    if of_year not in units:
        years = ", ".join(str(y) for y in sorted(units))
        raise NothingToDoError(
            f"Loại báo cáo «{kind.name}» chưa có số liệu năm {of_year}. Các năm đã có: {years}."
        )
    return _jobs(kind, of_year, units[of_year], provinces, project)


def _jobs(
    kind: Report, year: int, units: tuple[str, ...], typed: list[str] | None, project: Project
) -> list[Job]:
    if kind.scope == "national":
        return [Job(kind, year, NATIONAL)]
    if _everywhere(typed):
        return [Job(kind, year, slug) for slug in units]
    system = system_of_year(year, project)
    places = dict.fromkeys(register(project).find(text, system) for text in typed or ())
    # One that has no figures does not keep the others from theirs.
    having = [place for place in places if place.slug in units]
    if not having:
        raise NothingToDoError(
            f"{next(iter(places)).name} không có số liệu năm {year} cho loại báo cáo «{kind.name}»."
        )
    return [Job(kind, year, place.slug) for place in having]
