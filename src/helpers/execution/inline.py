"""Run the cells of a notebook in this process, without a kernel and its sockets.

The batch engine forks a fresh process for every report and runs the cells in it;
``papermill --engine chiso`` does the same (:mod:`helpers.execution.engine`). The outputs are those
that nbclient collects from an ordinary kernel; a test compares the two on every report.
"""

from __future__ import annotations

import base64
import contextlib
import io
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell
from nbformat import NotebookNode
from nbformat.v4 import new_output
from traitlets import Type
from traitlets.config import Config

from helpers.execution.frames import show_whole_frames
from helpers.execution.inline_text import with_values
from helpers.execution.options import CellError, cell_options
from helpers.execution.shown import MOST_TEXT, cut
from helpers.execution.warm import INLINE_BACKEND


class _Outputs:
    """Collects the outputs of the cell that is running."""

    def __init__(self) -> None:
        self.cell: list[NotebookNode] = []
        self._printed: dict[int, tuple[list[str], int]] = {}
        self._clear = False

    def add(self, output: NotebookNode) -> None:
        if self._clear:
            self.cell.clear()
            self._clear = False
        self.cell.append(output)

    def write(self, name: str, text: str) -> None:
        """Add printed text; of what is longer than a report keeps, only its length is noted."""
        last = self.cell[-1] if self.cell and not self._clear else None
        if last is None or last.output_type != "stream" or last.name != name:
            last = new_output("stream", name=name, text="")
            self.add(last)
            self._printed[id(last)] = [], 0
        parts, length = self._printed[id(last)]
        if length < MOST_TEXT:
            parts.append(text[: MOST_TEXT - length])
        self._printed[id(last)] = parts, length + len(text)

    def finished(self) -> list[NotebookNode]:
        """Return the outputs of the cell, with what was printed."""
        for output in self.cell:
            if id(output) in self._printed:
                parts, length = self._printed[id(output)]
                output.text = cut("".join(parts), length)
        self._printed = {}
        return self.cell

    def clear(self, wait: bool) -> None:
        if wait:
            self._clear = True
        else:
            self.cell.clear()


class _Stream(io.TextIOBase):
    """Standard output or error of the cells."""

    def __init__(self, name: str, outputs: _Outputs) -> None:
        self._name = name
        self._outputs = outputs

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if text:
            self._outputs.write(self._name, text)
        return len(text)


def _jsonable(data: dict[str, Any]) -> dict[str, Any]:
    """Write binary data as base64, as kernels do."""
    return {
        key: base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value
        for key, value in data.items()
    }


class _Publisher(DisplayPublisher):
    """Takes what cells display."""

    outputs: _Outputs

    def publish(
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        source: Any = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **kwargs: Any,
    ) -> None:
        output = new_output("display_data", data=_jsonable(data), metadata=metadata or {})
        self.outputs.add(output)

    def clear_output(self, wait: bool = False) -> None:
        self.outputs.clear(wait)


class _Hook(DisplayHook):
    """Takes the value of a cell's last line."""

    outputs: _Outputs

    def write_output_prompt(self) -> None:
        """Print nothing: the count stands in the output."""

    def write_format_data(
        self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None
    ) -> None:
        if not format_dict:
            return
        self.outputs.add(
            new_output(
                "execute_result",
                data=_jsonable(format_dict),
                metadata=md_dict or {},
                execution_count=self.prompt_count,
            )
        )


class CellShell(InteractiveShell):
    """An IPython shell that hands its outputs to a notebook instead of a terminal."""

    display_pub_class = Type(_Publisher)
    displayhook_class = Type(_Hook)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]
        self.collected = _Outputs()
        self.display_pub.outputs = self.collected  # type: ignore[attr-defined]
        self.displayhook.outputs = self.collected  # type: ignore[attr-defined]
        show_whole_frames(self)

    def init_history(self) -> None:
        """Keep no history file: it would start a thread, and a parent must not before it forks."""
        self.config.HistoryManager.enabled = False
        super().init_history()  # type: ignore[no-untyped-call]

    def enable_gui(self, gui: str | None = None) -> None:
        """Have no event loop."""

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        self.collected.add(
            new_output("error", ename=etype.__name__, evalue=str(evalue), traceback=stb)
        )


def make_shell(folder: Path) -> CellShell:
    """Return a new shell; in a parent, before it forks, so that every child has a fresh one.

    Parameters
    ----------
    folder : Path
        Where IPython keeps its profile, which nothing is read from.
    """
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.autoindent = False
    os.environ.setdefault("MPLBACKEND", INLINE_BACKEND)
    CellShell.clear_instance()
    shell: CellShell = CellShell.instance(config=config, ipython_dir=str(folder))
    if "matplotlib" in sys.modules:
        # It has read the environment already, and shows its figures to a shell that came before.
        from IPython.core.pylabtools import select_figure_formats

        shell.enable_matplotlib("inline")  # type: ignore[no-untyped-call]
        select_figure_formats(shell, {"png"})
    return shell


def run_cells(
    notebook: NotebookNode, shell: CellShell, listen: Callable[[int], None] = lambda _: None
) -> int | None:
    """Run the code cells of a notebook in order, up to the first that fails.

    A cell whose author wrote ``#| eval: false`` is not run. In text, ``{python} name`` between
    backticks is replaced by the value.

    Parameters
    ----------
    notebook : NotebookNode
        Changed in place: outputs and counts are filled in.
    shell : CellShell
        Fresh.
    listen : callable
        Told the place of each cell before it is run.

    Returns
    -------
    int or None
        Place of the cell that failed, None if all ran.
    """
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            cell.source = with_values(cell.source, shell, notebook, number)
        if cell.cell_type != "code":
            continue
        listen(number)
        cell.outputs = []
        if not cell.source.strip() or not _is_to_run(cell):
            cell.execution_count = None
            continue
        if not _run_cell(cell, shell) and "raises-exception" not in cell.metadata.get("tags", []):
            return number
    return None


def _is_to_run(cell: NotebookNode) -> bool:
    try:
        return cell_options(cell.source).get("eval") is not False
    except CellError:
        return True  # told when the notebook is stamped


def _run_cell(cell: NotebookNode, shell: CellShell) -> bool:
    shell.collected.cell = []
    with _captured(shell):
        result: ExecutionResult = shell.run_cell(  # type: ignore[no-untyped-call]
            cell.source, store_history=True, cell_id=cell.get("id")
        )
    cell.outputs = shell.collected.finished()
    cell.execution_count = result.execution_count
    return bool(result.success)


@contextlib.contextmanager
def _captured(shell: CellShell) -> Iterator[None]:
    old = sys.stdout, sys.stderr
    sys.stdout = _Stream("stdout", shell.collected)
    sys.stderr = _Stream("stderr", shell.collected)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = old
