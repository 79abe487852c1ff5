"""Places, ties and groups."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import load_workbook

from helpers.facts import standing
from helpers.facts.comparison import rounded
from helpers.facts.standing import add_places, add_spread, add_standing, alike, group_sizes, holders

# few distinct values, so that ties are common
TIED = st.lists(st.integers(10, 30).map(lambda n: n / 4), min_size=1, max_size=70)


def table(values, code="total", year=2024):
    return pd.DataFrame(
        {
            "year": year,
            "system": "63",
            "slug": [f"tinh-{number}" for number in range(len(values))],
            "code": code,
            "value": np.asarray(values, dtype=float),
        }
    )


def test_equal_scores_share_the_better_place_and_the_next_is_left_out():
    ranked = add_places(table([5.0, 7.0, 7.0, 9.0]))
    assert ranked["rank"].tolist() == [4, 2, 2, 1]
    assert ranked["tied"].tolist() == [1, 2, 2, 1]
    assert ranked["n"].tolist() == [4] * 4


def test_what_prints_alike_is_not_ordered():
    ranked = add_places(table([43.214, 43.2141, 43.206, 43.2]))
    assert ranked["rank"].tolist() == [1, 1, 1, 4]
    assert ranked["tied"].tolist() == [3, 3, 3, 1]
    assert add_places(table([43.214, 43.2141]), decimals=4)["rank"].tolist() == [2, 1]


def test_groups_are_cut_through_unrounded_scores_as_their_publisher_cuts_them(papi_definition):
    values = [5.0 + n / 1000 for n in range(60)]
    placed = add_standing(table(values), papi_definition.groups)
    assert placed["group"].value_counts().tolist() == [15] * 4
    assert placed.groupby("rank")["group"].nunique().max() > 1


def test_who_prints_alike_holds_an_end_together():
    rows = table([43.214, 43.2141, 43.2])
    assert holders(rows, highest=True) == ("tinh-0", "tinh-1")
    assert holders(rows, highest=False) == ("tinh-2",)
    assert list(alike(rows, "tinh-0")["slug"]) == ["tinh-1"]
    assert alike(rows, "tinh-2").empty


def test_each_criterion_year_and_system_is_ranked_by_itself():
    both = pd.concat(
        [
            table([1.0, 2.0]),
            table([9.0, 8.0], code="1"),
            table([4.0, 6.0], year=2021),
            table([1.0, 2.0, 3.0]).assign(system="34"),
        ],
        ignore_index=True,
    )
    assert add_places(both)["rank"].tolist() == [2, 1, 1, 2, 2, 1, 3, 2, 1]


@given(TIED, st.randoms(use_true_random=False))
def test_places_do_not_depend_on_the_order_of_rows(values, random):
    rows = table(values)
    order = list(range(len(values)))
    random.shuffle(order)
    straight = add_places(rows).set_index("slug")["rank"]
    shuffled = add_places(rows.iloc[order]).set_index("slug")["rank"]
    assert straight.to_dict() == shuffled.to_dict()


@given(TIED)
def test_a_place_is_one_more_than_the_number_of_better_units(values):
    ranked = add_places(table(values))
    for row in ranked.itertuples():
        assert row.rank == 1 + sum(value > row.value for value in values)
        assert row.tied == sum(value == row.value for value in values)
        assert 1 <= row.rank <= row.n == len(values)
        assert row.rank + row.tied - 1 <= row.n


@given(TIED)
def test_groups_rise_with_scores_and_never_split_ties(papi_definition, values):
    placed = add_standing(table(values), papi_definition.groups).sort_values("value")
    assert placed["group"].is_monotonic_increasing
    assert placed.groupby("value")["group"].nunique().max() == 1
    assert placed["group"].between(1, 4).all()
    assert placed["group"].max() == 4


@pytest.mark.parametrize(
    ("units", "sizes", "confirmed"),
    [
        (63, [16, 15, 16, 16], True),
        (61, [16, 15, 15, 15], True),
        (60, [15, 15, 15, 15], False),
    ],
)
def test_groups_have_the_published_sizes(papi_definition, units, sizes, confirmed):
    values = np.random.default_rng(units).permutation(units) + 0.5
    placed = add_standing(table(values), papi_definition.groups)
    assert placed["group"].value_counts().sort_index().tolist() == sizes
    assert (placed["group_confirmed"] == confirmed).all()


@given(TIED.filter(lambda values: len(values) not in (60, 61, 63)))
def test_other_numbers_of_units_are_cut_at_the_percentiles(papi_definition, values):
    placed = add_standing(table(values), papi_definition.groups)
    cuts = np.percentile(values, [25, 50, 75])
    expected = [1 + sum(value >= cut for cut in cuts) for value in values]
    assert placed["group"].tolist() == expected
    assert not placed["group_confirmed"].any()


@given(TIED)
def test_group_sizes_sum_to_the_number_of_units(papi_definition, values):
    sizes, _ = group_sizes(np.asarray(values), papi_definition.groups)
    assert len(sizes) == 4
    assert sum(sizes) == len(values)
    assert min(sizes) >= 0


def test_a_tie_on_the_cut_goes_up_as_a_whole(papi_definition):
    values = [float(number) for number in range(61)]
    values[45] = values[46]  # places 15 and 16, with the cut between them
    placed = add_standing(table(values), papi_definition.groups)
    assert placed.loc[[45, 46], "group"].tolist() == [4, 4]
    assert (placed["group"] == 4).sum() == 16


def test_an_empty_table_stays_empty(papi_definition):
    placed = add_standing(table([]), papi_definition.groups)
    assert placed.empty
    assert {"rank", "n", "tied", "group", "median"} <= set(placed.columns)


@given(TIED)
def test_spread_is_that_of_all_units(values):
    row = add_spread(table(values)).iloc[0]
    assert row["lowest"] == min(values)
    assert row["highest"] == max(values)
    assert row["median"] == pytest.approx(np.median(values))
    assert row["mean"] == pytest.approx(sum(values) / len(values))


def test_holders_are_all_units_at_the_edge():
    rows = table([3.0, 1.0, 3.0, 1.0, 2.0])
    assert holders(rows, highest=True) == ("tinh-0", "tinh-2")
    assert holders(rows, highest=False) == ("tinh-1", "tinh-3")


@pytest.mark.parametrize(
    ("year", "sizes"),
    [(2020, [16, 15, 16, 16]), (2021, [15, 15, 15, 15]), (2024, [16, 15, 15, 15])],
)
def test_shipped_totals_fall_into_groups_of_the_published_sizes(countries, year, sizes):
    rows = countries[year].current
    total = rows[rows["code"] == "total"]
    assert total["group"].value_counts().sort_index().tolist() == sizes


@pytest.mark.parametrize(
    ("year", "slug", "value", "rank"),
    [(2021, "hung-yen", 45.366, 5), (2020, "hung-yen", None, 44)],
)
def test_hung_yen_stands_where_the_province_says_it_does(results, year, slug, value, rank):
    # tinhhungyen.com, May 2022: 45.366 points, place 5 of 63, up 39 places
    score = results[year, slug].score("total")
    if value is not None:
        assert round(score.value, 3) == value
    assert score.rank == rank


def test_binh_thuan_2024_is_third(results):
    # vietnam.vn, 2025: Bình Thuận third in the country in PAPI 2024
    assert results[2024, "binh-thuan"].score("total").rank == 3


def test_quang_ninh_led_2020(results):
    assert results[2020, "quang-ninh"].score("total").rank == 1


def test_published_ends_of_the_groups_of_dimension_6_in_2022(papi_definition, shared):
    rows = load_workbook(shared / "PAPI-2015-2023.xlsm").get_sheet_by_name("2022").to_python()
    row = next(row for row in rows if str(row[0]).startswith("Dimension 6:"))
    values = [value for value in row[3:] if isinstance(value, float) and 1 <= value <= 10]
    assert len(values) == 63
    placed = add_standing(table(values, code="6", year=2022), papi_definition.groups)
    ends = placed.groupby("group")["value"].agg(["min", "max"]).round(4)
    assert ends.loc[4].tolist() == [7.8579, 8.3148]
    assert ends.loc[3].tolist() == [7.5189, 7.8072]
    assert ends.loc[2].tolist() == [7.2294, 7.5173]
    assert ends.loc[1].tolist() == [6.4132, 7.2275]


@pytest.fixture(scope="module")
def standing_2023(papi_definition, countries, shared):
    places = countries[2024].places
    rows = pd.read_csv(shared / "papi_scores.csv", dtype={"code": str})
    rows = rows[rows["year"] == 2023].rename(columns={"score": "value"})
    found = {name: places.find(name, "63") for name in rows["province_vi"].unique()}
    rows = rows.assign(
        system="63",
        slug=rows["province_vi"].map({name: place.slug for name, place in found.items()}),
        region=rows["province_vi"].map({name: place.region for name, place in found.items()}),
    )
    return add_standing(rows, papi_definition.groups)


def test_published_second_group_of_2023(standing_2023):
    total = standing_2023[standing_2023["code"] == "total"]
    assert total["group"].value_counts().sort_index().tolist() == [16, 15, 15, 15]
    second = total.loc[total["group"] == 3, "value"]
    # The Hanoi Times prints 42.39 to 43.95, cut off after the second decimal.
    assert int(second.min() * 100) == 4239
    assert int(second.max() * 100) == 4395


def test_published_regions_of_the_end_groups_of_dimension_1_in_2023(standing_2023):
    first = standing_2023[standing_2023["code"] == "1"]
    high = first.loc[first["group"] == 4, "region"].value_counts()
    low = first.loc[first["group"] == 1, "region"].value_counts()
    assert high.sum() == 15
    assert high["Đồng bằng sông Hồng"] == 7
    assert high["Bắc Trung Bộ và duyên hải miền Trung"] == 5
    assert low.sum() == 16
    assert low["Đồng bằng sông Cửu Long"] == 10
    assert low["Đông Nam Bộ"] == 4


@given(
    st.lists(st.floats(-1e6, 1e6).map(lambda value: round(value, 6)), min_size=1),
    st.integers(0, 4),
)
def test_all_values_at_once_print_as_each_alone(values, decimals):
    made = standing._printed(pd.Series(values), decimals)
    assert made.tolist() == [float(rounded(value, decimals)) for value in values]
