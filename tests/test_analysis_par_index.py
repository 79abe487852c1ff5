"""PAR INDEX results: what an office scored, by its own rules, beside what was published."""

from __future__ import annotations

import pytest
import scoring_made as made
from say_texts import missing

from helpers.definitions.load import DefinitionError
from helpers.indices.par_index import result as par_index
from helpers.indices.scored import findings_office
from helpers.inputs.problems import InputError
from helpers.inputs.results import NoResultError
from helpers.places import UnknownPlaceError

SIPAS = "sipas.overall,82%,%,2024,,,,,\n"


@pytest.fixture
def project(tmp_path):
    return made.project_at(tmp_path)


def evaluate(project):
    return par_index.evaluate(made.SLUG, made.YEAR, project)


def test_points_index_and_grade_by_the_provinces_rules(project):
    made.deliver(project, made.ROWS, SIPAS)
    result = evaluate(project)
    survey = 5 * (20 * 100 + 10 * 60 + 5 * 20) / 40 / 100
    points = 2 + 3 + 1.5 + 9.9 + survey + 8.2
    assert result.total.final == pytest.approx(points)
    assert result.total.maximum == 40 - 5  # the criterion that did not arise is taken off
    assert result.total.index == pytest.approx(points / 35 * 100)
    assert result.grade == "Khá"  # 79.93, below 80
    assert result.areas == ("1", "3", "8")
    assert result.scoring.tally("3").index == pytest.approx(99)
    assert result.target == 90
    assert result.status == "simulated"


def test_a_rule_fills_what_was_not_entered_and_never_replaces(project):
    made.deliver(project, made.ROWS, SIPAS)
    result = evaluate(project)
    assert result.scoring.by_code["1.3"].self_points == 1.5  # filled from "1" initiative
    assert result.scoring.by_code["1.2"].self_points == 5  # kept, though the ladder gives 3
    (check,) = result.checks
    assert (check.code, check.computed, check.entered) == ("1.2", 3, 5)


def test_losses_come_with_what_the_office_says(project):
    made.deliver(project, made.ROWS, SIPAS)
    losses = evaluate(project).losses
    assert [loss.item.code for loss in losses][:3] == ["1.2", "8.2", "8.1"]
    assert losses[0].lost == 2
    assert losses[0].row.owner == "Văn phòng"
    assert losses[0].row.cause == "Hai nhiệm vụ hoàn thành chậm"
    assert "cham-diem-cchc.csv, dòng 3" in losses[0].row.origin
    assert losses[0].area == "1"


def test_without_points_of_a_criterion_the_index_stays_open(project):
    made.deliver(project, made.with_row("1.2", diem_tham_dinh=""))
    result = evaluate(project)
    assert result.total.index is None
    assert result.grade == ""
    assert set(result.total.missing) == {"1.2", "8.2"}
    assert "1.2, 8.2" in str(missing(result))


def test_data_a_rule_cannot_use_are_told(project):
    made.deliver(project, made.with_row("1.1", so_lieu="rồi"), SIPAS)
    errors = {check.code: check.error for check in evaluate(project).checks}
    assert "«có» hoặc «không»" in errors["1.1"]


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("1.1", {"diem_tham_dinh": "3"}),
        ("1.2", {"diem_toi_da": "4", "diem_tu_cham": "4,5"}),
        ("3.1", {"diem_tham_dinh": "9,9", "diem_khao_sat": "1"}),
    ],
)
def test_more_points_than_the_maximum_stop_the_report(project, code, changes):
    made.deliver(project, made.with_row(code, **changes), SIPAS)
    with pytest.raises(InputError, match="tối đa"):
        evaluate(project)


