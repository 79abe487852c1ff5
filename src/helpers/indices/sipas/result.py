"""SIPAS of an office or a province in one year: what was delivered, evaluated."""

from __future__ import annotations

import dataclasses

import pandas as pd

from helpers.definitions.framework import Framework, load_framework
from helpers.indices.sipas import printed
from helpers.indices.sipas.missing import missing
from helpers.indices.sipas.model import SipasResult
from helpers.indices.sipas.national import INDEX, national
from helpers.indices.sipas.rules import rules_for
from helpers.indices.sipas.survey import Survey, measure
from helpers.indices.sipas.year import SipasYear, year_of
from helpers.inputs.delivery import Delivery, provinces_by_year
from helpers.inputs.entry import Entry
from helpers.inputs.reading import delivered_for, delivery_before, has_delivered, read_entry
from helpers.inputs.records import find_records, read_records
from helpers.inputs.subject import is_authority
from helpers.places import Place, register, system_of_year
from helpers.places.words import bare
from helpers.project import Project, find_project

RECORDS = "survey"


class NoSatisfactionError(LookupError):
    """Nothing about satisfaction was delivered for this province and year."""


def available(project: Project | None = None) -> dict[int, tuple[str, ...]]:
    """Return the provinces that delivered something about satisfaction, by year.

    Parameters
    ----------
    project : Project, optional

    Returns
    -------
    dict
        A delivery with errors counts, too: its report must fail and say why.
    """
    return provinces_by_year(deliveries(project))


def deliveries(project: Project | None = None) -> tuple[Delivery, ...]:
    """Return who delivered something about satisfaction: provinces and their offices."""
    project = project or find_project()

    def wanted(entry: Entry) -> bool:
        survey = find_records(RECORDS, entry.delivery, project, entry.office)
        return survey is not None or _has_results(entry, entry.year)

    return delivered_for(project, wanted)


def evaluate(
    province: str, year: int, project: Project | None = None, office: str = ""
) -> SipasResult:
    """Evaluate what an office delivered about satisfaction.

    Parameters
    ----------
    province : str
        Slug or name, written in any usual way.
    year : int
        Year measured.
    project : Project, optional
    office : str
        Slug of the office in its province; empty for the province itself.

    Returns
    -------
    SipasResult

    Raises
    ------
    helpers.places.UnknownPlaceError
        If there is no such province.
    NoSatisfactionError
        If nothing about satisfaction was delivered.
    helpers.inputs.problems.InputError
        If something wrong was delivered.
    """
    project = project or find_project()
    places = register(project)
    place = places.find(province, system_of_year(year))
    delivery = Delivery(year, place.slug, office)
    if not has_delivered(delivery, project):
        raise NoSatisfactionError(
            f"{place.name} chưa nộp số liệu năm {year}. Để bắt đầu, chạy lệnh: "
            f"chiso new {delivery.options}"
        )
    framework = load_framework(INDEX, project)
    entry = read_entry(delivery, project)
    current = _year(entry, year, framework, place, project)
    if current.is_empty and current.silent_file:
        raise NoSatisfactionError(
            f"Tệp {current.silent_file} không có câu trả lời năm {year} cho tiêu chí nào của "
            f"{current.edition.name_vi}: cần kiểm tra tiêu đề cột, hoặc khai báo cột của từng tiêu chí "
            "ở rules: sipas: columns trong tệp thông số của tỉnh."
        )
    if current.is_empty:
        raise NoSatisfactionError(
            f"Số liệu năm {year} của {place.name} không có kết quả đo lường sự hài lòng: cần tệp "
            "phieu-khao-sat, bảng «Kết quả SIPAS», hoặc số liệu sipas.overall trong so-lieu.csv."
        )
    edition = framework.edition(year)
    units = len(places.units(system_of_year(year)))
    result = SipasResult(
        index=INDEX,
        place=place,
        year=year,
        office=entry.office,
        status=entry.status,
        framework=framework,
        edition=edition,
        rules=current.rules,
        current=current,
        earlier=_earlier(entry, framework, place, project),
        national=national(place, year, units, framework, edition, current.rules, project),
    )
    return dataclasses.replace(result, missing=missing(result))


def _year(
    entry: Entry, year: int, framework: Framework, place: Place, project: Project
) -> SipasYear:
    edition = framework.edition(year)
    rules = rules_for(edition, entry.office.rules.get(INDEX, {}))
    survey: Survey | None = None
    silent = ""
    if year == entry.year:
        records = read_records(
            RECORDS, entry.delivery, project, entry.office, may_be_empty=entry.is_earlier
        )
        if records is not None:
            survey = measure(
                records.frame,
                edition,
                rules,
                year,
                records.origin,
                of_province=_is_of_province(entry.office.office.name, place, year),
            )
            silent = records.origin if survey is None else ""
    made = year_of(entry, year, survey, edition, rules, place)
    return dataclasses.replace(made, silent_file=silent)


def _is_of_province(office: str, place: Place, year: int) -> bool:
    """Tell whether an office stands for the province: its committee, or no authority of its own."""
    return not is_authority(office) or bare(office).endswith(bare(place.full_name(year)))


def delivered_twice(entry: Entry, project: Project) -> tuple[SipasYear, pd.DataFrame]:
    """Return what a delivery says about its year, and the printed results of its table alone.

    Parameters
    ----------
    entry : Entry
    project : Project

    Returns
    -------
    tuple of (SipasYear, DataFrame)
        Printed scores with the columns of :data:`helpers.analysis.sipas_survey.SCORE_COLUMNS`.

    Raises
    ------
    helpers.inputs.problems.InputError
        If something wrong was delivered.
    """
    framework = load_framework(INDEX, project)
    places = register(project)
    place = places.get(entry.slug, places.system_of_year(entry.year))
    current = _year(entry, entry.year, framework, place, project)
    rows = printed.rows_of(entry.table("sipas_results"), entry.year, entry.year)
    return current, printed.scores(rows, current.edition, current.rules)


def _earlier(
    entry: Entry, framework: Framework, place: Place, project: Project
) -> SipasYear | None:
    """Return the year before: its own delivery first, else what this one says about it."""
    year = entry.year - 1
    if not any(edition.first_year <= year for edition in framework.editions):
        return None
    last = delivery_before(place, entry, project)
    if last is not None:
        before = _year(last, year, framework, place, project)
        if not before.is_empty:
            return before
    if not _has_results(entry, year):
        return None
    told = _year(entry, year, framework, place, project)
    return None if told.is_empty else told


def _has_results(entry: Entry, year: int) -> bool:
    if entry.figures.get("sipas.overall", year) is not None:
        return True
    table = entry.table("sipas_results")
    return (
        bool((table["nam"].fillna(entry.year).astype(float) == year).any()) if len(table) else False
    )
