"""Many jobs on the machines of a Dask cluster (docs/cluster.md)."""

from __future__ import annotations

import contextlib
import queue
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.execution import batch
from helpers.execution.batch import Listener, Outcome, Settings, Task
from helpers.execution.cluster_storage import Storage
from helpers.execution.cluster_worker import (
    Errand,
    LostPoolError,
    carry_out_errand,
    stop_run,
    versions,
)
from helpers.execution.lock import work_folder
from helpers.execution.parameters import ParameterError, check_parameters
from helpers.execution.placing import Kept
from helpers.execution.plan import Job
from helpers.execution.record import commit_of
from helpers.project import Project

if TYPE_CHECKING:
    from distributed import Client
    from distributed import Future as Answer

MOST_ATTEMPTS = 4
"""Times that a task is given to workers whose processes are ended from outside."""

CONNECT_SECONDS = 30
"""How long to wait for the scheduler, and then for a first worker."""


class ClusterError(RuntimeError):
    """The cluster cannot be used."""


def run_on_cluster(
    tasks: Sequence[Task],
    settings: Settings,
    project: Project,
    scheduler: str,
    listen: Listener = lambda *_: None,
    *,
    storage: str = "",
) -> list[Outcome]:
    """Carry out tasks on a Dask cluster; a failure never stops the others.

    Parameters
    ----------
    tasks : sequence of Task
        From :func:`helpers.execution.batch.plan_tasks`.
    settings : Settings
        Its number of workers does not count here: the cluster has its own.
    project : Project
        The checkout. Without a storage the workers see it too, at the same path or where their
        environment variable ``CHISO_PROJECT`` says.
    scheduler : str
        For example ``tcp://10.0.0.5:8786``.
    listen : callable
        Told of every start and end, for a display of progress; called in this thread.
    storage : str
        An fsspec address through which inputs and outputs travel, for example ``s3://bucket/run``.
        What was made is copied to the outputs of `project` as well.

    Returns
    -------
    list of Outcome
        One for each task, in their order. A task is given to another worker when one is lost.

    Raises
    ------
    ClusterError
        If the scheduler or its workers cannot be reached.
    helpers.execution.lock.BusyError
        If another run works on the same outputs.
    KeyboardInterrupt
        After what was left was cancelled and what ran was ended.
    """
    outcomes: dict[Job, Outcome] = {}
    todo: list[Task] = []
    for task in tasks:
        if task.reasons:
            todo.append(task)
        else:
            outcomes[task.job] = Outcome(task.job, "cached")
            listen("end", task.job, outcomes[task.job])
    if todo:
        with work_folder(project) as folder, _connected(scheduler) as client:
            run = _Run(client, settings, project, folder, storage)
            for outcome in run.carry_out(todo, listen):
                outcomes[outcome.job] = outcome
                listen("end", outcome.job, outcome)
    return [outcomes[task.job] for task in tasks]


@contextlib.contextmanager
def _connected(scheduler: str) -> Iterator[Client]:
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError(
            "Chưa cài thư viện để chạy trên nhiều máy: pip install 'chiso[cluster]'"
        ) from error
    try:
        client = Client(  # type: ignore[no-untyped-call]
            scheduler, timeout=CONNECT_SECONDS, set_as_default=False
        )
    except (OSError, ValueError) as error:
        raise ClusterError(f"Không nối được với bộ điều phối {scheduler}: {error}") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        except TimeoutError as error:
            raise ClusterError(f"Bộ điều phối {scheduler} chưa có máy tính toán nào.") from error
        yield client


@dataclass
class _Sent:
    """A task that is with the cluster."""

    job: Job
    errand: Errand
    attempt: int
    answer: Answer[dict[str, Any]]


