"""Workbooks whose XML says much more than it holds: memory and time follow what is filled."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from io import BytesIO

import openpyxl
import pytest

from helpers.inputs.problems import InputError
from helpers.inputs.unreadable import problems_of
from helpers.inputs.workbook_shape import LARGEST_ROOM, ROOM, Extent, tamed

SHEET = "xl/worksheets/sheet1.xml"
HEAD = ("Mã hồ sơ", "Ngày tiếp nhận", "Lĩnh vực")


def made(change=lambda xml: xml, rows=3):
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    for number in range(rows):
        book.active.append((f"A{number}", "02/03/2023", "Nội vụ"))
    return changed(book, change)


def changed(book, change):
    """Save a workbook with its first sheet's XML changed."""
    whole = BytesIO()
    book.save(whole)
    target = BytesIO()
    with zipfile.ZipFile(whole) as parts, zipfile.ZipFile(target, "w") as new:
        for name in parts.namelist():
            text = parts.read(name)
            new.writestr(name, change(text.decode()).encode() if name == SHEET else text)
    return target.getvalue()


def with_cell(reference, text=" "):
    row = re.search(r"\d+", reference)[0]
    cell = f'<row r="{row}"><c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c></row>'
    return lambda xml: xml.replace("</sheetData>", f"{cell}</sheetData>")


def with_merge(area):
    merge = f'</sheetData><mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'
    return lambda xml: xml.replace("</sheetData>", merge)


def with_columns(last):
    columns = f'<cols><col min="1" max="{last}" width="9" hidden="1"/></cols><sheetData>'
    return lambda xml: xml.replace("<sheetData>", columns)


def rows_of(data):
    book = openpyxl.load_workbook(BytesIO(data))
    return [tuple(row) for row in book.active.iter_rows(values_only=True)]


def test_an_ordinary_workbook_stays_as_it_is():
    data = made()
    assert tamed(data, "x.xlsx") is data


@pytest.mark.parametrize("reference", ["XFD1048576", "A1048576", "XFD2", "ZZZZZZZ1"])
@pytest.mark.parametrize("quotes", ['"', "'"])
def test_a_space_far_away_is_taken_out(reference, quotes):
    data = made(lambda xml: with_cell(reference)(xml).replace('"', quotes))
    found = rows_of(tamed(data, "x.xlsx"))
    assert [row[0] for row in found if row[0]] == ["Mã hồ sơ", "A0", "A1", "A2"]
    assert max(len(row) for row in found) in (3, 16_384)  # 16,384 cells of one row cost nothing


def test_a_text_far_away_is_refused_by_the_name_of_its_cell():
    with pytest.raises(InputError) as told:
        tamed(made(with_cell("XFD1048576", "ghi chú")), "x.xlsx")
    (problem,) = told.value.problems
    assert (problem.rule, problem.cell, problem.sheet) == ("far-cell", "XFD1048576", "Sheet")


def test_a_merge_ends_with_the_filled_cells():
    book = openpyxl.load_workbook(BytesIO(tamed(made(with_merge("A1:XFD1048576")), "x.xlsx")))
    assert [str(area) for area in book.active.merged_cells.ranges] == ["A1:D5"]


def test_a_strict_workbook_is_not_read_as_an_empty_one():
    whole = BytesIO()
    with zipfile.ZipFile(BytesIO(made())) as parts, zipfile.ZipFile(whole, "w") as new:
        for name in parts.namelist():
            strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
            usual = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
            new.writestr(name, parts.read(name).replace(usual, strict))
    with pytest.raises(InputError) as told:
        tamed(whole.getvalue(), "x.xlsx")
    assert told.value.problems[0].rule == "strict-workbook"


def test_more_cells_than_a_form_can_have_are_refused():
    with pytest.raises(InputError) as told:
        tamed(made(rows=40), "x.xlsx", most_cells=100)
    assert told.value.problems[0].rule == "too-large"


def test_room_follows_the_cells_of_the_file():
    assert not Extent(230_000, 25, 5_000_000).too_far
    assert not Extent(1_000, ROOM // 1_000, 2).too_far
    assert Extent(1_048_576, 3, 40).too_far
    assert Extent(1_000_000, LARGEST_ROOM // 1_000_000 + 1, 10**9).too_far
    assert Extent(1, 16_385, 10**6).too_far


MEASURE = """
import json, resource, sys, time
from pathlib import Path
from helpers.inputs.entry_sheets import read_workbook
from helpers.inputs.problems import InputError
from helpers.inputs.records_excel import read_excel
from helpers.inputs.workbook import Workbook
from helpers.project import Project

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

folder = Path(sys.argv[1])
told = {}
for path in sorted(folder.glob("*.xlsx")):
    readers = {
        "entry": lambda: read_workbook(path, Project(folder)),
        "records": lambda: read_excel(path, path.name, "", lambda sheet, rows: 0),
        "import": lambda: [Workbook(path).sheet("Sheet")],
    }
    for name, read in readers.items():
        before, start = peak(), time.perf_counter()
        try:
            read()
        except InputError as error:
            pass
        told[f"{path.stem} {name}"] = (peak() - before, time.perf_counter() - start)
print(json.dumps(told))
"""


def test_no_reader_makes_room_for_what_is_not_there(tmp_path):
    cases = {
        "merge": with_merge("A1:XFD1048576"),
        "stray": with_cell("XFD1048576"),
        "stray-text": with_cell("XFD1048576", "x"),
        "beyond": with_cell("ZZZZZZZ1", "x"),
        "columns": with_columns(2_000_000_000),
    }
    for name, change in cases.items():
        (tmp_path / f"{name}.xlsx").write_bytes(made(change))
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert len(told) == 3 * len(cases)
    assert {name: one for name, one in told.items() if one[0] > 200 or one[1] > 5} == {}


class PanicException(BaseException):
    """As libraries in Rust raise it."""


@pytest.mark.parametrize("error", [StopIteration, ZeroDivisionError, KeyError, PanicException])
def test_whatever_a_library_raises_is_a_problem_of_the_file(error, caplog):
    caplog.set_level("INFO", "helpers.inputs")
    with pytest.raises(InputError) as told, problems_of("a/b.xlsx"):
        raise error("chi tiết")
    assert told.value.problems[0].file == "a/b.xlsx"
    assert told.value.problems[0].rule == "unreadable"
    assert "chi tiết" in caplog.text  # the cause is for the log


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "full"), SystemExit(3)])
def test_what_the_machine_or_a_person_does_is_none(error):
    with pytest.raises(type(error)), problems_of("a/b.xlsx"):
        raise error


@pytest.mark.parametrize("kind", ['t=" nlineStr"', 'u="inlineStr"', "t='inline'", 't="q"', ""])
def test_a_cell_of_a_kind_that_there_is_not_is_refused_by_its_name(kind):
    """To calamine it was a text, to openpyxl empty: records and entry sheets would have differed."""
    cell = f'<row r="9"><c r="B9" {kind}><is><t>A</t></is></c></row></sheetData>'
    with pytest.raises(InputError) as caught:
        tamed(made(lambda xml: xml.replace("</sheetData>", cell)), "a.xlsx")
    (problem,) = caught.value.errors
    assert (problem.rule, problem.cell) == ("unusual-cell", "B9")
