"""From dossiers to the tables of the report: by field, unit, procedure and month.

A dossier is resolved before time, on time or late as its end lies before, on or after its appointed
date; an open one is in time until its appointed date has passed. One without an appointed date gets it
from its limit in working days; without a limit, or without the day of its end, it is not known whether
it is in time, and it counts neither for nor against. What was refused, stopped or withdrawn is counted
apart («trả lại, rút»). A file without any column of states is read by its days: what has no day of an
end is in process, as the description of decision 766 has it. Nothing is guessed.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from helpers.indices.procedures.lacking import left_empty
from helpers.indices.procedures.months import (
    EARLY,
    LATE,
    NEVER_LATE,
    NO_DUE,
    ON_TIME,
    OPEN_IN_TIME,
    OPEN_LATE,
    OPEN_NO_DUE,
    OPEN_UNKNOWN,
    RESOLVED_UNKNOWN,
    RETURNED,
    STILL_OPEN,
    SUMMED,
    UNSURE,
    UNSURE_CHANNEL,
    UNSURE_STATE,
    WITHOUT_DUE,
    count_months,
    known_only,
)
from helpers.indices.procedures.working_days import WorkingDays

RESOLVED = ("Đã xử lý xong", "Đã trả kết quả")
CLOSED_WITHOUT = ("Dừng xử lý", "Từ chối", "Đã rút")
ONLINE = "trực tuyến"
NOT_STATED = "không ghi"
"""Name of the row of dossiers without field or unit."""


@dataclass(frozen=True)
class DossierTables:
    """The tables of a period, counted from dossiers.

    Parameters
    ----------
    total : DataFrame
        One row with the counts of all dossiers.
    by_field, by_unit : DataFrame
        ``name``, the columns of :data:`helpers.indices.procedures.months.TOLD`, null where a count is
        not known, and ``days``: working days from receipt to end, added up over resolved dossiers; in
        Unicode order of the names.
    by_procedure : DataFrame
        ``code``, ``name``, ``field`` and the same columns.
    by_month : DataFrame
        ``month`` and the counts; carried over and open are those at its start and end.
    counted, left_out : int
        Dossiers of the period, and others in the file (received later, or closed before it).
    undated : int
        Dossiers of earlier years that ended on a day that is not known, so that nobody knows whether
        they belong to the period; not counted, and not among `left_out`.
    undated_in : mapping of (str, str) to int
        How many of them by column (``field``, ``unit``) and name; without a name they may be of any.
    stated : bool
        Whether the file tells states; without them a dossier with a day of an end counts as resolved.
    no_channel : int
        Rows of the file without a channel, which the national portal reads as "direct".
    left_empty : mapping of str to tuple of str
        See :func:`helpers.indices.procedures.lacking.left_empty`.
    report_date : date
    """

    total: pl.DataFrame
    by_field: pl.DataFrame
    by_unit: pl.DataFrame
    by_procedure: pl.DataFrame
    by_month: pl.DataFrame
    counted: int
    left_out: int
    undated: int
    stated: bool
    report_date: datetime.date
    no_channel: int = 0
    undated_in: Mapping[tuple[str, str], int] = field(default_factory=dict)
    left_empty: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def count_dossiers(
    frame: pl.DataFrame | pl.LazyFrame, year: int, days: WorkingDays, report_date: datetime.date
) -> DossierTables:
    """Count dossiers into the tables of the report.

    Parameters
    ----------
    frame : DataFrame or LazyFrame
        One row a dossier, columns of ``params/entry/records/dossiers.yml``; those that a file lacks
        are missing, except ``ngay_tiep_nhan``.
    year : int
        The period is from 1 January to `report_date`.
    days : WorkingDays
        Covers the dates of all dossiers that have a limit but no appointed date.
    report_date : date
        Last day of the period, at which open dossiers are judged.

    Returns
    -------
    DossierTables

    Raises
    ------
    ValueError
        If `report_date` lies outside the year.
    """
    if report_date.year != year:
        raise ValueError(f"Ngày báo cáo {report_date:%d/%m/%Y} không thuộc năm {year}.")
    start = datetime.date(year, 1, 1)
    dossiers = _read(frame.lazy(), days, report_date)
    placed = _classified(dossiers, year, start, report_date).collect()
    without_day = placed.filter("undated")
    undated = without_day.height
    kept = placed.filter(~pl.col("undated")).drop("undated")
    marked = _with_days_used(kept, days)
    # Without a code, the name tells procedures apart.
    named = pl.when(pl.col("procedure").fill_null("") == "").then(pl.col("title")).alias("named")
    cube = (
        marked.with_columns(named)
        .group_by("procedure", "named", "field", "unit")
        .agg(pl.first("title"), *_sums(), pl.sum("days"))
    )
    return DossierTables(
        total=known_only(cube.select(pl.sum(*SUMMED))),
        by_field=_rolled(cube, "field"),
        by_unit=_rolled(cube, "unit"),
        by_procedure=_procedures(cube),
        by_month=count_months(marked, year, report_date),
        counted=marked.height,
        left_out=frame.lazy().select(pl.len()).collect().item() - marked.height - undated,
        undated=undated,
        undated_in=_by_name(without_day),
        stated=has_values(frame.lazy(), "trang_thai"),
        report_date=report_date,
        left_empty=left_empty(kept),
    )


def delivered(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the columns that hold a value: one without any was not delivered."""
    return frame.select(
        name
        for name in frame.columns
        if not frame.height or frame[name].null_count() < frame.height
    )


