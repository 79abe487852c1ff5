"""One row of a table as a typed record, for code that speaks of a single score or change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Score:
    """A score with where it stands.

    Parameters
    ----------
    code : str
    value : float
        In points, unrounded.
    rank, n, tied : int
        Place among `n` units; `tied` units share the value.
    group : int
        Quartile group, 1 lowest to 4 highest.
    median, mean, lowest, highest : float
        Of all units, in points.
    region_mean : float
        Simple mean of the region, in points.
    source : str
        Where the value was read.
    """

    code: str
    value: float
    rank: int
    n: int
    tied: int
    group: int
    median: float
    mean: float
    lowest: float
    highest: float
    region_mean: float
    source: str

    @property
    def relative_place(self) -> float:
        """Where it stands between the best (0) and the last place (1)."""
        return (self.rank - 0.5) / self.n

    @classmethod
    def of(cls, code: str, row: Any) -> Score:
        """Read a row of :attr:`helpers.indices.papi.result.PapiResult.standing`."""
        return cls(
            code=code,
            value=float(row["value"]),
            rank=int(row["rank"]),
            n=int(row["n"]),
            tied=int(row["tied"]),
            group=int(row["group"]),
            median=float(row["median"]),
            mean=float(row["mean"]),
            lowest=float(row["lowest"]),
            highest=float(row["highest"]),
            region_mean=float(row["region_mean"]),
            source=str(row["source"]),
        )


@dataclass(frozen=True)
class Change:
    """A score in two years; the fields of :func:`helpers.facts.change.changes`."""

    code: str
    earlier: int
    later: int
    value_earlier: float
    value_later: float
    difference: float
    rank_earlier: int
    rank_later: int
    n_earlier: int
    n_later: int
    tied_earlier: int
    tied_later: int
    group_earlier: int
    group_later: int
    source_earlier: str
    source_later: str
    allowed: bool
    reasons: tuple[str, ...]

    @classmethod
    def of(cls, row: Any) -> Change:
        """Read a row of :attr:`helpers.indices.papi.result.PapiResult.changes`."""
        return cls(
            code=str(row["code"]),
            earlier=int(row["earlier"]),
            later=int(row["later"]),
            value_earlier=float(row["value_earlier"]),
            value_later=float(row["value_later"]),
            difference=float(row["difference"]),
            rank_earlier=int(row["rank_earlier"]),
            rank_later=int(row["rank_later"]),
            n_earlier=int(row["n_earlier"]),
            n_later=int(row["n_later"]),
            tied_earlier=int(row["tied_earlier"]),
            tied_later=int(row["tied_later"]),
            group_earlier=int(row["group_earlier"]),
            group_later=int(row["group_later"]),
            source_earlier=str(row["source_earlier"]),
            source_later=str(row["source_later"]),
            allowed=bool(row["allowed"]),
            reasons=tuple(row["reasons"]),
        )
