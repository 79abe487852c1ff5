"""The Word template of official documents.

Source: Nghị định số 30/2020/NĐ-CP of 5 March 2020, Phụ lục I: sizes in points, lengths in millimetres.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from helpers.project import Project
from helpers.publishing.front_matter import SIMULATED_BAND
from helpers.publishing.serif import TIMES
from helpers.publishing.word_template import (
    add_field,
    kept,
    pandoc_default,
    plain_style,
    set_family,
    without_table_look,
)

TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15
"""Margins in millimetres; the decree allows 20-25, 20-25, 30-35 and 15-20."""
INDENT = 12.7
BODY_SIZE = 14
_BLACK = RGBColor(0, 0, 0)
_RED = RGBColor(0xC0, 0, 0)
_JUSTIFY, _CENTRE, _LEFT = (
    WD_ALIGN_PARAGRAPH.JUSTIFY,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
)
# Style of pandoc: size, bold, alignment, indent of the first line (mm), space before, after (points).
_PANDOC_STYLES: dict[str, tuple[float, bool, Any, float, float, float]] = {
    "Normal": (BODY_SIZE, False, _JUSTIFY, 0, 0, 6),
    "BodyText": (BODY_SIZE, False, _JUSTIFY, INDENT, 0, 6),
    "FirstParagraph": (BODY_SIZE, False, _JUSTIFY, INDENT, 0, 6),
    "Compact": (12, False, _LEFT, 0, 1, 1),
    "Heading1": (BODY_SIZE, True, _JUSTIFY, INDENT, 12, 6),
    "Heading2": (BODY_SIZE, True, _JUSTIFY, INDENT, 8, 6),
    "Heading3": (BODY_SIZE, False, _JUSTIFY, INDENT, 6, 6),
    "Heading4": (BODY_SIZE, False, _JUSTIFY, INDENT, 6, 6),
    "TableCaption": (13, False, _CENTRE, 0, 8, 4),
    "ImageCaption": (13, False, _CENTRE, 0, 4, 10),
    "CaptionedFigure": (13, False, _CENTRE, 0, 8, 0),
    "Caption": (13, False, _CENTRE, 0, 4, 6),
}
# Own styles: size, bold, italic, alignment, space before, after.
_OWN_STYLES: dict[str, tuple[float, bool, bool, Any, float, float]] = {
    "Official Parent": (13, False, False, _CENTRE, 0, 0),
    "Official Agency": (13, True, False, _CENTRE, 0, 0),
    "Official Nation": (13, True, False, _CENTRE, 0, 0),
    "Official Motto": (14, True, False, _CENTRE, 0, 0),
    "Official Rule": (2, False, False, _CENTRE, 4, 4),
    "Official Number": (13, False, False, _CENTRE, 0, 0),
    "Official Mark": (13, True, False, _CENTRE, 8, 4),
    "Official Date": (13, False, True, _CENTRE, 0, 0),
    "Official Kind": (14, True, False, _CENTRE, 14, 0),
    "Official Subject": (14, True, False, _CENTRE, 0, 0),
    "Official Addressed": (14, False, False, _CENTRE, 3, 3),
    "Official Basis": (14, False, True, _JUSTIFY, 0, 6),
    "Official Recipients": (12, True, True, _LEFT, 0, 0),
    "Official Recipient": (11, False, False, _LEFT, 0, 0),
    "Official Signer": (14, True, False, _CENTRE, 0, 0),
    "Official Space": (14, False, False, _CENTRE, 0, 60),
    "Annex Number": (14, True, False, _CENTRE, 0, 0),
    "Annex Name": (14, True, False, _CENTRE, 0, 0),
    "Annex Reference": (14, False, True, _CENTRE, 0, 10),
    "Official Break": (1, False, False, _LEFT, 0, 0),
    "Table Small": (9.5, False, False, _LEFT, 0, 0),
    "Table Smallest": (8, False, False, _LEFT, 0, 0),
}
_KEEP_WITH_NEXT = ("TableCaption", "CaptionedFigure")


def official_reference(project: Project, *, simulated: bool = False) -> Path:
    """Return the Word template of official documents, making it when it is not there.

    Parameters
    ----------
    project : Project
        Where the template is kept.
    simulated : bool
        Whether the header of every page says that the data are simulated.
    """
    return kept(project, "official", Path(__file__), build_official_reference, simulated=simulated)


def build_official_reference(*, simulated: bool = False) -> bytes:
    """Build the template from pandoc's default: A4, Times New Roman, the decree's sizes.

    Returns
    -------
    bytes
        A DOCX.
    """
    word = pandoc_default()
    set_family(word, TIMES)
    word.styles["Hyperlink"].font.color.rgb = _BLACK
    for name, values in _PANDOC_STYLES.items():
        _set_style(word, name, *values)
    for name, own in _OWN_STYLES.items():
        _add_style(word, name, *own)
    _outline(word)
    _set_table_style(word)
    _set_page(word, simulated)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def _set_style(
    word: WordDocument,
    name: str,
    size: float,
    bold: bool,
    alignment: Any,
    indent: float,
    before: float,
    after: float,
) -> None:
    style = plain_style(word, name)
    font, layout = style.font, style.paragraph_format
    font.size = Pt(size)
    font.color.rgb = _BLACK
    if name not in ("Normal", "BodyText", "FirstParagraph", "Compact"):
        font.bold, font.italic = bold, False
    layout.alignment = alignment
    layout.first_line_indent = Mm(indent)
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.line_spacing = 1.0 if name == "Compact" else 1.15
    if name.startswith("Heading") or name in _KEEP_WITH_NEXT:
        layout.keep_with_next = True


def _add_style(
    word: WordDocument,
    name: str,
    size: float,
    bold: bool,
    italic: bool,
    alignment: Any,
    before: float,
    after: float,
) -> None:
    style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = word.styles["Normal"]
    style.font.size = Pt(size)
    # What the text of a table leaves open, the style of the table decides: its head is bold.
    if not name.startswith("Table"):
        style.font.bold, style.font.italic = bold, italic
    layout = style.paragraph_format
    layout.alignment = alignment
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.line_spacing = Pt(1) if name == "Official Break" else 1.0
    layout.first_line_indent = Mm(INDENT if name == "Official Basis" else 0)
    if name.startswith(("Annex", "Official Kind", "Official Recipient", "Official Signer")):
        layout.keep_with_next = True


def _outline(word: WordDocument) -> None:
    """Show the names of annexes in Word's navigation pane beside the headings."""
    name = word.styles["Annex Name"].element
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "0")
    # The last but for marks of revision and of sections, which a style does not have.
    name.get_or_add_pPr().append(level)
    word.styles["Official Mark"].font.color.rgb = _RED
    for place in range(1, 5):
        group = word.styles.add_style(f"Group {place}", WD_STYLE_TYPE.CHARACTER)
        group.font.color.rgb = _BLACK
    lead = word.styles.add_style("Lead", WD_STYLE_TYPE.PARAGRAPH)
    lead.base_style = word.styles["Body Text"]


