"""Workbooks and Parquet files of records: values through calamine, everything else from the XML."""

from __future__ import annotations

import logging
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import fastexcel
import polars as pl

from helpers.inputs.headings import headings_seen
from helpers.inputs.problems import InputError, Problem
from helpers.inputs.records_files import PROBED, Choose, RawTable, refusal
from helpers.inputs.records_xml import Marks, column_number, first_rows, marks
from helpers.inputs.unreadable import noise_kept
from helpers.inputs.workbook_shape import tamed

LARGEST_BYTES = 4_000_000_000
"""Uncompressed size beyond which a workbook is refused."""

# It writes to the log that an empty column has no type.
logging.getLogger("fastexcel.types.dtype").setLevel(logging.ERROR)

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NO_CELLS = (pl.Binary, pl.Object, pl.Duration, pl.Time)
_NAMED = 5
_TRIAL = "import sys, polars; polars.read_parquet(sys.argv[1])"
"""What a trial process does with a Parquet file; faults that it raises are told by the reader."""


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
        If the workbook is locked or of the old format, has no such sheet or several, or the sheet has
        hidden rows, merged cells among the data, or cells with an Excel error. What libraries raise
        about a damaged one becomes a problem in `helpers.inputs.unreadable`.
    """
    data, parts = _opened(path, name)
    with noise_kept():
        book = fastexcel.read_excel(data)
        found = _sheet(book, parts, name, sheet, choose)
        seen = marks(parts, found.name)
        loaded = book.load_sheet(
            found.name, header_row=None, skip_rows=found.row + 1, schema_sample_rows=None
        )
        columns = [column.absolute_index for column in loaded.available_columns()]
        frame = loaded.to_polars()
    first_data = found.row + 2
    problems = _hidden(seen, first_data, name, found.name)
    problems += _merged(seen, found.row + 1, name, found.name)
    problems += _errors(seen, first_data, name, found.name)
    if problems:
        raise InputError(problems)
    frame.columns = [str(number) for number in range(frame.width)]
    headings = tuple(found.headings[at] if at < len(found.headings) else "" for at in columns)
    first_column = min(columns, default=0)
    uncomputed = [
        (row - first_data, column_number(letters) - first_column)
        for letters, row in seen.uncomputed
        if row >= first_data
    ]
    return RawTable(
        name,
        found.name,
        headings,
        frame,
        found.row + 1,
        first_column,
        uncomputed=tuple(uncomputed),
        hidden=tuple(
            number
            for number, column in enumerate(columns)
            if any(first <= column + 1 <= last for first, last in seen.hidden_columns)
        ),
    )


@dataclass(frozen=True)
class _Found:
    name: str
    row: int
    headings: tuple[str, ...]


def _sheet(
    book: fastexcel.ExcelReader, parts: zipfile.ZipFile, file: str, wanted: str, choose: Choose
) -> _Found:
    names = list(book.sheet_names)
    if wanted and wanted not in names:
        raise refusal(
            file,
            "no-such-sheet",
            f"Không có trang tính «{wanted}»; có: {', '.join(f'«{one}»' for one in names)}.",
            "sửa tên trang tính trong tệp thông số của tỉnh.",
        )
    found, seen = [], ""
    for name in [wanted] if wanted else names:
        probed = first_rows(parts, name, PROBED)
        seen = seen or headings_seen(probed)
        row = choose(name, probed)
        if row is not None:
            found.append(_Found(name, row, probed[row]))
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
            f"Không trang tính nào có dòng tiêu đề cột trong {PROBED} dòng đầu{seen}.",
            "đặt tên các cột như mẫu (xem docs/data-entry.md), hoặc khai cột trong tệp thông số.",
        )
    return found[0]


def _opened(path: Path, name: str) -> tuple[bytes, zipfile.ZipFile]:
    data = path.read_bytes()
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
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
        parts = zipfile.ZipFile(BytesIO(data))
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
    made = tamed(data, name)
    return made, parts if made is data else zipfile.ZipFile(BytesIO(made))


def _hidden(seen: Marks, first: int, file: str, sheet: str) -> list[Problem]:
    rows = [row for row in seen.hidden if row >= first]
    if not rows:
        return []
    named = ", ".join(str(row) for row in rows[:_NAMED])
    more = f" và {len(rows) - _NAMED} hàng khác" if len(rows) > _NAMED else ""
    remedy = "bỏ lọc (Dữ liệu › Xóa bộ lọc)" if seen.filtered else "cho hiện các hàng này (Unhide)"
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


def _merged(seen: Marks, heading: int, file: str, sheet: str) -> list[Problem]:
    found = []
    across = [ref for top, bottom, ref in seen.merged if top <= heading <= bottom]
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
    among = [ref for top, bottom, ref in seen.merged if top > heading]
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


def _errors(seen: Marks, first: int, file: str, sheet: str) -> list[Problem]:
    cells = [
        cell for cell in seen.errors if int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) >= first
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


def _ends_its_reader(path: Path) -> bool:
    """Try a file in a process of its own: memory that a damaged page asks for is asked for by force.

    The library does not raise then, it aborts, and nothing in this process could tell the clerk why.
    """
    trial = subprocess.run(
        [sys.executable, "-c", _TRIAL, str(path)],
        capture_output=True,
        check=False,
    )
    return trial.returncode < 0


def read_parquet(path: Path, name: str, choose: Choose) -> RawTable:
    """Read a Parquet file; its column names are the headings.

    Raises
    ------
    InputError
        If its columns are not known, or if it is so damaged that its reader ends the process.
    """
    if _ends_its_reader(path):
        raise refusal(
            name,
            "unreadable",
            "Tệp Parquet bị hỏng nên không đọc được.",
            "xuất lại tệp từ nơi đã lập ra nó, hoặc lưu thành CSV.",
        )
    with noise_kept():
        frame = pl.read_parquet(path)
    nested = [name for name, kind in frame.schema.items() if kind.is_nested() or kind in _NO_CELLS]
    if nested:
        raise refusal(
            name,
            "not-cells",
            f"Cột «{nested[0]}» chứa danh sách hoặc dữ liệu nhị phân, không phải giá trị đơn.",
            "xuất lại tệp, mỗi ô một giá trị.",
        )
    frame = frame.with_columns(
        pl.col(pl.Categorical, pl.Enum).cast(pl.String), pl.col(pl.Decimal).cast(pl.Float64)
    )
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
