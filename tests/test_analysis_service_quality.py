"""Service quality of an office: where ratios come from, and what the report says."""

from __future__ import annotations

import pytest
from service_made import CHECKOUT, checkout_in, deliver, report_row, untidy, untraced_numeral

from helpers.definitions.load import DefinitionError
from helpers.indices.service_quality import charts, tables
from helpers.indices.service_quality import result as service_quality
from helpers.inputs.problems import InputError
from helpers.project import Project
from helpers.words.say import say
from helpers.words.text import plain

SLUG = "an-giang"
CODES = (
    "1.1", "1.2", "1.3", "1.4", "2.1", "3.1", "3.2", "3.3", "3.5", "3.5b", "3.6", "4.1", "4.2", "4.3",
    "4.4", "4.5a", "4.5b", "4.6", "5.2", "5.3", "5.4",
)  # fmt: skip
SECTIONS = (
    "overview", "by_group", "groups", "periods", "comparison", "missing", "method", "options", "brief",
)  # fmt: skip
TABLES = (
    tables.key_figures,
    tables.groups,
    tables.indicators,
    tables.periods,
    tables.units,
    tables.published,
)


def _rows(period="Cả năm", top=9, of=10, **changed):
    return [
        {
            "ky": period, "ngay": "31/12/2023", "don_vi": "", "chi_tieu": code, "tu_so": top,
            "mau_so": of, "diem_cong": "", "ap_dung": "",
            **changed.get(f"c{code.replace('.', '_')}", {}),
        }
        for code in CODES
    ]  # fmt: skip


@pytest.fixture
def project(tmp_path):
    return checkout_in(tmp_path)


def _evaluate(project, rows, year=2023, **more):
    deliver(project, SLUG, year, chi_so_766=rows, **more)
    return service_quality.evaluate(SLUG, year, project)


def test_all_ratios_give_a_total_and_a_grade(project):
    result = _evaluate(project, _rows())
    # linear ones at 90 %: 18 + 20 + 4 + 6 + (6+4+4+2+2+2) + 12 = 86 of maximum, and targets reached
    assert result.score.points == pytest.approx(
        0.9 * (18 + 20 + 4 + 6 + 20 + 12) + 2 + 6 + 2 + 2 + 2 + 6
    )
    assert result.score.maximum == 100
    assert result.grade.name == "Xuất sắc"
    assert result.dates == ("31/12/2023",)
    assert result.missing == ()
    assert service_quality.available(project) == {2023: (SLUG,)}


def test_the_latest_period_is_reported_where_there_is_no_whole_year(project):
    result = _evaluate(project, [*_rows("Quý I", 8), *_rows("Quý II", 9)])
    assert result.period == "Quý II"
    assert [period.name for period in result.periods] == ["Quý I", "Quý II"]
    text = str(say(result, "periods", heading=False))
    assert text.startswith("Từ Quý I")
    assert "tăng" in text


def test_points_of_the_portal_are_held_against_ours(project):
    shown = {"c1_1": {"diem_cong": "5,41"}, "c1_2": {"diem_cong": "3,50"}}
    result = _evaluate(project, _rows(**shown))
    assert [one.node.code for one in result.portal_differences] == ["1.2"]
    assert "1.2 (tính 3,60, Cổng ghi 3,50)" in str(say(result, "comparison", heading=False))


def test_not_applicable_and_missing_are_told_apart(project):
    changed = {"c4_6": {"ap_dung": "không", "tu_so": "", "mau_so": ""}, "c1_3": {"tu_so": ""}}
    result = _evaluate(project, _rows(**changed))
    assert result.score.get("4.6").state == "not_applicable"
    assert result.score.get("1.3").state == "missing"
    assert result.grade is None
    assert "1.3 Công khai đủ nội dung" in str(say(result, "missing"))
    assert "chưa có số liệu" in str(tables.indicators(result))


