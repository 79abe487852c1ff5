"""The home page: find a province by name, by map or by region; indices; what is new."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.places import Register, System
from helpers.project import Project
from helpers.site import addresses
from helpers.site.frame import render
from helpers.site.settings import Release, Site

_NEWEST = 3


@dataclass(frozen=True)
class TileLink:
    """A square of the map; the archipelagos stand `far` and are links to nothing of their own."""

    label: str
    name: str
    target: str
    column: int
    row: int
    far: bool

    @property
    def area(self) -> str:
        """Place in the grid; an archipelago's long name takes four squares of open sea."""
        if self.far:
            return f"{self.row} / {self.column - 1} / span 2 / span 2"
        return f"{self.row} / {self.column}"


@dataclass(frozen=True)
class RegionLinks:
    """A region with its units: name and address."""

    name: str
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Map:
    """The tile map of a territorial system, and the same units by region."""

    system: str
    columns: int
    tiles: tuple[TileLink, ...]
    regions: tuple[RegionLinks, ...]


@dataclass(frozen=True)
class Card:
    """An index in one sentence."""

    key: str
    name: str
    sentence: str
    target: str | None
    method: str
    years: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class HomePage:
    """Everything that the home page is made from."""

    site: Site
    maps: tuple[Map, ...]
    indices: tuple[Card, ...]
    releases: tuple[Release, ...]
    address: str = addresses.HOME

    def files(self, project: Project) -> dict[str, bytes]:
        """Return the page."""
        page = render(
            "home.html.j2",
            self.site,
            self.address,
            self.site.name,
            section="home",
            description=self.site.sentence,
            maps=self.maps,
            indices=self.indices,
            releases=self.releases[:_NEWEST],
        )
        return {"index.html": page}


def map_of(system: System, places: Register) -> Map:
    """Return the tile map of a system with links to the pages of its units."""
    units = {unit.slug: unit for unit in places.units(system)}
    tiles = [
        TileLink(
            label=tile.label,
            name=units[tile.belongs_to].name,
            target=addresses.province(units[tile.belongs_to], places),
            column=tile.column + 1,
            row=tile.row + 1,
            far=tile.kind == "archipelago",
        )
        for tile in places.tiles(system)
    ]
    regions = tuple(
        RegionLinks(
            region,
            tuple(
                (unit.name, addresses.province(unit, places))
                for unit in places.units(system)
                if unit.region == region
            ),
        )
        for region in places.regions(system)
    )
    # Whoever goes through the map by keyboard or ear goes from north to south.
    tiles.sort(key=lambda tile: (tile.row, tile.column))
    return Map(system, max(tile.column for tile in tiles), tuple(tiles), regions)
