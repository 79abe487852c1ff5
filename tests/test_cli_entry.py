"""``chiso new`` and ``chiso check`` as a clerk uses them."""

from __future__ import annotations

import pytest
from entry_made import FIGURES_SHEET, delivery, edit, figure_row, make_project, write_file

from helpers.inputs.delivery import Delivery
from helpers.inputs.entry_sheets import WORKBOOK
from helpers.inputs.office import read_office


@pytest.fixture
def project(tmp_path, monkeypatch):
    project = make_project(tmp_path, own_forms=False)
    delivery(project).rmdir()
    (project.offices / "quang-nam" / "2023.yml").unlink()
    monkeypatch.setenv("CHISO_PROJECT", str(tmp_path))
    return project


def files(project):
    folders = (project.offices, project.deliveries)
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {project.relative(path): path.read_bytes() for path in found}


def test_new_writes_settings_and_workbook_and_says_what_next(project, chiso):
    status, told = chiso("new", "Quảng Nam", "2023", "--unit", "Sở LĐ-TB&XH: «Quảng Nam»")
    assert status == 0
    assert "params/provinces/quang-nam/2023.yml" in told
    assert "data/provinces/quang-nam/2023/nhap-lieu.xlsx" in told
    assert "chiso check quang-nam 2023" in told
    office = read_office(Delivery(2023, "quang-nam"), project)
    assert office.office.name == "Sở LĐ-TB&XH: «Quảng Nam»"
    assert office.office.parent == "Ủy ban nhân dân tỉnh Quảng Nam"
    assert office.document.date is None


def test_the_template_names_every_key(project, chiso):
    import yaml

    from helpers.inputs.office import Document, Office, OfficeName, Signer

    chiso("new", "quang-nam", "2023")
    text = yaml.safe_load((project.offices / "quang-nam" / "2023.yml").read_text(encoding="utf-8"))
    assert set(text) == set(Office.model_fields)
    assert set(text["office"]) == set(OfficeName.model_fields)
    assert set(text["document"]) == set(Document.model_fields)
    assert set(text["document"]["signer"]) == set(Signer.model_fields)
    assert text["office"] == {
        "name": "Ủy ban nhân dân tỉnh Quảng Nam", "short": "", "parent": "", "symbol": "",
    }  # fmt: skip


def test_new_twice_changes_nothing_and_says_what_is_there(project, chiso):
    chiso("new", "quang-nam", "2023")
    before = files(project)
    status, told = chiso("new", "quang-nam", "2023")
    assert status != 0
    assert "Đã có, giữ nguyên: params/provinces/quang-nam/2023.yml" in told
    assert "Đã có, giữ nguyên: data/provinces/quang-nam/2023/nhap-lieu.xlsx" in told
    assert files(project) == before


def test_a_second_office_is_refused_by_name_and_nothing_is_touched(project, chiso):
    chiso("new", "quang-nam", "2023", "--unit", "Sở Nội vụ")
    before = files(project)
    status, told = chiso("new", "quang-nam", "2023", "--unit", "Sở Y tế")
    assert status == 2
    assert "đã có tệp của Sở Nội vụ cho năm 2023" in told
    assert "không lập cho Sở Y tế" in told
    assert 'chiso new quang-nam 2023 --office so-y-te --unit "Sở Y tế"' in told
    assert files(project) == before
    # Its settings moved away, the workbook is still the first office's.
    (project.offices / "quang-nam" / "2023.yml").unlink()
    before = files(project)
    status, told = chiso("new", "quang-nam", "2023", "--unit", "Sở Y tế")
    assert status == 2
    assert "Sở Nội vụ" in told
    assert files(project) == before
    assert chiso("new", "quang-nam", "2023", "--unit", "Sở  nội vụ")[0] == 0
    assert read_office(Delivery(2023, "quang-nam"), project).office.name == "Sở Nội vụ"


def test_new_carries_over_nothing_of_another_office(project, chiso):
    chiso("new", "quang-nam", "2023", "--unit", "Sở Nội vụ")
    write_file(project, "so-lieu.csv", "ma,gia_tri,nam\nsipas.overall,78.04,2023\n")
    status, told = chiso("new", "quang-nam", "2024", "--unit", "Sở Y tế")
    assert status == 0
    assert "Không chép số liệu năm 2023: đó là số liệu của Sở Nội vụ." in told
    assert "Đã chép" not in told
    status, told = chiso("new", "quang-nam", "2024")
    assert read_office(Delivery(2024, "quang-nam"), project).office.name == "Sở Y tế"
    status, told = chiso("check", "quang-nam", "2024")
    assert "số liệu đã nộp của năm 2023 là của Sở Nội vụ, không phải của Sở Y tế" in told


