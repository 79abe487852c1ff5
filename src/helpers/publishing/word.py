"""From a document to a Word file whose bytes depend on nothing but the notebook."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from helpers.publishing.fonts import word_fonts
from helpers.publishing.official_docx import official_reference
from helpers.publishing.official_word import finished, whole_rows
from helpers.publishing.pandoc import Job
from helpers.publishing.reference_docx import reference_docx
from helpers.publishing.word_fonts import embed_fonts


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
    template = official_reference if official else reference_docx
    reference = template(job.project, simulated=front_matter.simulated)
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
    # Times New Roman is wherever Word is, so an official document carries no fonts.
    return complete(content, None if official else word_fonts(job.project))


def complete(content: bytes, faces: Mapping[str, bytes] | None) -> bytes:
    """Do what pandoc cannot: whole rows, columns as wide as their content, fonts in the file.

    The parts keep their order and the date that pandoc gave them.

    Parameters
    ----------
    content : bytes
        A DOCX as pandoc or Quarto wrote it.
    faces : mapping or None
        Fonts to put into the file; None for an official document, which gets its own layout instead.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as before:
        parts = {part.filename: before.read(part) for part in before.infolist()}
        date = before.infolist()[0].date_time
    document = parts["word/document.xml"]
    if faces is None:
        document = finished(document)
    else:
        parts = embed_fonts(parts, faces)
    parts["word/document.xml"] = _with_good_tables(document)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as after:
        for name, data in parts.items():
            part = zipfile.ZipInfo(name, date)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o644 << 16
            after.writestr(part, data)
    return stream.getvalue()


def _with_good_tables(document: bytes) -> bytes:
    root = parse_xml(document)
    whole_rows(root)
    for layout in root.iter(qn("w:tblLayout")):
        if layout.getparent().find(qn("w:tblStyle")) is None:
            continue  # head and signature of an official document have fixed columns
        # Where another font is wider than ours, columns must grow rather than break numbers.
        layout.set(qn("w:type"), "autofit")
    return bytes(serialize_part_xml(root))
