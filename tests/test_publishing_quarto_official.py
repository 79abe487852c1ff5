"""Official documents and the list of sources with Quarto: what is written into its folder.

Quarto itself is not needed: its Markdown is made here as it makes it, with boxes around the outputs of
cells and, in Word, tables of one cell around floats.
"""

from __future__ import annotations

import io
import json
import subprocess
import zipfile

import docx
import nbformat
import pypandoc
import pypdf
import pytest
import typst
import yaml
from batch_project import CHECKOUT
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont
from lxml import html
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from helpers.project import Project
from helpers.publishing.errors import PublishError
from helpers.publishing.front_matter import FrontMatter, read_front_matter
from helpers.publishing.official import Official
from helpers.publishing.official_word import LANDSCAPE_COLUMNS
from helpers.publishing.quarto import _complete_word
from helpers.publishing.quarto_folder import fill_folder
from helpers.publishing.quarto_notebook import read_report
from helpers.publishing.serif import SERIF_FAMILY, serif_fonts
from helpers.publishing.word import complete
from helpers.publishing.word_template import word_template

NAMED = {"kind": "Báo cáo", "abbreviation": "BC", "agency": "Sở Nội vụ", "subject": "Kết quả"}
TRACED = '[5.182]{.so title="so-lieu.csv, dòng 4"}'
OFFICIAL = {
    "agency": "Sở Nội vụ ]] ]=]",
    "parent": "UBND tỉnh Sơn La",
    "symbol": "SNV",
    "place": "Sơn La",
    "subject": "Kết quả năm 2023",
    "bases": ["Căn cứ Kế hoạch số 04/KH-UBND ngày 04/01/2023"],
    "recipients": ["Ủy ban nhân dân tỉnh", "Lưu: VT"],
    "on_behalf_of": "Giám đốc",
    "urgency": "Khẩn",
}
# As Quarto lays out a float in Word: one cell, its caption with properties of its own, out of order.
FLOATS = """
function Table(tbl)
  local caption = pandoc.Para({pandoc.RawInline("openxml",
    '<w:pPr><w:jc w:val="left"/><w:spacing w:before="200"/><w:pStyle w:val="ImageCaption"/></w:pPr>'),
    pandoc.Str("Bảng\\u{a0}7."), pandoc.Space(), pandoc.Str("Số liệu theo đơn vị")})
  local cell = pandoc.Cell({pandoc.Div({caption, tbl})})
  local simple = pandoc.SimpleTable({}, {pandoc.AlignDefault}, {1}, {}, {{cell.contents}})
  return pandoc.utils.from_simple_table(simple), false
end
"""

# What Quarto puts at the end of every document.
END = "::: {#3ade8a4a-fb1d-4a6c-8409-ac45482d5fc9 .hidden}\n:::"

# As Quarto's own filters do, which run between the two of this project.
WITHOUT_CLASSES = "function Table(tbl) tbl.classes = {} return tbl end"


def table(columns, rows):
    head = "| Đơn vị " + "".join(f"| Cột {n} " for n in range(1, columns)) + "|\n"
    body = "".join(f"| Xã {row} " + "| 12.345 " * (columns - 1) + "|\n" for row in range(rows))
    return head + "|:--" + "|--:" * (columns - 1) + "|\n" + body


def said(text, source="commentary.brief(result)"):
    output = new_output("display_data", data={"text/markdown": text, "text/plain": text})
    return new_code_cell(source, outputs=[output], execution_count=1)


def stamped(official, annexes=True):
    front = {"title": "Báo cáo năm 2023", "date": "2023", "lang": "vi", "citation": "chiso (2024)"}
    if official:
        front["official"] = official
    cells = [
        new_raw_cell("---\n" + yaml.safe_dump(front, allow_unicode=True) + "---"),
        new_markdown_cell(f"Tiếp nhận {TRACED} hồ sơ."),
        new_markdown_cell("## Kết quả thực hiện"),
        said(f"#### Chỉ số hài lòng\n\nMức hài lòng tăng, với {TRACED} phiếu."),
        new_markdown_cell("## Tồn tại, hạn chế"),
        said("Còn chậm:\n\n- một;\n- hai;\n- ba."),
        new_markdown_cell("## Bảng theo xã {.appendix}"),
        said(table(13, 60), '#| label: tbl-xa\n#| tbl-cap: "Số liệu theo đơn vị"\ntables.units(r)'),
    ]
    made = new_notebook(cells=cells if annexes else cells[:-2])
    for at, cell in enumerate(made.cells):
        cell["id"] = f"q-{at}"
    return made


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return Project(CHECKOUT, tmp_path_factory.mktemp("outputs"))


