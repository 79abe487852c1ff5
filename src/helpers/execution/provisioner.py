"""Kernels that are forked from a warm parent, for everything that speaks to kernels.

Jupyter's kernel managers start kernels through a provisioner that the kernelspec names; papermill,
nbclient, JupyterLab and Quarto all do. This one forks each kernel from a process that has imported the
usual libraries once; every kernel is a fresh process all the same. Where that cannot be done it starts
an ordinary kernel and says so in the log.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.localinterfaces import localhost
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Bool
from traitlets.config import Config

from helpers.execution.kernel_child import KERNEL_LIBRARIES
from helpers.execution.warm import INLINE_BACKEND, WarmParent, WarmParentError, can_fork

# Variables that Python, the loader and matplotlib read once, before a child could change them.
_READ_AT_START = ("PYTHON", "LD_", "LC_", "LANG", "MPL", "MATPLOTLIBRC")

_LAUNCH_ARGUMENTS = {"cwd", "env", "extra_arguments", "kernel_id"}
_SOCKET_NAME = "kernel"


class CannotForkError(RuntimeError):
    """A kernel has to be started the ordinary way; the message says why, in Vietnamese."""


class KernelParent:
    """A warm parent and the kernels that were forked from it.

    Parameters
    ----------
    environment : mapping
        The variables of the first kernel.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        wanted = _read_at_start(environment)
        self._settings = _read_at_start({**os.environ, **wanted})
        self._streams = _streams()
        self._lock = threading.Lock()
        self._ended: dict[int, int] = {}
        self._close = threading.Event()
        self.lost = False
        self.started: Future[tuple[WarmParent, str]] = Future()
        # Linux ends a child with the thread that started it (PR_SET_PDEATHSIG), so that thread stays.
        self._keeper = threading.Thread(
            target=self._keep, args=(wanted,), name="chiso-warm-parent", daemon=True
        )
        self._keeper.start()
        atexit.register(self.close)

    def _keep(self, environment: dict[str, str]) -> None:
        try:
            with WarmParent.start((), {"MPLBACKEND": INLINE_BACKEND, **environment}) as parent:
                settings = parent.call(
                    "helpers.execution.kernel_child:prepare", modules=list(KERNEL_LIBRARIES)
                )
                self.started.set_result((parent, settings))
                self._close.wait()
        except (OSError, WarmParentError) as error:
            self.started.set_exception(error)

    def close(self) -> None:
        """End the parent and all its kernels."""
        atexit.unregister(self.close)
        self.lost = True
        self._close.set()
        if self.started.done():
            self._keeper.join(timeout=10)

    def fits(self, environment: Mapping[str, str]) -> bool:
        """Whether a kernel with these variables can come from this parent."""
        return _read_at_start(environment) == self._settings and _streams() == self._streams

    def fork(self, argv: list[str], environment: dict[str, str], folder: str) -> ForkedKernel:
        """Fork a kernel.

        Raises
        ------
        WarmParentError, OSError
            If the parent did not do it.
        """
        parent, settings = self.started.result()
        with self._lock:
            pid = parent.fork(
                "helpers.execution.kernel_child:run",
                argv=argv,
                environment=environment,
                folder=folder,
                settings=settings,
            )
        return ForkedKernel(pid, self)

    def status(self, pid: int) -> int | None:
        """Return a kernel's exit status; None while it runs. Kernels end with their parent."""
        with self._lock:
            if not self.lost:
                try:
                    self._ended.update(self.started.result()[0].exits())
                except (EOFError, OSError):
                    self.lost = True
                    self._close.set()
            found = self._ended.get(pid)
        return -signal.SIGKILL if found is None and self.lost else found


class ForkedKernel:
    """A forked kernel, with the part of ``subprocess.Popen`` that provisioners use."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, parent: KernelParent) -> None:
        self.pid = pid
        self._parent = parent

    def poll(self) -> int | None:
        """Return the exit status; None while the kernel runs."""
        return self._parent.status(self.pid)

    def wait(self) -> int | None:
        """Return the exit status; called when `poll` has told that the kernel has ended."""
        return self.poll()

    def send_signal(self, number: int) -> None:
        """Send a signal, if the kernel still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End the kernel at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)


