"""A province at a glance: every index and year that was published, and what became of the unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from helpers.definitions.framework import Framework, profiled
from helpers.facts.value import Why
from helpers.indices.papi import result as papi
from helpers.indices.papi.result import PapiResult
from helpers.indices.scored.standing import TOTAL
from helpers.inputs.office import DataStatus
from helpers.inputs.results import NoResultError, published_results
from helpers.places import Place, Register, register, system_of_year
from helpers.project import Project, find_project
from helpers.reports.province.series import Series, all_series, newest_papi
from helpers.tidy import Looked
from helpers.words.document import Document
from helpers.words.text import runs_of_years

INDEX = "province"
NEAREST = 2
"""Neighbours in place, above and below."""


@dataclass(frozen=True)
class Neighbour:
    """A unit next to the province by PAPI score."""

    place: Place
    value: float
    rank: int
    n: int
    source: str
    own: bool


@dataclass(frozen=True, repr=False)
class ProvinceProfile(Looked):
    """All that is known of a province.

    Parameters
    ----------
    place : Place
    year : int
        The newest year that was looked at.
    series : tuple of Series
        Only indices with at least one value or place.
    papi : PapiResult or None
        The newest PAPI result of the territory as one unit; None for a unit formed from several.
    neighbours : tuple of Neighbour
        From high to low, the province among them.
    neighbour_year : int or None
    predecessors : tuple of Place
        Former units, where the unit was formed from several.
    parts : tuple of (Place, tuple of Series)
        What was published about each of them.
    successor : Place or None
        The unit that holds the territory since 1 July 2025.
    missing : tuple of Why
        What could not be shown, by the rules of the words.
    shown : tuple of Framework
        Every index that such a page shows, in its order.
    merger : str
        Who joined to form the unit of today (see `Register.merger`); empty if its borders stayed.
    """

    place: Place
    year: int
    series: tuple[Series, ...]
    papi: PapiResult | None
    neighbours: tuple[Neighbour, ...]
    neighbour_year: int | None
    predecessors: tuple[Place, ...]
    parts: tuple[tuple[Place, tuple[Series, ...]], ...]
    successor: Place | None
    missing: tuple[Why, ...]
    shown: tuple[Framework, ...] = ()
    merger: str = ""
    index: str = INDEX

    @property
    def status(self) -> DataStatus:
        """Of the whole page: as little official as its least official value."""
        shown = (*self.series, *(one for _, of_unit in self.parts for one in of_unit))
        told = {point.status for one in shown for point in one.points}
        return (
            "simulated" if "simulated" in told else "computed" if "computed" in told else "official"
        )

    def get(self, key: str) -> Series | None:
        """Return the series of an index, if there is one."""
        return next((series for series in self.series if series.key == key), None)

    def document(self) -> Document:
        """Return names and findings for the words."""
        from helpers.reports.province.findings import document

        return document(self)

    @property
    def placed_here(self) -> bool:
        """Whether scores and places of the neighbours were computed for units formed later."""
        year = self.neighbour_year
        return year is not None and system_of_year(year) != self.place.system

    @property
    def name(self) -> str:
        """Type and name in the year."""
        return self.place.full_name(self.year)


def available(project: Project | None = None) -> dict[int, tuple[str, ...]]:
    """Return the units that have a profile: for each territorial system in one year.

    Profiles show all years at once, so each unit has one: the 63 units in the last year whose scores
    speak of them, the 34 in the first year whose scores do.
    """
    project = project or find_project()
    places = register(project)
    old, new = places.system("63"), places.system("34")
    last = old.scores_to or new.scores_from - 1
    return {
        last: tuple(unit.slug for unit in places.units("63")),
        new.scores_from: tuple(unit.slug for unit in places.units("34")),
    }


def evaluate(province: str, year: int, project: Project | None = None) -> ProvinceProfile:
    """Gather everything published about a province.

    Parameters
    ----------
    province : str
        Slug or name, written in any usual way.
    year : int
        Decides the territorial system; later years are left out.
    project : Project, optional

    Returns
    -------
    ProvinceProfile

    Raises
    ------
    helpers.places.UnknownPlaceError
        If there is no such province.
    NoResultError
        If nothing at all was published about it.
    """
    project = project or find_project()
    places = register(project)
    place = places.find(province, system_of_year(year, project))
    if place.simulated:
        raise NoResultError(f"{place.name} là đơn vị giả định, không có kết quả đã công bố.")
    measured_as = place
    if place.system == "34" and not place.is_merged:
        (measured_as,) = places.predecessors_of(place)
    result = None if place.is_merged else newest_papi(measured_as, year, project)
    series = all_series(place, year, places, project, result)
    old = places.predecessors_of(place) if place.is_merged else ()
    parts = tuple(
        (unit, all_series(unit, year, places, project, newest_papi(unit, year, project)))
        for unit in old
    )
    if not series and not any(of_unit for _, of_unit in parts):
        raise NoResultError(f"Chưa có kết quả nào đã công bố về {place.name}.")
    around, measured = _neighbours(place, year, places, project, result)
    return ProvinceProfile(
        place=place,
        year=year,
        series=series,
        papi=result,
        neighbours=around,
        neighbour_year=measured,
        predecessors=old,
        parts=parts,
        successor=places.successor_of(place) if place.successor else None,
        missing=(
            *_missing(place, series, old, year, project),
            *(_not_computed(place, year, places, project) if old else ()),
        ),
        shown=profiled(project),
        merger=places.merger(place),
    )


def _neighbours(
    place: Place, year: int, places: Register, project: Project, result: PapiResult | None
) -> tuple[tuple[Neighbour, ...], int | None]:
    """Return the units next to the province in the newest PAPI total it has."""
    if place.system == "34":
        years = [y for y in papi.available(project) if y <= year]
        countries = [papi.evaluate_country(y, project) for y in sorted(years, reverse=True)]
        tables = [(c, c.merged if c.system == "63" else c.current) for c in countries]
    else:
        tables = [(result.country, result.country.current)] if result else []
    for country, rows in tables:
        totals = rows[rows["code"] == country.edition.root.code]
        ordered = totals.sort_values(["rank", "slug"]).reset_index(drop=True)
        own = ordered.loc[ordered["slug"] == place.slug, "rank"]
        if own.empty:
            continue
        near = ordered[ordered["rank"].isin(_near(ordered["rank"].tolist(), int(own.iloc[0])))]
        return tuple(
            Neighbour(
                place=places.get(str(row["slug"]), place.system),
                value=float(row["value"]),
                rank=int(row["rank"]),
                n=int(row["n"]),
                source=str(row["source"]),
                own=str(row["slug"]) == place.slug,
            )
            for _, row in near.iterrows()
        ), country.year
    return (), None


def _near(ranks: list[int], own: int) -> set[int]:
    """Return the places next to one, with all units that share them: at least two on each side."""
    above = sorted((rank for rank in ranks if rank < own), reverse=True)
    below = sorted(rank for rank in ranks if rank > own)
    return {own, *above[:NEAREST], *below[:NEAREST]}


def _missing(
    place: Place, series: tuple[Series, ...], old: tuple[Place, ...], year: int, project: Project
) -> Iterable[Why]:
    there = {one.key for one in series}
    lacking = tuple(one.short_name for one in profiled(project) if one.key not in there)
    for one in series:
        if one.key == papi.INDEX:
            continue
        rows = published_results(one.key, project)
        rows = rows[(rows["level"] == "province") & (rows["code"] == TOTAL)]
        found = {point.year for point in one.points}
        first = 0 if not old else min(found)
        gaps = [y for y in rows["year"].dropna().unique() if first <= y <= year and y not in found]
        if gaps:
            told = runs_of_years(int(year) for year in gaps)
            yield Why("years_not_found", {"index": one.name, "years": told, "place": place.name})
    if lacking:
        rule = "not_for_new_borders" if old else "not_found"
        yield Why(rule, {"indices": lacking, "place": place.name})


def _not_computed(place: Place, year: int, places: Register, project: Project) -> Iterable[Why]:
    """Say for which years no PAPI of a merged unit could be computed, and for want of what."""
    for measured in sorted(papi.available(project)):
        if measured > year or system_of_year(measured, project) == place.system:
            continue
        country = papi.evaluate_country(measured, project)
        rows = country.merged
        there = (rows["slug"] == place.slug) & (rows["code"] == country.edition.root.code)
        lacking = country.detail.incomplete.get(place.slug, ())
        if lacking and not there.any():
            names = tuple(places.get(slug, "63").in_full for slug in lacking)
            index = country.definition.short_name
            told = {"index": index, "year": measured, "place": place.name, "units": names}
            yield Why("parts_without_scores", told)
