"""Read a CSV file as people save it: with a byte order mark, semicolons or tabs, UTF-8 or UTF-16."""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO
from pathlib import Path

from helpers.definitions._text import NotUnicodeError, decoded, encoding_of
from helpers.inputs.grid import Grid
from helpers.inputs.letters import legacy_encoding
from helpers.inputs.problems import InputError, Problem

_SAVE_AS = (
    "lưu lại thành CSV UTF-8 (trong Excel: Save As, chọn «CSV UTF-8 (Comma delimited)»); "
    "chữ gõ bằng bảng mã cũ thì chuyển sang Unicode trước."
)
_DELIMITERS = (";", "\t", ",", "|")
_LINES, _LOOKED_AT = 30, 300_000


def read_csv(path: Path, name: str) -> Grid:
    """Read a file into rows of text.

    Parameters
    ----------
    path : Path
    name : str
        Path from the root of the checkout, for messages and traces.

    Returns
    -------
    Grid
        All cells are ``str``. Lines that hold nothing are kept, so that a row has its line.

    Raises
    ------
    InputError
        If the file is no text, not in Unicode, or its quotation marks do not close.
    """
    text = _decoded(path.read_bytes(), name)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    begins = 1
    try:
        for fields in reader:
            rows.append(tuple(fields))
            lines.append(begins)
            begins = reader.line_num + 1
    except csv.Error as error:
        message = f"không đọc được tệp theo dạng CSV ({error})."
        remedy = "kiểm tra dấu ngoặc kép quanh ô có dấu phẩy ở dòng này, hoặc lưu lại bằng Excel."
        raise InputError(
            [Problem("error", name, None, None, "csv", message, remedy, reader.line_num)]
        ) from error
    return Grid(name, "", tuple(rows), tuple(lines))


def _decoded(data: bytes, name: str) -> str:
    if b"\0" in data and encoding_of(data) == "utf-8-sig":
        raise _refusal(name, "not-text", "tệp không phải văn bản.", _SAVE_AS)
    try:
        return decoded(data)
    except NotUnicodeError as error:
        seems = legacy_encoding(data.decode("cp1252", errors="replace").replace("\ufffd", ""))
        known = f"; có vẻ dùng bảng mã {seems}" if seems in ("TCVN3", "VNI") else ""
        message = f"tệp không phải văn bản UTF-8{known}."
        raise _refusal(name, "encoding", message, _SAVE_AS, error.line) from error


def delimiter(text: str) -> str:
    """Return what separates the cells of a text: what cuts most of its first lines alike.

    Counting signs would not do: a comma file may have a list "a;b;c;d;e" in one cell, a semicolon file
    decimal commas in all, and both have a line of title above their head.

    Examples
    --------
    >>> delimiter("a;b;c" + chr(10) + "1,5;2;3"), delimiter("a,b" + chr(10) + "1,x;y;z")
    (';', ',')
    """
    lines = [line for line in text[:_LOOKED_AT].splitlines() if line.strip()][:_LINES]

    def cuts(sign: str) -> tuple[int, int]:
        try:
            widths = Counter(len(cells) for cells in csv.reader(lines, delimiter=sign) if cells)
        except csv.Error:
            return 0, 0
        del widths[1]
        return max(((times, width) for width, times in widths.items()), default=(0, 0))

    return max(_DELIMITERS, key=lambda sign: (*cuts(sign), -_DELIMITERS.index(sign)))


def _refusal(
    name: str, rule: str, message: str, remedy: str, line: int | None = None
) -> InputError:
    return InputError([Problem("error", name, None, None, rule, message, remedy, line)])
