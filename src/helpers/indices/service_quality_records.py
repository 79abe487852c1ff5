"""Ratios of decision 766 counted from dossiers and petitions.

The definitions follow the technical description used with the national portal (see the notes of
``params/indices/service_quality.yml``). What needs lists that no dossier file holds (procedures
announced, listed, offered online, with a fee) is not guessed.
"""

from __future__ import annotations

import datetime

import polars as pl

from helpers.indices.procedures_records import (
    CLOSED_WITHOUT,
    ONLINE,
    RESOLVED,
    appointed,
    with_columns_of_form,
)
from helpers.indices.service_quality import Ratio
from helpers.indices.working_days import WorkingDays

DISLIKED = "không hài lòng"
NOT_PAID = "không"
MOST_SUPPLEMENTS = 1
"""A dossier with more requests for supplements counts as late."""

_MARKS = ("co_file_ket_qua", "co_so_hoa", "tai_su_dung", "lay_tu_kho_dmqg", "xac_thuc_vneid")


def dossier_ratios(
    frame: pl.DataFrame,
    petitions: pl.DataFrame | None,
    year: int,
    days: WorkingDays,
    report_date: datetime.date,
    origin: str,
) -> tuple[Ratio, ...]:
    """Count the ratios that dossiers give; one whose columns the file lacks is left out.

    Parameters
    ----------
    frame : DataFrame
        One row a dossier, columns of ``params/entry/records/dossiers.yml``.
    petitions : DataFrame or None
        For dossiers with a petition (5.4); None if there is no such file.
    year : int
    days : WorkingDays
    report_date : date
    origin : str
        Name of the file, for traces.

    Returns
    -------
    tuple of Ratio
        2.1, 3.3, 3.5b, 3.6, 4.1 to 4.4, 4.5b and 5.4, as far as the columns go.
    """
    present = set(frame.columns)
    table = _of_period(frame, year, days, report_date)
    if petitions is not None and "ma_ho_so" in petitions.columns and "ma_ho_so" in present:
        named = petitions["ma_ho_so"].drop_nulls().unique().implode()
        table = table.with_columns(pl.col("ma_ho_so").is_in(named).alias("petition"))
    else:
        table = table.with_columns(pl.lit(False).alias("petition"))
    every, late = pl.lit(True), pl.col("late")
    new = pl.col("ngay_tiep_nhan") >= datetime.date(year, 1, 1)
    resolved = pl.col("resolved")
    wanted: list[tuple[str, set[str], pl.Expr, pl.Expr]] = [
        ("2.1", {"ngay_hen_tra"}, ~late & pl.col("due").is_not_null(), every),
        ("3.3", {"kenh"}, new & (pl.col("kenh") == ONLINE), new),
        ("3.6", {"phi", "thanh_toan"}, _owing() & _paid(), _owing()),
        ("4.1", {"co_file_ket_qua"}, resolved & pl.col("co_file_ket_qua"), resolved),
        (
            "4.2",
            {"co_so_hoa", "co_file_ket_qua"},
            pl.col("co_so_hoa") & pl.col("co_file_ket_qua"),
            every,
        ),
        ("4.3", {"tai_su_dung"}, pl.col("tai_su_dung"), every),
        ("4.4", {"lay_tu_kho_dmqg"}, pl.col("lay_tu_kho_dmqg"), every),
        ("4.5b", {"xac_thuc_vneid"}, pl.col("xac_thuc_vneid"), every),
        (
            "5.4",
            {"ngay_hen_tra", "danh_gia"},
            ~late & ~pl.col("petition") & pl.col("danh_gia").ne_missing(DISLIKED),
            every,
        ),
    ]
    able = [one for one in wanted if one[1] <= present]
    counts = table.select(
        *(top.fill_null(False).sum().alias(f"{code} top") for code, _, top, _ in able),
        *(bottom.fill_null(False).sum().alias(f"{code} of") for code, _, _, bottom in able),
        pl.len().alias("all"),
    ).row(0, named=True)
    made = [
        _ratio(
            code,
            counts[f"{code} top"],
            counts[f"{code} of"] if bottom is not every else counts["all"],
            report_date,
            origin,
        )
        for code, _, _, bottom in able
    ]
    if {"phi", "thanh_toan", "ma_tthc"} <= present:
        procedures = table.select(
            pl.col("ma_tthc").filter((_owing() & _paid()).fill_null(False)).n_unique().alias("top"),
            pl.col("ma_tthc").filter(_owing().fill_null(False)).n_unique().alias("of"),
        ).row(0, named=True)
        made.append(_ratio("3.5b", procedures["top"], procedures["of"], report_date, origin))
    return tuple(sorted(made, key=lambda ratio: ratio.code))


