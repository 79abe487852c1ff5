"""The notebooks on PAR INDEX and DTI, run as an office runs them."""

from __future__ import annotations

import re
import shutil

import nbformat
import pytest
import scoring_made as made
from batch_project import run, settings
from bs4 import BeautifulSoup

from helpers.execution import Job, find_report

SIPAS = "sipas.overall,82%,%,2024,,,,,\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    project = made.project_at(tmp_path_factory.mktemp("notebooks"))
    shutil.copytree(made.CHECKOUT / "notebooks", project.notebooks)
    for folder in ("params/provinces", "data/provinces"):
        source = made.CHECKOUT / folder / "binh-thuan"
        shutil.copytree(source, project.root / folder / "binh-thuan")
    made.deliver(project, made.ROWS, SIPAS)
    return project


CASES = [
    ("par_index", "ha-tinh", 2023, {"fig-history", "tbl-means", "tbl-peers", "tbl-history"}),
    ("par_index", "binh-thuan", 2022, {"tbl-limits", "tbl-means", "tbl-peers"}),
    ("par_index", made.SLUG, made.YEAR, {"fig-areas", "tbl-areas", "tbl-losses", "tbl-checks"}),
    ("dti", "da-nang", 2022, {"tbl-parts", "tbl-peers", "fig-history", "tbl-history"}),
    ("dti", "ha-tinh", 2022, {"tbl-peers"}),
]


@pytest.fixture(scope="module")
def outcomes(project):
    """All reports in one batch, so that what they share is imported once."""
    wanted = [Job(find_report(report, project), year, unit) for report, unit, year, _ in CASES]
    return {(o.job.report.name, o.job.unit): o for o in run(project, wanted, settings("html"))}


@pytest.mark.parametrize(("report", "province", "year", "shown"), CASES)
def test_a_report_shows_what_there_is(project, outcomes, report, province, year, shown):
    outcome = outcomes[report, province]
    assert outcome.state == "done", outcome.error
    path = outcome.job.notebook(project)
    found = {
        label[1]
        for cell in nbformat.read(path, 4).cells
        if (label := re.match(r"#\| label: (\S+)", cell.source)) and cell.get("outputs")
    }
    assert shown <= found
    if report == "par_index" and province != "ha-tinh":
        assert found - shown <= {"fig-history"}
    page = BeautifulSoup(path.with_suffix(".html").read_text("utf-8"), "html.parser")
    text = page.get_text(" ")
    assert not re.search(r"@(?:fig|tbl)-", text)
    assert ("MÔ PHỎNG" in text.upper()) == (province == made.SLUG)
    for heading in page.find_all("h2"):
        following = heading.find_next(["p", "ul", "h2"])
        assert following is not None, heading.get_text()
        assert following.name != "h2", heading.get_text()
