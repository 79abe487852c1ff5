"""Every department's report of the made-up province: no side inside the error, no small group."""

from __future__ import annotations

import dataclasses
import math
import re
from collections import Counter

import annual_made
import numpy as np
import polars as pl
import pytest
import sipas_made as made
import sipas_said as commentary
from drawn import faults, roles

from helpers.facts.disclosure import LEAST
from helpers.indices.sipas import charts, tables
from helpers.indices.sipas import result as sipas
from helpers.indices.sipas.rules import TOTAL, factors
from helpers.indices.sipas.weak import weak_points
from helpers.indices.sipas.year import Subject
from helpers.reports.annual import result as annual
from helpers.reports.annual import tables as annual_tables
from helpers.reports.annual import text as annual_commentary
from helpers.reports.annual.adapters import headline_of
from helpers.reports.annual.measured import standing
from helpers.words.text import plain

SLUG, YEARS = "tinh-mau", (2023, 2024)
KINDS = ("department", "district", "commune")
SIDE = re.compile(r"cao hơn|thấp hơn|cao nhất|thấp nhất")
UNSURE = re.compile(r"chưa (?:kết luận|xác định) được[^.]*")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    made = annual_made.checkout_in(tmp_path_factory.mktemp("judged"))
    annual_made.simulated_in(made)
    return made


@pytest.fixture(scope="module")
def results(project):
    return {year: sipas.evaluate(SLUG, year, project) for year in YEARS}


def of_department(result, name):
    """The report that the department itself would get."""
    subject = Subject("department", name, name)
    earlier = result.earlier
    if earlier is not None:
        earlier = dataclasses.replace(earlier, subject=subject)
    current = dataclasses.replace(result.current, subject=subject)
    return dataclasses.replace(result, current=current, earlier=earlier)


@pytest.fixture(scope="module")
def departments(results):
    return [
        of_department(result, name)
        for result in results.values()
        for name in result.current.units["department"]["unit"]
    ]


def said(text):
    """Words that claim something; what is told as unknown claims nothing."""
    return UNSURE.sub("", plain(str(text)))


def test_thirty_reports_claim_a_side_of_the_mean_only_where_it_is_sure(departments):
    cases = Counter(one.found.of("", "against", "mean").case for one in departments)
    assert cases == {"inside": 20, "higher": 7, "lower": 3}
    for one in departments:
        sure = one.found.of("", "against", "mean").case in ("higher", "lower")
        sentence = said(commentary.overview(one).paragraphs[0])
        assert bool(SIDE.search(sentence)) == sure, sentence
        box = tables.key_figures(one)
        shown = str(box.rows[0][box.header.index("So với bình quân")])
        assert ("điểm %" in shown) == sure


def test_the_distance_to_the_mean_is_a_contrast_of_the_records(results):
    """With the own unit in the mean the margin is that of (1 − 1/n) and −1/n."""
    result = results[2024]
    survey = result.current.survey
    names = survey.units["department"]
    table = result.current.units["department"].set_index("unit")
    ranked = np.array([table.loc[name, "rank"] == table.loc[name, "rank"] for name in names])
    own = names.index("Sở Tư pháp")
    assert ranked[own]
    weights = -ranked.astype(float) / ranked.sum()
    weights[own] += 1
    variance = weights @ survey.covariance["department"] @ weights
    margin = commentary.number(of_department(result, "Sở Tư pháp"), "against", "margin", "mean")
    assert 1.9 < margin / np.sqrt(variance) < 2.5


def test_errors_of_composites_follow_from_the_covariances_of_their_items(results):
    """A factor is the mean of its items, so its error is theirs put together."""
    result = results[2024]
    survey = result.current.survey
    codes = survey.codes["department"]
    scores = survey.scores[survey.scores["kind"] == "department"]
    for number, name in enumerate(survey.units["department"]):
        errors = scores[scores["unit"] == name].set_index("code")["error"]
        for factor in factors(result.edition):
            inside = [codes.index(item.code) for item in factor.children if item.code in codes]
            if not inside:
                continue
            shared = survey.within["department"][number][np.ix_(inside, inside)]
            assert np.sqrt(shared.mean()) == pytest.approx(errors[factor.code])


