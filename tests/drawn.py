"""Drawings read back: their texts with the boxes they take, and their elements by role."""

from __future__ import annotations

from typing import NamedTuple
from xml.etree import ElementTree

from helpers.display.chart import Chart
from helpers.display.lettering import width_of
from helpers.display.placing import Box
from helpers.display.theme import GRID_WIDTH, NARROW, WIDE

SVG = "{http://www.w3.org/2000/svg}"


class Written(NamedTuple):
    """A text of a drawing, the box it takes, its size in units."""

    text: str
    box: Box
    size: float


def root_of(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 – our own drawing


def written(svg: str) -> list[Written]:
    """Return the texts of a drawing, measured as they were laid out."""
    found = []
    for group in root_of(svg).iter(f"{SVG}g"):
        for text in group.findall(f"{SVG}text"):
            size, bold = float(group.attrib["font-size"]), "font-weight" in group.attrib
            wide = width_of(text.text or "", size, bold=bold)
            share = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.get("text-anchor", "start")]
            left, foot = float(text.attrib["x"]) - share * wide, float(text.attrib["y"])
            # From the top of the digits to the line they stand on.
            box = Box(left, foot - 0.72 * size, left + wide, foot)
            found.append(Written(text.text or "", box, size))
    return found


def texts(chart: Chart, width: int = WIDE) -> list[str]:
    """Return the lines that a chart shows at a width."""
    return [text.text for text in written(chart.svg(width))]


def shown(chart: Chart, width: int = WIDE) -> str:
    """Return all that a chart shows, lines joined."""
    return " ".join(texts(chart, width))


def roles(svg: str) -> list[str]:
    """Return the role of each element, in the order of drawing."""
    return [
        group.attrib["class"].removeprefix("c-")
        for group in root_of(svg).iter(f"{SVG}g")
        for _ in group
    ]


def faults(chart: Chart) -> list[str]:
    """Return what is wrong with the texts of a chart, at both widths."""
    found = []
    for width in (NARROW, WIDE):
        svg = chart.svg(width)
        tall = float(root_of(svg).attrib["height"])
        all_texts = written(svg)
        for place, (text, box, size) in enumerate(all_texts):
            if not text.strip():
                found.append(f"{width}: an empty text")
            # Both are shrunk at most to a column of 288 and of 560 pixels; a map scrolls before.
            least = GRID_WIDTH if 'class="narrow grid"' in svg[:120] else 288
            if size * (least / NARROW if width == NARROW else 560 / WIDE) < 11:
                found.append(f"{width}: {text!r} is small")
            if box.left < -1 or box.top < -1 or box.right > width + 1 or box.bottom > tall + 1:
                found.append(f"{width}: {text!r} leaves the drawing")
            inner = Box(box.left + 0.5, box.top + 0.5, box.right - 0.5, box.bottom - 0.5)
            found += [
                f"{width}: {text!r} over {other!r}"
                for other, its, _ in all_texts[place + 1 :]
                if inner.meets(its)
            ]
    return found
