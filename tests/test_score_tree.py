"""An index that is a tree of published scores needs no Python: PCI, and one that is made up."""

from __future__ import annotations

import csv
import re

import pytest
from published_rows import rows
from score_tree_made import made

from helpers.definitions import DefinitionError, load_framework
from helpers.indices.scored.findings_country import document as of_country
from helpers.inputs.problems import InputError
from helpers.inputs.published import published
from helpers.keys import module_of
from helpers.words.say import say
from helpers.words.text import plain

YEARS = (2013, 2014, 2015, 2016)
WEIGHTS = {"1": 5, "2": 5, "3": 20, "4": 5, "5": 10, "6": 5, "7": 5, "8": 20, "9": 20, "10": 5}
GROUPS = {"Thấp", "Tương đối thấp", "Trung bình", "Khá", "Tốt", "Rất tốt"}
SECTIONS = ("overview", "published", "changes", "method", "missing")
SIDES = r"\b(cao hơn|thấp hơn|tăng|giảm|tốt nhất|cao nhất|thấp nhất|mạnh nhất|yếu nhất)\b"


@pytest.fixture(scope="module")
def scores(checkout):
    found = {}
    for row in rows(checkout.root, "pci"):
        found.setdefault((int(row["year"]), row["slug"]), {})[row["code"]] = row
    return found


@pytest.fixture(scope="module")
def pci():
    return module_of("pci")


@pytest.fixture
def joy(tmp_path, checkout):
    return made(tmp_path, checkout)


def read(result):
    return {section: plain(say(result, section).markdown) for section in SECTIONS}


def test_every_printed_total_follows_from_the_weights(scores, checkout):
    root = load_framework("pci", checkout).edition(2013).root
    assert root.shares == {code: weight / 10 for code, weight in WEIGHTS.items()}
    assert len(scores) == 4 * 63
    for found in scores.values():
        values = {code: float(row["value"]) for code, row in found.items()}
        by_hand = sum(weight * values[code] for code, weight in WEIGHTS.items()) / 10
        assert abs(by_hand - values["total"]) < 7e-6
        assert abs(root.made_of(values) - values["total"]) < 7e-6


def test_it_is_known_of_every_province_in_four_years_and_of_no_other(pci, checkout):
    assert {year: len(units) for year, units in pci.available(checkout).items()} == dict.fromkeys(
        YEARS, 63
    )
    with pytest.raises(LookupError, match="2013-2016"):
        pci.evaluate("an-giang", 2017, checkout)


def test_places_follow_the_published_totals_and_groups_are_those_printed(pci, scores, checkout):
    for year in YEARS:
        totals = {
            slug: found["total"] for (measured, slug), found in scores.items() if measured == year
        }
        printed = {slug: f"{float(row['value']):.2f}" for slug, row in totals.items()}
        for slug in ("an-giang", "da-nang", "ha-noi", "dien-bien"):
            text = read(pci.evaluate(slug, year, checkout))["overview"]
            place = 1 + sum(float(other) > float(printed[slug]) for other in printed.values())
            assert f"{place}/63 theo điểm công bố" in text
            assert totals[slug]["group"] in GROUPS
            assert f"thuộc nhóm {totals[slug]['group']}." in text
            assert printed[slug].replace(".", ",") in text


@pytest.mark.parametrize(("slug", "year"), [("an-giang", 2013), ("da-nang", 2016)])
def test_a_province_is_told_under_the_own_name_and_takes_no_side(pci, checkout, slug, year):
    told = read(pci.evaluate(slug, year, checkout))
    text = "\n".join(told.values())
    assert "PCI" in told["overview"]
    assert "bình quân có trọng số của 10 thành phần, nhân 10" in told["method"]
    assert "tối đa 100" in told["overview"]
    assert "VCCI và USAID không công bố sai số" in told["method"]
    for strange in ("PAPI", "không trọng số", "DTI", "thẩm định", "hình ảnh", "Costs"):
        assert strange not in text
    for section in ("overview", "published", "changes"):
        assert not re.search(SIDES, told[section]), told[section]


def test_the_year_before_stands_beside_without_a_verb(pci, checkout):
    text = read(pci.evaluate("da-nang", 2016, checkout))["changes"]
    assert "năm 2015 là 68,34 điểm" in text


def test_the_country_is_told_without_a_side(pci, checkout):
    country = pci.national(2014, checkout)
    assert len(country.figures) == 63
    assert country.complete
    for section in ("national_overview", "national_changes"):
        text = plain(say(of_country(country), section).markdown)
        assert not re.search(SIDES, text), text
        assert "PAPI" not in text
    method = plain(say(of_country(country), "national_method").markdown)
    assert "PCI_2014.xlsx" in method
    assert "hình ảnh" not in method
    assert "Nguồn không ghi thứ hạng" in plain(
        say(of_country(country), "national_overview").markdown
    )


def test_a_made_up_index_is_evaluated_and_never_official(joy):
    vui = module_of("vui")
    assert {year: len(units) for year, units in vui.available(joy).items()} == {2023: 63, 2024: 63}
    result = vui.evaluate("Hà Nội", 2024, joy)
    assert result.status == "simulated"
    assert {figure.status for figure in result.published.peers} == {"simulated"}
    document = result.document()
    assert document.status == "simulated"
    text = "\n".join(plain(say(document, section).markdown) for section in SECTIONS)
    assert "VUI" in text
    assert "nhân 2" in text
    for strange in ("PCI", "PAPI", "VCCI"):
        assert strange not in text


def test_a_total_that_does_not_follow_from_its_parts_is_refused_unless_doubted(joy):
    path = joy.published / "vui" / "2024.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        given = list(csv.DictReader(stream))
    wrong = next(row for row in given if row["code"] == "total")
    wrong["value"] = "19.5"

    def write(columns):
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns)
            writer.writeheader()
            writer.writerows(given)

    write(list(given[0]))
    with pytest.raises(InputError) as caught:
        published("vui", joy)
    (problem,) = caught.value.errors
    assert (problem.rule, problem.line) == ("total", given.index(wrong) + 2)
    wrong["doubt"] = "nguồn in như vậy"
    write([*given[0], *(["doubt"] if "doubt" not in given[0] else [])])
    assert len(published("vui", joy)) == 2 * 63 * 3


def test_an_index_without_a_definition_is_named_as_unknown(checkout):
    with pytest.raises(DefinitionError, match="khong_co"):
        module_of("khong_co").available(checkout)
