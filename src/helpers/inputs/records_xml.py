"""What only the XML of a workbook tells, or tells sooner: first rows, hidden rows, errors, merges.

Calamine reads a whole sheet before it gives its first row, gives hidden rows like any other and cells
with an Excel error as empty. The first rows are therefore parsed from the beginning of the XML, and the
rest of it is searched as a stream of bytes: parsing it would take longer than reading the data.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SHARED = "xl/sharedStrings.xml"
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d+)"')
_COLUMNS = re.compile(
    rb'<(?:\w+:)?col\b(?=[^>]*\bhidden="(?:1|true)")(?=[^>]*\bmin="(\d{1,9})")'
    rb'(?=[^>]*\bmax="(\d{1,12})")'
)
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]+\d+)"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
UNCOMPUTED = re.compile(
    rb'<(?:\w+:)?c\b(?![^>]*\bt="str")[^>]*?\br="([A-Z]+)(\d+)"[^>]*>\s*'
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
"""A formula without a stored value; one of type ``str`` gave an empty text, which is a value."""
_CHUNK = 1 << 22
_TAIL = 1 << 14
"""More than the longest cell: a formula has at most 8192 letters."""
_LETTERS = 26


@dataclass(frozen=True)
class Marks:
    """What the XML of a sheet says beside the values; rows counted from 1.

    Parameters
    ----------
    hidden : tuple of int
        Hidden rows.
    hidden_columns : tuple of (int, int)
        First and last of hidden columns next to each other, counted from 1.
    errors : tuple of str
        Cells with an Excel error.
    merged : tuple of (int, int, str)
        First row, last row and name of each merged range.
    filtered : bool
        Whether a filter is set.
    uncomputed : tuple of (str, int)
        Column letters and row of formulas whose value the file does not hold.
    """

    hidden: tuple[int, ...]
    errors: tuple[str, ...]
    merged: tuple[tuple[int, int, str], ...]
    filtered: bool
    uncomputed: tuple[tuple[str, int], ...] = ()
    hidden_columns: tuple[tuple[int, int], ...] = ()


def hidden_in(xml: bytes) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    """Return the hidden rows of a sheet, and first and last of its hidden columns, from 1."""
    rows = tuple(dict.fromkeys(int(found[1]) for found in _HIDDEN_ROW.finditer(xml)))
    columns = (tuple(int(part) for part in found.groups()) for found in _COLUMNS.finditer(xml))
    return rows, tuple(dict.fromkeys((first, last) for first, last in columns))


def marks(parts: zipfile.ZipFile, sheet: str) -> Marks:
    """Search the XML of a sheet.

    Raises
    ------
    KeyError, BadZipFile, OSError, ElementTree.ParseError
        If the workbook is damaged.
    """
    hidden: dict[int, None] = {}
    errors: dict[str, None] = {}
    merged: dict[tuple[int, int, str], None] = {}
    uncomputed: dict[tuple[str, int], None] = {}
    columns: dict[tuple[int, int], None] = {}
    filtered = False
    for piece in _pieces(parts, _part_of(parts, sheet)):
        # Looking for the bare words first is several times faster than the expressions.
        if b"hidden=" in piece:
            rows, wide = hidden_in(piece)
            hidden |= dict.fromkeys(rows)
            columns |= dict.fromkeys(wide)
        if b't="e"' in piece:
            errors |= {found[1].decode(): None for found in _ERROR_CELL.finditer(piece)}
        if b"mergeCell" in piece:
            for found in _MERGED.finditer(piece):
                left, top, right, bottom = (part.decode() for part in found.groups())
                merged[(int(top), int(bottom), f"{left}{top}:{right}{bottom}")] = None
        if b"<f" in piece or b":f" in piece:
            for found in UNCOMPUTED.finditer(piece):
                uncomputed[(found[1].decode(), int(found[2]))] = None
        filtered = filtered or b"autoFilter" in piece
    return Marks(
        tuple(hidden),
        tuple(errors),
        tuple(merged),
        filtered,
        tuple(uncomputed),
        tuple(columns),
    )


def first_rows(parts: zipfile.ZipFile, sheet: str, count: int) -> list[tuple[str, ...]]:
    """Return the first rows of a sheet as text, from cell A1 on.

    Parameters
    ----------
    parts : ZipFile
    sheet : str
    count : int

    Returns
    -------
    list of tuple of str
        At most `count` rows, an empty one for each that the file leaves out; rows end with their last
        filled cell.

    Raises
    ------
    KeyError, BadZipFile, OSError, ElementTree.ParseError
        If the workbook is damaged.
    """
    rows: list[dict[int, str]] = []
    shared: list[tuple[int, int, int]] = []
    for number, row in _rows(parts, sheet, count):
        rows += [{} for _ in range(number - len(rows))]
        for order, cell in enumerate(row.iter(f"{_MAIN}c")):
            column = _column(cell.get("r", ""), order)
            kind, text = cell.get("t"), cell.findtext(f"{_MAIN}v", "")
            if kind == "s" and text:
                shared.append((number - 1, column, int(text)))
            elif kind == "inlineStr":
                text = "".join(part.text or "" for part in cell.iter(f"{_MAIN}t"))
            rows[number - 1][column] = text
    texts = _shared_texts(parts, {index for _, _, index in shared})
    for at, column, index in shared:
        rows[at][column] = texts[index]
    return [tuple(row.get(c, "").strip() for c in range(max(row, default=-1) + 1)) for row in rows]


def _rows(
    parts: zipfile.ZipFile, sheet: str, count: int
) -> Iterator[tuple[int, ElementTree.Element]]:
    with parts.open(_part_of(parts, sheet)) as stream:
        number = 0
        for _, element in ElementTree.iterparse(stream):  # noqa: S314
            if element.tag != f"{_MAIN}row":
                continue
            number = int(element.get("r", number + 1))
            if number > count:
                return
            yield number, element


def _shared_texts(parts: zipfile.ZipFile, wanted: set[int]) -> dict[int, str]:
    """Read texts that cells share; those of the first rows stand at the beginning."""
    found: dict[int, str] = {}
    if not wanted:
        return found
    last, index = max(wanted), 0
    with parts.open(_SHARED) as stream:
        for _, element in ElementTree.iterparse(stream):  # noqa: S314
            if element.tag != f"{_MAIN}si":
                continue
            if index in wanted:
                found[index] = "".join(part.text or "" for part in element.iter(f"{_MAIN}t"))
            if index == last:
                break
            index += 1
            element.clear()
    return found


def _column(reference: str, order: int) -> int:
    letters = reference.rstrip("0123456789")
    return column_number(letters) if letters else order


def column_number(letters: str) -> int:
    """Return the column that letters name, counted from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number - 1


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