def test_parts_are_named_highest_or_lowest_only_where_the_judge_says_so(departments):
    cases = Counter()
    for one in departments:
        for subject in ("factors", "items"):
            ends = [one.found.of(subject, family) for family in ("strongest", "weakest")]
            if one.found.of(subject, "unordered") is not None:
                assert ends == [None, None]
                cases["unordered"] += 1
            named = [end is not None and end.case in ("sole", "several") for end in ends]
            cases.update(end.case for end in ends if end is not None)
            text = said(getattr(commentary, subject)(one).paragraphs[0]).lower()
            assert bool(re.search("cao nhất", text)) == named[0], text
            assert bool(re.search("thấp nhất|ít nhất", text)) == named[1], text
        low = one.found.of("items", "weakest")
        # 8 to 120 answers do not part one of 19 items.
        assert low is None or low.case == "unsure"
        assert "chỉ đạt" not in " ".join(
            point.text for point in weak_points(one) if point.code in one.item_codes
        )
    assert cases["sole"] >= 3


def test_a_department_with_few_forms_is_no_peer_and_is_told_the_true_reason(results):
    """86,60 % of 12 forms is above the range of the ranked ones; that makes it no highest."""
    one = of_department(results[2024], "Sở Khoa học và Công nghệ")
    text = plain(str(commentary.overview(one)))
    assert "Trong 7 cơ quan được xếp hạng, kết quả từ 69,89% đến 86,47%." in text
    assert "bình quân 7 cơ quan được xếp hạng (79,25%)" in text
    assert "không được xếp hạng vì chỉ có 12 phiếu hợp lệ, dưới ngưỡng 30 phiếu" in text
    assert not SIDE.search(said(text))
    assert "sipas.rank" not in str(commentary.missing(one))
    drawn = charts.units(one, "department")
    assert "7 cơ quan được xếp hạng" in drawn.alt
    assert "Sở Khoa học và Công nghệ 86,60%, không xếp hạng" in drawn.alt


def test_places_are_ranges_of_the_survey(results):
    for result in results.values():
        for kind in KINDS:
            table = tables.units(result, kind)
            places = [str(row[1]) for row in table.rows]
            assert table.header[1] == "Khoảng vị trí"
            sure = re.compile(r"^(\d+)/\d+$")
            units = result.current.units[kind]
            for place, (_, row) in zip(places, units.iterrows(), strict=True):
                if sure.match(place):
                    assert row["best"] == row["worst"]


def test_units_of_unknown_error_are_neither_placed_nor_named_at_an_end(results):
    result = results[2024]
    text = said(commentary.units(result))
    for unit in ("Huyện Thượng Mẫu", "Thành phố Mẫu An", "Phường An Bình 7", "Xã Phú Lộc Mẫu 4"):
        assert unit not in text
    assert "chưa rõ sai số" in charts.units(result, "commune").alt


def test_a_value_of_unknown_error_is_drawn_hollow(results):
    result = results[2024]
    units = result.current.units["district"]
    ranked = units[units["rank"].notna()]
    chart = charts.units(result, "district")
    assert faults(chart) == []
    hollow = [row for row in chart.rows if not math.isfinite(row["low"])]
    assert [row["value"] for row in hollow] == list(ranked.loc[ranked["low"].isna(), "value"])
    drawn = roles(chart.svg())
    in_legend = 1
    assert sum(role.endswith("-hollow") for role in drawn) == len(hollow) + in_legend
    assert 0 < len(hollow) < len(ranked)


def test_a_change_that_is_clear_alone_is_none_among_many(results):
    text = plain(str(commentary.changes(results[2024])))
    assert "chưa cơ quan nào thay đổi rõ rệt" in text
    assert "Sở Y tế" not in text
    row = next(r for r in tables.units(results[2024], "department").rows if "Y tế" in str(r[0]))
    assert str(row[-1]) == "+14,25"


