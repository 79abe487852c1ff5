"""What a worker of a Dask cluster does: each task in a process of its own, from a warm parent."""

from __future__ import annotations

import hashlib
import os
import queue
import shutil
import threading
import time
import uuid
from collections.abc import Set
from concurrent.futures import Future
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from helpers.execution import batch
from helpers.execution.batch import Settings
from helpers.execution.cluster_storage import Storage, store_outcome
from helpers.execution.order import Order
from helpers.execution.pool import Pool
from helpers.execution.record import library_versions
from helpers.execution.stage import GRACE
from helpers.execution.tracking import digest_path
from helpers.execution.warm import WarmParentError
from helpers.execution.warm_parent import kill_group
from helpers.project import Project

_PACKAGE = Path(__file__).resolve().parents[1]
_GLANCE = 0.05  # seconds between looks for new tasks while others run


class LostPoolError(RuntimeError):
    """The processes of this worker ended from outside; the task may be tried again."""


class UnlikeWorkerError(RuntimeError):
    """The worker has other versions, or does not see the checkout."""


@dataclass(frozen=True)
class Errand:
    """One task as it is sent to a worker; plain values only.

    Parameters
    ----------
    run : str
        Names the run that the task belongs to.
    order : dict
        The fields of an :class:`Order`, with the paths of the one who sends it.
    modules : tuple of str
        Modules to import once beside those that every report needs.
    versions : dict
        What `versions` returned to the one who sends it.
    storage : str
        fsspec address; empty if the checkout lies in a shared folder.
    inputs : str
        With a storage, the digest of the inputs.
    """

    run: str
    order: dict[str, Any]
    modules: tuple[str, ...]
    versions: dict[str, str]
    storage: str
    inputs: str

    def values(self) -> dict[str, Any]:
        """Return the fields, to be sent to a worker."""
        return asdict(self)


@cache
def versions() -> dict[str, str]:
    """Return the versions of the libraries and a digest of this package's sources."""
    total = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*.py")):
        total.update(f"{path.relative_to(_PACKAGE)}\0{digest_path(path)}\n".encode())
    return {**library_versions(), "chiso": total.hexdigest()[:16]}


def carry_out_errand(values: dict[str, Any]) -> dict[str, Any]:
    """Carry out an errand and return the fields of its outcome, without the job.

    Parameters
    ----------
    values : dict
        The fields of an :class:`Errand`.

    Raises
    ------
    UnlikeWorkerError
        If this worker could not make the same files.
    LostPoolError
        If the processes of this worker were ended from outside.
    """
    errand = Errand(**values)
    _announce(errand)
    differing = [
        f"{name} {versions().get(name, 'không có')} thay vì {wanted}"
        for name, wanted in errand.versions.items()
        if versions().get(name) != wanted
    ]
    if differing:
        raise UnlikeWorkerError(f"máy tính toán có phiên bản khác: {', '.join(differing)}")
    order = Order(**errand.order)
    storage = Storage(errand.storage) if errand.storage else None
    order = _with_storage(errand, order, storage) if storage else _in_shared_folder(order)
    if not (Path(order.root) / "params" / "indices").is_dir():
        raise UnlikeWorkerError(
            f"máy tính toán không thấy dự án ở {order.root}; hãy đặt biến môi trường CHISO_PROJECT"
        )
    outcome = _pools(os.getpid()).carry_out(errand, order)
    if storage:
        store_outcome(storage, order, outcome.state)
        shutil.rmtree(order.outputs, ignore_errors=True)  # on its way; the inputs stay
    return {key: value for key, value in vars(outcome).items() if key != "job"}


def _announce(errand: Errand) -> None:
    """Tell the client that the task has started."""
    from distributed import get_worker

    worker = get_worker()
    worker.log_event(errand.run, {"key": worker.get_current_task(), "worker": worker.address})


def _in_shared_folder(order: Order) -> Order:
    """Replace the paths of the one who sent the order by those of this machine."""
    root = os.environ.get("CHISO_PROJECT", order.root)
    here = {
        name: str(Path(root, Path(path).relative_to(order.root)))
        if Path(path).is_relative_to(order.root)
        else path
        for name, path in (("outputs", order.outputs), ("folder", order.folder))
    }
    # A task that is tried again must not meet what an earlier attempt still does.
    attempt = f"{here['folder']}-{uuid.uuid4().hex[:8]}"
    return replace(order, root=root, outputs=here["outputs"], folder=attempt)


