"""The tile-grid map: every unit one tile, coloured and marked by its group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from helpers.display.canvas import Anchor, Canvas, is_narrow, root
from helpers.display.keys import Entry, draw_keys
from helpers.display.lettering import lines_of, width_of
from helpers.display.placing import Box
from helpers.display.theme import GROUPS, TILE_SIZE

COLUMNS = 8
"""Columns of a map on a phone; archipelagos move into the last one."""
WIDE_CELL, WIDE_ROW, NARROW_ROW = 63.0, 27.5, 46.0
LEGEND_ROWS = 9
"""Rows that a legend beside the map takes at most."""
GAP = 1.5
FOLD = 9.0
REACH = 3.4
"""Units of the mark of a group from its middle."""
_ISLANDS = ((0.3, 0.3), (0.46, 0.5), (0.62, 0.28), (0.52, 0.74), (0.76, 0.6), (0.32, 0.68))


class Tile(NamedTuple):
    """One tile.

    Parameters
    ----------
    column, row : int
        From 0; columns grow to the east, rows to the south.
    short, name : str
        What a wide tile and what a narrow one bears.
    group : int or None
        1 lowest to 4 highest; None hatches the tile.
    folded : bool
        Whether the unit was formed of several.
    """

    column: int
    row: int
    short: str
    name: str
    group: int | None
    folded: bool = False


class Islands(NamedTuple):
    """An archipelago: a dashed frame with islands, its full name in lines beside it."""

    column: int
    row: int
    name: str


class Look(NamedTuple):
    """The legend, and which tile the report is about.

    Parameters
    ----------
    heading : str
        Of the legend.
    entries : tuple of Entry
    own : int or None
        Place among the tiles.
    """

    heading: str
    entries: tuple[Entry, ...]
    own: int | None = None


def tiles(units: Sequence[Tile], archipelagos: Sequence[Islands], look: Look, width: int) -> str:
    """Draw the map; a phone has eight columns and whole names, a page short ones.

    Parameters
    ----------
    units : sequence of Tile
    archipelagos : sequence of Islands
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
    cell, tall = (width / COLUMNS, NARROW_ROW) if narrow else (WIDE_CELL, WIDE_ROW)
    left = 0.0 if narrow else _beside(units)
    heading = canvas.lines_of(look.heading, width - left, bold=True)
    canvas.lines("ink", left, 1 + canvas.leading / 2, heading, bold=True)
    below = draw_keys(canvas, look.entries, top=canvas.leading * len(heading) + 4, left=left)
    top = below + 8 if narrow else 1.0
    boxes = [_box(unit.column * cell, top + unit.row * tall, cell, tall) for unit in units]
    _draw_units(canvas, units, boxes, look.own)
    lowest = max(box.bottom for box in boxes)
    for islands in archipelagos:
        column = min(islands.column, COLUMNS - 1) if narrow else islands.column
        x = min(column * cell, width - cell)
        box = _box(x, top + islands.row * tall, cell, tall)
        lowest = max(lowest, _draw_islands(canvas, islands.name, box, boxes))
    return root(width, lowest + 2, canvas.body(), "grid")


def _box(x: float, y: float, cell: float, tall: float) -> Box:
    return Box(x + GAP / 2, y + GAP / 2, x + cell - GAP / 2, y + tall - GAP / 2)


def _beside(units: Sequence[Tile]) -> float:
    """Return where a legend begins that stands right of the upper tiles."""
    return (1 + max(unit.column for unit in units if unit.row < LEGEND_ROWS)) * WIDE_CELL + 22


