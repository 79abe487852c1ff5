"""Poverty by unit, group, deprivation and movement; counts that could tell on a household hidden."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import polars as pl

from helpers.analysis.poverty_levels import Kind, Measure, State
from helpers.definitions.framework import FrameworkEdition
from helpers.indices.poverty import NEAR, POOR, Movement, PovertyRules
from helpers.indices.poverty_disclosure import HIDDEN, hidden_totals, protect
from helpers.indices.poverty_households import (
    CAUSE_KIND,
    ETHNIC_KIND,
    GROUP_KIND,
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
    records : Classified or None
        The households, without what names them; None where none were delivered.
    """

    units: pd.DataFrame
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
        units = units if len(units) else by_unit(households, "xa").assign(**{ORIGIN: origin})
        groups = groups if len(groups) else by_group(households).assign(**{ORIGIN: origin})
        moved = moved if len(moved) else movement(households).assign(**{ORIGIN: origin})
        counted = deprivations(households, codes).assign(**{ORIGIN: origin})
        lacking = lacking if len(lacking) else counted
    return Tables(units, groups, moved, lacking, households)


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


def communes(units: pd.DataFrame, rules: PovertyRules) -> pd.DataFrame:
    """Return the communes with ``hidden`` set where a count could tell on a household."""
    rows = units[units["xa"] != ""] if len(units) else units
    if rows.empty:
        return rows.assign(**{HIDDEN: pd.Series(dtype=bool)})
    return with_rates(protect(rows, COUNTS, rules.smallest_cell, ["huyen"]))


def district_rows(units: pd.DataFrame, rules: PovertyRules) -> pd.DataFrame:
    """Return the districts with rates; ``hidden`` where a total would give a commune's count away."""
    rows = districts(units)
    if rows.empty:
        return rows.assign(**{HIDDEN: pd.Series(dtype=bool)})
    rows = protect(rows, COUNTS, rules.smallest_cell)
    below = units[units["xa"] != ""]
    if len(below):
        shown = protect(below, COUNTS, rules.smallest_cell, ["huyen"])
        bare = hidden_totals(shown, COUNTS, rules.smallest_cell, ["huyen"])
        rows[HIDDEN] |= rows["huyen"].map(bare).fillna(value=False).astype(bool)
    return with_rates(rows)


def group_rows(groups: pd.DataFrame, rules: PovertyRules) -> pd.DataFrame:
    """Return groups, ethnic groups and causes with rates; ethnic groups add up to a known total."""
    if groups.empty:
        return groups.assign(**{HIDDEN: pd.Series(dtype=bool)})
    parts = []
    for kind in (GROUP_KIND, ETHNIC_KIND, CAUSE_KIND):
        rows = groups[groups["loai"] == kind]
        if kind == ETHNIC_KIND:
            rows = protect(rows, COUNTS, rules.smallest_cell)
        else:
            counts = rows[list(COUNTS)]
            small = ((counts > 0) & (counts < rules.smallest_cell)).any(axis=1)
            rows = rows.assign(**{HIDDEN: small})
        parts.append(rows.sort_values("ho_ngheo", ascending=False, kind="stable"))
    return with_rates(pd.concat([part for part in parts if len(part)], ignore_index=True))


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
        Columns that were delivered; others count as 0 in the identity.
    """

    kind: Kind
    movement: Movement
    trace: str
    known: frozenset[str]


_MOVES = ("dau_ky", "thoat", "giam_khac", "tai", "phat_sinh", "tang_khac", "cuoi_ky")


def movements(table: pd.DataFrame) -> tuple[Moved, ...]:
    """Read the movement of both classes for the whole place, adding districts up where needed."""
    found = []
    for name, kind in ((POOR, "poor"), (NEAR, "near_poor")):
        rows = table[table["loai_ho"] == name]
        whole = rows[rows["huyen"] == ""]
        rows = whole if len(whole) else rows
        if rows.empty:
            continue
        numbers = rows[list(_MOVES)].apply(pd.to_numeric)
        known = frozenset(str(c) for c in _MOVES if numbers[c].notna().all())
        sums = numbers.sum().astype(int)
        trace = str(rows[ORIGIN].iloc[0])
        if len(rows) > 1:
            trace = f"cộng {len(rows)} huyện; {trace}"
        found.append(Moved(kind, Movement(*(int(sums[c]) for c in _MOVES)), trace, known))  # type: ignore[arg-type]
    return tuple(found)
