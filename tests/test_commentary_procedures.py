"""What reports on dossiers say: every numeral traced, nothing claimed that the figures do not carry."""

from __future__ import annotations

import pytest
from service_made import (
    CHECKOUT,
    checkout_in,
    deliver,
    figure,
    report_row,
    untidy,
    untraced_numeral,
)

from helpers.indices.procedures import charts, tables
from helpers.indices.procedures import result as procedures
from helpers.indices.procedures import text as commentary
from helpers.project import Project
from helpers.words.say import say

SECTIONS = (
    commentary.overview, commentary.where_late, commentary.totals, commentary.brief,
)  # fmt: skip
TABLES = (
    tables.fields, tables.units, tables.rates, tables.identities, tables.months,
    tables.late_procedures, tables.services, tables.parts, tables.assessment, tables.indices,
    tables.satisfaction,
)  # fmt: skip
SAID = ("months", "services", "assessment", "missing", "method")
SLUG = "quang-nam"


def _name(section):
    """Name a case the same in every process: a function prints its address."""
    return section if isinstance(section, str) else section.__name__


def _full(project):
    """Deliver two years with fields, units, months, scores, services and a remainder."""
    fields = [
        report_row("Việc làm", 600, 300, 100, 700, 200, 40, over=10),
        {**report_row("Người có công", 400, 500, 100, 600, 390, 0), "gq_tong": 995},
        report_row("Bảo trợ xã hội", 90, 5, 5, 80, 18, 2),
    ]
    units = [{**row, "linh_vuc": "", "don_vi": f"Phòng {row['linh_vuc']}"} for row in fields]
    months = [
        {**report_row("", 90 + m, 65, 20, 100, 50, m % 3), "thang": m, "linh_vuc": ""}
        for m in range(1, 13)
    ]
    scores = [
        {"ky": "Quý I", "don_vi": "Bộ phận Một cửa", "chi_so": n, "so_phieu_2": 8, "so_phieu_1": 1,
         "so_phieu_0": 1, "diem_tham_dinh": 1.6}
        for n in range(1, 10)
    ]  # fmt: skip
    asked = {"rat_hai_long": 999, "hai_long": 1998, "khong_hai_long": 3}
    scores.append({"ky": "Quý I", "don_vi": "Bộ phận Một cửa", "chi_so": 11, **asked})
    figures = [
        figure("listed", 129, 2024), figure("online_services", 18, 2024),
        figure("digitised", 2000, 2024), figure("announced_new", 4, 2024),
        figure("announcing_decisions", 2, 2024),
        figure("apology_letters", 3, 2024), figure("device_unsatisfied", 1, 2024),
        figure("device_satisfied", 99, 2024),
    ]  # fmt: skip
    aims = {"online_rate": 50, "online_share": 80, "in_time_rate": 100}
    goals = "".join(["targets:\n", *(f"  procedures.{key}: {aim}\n" for key, aim in aims.items())])
    deliver(project, SLUG, 2023, ho_so_tthc=fields[1:])
    deliver(
        project, SLUG, 2024, settings=goals, so_lieu=figures, danh_gia_tthc=scores,
        ho_so_tthc=[*fields, *units, *months],
    )  # fmt: skip
    return procedures.evaluate(SLUG, 2024, project)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    made = checkout_in(tmp_path_factory.mktemp("procedures"))
    real = Project(CHECKOUT)
    found = {
        slug: procedures.evaluate(slug, year, real)
        for slug, year in (
            ("thanh-hoa", 2023),
            ("quang-nam", 2023),
            ("binh-thuan", 2022),
            ("son-la", 2023),
        )
    }
    return found | {"full": _full(made)}


CASES = ("thanh-hoa", "quang-nam", "binh-thuan", "son-la", "full")


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("section", [*SECTIONS, *SAID], ids=_name)
def test_every_numeral_has_a_trace(results, case, section):
    result = results[case]
    made = say(result, section) if isinstance(section, str) else section(result)
    markdown = made.markdown
    notes = [note.text for note in results[case].edition.notes]
    assert untraced_numeral(markdown, *notes) == ""
    assert untidy(markdown) == ""


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("table", TABLES, ids=lambda one: one.__name__)
def test_tables_are_whole_or_say_why_not(results, case, table):
    made = table(results[case])
    assert made.is_empty == bool(made.reason)
    assert made.markdown == "" or made.caption