def petition_ratios(
    frame: pl.DataFrame,
    year: int,
    days: WorkingDays,
    report_date: datetime.date,
    limit: int,
    origin: str,
) -> tuple[Ratio, ...]:
    """Count the two ratios of petitions (5.2, 5.3).

    Parameters
    ----------
    frame : DataFrame
        One row a petition, columns of ``params/entry/records/petitions.yml``.
    year : int
    days : WorkingDays
    report_date : date
    limit : int
        Working days in which a petition is handled.
    origin : str

    Returns
    -------
    tuple of Ratio
        Empty if no petition has a day of receipt in the period.
    """
    present = set(frame.columns)
    start = datetime.date(year, 1, 1)
    received = pl.coalesce(
        *(pl.col(n) for n in ("ngay_tiep_nhan", "ngay_gui") if n in present), pl.lit(None, pl.Date)
    )
    table = frame.with_columns(received.alias("received")).filter(
        pl.col("received").is_between(start, report_date)
    )
    if "ngay_xu_ly" not in present:
        return ()
    begun = table["received"].to_numpy().astype("datetime64[D]")
    due = pl.Series("due", days.due(begun, [limit] * table.height)).cast(pl.Date)
    done = pl.col("ngay_xu_ly").fill_null(report_date)
    bad = pl.min_horizontal(done, pl.lit(report_date)) > pl.col("due")
    unhappy = [bad]
    if "ket_qua_danh_gia" in present:
        unhappy.append(pl.col("ket_qua_danh_gia").eq_missing(DISLIKED))
    if "gui_lai" in present:
        unhappy.append(pl.col("gui_lai").fill_null(False))
    counts = table.with_columns(due).select(
        (~bad).sum().alias("on_time"), (~pl.any_horizontal(unhappy)).sum().alias("content")
    )
    on_time, content = counts.row(0)
    return tuple(
        _ratio(code, top, table.height, report_date, origin)
        for code, top in (("5.2", on_time), ("5.3", content))
    )


def _of_period(
    frame: pl.DataFrame, year: int, days: WorkingDays, end: datetime.date
) -> pl.DataFrame:
    """Keep the dossiers received or handled in the period and tell which are late."""
    filled = with_columns_of_form(frame.lazy()).collect()
    due = appointed(filled, days).alias("due")
    table = filled.with_columns(due)
    closed_on = pl.coalesce("ngay_giai_quyet", "ngay_tra")
    state = pl.col("trang_thai")
    returned = state.is_in(CLOSED_WITHOUT).fill_null(False)
    closed = returned | closed_on.is_not_null() | state.is_in(RESOLVED).fill_null(False)
    start = datetime.date(year, 1, 1)
    before = closed & (closed_on.fill_null(start - datetime.timedelta(1)) < start)
    kept = table.filter(
        (pl.col("ngay_tiep_nhan") <= end) & ~((pl.col("ngay_tiep_nhan") < start) & before)
    ).with_columns(
        (closed & ~returned & (closed_on <= end).fill_null(True)).alias("resolved"),
        pl.min_horizontal(closed_on.fill_null(end), pl.lit(end)).alias("ended"),
    )
    # The time in which the applicant completes the dossier does not count: it moves the date.
    if "thoi_gian_bo_sung" in kept.columns:
        wait = (pl.col("thoi_gian_bo_sung") > 0) & pl.col("due").is_not_null()
        at = kept.select(wait.fill_null(False).alias("at"))["at"]
        if at.any():
            chosen = kept.filter(at)
            from_due = chosen["due"].to_numpy().astype("datetime64[D]")
            moved = pl.Series(
                days.due(from_due, chosen["thoi_gian_bo_sung"].cast(pl.Int64).to_numpy())
            )
            kept = kept.with_columns(
                kept["due"].scatter(at.arg_true(), moved.cast(pl.Date)).alias("due")
            )
    late = (pl.col("ended") > pl.col("due")).fill_null(False)
    if "so_lan_bo_sung" in kept.columns:
        late = late | (pl.col("so_lan_bo_sung") > MOST_SUPPLEMENTS).fill_null(False)
    return kept.with_columns(late.alias("late"))


def _owing() -> pl.Expr:
    return pl.col("phi") > 0


def _paid() -> pl.Expr:
    return pl.col("thanh_toan").is_not_null() & (pl.col("thanh_toan") != NOT_PAID)


def _ratio(code: str, top: int, bottom: int, date: datetime.date, origin: str) -> Ratio:
    said = f"đếm từ {origin}, chỉ tiêu {code}"
    return Ratio(code, int(top), int(bottom), f"{date:%d/%m/%Y}", said)
