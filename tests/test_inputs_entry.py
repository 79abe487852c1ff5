"""A delivery in CSV files: what is read, and every mistake with a message that names file and line."""

from __future__ import annotations

import math
import re
import unicodedata

import pytest
from entry_made import (
    CHECKOUT,
    SLUG,
    YEAR,
    delivery,
    make_project,
    problems,
    rules,
    the_problem,
    write_file,
    write_settings,
)

from helpers.definitions import DefinitionError
from helpers.inputs.delivery import Delivery, all_deliveries
from helpers.inputs.problems import InputError
from helpers.inputs.reading import delivered_for, read_entry

HEADING = "ma,gia_tri,don_vi,nam,so_voi_nam,nhom,tai_lieu,cau,ghi_chu\n"
TABLE = "linh_vuc,tn_tong,tn_truc_tuyen,gq_tong,ty_le\n"


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path)


def figures(project, *lines: str) -> None:
    write_file(project, "so-lieu.csv", HEADING + "".join(line + "\n" for line in lines))


def table(project, *lines: str, heading: str = TABLE) -> None:
    write_file(project, "ho-so-tthc.csv", heading + "".join(line + "\n" for line in lines))


def test_single_figures_keep_value_print_and_origin(project):
    figures(
        project,
        'procedures.received,5.182,hồ sơ,2023,,,"Báo cáo, năm 2023","Tiếp nhận 5.182 hồ sơ",',
        'procedures.in_time_rate,"78,04%",%,,,Huyện A,,,xem lại',
        'poverty.poor_rate_change,"-2,02",điểm phần trăm,2023,2021,,,,',
        "sipas.grade,Khá,,,,,,,",
        "sipas.rank,,,,,,,,",
    )
    read = read_entry(Delivery(YEAR, SLUG), project).figures
    assert len(read) == 4
    received = read.get("procedures.received", 2023)
    assert (received.value, received.printed, received.unit) == (5182, "5.182", "hồ sơ")
    assert received.origin.line == 2
    assert received.origin.sentence == "Tiếp nhận 5.182 hồ sơ"
    assert received.trace == (
        "data/provinces/quang-nam/2023/so-lieu.csv, dòng 2, theo Báo cáo, năm 2023"
    )
    rate = read.get("procedures.in_time_rate", 2023, group="Huyện A")
    assert (rate.value, rate.printed, rate.decimals, rate.half) == (78.04, "78,04%", 2, 0.005)
    assert rate.note == "xem lại"
    assert read.get("poverty.poor_rate_change", since=2021).value == -2.02
    grade = read.get("sipas.grade")
    assert math.isnan(grade.value)
    assert grade.printed == "Khá"
    assert problems(project) == ()


def test_a_table_is_typed_and_says_where_each_row_stands(project):
    write_file(
        project,
        "nhiem-vu.csv",
        "nhiem_vu,giao,xong,tinh_trang,ap_dung,nam\n"
        'Rà soát,01/02/2023,2023-03-01,"Đã xong, đúng hạn",có,2023\n'
        "Công bố,,,,,\n",
    )
    read = read_entry(Delivery(YEAR, SLUG), project).table("tasks")
    assert list(read.columns) == [
        *("nhiem_vu", "giao", "xong", "tinh_trang", "ap_dung", "nam", "origin"),
    ]
    assert str(read["giao"].dtype).startswith("datetime64")
    assert read["giao"].dt.strftime("%d/%m/%Y").tolist()[0] == "01/02/2023"
    assert read["giao"].isna().tolist() == [False, True]
    assert read["ap_dung"].dtype == "boolean"
    assert read["ap_dung"].isna().tolist() == [False, True]
    assert read["tinh_trang"].tolist() == ["Đã xong, đúng hạn", ""]
    assert read["nam"].tolist()[0] == 2023
    assert read["origin"].tolist()[1] == "data/provinces/quang-nam/2023/nhiem-vu.csv, dòng 3"


def test_a_table_that_was_not_delivered_is_empty(project):
    figures(project, "procedures.received,5.182,,,,,,,")
    entry = read_entry(Delivery(YEAR, SLUG), project)
    assert entry.table("dossiers").empty
    assert entry.has("procedures")
    assert not entry.has("work_plan")


