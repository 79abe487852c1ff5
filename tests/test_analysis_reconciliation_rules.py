"""Each rule on figures made by hand: what it finds, and what it leaves alone."""

from __future__ import annotations

import datetime
import math

import pandas as pd
import pytest
from reconciliation_made import figure, figures

from helpers.facts.intervals import Interval, printed, whole_from
from helpers.reports.reconciliation.result import reconcile
from helpers.reports.reconciliation.text import statement
from helpers.words.text import plain

P = "procedures."


def found(*given, tables=None, **options):
    return reconcile(figures(*given), tables or {}, **options)


def rules(*given, **options):
    return [(one.rule, one.severity) for one in found(*given, **options)]


def test_a_count_is_exact_and_a_rate_is_an_interval():
    assert printed(figure(P + "received", "5.182")) == Interval(5182, 5182)
    assert printed(figure("sipas.overall", "78,04%")) == Interval(78.035, 78.045)
    assert printed(figure(P + "online_rate", "14%")) == Interval(13.5, 14.5)
    assert printed(figure("poverty.poor_rate_change", "-3", since=2022)) == Interval(-3.5, -2.5)


@pytest.mark.parametrize("word", ["trên", "hơn", "ít nhất", "Trên"])
def test_a_lower_bound_is_open_above(word):
    one = figure(P + "digitised", "330.000", sentence=f"đã có {word} 330.000 hồ sơ")
    assert printed(one) == Interval(330000, math.inf)


def test_the_households_behind_a_count_and_a_rate():
    """Cà Mau at the end of 2023: 9.604 poor are 3,14 %, 6.943 near-poor 2,27 %."""
    poor = whole_from(figure("poverty.poor", "9.604"), Interval(3.135, 3.145))
    near = whole_from(figure("poverty.near_poor", "6.943"), Interval(2.265, 2.275))
    assert poor.low < 305_860 < poor.high
    assert near.low < 305_859 < near.high
    assert poor.meets(near)


def test_r1_received_is_resolved_and_in_process():
    given = [(P + "received", "1.240"), (P + "resolved", "1.102"), (P + "in_process", "126")]
    (one,) = found(*given)
    assert (one.rule, one.severity, one.low, one.high, one.found) == (
        "R1",
        "mâu thuẫn",
        1228,
        1228,
        1240,
    )
    assert "1.240" in plain(statement(one))
    assert "chênh lệch 12 hồ sơ" in plain(statement(one))
    assert rules(*given, (P + "returned", "12")) == []
    assert rules(*given[:2]) == []


def test_r2_kinds_of_time_and_what_is_left():
    whole = (P + "resolved", "61.827")
    parts = [(P + "resolved_early", "43.434"), (P + "resolved_on_time", "11.795")]
    late = (P + "resolved_late", "4.331")
    (one,) = found(whole, *parts, late)
    assert (one.rule, one.severity) == ("R2", "không rõ nghĩa")
    assert "2.267" in plain(statement(one))
    assert rules((P + "resolved", "59.560"), *parts, late) == []
    assert rules((P + "resolved", "59.000"), *parts, late) == [("R2", "mâu thuẫn")]


def test_r2_overdue_that_may_be_read_in_two_ways():
    base = [(P + "received", "229.952"), (P + "resolved", "227.149"), (P + "overdue", "9")]
    late = [*base, (P + "resolved_in_time", "227.140"), (P + "in_process_in_time", "2.803")]
    (one,) = found(*late)
    assert one.severity == "không rõ nghĩa"
    assert "227.149 = 227.140 + 9" in plain(statement(one))
    waiting = [*base, (P + "resolved_in_time", "227.149"), (P + "in_process_in_time", "2.794")]
    (one,) = found(*waiting)
    assert "còn đang giải quyết." in plain(statement(one))
    neither = [*base, (P + "resolved_in_time", "227.100"), (P + "in_process_in_time", "2.803")]
    assert rules(*neither) == [("R2", "mâu thuẫn")]


def test_r3_ways_of_receiving():
    given = [(P + "received", "100"), (P + "received_online", "60")]
    given += [(P + "received_direct", "30"), (P + "carried_over", "9")]
    assert rules(*given) == [("R3", "mâu thuẫn")]
    assert rules(*given[:-1], (P + "carried_over", "10")) == []


