"""How poor and near-poor households moved over a year; what few counted ones would tell is hidden."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from helpers.indices.poverty.arithmetic import NEAR, POOR, Movement, PovertyRules
from helpers.indices.poverty.breakdown import Tables
from helpers.indices.poverty.disclosure import hidden_moves
from helpers.indices.poverty.households import MOVES
from helpers.indices.poverty.levels import Kind, added_up


@dataclass(frozen=True)
class Moved:
    """The movement of a class over the year, for the whole place.

    Parameters
    ----------
    kind : {"poor", "near_poor"}
    movement : Movement
    trace : str
    hidden : frozenset of str
        Columns of a counted movement that are not shown.
    """

    kind: Kind
    movement: Movement
    trace: str
    hidden: frozenset[str] = frozenset()

    @property
    def counts(self) -> dict[str, int]:
        """Columns that are known."""
        values = vars(self.movement).values()
        return {code: value for code, value in zip(MOVES, values, strict=True) if value is not None}

    def shown(self, column: str) -> int | None:
        """Return a column that is known and may be shown."""
        return None if column in self.hidden else self.counts.get(column)

    @property
    def entered(self) -> int | None:
        """Households that came back or are new; from the other columns where these are not known."""
        back, new = self.movement.fell_back, self.movement.new
        if {"tai", "phat_sinh"} & self.hidden:
            return None
        if back is not None and new is not None:
            return back + new
        return self.movement.implied_entered if back is None and new is None else None


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
        sums = (numbers[c].sum(skipna=False) for c in MOVES)
        trace = added_up(rows.assign(xa=""))
        movement_of = Movement(*(None if pd.isna(number) else int(number) for number in sums))
        one = Moved(kind, movement_of, trace)  # type: ignore[arg-type]
        if counted:
            one = replace(one, hidden=hidden_moves(movement_of, rules.smallest_cell))
        found.append(one)
    return tuple(found)
