"""Delivered figures on poor households that contradict each other; they are printed as delivered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from helpers.indices.poverty.changes import Change
from helpers.indices.poverty.levels import KINDS, Kind, Measure, State, first_known

Unit = Literal["hộ", "%", "điểm %"]
IN_TABLE = "cộng các địa bàn trong bảng"
IN_RECORDS = "đếm trong danh sách hộ"
_NOISE = 1e-9
"""Binary noise of sums of printed decimals."""


@dataclass(frozen=True)
class Conflict:
    """A figure that is not what others say it should be.

    Parameters
    ----------
    name : str
        What is stated, in Vietnamese: ``tổng số hộ nghèo và hộ cận nghèo``.
    stated : Measure
    expected : Measure
        What the others give.
    how : str
        How it follows from them.
    unit : {"hộ", "%", "điểm %"}
    """

    name: str
    stated: Measure
    expected: Measure
    how: str
    unit: Unit


def conflicts(
    printed: State, summed: State, counted: State, stated: tuple[Change, ...]
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
    """
    found = [
        _sum(
            "tổng số hộ nghèo và hộ cận nghèo",
            printed.households("both"),
            printed.households("poor"),
            printed.households("near_poor"),
            "hộ",
        ),
        _sum(
            "tỷ lệ nghèo đa chiều",
            printed.rate("both"),
            printed.rate("poor"),
            printed.rate("near_poor"),
            "%",
        ),
        *_changes(stated),
        *(_against(kind, printed, summed, IN_TABLE) for kind in KINDS),
        *(_against(kind, first_known(printed, summed), counted, IN_RECORDS) for kind in KINDS),
    ]
    return tuple(one for one in found if one is not None)


def _sum(
    name: str, total: Measure | None, first: Measure | None, second: Measure | None, unit: Unit
) -> Conflict | None:
    if total is None or first is None or second is None:
        return None
    value = first.value + second.value
    # Households are counted, not rounded.
    slack = 0.0 if unit == "hộ" else total.half + first.half + second.half
    if abs(total.value - value) <= slack + _NOISE:
        return None
    decimals = max(first.decimals, second.decimals)
    expected = Measure(value, f"tính toán: {first.trace}; {second.trace}", decimals, False)
    return Conflict(name, total, expected, "hộ nghèo cộng hộ cận nghèo", unit)


def _changes(stated: tuple[Change, ...]) -> list[Conflict | None]:
    whole = [c for c in stated if not c.group and not c.yearly]
    spans = dict.fromkeys(change.since for change in whole)
    found = []
    for since in spans:
        points = {c.kind: c.points for c in whole if c.since == since}
        conflict = _sum(
            "thay đổi của tỷ lệ nghèo đa chiều",
            points.get("both"),
            points.get("poor"),
            points.get("near_poor"),
            "điểm %",
        )
        found.append(conflict)
    return found


def _against(kind: Kind, stated: State, other: State, how: str) -> Conflict | None:
    names: dict[Kind, str] = {"poor": "số hộ nghèo", "near_poor": "số hộ cận nghèo"}
    one, two = stated.households(kind), other.households(kind)
    if kind not in names or one is None or two is None or one.value == two.value:
        return None
    return Conflict(names[kind], one, two, how, "hộ")