def test_labels_units_and_other_spellings_are_headings_too(project):
    table(
        project,
        "Đất đai;1.200;800",
        heading="LĨNH VỰC GIẢI QUYẾT;Tiếp nhận - Tổng số (hồ sơ) *;tiếp nhận: trực tuyến\n",
    )
    read = read_entry(Delivery(YEAR, SLUG), project).table("dossiers")
    assert read.loc[0, ["tn_tong", "tn_truc_tuyen"]].tolist() == [1200, 800]


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace(",", ";").encode(),
        lambda text: text.replace(",", "\t").encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: unicodedata.normalize("NFD", text).encode(),
        lambda text: b"\n\n" + text.encode(),
    ],
    ids=["BOM", "UTF-16", "semicolons", "tabs", "CRLF", "NFD", "blank lines"],
)
def test_csv_as_programs_save_it(project, encode):
    write_file(project, "ho-so-tthc.csv", encode(TABLE + "Đất đai,1.200,800,900,95\n"))
    read = read_entry(Delivery(YEAR, SLUG), project).table("dossiers")
    assert read["linh_vuc"].tolist() == ["Đất đai"]
    assert read["tn_tong"].tolist() == [1200]


def test_a_semicolon_file_has_decimal_commas(project):
    table(project, "Đất đai;1.200;800;900;78,04%", heading=TABLE.replace(",", ";"))
    assert read_entry(Delivery(YEAR, SLUG), project).table("dossiers")["ty_le"].tolist() == [78.04]


def test_lines_are_counted_as_an_editor_counts_them(project):
    table(project, '"Đất\nđai",1,1,1,5', "Hộ tịch,x,1,1,5")
    assert the_problem(project, "not-a-number").line == 4


@pytest.mark.parametrize(
    ("line", "rule", "words"),
    [
        ("procedures.recieved,5,,,,,,,", "unknown-code", "procedures.received"),
        (",5,,,,,,,", "no-code", "không có mã"),
        ("procedures.received,5,nghìn hồ sơ,,,,,,", "unknown-unit", "nghìn hồ sơ"),
        ("procedures.in_time_rate,5,điểm,,,,,,", "unknown-unit", "«%»"),
        ("procedures.received,5,,2025,,,,,", "year-ahead", "2025"),
        ("procedures.received,5,,23,,,,,", "year", "bốn chữ số"),
        ("poverty.poor_rate_change,5,,2023,2023,,,,", "base-year", "năm gốc 2023"),
        ("sipas.rank,13/15,,,,,,,", "fraction", "ghi 13 vào ô này và 15"),
        ("procedures.received,-5,,,,,,,", "negative", "không thể âm"),
        ('procedures.in_time_rate,"104,2",,,,,,,', "out-of-range", "đến 100"),
        ("procedures.received,#N/A,,,,,,,", "excel-error", "#N/A"),
        ("procedures.received,5,,,,Tû lÖ hé nghÌo,,,", "legacy-text", "UniKey"),
        ("Tû lÖ hé nghÌo,5,,,,,,,", "legacy-text", "UniKey"),
    ],
)
def test_a_wrong_figure_names_line_rule_and_remedy(project, line, rule, words):
    figures(project, "sipas.grade,Khá,,,,,,,", line)
    problem = the_problem(project, rule)
    assert problem.severity == "error"
    assert problem.line == 3
    assert problem.file == "data/provinces/quang-nam/2023/so-lieu.csv"
    assert words in str(problem)
    assert len(problems(project)) == 1
    with pytest.raises(InputError, match=r"so-lieu\.csv"):
        read_entry(Delivery(YEAR, SLUG), project)


def test_a_rank_above_the_number_ranked(project):
    figures(project, "sipas.rank,16,,,,,,,", "sipas.units,15,,,,,,,")
    assert "Thứ hạng của đơn vị" in the_problem(project, "part-above-whole").message


def test_the_same_figure_twice(project):
    figures(project, "procedures.received,5,,,,,,,", "procedures.received,5,,,,,,,")
    assert the_problem(project, "figure-twice").severity == "note"
    assert len(read_entry(Delivery(YEAR, SLUG), project).figures) == 1
    figures(project, "procedures.received,5,,,,,,,", "procedures.received,6,,,,,,,")
    problem = the_problem(project, "figure-differs")
    assert problem.severity == "error"
    assert "5 và 6" in problem.message


