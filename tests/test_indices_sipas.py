"""SIPAS worked by hand: what a person of the field can check with pencil and paper."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.definitions import DefinitionError
from helpers.definitions.framework import load_framework
from helpers.facts.measured import Peers
from helpers.facts.places import open_places
from helpers.facts.value import UNKNOWN, Value, sampling
from helpers.indices.sipas.arithmetic import composites, split_answers
from helpers.indices.sipas.design import estimate
from helpers.indices.sipas.rules import TOTAL, composition, dimensions, factors, items, rules_for
from helpers.indices.sipas.sample import Design

SERVICES = [f"B{n}" for n in range(1, 6)]


@pytest.fixture(scope="module")
def framework(checkout):
    return load_framework("sipas", checkout)


@pytest.fixture
def edition(framework):
    return framework.edition(2024)


def measured(edition, rules, asked, answers):
    """All shares of answers in percent, forms drawn one by one."""
    satisfied, answered = split_answers(np.array(answers), rules.used_scale)
    count = len(satisfied)
    design = Design(np.ones(count), np.zeros(count, dtype=np.int64), np.arange(count))
    made, codes = composition(edition, asked, rules)
    found = estimate(satisfied, answered, design, np.zeros(count, dtype=np.int64), made)
    return dict(zip(codes, found.value[0] * 100, strict=True))


# The editions


@pytest.mark.parametrize(
    ("year", "count", "first_law"),
    [
        (2014, 0, "1383/QĐ-BNV"),
        (2019, 22, "2640/QĐ-BNV"),
        (2022, 33, "979/QĐ-BNV"),
        (2023, 34, "1001/QĐ-BNV"),
        (2025, 34, "1001/QĐ-BNV"),
    ],
)
def test_every_year_has_its_items_and_its_decision(framework, year, count, first_law):
    edition = framework.edition(year)
    assert len(items(edition)) == count
    assert first_law in {law.number for law in edition.legal_basis}
    assert all(law.date is not None for law in edition.legal_basis)


def test_the_form_of_2022_has_14_items_on_policies_and_19_on_services(framework):
    policies, services = dimensions(framework.edition(2022))
    assert [len(f.children) for f in policies.children] == [2, 2, 8, 2]
    assert [len(f.children) for f in services.children] == [4, 4, 5, 3, 3]


def test_decision_1383_is_of_2012(framework):
    (law,) = [x for x in framework.edition(2015).legal_basis if x.number == "1383/QĐ-BNV"]
    assert law.quoted == "Quyết định số 1383/QĐ-BNV ngày 28/12/2012 của Bộ Nội vụ"


def test_items_that_were_not_read_in_the_decision_are_marked(framework):
    assert not any(item.confirmed for item in items(framework.edition(2019)))
    assert all(item.confirmed for item in items(framework.edition(2023)))


def test_years_of_different_editions_are_not_compared(framework):
    assert framework.why_not_comparable(2021, 2022, TOTAL)
    assert framework.why_not_comparable(2021, 2022, "B1")
    assert "1001/QĐ-BNV" in framework.why_not_comparable(2022, 2023, TOTAL)[0]
    assert "cải cách hành chính" in framework.why_not_comparable(2022, 2023, "A3")[0]
    assert not framework.why_not_comparable(2023, 2024, TOTAL)
    assert not framework.why_not_comparable(2023, 2024, "A3")


def test_every_item_from_2022_on_has_a_column_of_the_survey_form(framework, checkout):
    from helpers.definitions.forms import load_forms

    known = {column.code for column in load_forms(checkout).record("survey").columns}
    for year in (2022, 2023):
        edition = framework.edition(year)
        columns = rules_for(edition, {}).columns
        used = [columns[item.code] for item in items(edition)]
        assert set(used) <= known
        assert len(set(used)) == len(used)


def test_a_province_may_set_its_own_rule_and_only_rules_that_exist(edition):
    rules = rules_for(edition, {"overall_rule": "pooled_items", "minimum_sample": 50})
    assert (rules.overall_rule, rules.minimum_sample) == ("pooled_items", 50)
    assert rules.decided == ("minimum_sample", "overall_rule")
    with pytest.raises(DefinitionError, match="overall"):
        rules_for(edition, {"overall": "pooled_items"})
    with pytest.raises(DefinitionError, match="scale"):
        rules_for(edition, {"scale": "ten"})


# Published figures


def test_ha_noi_2024_is_the_mean_of_both_dimensions(edition):
    found = composites({"A": 86.51, "B": 86.49}, edition, rules_for(edition, {}))
    assert found == {TOTAL: pytest.approx(86.50)}


def test_ha_noi_2023_is_within_the_rounding_of_published_changes(edition):
    found = composites({"A": 83.46, "B": 83.72}, edition, rules_for(edition, {}))
    assert found[TOTAL] == pytest.approx(83.57, abs=0.025)


def test_valid_forms_of_2023():
    assert round(39_765 / 40_230 * 100, 2) == pytest.approx(98.84)


def test_quang_nam_2023_is_13th_of_15_and_below_the_mean():
    # 86,49 best, 81,28 mean, 78,04 the department, 75,93 lowest; the other twelve are made to fit.
    between = np.linspace(80, 84, 11)
    rest = 15 * 81.28 - (86.49 + 78.04 + 75.93 + between.sum())
    values = np.array([86.49, *between, 78.04, 75.93, rest])
    assert values.mean() == pytest.approx(81.28)
    assert 75.93 < rest < 78.04
    ranks = competition_ranks(values)
    assert dict(zip(values, ranks, strict=True))[78.04] == 13
    assert 75.93 <= 78.04 <= 81.28 <= 86.49


def test_the_national_change_and_spread():
    assert pytest.approx(2.58) == 82.66 - 80.08
    assert pytest.approx(15.05) == 87.59 - 72.54


# Answers


def test_levels_four_and_five_are_satisfied(edition):
    scale = rules_for(edition, {}).used_scale
    satisfied, answered = split_answers(np.array([[1, 2, 3, 4, 5, 0]]), scale)
    assert satisfied.tolist() == [[0, 0, 0, 1, 1, 0]]
    assert answered.tolist() == [[1, 1, 1, 1, 1, 0]]


def test_the_one_stop_form_has_three_levels(edition):
    scale = rules_for(edition, {"scale": "three"}).used_scale
    satisfied, _ = split_answers(np.array([[2, 4, 5]]), scale)
    assert satisfied.tolist() == [[0, 1, 1]]
    with pytest.raises(ValueError, match="3"):
        split_answers(np.array([[2, 3]]), scale)


def test_an_empty_answer_is_left_out_of_the_base(edition):
    rules = rules_for(edition, {})
    found = measured(edition, rules, ["B1.1", "B1.2"], [[5, 4], [3, 0], [4, 4], [2, 1]])
    assert found["B1.1"] == pytest.approx(50)
    assert found["B1.2"] == pytest.approx(200 / 3)
    assert found["B1"] == pytest.approx((50 + 200 / 3) / 2)


def test_a_worked_form_with_both_dimensions(edition):
    rules = rules_for(edition, {})
    asked = ["A1.1", "A4.1", "B1.1", "B1.2", "B2.1"]
    answers = [[5, 4, 4, 4, 1], [5, 1, 4, 4, 2], [1, 1, 4, 1, 5], [2, 2, 4, 1, 4]]
    found = measured(edition, rules, asked, answers)
    # A1 50, A4 25 → A 37.5; B1 (100 + 50)/2 = 75, B2 50 → B 62.5; both → 50.
    assert found["A"] == pytest.approx(37.5)
    assert found["B"] == pytest.approx(62.5)
    assert found[TOTAL] == pytest.approx(50.0)
    of_factors = rules_for(edition, {"overall_rule": "mean_of_factors"})
    assert measured(edition, of_factors, asked, answers)[TOTAL] == pytest.approx(50.0)
    pooled = rules_for(edition, {"overall_rule": "pooled_items"})
    assert measured(edition, pooled, asked, answers)[TOTAL] == pytest.approx(100 * 11 / 20)


def random_answers(edition, asked, seed, rows=40):
    return np.random.default_rng(seed).integers(1, 6, (rows, len(asked)))


@given(seed=st.integers(0, 1000))
def test_the_three_rules_agree_when_everybody_answers_and_parts_are_of_one_size(seed):
    from helpers.definitions.framework import load_framework as load

    edition = load("sipas").edition(2024)
    asked = ["A1.1", "A1.2", "A2.1", "A2.2", "B1.1", "B1.2", "B2.1", "B2.2"]
    answers = random_answers(edition, asked, seed)
    totals = [
        measured(
            edition, rules_for(edition, {"overall_rule": rule, "part_rule": part}), asked, answers
        )
        for rule in ("mean_of_dimensions", "mean_of_factors", "pooled_items")
        for part in ("mean", "pooled")
    ]
    for found in totals[1:]:
        assert found == pytest.approx(totals[0])


def test_the_three_rules_differ_when_parts_are_of_different_size(edition):
    asked = [item.code for item in items(edition)]
    answers = random_answers(edition, asked, 3)
    totals = {
        rule: measured(edition, rules_for(edition, {"overall_rule": rule}), asked, answers)[TOTAL]
        for rule in ("mean_of_dimensions", "mean_of_factors", "pooled_items")
    }
    assert len({round(value, 6) for value in totals.values()}) == 3


@given(level=st.sampled_from([4, 5]), rule=st.sampled_from(["mean_of_dimensions", "pooled_items"]))
def test_all_satisfied_is_one_hundred(level, rule):
    from helpers.definitions.framework import load_framework as load

    edition = load("sipas").edition(2023)
    asked = [item.code for item in items(edition)]
    rules = rules_for(edition, {"overall_rule": rule})
    found = measured(edition, rules, asked, np.full((7, len(asked)), level))
    assert all(value == pytest.approx(100) for value in found.values())


# Printed results


def test_a_department_s_index_is_that_of_services_where_policies_were_not_asked(edition):
    printed = dict(zip(SERVICES, [80.0, 82.0, 84.0, 86.0, 78.0], strict=True))
    found = composites(printed, edition, rules_for(edition, {}))
    assert found == {"B": pytest.approx(82.0), TOTAL: pytest.approx(82.0)}


def test_nothing_is_made_of_half_of_the_factors(edition):
    assert composites({"B1": 80.0, "B2": 82.0}, edition, rules_for(edition, {})) == {}


def test_policies_alone_are_no_overall_index(edition):
    assert TOTAL not in composites({"A": 80.0}, edition, rules_for(edition, {}))


def test_what_was_printed_is_not_made_again(edition):
    printed = {"A": 80.0, "B": 90.0, TOTAL: 84.0}
    assert composites(printed, edition, rules_for(edition, {})) == {}


def test_answers_cannot_be_counted_together_from_percentages(edition):
    rules = rules_for(edition, {"overall_rule": "pooled_items", "part_rule": "pooled"})
    assert composites({"A": 80.0, "B": 90.0}, edition, rules) == {}


def test_the_edition_of_2017_is_the_mean_of_five_factors(framework):
    edition = framework.edition(2020)
    assert [factor.code for factor in factors(edition)] == ["1", "2", "3", "4", "5"]
    printed = {"1": 80.0, "2": 81.0, "3": 82.0, "4": 83.0, "5": 84.0}
    assert composites(printed, edition, rules_for(edition, {})) == {TOTAL: pytest.approx(82.0)}


# Places


def peers_of(values, covariance=None, freedom=60.0):
    """Units named by their number, with the errors of a covariance; nan where one is not known."""
    covariance = np.zeros((len(values), len(values))) if covariance is None else covariance
    errors = [
        sampling(math.sqrt(own), freedom) if own > 0 else UNKNOWN for own in np.diag(covariance)
    ]
    return Peers(
        {
            str(number): Value(float(value), "percent", error=error)
            for number, (value, error) in enumerate(zip(values, errors, strict=True))
        },
        covariance=lambda one, other: float(np.nan_to_num(covariance[int(one), int(other)])),
    )


def competition_ranks(values):
    places = peers_of(values).ranks.exact
    return [places[str(number)] for number in range(len(values))]


def rank_intervals(values, covariance, freedom=60.0):
    peers = peers_of(values, covariance, freedom)
    places = [open_places(peers, str(number)) for number in range(len(values))]
    return [best for best, _, _ in places], [worst for _, worst, _ in places]


def test_equal_values_share_the_best_place():
    assert competition_ranks([80.0, 90.0, 80.0, 70.0]) == [2, 1, 2, 4]


def test_units_far_apart_have_a_certain_place():
    values = np.array([90.0, 80.0, 70.0])
    best, worst = rank_intervals(values, np.eye(3) * 0.25)
    assert best == worst == [1, 2, 3]


def test_units_inside_the_error_may_have_any_place():
    values = np.array([80.3, 80.2, 80.1])
    best, worst = rank_intervals(values, np.eye(3) * 4.0)
    assert best == [1, 1, 1]
    assert worst == [3, 3, 3]


def test_a_unit_of_unknown_error_has_no_interval_and_decides_nothing():
    covariance = np.diag([0.25, np.nan, 0.25])
    best, worst = rank_intervals(np.array([90.0, 80.0, 70.0]), covariance)
    assert (best[0], worst[0], best[2], worst[2]) == (1, 2, 2, 3)


def test_units_that_vary_together_are_told_apart_sooner():
    values = np.array([80.0, 78.0])
    apart = np.array([[1.0, 0.0], [0.0, 1.0]])
    together = np.array([[1.0, 0.9], [0.9, 1.0]])
    assert rank_intervals(values, apart)[1] == [2, 2]
    assert rank_intervals(values, together)[1] == [1, 2]


@given(st.lists(st.floats(50, 100), min_size=2, max_size=12), st.floats(0.01, 9))
def test_a_place_lies_in_its_interval(values, variance):
    array = np.array(values)
    count = len(array)
    best, worst = rank_intervals(array, np.eye(count) * variance, 30.0)
    ranks = competition_ranks(array)
    assert all(low <= rank <= high for low, rank, high in zip(best, ranks, worst, strict=True))


def test_with_more_units_a_difference_must_be_larger():
    # The gap is 2.1 standard errors: enough for one pair (t = 1.98), too little for two (t = 2.27).
    gap = 2.1 * np.sqrt(0.5)
    pair = rank_intervals(np.array([80.0, 80.0 - gap]), np.eye(2) * 0.25)
    assert pair[1] == [1, 2]
    values = np.array([80.0, 80.0 - gap, 60.0])
    three = rank_intervals(values, np.eye(3) * 0.25)
    assert three[1] == [2, 2, 3]
