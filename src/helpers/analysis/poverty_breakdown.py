"""Poverty by unit, group, deprivation and movement; counts that could tell on a household hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import polars as pl

from helpers.analysis.poverty_levels import Kind, Measure, State, from_table
from helpers.definitions.framework import FrameworkEdition
from helpers.indices.poverty import NEAR, POOR, Movement, PovertyRules
from helpers.indices.poverty_disclosure import HIDDEN, hidden_totals, protect
from helpers.indices.poverty_households import (
    CAUSE_KIND,
    ETHNIC_KIND,
    GROUP_KIND,
    MAJORITY,
    MINORITY_GROUP,
    MOVES,
    Classified,
    by_group,
    by_unit,
    classified,
    deprivations,
    movement,
)
from helpers.inputs.entry import ORIGIN, Entry
from helpers.inputs.records import Records

COUNTS = ("ho_ngheo", "ho_can_ngheo", "ho_ngheo_dau", "ho_can_ngheo_dau")
UNIT_COUNTS = ("tong_ho", "tong_ho_dau", *COUNTS)


@dataclass(frozen=True)
class Tables:
    """The tables of the review in the columns of their forms, delivered or counted from records.

    Parameters
    ----------
    units, groups, movement, deprivations : DataFrame
    below : DataFrame
        Rows of communes: of `units`, or counted from records where only districts were delivered.
    records : Classified or None
        The households, without what names them; None where none were delivered.
    """

    units: pd.DataFrame
    below: pd.DataFrame
    groups: pd.DataFrame
    movement: pd.DataFrame
    deprivations: pd.DataFrame
    records: Classified | None = None


def gather(
    entry: Entry, records: Records | None, rules: PovertyRules, codes: tuple[str, ...]
) -> Tables:
    """Take the delivered tables, and count the lacking ones from records of households.

    Parameters
    ----------
    entry : Entry
    records : Records or None
    rules : PovertyRules
    codes : tuple of str
        The edition's indicators.
    """
    units, groups, moved, lacking = (
        entry.table(f"poverty_{name}") for name in ("units", "groups", "movement", "deprivations")
    )
    households = None
    if records is not None:
        private = entry.forms.record("households").private
        households = classified(_of_year(records.frame, entry.year), rules, private)
        origin = f"đếm từ {records.origin}"
        counted_units = by_unit(households, "xa").assign(**{ORIGIN: origin})
        units = units if len(units) else counted_units
        groups = groups if len(groups) else by_group(households).assign(**{ORIGIN: origin})
        moved = moved if len(moved) else movement(households).assign(**{ORIGIN: origin})
        counted = deprivations(households, codes).assign(**{ORIGIN: origin})
        lacking = lacking if len(lacking) else counted
        if not (units["xa"] != "").any():
            below = counted_units[counted_units["xa"] != ""]
            return Tables(units, below, groups, moved, lacking, households)
    below = units[units["xa"] != ""] if len(units) else units
    return Tables(units, below, groups, moved, lacking, households)


def _of_year(frame: pl.DataFrame, year: int) -> pl.DataFrame:
    """Keep the rows of the year; a row without a year belongs to the delivery's."""
    if "nam" not in frame.columns:
        return frame
    return frame.filter(pl.col("nam").is_null() | (pl.col("nam") == year))


def districts(units: pd.DataFrame) -> pd.DataFrame:
    """Return one row a district: as delivered, or added up from its communes.

    Returns
    -------
    DataFrame
        ``huyen``, the counts of :data:`UNIT_COUNTS` (NaN where a commune lacks one), ``origin``.
    """
    if units.empty:
        return units
    own = units[units["xa"] == ""]
    below = units[(units["xa"] != "") & ~units["huyen"].isin(own["huyen"])]
    columns = ["huyen", *UNIT_COUNTS, ORIGIN]
    added = below.groupby("huyen", sort=False)
    # A sum with an unknown part is unknown, so the parts are counted, too.
    known = added[list(UNIT_COUNTS)].count().eq(added.size(), axis=0)
    summed = added[list(UNIT_COUNTS)].sum().where(known)
    summed[ORIGIN] = [f"cộng {len(rows)} xã; {rows[ORIGIN].iloc[0]}" for _, rows in added]
    parts = [part for part in (own[columns], summed.reset_index()[columns]) if len(part)]
    return pd.concat(parts, ignore_index=True)


