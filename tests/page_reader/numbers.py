"""Numbers as Vietnamese pages print them, and whether one is the print of a value."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

MINUS = "−"
NUMBER = r"[+−-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?|[+−-]?\d+(?:,\d+)?"
N = rf"(?:{NUMBER})"
PLAIN = re.compile(rf"^{N}$")
WORDS = {
    "không": 0,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "cả hai": 2,
    "cả ba": 3,
    "cả bốn": 4,
    "cả tám": 8,
}
WORD = r"(?:không|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
COUNT = rf"(?:\d[\d.]*|{WORD})"

Value = Fraction | Decimal | float | int


def parse(text: str) -> Fraction:
    """Read a printed number; a percent sign or unit behind it is left out."""
    found = re.match(rf"\s*({N})", text)
    if not found:
        raise ValueError(f"no number: {text!r}")
    plain = found[1].replace(".", "").replace(",", ".").replace(MINUS, "-")
    return Fraction(plain)


def count(text: str) -> int:
    """Read a count that is printed in digits or as a word."""
    text = text.strip().lower()
    return WORDS[text] if text in WORDS else int(parse(text))


def decimals(text: str) -> int:
    """How many digits a printed number has behind the comma."""
    found = re.match(rf"\s*({N})", text)
    assert found, text
    return len(found[1].partition(",")[2])


def exact(value: Value) -> Fraction:
    """Return the value as a fraction; a float through its shortest decimal text."""
    if isinstance(value, float):
        return Fraction(repr(value)) if "e" not in repr(value) else Fraction(value)
    return Fraction(value)


def prints(text: str, value: Value | None, slack: float = 1e-9) -> bool:
    """Whether the text is the value at its printed precision."""
    if value is None or not re.match(rf"\s*{N}", text):
        return False
    half = Fraction(1, 2 * 10 ** decimals(text)) + Fraction(slack)
    return abs(parse(text) - exact(value)) <= half


def prints_size(text: str, value: Value | None) -> bool:
    """Whether the text is the size of the value, its sign being told by a word."""
    return value is not None and prints(text.lstrip("+−-"), abs(exact(value)))


def show(value: Value | None, places: int = 2) -> str:
    """Print a value as a page would, for the list of contradictions."""
    if value is None:
        return "không có"
    if isinstance(value, int):
        return str(value)
    return f"{float(value):.{places}f}".replace(".", ",").replace("-", MINUS)
