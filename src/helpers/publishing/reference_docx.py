"""The Word template that pandoc takes styles, header and footer from.

Built from pandoc's own default, so that it always has every style that pandoc names, and kept in
``outputs/.cache/``: a binary file in the checkout could not be reviewed.
"""

from __future__ import annotations

import io
from pathlib import Path

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from helpers.project import Project
from helpers.publishing.fonts import FAMILY
from helpers.publishing.front_matter import SIMULATED_BAND
from helpers.publishing.word_template import (
    add_field,
    kept,
    pandoc_default,
    plain_style,
    set_family,
    without_table_look,
)

# What Word takes where the family is not installed; all have every Vietnamese letter.
FALLBACK_FONT = "Segoe UI"
_INK, _TEAL, _MUTED, _WARN = (
    RGBColor.from_string(colour) for colour in ("16262D", "0B5563", "51646B", "8A3B00")
)
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


def reference_docx(project: Project, *, simulated: bool = False) -> Path:
    """Return the Word template, making it when it is not there.

    Parameters
    ----------
    project : Project
        Where the template is kept.
    simulated : bool
        Whether the header of every page says that the data are simulated.

    Returns
    -------
    Path
        ``outputs/.cache/reference-….docx``.
    """
    return kept(project, "reference", Path(__file__), build_reference_docx, simulated=simulated)


def build_reference_docx(*, simulated: bool = False) -> bytes:
    """Build the Word template from pandoc's default.

    Returns
    -------
    bytes
        A DOCX: A4, Be Vietnam Pro, headings, captions, a table style, page numbers.
    """
    word = pandoc_default()
    set_family(word, FAMILY)
    _name_fallback(word)
    for name, (size, colour, bold, before, after) in _PARAGRAPHS.items():
        _set_paragraph_style(word, name, size, colour, bold, before, after)
    _add_styles(word)
    _set_table_style(word)
    _set_page(word, simulated)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


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


def _set_page(word: WordDocument, simulated: bool) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(24)
    section.top_margin, section.bottom_margin = Mm(26), Mm(24)
    section.header_distance, section.footer_distance = Mm(12), Mm(12)
    header = section.header.paragraphs[0]
    if simulated:
        run = header.add_run(f"{SIMULATED_BAND} – không phải kết quả thật")
        run.bold, run.font.size, run.font.color.rgb = True, Pt(8.5), _WARN
        header = section.header.add_paragraph()
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
