"""Strips: where units lie in the whole spread of each criterion."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from helpers.display import theme
from helpers.display.legend import HIGHEST
from helpers.words import numbers

ROW = 0.62
"""Inches a strip takes, its label lane included."""
LEFT = 1.62
HEAD = 0.62
FOOT = 0.5
LEVELS = 3
"""Dots that would overlap are moved up or down by at most so many levels."""
STEP = 0.07
"""Rows between two levels."""
DOT_SIZE = 3.4
LANE = -0.41
"""Where the label of the own unit stands, in rows above the middle of the dots."""
BAR = 0.33
"""Where the bar of the groups lies, in rows below the middle of the dots."""


@dataclass(frozen=True)
class Own:
    """The unit that a strip marks: value in points, group 1 to 4, and the label beside it."""

    slug: str
    value: float
    group: int
    label: str


@dataclass(frozen=True)
class Strip:
    """One row of the chart.

    Parameters
    ----------
    name : str
        Label of the row, in lines.
    units : DataFrame
        One row a unit: ``slug``, ``value`` (points) and ``group``, 0 if the row shows no groups.
    median : float
        Drawn as a tick across the dots.
    columns : tuple of str
        Text beside the strip, one for each heading.
    """

    name: str
    units: pd.DataFrame
    median: float
    columns: tuple[str, ...]


def draw(
    strips: Sequence[Strip],
    headings: Sequence[str],
    widths: Sequence[float],
    handles: Sequence[Line2D],
) -> Figure:
    """Draw strips below each other on one scale, with columns of text beside them.

    Parameters
    ----------
    strips : sequence of Strip
    headings : sequence of str
        Headings of the text columns.
    widths : sequence of float
        Widths of the text columns, in inches.
    handles : sequence of Line2D
        Entries of the legend.

    Returns
    -------
    Figure
    """
    figure, axes, width = _frame(strips, widths)
    low, high = axes.get_xlim()
    ticks = _ticks(low, high)
    axes.set_xticks(ticks)
    theme.decimal_axis(axes.xaxis, 0 if all(float(t).is_integer() for t in ticks) else 1)
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("Điểm")
    axes.set_yticks(range(len(strips)), [strip.name for strip in strips])
    axes.tick_params(axis="y", labelcolor=theme.INK, pad=6)
    for row, strip in enumerate(strips):
        _draw_strip(axes, row, strip, _diameter(axes, width))
    _draw_columns(axes, strips, headings, widths, width)
    _draw_legend(figure, handles)
    return figure


def draw_own(strips: Sequence[Strip], owns: Sequence[Own], widths: Sequence[float]) -> Figure:
    """Draw the marks of one unit, to be laid over the same strips.

    Parameters
    ----------
    strips : sequence of Strip
    owns : sequence of Own
        The unit in each strip.
    widths : sequence of float
        Widths of the text columns, in inches.
    """
    figure, axes, width = _frame(strips, widths)
    figure.patch.set_visible(False)
    axes.set_axis_off()
    for row, (strip, own) in enumerate(zip(strips, owns, strict=True)):
        levels = swarm(strip.units["value"].tolist(), _diameter(axes, width))
        place = strip.units["slug"].tolist().index(own.slug)
        _draw_mark(axes, row, own, row + levels[place] * STEP)
    return figure


def _frame(strips: Sequence[Strip], widths: Sequence[float]) -> tuple[Figure, Axes, float]:
    """Return a figure, its axes on the common scale, and their width in inches."""
    height = HEAD + ROW * len(strips) + FOOT
    figure = theme.new_figure(height)
    width = theme.WIDTH - LEFT - sum(widths) - 0.05
    axes = figure.add_axes(
        (LEFT / theme.WIDTH, FOOT / height, width / theme.WIDTH, ROW * len(strips) / height)
    )
    axes.set_xlim(*common_range(strips))
    axes.set_ylim(len(strips) - 0.5, -0.5)
    return figure, axes, width


def _diameter(axes: Axes, width: float) -> float:
    low, high = axes.get_xlim()
    return float(high - low) * (DOT_SIZE + 0.6) / 72 / width


def common_range(strips: Sequence[Strip]) -> tuple[float, float]:
    """Return a scale in half points that holds every value, with room for the marks."""
    values = np.concatenate([strip.units["value"].to_numpy() for strip in strips])
    low, high = float(values.min()), float(values.max())
    room = (high - low) * 0.03
    return math.floor((low - room) * 2) / 2, math.ceil((high + room) * 2) / 2


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


def group_spans(values: pd.DataFrame) -> list[tuple[int, float, float]]:
    """Return group, left and right end of the stretch of each group, low to high.

    Neighbouring groups meet halfway between their nearest values.
    """
    edges = values.groupby("group")["value"].agg(["min", "max"]).sort_index()
    borders = [(a + b) / 2 for a, b in zip(edges["max"], edges["min"].iloc[1:], strict=False)]
    bounds = [float(edges["min"].iloc[0]), *borders, float(edges["max"].iloc[-1])]
    return [
        (int(group), left, right)
        for group, (left, right) in zip(edges.index, pairwise(bounds), strict=True)
    ]


def _draw_strip(axes: Axes, row: int, strip: Strip, diameter: float) -> None:
    values = strip.units["value"].tolist()
    offsets = np.array(swarm(values, diameter)) * STEP
    axes.plot(
        values,
        row + offsets,
        "o",
        color=theme.DOT,
        markersize=DOT_SIZE,
        markeredgewidth=0,
        zorder=2,
    )
    if (strip.units["group"] > 0).all():
        best = int(np.argmax(values))
        axes.plot(values[best], row + offsets[best], zorder=4, **HIGHEST)
        for group, left, right in group_spans(strip.units):
            axes.plot(
                [left, right],
                [row + BAR] * 2,
                color=theme.GROUPS[group].colour,
                linewidth=3.5,
                solid_capstyle="butt",
                zorder=2,
            )
    axes.plot([strip.median] * 2, [row - 0.26, row + BAR], color=theme.INK, linewidth=1.3, zorder=3)


def _draw_mark(axes: Axes, row: int, own: Own, height: float) -> None:
    """Draw the mark of a unit over its dot, and its label in the lane above the strip."""
    style = theme.GROUPS[own.group]
    axes.plot(
        [own.value],
        [height],
        style.marker,
        color=style.colour,
        markersize=9,
        markeredgecolor="white",
        markeredgewidth=1.2,
        zorder=5,
    )
    low, high = axes.get_xlim()
    share = (own.value - low) / (high - low)
    side = "left" if share < 0.25 else "right" if share > 0.75 else "center"
    shift = {"left": -4.0, "right": 4.0, "center": 0.0}[side]
    axes.annotate(
        own.label,
        (own.value, row + LANE),
        xytext=(shift, 0),
        textcoords="offset points",
        ha=side,
        va="center",
        color=theme.OWN,
        fontsize=theme.SMALL,
        fontweight="semibold",
        zorder=6,
    )


def _draw_columns(
    axes: Axes,
    strips: Sequence[Strip],
    headings: Sequence[str],
    widths: Sequence[float],
    axes_width: float,
) -> None:
    at = 1 + 0.1 / axes_width
    for number, (heading, width) in enumerate(zip(headings, widths, strict=True)):
        axes.annotate(
            heading,
            (at, 1),
            xytext=(0, 3),
            xycoords="axes fraction",
            textcoords="offset points",
            va="bottom",
            color=theme.QUIET,
            fontsize=theme.SMALL,
            annotation_clip=False,
        )
        for row, strip in enumerate(strips):
            axes.text(
                at,
                row,
                strip.columns[number],
                transform=axes.get_yaxis_transform(),
                va="center",
                fontsize=theme.SMALL,
                linespacing=1.25,
            )
        at += width / axes_width


def _draw_legend(figure: Figure, handles: Sequence[Line2D]) -> None:
    figure.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(0, 1),
        ncols=len(handles),
        columnspacing=1.1,
        handletextpad=0.5,
        handlelength=1.6,
        borderaxespad=0.2,
    )


def _ticks(low: float, high: float) -> list[float]:
    step = next(s for s in (0.5, 1.0, 2.0, 5.0, 10.0) if (high - low) / s <= 9)
    first = math.ceil(low / step)
    return [tick * step for tick in range(first, math.floor(high / step) + 1)]


def value_and_name(value: float, name: str, decimals: int) -> str:
    """Return the text of a column that names a unit: value, then name on the next line."""
    return f"{numbers.decimal(value, decimals)}\n{name}"
