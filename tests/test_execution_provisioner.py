"""Kernels that are forked from a warm parent behave as ordinary ones, and leave nothing behind."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpecManager

from helpers.execution import provisioner
from helpers.execution.warm import can_fork

CHECKOUT = Path(__file__).resolve().parents[1]
SPEC = CHECKOUT / "src/helpers/execution/kernelspec/kernel.json"
PATIENCE = 20

forked_only = pytest.mark.skipif(not can_fork(), reason="hệ điều hành này không tách kernel được")


class Kernel:
    """A kernel with a client, for tests that talk to it."""

    def __init__(self, name: str = "chiso", **launch: object) -> None:
        self.manager = KernelManager(kernel_name=name)
        self.manager.start_kernel(**launch)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)

    def ask(self, code: str) -> object:
        """Return the value of an expression, by way of JSON."""
        texts = []

        def hear(message):
            if message["msg_type"] == "stream":
                texts.append(message["content"]["text"])

        reply = self.client.execute_interactive(
            f"import json, os, sys; print(json.dumps({code}))", output_hook=hear, timeout=PATIENCE
        )
        assert reply["content"]["status"] == "ok", reply["content"]
        return json.loads("".join(texts))

    def run(self, code: str) -> dict:
        return self.client.execute_interactive(code, output_hook=lambda _: None, timeout=PATIENCE)[
            "content"
        ]

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture
def kernels():
    opened = []

    def start(name: str = "chiso", **launch: object) -> Kernel:
        opened.append(Kernel(name, **launch))
        return opened[-1]

    yield start
    for kernel in opened:
        kernel.close()


@pytest.fixture
def no_parent_yet(monkeypatch):
    """A process that has not started a warm parent."""
    held = provisioner._Kernels()
    monkeypatch.setattr(provisioner, "_kernels", lambda owner: held)
    yield held
    if held._parent is not None:
        held._parent.close()


def is_gone(pid: int) -> bool:
    """Whether a process has ended; one that nobody but init could bury counts as ended."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return True
    if status[0] != "Z":
        return False
    assert status[1] != str(os.getpid()), "a zombie of this process"
    return True


