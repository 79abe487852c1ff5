"""Strips: where units lie in the whole spread of each criterion."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from helpers.display.canvas import Canvas, is_narrow, root
from helpers.display.keys import Entry, draw_keys
from helpers.display.theme import GROUPS
from helpers.words import numbers

LEVELS = 3
"""Dots that would overlap are moved up or down by at most so many levels."""
STEP = 4.7
DOT = 4.4
"""Units between two levels, and the width of a dot."""
ROW = 60.0
"""Units of a strip in the wide layout, the lane of the own label included."""
NAMES = 150.0
BESIDE = 62.0
"""Units for the names, and for a column of text without a name in it."""
NAMED = 118.0


class Own(NamedTuple):
    """The unit that a strip marks: its place among the values, its group (0: none), its label."""

    place: int
    value: float
    group: int
    label: str


class Strip(NamedTuple):
    """One row of the chart.

    Parameters
    ----------
    name : str
    values : tuple of float
        One a unit, in points, in any order.
    groups : tuple of int
        Of each value, 1 lowest to 4 highest; empty if the row shows no groups.
    middle : float or None
        Drawn as a tick across the dots: median or mean.
    beside : tuple of str
        Text beside the strip, one for each heading; a line break parts a value from a name.
    """

    name: str
    values: tuple[float, ...]
    groups: tuple[int, ...]
    middle: float | None
    beside: tuple[str, ...]


class Line(NamedTuple):
    """A line across all strips: its value and the role it is drawn in."""

    value: float
    role: str


class Look(NamedTuple):
    """What all strips of a chart share.

    Parameters
    ----------
    headings : tuple of str
        Of the text beside the strips.
    entries : tuple of Entry
        Of the legend.
    unit : str
        What the scale measures.
    lines : tuple of Line
    widest : str
        The longest label that a unit may have, which keeps its room on a phone.
    decimals : int or None
        Of the scale; None for as few as its steps need.
    """

    headings: tuple[str, ...]
    entries: tuple[Entry, ...]
    unit: str
    lines: tuple[Line, ...] = ()
    widest: str = ""
    decimals: int | None = None


class Ground(NamedTuple):
    """What the charts of all units share, drawn once a year and width."""

    width: int
    height: float
    body: str
    scale: tuple[float, float, float, float]
    rows: tuple[tuple[float, float], ...]
    """Middle of the dots and of the lane of the own label, of each strip."""
    levels: tuple[tuple[int, ...], ...]


def strip(strips: Sequence[Strip], look: Look, width: int, owns: Sequence[Own] = ()) -> str:
    """Draw strips below each other on one scale.

    Parameters
    ----------
    strips : sequence of Strip
    look : Look
    width : int
        Units.
    owns : sequence of Own
        The unit in each strip; empty if none is marked.

    Returns
    -------
    str
        SVG.
    """
    return over(ground(strips, look, width), owns)


def ground(strips: Sequence[Strip], look: Look, width: int) -> Ground:
    """Draw what the charts of all units share (see :func:`strip`)."""
    canvas = Canvas(width)
    top = draw_keys(canvas, look.entries) + 6
    narrow = is_narrow(width)
    columns = [] if narrow else _columns(canvas, strips, look.headings)
    left = 7.0 if narrow else _name_room(canvas, strips)
    right = width - 7.0 - (0 if narrow else sum(columns) + 6)
    low, high = common_range(strips, look.lines)
    scale = (low, high, left, right)
    tops, heights, middles = [], [], []
    y = top if narrow or not look.headings else top + canvas.leading
    for one in strips:
        above, below = _room(canvas, one, look, narrow=narrow)
        tops.append(y)
        middles.append(y + above)
        heights.append(above + below)
        y += above + below
    bottom = y
    _axis(canvas, scale, look, top if narrow else tops[0] - 2, bottom)
    for line in look.lines:
        x = _at(scale, line.value)
        canvas.line(line.role, x, tops[0], x, bottom)
    levels = []
    for one, start, middle in zip(strips, tops, middles, strict=True):
        placed = swarm(one.values, (DOT + 0.7) * (high - low) / (right - left))
        levels.append(tuple(placed))
        _draw_strip(canvas, one, scale, middle, placed)
        _write_names(canvas, one, look, scale, (start, middle), columns)
    if columns:
        x = right + 13
        for heading, room in zip(look.headings, columns, strict=True):
            canvas.text("quiet", x, top + canvas.leading / 2, heading)
            x += room
    lane = [(start + canvas.leading / 2 + (0 if narrow else 1)) for start in tops]
    return Ground(
        width,
        bottom + 2 * canvas.leading + (0 if narrow else 2),
        canvas.body(),
        scale,
        tuple(zip(middles, lane, strict=True)),
        tuple(levels),
    )


def over(below: Ground, owns: Sequence[Own]) -> str:
    """Lay the marks of one unit over the ground of its year.

    Parameters
    ----------
    below : Ground
    owns : sequence of Own
        The unit in each strip; empty if none is marked.
    """
    canvas = Canvas(below.width)
    left, right = below.scale[2:]
    for own, (middle, lane), levels in zip(owns, below.rows, below.levels, strict=False):
        x, y = _at(below.scale, own.value), middle + levels[own.place] * STEP
        if own.group:
            canvas.mark(f"mark{own.group}", GROUPS[own.group].marker, x, y, 6)
        else:
            canvas.mark("own-mark", "D", x, y, 6)
        if is_narrow(below.width) and own.group:
            canvas.text("own", below.width, lane, own.label, anchor="end", bold=True)
        else:
            half = canvas.width_of(own.label, bold=True) / 2
            centre = min(max(x, left - 5 + half), right + 5 - half)
            canvas.text("own-label", centre, lane, own.label, anchor="middle", bold=True)
    return root(below.width, below.height, below.body + canvas.body())


def common_range(strips: Sequence[Strip], lines: Sequence[Line] = ()) -> tuple[float, float]:
    """Return a scale in half steps that holds every value, with room for the marks."""
    values = [value for one in strips for value in one.values] + [line.value for line in lines]
    low, high = min(values), max(values)
    room = (high - low) * 0.03 or 0.5
    half = nice_step(high - low + 2 * room, 9) / 2
    return math.floor((low - room) / half) * half, math.ceil((high + room) / half) * half


def nice_step(span: float, most: int) -> float:
    """Return the smallest step of 1, 2 or 5 times a power of ten that parts `span` at most so often."""
    power = 10.0 ** math.floor(math.log10(span / most)) if span > 0 else 1.0
    return next(
        step for step in (power, 2 * power, 5 * power, 10 * power) if span / step <= most + 1e-9
    )


def ticks_of(low: float, high: float, most: int) -> tuple[list[float], int]:
    """Return the ticks of a scale and the decimals that they need."""
    step = nice_step(high - low, most)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [tick * step for tick in range(first, last + 1)], max(
        0, -math.floor(math.log10(step) + 1e-9)
    )


def swarm(values: Sequence[float], diameter: float, levels: int = LEVELS) -> list[int]:
    """Return a level for each value so that dots on one level do not overlap where there is room.

    Parameters
    ----------
    values : sequence of float
        In any order.
    diameter : float
        Width of a dot, on the scale of the values.
    levels : int
        Highest level up and down; dots that fit nowhere go to the emptiest level.

    Returns
    -------
    list of int
        In the order of `values`; 0 is the middle.
    """
    choices = [0, *(sign * level for level in range(1, levels + 1) for sign in (1, -1))]
    last = dict.fromkeys(choices, -math.inf)
    found = [0] * len(values)
    for place in sorted(range(len(values)), key=lambda i: (values[i], i)):
        free = (level for level in choices if values[place] - last[level] >= diameter)
        level = next(free, min(choices, key=lambda choice: last[choice]))
        found[place], last[level] = level, values[place]
    return found


def group_spans(values: Sequence[float], groups: Sequence[int]) -> list[tuple[int, float, float]]:
    """Return group, left and right end of the stretch of each group, low to high.

    Neighbouring groups meet halfway between their nearest values.
    """
    of_group: dict[int, list[float]] = {}
    for value, group in zip(values, groups, strict=True):
        of_group.setdefault(group, []).append(value)
    present = sorted(of_group)
    borders = [(max(of_group[low]) + min(of_group[high])) / 2 for low, high in pairwise(present)]
    bounds = [min(of_group[present[0]]), *borders, max(of_group[present[-1]])]
    return [
        (group, left, right) for group, (left, right) in zip(present, pairwise(bounds), strict=True)
    ]


def value_and_name(value: float, name: str, decimals: int) -> str:
    """Return the text beside a strip that names a unit: value, then name on the next line."""
    return f"{numbers.decimal(value, decimals)}\n{name}"


def _at(scale: tuple[float, float, float, float], value: float) -> float:
    low, high, left, right = scale
    return left + (value - low) / (high - low) * (right - left)


def _name_room(canvas: Canvas, strips: Sequence[Strip]) -> float:
    if not any(one.name for one in strips):
        return 7.0
    lines = [line for one in strips for line in canvas.lines_of(one.name, NAMES)]
    return min(NAMES, max(map(canvas.width_of, lines))) + 14


def _columns(canvas: Canvas, strips: Sequence[Strip], headings: Sequence[str]) -> list[float]:
    named = [any("\n" in one.beside[place] for one in strips) for place in range(len(headings))]
    return [
        NAMED if has_name else max(BESIDE, canvas.width_of(heading) + 14)
        for has_name, heading in zip(named, headings, strict=True)
    ]


def _room(canvas: Canvas, one: Strip, look: Look, *, narrow: bool) -> tuple[float, float]:
    """Return the units above and below the middle of the dots."""
    reach = LEVELS * STEP + DOT / 2 + 4
    lead = canvas.leading
    if not narrow:
        beside = max((len(canvas.lines_of(t, NAMED - 8)) for t in one.beside), default=1)
        names = len(canvas.lines_of(one.name, NAMES))
        tall = max(ROW, lead * max(beside, names) + 8)
        return lead + reach + (tall - ROW) / 2, tall - lead - reach - (tall - ROW) / 2
    if not one.name:
        return lead + reach + 2, reach + 4
    above = lead * len(_narrow_name(canvas, one, look)) + reach
    below = reach + 4 + lead * len(_narrow_beside(canvas, one, look)) + 10
    return above, below


def _narrow_name(canvas: Canvas, one: Strip, look: Look) -> list[str]:
    taken = canvas.width_of(look.widest, bold=True) + 12 if look.widest else 0
    return canvas.lines_of(one.name, canvas.width - taken, bold=True)


def _narrow_beside(canvas: Canvas, one: Strip, look: Look) -> list[str]:
    lines: list[str] = []
    for heading, text in zip(look.headings, one.beside, strict=True):
        told = f"{heading} {' '.join(text.split())}"
        longer = f"{lines[-1]} · {told}" if lines else told
        if lines and canvas.width_of(longer) <= canvas.width:
            lines[-1] = longer
        else:
            lines += canvas.lines_of(told, canvas.width)
    return lines


def _axis(
    canvas: Canvas,
    scale: tuple[float, float, float, float],
    look: Look,
    top: float,
    bottom: float,
) -> None:
    low, high, left, right = scale
    ticks, needed = ticks_of(low, high, 5 if is_narrow(canvas.width) else 7)
    decimals = needed if look.decimals is None else max(needed, look.decimals)
    for tick in ticks:
        x = _at(scale, tick)
        canvas.line("grid", x, top, x, bottom + 3)
    canvas.line("grid", left, bottom, right, bottom)
    for tick in ticks:
        text = numbers.decimal(tick, decimals)
        half = canvas.width_of(text) / 2
        x = min(max(_at(scale, tick), half), canvas.width - half)
        canvas.text("quiet", x, bottom + 4 + canvas.leading / 2, text, anchor="middle")
    if look.unit:
        y = bottom + 4 + canvas.leading * 1.5
        canvas.text("ink", (left + right) / 2, y, look.unit, anchor="middle")


def _draw_strip(
    canvas: Canvas,
    one: Strip,
    scale: tuple[float, float, float, float],
    middle: float,
    levels: Sequence[int],
) -> None:
    places = [
        (_at(scale, value), middle + level * STEP)
        for value, level in zip(one.values, levels, strict=True)
    ]
    canvas.points("dots", places)
    foot = middle + LEVELS * STEP + DOT / 2 + 2.5
    if one.groups:
        best = max(range(len(places)), key=lambda place: one.values[place])
        canvas.circle("best", *places[best], 3)
        for group, left, right in group_spans(one.values, one.groups):
            start, end = _at(scale, left), _at(scale, right)
            canvas.rect(f"bar{group}", start, foot - 1.5, end - start, 4)
    if one.middle is not None:
        x = _at(scale, one.middle)
        canvas.line("tick", x, middle - LEVELS * STEP - 3, x, foot + 2.5)


def _write_names(
    canvas: Canvas,
    one: Strip,
    look: Look,
    scale: tuple[float, float, float, float],
    at: tuple[float, float],
    columns: Sequence[float],
) -> None:
    start, middle = at
    if is_narrow(canvas.width):
        if one.name:
            first = start + canvas.leading / 2
            canvas.lines("ink-label", 0, first, _narrow_name(canvas, one, look), bold=True)
            below = middle + LEVELS * STEP + DOT / 2 + 8 + canvas.leading / 2
            canvas.lines("quiet-label", 0, below, _narrow_beside(canvas, one, look))
        return
    names = canvas.lines_of(one.name, NAMES) if one.name else []
    canvas.lines("ink", 0, middle - (len(names) - 1) * canvas.leading / 2, names)
    x = scale[3] + 13
    for text, room in zip(one.beside, columns, strict=True):
        lines = canvas.lines_of(text, room - 8)
        canvas.lines("ink", x, middle - (len(lines) - 1) * canvas.leading / 2, lines)
        x += room
