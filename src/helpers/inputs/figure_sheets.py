"""Single figures: the sheet "Số liệu chung" of the entry workbook, or ``so-lieu.csv``."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rapidfuzz import process

from helpers.definitions.forms import EntryForms, Field
from helpers.inputs.faults import BadValueError
from helpers.inputs.figure_checks import (
    FoundFigure,
    parts_above,
    shares_for_percent,
    without_repetition,
)
from helpers.inputs.form_sheets import read_cell
from helpers.inputs.grid import Grid
from helpers.inputs.headings import Heading, find_heading
from helpers.inputs.observations import Observation
from helpers.inputs.problems import Problem
from helpers.inputs.sheet_checks import hidden_problems, merged_problems
from helpers.inputs.values import Value
from helpers.places.words import bare

SHEET = "Số liệu chung"
FILE = "so-lieu"
_YEARS_AHEAD = 1
_SAME_UNITS = {"điểm phần trăm": "điểm %", "phần trăm": "%", "tỷ lệ %": "%"}
_NEAR = 60.0

_CODE = Field(code="ma", label="Mã", kind="text", required=True)
_UNIT = Field(code="don_vi", label="Đơn vị tính", kind="text", also=("Đơn vị",))
_SINCE = Field(code="so_voi_nam", label="So với năm", kind="year")
_GROUP = Field(code="nhom", label="Nhóm", kind="text")
_NOTE = Field(code="ghi_chu", label="Ghi chú", kind="text")
CSV_FIELDS = (
    _CODE,
    Field(code="gia_tri", label="Giá trị", kind="text", required=True),
    _UNIT,
    Field(code="nam", label="Năm", kind="year"),
    _SINCE,
    _GROUP,
    Field(code="tai_lieu", label="Tài liệu", kind="text"),
    Field(code="cau", label="Câu", kind="text"),
    _NOTE,
)
"""Columns of ``so-lieu.csv``; ``gia_tri`` is read by the kind of its figure."""


def sheet_fields(year: int) -> tuple[Field, ...]:
    """Return the columns of the sheet "Số liệu chung" in the workbook of a year."""
    return (
        _CODE,
        Field(code="chi_tieu", label="Chỉ tiêu", kind="text"),
        _UNIT,
        Field(code="nam_truoc", label=f"Năm {year - 1}", kind="text"),
        Field(code="nam_nay", label=f"Năm {year}", kind="text", required=True),
        _SINCE,
        _GROUP,
        Field(code="nguon", label="Nguồn (tài liệu, câu)", kind="text", also=("Nguồn",)),
        _NOTE,
    )


def read_figures(
    grid: Grid, forms: EntryForms, year: int
) -> tuple[tuple[Observation, ...], tuple[Problem, ...]]:
    """Read single figures.

    Parameters
    ----------
    grid : Grid
        A sheet has one column for each of two years, a file one line for each figure and year.
    forms : EntryForms
        Which codes there are.
    year : int
        Year of the delivery; a line without a year is about it.

    Returns
    -------
    figures : tuple of Observation
        In the order in which they stand; an empty cell gives none.
    problems : tuple of Problem
        With an error among them the figures must not be used.
    """
    if all(grid.is_blank(row) for row in range(len(grid.rows))):
        what = "trang tính trống" if grid.sheet else "tệp trống"
        remedy = "điền theo mẫu, hoặc xóa đi nếu không có số liệu này."
        return (), (grid.problem("warning", "empty-sheet", f"{what}, không có gì.", remedy),)
    fields = sheet_fields(year) if grid.sheet else CSV_FIELDS
    heading = find_heading(grid, fields)
    if heading.row < 0:
        return (), heading.problems
    reader = _Reader(grid, heading, {field.code: field for field in fields}, forms, year)
    filled = reader.filled()
    problems = [
        *heading.problems,
        *hidden_problems(grid, heading, filled),
        *merged_problems(grid, heading),
    ]
    found = [pair for row in filled for pair in reader.row(row)]
    figures, repeated = without_repetition(grid, found, forms)
    problems += [*reader.problems, *repeated, *parts_above(grid, found, forms)]
    problems += shares_for_percent(grid, found)
    return figures, tuple(problems)


class _Reader:
    """Reads row after row and collects what is wrong."""

    def __init__(
        self, grid: Grid, heading: Heading, fields: dict[str, Field], forms: EntryForms, year: int
    ) -> None:
        self.problems: list[Problem] = []
        self._grid = grid
        self._heading = heading
        self._columns = {code: column for column, code in heading.columns.items()}
        self._fields = fields
        self._forms = forms
        self._year = year
        self._codes = {
            f"{topic.key}.{field.code}": field for topic in forms.topics for field in topic.figures
        }

    def filled(self) -> list[int]:
        """Return the rows that hold a value: the others wait to be filled."""
        names = ("gia_tri", "nam_truoc", "nam_nay")
        columns = [self._columns[name] for name in names if name in self._columns]
        rows = range(self._heading.first, self._heading.end)
        return [row for row in rows if not self._grid.is_blank(row, columns)]

    def row(self, row: int) -> Iterator[FoundFigure]:
        """Yield the figures of a row."""
        before = len(self.problems)
        code = str(self._value(row, "ma") or "")
        field = self._field(row, code)
        since = self._whole(row, "so_voi_nam")
        own_year = self._whole(row, "nam")
        texts = {
            name: str(self._value(row, name) or "")
            for name in ("don_vi", "nhom", "tai_lieu", "cau", "nguon", "ghi_chu")
        }
        if field is None or len(self.problems) > before:
            return
        self._check_unit(row, field, texts["don_vi"])
        values = (
            ("gia_tri", own_year or self._year),
            ("nam_truoc", self._year - 1),
            ("nam_nay", self._year),
        )
        for name, year in values:
            column = self._columns.get(name)
            if column is None or self._grid.is_blank(row, [column]):
                continue
            self._check_years(row, year, since)
            try:
                reading = read_cell(self._grid, row, column, field)
            except BadValueError as error:
                self._tell(error, row, column, field.label)
                continue
            if reading.value is None:
                continue
            yield FoundFigure(
                Observation(
                    code=code,
                    value=reading.value if isinstance(reading.value, float) else math.nan,
                    printed=reading.printed,
                    decimals=reading.decimals,
                    unit=field.unit,
                    year=year,
                    origin=self._grid.origin(
                        row,
                        column,
                        document=texts["tai_lieu"] or texts["nguon"],
                        sentence=texts["cau"],
                    ),
                    group=texts["nhom"],
                    since=since,
                    note=texts["ghi_chu"],
                ),
                (row, column),
            )

    def _value(self, row: int, name: str) -> Value:
        """Return a cell of the frame around the values; None after telling what is wrong."""
        column = self._columns.get(name)
        if column is None:
            return None
        try:
            return read_cell(self._grid, row, column, self._fields[name]).value
        except BadValueError as error:
            self._tell(error, row, column, self._fields[name].label)
            return None

    def _whole(self, row: int, name: str) -> int | None:
        value = self._value(row, name)
        return int(value) if isinstance(value, float) else None

    def _tell(self, error: BadValueError, row: int, column: int, label: str) -> None:
        message = f"«{label}»: {error.message}"
        self.problems.append(
            self._grid.problem("error", error.rule, message, error.remedy, (row, column))
        )

    def _field(self, row: int, code: str) -> Field | None:
        if code in self._codes:
            return self._codes[code]
        cell = (row, self._columns["ma"]) if "ma" in self._columns else (row, 0)
        if not code:
            if not any(problem.rule == "legacy-text" for problem in self.problems[-1:]):
                self.problems.append(
                    self._grid.problem(
                        "error",
                        "no-code",
                        "có giá trị nhưng không có mã.",
                        "chép mã từ dòng của chỉ tiêu đó trong mẫu (params/entry/figures.yml).",
                        cell,
                    )
                )
            return None
        near = process.extractOne(code, list(self._codes), score_cutoff=_NEAR)
        hint = f"có phải là «{near[0]}»?" if near else "xem các mã trong params/entry/figures.yml."
        self.problems.append(
            self._grid.problem("error", "unknown-code", f"không có mã «{code}».", hint, cell)
        )
        return None

    def _check_unit(self, row: int, field: Field, unit: str) -> None:
        if not unit or _unit(unit) == _unit(field.unit):
            return
        expected = f"«{field.unit}»" if field.unit else "không có đơn vị tính"
        self.problems.append(
            self._grid.problem(
                "error",
                "unknown-unit",
                f"đơn vị tính ghi «{unit}», của «{field.label}» là {expected}.",
                "đổi số về đơn vị đó rồi sửa ô đơn vị tính.",
                (row, self._columns["don_vi"]),
            )
        )

    def _check_years(self, row: int, year: int, since: int | None) -> None:
        if year > self._year + _YEARS_AHEAD:
            self.problems.append(
                self._grid.problem(
                    "error",
                    "year-ahead",
                    f"năm {year} ở sau năm báo cáo {self._year}.",
                    "kiểm tra lại năm của số liệu.",
                    (row, self._columns["nam"]),
                )
            )
        if since is not None and since >= year:
            self.problems.append(
                self._grid.problem(
                    "error",
                    "base-year",
                    f"năm gốc {since} không ở trước năm {year}.",
                    "ở cột «So với năm» ghi năm mà từ đó tính thay đổi.",
                    (row, self._columns["so_voi_nam"]),
                )
            )


def _unit(text: str) -> str:
    plain = " ".join(text.casefold().split())
    plain = _SAME_UNITS.get(plain, plain)
    return plain if "%" in plain else bare(plain)
