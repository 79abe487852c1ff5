"""The classes of dossiers, and how they move from month to month."""

from __future__ import annotations

import calendar
import datetime

import numpy as np
import polars as pl

EARLY, ON_TIME, LATE, NO_DUE, RETURNED, OPEN_IN_TIME, OPEN_LATE, OPEN_NO_DUE, UNSURE = range(9)
"""Classes; ``NO_DUE``: resolved, not known whether in time; ``UNSURE``: not known whether ended."""
STILL_OPEN = 13
NEVER_LATE = 13
WITHOUT_DUE = 14

COUNTED = (
    *("tn_tong", "tn_truc_tuyen", "tn_truc_tiep", "tn_ky_truoc"),
    *("gq_tong", "gq_truoc_han", "gq_dung_han", "gq_qua_han"),
    *("dg_tong", "dg_trong_han", "dg_qua_han", "tra_lai"),
)
"""Columns of every table made here, beside its name and the working days used."""
RESOLVED_UNKNOWN, OPEN_UNKNOWN = "gq_khong_ro", "dg_khong_ro"
"""Resolved ones and open ones of which it is not known whether they are in time."""
UNSURE_CHANNEL, UNSURE_STATE = "_khong_ro_kenh", "_khong_ro_trang_thai"
TOLD = (*COUNTED, RESOLVED_UNKNOWN, OPEN_UNKNOWN)
"""What the tables hold."""
SUMMED = (*TOLD, UNSURE_CHANNEL, UNSURE_STATE)
"""What is added up before that."""


def known_only(table: pl.DataFrame) -> pl.DataFrame:
    """Empty the counts that some dossier of a row leaves open: a sum with an unknown part is unknown.

    Parameters
    ----------
    table : DataFrame
        With :data:`SUMMED`.

    Returns
    -------
    DataFrame
        With :data:`TOLD`; null where a count is not known. Where some of the resolved dossiers, or of
        the open ones, are known to be in time or late, those are counted and the others stand apart.
    """
    channel, state = pl.col(UNSURE_CHANNEL) > 0, pl.col(UNSURE_STATE) > 0
    done = ("gq_truoc_han", "gq_dung_han", "gq_qua_han")
    waiting = ("dg_trong_han", "dg_qua_han")
    none_done = (pl.sum_horizontal(done) == 0) & (pl.col(RESOLVED_UNKNOWN) > 0)
    none_waiting = (pl.sum_horizontal(waiting) == 0) & (pl.col(OPEN_UNKNOWN) > 0)
    totals = ("gq_tong", "dg_tong", "tra_lai", RESOLVED_UNKNOWN, OPEN_UNKNOWN)
    hidden = {
        **dict.fromkeys(("tn_truc_tuyen", "tn_truc_tiep"), channel),
        **dict.fromkeys(totals, state),
        **dict.fromkeys(done, state | none_done),
        **dict.fromkeys(waiting, state | none_waiting),
    }
    return table.with_columns(
        pl.when(~unknown).then(pl.col(code)).alias(code) for code, unknown in hidden.items()
    ).drop(UNSURE_CHANNEL, UNSURE_STATE)


def count_months(marked: pl.DataFrame, year: int, report_date: datetime.date) -> pl.DataFrame:
    """Count the movement of each month that is over on the report date.

    Parameters
    ----------
    marked : DataFrame
        One row a dossier: ``in`` (month of receipt, 0 if carried over), ``out`` (month of its end, or
        :data:`STILL_OPEN`), ``late`` (first month at whose end it would be overdue), ``class``,
        ``online`` (null if not known), ``dated`` (whether its end, if it has one, is known).
    year : int
    report_date : date

    Returns
    -------
    DataFrame
        ``month`` and :data:`TOLD`: what is open at its start and end, judged on its last day. Where a
        dossier ended on a day that is not known, only what came is known.
    """
    channels = pl.col("online").fill_null(False), pl.col("online").is_null().alias("no_channel")
    cells = (
        marked.with_columns(channels)
        .group_by("in", "out", "late", "class", "online", "no_channel")
        .len()
    )
    columns = ("in", "out", "late", "class", "online", "no_channel", "len")
    came, went, late, state, online, no_channel, number = (
        cells[name].to_numpy() for name in columns
    )
    undated = marked.select((~pl.col("dated")).any()).item()
    rows = []
    for month in range(1, report_date.month + 1):
        last_day = calendar.monthrange(year, month)[1]
        if datetime.date(year, month, last_day) > report_date:
            break
        ends, new = went == month, came == month
        here = (came <= month) & (went > month)
        row = {
            "month": month,
            "tn_truc_tuyen": new & online,
            "tn_truc_tiep": new & ~online,
            "tn_ky_truoc": (came < month) & (went >= month),
            "gq_tong": ends & (state <= NO_DUE),
            "gq_truoc_han": ends & (state == EARLY),
            "gq_dung_han": ends & (state == ON_TIME),
            "gq_qua_han": ends & (state == LATE),
            "dg_tong": here,
            "dg_trong_han": here & (late > month) & (late < WITHOUT_DUE),
            "dg_qua_han": here & (late <= month),
            "tra_lai": ends & (state == RETURNED),
            "tn_tong": (came <= month) & (went >= month),
            RESOLVED_UNKNOWN: ends & (state == NO_DUE),
            OPEN_UNKNOWN: here & (late == WITHOUT_DUE),
            UNSURE_CHANNEL: new & no_channel,
            UNSURE_STATE: here & (state == UNSURE),
        }
        rows.append(
            {k: int(number[v].sum()) if isinstance(v, np.ndarray) else v for k, v in row.items()}
        )
    schema = dict.fromkeys(("month", *SUMMED), pl.Int64)
    made = known_only(pl.DataFrame(rows, schema=schema))
    if not undated:
        return made
    kept = ("tn_truc_tuyen", "tn_truc_tiep")
    return made.with_columns(
        pl.lit(None, pl.Int64).alias(code) for code in TOLD if code not in kept
    )
