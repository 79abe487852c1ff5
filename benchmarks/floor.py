"""The least that reports can take: their cells, pandoc and Typst, and nothing around them.

Called by ``publish.py`` with a checkout and slugs whose reports are there; prints seconds. One process
for each core, started, imported and warmed before the clock runs. Cells are run in a plain dictionary
and what they show is asked for its picture or text; pandoc and Typst get the content, arguments and
templates that the reports themselves were made with, laid ready in other processes beforehand.
"""

from __future__ import annotations

import ast
import json
import multiprocessing
import os
import pickle
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from pathlib import Path
from types import CodeType

from common import REPORT, YEAR

from helpers import publishing
from helpers.project import Project
from helpers.publishing.document import read_document
from helpers.publishing.fonts import paper_fonts
from helpers.publishing.front_matter import read_notebook
from helpers.publishing.job import Job
from helpers.publishing.page import make_page
from helpers.publishing.pdf import font_set, make_pdf


@dataclass(frozen=True)
class Recorder(Job):
    """Keeps what pandoc is called with, in the folder that it is called in."""

    def run_pandoc(self, arguments: Sequence[str], sources: Mapping[str, str]) -> bytes:
        """Call pandoc and keep the call."""
        call = pickle.dumps((list(arguments), dict(sources)))
        (self.folder / "call.pickle").write_bytes(call)
        return super().run_pandoc(arguments, sources)


def lay_ready(root: Path, unit: str, folder: Path) -> None:
    """Make the page and the PDF of a report once, keeping all that pandoc and Typst were given."""
    project = Project(root)
    notebook = root / "outputs" / "reports" / str(YEAR) / unit / f"{REPORT}.ipynb"
    document = read_document(read_notebook(notebook), notebook.name)
    for name, make in (("html", make_page), ("pdf", make_pdf)):
        place = folder / unit / name
        place.mkdir(parents=True)
        make(Recorder(document, notebook.with_suffix(f".{name}"), project, place))
    (folder / unit / "document.pickle").write_bytes(pickle.dumps(document))


def work(root: Path, folder: Path, units: list[str], barrier: Barrier) -> None:
    """Warm up, wait for the others, make the reports, wait for the others."""
    import typst

    from helpers.indices.papi import charts
    from helpers.indices.papi import result as papi

    project = Project(root)
    papi.warm(YEAR, project)
    charts.warm(YEAR, project)
    publishing.make_ready("pandoc", ("html", "pdf"), project)
    fonts = font_set(paper_fonts(project))
    cells = _compiled(root / "notebooks" / f"{REPORT}.ipynb")
    ready = [_calls(project, folder / unit) for unit in units]
    barrier.wait()
    for unit, calls in zip(units, ready, strict=True):
        _run(cells, {"province": unit, "year": YEAR})
        for job, (arguments, sources) in calls:
            job.run_pandoc(arguments, sources)
            main = job.folder / "main.typ"
            if main.is_file():
                typst.Compiler(str(main), root=str(job.folder), font_paths=fonts).compile(
                    format="pdf",
                    pdf_standards=["ua-1"],
                    timestamp=job.document.front_matter.epoch,
                )
    barrier.wait()


def _calls(project: Project, folder: Path) -> list[tuple[Job, tuple[list[str], dict[str, str]]]]:
    document = pickle.loads((folder / "document.pickle").read_bytes())  # noqa: S301
    return [
        (
            Job(document, folder / f"{name}.{name}", project, folder / name),
            pickle.loads((folder / name / "call.pickle").read_bytes()),  # noqa: S301
        )
        for name in ("html", "pdf")
    ]


def _compiled(notebook: Path) -> list[tuple[CodeType, CodeType | None]]:
    """Compile every cell but the parameters': its lines, and its last expression apart."""
    found = []
    for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
        if cell["cell_type"] != "code" or "parameters" in cell["metadata"].get("tags", []):
            continue
        lines = ast.parse("".join(cell["source"])).body
        last = lines.pop() if isinstance(lines[-1], ast.Expr) else None
        body = compile(ast.Module(lines, []), "<cell>", "exec")
        shown = compile(ast.Expression(last.value), "<cell>", "eval") if last is not None else None
        found.append((body, shown))
    return found


def _run(cells: list[tuple[CodeType, CodeType | None]], names: dict[str, object]) -> None:
    for body, shown in cells:
        exec(body, names)  # noqa: S102
        if shown is not None:
            eval(shown, names)._repr_mimebundle_()  # noqa: S307


def main(root: Path, units: list[str]) -> None:
    """Print how long the reports take."""
    cores = os.cpu_count() or 1
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="chiso-floor-") as temporary:
        folder = Path(temporary)
        with context.Pool(cores) as pool:
            pool.starmap(lay_ready, [(root, unit, folder) for unit in units])
        barrier = context.Barrier(cores + 1)
        workers = [
            context.Process(target=work, args=(root, folder, units[number::cores], barrier))
            for number in range(cores)
        ]
        for worker in workers:
            worker.start()
        barrier.wait()
        started = time.perf_counter()
        barrier.wait()
        print(f"{time.perf_counter() - started:.3f}")
        for worker in workers:
            worker.join()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