@pytest.fixture
def filled(project, tmp_path):
    def fill(kind, official=OFFICIAL, annexes=True):
        notebook = tmp_path / "annual.ipynb"
        nbformat.write(stamped(official, annexes), notebook)
        folder = tmp_path / kind
        folder.mkdir()
        fill_folder(folder, notebook, (kind,), project, (1, 9, 0))
        return folder

    return fill


def pandoc(folder, to, *arguments, wrap=None):
    """Turn the folder's notebook into Quarto's Markdown and run its filters on that."""
    (name,) = folder.glob("*.ipynb")
    parts = []
    for cell in nbformat.read(name, 4).cells[1:]:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
        for output in cell.get("outputs", ()):
            text = output.data["text/markdown"]
            parts.append(f"::::: {{.cell}}\n::: {{.cell-output-display}}\n{text}\n:::\n:::::")
    settings = yaml.safe_load((folder / "_quarto.yml").read_text("utf-8"))
    names = [one if isinstance(one, str) else one["path"] for one in settings["filters"]]
    (folder / "quarto.lua").write_text(WITHOUT_CLASSES)
    used = [names[0], "quarto.lua", *names[1:], *([wrap] if wrap else [])]
    filters = [f"--lua-filter={name}" for name in used]
    return subprocess.run(
        [pypandoc.get_pandoc_path(), "--standalone", f"--to={to}", *filters, *arguments],
        input="\n\n".join([*parts, END]).encode(),
        cwd=folder,
        capture_output=True,
        check=True,
    ).stdout


def options(folder, name):
    (notebook,) = folder.glob("*.ipynb")
    head = nbformat.read(notebook, 4).cells[0].source
    return yaml.safe_load(head.strip().strip("-"))["format"][name]


def test_sections_said_by_cells_are_text_and_keep_their_annex(filled):
    folder = filled("pdf")
    cells = nbformat.read(folder / "bao-cao.ipynb", 4).cells
    assert "## Chỉ số hài lòng" in [cell.source.split("\n")[0] for cell in cells]
    assert [cell.source for cell in cells if ".appendix" in cell.source]
    assert [cell.cell_type for cell in cells].count("code") == 1  # the labelled table


def test_lists_of_two_cells_stay_two_where_cells_become_text():
    made = stamped(OFFICIAL)
    made.cells[6:6] = [said("Còn thiếu:\n\n- bốn;"), said("- **Nguồn.** Cách tính")]
    for at, cell in enumerate(made.cells):
        cell["id"] = f"q-{at}"
    texts = [cell.source for cell in read_report(made, "annual").cells]
    page = pypandoc.convert_text("\n\n".join(texts), "html", "markdown")
    lists = html.fragment_fromstring(page, create_parent="main").iter("ul")
    said_in = [[item.text_content().strip() for item in one] for one in lists]
    assert said_in == [["một;", "hai;", "ba."], ["bốn;"], ["Nguồn. Cách tính"]]
    assert "<li><p>" not in page


