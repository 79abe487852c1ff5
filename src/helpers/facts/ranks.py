"""Places among units: computed once for a population, ties at unrounded and at printed precision."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpers.facts.comparison import printed
from helpers.facts.value import Value

if TYPE_CHECKING:
    from helpers.facts.measured import Peers


@dataclass(frozen=True)
class Ranks:
    """Places from the best, ties sharing the better one: 1, 2, 2, 4.

    Parameters
    ----------
    place : mapping of str to int
        At printed precision: what prints alike is not told apart.
    exact : mapping of str to int
        At unrounded precision; for what a publisher ranked by digits that are not printed.
    alike : mapping of str to tuple of str
        The other units that print the same.
    order : tuple of str
        By value, the best first.
    """

    place: Mapping[str, int]
    exact: Mapping[str, int]
    alike: Mapping[str, tuple[str, ...]]
    order: tuple[str, ...]

    @property
    def best(self) -> tuple[str, ...]:
        """Who prints the best value."""
        return tuple(unit for unit in self.order if self.place[unit] == 1)

    @property
    def lowest(self) -> tuple[str, ...]:
        """Who prints the worst value."""
        last = self.place[self.order[-1]] if self.order else 0
        return tuple(unit for unit in self.order if self.place[unit] == last)


def rank(values: Mapping[str, Value], *, higher_is_better: bool = True) -> Ranks:
    """Rank units with known values, in O(n log n)."""
    sign = -1.0 if higher_is_better else 1.0
    exact = {unit: sign * round(value.known, 9) for unit, value in values.items()}
    shown = {unit: sign * float(printed(value)) for unit, value in values.items()}
    exactly, as_printed = sorted(exact.values()), sorted(shown.values())
    order = tuple(sorted(exact, key=lambda unit: (exact[unit], unit)))
    together: dict[float, list[str]] = {}
    for unit in order:
        together.setdefault(shown[unit], []).append(unit)
    return Ranks(
        place={unit: bisect_left(as_printed, shown[unit]) + 1 for unit in order},
        exact={unit: bisect_left(exactly, exact[unit]) + 1 for unit in order},
        alike={
            unit: tuple(other for other in together[shown[unit]] if other != unit) for unit in order
        },
        order=order,
    )


def last_place(ranks: Ranks, unit: str) -> int:
    """Return the worst of the places that those who print alike share."""
    places = sorted(ranks.place.values())
    return bisect_right(places, ranks.place[unit])


def place_among(peers: Peers, units: Collection[str], unit: str) -> int:
    """Return the place of a unit among some of its peers, ties at printed precision."""
    places = peers.ranks.place
    own = places[unit]
    return 1 + sum(places[other] < own for other in units)


QUARTER = 0.25


def in_first_quarter(rank: float, units: float) -> bool:
    """Tell whether a place is among the first quarter of all places.

    Examples
    --------
    >>> in_first_quarter(5, 20), in_first_quarter(6, 20)
    (True, False)
    """
    return rank <= QUARTER * units


def in_last_quarter(rank: float, units: float) -> bool:
    """Tell whether a place is among the last quarter of all places.

    Examples
    --------
    >>> in_last_quarter(15, 20), in_last_quarter(16, 20)
    (False, True)
    """
    return rank > (1 - QUARTER) * units
