"""Keep the cells of a report from taking all memory."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

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
