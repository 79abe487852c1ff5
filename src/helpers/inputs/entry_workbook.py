"""Write the entry workbook of an office: a guide, the single figures, and a sheet for each table."""

from __future__ import annotations

import math
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from helpers.definitions.forms import EntryForms, Field, TableForm, of_locality
from helpers.inputs import entry_styles as styles
from helpers.inputs.atomic import write_new
from helpers.inputs.delivery import Delivery
from helpers.inputs.entry import Entry
from helpers.inputs.entry_guide import sheet_order, write_guide
from helpers.inputs.entry_sheets import LISTS
from helpers.inputs.figure_sheets import SHEET, sheet_fields
from helpers.inputs.observations import Observation
from helpers.places import Place, register

_READY_ROWS = 30
_HEADING_ROW = 4
_WIDEST = 50
_FIGURE_WIDTHS = (21, 46, 13, 13, 13, 9, 15, 32, 20)


def write_entry_workbook(
    path: Path,
    unit: str,
    place: Place,
    delivery: Delivery,
    forms: EntryForms,
    last: Entry | None = None,
) -> Path:
    """Write an empty entry workbook.

    Parameters
    ----------
    path : Path
        Where to write it. A file that is there stays as it is.
    unit : str
        Name of the office, for the guide.
    place : Place
        Its province.
    delivery : Delivery
        Whose it is, and the year that is reported on.
    forms : EntryForms
        What is asked for.
    last : Entry, optional
        Delivery of the year before: its figures fill the column of that year, and its rows are the
        start of tables that are carried over.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    FileExistsError
        If there is a file already.
    """
    book, year = Workbook(), delivery.year
    book.properties.creator = "chiso"
    book.properties.title = f"Số liệu năm {year}, {unit}"
    guide = book.active
    lists_sheet = book.create_sheet(LISTS)
    lists = _write_lists(lists_sheet, forms)
    _write_figures(book.create_sheet(SHEET), forms, year, lists, last)
    for form in sheet_order(forms):
        _write_table(book.create_sheet(form.sheet), form, lists, last)
    write_guide(guide, unit, place, delivery, forms)
    book.move_sheet(lists_sheet, offset=len(book.sheetnames))
    lists_sheet.sheet_state = "hidden"
    book.active = 0
    content = BytesIO()
    book.save(content)
    return write_new(path, content.getvalue())


def _write_lists(sheet: Worksheet, forms: EntryForms) -> styles.Lists:
    """Write the values of all drop-downs: a list inside a rule may not hold a comma."""
    fields = [field for form in forms.tables for field in form.columns]
    fields += [field for topic in forms.topics for field in topic.figures]
    wanted = dict.fromkeys([styles.FLAGS, *(f.choices for f in fields if f.kind == "choice")])
    ranges = {}
    for number, choices in enumerate(wanted, 1):
        letter = get_column_letter(number)
        for row, choice in enumerate(choices, 1):
            cell = sheet.cell(row, number, choice)
            cell.number_format = "@"
        ranges[choices] = f"'{LISTS}'!${letter}$1:${letter}${len(choices)}"
    return styles.Lists(ranges)


def _write_figures(
    sheet: Worksheet, forms: EntryForms, year: int, lists: styles.Lists, last: Entry | None
) -> None:
    fields = sheet_fields(year)
    _title(
        sheet,
        f"Số liệu chung năm {year}",
        "Điền cột của năm báo cáo; số liệu năm trước để so sánh. Ô để trống là không có số liệu; không "
        "phát sinh thì ghi 0. Số liệu của một huyện, một nhóm: chép dòng đó xuống dòng trống ở cuối, "
        "giữ mã, ghi tên ở cột «Nhóm».",
        len(fields),
    )
    for column, field in enumerate(fields, 1):
        _heading(sheet, column, field.label, required=False)
    row = _HEADING_ROW + 1
    rules: dict[str, list[tuple[Field, int]]] = {}
    for topic in forms.topics:
        for column in range(1, len(fields) + 1):
            band = sheet.cell(row, column, topic.title if column == 2 else None)
            band.font, band.fill, band.border = styles.BOLD, styles.PALE_FILL, styles.GRID
        row += 1
        for figure in topic.figures:
            for observation in _last_figures(f"{topic.key}.{figure.code}", year, last):
                _figure_row(sheet, row, f"{topic.key}.{figure.code}", figure, observation)
                rules.setdefault(figure.model_dump_json(), []).append((figure, row))
                row += 1
    for pairs in rules.values():
        rule = styles.accept(pairs[0][0], lists)
        for _, at in pairs:
            rule.add(f"D{at}:E{at}")
        sheet.add_data_validation(rule)
    since = styles.accept(next(f for f in fields if f.code == "so_voi_nam"), lists)
    since.add(f"F{_HEADING_ROW + 1}:F{styles.LAST_ROW}")
    sheet.add_data_validation(since)
    styles.set_widths(sheet, _FIGURE_WIDTHS)
    styles.paper(sheet, f"{_HEADING_ROW}:{_HEADING_ROW}", freeze=f"D{_HEADING_ROW + 1}")


