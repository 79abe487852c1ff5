"""Every small input of ``../shared/cases`` gives through the command what its README says is right."""

from __future__ import annotations

import csv
import re
import shutil
import time
from dataclasses import dataclass

import pytest
from entry_made import make_project
from official_files import official

from helpers.cli import main
from helpers.inputs.delivery import Delivery
from helpers.inputs.reading import read_entry

SLUG, YEAR = "bac-ninh", 2023


@dataclass(frozen=True)
class Case:
    """A file, where it is put, and what is right.

    Parameters
    ----------
    file : str
        Below ``shared/cases``.
    name : str
        Its name in the delivery, or in the folder of settings.
    right : str
        What its README says.
    status : int
        Exit status of ``chiso check``.
    told : tuple of str
        What is told, as expressions.
    untold : tuple of str
        What must not be told.
    map : bool
        Whether ``chiso map`` is run before, and its proposal taken.
    """

    file: str
    name: str
    right: str
    status: int
    told: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    map: bool = False


DOSSIERS, HOUSEHOLDS, SHEET = "ho-so", "ho-dan", "nhap-lieu.xlsx"
CASES = (
    Case("records/ho-so_min.csv", "ho-so.csv", "chưa có số liệu, not 0", 0, ("6 dòng",)),
    Case("records/ho-so_full.csv", "ho-so.csv", "3 of 6", 0, ("6 dòng",)),
    Case(
        "records/ho-so_khong-ngay-xong.csv",
        "ho-so.csv",
        "a warning names the lines",
        0,
        (r"các dòng 2, 3, 4\)", "không được tính vào tỷ lệ đúng hạn"),
    ),
    Case(
        "records/ho-so_due-date-unknown.csv",
        "ho-so.csv",
        "the three told",
        0,
        (r"Có 3 dòng không có «Ngày hẹn trả».*các dòng 2, 3, 5\)",),
    ),
    Case(
        "records/ho-so_formulas-not-computed.xlsx",
        "ho-so.xlsx",
        "error as in the entry workbook",
        1,
        ("Có 12 ô là công thức chưa được tính", "ô E2"),
    ),
    Case(
        "records/ho-so_trang-thai-so.csv",
        "ho-so.csv",
        "lists the codes and shows how to map them",
        1,
        (r'trang_thai: \{"4": …, "5": …\}',),
    ),
    Case(
        "records/ho-so_swapped-dates.xlsx",
        "ho-so.xlsx",
        "day and month were swapped by a US-style Excel",
        1,
        ("đổi chỗ ngày và tháng", "kiểu Mỹ"),
    ),
    Case(
        "records/ho-so_loi-ngau-nhien.csv",
        "ho-so.csv",
        "each quoting its own line, one message a cause",
        1,
        (
            r"dòng 2: Cột «Trạng thái»: ô ghi «Chờ ký».*«Chờ trả» ở dòng 3, «Đã hủy» ở dòng 4, "
            r"«Chờ số hóa» ở dòng 5",
            "^1 lỗi",
        ),
    ),
    Case(
        "records/ho-so_motcua.xlsx",
        "ho-so.xlsx",
        "unmapped deciding columns are not «không cần làm gì»",
        1,
        ("«Hình thức nhận» có thể là «Kênh tiếp nhận»", "words"),
        (r"Không dùng các cột[^\n]*không cần làm gì",),
    ),
    Case(
        "records/ho-so_motcua.xlsx",
        "ho-so.xlsx",
        "mappable (columns, words, dates)",
        1,  # a state that no value of the form is near enough to stays for a person to say
        (
            "«Hình thức nhận» → Kênh tiếp nhận",
            "«Nộp trực tuyến qua Cổng DVCQG» → trực tuyến",
            "Đã hủy",
        ),
        ("«Có kết quả», không thuộc",),
        map=True,
    ),
    Case(
        "records/ho-dan_tt07.xlsx",
        "ho-dan.xlsx",
        "mappable, row number as id",
        0,
        ("number_rows: true", "số thứ tự dòng được dùng làm mã", "«ho-dan.xlsx» 6 dòng"),
        map=True,
    ),
    Case("records/ho-dan_stray-cell.xlsx", "ho-dan.xlsx", "the few rows it has", 0, ("6 dòng",)),
    Case("records/ho-dan_semicolons-in-text.csv", "ho-dan.csv", "read", 0, ("1 dòng",)),
    Case(
        "entry/bieu_II06a.csv",
        "ho-so-tthc.csv",
        "13 columns by field, total row checked",
        0,
        ("«Hồ sơ TTHC» 3 dòng", "dòng tổng cộng"),
        ("không khớp",),
    ),
    Case("entry/bieu_II06a.xlsx", SHEET, "the same", 0, ("«Hồ sơ TTHC» 3 dòng",), ("không khớp",)),
    Case("entry/communes-apart-in-tone.xlsx", SHEET, "two communes", 0, ("2 dòng",)),
    Case("entry/computed-empty-formula.xlsx", SHEET, "is empty", 0, ("1 dòng",), ("công thức",)),
    Case("entry/code-1.10-as-number.xlsx", SHEET, "is 1.10", 0, ("3 dòng",)),
    Case("entry/long-code.xlsx", SHEET, "two codes, all digits kept", 0, ("1234567890124",)),
    Case("hostile/bad-date.yml", "2023.yml", "file, line and remedy", 1, ("dòng 2.*2024-02-30",)),
    Case("hostile/cp1258.yml", "2023.yml", "file, line and remedy", 1, ("dòng 1.*UTF-8",)),
    Case("hostile/unhashable-key.yml", "2023.yml", "file, line and remedy", 1, ("dòng 2.*khóa",)),
    Case(
        "hostile/own-text-cp1258.md", "2023/mo-dau.md", "file, line", 1, (r"mo-dau\.md · dòng 1",)
    ),
    Case("hostile/ho-so_bad-row.xlsx", "ho-so.xlsx", "a problem of the file", 1, (r"ho-so\.xlsx",)),
    Case("hostile/nhap-lieu_big-merge.xlsx", SHEET, "under 300 MB and 2 s", 1, ("tiêu đề",)),
)


