"""The contents of PAPI that an office answers for: its scores, its own work, and what is missing."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from papi_years import keep_three_years
from poverty_made import checkout_in, deliver
from published_rows import lines

from helpers.indices.papi.result import evaluate as province
from helpers.places import register
from helpers.reports.papi_office import result as papi_office
from helpers.reports.papi_office import tables
from helpers.reports.papi_office import text as commentary
from helpers.words import numbers


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    made = checkout_in(tmp_path_factory.mktemp("real"), deliveries=True)
    keep_three_years(made)
    return made


@pytest.fixture
def project(tmp_path):
    made = checkout_in(tmp_path)
    keep_three_years(made)
    return made


def said(section, result):
    return str(section(result))


def papi_of(project, year, *codes, slug="quang-nam"):
    listed = ", ".join(f'"{code}"' for code in codes)
    rows = [{"ma": "poverty.districts", "gia_tri": 18, "nam": year}]
    deliver(project, slug, year, settings=f"papi: [{listed}]\n", so_lieu=rows)
    return papi_office.evaluate(slug, year, project)


def test_available_are_those_who_name_a_content(real):
    assert papi_office.available(real) == {2023: ("quang-nam", "son-la")}


class TestQuangNam:
    @pytest.fixture
    def result(self, real):
        return papi_office.evaluate("quang-nam", 2023, real)

    def test_the_sub_dimension_stands_inside_its_dimension(self, result):
        (content,) = result.contents
        assert content.criterion.id == "poverty_list_transparency"
        assert content.parent.code == "2"
        assert "thuộc chỉ số nội dung “Công khai, minh bạch" in said(commentary.overview, result)

    def test_a_year_without_scores_is_told_with_the_latest_that_has(self, result):
        text = said(commentary.overview, result)
        assert "Chưa có điểm PAPI năm 2023 của tỉnh Quảng Nam" in text
        assert "năm 2021: Công khai, minh bạch" in text
        assert "xếp đồng hạng thứ 34/60" in text
        assert "chứa 2.2" in str(tables.contents(result))
        assert "không nêu thay đổi" in said(commentary.changes, result)

    def test_what_is_missing_is_said(self, result):
        text = said(commentary.missing, result)
        assert "chiso import papi" in text
        assert "Công khai danh sách hộ nghèo" in text

    def test_what_the_office_only_cites_is_not_its_work(self, result):
        text = said(commentary.work, result)
        assert "1 văn bản cơ quan đã tham mưu, 1 văn bản viện dẫn và 2 số liệu" in text
        kinds = {str(row[2]): row[1] for row in tables.work(result).rows}
        cited = next(kind for what, kind in kinds.items() if "653/QĐ-TTg" in what)
        assert cited == "Văn bản được viện dẫn"

    def test_the_work_of_the_office_is_there_and_no_score(self, result):
        text = said(commentary.work, result)
        assert "18/18 huyện, thị xã, thành phố" in text
        assert "không thay thế cho nhau" in text
        assert "18 huyện" in str(tables.work(result))
        assert "chưa nắm quy trình" in said(commentary.limits, result)
        assert "Giảm nghèo" not in said(commentary.limits, result)
        assert commentary.weak_points(result) == ()


def test_son_la_reports_by_all_eight(real):
    result = papi_office.evaluate("son-la", 2023, real)
    assert result.whole
    assert "cả tám chỉ số nội dung" in said(commentary.overview, result)
    by_code = {content.criterion.code: content for content in result.contents}
    assert len(by_code["3"].documents) >= 6
    assert {one.code for one in by_code["8"].figures} == {"procedures.online_full"}
    assert "105 dịch vụ" in str(tables.work(result))
    assert len(tables.contents(result).rows) == 8


class TestYearWithScores:
    def test_scores_are_those_of_the_papi_report(self, project, checkout):
        result = papi_of(project, 2024, "2", "8")
        own = province("quang-nam", 2024, project)
        for content in result.contents:
            assert content.score == own.score(content.criterion.code)
        assert f"{own.score('2').rank}/61" in said(commentary.overview, result)
        assert result.last is None
        assert len(tables.key_figures(result).rows[0]) == 2

    def test_a_change_that_may_be_told_and_one_that_may_not(self, project):
        result = papi_of(project, 2021, "2", "5", slug="son-la")
        by_code = {c.criterion.code: c for c in result.contents}
        assert by_code["2"].change.allowed
        assert not by_code["5"].change.allowed
        text = said(commentary.overview, result)
        assert "(không so sánh được với năm 2020)" in text
        assert re.search(r"\(năm 2020: \d,\d\d điểm\)", text)
        assert "5.2" in said(commentary.changes, result)
        assert "sai số khảo sát" in said(commentary.changes, result)
        assert "không so sánh" in str(tables.contents(result))

    def test_a_merged_unit_hears_of_the_merger_and_not_of_missing_scores(self, project):
        result = papi_of(project, 2020, "2", slug="da-nang")
        assert "Chưa có năm trước có điểm" in said(commentary.changes, result)
        merged = register(project).get("da-nang", "34")
        text = said(commentary.changes, replace(result, place=merged, year=2025))
        assert text.startswith("Không so sánh với năm 2024 vì từ ngày 01/7/2025, ")
        assert "hợp nhất" in text
        assert "Chưa có" not in text

    def test_no_content_is_said_to_rise_or_fall(self, project):
        result = papi_of(project, 2024, *"12345678", slug="son-la")
        for section in (commentary.overview, commentary.changes, commentary.brief):
            text = said(section, result).replace("không kết luận nội dung nào tăng hay giảm", "")
            assert not re.search(r"\b(tăng|giảm|cao hơn|thấp hơn)\b", text, re.IGNORECASE)
        note = tables.contents(result).note
        assert "hiệu số chưa làm tròn so với năm 2021, không kèm sai số khảo sát" in note
        assert "Nhóm và vị trí theo điểm PAPI công bố" in note

    def test_an_earlier_score_has_the_source_of_its_own_year(self, project, checkout):
        result = papi_of(project, 2024, "2", slug="son-la")
        markdown = commentary.overview(result).markdown
        ((shown, line),) = re.findall(
            r"năm 2021: \[([\d,]+)\]\{\.so title=\"PAPI 2021, "
            r".*?(data/published/papi/\d+\.csv, dòng \d+)\"",
            markdown,
        )
        (row,) = (
            row
            for file, number, row in lines(project.root, "papi")
            if line == f"{file}, dòng {number}"
        )
        assert (row["year"], row["slug"]) == ("2021", "son-la")
        assert numbers.decimal(float(row["value"])) == shown

    def test_a_shared_place_is_told(self, project):
        result = papi_of(project, 2024, "5", slug="phu-yen")
        (content,) = result.contents
        assert (content.score.tied > 1) == (
            "xếp đồng hạng thứ" in said(commentary.overview, result)
        )
        tied = papi_of(project, 2024, "8", slug="ha-giang")
        assert "xếp đồng hạng thứ" in said(commentary.overview, tied)
        assert "(đồng hạng)" in str(tables.contents(tied))

    def test_the_dimension_stands_in_for_a_sub_dimension_without_score(self, project):
        result = papi_of(project, 2024, "2.2")
        (content,) = result.contents
        assert content.score is None
        assert content.parent_score.code == "2"
        assert "chỉ số nội dung chứa nội dung này" in said(commentary.overview, result)

    def test_the_lowest_group_is_a_weak_point(self, project):
        result = papi_of(project, 2021, *"12345678", slug="son-la")
        weak = {one.code for one in commentary.weak_points(result)}
        lowest = {c.criterion.code for c in result.contents if c.score.group == 1}
        assert weak == lowest
        assert weak
        assert "vị trí tốt nhất là" in said(commentary.overview, result)

    def test_another_province_without_scores_that_year(self, project):
        result = papi_of(project, 2024, "2", slug="vinh-phuc")
        assert result.papi is None
        assert result.last.year == 2021


class TestSettings:
    def test_no_content_named(self, project):
        deliver(project, "ca-mau", 2023)
        with pytest.raises(papi_office.NoPapiRoleError, match="khóa «papi»"):
            papi_office.evaluate("ca-mau", 2023, project)

    def test_a_code_that_papi_does_not_have(self, project):
        with pytest.raises(papi_office.NoPapiRoleError, match=r"mang mã 5\.2"):
            papi_of(project, 2023, "2", "5.2")

    def test_made_up_data_have_no_scores(self, project):
        deliver(project, "ca-mau", 2023, settings='papi: ["2"]\nstatus: simulated\n')
        result = papi_office.evaluate("ca-mau", 2023, project)
        assert result.papi is None
        assert result.last is None
        assert "mô phỏng" in said(commentary.overview, result)
        assert commentary.title(result).status == "simulated"
