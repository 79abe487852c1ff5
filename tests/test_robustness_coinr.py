"""The same numbers as COINr 1.1.14 (R 4.2), which tests/data/coinr holds with their inputs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers.robustness import (
    Assumptions,
    Tree,
    aggregate,
    correlations,
    cronbach,
    describe,
    drop_one,
    impute,
    normalise,
    pca_weights,
    principal_components,
    rank_shift,
    ranks,
    regenerate,
    sobol,
    treat,
)

DATA = Path(__file__).parent / "data" / "coinr"
PUBLISHED = Path(__file__).parents[1] / "data" / "published" / "papi" / "2024.csv"
GROUPS = {"A": ["a1", "a2", "a3"], "B": ["b1", "b2", "b3"], "C": ["c1", "c2", "c3"]}


def read(name):
    table = pd.read_csv(DATA / f"{name}.csv")
    return table.set_index("uCode") if "uCode" in table else table


def meta():
    table = read("made_up_meta").rename(
        columns={"iCode": "code", "Parent": "parent", "Weight": "weight", "Direction": "direction"}
    )
    return Tree.of_table(table)


@pytest.fixture(scope="module")
def treated():
    return read("made_up_treated")


@pytest.fixture(scope="module")
def papi():
    """The eight dimensions of the provinces with all eight, as published."""
    codes = read("papi_2024_units")
    long = pd.read_csv(PUBLISHED, dtype={"code": str})
    wide = long[long["code"].isin(list("12345678"))].pivot_table(
        index="unit", columns="code", values="value"
    )
    names = codes["uName"].str.replace("TP. ", "")
    made = wide.loc[names].rename(columns=lambda code: f"d{code}")
    assert made.notna().all().all()
    return made.set_axis(codes.index)


def equal(ours, theirs):
    np.testing.assert_allclose(ours.to_numpy(float), theirs.to_numpy(float), rtol=1e-9, atol=1e-9)


def test_imputation_and_treatment():
    raw = read("made_up_data").drop(columns="uName")
    assert raw.isna().sum().sum() == 2
    imputed = impute(raw, "mean")
    equal(imputed, read("made_up_imputed_mean"))
    treated, how = treat(imputed)
    equal(treated, read("made_up_treated"))
    assert how == {"c2": "winsorised 1"}


def test_statistics_as_coinr_prints_them():
    """COINr rounds to three digits."""
    ours = describe(read("made_up_data").drop(columns="uName"))
    theirs = read("made_up_stats").set_index("iCode")
    names = {"min": "Min", "max": "Max", "mean": "Mean", "median": "Median", "std": "Std"}
    names |= {"skewness": "Skew", "kurtosis": "Kurt", "n": "N.Avail", "unique": "N.Unique"}
    for mine, its in names.items():
        np.testing.assert_allclose(ours[mine].astype(float), theirs[its], rtol=6e-3)


@pytest.mark.parametrize(
    ("name", "how", "given"),
    [
        ("minmax", "minmax", {}),
        ("1_100", "minmax", {"low": 1, "high": 100}),
        ("zscore", "zscore", {"mean": 10, "spread": 2}),
        ("scaled", "scaled", {}),
        ("dist2max", "best", {}),
        ("dist2ref", "reference", {"reference": "U03"}),
        ("fracmax", "fraction", {}),
        ("prank", "percentile_rank", {}),
        ("rank", "rank", {}),
        ("borda", "borda", {}),
    ],
)
def test_normalisation(treated, name, how, given):
    tree = meta()
    equal(normalise(treated, how, tree.directions, **given), read(f"made_up_normalised_{name}"))


@pytest.mark.parametrize(
    ("name", "how"), [("amean", "arithmetic"), ("gmean", "geometric"), ("hmean", "harmonic")]
)
def test_aggregation_level_by_level_and_places(treated, name, how):
    tree = meta()
    scores = aggregate(normalise(treated, "minmax", tree.directions, 1, 100), tree, how)
    theirs = read(f"made_up_aggregated_a_{name}")
    equal(scores[theirs.columns], theirs)
    equal(ranks(scores)[theirs.columns], read(f"made_up_ranks_a_{name}"))


def test_audit(treated):
    tree = meta()
    normalised = normalise(treated, "minmax", tree.directions, 1, 100)
    equal(correlations(normalised), read("made_up_corr"))
    alphas = read("made_up_cronbach").set_index("group")["alpha"]
    for group, codes in {**GROUPS, "all": list(normalised)}.items():
        assert cronbach(normalised[codes]) == pytest.approx(alphas[group], abs=1e-9)
    spreads = read("made_up_pca_sd").groupby("group")["sd"]
    weights = read("made_up_pca_weights").set_index("iCode")["Weight"]
    for group, codes in GROUPS.items():
        found = principal_components(normalised[codes])
        np.testing.assert_allclose(found.spread, spreads.get_group(group), rtol=1e-9)
        np.testing.assert_allclose(found.loadings["PC1"], weights[codes], rtol=1e-9)
        made = pca_weights(normalised[codes], Tree.flat(codes)).weights
        np.testing.assert_allclose([made[code] for code in codes], weights[codes], rtol=1e-9)


def test_drop_one(treated):
    tree = meta()
    places = drop_one(normalise(treated, "minmax", tree.directions, 1, 100), tree)
    equal(places, read("made_up_drop_one_ranks"))
    shifts = read("made_up_drop_one_shift").set_index("iCode")["mean_abs_rank_shift"]
    equal(rank_shift(places), shifts)


def test_papi_arithmetic(papi):
    tree = Tree.flat(list(papi), "index")
    minmax = normalise(papi, "minmax", low=1, high=100)
    theirs = read("papi_2024_aggregated")
    for column, table, how in (
        ("minmax_a_amean", minmax, "arithmetic"),
        ("minmax_a_gmean", minmax, "geometric"),
        ("zscore_a_amean", normalise(papi, "zscore", mean=10, spread=2), "arithmetic"),
    ):
        equal(aggregate(table, tree, how)["index"], theirs[column])
    equal(correlations(papi), read("papi_2024_corr"))
    alphas = read("papi_2024_cronbach").iloc[0]
    assert cronbach(papi) == pytest.approx(alphas["alpha_raw"], abs=1e-9)
    assert cronbach(minmax) == pytest.approx(alphas["alpha_minmax"], abs=1e-9)
    equal(drop_one(minmax, tree), read("papi_2024_drop_one_ranks"))


def test_papi_places_under_joint_variation_lie_within_sampling_error(papi):
    """COINr drew 2,500 times, and its weights from 200 sets: its own means are that uncertain."""
    tree = Tree.flat(list(papi), "index")
    ours = regenerate(papi, tree, Assumptions(), draws=40_000).table
    theirs = read("papi_2024_sa_rank_stats")
    assert (ours["nominal"] == theirs["Nominal"]).all()
    # COINr draws a choice of three or two by rounding a uniform number, so its means are of other
    # shares of the same draws; quantiles hardly move.
    for mine, its, most in (("median", "Median", 2), ("q5", "Q5", 2), ("q95", "Q95", 2)):
        assert (ours[mine] - theirs[its]).abs().max() <= most, mine
    assert (ours["mean"] - theirs["Mean"]).abs().max() < 1.5


def test_papi_sobol_indices_agree_within_the_error_of_both(papi):
    """Both are estimates: theirs of a base sample of 500, ours of 8,192."""
    tree = Tree.flat(list(papi), "index")
    ours = sobol(papi, tree, Assumptions(), base=8192)
    theirs = read("papi_2024_sa_indices").set_index("Variable")
    for choice in ("Weights", "Normalisation", "Aggregation"):
        for mine, its in (("first", "Si"), ("total", "STi")):
            one, other = ours.loc[choice.lower()], theirs.loc[choice]
            widths = (
                one[f"{mine}_q95"] - one[f"{mine}_q5"],
                other[f"{its}_q95"] - other[f"{its}_q5"],
            )
            error = np.hypot(*widths) / (2 * 1.645)
            assert abs(one[mine] - other[its]) < 2.6 * error, (choice, mine)
            assert widths[0] < widths[1] / 2
