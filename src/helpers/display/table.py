"""A table with its caption, as a notebook shows and an engine publishes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from helpers.project import find_project
from helpers.words.numbers import Number
from helpers.words.terms import read_terms
from helpers.words.text import as_asked, escape, html, plain

MISSING = "\N{EN DASH}"
MISSING_MEANS = f"{MISSING}: không có số liệu"
HIDDEN = "…"
"""Stands for a number that is known and not told, because it is of few persons or households."""
WIDEST = 30
"""Characters; a column with longer cells wraps."""
WIDEST_PROSE = 55
"""The same for a column of sentences."""
PADDING = 2


@dataclass(frozen=True)
class Badge:
    """A word with a class of its own, such as the group «Cao» with class ``g4``."""

    text: str
    name: str

    def __str__(self) -> str:
        """Return the Markdown that both engines understand."""
        return f"[{escape(self.text)}]{{.{self.name}}}"


@dataclass(frozen=True)
class Strong:
    """A cell that carries weight, such as the name of a total."""

    text: str

    def __str__(self) -> str:
        """Return the Markdown that both engines understand."""
        return f"**{escape(self.text)}**"


@dataclass(frozen=True)
class Prose:
    """Markdown sentences with traced numbers; comes out as it is."""

    markdown: str

    @property
    def text(self) -> str:
        """The sentences without traces."""
        return plain(self.markdown)

    def __str__(self) -> str:
        """Return the Markdown on one line, as a cell must be."""
        return " ".join(self.markdown.split())


Cell = str | Number | Badge | Strong | Prose


@dataclass(frozen=True)
class Table:
    """A table of cells, or the reason why there is none.

    Parameters
    ----------
    header : tuple of str
    rows : tuple of tuple of cells
        Each as long as the header; the first cell names the row. A plain string comes out as it is
        written, whatever characters it holds; an empty one becomes a dash with its meaning in the note.
    caption : str
        Vietnamese, without number and full stop; empty for a table that stands as text.
    align : str
        ``l``, ``r`` or ``c`` for each column.
    note : str
        Markdown below the table.
    wrapper : str
        Class of a fenced block around the table.
    reason : str
        Why there is nothing to show; empty for a table with rows.
    minor : tuple of int
        Columns that stand below their row where a phone has no room for all (0 is the first).
    """

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str
    align: str
    note: str = ""
    wrapper: str = ""
    reason: str = ""
    minor: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        wrong = [row for row in self.rows if len(row) != len(self.header)]
        if wrong or len(self.align) != len(self.header):
            raise ValueError(f"Bảng «{self.caption}» có hàng hoặc căn lề không khớp số cột.")

    @classmethod
    def nothing(cls, reason: str) -> Table:
        """Return a table that shows nothing, with the reason as a Vietnamese sentence."""
        return cls((), (), "", "", reason=reason)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.rows

    @property
    def _columns(self) -> list[tuple[Cell, ...]]:
        return [tuple(row[number] for row in self.rows) for number in range(len(self.header))]

    @property
    def pipe(self) -> str:
        """The table alone, as a Markdown pipe table."""
        cells = [[_cell(cell) for cell in row] for row in self.rows]
        header = [_cell(name) for name in self.header]
        prose = [any(isinstance(cell, Prose) for cell in column) for column in self._columns]
        widths = _widths([header, *cells], [WIDEST_PROSE if one else WIDEST for one in prose])
        rule = [_rule(width, side) for width, side in zip(widths, self.align, strict=True)]
        # Said by a class of the head: it comes through both engines, and paper drops it.
        heads = [f"[{h}]{{.minor}}" if i in self.minor else h for i, h in enumerate(header)]
        lines = [heads, rule, *cells]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)

    @property
    def full_note(self) -> str:
        """The note, with the meaning of the dash if one was printed."""
        dash = any(_cell(cell) == MISSING for row in self.rows for cell in row)
        meaning = MISSING_MEANS if dash and MISSING_MEANS not in self.note else ""
        # Where a number comes from is not in the table.
        told = " ".join((self.note, *self.header, *(_words(c) for row in self.rows for c in row)))
        short = [
            f"{name}: {means}"
            for name, means in read_terms(find_project().root, "vi").abbreviations.words.items()
            if re.search(rf"(?<![\w/-]){name}(?!\w)", told) and means not in self.note
        ]
        parts = (self.note.rstrip("."), *short, meaning)
        written = ". ".join(part for part in parts if part)
        return f"{written}." if written else ""

    @property
    def markdown(self) -> str:
        """Markdown as the engines publish it: the table, and its note as a block of its own."""
        if self.is_empty:
            return ""
        table = f"::: {{.{self.wrapper}}}\n{self.pipe}\n:::" if self.wrapper else self.pipe
        note = self.full_note
        return f"{table}\n\n::: {{.table-note}}\n{note}\n:::" if note else table

    def __str__(self) -> str:
        """Return the table as lines of text."""
        if self.is_empty:
            return self.reason
        lines = [self.header, *([_words(cell) for cell in row] for row in self.rows)]
        return "\n".join("\t".join(line) for line in lines)

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        if self.is_empty:
            return {}, {}
        data = {
            "text/markdown": self.markdown,
            "text/html": self._html(),
            "text/plain": str(self),
        }
        # Without a caption there is nothing for the runner to stamp and nothing to number.
        described = {"kind": "table", "caption": self.caption} if self.caption else {"kind": "text"}
        return as_asked(data), {"chiso": described}

    def _ipython_display_(self) -> None:
        # See Chart: an empty bundle alone would let IPython print the repr.
        if not self.is_empty:
            raise NotImplementedError

    def _html(self) -> str:
        table = html(self.pipe)
        if self.caption:
            table = table.replace(
                "<table>", f"<table>\n<caption>{html(escape(self.caption))}</caption>", 1
            )
        table = _FIRST_CELL.sub(r'\1<th scope="row"\2>\3</th>', table)
        note = html(self.full_note) if self.full_note else ""
        return f'<div class="{self.wrapper or "table"}">\n{table}{note}</div>'


_FIRST_CELL = re.compile(r"(<tr>\s*)<td([^>]*)>(.*?)</td>")


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        # Nothing begins a line inside a cell, so "1. Tham gia" needs no escape of its beginning.
        return escape(f"x{cell.strip()}")[1:] or MISSING
    # A bar ends a cell even inside the title of a trace.
    return str(cell) if isinstance(cell, Badge | Strong) else str(cell).replace("|", "/")


def _words(cell: Cell) -> str:
    return (cell if isinstance(cell, str) else cell.text) or MISSING


def _widths(lines: Sequence[Sequence[str]], widest: Sequence[int]) -> list[int]:
    """Relative widths: what the cells need on one line, a header being free to wrap at spaces."""
    columns = zip(*lines, strict=True)
    return [
        _needed(plain(header), [plain(cell) for cell in cells], most)
        for (header, *cells), most in zip(columns, widest, strict=True)
    ]


def _needed(header: str, cells: Sequence[str], widest: int) -> int:
    words = max((len(word) for word in header.split()), default=0)
    longest = max((len(cell) for cell in cells), default=0)
    return PADDING + max(words, min(longest, widest))


def _rule(width: int, side: str) -> str:
    dashes = "-" * width
    return {"l": f":{dashes}", "r": f"{dashes}:", "c": f":{dashes}:"}[side]
