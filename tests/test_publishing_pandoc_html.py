"""The HTML page: what is in it, and that it asks nothing of anybody."""

from __future__ import annotations

import re
import shutil
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import nbformat
import pytest
from publishing_notebooks import (
    HOSTILE,
    TITLE,
    code,
    front_matter,
    markdown,
    project_in,
    write_stamped,
)

from helpers.publishing.pandoc import publish_pandoc

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = project_in(tmp_path_factory.mktemp("trang"))
    return publish_pandoc(write_stamped(project), ["html"], project)[0]


@pytest.fixture(scope="module")
def html(page: Path) -> str:
    return page.read_text("utf-8")


def main_of(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")]


def test_language_title_and_skip_link(html: str) -> None:
    assert '<html lang="vi">' in html
    assert f"<title>{TITLE}</title>" in html
    assert re.search(r"<h1>Chỉ số hiệu quả", html)
    assert '<a class="skip" href="#noi-dung">' in html
    assert html.count("<h1") == 1


def test_headings_go_down_by_one(html: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_name_of_the_notebook_gives_way_to_the_title(html: str) -> None:
    assert "PAPI của một tỉnh" not in html


def test_figures_are_numbered_captioned_and_described(html: str) -> None:
    figures = re.findall(r"<figure id=\"(fig-[a-z]+)\">(.*?)</figure>", html, re.DOTALL)
    assert [label for label, _ in figures] == ["fig-dimensions", "fig-trend"]
    first = figures[0][1]
    assert 'src="data:image/svg+xml,' in first
    assert "cao nhất là &quot;Quản trị điện tử&quot; 6,00 điểm." in first
    caption = re.sub(r"<[^>]+>", "", first[first.index("<figcaption") :]).strip()
    assert caption.startswith("Hình\u00a01. Điểm tám chỉ số nội dung")
    assert re.search(r'" width="\d+" height="\d+" alt="', first)


def test_tables_have_captions_scopes_and_a_region_to_scroll_in(html: str) -> None:
    start = html.index('id="tbl-dimensions"')
    region = html[html.rindex("<div", 0, start) : html.index("</table>", start)]
    assert re.search(r'role="region"[^>]*tabindex="0"|tabindex="0"[^>]*role="region"', region, re.S)
    assert re.search(r'aria-label="Bảng\s1\. Điểm và nhóm', region)
    assert "<caption>" in region
    assert region.count('scope="col"') == 4
    assert region.count('scope="row"') == 9
    assert '<td style="text-align: right;">5,00</td>' in region
    assert '<span class="g4">Cao</span>' in region


def test_references_are_links_with_numbers(html: str) -> None:
    main = main_of(html)
    assert '<a href="#fig-dimensions">Hình\u00a01</a>' in main
    assert '<a href="#tbl-provinces">Bảng\u00a02</a>' in main
    assert "@fig-" not in main
    assert "@nguoi-nao-do" in main


def test_numbers_say_where_they_come_from(html: str) -> None:
    trace = r'title="PAPI 2024, tổng điểm,[^"]*dòng 17">43,21</a>'
    found = re.search(rf'<a\s+href="#(nguon-\d+)"\s+class="so"\s+{trace}', html)
    assert found
    entry = re.search(rf'id="{found[1]}">(.*?)</div>', html, re.DOTALL)
    assert entry
    assert "<strong>43,21</strong>" in entry[1]
    assert "data/published/papi.csv, dòng 17" in entry[1]


def test_what_a_notebook_prints_is_text(html: str) -> None:
    main = main_of(html)
    assert main.count("&lt;script&gt;alert") == 2
    assert HOSTILE not in html
    assert "<b onclick" not in main
    assert not re.search(r"<[^>]+\sonclick=", html)
    assert "javascript:" not in main
    assert "position:fixed" not in main
    assert "example.org" not in main
    assert "bấm vào đây" in main


def test_the_policy_allows_the_script_of_the_page_and_no_other(html: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert policy is not None
    assert "default-src 'none'" in policy[1].replace("&#39;", "'").replace("&#x27;", "'")
    assert html.count("<script") == 1


def test_the_page_is_small_and_whole(page: Path, html: str) -> None:
    assert page.stat().st_size < 600_000
    assert not re.search(r'(?:src|href)="https?://(?!papi\.org\.vn)', html)
    assert "url(http" not in html


def test_only_files_that_are_there_can_be_downloaded(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    notebook = write_stamped(project)
    notebook.with_suffix(".docx").write_bytes(b"x")
    html = publish_pandoc(notebook, ["html"], project)[0].read_text("utf-8")
    assert '<a href="papi.docx" download>Word</a>' in html
    assert "papi.pdf" not in html
    assert 'href="../../../index.html"' in html


def test_simulated_data_are_unmistakable(tmp_path: Path, html: str) -> None:
    project = project_in(tmp_path)
    notebook = write_stamped(project, status="simulated")
    simulated = publish_pandoc(notebook, ["html"], project)[0].read_text("utf-8")
    assert '<div class="band" role="note"><strong>SỐ LIỆU MÔ PHỎNG</strong>' in simulated
    assert '<body class="simulated">' in simulated
    assert 'class="band"' not in html


ATTACKS = """
[a](JaVaScRiPt:alert%281%29) [b](java&#115;cript:alert%281%29) [c](data:text/html,x) [d][ref]
<javascript:alert(1)> [e](vbscript:x) [g](//evil.example/x) <https://fine.example/>

[ref]: javascript:alert(1)

```{=html}
<iframe src="https://evil.example"></iframe>
```

`<img src=x onerror=alert(1)>`{=html} ![](https://evil.example/x.png){onerror="alert(1)"}

<div style="position:fixed">khối</div><style>body{display:none}</style>

::: {.chiso-figure #fig-khac onclick="alert(1)" style="position:fixed"}
![](../../../../etc/hostname)
:::

#### Mục {onclick="alert(1)" .evil}
"""


def test_no_attack_comes_through(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    notebook = project.outputs / "a.ipynb"
    cells = [front_matter(), code("", "x", [markdown(ATTACKS)])]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), notebook)
    page, _, _ = publish_pandoc(notebook, ["html", "pdf", "docx"], project)
    elements = re.findall(r"<[a-z][^>]*>", main_of(page.read_text("utf-8")))
    links = [element for element in elements if "href=" in element]
    assert links == ['<a href="https://fine.example/">']
    assert not [e for e in elements if re.search(r"\bon\w+=|style=|src=|evil", e)]
    assert not [e for e in elements if re.match(r"<(iframe|img|script|style)\b", e)]


def test_hostile_front_matter_is_text(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    hostile = {"title": HOSTILE, "subtitle": f'"{HOSTILE}', "description": f'">{HOSTILE}'}
    notebook = write_stamped(project, categories=[HOSTILE], citation=HOSTILE, **hostile)
    written = publish_pandoc(notebook, ["html", "pdf", "docx"], project)
    assert HOSTILE not in written[0].read_text("utf-8")


def test_pictures_are_well_formed(html: str) -> None:
    sources = re.findall(r'src="data:image/svg\+xml,([^"]+)"', html)
    assert len(sources) == 2
    for source in sources:
        root = ElementTree.fromstring(unquote(unescape(source)))  # noqa: S314 – our own chart
        assert root.tag.endswith("svg")


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark"), (1280, "light")])
def test_the_page_works_without_a_network(
    page: Path, browser: object, width: int, scheme: str
) -> None:
    context = browser.new_context(  # type: ignore[attr-defined]
        viewport={"width": width, "height": 800}, color_scheme=scheme
    )
    tab = context.new_page()
    requests: list[str] = []
    complaints: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(page.as_uri())
    tab.evaluate("document.fonts.ready")
    assert [url for url in requests if not url.startswith("data:")] == [page.as_uri()]
    assert complaints == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate("[...document.images].every((i) => i.naturalWidth > 0)")
    assert tab.evaluate('[...document.fonts].some((f) => f.status === "loaded")')
    # The contents stand beside the text on a wide screen and fold away on a narrow one.
    assert tab.evaluate("document.querySelector('.contents details').open") is (width >= 1024)
    context.close()


@pytest.mark.browser
def test_digits_in_tables_have_one_width(page: Path, browser: object) -> None:
    context = browser.new_context()  # type: ignore[attr-defined]
    tab = context.new_page()
    tab.goto(page.as_uri())
    widths = tab.evaluate(
        """async () => {
          await document.fonts.ready;
          const cell = document.querySelector("td");
          return ["1111", "4444"].map((text) => {
            const span = document.createElement("span");
            span.textContent = text;
            cell.append(span);
            return span.getBoundingClientRect().width;
          });
        }"""
    )
    assert widths[0] == pytest.approx(widths[1], abs=0.05)
    context.close()
