"""The country by what was published in parts: nothing is called a ranking that is not one."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import say_texts as commentary
from batch_project import CHECKOUT
from published_rows import rows

from helpers.indices.dti import result as dti
from helpers.indices.par_index import result as par_index
from helpers.indices.scored import charts_national as charts
from helpers.indices.scored import national as analysis
from helpers.indices.scored import tables_national as tables
from helpers.inputs.results import NoResultError

INDICES = {"par_index": par_index, "dti": dti}


@pytest.fixture(scope="module")
def countries(shipped):
    return {
        (index, year): analysis.evaluate(index, year, shipped)
        for index, module in INDICES.items()
        for year in module.available(shipped)
    }


@pytest.fixture(scope="module")
def published():
    return [
        row
        for row in rows(CHECKOUT, *INDICES)
        if row["level"] == "province" and row["code"] == "total"
    ]


def test_every_province_that_was_published_is_there(countries, published):
    for (index, year), country in countries.items():
        wanted = {
            row["slug"]
            for row in published
            if row["index"] == index and row["year"] == str(year) and (row["value"] or row["rank"])
        }
        assert {figure.slug for figure in country.figures} == wanted
        assert len(tables.results(country).rows) == len(wanted)


def test_values_are_those_of_a_source(countries, published):
    for (index, year), country in countries.items():
        for figure in country.valued:
            values = {
                float(row["value"])
                for row in published
                if (row["index"], row["year"], row["slug"]) == (index, str(year), figure.slug)
                and row["value"]
            }
            assert figure.value in values


def test_a_part_is_not_called_the_whole(countries):
    for country in countries.values():
        told = str(commentary.overview(country))
        partial = not country.complete and not country.all_placed
        assert ("không phải bảng xếp hạng đầy đủ" in told) == partial
        assert ("thiếu giá trị nên không chia nhóm" in told) == (
            country.all_placed and not country.complete
        )
        assert "thấp nhất" not in told


def test_no_change_is_told_across_a_break(countries):
    broken = {key for key, country in countries.items() if country.breaks}
    assert ("par_index", 2022) in broken
    assert ("dti", 2024) in broken
    for key in broken:
        told = str(commentary.changes(countries[key]))
        assert told.startswith("Không so sánh")
        assert tables.changes(countries[key]).is_empty


def test_changes_are_differences_of_the_same_province(countries):
    for country in countries.values():
        differences = [moved.difference for moved in country.moved]
        if not country.framework.is_sampled():
            assert differences == sorted(differences, reverse=True)
        for moved in country.moved:
            assert moved.earlier.slug == moved.later.slug == moved.place.slug
            assert (moved.earlier.year, moved.later.year) == (country.year - 1, country.year)
            assert not moved.earlier.doubt
            assert not moved.later.doubt


def test_every_number_of_the_text_has_a_source(countries):
    spans = re.compile(r"\[[^\]]*\]\{\.so title=\"[^\"]+\"\}")
    years = re.compile(r"\b(?:19|20)\d\d\b|@[a-z-]+|\d+/QĐ-\w+|ngày \d+/\d+/\d+")
    for country in countries.values():
        for text in (commentary.overview, commentary.regions):
            left = years.sub("", spans.sub("", text(country).markdown))
            assert not re.search(r"\d", left), left


def test_values_of_a_few_winners_are_not_drawn_as_the_country(countries):
    """8 of 63 in 2024, nearly all winners, stood beside the mean of 63."""
    for country in countries.values():
        assert charts.spread(country).is_empty == (len(country.valued) < country.units / 2)
    country = countries["par_index", 2024]
    figure = country.valued[0]
    every = tuple(
        replace(figure, slug=unit.slug, unit=unit.name, value=70 + n / 4, doubt="")
        for n, unit in enumerate(country.places.units(country.system))
    )
    whole = replace(country, figures=every)
    assert whole.complete
    assert country.place(whole.valued[0]).name in charts.spread(whole).alt


def test_a_year_without_anything_says_so(shipped):
    with pytest.raises(NoResultError, match="Chưa có kết quả PAR INDEX năm 2011"):
        analysis.evaluate("par_index", 2011, shipped)
