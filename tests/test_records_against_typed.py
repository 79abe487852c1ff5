"""What an office types and what its own record files give: they agree, or it is told everywhere."""

from __future__ import annotations

import pytest
from service_made import checkout_in, deliver, untidy

from helpers.indices.poverty import result as poverty
from helpers.indices.procedures import result as procedures
from helpers.inputs.delivery import Delivery
from helpers.inputs.reading import read_entry
from helpers.inputs.records import read_records
from helpers.reports.annual import result as annual
from helpers.reports.reconciliation import result as reconciliation
from helpers.reports.reconciliation import text as commentary
from helpers.words.say import say
from helpers.words.text import plain

SLUG, YEAR = "bac-ninh", 2023
NOTHING = "không tìm thấy chỗ nào không khớp"


def dossier(number, *, late=False, online=True):
    return {
        "ma_ho_so": f"H{number}",
        "linh_vuc": "Việc làm",
        "don_vi_giai_quyet": "Phòng A",
        "kenh": "trực tuyến" if online else "trực tiếp",
        "ngay_tiep_nhan": "01/03/2023",
        "ngay_hen_tra": "20/03/2023",
        "ngay_giai_quyet": "25/03/2023" if late else "10/03/2023",
        "trang_thai": "Đã trả kết quả",
    }


def dossiers(count, late=0):
    return [dossier(n, late=n < late, online=n % 2 == 0) for n in range(count)]


def typed(topic, **values):
    """Lines of so-lieu.csv."""
    return [{"ma": f"{topic}.{code}", "nam": YEAR, "gia_tri": v} for code, v in values.items()]


@pytest.fixture
def laid(tmp_path):
    project = checkout_in(tmp_path)

    def lay(**files):
        deliver(project, SLUG, YEAR, **files)
        return project

    return lay


def told(project):
    """Return what the report finds by rule R17, after asking every reader for it."""
    result = reconciliation.evaluate(SLUG, YEAR, project)
    found = [one for one in result.discrepancies if one.rule == "R17"]
    texts = [plain(commentary.statement(one)) for one in found]
    for text in texts:
        assert not untidy(text)
    problems = commentary.discrepancy_problems(read_entry(Delivery(YEAR, SLUG), project), project)
    assert [one.rule for one in problems].count("reconciliation-r17") == len(found)
    part = annual.evaluate(SLUG, YEAR, project).part("reconciliation")
    brief = plain(commentary.brief(part).markdown)
    assert (NOTHING in brief) == (not result.discrepancies)
    return texts


def test_typed_counts_and_rates_are_set_beside_the_dossiers(laid):
    project = laid(
        ho_so=dossiers(60, late=10),
        so_lieu=typed("procedures", received=75, resolved=58, in_time_rate=100, received_online=30),
    )
    texts = told(project)
    assert len(texts) == 3
    received, resolved, rate = texts
    assert "75 hồ sơ (so-lieu.csv, dòng 2)" in received
    assert "tệp bản ghi (ho-so.csv, 60 dòng) cho 60 hồ sơ" in received
    assert "58 hồ sơ (so-lieu.csv, dòng 3)" in resolved
    assert "cho 60 hồ sơ" in resolved
    assert "100%" in rate
    assert "cho 83,33%" in rate


def test_figures_that_agree_with_the_dossiers_are_no_finding(laid):
    agreeing = typed("procedures", received=60, resolved=60, resolved_late=10, in_time_rate="83,33")
    assert not told(laid(ho_so=dossiers(60, late=10), so_lieu=agreeing))


def test_a_conflict_with_a_small_count_does_not_tell_the_count(laid):
    wrong = typed("procedures", resolved_late=7, in_time_rate="88,33", resolved_early=50)
    (late, rate, early) = sorted(
        told(laid(ho_so=dossiers(60, late=3), so_lieu=wrong)),
        key=lambda text: ["quá hạn", "Tỷ lệ", "trước hạn"].index(
            next(word for word in ("Tỷ lệ", "quá hạn", "trước hạn") if word in text.split("”")[0])
        ),
    )
    for text in (late, rate, early):
        assert "không khớp với tệp bản ghi (ho-so.csv, 60 dòng)" in text
        assert "để không làm lộ nhóm dưới năm" in text
    # Neither three late ones, nor the 57 others of 60, nor their share.
    assert not any(number in " ".join((late, rate, early)) for number in (" 3 ", "57", "95,00"))


