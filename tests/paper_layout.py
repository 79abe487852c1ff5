"""Where things stand on the pages of a report's PDF, and what is wrong with it."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

import nbformat
import pypdfium2
from pdf_lines import MM, Line, lines_of

FIGURE, TABLE = re.compile(r"Hình(\d+)\."), re.compile(r"Bảng(\d+)\.")
LABEL = re.compile(r"^#\| label: (fig|tbl)-", re.M)
NAMED = re.compile(r"Hình(\d+)(?!\d|\.\w)")
TOP, BOTTOM = 24.0, 297 - 24.0
"""Millimetres: where the text of a page begins and ends; head and foot lie outside."""
HALF = (TOP + BOTTOM) / 2
HEADING, DRAWN, CAPTION = (15.0, 12.0, 10.5), 13.0, 9.0
"""Sizes of `report.typ` and of drawings, in points, by which they are told apart."""


class Printed(NamedTuple):
    """A line of a document: what it is, its text without spaces, its place."""

    kind: str
    text: str
    page: int
    top: float
    bottom: float


def printed(path, *, official: bool = False) -> list[Printed]:
    """Return the lines of a PDF between head and foot, in the order of reading."""
    found = []
    for page in range(len(pypdfium2.PdfDocument(path))):
        lines = [line for line in lines_of(path, page) if TOP < line.top < BOTTOM]
        for line in sorted(lines, key=lambda line: (line.top, line.left)):
            text = line.text.replace(" ", "")
            kind = _official(line, text) if official else _kind(round(line.size, 1), text)
            found.append(Printed(kind, text, page, line.top, line.top + line.size * MM))
    return found


def _kind(size: float, text: str) -> str:
    if size == DRAWN:
        return "drawn"
    if size in HEADING:
        return "heading"
    if size == CAPTION and FIGURE.match(text):
        return "figure"
    if size == CAPTION and TABLE.match(text):
        return "table"
    return "small" if size < CAPTION + 0.1 else "text"


def _official(line: Line, text: str) -> str:
    if "Vietnam" in line.font:
        return "drawn"
    size = round(line.size, 1)
    if size == 13 and FIGURE.match(text):
        return "figure"
    if size == 13 and TABLE.match(text):
        return "table"
    if size == 14 and "Bold" in line.font and re.search(r"\w", text):
        return "heading"
    return "small" if size <= 12 else "text"


def faults_on_paper(path, *, official: bool = False) -> list[str]:
    """Return what is not where a reader looks for it.

    Parameters
    ----------
    path : Path
        A PDF, beside the executed notebook that it was made from.
    official : bool
        Whether it has the form of an official document, whose annexes each begin a page.
    """
    lines = printed(path, official=official)
    found = [line for line in lines if line.kind == "figure"]
    drawn, shown = figures_and_tables(path.with_suffix(".ipynb"))
    assert len(found) == drawn, f"{len(found)} figures were found of {drawn}"
    assert len([line for line in lines if line.kind == "table"]) == shown
    empty = () if official else _empty(lines)
    return [*_figures(lines), *_heads(lines), *_headings(lines), *empty]


def figures_and_tables(notebook) -> tuple[int, int]:
    """Return how many numbered figures and tables an executed notebook shows."""
    labels = [
        found[1]
        for cell in nbformat.read(notebook, 4).cells
        if cell.cell_type == "code" and cell.outputs
        if (found := LABEL.search(cell.source))
    ]
    return labels.count("fig"), labels.count("tbl")


def _figures(lines: list[Printed]):
    before = 0
    for place, line in enumerate(lines):
        if line.kind != "figure":
            continue
        number = int(FIGURE.match(line.text)[1])
        drawing = [
            at
            for at in range(before, place)
            if lines[at].kind == "drawn" and lines[at].page == line.page
        ]
        if not drawing:
            yield f"Hình {number} is parted from its caption"
            continue
        first = drawing[0]
        if any(lines[at].kind in ("text", "heading") for at in range(first, place)):
            yield f"Hình {number} has text between it and its caption"
        named = [
            at
            for at, other in enumerate(lines)
            if other.kind in ("text", "heading") and str(number) in NAMED.findall(other.text)
        ]
        earlier = [at for at in named if at < first]
        if named and not earlier:
            yield f"Hình {number} stands before the text that names it"
        elif earlier and any(lines[at].kind == "heading" for at in range(earlier[-1] + 1, first)):
            yield f"Hình {number} stands below the heading of another section"
        after = _below(lines, place)
        if after is not None and lines[after].kind == "small":
            yield f"Hình {number} cuts a table in two"
        elif after is not None and _goes_on(lines, first, after):
            yield f"Hình {number} cuts a paragraph in two"
        before = place + 1


def _below(lines: list[Printed], caption: int) -> int | None:
    """Return the first line below a caption, which may run over several lines of one leading."""
    at = caption
    while at + 1 < len(lines):
        at += 1
        near = lines[at].page == lines[at - 1].page and lines[at].top - lines[at - 1].top < 5.5
        if lines[at].kind != "small" or not near:
            return at
    return None


def _goes_on(lines: list[Printed], first: int, after: int) -> bool:
    """Return whether the text before a figure ends within a sentence."""
    before = next((lines[at] for at in range(first - 1, -1, -1) if lines[at].kind == "text"), None)
    follows = lines[after].kind == "text"
    return follows and before is not None and not before.text.endswith((".", ":", ";", "”", "/"))


def _heads(lines: list[Printed]):
    for place, line in enumerate(lines):
        if line.kind != "table":
            continue
        below = {
            round(other.top / 2)
            for other in lines[place + 1 :]
            if other.page == line.page and other.kind == "small"
        }
        if len(below) < 3:
            yield f"{line.text[:12]} shows fewer than its head and two rows on page {line.page + 1}"


def _headings(lines: list[Printed]):
    for line, after in itertools.pairwise(lines):
        if line.kind == "heading" and after.page != line.page:
            yield f"heading {line.text!r} stands at the foot of page {line.page + 1}"


def _empty(lines: list[Printed]):
    last = max(line.page for line in lines)
    for page in range(last):
        end = max((line.bottom for line in lines if line.page == page), default=0)
        if end < HALF:
            yield f"page {page + 1} ends at {end:.0f} mm"
