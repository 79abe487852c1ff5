"""Abbreviations of a document written in full at their first use: only the whole notebook knows it."""

from __future__ import annotations

from pathlib import Path

import yaml
from nbformat import NotebookNode

from helpers.execution.stamp import fenced
from helpers.words.abbreviations import FirstUses, unmarked, unspanned
from helpers.words.source import TERMS
from helpers.words.terms import read_terms


def explain_abbreviations(notebook: NotebookNode, root: Path) -> None:
    """Write each abbreviation of ``terms.yml`` in full where the texts of a report first use it.

    The first text is the one below the title. What a researcher wrote as Markdown, the name that an
    office gave its document, headings, tables and captions stay as they are; a heading that holds
    the short form in brackets has explained it.

    Parameters
    ----------
    notebook : NotebookNode
        As :func:`helpers.execution.stamp.stamp` returns it; changed in place.
    root : Path
        Of the checkout.
    """
    front_matter = yaml.safe_load(notebook.cells[0].source.strip("-"))
    language = str(front_matter["lang"])
    known = (root / "params/words" / language / TERMS).is_file()
    uses = FirstUses(read_terms(root, language).abbreviations.all if known else {})
    lead = front_matter.get("description")
    if lead and "official" not in front_matter:
        said = unspanned(uses.explain(lead))
        notebook.cells[0].source = fenced({**front_matter, "description": said})
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            uses.notice(cell.source)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "text/markdown" not in data:
                continue
            text = data["text/markdown"]
            if output.get("metadata", {}).get("chiso", {}).get("kind") == "text":
                data["text/markdown"] = uses.explain(text)
            else:
                data["text/markdown"] = unmarked(text)
