"""How far the cells of a workbook reach, known before a library makes room for them.

Calamine makes room for every cell between the first and the last that is filled, openpyxl for every
cell of a merged area: one space in XFD1048576 or a merge over the whole sheet costs gigabytes, and a
library in Rust that gets no memory ends the process. So the XML is looked at first. Cells that hold
nothing but spaces are taken out where they stand far away, merged areas end with the filled cells, and
what still reaches too far is refused by the name of the cell.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree

from helpers.inputs.problems import InputError, Problem, cell_name

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""Of a sheet of Excel."""
ROOM = 2_000_000
"""Cells between the first and the last for which there is always room."""
SPREAD = 8
"""Beyond `ROOM`: how many cells there may be between the first and the last for each in the file."""
LARGEST_ROOM = 150_000_000
"""Cells between the first and the last beyond which a sheet is refused however full it is."""

_NS = rb"(?:[\w.-]+:)?"
_REFERENCE = re.compile(rb"""\br\s*=\s*["']\s*\$?([A-Za-z]{1,9})\$?(\d{1,12})\s*["']""")
_WIDE = re.compile(rb"""\br\s*=\s*["']\s*\$?([A-Za-z]{2,9})\$?\d""")
_ROW = re.compile(rb"<" + _NS + rb"""row\b[^>]*?\br\s*=\s*["'](\d{1,12})["']""")
_CELL = re.compile(rb"<(" + _NS + rb")c(?=[\s/>])([^>]*?)(?:/>|>(.*?)</\1c\s*>)", re.DOTALL)
_VALUE = re.compile(rb"<" + _NS + rb"v\b[^>]*>([^<]*)</")
_TEXT = re.compile(rb"<" + _NS + rb"t\b[^>]*>([^<]*)</")
_TYPE = re.compile(rb"""\bt\s*=\s*["'](\w+)["']""")
_KINDS = (b"s", b"n", b"str", b"inlineStr", b"b", b"e", b"d")
_OF_FORMULAS = (b"shared", b"array", b"normal", b"dataTable")
_AT = rb"""[^>]*?\br\s*=\s*["']([A-Za-z]{1,3}\d{1,7})["']"""
_STRANGE = (
    re.compile(
        rb"<" + _NS + rb"""c\s(?=[^>]*?\st\s*=\s*["'](?!(?:s|n|str|inlineStr|b|e|d)["']))""" + _AT
    ),
    re.compile(
        rb"<" + _NS + rb"""c\s(?![^>]*?\st\s*=\s*["']inlineStr["'])"""
        rb"(?=[^>]*>\s*<" + _NS + rb"is[\s>])" + _AT
    ),
)
"""A cell of a kind that there is not, or that holds another: text to one library, empty to another."""
_FORMULA = re.compile(rb"<" + _NS + rb"f[\s/>]")
_MERGE = re.compile(
    rb"(<" + _NS + rb"""mergeCell\b[^>]*?\bref\s*=\s*["'])"""
    rb"""\$?([A-Za-z]{1,9})\$?(\d{1,12}):\$?([A-Za-z]{1,9})\$?(\d{1,12})(["'])"""
)
_STRICT = b"purl.oclc.org/ooxml/spreadsheetml"
_MAIN = re.compile(rb"""["']http://schemas\.openxmlformats\.org/spreadsheetml/2006/main["']""")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_FEW = 300_000
"""Cells up to which every reference is looked at; beyond, only those that stand out."""
_SMALL_MERGE = 1_000
_LARGEST_STRAY = 100_000_000
"""Bytes of a sheet in which far cells are looked for one by one."""
_CHUNK = 1 << 22
_TAIL = 1 << 12


@dataclass(frozen=True)
class Extent:
    """How far the cells of a sheet reach.

    Parameters
    ----------
    rows, columns : int
        Last row and column with a cell, counted from 1.
    cells : int
        Cells in the file.
    """

    rows: int
    columns: int
    cells: int

    @property
    def too_far(self) -> bool:
        """Whether room for all of it would cost much more than what is there."""
        if self.rows > MOST_ROWS or self.columns > MOST_COLUMNS:
            return True
        room = self.rows * self.columns
        return room > LARGEST_ROOM or (room > ROOM and room > SPREAD * self.cells)


