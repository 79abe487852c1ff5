"""A chart on its way: page, PDF, Word's picture, Quarto's copy and the site show the same drawing."""

from __future__ import annotations

import re
from functools import partial

import nbformat
import pypdf
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from publishing_notebooks import front_matter, project_in

from helpers.display import strips
from helpers.display.chart import Chart
from helpers.display.keys import Entry
from helpers.display.theme import NARROW, WIDE
from helpers.execution.stamp import stamp
from helpers.publishing.document import read_document
from helpers.publishing.page import with_drawings
from helpers.publishing.pandoc import publish_pandoc
from helpers.publishing.quarto_notebook import read_report, write_notebook
from helpers.site.taken_apart import parts_of

ALT = 'Thừa Thiên Huế "đạt" 2,00 điểm & hơn.'
ROWS = [strips.Strip("Quản trị môi trường", (1.0, 2.0, 3.0), (), 2.0, ("3,00\nBắc Giang",))]
LOOK = strips.Look(("Cao nhất",), (Entry("dot", "Một tỉnh"),), "Điểm")


@pytest.fixture(scope="module")
def chart():
    drawn = partial(strips.strip, ROWS, LOOK)
    rows = ({"unit": "hue", "value": 2.0},)
    return Chart(drawn, "Vị trí của Thừa Thiên Huế", ALT, rows)


@pytest.fixture(scope="module")
def notebook(chart):
    data, metadata = chart._repr_mimebundle_()
    shown = new_output("display_data", data=data, metadata=metadata)
    cell = new_code_cell("#| label: fig-a\nchart()", outputs=[shown])
    made = stamp(new_notebook(cells=[cell]), {})
    made.cells[0] = front_matter()
    return made


def test_page_holds_both_widths_once_with_the_alternative_and_paper_its_text(
    chart, notebook, tmp_path
):
    project = project_in(tmp_path)
    path = project.outputs / "bao-cao.ipynb"
    nbformat.write(notebook, path)
    page, paper, word = publish_pandoc(path, ["html", "pdf", "docx"], project)
    html = page.read_text("utf-8")
    (figure,) = re.findall(r'<figure id="fig-a">(.*?)</figure>', html, re.DOTALL)
    assert chart.svg(NARROW) + chart.svg(WIDE) in figure
    assert "<img" not in figure
    assert 'aria-label="Thừa Thiên Huế &quot;đạt&quot; 2,00 điểm &amp; hơn."' in figure
    assert "Vị trí của Thừa Thiên Huế" in figure
    reader = pypdf.PdfReader(paper)
    text = " ".join(" ".join(p.extract_text() for p in reader.pages).split())
    assert "Quản trị môi trường" in text
    assert "Bắc Giang" in text
    assert word.stat().st_size > 10_000
    assert 'download="fig-a.csv"' in figure
    # Quarto's page hands over the same.
    drawn = read_report(notebook, "thử").drawings
    assert re.sub(r"<img[^>]*>", drawn["fig-a"], '<img src="x">') in figure

    body = parts_of(page.read_bytes(), "thử")
    assert body.figures == {
        "fig-a.svg": chart.svg(WIDE).encode(),
        "fig-a.csv": "\ufeffunit,value\r\nhue,2\r\n".encode(),
    }
    assert chart.svg(NARROW) + chart.svg(WIDE) in body.main
    assert 'class="zoom" href="fig-a.svg"' in body.main


def test_a_notebook_that_hides_something_in_its_drawing_gets_a_picture(notebook):
    hostile = nbformat.from_dict(notebook)
    described = hostile.cells[1].outputs[0].metadata["chiso"]
    described["narrow"] = described["narrow"].replace("</svg>", "<script>x</script></svg>", 1)
    (figure,) = read_document(hostile, "thử").figures.values()
    assert figure.narrow is None
    assert figure.svg is not None


def test_quarto_gets_a_drawing_and_its_page_both_widths(chart, notebook):
    report = read_report(notebook, "thử")
    screen = write_notebook(report, {"html": {}, "typst": {}}, "image/svg+xml")
    (data,) = [output.data for cell in screen.cells for output in cell.get("outputs", ())]
    # An HTML form would make the page fetch scripts from the network.
    assert data == {"image/svg+xml": chart.svg(WIDE)}
    word = write_notebook(report, {"docx": {}}, "image/png")
    (data,) = [output.data for cell in word.cells for output in cell.get("outputs", ())]
    assert set(data) == {"image/png"}
    page = '<figure id="fig-a">\n<img src="data:x" alt="…" />\n<figcaption>A</figcaption></figure>'
    drawn = with_drawings(page + page.replace("fig-a", "fig-b"), report.drawings)
    first, second = drawn.split("</figure>")[:2]
    assert chart.svg(NARROW) + chart.svg(WIDE) in first
    assert "<img" not in first
    assert "&quot;đạt&quot;" in first
    assert second == page.replace("fig-a", "fig-b").removesuffix("</figure>")
