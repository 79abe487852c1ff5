"""Multidimensional poverty as the commentary engine takes it: less is better."""

from __future__ import annotations

from helpers.facts.figures import Beside, Earlier, Measured, Value
from helpers.indices.poverty.levels import RATE_NAMES
from helpers.indices.poverty.result import PovertyResult

Made = tuple[Measured, tuple[Measured, ...]]


def poverty(result: PovertyResult) -> Made | None:
    """Return the rate that leads the report; None where no rate is known."""
    kind = result.lead
    rate = None if kind is None else result.state.rate(kind)
    if kind is None or rate is None:
        return None
    target = result.plan.target if kind == "poor" else None
    measured = Measured(
        index=result.index,
        code=f"{kind}_rate",
        name=f"{RATE_NAMES[kind]} của {result.place.full_name(result.year)}",
        year=result.year,
        unit="%",
        value=Value(rate.value, rate.trace),
        decimals=rate.decimals,
        higher_is_better=False,
        target=None
        if target is None
        else Beside(Value(target.value, target.trace), "mục tiêu của năm"),
        previous=_previous(result),
        mean=_beside(result, "national", "cả nước"),
        region=_beside(result, "region", f"vùng {result.place.region}"),
    )
    return measured, ()


def _previous(result: PovertyResult) -> Earlier | None:
    kind = result.lead
    before = None if kind is None else result.before.rate(kind)
    if kind is None or before is None:
        return None
    computed = next((c for c in result.computed if c.kind == kind and not c.group), None)
    reasons = () if computed is None else computed.reasons
    return Earlier(result.before.year, Value(before.value, before.trace), reasons)


def _beside(result: PovertyResult, level: str, name: str) -> Beside | None:
    row = result.reference(level, "both_rate") if result.lead == "both" else None
    if row is None:
        return None
    return Beside(Value(float(row["value"]), f"{row['origin']}: {row['source']}"), name)