def test_what_the_records_leave_open_is_allowed_for(laid):
    rows = dossiers(60, late=10)
    for row in rows[50:]:
        row["ngay_hen_tra"] = ""
    assert not told(laid(ho_so=rows, so_lieu=typed("procedures", resolved_late=15)))
    (text,) = told(laid(ho_so=rows, so_lieu=typed("procedures", resolved_late=25)))
    assert "cho từ 10 đến 20 hồ sơ" in text


def test_rows_of_the_report_table_are_set_beside_the_dossiers(laid):
    table = [{"linh_vuc": "Việc làm", "don_vi": "", "tn_tong": 61, "gq_tong": 60, "gq_qua_han": 10}]
    (text,) = told(laid(ho_so=dossiers(60, late=10), ho_so_tthc=table))
    assert "Dòng “Việc làm” của bảng “Hồ sơ TTHC” (ho-so-tthc.csv, dòng 2)" in text
    assert "kê khai 61, đếm được 60 hồ sơ" in text


def household(number, kind, commune="Xã Một"):
    return {"ma_ho": f"A{number}", "huyen": "Huyện An", "xa": commune, "phan_loai_cuoi_ky": kind}


def households(poor, near, other=0, commune="Xã Một"):
    kinds = ["Nghèo"] * poor + ["Cận nghèo"] * near + ["Không nghèo"] * other
    return [household(f"{commune}{n}", kind, commune) for n, kind in enumerate(kinds)]


def test_typed_households_are_set_beside_the_list(laid):
    records = households(12, 20, 68)
    wrong = typed("poverty", households=120, poor=15, poor_rate="12,50", near_poor=20)
    texts = told(laid(ho_dan=records, so_lieu=wrong))
    assert len(texts) == 3
    assert "15 hộ (so-lieu.csv, dòng 3), trong khi tệp bản ghi (ho-dan.csv, 100 dòng) cho 12" in (
        " ".join(texts)
    )
    assert "12,50%" in " ".join(texts)


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"households": 120}, "all_households"),
        ({"both": 40}, "number_of_both"),
        ({"poor_rate": "15,00"}, "rate_of_poor"),
    ],
)
def test_the_report_on_poverty_does_not_say_that_nothing_contradicts(laid, wrong, name):
    project = laid(ho_dan=households(12, 20, 68), so_lieu=typed("poverty", **wrong))
    result = poverty.evaluate(SLUG, YEAR, project)
    assert [one.name for one in result.conflicts] == [name]
    assert "mâu thuẫn hoặc còn thiếu" not in plain(str(say(result, "gaps")))


def test_the_report_on_poverty_says_what_it_does_not_compare(laid):
    records = households(3, 20, 68)
    project = laid(ho_dan=records, so_lieu=typed("poverty", poor=9))
    assert "không được đối chiếu ở đây" in plain(
        str(say(poverty.evaluate(SLUG, YEAR, project), "gaps"))
    )


def test_typed_units_are_set_beside_the_list(laid):
    records = [*households(12, 20, 68), *households(10, 6, 30, "Xã Hai")]
    units = [
        {"huyen": "Huyện An", "xa": "Xã Một", "tong_ho": 100, "ho_ngheo": 14, "ho_can_ngheo": 20},
        {"huyen": "Huyện An", "xa": "Xã Hai", "tong_ho": 46, "ho_ngheo": 10, "ho_can_ngheo": 6},
    ]
    (text,) = told(laid(ho_dan=records, ho_ngheo_dia_ban=units))
    assert "“Huyện An, Xã Một”" in text
    assert "kê khai 14, đếm được 12 hộ" in text


def test_a_few_poor_households_are_not_told_by_the_conflict(laid):
    records = [*households(3, 20, 68), *households(10, 6, 30, "Xã Hai")]
    units = [
        {"huyen": "Huyện An", "xa": "Xã Một", "tong_ho": 91, "ho_ngheo": 9, "ho_can_ngheo": 20},
        {"huyen": "Huyện An", "xa": "Xã Hai", "tong_ho": 46, "ho_ngheo": 11, "ho_can_ngheo": 6},
    ]
    texts = told(laid(ho_dan=records, ho_ngheo_dia_ban=units))
    assert len(texts) == 2
    # The other commune would give the first away: the district has 13 poor households.
    assert all("để không làm lộ nhóm dưới năm" in text for text in texts)
    assert not any("đếm được" in text for text in texts)


