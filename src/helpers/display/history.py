"""Small multiples over the years, on which a change of method is a gap and never a line."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from helpers.display.canvas import Canvas, is_narrow, root
from helpers.display.keys import Entry, draw_keys
from helpers.display.placing import Box, Segment, crossings
from helpers.display.strips import ticks_of
from helpers.words import numbers

FEW_YEARS = 5
"""A span of so many years leaves room for a label at every point, and for every value in a sentence."""
PLOT_NARROW, PLOT_WIDE = 74.0, 84.0
"""Units of a panel between its title and its years."""
BAND = 5.0
"""Half the width of the mark of a break."""
HALF_DOT = 3.4
AWAY = 11.0
"""Units between a point and the middle of its label."""


class Point(NamedTuple):
    """A value of a year.

    Parameters
    ----------
    year : int
    value : float
    middle : float or None
        Of the country; None where it is not known.
    segment : int
        Points of one segment may be joined by a line.
    doubted : bool
        Whether its source is not trusted; the mark is hollow.
    """

    year: int
    value: float
    middle: float | None
    segment: int
    doubted: bool = False


class Panel(NamedTuple):
    """One criterion over the years.

    Parameters
    ----------
    code, name : str
    points : tuple of Point
        Ascending by year.
    breaks : tuple of int
        First years of a new method.
    decimals : int
        Of the values written beside the points.
    years : tuple of int
        First and last year of the axis.
    span : float
        Points that the panel holds, so that panels can share the length of their scales; 0 for the
        panel's own.
    joined : bool
        Whether the values of the country are joined by lines too.
    others : tuple of tuple
        Years and values of the country without a value of the unit.
    """

    code: str
    name: str
    points: tuple[Point, ...]
    breaks: tuple[int, ...]
    decimals: int
    years: tuple[int, int]
    span: float = 0.0
    joined: bool = True
    others: tuple[tuple[int, float], ...] = ()


class Stretch(NamedTuple):
    """Two neighbouring points that may be joined by a line.

    Parameters
    ----------
    old, new : Point
    dotted : bool
        Across years without data.
    """

    old: Point
    new: Point
    dotted: bool


def stretches(points: Sequence[Point]) -> Iterator[Stretch]:
    """Yield what may be joined by a line: neighbours within one segment."""
    for old, new in pairwise(points):
        if old.segment == new.segment:
            yield Stretch(old, new, new.year - old.year > 1)


def extent(panel: Panel) -> float:
    """Return the span of a panel's values and those of the country, in points."""
    both = _heights(panel)
    return max(both) - min(both)


def history(panels: Sequence[Panel], entries: Sequence[Entry], width: int, columns: int) -> str:
    """Draw panels beside and below each other.

    Parameters
    ----------
    panels : sequence of Panel
    entries : sequence of Entry
        Of the legend.
    width : int
        Units.
    columns : int
        Of panels in the wide layout. A phone has two where the years are few, else one.

    Returns
    -------
    str
        SVG.
    """
    canvas = Canvas(width)
    top = draw_keys(canvas, entries) + 4
    narrow = is_narrow(width)
    if narrow:
        many = max(panel.years[1] - panel.years[0] for panel in panels) >= FEW_YEARS
        columns = 1 if many or columns == 1 or len(panels) == 1 else 2
    columns = min(columns, len(panels))
    gap = 16.0 if narrow else 26.0
    across = (width - gap * (columns - 1)) / columns
    plot = PLOT_NARROW if narrow else PLOT_WIDE
    if columns == 1 and not narrow:
        plot *= 1.6
    for start in range(0, len(panels), columns):
        row = panels[start : start + columns]
        titles = [canvas.lines_of(p.name, across, bold=True) if p.name else [] for p in row]
        head = canvas.leading * max(map(len, titles))
        for place, (panel, title) in enumerate(zip(row, titles, strict=True)):
            left = place * (across + gap)
            canvas.lines("ink", left, top + canvas.leading / 2, title, bold=True)
            _draw_panel(canvas, panel, (left, top + head + 4, across, plot))
        top += head + 4 + plot + canvas.leading + 14
    return root(width, top - 6, canvas.body())


def labelled_years(points: Sequence[Point], span: int) -> list[int]:
    """Return the years whose values are written, the most important first.

    All of a short span. Of a long one the last year, and the first of its stretch if that is far
    enough from it for two labels.

    Parameters
    ----------
    points : sequence of Point
        Ascending by year.
    span : int
        Years from the first to the last on the axis.
    """
    years = [point.year for point in points]
    if span < FEW_YEARS:
        return [years[-1], *years[:-1]]
    first = next(point.year for point in points if point.segment == points[-1].segment)
    return [years[-1], first] if (years[-1] - first) * 5 >= span else [years[-1]]


def _heights(panel: Panel) -> list[float]:
    values = [point.value for point in panel.points]
    middles = [point.middle for point in panel.points if point.middle is not None]
    return [*values, *middles, *(value for _, value in panel.others)]


class _Plot(NamedTuple):
    """Where a panel lies, and its two scales."""

    left: float
    right: float
    top: float
    bottom: float
    years: tuple[int, int]
    room: float
    low: float
    high: float

    def x(self, year: float) -> float:
        first, last = self.years[0] - self.room, self.years[1] + self.room
        return self.left + (year - first) / (last - first) * (self.right - self.left)

    def y(self, value: float) -> float:
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)


