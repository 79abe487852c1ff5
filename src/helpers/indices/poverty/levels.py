"""Numbers and rates of poor and near-poor households at one time, with where each came from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from helpers.indices.poverty.arithmetic import CountAndRate, Span, common_households, rate
from helpers.inputs.entry import ORIGIN
from helpers.inputs.observations import Figures, Observation

Kind = Literal["poor", "near_poor", "both"]
KINDS: tuple[Kind, ...] = ("both", "poor", "near_poor")
NAMES: Mapping[Kind, str] = {
    "poor": "hộ nghèo",
    "near_poor": "hộ cận nghèo",
    "both": "hộ nghèo và hộ cận nghèo",
}
RATE_NAMES: Mapping[Kind, str] = {
    "poor": "tỷ lệ hộ nghèo",
    "near_poor": "tỷ lệ hộ cận nghèo",
    "both": "tỷ lệ nghèo đa chiều",
}
DECIMALS = 2
"""Digits of a rate that is computed here, as the review prints them."""


@dataclass(frozen=True)
class Measure:
    """A value with where it came from.

    Parameters
    ----------
    value : float
        Households, percent or percentage points; unrounded where it was computed.
    trace : str
    decimals : int
        Digits after the comma to print; a delivered value keeps those it was printed with.
    delivered : bool
        False if it was computed here.
    year : int or None
        Year that it is about.
    note : str
        What the office wrote beside it.
    bound : str
        The word that makes it a bound: ``hơn``, ``dưới``; empty for the number itself.
    """

    value: float
    trace: str
    decimals: int = 0
    delivered: bool = True
    year: int | None = None
    note: str = ""
    bound: str = ""

    @classmethod
    def of(cls, found: Observation | None) -> Measure | None:
        """Take over a delivered figure, or nothing."""
        if found is None:
            return None
        return cls(
            found.value,
            found.trace,
            found.decimals,
            year=found.year,
            note=found.note.rstrip("."),
            bound=found.bound,
        )

    @property
    def half(self) -> float:
        """Half a unit of the last digit of a delivered value; 0 of a computed one."""
        return 0.5 * 10.0**-self.decimals if self.delivered else 0.0


@dataclass(frozen=True)
class Level:
    """Households of a class and their rate in percent; None where unknown."""

    households: Measure | None = None
    rate: Measure | None = None


@dataclass(frozen=True)
class State:
    """A place at the end (or start) of a year.

    Parameters
    ----------
    year : int
        The state is that of 31 December of this year.
    total : Measure or None
        All households.
    levels : mapping of Kind to Level
    hidden : bool
        Whether something was counted from records and is not told, because it is of few households.
    """

    year: int
    total: Measure | None
    levels: Mapping[Kind, Level]
    hidden: bool = False

    def households(self, kind: Kind) -> Measure | None:
        """Number of households of a class."""
        return self.levels[kind].households

    def rate(self, kind: Kind) -> Measure | None:
        """Rate of a class in percent of all households."""
        return self.levels[kind].rate

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known."""
        return not any(level.households or level.rate for level in self.levels.values())

    @property
    def implied_total(self) -> Span | None:
        """Numbers of all households that every delivered count and rate together allow."""
        pairs = [
            CountAndRate(level.households.value, level.rate.value, level.rate.half)
            for level in self.levels.values()
            if level.households and level.rate and level.rate.delivered
        ]
        return common_households(pairs)


def from_figures(figures: Figures, year: int, group: str = "") -> State:
    """Read a state from single figures."""

    def get(name: str) -> Measure | None:
        return Measure.of(figures.get(f"poverty.{name}", year, group))

    levels = {kind: Level(get(kind), get(f"{kind}_rate")) for kind in KINDS}
    return State(year, get("households"), levels)


