"""What a report on service quality (decision 766) is written from: one office in one year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from helpers.definitions.framework import (
    Band,
    Framework,
    FrameworkEdition,
    load_framework,
    rules_of,
)
from helpers.facts.value import Why
from helpers.facts.weak import WeakPoint
from helpers.indices.procedures.dossiers import units_of
from helpers.indices.service_quality import findings
from helpers.indices.service_quality.arithmetic import (
    Indicator,
    Ratio,
    Score,
    ServiceRules,
    score,
)
from helpers.indices.service_quality.disclosure import told, told_grade
from helpers.indices.service_quality.ratios import (
    OF_COUNTS,
    PERIODS,
    TABLE,
    WHOLE_YEAR,
    counted_ratios,
    delivered_ratios,
    empty_files,
    has_records,
    ratios_of_counts,
    without_channel,
)
from helpers.inputs.delivery import Delivery, provinces_by_year
from helpers.inputs.entry import Entry
from helpers.inputs.office import DataStatus, Office
from helpers.inputs.reading import delivered_for, delivery_before, has_delivered, read_entry
from helpers.inputs.results import published_results
from helpers.inputs.subject import Subject, of_units
from helpers.places import Place, register, system_of_year
from helpers.project import Project, find_project
from helpers.tidy import Looked
from helpers.words.document import Document

INDEX = "service_quality"


class NoRatiosError(LookupError):
    """An office delivered nothing from which an indicator follows."""


@dataclass(frozen=True)
class Period:
    """A unit (empty for the whole office) in a period, with its points."""

    unit: str
    name: str
    score: Score


@dataclass(frozen=True, repr=False)
class ServiceResult(Looked):
    """One office in one year.

    Parameters
    ----------
    index : str
    place : Place
    year : int
    office : Office
    status : {"official", "computed", "simulated"}
    framework, edition, rules
        What the index is, and was in that year.
    options : dict
        Value of every option, an office's own where it set one.
    period : str
        Period that the points are of: ``Cả năm``, ``Quý IV``.
    score : Score
        Of the whole office in `period`, without what was counted over few records.
    grade : Band or None
        Made with what is not told, too, unless it would give that away; None unless every indicator
        that applies has points.
    periods : tuple of Period
        The whole office in other periods, from early to late.
    units : tuple of Period
        Units of the office in `period`.
    before : Score or None
        Of the year before, whole year.
    published : DataFrame
        Published totals of the year, and of the province in any year (see
        :data:`helpers.inputs.published.PUBLISHED_COLUMNS`).
    missing : tuple of Why
        What could not be computed and what to deliver for it.
    subject : Subject
        Whose service the points are about.
    no_channel : int
        Rows of the file of dossiers without a channel, counted as direct; 0 where none were counted.
    not_compared : tuple of str
        Why the year before is not compared, though something of it is known or it was another unit.
    """

    index: str
    place: Place
    year: int
    office: Office
    status: DataStatus
    framework: Framework
    edition: FrameworkEdition
    rules: ServiceRules
    options: dict[str, float | None]
    period: str
    score: Score
    grade: Band | None
    periods: tuple[Period, ...]
    units: tuple[Period, ...]
    before: Score | None
    published: pd.DataFrame
    missing: tuple[Why, ...]
    subject: Subject
    no_channel: int = 0
    not_compared: tuple[str, ...] = ()

    def document(self) -> Document:
        """Return names and findings for the words."""
        return findings.document(self)

    def weak_points(self) -> tuple[WeakPoint, ...]:
        """Return the indicators that lost points, most first."""
        return findings.weak_points(self)

    @property
    def is_whole_year(self) -> bool:
        """Whether the points are of the whole year, not of its latest period."""
        return self.period == WHOLE_YEAR

    @property
    def withheld(self) -> tuple[Indicator, ...]:
        """Indicators that have points which are not told: they were counted over few records."""
        return tuple(
            one for one in self.score.indicators if one.ratio is not None and one.ratio.few
        )

    @property
    def own_options(self) -> tuple[str, ...]:
        """Options that the office set itself."""
        return tuple(self.office.rules.get(INDEX, {}))

    @property
    def dates(self) -> tuple[str, ...]:
        """Days on which the ratios were read, without repetition."""
        ratios = (one.ratio for one in self.score.indicators)
        found = (one.date for one in ratios if one is not None and one.numerator is not None)
        return tuple(dict.fromkeys(date for date in found if date))

    @property
    def portal_differences(self) -> tuple[Indicator, ...]:
        """Indicators whose points differ from those that the portal showed."""
        allowed = self.rules.published_tolerance
        return tuple(
            one
            for one in self.score.indicators
            if one.ratio is not None
            and one.ratio.portal is not None
            and one.points is not None
            and abs(one.points - one.ratio.portal) > allowed
        )


def available(project: Project | None = None) -> dict[int, tuple[str, ...]]:
    """Return the provinces that delivered ratios, dossiers or petitions, by year."""
    return provinces_by_year(deliveries(project))


def deliveries(project: Project | None = None) -> tuple[Delivery, ...]:
    """Return who delivered ratios, dossiers or petitions: provinces and their offices."""
    project = project or find_project()
    return delivered_for(project, lambda entry: tells_of(entry, project))


def tells_of(entry: Entry, project: Project) -> bool:
    """Tell whether a delivery has ratios, dossiers or petitions of a year that the index knows."""
    first = load_framework(INDEX, project).editions[0].first_year
    return entry.year >= first and (len(entry.table(TABLE)) > 0 or has_records(entry, project))


def evaluate(
    province: str, year: int, project: Project | None = None, office: str = ""
) -> ServiceResult:
    """Gather what an office's ratios, records and dossier counts say about a year.

    Parameters
    ----------
    province : str
        Slug or name, written in any usual way.
    year : int
    project : Project, optional
    office : str
        Slug of the office in its province; empty for the province itself.

    Returns
    -------
    ServiceResult

    Raises
    ------
    helpers.places.UnknownPlaceError
        If there is no such province.
    NoRatiosError
        If no indicator follows from what was delivered; the message says what to deliver.
    helpers.inputs.problems.InputError
        If what was delivered has errors.
    """
    project = project or find_project()
    place = register(project).find(province, system_of_year(year))
    framework = load_framework(INDEX, project)
    edition = framework.edition(year)
    rules = rules_of(edition, ServiceRules)
    delivery = Delivery(year, place.slug, office)
    if not has_delivered(delivery, project):
        raise NoRatiosError(_nothing(place, delivery))
    entry = read_entry(delivery, project)
    options = rules.chosen(entry.office.rules.get(INDEX, {}))
    period, ratios = _main(entry, rules, project)
    if not ratios and not has_records(entry, project):
        raise NoRatiosError(_nothing(place, delivery))
    made = score(map(told, ratios), edition, rules, options)
    by_key = delivered_ratios(entry)
    before, reasons, empty = _before(entry, place, framework, project)
    return ServiceResult(
        index=INDEX,
        place=place,
        year=year,
        office=entry.office,
        status=entry.status,
        framework=framework,
        edition=edition,
        rules=rules,
        options=options,
        period=period,
        score=made,
        grade=told_grade(ratios, edition, rules, options),
        periods=tuple(
            Period(unit, name, score(found, edition, rules, options))
            for (unit, name), found in by_key.items()
            if unit == "" and name != WHOLE_YEAR
        ),
        units=tuple(
            Period(unit, name, score(found, edition, rules, options))
            for (unit, name), found in by_key.items()
            if unit != "" and name == period
        ),
        before=before,
        not_compared=reasons,
        published=_published(place, year, project),
        missing=(
            *_missing(made),
            *(Why("empty_earlier", {"file": file, "earlier": year - 1}) for file in empty),
        ),
        subject=of_units(
            entry.office,
            place,
            year,
            (*(unit for unit, _ in by_key), *units_of(entry, project)),
        ),
        no_channel=without_channel(ratios, entry, project),
    )


def _nothing(place: Place, delivery: Delivery) -> str:
    return (
        f"{place.name} chưa cung cấp số liệu nào của Bộ chỉ số 766 năm {delivery.year}. Cần bảng «Bộ "
        "chỉ số 766» (tử số và mẫu số), hoặc tệp ho-so và phan-anh-kien-nghi trong "
        f"{delivery.folder_name}."
    )


def _main(entry: Entry, rules: ServiceRules, project: Project) -> tuple[str, tuple[Ratio, ...]]:
    """Return the period of the report and its ratios: delivered, then counted, then from counts.

    Those of few records are among them with their numbers, for the grade alone.
    """
    by_key = delivered_ratios(entry)
    own = [name for unit, name in by_key if unit == ""]
    period = max(own, key=PERIODS.index) if own else WHOLE_YEAR
    ratios = {ratio.code: ratio for ratio in by_key.get(("", period), ())}
    if period == WHOLE_YEAR:
        _fill(ratios, counted_ratios(entry, project, rules.petition_limit))
        if not all(_known(ratios, code) for code in OF_COUNTS):
            _fill(ratios, ratios_of_counts(entry, project))
    return period, tuple(ratios.values())


def _known(ratios: Mapping[str, Ratio], code: str) -> bool:
    found = ratios.get(code)
    if found is None or found.few:
        return False
    return not found.applies or found.numerator is not None


def _fill(ratios: dict[str, Ratio], others: Iterable[Ratio]) -> None:
    """Add ratios of which nothing is known yet; what the office delivered stays."""
    for ratio in others:
        if not _known(ratios, ratio.code):
            ratios[ratio.code] = ratio


def _before(
    entry: Entry, place: Place, framework: Framework, project: Project
) -> tuple[Score | None, tuple[str, ...], tuple[str, ...]]:
    """Return the points of the year before, why there are none, and its empty record files."""
    year = entry.year - 1
    if year < framework.editions[0].first_year:
        return None, (), ()
    reasons = framework.why_not_comparable(year, entry.year, place=place)
    if register(project).same_unit(place, year, entry.year):
        return None, reasons, ()
    earlier = delivery_before(place, entry, project)
    if earlier is None:
        return None, (), ()
    empty = empty_files(earlier, project)
    edition = framework.edition(year)
    rules = rules_of(edition, ServiceRules)
    options = rules.chosen(earlier.office.rules.get(INDEX, {}))
    period, ratios = _main(earlier, rules, project)
    if not ratios or period != WHOLE_YEAR:
        return None, (), empty
    if reasons:
        return None, reasons, empty
    return score(map(told, ratios), edition, rules, options), (), empty


def _published(place: Place, year: int, project: Project) -> pd.DataFrame:
    rows = published_results(INDEX, project)
    own = (rows["slug"] == place.slug) | (rows["parent_slug"] == place.slug)
    totals = (rows["code"] == "total") & (rows["year"] == year).fillna(False)
    return rows[own | totals].reset_index(drop=True)


def _missing(made: Score) -> Iterator[Why]:
    lacking = [one for one in made.indicators if one.state == "missing"]
    unknown = [one for one in lacking if one.ratio is None or not one.ratio.few]
    if unknown:
        names = tuple(f"{one.node.code} {one.node.short}" for one in unknown)
        yield Why("lacks_figures", {"names": names})
    for one in made.indicators:
        if one.ratio is None:
            continue
        told = {"code": one.node.code, "name": one.node.short, "origin": one.ratio.trace}
        if one.state == "missing" and one.ratio.few:
            yield Why("few_records", told)
        elif one.state == "missing" and one.ratio.unknown:
            yield Why("mostly_unknown", told)
        elif one.state == "impossible":
            yield Why("above_whole", told)
