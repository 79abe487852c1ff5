"""A tree of criteria with points: sums at every level, index, points lost. Pure; nothing is rounded.

An index is points achieved over maximum points, in percent. A criterion that does not apply is taken
off the maximum. A sum of which a part is not known is not a sum: it stays open and says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from helpers.indices.scored.tally import Item, Kind, Tally, tally_of

__all__ = [
    "TOLERANCE",
    "TOTAL",
    "Item",
    "Mismatch",
    "Scoring",
    "Tally",
    "lost_points",
    "parents",
]

TOLERANCE = 0.02
"""Points; sums of figures printed with two decimals may differ by so much from a printed sum."""

TOTAL = "total"


@dataclass(frozen=True)
class Mismatch:
    """Points printed for a criterion beside parts that add up to something else.

    Parameters
    ----------
    code, name : str
    column : {"maximum", "self_points", "appraised", "survey"}
    printed, summed : float
        Points.
    """

    code: str
    name: str
    column: Literal["maximum", "self_points", "appraised", "survey"]
    printed: float
    summed: float


@dataclass(frozen=True)
class Scoring:
    """A scoring table, read as a tree.

    Parameters
    ----------
    items : tuple of Item
        In the order of the table; parents before or after their parts.
    bonus_limit, penalty_limit : float or None
        The most points that bonus and penalty bring and take.
    """

    items: tuple[Item, ...]
    bonus_limit: float | None = None
    penalty_limit: float | None = None

    @cached_property
    def by_code(self) -> Mapping[str, Item]:
        """Rows by code."""
        return {item.code: item for item in self.items}

    @cached_property
    def leaves(self) -> tuple[Item, ...]:
        """The rows whose points count: the lowest level at which points were delivered."""
        return tuple(leaf for top in self.tops for leaf in self._leaves(top))

    @cached_property
    def tops(self) -> tuple[Item, ...]:
        """Rows without a criterion above."""
        return tuple(item for item in self.items if not item.parent)

    def children(self, code: str) -> tuple[Item, ...]:
        """Return the rows right below a criterion."""
        return self._children.get(code, ())

    def tally(self, code: str = TOTAL) -> Tally:
        """Return the sums of a criterion, or of the whole table.

        Raises
        ------
        KeyError
            If the table has no such code.
        """
        if code == TOTAL:
            return tally_of(TOTAL, [leaf for leaf in self.leaves if leaf.kind == "scored"])
        leaves = [leaf for leaf in self._leaves(self.by_code[code]) if leaf.kind == "scored"]
        return tally_of(code, leaves)

    @property
    def bonus(self) -> float | None:
        """Bonus points, at most the yearly limit; 0 without a row for any, None if one is open."""
        return _limited(self._extra("bonus"), self.bonus_limit)

    @property
    def penalty(self) -> float | None:
        """Points taken off, as a positive number, at most the yearly limit; as `bonus` if open."""
        return _limited(self._extra("penalty"), self.penalty_limit)

    @property
    def points(self) -> float | None:
        """Final points with bonus and without penalties, not below 0; None if one is not known."""
        final, bonus, penalty = self.tally().final, self.bonus, self.penalty
        if final is None or bonus is None or penalty is None:
            return None
        return max(math.fsum([final, bonus, -penalty]), 0.0)

    @property
    def points_between(self) -> tuple[float, float] | None:
        """The least and the most that `points` may be while a bonus or penalty row is empty.

        An empty row is one of which nobody has said whether it is claimed: from nothing to its maximum.
        None where the points of the scored criteria themselves are not known.
        """
        final = self.tally().final
        if final is None:
            return None
        bonus, penalty = (self._between(kind) for kind in ("bonus", "penalty"))
        low, high = final + bonus[0] - penalty[1], final + bonus[1] - penalty[0]
        return max(low, 0.0), max(high, 0.0)

    @cached_property
    def excesses(self) -> tuple[Item, ...]:
        """Rows with more points than their maximum, which no index may be made of."""
        return tuple(item for item in self.items if _exceeds(item))

    @cached_property
    def mismatches(self) -> tuple[Mismatch, ...]:
        """Rows whose printed points differ from the sum of their parts by more than the tolerance."""
        return tuple(_mismatches(self))

    @cached_property
    def _children(self) -> dict[str, tuple[Item, ...]]:
        found: dict[str, list[Item]] = {}
        for item in self.items:
            if item.parent:
                found.setdefault(item.parent, []).append(item)
        return {code: tuple(items) for code, items in found.items()}

    def _leaves(self, item: Item) -> list[Item]:
        parts = self.children(item.code)
        below = [leaf for part in parts for leaf in self._leaves(part)] if item.applies else []
        # Some sets score a criterion itself and list its parts only to say why points were lost.
        if not below or (item.has_points and not any(leaf.has_points for leaf in below)):
            return [item]
        return below

    def _between(self, kind: Literal["bonus", "penalty"]) -> tuple[float, float]:
        limit = self.bonus_limit if kind == "bonus" else self.penalty_limit
        low = high = 0.0
        for leaf in self._rows_of(kind):
            points = _claimed(leaf)
            most = math.inf if leaf.maximum is None else leaf.maximum
            low += 0.0 if points is None else points
            high += most if points is None else points
        return (low, high) if limit is None else (min(low, limit), min(high, limit))

    def _rows_of(self, kind: Kind) -> list[Item]:
        return [leaf for leaf in self.leaves if leaf.kind == kind and leaf.applies]

    def _extra(self, kind: Kind) -> float | None:
        points = [_claimed(leaf) for leaf in self._rows_of(kind)]
        known = [one for one in points if one is not None]
        return math.fsum(known) if len(known) == len(points) else None


def parents(codes: Sequence[str]) -> dict[str, str]:
    """Find the criterion above each code among the codes given: ``1.2.3`` → ``1.2``, or ``1``.

    Examples
    --------
    >>> parents(["1", "1.2", "1.2.3", "II.4.1"])
    {'1': '', '1.2': '1', '1.2.3': '1.2', 'II.4.1': ''}
    """
    known = set(codes)
    found = {}
    for code in codes:
        above = code
        while "." in above:
            above = above.rpartition(".")[0]
            if above in known:
                break
        found[code] = above if above in known and above != code else ""
    return found


def lost_points(scoring: Scoring) -> tuple[tuple[Item, float], ...]:
    """Return the applicable criteria that lost points, the largest loss first.

    In a table without any final points the self-score counts: an office knows before the appraisal
    what it missed. The two are never mixed, so that losses may be added.
    """
    found = []
    final = scoring.tally().has_final
    for leaf in scoring.leaves:
        got = leaf.final if final else leaf.self_points
        if leaf.kind != "scored" or not leaf.applies or leaf.maximum is None or got is None:
            continue
        if leaf.maximum - got > 1e-9:
            found.append((leaf, leaf.maximum - got))
    return tuple(sorted(found, key=lambda pair: -pair[1]))


def _mismatches(scoring: Scoring) -> Iterable[Mismatch]:
    for item in scoring.items:
        parts = [part for part in scoring.children(item.code) if part.kind == "scored"]
        if not parts or not item.applies:
            continue
        for column in ("maximum", "self_points", "appraised", "survey"):
            printed = getattr(item, column)
            # A maximum is printed whether or not a part arose; points only where it did.
            rows = parts if column == "maximum" else [part for part in parts if part.applies]
            values = [getattr(part, column) for part in rows]
            known = [value for value in values if value is not None]
            open_maximum = column == "maximum" and len(known) < len(values)
            if printed is None or not known or open_maximum:
                continue
            if abs(printed - math.fsum(known)) > TOLERANCE + 1e-9:
                yield Mismatch(item.code, item.name, column, printed, math.fsum(known))


def _exceeds(item: Item) -> bool:
    if item.maximum is None or item.kind == "penalty" or not item.applies:
        return False
    points = [value for value in (item.self_points, item.final) if value is not None]
    return any(value > item.maximum + TOLERANCE or value < 0 for value in points)


def _claimed(leaf: Item) -> float | None:
    """Return the points of a row of bonus or penalty, after appraisal where there was one."""
    return leaf.self_points if leaf.final is None else leaf.final


def _limited(points: float | None, limit: float | None) -> float | None:
    return points if points is None or limit is None else min(points, limit)
