"""Dossiers and petitions of the made-up province.

All dossiers received in a year are drawn at once, with the day on which they end even if that lies in
the next year; the file of a year shows them as known on 31 December, and brings along those of the year
before that were open on 1 January. So what is carried over is what was left.
"""

from __future__ import annotations

import datetime
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import polars as pl

from helpers.indices.procedures.working_days import WorkingDays, working_days
from helpers.simulation.world import DEPARTMENTS, stream

DOSSIERS = 226_000
"""Received in 2024; with those carried over about 230 000."""

FIRST_YEAR = 2022
_GROWTH = 1.04
_PROCEDURES = 9
"""Procedures of a field."""

_MORE_ONLINE = 0.09
"""Growth of the share filed online, each year."""

_FEES = (0, 10_000, 15_000, 50_000, 135_000, 200_000)
_LONGEST_DELAY = 40
_RATING = 0.7
"""Share of petitioners who say whether they are satisfied."""

Dates = npt.NDArray[np.datetime64]


def dossiers(year: int, scale: float) -> pl.DataFrame:
    """Return the dossiers of a year as known on 31 December.

    Columns of ``params/entry/records/dossiers.yml``.

    Parameters
    ----------
    year : int
    scale : float
        1 for about 230 000 rows.

    Returns
    -------
    DataFrame
    """
    start, end = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    carried = _received(year - 1, scale).filter(pl.col("ngay_giai_quyet") >= start)
    return _known(pl.concat([carried, _received(year, scale)]), end)


def petitions(year: int, scale: float) -> pl.DataFrame:
    """Return the petitions of a year; most are about a dossier that was late.

    Columns of ``params/entry/records/petitions.yml``.
    """
    chance = stream("petitions", year)
    settled = dossiers(year, scale).filter(
        pl.col("ngay_giai_quyet").is_not_null()
        & (pl.col("ngay_giai_quyet") < datetime.date(year, 12, 1))
    )
    late = (settled["ngay_giai_quyet"] > settled["ngay_hen_tra"]).to_numpy()
    about = settled.filter(pl.Series(chance.random(settled.height) < np.where(late, 0.04, 0.0008)))
    size = about.height
    days = _calendar()
    sent = about["ngay_giai_quyet"].to_numpy().astype("datetime64[D]")
    sent = sent + chance.integers(0, 6, size)
    received = days.due(sent, np.where(days.is_working(sent), 0, 1))
    slow = chance.random(size) < 0.08
    done = days.due(
        received, np.where(slow, chance.integers(16, 25, size), chance.integers(2, 16, size))
    )
    shown = days.due(done, chance.integers(0, 3, size))
    last = datetime.date(year, 12, 31)
    rated = chance.random(size)
    frame = pl.DataFrame(
        {
            "ma_pakn": [f"PA{year}{number:05d}" for number in range(size)],
            "loai": np.where(chance.random(size) < 0.68, "quy định, thủ tục", "cán bộ, công chức"),
            "don_vi": about["don_vi_giai_quyet"],
            "linh_vuc": about["linh_vuc"],
            "ma_ho_so": about["ma_ho_so"],
            "ngay_gui": sent,
            "ngay_tiep_nhan": received,
            "ngay_xu_ly": done,
            "ngay_cong_khai": shown,
            "so_lan_gia_han": slow.astype(np.int64),
            "gui_lai": chance.random(size) < 0.05,
            "ket_qua_danh_gia": np.where(rated < 0.12, "không hài lòng", "hài lòng"),
        },
        schema_overrides={"ma_pakn": pl.String},
    )
    answered, published = pl.col("ngay_xu_ly") <= last, pl.col("ngay_cong_khai") <= last
    says = pl.Series(rated < _RATING)
    return frame.with_columns(
        pl.when(answered).then("ngay_xu_ly").alias("ngay_xu_ly"),
        pl.when(published).then("ngay_cong_khai").alias("ngay_cong_khai"),
        pl.when(answered & says).then("ket_qua_danh_gia").alias("ket_qua_danh_gia"),
    )


@lru_cache(maxsize=1)
def _calendar() -> WorkingDays:
    return working_days(FIRST_YEAR, FIRST_YEAR + 4)


def _known(frame: pl.DataFrame, end: datetime.date) -> pl.DataFrame:
    """Hide what happened after `end`."""
    still_open = pl.col("ngay_giai_quyet") > end
    waiting = pl.col("so_lan_bo_sung") > 0
    return frame.with_columns(
        pl.when(still_open)
        .then(pl.when(waiting).then(pl.lit("Yêu cầu bổ sung")).otherwise(pl.lit("Đang xử lý")))
        .when(pl.col("trang_thai").is_null() & (pl.col("ngay_tra") > end))
        .then(pl.lit("Đã xử lý xong"))
        .otherwise(pl.col("trang_thai").fill_null("Đã trả kết quả"))
        .alias("trang_thai"),
        pl.when(pl.col("ngay_tra") <= end).then("ngay_tra").alias("ngay_tra"),
        pl.when(~still_open).then("ngay_giai_quyet").alias("ngay_giai_quyet"),
        *(
            pl.when(~still_open).then(name).otherwise(None).alias(name)
            for name in ("co_file_ket_qua", "danh_gia")
        ),
    )