def tamed(data: bytes, file: str, most_cells: int | None = None) -> bytes:
    """Return a workbook whose sheets reach no further than what they hold.

    Parameters
    ----------
    data : bytes
        Of a workbook; returned as it is where nothing is to be done.
    file : str
        How the file is called in problems.
    most_cells : int, optional
        Cells of a sheet that are read at most.

    Raises
    ------
    InputError
        If a filled cell stands far away from all others, a sheet is too large, the file has another
        format, or the workbook is kept as "Strict Open XML", which libraries read as empty.
    BadZipFile, KeyError, ParseError, …
        If the workbook is damaged: see `helpers.inputs.unreadable`.
    """
    with zipfile.ZipFile(BytesIO(data)) as parts:
        if (format_ := _other_format(parts)) is not None:
            raise _refusal(
                file,
                "other-format",
                f"tệp có định dạng {format_}, chưa đọc được.",
                "mở bằng Excel hoặc LibreOffice rồi lưu lại thành .xlsx.",
            )
        if _STRICT in parts.read("xl/workbook.xml")[:_CHUNK]:
            raise _refusal(
                file,
                "strict-workbook",
                "sổ tính lưu ở dạng «Strict Open XML», chưa đọc được.",
                "trong Excel chọn Lưu thành (Save As) › Excel Workbook (*.xlsx) rồi gửi lại.",
            )
        changed: dict[str, bytes] = {}
        for sheet, part in sheet_parts(parts):
            new = _tamed_sheet(parts, part, file, sheet, most_cells)
            if new is not None:
                changed[part] = new
        return _with(parts, changed) if changed else data


def _other_format(parts: zipfile.ZipFile) -> str | None:
    """Return the format of a file that is no .xlsx whatever its name ends with."""
    names = set(parts.namelist())
    if "xl/workbook.bin" in names:
        return "Excel nhị phân (.xlsb)"
    if "mimetype" in names and b"opendocument" in parts.read("mimetype")[:200]:
        return "OpenDocument (.ods)"
    if "word/document.xml" in names:
        return "Word (.docx)"
    return None


