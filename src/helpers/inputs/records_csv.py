"""Text files of records: encoding and separator found out, read by polars as text."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path

import polars as pl

from helpers.definitions._text import encoding_of
from helpers.inputs.csv_files import delimiter
from helpers.inputs.headings import headings_seen
from helpers.inputs.letters import legacy_encoding
from helpers.inputs.records_files import PROBED, Choose, RawTable, refusal

_SAVE_AS = "trong Excel chọn Lưu thành (Save As) › CSV UTF-8 (Comma delimited) rồi gửi lại."


def read_csv(path: Path, name: str, choose: Choose) -> RawTable:
    """Read a CSV file with commas, semicolons, tabs or bars, in UTF-8 or UTF-16.

    Parameters
    ----------
    path : Path
    name : str
        How the file is called in problems.
    choose : callable
        Finds the row of headings.

    Returns
    -------
    RawTable
        All columns text, an empty cell null.

    Raises
    ------
    InputError
        If the file is empty, in another encoding, or broken, or no row holds the headings.
    """
    text = _without_separator_line(_decoded(path.read_bytes(), name))
    if not text.strip():
        raise refusal(name, "empty-file", "Tệp không có dòng nào.", "xuất lại số liệu.")
    separator = delimiter(text)
    try:
        return _table(text, separator, name, choose)
    except csv.Error as error:
        raise refusal(
            name,
            "csv",
            f"Không đọc được tệp theo dạng CSV ({error}).",
            "kiểm tra dấu ngoặc kép quanh ô có dấu phẩy; ô quá dài thì rút gọn; rồi lưu lại.",
        ) from error


def _table(text: str, separator: str, name: str, choose: Choose) -> RawTable:
    probed, ends = _head(text, separator)
    row = choose(None, probed)
    if row is None:
        raise refusal(
            name,
            "no-headings",
            f"Không thấy dòng tiêu đề cột trong {PROBED} dòng đầu{headings_seen(probed)}.",
            "đặt tên các cột như mẫu (xem docs/data-entry.md), hoặc khai cột trong tệp thông số.",
        )
    # Lines of title above the headings have fewer cells than the table.
    above = ends[row - 1] if row else 0
    table = text.split("\n", above)[above]
    try:
        frame = pl.read_csv(
            BytesIO(table.encode()),
            has_header=False,
            infer_schema=False,
            separator=separator,
            encoding="utf8",
        )
    except pl.exceptions.PolarsError as error:
        raise _broken(text, separator, name) from error
    data = frame.slice(1)
    data.columns = [str(number) for number in range(data.width)]
    headings = (probed[row] + ("",) * data.width)[: data.width]
    lines = _lines(table, separator, frame.height)
    return RawTable(
        name,
        None,
        headings,
        data,
        above + 1,
        lines=lines and tuple(above + line for line in lines[1:]),
    )


def _lines(text: str, separator: str, rows: int) -> tuple[int, ...] | None:
    """Return the line on which each row ends, or None if every line is a row."""
    if text.count("\n") + (not text.endswith("\n")) == rows:
        return None
    reader = csv.reader(StringIO(text), delimiter=separator)
    return tuple(reader.line_num for _ in reader)


def _decoded(data: bytes, name: str) -> str:
    encoding = encoding_of(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        sample = data[max(0, error.start - 200) : error.start + 200].decode("latin-1")
        seems = legacy_encoding(sample)
        hint = f" (có vẻ là bảng mã {seems})" if seems in ("TCVN3", "VNI") else ""
        raise refusal(
            name,
            "not-utf8",
            f"Tệp không lưu bằng bảng mã Unicode{hint}.",
            (f"chuyển sang Unicode bằng UniKey, rồi {_SAVE_AS}" if hint else _SAVE_AS),
            data[: error.start].count(b"\n") + 1,
        ) from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise refusal(name, "not-text", "Tệp không phải văn bản.", _SAVE_AS, line)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _without_separator_line(text: str) -> str:
    # Excel writes "sep=;" for itself; the line stays, emptied, so that line numbers hold.
    first, end, rest = text.partition("\n")
    return end + rest if first.strip().lower().startswith("sep=") else text


def _head(text: str, separator: str) -> tuple[list[tuple[str, ...]], list[int]]:
    """Return the first rows, and the line on which each of them ends."""
    rows, ends = [], []
    reader = csv.reader(StringIO(text), delimiter=separator)
    for cells in islice(reader, PROBED):
        rows.append(tuple(cell.strip() for cell in cells))
        ends.append(reader.line_num)
    return rows, ends


def _broken(text: str, separator: str, name: str) -> Exception:
    """Find the line at which a file stops being a table."""
    width = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count('"') % 2:
            return refusal(
                name,
                "open-quote",
                "Dấu nháy kép không đóng.",
                "đóng dấu nháy kép ở ô này, hoặc xuất lại tệp từ phần mềm.",
                number,
            )
        cells = len(next(csv.reader([line], delimiter=separator), []))
        if width and cells > width:
            return refusal(
                name,
                "too-many-cells",
                f"Dòng có {cells} ô, nhiều hơn {width} ô của các dòng trước.",
                "đặt trong nháy kép ô có chứa dấu ngăn cách, hoặc xuất lại tệp từ phần mềm.",
                number,
            )
        width = max(width, cells)
    return refusal(
        name, "not-a-table", "Không đọc được tệp như một bảng.", f"mở tệp, kiểm tra, rồi {_SAVE_AS}"
    )
