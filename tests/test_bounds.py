"""A number that its source gives as a bound keeps the word, and is never taken for the exact one."""

from __future__ import annotations

import pytest
from annual_made import CHECKOUT

from helpers.facts.intervals import printed
from helpers.facts.value import Value, count
from helpers.indices.poverty import result as poverty
from helpers.indices.poverty import text_changes
from helpers.indices.work_plan import result as work_plan
from helpers.inputs.observations import Observation, Origin, side_of
from helpers.project import Project
from helpers.words.say import say


@pytest.mark.parametrize(
    ("sentence", "written", "bound"),
    [
        ("thanh tra ít nhất 01 đơn vị", "01", "ít nhất"),
        ("vượt hơn 2,5 lần so với chỉ tiêu", "2,5", "hơn"),
        ("đã có trên 330.000 hồ sơ", "330.000", "trên"),
        ("cao hơn 2,5 điểm so với năm trước", "2,5", ""),
        ("giảm 2,5 điểm, ít nhất 2,55 điểm", "2,5", ""),
        ("đạt 12,5 lần", "2,5", ""),
        ("", "2,5", ""),
        ("đạt không dưới 80% kế hoạch", "80%", "không dưới"),
        ("sớm hơn 3 ngày", "3", ""),
        # «trên» is «of» or «on» as well.
        ("chỉ số hài lòng (sipas) trên 05 yếu tố cơ bản", "05", ""),
        ("có 12 trên 15 đơn vị hoàn thành", "15", ""),
        ("có 12 đơn vị đạt trên 15 đơn vị", "15", ""),
        ("khảo sát trên 1.200 người", "1.200", ""),
        ("năm 2023 đã có trên 15 đơn vị", "15", "trên"),
        ("có 12 đơn vị đạt trên 95%", "95%", "trên"),
        ("đạt 7,5% trên 10%", "10%", ""),
        # Said in two ways: in doubt the number itself.
        ("có trên 15 đơn vị, trong 15 đơn vị được giao", "15", ""),
    ],
)
def test_the_word_before_a_number_is_its_bound(sentence, written, bound):
    value = float(written.rstrip("%").replace(".", "").replace(",", "."))
    found = Observation("x", value, written, 0, "", 2023, Origin("f", sentence=sentence))
    assert found.bound == bound
    assert (printed(found).high == float("inf")) == bool(bound)


@pytest.mark.parametrize(
    ("sentence", "written", "bound"),
    [
        ("tỷ lệ hồ sơ trễ hạn không quá 5%", "5%", "không quá"),
        ("tỷ lệ hộ nghèo giảm xuống dưới 2,5%", "2,5%", "dưới"),
        ("còn dưới 300 hộ", "300", "dưới"),
        ("tối đa 03 lần", "03", "tối đa"),
        ("chưa đến 40 đơn vị", "40", "chưa đến"),
    ],
)
def test_an_upper_bound_is_kept_as_a_lower_one_is(sentence, written, bound):
    value = float(written.rstrip("%").replace(".", "").replace(",", "."))
    found = Observation("x", value, written, 0, "", 2023, Origin("f", sentence=sentence))
    assert found.bound == bound
    assert (printed(found).low, printed(found).high) == (0.0, value)


def test_a_share_of_places_is_not_under_them():
    found = Observation(
        "x", 3, "3", 0, "", 2023, Origin("f", sentence="thực hiện dưới 3 hình thức")
    )
    assert not found.bound


@pytest.mark.parametrize(
    ("bound", "counted", "contradicts"),
    [("không quá", 3, False), ("không quá", 6, True), ("ít nhất", 6, False), ("", 3, True)],
)
def test_a_count_contradicts_a_bound_only_beyond_it(bound, counted, contradicts):
    stated = Value(5.0, "unit", 0, source="tệp", bound=side_of(bound) or "exact")
    found = work_plan._conflicts({"inspected": stated}, {"inspected": count(counted, "unit", "x")})
    assert bool(found) == contradicts


def test_a_planned_minimum_is_printed_as_one():
    result = work_plan.evaluate("son-la", 2023, Project(CHECKOUT))
    assert "Kế hoạch thanh tra, kiểm tra có ít nhất 1 đơn vị." in str(say(result, "citizens"))


def test_more_than_is_printed_as_more_than():
    result = poverty.evaluate("quang-nam", 2023, Project(CHECKOUT))
    assert result.plan.times is not None
    assert result.plan.times.bound == "hơn"
    assert "vượt chỉ tiêu hơn 2,5 lần" in str(text_changes.plan(result))
