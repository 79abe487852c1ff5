"""The entry workbook: written, filled in as people do, saved by other programs, and read."""

from __future__ import annotations

import json
import shutil
import subprocess
import time

import openpyxl
import pytest
from entry_made import (
    FIGURES_SHEET,
    SLUG,
    TABLE_SHEET,
    TASKS_SHEET,
    YEAR,
    blank_workbook,
    delivery,
    edit,
    figure_row,
    fill,
    make_project,
    problems,
    rules,
    the_problem,
    write_file,
    write_settings,
)
from openpyxl.styles import PatternFill

from helpers.definitions.forms import load_forms
from helpers.inputs.delivery import Delivery
from helpers.inputs.entry_sheets import GUIDE, LISTS, WORKBOOK
from helpers.inputs.entry_workbook import write_entry_workbook
from helpers.inputs.problems import InputError
from helpers.inputs.reading import read_entry
from helpers.inputs.starting import start_delivery
from helpers.places import register


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path)


@pytest.fixture
def workbook(project):
    return blank_workbook(project)


def type_figure(book, code, value, column="E"):
    sheet = book[FIGURES_SHEET]
    cell = sheet[f"{column}{figure_row(sheet, code)}"]
    cell.value = value
    return cell


def test_the_workbook_asks_for_everything(project, workbook):
    book = openpyxl.load_workbook(workbook)
    assert book.sheetnames == [GUIDE, FIGURES_SHEET, TABLE_SHEET, TASKS_SHEET, LISTS]
    assert book[LISTS].sheet_state == "hidden"
    codes = [cell.value for cell in book[FIGURES_SHEET]["A"] if cell.value]
    assert codes[3:] == [
        *("procedures.received", "procedures.in_time_rate", "sipas.rank", "sipas.units"),
        *("sipas.grade", "poverty.poor_rate_change"),
    ]
    sheet = book[TABLE_SHEET]
    assert sheet["B4"].value == "Tiếp nhận – Tổng số (hồ sơ) *"
    assert sheet["B5"].value == "tn_tong"
    assert sheet.freeze_panes == "B6"
    assert sheet.page_setup.orientation == "landscape"
    assert str(sheet.page_setup.paperSize) == sheet.PAPERSIZE_A4


def test_cells_accept_only_what_is_asked_for(workbook):
    book = openpyxl.load_workbook(workbook)
    rules_of = {
        str(rule.sqref).split(":")[0]: rule
        for rule in book[TABLE_SHEET].data_validations.dataValidation
    }
    count, rate = rules_of["B6"], rules_of["E6"]
    assert (count.type, count.operator, count.formula1) == ("whole", "greaterThanOrEqual", "0")
    assert (rate.type, rate.formula1, rate.formula2) == ("decimal", "0", "100")
    assert "78,04 nghĩa là 78,04%" in rate.prompt
    assert rate.error.startswith("Ghi theo phần trăm")
    tasks = {str(r.sqref)[:2]: r for r in book[TASKS_SHEET].data_validations.dataValidation}
    assert tasks["D6"].type == "list"
    area = tasks["D6"].formula1.split("!")[1].replace("$", "")
    listed = [cell.value for (cell,) in book[LISTS][area]]
    assert listed == ["Đã xong, đúng hạn", "Đang làm"]  # a comma inside a value
    assert tasks["B6"].type == "date"
    assert book[TABLE_SHEET]["A6"].number_format == "@"


def test_a_blank_workbook_has_no_problem(project, workbook):
    assert problems(project) == ()
    entry = read_entry(Delivery(YEAR, SLUG), project)
    assert len(entry.figures) == 0
    assert all(table.empty for table in entry.tables.values())


def test_the_forms_that_ship_make_a_workbook_that_reads_back_blank(tmp_path):
    project = make_project(tmp_path, own_forms=False)
    blank_workbook(project)
    assert problems(project) == ()
    forms = load_forms(project)
    assert set(read_entry(Delivery(YEAR, SLUG), project).tables) == {
        form.key for form in forms.tables
    }


def test_a_file_that_is_there_is_never_overwritten(project, workbook):
    before = workbook.read_bytes()
    with pytest.raises(FileExistsError):
        blank_workbook(project)
    assert workbook.read_bytes() == before
    assert [path.name for path in workbook.parent.iterdir()] == [WORKBOOK]


