"""The notebook on satisfaction, run as an office runs it."""

from __future__ import annotations

import json
import re
import shutil

import nbformat
import pytest
import sipas_made as made
from batch_project import run, settings
from bs4 import BeautifulSoup

from helpers.execution import Job, find_report
from helpers.indices.sipas import result as sipas
from helpers.project import Project
from helpers.simulation.survey import survey

REPORT = "sipas"


@pytest.fixture
def project(tmp_path) -> Project:
    return made.checkout_in(tmp_path)


def outputs(project, year, unit, *formats):
    job = Job(find_report(REPORT, project), year, unit)
    (outcome,) = run(project, [job], settings(*formats))
    assert outcome.state == "done", outcome.error
    return nbformat.read(job.notebook(project), 4), job.notebook(project)


def labels(notebook):
    """Labels of the cells that show something."""
    found = {}
    for cell in notebook.cells:
        label = re.match(r"#\| label: (\S+)", cell.source)
        if label:
            found[label[1]] = bool(cell.get("outputs"))
    return found


def test_the_notebook_is_thin():
    notebook = json.loads((made.CHECKOUT / "notebooks" / "sipas.ipynb").read_text("utf-8"))
    for cell in notebook["cells"]:
        assert not cell.get("outputs")
        lines = [line for line in "".join(cell["source"]).splitlines() if line]
        assert len(lines) <= 6
        assert not any(line.startswith("def ") for line in lines)


def test_it_runs_for_quang_nam_2023_with_three_figures(project, checkout):
    for folder in (checkout.offices, checkout.deliveries):
        target = project.root / folder.relative_to(checkout.root) / "quang-nam"
        shutil.copytree(folder / "quang-nam", target)
    notebook, path = outputs(project, 2023, "quang-nam", "html")
    assert not any(labels(notebook).values())
    page = BeautifulSoup(path.with_suffix(".html").read_text("utf-8"), "html.parser")
    # The unit stands outside the traced digits.
    said = " ".join(page.get_text(" ").split()).replace(" %", "%")
    assert "78,04%" in said
    assert "13/15" in said
    assert "78,44%" in said
    for heading in page.find_all("h2"):
        following = heading.find_next(["p", "table", "li", "h2"])
        assert following is not None
        assert following.name != "h2", heading.get_text()


def test_it_shows_everything_that_forms_give(project):
    made.deliver(project, "quang-nam", 2024, forms=made.both(2024))
    made.deliver(project, "quang-nam", 2023, forms=made.both(2023, level=0.6))
    notebook, _ = outputs(project, 2024, "quang-nam")
    shown = labels(notebook)
    # Nine communes of 24 forms each are too small to be ranked and drawn.
    assert {name for name, there in shown.items() if not there} == {"fig-communes", "tbl-country"}
    sources = "\n".join(cell.source for cell in notebook.cells)
    assert "fig-alt" in sources
    assert "tbl-cap" in sources


def test_it_runs_for_the_simulated_province(project, checkout):
    settings_of = checkout.offices / "tinh-mau"
    shutil.copytree(settings_of, project.offices / "tinh-mau")
    for year in (2023, 2024):
        folder = project.deliveries / "tinh-mau" / str(year)
        folder.mkdir(parents=True)
        survey(year, 0.05).write_parquet(folder / "phieu-khao-sat.parquet")
    result = sipas.evaluate("tinh-mau", 2024, project)
    assert result.status == "simulated"
    assert result.current.survey.one_sample
    assert result.found.of("", "place_range") is not None
    assert result.found.of("", "change", "previous").case != "barred"
    notebook, _ = outputs(project, 2024, "tinh-mau")
    assert "status: simulated" in notebook.cells[0].source
    assert labels(notebook)["fig-departments"]
