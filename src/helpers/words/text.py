"""Sentences as objects that a notebook shows and an engine publishes."""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from os import environ
from typing import Any

import mistune

_SPAN = re.compile(r'\[([^\]\[]*)\]\{\.([a-z0-9-]+)(?: title="([^"]*)")?\}')
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~^$@])")
_ADDRESS, _COMMON = re.compile(r"https?://\S+"), re.compile(r"\\([_~#@])")
_LEADING = re.compile(r"^(?=[-+:]|\d+[.)](?:\s|$))(\d*)")


def escape(text: str) -> str:
    """Make a person's own words safe inside Markdown: they come out as written in every format.

    Of an address everything up to the next space is the link, a backslash too: signs that are common
    there, and mean nothing in the middle of one, stay as they are.
    """
    escaped = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    linked = _ADDRESS.sub(lambda found: _COMMON.sub(r"\1", found[0]), escaped)
    return _LEADING.sub(r"\1\\", linked)


def without_shortcodes(text: str) -> str:
    """Return a text in which ``{{<`` and ``>}}`` are text.

    Quarto runs shortcodes such as ``include`` wherever they stand, in front matter and code too, and
    takes either sign alone for half of one.
    """
    return text.replace("{{<", "{{ <").replace(">}}", "> }}")


def plain(markdown: str) -> str:
    """Drop traces and emphasis, for text alternatives and descriptions."""
    text = _SPAN.sub(r"\1", markdown)
    return re.sub(r"[*]{1,2}", "", text)


def unmarked(markdown: str) -> str:
    """Return a caption, head or cell as it is read: without traces and escapes, stars kept."""
    return _SPAN.sub(r"\1", markdown).replace("\\", "")


def year_ranges(years: Iterable[int]) -> str:
    """List years, three or more in a row as a range.

    Examples
    --------
    >>> year_ranges([2021, 2019, 2018, 2017, 2011, 2012])
    '2011, 2012, 2017–2019 và 2021'
    """
    return joined(runs_of_years(years))


def runs_of_years(years: Iterable[int]) -> tuple[str, ...]:
    """Return years as items of a list, three or more in a row as one: ``2017–2019``."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    named: list[str] = []
    for run in runs:
        named += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else map(str, run)
    return tuple(named)


BLANK = re.compile(r"\[bổ sung(?:: [^\[\]]+)?\]")
"""What a document leaves to be filled in before it is signed, as a reader sees it."""


def literally(markdown: str) -> str:
    """Return a line of Markdown as it is read, for front matter."""
    return plain(markdown).replace("\\", "")


def joined(names: Sequence[str]) -> str:
    """Join names as a Vietnamese sentence does: ``A``, ``A và B``, ``A, B và C``.

    Names that hold a comma themselves are set apart by semicolons.
    """
    if len(names) < 2:
        return "".join(names)
    mark = "; " if any("," in plain(name) for name in names) else ", "
    return f"{mark.join(names[:-1])} và {names[-1]}"


def upper_first(sentence: str) -> str:
    """Give a sentence its capital, leaving the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


def lower_first(sentence: str) -> str:
    """Take a sentence's capital, so that it can follow a colon."""
    return sentence[:1].lower() + sentence[1:]


@dataclass(frozen=True)
class Said:
    """Where a sentence of a text is written.

    Parameters
    ----------
    heading : str
        Family and case: ``against.higher``.
    file : str
        Path from the root of the checkout.
    line : int
        Counted from 1.
    identity : object
        What was told, whoever tells it again and in whatever words; None for what is no finding.
    """

    heading: str
    file: str
    line: int
    identity: Hashable = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.heading}"


