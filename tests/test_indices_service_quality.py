"""Points of decision 766: the worked example, published totals, and what sources disagree on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.definitions.framework import Node, load_framework, rules_of
from helpers.definitions.load import DefinitionError
from helpers.indices.service_quality.arithmetic import (
    Group,
    Indicator,
    Ratio,
    Score,
    ServiceRules,
    grade,
    score,
)
from helpers.words.numbers import decimal


@pytest.fixture(scope="module")
def edition(checkout):
    return load_framework("service_quality", checkout).edition(2023)


@pytest.fixture(scope="module")
def rules(edition):
    return rules_of(edition, ServiceRules)


def _ratio(code: str, top: int | None, bottom: int | None, **more: object) -> Ratio:
    return Ratio(code, top, bottom, "31/12/2023", "dòng 2", **more)


def _points(edition, rules, *ratios, **own):
    return score(ratios, edition, rules, rules.chosen(own))


def test_groups_have_the_points_of_the_decision(edition, rules):
    maxima = {group.code: group.maximum for group in edition.criteria}
    assert maxima == {"1": 18, "2": 20, "3a": 12, "3b": 10, "4": 22, "5": 18}
    for group in edition.criteria:
        assert sum(child.maximum or 0 for child in group.children) == group.maximum
        assert {child.code for child in group.children} <= set(rules.indicators)


def test_the_worked_example(edition, rules):
    made = _points(
        edition,
        rules,
        _ratio("2.1", 5182, 5182),
        _ratio("3.1", 105, 113),
        _ratio("3.2", 60, 100),
        _ratio("3.3", 42, 100),
        _ratio("4.3", 55, 100),
        _ratio("5.4", 86, 100),
    )
    points = {one.node.code: one.points for one in made.indicators if one.points is not None}
    assert points["2.1"] == 20
    assert points["3.1"] == 2
    assert points["3.2"] == pytest.approx(2.40)
    assert points["3.3"] == pytest.approx(5.04)
    assert made.groups[2].points == pytest.approx(9.44)
    assert points["4.3"] == pytest.approx(1.375)
    assert points["5.4"] == pytest.approx(5.7333, abs=1e-4)
    assert not made.complete
    assert made.index is None


@pytest.mark.parametrize(
    ("total", "name"),
    # Lâm Đồng 2025 to 27/11, its departments and districts in quarter II/2024, An Giang on 31/5/2023
    [
        (90.09, "Xuất sắc"),
        (98.63, "Xuất sắc"),
        (90.96, "Xuất sắc"),
        (83.61, "Tốt"),
        (69.63, "Trung bình"),
    ],
)
def test_published_totals_get_their_published_grade(edition, total, name):
    assert edition.band(total).name == name


@pytest.mark.parametrize(
    ("total", "printed", "name"),
    [(89.9951, "90,00", "Xuất sắc"), (89.9949, "89,99", "Tốt"), (79.995, "80,00", "Tốt")],
)
def test_the_grade_is_that_of_the_total_as_printed(edition, rules, total, printed, name):
    """A page that prints 90,00 and the grade of less than 90 contradicts itself."""
    whole = Node(code="1", name_vi="Chỉ tiêu", maximum=100)
    one = Indicator(whole, rules.indicators["2.1"], None, total, "scored", None)
    made = Score((Group(whole, (one,)),))
    assert decimal(made.index, 2) == printed
    assert grade(made, edition).name == name


def test_lam_dong_on_time_share(edition, rules):
    made = _points(edition, rules, _ratio("2.1", 9728, 10000))
    assert made.get("2.1").points == pytest.approx(19.456)


def _all(rules, share=(9, 10), **changed):
    ratios = [
        _ratio(code, *share) for code, rule in rules.indicators.items() if rule.kind != "watched"
    ]
    return [changed.get(ratio.code.replace(".", "_"), ratio) for ratio in ratios]


def test_everything_full_is_a_hundred(edition, rules):
    made = _points(edition, rules, *_all(rules, (7, 7)))
    assert made.points == pytest.approx(100)
    assert made.maximum == 100
    assert grade(made, edition).name == "Xuất sắc"


def test_what_does_not_apply_is_left_out_with_its_maximum(edition, rules):
    without = [
        _ratio(ratio.code, None, None, applies=False) if ratio.code == "4.6" else ratio
        for ratio in _all(rules, (7, 7))
    ]
    made = _points(edition, rules, *without)
    assert made.get("4.6").state == "not_applicable"
    assert (made.points, made.maximum, made.index) == (98, 98, 100)


def test_a_missing_indicator_leaves_the_total_open(edition, rules):
    made = _points(edition, rules, *[r for r in _all(rules) if r.code != "5.3"])
    assert made.get("5.3").state == "missing"
    assert made.index is None
    assert grade(made, edition) is None


@pytest.mark.parametrize(
    ("code", "points", "state"),
    [("5.2", 6, "scored"), ("5.3", 6, "scored"), ("5.4", 0, "scored"), ("2.1", None, "not_applicable"),
     ("1.1", None, "not_applicable")],
)  # fmt: skip
def test_a_zero_denominator_follows_the_rule_of_the_indicator(edition, rules, code, points, state):
    made = _points(edition, rules, _ratio(code, 0, 0)).get(code)
    assert (made.points, made.state) == (points, state)


def test_a_numerator_above_its_denominator_gives_no_points(edition, rules):
    made = _points(edition, rules, _ratio("1.1", 11, 10)).get("1.1")
    assert (made.points, made.state) == (None, "impossible")


@pytest.mark.parametrize(
    ("code", "ratio", "own", "points"),
    [
        ("4.2", (80, 100), {}, 3.2),
        ("4.2", (80, 100), {"target_4_2": 0.8}, 4.0),
        ("3.5", (9, 10), {}, 2.0),
        ("3.5", (9, 10), {"cap_3_5": 0}, 2.25),
        ("2.1", (0, 0), {"zero_2_1": 20}, 20),
    ],
)
def test_options_decide_what_sources_disagree_on(edition, rules, code, ratio, own, points):
    assert _points(edition, rules, _ratio(code, *ratio), **own).get(code).points == pytest.approx(
        points
    )


@pytest.mark.parametrize("own", [{"target_4_2": 0.5}, {"target_4_2": "80"}, {"target_4_3": 0.8}])
def test_other_options_are_refused(rules, own):
    with pytest.raises(DefinitionError, match="ựa chọn"):
        rules.chosen(own)


@given(st.integers(1, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_points_grow_with_the_ratio_and_never_pass_the_maximum(checkout, bottom, one, other):
    edition = load_framework("service_quality", checkout).edition(2023)
    rules = rules_of(edition, ServiceRules)
    low, high = sorted((min(one, bottom), min(other, bottom)))
    lower, higher = (_points(edition, rules, *_all(rules, (top, bottom))) for top in (low, high))
    for worse, better in zip(lower.indicators, higher.indicators, strict=True):
        if worse.state == "scored":
            assert 0 <= worse.points <= better.points <= better.node.maximum
            assert better.points + better.lost == pytest.approx(better.node.maximum)
    assert sum(group.points for group in lower.groups) == pytest.approx(lower.points)
