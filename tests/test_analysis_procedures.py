"""What is known of an office: single figures, the report table or a file of dossiers."""

from __future__ import annotations

import re

import pytest
from service_made import CHECKOUT, checkout_in, deliver, figure, report_row

from helpers.indices.procedures import result as procedures
from helpers.indices.procedures.arithmetic import Count
from helpers.indices.procedures.rows import Row, year_of_months
from helpers.indices.procedures.shares import shares
from helpers.inputs.problems import InputError
from helpers.project import Project
from helpers.words.say import say

SLUG = "quang-nam"
FIELDS = (
    report_row("Việc làm", 60, 30, 10, 70, 20, 5, over=1),
    report_row("Người có công", 40, 50, 10, 60, 35, 0),
)


@pytest.fixture
def project(tmp_path):
    return checkout_in(tmp_path)


@pytest.fixture(scope="module")
def real():
    return Project(CHECKOUT)


def _values(counts):
    return {code: count.value for code, count in counts.items()}


def test_thanh_hoa_2023_from_printed_figures(real):
    result = procedures.evaluate("thanh-hoa", 2023, real)
    assert result.source == "figures"
    main = result.rate("in_time")
    assert (main.numerator, main.denominator) == (227140, 227149)
    assert result.total["gq_qua_han"].derived
    assert "so-lieu.csv" in result.total["tn_tong"].trace
    # What was computed from an identity cannot confirm it.
    assert result.checks == ()
    assert result.rate("online") is None
    assert "tỷ lệ hồ sơ nộp trực tuyến" in str(say(result, "missing"))


def test_binh_thuan_2022_gives_an_interval_for_what_was_resolved(real):
    result = procedures.evaluate("binh-thuan", 2022, real)
    assert result.resolved_range == (1633, 1702)
    (online,) = shares(result)
    assert (online.part, online.whole, online.target.value, online.below_target) == (
        18,
        129,
        50,
        True,
    )
    assert online.share == pytest.approx(0.1395, abs=5e-5)


def test_son_la_2023_has_services_only(real):
    result = procedures.evaluate("son-la", 2023, real)
    assert result.total == {}
    (full,) = shares(result)
    assert (full.key, full.part, full.whole) == ("online_full", 105, 113)


def test_quang_nam_2023_has_a_rate_without_its_denominator(real):
    result = procedures.evaluate("Quảng Nam", 2023, real)
    assert _values(result.total) == {"tn_tong": 5182}
    assert result.rates == ()
    assert result.figure("in_time_rate").value == 100


def test_the_total_is_the_sum_of_the_fields(project):
    deliver(project, SLUG, 2023, ho_so_tthc=FIELDS)
    result = procedures.evaluate(SLUG, 2023, project)
    assert result.source == "table"
    assert [row.name for row in result.rows.fields] == ["Việc làm", "Người có công"]
    assert result.total["tn_tong"].value == 200
    assert result.total["gq_qua_han"].value == 5
    assert {check.state for check in result.checks} == {"holds"}
    assert len(result.rates) == 7


def test_a_total_row_is_kept_and_held_against_the_sum(project):
    whole = {**report_row("", 100, 80, 20, 130, 55, 5, over=1), "gq_tong": 191}
    deliver(project, SLUG, 2023, ho_so_tthc=[*FIELDS, whole])
    result = procedures.evaluate(SLUG, 2023, project)
    assert result.rows.differences == (("lĩnh vực", "gq_tong", 190, 191),)
    assert {check.rule.key: check.state for check in result.checks}["resolved"] == "other"


def test_fields_and_units_are_two_views_of_the_same_dossiers(project):
    unit = {**report_row("", 100, 80, 20, 130, 55, 5, over=1), "don_vi": "Phòng A"}
    deliver(project, SLUG, 2023, ho_so_tthc=[*FIELDS, unit])
    rows = procedures.evaluate(SLUG, 2023, project).rows
    assert rows.total["tn_tong"].value == 200
    assert [row.name for row in rows.units] == ["Phòng A"]
    assert rows.differences == ()


