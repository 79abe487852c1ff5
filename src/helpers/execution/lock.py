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


def wait_for_others(project: Project, told: Callable[[], None]) -> None:
    """Return once no other run writes to the outputs; `told` is called if there is one to wait for."""
    with _lock_of(project)[1].open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            told()
            fcntl.flock(lock, fcntl.LOCK_EX)


def _lock_of(project: Project) -> tuple[Path, Path]:
    parent = project.outputs / ".work"
    parent.mkdir(parents=True, exist_ok=True)
    return parent, parent / "lock"


@contextlib.contextmanager
def work_folder(project: Project) -> Iterator[Path]:
    """Give a folder beside the outputs, on the same disk, that is gone at the end.

    A run that was killed could not remove its folder; the next one does.
    """
    parent, lock_file = _lock_of(project)
    with lock_file.open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError(
                f"Một lần chạy khác đang ghi vào {project.relative(project.outputs)}; "
                "hãy đợi lần chạy đó xong."
            ) from error
        for left in parent.iterdir():
            if left.is_dir():
                shutil.rmtree(left)
        folder = Path(tempfile.mkdtemp(dir=parent))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