def wait_until(true, patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline, "took too long"
        time.sleep(0.02)


def test_the_kernelspec_is_installed_with_the_package():
    found = KernelSpecManager().get_kernel_spec("chiso")
    assert json.loads(Path(found.resource_dir, "kernel.json").read_text("utf-8")) == json.loads(
        SPEC.read_text("utf-8")
    )
    assert found.metadata["kernel_provisioner"]["provisioner_name"] == "chiso-fork"


@forked_only
def test_kernels_are_fresh_processes_of_one_parent_that_has_imported_the_libraries(kernels):
    first, second = kernels(), kernels()
    loaded = "{'seaborn', 'pandas', 'babel.numbers'} <= set(sys.modules)"
    assert first.ask(loaded)
    assert second.ask(loaded)
    pids = {first.ask("os.getpid()"), second.ask("os.getpid()")}
    assert len(pids) == 2
    parents = {first.ask("os.getppid()"), second.ask("os.getppid()")}
    assert len(parents) == 1
    assert os.getpid() not in parents


@forked_only
def test_the_parent_has_one_thread(kernels):
    parent = kernels().ask("os.getppid()")
    assert len(list(Path(f"/proc/{parent}/task").iterdir())) == 1


@forked_only
def test_environment_folder_and_arguments_are_those_of_an_ordinary_kernel(kernels, tmp_path):
    environment = {**os.environ, "CHISO_TEST": "Quảng Nam"}
    launch = {"env": environment, "cwd": str(tmp_path)}
    forked, ordinary = kernels("chiso", **launch), kernels("python3", **launch)
    asked = "[dict(os.environ), os.getcwd(), sys.path, os.umask(0o22), sys.argv[1], __name__]"
    assert forked.ask(asked) == ordinary.ask(asked)
    assert forked.ask("os.environ['CHISO_TEST']") == "Quảng Nam"
    assert forked.ask("os.getcwd()") == str(tmp_path)


@forked_only
def test_plots_are_drawn_as_in_an_ordinary_kernel(kernels):
    asked = (
        "[matplotlib.get_backend(), sorted((k, str(v)) for k, v in matplotlib.rcParams.items())]"
    )
    found = []
    for name in ("chiso", "python3"):
        kernel = kernels(name)
        kernel.run("import matplotlib, seaborn\nmatplotlib.pyplot.plot([1, 2])")
        found.append(kernel.ask(asked))
    assert found[0] == found[1]


@forked_only
def test_settings_of_matplotlib_in_the_working_folder_count(kernels, tmp_path):
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 7.5\n")
    kernel = kernels(cwd=str(tmp_path))
    assert kernel.ask("__import__('matplotlib').rcParams['lines.linewidth']") == 7.5
    assert kernels().ask("__import__('matplotlib').rcParams['lines.linewidth']") != 7.5


@forked_only
def test_the_sockets_can_be_opened_by_their_owner_only_and_go_with_the_kernel(kernels):
    kernel = kernels()
    assert kernel.manager.transport == "ipc"
    folder = Path(kernel.manager.ip).parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    kernel.manager.shutdown_kernel()
    assert not folder.exists()
    assert not Path(kernel.manager.connection_file).exists()


@forked_only
@pytest.mark.parametrize("now", [False, True])
def test_nothing_is_left_after_shutdown(kernels, now):
    kernel = kernels()
    pid = kernel.ask("os.getpid()")
    kernel.manager.shutdown_kernel(now=now)
    assert is_gone(pid)
    assert not kernel.manager.is_alive()


@forked_only
def test_exit_handlers_of_the_cells_run_when_the_kernel_is_shut_down(kernels, tmp_path):
    kernel = kernels(cwd=str(tmp_path))
    kernel.run("import atexit, pathlib; atexit.register(pathlib.Path('bye').touch)")
    kernel.manager.shutdown_kernel()
    assert (tmp_path / "bye").exists()


@forked_only
def test_an_interrupt_reaches_the_running_cell(kernels):
    kernel = kernels()
    # By itself a kernel drops what is asked of it in the moment after an error.
    kernel.client.execute("import time; time.sleep(60)", stop_on_error=False)
    wait_until(lambda: _is_busy(kernel))
    kernel.manager.interrupt_kernel()
    reply = kernel.client.get_shell_msg(timeout=PATIENCE)
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    assert kernel.ask("1 + 1") == 2


def _is_busy(kernel) -> bool:
    message = kernel.client.get_iopub_msg(timeout=PATIENCE)
    if message["msg_type"] != "execute_input":
        return False
    time.sleep(0.2)  # the cell is announced a moment before it runs
    return True


@forked_only
@pytest.mark.parametrize("now", [False, True])
def test_a_restart_gives_a_new_process_with_the_same_folder(kernels, tmp_path, now):
    kernel = kernels(cwd=str(tmp_path))
    before = kernel.ask("os.getpid()")
    kernel.run("kept = 1")
    kernel.manager.restart_kernel(now=now)
    kernel.client.wait_for_ready(timeout=PATIENCE)
    assert kernel.ask("os.getpid()") != before
    assert kernel.ask("'kept' in globals()") is False
    assert kernel.ask("os.getcwd()") == str(tmp_path)
    assert is_gone(before)


@forked_only
def test_a_killed_kernel_is_seen_and_the_next_one_starts(kernels):
    kernel = kernels()
    pid = kernel.ask("os.getpid()")
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not kernel.manager.is_alive())
    assert asyncio.run(kernel.manager.provisioner.poll()) == -signal.SIGKILL
    assert is_gone(pid)
    assert kernels().ask("1") == 1


@forked_only
def test_kernels_end_with_their_parent_and_the_next_one_gets_a_new_parent(kernels, no_parent_yet):
    kernel = kernels()
    pid, parent = kernel.ask("[os.getpid(), os.getppid()]")
    os.kill(parent, signal.SIGKILL)
    wait_until(lambda: not kernel.manager.is_alive())
    wait_until(lambda: is_gone(pid) and not Path(f"/proc/{parent}").exists())
    fresh = kernels()
    assert fresh.ask("os.getppid()") not in (parent, os.getpid())


OWNER = """
import os, sys, time
from jupyter_client.manager import start_new_kernel
pids = []
for _ in range(2):
    manager, client = start_new_kernel(kernel_name="chiso")
    pids.append(manager.provisioner.pid)
    parent = open(f"/proc/{pids[-1]}/stat").read().rpartition(")")[2].split()[1]
print(*pids, parent, os.path.dirname(manager.ip), flush=True)
if sys.argv[1] == "wait":
    time.sleep(60)
"""


@forked_only
@pytest.mark.parametrize("end", ["kill", "leave"])
def test_kernels_and_parent_end_with_the_process_that_started_them(tmp_path, end):
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, "wait" if end == "kill" else "leave"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=tmp_path,
    ) as owner:
        *numbers, sockets = owner.stdout.readline().split()
        pids = [int(number) for number in numbers]
        assert len(pids) == 3
        if end == "kill":
            owner.kill()
        owner.wait(PATIENCE)
    wait_until(lambda: all(is_gone(pid) for pid in pids))
    if end == "leave":
        assert not Path(sockets).exists()
    else:  # nobody was left to remove it
        shutil.rmtree(sockets)


