"""Official documents with the longest names and the widest tables, as pages and in Word."""

from __future__ import annotations

import io
import shutil
import subprocess

import docx
import nbformat
import pypdfium2
import pytest
import yaml
from batch_project import CHECKOUT
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Emu
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from ooxml_order import disorders
from pdf_lines import MM, line_with, lines_of

from helpers.project import Project
from helpers.publishing.official import official_from
from helpers.publishing.pandoc import publish_pandoc

LONG = (
    "Kết quả giải quyết thủ tục hành chính, dịch vụ công trực tuyến và mức độ hài lòng của người dân, "
    "doanh nghiệp đối với sự phục vụ của cơ quan hành chính nhà nước trên địa bàn thành phố "
    "trong năm 2024"
)
LONGEST = {
    "agency": "Ban Quản lý Khu kinh tế và các khu công nghiệp Thành phố Hồ Chí Minh",
    "parent": "Ủy ban nhân dân Thành phố Hồ Chí Minh",
    "number": "1733",
    "symbol": "BQLKKTCKCN",
    "place": "Thành phố Hồ Chí Minh",
    "date": "2024-12-11",
    "subject": f"{LONG}; phương hướng, nhiệm vụ trọng tâm và giải pháp chủ yếu năm 2025",
    "bases": [f"Căn cứ Quyết định số 766/QĐ-TTg ngày 23/6/2022 về {LONG.lower()}"] * 3,
    "addressed_to": [
        "Thủ tướng Chính phủ",
        "Bộ Nội vụ",
        "Bộ Khoa học và Công nghệ",
        "Văn phòng Chính phủ",
        "Ủy ban nhân dân Thành phố Hồ Chí Minh và các sở, ban, ngành thuộc Thành phố trực thuộc",
    ],
    "recipients": [
        "Thủ tướng Chính phủ",
        "Bộ Nội vụ",
        "Ủy ban nhân dân Thành phố Hồ Chí Minh",
        "Các phòng chuyên môn, đơn vị sự nghiệp trực thuộc Ban Quản lý Khu kinh tế",
        "Cổng thông tin điện tử Thành phố",
        "Lưu: VT, VP, CCHC",
    ],
    "authority": "TUQ.",
    "on_behalf_of": "Chủ tịch Ủy ban nhân dân Thành phố",
    "title": "Trưởng ban Ban Quản lý Khu kinh tế và các khu công nghiệp",
    "name": "Nguyễn Thị Hoàng Phương Thảo",
    "secrecy": "Mật",
    "urgency": "Thượng khẩn",
}
HEADS = [
    "STT",
    "Lĩnh vực giải quyết",
    "Tiếp nhận: tổng số",
    "Trong kỳ: trực tuyến",
    "Trong kỳ: trực tiếp, dịch vụ bưu chính",
    "Từ kỳ trước",
    "Đã giải quyết: tổng số",
    "Trước hạn",
    "Đúng hạn",
    "Quá hạn",
    "Đang giải quyết: tổng số",
    "Trong hạn",
    "Đã quá hạn",
]
ROWS = 60
# Paragraphs that fill a page up to where the signature does not fit below them any more.
FULL_PAGE = (6, 7)
WORDS = (
    "Trong năm, cơ quan đã tiếp nhận 5.182 hồ sơ, giải quyết trước hạn và đúng hạn gần hết số ấy. "
)


def table(heads, label):
    body = "".join(
        f"| {row} | Lĩnh vực đầu tư tại Việt Nam số {row} |" + " 12.345 |" * (len(heads) - 2) + "\n"
        for row in range(1, ROWS + 1)
    )
    text = f"| {' | '.join(heads)} |\n|--:|:--|{'--:|' * (len(heads) - 2)}\n{body}"
    output = new_output("display_data", data={"text/markdown": text})
    source = f'#| label: {label}\n#| tbl-cap: "Hồ sơ theo lĩnh vực"\n#| echo: false\nx'
    return new_code_cell(source, outputs=[output], execution_count=1)


def notebook(official, filler=2, end=(), annexes=True):
    front = {"title": "Báo cáo", "date": "2024", "lang": "vi", "official": official}
    cells = [
        new_raw_cell("---\n" + yaml.safe_dump(front, allow_unicode=True) + "---"),
        new_markdown_cell(f"## {LONG}\n\n### {LONG}\n\n#### {LONG}"),
        new_markdown_cell(
            f"{WORDS * 3}\n\n- Việc:\n    - Việc con;\n- Việc sau.\n\n1. Một\n2. Hai"
        ),
        new_markdown_cell("## Tồn tại\n\n" + f"{WORDS * 3}\n\n" * filler),
        *end,
    ]
    if annexes:
        cells += [
            new_markdown_cell(f"## {LONG} {{.appendix}}"),
            table(["STT", "Lĩnh vực", "Số hồ sơ"], "tbl-a"),
            new_markdown_cell("## Hồ sơ theo lĩnh vực {.appendix}"),
            table(HEADS, "tbl-b"),
            new_markdown_cell(WORDS),
        ]
    made = new_notebook(cells=cells)
    for at, cell in enumerate(made.cells):
        cell["id"] = f"s-{at}"
    return made


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return Project(CHECKOUT, tmp_path_factory.mktemp("outputs"))


