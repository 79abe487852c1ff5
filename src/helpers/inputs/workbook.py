"""Open an Excel workbook and read its sheets as they stand, with what a reader could not see.

Values are read by calamine. It gives cells with an Excel error such as ``#N/A`` as empty text
(https://github.com/dimastbk/python-calamine/issues/105), which would pass them off as "not
available"; their positions are therefore taken from the sheet's XML.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
)

from helpers.inputs.problems import InputError, Problem
from helpers.inputs.records_xml import UNCOMPUTED, hidden_in
from helpers.inputs.unreadable import noise_kept, problems_of
from helpers.inputs.workbook_shape import tamed

Cell = str | float | int | bool | date | time | datetime | timedelta

LARGEST_BYTES = 300_000_000
"""Uncompressed size beyond which a file is refused; the official workbook has 13 million."""

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*)>")
_IS_ERROR = re.compile(rb'\bt="e"')
_POSITION = re.compile(rb'\br="([A-Z]+[0-9]+)"')


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Parameters
    ----------
    name : str
    rows : tuple of tuple
        All cells from A1 on; an empty cell is ``""``.
    error_cells : frozenset of str
        A1 names of the cells that hold an Excel error; they are empty in `rows`.
    uncomputed : frozenset of str
        A1 names of formulas whose value the file does not hold; they are empty in `rows`.
    hidden_rows, hidden_columns : int
        How many rows and columns with cells a person does not see.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    error_cells: frozenset[str]
    uncomputed: frozenset[str] = frozenset()
    hidden_rows: int = 0
    hidden_columns: int = 0


class Workbook:
    """An open workbook whose sheets are read when asked for.

    Parameters
    ----------
    path : Path
        ``.xlsx`` or ``.xlsm``.
    again : str
        Vietnamese: how to get a damaged file anew.

    Raises
    ------
    InputError
        If there is no such file, or it is no such workbook, or locked by a password, or damaged.
    """

    def __init__(self, path: Path, again: str = "tải lại tệp từ papi.org.vn") -> None:
        self.name = path.name
        data = _bytes(path)
        self.sha256 = hashlib.sha256(data).hexdigest()
        try:
            self._parts = zipfile.ZipFile(BytesIO(data))
            if sum(part.file_size for part in self._parts.infolist()) > LARGEST_BYTES:
                raise _refusal(
                    self.name,
                    "too-large",
                    "Sổ tính quá lớn sau khi giải nén.",
                    "chỉ giữ các trang tính cần nạp rồi lưu lại.",
                )
            with problems_of(self.name, again):
                data = tamed(data, self.name)
            self._parts = zipfile.ZipFile(BytesIO(data))
            self._book = CalamineWorkbook.from_filelike(BytesIO(data))
        except PasswordError as error:
            raise _locked(self.name) from error
        except (CalamineError, zipfile.BadZipFile) as error:
            raise _refusal(
                self.name,
                "not-a-workbook",
                "Không mở được tệp như một sổ tính Excel; tệp bị hỏng hoặc không phải .xlsx, .xlsm.",
                f"{again}, hoặc mở bằng Excel rồi lưu lại thành .xlsx.",
            ) from error

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """Names of the sheets with cells, in the order of the workbook; no chart sheets."""
        return tuple(
            sheet.name
            for sheet in self._book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet
        )

    def sheet(self, name: str) -> Sheet:
        """Read a sheet.

        Raises
        ------
        InputError
            If the sheet is damaged.
        """
        with problems_of(self.name, "tải lại tệp, hoặc mở bằng Excel rồi lưu lại thành .xlsx."):
            with noise_kept():
                rows = self._book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            xml = self._parts.read(self._part_of(name))
        uncomputed = {f"{cell[0].decode()}{cell[1].decode()}" for cell in UNCOMPUTED.findall(xml)}
        cells = tuple(tuple(row) for row in rows)
        hidden, columns = hidden_in(xml)
        width = max((len(row) for row in cells), default=0)
        return Sheet(
            name,
            cells,
            _error_cells(xml),
            frozenset(uncomputed),
            sum(row <= len(cells) for row in hidden),
            sum(max(0, min(last, width) - first + 1) for first, last in columns),
        )

    def _part_of(self, name: str) -> str:
        """Return the path inside the file of the XML of a sheet."""
        targets = self._targets()
        for sheet in self._xml("xl/workbook.xml").iter(f"{_MAIN}sheet"):
            if sheet.get("name") == name:
                target = targets[sheet.get(_RELATION_ID, "")]
                return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        raise KeyError(name)

    def _targets(self) -> Mapping[str, str]:
        relations = self._xml("xl/_rels/workbook.xml.rels")
        return {one.get("Id", ""): one.get("Target", "") for one in relations}

    def _xml(self, part: str) -> ElementTree.Element:
        # Entity bombs are refused by the expat that Python 3.11 and later bring.
        return ElementTree.fromstring(self._parts.read(part))  # noqa: S314


def _error_cells(xml: bytes) -> frozenset[str]:
    found = set()
    for attributes in _CELL.findall(xml):
        position = _POSITION.search(attributes)
        if position and _IS_ERROR.search(attributes):
            found.add(position[1].decode("ascii"))
    return frozenset(found)


def _bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        remedy = "kiểm tra lại tên và thư mục của tệp."
        raise _refusal(path.name, "missing-file", "Không có tệp này.", remedy) from error
    except OSError as error:
        message = f"Không đọc được tệp ({error.strerror})."
        raise _refusal(path.name, "unreadable", message, "kiểm tra quyền đọc tệp.") from error
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise _locked(path.name)
        raise _refusal(
            path.name,
            "old-format",
            "Tệp có định dạng Excel cũ (.xls).",
            "mở bằng Excel rồi lưu lại thành .xlsx.",
        )
    return data


def _locked(name: str) -> InputError:
    remedy = "mở bằng Excel, bỏ mật khẩu rồi lưu lại."
    return _refusal(name, "password", "Sổ tính được bảo vệ bằng mật khẩu.", remedy)


def _refusal(name: str, rule: str, message: str, remedy: str) -> InputError:
    return InputError([Problem("error", name, None, None, rule, message, remedy)])
