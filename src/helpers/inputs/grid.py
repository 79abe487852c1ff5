"""A sheet or a text file as rows of cells, with what a reader could not see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from helpers.inputs.observations import Origin
from helpers.inputs.problems import Problem, Severity, cell_name, cell_names
from helpers.inputs.values import RawValue

Position = tuple[int, int]
"""Row and column, counted from 0."""


@dataclass(frozen=True)
class Grid:
    """One sheet of a workbook, or one CSV file.

    Parameters
    ----------
    file : str
        Path from the root of the checkout.
    sheet : str
        Empty for a text file.
    rows : tuple of tuple
        All cells from the first row on; None for an empty cell, an Excel error as its text.
    lines : tuple of int
        Line on which each row begins, for a text file; empty for a sheet.
    percent : frozenset of Position
        Cells that a spreadsheet shows as percentages.
    formats : mapping of Position to str
        How a spreadsheet shows the numbers that it does not show as they are.
    not_computed : frozenset of Position
        Cells with a formula whose value the file does not hold.
    merged : tuple of tuple
        Merged areas: first row, first column, last row, last column.
    hidden_rows, hidden_columns : frozenset of int
    """

    file: str
    sheet: str
    rows: tuple[tuple[RawValue, ...], ...]
    lines: tuple[int, ...] = ()
    percent: frozenset[Position] = field(default_factory=frozenset)
    formats: Mapping[Position, str] = field(default_factory=dict)
    not_computed: frozenset[Position] = field(default_factory=frozenset)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    hidden_columns: frozenset[int] = field(default_factory=frozenset)

    def merge_at(self, row: int, column: int) -> tuple[int, int] | None:
        """Return where the merged area begins that a cell belongs to; None if it belongs to none."""
        for left, right, top in self._merged_rows.get(row, ()):
            if left <= column <= right:
                return top, left
        return None

    @cached_property
    def _merged_rows(self) -> Mapping[int, list[tuple[int, int, int]]]:
        found: dict[int, list[tuple[int, int, int]]] = {}
        for top, left, bottom, right in self.merged:
            for row in range(top, min(bottom, len(self.rows) - 1) + 1):
                found.setdefault(row, []).append((left, right, top))
        return found

    @cached_property
    def width(self) -> int:
        """Number of columns of the widest row."""
        return max((len(row) for row in self.rows), default=0)

    def cell(self, row: int, column: int) -> RawValue:
        """Return a cell; None beyond the end of its row."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None

    def is_blank(self, row: int, columns: list[int] | None = None) -> bool:
        """Tell whether a row, or some columns of it, hold nothing."""
        chosen = range(len(self.rows[row])) if columns is None else columns
        return all(
            is_empty(self.cell(row, column)) and (row, column) not in self.not_computed
            for column in chosen
        )

    def origin(
        self, row: int, column: int | None = None, *, document: str = "", sentence: str = ""
    ) -> Origin:
        """Return where a cell stands, or a row if no column is given."""
        if self.lines:
            return Origin(self.file, line=self.lines[row], document=document, sentence=sentence)
        cell = cell_name(row, column) if column is not None else ""
        return Origin(self.file, self.sheet, cell, None, document, sentence)

    def row_trace(self, row: int) -> str:
        """Return in words where a row stands."""
        if self.lines:
            return f"{self.file}, dòng {self.lines[row]}"
        return f"{self.file}, trang tính {self.sheet}, dòng {row + 1}"

    def problem(
        self,
        severity: Severity,
        rule: str,
        message: str,
        remedy: str,
        cells: list[Position] | Position | None = None,
    ) -> Problem:
        """Return a problem of this sheet or file, at some cells of it."""
        places = [cells] if isinstance(cells, tuple) else cells or []
        if self.lines or not self.sheet:
            line = self.lines[places[0][0]] if places and self.lines else None
            return Problem(severity, self.file, None, None, rule, message, remedy, line)
        names = cell_names(places) if places else None
        return Problem(severity, self.file, self.sheet, names, rule, message, remedy)


def is_empty(value: RawValue) -> bool:
    """Tell whether a cell holds nothing, or nothing but spaces."""
    return value is None or (isinstance(value, str) and not value.strip())
