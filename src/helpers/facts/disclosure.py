"""The one rule by which small groups of persons, households or dossiers are kept from being told.

What is counted or computed from records is not shown for a group of fewer than :data:`LEAST`, and
nothing is shown from which that could be worked out: totals less the parts shown. Cells are bound
together by sums (a district is the sum of its communes, a row of a table that of its cells); what has
to be hidden beyond the small cells is found on the network of these sums, and a hidden cell is only
left in place once a reader who knows every shown cell, and that zeros are shown, still has at least
two values to choose from for it (Fischetti and Salazar-González 1999, Mathematical Programming 84:
the attacker's problem; for tables whose sums form a network it is a search for a cycle).

Pure functions; figures that an office or a form publishes as aggregates are not a matter for them.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

LEAST = 5
"""Persons, households or dossiers that a group needs to be told of."""

Flags = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.float64]
_Steps = dict[int, dict[int, int]]


@dataclass(frozen=True)
class Sum:
    """One cell that is the sum of others.

    Parameters
    ----------
    total : int
        Number of the cell.
    parts : tuple of int
    """

    total: int
    parts: tuple[int, ...]


def is_small(count: float, least: int = LEAST) -> bool:
    """Tell whether a group must not be told of; an empty or unknown one tells of nobody."""
    return 0 < count < least


def shares(
    counts: Sequence[float] | Counts,
    bases: Sequence[float] | Counts,
    whole: float,
    *,
    least: int = LEAST,
) -> tuple[Flags, Flags]:
    """Return which parts of a whole must not be told of, and of which no share may be told.

    The parts overlap. Each splits those of whom it is recorded, its base, into those who have the mark
    and those who have not; the others of the whole leave it open. A share beside its count tells the
    base, and so both of the last two groups.

    Parameters
    ----------
    counts : sequence of float
        Those who have the mark; NaN if nobody knows.
    bases : sequence of float
        Those of whom it is recorded; NaN if nobody knows.
    whole : float
        All who could have it, which a reader knows; NaN if not.
    least : int

    Returns
    -------
    tuple of array of bool
        Parts of which neither count nor share may be told, and parts without a share.
    """
    having = np.asarray(counts, dtype=np.float64)
    base = np.asarray(bases, dtype=np.float64)

    def few(cells: Counts) -> Flags:
        return (cells > 0) & (cells < least)

    shut = few(having) | few(base - having) | few(whole - having) | few(np.full(len(base), whole))
    return shut, shut | few(whole - base)


def protect(
    counts: Sequence[float] | Counts,
    sums: Iterable[Sum] = (),
    *,
    least: int = LEAST,
    forced: Sequence[bool] | Flags | None = None,
    fixed: Sequence[bool] | Flags | None = None,
) -> Flags:
    """Return which cells must not be shown.

    Parameters
    ----------
    counts : sequence of float
        Members of each group; NaN is a count that nobody knows, which gives nothing away and hides
        nothing.
    sums : iterable of Sum
        What a reader can add up. A cell may be the total of one sum and a part of another, or a part of
        two (a row and a column); sums that follow from the others are left out.
    least : int
    forced : sequence of bool, optional
        Cells that are hidden for another reason.
    fixed : sequence of bool, optional
        Cells that a reader knows in any case: delivered, or told of the whole. Where no other is left
        to hide, some stay open: :func:`exposed` says which.

    Returns
    -------
    array of bool
        Small cells, and the smallest others that protect them. Zeros are always shown.
    """
    cells = np.asarray(counts, dtype=np.float64)
    known = np.nan_to_num(cells)
    hidden = (known > 0) & (known < least)
    if forced is not None:
        hidden |= np.asarray(forced, dtype=bool) & (known > 0)
    if fixed is not None:
        hidden &= ~np.asarray(fixed, dtype=bool)
    net = _Net.of(cells, tuple(sums), least, fixed)
    while True:
        wanted = net.wanted(hidden)
        if wanted is None:
            return hidden
        hidden[wanted] = True


def exposed(
    counts: Sequence[float] | Counts,
    sums: Iterable[Sum],
    hidden: Sequence[bool] | Flags,
    *,
    least: int = LEAST,
) -> Flags:
    """Return which hidden cells follow from what is shown: nothing was left that protects them."""
    cells, shut = np.asarray(counts, dtype=np.float64), np.asarray(hidden, dtype=bool)
    net = _Net.of(cells, tuple(sums), least)
    found = np.zeros(len(cells), dtype=bool)
    for one in net.sums:
        if net.gives_away(one, shut):
            found[[cell for cell in (one.total, *one.parts) if shut[cell]]] = True
    steps = net.steps(shut)
    for cell in map(int, np.flatnonzero(shut)):
        found[cell] |= not net.is_open(cell, steps)
    return found


def protect_rows(
    table: Sequence[Sequence[float]] | Counts,
    sums: Iterable[Sum] = (),
    *,
    least: int = LEAST,
    forced: Sequence[bool] | Flags | None = None,
    fixed: Sequence[bool] | Flags | None = None,
) -> Flags:
    """Return which rows of several counts must not be shown; a row is shown or hidden as a whole.

    Parameters
    ----------
    table : array, rows × counts
    sums : iterable of Sum
        Which rows are sums of others, in every column.
    least, forced, fixed
        As in :func:`protect`.
    """
    rows = np.asarray(table, dtype=np.float64)
    bound = tuple(sums)
    hidden = np.zeros(len(rows), dtype=bool)
    if forced is not None:
        hidden |= np.asarray(forced, dtype=bool)
    while True:
        before = hidden.copy()
        for column in rows.T:
            hidden |= protect(column, bound, least=least, forced=hidden, fixed=fixed)
        if (hidden == before).all():
            return hidden


def nested(groups: Sequence[str]) -> tuple[tuple[str, ...], tuple[Sum, ...]]:
    """Bind cells to groups and groups to the whole.

    Parameters
    ----------
    groups : sequence of str
        Group of each cell.

    Returns
    -------
    tuple of str
        Names of the groups. Cells are numbered as given, then come the groups, last the whole.
    tuple of Sum
    """
    names = tuple(dict.fromkeys(groups))
    first = len(groups)
    inside: dict[str, list[int]] = defaultdict(list)
    for cell, group in enumerate(groups):
        inside[group].append(cell)
    sums = [Sum(first + place, tuple(inside[name])) for place, name in enumerate(names)]
    whole = Sum(first + len(names), tuple(range(first, first + len(names))))
    return names, (*sums, whole)


@dataclass(frozen=True)
class _Net:
    """Cells as arcs between sums; what flows into a sum flows out of it."""

    counts: Counts
    sums: tuple[Sum, ...]
    least: int
    fixed: Flags
    tail: tuple[int, ...]
    head: tuple[int, ...]

    @classmethod
    def of(
        cls,
        counts: Counts,
        sums: tuple[Sum, ...],
        least: int,
        fixed: Sequence[bool] | Flags | None = None,
    ) -> _Net:
        """Lay the arcs; a cell of one sum comes from outside or goes there.

        Raises
        ------
        ValueError
            If a cell is in three sums, or the sums are no network.
        """
        member: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, one in enumerate(sums):
            member[one.total].append((number, 1))
            for part in one.parts:
                member[part].append((number, -1))
        turned = _turned(member, len(sums))
        outside = len(sums)
        tail, head = [outside] * len(counts), [outside] * len(counts)
        for cell, places in member.items():
            for number, sign in places:
                if sign * turned[number] > 0:
                    head[cell] = number
                else:
                    tail[cell] = number
        known = (
            np.zeros(len(counts), dtype=bool) if fixed is None else np.asarray(fixed, dtype=bool)
        )
        return cls(counts, sums, least, known, tuple(tail), tuple(head))

    def wanted(self, hidden: Flags) -> int | None:
        """Return a cell that must be hidden too; None if the hidden ones are safe, or none is left."""
        for one in self.sums:
            if self.gives_away(one, hidden):
                found = self._cheapest((one,), hidden)
                if found is not None:
                    return found
        steps = self.steps(hidden)
        for cell in map(int, np.flatnonzero(hidden)):
            if not self.is_open(cell, steps):
                around = [s for s in self.sums if cell == s.total or cell in s.parts]
                found = self._cheapest(around, hidden)
                if found is None and not self.fixed.any():
                    # Nothing is left to hide beside it: look along the whole table.
                    found = self._cheapest(self.sums, hidden)
                if found is not None:
                    return found
        return None

    def gives_away(self, one: Sum, hidden: Flags) -> bool:
        """Tell whether a sum less its shown parts is one cell, or a small group."""
        behind = [part for part in one.parts if hidden[part]]
        if hidden[one.total]:
            return not behind and not any(math.isnan(self.counts[p]) for p in one.parts)
        if not behind or math.isnan(self.counts[one.total]):
            return False
        return len(behind) < 2 or math.fsum(self.counts[p] for p in behind) < self.least

    def _cheapest(self, sums: Iterable[Sum], hidden: Flags) -> int | None:
        """Return the smallest shown cell; a total only where no part is left."""
        bound = tuple(sums)
        parts = {part for one in bound for part in one.parts}
        totals = {one.total for one in bound} - parts
        for group in (parts, totals):
            shown = [
                cell
                for cell in group
                if self.counts[cell] > 0 and not hidden[cell] and not self.fixed[cell]
            ]
            if shown:
                return min(shown, key=lambda cell: (self.counts[cell], cell))
        return None

    def is_open(self, cell: int, steps: _Steps) -> bool:
        """Tell whether a hidden cell may have another value, all shown cells being as they are."""
        # Zeros are shown, so a hidden cell is known to be 1 at least.
        if self._reach(self.head[cell], self.tail[cell], cell, steps):
            return True
        lower = self.counts[cell] > 1
        return bool(lower and self._reach(self.tail[cell], self.head[cell], cell, steps))

    def steps(self, hidden: Flags) -> _Steps:
        """Count the hidden cells by which a unit can be moved from one sum to another."""
        made: _Steps = defaultdict(lambda: defaultdict(int))
        for cell in map(int, np.flatnonzero(hidden | np.isnan(self.counts))):
            for start, end in self._arcs(cell):
                made[start][end] += 1
        return made

    def _arcs(self, cell: int) -> list[tuple[int, int]]:
        tail, head = self.tail[cell], self.head[cell]
        return [(tail, head)] if self.counts[cell] <= 1 else [(tail, head), (head, tail)]

    def _reach(self, start: int, end: int, without: int, steps: _Steps) -> bool:
        """Tell whether a unit can be moved from one sum to another by changing other cells."""
        own = self._arcs(without)
        seen, waiting = {start}, deque([start])
        while waiting:
            here = waiting.popleft()
            if here == end:
                return True
            for there, cells in steps[here].items() if here in steps else ():
                if there not in seen and cells > own.count((here, there)):
                    seen.add(there)
                    waiting.append(there)
        return False


def _turned(member: dict[int, list[tuple[int, int]]], count: int) -> list[int]:
    """Return the sign of each sum with which every cell enters one and leaves the other."""
    same: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for cell, places in member.items():
        if len(places) > 2:
            raise ValueError(f"cell {cell} is in {len(places)} sums; leave out those that follow")
        if len(places) == 2:
            (one, first), (other, second) = places
            same[one].append((other, -first * second))
            same[other].append((one, -first * second))
    signs = [0] * count
    for start in range(count):
        if signs[start]:
            continue
        signs[start] = 1
        waiting = [start]
        while waiting:
            here = waiting.pop()
            for there, sign in same[here]:
                if signs[there] == 0:
                    signs[there] = signs[here] * sign
                    waiting.append(there)
                elif signs[there] != signs[here] * sign:
                    raise ValueError("the sums are no network")
    return signs
