"""What a PAPI report is written from: one province, or the whole country, in one year."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal

import pandas as pd

from helpers.definitions import Framework, FrameworkEdition, load_framework
from helpers.facts.change import changes, segments, years_to_compare
from helpers.facts.region import regional_means
from helpers.facts.rows import Change, Score
from helpers.facts.standing import add_standing
from helpers.indices.papi.arithmetic import YearScores, year_scores
from helpers.inputs import imported
from helpers.kept import MakesOnce, while_unchanged
from helpers.places import Place, Register, System, listed, register, system_of_year
from helpers.project import Project, find_project
from helpers.tidy import Looked

if TYPE_CHECKING:
    from helpers.words.document import Document

INDEX = "papi"


class NoScoresError(LookupError):
    """There is nothing to report on for this province and year."""


@dataclass(frozen=True, repr=False)
class PapiCountry(MakesOnce, Looked):
    """The whole country in one year: what every report of that year shares.

    Parameters
    ----------
    year : int
    system : {"63", "34"}
        Territorial system in which the year was measured.
    definition, edition
        What PAPI is, and was in that year.
    places : Register
    standing : DataFrame
        All scores of all years with places, groups and spread (see :mod:`helpers.facts.standing`).
    regions : DataFrame
        Regional means of the year: ``region, code, mean, n``.
    merged : DataFrame
        The year on the 34 units with standing; empty for a year measured on them.
    detail : YearScores
        Check sums and what could not be merged.
    indicators, intervals : DataFrame
        From an imported workbook, for the year; empty without one.
    project : Project or None
        The checkout that it was read from; None for the one around the current folder.
    """

    year: int
    system: System
    definition: Framework
    edition: FrameworkEdition
    places: Register
    standing: pd.DataFrame
    regions: pd.DataFrame
    merged: pd.DataFrame
    detail: YearScores
    indicators: pd.DataFrame
    intervals: pd.DataFrame
    project: Project | None = field(default=None, repr=False, compare=False)

    index: ClassVar[str] = INDEX

    @property
    def heading(self) -> str:
        """What a cell calls it."""
        return f"{self.definition.short_name} {self.year}, cả nước"

    def tidy(self) -> pd.DataFrame:
        """Return the year's scores of all units as a tidy table (:data:`helpers.tidy.COLUMNS`)."""
        from helpers.indices.papi.tidy import of_country

        return of_country(self)

    @property
    def current(self) -> pd.DataFrame:
        """Standing of the year's own scores."""
        return self.once("current", self._of_the_year)

    def _of_the_year(self) -> pd.DataFrame:
        return self.standing[
            (self.standing["year"] == self.year) & (self.standing["system"] == self.system)
        ]

    @property
    def years(self) -> tuple[int, ...]:
        """All years with scores in this system, up to the year of the report."""
        own = self.standing[self.standing["system"] == self.system]
        return tuple(sorted(int(y) for y in own["year"].unique() if y <= self.year))

    @property
    def previous_year(self) -> int | None:
        """The latest year before with scores, if there is one."""
        before = [year for year in self.years if year < self.year]
        return max(before) if before else None

    @property
    def measured(self) -> tuple[Place, ...]:
        """Units that have at least one score in the year, in Vietnamese order."""
        slugs = set(self.current["slug"])
        return tuple(p for p in self.places.units(self.system) if p.slug in slugs)

    @property
    def missing(self) -> tuple[Place, ...]:
        """Units without any score in the year, in Vietnamese order."""
        slugs = set(self.current["slug"])
        return tuple(p for p in self.places.units(self.system) if p.slug not in slugs)

    def document(self) -> Document:
        """Return names and findings for the words."""
        return self._document

    @cached_property
    def _document(self) -> Document:
        from helpers.indices.papi.findings_country import document

        return document(self)

    @property
    def has_sub_dimensions(self) -> bool:
        """Whether scores below the dimensions are known for the year."""
        return bool(self.current["code"].str.contains(".", regex=False).any())


