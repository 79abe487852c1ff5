"""Dossier counts: what they add up to and which rates follow, on tables that were really printed."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.definitions.framework import load_framework, rules_of
from helpers.indices.procedures import tt01
from helpers.indices.procedures.arithmetic import (
    IN_TIME,
    Count,
    added,
    checks,
    complete,
    counts_of,
    rate,
    rates,
)
from helpers.indices.procedures.rules import ProcedureRules


@pytest.fixture(scope="module")
def edition(checkout):
    return load_framework("procedures", checkout).edition(2023)


@pytest.fixture(scope="module")
def rules(edition):
    return rules_of(edition, ProcedureRules)


def _counts(**values: int) -> dict[str, Count]:
    return {code: Count(value, "bảng") for code, value in values.items()}


# Cổng dịch vụ công Thừa Thiên Huế, https://dichvucong.thuathienhue.gov.vn/thongke/ReqId/d65d4779:
# level, received, resolved, open, early, on time, late, share of early as printed, remainder.
HUE = [
    ("1, 2", 268763, 257141, 11622, 124907, 102770, 19852, 48.6, 9612),
    ("3", 68544, 61827, 6717, 43434, 11795, 4331, 70.3, 2267),
    ("4", 1665, 1611, 54, 952, 388, 268, 59.1, 3),
]


@pytest.mark.parametrize(("level", *"tpcedlrk"), HUE)
def test_a_real_table_leaves_dossiers_of_another_kind(rules, level, t, p, c, e, d, l, r, k):  # noqa: E741
    counts = _counts(tn_tong=t, gq_tong=p, dg_tong=c, gq_truoc_han=e, gq_dung_han=d, gq_qua_han=l)
    found = {check.rule.key: check for check in checks(counts, rules)}
    assert found["balance"].state == "holds"
    assert found["resolved"].state == "other"
    assert found["resolved"].remainder == k
    assert round(e / p * 100, 1) == r
    assert rate(counts, rules.rate("in_time")).share == pytest.approx((e + d) / p)
    assert rate(counts, rules.rate("late_resolved")).share == pytest.approx(l / p)


def test_parts_above_their_total_are_wrong(rules):
    counts = _counts(gq_tong=10, gq_truoc_han=8, gq_dung_han=2, gq_qua_han=1)
    (check,) = checks(counts, rules)
    assert (check.state, check.remainder) == ("wrong", -1)


def test_received_without_the_rest_explained_is_wrong(rules):
    counts = _counts(tn_tong=10, tn_truc_tuyen=5, tn_truc_tiep=3, tn_ky_truoc=1)
    (check,) = checks(counts, rules)
    assert check.state == "wrong"


def test_all_seven_rates_name_their_denominator(rules):
    counts = _counts(
        tn_tong=1000, tn_truc_tuyen=360, tn_truc_tiep=540, tn_ky_truoc=100, gq_tong=900,
        gq_truoc_han=700, gq_dung_han=180, gq_qua_han=20, dg_tong=100, dg_trong_han=95, dg_qua_han=5,
    )  # fmt: skip
    found = {r.rule.key: (r.numerator, r.denominator, r.rule.base) for r in rates(counts, rules)}
    assert found == {
        "online": (360, 900, "số hồ sơ mới tiếp nhận trong kỳ"),
        "resolved": (900, 1000, "tổng số hồ sơ tiếp nhận"),
        "in_time": (880, 900, "số hồ sơ đã giải quyết"),
        "late_resolved": (20, 900, "số hồ sơ đã giải quyết"),
        "late_all": (25, 1000, "tổng số hồ sơ tiếp nhận"),
        "overdue_open": (5, 100, "số hồ sơ đang giải quyết"),
        "in_time_all": (975, 1000, "tổng số hồ sơ tiếp nhận"),
    }


def test_a_rate_without_dossiers_is_no_rate(rules):
    assert rate(_counts(gq_trong_han=0, gq_tong=0), rules.rate("in_time")) is None


def test_thanh_hoa_2023_leaves_no_room_for_overdue_open_dossiers():
    printed = _counts(tn_tong=229952, gq_tong=227149, gq_trong_han=227140, dg_trong_han=2803)
    made = complete(printed)
    assert (made["gq_qua_han"].value, made["dg_tong"].value, made["dg_qua_han"].value) == (
        9,
        2803,
        0,
    )
    assert made["gq_qua_han"].derived
    assert not made["gq_tong"].derived


def test_nothing_is_filled_that_would_be_negative():
    made = complete(_counts(gq_tong=5, gq_trong_han=7))
    assert "gq_qua_han" not in made


dossiers = st.integers(0, 10**6)


@given(*[dossiers] * 8)
def test_filling_finds_back_what_was_left_out(a, b, c, d, e, f, g, h):
    early, on_time, late, in_time, overdue = a, b, c, d, e
    received = early + on_time + late + in_time + overdue
    whole = _counts(
        tn_tong=received, gq_tong=early + on_time + late, gq_trong_han=early + on_time,
        gq_qua_han=late, dg_tong=in_time + overdue, dg_trong_han=in_time, dg_qua_han=overdue,
    )  # fmt: skip
    left = {code: whole[code] for code in ("tn_tong", IN_TIME, "gq_qua_han", "dg_qua_han")}
    made = complete(left)
    assert {code: made[code].value for code in whole} == {k: v.value for k, v in whole.items()}


def test_a_column_that_one_row_lacks_has_no_sum():
    total = added(
        [_counts(tn_tong=3, gq_tong=2), _counts(tn_tong=4)], ("tn_tong", "gq_tong"), "2 lĩnh vực"
    )
    assert {code: count.value for code, count in total.items()} == {"tn_tong": 7}


def test_an_empty_cell_is_not_zero():
    row = pd.Series({"tn_tong": 3.0, "gq_tong": float("nan")})
    assert set(counts_of(row, ("tn_tong", "gq_tong", "dg_tong"), "dòng 2")) == {"tn_tong"}


def test_the_mean_of_forms_has_two_decimals():
    assert tt01.mean_of_forms(1, 1, 1) == 1.0
    assert tt01.mean_of_forms(2, 1, 0) == 1.67
    assert tt01.mean_of_forms(17, 16, 7) == 1.25
    assert tt01.mean_of_forms(125, 75, 0) == 1.63  # 1,625, half away from zero
    assert tt01.mean_of_forms(0, 0, 0) is None


def _scores(own: float, appraised: list[float]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "ky": "Quý I", "don_vi": "Trung tâm", "chi_so": [float(n) for n in range(1, 10)],
            "so_phieu_2": float("nan"), "so_phieu_1": float("nan"), "so_phieu_0": float("nan"),
            "diem_tu_cham": own, "diem_tham_dinh": appraised, "rat_hai_long": float("nan"),
            "hai_long": float("nan"), "khong_hai_long": float("nan"), "origin": "dòng 2",
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        (18, "Xuất sắc"),
        (15, "Xuất sắc"),
        (14.99, "Tốt"),
        (12, "Tốt"),
        (9, "Khá"),
        (6, "Trung bình"),
        (5.9, "Yếu"),
    ],
)
def test_the_grade_follows_the_appraised_total(edition, total, grade):
    rest = [min(2.0, max(0.0, round(total - 2 * n, 2))) for n in range(9)]
    (made,) = tt01.assessments(_scores(2.0, rest))
    assert made.own_total == 18
    assert edition.band(round(made.appraised_total, 2)).name == grade


def test_a_missing_index_leaves_no_total():
    (made,) = tt01.assessments(_scores(2.0, [2.0] * 9).iloc[:8])
    assert made.own_total is None
    assert made.lacking == (9,)


def test_exactly_fifteen_is_marked_as_inferred(edition):
    assert edition.band(15).status == "inferred"
