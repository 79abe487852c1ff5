"""Execute one job with papermill."""

from __future__ import annotations

import json
import os
from pathlib import Path

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from helpers.execution.parameters import check_parameters
from helpers.execution.plan import Job
from helpers.execution.stamp import stamp
from helpers.project import Project

_ERROR_TAG = "papermill-error-cell-tag"


class CellError(RuntimeError):
    """A cell of a notebook failed.

    Parameters
    ----------
    job : Job
    number : int
        The cell, counted from 1 over all cells of the notebook as it was executed.
    source : str
        What the cell holds.
    name, message : str
        The error.
    notebook : Path
        Where the run was left, with the outputs of the cells before.
    """

    def __init__(
        self, job: Job, number: int, source: str, name: str, message: str, notebook: Path
    ) -> None:
        super().__init__(f"{job.name}: ô thứ {number} gặp lỗi {name}: {message}")
        self.job = job
        self.number = number
        self.source = source
        self.name = name
        self.message = message
        self.notebook = notebook


def execute(job: Job, project: Project) -> Path:
    """Run a job's notebook and keep the stamped result.

    The result is written under a temporary name and renamed. If a cell fails, an earlier good result
    stays where it is, and the failed run is kept beside it with its error.

    Parameters
    ----------
    job : Job
    project : Project

    Returns
    -------
    Path
        The executed notebook, the artefact of record.

    Raises
    ------
    helpers.execution.parameters.ParameterError
        Before a kernel is started, if the parameters do not fit.
    CellError
        If a cell fails.
    """
    check_parameters(job.report, job.parameters)
    target = job.notebook(project)
    target.parent.mkdir(parents=True, exist_ok=True)
    running = target.with_name(f".{target.stem}.{os.getpid()}.running.ipynb")
    try:
        try:
            executed = papermill.execute_notebook(
                str(job.report.path),
                str(running),
                parameters=job.parameters,
                cwd=str(project.notebooks),
                progress_bar=False,
                log_output=False,
            )
        except PapermillExecutionError as error:
            raise _cell_error(job, running, project) from error
        write_notebook(stamp(executed, job.parameters), target)
    finally:
        running.unlink(missing_ok=True)
    job.failed_notebook(project).unlink(missing_ok=True)
    return target


def write_notebook(notebook: NotebookNode, target: Path) -> None:
    """Write a notebook under a temporary name and rename it."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)
        temporary.write_text(text + "\n", encoding="utf-8")
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _cell_error(job: Job, running: Path, project: Project) -> CellError:
    """Keep the failed run and describe its first error."""
    failed = job.failed_notebook(project)
    notebook = nbformat.read(running, as_version=4)
    write_notebook(notebook, failed)
    # papermill puts a cell of its own above the failing one; it does not count
    cells = [c for c in notebook.cells if _ERROR_TAG not in c.metadata.get("tags", [])]
    for number, cell in enumerate(cells, start=1):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                return CellError(job, number, cell.source, output.ename, output.evalue, failed)
    return CellError(job, 0, "", "PapermillExecutionError", "không rõ ô nào gặp lỗi", failed)
