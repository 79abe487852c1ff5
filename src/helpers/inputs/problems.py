"""What can be wrong in an input, said so that the person who sent the file can put it right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Severity = Literal["error", "warning", "note"]

_SEVERITY_VI: dict[Severity, str] = {"error": "lỗi", "warning": "cảnh báo", "note": "ghi chú"}
_ALPHABET = 26

_LONGEST = {"file": 240, "sheet": 60, "cell": 200, "message": 900, "remedy": 500}
"""Letters of each part at most, so that no problem is longer than 2,000."""
_DETAILS = 20

NOTHING_TO_DO = "không cần làm gì."
"""Remedy of a note about something that was handled."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong, or worth knowing, in an input file.

    Parameters
    ----------
    severity : {"error", "warning", "note"}
        An error stops the reading; a warning leaves something out that the reader may have
        expected; a note tells of a known quirk that was handled.
    file : str
        Name of the file, or its path from the root of the checkout.
    sheet : str or None
        Sheet of a workbook.
    cell : str or None
        Cell or cells of the sheet, as ``"D7"`` or ``"D7, E7"``.
    rule : str
        Stable identifier of the rule, such as ``"unknown-place"``; for programs, not shown.
    message, remedy : str
        Vietnamese sentences: what was found and what to do about it.
    line : int or None
        Line of a text file, counted from 1.
    """

    severity: Severity
    file: str
    sheet: str | None
    cell: str | None
    rule: str
    message: str
    remedy: str
    line: int | None = None

    def __post_init__(self) -> None:
        for name, most in _LONGEST.items():
            text = getattr(self, name)
            if text is not None and len(text) > most:
                object.__setattr__(self, name, f"{text[: most - 20]}… (dài {len(text)} chữ)")

    def __str__(self) -> str:
        where = [_SEVERITY_VI[self.severity], self.file]
        if self.sheet is not None:
            where.append(f"trang tính «{self.sheet}»")
        if self.cell is not None:
            where.append(f"ô {self.cell}")
        if self.line is not None:
            where.append(f"dòng {self.line}")
        return f"{' · '.join(where)}: {self.message} Cách xử lý: {self.remedy}"


@dataclass(frozen=True)
class Where:
    """A sheet about which problems are told.

    Parameters
    ----------
    file : str
    sheet : str
    """

    file: str
    sheet: str

    def error(self, rule: str, message: str, remedy: str, cell: str | None = None) -> Problem:
        """Return an error of this sheet."""
        return Problem("error", self.file, self.sheet, cell, rule, message, remedy)

    def warning(self, rule: str, message: str, remedy: str, cell: str | None = None) -> Problem:
        """Return a warning of this sheet."""
        return Problem("warning", self.file, self.sheet, cell, rule, message, remedy)

    def note(self, rule: str, message: str, remedy: str, cell: str | None = None) -> Problem:
        """Return a note of this sheet."""
        return Problem("note", self.file, self.sheet, cell, rule, message, remedy)


class InputError(Exception):
    """An input cannot be used.

    Parameters
    ----------
    problems : iterable of Problem
        Everything that was found, the errors among them; at least one.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stopped the reading."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in gathered(self.errors or self.problems))


def gathered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Tell each cause once, and no cause with more than 20 lines of detail.

    Problems that differ in their cell or line alone become one that names the first of them; of those
    of one rule in one sheet or file 20 stay, and one more counts the rest.

    Parameters
    ----------
    problems : iterable of Problem

    Returns
    -------
    tuple of Problem
        In the order in which each cause came first.
    """
    causes: dict[tuple[object, ...], list[Problem]] = {}
    for one in problems:
        same = (one.severity, one.file, one.sheet, one.rule, one.message, one.remedy)
        causes.setdefault(same, []).append(one)
    told: list[Problem] = []
    counts: dict[tuple[object, ...], list[Problem]] = {}
    for several in causes.values():
        one = _as_one(several)
        alike = counts.setdefault((one.severity, one.file, one.sheet, one.rule), [])
        alike.append(one)
        if len(alike) <= _DETAILS:
            told.append(one)
    for alike in counts.values():
        rest = alike[_DETAILS:]
        if rest:
            message = f"còn {len(rest)} chỗ khác cùng loại với các dòng trên."
            more = replace(rest[0], cell=None, line=None, message=message)
            told.insert(told.index(alike[_DETAILS - 1]) + 1, more)
    return tuple(told)


def _as_one(several: list[Problem]) -> Problem:
    """Name the first cells or lines of problems that are otherwise the same."""
    first = several[0]
    if len(several) == 1:
        return first
    cells = [one.cell for one in several if one.cell is not None]
    lines = [one.line for one in several if one.line is not None]
    if len(cells) == len(several):
        return replace(first, cell=_counted(cells, "chỗ"))
    if len(lines) == len(several):
        where = _counted([str(line) for line in lines], "dòng")
        return replace(first, message=f"{first.message.rstrip('.')} (các dòng {where}).")
    return replace(first, message=f"{first.message.rstrip('.')} ({len(several)} chỗ).")


def _counted(names: list[str], unit: str, at_most: int = 6) -> str:
    rest = len(names) - at_most
    shown = ", ".join(names[:at_most])
    return f"{shown} và {rest} {unit} khác" if rest > 0 else shown


def cell_name(row: int, column: int) -> str:
    """Return the A1 name of a cell.

    Parameters
    ----------
    row, column : int
        Position counted from 0.

    Returns
    -------
    str

    Examples
    --------
    >>> cell_name(6, 3), cell_name(0, 26)
    ('D7', 'AA1')
    """
    letters = ""
    left = column + 1
    while left:
        left, letter = divmod(left - 1, _ALPHABET)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def cell_names(cells: Iterable[tuple[int, int]], at_most: int = 6) -> str:
    """Return the A1 names of several cells, the first `at_most` of them spelt out.

    Examples
    --------
    >>> cell_names([(6, 3), (6, 4)])
    'D7, E7'
    >>> cell_names([(6, 3), (6, 4), (7, 3)], at_most=2)
    'D7, E7 và 1 ô khác'
    """
    names = [cell_name(row, column) for row, column in cells]
    text = ", ".join(names[:at_most])
    rest = len(names) - at_most
    return f"{text} và {rest} ô khác" if rest > 0 else text
