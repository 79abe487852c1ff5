"""Which of many come first, when some print alike where a list is cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Leading(Generic[Item]):
    """The first of a list.

    Parameters
    ----------
    named : tuple
        As many as wanted, more where they print like the last one wanted; fewer where too many do.
    left : int
        How many that print like each other, and would be next, are too many to be named.
    """

    named: tuple[Item, ...]
    left: int

    @property
    def one(self) -> Item | None:
        """The first one, if no other prints like it."""
        return self.named[0] if len(self.named) == 1 and not self.left else None


def leading(
    items: Iterable[Item], printed: Callable[[Item], float], most: int, *, extra: int = 2
) -> Leading[Item]:
    """Return those with the highest values; no two that print alike are told apart.

    Parameters
    ----------
    items : iterable
        In the order in which those that print alike are named.
    printed : callable
        The value as it is printed, so rounded.
    most : int
        How many are wanted.
    extra : int
        How many more may be named because they print like the last one wanted.

    Examples
    --------
    >>> leading([9, 7, 7, 3], float, 2)
    Leading(named=(9, 7, 7), left=0)
    >>> leading([9, 7, 7, 7, 7, 7], float, 2)
    Leading(named=(9,), left=5)
    """
    ordered = sorted(items, key=lambda item: -printed(item))
    if len(ordered) <= most:
        return Leading(tuple(ordered), 0)
    last = printed(ordered[most - 1])
    above = [item for item in ordered if printed(item) > last]
    alike = [item for item in ordered if printed(item) == last]
    if len(above) + len(alike) <= most + extra:
        return Leading((*above, *alike), 0)
    return Leading(tuple(above), len(alike))