@dataclass(frozen=True, repr=False)
class PapiResult(Looked):
    """One province in one year, with the country around it.

    Parameters
    ----------
    place : Place
        The province, in the territorial system of the year.
    country : PapiCountry
    standing : DataFrame
        The province's scores of the year, indexed by code in the order of the report: ``value, rank,
        n, tied, group, group_confirmed, median, mean, lowest, highest, region_mean, region_n,
        source``.
    history : DataFrame
        Total and dimensions over the years: ``year, code, value, rank, n, tied, group, median,
        segment``; years of one ``segment`` may be compared.
    changes : DataFrame
        See :func:`helpers.facts.change.changes`.
    successor : Place or None
        The unit the province belongs to since 1 July 2025.
    """

    place: Place
    country: PapiCountry
    standing: pd.DataFrame
    history: pd.DataFrame
    changes: pd.DataFrame
    successor: Place | None

    index: ClassVar[str] = INDEX

    @property
    def year(self) -> int:
        """Year measured."""
        return self.country.year

    @property
    def edition(self) -> FrameworkEdition:
        """What PAPI was in that year."""
        return self.country.edition

    @property
    def definition(self) -> Framework:
        """What PAPI is through the years."""
        return self.country.definition

    @property
    def heading(self) -> str:
        """What a cell calls it."""
        return f"{self.definition.short_name} {self.year}, {self.place.name}"

    def tidy(self) -> pd.DataFrame:
        """Return the unit's scores of the year as a tidy table (:data:`helpers.tidy.COLUMNS`)."""
        rows = self.country.tidy()
        return rows[rows["slug"] == self.place.slug].reset_index(drop=True)

    def score(self, code: str) -> Score:
        """Return the province's score of a criterion with where it stands.

        Raises
        ------
        KeyError
            If the province has no value for `code`; the message lists the codes that have one.
        """
        if code not in self.standing.index:
            raise KeyError(
                f"{self.place.name} không có điểm mang mã «{code}» năm {self.year}; "
                f"có: {', '.join(self.standing.index)}"
            )
        return Score.of(code, self.standing.loc[code])

    def top_codes(self) -> tuple[str, ...]:
        """Return the codes of total and dimensions for which the province has a value."""
        top = (self.edition.root, *self.edition.dimensions)
        return tuple(c.code for c in top if c.code in self.standing.index)

    def dimension_codes(self) -> tuple[str, ...]:
        """Return the codes of the dimensions for which the province has a value."""
        return tuple(c.code for c in self.edition.dimensions if c.code in self.standing.index)

    def changes_since(self, earlier: int) -> tuple[Change, ...]:
        """Return the changes of total and dimensions since a year, comparable or not."""
        rows = self.changes
        rows = rows[(rows["earlier"] == earlier) & rows["code"].isin(self.top_codes())]
        return tuple(Change.of(row) for _, row in rows.iterrows())

    def refused_since(self, earlier: int) -> dict[str, tuple[str, ...]]:
        """Return the top criteria that may not be compared with a year, with the reasons."""
        return {c.code: c.reasons for c in self.changes_since(earlier) if not c.allowed}

    @property
    def changes_of_years(self) -> tuple[tuple[Literal["previous", "base"], int], ...]:
        """The years looked back to, the latest first, and whether each is the base of the term."""
        base = self.definition.base_year(self.year)
        years = [int(year) for year in self.changes["earlier"].drop_duplicates()]
        return tuple(("base" if year == base else "previous", year) for year in years)

    def document(self) -> Document:
        """Return names and findings for the words."""
        return self._document

    @cached_property
    def _document(self) -> Document:
        from helpers.indices.papi.findings import document

        return document(self)

    @property
    def has_total(self) -> bool:
        """Whether the province has a total; in some years only dimensions were published."""
        return self.edition.root.code in self.standing.index

    @property
    def interval(self) -> pd.Series | None:
        """Published interval of the total (``low, high, standard_error``), if one was imported.

        One without width is left out: no survey measures without error.
        """
        rows = self.country.intervals
        rows = rows[(rows["year"] == self.year) & (rows["slug"] == self.place.slug)]
        rows = rows[rows["low"] < rows["high"]]
        return None if rows.empty else rows.iloc[0]


def available(project: Project | None = None) -> dict[int, tuple[str, ...]]:
    """Return the units that have PAPI scores, by year.

    Parameters
    ----------
    project : Project, optional

    Returns
    -------
    dict
        Slugs in Vietnamese order for each year, in the territorial system of that year.
    """
    project = project or find_project()
    scores = imported.scores(INDEX, project)
    places = register(project)
    found = {}
    for year, rows in scores.groupby("year"):
        system = system_of_year(int(str(year)))
        slugs = set(rows.loc[rows["system"] == system, "slug"])
        found[int(str(year))] = tuple(p.slug for p in places.units(system) if p.slug in slugs)
    return found


def evaluate_country(year: int, project: Project | None = None) -> PapiCountry:
    """Gather what the scores of a year say about the country.

    Parameters
    ----------
    year : int
        Year measured.
    project : Project, optional

    Returns
    -------
    PapiCountry

    Raises
    ------
    NoScoresError
        If no scores of the year are known; the message lists the years that have some.
    """
    project = project or find_project()
    system_of_year(year, project)  # a year that is none is told before anything is compared with it
    return _country(year, project)


