"""Made dossiers for tests, and a count of them one by one."""

from __future__ import annotations

import datetime
from collections import Counter

import polars as pl
from hypothesis import strategies as st

from helpers.indices.procedures.months import TOLD
from helpers.indices.procedures.records import CLOSED_WITHOUT, ONLINE, RESOLVED

D = datetime.date
END = D(2023, 12, 31)
STATES = ("Đang xử lý", "Yêu cầu bổ sung", *RESOLVED, *CLOSED_WITHOUT, None)
SCHEMA = {
    "ma_ho_so": pl.String,
    "ma_tthc": pl.String,
    "ten_tthc": pl.String,
    "linh_vuc": pl.String,
    "don_vi_giai_quyet": pl.String,
    "kenh": pl.String,
    "ngay_tiep_nhan": pl.Date,
    "ngay_hen_tra": pl.Date,
    "ngay_giai_quyet": pl.Date,
    "trang_thai": pl.String,
}

dates = st.dates(D(2022, 11, 1), D(2024, 1, 31))


@st.composite
def dossiers(draw):
    """Draw a small file of dossiers in any state, late or not, with or without dates."""
    rows = []
    channels = [ONLINE, "trực tiếp", "bưu chính", *draw(st.sampled_from([(), (), (None,)]))]
    for number in range(draw(st.integers(0, 25))):
        received = draw(dates)
        ended = draw(st.none() | st.integers(0, 90))
        procedure = draw(st.sampled_from(["1.001", "1.002", "2.001"]))
        rows.append(
            {
                "ma_ho_so": f"H{number}",
                "ma_tthc": procedure,
                "ten_tthc": f"Thủ tục {procedure}",
                "linh_vuc": draw(st.sampled_from(["Việc làm", "Người có công", None])),
                "don_vi_giai_quyet": draw(st.sampled_from(["Phòng A", "Phòng B"])),
                "kenh": draw(st.sampled_from(channels)),
                "ngay_tiep_nhan": received,
                "ngay_hen_tra": draw(st.none() | dates),
                "ngay_giai_quyet": None if ended is None else received + datetime.timedelta(ended),
                "trang_thai": draw(st.sampled_from(STATES)),
            }
        )
    return pl.DataFrame(rows, schema=SCHEMA)


def counted_one_by_one(
    frame: pl.DataFrame, end: D = END, whole: pl.DataFrame | None = None
) -> dict[str, int | None]:
    """Count the columns of the report in plain Python; None where a dossier leaves one open.

    `whole` is the file of which the frame is a part: it tells which columns were delivered.
    """
    start, made = D(end.year, 1, 1), Counter()
    rows = frame.to_dicts()
    every = rows if whole is None else whole.to_dicts()
    stated = any(row["trang_thai"] for row in every)
    dated = any(row["ngay_giai_quyet"] for row in every)
    for row in rows:
        received, due, ended = row["ngay_tiep_nhan"], row["ngay_hen_tra"], row["ngay_giai_quyet"]
        state = row["trang_thai"]
        if ended:
            closed = True
        elif state:
            closed = state in (*RESOLVED, *CLOSED_WITHOUT)
        else:
            closed = False if dated and not stated else None
        if received > end or (received < start and ended and ended < start):
            continue
        if received < start and not ended and closed is not False:
            made["undated"] += 1
            continue
        made["tn_tong"] += 1
        if received < start:
            made["tn_ky_truoc"] += 1
        elif row["kenh"] is None:
            made["no_channel"] += 1
        else:
            made["tn_truc_tuyen" if row["kenh"] == ONLINE else "tn_truc_tiep"] += 1
        if closed is None:
            made["unsure"] += 1
        elif closed and (ended is None or ended <= end):
            if state in CLOSED_WITHOUT:
                made["tra_lai"] += 1
                continue
            made["gq_tong"] += 1
            if due and ended and (state or not stated):
                order = (ended > due) - (ended < due)
                made[{-1: "gq_truoc_han", 0: "gq_dung_han", 1: "gq_qua_han"}[order]] += 1
            else:
                made["gq_khong_ro"] += 1
        else:
            made["dg_tong"] += 1
            if due:
                made["dg_trong_han" if end <= due else "dg_qua_han"] += 1
            else:
                made["dg_khong_ro"] += 1
    return _known(made)


def _known(made: Counter[str]) -> dict[str, int | None]:
    known: dict[str, int | None] = {code: made[code] for code in (*TOLD, "undated")}
    done, waiting = ("gq_truoc_han", "gq_dung_han", "gq_qua_han"), ("dg_trong_han", "dg_qua_han")
    hidden = set()
    if made["no_channel"]:
        hidden |= {"tn_truc_tuyen", "tn_truc_tiep"}
    if made["unsure"]:
        hidden |= {code for code in TOLD if code[:2] in ("gq", "dg", "tr")}
    for parts, unknown in ((done, "gq_khong_ro"), (waiting, "dg_khong_ro")):
        if made[unknown] and not any(made[part] for part in parts):
            hidden |= set(parts)
    return {code: None if code in hidden else value for code, value in known.items()}
