"""Which of many come first, when some print alike where a list is cut, or are not known.

A superlative is a claim about every member of a population. Where one member is unknown, hidden or not
delivered, nobody is the highest of all; of those that are known one may be, and a sentence then says
among how many (:func:`population`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeGuard, TypeVar

from helpers.facts.compared import between
from helpers.facts.comparison import rounded
from helpers.facts.value import Value

Item = TypeVar("Item")


@dataclass(frozen=True)
class Population(Generic[Item]):
    """Whom a superlative would be about.

    Parameters
    ----------
    known : tuple
        Members whose value is known, in the order given.
    of : int
        All members, known or not.
    """

    known: tuple[Item, ...]
    of: int

    @property
    def lacking(self) -> int:
        """Members that are unknown, hidden or not delivered."""
        return self.of - len(self.known)

    @property
    def is_whole(self) -> bool:
        """Whether the highest of the known ones is the highest of all."""
        return self.lacking == 0


def population(
    members: Iterable[Item], value: Callable[[Item], float | None], of: int | None = None
) -> Population[Item]:
    """Say of how many members of a population a value is known.

    Parameters
    ----------
    members : iterable
        All that are declared to belong to it; those that cannot have the value (a share of nothing) do
        not belong to it.
    value : callable
        None or NaN where it is unknown, hidden or not delivered.
    of : int, optional
        Members that there are, where not all of them were delivered.

    Examples
    --------
    >>> population([3, None, 5], lambda item: item)
    Population(known=(3, 5), of=3)
    """
    every = list(members)
    known = tuple(item for item in every if _is_known(value(item)))
    return Population(known, len(every) if of is None else max(of, len(every)))


def _is_known(value: float | None) -> TypeGuard[float]:
    return value is not None and not math.isnan(value)


@dataclass(frozen=True)
class Leading(Generic[Item]):
    """The first of a list.

    Parameters
    ----------
    named : tuple
        As many as wanted, more where they print like the last one wanted; fewer where too many do.
    left : int
        How many that print like each other, and would be next, are too many to be named.
    lacking : int
        Members whose value is not known; where there are any, none is named.
    """

    named: tuple[Item, ...]
    left: int
    lacking: int = 0

    @property
    def one(self) -> Item | None:
        """The first one, if no other prints like it."""
        return self.named[0] if len(self.named) == 1 and not self.left else None


def leading(
    items: Iterable[Item],
    printed: Callable[[Item], float | None],
    most: int,
    *,
    extra: int = 2,
    decimals: int | None = None,
    highest: bool = True,
) -> Leading[Item]:
    """Return those with the highest values; no two that print alike are told apart.

    Nobody is named where a value is not known: what leads among the known ones is asked with these
    alone (:func:`population`), and said with their number.

    Parameters
    ----------
    items : iterable
        In the order in which those that print alike are named.
    printed : callable
        The value as it is printed, so rounded, unless `decimals` says how it is; None or NaN where
        it is not known.
    most : int
        How many are wanted.
    extra : int
        How many more may be named because they print like the last one wanted.
    decimals : int, optional
        With which the values are printed.
    highest : bool
        Whether the highest or the lowest are wanted.

    Examples
    --------
    >>> leading([9, 7, 7, 3], float, 2)
    Leading(named=(9, 7, 7), left=0, lacking=0)
    >>> leading([9, 7, 7, 7, 7, 7], float, 2)
    Leading(named=(9,), left=5, lacking=0)
    """
    every = list(items)
    found = [(value, item) for item in every if _is_known(value := printed(item))]
    if len(found) < len(every):
        return Leading((), 0, len(every) - len(found))
    sign = 1 if highest else -1
    keyed = [
        # As numbers are printed: a binary half would part what prints alike.
        (sign * (value if decimals is None else float(rounded(value, decimals))), item)
        for value, item in found
    ]
    keyed.sort(key=lambda pair: -pair[0])
    if len(keyed) <= most:
        return Leading(tuple(item for _, item in keyed), 0)
    last = keyed[most - 1][0]
    above = [item for value, item in keyed if value > last]
    alike = [item for value, item in keyed if value == last]
    if len(above) + len(alike) <= most + extra:
        return Leading((*above, *alike), 0)
    return Leading(tuple(above), len(alike))


def highest_rate(items: Iterable[Item], rate: Callable[[Item], Value]) -> Item | None:
    """Return the item whose rate is surely the highest; None where no one item has it.

    A rate that one case more or less would take from the top leads nobody: of two bases the smaller
    one's case decides (:func:`helpers.facts.compared.between`).

    Parameters
    ----------
    items : iterable
        With known rates; of a population with unknown members a sentence says how many these are.
    rate : callable
        With its base.
    """
    every = list(items)
    if len(every) < 2:
        return None
    first = max(every, key=lambda item: rate(item).known)
    others = [item for item in every if item is not first]
    sure = all(between(rate(first), rate(other)).case == "higher" for other in others)
    return first if sure else None
