"""Sentences of the indices taken over into the annual report, without what was said before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from helpers.words.document import Document
from helpers.words.say import telling_of
from helpers.words.telling import Telling
from helpers.words.text import Text, literally

if TYPE_CHECKING:
    from helpers.reports.annual.result import AnnualResult

_SPAN = re.compile(r'\[([^\]\[]*)\]\{\.so(?: title="([^"]*)")?\}')
_REFERENCES = re.compile(r"\s*\(@[\w-]+(?:(?:,| và) @[\w-]+)*\)")
# A sentence ends at its mark before a capital, a quotation or emphasis; spans are masked before.
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-ỸĐ«“*\x00])")
_POINTS_BACK = re.compile(r"^(Hai|Ba|Các) [^,.;]{1,40} này\b|^Trong đó\b|^Đây\b")
_MARK = re.compile(r"\x00(\d+)\x00")
REPEATED = 0.5
"""Share of its numbers that makes a sentence a repetition."""


def names(result: AnnualResult) -> dict[str, int | str]:
    """Return what the document is told about itself."""
    office = result.office.office
    return {
        "this_year": result.year,
        "next_year": result.year + 1,
        "owner": office.brief,
        "who": office.name,
        "again": office.again,
    }


def telling(result: AnnualResult) -> Telling:
    """Return what writes parts of sentences and tables in the words of the report."""
    return telling_of(Document(result.index, dict(names(result)), {}, status=result.status))


def sentences(paragraph: str) -> list[str]:
    """Split a paragraph into sentences; marks inside a number's source do not count."""
    spans: list[str] = []

    def hide(match: re.Match[str]) -> str:
        spans.append(match[0])
        return f"\x00{len(spans) - 1}\x00"

    masked = _SPAN.sub(hide, paragraph)
    return [_MARK.sub(lambda m: spans[int(m[1])], part) for part in _END.split(masked) if part]


def without_references(text: Text) -> Text:
    """Drop references to tables and figures that the annual report does not hold."""
    kept = []
    # The words set an opening and its bullets as one piece; a list is a paragraph of its own here.
    for paragraph in text.markdown.split("\n\n"):
        bare = _REFERENCES.sub("", paragraph)
        if bare.lstrip().startswith("- "):
            kept.append("\n".join(line for line in bare.split("\n") if "@" not in _outside(line)))
        else:
            kept.append(" ".join(s for s in sentences(bare) if "@" not in _outside(s)))
    return Text(tuple(paragraph for paragraph in kept if paragraph))


def fresh(text: Text, said: Text) -> Text:
    """Return what `text` adds to `said`.

    A sentence is a repetition if most of its numbers were printed before: the same number from the
    same source, or one with decimals or thousands, which hardly means two things. One that points
    back to a repetition goes with it. Sentences without numbers stay.

    Parameters
    ----------
    text, said : Text
    """
    known = _known(said.markdown)
    kept = []
    for paragraph in without_references(text).paragraphs:
        if paragraph.lstrip().startswith("- "):
            kept.append(paragraph)
            continue
        remaining: list[str] = []
        dropped = False
        for one in sentences(paragraph):
            dropped = _repeats(one, known) or (dropped and bool(_POINTS_BACK.match(one)))
            if not dropped and one not in said.markdown:
                remaining.append(one)
        kept.append(" ".join(remaining))
    return Text(tuple(paragraph for paragraph in kept if paragraph))


def _known(paragraph: str) -> set[tuple[str, str]]:
    found = _sourced(paragraph)
    return {*found, *((number, "") for number, _ in found if _is_telling(number))}


def _is_telling(number: str) -> bool:
    return "," in number or "." in number


def _sourced(paragraph: str) -> list[tuple[str, str]]:
    return [
        (part.rstrip("%"), match[2] or "")
        for match in _SPAN.finditer(paragraph)
        for part in match[1].split("/")
    ]


def _repeats(sentence: str, known: set[tuple[str, str]]) -> bool:
    numbers = _sourced(sentence)
    told = sum((number, source) in known or (number, "") in known for number, source in numbers)
    return bool(numbers) and told >= REPEATED * len(numbers)


def _outside(sentence: str) -> str:
    return _SPAN.sub(r"\1", sentence)


def together(*texts: Text) -> Text:
    """Join texts into one."""
    return Text(tuple(paragraph for text in texts for paragraph in text.paragraphs))


def bare(text: str) -> str:
    """Return an office's statement without the stop at its end."""
    return literally(text).strip().rstrip(".;")


def inside(text: str) -> str:
    """Return a statement as it stands inside a sentence: without its capital or stop.

    A first letter that begins an abbreviation keeps its capital.
    """
    said = bare(text)
    return said if said[1:2].isupper() else said[:1].lower() + said[1:]
