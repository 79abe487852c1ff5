"""Papermill's engine ``chiso``: ``papermill --engine chiso`` runs the cells without a kernel.

Papermill loads the engines of all packages while it is being imported itself. This module therefore
imports next to nothing before it is used.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from papermill.engines import Engine


class InlineEngine(Engine):  # type: ignore[misc]
    """Runs the cells of one notebook in papermill's own process; a second needs a new process."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, log_output: bool = False, **kwargs: Any
    ) -> None:
        """Run the managed notebook's cells in this process (see papermill's ``Engine``)."""
        from ipykernel.ipkernel import IPythonKernel

        from helpers.execution.inline import make_shell, run_cells

        nb_man.nb.metadata["language_info"] = dict(IPythonKernel.language_info)
        with tempfile.TemporaryDirectory(prefix="chiso-") as folder:
            failed = run_cells(nb_man.nb, make_shell(Path(folder)))
        for number, cell in enumerate(nb_man.nb.cells):
            if number == failed:
                nb_man.cell_exception(cell)
                break
            nb_man.cell_complete(cell)
