"""What a SIPAS report finds weak, in the form that the annual report gathers from all indices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.facts.finding_fields import Member
from helpers.facts.value import Value
from helpers.facts.weak import WeakPoint
from helpers.indices.sipas.rules import TOTAL
from helpers.words.say import say

if TYPE_CHECKING:
    from helpers.indices.sipas.model import SipasResult

_SPREAD = 20.0
"""Percentage points behind the best that count as the whole weight of a weakness."""


def weak_points(result: SipasResult) -> tuple[WeakPoint, ...]:
    """Return what surely is weak: below the mean of the peers, and the part that alone is the lowest.

    What the survey error hides is no weakness; where no error is known nothing is. That one of two or
    three is the lowest makes none of them a weakness.
    """
    made = []
    mean = result.found.of("", "against", "mean")
    if mean is not None and mean.case == "lower":
        gap = mean.fields["gap"]
        behind = gap.known if isinstance(gap, Value) else 0.0
        made.append(_point(result, TOTAL, result.framework.short_name, behind, "total"))
    low = result.found.of("items", "weak_part") or result.found.of("factors", "weak_part")
    if low is not None and isinstance(low.fields["high"], Member):
        part = low.fields["high"]
        best = max(value.known for value in result.own.values())
        behind = best - result.own[part.code].known
        of = "items" if part.code in result.item_codes else "factors"
        made.append(_point(result, part.code, part.name, behind, of))
    return tuple(made)


def _point(result: SipasResult, code: str, name: str, behind: float, of: str) -> WeakPoint:
    text = say(result, f"weak_{of}", heading=False).markdown
    return WeakPoint(result.index, code, name, text, min(max(behind / _SPREAD, 0.0), 1.0))
