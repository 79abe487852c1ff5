"""A notebook run as anybody would: papermill, an ordinary kernel; then stamped."""

from __future__ import annotations

import tempfile
from pathlib import Path

import papermill
from traitlets.config import Config

from helpers.execution import Job
from helpers.execution.stamp import stamp, write_notebook
from helpers.project import Project


def execute(job: Job, project: Project) -> Path:
    """Return the stamped notebook, in the place where the batch would put it."""
    target = job.notebook(project)
    target.parent.mkdir(parents=True, exist_ok=True)
    # Over TCP the machine's other users could listen, and jupyter_client warns of that.
    with tempfile.TemporaryDirectory(prefix="chiso-") as folder:
        sockets = {"KernelManager": {"transport": "ipc", "ip": str(Path(folder, "kernel"))}}
        executed = papermill.execute_notebook(
            str(job.report.path),
            None,
            parameters=job.parameters,
            cwd=str(project.notebooks),
            progress_bar=False,
            config=Config(sockets),
        )
    write_notebook(stamp(executed, job.parameters), target)
    return target
