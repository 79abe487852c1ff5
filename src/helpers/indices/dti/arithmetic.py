"""The arithmetic of DTI: points of a sub-indicator from its rule and data; the published 0-1 value."""

from __future__ import annotations

from typing import Literal

RuleType = Literal["bac", "ty_le", "co_khong", "cong"]


def points_of(
    rule: RuleType, maximum: float, a: float | None, b: float | None, value: float | None
) -> float | None:
    """Return the points that a sub-indicator's data give.

    Parameters
    ----------
    rule : {"bac", "ty_le", "co_khong", "cong"}
        ``ty_le``: a/b × maximum; ``co_khong``: the maximum for 1, nothing for 0; ``bac`` and ``cong``:
        value (share of the maximum reached, 0 to 1) × maximum.
    maximum : float
        Points.
    a, b : float or None
        Numerator and denominator of a ratio.
    value : float or None

    Returns
    -------
    float or None
        Unrounded, 0 to `maximum`; None if the data are not complete.

    Raises
    ------
    ValueError
        If the data cannot be: b of 0, a greater than b, a share outside 0 to 1, or a yes-or-no value
        that is neither 0 nor 1. The message is Vietnamese.
    """
    if rule == "ty_le":
        if a is None or b is None:
            return None
        if b <= 0 or not 0 <= a <= b:
            raise ValueError(f"tử số {a:g} và mẫu số {b:g} không thành tỷ lệ từ 0 đến 1")
        return maximum * a / b
    if value is None:
        return None
    if not 0 <= value <= 1 or (rule == "co_khong" and value not in (0, 1)):
        raise ValueError(f"giá trị {value:g} không hợp quy tắc «{rule}»")
    return maximum * value


def published_value(points: float, of: float) -> float:
    """Return points as published: 0 to 1, points over the maximum of the set (inferred)."""
    return points / of
