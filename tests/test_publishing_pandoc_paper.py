"""PDF and Word: what is in them, and that the same notebook gives the same bytes."""

from __future__ import annotations

import io
import uuid
import zipfile
from itertools import pairwise
from pathlib import Path

import docx
import nbformat
import pypdf
import pypdfium2
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont
from nbformat.v4 import new_markdown_cell
from pdf_lines import line_with, lines_of
from publishing_notebooks import TITLE, elements_of, project_in, write_stamped

from helpers.project import Project
from helpers.publishing.fonts import FAMILY
from helpers.publishing.pandoc import publish_pandoc
from helpers.publishing.word_fonts import obfuscate


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return project_in(tmp_path_factory.mktemp("giay"))


@pytest.fixture(scope="module")
def pdf(project: Project) -> Path:
    return publish_pandoc(write_stamped(project), ["pdf"], project)[0]


@pytest.fixture(scope="module")
def word(project: Project) -> Path:
    return publish_pandoc(write_stamped(project), ["docx"], project)[0]


def pages_of(pdf: Path) -> list[str]:
    document = pypdfium2.PdfDocument(pdf.read_bytes())
    texts = []
    for page in document:
        text_page = page.get_textpage()
        texts.append(text_page.get_text_bounded())
        text_page.close()
        page.close()
    document.close()
    return texts


def test_pdf_says_its_language_title_and_that_it_is_tagged(pdf: Path) -> None:
    reader = pypdf.PdfReader(pdf)
    assert reader.root_object["/Lang"].lower().startswith("vi")
    assert reader.root_object["/MarkInfo"]["/Marked"] == pypdf.generic.BooleanObject(True)
    assert reader.metadata is not None
    assert reader.metadata.title == TITLE
    assert b"pdfuaid" in reader.root_object["/Metadata"].get_object().get_data()


def test_pdf_pictures_and_formulas_have_text_alternatives(pdf: Path) -> None:
    elements = elements_of(pypdf.PdfReader(pdf))
    figures = [str(e.get("/Alt", "")) for e in elements if e["/S"] == "/Figure"]
    assert len(figures) >= 2
    assert all(figures)
    assert any('"Quản trị điện tử" 6,00 điểm.' in alt for alt in figures)
    assert all(e.get("/Alt") for e in elements if e["/S"] == "/Formula")


def test_pdf_tables_have_heads(pdf: Path) -> None:
    kinds = [element["/S"] for element in elements_of(pypdf.PdfReader(pdf))]
    assert kinds.count("/Table") == 2
    assert kinds.count("/TH") >= 4 + 11
    assert {"/H1", "/H2"} <= set(kinds)


def test_pdf_text_numbers_and_pages(pdf: Path) -> None:
    pages = pages_of(pdf)
    text = " ".join(" ".join(pages).replace("\u00a0", " ").split())
    assert "Hình 1. Điểm tám chỉ số nội dung" in text
    assert "Bảng 2. Điểm tám chỉ số nội dung của các tỉnh" in text
    assert "Mục lục" in text
    assert "43,21" in text
    assert "papi.csv" not in text
    assert "<script>alert('x')</script>" in text
    assert all(f"Trang {n}/{len(pages)}" in page for n, page in enumerate(pages, start=1))


def test_pdf_repeats_the_head_of_a_table_on_every_page(pdf: Path) -> None:
    with_rows = [page for page in pages_of(pdf) if "Tỉnh thử nghiệm" in page]
    assert len(with_rows) > 1
    assert all("Tỉnh, thành phố" in page for page in with_rows)


def test_pdf_links_lead_nowhere_but_to_the_web_and_the_document(pdf: Path) -> None:
    reader = pypdf.PdfReader(pdf)
    addresses = {
        str(note.get_object()["/A"]["/URI"])
        for page in reader.pages
        for note in page.get("/Annots", [])
        if "/URI" in note.get_object().get("/A", {})
    }
    assert addresses <= {"https://papi.org.vn", "mailto:a@b.vn"}


