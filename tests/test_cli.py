"""The command as a person types it: names, mistakes, plans, exit status."""

from __future__ import annotations

import importlib.metadata
import json
import re
import sys
import unicodedata

import pytest
from batch_project import READS, chiso, make_project, write_notebook
from poverty_made import checkout_in, deliver

from helpers.cli import doctor
from helpers.cli.choose import NothingToDoError, plan
from helpers.cli.verify import first_difference
from helpers.inputs.delivery import Delivery
from helpers.places import UnknownPlaceError
from helpers.project import Project


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path, tiny=[READS])


def told(project, *arguments):
    process = chiso(project, *arguments)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("Đà Nẵng", "da-nang"),
        (unicodedata.normalize("NFD", "Đà Nẵng"), "da-nang"),
        ("da nang", "da-nang"),
        ("Thừa Thiên-Huế", "thua-thien-hue"),
        ("TP. Hồ Chí Minh", "ho-chi-minh"),
        ("Hoà Bình", "hoa-binh"),
        ("Hòa Bình", "hoa-binh"),
        ("ha-noi", "ha-noi"),
    ],
)
def test_a_province_is_found_by_any_usual_spelling(project, typed, slug):
    (job,) = plan(project, ["tiny"], [typed], 2024).jobs
    assert (job.unit, job.year) == (slug, 2024)


def test_a_wrong_name_suggests_the_nearest(project):
    with pytest.raises(UnknownPlaceError, match="Quảng Nam"):
        plan(project, ["tiny"], ["Quang Nan"], 2024)
    status, _, err = told(project, "run", "--report", "tiny", "--province", "Quang Nan")
    assert status == 2
    assert err.startswith("Lỗi: Không có tỉnh, thành phố nào tên")
    assert "Traceback" not in err


def test_all_provinces_with_scores_are_planned_and_the_latest_year_is_the_default(project):
    assert len(plan(project, ["tiny"], ["all"], 2021).jobs) == 60
    jobs = plan(project, None, None, None).jobs
    assert len(jobs) == 61
    assert {job.year for job in jobs} == {2024}


def test_a_province_named_twice_is_made_once(project):
    assert len(plan(project, ["tiny"], ["Huế", "Thừa Thiên Huế"], 2024).jobs) == 1


def test_what_has_no_scores_is_said_before_anything_starts(project):
    with pytest.raises(NothingToDoError, match="Bắc Giang không có số liệu năm 2021"):
        plan(project, ["tiny"], ["Bắc Giang"], 2021)
    with pytest.raises(
        NothingToDoError, match=r"Các năm đã có: 2011, .*2020, 2021, 2022, 2023, 2024"
    ):
        plan(project, ["tiny"], None, 1999)
    status, _, err = told(project, "run", "--report", "khong-co")
    assert status == 2
    assert "Các loại đã có: tiny" in err


def test_one_province_without_figures_does_not_keep_another_from_its_reports(project):
    """With two provinces a kind that one of them lacks was dropped for both, without a word."""
    both = ["Bắc Giang", "Hà Nội"]
    for names in (None, ["tiny"]):
        wanted = plan(project, names, both, 2021)
        assert [job.unit for job in wanted.jobs] == ["ha-noi"]
        (told_,) = wanted.absent
        assert told_.startswith("Bắc Giang không có số liệu năm 2021")
        assert plan(project, names, ["Hà Nội"], 2021).absent == ()
        assert plan(project, names, ["all"], 2021).absent == ()
    arguments = [word for one in both for word in ("--province", one)]
    status, out, err = told(project, "run", *arguments, "--year", "2021", "--format", "html")
    assert status == 2
    assert "ha-noi" in out
    assert "Chưa lập: Bắc Giang không có số liệu năm 2021" in err
    assert "Traceback" not in err


def test_only_those_who_delivered_are_run_where_that_is_asked(project):
    with pytest.raises(NothingToDoError, match="Chưa có cơ quan nào nộp số liệu năm 2024"):
        plan(project, ["tiny"], None, 2024, delivered=True)
    settings = Delivery(2024, "ha-noi").settings(project)
    settings.parent.mkdir(parents=True)
    settings.write_text("office: Sở Nội vụ\n", encoding="utf-8")
    Delivery(2024, "ha-noi").folder(project).mkdir(parents=True)
    jobs = plan(project, ["tiny"], None, 2024, delivered=True).jobs
    assert [job.unit for job in jobs] == ["ha-noi"]
    _, out, _ = told(project, "run", "--delivered", "--year", "2024", "--dry-run")
    assert "1 báo cáo sẽ được lập" in out


