"""One thing that does not fit in a delivery, with the numbers that show it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from helpers.facts.intervals import Interval
from helpers.inputs.observations import Figures, Observation

Severity = Literal["mâu thuẫn", "không rõ nghĩa", "thiếu mẫu số"]
SEVERITIES: tuple[Severity, ...] = ("mâu thuẫn", "không rõ nghĩa", "thiếu mẫu số")
"""From what must be put right to what is only missing."""


@dataclass(frozen=True)
class Made:
    """A number that a rule computed, for its explanation.

    Parameters
    ----------
    value : float
        Unrounded.
    decimals : int
        Digits to print.
    unit : str
        ``%`` is printed behind the number; other units are words of the sentence.
    how : str
        Vietnamese words on how it was computed, for the trace.
    """

    value: float
    decimals: int
    unit: str
    how: str


@dataclass(frozen=True)
class Quoted:
    """A number that stands in words of the source: the number of a document, a year, a heading."""

    text: str
    trace: str


Term = Observation | Made | Quoted


@dataclass(frozen=True)
class Discrepancy:
    """One finding of a rule.

    Parameters
    ----------
    rule : str
        Code of the rule in ``params/indices/reconciliation.yml``: ``R8``.
    severity : {"mâu thuẫn", "không rõ nghĩa", "thiếu mẫu số"}
        A contradiction, something that can be read in two ways, or a rate without its base.
    text : str
        Vietnamese sentences with ``{name}`` where a term stands; ``{name:size}`` without its sign,
        ``{name:move}`` with the sign as a verb.
    terms : mapping of str to Term
        What stands there. The text itself holds no digits.
    observations : tuple of Observation
        Figures involved, those that :func:`helpers.reports.reconciliation.result` marks in tables.
    expected : Interval or None
        What the rule allows, in the unit of `found`.
    found : float or None
        What the source prints.
    label : str
        Part that it is about, as the source calls it: a field, a district; empty for the whole.
    """

    rule: str
    severity: Severity
    text: str
    terms: Mapping[str, Term] = field(default_factory=lambda: MappingProxyType({}))
    observations: tuple[Observation, ...] = ()
    expected: Interval | None = None
    found: float | None = None
    label: str = ""

    @property
    def low(self) -> float | None:
        """Least value that the rule allows; None where there is none."""
        if self.expected is None or math.isinf(self.expected.low):
            return None
        return self.expected.low

    @property
    def high(self) -> float | None:
        """Greatest value that the rule allows; None where there is none."""
        if self.expected is None or math.isinf(self.expected.high):
            return None
        return self.expected.high

    def concerns(self, code: str, year: int, group: str = "") -> bool:
        """Tell whether a figure is among those involved."""
        return any((o.code, o.year, o.group) == (code, year, group) for o in self.observations)


@dataclass(frozen=True)
class Part:
    """Figures about one year and one part: the whole, a district, a row of a table.

    Rules look figures up here, so that the same rule serves single figures and rows.
    """

    figures: Figures
    year: int
    group: str = ""
    label: str = ""

    def get(self, name: str, year: int | None = None) -> Observation | None:
        """Return a figure of this part by its code, in this year or another."""
        return self.figures.get(name, self.year if year is None else year, self.group)

    def all(self, *names: str) -> tuple[Observation, ...] | None:
        """Return several figures, or None if one is missing."""
        found = [self.get(name) for name in names]
        present = tuple(one for one in found if one is not None)
        return present if len(present) == len(names) else None
