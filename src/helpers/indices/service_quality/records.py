"""Ratios of decision 766 counted from dossiers and petitions.

The definitions follow the technical description used with the national portal (see the notes of
``params/indices/service_quality.yml``). What needs lists that no dossier file holds (procedures
announced, listed, offered online, with a fee) is not guessed.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

import polars as pl

from helpers.facts.disclosure import LEAST, is_small
from helpers.facts.known import known_enough
from helpers.indices.procedures.records import ONLINE, appointed, delivered, with_ends
from helpers.indices.procedures.working_days import WorkingDays
from helpers.indices.service_quality.arithmetic import Ratio
from helpers.words.numbers import in_words

DISLIKED = "không hài lòng"
NOT_PAID = "không"
TIMED = ("2.1", "5.4")
"""Ratios that depend on whether a dossier was in time."""
NOT_DEDUCTED = "tệp không có thời gian chờ bổ sung nên chưa trừ thời gian này"
OF_PROCEDURES = "3.5b"
"""Counts procedures, not persons."""
OF_PETITIONS = ("5.2", "5.3")
"""Count petitions; the others are of the dossiers of the whole office."""
_NOUNS = {OF_PROCEDURES: "thủ tục", **dict.fromkeys(OF_PETITIONS, "phản ánh, kiến nghị")}
MOST_SUPPLEMENTS = 1
"""A dossier with more requests for supplements counts as late."""


@dataclass(frozen=True)
class _Wanted:
    """A ratio: whose records belong to it, whether they succeed, and the columns it rests on.

    Parameters
    ----------
    code : str
    columns : tuple of set of str
        Of each set the file must have one column.
    belongs, succeeds : Expr
        Null where it is not known: such a record is in neither part of the ratio.
    """

    code: str
    columns: tuple[set[str], ...]
    belongs: pl.Expr
    succeeds: pl.Expr


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
        For dossiers with a petition (5.4), which cannot be counted without; None if there is no such
        file.
    year : int
    days : WorkingDays
    report_date : date
    origin : str
        Name of the file, for traces.

    Returns
    -------
    tuple of Ratio
        2.1, 3.3, 3.5b, 3.6, 4.1 to 4.4, 4.5b and 5.4, as far as the columns go. A dossier that leaves
        open whether it succeeds is in no ratio; see :func:`ratio_of`.
    """
    frame = delivered(frame)
    table = _of_period(frame, year, days, report_date)
    linked = petitions is not None and "ma_ho_so" in petitions.columns
    if petitions is not None and linked and "ma_ho_so" in frame.columns:
        named = petitions["ma_ho_so"].drop_nulls().unique().implode()
        table = table.with_columns(pl.col("ma_ho_so").is_in(named).alias("petition"))
    present = {*frame.columns, *({"petition"} & set(table.columns))}
    if not table["closed"].fill_null(value=True).any():
        present.add("ngay_giai_quyet")  # nothing has ended, so that no day lacks
    able = [one for one in _wanted(year) if all(present & of_these for of_these in one.columns)]
    made = [
        ratio_of(one.code, table, one.belongs, one.succeeds, report_date, origin) for one in able
    ]
    if not {"so_lan_bo_sung", "thoi_gian_bo_sung"} & present:
        made = [
            replace(one, trace=f"{one.trace}; {NOT_DEDUCTED}") if one.code in TIMED else one
            for one in made
        ]
    if {"phi", "thanh_toan", "ma_tthc"} <= present:
        paid = _paid_procedures(table)
        made.append(ratio_of("3.5b", paid, pl.lit(True), pl.col("paid"), report_date, origin))
    return tuple(sorted(made, key=lambda ratio: ratio.code))


def _paid_procedures(table: pl.DataFrame) -> pl.DataFrame:
    """Return the procedures with a fee and whether one of their dossiers was paid online (``paid``).

    A payment makes a procedure one that has payments; none does not, as long as a dossier that may
    have been paid does not say so, or does not say of which procedure it is.
    """
    perhaps_owing = (pl.col("phi") > 0).fill_null(True)
    perhaps = perhaps_owing & _paid().fill_null(True)
    nameless = table.select((pl.col("ma_tthc").is_null() & perhaps).any()).item()
    of_each = table.filter(pl.col("ma_tthc").is_not_null()).group_by("ma_tthc")
    found = of_each.agg(
        _owing().fill_null(False).any().alias("owing"),
        (_owing() & _paid()).fill_null(False).any().alias("paid"),
        perhaps.any().alias("perhaps"),
    ).filter("owing")
    known = pl.col("paid") | (~pl.col("perhaps") & pl.lit(not nameless))
    return found.with_columns(pl.when(known).then("paid").alias("paid"))