@pytest.fixture(scope="module")
def made(project, tmp_path_factory):
    path = tmp_path_factory.mktemp("stress") / "annual.ipynb"
    nbformat.write(notebook(LONGEST), path)
    publish_pandoc(path, ("html", "pdf", "docx"), project)
    return path.parent


@pytest.fixture(scope="module")
def pages(made):
    document = pypdfium2.PdfDocument(made / "annual.pdf")
    return [
        (document[n].get_width() * MM, lines_of(made / "annual.pdf", n))
        for n in range(len(document))
    ]


@pytest.fixture(scope="module")
def word(made):
    return docx.Document(made / "annual.docx")


def test_nothing_leaves_the_margins(pages):
    for width, lines in pages:
        height = 297 if round(width) == 210 else 210
        assert min(line.left for line in lines) >= 30 - 0.3
        assert max(line.right for line in lines) <= width - 15 + 0.3
        assert max(line.top for line in lines) <= height - 20


def test_nothing_is_printed_over_anything_else(pages):
    for _, lines in pages:
        for at, line in enumerate(lines):
            for other in lines[at + 1 :]:
                apart = abs(line.top - other.top) > min(line.size, other.size) * MM * 0.7
                beside = line.right <= other.left + 0.2 or other.right <= line.left + 0.2
                assert apart or beside, (line, other)


def test_only_the_wide_annex_lies_on_its_side(pages):
    sides = [round(width) == 297 for width, _ in pages]
    begins = [n for n, (_, lines) in enumerate(pages) if lines[0].text.startswith("Phụ lục")]
    assert len(begins) == 2
    assert sides == [n >= begins[1] for n in range(len(pages))]
    assert not any(lines[0].text.strip() == "" for _, lines in pages)
    rows = [line for line in pages[begins[1]][1] if "12.345" in line.text]
    assert sum(line.text.count("12.345") for line in rows) > 11 * 5
    assert {round(line.size, 1) for line in rows} == {10.0}
    # From 1 in each annex, on its side as well, in the middle of the top margin.
    width, lines = pages[begins[1] + 1]
    (number,) = [line for line in lines if line.top < 15]
    assert number.text == "2"
    assert abs((number.left + number.right) / 2 - (30 + width - 15) / 2) < 1


def test_several_recipients_stand_below_their_colon(pages):
    first = pages[0][1]
    to = line_with(first, "Kính gửi:")
    dashes = [line for line in first if line.text.startswith("- ") and line.top > to.top]
    assert len(dashes) == 5
    assert {round(line.left) for line in dashes} == {round(dashes[0].left)}
    assert to.right - 3 <= dashes[0].left <= to.right + 1
    assert dashes[0].text.endswith(";")
    widest = max(line.right for line in dashes)
    assert abs((to.left - 30) - (195 - widest)) < 25


def test_marks_of_secrecy_and_urgency_are_framed_in_the_decrees_size(made, pages):
    assert line_with(pages[0][1], "THƯỢNG KHẨN").size in (13, 14)
    document = pypdfium2.PdfDocument(made / "annual.pdf")
    page = document[0]  # held, as its objects live no longer
    frames = set()
    for found in page.get_objects():
        left, bottom, right, top = (value * MM for value in found.get_bounds())
        if 7.5 <= top - bottom <= 9:
            frames.add(round(right - left, -1))
    assert {20, 40} <= frames


@pytest.mark.parametrize("end", ["Trên đây là báo cáo.", f"{WORDS * 2}", "- một;\n- hai."])
@pytest.mark.parametrize("filler", FULL_PAGE)
def test_two_lines_of_the_text_stand_with_the_signature(project, tmp_path, filler, end):
    path = tmp_path / "annual.ipynb"
    last = [new_markdown_cell(end)]
    nbformat.write(notebook({**LONGEST, "bases": []}, filler, last, annexes=False), path)
    publish_pandoc(path, ("pdf",), project)
    document = pypdfium2.PdfDocument(path.with_suffix(".pdf"))
    pages = [lines_of(path.with_suffix(".pdf"), n) for n in range(len(document))]
    (signed,) = [lines for lines in pages if any("Nơi nhận" in line.text for line in lines)]
    place = line_with(signed, "Nơi nhận").top
    text = [line for line in signed if line.size == 14 and 18 < line.top < place - 2]
    assert len({round(line.top) for line in text}) >= 2
    assert line_with(signed, "Nguyễn Thị Hoàng").top < 297 - 20