def test_a_field_of_several_units_is_added_once(project):
    parts = [
        {**row, "linh_vuc": "Việc làm", "don_vi": name}
        for row, name in zip(FIELDS, "AB", strict=True)
    ]
    deliver(project, SLUG, 2023, ho_so_tthc=parts)
    rows = procedures.evaluate(SLUG, 2023, project).rows
    assert [(row.name, row.value("tn_tong")) for row in rows.fields] == [("Việc làm", 200)]
    assert [(row.name, row.value("tn_tong")) for row in rows.units] == [("A", 100), ("B", 100)]


def test_an_empty_cell_is_missing_and_not_zero(project):
    deliver(project, SLUG, 2023, ho_so_tthc=[{**FIELDS[0], "gq_qua_han": ""}, FIELDS[1]])
    result = procedures.evaluate(SLUG, 2023, project)
    assert "gq_qua_han" not in result.total
    assert result.rate("late_resolved") is None
    assert result.rate("in_time").denominator == 190


def test_a_rate_names_the_columns_that_it_lacks_and_no_others(project):
    """All columns were asked for, whatever was missing."""
    deliver(project, SLUG, 2023, ho_so_tthc=[{**FIELDS[0], "gq_qua_han": ""}, FIELDS[1]])
    (said,) = lacked(procedures.evaluate(SLUG, 2023, project))
    assert said == (
        "Chưa tính được: tỷ lệ giải quyết quá hạn (trên số hồ sơ đã giải quyết) và tỷ lệ quá hạn chung "
        "(trên tổng số hồ sơ tiếp nhận) thiếu “Đã giải quyết: quá hạn”. Các cột này là của bảng “Hồ sơ "
        "TTHC” hoặc số liệu tương ứng trong “Số liệu chung”."
    )


def test_a_rate_of_nothing_lacks_nothing(project):
    rows = [report_row("Việc làm", 60, 30, 10, 70, 30, 0)]
    deliver(project, SLUG, 2023, ho_so_tthc=rows)
    result = procedures.evaluate(SLUG, 2023, project)
    assert result.rate("overdue_open") is None
    assert lacked(result) == []


@pytest.mark.parametrize(
    ("emptied", "columns", "rates"),
    [
        ({"kenh": ""}, "“Kênh tiếp nhận”", ["hồ sơ nộp trực tuyến"]),
        ({"ngay_hen_tra": "", "thoi_han": ""}, "“Ngày hẹn trả”", ["quá hạn chung", "trước hạn"]),
        ({"ngay_giai_quyet": ""}, "“Ngày giải quyết xong”", ["giải quyết quá hạn"]),
    ],
)
def test_a_rate_from_dossiers_names_the_columns_of_their_file(project, emptied, columns, rates):
    deliver(project, SLUG, 2023, ho_so=[row | emptied for row in _dossiers()])
    result = procedures.evaluate(SLUG, 2023, project)
    assert result.source == "records"
    (said,) = lacked(result)
    assert said.endswith(". Các cột này là của tệp ho-so.")
    assert set(re.findall("“.*?”", said)) == {columns}
    for name in rates:
        assert name in said
    assert not [rate for rate in result.rates if f"{rate.rule.name.lower()} (" in said.lower()]


def lacked(result):
    lines = say(result, "missing").markdown.split("\n")
    return [one[2:] for one in lines if one.startswith("- Chưa tính được")]


def test_twelve_months_make_a_year():
    months = [
        Row(str(m), {k: Count(v, "bảng") for k, v in report_row("", 10, 5, 2, 9, 3, 1).items()
                     if isinstance(v, int)})
        for m in range(1, 13)
    ]  # fmt: skip
    made = _values(year_of_months(months))
    assert (made["tn_truc_tuyen"], made["tn_ky_truoc"], made["tn_tong"]) == (120, 2, 182)
    assert (made["gq_tong"], made["gq_qua_han"], made["dg_tong"]) == (156, 12, 4)
    assert year_of_months(months[:11]) == {}


