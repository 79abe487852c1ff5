"""The website in a real browser: accessible, fast, usable by keyboard and on a phone."""

from __future__ import annotations

import json
import re
from statistics import median

import pytest
from site_made import KINDS

pytestmark = pytest.mark.browser
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# Without preload: axe would fetch the styles once more, which the page's own policy forbids.
AXE = {"runOnly": {"type": "tag", "values": list(TAGS)}, "preload": False}
# What a person types, and the address of the province that must come first.
SPELLINGS = {
    "Đà Nẵng": "da-nang",
    "da nang": "da-nang",
    "DA NANG": "da-nang",
    "danang": "da-nang",
    "tp da nang": "da-nang",
    "TP. Đà Nẵng": "da-nang",
    "thành phố Đà Nẵng": "da-nang",
    "đà nẵng": "da-nang",
    "dak lak": "dak-lak",
    "đắk lắk": "dak-lak",
    "Đắc Lắc": "dak-lak",
    "daklak": "dak-lak",
    "tinh dak lak": "dak-lak",
    "hue": "hue",
    "Huế": "hue",
    "tp hue": "hue",
    "thua thien hue": "hue",
    "TT-Huế": "hue",
    "tphcm": "ho-chi-minh",
    "TP.HCM": "ho-chi-minh",
    "tp hcm": "ho-chi-minh",
    "hcm": "ho-chi-minh",
    "ho chi minh": "ho-chi-minh",
    "Hồ Chí Minh": "ho-chi-minh",
    "sai gon": "ho-chi-minh",
    "hà nội": "ha-noi",
    "ha noi": "ha-noi",
    "hanoi": "ha-noi",
    "quang nam": "quang-nam",
    "Quảng Nam": "quang-nam",
    "tỉnh Quảng Nam": "quang-nam",
    "quang tri": "quang-tri",
    "ba ria": "ba-ria-vung-tau",
    "vung tau": "ba-ria-vung-tau",
    "BR-VT": "ba-ria-vung-tau",
    "hoà bình": "hoa-binh",
    "hòa bình": "hoa-binh",
    "hoa binh": "hoa-binh",
    "dong nai": "dong-nai",
    "can tho": "can-tho",
    "bac kan": "bac-kan",
    "bắc cạn": "bac-kan",
    "kien giang": "kien-giang",
    "thanh hoa": "thanh-hoa",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "missing"])
def test_axe_finds_nothing(open_page, kind, scheme):
    from axe_playwright_python.sync_playwright import Axe

    tab = open_page(KINDS[kind], scheme=scheme)
    found = Axe().run(tab, options=AXE)
    told = [
        (v["id"], v["help"], [node["html"][:160] for node in v["nodes"][:3]])
        for v in found.response["violations"]
    ]
    assert told == []
    assert tab.complaints == []
    assert all(url.startswith("file:") for url in tab.asked)


def test_axe_finds_nothing_when_all_is_open(open_page):
    from axe_playwright_python.sync_playwright import Axe

    tab = open_page(KINDS["report"])
    tab.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    tab.fill("#tim", "ha noi")
    tab.wait_for_selector(".results a")
    assert Axe().run(tab, options=AXE).response["violations"] == []
    tab.keyboard.press("Escape")
    tab.click("a.zoom >> nth=0")
    tab.wait_for_selector("dialog[open]")
    assert Axe().run(tab, options=AXE).response["violations"] == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "missing"])
@pytest.mark.parametrize("width", [320, 390])
def test_a_small_screen_needs_no_sideways_scrolling(open_page, kind, width):
    # 320 px is also what a window of 1280 px is at 400 %, and 640 px at 200 %.
    tab = open_page(KINDS[kind], width=width)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_search_finds_the_province_first_and_fast(open_page, site):
    tab = open_page(KINDS["home"])
    tab.focus("#tim")
    tab.wait_for_function("window.chisoSearch")
    assert len(SPELLINGS) >= 40
    found = tab.evaluate(
        """async (typed) => {
            const found = [];
            for (const text of [...typed, ...typed]) {
              const start = performance.now(), hits = await chisoFind(text);
              found.push([hits[0]?.address, hits[0]?.kind, performance.now() - start]);
            }
            return found.slice(typed.length);  // a piece of the index is loaded once
        }""",
        list(SPELLINGS),
    )
    wrong = {
        typed: first
        for (typed, slug), (first, kind, _) in zip(SPELLINGS.items(), found, strict=True)
        if kind != 0 or first != f"tinh/{slug}/index.html"
    }
    assert wrong == {}
    assert max(milliseconds for *_, milliseconds in found) < 100


def test_search_is_used_by_keyboard_alone(open_page):
    tab = open_page(KINDS["report"])
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    for _ in range(12):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.id") == "tim":
            break
    tab.keyboard.type("papi ha noi 2024")
    tab.wait_for_selector(".results a")
    assert "Hà Nội" in tab.inner_text(".results a >> nth=0")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/tinh/ha-noi/2024/papi/index.html")


