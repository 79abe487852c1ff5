"""How wide a text is, measured with the font file that charts are set in."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

import fontpkg
from fontTools.ttLib import TTFont

from helpers.display.theme import FONT

_UNKNOWN = 0.65
"""Ems of a letter that the font lacks."""


def font_folder() -> Path:
    """Return the folder of the installed font files."""
    return Path(fontpkg.path(FONT)).parent


@cache
def _advances(weight: str) -> Mapping[int, float]:
    """Return the advance of each letter, in ems."""
    path = font_folder() / f"{FONT.replace(' ', '')}-{weight}.ttf"
    with TTFont(path, lazy=True) as font:
        metrics, size = font["hmtx"].metrics, font["head"].unitsPerEm
        return {code: metrics[name][0] / size for code, name in font.getBestCmap().items()}


@lru_cache(maxsize=4096)
def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a text in the units of `size`.

    Kerning is left out, so a text may be up to 4 % narrower than told.

    Parameters
    ----------
    text : str
    size : float
        Of the letters.
    bold : bool
        Whether it is set in the semibold face.
    """
    advances = _advances("SemiBold" if bold else "Regular")
    letters = unicodedata.normalize("NFC", text)
    return size * sum(advances.get(ord(letter), _UNKNOWN) for letter in letters)


def lines_of(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Break a text into lines that fit into `room`; a word wider than it has a line of its own.

    Parameters
    ----------
    text : str
        A line break in it stays.
    size, room : float
        In the same unit.
    bold : bool
    """
    lines = []
    for part in text.split("\n"):
        line = ""
        for word in part.split(" "):
            longer = f"{line} {word}" if line else word
            if line and width_of(longer, size, bold=bold) > room:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines
