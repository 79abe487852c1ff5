"""A chart with its rows, caption and text alternative, as notebooks show and engines publish it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from helpers.display.csv_text import csv_text, harmless
from helpers.display.theme import NARROW, PRINT, WIDE, switch_css
from helpers.words.text import as_asked

Draw = Callable[[int], str]
"""Writes the drawing for a width in units (:data:`~helpers.display.theme.NARROW` or ``WIDE``)."""


DIGITS = 4
"""Decimals of a number in a data file: two more than is printed."""


def _nothing(width: int) -> str:
    raise ValueError(f"Không có hình để ghi ở bề rộng {width}.")


@dataclass(frozen=True)
class Chart:
    """A chart, or the reason why there is none.

    Parameters
    ----------
    draw : callable
        Writes the SVG for a width; the same rows give the same bytes.
    caption : str
        Vietnamese, without number and full stop.
    alt : str
        What the chart shows, in sentences, with the numbers that are drawn.
    rows : sequence of mapping
        What is drawn, as plain records: ``pandas.DataFrame(chart.rows)`` is a tidy table.
    reason : str
        Why nothing was drawn; empty for a drawn chart.
    """

    draw: Draw
    caption: str
    alt: str
    rows: Sequence[Mapping[str, Any]] = ()
    reason: str = ""
    _drawn: dict[int, str] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def nothing(cls, reason: str) -> Chart:
        """Return a chart that shows nothing, with the reason as a Vietnamese sentence."""
        return Chart(_nothing, "", "", (), reason)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return self.draw is _nothing

    def svg(self, width: int = WIDE) -> str:
        """Return the drawing, for paper, Word and download.

        Parameters
        ----------
        width : int
            Units: 320 for a phone, 660 for a page.

        Raises
        ------
        ValueError
            If the chart is empty.
        """
        if self.is_empty:
            raise ValueError(f"Không có hình để ghi. {self.reason}".strip())
        if width not in self._drawn:
            self._drawn[width] = self.draw(width)
        return self._drawn[width]

    def html(self) -> str:
        """Return both drawings in one figure with its caption; a page shows the one that fits it.

        The colours are those of white paper, as in a notebook; pages of the product bring their own.
        """
        return (
            f"<figure><style>{switch_css()}{PRINT}</style>"
            f"{both(self.svg(NARROW), self.svg(WIDE), self.alt)}"
            f"<figcaption>{escape(self.caption)}</figcaption></figure>"
        )

    def csv(self) -> str:
        """Return what is drawn as CSV, a line a mark; what is not known is empty.

        The names of the columns are those of :attr:`rows`; a yes or no is written ``true``, ``false``.
        """
        names = list(dict.fromkeys(name for row in self.rows for name in row))
        return csv_text([names, *([_plain(row.get(n)) for n in names] for row in self.rows)])

    def __str__(self) -> str:
        """Return the text alternative, or the reason why there is no chart."""
        return self.alt or self.reason

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        if self.is_empty:
            return {}, {}
        data = self._bundle()
        described = {"kind": "figure", "caption": self.caption, "alt": self.alt}
        # Beside the data: an output with an HTML form makes Quarto's pages fetch scripts from the
        # network, so a stamped notebook keeps the drawing for a phone here.
        narrow = {"narrow": self.svg(NARROW)} if "text/html" in data else {}
        rows = {"rows": self.csv()} if self.rows else {}
        return as_asked(data), {"chiso": described | narrow | rows}

    def _bundle(self) -> dict[str, Any]:
        return {
            "text/html": self.html(),
            "image/svg+xml": self.svg(WIDE),
            "text/plain": self.alt,
        }

    def _ipython_display_(self) -> None:
        # IPython would print the repr of an object whose bundle is empty. A display method that
        # returns shows nothing at all; one that raises this leaves the bundle in charge.
        if not self.is_empty:
            raise NotImplementedError


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float):
        return f"{value:.{DIGITS}f}".rstrip("0").rstrip(".")
    return harmless(value) if isinstance(value, str) else value


def both(narrow: str, wide: str, alt: str) -> str:
    """Return two drawings of one chart as one picture with a text alternative.

    Parameters
    ----------
    narrow, wide : str
        SVG, of which a page shows one (:func:`~helpers.display.theme.switch_css`).
    alt : str
        Plain text.
    """
    return f'<span class="drawing" role="img" aria-label="{escape(alt)}">{narrow}{wide}</span>'
