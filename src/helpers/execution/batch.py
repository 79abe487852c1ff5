"""Many jobs at once: plan, warm parents, time limits, interruption, and what came of each."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from helpers.execution.lock import work_folder
from helpers.execution.order import RESULT, Order
from helpers.execution.parameters import ParameterError, check_parameters
from helpers.execution.placing import Kept
from helpers.execution.plan import Job
from helpers.execution.pool import ForkPool, Pool, SpawnPool
from helpers.execution.record import (
    Digests,
    Record,
    commit_of,
    read_record,
    record_path,
    why_publish,
    why_run,
)
from helpers.execution.stage import GRACE, late_error
from helpers.execution.warm import WarmParentError, can_fork
from helpers.execution.warm_parent import kill_group
from helpers.project import Project

State = Literal["done", "cached", "failed"]

# What every report needs, whatever it is about; imported once by the first parent.
LIBRARIES = (
    *("numpy", "pandas"),
    *("IPython.core.completer", "nbformat", "nbconvert", "papermill", "babel.numbers", "typst"),
    *("helpers.execution.work",),
)


@dataclass(frozen=True)
class Settings:
    """How a batch is run.

    Parameters
    ----------
    formats : tuple of str
    engine : str
        The publishing engine.
    publisher : str
        ``module:function`` that publishes one notebook.
    made_with : mapping
        For each format how it is made; part of its fingerprint. Where it names ``links``, these are
        the formats of the report. Formats that it does not know are not published.
    modules : tuple of str
        Modules to import once beside :data:`LIBRARIES`.
    workers : int
        Reports at the same time.
    timeout : float
        Most seconds for one report; 0 for no limit.
    memory : int
        Most bytes for the cells of one report; 0 for no limit.
    force : bool
        Make everything, also what still holds.
    others : bool
        Where a notebook is run again, also publish the formats that were made before and not asked
        for. Without that they are marked as made from an earlier notebook.
    """

    formats: tuple[str, ...]
    engine: str
    publisher: str
    made_with: Mapping[str, dict[str, str]]
    modules: tuple[str, ...] = ()
    workers: int = os.cpu_count() or 1
    timeout: float = 600
    memory: int = 4 << 30
    force: bool = False
    others: bool = True


@dataclass(frozen=True)
class Task:
    """A job with what has to be done for it, and why.

    Parameters
    ----------
    job : Job
    run : bool
        Whether the notebook has to be run.
    formats : tuple of str
        Formats that have to be published.
    reasons : tuple of str
        Vietnamese; empty if nothing has to be done.
    beside : tuple of str
        All formats that there will be of the notebook, with those that are there.
    """

    job: Job
    run: bool
    formats: tuple[str, ...]
    reasons: tuple[str, ...]
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What came of a job.

    Parameters
    ----------
    job : Job
    state : {"done", "cached", "failed"}
    seconds : float
        From start to end.
    times : dict
        Seconds by step.
    error : dict
        For a failed job: ``name, message`` and, where a cell failed, ``cell, source, notebook``.
    kept : tuple of Kept
        Files that a person had changed and that were therefore not overwritten.
    """

    job: Job
    state: State
    seconds: float = 0
    times: dict[str, float] = field(default_factory=dict)
    error: dict[str, Any] = field(default_factory=dict)
    kept: tuple[Kept, ...] = ()


Listener = Callable[[str, Job, Outcome | None], None]
"""Told ``"start"`` and ``"end"`` of every job."""


def plan_tasks(jobs: Sequence[Job], settings: Settings, project: Project) -> list[Task]:
    """Compare every job with its record and say what has to be done.

    Parameters
    ----------
    jobs : sequence of Job
    settings : Settings
    project : Project

    Returns
    -------
    list of Task
        In the order of the jobs.
    """
    digests = Digests(project.root)
    return [_task(job, settings, project, digests) for job in jobs]


def _task(job: Job, settings: Settings, project: Project, digests: Digests) -> Task:
    record = read_record(record_path(job, project))
    reasons = why_run(record, job, project, digests)
    if settings.force and not reasons:
        reasons = ["yêu cầu lập lại"]
    others = _others(record, job, settings, project) if record else ()
    if reasons or record is None:
        formats = (*settings.formats, *(others if settings.others else ()))
        return Task(job, True, formats, tuple(reasons), formats)
    beside = (*settings.formats, *(name for name in others if record.fits(name)))
    stale = {
        name: why_publish(record, job, project, name, _made_with(name, beside, settings))
        for name in settings.formats
    }
    wanted = tuple(name for name, why in stale.items() if why)
    return Task(job, False, wanted, tuple(why for why in stale.values() if why), beside)


def _others(record: Record, job: Job, settings: Settings, project: Project) -> tuple[str, ...]:
    """Return formats that were made before, whose files are there and that nobody asked for now."""
    return tuple(
        name
        for name, artefact in record.formats.items()
        if name not in settings.formats
        and name in settings.made_with
        and (job.folder(project) / artefact.file).is_file()
    )


def _made_with(name: str, beside: Sequence[str], settings: Settings) -> dict[str, str]:
    made = dict(settings.made_with[name])
    if "links" in made:
        made["links"] = " ".join(sorted(beside))
    return made


