"""Many reports at once: what is made, what is kept, what happens when something goes wrong."""

from __future__ import annotations

import contextlib
import json
import os
import random
import resource
import signal
import time
from pathlib import Path

import nbformat
import pytest
from batch_project import (
    READS,
    chiso,
    contents,
    jobs,
    make_project,
    processes_of,
    run,
    settings,
    write_notebook,
)

from helpers.execution.batch import plan_tasks, run_batch
from helpers.execution.lock import BusyError, work_folder
from helpers.execution.record import read_record, record_path
from helpers.execution.warm import WarmParent

UNITS = ("an-giang", "ha-noi", "quang-nam")
SLOW = "import time; time.sleep(0.3)"
LONG = 600
"""Seconds after which something surely hangs, however busy the machine is: no test is timed by it."""


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path, tiny=[READS])


def wait_until(condition, seconds=10.0):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_reports_are_made_once_and_then_found_to_hold(project):
    wanted, given = jobs(project, "tiny", *UNITS), settings("html")
    assert [o.state for o in run(project, wanted, given)] == ["done"] * 3
    made = contents(project)
    assert sorted(made) == sorted(f"2024/{u}/tiny.{e}" for u in UNITS for e in ("html", "ipynb"))
    assert b"an-giang" in made["2024/an-giang/tiny.html"]
    assert [o.state for o in run(project, wanted, given)] == ["cached"] * 3
    assert contents(project) == made


def test_a_record_says_what_the_report_was_made_from(project):
    wanted = jobs(project, "tiny", "ha-noi")
    run(project, wanted, settings())
    record = read_record(record_path(wanted[0], project))
    assert record is not None
    assert record.parameters == {"province": "ha-noi", "year": 2024}
    assert "data/notes.txt" in record.inputs
    assert "notebooks/tiny.ipynb" in record.inputs
    assert "helpers/project.py" in record.helpers
    assert "pandas" in record.versions
    assert not any(name.startswith("/") for name in (*record.inputs, *record.helpers))


def test_a_changed_input_remakes_only_the_reports_that_read_it(tmp_path):
    project = make_project(tmp_path, reads=[READS], alone=["print(province)"])
    wanted = [*jobs(project, "reads", "ha-noi"), *jobs(project, "alone", "ha-noi")]
    run(project, wanted, settings())
    (project.root / "data" / "notes.txt").write_text("hai", encoding="utf-8")
    tasks = plan_tasks(wanted, settings(), project)
    assert tasks[0].reasons == ("số liệu thay đổi: data/notes.txt",)
    assert tasks[1].reasons == ()


def test_a_file_that_was_looked_for_in_vain_is_noticed_when_it_comes(tmp_path):
    looks = (
        "from pathlib import Path\nfrom helpers.project import find_project\n"
        'path = find_project().root / "data" / "extra.txt"\n'
        "try:\n    print(path.open().read())\nexcept FileNotFoundError:\n    print('không có')"
    )
    project = make_project(tmp_path, looks=[looks])
    wanted = jobs(project, "looks", "ha-noi")
    run(project, wanted, settings())
    assert plan_tasks(wanted, settings(), project)[0].reasons == ()
    (project.root / "data" / "extra.txt").write_text("đã có", encoding="utf-8")
    assert plan_tasks(wanted, settings(), project)[0].reasons == (
        "số liệu thay đổi: data/extra.txt",
    )


def test_a_changed_notebook_is_run_again(project):
    wanted = jobs(project, "tiny", "ha-noi")
    run(project, wanted, settings())
    write_notebook(project.notebooks / "tiny.ipynb", ["print('khác')"])
    assert "sổ tay thay đổi" in plan_tasks(wanted, settings(), project)[0].reasons
    run(project, wanted, settings())
    notebook = nbformat.read(wanted[0].notebook(project), 4)
    assert "khác" in notebook.cells[-1].outputs[0].text


def test_changed_helpers_and_libraries_are_reasons(project):
    wanted = jobs(project, "tiny", "ha-noi")
    run(project, wanted, settings())
    path = record_path(wanted[0], project)
    record = json.loads(path.read_text(encoding="utf-8"))
    record["helpers"]["helpers/project.py"] = "0" * 64
    record["versions"]["pandas"] = "0.1"
    path.write_text(json.dumps(record), encoding="utf-8")
    reasons = plan_tasks(wanted, settings(), project)[0].reasons
    assert "mã nguồn thay đổi: helpers/project.py" in reasons
    assert any(reason.startswith("thư viện thay đổi: pandas 0.1 →") for reason in reasons)


