"""Figures as CSV: one way for charts and pages, safe to open in a spreadsheet program."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@")
"""Signs that begin a formula; their full-width forms do so, too, in Excel for East Asia."""
_CONTROL = ("\t", "\r", "\n")
_BLANK = re.compile(r"^[\s\u200b-\u200f\u2060\ufeff]+")
_NUMBER = re.compile(
    r"(?P<sign>[+\u2212-]?)(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:,(?P<part>\d+))?\s?%?"
)


def number_of(text: str) -> float | None:
    """Read a number as Vietnamese texts print it; None for anything else.

    >>> number_of("1.234,5")
    1234.5
    >>> number_of("14/63") is None
    True
    """
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    value = float(f"{found['whole'].replace('.', '')}.{found['part'] or '0'}")
    return -value if found["sign"] in ("-", "\u2212") else value


def harmless(text: str) -> str:
    """Return `text` so that a spreadsheet program that opens it as CSV computes nothing."""
    # Spreadsheet programs skip blanks and signs without width before a formula.
    seen = _BLANK.sub("", unicodedata.normalize("NFKC", text))
    if (seen.startswith(_FORMULA) or text.startswith(_CONTROL)) and number_of(text) is None:
        return f"'{text}"
    return text


def csv_text(lines: Iterable[Sequence[object]]) -> str:
    """Write lines as CSV with the line ends of RFC 4180."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(lines)
    return stream.getvalue()


def csv_bytes(lines: Iterable[Sequence[object]]) -> bytes:
    """Write lines as a file: UTF-8 with a byte order mark, which Excel needs to show Vietnamese."""
    return "\ufeff".encode() + csv_text(lines).encode()
