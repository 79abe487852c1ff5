"""What figures say: each kind of finding appears when its values support it, and only then."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.facts.comparison import Comparison
from helpers.facts.figures import Beside, Earlier, Measured, Place, Value
from helpers.facts.judgement import compare, judge

OWN = Measured("sipas", "total", "Chỉ số SIPAS", 2023, "%", Value(78.04, "so-lieu.csv, dòng 8"))


def kinds(measured):
    return {finding.kind for finding in judge(measured)}


def earlier(value, **more):
    return Earlier(2022, Value(value, "năm trước"), **more)


def test_without_a_value_nothing_else_is_said():
    absent = replace(OWN, value=None, why="chưa khảo sát", place=Place(1, 3, "x"))
    assert kinds(absent) == {"not_measured"}


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"place": Place(13, 15, "x")}, "place"),
        ({"place": Place(2, None, "x")}, "place_of_unknown"),
        ({"place": Place(1, 1, "x")}, "only_unit"),
        ({"place": Place(1, 15, "x")}, "is_best"),
        ({"place": Place(15, 15, "x")}, "is_lowest"),
        ({"sample": 12, "sample_needed": 30}, "small_sample"),
        ({"target": Beside(Value(80, "x"), "chỉ tiêu")}, "target_missed"),
        ({"target": Beside(Value(78.04, "x"), "chỉ tiêu")}, "target_met"),
        ({"mean": Beside(Value(81.28, "x"), "bình quân")}, "below"),
        ({"mean": Beside(Value(70, "x"), "bình quân")}, "above"),
        ({"mean": Beside(Value(78.041, "x"), "bình quân")}, "equal"),
        ({"previous": earlier(75)}, "change"),
        ({"previous": earlier(78.041)}, "unchanged"),
        ({"previous": earlier(77, margin=2.0)}, "unclear_change"),
        ({"previous": earlier(75, reasons=("cách tính đổi",))}, "not_comparable"),
        ({"base": Earlier(2020, Value(70, "x"))}, "since_base"),
        ({"self_score": Value(80, "x")}, "appraised_lower"),
        ({"self_score": Value(70, "x")}, "appraised_higher"),
        ({"course": ((2021, 70.0), (2022, 75.0), (2023, 78.04))}, "course"),
    ],
)
def test_each_kind_appears_when_its_values_say_so(more, kind):
    assert kind in kinds(replace(OWN, **more))
    assert kind not in kinds(OWN)


def test_a_target_for_poverty_is_met_from_below():
    poor = Measured(
        "poverty", "poor", "Tỷ lệ hộ nghèo", 2023, "%", Value(5.57, "x"), higher_is_better=False
    )
    assert "target_met" in kinds(replace(poor, target=Beside(Value(6, "x"), "kế hoạch")))
    assert "target_missed" in kinds(replace(poor, target=Beside(Value(5, "x"), "kế hoạch")))


def test_up_in_points_but_down_in_place_is_its_own_finding():
    held = replace(OWN, place=Place(13, 15, "x"))
    up = replace(held, previous=earlier(75, rank=10, units=15))
    assert "points_up_place_down" in kinds(up)
    assert "place_moved" not in kinds(up)
    # Among another number of units the places cannot be explained by the points.
    other = replace(held, previous=earlier(75, rank=10, units=18))
    assert "points_up_place_down" not in kinds(other)
    down = replace(held, previous=earlier(80, rank=14, units=15))
    assert "points_down_place_up" in kinds(down)


def test_a_gap_that_closes_is_told_only_below_the_mean():
    mean = Beside(Value(80, "x"), "bình quân")
    closing = replace(OWN, mean=mean, previous=earlier(75, mean=Value(79, "x")))
    assert "closing_in" in kinds(closing)
    assert "closing_in" not in kinds(replace(closing, mean=Beside(Value(70, "x"), "bình quân")))
    wider = replace(OWN, mean=mean, previous=earlier(78, mean=Value(79, "x")))
    assert "closing_in" not in kinds(wider)


def test_a_strong_verb_needs_a_known_error_and_a_stated_size():
    def size(**more):
        found = judge(replace(OWN, survey=True, **more))
        return next(finding.size for finding in found if finding.kind == "change")

    assert size(previous=earlier(70, margin=2.0)) == "clear"
    assert size(previous=earlier(70, margin=2.0), large=5.0) == "large"
    assert size(previous=earlier(75, margin=2.0), large=5.0) == "clear"


def test_an_estimate_without_known_error_is_on_no_side():
    found = judge(
        replace(
            OWN,
            survey=True,
            previous=earlier(70, rank=10, units=15),
            place=Place(13, 15, "x"),
            mean=Beside(Value(81.28, "x"), "bình quân"),
            target=Beside(Value(90, "x"), "mục tiêu"),
        )
    )
    told = {finding.kind for finding in found}
    assert {"unknown_change", "unknown_side", "target_unclear", "place_moved"} <= told
    sides = {"change", "above", "below", "equal", "target_met", "target_missed", "is_best"}
    assert not told & {*sides, "points_up_place_down", "points_down_place_up"}


@pytest.mark.parametrize(
    ("case", "kind"),
    [
        ("higher", "above"),
        ("lower", "below"),
        ("inside", "unclear_side"),
        ("unknown", "unknown_side"),
    ],
)
def test_the_index_judges_its_own_sample(case, kind):
    """The figure alone (82 against 80) would say above; the error of the difference decides."""
    made = Comparison(case, 2.0, 5.0)
    measured = replace(OWN, survey=True, mean=Beside(Value(80, "x"), "bình quân", made))
    assert kind in kinds(measured)


def test_parts_of_one_sample_have_no_ends_here():
    sampled = [replace(child(code, value, 10), survey=True) for code, value in (("a", 8), ("b", 2))]
    assert compare(sampled) == ()


def child(code, value, maximum=None, before=None):
    previous = None if before is None else earlier(before)
    return Measured(
        "par_index",
        code,
        f"lĩnh vực {code}",
        2023,
        "điểm",
        Value(value, "x"),
        maximum=maximum,
        previous=previous,
    )


def test_the_ends_are_found_by_share_of_the_maximum():
    found = compare([child("a", 8, 10), child("b", 12.5, 13), child("c", 9, 10.5)])
    named = {finding.kind: [c.code for c in finding.named] for finding in found}
    assert named["strongest"] == ["b"]
    assert named["weakest"] == ["a"]
    assert named["lost"] == ["a", "c"]


def test_nothing_stands_out_among_equals():
    assert not compare([child("a", 5), child("b", 5)])


def test_the_largest_contribution_pulls_the_way_of_the_sum():
    found = compare([child("a", 8, before=7), child("b", 5, before=5.5), child("c", 4, before=3.8)])
    (made,) = [finding for finding in found if finding.kind == "contribution"]
    assert made.about.code == "a"
    against = compare([child("a", 5, before=8), child("b", 7, before=5), child("c", 8, before=6)])
    assert not [finding for finding in against if finding.kind == "contribution"]


values = st.floats(0, 100, allow_nan=False).map(lambda value: round(value, 2))


@given(values, values, st.one_of(st.none(), st.floats(0, 5)), st.booleans())
def test_a_rise_is_never_told_of_a_fall(now, before, margin, survey):
    measured = replace(
        OWN, value=Value(now, "x"), previous=earlier(before, margin=margin), survey=survey
    )
    for finding in judge(measured):
        if finding.kind == "change":
            assert finding.direction == ("up" if now > before else "down")
            assert margin is None or abs(now - before) > margin
        if finding.kind == "unchanged":
            assert abs(now - before) < 0.005
