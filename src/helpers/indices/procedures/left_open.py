"""What dossiers give of a number that an office may also have typed, with what they leave open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from helpers.facts.disclosure import is_small
from helpers.indices.procedures.arithmetic import IN_TIME
from helpers.indices.procedures.months import OPEN_UNKNOWN, RESOLVED_UNKNOWN
from helpers.indices.procedures.reading import FIGURES

Line = Mapping[str, Any]
_PARTS = {
    RESOLVED_UNKNOWN: ("gq_truoc_han", "gq_dung_han", "gq_qua_han", IN_TIME),
    OPEN_UNKNOWN: ("dg_trong_han", "dg_qua_han"),
}
"""Dossiers of which it is not known whether they are in time → the columns they may belong to."""
CAME_NEW = ("tn_truc_tuyen", "tn_truc_tiep")


@dataclass(frozen=True)
class Counted:
    """A number that records give.

    Parameters
    ----------
    low, high : float
        Least and greatest value, as far as the records leave something open; equal where they do not.
    hidden : bool
        Whether it must not be told.
    shared : float
        What of the greatest value any other row of the table may hold as well, but not each of them.
    """

    low: float
    high: float
    hidden: bool = False
    shared: float = 0.0


def counted_columns(
    line: Line, shut: frozenset[str], slack: int, shared: int = 0
) -> dict[str, Counted]:
    """Return the counts of a line with what the records leave open of each.

    Parameters
    ----------
    line : mapping
        Counts by column.
    shut : frozenset of str
        Columns that must not be told.
    slack : int
        Dossiers of which it is not known whether they belong to the period. They came before it, so
        that none of them is among those that came in it.
    shared : int
        Others of which it is not known to which row of the table they belong.
    """
    made = {}
    both = [line.get(code) for code in ("gq_truoc_han", "gq_dung_han")]
    values = dict(line)
    values[IN_TIME] = sum(both) if None not in both else None
    hidden = {*shut, *({IN_TIME} if {"gq_qua_han", RESOLVED_UNKNOWN} & shut else ())}
    open_of = {code: name for name, codes in _PARTS.items() for code in codes}
    for code in (*FIGURES.values(), IN_TIME):
        value = values.get(code)
        if not isinstance(value, int):
            continue
        unknown = line.get(open_of[code]) if code in open_of else 0
        if unknown is None:
            continue
        few = code in hidden or is_small(value)
        more, some = (0, 0) if code in CAME_NEW else (slack, shared)
        made[code] = Counted(float(value), float(value + unknown + more + some), few, float(some))
    return made