def test_r4_rates_and_their_base():
    assert rules((P + "in_time_rate", "99,76%"), (P + "late_rate", "0,34%"))[0] == (
        "R4",
        "mâu thuẫn",
    )
    (one,) = found((P + "in_time_rate", "99,76%"), (P + "resolved_late", "04"))
    assert (one.severity, one.low, one.high) == ("thiếu mẫu số", 1633, 1702)
    base = [(P + "resolved", "1.667"), (P + "resolved_in_time", "1.663")]
    assert rules((P + "in_time_rate", "99,76%"), *base) == []
    assert rules((P + "in_time_rate", "99,78%"), *base) == [("R4", "mâu thuẫn")]


def test_r4_no_number_of_dossiers_fits():
    given = [
        (P + "late_rate", "50,00%"),
        (P + "resolved_late", "3"),
        (P + "in_time_rate", "50,40%"),
    ]
    assert ("R4", "mâu thuẫn") in rules(*given)


def test_r5_late_dossiers_never_make_all_in_time():
    given = [(P + "resolved", "227.149"), (P + "resolved_in_time", "227.140")]
    given += [(P + "resolved_late", "9")]
    assert rules(*given, (P + "in_time_rate", "100,00%")) == [("R5", "mâu thuẫn")]
    assert rules(*given, (P + "in_time_rate", "99,996%")) == []


def test_r6_carried_over():
    before = figure(P + "in_process", "2.803", 2022)
    assert rules(before, (P + "carried_over", "2.803")) == []
    assert rules(before, (P + "carried_over", "2.812")) == [("R6", "mâu thuẫn")]


def test_r7_households_and_their_one_number():
    counts = [
        ("poverty.poor", "24.669"),
        ("poverty.near_poor", "8.402"),
        ("poverty.both", "33.071"),
    ]
    rates = [("poverty.poor_rate", "5,57%"), ("poverty.near_poor_rate", "1,90%")]
    rates += [("poverty.both_rate", "7,47%")]
    assert rules(*counts, *rates) == []
    assert rules(*counts[:2], ("poverty.both", "33.070"), *rates) == [("R7", "mâu thuẫn")]
    assert rules(*counts, *rates, ("poverty.households", "442.800")) == []
    (one,) = found(*counts, *rates, ("poverty.households", "443.100"))
    assert one.rule == "R7"
    assert "443.100" in plain(statement(one))


def test_r8_changes_against_parts_levels_and_base_years():
    parts = [("poverty.poor_rate_change", "-2,02", 2023, "", 2021)]
    parts += [("poverty.near_poor_rate_change", "0,02", 2023, "", 2021)]
    (one,) = found(*parts, ("poverty.both_rate_change", "-2,1", 2023, "", 2021))
    assert (one.rule, one.low, one.high, one.found) == ("R8", -2.01, -1.99, -2.1)
    assert rules(*parts, ("poverty.both_rate_change", "-2,00", 2023, "", 2021)) == []
    levels = [("poverty.poor_rate", "5,57%"), ("poverty.poor_rate", "7,59%", 2021)]
    assert rules(*levels, parts[0]) == []
    wrong = ("poverty.poor_rate_change", "-2,20", 2023, "", 2021)
    assert rules(*levels, wrong) == [("R8", "mâu thuẫn")]
    assert rules(("poverty.poor_rate_change", "-9,35", 2023, "xa_ngheo")) == [
        ("R8", "không rõ nghĩa")
    ]


def test_r8_points_or_percent_only_where_the_base_is_unknown():
    change = figure("poverty.poor_rate_change", "-3", since=2022, sentence="giảm 3% so với 2022")
    end, start = ("poverty.poor_rate", "14,83%"), ("poverty.poor_rate", "17,83%", 2022)
    (one,) = found(change, end)
    assert (one.rule, one.severity) == ("R8", "không rõ nghĩa")
    assert "17,83%" in plain(statement(one))
    assert "15,29%" in plain(statement(one))
    assert rules(change, end, start) == []
    in_points = figure("poverty.poor_rate_change", "-3", since=2022, sentence="giảm 3 điểm %")
    assert rules(in_points, end) == []


