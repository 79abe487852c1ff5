"""A number that its source gives as a bound keeps the word, and is never taken for the exact one."""

from __future__ import annotations

import pytest
from annual_made import CHECKOUT

from helpers.facts.intervals import printed
from helpers.indices.poverty import result as poverty
from helpers.indices.poverty import text_changes
from helpers.indices.work_plan import result as work_plan
from helpers.indices.work_plan import text as plan_text
from helpers.inputs.observations import Observation, Origin
from helpers.project import Project


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
    ],
)
def test_the_word_before_a_number_is_its_bound(sentence, written, bound):
    value = float(written.replace(".", "").replace(",", "."))
    found = Observation("x", value, written, 0, "", 2023, Origin("f", sentence=sentence))
    assert found.bound == bound
    assert (printed(found).high == float("inf")) == bool(bound)


def test_a_planned_minimum_is_printed_as_one():
    result = work_plan.evaluate("son-la", 2023, Project(CHECKOUT))
    assert "Kế hoạch thanh tra, kiểm tra có ít nhất 1 đơn vị." in str(plan_text.citizens(result))


def test_more_than_is_printed_as_more_than():
    result = poverty.evaluate("quang-nam", 2023, Project(CHECKOUT))
    assert result.plan.times is not None
    assert result.plan.times.bound == "hơn"
    assert "vượt chỉ tiêu hơn 2,5 lần" in str(text_changes.plan(result))