def test_two_values_that_a_document_prints_are_both_kept(project):
    figures(
        project,
        "procedures.received,5,,,,,,tiếp nhận 5 hồ sơ,",
        "procedures.received,6,,,,,,đã nhận 6 hồ sơ,",
    )
    assert the_problem(project, "figure-differs").severity == "warning"
    assert [one.value for one in read_entry(Delivery(YEAR, SLUG), project).figures] == [5, 6]


@pytest.mark.parametrize(
    ("lines", "rule", "line", "words"),
    [
        (["Đất đai,1,2,1,5"], "part-above-whole", 2, "lớn hơn «Tiếp nhận – Tổng số» (1)"),
        (["Đất đai,2,1,1,5", "đất  đai,3,1,1,5"], "row-twice", 3, "lặp lại dòng 2"),
        ([",2,1,1,5"], "missing-value", 2, "thiếu «Lĩnh vực giải quyết»"),
        (["Đất đai,,1,1,5"], "missing-value", 2, "thiếu «Tiếp nhận – Tổng số»"),
        (["Đất đai,2,1,1,150"], "out-of-range", 2, "từ 0 đến 100"),
        (["Đất đai,2,-1,1,5"], "negative", 2, "không thể âm"),
        (["Đất đai,-,1,1,5"], "dash", 2, "để trống nếu không có số liệu"),
        (["Ñaát ñai,2,1,1,5"], "legacy-text", 2, "VNI"),
        (["A,2,1,1,5", TABLE.strip(), "B,2,1,1,5"], "several-tables", 3, "tiêu đề"),
    ],
)
def test_a_wrong_row_names_line_rule_and_remedy(project, lines, rule, line, words):
    table(project, *lines)
    problem = the_problem(project, rule)
    assert problem.severity == "error"
    assert problem.line == line
    assert words in str(problem)


@pytest.mark.parametrize(
    ("row", "rule", "words"),
    [
        ("Rà soát,29/02/2023,,,,", "no-such-day", "chỉ có 28 ngày"),
        ("Rà soát,02/03/2023,01/03/2023,,,", "dates-out-of-order", "sau «Ngày hoàn thành»"),
        ("Rà soát,,,Xong rồi,,", "unknown-choice", "«Đã xong, đúng hạn», «Đang làm»"),
        ("Rà soát,,,,chắc thế,", "not-a-flag", "«có» hoặc «không»"),
    ],
)
def test_wrong_dates_choices_and_flags(project, row, rule, words):
    write_file(project, "nhiem-vu.csv", f"nhiem_vu,giao,xong,tinh_trang,ap_dung,nam\n{row}\n")
    assert words in str(the_problem(project, rule))


@pytest.mark.parametrize("name", ["Tổng", "TỔNG CỘNG", "Cộng", "Toàn tỉnh", "Tổng số"])
def test_a_total_row_among_the_data_is_left_out(project, name):
    table(project, "Đất đai,2,1,1,5", "Hộ tịch,3,1,1,5", f"{name},5,2,2,")
    assert the_problem(project, "total-row").severity == "note"
    assert len(read_entry(Delivery(YEAR, SLUG), project).table("dossiers")) == 2


def test_a_total_that_is_not_the_sum_is_told(project):
    table(project, "Đất đai,2,1,1,5", "Hộ tịch,3,1,1,5", "Tổng cộng,6,2,2,")
    problem = the_problem(project, "total-differs")
    assert problem.severity == "warning"
    assert "«Tiếp nhận – Tổng số» ghi 6, các dòng cộng lại là 5" in problem.message


def test_an_unknown_column_with_values_is_refused_and_the_nearest_proposed(project):
    table(project, "A,2,1", heading="linh_vuc,tn_tong,Tiếp nhận trực tuyn\n")
    assert "«Tiếp nhận – Trực tuyến»" in the_problem(project, "unknown-column").remedy
    table(project, "1,A,2", heading="STT,linh_vuc,tn_tong\n")
    assert rules(project) == []
    table(project, "A,2,7", heading="linh_vuc,tn_tong,\n")
    assert the_problem(project, "no-column-name").line == 2


def test_a_heading_cut_short_is_taken_for_the_column_that_is_absent(project):
    table(project, "A,2,3,1", heading="linh_vuc,Tổng số tiếp nhận,tn_truc_tuyen,gq_tong\n")
    assert "«Tiếp nhận – Tổng số»" in the_problem(project, "unknown-column").remedy
    assert "«Tiếp nhận – Tổng số»" in the_problem(project, "missing-column").remedy


