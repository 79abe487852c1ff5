"""What a process is at, noted where the one who gave the order finds it when it has to end it."""

from __future__ import annotations

import json
from pathlib import Path

from helpers.execution.order import Order

STAGE = "stage.json"
GRACE = 2.0
"""Seconds that a process has, after its time is over, to tell by itself where it was stopped."""


def note_stage(folder: Path, stage: str, cell: int = 0, source: str = "") -> None:
    """Note in the working folder what is being done.

    Parameters
    ----------
    folder : Path
    stage : str
        Vietnamese: ``chạy ô 7``.
    cell : int
        Number of the cell that runs; 0 outside the cells.
    source : str
        Of that cell.
    """
    noted = {"stage": stage, "cell": cell, "source": source}
    (folder / STAGE).write_text(json.dumps(noted, ensure_ascii=False), encoding="utf-8")


def late_error(order: Order) -> dict[str, str | int]:
    """Say in which cell or stage a process was ended because of its time, and keep a notebook of it.

    Parameters
    ----------
    order : Order
        That the process was given.

    Returns
    -------
    dict
        Name and message of the error; cell, source and failed notebook if a cell was running.
    """
    import nbformat  # slow to load, and hardly any report is late
    from nbformat.v4 import new_output

    from helpers.execution.stamp import write_notebook

    message = f"chạy quá {order.timeout:g} giây nên đã bị dừng (--timeout)"
    try:
        noted = json.loads((Path(order.folder) / STAGE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        noted = {"stage": "chuẩn bị", "cell": 0, "source": ""}
    error: dict[str, str | int] = {
        "name": "Timeout",
        "message": f"{message}, khi đang {noted['stage']}",
    }
    job, project = order.job, order.project
    kept = job.failed_notebook(project)
    if noted["cell"]:
        notebook = nbformat.read(job.report.path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = []
        failed = notebook.cells[noted["cell"] - 1]
        failed.outputs = [new_output("error", ename="Timeout", evalue=message, traceback=[message])]
        error |= {"cell": noted["cell"], "source": noted["source"]}
    elif (Path(order.folder) / f"{order.report}.ipynb").is_file():
        notebook = nbformat.read(Path(order.folder) / f"{order.report}.ipynb", as_version=4)
    else:
        return error
    kept.parent.mkdir(parents=True, exist_ok=True)
    write_notebook(notebook, kept)
    return {**error, "notebook": str(kept)}
