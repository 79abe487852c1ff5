"""What record files give once more of what an office also typed, to be set beside it.

Nothing here is printed by itself: a count that would tell of few persons, households or dossiers is
marked ``hidden`` and may only be said to differ.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from helpers.definitions.framework import load_framework, rules_of
from helpers.facts.disclosure import LEAST, is_small
from helpers.indices.poverty.arithmetic import rules_for
from helpers.indices.poverty.disclosure import END, hidden_units, tells_of_few
from helpers.indices.poverty.households import by_unit, classified
from helpers.indices.poverty.left_open import left_open
from helpers.indices.procedures.arithmetic import IN_TIME
from helpers.indices.procedures.disclosure import hidden_cells, hidden_months, hidden_total
from helpers.indices.procedures.dossiers import PROCEDURES, calendar_for, dossiers_of, report_date
from helpers.indices.procedures.left_open import Counted, counted_columns
from helpers.indices.procedures.reading import FIGURES
from helpers.indices.procedures.records import NOT_STATED, DossierTables, count_dossiers
from helpers.indices.procedures.rules import ProcedureRules
from helpers.inputs.entry import Entry
from helpers.inputs.records import read_records
from helpers.project import Project


@dataclass(frozen=True)
class Source:
    """A record file: its name, its rows, what they are called."""

    file: str
    rows: int
    least: int = LEAST
    """The fewest records of a group that is told of."""

    @property
    def where(self) -> str:
        """The place as a reader finds it; a number of rows that is small is not told."""
        return self.file if self.rows < self.least else f"{self.file}, {self.rows} dòng"

    @classmethod
    def of(cls, origin: str, rows: int, least: int = LEAST) -> Source:
        """Take the origin of records."""
        file, comma, sheet = origin.partition(",")
        return cls(f"{PurePosixPath(file).name}{comma}{sheet}", rows, least)


@dataclass(frozen=True)
class Counts:
    """What one record file gives: of the whole by code of the single figure, and of each part.

    Parameters
    ----------
    source : Source
    figures : mapping of str to Counted
        Code of the single figure → number.
    rows : mapping of (tuple of str) to mapping of str to Counted
        Folded names of a row of the table → column → number.
    """

    source: Source
    figures: Mapping[str, Counted]
    rows: Mapping[tuple[str, ...], Mapping[str, Counted]]


def dossier_counts(entry: Entry, project: Project) -> Counts | None:
    """Count what the figures on dossiers and the report table state; None without such a file."""
    records = dossiers_of(entry, project) if knows(PROCEDURES, entry.year, project) else None
    if records is None:
        return None
    rules = rules_of(load_framework(PROCEDURES, project).edition(entry.year), ProcedureRules)
    days = calendar_for(records.frame, entry.year, rules)
    made = count_dossiers(records.frame, entry.year, days, report_date(entry.office, entry.year))
    whole = made.total.row(0, named=True)
    slack = made.undated
    columns = counted_columns(whole, hidden_total(whole), slack)
    figures = {
        f"{PROCEDURES}.{code}": columns[column]
        for code, column in FIGURES.items()
        if column in columns
    }
    figures |= dict(_dossier_rates(columns))
    # A row of a month, of a field, of a unit; names as the table has them: field, unit, month.
    rows: dict[tuple[str, ...], Mapping[str, Counted]] = {("", "", ""): columns}
    fields, units, months = (
        table.to_dicts() for table in (made.by_field, made.by_unit, made.by_month)
    )
    for line, shut in zip(fields, hidden_cells(fields), strict=True):
        own, any_of = _undated(made, "field", line["name"])
        rows[(same_name(line["name"]), "", "")] = counted_columns(line, shut, own, any_of)
    for line, shut in zip(units, hidden_cells(units), strict=True):
        own, any_of = _undated(made, "unit", line["name"])
        rows[("", same_name(line["name"]), "")] = counted_columns(line, shut, own, any_of)
    for line, shut in zip(months, hidden_months(months, whole), strict=True):
        # What was open is so in every month, what ended did so in one of them.
        stock, flow = counted_columns(line, shut, slack), counted_columns(line, shut, 0, slack)
        ended = {code: one for code, one in flow.items() if not code.startswith(("dg_", "tn_"))}
        rows[("", "", str(line["month"]))] = stock | ended
    return Counts(Source.of(records.origin, records.rows), figures, rows)


def _undated(tables: DossierTables, by: str, name: str) -> tuple[int, int]:
    """Return the dossiers that perhaps belong to the year and to this row, or to any row."""
    nameless = tables.undated_in.get((by, ""), 0)
    if name == NOT_STATED:
        return nameless, 0
    return tables.undated_in.get((by, name), 0), nameless


def _dossier_rates(columns: Mapping[str, Counted]) -> Iterator[tuple[str, Counted]]:
    for code, part, whole in (
        ("in_time_rate", columns.get(IN_TIME), columns.get("gq_tong")),
        ("late_rate", columns.get("gq_qua_han"), columns.get("gq_tong")),
    ):
        if part is not None and whole is not None:
            yield from _rate(f"{PROCEDURES}.{code}", part, whole)
    online, direct = columns.get("tn_truc_tuyen"), columns.get("tn_truc_tiep")
    if online is not None and direct is not None:
        both = Counted(
            online.low + direct.low, online.high + direct.high, online.hidden or direct.hidden
        )
        yield from _rate(f"{PROCEDURES}.online_share", online, both)


def _rate(
    code: str, part: Counted, whole: Counted, least: int = LEAST
) -> Iterator[tuple[str, Counted]]:
    """Return a rate in percent; what is left of the whole must not be a small group either."""
    if whole.low <= 0:
        return
    few = part.hidden or whole.hidden or is_small(whole.low - part.low, least)
    high = min(part.high / whole.low, 1.0)
    yield code, Counted(part.low / whole.high * 100, high * 100, few)


def household_counts(entry: Entry, project: Project) -> Counts | None:
    """Count what the figures on poverty and the table of units state; None without such a file."""
    records = None
    if knows("poverty", entry.year, project):
        records = read_records("households", entry.delivery, project, entry.office)
    if records is None:
        return None
    frame = records.frame
    if "nam" in frame.columns:
        frame = frame.filter(frame["nam"].is_null() | (frame["nam"] == entry.year))
    edition = load_framework("poverty", project).edition(entry.year)
    rules = rules_for(edition, entry.office.rules.get("poverty", {}))
    households = classified(frame, rules, entry.forms.record("households").private)
    if not frame.height:
        return None
    communes = by_unit(households, "xa")
    least = rules.smallest_cell
    few = tells_of_few(communes, END, least)
    sums = communes[list(END)].sum(skipna=False)
    whole = _of_households(sums.to_dict(), few, left_open(households), least)
    figures = {
        f"poverty.{code}": whole[column]
        for code, column in (("households", "tong_ho"), ("poor", "ho_ngheo"),
                             ("near_poor", "ho_can_ngheo"), ("both", "both"))
        if column in whole
    }  # fmt: skip
    for code in ("poor", "near_poor", "both"):
        if f"poverty.{code}" in figures and "poverty.households" in figures:
            part, of = figures[f"poverty.{code}"], figures["poverty.households"]
            figures |= dict(_rate(f"poverty.{code}_rate", part, of, least))
    shut, closed = hidden_units(communes, END, least, districts_known=False)
    rows: dict[tuple[str, ...], Mapping[str, Counted]] = {}
    for (_, line), hidden in zip(communes.iterrows(), shut, strict=True):
        key = (same_name(str(line["huyen"])), same_name(str(line["xa"])))
        if key[1]:
            slack = left_open(households, str(line["huyen"]), str(line["xa"]))
            rows[key] = _of_households(line.to_dict(), bool(hidden) or few, slack, least)
    for _, line in by_unit(households, "huyen").iterrows():
        name = str(line["huyen"])
        hidden = name in closed or few
        if name:
            slack = left_open(households, name)
            rows[(same_name(name), "")] = _of_households(line.to_dict(), hidden, slack, least)
    return Counts(Source.of(records.origin, records.rows, least), figures, rows)


def _of_households(
    line: Mapping[Any, Any], hidden: bool, slack: Mapping[str, int], least: int
) -> dict[str, Counted]:
    values = {str(code): line[code] for code in END}
    values["both"] = values["ho_ngheo"] + values["ho_can_ngheo"]
    return {
        code: Counted(float(value), float(value) + slack[code], hidden or is_small(value, least))
        for code, value in values.items()
        if not math.isnan(float(value))
    }


def same_name(text: str) -> str:
    """Return a name as it is compared: tones tell communes apart, case and composition do not."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def knows(key: str, year: int, project: Project) -> bool:
    """Tell whether an index has an edition for a year."""
    return any(one.first_year <= year for one in load_framework(key, project).editions)


def folded(row: Mapping[Any, Any], columns: Iterable[str]) -> tuple[str, ...]:
    """Return the names of a table row as they are compared."""
    made = []
    for column in columns:
        value = row.get(column)
        empty = value is None or pd.isna(value) or value == ""
        said = "" if empty else str(value)
        made.append(said.split(".")[0] if column == "thang" else same_name(said))
    return tuple(made)
