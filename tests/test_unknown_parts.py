"""What is not known beside what is: no zero, no smaller sum, no share of a part."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pandas as pd
import pytest

from helpers.indices.procedures import tt01
from helpers.indices.procedures.arithmetic import Count
from helpers.indices.procedures.rows import Row
from helpers.indices.service_quality.arithmetic import Group, Indicator, Score
from helpers.indices.work_plan.text_parts import _found_and_remedied
from helpers.words.text import plain

EMPTY = {
    "don_vi": "Sở A", "ky": "Quý I", "so_phieu_2": math.nan, "so_phieu_1": math.nan,
    "so_phieu_0": math.nan, "diem_tu_cham": math.nan, "diem_tham_dinh": math.nan,
    "rat_hai_long": math.nan, "hai_long": math.nan, "khong_hai_long": math.nan, "origin": "x",
}  # fmt: skip


def assessed(**values):
    (one,) = tt01.assessments(pd.DataFrame([{**EMPTY, **values}]))
    return one


def test_forms_of_which_a_level_is_empty_give_no_mean():
    (score,) = assessed(chi_so=1, so_phieu_2=8.0, so_phieu_1=2.0).scores
    assert (score.own, score.forms) == (None, None)
    (score,) = assessed(chi_so=1, so_phieu_2=8.0, so_phieu_1=2.0, diem_tu_cham=1.5).scores
    assert score.own == 1.5
    (score,) = assessed(chi_so=1, so_phieu_2=8.0, so_phieu_1=2.0, so_phieu_0=0.0).scores
    assert (score.own, score.forms) == (1.8, 10)


def test_satisfaction_of_which_a_level_is_empty_is_no_hundred_percent():
    assert assessed(chi_so=10, rat_hai_long=40.0).satisfaction == ()
    (found,) = assessed(
        chi_so=10, rat_hai_long=40.0, hai_long=10.0, khong_hai_long=0.0
    ).satisfaction
    assert found.forms == 50


def test_late_dossiers_of_no_column_are_not_none():
    row = Row("Việc làm", {"gq_qua_han": Count(3, "x")})
    assert row.late_of(frozenset()) is None
    assert row.late_of(frozenset({"gq_qua_han"})) == 3
    assert row.late_of(frozenset({"gq_qua_han", "dg_qua_han"})) is None


def test_points_of_nothing_are_no_points():
    node = SimpleNamespace(code="1", maximum=10.0)
    without = Indicator(node, SimpleNamespace(), None, None, "missing")
    with_points = Indicator(node, SimpleNamespace(), None, 4.0, "scored")
    assert without.lost is None
    assert Group(node, (without,)).points is None
    assert Score((Group(node, (without,)),)).points is None
    assert Score((Group(node, (without, with_points)),)).points == pytest.approx(4.0)


def inspection(findings, remedied):
    return SimpleNamespace(
        state="Đã thực hiện", findings=findings, remedied=remedied, origin="thanh-tra.csv, dòng 2"
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([(5, 3), (2, 2)], "chỉ ra 7 tồn tại, đã khắc phục 5 ("),
        ([(5, None)], "chỉ ra 5 tồn tại; chưa có số đã khắc phục ("),
        ([(5, 3), (2, None)], "chỉ ra 7 tồn tại, đã khắc phục ít nhất 3 ("),
        ([(5, 3), (0, None)], "chỉ ra 5 tồn tại, đã khắc phục 3 ("),
        ([(5, 3), (None, None)], "chỉ ra ít nhất 5 tồn tại, đã khắc phục ít nhất 3 ("),
    ],
)
def test_what_inspections_do_not_say_was_put_right_is_no_zero(rows, said):
    result = SimpleNamespace(inspections=tuple(inspection(*row) for row in rows))
    (text,) = _found_and_remedied(result)
    assert said in plain(text)
