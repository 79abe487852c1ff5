"""Taking a report's page apart: text, contents, figures, and tables with the origin of numbers.

The pandoc engine has made the page already, with everything inside one file. On the site figures
are files of their own, and tables can be downloaded.
"""

from __future__ import annotations

import base64
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes

from lxml import etree
from lxml import html as lxml_html

from helpers.project import Project
from helpers.publishing import PublishError
from helpers.publishing.pandoc import publish_pandoc
from helpers.site.inventory import SiteReport

_DATA = re.compile(r"data:(?P<type>image/[a-z+]+)(?P<base64>;base64)?,(?P<data>.*)", re.DOTALL)
_ENDINGS = {"image/svg+xml": "svg", "image/png": "png"}
_DRAWING = re.compile(rb'(<span class="drawing"[^>]*>)((?:<svg\b.*?</svg>){2})</span>', re.DOTALL)
_PLACE = b"chiso-drawing-%d."
_LETTERS = "chiso-drawing-."
KEY_FIGURES = "Số liệu chính"
"""What a table without a caption is called."""
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class CellOf:
    """A cell as printed, where its number came from (empty if the page does not say), its number.

    Without a number the printed text is read, as Vietnamese texts print numbers.
    """

    text: str
    trace: str = ""
    number: float | None = None


@dataclass(frozen=True)
class DataTable:
    """A table of a report.

    Parameters
    ----------
    label : str
        ``tbl-…``, or a name made from its place.
    caption : str
        With its number: ``Bảng 1. …``.
    header : tuple of str
    rows : tuple of tuple of CellOf
    notes : tuple of str
    """

    label: str
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[CellOf, ...], ...]
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> bool:
        """Whether it is one row of key figures: its heads name them, and no cell names the row."""
        return self.caption == KEY_FIGURES and len(self.rows) == 1


@dataclass(frozen=True)
class Body:
    """A report without its page.

    Parameters
    ----------
    main, contents : str
        HTML of the text and of its table of contents; `contents` may be empty.
    figures : dict of str to bytes
        File name to picture.
    tables : tuple of DataTable
    """

    main: str
    contents: str
    figures: dict[str, bytes]
    tables: tuple[DataTable, ...]


def take_apart(
    report: SiteReport, project: Project, links: Mapping[str, str] | None = None
) -> Body:
    """Return the parts of a report's page.

    The page beside the notebook is used if the pandoc engine made it from this notebook; otherwise
    one is made in a temporary folder.

    Parameters
    ----------
    report : SiteReport
    project : Project
    links : mapping, optional
        Names of rows that become links: name to address.

    Raises
    ------
    PublishError
        If a page has to be made and cannot.
    """
    page = report.path("html")
    if page is not None and report.page_engine == "pandoc":
        return parts_of(page.read_bytes(), report.matter.title, links)
    notebook = report.path("ipynb")
    if notebook is None:
        raise PublishError(f"Không thấy sổ tay đã chạy của báo cáo {report.address}.")
    with tempfile.TemporaryDirectory(prefix="chiso-") as folder:
        copy = Path(folder) / notebook.name
        copy.write_bytes(notebook.read_bytes())
        (made,) = publish_pandoc(copy, ["html"], project)
        return parts_of(made.read_bytes(), report.matter.title, links)


def parts_of(page: bytes, name: str, links: Mapping[str, str] | None = None) -> Body:
    """Take a page of the pandoc engine apart.

    Parameters
    ----------
    page : bytes
        UTF-8, as made from ``publishing/assets/page.html``.
    name : str
        What to call the page in a message.
    links : mapping, optional
        As for :func:`take_apart`.

    Raises
    ------
    PublishError
        If the page has no ``<main>``.
    """
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    page, drawings = _without_drawings(page)
    tree = lxml_html.document_fromstring(page, parser=parser)
    main = tree.find(".//main")
    if main is None:
        raise PublishError(f"Trang của «{name}» không có phần nội dung (main).")
    contents = tree.find(".//nav[@class='contents']//ul")
    figures = _lift_figures(main, drawings) | _lift_rows(main)
    tables = _tables(main)
    _link_rows(main, links or {})
    _fold_sources(main)
    return Body(
        main=_with_drawings(_inner(main), drawings),
        contents="" if contents is None else _outer(contents),
        figures=figures,
        tables=tables,
    )


def _without_drawings(page: bytes) -> tuple[bytes, list[bytes]]:
    """Take the drawings out of a page: the parser would write their names in small letters."""
    drawings: list[bytes] = []

    def lift(found: re.Match[bytes]) -> bytes:
        drawings.append(found[2])
        return found[1] + _PLACE % (len(drawings) - 1) + b"</span>"

    return _DRAWING.sub(lift, page), drawings


def _with_drawings(main: str, drawings: Sequence[bytes]) -> str:
    for number, drawing in enumerate(drawings):
        main = main.replace((_PLACE % number).decode(), drawing.decode(), 1)
    return main


