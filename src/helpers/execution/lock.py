"""One run writes to the outputs at a time; the folder in which it works is gone at its end."""

from __future__ import annotations

import contextlib
import fcntl
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from helpers.project import Project


class BusyError(RuntimeError):
    """Another run works on the same outputs."""


@contextlib.contextmanager
def alone(project: Project, waiting: Callable[[], None] | None = None) -> Iterator[Path]:
    """Hold the outputs, so that nobody else writes to them or publishes them meanwhile.

    Parameters
    ----------
    project : Project
    waiting : callable, optional
        Told where somebody else holds them; then it is waited for. Without it nobody is waited for.

    Yields
    ------
    Path
        The folder of the lock.

    Raises
    ------
    BusyError
        If somebody else holds them and nobody is to be told of a wait.
    """
    parent = project.outputs / ".work"
    parent.mkdir(parents=True, exist_ok=True)
    with (parent / "lock").open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if waiting is None:
                raise BusyError(
                    f"Một lần chạy khác đang ghi vào {project.relative(project.outputs)}; "
                    "hãy đợi lần chạy đó xong."
                ) from error
            waiting()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield parent


@contextlib.contextmanager
def work_folder(project: Project, waiting: Callable[[], None] | None = None) -> Iterator[Path]:
    """Give a folder beside the outputs, on the same disk, that is gone at the end.

    A run that was killed could not remove its folder; the next one does. The outputs are held as by
    :func:`alone`.
    """
    with alone(project, waiting) as parent:
        for left in parent.iterdir():
            if left.is_dir():
                shutil.rmtree(left)
        folder = Path(tempfile.mkdtemp(dir=parent))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