def test_bonus_and_penalty_change_the_points_and_not_the_index(project):
    extra = """- {code: T, name: Thưởng, maximum: 2, kind: bonus}
- {code: P, name: Nộp muộn, kind: penalty, rule: {type: penalty, points: 1, per_day: 1}}
grades:"""
    plain = [*made.ROWS]
    rows = [*plain, {"ma": "T", "diem_tham_dinh": "2"}, {"ma": "P", "diem_tham_dinh": "-1"}]
    made.deliver(project, rows, SIPAS, rule_set=made.RULE_SET.replace("grades:", extra))
    result = evaluate(project)
    assert (result.scoring.bonus, result.scoring.penalty) == (2, 1)
    assert result.scoring.points == pytest.approx(result.total.final + 1)
    assert result.total.maximum == 35
    assert result.areas == ("1", "3", "8")


def with_open_bonus(project, *, maximum, limit, at_least):
    """Deliver a table whose bonus row is empty, graded by points from that many on."""
    extra = f"- {{code: T, name: Thưởng, maximum: {maximum}, kind: bonus}}\ngrades:"
    rules = made.RULE_SET.replace("grades:", extra)
    head, _, _ = rules.partition("grades:")
    grades = (
        "grades:\n- group: sở\n  limits_of: points\n  legal_basis: Quyết định thử\n"
        f"  bands: [{{name: Tốt, at_least: {at_least}}}, {{name: Khá, at_least: 0}}]\n"
    )
    rows = [*made.ROWS, {"ma": "T", "ten": "Thưởng"}]
    made.deliver(project, rows, SIPAS, rule_set=f"bonus_limit: {limit}\n{head}{grades}")
    return evaluate(project)


def test_an_empty_bonus_row_is_neither_none_nor_any(project):
    result = with_open_bonus(project, maximum=2, limit=3, at_least=1000)
    final = result.total.final
    assert (result.scoring.bonus, result.scoring.points) == (None, None)
    assert result.scoring.points_between == pytest.approx((final, final + 2))
    assert result.grade == "Khá"  # no bonus could change it


def test_a_grade_that_an_empty_bonus_row_could_change_is_not_given(project):
    result = with_open_bonus(project, maximum=2, limit=3, at_least=1000)
    final = result.total.final
    again = with_open_bonus(project, maximum=2, limit=3, at_least=final + 1)
    assert again.grade == ""
    limited = with_open_bonus(project, maximum=2, limit=0.5, at_least=final + 1)
    assert limited.grade == "Khá"
    (told,) = (one for one in findings_office.office(limited) if one.family == "bonus")
    assert (told.case, told.fields["total"].number) == ("unknown", pytest.approx(final))


def test_printed_sums_are_checked(project):
    rows = [*made.ROWS, {"ma": "1", "diem_tham_dinh": "6,9"}]
    made.deliver(project, rows, SIPAS)
    (found,) = evaluate(project).scoring.mismatches
    assert (found.code, found.printed, found.summed) == ("1", 6.9, 6.5)


def test_without_a_rule_set_the_table_has_its_own_maxima_and_no_grade(project):
    rows = [
        {"ma": "1", "ten": "Chỉ đạo", "cap": "linh_vuc"},
        {"ma": "1.1", "ten": "Kế hoạch", "diem_toi_da": "4", "diem_tham_dinh": "3"},
    ]
    made.deliver(project, rows, rule_set=None)
    result = evaluate(project)
    assert result.total.index == 75
    assert (result.grade, result.rule_set) == ("", None)
    assert "bảng xếp loại" in str(missing(result))


def test_codes_that_do_not_fit_the_rule_set_are_told(project):
    rows = [row for row in made.ROWS if row["ma"] != "1.3"] + [{"ma": "9.9", "diem_toi_da": "1"}]
    made.deliver(project, rows, SIPAS)
    told = str(missing(evaluate(project)))
    assert "9.9" in told
    assert "1.3" in told


def test_last_years_delivery_is_read(project):
    made.deliver(project, made.ROWS, SIPAS)
    made.deliver(project, made.ROWS, SIPAS.replace("2024", "2023").replace("82", "80"), year=2023)
    result = evaluate(project)
    assert result.total.index - result.previous.tally().index == pytest.approx(0.2 / 35 * 100)


def test_a_grade_alone_is_a_result(project):
    made.deliver(project, figures="par_index.grade,Khá,,2024,,,,,\n", rule_set=None)
    result = evaluate(project)
    assert result.own("grade").printed == "Khá"
    assert result.total is None
    assert "bảng chấm điểm" in str(missing(result))
    assert made.SLUG in par_index.available(project)[made.YEAR]