@lru_cache(maxsize=4)
def _received(year: int, scale: float) -> pl.DataFrame:
    """Draw the dossiers received in a year, with their ends; a null state means that all went well."""
    chance = stream("dossiers", year)
    size = int(DOSSIERS * scale * _GROWTH ** (year - 2024))
    kinds = [(d, f) for d, one in enumerate(DEPARTMENTS) for f in range(len(one.fields))]
    share = np.array([DEPARTMENTS[d].share * DEPARTMENTS[d].fields[f][2] for d, f in kinds])
    kind = chance.choice(len(kinds), size, p=share / share.sum())
    # Some procedures are asked for much more often than others.
    procedure = np.minimum(chance.geometric(0.35, size) - 1, _PROCEDURES - 1)

    def of_kind(values: list[object]) -> npt.NDArray[np.generic]:
        return np.array(values)[kind]

    limit = (
        of_kind([DEPARTMENTS[d].fields[f][1] for d, f in kinds]).astype(np.int64) + procedure % 3
    )
    online_share = of_kind([DEPARTMENTS[d].online for d, _ in kinds]).astype(float)
    later = year - FIRST_YEAR
    online = chance.random(size) < np.minimum(online_share + _MORE_ONLINE * later, 0.985)
    post = ~online & (chance.random(size) < 0.12)
    received = _days_of_receipt(year, size, chance)
    days = _calendar()
    due = days.due(received, limit)
    late_share = of_kind([DEPARTMENTS[d].late for d, _ in kinds]).astype(float)
    late = chance.random(size) < late_share * 0.85**later
    on_day = ~late & (chance.random(size) < 0.22)
    early_by = np.minimum(chance.geometric(0.45, size), limit)
    spent = np.where(on_day, limit, limit - early_by)
    delay = np.minimum(chance.geometric(0.12, size), _LONGEST_DELAY)
    ended = days.due(received, np.where(late, limit + delay, spent))
    supplements = np.where(chance.random(size) < 0.035, 1 + (chance.random(size) < 0.06), 0)
    odd = chance.random(size)
    failed = np.select(
        [odd < 0.004, odd < 0.011, odd < 0.012], ["Đã rút", "Từ chối", "Dừng xử lý"], ""
    )
    good = failed == ""
    given = days.due(ended, chance.integers(0, 3, size))
    paying = of_kind([(d + f) % 3 != 0 for d, f in kinds]).astype(bool)
    fee = np.where(paying, np.array(_FEES)[1 + procedure % (len(_FEES) - 1)], 0)
    paid = (fee > 0) & (chance.random(size) < np.where(online, 0.72 + 0.05 * later, 0.22))
    rating = chance.random(size)
    codes = np.array([f"{d + 1}.{f + 1:03d}" for d, f in kinds])[kind]
    fields = of_kind([DEPARTMENTS[d].fields[f][0] for d, f in kinds])
    order = np.char.mod("%d", procedure + 1)
    titles = np.char.add(
        np.char.add("Thủ tục ", order), np.char.add(" thuộc lĩnh vực ", fields.astype(str))
    )
    number = np.char.mod("%06d", np.arange(size))
    frame = pl.DataFrame(
        {
            "ma_ho_so": np.char.add(f"TM.{year}.", number),
            "ma_tthc": np.char.add(np.char.add(codes, "."), order),
            "ten_tthc": titles,
            "linh_vuc": fields.astype(str),
            "don_vi_giai_quyet": of_kind([DEPARTMENTS[d].name for d, _ in kinds]).astype(str),
            "kenh": np.select([online, post], ["trực tuyến", "bưu chính"], "trực tiếp"),
            "ngay_tiep_nhan": received,
            "ngay_hen_tra": due,
            "ngay_giai_quyet": ended,
            "ngay_tra": given,
            "trang_thai": failed,
            "so_lan_bo_sung": supplements,
            "thoi_gian_bo_sung": np.where(supplements > 0, chance.integers(1, 6, size), 0),
            "phi": fee,
            "thanh_toan": np.where(
                paid, np.where(online, "Cổng quốc gia", "cổng của cơ quan"), "không"
            ),
            "co_file_ket_qua": good & (chance.random(size) < 0.80 + 0.06 * later),
            "co_so_hoa": online | (chance.random(size) < 0.45 + 0.15 * later),
            "tai_su_dung": chance.random(size) < 0.22 + 0.14 * later,
            "lay_tu_kho_dmqg": chance.random(size) < 0.10 + 0.12 * later,
            "xac_thuc_vneid": chance.random(size) < np.where(online, 0.88, 0.35),
            "danh_gia": np.select(
                [rating < np.where(late, 0.02, 0.30), rating > np.where(late, 0.80, 0.997)],
                ["hài lòng", "không hài lòng"],
                "",
            ),
        }
    )
    return frame.with_columns(
        pl.col("trang_thai").replace("", None),
        pl.col("danh_gia").replace("", None),
        pl.when(pl.col("phi") > 0).then("thanh_toan").alias("thanh_toan"),
        pl.when(pl.Series(good)).then("ngay_tra").alias("ngay_tra"),
    ).sort("ngay_tiep_nhan", "ma_ho_so")


def _days_of_receipt(year: int, size: int, chance: np.random.Generator) -> Dates:
    """Draw working days of the year; more after Tết and in summer than in its first weeks."""
    days = _calendar().days
    own = days[(days >= np.datetime64(f"{year}-01-01")) & (days <= np.datetime64(f"{year}-12-31"))]
    month = own.astype("datetime64[M]").astype(int) % 12
    busy = np.array([0.80, 0.82, 1.15, 1.08, 1.05, 1.10, 1.06, 1.02, 0.98, 1.0, 0.97, 0.90])[month]
    return np.asarray(chance.choice(own, size, p=busy / busy.sum()))