def _draw_units(
    canvas: Canvas, units: Sequence[Tile], boxes: Sequence[Box], own: int | None
) -> None:
    of_group: dict[int | None, list[int]] = {}
    for place, unit in enumerate(units):
        of_group.setdefault(unit.group, []).append(place)
    known = [number for number in GROUPS if number in of_group]
    for number in known:
        for place in of_group[number]:
            _fill(canvas, f"bar{number}", boxes[place])
    for place in of_group.get(None, []):
        box = boxes[place]
        canvas.hatched(box.left, box.top, box.right - box.left, box.bottom - box.top)
    for unit, box in zip(units, boxes, strict=True):
        if unit.folded:
            _fold(canvas, box)
    lines = [_label(canvas, unit, box) for unit, box in zip(units, boxes, strict=True)]
    for number in known:
        for place in of_group[number]:
            at = _mark_place(canvas, boxes[place], lines[place])
            canvas.mark(f"on{number}", GROUPS[number].marker, *at, REACH)
    for group, places in of_group.items():
        role = "ink-label" if group is None else f"on{group}"
        for place in places:
            if place != own:
                _write(canvas, role, lines[place], boxes[place], bold=False)
    if own is not None:
        box, group = boxes[own], units[own].group
        role = "ink-label" if group is None else f"on{group}"
        _write(canvas, role, lines[own], box, bold=True)
        for frame in ("paper-frame", "own-frame"):
            _fill(canvas, frame, Box(box.left - 1, box.top - 1, box.right + 1, box.bottom + 1))


def _fill(canvas: Canvas, role: str, box: Box) -> None:
    canvas.rect(role, box.left, box.top, box.right - box.left, box.bottom - box.top)


def _fold(canvas: Canvas, box: Box) -> None:
    canvas.path("fold", f"M{box.right - FOLD:g} {box.top:g}h{FOLD:g}v{FOLD:g}Z")


def _size(canvas: Canvas) -> float:
    return TILE_SIZE if is_narrow(canvas.width) else canvas.size


def _label(canvas: Canvas, unit: Tile, box: Box) -> list[str]:
    text = unit.name if is_narrow(canvas.width) else unit.short
    return lines_of(text, _size(canvas), box.right - box.left, bold=True)


def _is_flat(canvas: Canvas, lines: Sequence[str]) -> bool:
    """Return whether a label fills the height of its tile, so that the mark stands beside it."""
    return len(lines) > 1 and not is_narrow(canvas.width)


def _mark_place(canvas: Canvas, box: Box, lines: Sequence[str]) -> tuple[float, float]:
    if _is_flat(canvas, lines):
        return box.left + 6, box.top + 7.5
    low = len(lines) > 2 or not is_narrow(canvas.width)
    return (box.left + box.right) / 2, box.top + (5.0 if low else 7.0)


def _write(canvas: Canvas, role: str, lines: Sequence[str], box: Box, *, bold: bool) -> None:
    size = _size(canvas)
    flat = _is_flat(canvas, lines)
    leading = 12.0 if flat else 1.08 * size
    # Below the mark, in the middle of what is left.
    middle = (box.top + (1.5 if flat else 9.5) + box.bottom) / 2
    y = middle - (len(lines) - 1) * leading / 2
    x = (box.left + box.right) / 2
    for place, line in enumerate(lines):
        at = y + place * leading
        canvas.text(role, x, at, line, anchor="middle", bold=bold, size=size)


def _draw_islands(canvas: Canvas, name: str, box: Box, tiles: Sequence[Box]) -> float:
    """Draw an archipelago and its name where no tile lies; return the lowest line of it."""
    _fill(canvas, "frame", box)
    wide, tall = box.right - box.left, box.bottom - box.top
    for x, y in _ISLANDS:
        canvas.circle("mid-mark", box.left + x * wide, box.top + y * tall, 1.9)
    title, bracket, owner = name.partition("(")
    lines = [title.strip(), *([f"{bracket}{owner}"] if owner else [])]
    if is_narrow(canvas.width):
        lines = [part for line in lines for part in lines_of(line, canvas.size, 2.4 * wide)]
    lead = canvas.leading
    reach = max(width_of(line, canvas.size) for line in lines)
    height = lead * len(lines)
    middle = min((box.left + box.right) / 2, canvas.width - reach / 2)
    choices: list[tuple[float, float, Anchor, Box]] = [
        (middle, y, "middle", Box(middle - reach / 2, y, middle + reach / 2, y + height))
        for y in (box.bottom + 2, box.top - height - 2)
    ]
    y = (box.top + box.bottom - height) / 2
    choices.append((box.left - 5, y, "end", Box(box.left - 5 - reach, y, box.left - 5, y + height)))
    x, y, anchor, taken = next(
        choice for choice in choices if not any(choice[3].meets(tile) for tile in tiles)
    )
    for place, line in enumerate(lines):
        canvas.text("ink", x, y + (place + 0.5) * lead, line, anchor=anchor)
    return max(box.bottom, taken.bottom)
