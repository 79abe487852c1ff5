"""What is wrong in a record file is said with its place, and nothing of the file is taken."""

from __future__ import annotations

import re
import zipfile

import openpyxl
import polars as pl
import pytest
from test_inputs_records import HEADINGS, ROWS, csv_text, folder, project, read, refused

from helpers.inputs import records_excel

__all__ = ["folder", "project"]

FEW = [
    "Mã hồ sơ",
    "Ngày tiếp nhận",
    "Ngày giải quyết xong",
    "Số lần yêu cầu bổ sung",
    "Kênh tiếp nhận",
]


def few(folder, *rows, headings=FEW):
    text = csv_text([list(row) for row in rows], headings)
    (folder / "ho-so.csv").write_text(text, encoding="utf-8")


def workbook(folder, *rows, change=None):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Hồ sơ"
    for row in (FEW, *rows):
        sheet.append(row)
    if change:
        change(sheet)
    book.save(folder / "ho-so.xlsx")
    return folder / "ho-so.xlsx"


@pytest.mark.parametrize(
    ("row", "rule", "words"),
    [
        (["2", "29/02/2023", "", "", ""], "no-such-day", "chỉ có 28 ngày"),
        (["2", "2/13/2023", "", "", ""], "not-a-date", "không có tháng 13"),
        (["2", "hôm qua", "", "", ""], "not-a-date", "hôm qua"),
        (["2", "", "", "", ""], "required", "thiếu «Ngày tiếp nhận»"),
        (["", "02/01/2023", "", "", ""], "required", "thiếu «Mã hồ sơ»"),
        (["1", "02/01/2023", "", "", ""], "duplicate", "trùng «Mã hồ sơ»"),
        (["2", "02/01/2023", "01/01/2023", "", ""], "dates-out-of-order", "01/01/2023"),
        (["2", "02/01/2024", "", "", ""], "after-year", "sau năm 2023"),
        (["2", "02/01/2023", "", "-1", ""], "negative", "không thể âm"),
        (["2", "02/01/2023", "", "1,5", ""], "not-whole", "số đếm"),
        (["2", "02/01/2023", "", "nhiều", ""], "not-a-number", "nhiều"),
        (["2", "02/01/2023", "", "", "điện tín"], "unknown-choice", "điện tín"),
        (["Tổng cộng", "", "", "5", ""], "total-row", "tổng cộng"),
    ],
)
def test_a_wrong_row_is_named_by_its_line(project, folder, row, rule, words):
    few(folder, ["1", "02/01/2023", "", "", ""], row)
    problem = refused(project)[rule]
    assert problem.line == 3
    assert words.casefold() in problem.message.casefold()


def test_lines_hold_when_a_cell_has_line_ends(project, folder):
    few(folder, ['"1\n2"', "02/01/2023", "", "", ""], ["3", "29/02/2023", "", "", ""])
    assert refused(project)["no-such-day"].line == 4


def test_many_faults_are_counted(project, folder):
    few(folder, *([str(n), "29/02/2023", "", "", ""] for n in range(12)))
    problem = refused(project)["no-such-day"]
    assert "có 12 ô" in problem.message
    assert "7 dòng khác" in problem.message


def test_all_that_is_wrong_is_told_at_once(project, folder):
    few(folder, ["1", "29/02/2023", "", "-1", ""], ["1", "02/01/2023", "", "", "fax"])
    assert {"no-such-day", "negative", "duplicate", "unknown-choice"} <= set(refused(project))


