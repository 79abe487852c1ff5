"""Changes between years, and the stretches of years between breaks."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from papi_made import (
    against,
    changed,
    intervals_of,
    outstanding,
    province,
    remade,
    with_value,
    without,
    year_copied,
)
from scipy.stats import false_discovery_control, norm

from helpers.definitions import compare_years
from helpers.facts.change import COLUMNS, changes, segments, years_to_compare
from helpers.facts.region import regional_means
from helpers.facts.rows import Change
from helpers.facts.standing import add_standing
from helpers.indices.papi.errors import errors_of
from helpers.indices.papi.findings_parts import ends, relative_place
from helpers.indices.papi.measured import criterion

YEARS = range(2011, 2025)


@pytest.fixture(scope="module")
def made(papi_definition):
    """Five units with a score of every criterion in every year."""
    random = np.random.default_rng(7)
    rows = [
        {
            "year": year,
            "system": "63",
            "slug": slug,
            "code": criterion.code,
            "value": float(random.uniform(criterion.minimum, criterion.maximum)),
            "source": f"tệp {year}, {slug}",
        }
        for year in YEARS
        for criterion in papi_definition.edition(year).nodes
        for slug in ("a", "b", "c", "d", "e")
    ]
    return add_standing(pd.DataFrame(rows), papi_definition.groups)


def test_a_difference_exists_exactly_where_the_years_may_be_compared(made, papi_definition):
    for earlier, later in combinations((2011, 2015, 2016, 2018, 2020, 2021, 2024), 2):
        rows = changes(made, papi_definition, "b", later, [earlier])
        assert not rows.empty
        for row in rows.itertuples():
            answer = compare_years(papi_definition, row.code, earlier, later)
            assert row.allowed == answer.allowed
            assert row.reasons == answer.reasons
            assert math.isnan(row.difference) != answer.allowed
            if answer.allowed:
                assert row.difference == row.value_later - row.value_earlier


def test_a_change_carries_place_number_and_group_of_both_years(made, papi_definition):
    row = Change.of(changes(made, papi_definition, "c", 2024, [2021]).iloc[0])
    own = made[made["slug"] == "c"].set_index(["year", "code"])
    assert row.code == "total"
    for year, rank, group in (
        (2021, row.rank_earlier, row.group_earlier),
        (2024, row.rank_later, row.group_later),
    ):
        assert own.loc[(year, "total"), ["rank", "group"]].tolist() == [rank, group]
    assert row.n_earlier == row.n_later == 5
    assert row.tied_earlier == row.tied_later == 1
    assert (row.source_earlier, row.source_later) == ("tệp 2021, c", "tệp 2024, c")


def test_codes_that_only_one_year_has_give_no_row(made, papi_definition):
    rows = changes(made, papi_definition, "a", 2021, [2020])
    assert "5.2" not in set(rows["code"])
    assert len(rows) == len(papi_definition.edition(2021).nodes)


def test_nothing_to_look_back_to_gives_an_empty_table(made, papi_definition):
    rows = changes(made, papi_definition, "a", 2011, [])
    assert rows.empty
    assert list(rows.columns) == COLUMNS


@pytest.mark.parametrize(
    ("year", "available", "base", "expected"),
    [
        (2024, [2020, 2021, 2023, 2024], 2021, (2023, 2021)),
        (2024, [2020, 2021, 2024], 2021, (2021,)),
        (2024, [2020, 2023, 2024], 2021, (2023,)),
        (2021, [2020, 2021, 2024], None, (2020,)),
        (2022, [2021, 2022], 2021, (2021,)),
        (2020, [2020, 2021], 2016, ()),
        (2020, [], None, ()),
    ],
)
def test_a_report_looks_back_to_the_latest_year_and_the_base_year(year, available, base, expected):
    assert years_to_compare(year, available, base) == expected


@given(st.sets(st.sampled_from(list(YEARS))), st.sampled_from(list(YEARS)))
def test_years_looked_back_to_lie_before_and_have_scores(available, year):
    found = years_to_compare(year, available, 2016)
    assert set(found) <= {y for y in available if y < year}
    assert list(found) == sorted(found, reverse=True)
    assert bool(found) == any(y < year for y in available)


@pytest.mark.parametrize(
    ("code", "starts"),
    [
        ("total", [2011, 2016, 2018, 2019, 2020, 2021]),
        ("1", [2011, 2016, 2018]),
        ("2", [2011, 2018]),
        ("3", [2011, 2016, 2018, 2021]),
        ("4", [2011, 2018]),
        ("5", [2011, 2016, 2018, 2021]),
        ("6", [2011, 2018, 2021]),
        ("7", [2018, 2019]),
        ("8", [2018, 2019, 2020]),
    ],
)
def test_a_line_is_cut_at_every_break(papi_definition, code, starts):
    years = [y for y in YEARS if papi_definition.edition(y).has(code)]
    found = segments(papi_definition, dict.fromkeys(years, code))
    assert [y for y in years if y == years[0] or found[y] != found[y - 1]] == starts
    assert list(found.values()) == sorted(found.values())


def test_a_gap_in_the_years_does_not_hide_a_break(papi_definition):
    assert segments(papi_definition, {2020: "total", 2024: "total"}) == {2020: 0, 2024: 1}
    assert segments(papi_definition, {2020: "4", 2024: "4"}) == {2020: 0, 2024: 0}
    assert segments(papi_definition, {2024: "4"}) == {2024: 0}
    assert segments(papi_definition, {}) == {}


def test_shipped_results_hold_no_difference_across_the_breaks_of_2021(results):
    for (year, _), result in results.items():
        rows = result.changes
        if year != 2021:
            continue
        broken = rows["code"].isin(["total", "3", "5", "6"])
        assert rows.loc[broken, "difference"].isna().all()
        assert not rows.loc[broken, "allowed"].any()
        assert rows.loc[~broken, "difference"].notna().all()


def test_the_history_of_a_province_is_cut_at_2021(results):
    rows = results[2024, "ha-noi"].history.set_index(["code", "year"])["segment"]
    for code in ("total", "3", "5", "6"):
        assert rows[code, 2020] != rows[code, 2021] == rows[code, 2024]
    for code in ("1", "2", "4", "7", "8"):
        assert rows[code, 2020] == rows[code, 2021] == rows[code, 2024]


@pytest.mark.parametrize("zero", [2021, 2024])
def test_an_error_printed_as_zero_is_not_known(countries, zero):
    rows = [(year, "ha-noi", 44.0, 45.0, 0.0 if year == zero else 0.3) for year in (2021, 2024)]
    country = remade(countries[2024], lambda scores: scores, intervals=intervals_of(*rows))
    assert errors_of(country, "total", zero)["ha-noi"].kind == "unknown"
    assert changed(province(country, "ha-noi"), 2021)["total"].case == "unknown"


def test_an_error_is_assumed_only_of_totals_of_a_year_that_prints_none(countries):
    country = countries[2024]
    total = errors_of(country, "total")["ha-noi"]
    assert (total.standard_error, total.origin) == (0.415, "assumed")
    assert {error.kind for error in errors_of(country, "3").values()} == {"unknown"}
    one = remade(country, lambda s: s, intervals=intervals_of((2024, "hue", 44.0, 45.0, 0.3)))
    assert errors_of(one, "total")["ha-noi"].kind == "unknown"
    assert errors_of(one, "total", 2021)["ha-noi"].origin == "assumed"
    assert country.definition.likely_error("total", 2017) is None


def test_an_assumed_error_gives_no_certainty(countries):
    found = changed(province(countries[2024], "ha-noi"), 2021)["total"]
    assert found.fields["assumed"]
    assert found.case in ("likely_up", "likely_down", "unclear")
    assert found.fields["margin"].known == pytest.approx(1.1503, abs=1e-4)


def test_no_dimension_rises_or_falls(results):
    for (year, _), result in results.items():
        for earlier in {int(y) for y in result.changes["earlier"]}:
            for code, found in changed(result, earlier).items():
                if code != "total":
                    assert found.case in ("unknown", "same_print"), (year, found)


def test_the_tally_adds_up_and_holds_nothing_inside_the_error(countries):
    country = countries[2024]
    wide = country.standing[country.standing["code"] == "total"].pivot_table(
        index="slug", columns="year", values="value"
    )
    change = (wide[2024] - wide[2021]).dropna()
    told = country.document().findings["country"]
    found = next(one for one in told if one.family == "tally").fields
    counts = {case: len(found.get(case, ())) for case in ("likely_up", "likely_down", "unclear")}
    assert sum(counts.values()) == len(change) == found["units"].known == 58
    # Benjamini and Hochberg: 24 and 5 exceed the margin of one difference, 23 and 4 hold together.
    chances = 2 * norm.sf(change.abs() / (0.415 * 2**0.5))
    kept = false_discovery_control(chances) < 0.05
    assert counts["likely_up"] == ((change > 0) & kept).sum() == 23
    assert counts["likely_down"] == ((change < 0) & kept).sum() == 4


def test_a_total_is_judged_against_the_median_on_the_error_of_the_difference(countries):
    country = countries[2024]
    cases = [against(province(country, p.slug), "total").case for p in country.measured]
    assert cases.count("inside") + cases.count("same_print") == 22
    result = province(country, country.measured[0].slug)
    assert against(result, "4").case == "unknown"


def test_the_gap_to_the_median_is_over_the_same_units_in_both_years(results):
    found = changed(results[2024, "quang-nam"], 2021, "movement")["total"]
    assert found.fields["units"].known == 58
    distances = [round(found.fields[name].known, 2) for name in ("then", "now")]
    assert distances == [-0.16, -2.47]
    assert found.case == "likely_lost"
    assert found.fields["assumed"]


def test_dimensions_of_one_place_are_never_parted(results):
    for result in results.values():
        parts = [criterion(result, code) for code in result.dimension_codes()]
        places = {one.key.code: relative_place(one) for one in parts}
        strong, weak = outstanding(result)
        for (named, _), group, end in ((strong, 4, min), (weak, 1, max)):
            clear = {c for c in places if result.score(c).group == group}
            level = {c for c in places if places[c] == end(places.values())}
            assert not named or level <= set(named) or len(level & clear) > 3, result.place
        best, lowest = ({one.key.code for one in part} for part in ends(parts))
        assert not {places[c] for c in best} & {places[c] for c in lowest}
        for part in (best, lowest):
            others = [c for c in places if c not in part]
            assert not {places[c] for c in part} & {places[c] for c in others}


def test_an_interval_without_width_is_not_handed_on(countries):
    rows = intervals_of((2024, "ha-noi", 45.0, 45.0, 0.0), (2024, "hue", 44.0, 45.0, 0.3))
    country = remade(countries[2024], lambda scores: scores, intervals=rows)
    assert province(country, "ha-noi").interval is None
    assert province(countries[2024], "ha-noi").interval is None


def test_the_total_has_a_margin_only_where_both_errors_are_known(countries):
    both = intervals_of((2021, "ha-noi", 44.0, 45.0, 0.3), (2024, "ha-noi", 44.0, 45.0, 0.4))
    country = remade(countries[2024], lambda scores: scores, intervals=both)
    found = changed(province(country, "ha-noi"), 2021)
    assert found["total"].fields["margin"].known == pytest.approx(0.98, abs=1e-3)
    assert "assumed" not in found["total"].fields
    assert list(found) == ["total", *(str(n) for n in range(1, 9))]
    assert all("margin" not in one.fields for code, one in found.items() if code != "total")
    assert "margin" not in changed(province(country, "da-nang"), 2021)["total"].fields


def test_one_dimension_is_never_both_the_best_and_the_weakest(countries):
    others = [str(number) for number in range(2, 9)]
    for slug in [place.slug for place in countries[2024].measured][:12]:
        country = remade(
            countries[2024],
            lambda scores, slug=slug: without(scores, 2024, slug, "total", *others),
        )
        strong, weak = outstanding(province(country, slug))
        assert [*strong[0], *weak[0]] == ["1"]


def test_what_stands_out_is_ordered_by_place_and_clear_only_in_the_end_groups(results):
    for result in results.values():
        strong, weak = outstanding(result)
        assert len({*strong[0], *weak[0]}) == len(strong[0]) + len(weak[0])
        for (named, clear), group in ((strong, 4), (weak, 1)):
            ranks = {result.score(code).rank for code in named}
            assert len(named) <= 3 or len(ranks) == 1
            assert all((result.score(code).group == group) == clear for code in named)
        places = [result.score(code).relative_place for code in strong[0]]
        assert places == sorted(places)


@given(st.lists(st.floats(1, 10), min_size=1, max_size=20), st.integers(1, 4))
def test_every_unit_counts_once_in_the_mean_of_its_region(values, regions):
    rows = pd.DataFrame(
        {"slug": [f"t{n}" for n in range(len(values))], "code": "1", "value": values}
    )
    region_of = {f"t{n}": f"vùng {n % regions}" for n in range(len(values))}
    found = regional_means(rows, region_of).set_index("region")
    assert found["n"].sum() == len(values)
    for name, row in found.iterrows():
        own = [v for n, v in enumerate(values) if region_of[f"t{n}"] == name]
        assert row["n"] == len(own)
        assert row["mean"] == pytest.approx(sum(own) / len(own))


def test_a_unit_without_a_region_is_an_error():
    rows = pd.DataFrame({"slug": ["a", "b"], "code": "1", "value": [1.0, 2.0]})
    with pytest.raises(KeyError, match="Chưa xếp vùng cho: b"):
        regional_means(rows, {"a": "vùng"})


def test_a_copied_year_is_a_change_of_nothing(countries):
    country = remade(countries[2024], lambda s: year_copied(s, 2021, 2024))
    result = province(country, "ha-noi")
    assert {one.case for one in changed(result, 2021).values()} == {"same_print"}
    assert {c.difference for c in result.changes_since(2021) if c.allowed} == {0}


def test_a_changed_score_moves_only_its_own_criterion(countries):
    country = remade(
        countries[2024],
        lambda s: with_value(year_copied(s, 2021, 2024), 2024, "ha-noi", "8", 9.0),
    )
    found = changed(province(country, "ha-noi"), 2021)
    moved = [(code, one.case) for code, one in found.items() if one.case != "same_print"]
    assert moved == [("8", "unknown")]
