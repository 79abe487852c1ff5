"""Two values a row on one scale, or one: end and start of a year, two groups of households."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from helpers.display.canvas import Canvas, is_narrow, root
from helpers.display.keys import Entry, draw_keys
from helpers.display.strips import ticks_of
from helpers.words import numbers

NAMES = 215.0
ROW = 25.0


class Pair(NamedTuple):
    """One row.

    Parameters
    ----------
    name : str
    value : float or None
        None where it may not be told.
    other : float or None
        The second value; None where there is none.
    label : str
        What is written beside the row: the first value, or that it is not told.
    """

    name: str
    value: float | None
    other: float | None
    label: str


class Look(NamedTuple):
    """How the second value is drawn, what joins it, and the words of the scale.

    Parameters
    ----------
    other : str
        Role of the second mark: ``best`` a hollow dot, ``fill-mark`` a square.
    joined : str
        ``pair`` for a line between the two values, ``zero`` for one from zero.
    unit : str
    entries : tuple of Entry
    """

    other: str
    joined: str
    unit: str
    entries: tuple[Entry, ...]


def points(rows: Sequence[Pair], look: Look, width: int) -> str:
    """Draw rows below each other, from zero on.

    Parameters
    ----------
    rows : sequence of Pair
    look : Look
    width : int
        Units.

    Returns
    -------
    str
        SVG.
    """
    canvas = Canvas(width)
    narrow = is_narrow(width)
    top = draw_keys(canvas, look.entries) + 6
    taken = max(canvas.width_of(row.label, bold=True) for row in rows)
    names = [canvas.lines_of(row.name, width - taken - 10 if narrow else NAMES) for row in rows]
    if narrow:
        left, right = 6.0, width - 8.0
        heights = [len(name) * canvas.leading + 18 for name in names]
    else:
        longest = max(canvas.width_of(line) for name in names for line in name)
        left, right = min(NAMES, longest) + 16, width - taken - 14
        heights = [max(ROW, len(name) * canvas.leading + 6) for name in names]
    bottom = top + sum(heights)
    end = max([value for row in rows for value in row[1:3] if value is not None] + [0.5]) * 1.03

    def at(value: float) -> float:
        return left + value / end * (right - left)

    ticks, decimals = ticks_of(0.0, end, 5 if narrow else 8)
    for tick in ticks:
        canvas.line("grid", at(tick), top, at(tick), bottom + 3)
    for tick in ticks:
        text = numbers.decimal(tick, decimals)
        half = canvas.width_of(text) / 2
        x = min(max(at(tick), half), width - half)
        canvas.text("quiet", x, bottom + 4 + canvas.leading / 2, text, anchor="middle")
    y = bottom + 4 + canvas.leading * 1.5
    canvas.text("ink", (left + right) / 2, y, look.unit, anchor="middle")
    y = top
    for row, name, tall in zip(rows, names, heights, strict=True):
        middle = y + tall - 9 if narrow else y + tall / 2
        first = y + canvas.leading / 2 if narrow else middle - (len(name) - 1) * canvas.leading / 2
        canvas.lines("ink-label", 0, first, name)
        told = row.value is not None
        role = "own-label" if told else "quiet-label"
        if narrow:
            canvas.text(role, width, first, row.label, anchor="end", bold=told)
        else:
            canvas.text(role, right + 10, middle, row.label, bold=told)
        if row.value is not None:
            x = at(row.value)
            second = None if row.other is None else at(row.other)
            if look.joined == "zero":
                canvas.line("grid", left, middle, max(x, second or x), middle)
            elif second is not None:
                canvas.line("hatch", second, middle, x, middle)
            if second is not None and look.other == "best":
                canvas.circle("best", second, middle, 4)
            elif second is not None:
                canvas.mark(look.other, "s", second, middle, 4.6)
            canvas.mark("own-mark", "D", x, middle, 4.6)
        y += tall
    return root(width, bottom + 2 * canvas.leading + 8, canvas.body())