def test_everything_that_can_be_used_can_be_reached_and_seen(open_page):
    tab = open_page(KINDS["report"])
    count = tab.evaluate(
        """[...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')]
           .filter((e) => e.checkVisibility({checkOpacity: false})).length"""
    )
    seen = set()
    for _ in range(count + 5):
        tab.keyboard.press("Tab")
        focused = tab.evaluate(
            """(() => { const e = document.activeElement, s = getComputedStyle(e);
               e.dataset.n ??= String(Math.random());
               return [e.tagName, e.dataset.n, s.outlineStyle, parseFloat(s.outlineWidth)]; })()"""
        )
        if focused[0] == "BODY":
            continue
        seen.add(focused[1])
        assert focused[2] != "none", focused
        assert focused[3] >= 1, focused
    assert len(seen) >= count


def test_the_table_of_the_country_sorts_and_filters(open_page):
    tab = open_page(KINDS["national"])
    tab.evaluate(
        """window.big = [...document.querySelectorAll('main table')]
           .sort((a, b) => b.tBodies[0].rows.length - a.tBodies[0].rows.length)[0]"""
    )
    assert tab.evaluate("big.tBodies[0].rows.length") >= 61
    took = tab.evaluate(
        """[...big.tHead.querySelectorAll('.sort')].map((button) => {
            const start = performance.now(); button.click(); document.body.offsetHeight;
            return performance.now() - start; })"""
    )
    # The middle of a dozen: another program may take the processor away in the midst of one.
    assert median(took) < 50
    names = tab.evaluate(
        """(() => { const button = big.tHead.querySelector('.sort'), head = button.closest('th');
            button.click();
            if (head.getAttribute('aria-sort') !== 'ascending') button.click();
            return [...big.tBodies[0].rows].map((row) => row.cells[0].textContent.trim()); })()"""
    )
    from helpers.places import sort_key

    assert names == sorted(names, key=sort_key)
    numbers = tab.evaluate(
        """(() => { const heads = [...big.tHead.rows[0].cells];
            const at = heads.findIndex((head, i) => i > 0 && /^[\\d.,]+$/.test(
              big.tBodies[0].rows[0].cells[i].textContent.trim()));
            heads[at].querySelector('.sort').click();
            return [heads[at].getAttribute('aria-sort'),
              [...big.tBodies[0].rows].map((row) => row.cells[at].textContent.trim())]; })()"""
    )
    values = [float(text.replace(".", "").replace(",", ".")) for text in numbers[1] if text != "–"]
    assert numbers[0] == "descending"
    assert values == sorted(values, reverse=True)
    box = tab.evaluate(
        "big.closest('.table-scroll').previousElementSibling.querySelector('input').id"
    )
    tab.fill(f"#{box}", "da nang")
    visible = tab.evaluate(
        "[...big.tBodies[0].rows].filter((row) => !row.hidden).map((r) => r.textContent)"
    )
    assert visible
    assert all("Đà Nẵng" in row for row in visible)


def test_a_figure_opens_large_and_closes_by_keyboard(open_page):
    tab = open_page(KINDS["report"])
    tab.focus("a.zoom >> nth=0")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("dialog[open] svg.wide text")
    assert tab.evaluate("document.querySelector('dialog .whole').ariaLabel").strip()
    assert tab.evaluate("document.querySelector('dialog svg').getBoundingClientRect().width") > 600
    tab.keyboard.press("Escape")
    assert not tab.evaluate("document.querySelector('dialog').open")
    assert tab.evaluate("document.activeElement.className") == "zoom"


def test_pages_read_without_script(open_page):
    tab = open_page(KINDS["report"], java_script_enabled=False)
    assert "41,00" in tab.inner_text("main")
    assert not tab.is_visible("#tim")
    tab.click(".crumbs a >> nth=1")
    tab.wait_for_url("**/tinh/index.html")


def test_the_map_changes_with_the_system(open_page):
    tab = open_page(KINDS["home"])
    assert tab.is_visible(".map-34 .tiles")
    assert not tab.is_visible(".map-63 .tiles")
    tab.check("#he-63", force=True)
    assert tab.is_visible(".map-63 .tiles")
    assert tab.locator(".map-63 .tiles a").count() == 63
    assert "Hoàng Sa" in tab.inner_text(".map-63 .tiles")
    assert "Trường Sa" in tab.inner_text(".map-63 .tiles")
    inside = tab.evaluate(
        """[...document.querySelectorAll('.map-63 .tiles li > *')]
           .filter((e) => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)
           .map((e) => e.textContent)"""
    )
    assert inside == []


def test_no_script_or_style_keeps_a_page_from_being_shown(site):
    text = (site / KINDS["report"]).read_text(encoding="utf-8")
    for script in re.findall(r"<script[^>]*>", text):
        assert " defer" in script or "application/ld+json" in script


def test_print_leaves_out_what_paper_cannot_use(open_page):
    tab = open_page(KINDS["report"])
    tab.emulate_media(media="print")
    for selector in (".top", ".crumbs", ".downloads", ".search", ".bottom nav"):
        assert not tab.is_visible(selector), selector
    assert tab.is_visible("main h2 >> nth=0")


def test_search_index_is_small(site):
    script = (site / "chung" / "tim-kiem.js").read_text(encoding="utf-8")
    entries = json.loads(script.removeprefix("window.chisoSearch=").rstrip().rstrip(";"))
    assert len({tuple(entry[1:4]) for entry in entries}) == len(entries)
    assert len(script.encode()) < 100_000
