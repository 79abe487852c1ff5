"""What the register says about files that are wrong."""

import re
import shutil

import pytest

from helpers.places import RegisterError, register, tiles
from helpers.project import Project, find_project


@pytest.fixture
def project(tmp_path):
    copy = Project(tmp_path)
    shutil.copytree(find_project().places, copy.places)
    return copy


def edit(project, name, old, new):
    path = project.places / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "units_63.csv",
            "Hà Giang,Ha Giang,02",
            "Hà Giang,Ha Giang,2",
            "params/places/units_63.csv, dòng 3, cột gso_code: "
            '"2" phải có đúng hai chữ số, kể cả số 0 ở đầu.',
        ),
        (
            "units_63.csv",
            ",870.2,",
            ',"870,2",',
            "params/places/units_63.csv, dòng 3, cột population_2020: "
            '"870,2" không phải số (dùng dấu chấm thập phân).',
        ),
        ("units_63.csv", ",870.2,", ",-1,", 'cột population_2020: "-1" phải lớn hơn 0.'),
        ("units_63.csv", ",870.2,", ",nan,", 'cột population_2020: "nan" phải lớn hơn 0.'),
        ("units_63.csv", ",870.2,", ",,", "cột population_2020: không được để trống."),
        ("units_63.csv", "ha-giang,Hà", "Hà Giang,Hà", 'cột slug: "Hà Giang" không phải mã'),
        ("units_63.csv", "02,tỉnh", "02,huyện", '"huyện" phải là một trong: tỉnh, thành phố.'),
        ("units_63.csv", "Đồng bằng sông Hồng", "Bắc Bộ", 'dòng 2, cột region: "Bắc Bộ" phải là'),
        ("units_63.csv", "Ha Giang,02", "Ha Giang,01", "units_63.csv, cột gso_code: lặp lại 01."),
        ("units_63.csv", "Hanoi", "Hanoi; Hà Giang", "Hà Nội hoặc Hà Giang"),
        ("units_63.csv", "phía Bắc,tuyen-quang", "phía Bắc,lao-cai", "cột predecessors"),
        ("units_63.csv", "successor", "next", "units_63.csv: thiếu cột successor."),
        ("units_34.csv", "; kon-tum", "; kon-tum; ha-noi", "cột predecessors: "),
        ("type_changes.csv", "2026-04-30", "30/4/2026", '"30/4/2026" không phải ngày dạng'),
        ("type_changes.csv", "2026-04-30", "2025-01-01", "dòng 3, cột from: nằm ngoài"),
        ("type_changes.csv", "dong-nai", "dong-ngai", '"dong-ngai" không có trong units_34.csv'),
        ("type_changes.csv", "dong-nai,34", "dong-nai,35", '"35" phải là một trong: 63, 34.'),
        ("systems.yml", "valid_from: 2025-07-01", "valid_from: soon", "systems.yml không đọc được"),
        ("systems.yml", 'system: "34"', 'system: "63"', "đúng các hệ thống 63, 34"),
        ("systems.yml", "units: 34", "units: 35", "units_34.csv: có 34 đơn vị, phải là 35."),
        ("tiles_63.csv", "ha-giang,2,0", "ha-giang,3,0", "ô trùng vị trí với ha-giang"),
        ("tiles_63.csv", "Q.Nam", "Quảng Nam", '"Quảng Nam" dài quá 8 ký tự'),
        ("tiles_63.csv", "H.Giang", "Hà Giang", '"Hà Giang" đã dùng cho ha-giang'),
        ("tiles_63.csv", "ha-giang,2,0", "ha-giang,2.5,0", '"2.5" không phải số nguyên'),
        ("tiles_63.csv", "63,ha-giang", "63,hai-nam", '"hai-nam" không có trong units_63.csv'),
        ("tiles_63.csv", "63,ha-giang", "34,ha-giang", 'cột system: phải là "63"'),
        ("tiles_63.csv", "archipelago,da-nang", "archipelago,hue", 'phải là "da-nang"'),
    ],
)
def test_a_wrong_cell_is_named_with_file_and_column(project, name, old, new, message):
    edit(project, name, old, new)
    with pytest.raises(RegisterError, match=re.escape(message)):
        register(project)


@pytest.mark.parametrize("slug", ["hoang-sa", "truong-sa"])
@pytest.mark.parametrize("system", ["63", "34"])
def test_a_map_without_an_archipelago_is_refused(project, system, slug):
    path = project.places / f"tiles_{system}.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if slug not in line), encoding="utf-8")
    with pytest.raises(RegisterError, match=f"thiếu ô của {slug}"):
        tiles(system, project)


def test_a_unit_left_out_is_noticed(project):
    path = project.places / "units_63.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), encoding="utf-8")
    with pytest.raises(RegisterError, match="cột predecessors"):
        register(project)


def test_a_row_with_a_cell_too_many_is_noticed(project):
    edit(project, "type_changes.csv", ",secondary\n", ",secondary,thừa\n")
    with pytest.raises(RegisterError, match="dòng 2: số ô không khớp"):
        register(project)


def test_a_missing_file_is_named(project):
    (project.places / "type_changes.csv").unlink()
    with pytest.raises(RegisterError, match=re.escape("Thiếu tệp params/places/type_changes.csv.")):
        register(project)


def test_a_file_in_another_encoding_is_named(project):
    (project.places / "units_34.csv").write_bytes("slug,name\nhue,Hu\u00ea".encode("cp1258"))
    with pytest.raises(RegisterError, match=r"units_34\.csv phải được lưu bằng bảng mã UTF-8"):
        register(project)


def test_files_saved_by_a_spreadsheet_with_a_byte_order_mark_are_read(project):
    for path in project.places.glob("*.csv"):
        text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
        path.write_bytes(text.encode("utf-8-sig"))
    assert register(project) == register()


def test_an_edited_file_is_read_again_and_an_unchanged_one_is_not(project):
    before = register(project)
    assert register(project) is before
    edit(project, "units_63.csv", "Kontum", "Công Tum; Kontum")
    assert register(project).find("Công Tum", "63").slug == "kon-tum"