@pytest.mark.parametrize("announced", ["Cơ quan nêu mấy hạn chế:", "**Giảm nghèo.**"])
@pytest.mark.parametrize("lines", [22, 23, 24])
def test_what_announces_a_list_is_not_left_alone(project, tmp_path, announced, lines):
    path = tmp_path / "annual.ipynb"
    text = "\n\n".join([*["Một dòng."] * lines, announced, "- Việc sau;\n" * 20])
    front = {"title": "Báo cáo", "date": "2024", "lang": "vi", "official": {"agency": "Sở"}}
    head = new_raw_cell("---\n" + yaml.safe_dump(front, allow_unicode=True) + "---")
    nbformat.write(new_notebook(cells=[head, new_markdown_cell(text)]), path)
    publish_pandoc(path, ("pdf", "docx"), project)
    file = path.with_suffix(".pdf")
    pages = [lines_of(file, n) for n in range(len(pypdfium2.PdfDocument(file)))]
    words = announced.strip("*")
    (page,) = [found for found in pages if any(words in line.text for line in found)]
    assert any("- Việc sau" in line.text for line in page)
    (kept,) = [p for p in docx.Document(path.with_suffix(".docx")).paragraphs if p.text == words]
    assert kept.paragraph_format.keep_with_next


def test_a_citation_is_for_reports_that_are_no_documents(project, tmp_path):
    path = tmp_path / "annual.ipynb"
    made = notebook({"agency": "Sở Nội vụ"}, annexes=False)
    made.cells[0].source = made.cells[0].source.replace("lang: vi", "citation: chiso\nlang: vi")
    nbformat.write(made, path)
    publish_pandoc(path, ("docx",), project)
    texts = [found.text for found in docx.Document(path.with_suffix(".docx")).paragraphs]
    assert not any("Trích dẫn" in text for text in texts)


@pytest.mark.parametrize(
    ("end", "last"),
    [
        ("Còn chậm:\n\n- một;\n- hai.", "- hai./."),
        ("Đạt **95%**", "95%./."),
        ("Đạt yêu cầu;", "Đạt yêu cầu./."),
        ("1. Một;\n2. Hai;", "2. Hai./."),
        ("- một;\n" * 8, "- một./."),
    ],
)
def test_the_text_ends_with_its_mark_whatever_it_ends_with(project, tmp_path, end, last):
    path = tmp_path / "annual.ipynb"
    nbformat.write(
        notebook({"agency": "Sở Nội vụ"}, 1, [new_markdown_cell(end)], annexes=False), path
    )
    publish_pandoc(path, ("pdf", "docx"), project)
    file = path.with_suffix(".pdf")
    pages = [lines_of(file, n) for n in range(len(pypdfium2.PdfDocument(file)))]
    assert line_with([line for lines in pages for line in lines], last)
    paragraphs = docx.Document(path.with_suffix(".docx")).paragraphs
    (ended,) = [found for found in paragraphs if "./." in found.text]
    assert ended.text.endswith(last)
    assert ended.paragraph_format.keep_with_next


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        ([], ()),
        (["Bộ Nội vụ."], ("Bộ Nội vụ",)),
        (["Bộ Nội vụ", "- Sở Y tế;"], ("- Bộ Nội vụ;", "- Sở Y tế.")),
    ],
)
def test_addressed_lines(given, lines):
    official = official_from({"agency": "x", "addressed_to": given})
    assert official.addressed_lines == lines


@pytest.mark.parametrize(
    ("number", "line"),
    [
        ("7", "Số: 07/BC-SNV"),
        ("733/BC-SLĐTBXH", "Số: 733/BC-SLĐTBXH"),
        ("Số: 12/BC-SNV", "Số: 12/BC-SNV"),
        ("", "Số: …………/BC-SNV"),
    ],
)
def test_a_number_with_its_symbol_stays_as_it_is(number, line):
    official = official_from({"agency": "x", "number": number, "symbol": "SNV"})
    assert official.number_line == line


