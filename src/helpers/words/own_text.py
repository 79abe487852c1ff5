"""A person's text with the report's figures in it.

``{{procedures.received}}`` prints the figure as it is now. ``{{procedures.received = 5.182}}`` also
says what it was when the text was written: when the figure has changed since, the text is stale and
the report says so, because what the words around it claim may no longer hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from helpers.words.numbers import Number
from helpers.words.text import plain

_CITED = re.compile(r"\{\{\s*([^{}=|]+?)\s*(?:=\s*([^{}]+?)\s*)?\}\}")


@dataclass(frozen=True)
class Stale:
    """A figure that has changed since a text was written.

    Parameters
    ----------
    name : str
    written, now : str
        As printed then and now.
    """

    name: str
    written: str
    now: str


@dataclass(frozen=True)
class Filled:
    """A text with its figures.

    Parameters
    ----------
    markdown : str
        A figure that does not exist stays visible as ``[không có số liệu “…”]``.
    cited : tuple of str
        Names of the figures it uses.
    stale : tuple of Stale
    unknown : tuple of str
        Names that the report does not have.
    """

    markdown: str
    cited: tuple[str, ...]
    stale: tuple[Stale, ...]
    unknown: tuple[str, ...]


def filled(text: str, figures: Mapping[str, Number]) -> Filled:
    """Put figures into a person's text.

    Parameters
    ----------
    text : str
        Markdown with names in double braces.
    figures : mapping of str to Number
        What the report can cite.

    Examples
    --------
    >>> made = filled("Đã nhận {{a = 5}} hồ sơ.", {"a": Number("6", "so-lieu.csv, dòng 2")})
    >>> made.stale[0].written, made.stale[0].now
    ('5', '6')
    """
    cited: list[str] = []
    stale: list[Stale] = []
    unknown: list[str] = []

    def put(match: re.Match[str]) -> str:
        name, written = match[1].strip(), match[2]
        number = figures.get(name)
        if number is None:
            unknown.append(name)
            return f"\\[không có số liệu “{name}”\\]"
        cited.append(name)
        now = plain(str(number))
        if written is not None and written.strip() != now:
            stale.append(Stale(name, written.strip(), now))
        return str(number)

    markdown = _CITED.sub(put, text)
    return Filled(
        markdown, tuple(dict.fromkeys(cited)), tuple(stale), tuple(dict.fromkeys(unknown))
    )
