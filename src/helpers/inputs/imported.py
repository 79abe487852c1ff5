"""Keep what was read from official workbooks, and hand on published and imported scores together.

``data/imported/<index>/`` holds ``scores.csv``, ``indicators.csv``, ``intervals.csv`` and
``import.json``. It is written as a whole beside the old one and then renamed, so that a failed
import never damages a good earlier one. What the last import took the place of lies in
``data/imported/workbooks/<index>/``, for :func:`take_back`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd

from helpers.inputs.columns import (
    INDICATOR_COLUMNS,
    INTERVAL_COLUMNS,
    SCORE_COLUMNS,
    ImportedTables,
    frame,
    join,
)
from helpers.inputs.problems import InputError, Problem
from helpers.inputs.published import published_scores
from helpers.inputs.published_errors import published_errors
from helpers.kept import while_unchanged
from helpers.project import Project

__all__ = [
    "Imported",
    "indicators",
    "intervals",
    "read_imported",
    "scores",
    "store",
    "take_back",
]

_RECORD = "import.json"
_WRITTEN = "written.txt"
"""Beside what was there before: the digest of what the import wrote."""
_TABLES: Mapping[str, Mapping[str, str]] = {
    "scores": SCORE_COLUMNS,
    "indicators": INDICATOR_COLUMNS,
    "intervals": INTERVAL_COLUMNS,
}


@dataclass(frozen=True)
class Imported:
    """All that was imported for an index.

    Parameters
    ----------
    scores, indicators, intervals : DataFrame
        See :mod:`helpers.inputs.columns`.
    files : tuple of mapping
        For each workbook that still supplies a year: ``file``, ``sha256``, ``years``, ``sheets``
        and ``problems``, as in ``import.json``.
    """

    scores: pd.DataFrame
    indicators: pd.DataFrame
    intervals: pd.DataFrame
    files: tuple[Mapping[str, Any], ...]


def store(tables: ImportedTables, project: Project) -> None:
    """Keep the tables of a workbook; its years replace the same years of earlier workbooks.

    Parameters
    ----------
    tables : ImportedTables
    project : Project

    Raises
    ------
    OSError
        If the folder cannot be written; what was there before stays.
    """
    earlier = read_imported(tables.index, project)
    new = set(tables.years)
    project.imported.mkdir(parents=True, exist_ok=True)
    temporary = project.imported / f".{tables.index}-{uuid4().hex}"
    temporary.mkdir()
    try:
        for name, columns in _TABLES.items():
            old: pd.DataFrame = getattr(earlier, name)
            rows = join([old[~old["year"].isin(new)], getattr(tables, name)], columns)
            rows = rows.sort_values("year", kind="stable")
            rows.to_csv(temporary / f"{name}.csv", index=False, lineterminator="\n")
        record = {"files": [*_still_supplying(earlier.files, new), _record(tables)]}
        text = json.dumps(record, ensure_ascii=False, indent=1)
        (temporary / _RECORD).write_text(text + "\n", encoding="utf-8")
        _put_in_place(temporary, tables.index, project)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _still_supplying(files: tuple[Mapping[str, Any], ...], new: set[int]) -> list[dict[str, Any]]:
    """Return the earlier workbooks without the years that are replaced."""
    kept = [
        {**file, "years": [year for year in file["years"] if year not in new]} for file in files
    ]
    return [file for file in kept if file["years"]]


def _record(tables: ImportedTables) -> dict[str, Any]:
    return {
        "file": tables.file,
        "sha256": tables.sha256,
        "years": list(tables.years),
        "sheets": [asdict(sheet) for sheet in tables.sheets],
        "problems": [asdict(problem) for problem in tables.problems],
    }


def _put_in_place(temporary: Path, index: str, project: Project) -> None:
    """Rename the new folder over the old one; the old one is kept to be put back."""
    current, previous = project.imported / index, _previous(index, project)
    if current.exists():
        shutil.rmtree(previous, ignore_errors=True)
        current.rename(previous)
    try:
        temporary.rename(current)
    except OSError:
        if previous.exists():
            previous.rename(current)
        raise
    before = _before(index, project)
    shutil.rmtree(before, ignore_errors=True)
    before.parent.mkdir(parents=True, exist_ok=True)
    if previous.exists():
        previous.rename(before)
    before.mkdir(exist_ok=True)
    # Last: a machine that stops earlier leaves nothing that could be put back in error.
    (before / _WRITTEN).write_text(_digest(current), encoding="utf-8")


def take_back(index: str, project: Project) -> Path:
    """Put back what the last import of a workbook took the place of.

    Parameters
    ----------
    index : str
    project : Project

    Returns
    -------
    Path
        The folder of what is imported; it is gone where that was the first import.

    Raises
    ------
    InputError
        If there was no import, or somebody has changed its files since: their work is not lost.
    """
    current, before = project.imported / index, _before(index, project)
    name = project.relative(current)
    written = before / _WRITTEN
    if not written.is_file():
        message = f"Chưa có lần nạp sổ tính nào của {index} để hoàn lại."
        remedy = "để hoàn lại một bảng kết quả đã nạp, thêm --year."
        raise InputError([Problem("error", name, None, None, "no-import", message, remedy)])
    if written.read_text(encoding="utf-8") != _digest(current):
        message = "Các tệp đã được sửa sau lần nạp nên không hoàn lại."
        remedy = "giữ lại phần đã sửa, rồi nạp lại sổ tính trước đây."
        raise InputError([Problem("error", name, None, None, "changed-since", message, remedy)])
    previous = _previous(index, project)
    shutil.rmtree(previous, ignore_errors=True)
    current.rename(previous)
    written.unlink()
    if _holds_import(before):
        before.rename(current)
    shutil.rmtree(before, ignore_errors=True)
    shutil.rmtree(previous, ignore_errors=True)
    return current


def _digest(folder: Path) -> str:
    made = hashlib.sha256()
    for path in sorted(folder.glob("*")):
        made.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        made.update(path.read_bytes())
    return made.hexdigest()


def _before(index: str, project: Project) -> Path:
    return project.imported / "workbooks" / index


def _previous(index: str, project: Project) -> Path:
    return project.imported / f".{index}-previous"


def read_imported(index: str, project: Project) -> Imported:
    """Read what was imported for an index.

    Parameters
    ----------
    index : str
    project : Project

    Returns
    -------
    Imported
        Empty tables with the right columns when nothing was imported.

    Raises
    ------
    InputError
        If the stored files were damaged.
    """
    folder = project.imported / index
    if not _holds_import(folder):
        # A machine that stopped between the two renamings of an import left only the old folder.
        folder = _previous(index, project)
    if not _holds_import(folder):
        empty = {table: frame([], columns) for table, columns in _TABLES.items()}
        return Imported(**empty, files=())
    kept = _read(folder, project.relative(folder))
    return Imported(kept.scores.copy(), kept.indicators.copy(), kept.intervals.copy(), kept.files)


def _holds_import(folder: Path) -> bool:
    # Opened, not just looked for: what a report opens in vain is part of its fingerprint, so that
    # the first import makes the reports new.
    try:
        (folder / _RECORD).open("rb").close()
    except FileNotFoundError:
        return False
    return True


@while_unchanged(lambda folder, name: [folder / f"{one}.csv" for one in _TABLES], size=4)
def _read(folder: Path, name: str) -> Imported:
    try:
        record = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
        tables = {table: _read_table(folder / f"{table}.csv", _TABLES[table]) for table in _TABLES}
        return Imported(**tables, files=tuple(record["files"]))
    except (OSError, ValueError, KeyError) as error:
        message = f"Số liệu đã nạp bị hỏng ({error})."
        remedy = "xóa thư mục này rồi nạp lại sổ tính bằng lệnh: chiso import papi TỆP.xlsm"
        raise InputError(
            [Problem("error", name, None, None, "damaged-import", message, remedy)]
        ) from error


def _read_table(path: Path, columns: Mapping[str, str]) -> pd.DataFrame:
    kinds = {name: "object" if kind == "str" else kind for name, kind in columns.items()}
    empty = {name: [""] for name, kind in columns.items() if kind == "float64"}
    table = pd.read_csv(path, dtype=kinds, keep_default_na=False, na_values=empty)
    if list(table.columns) != list(columns):
        raise ValueError(f"{path.name}: các cột là {', '.join(table.columns)}")
    return table


def scores(index: str, project: Project) -> pd.DataFrame:
    """Return all scores of an index, published with the project or imported.

    A year that was imported is taken from the import as a whole, because an official workbook goes
    down to the sub-dimensions and two sources are not mixed within a year.

    Parameters
    ----------
    index : str
    project : Project

    Returns
    -------
    DataFrame
        Table of scores (docs/architecture.md), in the order of the years.

    Raises
    ------
    InputError
        If a file is wrong.
    """
    own = read_imported(index, project).scores
    published = published_scores(index, project)
    rest = published[~published["year"].isin(own["year"].unique())]
    both = join([rest, own], SCORE_COLUMNS)
    return both.sort_values("year", kind="stable", ignore_index=True)


def indicators(index: str, project: Project) -> pd.DataFrame:
    """Return the imported indicators, or an empty frame with the same columns.

    Parameters
    ----------
    index : str
    project : Project

    Returns
    -------
    DataFrame
        :data:`helpers.inputs.columns.INDICATOR_COLUMNS`; shares are 0 to 1 as printed.
    """
    return read_imported(index, project).indicators


def intervals(index: str, project: Project) -> pd.DataFrame:
    """Return the intervals of the total, published with the project or imported.

    A year that was imported is taken from the import as a whole.

    Parameters
    ----------
    index : str
    project : Project

    Returns
    -------
    DataFrame
        :data:`helpers.inputs.columns.INTERVAL_COLUMNS`; points, and interviews as a count. Empty if
        none are known.

    Raises
    ------
    InputError
        If a file is wrong.
    """
    own = read_imported(index, project)
    published = published_errors(index, project)
    rest = published[~published["year"].isin(own.scores["year"].unique())]
    return join([rest, own.intervals], INTERVAL_COLUMNS)
