"""Which files a report reads, recorded while it runs."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

MISSING = "missing"
"""Stands for the digest of a file that was looked for and not there."""


_TEXT_OF_CELL = ("cell_type", "source", "attachments")


class ChangedInputError(RuntimeError):
    """A file that a report reads changed while the report was made; the message names it."""


_Stamp = tuple[int, int] | str | None


class ReadLog:
    """Notes every file and folder that this process opens below some folders.

    An audit hook of the interpreter sees each opening, also those of libraries and of a researcher's
    own cells. A hook cannot be taken away again: install one log in a process that ends with the
    report, such as a forked child, which inherits what its parent has noted.

    Parameters
    ----------
    root : Path
        Paths are written relative to this folder.
    folders : iterable of Path
        Only what lies below these is noted.
    """

    def __init__(self, root: Path, folders: Iterable[Path]) -> None:
        self._root = os.path.realpath(root)
        self._folders = tuple(os.path.realpath(folder) + os.sep for folder in folders)
        self._seen: dict[str, _Stamp] = {}

    def install(self) -> None:
        """Begin to note."""
        sys.addaudithook(self._hook)

    def _hook(self, event: str, args: tuple[object, ...]) -> None:
        if event == "open":
            path, mode, _ = args
            if mode is not None and any(letter in str(mode) for letter in "wax+"):
                return
        elif event in ("os.listdir", "os.scandir"):
            path = args[0]
        else:
            return
        if isinstance(path, bytes):
            path = os.fsdecode(path)
        if not isinstance(path, str):
            return
        full = os.path.abspath(path)
        if full not in self._seen and (full + os.sep).startswith(self._folders):
            self._seen[full] = None  # to look at a folder is an event, too
            self._seen[full] = _stamp(full)

    def digests(self) -> dict[str, str]:
        """Return the digest of each file that was read, by its path from the root.

        Returns
        -------
        dict of str to str
            :data:`MISSING` for a file that was looked for in vain; a folder that was listed ends in
            ``/`` and stands for the names in it.

        Raises
        ------
        ChangedInputError
            If a file changed after it was read: then nobody knows what the report was made from.
        """
        names = {
            path: os.path.relpath(path, self._root).replace(os.sep, "/") for path in self._seen
        }
        changed = [names[path] for path, stamp in self._seen.items() if _stamp(path) != stamp]
        if changed:
            raise ChangedInputError(
                f"{', '.join(sorted(changed))} bị sửa trong lúc lập báo cáo; hãy chạy lại"
            )
        found = {}
        for path in sorted(self._seen):
            name = names[path]
            found[f"{name}/" if os.path.isdir(path) else name] = digest_input(Path(path))
        return found


def digest_input(path: Path) -> str:
    """Return the digest of an input: of a notebook what counts of it, else :func:`digest_path`."""
    return digest_notebook(path) if path.suffix == ".ipynb" else digest_path(path)


def _stamp(path: str) -> _Stamp:
    try:
        status = os.stat(path)
    except OSError:
        return None
    if stat.S_ISDIR(status.st_mode):
        return digest_path(Path(path))
    return status.st_mtime_ns, status.st_size


def digest_path(path: Path) -> str:
    """Return the digest of a file's bytes, or of the names in a folder.

    Hidden files and the marks that Office leaves while a file is open are not names that count.

    Parameters
    ----------
    path : Path

    Returns
    -------
    str
        SHA-256 in hexadecimal digits, or :data:`MISSING`.
    """
    try:
        if path.is_dir():
            names = (entry.name for entry in path.iterdir())
            kept = sorted(name for name in names if not name.startswith((".", "~$")))
            return hashlib.sha256("\n".join(kept).encode(errors="surrogateescape")).hexdigest()
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return MISSING


def digest_notebook(path: Path) -> str:
    """Return the digest of a notebook's sources, tags and report settings.

    Saving it in JupyterLab changes outputs, counts, identifiers, the order of keys and what is said
    of the kernel; none of these changes a report.

    Parameters
    ----------
    path : Path

    Returns
    -------
    str
        SHA-256 in hexadecimal digits; of the bytes if the file is no notebook.
    """
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        told = [_told(cell) for cell in notebook["cells"]]
        said = [notebook.get("metadata", {}).get("chiso"), told]
    except FileNotFoundError:
        return MISSING
    except (ValueError, KeyError, TypeError, AttributeError):
        return digest_path(path)
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()


def _told(cell: dict[str, Any]) -> list[Any]:
    told = [cell.get(name) or None for name in _TEXT_OF_CELL]
    told[1] = "".join(cell.get("source", ""))
    metadata = cell.get("metadata", {})
    return [*told, sorted(metadata.get("tags", [])), metadata.get("chiso")]
