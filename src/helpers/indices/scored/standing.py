"""Where a province stands by what was published: total, parts, places, means, disagreements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from helpers.definitions.framework import Framework, load_framework
from helpers.facts.value import UNKNOWN, Error, rounding
from helpers.inputs.office import DataStatus
from helpers.inputs.results import (
    AFTER_MERGER,
    Conflict,
    conflicts,
    published_averages,
    published_results,
    settled,
)
from helpers.places import SYSTEMS, Place, fold, register, sort_key, system_of_year
from helpers.project import Project

TOTAL = "total"
_LEAST_FIRST: tuple[DataStatus, ...] = ("simulated", "computed")
_ONE = ["year", "level", "unit", "parent", "code", "unit_of_measure"]
"""Columns that say what a figure is about."""


@dataclass(frozen=True)
class Figure:
    """One published figure.

    Parameters
    ----------
    slug : str
        Province; empty for a unit below one.
    unit : str
        Name of what it is about.
    code, name : str
        Criterion, as the page names it.
    year : int
    value : float or None
        In `measure`; None if only a place was published.
    measure : str
        ``%``, ``điểm``, ``index 0-1``.
    rank : int or None
        Place as published; None if only a value was.
    source : str
        Address of the page.
    origin : str
        Where the row stands.
    doubt : str
        Why the value is not trusted; empty if it is.
    half : float
        How far the value may lie from what was measured: half a unit of its last digit, more where
        trusted pages print it differently.
    rank_source, rank_origin : str
        Of the place, which may have been read on another page.
    sharing : tuple of str
        Other units for which this place was published, too.
    level : str
        ``province``, ``department``, ``district`` or ``commune``: units of one level are placed
        among each other.
    sampled : bool
        Whether the value rests, in part, on a sample whose error is not known.
    status : {"official", "computed", "simulated"}
        As its line says.
    group : str
        As published; empty if none was.
    read_from : str
        File and sheet that were read, where `source` holds more than one; else empty.
    """

    slug: str
    unit: str
    code: str
    name: str
    year: int
    value: float | None
    measure: str
    rank: int | None
    source: str
    origin: str
    doubt: str
    half: float = 0.0
    rank_source: str = ""
    rank_origin: str = ""
    sharing: tuple[str, ...] = ()
    level: str = ""
    sampled: bool = False
    status: DataStatus = "official"
    group: str = ""
    read_from: str = ""

    @property
    def known(self) -> float:
        """The value; raises ValueError where there is none, which is not 0."""
        if self.value is None:
            raise ValueError(f"{self.slug}: chưa có giá trị.")
        return self.value

    @property
    def error(self) -> Error:
        """The error of the value, for :func:`helpers.facts.comparison.compare`."""
        return UNKNOWN if self.sampled else Error("rounding", half=self.half)

    @classmethod
    def of(
        cls, row: Any, beside: Beside | None = None, framework: Framework | None = None
    ) -> Figure:
        """Read a row of :func:`helpers.inputs.results.settled`.

        Parameters
        ----------
        row : Series
        beside : Beside, optional
            What else was published: other values of the same figure, other units of the same place.
        framework : Framework, optional
            Says which figures rest on a sample.
        """
        apart = 0.0 if beside is None else beside.apart(row)
        return cls(
            slug=str(row["slug"]),
            unit=str(row["unit"]),
            code=str(row["code"]),
            name=str(row["name"]),
            year=int(row["year"]),
            value=None if pd.isna(row["value"]) else float(row["value"]),
            measure=str(row["unit_of_measure"]),
            rank=None if pd.isna(row["rank"]) else int(row["rank"]),
            source=str(row["source"]),
            origin=str(row["origin"]),
            doubt=str(row["doubt"]),
            half=_half(row) + apart,
            rank_source=str(row["rank_source"]),
            rank_origin=str(row["rank_origin"]),
            sharing=() if beside is None else beside.sharing(row),
            level=str(row["level"]),
            sampled=framework is not None and framework.is_sampled(str(row["code"])),
            status=row["status"],
            group=str(row["group"]),
            read_from=str(row["read_from"]),
        )


def _half(row: Any) -> float:
    return 0.0 if pd.isna(row["decimals"]) else rounding(int(row["decimals"])).half


class Beside:
    """What was published beside each figure: other values of it, and other units of its place."""

    def __init__(self, rows: pd.DataFrame, kept: pd.DataFrame) -> None:
        trusted = rows[(rows["doubt"] == "") & rows["value"].notna()]
        spans = trusted.groupby(_ONE, dropna=False)["value"].agg(["min", "max"])
        spans = spans[spans["min"] < spans["max"]]
        self._spans = {key: (low, high) for key, low, high in spans.itertuples()}
        ranked = kept[(kept["level"] == "province") & kept["rank"].notna() & kept["year"].notna()]
        self._names: dict[tuple[object, ...], list[str]] = {}
        for year, code, rank, unit in ranked[["year", "code", "rank", "unit"]].itertuples(
            index=False
        ):
            self._names.setdefault((int(year), code, int(rank)), []).append(str(unit))

    def apart(self, row: Any) -> float:
        """Return how far the furthest trusted value of another page lies from that of the row."""
        low, high = self._spans.get(tuple(row[column] for column in _ONE), (None, None))
        if low is None or high is None or pd.isna(row["value"]):
            return 0.0
        return float(max(row["value"] - low, high - row["value"], 0.0))

    def sharing(self, row: Any) -> tuple[str, ...]:
        """Return the other provinces for which the place of the row was published."""
        if row["level"] != "province" or pd.isna(row["rank"]) or pd.isna(row["year"]):
            return ()
        named = self._names.get((int(row["year"]), row["code"], int(row["rank"])), [])
        return tuple(sorted((name for name in named if name != row["unit"]), key=sort_key))


@dataclass(frozen=True)
class Mean:
    """A published mean.

    Parameters
    ----------
    unit : str
        Region, or what the page calls the country.
    year : int
    value : float
    origin, source, note : str
    others : tuple of Mean
        What other pages print for the same mean.
    doubt : str
    half : float
        How far the value may lie from what was computed (see :class:`Figure`).
    sampled : bool
    status : {"official", "computed", "simulated"}
        See :class:`Figure`.
    """

    unit: str
    year: int
    value: float
    origin: str
    source: str
    note: str
    doubt: str = ""
    others: tuple[Mean, ...] = ()
    half: float = 0.0
    sampled: bool = False
    status: DataStatus = "official"

    @property
    def error(self) -> Error:
        """The error of the value, for :func:`helpers.facts.comparison.compare`."""
        return UNKNOWN if self.sampled else Error("rounding", half=self.half)


def status_of(lines: Iterable[Figure | Mean]) -> DataStatus:
    """Return what a page made of these lines is: as little official as the least official of them."""
    told = {line.status for line in lines}
    return next((status for status in _LEAST_FIRST if status in told), "official")


@dataclass(frozen=True)
class Published:
    """What was published about a province and year.

    Parameters
    ----------
    place : Place
    year : int
    units : int
        Provinces and cities of the year's territorial system.
    total : Figure or None
    parts : tuple of Figure
        Components and parts of the total, in the order of the file.
    history : tuple of Figure
        Totals of all years up to this one in which the unit was the same.
    peers : tuple of Figure
        Totals of all provinces for the year, by published place, then by value.
    below : tuple of Figure
        Totals of departments, districts and communes of the province.
    national, region : Mean or None
    regions : tuple of Mean
        From high to low.
    national_history : tuple of Mean
    conflicts : tuple of Conflict
        About this province, this year and the year before.
    """

    place: Place
    year: int
    units: int
    total: Figure | None = None
    parts: tuple[Figure, ...] = ()
    history: tuple[Figure, ...] = ()
    peers: tuple[Figure, ...] = ()
    below: tuple[Figure, ...] = ()
    national: Mean | None = None
    region: Mean | None = None
    regions: tuple[Mean, ...] = ()
    national_history: tuple[Mean, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was published for the year that the report could show."""
        means = self.national is not None or bool(self.regions)
        return self.total is None and not self.peers and not self.below and not means

    @property
    def valued(self) -> tuple[Figure, ...]:
        """Peers with a value that is not doubted, from high to low."""
        kept = [peer for peer in self.peers if peer.value is not None and not peer.doubt]
        return tuple(sorted(kept, key=lambda peer: -peer.known))

    @property
    def ranked(self) -> bool:
        """Whether a place was published of any province."""
        return any(peer.rank is not None for peer in self.peers)

    @property
    def status(self) -> DataStatus:
        """Of all that was published, by what the lines say."""
        means = (*self.regions, *self.national_history)
        return status_of((*self.history, *self.parts, *self.peers, *self.below, *means))

    def before(self, year: int) -> Figure | None:
        """Return the total of an earlier year."""
        return next((figure for figure in self.history if figure.year == year), None)

    def part(self, code: str) -> Figure | None:
        """Return a part or component of the total."""
        return next((figure for figure in self.parts if figure.code == code), None)


