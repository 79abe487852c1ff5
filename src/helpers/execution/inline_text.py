"""Values in running text: ``{python} name`` between backticks, as Quarto and knitr write it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nbformat import NotebookNode

from helpers.execution.options import CellError, named
from helpers.execution.shown import number_text
from helpers.words.text import escape

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

_VALUE = re.compile(r"`\{python\}\s+([^`]+)`")


def with_values(source: str, shell: InteractiveShell, notebook: NotebookNode, place: int) -> str:
    """Return the source of a Markdown cell with its values in the place of their expressions.

    Parameters
    ----------
    source : str
    shell : InteractiveShell
        Where the cells before have run.
    notebook, place
        For the message.

    Raises
    ------
    CellError
        If an expression cannot be computed; the message names cell and expression.
    """

    def value(found: re.Match[str]) -> str:
        try:
            return value_text(shell.ev(found[1].strip()))
        except Exception as error:
            told = f"{type(error).__name__}: {error}"
            raise CellError(
                f"{named(notebook, place)}: không tính được {found[0]}: {told}"
            ) from error

    return _VALUE.sub(value, source)


def value_text(value: Any) -> str:
    """Return a value as a sentence holds it: numbers in Vietnamese digits, texts as they are."""
    markdown = getattr(value, "_repr_markdown_", None)
    if markdown is not None:
        return str(markdown())
    if isinstance(value, bool) or value is None:
        raise TypeError(f"giá trị {value} không phải số hay chữ")
    item = getattr(value, "item", None)
    if callable(item):
        value = item()
    if isinstance(value, int | float):
        return number_text(repr(value))
    return escape(str(value))
