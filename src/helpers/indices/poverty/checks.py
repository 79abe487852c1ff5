"""Delivered figures on poor households that contradict each other; they are printed as delivered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from helpers.indices.poverty.changes import Change
from helpers.indices.poverty.levels import (
    KINDS,
    Measure,
    State,
    completed,
    first_known,
)

Unit = Literal["hộ", "%", "điểm %"]
IN_TABLE = "added_in_table"
IN_RECORDS = "counted_in_records"
_NOISE = 1e-9
"""Binary noise of sums of printed decimals."""


@dataclass(frozen=True)
class Conflict:
    """A figure that is not what others say it should be.

    Parameters
    ----------
    name : str
        Rule that names what is stated: ``sum_of_both``, ``number_of_poor``.
    stated : Measure
    expected : Measure
        What the others give.
    how : str
        Rule that says how it follows from them.
    unit : {"hộ", "%", "điểm %"}
    """

    name: str
    stated: Measure
    expected: Measure
    how: str
    unit: Unit


def conflicts(
    printed: State,
    summed: State,
    counted: State,
    stated: tuple[Change, ...],
    unknown: int = 0,
) -> tuple[Conflict, ...]:
    """Compare the two classes with their sum, single figures with the tables and the records.

    Every rounded figure may be off by half a unit of its last digit; counts must agree exactly.

    Parameters
    ----------
    printed : State
        From single figures.
    summed : State
        From the table of units.
    counted : State
        From the records of households.
    stated : tuple of Change
    unknown : int
        Households of the records whose class is not known: any figure may hold them, as in the
        reconciliation of record files.
    """
    found = [
        _sum(
            "sum_of_both",
            printed.households("both"),
            printed.households("poor"),
            printed.households("near_poor"),
            "hộ",
        ),
        _sum(
            "rate_of_both",
            printed.rate("both"),
            printed.rate("poor"),
            printed.rate("near_poor"),
            "%",
        ),
        *_changes(stated),
        *_against(printed, summed, IN_TABLE),
        *_against(first_known(printed, summed), counted, IN_RECORDS, unknown),
    ]
    return tuple(one for one in found if one is not None)


def _sum(
    name: str, total: Measure | None, first: Measure | None, second: Measure | None, unit: Unit
) -> Conflict | None:
    if total is None or first is None or second is None:
        return None
    if total.bound or first.bound or second.bound:
        return None
    value = first.value + second.value
    # Households are counted, not rounded.
    slack = 0.0 if unit == "hộ" else total.half + first.half + second.half
    if abs(total.value - value) <= slack + _NOISE:
        return None
    decimals = max(first.decimals, second.decimals)
    expected = Measure(value, f"tính toán: {first.trace}; {second.trace}", decimals, False)
    return Conflict(name, total, expected, "both_added", unit)


def _changes(stated: tuple[Change, ...]) -> list[Conflict | None]:
    whole = [c for c in stated if not c.group and not c.yearly]
    spans = dict.fromkeys(change.since for change in whole)
    found = []
    for since in spans:
        points = {c.kind: c.points for c in whole if c.since == since}
        conflict = _sum(
            "change_of_both",
            points.get("both"),
            points.get("poor"),
            points.get("near_poor"),
            "điểm %",
        )
        found.append(conflict)
    return found


def _against(stated: State, other: State, how: str, unknown: int = 0) -> list[Conflict | None]:
    """Compare counts, and rates as far as they are printed, with what a table or the records give."""
    made = completed(other)
    found = [_unlike("all_households", stated.total, made.total, how, "hộ", (0, unknown))]
    parts = stated.households("poor"), stated.households("near_poor")
    for kind in KINDS:
        if kind == "both" and None not in parts:
            # Told with the class that is unlike; the sum of the two is compared by itself.
            continue
        name = f"number_of_{kind}"
        count, whole = made.households(kind), made.total
        found.append(_unlike(name, stated.households(kind), count, how, "hộ", (0, unknown)))
        open_to = _rates_open(count, whole, unknown)
        found.append(
            _unlike(f"rate_of_{kind}", stated.rate(kind), made.rate(kind), how, "%", open_to)
        )
    return found


def _rates_open(count: Measure | None, whole: Measure | None, unknown: int) -> tuple[float, float]:
    """Return how far below and above a rate may be if the unknown households belong to it or not."""
    if not unknown or count is None or whole is None or whole.value <= 0:
        return 0.0, 0.0
    rate = count.value / whole.value
    low = count.value / (whole.value + unknown)
    high = min((count.value + unknown) / whole.value, 1.0)
    return (rate - low) * 100, (high - rate) * 100


def _unlike(
    name: str,
    stated: Measure | None,
    made: Measure | None,
    how: str,
    unit: Unit,
    left_open: tuple[float, float],
) -> Conflict | None:
    """Return the conflict of two figures; `left_open` is how far below and above `made` may be."""
    if stated is None or made is None or stated.bound or made.bound:
        return None
    slack = 0.0 if unit == "hộ" else stated.half
    below, above = (left + slack + _NOISE for left in left_open)
    if -below <= stated.value - made.value <= above:
        return None
    return Conflict(name, stated, made, how, unit)