def ratio(code, top, bottom, day=""):
    return {"ky": "Cả năm", "ngay": day, "chi_tieu": code, "tu_so": top, "mau_so": bottom}


def petition(number, late=False):
    return {
        "ma_pakn": f"P{number}",
        "ngay_tiep_nhan": "01/03/2023",
        "ngay_xu_ly": "01/06/2023" if late else "03/03/2023",
        "gui_lai": "không",
        "ket_qua_danh_gia": "hài lòng",
    }


def test_typed_ratios_of_decision_766_are_set_beside_the_petitions(laid):
    petitions = [petition(n, late=n < 2) for n in range(10)]
    (text,) = told(laid(phan_anh_kien_nghi=petitions, chi_so_766=[ratio("5.2", 10, 10)]))
    assert "Chỉ tiêu 5.2 được kê khai là 10/10 (chi-so-766.csv, dòng 2)" in text
    assert "cho 8/10" in text
    assert not told(laid(phan_anh_kien_nghi=petitions, chi_so_766=[ratio("5.2", 8, 10)]))


def test_few_petitions_are_not_told_by_the_conflict(laid):
    petitions = [petition(n, late=n < 1) for n in range(3)]
    (text,) = told(laid(phan_anh_kien_nghi=petitions, chi_so_766=[ratio("5.2", 9, 10)]))
    assert "để không làm lộ nhóm dưới năm" in text
    assert "2/3" not in text


def test_a_ratio_of_another_day_is_asked_about_only(laid):
    petitions = [petition(n) for n in range(10)]
    project = laid(phan_anh_kien_nghi=petitions, chi_so_766=[ratio("5.2", 8, 9, "30/11/2023")])
    (text,) = told(project)
    assert "số kê khai xem ngày 30/11/2023, tệp tính đến 31/12/2023" in text
    (found,) = reconciliation.evaluate(SLUG, YEAR, project).discrepancies
    assert found.severity == "không rõ nghĩa"


def forms(count):
    """Questionnaires of residents; every second is content with everything asked."""
    levels = ("5", "3")
    return [
        {
            "ma_phieu": f"F{n}",
            "huyen": "Huyện An",
            "xa": "Xã Một",
            **{f"c9_{item}": levels[n % 2] for item in range(1, 34)},
        }
        for n in range(count)
    ]


def test_a_typed_index_of_satisfaction_is_set_beside_the_forms(laid):
    wrong = typed("sipas", overall="85,12", valid=38, returned=40)
    texts = told(laid(phieu_khao_sat=forms(40), so_lieu=wrong))
    assert len(texts) == 2
    assert (
        "85,12% (so-lieu.csv, dòng 2), trong khi tệp bản ghi (phieu-khao-sat.csv, 40 dòng)"
        in (texts[0])
    )
    assert "38 phiếu (so-lieu.csv, dòng 3)" in texts[1]


def test_check_names_file_sheet_and_cell(laid):
    project = laid(ho_so=dossiers(60), so_lieu=typed("procedures", received=75))
    entry = read_entry(Delivery(YEAR, SLUG), project)
    (problem,) = commentary.discrepancy_problems(entry, project)
    assert (problem.severity, problem.file.rsplit("/", 1)[-1]) == ("warning", "so-lieu.csv")
    assert "dòng 2" in str(problem)


def test_a_record_file_that_cannot_be_read_does_not_hide_the_other_checks(laid):
    rows = dossiers(60)
    rows[0]["ngay_tiep_nhan"] = "không rõ"
    wrong = typed("procedures", resolved=50, in_process=20, received=75)
    project = laid(ho_so=rows, so_lieu=wrong)
    problems = commentary.discrepancy_problems(read_entry(Delivery(YEAR, SLUG), project), project)
    assert {one.severity for one in problems} >= {"error", "warning"}
    assert "reconciliation-r1" in {one.rule for one in problems}


