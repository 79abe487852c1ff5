"""What a record file leaves open is told and stays unknown; nothing is read as something else."""

from __future__ import annotations

import re
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from test_inputs_records import csv_text, folder, project, read, refused

from helpers.inputs.problems import InputError
from helpers.inputs.records_xml import UNCOMPUTED

__all__ = ["folder", "project"]

CASES = Path(__file__).parent / "data" / "records"


def case(folder, name):
    shutil.copy(CASES / f"ho-so_{name}", folder / f"ho-so{Path(name).suffix}")


def warnings(records):
    return {problem.rule: problem for problem in records.problems if problem.severity == "warning"}


def test_a_column_that_was_not_delivered_is_not_there(project, folder):
    case(folder, "min.csv")
    given = {"ma_ho_so", "linh_vuc", "don_vi_giai_quyet", "trang_thai"}
    dates = {"ngay_tiep_nhan", "ngay_hen_tra", "ngay_giai_quyet", "ngay_tra"}
    assert set(read(project).frame.columns) == given | dates


@pytest.mark.parametrize("cell", ["", " "])
def test_a_column_without_any_value_was_not_delivered(project, folder, cell):
    rows = [["A1", "02/03/2023", cell, "có"], ["A2", "02/03/2023", cell, cell]]
    heading = ["Mã hồ sơ", "Ngày tiếp nhận", "Kênh tiếp nhận", "Có số hóa thành phần hồ sơ"]
    (folder / "ho-so.csv").write_text(csv_text(rows, heading), encoding="utf-8")
    records = read(project)
    assert "kenh" not in records.frame.columns
    assert records.frame["co_so_hoa"].to_list() == [True, None]
    (note,) = [problem for problem in records.problems if problem.rule == "empty-columns"]
    assert "«Kênh tiếp nhận»" in note.message
    assert "không phải là 0" in note.message


def test_finished_dossiers_without_a_day_are_told_by_line(project, folder):
    case(folder, "khong-ngay-xong.csv")
    problem = warnings(read(project))["unknown-part"]
    assert "Có 3 dòng" in problem.message
    assert "(các dòng 2, 3, 4)" in problem.message


def test_dossiers_without_a_due_date_are_told_by_line(project, folder):
    case(folder, "due-date-unknown.csv")
    problem = warnings(read(project))["unknown-part"]
    assert "«Ngày hẹn trả» hoặc «Thời hạn giải quyết»" in problem.message
    assert "(các dòng 2, 3, 5)" in problem.message


def test_states_in_numbers_are_an_error_that_shows_how_to_map_them(project, folder):
    case(folder, "trang-thai-so.csv")
    problem = refused(project)["unknown-code"]
    assert "«4»" in problem.message
    assert "«5» ở dòng 5" in problem.message
    assert 'records: {dossiers: {words: {trang_thai: {"4": …, "5": …}}}}' in problem.remedy
    assert "Đang xử lý" in problem.remedy
    own = {"words": {"trang_thai": {4: "Đang xử lý", "5": "Yêu cầu bổ sung"}}}
    states = read(project, dossiers=own).frame["trang_thai"].to_list()
    assert states == ["Đang xử lý"] * 3 + ["Yêu cầu bổ sung"]


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ({"trang_thai": {"4": "Xong"}}, "unusable-word"),
        ({"tinh_trang": {"4": "x"}}, "unknown-code"),
    ],
)
def test_a_mapping_to_nothing_is_an_error(project, folder, words, rule):
    case(folder, "trang-thai-so.csv")
    assert "tệp thông số" in refused(project, dossiers={"words": words})[rule].message.casefold()


def test_codes_of_channels_are_those_of_the_portal(project, folder):
    rows = [[f"A{code}", "02/03/2023", str(code)] for code in (1, 2, 3)]
    heading = ["Mã hồ sơ", "Ngày tiếp nhận", "KenhThucHien"]
    (folder / "ho-so.csv").write_text(csv_text(rows, heading), encoding="utf-8")
    assert read(project).frame["kenh"].to_list() == ["trực tiếp", "trực tuyến", "bưu chính"]