def test_another_format_is_published_without_running_the_notebook(project):
    wanted = jobs(project, "tiny", "ha-noi")
    run(project, wanted, settings("html"))
    before = contents(project)["2024/ha-noi/tiny.ipynb"]
    (task,) = plan_tasks(wanted, settings("html", "docx"), project)
    assert (task.run, task.formats, task.reasons) == (False, ("docx",), ("chưa có docx",))
    (outcome,) = run(project, wanted, settings("html", "docx"))
    assert outcome.state == "done"
    assert set(outcome.times) == {"publish"}
    after = contents(project)
    assert after["2024/ha-noi/tiny.ipynb"] == before
    assert after["2024/ha-noi/tiny.docx"].startswith(b"PK")


@pytest.mark.parametrize("lost", ["tiny.html", "tiny.ipynb", "tiny.record.json"])
def test_a_lost_or_touched_file_is_made_again(project, lost):
    wanted, given = jobs(project, "tiny", "ha-noi"), settings("html")
    run(project, wanted, given)
    before = contents(project)
    (wanted[0].folder(project) / lost).write_text("", encoding="utf-8")
    assert plan_tasks(wanted, given, project)[0].reasons
    run(project, wanted, given)
    assert contents(project) == before


def test_a_failing_cell_leaves_the_good_report_and_does_not_stop_the_others(project):
    wanted, given = jobs(project, "tiny", *UNITS), settings("html")
    run(project, wanted, given)
    before = contents(project)
    fails = 'if province == "ha-noi":\n    raise ValueError("thiếu số liệu")\nprint("được")'
    write_notebook(project.notebooks / "tiny.ipynb", ["print(1)", fails])
    outcomes = run(project, wanted, given)
    assert [o.state for o in outcomes] == ["done", "failed", "done"]
    error = outcomes[1].error
    assert (error["name"], error["message"], error["source"]) == (
        "ValueError",
        "thiếu số liệu",
        fails,
    )
    after = contents(project)
    assert after["2024/ha-noi/tiny.html"] == before["2024/ha-noi/tiny.html"]
    failed = nbformat.reads(after["2024/ha-noi/tiny.failed.ipynb"].decode(), 4)
    assert failed.cells[-1].outputs[-1].ename == "ValueError"
    assert error["cell"] == 4  # as in the notebook, without the cell that papermill adds
    write_notebook(project.notebooks / "tiny.ipynb", ["print(1)"])
    run(project, wanted, given)
    assert "2024/ha-noi/tiny.failed.ipynb" not in contents(project)


def test_a_report_that_hangs_is_stopped_and_the_others_go_on(tmp_path):
    hangs = 'import time\nif province == "ha-noi":\n    time.sleep(6000)'
    project = make_project(tmp_path, tiny=[hangs])
    started = time.monotonic()
    outcomes = run(project, jobs(project, "tiny", *UNITS), settings(timeout=15))
    assert [o.state for o in outcomes] == ["done", "failed", "done"]
    assert outcomes[1].error["name"] == "Timeout"
    assert "15 giây" in outcomes[1].error["message"]
    assert outcomes[1].error["cell"] == 3
    failed = nbformat.read(jobs(project, "tiny", "ha-noi")[0].failed_notebook(project), 4)
    assert failed.cells[-1].outputs[-1].ename == "Timeout"
    assert time.monotonic() - started < LONG


def test_a_cell_that_cannot_be_interrupted_is_told_by_who_ended_it(tmp_path):
    hangs = (
        "import signal, time\nsignal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})\n"
        "time.sleep(6000)"
    )
    project = make_project(tmp_path, tiny=["1 + 1", hangs])
    (outcome,) = run(project, jobs(project, "tiny", "ha-noi"), settings(timeout=5))
    assert outcome.error["name"] == "Timeout"
    assert outcome.error["message"].endswith("khi đang chạy ô 4")
    assert outcome.error["cell"] == 4
    failed = nbformat.read(outcome.error["notebook"], 4)
    assert failed.cells[3].outputs[0].ename == "Timeout"


def test_publishing_that_takes_too_long_says_so(tmp_path):
    project = make_project(tmp_path, tiny=["1 + 1"])
    slow = "import time\ntime.sleep_for_ever = lambda *_: time.sleep(6000)"
    write_notebook(project.notebooks / "tiny.ipynb", [slow])
    given = settings("html", timeout=8, publisher="time:sleep_for_ever")
    (outcome,) = run(project, jobs(project, "tiny", "ha-noi"), given)
    assert outcome.error["message"].endswith("khi đang xuất bản html")
    assert Path(outcome.error["notebook"]).is_file()