def communes(below: pd.DataFrame, rules: PovertyRules) -> pd.DataFrame:
    """Return the communes with ``hidden`` set where a count could tell on a household."""
    if below.empty:
        return below.assign(**{HIDDEN: pd.Series(dtype=bool)})
    rows = with_rates(protect(below, COUNTS, rules.smallest_cell, ["huyen"]))
    return in_order(rows, "poor", [], ["huyen", "xa"])


def district_rows(units: pd.DataFrame, below: pd.DataFrame, rules: PovertyRules) -> pd.DataFrame:
    """Return the districts with rates; ``hidden`` where a total would give a commune's count away."""
    rows = districts(units)
    if rows.empty:
        return rows.assign(**{HIDDEN: pd.Series(dtype=bool)})
    rows = protect(rows, COUNTS, rules.smallest_cell)
    if len(below):
        shown = protect(below, COUNTS, rules.smallest_cell, ["huyen"])
        bare = hidden_totals(shown, COUNTS, rules.smallest_cell, ["huyen"])
        rows[HIDDEN] |= rows["huyen"].isin(bare.index[bare])
    return in_order(with_rates(rows), "poor", [], ["huyen"])


def counted_in_records(records: Classified | None, year: int) -> State:
    """Return the state that the records of households give; empty without records."""
    if records is None:
        return from_table(pd.DataFrame(), year)
    rows = by_unit(records, "huyen").assign(**{ORIGIN: "đếm trong danh sách hộ"})
    return from_table(rows, year)


def group_rows(groups: pd.DataFrame, rules: PovertyRules) -> pd.DataFrame:
    """Return groups, ethnic groups and causes with rates; ``hidden`` marks small counts.

    Ethnic groups other than the majority add up to the group of minorities, which is known, and all
    of them to the province: both sums must give nothing away. Other groups overlap and add up to
    nothing.
    """
    if groups.empty:
        return groups.assign(**{HIDDEN: pd.Series(dtype=bool)})
    small = ((groups[list(COUNTS)] > 0) & (groups[list(COUNTS)] < rules.smallest_cell)).any(axis=1)
    rows = groups.assign(**{HIDDEN: small}).reset_index(drop=True)
    ethnic = rows[rows["loai"] == ETHNIC_KIND]
    if len(ethnic):
        majority = ethnic["nhom"].str.strip().str.lower() == MAJORITY
        blocks = ethnic.assign(_majority=majority)
        shown = protect(blocks, COUNTS, rules.smallest_cell, ["_majority"])
        rows.loc[shown.index, HIDDEN] = shown[HIDDEN]
        bare = hidden_totals(shown, COUNTS, rules.smallest_cell, ["_majority"])
        if bare.any():
            rows.loc[shown.index, HIDDEN] = True
            rows.loc[rows["nhom"] == MINORITY_GROUP, HIDDEN] = True
    order = {kind: place for place, kind in enumerate((GROUP_KIND, ETHNIC_KIND, CAUSE_KIND))}
    return in_order(
        with_rates(rows.assign(_kind=rows["loai"].map(order))), "ho_ngheo", ["_kind"], ["nhom"]
    ).drop(columns="_kind")


def in_order(
    rows: pd.DataFrame, by: str, within: Sequence[str], names: Sequence[str]
) -> pd.DataFrame:
    """Sort from high to low; hidden rows come last, by name: a place in the order tells a count."""
    key = rows[by].where(~rows[HIDDEN])
    sorted_rows = rows.assign(_key=key).sort_values(
        [*within, "_key", *names],
        ascending=[True] * len(within) + [False] + [True] * len(names),
        kind="stable",
        na_position="last",
    )
    return sorted_rows.drop(columns="_key").reset_index(drop=True)