def test_a_missing_column_and_one_given_twice(project, folder):
    few(folder, ["1", "x", "y"], headings=["Mã hồ sơ", "Lĩnh vực", "Tên lĩnh vực"])
    rules = refused(project)
    assert "Ngày tiếp nhận" in rules["missing-column"].message
    assert "Tên lĩnh vực" in rules["column-twice"].message


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "empty-file"),
        ("một;hai\n1;2\n".encode(), "no-headings"),
        (csv_text([], HEADINGS).encode(), "no-rows"),
        ("Mã hồ sơ;Ngày tiếp nhận\n1;02/01/2023\n2;02/01/2023;thừa\n".encode(), "too-many-cells"),
        ('Mã hồ sơ;Ngày tiếp nhận\n1;"02/01/2023\n'.encode(), "open-quote"),
        (
            "Mã hồ sơ;Ngày tiếp nhận\n1;02/01/2023\n".encode() + "é".encode("latin-1"),
            "not-utf8",
        ),
        ("ma_ho_so;ngay_tiep_nhan;linh_vuc\n1;02/01/2023;Tû lÖ hé nghÌo\n".encode(), "legacy-text"),
        (
            "ma_ho_so;ngay_tiep_nhan;linh_vuc\n1;02/01/2023;Tyû leä hoä ngheøo\n".encode(),
            "legacy-text",
        ),
    ],
)
def test_files_that_are_no_such_table(project, folder, data, rule):
    (folder / "ho-so.csv").write_bytes(data)
    assert rule in refused(project)


def test_text_in_an_old_one_byte_encoding_is_recognised(project, folder):
    text = "ma_ho_so;ngay_tiep_nhan;linh_vuc\n1;02/01/2023;Tû lÖ hé nghÌo\n"
    (folder / "ho-so.csv").write_bytes(text.encode("latin-1"))
    problem = refused(project)["not-utf8"]
    assert "TCVN3" in problem.message
    assert "UniKey" in problem.remedy
    assert problem.line == 2


def test_two_deliveries_and_an_old_workbook(project, folder):
    (folder / "ho-so.xls").write_bytes(b"x")
    assert "old-workbook" in refused(project)
    few(folder, ["1", "02/01/2023", "", "", ""])
    assert read(project).rows == 1
    workbook(folder, [1, "02/01/2023"])
    assert "double-delivery" in refused(project)
    assert "no-such-file" in refused(project, dossiers={"file": "khac.csv"})
    assert "outside-folder" in refused(project, dossiers={"file": "../../../khac.csv"})


def test_hidden_rows_are_refused(project, folder):
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True

    rows = [[1, "02/01/2023"], [2, "02/01/2023"], [3, "02/01/2023"]]
    workbook(folder, *rows, change=hide)
    problem = refused(project)["hidden-rows"]
    assert (problem.sheet, problem.cell) == ("Hồ sơ", "A3")
    workbook(folder, *rows)
    assert read(project).rows == 3


def test_merged_cells_are_refused(project, folder):
    workbook(folder, [1, "02/01/2023"], change=lambda sheet: sheet.merge_cells("D1:E1"))
    assert refused(project)["merged-headings"].cell == "D1:E1"
    workbook(folder, [1, "02/01/2023"], [2], change=lambda sheet: sheet.merge_cells("B2:B3"))
    assert refused(project)["merged-cells"].cell == "B2:B3"


def test_excel_errors_are_refused_with_their_cells(project, folder):
    def error(sheet):
        sheet["D3"] = "#N/A"
        sheet["D3"].data_type = "e"

    workbook(folder, [1, "02/01/2023"], [2, "02/01/2023"], change=error)
    assert refused(project)["excel-error"].cell == "D3"


def test_cells_of_a_workbook_are_named(project, folder):
    workbook(
        folder,
        [1, "02/01/2023", None, 1],
        [2, "29/02/2023", None, -4],
        [2, "02/01/2023", None, 2.5],
    )
    rules = refused(project)
    assert rules["no-such-day"].cell == "B3"
    assert rules["negative"].cell == "D3"
    assert rules["not-whole"].cell == "D4"
    assert rules["duplicate"].cell == "A4"
    assert rules["negative"].sheet == "Hồ sơ"