def test_r9_yearly_means_and_plans():
    change = ("poverty.poor_rate_change", "-2,02", 2023, "", 2021)
    assert rules(change, ("poverty.poor_rate_yearly", "-1,01", 2023, "", 2021)) == []
    assert rules(change, ("poverty.poor_rate_yearly", "-2,02", 2023, "", 2021)) == [
        ("R9", "mâu thuẫn")
    ]
    plan = [("poverty.plan_reduction", "3.000"), ("poverty.plan_attainment", "149%")]
    levels = [("poverty.poor", "24.669"), ("poverty.poor", "29.139", 2022)]
    assert rules(*plan, *levels) == []
    assert rules(*plan, levels[0], ("poverty.poor", "28.000", 2022)) == [("R9", "mâu thuẫn")]
    (one,) = found(*plan)
    assert (one.severity, one.low, one.high) == ("thiếu mẫu số", 4455, 4485)


def test_r9_times_a_target_as_ratio_or_as_excess():
    given = [("poverty.poor_rate_yearly", "-1,01", 2023, "", 2021)]
    given += [("poverty.target_reduction_low", "0,3"), ("poverty.target_reduction_high", "0,4")]
    ratio = figure("poverty.target_times", "2,6", sentence="gấp 2,6 lần chỉ tiêu")
    assert rules(*given, ratio) == []
    excess = figure("poverty.target_times", "2,6", sentence="vượt 2,6 lần chỉ tiêu")
    assert rules(*given, excess) == [("R9", "không rõ nghĩa")]
    wrong = figure("poverty.target_times", "5,0", sentence="gấp 5,0 lần chỉ tiêu")
    assert rules(*given, wrong) == [("R9", "mâu thuẫn")]


def test_r10_points_and_grades():
    assert rules(("par_index.grade", "Khá")) == [("R10", "thiếu mẫu số")]
    assert rules(("par_index.grade", "Khá"), ("par_index.index", "82,10%")) == []
    points = [("par_index.points", "82,10"), ("par_index.maximum", "96,00")]
    assert rules(*points, ("par_index.index", "85,52%")) == []
    assert rules(*points, ("par_index.index", "82,10%")) == [("R10", "mâu thuẫn")]
    assert rules(("par_index.points", "96,50"), points[1]) == [("R10", "mâu thuẫn")]
    table = scoring(("1", 10.0, 8.5), ("1.1", 4.0, 3.5), ("1.2", 6.0, 5.0))
    assert rules(tables={"par_scoring": table}, year=2023) == []
    table = scoring(("1", 10.0, 9.0), ("1.1", 4.0, 3.5), ("1.2", 6.0, 5.0))
    assert rules(tables={"par_scoring": table}, year=2023) == [("R10", "mâu thuẫn")]
    table = scoring(("1.1", 4.0, 4.5))
    assert rules(tables={"par_scoring": table}, year=2023) == [("R10", "mâu thuẫn")]


def scoring(*rows):
    frame = pd.DataFrame(rows, columns=["ma", "diem_toi_da", "diem_tham_dinh"])
    return frame.assign(diem_tu_cham=math.nan, ap_dung=None, origin="cham-diem.csv, dòng 2")


def test_r11_ranks_limits_and_repeats():
    assert rules(("sipas.rank", "2")) == [("R11", "thiếu mẫu số")]
    assert rules(("sipas.rank", "16"), ("sipas.units", "15")) == [("R11", "mâu thuẫn")]
    assert rules(("sipas.rank", "3"), ("sipas.units", "15")) == []
    overall, best = ("sipas.overall", "94,59%"), ("sipas.best", "94,00%")
    assert rules(overall, best) == [("R11", "mâu thuẫn")]
    assert rules(overall, ("sipas.lowest", "95,00%")) == [("R11", "mâu thuẫn")]
    assert rules(("sipas.mean_of_units", "96,00%"), ("sipas.best", "95,00%")) == [
        ("R11", "mâu thuẫn")
    ]
    first = [("sipas.rank", "1"), ("sipas.units", "15"), ("sipas.overall", "94,59%")]
    assert rules(*first, ("sipas.best", "96,00%")) == [("R11", "mâu thuẫn")]
    again = [(P + "online_full", "105"), (P + "online_full", "105")]
    assert rules(*again) == []
    assert rules(again[0], (P + "online_full", "104")) == [("R11", "mâu thuẫn")]


