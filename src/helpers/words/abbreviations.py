"""Abbreviations written in full where a document uses them first in running text.

Which ones there are stands in ``terms.yml``. What a person wrote is never changed: an abbreviation in
it is marked where it is printed (:func:`as_given`), and a quoted name is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from helpers.words.text import plain, upper_first

_BEFORE, _AFTER = r"(?<![\w/&@.-])", r"(?![\w/&-])"
_MARKED = re.compile(r"\[([^\]\[]*)\]\{\.given\}")
# A quoted name, code, where a number comes from, a link's target: nothing in them is running text.
_ALONE = r"«[^»]*»|“[^”]*”|`[^`]*`|\{[^{}]*\}|\]\([^)]*\)|<[^<>\s]*>"
_BEGINS = re.compile(r"(?:^|[.!?:]\s+)(?:[-*\d.]+\s+)?[*_\[“(]*$")
_LEADING = 2
"""Words of a long form that may stand before its short form already: «Chỉ số PAPI»."""


def _any(names: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


def as_given(markdown: str, names: Iterable[str]) -> str:
    """Mark the abbreviations in a person's text, so that they stay as written.

    Parameters
    ----------
    markdown : str
    names : iterable of str
        Short forms.
    """
    found = _any(names)
    if not found:
        return markdown
    pattern = re.compile(f"{_ALONE}|{_BEFORE}({found}){_AFTER}")
    return pattern.sub(lambda one: f"[{one[1]}]{{.given}}" if one[1] else one[0], markdown)


def unmarked(markdown: str) -> str:
    """Take away the marks of :func:`as_given`."""
    return _MARKED.sub(r"\1", markdown)


class FirstUses:
    """The abbreviations that one document has explained so far.

    Parameters
    ----------
    meanings : mapping of str to str
        Long forms by their short forms.

    Examples
    --------
    >>> uses = FirstUses({"TTHC": "thủ tục hành chính"})
    >>> unspanned(uses.explain("Giải quyết TTHC. Hồ sơ TTHC đúng hạn."))
    'Giải quyết thủ tục hành chính (TTHC). Hồ sơ TTHC đúng hạn.'
    """

    def __init__(self, meanings: Mapping[str, str]) -> None:
        self._meanings = meanings
        self._known: set[str] = set()
        leading = {" ".join(one.split()[:_LEADING]) for one in meanings.values()}
        self._use = re.compile(
            rf"{_MARKED.pattern}|{_ALONE}"
            rf"|{_BEFORE}(?P<lead>(?i:{_any(leading)})\s)?(?P<short>{_any(meanings)}){_AFTER}"
            r"(?P<more>\s\((?=\w))?"
        )

    def notice(self, markdown: str) -> None:
        """Take note of what a text that stays as it is explains: a short form alone in brackets."""
        said = plain(markdown)
        self._known |= {name for name in self._meanings if f"({name})" in said}

    def explain(self, markdown: str) -> str:
        """Return paragraphs in which each abbreviation that is new to the document is explained.

        Headings, tables and what is fenced stay as they are.
        """
        if not self._meanings:
            return unmarked(markdown)
        lines = []
        fences = 0
        for line in markdown.split("\n"):
            bare = line.lstrip()
            if bare.startswith(":::"):
                fences += 1 if bare.strip(": ") else -1
            if fences or bare.startswith((":::", "#", "|", "+")):
                self.notice(line)
                lines.append(unmarked(line))
            else:
                lines.append(self._use.sub(self._written, line))
        return "\n".join(lines)

    def _written(self, found: re.Match[str]) -> str:
        short, before = found["short"], found.string[: found.start()]
        if not short:
            return unmarked(found[0])
        named = found.string[found.start("short") - 1 : found.end("short") + 1]
        if short in self._known or named == f"({short})":
            self._known.add(short)
            return found[0]
        self._known.add(short)
        words = self._meanings[short]
        lead = found["lead"] or ""
        if lead and words.lower().startswith(lead.lower()):
            words = lead + words[len(lead) :]
        else:
            words = lead + (upper_first(words) if _BEGINS.search(before) else words)
        # A bracket that follows goes on behind the short form.
        said = f"{words} ({short}{'; ' if found['more'] else ')'}"
        return f'[{said}]{{.abbr data-short="{found[0]}"}}'


_SPAN = re.compile(r'\[([^\]\[]*)\]\{\.abbr data-short="[^"]*"\}')


def unspanned(markdown: str) -> str:
    """Return a text as it is read, without the marks of what was written in full."""
    return _SPAN.sub(r"\1", markdown)
