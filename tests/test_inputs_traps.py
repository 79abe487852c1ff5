"""One table of traps, run against every reader: entry sheets, record files, imports, PAPI's workbook.

A trap gives what the sound file gives, or it is refused or told, with the cell and by one rule; never
other values without a word.
"""

from __future__ import annotations

import datetime
import re
import time
import unicodedata
import zipfile
from io import BytesIO

import openpyxl
import pytest
from entry_made import make_project
from traps_made import (
    READERS,
    TEXT_FILES,
    cell_of,
    in_cell,
    place,
    prefixed,
    saved,
    strict,
    text_file,
)

from helpers.inputs.delivery import Delivery
from helpers.inputs.office import read_office
from helpers.inputs.problems import InputError
from helpers.inputs.reading import read_entry

SAME = "same"
FAR = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>{}</t></is></c></row></sheetData>'
MERGE = '</sheetData><mergeCells count="1"><mergeCell ref="A90:XFD1048576"/></mergeCells>'


def with_end(text):
    return lambda reader: {"xml": lambda xml: xml.replace("</sheetData>", text)}


def with_number(inner, attributes=""):
    return lambda reader: {"xml": in_cell(cell_of(reader.number), inner, attributes)}


def hidden(which):
    def change(reader):
        cell = cell_of(reader.number)
        name = cell[0] if which == "column_dimensions" else int(cell[1:])
        return {
            "change": lambda sheet: setattr(getattr(sheet, which)[name], "hidden", True),
        }

    return change


def titled(sheet):
    sheet.insert_rows(1, 2)
    sheet["A1"] = "BIỂU TỔNG HỢP NĂM 2023"


