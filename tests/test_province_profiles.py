"""The pages of all provinces of both systems: what is drawn, what was computed, how it is named."""

from __future__ import annotations

import re

import pytest
from drawn import faults
from drawn import texts as texts_of

from helpers.reports.province import charts as province_charts
from helpers.reports.province import result as analysis
from helpers.reports.province import tables as province_tables
from helpers.reports.province import text as commentary
from helpers.words import numbers
from helpers.words.say import say
from helpers.words.text import plain

_PLACED = re.compile(r"PAPI năm (\d+) đạt [\d,]+ điểm, (?:đồng hạng )?thứ (\d+/\d+)")


@pytest.fixture(scope="module")
def profiles(shipped):
    return {
        (year, slug): analysis.evaluate(slug, year, shipped)
        for year, slugs in analysis.available(shipped).items()
        for slug in slugs
    }


def texts(profile) -> list[str]:
    made = [
        commentary.overview(profile),
        commentary.strengths_and_weaknesses(profile),
        commentary.neighbours(profile),
        commentary.merger(profile),
        say(profile, "missing"),
    ]
    return [str(text) for text in made]


def test_both_systems_have_all_their_pages(profiles):
    assert len(profiles) == 63 + 34


def test_a_country_that_is_not_known_is_not_drawn(profiles):
    gaps = 0
    for key, profile in profiles.items():
        for series in profile.series:
            if not series.valued:
                continue
            drawn = province_charts._panel(series).points
            assert [point.value for point in drawn] == [p.value for p in series.valued], key
            assert [point.middle for point in drawn] == [p.middle for p in series.valued], key
            gaps += sum(point.middle is None for point in drawn)
    # 37 points of 23 pages of 2024 once stood for a country that nobody had measured.
    assert gaps >= 37


def test_the_country_stands_in_the_legend_only_where_it_is_drawn(profiles):
    for profile in profiles.values():
        chart = province_charts.years(profile)
        known = any(p.middle is not None for s in profile.series for p in s.valued)
        if chart.is_empty:
            continue
        labels = texts_of(chart)
        assert any(label.startswith("Cả nước") for label in labels) == known
        assert labels[0] == profile.place.name
        assert faults(chart) == []


def test_what_is_not_known_is_never_written_as_a_number():
    assert numbers.known(0.0) == 0.0
    with pytest.raises(ValueError, match="chưa biết"):
        numbers.known(None)


def test_every_place_that_was_computed_here_says_so(profiles):
    for (year, slug), profile in profiles.items():
        papi = profile.get("papi")
        if papi is None:
            continue
        later = profile.place.system == "34"
        assert all(point.placed_here == later for point in papi.points), slug
        said = texts(profile)[0]
        (found,) = _PLACED.finditer(said)
        rest = said[found.start() :].partition("\n")[0]
        assert ("do trang này tính" in rest) == later, (year, slug, rest)
        assert ("trong các đơn vị mới" in rest) == later
        told = [row for row in province_tables.years(profile).rows if row[0] == "PAPI"]
        for row in told:
            assert ("do trang này tính" in row[-1]) == later, (slug, row)
        note = province_tables.key_figures(profile).note
        assert (f"PAPI {papi.latest.year}: " in note) == later
        beside = province_tables.neighbours(profile)
        assert (commentary.PLACED_HERE.rstrip(".") == beside.note) == later
        assert (commentary.PLACED_HERE in texts(profile)[2]) == later


def test_a_unit_that_stayed_is_told_that_only_its_place_was_computed(profiles):
    said = texts(profiles[2025, "cao-bang"])[0]
    assert "(vị trí do trang này tính)" in said
    assert "(điểm và vị trí do trang này tính)" in texts(profiles[2025, "da-nang"])[0]


def test_one_sentence_names_all_who_joined(profiles):
    told = "tỉnh An Giang và tỉnh Kiên Giang hợp nhất, lấy tên là tỉnh An Giang"
    for key in ((2024, "an-giang"), (2024, "kien-giang"), (2025, "an-giang")):
        assert f"Từ ngày 01/7/2025, {told}" in texts(profiles[key])[3]
    for (_, slug), profile in profiles.items():
        said = texts(profile)[3]
        merged = profile.successor.is_merged if profile.successor else profile.place.is_merged
        assert ("hợp nhất, lấy tên là" in said) == merged, slug
        assert "được hợp nhất vào" not in said


def test_no_page_of_a_province_calls_the_city_by_the_persons_name(profiles):
    for profile in profiles.values():
        printed = [plain(text) for text in texts(profile)]
        front = commentary.title(profile)
        printed += [front.title, front.description, *front.categories]
        for table in (
            province_tables.key_figures(profile),
            province_tables.years(profile),
            province_tables.neighbours(profile),
            province_tables.parts(profile),
        ):
            printed += [table.caption, table.markdown]
        printed += [province_charts.years(profile).caption, province_charts.years(profile).alt]
        for text in printed:
            assert not re.search(r"(?<!Thành phố )(?<!thành phố )(?<!TP\. )Hồ Chí Minh", text), text


def test_a_place_without_a_value_has_a_verb(profiles):
    """«PAR INDEX năm 2024, thứ 63/63.» is no sentence."""
    alone = 0
    for key, profile in profiles.items():
        said = str(commentary.overview(profile))
        assert not re.search(r"năm \d{4}, (?:đồng hạng )?thứ", said), (key, said)
        alone += len(re.findall(r"năm \d{4} xếp (?:đồng hạng )?thứ", said))
    assert alone
