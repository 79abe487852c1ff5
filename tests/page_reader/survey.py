"""SIPAS computed again from the forms: shares, standard errors by Taylor series, intervals, ranks."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path

import polars as pl
import yaml

Weights = dict[str, float]


@cache
def t_quantile(p: float, freedom: float) -> float:
    """Quantile of Student's t by bisection on a numerical integral."""
    scale = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2))
    scale /= math.sqrt(freedom * math.pi)

    def density(x: float) -> float:
        return scale * (1 + x * x / freedom) ** (-(freedom + 1) / 2)

    def below(x: float) -> float:
        steps = 2000
        width = x / steps
        odd = sum(density(width * i) for i in range(1, steps, 2))
        even = sum(density(width * i) for i in range(2, steps, 2))
        return 0.5 + width / 3 * (density(0) + 4 * odd + 2 * even + density(x))

    low, high = 0.0, 200.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) < p else (low, middle)
    return (low + high) / 2


class Survey:
    """The forms of one year."""

    def __init__(self, folder: Path, params: Path, year: int) -> None:
        with (params / "indices/sipas.yml").open(encoding="utf-8") as file:
            definition = yaml.safe_load(file)
        edition = next(
            e for e in definition["editions"] if e["first_year"] <= year <= (e["last_year"] or 9999)
        )
        self.tree: dict[str, dict[str, list[str]]] = {}
        self.labels: dict[str, str] = {}
        self.short: dict[str, str] = {}
        order: list[str] = []
        late: list[str] = []
        for dimension in edition["criteria"]:
            factors = self.tree.setdefault(dimension["code"], {})
            for node in self._walk([dimension]):
                self.labels[node["code"]] = node["name_vi"]
                if node.get("short_vi"):
                    self.short[node["short_vi"]] = node["name_vi"]
            for factor in dimension["children"]:
                codes = [item["code"] for item in factor["children"]]
                factors[factor["code"]] = codes
                order += [code for code in codes if code != "A3.9"]
                late += [code for code in codes if code == "A3.9"]
        self.column = {code: f"c9_{i}" for i, code in enumerate(order + late, 1)}
        frame = pl.read_parquet(folder / "phieu-khao-sat.parquet")
        asked = list(self.column.values())
        self.forms = frame.height
        self.rows = [
            row
            for row in frame.to_dicts()
            if sum(row[c] is not None for c in asked) >= 0.5 * len(asked)
        ]
        for number, row in enumerate(self.rows):
            row["_id"] = number

    def _walk(self, nodes: Iterable[dict]) -> Iterable[dict]:
        for node in nodes:
            yield node
            yield from self._walk(node.get("children") or [])

    def members(self, column: str, name: str) -> list[dict]:
        """Valid forms of one unit, or all of them."""
        return self.rows if not column else [row for row in self.rows if row[column] == name]

    def weights(self, code: str, whole: bool) -> Weights:
        """Weights of the items in an index, a dimension, a factor or an item."""
        if code in self.column:
            return {code: 1.0}
        for factors in self.tree.values():
            if code in factors:
                return self._mean([{item: 1.0} for item in factors[code]])
        if code in self.tree:
            return self._mean([self.weights(factor, whole) for factor in self.tree[code]])
        parts = list(self.tree) if whole else ["B"]
        return self._mean([self.weights(part, whole) for part in parts])

    def _mean(self, parts: list[Weights]) -> Weights:
        found: Weights = defaultdict(float)
        for part in parts:
            for item, weight in part.items():
                found[item] += weight / len(parts)
        return dict(found)

    @cache  # noqa: B019 - one survey for a whole run
    def estimate(self, column: str, name: str, code: str) -> tuple[float, dict[int, float]]:
        """The share in percent, and what each form adds to its linearised deviation."""
        members = self.members(column, name)
        value = 0.0
        influence: dict[int, float] = defaultdict(float)
        for item, weight in self.weights(code, column != "co_quan").items():
            answered = [row for row in members if row[self.column[item]] is not None]
            if not answered:
                return math.nan, {}
            total = sum(row["trong_so"] for row in answered)
            share = sum(row["trong_so"] * (row[self.column[item]] >= 4) for row in answered) / total
            value += weight * share
            for row in answered:
                high = row[self.column[item]] >= 4
                influence[row["_id"]] += weight * row["trong_so"] * (high - share) / total
        return 100 * value, dict(influence)

    @cached_property
    def clusters(self) -> dict[str, set[str]]:
        """Clusters of each stratum."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.rows:
            found[row["tang"]].add(f"{row['xa']}|{row['thon']}")
        return found

    def error(self, influence: dict[int, float]) -> float:
        """Standard error in percent from the sums of the clusters in their strata."""
        sums: dict[str, dict[str, float]] = {
            h: dict.fromkeys(c, 0.0) for h, c in self.clusters.items()
        }
        for number, part in influence.items():
            row = self.rows[number]
            sums[row["tang"]][f"{row['xa']}|{row['thon']}"] += part
        variance = 0.0
        for parts in sums.values():
            n = len(parts)
            if n > 1:
                mean = sum(parts.values()) / n
                variance += n / (n - 1) * sum((v - mean) ** 2 for v in parts.values())
        return 100 * math.sqrt(variance)

    @cache  # noqa: B019 - one survey for a whole run
    def freedom(self, column: str, name: str, code: str) -> int:
        """Clusters with an answer less their strata, the fewest of the items."""
        members = self.members(column, name)
        found = []
        for item in self.weights(code, column != "co_quan"):
            seen = {
                (row["tang"], row["xa"], row["thon"])
                for row in members
                if row[self.column[item]] is not None
            }
            found.append(len(seen) - len({stratum for stratum, _, _ in seen}))
        return min(found)

    def interval(self, column: str, name: str, code: str) -> tuple[float, float] | None:
        """95 % on the logit scale; unknown where no stratum has two clusters."""
        value, influence = self.estimate(column, name, code)
        if not 0 < value < 100 or self.freedom(column, name, code) <= 0:
            return None
        share = value / 100
        se = self.error(influence) / 100
        half = t_quantile(0.975, self.freedom(column, name, code)) * se / (share * (1 - share))
        middle = math.log(share / (1 - share))
        return tuple(100 / (1 + math.exp(-(middle + s * half))) for s in (-1, 1))  # type: ignore[return-value]

    def margin(self, parts: Iterable[tuple[float, str, str, str]]) -> float:
        """95 % half width of a sum of estimates with factors; see ``_margin``."""
        return self._margin(tuple(parts))

    @cache  # noqa: B019 - one survey for a whole run
    def _margin(self, parts: tuple[tuple[float, str, str, str], ...]) -> float:
        """95 % half width of a sum of estimates with factors: what a difference must exceed."""
        influence: dict[int, float] = defaultdict(float)
        for factor, column, name, code in parts:
            for number, part in self.estimate(column, name, code)[1].items():
                influence[number] += factor * part
        freedom = min(self.freedom(column, name, code) for _, column, name, code in parts)
        return t_quantile(0.975, freedom) * self.error(influence)

    def ranked(self, column: str) -> dict[str, float]:
        """Index of the units with thirty forms or more, high to low."""
        names = {row[column] for row in self.rows}
        found = {
            name: self.estimate(column, name, "total")[0]
            for name in names
            if len(self.members(column, name)) >= 30
        }
        return dict(sorted(found.items(), key=lambda item: -item[1]))

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many forms each unit of each kind has."""
        found: dict[str, int] = defaultdict(int)
        for row in self.rows:
            for column in ("co_quan", "huyen", "xa"):
                found[row[column]] += 1
        return dict(found)

    def answers(self, column: str, name: str, code: str) -> int:
        """The smallest number of answers to one of the items."""
        members = self.members(column, name)
        return min(
            sum(row[self.column[item]] is not None for row in members)
            for item in self.weights(code, column != "co_quan")
        )