def test_figures_of_both_years_with_group_base_year_and_source(project, workbook):
    def change(book):
        type_figure(book, "procedures.received", 5182)
        type_figure(book, "procedures.received", "4.900", "D")
        cell = type_figure(book, "procedures.in_time_rate", 0.7804)
        cell.number_format = "0.00%"
        sheet = book[FIGURES_SHEET]
        row = figure_row(sheet, "poverty.poor_rate_change")
        sheet[f"E{row}"], sheet[f"F{row}"], sheet[f"G{row}"] = -2.02, 2021, "Xã nghèo"
        sheet[f"H{row}"] = "Báo cáo 12/BC-SNV"
        type_figure(book, "sipas.grade", "Khá")

    edit(workbook, change)
    read = read_entry(Delivery(YEAR, SLUG), project).figures
    assert read.value("procedures.received", 2023) == 5182
    assert read.get("procedures.received", 2022).printed == "4.900"
    rate = read.get("procedures.in_time_rate", 2023)
    assert (rate.value, rate.printed) == (78.04, "78,04%")
    assert rate.trace.startswith(
        "data/provinces/quang-nam/2023/nhap-lieu.xlsx, trang tính Số liệu chung, ô E"
    )
    fall = read.get("poverty.poor_rate_change", group="Xã nghèo", since=2021)
    assert (fall.value, fall.origin.document) == (-2.02, "Báo cáo 12/BC-SNV")
    assert read.get("sipas.grade").printed == "Khá"


def test_a_table_is_read_from_its_sheet(project, workbook):
    edit(
        workbook,
        lambda book: fill(
            book[TABLE_SHEET], [("Đất đai", 1200, "800", 900, "95,5%"), ("Hộ tịch", 3)]
        ),
    )
    table = read_entry(Delivery(YEAR, SLUG), project).table("dossiers")
    assert table["tn_tong"].tolist() == [1200, 3]
    assert table["ty_le"].tolist()[0] == 95.5
    assert table["origin"].tolist()[1] == (
        "data/provinces/quang-nam/2023/nhap-lieu.xlsx, trang tính Hồ sơ, dòng 7"
    )


def two_rows(book):
    fill(book[TABLE_SHEET], [("Đất đai", 1200, 800, 900, 95), ("Hộ tịch", 300, 10, 20, 90)])


def hide_row(book):
    two_rows(book)
    book[TABLE_SHEET].row_dimensions[7].hidden = True


def hide_column(book):
    two_rows(book)
    book[TABLE_SHEET].column_dimensions["C"].hidden = True


def hide_sheet(book):
    two_rows(book)
    book[TABLE_SHEET].sheet_state = "hidden"


def merge_data(book):
    two_rows(book)
    book[TABLE_SHEET].merge_cells("B6:B7")


def second_table(book):
    two_rows(book)
    fill(book[TABLE_SHEET], [("Lĩnh vực giải quyết", "Tiếp nhận – Tổng số", "Trực tuyến")], 12)
    fill(book[TABLE_SHEET], [("Người có công", 5, 5)], 13)


def formula(book):
    two_rows(book)
    book[TABLE_SHEET]["B6"] = "=SUM(1,2)"


def excel_error(book):
    two_rows(book)
    book[TABLE_SHEET]["B6"] = "#N/A"


def own_column(book):
    two_rows(book)
    book[TABLE_SHEET]["F4"], book[TABLE_SHEET]["F6"] = "Ý kiến", "tốt"


def date_for_number(book):
    import datetime

    two_rows(book)
    book[TABLE_SHEET]["B6"] = datetime.datetime(2023, 5, 12)


def renamed_sheet(book):
    two_rows(book)
    book[TABLE_SHEET].title = "Hồ sơ 1"


def lost_heading(book):
    two_rows(book)
    book[TABLE_SHEET].delete_rows(4, 2)


