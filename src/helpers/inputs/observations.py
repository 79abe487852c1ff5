"""Values as an office delivered them, each with where it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Side = Literal["at_least", "at_most"]

_SIDES: Mapping[str, Side] = {
    **dict.fromkeys(("ít nhất", "tối thiểu", "không dưới", "không ít hơn"), "at_least"),
    **dict.fromkeys(("trên", "hơn"), "at_least"),
    **dict.fromkeys(("nhiều nhất", "tối đa", "không quá", "không vượt quá"), "at_most"),
    **dict.fromkeys(("chưa đến", "chưa tới", "không đến", "dưới"), "at_most"),
}
"""Words before a number that make it a bound → the side on which the value lies."""
_WORDS = "|".join(sorted(_SIDES, key=len, reverse=True))
_BOUND = re.compile(
    # «cao hơn 2,5 điểm» is a distance, not a bound.
    r"(?:^|\s)(?<!cao )(?<!thấp )(?<!lớn )(?<!nhỏ )(?<!nhiều )(?<!ít )(?<!tốt )(?<!kém )(?<!nhanh )"
    rf"(?<!chậm )(?<!sớm )(?<!muộn )(?<!xấu )({_WORDS})\s+$"
)
_PLACES = ("trên", "dưới")
"""Words that are also «on», «of» and «under»: «trên 05 yếu tố», «12 trên 15 đơn vị»."""
_MEASURED = re.compile(
    r"(?:^|\s)(?:có|đạt|là|gồm|còn|tăng|giảm|chiếm|vượt|được|với|mức|tỷ lệ|thêm)$"
)
"""Words after which «trên» and «dưới» can only speak of how many."""
_COUNT = re.compile(
    r"(?<!năm )(?<!tháng )(?<!ngày )(?<!quý )(?<![\d.,/%])\d[\d.]*(?:,\d+)?(?![\d/%]|[.,]\d)"
)
_CLAUSE = re.compile(r"[;:…()]|[.,](?!\d)")


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
        """The word that makes the value a bound in its sentence: ``ít nhất``, ``trên``, ``không quá``.

        Empty where the sentence gives the number itself, where it gives it in several ways, where the
        word may be one of place («đo lường trên 05 yếu tố», «12 trên 15 đơn vị»), or where no sentence
        was handed over. A value with a bound is printed with it and never taken for the exact one.
        """
        sentence = " ".join(self.origin.sentence.casefold().split())
        number = rf"(?<!\d)(?<!\d[.,]){re.escape(self.printed.casefold())}(?![\d.,]*\d)"
        found = {
            _bound(sentence[: place.start()], sentence[place.end() :], self)
            for place in re.finditer(number, sentence)
        }
        return found.pop() if len(found) == 1 else ""

    @property
    def side(self) -> Side | None:
        """On which side of the printed number the value lies; None for the number itself."""
        return side_of(self.bound)

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


def side_of(bound: str) -> Side | None:
    """Return the side that a word of :attr:`Observation.bound` leaves open; None for no word."""
    return _SIDES[bound] if bound else None


def _bound(before: str, after: str, figure: Observation) -> str:
    """Return the bound that the words before a number make of it; in doubt none."""
    found = _BOUND.search(before)
    if found is None or found[1] not in _PLACES:
        return "" if found is None else found[1]
    clause = _CLAUSE.split(before[: found.start()])[-1].rstrip()
    if figure.printed.endswith("%") or after.lstrip().startswith("%"):
        # A share is no number of things; «7,5% trên 10%» is the one reading that is left.
        return "" if clause.endswith("%") else found[1]
    if not _MEASURED.search(clause) or _COUNT.search(clause):
        return ""
    return found[1]