def _with_storage(errand: Errand, order: Order, storage: Storage) -> Order:
    from distributed import get_worker

    # Dask removes this folder when the worker ends.
    project = storage.fetch_inputs(errand.inputs, Path(get_worker().local_directory) / "chiso")
    outputs = project.outputs / uuid.uuid4().hex[:8]
    order = replace(
        order, root=str(project.root), outputs=str(outputs), folder=str(outputs / ".work")
    )
    if not order.run:
        storage.fetch_report(order.job, order.project)
    return order


def stop_run(run: str) -> None:
    """End the processes of a run on this worker."""
    _pools(os.getpid()).stop(run)


@dataclass
class _Request:
    errand: Errand
    order: Order
    done: Future[batch.Outcome]


class _PoolThread(threading.Thread):
    """Starts the processes of one checkout and waits for them.

    A thread of its own, as Linux ends a warm parent together with the thread that started it.
    """

    def __init__(self, root: str, modules: tuple[str, ...], stopped: Set[str]) -> None:
        super().__init__(name="chiso-pool", daemon=True)
        self._root = root
        self._modules = modules
        self._stopped = stopped
        self._requests: queue.SimpleQueue[_Request | None] = queue.SimpleQueue()
        self.busy = 0
        self.start()

    def ask(self, request: _Request) -> None:
        self._requests.put(request)

    def close(self) -> None:
        self._requests.put(None)

    def run(self) -> None:
        running: dict[int, tuple[_Request, batch.Running]] = {}
        try:
            settings = Settings((), "", "", {}, self._modules)
            with batch.pool_for(settings, Project(Path(self._root))) as pool:
                while self._accept(pool, running):
                    self._look(pool, running)
        except (WarmParentError, OSError, EOFError) as error:
            for request, _ in running.values():
                request.done.set_exception(LostPoolError(str(error)))
            self._refuse_all(error)

    def _accept(self, pool: Pool, running: dict[int, tuple[_Request, batch.Running]]) -> bool:
        """Start what was asked for; return whether to go on."""
        while True:
            try:
                request = self._requests.get(block=not running)
            except queue.Empty:
                return True
            if request is None:
                return False
            try:
                pid = pool.start(request.order)
            except WarmParentError as error:
                # What the parent could not prepare fails everywhere; a dead parent only here.
                dead = isinstance(error.__cause__, ConnectionError | EOFError)
                request.done.set_exception(LostPoolError(str(error)) if dead else error)
                if dead:
                    raise
                continue
            entry = batch.Running(request.order.job, request.order, time.perf_counter())
            running[pid] = (request, entry)

    def _look(self, pool: Pool, running: dict[int, tuple[_Request, batch.Running]]) -> None:
        for pid, status in pool.ended(_GLANCE):
            request, entry = running.pop(pid)
            request.done.set_result(batch.outcome_of(entry, status))
        for pid, (request, entry) in running.items():
            limit = request.order.timeout
            entry.late = bool(limit) and time.perf_counter() - entry.started > limit + GRACE
            if entry.late or request.errand.run in self._stopped:
                kill_group(pid)

    def _refuse_all(self, error: Exception) -> None:
        while True:
            try:
                request = self._requests.get_nowait()
            except queue.Empty:
                return
            if request is not None:
                request.done.set_exception(LostPoolError(str(error)))


class _Pools:
    """The pool of this worker process; another one only when the checkout changes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._threads: dict[tuple[str, tuple[str, ...]], _PoolThread] = {}
        self._stopped: set[str] = set()

    def carry_out(self, errand: Errand, order: Order) -> batch.Outcome:
        request = _Request(errand, order, Future())
        key = (order.root, errand.modules)
        with self._lock:
            thread = self._threads.get(key)
            if thread is None or not thread.is_alive():
                thread = self._threads[key] = _PoolThread(*key, self._stopped)
            for other in [k for k, t in self._threads.items() if t is not thread and not t.busy]:
                self._threads.pop(other).close()
            thread.busy += 1
            thread.ask(request)
        try:
            while True:
                try:
                    return request.done.result(timeout=1)
                except TimeoutError:
                    if not thread.is_alive() and not request.done.done():
                        raise LostPoolError("tiến trình mẹ đã dừng giữa chừng") from None
        finally:
            with self._lock:
                thread.busy -= 1

    def stop(self, run: str) -> None:
        """End what runs for a run, and whatever of it comes later."""
        self._stopped.add(run)


@cache
def _pools(process: int) -> _Pools:
    """Return the pools of process `process`; a forked process must not use another's."""
    return _Pools()