# What is done to the workbook, and what every reader says of it; by a reader's name where it differs.
WORKBOOKS = {
    "a formula that was never computed": (
        with_number("<f>1+1</f><v></v>"),
        {"": r"ô {cell}.*công thức chưa được tính"},
    ),
    "a formula that gave an empty text": (
        with_number('<f>IF(1,"","")</f><v></v>', ' t="str"'),
        {"": "read"},
    ),
    "an error of Excel": (
        with_number("<v>#N/A</v>", ' t="e"'),
        {"": r"ô {cell}.*lỗi của Excel"},
    ),
    "a number of 18 digits": (
        with_number("<v>123456789012345678</v>"),
        {"": r"ô {cell}.*(15|lớn hơn|thang)"},
    ),
    "an endless number": (with_number("<v>1e999</v>"), {"": r"ô {cell}.*(vô hạn|inf)"}),
    "a cell of no kind": (
        with_number("<is><t>7</t></is>", ' t="inline"'),
        {"": r"ô {cell}.*kiểu mà sổ tính không có"},
    ),
    "Strict Open XML": (lambda reader: {"parts": strict}, {"": "Strict Open XML"}),
    "elements with a prefix": (lambda reader: {"xml": prefixed}, {"": SAME}),
    "a space in the last cell": (with_end(FAR.format(" ")), {"": SAME}),
    "a word in the last cell": (with_end(FAR.format("x")), {"": r"ô XFD1048576.*rất xa"}),
    "a merge of everything below": (
        with_end(MERGE),
        {"": SAME, "records": "gộp ô", "import": "gộp ô"},
    ),
    "a hidden row": (
        hidden("row_dimensions"),
        {"": "ẩn"},
    ),
    "a hidden column": (
        hidden("column_dimensions"),
        {"": "ẩn"},
    ),
    "a title above the head": (lambda reader: {"change": titled}, {"": SAME}),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return make_project(tmp_path_factory.mktemp("traps"), own_forms=False)


def told(reader, data, name, project):
    """All that a reader says of a file: what it read, or why it refused."""
    path = place(reader, project, name)
    path.write_bytes(data)
    try:
        return "read", reader.read(path, project)
    except InputError as error:
        return "refused", "\n".join(map(str, error.problems))


def values(text):
    """What was read, without places, which a line above moves."""
    return re.sub(r"\[[^\[\]]*\]$", "", text).strip()


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize("trap", WORKBOOKS)
def test_a_trap_in_a_workbook(trap, reader, project):
    spoil, right = WORKBOOKS[trap]
    wanted = right.get(reader.name, right[""]).format(cell=cell_of(reader.number))
    how, text = told(reader, saved(reader, **spoil(reader)), f"{reader.file}.xlsx", project)
    if wanted == SAME:
        sound = told(reader, saved(reader), f"{reader.file}.xlsx", project)
        assert (how, values(text)) == (sound[0], values(sound[1]))
    elif wanted == "read":
        assert how == "read", text
    else:
        assert re.search(wanted, text), text


@pytest.mark.parametrize("name", ["records", "entry", "import"])
@pytest.mark.parametrize("number", [1234567890123, 987654321098765])
def test_numbers_of_up_to_15_digits_are_kept_to_the_last(number, name, project):
    """An entry sheet read 1.234.567.890.123 đồng as 1.234.567.890.120, without a word."""
    reader = READERS[name]
    spoil = with_number(f"<v>{number}</v>")(reader)
    how, text = told(reader, saved(reader, **spoil), f"{reader.file}.xlsx", project)
    assert how == "read"
    assert str(number) in text


@pytest.mark.parametrize("name", TEXT_FILES)
def test_three_thousand_extra_columns_cost_little(name, project):
    """Record files and imports took 35 seconds."""
    reader = READERS[name]
    head, *lines = text_file(reader).splitlines()
    extra = ",".join(f"thừa {number}" for number in range(3_000))
    text = "\n".join([f"{head},{extra}", *(f"{line}{',x' * 3_000}" for line in lines)])
    started = time.process_time()
    _, said = told(reader, text.encode(), f"{TEXT_FILES[name]}.csv", project)
    assert time.process_time() - started < 3
    assert "thừa" in said


TASKS = "Nhiệm vụ"


def test_days_and_months_swapped_in_an_entry_sheet_are_found_as_in_records(tmp_path):
    """The record files knew this trap, the entry sheets did not: 05/03 was read as 3 May."""
    own = make_project(tmp_path)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = TASKS
    sheet.append(["Nhiệm vụ", "Ngày giao"])
    for number in range(1, 5):
        sheet.append([f"Việc {number}", datetime.date(2023, number + 1, 3)])
    for number in range(13, 17):
        sheet.append([f"Việc {number}", f"{number}/03/2023"])
    book.save(own.deliveries / "quang-nam" / "2023" / "nhap-lieu.xlsx")
    with pytest.raises(InputError) as caught:
        read_entry(Delivery(2023, "quang-nam"), own)
    (problem,) = [one for one in caught.value.problems if one.rule == "days-and-months-swapped"]
    assert problem.cell.startswith("B2")
    assert "kiểu Mỹ" in problem.message


def zipped(**parts):
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/").replace("_DOT_", "."), text)
    return target.getvalue()


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize(
    ("data", "named"),
    [
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"0" * 600, r"\.xls|97-2003"),
        (zipped(xl__workbook_DOT_bin="x"), r"\.xlsb"),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), r"\.ods"),
    ],
    ids=["xls", "xlsb", "ods"],
)
def test_another_format_is_refused_by_its_name_with_how_to_convert(reader, data, named, project):
    how, text = told(reader, data, f"{reader.file}.xlsx", project)
    assert how == "refused"
    assert re.search(named, text), text
    assert "lưu lại thành .xlsx" in text


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_an_ending_in_capital_letters_is_an_ending(reader, project):
    data = saved(reader)
    small = told(reader, data, f"{reader.file}.xlsx", project)
    large = told(reader, data, f"{reader.file}.XLSX", project)
    assert small == (large[0], large[1].replace(".XLSX", ".xlsx"))
    assert "unknown-file" not in large[1]


