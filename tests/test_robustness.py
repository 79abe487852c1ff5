"""Composite-index analysis: what must hold of any table, and cases that can be reckoned by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import robustness
from helpers.robustness import (
    Assumptions,
    Tree,
    aggregate,
    compare_groups,
    convergence,
    flags,
    impute,
    normalise,
    ranks,
    regenerate,
    sobol,
    treat,
    trends,
)
from helpers.robustness.audit import cronbach, cronbach_interval
from helpers.robustness.draws import draw, each_ranking, rank_rows
from helpers.robustness.trends import adjusted

TREE = Tree(
    {"a": "A", "b": "A", "c": "B", "d": "B", "A": "all", "B": "all"},
    {"a": 2.0, "B": 3.0},
    {"d": -1},
)


def table(units=12, codes="abcd", seed=3):
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        rng.normal(5, 1, size=(units, len(codes))),
        [f"u{n}" for n in range(units)],
        list(codes),
    )


def by_hand(x, tree, assumptions, draws, number):
    """Make the index once, as the functions of a single construction do."""
    how = assumptions.normalisations[draws.normalisation[number]]
    mean = assumptions.aggregations[draws.aggregation[number]]
    filled = assumptions.imputations[draws.imputation[number]]
    scale = {"low": 1, "high": 100} if how == "minmax" else {"mean": 10, "spread": 2}
    weights = {
        code: draws.weights[group][number][place]
        for group in tree.groups()
        for place, code in enumerate(tree.children(group))
    }
    tree = Tree(tree.parents, weights, tree.directions)
    if draws.drop[number] >= 0:
        tree = tree.without(tree.children(tree.top)[draws.drop[number]])
    made = normalise(impute(x, filled), how, tree.directions, **scale)
    scores = aggregate(made[list(tree.indicators)], tree, mean)
    return ranks(scores)[tree.top]


@pytest.mark.parametrize(
    "assumptions",
    [
        Assumptions(),
        Assumptions(aggregations=("harmonic", "geometric"), drop=True),
        Assumptions(concentration=5.0, imputations=("none", "mean")),
    ],
)
@pytest.mark.parametrize("holes", [0, 5])
def test_a_regeneration_is_the_index_made_once_more(assumptions, holes):
    x = table()
    for number in range(holes):
        x.iloc[number * 2, number % 4] = np.nan
    draws = draw(TREE, assumptions, 40, 7)
    found = {}
    each_ranking(
        x, TREE, assumptions, draws, lambda n, r: found.update(zip(n.tolist(), r, strict=True))
    )
    assert sorted(found) == list(range(40))
    for number, places in found.items():
        assert places.tolist() == by_hand(x, TREE, assumptions, draws, number).tolist(), number


def test_the_ranking_does_not_depend_on_threads_and_a_seed_gives_it_again():
    one, two = (regenerate(table(), TREE, draws=5000, workers=n) for n in (1, 2))
    assert (one.counts == two.counts).all()
    assert (one.counts.sum(axis=1) == 5000).all()
    assert (regenerate(table(), TREE, draws=5000, seed=2).counts != one.counts).any()


def test_a_ranking_without_open_choices_is_certain():
    sure = Assumptions(("minmax",), ("arithmetic",), noise=0.0)
    ranking = regenerate(table(), TREE, sure, draws=50)
    told = ranking.table
    assert (told["q5"] == told["nominal"]).all()
    assert (told["q95"] == told["nominal"]).all()
    assert ranking.beats.dropna().eq(1).all()
    assert ranking.groups(4).to_numpy().sum() == pytest.approx(12)
    assert set(np.unique(ranking.groups(4))) == {0.0, 1.0}
    assert sobol(table(), TREE, sure, base=64).empty


def test_quantiles_are_those_of_the_places_themselves():
    x, found = table(), []
    draws = draw(TREE, Assumptions(), 999, 1)
    each_ranking(x, TREE, Assumptions(), draws, lambda _, r: found.append(r))
    ranking = regenerate(x, TREE, Assumptions(), draws=999)
    places = np.vstack(found)
    for share in (0.05, 0.37, 0.5, 0.95):
        np.testing.assert_allclose(ranking.quantile(share), np.quantile(places, share, axis=0))


def test_errors_of_indicators_make_places_unsure_in_proportion():
    x = table()
    sure = Assumptions(("minmax",), ("arithmetic",), noise=0.0)
    widths = []
    for error in (0.01, 0.3):
        given_errors = Assumptions(("minmax",), ("arithmetic",), noise=0.0, errors=x * 0 + error)
        told = regenerate(x, TREE, given_errors, draws=400).table
        widths.append((told["q95"] - told["q5"]).mean())
    assert (regenerate(x, TREE, sure, draws=9).table["q95"] > 0).all()
    assert widths[0] < 1 < widths[1]


def test_sobol_finds_the_choice_that_matters_and_sums_to_one_without_interaction():
    x = table(codes="ab")
    tree = Tree.flat(["a", "b"])
    found = sobol(x, tree, Assumptions(aggregations=("arithmetic",), noise=0.9), base=4096)
    assert found.loc["weights", "total"] > 0.5
    only = sobol(x, tree, Assumptions(("minmax",), ("arithmetic",), noise=0.5), base=4096)
    assert only.loc["weights", "first"] == pytest.approx(1, abs=0.1)
    assert only.loc["weights", "total"] == pytest.approx(1, abs=0.1)


@given(st.lists(st.lists(st.integers(0, 4), min_size=5, max_size=5), min_size=1, max_size=6))
@settings(max_examples=50, deadline=None)
def test_equal_scores_share_the_better_place(rows):
    scores = np.array(rows, dtype=float)
    expected = pd.DataFrame(scores).rank(axis=1, ascending=False, method="min").to_numpy()
    assert (rank_rows(scores) == expected).all()


def test_absence_stays_absence():
    x = table()
    x.loc["u0", "a"] = np.nan
    made = normalise(x, "minmax", TREE.directions, 1, 100)
    assert np.isnan(made.loc["u0", "a"])
    scores = aggregate(made, TREE)
    assert scores.loc["u0", "A"] == pytest.approx(made.loc["u0", "b"])
    x.loc["u0"] = np.nan
    assert np.isnan(aggregate(normalise(x, "zscore"), TREE).loc["u0", "all"])
    assert normalise(x.assign(a=1.0), "minmax")["a"].isna().all(), (
        "the same everywhere tells nothing"
    )
    groups = pd.Series(["g", "g", *"h" * 10], x.index)
    assert impute(x, "group_mean", groups).loc["u0", "b"] == x.loc["u1", "b"]


def test_goalposts_median_and_geometric_mean_by_hand():
    x = pd.DataFrame({"a": [0.0, 5.0, 12.0], "b": [4.0, 2.0, 3.0]})
    made = normalise(x, "minmax", {"b": -1}, 0, 100, goalposts={"a": (0, 10), "b": (5, 1)})
    assert made["a"].tolist() == [0, 50, 100]
    assert made["b"].tolist() == [25, 75, 50]
    flat = Tree.flat(["a", "b", "c"])
    three = pd.DataFrame({"a": [1.0], "b": [8.0], "c": [3.0]})
    assert aggregate(three, flat, "median")["total"][0] == 3
    assert aggregate(three[["a", "b"]], Tree.flat(["a", "b"]), "median")["total"][0] == 4.5
    assert aggregate(three, flat, "geometric")["total"][0] == pytest.approx(24 ** (1 / 3))
    with pytest.raises(ValueError, match="giá trị dương"):
        aggregate(three - 1, flat, "geometric")


def test_levels_may_have_their_own_means():
    made = normalise(table(), "minmax", TREE.directions, 1, 100)
    mixed = aggregate(made, TREE, ("arithmetic", "geometric"))
    plain, product = aggregate(made, TREE), aggregate(made, TREE, "geometric")
    pd.testing.assert_series_equal(mixed["A"], plain["A"])
    assert not np.allclose(mixed["all"], plain["all"])
    assert not np.allclose(mixed["all"], product["all"])


def test_treatment_takes_the_logarithm_where_pulling_in_is_not_enough():
    values = np.exp(np.arange(30) ** 1.5 / 12.0)
    made, how = treat(pd.DataFrame({"x": values, "y": np.arange(30.0)}), most=1)
    assert how == {"x": "log"}
    assert (made["x"].diff().dropna() > 0).all()


def test_flags_name_what_an_auditor_would_ask_about():
    x = table(60)
    x["b"] = x["a"] * 1.001
    x["c"] = -x["a"] + np.random.default_rng(1).normal(0, 0.1, 60)
    tree = Tree.flat(["a", "b", "c", "d"])
    found = flags(x, tree, aggregate(x, tree))
    told = set(zip(found["code"], found["flag"], strict=True))
    assert ("a", "collinear") in told
    assert ("c", "against") in told
    x.loc[x.index[:30], "d"] = np.nan
    assert "missing" in set(flags(x, tree, aggregate(x, tree))["flag"])


def test_the_interval_of_alpha_holds_alpha():
    x = table(60) + np.random.default_rng(2).normal(0, 1, (60, 1))
    low, high = cronbach_interval(x)
    assert low < cronbach(x) < high < 1


def test_a_trend_knows_its_error_and_how_many_were_tested():
    years = [2018, 2019, 2020, 2021]
    x = pd.DataFrame([[1, 2, 3, 4], [1, 1.1, 0.9, 1]], ["up", "flat"], years, dtype=float)
    known = trends(x, x * 0 + 0.1)
    assert known.loc["up", "slope"] == pytest.approx(1)
    assert known.loc["up", "error"] == pytest.approx(0.1 / np.sqrt(5))
    assert known.loc["up", "q"] < 0.001 < known.loc["flat", "q"]
    unknown = trends(x.assign(**{"2022": np.nan}).set_axis([*years, 2022], axis=1))
    assert unknown.loc["up", "n"] == 4
    assert np.isnan(trends(x[[2018, 2019]]).loc["up", "slope"])
    p = pd.Series([0.01, 0.04, 0.03, np.nan])
    np.testing.assert_allclose(adjusted(p), [0.03, 0.04, 0.04, np.nan])


def test_groups_are_compared_by_chance_alone():
    rng = np.random.default_rng(4)
    values = pd.Series(rng.normal(size=60))
    groups = pd.Series(np.repeat(list("xyz"), 20))
    assert compare_groups(values, groups).p > 0.01
    far = compare_groups(values + (groups == "x") * 2, groups)
    assert far.p < 0.01
    assert far.share > 0.2
    pairs = far.pairs.set_index(["first", "second"])["q"]
    assert pairs["x", "y"] < 0.01 < pairs["y", "z"]
    assert (pairs >= 0).all()


def test_units_that_come_together_converge():
    first = pd.Series(np.linspace(1, 9, 20))
    wide = pd.DataFrame({2011: first, 2015: 5 + (first - 5) * 0.7, 2020: 5 + (first - 5) * 0.5})
    found = convergence(wide)
    assert found.sigma.is_monotonic_decreasing
    assert found.beta == pytest.approx(-0.5)


def test_sizes_divide_and_an_unknown_size_leaves_nothing():
    table = pd.DataFrame({"a": [10.0, 20.0, 5.0], "b": [1.0, 2.0, 3.0]}, index=["x", "y", "z"])
    people = pd.Series({"x": 100.0, "y": 0.0, "z": 50.0})
    every = robustness.denominate(table, people, 1000)
    assert every.loc["x"].tolist() == [100.0, 10.0]
    assert every.loc["y"].isna().all()
    one = robustness.denominate(table, people.to_frame("a"))
    assert one["b"].tolist() == [1.0, 2.0, 3.0]
    assert one.loc["z", "a"] == 0.1


def test_parts_of_equal_influence_correlate_alike_with_their_group():
    rng = np.random.default_rng(4)
    common = rng.normal(size=(80, 1))
    table = pd.DataFrame(
        common * [1.0, 0.5, 2.0, 1.0] + rng.normal(size=(80, 4)), columns=list("abcd")
    )
    tree = Tree({"a": "I", "b": "I", "c": "II", "d": "II", "I": "top", "II": "top"})
    made = robustness.equal_influence(table, tree)
    scores = robustness.aggregate(table, made)
    for group in ("I", "II", "top"):
        with_group = [scores[[code, group]].corr().iloc[0, 1] for code in made.children(group)]
        assert max(with_group) - min(with_group) < 1e-6
    assert min(made.weights.values()) > 0
    against = table.assign(b=-table["a"] - table["c"])
    with pytest.raises(ValueError, match="ảnh hưởng như nhau"):
        robustness.equal_influence(against, Tree.flat(["a", "b", "c"]))


def test_copelands_scores_by_hand():
    table = pd.DataFrame({"a": [3, 2, 1], "b": [1, 3, 2], "c": [3, 1, 2]}, index=["x", "y", "z"])
    assert robustness.outrank(table, Tree.flat(list("abc"))).to_dict() == {"x": 2, "y": 0, "z": -2}
    heavy = Tree(dict.fromkeys("abc", "total"), {"b": 5.0})
    assert robustness.outrank(table, heavy).to_dict() == {"x": -2, "y": 2, "z": 0}
