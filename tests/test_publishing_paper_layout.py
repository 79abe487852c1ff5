"""Built PDFs by position: figures where they are read, heads with their rows, no page half empty."""

import shutil
import subprocess

import docx
import numpy as np
import pypdfium2
import pytest
from batch_project import build
from docx.oxml.ns import qn
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
        (("papi",), ("quang-nam",), 2024, ("pdf", "docx")),
        (("papi_national",), (), 2024, ("pdf",)),
        (("sipas", "annual"), ("tinh-mau",), 2024, ("pdf",)),
    )
    return project.outputs / "reports"


@pytest.mark.parametrize("name", BUILT)
def test_figures_tables_and_headings_stand_where_they_are_read(folder, name):
    path, official = BUILT[name]
    assert faults_on_paper(folder / path, official=official) == []


@pytest.mark.parametrize(("name", "figures"), [("papi", 6), ("papi_national", 5), ("sipas", 5)])
def test_every_figure_is_there_in_the_order_of_its_number(folder, name, figures):
    lines = printed(folder / BUILT[name][0])
    found = [line.text.split(".")[0] for line in lines if line.kind == "figure"]
    assert found == [f"Hình{number}" for number in range(1, figures + 1)]


def test_tall_pictures_of_word_are_smaller_and_keep_their_shape(folder):
    document = docx.Document(str(folder / "2024/quang-nam/papi.docx"))
    text_width = 162 * 36000
    extents = [(int(e.get("cx")), int(e.get("cy"))) for e in document.element.iter(qn("wp:extent"))]
    assert len(extents) == 6
    tall = [(wide, high) for wide, high in extents if high >= 120 * 36000]
    assert min(wide for wide, _ in tall) < 0.9 * text_width
    for wide, _ in tall:
        assert 0.885 < wide / text_width < 1
        # No letter below eight points: 13 units of 660 in the width of the picture.
        assert wide / 12700 * 13 / 660 >= 8
    # But for the table of all sub-dimensions, which fits below its paragraph, two share a page.
    *others, whole = sorted(high for _, high in tall)
    assert max(others) < 150 * 36000
    assert whole < 190 * 36000


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_no_page_of_word_but_the_last_ends_in_its_upper_half(folder, tmp_path):
    command = ("soffice", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    source = str(folder / "2024/quang-nam/papi.docx")
    subprocess.run([*command, profile, source], check=True, capture_output=True, timeout=180)
    *pages, _ = pypdfium2.PdfDocument(tmp_path / "papi.pdf")
    assert len(pages) >= 5
    for number, page in enumerate(pages, start=1):
        # Of what is printed above the foot of the page, pictures included.
        shown = np.asarray(page.render(scale=0.5).to_pil().convert("L"))
        used = np.flatnonzero((shown < 200).any(axis=1))
        height = shown.shape[0]
        assert used[used < height * 0.92].max() > height * 0.45, number