def read_published(index: str, place: Place, year: int, project: Project) -> Published:
    """Gather what was published about a province and year.

    Parameters
    ----------
    index : str
        Key.
    place : Place
        A simulated place has nothing published, and real figures are not set beside it.
    year : int
        Year measured.
    project : Project

    Raises
    ------
    helpers.inputs.problems.InputError
        If the published tables are broken.
    """
    units = len(register(project).units(system_of_year(year)))
    if place.simulated:
        return Published(place, year, units)
    framework = load_framework(index, project)
    rows = published_results(index, project)
    kept = settled(rows)
    beside = Beside(rows, kept)

    def figures(found: pd.DataFrame) -> tuple[Figure, ...]:
        return tuple(Figure.of(row, beside, framework) for _, row in found.iterrows())

    provinces = kept[(kept["level"] == "province") & kept["year"].notna()]
    # A slug can name another territory in another year, and a territory can have another slug.
    same = {int(y): register(project).unit_in(place, int(y)) for y in provinces["year"].unique()}
    slugs = {measured: unit.slug for measured, unit in same.items() if unit is not None}
    own = provinces[provinces["slug"] == provinces["year"].map(slugs)]
    totals = own[(own["code"] == TOTAL) & (own["year"] <= year)].sort_values("year")
    history = figures(totals)
    of_year = own[(own["year"] == year) & ~own["code"].isin((TOTAL, AFTER_MERGER))]
    peers = provinces[(provinces["year"] == year) & (provinces["code"] == TOTAL)]
    below = kept[(kept["parent_slug"] == place.slug) & (kept["year"] == year)]
    means = _means(framework, project)
    national = [mean for level, mean in means if level == "national" and mean.year <= year]
    regions = [mean for level, mean in means if level == "region" and mean.year == year]
    disputed = [
        conflict
        for conflict in conflicts(rows)
        if conflict.unit in {place.own_name, place.name, *(figure.unit for figure in history)}
        and conflict.year in (year, year - 1)
        and conflict.level == "province"
    ]
    return Published(
        place=place,
        year=year,
        units=units,
        total=next((figure for figure in history if figure.year == year), None),
        parts=figures(of_year),
        history=history,
        peers=tuple(sorted(figures(peers), key=_by_place)),
        below=figures(below[below["code"] == TOTAL]),
        national=next((mean for mean in national if mean.year == year), None),
        region=next((mean for mean in regions if fold(mean.unit) == fold(place.region)), None),
        regions=tuple(sorted(regions, key=lambda mean: -mean.value)),
        national_history=tuple(sorted(national, key=lambda mean: mean.year)),
        conflicts=tuple(disputed),
    )