def absent(count, start="Nghèo", end=""):
    rows = [household(f"V{start}{n}", end) for n in range(count)]
    return [{**row, "phan_loai_dau_ky": start} for row in rows]


def present(count):
    rows = households(count, 20, 68)
    return [{**row, "phan_loai_dau_ky": "Không nghèo"} for row in rows]


def read_households(project):
    return read_records(
        "households",
        Delivery(YEAR, SLUG),
        project,
        read_entry(Delivery(YEAR, SLUG), project).office,
    )


def test_an_empty_class_beside_another_is_an_assumption_that_is_told(laid):
    project = laid(ho_dan=[*present(12), *absent(7), *absent(6, start="", end="Nghèo")])
    records = read_households(project)
    assert records.assumed == {"phan_loai_dau_ky": 6, "phan_loai_cuoi_ky": 7}
    told_ = [one.message for one in records.problems if one.rule == "empty-means"]
    assert any("Có 7 dòng để trống «Phân loại cuối kỳ»" in text for text in told_)
    result = poverty.evaluate(SLUG, YEAR, project)
    note = plain(str(say(result, "method")))
    assert "7 hộ để trống phân loại cuối kỳ, được hiểu là không còn trên địa bàn" in note
    assert "6 hộ để trống phân loại đầu kỳ, được hiểu là chưa có trên địa bàn" in note
    assert result.tables.records.unknown == 0


def test_explicit_words_say_the_same_without_an_assumption(laid):
    explicit = [
        *absent(7, end="Không còn trên địa bàn"),
        *absent(6, start="Chưa có trên địa bàn", end="Nghèo"),
    ]
    project = laid(ho_dan=[*present(12), *explicit])
    records = read_households(project)
    assert not records.assumed
    result = poverty.evaluate(SLUG, YEAR, project)
    assert "được hiểu là" not in plain(str(say(result, "method")))
    (poor, _) = result.moved
    assert (poor.movement.start, poor.movement.left_otherwise, poor.movement.entered_otherwise) == (
        7,
        7,
        6,
    )


def test_a_household_that_says_neither_is_unknown_and_not_gone(laid):
    project = laid(ho_dan=[*present(12), *absent(8, start="")])
    assert not read_households(project).assumed
    assert poverty.evaluate(SLUG, YEAR, project).tables.records.unknown == 8


def test_few_households_left_empty_are_not_counted_out(laid):
    project = laid(ho_dan=[*present(12), *absent(3)])
    note = plain(str(say(poverty.evaluate(SLUG, YEAR, project), "method")))
    assert "Một số ít hộ (dưới năm hộ) để trống phân loại cuối kỳ" in note


def test_both_readers_allow_for_households_without_a_class(laid):
    rows = [*present(12), *absent(8, start="")]
    within = typed("poverty", households=105, poor=15, poor_rate="14,50")
    project = laid(ho_dan=rows, so_lieu=within)
    assert not told(project)
    assert not poverty.evaluate(SLUG, YEAR, project).conflicts
    beyond = typed("poverty", poor=25)
    project = laid(ho_dan=rows, so_lieu=beyond)
    assert len(told(project)) == 1
    assert len(poverty.evaluate(SLUG, YEAR, project).conflicts) == 1


def procedures_note(project):
    return plain(say(procedures.evaluate(SLUG, YEAR, project), "method").markdown)


def test_the_procedures_report_tells_typed_figures_that_differ_from_its_dossiers(laid):
    wrong = typed("procedures", received=75, resolved=60, received_online=30)
    note = procedures_note(laid(ho_so=dossiers(60, late=10), so_lieu=wrong))
    (line,) = [one for one in note.splitlines() if "Số kê khai khác tệp ho-so" in one]
    assert "được kê khai là 75, đếm trong tệp ho-so được 60" in line
    assert line.count("được kê khai") == 1


def test_the_procedures_report_does_not_tell_a_hidden_count(laid):
    wrong = typed("procedures", resolved_late=7, resolved_early=50)
    note = procedures_note(laid(ho_so=dossiers(60, late=3), so_lieu=wrong))
    (line,) = [one for one in note.splitlines() if "Số kê khai khác tệp ho-so" in one]
    assert line.count("không khớp với tệp ho-so") == 2
    assert not any(number in line for number in (" 3 ", "57"))


