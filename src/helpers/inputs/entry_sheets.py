"""Open an entry workbook and hand on its sheets with what a person sees and does not see.

openpyxl is used here because it tells of formats, hidden rows and merged cells; its speed does not
matter, as the sheets of a workbook that has not changed are taken from a cache.
"""

from __future__ import annotations

import hashlib
import json
import re
import warnings
import zipfile
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from helpers.inputs.atomic import write_atomically
from helpers.inputs.grid import Grid
from helpers.inputs.problems import InputError
from helpers.inputs.records_xml import UNCOMPUTED
from helpers.inputs.unreadable import problems_of
from helpers.inputs.values import RawValue
from helpers.inputs.workbook import Workbook
from helpers.inputs.workbook_shape import sheet_parts, tamed
from helpers.project import Project

WORKBOOK = "nhap-lieu.xlsx"
GUIDE = "Hướng dẫn"
LISTS = "Danh mục"
"""Values of the drop-downs."""

_VERSION = 4
"""Of the cache: raise it when a grid means something else."""

_LITERAL = re.compile(r'"[^"]*"|\\.')
"""Words in a number format: ``0.0"%"`` shows a sign, but does not multiply by 100."""

MOST_CELLS = 300_000
"""Cells of one sheet of an entry workbook at most: a hundred times what the forms have."""


def read_workbook(path: Path, project: Project) -> tuple[Grid, ...]:
    """Read all sheets of a workbook.

    Parameters
    ----------
    path : Path
        ``.xlsx``.
    project : Project

    Returns
    -------
    tuple of Grid
        In the order of the workbook.

    Raises
    ------
    InputError
        If the file is missing, locked by a password, damaged or in the old format.
    """
    name = project.relative(path)
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    cached = project.cache / "entry" / f"{digest[:32]}.json"
    grids = _from_cache(cached, name)
    if grids is None:
        with problems_of(name, "mở bằng Excel hoặc LibreOffice rồi lưu lại thành .xlsx."):
            grids = _parsed(path, data, name)
        write_atomically(cached, _as_json(grids), mode=0o600)
    return grids


def _parsed(path: Path, data: bytes, name: str) -> tuple[Grid, ...]:
    try:
        # Refuses passwords, old formats and damaged files with messages of its own.
        Workbook(path, again="lấy lại tệp gốc")
    except InputError as error:
        raise InputError([replace(problem, file=name) for problem in error.problems]) from error
    data = tamed(data, name, MOST_CELLS)
    with warnings.catch_warnings():
        # About extensions of newer programs, such as pictures in cells, which hold no figure.
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(BytesIO(data), data_only=True)
    with zipfile.ZipFile(BytesIO(data)) as parts:
        sheets = [sheet for sheet in book.worksheets if isinstance(sheet, Worksheet)]
        return tuple(_grid(sheet, name, _uncomputed(parts, sheet)) for sheet in sheets)


def _uncomputed(parts: zipfile.ZipFile, sheet: Worksheet) -> frozenset[tuple[int, int]]:
    """Return the formulas whose value was never stored: openpyxl gives them as empty cells."""
    found = set()
    content = parts.read(dict(sheet_parts(parts))[sheet.title])
    for letters, digits in UNCOMPUTED.findall(content):
        left, top, _, _ = range_boundaries(f"{letters.decode()}{digits.decode()}")
        found.add((top - 1, left - 1))
    return frozenset(found)


def _grid(sheet: Worksheet, name: str, not_computed: frozenset[tuple[int, int]]) -> Grid:
    cells: dict[int, dict[int, RawValue]] = {}
    percent = set()
    formats: dict[tuple[int, int], str] = {}
    # Not iter_rows: one stray cell in row 1,048,576 would make it create every cell above.
    for (row, column), cell in sheet._cells.items():
        value = None if isinstance(cell, MergedCell) else _plain(cell.value)
        if value is None:
            continue
        cells.setdefault(row, {})[column] = value
        if _is_number(value) and "%" in _LITERAL.sub("", str(cell.number_format)):
            percent.add((row - 1, column - 1))
        elif _is_number(value) and cell.number_format != "General":
            formats[(row - 1, column - 1)] = str(cell.number_format)
    rows = [
        tuple(cells[row].get(column) for column in range(1, max(cells[row]) + 1))
        if row in cells
        else ()
        for row in range(1, max(cells, default=0) + 1)
    ]
    width = max((len(row) for row in rows), default=0)
    hidden_columns: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden:
            # One entry can stand for several columns next to each other.
            last = min(dimension.max or 1, width)
            hidden_columns.update(range((dimension.min or 1) - 1, last))
    return Grid(
        file=name,
        sheet=sheet.title,
        rows=tuple(rows),
        percent=frozenset(percent),
        formats=formats,
        not_computed=not_computed,
        merged=tuple(
            (area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1)
            for area in sheet.merged_cells.ranges
            if area.min_row <= len(rows)
        ),
        hidden_rows=_hidden_rows(sheet, len(rows)),
        hidden_columns=frozenset(hidden_columns),
    )


def _hidden_rows(sheet: Worksheet, rows: int) -> frozenset[int]:
    if sheet.sheet_state != "visible":
        return frozenset(range(rows))
    return frozenset(
        number - 1 for number, dimension in sheet.row_dimensions.items() if dimension.hidden
    )


def _is_number(value: RawValue) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _plain(value: Any) -> RawValue:
    if isinstance(value, timedelta):
        return str(value)
    if value is None or isinstance(value, str | bool | int | float | date | time):
        return value
    return str(value)  # formatted text and array formulas


def _as_json(grids: tuple[Grid, ...]) -> bytes:
    sheets = [
        {
            "sheet": grid.sheet,
            "rows": [[_packed(value) for value in row] for row in grid.rows],
            "percent": sorted(grid.percent),
            "formats": [[*at, shape] for at, shape in sorted(grid.formats.items())],
            "not_computed": sorted(grid.not_computed),
            "merged": grid.merged,
            "hidden_rows": sorted(grid.hidden_rows),
            "hidden_columns": sorted(grid.hidden_columns),
        }
        for grid in grids
    ]
    return json.dumps({"version": _VERSION, "sheets": sheets}, ensure_ascii=False).encode()


def _packed(value: RawValue) -> object:
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    if isinstance(value, date):
        return {"on": value.isoformat()}
    if isinstance(value, time):
        return {"time": value.isoformat()}
    return value


def _unpacked(value: Any) -> RawValue:
    if not isinstance(value, dict):
        found: RawValue = value
        return found
    if "at" in value:
        return datetime.fromisoformat(value["at"])
    if "on" in value:
        return date.fromisoformat(value["on"])
    return time.fromisoformat(value["time"])


def _from_cache(path: Path, name: str) -> tuple[Grid, ...] | None:
    """Return the sheets as last read; None if they are not there, of another version or damaged."""
    try:
        content = json.loads(path.read_bytes())
        if content["version"] != _VERSION:
            return None
        return tuple(
            Grid(
                file=name,
                sheet=one["sheet"],
                rows=tuple(tuple(_unpacked(value) for value in row) for row in one["rows"]),
                percent=frozenset((row, column) for row, column in one["percent"]),
                formats={(row, column): shape for row, column, shape in one["formats"]},
                not_computed=frozenset((row, column) for row, column in one["not_computed"]),
                merged=tuple((a, b, c, d) for a, b, c, d in one["merged"]),
                hidden_rows=frozenset(one["hidden_rows"]),
                hidden_columns=frozenset(one["hidden_columns"]),
            )
            for one in content["sheets"]
        )
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return None
