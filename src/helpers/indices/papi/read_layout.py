"""Where things stand on a sheet of the official PAPI workbook.

Two layouts exist. To 2017 provinces stand in rows and criteria in columns, in the oldest workbooks by
name alone, English above Vietnamese; since 2018 criteria stand in rows and provinces in columns, with
one column of labels (2018 to 2021) or two, English and Vietnamese (2022, 2023), and the scale beside
them. Both are brought to one form here: lines of criteria crossing lines of provinces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from helpers.inputs.workbook import Cell

Kind = Literal[
    "total",
    "score",
    "indicator",
    "low",
    "high",
    "standard_error",
    "observations",
    "left_out",
]
Grid = tuple[tuple[Cell, ...], ...]

_CODE = re.compile(r"^(\d(?:\.\d)?)\s*[:.]\s*\D")
_DIMENSION = re.compile(r"^(?:chỉ số nội dung|dimension) (\d)\s*:")
_TOTAL = re.compile(r"^(?:chỉ số papi|(?:un)?weighted (?:papi|95% ci|standard error))")
_STAR = re.compile(r"\s*(?:\(\*+\)|\*+)")
_UNWEIGHTED, _WEIGHTED = ("không có trọng số", "unweighted"), ("có trọng số", "weighted")
_PARTS_OF_INTERVAL: tuple[tuple[str, Kind], ...] = (
    ("điểm tối thiểu", "low"),
    ("điểm tối đa", "high"),
    ("sai số", "standard_error"),
    ("ci low", "low"),
    ("ci high", "high"),
    ("standard error", "standard_error"),
)


@dataclass(frozen=True)
class Line:
    """One criterion's row (or column, in the old layout).

    Parameters
    ----------
    index : int
        Row or column, counted from 0.
    kind : Kind
        ``"score"`` is a dimension or sub-dimension; ``"left_out"`` is known and not wanted.
    code : str
        Criterion; for an indicator the sub-dimension above it; empty where there is none.
    label_vi, label_en, scale : str
        As printed, without asterisks.
    starred : bool
        Whether a label was printed with an asterisk.
    """

    index: int
    kind: Kind
    code: str
    label_vi: str
    label_en: str = ""
    scale: str = ""
    starred: bool = False


@dataclass(frozen=True)
class Layout:
    """What stands where.

    Parameters
    ----------
    lines : tuple of Line
    names : int
        Row (or column) that holds the names of the provinces.
    first : int
        First column (or row) of provinces.
    provinces_in_rows : bool
    """

    lines: tuple[Line, ...]
    names: int
    first: int
    provinces_in_rows: bool

    def cell(self, line: int, province: int) -> tuple[int, int]:
        """Return row and column where a criterion's line crosses a province's."""
        return (province, line) if self.provinces_in_rows else (line, province)

    def provinces(self, grid: Grid) -> range:
        """Return the rows (or columns) where provinces may stand."""
        return range(self.first, len(grid) if self.provinces_in_rows else len(grid[0]))


def printed(cell: Cell) -> str:
    """Return the text of a cell in composed Unicode with single spaces; empty for a number."""
    return " ".join(unicodedata.normalize("NFC", cell).split()) if isinstance(cell, str) else ""


def without_star(text: str) -> str:
    """Return the text without asterisks, whose foot-notes are not on the sheets."""
    return _STAR.sub("", text).strip()


def find_layout(grid: Grid, names: Mapping[str, str]) -> Layout | None:
    """Find out how a sheet is laid out.

    Parameters
    ----------
    grid : tuple of tuple
        All cells, from A1 on.
    names : mapping of str to str
        Codes of the edition's criteria by their names in lower case, for a sheet without codes.

    Returns
    -------
    Layout or None
        None if no criterion of PAPI was found, neither in a row nor in a column.
    """
    if not grid or not grid[0]:
        return None
    by_row = [sum(_is_criterion(cell, names) for cell in row) for row in grid]
    by_column = [sum(_is_criterion(row[j], {}) for row in grid) for j in range(len(grid[0]))]
    most_in_row, most_in_column = max(by_row), max(by_column)
    if not max(most_in_row, most_in_column):
        return None
    if most_in_row > most_in_column:
        headings = [i for i, found in enumerate(by_row) if found > most_in_row / 2]
        return _provinces_in_rows(grid, headings, names)
    # Of labels in two languages those in Vietnamese stand behind.
    behind = len(by_column) - 1 - by_column[::-1].index(most_in_column)
    return _provinces_in_columns(grid, behind)


def _is_criterion(cell: Cell, names: Mapping[str, str]) -> bool:
    return _kind(printed(cell), "", names)[0] in ("total", "score")


def _kind(label: str, sub_dimension: str, names: Mapping[str, str]) -> tuple[Kind, str]:
    """Return what a label stands for, and its code."""
    low = without_star(label).casefold()
    if _TOTAL.match(low):
        weighted = any(part in low for part in _WEIGHTED)
        if weighted and not any(part in low for part in _UNWEIGHTED):
            return "left_out", ""
        return next((kind for part, kind in _PARTS_OF_INTERVAL if part in low), "total"), "total"
    if (found := _DIMENSION.match(low)) or (found := _CODE.match(low)):
        return "score", found[1]
    if low in names:
        return "score", names[low]
    if low.startswith("số quan sát"):
        return "observations", ""
    if not sub_dimension or low.startswith(("phương sai", "ghi chú", "bản quyền")):
        return "left_out", ""
    return "indicator", sub_dimension


def _provinces_in_rows(grid: Grid, headings: Sequence[int], names: Mapping[str, str]) -> Layout:
    """Read a sheet whose criteria stand in its heading, in one language or one above the other."""
    lines = []
    last = headings[-1]
    for column in range(len(grid[last])):
        # A name that one language writes otherwise is known by that of the other.
        for heading in reversed(headings):
            kind, code = _kind(printed(grid[heading][column]), "", names)
            if kind in ("total", "score"):
                text = printed(grid[last][column])
                label = without_star(text)
                lines.append(Line(column, kind, code, label, starred=label != text))
                break
    return Layout(tuple(lines), max(lines[0].index - 1, 0), last + 1, provinces_in_rows=True)


def _provinces_in_columns(grid: Grid, label: int) -> Layout:
    first_line = next(i for i, row in enumerate(grid) if _is_criterion(row[label], {}))
    above = grid[:first_line]
    scale = _scale_column(above, label)
    first = max(label, scale if scale is not None else label) + 1
    english = label - 1 if label > 0 else None
    names = max(
        (i for i, row in enumerate(above) if any(printed(cell) for cell in row[first:])),
        default=max(first_line - 1, 0),
    )
    lines: list[Line] = []
    sub_dimension = ""
    for index, row in enumerate(grid):
        text = printed(row[label])
        if index <= names or not text:
            continue
        text_en = printed(row[english]) if english is not None else ""
        label_vi, label_en = without_star(text), without_star(text_en)
        kind, code = _kind(label_vi, sub_dimension, {})
        if kind == "score":
            sub_dimension = code if "." in code else ""
        lines.append(
            Line(
                index,
                kind,
                code,
                label_vi,
                label_en,
                printed(row[scale]) if scale is not None else "",
                starred=(label_vi, label_en) != (text, text_en),
            )
        )
    return Layout(tuple(lines), names, first, provinces_in_rows=False)


def _scale_column(above: Grid, label: int) -> int | None:
    for row in above:
        for column, cell in enumerate(row[label + 1 :], start=label + 1):
            if printed(cell).casefold().startswith("thang điểm"):
                return column
    return None