def test_pdf_has_the_decrees_layout(filled):
    folder = filled("pdf")
    chosen = options(folder, "typst")
    assert (chosen["mainfont"], chosen["toc"]) == (SERIF_FAMILY, False)
    (folder / "template.typ").write_text(
        "$typst-template.typ()$\n\n$page.typ()$\n\n$typst-show.typ()$\n\n$body$\n"
    )
    text = pandoc(
        folder, "typst", "--template=template.typ", "--metadata=title:Báo cáo", "--metadata=lang:vi"
    )
    (folder / "bao-cao.typ").write_bytes(text)
    typst.compile(
        folder / "bao-cao.typ",
        output=folder / "bao-cao.pdf",
        root=folder,
        font_paths=[str(folder / "fonts")],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
    pages = pypdf.PdfReader(folder / "bao-cao.pdf").pages
    words = [" ".join(page.extract_text().split()) for page in pages]
    for said_on_the_first in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "I. KẾT QUẢ THỰC HIỆN",
        "1. Chỉ số hài lòng",
        "II. TỒN TẠI, HẠN CHẾ",
        "- ba./.",
        "KHẨN",
        "GIÁM ĐỐC",
    ):
        assert said_on_the_first in words[0]
    assert any(text.startswith("Phụ lục") for text in words)
    # 13 columns are read on their side; where numbers come from is on no paper.
    shapes = [page.mediabox.width > page.mediabox.height for page in pages]
    assert shapes[0] is False
    assert shapes[1] is True
    assert not [text for text in words if "so-lieu.csv" in text]


def test_page_has_head_signature_and_sources(filled):
    folder = filled("html")
    page = pandoc(
        folder,
        "html",
        "--shift-heading-level-by=1",
        "--metadata=pagetitle:x",
    ).decode()
    assert "Sở Nội vụ ]] ]=]".upper() in page
    assert '<span class="mark">KHẨN</span>' in page
    assert ">I. KẾT QUẢ THỰC HIỆN</h2>" in page
    assert ">Phụ lục. BẢNG THEO XÃ</h2>" in page
    assert 'href="#nguon-1"' in page
    assert 'id="nguon-1"' in page


def test_the_text_ends_with_its_own_last_line(filled):
    page = pandoc(filled("html", annexes=False), "html", "--metadata=pagetitle:x").decode()
    assert "ba./.</li>" in page
    paper = pandoc(filled("pdf", annexes=False), "typst").decode()
    # The signature does not begin a page without a line of the text above it.
    assert "ba./." in paper.split("#closing[")[-1].split("#official-signature")[0]


def test_ordinary_page_only_gets_its_sources(filled):
    folder = filled("html", official=None)
    page = pandoc(folder, "html", "--shift-heading-level-by=1", "--metadata=pagetitle:x").decode()
    assert ">Nguồn số liệu</h2>" in page
    assert page.count('href="#nguon-1"') == 2
    assert "CỘNG HÒA" not in page
    assert ">Kết quả thực hiện</h2>" in page
    assert ">Chỉ số hài lòng</h3>" in page  # written by a helper, in order all the same
    assert options(folder, "html")["toc"]


@pytest.fixture
def word(filled):
    folder = filled("docx")
    # As Quarto: the title is printed, floats come last.
    (folder / "floats.lua").write_text(FLOATS)
    made = pandoc(
        folder,
        "docx",
        "--output=-",
        "--reference-doc=reference.docx",
        "--metadata=title:Báo cáo",
        wrap="floats.lua",
    )
    front_matter = read_front_matter(folder.parent / "annual.ipynb")
    return docx.Document(io.BytesIO(complete(made, front_matter, Project(CHECKOUT))))


def test_word_gets_the_same_finish(word):
    names = [paragraph.style.name for paragraph in word.paragraphs]
    assert "Title" not in names
    assert "trích dẫn" not in " ".join(p.text.lower() for p in word.paragraphs)
    assert {"Official Kind", "Heading 1", "Heading 2", "Annex Number", "Annex Name"} <= set(names)
    assert [section.orientation for section in word.sections] == [0, 1]
    assert "SEQ Bang" in word.element.xml
    body = word.element.body
    # Tables lie in the text, not in cells, so that they break over pages and repeat their heads.
    assert not body.findall(f".//{qn('w:tc')}//{qn('w:tbl')}")
    wide = [t for t in word.tables if len(t.columns) >= LANDSCAPE_COLUMNS]
    assert len(wide) == 1
    assert wide[0]._tbl.findall(f"{qn('w:tr')}/{qn('w:trPr')}/{qn('w:tblHeader')}")
    # On its side a page has room for larger print than the 13 columns would get upright.
    inside = [p.style.name for cell in wide[0].row_cells(1) for p in cell.paragraphs]
    assert set(inside) == {"Table Small"}
    captions = [p for p in word.paragraphs if p.style.name == "Table Caption"]
    assert any("Số liệu theo đơn vị" in p.text for p in captions)
    assert all(len(p._p.findall(qn("w:pPr"))) == 1 for p in captions)


