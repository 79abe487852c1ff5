"""Running a notebook: what is kept, what is told and what is cleaned up."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
import yaml
from nbclient.exceptions import DeadKernelError

from helpers.execution import Job, ParameterError, find_report
from helpers.execution.run import CellError, execute, write_notebook
from helpers.project import Project

NOTEBOOKS = Path(__file__).parent / "notebooks"
GOOD = "kết quả tốt lần trước"


@pytest.fixture
def project(tmp_path):
    shutil.copytree(NOTEBOOKS, tmp_path / "notebooks")
    return Project(tmp_path)


def job_of(project, name, unit="quang-nam"):
    return Job(find_report(name, project), 2024, unit)


def files(project):
    return sorted(p.relative_to(project.outputs).as_posix() for p in project.outputs.rglob("*.*"))


def put(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(GOOD, encoding="utf-8")


def test_a_run_leaves_one_stamped_notebook_and_clears_an_earlier_failure(project):
    job = job_of(project, "succeeds", "da-nang")
    put(job.failed_notebook(project))
    template = (project.notebooks / "succeeds.ipynb").read_bytes()

    target = execute(job, project)
    assert target == project.outputs / "reports" / "2024" / "da-nang" / "succeeds.ipynb"
    assert files(project) == ["reports/2024/da-nang/succeeds.ipynb"]
    assert (project.notebooks / "succeeds.ipynb").read_bytes() == template

    made = nbformat.read(target, 4)
    nbformat.validate(made)
    head = yaml.safe_load(made.cells[0].source.strip("-\n"))
    assert head["title"] == "Chỉ số năm 2024: da-nang"
    assert head["params"] == {"province": "da-nang", "year": 2024}
    sources = "\n".join(cell.source for cell in made.cells)
    assert '#| fig-cap: "Điểm của «da-nang»"' in sources
    assert '#| tbl-cap: "Điểm năm 2024"' in sources

    first = target.read_bytes()
    assert execute(job, project).read_bytes() == first


def test_a_failing_cell_is_told_and_an_earlier_result_stays(project):
    job = job_of(project, "cell_fails")
    put(job.notebook(project))
    with pytest.raises(CellError) as caught:
        execute(job, project)

    error = caught.value
    assert error.name == "ValueError"
    assert error.message == "thiếu số liệu của quang-nam"
    assert error.source == ('total = 43.21\nraise ValueError(f"thiếu số liệu của {province}")')
    assert error.notebook == job.failed_notebook(project)
    assert str(error) == (
        "cell_fails · quang-nam · 2024: ô thứ 5 gặp lỗi ValueError: thiếu số liệu của quang-nam"
    )
    assert job.notebook(project).read_text(encoding="utf-8") == GOOD
    folder = "reports/2024/quang-nam"
    assert files(project) == [f"{folder}/cell_fails.failed.ipynb", f"{folder}/cell_fails.ipynb"]

    left = nbformat.read(error.notebook, 4)
    outputs = [output for cell in left.cells for output in cell.get("outputs", [])]
    assert any("trước khi lỗi" in output.get("text", "") for output in outputs)
    assert any(output.get("ename") == "ValueError" for output in outputs)
    assert not any("không bao giờ" in output.get("text", "") for output in outputs)


def test_a_kernel_that_dies_leaves_the_earlier_result_and_nothing_else(project):
    job = job_of(project, "kernel_dies")
    put(job.notebook(project))
    with pytest.raises((CellError, DeadKernelError)):
        execute(job, project)
    assert job.notebook(project).read_text(encoding="utf-8") == GOOD
    assert [name for name in files(project) if "failed" not in name] == [
        "reports/2024/quang-nam/kernel_dies.ipynb"
    ]


def test_wrong_parameters_are_told_before_anything_is_written(project):
    with pytest.raises(ParameterError):
        execute(job_of(project, "has_no_parameters"), project)
    assert not project.outputs.exists()


def test_a_notebook_is_written_whole_or_not_at_all(tmp_path):
    target = tmp_path / "a.ipynb"
    put(target)
    with pytest.raises(TypeError):
        write_notebook(nbformat.from_dict({"cells": [object()]}), target)
    assert target.read_text(encoding="utf-8") == GOOD
    assert [path.name for path in tmp_path.iterdir()] == ["a.ipynb"]
