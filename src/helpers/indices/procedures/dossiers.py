"""Record files of dossiers and the calendar they are judged by; two indices are made from them."""

from __future__ import annotations

import datetime

import polars as pl

from helpers.indices.procedures.rules import ProcedureRules
from helpers.indices.procedures.working_days import WorkingDays, working_days
from helpers.inputs.entry import Entry
from helpers.inputs.office import Office
from helpers.inputs.records import Records, find_records, read_records
from helpers.project import Project

PROCEDURES = "procedures"
RECORDS = "dossiers"
UNIT = "don_vi_giai_quyet"


def has_dossiers(entry: Entry, project: Project) -> bool:
    """Tell whether the office delivered a file of dossiers."""
    return find_records(RECORDS, entry.delivery, project, entry.office) is not None


def calendar_for(frame: pl.DataFrame, year: int, rules: ProcedureRules) -> WorkingDays:
    """Return the working days that the dates of a record file need.

    Parameters
    ----------
    frame : DataFrame
        With any columns of dates.
    year : int
    rules : ProcedureRules
    """
    dates = [name for name, kind in frame.schema.items() if kind == pl.Date]
    low, high = year, year
    if dates and frame.height:
        ends = frame.select(
            pl.min_horizontal(pl.col(dates).min()).alias("low"),
            pl.max_horizontal(pl.col(dates).max()).alias("high"),
        ).row(0)
        low, high = (end.year if end else year for end in ends)
    # A limit in working days that starts at the end of the last year may end well after it.
    return working_days(min(low, year), max(high, year) + 2, rules.moved_days)


def report_date(office: Office, year: int) -> datetime.date:
    """Return the day on which open dossiers are judged: the office's own, or 31 December."""
    own = office.rules.get(PROCEDURES, {}).get("report_date")
    if isinstance(own, datetime.date):
        return own
    return datetime.date.fromisoformat(str(own)) if own else datetime.date(year, 12, 31)


def units_of(entry: Entry, project: Project) -> tuple[str, ...]:
    """Return the units that dealt with the office's dossiers, by name; empty without such a file."""
    records = dossiers_of(entry, project)
    if records is None or UNIT not in records.frame.columns:
        return ()
    return tuple(sorted(records.frame[UNIT].drop_nulls().unique().cast(pl.String).to_list()))


def dossiers_of(entry: Entry, project: Project) -> Records | None:
    """Return the office's dossiers, or None if it delivered no such file."""
    if not has_dossiers(entry, project):
        return None
    return read_records(
        RECORDS, entry.delivery, project, entry.office, may_be_empty=entry.is_earlier
    )