def test_r11_a_table_says_the_same_as_the_single_figures():
    tasks = pd.DataFrame(
        {"nhiem_vu": ["a", "b"], "trang_thai": ["Đã hoàn thành", "Đang thực hiện"]}
    )
    told = [("work_plan.tasks", "2"), ("work_plan.tasks_done", "1")]
    assert found(*told, tables={"tasks": tasks}) == ()
    (one,) = found(told[0], ("work_plan.tasks_done", "2"), tables={"tasks": tasks})
    assert (one.rule, one.low, one.found) == ("R11", 1, 2)
    quarters = ["Quý I", "Quý II", "Quý III", "Quý IV"]
    visits = pd.DataFrame(
        {"ky": quarters, "nguoi_tiep": "Lãnh đạo", "so_luot": [1.0, 2.0, 3.0, 4.0]}
    )
    received = ("work_plan.citizens_received", "10")
    assert found(received, tables={"citizens": visits}) == ()
    assert found(received, tables={"citizens": visits[:2]}) == ()
    assert len(found(("work_plan.citizens_received", "9"), tables={"citizens": visits})) == 1
    points = scoring(("1", 10.0, 8.5), ("1.1", 4.0, 3.5), ("1.2", 6.0, 5.0), ("2", 5.0, 5.0))
    assert found(("par_index.points", "13,50"), tables={"par_scoring": points}) == ()
    assert len(found(("par_index.points", "14,50"), tables={"par_scoring": points})) == 1


def test_r12_parts_and_rates():
    listed = (P + "listed", "129")
    assert rules((P + "online_services", "18"), listed, (P + "online_rate", "14%")) == []
    assert rules((P + "online_services", "18"), listed, (P + "online_rate", "14,5%")) == [
        ("R12", "mâu thuẫn")
    ]
    assert rules((P + "online_full", "130"), listed) == [("R12", "mâu thuẫn")]
    assert rules((P + "online_rate", "14%")) == [("R12", "thiếu mẫu số")]
    assert rules((P + "published_rate", "100%")) == [("R12", "thiếu mẫu số")]
    assert rules((P + "published_rate", "100%"), listed) == []
    assert rules(("work_plan.tasks_done", "45"), ("work_plan.tasks", "44")) == [
        ("R12", "mâu thuẫn")
    ]


def test_r12_a_share_may_have_one_of_two_bases():
    given = [(P + "received_online", "60"), (P + "received_direct", "30"), (P + "received", "100")]
    given += [(P + "carried_over", "10")]
    for share in ("66,67%", "60%"):
        assert rules(*given, (P + "online_share", share)) == []
    assert rules(*given, (P + "online_share", "70%")) == [("R12", "mâu thuẫn")]
    device = [(P + "device_satisfied", "90"), (P + "device_unsatisfied", "10")]
    rate = (P + "device_satisfied_rate", "90%")
    assert rules(rate) == [("R12", "thiếu mẫu số")]
    assert rules(rate, *device) == []
    assert rules(rate, *device, (P + "device_very_satisfied", "100")) == [("R12", "mâu thuẫn")]


def test_r13_a_year_that_is_not_the_figures_own():
    wrong = figure(P + "listed", "113", sentence="Năm 2003, đã có 105/113 thủ tục")
    (one,) = found(wrong)
    assert (one.rule, one.severity) == ("R13", "mâu thuẫn")
    right = figure(P + "listed", "113", sentence="Năm 2023, đã có 105/113 thủ tục")
    assert rules(right) == []


@pytest.mark.parametrize(
    ("numbers", "wrong"),
    [
        (["I", "1", "2", "2.1", "2.2", "3", "II", "1"], 0),
        (["I", "1", "2", "III", "1"], 1),
        (["1", "3", "4"], 1),
        (["1", "2", "2.2", "2.3"], 1),
        (["1", "1"], 1),
        (["VIII"], 1),
    ],
)
def test_r13_headings(numbers, wrong):
    table = pd.DataFrame({"so": numbers, "ten": "", "origin": "de-muc.csv, dòng 2"})
    assert len(found(tables={"headings": table}, year=2023)) == wrong


def documents(*rows):
    columns = ["vai_tro", "loai", "so_hieu", "ngay", "trich_yeu"]
    frame = pd.DataFrame(rows, columns=columns).assign(origin="van-ban.csv, dòng 2")
    return {"documents": frame.assign(ngay=pd.to_datetime(frame["ngay"]))}


