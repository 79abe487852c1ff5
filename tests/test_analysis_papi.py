"""What a report of PAPI is written from."""

from __future__ import annotations

import dataclasses

import pytest

from helpers.indices.papi import result as papi
from helpers.places import UnknownPlaceError


def test_every_measured_unit_is_available(little_known, countries):
    found = papi.available(little_known)
    assert set(found) == set(countries)
    assert {year: len(slugs) for year, slugs in found.items()} == {2020: 63, 2021: 60, 2024: 61}
    for year, country in countries.items():
        assert found[year] == tuple(place.slug for place in country.measured)


@pytest.mark.parametrize(
    ("year", "missing"),
    [
        (2020, set()),
        (2021, {"bac-giang", "bac-ninh", "quang-ninh"}),
        (2024, {"vinh-phuc", "tien-giang"}),
    ],
)
def test_units_without_scores_are_named(countries, year, missing):
    assert {place.slug for place in countries[year].missing} == missing


def test_a_province_is_found_by_any_usual_spelling(little_known, results):
    made = papi.evaluate("Quảng Nam", 2024, little_known)
    assert made.place == results[2024, "quang-nam"].place
    assert made.standing.equals(results[2024, "quang-nam"].standing)


def test_a_province_without_scores_is_an_error_that_names_those_without(little_known):
    with pytest.raises(
        papi.NoScoresError, match=r"Vĩnh Phúc không có điểm PAPI năm 2024.*Tiền Giang"
    ):
        papi.evaluate("vinh-phuc", 2024, little_known)


def test_a_year_without_scores_is_an_error_that_names_those_with(little_known):
    with pytest.raises(papi.NoScoresError, match="Các năm đã có: 2020, 2021, 2024"):
        papi.evaluate_country(2023, little_known)


def test_an_unknown_province_is_an_error(little_known):
    with pytest.raises(UnknownPlaceError):
        papi.evaluate("quang-nan-xyz", 2024, little_known)


def test_scores_stand_in_the_order_of_the_report(results):
    for result in results.values():
        assert result.top_codes() == ("total", *(str(number) for number in range(1, 9)))
        assert result.dimension_codes() == result.top_codes()[1:]


def test_a_score_knows_its_region_and_its_source(results, countries):
    result = results[2024, "quang-nam"]
    rows = countries[2024].current
    region = {p.slug for p in countries[2024].measured if p.region == result.place.region}
    for code in result.top_codes():
        score = result.score(code)
        own = rows[(rows["code"] == code) & rows["slug"].isin(region)]["value"]
        assert score.region_mean == pytest.approx(own.mean())
        assert score.source.startswith("data/published/papi/2024.csv, dòng ")
    with pytest.raises(KeyError):
        result.score("1.1")


def test_history_ends_with_the_year_of_the_report(results, countries):
    assert results[2021, "ha-noi"].history["year"].max() == 2021
    assert countries[2021].years == (2020, 2021)
    assert countries[2024].years == (2020, 2021, 2024)


def test_every_unit_knows_its_successor(results):
    assert results[2024, "quang-nam"].successor.slug == "da-nang"
    assert results[2024, "ha-noi"].successor.slug == "ha-noi"


def test_ties_are_counted_within_the_year(results):
    for result in results.values():
        for code in result.top_codes():
            score = result.score(code)
            assert 1 <= score.rank <= score.n
            assert score.lowest <= score.value <= score.highest


def test_what_was_made_of_other_scores_is_not_handed_to_a_changed_country(countries):
    country = countries[2024]
    before = len(country.current)
    changed = dataclasses.replace(country, standing=country.standing.iloc[:0])
    assert before
    assert changed.current.empty
    assert len(country.current) == before
