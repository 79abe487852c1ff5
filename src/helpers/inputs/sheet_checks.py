"""What a sheet may hide: filtered rows, hidden columns, merged cells, shares for percentages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from helpers.inputs.dates import swapped
from helpers.inputs.grid import Grid
from helpers.inputs.headings import Heading
from helpers.inputs.problems import Problem
from helpers.inputs.values import written

_WRITTEN_DAY = re.compile(r"\s*(\d{1,2})[/.\-]\d{1,2}[/.\-]\d{4}")
_FAR_ABOVE = 20.0  # percent; a value below 1% among such can hardly be meant


def swapped_dates(
    grid: Grid, heading: Heading, dates: Mapping[str, str], filled: list[int]
) -> Iterator[Problem]:
    """Refuse columns in which a US-style spreadsheet has swapped day and month.

    Parameters
    ----------
    grid : Grid
    heading : Heading
    dates : mapping of str to str
        Code and label of the columns that hold dates.
    filled : list of int
        Rows of data.
    """
    for column, code in heading.columns.items():
        if code not in dates:
            continue
        cells = {row: grid.cell(row, column) for row in filled}
        stored = {row: cell.day for row, cell in cells.items() if isinstance(cell, date)}
        found = (_WRITTEN_DAY.match(cell) for cell in cells.values() if isinstance(cell, str))
        texts = [int(one[1]) for one in found if one]
        if said := swapped(dates[code], list(stored.values()), texts):
            places = [(row, column) for row in stored]
            yield grid.problem("error", "days-and-months-swapped", *said, places)


def hidden_problems(grid: Grid, heading: Heading, filled: list[int]) -> Iterator[Problem]:
    """Refuse hidden rows and columns with values: nobody can tell whether they are meant to count.

    Parameters
    ----------
    grid : Grid
    heading : Heading
    filled : list of int
        Rows of data.
    """
    rows = [row for row in filled if row in grid.hidden_rows]
    if rows:
        listed = ", ".join(str(row + 1) for row in rows[:6]) + (" …" if len(rows) > 6 else "")
        yield grid.problem(
            "error",
            "hidden-rows",
            f"{len(rows)} dòng có số liệu đang bị ẩn (dòng {listed}), thường do bộ lọc; không rõ có "
            "được tính hay không.",
            "bỏ bộ lọc hoặc chọn «Unhide» để hiện các dòng này; dòng thừa thì xóa hẳn.",
            [(row, min(heading.columns)) for row in rows],
        )
    columns = [
        column
        for column in heading.columns
        if column in grid.hidden_columns and any(not grid.is_blank(row, [column]) for row in filled)
    ]
    if columns:
        yield grid.problem(
            "error",
            "hidden-columns",
            f"{len(columns)} cột có số liệu đang bị ẩn; không rõ có được tính hay không.",
            "chọn «Unhide» để hiện các cột này; số liệu thừa thì xóa hẳn.",
            [(heading.row, column) for column in columns],
        )


def merged_problems(grid: Grid, heading: Heading) -> Iterator[Problem]:
    """Refuse merged cells among the data: only the first of them holds the value."""
    merged = [
        (top, left)
        for top, left, bottom, right in grid.merged
        if bottom >= heading.first
        and not grid.is_blank(top, [left])
        and any(left <= column <= right for column in heading.columns)
        and not (top == bottom and left == min(heading.columns) and _alone(grid, top, left))
    ]
    if merged:
        yield grid.problem(
            "error",
            "merged-cells",
            "có ô gộp trong phần số liệu; chỉ ô đầu giữ giá trị, các ô khác thành trống.",
            "bỏ gộp ô (Unmerge) rồi điền đủ từng ô.",
            merged,
        )


def share_problems(
    grid: Grid, heading: Heading, label: str, column: int, values: list[tuple[int, float]]
) -> Iterator[Problem]:
    """Warn of percentages that look like shares from 0 to 1.

    Parameters
    ----------
    grid : Grid
    heading : Heading
    label : str
        Of the column, for the reader.
    column : int
    values : list of (int, float)
        Row and percentage, in percent.
    """
    small = [(row, value) for row, value in values if 0 < value < 1]
    rest = [value for _, value in values if not 0 < value < 1]
    remedy = "ghi theo phần trăm (78,04 nghĩa là 78,04%), hoặc để nguyên nếu đúng là dưới 1%."
    if small and len(values) > 1 and all(value <= 1 for _, value in values):
        message = f"mọi giá trị của cột «{label}» đều không quá 1; có thể đã ghi 0,78 thay cho 78%."
        yield grid.problem("warning", "shares-for-percent", message, remedy, (heading.row, column))
    elif small and rest and min(rest) >= _FAR_ABOVE:
        message = (
            f"cột «{label}» có giá trị dưới 1%, còn các dòng khác đều từ {written(min(rest))}% trở "
            "lên; có thể đã ghi 0,78 thay cho 78%."
        )
        cells = [(row, column) for row, _ in small]
        yield grid.problem("warning", "shares-for-percent", message, remedy, cells)


def _alone(grid: Grid, row: int, column: int) -> bool:
    """Tell whether nothing else stands in the row: then it is a footnote over the whole width."""
    others = [one for one in range(len(grid.rows[row])) if one != column]
    return grid.is_blank(row, others)
