"""The one place where a number becomes text, in sentences, tables, charts and text alternatives.

Rounding is done once, here, half away from zero as in Vietnamese official tables; sums and differences
are computed from unrounded values before they come here.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from babel.numbers import format_decimal

from helpers.facts.comparison import places_of_share as places_of_share
from helpers.facts.comparison import rounded as rounded

LOCALE = "vi"
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Number:
    """A formatted number and where it came from.

    Parameters
    ----------
    text : str
        As it is printed: ``43,21``.
    trace : str
        Where a reader finds it: an input cell, or criterion, edition and rule.

    Examples
    --------
    >>> str(Number("43,21", "PAPI 2024"))
    '[43,21]{.so title="PAPI 2024"}'
    """

    text: str
    trace: str

    def __str__(self) -> str:
        """Return the Markdown that both engines understand."""
        return f'[{self.text}]{{.so title="{attribute(self.trace)}"}}'


def known(value: float | None) -> float:
    """Return a value that is there; what is not known is never drawn or printed as 0.

    Raises
    ------
    ValueError
        If it is not there: whoever draws it has forgotten to leave it out.
    """
    if value is None:
        raise ValueError("giá trị chưa biết không được vẽ hay in")
    return value


def attribute(text: str) -> str:
    """Make `text` safe between the quotation marks of a Markdown attribute."""
    safe = " ".join(text.split()).replace("\\", "/")
    return safe.replace('"', "\N{RIGHT DOUBLE QUOTATION MARK}").replace("{", "(").replace("}", ")")


def decimal(value: float, decimals: int = 2, locale: str = LOCALE) -> str:
    """Write a value with a fixed number of decimals: ``43,21``, ``1.234,50``.

    Parameters
    ----------
    value : float
        Unrounded.
    decimals : int
        Digits after the comma.
    locale : str
        Whose marks are used, as Babel names it.
    """
    exact = rounded(value, decimals)
    if exact == 0:
        exact = abs(exact)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text: str = format_decimal(exact, format=pattern, locale=locale)
    return text.replace("-", MINUS)


def signed(value: float, decimals: int = 2) -> str:
    """Write a difference with its sign: ``+0,46``, ``−0,29``, ``0,00``."""
    text = decimal(value, decimals)
    return f"+{text}" if rounded(value, decimals) > 0 else text


def magnitude(value: float, decimals: int = 2) -> str:
    """Write the size of a difference without its sign; the verb beside it says the direction."""
    return decimal(abs(value), decimals)


def whole(value: int) -> str:
    """Write a count: ``5.182``."""
    return decimal(int(value), 0)


def day(date: datetime.date) -> str:
    """Write a day as official texts do: ``04/5/2022``, the month with one digit from March on."""
    month = f"{date.month:02d}" if date.month < 3 else str(date.month)
    return f"{date.day:02d}/{month}/{date.year}"


def percent(share: float, decimals: int = 0) -> str:
    """Write a share between 0 and 1 as a percentage: ``78,04%``.

    A share below one never prints as 100 %, and one above zero never as 0 %: digits are added until
    it does not.
    """
    return f"{decimal(share * 100, places_of_share(share, decimals))}%"


def place(rank: int, units: int) -> str:
    """Write a place with the number of units: ``13/15``."""
    return f"{whole(rank)}/{whole(units)}"


_WORDS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


def in_words(count: int) -> str:
    """Write a small count as a word inside a sentence (``ba``), a larger one in digits."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else whole(count)
