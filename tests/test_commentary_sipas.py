"""What a SIPAS report says: every numeral traced, and the wording that the figures call for."""

from __future__ import annotations

import dataclasses
import re

import pytest
import sipas_made as made
import sipas_said as commentary
from drawn import faults, root_of
from sipas_made import AGENCIES, OFFICE, deliver, figure, printed

from helpers.display.theme import WIDE
from helpers.indices.sipas import charts, tables
from helpers.indices.sipas import result as sipas
from helpers.indices.sipas.rules import TOTAL
from helpers.indices.sipas.weak import weak_points
from helpers.words.text import FrontMatter

PLACE = "quang-nam"
TEXTS = (
    commentary.overview,
    commentary.factors,
    commentary.items,
    commentary.units,
    commentary.changes,
    commentary.country,
    commentary.forms,
    commentary.missing,
    commentary.method,
    commentary.brief,
)
KINDS = ("department", "district", "commune")

SPAN = re.compile(r'\[([^\[\]]*)\]\{\.so title="([^"{}]*)"\}')
# Names with digits, not results: dates, years and spans of them, documents, names of places and items.
NAMES = re.compile(
    r"""
    (?<![\d.,/])\d{1,2}/\d{1,2}/20\d\d(?![\d/])         # a date
    | (?<![\d.,])20(?:1\d|2\d)-20\d\d | (?<![\d.,])20(?:1\d|2\d)(?![\d,.]\d)
    | \d+c?/(?:QĐ|NQ)-[A-Z]+ | 22\ tiêu\ chí            # a document, its items
    | \(1,\ 2,\ 2,\ 4\) | Xã\ \d | khoảng\ tin\ cậy\ 95%
    | data/[\w/.-]+ | @(?:fig|tbl)-[a-z-]+
    """,
    re.VERBOSE,
)


@pytest.fixture(scope="module")
def results(tmp_path_factory, checkout):
    """Deliveries of every kind."""
    root = made.checkout_in(tmp_path_factory.mktemp("texts"))

    def of(year, **delivery):
        deliver(root, PLACE, year, **delivery)
        return sipas.evaluate(PLACE, year, root)

    printed_rows = [
        printed("Sở, ngành", agency, "total", 80 + n, so_phieu=100)
        for n, agency in enumerate(AGENCIES)
    ]
    before = [{**row, "nam": 2019, "gia_tri": 79.0} for row in printed_rows[:1]]
    told = {"overall": "78,04%", "rank": 13, "units": 15, "mean_of_units": "81,28%"}
    told |= {"best": "86,49%", "lowest": "75,93%"}
    earlier = {"overall": "76,00%", "rank": 12, "units": 15}
    figures = [figure(code, value, 2016) for code, value in told.items()]
    figures += [figure(code, value, 2015) for code, value in earlier.items()]
    figures.append({**figure("x", "100%", 2016), "ma": "procedures.in_time_rate"})
    of(2023, forms=made.both(2023, level=0.6))
    target = "targets: {sipas.overall: 90}\n"
    return {
        "forms": of(2024, forms=made.both(2024), settings=target),
        "printed": of(2020, results=[*printed_rows, *before]),
        "figures": of(2016, figures=figures),
        "quang-nam": sipas.evaluate("quang-nam", 2023, checkout),
        "an-giang": sipas.evaluate("an-giang", 2021, checkout),
    }


@pytest.fixture(scope="module")
def texts(results):
    return {
        (name, section.__name__): section(result).markdown
        for name, result in results.items()
        for section in TEXTS
    }


def test_every_numeral_has_a_trace(texts):
    for key, markdown in texts.items():
        left = re.search(r".{0,40}\d.{0,40}", NAMES.sub("", SPAN.sub("", markdown)))
        assert left is None, (key, left and left.group())


def test_every_trace_says_something(texts):
    for key, markdown in texts.items():
        for number, trace in SPAN.findall(markdown):
            assert len(trace) > 10, (key, number, trace)
            assert "nan" not in f"{number} {trace}".split(), (key, number, trace)


def test_sentences_are_whole(texts):
    for key, markdown in texts.items():
        assert "  " not in markdown, key
        assert ".." not in markdown, key
        assert " ." not in markdown, key
        assert "()" not in markdown, key


def test_no_reference_without_its_chart_or_table(results):
    shown = {
        "factors": (charts.factors, tables.factors),
        "items": (charts.items, tables.items),
        "changes": (None, tables.changes),
        **{
            name: (
                lambda result, kind=kind: charts.units(result, kind),
                lambda result, kind=kind: tables.units(result, kind),
            )
            for kind, name in zip(KINDS, ("departments", "districts", "communes"), strict=True)
        },
    }
    for name, result in results.items():
        said = "\n".join(section(result).markdown for section in TEXTS[:-1])
        for label, (chart, table) in shown.items():
            if f"@fig-{label}" in said:
                assert not chart(result).is_empty, (name, label)
            if f"@tbl-{label}" in said:
                assert not table(result).is_empty, (name, label)
        assert "@" not in commentary.brief(result).markdown


