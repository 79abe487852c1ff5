"""A Dask cluster makes the same files, also when a worker is killed on the way."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

pytest.importorskip("distributed", reason="phần cluster không được cài")

from helpers.execution import Job, Report
from helpers.execution.batch import Settings, plan_tasks, run_batch
from helpers.execution.cluster import ClusterError, run_on_cluster
from helpers.execution.cluster_storage import Storage
from helpers.execution.cluster_worker import versions
from helpers.execution.record import read_record, record_path
from helpers.execution.warm import can_fork
from helpers.project import Project

UNITS = ("an-giang", "ca-mau", "can-tho", "da-nang", "ha-noi", "quang-nam")
INDEX = "work_plan"  # an index with no statistics that would have to be computed first
SETTINGS = Settings(
    formats=(),
    engine="pandoc",
    publisher="helpers.publishing:publish",
    made_with={},
    workers=2,
    timeout=60,
)

SLOW = """
import json, pathlib, time
from helpers.project import find_project
project = find_project()
register = sorted(path.name for path in project.places.iterdir())
time.sleep(float((project.root / "data" / "pause.txt").read_text()))
print(province, year, register)
"""

FAILS = """
import os, pathlib
with open(os.environ["CHISO_TEST_TRIES"], "a") as tries:
    tries.write("x")
raise ValueError(f"thiếu số liệu của {province}")
"""


def make_checkout(folder: Path, shipped: Project) -> Project:
    """Make a checkout with one notebook that takes its time and one that fails."""
    shutil.copytree(shipped.root / "params", folder / "params")
    shutil.copytree(shipped.root / "data", folder / "data")
    (folder / "data" / "pause.txt").write_text("0.7")
    (folder / "notebooks").mkdir()
    for name, source in (("slow", SLOW), ("fails", FAILS)):
        cells = ['province: str = "quang-nam"\nyear: int = 2024', source.strip()]
        made = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(text) for text in cells],
            metadata={
                "chiso": {"index": INDEX, "scope": "province"},
                "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                "language_info": {"name": "python"},
            },
        )
        made.cells[0].metadata["tags"] = ["parameters"]
        for number, cell in enumerate(made.cells):
            cell.id = f"c{number}"
        nbformat.write(made, folder / "notebooks" / f"{name}.ipynb")
    return Project(folder)


def jobs_of(project: Project, report: str, units=UNITS) -> list[Job]:
    path = project.notebooks / f"{report}.ipynb"
    return [Job(Report(report, path, "province", INDEX), 2024, unit) for unit in units]


def wait_until(true, patience: float = 20) -> None:
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline, "took too long"
        time.sleep(0.05)


def descendants(pid: int) -> set[int]:
    """Return the processes below one, itself included."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            status = (folder / "stat").read_text().rpartition(")")[2].split()
            if status[0] != "Z":
                parents[int(folder.name)] = int(status[1])
    found = {pid} & parents.keys()
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


