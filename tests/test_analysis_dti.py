"""DTI results: an office's points under the main indicators of its year, beside what was published."""

from __future__ import annotations

import pytest
import say_texts as commentary
import scoring_made as made

from helpers.indices.dti import result as dti
from helpers.inputs.problems import InputError
from helpers.inputs.results import NoResultError
from helpers.reports.annual.adapters import headline_of
from helpers.words.text import plain

HEADING = [
    *("ma_chi_so", "ten", "diem_toi_da", "loai_quy_tac", "a", "b", "gia_tri"),
    *("diem_tu_danh_gia", "diem_tham_dinh", "tai_lieu"),
]
ROWS = [
    {
        "ma_chi_so": "1.1",
        "ten": "Người đứng đầu",
        "diem_toi_da": "60",
        "loai_quy_tac": "bac",
        "gia_tri": "0,5",
        "diem_tham_dinh": "30",
    },
    {
        "ma_chi_so": "1.2",
        "ten": "Tin, bài",
        "diem_toi_da": "40",
        "loai_quy_tac": "ty_le",
        "a": "30",
        "b": "40",
        "diem_tu_danh_gia": "35",
        "diem_tham_dinh": "30",
    },
    {"ma_chi_so": "6.1", "ten": "Đô thị thông minh", "diem_toi_da": "10", "diem_tham_dinh": "5"},
    {"ma_chi_so": "7", "diem_tu_danh_gia": "150", "diem_tham_dinh": "140"},
]

WHOLE = [
    {"ma_chi_so": code, "ten": "Chỉ số", "diem_toi_da": "100", "diem_tham_dinh": "60"}
    for code in ("1", "2")
]


@pytest.fixture
def project(tmp_path):
    return made.project_at(tmp_path)


def deliver(project, rows, year=2023, figures=""):
    made.deliver(
        project,
        rows,
        figures,
        year=year,
        rule_set=None,
        settings="office: {name: Sở Thử}\nstatus: simulated\n",
        file="cham-diem-dti",
        heading=HEADING,
    )


def test_points_add_up_under_the_main_indicators(project):
    deliver(project, ROWS)
    result = dti.evaluate(made.SLUG, 2023, project)
    assert result.areas == ("1", "7")  # the smart city is not scored
    assert result.scoring.tally("1").final == 60
    assert (result.total.final, result.total.maximum) == (200, 300)
    assert result.scoring.by_code["7"].name == "Hoạt động chính quyền số"
    assert result.rules.points == 1000


def test_rules_fill_and_check_the_self_score(project):
    deliver(project, ROWS)
    result = dti.evaluate(made.SLUG, 2023, project)
    assert result.scoring.by_code["1.1"].self_points == 30
    (check,) = result.checks
    assert (check.code, check.declared, check.computed, check.entered) == ("1.2", "30/40", 30, 35)


def test_a_ratio_above_one_stops_the_reading(project):
    deliver(project, [{**ROWS[1], "a": "50"}])
    with pytest.raises(InputError, match="Tử số"):
        dti.evaluate(made.SLUG, 2023, project)


def test_data_a_rule_cannot_use_are_told(project):
    deliver(project, [{**ROWS[0], "loai_quy_tac": "co_khong"}])
    (check,) = dti.evaluate(made.SLUG, 2023, project).checks
    assert "không hợp quy tắc" in check.error


def test_a_code_outside_the_set_is_told(project):
    deliver(project, [*ROWS, {"ma_chi_so": "12.1", "diem_toi_da": "10", "diem_tham_dinh": "1"}])
    assert "12.1" in str(commentary.missing(dti.evaluate(made.SLUG, 2023, project)))


def test_a_year_of_unknown_structure_takes_the_table_as_it_is(project):
    deliver(project, ROWS[:2], year=2024)
    result = dti.evaluate(made.SLUG, 2024, project)
    assert result.total.index == pytest.approx(60)
    assert result.rules.points is None


@pytest.mark.parametrize(
    ("year", "said"),
    [
        (2024, "không so sánh được với năm 2023 vì bộ chỉ số được thay bằng bộ theo Quyết định"),
        (2023, "So với năm 2022 (60,00%), tỷ lệ điểm chuyển đổi số của tỉnh không đổi"),
    ],
)
def test_an_office_s_own_result_does_not_cross_a_break(project, year, said):
    """The same table in both years, so that only the break of the definition can forbid it."""
    for one in (year - 1, year):
        deliver(project, WHOLE, year=one)
    result = dti.evaluate(made.SLUG, year, project)
    assert result.same_criteria
    assert result.previous.tally().index is not None
    text = plain(commentary.changes(result).markdown)
    assert said in text
    assert ("tăng" in text or "giảm" in text or "không đổi" in text) == (year == 2023)
    assert headline_of("dti", result).of("change").case == ("barred" if year == 2024 else "equal")


def test_all_provinces_have_a_place_in_2022(checkout):
    assert len(dti.available(checkout)[2022]) == 63
    result = dti.evaluate("ha-tinh", 2022, checkout)
    assert (result.published.total.rank, result.published.total.value) == (37, None)
    assert "chỉ nêu thứ hạng" in str(commentary.missing(result))


def test_components_of_the_first_five(checkout):
    parts = {
        part.name: part.value for part in dti.evaluate("da-nang", 2022, checkout).published.parts
    }
    assert parts["Thể chế số"] == 0.9
    assert len(parts) == 8


def test_nothing_is_said(checkout):
    with pytest.raises(NoResultError, match="chuyển đổi số năm 2024 của Lai Châu"):
        dti.evaluate("lai-chau", 2024, checkout)
