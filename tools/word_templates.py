"""Make the two Word templates that ship, from pandoc's own default with all the styles it names.

Run once, and again when a style is added::

    python tools/word_templates.py

An office opens a template in Word and puts its letterhead into it (docs/official.md). Sizes and lengths
of official documents: Nghị định số 30/2020/NĐ-CP of 5 March 2020, Phụ lục I, points and millimetres.
"""

from __future__ import annotations

import io
import subprocess
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from helpers.publishing.binary import engine_environment, pandoc_program
from helpers.publishing.files import ASSETS
from helpers.publishing.fonts import FAMILY
from helpers.publishing.serif import TIMES
from helpers.publishing.word_template import OFFICIAL, REPORT

# What Word takes where the family is not installed; all have every Vietnamese letter.
FALLBACK_FONT = "Segoe UI"
_INK, _TEAL, _MUTED = (RGBColor.from_string(colour) for colour in ("16262D", "0B5563", "51646B"))
# Identifier of a style: size, colour, bold, space before, space after (points).
_PARAGRAPHS = {
    "Normal": (10.5, _INK, False, 0, 6),
    "BodyText": (10.5, _INK, False, 0, 7),
    "FirstParagraph": (10.5, _INK, False, 0, 7),
    "Compact": (9.5, _INK, False, 2, 2),
    "Title": (24, _TEAL, True, 0, 6),
    "Subtitle": (13, _INK, False, 0, 4),
    "Author": (9.5, _MUTED, False, 0, 4),
    "Date": (9.5, _MUTED, False, 0, 14),
    "Heading1": (16, _TEAL, True, 22, 8),
    "Heading2": (13, _INK, True, 16, 6),
    "Heading3": (11, _INK, True, 12, 4),
    "Heading4": (10.5, _INK, True, 10, 4),
    "Caption": (9.5, _MUTED, False, 4, 12),
    "TableCaption": (9.5, _MUTED, False, 14, 5),
    "ImageCaption": (9.5, _MUTED, False, 4, 14),
    "CaptionedFigure": (10.5, _INK, False, 12, 0),
}
_OPEN = ("Normal", "BodyText", "FirstParagraph", "Compact")
_KEEP_WITH_NEXT = ("TableCaption", "CaptionedFigure")
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


def pandoc_default() -> WordDocument:
    """Return pandoc's own template, which has every style that pandoc names."""
    default = subprocess.run(
        [pandoc_program()[0], "--print-default-data-file=reference.docx"],
        capture_output=True,
        check=True,
        env=engine_environment(),
    ).stdout
    return docx.Document(io.BytesIO(default))


def set_family(word: WordDocument, family: str) -> None:
    """Name a family wherever the default names a theme font, but for code; set Vietnamese."""
    for fonts in word.styles.element.iter(qn("w:rFonts")):
        if fonts.get(qn("w:ascii")) == "Consolas":
            continue
        fonts.attrib.clear()
        for slot in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{slot}"), family)
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")
    # The linked character styles repeat sizes and colours of the headings; they follow them here.
    for style in word.styles:
        if style.type == WD_STYLE_TYPE.CHARACTER and style.name.endswith(" Char"):
            properties = style.element.find(qn("w:rPr"))
            if properties is not None and "Verbatim" not in style.name:
                style.element.remove(properties)


def plain_style(word: WordDocument, identifier: str) -> ParagraphStyle:
    """Return a style of pandoc's without the letter spacing that the default gives some."""
    style: ParagraphStyle = next(one for one in word.styles if one.style_id == identifier)
    for spacing in style.element.findall(f"{qn('w:rPr')}/{qn('w:spacing')}"):
        spacing.getparent().remove(spacing)
    return style


def without_table_look(word: WordDocument) -> Any:
    """Return the element of the table style, its own look taken off."""
    style = word.styles["Table"].element
    for old in style.findall(qn("w:tblPr")) + style.findall(qn("w:tblStylePr")):
        style.remove(old)
    return style


def add_field(
    paragraph: Paragraph, instruction: str, shown: str, size: float, colour: RGBColor | None = None
) -> None:
    """Add a field, such as ``PAGE``, with what stands there until Word fills it in."""
    for kind in ("begin", "instruction", "separate", "text", "end"):
        run = paragraph.add_run(shown if kind == "text" else "")
        run.font.size = Pt(size)
        if colour is not None:
            run.font.color.rgb = colour
        if kind == "instruction":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {instruction} "
            run._r.append(code)
        elif kind != "text":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def build_report() -> WordDocument:
    """Build the Word template from pandoc's default.

    Returns
    -------
    Document
        A4, Be Vietnam Pro, headings, captions, a table style, page numbers.
    """
    word = pandoc_default()
    set_family(word, FAMILY)
    _name_fallback(word)
    for name, (size, colour, bold, before, after) in _PARAGRAPHS.items():
        _set_paragraph_style(word, name, size, colour, bold, before, after)
    _add_styles(word)
    _set_table_style(word)
    _set_page(word)
    return word