def warm(year: int, project: Project) -> None:
    """Compute once what all reports of a year share; they find it done."""
    evaluate_country(year, project)


def _files(year: int, project: Project) -> list[Path]:
    """Return all files that PAPI is read from, whatever the year."""
    folders = (
        project.published / INDEX,
        project.definitions,
        project.places,
        project.imported / INDEX,
    )
    errors = project.published / f"{INDEX}_errors.csv"
    return [errors, *(path for folder in folders for path in sorted(folder.glob("*")))]


@while_unchanged(_files, size=16)
def _country(year: int, project: Project) -> PapiCountry:
    definition = load_framework(INDEX, project)
    edition = definition.edition(year)
    places = register(project)
    system = system_of_year(year)
    scores = imported.scores(INDEX, project)
    of_year = scores[(scores["year"] == year) & (scores["system"] == system)]
    if of_year.empty:
        years = ", ".join(str(y) for y in sorted(scores["year"].unique()))
        raise NoScoresError(
            f"Chưa có điểm PAPI năm {year}. Các năm đã có: {years}. "
            "Có thể nạp thêm bằng lệnh: chiso import papi TỆP.xlsm"
        )
    weights = {unit.slug: places.weights(unit) for unit in places.units("34")}
    detail = year_scores(of_year, edition, weights)
    region_of = {unit.slug: unit.region for unit in places.units(system)}
    indicators = imported.indicators(INDEX, project)
    return PapiCountry(
        year=year,
        system=system,
        definition=definition,
        edition=edition,
        places=places,
        standing=add_standing(scores, definition.groups, definition.decimals),
        regions=regional_means(of_year, region_of),
        merged=add_standing(
            _with_names(detail.merged, places), definition.groups, definition.decimals
        ),
        detail=detail,
        indicators=indicators[indicators["year"] == year],
        intervals=imported.intervals(INDEX, project),
        project=project,
    )


def _with_names(merged: pd.DataFrame, places: Register) -> pd.DataFrame:
    """Name the parts of each computed score, so that a reader can follow its source."""
    parts = {
        unit.slug: listed([old.name for old in places.predecessors_of(unit)])
        for unit in places.units("34")
        if unit.is_merged
    }
    named = "bình quân theo dân số năm 2020 của " + merged["slug"].map(parts)
    return merged.assign(source=merged["source"].where(named.isna(), named))


def evaluate(province: str, year: int, project: Project | None = None) -> PapiResult:
    """Gather what the scores say about a province in a year.

    Parameters
    ----------
    province : str
        Slug or name, written in any usual way.
    year : int
        Year measured.
    project : Project, optional

    Returns
    -------
    PapiResult

    Raises
    ------
    helpers.places.UnknownPlaceError
        If there is no such province; the message proposes the nearest names.
    NoScoresError
        If the province has no score in the year.
    """
    project = project or find_project()
    place = register(project).find(province, system_of_year(year))
    country = evaluate_country(year, project)
    return of_province(place, country)


def of_province(place: Place, country: PapiCountry) -> PapiResult:
    """Pick one province out of a country (see :func:`evaluate`)."""
    year, definition, edition = country.year, country.definition, country.edition
    codes = [c.code for c in edition.nodes]
    current = country.current
    own = current[current["slug"] == place.slug].set_index("code")
    if own.empty:
        missing = ", ".join(p.name for p in country.missing)
        raise NoScoresError(
            f"{place.name} không có điểm PAPI năm {year}. Không có số liệu năm {year}: {missing}."
        )
    own = own.loc[[code for code in codes if code in own.index]]
    region = country.regions[country.regions["region"] == place.region].set_index("code")
    own = own.assign(region_mean=region["mean"], region_n=region["n"])

    past = country.standing[
        (country.standing["slug"] == place.slug) & (country.standing["system"] == country.system)
    ]
    top = {edition.root.code, *(d.code for d in edition.dimensions)}
    history = past[past["code"].isin(top) & (past["year"] <= year)].sort_values("year")
    history = history.assign(segment=0)
    for code, rows in history.groupby("code"):
        stretch = segments(definition, dict.fromkeys(rows["year"], str(code)))
        history.loc[rows.index, "segment"] = rows["year"].map(stretch)

    earlier = years_to_compare(year, past["year"].unique(), definition.base_year(year))
    return PapiResult(
        place=place,
        country=country,
        standing=own,
        history=history[
            ["year", "code", "value", "rank", "n", "tied", "group", "median", "segment", "source"]
        ],
        changes=changes(past, definition, place.slug, year, earlier),
        successor=country.places.successor_of(place) if place.successor else None,
    )


national = evaluate_country
"""As the notebooks of every index spell it."""