@pytest.mark.parametrize(
    ("change", "rule", "cell", "words"),
    [
        (hide_row, "hidden-rows", "A7", "dòng 7"),
        (hide_column, "hidden-columns", "C5", "đang bị ẩn"),
        (hide_sheet, "hidden-rows", "A6, A7", "đang bị ẩn"),
        (merge_data, "merged-cells", "B6", "bỏ gộp ô"),
        (second_table, "several-tables", "A12", "thêm một bảng nữa"),
        (formula, "not-computed", "B6", "chưa được tính"),
        (excel_error, "excel-error", "B6", "#N/A"),
        (own_column, "unknown-column", "F4", "«Ý kiến»"),
        (date_for_number, "date-for-number", "B6", "12/05/2023"),
        (renamed_sheet, "unknown-sheet", None, "«Hồ sơ»"),
        (lost_heading, "no-heading", None, "dòng tiêu đề"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_a_sheet_may_hide_or_lose_is_refused(project, workbook, change, rule, cell, words):
    edit(workbook, change)
    problem = next(one for one in problems(project) if one.rule == rule)
    assert problem.severity == "error"
    assert problem.sheet is not None
    assert problem.cell == cell
    assert words in str(problem)
    with pytest.raises(InputError):
        read_entry(Delivery(YEAR, SLUG), project)


def test_headings_merged_over_two_rows_as_in_official_forms(project, workbook):
    def change(book):
        sheet = book[TABLE_SHEET]
        sheet.delete_rows(4, 2)
        fill(
            sheet,
            [("Lĩnh vực giải quyết", "Tiếp nhận", None, "Đã giải quyết", "Tỷ lệ đúng hạn")],
            4,
        )
        fill(sheet, [(None, "Tổng số", "Trực tuyến", "Tổng số")], 5)
        fill(sheet, [("(1)", "(2)", "(3)", "(4)", "(5)=(4)/(2)")], 6)
        for area in ("A4:A5", "B4:C4", "E4:E5"):
            sheet.merge_cells(area)
        fill(sheet, [("Đất đai", 1200, 800, 900, 95)], 7)

    edit(workbook, change)
    table = read_entry(Delivery(YEAR, SLUG), project).table("dossiers")
    assert table.drop(columns="origin").to_numpy().tolist() == [["Đất đai", 1200, 800, 900, 95]]


def test_a_total_row_and_a_sheet_for_notes_do_no_harm(project, workbook):
    def change(book):
        two_rows(book)
        fill(book[TABLE_SHEET], [("Tổng cộng", 1500, 810, 920)], 8)
        book.create_sheet("Nháp")["A1"] = "gọi điện lại"

    edit(workbook, change)
    assert sorted(rules(project)) == ["total-row", "unknown-sheet"]
    assert len(read_entry(Delivery(YEAR, SLUG), project).table("dossiers")) == 2


def test_a_stray_cell_far_below_costs_neither_time_nor_memory(project, workbook):
    def change(book):
        two_rows(book)
        book[TABLE_SHEET]["C1048576"].fill = PatternFill("solid", start_color="FFFF00")
        book[TABLE_SHEET]["B40000"] = " "

    edit(workbook, change)
    began = time.perf_counter()
    assert len(read_entry(Delivery(YEAR, SLUG), project).table("dossiers")) == 2
    assert time.perf_counter() - began < 30


def test_an_emptied_sheet_is_told(project, workbook):
    edit(workbook, lambda book: book[TABLE_SHEET].delete_rows(1, 100))
    assert the_problem(project, "empty-sheet").sheet == TABLE_SHEET


def test_a_workbook_of_another_year(project, workbook):
    def change(book):
        book[FIGURES_SHEET]["E4"] = "Năm 2022"
        book[FIGURES_SHEET]["D4"] = "Năm 2021"
        type_figure(book, "procedures.received", 5)
        type_figure(book, "procedures.received", 4, "D")

    edit(workbook, change)
    assert {"missing-column", "unknown-column"} <= set(rules(project))


def test_the_same_table_as_sheet_and_as_csv(project, workbook):
    edit(workbook, two_rows)
    write_file(project, "ho-so-tthc.csv", "linh_vuc,tn_tong\nA,1\n")
    assert "chỉ giữ một nơi" in the_problem(project, "double-delivery").remedy


@pytest.mark.parametrize(
    ("content", "rule", "words"),
    [
        (b"not a workbook", "not-a-workbook", "bị hỏng"),
        (b"", "not-a-workbook", "bị hỏng"),
        (
            bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"),
            "password",
            "mật khẩu",
        ),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"Workbook", "old-format", ".xls"),
    ],
)
def test_a_file_that_is_no_workbook(project, content, rule, words):
    write_file(project, WORKBOOK, content)
    problem = the_problem(project, rule)
    assert problem.file == "data/provinces/quang-nam/2023/nhap-lieu.xlsx"
    assert words in problem.message
    assert "papi.org.vn" not in problem.remedy


def test_a_workbook_cut_off_in_the_middle(project, workbook):
    workbook.write_bytes(workbook.read_bytes()[: workbook.stat().st_size // 2])
    assert set(rules(project)) <= {"not-a-workbook", "damaged-sheet"}
    assert rules(project)


def test_sheets_come_from_the_cache_until_the_file_changes(project, workbook):
    edit(workbook, two_rows)
    first = read_entry(Delivery(YEAR, SLUG), project).table("dossiers")
    (cached,) = (project.cache / "entry").glob("*.json")
    content = json.loads(cached.read_bytes())
    assert content["sheets"][0]["sheet"] == GUIDE
    cached.write_bytes(b"{broken")
    edit(workbook, lambda book: fill(book[TABLE_SHEET], [("Đất đai", 7000)]))
    assert (
        read_entry(Delivery(YEAR, SLUG), project).table("dossiers")["tn_tong"].tolist()[0] == 7000
    )
    assert first["tn_tong"].tolist()[0] == 1200


def test_a_broken_cache_is_made_again(project, workbook):
    from helpers.inputs.entry_sheets import read_workbook

    edit(workbook, hide_row)
    first = read_workbook(workbook, project)
    (cached,) = (project.cache / "entry").glob("*.json")
    assert read_workbook(workbook, project) == first
    cached.write_bytes(b'{"version": 1, "sheets": [{}]}')
    assert read_workbook(workbook, project) == first


def test_last_years_figures_and_rows_are_carried_over(tmp_path):
    project = make_project(tmp_path)
    before = delivery(project, YEAR - 1)
    before.mkdir(parents=True)
    write_settings(project, "office: {name: Sở Nội vụ}\n", YEAR - 1)
    (before / "so-lieu.csv").write_text(
        "ma,gia_tri,nhom\nprocedures.received,4.900,\nprocedures.received,120,Huyện A\n"
        'procedures.in_time_rate,"97,5",\n',
        encoding="utf-8",
    )
    (before / "ho-so-tthc.csv").write_text(
        "linh_vuc,tn_tong,gq_tong\nĐất đai,1200,1100\n", encoding="utf-8"
    )
    (project.offices / SLUG / f"{YEAR}.yml").unlink()
    started = start_delivery(register(project).find(SLUG, "63"), Delivery(YEAR, SLUG), "", project)
    assert [path.name for path in started.written] == ["2023.yml", WORKBOOK]
    book = openpyxl.load_workbook(delivery(project) / WORKBOOK)
    assert book[GUIDE]["B2"].value == "Sở Nội vụ"
    sheet = book[FIGURES_SHEET]
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0] == "procedures.received"]
    assert [(row[3], row[4], row[6]) for row in rows] == [
        (4900, None, None),
        (120, None, "Huyện A"),
    ]
    carried = [cell.value for cell in book[TABLE_SHEET][6]]
    assert carried == ["Đất đai", None, 1100, None, None]
    # The row waits to be filled in: it is no figure of the new year.
    entry = read_entry(Delivery(YEAR, SLUG), project)
    assert entry.table("dossiers").empty
    assert entry.figures.value("procedures.in_time_rate", 2022) == 97.5


@pytest.mark.skipif(shutil.which("soffice") is None, reason="không có LibreOffice trên máy này")
def test_a_workbook_saved_by_libreoffice_reads_the_same(project, workbook, tmp_path):
    def change(book):
        two_rows(book)
        book[TABLE_SHEET]["D6"] = "=B6-C6"
        book[TABLE_SHEET]["A6"].fill = PatternFill("solid", start_color="FFFF00")
        fill(book[TASKS_SHEET], [("Rà soát", "01/02/2023", None, "Đang làm", "có", 2023)])
        cell = type_figure(book, "procedures.in_time_rate", 0.7804)
        cell.number_format = "0.00%"
        type_figure(book, "procedures.received", "5.182")

    edit(workbook, change)
    moved = tmp_path / "moved.xlsx"
    workbook.rename(moved)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, str(moved)], check=True, capture_output=True, timeout=120)
    (tmp_path / "out" / "moved.xlsx").rename(workbook)
    assert problems(project) == ()
    entry = read_entry(Delivery(YEAR, SLUG), project)
    table = entry.table("dossiers")
    assert table["gq_tong"].tolist() == [400, 20]  # the formula was computed on saving
    assert table["linh_vuc"].tolist() == ["Đất đai", "Hộ tịch"]
    assert entry.figures.get("procedures.in_time_rate").printed == "78,04%"
    assert entry.figures.value("procedures.received") == 5182
    tasks = entry.table("tasks")
    assert tasks["giao"].dt.strftime("%Y-%m-%d").tolist() == ["2023-02-01"]
    assert tasks["tinh_trang"].tolist() == ["Đang làm"]


