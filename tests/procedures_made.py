"""Made dossiers for tests, and a count of them one by one."""

from __future__ import annotations

import datetime
from collections import Counter

import polars as pl
from hypothesis import strategies as st

from helpers.indices.procedures_records import CLOSED_WITHOUT, ONLINE, RESOLVED

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
                "kenh": draw(st.sampled_from([ONLINE, "trực tiếp", "bưu chính", None])),
                "ngay_tiep_nhan": received,
                "ngay_hen_tra": draw(st.none() | dates),
                "ngay_giai_quyet": None if ended is None else received + datetime.timedelta(ended),
                "trang_thai": draw(st.sampled_from(STATES)),
            }
        )
    return pl.DataFrame(rows, schema=SCHEMA)


def counted_one_by_one(frame: pl.DataFrame, end: D = END) -> Counter[str]:
    """Count the columns of the report in plain Python."""
    start, made = D(end.year, 1, 1), Counter()
    for row in frame.iter_rows(named=True):
        received, due, ended = row["ngay_tiep_nhan"], row["ngay_hen_tra"], row["ngay_giai_quyet"]
        returned = row["trang_thai"] in CLOSED_WITHOUT
        closed = returned or ended is not None or row["trang_thai"] in RESOLVED
        if received > end or (received < start and closed and (ended is None or ended < start)):
            continue
        made["tn_tong"] += 1
        if received < start:
            made["tn_ky_truoc"] += 1
        else:
            made["tn_truc_tuyen" if row["kenh"] == ONLINE else "tn_truc_tiep"] += 1
        if closed and (ended is None or ended <= end):
            if returned:
                made["tra_lai"] += 1
                continue
            made["gq_tong"] += 1
            if due and ended:
                made[
                    "gq_truoc_han"
                    if ended < due
                    else "gq_dung_han"
                    if ended == due
                    else "gq_qua_han"
                ] += 1
        else:
            made["dg_tong"] += 1
            if due:
                made["dg_trong_han" if end <= due else "dg_qua_han"] += 1
    return made
