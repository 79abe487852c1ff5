"""What an annual report takes in, drops as told before, and calls weak: each rule at its boundary."""

from __future__ import annotations

import pytest
import scoring_made as made
from service_made import checkout_in, deliver, report_row

from helpers.indices.procedures import text as procedures
from helpers.indices.service_quality import result as service_quality
from helpers.reports.annual import result as annual
from helpers.reports.annual import tables
from helpers.reports.annual.text import opening, section
from helpers.reports.annual.text_words import fresh
from helpers.reports.annual.weak import limits_of, shown_points
from helpers.words.numbers import Number, decimal
from helpers.words.text import Text, plain

PLACE, YEAR = "an-giang", 2023


def _spoken(*numbers: str) -> str:
    return ", ".join(str(Number(number, "nguồn nào đó")) for number in numbers)


def test_dossiers_alone_make_no_section_of_decision_766(tmp_path):
    """One of 21 indicators can be computed; a section would make a verdict of it."""
    project = checkout_in(tmp_path)
    deliver(project, PLACE, YEAR, ho_so_tthc=[report_row("Việc làm", 60, 30, 10, 70, 20, 5)])
    assert service_quality.evaluate(PLACE, YEAR, project).score.get("2.1").points is not None
    result = annual.evaluate(PLACE, YEAR, project)
    assert result.part("service_quality") is None
    assert "766" in result.absent["service_quality"]
    assert result.part("procedures") is not None


def test_one_ratio_of_decision_766_makes_a_section(tmp_path):
    project = checkout_in(tmp_path)
    ratio = {"ky": "Cả năm", "ngay": "31/12/2023", "don_vi": "", "chi_tieu": "2.1"}
    more = {"tu_so": 9, "mau_so": 10, "diem_cong": "", "ap_dung": ""}
    deliver(project, PLACE, YEAR, chi_so_766=[ratio | more])
    assert annual.evaluate(PLACE, YEAR, project).part("service_quality") is not None


def test_the_points_of_decision_766_and_what_is_lost_of_them_are_told_once(tmp_path):
    project = checkout_in(tmp_path)
    day = {"ky": "Cả năm", "ngay": "31/12/2023", "don_vi": "", "diem_cong": "", "ap_dung": ""}
    codes = "1.1 1.2 1.3 1.4 2.1 3.1 3.2 3.3 3.5 3.5b 3.6 4.1 4.2 4.3 4.4 4.5a 4.5b 4.6 5.2 5.3 5.4"
    rows = [day | {"chi_tieu": code, "tu_so": 9, "mau_so": 10} for code in codes.split()]
    deliver(project, PLACE, YEAR, chi_so_766=rows)
    result = annual.evaluate(PLACE, YEAR, project)
    made = result.part("service_quality").score
    said = plain(section(result, "chat-luong-phuc-vu").markdown)
    for number in (made.points, 100 - made.points):
        assert said.count(f" {decimal(number)}") == 1, said


@pytest.mark.parametrize(
    ("told", "dropped"),
    [(("10,5", "20,5"), True), (("10,5",), True), ((), False)],
)
def test_a_sentence_of_which_half_is_new_is_a_repetition(told, dropped):
    said = Text((f"Đã có {_spoken('1,5', *told)}.",))
    text = Text((f"Gồm {_spoken('10,5', '20,5')}.",))
    assert (fresh(text, said).paragraphs == ()) == dropped


def test_a_sentence_of_which_most_is_new_is_kept():
    said = Text((f"Đã có {_spoken('10,5')}.",))
    text = Text((f"Gồm {_spoken('10,5', '20,5', '30,5')}.",))
    assert fresh(text, said) == text


@pytest.mark.parametrize(("rank", "weak"), [(15, False), (16, True)])
def test_the_last_quarter_begins_behind_three_quarters_of_the_units(tmp_path, rank, weak):
    """Of 20 units the last quarter is places 16 to 20."""
    project = made.project_at(tmp_path)
    figures = (
        "sipas.overall,82%,%,2024,,,,,",
        f"par_index.rank,{rank},thứ hạng,2024,,,,,",
        "par_index.units,20,đơn vị,2024,,,,,",
    )
    made.deliver(project, made.ROWS, "\n".join(figures) + "\n")
    points = shown_points(annual.evaluate(made.SLUG, made.YEAR, project))
    said = [plain(point.text) for point in points if "một phần tư cuối" in point.text]
    assert [f"thứ {rank}/20" in one for one in said] == [True] * weak


@pytest.mark.parametrize(
    ("rank", "grade", "praised"),
    [(5, "", True), (6, "", False), (6, "Tốt", True), (15, "Khá", True), (16, "Khá", False)],
)
def test_a_place_is_good_news_in_the_first_quarter_or_with_a_grade_outside_the_last(
    tmp_path, rank, grade, praised
):
    """What the report calls weak is not its best result."""
    project = made.project_at(tmp_path)
    figures = (
        "par_index.index,85%,%,2024,,,,,",
        f"par_index.rank,{rank},thứ hạng,2024,,,,,",
        "par_index.units,20,đơn vị,2024,,,,,",
        *([f"par_index.grade,{grade},,2024,,,,,"] if grade else []),
    )
    made.deliver(project, None, "\n".join(figures) + "\n")
    result = annual.evaluate(made.SLUG, made.YEAR, project)
    said = plain(opening(result).markdown)
    good = f"đạt 85%{', xếp loại ' if grade else ''}{grade}, thứ {rank}/20"
    assert (good in said) == praised, said
    weak = [plain(point.text) for point in shown_points(result)]
    assert not praised or not any("một phần tư cuối" in one for one in weak)


def test_a_figure_of_last_year_without_the_tables_is_shown_and_not_compared(tmp_path):
    """Nothing says that both years had the same criteria."""
    project = made.project_at(tmp_path)
    figures = ("par_index.index,85%,%,2024,,,,,", "par_index.index,80%,%,2023,,,,,")
    made.deliver(project, None, "\n".join(figures) + "\n")
    table = tables.indices(annual.evaluate(made.SLUG, made.YEAR, project))
    (row,) = (line.split("\t") for line in str(table).splitlines() if line.startswith("Cải"))
    assert row[1:3] == ["80%", "85%"]
    assert "Thay đổi" not in table.header


def test_a_limit_that_the_office_states_itself_is_not_told_again(checkout):
    """Thanh Hóa states its nine late dossiers as a limit; the figures show the same nine."""
    result = annual.evaluate("thanh-hoa", 2023, checkout)
    assert "9 hồ sơ quá hạn" in limits_of(result)[0].text
    late = procedures.weak_points(result.part("procedures"))[0]
    assert late.code == "late"
    assert 9 in late.counts
    assert "late" not in [point.code for point in shown_points(result)]