def test_pdf_uses_the_fonts_of_the_project(pdf: Path) -> None:
    names = {
        str(font.get_object()["/BaseFont"])
        for page in pypdf.PdfReader(pdf).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert any("BeVietnamPro" in name for name in names)


def test_simulated_pdf_says_so_on_every_page(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    notebook = write_stamped(project, status="simulated")
    pages = pages_of(publish_pandoc(notebook, ["pdf"], project)[0])
    assert all("SỐ LIỆU MÔ PHỎNG" in page for page in pages)


@pytest.mark.parametrize("kind", ["pdf", "docx", "html"])
def test_the_same_notebook_gives_the_same_bytes(project: Project, kind: str) -> None:
    notebook = write_stamped(project, "lap-lai")
    first = publish_pandoc(notebook, [kind], project)[0].read_bytes()
    assert publish_pandoc(notebook, [kind], project)[0].read_bytes() == first


def test_word_says_its_title_language_and_keywords(word: Path) -> None:
    properties = docx.Document(str(word)).core_properties
    assert properties.title == TITLE
    assert properties.language == "vi-VN"
    assert properties.keywords == "PAPI, 2024, Quảng Nam"
    assert properties.created is not None
    assert properties.created.year == 2024


def test_word_numbers_captions_with_fields(word: Path) -> None:
    document = docx.Document(str(word))
    captions = {
        paragraph.style.name: "".join(part.text for part in paragraph._p.iter(qn("w:t")))
        for paragraph in document.paragraphs
        if paragraph.style is not None and "Caption" in paragraph.style.name
    }
    assert captions["Image Caption"] == "Hình\u00a02. Tổng điểm các năm"
    assert captions["Table Caption"].startswith("Bảng\u00a02. ")
    fields = [field.get(qn("w:instr")) for field in document.element.iter(qn("w:fldSimple"))]
    assert [field.split()[:2] for field in fields] == [
        ["SEQ", "Hinh"],
        ["SEQ", "Bang"],
        ["SEQ", "Hinh"],
        ["SEQ", "Bang"],
    ]


def test_word_links_find_their_bookmarks(word: Path) -> None:
    body = docx.Document(str(word)).element
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    targets = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))} - {None}
    assert {"fig-dimensions", "tbl-dimensions", "tbl-provinces"} <= targets
    assert targets <= marks


def test_word_tables_repeat_their_head_and_keep_rows_whole(word: Path) -> None:
    tables = docx.Document(str(word)).tables
    assert [len(table.rows) for table in tables] == [10, 64]
    for table in tables:
        assert table.style is not None
        head, *rows = table._tbl.tr_lst
        assert head.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        for row in (head, rows[0]):
            assert all(p.pPr.find(qn("w:keepNext")) is not None for p in row.iter(qn("w:p")))
        later = [p for row in rows[1:] for p in row.iter(qn("w:p"))]
        assert not [p for p in later if p.pPr is not None and p.pPr.find(qn("w:keepNext"))]
    assert tables[1].cell(7, 1).text == "<script>alert('x')</script>"


def test_word_pictures_are_png_with_alternatives(word: Path) -> None:
    document = docx.Document(str(word))
    pictures = list(document.element.iter(qn("wp:docPr")))
    assert len(pictures) == 2
    assert '"Quản trị điện tử" 6,00 điểm.' in pictures[0].get("descr")
    with zipfile.ZipFile(word) as parts:
        media = [name for name in parts.namelist() if name.startswith("word/media/")]
    assert media
    assert all(name.endswith(".png") for name in media)


def test_word_pages_are_a4_with_numbers(word: Path) -> None:
    section = docx.Document(str(word)).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    codes = [code.text.strip() for code in section.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]
    assert "TITLE" in "".join(section.header._element.itertext())


def test_word_carries_its_fonts(word: Path) -> None:
    with zipfile.ZipFile(word) as parts:
        table = parse_xml(parts.read("word/fontTable.xml"))
        settings = parts.read("word/settings.xml")
        types = parts.read("[Content_Types].xml")
        stored = parts.read("word/fonts/font1.odttf")
    regular = next(table.iter(qn("w:embedRegular")))
    key = uuid.UUID(regular.get(qn("w:fontKey")))
    assert TTFont(io.BytesIO(obfuscate(stored, key)))["name"].getDebugName(1) == FAMILY
    assert b"embedTrueTypeFonts" in settings
    assert types.count(b'"odttf"') == 1


def test_how_to_cite_stands_at_the_end(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    notebook = write_stamped(project, citation="CECODES, PAPI 2024")
    pdf, word, html = publish_pandoc(notebook, ["pdf", "docx", "html"], project)
    assert "Trích dẫn: CECODES, PAPI 2024" in pages_of(pdf)[-1]
    assert docx.Document(str(word)).paragraphs[-1].text == "Trích dẫn: CECODES, PAPI 2024"
    assert "Trích dẫn: CECODES, PAPI 2024" in html.read_text("utf-8")


def test_a_list_begins_below_its_heading_and_below_the_list_of_another_cell(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    path = write_stamped(project)
    notebook = nbformat.read(path, as_version=4)
    cells = ["## Phần đầu", "- mục A\n\n- mục B", "- mục C\n\n- mục D"]
    notebook.cells = [notebook.cells[0], *(new_markdown_cell(text) for text in cells)]
    nbformat.write(notebook, path)
    found = lines_of(publish_pandoc(path, ["pdf"], project)[0], 0)
    tops = [line_with(found, text).top for text in ("Phần đầu", "mục A", "mục B", "mục C", "mục D")]
    gaps = [after - before for before, after in pairwise(tops)]
    assert min(gaps) > 4.5, gaps  # mm: more than a line of 10 pt


def test_simulated_word_says_so_in_the_header(tmp_path: Path, word: Path) -> None:
    project = project_in(tmp_path)
    notebook = write_stamped(project, status="simulated")
    simulated = docx.Document(str(publish_pandoc(notebook, ["docx"], project)[0]))
    assert "SỐ LIỆU MÔ PHỎNG" in simulated.sections[0].header.paragraphs[0].text
    assert "MÔ PHỎNG" not in docx.Document(str(word)).sections[0].header.paragraphs[0].text
