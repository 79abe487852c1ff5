"""An index that is one tree of published scores: its parts, weights, scales and groups, read anew."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path

import yaml

from .published import Results, printed


class Tree:
    """What the definition and the lines say of one index."""

    def __init__(self, root: Path, index: str, results: Results) -> None:
        self.index, self.results = index, results
        with (root / f"params/indices/{index}.yml").open(encoding="utf-8") as file:
            self.definition = yaml.safe_load(file)
        self.decimals = int(self.definition["decimals"])

    def top(self, year: int) -> dict[str, object]:
        """The total of the edition in force."""
        for edition in self.definition["editions"]:
            if edition["first_year"] <= year <= (edition.get("last_year") or 9999):
                return edition["criteria"][0]
        return {"children": []}

    def parts(self, year: int) -> dict[str, dict[str, object]]:
        """Parts of the total by name."""
        return {str(part["name_vi"]): part for part in self.top(year)["children"]}

    def weight(self, year: int, part: dict[str, object]) -> Fraction:
        """Weight of a part in percent."""
        whole = sum(Fraction(str(p["weight"])) for p in self.parts(year).values())
        return Fraction(str(part["weight"])) / whole * 100

    @cache  # noqa: B019 - one reader for a whole run
    def of(self, year: int, code: str) -> dict[str, Fraction]:
        """Published scores of a code, by slug."""
        return {
            row["slug"]: Fraction(row["value"])
            for row in self.results.lines.values()
            if (row["index"], row["year"], row["code"]) == (self.index, str(year), code)
            and row["level"] == "province"
            and row["value"]
        }

    def place(self, year: int, slug: str) -> tuple[int, int]:
        """Place by the total as it is printed, and among how many."""
        totals = self.of(year, "total")
        mine = printed(totals[slug], self.decimals)
        above = sum(printed(v, self.decimals) > mine for v in totals.values())
        return 1 + above, len(totals)

    def tied(self, year: int, slug: str) -> set[str]:
        """Others whose total prints alike."""
        totals = self.of(year, "total")
        mine = printed(totals[slug], self.decimals)
        return {s for s, v in totals.items() if printed(v, self.decimals) == mine} - {slug}

    def group(self, year: int, slug: str) -> str:
        """The group as its line prints it."""
        rows = self.results.provinces(self.index, year).get(slug, [])
        return rows[0]["group"] if rows else ""

    def made_up(self, year: int, slug: str) -> Fraction:
        """The total that the parts make by their weights."""
        top, parts = self.top(year), self.parts(year).values()
        total = sum(self.weight(year, p) / 100 * self.of(year, p["code"])[slug] for p in parts)
        return Fraction(total) * Fraction(str(top.get("times", 1)))