def _dossiers(year=2023):
    end = {"ngay_giai_quyet": f"{year}-03-09", "trang_thai": "Đã trả kết quả"}
    base = {
        "linh_vuc": "Việc làm", "don_vi_giai_quyet": "Phòng A", "ma_tthc": "1.001",
        "kenh": "trực tuyến", "ngay_tiep_nhan": f"{year}-03-01", "ngay_hen_tra": f"{year}-03-09",
        "ten_tthc": "Cấp giấy", "thoi_han": "", **end,
    }  # fmt: skip
    late = {"ngay_hen_tra": f"{year}-03-08"}
    by_limit = {"ngay_hen_tra": "", "thoi_han": 20}
    rows = [
        base,
        base | late,
        base | by_limit,
        base | {"ngay_giai_quyet": "", "trang_thai": "Đang xử lý"},
    ]
    return [{"ma_ho_so": f"H{n}", **row} for n, row in enumerate(rows * 5)]


def test_dossiers_alone_make_all_tables(project):
    deliver(project, SLUG, 2023, ho_so=_dossiers())
    result = procedures.evaluate(SLUG, 2023, project)
    assert result.source == "records"
    made = _values(result.total)
    assert (made["gq_truoc_han"], made["gq_dung_han"], made["gq_qua_han"], made["dg_qua_han"]) == (
        5,
        5,
        5,
        5,
    )
    assert [row.name for row in result.rows.months] == [str(month) for month in range(1, 13)]
    assert result.rows.procedures[0].code == "1.001"
    assert procedures.available(project) == {2023: (SLUG,)}


def test_dossiers_that_disagree_with_the_table_are_told(project):
    deliver(
        project,
        SLUG,
        2023,
        ho_so=_dossiers(),
        ho_so_tthc=[report_row("Việc làm", 5, 0, 0, 1, 1, 1, over=1)],
    )
    result = procedures.evaluate(SLUG, 2023, project)
    assert result.source == "table"
    assert ("hồ sơ trong tệp", "tn_tong", 20, 5) in result.rows.differences
    assert result.rows.months


def test_the_year_before_is_compared_unless_the_rules_changed(project):
    for slug, year in ((SLUG, 2023), (SLUG, 2024), ("da-nang", 2024), ("da-nang", 2025)):
        deliver(project, slug, year, ho_so_tthc=FIELDS)
    assert procedures.evaluate(SLUG, 2023, project).before is None
    assert procedures.evaluate(SLUG, 2024, project).before.year == 2023
    later = procedures.evaluate("Đà Nẵng", 2025, project)
    assert later.before is None
    assert "118/2025/NĐ-CP" in later.not_compared[0]


def test_targets_come_from_settings_or_figures(project):
    targets = "targets:\n  procedures.online_share: 60\n"
    deliver(
        project,
        SLUG,
        2023,
        settings=targets,
        ho_so_tthc=FIELDS,
        so_lieu=[figure("in_time_rate_target", "99%")],
    )
    result = procedures.evaluate(SLUG, 2023, project)
    assert result.target("online_share").value == 60
    assert result.target("in_time_rate").value == 99
    assert result.target("late_rate") is None


def test_apologies_and_devices_are_parts_of_a_whole(project):
    figures = [
        figure("apology_letters", 4), figure("device_very_satisfied", 700),
        figure("device_satisfied", 290), figure("device_unsatisfied", 10),
    ]  # fmt: skip
    deliver(project, SLUG, 2023, ho_so_tthc=FIELDS, so_lieu=figures)
    found = {
        one.key: (one.part, one.whole) for one in shares(procedures.evaluate(SLUG, 2023, project))
    }
    assert found["apology_letters"] == (4, 6)
    assert found["device_unsatisfied"] == (10, 1000)


def test_without_a_delivery_the_message_says_what_to_deliver(project):
    with pytest.raises(procedures.NoDossiersError, match="Hồ sơ TTHC"):
        procedures.evaluate(SLUG, 2023, project)
    deliver(
        project,
        SLUG,
        2023,
        so_lieu=[{"ma": "sipas.overall", "gia_tri": "78,04%", "don_vi": "%", "nam": 2023}],
    )
    with pytest.raises(procedures.NoDossiersError, match="Hồ sơ TTHC"):
        procedures.evaluate(SLUG, 2023, project)
    assert procedures.available(project) == {}


def test_a_broken_delivery_is_not_half_read(project):
    deliver(project, SLUG, 2023, ho_so_tthc=[{**FIELDS[0], "gq_qua_han": "năm"}])
    with pytest.raises(InputError):
        procedures.evaluate(SLUG, 2023, project)
    assert procedures.available(project) == {2023: (SLUG,)}
