"""From deliveries about satisfaction to results: forms, printed tables, single figures."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
import sipas_made as made
import sipas_said as commentary
from sipas_made import AGENCIES, DISTRICTS, OFFICE, deliver, figure, printed

from helpers.definitions.framework import load_framework
from helpers.indices.sipas import result as sipas
from helpers.indices.sipas.rules import TOTAL, rules_for
from helpers.indices.sipas.survey import measure
from helpers.inputs.problems import InputError
from helpers.project import Project

PLACE = "quang-nam"


@pytest.fixture
def project(tmp_path) -> Project:
    return made.checkout_in(tmp_path)


@pytest.fixture(scope="module")
def surveyed(tmp_path_factory) -> sipas.SipasResult:
    project = made.checkout_in(tmp_path_factory.mktemp("surveyed"))
    forms, targets = made.both(2024), "targets: {sipas.overall: 90}\n"
    deliver(
        project, PLACE, 2024, settings=targets, forms=forms, figures=[figure("issued", 700, 2024)]
    )
    deliver(project, PLACE, 2023, forms=made.both(2023, level=0.6))
    return sipas.evaluate(PLACE, 2024, project)


def evaluate(project, **delivery):
    year = delivery.pop("year", 2023)
    deliver(project, PLACE, year, **delivery)
    return sipas.evaluate(PLACE, year, project)


# The two real deliveries


def test_quang_nam_2023_is_13th_of_15(checkout):
    result = sipas.evaluate("quang-nam", 2023, checkout)
    assert result.overall.known == 78.04
    assert commentary.place(result) == (13, 15)
    lowest, highest = commentary.ends(result)
    assert (lowest, highest) == (75.93, 86.49)
    assert lowest <= result.overall.known <= commentary.mean(result) == 81.28 <= highest
    assert result.factor_codes == ()
    assert "so-lieu.csv" in result.overall.source
    assert "lacks_factors" in [why.rule for why in result.missing]


def test_an_giang_2021_is_second_of_nobody_knows_how_many(checkout):
    result = sipas.evaluate("an-giang", 2021, checkout)
    assert result.overall.known == 94.59
    assert commentary.place(result) == (2, None)
    assert "sipas.units" in str(commentary.missing(result))


def test_both_are_available(checkout):
    found = sipas.available(checkout)
    assert "quang-nam" in found[2023]
    assert "an-giang" in found[2021]


# Forms


def test_the_office_is_found_among_the_agencies(surveyed):
    assert (surveyed.subject.kind, surveyed.subject.unit) == ("department", OFFICE)
    assert surveyed.subject.label == "Sở LĐ-TB&XH"


def test_an_item_is_the_share_of_satisfied_answers(surveyed):
    forms = [row for row in made.both(2024) if row["co_quan"] == OFFICE]
    share = np.mean([row["c9_15"] >= 4 for row in forms])
    assert surveyed.own["B1.1"].known == pytest.approx(100 * share)
    assert surveyed.own["B1.1"].counts["answers"] == len(forms)


def test_the_total_of_an_agency_is_the_mean_of_its_five_factors(surveyed):
    values = [surveyed.own[f"B{n}"].known for n in range(1, 6)]
    assert surveyed.own[TOTAL].known == pytest.approx(np.mean(values))
    assert "A" not in surveyed.own


def test_the_total_of_the_province_is_the_mean_of_both_dimensions(surveyed):
    whole = surveyed.current.of_unit("province", "")
    assert whole[TOTAL].known == pytest.approx((whole["A"].known + whole["B"].known) / 2)


def test_units_of_every_kind_are_there(surveyed):
    units = surveyed.current.units
    assert set(units["department"]["unit"]) == set(AGENCIES)
    assert set(units["district"]["unit"]) == set(DISTRICTS)
    assert len(units["commune"]) == 9
    assert "Xã 1 (Huyện An)" in set(units["commune"]["unit"])


def test_a_unit_with_too_few_forms_is_not_ranked(surveyed):
    communes = surveyed.current.units["commune"]
    assert (communes["valid"] == 24).all()
    assert not communes["enough"].any()
    assert communes["rank"].isna().all()


def test_a_unit_with_just_the_minimum_of_forms_is_ranked(project):
    """59 and 60 forms under a minimum of 60: the boundary itself is enough."""
    settings = "rules:\n  sipas: {minimum_sample: 60}\n"
    result = evaluate(project, settings=settings, forms=made.agency_forms(2023, each=60)[1:])
    agencies = result.current.units["department"].set_index("unit")
    assert agencies["valid"].to_dict() == {name: 60 - (name == OFFICE) for name in AGENCIES}
    assert agencies["enough"].to_dict() == {name: name != OFFICE for name in AGENCIES}
    assert agencies["rank"].isna().to_dict() == {name: name == OFFICE for name in AGENCIES}


def test_places_have_intervals(surveyed):
    agencies = surveyed.current.units["department"]
    assert agencies["rank"].tolist() == [1, 2, 3, 4, 5, 6]
    assert (agencies["best"] <= agencies["rank"]).all()
    assert (agencies["rank"] <= agencies["worst"]).all()


def test_forms_are_counted(surveyed):
    survey = surveyed.current.survey
    assert survey.returned == survey.valid == 3 * 3 * 2 * 12 + 6 * 60
    assert (survey.residents, survey.customers) == (216, 360)
    assert surveyed.missing == ()


def test_a_clear_rise_and_its_interval(surveyed):
    change = commentary.change(surveyed)
    assert change.case == "up"
    before = change.fields["earlier"].known
    assert commentary.gap(change) == pytest.approx(surveyed.own[TOTAL].known - before)


def test_how_forms_were_drawn(surveyed):
    drawn = {one.kind: one for one in surveyed.current.survey.drawn}
    assert (drawn["department"].strata, drawn["department"].clustered) == (6, False)
    assert (drawn["district"].strata, drawn["district"].clusters) == (3, 9)
    assert (drawn["commune"].strata, drawn["commune"].clusters) == (9, 18)


def test_residents_who_judge_an_agency_are_one_sample(project):
    forms = made.resident_forms(2023, each=30)
    for number, row in enumerate(forms):
        row |= {"co_quan": AGENCIES[number % 6], "tang": f"Tầng {number % 2}"}
    result = evaluate(project, forms=forms)
    survey = result.current.survey
    assert survey.one_sample
    assert survey.residents == survey.customers == survey.valid == len(forms)
    assert {one.kind for one in survey.drawn if one.told} == {
        "province",
        "department",
        "district",
        "commune",
    }
    assert "A" not in result.own
    assert "A" in result.current.of_unit("province", "")


def test_forms_almost_without_answers_or_of_another_year_are_left_out(project):
    forms = made.agency_forms(2023)
    for row in forms[:5]:
        row |= {f"c9_{n}": "" for n in range(17, 34)}
    forms[10]["nam"] = 2022
    deliver(project, PLACE, 2023, forms=forms)
    frame = pl.DataFrame(forms).with_columns(
        pl.col("^c9_.*$").cast(pl.String).str.strip_chars().cast(pl.Int64, strict=False)
    )
    edition = load_framework("sipas", project).edition(2023)
    survey = measure(frame, edition, rules_for(edition, {}), 2023, "phieu.csv")
    assert (survey.other_years, survey.incomplete, survey.valid) == (1, 5, len(forms) - 6)


def test_weights_count(project):
    forms = made.agency_forms(2023)
    for row in forms:
        row["trong_so"] = 3 if row["c9_15"] >= 4 else 1
    result = evaluate(project, forms=forms)
    own = [row for row in forms if row["co_quan"] == OFFICE]
    satisfied = sum(row["c9_15"] >= 4 for row in own)
    expected = 100 * 3 * satisfied / (3 * satisfied + len(own) - satisfied)
    assert result.own["B1.1"].known == pytest.approx(expected)


def test_a_known_population_makes_errors_smaller(project):
    plain = evaluate(project, forms=made.agency_forms(2023)).own[TOTAL]
    rules = f'rules: {{sipas: {{population: {{"{OFFICE}": 120}}}}}}\n'
    corrected = evaluate(project, forms=made.agency_forms(2023), settings=rules).own[TOTAL]
    assert corrected.known == plain.known
    assert corrected.error.standard_error == pytest.approx(
        plain.error.standard_error * np.sqrt(1 - 60 / 120)
    )


def test_three_levels(project):
    forms = made.agency_forms(2023)
    for row in forms:
        row |= {name: 2 for name, level in row.items() if name.startswith("c9_") and level == 3}
    result = evaluate(project, forms=forms, settings="rules: {sipas: {scale: three}}\n")
    five = evaluate(project, forms=made.agency_forms(2023))
    assert result.own[TOTAL].known == pytest.approx(five.own[TOTAL].known)


def test_a_level_that_the_scale_does_not_have_is_refused(project):
    with pytest.raises(InputError, match="mức trả lời 3 không có trong thang đo"):
        evaluate(
            project, forms=made.agency_forms(2023), settings="rules: {sipas: {scale: three}}\n"
        )


def test_the_order_of_forms_does_not_matter(project):
    forms = made.both(2023)
    first = evaluate(project, forms=forms).current.scores
    again = evaluate(project, forms=forms[::-1]).current.scores
    np.testing.assert_allclose(first["value"], again["value"])
    np.testing.assert_allclose(first["error"], again["error"])


def test_items_of_2017_need_columns_that_the_office_names(project):
    forms = made.agency_forms(2019)
    with pytest.raises(sipas.NoSatisfactionError, match="khai báo cột của từng tiêu chí"):
        evaluate(project, forms=forms, year=2019)
    told = evaluate(project, forms=forms, year=2019, figures=[figure("overall", "80,00%", 2019)])
    assert "phieu-khao-sat.csv không có câu trả lời năm 2019" in str(commentary.missing(told))
    columns = ", ".join(f'"{code}": c9_{15 + n}' for n, code in enumerate(("1.1", "1.2", "2.1")))
    settings = f"rules: {{sipas: {{columns: {{{columns}}}}}}}\n"
    result = evaluate(project, forms=forms, year=2019, settings=settings)
    assert result.factor_codes == ("1", "2")
    assert result.item_codes == ("1.1", "1.2", "2.1")


# Printed results


def agencies_printed(year=""):
    values = [78.04, 86.49, 81.0, 81.0, 75.93]
    return [
        printed("Sở, ngành", agency, "total", value, nam=year, so_phieu=100)
        for agency, value in zip(AGENCIES, values, strict=False)
    ]


def test_printed_results_are_ranked_with_shared_places(project):
    result = evaluate(project, results=agencies_printed())
    table = result.units.set_index("unit")
    assert table["rank"].to_dict() == {
        AGENCIES[1]: 1,
        AGENCIES[2]: 2,
        AGENCIES[3]: 2,
        OFFICE: 4,
        AGENCIES[4]: 5,
    }
    assert table["best"].isna().all()
    assert commentary.place(result) == (4, 5)
    assert commentary.mean(result) == pytest.approx((78.04 + 86.49 + 162 + 75.93) / 5)


def test_part_of_the_units_is_not_ranked_but_keeps_its_printed_place(project):
    rows = agencies_printed()
    rows[0]["xep_hang"] = 13
    result = evaluate(project, results=rows, figures=[figure("units", 15, 2023)])
    assert result.units["rank"].isna().all()
    assert commentary.place(result) == (13, 15)


def test_a_small_unit_is_left_out_of_printed_ranks(project):
    rows = agencies_printed()
    rows[1]["so_phieu"] = 12
    result = evaluate(project, results=rows)
    table = result.units.set_index("unit")
    assert np.isnan(table.loc[AGENCIES[1], "rank"])
    assert table.loc[AGENCIES[2], "rank"] == 1


def test_factors_make_the_total_that_was_not_printed(project):
    rows = [printed("Sở, ngành", OFFICE, f"B{n}", 80 + n) for n in range(1, 6)]
    result = evaluate(project, results=rows)
    assert result.own[TOTAL].known == pytest.approx(83)
    assert "bình quân" in result.own[TOTAL].source
    assert result.item_codes == ()


def test_the_year_before_may_stand_in_the_same_table(project):
    before = agencies_printed(2023)
    before[0]["gia_tri"] = 76.54
    result = evaluate(project, year=2024, results=[*agencies_printed(), *before])
    change = commentary.change(result)
    assert commentary.gap(change) == pytest.approx(1.5)
    assert change.case == "unknown"


def test_years_across_a_break_are_not_compared(project):
    rows = [*agencies_printed(), *agencies_printed(2021)]
    change = commentary.change(evaluate(project, year=2022, results=rows))
    assert change.case == "barred"
    assert "cộng đồng dân cư" in commentary.reasons(change)[0]


def test_an_unknown_criterion_is_refused_with_its_line(project):
    with pytest.raises(InputError, match="«C1»") as found:
        evaluate(project, results=[printed("Sở, ngành", OFFICE, "C1", 80)])
    assert "ket-qua-sipas.csv" in str(found.value)


@pytest.mark.parametrize("name", ["Total", "chung", "Chỉ số hài lòng chung"])
def test_the_overall_index_may_be_named_as_people_name_it(project, name):
    result = evaluate(project, results=[printed("Sở, ngành", OFFICE, name, 85.5)])
    assert result.own[TOTAL].known == 85.5


# Single figures


def test_single_figures_with_mean_and_ends(project):
    told = {"overall": "78,04%", "rank": 13, "units": 15, "mean_of_units": "81,28%"}
    told |= {"best": "86,49%", "lowest": "75,93%"}
    result = evaluate(project, figures=[figure(code, value, 2023) for code, value in told.items()])
    assert result.subject.kind == "office"
    assert commentary.mean(result) == 81.28
    assert commentary.ends(result) == (75.93, 86.49)


def test_figures_of_two_years_give_a_change_in_points_and_places(project):
    figures = [
        figure("overall", "78,04%", 2024),
        figure("rank", 13, 2024),
        figure("units", 15, 2024),
        figure("overall", "75,00%", 2023),
        figure("rank", 14, 2023),
        figure("units", 15, 2023),
    ]
    result = evaluate(project, year=2024, figures=figures)
    assert commentary.gap(commentary.change(result)) == pytest.approx(3.04)
    assert commentary.number(result, "place_change", "then") == 14
    assert result.found.of("", "place_change").case == "unknown"


def test_a_reported_total_that_the_forms_do_not_give_is_told(project):
    forms = made.agency_forms(2023)
    result = evaluate(project, forms=forms, figures=[figure("overall", "99,00%", 2023)])
    assert result.own[TOTAL].known < 90
    assert "khác với kết quả tính từ phiếu" in str(commentary.missing(result))


def test_nothing_delivered_says_what_to_do(project):
    with pytest.raises(sipas.NoSatisfactionError, match="chiso new quang-nam 2023"):
        sipas.evaluate(PLACE, 2023, project)
    with pytest.raises(sipas.NoSatisfactionError, match=r"sipas\.overall"):
        evaluate(project)


def test_published_results_of_the_province_stand_beside(checkout):
    found = sipas.evaluate("quang-nam", 2023, checkout).national
    assert found.total.known == 78.44
    assert found.rank.known == 59
    assert found.means[TOTAL].known == 82.66
    assert 0 < found.with_value < found.units == 63


class TestWhoWasMeasured:
    """A file about one department says nothing of the province, whoever delivers it."""

    @pytest.mark.parametrize("hamlet", ["", "Thôn 1"])
    def test_a_survey_of_one_department_is_its_own(self, tmp_path, hamlet):
        project = made.checkout_in(tmp_path)
        forms = [{**row, "thon": hamlet} for row in made.agency_forms(2024, agencies=[made.OFFICE])]
        made.deliver(project, "ben-tre", 2024, forms=forms)
        result = sipas.evaluate("ben-tre", 2024, project)
        assert (result.subject.kind, result.subject.unit) == ("department", made.OFFICE)
        assert not result.current.of_unit("province", "")
        said = str(commentary.units(result)) + str(commentary.overview(result))
        assert "toàn tỉnh" not in said
        assert "tỉnh Bến Tre" not in said

    def test_a_survey_of_one_other_department_is_that_ones(self, tmp_path):
        project = made.checkout_in(tmp_path)
        made.deliver(project, "ben-tre", 2024, forms=made.agency_forms(2024, agencies=["Sở Y tế"]))
        assert sipas.evaluate("ben-tre", 2024, project).subject.label == "Sở Y tế"

    def test_customers_of_agencies_are_no_sample_of_residents(self, tmp_path):
        project = made.checkout_in(tmp_path)
        made.deliver(project, "ben-tre", 2024, forms=made.agency_forms(2024))
        said = str(commentary.units(sipas.evaluate("ben-tre", 2024, project)))
        assert "Trên mẫu người dân toàn tỉnh" not in said
        assert "Tính chung phiếu về 6 cơ quan của tỉnh Bến Tre" in said

    def test_residents_are(self, tmp_path):
        project = made.checkout_in(tmp_path)
        made.deliver(project, "ben-tre", 2024, forms=made.both(2024))
        said = str(commentary.units(sipas.evaluate("ben-tre", 2024, project)))
        assert "Trên mẫu người dân toàn tỉnh, chỉ số chung của tỉnh Bến Tre là" in said

    def test_forms_that_name_nobody_are_refused(self, tmp_path):
        project = made.checkout_in(tmp_path)
        bare = [{**row, "co_quan": ""} for row in made.agency_forms(2024)]
        made.deliver(project, "ben-tre", 2024, forms=bare)
        with pytest.raises(InputError, match="không phiếu nào ghi cơ quan"):
            sipas.evaluate("ben-tre", 2024, project)
