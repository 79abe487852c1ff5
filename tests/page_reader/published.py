"""What was published of provinces, read from ``data/published``: scores, places, groups, breaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from functools import cache, cached_property
from math import hypot, pi
from pathlib import Path
from statistics import NormalDist, median

import yaml

from .numbers import exact
from .places import Register, rows

COLUMNS = (
    *("index", "year", "level", "unit", "slug", "parent", "parent_slug", "code", "name"),
    *("value", "unit_of_measure", "rank", "group", "status", "source", "doubt", "note"),
)
MEANS = ("national", "ministries", "region", "in_province")
Line = tuple[str, int]
"""A file below the root, and a line of it."""

TOTAL_ERROR = 0.415
"""Standard error of a PAPI total where none is printed: median of 2019, 2022 and 2023."""
SURE = NormalDist().inv_cdf(0.975)
"""Standard errors beyond which a difference is told; 1.96 moves a margin of 2.25497 to 2.26."""
ASSUMED_SINCE = 2018
"""Before, the total had other parts, and nothing is known of its error."""


def printed(value: Fraction, places: int = 2) -> int:
    """A value in units of its last printed digit, halves up."""
    return int((value * 10**places + Fraction(1, 2)).__floor__())


def published(root: Path) -> dict[Line, dict[str, str]]:
    """Every line of every published table; a column that its file leaves out is empty."""
    found = {}
    for path in sorted((root / "data/published").glob("*/*.csv")):
        file = path.relative_to(root).as_posix()
        for number, row in enumerate(rows(path), 2):
            found[file, number] = completed(row, file)
    return found


def completed(row: dict[str, str], file: str) -> dict[str, str]:
    """A line with what its place says of it: the index and the year."""
    index, year = file.split("/")[-2], file.split("/")[-1].removesuffix(".csv")
    about = {"index": index, "year": year if year.isdecimal() else ""}
    return {**dict.fromkeys(COLUMNS, ""), "level": "province", **row, **about}


class Papi:
    """Scores of every year, unit and code, and all that follows from them."""

    def __init__(self, root: Path, register: Register) -> None:
        self.register = register
        self.lines = {at: row for at, row in published(root).items() if row["index"] == "papi"}
        self.scores: dict[tuple[int, str], dict[str, Fraction]] = defaultdict(dict)
        for row in self.lines.values():
            self.scores[int(row["year"]), row["code"]][row["slug"]] = Fraction(row["value"])
        with (root / "params/indices/papi.yml").open(encoding="utf-8") as file:
            self.definition = yaml.safe_load(file)
        self.years = sorted({year for year, _ in self.scores})
        self.printed_errors: dict[int, dict[str, float]] = defaultdict(dict)
        self.intervals: dict[tuple[int, str], tuple[Fraction, Fraction]] = {}
        for row in rows(root / "data/published/papi_errors.csv"):
            self.printed_errors[int(row["year"])][row["slug"]] = float(row["standard_error"])
            key = (int(row["year"]), row["slug"])
            self.intervals[key] = (Fraction(row["low"]), Fraction(row["high"]))

    def error(self, year: int, slug: str, system: str = "63") -> float | None:
        """Standard error of a total: as printed, or else the median of those; None where unknown."""
        unit = self.register.units[system].get(slug)
        if system == "34" and unit is not None:
            parts = [self.error(year, old) for old in unit.parts]
            people = [float(self.register.units["63"][s].population or 0) for s in unit.parts]
            if len(parts) < 2:
                return parts[0]
            if any(part is None for part in parts):
                return None
            squares = ((p * (e or 0)) ** 2 for p, e in zip(people, parts, strict=True))
            return sum(squares) ** 0.5 / sum(people)
        if year in self.printed_errors:
            return self.printed_errors[year].get(slug)
        return TOTAL_ERROR if year >= ASSUMED_SINCE else None

    def margin(self, year: int, slug: str, system: str = "63") -> float:
        """How far a total must lie from a fixed value, at 95 %; nothing is far enough if unknown."""
        error = self.error(year, slug, system)
        return float("inf") if error is None else SURE * error

    def change_margin(self, slug: str, earlier: int, later: int, system: str = "63") -> float:
        """How far two totals of a unit must lie apart."""
        return hypot(self.margin(earlier, slug, system), self.margin(later, slug, system))

    def apart(self, year: int, one: str, other: str, system: str = "63") -> float:
        """How far the totals of two units must lie apart."""
        return hypot(self.margin(year, one, system), self.margin(year, other, system))

    def middle_margin(
        self,
        year: int,
        slug: str,
        members: Iterable[str],
        system: str = "63",
        *,
        mean: bool = False,
    ) -> float:
        """How far a total must lie from the median or mean of units of which it is one.

        Members of unknown error do not hide that of the others; a median is pi/2 times as uncertain.
        """
        every = [self.margin(year, member, system) for member in members]
        known = [one for one in every if one < float("inf")]
        if not known:
            return float("inf")
        own, n = self.margin(year, slug, system) ** 2, len(known)
        wide = (1 if mean else pi / 2) * sum(one * one for one in known) / n**2
        return max(own * (1 - 2 / n) + wide, 0.0) ** 0.5 if own < float("inf") else own

    @cache  # noqa: B019 - one reader for a whole run
    def of(self, year: int, code: str, system: str = "63") -> dict[str, Fraction]:
        """Scores of the units of a system; those of merged units weighted by their people."""
        scores = self.scores.get((year, code), {})
        if system == "63":
            return scores
        found = {}
        for unit in self.register.units["34"].values():
            old = [self.register.units["63"][slug] for slug in unit.parts]
            if all(o.slug in scores for o in old):
                people = sum((o.population or Fraction(0) for o in old), Fraction(0))
                found[unit.slug] = (
                    sum((scores[o.slug] * (o.population or 0) for o in old), Fraction(0)) / people
                    if len(old) > 1
                    else scores[old[0].slug]
                )
        return found

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of the total and of the dimensions, long, short and of other years, to codes."""
        catalogue = self.definition["catalogue"]
        found = {"Điểm tổng hợp": "total", "điểm tổng hợp": "total", "PAPI": "total"}
        for edition in self.definition["editions"]:
            for node in edition["criteria"][0]["children"]:
                entry = catalogue[node["id"]]
                for name in (entry["name_vi"], entry.get("short_vi"), node.get("name_vi")):
                    if name:
                        found[name] = node["code"]
        return found

    @cache  # noqa: B019 - one reader for a whole run
    def parts(self, year: int) -> dict[str, str]:
        """Names of the sub-dimensions of a year to their codes."""
        catalogue = self.definition["catalogue"]
        return {
            node.get("name_vi") or catalogue[node["id"]]["name_vi"]: node["code"]
            for edition in self.definition["editions"]
            if edition["first_year"] <= year <= edition["last_year"]
            for dimension in edition["criteria"][0]["children"]
            for node in dimension["children"]
        }

    def codes(self, year: int) -> list[str]:
        """Codes of the dimensions that have scores in a year."""
        return sorted(code for y, code in self.scores if y == year and code.isdecimal())

    def place(self, year: int, code: str, slug: str, system: str = "63") -> tuple[int, int]:
        """Place by the score as it is printed, and among how many; equal prints share a place."""
        scores = self.of(year, code, system)
        mine = printed(scores[slug])
        return 1 + sum(printed(other) > mine for other in scores.values()), len(scores)

    def tied(self, year: int, code: str, slug: str, system: str = "63") -> list[str]:
        """Other units whose score prints alike."""
        scores = self.of(year, code, system)
        mine = printed(scores[slug])
        return [s for s, other in scores.items() if s != slug and printed(other) == mine]

    def middle(self, year: int, code: str, system: str = "63") -> Fraction | None:
        """Median of the units that have a score."""
        scores = self.of(year, code, system)
        return exact(median(scores.values())) if scores else None

    def ends(self, year: int, code: str, system: str = "63") -> tuple[list[str], list[str]]:
        """Slugs of the highest and of the lowest; scores that print alike share the end."""
        order = sorted(self.of(year, code, system).items(), key=lambda entry: entry[1])
        low, high = printed(order[0][1]), printed(order[-1][1])
        return (
            [slug for slug, value in reversed(order) if printed(value) == high],
            [slug for slug, value in order if printed(value) == low],
        )

    def sizes(self, units: int) -> list[int]:
        """Sizes of the four groups, low to high."""
        for entry in self.definition["groups"]["sizes"]:
            if entry["units"] == units:
                return list(entry["sizes"])
        # no published sizes: the quartiles of the definition, as positions on a line
        starts = [-(-(units - 1) * part // 4) for part in (0, 1, 2, 3)]
        return [end - start for start, end in zip(starts, [*starts[1:], units], strict=True)]

    def group(self, year: int, code: str, slug: str, system: str = "63") -> set[str]:
        """Names of groups that the unit can be in; more than one where a border runs in a tie."""
        scores = self.of(year, code, system)
        if slug not in scores:
            return set()
        names = self.definition["groups"]["names"]
        below = sum(other < scores[slug] for other in scores.values())
        same = sum(other == scores[slug] for other in scores.values())
        found = set()
        for position in range(below, below + same):
            border = 0
            for name, size in zip(names, self.sizes(len(scores)), strict=True):
                border += size
                if position < border:
                    found.add(name)
                    break
        return found

    def comparable(self, code: str, earlier: int, later: int) -> bool:
        """Whether no break lies between two years for this code or a part of it."""
        if earlier > later:
            earlier, later = later, earlier
        for entry in self.definition["breaks"]:
            before, after = entry["before"], entry["after"]
            if not (earlier <= before and after <= later):
                continue
            for broken in map(str, entry["codes"]):
                if broken == "total" and (code == "total" or entry.get("whole")):
                    return False
                if code in ("total", broken) or broken.startswith(f"{code}."):
                    return False
        return True

    def change(
        self, code: str, slug: str, earlier: int, later: int, system: str = "63"
    ) -> Fraction | None:
        """Difference of two years, where they may be compared and both are known."""
        a, b = self.of(earlier, code, system).get(slug), self.of(later, code, system).get(slug)
        if a is None or b is None or not self.comparable(code, earlier, later):
            return None
        return b - a


class Results:
    """Published values and places of the other indices, and published means."""

    def __init__(self, root: Path) -> None:
        every = {at: row for at, row in published(root).items() if row["index"] != "papi"}
        self.lines = {at: row for at, row in every.items() if row["level"] not in MEANS}
        self.average_lines = {at: row for at, row in every.items() if row["level"] in MEANS}
        self.breaks: dict[str, list[tuple[int, int]]] = {}
        self.editions: dict[str, list[tuple[int, int, str]]] = {}
        self.groups: dict[tuple[str, int], list[dict[str, object]]] = {}
        self.sampled: set[str] = set()
        """Indices whose published totals rest, in part, on a sample of unknown error."""
        for name in ("par_index", "dti", "sipas", "pci"):
            with (root / f"params/indices/{name}.yml").open(encoding="utf-8") as file:
                definition = yaml.safe_load(file)
            if definition["errors"]["kind"] == "unknown":
                self.sampled.add(name)
            self.breaks[name] = [
                (b["before"], b["after"])
                for b in definition.get("breaks", [])
                if not b.get("codes")
            ]
            self.editions[name] = [
                (e["first_year"], e.get("last_year") or 9999, e["key"])
                for e in definition["editions"]
            ]
            for edition in definition["editions"]:
                groups = edition.get("rules", {}).get("groups") or {}
                for year, entry in groups.items():
                    self.groups[name, year] = entry["bands"]

    @cache  # noqa: B019 - one reader for a whole run
    def provinces(self, index: str, year: int) -> dict[str, list[dict[str, str]]]:
        """Lines of the total of each province, by slug."""
        found: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in self.lines.values():
            same = row["index"] == index and row["year"] == str(year)
            if same and row["level"] == "province" and row["code"] == "total":
                found[row["slug"]].append(row)
        return dict(found)

    def years(self, index: str, slug: str) -> list[int]:
        """Years in which something of the province was published."""
        return sorted(
            {
                int(r["year"])
                for r in self.lines.values()
                if (r["index"], r["level"], r["slug"], r["code"])
                == (index, "province", slug, "total")
            }
        )

    def value(self, index: str, year: int, slug: str, doubted: bool = False) -> Fraction | None:
        """The published value; one that is doubted only if asked for."""
        for row in self.provinces(index, year).get(slug, []):
            if row["value"] and (doubted or not row["doubt"]):
                return Fraction(row["value"])
        return None

    def rank(self, index: str, year: int, slug: str) -> int | None:
        """The published place."""
        for row in self.provinces(index, year).get(slug, []):
            if row["rank"]:
                return int(float(row["rank"]))
        return None

    def national(self, index: str, year: int) -> Fraction | None:
        """The published mean of the country's provinces."""
        for row in self.average_lines.values():
            same = (row["index"], row["year"], row["level"]) == (index, str(year), "national")
            if same and row["code"] == "total" and "quốc gia" not in row["unit"]:
                return Fraction(row["value"])
        return None

    def regions(self, index: str, year: int) -> dict[str, Fraction]:
        """Published means of regions; of several the first that is not doubted."""
        found: dict[str, Fraction] = {}
        for row in self._regions(index, year):
            if not row["doubt"]:
                found.setdefault(row["unit"], Fraction(row["value"]))
        return found

    def regions_said(self, index: str, year: int, name: str) -> list[Fraction]:
        """Every mean that some source gives for a region, doubted ones too."""
        lower = name.lower()
        return [
            Fraction(r["value"]) for r in self._regions(index, year) if r["unit"].lower() == lower
        ]

    def _regions(self, index: str, year: int) -> list[dict[str, str]]:
        key = (index, str(year), "region", "total")
        return [
            row
            for row in self.average_lines.values()
            if (row["index"], row["year"], row["level"], row["code"]) == key
        ]

    def comparable(self, index: str, earlier: int, later: int) -> bool:
        """Whether no break and no change of edition lies between."""
        if earlier > later:
            earlier, later = later, earlier
        broken = any(earlier <= b and a <= later for b, a in self.breaks.get(index, []))
        return not broken and self.edition(index, earlier) == self.edition(index, later)

    def edition(self, index: str, year: int) -> str:
        """Key of the definition that is in force in a year."""
        keys = [key for first, last, key in self.editions.get(index, []) if first <= year <= last]
        return keys[0] if keys else ""

    def parts(self, index: str, year: int, slug: str) -> dict[str, Fraction]:
        """Published values of the areas below the total."""
        found: dict[str, Fraction] = {}
        for row in self.lines.values():
            same = (row["index"], row["year"], row["level"], row["slug"]) == (
                index,
                str(year),
                "province",
                slug,
            )
            if same and row["code"] != "total" and row["value"] and not row["doubt"]:
                found.setdefault(row["name"], Fraction(row["value"]))
        return found
