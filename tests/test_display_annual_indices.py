"""The first table of the annual report: each cell says its year, no verb inside an error."""

from __future__ import annotations

import re
from dataclasses import replace
from statistics import median

import pytest
from papi_texts import SPAN
from papi_years import keep_three_years
from poverty_made import checkout_in, deliver
from published_rows import lines

from helpers.reports.annual import result as annual
from helpers.reports.annual import tables as annual_tables
from helpers.reports.annual import text_indices as annual_indices
from helpers.reports.annual.measured import headlines, own_headlines, standing
from helpers.reports.annual.text_words import telling
from helpers.words import numbers

PAPI = "Quản trị và hành chính công (PAPI)"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    made = checkout_in(tmp_path_factory.mktemp("annual"), deliveries=True)
    keep_three_years(made)
    return made


@pytest.fixture(scope="module")
def of(project):
    """Return the annual result of a province that delivered one figure."""

    def made(slug, year):
        rows = [{"ma": "procedures.listed", "gia_tri": 18, "nam": year}]
        deliver(project, slug, year, so_lieu=rows)
        return as_province(annual.evaluate(slug, year, project))

    return made


def as_province(result):
    """Let the province itself report: its PAPI is no department's own result."""
    name = result.office.office.model_copy(update={"name": f"UBND tỉnh {result.place.own_name}"})
    return replace(result, office=result.office.model_copy(update={"office": name}))


def row_of(result, name=PAPI):
    table = annual_tables.indices(result)
    lines = [line.split("\t") for line in str(table).splitlines()]
    (row,) = [line for line in lines if line[0] == name]
    return dict(zip(lines[0], row, strict=True))


@pytest.mark.parametrize(
    ("slug", "before"), [("ha-tinh", "45,14 điểm (năm 2021)"), ("nghe-an", "43,82 điểm (năm 2021)")]
)
def test_a_value_of_another_year_than_the_heading_says_its_year(of, slug, before):
    result = of(slug, 2024)
    assert row_of(result)["Năm 2023"] == before
    assert "Trong ngoặc là năm của số liệu" in annual_tables.indices(result).note


def test_every_cell_of_every_office_is_of_the_year_of_its_heading_or_says_its_own(project, of):
    of("ha-tinh", 2024)
    seen = 0
    for year, slugs in annual.available(project).items():
        for slug in slugs:
            result = as_province(annual.evaluate(slug, year, project))
            rows = {
                line.split("\t")[0]: line
                for line in str(annual_tables.indices(result)).splitlines()
            }
            words = telling(result)
            for one in headlines(result):
                told = rows[words.part_label("cell", one.title)]
                years = {int(found) for found in re.findall(r"\(năm (\d{4})\)", told)}
                own, earlier = one.measured.key.year, one.previous
                expected = {own} - {year} if one.value is not None else set()
                if earlier is not None:
                    expected |= {earlier[0]} - {year - 1}
                assert years == expected, (slug, year, one.key)
                seen += 1
    assert seen > 10


def test_a_note_tells_of_changes_where_they_are_shown(project, of):
    seen = set()
    for result in (as_province(of("ha-tinh", 2024)), annual.evaluate("an-giang", 2021, project)):
        table = annual_tables.indices(result)
        told = "Thay đổi của tỷ lệ phần trăm" in table.full_note
        assert told == ("Thay đổi" in table.header)
        seen.add(told)
    assert seen == {True, False}


def test_a_change_inside_the_error_has_no_verb(of):
    row = row_of(of("nghe-an", 2024))
    assert row["Thay đổi"] == "không rõ rệt"
    assert row["Thứ hạng"] == "37/61 (đồng hạng)"


def test_an_assumed_error_gives_no_certainty(of):
    row = row_of(of("cao-bang", 2024))
    assert row["Thay đổi"] == "+2,14"
    assert "Nhận xét" not in row


def test_what_measures_the_province_is_no_result_of_a_department(project, of):
    """A department called the PAPI of its province its own highlight and its own limit."""
    result = of("ha-tinh", 2024)
    assert any(one.key == "papi" for one in own_headlines(result))
    department = annual.evaluate("ha-tinh", 2024, project)
    assert not [one for one in own_headlines(department) if one.key == "papi"]
    assert PAPI not in str(annual_tables.indices(department))


def test_the_report_asks_the_findings_of_the_papi_page(of):
    said = str(annual_indices.papi_text(of("quang-nam", 2024)))
    assert "chưa có thay đổi rõ rệt (42,11 và 41,00 điểm)" in said
    assert "nhiều khả năng thấp hơn trung vị cả nước" in said
    assert said.count("đạt 41,00 điểm") == 1
    assert "bình quân các tỉnh" not in said
    for word in ("giảm", "tăng", "chuyển từ", "Chưa có thông tin về sai số"):
        assert word not in said


def printed_gap(number):
    return abs(float(number.replace("−", "-").replace(",", ".")))


def gaps_of(slug, year, rows, trace):
    """Compute the differences that a trace may tell: to another year or to a median."""
    totals = {
        of_year: {
            r["slug"]: float(r["value"])
            for r in rows.values()
            if (r["year"], r["code"]) == (str(of_year), "total")
        }
        for of_year in (2021, year)
    }
    if "cả hai năm" in trace:
        both = totals[2021].keys() & totals[year].keys()
        pairs = [(units[slug], median(units[one] for one in both)) for units in totals.values()]
    elif "trung vị" in trace:
        pairs = [(totals[year][slug], median(totals[year].values()))]
    else:
        pairs = [(totals[year][slug], totals[2021][slug])]
    return {printed_gap(numbers.decimal(abs(one - other))) for one, other in pairs}


@pytest.mark.parametrize(
    ("slug", "year"), [("an-giang", 2021), ("ha-tinh", 2024), ("nghe-an", 2024)]
)
def test_every_source_line_holds_the_printed_number(project, of, checkout, slug, year):
    result = as_province(annual.evaluate(slug, year, project)) if year == 2021 else of(slug, year)
    found = {f"{file}, dòng {line}": row for file, line, row in lines(project.root, "papi")}
    texts = [annual_indices.papi_text(result).markdown, annual_tables.indices(result).markdown]
    seen = 0
    for number, trace in SPAN.findall("\n".join(texts)):
        named = re.findall(r"data/published/papi/\d+\.csv, dòng \d+", trace)
        if trace.startswith("hiệu số"):
            assert printed_gap(number) in gaps_of(slug, year, found, trace), (number, trace)
            continue
        for line in named:
            row = found[line]
            assert number.removesuffix(" điểm") == numbers.decimal(float(row["value"])), trace
            assert f"PAPI {row['year']}" in trace
            assert row["slug"] == slug or "cao nhất" in texts[0]
            seen += 1
    assert seen > 5


def test_a_place_names_no_line_and_an_earlier_value_its_own(of):
    result = of("an-giang", 2024)
    (total,) = [one for one in headlines(result) if one.key == "papi"]
    assert len(total.parts) == 8
    for one in (total, *total.parts):
        assert "dòng" not in standing(one).rank.source
        year, before = one.previous
        assert before.source != one.value.source
        assert f"PAPI {year}, " in before.source