class Cluster:
    """A scheduler and two workers, each a process of its own on the loopback interface."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self.folder = folder
        self.tries = folder / "tries"
        self._environment = {**os.environ, "CHISO_TEST_TRIES": str(self.tries), **environment}
        self._log = (folder / "cluster.log").open("ab")
        self.all: list[subprocess.Popen[bytes]] = []
        self._start("dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
        self.workers = [self.start_worker() for _ in range(2)]

    def _start(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        self.all.append(
            subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", f"distributed.cli.{program}", *arguments],
                cwd=self.folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
            )
        )
        return self.all[-1]

    def start_worker(self) -> subprocess.Popen[bytes]:
        return self._start(
            *("dask_worker", self.address, "--host", "127.0.0.1", "--nthreads", "1"),
            *("--no-nanny", "--no-dashboard", "--memory-limit", "0", "--death-timeout", "30"),
            *("--local-directory", str(self.folder)),
        )

    def close(self) -> None:
        below = set().union(*(descendants(process.pid) for process in self.all))
        for process in self.all:
            process.kill()
            process.wait(10)
        self._log.close()
        # The processes below a worker end with it; nobody has to look for them.
        wait_until(lambda: not any(descendants(pid) for pid in below), 10)


@pytest.fixture
def cluster(tmp_path):
    """Start a cluster for one test, with variables for its workers."""
    opened = []

    def start(**environment: str) -> Cluster:
        opened.append(Cluster(tmp_path, environment))
        return opened[-1]

    yield start
    for each in opened:
        each.close()


@pytest.fixture(scope="module")
def running(tmp_path_factory) -> Cluster:
    """A cluster for all tests that leave its workers alive."""
    started = Cluster(tmp_path_factory.mktemp("cluster"), {})
    yield started
    started.close()


@pytest.fixture
def project(tmp_path, shipped) -> Project:
    return make_checkout(tmp_path / "checkout", shipped)


def notebooks_of(project: Project, jobs: list[Job]) -> dict[str, bytes]:
    return {job.unit: job.notebook(project).read_bytes() for job in jobs}


def made_here(project: Project, folder: Path, jobs: list[Job]) -> dict[str, bytes]:
    """Run jobs on this machine, to compare with."""
    here = Project(project.root, folder)
    done = run_batch(plan_tasks(jobs, SETTINGS, here), SETTINGS, here)
    assert {outcome.state for outcome in done} == {"done"}
    return notebooks_of(here, jobs)


@pytest.mark.skipif(not can_fork(), reason="cần /proc để xem tiến trình")
def test_a_killed_worker_costs_nothing_but_time(cluster, project, tmp_path):
    running = cluster()
    jobs = jobs_of(project, "slow")
    told: list[tuple[str, str]] = []
    lost: set[int] = set()

    def listen(kind, job, outcome):
        told.append((kind, job.unit))
        if [entry[0] for entry in told].count("end") == 1 and not lost:
            victim = running.workers[0].pid
            wait_until(lambda: len(descendants(victim)) > 2)  # its parents, and a report
            lost.update(descendants(victim))
            os.kill(victim, signal.SIGKILL)

    outcomes = run_on_cluster(
        plan_tasks(jobs, SETTINGS, project), SETTINGS, project, running.address, listen
    )
    assert [(o.job, o.state, o.error) for o in outcomes] == [(job, "done", {}) for job in jobs]
    assert lost
    wait_until(lambda: not any(Path(f"/proc/{pid}/exe").exists() for pid in lost))
    assert sorted(unit for kind, unit in told if kind == "end") == sorted(UNITS)
    assert {unit for kind, unit in told if kind == "start"} == set(UNITS)
    assert not list((project.outputs / ".work").glob("*/"))
    assert all(not task.reasons for task in plan_tasks(jobs, SETTINGS, project))
    assert notebooks_of(project, jobs) == made_here(project, tmp_path / "here", jobs)


def test_workers_may_see_the_checkout_at_another_path_and_faults_are_not_tried_again(
    cluster, project, tmp_path
):
    mounted = tmp_path / "mounted"
    mounted.symlink_to(project.root)
    running = cluster(CHISO_PROJECT=str(mounted))
    jobs = [*jobs_of(project, "slow", UNITS[:1]), *jobs_of(project, "fails", UNITS[:1])]
    done, failed = run_on_cluster(
        plan_tasks(jobs, SETTINGS, project), SETTINGS, project, running.address
    )
    assert (done.state, failed.state) == ("done", "failed")
    assert failed.error["message"] == "thiếu số liệu của an-giang"
    assert Path(failed.error["notebook"]).is_file()
    assert running.tries.read_text() == "x"
    assert notebooks_of(project, jobs[:1]) == made_here(project, tmp_path / "here", jobs[:1])


def test_inputs_and_outputs_travel_through_a_storage(running, project, tmp_path):
    address = f"file://{tmp_path}/bucket"
    jobs = jobs_of(project, "slow", UNITS[:2])
    faulty = jobs_of(project, "fails", UNITS[:1])
    *done, failed = run_on_cluster(
        plan_tasks([*jobs, *faulty], SETTINGS, project),
        SETTINGS,
        project,
        running.address,
        storage=address,
    )
    assert [(o.state, o.error) for o in done] == [("done", {})] * 2
    assert failed.state == "failed"
    assert Path(failed.error["notebook"]).is_file()
    assert all(not task.reasons for task in plan_tasks(jobs, SETTINGS, project))
    bucket = Project(project.root, tmp_path / "bucket" / "outputs")
    assert notebooks_of(project, jobs) == notebooks_of(bucket, jobs)
    assert notebooks_of(project, jobs) == made_here(project, tmp_path / "here", jobs)
    # Each worker has fetched the inputs once, and kept nothing that it made.
    kept = list(running.folder.glob("**/chiso/*/params"))
    assert 1 <= len(kept) <= 2
    assert not list(running.folder.glob("**/reports"))
    assert len(list((tmp_path / "bucket" / "inputs").iterdir())) == 1


@pytest.mark.skipif(not can_fork(), reason="cần /proc để xem tiến trình")
@pytest.mark.parametrize("moment", ["announced", "running"])
def test_an_interrupted_run_leaves_no_process_and_no_half_written_file(running, project, moment):
    (project.root / "data" / "pause.txt").write_text("50")
    jobs = jobs_of(project, "slow")

    def reports() -> int:
        # Below a worker: the parent, the parent for this kind of report, the reports.
        # Another test's checkout may have left the same behind for a moment.
        return sum(max(0, len(descendants(worker.pid)) - 3) for worker in running.workers)

    def listen(kind, job, outcome):
        if moment == "running":
            wait_until(lambda: reports() > 0)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_on_cluster(
            plan_tasks(jobs, SETTINGS, project), SETTINGS, project, running.address, listen
        )
    assert not list((project.outputs / ".work").glob("*/"))
    assert not list(project.outputs.glob("reports/**/*.*"))
    if moment == "running":
        wait_until(lambda: reports() == 0)
    # The workers are free again long before the reports would have come to their end.
    (project.root / "data" / "pause.txt").write_text("0")
    again = run_on_cluster(plan_tasks(jobs, SETTINGS, project), SETTINGS, project, running.address)
    assert {outcome.state for outcome in again} == {"done"}
    assert max(outcome.seconds for outcome in again) < 20


@pytest.mark.skipif(not can_fork(), reason="cần /proc để xem tiến trình")
def test_tasks_are_sent_again_when_the_processes_below_a_worker_are_killed(running, project):
    jobs = jobs_of(project, "slow", UNITS[:4])
    killed: set[int] = set()

    def listen(kind, job, outcome):
        if kind == "end" and not killed:
            for worker in running.workers:
                killed.update(descendants(worker.pid) - {worker.pid})
            for pid in sorted(killed):  # parents first, or a report would seem to fail by itself
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    outcomes = run_on_cluster(
        plan_tasks(jobs, SETTINGS, project), SETTINGS, project, running.address, listen
    )
    assert killed
    assert [(o.state, o.error) for o in outcomes] == [("done", {})] * len(jobs)


def test_a_worker_with_other_versions_is_told_and_makes_nothing(running, project, monkeypatch):
    monkeypatch.setattr(
        "helpers.execution.cluster.versions", lambda: {**versions(), "pandas": "0.25.3"}
    )
    [outcome] = run_on_cluster(
        plan_tasks(jobs_of(project, "slow", UNITS[:1]), SETTINGS, project),
        SETTINGS,
        project,
        running.address,
    )
    assert outcome.state == "failed"
    assert "phiên bản khác: pandas" in outcome.error["message"]
    assert not list(project.outputs.glob("reports/**/*.*"))


def test_a_scheduler_that_cannot_be_reached_is_told(project, monkeypatch):
    monkeypatch.setattr("helpers.execution.cluster.CONNECT_SECONDS", 1)
    tasks = plan_tasks(jobs_of(project, "slow", UNITS[:1]), SETTINGS, project)
    with pytest.raises(ClusterError, match="Không nối được"):
        run_on_cluster(tasks, SETTINGS, project, "tcp://127.0.0.1:9")


def test_a_storage_keeps_the_record_for_last_and_gives_files_their_time_back(project, tmp_path):
    [job] = jobs_of(project, "slow", UNITS[:1])
    (project.root / "data" / "pause.txt").write_text("0")
    made_here(project, project.outputs, [job])
    storage = Storage("memory://bucket/run")
    storage.send_report(job, project)
    elsewhere = Project(project.root, tmp_path / "elsewhere")
    storage.fetch_report(job, elsewhere)
    record = read_record(record_path(job, elsewhere))
    assert record == read_record(record_path(job, project))
    assert record.notebook.is_there(job.folder(elsewhere))
    assert json.loads(job.notebook(elsewhere).read_text("utf-8"))["cells"]


def test_inputs_are_sent_once_for_each_content(project, tmp_path):
    storage = Storage(f"file://{tmp_path}/bucket")
    first = storage.send_inputs(project)
    assert storage.send_inputs(project) == first
    pause = project.root / "data" / "pause.txt"
    pause.write_text("1")
    second = storage.send_inputs(project)
    assert second != first
    fetched = storage.fetch_inputs(second, tmp_path / "kept")
    assert (fetched.root / "data" / "pause.txt").read_text() == "1"
    names = sorted(path.relative_to(project.notebooks) for path in project.notebooks.rglob("*"))
    assert names == sorted(p.relative_to(fetched.notebooks) for p in fetched.notebooks.rglob("*"))
    pause.write_text("0.7")
    assert storage.send_inputs(project) == first
