"""Read one year's sheet of the official PAPI workbook: which province, which criterion, what number."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from helpers.indices.papi.read_layout import Layout, Line, find_layout, printed, without_star
from helpers.inputs.problems import NOTHING_TO_DO, Problem, Where, cell_name, cell_names
from helpers.inputs.workbook import Cell, Sheet
from helpers.places import Place, Register, UnknownPlaceError, system_of_year

Position = tuple[int, int]

_NO_DATA = "kcdl"
_EXTREMES = ("highest", "lowest", "cao nhất", "thấp nhất")
"""Names of rows that repeat the best or lowest value of the country."""
_OF_CRITERIA = ("total", "score")


@dataclass(frozen=True)
class Reading:
    """One number of a sheet.

    Parameters
    ----------
    line : Line
        Its criterion, indicator or part of the interval.
    place : Place
    value : float
        As printed: points, a share from 0 to 1, a count.
    cell : tuple of int
        Row and column, counted from 0.
    """

    line: Line
    place: Place
    value: float
    cell: Position


@dataclass(frozen=True)
class PapiSheet:
    """What a year's sheet says, before any number is judged.

    Parameters
    ----------
    where : Where
        Names of the workbook and of the sheet.
    year : int
    layout : Layout
    places : tuple of Place
        In the order of the sheet.
    readings : tuple of Reading
        All numbers; cells without one are absent.
    starred : tuple of str
        Names of provinces printed with an asterisk.
    problems : tuple of Problem
    """

    where: Where
    year: int
    layout: Layout
    places: tuple[Place, ...]
    readings: tuple[Reading, ...]
    starred: tuple[str, ...]
    problems: tuple[Problem, ...]

    def scores(self) -> dict[tuple[str, str], Reading]:
        """Return the total, dimensions and sub-dimensions by slug and code."""
        return {
            (one.place.slug, one.line.code): one
            for one in self.readings
            if one.line.kind in _OF_CRITERIA
        }

    def source(self, cell: Position) -> str:
        """Return where a person finds a cell."""
        return f"{self.where.file}, trang tính {self.where.sheet}, ô {cell_name(*cell)}"


def read_sheet(
    sheet: Sheet, year: int, file: str, places: Register, names: Mapping[str, str]
) -> PapiSheet:
    """Read a sheet.

    Parameters
    ----------
    sheet : Sheet
    year : int
        Year measured, which also tells the territorial system.
    file : str
        Name of the workbook.
    places : Register
    names : mapping of str to str
        See :func:`helpers.indices.papi.read_layout.find_layout`.

    Returns
    -------
    PapiSheet
        With an error among its problems for everything that could not be understood.
    """
    where = Where(file, sheet.name)
    layout = find_layout(sheet.rows, names)
    if layout is None:
        blank = all(cell == "" for row in sheet.rows for cell in row)
        problem = where.error(
            "empty-sheet" if blank else "no-criteria",
            "Trang tính trống."
            if blank
            else "Không tìm thấy tiêu chí PAPI nào (nhãn có dạng «1.1: Tri thức công dân»).",
            "dùng sổ tính có nhãn tiếng Việt của PAPI, hoặc xóa trang tính này rồi nạp lại.",
        )
        nothing = Layout((), 0, 0, provinces_in_rows=False)
        return PapiSheet(where, year, nothing, (), (), (), (problem,))

    named, of_names = _named(sheet, layout, year, places, where)
    readings, of_values = _readings(sheet, layout, named, where)
    starred = tuple(
        place.name
        for index, place in named.items()
        if "*" in printed(_at(sheet, layout.cell(layout.names, index)))
    )
    problems = (
        *_repeated_codes(layout, where),
        *of_names,
        *_wrong_gso_codes(sheet, layout, named, where),
        *of_values,
        *_hidden(sheet, where),
    )
    return PapiSheet(where, year, layout, tuple(named.values()), tuple(readings), starred, problems)


def _hidden(sheet: Sheet, where: Where) -> Iterator[Problem]:
    """Tell of rows and columns that a person does not see: they are read like any other."""
    hidden = ((sheet.hidden_rows, "hàng"), (sheet.hidden_columns, "cột"))
    told = [f"{count} {what}" for count, what in hidden if count]
    if told:
        message = f"Có {' và '.join(told)} bị ẩn; số liệu ở đó vẫn được đọc."
        remedy = "cho hiện (Unhide) để kiểm tra; không cần làm gì nếu số liệu đúng."
        yield where.warning("hidden", message, remedy)


def _at(sheet: Sheet, cell: Position) -> Cell:
    return sheet.rows[cell[0]][cell[1]]


def _repeated_codes(layout: Layout, where: Where) -> Iterator[Problem]:
    lines = [line for line in layout.lines if line.kind in _OF_CRITERIA]
    for code, times in Counter(line.code for line in lines).items():
        if times > 1:
            cells = [
                layout.cell(line.index, max(layout.first - 1, 0))
                for line in lines
                if line.code == code
            ]
            message = f"Tiêu chí mang mã «{code}» có {times} lần."
            remedy = "chỉ giữ một hàng cho mỗi tiêu chí."
            yield where.error("repeated-code", message, remedy, cell_names(cells))


def _named(
    sheet: Sheet, layout: Layout, year: int, places: Register, where: Where
) -> tuple[dict[int, Place], list[Problem]]:
    """Return the province of each column (or row), and what is wrong with their names."""
    named: dict[int, Place] = {}
    problems = []
    seen: dict[str, Position] = {}
    for index in layout.provinces(sheet.rows):
        if not _has_content(sheet, layout, index):
            continue
        position = layout.cell(layout.names, index)
        text = without_star(printed(_at(sheet, position)))
        cell = cell_name(*position)
        if not text:
            message = "Có số liệu nhưng không có tên tỉnh."
            remedy = "ghi tên tỉnh, hoặc xóa số liệu này."
            problems.append(where.error("no-place", message, remedy, cell))
            continue
        if text.casefold() in _EXTREMES:
            continue
        try:
            place = places.find_unit(text, system_of_year(year))
        except UnknownPlaceError as error:
            remedy = "sửa tên tỉnh, hoặc xóa cột hay hàng này nếu không phải của một tỉnh."
            problems.append(where.error("unknown-place", str(error), remedy, cell))
            continue
        if place.slug in seen:
            both = cell_names([seen[place.slug], position])
            message = f"{place.name} có hai lần."
            problems.append(where.error("place-twice", message, "chỉ giữ một lần.", both))
            continue
        seen[place.slug] = position
        named[index] = place
    return named, problems


def _has_content(sheet: Sheet, layout: Layout, index: int) -> bool:
    """Tell whether a column (or row) is a province's: foot-notes have a name and no cells."""
    cells = [_at(sheet, layout.cell(line.index, index)) for line in layout.lines]
    if any(cell != "" for cell in cells):
        return True
    name = printed(_at(sheet, layout.cell(layout.names, index)))
    return bool(name) and not layout.provinces_in_rows


