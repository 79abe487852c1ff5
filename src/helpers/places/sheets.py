"""Reading the register's CSV files cell by cell, so that an error says where it is."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

from .models import SYSTEMS, RegisterError, System, UnitType

_SLUG = re.compile(r"[a-z]+(-[a-z]+)*")


@dataclass(frozen=True)
class Row:
    """One row of a CSV file, with where it stands.

    Parameters
    ----------
    path : Path
        The file.
    line : int
        Line in the file, counted from 1, the heading included.
    cells : dict of str to str
        Column to text, without spaces around it.
    """

    path: Path
    line: int
    cells: dict[str, str]

    def fault(self, column: str, what: str) -> RegisterError:
        """Return an error that names file, row and column."""
        place = f"params/places/{self.path.name}, dòng {self.line}, cột {column}"
        return RegisterError(f"{place}: {what}")

    def optional(self, column: str) -> str:
        """Return a text that may be empty."""
        return self.cells[column]

    def text(self, column: str) -> str:
        """Return a text that must not be empty."""
        value = self.cells[column]
        if not value:
            raise self.fault(column, "không được để trống.")
        return value

    def slug(self, column: str) -> str:
        """Return a slug: ASCII lower-case words joined by hyphens."""
        value = self.text(column)
        if not _SLUG.fullmatch(value):
            raise self.fault(column, f'"{value}" không phải mã dạng "quang-nam".')
        return value

    def names(self, column: str) -> tuple[str, ...]:
        """Return a list written with semicolons."""
        return tuple(part.strip() for part in self.cells[column].split(";") if part.strip())

    def positive(self, column: str) -> float:
        """Return a number above zero, written with a decimal point."""
        value = self.text(column)
        try:
            number = float(value)
        except ValueError:
            raise self.fault(
                column, f'"{value}" không phải số (dùng dấu chấm thập phân).'
            ) from None
        if not 0 < number < float("inf"):
            raise self.fault(column, f'"{value}" phải lớn hơn 0.')
        return number

    def whole(self, column: str) -> int:
        """Return a whole number from 0."""
        value = self.text(column)
        if not (value.isascii() and value.isdigit()):
            raise self.fault(column, f'"{value}" không phải số nguyên từ 0 trở lên.')
        return int(value)

    def day(self, column: str) -> date:
        """Return a day written as 2025-07-01."""
        value = self.text(column)
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise self.fault(column, f'"{value}" không phải ngày dạng 2025-07-01.') from None

    def code(self, column: str) -> str:
        """Return a two-digit code; a spreadsheet that drops the leading zero is caught here."""
        value = self.text(column)
        if not re.fullmatch(r"[0-9]{2}", value):
            raise self.fault(column, f'"{value}" phải có đúng hai chữ số, kể cả số 0 ở đầu.')
        return value

    def choice(self, column: str, allowed: Collection[str]) -> str:
        """Return a text that is one of those allowed."""
        value = self.text(column)
        if value not in allowed:
            raise self.fault(column, f'"{value}" phải là một trong: {", ".join(allowed)}.')
        return value

    def unit_type(self, column: str) -> UnitType:
        """Return "tỉnh" or "thành phố"."""
        value = self.choice(column, ("tỉnh", "thành phố"))
        return "tỉnh" if value == "tỉnh" else "thành phố"

    def system(self, column: str) -> System:
        """Return "63" or "34"."""
        return "63" if self.choice(column, SYSTEMS) == "63" else "34"


def read_rows(path: Path, columns: Collection[str]) -> Iterator[Row]:
    """Read a CSV file with a heading.

    Parameters
    ----------
    path : Path
        UTF-8, with or without a byte-order mark.
    columns : collection of str
        Columns that the file must have; others are ignored.

    Yields
    ------
    Row

    Raises
    ------
    RegisterError
        If the file or a column is missing, or a row has too few or too many cells.
    """
    reader = csv.DictReader(StringIO(read_utf8(path), newline=""))
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise RegisterError(f"params/places/{path.name}: thiếu cột {', '.join(missing)}.")
    for cells in reader:
        if None in cells or None in cells.values():
            raise RegisterError(
                f"params/places/{path.name}, dòng {reader.line_num}: "
                "số ô không khớp với dòng tiêu đề."
            )
        stripped = {column: text.strip() for column, text in cells.items()}
        yield Row(path, reader.line_num, stripped)


def read_utf8(path: Path) -> str:
    """Return the text of a file of the register.

    Raises
    ------
    RegisterError
        If the file is missing or not UTF-8.
    """
    if not path.is_file():
        raise RegisterError(f"Thiếu tệp params/places/{path.name}.")
    try:
        # A spreadsheet program may put a byte-order mark in front when it saves CSV as UTF-8.
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RegisterError(
            f"params/places/{path.name} phải được lưu bằng bảng mã UTF-8."
        ) from None