TITLE = "BIỂU TỔNG HỢP NĂM 2023\n\n"
TEXTS = {
    "semicolons and a mark": lambda reader: text_file(reader, ";").encode("utf-8-sig"),
    "UTF-16 with tabs": lambda reader: text_file(reader, "\t").encode("utf-16"),
    "UTF-16 without a mark": lambda reader: text_file(reader).encode("utf-16-le"),
    "UTF-16 the other way": lambda reader: text_file(reader).encode("utf-16-be"),
    "decomposed letters": lambda reader: unicodedata.normalize("NFD", text_file(reader)).encode(),
    "a title above the head": lambda reader: f"{TITLE}{text_file(reader)}".encode(),
    "a title in quotation marks over two lines": lambda reader: (
        f'"BIỂU\nTỔNG HỢP"\n{text_file(reader)}'.encode()
    ),
}


@pytest.mark.parametrize("name", TEXT_FILES)
@pytest.mark.parametrize("how", TEXTS)
def test_a_text_file_is_read_whatever_wrote_it(how, name, project):
    reader = READERS[name]
    sound = told(reader, text_file(reader).encode(), f"{TEXT_FILES[name]}.csv", project)
    assert sound[0] == "read"
    spoiled = told(reader, TEXTS[how](reader), f"{TEXT_FILES[name]}.csv", project)
    assert (spoiled[0], values(spoiled[1])) == (sound[0], values(sound[1]))
    capital = told(reader, TEXTS[how](reader), f"{TEXT_FILES[name]}.CSV", project)
    assert capital[0] == "read"
    assert "không được đọc" not in capital[1]


@pytest.mark.parametrize("name", TEXT_FILES)
def test_lines_are_those_of_the_file_below_a_title(name, project):
    reader = READERS[name]
    wrong = {"records": ("02/03/2023", "31/02/2023"), "entry": ("5.182", "nhiều")}
    old, new = wrong.get(name, ("84.12", "nhiều"))
    text = f"{TITLE}{text_file(reader).replace(old, new, 1)}"
    how, said = told(reader, text.encode(), f"{TEXT_FILES[name]}.csv", project)
    assert how == "refused"
    line = next(n for n, one in enumerate(text.splitlines(), start=1) if new in one)
    assert f"dòng {line}" in said


@pytest.mark.parametrize("name", TEXT_FILES)
@pytest.mark.parametrize(
    ("data", "says"),
    [
        (lambda text: text.encode("cp1258", "replace"), "Unicode|UTF-8"),
        (lambda text: text.replace("Giang", "Giang\0").encode() + b"\0", "không phải văn bản"),
        (lambda text: f'{text}"{"x" * 140_000}"\n'.encode(), "dạng CSV"),
        (lambda text: "M· hå s¬;Ngµy tiÕp nhËn\nTØnh;§iÓm\n".encode("cp1252"), "TCVN3"),
    ],
    ids=["cp1258", "zeros", "a cell too long", "TCVN3"],
)
def test_a_text_file_that_cannot_be_read_is_refused_clearly(data, says, name, project):
    reader = READERS[name]
    how, text = told(reader, data(text_file(reader)), f"{TEXT_FILES[name]}.csv", project)
    assert re.search(says, f"{how}: {text}"), text


SETTINGS = "office: {name: Sở Nội vụ, short: SNV}\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_settings_are_read_whatever_wrote_them(encoding, project):
    path = project.offices / "quang-nam" / "2023.yml"
    before = path.read_bytes()
    try:
        path.write_bytes(SETTINGS.encode(encoding))
        assert read_office(Delivery(2023, "quang-nam"), project).office.name == "Sở Nội vụ"
        path.write_bytes("office: {name: Nhà}\n".encode("cp1258"))
        with pytest.raises(InputError, match="UTF-8"):
            read_office(Delivery(2023, "quang-nam"), project)
    finally:
        path.write_bytes(before)