@pytest.fixture
def chiso(tmp_path, monkeypatch, capsys):
    project = make_project(tmp_path, own_forms=False)
    monkeypatch.setenv("CHISO_PROJECT", str(tmp_path))

    def run(*words):
        monkeypatch.setattr("sys.argv", ["chiso", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return ended.value.code, told.out + told.err

    return project, run


def lay(project, case):
    source = official("cases", *case.file.split("/"))
    settings = project.offices / SLUG / f"{YEAR}.yml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("office: {name: Sở Nội vụ}\n", encoding="utf-8")
    folder = project.deliveries / SLUG / str(YEAR)
    folder.mkdir(parents=True)
    target = (settings.parent if case.file.endswith((".yml", ".md")) else folder) / case.name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)
    return target


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}{' map' * case.map}")
def test_a_case_gives_what_its_readme_says(case, chiso):
    project, run = chiso
    target = lay(project, case)
    shown = run("map", str(target), "--yes")[1] if case.map else ""
    started = time.perf_counter()
    status, told = run("check", SLUG, str(YEAR))
    assert time.perf_counter() - started < 60
    told = shown + told
    assert status == case.status, told
    for expression in case.told:
        assert re.search(expression, told, re.MULTILINE), (expression, told)
    for expression in (*case.untold, "Traceback", "Lỗi của chương trình"):
        assert not re.search(expression, told), (expression, told)
    assert max(map(len, told.splitlines())) <= 2_000


@pytest.mark.parametrize("name", ["bieu_II06a.csv", "bieu_II06a.xlsx"])
def test_the_official_form_is_read_by_field(chiso, name):
    project, _ = chiso
    lay(project, next(case for case in CASES if case.file == f"entry/{name}"))
    table = read_entry(Delivery(YEAR, SLUG), project).table("procedures_report")
    codes = ("tn_tong", "tn_truc_tuyen", "tn_truc_tiep", "tn_ky_truoc", "gq_tong", "gq_truoc_han")
    codes += ("gq_dung_han", "gq_qua_han", "dg_tong", "dg_trong_han", "dg_qua_han")
    with official("cases", "entry", "bieu_II06a.csv").open(encoding="utf-8-sig") as stream:
        printed = [row for row in csv.reader(stream) if row[0].isdecimal()]
    assert table["linh_vuc"].tolist() == [row[1] for row in printed]
    for place, code in enumerate(codes, start=2):
        assert table[code].tolist() == [float(row[place]) for row in printed]


def test_codes_keep_what_they_show(chiso):
    project, _ = chiso
    case = next(case for case in CASES if case.file == "entry/code-1.10-as-number.xlsx")
    lay(project, case)
    table = read_entry(Delivery(YEAR, SLUG), project).table("dti_scoring")
    assert table.iloc[:, 0].tolist() == ["1.1", "1.2", "1.10"]
