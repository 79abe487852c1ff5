"""The working folder that one Quarto process renders."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import nbformat
import yaml

from helpers.project import Project
from helpers.publishing.errors import PublishError
from helpers.publishing.fonts import PAPER_FAMILY, paper_fonts
from helpers.publishing.front_matter import read_notebook
from helpers.publishing.page import PARTS, content_policy, home_of, page_parts
from helpers.publishing.pdf import about
from helpers.publishing.quarto_document import FILTER, LAYOUT, document_filter, layout_filter
from helpers.publishing.quarto_notebook import Picture, Report, read_report, write_notebook
from helpers.publishing.serif import SERIF_FAMILY, serif_fonts
from helpers.publishing.word_template import word_template

Format = Literal["html", "pdf", "docx"]
Version = tuple[int, int, int]

PDF_UA_SINCE: Version = (1, 9, 0)
LANGUAGE_FILE = "_language-vi.yml"

CROSSREF: Mapping[str, str] = {"title-delim": ". "}
"""Words behind the number of a caption; "." alone is a path for Quarto, which makes it relative."""

# Two notebooks, because Word needs PNG and Quarto would take SVG for every format.
_SCREEN, _WORD = "bao-cao", "bao-cao-word"
_QUARTO_NAMES: Mapping[Format, str] = {"html": "html", "pdf": "typst", "docx": "docx"}
_COPIED = (
    ("assets", "report.typ"),
    ("assets", "official.typ"),
)
_SHOW = "typst-show.typ"
# Partials of Quarto's Typst template that report.typ stands in for.
_EMPTY = ("typst-template.typ", "page.typ")


def result_path(folder: Path, kind: Format) -> Path:
    """Where in the working folder Quarto writes a format."""
    return folder / f"{_WORD if kind == 'docx' else _SCREEN}.{kind}"


def fill_folder(
    folder: Path, notebook: Path, formats: Sequence[Format], project: Project, version: Version
) -> Report:
    """Write everything Quarto needs to render a report into an empty folder.

    Parameters
    ----------
    folder : Path
        An existing, empty folder that no other Quarto process uses.
    notebook : Path
        The executed and stamped notebook; it is only read.
    formats : sequence of {"html", "pdf", "docx"}
        What to render; at least one.
    project : Project
        The checkout, for its `_language-vi.yml` and the fonts in its cache.
    version : tuple of int
        Quarto's version; PDF/UA-1 is asked for from 1.9 on.

    Returns
    -------
    Report
        What the notebook holds.

    Raises
    ------
    PublishError
        If the notebook cannot be read or the language file is missing.
    """
    report = read_report(read_notebook(notebook), notebook.name)
    official = report.front_matter.official
    language = project.root / LANGUAGE_FILE
    if not language.is_file():
        raise PublishError(f"Thiếu tệp {LANGUAGE_FILE} ở thư mục gốc của dự án: {project.root}")
    shutil.copy(language, folder / LANGUAGE_FILE)
    for place, name in _COPIED:
        text = (files("helpers.publishing") / place / name).read_text(encoding="utf-8")
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "about.typ").write_text(about(report.front_matter), encoding="utf-8")
    show = "typst-show-official.typ" if official else _SHOW
    text = (files("helpers.publishing") / "quarto_assets" / show).read_text(encoding="utf-8")
    (folder / _SHOW).write_text(text, encoding="utf-8")
    (folder / FILTER).write_text(document_filter(official, formats, project), encoding="utf-8")
    (folder / LAYOUT).write_text(layout_filter(official), encoding="utf-8")
    for name in _EMPTY:
        (folder / name).touch()
    if "html" in formats:
        _write_page_template(folder, project)
    if "pdf" in formats:
        shutil.copytree(paper_fonts(project), folder / "fonts")
        if official:
            shutil.copytree(serif_fonts(project), folder / "fonts", dirs_exist_ok=True)
    if "docx" in formats:
        made = word_template(
            project, official=official is not None, simulated=report.front_matter.simulated
        )
        shutil.copy(made, folder / "reference.docx")
    extra = {**_links(notebook, formats, project), **({"official": True} if official else {})}
    groups: tuple[tuple[str, Picture, list[Format]], ...] = (
        (_SCREEN, "image/svg+xml", [kind for kind in formats if kind != "docx"]),
        (_WORD, "image/png", [kind for kind in formats if kind == "docx"]),
    )
    rendered = []
    for stem, picture, kinds in groups:
        if kinds:
            options = {
                _QUARTO_NAMES[kind]: format_options(
                    kind, version, official=official is not None, contents=report.is_long
                )
                for kind in kinds
            }
            nbformat.write(
                write_notebook(report, options, picture, extra), folder / f"{stem}.ipynb"
            )
            rendered.append(f"{stem}.ipynb")
    settings = yaml.safe_dump(project_settings(rendered), allow_unicode=True, sort_keys=False)
    (folder / "_quarto.yml").write_text(settings, encoding="utf-8")
    return report


def project_settings(rendered: Sequence[str]) -> dict[str, Any]:
    """Return the `_quarto.yml` of the working folder.

    It also keeps Quarto from taking over the settings of a project further up.
    """
    return {
        "project": {"type": "default", "render": list(rendered)},
        "lang": "vi",
        "language": LANGUAGE_FILE,
        "execute": {"enabled": False, "echo": False, "warning": False},
        "filters": [FILTER, {"path": LAYOUT, "at": "post-quarto"}],
        "crossref": dict(CROSSREF),
        "tbl-colwidths": False,
    }


def format_options(
    kind: Format, version: Version, *, official: bool = False, contents: bool = True
) -> dict[str, Any]:
    """Return Quarto's options for a format.

    Parameters
    ----------
    kind : {"html", "pdf", "docx"}
        The format.
    version : tuple of int
        Quarto's version.
    official : bool
        Whether it is an official document, which has another face and no table of contents.
    contents : bool
        Whether a PDF has a table of contents.
    """
    if kind == "html":
        return {
            "embed-resources": True,
            "html-math-method": "mathml",
            # Nothing of Quarto's own look: its themes and scripts would be a megabyte a page.
            "minimal": True,
            "theme": "none",
            "template": "page.html",
            "include-in-header": ["head.html"],
            "include-after-body": ["tail.html"],
            "section-divs": False,
            "shift-heading-level-by": 1,
            "toc": True,
            "toc-depth": 3,
        }
    if kind == "docx":
        return {"toc": False, "reference-doc": "reference.docx"}
    options: dict[str, Any] = {
        "template-partials": [_SHOW, *_EMPTY],
        "mainfont": SERIF_FAMILY if official else PAPER_FAMILY,
        "font-paths": ["fonts"],
        "toc": contents and not official,
    }
    if version >= PDF_UA_SINCE:
        options["pdf-standard"] = "ua-1"
    return options


def _write_page_template(folder: Path, project: Project) -> None:
    head, tail = page_parts(project, **PARTS)
    # Quarto puts figures and tables into boxes of its own; a wide table scrolls in its box.
    head += "\n<style>.cell-output-display { overflow-x: auto; }</style>"
    (folder / "head.html").write_text(head, encoding="utf-8")
    (folder / "tail.html").write_text(tail, encoding="utf-8")
    page = (files("helpers.publishing") / "assets" / "page.html").read_text(encoding="utf-8")
    # As metadata the policy would go through Markdown; and "citation" is a word of Quarto's.
    page = page.replace("$csp$", escape(content_policy(tail)))
    page = page.replace("$if(citation)$", "$if(cite-as)$").replace("$citation$", "$cite-as$")
    (folder / "page.html").write_text(page, encoding="utf-8")


def _links(notebook: Path, formats: Sequence[Format], project: Project) -> dict[str, Any]:
    """Where the page leads: to the list of reports, and to the other formats beside it."""
    labels: Mapping[Format, str] = {"pdf": "PDF", "docx": "Word"}
    downloads = [
        {"href": quote(f"{notebook.stem}.{kind}"), "label": label}
        for kind, label in labels.items()
        if kind in formats or notebook.with_suffix(f".{kind}").is_file()
    ]
    links: dict[str, Any] = {"downloads": downloads} if downloads else {}
    home = home_of(notebook, project)
    return {**links, **({"home": home} if home else {})}