def _wrong_gso_codes(
    sheet: Sheet, layout: Layout, named: Mapping[int, Place], where: Where
) -> Iterator[Problem]:
    """Compare the statistical codes above the names, where the sheet prints them."""
    if layout.provinces_in_rows or layout.names == 0:
        return
    for index, place in named.items():
        cell = (layout.names - 1, index)
        code = _at(sheet, cell)
        if isinstance(code, float) and f"{code:02.0f}" != place.gso_code:
            message = f"Mã tỉnh {code:02.0f} không phải của {place.name} ({place.gso_code})."
            remedy = "kiểm tra xem tên tỉnh có đứng đúng cột không; điểm được lấy theo tên."
            yield where.warning("gso-code", message, remedy, cell_name(*cell))


def _readings(
    sheet: Sheet, layout: Layout, named: Mapping[int, Place], where: Where
) -> tuple[list[Reading], list[Problem]]:
    """Return all numbers, and one problem for each kind of cell that holds none."""
    readings = []
    wrong: defaultdict[str, list[Position]] = defaultdict(list)
    no_data: list[Position] = []
    for line in layout.lines:
        if line.kind == "left_out":
            continue
        for index, place in named.items():
            position = layout.cell(line.index, index)
            value = _at(sheet, position)
            if cell_name(*position) in sheet.error_cells:
                wrong["lỗi của Excel (như #N/A)"].append(position)
            elif cell_name(*position) in sheet.uncomputed:
                wrong["công thức chưa được tính"].append(position)
            elif (
                isinstance(value, float | int)
                and not isinstance(value, bool)
                and math.isfinite(value)
            ):
                readings.append(Reading(line, place, float(value), position))
            elif isinstance(value, str):
                text = without_star(printed(value))
                if text.casefold() == _NO_DATA:
                    no_data.append(position)
                elif text:
                    wrong[f"chữ «{text}»"].append(position)
            else:
                wrong[_kind_of_value(value)].append(position)
    problems = [
        where.error(
            "not-a-number",
            f"Có {what} ở chỗ của số.",
            "ghi số vào ô (định dạng số, không phải chữ), hoặc để trống nếu không có số liệu.",
            cell_names(cells),
        )
        for what, cells in wrong.items()
    ]
    if no_data:
        message = f"{len(no_data)} ô ghi «KCDL» (không có dữ liệu) được coi là không có số liệu."
        problems.append(where.note("no-data", message, NOTHING_TO_DO, cell_names(no_data)))
    return readings, problems


def _kind_of_value(value: Cell) -> str:
    if isinstance(value, bool):
        return "giá trị đúng/sai"
    if isinstance(value, datetime | date):
        return f"ngày tháng «{value:%d/%m/%Y}»"
    return f"giá trị «{value}»"
