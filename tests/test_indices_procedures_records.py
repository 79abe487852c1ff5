"""From dossiers to the report: every table against a count one by one."""

from __future__ import annotations

import calendar
import datetime
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from procedures_made import END, SCHEMA, counted_one_by_one, dossiers

from helpers.definitions.framework import load_framework, rules_of
from helpers.indices.procedures.arithmetic import Count, checks
from helpers.indices.procedures.months import TOLD
from helpers.indices.procedures.records import NOT_STATED, count_dossiers
from helpers.indices.procedures.rules import ProcedureRules
from helpers.indices.procedures.working_days import working_days

DAYS = working_days(2022, 2024)
D = datetime.date


def _count(frame, end=END):
    return count_dossiers(frame, end.year, DAYS, end)


def _total(made) -> dict[str, int | None]:
    return made.total.row(0, named=True)


def _without(counts, *names):
    return {code: value for code, value in counts.items() if code not in names}


@settings(max_examples=200)
@given(dossiers())
def test_the_total_is_a_count_one_by_one(frame):
    made, expected = _count(frame), counted_one_by_one(frame)
    if frame.height:
        assert _total(made) == _without(expected, "undated")
    assert made.counted == expected["tn_tong"]
    assert made.undated == expected["undated"]
    assert made.counted + made.undated + made.left_out == frame.height


@given(dossiers())
def test_every_table_adds_up_to_the_total(frame):
    made = _count(frame)
    for table in (made.by_field, made.by_unit, made.by_procedure):
        for code in TOLD:
            if table.height and table[code].null_count() == 0:
                assert table[code].sum() == _total(made)[code]


@given(dossiers())
def test_a_field_counts_its_own_dossiers(frame):
    table = _count(frame).by_field
    for row in table.iter_rows(named=True):
        name = None if row["name"] == NOT_STATED else row["name"]
        own = frame.filter(pl.col("linh_vuc").eq_missing(name))
        expected = counted_one_by_one(own, whole=frame)
        assert {code: row[code] for code in TOLD} == _without(expected, "undated")


def _complete(frame):
    """Keep the dossiers that say where they came in, whether they ended, and when."""
    ended = pl.col("ngay_giai_quyet").is_not_null()
    is_open = pl.col("trang_thai").is_in(["Đang xử lý", "Yêu cầu bổ sung"])
    return frame.filter(
        pl.col("kenh").is_not_null() & pl.col("trang_thai").is_not_null() & (ended | is_open)
    )


@given(dossiers())
def test_months_follow_each_other_and_end_as_the_year(frame):
    made = _count(_complete(frame))
    months = made.by_month.to_dicts()
    if not made.counted:
        return
    year = _total(made)
    for before, after in pairwise(months):
        assert after["tn_ky_truoc"] == before["dg_tong"]
    for row in months:
        assert row["tn_tong"] == row["tn_truc_tuyen"] + row["tn_truc_tiep"] + row["tn_ky_truoc"]
        assert row["tn_tong"] == row["gq_tong"] + row["dg_tong"] + row["tra_lai"]
    for code in ("tn_truc_tuyen", "tn_truc_tiep", "gq_tong", "tra_lai", "gq_khong_ro"):
        assert sum(row[code] for row in months) == year[code]
    for code in ("gq_truoc_han", "gq_qua_han"):
        known = [row[code] for row in months if row[code] is not None]
        assert sum(known) == (year[code] or 0)
    for code in ("dg_tong", "dg_trong_han", "dg_qua_han"):
        assert months[-1][code] == year[code]
    assert months[0]["tn_ky_truoc"] == year["tn_ky_truoc"]


@given(dossiers())
def test_a_month_in_which_nobody_knows_what_ended_says_only_what_came(frame):
    made = _count(frame)
    open_ = frame.filter(pl.col("ngay_giai_quyet").is_null() & (pl.col("trang_thai").is_null()))
    stated = frame["trang_thai"].null_count() < frame.height
    of_year = pl.col("ngay_tiep_nhan").is_between(D(2023, 1, 1), END)
    if not stated or not open_.filter(of_year).height:
        return
    for row in made.by_month.to_dicts():
        assert row["gq_tong"] is None
        assert row["dg_qua_han"] is None
        assert row["tn_truc_tuyen"] is not None or row["tn_truc_tiep"] is None


