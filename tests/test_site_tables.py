"""Tables on a phone: rows keep their names and figures, and nothing stands a word a line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from batch_project import CHECKOUT, build
from site_made import make_project, pages

from helpers.display.table import Table
from helpers.indices.scored.tables_office import without_empty
from helpers.site import build_site

# Everything a reader could stumble over in the tables of a page, measured where it is drawn.
_FOUND = r"""() => {
  const found = [];
  document.querySelectorAll('main details').forEach((one) => { one.open = true; });
  for (const table of document.querySelectorAll('main table')) {
    if (table.closest('.key') || !table.tHead) continue;
    const box = table.closest('.table-scroll'), head = [...table.tHead.rows[0].cells];
    const told = (what, cell) => found.push([table.id || table.caption?.innerText.slice(0, 40), what,
      cell.innerText.trim().slice(0, 60)]);
    for (const row of table.tBodies[0].rows) {
      let letters = 0, tallest = 0;
      [...row.cells].forEach((cell, at) => {
        if (!cell.checkVisibility()) return;
        const text = cell.innerText.trim(), height = parseFloat(getComputedStyle(cell).lineHeight);
        const range = document.createRange();
        range.selectNodeContents(cell);
        const lines = Math.round(range.getBoundingClientRect().height / height);
        if (lines >= 4 && text.split(/\s+/).length / lines <= 2) told('a word or two a line', cell);
        if (cell.scrollWidth > cell.clientWidth + 1) told('wider than its column', cell);
        letters += text.length + (cell.dataset.head || '').length;
        tallest = Math.max(tallest, lines);
        const [left, above] = [cell, head[at]].map((one) => one.getBoundingClientRect().left);
        const apart = !cell.classList.contains('below') && Math.abs(left - above) > 1.5;
        if (apart) told('not below its head', cell);
      });
      const lines = row.getBoundingClientRect().height / 20;
      if (lines > 6 && lines > 2.5 * (letters / 40) + 4) told('a row of air', row);
    }
    if (box.scrollWidth <= box.clientWidth + 1) continue;
    box.scrollLeft = box.scrollWidth;
    const first = table.tBodies[0].rows[0];
    const [frame, name] = [box, first.querySelector('.name') || first.cells[0]]
      .map((one) => one.getBoundingClientRect());
    if (name.left < frame.left - 1 || name.left > frame.left + 2) told('its names scroll away', table);
    if (name.width > 0.6 * frame.width) told('its names leave no room', table);
    box.scrollLeft = 0;
  }
  return found;
}"""


@pytest.fixture(scope="module")
def offices(tmp_path_factory) -> Path:
    """The site of an office's reports and of other countries' tables than PAPI's."""
    project = make_project(tmp_path_factory.mktemp("offices"))
    shutil.copytree(CHECKOUT / "data/provinces", project.root / "data/provinces")
    build(
        project,
        (("papi_office", "par_index", "poverty", "procedures"), ("quang-nam",), 2023, ("html",)),
        (("reconciliation", "sipas", "work_plan"), ("quang-nam",), 2023, ("html",)),
        (("par_index_national",), (), 2024, ("html",)),
        (("dti_national",), (), 2023, ("html",)),
    )
    build_site(project)
    return project.outputs / "site"


def walked(open_page, folder: Path, width: int) -> dict[str, list]:
    """Return what is wrong with the tables of each page that has some."""
    tab = open_page("index.html", width=width, height=844)
    found, tables = {}, 0
    for page in pages(folder):
        if b"<table" not in page.read_bytes():
            continue
        tab.goto(page.as_uri())
        tables += tab.locator("main table").count()
        found[page.relative_to(folder).as_posix()] = tab.evaluate(_FOUND)
    assert tables > 40
    return {page: faults for page, faults in found.items() if faults}


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 390])
def test_every_table_is_read_on_a_phone(open_page, site, offices, width):
    assert walked(open_page, site, width) == {}
    assert walked(open_page, offices, width) == {}


@pytest.mark.browser
def test_a_table_of_words_a_line_is_found(open_page, tmp_path):
    cells = "<td>một hai ba bốn năm sáu bảy tám</td>" * 9
    page = tmp_path / "xau.html"
    page.write_text(
        "<!DOCTYPE html><title>x</title><main><div class='table-scroll'>"
        "<table style='line-height: 20px; width: 350px'>"
        f"<thead><tr>{'<th>x</th>' * 9}</tr></thead><tbody><tr>{cells}</tr></tbody></table></div>",
        encoding="utf-8",
    )
    tab = open_page(page, width=390)
    assert "a word or two a line" in {what for _, what, _ in tab.evaluate(_FOUND)}


@pytest.mark.browser
def test_a_table_stays_a_table_for_who_hears_it(open_page):
    tab = open_page("chi-so/papi/2024/index.html", width=390)
    heard = tab.context.new_cdp_session(tab).send("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in heard if not node["ignored"]]
    drawn = tab.evaluate(
        """() => { const all = (name) => [...document.querySelectorAll(`main ${name}`)]
           .filter((one) => !one.closest('.key')).length;
           return [all('table'), all('thead th'), all('tbody th')]; }"""
    )
    assert roles.count("columnheader") >= drawn[1]
    assert roles.count("rowheader") >= drawn[2]
    assert roles.count("table") >= drawn[0]


@pytest.mark.browser
def test_a_wide_window_and_paper_show_columns(open_page):
    tab = open_page("chi-so/papi/2024/index.html", width=1280)
    shown = "getComputedStyle(document.querySelector('#tbl-summary')).display"
    assert tab.evaluate(shown) == "table"
    tab.set_viewport_size({"width": 390, "height": 844})
    assert tab.evaluate(shown) == "block"
    tab.emulate_media(media="print")
    assert tab.evaluate(shown) == "table"


def test_a_minor_column_is_said_by_its_head_and_stays_with_it():
    table = Table(
        ("Tên", "Ghi", "Trống", "Vùng"), (("a", "x", "", "b"),), "Bảng", "llll", minor=(3,)
    )
    assert "[Vùng]{.minor}" in table.pipe
    assert without_empty(table, keep=1).minor == (2,)