def _name_fallback(word: WordDocument) -> None:
    """Say what to take where the family is not installed."""
    part = next(p for p in word.part.package.iter_parts() if p.partname == "/word/fontTable.xml")
    entry = (
        f'<w:font w:name="{FAMILY}"><w:altName w:val="{FALLBACK_FONT}"/><w:charset w:val="00"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
    )
    part._blob = part.blob.replace(b"</w:fonts>", entry.encode() + b"</w:fonts>")


def _set_paragraph_style(
    word: WordDocument,
    name: str,
    size: float,
    colour: RGBColor,
    bold: bool,
    before: float,
    after: float,
) -> None:
    style = plain_style(word, name)
    font, layout = style.font, style.paragraph_format
    font.size = Pt(size)
    # What the text of a table leaves open, the style of the table decides: its head is bold.
    if name not in _OPEN:
        font.color.rgb = colour
        font.bold, font.italic = bold, False
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.line_spacing = 1.15 if bold or size < 10 else 1.3
    layout.alignment = WD_ALIGN_PARAGRAPH.LEFT
    if name in _KEEP_WITH_NEXT:
        layout.keep_with_next = True
    if name.startswith("Heading"):
        layout.keep_with_next = True
        layout.keep_together = True


def _add_styles(word: WordDocument) -> None:
    lead = word.styles.add_style("Lead", WD_STYLE_TYPE.PARAGRAPH)
    lead.base_style = word.styles["Body Text"]
    lead.font.size = Pt(11.5)
    lead.paragraph_format.space_after = Pt(12)
    compact = next(style for style in word.styles if style.style_id == "Compact")
    for name, size in (("Table Small", 8), ("Table Smallest", 6.5)):
        small = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        small.base_style = compact
        small.font.size = Pt(size)
    for place in range(1, 5):
        group = word.styles.add_style(f"Group {place}", WD_STYLE_TYPE.CHARACTER)
        group.font.color.rgb = _TEAL
    link = word.styles["Hyperlink"]
    link.font.color.rgb = _TEAL


def _set_table_style(word: WordDocument) -> None:
    style = without_table_look(word)
    thick, thin = 'w:val="single" w:sz="8" w:color="0B5563"', 'w:val="single" w:sz="4"'
    style.append(
        parse_xml(
            f"<w:tblPr {nsdecls('w')}><w:tblInd w:w='0' w:type='dxa'/><w:tblBorders>"
            f"<w:top {thick}/><w:bottom {thick}/>"
            f"<w:insideH {thin} w:color='B9C7CA'/></w:tblBorders><w:tblCellMar>"
            "<w:top w:w='30' w:type='dxa'/><w:left w:w='80' w:type='dxa'/>"
            "<w:bottom w:w='30' w:type='dxa'/><w:right w:w='80' w:type='dxa'/>"
            "</w:tblCellMar></w:tblPr>"
        )
    )
    style.append(
        parse_xml(
            f"<w:tblStylePr {nsdecls('w')} w:type='firstRow'>"
            "<w:rPr><w:b/><w:color w:val='0B5563'/></w:rPr><w:tcPr><w:tcBorders>"
            f"<w:bottom {thick}/></w:tcBorders><w:vAlign w:val='bottom'/></w:tcPr></w:tblStylePr>"
        )
    )


def _set_page(word: WordDocument) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(24)
    section.top_margin, section.bottom_margin = Mm(26), Mm(24)
    section.header_distance, section.footer_distance = Mm(12), Mm(12)
    header = section.header.paragraphs[0]
    add_field(header, "TITLE", "", 8.5, _MUTED)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _add_text(footer, "Trang ")
    add_field(footer, "PAGE", "1", 8.5, _MUTED)
    _add_text(footer, "/")
    add_field(footer, "NUMPAGES", "1", 8.5, _MUTED)


def _add_text(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(8.5), _MUTED


def build_official() -> WordDocument:
    """Build the template from pandoc's default: A4, Times New Roman, the decree's sizes.

    Returns
    -------
    Document
    """
    word = pandoc_default()
    set_family(word, TIMES)
    word.styles["Hyperlink"].font.color.rgb = _BLACK
    for name, values in _PANDOC_STYLES.items():
        _set_style(word, name, *values)
    for name, own in _OWN_STYLES.items():
        _add_style(word, name, *own)
    _outline(word)
    _set_official_table(word)
    _set_official_page(word)
    return word


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


def _set_official_table(word: WordDocument) -> None:
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


def _set_official_page(word: WordDocument) -> None:
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
        if numbered:
            add_field(paragraph, "PAGE", "2", 13)


def main() -> None:
    """Write both templates into the assets of publishing."""
    for name, build in ((REPORT, build_report), (OFFICIAL, build_official)):
        build().save(str(ASSETS / name))


if __name__ == "__main__":
    main()