@given(dossiers())
def test_the_end_of_a_month_is_judged_as_a_report_of_that_day(frame):
    dated = _complete(frame)
    months = _count(dated).by_month.to_dicts()
    if not dated.height:
        return
    for month in (3, 9):
        end = D(2023, month, calendar.monthrange(2023, month)[1])
        expected = counted_one_by_one(dated, end)
        for code in ("dg_tong", "dg_trong_han", "dg_qua_han", "dg_khong_ro"):
            assert months[month - 1][code] == expected[code]


@given(dossiers())
def test_identities_hold_or_leave_dossiers_without_dates(checkout, frame):
    rules = rules_of(load_framework("procedures", checkout).edition(2023), ProcedureRules)
    total = _total(_count(frame))
    counts = {code: Count(value, "") for code, value in total.items() if value is not None}
    found = {check.rule.key: check.state for check in checks(counts, rules)}
    assert {found.get("received", "holds"), found.get("balance", "holds")} == {"holds"}
    assert found.get("resolved", "holds") in ("holds", "other")
    assert found.get("in_process", "holds") in ("holds", "other")


def _one(**values):
    row = dict.fromkeys(SCHEMA) | {"ma_ho_so": "H1", "ngay_tiep_nhan": D(2023, 3, 1)} | values
    schema = SCHEMA | {"thoi_han": pl.Int64}
    return pl.DataFrame([dict.fromkeys(schema) | row], schema=schema)


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"ngay_hen_tra": D(2023, 3, 10), "ngay_giai_quyet": D(2023, 3, 9)}, "gq_truoc_han"),
        ({"ngay_hen_tra": D(2023, 3, 10), "ngay_giai_quyet": D(2023, 3, 10)}, "gq_dung_han"),
        ({"ngay_hen_tra": D(2023, 3, 10), "ngay_giai_quyet": D(2023, 3, 13)}, "gq_qua_han"),
        ({"ngay_hen_tra": D(2023, 12, 31), "trang_thai": "Đang xử lý"}, "dg_trong_han"),
        ({"ngay_hen_tra": D(2023, 12, 30), "trang_thai": "Đang xử lý"}, "dg_qua_han"),
        # ended after the report: open on its day
        ({"ngay_hen_tra": D(2023, 12, 30), "ngay_giai_quyet": D(2024, 1, 2)}, "dg_qua_han"),
        ({"trang_thai": "Đã rút"}, "tra_lai"),
        # no appointed date: Wednesday 1/3 plus five working days is Wednesday 8/3
        ({"thoi_han": 5, "ngay_giai_quyet": D(2023, 3, 7)}, "gq_truoc_han"),
        ({"thoi_han": 5, "ngay_giai_quyet": D(2023, 3, 8)}, "gq_dung_han"),
        ({"thoi_han": 5, "ngay_giai_quyet": D(2023, 3, 9)}, "gq_qua_han"),
    ],
)
def test_a_dossier_stands_in_its_column(values, column):
    total = _total(_count(_one(**values)))
    assert total[column] == 1
    others = {"gq_truoc_han", "gq_dung_han", "gq_qua_han", "dg_trong_han", "dg_qua_han", "tra_lai"}
    assert sum(total[code] for code in others) == 1


def test_without_dates_nobody_knows_whether_a_dossier_was_in_time():
    total = _total(_count(_one(trang_thai="Đã xử lý xong")))
    assert total["gq_tong"] == total["gq_khong_ro"] == 1
    assert total["gq_truoc_han"] is total["gq_dung_han"] is total["gq_qua_han"] is None


def test_working_days_used_are_counted_without_holidays():
    frame = _one(
        ngay_tiep_nhan=D(2023, 4, 28),
        ngay_giai_quyet=D(2023, 5, 5),
        ngay_hen_tra=D(2023, 5, 5),
        linh_vuc="Việc làm",
    )
    assert _count(frame).by_field["days"].to_list() == [2]


def test_a_file_may_lack_columns_but_not_the_day_of_receipt():
    frame = pl.DataFrame({"ngay_tiep_nhan": [D(2023, 5, 1)]})
    made = _count(frame)
    assert made.by_field.height == made.by_unit.height == made.by_procedure.height == 0
    total = _total(made)
    assert total["tn_tong"] == 1
    for code in ("tn_truc_tuyen", "tn_truc_tiep", "gq_tong", "dg_tong", "dg_qua_han", "tra_lai"):
        assert total[code] is None


def test_a_report_of_another_year_is_an_error():
    with pytest.raises(ValueError, match="không thuộc năm 2023"):
        count_dossiers(_one(), 2023, DAYS, D(2024, 1, 1))
