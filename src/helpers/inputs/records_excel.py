"""Workbooks of records: read through calamine, with what it does not tell taken from the XML.

Calamine gives hidden rows like any other and cells with an Excel error as empty. Both are looked for
in the XML of the sheet, which is searched as a stream of bytes: parsing it would take longer than
reading the data.
"""

from __future__ import annotations

import logging
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import fastexcel
import polars as pl

from helpers.inputs.problems import InputError, Problem
from helpers.inputs.records_files import PROBED, Choose, RawTable, refusal

LARGEST_BYTES = 4_000_000_000
"""Uncompressed size beyond which a workbook is refused."""

# It writes to the log that an empty column has no type.
logging.getLogger("fastexcel.types.dtype").setLevel(logging.ERROR)

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d+)"')
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]+\d+)"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_CHUNK = 1 << 22
_TAIL = 512
_NAMED = 5


@dataclass(frozen=True)
class _Marks:
    """What the XML of a sheet says beside the values; rows counted from 1."""

    hidden: tuple[int, ...]
    errors: tuple[str, ...]
    merged: tuple[tuple[int, int, str], ...]
    filtered: bool


def read_excel(path: Path, name: str, sheet: str, choose: Choose) -> RawTable:
    """Read the sheet of a workbook that holds the records.

    Parameters
    ----------
    path : Path
        ``.xlsx`` or ``.xlsm``.
    name : str
        How the file is called in problems.
    sheet : str
        Name of the sheet; empty for the only one with known headings.
    choose : callable
        Finds the row of headings.

    Returns
    -------
    RawTable

    Raises
    ------
    InputError
        If the workbook is locked, damaged or of the old format, has no such sheet or several, or the
        sheet has hidden rows, merged cells among the data, or cells with an Excel error.
    """
    parts = _opened(path, name)
    try:
        book = fastexcel.read_excel(path)
        found = _sheet(book, name, sheet, choose)
        marks = _marks(parts, found.name, name)
        frame = book.load_sheet(
            found.name, header_row=None, skip_rows=found.row + 1, schema_sample_rows=None
        ).to_polars()
    except (fastexcel.FastExcelError, KeyError, ElementTree.ParseError) as error:
        raise refusal(
            name,
            "damaged-sheet",
            "Không đọc được sổ tính; tệp bị hỏng.",
            "mở bằng Excel rồi lưu lại thành .xlsx, hoặc xuất lại từ phần mềm.",
        ) from error
    first_data = found.row + 2
    problems = _hidden(marks, first_data, name, found.name)
    problems += _merged(marks, found.row + 1, name, found.name)
    problems += _errors(marks, first_data, name, found.name)
    if problems:
        raise InputError(problems)
    frame.columns = [str(number) for number in range(frame.width)]
    headings = found.headings[: frame.width] + ("",) * (frame.width - len(found.headings))
    return RawTable(name, found.name, headings, frame, found.row + 1, found.first_column)


@dataclass(frozen=True)
class _Found:
    name: str
    row: int
    headings: tuple[str, ...]
    first_column: int


def _sheet(book: fastexcel.ExcelReader, file: str, wanted: str, choose: Choose) -> _Found:
    names = list(book.sheet_names)
    if wanted and wanted not in names:
        raise refusal(
            file,
            "no-such-sheet",
            f"Không có trang tính «{wanted}»; có: {', '.join(f'«{one}»' for one in names)}.",
            "sửa tên trang tính trong tệp thông số của tỉnh.",
        )
    found = []
    for name in [wanted] if wanted else names:
        sheet = book.load_sheet(name, header_row=None, skip_rows=0, n_rows=PROBED, dtypes="string")
        probed = [
            tuple("" if cell is None else str(cell).strip() for cell in row)
            for row in sheet.to_polars().rows()
        ]
        row = choose(name, probed)
        if row is not None:
            first = min((c.absolute_index for c in sheet.available_columns()), default=0)
            found.append(_Found(name, row, probed[row], first))
    if len(found) > 1:
        listed = ", ".join(f"«{one.name}»" for one in found)
        raise refusal(
            file,
            "several-sheets",
            f"Nhiều trang tính có cùng các cột này: {listed}.",
            "gộp vào một trang tính, hoặc ghi tên trang tính cần đọc (khóa sheet) trong tệp thông số.",
        )
    if not found:
        raise refusal(
            file,
            "no-headings",
            f"Không trang tính nào có dòng tiêu đề cột trong {PROBED} dòng đầu.",
            "đặt tên các cột như mẫu (xem docs/data-entry.md), hoặc khai cột trong tệp thông số.",
        )
    return found[0]


def _opened(path: Path, name: str) -> zipfile.ZipFile:
    head = path.read_bytes()[: 1 << 16]
    if head.startswith(_OLE):
        if _ENCRYPTED in path.read_bytes():
            raise refusal(
                name,
                "locked",
                "Sổ tính có mật khẩu nên không mở được.",
                "bỏ mật khẩu: Tệp › Thông tin › Bảo vệ sổ làm việc, rồi lưu lại.",
            )
        raise refusal(
            name,
            "old-workbook",
            "Sổ tính thuộc định dạng cũ của Excel (97-2003).",
            "mở bằng Excel rồi lưu lại thành .xlsx.",
        )
    try:
        parts = zipfile.ZipFile(path)
        if sum(part.file_size for part in parts.infolist()) > LARGEST_BYTES:
            raise refusal(
                name,
                "too-large",
                "Sổ tính quá lớn sau khi giải nén.",
                "xuất số liệu thành CSV UTF-8 hoặc Parquet.",
            )
    except zipfile.BadZipFile as error:
        raise refusal(
            name,
            "not-a-workbook",
            "Không mở được tệp như một sổ tính Excel; tệp bị hỏng hoặc không phải .xlsx.",
            "xuất lại từ phần mềm, hoặc mở bằng Excel rồi lưu lại thành .xlsx.",
        ) from error
    return parts