def test_writing_twice_gives_the_same_sheets(project, tmp_path):
    place = register(project).find(SLUG, "63")
    forms = load_forms(project)
    paths = [
        write_entry_workbook(tmp_path / f"{name}.xlsx", "Sở", place, Delivery(YEAR, SLUG), forms)
        for name in "ab"
    ]
    first, second = (openpyxl.load_workbook(path) for path in paths)
    for sheet in first:
        assert list(sheet.iter_rows(values_only=True)) == list(
            second[sheet.title].iter_rows(values_only=True)
        )


def test_a_renamed_sheet_is_known_by_its_columns(project, workbook):
    """ "Sheet1" says nothing, but its columns do: left unread, its rows would be missing."""

    def change(book):
        book[TABLE_SHEET].title = "Sheet1"
        fill(book["Sheet1"], [("Đất đai", 2, 1, 1, 5)])

    edit(workbook, change)
    problem = the_problem(project, "unknown-sheet")
    assert (problem.severity, problem.sheet) == ("error", "Sheet1")
    assert f"«{TABLE_SHEET}»" in problem.remedy


def test_another_format_needs_more_than_another_name(project):
    (delivery(project) / "nhap-lieu.xls").write_bytes(b"x")
    assert "lưu lại" in the_problem(project, "unknown-file").remedy