def _set_table_style(word: WordDocument) -> None:
    style = without_table_look(word)
    line = 'w:val="single" w:sz="4" w:space="0" w:color="000000"'
    sides = "".join(
        f"<w:{side} {line}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    style.append(
        parse_xml(
            f"<w:tblPr {nsdecls('w')}><w:tblInd w:w='0' w:type='dxa'/>"
            f"<w:tblBorders>{sides}</w:tblBorders><w:tblCellMar>"
            "<w:top w:w='20' w:type='dxa'/><w:left w:w='60' w:type='dxa'/>"
            "<w:bottom w:w='20' w:type='dxa'/><w:right w:w='60' w:type='dxa'/>"
            "</w:tblCellMar></w:tblPr>"
        )
    )
    style.append(
        parse_xml(
            f"<w:tblStylePr {nsdecls('w')} w:type='firstRow'><w:rPr><w:b/></w:rPr>"
            "<w:tcPr><w:vAlign w:val='center'/></w:tcPr></w:tblStylePr>"
        )
    )


def _set_page(word: WordDocument, simulated: bool) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.header_distance, section.footer_distance = Mm(10), Mm(10)
    # The first page carries no number.
    section.different_first_page_header_footer = True
    for header, numbered in ((section.header, True), (section.first_page_header, False)):
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]
        paragraph.alignment = _CENTRE
        paragraph.paragraph_format.space_after = Pt(0)
        if simulated:
            run = paragraph.add_run(f"{SIMULATED_BAND} – không phải kết quả thật")
            run.bold, run.font.size = True, Pt(9)
            if numbered:
                run.add_break()
        if numbered:
            add_field(paragraph, "PAGE", "2", 13)