def has_values(frame: pl.LazyFrame, *names: str) -> bool:
    """Tell whether one of these columns was delivered; one without any value was not."""
    present = [name for name in names if name in frame.collect_schema().names()]
    if not present:
        return False
    filled = pl.any_horizontal(pl.col(name).is_not_null().any() for name in present)
    return bool(frame.select(filled).collect().item())


def with_ends(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Add whether and when each dossier ended.

    Parameters
    ----------
    frame : LazyFrame
        As for :func:`count_dossiers`.

    Returns
    -------
    LazyFrame
        With the columns of :func:`with_columns_of_form` and ``closed_on`` (null if open or not known),
        ``closed`` (null if not known), ``returned`` (refused, stopped or withdrawn; null if not known).
    """
    stated = has_values(frame, "trang_thai")
    dated = has_values(frame, "ngay_giai_quyet", "ngay_tra")
    state = pl.col("trang_thai")
    closed_on = pl.coalesce("ngay_giai_quyet", "ngay_tra")
    # Without a state, the day of the end tells what is open; where the file tells states, it does not.
    open_if_not_dated = pl.lit(False) if dated and not stated else pl.lit(None, pl.Boolean)
    return with_columns_of_form(frame).with_columns(
        closed_on.alias("closed_on"),
        pl.when(closed_on.is_not_null())
        .then(pl.lit(True))
        .when(state.is_not_null())
        .then(state.is_in((*RESOLVED, *CLOSED_WITHOUT)))
        .otherwise(open_if_not_dated)
        .alias("closed"),
        (state.is_in(CLOSED_WITHOUT) if stated else pl.lit(False)).alias("returned"),
    )


def with_columns_of_form(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Add what a file lacks of the columns used here, as empty columns."""
    present = frame.collect_schema().names()
    needed: dict[str, pl.DataType | type[pl.DataType]] = {
        **dict.fromkeys(("ma_tthc", "ten_tthc", "linh_vuc", "don_vi_giai_quyet"), pl.String),
        **dict.fromkeys(("kenh", "trang_thai"), pl.String),
        **dict.fromkeys(("ngay_hen_tra", "ngay_giai_quyet", "ngay_tra"), pl.Date),
        "thoi_han": pl.Int64,
    }
    missing = [
        pl.lit(None, kind).alias(name) for name, kind in needed.items() if name not in present
    ]
    return frame.with_columns(missing)


def appointed(frame: pl.DataFrame, days: WorkingDays) -> pl.Series:
    """Return the appointed dates, those not given computed from the limit in working days.

    Parameters
    ----------
    frame : DataFrame
        ``ngay_tiep_nhan``, ``ngay_hen_tra``, ``thoi_han``.
    days : WorkingDays

    Returns
    -------
    Series of Date
        Null where there is neither a date nor a limit.
    """
    given = frame["ngay_hen_tra"]
    to_make = (given.is_null() & frame["thoi_han"].is_not_null()).fill_null(False)
    if not to_make.any():
        return given
    chosen = frame.filter(to_make)
    received = chosen["ngay_tiep_nhan"].to_numpy().astype("datetime64[D]")
    made = pl.Series(days.due(received, chosen["thoi_han"].to_numpy())).cast(pl.Date)
    at = pl.Series(np.flatnonzero(to_make.to_numpy()))
    return given.scatter(at, made)


def _read(frame: pl.LazyFrame, days: WorkingDays, report_date: datetime.date) -> pl.LazyFrame:
    read = (
        with_ends(frame)
        .filter(pl.col("ngay_tiep_nhan") <= report_date)
        .select(
            pl.col("ma_tthc").alias("procedure"),
            pl.col("ten_tthc").alias("title"),
            pl.col("linh_vuc").alias("field"),
            pl.col("don_vi_giai_quyet").alias("unit"),
            (pl.col("kenh") == ONLINE).alias("online"),
            "closed_on",
            "closed",
            "returned",
            "ngay_tiep_nhan",
            "ngay_hen_tra",
            "thoi_han",
        )
    )
    with_limit = pl.col("ngay_hen_tra").is_null() & pl.col("thoi_han").is_not_null()
    if not read.select(with_limit.any()).collect().item():
        return read.rename({"ngay_hen_tra": "due", "ngay_tiep_nhan": "received"}).drop("thoi_han")
    eager = read.collect()
    return (
        eager.with_columns(appointed(eager, days).alias("due"))
        .rename({"ngay_tiep_nhan": "received"})
        .drop("ngay_hen_tra", "thoi_han")
        .lazy()
    )


def _classified(
    dossiers: pl.LazyFrame, year: int, start: datetime.date, end: datetime.date
) -> pl.LazyFrame:
    """Keep the dossiers of the period, with their class and the months in which they move."""
    due, closed_on = pl.col("due"), pl.col("closed_on")
    returned, closed = pl.col("returned"), pl.col("closed")
    carried = pl.col("received") < start
    # Ended, or perhaps ended, on a day that is not known.
    without_day = closed.fill_null(True) & closed_on.is_null()
    now = closed & (closed_on <= end).fill_null(True)
    state = (
        pl.when(closed.is_null())
        .then(UNSURE)
        .when(now & returned.fill_null(False))
        .then(RETURNED)
        .when(now & (due.is_null() | closed_on.is_null() | returned.is_null()))
        .then(NO_DUE)
        .when(now & (closed_on < due))
        .then(EARLY)
        .when(now & (closed_on == due))
        .then(ON_TIME)
        .when(now)
        .then(LATE)
        .when(due.is_null())
        .then(OPEN_NO_DUE)
        .when(due < end)
        .then(OPEN_LATE)
        .otherwise(OPEN_IN_TIME)
        .cast(pl.UInt8)
    )
    late_from = due + datetime.timedelta(days=1)
    late_month = (
        pl.when(due.is_null())
        .then(WITHOUT_DUE)
        .when(late_from.dt.year() > year)
        .then(NEVER_LATE)
        .when(late_from.dt.year() < year)
        .then(1)
        .otherwise(late_from.dt.month())
        .cast(pl.UInt8)
    )
    end_month = (
        pl.when(now & closed_on.is_not_null())
        .then(closed_on.dt.month())
        .otherwise(STILL_OPEN)
        .cast(pl.UInt8)
    )
    return dossiers.filter(~(carried & (closed_on < start).fill_null(False))).select(
        *("procedure", "title", "field", "unit", "online", "received", "closed_on"),
        carried.alias("carried"),
        (carried & without_day).alias("undated"),
        (~without_day).alias("dated"),
        state.alias("class"),
        pl.when(carried)
        .then(0)
        .otherwise(pl.col("received").dt.month())
        .cast(pl.UInt8)
        .alias("in"),
        end_month.alias("out"),
        late_month.alias("late"),
    )


def _with_days_used(marked: pl.DataFrame, days: WorkingDays) -> pl.DataFrame:
    resolved = pl.col("class") <= LATE
    inside = (pl.col("received") >= days.first) & (pl.col("closed_on") <= days.last)
    counted = (resolved & inside).fill_null(False)
    at = marked.select(counted.alias("at"))["at"].to_numpy()
    used: npt.NDArray[np.int32] = np.zeros(marked.height, dtype=np.int32)
    received = marked["received"].to_numpy()[at].astype("datetime64[D]")
    closed = marked["closed_on"].to_numpy()[at].astype("datetime64[D]")
    used[at] = days.between(received, closed)
    return marked.with_columns(pl.Series("days", used)).drop("received", "closed_on")


def _sums() -> list[pl.Expr]:
    state, carried, online = pl.col("class"), pl.col("carried"), pl.col("online")
    still_open = state.is_in((OPEN_IN_TIME, OPEN_LATE, OPEN_NO_DUE))
    return [
        pl.len().alias("tn_tong"),
        (online & ~carried).sum().alias("tn_truc_tuyen"),
        (~online & ~carried).sum().alias("tn_truc_tiep"),
        carried.sum().alias("tn_ky_truoc"),
        (state <= NO_DUE).sum().alias("gq_tong"),
        (state == EARLY).sum().alias("gq_truoc_han"),
        (state == ON_TIME).sum().alias("gq_dung_han"),
        (state == LATE).sum().alias("gq_qua_han"),
        still_open.sum().alias("dg_tong"),
        (state == OPEN_IN_TIME).sum().alias("dg_trong_han"),
        (state == OPEN_LATE).sum().alias("dg_qua_han"),
        (state == RETURNED).sum().alias("tra_lai"),
        (state == NO_DUE).sum().alias(RESOLVED_UNKNOWN),
        (state == OPEN_NO_DUE).sum().alias(OPEN_UNKNOWN),
        (online.is_null() & ~carried).sum().alias(UNSURE_CHANNEL),
        (state == UNSURE).sum().alias(UNSURE_STATE),
    ]


def _rolled(cube: pl.DataFrame, by: str) -> pl.DataFrame:
    """Add up by field or unit; nothing where no dossier names one."""
    if not (cube[by].fill_null("") != "").any():
        cube = cube.clear()
    name = pl.col(by).fill_null("").replace({"": NOT_STATED}).alias("name")
    return known_only(cube.group_by(name).agg(pl.sum(*SUMMED, "days")).sort("name"))


def _by_name(dossiers: pl.DataFrame) -> dict[tuple[str, str], int]:
    """Count dossiers by field and by unit; under no name those that name none."""
    return {
        (by, name): count
        for by in ("field", "unit")
        for name, count in dossiers.group_by(pl.col(by).fill_null("")).len().iter_rows()
    }


def _procedures(cube: pl.DataFrame) -> pl.DataFrame:
    """Add up by code, or by name where there is no code; what names no procedure is of none."""
    code = pl.col("procedure").fill_null("").alias("code")
    title = pl.when(code == "").then(pl.col("title")).fill_null("").alias("_title")
    return known_only(
        cube.sort("field", "unit", nulls_last=True)
        .with_columns(code, title)
        .filter((pl.col("code") != "") | (pl.col("_title") != ""))
        .group_by("code", "_title")
        .agg(
            pl.first("title").fill_null("").alias("name"),
            pl.first("field").fill_null("").alias("field"),
            pl.sum(*SUMMED, "days"),
        )
        .sort("code", "_title")
        .drop("_title")
    )
