"""How poor and near-poor households moved over a year; what few counted ones would tell is hidden."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from helpers.indices.poverty.arithmetic import NEAR, POOR, Movement, PovertyRules
from helpers.indices.poverty.breakdown import Tables
from helpers.indices.poverty.disclosure import hidden_moves
from helpers.indices.poverty.households import MOVES
from helpers.indices.poverty.levels import Kind
from helpers.inputs.entry import ORIGIN


@dataclass(frozen=True)
class Moved:
    """The movement of a class over the year, for the whole place.

    Parameters
    ----------
    kind : {"poor", "near_poor"}
    movement : Movement
    trace : str
    known : frozenset of str
        Columns that are known; those of `movement` that are not are 0 and say nothing.
    hidden : frozenset of str
        Columns of a counted movement that are not shown.
    """

    kind: Kind
    movement: Movement
    trace: str
    known: frozenset[str]
    hidden: frozenset[str] = frozenset()

    def shows(self, column: str) -> bool:
        """Tell whether a column is known and may be shown."""
        return column in self.known and column not in self.hidden

    @property
    def complete(self) -> bool:
        """Whether the columns must add up; an office without other causes leaves their columns out."""
        return self.known >= set(MOVES) - {"giam_khac", "tang_khac"}

    @property
    def entered(self) -> int | None:
        """Households that came back or are new; from the other columns where these are not known."""
        found = self.movement
        if {"tai", "phat_sinh"} & self.hidden:
            return None
        if {"tai", "phat_sinh"} <= self.known:
            return found.fell_back + found.new
        if {"tai", "phat_sinh"} & self.known or not self.known >= set(MOVES) - {"tai", "phat_sinh"}:
            return None
        entered = found.gap  # what the other columns leave of the end
        return entered if entered >= 0 else None


def movements(tables: Tables, rules: PovertyRules) -> tuple[Moved, ...]:
    """Read the movement of both classes for the whole place, adding districts up where needed."""
    table, counted = tables.movement, tables.are_counted("movement")
    found = []
    for name, kind in ((POOR, "poor"), (NEAR, "near_poor")):
        rows = table[table["loai_ho"] == name]
        whole = rows[rows["huyen"] == ""]
        rows = whole if len(whole) else rows
        if rows.empty:
            continue
        numbers = rows[list(MOVES)].apply(pd.to_numeric)
        known = frozenset(str(c) for c in MOVES if numbers[c].notna().all())
        sums = numbers.sum().astype(int)
        trace = str(rows[ORIGIN].iloc[0])
        if len(rows) > 1:
            trace = f"cộng {len(rows)} huyện; {trace}"
        movement_of = Movement(*(int(sums[c]) for c in MOVES))
        one = Moved(kind, movement_of, trace, known)  # type: ignore[arg-type]
        if counted:
            entered = None if {"tai", "phat_sinh"} & known else one.entered
            shut = hidden_moves(movement_of, known, entered, rules.smallest_cell)
            one = replace(one, hidden=shut)
        found.append(one)
    return tuple(found)
