"""What publishing with pandoc and Typst needs once, made before many processes publish."""

from __future__ import annotations

from collections.abc import Sequence

import nbformat

from helpers.project import Project
from helpers.publishing.binary import pandoc_program
from helpers.publishing.document import markdown_exporter


def make_pandoc_ready(formats: Sequence[str], project: Project) -> None:
    """Import, look up and make what every report of these formats uses.

    Called in a parent before it forks: no thread is started and nothing compiled, since Typst's own
    threads would not live on in a child.

    Parameters
    ----------
    formats : sequence of {"html", "pdf", "docx"}
    project : Project
        Where fonts and the Word template are kept once made.
    """
    pandoc_program()
    markdown_exporter().from_notebook_node(nbformat.v4.new_notebook())
    if "html" in formats:
        from helpers.publishing.page import PARTS, page_parts

        page_parts(project, **PARTS)
    if "pdf" in formats:
        from helpers.publishing.fonts import paper_coverage, paper_fonts
        from helpers.publishing.pdf import font_set

        font_set(paper_fonts(project))
        paper_coverage()
    if "docx" in formats:
        import helpers.publishing.word  # noqa: F401
        from helpers.publishing.fonts import word_fonts

        word_fonts(project)