def test_reports_of_the_country_are_made_where_they_are_asked_for(tmp_path):
    """An office that delivered its points of a year without a published table made the run fail."""
    project = checkout_in(tmp_path)
    deliver(
        project, "ha-tinh", 2025, so_lieu=[{"ma": "par_index.index", "gia_tri": 88, "nam": 2025}]
    )
    named = plan(project, None, ["ha-tinh"], 2025).jobs
    assert "par_index" in {job.report.name for job in named}
    assert all(job.report.scope != "national" for job in named)
    assert all(job.report.scope != "national" for job in plan(project, None, None, 2025).jobs)
    with pytest.raises(NothingToDoError, match="«par_index_national» chưa có số liệu năm 2025"):
        plan(project, ["par_index_national"], ["ha-tinh"], 2025)
    assert "papi_national" in {job.report.name for job in plan(project, None, None, 2024).jobs}
    asked = plan(project, ["papi", "papi_national"], ["ha-tinh"], 2023).jobs
    assert {job.report.name for job in asked} == {"papi", "papi_national"}


def test_a_kind_that_nobody_has_does_not_keep_another_from_being_made(project):
    source = (project.notebooks / "tiny.ipynb").read_text(encoding="utf-8")
    other = source.replace('"papi"', '"pci"')
    (project.notebooks / "other.ipynb").write_text(other, encoding="utf-8")
    wanted = plan(project, ["other", "tiny"], ["Hà Nội"], 2024)
    assert [job.report.name for job in wanted.jobs] == ["tiny"]
    (told_,) = wanted.absent
    assert "«other»" in told_


def test_a_dry_run_says_what_and_why_and_makes_nothing(project):
    arguments = ("--report", "tiny", "--province", "ha-noi", "--format", "html")
    status, out, _ = told(project, "run", *arguments, "--dry-run")
    assert status == 0
    assert "tiny · ha-noi · 2024: chạy sổ tay và xuất html vì chưa có" in out
    assert not (project.outputs / "reports").exists()
    assert told(project, "run", *arguments)[0] == 0
    _, out, _ = told(project, "run", *arguments, "--dry-run")
    assert "0 báo cáo sẽ được lập, 1 báo cáo còn đúng" in out
    (project.root / "data" / "notes.txt").write_text("hai", encoding="utf-8")
    _, out, _ = told(project, "run", *arguments, "--dry-run")
    assert "vì số liệu thay đổi: data/notes.txt" in out


def test_a_failure_is_shown_with_its_cell_and_ends_non_zero(project):
    fails = 'if province == "ha-noi":\n    raise ValueError("thiếu số liệu")'
    write_notebook(project.notebooks / "tiny.ipynb", [fails])
    arguments = (
        "--report",
        "tiny",
        "--province",
        "ha-noi",
        "--province",
        "an-giang",
        "--format",
        "html",
    )
    status, out, err = told(project, "run", *arguments)
    assert status == 1
    assert "Không lập được tiny · ha-noi · 2024: ô thứ 3 gặp lỗi" in err
    assert "ValueError: thiếu số liệu" in err
    assert "tiny.failed.ipynb" in err
    assert "reports/2024/an-giang/tiny.html" in out
    index = (project.outputs / "index.html").read_text(encoding="utf-8")
    assert "an-giang/tiny.html" in index
    assert "ha-noi/tiny" not in index


def test_the_manifest_tells_what_made_every_file(project):
    told(project, "run", "--report", "tiny", "--province", "ha-noi", "--format", "html")
    manifest = json.loads((project.outputs / "manifest.json").read_text(encoding="utf-8"))
    (report,) = manifest["reports"]
    assert report["parameters"] == {"province": "ha-noi", "year": 2024}
    assert "data/notes.txt" in report["inputs"]
    assert set(report["seconds"]) == {"prepare", "cells", "publish"}
    for entry in report["files"].values():
        path = project.outputs / entry["path"]
        assert path.stat().st_size == entry["bytes"]
        assert re.fullmatch("[0-9a-f]{64}", entry["sha256"])
    assert "pandas" in manifest["versions"][report["versions"]]


def test_verify_finds_a_report_that_says_something_else(project):
    told(project, "run", "--report", "tiny", "--province", "ha-noi", "--format", "html")
    status, out, _ = told(project, "verify", "--report", "tiny")
    assert status == 0
    assert "2/2 tệp giống hệt từng byte" in out
    page = project.outputs / "reports" / "2024" / "ha-noi" / "tiny.html"
    page.write_text(page.read_text(encoding="utf-8").replace("ha-noi", "ha-nam"), encoding="utf-8")
    status, out, err = told(project, "verify", "--report", "tiny")
    assert status == 1
    assert "Khác: outputs/reports/2024/ha-noi/tiny.html: khác từ byte thứ" in err
    assert "tệp đã bị sửa sau khi lập" in err


def test_the_first_difference_of_notebooks_names_the_cell(tmp_path):
    old, new = tmp_path / "a.ipynb", tmp_path / "b.ipynb"
    old.write_text('{"cells": [{"source": "1"}, {"source": "2"}]}', encoding="utf-8")
    new.write_text('{"cells": [{"source": "1"}, {"source": "3"}]}', encoding="utf-8")
    assert first_difference(old, new) == "ô thứ 2 khác ở source"
    assert first_difference(old, old) == ""
    assert "không tạo ra" in first_difference(old, tmp_path / "c.ipynb")


