"""Ratios of decision 766 from dossiers and petitions, each rule on dossiers made for it."""

from __future__ import annotations

import datetime

import polars as pl
import pytest

from helpers.indices.procedures.working_days import working_days
from helpers.indices.service_quality.records import dossier_ratios, petition_ratios

D = datetime.date
DAYS = working_days(2022, 2024)
END = D(2023, 12, 31)
COLUMNS = {
    "ma_ho_so": pl.String, "ma_tthc": pl.String, "kenh": pl.String, "ngay_tiep_nhan": pl.Date,
    "ngay_hen_tra": pl.Date, "ngay_giai_quyet": pl.Date, "trang_thai": pl.String,
    "so_lan_bo_sung": pl.Int64, "thoi_gian_bo_sung": pl.Int64, "phi": pl.Float64,
    "thanh_toan": pl.String, "co_file_ket_qua": pl.Boolean, "co_so_hoa": pl.Boolean,
    "tai_su_dung": pl.Boolean, "lay_tu_kho_dmqg": pl.Boolean, "xac_thuc_vneid": pl.Boolean,
    "danh_gia": pl.String,
}  # fmt: skip
PLAIN = {
    "ma_tthc": "1.001", "kenh": "trực tiếp", "ngay_tiep_nhan": D(2023, 3, 1),
    "ngay_hen_tra": D(2023, 3, 10), "ngay_giai_quyet": D(2023, 3, 9), "trang_thai": "Đã trả kết quả",
}  # fmt: skip


def _dossiers(*rows: dict) -> pl.DataFrame:
    full = [
        dict.fromkeys(COLUMNS) | PLAIN | {"ma_ho_so": f"H{number}"} | row
        for number, row in enumerate(rows)
    ]
    return pl.DataFrame(full, schema=COLUMNS)


def _made(frame, petitions=None):
    return dossier_ratios(frame, petitions, 2023, DAYS, END, "ho-so.csv")


def _ratios(frame, petitions=None) -> dict[str, tuple[int, int]]:
    return {ratio.code: (ratio.numerator, ratio.denominator) for ratio in _made(frame, petitions)}


@pytest.mark.parametrize(
    ("row", "on_time"),
    [
        ({}, True),
        ({"ngay_giai_quyet": D(2023, 3, 10)}, True),
        ({"ngay_giai_quyet": D(2023, 3, 13)}, False),
        ({"ngay_giai_quyet": D(2023, 3, 13), "so_lan_bo_sung": 1, "thoi_gian_bo_sung": 1}, True),
        ({"ngay_giai_quyet": D(2023, 3, 14), "so_lan_bo_sung": 1, "thoi_gian_bo_sung": 1}, False),
        ({"so_lan_bo_sung": 2}, False),
        ({"ngay_giai_quyet": None, "trang_thai": "Đang xử lý"}, False),
        ({"ngay_giai_quyet": None, "trang_thai": "Đang xử lý", "ngay_hen_tra": END}, True),
    ],
)
def test_on_time_with_supplements(row, on_time):
    assert _ratios(_dossiers(row))["2.1"] == (int(on_time), 1)


def test_what_does_not_say_whether_it_was_on_time_counts_neither_way():
    known = {}
    for unknown in (
        {"ngay_hen_tra": None},
        {"ngay_giai_quyet": None},
        {"ngay_giai_quyet": None, "trang_thai": None},
        {"thoi_gian_bo_sung": None, "so_lan_bo_sung": 1},
    ):
        rest = {"thoi_gian_bo_sung": 0, "so_lan_bo_sung": 0}
        frame = _dossiers(known | rest, rest | unknown)
        (ratio,) = (one for one in _made(frame) if one.code == "2.1")
        assert (ratio.numerator, ratio.denominator, ratio.unknown) == (1, 1, 1)
        frame = _dossiers(known | rest, *[rest | unknown] * 2)
        (ratio,) = (one for one in _made(frame) if one.code == "2.1")
        assert (ratio.numerator, ratio.denominator, ratio.unknown) == (None, None, 2)


def test_only_dossiers_of_the_period_count():
    old = {"ngay_tiep_nhan": D(2022, 11, 1), "ngay_giai_quyet": D(2022, 12, 1)}
    carried = {"ngay_tiep_nhan": D(2022, 12, 29), "ngay_giai_quyet": D(2023, 1, 5)}
    later = {"ngay_tiep_nhan": D(2024, 1, 2), "ngay_giai_quyet": None}
    found = _ratios(_dossiers(old, carried, later, {"kenh": "trực tuyến"}))
    assert found["2.1"] == (2, 2)
    assert found["3.3"] == (1, 1)


