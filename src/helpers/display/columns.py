"""A table is rows and a list of columns; its captions, heads and fixed cells stand in the words.

``## table.x`` is a caption, ``## column.x`` a head, ``## cell.x`` what a cell says where it holds no
figure, ``## note.x`` a remark below. A column says how a row fills it, and nothing of language.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from helpers.display.table import Badge, Cell, Prose, Strong, Table
from helpers.facts.value import Value, Why
from helpers.words.numbers import Number

if TYPE_CHECKING:
    from helpers.words.telling import Telling

Row = TypeVar("Row")
Given = Cell | Value | Why | None
"""What fills a cell: a figure, a name of the data, a rule of ``## cell``, a finished cell, nothing."""


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column.

    Parameters
    ----------
    head : Why
        Rule of ``## column``.
    cell : callable
        Fills it from a row.
    align : {"l", "r", "c"}
    lacking : Why, optional
        Rule of ``## cell`` where a row has nothing; a dash without it.
    optional : bool
        Left out where no row has anything; the note then names it.
    minor : bool
        Stands below its row where a phone has no room for all columns.
    """

    head: Why
    cell: Callable[[Row], Given]
    align: str = "l"
    lacking: Why | None = None
    optional: bool = False
    minor: bool = False


def column(
    head: str | Why,
    cell: Callable[[Row], Given],
    align: str = "l",
    *,
    lacking: str = "",
    optional: bool = False,
    minor: bool = False,
) -> Column[Row]:
    """Return a column by the names of its rules."""
    rule = head if isinstance(head, Why) else Why(head)
    return Column(rule, cell, align, Why(lacking) if lacking else None, optional, minor)


def table(
    telling: Telling,
    name: str | Why,
    columns: Sequence[Column[Row]],
    rows: Sequence[Row],
    notes: Sequence[Why] = (),
) -> Table:
    """Build a table; one without rows shows nothing and says why (``## table.x_none``).

    Parameters
    ----------
    telling : Telling
        Of the result, for its words and language.
    name : str or Why
        Rule of ``## table``.
    columns : sequence of Column
    rows : sequence
        In the order in which they are shown.
    notes : sequence of Why
        Rules of ``## note``.
    """
    why = name if isinstance(name, Why) else Why(name)
    if not rows:
        return Table.nothing(telling.part_label("table", Why(f"{why.rule}_none", why.args)))
    filled = [[one.cell(row) for row in rows] for one in columns]
    kept = [
        (one, cells)
        for one, cells in zip(columns, filled, strict=True)
        if not one.optional or any(cell not in (None, "") for cell in cells)
    ]
    known = [one for one, _ in kept]
    gone = tuple(one.head for one in columns if one not in known and one.lacking)
    heads = ", ".join(telling.part_label("column", head).lower() for head in gone)
    said = [telling.part_label("note", one) for one in notes]
    said += [telling.label("note.never_stated", columns=heads)] if gone else []
    return Table(
        header=tuple(telling.part_label("column", one.head) for one in known),
        rows=tuple(
            tuple(fill(telling, cells[number], one.lacking) for one, cells in kept)
            for number in range(len(rows))
        ),
        caption=telling.part_label("table", why),
        align="".join(one.align for one in known),
        note=". ".join(one.rstrip(".") for one in said if one),
        minor=tuple(place for place, one in enumerate(known) if one.minor),
    )


def key_figures(telling: Telling, figures: Sequence[tuple[str | Why, Given]]) -> Table:
    """Build the row of key figures: heads by ``## column``, and what stands below each."""
    if not figures:
        return Table.nothing(telling.label("table.key_figures_none"))
    heads = [head if isinstance(head, Why) else Why(head) for head, _ in figures]
    return Table(
        header=tuple(telling.part_label("column", head) for head in heads),
        rows=(tuple(fill(telling, given) for _, given in figures),),
        caption="",
        align="c" * len(heads),
        wrapper="key-figures",
    )


def fill(telling: Telling, given: Given, lacking: Why | None = None) -> Cell:
    """Write a cell: digits traced to their source, words by their rule, names as they are."""
    if given is None or given == "":
        return "" if lacking is None else telling.part_label("cell", lacking)
    if isinstance(given, Why):
        return telling.part_label("cell", given)
    if isinstance(given, Value):
        return telling.number(given)
    if not isinstance(given, str | Number | Badge | Strong | Prose):
        raise TypeError(f"a cell holds no {type(given).__name__}")
    return given
