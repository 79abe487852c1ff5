"""Record files: found, read in every format, kept as Parquet, and nothing of a person handed on."""

from __future__ import annotations

from datetime import date, datetime

import openpyxl
import polars as pl
import pytest

from helpers.definitions.forms import load_forms
from helpers.inputs.delivery import Delivery
from helpers.inputs.office import Office
from helpers.inputs.problems import InputError
from helpers.inputs.records import find_records, read_records
from helpers.project import Project, find_project

SLUG, YEAR = "quang-nam", 2023
HEADINGS = [
    "Mã hồ sơ",
    "Lĩnh vực",
    "Kênh tiếp nhận",
    "Ngày tiếp nhận",
    "Ngày hẹn trả",
    "Ngày giải quyết xong",
    "Trạng thái",
    "Có kết quả điện tử",
    "Phí, lệ phí phải nộp",
]
ROWS = [
    [
        "001",
        "Lao động",
        "1",
        "02/01/2023",
        "10/01/2023",
        "09/01/2023",
        "Đã trả kết quả",
        "x",
        "15.000",
    ],
    [
        "002",
        "Lao động",
        "trực tuyến",
        "03/01/2023",
        "10/01/2023",
        "12/01/2023",
        "đã trả kết quả",
        "không",
        "0",
    ],
    ["003", "Người có công", "", "2023-12-29", "05/01/2024", "", "Đang xử lý", "", ""],
]


@pytest.fixture
def project(tmp_path):
    made = Project(tmp_path)
    (tmp_path / "params").mkdir()
    made.entry_forms.symlink_to(find_project().entry_forms)
    (made.deliveries / SLUG / str(YEAR)).mkdir(parents=True)
    return made


@pytest.fixture
def folder(project):
    return project.deliveries / SLUG / str(YEAR)


def office(**records):
    return Office(office={"name": "Sở"}, records=records)


def csv_text(rows=ROWS, headings=HEADINGS, separator=";"):
    return "\n".join(separator.join(row) for row in [headings, *rows]) + "\n"


def read(project, kind="dossiers", **records):
    return read_records(kind, Delivery(YEAR, SLUG), project, office(**records))


def refused(project, kind="dossiers", **records):
    with pytest.raises(InputError) as caught:
        read(project, kind, **records)
    for problem in caught.value.problems:
        assert problem.message.endswith(".")
        assert problem.remedy
        assert "None" not in str(problem)
    return {problem.rule: problem for problem in caught.value.errors}


def test_nothing_delivered_is_no_error(project):
    assert find_records("dossiers", Delivery(YEAR, SLUG), project, office()) is None
    assert read(project) is None


def test_a_csv_file_is_typed(project, folder):
    (folder / "ho-so.csv").write_text(csv_text(), encoding="utf-8-sig")
    records = read(project)
    frame = records.frame
    assert records.rows == 3
    assert records.origin == f"data/provinces/{SLUG}/{YEAR}/ho-so.csv"
    assert frame["ngay_tiep_nhan"].to_list() == [
        date(2023, 1, 2),
        date(2023, 1, 3),
        date(2023, 12, 29),
    ]
    assert frame["kenh"].to_list() == [
        "trực tiếp",
        "trực tuyến",
        "trực tiếp",
    ]  # as the portal has it
    assert frame["trang_thai"].to_list() == ["Đã trả kết quả", "Đã trả kết quả", "Đang xử lý"]
    assert frame["co_file_ket_qua"].to_list() == [True, False, None]
    assert frame["phi"].to_list() == [15000, 0, None]
    assert "so_lan_bo_sung" not in frame.columns
    assert frame.schema["phi"] == pl.Int64


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_encodings_and_separators(project, folder, encoding, separator):
    (folder / "ho-so.csv").write_text(csv_text(separator=separator), encoding=encoding)
    assert read(project).frame["linh_vuc"].to_list() == ["Lao động", "Lao động", "Người có công"]


def test_every_format_gives_the_same(project, folder):
    (folder / "ho-so.csv").write_text(csv_text(), encoding="utf-8")
    from_csv = read(project).frame
    (folder / "ho-so.csv").unlink()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["BÁO CÁO HỒ SƠ"])
    sheet.append([])
    sheet.append(HEADINGS)
    sheet.append([f"({n})" for n in range(1, len(HEADINGS) + 1)])
    for row in ROWS:
        cells = [cell or None for cell in row]
        for column in (3, 4, 5):
            if cells[column]:
                pattern = "%d/%m/%Y" if "/" in cells[column] else "%Y-%m-%d"
                cells[column] = datetime.strptime(cells[column], pattern)
        cells[8] = {"15.000": 15000, "0": 0}.get(cells[8])
        sheet.append(cells)
    book.create_sheet("Ghi chú").append(["Không phải số liệu"])
    book.save(folder / "ho-so.xlsx")
    records = read(project)
    assert records.frame.equals(from_csv)
    assert records.origin.endswith("ho-so.xlsx, trang tính Sheet")
    (folder / "ho-so.xlsx").unlink()
    frame = pl.DataFrame(ROWS, schema=HEADINGS, orient="row")
    frame.write_parquet(folder / "ho-so.parquet")
    assert read(project).frame.equals(from_csv)