def test_a_delivery_about_something_else_is_none(project):
    made.deliver(project, figures="procedures.received,5,hồ sơ,2024,,,,,\n", rule_set=None)
    assert made.SLUG not in par_index.available(project)[made.YEAR]
    with pytest.raises(NoResultError, match="chiso new tinh-mau 2024"):
        evaluate(project)


def test_a_broken_delivery_is_available_and_fails(project):
    made.deliver(project, made.with_row("1.1", diem_tham_dinh="hai"), SIPAS)
    assert made.SLUG in par_index.available(project)[made.YEAR]
    with pytest.raises(InputError, match="cham-diem-cchc"):
        evaluate(project)


def test_a_missing_rule_set_is_an_error(project):
    made.deliver(project, made.ROWS, SIPAS)
    (project.offices / made.SLUG / "bo-tieu-chi.yml").unlink()
    with pytest.raises(DefinitionError, match="bo-tieu-chi"):
        evaluate(project)


def test_a_province_known_from_publication_alone(checkout):
    result = par_index.evaluate("Hà Tĩnh", 2023, checkout)
    assert result.office is None
    assert (result.published.total.value, result.published.total.rank) == (88.35, 18)
    assert result.published.national.value == 86.98
    assert result.published.region.value == 86.82
    assert [mean.value for mean in result.published.region.others] == [87.72]
    assert result.group.name == "B"
    assert result.why_not_comparable == ()
    assert "ha-tinh" in par_index.available(checkout)[2023]


def test_years_of_different_criteria_are_not_compared(checkout):
    result = par_index.evaluate("ha-tinh", 2022, checkout)
    assert "876/QĐ-BNV" in result.why_not_comparable[0]


@pytest.mark.parametrize(
    ("province", "year", "name"),
    [("quang-ninh", 2018, "A"), ("tien-giang", 2018, "C"), ("kien-giang", 2021, "dưới 80%")],
)
def test_groups_follow_the_limits_of_their_year(checkout, province, year, name):
    """73.69 is C in 2018 (70-<75), when A began at 80."""
    assert par_index.evaluate(province, year, checkout).group.name == name


def test_a_doubted_value_gets_no_group(checkout):
    assert par_index.evaluate("da-nang", 2023, checkout).group is None


def test_binh_thuan_2022_has_a_grade_and_nine_limits(checkout):
    result = par_index.evaluate("binh-thuan", 2022, checkout)
    assert result.own("grade").printed == "Khá"
    assert len(result.limits) == 9
    assert result.scoring is None


def test_nothing_at_all_is_said(checkout):
    with pytest.raises(NoResultError, match="Chưa có số liệu PAR INDEX năm 2023 của Lai Châu"):
        par_index.evaluate("lai-chau", 2023, checkout)


def test_a_folder_of_a_unit_that_is_no_more_does_not_stop_the_others(project):
    figures = "par_index.grade,Khá,,2025,,,,,\n"
    settings = "office: {name: Sở Thử}\n"
    for slug in ("quang-nam", "tuyen-quang"):
        made.deliver(project, None, figures, slug=slug, year=2025, rule_set=None, settings=settings)
    assert par_index.available(project)[2025] == ("quang-nam", "tuyen-quang")
    assert par_index.evaluate("tuyen-quang", 2025, project).own("grade").printed == "Khá"
    with pytest.raises(UnknownPlaceError, match="Đà Nẵng"):
        par_index.evaluate("quang-nam", 2025, project)


def test_departments_are_known_where_the_province_is_not(project):
    settings = "office: {name: Sở Thử}\n"
    made.deliver(
        project,
        None,
        "par_index.grade,Khá,,2025,,,,,\n",
        slug="tuyen-quang",
        year=2025,
        rule_set=None,
        settings=settings,
    )
    result = par_index.evaluate("tuyen-quang", 2025, project)
    assert len(result.published.below) == 6
    assert not result.published.is_empty
