"""Running a notebook: what is kept, what is told and what is cleaned up."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
import yaml
from batch_project import CHECKOUT, run, settings

from helpers.execution import Job, find_report
from helpers.execution.stamp import write_notebook
from helpers.project import Project

NOTEBOOKS = Path(__file__).parent / "notebooks"
GOOD = "kết quả tốt lần trước"


@pytest.fixture
def project(tmp_path):
    shutil.copytree(NOTEBOOKS, tmp_path / "notebooks")
    for name in ("params", "data/published"):
        shutil.copytree(CHECKOUT / name, tmp_path / name)
    return Project(tmp_path)


def job_of(project, name, unit="quang-nam"):
    return Job(find_report(name, project), 2024, unit)


def files(project):
    return sorted(
        p.relative_to(project.outputs).as_posix()
        for p in (project.outputs / "reports").rglob("*.*")
    )


def put(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(GOOD, encoding="utf-8")


def test_a_run_leaves_one_stamped_notebook_and_clears_an_earlier_failure(project):
    job = job_of(project, "succeeds", "da-nang")
    put(job.failed_notebook(project))
    template = (project.notebooks / "succeeds.ipynb").read_bytes()

    (outcome,) = run(project, [job], settings())
    assert outcome.state == "done", outcome.error
    target = job.notebook(project)
    assert target == project.outputs / "reports" / "2024" / "da-nang" / "succeeds.ipynb"
    folder = "reports/2024/da-nang"
    assert files(project) == [f"{folder}/succeeds.ipynb", f"{folder}/succeeds.record.json"]
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
    run(project, [job], settings(force=True))
    assert target.read_bytes() == first


def test_a_notebook_is_written_whole_or_not_at_all(tmp_path):
    target = tmp_path / "a.ipynb"
    put(target)
    with pytest.raises(TypeError):
        write_notebook(
            nbformat.from_dict({"cells": [{"cell_type": "raw", "source": object()}]}), target
        )
    assert target.read_text(encoding="utf-8") == GOOD
    assert [path.name for path in tmp_path.iterdir()] == ["a.ipynb"]