def test_an_unquoted_decimal_comma_is_told_for_what_it_is(project):
    table(project, "A,2,1,1,78,04")
    problem = the_problem(project, "no-column-name")
    assert problem.line == 2
    assert "ngoặc kép" in problem.remedy


def test_rows_below_a_second_heading_bring_no_problems_of_their_own(project):
    table(project, "A,2,1,1,5", TABLE.strip(), "B,x,1,1,5")
    assert rules(project) == ["several-tables"]


def test_a_required_or_repeated_column(project):
    table(project, "A,2", heading="linh_vuc,gq_tong\n")
    assert "«Tiếp nhận – Tổng số»" in the_problem(project, "missing-column").message
    table(project, "A,2,3", heading="linh_vuc,tn_tong,tn_tong\n")
    assert "2 lần" in the_problem(project, "repeated-column").message


def test_a_file_without_heading_or_without_anything(project):
    table(project, "A,2,1", heading="")
    assert "dòng tiêu đề" in the_problem(project, "no-heading").message
    write_file(project, "ho-so-tthc.csv", "\n\n")
    assert the_problem(project, "empty-sheet").severity == "warning"
    write_file(project, "ho-so-tthc.csv", "")
    assert "tệp trống" in the_problem(project, "empty-sheet").message


def test_footnotes_and_rows_not_filled_in(project):
    table(project, "Đất đai,2,1,1,5", "Hộ tịch,,,,", "Nguồn: Sở Nội vụ,,,,", "* số sơ bộ,,,,")
    assert rules(project) == ["row-not-filled"]
    assert len(read_entry(Delivery(YEAR, SLUG), project).table("dossiers")) == 1


def test_shares_where_percentages_are_asked(project):
    table(project, 'A,2,1,1,"0,78"', 'B,2,1,1,"0,91"')
    assert the_problem(project, "shares-for-percent").severity == "warning"


def test_one_share_among_percentages(project):
    table(project, 'A,2,1,1,"0,85"', 'B,2,1,1,"85,2"')
    problem = the_problem(project, "shares-for-percent")
    assert (problem.severity, problem.line) == ("warning", 2)
    table(project, 'A,2,1,1,"0,85"', 'B,2,1,1,"3,2"')
    assert rules(project) == []


def test_a_single_percentage_below_one(project):
    figures(project, 'procedures.in_time_rate,"0,78",%,,,,,,')
    assert "0,78%" in the_problem(project, "shares-for-percent").message
    figures(project, 'procedures.in_time_rate,"0,78%",%,,,,,,')
    assert rules(project) == []


def test_a_file_in_an_old_encoding_is_refused_with_advice(project):
    write_file(
        project, "ho-so-tthc.csv", TABLE.encode() + "Tû lÖ hé nghÌo,1,1,1,5\n".encode("cp1252")
    )
    problem = the_problem(project, "encoding")
    assert problem.line == 2
    assert "TCVN3" in problem.message
    write_file(
        project, "ho-so-tthc.csv", TABLE.encode() + "Đất".encode("cp1258", "ignore") + b"\xff,1"
    )
    assert "CSV UTF-8" in the_problem(project, "encoding").remedy
    write_file(project, "ho-so-tthc.csv", b"PK\x03\x04\0\0")
    assert the_problem(project, "not-text")


def test_a_quotation_mark_that_does_not_close(project):
    table(project, '"Đất đai,2,1,1,5')
    assert "ngoặc kép" in the_problem(project, "csv").remedy


def test_all_problems_of_all_files_are_told_at_once(project):
    figures(project, "procedures.received,x,,,,,,,", "sipas.rank,13/15,,,,,,,")
    table(project, "A,2,3,1,500", "A,-1,1,1,5")
    write_settings(project, "office: {name: Sở, nam: 3}\n")
    assert sorted(rules(project)) == [
        *("bad-setting", "fraction", "negative", "not-a-number"),
        *("out-of-range", "part-above-whole", "row-twice"),
    ]


