"""One job from notebook to published files, in a process of its own.

Everything is made in a working folder and renamed into place at the end, the record last: whatever
kills the process before that, the next run sees no record and makes the report again.
"""

from __future__ import annotations

import ast
import copy
import hashlib
import json
import logging
import os
import random
import shutil
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import yaml
from nbformat import NotebookNode
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from helpers.execution.explained import explain_abbreviations
from helpers.execution.inline import CellShell, make_shell, run_cells
from helpers.execution.limits import memory_limit, time_limit
from helpers.execution.options import CellError, number_of
from helpers.execution.order import RESULT, Order
from helpers.execution.placing import NOTEBOOK, put_in_place
from helpers.execution.plan import Job
from helpers.execution.record import (
    Artefact,
    Record,
    helper_digests,
    library_versions,
    read_record,
    record_path,
)
from helpers.execution.stage import note_stage
from helpers.execution.stamp import stamp, write_notebook
from helpers.execution.tracking import ReadLog, digest_notebook
from helpers.execution.warm import INLINE_BACKEND
from helpers.execution.warm_parent import find_target
from helpers.keys import module_of
from helpers.project import Project

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Prepared:
    """What all reports of one kind and year share; made in a parent before it forks."""

    notebook: NotebookNode
    template: str
    shell: CellShell
    reads: ReadLog


def prepare_publisher(publisher: str, engine: str, formats: list[str], root: str) -> None:
    """Let the module that publishes make ready what all its documents use.

    Called in a warm parent. The module may offer a function ``make_ready(engine, formats, project)``.

    Parameters
    ----------
    publisher : str
        ``module:function``, as in :class:`Order`.
    engine : str
    formats : list of str
    root : str
        The checkout.
    """
    module = import_module(publisher.partition(":")[0])
    make_ready = getattr(module, "make_ready", None)
    if make_ready is not None and formats:
        make_ready(engine, formats, Project(Path(root)))


def prepare(root: str, report: str, index: str, year: int) -> None:
    """Import what a notebook imports and compute what all its reports share.

    Called in a warm parent. Modules of the helpers that the notebook names may offer a function
    ``warm(year, project)`` or ``warm_index(index, year, project)`` for that. What is read here is
    noted for every child.
    """
    _prepare(root, report, index, year)


@cache
def _prepare(root: str, report: str, index: str, year: int) -> _Prepared:
    project = Project(Path(root))
    os.environ["CHISO_PROJECT"] = root
    os.environ["MPLBACKEND"] = INLINE_BACKEND
    os.chdir(project.notebooks)
    reads = ReadLog(
        project.root, (project.root / "data", project.root / "params", project.notebooks)
    )
    reads.install()
    path = project.notebooks / f"{report}.ipynb"
    template = digest_notebook(path)
    notebook = load_notebook_node(str(path))
    modules = {module_of(index)}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            modules |= _import_what(cell.source)
    show = sys.modules.get("helpers.show")
    if show in modules:
        # Charts and tables are asked for by name; children would each import them.
        show.ready(index)
    for module in sorted(modules, key=lambda found: found.__name__):
        for warm in _warming(module, index, year, project):
            # A year without scores of the index whose charts are only imported, for one. What a
            # cell really needs it asks for again, and tells its own error.
            try:
                warm()
            except Exception as error:
                _log.info("%s: không tính trước được cho %s: %s", module.__name__, year, error)
    helper_digests()
    library_versions()
    return _Prepared(notebook, template, make_shell(project.cache / "ipython"), reads)


def _warming(
    module: ModuleType, index: str, year: int, project: Project
) -> list[Callable[[], object]]:
    """Return what a module of the helpers offers to compute for all reports of a kind and year."""
    if not module.__name__.startswith("helpers."):
        return []
    found: list[Callable[[], object]] = []
    if hasattr(module, "warm"):
        found.append(partial(module.warm, year, project))
    if hasattr(module, "warm_index"):
        found.append(partial(module.warm_index, index, year, project))
    return found


def _import_what(source: str) -> set[ModuleType]:
    """Import what the plain import lines of a cell import; its other lines are not run.

    Returns the modules that the cell gives a name to.
    """
    try:
        lines = ast.parse(source).body
    except SyntaxError:  # IPython's own syntax, or a mistake that the run itself will report
        return set()
    named: dict[str, object] = {}
    for line in lines:
        if isinstance(line, ast.Import | ast.ImportFrom):
            try:
                exec(compile(ast.Module([line], []), "<imports>", "exec"), named)  # noqa: S102
            except Exception:  # noqa: S112  (reported by the cell when the report runs it)
                continue
    return {value for value in named.values() if isinstance(value, ModuleType)}


def carry_out(order: dict[str, Any]) -> int:
    """Carry out an order in this process and leave what came of it in the working folder.

    Parameters
    ----------
    order : dict
        The fields of an :class:`Order`.

    Returns
    -------
    int
        Exit status: 0 if all was made, 1 if not; ``result.json`` in the working folder says more.
    """
    given = Order(**order)
    folder = Path(given.folder)
    result: dict[str, Any]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        result = _carry_out(given, folder)
    except Exception as error:
        result = {
            "state": "failed",
            "error": {
                "name": type(error).__name__,
                "message": str(error),
                "traceback": traceback.format_exc(),
            },
        }
    try:
        (folder / RESULT).write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
    except OSError as error:  # a full disk: the status alone tells that it failed
        print(f"{given.job.name}: {error}", file=sys.stderr)
        return 1
    return 0 if result["state"] == "done" else 1


