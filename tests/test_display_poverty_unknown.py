"""Attributes counted from households: who leaves one open is in no base; nothing unknown is printed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from poverty_made import checkout_in, commune, deliver, unit

from helpers.indices.poverty import charts
from helpers.indices.poverty import result as poverty
from helpers.indices.poverty import tables as printed
from helpers.indices.poverty import text as commentary
from helpers.indices.poverty import unit_tables as tables
from helpers.inputs.checking import check_delivery
from helpers.inputs.delivery import Delivery
from helpers.reports.reconciliation import result as reconciliation
from helpers.words.say import say
from helpers.words.text import plain


def households(poor, near, **other):
    """Make records: causes of the poor and of the near-poor, one household each."""
    rows = [("Hộ nghèo", cause) for cause in poor] + [("Hộ cận nghèo", cause) for cause in near]
    rows += [("Hộ không nghèo", "")] * 20
    return [
        {
            "ma_ho": f"H{number}",
            "huyen": "Đồng Văn",
            "phan_loai_dau_ky": "Hộ không nghèo",
            "phan_loai_cuoi_ky": kind,
            "nguyen_nhan": cause,
            **{name: given(number) for name, given in other.items()},
        }
        for number, (kind, cause) in enumerate(rows)
    ]


@pytest.fixture
def evaluated(tmp_path):
    def made(rows, slug="ha-giang", year=2023):
        project = checkout_in(tmp_path)
        deliver(project, slug, year, ho_dan=rows)
        return poverty.evaluate(slug, year, project), project

    return made


def shown(table):
    return [[plain(str(cell)) for cell in row] for row in table.rows]


def test_who_leaves_the_cause_open_is_not_one_without_it(evaluated):
    """It read 30,00%: the fourteen without a recorded cause were counted as «no»."""
    result, _ = evaluated(
        households(["Thiếu vốn"] * 12 + ["Thiếu đất sản xuất"] * 8 + [""] * 10, [""] * 20)
    )
    table = tables.causes(result)
    # None of the near-poor records a cause: nothing is known of them, and zero is not printed.
    assert shown(table) == [
        ["Thiếu vốn", "12", "60,00%", ""],
        ["Thiếu đất sản xuất", "8", "40,00%", ""],
    ]
    assert "Tỷ lệ trong hộ nghèo có ghi nguyên nhân" in table.header
    assert "10 hộ nghèo và 20 hộ cận nghèo chưa ghi" in plain(table.note)


def test_where_most_leave_the_cause_open_there_is_no_share_and_no_commonest_cause(evaluated):
    result, _ = evaluated(households(["Thiếu vốn"] * 6 + [""] * 14, ["Thiếu vốn"] * 6 + [""] * 14))
    assert shown(tables.causes(result)) == [["Thiếu vốn", "6", "", "6"]]
    assert "nhiều nhất" not in plain(str(commentary.groups(result)))


def test_few_who_leave_it_open_do_not_follow_from_a_share(evaluated):
    result, _ = evaluated(
        households(["Thiếu vốn"] * 12 + ["Thiếu đất sản xuất"] * 8 + [""] * 3, ["Thiếu vốn"] * 20)
    )
    table = tables.causes(result)
    assert [row[1:3] for row in shown(table)] == [["12", ""], ["8", ""]]
    assert "một số ít (dưới năm) hộ nghèo chưa ghi" in plain(table.note)
    told = plain(str(say(result, "gaps")))
    assert "một số ít hộ nghèo (dưới năm hộ)" in told
    assert "3 hộ" not in told


def test_what_is_few_is_as_the_office_decides(tmp_path):
    """Seven of an office that tells of no group below ten were told."""
    project = checkout_in(tmp_path)
    rows = households(
        ["Thiếu vốn"] * 12 + ["Thiếu đất sản xuất"] * 14 + [""] * 7, ["Thiếu vốn"] * 20
    )
    decided = "rules: {poverty: {smallest_cell: 10}}\n"
    deliver(project, "ha-giang", 2023, settings=decided, ho_dan=rows)
    result = poverty.evaluate("ha-giang", 2023, project)
    assert "một số ít (dưới mười) hộ nghèo chưa ghi" in plain(tables.causes(result).note)
    told = plain(str(say(result, "gaps")))
    assert "một số ít hộ nghèo (dưới 10 hộ)" in told
    assert "7 hộ" not in told
    # Whoever types a number that the list contradicts is not told the seven either.
    deliver(
        project,
        "ha-giang",
        2023,
        settings=decided,
        ho_dan=[*rows[:7], *rows[33:]],
        so_lieu=[{"ma": "poverty.poor", "gia_tri": 60, "nam": 2023}],
    )
    found = reconciliation.evaluate("ha-giang", 2023, project).discrepancies
    (one,) = [d for d in found if "được kê khai" in d.text]
    assert "nhóm dưới mười" in one.text


def test_a_deprivation_is_a_share_of_those_who_record_it(evaluated):
    rows = households(
        ["Thiếu vốn"] * 30, ["Thiếu vốn"] * 30, thieu_4=lambda n: n % 2 if n % 3 else ""
    )
    result, _ = evaluated(rows)
    (row,) = printed.deprivations(result).rows
    assert [plain(str(cell)) for cell in row[2:]] == ["10", "50,00%", "10", "50,00%"]
    assert "quá nửa" in printed.deprivations(result).note


def test_check_names_the_lines_that_leave_an_attribute_open(evaluated):
    rows = households(
        ["Thiếu vốn"] * 12 + [""] * 2, ["Thiếu vốn"] * 9, dan_toc=lambda n: "" if n == 3 else "Kinh"
    )
    _, project = evaluated(rows)
    told = [
        str(p)
        for p in check_delivery(Delivery(2023, "ha-giang"), project).problems
        if p.rule == "unknown-part"
    ]
    (cause,) = [one for one in told if "Nguyên nhân nghèo" in one]
    assert "Có 2 dòng" in cause
    assert "14" in cause  # the heading is line 1, the first household line 2
    assert "mẫu số" in cause
    (people,) = [one for one in told if "Dân tộc" in one]
    assert "Có 1 dòng" in people
    # A column that was not delivered at all is nothing to fill in line by line.
    assert not [one for one in told if "huyện nghèo" in one]


def test_a_cause_without_a_count_has_no_share(evaluated):
    result, _ = evaluated(households(["Thiếu vốn"] * 20, ["Thiếu vốn"] * 20))
    groups = result.groups.assign(ho_ngheo=float("nan"), of_poor=float("nan"))
    (row,) = tables.causes(replace(result, groups=groups)).rows
    assert [str(cell) for cell in row[1:3]] == ["", ""]


def test_a_sum_says_which_rows_were_added(tmp_path):
    """It read «cộng 4 địa bàn: cộng 1 xã; …»."""
    project = checkout_in(tmp_path)
    rows = [commune(d, x, 1000, 50, 40) for d, x in (("An", "Một"), ("An", "Hai"), ("Bình", "Ba"))]
    deliver(project, "ha-giang", 2023, ho_ngheo_dia_ban=rows)
    result = poverty.evaluate("ha-giang", 2023, project)
    file = "data/provinces/ha-giang/2023/ho-ngheo-dia-ban.csv"
    assert result.state.total.trace == f"cộng 3 địa bàn cấp xã: {file}, dòng 2 đến 4"
    traces = dict(zip(result.districts["huyen"], result.districts["origin"], strict=True))
    assert traces["An"] == f"cộng 2 địa bàn cấp xã: {file}, dòng 2 đến 3"
    assert traces["Bình"] == f"{file}, dòng 4"


@pytest.mark.parametrize("named", ["xa", "huyen"])
def test_there_are_no_districts_since_july_2025(tmp_path, named):
    """Communes of 2025 stood in one row without a name below «Huyện, thị xã, thành phố»."""
    project = checkout_in(tmp_path)
    names = ("Hải Châu", "Hòa Vang", "Tam Kỳ")
    counts = ((5000, 50, 20), (4000, 200, 60), (6000, 90, 30))
    rows = [
        commune("", name, *c) if named == "xa" else unit(name, *c)
        for name, c in zip(names, counts, strict=True)
    ]
    deliver(project, "da-nang", 2025, ho_ngheo_dia_ban=rows)
    result = poverty.evaluate("da-nang", 2025, project)
    assert result.state.households("poor").value == 340
    assert "cấp xã" in result.state.households("poor").trace
    table = tables.districts(result)
    assert table.header[0] == "Xã, phường, đặc khu"
    assert [row[0] for row in table.rows] == ["Hòa Vang", "Tam Kỳ", "Hải Châu"]
    assert tables.communes(result).is_empty
    text = plain(str(commentary.units(result)))
    assert "Trong 3 xã, phường, đặc khu được nêu tỷ lệ" in text
    assert "cao nhất là Hòa Vang (5,00%)" in text
    chart = charts.districts(result)
    printed_all = " ".join((text, chart.caption, chart.alt, str(table)))
    assert "uyện" not in printed_all
    assert "chưa ghi tên" not in printed_all


def test_a_commune_of_2025_is_one_whatever_district_a_household_still_names(evaluated):
    rows = households(["Thiếu vốn"] * 30, ["Thiếu vốn"] * 30)
    rows = [
        {**row, "xa": "Trà My", "huyen": "An" if n % 2 else "Bình"} for n, row in enumerate(rows)
    ]
    result, _ = evaluated(rows, "da-nang", 2025)
    assert result.communes["xa"].tolist() == ["Trà My"]
    assert result.state.households("poor").value == 30
