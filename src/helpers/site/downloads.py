"""The figures of a page as files: one tidy CSV with its metadata, and one workbook."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from helpers.display.csv_text import csv_bytes, harmless, number_of
from helpers.site.taken_apart import CellOf, DataTable

COLUMNS = {
    "noi": "Nơi hoặc cơ quan mà trang nói về",
    "ma": "Mã của nơi ấy, như trong địa chỉ trang",
    "nam": "Năm của giá trị: năm ghi ở dòng hoặc ở đầu cột, không thì năm của báo cáo",
    "bang": "Mã bảng",
    "ten_bang": "Tên bảng",
    "dong": "Dòng",
    "cot": "Cột",
    "gia_tri": "Giá trị như in trên trang",
    "so": "Giá trị bằng số, dấu chấm thập phân; của thứ hạng là hạng; để trống nếu không phải số",
    "don_vi": "Đơn vị của số, nếu ô có ghi",
    "nguon": "Nguồn của giá trị, nếu trang có ghi",
}
_YEAR = re.compile(r"\b(?:19|20)\d\d$")
_SINCE = "so với"
_RANK = re.compile(r"(\d+)/(\d+)(?:\*| \(đồng hạng\))?")
_WORDS = re.compile(r"[^\W\d_][^\d(–]*")
_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?")
_FIXED = datetime(2000, 1, 1)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_INK, _TEAL = "FF16262D", "FF0B5563"
_BAD_SHEET = re.compile(r"[\[\]:*?/\\']")


def tables_csv(tables: Iterable[DataTable], place: str, slug: str, year: int) -> bytes:
    """Return the tables of a page as one tidy table: a line for every cell but the first of a row.

    A row of key figures has a line for every cell, named by its head. Files of several pages may be
    put below each other: every line says of whom and of which year it is.

    Parameters
    ----------
    tables : iterable of DataTable
    place, slug : str
        Whom the page is about: its name and how addresses write it.
    year : int
        Of the report.

    Returns
    -------
    bytes
        UTF-8 with a byte order mark, which Excel needs to show Vietnamese; columns :data:`COLUMNS`.
    """
    lines: list[Sequence[str]] = [tuple(COLUMNS)]
    for table in tables:
        for row, head, cell in _cells(table):
            number, unit = measured(cell.text)
            printed = "" if number is None else f"{number:g}" if number % 1 else f"{number:.0f}"
            of = _year(table, row, head) or str(year)
            name, heading = (head, "Giá trị") if table.key else (row[0].text, head)
            texts = (place, slug, of, table.label, table.caption, name, heading, cell.text)
            lines.append((*map(harmless, texts), printed, harmless(unit), harmless(cell.trace)))
    return csv_bytes(lines)


def _cells(table: DataTable) -> Iterator[tuple[Sequence[CellOf], str, CellOf]]:
    """Go through the values of a table: row, head of the column, cell."""
    for row in table.rows:
        for head, cell in list(zip(table.header, row, strict=False))[0 if table.key else 1 :]:
            yield row, head, cell


def _year(table: DataTable, row: Sequence[CellOf], head: str) -> str:
    """Return the year that a row or the head of a column names; a change has none of its own."""
    if "Năm" in table.header:
        return row[table.header.index("Năm")].text
    found = _YEAR.search(head)
    return found[0] if found and _SINCE not in head else ""


def measured(text: str) -> tuple[float | None, str]:
    """Read a printed value as a number and its unit.

    >>> measured("78,04%"), measured("55/61"), measured("18 huyện"), measured("Cao")
    ((78.04, '%'), (55.0, 'hạng trong 61'), (18.0, 'huyện'), (None, ''))
    """
    if ranked := _RANK.fullmatch(text.strip()):
        return float(ranked[1]), f"hạng trong {ranked[2]}"
    bare, _, unit = text.strip().partition(" ")
    number = number_of(text)
    if number is not None:
        return number, "%" if text.rstrip().endswith("%") else ""
    counted = number_of(bare) if _WORDS.fullmatch(unit) else None
    return (None, "") if counted is None else (counted, unit)


def csvw(file: str, title: str, columns: Sequence[dict[str, Any]], **about: Any) -> dict[str, Any]:
    """Describe a CSV file as W3C's CSV on the Web does.

    Parameters
    ----------
    file : str
        Name of the CSV file, beside the description.
    title : str
        Vietnamese.
    columns : sequence of dict
        ``name``, ``titles`` and ``datatype`` of each column.
    **about
        Further properties of the table, such as ``dc:source``.
    """
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "vi"}],
        "url": file,
        "dc:title": title,
        "dc:language": "vi",
        **{key: value for key, value in about.items() if value},
        "dialect": {"header": True, "encoding": "utf-8"},
        "tableSchema": {"columns": list(columns)},
    }


def tables_csvw(file: str, title: str, **about: Any) -> bytes:
    """Return the description of what :func:`tables_csv` writes, as JSON."""
    columns = [
        {
            "name": name,
            "titles": name,
            "dc:description": meaning,
            "datatype": "number" if name == "so" else "string",
        }
        for name, meaning in COLUMNS.items()
    ]
    return as_json(csvw(file, title, columns, **about))


def chart_csvw(file: str, title: str, content: bytes, **about: Any) -> bytes:
    """Return the description of the rows of a chart, as JSON; numbers have a decimal point."""
    head, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    columns = [
        {
            "name": name,
            "titles": name,
            "datatype": "number" if all(map(_is_number, cells)) else "string",
        }
        for name, cells in zip(head, zip(*lines, strict=True), strict=True)
    ]
    return as_json(csvw(file, title, columns, **about))


def _is_number(text: str) -> bool:
    return not text or _DECIMAL.fullmatch(text) is not None


def as_json(value: Any) -> bytes:
    """Write JSON that people can read too."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def tables_xlsx(title: str, about: Sequence[tuple[str, str]], tables: Sequence[DataTable]) -> bytes:
    """Return a workbook: cover, contents, notes, and one sheet a table.

    Parameters
    ----------
    title : str
    about : sequence of (str, str)
        What stands on the cover: label and text.
    tables : sequence of DataTable

    Returns
    -------
    bytes
        The same for the same tables. Numbers are numbers; nothing is a formula.
    """
    book = Workbook()
    cover = book.active
    if not isinstance(cover, Worksheet):
        raise TypeError("openpyxl không tạo được trang tính")
    cover.title = "Bìa"
    names = _sheet_names(tables)
    _fill(cover, [(title,), (), *about], widths=(28, 90), bold_rows=(1,))
    listed = [("Trang tính", "Bảng"), *((n, t.caption) for n, t in zip(names, tables, strict=True))]
    _fill(book.create_sheet("Mục lục"), listed, widths=(18, 90), bold_rows=(1,))
    notes = [("Bảng", "Ghi chú")]
    notes += [(n, note) for n, t in zip(names, tables, strict=True) for note in t.notes]
    notes += [("Chung", "Số in trên trang đã làm tròn; phép tính dùng số chưa làm tròn.")]
    notes += [
        ("Chung", "Cột “Nguồn” bên phải mỗi bảng ghi nơi lấy các số của dòng, nếu trang có ghi.")
    ]
    _fill(book.create_sheet("Ghi chú"), notes, widths=(18, 90), bold_rows=(1,))
    for name, table in zip(names, tables, strict=True):
        _table_sheet(book.create_sheet(name), table)
    book.properties.title, book.properties.creator = title, "chiso"
    book.properties.created = _FIXED
    stream = io.BytesIO()
    book.save(stream)
    return _without_clock(stream.getvalue())


