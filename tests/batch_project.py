"""A small checkout for tests of the batch engine: real parameters and data, tiny notebooks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import nbformat

from helpers.cli.app import make_settings
from helpers.cli.available import Availability
from helpers.cli.choose import plan
from helpers.cli.options import EngineName, FormatName
from helpers.execution import NATIONAL, Job, find_report, reports
from helpers.execution.batch import Outcome, Settings, plan_tasks, run_batch
from helpers.project import Project

Choice = tuple[tuple[str, ...], tuple[str, ...], int, tuple[str, ...]]
"""Reports, provinces, year, formats; no format means all."""

CHECKOUT = Path(__file__).resolve().parents[1]
PARAMETERS = 'province: str = "quang-nam"\nyear: int = 2024'
TITLE = (
    "from IPython.display import display\n"
    'described = {"chiso": {"kind": "front_matter", "front_matter": {"title": province}}}\n'
    'display({"text/plain": province}, raw=True, metadata=described)'
)
READS = (
    "from pathlib import Path\n"
    "from helpers.project import find_project\n"
    'line = (find_project().root / "data" / "notes.txt").read_text(encoding="utf-8")\n'
    "print(province, year, line)"
)


def make_project(folder: Path, **cells_of: list[str]) -> Project:
    """Build a checkout whose notebooks are named by the keywords and hold these cells."""
    for name in ("params", "data/published"):
        shutil.copytree(CHECKOUT / name, folder / name)
    (folder / "data" / "notes.txt").write_text("một", encoding="utf-8")
    (folder / "notebooks").mkdir()
    for name, cells in cells_of.items():
        write_notebook(folder / "notebooks" / f"{name}.ipynb", cells)
    return Project(folder)


def write_notebook(path: Path, cells: Iterable[str]) -> None:
    notebook = nbformat.v4.new_notebook()
    notebook.metadata["chiso"] = {"scope": "province", "index": "papi"}
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    for number, source in enumerate([PARAMETERS, TITLE, *cells]):
        cell = nbformat.v4.new_code_cell(source, id=f"c{number}")
        if number == 0:
            cell.metadata["tags"] = ["parameters"]
        notebook.cells.append(cell)
    nbformat.write(notebook, path)


def settings(*formats: str, **changes: object) -> Settings:
    values: dict[str, object] = {
        "formats": formats,
        "engine": "pandoc",
        "publisher": "helpers.publishing:publish",
        "made_with": {name: {"engine": "pandoc"} for name in formats},
        "workers": 2,
        "timeout": 60,
        **changes,
    }
    return Settings(**values)  # type: ignore[arg-type]


def jobs(project: Project, report: str, *units: str, year: int = 2024) -> list[Job]:
    return [Job(find_report(report, project), year, unit) for unit in units]


def run(project: Project, wanted: list[Job], given: Settings) -> list[Outcome]:
    return run_batch(plan_tasks(wanted, given, project), given, project)


def build(project: Project, *choices: Choice) -> None:
    """Make reports in one batch, as the command makes them, without its processes in between."""
    made_in: dict[tuple[str, ...], list[Job]] = {}
    for kinds, provinces, year, formats in choices:
        found = plan(project, list(kinds), list(provinces), year).jobs
        made_in.setdefault(formats, []).extend(found)
    for formats, wanted in made_in.items():
        names = [FormatName(name) for name in formats]
        given = make_settings(project, names or None, EngineName.auto, workers=2)
        for outcome in run(project, wanted, given):
            assert outcome.state in ("done", "cached"), (outcome.job, outcome.error)


def every_job(project: Project) -> Iterator[Job]:
    """All reports that can be made of what a checkout holds."""
    available = Availability(project)
    for kind in reports(project):
        national = kind.scope == "national"
        for year, units in available.of(kind.index, national=national).items():
            for unit in (NATIONAL,) if national else units:
                yield Job(kind, year, unit)


def contents(project: Project) -> dict[str, bytes]:
    """Return every file that a reader would find; records hold times and differ."""
    root = project.outputs / "reports"
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.name.endswith(".record.json")
    }


def chiso(project: Project, *arguments: str) -> subprocess.Popen[str]:
    """Start the command in a checkout."""
    return subprocess.Popen(
        [sys.executable, "-m", "helpers.cli", *arguments],
        cwd=project.root,
        env={**os.environ, "CHISO_PROJECT": str(project.root), "NO_COLOR": "1", "COLUMNS": "200"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def processes_of(project: Project) -> list[int]:
    """Return processes that work for a checkout, found by the variable that they inherit."""
    mark = f"CHISO_PROJECT={project.root}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                if mark in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
            except OSError:
                continue
    return found
