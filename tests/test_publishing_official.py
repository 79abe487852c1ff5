"""Official documents as they were made, measured against Nghị định 30/2020/NĐ-CP, Phụ lục I.

Sizes in points, lengths in millimetres. The numbers here are those of the decree.
"""

from __future__ import annotations

import io
import re
import zipfile

import docx
import nbformat
import pypdf
import pypdfium2
import pytest
from batch_project import CHECKOUT
from docx.oxml.ns import qn
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from pdf_lines import MM, line_with, lines_of

from helpers.project import Project
from helpers.publishing.official import BLANK, DAY_BLANK, official_from
from helpers.publishing.pandoc import publish_pandoc
from helpers.publishing.serif import serif_family

WORDS = "Trong năm, Sở đã tiếp nhận [5.182]{.so title='so-lieu.csv, dòng 4'} hồ sơ, đều đúng hạn. "
HEAD = """---
title: "Báo cáo năm 2023"
date: "2023"
lang: vi
categories: [Báo cáo]
official:
  agency: Sở Lao động - Thương binh và Xã hội
  parent: UBND tỉnh Sơn La
  number: "7"
  symbol: SLĐTBXH
  place: Sơn La
  date: 2023-02-05
  subject: Kết quả thực hiện năm 2023; nhiệm vụ trọng tâm năm 2024
  bases: ["Căn cứ Quyết định số 108/QĐ-UBND ngày 21/01/2021", "Căn cứ Kế hoạch số 04/KH-UBND"]
  recipients: [Ủy ban nhân dân tỉnh, "Lưu: VT, VP"]
  authority: KT.
  on_behalf_of: Giám đốc
  title: Phó Giám đốc
---"""
BLANKS = """---
title: "Báo cáo năm 2023"
date: "2023"
lang: vi
official:
  agency: Sở Nội vụ
  subject: Kết quả năm 2023
---"""
ROWS = 60


def table(label, caption):
    body = "".join(f"| {row} | Huyện thứ {row} | {row},5 |\n" for row in range(1, ROWS + 1))
    return new_code_cell(
        f'#| label: {label}\n#| tbl-cap: "{caption}"\n#| echo: false\nx',
        execution_count=1,
        outputs=[
            new_output(
                "display_data",
                data={"text/markdown": f"| TT | Đơn vị | Giá trị |\n|--:|:--|--:|\n{body}"},
            )
        ],
    )


def notebook(head):
    words = WORDS.replace("'", '"')
    cells = [
        new_raw_cell(head),
        new_markdown_cell(words * 3),
        new_markdown_cell("## Kết quả thực hiện"),
        new_markdown_cell("### Chỉ đạo, điều hành"),
        new_markdown_cell(f"{words * 4}\n\n- Một việc;\n- Hai việc."),
        new_markdown_cell("### Thủ tục hành chính"),
        new_markdown_cell("#### Tiếp nhận"),
        new_markdown_cell(words * 12),
        new_markdown_cell("## Tồn tại, hạn chế"),
        new_markdown_cell(words * 4),
        new_markdown_cell("## Bảng theo huyện {.appendix}"),
        table("tbl-huyen", "Giá trị theo huyện"),
    ]
    made = new_notebook(cells=cells)
    for at, cell in enumerate(made.cells):
        cell["id"] = f"o-{at}"
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    return made


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return Project(CHECKOUT, tmp_path_factory.mktemp("outputs"))


@pytest.fixture(scope="module")
def made(project, tmp_path_factory):
    folder = tmp_path_factory.mktemp("official")
    path = folder / "annual.ipynb"
    nbformat.write(notebook(HEAD), path)
    publish_pandoc(path, ("html", "pdf", "docx"), project)
    return folder


@pytest.fixture(scope="module")
def first(made):
    return lines_of(made / "annual.pdf", 0)