def test_what_the_dossiers_leave_open_is_no_difference_in_the_report_either(laid):
    rows = dossiers(60, late=10)
    for row in rows[50:]:
        row["ngay_hen_tra"] = ""
    project = laid(ho_so=rows, so_lieu=typed("procedures", resolved_late=15))
    assert "Số kê khai khác" not in procedures_note(project)
    project = laid(ho_so=rows, so_lieu=typed("procedures", resolved_late=25))
    assert "được kê khai là 25, đếm trong tệp ho-so được 10 đến 20" in procedures_note(project)


def in_two_communes(*, unknown_in_two, nowhere=0):
    """Sixty households in each of two communes, ten poor; some classes or communes left empty."""
    rows = [*households(10, 20, 30), *households(10, 20, 30, "Xã Hai")]
    for n in range(unknown_in_two):
        rows.append(household(f"U{n}", "", "Xã Hai"))
    for n in range(nowhere):
        rows.append(household(f"N{n}", "Nghèo", ""))
    return rows


def communes(poor_in_one):
    return [
        {"huyen": "Huyện An", "xa": "Xã Một", "ho_ngheo": poor_in_one, "ho_can_ngheo": 20},
        {"huyen": "Huyện An", "xa": "Xã Hai", "ho_ngheo": 10, "ho_can_ngheo": 20},
    ]


def test_what_another_commune_leaves_open_allows_nothing_here(laid):
    texts = told(laid(ho_dan=in_two_communes(unknown_in_two=6), ho_ngheo_dia_ban=communes(13)))
    assert len(texts) == 1
    assert "“số hộ nghèo” kê khai 13, đếm được 10 hộ" in texts[0].replace(
        "Số hộ nghèo", "số hộ nghèo"
    )


def test_a_household_that_names_no_commune_may_live_in_this_one(laid):
    rows = in_two_communes(unknown_in_two=0, nowhere=6)
    assert not told(laid(ho_dan=rows, ho_ngheo_dia_ban=communes(13)))
    assert len(told(laid(ho_dan=rows, ho_ngheo_dia_ban=communes(17)))) == 1


def earlier_without_end(number, field):
    """A dossier of an earlier year that ended on a day that nobody knows."""
    return dossier(number) | {
        "linh_vuc": field, "ngay_tiep_nhan": "01/03/2022", "ngay_hen_tra": "20/03/2022",
        "ngay_giai_quyet": "",
    }  # fmt: skip


def in_two_fields(*undated):
    rows = [dossier(n) for n in range(40)]
    rows += [dossier(n) | {"linh_vuc": "Đất đai"} for n in range(40, 70)]
    return [*rows, *(earlier_without_end(100 + n, field) for n, field in enumerate(undated))]


def of_fields(first, second):
    return [
        {"linh_vuc": "Việc làm", "don_vi": "", "gq_tong": first},
        {"linh_vuc": "Đất đai", "don_vi": "", "gq_tong": second},
    ]


def test_an_undated_dossier_is_allowed_in_its_own_field_only(laid):
    records = in_two_fields(*["Việc làm"] * 6)
    assert not told(laid(ho_so=records, ho_so_tthc=of_fields(46, 30)))
    (text,) = told(laid(ho_so=records, ho_so_tthc=of_fields(40, 36)))
    assert "Dòng “Đất đai”" in text
    assert "kê khai 36, đếm được 30" in text


def test_undated_dossiers_of_no_field_are_allowed_once_in_all(laid):
    records = in_two_fields(*[""] * 6)
    assert not told(laid(ho_so=records, ho_so_tthc=of_fields(46, 30)))
    assert not told(laid(ho_so=records, ho_so_tthc=of_fields(43, 33)))
    (text,) = told(laid(ho_so=records, ho_so_tthc=of_fields(46, 36)))
    assert "cần thêm 12 hồ sơ, chỉ có 6 hồ sơ chưa rõ thuộc dòng nào" in text


def test_a_dossier_of_an_earlier_year_is_not_among_those_that_came(laid):
    rows = [{"linh_vuc": "Việc làm", "don_vi": "", "tn_truc_tuyen": 46}]
    (text,) = told(laid(ho_so=in_two_fields(*["Việc làm"] * 6), ho_so_tthc=rows))
    assert "kê khai 46, đếm được 40" in text
