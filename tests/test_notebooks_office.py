"""The notebooks poverty, work_plan and papi_office, run as an office runs them."""

from __future__ import annotations

import json
import re
import shutil

import polars as pl
import pytest
from batch_project import build
from bs4 import BeautifulSoup
from poverty_made import CHECKOUT, checkout_in

from helpers.simulation import simulate

RUNS = (
    ("poverty", "quang-nam", 2023),
    ("poverty", "son-la", 2023),
    ("poverty", "tinh-mau", 2024),
    ("work_plan", "binh-thuan", 2022),
    ("work_plan", "son-la", 2023),
    ("work_plan", "tinh-mau", 2024),
    ("papi_office", "quang-nam", 2023),
    ("papi_office", "son-la", 2023),
)
PRIVATE = ("ma_ho", "ten_chu_ho", "thon")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Every report of RUNS, made as the command makes it."""
    project = checkout_in(tmp_path_factory.mktemp("office"), deliveries=True)
    for path in project.notebooks.glob("*.ipynb"):
        if path.stem not in {report for report, _, _ in RUNS}:
            path.unlink()
    if not (project.offices / "tinh-mau").is_dir():
        shutil.copytree(CHECKOUT / "params/provinces/tinh-mau", project.offices / "tinh-mau")
    simulate(project, scale=0.02)
    build(project, *(((report,), (slug,), year, ("html",)) for report, slug, year in RUNS))
    return project


def files(project, report, slug, year):
    folder = project.outputs / "reports" / str(year) / slug
    return folder / f"{report}.ipynb", folder / f"{report}.html"


@pytest.mark.parametrize(("report", "slug", "year"), RUNS)
def test_a_page_with_sections_that_are_not_empty(built, report, slug, year):
    _, page = files(built, report, slug, year)
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    main = soup.find("main") or soup
    headings = main.find_all("h2")
    assert len(headings) >= 6
    for heading in headings:
        following = heading.find_next(["p", "ul", "table", "figure", "h2"])
        assert following is None or following.name != "h2", heading.get_text()
    text = main.get_text(" ")
    assert not re.search(r"@(?:fig|tbl)-", text)
    assert "nan" not in re.findall(r"\w+", text)
    assert "None" not in text


@pytest.mark.parametrize(
    ("report", "slug", "year", "figures"),
    [
        ("poverty", "quang-nam", 2023, ("24.669", "8.402", "33.071", "7,47%", "−2,1", "149%")),
        ("poverty", "son-la", 2023, ("14,83%", "3")),
        ("work_plan", "binh-thuan", 2022, ("44/44",)),
        ("papi_office", "quang-nam", 2023, ("18/18", "47/61")),
    ],
)
def test_figures_come_out_as_printed(built, report, slug, year, figures):
    _, page = files(built, report, slug, year)
    text = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").get_text(" ")
    for figure in figures:
        assert figure in text, figure


def test_no_household_can_be_found_in_the_poverty_report(built):
    notebook, page = files(built, "poverty", "tinh-mau", 2024)
    told = notebook.read_text(encoding="utf-8") + page.read_text(encoding="utf-8")
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    assert sum(bool(cell.get("outputs")) for cell in cells) > 10
    records = pl.read_parquet(built.deliveries / "tinh-mau" / "2024" / "ho-dan.parquet")
    words = set(re.findall(r"[\w-]+", told))
    assert {"ma_ho", "thon"} <= set(records.columns)
    for column in PRIVATE:
        assert column not in words
    for code in records["ma_ho"].to_list():
        assert code not in words
    for column in {"ten_chu_ho", "thon"} & set(records.columns):
        for value in records[column].drop_nulls().unique().to_list():
            assert value not in told, column


def test_made_up_data_are_unmistakable(built):
    for report in ("poverty", "work_plan"):
        _, page = files(built, report, "tinh-mau", 2024)
        assert "mô phỏng" in page.read_text(encoding="utf-8").lower()
