"""Rows of values with their intervals on one percentage scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from helpers.display import matplotlib_theme as theme

ROW = 0.27
"""Inches a row takes; each further line of its name adds a part of it."""
LINE_OF_TEXT = 0.15
MOST = 8.0
"""Inches all rows take at most, so that a chart fits on a page; many rows stand closer."""
HEAD = 0.42
FOOT = 0.48
WIDEST_NAMES = 3.0
LETTER = 0.066
RIGHT = 0.72
"""Inches: for the names of the rows at most, for a letter, for the values beside the rows."""
UNKNOWN_LABEL = "Chưa rõ sai số"
"""Entry of the legend for values that have no interval where others have one."""
_MARGIN = 0.04
"""Part of the scale left free at its ends."""


@dataclass(frozen=True)
class Row:
    """One value.

    Parameters
    ----------
    name : str
        Label, in lines.
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


@dataclass(frozen=True)
class Mark:
    """A line across all rows: a mean or a target.

    Parameters
    ----------
    value : float
        Percent.
    label : str
        Entry of the legend.
    dashed : bool
    """

    value: float
    label: str
    dashed: bool = True


def draw(rows: Sequence[Row], marks: Sequence[Mark], marked_label: str, other_label: str) -> Figure:
    """Draw rows below each other, the first on top.

    Parameters
    ----------
    rows : sequence of Row
    marks : sequence of Mark
    marked_label, other_label : str
        Entries of the legend for marked and other rows; an empty one is left out.

    Returns
    -------
    Figure
    """
    heights = [ROW + LINE_OF_TEXT * row.name.count("\n") for row in rows]
    closer = min(1.0, MOST / sum(heights))
    heights = [height * closer for height in heights]
    places = [sum(heights[:i]) + heights[i] / 2 for i in range(len(rows))]
    total = sum(heights)
    height = HEAD + total + FOOT
    figure = theme.new_figure(height)
    longest = max(len(line) for row in rows for line in row.name.split("\n"))
    left = min(WIDEST_NAMES, 0.3 + LETTER * longest)
    width = theme.WIDTH - left - RIGHT
    axes = figure.add_axes((left / theme.WIDTH, FOOT / height, width / theme.WIDTH, total / height))
    low, high = scale(rows, marks)
    axes.set_xlim(low, high)
    axes.set_ylim(total, 0)
    axes.set_xticks(_ticks(low, high))
    theme.decimal_axis(axes.xaxis, 0)
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("Tỷ lệ hài lòng, %")
    axes.set_yticks(places, [row.name for row in rows])
    axes.tick_params(axis="y", labelcolor=theme.INK, pad=6, labelsize=theme.SMALL)
    for text, row in zip(axes.get_yticklabels(), rows, strict=True):
        text.set_fontweight("semibold" if row.marked or row.heading else "normal")
        text.set_color(theme.OWN if row.marked else theme.INK)
    for row, place in zip(rows, places, strict=True):
        if not row.heading:
            _draw_row(axes, row, place)
    for mark in marks:
        axes.axvline(mark.value, zorder=1, **_line(mark))
    _legend(figure, rows, marks, marked_label, other_label)
    return figure


def scale(rows: Sequence[Row], marks: Sequence[Mark]) -> tuple[float, float]:
    """Return a scale inside 0 to 100 that holds all values and intervals."""
    ends = [mark.value for mark in marks]
    for row in rows:
        if not row.heading:
            ends += [end for end in (row.value, row.low, row.high) if math.isfinite(end)]
    low, high = min(ends), max(ends)
    room = max((high - low) * _MARGIN, 0.5)
    return max(0.0, math.floor(low - room)), min(100.5, math.ceil(high + room))


def _draw_row(axes: Axes, row: Row, place: float) -> None:
    colour = theme.OWN if row.marked else theme.GROUPS[3].colour
    if math.isfinite(row.low) and math.isfinite(row.high):
        axes.plot(
            [row.low, row.high], [place] * 2, color=colour, linewidth=1.6, zorder=3, alpha=0.75
        )
    axes.plot(
        [row.value],
        [place],
        "D" if row.marked else "o",
        color=colour,
        markersize=6.2 if row.marked else 5.2,
        zorder=4,
        **_face(colour, known=math.isfinite(row.low)),
    )
    axes.text(
        1.015,
        place,
        row.label,
        transform=axes.get_yaxis_transform(),
        va="center",
        fontsize=theme.SMALL,
        fontweight="semibold" if row.marked else "normal",
        color=theme.OWN if row.marked else theme.INK,
    )


def _face(colour: str, *, known: bool) -> dict[str, Any]:
    """Leave a value hollow whose error is unknown: a bare dot looks most exact."""
    if not known:
        return {"markerfacecolor": "white", "markeredgecolor": colour, "markeredgewidth": 1.2}
    return {"markeredgecolor": "white", "markeredgewidth": 0.9}


def _line(mark: Mark) -> dict[str, Any]:
    return {
        "color": theme.QUIET if mark.dashed else theme.INK,
        "linewidth": 1.1,
        "linestyle": "--" if mark.dashed else ":",
    }


def _legend(
    figure: Figure, rows: Sequence[Row], marks: Sequence[Mark], marked_label: str, other_label: str
) -> None:
    drawn = [row for row in rows if not row.heading]
    known = any(math.isfinite(row.low) for row in drawn)
    handles = []
    for label, marked in ((marked_label, True), (other_label, False)):
        of_kind = [row for row in drawn if row.marked == marked]
        if label and of_kind:
            colour = theme.OWN if marked else theme.GROUPS[3].colour
            with_error = any(math.isfinite(row.low) for row in of_kind)
            handles.append(
                Line2D(
                    [],
                    [],
                    marker="D" if marked else "o",
                    color=colour,
                    linewidth=1.6 if with_error else 0,
                    markersize=5.5,
                    label=label,
                    **_face(colour, known=with_error),
                )
            )
    if known and any(not math.isfinite(row.low) for row in drawn):
        handles.append(
            Line2D(
                [],
                [],
                marker="o",
                color=theme.GROUPS[3].colour,
                markerfacecolor="white",
                linewidth=0,
                markersize=5.5,
                label=UNKNOWN_LABEL,
            )
        )
    handles += [Line2D([], [], label=mark.label, **_line(mark)) for mark in marks]
    figure.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(0, 1),
        ncols=max(len(handles), 1),
        columnspacing=1.3,
        handletextpad=0.5,
        handlelength=1.8,
        borderaxespad=0.2,
    )


def _ticks(low: float, high: float) -> list[float]:
    step = next(s for s in (1.0, 2.0, 5.0, 10.0, 20.0) if (high - low) / s <= 10)
    first = math.ceil(low / step)
    return [tick * step for tick in range(first, math.floor(high / step) + 1)]