class _Run:
    """One run on a connected cluster."""

    def __init__(
        self, client: Client, settings: Settings, project: Project, folder: Path, storage: str
    ) -> None:
        self._client = client
        self._settings = settings
        self._project = project
        self._folder = folder
        self._storage = Storage(storage) if storage else None
        self._address = storage
        self._inputs = self._storage.send_inputs(project) if self._storage else ""
        self._commit = commit_of(project)
        self._name = f"chiso-{uuid.uuid4().hex}"
        # Dask calls back in a thread of its own; only this queue leads from there.
        self._events: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
        self._sent: dict[str, _Sent] = {}
        self._told: set[str] = set()

    def carry_out(self, todo: Sequence[Task], listen: Listener) -> Iterator[Outcome]:
        """Send all tasks and yield what comes of them, as it comes."""
        self._client.subscribe_topic(  # type: ignore[no-untyped-call]
            self._name, lambda event: self._events.put(("start", event))
        )
        try:
            yield from self._send_all(todo)
            while self._sent:
                kind, what = self._next_event()
                if kind == "start":
                    self._tell_start(what, listen)
                elif what in self._sent:
                    yield from self._take(what)
        finally:
            self._stop()

    def _send_all(self, todo: Sequence[Task]) -> Iterator[Outcome]:
        refused: dict[str, ParameterError | None] = {}
        for task in sorted(todo, key=lambda t: (t.job.report.name, t.job.year)):
            job = task.job
            if job.report.name not in refused:
                refused[job.report.name] = _parameter_error(job)
            error = refused[job.report.name]
            if error is not None:
                yield _failed(job, error)
                continue
            if self._storage and not task.run:
                self._storage.send_report(job, self._project)
            order = batch.order_for(task, self._settings, self._project, self._folder, self._commit)
            self._send(
                job,
                Errand(
                    self._name,
                    order.values(),
                    self._settings.modules,
                    versions(),
                    self._address,
                    self._inputs,
                ),
                attempt=1,
            )

    def _send(self, job: Job, errand: Errand, attempt: int) -> None:
        key = f"{job.name} · {attempt} · {self._name}"
        answer = self._client.submit(carry_out_errand, errand.values(), key=key, pure=False)
        self._sent[key] = _Sent(job, errand, attempt, answer)
        answer.add_done_callback(  # type: ignore[no-untyped-call]
            lambda _: self._events.put(("end", key))
        )

    def _next_event(self) -> tuple[str, Any]:
        while True:
            try:
                return self._events.get(timeout=2)
            except queue.Empty:
                if self._client.status != "running":
                    return "end", next(iter(self._sent))

    def _tell_start(self, event: tuple[float, dict[str, str]], listen: Listener) -> None:
        key = event[1]["key"]
        if key in self._sent and key not in self._told:
            self._told.add(key)
            listen("start", self._sent[key].job, None)

    def _take(self, key: str) -> Iterator[Outcome]:
        """Yield the outcome of an answered task; nothing if it is sent again."""
        from distributed import KilledWorker

        sent = self._sent.pop(key)
        if sent.answer.status == "finished":
            result = sent.answer.result(timeout=CONNECT_SECONDS)
            kept = tuple(result["kept"])
            if self._storage and result["state"] == "done":
                kept = self._storage.fetch_report(sent.job, self._project)
            elif self._storage:
                self._storage.fetch_failed(sent.job, self._project)
            yield self._outcome(sent.job, result, kept)
            return
        error = None
        if sent.answer.status == "error":
            error = sent.answer.exception(timeout=CONNECT_SECONDS)  # type: ignore[no-untyped-call]
        if isinstance(error, LostPoolError) and sent.attempt < MOST_ATTEMPTS:
            self._send(sent.job, sent.errand, sent.attempt + 1)
        elif error is None:
            yield _failed(sent.job, ClusterError("mất liên lạc với bộ điều phối của cụm máy"))
        elif isinstance(error, KilledWorker):
            yield _failed(
                sent.job, ClusterError("các máy tính toán nhận việc này đều bị mất giữa chừng")
            )
        else:
            yield _failed(sent.job, error)

    def _outcome(self, job: Job, result: dict[str, Any], kept: tuple[Kept, ...]) -> Outcome:
        """Read a worker's answer; the notebook that shows an error lies elsewhere on this machine."""
        error = dict(result["error"])
        if "notebook" in error:
            error["notebook"] = str(job.failed_notebook(self._project))
        return Outcome(job, result["state"], result["seconds"], result["times"], error, kept)

    def _stop(self) -> None:
        """Cancel what was not answered, and end what still runs."""
        if self._client.status != "running":
            return
        if self._sent:
            answers = [sent.answer for sent in self._sent.values()]
            self._client.cancel(answers, force=True)  # type: ignore[no-untyped-call]
            self._client.run(stop_run, self._name, on_error="ignore")
        self._client.unsubscribe_topic(self._name)  # type: ignore[no-untyped-call]


def _parameter_error(job: Job) -> ParameterError | None:
    try:
        check_parameters(job.report, job.parameters)
    except ParameterError as error:
        return error
    return None


def _failed(job: Job, error: BaseException) -> Outcome:
    return Outcome(job, "failed", error={"name": type(error).__name__, "message": str(error)})
