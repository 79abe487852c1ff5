"""An index through the years, for the profile of a province: values, places, and where to stop."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from helpers.definitions import compare_years
from helpers.definitions.framework import Framework, profiled
from helpers.facts.change import segments
from helpers.facts.comparison import Comparison, compare
from helpers.facts.value import NONE, Error
from helpers.indices.papi import result as papi
from helpers.indices.papi.errors import error_of_merged, errors_of
from helpers.indices.papi.result import PapiCountry, PapiResult
from helpers.indices.scored.standing import Figure, read_published
from helpers.inputs.office import DataStatus
from helpers.places import Place, Register, system_of_year
from helpers.project import Project


@dataclass(frozen=True)
class Point:
    """One value of an index.

    Parameters
    ----------
    year : int
    value : float or None
        None where only a place was published.
    rank, n : int or None
        Place, and among how many units.
    middle : float or None
        Median of all units (PAPI) or published mean of the country, in the same unit.
    segment : int
        Years of one segment may be compared.
    source : str
        Where the value was read, or how it was computed.
    placed_here : bool
        Whether the place is among units that nobody placed: those of the 34 before they existed.
    doubt : str
        Why the value is not trusted; empty if it is.
    error : Error
        How far the value may lie off; none for a score given by rule.
    rank_source : str
        Where the place was read, if not where the value was.
    sharing : tuple of str
        Other units for which the same place was published.
    tied : int
        How many units print the same value and so hold a computed place together.
    status : {"official", "computed", "simulated"}
        As the line of the value says.
    group : str
        As published; empty if none was.
    """

    year: int
    value: float | None
    rank: int | None
    n: int | None
    middle: float | None
    segment: int
    source: str
    placed_here: bool = False
    doubt: str = ""
    error: Error = NONE
    rank_source: str = ""
    sharing: tuple[str, ...] = ()
    tied: int = 1
    status: DataStatus = "official"
    group: str = ""

    @property
    def computed(self) -> bool:
        """Whether this project computed the value; nobody published it."""
        return self.status == "computed"


@dataclass(frozen=True)
class Series:
    """An index through the years.

    Parameters
    ----------
    key, name, full_name : str
    sign : str
        What stands behind a value: ``%`` or nothing.
    unit : str
        What a difference is counted in: ``điểm``, ``điểm phần trăm``.
    decimals : int
    points : tuple of Point
        Ascending by year.
    breaks : tuple of (int, str)
        First year of a new method between two points, and why.
    from_table : bool
        Whether the scores of all units were read from the tables of their owner, and not from pages.
    sampled : bool
        Whether published values rest, in part, on a sample whose error is not known.
    """

    key: str
    name: str
    full_name: str
    sign: str
    unit: str
    decimals: int
    points: tuple[Point, ...]
    breaks: tuple[tuple[int, str], ...]
    sampled: bool = False
    from_table: bool = False

    @property
    def after(self) -> str:
        """What stands behind a value in a sentence: a sign, or the unit of a score."""
        return " điểm" if self.from_table else ""

    @property
    def valued(self) -> tuple[Point, ...]:
        """Points that have a value."""
        return tuple(point for point in self.points if point.value is not None)

    @property
    def latest(self) -> Point:
        """The newest point."""
        return self.points[-1]

    @property
    def comparable(self) -> tuple[Point, Point] | None:
        """The newest value and the one before it, if the two may be compared and none is doubted."""
        trusted = [point for point in self.valued if not point.doubt]
        if len(trusted) < 2 or trusted[-2].segment != trusted[-1].segment:
            return None
        return trusted[-2], trusted[-1]

    @property
    def movement(self) -> Comparison | None:
        """What may be said of the newest value against the one before it, if anything."""
        pair = self.comparable
        if pair is None or pair[0].value is None or pair[1].value is None:
            return None
        earlier, later = pair
        return compare(
            pair[1].value,
            pair[0].value,
            errors=(later.error, earlier.error),
            decimals=self.decimals,
        )


def newest_papi(place: Place, year: int, project: Project) -> PapiResult | None:
    """Return the newest PAPI result of a unit up to a year, if it has one in its own system."""
    years = [y for y, slugs in papi.available(project).items() if y <= year and place.slug in slugs]
    same = [y for y in years if system_of_year(y, project) == place.system]
    return papi.evaluate(place.slug, max(same), project) if same else None


def all_series(
    place: Place, year: int, places: Register, project: Project, result: PapiResult | None
) -> tuple[Series, ...]:
    """Return every index about which something was published of a unit.

    Parameters
    ----------
    place : Place
    year : int
        Later years are left out.
    places : Register
    project : Project
    result : PapiResult or None
        The unit's newest PAPI result; PAPI of a unit of the 34 is computed from its parts.
    """
    first = _back_series(place, year, places, project) if place.system == "34" else _papi(result)
    # PAPI of a unit formed from several is computed here; nobody published it.
    every = (
        first
        if framework.key == papi.INDEX
        else _published(framework, place, year, places, project)
        for framework in profiled(project)
    )
    return tuple(series for series in every if series is not None)


def _papi(result: PapiResult | None) -> Series | None:
    if result is None:
        return None
    code = result.edition.root.code
    rows = result.history[result.history["code"] == code].sort_values("year")
    slug = result.place.slug
    points = tuple(
        Point(
            year=int(row["year"]),
            value=float(row["value"]),
            rank=int(row["rank"]),
            n=int(row["n"]),
            middle=float(row["median"]),
            segment=int(row["segment"]),
            source=str(row["source"]),
            tied=int(row["tied"]),
            error=errors_of(result.country, code, int(row["year"]))[slug],
        )
        for _, row in rows.iterrows()
    )
    return _papi_series(points, result.country)


def _papi_series(points: tuple[Point, ...], country: PapiCountry) -> Series | None:
    if not points:
        return None
    definition = country.definition
    code = country.edition.root.code

    def why(earlier: int, later: int) -> tuple[str, ...]:
        return compare_years(definition, code, earlier, later).reasons

    return Series(
        key=definition.key,
        name=definition.short_name,
        full_name=definition.name_vi,
        sign="",
        unit="điểm",
        decimals=definition.decimals,
        points=points,
        breaks=_breaks([point.year for point in points], why),
        from_table=True,
    )


def _back_series(place: Place, year: int, places: Register, project: Project) -> Series | None:
    """Return PAPI of a unit of the 34, computed from its parts for years before the merger."""
    points: list[tuple[int, pd.Series, Error]] = []
    country = None
    for measured in sorted(papi.available(project)):
        if measured > year:
            continue
        country = papi.evaluate_country(measured, project)
        rows = country.merged if country.system == "63" else country.current
        code = country.edition.root.code
        own = rows[(rows["slug"] == place.slug) & (rows["code"] == code)]
        if not own.empty:
            error = (
                error_of_merged(country, place.slug, code)
                if country.system == "63"
                else errors_of(country, code)[place.slug]
            )
            points.append((measured, own.iloc[0], error))
    if country is None or not points:
        return None
    stretch = segments(
        country.definition, dict.fromkeys((y for y, _, _ in points), country.edition.root.code)
    )
    made = tuple(
        Point(
            year=measured,
            value=float(row["value"]),
            rank=int(row["rank"]),
            n=int(row["n"]),
            middle=float(row["median"]),
            segment=stretch[measured],
            source=str(row["source"]),
            tied=int(row["tied"]),
            status=row["status"],
            placed_here=places.system_of_year(measured) != place.system,
            error=error,
        )
        for measured, row, error in points
    )
    return _papi_series(made, country)


def _published(
    framework: Framework, place: Place, year: int, places: Register, project: Project
) -> Series | None:
    figures, means = _figures(framework.key, place, year, places, project)
    if not figures:
        return None
    measure = next((f.measure for f in figures if f.value is not None), figures[0].measure)
    years = [figure.year for figure in figures]

    def why(earlier: int, later: int) -> tuple[str, ...]:
        return framework.why_not_comparable(earlier, later, place=place)

    number, stretch = 0, {}
    for place_in_list, measured in enumerate(years):
        if place_in_list and why(years[place_in_list - 1], measured):
            number += 1
        stretch[measured] = number
    points = tuple(
        Point(
            year=figure.year,
            value=figure.value,
            rank=figure.rank,
            n=_units(figure, places, project) if figure.rank else None,
            middle=means.get(figure.year),
            segment=stretch[figure.year],
            source=figure.origin,
            doubt=figure.doubt,
            error=figure.error,
            rank_source=figure.rank_origin,
            sharing=figure.sharing,
            status=figure.status,
            group=figure.group,
        )
        for figure in figures
    )
    return _framework_series(framework, measure, points, _breaks(years, why))


def _framework_series(
    framework: Framework,
    measure: str,
    points: tuple[Point, ...],
    breaks: tuple[tuple[int, str], ...],
) -> Series:
    percent = measure.startswith("%")
    return Series(
        key=framework.key,
        name=framework.short_name,
        full_name=framework.name_vi,
        sign="%" if percent else "",
        unit="điểm phần trăm" if percent else "điểm",
        decimals=framework.decimals,
        points=points,
        breaks=breaks,
        sampled=framework.is_sampled(),
        from_table=framework.is_score_tree,
    )


def _figures(
    index: str, place: Place, year: int, places: Register, project: Project
) -> tuple[list[Figure], dict[int, float]]:
    """Return the totals of a unit; one of the 63 has none of the years after it was abolished."""
    published = read_published(index, place, year, project)
    last = places.system(place.system).scores_to or year
    figures = [f for f in published.history if f.year <= last]
    means = {mean.year: mean.value for mean in published.national_history if not mean.doubt}
    return figures, means


def _units(figure: Figure, places: Register, project: Project) -> int:
    return len(places.units(system_of_year(figure.year, project)))


def _breaks(
    years: Iterable[int], why: Callable[[int, int], tuple[str, ...]]
) -> tuple[tuple[int, str], ...]:
    found = []
    for before, after in pairwise(years):
        reasons = why(before, after)
        if not reasons:
            continue
        steps = {year: _step(why, year) for year in range(before + 1, after + 1)}
        # Each year has its own reason; only what no single step explains is told of the whole span.
        own = [(year, "; ".join(told)) for year, told in steps.items() if told]
        found += own or [(after, "; ".join(reasons))]
    return tuple(found)


def _step(why: Callable[[int, int], tuple[str, ...]], year: int) -> tuple[str, ...]:
    """Return why a year may not be compared with the one before, as far as both are defined."""
    try:
        return why(year - 1, year)
    except LookupError:
        return ()
