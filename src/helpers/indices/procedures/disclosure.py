"""What counts from dossiers must not tell: rows in which a field, unit, procedure or month is of few.

A dossier stands for a person where a row narrows it down; the sums over all dossiers of an office are
its own figures and known to every reader. The rule is :mod:`helpers.facts.disclosure`'s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from helpers.facts.disclosure import LEAST, Sum, exposed, is_small, protect, protect_rows
from helpers.indices.procedures.months import OPEN_UNKNOWN, RESOLVED_UNKNOWN

Line = Mapping[str, object]
"""Counts of a row by column; None where not known."""
CAME = ("tn_truc_tuyen", "tn_truc_tiep", "tn_ky_truoc")
RESOLVED = ("gq_truoc_han", "gq_dung_han", "gq_qua_han", RESOLVED_UNKNOWN)
OPEN = ("dg_trong_han", "dg_qua_han", OPEN_UNKNOWN)
ENDED = ("gq_tong", "dg_tong", "tra_lai")
_LEAVES = (*CAME, *RESOLVED, *OPEN, "tra_lai")
_TREE: Mapping[str, tuple[str, ...]] = {"gq_tong": RESOLVED, "dg_tong": OPEN}
_EVERY = ("tn_tong", *CAME, *ENDED, *RESOLVED, *OPEN)


def _value(line: Line, code: str) -> float:
    found = line.get(code)
    return float(found) if isinstance(found, int | float) else float("nan")


class _Cells:
    """Cells under construction: counts, the sums that bind them, and which are known in any case."""

    def __init__(self) -> None:
        self.counts: list[float] = []
        self.fixed: list[bool] = []
        self.unprinted: list[bool] = []
        self.sums: list[Sum] = []

    def add(self, count: float, *, fixed: bool = False, unprinted: bool = False) -> int:
        self.counts.append(count)
        self.fixed.append(fixed)
        self.unprinted.append(unprinted)
        return len(self.counts) - 1

    def bind(self, total: int, parts: Sequence[int]) -> None:
        self.sums.append(Sum(total, tuple(parts)))

    def column(self, parts: Sequence[int]) -> None:
        """Bind the cells of a column to its total, which is printed for the whole office."""
        self.bind(self.add(sum(self.counts[part] for part in parts), fixed=True), parts)

    def solve(self) -> tuple[np.ndarray, np.ndarray]:
        """Return what is hidden, and what of it is still open to a reader."""
        hidden = protect(self.counts, self.sums, fixed=self.fixed, forced=self.unprinted)
        return hidden, exposed(self.counts, self.sums, hidden)


def hidden_cells(lines: Sequence[Line]) -> list[frozenset[str]]:
    """Return the columns of each row that must not be shown: fields or units of an office.

    Parameters
    ----------
    lines : sequence of mapping
        Every dossier of the office is in one row.

    Returns
    -------
    list of frozenset of str
        Where single cells cannot be protected, because a column's only dossiers are few, the columns
        that add up with it are hidden in every row, zeros too. A single row is the office itself.
    """
    if len(lines) < 2:
        return [frozenset() for _ in lines]
    cells = _Cells()
    places: list[dict[str, int]] = []
    for line in lines:
        places.append(_lay(cells, line))
    for code in _LEAVES:
        cells.column([at[code] for at in places])
    hidden, open_ones = cells.solve()
    every: set[str] = set()
    for block in (CAME, RESOLVED, OPEN, ENDED):
        if any(open_ones[at[code]] for at in places for code in block):
            every |= _with_block(lines, block)
    if any(open_ones[at["tn_tong"]] for at in places):
        every |= set(_EVERY)
    if any(hidden[at["tn_ky_truoc"]] for at in places):
        # What is carried over was in process a year ago: the report of that year may hide another row.
        every |= set(CAME)
    return [frozenset({code for code, cell in at.items() if hidden[cell]} | every) for at in places]


def hidden_total(line: Line) -> frozenset[str]:
    """Return the columns of all dossiers of an office that must not be shown.

    Parameters
    ----------
    line : mapping
        Counts of the whole file.
    """
    cells = _Cells()
    at = _lay(cells, line)
    hidden, open_ones = cells.solve()
    found = {code for code, cell in at.items() if hidden[cell]}
    for block in (CAME, RESOLVED, OPEN, ENDED):
        if any(open_ones[at[code]] for code in block):
            found |= {*ENDED, *RESOLVED, *OPEN} if block == ENDED else set(block)
    return frozenset(_EVERY) if open_ones[at["tn_tong"]] else frozenset(found)


def _lay(cells: _Cells, line: Line) -> dict[str, int]:
    """Lay the cells of a row and the sums that bind them; return their numbers by column."""
    at = {code: cells.add(_value(line, code)) for code in _EVERY}
    cells.bind(at["tn_tong"], [at[code] for code in CAME])
    cells.bind(at["tn_tong"], [at[code] for code in ENDED])
    for total, parts in _TREE.items():
        cells.bind(at[total], [at[code] for code in parts])
    return at


def _with_block(lines: Sequence[Line], block: tuple[str, ...]) -> set[str]:
    """Return a block of columns that is hidden in every row, with what would still give it away."""
    total = next((code for code, parts in _TREE.items() if parts == block), None)
    if block == ENDED:
        return {*ENDED, *RESOLVED, *OPEN}
    if total is not None and sum(_value(line, total) > 0 for line in lines) < 2:
        # All of it is in one row: its total would say which.
        return {*ENDED, *RESOLVED, *OPEN}
    return set(block)


def hidden_procedures(lines: Sequence[Line], total: Line) -> list[bool]:
    """Return which procedures must not be shown in the list of late dossiers; a row as a whole.

    Parameters
    ----------
    lines : sequence of mapping
    total : mapping
        Of all dossiers, those that name no procedure too.
    """

    def columns(line: Line) -> list[float]:
        late = [_value(line, code) for code in ("gq_qua_han", "dg_qua_han")]
        both = float(np.nansum(late))
        received = _value(line, "tn_tong")
        return [received, *late, both, received - both]

    rows = np.array([columns(line) for line in lines]).reshape(len(lines), 5)
    whole = np.array(columns(total))
    table = np.vstack([rows, (whole - rows.sum(axis=0))[None, :], whole[None, :]])
    count = len(lines)
    bound = (Sum(count + 1, tuple(range(count + 1))),)
    fixed = np.zeros(count + 2, dtype=bool)
    fixed[-1] = True
    hidden = protect_rows(table, bound, fixed=fixed)
    if any(exposed(column, bound, hidden & (column > 0)).any() for column in table.T):
        hidden[:count] |= np.nan_to_num(rows[:, 3]) > 0
    return [bool(shut) for shut in hidden[:count]]


def hidden_months(lines: Sequence[Line], total: Line) -> list[frozenset[str]]:
    """Return the columns of each month that must not be shown.

    What is open at the end of a month is what was open before and came, less what ended: a stock gives
    a flow away and the other way round.

    Parameters
    ----------
    lines : sequence of mapping
        From the first month on, without a gap.
    total : mapping
        Of all dossiers of the office.
    """
    cells, nothing = _Cells(), float("nan")
    places: list[dict[str, int]] = []
    before = cells.add(_value(total, "tn_ky_truoc"), fixed=True)
    for number, line in enumerate(lines, start=1):
        online, direct = (_value(line, code) for code in CAME[:2])
        late, resolved = _value(line, "gq_qua_han"), _value(line, "gq_tong")
        last = number == len(lines) and line.get("dg_tong") == total.get("dg_tong")
        at = {
            "tn_truc_tuyen": cells.add(online),
            "tn_truc_tiep": cells.add(direct),
            "came": cells.add(online + direct),
            "gq_qua_han": cells.add(late),
            "in_time": cells.add(resolved - late),
            "gq_tong": cells.add(resolved),
            "dg_tong": cells.add(_value(line, "dg_tong"), fixed=last),
        }
        at["tra_lai"] = cells.add(_value(line, "tra_lai"), unprinted=True)
        here = cells.add(nothing)
        cells.bind(at["came"], [at["tn_truc_tuyen"], at["tn_truc_tiep"]])
        cells.bind(at["gq_tong"], [at["gq_qua_han"], at["in_time"]])
        cells.bind(here, [before, at["came"]])
        cells.bind(here, [at["gq_tong"], at["tra_lai"], at["dg_tong"]])
        before = at["dg_tong"]
        places.append(at)
    for code in ("tn_truc_tuyen", "tn_truc_tiep", "gq_qua_han", "in_time", "tra_lai"):
        cells.column([at[code] for at in places])
    hidden, open_ones = cells.solve()
    every: set[str] = set()
    for code, block in (
        ("tn_truc_tuyen", CAME[:2]),
        ("tn_truc_tiep", CAME[:2]),
        ("gq_qua_han", ("gq_qua_han",)),
        ("in_time", ("gq_qua_han",)),
    ):
        if any(open_ones[at[code]] for at in places):
            every |= set(block)
    if any(open_ones[at[code]] for at in places for code in ("came", "gq_tong", "dg_tong")):
        every |= {*CAME, "tn_tong", "gq_tong", "gq_qua_han", "dg_tong", "dg_qua_han"}
    return [
        frozenset(_of_month(line, at, hidden, last=line is lines[-1]) | every)
        for line, at in zip(lines, places, strict=True)
    ]


def _of_month(line: Line, at: Mapping[str, int], hidden: np.ndarray, *, last: bool) -> set[str]:
    found = {code for code in ("tn_truc_tuyen", "tn_truc_tiep", "gq_qua_han", "gq_tong", "dg_tong")
             if hidden[at[code]]}  # fmt: skip
    if hidden[at["in_time"]]:
        found.add("gq_qua_han")
    if hidden[at["came"]]:
        found |= {*CAME, "tn_tong"}
    # Which of the open ones are late is bound to nothing else, but for the end of the period.
    open_now, late = _value(line, "dg_tong"), _value(line, "dg_qua_han")
    few = is_small(late) or is_small(open_now - late)
    if "dg_tong" in found or (few and not last):
        found.add("dg_qua_han")
    return found


def days_of(days: object, dated: int) -> float | None:
    """Return the mean working days of resolved dossiers; None of none, and of few."""
    if not isinstance(days, int | float) or dated < LEAST:
        return None
    return days / dated
