"""What readers download: numbers as numbers, text as text, descriptions that hold."""

from __future__ import annotations

import csv
import io
import json
import warnings
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from published_rows import rows

from helpers.display.csv_text import harmless, number_of
from helpers.site.downloads import (
    COLUMNS,
    tables_csv,
    tables_xlsx,
)
from helpers.site.taken_apart import KEY_FIGURES, CellOf, DataTable, parts_of

TABLE = DataTable(
    "tbl-a",
    "Bảng 1. Điểm của A",
    ("Chỉ số", "Điểm", "Tỷ lệ", "Vị trí"),
    (
        (
            CellOf("=1+1"),
            CellOf("1.234,50", "so-lieu.csv, dòng 2"),
            CellOf("78,04%"),
            CellOf("14/63"),
        ),
        (CellOf("B"), CellOf("−0,28"), CellOf("–"), CellOf("@SUM(A1)")),
    ),
    ("Ghi chú của bảng.",),
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("43,21", 43.21),
        ("1.234", 1234.0),
        ("1.234.567,8", 1234567.8),
        ("+1,13", 1.13),
        ("−0,28", -0.28),
        ("-5", -5.0),
        ("78,04%", 78.04),
        ("78,04 %", 78.04),
        ("14/63", None),
        ("–", None),
        ("", None),
        ("12.34", None),
        ("1,2,3", None),
        ("Cao", None),
        ("2024-12-31", None),
    ],
)
def test_numbers_are_read_as_vietnamese_texts_print_them(text, number):
    assert number_of(text) == number


@given(st.text(max_size=40))
def test_nothing_opens_as_a_formula(text):
    safe = harmless(text)
    assert not safe.startswith(("=", "@", "\t", "\r"))
    if safe.startswith(("+", "-")):
        assert number_of(safe) is not None


def test_a_csv_has_a_line_for_every_cell_and_its_number():
    lines = read(tables_csv([TABLE], "A", "a", 2024))
    assert list(lines[0]) == list(COLUMNS)
    assert len(lines) == 6
    assert lines[0]["dong"] == "'=1+1"
    assert (lines[0]["gia_tri"], lines[0]["so"]) == ("1.234,50", "1234.5")
    assert lines[0]["nguon"] == "so-lieu.csv, dòng 2"
    assert [line["so"] for line in lines] == ["1234.5", "78.04", "14", "-0.28", "", ""]
    assert [line["don_vi"] for line in lines] == ["", "%", "hạng trong 63", "", "", ""]
    assert {(line["noi"], line["ma"], line["nam"]) for line in lines} == {("A", "a", "2024")}