def _wanted(year: int) -> tuple[_Wanted, ...]:
    every, late = pl.lit(True), pl.col("late")
    new = pl.col("ngay_tiep_nhan") >= datetime.date(year, 1, 1)
    due, days = {"ngay_hen_tra", "thoi_han"}, {"ngay_giai_quyet", "ngay_tra"}
    ends = {*days, "trang_thai"}
    # What is still open has no result yet: that is known, whatever the cell says.
    result = pl.when(~pl.col("closed")).then(False).otherwise(pl.col("co_file_ket_qua"))
    # Without a rating there is no dislike: the description counts what was marked so.
    disliked = pl.col("danh_gia").eq_missing(DISLIKED)
    return (
        _Wanted("2.1", (due, days), every, ~late),
        _Wanted("3.3", ({"kenh"},), new, pl.col("kenh") == ONLINE),
        _Wanted("3.6", ({"phi"}, {"thanh_toan"}), _owing(), _paid()),
        _Wanted("4.1", ({"co_file_ket_qua"}, ends), pl.col("resolved"), pl.col("co_file_ket_qua")),
        _Wanted(
            "4.2", ({"co_so_hoa"}, {"co_file_ket_qua"}, ends), every, _both("co_so_hoa", result)
        ),
        _Wanted("4.3", ({"tai_su_dung"},), every, pl.col("tai_su_dung")),
        _Wanted("4.4", ({"lay_tu_kho_dmqg"},), every, pl.col("lay_tu_kho_dmqg")),
        _Wanted("4.5b", ({"xac_thuc_vneid"},), every, pl.col("xac_thuc_vneid")),
        _Wanted(
            "5.4",
            (due, days, {"danh_gia"}, {"petition"}),
            every,
            pl.when(late.is_not_null()).then(~(late | pl.col("petition") | disliked)),
        ),
    )


def _both(first: str, second: pl.Expr) -> pl.Expr:
    """Return whether both hold, null where one is not known: else only failures would be counted."""
    return pl.when(pl.col(first).is_not_null() & second.is_not_null()).then(pl.col(first) & second)


def ratio_of(
    code: str,
    table: pl.DataFrame,
    belongs: pl.Expr,
    succeeds: pl.Expr,
    date: datetime.date,
    origin: str,
) -> Ratio:
    """Count a ratio over the records that say whether they succeed.

    Parameters
    ----------
    code : str
    table : DataFrame
    belongs, succeeds : Expr
        Of each record; null where it is not known.
    date : date
    origin : str

    Returns
    -------
    Ratio
        Without numerator and denominator where too few records say it. It is of few where the records
        that belong to it, or those of them that say it, are fewer than five; its trace then tells none
        of them, or one could be had from the other and from what is printed of all.
    """
    top, bottom, unknown = table.select(
        (belongs & succeeds).fill_null(False).sum().alias("top"),
        (belongs & succeeds.is_not_null()).fill_null(False).sum().alias("bottom"),
        (belongs.is_null() | (belongs & succeeds.is_null())).sum().alias("unknown"),
    ).row(0)
    few = code != OF_PROCEDURES and (is_small(bottom) or is_small(bottom + unknown))
    day, noun = f"{date:%d/%m/%Y}", _NOUNS.get(code, "hồ sơ")
    if not known_enough(bottom, unknown):
        said = f"{origin}, chỉ tiêu {code}"
        said += "" if few else f": {unknown} trong {bottom + unknown} {noun} chưa rõ"
        return Ratio(code, None, None, day, said, unknown=unknown, few=few, made="records")
    left = f"dưới {in_words(LEAST)}" if unknown_is_few(code, unknown) else f"{unknown}"
    beside = f", không kể {left} {noun} chưa rõ" if unknown and not few else ""
    said = f"đếm từ {origin}, chỉ tiêu {code}{beside}"
    return Ratio(code, top, bottom, day, said, unknown=unknown, few=few, made="records")


