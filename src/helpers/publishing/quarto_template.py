"""A template that Quarto itself executes: a copy, in a place with settings of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
import yaml

from helpers.execution import Job
from helpers.execution.stamp import write_notebook
from helpers.project import Project
from helpers.publishing.errors import PublishError
from helpers.publishing.files import write_atomically
from helpers.publishing.front_matter import read_notebook
from helpers.publishing.quarto import quarto_environment, told_by_quarto
from helpers.publishing.quarto_folder import LANGUAGE_FILE

SETTINGS = "_quarto.yml"
_SECONDS = 1800


def copy_template(job: Job, project: Project) -> Path:
    """Copy the notebook of a report to where Quarto may write into it.

    Quarto writes what cells put out into the file that it executes, and only keeps to settings that
    name the file. So the copy lies among the outputs, below the settings of ``notebooks/``.

    Parameters
    ----------
    job : Job
        Which report, for whom and when.
    project : Project

    Returns
    -------
    Path
        ``outputs/quarto/notebooks/<year>/<place>/<report>.ipynb``.

    Raises
    ------
    PublishError
        If the settings or the language file are missing.
    """
    place = project.outputs / "quarto"
    sources = {
        project.notebooks / SETTINGS: place / "notebooks" / SETTINGS,
        project.root / LANGUAGE_FILE: place / LANGUAGE_FILE,
    }
    for source, copy in sources.items():
        if not source.is_file():
            raise PublishError(f"Thiếu tệp {project.relative(source)}.")
        write_atomically(copy, source.read_bytes())
    target = place / "notebooks" / str(job.year) / job.whose / f"{job.report.name}.ipynb"
    target.parent.mkdir(parents=True, exist_ok=True)
    notebook = read_notebook(project.notebooks / f"{job.report.name}.ipynb")
    # Without a title of its own Quarto takes the first heading away; the title cell gives a better one.
    matter = yaml.safe_dump({"title": job.name}, allow_unicode=True)
    notebook.cells.insert(0, nbformat.v4.new_raw_cell(f"---\n{matter}---", id="front-matter"))
    write_notebook(notebook, target)
    return target


def render_command(copy: Path, job: Job, quarto: str, to: str) -> list[str]:
    """Return the command that executes a copied template and renders it."""
    given = [word for key, value in job.parameters.items() for word in ("-P", f"{key}:{value}")]
    return [quarto, "render", str(copy), *given, "--execute", "--to", to]


def render_template(job: Job, project: Project, quarto: str, to: str) -> Path:
    """Copy the notebook of a report and let Quarto execute and render it.

    Parameters
    ----------
    job : Job
    project : Project
    quarto : str
        The program.
    to : str
        Quarto's name of the format.

    Returns
    -------
    Path
        What Quarto has written.

    Raises
    ------
    PublishError
        If Quarto fails; the message says why.
    """
    copy = copy_template(job, project)
    environment = {
        "QUARTO_PYTHON": sys.executable,
        **quarto_environment(),
        "CHISO_PROJECT": str(project.root),
    }
    try:
        done = subprocess.run(
            render_command(copy, job, quarto, to),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            env=environment,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PublishError(f"Không chạy được Quarto với {job.name}: {error}") from error
    result = copy.with_suffix({"typst": ".pdf"}.get(to, f".{to}"))
    if done.returncode != 0 or not result.is_file():
        raise PublishError(f"Quarto không lập được {job.name}:\n{told_by_quarto(done.stdout)}")
    return result
