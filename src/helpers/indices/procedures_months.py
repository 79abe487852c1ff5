"""The classes of dossiers, and how they move from month to month."""

from __future__ import annotations

import calendar
import datetime

import numpy as np
import polars as pl

EARLY, ON_TIME, LATE, NO_DUE, RETURNED, OPEN_IN_TIME, OPEN_LATE, OPEN_NO_DUE = range(8)
STILL_OPEN = 13
NEVER_LATE = 13
WITHOUT_DUE = 14

COUNTED = (
    *("tn_tong", "tn_truc_tuyen", "tn_truc_tiep", "tn_ky_truoc"),
    *("gq_tong", "gq_truoc_han", "gq_dung_han", "gq_qua_han"),
    *("dg_tong", "dg_trong_han", "dg_qua_han", "tra_lai"),
)
"""Columns of every table made here, beside its name and the working days used."""


def count_months(marked: pl.DataFrame, year: int, report_date: datetime.date) -> pl.DataFrame:
    """Count the movement of each month that is over on the report date.

    Parameters
    ----------
    marked : DataFrame
        One row a dossier: ``in`` (month of receipt, 0 if carried over), ``out`` (month of its end, or
        :data:`STILL_OPEN`), ``late`` (first month at whose end it would be overdue), ``class``,
        ``online``.
    year : int
    report_date : date

    Returns
    -------
    DataFrame
        ``month`` and :data:`COUNTED`: what is open at its start and end, judged on its last day.
    """
    cells = marked.group_by("in", "out", "late", "class", "online").len()
    came, went, late, state, online, number = (
        cells[name].to_numpy() for name in ("in", "out", "late", "class", "online", "len")
    )
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
        }
        rows.append(
            {k: int(number[v].sum()) if isinstance(v, np.ndarray) else v for k, v in row.items()}
        )
    schema = dict.fromkeys(("month", *COUNTED), pl.Int64)
    return pl.DataFrame(rows, schema=schema)