SPEAKER = """
import sys
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name=sys.argv[1])
client.execute_interactive(
    "import os, sys\\n"
    "print('trong ô')\\n"
    "get_ipython().kernel.log.error('ra ngoài')\\n"
    "os.write(sys.stderr._original_stdstream_copy, b'ra ngo')",
    output_hook=lambda _: None,
)
client.stop_channels()
manager.shutdown_kernel()
"""


@forked_only
def test_what_a_kernel_says_outside_its_cells_goes_where_an_ordinary_kernel_says_it():
    said = {
        name: subprocess.run(
            [sys.executable, "-c", SPEAKER, name], capture_output=True, check=True, timeout=60
        )
        for name in ("chiso", "python3")
    }
    assert said["chiso"].stdout == said["python3"].stdout
    assert b"ra ngo" in said["chiso"].stderr
    assert "ra ngoài".encode() in said["chiso"].stderr
    assert b"without encryption" not in said["chiso"].stderr


def test_an_ordinary_kernel_over_local_sockets_is_not_warned_of(tmp_path):
    script = """
import nbformat, papermill
from helpers.execution.provisioner import local_sockets
nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("print(6 * 7)")])
nbformat.write(nb, "in.ipynb")
with local_sockets() as config:
    done = papermill.execute_notebook(
        "in.ipynb", "out.ipynb", kernel_name="python3", progress_bar=False, config=config
    )
print(done.cells[0].outputs[0].text)
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.strip() == "42"
    assert "without encryption" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.ipynb", "out.ipynb"]


@pytest.mark.parametrize("reason", ["no fork", "no parent", "own output", "other variables"])
def test_where_a_kernel_cannot_be_forked_an_ordinary_one_runs_and_the_log_says_so(
    kernels, no_parent_yet, monkeypatch, caplog, tmp_path, reason
):
    launch: dict[str, object] = {}
    if reason == "no fork":
        monkeypatch.setattr(provisioner, "can_fork", lambda: False)
    elif reason == "no parent":

        def refuse(*_):
            raise OSError("không tạo được tiến trình")

        monkeypatch.setattr(provisioner.WarmParent, "start", refuse)
    elif reason == "own output":
        launch["stdout"] = subprocess.DEVNULL
    else:
        no_parent_yet.parent(dict(os.environ)).started.result(PATIENCE)
        launch["env"] = {**os.environ, "PYTHONPATH": str(tmp_path)}
    with caplog.at_level(logging.WARNING):
        kernel = kernels(**launch)
    assert kernel.ask("os.getppid()") == os.getpid()
    assert kernel.manager.transport == "ipc"
    assert "Chạy kernel thường" in caplog.text


@forked_only
def test_the_kernel_manager_of_jupyter_server_starts_interrupts_restarts_and_ends_kernels(tmp_path):
    pytest.importorskip("jupyter_server", reason="JupyterLab không được cài (phần lab)")
    from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

    async def use() -> list[int]:
        kernels = AsyncMappingKernelManager(root_dir=str(tmp_path))
        number = await kernels.start_kernel(kernel_name="chiso", path="")
        manager = kernels.get_kernel(number)
        await manager.ready
        pids = [manager.provisioner.pid]
        await _answers(manager)
        client = await _client(manager)
        client.execute("import time; time.sleep(60)")
        while (await client.get_iopub_msg(timeout=PATIENCE))["msg_type"] != "execute_input":
            pass
        await asyncio.sleep(0.2)
        await kernels.interrupt_kernel(number)
        reply = await client.get_shell_msg(timeout=PATIENCE)
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        client.stop_channels()
        await kernels.restart_kernel(number)
        await manager.ready
        pids.append(manager.provisioner.pid)
        await _answers(manager)
        os.kill(pids[-1], signal.SIGKILL)  # the server restarts a kernel that died
        async with asyncio.timeout(PATIENCE):
            while manager.provisioner.pid == pids[-1] or not await manager.is_alive():
                await asyncio.sleep(0.1)
        pids.append(manager.provisioner.pid)
        await _answers(manager)
        await kernels.shutdown_kernel(number)
        return pids

    pids = asyncio.run(use())
    assert len(set(pids)) == 3
    wait_until(lambda: all(is_gone(pid) for pid in pids))


async def _client(manager):
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(timeout=PATIENCE)
    return client


async def _answers(manager) -> None:
    client = await _client(manager)
    reply = await client.execute_interactive("1 + 1", output_hook=lambda _: None, timeout=PATIENCE)
    assert reply["content"]["status"] == "ok"
    client.stop_channels()
