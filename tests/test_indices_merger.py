"""Scores of the 63 units seen through the 34."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.indices.papi.arithmetic import merged_means, year_scores

VALUES = st.floats(1, 10)


@pytest.fixture(scope="module")
def places(countries):
    return countries[2020].places


@pytest.fixture(scope="module")
def weights(places):
    return {unit.slug: places.weights(unit) for unit in places.units("34")}


def scores(values, code="total"):
    return pd.DataFrame(
        [
            {
                "year": 2020,
                "system": "63",
                "slug": slug,
                "code": code,
                "value": value,
                "status": "official",
                "source": f"tệp, dòng {number}",
            }
            for number, (slug, value) in enumerate(values.items(), start=2)
        ]
    )


def test_shares_sum_to_one_and_use_every_old_unit_once(weights, places):
    assert len(weights) == 34
    for shares in weights.values():
        assert sum(shares.values()) == pytest.approx(1, abs=1e-12)
        assert all(share > 0 for share in shares.values())
    used = [slug for shares in weights.values() for slug in shares]
    assert sorted(used) == sorted(unit.slug for unit in places.units("63"))


@given(st.lists(VALUES, min_size=63, max_size=63))
def test_a_merged_mean_lies_between_its_parts(weights, places, values):
    by_slug = dict(zip((unit.slug for unit in places.units("63")), values, strict=True))
    merged, incomplete = merged_means(scores(by_slug), weights)
    assert incomplete == {}
    assert len(merged) == 34
    for row in merged.itertuples():
        parts = [by_slug[slug] for slug in weights[row.slug]]
        assert min(parts) - 1e-9 <= row.value <= max(parts) + 1e-9
        if len(parts) == 1:
            assert row.value == parts[0]
            assert row.status == "official"
            assert row.source.startswith("tệp, dòng ")
        else:
            assert row.status == "computed"


def test_the_mean_is_weighted_by_population(weights):
    shares = weights["da-nang"]
    assert set(shares) == {"da-nang", "quang-nam"}
    merged, _ = merged_means(scores({"da-nang": 40.0, "quang-nam": 44.0}), {"da-nang": shares})
    assert merged.loc[0, "value"] == pytest.approx(40 + 4 * shares["quang-nam"])


def test_a_unit_without_all_its_parts_is_left_out_and_named(weights, places):
    slugs = [unit.slug for unit in places.units("63") if unit.slug != "vinh-phuc"]
    merged, incomplete = merged_means(scores(dict.fromkeys(slugs, 42.0)), weights)
    assert incomplete == {"phu-tho": ("vinh-phuc",)}
    assert "phu-tho" not in set(merged["slug"])
    assert len(merged) == 33


def test_a_part_without_one_criterion_spares_the_others(weights):
    shares = {"da-nang": weights["da-nang"]}
    table = pd.concat(
        [
            scores({"da-nang": 5.0, "quang-nam": 6.0}, "1"),
            scores({"da-nang": 5.0}, "2"),
        ]
    )
    merged, incomplete = merged_means(table, shares)
    assert merged["code"].tolist() == ["1"]
    assert incomplete == {"da-nang": ("quang-nam",)}


def test_parts_below_the_dimensions_are_not_carried_over(papi_definition, weights):
    table = pd.concat([scores({"ha-noi": 5.0}, "1"), scores({"ha-noi": 1.0}, "1.1")])
    made = year_scores(table, papi_definition.edition(2020), weights)
    assert set(made.merged["code"]) == {"1"}


def test_a_year_measured_on_the_34_units_is_not_merged(papi_definition, weights):
    table = scores({"ha-noi": 42.0}).assign(system="34")
    made = year_scores(table, papi_definition.edition(2024), weights)
    assert made.merged.empty
    assert made.incomplete == {}
    assert made.scores is table


def test_shipped_years_leave_out_exactly_the_units_with_a_missing_part(countries):
    missing = {
        year: {slug: set(parts) for slug, parts in country.detail.incomplete.items()}
        for year, country in countries.items()
    }
    assert missing[2020] == {}
    assert missing[2021] == {"bac-ninh": {"bac-giang", "bac-ninh"}, "quang-ninh": {"quang-ninh"}}
    assert missing[2024] == {"dong-thap": {"tien-giang"}, "phu-tho": {"vinh-phuc"}}
