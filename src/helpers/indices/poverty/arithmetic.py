"""The arithmetic of the review of poor and near-poor households.

Classes by the cut-offs of an edition, rates, changes, movement, attainment of plans, and the number of
households that printed counts and rates imply. Cut-offs stand in ``params/indices/poverty.yml``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, field_validator

from helpers.definitions.framework import FrameworkEdition, rules_of
from helpers.definitions.load import DefinitionError
from helpers.facts.disclosure import LEAST

POOR = "Hộ nghèo"
NEAR = "Hộ cận nghèo"
AVERAGE = "Hộ có mức sống trung bình"
NOT_POOR = "Hộ không nghèo"
CLASSES = (POOR, NEAR, AVERAGE, NOT_POOR)
"""Classes as the review names them, from the poorest on."""

Area = Literal["Nông thôn", "Thành thị"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ClassRule(_Frozen):
    """Points that put a household into a class; every limit given must hold.

    Parameters
    ----------
    name : str
        One of :data:`CLASSES`.
    area : {"Nông thôn", "Thành thị"}
    b1_over, b1_at_most, b2_at_least : float or None
        Points of the review form: B1 stands for income, B2 for deprivations.
    """

    name: str
    area: Area
    b1_over: float | None = None
    b1_at_most: float | None = None
    b2_at_least: float | None = None


class PovertyRules(_Frozen):
    """What only this index has in its definition.

    Parameters
    ----------
    smallest_cell : int
        Fewer households than this are not shown in what is counted from records of households; five
        (:data:`helpers.facts.disclosure.LEAST`) or more.
    income_line : dict
        Area → VND a person and month.
    classes : tuple of ClassRule
        The first that fits decides.
    complete : bool
        Whether the rules decide on every household; if not, no class may be computed.
    """

    smallest_cell: int = LEAST
    income_line: dict[Area, int] = {}
    classes: tuple[ClassRule, ...] = ()
    complete: bool = False

    @field_validator("smallest_cell", mode="before")
    @classmethod
    def _not_fewer(cls, given: object) -> object:
        if isinstance(given, bool) or not isinstance(given, int) or given < LEAST:
            raise ValueError(
                f"số hộ ít nhất được nêu phải là số nguyên từ {LEAST} trở lên, không phải «{given}»; "
                f"nhóm dưới {LEAST} hộ không được nêu ở bất kỳ báo cáo nào"
            )
        return given


def rules_for(edition: FrameworkEdition, own: Mapping[str, object]) -> PovertyRules:
    """Return the rules of an edition, with what an office set itself.

    Parameters
    ----------
    edition : FrameworkEdition
    own : mapping
        From ``rules: poverty:`` of an office's settings; only ``smallest_cell``.

    Raises
    ------
    DefinitionError
        If the office sets something else, or too low a number.
    """
    unknown = sorted(set(own) - {"smallest_cell"})
    if unknown:
        raise DefinitionError(
            f"Thông số rules.poverty không có «{unknown[0]}»; chỉ được đặt smallest_cell."
        )
    return rules_of(edition.model_copy(update={"rules": {**edition.rules, **own}}), PovertyRules)


def rate(count: float, households: float) -> float:
    """Return a rate in percent, unrounded.

    Raises
    ------
    ValueError
        If there are no households, or fewer than counted.
    """
    if households <= 0:
        raise ValueError("Tổng số hộ phải lớn hơn 0.")
    if count > households:
        raise ValueError(f"Số hộ được đếm ({count:g}) lớn hơn tổng số hộ ({households:g}).")
    return count / households * 100


def mean_yearly_change(change: float, years: int) -> float:
    """Return the mean change a year, in the unit of `change`; `years` lie between both ends.

    Raises
    ------
    ValueError
        If the two ends are the same year.
    """
    if years < 1:
        raise ValueError("Hai mốc so sánh phải cách nhau ít nhất một năm.")
    return change / years


def attainment(reduction: float, planned: float) -> float:
    """Return how much of a planned reduction was reached, in percent.

    Raises
    ------
    ValueError
        If nothing was planned.
    """
    if planned <= 0:
        raise ValueError("Kế hoạch giảm phải lớn hơn 0.")
    return reduction / planned * 100


@dataclass(frozen=True)
class Span:
    """An interval of real numbers, both ends allowed.

    Parameters
    ----------
    low, high : float
    """

    low: float
    high: float

    @property
    def is_empty(self) -> bool:
        """Whether no number lies in it."""
        return self.low > self.high

    @property
    def whole(self) -> tuple[int, int] | None:
        """The smallest and largest whole number in it, if there is one."""
        low, high = math.ceil(self.low), math.floor(self.high)
        return (low, high) if low <= high else None

    def meet(self, other: Span) -> Span:
        """Return what both have in common; empty if nothing."""
        return Span(max(self.low, other.low), min(self.high, other.high))


@dataclass(frozen=True)
class CountAndRate:
    """A number of households and the rate printed beside it.

    Parameters
    ----------
    count : float
    rate : float
        In percent, as printed.
    half : float
        Half a unit of the last printed digit of the rate.
    """

    count: float
    rate: float
    half: float


def implied_households(pair: CountAndRate) -> Span:
    """Return the numbers of all households for which the count rounds to the printed rate.

    Parameters
    ----------
    pair : CountAndRate

    Returns
    -------
    Span
        From ``count / (rate + half)`` to ``count / (rate − half)``; open above (infinite) for a rate
        that may be zero.
    """
    low = pair.count / (pair.rate + pair.half) * 100
    below = pair.rate - pair.half
    return Span(low, pair.count / below * 100 if below > 0 else math.inf)


def common_households(pairs: Iterable[CountAndRate]) -> Span | None:
    """Return the numbers of all households that satisfy every printed count and rate.

    Parameters
    ----------
    pairs : iterable of CountAndRate
        Of one place and day.

    Returns
    -------
    Span or None
        Empty if the figures contradict each other; None without any pair.

    Examples
    --------
    Quảng Nam at the end of 2023: 24.669 (5,57 %), 8.402 (1,90 %), together 33.071 (7,47 %).

    >>> found = common_households(
    ...     CountAndRate(c, r, 0.005) for c, r in ((24669, 5.57), (8402, 1.90), (33071, 7.47))
    ... )
    >>> found.whole
    (442494, 443014)
    """
    found: Span | None = None
    for pair in pairs:
        span = implied_households(pair)
        found = span if found is None else found.meet(span)
    return found


@dataclass(frozen=True)
class Movement:
    """Households of a class from the start to the end of a year; None where it is not known.

    Parameters
    ----------
    start, end : int or None
    left : int or None
        Escaped poverty (or near-poverty).
    left_otherwise : int or None
        Changed between the two classes, moved away, merged.
    fell_back : int or None
        Had escaped before and are in the class again.
    new : int or None
        In the class for the first time.
    entered_otherwise : int or None
        Changed between the two classes, moved in, split off.
    """

    start: int | None
    left: int | None
    left_otherwise: int | None
    fell_back: int | None
    new: int | None
    entered_otherwise: int | None
    end: int | None

    @property
    def expected_end(self) -> int | None:
        """The end that start and movements give; None where one of them is not known."""
        remaining = self._without_entered
        if remaining is None or self.fell_back is None or self.new is None:
            return None
        return remaining + self.fell_back + self.new

    @property
    def gap(self) -> int | None:
        """Households by which the stated end exceeds the expected one; 0 if it agrees, None if open."""
        expected = self.expected_end
        return None if expected is None or self.end is None else self.end - expected

    @property
    def implied_entered(self) -> int | None:
        """Households that came back or are new, by all other columns; None where one is not known."""
        remaining = self._without_entered
        if remaining is None or self.end is None or self.end < remaining:
            return None
        return self.end - remaining

    @property
    def _without_entered(self) -> int | None:
        flows = (self.start, self.left, self.left_otherwise, self.entered_otherwise)
        start, left, left_otherwise, entered_otherwise = flows
        if start is None or left is None or left_otherwise is None or entered_otherwise is None:
            return None
        return start - left - left_otherwise + entered_otherwise
