"""Values as an office delivered them, each with where it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_AT_LEAST = re.compile(
    r"(?:^|\s)(ít nhất|tối thiểu|trên|"
    # «cao hơn 2,5 điểm» is a distance, not a bound.
    r"(?<!cao )(?<!thấp )(?<!lớn )(?<!nhỏ )(?<!nhiều )(?<!ít )(?<!tốt )(?<!kém )hơn)\s+$"
)


@dataclass(frozen=True)
class Origin:
    """Where a value stands in what was delivered.

    Parameters
    ----------
    file : str
        Path from the root of the checkout.
    sheet, cell : str
        Of a workbook; empty for a text file.
    line : int or None
        Of a text file, counted from 1.
    document, sentence : str
        The report that printed the value and its sentence, where it was taken over from one.
    """

    file: str
    sheet: str = ""
    cell: str = ""
    line: int | None = None
    document: str = ""
    sentence: str = ""

    def __str__(self) -> str:
        """Return the words that stand in a trace."""
        parts = [self.file]
        if self.sheet:
            parts.append(f"trang tính {self.sheet}")
        if self.cell:
            parts.append(f"ô {self.cell}")
        if self.line is not None:
            parts.append(f"dòng {self.line}")
        if self.document:
            parts.append(f"theo {self.document}")
        return ", ".join(parts)


@dataclass(frozen=True)
class Observation:
    """One single figure.

    Parameters
    ----------
    code : str
        As in ``params/entry/figures.yml``: ``procedures.received``.
    value : float
        As delivered; a percentage in percent; NaN for a text, such as a grade.
    printed : str
        As written in what was delivered: ``5.182``, ``78,04%``.
    decimals : int
        Digits after the comma, as written.
    unit : str
    year : int
        Year that the value is about.
    origin : Origin
    group : str
        Part that it is about: a district, ``dtts``, ``huyen_ngheo``; empty for the whole.
    since : int or None
        For a change: the year it is counted from.
    note : str
    """

    code: str
    value: float
    printed: str
    decimals: int
    unit: str
    year: int
    origin: Origin
    group: str = ""
    since: int | None = None
    note: str = ""

    @property
    def half(self) -> float:
        """Half a unit of the last printed digit: what rounding may hide; 0 for a count."""
        return 0.0 if self.decimals == 0 and self.unit != "%" else 0.5 * 10.0**-self.decimals

    @property
    def bound(self) -> str:
        """The word that makes the value a lower bound in its sentence: ``ít nhất``, ``hơn``, ``trên``.

        Empty where the sentence gives the number itself, or no sentence was handed over. A value with a
        bound is printed with it and never taken for the exact one.
        """
        sentence = " ".join(self.origin.sentence.casefold().split())
        for place in re.finditer(rf"{re.escape(self.printed.casefold())}(?![\d.,]*\d)", sentence):
            found = _AT_LEAST.search(sentence[: place.start()])
            if found:
                return found[1]
        return ""

    @property
    def trace(self) -> str:
        """Where the value came from, for a reader."""
        return str(self.origin)


@dataclass(frozen=True)
class Figures:
    """All single figures of a delivery, in the order in which they stand."""

    items: tuple[Observation, ...] = ()

    def __iter__(self) -> Iterator[Observation]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def get(
        self, code: str, year: int | None = None, group: str = "", since: int | None = None
    ) -> Observation | None:
        """Return the figure, or None if it was not delivered.

        Parameters
        ----------
        code : str
        year : int, optional
            Without it, the latest year that has the figure.
        group : str
        since : int, optional
            Year from which a change is counted; without it, any.
        """
        found = [
            item
            for item in self.items
            if item.code == code
            and item.group == group
            and (year is None or item.year == year)
            and (since is None or item.since == since)
        ]
        return max(found, key=lambda item: item.year) if found else None

    def value(self, code: str, year: int | None = None, group: str = "") -> float | None:
        """Return the value alone (see :meth:`get`)."""
        found = self.get(code, year, group)
        return None if found is None else found.value

    def of_topic(self, topic: str) -> tuple[Observation, ...]:
        """Return the figures of a topic: ``procedures``, ``poverty`` and so on."""
        return tuple(item for item in self.items if item.code.split(".")[0] == topic)

    def groups(self, code: str) -> tuple[str, ...]:
        """Return the parts for which the figure was delivered."""
        return tuple(dict.fromkeys(item.group for item in self.items if item.code == code))
