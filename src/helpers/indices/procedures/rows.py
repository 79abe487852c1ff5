"""Rows of dossier counts, from the report table or from dossiers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import polars as pl

from helpers.facts.disclosure import is_small
from helpers.facts.known import known_enough
from helpers.facts.value import PERCENT, Value, Why, count
from helpers.indices.procedures.arithmetic import Count, Counts, added, counts_of, with_in_time
from helpers.indices.procedures.disclosure import (
    days_of,
    hidden_cells,
    hidden_months,
    hidden_procedures,
)
from helpers.indices.procedures.months import COUNTED, OPEN_UNKNOWN, RESOLVED_UNKNOWN, TOLD
from helpers.indices.procedures.records import DossierTables
from helpers.inputs.entry import ORIGIN

MONTHS = 12
UNCLEAR = {"gq_qua_han": RESOLVED_UNKNOWN, "dg_qua_han": OPEN_UNKNOWN}
"""Columns of late dossiers → the dossiers of which it is not known whether they belong there."""
EVERY_LATE, RESOLVED_LATE = frozenset(UNCLEAR), frozenset({"gq_qua_han"})


@dataclass(frozen=True)
class Row:
    """A row of the report: a field, unit, procedure or month.

    Parameters
    ----------
    name : str
    counts : mapping of str to Count
    days : float or None
        Mean working days from receipt to end of resolved dossiers; None where not known.
    code : str
        Of a procedure.
    hidden : frozenset of str
        Columns that were counted from dossiers and are not told: they would tell of few.
    """

    name: str
    counts: Counts
    days: float | None = None
    code: str = ""
    hidden: frozenset[str] = frozenset()

    def value(self, column: str) -> int | None:
        """Return a count, or None where it is not known."""
        found = self.counts.get(column)
        return None if found is None else found.value

    @property
    def has_late(self) -> bool:
        """Whether some dossier is known to be late; how many may be unknown."""
        return self._holds(UNCLEAR)

    @property
    def has_unclear(self) -> bool:
        """Whether of some dossier it is known that nobody knows whether it is late, or hidden."""
        return self.hides_unknown or self._holds(UNCLEAR.values())

    def _holds(self, columns: Iterable[str]) -> bool:
        """Tell whether one of these columns is known to hold a dossier."""
        values = (self.value(column) for column in columns)
        return any(value is not None and value > 0 for value in values)

    @property
    def hides_late(self) -> bool:
        """Whether it is not told how many of its dossiers are late."""
        return bool({"gq_qua_han", "dg_qua_han"} & self.hidden)

    @property
    def hides_unknown(self) -> bool:
        """Whether it is not told of how many dossiers it is not known whether they are late."""
        return bool({RESOLVED_UNKNOWN, OPEN_UNKNOWN} & self.hidden)

    def late_of(self, columns: frozenset[str]) -> int | None:
        """Return dossiers known to be late, by these columns; None of none, or where one is unknown."""
        values = [found for column in columns if (found := self.value(column)) is not None]
        return sum(values) if values and len(values) == len(columns) else None

    def unclear_of(self, columns: frozenset[str]) -> int | None:
        """Return dossiers of which it is not known whether they are late, by columns of late ones.

        An office that states the late ones without them has judged every dossier: then it is none.
        None where it is hidden, or where the late ones are not known either.
        """
        found = [self._unclear(column) for column in columns]
        known = [one for one in found if one is not None]
        return sum(known) if known and len(known) == len(found) else None

    def _unclear(self, column: str) -> int | None:
        code = UNCLEAR[column]
        if code in self.hidden:
            return None
        stated = self.value(code)
        judged = 0 if column in self.counts or column in self.hidden else None
        return judged if stated is None else stated

    @property
    def has_resolved(self) -> bool:
        """Whether a share of what was resolved may exist; False only where nothing was."""
        return self.value("gq_tong") != 0

    @property
    def late_is_known(self) -> bool:
        """Whether every late dossier is known to be late."""
        return self.late_of(EVERY_LATE) is not None and self.unclear_of(EVERY_LATE) == 0

    @property
    def late_share(self) -> float | None:
        """Share resolved late of what was resolved; None where it is not known, or of too few."""
        rate = self.late_rate
        return rate.known / 100 if rate.is_known else None

    @property
    def late_rate(self) -> Value:
        """Percentage resolved late of what was resolved, with its base."""
        late, resolved = self.value("gq_qua_han"), self.value("gq_tong")
        unclear = self.unclear_of(RESOLVED_LATE)
        lacking = Value.unknown(Why("late_unknown"), PERCENT)
        if late is None or resolved is None or unclear is None:
            return lacking
        known = resolved - unclear
        if not known or not known_enough(known, unclear):
            return lacking
        return Value(late / known * 100, PERCENT, of=count(known, "dossier"))


def late_columns(rows: Iterable[Row]) -> frozenset[str]:
    """Return the columns of late dossiers that anybody delivered; a row without one is unknown."""
    every = list(rows)
    return frozenset(c for c in EVERY_LATE if any(c in row.counts for row in every))


@dataclass(frozen=True)
class Rows:
    """All rows of a year and their total.

    Parameters
    ----------
    total : mapping of str to Count
        Empty if there is none.
    fields, units, procedures : tuple of Row
    months : tuple of Row
        Named ``1`` to ``12``.
    differences : tuple of (str, str, int, int)
        Sums that disagree with the total: what was added, column, sum, total.
    late_procedures : int
        Procedures known to have a late dossier, those that are hidden too.
    few : bool
        Whether dossiers were delivered and not told of, because there are fewer than five.
    """

    total: Counts = field(default_factory=dict)
    fields: tuple[Row, ...] = ()
    units: tuple[Row, ...] = ()
    procedures: tuple[Row, ...] = ()
    months: tuple[Row, ...] = ()
    differences: tuple[tuple[str, str, int, int], ...] = ()
    late_procedures: int = 0
    few: bool = False


def from_table(table: pd.DataFrame) -> Rows:
    """Read the report table.

    A row names a field, a unit, both, or neither (the total). Where a field stands by itself, that row
    is taken; otherwise its units are added. Nothing is counted twice.

    Parameters
    ----------
    table : DataFrame
        Columns of ``params/entry/tables/procedures_report.yml`` and ``origin``.
    """
    if table.empty:
        return Rows()
    of_year = table[table["thang"].isna()]
    by_month = table[table["thang"].notna()]
    fields = _grouped(of_year, "linh_vuc", "don_vi")
    units = _grouped(of_year, "don_vi", "linh_vuc")
    months = tuple(
        Row(str(int(str(month).split(".")[0])), _month(rows))
        for month, rows in by_month.groupby("thang", sort=True)
    )
    whole = of_year[(of_year["linh_vuc"] == "") & (of_year["don_vi"] == "")]
    if len(whole):
        total = _counts(whole.iloc[0])
    elif fields:
        total = added((row.counts for row in fields), COUNTED, f"{len(fields)} lĩnh vực")
    elif units:
        total = added((row.counts for row in units), COUNTED, f"{len(units)} đơn vị")
    else:
        total = year_of_months(months)
    found = (*_differences("lĩnh vực", fields, total), *_differences("đơn vị", units, total))
    return Rows(with_in_time(total), fields, units, (), months, found)


def _counts(row: pd.Series) -> dict[str, Count]:
    values = {str(key): value for key, value in row.items()}
    return with_in_time(counts_of(values, COUNTED, str(row[ORIGIN])))


def _grouped(rows: pd.DataFrame, by: str, other: str) -> tuple[Row, ...]:
    made = []
    for name, same in rows[rows[by] != ""].groupby(by, sort=False):
        alone = same[same[other] == ""]
        chosen = alone if len(alone) else same
        counts = [_counts(row) for _, row in chosen.iterrows()]
        one = counts[0] if len(counts) == 1 else added(counts, COUNTED, f"{len(counts)} dòng")
        made.append(Row(str(name), with_in_time(one)))
    return tuple(made)


def _month(rows: pd.DataFrame) -> Counts:
    whole = rows[(rows["linh_vuc"] == "") & (rows["don_vi"] == "")]
    if len(whole):
        return _counts(whole.iloc[0])
    by_field = _grouped(rows, "linh_vuc", "don_vi")
    parts = by_field or _grouped(rows, "don_vi", "linh_vuc")
    return with_in_time(added((row.counts for row in parts), COUNTED, f"{len(parts)} dòng"))


def year_of_months(months: Iterable[Row]) -> dict[str, Count]:
    """Return the counts of a year from those of its twelve months; empty if one is missing.

    What came and what was resolved is added; carried over is that of January, in process that of
    December.
    """
    rows = list(months)
    if [row.name for row in rows] != [str(number) for number in range(1, MONTHS + 1)]:
        return {}
    flows = [c for c in COUNTED if c.startswith("gq_") or c in ("tn_truc_tuyen", "tn_truc_tiep")]
    made = added((row.counts for row in rows), (*flows, "tra_lai"), "12 tháng")
    first, last = rows[0].counts, rows[-1].counts
    made |= {code: first[code] for code in ("tn_ky_truoc",) if code in first}
    made |= {code: last[code] for code in COUNTED if code.startswith("dg_") and code in last}
    parts = [made.get(code) for code in ("tn_truc_tuyen", "tn_truc_tiep", "tn_ky_truoc")]
    known = [part for part in parts if part is not None]
    if len(known) == len(parts):
        total = sum(part.value for part in known)
        made["tn_tong"] = Count(total, f"cộng các tháng; {known[0].trace}", derived=True)
    return made


def _differences(
    what: str, rows: tuple[Row, ...], total: Counts
) -> tuple[tuple[str, str, int, int], ...]:
    sums = added((row.counts for row in rows), COUNTED, what)
    return tuple(
        (what, code, count.value, total[code].value)
        for code, count in sums.items()
        if code in total and total[code].value != count.value
    )


def from_records(tables: DossierTables, origin: str) -> Rows:
    """Turn counted dossiers into rows with traces.

    Parameters
    ----------
    tables : DossierTables
    origin : str
        Name of the record file.
    """
    judged = f"đếm từ {origin}, tính đến {tables.report_date:%d/%m/%Y}"
    if is_small(tables.counted):
        return Rows(few=True)
    whole = tables.total.row(0, named=True)
    total = _of(whole, f"{judged}, toàn bộ hồ sơ")
    every = tables.by_procedure.to_dicts()
    return Rows(
        total=total if tables.counted else {},
        fields=_rows(tables.by_field, lambda name: f"{judged}, lĩnh vực {name}"),
        units=_rows(tables.by_unit, lambda name: f"{judged}, đơn vị {name}"),
        procedures=tuple(
            _procedure(values, f"{judged}, thủ tục {values['code'] or values['name']}", shut)
            for values, shut in zip(every, hidden_procedures(every, whole), strict=True)
        ),
        months=_months(tables, whole, origin),
        late_procedures=sum(
            any(values[column] is not None and values[column] > 0 for column in UNCLEAR)
            for values in every
        ),
    )


def _rows(table: pl.DataFrame, trace: Callable[[str], str]) -> tuple[Row, ...]:
    lines = table.to_dicts()
    return tuple(
        _row(values, trace(values["name"]), shut)
        for values, shut in zip(lines, hidden_cells(lines), strict=True)
    )


def _row(values: Mapping[str, Any], trace: str, hidden: frozenset[str], code: str = "") -> Row:
    told = {column: value for column, value in values.items() if column not in hidden}
    known = [values[code] for code in ("gq_truoc_han", "gq_dung_han", "gq_qua_han")]
    dated = sum(count for count in known if count is not None)
    return Row(values["name"], _of(told, trace), days_of(values["days"], dated), code, hidden)


def _procedure(values: Mapping[str, Any], trace: str, hidden: bool) -> Row:
    """Make the row of a procedure; of a hidden one nothing but its name is left."""
    if hidden:
        return Row(values["name"], {}, None, values["code"], frozenset(TOLD))
    return _row(values, trace, frozenset(), values["code"])


def _months(tables: DossierTables, whole: Mapping[str, Any], origin: str) -> tuple[Row, ...]:
    lines = tables.by_month.to_dicts()
    made = []
    for values, shut in zip(lines, hidden_months(lines, whole), strict=True):
        told = {column: value for column, value in values.items() if column not in shut}
        name = str(values["month"])
        made.append(Row(name, _of(told, f"đếm từ {origin}, tháng {name}"), hidden=shut))
    return tuple(made)


def _of(values: Mapping[str, object], trace: str) -> dict[str, Count]:
    return with_in_time(counts_of(values, TOLD, trace))
