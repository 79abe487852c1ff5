"""What a printed number may stand for: an interval, since printing rounds."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from helpers.inputs.observations import Observation

ROUNDED_UNITS = frozenset({"%", "điểm %", "điểm", "lần"})
"""Units that are rounded when printed, also where no decimal is; a count is exact."""

NOISE = 1e-9
"""What adding decimal fractions in binary may cost; far below any printed digit."""


@dataclass(frozen=True)
class Interval:
    """Values that a printed number, or a sum of printed numbers, may stand for; both ends belong.

    Parameters
    ----------
    low, high : float
        In the unit of the number; infinite where open.

    Examples
    --------
    >>> Interval(1.995, 2.005) + Interval(-0.025, -0.015)
    Interval(low=1.97, high=1.99)
    """

    low: float
    high: float

    def __add__(self, other: Interval) -> Interval:
        return Interval(_clean(self.low + other.low), _clean(self.high + other.high))

    def __sub__(self, other: Interval) -> Interval:
        return Interval(_clean(self.low - other.high), _clean(self.high - other.low))

    def times(self, factor: float) -> Interval:
        """Return the interval of a multiple."""
        ends = (self.low * factor, self.high * factor)
        return Interval(_clean(min(ends)), _clean(max(ends)))

    def over(self, other: Interval) -> Interval:
        """Return the interval of the quotient by a positive one; open above where that may be 0."""
        low = self.low / other.high if other.high > 0 else math.inf
        high = self.high / other.low if other.low > 0 else math.inf
        return Interval(low, high)

    def meets(self, other: Interval) -> bool:
        """Tell whether both can be true at once."""
        return _not_above(self.low, other.high) and _not_above(other.low, self.high)

    def common(self, other: Interval) -> Interval | None:
        """Return the values that both allow, or None."""
        if not self.meets(other):
            return None
        return Interval(max(self.low, other.low), min(self.high, other.high))

    @property
    def is_empty_of_integers(self) -> bool:
        """Whether no whole number lies inside, so that it cannot be a count."""
        if math.isinf(self.low) or math.isinf(self.high):
            return self.low > self.high
        return math.floor(self.high + NOISE) < math.ceil(self.low - NOISE)


def _not_above(one: float, other: float) -> bool:
    return one <= other or math.isclose(one, other, rel_tol=NOISE, abs_tol=NOISE)


def _clean(value: float) -> float:
    return value if math.isinf(value) else round(value, 12)


def exactly(value: float) -> Interval:
    """Return the interval of a number that is not rounded."""
    return Interval(value, value)


def printed(observation: Observation) -> Interval:
    """Return what a printed number may stand for (rule R15).

    A count stands for itself. Everything else stands for all values that round to it: half a unit of
    the last printed digit to both sides. «Hơn», «trên» and «ít nhất» before the number in the sentence
    that was handed over leave it open above; «dưới», «không quá» and «tối đa» leave it open down to 0,
    as none of the figures asked for with such a word can be negative.

    Parameters
    ----------
    observation : Observation

    Returns
    -------
    Interval
        In the unit of the observation; percentages in percent.
    """
    rounded = observation.decimals > 0 or observation.unit in ROUNDED_UNITS
    half = 0.5 * 10.0**-observation.decimals if rounded else 0.0
    if observation.side == "at_least":
        return Interval(observation.value, math.inf)
    if observation.side == "at_most":
        return Interval(min(0.0, observation.value), observation.value)
    return Interval(_clean(observation.value - half), _clean(observation.value + half))


def are_exact(*observations: Observation | None) -> bool:
    """Tell whether none is a bound such as «trên 330.000»: no sum or share follows from one."""
    return not any(one is not None and one.bound for one in observations)


def total(parts: Iterable[Interval]) -> Interval:
    """Return the interval of a sum."""
    made = exactly(0.0)
    for part in parts:
        made = made + part
    return made


def whole_from(count: Observation, rate: Interval) -> Interval:
    """Return what 100 % may be if `count` is `rate` percent of it.

    Parameters
    ----------
    count : Observation
        A count, above 0.
    rate : Interval
        In percent, as printed.

    Returns
    -------
    Interval
        Open above where the rate may be 0.

    Examples
    --------
    24.669 households that are 5,57 % are among 442.492,4 to 443.287,5 households.
    """
    return printed(count).times(100.0).over(rate)