def with_rates(rows: pd.DataFrame) -> pd.DataFrame:
    """Add ``ca_hai`` and rates in percent: ``poor, near_poor, both, poor_before, change``."""
    number = {name: pd.to_numeric(rows[name]) for name in UNIT_COUNTS}
    total = number["tong_ho"].where(number["tong_ho"] > 0)
    before = number["tong_ho_dau"].where(number["tong_ho_dau"] > 0)
    both = number["ho_ngheo"] + number["ho_can_ngheo"]
    poor = number["ho_ngheo"] / total * 100
    poor_before = number["ho_ngheo_dau"] / before * 100
    return rows.assign(
        ca_hai=both,
        poor=poor,
        near_poor=number["ho_can_ngheo"] / total * 100,
        both=both / total * 100,
        poor_before=poor_before,
        change=poor - poor_before,
    )


def deprivation_rows(table: pd.DataFrame, edition: FrameworkEdition, state: State) -> pd.DataFrame:
    """Return the twelve indicators with the shares of poor and near-poor households deprived.

    Returns
    -------
    DataFrame
        ``code, name, service, ho_ngheo, ho_can_ngheo, poor, near_poor`` (percent of the poor and of the
        near-poor households; NaN where their number is not known or is smaller) and ``origin``.
    """
    places = {
        str(node.code): (node.name_vi, top.name_vi)
        for top in edition.criteria
        for node in top.children
    }
    rows = table.assign(code=pd.to_numeric(table["chi_so"]).astype("Int64").astype(str))
    rows = rows[rows["code"].isin(places)]
    rows = rows.assign(
        name=[places[code][0] for code in rows["code"]],
        service=[places[code][1] for code in rows["code"]],
        poor=_share(rows["ho_ngheo"], state.households("poor")),
        near_poor=_share(rows["ho_can_ngheo"], state.households("near_poor")),
    )
    order = rows["code"].astype(int)
    return rows.loc[order.sort_values().index].reset_index(drop=True)


def _share(counts: pd.Series, of: Measure | None) -> pd.Series:
    numbers = pd.to_numeric(counts)
    if of is None or of.value <= 0:
        return numbers * np.nan
    return (numbers / of.value * 100).where(numbers <= of.value)


@dataclass(frozen=True)
class Moved:
    """The movement of a class over the year, for the whole place.

    Parameters
    ----------
    kind : {"poor", "near_poor"}
    movement : Movement
    trace : str
    known : frozenset of str
        Columns that are known; those of `movement` that are not are 0 and say nothing.
    """

    kind: Kind
    movement: Movement
    trace: str
    known: frozenset[str]

    @property
    def complete(self) -> bool:
        """Whether the columns must add up; an office without other causes leaves their columns out."""
        return self.known >= set(MOVES) - {"giam_khac", "tang_khac"}

    @property
    def entered(self) -> int | None:
        """Households that came back or are new; from the other columns where these are not known."""
        found = self.movement
        if {"tai", "phat_sinh"} <= self.known:
            return found.fell_back + found.new
        if {"tai", "phat_sinh"} & self.known or not self.known >= set(MOVES) - {"tai", "phat_sinh"}:
            return None
        entered = found.gap  # what the other columns leave of the end
        return entered if entered >= 0 else None


def movements(table: pd.DataFrame) -> tuple[Moved, ...]:
    """Read the movement of both classes for the whole place, adding districts up where needed."""
    found = []
    for name, kind in ((POOR, "poor"), (NEAR, "near_poor")):
        rows = table[table["loai_ho"] == name]
        whole = rows[rows["huyen"] == ""]
        rows = whole if len(whole) else rows
        if rows.empty:
            continue
        numbers = rows[list(MOVES)].apply(pd.to_numeric)
        known = frozenset(str(c) for c in MOVES if numbers[c].notna().all())
        sums = numbers.sum().astype(int)
        trace = str(rows[ORIGIN].iloc[0])
        if len(rows) > 1:
            trace = f"cộng {len(rows)} huyện; {trace}"
        found.append(Moved(kind, Movement(*(int(sums[c]) for c in MOVES)), trace, known))  # type: ignore[arg-type]
    return tuple(found)
