"""What ``chiso doctor`` vouches for, done once: packages loaded, records read, a report published."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import nbformat
import polars as pl
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from openpyxl import Workbook

from helpers.cli.requirements import Asked, modules_of
from helpers.inputs.records_excel import read_excel, read_parquet
from helpers.project import Project
from helpers.publishing import FORMATS, publish

_HEADINGS = ("Mã hộ", "Số khẩu")
_ROWS = (("H1", 4), ("H2", 2))
_BEGINS = {"html": b"<!DOCTYPE html>", "pdf": b"%PDF-", "docx": b"PK"}
_FRONT_MATTER = "---\ntitle: Thử máy\ndate: '2024'\nlang: vi\n---"
_TABLE = "| Nội dung | Điểm |\n|:---|---:|\n| Thủ tục hành chính công | 7,25 |"


class TrialError(Exception):
    """A trial did not give what was put in."""


def import_all(packages: tuple[Asked, ...]) -> Iterator[tuple[Asked, str]]:
    """Import every package that is there.

    Yields
    ------
    Asked, str
        A package that cannot be imported, and why.
    """
    for package in packages:
        for module in modules_of(package.requirement) if package.version else ():
            try:
                import_module(module)
            except Exception as error:  # whatever a broken package raises
                yield package, f"{module}: {error}"


def read_records(folder: Path) -> None:
    """Write records as a workbook, read them, keep them as Parquet and read them again.

    Raises
    ------
    TrialError
        If what is read is not what was written.
    """
    book = Workbook()
    for row in (_HEADINGS, *_ROWS):
        book.active.append(row)
    book.save(folder / "thu.xlsx")
    table = read_excel(folder / "thu.xlsx", "thu.xlsx", "", lambda sheet, rows: 0)
    named = dict(zip(table.frame.columns, table.headings, strict=True))
    table.frame.rename(named).write_parquet(folder / "thu.parquet")
    again = read_parquet(folder / "thu.parquet", "thu.parquet", lambda sheet, rows: 0)
    frame = again.frame.with_columns(pl.nth(1).cast(pl.Int64))
    if (again.headings, tuple(frame.rows())) != (_HEADINGS, _ROWS):
        raise TrialError(f"đọc được {again.headings}, {frame.rows()}")


def publish_report(folder: Path, project: Project) -> None:
    """Publish a report of one sentence and one table as HTML, PDF and Word by pandoc and Typst.

    Raises
    ------
    TrialError
        If a file is not of its kind.
    PublishError
        If pandoc or Typst fails.
    """
    shown = new_output("display_data", data={"text/markdown": _TABLE, "text/plain": "…"})
    source = "#| label: tbl-thu\n#| tbl-cap: Bảng thử\n#| echo: false\ntables.thu()"
    notebook = new_notebook(
        cells=[
            new_raw_cell(_FRONT_MATTER, id="front-matter"),
            new_markdown_cell("## Kết quả\n\nBảng @tbl-thu được lập để thử máy.", id="m1"),
            new_code_cell(source, outputs=[shown], execution_count=1, id="c1"),
        ]
    )
    path = folder / "thu.ipynb"
    nbformat.write(notebook, path)
    for made in publish(path, FORMATS, "pandoc", project):
        if not made.read_bytes().lstrip().startswith(_BEGINS[made.suffix.removeprefix(".")]):
            raise TrialError(f"{made.name} không đúng dạng tệp")
