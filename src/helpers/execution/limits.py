"""Keep the cells of a report from taking all memory and all time."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]


@contextlib.contextmanager
def memory_limit(size: int) -> Iterator[None]:
    """Limit the data memory of this process; more raises ``MemoryError`` in the code that asks for it.

    Parameters
    ----------
    size : int
        Bytes; 0 for no limit. Ignored where the system has no such limit.
    """
    if resource is None or not size:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


class Timeout(BaseException):
    """The cells took too long; no ``except Exception`` of a cell keeps it."""


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Interrupt the code that runs after `seconds`, so that it can be told which it was.

    Code that does not come back to the interpreter is not interrupted: whoever gave the order ends
    its process a little later (:mod:`helpers.execution.stage`).

    Parameters
    ----------
    seconds : float
        0 for no limit. Ignored where the system has no such clock.
    """
    if not hasattr(signal, "setitimer") or not seconds:
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise Timeout(f"chạy quá {seconds:g} giây nên đã bị dừng (--timeout)")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
