"""What is not known beside what is: no zero, no smaller sum, no share of a part."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pandas as pd
import pytest

from helpers.facts.leading import leading
from helpers.indices.poverty.arithmetic import Movement
from helpers.indices.procedures import charts as procedure_charts
from helpers.indices.procedures import tables as procedure_tables
from helpers.indices.procedures import text_words as procedure_words
from helpers.indices.procedures import tt01
from helpers.indices.procedures.arithmetic import Count
from helpers.indices.procedures.findings_months import late_months
from helpers.indices.procedures.rows import EVERY_LATE, RESOLVED_LATE, Row, Rows
from helpers.indices.procedures.text_parts import _late_in, _procedures
from helpers.indices.service_quality.arithmetic import Group, Indicator, Score
from helpers.indices.work_plan.findings import found_and_remedied
from helpers.words.document import Document as Words
from helpers.words.say import telling_of
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
    result = SimpleNamespace(carried_out=tuple(inspection(*row) for row in rows))
    (why,) = found_and_remedied(result)
    assert said in plain(telling_of(Words("work_plan", {}, {})).why(why))


def row_of(name, **counts):
    return Row(name, {code: Count(value, "x") for code, value in counts.items()}, code=name)


PARTLY = row_of("A", tn_tong=40, gq_tong=30, gq_qua_han=9, dg_khong_ro=8)
"""Nine late ones among the resolved; of those in process nobody knows one."""
WHOLE = row_of(
    "B", tn_tong=50, gq_tong=45, gq_qua_han=2, gq_khong_ro=0, dg_qua_han=1, dg_khong_ro=0
)


def test_dossiers_nobody_can_judge_are_not_none():
    assert WHOLE.unclear_of(EVERY_LATE) == 0
    assert PARTLY.unclear_of(RESOLVED_LATE) == 0  # stated late ones: each was judged
    nothing = row_of("C", tn_tong=50)
    assert (nothing.unclear_of(EVERY_LATE), nothing.late_of(EVERY_LATE)) == (None, None)
    assert not nothing.has_late
    assert not nothing.late_is_known
    hidden = Row("D", WHOLE.counts, hidden=frozenset({"dg_khong_ro"}))
    assert hidden.unclear_of(EVERY_LATE) is None
    assert hidden.has_unclear


def test_a_procedure_known_in_part_has_no_place_in_the_order():
    result = SimpleNamespace(
        year=2024, rows=Rows(procedures=(PARTLY, WHOLE), late_procedures=2), total={}
    )
    table = procedure_tables.late_procedures(result)
    assert [str(row[0]) for row in table.rows] == ["B (B)"]
    assert "nhiều hồ sơ quá hạn nhất" not in table.caption
    assert "1 thủ tục khác có hồ sơ quá hạn nhưng chưa biết đủ số" in table.note
    text = plain(_procedures(result.rows))
    assert "trong 1 thủ tục biết đủ số này, nhiều nhất là «B» với 3 hồ sơ" in text


def test_late_ones_known_in_part_are_not_said_to_be_none():
    others = row_of("C", tn_tong=9, gq_tong=9, gq_qua_han=0, dg_qua_han=0, dg_khong_ro=0)
    text = plain(_late_in([PARTLY, others], "lĩnh vực", "@t"))
    assert "không có hồ sơ nào quá hạn" not in text
    assert "Không lĩnh vực nào" not in text
    assert "Trong 1 lĩnh vực có số hồ sơ quá hạn không lĩnh vực nào có hồ sơ quá hạn" in text


def test_a_share_that_is_not_known_is_not_printed_as_zero():
    assert procedure_charts._late_share(row_of("C", gq_truoc_han=3)) is None
    with pytest.raises(ValueError, match="chưa biết"):
        procedure_words.row_share(row_of("C", gq_tong=9))


def test_a_month_of_unjudged_dossiers_is_not_one_without_late_ones():
    known = row_of("1", gq_tong=9, gq_qua_han=1)
    assert list(late_months([known, row_of("2", gq_tong=9, gq_khong_ro=9)])) == []
    (made,) = late_months([known, row_of("2", gq_tong=9, gq_qua_han=0)])
    assert [one.args["month"] for one in made.args["months"]] == ["1"]
    assert made.args["n"].known == 1


def test_the_first_of_a_list_is_never_an_unknown_one():
    values = {"a": -3.0, "b": -1.04, "c": -1.0}
    assert leading(values, values.get, 1, decimals=1).named == ("b", "c")
    assert leading(values, values.get, 1, highest=False).one == "a"
    assert leading([*values, "d"], values.get, 1).lacking == 1


def test_what_a_movement_leaves_empty_is_not_none():
    moved = Movement(100, 30, None, 5, 10, None, 88)
    assert (moved.expected_end, moved.gap, moved.implied_entered) == (None, None, None)
    assert Movement(100, 30, 0, 5, 10, 0, 88).gap == 3
    assert Movement(100, 30, 0, None, None, 0, 88).implied_entered == 18
    assert Movement(100, 30, None, None, None, 0, 88).implied_entered is None
    assert Movement(100, 30, 0, None, None, 0, 60).implied_entered is None
