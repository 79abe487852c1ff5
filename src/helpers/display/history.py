"""Small multiples over the years, on which a change of method is a gap and never a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from helpers.display import theme
from helpers.words import numbers

COLUMNS = 3
PANEL = 1.62
LEGEND = 0.4
"""Inches: height of a row of panels, and of the legend above them."""
FEW_YEARS = 5
"""A span of so many years leaves room for a label at every point, and for every value in a sentence."""
BAND = 0.12
"""Half the width of the mark of a break, in years."""
LABEL_YEARS = 0.35
LABEL_AWAY = 0.2
"""Half the width of a label, in years, and the way to its middle, in spans of a panel."""


@dataclass(frozen=True)
class Panel:
    """One criterion over the years.

    Parameters
    ----------
    code, name : str
    rows : DataFrame
        ``year, value, median, segment``, ascending by year; ``doubted``, where a source is not
        trusted, makes a mark hollow.
    breaks : tuple of int
        First years of a new method.
    """

    code: str
    name: str
    rows: pd.DataFrame
    breaks: tuple[int, ...]


@dataclass(frozen=True)
class Stretch:
    """Two neighbouring points that may be joined by a line.

    Parameters
    ----------
    years, heights, medians : tuple of float
        Of the two points; heights are the unit's own values.
    style : str
        Solid between years next to each other, dotted across years without data.
    """

    years: tuple[float, float]
    heights: tuple[float, float]
    medians: tuple[float, float]
    style: str


def stretches(rows: pd.DataFrame) -> Iterator[Stretch]:
    """Yield what may be joined by a line.

    Parameters
    ----------
    rows : DataFrame
        ``year, value, median, segment``, ascending by year.

    Yields
    ------
    Stretch
        Within one segment.
    """
    columns = (rows[name].tolist() for name in ("year", "value", "median", "segment"))
    for old, new in pairwise(zip(*columns, strict=True)):
        if old[3] == new[3]:
            years, heights, medians = zip(old[:3], new[:3], strict=True)
            yield Stretch(years, heights, medians, "-" if new[0] - old[0] == 1 else ":")


def extent(panel: Panel) -> float:
    """Return the span of a panel's values and medians, in points."""
    both = panel.rows[["value", "median"]]
    return max(float(both.max().max() - both.min().min()), 0.2)


def draw_panel(
    axes: Axes, panel: Panel, years: Sequence[int], span: float, decimals: int = 2
) -> None:
    """Draw one panel; the profile of a province uses it for every index.

    Parameters
    ----------
    axes : Axes
    panel : Panel
    years : sequence of int
        Of all panels, ascending, so that they share an axis.
    span : float
        Points that half the panel holds, a bit more.
    decimals : int
        Of the values written beside the points.
    """
    rows = panel.rows
    for pair in stretches(rows):
        axes.plot(pair.years, pair.medians, pair.style, color=theme.QUIET, linewidth=1.0, zorder=2)
        axes.plot(pair.years, pair.heights, pair.style, color=theme.OWN, linewidth=1.8, zorder=3)
    axes.plot(rows["year"], rows["median"], "_", color=theme.QUIET, markersize=7, zorder=2)
    axes.plot(
        rows["year"],
        rows["value"],
        "o",
        color=theme.OWN,
        markersize=4.5,
        markeredgewidth=0,
        zorder=4,
    )
    if "doubted" in rows:
        doubted = rows[rows["doubted"]]
        axes.plot(doubted["year"], doubted["value"], **DOUBTED, zorder=5)
    for year in panel.breaks:
        axes.axvspan(year - 0.5 - BAND, year - 0.5 + BAND, **BREAK)
    for _, row in rows[rows["year"].isin(labelled_years(rows, years[-1] - years[0]))].iterrows():
        above = label_above(rows, int(row["year"]), span)
        axes.annotate(
            numbers.decimal(row["value"], decimals),
            (row["year"], row["value"]),
            xytext=(0, 5 if above else -5),
            textcoords="offset points",
            ha="center",
            va="bottom" if above else "top",
            color=theme.OWN,
            fontsize=theme.SMALL,
            fontweight="semibold",
            zorder=6,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4, "alpha": 0.85},
        )
    both = rows[["value", "median"]]
    middle = float(both.max().max() + both.min().min()) / 2
    axes.set_ylim(middle - span * 0.95, middle + span * 0.95)
    axes.yaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 5, 10]))
    theme.decimal_axis(axes.yaxis, 1)
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)
    theme.without_labels(axes)
    room = 0.6 if years[-1] > years[0] else 1.0
    axes.set_xlim(years[0] - room, years[-1] + room)
    shown = year_ticks(years)
    axes.set_xticks(shown, [str(year) for year in shown])
    axes.set_title(
        panel.name, loc="left", fontsize=theme.BODY, fontweight="semibold", color=theme.INK, pad=5
    )


BREAK: dict[str, Any] = {
    "facecolor": theme.BAND,
    "edgecolor": theme.DOT,
    "hatch": "////",
    "linewidth": 0,
    "zorder": 1,
}
"""How a change of method is marked."""
DOUBTED: dict[str, Any] = {
    "marker": "o",
    "linestyle": "none",
    "color": theme.OWN,
    "markersize": 5,
    "markerfacecolor": "white",
}
"""How a value is marked whose source is doubted."""


def label_above(rows: pd.DataFrame, year: int, span: float) -> bool:
    """Return whether the label of a point has more room above it than below it.

    Parameters
    ----------
    rows : DataFrame
        ``year, value, median, segment``, ascending by year.
    year : int
        A year of `rows`.
    span : float
        Points that a panel holds, a bit more than half its height.
    """
    place = rows["year"].tolist().index(year)
    value, median = float(rows["value"].iloc[place]), float(rows["median"].iloc[place])
    near = [median]
    for pair in stretches(rows):
        if year in pair.years:
            at = np.clip([year - LABEL_YEARS, year + LABEL_YEARS], *pair.years)
            for heights in (pair.heights, pair.medians):
                near += np.interp(at, pair.years, heights).tolist()
    # The country is not known in every year; what is not drawn crowds nothing.
    near = [y for y in near if not np.isnan(y)]

    def crowding(sign: int) -> float:
        middle = value + sign * LABEL_AWAY * span
        return sum(max(0.0, LABEL_AWAY * span - abs(y - middle)) for y in near)

    above, below = crowding(1), crowding(-1)
    return above < below or (above == below and not value < median)


def labelled_years(rows: pd.DataFrame, span: int) -> list[int]:
    """Return the years whose values are written: all of a short span, else the ends that matter.

    Of a long span these are the last year, and the first of its stretch if that is far enough from it
    for two labels.

    Parameters
    ----------
    rows : DataFrame
        ``year, segment``, ascending by year.
    span : int
        Years from the first to the last on the axis.
    """
    years = [int(year) for year in rows["year"]]
    if span < FEW_YEARS:
        return years
    stretch = rows.loc[rows["segment"] == rows["segment"].iloc[-1], "year"]
    first = int(stretch.iloc[0])
    return [first, years[-1]] if (years[-1] - first) * 5 >= span else [years[-1]]


def year_ticks(years: Sequence[int]) -> list[int]:
    """Return the years on the axis: each of a short span, every second or fifth of a long one."""
    first, last = years[0], years[-1]
    if last - first < FEW_YEARS:
        return list(range(first, last + 1))
    step = 2 if last - first <= 8 else 4
    return list(range(last, first - 1, -step))[::-1]
