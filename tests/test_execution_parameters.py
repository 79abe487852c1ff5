"""Parameters are checked before a kernel is started."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from helpers.execution import (
    NATIONAL,
    Job,
    ParameterError,
    UnknownReportError,
    check_parameters,
    find_report,
    reports,
)
from helpers.project import Project

NOTEBOOKS = Path(__file__).parent / "notebooks"


@pytest.fixture
def project(tmp_path):
    shutil.copytree(NOTEBOOKS, tmp_path / "notebooks")
    return Project(tmp_path)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"name": "quảng"},
        {"count": 3},
        {"share": 0.25},
        {"share": 1},
        {"checked": False},
        {"anything": [1, 2]},
        {"name": "a", "count": 0, "share": 0, "checked": True},
    ],
)
def test_values_of_the_annotated_type_pass(project, values):
    check_parameters(find_report("has_all_types", project), values)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"name": 2024}, r"«name» .* phải có kiểu str, không phải int \(2024\)"),
        ({"count": "2024"}, r"«count» .* phải có kiểu int, không phải str \('2024'\)"),
        ({"count": True}, r"«count» .* phải có kiểu int, không phải bool \(True\)"),
        ({"count": 1.0}, r"«count» .* phải có kiểu int, không phải float"),
        ({"share": False}, r"«share» .* phải có kiểu float, không phải bool"),
        ({"share": "0,5"}, r"«share» .* phải có kiểu float, không phải str"),
        ({"checked": 1}, r"«checked» .* phải có kiểu bool, không phải int"),
        ({"tinh": "a"}, r"không có tham số «tinh»\. Các tham số: name, count, share, checked"),
    ],
)
def test_other_values_are_told_by_name_and_type(project, values, told):
    report = find_report("has_all_types", project)
    with pytest.raises(ParameterError, match=told) as caught:
        check_parameters(report, values)
    assert "has_all_types.ipynb" in str(caught.value)


def test_a_notebook_without_a_parameters_cell_is_told(project):
    report = find_report("has_no_parameters", project)
    with pytest.raises(ParameterError, match="chưa có ô mang nhãn «parameters»"):
        check_parameters(report, {"year": 2024})


def test_a_job_injects_what_its_scope_needs(project):
    province = Job(find_report("succeeds", project), 2024, "quang-nam")
    country = Job(find_report("covers_the_country", project), 2024, NATIONAL)
    assert province.parameters == {"province": "quang-nam", "year": 2024}
    assert country.parameters == {"year": 2024}
    for job in (province, country):
        check_parameters(job.report, job.parameters)
    assert country.notebook(project).relative_to(project.outputs).as_posix() == (
        "reports/2024/ca-nuoc/covers_the_country.ipynb"
    )


def test_the_notebooks_that_ship_take_the_parameters_of_their_scope(checkout):
    kinds = {report.name: report for report in reports(checkout)}
    assert {kinds["papi"].scope, kinds["papi_national"].scope} == {"province", "national"}
    for report in kinds.values():
        unit = NATIONAL if report.scope == "national" else "quang-nam"
        check_parameters(report, Job(report, 2024, unit).parameters)


def test_only_notebooks_that_say_so_are_reports(project):
    names = [report.name for report in reports(project)]
    assert "is_no_report" not in names
    assert "succeeds" in names
    assert names == sorted(names)


def test_an_unknown_report_is_told_which_there_are(project):
    with pytest.raises(UnknownReportError, match=r"Không có loại báo cáo «sipas».*succeeds"):
        find_report("sipas", project)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "không phải sổ tay Jupyter hợp lệ"),
        ('{"metadata": {"chiso": {"scope": "district", "index": "papi"}}}', "scope"),
        ('{"metadata": {"chiso": {"scope": "province"}}}', "index"),
    ],
)
def test_a_notebook_that_is_wrong_is_told_by_its_path(project, text, told):
    (project.notebooks / "wrong.ipynb").write_text(text, encoding="utf-8")
    with pytest.raises(UnknownReportError, match=told) as caught:
        reports(project)
    assert "notebooks/wrong.ipynb" in str(caught.value)
