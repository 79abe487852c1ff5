"""Poverty by unit, group, deprivation and movement; counts that could tell on a household hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
import polars as pl

from helpers.definitions.framework import FrameworkEdition
from helpers.facts.disclosure import Flags, shares
from helpers.facts.known import known_enough
from helpers.indices.poverty.arithmetic import PovertyRules
from helpers.indices.poverty.disclosure import (
    END,
    HIDDEN,
    START,
    counts_of,
    hidden_groups,
    hidden_peoples,
    hidden_units,
    tells_of_few,
)
from helpers.indices.poverty.households import (
    BASES,
    CAUSE_KIND,
    ETHNIC_KIND,
    GROUP_KIND,
    MAJORITY,
    MINORITY_GROUP,
    Classified,
    by_group,
    by_unit,
    classified,
    deprivations,
    movement,
)
from helpers.indices.poverty.levels import Measure, State, added_up, from_table
from helpers.inputs.entry import ORIGIN, Entry
from helpers.inputs.records import Records

UNIT_COUNTS = (*END, *START)


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
    counted : frozenset of str
        Names of the tables that were counted from records: what they tell of few households is hidden.
    whole : DataFrame
        One row with the counts of all records; empty without records.
    has_districts : bool
        Whether there are districts in the year; since 1/7/2025 there are none, and every unit is a
        commune.
    """

    units: pd.DataFrame
    below: pd.DataFrame
    groups: pd.DataFrame
    movement: pd.DataFrame
    deprivations: pd.DataFrame
    records: Classified | None = None
    counted: frozenset[str] = frozenset()
    whole: pd.DataFrame = field(default_factory=pd.DataFrame)
    has_districts: bool = True

    def are_counted(self, name: str) -> bool:
        """Tell whether a table was counted from records of households."""
        return name in self.counted


def gather(
    entry: Entry,
    records: Records | None,
    rules: PovertyRules,
    codes: tuple[str, ...],
    *,
    has_districts: bool = True,
) -> Tables:
    """Take the delivered tables, and count the lacking ones from records of households.

    Parameters
    ----------
    entry : Entry
    records : Records or None
    rules : PovertyRules
    codes : tuple of str
        The edition's indicators.
    has_districts : bool
        Whether there are districts in the year.
    """
    units, groups, moved, lacking = (
        entry.table(f"poverty_{name}") for name in ("units", "groups", "movement", "deprivations")
    )
    if not has_districts and len(units):
        units = as_communes(units)
    below = units[units["xa"] != ""] if len(units) else units
    if records is None:
        return Tables(units, below, groups, moved, lacking, has_districts=has_districts)
    private = entry.forms.record("households").private
    frame = _of_year(records.frame, entry.year)
    if not has_districts:
        # A commune that was made of parts of two districts is one, whatever district a row still names.
        frame = frame.drop("huyen", strict=False)
    households = classified(frame, rules, private, records.assumed)
    origin = {ORIGIN: f"đếm từ {records.origin}"}
    counted = {
        "units": by_unit(households, "xa").assign(**origin),
        "groups": by_group(households).assign(**origin),
        "movement": movement(households).assign(**origin),
        "deprivations": deprivations(households, codes).assign(**origin),
    }
    given = {"units": units, "groups": groups, "movement": moved, "deprivations": lacking}
    made = {name: given[name] if len(given[name]) else table for name, table in counted.items()}
    own = {name for name in counted if not len(given[name])}
    below = made["units"][made["units"]["xa"] != ""]
    if below.empty:
        below = counted["units"][counted["units"]["xa"] != ""]
        own.add("below")
    elif "units" in own:
        own.add("below")
    whole = counted["units"][list(UNIT_COUNTS)].sum(skipna=False).to_frame().T
    return Tables(
        made["units"],
        below,
        made["groups"],
        made["movement"],
        made["deprivations"],
        households,
        frozenset(own),
        whole,
        has_districts,
    )