def from_table(rows: pd.DataFrame, year: int, *, start: bool = False) -> State:
    """Add up the rows of units.

    Parameters
    ----------
    rows : DataFrame
        Columns of ``poverty_units`` and ``origin``; no row contained in another.
    year : int
        Year of the state.
    start : bool
        Whether to take the columns of the start of the year.

    Returns
    -------
    State
        A sum is unknown if any row lacks its value.
    """
    end = "_dau" if start else ""

    def total(column: str) -> Measure | None:
        name = f"{column}{end}"
        if rows.empty or name not in rows or rows[name].isna().any():
            return None
        value = float(pd.to_numeric(rows[name]).sum())
        return Measure(value, added_up(rows), delivered=False, year=year)

    poor, near = total("ho_ngheo"), total("ho_can_ngheo")
    levels: dict[Kind, Level] = {"poor": Level(poor), "near_poor": Level(near), "both": Level()}
    return State(year, total("tong_ho"), levels)


_LINE = re.compile(r"(.*, dòng )(\d+)")


def added_up(rows: pd.DataFrame) -> str:
    """Say which rows of which source were added up: ``cộng 3 huyện và 2 xã: ….csv, dòng 2 đến 6``.

    Parameters
    ----------
    rows : DataFrame
        Columns ``huyen``, ``xa`` (empty for a row of a whole district) and ``origin``.
    """
    origins = list(dict.fromkeys(rows[ORIGIN].astype(str)))
    if len(origins) == 1:
        # One row, or counts of one record file: nothing of a table was added up.
        return origins[0]
    below = int((rows["xa"] != "").sum())
    counts = ((len(rows) - below, "địa bàn cấp huyện"), (below, "địa bàn cấp xã"))
    told = " và ".join(f"{count} {what}" for count, what in counts if count)
    return f"cộng {told}: {_lines(origins)}"


def _lines(origins: Sequence[str]) -> str:
    """Write the lines of a source together: ``a.csv, dòng 2 đến 4; 7``; other sources one by one."""
    found: dict[str, list[int]] = {}
    for origin in origins:
        match = _LINE.fullmatch(origin)
        if match is None:
            return "; ".join(origins)
        found.setdefault(match[1], []).append(int(match[2]))
    told = []
    for where, lines in found.items():
        runs: list[list[int]] = []
        for line in sorted(lines):
            if runs and line == runs[-1][-1] + 1:
                runs[-1].append(line)
            else:
                runs.append([line])
        ends = [f"{run[0]} đến {run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs]
        told.append(f"{where}{', '.join(ends)}")
    return "; ".join(told)


def first_known(first: State, second: State) -> State:
    """Fill what the first state does not know from the second, class by class."""
    levels = {
        kind: Level(
            first.levels[kind].households or second.levels[kind].households,
            first.levels[kind].rate or second.levels[kind].rate,
        )
        for kind in KINDS
    }
    hidden = first.hidden or (first.is_empty and second.hidden)
    return State(first.year, first.total or second.total, levels, hidden)


def completed(state: State) -> State:
    """Compute what follows: the sum of the two classes, and rates where all households are known."""
    poor, near, both = (state.levels[kind] for kind in ("poor", "near_poor", "both"))
    households = both.households or _sum(poor.households, near.households)
    levels: dict[Kind, Level] = {
        "both": Level(households, both.rate or _rate("both", households, state.total)),
        "poor": Level(poor.households, poor.rate or _rate("poor", poor.households, state.total)),
        "near_poor": Level(
            near.households, near.rate or _rate("near_poor", near.households, state.total)
        ),
    }
    if levels["both"].rate is None:
        summed = _sum(levels["poor"].rate, levels["near_poor"].rate)
        levels["both"] = Level(households, summed)
    return State(state.year, state.total, levels, state.hidden)


def _sum(first: Measure | None, second: Measure | None) -> Measure | None:
    if first is None or second is None:
        return None
    return Measure(
        first.value + second.value,
        f"tính toán: hộ nghèo cộng hộ cận nghèo; {first.trace}",
        max(first.decimals, second.decimals),
        delivered=False,
        year=first.year,
    )


def _rate(kind: Kind, count: Measure | None, total: Measure | None) -> Measure | None:
    if count is None or total is None or total.value <= 0 or count.value > total.value:
        return None
    return Measure(
        rate(count.value, total.value),
        f"tính toán: số {NAMES[kind]} chia tổng số hộ ({count.value:.0f}/{total.value:.0f}); "
        f"{count.trace}",
        DECIMALS,
        delivered=False,
        year=count.year,
    )