def test_quang_nam_says_place_and_what_is_not_known(results):
    said = str(commentary.overview(results["quang-nam"]))
    assert "đạt 78,04%, xếp thứ 13/15 đơn vị được đánh giá." in said
    # No error is known: the figures stand side by side.
    assert "Bình quân các đơn vị được đánh giá là 81,28%." in said
    assert not re.search("thấp hơn|cao hơn", said.split("Chưa có thông tin về sai số")[0])
    assert "75,93% (Sở Kế hoạch và Đầu tư) đến 86,49% (Sở Khoa học và Công nghệ)" in said
    assert "đúng hạn chưa đồng nghĩa với hài lòng" in said
    assert "chưa xác định được yếu tố" in str(commentary.factors(results["quang-nam"]))


def test_an_giang_s_place_never_has_a_number_of_units(texts, results):
    said = str(commentary.overview(results["an-giang"]))
    assert "đạt 94,59%, xếp thứ 2; tài liệu nguồn không nêu số đơn vị được xếp hạng." in said
    for (name, _), markdown in texts.items():
        if name == "an-giang":
            assert not re.search(r"\[2/\d", markdown)
    assert tables.key_figures(results["an-giang"]).rows[0][1].text == "2"


def test_gap_to_the_mean_and_ends_of_quang_nam_2023_when_they_are_told(results):
    said = str(commentary.overview(results["figures"]))
    assert "Bình quân các đơn vị được đánh giá là 81,28%." in said
    assert "Kết quả công bố của 15 đơn vị được đánh giá từ 75,93% đến 86,49%." in said
    box = tables.key_figures(results["figures"])
    assert box.rows[0][box.header.index("Bình quân")].text == "81,28%"


def test_figures_without_error_stand_side_by_side(results):
    said = str(commentary.changes(results["figures"]))
    assert "Năm 2015, mức độ hài lòng là 76,00%; chưa có sai số khảo sát nên chưa kết luận" in said
    assert "Thứ hạng năm 2015 là 12/15, năm 2016 là 13/15." in said
    assert not re.search(r"(tăng|giảm) (mạnh )?\d", said)


def test_a_clear_rise_is_called_so(results):
    said = str(commentary.changes(results["forms"]))
    assert "mức độ hài lòng tăng" in said
    assert "vượt sai số khảo sát" in said


def test_a_change_inside_the_error_is_none(results):
    result = results["forms"]
    near = dataclasses.replace(result.earlier, scores=result.current.scores)
    same = dataclasses.replace(result, earlier=near)
    assert "Mức độ hài lòng không đổi" not in str(commentary.changes(result))
    said = str(commentary.changes(same))
    assert "theo số đã làm tròn" in said
    assert not re.search(r"(tăng|giảm) (mạnh )?\[", said)
    assert tables.key_figures(same).rows[0][-1] == "chưa rõ rệt"


def test_years_across_a_break_are_not_compared_and_the_reason_is_told(tmp_path):
    project = made.checkout_in(tmp_path)
    rows = [
        printed("Sở, ngành", OFFICE, "total", 80),
        printed("Sở, ngành", OFFICE, "total", 90, nam=2021),
    ]
    deliver(project, PLACE, 2022, results=rows)
    result = sipas.evaluate(PLACE, 2022, project)
    said = str(commentary.changes(result))
    assert said.startswith(
        "Mức độ hài lòng năm 2022 không so sánh được với năm 2021 vì từ năm 2022"
    )
    assert "giảm" not in said
    table = tables.changes(result)
    assert table.rows[0][3] == "không so sánh"
    assert "không so sánh vì" in table.note.lower()


def test_one_unit_is_not_first(tmp_path):
    project = made.checkout_in(tmp_path)
    deliver(project, PLACE, 2023, forms=made.agency_forms(2023, agencies=(OFFICE,)))
    said = str(commentary.overview(sipas.evaluate(PLACE, 2023, project)))
    assert "xếp thứ" not in said
    assert "cao nhất" not in said


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (95, "Kết quả chưa đạt mục tiêu của đơn vị (95%), còn thiếu"),
        (50, "Kết quả đạt mục tiêu của đơn vị (50%), cao hơn"),
        (None, "nằm trong sai số khảo sát nên chưa kết luận được đạt hay chưa đạt"),
    ],
)
def test_a_target_is_met_only_outside_the_error(results, target, said):
    result = results["forms"]
    target = result.overall.known + 0.1 if target is None else target
    office = result.office.model_copy(update={"targets": {"sipas.overall": target}})
    assert said in str(commentary.overview(dataclasses.replace(result, office=office)))