def test_a_numerator_above_its_denominator_is_not_read(project):
    with pytest.raises(InputError, match="lớn hơn"):
        _evaluate(project, _rows(c1_3={"tu_so": 11}))


def test_dossier_counts_fill_what_was_not_delivered(project):
    rows = [row for row in _rows() if row["chi_tieu"] not in ("2.1", "3.3")]
    counts = [report_row("Việc làm", 60, 30, 10, 70, 20, 5, over=1)]
    result = _evaluate(project, rows, ho_so_tthc=counts)
    assert (result.score.get("2.1").ratio.numerator, result.score.get("2.1").ratio.denominator) == (
        94,
        100,
    )
    assert (result.score.get("3.3").ratio.numerator, result.score.get("3.3").ratio.denominator) == (
        60,
        90,
    )
    assert "2.1 và 3.3 tính từ số liệu giải quyết hồ sơ" in str(
        say(result, "method", heading=False)
    )


def test_delivered_ratios_come_before_counted_ones(project):
    result = _evaluate(project, _rows(), ho_so_tthc=[report_row("Việc làm", 60, 30, 10, 70, 20, 5)])
    assert result.score.get("2.1").ratio.denominator == 10


def test_an_office_can_choose_among_what_sources_disagree_on(project):
    result = _evaluate(
        project, _rows(top=8), settings="rules:\n  service_quality:\n    target_4_2: 0.8\n"
    )
    assert result.score.get("4.2").points == pytest.approx(4)
    assert "80% (do đơn vị chọn)" in str(say(result, "options", heading=False))
    with pytest.raises(DefinitionError, match="target_4_2"):
        _evaluate(project, _rows(), settings="rules:\n  service_quality:\n    target_4_2: 0.7\n")


def test_published_totals_of_the_province_are_shown_with_their_day(project):
    result = _evaluate(project, _rows())
    text = str(say(result, "comparison", heading=False))
    assert "69,63 điểm, xếp thứ 13" in text
    assert "65,20 điểm, xếp thứ 10" in text
    assert "31/5/2023" in text


def test_an_indicator_that_is_only_watched_has_no_maximum(project):
    """5.1 read «0», as if no points could be won there."""
    result = _evaluate(project, _rows())
    assert result.score.get("5.1").node.maximum == 0
    rows = {str(row[0]).split()[0]: str(row[-1]) for row in tables.indicators(result).rows}
    assert rows["5.1"] == ""
    assert all(rows[code] not in ("", "0") for code in CODES)


def test_the_year_before_is_compared(project):
    deliver(project, SLUG, 2022, chi_so_766=_rows(top=8))
    result = _evaluate(project, _rows())
    assert "So với năm 2022" in str(say(result, "overview", heading=False))
    assert "Điểm 2022" in tables.groups(result).header


def test_a_merged_unit_is_told_why_last_year_is_not_beside_it(project):
    """Its report said nothing of the year before."""
    deliver(project, "da-nang", 2024, chi_so_766=_rows(top=8))
    deliver(project, "da-nang", 2025, chi_so_766=_rows(top=9))
    result = service_quality.evaluate("da-nang", 2025, project)
    assert result.before is None
    text = str(say(result, "overview", heading=False))
    assert "Không so sánh với năm 2024 vì từ ngày 01/7/2025, " in text
    assert "hợp nhất" in text
    deliver(project, "ha-tinh", 2025, chi_so_766=_rows(top=9))
    alone = service_quality.evaluate("ha-tinh", 2025, project)
    assert alone.not_compared == ()


def test_thanh_hoa_2023_has_one_indicator_and_no_total():
    result = service_quality.evaluate("thanh-hoa", 2023, Project(CHECKOUT))
    ratio = result.score.get("2.1").ratio
    assert (ratio.numerator, ratio.denominator) == (229943, 229952)
    assert "99,996%" in str(tables.indicators(result))
    assert result.score.index is None
    assert "chưa đủ số liệu để có tổng điểm" in str(say(result, "overview", heading=False))


