"""The Word templates: what ships, and what an office puts in its place."""

import io
import shutil

import docx
import pytest
from docx.shared import Mm
from PIL import Image
from publishing_notebooks import project_in, write_stamped

from helpers.publishing.errors import PublishError
from helpers.publishing.files import ASSETS
from helpers.publishing.fingerprint import fingerprint
from helpers.publishing.pandoc import publish_pandoc
from helpers.publishing.word_template import OFFICIAL, OWN, REPORT, word_template


@pytest.fixture
def project(tmp_path):
    return project_in(tmp_path)


def own(project, name):
    """Copy a template to where an office keeps its own, and return it opened."""
    path = project.root / OWN / name
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(ASSETS / name, path)
    return docx.Document(str(path)), path


def heads(path):
    return "".join(part.text for part in docx.Document(str(path)).sections[0].header.paragraphs)


def test_a_letterhead_stands_on_the_pages_that_are_made(project):
    word, path = own(project, REPORT)
    logo = io.BytesIO()
    Image.new("RGB", (40, 40), "#0b5563").save(logo, "PNG")
    logo.seek(0)
    first = word.sections[0].header.paragraphs[0].insert_paragraph_before("SỞ NỘI VỤ QUẢNG NAM ")
    first.add_run().add_picture(logo, width=Mm(12))
    word.styles["Heading 1"].font.name = "Times New Roman"
    word.save(str(path))
    (made,) = publish_pandoc(write_stamped(project), ["docx"], project)
    assert heads(made).startswith("SỞ NỘI VỤ QUẢNG NAM")
    header = docx.Document(str(made)).sections[0].header
    assert [rel.target_ref for rel in header.part.rels.values() if "image" in rel.reltype]
    assert docx.Document(str(made)).styles["Heading 1"].font.name == "Times New Roman"


@pytest.mark.parametrize("name", [REPORT, OFFICIAL])
def test_simulated_data_are_told_above_every_head(project, name):
    for own_head in ("", "SỞ NỘI VỤ QUẢNG NAM"):
        if own_head:
            word, path = own(project, name)
            word.sections[0].header.paragraphs[0].insert_paragraph_before(own_head)
            word.save(str(path))
        plain = word_template(project, official=name == OFFICIAL, simulated=False)
        made = word_template(project, official=name == OFFICIAL, simulated=True)
        assert "MÔ PHỎNG" not in heads(plain)
        assert heads(made).startswith("SỐ LIỆU MÔ PHỎNG")
        assert own_head in heads(made)
        section = docx.Document(str(made)).sections[0]
        assert section.different_first_page_header_footer == (name == OFFICIAL)
        if name == OFFICIAL:
            assert "MÔ PHỎNG" in section.first_page_header.paragraphs[0].text


def test_word_files_are_made_again_with_another_template_and_pages_are_not(project):
    before = fingerprint("pandoc", ["html", "pdf", "docx"], project)
    own(project, OFFICIAL)
    after = fingerprint("pandoc", ["html", "pdf", "docx"], project)
    assert {name for name in before if before[name] != after[name]} == {"docx"}


def test_a_style_that_was_taken_out_is_named(project):
    word, path = own(project, OFFICIAL)
    styles = [style for style in word.styles if style.name == "Official Kind"]
    styles[0].delete()
    word.save(str(path))
    with pytest.raises(PublishError, match=r"params/word/van-ban.docx: thiếu kiểu «Official Kind»"):
        word_template(project, official=True, simulated=False)


@pytest.mark.parametrize("content", [b"", b"khong phai Word", b"PK\x03\x04"])
def test_what_is_no_word_file_is_refused_by_name(project, content):
    _, path = own(project, REPORT)
    path.write_bytes(content)
    with pytest.raises(PublishError, match=r"params/word/bao-cao.docx: không phải tệp Word"):
        word_template(project, official=False, simulated=False)