def test_an_ordinary_word_file_is_finished_too(filled):
    folder = filled("docx", official=None)
    made = pandoc(folder, "docx", "--output=-", "--reference-doc=reference.docx")
    done = complete(made, read_front_matter(folder.parent / "annual.ipynb"), Project(CHECKOUT))
    with zipfile.ZipFile(io.BytesIO(done)) as parts:
        names = parts.namelist()
        types = parts.read("[Content_Types].xml") + parts.read("_rels/.rels")
    assert [name for name in names if name.startswith("word/fonts/")]
    # Nothing of how it was made.
    assert "docProps/custom.xml" not in names
    assert b"custom" not in types
    word = docx.Document(io.BytesIO(done))
    assert word.core_properties.title == "Báo cáo năm 2023"
    assert [p.text for p in word.paragraphs if p.style.name == "Date"] == ["2023"]
    (wide,) = [t for t in word.tables if len(t.columns) >= LANDSCAPE_COLUMNS]
    widths = {column.get(qn("w:w")) for column in wide._tbl.find(qn("w:tblGrid"))}
    assert len(widths) > 1
    paragraphs = [p for cell in wide.row_cells(1) for p in cell.paragraphs]
    assert {p.style.name for p in paragraphs} == {"Table Smallest"}
    assert all(len(p._p.findall(f".//{qn('w:jc')}")) <= 1 for p in paragraphs)


def test_between_two_tables_stands_no_line(project):
    made = docx.Document(word_template(project, official=False, simulated=False))
    for paragraph in made.paragraphs:
        paragraph._p.getparent().remove(paragraph._p)
    for between in ("Giữa hai bảng", " "):
        made.add_table(1, 1)
        made.add_paragraph(between, style="Body Text")
    made.add_paragraph("Bảng 3. Chú thích", style="Table Caption")
    made.add_table(1, 1)
    stream = io.BytesIO()
    made.save(stream)
    done = complete(stream.getvalue(), FrontMatter(title="Báo cáo"), project)
    said_between, gap, _ = docx.Document(io.BytesIO(done)).paragraphs
    assert len(gap._p) == 0
    official = FrontMatter(title="Báo cáo", official=Official(**NAMED))
    gaps = docx.Document(io.BytesIO(complete(stream.getvalue(), official, project))).paragraphs
    assert [p.style.name for p in gaps if not p.text] == ["Normal"]
    assert (said_between.text, said_between.style.name) == ("Giữa hai bảng", "Body Text")


def test_broken_word_file_is_said(tmp_path):
    broken = tmp_path / "bao-cao-word.docx"
    broken.write_bytes(b"PK nothing")
    with pytest.raises(PublishError, match="docx không đọc được cho annual"):
        _complete_word(broken, FrontMatter(title="Báo cáo"), Project(CHECKOUT), "annual")


def test_notebook_is_still_json(filled):
    folder = filled("docx")
    cells = json.loads((folder / "bao-cao-word.ipynb").read_text("utf-8"))["cells"]
    # Date and lead of an ordinary report would stand above the head.
    assert "".join(cells[1]["source"]).startswith("Tiếp nhận")


@pytest.mark.parametrize("place", ["Quảng Nam", "Thừa Thiên Huế", "Bà Rịa - Vũng Tàu"])
def test_the_line_of_place_and_day_stays_on_one_line(project, place):
    # Half of the head is 99 mm wide; set in italics of 13 points.
    (italic,) = serif_fonts(project).glob("*-Italic.ttf")
    with TTFont(italic) as font:
        glyphs, advances, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
        official = Official(
            kind="Báo cáo", abbreviation="BC", agency="Sở", subject="x", place=place
        )
        line = official.date_line
        width = sum(advances[glyphs[ord(letter)]][0] for letter in line) / em * 13 * 25.4 / 72
    assert "ngày" in line
    assert width < 99
