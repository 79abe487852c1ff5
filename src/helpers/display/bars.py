"""Bars below each other on one scale, whole or in parts, and what is written beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from helpers.display.canvas import Canvas, Fill, is_narrow, root
from helpers.display.keys import Entry, draw_keys
from helpers.display.strips import ticks_of
from helpers.words import numbers

NAMES = 210.0
THICK_NARROW, THICK_WIDE = 15.0, 20.0
ROOM = 6.0
"""Units that a label inside a part keeps from its ends."""


class Part(NamedTuple):
    """A stretch of a bar: its length on the scale, how it is filled, and what is written in it."""

    length: float
    fill: str | Fill
    label: str = ""
    ink: str = "ink"
    """Role of the label; one upon a pattern stands in a box and is always dark."""


class Bar(NamedTuple):
    """One row.

    Parameters
    ----------
    name : str
    parts : tuple of Part
        From the left, each where the one before it ends; none where nothing is known.
    beside : str
        What is written behind the bars, in lines.
    tick : float or None
        A mark across the bar.
    marked : bool
        Whether it is the subject of the report.
    below : tuple of Part
        A second bar right below the first.
    """

    name: str
    parts: tuple[Part, ...]
    beside: str
    tick: float | None = None
    marked: bool = False
    below: tuple[Part, ...] = ()


class Scale(NamedTuple):
    """The common scale: its end, what it measures, the decimals of its ticks at least.

    A scale of things that are counted has ticks at whole numbers only.
    """

    end: float
    unit: str
    decimals: int = 0
    counted: bool = False


def bars(rows: Sequence[Bar], scale: Scale, entries: Sequence[Entry], width: int) -> str:
    """Draw bars from zero on.

    A phone has the name of a row above its bar, and beside the name what is written behind the bars.

    Parameters
    ----------
    rows : sequence of Bar
    scale : Scale
    entries : sequence of Entry
        Of the legend.
    width : int
        Units.

    Returns
    -------
    str
        SVG.
    """
    canvas = Canvas(width)
    top = draw_keys(canvas, entries) + 6 if entries else 6.0
    narrow = is_narrow(width)
    beside = [row.beside.split("\n") if row.beside else [] for row in rows]
    taken = max((canvas.width_of(line, bold=True) for lines in beside for line in lines), default=0)
    if narrow:
        left, right = 0.5, width - 8.0
        names = [canvas.lines_of(row.name, width - taken - 10, bold=row.marked) for row in rows]
    else:
        names = [canvas.lines_of(row.name, NAMES, bold=row.marked) for row in rows]
        longest = max(canvas.width_of(line, bold=True) for lines in names for line in lines)
        left, right = min(NAMES, longest) + 14, width - taken - (16 if taken else 8)
    thick = THICK_NARROW if narrow else THICK_WIDE
    heights = [
        max(len(name), len(lines)) * canvas.leading + thick + 12
        if narrow
        else max(thick + 12, max(len(name), len(lines)) * canvas.leading + 8)
        for name, lines in zip(names, beside, strict=True)
    ]
    bottom = top + sum(heights)
    _axis(canvas, scale, (left, right), top, bottom)
    y = top
    for row, name, lines, tall in zip(rows, names, beside, heights, strict=True):
        role = "own" if row.marked else "ink"
        if narrow:
            first, middle = y + canvas.leading / 2, y + tall - 8 - thick / 2
            canvas.lines(f"{role}-label", 0, first, name, bold=row.marked)
            for place, line in enumerate(lines):
                at = first + place * canvas.leading
                canvas.text(f"{role}-label", width, at, line, anchor="end", bold=row.marked)
        else:
            middle = y + tall / 2
            rise = (len(name) - 1) * canvas.leading / 2
            canvas.lines(role, 0, middle - rise, name, bold=row.marked)
            rise = (len(lines) - 1) * canvas.leading / 2
            canvas.lines(role, right + 9, middle - rise, lines, bold=row.marked)
        _draw_bar(canvas, row, (left, right, scale.end), middle, thick)
        y += tall
    return root(width, bottom + 2 * canvas.leading + 8, canvas.body())


def _axis(
    canvas: Canvas, scale: Scale, ends: tuple[float, float], top: float, bottom: float
) -> None:
    left, right = ends
    ticks, needed = ticks_of(0.0, scale.end, 5 if is_narrow(canvas.width) else 8)
    if scale.counted:
        ticks, needed = [tick for tick in ticks if abs(tick - round(tick)) < 1e-9], 0
    for tick in ticks:
        x = left + tick / scale.end * (right - left)
        canvas.line("grid", x, top, x, bottom + 3)
    for tick in ticks:
        text = numbers.decimal(tick, max(needed, scale.decimals))
        half = canvas.width_of(text) / 2
        x = min(max(left + tick / scale.end * (right - left), half), canvas.width - half)
        canvas.text("quiet", x, bottom + 4 + canvas.leading / 2, text, anchor="middle")
    y = bottom + 4 + canvas.leading * 1.5
    canvas.text("ink", (left + right) / 2, y, scale.unit, anchor="middle")


def _draw_bar(
    canvas: Canvas, row: Bar, at: tuple[float, float, float], middle: float, thick: float
) -> None:
    left, right, end = at
    every = [(row.parts, middle, thick)]
    if row.below:
        half = (thick - 1) / 2
        every = [
            (row.parts, middle - half / 2 - 0.5, half),
            (row.below, middle + half / 2 + 0.5, half),
        ]
    for parts, line, tall in every:
        x = left
        for part in parts:
            long = part.length / end * (right - left)
            fill = Fill(part.fill) if isinstance(part.fill, str) else part.fill
            canvas.filled(fill, x, line - tall / 2, long, tall)
            wide = canvas.width_of(part.label)
            if part.label and wide + ROOM <= long:
                if fill.pattern:
                    # On white paper: nothing can be read among the lines of a pattern.
                    canvas.rect("paper-fill", x + (long - wide) / 2 - 2.5, line - 7, wide + 5, 14)
                ink = "ink" if fill.pattern else part.ink
                canvas.text(ink, x + long / 2, line, part.label, anchor="middle")
            x += long
    if row.tick is not None:
        x = left + row.tick / end * (right - left)
        canvas.line("own-line", x, middle - thick / 2 - 3, x, middle + thick / 2 + 3)
