"""How sure a place in an index is: one computation, said on the pages of provinces and the country."""

from __future__ import annotations

import pytest

from helpers.facts.families import Finding
from helpers.indices import certainty
from helpers.indices.papi.result import evaluate, evaluate_country
from helpers.keys import module_of
from helpers.words.say import say


@pytest.fixture(scope="module")
def country():
    return evaluate_country(2024)


def findings(result) -> dict[str, Finding]:
    return {one.family: one for one in certainty.of(result).findings[""]}


def test_the_nominal_places_are_those_of_the_published_totals(country):
    """Published sums are rounded; two units may change sides only where their totals print alike."""
    found = certainty.judged(country)
    totals = country.current[country.current["code"] == "total"].set_index("slug")
    units = found.ranking.nominal.index
    assert len(units) == 61
    apart = (found.ranking.nominal - totals.loc[units, "rank"]).abs()
    assert apart.max() <= 1


def test_the_range_of_a_place_and_what_moves_it(country):
    result = evaluate("quang-nam", 2024)
    found = findings(result)
    told = found["certainty"]
    best, worst = (told.fields[name].known for name in ("best", "worst"))
    assert best <= 55 <= worst
    assert (best, worst) == certainty.judged(country).ends("quang-nam")
    assert told.fields["trials"].known == 10_000
    assert told.fields["best"].status == "computed"
    assert found["swaying"].case == "normalisation"
    (part,) = found["hinge"].fields["parts"]
    assert part.name == "Cung ứng dịch vụ công"
    text = str(say(certainty.of(result), "certainty"))
    assert "đây là tính toán của báo cáo này, không phải của CECODES, RTA và UNDP" in text


def test_it_is_computed_once_for_all_reports_of_a_year(country):
    assert certainty.judged(country) is certainty.judged(evaluate("ha-noi", 2024).country)
    again = certainty._compute(country)
    assert (again.ranking.counts == certainty.judged(country).ranking.counts).all()


def test_a_unit_without_every_dimension_is_told_so_and_not_drawn(country):
    """Two provinces have no scores of 2024."""
    missing = country.missing[0].slug
    assert missing not in certainty.judged(country).ranking.nominal

    class Lacking:
        place, year = country.missing[0], 2024

    Lacking.country = country
    assert [one.name for one in certainty.of(Lacking).findings[""]] == ["certainty.unknown"]
    assert certainty.chart(Lacking).is_empty
    assert "@fig-certainty" not in str(say(certainty.of(Lacking), "certainty"))


def test_the_chart_holds_the_unit_and_those_around_it(country):
    chart = certainty.chart(evaluate("quang-nam", 2024))
    assert len(chart.rows) == 11
    assert any(row["unit"] == "Quảng Nam" and row["place"] == 55 for row in chart.rows)
    first = certainty.chart(evaluate("quang-ninh", 2024)).rows
    assert len(first) == 11
    assert first[0]["place"] == 1
    assert [row["place"] for row in certainty.chart(country).rows][:3] == [1, 2, 3]
    assert len(certainty.chart(country).rows) == 20


def test_the_order_of_the_country_says_how_many_are_open(country):
    told = findings(country)["open_order"].fields
    widths = [
        b - a
        for a, b in map(
            certainty.judged(country).ends, certainty.judged(country).ranking.nominal.index
        )
    ]
    assert told["n"].known == sum(width >= 10 for width in widths)
    assert 2 * sum(width <= told["steps"].known for width in widths) >= len(widths)


def test_published_errors_of_totals_are_drawn_on_their_own():
    """2023 has them, 2024 has not; they leave more open than the assumptions do."""
    told = findings(evaluate("quang-nam", 2023))["shaken"].fields
    shaken = certainty.judged(evaluate_country(2023)).shaken
    best, worst = certainty.ends_of(shaken, "quang-nam")
    assert (told["best"].known, told["worst"].known) == (best, worst)
    assert best < shaken.nominal["quang-nam"] < worst
    assert told["units"].known == len(shaken.nominal) == 61
    assert "shaken" not in findings(evaluate("quang-nam", 2024))
    order = findings(evaluate_country(2023))["shaken_order"].fields
    assert order["n"].known > findings(evaluate_country(2023))["open_order"].fields["n"].known


def test_an_index_with_weights_is_made_again_with_them():
    pci = module_of("pci")
    country = pci.national(2016)
    found = certainty.judged(country)
    totals = country.tidy().query("code == 'total'").set_index("slug")
    printed = totals["value"].rank(ascending=False).reindex(found.ranking.nominal.index)
    assert (found.ranking.nominal == printed).all(), "the weighted parts are in the order of totals"
    assert found.shaken is None
    told = findings(pci.evaluate("quang-ninh", 2016))["certainty"].fields
    assert told["units"].known == 63
    assert told["surveyed"]


@pytest.mark.parametrize(
    ("key", "province", "year"), [("dti", "da-nang", 2022), ("par_index", "ha-tinh", 2023)]
)
def test_where_parts_of_too_few_are_published_nothing_is_said(key, province, year):
    result = module_of(key).evaluate(province, year)
    assert findings(result) == {}
    assert str(say(certainty.of(result), "certainty")) == ""
    assert certainty.chart(result).is_empty