def _lift_figures(main: lxml_html.HtmlElement, drawings: Sequence[bytes]) -> dict[str, bytes]:
    """Give every picture a file; a link around it opens the file."""
    figures: dict[str, bytes] = {}
    pictures = [
        e for e in main.iter("img", "span") if e.tag == "img" or e.get("class") == "drawing"
    ]
    for number, image in enumerate(pictures, start=1):
        label = next((a.get("id") for a in image.iterancestors("figure") if a.get("id")), "")
        if image.tag == "span":
            name = f"{label or f'hinh-{number}'}.svg"
            figures[name] = _last_drawing(drawings[int((image.text or "").strip(_LETTERS))])
            _link_to(image, name)
            continue
        found = _DATA.fullmatch(image.get("src", ""))
        if found is None or found["type"] not in _ENDINGS:
            continue
        name = f"{label or f'hinh-{number}'}.{_ENDINGS[found['type']]}"
        data = found["data"]
        figures[name] = base64.b64decode(data) if found["base64"] else unquote_to_bytes(data)
        image.set("src", name)
        if number > 1:
            image.set("loading", "lazy")
            image.set("decoding", "async")
        _link_to(image, name)
    return figures


def _lift_rows(main: lxml_html.HtmlElement) -> dict[str, bytes]:
    """Give the rows of every chart a file of their own."""
    found = {}
    for link in main.iterfind(".//span[@class='chart-files']/a[@download]"):
        _, _, data = link.get("href", "").partition(",")
        name = link.get("download", "")
        found[name] = unquote_to_bytes(data)
        link.set("href", name)
    return found


def _last_drawing(both: bytes) -> bytes:
    """Return the wide one of two drawings, the one to be kept as a file."""
    return both[both.rindex(b"<svg") :]


def _link_to(image: lxml_html.HtmlElement, name: str) -> None:
    """Put a link around a picture that opens it large."""
    link = lxml_html.Element("a", {"class": "zoom", "href": name})
    tail, image.tail = image.tail, None
    image.getparent().replace(image, link)
    link.append(image)
    hint = etree.SubElement(link, "span", {"class": "hint"})
    hint.text = "Xem hình lớn"
    link.tail = tail


def _tables(main: lxml_html.HtmlElement) -> tuple[DataTable, ...]:
    found = []
    for number, table in enumerate(main.iter("table"), start=1):
        head = table.find("thead/tr")
        header = () if head is None else tuple(_text(cell) for cell in head)
        rows = tuple(tuple(_cell(cell) for cell in row) for row in table.iterfind("tbody/tr"))
        caption = table.find("caption")
        title = KEY_FIGURES if caption is None else _text(caption)
        found.append(
            DataTable(table.get("id") or f"bang-{number}", title, header, rows, _notes(table))
        )
    return tuple(found)


def _link_rows(main: lxml_html.HtmlElement, links: Mapping[str, str]) -> None:
    """Make a link of every cell at the head of a row that is nothing but a known name."""
    for cell in main.iterfind(".//tbody/tr/*"):
        href = links.get(_text(cell))
        if href and len(cell) == 0:
            link = etree.SubElement(cell, "a", {"href": href})
            link.text, cell.text = cell.text, None


def _notes(table: lxml_html.HtmlElement) -> tuple[str, ...]:
    """Return the note that stands right below a table."""
    block = next(
        (a for a in table.iterancestors("div") if "table-scroll" in a.get("class", "")), table
    )
    following = block.getnext()
    if following is not None and following.get("class") == "table-note":
        return (_text(following),)
    return ()


def _cell(cell: lxml_html.HtmlElement) -> CellOf:
    traces = [part.get("title", "") for part in cell.iter("a", "span") if part.get("class") == "so"]
    return CellOf(_text(cell), "; ".join(dict.fromkeys(t for t in traces if t)))


def _fold_sources(main: lxml_html.HtmlElement) -> None:
    """Fold the list of sources, which is longer than the report; a link to an entry unfolds it."""
    for block in list(main.iterfind(".//div[@class='sources']")):
        count = len(block.findall("ol/li"))
        details = lxml_html.Element("details", {"class": "source-list"})
        etree.SubElement(
            details, "summary"
        ).text = f"Nguồn hoặc cách tính của các con số ({count} mục)"
        parent = block.getparent()
        details.tail, block.tail = block.tail, None
        parent.replace(block, details)
        details.append(block)


def _text(element: lxml_html.HtmlElement) -> str:
    return _SPACES.sub(" ", str(element.text_content())).strip()


def _outer(element: lxml_html.HtmlElement) -> str:
    written: str = lxml_html.tostring(element, encoding="unicode", with_tail=False)
    return written


def _inner(element: lxml_html.HtmlElement) -> str:
    parts = [_escaped(element.text or "")]
    parts += [lxml_html.tostring(child, encoding="unicode") for child in element]
    return "".join(parts).strip()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
