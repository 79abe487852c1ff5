"""Charts on the site in a real browser: read at every width, zoomed, and taken away as files."""

import csv
import http.server
import io
import struct
import threading
from functools import partial

import pytest
from site_made import KINDS

pytestmark = pytest.mark.browser

PAGES = ("report", "national", "province before")
MEASURE = """() => [...document.querySelectorAll(".drawing svg")]
  .filter((svg) => svg.getClientRects().length)
  .flatMap((svg) => [...svg.querySelectorAll("text")].map((text) => {
    const scale = text.getBoundingClientRect().width / text.getBBox().width;
    return [text.textContent, parseFloat(getComputedStyle(text).fontSize) * scale];
  }))"""
COLOURS = """() => Object.fromEntries([...document.querySelectorAll(".drawing svg.wide [class^=c-]")]
  .map((part) => [part.getAttribute("class"), getComputedStyle(part).fill]))"""


@pytest.fixture(scope="module")
def served(site_project):
    """The site as a server gives it out: a picture needs the files of the fonts."""
    root = str(site_project.outputs / "site")
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=root)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture
def open_page(browser, served):
    contexts = []

    def open_(kind: str, width: int, **more):
        context = browser.new_context(viewport={"width": width, "height": 900}, **more)
        contexts.append(context)
        tab = context.new_page()
        tab.goto(served + KINDS[kind])
        tab.evaluate("document.fonts.ready")
        return tab

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("kind", PAGES)
def test_letters_of_charts_are_eleven_pixels_at_least(open_page, kind):
    for width in (320, 390, 700):
        tab = open_page(kind, width)
        sizes = tab.evaluate(MEASURE)
        assert len(sizes) > 20
        assert [one for one in sizes if one[1] < 10.95] == [], (kind, width)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, (kind, width)
        tab.emulate_media(media="print")
        tab.set_viewport_size({"width": 642, "height": 900})  # A4 between margins of 20 mm
        assert [one for one in tab.evaluate(MEASURE) if one[1] < 10.95] == [], (kind, "print")


def test_colours_follow_the_screen_and_forced_ones_leave_every_mark_visible(open_page):
    light = open_page("report", 1280).evaluate(COLOURS)
    dark = open_page("report", 1280, color_scheme="dark").evaluate(COLOURS)
    forced = open_page("report", 1280, forced_colors="active").evaluate(COLOURS)
    for role in ("c-bar1", "c-bar4", "c-ink", "c-own"):
        assert len({light[role], dark[role]}) == 2, role
    ground = forced["c-fold"]
    for role in ("c-bar1", "c-bar4", "c-ink", "c-own", "c-mark1"):
        assert forced[role] != ground, role


def test_rows_and_picture_of_a_chart_are_taken_away(open_page, tmp_path):
    tab = open_page("report", 1280, accept_downloads=True)
    files = tab.locator(".chart-files").first
    with tab.expect_download() as got:
        files.locator("a").click()
    got.value.save_as(tmp_path / "rows.csv")
    assert got.value.suggested_filename == "fig-dimensions.csv"
    text = (tmp_path / "rows.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["unit"] for row in rows} >= {"quang-nam", "ha-noi"}
    assert len(rows) > 400
    with tab.expect_download() as got:
        files.locator("button").click()
    got.value.save_as(tmp_path / "chart.png")
    picture = (tmp_path / "chart.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", picture[16:24])
    assert width == 2 * 660
    assert height == round(
        2 * float(tab.evaluate("document.querySelector('svg.wide').viewBox.baseVal.height"))
    )
    assert len(picture) > 40_000  # letters and dots, not an empty sheet


def test_the_full_view_zooms_pans_and_goes_back(open_page):
    tab = open_page("report", 390)
    tab.locator("a.zoom").first.click()
    wide = "document.querySelector('dialog .whole').getBoundingClientRect().width"
    before = tab.evaluate(wide)
    tab.locator("dialog button", has_text="+").click()
    tab.locator("dialog button", has_text="+").click()
    assert tab.evaluate(wide) == pytest.approx(2.25 * before, rel=0.01)
    moved = "document.querySelector('dialog .view').scrollLeft"
    at = tab.evaluate(moved)
    assert at > 0
    tab.evaluate("document.querySelector('dialog .view').scrollBy(60, 0)")
    assert tab.evaluate(moved) == at + 60
    tab.locator("dialog button", has_text="−").click()
    assert tab.evaluate(wide) == pytest.approx(1.5 * before, rel=0.01)
    tab.keyboard.press("Escape")
    assert not tab.evaluate("document.querySelector('dialog').open")


def test_without_scripts_the_rows_can_be_taken(open_page, site_project):
    tab = open_page("report", 390, java_script_enabled=False)
    assert tab.locator(".chart-files a").count() >= 3
    assert tab.locator(".chart-files button").count() == 0
    folder = (site_project.outputs / "site" / KINDS["report"]).parent
    assert (folder / "fig-dimensions.csv").is_file()
