"""Shares from a survey with strata and clusters, held to the survey library ``svy``."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
import svy
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.indices.sipas.design import Composition, bounds, estimate
from helpers.indices.sipas.sample import Design

CLOSE = 1e-9
ITEMS = 3


def items_alone(count: int) -> Composition:
    """Return the composition that reports every item as it is."""
    return Composition(np.eye(count), np.eye(count))


def codes(values):
    return np.unique(values, return_inverse=True)[1].astype(np.int64)


def made(
    seed,
    responses=500,
    strata=4,
    clusters=5,
    units=3,
    *,
    units_are_strata=False,
    one_by_one=False,
    unanswered=0.0,
    lonely=0,
):
    random = np.random.default_rng(seed)
    stratum = codes(random.integers(0, strata, responses))
    cluster = stratum * clusters + random.integers(0, clusters, responses)
    cluster = np.where(stratum < lonely, stratum * clusters, cluster)
    psu = codes(np.arange(responses) if one_by_one else cluster)
    unit = stratum if units_are_strata else codes(random.integers(0, units, responses))
    answered = (random.random((responses, ITEMS)) >= unanswered).astype(float)
    satisfied = (random.random((responses, ITEMS)) < [0.8, 0.6, 0.9]) * answered
    return satisfied, answered, Design(random.uniform(0.5, 2, responses), stratum, psu), unit


def library(satisfied, answered, design, unit, **more):
    columns = {
        f"y{k}": pl.Series(np.where(answered[:, k] > 0, satisfied[:, k], np.nan)).fill_nan(None)
        for k in range(satisfied.shape[1])
    }
    frame = pl.DataFrame(
        {"s": design.strata, "p": design.psus, "u": unit, "w": design.weights, **columns}
    )
    names = {"stratum": "s", "psu": "p", "wgt": "w", "singleton": "center"}
    if design.population is not None:
        frame = frame.with_columns(N=pl.Series(design.population[design.strata]))
        names["pop_size"] = "N"
    return svy.Sample(frame, svy.Design(**names, **more))


def by_unit(estimate_of_item, level=None):
    return {
        cell.by_level[0]: cell
        for cell in estimate_of_item.estimates
        if level is None or cell.y_level == level
    }


CASES = {
    "units across strata": {},
    "unanswered items": {"unanswered": 0.2},
    "units are strata": {"units_are_strata": True},
    "forms drawn one by one": {"units_are_strata": True, "one_by_one": True},
    "both": {"units_are_strata": True, "one_by_one": True, "unanswered": 0.2},
    "many small strata": {"responses": 300, "strata": 30, "clusters": 2},
    "small strata, half unanswered": {"strata": 30, "clusters": 2, "unanswered": 0.5},
    "two strata with a single cluster": {"strata": 6, "lonely": 2},
    "nothing but single clusters": {"strata": 40, "clusters": 1},
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
@pytest.mark.parametrize("seed", [1, 2])
def test_shares_errors_and_logit_intervals_are_those_of_the_library(seed, case):
    satisfied, answered, design, unit = made(seed, **case)
    found = estimate(satisfied, answered, design, unit, items_alone(ITEMS))
    sample = library(satisfied, answered, design, unit)
    for item in range(ITEMS):
        told = sample.estimation.prop(f"y{item}", by="u", drop_nulls=True, deff="wr")
        for number, cell in by_unit(told, level=1.0).items():
            assert found.value[number, item] == pytest.approx(cell.est, abs=CLOSE)
            if found.freedom[number, item] > 0:
                assert found.error[number, item] == pytest.approx(cell.se, abs=CLOSE)
                assert found.low[number, item] == pytest.approx(cell.lci, abs=CLOSE)
                assert found.high[number, item] == pytest.approx(cell.uci, abs=CLOSE)
                assert found.freedom[number, item] == cell.df
            assert found.answers[number, item] == cell.n


@pytest.mark.parametrize("seed", [3, 4])
def test_plain_intervals_are_those_of_the_library(seed):
    satisfied, answered, design, unit = made(seed, unanswered=0.1)
    found = estimate(satisfied, answered, design, unit, items_alone(ITEMS), interval="plain")
    sample = library(satisfied, answered, design, unit)
    for item in range(ITEMS):
        for number, cell in by_unit(
            sample.estimation.mean(f"y{item}", by="u", drop_nulls=True)
        ).items():
            assert found.low[number, item] == pytest.approx(cell.lci, abs=CLOSE)
            assert found.high[number, item] == pytest.approx(cell.uci, abs=CLOSE)


def test_the_design_effect_is_that_of_the_library():
    satisfied, answered, design, unit = made(5)
    found = estimate(satisfied, answered, design, unit, items_alone(ITEMS))
    sample = library(satisfied, answered, design, unit)
    for item in range(ITEMS):
        told = sample.estimation.prop(f"y{item}", by="u", deff="wr")
        for number, cell in by_unit(told, level=1.0).items():
            assert found.deff[number, item] == pytest.approx(cell.deff, abs=CLOSE)


def test_the_finite_population_makes_errors_smaller_as_in_the_library():
    satisfied, answered, design, unit = made(6)
    drawn = design.psus_of_stratum
    whole = Design(design.weights, design.strata, design.psus, drawn * 3.0)
    found = estimate(satisfied, answered, whole, unit, items_alone(ITEMS))
    plain = estimate(satisfied, answered, design, unit, items_alone(ITEMS))
    np.testing.assert_allclose(found.error, plain.error * np.sqrt(2 / 3), atol=CLOSE)
    sample = library(satisfied, answered, whole, unit)
    for number, cell in by_unit(sample.estimation.prop("y0", by="u"), level=1.0).items():
        assert found.error[number, 0] == pytest.approx(cell.se, abs=CLOSE)


def test_a_mean_of_items_that_all_answer_is_a_mean_of_their_means():
    satisfied, answered, design, unit = made(7)
    mean = Composition(np.eye(ITEMS), np.full((ITEMS, 1), 1 / ITEMS))
    found = estimate(satisfied, answered, design, unit, mean, interval="plain")
    frame = pl.DataFrame(
        {
            "s": design.strata,
            "p": design.psus,
            "u": unit,
            "w": design.weights,
            "y": satisfied.mean(axis=1),
        }
    )
    sample = svy.Sample(frame, svy.Design(stratum="s", psu="p", wgt="w"))
    for number, cell in by_unit(sample.estimation.mean("y", by="u", deff="wr")).items():
        assert found.value[number, 0] == pytest.approx(cell.est, abs=CLOSE)
        assert found.error[number, 0] == pytest.approx(cell.se, abs=CLOSE)
        assert found.low[number, 0] == pytest.approx(cell.lci, abs=CLOSE)
        assert found.deff[number, 0] == pytest.approx(cell.deff, abs=CLOSE)


def test_counting_answers_together_is_the_library_s_ratio():
    satisfied, answered, design, unit = made(8, unanswered=0.3)
    together = Composition(np.ones((ITEMS, 1)), np.eye(1))
    found = estimate(satisfied, answered, design, unit, together, interval="plain")
    frame = pl.DataFrame(
        {
            "s": design.strata,
            "p": design.psus,
            "u": unit,
            "w": design.weights,
            "top": satisfied.sum(axis=1),
            "base": answered.sum(axis=1),
        }
    )
    sample = svy.Sample(frame, svy.Design(stratum="s", psu="p", wgt="w"))
    for number, cell in by_unit(sample.estimation.ratio("top", "base", by="u")).items():
        assert found.value[number, 0] == pytest.approx(cell.est, abs=CLOSE)
        assert found.error[number, 0] == pytest.approx(cell.se, abs=CLOSE)


def test_units_that_share_clusters_have_the_covariance_of_the_library():
    satisfied, answered, design, unit = made(9)
    found = estimate(satisfied, answered, design, unit, items_alone(ITEMS))
    np.testing.assert_allclose(np.diag(found.covariance), found.error[:, -1] ** 2, atol=CLOSE)
    told = library(satisfied, answered, design, unit).estimation.mean(f"y{ITEMS - 1}", by="u")
    np.testing.assert_allclose(found.covariance, np.asarray(told.covariance), atol=CLOSE)
    assert abs(found.covariance[0, 1]) > 0


def test_units_in_strata_of_their_own_do_not_vary_together():
    satisfied, answered, design, unit = made(10, units_are_strata=True)
    found = estimate(satisfied, answered, design, unit, items_alone(ITEMS))
    assert not found.covariance[~np.eye(len(found.covariance), dtype=bool)].any()


def test_a_stratum_with_one_cluster_is_counted_and_leaves_no_error_when_it_is_alone():
    satisfied, answered, design, unit = made(11, units_are_strata=True, clusters=1)
    found = estimate(satisfied, answered, design, unit, items_alone(ITEMS))
    assert found.lonely.tolist() == [1, 1, 1, 1]
    assert np.isfinite(found.value).all()
    assert np.isnan(found.error).all()
    assert np.isnan(found.low).all()
    assert np.isnan(found.deff).all()


def simple(satisfied, answered=None):
    """One unit, forms drawn one by one."""
    count = len(satisfied)
    design = Design(np.ones(count), np.zeros(count, dtype=np.int64), np.arange(count))
    answered = np.ones_like(satisfied) if answered is None else answered
    unit = np.zeros(count, dtype=np.int64)
    return estimate(satisfied, answered, design, unit, items_alone(satisfied.shape[1]))


def test_a_simple_random_sample_has_a_design_effect_of_one():
    satisfied = (np.random.default_rng(12).random((80, ITEMS)) < 0.7).astype(float)
    np.testing.assert_allclose(simple(satisfied).deff, 1.0, atol=CLOSE)


def test_forty_of_fifty():
    found = simple(np.repeat([[1.0], [0.0]], [40, 10], axis=0))
    assert found.value[0, 0] == 0.8
    assert found.error[0, 0] == pytest.approx(np.sqrt(0.8 * 0.2 / 49))
    assert found.freedom[0, 0] == 49


def test_everybody_satisfied_is_one_with_an_interval_that_has_a_width():
    found = simple(np.ones((20, 1)))
    assert found.value[0, 0] == 1
    # 0.025 ** (1 / 20): twenty successes out of twenty, exactly.
    assert found.low[0, 0] == pytest.approx(0.8316, abs=1e-4)
    assert found.high[0, 0] == 1
    low, high = bounds(np.zeros(1), np.zeros(1), np.full(1, 19.0), 0.95, "plain")
    assert (low[0], high[0]) == (0, pytest.approx(1 - 0.8316, abs=1e-4))


def test_an_item_without_an_answer_in_a_unit_is_not_a_number_and_spoils_only_what_needs_it():
    satisfied = np.array([[1.0, 0], [0, 0], [1, 1], [1, 0]])
    answered = np.array([[1.0, 0], [1, 0], [1, 1], [1, 1]])
    design = Design(np.ones(4), np.array([0, 0, 1, 1]), np.arange(4))
    mean = Composition(np.eye(2), np.array([[1.0, 0.5], [0.0, 0.5]]))
    found = estimate(satisfied, answered, design, np.array([0, 0, 1, 1]), mean)
    assert found.value[0, 0] == 0.5
    assert np.isnan(found.value[0, 1])
    assert np.isnan(found.error[0, 1])
    assert found.value[1].tolist() == [1.0, 0.75]


def test_forms_of_no_unit_stay_in_their_strata():
    satisfied, answered, design, unit = made(13)
    outside = np.where(unit == 2, -1, unit)
    every = estimate(satisfied, answered, design, unit, items_alone(ITEMS))
    some = estimate(satisfied, answered, design, outside, items_alone(ITEMS))
    np.testing.assert_allclose(some.error, every.error[:2], atol=CLOSE)


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000), factor=st.floats(0.01, 100))
def test_only_proportions_of_weights_matter_and_no_order(seed, factor):
    satisfied, answered, design, unit = made(seed, responses=120, unanswered=0.1)
    found = estimate(satisfied, answered, design, unit, items_alone(ITEMS))
    order = np.random.default_rng(seed).permutation(len(unit))
    moved = Design(design.weights[order] * factor, design.strata[order], design.psus[order])
    again = estimate(satisfied[order], answered[order], moved, unit[order], items_alone(ITEMS))
    for name in ("value", "error", "low", "high", "freedom", "deff", "answers", "covariance"):
        np.testing.assert_allclose(getattr(found, name), getattr(again, name), atol=CLOSE)


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000))
def test_a_mean_lies_between_its_parts_and_its_interval_in_the_scale(seed):
    satisfied, answered, design, unit = made(seed, responses=150)
    combine = np.hstack([np.eye(ITEMS), np.full((ITEMS, 1), 1 / ITEMS)])
    found = estimate(satisfied, answered, design, unit, Composition(np.eye(ITEMS), combine))
    parts, whole = found.value[:, :ITEMS], found.value[:, ITEMS]
    assert (whole >= parts.min(axis=1) - CLOSE).all()
    assert (whole <= parts.max(axis=1) + CLOSE).all()
    assert (found.low >= 0).all()
    assert (found.low <= found.value).all()
    assert (found.value <= found.high).all()
    assert (found.high <= 1).all()
