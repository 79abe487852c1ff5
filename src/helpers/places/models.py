"""What the register is made of: dated units, territorial systems, tiles, and what can go wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

System = Literal["63", "34"]
UnitType = Literal["tỉnh", "thành phố"]
NameUse = Literal["first", "later", "table", "map", "chart", "caption", "title"]
"""Where a name is printed: running text (first or later), or one of the other parts of a page."""

SYSTEMS: tuple[System, ...] = ("63", "34")


class UnknownPlaceError(LookupError):
    """A text names no province or city of the system asked for; the message is for users."""


class RegisterError(ValueError):
    """A file of the register is wrong; the message names file, row and column."""


@dataclass(frozen=True)
class TypeChange:
    """A day from which a unit has another type, and another name if it was renamed with it.

    Parameters
    ----------
    since : date
        First day of the new type.
    type : {"tỉnh", "thành phố"}
        "thành phố" is a city under central authority.
    name : str
        Name from that day on.
    basis : str
        Legal basis.
    """

    since: date
    type: UnitType
    name: str
    basis: str


@dataclass(frozen=True)
class Place:
    """A province or centrally-run city of one territorial system.

    The same slug can stand for two territories: ``("63", "lam-dong")`` and ``("34", "lam-dong")``
    are different places, as seven of the statistical codes are. Join on `key`, never on `slug`,
    `name` or `gso_code` alone.

    Parameters
    ----------
    slug : str
        Name in ASCII, words joined by hyphens.
    system : {"63", "34"}
        Territorial system that the unit belongs to.
    own_name : str
        Name without type, as usual in the system ("Thừa Thiên Huế" in "63", "Huế" in "34"). For
        matching and sorting; what is printed comes from `called`.
    name_en : str
    gso_code : str
        Two-digit code of the statistics office, of this system.
    region, region_en : str
        Socio-economic region, of this system.
    valid_from : date
        First day of the system.
    valid_to : date or None
        Last day of the system; None if it is in force.
    predecessors : tuple of str
        Slugs in "63" that the unit was formed of; empty for units of "63".
    successor : str or None
        Slug in "34" of the unit that holds the territory now; None for units of "34".
    population_2020 : float
        Average population of 2020 in thousand persons; for units of "34" the sum.
    aliases : tuple of str
        Other spellings that `Register.find` accepts.
    original_type : {"tỉnh", "thành phố"}
        Type on `valid_from`.
    type_changes : tuple of TypeChange
        Later changes, oldest first.
    short_name : str
        "TP. Hồ Chí Minh" where the name without its type means something else, here the person;
        empty for a unit that is written by its name alone.
    simulated : bool
        Whether it is no real place but stands for made-up data. It is found by name, but it is no
        unit of its system: it has no code, region, population, tile or weight, and its name holds
        its type already ("Tỉnh Mẫu").
    """

    slug: str
    system: System
    own_name: str
    name_en: str
    gso_code: str
    region: str
    region_en: str
    valid_from: date
    valid_to: date | None
    predecessors: tuple[str, ...]
    successor: str | None
    population_2020: float
    aliases: tuple[str, ...]
    original_type: UnitType
    type_changes: tuple[TypeChange, ...]
    short_name: str = ""
    simulated: bool = False

    @property
    def key(self) -> tuple[System, str]:
        """What identifies a unit: system and slug."""
        return self.system, self.slug

    def called(self, use: NameUse) -> str:
        """Return the name as it is printed in one part of a page.

        Most units are written by their name alone wherever the kind is not needed. A unit that
        has a `short_name` never is: it is "Thành phố Hồ Chí Minh" where it is first named, in
        captions and in titles, and "TP. Hồ Chí Minh" after that, in tables, maps and charts.
        With its kind every unit is called `full_name`.

        Parameters
        ----------
        use : {"first", "later", "table", "map", "chart", "caption", "title"}
            Running text that names the unit for the first time or again, a text alternative
            ("later"), or another part of a page.

        Returns
        -------
        str
        """
        if not self.short_name:
            return self.own_name
        if use in ("first", "caption", "title"):
            return self._with_capital(self.original_type, self.own_name)
        return self.short_name

    @cached_property
    def name(self) -> str:
        """The name where it has been given in full before: later in a text, in tables and charts."""
        return self.called("later")

    @cached_property
    def in_full(self) -> str:
        """The name where it is given first: at the head of a sentence or list, in captions, titles."""
        return self.called("first")

    @property
    def is_merged(self) -> bool:
        """Whether the unit was formed of several units of "63"."""
        return len(self.predecessors) > 1

    def full_name(self, year: int) -> str:
        """Return type and name as of 31 December of a year, such as "tỉnh Quảng Nam".

        Decree 30/2020 (annex II) writes one type with a capital: "Thành phố Hồ Chí Minh".

        Where the system was not in force on that day, the nearest day on which it was counts: in
        "63" the year 2025 gives "thành phố Huế", and in "34" a year before 2025 gives the name
        with which the unit began, as back-cast figures need it.

        Parameters
        ----------
        year : int

        Returns
        -------
        str
        """
        unit_type, name = self._state(self._day(year))
        if self.simulated:
            return name[0].lower() + name[1:]
        if self.short_name:
            return self._with_capital(unit_type, name)
        return f"{unit_type} {name}"

    def type_in(self, year: int) -> UnitType:
        """Return the type as of 31 December of a year, or of the nearest day in force."""
        return self._state(self._day(year))[0]

    @staticmethod
    def _with_capital(unit_type: UnitType, name: str) -> str:
        return f"{unit_type[0].upper()}{unit_type[1:]} {name}"

    def _day(self, year: int) -> date:
        day = max(date(year, 12, 31), self.valid_from)
        return day if self.valid_to is None else min(day, self.valid_to)

    def types(self) -> frozenset[UnitType]:
        """Return every type that the unit has had or is known to get."""
        return frozenset({self.original_type, *(change.type for change in self.type_changes)})

    def _state(self, day: date) -> tuple[UnitType, str]:
        state = self.original_type, self.own_name
        for change in self.type_changes:
            if change.since <= day:
                state = change.type, change.name
        return state


@dataclass(frozen=True)
class Region:
    """A socio-economic region: Vietnamese and English name."""

    name: str
    name_en: str


@dataclass(frozen=True)
class TerritorialSystem:
    """A division of the country into provinces, with the days on which it was in force.

    Parameters
    ----------
    system : {"63", "34"}
    valid_from : date
    valid_to : date or None
        None if the system is in force.
    scores_from : int
        First year whose scores speak of these units.
    scores_to : int or None
        Last such year; None if open.
    n_units : int
        Number of units by law.
    basis, regions_basis : str
        Legal basis of the units and of their regions.
    regions : tuple of Region
        From north to south, in the order of the legal text.
    """

    system: System
    valid_from: date
    valid_to: date | None
    scores_from: int
    scores_to: int | None
    n_units: int
    basis: str
    regions_basis: str
    regions: tuple[Region, ...]

    def span(self) -> str:
        """Return when the units existed, in words: "trước ngày 01/7/2025"."""
        if self.valid_to is None:
            return f"từ ngày {written(self.valid_from)}"
        return f"trước ngày {written(self.valid_to + timedelta(days=1))}"


@dataclass(frozen=True)
class Tile:
    """A square of the tile-grid map.

    Parameters
    ----------
    slug : str
        Slug of the unit, or ``hoang-sa`` or ``truong-sa``.
    system : {"63", "34"}
    column, row : int
        Position; columns grow to the east, rows to the south, both from 0.
    label : str
        Short name; up to 8 characters for a unit, unless that would not be its name any more (see
        `Place.called`); written in full for an archipelago.
    kind : {"unit", "archipelago"}
    belongs_to : str
        Slug of the unit; for a unit its own slug.
    """

    slug: str
    system: System
    column: int
    row: int
    label: str
    kind: Literal["unit", "archipelago"]
    belongs_to: str


def written(day: date) -> str:
    """Return a day as Vietnamese texts write it: "01/7/2025" (decree 30/2020, annex I)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"
