"""One table of traps: the same file, spoiled in the same way, made for every reader there is."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
from inputs_workbooks import columns_sheet

from helpers.definitions.forms import load_forms
from helpers.indices.papi.read_workbook import read_papi_workbook
from helpers.inputs.delivery import Delivery
from helpers.inputs.entry_sheets import read_workbook
from helpers.inputs.office import RecordFile
from helpers.inputs.reading import read_entry
from helpers.inputs.records import read_record_file
from helpers.inputs.table_import import Stated, read_table

SHEET = "xl/worksheets/sheet1.xml"
SLUG, YEAR = "quang-nam", 2023
Rows = list[list[object]]


@dataclass(frozen=True)
class Reader:
    """A way in: what a sound table looks like, and how it is read.

    Parameters
    ----------
    name : str
    sheet : str
        Name of the sheet in a workbook.
    rows : list
        A sound table, headings first.
    number : tuple of (int, int)
        Row and column, from 0, of a cell with a number that is used.
    read : callable
        Reads a file at a place in a project; returns all that was read and told, as one text.
    file : str
        Name of the file without ending.
    """

    name: str
    sheet: str
    rows: Rows
    number: tuple[int, int]
    read: Callable[[Path, object], str]
    file: str


def _records(path, project):
    form = load_forms(project).record("dossiers")
    own = RecordFile()
    read = read_record_file(path, form, own, YEAR, path.name)
    return f"{read.frame.to_dicts()} {[str(one) for one in read.problems]}"


def _entry(path, project):
    if path.suffix == ".xlsx":
        read_workbook(path, project)
    entry = read_entry(Delivery(YEAR, SLUG), project)
    return f"{[(f.code, f.value) for f in entry.figures]} {[str(one) for one in entry.problems]}"


def _table(path, project):
    made = read_table(path, "dti", 2016, Stated("official", "thử"), project)
    return f"{made.content} {[str(one) for one in made.problems]}"


def _papi(path, project):
    tables = read_papi_workbook(path, project)
    values = [round(float(value), 9) for value in tables.scores["value"]]
    return f"{len(values)} {values} {[str(one) for one in tables.problems]}"


RECORDS: Rows = [
    ["Mã hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả", "Trạng thái", "Số lần yêu cầu bổ sung"],
    *(
        [f"HS-{n}", f"{n + 1:02}/03/2023", f"{n + 9:02}/03/2023", "Đang xử lý", n]
        for n in range(1, 5)
    ),
]
ENTRY: Rows = [
    ["Mã", "Chỉ tiêu", "Đơn vị tính", "Năm 2022", "Năm 2023"],
    ["procedures.received", "Tổng số hồ sơ", "hồ sơ", 5_000, 5_182],
]
TABLE: Rows = [
    ["Tỉnh", "Điểm", "Thứ hạng"],
    ["Hà Giang", 84.12, 3],
    ["Cần Thơ", 86.44, 1],
    ["An Giang", 83.91, 5],
]
READERS = {
    one.name: one
    for one in (
        Reader("records", "Hồ sơ", RECORDS, (2, 4), _records, "ho-so"),
        Reader("entry", "Số liệu chung", ENTRY, (1, 4), _entry, "nhap-lieu"),
        Reader("import", "Bảng", TABLE, (2, 1), _table, "bang"),
        Reader("papi", "2019", columns_sheet(2019), (9, 3), _papi, "so"),
    )
}
TEXT_FILES = {"records": "ho-so", "entry": "so-lieu", "import": "bang"}
SO_LIEU: Rows = [["Mã", "Giá trị", "Năm"], ["procedures.received", "5.182", "2023"]]


def place(reader: Reader, project, name: str) -> Path:
    """Where a person puts a file of this kind."""
    if reader.name in ("records", "entry"):
        folder = project.deliveries / SLUG / str(YEAR)
        for old in folder.iterdir():
            old.unlink()
        return folder / name
    return project.root / name


def saved(
    reader: Reader, change=lambda sheet: None, xml=lambda text: text, parts=lambda text: text
) -> bytes:
    """A workbook with a change made in it by openpyxl, then in the XML of its first sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = reader.sheet
    for row in reader.rows:
        sheet.append(row)
    change(sheet)
    whole, target = BytesIO(), BytesIO()
    book.save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == SHEET:
                text = xml(text.decode()).encode()
            new.writestr(name, parts(text))
    return target.getvalue()


def text_file(reader: Reader, delimiter: str = ",") -> str:
    """The same table as text."""
    rows = SO_LIEU if reader.name == "entry" else reader.rows
    made = StringIO()
    csv.writer(made, delimiter=delimiter).writerows(rows)
    return made.getvalue()


def cell_of(at: tuple[int, int]) -> str:
    """The name of a cell counted from 0."""
    return f"{openpyxl.utils.get_column_letter(at[1] + 1)}{at[0] + 1}"


def in_cell(reference: str, inner: str, attributes: str = "") -> Callable[[str], str]:
    """Replace what a cell of the sheet's XML holds."""
    shape = rf'<c r="{reference}"[^>]*?(?:/>|>.*?</c>)'
    return lambda xml: re.sub(shape, f'<c r="{reference}"{attributes}>{inner}</c>', xml)


def prefixed(xml: str) -> str:
    """Give the elements a prefix, as other programs write them."""
    named = re.sub(r"<(/?)([A-Za-z])", r"<\1x:\2", xml)
    return named.replace("xmlns=", "xmlns:x=")


def strict(text: bytes) -> bytes:
    """Turn a part into Strict Open XML."""
    return text.replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