def _last_figures(code: str, year: int, last: Entry | None) -> list[Observation | None]:
    """Return last year's figures of a code, one for each group; at least one row, empty or not."""
    if last is None:
        return [None]
    found = [item for item in last.figures if item.code == code and item.year == year - 1]
    whole = [item for item in found if not item.group][:1]
    groups = [item for item in found if item.group]
    return [*whole, *groups] if whole else [None, *groups]


def _figure_row(
    sheet: Worksheet, row: int, code: str, field: Field, last: Observation | None
) -> None:
    values: list[Any] = [code, field.label, field.unit, None, None, None, None, None, None]
    if last is not None:
        values[3] = last.printed if math.isnan(last.value) else last.value
        values[6] = last.group or None
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column, value)
        cell.border, cell.font, cell.alignment = styles.GRID, styles.BODY, styles.WRAP
        cell.number_format = "@"
    sheet.cell(row, 1).font = styles.CODE
    for column in (4, 5):
        sheet.cell(row, column).number_format = styles.number_format(field)
    sheet.cell(row, 6).number_format = "0"


def _write_table(
    sheet: Worksheet, form: TableForm, lists: styles.Lists, last: Entry | None
) -> None:
    _title(sheet, form.title, form.help, len(form.columns))
    for column, field in enumerate(form.columns, 1):
        _heading(sheet, column, _label(field), required=field.required)
        code = sheet.cell(_HEADING_ROW + 1, column, field.code)
        code.font, code.fill, code.border = styles.CODE, styles.PALE_FILL, styles.GRID
        code.alignment = styles.CENTRE
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].number_format = styles.number_format(field)
        rule = styles.accept(field, lists)
        rule.add(f"{letter}{_HEADING_ROW + 2}:{letter}{styles.LAST_ROW}")
        sheet.add_data_validation(rule)
    carried = list(_carried(form, last))
    first = _HEADING_ROW + 2
    for row in range(first, first + len(carried) + _READY_ROWS):
        values = carried[row - first] if row - first < len(carried) else {}
        for column, field in enumerate(form.columns, 1):
            cell = sheet.cell(row, column, values.get(field.code))
            cell.border, cell.font, cell.alignment = styles.GRID, styles.BODY, styles.WRAP
            cell.number_format = styles.number_format(field)
    widths = [_width(field, carried) for field in form.columns]
    for number, values in enumerate(carried, first):
        # Programs do not fit rows to wrapped text by themselves when they open a file.
        lines = [
            math.ceil(len(str(values.get(field.code) or "")) / (wide - 2))
            for field, wide in zip(form.columns, widths, strict=True)
        ]
        sheet.row_dimensions[number].height = 15.5 * max(1, *lines)
    styles.set_widths(sheet, widths)
    frozen = f"B{first}" if styles.width(form.columns[0]) < 30 else f"A{first}"
    styles.paper(sheet, f"{_HEADING_ROW}:{_HEADING_ROW + 1}", freeze=frozen)


def _carried(form: TableForm, last: Entry | None) -> Iterator[dict[str, Any]]:
    """Yield the rows that the new year begins with."""
    if last is None or not form.carry_over:
        return
    # A year or a day that names a row is last year's.
    names = [code for code in form.unique if form.column(code).kind not in ("year", "date")]
    source = {**{code: code for code in names}, **dict(form.carry)}
    abolished = register().same_parts(last.year, last.year + 1)
    for record in last.table(form.key).to_dict("records"):
        if abolished and of_locality({str(code): value for code, value in record.items()}):
            continue
        yield {new: _stored(record.get(old)) for new, old in source.items()}


def _stored(value: Any) -> Any:
    """Return a value of a table as a workbook holds it."""
    if value is None or value is pd.NA or value is pd.NaT or value == "":
        return None
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    if isinstance(value, bool):
        return styles.FLAGS[0] if value else styles.FLAGS[1]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _width(field: Field, carried: list[dict[str, Any]]) -> float:
    longest = max((len(str(values.get(field.code) or "")) for values in carried), default=0)
    return max(styles.width(field), min(longest + 2, _WIDEST)) if longest else styles.width(field)


def _label(field: Field) -> str:
    return f"{field.label} ({field.unit})" if field.unit else field.label


def _title(sheet: Worksheet, title: str, help_text: str, columns: int) -> None:
    sheet["A1"] = title
    sheet["A1"].font = styles.TITLE
    wide = max(2, min(columns, 9))
    sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=wide)
    sheet["A2"] = help_text
    sheet["A2"].font, sheet["A2"].alignment = styles.HELP, styles.WRAP
    sheet.row_dimensions[1].height = 24
    sheet.row_dimensions[2].height = 15 * max(1, math.ceil(len(help_text) / (wide * 15)))
    sheet.row_dimensions[_HEADING_ROW].height = 62


def _heading(sheet: Worksheet, column: int, text: str, *, required: bool) -> None:
    cell = sheet.cell(_HEADING_ROW, column, f"{text} *" if required else text)
    cell.font, cell.fill = styles.HEADING, styles.DEEP_FILL
    cell.alignment, cell.border = styles.CENTRE, styles.GRID
