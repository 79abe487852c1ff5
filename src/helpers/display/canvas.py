"""SVG written element by element: text as text, a class and hex colours for every role."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Literal, NamedTuple

from helpers.display.lettering import lines_of, width_of
from helpers.display.theme import FONT, NARROW_SIZE, PAPER_FONT, WIDE_SIZE, attributes

Anchor = Literal["start", "middle", "end"]
LEADING = 1.28
"""Lines of a text are so many sizes apart."""
RISE = 0.35
"""Sizes from the middle of the small letters and digits down to the line they stand on."""


Pattern = Literal["", "rising", "falling", "crossed", "level", "dotted"]


class Fill(NamedTuple):
    """How an area is filled: a role, and lines upon it, so that a grey print tells areas apart."""

    role: str
    pattern: Pattern = ""
    lines: str = "stripe"
    """Role of the lines."""


def is_narrow(width: float) -> bool:
    """Return whether a width asks for the layout of a phone."""
    return width < 480


def size_at(width: float) -> float:
    """Return the size of letters in a drawing of a width, in units."""
    return NARROW_SIZE if is_narrow(width) else WIDE_SIZE


def number(value: float) -> str:
    """Write a coordinate, rounded to a tenth of a unit."""
    tenths = round(value * 10)
    return str(tenths // 10) if tenths % 10 == 0 else str(tenths / 10)


class Canvas:
    """A drawing that grows; elements of one role after each other share a group.

    Parameters
    ----------
    width : float
        Units.
    """

    def __init__(self, width: float) -> None:
        self.width = width
        self.size = size_at(width)
        self._runs: list[tuple[str, list[str]]] = []

    def put(self, role: str, element: str, more: str = "") -> None:
        """Add an element as it is written; `more` are attributes that its group has besides."""
        key = f"{attributes(role)}{more}"
        if not self._runs or self._runs[-1][0] != key:
            self._runs.append((key, []))
        self._runs[-1][1].append(element)

    def line(self, role: str, x: float, y: float, to_x: float, to_y: float) -> None:
        """Draw a straight line."""
        self.path(role, f"M{number(x)} {number(y)}L{number(to_x)} {number(to_y)}")

    def path(self, role: str, d: str) -> None:
        """Draw a path."""
        self.put(role, f'<path d="{d}"/>')

    def points(self, role: str, places: Sequence[tuple[float, float]]) -> None:
        """Draw dots as one path of lines without length and with round ends."""
        if places:
            self.path(role, "".join(f"M{number(x)} {number(y)}h0" for x, y in places))

    def rect(self, role: str, x: float, y: float, width: float, height: float) -> None:
        """Draw a rectangle from its upper left corner."""
        self.put(
            role,
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" '
            f'height="{number(height)}"/>',
        )

    def circle(self, role: str, x: float, y: float, radius: float) -> None:
        """Draw a circle."""
        self.put(role, f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>')

    def mark(self, role: str, shape: str, x: float, y: float, reach: float) -> None:
        """Draw a mark of a group (see :class:`helpers.display.theme.GroupStyle`)."""
        self.path(role, _shape(shape, x, y, reach))

    def hatched(self, x: float, y: float, width: float, height: float) -> None:
        """Draw a hatched band."""
        self.filled(Fill("band", "rising", "hatch"), x, y, width, height)

    def filled(self, fill: Fill, x: float, y: float, width: float, height: float) -> None:
        """Draw a rectangle with a pattern, whose lines are clipped by arithmetic: none needs a name."""
        self.rect(fill.role, x, y, width, height)
        corners = x, y, width, height
        d = "".join(
            lines(*corners)
            for name, lines in (("rising", _rising), ("falling", _falling), ("level", _level))
            if fill.pattern == name or (fill.pattern == "crossed" and name != "level")
        )
        if fill.pattern == "dotted":
            d = _dotted(*corners)
        if d:
            self.path(fill.lines, d)

    def text(
        self,
        role: str,
        x: float,
        y: float,
        text: str,
        *,
        anchor: Anchor = "start",
        bold: bool = False,
        size: float | None = None,
    ) -> None:
        """Write one line; `y` is the middle of its small letters."""
        written = size or self.size
        more = f' font-size="{written:g}"' + (' font-weight="600"' if bold else "")
        at = "" if anchor == "start" else f' text-anchor="{anchor}"'
        self.put(
            role,
            f'<text x="{number(x)}" y="{number(y + RISE * written)}"{at}>'
            f"{escape(text, quote=False)}</text>",
            more,
        )

    def lines(
        self, role: str, x: float, y: float, lines: Sequence[str], *, bold: bool = False
    ) -> None:
        """Write lines below each other; `y` is the middle of the first."""
        for place, line in enumerate(lines):
            self.text(role, x, y + place * self.leading, line, bold=bold)

    @property
    def leading(self) -> float:
        """Units between two lines of a text."""
        return round(self.size * LEADING, 1)

    def width_of(self, text: str, *, bold: bool = False) -> float:
        """Return the width of a text on this canvas."""
        return width_of(text, self.size, bold=bold)

    def lines_of(self, text: str, room: float, *, bold: bool = False) -> list[str]:
        """Break a text into lines for a room."""
        return lines_of(text, self.size, room, bold=bold)

    def body(self) -> str:
        """Return what is drawn, without the root."""
        return "".join(f"<g {key}>{''.join(parts)}</g>" for key, parts in self._runs)


def root(width: float, height: float, body: str, kind: str = "") -> str:
    """Return a whole drawing.

    Parameters
    ----------
    width, height : float
        Units, which are CSS pixels.
    body : str
        See :meth:`Canvas.body`.
    kind : str
        A class of the drawing beside that of its width.
    """
    tall = number(height)
    name = " ".join(filter(None, ["narrow" if is_narrow(width) else "wide", kind]))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{name}" width="{number(width)}" '
        f'height="{tall}" viewBox="0 0 {number(width)} {tall}" '
        f"font-family=\"'{FONT}','{PAPER_FONT}',sans-serif\">"
        f'<g {attributes("ground")}><rect width="{number(width)}" height="{tall}"/></g>{body}</svg>'
    )


_STEP = 5.0
"""Units between the lines of a pattern."""


def _rising(x: float, y: float, width: float, height: float) -> str:
    parts, at = [], _STEP
    while at < width + height:
        # From the left or lower edge to the upper or right one.
        low = (x + max(0.0, at - height), y + min(at, height))
        high = (x + min(at, width), y + max(0.0, at - width))
        parts.append(f"M{number(low[0])} {number(low[1])}L{number(high[0])} {number(high[1])}")
        at += _STEP
    return "".join(parts)


def _falling(x: float, y: float, width: float, height: float) -> str:
    parts, at = [], _STEP
    while at < width + height:
        # From the left or upper edge to the lower or right one.
        high = (x + max(0.0, at - height), y + height - min(at, height))
        low = (x + min(at, width), y + height - max(0.0, at - width))
        parts.append(f"M{number(high[0])} {number(high[1])}L{number(low[0])} {number(low[1])}")
        at += _STEP
    return "".join(parts)


def _level(x: float, y: float, width: float, height: float) -> str:
    count = max(1, round(height / _STEP) - 1)
    return "".join(
        f"M{number(x)} {number(y + height * line / (count + 1))}h{number(width)}"
        for line in range(1, count + 1)
    )


def _dotted(x: float, y: float, width: float, height: float) -> str:
    down, across = max(1, int(height / _STEP)), max(1, int(width / _STEP))
    return "".join(
        f"M{number(x + (place + 0.5) * width / across - 0.7)} "
        f"{number(y + (line + 0.5) * height / down)}h1.4"
        for line in range(down)
        for place in range(across)
    )


def _shape(shape: str, x: float, y: float, reach: float) -> str:
    r = reach
    corners = {
        "^": ((0, -r), (r, 0.8 * r), (-r, 0.8 * r)),
        "v": ((0, r), (r, -0.8 * r), (-r, -0.8 * r)),
        "D": ((0, -1.1 * r), (1.1 * r, 0), (0, 1.1 * r), (-1.1 * r, 0)),
        "s": (
            (-0.85 * r, -0.85 * r),
            (0.85 * r, -0.85 * r),
            (0.85 * r, 0.85 * r),
            (-0.85 * r, 0.85 * r),
        ),
    }[shape]
    return "M" + "L".join(f"{number(x + dx)} {number(y + dy)}" for dx, dy in corners) + "Z"