def test_the_page_is_a4_and_the_text_keeps_the_margins(made):
    document = pypdfium2.PdfDocument(made / "annual.pdf")
    for number in range(len(document)):
        width, height = document[number].get_size()
        assert (round(width * MM), round(height * MM)) == (210, 297)
        lines = lines_of(made / "annual.pdf", number)
        assert min(line.left for line in lines) >= 30 - 0.3
        assert max(line.right for line in lines) <= 210 - 15 + 0.3
        # The page number alone stands in the top margin.
        body = [line for line in lines if line.top > 15]
        assert min(line.top for line in body) >= 20 - 1.5
        assert max(line.top for line in body) <= 297 - 20


@pytest.mark.parametrize(
    ("text", "sizes", "style"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (12, 13), "Bold"),
        ("Độc lập - Tự do - Hạnh phúc", (13, 14), "Bold"),
        ("UBND TỈNH SƠN LA", (12, 13), "Regular"),
        ("SỞ LAO ĐỘNG", (12, 13), "Bold"),
        ("Số: 07/BC-SLĐTBXH", (13, 13), "Regular"),
        ("Sơn La, ngày 05 tháng 02 năm 2023", (13, 14), "Italic"),
        ("BÁO CÁO", (13, 14), "Bold"),
        ("Kết quả thực hiện năm 2023", (13, 14), "Bold"),
        ("Căn cứ Quyết định", (13, 14), "Italic"),
        ("Trong năm, Sở đã", (13, 14), "Regular"),
        ("I. KẾT QUẢ THỰC HIỆN", (13, 14), "Bold"),
        ("1. Chỉ đạo, điều hành", (13, 14), "Bold"),
    ],
)
def test_sizes_and_styles_are_those_of_the_decree(first, text, sizes, style):
    line = line_with(first, text)
    assert sizes[0] <= round(line.size, 2) <= sizes[1]
    face = line.font.split("-")[-1] if "-" in line.font else "Regular"
    assert face.replace("MT", "").replace("PS", "") in (style, f"{style}MT")


def test_the_head_has_its_places(first):
    agency, nation = line_with(first, "UBND TỈNH SƠN LA"), line_with(first, "CỘNG HÒA")
    assert agency.right < nation.left
    assert abs(agency.top - nation.top) < 1.5
    middle = lambda line: (line.left + line.right) / 2  # noqa: E731
    assert abs(middle(line_with(first, "Độc lập")) - middle(nation)) < 1
    number, date = line_with(first, "Số: 07"), line_with(first, "ngày 05")
    assert abs(number.top - date.top) < 1.5
    assert abs(middle(date) - middle(nation)) < 1
    assert abs(middle(line_with(first, "BÁO CÁO")) - (30 + 195) / 2) < 1


def test_paragraphs_begin_12_7_mm_from_the_margin(first):
    assert min(line.left for line in first) <= 30 + 0.5
    assert abs(line_with(first, "Trong năm, Sở đã").left - (30 + 12.7)) < 0.5


def test_pages_are_numbered_in_the_top_margin_from_the_second_on(made):
    assert not [line for line in lines_of(made / "annual.pdf", 0) if line.top < 15]
    (number,) = [line for line in lines_of(made / "annual.pdf", 1) if line.top < 15]
    assert number.text == "2"
    assert 13 <= number.size <= 14
    assert abs((number.left + number.right) / 2 - (30 + 195) / 2) < 1


def test_the_end_the_signature_and_the_recipients(made):
    document = pypdfium2.PdfDocument(made / "annual.pdf")
    pages = [lines_of(made / "annual.pdf", number) for number in range(len(document))]
    (page,) = [lines for lines in pages if any("Nơi nhận" in line.text for line in lines)]
    recipients, signer = line_with(page, "Nơi nhận:"), line_with(page, "KT. GIÁM ĐỐC")
    assert recipients.size == 12
    assert recipients.font.endswith(("BoldItalic", "BoldItalicMT"))
    assert line_with(page, "- Lưu: VT, VP.").size == 11
    assert 13 <= signer.size <= 14
    assert signer.left > recipients.right
    assert abs(signer.top - recipients.top) < 2
    assert line_with(page, "PHÓ GIÁM ĐỐC").top > signer.top
    whole = pypdf.PdfReader(made / "annual.pdf")
    text = " ".join(page.extract_text() for page in whole.pages)
    assert text.count("./.") == 1


