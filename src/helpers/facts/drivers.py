"""Which parts moved a sum."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from helpers.facts.changes import moved
from helpers.facts.compared import signed
from helpers.facts.comparison import MOST_NAMED, NOISE, rounded
from helpers.facts.earlier import barred
from helpers.facts.families import Finding
from helpers.facts.leading import leading
from helpers.facts.level import finding, member
from helpers.facts.measured import Earlier, Measured
from helpers.facts.value import PERCENT, Value, Why

HALF = 0.5
"""Counter-movement of more than this share of the movement offsets it; a cause makes at least this."""


@dataclass(frozen=True)
class _Push:
    """What a part added to the change of the sum."""

    part: Measured
    amount: float
    sure: bool


def drivers(measured: Measured) -> tuple[Finding, ...]:
    """Say which parts moved the sum since each earlier year, if the sum moved at all."""
    if not measured.parts or not measured.value.is_known:
        return ()
    return tuple(_since(measured, earlier) for earlier in measured.earlier)


def _since(measured: Measured, earlier: Earlier) -> Finding:
    told: dict[str, object] = {"role": earlier.role, "year": earlier.year}
    slot, family = str(earlier.year), "drivers"
    reasons = barred(measured, earlier)
    if reasons:
        return finding(measured, family, "barred", slot, why=reasons, **told)
    if measured.weights is None:
        return finding(measured, family, "not_addable", slot, why=(Why("no_weights"),), **told)
    verdict = moved(measured, earlier)
    if verdict.case in ("equal", "same_print", "floor", "inside"):
        return finding(measured, family, "nothing", slot, **told)
    if not verdict.is_sure:
        return finding(measured, family, "unknown", slot, **told)
    pushes = _pushes(measured, earlier)
    if pushes is None or not _rebuilds(measured, earlier, pushes, verdict.gap):
        why = (Why("parts_do_not_add_up"),)
        return finding(measured, family, "not_addable", slot, why=why, **told)
    return _named(measured, pushes, verdict.gap, slot, told)


def _pushes(measured: Measured, earlier: Earlier) -> list[_Push] | None:
    """Return what every weighted part added; None if one of them cannot be compared."""
    made = []
    for part in measured.parts:
        weight = (measured.weights or {}).get(part.key.code)
        if weight is None:
            continue
        before = next((one for one in part.earlier if one.year == earlier.year), None)
        if before is None or barred(part, before):
            return None
        verdict = moved(part, before)
        made.append(_Push(part, weight * verdict.gap, verdict.is_sure))
    return made or None


def _rebuilds(measured: Measured, earlier: Earlier, pushes: Sequence[_Push], change: float) -> bool:
    """Tell whether the parts add up to the change, within what printing rounds away."""
    slack = measured.value.error.half + earlier.measured.value.error.half
    for push in pushes:
        weight = abs((measured.weights or {})[push.part.key.code])
        before = next(one for one in push.part.earlier if one.year == earlier.year)
        slack += weight * (push.part.value.error.half + before.measured.value.error.half)
    total = math.fsum(push.amount for push in pushes)
    return abs(total - change) <= slack + 1e-6


def _named(
    measured: Measured,
    pushes: Sequence[_Push],
    change: float,
    slot: str,
    told: dict[str, object],
) -> Finding:
    sign = 1.0 if change > 0 else -1.0
    along = [push for push in pushes if sign * push.amount > NOISE]
    with_it = math.fsum(abs(push.amount) for push in along)
    upward = math.fsum(push.amount for push in pushes if push.amount > 0)
    downward = -math.fsum(push.amount for push in pushes if push.amount < 0)
    both = {
        "upward": signed(upward, measured.value, "sum_of_rises"),
        "downward": signed(downward, measured.value, "sum_of_falls"),
    }
    if min(upward, downward) > HALF * max(upward, downward):
        return finding(measured, "drivers", "offset", slot, **both, **told)
    causes = [push for push in along if push.sure]
    ordered = sorted(causes, key=lambda push: -abs(push.amount))
    needed = _fewest(ordered, HALF * with_it)
    first = leading(causes, lambda push: _printed(push, measured.value), needed, extra=MOST_NAMED)
    named = first.named
    if not named or len(named) > MOST_NAMED:
        return finding(measured, "drivers", "unknown", slot, **told)
    share = 100.0 * math.fsum(abs(push.amount) for push in named) / with_it
    parts = tuple(
        member(push.part, signed(push.amount, measured.value, "weighted_change")) for push in named
    )
    source = Why("share_of_movement", {"upward": both["upward"], "downward": both["downward"]})
    return finding(
        measured,
        "drivers",
        "one" if len(parts) == 1 else "several",
        slot,
        parts=parts,
        share=Value(share, PERCENT, 0, source=source),
        **both,
        **told,
    )


def _printed(push: _Push, like: Value) -> float:
    return float(rounded(abs(push.amount), like.decimals))


def _fewest(ordered: Sequence[_Push], wanted: float) -> int:
    """Return how many of the largest make at least so much, three at most."""
    made = 0.0
    for number, push in enumerate(ordered[:MOST_NAMED], 1):
        made += abs(push.amount)
        if made >= wanted - NOISE:
            return number
    return MOST_NAMED