def test_files_that_no_form_knows(project):
    write_file(project, "so_lieu.csv", HEADING)
    write_file(project, "thong-tin.csv", "a,b\n")
    write_file(project, "ghi-chu.docx", "x")
    found = {one.file.rsplit("/", 1)[1]: str(one) for one in problems(project)}
    assert set(found) == {"so_lieu.csv", "thong-tin.csv"}
    assert "«so-lieu.csv»" in found["so_lieu.csv"]


def test_settings_that_name_what_is_not_there(project):
    write_settings(
        project,
        "office: {name: Sở}\ntargets: {procedures.share: 5}\nrecords: {dossier: {file: a.csv}}\n",
    )
    assert sorted(rules(project)) == ["unknown-record", "unknown-target"]


def test_rules_for_an_index_that_there_is_not_are_refused(project):
    write_settings(project, "office: {name: Sở}\nrules: {par_indx: {criteria: a.yml}}\n")
    problem = the_problem(project, "unknown-rules")
    assert "par_index" in problem.remedy
    write_settings(project, "office: {name: Sở}\nrules: {par_index: {}, sipas: {}}\n")
    assert "unknown-rules" not in rules(project)


def test_no_settings_or_no_folder(project):
    delivery(project).rmdir()
    assert "chiso new quang-nam 2023" in the_problem(project, "no-delivery").remedy
    (project.offices / SLUG / "2023.yml").unlink()
    assert rules(project) == ["no-settings", "no-delivery"]


def test_who_delivered(project):
    figures(project, "procedures.received,5,,,,,,,")
    own = (Delivery(2023, "quang-nam"),)
    assert all_deliveries(project) == (Delivery(2023, "quang-nam"),)
    assert delivered_for(project, lambda entry: entry.has("procedures")) == own
    assert delivered_for(project, lambda entry: entry.has("sipas")) == ()
    figures(project, "procedures.received,x,,,,,,,")
    assert delivered_for(project, lambda entry: entry.has("sipas")) == own


def test_a_changed_file_is_read_again_and_an_unchanged_one_is_not(project):
    figures(project, "procedures.received,5,,,,,,,")
    first = read_entry(Delivery(YEAR, SLUG), project)
    assert read_entry(Delivery(YEAR, SLUG), project) is first
    figures(project, "procedures.received,56,,,,,,,")
    assert read_entry(Delivery(YEAR, SLUG), project).figures.value("procedures.received") == 56


def test_a_row_of_names_counts_only_where_the_form_says_so(project):
    form = project.entry_forms / "tables" / "dossiers.yml"
    text = form.read_text(encoding="utf-8").replace(
        "kind: count, unit: hồ sơ, minimum: 0, required: true", "kind: count, minimum: 0"
    )
    form.write_text(text, encoding="utf-8")
    table(project, "Đất đai,,,,", "Hộ tịch,3,1,1,5")
    assert len(read_entry(Delivery(YEAR, SLUG), project).table("dossiers")) == 1
    form.write_text(text + "names_alone: true\n", encoding="utf-8")
    assert (
        read_entry(Delivery(YEAR, SLUG), project).table("dossiers")["linh_vuc"].tolist()[0]
        == "Đất đai"
    )


@pytest.mark.parametrize("wrong", ["at_most: [[ty_le, mau_so]]", "carry: [[ty_le, mau_so]]"])
def test_a_form_that_names_a_column_it_lacks_is_refused(project, wrong):
    form = project.entry_forms / "tables" / "tasks.yml"
    text = form.read_text(encoding="utf-8").split("at_most")[0]
    form.write_text(f"{text}{wrong}\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"tasks\.yml"):
        read_entry(Delivery(YEAR, SLUG), project)


def test_the_guide_for_offices_names_every_rule():
    guide = (CHECKOUT / "docs" / "data-entry.md").read_text(encoding="utf-8")
    modules = (
        *("values", "dates", "letters", "csv_files", "entry_sheets", "headings", "sheet_checks"),
        *("form_sheets", "figure_sheets", "figure_checks", "strays", "reading", "checking"),
    )
    source = "".join(
        (CHECKOUT / "src" / "helpers" / "inputs" / f"{name}.py").read_text(encoding="utf-8")
        for name in modules
    )
    no_rules = {"so-lieu", "utf-8", "utf-16", "utf-8-sig"}
    named = set(re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)+)"', source)) - no_rules
    assert len(named) > 40
    assert not {rule for rule in named if f"`{rule}`" not in guide}
