"""What the judge says of the shipped figures of PAPI, PAR INDEX and DTI."""

from __future__ import annotations

from collections import Counter

import pytest

from helpers.facts import judge, judge_tree
from helpers.indices.dti import result as dti
from helpers.indices.papi import result as papi
from helpers.indices.papi.measured import measured as of_papi
from helpers.indices.par_index import result as par_index
from helpers.indices.scored.measured import measured as of_scored


@pytest.fixture(scope="module")
def country(countries):
    return countries[2024]


@pytest.fixture(scope="module")
def pages(country):
    return [of_papi(papi.of_province(unit, country)) for unit in country.measured]


def cases(pages, family, slot, code="total"):
    return Counter(
        one.case
        for page in pages
        for whole in page
        for one in judge_tree(whole)
        if (one.family, one.slot, one.about.code) == (family, slot, code)
    )


def test_papi_totals_take_sides_only_beyond_an_assumed_error(pages):
    assert cases(pages, "against", "median") == {
        "likely_higher": 20, "likely_lower": 19, "inside": 20, "same_print": 2,
    }  # fmt: skip
    assert cases(pages, "change", "2021") == {
        "likely_up": 24, "likely_down": 5, "unclear": 28, "same_print": 1,
    }  # fmt: skip
    assert cases(pages, "place_change", "2021") == {"inside": 56, "likely_up": 2}


def test_papi_dimensions_without_error_move_and_lead_nowhere(pages):
    for page in pages:
        for whole in page:
            for part in whole.parts:
                for one in judge(part):
                    unsaid = ("up", "down", "higher", "lower", "sole", "behind", "gained", "lost")
                    assert one.case.removeprefix("likely_") not in unsaid, one.name
            ends = [one.case for one in judge(whole) if one.family in ("strongest", "weakest")]
            assert ends == ["unknown", "unknown"]


def test_quang_nam_lost_ground_although_its_own_change_is_unclear(country):
    unit = next(unit for unit in country.measured if unit.slug == "quang-nam")
    (total,) = of_papi(papi.of_province(unit, country))
    said = {one.identity[1:]: one for one in judge(total)}
    change, movement = said["change", "2021"], said["movement", "2021"]
    assert (change.case, round(change.fields["gap"].known, 2)) == ("unclear", 1.10)
    assert movement.case == "likely_lost"
    assert round(movement.fields["then"].known, 2) == -0.16
    assert round(movement.fields["now"].known, 2) == -2.47
    assert movement.fields["units"].known == 58


def test_all_reports_of_a_year_rank_the_same_peers_once(country, pages):
    first, second = (page[0].peers for page in pages[:2])
    assert first is second
    assert first.ranks is second.ranks


@pytest.mark.parametrize("index", [par_index, dti], ids=["par_index", "dti"])
def test_published_totals_are_told_as_published(index, shipped):
    seen = 0
    for year, slugs in sorted(index.available(shipped).items())[-3:]:
        for slug in slugs:
            result = index.evaluate(slug, year, shipped)
            total, barred = result.published.total, result.why_not_comparable
            told = [m for m in of_scored(result) if m.key.code == "published"]
            assert len(told) == (total is not None)
            for one in (finding for m in told for finding in judge(m)):
                seen += 1
                if one.family == "place":
                    assert one.case == "printed"
                    assert one.fields["rank"].known == total.rank
                # Of no year were the figures of all provinces read.
                assert one.family != "best" or one.case == "unknown_top"
                assert one.family != "lowest"
                if one.family in ("change", "place_change") and one.case != "no_earlier":
                    assert (one.case == "barred") >= bool(barred)
                if one.family == "level":
                    known = total.value is not None and not total.doubt
                    assert one.case == ("value" if known else "unknown")
    assert seen > 50