def _draw_panel(canvas: Canvas, panel: Panel, box: tuple[float, float, float, float]) -> None:
    left, top, across, tall = box
    both = _heights(panel)
    middle = (max(both) + min(both)) / 2
    span = max(panel.span, extent(panel)) or abs(middle) * 0.02 or 1.0
    # The labels of the highest and the lowest point need room inside the panel.
    margin = canvas.leading + 3
    beyond = span / 2 * tall / (tall - 2 * margin)
    low, high = middle - beyond, middle + beyond
    # Two ticks at least whose numbers fit beside the panel, or the scale is not told.
    least, most = low + (high - low) * 2 / tall, high - (high - low) * 4 / tall
    scales = (ticks_of(least, most, parts) for parts in (3, 4, 5, 8))
    ticks, decimals = next(found for found in scales if len(found[0]) > 1)
    written = [numbers.decimal(tick, decimals) for tick in ticks]
    axis = max(map(canvas.width_of, written)) + 6
    room = 0.6 if panel.years[1] > panel.years[0] else 1.0
    plot = _Plot(left + axis, left + across, top, top + tall, panel.years, room, low, high)
    for tick, text in zip(ticks, written, strict=True):
        y = plot.y(tick)
        canvas.line("grid", plot.left, y, plot.right, y)
        canvas.text("quiet", plot.left - 6, y, text, anchor="end")
    for year in panel.breaks:
        canvas.hatched(plot.x(year - 0.5) - BAND, top, 2 * BAND, tall)
    _write_years(canvas, panel, plot)
    obstacles = _draw_lines(canvas, panel, plot)
    _write_values(canvas, panel, plot, obstacles)


def _write_years(canvas: Canvas, panel: Panel, plot: _Plot) -> None:
    """Write the last year and as many before it, evenly spaced, as fit."""
    first, last = panel.years
    need = canvas.width_of("2024") + 8
    a_year = (plot.right - plot.left) / (last - first + 2 * plot.room)
    step = max(1, math.ceil(need / a_year))
    for year in range(last, first - 1, -step):
        half = canvas.width_of(str(year)) / 2
        x = min(max(plot.x(year), plot.left - 14 + half), plot.right - half)
        y = plot.bottom + 4 + canvas.leading / 2
        canvas.text("quiet", x, y, str(year), anchor="middle")


def _draw_lines(canvas: Canvas, panel: Panel, plot: _Plot) -> list[Segment]:
    segments: list[Segment] = []
    for old, new, dotted in stretches(panel.points):
        ends = (plot.x(old.year), plot.x(new.year))
        if panel.joined and old.middle is not None and new.middle is not None:
            line = (ends[0], plot.y(old.middle), ends[1], plot.y(new.middle))
            canvas.line("mid-dotted" if dotted else "mid-line", *line)
            segments.append(line)
    for old, new, dotted in stretches(panel.points):
        line = (plot.x(old.year), plot.y(old.value), plot.x(new.year), plot.y(new.value))
        canvas.line("own-dotted" if dotted else "own-line", *line)
        segments.append(line)
    for year in panel.breaks:
        x = plot.x(year - 0.5)
        segments.append((x, plot.top, x, plot.bottom))
    for point in panel.points:
        if point.middle is not None:
            x, y = plot.x(point.year), plot.y(point.middle)
            if panel.joined:
                canvas.line("mid-line", x - 4, y, x + 4, y)
            else:
                canvas.circle("mid-mark", x, y, 3)
            segments.append((x - 4, y, x + 4, y))
    for year, value in panel.others:
        canvas.circle("mid-mark", plot.x(year), plot.y(value), 3)
    for point in panel.points:
        role = "own-hollow" if point.doubted else "own"
        canvas.circle(role, plot.x(point.year), plot.y(point.value), HALF_DOT)
    return segments


def _write_values(canvas: Canvas, panel: Panel, plot: _Plot, obstacles: Sequence[Segment]) -> None:
    """Write values above or below their points, where fewer lines are crossed."""
    taken: list[Box] = []
    own = {point.year: point for point in panel.points}
    dots = [
        Box(x - HALF_DOT, y - HALF_DOT, x + HALF_DOT, y + HALF_DOT)
        for x, y in ((plot.x(p.year), plot.y(p.value)) for p in panel.points)
    ]
    widest = max(
        canvas.width_of(numbers.decimal(v.value, panel.decimals), bold=True) for v in own.values()
    )
    roomy = plot.x(1) - plot.x(0) > widest + 4
    span = FEW_YEARS - 1 if roomy else panel.years[1] - panel.years[0]
    for year in labelled_years(panel.points, span):
        point = own[year]
        text = numbers.decimal(point.value, panel.decimals)
        half, tall = canvas.width_of(text, bold=True) / 2, canvas.size * 0.5
        x = min(max(plot.x(year), plot.left + half), plot.right - half)
        best: tuple[float, float, Box] | None = None
        over_middle = point.middle is None or point.value >= point.middle
        for sign in (-1, 1) if over_middle else (1, -1):
            y = plot.y(point.value) + sign * AWAY
            box = Box(x - half, y - tall, x + half, y + tall)
            if any(box.meets(other) for other in taken):
                continue
            met = crossings(box, obstacles) + sum(box.meets(dot) for dot in dots)
            if best is None or met < best[0]:
                best = (met, y, box)
        if best is not None:
            taken.append(best[2])
            canvas.text("own-label", x, best[1], text, anchor="middle", bold=True)
