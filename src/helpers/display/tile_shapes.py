"""The shapes of the tile-grid map, drawn in inches: tiles, archipelagos, swatches of the legend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Polygon, Rectangle

from helpers.display import matplotlib_theme as theme
from helpers.places import Tile

COLUMN = 0.6
LINE = 0.355
GAP = 0.03
"""Width and height of a tile with its gap, and the gap."""
SWATCH = (0.3, 0.2)
FOLD = 0.09
_LABEL = 8
"""Letters in a line of a label."""

_EMPTY: dict[str, Any] = {
    "facecolor": "white",
    "edgecolor": theme.DOT,
    "hatch": "////",
    "linewidth": 0.8,
}
_PAPER: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}
_ISLANDS = ((0.14, 0.10), (0.26, 0.17), (0.36, 0.09), (0.30, 0.25), (0.45, 0.2), (0.17, 0.23))


def unit(axes: Axes, tile: Tile, group: int | None, *, is_own: bool, is_merged: bool) -> None:
    """Draw the tile of a unit, without the mark of its group (see :func:`marks`).

    Parameters
    ----------
    axes : Axes
        Scaled in inches.
    tile : Tile
    group : int or None
        1 lowest to 4 highest; None hatches the tile.
    is_own : bool
        Whether the report is about the unit.
    is_merged : bool
        Whether the unit was formed of several; its corner is folded.
    """
    x, y = _corner(tile)
    middle = x + (COLUMN - GAP) / 2
    if group is None:
        axes.add_patch(_box(x, y, zorder=2, **_EMPTY))
        ink, line = theme.INK, y + (LINE - GAP) / 2
    else:
        style = theme.GROUPS[group]
        axes.add_patch(_box(x, y, facecolor=style.colour, edgecolor="none", zorder=2))
        ink, line = style.on_colour, y + (0.11 if _one_line(tile) else 0.112)
    label = theme.wrapped(tile.label, _LABEL)
    axes.text(
        middle,
        line,
        label,
        ha="center",
        va="center",
        color=ink,
        fontsize=theme.SMALL,
        linespacing=0.88,
        fontweight="bold" if is_own else "medium",
        zorder=5,
        bbox=_PAPER if group is None else None,
    )
    if is_merged:
        _fold(axes, x + COLUMN - GAP, y)
    if is_own:
        for colour, width in (("white", 4.4), (theme.OWN, 2.8)):
            # Just outside the tile, so that the outline leaves the label room.
            axes.add_patch(
                Rectangle(
                    (x - GAP / 2, y - GAP / 2),
                    COLUMN,
                    LINE,
                    fill=False,
                    edgecolor=colour,
                    linewidth=width,
                    zorder=6,
                )
            )


def _one_line(tile: Tile) -> bool:
    return len(tile.label) <= _LABEL


def marks(axes: Axes, tiles_of: Mapping[int, Sequence[Tile]]) -> None:
    """Draw the marks of the groups on their tiles; a line for each mark would take most of the time."""
    for group, tiles in tiles_of.items():
        corners = [_corner(tile) for tile in tiles]
        across = [x + (COLUMN - GAP) / 2 for x, _ in corners]
        down = [0.237 if _one_line(tile) else 0.277 for tile in tiles]
        heights = [y + mark for (_, y), mark in zip(corners, down, strict=True)]
        _mark(axes, across, heights, group)


def archipelago(axes: Axes, tile: Tile) -> None:
    """Draw an archipelago: islands in a dashed frame, its full name below."""
    x, y = _corner(tile)
    axes.add_patch(
        _box(
            x, y, facecolor="white", edgecolor=theme.QUIET, linewidth=0.9, linestyle="--", zorder=2
        )
    )
    across, down = ([x + i for i, _ in _ISLANDS], [y + j for _, j in _ISLANDS])
    axes.plot(across, down, "o", color=theme.QUIET, markersize=2.4, markeredgewidth=0, zorder=3)
    name, bracket, owner = tile.label.partition("(")
    axes.text(
        x + (COLUMN - GAP) / 2,
        y + LINE,
        f"{theme.wrapped(name.strip(), 10)}\n{bracket}{owner}".strip(),
        ha="center",
        va="top",
        fontsize=theme.SMALL,
        linespacing=1.15,
        zorder=5,
    )


def swatch(axes: Axes, x: float, y: float, group: int | None) -> None:
    """Draw the legend's sample of a group, or of a tile without data."""
    if group is None:
        axes.add_patch(Rectangle((x, y), *SWATCH, **_EMPTY))
        return
    colour = theme.GROUPS[group].colour
    axes.add_patch(Rectangle((x, y), *SWATCH, facecolor=colour, edgecolor="none", zorder=2))
    _mark(axes, [x + SWATCH[0] / 2], [y + SWATCH[1] / 2], group)


def folded_swatch(axes: Axes, x: float, y: float) -> None:
    """Draw the legend's sample of a unit formed by merger."""
    axes.add_patch(Rectangle((x, y), *SWATCH, facecolor=theme.DOT, edgecolor="none", zorder=2))
    _fold(axes, x + SWATCH[0], y)


def own_swatch(axes: Axes, x: float, y: float) -> None:
    """Draw the legend's sample of the unit that the report is about."""
    axes.add_patch(Rectangle((x, y), *SWATCH, fill=False, edgecolor=theme.OWN, linewidth=2.4))


def _corner(tile: Tile) -> tuple[float, float]:
    return tile.column * COLUMN + GAP / 2, tile.row * LINE + GAP / 2


def _box(x: float, y: float, **style: Any) -> Rectangle:
    return Rectangle((x, y), COLUMN - GAP, LINE - GAP, **style)


def _mark(axes: Axes, x: Sequence[float], y: Sequence[float], group: int) -> None:
    style = theme.GROUPS[group]
    axes.plot(
        x, y, style.marker, color=style.on_colour, markersize=4.5, markeredgewidth=0, zorder=4
    )


def _fold(axes: Axes, right: float, top: float) -> None:
    """Fold the upper right corner of a tile, the mark of a unit formed by merger."""
    corners = [(right - FOLD, top), (right, top), (right, top + FOLD)]
    axes.add_patch(Polygon(corners, facecolor="white", edgecolor="none", zorder=3))
