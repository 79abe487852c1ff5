"""A notebook run as anybody would: papermill, an ordinary kernel; then stamped."""

from __future__ import annotations

from pathlib import Path

import papermill

from helpers.execution import Job
from helpers.execution.provisioner import local_sockets
from helpers.execution.stamp import stamp, write_notebook
from helpers.project import Project


def execute(job: Job, project: Project) -> Path:
    """Return the stamped notebook, in the place where the batch would put it."""
    target = job.notebook(project)
    target.parent.mkdir(parents=True, exist_ok=True)
    with local_sockets() as config:
        executed = papermill.execute_notebook(
            str(job.report.path),
            None,
            parameters=job.parameters,
            cwd=str(project.notebooks),
            progress_bar=False,
            config=config,
        )
    write_notebook(stamp(executed, job.parameters), target)
    return target
