"""Start and speak to a warm parent (see :mod:`helpers.execution.warm_parent`)."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Sequence
from types import TracebackType
from typing import Any

from helpers.execution.warm_parent import MESSAGE_LIMIT

INLINE_BACKEND = "module://matplotlib_inline.backend_inline"
"""What kernels set for matplotlib, and what a parent must know before anything imports it."""

# Linear algebra libraries start a thread per core when imported, and a process with threads must
# not fork. Reports are spread over the cores by running several at once.
_ONE_THREAD = {
    **dict.fromkeys(
        ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"
    ),
    # The allocators of Arrow, which pandas imports where it is installed, and of Polars tidy up in
    # threads of their own.
    **dict.fromkeys(("JE_ARROW_MALLOC_CONF", "_RJEM_MALLOC_CONF"), "background_thread:false"),
}
# Also of a file that a cell opens without naming an encoding: the same report on every machine.
_UTF_8 = {"PYTHONUTF8": "1"}


class WarmParentError(RuntimeError):
    """The parent did not do what it was asked to."""


def can_fork() -> bool:
    """Whether this system has what a warm parent needs."""
    return hasattr(os, "fork") and sys.platform != "darwin" and hasattr(socket, "send_fds")


class WarmParent:
    """One end of the socket to a warm parent.

    Parameters
    ----------
    control : socket
    process : Popen, optional
        The process, if it was started here; None for a branch.
    """

    def __init__(
        self, control: socket.socket, process: subprocess.Popen[bytes] | None = None
    ) -> None:
        self._control = control
        self._process = process
        self._exits: deque[tuple[int, int]] = deque()

    @classmethod
    def start(cls, modules: Sequence[str], environment: dict[str, str] | None = None) -> WarmParent:
        """Start a parent and let it import `modules`.

        Parameters
        ----------
        modules : sequence of str
        environment : dict, optional
            Variables to set beside the current ones.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        process = subprocess.Popen(
            [sys.executable, "-m", "helpers.execution.warm_parent", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            env={**os.environ, **_ONE_THREAD, **_UTF_8, **(environment or {})},
            start_new_session=True,  # Ctrl-C in the terminal is for the one who started it
        )
        theirs.close()
        parent = cls(ours, process)
        parent.call("helpers.execution.warm_parent:import_all", modules=list(modules))
        return parent

    def fileno(self) -> int:
        """Return the socket's descriptor, for a selector."""
        return self._control.fileno()

    def call(self, target: str, **args: Any) -> Any:
        """Call a function in the parent itself and return its value."""
        return self._ask({"op": "call", "target": target, "args": args})[0].get("value")

    def fork(self, target: str, **args: Any) -> int:
        """Call a function in a new child and return the child's process number."""
        return int(self._ask({"op": "fork", "target": target, "args": args})[0]["pid"])

    def branch(self) -> WarmParent:
        """Fork a parent that starts with all this one has."""
        _, passed = self._ask({"op": "branch"})
        return WarmParent(socket.socket(fileno=passed[0]))

    def exits(self, wait: bool = False) -> list[tuple[int, int]]:
        """Return the children that ended since the last call: process number and exit status.

        A negative status is the signal that ended the child.

        Parameters
        ----------
        wait : bool
            Wait until there is at least one.
        """
        while wait and not self._exits:
            self._receive()
        self._control.setblocking(False)
        try:
            while True:
                self._receive()
        except BlockingIOError:
            pass
        finally:
            self._control.setblocking(True)
        found = list(self._exits)
        self._exits.clear()
        return found

    def close(self) -> None:
        """End the parent and all its children."""
        self._control.close()
        if self._process is not None:
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def __enter__(self) -> WarmParent:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _ask(self, request: dict[str, Any]) -> tuple[dict[str, Any], list[int]]:
        try:
            self._control.send(json.dumps(request, ensure_ascii=False).encode())
            while True:
                message, passed = self._receive()
                if message is not None:
                    break
        except (ConnectionError, EOFError) as error:
            raise WarmParentError("tiến trình mẹ đã dừng giữa chừng") from error
        if not message["ok"]:
            raise WarmParentError(f"{message['error']}\n{message.get('traceback', '')}".rstrip())
        return message, passed

    def _receive(self) -> tuple[dict[str, Any] | None, list[int]]:
        """Read one message; keep an exit for later and return None for it."""
        body, passed, _, _ = socket.recv_fds(self._control, MESSAGE_LIMIT, 1)
        if not body:
            raise EOFError
        message: dict[str, Any] = json.loads(body)
        if "exit" in message:
            self._exits.append((message["exit"], message["status"]))
            return None, []
        return message, passed
