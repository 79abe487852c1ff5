"""The register itself: looking up units, their order, and what became of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from numbers import Integral
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from .models import (
    SYSTEMS,
    Place,
    RegisterError,
    System,
    TerritorialSystem,
    Tile,
    UnknownPlaceError,
    written,
)
from .words import fold, prefix, sort_key

if TYPE_CHECKING:
    import pandas as pd

# What stands around a name: an English kind of unit, or the office that sits there.
_AROUND = re.compile(r"\b(?:city|province)\b|^\s*(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\b", re.I)
_NEAREST = 3
_NEAR_ENOUGH = 60.0


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence lists them: ``A``, ``A và B``, ``A, B và C``."""
    return " và ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


@dataclass(frozen=True)
class Register:
    """All provinces and centrally-run cities of both systems.

    Parameters
    ----------
    places : tuple of Place
        In any order.
    systems : tuple of TerritorialSystem
        One for each system.
    all_tiles : tuple of Tile
        Tile-grid maps of both systems.
    simulated : tuple of Place
        Places of made-up data: `get` and `find` know them, nothing else does.

    Raises
    ------
    RegisterError
        If a name, alias or slug could mean two units of a system.
    """

    places: tuple[Place, ...]
    systems: tuple[TerritorialSystem, ...]
    all_tiles: tuple[Tile, ...] = ()
    simulated: tuple[Place, ...] = ()

    def __post_init__(self) -> None:
        _ = self._by_spelling

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self._units[system])} ({system})" for system in SYSTEMS)
        return f"Register(units: {counts})"

    def units(self, system: System) -> tuple[Place, ...]:
        """Return the units of a system in Vietnamese alphabetical order."""
        self.system(system)
        return self._units[system]

    def get(self, slug: str, system: System) -> Place:
        """Return the unit, or the simulated place, with a slug.

        Raises
        ------
        UnknownPlaceError
            If the system has no such slug.
        """
        place = self._by_key.get((self.system(system).system, slug))
        if place is None:
            raise UnknownPlaceError(self._explain(slug, system))
        return place

    def find(self, text: str, system: System) -> Place:
        """Return the unit that a text names, however it is spelled.

        Slug, name, English name and aliases are compared in folded form and without spaces, so
        that case, tones, Unicode form, hyphens and "tỉnh" or "TP." in front do not matter.
        Nothing is guessed: a misspelled name is an error that proposes names.

        A simulated place is found as well; see `Place.simulated`.

        A text that calls a province a city is refused, because "TP. Hòa Bình" in a report means
        the town below the province of that name.

        Parameters
        ----------
        text : str
            A slug, a name or an alias.
        system : {"63", "34"}
            The system that the text speaks of; see `system_of_year`.

        Returns
        -------
        Place

        Raises
        ------
        UnknownPlaceError
            If the system has no such unit. The message proposes the nearest names, or says what
            became of a unit of the other system.
        """
        if not isinstance(text, str) or text.strip().isdigit():
            raise UnknownPlaceError(self._explain_code(text, system))
        self.system(system)
        place = self._by_spelling.get((system, _spelling(text)))
        if place is None:
            raise UnknownPlaceError(self._explain(text, system))
        if prefix(text) == "thành phố" and "thành phố" not in place.types():
            raise UnknownPlaceError(
                f'"{text.strip()}" không phải tên đơn vị cấp tỉnh: {self.system(system).span()} '
                f"{place.name} là tỉnh, không phải thành phố trực thuộc trung ương."
            )
        return place

    def find_unit(self, text: str, system: System) -> Place:
        """Return the real unit that a text names: `find` for official figures.

        Raises
        ------
        UnknownPlaceError
            As `find`, and if the text names a simulated place.
        """
        place = self.find(text, system)
        if place.simulated:
            raise UnknownPlaceError(
                f"{place.name} là địa bàn mô phỏng, không có trong số liệu chính thức."
            )
        return place

    def regions(self, system: System) -> tuple[str, ...]:
        """Return the socio-economic regions of a system from north to south."""
        return tuple(region.name for region in self.system(system).regions)

    def system(self, system: System) -> TerritorialSystem:
        """Return what is known of a system: days in force, legal basis, regions.

        Raises
        ------
        ValueError
            If there is no such system.
        """
        for known in self.systems:
            if known.system == system:
                return known
        named = " và ".join(f'"{one}"' for one in SYSTEMS)
        raise ValueError(f"Không có hệ thống đơn vị {system!r}: viết {named}, có dấu ngoặc.")

    def system_of_year(self, year: int) -> System:
        """Return the system that scores of a year speak of.

        Raises
        ------
        TypeError
            If the year is no whole number, such as a text.
        ValueError
            If the year lies before the first system.
        """
        if not isinstance(year, Integral) or isinstance(year, bool):
            raise TypeError(
                f"Năm phải là số nguyên, ở đây là {year!r}: viết 2024, không có dấu ngoặc."
            )
        for known in self.systems:
            if known.scores_from <= year and (known.scores_to is None or year <= known.scores_to):
                return known.system
        raise ValueError(f"Không rõ điểm số năm {year} tính theo đơn vị nào: xem systems.yml.")

    def tiles(self, system: System) -> tuple[Tile, ...]:
        """Return the tile-grid map of a system, the two archipelagos included."""
        self.system(system)
        return tuple(tile for tile in self.all_tiles if tile.system == system)

    def successor_of(self, place: Place) -> Place:
        """Return the unit of "34" that holds the territory of a unit of "63".

        Raises
        ------
        ValueError
            If `place` is a unit of "34".
        """
        if place.successor is None:
            raise ValueError(f"{place.name} là đơn vị hiện hành, chưa có đơn vị kế tiếp.")
        return self.get(place.successor, "34")

    def predecessors_of(self, place: Place) -> tuple[Place, ...]:
        """Return the units of "63" that a unit of "34" was formed of, in alphabetical order."""
        found = (self.get(slug, "63") for slug in place.predecessors)
        return tuple(sorted(found, key=lambda unit: sort_key(unit.own_name)))

    def current(self, place: Place) -> Place:
        """Return the unit of today that holds the territory of a unit of either system."""
        return place if place.successor is None else self.successor_of(place)

    def merger(self, place: Place) -> str:
        """Say in a clause who joined to form the unit of today that holds a place.

        The one sentence of every page about a merger, whether the unit kept its name or took
        another: "từ ngày 01/7/2025, tỉnh An Giang và tỉnh Kiên Giang hợp nhất, lấy tên là tỉnh
        An Giang".

        Parameters
        ----------
        place : Place
            A unit of either system.

        Returns
        -------
        str
            Begins in lower case, so that it can follow "vì"; empty for a unit that joined none.
        """
        now = self.current(place)
        if not now.is_merged:
            return ""
        day = now.valid_from
        formed = listed([unit.full_name(day.year - 1) for unit in self.predecessors_of(now)])
        return f"từ ngày {written(day)}, {formed} hợp nhất, lấy tên là {now.full_name(day.year)}"

    def unit_in(self, place: Place, year: int) -> Place | None:
        """Return the unit that was the same territory in another year.

        Parameters
        ----------
        place : Place
            A unit of either system, or a simulated place.
        year : int

        Returns
        -------
        Place or None
            The unit in the system that figures of the year speak of, which may have another slug
            (Thừa Thiên Huế of Huế); None where the territory was no unit of its own.
        """
        system = self.system_of_year(year)
        if place.simulated or place.system == system:
            return place
        now = self.current(place)
        if now.is_merged:
            return None
        return now if system == now.system else self.predecessors_of(now)[0]

    def same_unit(self, place: Place, earlier: int, later: int) -> tuple[str, ...]:
        """Return why a unit may not be compared with itself between two years.

        The one answer for every index, table, chart, check and carried-over figure. The years
        are asked for the system that their figures speak of; a unit that joined others is not
        the one that bore its name before.

        Parameters
        ----------
        place : Place
            A unit of either system, or a simulated place.
        earlier, later : int
            Years measured.

        Returns
        -------
        tuple of str
            Clauses that can follow "vì"; empty if it is the same territory in both years.
        """
        if place.simulated or self.system_of_year(earlier) == self.system_of_year(later):
            return ()
        merger = self.merger(place)
        return (merger,) if merger else ()

    def same_parts(self, earlier: int, later: int) -> tuple[str, ...]:
        """Return why districts and communes may not be compared between two years, in any unit."""
        if self.system_of_year(earlier) == self.system_of_year(later):
            return ()
        day = self.system(self.system_of_year(max(earlier, later))).valid_from
        return (f"từ ngày {written(day)} không còn cấp huyện, các xã, phường được sắp xếp lại",)

    def has_districts(self, year: int) -> bool:
        """Tell whether there is a district level in what figures of a year speak of: not since 2025."""
        return self.system_of_year(year) == "63"

    def weights(self, place: Place) -> dict[str, float]:
        """Return the shares of the predecessors in the population of 2020.

        Counts add up across the merger without weights. The shares are for means of residents
        (PAPI, satisfaction), and only an approximation there; see ``params/places/README.md``.

        Parameters
        ----------
        place : Place
            A unit of "34".

        Returns
        -------
        dict of str to float
            Slug in "63" to share; the shares sum to 1.

        Raises
        ------
        ValueError
            If `place` is a unit of "63".
        """
        if not place.predecessors:
            raise ValueError(f"{place.name} không hợp thành từ đơn vị nào khác.")
        parts = {unit.slug: unit.population_2020 for unit in self.predecessors_of(place)}
        total = sum(parts.values())
        return {slug: persons / total for slug, persons in parts.items()}

    @cached_property
    def _units(self) -> dict[System, tuple[Place, ...]]:
        ordered = sorted(self.places, key=lambda place: sort_key(place.own_name))
        return {s: tuple(place for place in ordered if place.system == s) for s in SYSTEMS}

    @cached_property
    def _by_key(self) -> dict[tuple[System, str], Place]:
        return {place.key: place for place in (*self.places, *self.simulated)}

    @cached_property
    def _by_spelling(self) -> dict[tuple[System, str], Place]:
        index: dict[tuple[System, str], Place] = {}
        for place in (*self.places, *self.simulated):
            file = "simulated.csv" if place.simulated else f"units_{place.system}.csv"
            for text in _spellings(place):
                other = index.setdefault((place.system, _spelling(text)), place)
                if other.key != place.key or other.simulated != place.simulated:
                    raise RegisterError(
                        f'params/places/{file}: "{text}" có thể hiểu là '
                        f"{other.name} hoặc {place.name}; mỗi tên chỉ được chỉ một đơn vị."
                    )
        return index

    def table(self) -> pd.DataFrame:
        """Return all units of both systems as a table, a row each.

        Returns
        -------
        pandas.DataFrame
            ``system, slug, name, name_en, statistical_code, region, valid_from, valid_to, successor,
            predecessors`` (joined by commas), ``population_2020``.
        """
        import pandas as pd

        rows = [
            {
                "system": unit.system,
                "slug": unit.slug,
                "name": unit.name,
                "name_en": unit.name_en,
                "statistical_code": unit.gso_code,
                "region": unit.region,
                "valid_from": unit.valid_from,
                "valid_to": unit.valid_to,
                "successor": unit.successor,
                "predecessors": ",".join(unit.predecessors),
                "population_2020": unit.population_2020,
            }
            for system in SYSTEMS
            for unit in self.units(system)
        ]
        return pd.DataFrame(rows)

    def _explain_code(self, text: object, system: System) -> str:
        """Say what to write instead of a number, which may be a statistical code."""
        code = str(text).strip().zfill(2)
        named = [unit for unit in self.units(system) if unit.gso_code == code]
        told = f"tên tỉnh, thành phố phải là chữ, ở đây là {text!r}"
        if named:
            told += f'; nếu đó là mã thống kê của {named[0].name} thì viết "{named[0].slug}"'
        return f"{told[0].upper()}{told[1:]}."

    def _explain(self, text: str, system: System) -> str:
        elsewhere: System = "34" if system == "63" else "63"
        other = self._by_spelling.get((elsewhere, _spelling(text)))
        if other is not None and other.simulated:
            return f"{other.name} là địa bàn mô phỏng, chỉ có {self.system(elsewhere).span()}."
        if other is not None and other.successor is not None:
            now = self.successor_of(other)
            here = self.system(system)
            return (
                f"{other.name} là tên đơn vị {self.system(elsewhere).span()}; {here.span()} "
                f'thuộc {now.full_name(here.valid_from.year)} (mã: "{now.slug}").'
            )
        if other is not None:
            parts = ", ".join(unit.name for unit in self.predecessors_of(other))
            return (
                f"{other.name} là tên đơn vị {self.system(elsewhere).span()}; "
                f"{self.system(system).span()} địa bàn này gồm: {parts}."
            )
        message = f'Không có tỉnh, thành phố nào tên "{text.strip()}" {self.system(system).span()}.'
        inside = _spelling(_AROUND.sub(" ", text))
        within = self._by_spelling.get((system, inside)) or self._by_spelling.get(
            (elsewhere, inside)
        )
        if within is not None:
            return f'{message} Hãy viết "{within.name}".'
        names = self._nearest(text, system)
        return f"{message} Có phải là: {', '.join(names)}?" if names else message

    def _nearest(self, text: str, system: System) -> tuple[str, ...]:
        names = {place.name: _spelling(place.own_name) for place in self.units(system)}
        found = process.extract(
            _spelling(text), names, scorer=fuzz.ratio, limit=_NEAREST, score_cutoff=_NEAR_ENOUGH
        )
        return tuple(str(name) for _, _, name in found)


def _spelling(text: str) -> str:
    return fold(text).replace(" ", "")


def _spellings(place: Place) -> Iterable[str]:
    return (place.slug, place.own_name, place.name_en, *place.aliases)