def _carry_out(order: Order, folder: Path) -> dict[str, Any]:
    project, job = order.project, order.job
    times: dict[str, float] = {}
    executed = folder / f"{job.report.name}.ipynb"
    earlier = read_record(record_path(job, project))
    if order.run:
        made = _run(order, executed, times)
        if isinstance(made, dict):
            return made
        record = made
    else:
        if earlier is None:
            raise FileNotFoundError(f"{job.name}: chưa có sổ tay đã chạy để xuất bản")
        shutil.copy2(job.notebook(project), executed)
        record = earlier
    # What was not asked for stays in the record: it fits the notebook still, or says that it is old.
    formats = {
        name: artefact
        for name, artefact in (earlier.formats if earlier else {}).items()
        if (job.folder(project) / artefact.file).is_file()
    }
    publish = find_target(order.publisher)
    if order.formats:
        _bring_others(order, folder, replace(record, formats=formats))
        started = time.perf_counter()
        note_stage(folder, f"xuất bản {', '.join(order.formats)}")
        publish(executed, order.formats, order.engine, project)
        times["publish"] = time.perf_counter() - started
    for name in order.formats:
        made_with = {**order.made_with[name], "notebook": record.notebook.digest}
        formats[name] = Artefact.of(executed.with_suffix(f".{name}"), made_with)
    times = {step: round(took, 3) for step, took in times.items()}
    record = replace(record, formats=formats, times={**record.times, **times})
    kinds = (*((NOTEBOOK,) if order.run else ()), *order.formats)
    kept = put_in_place(job, project, folder, record, kinds)
    return {"state": "done", "times": times, "kept": [asdict(one) for one in kept]}


def _bring_others(order: Order, folder: Path, record: Record) -> None:
    """Lay formats made before beside the notebook: a page links those that it finds there."""
    for name in set(record.formats) - set(order.formats):
        earlier = order.job.folder(order.project) / record.formats[name].file
        if record.fits(name):
            shutil.copy2(earlier, folder / f"{order.report}.{name}")


def _run(order: Order, executed: Path, times: dict[str, float]) -> Record | dict[str, Any]:
    """Run the notebook; return its record, or what went wrong in which cell."""
    job = order.job
    started = time.perf_counter()
    prepared = _prepare(order.root, order.report, order.index, order.year)
    times["prepare"] = time.perf_counter() - started
    notebook = parameterize_notebook(
        copy.deepcopy(prepared.notebook), job.parameters, kernel_name="python3", language="python"
    )
    _seed(job)
    started = time.perf_counter()
    folder = executed.parent

    def listen(place: int) -> None:
        number, source = number_of(notebook, place), notebook.cells[place].source
        note_stage(folder, f"chạy ô {number}", number, source)

    try:
        with memory_limit(order.memory), time_limit(order.timeout):
            failed = run_cells(notebook, prepared.shell, listen)
        times["cells"] = time.perf_counter() - started
        if failed is not None:
            return _failure(order, notebook, failed)
        note_stage(folder, "ghi kết quả các ô vào sổ tay")
        stamped = stamp(notebook, job.parameters, order.project.notebooks)
        explain_abbreviations(stamped, order.project.root)
    except CellError as error:
        kept = _keep_failed(order, notebook)
        return {
            "state": "failed",
            "error": {"name": "CellError", "message": str(error), "notebook": kept},
        }
    write_notebook(stamped, executed)
    inputs = prepared.reads.digests()
    return Record(
        report=job.report.name,
        unit=job.unit,
        office=job.office,
        year=job.year,
        parameters=job.parameters,
        template=prepared.template,
        inputs=inputs,
        helpers=helper_digests(),
        versions=library_versions(),
        notebook=Artefact.of(executed),
        formats={},
        front_matter=yaml.safe_load(stamped.cells[0].source.strip("-")),
        times={},
        commit=order.commit,
    )


def _seed(job: Job) -> None:
    """Seed the generators from the parameters: a fork copies their state, and all would draw alike."""
    text = json.dumps([job.report.name, job.parameters], sort_keys=True)
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002  (notebooks of researchers use the old interface too)


def _failure(order: Order, notebook: NotebookNode, place: int) -> dict[str, Any]:
    """Keep the failed run beside an earlier good one, and describe the failing cell."""
    kept = _keep_failed(order, notebook)
    failed = notebook.cells[place]
    error = next(output for output in failed.outputs if output.output_type == "error")
    return {
        "state": "failed",
        "error": {
            "name": error.ename,
            "message": error.evalue,
            "cell": number_of(notebook, place),
            "source": failed.source,
            "notebook": kept,
        },
    }


def _keep_failed(order: Order, notebook: NotebookNode) -> str:
    kept = order.job.failed_notebook(order.project)
    kept.parent.mkdir(parents=True, exist_ok=True)
    write_notebook(notebook, kept)
    return str(kept)


def main() -> int:
    """Carry out the order in the JSON file named as first argument; where forking is not to be had."""
    return carry_out(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))


if __name__ == "__main__":
    raise SystemExit(main())