def test_saving_in_jupyterlab_changes_nothing(tmp_path):
    project = make_project(tmp_path, tiny=["print(1)"])
    wanted, given = jobs(project, "tiny", "ha-noi"), settings()
    run(project, wanted, given)
    path = project.notebooks / "tiny.ipynb"
    notebook = nbformat.read(path, 4)
    for count, cell in enumerate(notebook.cells):
        cell.id = f"lab-{count}"
        cell.execution_count = count
        cell.outputs = [nbformat.v4.new_output("stream", text="1\n")]
    notebook.metadata["language_info"] = {"name": "python", "version": "3.99"}
    path.write_text(nbformat.writes(notebook, indent=4), encoding="utf-8")
    (outcome,) = run(project, wanted, given)
    assert outcome.state == "cached"
    notebook.cells[-1].source = "print(2)"
    nbformat.write(notebook, path)
    (task,) = plan_tasks(wanted, given, project)
    assert task.reasons == ("sổ tay thay đổi",)
    run(project, wanted, given)
    notebook.cells[-1].metadata["tags"] = ["raises-exception"]
    nbformat.write(notebook, path)
    (task,) = plan_tasks(wanted, given, project)
    assert task.reasons == ("sổ tay thay đổi",)


def test_a_report_that_eats_memory_fails_alone(tmp_path):
    eats = 'if province == "ha-noi":\n    x = bytearray(3 << 30)'
    project = make_project(tmp_path, tiny=[eats])
    outcomes = run(project, jobs(project, "tiny", *UNITS), settings(memory=2 << 30))
    assert [o.state for o in outcomes] == ["done", "failed", "done"]
    assert outcomes[1].error["name"] == "MemoryError"


def test_a_report_whose_process_is_killed_fails_alone(tmp_path):
    dies = 'import os, signal\nif province == "ha-noi":\n    os.kill(os.getpid(), signal.SIGKILL)'
    project = make_project(tmp_path, tiny=[dies])
    outcomes = run(project, jobs(project, "tiny", *UNITS), settings())
    assert [o.state for o in outcomes] == ["done", "failed", "done"]
    assert outcomes[1].error["name"] == "SIGKILL"


def test_two_runs_do_not_write_to_the_same_outputs(project):
    wanted, given = jobs(project, "tiny", *UNITS), settings()
    tasks = plan_tasks(wanted, given, project)

    def second(event, job, outcome):
        if event == "start":
            with pytest.raises(BusyError, match="Một lần chạy khác"):
                run_batch(tasks, given, project)

    assert [o.state for o in run_batch(tasks, given, project, second)] == ["done"] * 3


def test_a_second_run_waits_for_the_first_or_says_that_it_may_not(project):
    arguments = ("run", "--report", "tiny", "--format", "html", "--year", "2024")
    names = [word for unit in UNITS for word in ("--province", unit)]
    with work_folder(project):
        refused = chiso(project, *arguments, *names, "--no-wait")
        _, said = refused.communicate(timeout=LONG)
        assert refused.returncode == 2
        assert "Một lần chạy khác đang ghi" in said
        waiting = chiso(project, *arguments, *names)
        told = waiting.stderr.readline()
        assert "đợi lần chạy đó xong" in told
        assert waiting.poll() is None
        assert not record_path(jobs(project, "tiny", UNITS[0])[0], project).exists()
    waiting.communicate(timeout=LONG)
    assert waiting.returncode == 0
    assert all(record_path(job, project).is_file() for job in jobs(project, "tiny", *UNITS))


def test_ctrl_c_ends_the_run_and_the_next_one_goes_on(tmp_path):
    undisturbed = make_project(tmp_path / "a", tiny=[READS, SLOW])
    run(undisturbed, jobs(undisturbed, "tiny", *UNITS), settings("html"))
    project = make_project(tmp_path / "b", tiny=[READS, SLOW])
    arguments = ("run", "--report", "tiny", "--format", "html", "--year", "2024", "--jobs", "1")
    names = [word for unit in UNITS for word in ("--province", unit)]
    process = chiso(project, *arguments, *names)
    first = record_path(jobs(project, "tiny", UNITS[0])[0], project)
    assert wait_until(first.is_file, LONG)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=LONG)
    assert process.returncode == 130
    assert "Đã dừng theo yêu cầu" in told
    assert wait_until(lambda: not processes_of(project), LONG)
    assert [p.name for p in (project.outputs / ".work").iterdir()] == ["lock"]
    again = chiso(project, *arguments, *names)
    _, told = again.communicate(timeout=LONG)
    assert again.returncode == 0, told
    assert "[1/2]" in told  # the first report was not made again
    assert contents(project) == contents(undisturbed)


