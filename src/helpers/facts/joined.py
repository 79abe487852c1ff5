"""What several who report state of one thing: added where it is a count, ranked where it is a score."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from helpers.facts.ranks import Ranks, rank
from helpers.facts.value import Value, Why


@dataclass(frozen=True)
class Joined:
    """One thing as each of several states it.

    Parameters
    ----------
    stated : mapping of str to Value
        By who states it; who states nothing, or not exactly, is not in it.
    asked : tuple of str
        All who could have stated it.
    """

    stated: Mapping[str, Value]
    asked: tuple[str, ...]

    @property
    def silent(self) -> tuple[str, ...]:
        """Who states nothing: no sum has anything of theirs."""
        return tuple(one for one in self.asked if one not in self.stated)

    def sum(self, rule: str) -> Value | None:
        """Return what those who state it come to together; None where nobody does.

        Parameters
        ----------
        rule : str
            Rule of ``## trace`` that says what was added; it is told of how many (``count``).
        """
        if not self.stated:
            return None
        first = next(iter(self.stated.values()))
        whole = math.fsum(value.known for value in self.stated.values())
        source = Why(rule, {"count": len(self.stated)})
        return Value(whole, first.unit, first.decimals, status=first.status, source=source)

    @cached_property
    def ranks(self) -> Ranks | None:
        """Places from the best, by what is printed; None for fewer than two."""
        return rank(self.stated) if len(self.stated) > 1 else None

    def place(self, who: str) -> int | None:
        """Return the place of one of them; None without a value or without another."""
        return None if self.ranks is None else self.ranks.place.get(who)


def joined(values: Mapping[str, Value | None]) -> Joined:
    """Gather what each states; a bound or an unknown is no number that could be added.

    Parameters
    ----------
    values : mapping of str to Value or None
        In the order in which they are told.
    """
    known = {
        who: value
        for who, value in values.items()
        if value is not None and value.is_known and value.bound == "exact"
    }
    return Joined(known, tuple(values))


def differs(stated: Value | None, added: Joined, rule: str) -> bool:
    """Tell whether what one states for all cannot be what they come to.

    More than the whole is a contradiction whoever is silent; less only where nobody is.

    Parameters
    ----------
    stated : Value or None
        Of the whole.
    added : Joined
    rule : str
        As for :meth:`Joined.sum`.
    """
    together = added.sum(rule)
    if stated is None or together is None or not stated.is_known or stated.bound != "exact":
        return False
    if together.known > stated.known:
        return True
    return together.known < stated.known and not added.silent
