"""Province pages: ties, breaks that are drawn, doubted values, what was placed anew, and names."""

from __future__ import annotations

import re

import pytest
from drawn import texts as texts_of

from helpers.indices.papi import result as papi
from helpers.indices.papi import text as papi_texts
from helpers.reports.province import charts as province_charts
from helpers.reports.province import result as analysis
from helpers.reports.province import tables as province_tables
from helpers.reports.province import text as commentary
from helpers.words.say import say


@pytest.fixture(scope="module")
def profiles(shipped):
    chosen = {
        2024: ("bac-lieu", "cao-bang", "da-nang", "ha-noi", "thua-thien-hue", "yen-bai"),
        2025: ("an-giang", "cao-bang", "da-nang", "dong-thap", "hue", "phu-tho"),
    }
    return {
        (year, slug): analysis.evaluate(slug, year, shipped)
        for year, slugs in chosen.items()
        for slug in slugs
    }


def lines(profile):
    return str(say(profile, "missing")).splitlines()


def rows(profile, name):
    return [[str(c) for c in row] for row in province_tables.years(profile).rows if row[0] == name]


def test_years_that_were_not_found_are_told(shipped):
    """DTI 2021 of Bắc Giang was left out without a word."""
    profile = analysis.evaluate("bac-giang", 2024, shipped)
    years = [point.year for point in profile.get("dti").points]
    assert 2021 not in years
    (said,) = [told for told in lines(profile) if "kết quả DTI năm" in told]
    assert "2021" in said
    assert not [year for year in years if str(year) in said]


def test_many_years_that_were_not_found_are_told_as_a_range(shipped):
    """Huế listed ten years of PAR INDEX one by one."""
    profile = analysis.evaluate("thua-thien-hue", 2024, shipped)
    years = {point.year for point in profile.get("par_index").points}
    (said,) = [told for told in lines(profile) if "kết quả PAR INDEX năm" in told]
    first, last = re.search(r"năm (\d{4})–(\d{4})", said).groups()
    assert int(last) - int(first) > 1
    assert not years & set(range(int(first), int(last) + 1))
    assert len(re.findall(r"\d{4}", said)) < 10 - len(years)


def test_the_median_of_the_country_says_of_which_units_it_is(profiles, shipped):
    """43,53 of the units of today stood beside 43,48 of those of before, both «Cả nước»."""
    merged = province_tables.years(analysis.evaluate("da-nang", 2025, shipped))
    assert "trung vị các đơn vị mới, do trang này tính (PAPI)" in merged.note
    assert [
        cell for row in merged.rows for cell in row if "trung vị của 32 đơn vị mới" in repr(cell)
    ]
    before = province_tables.years(profiles[2024, "bac-lieu"])
    assert "trung vị các đơn vị có số liệu của năm đó (PAPI)" in before.note


def test_a_shared_place_is_called_so(profiles):
    said = str(commentary.overview(profiles[2024, "bac-lieu"]))
    assert "điểm, đồng hạng thứ 21/61" in said
    (of_2020,) = [row for row in rows(profiles[2025, "cao-bang"], "PAPI") if row[1] == "2020"]
    assert "12/34" in of_2020[3]
    assert of_2020[3].endswith("(đồng hạng)")
    assert "Đồng hạng: " in province_tables.years(profiles[2025, "cao-bang"]).note
    for profile in profiles.values():
        points = profile.get("papi").points
        told = [row[3].endswith("(đồng hạng)") for row in rows(profile, "PAPI")]
        assert told == [point.tied > 1 for point in reversed(points)], profile.place.slug


def test_the_place_of_a_merged_unit_is_called_shared_where_it_is(shipped):
    tied = 0
    for slug, year in (("an-giang", 2021), ("kien-giang", 2021), ("an-giang", 2024)):
        result = papi.evaluate(slug, year, shipped)
        merged = result.country.merged
        own = merged[(merged["slug"] == "an-giang") & (merged["code"] == "total")].iloc[0]
        said = str(papi_texts.merger(result))
        assert ("điểm, đồng hạng thứ " in said) == (own["tied"] > 1)
        tied += int(own["tied"] > 1)
    assert tied == 2


def test_the_alternative_tells_the_breaks_that_are_drawn(profiles):
    alt = province_charts.years(profiles[2025, "cao-bang"]).alt
    # One value of SIPAS alone has no line that a change of method could cut.
    assert "SIPAS của Cao Bằng: 76,26% năm 2023. PCI của Cao Bằng: " in alt
    assert "Đường ngắt ở năm 2016, 2018, 2019, 2020 và 2021." in alt


def test_a_doubted_value_is_told_wherever_it_is_printed(profiles):
    old, new = profiles[2024, "da-nang"], profiles[2025, "da-nang"]
    chart = province_charts.years(old)
    assert "87,68% năm 2023 (còn nghi ngờ)" in chart.alt
    assert "Giá trị còn nghi ngờ" in texts_of(chart)
    series = old.get("par_index")
    drawn = province_charts._panel(series).points
    assert drawn[-1].doubted
    assert sum(point.segment == drawn[-1].segment for point in drawn) == 1
    (own,) = [row for row in province_tables.parts(new).rows if row[0] == "Đà Nẵng"]
    assert any("(2023, còn nghi ngờ)" in str(cell) for cell in own)
    chart = province_charts.years(profiles[2024, "ha-noi"])
    assert "còn nghi ngờ" not in chart.alt


def test_what_was_placed_anew_is_told_of_papi_alone(profiles):
    said = str(commentary.merger(profiles[2025, "cao-bang"]))
    assert "Chỉ vị trí PAPI" in said
    assert "thứ hạng ở trang này tính lại trong 34 đơn vị" not in said


def test_a_unit_with_another_name_did_not_get_it_on_the_day_of_the_mergers(profiles):
    said = str(commentary.merger(profiles[2024, "thua-thien-hue"]))
    assert said.endswith("Thừa Thiên Huế giữ nguyên địa giới và mang tên thành phố Huế.")
    assert str(commentary.merger(profiles[2024, "ha-noi"])).endswith("giữ nguyên địa giới.")


def test_a_published_place_of_several_is_told_in_the_table(profiles):
    (row,) = rows(profiles[2024, "yen-bai"], "DTI")[:1]
    assert "cùng thứ hạng cho Thanh Hóa" in row[-1]


def test_a_computed_score_names_its_parts_and_not_their_codes(profiles):
    for slug in ("an-giang", "da-nang"):
        profile = profiles[2025, slug]
        sources = [point.source for point in profile.get("papi").points]
        sources += [neighbour.source for neighbour in profile.neighbours]
        assert not [source for source in sources if re.search(r"[a-z]+-[a-z]+ \+", source)]
    assert "An Giang và Kiên Giang" in profiles[2025, "an-giang"].get("papi").latest.source


def test_a_year_that_could_not_be_computed_is_told(profiles):
    said = str(say(profiles[2025, "dong-thap"], "missing"))
    assert "Chưa tính được PAPI năm 2024 của Đồng Tháp vì Tiền Giang không có số liệu." in said
    assert "Vĩnh Phúc không có số liệu" in str(say(profiles[2025, "phu-tho"], "missing"))
    assert "Chưa tính được PAPI" not in str(say(profiles[2025, "an-giang"], "missing"))
