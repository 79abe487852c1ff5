"""Drawings that may stand in a page as they are: two widths of one chart, and nothing that acts.

A notebook may come from anybody. What is written into a page is therefore compared, element by
element, with what charts are made of; any other picture goes into ``<img>``, where it cannot act.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

_SVG = "{http://www.w3.org/2000/svg}"
_ELEMENTS = frozenset(f"{_SVG}{name}" for name in ("svg", "g", "path", "rect", "circle", "text"))
_ATTRIBUTES = frozenset(
    {"class", "width", "height", "viewBox", "x", "y", "cx", "cy", "r", "d", "paint-order"}
    | {"fill", "stroke", *(f"stroke-{n}" for n in ("width", "linecap", "linejoin", "dasharray"))}
    | {"font-family", "font-size", "font-weight", "text-anchor"}
)
_CLASS = re.compile(r"c-[a-z0-9-]+|(?:narrow|wide)(?: grid)?")
# Letters, digits and what lengths, hex colours and names of fonts need: no url(…), no var(…).
_VALUE = re.compile(r"[A-Za-z0-9 .,#'%+-]*")


def inline_drawings(output: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the narrow and the wide drawing of an output, if both may stand in a page.

    Parameters
    ----------
    output : mapping
        Of a cell: the wide drawing among its data, the narrow one in what is said of it.

    Returns
    -------
    tuple of str or None
        None where there is one drawing only, or where one holds anything that charts are not made
        of.
    """
    narrow = output.get("metadata", {}).get("chiso", {}).get("narrow")
    wide = "".join(output.get("data", {}).get("image/svg+xml", ""))
    if not isinstance(narrow, str) or not is_plain(narrow) or not is_plain(wide):
        return None
    wanted = ('class="narrow', narrow), ('class="wide', wide)
    return (narrow, wide) if all(name in drawing[:120] for name, drawing in wanted) else None


def is_plain(svg: str) -> bool:
    """Tell whether a drawing holds shapes and text only, styled by plain values."""
    if "<!" in svg or "<?" in svg:
        return False  # readers of XML and of HTML disagree on these
    try:
        elements = list(ElementTree.fromstring(svg).iter())  # noqa: S314 – no entities without "<!"
    except ElementTree.ParseError:
        return False
    return all(
        element.tag in _ELEMENTS
        and all(
            name in _ATTRIBUTES and (_CLASS if name == "class" else _VALUE).fullmatch(value)
            for name, value in element.attrib.items()
        )
        for element in elements
    )