def test_private_columns_never_leave(project, folder):
    headings = [*HEADINGS, "Người nộp"]
    rows = [[*row, "Nguyễn Văn A"] for row in ROWS]
    (folder / "ho-so.csv").write_text(csv_text(rows, headings), encoding="utf-8")
    records = read(project)
    assert "ten_nguoi_nop" not in records.frame.columns
    assert records.frame["ma_ho_so"].n_unique() == 3
    assert not set(records.frame["ma_ho_so"]) & {"001", "002", "003"}
    for kept in project.cache.rglob("*"):
        assert not kept.is_file() or "Nguyễn Văn A".encode() not in kept.read_bytes()


def test_codes_still_join_petitions_with_dossiers(project, folder):
    (folder / "ho-so.csv").write_text(csv_text(), encoding="utf-8")
    (folder / "phan-anh-kien-nghi.csv").write_text(
        "ma_pakn,ma_ho_so,ngay_gui\nP1,002,05/01/2023\n", encoding="utf-8"
    )
    dossiers, petitions = read(project).frame, read(project, "petitions").frame
    joined = dossiers.join(petitions, on="ma_ho_so")
    assert joined["ngay_hen_tra"].to_list() == [date(2023, 1, 10)]


def test_the_offices_own_columns_and_sheet(project, folder):
    book = openpyxl.Workbook()
    book.active.title = "Quý I"
    for title in ("Quý I", "Cả năm"):
        sheet = book[title] if title in book.sheetnames else book.create_sheet(title)
        sheet.append(["Số biên nhận", "Ngày nhận", "Nhóm TTHC"])
        sheet.append([title, datetime(2023, 5, 4), "Lao động"])
    book.save(folder / "xuat-khau.xlsx")
    columns = {"ma_ho_so": "SỐ BIÊN NHẬN", "linh_vuc": "Nhóm TTHC"}
    named = {"file": "xuat-khau.xlsx", "columns": columns}
    assert "several-sheets" in refused(project, dossiers=named)
    records = read(project, dossiers={**named, "sheet": "Cả năm"})
    assert records.frame["linh_vuc"].to_list() == ["Lao động"]
    assert records.rows == 1
    assert "no-such-sheet" in refused(project, dossiers={**named, "sheet": "Năm"})
    wrong = {**named, "sheet": "Cả năm", "columns": {**columns, "ten_tthc": "Tên thủ tuc"}}
    assert "column-not-found" in refused(project, dossiers=wrong)


def test_spellings_of_a_name_become_one(project, folder):
    rows = [list(row) for row in ROWS]
    rows[1][1] = "lao  động"
    (folder / "ho-so.csv").write_text(csv_text(rows), encoding="utf-8")
    records = read(project)
    assert records.frame["linh_vuc"].n_unique() == 2
    assert [problem.rule for problem in records.problems if problem.rule == "spelling"]


def test_levels_in_words_and_in_numbers(project, folder):
    (folder / "phieu-khao-sat.csv").write_text(
        "ma_phieu,c9_1,c9_2,gioi_tinh\nA,Rất hài lòng,5,1\nB,khong_hai_long,3,Nữ\nC,,4,02\n",
        encoding="utf-8",
    )
    refused(project, "survey")
    own = {"gioi_tinh": {1: "Nam", "02": "Nữ"}}
    frame = read(project, "survey", survey={"words": own}).frame
    assert frame["c9_1"].to_list() == [5, 2, None]
    assert frame["gioi_tinh"].to_list() == ["Nam", "Nữ", "Nữ"]


def test_units_outside_the_list_of_the_office_are_refused(project, folder):
    (folder / "ho-so.csv").write_text(
        "ma_ho_so,ngay_tiep_nhan,don_vi\n1,02/01/2023,Sở A\n2,02/01/2023,Sở B\n", encoding="utf-8"
    )
    listed = Office(office={"name": "Sở"}, rules={"dossiers": {"units": ["Sở A"]}})
    with pytest.raises(InputError, match="«Sở B»"):
        read_records("dossiers", Delivery(YEAR, SLUG), project, listed)


def test_the_cache_is_used_and_rebuilt_when_damaged(project, folder, monkeypatch):
    path = folder / "ho-so.csv"
    path.write_text(csv_text(), encoding="utf-8")
    first = read(project)
    with monkeypatch.context() as patched:
        patched.setattr("helpers.inputs.records.read_record_file", None)
        again = read(project)
    assert again.frame.equals(first.frame)
    assert (again.origin, again.problems) == (first.origin, first.problems)
    for kept in (project.cache / "records").rglob("*.parquet"):
        kept.write_bytes(kept.read_bytes()[:50])
    assert read(project).frame.equals(first.frame)
    path.write_text(csv_text(ROWS[:2]), encoding="utf-8")
    assert read(project).rows == 2
    assert len(list((project.cache / "records").rglob("*.parquet"))) == 1


def test_every_form_has_dates_and_private_columns_it_knows():
    forms = load_forms()
    assert {form.key for form in forms.records} == {"survey", "dossiers", "petitions", "households"}
    for form in forms.records:
        assert form.unique
        assert set(form.private) <= {column.code for column in form.columns}
