"""Finding sentences again: by what they say, and all that there is, with what each may use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers.facts.families import FAMILIES
from helpers.words.checking import indices
from helpers.words.library import load
from helpers.words.source import Entry, Variant, chain, languages, read_file
from helpers.words.terms import read_terms
from helpers.words.text import plain

_MARKS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_CASE = re.compile(r"\{\{\s*case\s*\}\}")
_WORD = re.compile(r"\w+")
LEAST = 2
"""Words that must stand together for a sentence to be named."""


@dataclass(frozen=True)
class Hit:
    """A sentence that may have printed a text.

    Parameters
    ----------
    entry : Entry
    variant : Variant
    together : int
        Length of its longest run of words that stands in the text.
    shared : int
        Words of all such runs.
    """

    entry: Entry
    variant: Variant
    together: int
    shared: int

    def __str__(self) -> str:
        return f"{self.entry.file}:{self.variant.line}: {self.entry.heading}: {self.variant.text}"


def find(root: Path, text: str, most: int = 5) -> tuple[Hit, ...]:
    """Return the sentences that a piece of a report may come from, the likeliest first.

    Parameters
    ----------
    root : Path
        Of the checkout.
    text : str
        As it is read: ``Mức này thấp hơn bình quân cả nước``.
    most : int
        Sentences at most.
    """
    wanted = _flat(text)
    hits: dict[tuple[str, int], Hit] = {}
    for language in languages(root):
        cases = read_terms(root, language).lists.get("case", {})
        for entry in _all(root, language):
            family, _, case = entry.heading.partition(".")
            word = cases.get(f"{family}.{case}", cases.get(case, ""))
            for variant in entry.variants:
                together, shared = _shared(wanted, _CASE.sub(word, variant.text))
                hit = Hit(entry, variant, together, shared)
                known = hits.get((entry.file, variant.line))
                if together >= LEAST and (known is None or known.shared < shared):
                    hits[entry.file, variant.line] = hit
    ordered = sorted(
        hits.values(),
        key=lambda hit: (-hit.together, -hit.shared, hit.entry.file, hit.variant.line),
    )
    return tuple(ordered[:most])


def _all(root: Path, language: str) -> Iterator[Entry]:
    for path in sorted((root / "params/words" / language).glob("*.md")):
        yield from read_file(path, root)[0].values()


def _flat(text: str) -> str:
    return " ".join(_WORD.findall(plain(text).casefold()))


def _shared(wanted: str, sentence: str) -> tuple[int, int]:
    """Return how many words of a sentence stand in the text: at most together, and in all."""
    runs = [_run(wanted, _flat(piece).split()) for piece in _MARKS.split(sentence)]
    return max(runs, default=0), sum(runs)


def _run(wanted: str, words: list[str]) -> int:
    """Return the length of the longest run of `words` that stands in `wanted`."""
    inside = f" {wanted} "
    return max(
        (
            end - start
            for start in range(len(words))
            for end in range(start + 1, len(words) + 1)
            if f" {' '.join(words[start:end])} " in inside
        ),
        default=0,
    )


def listing(root: Path, language: str, index: str) -> Iterator[str]:
    """Yield every heading of an index with file, line, what it may use and what it says.

    Parameters
    ----------
    root : Path
        Of the checkout.
    language, index : str

    Raises
    ------
    InputError
        If the words cannot be read.
    """
    chain(root, language, index)
    library = load(root, language, index)
    for entry in library.entries.values():
        family, _, rest = entry.heading.partition(".")
        case = rest.partition(".")[0]
        known = FAMILIES.get(family.partition("[")[0])
        names = ""
        if known is not None and case in known.cases:
            optional = sorted(known.allowed(case) - set(known.cases[case]))
            names = f"  [{' '.join(known.cases[case])}; có thể: {' '.join(optional)}]"
        yield f"{entry.heading}{names}  {entry.file}:{entry.line}"
        for variant in entry.variants:
            said = " ".join(variant.text.split())
            yield f"    {said}"


__all__ = ["Hit", "find", "indices", "listing"]
