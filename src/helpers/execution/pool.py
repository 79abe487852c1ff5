"""Where the processes of a batch come from: forks of warm parents, or fresh interpreters."""

from __future__ import annotations

import contextlib
import json
import selectors
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol

from helpers.execution.order import Order
from helpers.execution.warm import INLINE_BACKEND, WarmParent, WarmParentError
from helpers.project import Project

MOST_PARENTS = 2
"""Parents kept ready at a time; each holds what the reports of one kind and year share.

Jobs come kind by kind and year by year, so that one parent serves its last reports while the next is
made ready; more would only take memory.
"""


class Pool(Protocol):
    """Starts processes and tells which have ended."""

    def __enter__(self) -> Pool:
        """Begin."""
        ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End what is left."""
        ...

    def start(self, order: Order) -> int:
        """Start a process for an order and return its number."""
        ...

    def ended(self, patience: float) -> list[tuple[int, int]]:
        """Wait up to `patience` seconds; return processes that ended, with their exit status."""
        ...


class ForkPool:
    """Forks every process from a parent that has imported and computed what its reports share.

    Parameters
    ----------
    modules : sequence of str
        What the first parent imports.
    project : Project
    """

    def __init__(self, modules: Sequence[str], project: Project) -> None:
        self._modules = modules
        self._project = project
        self._ready: dict[tuple[str, int], WarmParent] = {}
        self._busy: dict[int, tuple[str, int]] = {}
        self._published: list[tuple[str, str, list[str]]] = []

    def __enter__(self) -> ForkPool:
        self._base = WarmParent.start(
            self._modules,
            {
                "CHISO_PROJECT": str(self._project.root),
                "MPLBACKEND": INLINE_BACKEND,  # before anything imports matplotlib
            },
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for parent in self._ready.values():
            parent.close()
        self._base.close()

    def start(self, order: Order) -> int:
        """Start a process for an order and return its number."""
        key = (order.report, order.year)
        self._prepare_publisher(order)
        if key not in self._ready:
            self._make_room()
            parent = self._base.branch()
            try:
                parent.call(
                    "helpers.execution.work:prepare",
                    root=order.root,
                    report=order.report,
                    index=order.index,
                    year=order.year,
                )
            except WarmParentError:
                parent.close()
                raise
            self._ready[key] = parent
        process = self._ready[key].fork("helpers.execution.work:carry_out", order=order.values())
        self._busy[process] = key
        return process

    def _prepare_publisher(self, order: Order) -> None:
        """Let the first parent make ready what publishing needs, once for each choice of formats."""
        publishing = (order.publisher, order.engine, order.formats)
        if publishing in self._published:
            return
        self._published.append(publishing)
        # What cannot be made ready here, each report will try and tell in words of its own.
        with contextlib.suppress(WarmParentError):
            self._base.call(
                "helpers.execution.work:prepare_publisher",
                publisher=order.publisher,
                engine=order.engine,
                formats=order.formats,
                root=order.root,
            )

    def _make_room(self) -> None:
        idle = [key for key in self._ready if key not in self._busy.values()]
        for key in idle[: max(0, len(self._ready) - MOST_PARENTS + 1)]:
            self._ready.pop(key).close()

    def ended(self, patience: float) -> list[tuple[int, int]]:
        """Wait up to `patience` seconds; return processes that ended, with their exit status."""
        found = [ended for parent in self._ready.values() for ended in parent.exits()]
        if not found:
            with selectors.DefaultSelector() as selector:
                for parent in self._ready.values():
                    selector.register(parent, selectors.EVENT_READ, parent)
                for key, _ in selector.select(patience):
                    found += key.data.exits()
        for process, _ in found:
            self._busy.pop(process, None)
        return found


class SpawnPool:
    """Starts a fresh interpreter for every process; slower, and works everywhere."""

    def __init__(self) -> None:
        self._running: dict[int, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> SpawnPool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in self._running.values():
            process.kill()
            process.wait()

    def start(self, order: Order) -> int:
        """Start a process for an order and return its number."""
        folder = Path(order.folder)
        folder.mkdir(parents=True, exist_ok=True)
        written = folder / "order.json"
        written.write_text(json.dumps(order.values(), ensure_ascii=False), encoding="utf-8")
        process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "helpers.execution.work", str(written)],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._running[process.pid] = process
        return process.pid

    def ended(self, patience: float) -> list[tuple[int, int]]:
        """Wait up to `patience` seconds; return processes that ended, with their exit status."""
        deadline = time.perf_counter() + patience
        while True:
            found = [
                (number, process.returncode)
                for number, process in self._running.items()
                if process.poll() is not None
            ]
            if found or time.perf_counter() >= deadline:
                break
            time.sleep(0.02)
        for number, _ in found:
            del self._running[number]
        return found