def test_an_annex_begins_on_its_own_page_and_counts_from_one(made):
    document = pypdfium2.PdfDocument(made / "annual.pdf")
    pages = [lines_of(made / "annual.pdf", number) for number in range(len(document))]
    begins = [n for n, lines in enumerate(pages) if lines[0].text.startswith("Phụ lục")]
    (at,) = begins  # the table; where numbers come from is on no paper
    assert pages[at][0].size == 14
    assert line_with(pages[at], "BẢNG THEO HUYỆN").size in (13, 14)
    assert line_with(pages[at], "(Kèm theo Báo cáo số 07/BC-SLĐTBXH").font.endswith("Italic")
    following = [line for line in pages[at + 1] if line.top < 15]
    assert [line.text for line in following] == ["2"]
    # The head of a table that goes on stands on the next page again.
    assert line_with(pages[at + 1], "Đơn vị").top < 30


def test_the_pdf_is_tagged_and_has_title_and_language(made):
    catalog = pypdf.PdfReader(made / "annual.pdf").trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"].startswith("vi")
    assert pypdf.PdfReader(made / "annual.pdf").metadata.title == "Báo cáo năm 2023"


def test_the_face_is_times_or_has_its_widths():
    if serif_family() is None:
        pytest.skip("không có Times New Roman hay Liberation Serif 2 trên máy này")
    assert serif_family() in ("Times New Roman", "Liberation Serif")


@pytest.fixture(scope="module")
def word(made):
    return docx.Document(made / "annual.docx")


def test_word_has_the_decrees_page(word):
    for section in word.sections:
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        assert 20 <= round(section.top_margin.mm, 1) <= 25
        assert 20 <= round(section.bottom_margin.mm, 1) <= 25
        assert 30 <= round(section.left_margin.mm, 1) <= 35
        assert 15 <= round(section.right_margin.mm, 1) <= 20
        assert section.different_first_page_header_footer
        assert "PAGE" in section.header._element.xml
        assert "PAGE" not in section.first_page_header._element.xml
    starts = [section._sectPr.find(qn("w:pgNumType")) for section in word.sections]
    assert [start is not None and start.get(qn("w:start")) for start in starts] == [
        False,
        "1",
    ]


def test_word_has_the_decrees_styles(word):
    def style(paragraph):
        return paragraph.style

    def paragraph(text):
        return next(
            found
            for found in word.element.body.iter(qn("w:p"))
            if text in "".join(node.text or "" for node in found.iter(qn("w:t")))
        )

    def sized(text):
        identifier = paragraph(text).find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val"))
        return next(found for found in word.styles if found.style_id == identifier)

    for text, low, high, bold, italic in (
        ("CỘNG HÒA", 12, 13, True, False),
        ("Độc lập", 13, 14, True, False),
        ("UBND TỈNH", 12, 13, False, False),
        ("SỞ LAO ĐỘNG", 12, 13, True, False),
        ("Số: 07/BC", 13, 13, False, False),
        ("ngày 05 tháng 02", 13, 14, False, True),
        ("BÁO CÁO", 13, 14, True, False),
        ("Nơi nhận:", 12, 12, True, True),
        ("- Lưu: VT", 11, 11, False, False),
        ("PHÓ GIÁM ĐỐC", 13, 14, True, False),
    ):
        font = sized(text).font
        assert low <= font.size.pt <= high, text
        assert (bool(font.bold), bool(font.italic)) == (bold, italic), text
    heading = sized("I. KẾT QUẢ THỰC HIỆN")
    assert heading.name == "Heading 1"
    assert heading.font.bold
    body = sized("Trong năm, Sở đã tiếp nhận")
    assert body.font.size.pt == 14
    assert body.paragraph_format.first_line_indent.mm == pytest.approx(12.7, abs=0.1)
    assert body.paragraph_format.space_after.pt >= 6
    assert 1 <= body.paragraph_format.line_spacing <= 1.5