@dataclass(frozen=True)
class Text:
    """Paragraphs of commentary.

    Parameters
    ----------
    paragraphs : tuple of str
        Markdown, one paragraph or list each.
    said : tuple of Said
        Where each of its sentences is written, and what it tells.
    untranslated : tuple of str
        What stands in it in Vietnamese for want of a name in the document's language.
    """

    paragraphs: tuple[str, ...]
    said: tuple[Said, ...] = field(default=(), compare=False)
    untranslated: tuple[str, ...] = field(default=(), compare=False)

    @property
    def told(self) -> frozenset[Hashable]:
        """Identities of the findings that it tells."""
        return frozenset(one.identity for one in self.said if one.identity is not None)

    @property
    def markdown(self) -> str:
        """Markdown as the engines publish it."""
        return "\n\n".join(paragraph for paragraph in self.paragraphs if paragraph)

    def __str__(self) -> str:
        """Return the text without traces, as it is read."""
        return plain(self.markdown)

    def _ipython_display_(self) -> None:
        # IPython prints the repr of an object whose bundle is empty; a display method that returns
        # shows nothing, and one that raises this leaves the bundle in charge.
        if self.markdown:
            raise NotImplementedError

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        if not self.markdown:
            return {}, {}
        data = {
            "text/markdown": self.markdown,
            "text/html": html(self.markdown),
            "text/plain": str(self),
        }
        return as_asked(data), {"chiso": {"kind": "text"}}


INTERNAL = "internal"
"""Key of a document's front matter that says it is for the office alone."""


@dataclass(frozen=True)
class FrontMatter:
    """What the document as a whole is called; the runner writes it into the executed notebook."""

    title: str
    subtitle: str
    description: str
    categories: tuple[str, ...]
    date: str
    status: str = "official"
    citation: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        values = {
            "title": self.title,
            "subtitle": self.subtitle,
            "description": self.description,
            "date": self.date,
            "categories": list(self.categories),
            "status": self.status,
            # In Quarto's front matter "citation" is a mapping.
            "cite-as": self.citation,
            **self.extra,
        }
        head = f"# {self.title}\n\n{self.subtitle}"
        if quarto_executes():
            # Nobody stamps what Quarto executes, but a block of metadata may stand anywhere.
            named = {"title": self.title, "subtitle": self.subtitle}
            safe = {key: escape(without_shortcodes(said)) for key, said in named.items() if said}
            head = f"---\n{json.dumps(safe, ensure_ascii=False)}\n---"
        data = {"text/markdown": head, "text/plain": self.title}
        return data, {
            "chiso": {
                "kind": "front_matter",
                "front_matter": {k: v for k, v in values.items() if v},
            }
        }


def as_asked(data: Mapping[str, str]) -> dict[str, str]:
    """Leave out the HTML that only JupyterLab shows where it is Quarto that executes.

    Quarto takes Markdown, but makes the page fetch jQuery and require.js from the network as soon as
    any output has an HTML form.
    """
    return {k: v for k, v in data.items() if k != "text/html" or not quarto_executes()}


def quarto_executes() -> bool:
    """Tell whether the notebook runs under Quarto's own ``--execute``."""
    return "QUARTO_DOCUMENT_PATH" in environ


def paragraphs(*sentences_of_each: Iterable[str] | str) -> Text:
    """Build a text; each argument is one paragraph, as a string or as sentences.

    Empty sentences and empty paragraphs are left out.
    """
    made = []
    for given in sentences_of_each:
        sentences = [given] if isinstance(given, str) else list(given)
        made.append(" ".join(sentence for sentence in sentences if sentence))
    return Text(tuple(paragraph for paragraph in made if paragraph))


_to_html = mistune.create_markdown(escape=False, plugins=["table"])


def html(markdown: str) -> str:
    """Render commentary or a table for JupyterLab; the engines never use this."""

    def span(match: re.Match[str]) -> str:
        text, name, title = match.groups()
        shown = f' title="{mistune.escape(title)}"' if title else ""
        return f'<span class="{name}"{shown}>{text}</span>'

    rendered = _to_html(_SPAN.sub(span, markdown))
    if not isinstance(rendered, str):
        raise TypeError("mistune trả về cây cú pháp thay vì HTML")
    return rendered
