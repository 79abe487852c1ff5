"""The engine that needs nothing but packages: nbconvert, pandoc and Typst.

It publishes the same executed notebook as Quarto does (docs/architecture.md). pandoc is called once
for each format; everything that must not differ between formats happens in one Lua filter.
"""

from __future__ import annotations

import json
import logging
import re
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers.project import Project
from helpers.publishing.binary import engine_environment, pandoc_program
from helpers.publishing.document import Document, read_document
from helpers.publishing.errors import PublishError
from helpers.publishing.files import has_lost_letters, write_atomically
from helpers.publishing.front_matter import read_notebook
from helpers.publishing.raster import rasterize

ASSETS = Path(__file__).parent / "assets"
# Raw HTML, TeX and attributes are text here: what a notebook prints may come from anybody.
READER = (
    "markdown-raw_html-raw_tex-raw_attribute-native_divs-native_spans-markdown_in_html_blocks"
    "-latex_macros-yaml_metadata_block-pandoc_title_block-mmd_title_block-smart"
    "-implicit_figures+pipe_tables+fenced_divs+bracketed_spans+citations+autolink_bare_uris"
)
_SECONDS = 120
_LOST = "\N{REPLACEMENT CHARACTER}"
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """One document on its way to one file.

    Parameters
    ----------
    document : Document
    target : Path
        The file to be written.
    project : Project
    folder : Path
        A temporary folder of its own, which pandoc and Typst run in.
    around : dict
        Raw parts of an official document (see :mod:`helpers.publishing.official_parts`).
    """

    document: Document
    target: Path
    project: Project
    folder: Path
    around: Mapping[str, str] = field(default_factory=dict)

    def write_figures(self, kind: str) -> dict[str, str]:
        """Write the figures into the folder.

        Parameters
        ----------
        kind : str
            ``"svg"``: a drawing where there is one. ``"png"``: a picture, made from the drawing where
            the notebook holds none.

        Returns
        -------
        dict
            Label to file name.
        """
        figures = self.document.figures
        drawn = {label: f.svg for label, f in figures.items() if f.svg and not f.png}
        made = rasterize(drawn) if kind == "png" else {}
        names = {}
        for number, (label, figure) in enumerate(figures.items(), start=1):
            picture = figure.png or made.get(label)
            drawing = figure.svg if kind == "svg" or picture is None else None
            names[label] = f"figure-{number}.{'png' if drawing is None else 'svg'}"
            (self.folder / names[label]).write_bytes(drawing or picture or b"")
        return names

    def run_pandoc(
        self,
        arguments: Sequence[str],
        sources: Mapping[str, str],
        metadata: Mapping[str, str | Sequence[str]],
        variables: Mapping[str, Any],
    ) -> bytes:
        """Run pandoc on the document.

        Parameters
        ----------
        arguments : sequence of str
            What this format asks for: ``--to``, ``--template`` and so on. No text of the report: a
            program reads its command line in the encoding of the locale.
        sources : mapping
            Label to what the image of a figure is to point to.
        metadata, variables : mapping
            Title and so on, and what the template is given besides; they travel in a file.

        Returns
        -------
        bytes
            What pandoc wrote on standard output.

        Raises
        ------
        PublishError
            If pandoc fails, takes too long or loses letters; the message shows its first lines.
        """
        context = self.folder / "context.json"
        figures = {
            label: {"src": sources[label], "alt": figure.alt}
            for label, figure in self.document.figures.items()
        }
        around = {"official": self.around} if self.around else {}
        context.write_text(json.dumps({"figures": figures, **around}, ensure_ascii=False), "utf-8")
        given = _options(metadata, variables)
        (self.folder / "options.json").write_text(given, "utf-8")
        command = [
            pandoc_program()[0],
            "--defaults=options.json",
            f"--from={READER}",
            f"--lua-filter={ASSETS / 'report.lua'}",
            "--metadata=chiso-context:context.json",
            "--wrap=none",
            "--eol=lf",
            *arguments,
        ]
        name = self.target.name
        try:
            done = subprocess.run(
                command,
                input=self.document.markdown.encode(),
                capture_output=True,
                cwd=self.folder,
                env=engine_environment(SOURCE_DATE_EPOCH=str(self.document.front_matter.epoch)),
                timeout=_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PublishError(f"{name}: không chạy được pandoc: {error}") from error
        complaint = done.stderr.decode("utf-8", "replace").strip()
        if done.returncode != 0:
            raise PublishError(f"{name}: pandoc báo lỗi:\n{first_lines(complaint)}")
        if complaint:
            _log.warning("%s: %s", name, first_lines(complaint))
        if has_lost_letters(done.stdout) and _LOST not in given + self.document.markdown:
            raise PublishError(
                f"{name}: pandoc làm mất chữ (ký tự {_LOST}); tệp này không được giữ."
            )
        return done.stdout


def _options(metadata: Mapping[str, str | Sequence[str]], variables: Mapping[str, Any]) -> str:
    """Return a file of defaults: YAML, which JSON is if what YAML does not allow is escaped."""
    filled = {key: value for key, value in metadata.items() if isinstance(value, str) or value}
    text = json.dumps({"metadata": filled, "variables": dict(variables)}, ensure_ascii=False)
    return _NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def publish_pandoc(notebook: Path, formats: Sequence[str], project: Project) -> tuple[Path, ...]:
    """Publish an executed, stamped notebook with pandoc and Typst.

    Parameters
    ----------
    notebook : Path
        Executed and stamped; left as it is.
    formats : sequence of {"html", "pdf", "docx"}
        What to write, beside the notebook and with its name.
    project : Project
        Where fonts and the Word template are kept once made.

    Returns
    -------
    tuple of Path
        The files written, in the order asked for.

    Raises
    ------
    PublishError
        If a format could not be written. The others are written all the same, and an earlier
        file of the failed format stays as it is.
    """
    document = read_document(read_notebook(notebook), notebook.name)
    failures: list[str] = []
    written: list[Path] = []
    # The page comes last: it links the files of the other formats that are there.
    for wanted in sorted(dict.fromkeys(formats), key=lambda kind: kind == "html"):
        target = notebook.with_suffix(f".{wanted}")
        try:
            with tempfile.TemporaryDirectory(prefix="chiso-") as folder:
                around = _around(document, wanted, project)
                job = Job(document, target, project, Path(folder), around)
                written.append(write_atomically(target, _maker(wanted)(job)))
        except PublishError as error:
            failures.append(str(error))
    if failures:
        raise PublishError("\n".join(failures))
    return tuple(notebook.with_suffix(f".{wanted}") for wanted in formats)


def _around(document: Document, wanted: str, project: Project) -> dict[str, str]:
    official = document.front_matter.official
    if official is None:
        return {}
    from helpers.publishing.official_parts import parts_for
    from helpers.publishing.serif import widths

    measured = widths(official, project) if wanted == "docx" else {}
    return parts_for(official, wanted, measured)


def first_lines(text: str, count: int = 8) -> str:
    """Return the first lines of a program's complaint, and say where some were left out."""
    lines = text.splitlines()
    return "\n".join([*lines[:count], "…"] if len(lines) > count else lines)


def _maker(wanted: str) -> Callable[[Job], bytes]:
    # Imported when needed: a page needs neither Typst nor python-docx.
    if wanted == "html":
        from helpers.publishing.page import make_page

        return make_page
    if wanted == "pdf":
        from helpers.publishing.pdf import make_pdf

        return make_pdf
    if wanted == "docx":
        from helpers.publishing.word import make_word

        return make_word
    raise PublishError(f"Không có định dạng «{wanted}»; chỉ có html, pdf, docx.")