def test_doctor_says_what_is_there(project):
    status, out, _ = told(project, "doctor")
    assert status == 0
    assert "pandoc" in out
    assert "PAPI có số liệu các năm (số đơn vị): 2011 (63), 2012 (63), " in out
    assert ", 2020 (63), 2021 (60), 2022 (63), 2023 (61), 2024 (61)" in out
    assert "chiso import papi" in out
    assert "ăn bản hành chính" in out
    assert "thư viện Python, đúng phiên bản, nạp được" in out
    assert "Thử đọc tệp bản ghi (Excel, Parquet): được" in out
    assert "Thử xuất HTML, PDF và Word: được" in out


def test_doctor_tries_what_it_vouches_for(project, monkeypatch):
    """A package that is listed and does not work is found by working with it."""
    monkeypatch.setitem(sys.modules, "holidays", None)
    (finding,) = doctor._libraries(project)
    assert (finding.state, "holidays" in finding.text) == ("bad", True)
    assert "pip install --force-reinstall" in finding.remedy

    def old_compiler(*given, **options):
        raise TypeError("compile() got an unexpected keyword argument 'timestamp'")

    monkeypatch.setattr("typst.Compiler", old_compiler)
    monkeypatch.setattr("fastexcel.read_excel", old_compiler)
    records, report = doctor._trials(project)
    assert [records.state, report.state] == ["bad", "bad"]
    assert "timestamp" in report.text
    assert "tools/setup.sh" in report.remedy


def test_doctor_compares_versions_with_the_bounds(project, monkeypatch):
    real = importlib.metadata.version
    old = {"fastexcel": "0.12.0"}
    monkeypatch.setattr(
        importlib.metadata, "version", lambda name: old[name] if name in old else real(name)
    )
    (finding,) = doctor._libraries(project)
    assert finding.state == "bad"
    assert re.match(r"Cần fastexcel>=[\d.]+, đang có 0\.12\.0", finding.text)


@pytest.mark.parametrize(
    ("family", "state", "words"),
    [
        ("Times New Roman", "good", "dùng phông Times New Roman"),
        ("Liberation Serif", "note", "bản Word ghi Times New Roman"),
        (None, "note", "Libertinus Serif"),
    ],
)
def test_doctor_tells_the_face_of_official_documents(project, monkeypatch, family, state, words):
    monkeypatch.setattr(doctor, "serif_family", lambda: family)
    (finding,) = doctor._face(project)
    assert finding.state == state
    assert words in finding.text
    assert bool(finding.remedy) is (state == "note")


def test_a_file_that_is_no_workbook_is_refused_with_a_sentence(project):
    path = project.root / "x.xlsm"
    path.write_text("không phải sổ tính", encoding="utf-8")
    status, _, err = told(project, "import", "papi", str(path))
    assert status == 2
    assert err.startswith("Lỗi: ")
    assert "x.xlsm" in err
    assert not project.imported.exists()


def test_outside_a_checkout_the_command_says_where_to_go(tmp_path, project):
    status, _, err = told(Project(tmp_path / "params"), "doctor")
    assert status == 2
    assert "Không tìm thấy thư mục dự án" in err


ENGLISH = re.compile(
    r"\b(Usage|Options|Commands|Arguments|Show|message|exit|default|required|Error|Try|Invalid|value|"
    r"Missing|such|option|command|integer|valid|should|range)\b"
)


@pytest.mark.parametrize("arguments", [(), ("run",), ("import",), ("verify",), ("doctor",)])
def test_help_is_in_vietnamese(project, arguments):
    status, out, _ = told(project, *arguments, "--help")
    assert status == 0
    assert "Cách dùng: " in out
    assert "In hướng dẫn này rồi thôi." in out
    assert not ENGLISH.search(out), ENGLISH.search(out)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("nope",), "Không có lệnh «nope»."),
        (("run", "--formt", "html"), "Không có tùy chọn --formt"),
        (("run", "--year", "abc"), "Giá trị của --year không hợp lệ: phải là số nguyên."),
        (("run", "--jobs", "0"), "Giá trị của --jobs không hợp lệ: phải từ 1 trở lên."),
        (("run", "--engine", "word"), "Giá trị của --engine không hợp lệ: phải là"),
        (("run", "--year"), "Tùy chọn --year cần một giá trị."),
        (("import", "papi"), "Thiếu đối số «TỆP»."),
        (("doctor", "x"), "Thừa đối số: x"),
    ],
)
def test_mistakes_are_told_in_vietnamese(project, typed, words):
    status, _, err = told(project, *typed)
    assert status == 2
    assert words in err
    assert not ENGLISH.search(err.replace("--", "")), err
