"""Writing a file so that a reader never sees half of it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_atomically(path: Path, content: bytes, mode: int = 0o644) -> Path:
    """Write `content` under a temporary name beside `path`, then rename it.

    An earlier file stays as it is until the new one is complete, and if anything fails.

    Returns
    -------
    Path
        `path`.
    """
    temporary = _written_beside(path, content, mode)
    try:
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return path


def write_new(path: Path, content: bytes, mode: int = 0o644) -> Path:
    """Write a file that was not there.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    FileExistsError
        If there is a file already, even one that appeared a moment ago; it stays as it is.
    """
    temporary = _written_beside(path, content, mode)
    try:
        # Unlike a renaming, a link is refused where there is a file.
        path.hardlink_to(temporary)
    finally:
        temporary.unlink()
    return path


def _written_beside(path: Path, content: bytes, mode: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        # mkstemp makes files that only their owner can read; most are for everyone.
        temporary.chmod(mode)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        # A full disk comes without a name, other errors with the temporary one that nobody knows.
        error.filename = str(path)
        raise
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary
