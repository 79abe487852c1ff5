"""From a document to one self-contained HTML page, which asks nothing of the network."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

from helpers.display.chart import both
from helpers.display.theme import chart_css
from helpers.project import Project
from helpers.publishing.document import Figure
from helpers.publishing.files import ASSETS
from helpers.publishing.fonts import page_font_css
from helpers.publishing.job import Job

ROWS, PICTURE = "Số liệu của hình (CSV)", "Ảnh của hình (PNG)"
PARTS: Mapping[str, Sequence[str]] = {
    "styles": ("report.css",),
    "scripts": ("page.js", "charts.js"),
}
"""What a report's page carries (:func:`page_parts`), whichever engine makes it."""
DOWNLOADS = {"pdf": "PDF", "docx": "Word"}
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "in": 96.0, "mm": 96 / 25.4, "cm": 96 / 2.54}
# The drawing commands of a path part its numbers; spaces around them say nothing.
_PATH = re.compile(r' d="[^"]*"')
_AROUND_COMMANDS = re.compile(r" ?([MLHVCSQTAZmlhvcsqtaz]) ?")
_CODED = re.compile(r'src="data:image/svg\+xml;base64,([A-Za-z0-9+/=\s]+)"')
_SIZE = re.compile(r"\s*([0-9.]+)\s*([a-z]*)\s*")


def make_page(job: Job) -> bytes:
    """Return a report as one HTML page with its fonts, styles and pictures in it.

    A content security policy forbids every request and every script but the page's own.

    Raises
    ------
    PublishError
        If pandoc fails; the message shows the first lines.
    """
    front_matter = job.document.front_matter
    head, tail = page_parts(job.project, **PARTS)
    (job.folder / "head.html").write_text(head, "utf-8")
    (job.folder / "tail.html").write_text(tail, "utf-8")
    arguments = [
        "--to=html5",
        "--standalone",
        f"--template={ASSETS / 'page.html'}",
        "--mathml",
        "--toc",
        "--toc-depth=3",
        "--include-in-header=head.html",
        "--include-after-body=tail.html",
    ]
    metadata: dict[str, str | Sequence[str]] = {
        "lang": front_matter.lang,
        "title": front_matter.title,
        "pagetitle": front_matter.title,
        "subtitle": front_matter.subtitle,
        "lead": front_matter.description,
        "citation": front_matter.citation,
        "details": list(front_matter.details),
    }
    variables = {
        **({"simulated": "true"} if front_matter.simulated else {}),
        **({"official": "true"} if front_matter.official else {}),
        "csp": escape(content_policy(tail)),
        "home": home_of(job.target, job.project),
        "downloads": _downloads(job.target),
    }
    sources = {
        label: f"chiso-figure-{number}"
        for number, label in enumerate(job.document.figures, start=1)
    }
    html = job.run_pandoc(arguments, sources, metadata, variables).decode()
    for label, source in sources.items():
        figure = job.document.figures[label]
        if figure.svg is not None and figure.narrow is not None:
            drawn = drawing(
                label, figure.narrow.decode(), figure.svg.decode(), figure.alt, figure.rows
            )
            before, after = re.split(f'<img [^>]*src="{source}"[^>]*>', html)
            html = f"{before}{drawn}{after}"
        else:
            html = html.replace(f'src="{source}"', _image(figure))
    return with_tables(html, job.document.tables).encode()


def drawing(label: str, narrow: str, wide: str, alt: str, rows: str) -> str:
    """Return a chart as it stands in a page, with what may be taken of it.

    Parameters
    ----------
    label : str
        What its files are called.
    narrow, wide, alt : str
        As :func:`~helpers.display.chart.both` takes them.
    rows : str
        What is drawn, as CSV, which becomes a file; a script makes a picture of it besides.
    """
    name = escape(label)
    file = quote(f"\ufeff{rows}")
    link = f'<a download="{name}.csv" href="data:text/csv;charset=utf-8,{file}">{ROWS}</a>'
    taken = f'<span class="chart-files" data-name="{name}" data-picture="{PICTURE}">'
    return f"{both(narrow, wide, alt)}{taken}{link if rows else ''}</span>"


def page_parts(project: Project, styles: Sequence[str], scripts: Sequence[str]) -> tuple[str, str]:
    """Return what stands in the head and at the end of a page: fonts and styles, scripts.

    Parameters
    ----------
    project : Project
        Where the fonts are kept once made.
    styles, scripts : sequence of str
        File names in ``assets/``.

    Returns
    -------
    tuple of str
        A ``<style>`` and a ``<script>`` element.
    """
    css = "\n".join([page_font_css(project), *(_asset(name) for name in styles), chart_css()])
    script = "\n".join(_asset(name) for name in scripts)
    return f"<style>\n{css}\n</style>", f"<script>{script}</script>"


def content_policy(tail: str) -> str:
    """Return a content security policy that allows what is in the page and nothing else."""
    script = tail.removeprefix("<script>").removesuffix("</script>")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
        f"script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def with_tables(page: str, tables: Mapping[str, str]) -> str:
    """Return a page whose links to whole tables hold these, as CSV that spreadsheets open.

    Parameters
    ----------
    page : str
    tables : mapping of str to str
        Identifier that a link names to CSV.
    """
    for name, table in tables.items():
        # Excel takes a file without this mark for one in the machine's old encoding.
        coded = base64.b64encode("\ufeff".encode() + table.encode()).decode()
        link = f'href="data:text/csv;charset=utf-8;base64,{coded}" download="{name[6:]}.csv"'
        page = page.replace(f'href="#{name}"', link)
    return page


def with_drawings(page: str, drawings: Mapping[str, str]) -> str:
    """Return a page of Quarto's with both widths of its charts in the place of their pictures.

    Parameters
    ----------
    page : str
        As laid out by `quarto_assets/layout.lua`.
    drawings : mapping of str to str
        Label of a figure to HTML (:func:`drawing`).
    """
    for label, drawn in drawings.items():
        start = re.compile(rf'(<figure id="{re.escape(label)}">\s*)<img\b[^>]*>')
        page = start.sub(lambda found, drawn=drawn: found[1] + drawn, page, count=1)  # type: ignore[misc]
    return page


def with_light_pictures(page: str) -> str:
    """Return a page of Quarto's with its drawings as text, a third shorter, and with their sizes."""

    def lighter(found: re.Match[str]) -> str:
        text = _root_onwards(base64.b64decode(found[1]).decode())
        return f'src="data:image/svg+xml,{_address(text)}"{_size(text)}'

    return _CODED.sub(lighter, page)


def _image(figure: Figure) -> str:
    """Return the attributes of an ``<img>``: a foreign picture, and its size if known.

    A picture in ``<img>`` cannot run scripts or load anything, and its identifiers do not meet
    those of other pictures, unlike SVG written into the page.
    """
    stated = f' style="width: {figure.width}"' if figure.width else ""
    if figure.svg is None:
        data = base64.b64encode(figure.png or b"").decode()
        return f'src="data:image/png;base64,{data}"{stated}'
    text = _root_onwards(figure.svg.decode())
    return f'src="data:image/svg+xml,{_address(text)}"{stated or _size(text)}'


def _address(svg: str) -> str:
    """Write a picture as an address: about as long as the picture, a third shorter than base64."""
    # Line ends would be dropped from an address, joining what they keep apart.
    text = _PATH.sub(lambda path: _AROUND_COMMANDS.sub(r"\1", path[0]), " ".join(svg.split()))
    if "'" not in text:
        # Either quotation mark will do in XML; only one need not be escaped here.
        text = text.replace('"', "'")
    address = quote(text, safe=" <>/:=;,!?()*'$@&[]{}|^`+~")
    return address.replace("&", "&amp;")


def _root_onwards(svg: str) -> str:
    return svg[max(svg.find("<svg"), 0) :]


def _size(svg: str) -> str:
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314 – expat expands no external entities
    except ElementTree.ParseError:
        return ""
    sizes = []
    for name in ("width", "height"):
        found = _SIZE.fullmatch(root.get(name, ""))
        if found is None or found[2] not in _PIXELS:
            return ""
        sizes.append(f'{name}="{round(float(found[1]) * _PIXELS[found[2]])}"')
    return " " + " ".join(sizes)


def _downloads(target: Path) -> list[dict[str, str]]:
    files = {kind: target.with_suffix(f".{kind}") for kind in DOWNLOADS}
    return [
        {"href": quote(files[kind].name), "label": label}
        for kind, label in DOWNLOADS.items()
        if files[kind].is_file()
    ]


def home_of(target: Path, project: Project) -> str:
    """Return the way from the page to the index of all reports, if it lies in the outputs."""
    outputs, target = project.outputs.resolve(), target.resolve()
    if not target.is_relative_to(outputs):
        return ""
    return quote(os.path.relpath(outputs / "index.html", target.parent).replace(os.sep, "/"))


def _asset(name: str) -> str:
    return (ASSETS / name).read_text("utf-8")