def test_the_target_of_2020_is_that_of_the_programme(results):
    said = str(commentary.overview(results["printed"]))
    assert "mục tiêu năm 2020 của Nghị quyết số 30c/NQ-CP" in said
    # Printed without error, and like the target: whether it was met is not known.
    assert "theo số đã làm tròn" in said


def test_units_too_small_are_named_as_such(results):
    assert "9 đơn vị cấp xã có dưới 30 phiếu hợp lệ" in str(commentary.units(results["forms"]))
    table = tables.units(results["forms"], "commune")
    assert {row[1] for row in table.rows} == {"không đủ mẫu"}


def test_the_method_says_rules_laws_and_what_is_not_confirmed(results):
    said = str(commentary.method(results["forms"]))
    assert "Quyết định số 1001/QĐ-BNV ngày 11/12/2023" in said
    assert "bình quân cộng các khía cạnh" in said
    assert "chưa được đối chiếu" in said
    assert "1, 2, 2, 4" in said
    assert "Bonferroni" in said


def test_what_is_missing_is_told_and_nothing_else(results):
    assert commentary.missing(results["quang-nam"]).markdown
    complete = dataclasses.replace(results["forms"], missing=())
    assert commentary.missing(complete).markdown == ""


def test_everybody_satisfied_but_one_is_not_one_hundred_percent(tmp_path):
    project = made.checkout_in(tmp_path)
    rows = [printed("Sở, ngành", OFFICE, "total", "99,996")]
    deliver(project, PLACE, 2023, results=rows)
    said = str(commentary.overview(sipas.evaluate(PLACE, 2023, project)))
    assert "99,996%" in said
    assert "100" not in said


def test_simulated_data_are_marked(results):
    title = commentary.title(dataclasses.replace(results["forms"], status="simulated"))
    assert isinstance(title, FrontMatter)
    assert title.status == "simulated"
    assert commentary.title(results["forms"]).status == "official"


def test_weak_points_are_what_surely_is_weak(results):
    result = results["forms"]
    found = weak_points(result)
    found_of = result.found.of
    wanted = [TOTAL] if found_of("", "against", "mean").case == "lower" else []
    for subject in ("items", "factors"):
        low = found_of(subject, "weakest")
        if low is not None and low.case == "sole":
            wanted.append(low.fields["parts"][0].code)
            break
    assert [point.code for point in found] == wanted
    assert all(0 < point.importance <= 1 for point in found)
    assert all(SPAN.search(point.text) for point in found)
    assert not any(point.cause or point.measure for point in found)
    for without_error in ("an-giang", "quang-nam", "figures", "printed"):
        assert weak_points(results[without_error]) == ()


def test_charts_say_what_they_show(results):
    result = results["forms"]
    drawn = [charts.factors(result), charts.items(result), charts.units(result, "department")]
    for chart in drawn:
        assert not chart.is_empty
        assert chart.caption
        assert "%" in chart.alt
    lowest = min(result.factor_codes, key=lambda code: result.own[code].known)
    assert result.edition.get(lowest).short in drawn[0].alt
    assert charts.factors(results["quang-nam"]).is_empty


def test_a_chart_is_the_same_every_time(results):
    first, again = (charts.units(results["forms"], "department").svg() for _ in range(2))
    assert first == again


def test_of_many_units_both_ends_are_drawn(results):
    result = results["forms"]
    table = result.units
    many = table.loc[table.index.repeat(10)].reset_index(drop=True)
    many = many.assign(
        unit=[f"Cơ quan {n}" for n in range(60)],
        rank=range(1, 61),
        value=[90 - n / 4 for n in range(60)],
    )
    current = dataclasses.replace(result.current, units={"department": many})
    chart = charts.units(dataclasses.replace(result, current=current), "department")
    assert "15 ở đầu và 15 ở cuối trong 60 cơ quan" in chart.caption


def test_tables_name_the_subject_and_carry_traces(results):
    table = tables.units(results["forms"], "department")
    assert (
        f"**{OFFICE}**".replace("-", r"\-") in table.markdown or f"**{OFFICE}**" in table.markdown
    )
    assert "phieu-khao-sat.csv" in table.markdown
    assert "Khoảng vị trí" in table.header
    assert "Khoảng vị trí" not in tables.units(results["printed"], "department").header


def test_a_chart_of_all_items_fits_on_a_page(tmp_path):
    project = made.checkout_in(tmp_path)
    deliver(project, PLACE, 2024, forms=made.resident_forms(2024))
    result = sipas.evaluate(PLACE, 2024, project)
    assert result.subject.kind == "province"
    assert len(result.item_codes) == 34
    chart = charts.items(result)
    # 482 points wide on A4, 700 high beside its caption.
    assert float(root_of(chart.svg()).attrib["height"]) * 482 / WIDE <= 700
    assert faults(chart) == []
