"""One document on its way to one file, and the one call of pandoc that every format makes."""

from __future__ import annotations

import json
import logging
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers.project import Project
from helpers.publishing.binary import engine_environment, pandoc_program
from helpers.publishing.document import Document
from helpers.publishing.errors import PublishError
from helpers.publishing.files import ASSETS, has_lost_letters
from helpers.publishing.raster import rasterize

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
            label: {"src": sources[label], "alt": figure.alt, "width": figure.width}
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


def first_lines(text: str, count: int = 8) -> str:
    """Return the first lines of a program's complaint, and say where some were left out."""
    lines = text.splitlines()
    return "\n".join([*lines[:count], "…"] if len(lines) > count else lines)
