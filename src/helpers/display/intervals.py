"""Rows of values with their intervals on one percentage scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from helpers.display.canvas import Canvas, is_narrow, root
from helpers.display.keys import Entry, draw_keys
from helpers.display.strips import ticks_of
from helpers.words import numbers

NAMES = 250.0
CLOSE, TIGHT = 24.0, 19.0
"""Units of a row; of many rows, so that a chart of all items fits on a page."""
MANY = 25
_MARGIN = 0.04
"""Part of the scale left free at its ends."""


class Row(NamedTuple):
    """One value.

    Parameters
    ----------
    name : str
    value : float
        Percent.
    low, high : float
        Interval; NaN where it is not known.
    label : str
        The value as written beside the row.
    marked : bool
        Whether it is the subject of the report, or stands out for another reason.
    heading : bool
        A row that only names the rows below it.
    """

    name: str
    value: float
    low: float
    high: float
    label: str
    marked: bool = False
    heading: bool = False

    @property
    def known(self) -> bool:
        """Whether its error is known."""
        return math.isfinite(self.low) and math.isfinite(self.high)


class Mark(NamedTuple):
    """A line across all rows, a mean or a target: percent, and its entry of the legend."""

    value: float
    label: str


class Legend(NamedTuple):
    """Words of the legend; an empty one is left out."""

    marked: str
    other: str
    unknown: str
    unit: str


def intervals(rows: Sequence[Row], marks: Sequence[Mark], legend: Legend, width: int) -> str:
    """Draw rows below each other, the first on top.

    A phone has the name of a row and its value above its interval.

    Parameters
    ----------
    rows : sequence of Row
    marks : sequence of Mark
    legend : Legend
    width : int
        Units.

    Returns
    -------
    str
        SVG.
    """
    canvas = Canvas(width)
    narrow = is_narrow(width)
    top = draw_keys(canvas, _entries(rows, marks, legend)) + 6
    taken = max(canvas.width_of(row.label, bold=True) for row in rows)
    room = width - taken - 10 if narrow else NAMES
    names = [canvas.lines_of(row.name, room, bold=row.marked or row.heading) for row in rows]
    if narrow:
        left, right = 6.0, width - 6.0
        heights = [
            len(name) * canvas.leading + (5 if row.heading else 18)
            for row, name in zip(rows, names, strict=True)
        ]
    else:
        longest = max(canvas.width_of(line, bold=True) for name in names for line in name)
        left, right = min(NAMES, longest) + 16, width - taken - 14
        close = TIGHT if len(rows) > MANY else CLOSE
        heights = [close + (len(name) - 1) * canvas.leading for name in names]
    bottom = top + sum(heights)
    low, high = scale(rows, marks)

    def at(value: float) -> float:
        return left + (value - low) / (high - low) * (right - left)

    ticks, decimals = ticks_of(low, high, 5 if narrow else 8)
    for tick in ticks:
        canvas.line("grid", at(tick), top, at(tick), bottom + 3)
    for mark in marks:
        canvas.line("dash", at(mark.value), top, at(mark.value), bottom)
    for tick in ticks:
        text = numbers.decimal(tick, decimals)
        half = canvas.width_of(text) / 2
        x = min(max(at(tick), half), width - half)
        canvas.text("quiet", x, bottom + 4 + canvas.leading / 2, text, anchor="middle")
    y = bottom + 4 + canvas.leading * 1.5
    canvas.text("ink", (left + right) / 2, y, legend.unit, anchor="middle")
    y = top
    for row, name, tall in zip(rows, names, heights, strict=True):
        middle = y + tall - 9 if narrow else y + tall / 2
        first = y + canvas.leading / 2 if narrow else middle - (len(name) - 1) * canvas.leading / 2
        role, bold = "own-label" if row.marked else "ink-label", row.marked or row.heading
        canvas.lines(role, 0, first, name, bold=bold)
        if not row.heading:
            if narrow:
                canvas.text(role, width, first, row.label, anchor="end", bold=row.marked)
            else:
                canvas.text(role, right + 10, middle, row.label, bold=row.marked)
            _draw_row(canvas, row, (at(row.low), at(row.value), at(row.high)), middle)
        y += tall
    return root(width, bottom + 2 * canvas.leading + 8, canvas.body())


def scale(rows: Sequence[Row], marks: Sequence[Mark]) -> tuple[float, float]:
    """Return a scale inside 0 to 100 that holds all values and intervals."""
    ends = [mark.value for mark in marks]
    for row in rows:
        if not row.heading:
            ends += [end for end in (row.value, row.low, row.high) if math.isfinite(end)]
    low, high = min(ends), max(ends)
    room = max((high - low) * _MARGIN, 0.5)
    return max(0.0, math.floor(low - room)), min(100.5, math.ceil(high + room))


def _draw_row(canvas: Canvas, row: Row, at: tuple[float, float, float], middle: float) -> None:
    low, value, high = at
    kind = "own" if row.marked else "fill"
    if row.known:
        canvas.line(f"{kind}-line", low, middle, high, middle)
    # A value whose error is unknown is hollow: a bare dot looks most exact.
    role = f"{kind}-mark" if row.known else f"{kind}-hollow"
    if row.marked:
        canvas.mark(role, "D", value, middle, 4.6)
    else:
        canvas.circle(role, value, middle, 4)


def _entries(rows: Sequence[Row], marks: Sequence[Mark], legend: Legend) -> list[Entry]:
    drawn = [row for row in rows if not row.heading]
    entries = []
    for label, marked in ((legend.marked, True), (legend.other, False)):
        of_kind = [row for row in drawn if row.marked == marked]
        if label and of_kind:
            known = any(row.known for row in of_kind)
            signs = ("own-interval", "own-hollow") if marked else ("interval", "hollow")
            entries.append(Entry(signs[0 if known else 1], label))
    if any(row.known for row in drawn) and not all(row.known for row in drawn):
        entries.append(Entry("hollow", legend.unknown))
    return entries + [Entry("upright-dash", mark.label) for mark in marks]