def test_without_ratios_the_message_says_what_to_deliver(project):
    with pytest.raises(service_quality.NoRatiosError, match="Bộ chỉ số 766"):
        service_quality.evaluate(SLUG, 2023, project)
    with pytest.raises(service_quality.NoRatiosError, match="Bộ chỉ số 766"):
        service_quality.evaluate("son-la", 2023, Project(CHECKOUT))


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    full = checkout_in(tmp_path_factory.mktemp("full"))
    deliver(full, SLUG, 2022, chi_so_766=_rows(top=8))
    units = [{**row, "don_vi": "Sở Y tế"} for row in _rows(top=7)]
    whole = _evaluate(full, [*_rows("Quý I", 7), *_rows("Quý II", 8), *_rows(), *units])
    part = checkout_in(tmp_path_factory.mktemp("part"))
    changed = {"c4_6": {"ap_dung": "không", "tu_so": "", "mau_so": ""}, "c1_3": {"tu_so": ""}}
    broken = _evaluate(part, _rows(**changed)[2:])
    real = service_quality.evaluate("thanh-hoa", 2023, Project(CHECKOUT))
    return {"whole": whole, "broken": broken, "thanh-hoa": real}


@pytest.mark.parametrize("case", ["whole", "broken", "thanh-hoa"])
@pytest.mark.parametrize("section", SECTIONS)
def test_every_numeral_has_a_trace(results, case, section):
    markdown = say(results[case], section).markdown
    result = results[case]
    given = [note.text for note in result.edition.notes]
    for option in result.rules.options.values():
        given += [option.reason, option.name]
    assert untraced_numeral(markdown, *given) == ""
    assert untidy(markdown) == ""


@pytest.mark.parametrize("case", ["whole", "broken", "thanh-hoa"])
@pytest.mark.parametrize("table", TABLES, ids=lambda one: one.__name__)
def test_tables_are_whole_or_say_why_not(results, case, table):
    made = table(results[case])
    assert made.is_empty == bool(made.reason)


def test_the_chart_has_the_numbers_of_its_alternative(results):
    made = charts.groups(results["whole"])
    assert "Tiến độ, kết quả giải quyết 18,00/20" in made.alt
    assert made.svg() == charts.groups(results["whole"]).svg()


def test_weak_points_are_the_points_lost_most_first(results):
    points = results["whole"].weak_points()
    assert points[0].code == "2.1"
    assert [p.importance for p in points] == sorted((p.importance for p in points), reverse=True)
    assert all(untraced_numeral(point.text) == "" for point in points)


PETITION = {
    "ma_pakn": "P1", "ngay_tiep_nhan": "01/03/2023", "ngay_xu_ly": "03/03/2023", "gui_lai": "không",
    "ket_qua_danh_gia": "hài lòng",
}  # fmt: skip


def headings_only(project, year):
    path = project.deliveries / SLUG / str(year) / "phan-anh-kien-nghi.csv"
    path.write_text(",".join(PETITION) + "\n", encoding="utf-8")


def test_an_empty_petition_file_of_the_year_before_is_missing_and_no_fault_of_this_year(project):
    deliver(project, SLUG, 2023, chi_so_766=_rows())
    headings_only(project, 2023)
    result = _evaluate(project, _rows(), year=2024)
    assert result.before is not None
    said = plain(say(result, "missing").markdown)
    assert "phan-anh-kien-nghi.csv của năm 2023 không có bản ghi nào" in said


def test_an_empty_petition_file_of_the_year_itself_is_still_an_error(project):
    deliver(project, SLUG, 2024, chi_so_766=_rows())
    headings_only(project, 2024)
    with pytest.raises(InputError, match="không có bản ghi nào"):
        service_quality.evaluate(SLUG, 2024, project)
