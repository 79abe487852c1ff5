"""From a document to a tagged PDF (PDF/UA-1), by way of Typst."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import typst

from helpers.publishing.document import needs_contents
from helpers.publishing.errors import PublishError
from helpers.publishing.files import ASSETS
from helpers.publishing.fonts import paper_coverage, paper_fonts
from helpers.publishing.front_matter import FrontMatter
from helpers.publishing.job import Job, first_lines
from helpers.publishing.serif import serif_fonts

AUTHOR = "chiso"
_UNKNOWN = "\N{WHITE SQUARE}"


def make_pdf(job: Job) -> bytes:
    """Return a report as PDF.

    Tagged for screen readers, with title, language and text alternatives; the date of making is
    that of the report, so that the same notebook gives the same bytes.

    Raises
    ------
    PublishError
        If pandoc or Typst fails; the message shows the first lines.
    """
    front_matter = job.document.front_matter
    names = job.write_figures("svg")
    official = front_matter.official is not None
    for style in ("report.typ", "official.typ"):
        shutil.copyfile(ASSETS / style, job.folder / style)
    contents = needs_contents(job.document.markdown) and not official
    arguments = [
        "--to=typst",
        "--standalone",
        f"--template={ASSETS / ('pandoc_official.typ' if official else 'pandoc.typst')}",
        *(["--toc"] if contents else []),
    ]
    metadata: dict[str, str | Sequence[str]] = {
        "lang": front_matter.lang,
        "title": front_matter.title,
        "subtitle": front_matter.subtitle,
        "lead": front_matter.description,
        "citation": front_matter.citation,
        "details": list(front_matter.details),
    }
    variables = {
        "title-string": _string(front_matter.title),
        "author-string": _string(front_matter.author or AUTHOR),
        "keywords": ", ".join(_string(item) for item in front_matter.categories),
        **({"simulated": "true"} if front_matter.simulated else {}),
    }
    source = job.run_pandoc(arguments, names, metadata, variables).decode()
    main = job.folder / "main.typ"
    main.write_text(_showable(source), "utf-8")
    try:
        folders = (paper_fonts(job.project), *([serif_fonts(job.project)] if official else []))
        compiler = typst.Compiler(str(main), root=str(job.folder), font_paths=font_set(*folders))
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=front_matter.epoch)
    except typst.TypstError as error:
        text = first_lines(str(error.diagnostic or error))
        raise PublishError(f"{job.target.name}: Typst báo lỗi:\n{text}") from error
    if not isinstance(made, bytes):
        raise PublishError(f"{job.target.name}: Typst không trả về tệp PDF.")
    return made


@lru_cache(maxsize=4)
def font_set(*folders: Path) -> typst.Fonts:
    """Return the fonts of folders, read once by a process and its children.

    Parameters
    ----------
    *folders : Path
        See :func:`helpers.publishing.fonts.paper_fonts` and
        :func:`helpers.publishing.serif.serif_fonts`.
    """
    # Fonts of the machine would make the same report look different elsewhere.
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder) for folder in folders])


def about(front_matter: FrontMatter) -> str:
    """Return what a PDF says of itself as Typst strings, for Quarto, which writes text only."""
    keywords = "".join(f"{_string(item)}, " for item in front_matter.categories)
    return (
        f"#let plain-title = {_string(front_matter.title)}\n"
        f"#let author = {_string(front_matter.author or AUTHOR)}\n"
        f"#let keywords = ({keywords})\n"
    )


def _showable(source: str) -> str:
    """Put a square for what no font can show: PDF/UA does not allow characters without a glyph."""
    known = paper_coverage()
    return "".join(
        character if ord(character) < 0x7F or ord(character) in known else _UNKNOWN
        for character in source
    )


def _string(text: str) -> str:
    """Write a Typst string; JSON escapes quotation marks and backslashes in the same way."""
    return json.dumps(text, ensure_ascii=False)