def as_communes(units: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a year without districts: each is a commune, whichever column names it."""
    return units.assign(xa=units["xa"].where(units["xa"] != "", units["huyen"]), huyen="")


def _of_year(frame: pl.DataFrame, year: int) -> pl.DataFrame:
    """Keep the rows of the year; a row without a year belongs to the delivery's."""
    if "nam" not in frame.columns:
        return frame
    return frame.filter(pl.col("nam").is_null() | (pl.col("nam") == year))


def leaves(units: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of which none is contained in another: districts, and communes of the others."""
    if units.empty:
        return units
    own = units["xa"] == ""
    return units[own | ~units["huyen"].isin(units["huyen"][own])]


def districts(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row a district: as delivered, or added up from its communes.

    Parameters
    ----------
    rows : DataFrame
        As :func:`leaves` returns them.

    Returns
    -------
    DataFrame
        ``huyen``, the counts of :data:`UNIT_COUNTS` (NaN where a commune lacks one), ``origin``.
    """
    if rows.empty:
        return rows
    added = rows.groupby("huyen", sort=False)
    # A sum with an unknown part is unknown, so the parts are counted, too.
    known = added[list(UNIT_COUNTS)].count().eq(added.size(), axis=0)
    summed = added[list(UNIT_COUNTS)].sum().where(known)
    summed[ORIGIN] = [added_up(of) for _, of in added]
    return summed.reset_index()[["huyen", *UNIT_COUNTS, ORIGIN]]


def _leaves_of(tables: Tables) -> pd.DataFrame:
    """Return the units that add up to the place."""
    # A counted row without a commune is what is left of its district, not the district.
    return tables.units if tables.are_counted("units") else leaves(tables.units)


def communes(tables: Tables, rules: PovertyRules) -> pd.DataFrame:
    """Return the communes with rates; ``hidden`` where a counted one could tell on a household."""
    below = tables.below
    if below.empty:
        return below.assign(**{HIDDEN: pd.Series(dtype=bool)})
    shut, start = _shut_units(tables, rules)
    rows = below.assign(**{HIDDEN: shut.loc[below.index]})
    return in_order(_started(with_rates(rows), start), "poor", [], ["huyen", "xa"])


def district_rows(tables: Tables, rules: PovertyRules) -> pd.DataFrame:
    """Return the districts with rates; ``hidden`` where a counted one could tell on a household.

    Empty in a year without districts.
    """
    rows = districts(_leaves_of(tables)) if tables.has_districts else pd.DataFrame()
    if rows.empty:
        return rows.assign(**{HIDDEN: pd.Series(dtype=bool)})
    if not tables.are_counted("units"):
        return in_order(with_rates(rows.assign(**{HIDDEN: False})), "poor", [], ["huyen"])
    _, closed = hidden_units(tables.units, END, rules.smallest_cell, districts_known=False)
    _, start = _shut_units(tables, rules)
    rows[HIDDEN] = rows["huyen"].isin(closed)
    return in_order(_started(with_rates(rows), start), "poor", [], ["huyen"])


def _shut_units(tables: Tables, rules: PovertyRules) -> tuple[pd.Series, bool]:
    """Return which communes are hidden, and whether the start of the year may be told beside the end.

    What is hidden to protect others may differ from year to year; together, the end of one year and
    the start of the next would give it away. So the start is told only where nothing is hidden.
    """
    below = tables.below
    if not tables.are_counted("below"):
        return pd.Series(False, index=below.index, dtype=bool), True
    known, least = not tables.are_counted("units"), rules.smallest_cell
    source = below if known else tables.units
    shut, closed = hidden_units(source, END, least, districts_known=known)
    then, closed_then = hidden_units(source, START, least, districts_known=known)
    few = tells_of_few(source, START, least)
    start = not (shut.any() or closed or then.any() or closed_then or few)
    return shut, start


def _started(rows: pd.DataFrame, told: bool) -> pd.DataFrame:
    """Take the start of the year away where it must not be told."""
    if told:
        return rows
    unknown = [*START, "poor_before", "change"]
    return rows.assign(**dict.fromkeys(unknown, np.nan))


def counted_in_records(tables: Tables, year: int, least: int) -> State:
    """Return the state that the records of households give; empty without records."""
    if tables.records is None:
        return from_table(pd.DataFrame(), year)
    rows = by_unit(tables.records, "huyen").assign(**{ORIGIN: "đếm trong danh sách hộ"})
    return _told(rows, year, END, least)


def summed(tables: Tables, year: int, rules: PovertyRules, *, start: bool = False) -> State:
    """Add up the units at the end or the start of a year; nothing of few counted households."""
    rows = _leaves_of(tables)
    if not tables.are_counted("units"):
        return from_table(rows, year, start=start)
    return _told(rows, year, START if start else END, rules.smallest_cell)


def _told(rows: pd.DataFrame, year: int, columns: Sequence[str], least: int) -> State:
    made = from_table(rows, year, start=columns is START)
    if rows.empty or not tells_of_few(rows, columns, least):
        return made
    return replace(from_table(pd.DataFrame(), year), hidden=True)


def group_rows(tables: Tables, state: State, rules: PovertyRules) -> pd.DataFrame:
    """Return groups, ethnic groups and causes with rates; ``hidden`` marks small counts.

    ``of_poor`` is the percentage of poor households to which a cause applies: of those of which a cause
    is recorded, or of all of them in a table that the office delivers, which does not tell them apart.

    Ethnic groups other than the majority add up to the group of minorities, and all of them to the
    province: both sums must give nothing away. Other groups overlap and add up to nothing.
    """
    groups = tables.groups
    if groups.empty:
        return groups.assign(**{HIDDEN: pd.Series(dtype=bool)})
    rows = groups.assign(**{HIDDEN: False}).reset_index(drop=True)
    causes = (rows["loai"] == CAUSE_KIND).to_numpy()
    rows["of_poor"] = _share(rows["ho_ngheo"], state.households("poor")).where(causes)
    if tables.are_counted("groups"):
        whole, least = counts_of(tables.whole, END)[0], rules.smallest_cell
        shut = hidden_groups(rows, whole, END, least)
        peoples = (rows["loai"] == ETHNIC_KIND).to_numpy()
        if peoples.any():
            of = rows[peoples]
            minority = (of["nhom"].str.strip().str.lower() != MAJORITY).to_numpy()
            own, together = hidden_peoples(of, minority, whole, END, least)
            shut[peoples] |= own
            shut |= ((rows["nhom"] == MINORITY_GROUP) & together).to_numpy()
        of_poor, closed, no_share = _recorded_share(rows, "poor", tables, rules)
        rows[HIDDEN] = shut | (causes & closed)
        rows["of_poor"] = of_poor.where(causes & ~no_share)
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


def deprivation_rows(
    tables: Tables, edition: FrameworkEdition, state: State, rules: PovertyRules
) -> pd.DataFrame:
    """Return the twelve indicators with the shares of poor and near-poor households deprived.

    Returns
    -------
    DataFrame
        ``code, name, service, ho_ngheo, ho_can_ngheo, poor, near_poor`` (percent of the poor and of the
        near-poor households, if counted from records of those of which the mark is recorded; NaN where
        their number is not known or is smaller), ``origin``, and ``hidden_poor`` and
        ``hidden_near_poor``: counted, and not shown.
    """
    table = tables.deprivations
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
    rows = rows.loc[order.sort_values().index].reset_index(drop=True)
    for kind, count in _COUNTS.items():
        shut = np.zeros(len(rows), dtype=bool)
        if tables.are_counted("deprivations") and len(rows):
            share, shut, no_share = _recorded_share(rows, kind, tables, rules)
            rows[kind] = share.where(~no_share)
        rows[f"hidden_{kind}"] = shut
        rows[count] = rows[count].mask(shut)
    return rows


_COUNTS = {"poor": "ho_ngheo", "near_poor": "ho_can_ngheo"}


def _recorded_share(
    rows: pd.DataFrame, kind: str, tables: Tables, rules: PovertyRules
) -> tuple[pd.Series, Flags, Flags]:
    """Return what part of the households of which it is recorded have an attribute, in percent.

    Returns
    -------
    tuple
        Shares, NaN where too few households of the class record the attribute; rows of which nothing
        may be told; rows without a share.
    """
    counts, bases = (
        pd.to_numeric(rows[name])
        for name in (_COUNTS[kind], dict(zip(_COUNTS, BASES, strict=True))[kind])
    )
    whole = float(tables.whole[_COUNTS[kind]].iloc[0])
    enough = pd.Series([known_enough(base, whole - base) for base in bases], index=rows.index)
    shut, no_share = shares(
        counts.to_numpy(dtype=float), bases.to_numpy(dtype=float), whole, least=rules.smallest_cell
    )
    return (counts / bases.where(bases > 0) * 100).where(enough), shut, no_share


def _share(counts: pd.Series, of: Measure | None) -> pd.Series:
    numbers = pd.to_numeric(counts)
    if of is None or of.value <= 0:
        return numbers * np.nan
    return (numbers / of.value * 100).where(numbers <= of.value)