def test_r13_documents():
    whole = ("Viện dẫn", "Quyết định", "653/QĐ-TTg", "2022-05-28", "Giao chỉ tiêu")
    assert found(tables=documents(whole), year=2023) == ()
    (one,) = found(tables=documents(("Viện dẫn", "Luật", "", None, "Luật Tố cáo")), year=2023)
    assert "Luật Tố cáo (thiếu số, ký hiệu và ngày)" in plain(statement(one))
    late = ("Viện dẫn", "Kế hoạch", "14/KH-UBND", "2023-12-20", "Công tác")
    day = datetime.date(2023, 12, 11)
    (one,) = found(tables=documents(late), year=2023, report_date=day)
    assert (one.rule, one.severity) == ("R13", "mâu thuẫn")
    early = ("Đã ban hành", "Kế hoạch", "114/KH-UBND", "2022-04-28", "Đào tạo nghề")
    (one,) = found(tables=documents(early), year=2023)
    assert one.severity == "không rõ nghĩa"


def test_r14_sums():
    pieces = [(P + "announced_new", "4"), (P + "announced_amended", "14")]
    pieces += [(P + "announced_abolished", "13")]
    assert rules(*pieces) == []
    assert rules(*pieces, (P + "announced", "31")) == []
    assert rules(*pieces, (P + "announced", "30")) == [("R14", "mâu thuẫn")]


def dossier_table(*rows):
    frame = pd.DataFrame(rows, columns=["linh_vuc", "tn_tong", "gq_tong", "dg_tong"])
    return {"procedures_report": frame.assign(origin="ho-so-tthc.csv, dòng 2")}


def test_rows_of_a_table_obey_the_same_rules():
    tables = dossier_table(("Người có công", 100.0, 90.0, 10.0), ("Việc làm", 50.0, 45.0, 4.0))
    (one,) = found(tables=tables, year=2023)
    assert (one.rule, one.label) == ("R1", "Việc làm")
    assert plain(statement(one)).startswith("Ở Việc làm: số tiếp nhận")
    tables = dossier_table(("Người có công", 100.0, 90.0, 10.0), ("Việc làm", 50.0, 45.0, 5.0))
    assert found((P + "received", "150"), tables=tables, year=2023) == ()
    assert [one.rule for one in found((P + "received", "151"), tables=tables)] == ["R14"]


def test_the_movement_of_poor_households():
    row = {"loai_ho": "Hộ nghèo", "huyen": "", "dau_ky": 100.0, "thoat": 30.0, "tai": 2.0}
    row |= {"phat_sinh": 5.0, "giam_khac": math.nan, "tang_khac": math.nan, "cuoi_ky": 77.0}
    frame = pd.DataFrame([row]).assign(origin="dien-bien.csv, dòng 2")
    assert found(tables={"poverty_movement": frame}, year=2023) == ()
    frame["cuoi_ky"] = 78.0
    (one,) = found(tables={"poverty_movement": frame}, year=2023)
    assert (one.rule, one.low, one.found) == ("R8", 77, 78)
    # «Tăng khác» was left empty: it may be the household that is too many.
    assert one.severity == "không rõ nghĩa"
    (one,) = found(tables={"poverty_movement": frame.assign(tang_khac=0.0)}, year=2023)
    assert one.severity == "mâu thuẫn"


def test_r16_asks_where_results_pull_apart():
    given = [(P + "in_time_rate", "100%"), (P + "resolved", "10"), ("sipas.units", "15")]
    assert rules(*given, ("sipas.rank", "13")) == [("R16", "không rõ nghĩa")]
    assert rules(*given, ("sipas.rank", "10")) == []
    done = [
        ("work_plan.tasks", "44"),
        ("work_plan.tasks_done", "44"),
        ("par_index.index", "80,00%"),
    ]
    assert rules(*done, ("par_index.grade", "Khá")) == [("R16", "không rõ nghĩa")]
    assert rules(*done, ("par_index.grade", "Tốt")) == []


def test_a_basis_dated_after_the_report_is_found():
    late = ("Quyết định số 851/QĐ-UBND ngày 27/4/2022", "Kế hoạch ngày 04 tháng 01 năm 2021")
    [late_one] = found(report_date=datetime.date(2021, 12, 20), bases=late)
    assert late_one.rule == "R13"
    assert "851/QĐ-UBND" in late_one.terms["name"].text
    assert found(bases=late) == ()
