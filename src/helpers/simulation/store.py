"""Writing what was made up, whole or not at all, and never over a person's file."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from helpers.definitions.forms import TableForm
from helpers.inputs.atomic import write_atomically

LIST = ".mo-phong.json"
"""Name of the list of files that the simulation wrote, with their digests."""

Cell = str | int | float | bool | date | None
Row = Mapping[str, Cell]


class OwnFileError(RuntimeError):
    """A file that the simulation did not write, or that was changed since, stands in its place."""


class Store:
    """The folder of a year of the made-up province.

    Parameters
    ----------
    folder : Path
        Made if it is not there.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        listed = folder / LIST
        self._written: dict[str, str] = (
            json.loads(listed.read_text(encoding="utf-8")) if listed.is_file() else {}
        )

    def check(self, names: Sequence[str]) -> None:
        """Refuse before anything is written if a person's file stands in the way.

        Parameters
        ----------
        names : sequence of str
            Files that will be written.

        Raises
        ------
        OwnFileError
            Naming the files.
        """
        own = [name for name in names if not self._is_ours(name)]
        if own:
            raise OwnFileError(
                f"Không ghi đè lên tệp không do lệnh mô phỏng tạo ra, hoặc đã được sửa: "
                f"{', '.join(own)} (trong {self.folder.parent.name}/{self.folder.name}). "
                "Hãy chuyển các tệp này đi nơi khác rồi chạy lại."
            )

    def records(self, name: str, frame: pl.DataFrame) -> int:
        """Write records as Parquet; return how many. Of none there is no file, and none is left."""
        if not frame.height:
            self._remove(name)
            return 0
        buffer = io.BytesIO()
        frame.write_parquet(buffer)
        self._write(name, buffer.getvalue())
        return frame.height

    def table(self, form: TableForm, rows: Sequence[Row]) -> int:
        """Write a table as CSV with the form's headings; return the number of rows."""
        columns = [column for column in form.columns if any(column.code in row for row in rows)]
        head = [column.label for column in columns]
        body = [[written(row.get(column.code)) for column in columns] for row in rows]
        self.text(f"{form.file}.csv", [head, *body])
        return len(rows)

    def text(self, name: str, rows: Sequence[Sequence[str]]) -> None:
        """Write rows of text as CSV in UTF-8."""
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerows(rows)
        self._write(name, buffer.getvalue().encode())

    def _is_ours(self, name: str) -> bool:
        path = self.folder / name
        return not path.exists() or self._written.get(name) == _digest(path.read_bytes())

    def _write(self, name: str, data: bytes) -> None:
        self.check([name])
        write_atomically(self.folder / name, data)
        self._written[name] = _digest(data)
        self._list()

    def _remove(self, name: str) -> None:
        self.check([name])
        (self.folder / name).unlink(missing_ok=True)
        self._written.pop(name, None)
        self._list()

    def _list(self) -> None:
        listed = json.dumps(self._written, indent=1, sort_keys=True)
        write_atomically(self.folder / LIST, listed.encode())


def written(value: Cell) -> str:
    """Write a cell as an office would: ``12,5``, ``31/12/2023``, ``có``.

    Examples
    --------
    >>> written(12.5), written(True), written(None), written(date(2023, 12, 31))
    ('12,5', 'có', '', '31/12/2023')
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return (
            str(int(value))
            if value.is_integer()
            else repr(round(float(value), 6)).replace(".", ",")
        )
    return str(value)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
