"""From a document to a Word file whose bytes depend on nothing but the notebook."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from helpers.project import Project
from helpers.publishing.fonts import word_fonts
from helpers.publishing.front_matter import FrontMatter
from helpers.publishing.job import Job
from helpers.publishing.official_word import finished, whole_rows
from helpers.publishing.word_fonts import embed_fonts
from helpers.publishing.word_template import word_template

_TALL, _LEAST_SHARE = 120 * 36000, 0.89
"""Height of a picture, in English metric units, from which on it is made smaller, and how far."""
_CORE, _CUSTOM = "docProps/core.xml", "docProps/custom.xml"


def make_word(job: Job) -> bytes:
    """Return a report as DOCX, with styles that an office can go on working with.

    Raises
    ------
    PublishError
        If pandoc fails; the message shows the first lines.
    """
    front_matter = job.document.front_matter
    names = job.write_figures("png")
    official = front_matter.official is not None
    reference = word_template(job.project, official=official, simulated=front_matter.simulated)
    arguments = [
        "--to=docx",
        "--output=-",
        f"--reference-doc={reference}",
    ]
    metadata: dict[str, str | Sequence[str]] = {
        # Word's language tags name the country as well.
        "lang": "vi-VN" if front_matter.lang == "vi" else front_matter.lang,
        "title": front_matter.title,
        "subtitle": front_matter.subtitle,
        "date": " · ".join(front_matter.details),
        "lead": front_matter.description,
        "citation": front_matter.citation,
        "description": front_matter.description,
        **({"author": front_matter.author} if front_matter.author else {}),
        "keywords": list(front_matter.categories),
    }
    content = job.run_pandoc(arguments, names, metadata, {})
    return complete(content, front_matter, job.project)


def complete(content: bytes, front_matter: FrontMatter, project: Project) -> bytes:
    """Do what pandoc cannot: whole rows, columns as wide as their content, fonts in the file.

    The parts keep their order and the date that pandoc gave them. What is said of the file is what
    the front matter says; nothing else of how it was made.

    Parameters
    ----------
    content : bytes
        A DOCX as pandoc or Quarto wrote it.
    front_matter : FrontMatter
        Of the report. An official document gets its own layout; Times New Roman is wherever Word is,
        so it carries no fonts.
    project : Project
        Where the fonts are kept once made.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as before:
        parts = {part.filename: before.read(part) for part in before.infolist()}
        date = before.infolist()[0].date_time
    # First, as the layout of an official document sets what follows a table off.
    document = _with_bare_gaps(parts["word/document.xml"])
    if front_matter.official is not None:
        document = finished(document)
    else:
        parts = embed_fonts(parts, word_fonts(project))
    parts = _with_properties(parts, front_matter)
    parts["word/document.xml"] = _with_fitting_pictures(_with_good_tables(document))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as after:
        for name, data in parts.items():
            part = zipfile.ZipInfo(name, date)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o644 << 16
            after.writestr(part, data)
    return stream.getvalue()


def _with_properties(parts: Mapping[str, bytes], front_matter: FrontMatter) -> dict[str, bytes]:
    """Say title, description and keywords, and drop the engines' own words about the document."""
    done = {name: data for name, data in parts.items() if name != _CUSTOM}
    for name in ("[Content_Types].xml", "_rels/.rels"):
        root = parse_xml(parts[name])
        for entry in list(root):
            if _CUSTOM in (
                entry.get("PartName", "").lstrip("/"),
                entry.get("Target", "").lstrip("/"),
            ):
                root.remove(entry)
        done[name] = bytes(serialize_part_xml(root))
    core = parse_xml(parts[_CORE])
    said = {
        "dc:title": front_matter.title,
        "dc:creator": front_matter.author,
        "dc:description": front_matter.description,
        # Word's language tags name the country as well.
        "dc:language": "vi-VN" if front_matter.lang == "vi" else front_matter.lang,
        "cp:keywords": ", ".join(front_matter.categories),
    }
    for tag, text in said.items():
        for old in core.findall(qn(tag)):
            core.remove(old)
        if text:
            made = core.makeelement(qn(tag), {})
            made.text = text
            core.append(made)
    done[_CORE] = bytes(serialize_part_xml(core))
    return done


def _with_good_tables(document: bytes) -> bytes:
    root = parse_xml(document)
    whole_rows(root)
    for layout in root.iter(qn("w:tblLayout")):
        if layout.getparent().find(qn("w:tblStyle")) is None:
            continue  # head and signature of an official document have fixed columns
        # Where another font is wider than ours, columns must grow rather than break numbers.
        layout.set(qn("w:type"), "autofit")
        _keep_beginning(layout.getparent().getparent())
    return bytes(serialize_part_xml(root))


def _keep_beginning(table: Any) -> None:
    """Keep the head of a table with its first two rows."""
    for row in table.findall(qn("w:tr"))[:2]:
        for paragraph in row.iter(qn("w:p")):
            paragraph.get_or_add_pPr().get_or_add_keepNext()


def _with_fitting_pictures(document: bytes) -> bytes:
    """Make tall pictures smaller, as far as their letters stay above eight points (report.typ too).

    A picture that does not fit leaves the rest of the page before it empty.
    """
    root = parse_xml(document)
    for extent in root.iter(qn("wp:extent")):
        wide, tall = int(extent.get("cx")), int(extent.get("cy"))
        share = max(_LEAST_SHARE, min(1.0, _TALL / tall))
        sizes = [extent, *extent.getparent().iter(qn("a:ext"))]
        for size in sizes if share < 1 else ():
            if size.get("cx"):
                size.set("cx", str(round(wide * share)))
                size.set("cy", str(round(tall * share)))
    return bytes(serialize_part_xml(root))


def _with_bare_gaps(document: bytes) -> bytes:
    """Leave of a paragraph that only keeps two tables apart what pandoc leaves: nothing to print.

    Quarto sets a blank in the style of the text behind a table that another one follows, with its
    caption or without.
    """
    root = parse_xml(document)
    marks = {qn("w:bookmarkStart"), qn("w:bookmarkEnd")}
    for paragraph in root.iter(qn("w:p")):
        siblings = paragraph.itersiblings(preceding=True)
        before = next((one for one in siblings if one.tag not in marks), None)
        if before is None or before.tag != qn("w:tbl"):
            continue
        inside = {one.tag for one in paragraph.iterdescendants()}
        blank = not "".join(paragraph.itertext()).strip()
        if blank and inside <= {qn("w:pPr"), qn("w:pStyle"), qn("w:r"), qn("w:t")}:
            for child in list(paragraph):
                paragraph.remove(child)
    return bytes(serialize_part_xml(root))