def test_no_result_of_fewer_than_five_people_is_told(project, results):
    for year, result in results.items():
        path = project.root / "data" / "provinces" / SLUG / str(year) / "phieu-khao-sat.parquet"
        forms = pl.read_parquet(path)
        counts = Counter(zip(forms["xa"], forms["huyen"], strict=True))
        few = {xa for (xa, _), count in counts.items() if xa and count < LEAST}
        assert few
        table = tables.units(result, "commune")
        rows = {str(row[0]): [str(cell) for cell in row[1:]] for row in table.rows}
        for unit in few & set(rows):
            assert not any(re.search(r"\d", cell) for cell in rows[unit]), unit
        hidden = result.current.units["commune"]["hidden"]
        assert hidden.sum() >= 2
        assert re.search(
            r"Kết quả của \S+ đơn vị cấp xã không được nêu", plain(str(commentary.units(result)))
        )


def test_districts_less_their_told_communes_are_no_small_group(project, results):
    for year, result in results.items():
        path = project.root / "data" / "provinces" / SLUG / str(year) / "phieu-khao-sat.parquet"
        forms = pl.read_parquet(path)
        places = dict(zip(forms["xa"], forms["huyen"], strict=True))
        told = {kind: result.current.units[kind].set_index("unit")["valid"] for kind in KINDS}
        for district, whole in told["district"].items():
            inside = [
                count
                for commune, count in told["commune"].items()
                if places.get(commune) == district and count == count
            ]
            left = whole - sum(inside)
            assert left == 0 or left >= LEAST, (year, district)


def test_the_annual_report_says_no_more_than_the_index(project):
    result = annual.evaluate(SLUG, 2024, project)
    section = plain(annual_commentary.section(result, "sipas").markdown)
    assert not SIDE.search(said(section))
    assert "yếu tố thấp nhất" not in section
    limits = plain(annual_commentary.section(result, "han-che").markdown)
    assert "SIPAS" not in limits
    row = next(row for row in annual_tables.indices(result).rows if "SIPAS" in str(row[0]))
    assert not re.search(r"cao hơn|thấp hơn|tăng|giảm", str(row[-1]))


def test_the_annual_report_takes_the_findings_of_the_index(departments):
    for one in departments:
        made = headline_of("sipas", one)
        for family in ("target", "change", "place"):
            assert made.of(family) == one.found.of("", family)
        assert made.of("target").case in ("met", "missed", "inside")
        assert (standing(made) is None) == (commentary.place(one) is None)


def test_a_department_whose_result_is_hidden_gets_a_report_without_it(results):
    result = results[2024]
    name = "Sở Khoa học và Công nghệ"
    one = of_department(result, name)
    scores = one.current.scores.copy()
    own = (scores["kind"] == "department") & (scores["unit"] == name)
    scores.loc[own, ["value", "error", "low", "high", "answers"]] = np.nan
    scores.loc[own, "hidden"] = True
    units = one.current.units["department"].copy()
    mine = units["unit"] == name
    units.loc[mine, ["value", "error", "low", "high", "valid"]] = np.nan
    units.loc[mine, "hidden"] = True
    current = dataclasses.replace(
        one.current, scores=scores, units={**one.current.units, "department": units}
    )
    one = dataclasses.replace(one, current=current)
    assert TOTAL not in one.own
    text = plain(str(commentary.overview(one)))
    assert f"Kết quả của {name} không được nêu vì có dưới năm phiếu hợp lệ" in text
    for section in (commentary.factors, commentary.items, commentary.units, commentary.changes):
        assert "86,60" not in str(section(one))
    assert not re.search(
        r"\d", str(next(r for r in tables.units(one, "department").rows if name in str(r[0]))[1:])
    )
    assert tables.key_figures(one).is_empty
    assert charts.factors(one).is_empty


def test_one_confidence_serves_intervals_and_differences(tmp_path):
    """A wider interval beside the value widens the margins that decide, too."""
    margins = {}
    for confidence in (0.8, 0.99):
        project = made.checkout_in(tmp_path / str(confidence))
        settings = f"rules:\n  sipas:\n    confidence: {confidence}\n"
        for year in (2023, 2024):
            made.deliver(project, "quang-nam", year, settings=settings, forms=made.both(year))
        result = sipas.evaluate("quang-nam", 2024, project)
        error = result.overall.error
        margins[confidence] = (
            error.high - error.low,
            commentary.number(result, "against", "margin", "mean"),
            commentary.number(result, "change", "margin", "previous"),
        )
    assert all(wide > 1.5 * narrow for narrow, wide in zip(*margins.values(), strict=True))
