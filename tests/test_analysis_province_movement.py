"""What the page of a province says of change: on the error of the difference, each break its reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from papi_made import changed

from helpers.facts.value import UNKNOWN, sampling
from helpers.reports.province import result as province
from helpers.reports.province import text as commentary
from helpers.reports.province.series import _breaks
from helpers.words.say import say


@pytest.fixture(scope="module")
def profile(little_known):
    return province.evaluate("quang-nam", 2024, little_known)


def said(profile):
    return str(commentary.overview(profile))


def with_papi(profile, **changes):
    """Change the newest point of PAPI."""
    series = profile.get("papi")
    points = (*series.points[:-1], replace(series.points[-1], **changes))
    others = tuple(one for one in profile.series if one.key != "papi")
    return replace(profile, series=(replace(series, points=points), *others))


def test_the_page_asks_what_the_report_of_papi_asks(profile, results):
    total = changed(results[2024, "quang-nam"], 2021)["total"]
    movement = profile.get("papi").movement
    assert (total.case, movement.case) == ("unclear", "inside")
    assert abs(movement.gap) == pytest.approx(total.fields["gap"].known)
    assert movement.margin == pytest.approx(total.fields["margin"].known)
    assert (
        "PAPI năm 2024 chưa có thay đổi rõ rệt: chênh lệch 1,10 điểm nằm trong sai số ước"
        in said(profile)
    )


def test_a_difference_beyond_an_assumed_error_is_likely(profile):
    text = said(with_papi(profile, value=45.0))
    assert "PAPI năm 2024 nhiều khả năng cao hơn 2,89 điểm." in text


def test_a_difference_beyond_a_published_error_is_sure(profile):
    error = sampling(0.3, origin="published")
    series = profile.get("papi")
    known = tuple(replace(point, error=error) for point in series.points)
    others = tuple(one for one in profile.series if one.key != "papi")
    text = said(replace(profile, series=(replace(series, points=known), *others)))
    assert "So với năm 2021, PAPI năm 2024 thấp hơn 1,10 điểm." in text
    assert "ước tính" not in text


def test_without_an_error_both_values_stand_side_by_side(profile):
    text = said(with_papi(profile, error=UNKNOWN))
    assert "PAPI năm 2024 là 41,00 điểm, năm 2021 là 42,11 điểm." in text
    assert text.count("chưa biết sai số khảo sát nên chưa kết luận về thay đổi") == 1
    assert "thấp hơn" not in text.split("PAPI năm 2024 là")[1].split(".")[0]


def test_a_merged_unit_has_the_error_of_its_weighted_parts(little_known):
    series = province.evaluate("an-giang", 2025, little_known).get("papi")
    places = [point for point in series.points if point.year == 2024]
    (point,) = places
    assert point.error.origin == "assumed"
    assert 0.415 / 2**0.5 <= point.error.standard_error < 0.415
    assert point.placed_here


def test_a_place_among_the_34_before_they_existed_is_said_to_be_computed(little_known):
    text = said(province.evaluate("cao-bang", 2025, little_known))
    assert "thứ 32/32 trong các đơn vị mới tính được (vị trí do trang này tính)" in text


def test_each_break_is_told_with_its_own_reason():
    steps = {(2015, 2016): ("đổi năm 2016",), (2016, 2017): ("đổi năm 2017",)}

    def why(earlier, later):
        return tuple(
            reason
            for (before, after), reasons in steps.items()
            if earlier <= before and after <= later
            for reason in reasons
        )

    assert _breaks([2015, 2017], why) == ((2016, "đổi năm 2016"), (2017, "đổi năm 2017"))
    # What no single step explains is told once, of the whole span.
    assert _breaks([2015, 2018], lambda a, b: ("khác",) if b - a > 1 else ()) == ((2018, "khác"),)


def test_the_page_says_that_differences_are_of_unrounded_values(profile):
    assert "Hiệu số tính từ số chưa làm tròn" in str(say(profile, "method"))
