"""Built PDFs by position: figures where they are read, heads with their rows, no page half empty."""

import pytest
from batch_project import build
from paper_layout import faults_on_paper, printed
from site_made import make_project

from helpers.simulation import simulate

BUILT = {
    "papi": ("2024/quang-nam/papi.pdf", False),
    "papi_national": ("2024/ca-nuoc/papi_national.pdf", False),
    "sipas": ("2024/tinh-mau/sipas.pdf", False),
    "annual": ("2024/tinh-mau/annual.pdf", True),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    project = make_project(tmp_path_factory.mktemp("paper"))
    simulate(project, scale=0.02)
    build(
        project,
        (("papi",), ("quang-nam",), 2024, ("pdf",)),
        (("papi_national",), (), 2024, ("pdf",)),
        (("sipas", "annual"), ("tinh-mau",), 2024, ("pdf",)),
    )
    return project.outputs / "reports"


@pytest.mark.parametrize("name", BUILT)
def test_figures_tables_and_headings_stand_where_they_are_read(folder, name):
    path, official = BUILT[name]
    assert faults_on_paper(folder / path, official=official) == []


@pytest.mark.parametrize(("name", "figures"), [("papi", 4), ("papi_national", 4), ("sipas", 5)])
def test_every_figure_is_there_in_the_order_of_its_number(folder, name, figures):
    lines = printed(folder / BUILT[name][0])
    found = [line.text.split(".")[0] for line in lines if line.kind == "figure"]
    assert found == [f"Hình{number}" for number in range(1, figures + 1)]