def sheet_parts(parts: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet and where its XML lies."""
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    # Entity bombs are refused by the expat that Python 3.11 and later bring.
    relations = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {one.get("Id", ""): one.get("Target", "") for one in relations}
    book = ElementTree.fromstring(parts.read("xl/workbook.xml"))  # noqa: S314
    names = set(parts.namelist())
    for one in book.iter(f"{main}sheet"):
        target = targets.get(one.get(relation, ""), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in names:
            yield one.get("name", ""), part


def _tamed_sheet(
    parts: zipfile.ZipFile, part: str, file: str, sheet: str, most_cells: int | None
) -> bytes | None:
    """Return the XML of a sheet anew, or None if it may stay as it is."""
    extent, merges = _measured(parts, part, file, sheet)
    if most_cells is not None and extent.cells > most_cells:
        raise _refusal(
            file,
            "too-large",
            f"trang tính có {extent.cells} ô, nhiều hơn mức đọc được ({most_cells} ô).",
            "chỉ giữ các hàng, cột của biểu mẫu; xóa định dạng ở các hàng, cột trống rồi lưu lại.",
            sheet,
        )
    if not extent.too_far and not merges:
        return None
    if parts.getinfo(part).file_size > _LARGEST_STRAY:
        raise _far(file, sheet, cell_name(extent.rows - 1, extent.columns - 1))
    content = parts.read(part)
    if extent.too_far:
        content = _without_blanks(content, parts)
        left = list(_positions(content))
        now = _extent(left)
        if now.too_far:
            row, column = max(left, key=lambda at: (at[0] * at[1], at))
            raise _far(file, sheet, cell_name(row - 1, column - 1))
        extent = now
    return _MERGE.sub(lambda found: _clipped(found, extent), content)


def _measured(parts: zipfile.ZipFile, part: str, file: str, sheet: str) -> tuple[Extent, bool]:
    """Return how far the cells of a sheet reach and whether a large area is merged."""
    cells = rows = last = columns = 0
    merges = False
    few: list[bytes] = []
    for number, piece in enumerate(_pieces(parts, part)):
        # In another namespace all cells would be read as none.
        if number == 0 and (
            piece.startswith(_UTF_16) or b"<!DOCTYPE" in piece or not _MAIN.search(piece)
        ):
            raise _refusal(
                file,
                "unusual-xml",
                "trang tính không ở dạng mà Excel lưu.",
                "mở bằng Excel rồi lưu lại thành .xlsx.",
                sheet,
            )
        if strange := _strange_cell(piece):
            raise _refusal(
                file,
                "unusual-cell",
                "ô này được ghi theo một kiểu mà sổ tính không có, nên không biết ô chứa gì.",
                "mở bằng Excel rồi lưu lại thành .xlsx, hoặc lấy lại tệp gốc.",
                sheet,
                strange,
            )
        fresh = piece[_TAIL:] if number else piece
        cells += (
            len(re.findall(rb"<" + _NS + rb"c[\s/>]", fresh))
            if b":c " in fresh
            else (fresh.count(b"<c ") + fresh.count(b"<c>") + fresh.count(b"<c/"))
        )
        found = [int(one) for one in _ROW.findall(piece)]
        rows += len(found)
        last = max(last, *found, 0)
        columns = max([columns, *(_number(one) for one in set(_WIDE.findall(piece)))])
        if cells <= _FEW:
            few.append(piece)
        if not merges and b"mergeCell" in piece:
            merges = any(_area(one) > _SMALL_MERGE for one in _MERGE.finditer(piece))
    if cells <= _FEW:
        at = [place for piece in few for place in _positions(piece)]
        return Extent(
            max((row for row, _ in at), default=0),
            max((column for _, column in at), default=0),
            cells,
        ), merges
    return Extent(max(last, rows), max(columns, min(26, cells)), cells), merges


def _strange_cell(piece: bytes) -> str | None:
    """Return a cell that libraries do not read alike; counting first costs a tenth of searching."""
    known = sum(piece.count(b' t="%s"' % kind) for kind in (*_KINDS, *_OF_FORMULAS))
    texts = piece.count(b' t="inlineStr"')
    if piece.count(b' t="') == known and piece.count(b"is>") <= 2 * texts and b" t='" not in piece:
        return None
    found = next((one for strange in _STRANGE if (one := strange.search(piece))), None)
    return found[1].decode() if found else None


def _pieces(parts: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Give the bytes of a part in pieces that overlap, so that no tag is cut in two everywhere."""
    tail = b""
    with parts.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield tail.rjust(_TAIL) + chunk if tail else chunk
            tail = chunk[-_TAIL:]


def _positions(content: bytes) -> Iterator[tuple[int, int]]:
    for found in _REFERENCE.finditer(content):
        yield int(found[2]), _number(found[1])


def _extent(places: list[tuple[int, int]]) -> Extent:
    return Extent(
        max((row for row, _ in places), default=0),
        max((column for _, column in places), default=0),
        len(places),
    )


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _without_blanks(content: bytes, parts: zipfile.ZipFile) -> bytes:
    shared = _blank_texts(parts)

    def kept(found: re.Match[bytes]) -> bytes:
        return b"" if _is_blank(found[2], found[3] or b"", shared) else found[0]

    return _CELL.sub(kept, content)


def _is_blank(attributes: bytes, body: bytes, shared: set[int]) -> bool:
    if _FORMULA.search(body):
        return False
    kind = _TYPE.search(attributes)
    value = _VALUE.search(body)
    if kind and kind[1] == b"inlineStr":
        return not b"".join(_TEXT.findall(body)).strip()
    if kind and kind[1] == b"s":
        return value is None or int(value[1] or b"-1") in shared
    return value is None or not value[1].strip()


def _blank_texts(parts: zipfile.ZipFile) -> set[int]:
    """Return which of the texts that cells share hold nothing."""
    name = "xl/sharedStrings.xml"
    if name not in parts.namelist():
        return set()
    items = re.split(rb"<" + _NS + rb"si[\s/>]", parts.read(name))[1:]
    return {index for index, one in enumerate(items) if not b"".join(_TEXT.findall(one)).strip()}


def _area(found: re.Match[bytes]) -> int:
    return (int(found[5]) - int(found[3]) + 1) * (_number(found[4]) - _number(found[2]) + 1)


def _clipped(found: re.Match[bytes], extent: Extent) -> bytes:
    """End a merged area with the filled cells."""
    if _area(found) <= _SMALL_MERGE:
        return found[0]
    top, left = int(found[3]), _number(found[2])
    bottom = max(top, min(int(found[5]), extent.rows + 1))
    right = max(left, min(_number(found[4]), extent.columns + 1))
    area = f"{cell_name(top - 1, left - 1)}:{cell_name(bottom - 1, right - 1)}"
    return found[1] + area.encode() + found[6]


def _with(parts: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for item in parts.infolist():
            name = item.filename
            target.writestr(name, changed[name] if name in changed else parts.read(name))
    return made.getvalue()


def _far(file: str, sheet: str, cell: str) -> InputError:
    return InputError(
        [
            Problem(
                "error",
                file,
                sheet,
                cell,
                "far-cell",
                "ô này có nội dung nhưng nằm rất xa bảng số liệu, nên trang tính không được đọc.",
                "xóa các hàng, cột thừa ở cuối trang tính rồi lưu lại.",
            )
        ]
    )


def _refusal(
    file: str,
    rule: str,
    message: str,
    remedy: str,
    sheet: str | None = None,
    cell: str | None = None,
) -> InputError:
    return InputError([Problem("error", file, sheet, cell, rule, message, remedy)])