def _table_sheet(sheet: Worksheet, table: DataTable) -> None:
    traced = any(cell.trace for row in table.rows for cell in row)
    header = [*table.header, *(["Nguồn"] if traced else [])]
    _put(sheet.cell(1, 1), table.caption, bold=True)
    for column, heading in enumerate(header, start=1):
        cell = sheet.cell(3, column)
        _put(cell, heading, bold=True)
        cell.border = Border(bottom=Side(style="thin", color=_TEAL))
        cell.alignment = Alignment(wrap_text=True, vertical="bottom")
    for line, row in enumerate(table.rows, start=4):
        for column, content in enumerate(row, start=1):
            _put_value(sheet.cell(line, column), content)
        if traced:
            traces = dict.fromkeys(content.trace for content in row if content.trace)
            _put(sheet.cell(line, len(header)), "; ".join(traces))
    sheet.freeze_panes = "B4"
    for column, heading in enumerate(header, start=1):
        longest = max(
            [len(row[column - 1].text) for row in table.rows if column <= len(row)] or [0]
        )
        width = min(max(longest, len(heading) // 2, 8) + 2, 48)
        sheet.column_dimensions[get_column_letter(column)].width = width


def _fill(
    sheet: Worksheet,
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    bold_rows: Sequence[int],
) -> None:
    for line, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(line, column)
            _put(cell, text, bold=line in bold_rows)
            cell.alignment = Alignment(wrap_text=column > 1 or len(row) > 1, vertical="top")
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def _put_value(cell: Cell | Any, content: CellOf) -> None:
    text = content.text
    if content.number is not None:
        cell.value = content.number
        return
    number = number_of(text)
    if number is None:
        _put(cell, text)
        return
    part = text.partition(",")[2].rstrip("% ")
    percent = text.rstrip().endswith("%")
    cell.value = number
    cell.number_format = ("#,##0." + "0" * len(part) if part else "#,##0") + (
        '"%"' if percent else ""
    )
    cell.font = Font(color=_INK)


def _put(cell: Cell | Any, text: str, *, bold: bool = False) -> None:
    # Said to be a string after the value is set: openpyxl takes "=…" for a formula.
    cell.value = text
    cell.data_type = "s"
    cell.font = Font(bold=bold, color=_TEAL if bold else _INK)


def _sheet_names(tables: Sequence[DataTable]) -> list[str]:
    names: list[str] = []
    for number, table in enumerate(tables, start=1):
        plain = _BAD_SHEET.sub(" ", table.caption.partition(".")[0]).strip()[:26]
        name = plain or f"Bảng {number}"
        names.append(name if name not in names else f"{name} ({number})")
    return names


def _without_clock(data: bytes) -> bytes:
    """Write a workbook again without the time it was saved at, so that it is the same every time."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", content)
            new.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED
            )
    return stream.getvalue()
