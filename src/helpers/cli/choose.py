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
        If there are no scores for what was asked.
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
    # A kind asked for by name must have data; without names, whatever has data is made.
    if refused and (names or not jobs):
        raise refused[0]
    return jobs


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
    if not typed or any(text.strip().casefold() == ALL for text in typed):
        return [Job(kind, year, slug) for slug in units]
    places = [register(project).find(text, system_of_year(year, project)) for text in typed]
    for place in places:
        if place.slug not in units:
            raise NothingToDoError(
                f"{place.name} không có số liệu năm {year} cho loại báo cáo «{kind.name}»."
            )
    return [Job(kind, year, place.slug) for place in dict.fromkeys(places)]
