"""Pages stand still while they load, print whole, and bear names that tell them apart."""

from __future__ import annotations

import functools
import http.server
import io
import re
import threading
import time
from collections import Counter

import pytest
from pypdf import PdfReader
from site_made import KINDS, pages, soup

from helpers.project import Project
from helpers.site.settings import read_releases

# Good is below 0.1 to who measures the web; 0.05 is this site's own limit.
STILL = 0.05
_SHIFT = """() => new Promise((done) => {
  let moved = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) moved += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(moved), 300);
})"""


class _Slow(http.server.SimpleHTTPRequestHandler):
    """A network on which scripts and fonts come after the page is drawn."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        if self.path.endswith((".js", ".woff2")):
            time.sleep(0.5)
        super().do_GET()


@pytest.fixture(scope="module")
def served(site):
    """The address at which the site is served, slowly."""
    handler = functools.partial(_Slow, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_a_page_loads(browser, served, width):
    moved = {}
    for name in KINDS.values():
        context = browser.new_context(viewport={"width": width, "height": 800})
        tab = context.new_page()
        tab.goto(f"{served}{name}", wait_until="load")
        tab.wait_for_timeout(700)
        moved[name] = tab.evaluate(_SHIFT)
        context.close()
    assert {name: value for name, value in moved.items() if value > STILL} == {}


@pytest.mark.browser
def test_the_contents_are_open_beside_the_text_and_closed_above_it(open_page):
    for scripts in (True, False):
        tab = open_page(KINDS["report"], width=1280, java_script_enabled=scripts)
        assert tab.is_visible(".contents li a >> nth=0"), scripts
        tab = open_page(KINDS["report"], width=390, java_script_enabled=scripts)
        assert not tab.is_visible(".contents li a >> nth=0"), scripts
        tab.click(".contents summary")
        assert tab.is_visible(".contents li a >> nth=0"), scripts


def printed(tab) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(tab.pdf(format="A4"))).pages]


@pytest.mark.browser
def test_the_home_page_prints(open_page):
    text = " ".join(printed(open_page(KINDS["home"])))
    for said in ("Chỉ số quản trị cấp tỉnh", "Đà Nẵng", "PAPI"):
        assert said in text


@pytest.mark.browser
def test_a_head_is_printed_again_on_every_page_of_its_table(open_page):
    tab = open_page(KINDS["national"])
    assert tab.locator("#tbl-ranking th .sort").count() > 0
    names = re.compile(r"Tỉnh, thành phố\s+Nhóm\s+Điểm tổng hợp")
    assert len(names.findall(" ".join(printed(tab)))) >= 2


def test_every_page_has_a_title_and_a_description_of_its_own(site):
    found = [(p.relative_to(site).as_posix(), soup(p)) for p in pages(site)]
    titles = Counter(page.title.string for _, page in found)
    assert {title: n for title, n in titles.items() if n > 1} == {}
    told = {name: page.find("meta", {"name": "description"}) for name, page in found}
    assert [name for name, tag in told.items() if tag is None or not tag["content"]] == []
    texts = Counter(tag["content"] for tag in told.values() if tag)
    assert {text: n for text, n in texts.items() if n > 1} == {}


def test_a_missing_page_is_listed_nowhere(site):
    page = soup(site / "404.html")
    assert page.find("meta", {"name": "robots"})["content"] == "noindex"
    assert page.find("link", rel="canonical") is None
    assert "404" not in (site / "sitemap.xml").read_text(encoding="utf-8")
    assert soup(site / KINDS["report"]).find("meta", {"name": "robots"}) is None


@pytest.mark.browser
def test_every_page_has_one_banner_one_main_part_and_one_foot(open_page):
    for kind, name in KINDS.items():
        tab = open_page(name)
        heard = tab.context.new_cdp_session(tab).send("Accessibility.getFullAXTree")["nodes"]
        roles = Counter(node["role"]["value"] for node in heard if not node["ignored"])
        assert (roles["banner"], roles["main"], roles["contentinfo"]) == (1, 1, 1), kind


def test_a_release_is_announced_only_where_what_it_needs_is_shown(site, site_project, tmp_path):
    (tmp_path / "params/site").mkdir(parents=True)
    (tmp_path / "params/site/releases.yml").write_text(
        "- {date: 2026-11-02, kind: release, title: Có, needs: [chi-so/papi/2024]}\n"
        "- {date: 2026-11-01, kind: release, title: Chưa, needs: [chi-so/papi/2021]}\n",
        encoding="utf-8",
    )
    there = {"chi-so/papi/2024/"}
    kept = [one.title for one in read_releases(Project(tmp_path)) if one.holds(there)]
    assert kept == ["Có"]
    # The site of these tests has PAPI of 2020 and 2024, so it does not announce three years.
    needing = [one.title for one in read_releases(site_project) if one.needs]
    assert needing
    for name in ("index.html", "phat-hanh/index.html", "feed.xml"):
        text = (site / name).read_text(encoding="utf-8")
        assert [title for title in needing if title in text] == []
