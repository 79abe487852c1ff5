"""The profile of a province: every figure as published, breaks respected, computed ones marked."""

from __future__ import annotations

import csv
import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from batch_project import CHECKOUT
from published_rows import rows

from helpers.inputs.results import NoResultError
from helpers.places import UnknownPlaceError, register
from helpers.reports.province import charts, tables
from helpers.reports.province import result as analysis
from helpers.reports.province import text as commentary
from helpers.words.say import say


@pytest.fixture(scope="module")
def published():
    """PAPI totals by year and slug, read with nothing of the project."""
    return {
        (int(row["year"]), row["slug"]): Decimal(row["value"])
        for row in rows(CHECKOUT, "papi")
        if row["code"] == "total"
    }


@pytest.fixture(scope="module")
def profiles(shipped):
    found = {}
    for year, slugs in analysis.available(shipped).items():
        for slug in slugs:
            found[year, slug] = analysis.evaluate(slug, year, shipped)
    return found


def printed(value):
    return str(Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)).replace(".", ",")


def test_every_unit_has_one_profile(shipped, profiles):
    places = register(shipped)
    wanted = {(2024, unit.slug) for unit in places.units("63")}
    wanted |= {(2025, unit.slug) for unit in places.units("34")}
    assert set(profiles) == wanted


def test_papi_is_what_was_published(published, profiles):
    for (year, slug), profile in profiles.items():
        if year != 2024:
            continue
        series = profile.get("papi")
        assert {point.year: point.value for point in series.points} == {
            measured: pytest.approx(float(value))
            for (measured, other), value in published.items()
            if other == slug
        }


def test_a_merged_unit_is_the_weighted_mean_of_its_parts(published, profiles, shipped):
    places = register(shipped)
    with (CHECKOUT / "params/places/units_63.csv").open(encoding="utf-8") as stream:
        population = {row["slug"]: float(row["population_2020"]) for row in csv.DictReader(stream)}
    checked = 0
    for unit in places.units("34"):
        if not unit.is_merged:
            continue
        series = profiles[2025, unit.slug].get("papi")
        for point in series.points if series else ():
            parts = [
                (float(published[point.year, old]), population[old]) for old in unit.predecessors
            ]
            mean = sum(v * p for v, p in parts) / sum(p for _, p in parts)
            assert point.value == pytest.approx(mean)
            assert point.computed
            checked += 1
    assert checked > 50


def test_no_change_is_told_across_a_break(profiles):
    for profile in profiles.values():
        text = str(commentary.overview(profile))
        for earlier, name, later in re.findall(r"So với năm (\d{4}), (.+?) năm (\d{4})", text):
            series = next(s for s in profile.series if s.name == name)
            by_year = {point.year: point for point in series.points}
            assert by_year[int(earlier)].segment == by_year[int(later)].segment
            assert not any(int(earlier) < first <= int(later) for first, _ in series.breaks)


def test_every_number_of_the_text_has_a_source(profiles):
    spans = re.compile(r"\[[^\]]*\]\{\.so title=\"[^\"]+\"\}")
    # Years, day and month of the merger, counts in fixed phrases and references are no figures.
    plain = re.compile(
        r"\b(?:19|20)\d\d\b|01/7/|\b34 đơn vị|@[a-z-]+|NQ|thang \d+|data/published(?:/\w+)?"
        r"|\b\d\.\d\b"
    )
    for profile in profiles.values():
        for text in (commentary.overview, commentary.neighbours, commentary.merger):
            left = plain.sub("", spans.sub("", text(profile).markdown))
            assert not re.search(r"\d", left), left


def test_a_computed_series_says_so(profiles):
    new = profiles[2025, "da-nang"]
    assert "do trang này tính" in str(commentary.overview(new))
    assert "không phải số liệu PAPI công bố" in str(commentary.merger(new))
    assert commentary.title(new).status == "computed"
    assert all("trang này tính" in row[5] for row in tables.years(new).rows)
    old = profiles[2024, "quang-nam"]
    assert commentary.title(old).status == "official"
    assert "thành phố Đà Nẵng" in str(commentary.merger(old))


def test_the_tables_show_the_published_values(published, profiles):
    profile = profiles[2024, "quang-nam"]
    shown = {(row[0], row[1]): str(row[2]) for row in tables.years(profile).rows}
    for year in (2020, 2021, 2024):
        assert f"[{printed(published[year, 'quang-nam'])}]" in shown["PAPI", str(year)]
    assert [row[0] for row in tables.neighbours(profile).rows].count("Quảng Nam (trang này)") == 1
    parts = tables.parts(profiles[2025, "da-nang"])
    assert [row[0] for row in parts.rows] == ["Đà Nẵng", "Quảng Nam"]
    assert tables.parts(profile).is_empty


def test_neighbours_are_next_in_score(profiles):
    for profile in profiles.values():
        ranks = [n.rank for n in profile.neighbours]
        assert ranks == sorted(ranks)
        if ranks:
            assert sum(n.own for n in profile.neighbours) == 1
            assert len(ranks) >= 3


def test_the_chart_breaks_where_the_method_changed(profiles):
    chart = charts.years(profiles[2024, "ha-noi"])
    assert not chart.is_empty
    assert "Đường ngắt ở năm" in chart.alt
    assert chart.svg() == charts.years(profiles[2024, "ha-noi"]).svg()
    assert charts.dimensions(profiles[2025, "da-nang"]).is_empty


def test_what_is_missing_is_said(profiles):
    assert "Chưa có PAR INDEX" in str(say(profiles[2025, "da-nang"], "missing"))
    for profile in profiles.values():
        told = str(say(profile, "missing"))
        for key, name in (("par_index", "PAR INDEX"), ("sipas", "SIPAS"), ("dti", "DTI")):
            # An index of which some years were found is told by the years that were not.
            whole = re.search(rf"(?:Chưa có|kết quả đã công bố) [^\n]*\b{name}\b", told)
            assert (profile.get(key) is None) == bool(whole), profile.place.slug


def test_unknown_and_made_up_places_are_refused(shipped):
    with pytest.raises(UnknownPlaceError):
        analysis.evaluate("khong-co", 2024, shipped)
    if register(shipped).simulated:
        with pytest.raises(NoResultError, match="giả định"):
            analysis.evaluate(register(shipped).simulated[0].slug, 2024, shipped)
