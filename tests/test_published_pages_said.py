"""Captions, notes and summaries of published results name what is there, by one name."""

from __future__ import annotations

import re

import say_texts as par_texts
import say_texts as words

from helpers.indices.dti import result as dti
from helpers.indices.papi import tables
from helpers.indices.par_index import result as par_index
from helpers.indices.scored import charts as par_index_charts
from helpers.indices.scored import national as published_country
from helpers.indices.scored import tables as dti_tables
from helpers.indices.scored import tables as par_index_tables
from helpers.indices.scored import tables_national as published_country_tables


def test_the_caption_of_the_means_names_its_rows(checkout):
    known = dti_tables.means(dti.evaluate("da-nang", 2024, checkout))
    assert known.caption == "Đà Nẵng và bình quân cả nước, DTI 2024"
    placed = dti_tables.means(dti.evaluate("ho-chi-minh", 2024, checkout))
    assert placed.caption == "Bình quân cả nước, DTI 2024"
    every = par_index_tables.means(par_index.evaluate("hai-phong", 2024, checkout))
    assert every.caption == "Hải Phòng, bình quân cả nước và các vùng, PAR INDEX 2024"


def test_table_and_chart_name_the_same_changes_of_method(checkout):
    result = par_index.evaluate("hai-phong", 2024, checkout)
    note = par_index_tables.history(result).note
    alt = par_index_charts.history(result).alt
    assert re.findall(r"20\d\d", note) == ["2016", "2017", "2018", "2020", "2022", "2024"]
    assert re.findall(r"20\d\d", alt.partition("Cách tính")[2]) == re.findall(r"20\d\d", note)
    # The first year of a table is compared with nothing.
    short = dti_tables.history(dti.evaluate("ho-chi-minh", 2024, checkout))
    assert short.note == "Cách tính thay đổi từ năm 2024"


def test_the_summary_promises_what_the_page_holds(checkout):
    without = published_country.evaluate("dti", 2024, checkout)
    counted = f"{len(without.figures)}/{without.units} tỉnh, thành phố"
    assert counted in words.title(without).description
    assert not re.search("vùng|thay đổi", words.title(without).description)


def test_a_doubted_value_is_marked_wherever_the_page_prints_it(checkout):
    result = par_index.evaluate("son-la", 2024, checkout)
    assert result.published.total.doubt
    told = par_texts.title(result).description
    assert told.endswith("xếp thứ 12/63; giá trị công bố còn nghi ngờ.")
    for table in (par_index_tables.key_figures, par_index_tables.means, par_index_tables.history):
        assert "Giá trị còn nghi ngờ: năm 2024" in table(result).note, table
    trusted = par_index.evaluate("can-tho", 2024, checkout)
    assert "nghi ngờ" not in par_texts.title(trusted).description
    assert not par_index_tables.key_figures(trusted).note


def test_a_region_has_one_name(checkout):
    country = published_country.evaluate("par_index", 2024, checkout)
    names = set(country.places.regions("63"))
    assert {mean.unit for mean in country.regions} == names
    told = {str(row[0]) for row in published_country_tables.regions(country).rows}
    assert told == names


def test_merged_units_that_print_alike_in_two_groups_are_told(countries):
    note = tables.merged(countries[2021]).note
    assert "khác nhóm, vì nhóm chia theo điểm chưa làm tròn: An Giang và Gia Lai" in note
    assert "khác nhóm" not in tables.merged(countries[2024]).note
    # A unit that is its own one part is not said to lack itself.
    assert "Bắc Ninh (thiếu Bắc Giang và Bắc Ninh) và Quảng Ninh." in note