def test_numbers_below_and_above_the_limits_of_a_stored_column(project, folder):
    frame = pl.DataFrame({"ma_phieu": ["1", "2", "3"], "c9_1": [0, 3, 6]})
    frame.write_parquet(folder / "phieu-khao-sat.parquet")
    with pytest.raises(Exception, match="nhỏ hơn 1") as caught:
        read(project, "survey")
    assert "lớn hơn 5" in str(caught.value)


def test_broken_and_locked_workbooks(project, folder):
    path = workbook(folder, [1, "02/01/2023"])
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert set(refused(project)) <= {"not-a-workbook", "unreadable"}
    path.write_bytes(b"khong phai so tinh")
    assert "not-a-workbook" in refused(project)
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"))
    assert "locked" in refused(project)
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"x")
    assert "old-workbook" in refused(project)
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("xl/workbook.xml", "<workbook/>")
    assert set(refused(project)) <= {"not-a-workbook", "unreadable"}


def test_a_parquet_file_that_ends_its_reader(project, folder, monkeypatch):
    """Polars aborts on some damaged pages: nobody was told which file it was."""
    pl.DataFrame({"a": [1]}).write_parquet(folder / "ho-so.parquet")
    monkeypatch.setattr(records_excel, "_TRIAL", "import os; os.abort()")
    problem = refused(project)["unreadable"]
    assert "ho-so.parquet" in problem.file


def test_a_damaged_parquet_file(project, folder):
    (folder / "ho-so.parquet").write_bytes(b"PAR1" + b"x" * 40 + b"PAR1")
    assert "unreadable" in refused(project)


def test_marks_of_a_household_must_agree(project, folder):
    marks = [f"thieu_{n}" for n in range(1, 13)]
    headings = ["ma_ho", "phan_loai_cuoi_ky", *marks, "tong_thieu", "b2"]
    row = ["1", "Hộ nghèo", *("x" if n < 3 else "0" for n in range(12)), "4", "30"]
    (folder / "ho-dan.csv").write_text(csv_text([row], headings), encoding="utf-8")
    assert refused(project, "households")["marks-disagree"].line == 2
    row[-2:] = ["3", "40"]
    (folder / "ho-dan.csv").write_text(csv_text([row], headings), encoding="utf-8")
    warned = [
        problem for problem in read(project, "households").problems if problem.severity == "warning"
    ]
    assert [problem.rule for problem in warned] == ["marks-disagree"]


def test_records_of_another_year_are_refused(project, folder):
    (folder / "ho-dan.csv").write_text("ma_ho;nam\n1;2023\n2;2022\n", encoding="utf-8")
    assert refused(project, "households")["other-year"].line == 3


def test_empty_rows_are_left_out_with_a_note(project, folder):
    few(folder, ["1", "02/01/2023", "", "", ""], [""] * 5, ["2", "02/01/2023", "", "", ""])
    records = read(project)
    assert records.rows == 2
    (note,) = [problem for problem in records.problems if problem.rule == "empty-rows"]
    assert re.search(r"bỏ qua 1 dòng trống", note.message)


def test_rows_stay_named_below_empty_ones(project, folder):
    few(folder, ["1", "02/01/2023", "", "", ""], [""] * 5, ["2", "29/02/2023", "", "", ""])
    assert refused(project)["no-such-day"].line == 4


def test_a_good_file_has_no_problems(project, folder):
    (folder / "ho-so.csv").write_text(csv_text(ROWS), encoding="utf-8")
    assert [problem.rule for problem in read(project).problems] == ["empty-means"]
    headings = [*FEW[:2], FEW[4]]
    few(folder, ["1", "02/01/2023", "trực tuyến"], headings=headings)
    assert [problem.rule for problem in read(project).problems] == ["unknown-part"]


def test_three_numbers_are_a_record_and_not_the_numbering_of_columns(project, folder):
    (folder / "phieu-khao-sat.csv").write_text(
        "ma_phieu;c9_1;c9_2;c9_3\n1;2;3;\n", encoding="utf-8"
    )
    assert read(project, "survey").rows == 1