def _marks(parts: zipfile.ZipFile, sheet: str, name: str) -> _Marks:
    hidden: dict[int, None] = {}
    errors: dict[str, None] = {}
    merged: dict[tuple[int, int, str], None] = {}
    filtered = False
    try:
        for piece in _pieces(parts, _part_of(parts, sheet)):
            # Looking for the bare words first is several times faster than the expressions.
            if b"hidden=" in piece:
                hidden |= {int(found[1]): None for found in _HIDDEN_ROW.finditer(piece)}
            if b't="e"' in piece:
                errors |= {found[1].decode(): None for found in _ERROR_CELL.finditer(piece)}
            if b"mergeCell" in piece:
                for found in _MERGED.finditer(piece):
                    left, top, right, bottom = (part.decode() for part in found.groups())
                    merged[(int(top), int(bottom), f"{left}{top}:{right}{bottom}")] = None
            filtered = filtered or b"autoFilter" in piece
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        raise refusal(
            name,
            "damaged-sheet",
            "Không đọc được sổ tính; tệp bị hỏng.",
            "xuất lại từ phần mềm, hoặc mở bằng Excel rồi lưu lại thành .xlsx.",
        ) from error
    return _Marks(tuple(hidden), tuple(errors), tuple(merged), filtered)


def _pieces(parts: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Give the bytes of a part in pieces that overlap, so that no tag is cut in two everywhere."""
    tail = b""
    with parts.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield tail + chunk
            tail = chunk[-_TAIL:]


def _part_of(parts: zipfile.ZipFile, sheet: str) -> str:
    # Entity bombs are refused by the expat that Python 3.11 and later bring.
    relations = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {one.get("Id", ""): one.get("Target", "") for one in relations}
    book = ElementTree.fromstring(parts.read("xl/workbook.xml"))  # noqa: S314
    for one in book.iter(f"{_MAIN}sheet"):
        if one.get("name") == sheet:
            target = targets[one.get(_RELATION_ID, "")]
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(sheet)


def _hidden(marks: _Marks, first: int, file: str, sheet: str) -> list[Problem]:
    rows = [row for row in marks.hidden if row >= first]
    if not rows:
        return []
    named = ", ".join(str(row) for row in rows[:_NAMED])
    more = f" và {len(rows) - _NAMED} hàng khác" if len(rows) > _NAMED else ""
    remedy = "bỏ lọc (Dữ liệu › Xóa bộ lọc)" if marks.filtered else "cho hiện các hàng này (Unhide)"
    message = f"Có {len(rows)} hàng bị ẩn (hàng {named}{more}); không rõ có tính vào hay không."
    return [
        Problem(
            "error",
            file,
            sheet,
            f"A{rows[0]}",
            "hidden-rows",
            message,
            f"{remedy}, xóa những hàng không dùng, rồi lưu lại.",
        )
    ]


def _merged(marks: _Marks, heading: int, file: str, sheet: str) -> list[Problem]:
    found = []
    across = [ref for top, bottom, ref in marks.merged if top <= heading <= bottom]
    if across:
        found.append(
            Problem(
                "error",
                file,
                sheet,
                ", ".join(across[:_NAMED]),
                "merged-headings",
                "Dòng tiêu đề có ô gộp, không rõ mỗi cột tên gì.",
                "bỏ gộp ô (Unmerge) và ghi tên cho từng cột trên một dòng.",
            )
        )
    among = [ref for top, bottom, ref in marks.merged if top > heading]
    if among:
        found.append(
            Problem(
                "error",
                file,
                sheet,
                ", ".join(among[:_NAMED]),
                "merged-cells",
                f"Có {len(among)} chỗ gộp ô trong phần số liệu; Excel chỉ giữ giá trị ở ô đầu.",
                "bỏ gộp ô (Unmerge) và điền giá trị vào từng ô.",
            )
        )
    return found


def _errors(marks: _Marks, first: int, file: str, sheet: str) -> list[Problem]:
    cells = [
        cell for cell in marks.errors if int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) >= first
    ]
    if not cells:
        return []
    rest = f" và {len(cells) - _NAMED} ô khác" if len(cells) > _NAMED else ""
    return [
        Problem(
            "error",
            file,
            sheet,
            ", ".join(cells[:_NAMED]) + rest,
            "excel-error",
            f"Có {len(cells)} ô chứa lỗi của Excel (như #N/A, #REF!).",
            "sửa công thức hoặc ghi thẳng giá trị; không có số liệu thì để trống.",
        )
    ]


def read_parquet(path: Path, name: str, choose: Choose) -> RawTable:
    """Read a Parquet file; its column names are the headings.

    Raises
    ------
    InputError
        If it is damaged or its columns are not known.
    """
    try:
        frame = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise refusal(
            name, "damaged-file", "Không đọc được tệp Parquet; tệp bị hỏng.", "xuất lại tệp."
        ) from error
    headings = tuple(frame.columns)
    if choose(None, [headings]) is None:
        raise refusal(
            name,
            "no-headings",
            "Tên các cột không giống mẫu.",
            "đặt tên các cột như mẫu, hoặc khai cột trong tệp thông số.",
        )
    frame.columns = [str(number) for number in range(frame.width)]
    return RawTable(name, None, headings, frame, first_row=0)
