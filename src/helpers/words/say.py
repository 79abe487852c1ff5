"""What a notebook calls: ``say(result, "overview")`` and ``%%say result``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Hashable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from helpers.inputs.problems import InputError, Problem
from helpers.project import find_project
from helpers.words.checking import check_text
from helpers.words.document import Document
from helpers.words.library import Library, load
from helpers.words.source import Entry, Variant
from helpers.words.telling import Telling
from helpers.words.text import FrontMatter, Text

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

CELL = "<cell>"
"""What a text given in a cell is called in a message."""


@runtime_checkable
class Result(Protocol):
    """Anything that says what it has found."""

    def document(self) -> Document:
        """Return names and findings for the words."""
        ...


class SaidWronglyError(InputError):
    """A text in a cell cannot be said; shown as its message alone, without a traceback."""

    def _render_traceback_(self) -> Sequence[str]:
        # IPython asks for this; where the fault is a word there is nothing to learn from the stack.
        return [str(self)]


def say(
    result: Result | Document,
    section: str = "",
    *,
    text: str = "",
    heading: bool = True,
    without: Collection[Hashable] = (),
    root: Path | None = None,
) -> Text:
    """Write a section of the words about a result, or a text given here.

    Parameters
    ----------
    result : object with ``document()``, or Document
    section : str
        Name of a section of ``params/words``: ``overview``.
    text : str
        Instead of a section: slots and words as below a ``#`` heading, checked by the same rules.
    heading : bool
        Whether the heading of the section stands before it, in the language of the document; a section
        that says nothing has none.
    without : collection
        Identities that were told already (:attr:`helpers.words.text.Text.told`).
    root : Path, optional
        Of the checkout.

    Returns
    -------
    Text

    Raises
    ------
    InputError
        If the words are broken, or the section is not there.
    """
    telling = telling_of(result, without, root)
    if bool(section) == bool(text):
        raise ValueError("say needs the name of a section, or a text")
    if section:
        return telling.section(section, heading=heading)
    return telling.body(_entry(telling.words, text))


def telling_of(
    result: Result | Document, without: Collection[Hashable] = (), root: Path | None = None
) -> Telling:
    """Return what writes texts about a result, with the words of its index and language."""
    document = result if isinstance(result, Document) else result.document()
    words = load(root or find_project().root, document.language, document.index)
    return Telling(words, document, without)


def title(result: Result | Document, root: Path | None = None) -> FrontMatter:
    """Write what the document is called, from the sections ``title`` and ``subtitle``.

    Its description is the first sentence of ``overview``; a section ``citation`` says how to cite it.

    Parameters
    ----------
    result : object with ``document()``, or Document
    root : Path, optional
        Of the checkout.
    """
    telling = telling_of(result, root=root)
    document = telling.document
    return FrontMatter(
        title=telling.line("title"),
        subtitle=telling.line("subtitle"),
        description=telling.first("overview"),
        categories=document.labels,
        date=str(document.names["this_year"]),
        status=document.status,
        citation=telling.line("citation"),
    )


def _entry(words: Library, text: str) -> Entry:
    lines = [line.strip() for line in text.strip("\n").split("\n")]
    variant = Variant("\n".join(lines), 1)
    entry = Entry("cell", "section", CELL, 1, (variant,))
    problems: list[Problem] = list(check_text(words, entry, variant))
    if problems:
        raise SaidWronglyError(problems)
    return entry


def in_this_shell() -> Callable[..., Text]:
    """Return :func:`say`; in a notebook the cell magic of that name is there from now on."""
    if "IPython" in sys.modules:
        from IPython.core.getipython import get_ipython

        shell = get_ipython()
        if shell is not None:
            load_ipython_extension(shell)
    return say


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Register ``%%say result``: the cell below is written as a section is."""

    def magic(line: str, cell: str) -> Text:
        name = line.strip()
        if name not in shell.user_ns:
            told = f"không có biến «{name}» trong sổ tay."
            raise SaidWronglyError(
                [Problem("error", CELL, None, None, "name", told, "viết %%say result.", 1)]
            )
        return say(shell.user_ns[name], text=cell)

    shell.magics_manager.register_function(magic, "cell", "say")
