"""Keep on disk what was read and checked of an index's published figures, until any of it changes.

Checking 28,854 lines takes most of a second of every process, taking them from here a fifth of that
or less (``benchmarks/published.py``).
Nothing is believed that was not checked: the name of a file here is the digest of the figures, of the
definition, of the register of places and of the rules themselves.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from helpers.inputs.atomic import write_atomically

_HERE = Path(__file__).parent
_RULES = (*sorted(_HERE.glob("published*.py")), _HERE / "columns.py")


def state_of(files: Iterable[Path]) -> str:
    """Return the digest of the files and of the rules that they are read by.

    All are opened: what a report was made from is known by what it opened.
    """
    made = hashlib.sha256()
    for path in (*files, *_RULES):
        content = path.read_bytes()
        # The name counts: a year is told by it, and rows say where they stand.
        made.update(f"{path.name}\n{len(content)}\n".encode())
        made.update(content)
    return made.hexdigest()[:32]


def kept_rows(path: Path, columns: Mapping[str, str]) -> pd.DataFrame | None:
    """Return the rows as they were written; None if there are none, or they are damaged.

    Parameters
    ----------
    path : Path
    columns : mapping of str to str
        Columns and types of the frame, as in :mod:`helpers.inputs.columns`.
    """
    try:
        content = json.loads(path.read_bytes())
        if list(content) != list(columns):
            return None
        told = pd.DataFrame({name: _column(content[name], columns[name]) for name in columns})
        return told.astype({name: kind for name, kind in columns.items() if kind != "str"})
    except (FileNotFoundError, NotADirectoryError, ValueError, TypeError, IndexError):
        return None


def keep_rows(path: Path, rows: pd.DataFrame) -> None:
    """Write the rows for :func:`kept_rows`; those of an earlier state are removed.

    Where nothing may be written, as in a checkout on a read-only disk, nothing is kept.
    """
    content = {name: _distinct(rows[name]) for name in rows.columns}
    with contextlib.suppress(OSError):
        for old in path.parent.glob(f"{path.name.partition('-')[0]}-*.json"):
            old.unlink(missing_ok=True)
        write_atomically(path, json.dumps(content, ensure_ascii=False).encode())


def _distinct(column: pd.Series) -> tuple[list[object], list[int]]:
    """Return the values that occur and where among them each row's stands; -1 is none."""
    places, values = pd.factorize(column)
    return [value.item() if hasattr(value, "item") else value for value in values], places.tolist()


def _column(content: tuple[list[object], list[int]], kind: str) -> pd.Series:
    values, places = content
    made = pd.Series([*values, None], dtype="object").iloc[places].reset_index(drop=True)
    return made if kind == "str" else pd.to_numeric(made)