def read(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_key_figures_are_named_by_their_heads():
    key = DataTable(
        "bang-1",
        KEY_FIGURES,
        ("PAPI 2024", "Vị trí"),
        ((CellOf("41,00", "papi.csv, dòng 2"), CellOf("55/61 (đồng hạng)")),),
    )
    first, second = read(tables_csv([key], "Quảng Nam", "quang-nam", 2025))
    assert [first[c] for c in ("noi", "nam", "dong", "so", "nguon")] == [
        *("Quảng Nam", "2024", "PAPI 2024", "41", "papi.csv, dòng 2"),
    ]
    assert [second[c] for c in ("nam", "dong", "so", "don_vi")] == [
        *("2025", "Vị trí", "55", "hạng trong 61"),
    ]


def test_a_value_has_the_year_of_its_row_or_column():
    rows = ((CellOf("PAPI"), CellOf("2019"), CellOf("44,33")),)
    series = DataTable("tbl-a", "Bảng", ("Chỉ số", "Năm", "Kết quả"), rows)
    assert [line["nam"] for line in read(tables_csv([series], "A", "a", 2024))] == ["2019"] * 2
    rows = ((CellOf("1"), CellOf("4,36"), CellOf("4,80"), CellOf("−0,45")),)
    heads = ("Nội dung", "Điểm", "Điểm 2023", "Thay đổi so với 2023")
    compared = DataTable("tbl-b", "Bảng", heads, rows)
    years = [line["nam"] for line in read(tables_csv([compared], "A", "a", 2024))]
    assert years == ["2024", "2023", "2024"]


def test_every_page_names_its_headline_figure_with_year_and_value(site_project):
    site = site_project.outputs / "site"
    tables = [p for p in site.rglob("*.csv") if not p.name.startswith("fig-")]
    pages = [read(p.read_bytes()) for p in tables if p.parent.name != "du-lieu"]
    named = 0
    for lines in pages:
        assert all(line["noi"] and line["nam"].isdigit() for line in lines)
        key = [line for line in lines if line["ten_bang"] == KEY_FIGURES]
        named += bool(key)
        assert all(not number_of(line["dong"]) and line["gia_tri"] for line in key)
    # The page of the country has none.
    assert named == len(pages) - 1 > 3


def test_a_workbook_has_cover_contents_notes_and_a_sheet_a_table():
    data = tables_xlsx("Báo cáo =x", [("Trích dẫn", "=cmd")], [TABLE, TABLE])
    assert data == tables_xlsx("Báo cáo =x", [("Trích dẫn", "=cmd")], [TABLE, TABLE])
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Bìa", "Mục lục", "Ghi chú", "Bảng 1", "Bảng 1 (2)"]
    sheet = book["Bảng 1"]
    assert [cell.value for cell in sheet[3]] == [*TABLE.header, "Nguồn"]
    assert (sheet["B4"].value, sheet["B4"].number_format) == (1234.5, "#,##0.00")
    assert (sheet["C4"].value, sheet["C4"].number_format) == (78.04, '#,##0.00"%"')
    assert sheet["B5"].value == -0.28
    assert sheet["A4"].value == "=1+1"
    assert sheet["E4"].value == "so-lieu.csv, dòng 2"
    cells = [cell for one in book for row in one.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "Ghi chú của bảng." in [cell.value for cell in book["Ghi chú"]["B"]]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def descriptions(site):
    return sorted(site.rglob("*.csv-metadata.json"))


def test_every_csv_is_described_and_the_description_holds(site_project):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of libraries that csvw brings along
        from csvw import CSVW
    site = site_project.outputs / "site"
    found = descriptions(site)
    tables = sorted(path for path in site.rglob("*.csv"))
    assert len(found) == len(tables) > 5
    for path in found:
        with warnings.catch_warnings(record=True) as complaints:
            warnings.simplefilter("always")
            checked = CSVW(str(path), validate=True)
            assert checked.is_valid, (path, [str(c.message) for c in complaints])
            assert list(checked.tables[0].iterdicts(strict=True)), path


def test_a_wrong_value_would_be_noticed(site_project, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from csvw import CSVW
    folder = site_project.outputs / "site" / "du-lieu"
    for name in ("papi.csv", "papi.csv-metadata.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    table = tmp_path / "papi.csv"
    table.write_text(table.read_text("utf-8-sig").replace("papi,2020,", "papi,hai,", 1), "utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        checked = CSVW(str(tmp_path / "papi.csv-metadata.json"), validate=True)
        with pytest.raises(ValueError, match="hai"):
            list(checked.tables[0].iterdicts(strict=True))


def test_the_whole_series_is_the_published_one(site_project):
    wanted = rows(site_project.root, "papi")
    folder = site_project.outputs / "site" / "du-lieu"
    with (folder / "papi.csv").open(encoding="utf-8-sig", newline="") as stream:
        found = list(csv.DictReader(stream))
    shared = ("year", "level", "slug", "code", "value", "status", "publisher", "source")
    assert [[row[c] for c in shared] for row in found] == [
        [row[c] for c in shared] for row in wanted
    ]
    book = load_workbook(folder / "papi.xlsx", read_only=True)
    cells = list(book.worksheets[3].iter_rows(min_row=4, values_only=True))
    assert len(cells) == len(wanted)
    assert cells[0][9] == float(wanted[0]["value"])


def test_every_published_table_can_be_downloaded(site_project):
    folder = site_project.outputs / "site" / "du-lieu"
    for path in site_project.published.iterdir():
        assert (folder / f"{path.stem}.csv").is_file()
        assert (folder / f"{path.stem}.xlsx").is_file()


def test_a_page_is_taken_apart():
    page = (
        "<html><body><nav class='contents'><ul><li><a href='#a'>A</a></li></ul></nav><main>"
        "<figure id='fig-a'><img src='data:image/svg+xml,&lt;svg xmlns=%22http://www.w3.org/2000/svg%22/>'"
        " alt='Hình'><figcaption>Hình 1.</figcaption></figure>"
        "<div class='table-scroll'><table id='tbl-a'><caption>Bảng 1. T</caption>"
        "<thead><tr><th>Tên</th><th>Số</th></tr></thead><tbody><tr><th>Hà Nội</th>"
        "<td><a class='so' href='#nguon-1' title='tệp, dòng 1'>1,5</a></td></tr></tbody></table></div>"
        "<div class='table-note'><p>Ghi chú.</p></div>"
        "<div class='sources'><ol><li><div id='nguon-1'>1,5 – tệp</div></li></ol></div>"
        "</main></body></html>"
    ).encode()
    body = parts_of(page, "thử", {"Hà Nội": "../ha-noi/"})
    assert list(body.figures) == ["fig-a.svg"]
    assert body.figures["fig-a.svg"].startswith(b"<svg")
    assert 'href="fig-a.svg"' in body.main
    (table,) = body.tables
    assert (table.label, table.caption, table.notes) == ("tbl-a", "Bảng 1. T", ("Ghi chú.",))
    assert table.rows[0][1] == CellOf("1,5", "tệp, dòng 1")
    assert '<a href="../ha-noi/">Hà Nội</a>' in body.main
    assert "<summary>Nguồn hoặc cách tính của các con số (1 mục)</summary>" in body.main


def test_json_in_a_page_cannot_end_its_element():
    from helpers.site.frame import json_in_page

    text = json_in_page({"name": "</script><script>alert(1)</script>"})
    assert "<" not in text
    assert json.loads(text)["name"] == "</script><script>alert(1)</script>"