@pytest.mark.parametrize("kept", ["settings", "workbook"])
def test_new_writes_the_file_that_is_missing(project, chiso, kept):
    chiso("new", "quang-nam", "2023", "--unit", "Sở Nội vụ")
    settings = project.offices / "quang-nam" / "2023.yml"
    workbook = delivery(project) / WORKBOOK
    (workbook if kept == "settings" else settings).unlink()
    before = files(project)
    status, told = chiso("new", "quang-nam", "2023")
    assert status == 0
    assert "Đã có, giữ nguyên" in told
    after = files(project)
    assert len(after) == 2
    assert before.items() <= after.items()


def test_an_unknown_province_or_year(project, chiso):
    status, told = chiso("new", "Quảng Nan", "2023")
    assert status != 0
    assert "Có phải là: Quảng Nam" in told
    status, told = chiso("new", "quang-nam", "23")
    assert status != 0
    assert files(project) == {}


def test_check_ends_with_1_on_errors_and_0_on_warnings(project, chiso):
    chiso("new", "quang-nam", "2023")
    status, told = chiso("check", "quang-nam", "2023")
    assert status == 0
    assert "chưa có số liệu nào" in told

    def mistake(book):
        sheet = book[FIGURES_SHEET]
        sheet[f"E{figure_row(sheet, 'sipas.rank')}"] = "13/15"
        sheet[f"E{figure_row(sheet, 'procedures.received')}"] = "-5"

    edit(delivery(project) / WORKBOOK, mistake)
    status, told = chiso("check", "quang-nam", "2023")
    assert status == 1
    assert "trang tính «Số liệu chung» · ô E" in told
    assert "Cách xử lý: ghi 13 vào ô này và 15" in told
    assert "2 lỗi" in told

    def right(book):
        sheet = book[FIGURES_SHEET]
        sheet[f"E{figure_row(sheet, 'sipas.rank')}"] = 13
        sheet[f"E{figure_row(sheet, 'sipas.units')}"] = 15
        sheet[f"E{figure_row(sheet, 'procedures.received')}"] = 5

    edit(delivery(project) / WORKBOOK, right)
    write_file(project, "la.csv", "a,b\n")
    status, told = chiso("check", "quang-nam", "2023")
    assert status == 0
    assert "Đã đọc: 3 số liệu" in told
    assert "0 lỗi, 1 cảnh báo" in told


def test_check_reads_record_files_too(project, chiso):
    chiso("new", "quang-nam", "2023")
    write_file(project, "ho-so.csv", "khong_phai_cot\n1\n")
    status, told = chiso("check", "quang-nam", "2023")
    assert status == 1
    assert "ho-so.csv" in told


def test_check_tells_what_does_not_fit_between_figures(project, chiso):
    chiso("new", "quang-nam", "2023")
    write_file(
        project,
        "so-lieu.csv",
        "ma,gia_tri\nprocedures.received,100\nprocedures.resolved,70\nprocedures.in_process,20\n",
    )
    status, told = chiso("check", "quang-nam", "2023")
    assert status == 0
    assert "cảnh báo · data/provinces/quang-nam/2023/so-lieu.csv" in told


def test_check_tells_what_only_an_index_can_tell(project, chiso):
    chiso("new", "quang-nam", "2023")
    table = 'cap,don_vi,nam,tieu_chi,gia_tri\n"Sở, ngành",Sở Nội vụ,2023,C9,85\n'
    write_file(project, "ket-qua-sipas.csv", table)
    status, told = chiso("check", "quang-nam", "2023")
    assert status == 1
    assert told.count("«C9»") == 1
    assert "ket-qua-sipas.csv, dòng 2" in told


def test_check_before_new_says_what_to_do(project, chiso):
    status, told = chiso("check", "quang-nam", "2023")
    assert status == 1
    assert "chạy lệnh: chiso new quang-nam 2023" in told


def test_check_tells_what_does_not_fit_in_a_row_of_a_table(project, chiso):
    chiso("new", "quang-nam", "2023")
    write_file(
        project,
        "ho-so-tthc.csv",
        "linh_vuc,tn_tong,gq_tong,dg_tong\nĐất đai,100,70,20\nHộ tịch,50,40,10\n",
    )
    status, told = chiso("check", "quang-nam", "2023")
    assert status == 0
    assert "ho-so-tthc.csv, dòng 2" in told
    assert "Đất đai" in told
    assert "ho-so-tthc.csv, dòng 3" not in told


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ("par_index: {file: a.yml}", "«file»"),
        ("par_index: {rule_set: khong-co.yml}", "khong-co.yml"),
        ("sipas: {confidence: cao}", "confidence"),
    ],
)
def test_check_tells_what_is_wrong_with_rules_of_the_province(project, chiso, rules, words):
    chiso("new", "quang-nam", "2023")
    table = 'cap,don_vi,nam,tieu_chi,gia_tri\n"Sở, ngành",Sở Nội vụ,2023,chung,85\n'
    write_file(project, "ket-qua-sipas.csv", table)
    path = project.offices / "quang-nam" / "2023.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("rules: {}", f"rules:\n  {rules}"), encoding="utf-8")
    status, told = chiso("check", "quang-nam", "2023")
    assert status == 1
    assert words in told