def test_a_base_that_only_names_a_document_begins_as_the_decree_asks():
    bases = ["Kế hoạch số 04/KH-UBND", "Thực hiện Chỉ thị số 5;", "Căn cứ Luật Ngân sách"]
    official = official_from({"agency": "x", "bases": bases})
    assert official.bases_lines == (
        "Căn cứ Kế hoạch số 04/KH-UBND;",
        "Thực hiện Chỉ thị số 5;",
        "Căn cứ Luật Ngân sách.",
    )


def test_a_document_without_marks_has_no_frame():
    signed = {"agency": "x", "number": "733", "date": "2024-12-11"}
    assert official_from(signed).marks == ()


def test_parts_of_the_word_file_keep_the_order_of_the_schema(made):
    content = (made / "annual.docx").read_bytes()
    assert disorders(content) == []
    # The check itself sees what is wrong.
    broken = docx.Document(io.BytesIO(content))
    layout = next(p._p.pPr for p in broken.paragraphs if p._p.pPr is not None and len(p._p.pPr))
    layout.insert(0, layout.makeelement(qn("w:jc"), {qn("w:val"): "left"}))
    stream = io.BytesIO()
    broken.save(stream)
    assert disorders(stream.getvalue())


def test_word_turns_the_wide_annex(word):
    turned = [section.orientation == WD_ORIENT.LANDSCAPE for section in word.sections]
    assert turned == [False, False, True]
    wide = word.sections[-1]
    assert (round(wide.page_width.mm), round(wide.page_height.mm)) == (297, 210)
    assert wide.left_margin.mm == pytest.approx(30, abs=0.1)


def test_words_wide_table_is_small_with_a_bold_head(word):
    (wide,) = [found for found in word.tables if len(found.columns) == len(HEADS)]
    styles = [paragraph.style for cell in wide.rows[1].cells for paragraph in cell.paragraphs]
    assert {style.name for style in styles} == {"Table Small"}
    # Bold comes from the style of the table, which a style of its text must not undo.
    assert {style.font.bold for style in styles} == {None}
    style = wide.style.element
    assert style.find(f"{qn('w:tblStylePr')}/{qn('w:rPr')}/{qn('w:b')}") is not None
    margins = style.find(f"{qn('w:tblPr')}/{qn('w:tblCellMar')}")
    assert all(int(side.get(qn("w:w"))) > 0 for side in margins)
    assert all(
        row._tr.trPr is not None and row._tr.trPr.find(qn("w:cantSplit")) is not None
        for row in wide.rows
    )


def test_words_headings_are_in_the_navigation_pane(word):
    levels = {}
    for name in ("Heading 1", "Heading 2", "Heading 3", "Annex Name"):
        level = word.styles[name].element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        levels[name] = int(level.get(qn("w:val")))
    assert levels == {"Heading 1": 0, "Heading 2": 1, "Heading 3": 2, "Annex Name": 0}


def test_words_lists_are_typed_as_offices_do(word):
    texts = [paragraph.text for paragraph in word.paragraphs]
    for item in ("- Việc:", "+ Việc con;", "- Việc sau.", "1. Một", "2. Hai"):
        assert item in texts
        paragraph = word.paragraphs[texts.index(item)]
        assert paragraph.style.font.size.pt == 14
        assert paragraph._p.pPr.numPr is None


def test_words_marks_have_the_decrees_length(word):
    (left,) = [cell for cell in word.tables[0].rows[1].cells if "KHẨN" in cell.text]
    mark = next(p for p in left.paragraphs if p.text == "THƯỢNG KHẨN")
    layout = mark.paragraph_format
    length = 66 - Emu(layout.left_indent + layout.right_indent).mm
    assert length == pytest.approx(40, abs=0.5)
    assert len(mark._p.pPr.find(qn("w:pBdr"))) == 4
    assert str(mark.style.font.color.rgb) == "C00000"


def test_saving_again_keeps_the_words(word, made):
    stream = io.BytesIO()
    word.save(stream)
    again = docx.Document(io.BytesIO(stream.getvalue()))
    before = [node.text for node in docx.Document(made / "annual.docx").element.iter(qn("w:t"))]
    assert [node.text for node in again.element.iter(qn("w:t"))] == before
    assert disorders(stream.getvalue()) == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_and_saves_it(made, tmp_path):
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            *("--headless", "--convert-to", "docx", "--outdir", str(tmp_path)),
            str(made / "annual.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )

    def words(path):
        nodes = docx.Document(path).element.iter(qn("w:t"))
        return "".join("".join(node.text or "" for node in nodes).split())

    assert words(tmp_path / "annual.docx") == words(made / "annual.docx")


def test_the_page_frames_marks_and_lists_recipients(made):
    page = (made / "annual.html").read_text("utf-8")
    assert page.count('<span class="mark">') == 2
    assert "<li>Bộ Nội vụ;</li>" in page
