"""The look of charts that matplotlib draws: font and grid; colours are those of all charts.

Nothing is set for good: :func:`theme` holds for a ``with`` block, so that the settings of a
researcher's own session stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, cast

import fontpkg
import matplotlib as mpl
import seaborn as sns
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from helpers.display.theme import BAND, DOT, FONT, GROUPS, INK, OWN, QUIET, RULE, wrapped
from helpers.words import numbers

__all__ = [
    "BAND",
    "BODY",
    "DOT",
    "FONT",
    "GROUPS",
    "INK",
    "OWN",
    "QUIET",
    "RULE",
    "SMALL",
    "WIDTH",
    "decimal_axis",
    "font_files",
    "new_figure",
    "settings",
    "theme",
    "without_labels",
    "wrapped",
]

WIDTH = 7.2
"""Inches: the text width of an A4 page, and a readable width on the web."""

SMALL = 8.0
"""Points; no text is smaller in print."""
BODY = 9.0


@cache
def font_files() -> tuple[Path, ...]:
    """Return the font files that charts are set in, and make them known to matplotlib.

    Returns
    -------
    tuple of Path
        Regular, medium, semibold, bold and italic.
    """
    folder = Path(fontpkg.path(FONT)).parent
    weights = ("Regular", "Medium", "SemiBold", "Bold", "Italic")
    files = tuple(folder / f"{FONT.replace(' ', '')}-{weight}.ttf" for weight in weights)
    for file in files:
        font_manager.fontManager.addfont(file)
    return files


@cache
def settings() -> dict[str, Any]:
    """Return the matplotlib settings of the theme.

    Text is drawn as paths, since a reader's machine need not have the font, and identifiers in SVG
    are salted, so that the same numbers give the same bytes.
    """
    font_files()
    return {
        **sns.axes_style("ticks"),
        **sns.plotting_context("paper"),
        "font.family": [FONT],
        "font.sans-serif": [FONT],
        "font.size": BODY,
        "axes.labelsize": BODY,
        "xtick.labelsize": SMALL,
        "ytick.labelsize": SMALL,
        "legend.fontsize": SMALL,
        "legend.frameon": False,
        "text.color": INK,
        "axes.labelcolor": INK,
        "axes.edgecolor": RULE,
        "axes.linewidth": 0.8,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.unicode_minus": True,
        "axes.axisbelow": True,
        # Titles stand at the top edge; to look for something above it means to lay out all ticks twice.
        "axes.titley": 1.0,
        "grid.color": RULE,
        "grid.linewidth": 0.6,
        "xtick.color": RULE,
        "ytick.color": RULE,
        "xtick.labelcolor": QUIET,
        "ytick.labelcolor": QUIET,
        "xtick.major.size": 3.0,
        "ytick.major.size": 0.0,
        "figure.facecolor": "white",
        "savefig.facecolor": "white",
        "savefig.bbox": None,
        "hatch.linewidth": 0.6,
        "svg.fonttype": "path",
        "svg.hashsalt": "chiso",
        "path.simplify": True,
    }


@contextmanager
def theme() -> Iterator[None]:
    """Draw in the theme inside a ``with`` block; the session's settings are untouched after it."""
    with mpl.rc_context(cast("Any", settings())):
        yield


def new_figure(height: float) -> Figure:
    """Return an empty figure of the common width, outside pyplot's list of open figures.

    Parameters
    ----------
    height : float
        Inches.
    """
    return Figure(figsize=(WIDTH, height), dpi=100)


def without_labels(axes: Axes) -> None:
    """Say that an axis has tick labels only, so that no room is sought for a name beside them."""
    axes.xaxis.set_label_coords(0.5, 0)
    axes.yaxis.set_label_coords(0, 0.5)


def decimal_axis(axis: Axis, decimals: int) -> None:
    """Write the ticks of an axis with a decimal comma, by the one formatter of numbers."""
    axis.set_major_formatter(FuncFormatter(lambda value, _: numbers.decimal(value, decimals)))
