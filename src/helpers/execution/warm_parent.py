"""The process that imports the libraries once and forks a fresh child for every report or kernel.

Half of a small report's time is importing pandas and seaborn. This process pays it once. It has one
thread, so that a fork copies a state that is whole, and does nothing but answer requests, one JSON
message each, on the socket it was given:

``{"op": "call", "target": "module:function", "args": {…}}``
    call the function here; used to import libraries and to prepare what all children share
``{"op": "fork", "target": "module:function", "args": {…}}``
    call the function in a child, which ends with its return value as exit status
``{"op": "branch"}``
    fork a parent like this one; the answer carries its socket

Answers are ``{"ok": true, …}`` or ``{"ok": false, "error": …}``; ``{"exit": pid, "status": …}`` tells
that a child has ended. When the other end closes, every child is killed and the process ends.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import selectors
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Callable
from importlib import import_module
from typing import Any, NoReturn

MESSAGE_LIMIT = 1 << 18
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


class _Parent:
    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.children: set[int] = set()
        self._wake_read, self._wake_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.set_wakeup_fd(self._wake_write, warn_on_full_buffer=False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self.control, selectors.EVENT_READ)
        self._selector.register(self._wake_read, selectors.EVENT_READ)

    def serve(self) -> NoReturn:
        """Answer requests until the other end closes."""
        selector = self._selector
        try:
            while True:
                for key, _ in selector.select():
                    if key.fileobj is self.control:
                        message = self.control.recv(MESSAGE_LIMIT)
                        if not message:
                            self._end()
                        self._answer(json.loads(message))
                    else:
                        os.read(self._wake_read, 4096)
                        self._reap()
        except ConnectionError:
            pass
        finally:
            self._end()

    def _answer(self, request: dict[str, Any]) -> None:
        try:
            answer, passed = self._do(request)
        except Exception as error:
            answer = {
                "ok": False,
                "error": f"{type(error).__name__}: {error}",
                "traceback": traceback.format_exc(),
            }
            passed = None
        body = json.dumps(answer, ensure_ascii=False).encode()
        if passed is None:
            self.control.send(body)
        else:
            socket.send_fds(self.control, [body], [passed.fileno()])
            passed.close()

    def _do(self, request: dict[str, Any]) -> tuple[dict[str, Any], socket.socket | None]:
        match request["op"]:
            case "call":
                value = find_target(request["target"])(**request["args"])
                _keep_for_good()
                return {"ok": True, "value": value}, None
            case "fork":
                target, args = request["target"], request["args"]
                return {"ok": True, "pid": self._fork(lambda: find_target(target)(**args))}, None
            case "branch":
                theirs, ours = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)

                def serve() -> NoReturn:
                    # Holding the other end too, it would never see that end close.
                    theirs.close()
                    _Parent(ours).serve()

                pid = self._fork(serve, keep=ours)
                ours.close()
                return {"ok": True, "pid": pid}, theirs
        raise ValueError(f"unknown request {request['op']!r}")

    def _fork(self, work: Callable[[], Any], keep: socket.socket | None = None) -> int:
        if threading.active_count() != 1:
            names = ", ".join(thread.name for thread in threading.enumerate())
            raise RuntimeError(f"refusing to fork with threads running: {names}")
        parent = os.getpid()
        pid = os.fork()
        if pid:
            self.children.add(pid)
            return pid
        status = 70  # EX_SOFTWARE, unless the work says otherwise
        try:
            self._leave(parent, keep)
            status = int(work() or 0)
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)

    def _leave(self, parent: int, keep: socket.socket | None) -> None:
        """Drop what belongs to the parent."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        die_with_parent(parent)
        if keep is None:
            os.setsid()  # a group of its own, so that its helpers can be ended with it
        self._selector.close()
        os.close(self._wake_read)
        os.close(self._wake_write)
        self.control.close()

    def _reap(self) -> None:
        while self.children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            self.children.discard(pid)
            code = os.waitstatus_to_exitcode(status)
            self.control.send(json.dumps({"exit": pid, "status": code}).encode())

    def _end(self) -> NoReturn:
        for pid in self.children:
            kill_group(pid)
        os._exit(0)


def _keep_for_good() -> None:
    """Take all there is out of the garbage collector's rounds.

    A child would go through half a million objects of its parent again and again, and copy the memory
    that they share by marking them: a tenth of the time of a report.
    """
    gc.collect()
    gc.freeze()


def die_with_parent(parent: int) -> None:
    """Ask the kernel to kill this process when its parent ends; Linux only, elsewhere a no-op."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def kill_group(pid: int) -> None:
    """Kill a child with everything it started."""
    for kill in (os.killpg, os.kill):
        try:
            kill(pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue


def find_target(name: str) -> Callable[..., Any]:
    """Return the function called ``module:function``."""
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found


def import_all(modules: list[str]) -> int:
    """Import modules; returns how many."""
    for module in modules:
        import_module(module)
    return len(modules)


def main() -> NoReturn:
    """Serve on the socket whose descriptor is the first argument."""
    control = socket.socket(fileno=int(sys.argv[1]))
    control.set_inheritable(False)
    die_with_parent(os.getppid())
    _Parent(control).serve()


if __name__ == "__main__":
    main()