def test_payment_counts_what_owes_a_fee():
    found = _ratios(
        _dossiers(
            {"phi": 10000.0, "thanh_toan": "Cổng quốc gia"},
            {"phi": 10000.0, "thanh_toan": "không"},
            {"phi": 5000.0, "thanh_toan": None, "ma_tthc": "1.002"},
            {"phi": 0.0, "thanh_toan": "Cổng quốc gia", "ma_tthc": "1.003"},
            {"phi": None},
        )
    )
    assert found["3.6"] == (1, 2)  # of the third it is not known
    assert found["3.5b"] == (1, 1)


def test_digitised_needs_both_parts_and_result():
    found = _ratios(
        _dossiers(
            {"co_so_hoa": True, "co_file_ket_qua": True, "tai_su_dung": True},
            {"co_so_hoa": True, "co_file_ket_qua": False, "lay_tu_kho_dmqg": True},
            {"co_so_hoa": None, "co_file_ket_qua": True, "xac_thuc_vneid": True},
            {"co_file_ket_qua": True, "ngay_giai_quyet": None, "trang_thai": "Đang xử lý"},
        )
    )
    assert found["4.1"] == (2, 3)
    assert found["4.2"] == (1, 2)
    # One of four says it: that is too few.
    assert (found["4.3"], found["4.4"], found["4.5b"]) == ((None, None),) * 3


def test_what_is_open_has_no_result_yet():
    still_open = {"ngay_giai_quyet": None, "trang_thai": "Đang xử lý", "co_so_hoa": True}
    found = _ratios(_dossiers({"co_so_hoa": True, "co_file_ket_qua": True}, still_open))
    assert (found["4.1"], found["4.2"]) == ((1, 1), (1, 2))


def test_satisfied_means_not_late_without_petition_and_without_dislike():
    petitions = pl.DataFrame({"ma_ho_so": ["H1", None]})
    frame = _dossiers(
        {},
        {},
        {"danh_gia": "không hài lòng"},
        {"ngay_giai_quyet": D(2023, 4, 1)},
        {"danh_gia": "hài lòng"},
    )
    assert _ratios(frame, petitions)["5.4"] == (2, 5)
    # Without the petitions nobody knows which dossiers had one.
    assert "5.4" not in _ratios(frame)
    assert "5.4" not in _ratios(frame, pl.DataFrame({"ma_pakn": ["P1"]}))
    assert "5.4" not in _ratios(frame.drop("danh_gia"), petitions)


def test_columns_that_a_file_lacks_give_no_ratio():
    found = _ratios(
        _dossiers({}).select("ma_ho_so", "ngay_tiep_nhan", "ngay_hen_tra", "ngay_giai_quyet")
    )
    assert set(found) == {"2.1"}


def _petitions(*rows: dict) -> pl.DataFrame:
    schema = {
        "ngay_tiep_nhan": pl.Date, "ngay_xu_ly": pl.Date, "gui_lai": pl.Boolean,
        "ket_qua_danh_gia": pl.String,
    }  # fmt: skip
    plain = dict.fromkeys(schema) | {"gui_lai": False}
    return pl.DataFrame([plain | row for row in rows], schema=schema)


def test_petitions_have_fifteen_working_days():
    received = D(2023, 10, 2)
    frame = _petitions(
        {"ngay_tiep_nhan": received, "ngay_xu_ly": D(2023, 10, 23)},
        {"ngay_tiep_nhan": received, "ngay_xu_ly": D(2023, 10, 24)},
        {"ngay_tiep_nhan": received},
        {"ngay_tiep_nhan": D(2023, 12, 28)},
        {"ngay_tiep_nhan": received, "ngay_xu_ly": D(2023, 10, 3), "gui_lai": True},
        {
            "ngay_tiep_nhan": received,
            "ngay_xu_ly": D(2023, 10, 3),
            "ket_qua_danh_gia": "không hài lòng",
        },
        {"ngay_tiep_nhan": D(2022, 10, 3)},
    )
    made = petition_ratios(frame, 2023, DAYS, END, 15, "phan-anh-kien-nghi.csv")
    assert {r.code: (r.numerator, r.denominator) for r in made} == {"5.2": (4, 6), "5.3": (2, 6)}


def test_no_petition_is_a_zero_denominator():
    made = petition_ratios(_petitions(), 2023, DAYS, END, 15, "phan-anh-kien-nghi.csv")
    assert {r.code: (r.numerator, r.denominator) for r in made} == {"5.2": (0, 0), "5.3": (0, 0)}
