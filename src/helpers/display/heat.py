"""The heat table: values as text in cells, groups as colour and by their mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from helpers.display.canvas import Canvas, is_narrow, root
from helpers.display.keys import Entry, draw_keys
from helpers.display.theme import GROUPS

GAP = 1.5
PAD = 12.0
"""Units beside the text of a cell, and what the mark of its group takes."""
MARK = 11.0


class Cell(NamedTuple):
    """A value: finished text, its group (1 lowest to 4 highest), whether years may be compared."""

    text: str
    group: int
    hatched: bool = False


class Row(NamedTuple):
    """One row.

    Parameters
    ----------
    name : str
    cells : tuple of Cell or None
        One for each column; None where nothing is known. A heading has none at all.
    beside : tuple of str
        Text behind the cells, one for each further heading.
    """

    name: str
    cells: tuple[Cell | None, ...] = ()
    beside: tuple[str, ...] = ()


class Look(NamedTuple):
    """Heads of the columns of cells and of those beside them, what cells hold, the legend."""

    columns: tuple[str, ...]
    beside: tuple[str, ...]
    holding: str
    entries: tuple[Entry, ...]


def heat(rows: Sequence[Row], look: Look, width: int) -> str:
    """Draw the table; a phone has the name of a row above its cells.

    Parameters
    ----------
    rows : sequence of Row
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
    cells, sides = _cell_width(canvas, rows, look), _side_widths(canvas, rows, look)
    taken = cells * len(look.columns) + sum(sides)
    if narrow and taken > width:
        cells, taken = (width - sum(sides)) / len(look.columns), width
    names = width if narrow else width - taken - 10
    lead, tall = canvas.leading, canvas.leading + 4
    edges = [width - taken + place * cells for place in range(len(look.columns) + 1)]
    canvas.text("quiet", 0, top + lead / 2, look.holding)
    top += lead if narrow else 0
    _write_heads(canvas, look, edges, sides, top + lead / 2)
    y = top + lead + 3
    for row in rows:
        heading = not row.cells
        text = canvas.lines_of(row.name, names, bold=heading)
        if heading:
            y += 4
        canvas.lines("ink", 0, y + tall / 2, text, bold=heading)
        high = tall + lead * (len(text) - 1)
        if heading:
            y += high
            continue
        if narrow:
            y += high - 2
            high = tall
        for cell, left in zip(row.cells, edges, strict=False):
            _draw_cell(canvas, cell, left, y + (high - tall) / 2, cells, tall)
        x = edges[-1]
        for told, room in zip(row.beside, sides, strict=True):
            canvas.text("ink", x + room - 2, y + high / 2, told, anchor="end")
            x += room
        y += high + (6 if narrow else 0)
    return root(width, y + 2, canvas.body())


def _cell_width(canvas: Canvas, rows: Sequence[Row], look: Look) -> float:
    texts = [cell.text for row in rows for cell in row.cells if cell is not None]
    return max(map(canvas.width_of, [*texts, *look.columns])) + PAD + MARK


def _side_widths(canvas: Canvas, rows: Sequence[Row], look: Look) -> list[float]:
    return [
        max(map(canvas.width_of, [head, *(row.beside[place] for row in rows if row.cells)])) + 10
        for place, head in enumerate(look.beside)
    ]


def _write_heads(
    canvas: Canvas, look: Look, edges: Sequence[float], sides: Sequence[float], y: float
) -> None:
    for head, left, right in zip(look.columns, edges[:-1], edges[1:], strict=True):
        canvas.text("quiet", (left + right) / 2, y, head, anchor="middle")
    x = edges[-1]
    for head, room in zip(look.beside, sides, strict=True):
        x += room
        canvas.text("quiet", x - 2, y, head, anchor="end")


def _draw_cell(
    canvas: Canvas, cell: Cell | None, left: float, top: float, width: float, tall: float
) -> None:
    middle = left + width / 2, top + tall / 2
    if cell is None:
        canvas.text("quiet", *middle, "–", anchor="middle")
        return
    box = left + GAP / 2, top + GAP / 2, width - GAP, tall - GAP
    if cell.hatched:
        canvas.hatched(*box)
        canvas.text("ink-label", *middle, cell.text, anchor="middle")
        return
    canvas.rect(f"bar{cell.group}", *box)
    role = f"on{cell.group}"
    if canvas.width_of(cell.text) + MARK + 4 <= width:
        canvas.mark(role, GROUPS[cell.group].marker, left + 8, middle[1], 3.2)
        middle = middle[0] + MARK / 2, middle[1]
    canvas.text(role, *middle, cell.text, anchor="middle")