@pytest.mark.parametrize("victim", ["command", "parent", "report"])
def test_after_any_kill_the_next_run_ends_with_the_same_bytes(tmp_path, victim):
    undisturbed = make_project(tmp_path / "a", tiny=[READS, SLOW])
    wanted = jobs(undisturbed, "tiny", *UNITS)
    run(undisturbed, wanted, settings("html"))
    project = make_project(tmp_path / "b", tiny=[READS, SLOW])
    arguments = ("run", "--report", "tiny", "--format", "html", "--year", "2024")
    names = [word for unit in UNITS for word in ("--province", unit)]
    process = chiso(project, *arguments, *names)

    def others():
        return [pid for pid in processes_of(project) if pid != process.pid]

    if victim == "command":
        assert wait_until(lambda: len(others()) > 1, LONG)
        process.kill()
    else:
        # the parent is the oldest of the others; reports come last
        count = {"parent": 1, "report": 3}[victim]
        assert wait_until(lambda: len(others()) >= count, LONG)
        pid = (min if victim == "parent" else max)(others())
        os.kill(pid, signal.SIGKILL)
    process.communicate(timeout=LONG)
    assert wait_until(lambda: not processes_of(project), LONG)
    again = chiso(project, *arguments, *names)
    _, told = again.communicate(timeout=LONG)
    assert again.returncode == 0, told
    assert contents(project) == contents(undisturbed)
    assert [p.name for p in (project.outputs / ".work").iterdir()] == ["lock"]


def test_a_full_disk_loses_nothing(tmp_path):
    """A limit on the size of files stands for the disk: both make writing fail half-way."""
    project = make_project(tmp_path, tiny=[READS, 'print("x" * 200_000)'])
    wanted, given = jobs(project, "tiny", "ha-noi"), settings("html")
    run(project, wanted, given)
    before = contents(project)
    (project.root / "data" / "notes.txt").write_text("hai", encoding="utf-8")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        (outcome,) = run(project, wanted, given)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert outcome.state == "failed"
    assert "too large" in outcome.error["message"]
    assert contents(project) == before
    (outcome,) = run(project, wanted, given)
    assert outcome.state == "done"


def test_random_kills_leave_the_bytes_of_an_undisturbed_run(tmp_path):
    """A few of the kills that benchmarks/kills.py makes by the hundred."""
    undisturbed = make_project(tmp_path / "a", tiny=[READS])
    run(undisturbed, jobs(undisturbed, "tiny", *UNITS), settings("html"))
    project = make_project(tmp_path / "b", tiny=[READS])
    arguments = ["run", "--report", "tiny", "--format", "html", "--year", "2024"]
    arguments += [word for unit in UNITS for word in ("--province", unit)]
    moments = random.Random(1)  # noqa: S311
    for _ in range(3):
        process = chiso(project, *arguments, "--force")
        time.sleep(moments.uniform(0.5, 4))
        victims = [*processes_of(project), process.pid]
        with contextlib.suppress(ProcessLookupError):
            os.kill(moments.choice(victims), signal.SIGKILL)
        process.communicate(timeout=LONG)
        again = chiso(project, *arguments)
        _, told = again.communicate(timeout=LONG)
        assert again.returncode == 0, told
        assert contents(project) == contents(undisturbed)


def test_parents_are_single_threaded_when_they_fork(tmp_path):
    counts = "from pathlib import Path\nprint(len(list(Path('/proc/self/task').iterdir())))"
    project = make_project(tmp_path, tiny=[counts])
    wanted = jobs(project, "tiny", "ha-noi")
    run(project, wanted, settings())
    notebook = nbformat.read(wanted[0].notebook(project), 4)
    assert notebook.cells[-1].outputs[0].text == "1\n"


def test_reports_draw_by_their_parameters(tmp_path):
    draws = "import random\nimport numpy as np\nprint(random.random(), np.random.rand())"
    project = make_project(tmp_path, tiny=[draws])
    wanted = jobs(project, "tiny", "ha-noi", "quang-nam")

    def drawn():
        return [nbformat.read(job.notebook(project), 4).cells[-1].outputs[0].text for job in wanted]

    run(project, wanted, settings())
    first = drawn()
    assert first[0] != first[1]
    run(project, wanted, settings(force=True))
    assert drawn() == first


def test_a_record_of_another_shape_counts_as_none(tmp_path):
    path = Path(tmp_path / "x.record.json")
    path.write_text('{"version": 0}', encoding="utf-8")
    assert read_record(path) is None
    path.write_text("{", encoding="utf-8")
    assert read_record(path) is None


def test_a_branch_that_is_closed_ends(project):
    with WarmParent.start(["json"], {"CHISO_PROJECT": str(project.root)}) as base:
        before = len(processes_of(project))
        branch = base.branch()
        assert len(processes_of(project)) == before + 1
        branch.close()
        assert wait_until(lambda: len(processes_of(project)) == before, 5)
