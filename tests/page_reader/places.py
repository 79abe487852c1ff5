"""The register of provinces, read from ``params/places``."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Unit:
    """A province or city of one of the two territorial systems."""

    slug: str
    name: str
    kind: str
    region: str
    system: str
    population: Fraction | None = None
    parts: tuple[str, ...] = ()
    successor: str = ""


def rows(path: Path) -> list[dict[str, str]]:
    """Lines of a table as mappings."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class Register:
    """Both systems, and how their units are named."""

    def __init__(self, params: Path) -> None:
        folder = params / "places"
        self.units: dict[str, dict[str, Unit]] = {"63": {}, "34": {}}
        for row in rows(folder / "units_63.csv"):
            self.units["63"][row["slug"]] = Unit(
                row["slug"],
                row["name"],
                row["type"],
                row["region"],
                "63",
                Fraction(row["population_2020"]) if row["population_2020"] else None,
                (),
                row["successor"],
            )
        for row in rows(folder / "units_34.csv"):
            parts = tuple(p.strip() for p in re.split(r"[;|,]", row["predecessors"]) if p.strip())
            self.units["34"][row["slug"]] = Unit(
                row["slug"], row["name"], row["type"], row["region"], "34", None, parts
            )
        self.simulated = {row["slug"]: row["name"] for row in rows(folder / "simulated.csv")}

    def of(self, slug: str, year: int) -> Unit | None:
        """The unit that a page of this year speaks of."""
        return self.units["34" if year >= 2025 else "63"].get(slug)

    @cached_property
    def names(self) -> dict[str, str]:
        """Names as printed, without their kind, to slugs of either system."""
        found = {unit.name: unit.slug for system in self.units.values() for unit in system.values()}
        return found | {"Huế": "hue", "Thừa Thiên Huế": "thua-thien-hue"}

    @cached_property
    def pattern(self) -> str:
        """What matches a name with or without its kind before it."""
        names = sorted(self.names, key=len, reverse=True)
        kinds = r"(?:(?:[Tt]ỉnh|[Tt]hành phố|TP\.) ?)?"
        return kinds + "(?:" + "|".join(map(re.escape, names)) + ")"

    def slug(self, said: str, system: str = "63") -> str | None:
        """Slug of a printed name; Huế is another unit before and after 2025."""
        bare = re.sub(r"^(?:[Tt]ỉnh|[Tt]hành phố|TP\.) ?", "", said.strip())
        slug = self.names.get(bare)
        if slug == "hue" and system == "63":
            return "thua-thien-hue"
        if slug == "thua-thien-hue" and system == "34":
            return "hue"
        return slug

    def list_of(self, said: str, system: str = "63") -> list[str | None]:
        """Slugs of a printed list «A, B; C và D»."""
        return [self.slug(m[0], system) for m in re.finditer(self.pattern, said)]

    def regions(self, system: str) -> dict[str, list[str]]:
        """Names of regions to the slugs in them."""
        found: dict[str, list[str]] = {}
        for unit in self.units[system].values():
            found.setdefault(unit.region, []).append(unit.slug)
        return found
