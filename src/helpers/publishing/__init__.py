"""From an executed notebook to files that people read: HTML, PDF, Word and an index page.

Two engines publish the same notebook: Quarto, and pandoc with Typst where Quarto is not installed.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from helpers.project import Project
from helpers.publishing.errors import PublishError
from helpers.publishing.index import write_index

Format = Literal["html", "pdf", "docx"]
Engine = Literal["auto", "quarto", "pandoc"]
FORMATS: tuple[Format, ...] = ("html", "pdf", "docx")

__all__ = [
    "FORMATS",
    "Engine",
    "Format",
    "PublishError",
    "choose_engine",
    "make_ready",
    "publish",
    "write_index",
]


def choose_engine(engine: Engine) -> Literal["quarto", "pandoc"]:
    """Return the engine that is to publish.

    Parameters
    ----------
    engine : {"auto", "quarto", "pandoc"}
        ``"auto"`` takes Quarto where it is on the PATH.

    Returns
    -------
    {"quarto", "pandoc"}

    Raises
    ------
    PublishError
        If Quarto is asked for and not installed, or there is no such engine.
    """
    if engine not in ("auto", "quarto", "pandoc"):
        raise PublishError(f"Không có công cụ xuất bản «{engine}»; chỉ có auto, quarto, pandoc.")
    installed = shutil.which("quarto") is not None
    if engine == "quarto" and not installed:
        raise PublishError(
            "Không tìm thấy quarto trên PATH. Hãy cài Quarto (quarto.org, hoặc conda-forge), "
            "hoặc dùng --engine pandoc."
        )
    return "quarto" if engine != "pandoc" and installed else "pandoc"


def make_ready(engine: Engine, formats: Sequence[Format], project: Project) -> None:
    """Make what every report of these formats uses, before many processes publish.

    Parameters
    ----------
    engine : {"auto", "quarto", "pandoc"}
        See `choose_engine`.
    formats : sequence of {"html", "pdf", "docx"}
    project : Project

    Raises
    ------
    PublishError
        If the engine is not there.
    """
    if choose_engine(engine) == "pandoc":
        from helpers.publishing.ready import make_pandoc_ready

        make_pandoc_ready(formats, project)


def publish(
    notebook: Path, formats: Sequence[Format], engine: Engine, project: Project
) -> tuple[Path, ...]:
    """Publish an executed, stamped notebook.

    Parameters
    ----------
    notebook : Path
        Executed and stamped (docs/architecture.md); left as it is.
    formats : sequence of {"html", "pdf", "docx"}
        What to write, beside the notebook and with its name.
    engine : {"auto", "quarto", "pandoc"}
        See `choose_engine`.
    project : Project
        The checkout, for things made once for all reports.

    Returns
    -------
    tuple of Path
        The files written, in the order asked for.

    Raises
    ------
    PublishError
        If a format could not be written; an earlier file of that format stays as it is.
    """
    unknown = [wanted for wanted in formats if wanted not in FORMATS]
    if unknown:
        raise PublishError(
            f"Không có định dạng «{', '.join(unknown)}»; chỉ có {', '.join(FORMATS)}."
        )
    if choose_engine(engine) == "quarto":
        from helpers.publishing.quarto import publish_quarto

        return publish_quarto(notebook, formats, project)
    from helpers.publishing.pandoc import publish_pandoc

    return publish_pandoc(notebook, formats, project)