class ForkProvisioner(LocalProvisioner):
    """Provisioner ``chiso-fork`` of jupyter_client.

    All kernels of a process share one warm parent, started with the first of them.
    """

    ipc = Bool(
        True,
        config=True,
        help="Speak to kernels on this machine through sockets that only their owner can open.",
    )
    _remove_sockets: Callable[[], None] | None = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Choose the transport, then prepare as for any local kernel."""
        manager = self.parent
        encryption = kwargs.get("transport_encryption") or getattr(
            manager, "transport_encryption", "disabled"
        )
        if (
            self.ipc
            and manager is not None
            and encryption == "disabled"
            and self._may_move(manager)
        ):
            folder = tempfile.mkdtemp(prefix="chiso-")
            self._remove_sockets = partial(shutil.rmtree, folder, ignore_errors=True)
            atexit.register(self._remove_sockets)  # not every client shuts its kernels down
            manager.transport = "ipc"
            manager.ip = str(Path(folder, _SOCKET_NAME))
            manager.cache_ports = False
        return await super().pre_launch(**kwargs)

    def _may_move(self, manager: Any) -> bool:
        """Whether the manager has no sockets yet, or those of a folder that is gone."""
        if sys.platform == "win32" or self._remove_sockets is not None:
            return False
        ours = manager.transport == "ipc" and Path(manager.ip).name == _SOCKET_NAME
        return ours or (manager.transport == "tcp" and manager.ip == localhost())

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork the kernel; start it the ordinary way where that cannot be done."""
        try:
            forked = await self._fork(cmd, kwargs)
        except (CannotForkError, WarmParentError, OSError) as error:
            self.log.warning("Chạy kernel thường, không tách từ tiến trình đã nạp sẵn: %s", error)
            return await super().launch_kernel(cmd, **kwargs)
        self.process = forked  # type: ignore[assignment]  # what is used of a Popen, it has
        # The child makes itself the leader of its group first of all. To ask for its group here could
        # be too early, and name that of the parent.
        self.pid = self.pgid = forked.pid
        self.cwd = kwargs.get("cwd") or Path.cwd()
        return self.connection_info

    async def _fork(self, cmd: list[str], kwargs: dict[str, Any]) -> ForkedKernel:
        if not can_fork():
            raise CannotForkError("hệ điều hành này không có fork an toàn")
        if cmd[:3] != [sys.executable, "-m", "ipykernel_launcher"]:
            raise CannotForkError("lệnh khởi động không phải của môi trường Python này")
        unknown = [
            name for name, value in kwargs.items() if value and name not in _LAUNCH_ARGUMENTS
        ]
        if unknown:
            raise CannotForkError(f"cách khởi động được yêu cầu riêng ({', '.join(unknown)})")
        folder = Path(kwargs.get("cwd") or Path.cwd()).resolve()
        if not folder.is_dir():
            raise CannotForkError(f"không có thư mục {folder}")
        environment = {**kwargs.get("env", os.environ), "JPY_PARENT_PID": str(os.getpid())}
        parent = _kernels(os.getpid()).parent(environment)
        await asyncio.wrap_future(parent.started)
        return parent.fork(cmd[3:], environment, str(folder))

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel and what it started, unless it has ended."""
        if await self.poll() is None:
            await super().send_signal(signum)

    async def cleanup(self, restart: bool = False) -> None:
        """Remove the sockets when the kernel is gone for good."""
        await super().cleanup(restart=restart)
        if self._remove_sockets is not None and not restart:
            self._remove_sockets()
            atexit.unregister(self._remove_sockets)
            self._remove_sockets = None


class _Kernels:
    """The warm parent of this process, if it has one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._parent: KernelParent | None = None

    def parent(self, environment: Mapping[str, str]) -> KernelParent:
        with self._lock:
            if self._parent is None or self._parent.lost:
                self._parent = KernelParent(environment)
            elif not self._parent.fits(environment):
                raise CannotForkError(
                    "biến môi trường hay nơi ghi ra khác với lúc tiến trình đó bắt đầu"
                )
            return self._parent


@cache
def _kernels(owner: int) -> _Kernels:
    """Return what process `owner` has; a process that was forked from it must not use the same."""
    return _Kernels()


def _read_at_start(environment: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in environment.items() if key.startswith(_READ_AT_START)}


def _streams() -> list[tuple[int, int]]:
    """Identify the standard output and error of this process, which children write to."""
    found = []
    for stream in (1, 2):
        try:
            status = os.fstat(stream)
        except OSError:
            found.append((0, 0))
        else:
            found.append((status.st_dev, status.st_ino))
    return found


@contextmanager
def local_sockets() -> Iterator[Config]:
    """Give a configuration with which kernel managers use sockets that only their owner can open.

    For ordinary kernels; those of `ForkProvisioner` do so by themselves. Kernels over TCP on this
    machine could be listened to by its other users, and jupyter_client warns of that.

    Yields
    ------
    Config
        To be passed as ``config=`` to papermill or nbclient, for one kernel. Without Unix sockets it
        changes nothing.
    """
    if sys.platform == "win32":
        yield Config()
        return
    with tempfile.TemporaryDirectory(prefix="chiso-") as folder:
        yield Config({"KernelManager": {"transport": "ipc", "ip": str(Path(folder, _SOCKET_NAME))}})