def test_word_can_be_worked_with(word, made):
    xml = word.element.xml
    assert xml.count("SEQ Bang") == 1
    assert xml.count("<w:tblHeader") >= 1
    names = [paragraph.style.name for paragraph in word.paragraphs]
    assert "Title" not in names
    assert {"Heading 1", "Heading 2", "Heading 3"} <= set(names)
    assert word.core_properties.title == "Báo cáo năm 2023"
    with zipfile.ZipFile(made / "annual.docx") as package:
        assert "Times New Roman" in package.read("word/styles.xml").decode()


def test_html_has_head_and_signature(made):
    page = (made / "annual.html").read_text("utf-8")
    assert "Số: 07/BC-SLĐTBXH" in page
    assert "Độc lập - Tự do - Hạnh phúc" in page
    assert "PHÓ GIÁM ĐỐC" in page
    assert re.search(r"<h2[^>]*>I\. KẾT QUẢ THỰC HIỆN</h2>", page)
    assert re.search(r'id="nguon-1">', page)


def test_the_same_notebook_gives_the_same_bytes(made, project, tmp_path):
    path = tmp_path / "annual.ipynb"
    path.write_bytes((made / "annual.ipynb").read_bytes())
    publish_pandoc(path, ("pdf", "docx"), project)
    for kind in ("pdf", "docx"):
        again = path.with_suffix(f".{kind}").read_bytes()
        assert again == (made / f"annual.{kind}").read_bytes()


def test_what_is_not_stated_stays_a_dotted_blank(project, tmp_path):
    path = tmp_path / "annual.ipynb"
    nbformat.write(notebook(BLANKS), path)
    publish_pandoc(path, ("pdf",), project)
    text = pypdf.PdfReader(path.with_suffix(".pdf")).pages[0].extract_text()
    assert f"Số: {BLANK}/BC-{BLANK}" in text
    assert f"ngày {DAY_BLANK} tháng {DAY_BLANK} năm {DAY_BLANK}" in " ".join(text.split())


@pytest.mark.parametrize(
    ("day", "written"),
    [
        ("2023-12-11", "ngày 11 tháng 12 năm 2023"),
        ("2023-03-09", "ngày 09 tháng 3 năm 2023"),
        ("2023-02-10", "ngày 10 tháng 02 năm 2023"),
    ],
)
def test_days_below_ten_and_the_first_two_months_have_a_zero(day, written):
    official = official_from({"agency": "Sở Nội vụ", "date": day})
    assert official.day_text == written


def test_hostile_names_come_out_as_text(project, tmp_path):
    head = HEAD.replace("Phó Giám đốc", "Phó <b>#panic()</b> & $x$ </w:t>")
    path = tmp_path / "annual.ipynb"
    nbformat.write(notebook(head), path)
    publish_pandoc(path, ("html", "pdf", "docx"), project)
    page = path.with_suffix(".html").read_text("utf-8")
    assert "&lt;B&gt;#PANIC()" in page
    paper = " ".join(p.extract_text() for p in pypdf.PdfReader(path.with_suffix(".pdf")).pages)
    assert "<B>#PANIC()</B>" in paper
    opened = docx.Document(io.BytesIO(path.with_suffix(".docx").read_bytes()))
    assert "<B>#PANIC()</B>" in "".join(n.text or "" for n in opened.element.iter(qn("w:t")))


def test_a_document_is_a_draft_until_the_office_has_set_number_and_date():
    head = {"agency": "Sở Nội vụ"}
    for known in ({}, {"number": "733"}, {"date": "2023-12-11"}):
        assert official_from({**head, **known}).marks[0][0] == "DỰ THẢO"
    assert official_from({**head, "number": "733", "date": "2023-12-11"}).marks == ()


def test_a_draft_says_so_in_every_format(project, tmp_path):
    path = tmp_path / "annual.ipynb"
    nbformat.write(notebook(BLANKS), path)
    publish_pandoc(path, ("html", "pdf", "docx"), project)
    assert "DỰ THẢO" in path.with_suffix(".html").read_text("utf-8")
    assert "DỰ THẢO" in pypdf.PdfReader(path.with_suffix(".pdf")).pages[0].extract_text()
    with zipfile.ZipFile(path.with_suffix(".docx")) as parts:
        assert "DỰ THẢO" in parts.read("word/document.xml").decode()
