"""How a comparison of two published scores is said: sure, likely, inside its error, or not known."""

from __future__ import annotations

from helpers.facts.comparison import Comparison
from helpers.words.numbers import Number, decimal, magnitude
from helpers.words.side_by_side import beside

PUBLISHED = "theo điểm công bố"
"""Said of a place, a group or an end of an order that no error confirms."""


def size(verdict: Comparison, rule: str) -> Number:
    """Return the size of a difference; `rule` says between what."""
    return Number(magnitude(verdict.gap), f"hiệu số chưa làm tròn: {rule}")


def error(verdict: Comparison) -> str:
    """Name the error that a comparison rests on, with its margin: ``sai số khảo sát (±1,39 điểm)``.

    Raises
    ------
    ValueError
        If no error is known.
    """
    if verdict.margin is None:
        raise ValueError("chưa biết sai số của hiệu số")
    kind = "sai số ước tính" if verdict.assumed else "sai số khảo sát"
    trace = "sai số của hiệu số ở mức 95%: 1,96 lần sai số chuẩn của hiệu số"
    return f"{kind} (±{Number(decimal(verdict.margin), trace)} điểm)"


def likely(verdict: Comparison) -> str:
    """Return what must stand before a verb whose error is only assumed."""
    return "nhiều khả năng " if verdict.assumed else ""


def against(verdict: Comparison, mark: str, value: Number, rule: str) -> str:
    """Say how a score lies to a mark: a clause whose subject is the score.

    Parameters
    ----------
    verdict : Comparison
        Of the score against the mark.
    mark : str
        ``trung vị cả nước``.
    value : Number
        Of the mark.
    rule : str
        Between what the difference is.
    """
    gap = size(verdict, rule)
    match verdict.case:
        case "higher":
            return f"{likely(verdict)}cao hơn {mark} ({value} điểm) {gap} điểm"
        case "lower":
            return f"{likely(verdict)}thấp hơn {mark} ({value} điểm) {gap} điểm"
        case "inside":
            return (
                f"chưa khác biệt rõ rệt so với {mark} ({value} điểm): chênh lệch {gap} điểm nằm trong "
                f"{error(verdict)}"
            )
        case "equal" | "same_print":
            return f"làm tròn bằng {mark} ({value} điểm)"
        case "unknown":
            return beside(mark, f"{value} điểm")
