"""References of a report to its own figures and tables: each must lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nbformat import NotebookNode

from helpers.publishing.document import cell_options
from helpers.publishing.errors import PublishError

_REFERENCE = re.compile(r"(?<![\w@\\./])@((?:fig|tbl)-[a-z0-9][a-z0-9_-]*)", re.IGNORECASE)
_CODE = re.compile(r"(`+).*?\1", re.DOTALL)
_NUMBERED_PICTURE = re.compile(r"\]\(attachment:[^)]*\)\{[^}\n]*#(fig-[A-Za-z0-9][A-Za-z0-9_-]*)")
_PICTURES = ("image/svg+xml", "image/png")
_SHOWN_OF_A_CELL = 60
_KINDS = {"fig": "hình", "tbl": "bảng"}


def check_references(notebook: NotebookNode, name: str) -> None:
    """Refuse a report whose text points to a figure or table that it has not got.

    A table or chart that had nothing to show leaves its label unused; the text that speaks of it must
    not be printed, and must not print ``?@tbl-…`` either.

    Parameters
    ----------
    notebook : NotebookNode
        Executed.
    name : str
        File name of the notebook, for the message.

    Raises
    ------
    PublishError
        Naming every such reference with its cell.
    """
    there = {label for cell in notebook.cells for label in _labels(cell)}
    lost = [
        f"ô {number} ({_short(cell)}) nhắc tới @{label}, nhưng báo cáo không có "
        f"{_KINDS[label[:3]]} mang nhãn ấy"
        for number, cell in enumerate(notebook.cells, start=1)
        for label in sorted(set(_references(cell)) - there)
    ]
    if lost:
        raise PublishError(
            f"{name}: {'; '.join(lost)}. Hình hoặc bảng có thể trống: câu nhắc tới nó phải được bỏ."
        )


def _labels(cell: NotebookNode) -> Iterator[str]:
    """Yield the label of a cell that shows what it names: a picture, or the text of a table."""
    if cell.cell_type == "markdown":
        yield from _NUMBERED_PICTURE.findall(cell.source)
    label = str(_shown_options(cell).get("label", ""))
    kinds = _PICTURES if label.startswith("fig-") else ("text/markdown",)
    outputs = [output.get("data", {}) for output in cell.get("outputs", ())]
    if any(data.get(kind) for data in outputs for kind in kinds):
        yield label


def _references(cell: NotebookNode) -> Iterator[str]:
    texts = [cell.source] if cell.cell_type == "markdown" else []
    if _shown_options(cell):
        outputs = (output.get("data", {}) for output in cell.get("outputs", ()))
        texts += ["".join(data["text/markdown"]) for data in outputs if "text/markdown" in data]
    for text in texts:
        for found in _REFERENCE.finditer(_CODE.sub("", text)):
            yield found[1][0].lower() + found[1][1:]


def _shown_options(cell: NotebookNode) -> dict[str, object]:
    """Return the options of a code cell that readers see; nothing of another cell."""
    if cell.cell_type != "code":
        return {}
    options = cell_options(cell.source)
    hidden = options.get("include") is False or options.get("output") is False
    return {} if hidden else {"label": "", **options}


def _short(cell: NotebookNode) -> str:
    lines = [
        line for line in cell.source.splitlines() if line.strip() and not line.startswith("#|")
    ]
    text = lines[0].strip() if lines else str(cell.get("id", ""))
    return f"«{text[:_SHOWN_OF_A_CELL]}»"
