"""What all Word templates have in common: pandoc's default to begin with, one family, fields."""

from __future__ import annotations

import hashlib
import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from helpers.project import Project
from helpers.publishing.binary import engine_environment, pandoc_program
from helpers.publishing.files import write_atomically


def kept(
    project: Project, name: str, source: Path, build: Callable[..., bytes], *, simulated: bool
) -> Path:
    """Return a template, building it when neither its source nor pandoc made the one that is kept.

    Parameters
    ----------
    project : Project
        Where templates are kept.
    name : str
        Beginning of the file's name.
    source : Path
        The module that builds it.
    build : callable
        Takes ``simulated`` and returns a DOCX.
    simulated : bool
        Whether the header of every page says that the data are simulated.
    """
    made_by = source.read_bytes() + Path(__file__).read_bytes() + pandoc_program()[1].encode()
    kind = "simulated-" if simulated else ""
    path = project.cache / f"{name}-{kind}{hashlib.sha256(made_by).hexdigest()[:12]}.docx"
    return path if path.is_file() else write_atomically(path, build(simulated=simulated))


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
