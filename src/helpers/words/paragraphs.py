"""The pieces of a section: paragraphs, lines, bullets, and the slots in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from helpers.facts.families import FAMILIES
from helpers.words.document import SUBJECTS
from helpers.words.source import Variant

_SLOT = re.compile(r"\{\{\s*([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)\s*\}\}")


@dataclass(frozen=True)
class Piece:
    """What is written or left out as one.

    Parameters
    ----------
    variant : Variant
        Its text, without the mark of a bullet, and its line.
    bullet : bool
        Whether it is an item of a list.
    opens : bool
        Whether bullets follow it, so that it says nothing without them.
    """

    variant: Variant
    bullet: bool
    opens: bool = False

    @property
    def slots(self) -> tuple[tuple[str, ...], ...]:
        """Paths of the findings that it tells; names of the document are no findings."""
        found = (tuple(path.split(".")) for path in _SLOT.findall(self.variant.text))
        return tuple(path for path in found if path[0] in FAMILIES or path[0] in SUBJECTS)

    @property
    def slot(self) -> tuple[str, ...]:
        """The path of its slot, where it is nothing but one."""
        found = _SLOT.fullmatch(self.variant.text.strip())
        return tuple(found[1].split(".")) if found else ()


@lru_cache(maxsize=1024)
def pieces(variant: Variant) -> tuple[tuple[Piece, ...], ...]:
    """Part the text of a section into paragraphs of pieces."""
    return tuple(tuple(_lines(paragraph)) for paragraph in _paragraphs(variant))


def _paragraphs(variant: Variant) -> Iterator[list[tuple[int, str]]]:
    paragraph: list[tuple[int, str]] = []
    for offset, line in enumerate(variant.text.split("\n")):
        if line == "":
            if paragraph:
                yield paragraph
            paragraph = []
        elif line.strip():
            paragraph.append((variant.line + offset, line.strip()))
    if paragraph:
        yield paragraph


def _lines(paragraph: list[tuple[int, str]]) -> Iterator[Piece]:
    for position, (number, line) in enumerate(paragraph):
        if line.startswith("- "):
            yield Piece(Variant(line[2:].strip(), number), bullet=True)
            continue
        opens = line.endswith(":") and any(
            later.startswith("- ") for _, later in paragraph[position:]
        )
        yield Piece(Variant(line, number), bullet=False, opens=opens)