def test_unknown_words_are_one_message_with_the_place_of_each(project, folder):
    case(folder, "loi-ngau-nhien.csv")
    said = set()
    for _ in range(20):
        with pytest.raises(InputError) as caught:
            read(project)
        said.add(tuple(str(problem) for problem in caught.value.problems))
    ((message,),) = said
    expected = (
        "ô ghi «Chờ ký»", "«Chờ trả» ở dòng 3", "«Đã hủy» ở dòng 4", "«Chờ số hóa» ở dòng 5"
    )  # fmt: skip
    assert "dòng 2:" in message
    for words in expected:
        assert words in message


def test_formulas_that_were_not_computed_are_an_error(project, folder):
    rows = [
        [f"HS{n}", f"0{n + 1}/03/2023", f"=B{n + 2}+7", f"=B{n + 2}+5", "Đã trả kết quả"]
        for n in range(6)
    ]
    heading = [
        "Mã hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày giải quyết xong", "Trạng thái"
    ]  # fmt: skip
    _saved(folder / "ho-so.xlsx", heading, rows)
    problem = refused(project)["not-computed"]
    assert "12 ô là công thức chưa được tính" in problem.message
    assert problem.sheet
    assert problem.cell.startswith("C2, D2, C3")
    assert "lưu lại" in problem.remedy


def _saved(path, heading, rows):
    book = openpyxl.Workbook()
    for row in (heading, *rows):
        book.active.append(row)
    book.save(path)


def _workbook(path, *cells):
    """Write a workbook with these cells of the second row in place of formulas."""
    heading = ["Mã hồ sơ", "Ngày tiếp nhận", "Lĩnh vực", "Ghi chú"]
    _saved(path, heading, [["A1", "02/03/2023", "=C9", "=D9"]])
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    for old_cell, cell in cells:
        sheet, count = re.subn(old_cell, cell, sheet)
        assert count == 1
    parts["xl/worksheets/sheet1.xml"] = sheet
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)


COMPUTED_EMPTY = (rb"<c r=\"C2\">.*?</c>", b'<c r="C2" t="str"><f>IF(C9,1,"")</f><v></v></c>')


def test_a_formula_that_gave_an_empty_text_is_empty_and_an_unused_column_does_not_matter(
    project, folder
):
    _workbook(folder / "ho-so.xlsx", COMPUTED_EMPTY)
    assert "linh_vuc" not in read(project).frame.columns
    _workbook(folder / "ho-so.xlsx")
    assert refused(project)["not-computed"].cell == "C2"


SWAPPED = [
    ["HS0", datetime(2023, 5, 3)],
    ["HS1", datetime(2023, 11, 4)],
    ["HS2", "20/05/2023"],
    ["HS3", datetime(2023, 7, 6)],
    ["HS4", "28/07/2023"],
    ["HS5", datetime(2023, 9, 8)],
    ["HS6", "30/09/2023"],
    ["HS7", datetime(2023, 2, 10)],
]
"""5 March became 3 May, and so on; what has no month 13 stayed a text."""


def test_days_and_months_that_a_program_swapped_are_an_error(project, folder):
    _saved(folder / "ho-so.xlsx", ["Mã hồ sơ", "Ngày tiếp nhận"], SWAPPED)
    problem = refused(project)["days-and-months-swapped"]
    assert "«Ngày tiếp nhận»" in problem.message
    assert "5 ô là ngày của Excel" in problem.message
    assert problem.cell.startswith("B2, B3, B5")


def test_real_dates_beside_texts_are_no_fault_where_one_day_shows_the_order(project, folder):
    rows = [*SWAPPED[:2], ["HS2", "05/05/2023"], *SWAPPED[3:]]
    _saved(folder / "ho-so.xlsx", ["Mã hồ sơ", "Ngày tiếp nhận"], rows)
    assert read(project).rows == 8


@pytest.mark.parametrize(
    ("cell", "open_"),
    [
        (b'<c r="B7"><f>A1+1</f><v></v></c>', True),
        (b'<c r="B7" s="4"><f>A1+1</f></c>', True),
        (b'<x:c r="B7"><x:f t="shared" si="0"/><x:v/></x:c>', True),
        (b'<c r="B7"><f>A1/2</f><v>0</v></c>', False),
        (b'<c r="B7" t="str"><f>IF(A1,1,"")</f><v></v></c>', False),
        (b'<c t="str" r="B7"><f>IF(A1,1,"")</f><v/></c>', False),
    ],
)
def test_a_formula_without_a_stored_value_is_found(cell, open_):
    assert bool(UNCOMPUTED.search(cell)) == open_