def unknown_is_few(code: str, unknown: int) -> bool:
    """Tell whether so few petitions do not say whether they succeed that they are not counted out."""
    return code in OF_PETITIONS and is_small(unknown)


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
        Empty if the file has no column of answers; 5.3 needs the ratings and what was sent again, too.
    """
    frame = delivered(frame)
    present = set(frame.columns)
    given = [pl.col(name) for name in ("ngay_tiep_nhan", "ngay_gui") if name in frame.columns]
    start = datetime.date(year, 1, 1)
    table = frame.with_columns(pl.coalesce(*given, pl.lit(None, pl.Date)).alias("received"))
    table = table.filter(pl.col("received").is_between(start, report_date))
    if "ngay_xu_ly" not in present and frame.height:
        return ()
    begun = table["received"].to_numpy().astype("datetime64[D]")
    due = pl.Series("due", days.due(begun, [limit] * table.height)).cast(pl.Date)
    # A petition without a day of an answer is being handled, unless its result is public already.
    done = pl.col("ngay_xu_ly").fill_null(report_date)
    late = pl.min_horizontal(done, pl.lit(report_date)) > pl.col("due")
    if "ngay_cong_khai" in present:
        answered = pl.col("ngay_cong_khai").is_not_null() & pl.col("ngay_xu_ly").is_null()
        late = pl.when(~answered).then(late)
    table = table.with_columns(due)
    every = pl.lit(True)
    made = [ratio_of("5.2", table, every, ~late, report_date, origin)]
    if {"ket_qua_danh_gia", "gui_lai"} <= present or not frame.height:
        disliked = pl.col("ket_qua_danh_gia").eq_missing(DISLIKED)
        again = pl.col("gui_lai")
        content = pl.when(late.is_not_null() & again.is_not_null()).then(~(late | disliked | again))
        made.append(ratio_of("5.3", table, every, content, report_date, origin))
    return tuple(made)


def _of_period(
    frame: pl.DataFrame, year: int, days: WorkingDays, end: datetime.date
) -> pl.DataFrame:
    """Keep the dossiers received or handled in the period and tell which are late."""
    filled = with_ends(frame.lazy()).collect()
    start = datetime.date(year, 1, 1)
    closed, closed_on = pl.col("closed"), pl.col("closed_on")
    # Of an earlier year: of the period if it is open, or ended in it on a day that is known.
    kept = (
        filled.with_columns(appointed(filled, days).alias("due"))
        .filter(pl.col("ngay_tiep_nhan") <= end)
        .filter((pl.col("ngay_tiep_nhan") >= start) | (closed_on >= start) | ~closed)
        .with_columns(
            (closed & ~pl.col("returned") & (closed_on <= end).fill_null(True)).alias("resolved"),
            # The lesser of the two, but of an end that is not known nothing (min_horizontal skips it).
            pl.when(~closed).then(pl.lit(end)).when(closed_on <= end).then("closed_on")
            .when(closed_on > end).then(pl.lit(end))
            .alias("ended"),
        )
    )  # fmt: skip
    kept = _moved_by_waiting(kept, days)
    late = pl.col("ended") > pl.col("due")
    if "so_lan_bo_sung" in kept.columns:
        late = _supplements(kept).gt(MOST_SUPPLEMENTS) | late
    return kept.with_columns(late.alias("late"))


def _moved_by_waiting(kept: pl.DataFrame, days: WorkingDays) -> pl.DataFrame:
    """Move due dates by the time in which the applicant completes the dossier: it does not count."""
    if "thoi_gian_bo_sung" not in kept.columns:
        return kept
    waited = pl.col("thoi_gian_bo_sung")
    if "so_lan_bo_sung" in kept.columns:
        waited = pl.when(pl.col("so_lan_bo_sung") == 0).then(0).otherwise(waited)
    kept = kept.with_columns(waited.alias("_waited"))
    # Where it waited for a time that is not known, it is not known when it was due.
    kept = kept.with_columns(pl.when(pl.col("_waited").is_not_null()).then("due").alias("due"))
    at = kept.select(((pl.col("_waited") > 0) & pl.col("due").is_not_null()).alias("at"))["at"]
    at = at.fill_null(False)
    if not at.any():
        return kept.drop("_waited")
    chosen = kept.filter(at)
    from_due = chosen["due"].to_numpy().astype("datetime64[D]")
    moved = pl.Series(days.due(from_due, chosen["_waited"].cast(pl.Int64).to_numpy()))
    due = kept["due"].scatter(at.arg_true(), moved.cast(pl.Date))
    return kept.with_columns(due.alias("due")).drop("_waited")


def _supplements(kept: pl.DataFrame) -> pl.Expr:
    """Return how often a supplement was asked for; one that was not waited for was not asked for."""
    asked = pl.col("so_lan_bo_sung")
    if "thoi_gian_bo_sung" not in kept.columns:
        return asked
    return pl.when(asked.is_null() & (pl.col("thoi_gian_bo_sung") == 0)).then(0).otherwise(asked)


def _owing() -> pl.Expr:
    return pl.col("phi") > 0


def _paid() -> pl.Expr:
    """Return whether a dossier was paid online; null where the file does not say it."""
    return pl.col("thanh_toan") != NOT_PAID