def test_late_dossiers_never_read_as_all_in_time(results):
    text = str(commentary.overview(results["thanh-hoa"]))
    assert "99,996%" in text
    assert "9 hồ sơ quá hạn" in text
    assert "100%" not in text
    assert "chỉ có thể thuộc số đã giải quyết" in text
    for table in (tables.key_figures, tables.rates):
        assert "100" not in str(table(results["thanh-hoa"]))


def test_a_rate_without_its_denominator_is_said_to_be_unchecked(results):
    text = str(commentary.overview(results["quang-nam"]))
    assert "5.182" in text
    assert "100% nhưng không nêu số hồ sơ đã giải quyết" in text
    assert "giải quyết 5.182" not in text


def test_an_interval_is_given_where_only_a_rate_was_printed(results):
    assert "từ 1.633 đến 1.702" in str(commentary.overview(results["binh-thuan"]))
    services = str(say(results["binh-thuan"], "services", heading=False))
    assert "18/129 thủ tục (13,95%)" in services
    assert "thấp hơn 36,05 điểm phần trăm so với chỉ tiêu 50%" in services
    assert "Tài liệu nguồn in tỷ lệ này là 14%" in services


def test_services_of_son_la(results):
    assert "105/113 thủ tục (92,92%)" in str(say(results["son-la"], "services", heading=False))


def test_a_remainder_is_shown_as_other(results):
    made = tables.fields(results["full"])
    assert "Khác (đã giải quyết)" in made.header
    row = next(row for row in made.rows if str(row[0]).startswith("2. Người có công"))
    assert row[made.header.index("Khác (đã giải quyết)")].text == "5"
    assert "Có 5 hồ sơ đã giải quyết nhưng không xếp được" in str(
        commentary.totals(results["full"])
    )


def test_the_form_has_its_columns_in_order(results):
    made = tables.fields(results["full"])
    numbers = [str(cell) for cell in made.rows[0]]
    assert numbers[:12] == ["(1), (2)", *(f"({number})" for number in range(3, 14))]
    assert [cell.text for cell in made.rows[-1][1:4]] == ["2.100", "1.090", "805"]


def test_the_worst_field_is_named_first(results):
    text = str(commentary.where_late(results["full"]))
    assert "nhiều nhất ở Việc làm (50 hồ sơ)" in text


def test_missed_targets_and_late_dossiers_are_weak_points(results):
    found = {point.code: point for point in commentary.weak_points(results["full"])}
    assert set(found) == {"late", "online", "online_rate"}
    assert all(0 <= point.importance <= 1 for point in found.values())
    for point in found.values():
        assert untraced_numeral(point.text) == ""
        assert point.cause == point.measure == ""


def test_satisfaction_is_a_share_of_forms(results):
    (row,) = tables.satisfaction(results["full"]).rows
    assert [cell.text for cell in row[1:]] == ["3.000", "33,3%", "66,6%", "0,1%"]


def test_grades_follow_the_appraised_points(results):
    assert "14,40" in str(tables.assessment(results["full"]))
    assert "Tốt" in str(tables.assessment(results["full"]))


def test_a_changed_denominator_is_compared_only_with_the_same_rate(results):
    text = str(commentary.overview(results["full"]))
    assert "so với năm 2023" in text
    assert "So với 2023 (điểm %)" in tables.rates(results["full"]).header


@pytest.mark.parametrize("chart", [charts.fields, charts.units, charts.months])
def test_charts_bring_caption_and_alternative(results, chart):
    made = chart(results["full"])
    assert made.caption
    assert made.alt.endswith(".")
    assert made.svg() == chart(results["full"]).svg()
    assert chart(results["son-la"]).is_empty
    assert chart(results["son-la"]).reason


def test_the_title_is_of_the_office_and_its_status(results):
    made = commentary.title(results["full"])
    assert made.title == "Giải quyết thủ tục hành chính năm 2024 của Sở Thử nghiệm"
    assert made.status == "official"


def test_a_sum_that_the_text_relies_on_is_not_called_unchecked(results):
    text = str(commentary.totals(results["thanh-hoa"]))
    assert "chưa đủ để kiểm tra các tổng" not in text
    assert "Số tiếp nhận (229.952) bằng số đã giải quyết (227.149)" in text
