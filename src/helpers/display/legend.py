"""Legend entries that several charts share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.lines import Line2D

from helpers.display import theme

LINE: dict[str, Any] = {"color": theme.QUIET, "linewidth": 1.1, "linestyle": "--"}
"""A line across all strips."""
HIGHEST: dict[str, Any] = {
    "marker": "o",
    "linestyle": "none",
    "color": "white",
    "markersize": 4.6,
    "markeredgecolor": theme.INK,
    "markeredgewidth": 1.1,
}
"""The dot of the highest value."""


def group_handles(group_names: Sequence[str], *, marked: bool) -> list[Line2D]:
    """Return legend entries of the groups, the highest first.

    Parameters
    ----------
    group_names : sequence of str
        Low to high.
    marked : bool
        Whether the chart draws the marks of the groups, or only bars in their order.
    """
    return [
        Line2D(
            [],
            [],
            marker=theme.GROUPS[group].marker if marked else "",
            color=theme.GROUPS[group].colour,
            linewidth=3.5,
            markersize=7,
            label=group_names[group - 1],
        )
        for group in (4, 3, 2, 1)
    ]


def median_handle() -> Line2D:
    """Return the legend entry of the median tick."""
    return Line2D(
        [],
        [],
        marker="|",
        color=theme.INK,
        linestyle="none",
        markersize=9,
        markeredgewidth=1.3,
        label="Trung vị",
    )


def dot_handle(label: str) -> Line2D:
    """Return the legend entry of the dots."""
    return Line2D(
        [],
        [],
        marker="o",
        color=theme.DOT,
        linestyle="none",
        markersize=4,
        markeredgewidth=0,
        label=label,
    )


def mean_handle() -> Line2D:
    """Return the legend entry of the tick where it stands for a mean."""
    handle = median_handle()
    handle.set_label("Bình quân vùng")
    return handle


def highest_handle() -> Line2D:
    """Return the legend entry of the highest value."""
    return Line2D([], [], label="Cao nhất", **HIGHEST)


def line_handle(label: str) -> Line2D:
    """Return the legend entry of a line across all strips."""
    return Line2D([], [], label=label, **LINE)
