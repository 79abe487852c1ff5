"""No score of fewer than five people is told, nor one from which it follows."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import sipas_made as made
import sipas_said as commentary

from helpers.definitions.framework import load_framework
from helpers.facts.disclosure import LEAST
from helpers.indices.sipas import charts, tables
from helpers.indices.sipas import result as sipas
from helpers.indices.sipas.disclosure import hidden_parts, hidden_units
from helpers.indices.sipas.rules import TOTAL, items

PLACE = "quang-nam"


@pytest.fixture(scope="module")
def result(tmp_path_factory) -> sipas.SipasResult:
    """A survey in which three people judged one agency, and two live in one commune."""
    project = made.checkout_in(tmp_path_factory.mktemp("few"))
    forms = made.both(2024)
    agency, commune = made.AGENCIES[1], ("Xã 3", made.DISTRICTS[0])
    of_agency = [row for row in forms if row["co_quan"] == agency]
    of_commune = [row for row in forms if (row["xa"], row["huyen"]) == commune]
    dropped = {id(row) for row in (*of_agency[3:], *of_commune[2:])}
    kept = [row for row in forms if id(row) not in dropped]
    made.deliver(project, PLACE, 2024, forms=kept)
    return sipas.evaluate(PLACE, 2024, project)


def _hidden(result: sipas.SipasResult, kind: str) -> set[str]:
    table = result.current.units[kind]
    return set(table.loc[table["hidden"], "unit"])


def test_a_unit_of_few_people_is_no_number_anywhere(result):
    agency = made.AGENCIES[1]
    assert agency in _hidden(result, "department")
    assert result.current.of_unit("department", agency) == {}
    forms = result.current.survey.forms
    assert forms.loc[forms["unit"] == agency, "valid"].isna().all()


def test_another_unit_hides_it_from_being_worked_out(result):
    for kind in ("department", "commune"):
        assert len(_hidden(result, kind)) >= 2


def test_no_number_of_forms_follows_from_the_others(result):
    """The printed totals less the printed parts are no small group."""
    survey = result.current.survey
    forms = survey.forms.set_index(["kind", "unit"])
    agencies = forms.loc["department", "valid"]
    assert survey.customers - agencies.sum() >= LEAST
    for district in made.DISTRICTS:
        inside = survey.forms[survey.forms["within"] == district]
        left = forms.loc[("district", district), "valid"] - inside["valid"].sum()
        assert left == 0 or left >= LEAST


def test_tables_charts_and_text_do_not_tell_of_it(result):
    agency = made.AGENCIES[1]
    row = next(row for row in tables.units(result, "department").rows if agency in str(row[0]))
    assert not any(any(digit.isdigit() for digit in str(cell)) for cell in row[1:])
    assert "không nêu" in str(row)
    assert "năm phiếu" in tables.units(result, "department").note
    assert agency not in charts.units(result, "department").alt
    assert "năm phiếu hợp lệ" in commentary.units(result).markdown


def test_an_item_that_few_answered_does_not_follow_from_its_factor():
    edition = load_framework("sipas").edition(2024)
    factor = edition.criteria[1].children[0]
    answers = {item.code: 40.0 for f in edition.criteria[1].children for item in f.children}
    rare = factor.children[0].code
    hidden = hidden_parts({**answers, rare: 3.0}, edition)
    assert rare in hidden
    assert len(hidden & {item.code for item in factor.children}) >= 2
    assert factor.code not in hidden
    assert TOTAL not in hidden


def test_nothing_is_hidden_where_everything_is_large_enough():
    forms = pd.DataFrame(
        {
            "kind": ["province", "department", "department"],
            "unit": ["", "A", "B"],
            "within": "",
            "valid": [20, 5, 15],
        }
    )
    assert not hidden_units(forms, 0, 20).any()


def test_a_few_forms_without_an_agency_are_a_group_too():
    forms = pd.DataFrame(
        {
            "kind": ["district", "district"],
            "unit": ["A", "B"],
            "within": "",
            "valid": [50, 60],
        }
    )
    # Of 113 residents three named no district: 113 − 50 − 60 would tell.
    assert np.array_equal(hidden_units(forms, 113, 0), [True, False])


@pytest.fixture(scope="module")
def of_few(tmp_path_factory) -> sipas.SipasResult:
    """The reporting office itself, and every other but one, was judged by three people."""
    project = made.checkout_in(tmp_path_factory.mktemp("own"))
    kept: list[dict[str, object]] = []
    for agency in made.AGENCIES:
        forms = [row for row in made.agency_forms(2024) if row["co_quan"] == agency]
        kept += forms if agency == made.AGENCIES[-1] else forms[:3]
    made.deliver(project, PLACE, 2024, forms=kept)
    return sipas.evaluate(PLACE, 2024, project)


def test_hidden_units_are_not_counted_as_results(of_few):
    hidden, every = len(_hidden(of_few, "department")), len(made.AGENCIES)
    assert 0 < hidden < every
    finding = of_few.found.document.findings["departments"]
    told = {one.case: one.fields["n"].known for one in finding if "n" in one.fields}
    assert told["hidden"] == hidden
    assert told.get("too_few_units", 0) == every - hidden


def test_what_is_hidden_is_told_as_hidden_not_as_missing(of_few):
    for section in (commentary.factors, commentary.items):
        text = section(of_few).markdown
        assert "không được nêu vì có dưới năm phiếu hợp lệ" in text
        assert "cung cấp" not in text
        assert "thấp nhất" not in text
    assert not {"lacks_factors", "lacks_items", "lacks_total"} & {w.rule for w in of_few.missing}
    row = next(r for r in tables.units(of_few, "department").rows if "không nêu" in str(r))
    assert set(map(str, row[1:])) == {"không nêu"}


def test_a_part_that_is_hidden_bars_order_and_is_told(tmp_path_factory):
    project = made.checkout_in(tmp_path_factory.mktemp("part"))
    forms = made.agency_forms(2024)
    own = [row for row in forms if row["co_quan"] == made.OFFICE]
    for row in own[3:]:
        row["c9_15"] = ""
    made.deliver(project, PLACE, 2024, forms=forms)
    found = sipas.evaluate(PLACE, 2024, project)
    assert TOTAL in found.own
    hidden = found.hidden & set(found.measured_codes(items))
    assert len(hidden) >= 2
    text = commentary.items(found).markdown
    assert "dưới năm câu trả lời" in text
    assert "thấp nhất" not in text
    assert "cao nhất" not in text


def test_a_result_of_last_year_that_is_hidden_was_not_missing(tmp_path_factory):
    project = made.checkout_in(tmp_path_factory.mktemp("before"))
    before = made.agency_forms(2023)
    few = [row for row in before if row["co_quan"] == made.OFFICE][:3]
    rest = [row for row in before if row["co_quan"] != made.OFFICE]
    made.deliver(project, PLACE, 2023, forms=few + rest)
    made.deliver(project, PLACE, 2024, forms=made.agency_forms(2024))
    text = commentary.changes(sipas.evaluate(PLACE, 2024, project)).markdown
    assert "chưa có kết quả của năm trước" not in text.lower()
    assert "dưới năm phiếu hợp lệ" in text
