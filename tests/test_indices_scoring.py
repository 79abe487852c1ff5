"""Points, sums, maxima and losses of a scoring table, on published cases and on any table."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.indices.dti import arithmetic as dti
from helpers.indices.par_index.arithmetic import share, total_of_parts
from helpers.indices.scored.scoring import TOLERANCE, Item, Scoring, lost_points, parents
from helpers.indices.scored.standing import Figure, Mean, _by_place

PARTS = ("agg:tham_dinh", "agg:xhh", "agg:sipas", "agg:ktxh")


def test_the_parts_of_ninh_thuan_2022():
    """Ninh Thuận 2022: 54.20 + 18.05 + 8.23 + 5.31, published total 85.78, impact 31.59."""
    impact = {"agg:xhh": 18.05, "agg:sipas": 8.23, "agg:ktxh": 5.31}
    assert total_of_parts(impact, PARTS[1:]) == pytest.approx(31.59)
    summed = total_of_parts({"agg:tham_dinh": 54.20, **impact}, PARTS)
    assert summed == pytest.approx(85.79)
    assert abs(summed - 85.78) <= TOLERANCE
    assert round(share(54.2, 61.5), 2) == 88.13
    assert round(share(31.59, 38.5), 2) == 82.05
    assert total_of_parts(impact, PARTS) is None


def test_the_national_blocks_add_up(checkout):
    from helpers.definitions.framework import load_framework, rules_of
    from helpers.indices.par_index.rules import ParRules

    for year in (2022, 2023):
        rules = rules_of(load_framework("par_index", checkout).edition(year), ParRules)
        maxima = {block.code: block.maximum for block in rules.blocks}
        assert sum(maxima.values()) == 100
        assert maxima["agg:xhh"] + maxima["agg:sipas"] == 32  # survey part, report of the ministry
        assert sum(maxima[code] for code in PARTS[1:]) == 38.5


@pytest.mark.parametrize(
    ("points", "maximum", "published"),
    [(93.76, 95, 98.7), (74.34, 89.5, 83.06), (85.21, 96.5, 88.3), (93.95, 98.6, 95.27)],
)
def test_what_does_not_apply_is_taken_off_the_maximum(points, maximum, published):
    """Bình Thuận 2018: units without some criteria, maximum below 100."""
    scoring = Scoring(
        (
            Item("1", "áp dụng", maximum=maximum, appraised=points),
            Item("2", "không phát sinh", maximum=100 - maximum, applies=False, appraised=0.0),
        )
    )
    digits = 1 if published in (98.7, 88.3) else 2
    assert scoring.tally().maximum == maximum
    assert round(scoring.tally().index, digits) == pytest.approx(published, abs=0.011)


def test_mean_of_the_departments_of_thanh_hoa_2024():
    """Decision 482/QĐ-UBND: 20 departments, mean 85.41."""
    values = [90.05, 90.02, 90.02, 89.3, 88.04, 86.32, 86.02, 85.91, 85.83, 85.26]
    values += [85.1, 85.03, 85.02, 85.02, 85.01, 84.6, 83.69, 82.91, 78.56, 76.53]
    assert len(values) == 20
    assert math.fsum(values) / 20 == pytest.approx(85.412)


def test_areas_of_a_district_office_add_up_to_100():
    maxima = [20.5, 10, 10, 6, 10.5, 6, 14, 9, 14]
    scoring = Scoring(tuple(Item(str(i), "", maximum=m) for i, m in enumerate(maxima, 1)))
    assert scoring.tally().maximum == 100


def test_the_digital_set_of_decision_922(checkout):
    from helpers.definitions.framework import load_framework, rules_of
    from helpers.indices.dti.result import DtiRules

    edition = load_framework("dti", checkout).edition(2022)
    rules = rules_of(edition, DtiRules)
    groups = {top.code: [child.code for child in top.children] for top in edition.criteria}
    counts = {top: sum(rules.components[code] for code in codes) for top, codes in groups.items()}
    assert counts == {"I": 56, "II": 42}
    assert sum(counts.values()) == 98
    for top in edition.criteria:
        assert sum(child.maximum for child in top.children) == top.maximum == 500
    assert rules.points == sum(top.maximum for top in edition.criteria) == 1000


def test_parents_by_code():
    codes = ["I", "I.2.1", "II.4.1", "1", "1.10", "1.1", "1.1.1"]
    found = parents(codes)
    assert found["I.2.1"] == "I"
    assert found["II.4.1"] == ""
    assert (found["1.10"], found["1.1.1"], found["1"]) == ("1", "1.1", "")


def table(*rows: Item) -> Scoring:
    return Scoring(rows)


def test_sums_at_every_level_and_a_sum_with_a_gap():
    scoring = table(
        Item("1", "a", maximum=5),
        Item("1.1", "b", "1", 2, appraised=1.5, self_points=2),
        Item("1.2", "c", "1", 3, self_points=3),
        Item("2", "d", maximum=4, survey=3, by_survey=True),
    )
    whole = scoring.tally()
    assert (whole.final, whole.final_maximum, whole.maximum) == (4.5, 6, 9)
    assert whole.missing == ("1.2",)
    assert whole.index is None
    assert whole.known_index == pytest.approx(75)
    assert (whole.self_points, whole.self_maximum) == (5, 5)
    assert (whole.compared_self, whole.compared_final) == (2, 1.5)
    assert scoring.tally("2").index == 75
    assert [(item.code, lost) for item, lost in lost_points(scoring)] == [("2", 1), ("1.1", 0.5)]


def test_appraised_and_surveyed_points_of_one_criterion_add_up():
    scoring = table(Item("1", "a", maximum=10, appraised=5, survey=3.5))
    assert scoring.tally().index == 85


def test_a_criterion_scored_itself_keeps_its_points():
    """Area 1 of the ministry set has 7 criteria but 6 components: one is scored directly."""
    scoring = table(
        Item("1", "a", maximum=2, appraised=1.5),
        Item("1.1", "chỉ nêu lý do", "1", 1),
        Item("1.2", "chỉ nêu lý do", "1", 1),
    )
    assert [leaf.code for leaf in scoring.leaves] == ["1"]
    assert scoring.tally().index == 75


def test_printed_sums_that_do_not_add_up_are_told():
    rows = (
        Item("1", "a", maximum=5, appraised=4.6),
        Item("1.1", "b", "1", 2, appraised=2),
        Item("1.2", "c", "1", 3, appraised=2.5),
        Item("2", "d", maximum=1, appraised=0.51),
        Item("2.1", "e", "2", 1, appraised=0.5),
    )
    (found,) = table(*rows).mismatches
    assert (found.code, found.column, found.printed, found.summed) == ("1", "appraised", 4.6, 4.5)
    assert table(*rows).tally().final == pytest.approx(5.0)  # parts, not the printed sum


def test_an_unknown_maximum_leaves_the_index_open():
    scoring = table(Item("1", "a", maximum=2, appraised=1), Item("2", "b", appraised=1))
    assert scoring.tally().final == 2
    assert scoring.tally().maximum is None
    assert scoring.tally().index is scoring.tally().known_index is scoring.tally().lost is None


def test_bonus_and_penalty_have_yearly_limits():
    rows = (
        Item("1", "a", maximum=85, appraised=80),
        Item("t1", "thưởng", maximum=10, appraised=10, kind="bonus"),
        Item("t2", "thưởng", maximum=8, appraised=8, kind="bonus"),
        Item("p", "phạt", appraised=3, kind="penalty"),
    )
    scoring = Scoring(rows, bonus_limit=15, penalty_limit=2)
    assert (scoring.bonus, scoring.penalty, scoring.points) == (15, 2, 93)
    assert scoring.tally().maximum == 85
    assert scoring.tally().index == pytest.approx(80 / 85 * 100)


leaves = st.lists(
    st.tuples(
        st.floats(0.25, 20),
        st.floats(0, 1),
        st.booleans(),
        st.sampled_from(["appraised", "survey"]),
    ),
    min_size=1,
    max_size=12,
)


def made(rows) -> Scoring:
    items = [
        Item(
            f"{i % 3 + 1}.{i}",
            "",
            parent=str(i % 3 + 1),
            maximum=maximum,
            applies=applies,
            **{source: maximum * part},
        )
        for i, (maximum, part, applies, source) in enumerate(rows)
    ]
    tops = [Item(code, "") for code in sorted({item.parent for item in items})]
    return Scoring((*tops, *items))


@given(leaves)
def test_an_index_lies_between_0_and_100_and_lost_and_achieved_make_the_maximum(rows):
    scoring = made(rows)
    whole = scoring.tally()
    if not any(applies for _, _, applies, _ in rows):
        assert whole.index is None
        return
    assert -1e-9 <= whole.index <= 100 + 1e-9
    lost = math.fsum(points for _, points in lost_points(scoring))
    assert lost + whole.final == pytest.approx(whole.maximum)
    assert whole.lost == pytest.approx(lost, abs=1e-6)
    by_area = [scoring.tally(top.code) for top in scoring.tops]
    assert math.fsum(area.final for area in by_area if area.applies) == pytest.approx(whole.final)
    assert math.fsum(area.maximum for area in by_area) == pytest.approx(whole.maximum)


@given(leaves, st.floats(0.25, 20))
def test_a_criterion_that_does_not_apply_changes_nothing(rows, maximum):
    alone = made(rows).tally()
    beside = Scoring((*made(rows).items, Item("9", "", maximum=maximum, applies=False))).tally()
    assert beside.index == alone.index
    assert beside.maximum == alone.maximum


@pytest.mark.parametrize(
    ("rule", "a", "b", "value", "points"),
    [
        ("ty_le", 41, 50, None, 8.2),
        ("ty_le", 0, 50, None, 0),
        ("ty_le", 41, None, None, None),
        ("co_khong", None, None, 1, 10),
        ("co_khong", None, None, None, None),
        ("bac", None, None, 0.5, 5),
        ("cong", None, None, 0.5, 5),
    ],
)
def test_points_of_a_digital_indicator(rule, a, b, value, points):
    assert dti.points_of(rule, 10, a, b, value) == points


@pytest.mark.parametrize(
    ("rule", "a", "b", "value"),
    [
        ("ty_le", 51, 50, None),
        ("ty_le", 1, 0, None),
        ("co_khong", None, None, 0.5),
        ("bac", 1, 1, 1.5),
    ],
)
def test_data_that_cannot_be_are_refused(rule, a, b, value):
    with pytest.raises(ValueError, match=r"tỷ lệ|quy tắc"):
        dti.points_of(rule, 10, a, b, value)


def test_losses_never_mix_self_scored_and_final_points():
    """With one appraised criterion the self-score of another was added to the points lost."""
    items = (
        Item("1", "A", maximum=10, self_points=6.0),
        Item("2", "B", maximum=10, self_points=9.0, appraised=8.0),
    )
    assert [(item.code, lost) for item, lost in lost_points(Scoring(items))] == [("2", 2.0)]
    alone = lost_points(Scoring(items[:1]))
    assert [(item.code, lost) for item, lost in alone] == [("1", 4.0)]


def test_a_survey_is_not_compared_with_a_self_score():
    items = (
        Item("1", "A", maximum=10, self_points=9.0, survey=5.0),
        Item("2", "B", maximum=10, self_points=9.0, appraised=8.0),
    )
    tally = Scoring(items).tally()
    assert (tally.compared, tally.compared_self, tally.compared_final) == (1, 9.0, 8.0)
    assert not tally.same_base
    assert Scoring(items[1:]).tally().same_base


def test_the_sum_of_nothing_is_not_known():
    tally = Scoring((Item("1", "a", maximum=5), Item("2", "b", maximum=5))).tally()
    assert tally.final is None
    assert tally.self_points is None
    assert tally.lost is tally.index is tally.known_index is tally.self_index is None


@pytest.mark.parametrize("kind", ["bonus", "penalty"])
def test_points_with_an_open_bonus_or_penalty_are_not_known(kind):
    scored = Item("1", "a", maximum=5, appraised=4)
    assert Scoring((scored,)).points == 4
    scoring = Scoring((scored, Item("t", "b", maximum=2, kind=kind)))
    assert getattr(scoring, kind) is None
    assert scoring.points is None
    assert Scoring((Item("1", "a", maximum=5),)).points is None


def test_an_unknown_value_is_not_taken_for_zero_anywhere_in_an_order():
    made = {
        "unit": "x",
        "code": "total",
        "name": "x",
        "year": 2024,
        "measure": "điểm",
        "rank": None,
    }
    low, unknown = (
        Figure(slug=slug, value=value, source="", origin="", doubt="", **made)
        for slug, value in (("b", -0.5), ("a", None))
    )
    assert sorted([unknown, low], key=_by_place) == [low, unknown]
    with pytest.raises(ValueError, match="chưa có giá trị"):
        _ = unknown.known


def test_a_mean_that_was_surveyed_has_no_known_error():
    assert Mean("cả nước", 2024, 88.0, "", "", "", half=0.005, sampled=True).error.kind == "unknown"
    assert Mean("cả nước", 2024, 88.0, "", "", "", half=0.005).error.kind == "rounding"