def _by_place(figure: Figure) -> tuple[float, float, str]:
    rank = float("inf") if figure.rank is None else float(figure.rank)
    # An unknown value is not 0 and not the highest: it stands behind those that are known.
    return rank, float("inf") if figure.value is None else -figure.value, figure.slug


def _means(framework: Framework, project: Project) -> list[tuple[str, Mean]]:
    rows = published_averages(framework.key, project)
    rows = rows[(rows["code"] == TOTAL) & rows["level"].isin(("national", "region"))]
    # "DTI quốc gia" is the index of the country itself, not the mean of the provinces.
    rows = rows[~rows["unit"].str.contains("quốc gia", regex=False)]
    places = register(project)
    regions = {fold(name): name for system in SYSTEMS for name in places.regions(system)}
    rows = rows.assign(unit=[regions.get(fold(unit), unit) for unit in rows["unit"]])
    made = []
    for (level, _, _), same in rows.groupby(["level", "year", "unit"], sort=False):
        ordered = sorted(
            (_mean(row, sampled=framework.is_sampled(TOTAL)) for _, row in same.iterrows()),
            key=lambda mean: bool(mean.doubt),
        )
        first = ordered[0]
        others = tuple(mean for mean in ordered[1:] if mean.value != first.value)
        made.append((str(level), _with(first, others)))
    return made


def _mean(row: Any, *, sampled: bool) -> Mean:
    return Mean(
        unit=str(row["unit"]),
        year=int(row["year"]),
        value=float(row["value"]),
        origin=str(row["origin"]),
        source=str(row["source"]),
        note=str(row["note"]),
        doubt=str(row["doubt"]),
        half=_half(row),
        sampled=sampled,
        status=row["status"],
    )


def _with(mean: Mean, others: tuple[Mean, ...]) -> Mean:
    apart = max((abs(o.value - mean.value) for o in others if not o.doubt), default=0.0)
    return replace(mean, others=others, half=mean.half + apart)