def run_batch(
    tasks: Sequence[Task],
    settings: Settings,
    project: Project,
    listen: Listener = lambda *_: None,
) -> list[Outcome]:
    """Carry out tasks, several at a time; a failure never stops the others.

    Parameters
    ----------
    tasks : sequence of Task
    settings : Settings
    project : Project
    listen : callable
        Told of every start and end, for a display of progress.

    Returns
    -------
    list of Outcome
        One for each task, in their order.

    Raises
    ------
    helpers.execution.lock.BusyError
        If another run works on the same outputs.
    KeyboardInterrupt
        After every process was ended and every unfinished file removed.
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
        with work_folder(project) as folder:
            commit = commit_of(project)
            for outcome in _carry_out_all(todo, settings, project, folder, commit, listen):
                outcomes[outcome.job] = outcome
                listen("end", outcome.job, outcome)
    return [outcomes[task.job] for task in tasks]


def _carry_out_all(
    todo: Sequence[Task],
    settings: Settings,
    project: Project,
    folder: Path,
    commit: str,
    listen: Listener,
) -> Iterator[Outcome]:
    # Reports of one kind and year stand together, so that few parents have to be ready at a time.
    waiting = deque(sorted(todo, key=lambda t: (t.job.report.name, t.job.year)))
    checked: set[str] = set()
    running: dict[int, Running] = {}
    with contextlib.ExitStack() as stack:
        pool = stack.enter_context(pool_for(settings, project))
        stack.callback(_kill_all, running)
        while waiting or running:
            while waiting and len(running) < settings.workers:
                task = waiting.popleft()
                order = order_for(task, settings, project, folder, commit)
                try:
                    if task.job.report.name not in checked:
                        check_parameters(task.job.report, task.job.parameters)
                        checked.add(task.job.report.name)
                    process = pool.start(order)
                except (WarmParentError, ParameterError) as error:
                    problem = {"name": type(error).__name__, "message": str(error)}
                    yield Outcome(task.job, "failed", error=problem)
                    continue
                running[process] = Running(task.job, order, time.perf_counter())
                listen("start", task.job, None)
            for process, status in pool.ended(_patience(running, settings)):
                yield outcome_of(running.pop(process), status)
            _stop_late(running, settings)


@dataclass
class Running:
    """A job that a process works on."""

    job: Job
    order: Order
    started: float
    late: bool = False


def _patience(running: Mapping[int, Running], settings: Settings) -> float:
    """Return how long to wait before looking for jobs that take too long."""
    if not settings.timeout or not running:
        return 1.0
    oldest = min(entry.started for entry in running.values())
    return min(1.0, max(0.0, oldest + settings.timeout - time.perf_counter()))


def _stop_late(running: Mapping[int, Running], settings: Settings) -> None:
    for process, entry in running.items():
        if settings.timeout and time.perf_counter() - entry.started > settings.timeout + GRACE:
            entry.late = True
            kill_group(process)


def _kill_all(running: Mapping[int, Running]) -> None:
    for process in running:
        kill_group(process)


def order_for(task: Task, settings: Settings, project: Project, folder: Path, commit: str) -> Order:
    """Write down what a process has to do for a task, in a folder below that of the run."""
    job = task.job
    return Order(
        root=str(project.root),
        outputs=str(project.outputs),
        report=job.report.name,
        scope=job.report.scope,
        index=job.report.index,
        unit=job.unit,
        office=job.office,
        year=job.year,
        formats=list(task.formats),
        made_with={name: _made_with(name, task.beside, settings) for name in task.formats},
        engine=settings.engine,
        run=task.run,
        folder=str(folder / f"{job.report.name}-{job.year}-{job.unit}-{job.office}"),
        memory=settings.memory,
        timeout=settings.timeout,
        commit=commit,
        publisher=settings.publisher,
    )


def outcome_of(entry: Running, status: int) -> Outcome:
    """Read what a process left, or say how it ended."""
    folder = Path(entry.order.folder)
    seconds = time.perf_counter() - entry.started
    try:
        result = json.loads((folder / RESULT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        error = late_error(entry.order) if entry.late else _ended_badly(status)
        result = {"state": "failed", "error": error}
    shutil.rmtree(folder, ignore_errors=True)
    kept = tuple(Kept(**values) for values in result.get("kept", ()))
    times, error = result.get("times", {}), result.get("error", {})
    return Outcome(entry.job, result["state"], seconds, times, error, kept)


def _ended_badly(status: int) -> dict[str, str]:
    if status < 0:
        return {
            "name": signal.Signals(-status).name,
            "message": "tiến trình bị hệ thống hoặc người khác dừng giữa chừng",
        }
    return {
        "name": "ExitStatus",
        "message": f"tiến trình kết thúc với mã {status} mà không để lại kết quả; đĩa có thể đã đầy",
    }


def pool_for(settings: Settings, project: Project) -> contextlib.AbstractContextManager[Pool]:
    """Return where processes come from on this system."""
    if can_fork():
        return ForkPool([*LIBRARIES, *settings.modules], project)
    return SpawnPool()
