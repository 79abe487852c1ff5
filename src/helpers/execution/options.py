"""The options at the head of a code cell, and how a message names a cell."""

from __future__ import annotations

from typing import Any

import yaml
from nbformat import NotebookNode

FRONT_MATTER_ID = "front-matter"
"""Of the raw cell that a stamped notebook begins with."""
_SHOWN = 60


class CellError(ValueError):
    """A cell cannot be published as it stands; the message names it."""


def cell_options(source: str) -> dict[str, Any]:
    """Read the ``#|`` options at the head of a code cell.

    Raises
    ------
    CellError
        If they are not a YAML mapping.
    """
    lines = [line[2:].removeprefix(" ") for line in source.splitlines() if line.startswith("#|")]
    try:
        options = yaml.safe_load("\n".join(lines)) or {}
    except yaml.YAMLError as error:
        raise CellError(f"tùy chọn của một ô (#|) không đúng YAML: {error}") from error
    if not isinstance(options, dict):
        raise CellError(f"tùy chọn của một ô (#|) không có dạng «tên: giá trị»: {options}")
    return options


def is_hidden(options: dict[str, Any]) -> bool:
    """Tell whether the author wants nothing of a cell's outputs in the report."""
    return options.get("include") is False or options.get("output") is False


def number_of(notebook: NotebookNode, place: int) -> int:
    """Count a cell as in the researcher's notebook, without what was put in before or by a run."""
    cells = notebook.cells[: place + 1]
    return sum(
        "injected-parameters" not in cell.metadata.get("tags", [])
        and cell.get("id") != FRONT_MATTER_ID
        for cell in cells
    )


def named(notebook: NotebookNode, place: int) -> str:
    """Return how a message names a cell: its number in the researcher's notebook and its first line."""
    number = number_of(notebook, place)
    source = notebook.cells[place].source
    lines = [line for line in source.splitlines() if line.strip() and not line.startswith("#|")]
    return f"ô {number} («{lines[0].strip()[:_SHOWN] if lines else ''}»)"
