"""A record file as it stands: columns by position, headings apart, nothing understood yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

import polars as pl

from helpers.inputs.problems import InputError, Problem, Severity, cell_name

Headings = Sequence[tuple[str, ...]]
Choose = Callable[[str | None, Headings], int | None]
"""From a sheet's name and the first rows as text: which of them holds the headings, if any."""

PROBED = 30
"""Rows at the top of a file among which the headings are looked for."""


@dataclass(frozen=True)
class RawTable:
    """A table of a record file.

    Parameters
    ----------
    file : str
        Path from the root of the checkout.
    sheet : str or None
        Of a workbook.
    headings : tuple of str
        As written, composed Unicode; empty where a column has none.
    frame : DataFrame
        One column a heading, named ``"0"``, ``"1"``, …; text as text, what a workbook stores as
        number, date or truth value as such.
    first_row : int
        Row of the sheet or of the text file, counted from 0, of the first row of `frame`.
    first_column : int
        Column of the sheet, counted from 0, of the first column.
    lines : tuple of int or None
        Line of each row of the file's data where rows and lines are not the same, because a cell
        holds line ends.
    kept : tuple of int or None
        Where rows were taken out: which row of the file's data each row of `frame` was.
    uncomputed : tuple of (int, int)
        Cells of `frame` with a formula whose value the file does not hold: row of the file's data
        and column, counted from 0.
    hidden : tuple of int
        Columns of `frame` that a person does not see.
    """

    file: str
    sheet: str | None
    headings: tuple[str, ...]
    frame: pl.DataFrame
    first_row: int
    first_column: int = 0
    lines: tuple[int, ...] | None = None
    kept: tuple[int, ...] | None = None
    uncomputed: tuple[tuple[int, int], ...] = ()
    hidden: tuple[int, ...] = ()

    def cell(self, row: int, column: int) -> tuple[str | None, int | None]:
        """Return the name of a cell and the line of a row of `frame`; one of the two is None.

        Row -1 is the row of headings.
        """
        if row >= 0 and self.kept is not None:
            row = self.kept[row]
        if self.sheet is not None:
            return cell_name(self.first_row + row, self.first_column + column), None
        if self.lines is not None and row >= 0:
            return None, self.lines[row]
        return None, self.first_row + row + 1

    def row_number(self, row: int) -> int:
        """Return the number of a row of `frame` in the sheet, or its line in the file."""
        name, line = self.cell(row, 0)
        return line if line is not None else int((name or "A0").lstrip(ascii_uppercase))

    def problem(
        self,
        rule: str,
        message: str,
        remedy: str,
        cells: Sequence[tuple[int, int]] = (),
        *,
        severity: Severity = "error",
        at_most: int = 5,
    ) -> Problem:
        """Return a problem that names the first few cells (or lines) and counts the rest.

        Parameters
        ----------
        rule, message, remedy : str
        cells : sequence of (int, int)
            Row and column in `frame`, counted from 0.
        severity : {"error", "warning", "note"}
        at_most : int
            How many cells are named.
        """
        named = [self.cell(row, column) for row, column in cells[:at_most]]
        rest = len(cells) - len(named)
        cell = ", ".join(name for name, _ in named if name) or None
        lines = [line for _, line in named if line is not None]
        if rest and cell:
            cell += f" và {rest} ô khác"
        if len(lines) > 1:
            more = f" và {rest} dòng khác" if rest else ""
            also = ", ".join(str(line) for line in lines)
            message = f"{message.rstrip('.')} (các dòng {also}{more})."
        return Problem(
            severity,
            self.file,
            self.sheet,
            cell,
            rule,
            message,
            remedy,
            lines[0] if lines else None,
        )


def refusal(file: str, rule: str, message: str, remedy: str, line: int | None = None) -> InputError:
    """Return the error that stops the reading of a whole file."""
    return InputError([Problem("error", file, None, None, rule, message, remedy, line)])
