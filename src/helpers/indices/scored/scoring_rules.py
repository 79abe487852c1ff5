"""Points from what was declared, by the rules of a scoring set; pure arithmetic, nothing rounded."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import assert_never

from helpers.definitions.rules import (
    Bonus,
    Boolean,
    Choice,
    Ladder,
    Options,
    Parts,
    Penalty,
    PerUnit,
    Proportional,
    ProportionalBetween,
    Rule,
    SipasPoints,
    Step,
    Steps,
    TwoBranch,
)
from helpers.inputs.evidence import Evidence, EvidenceError
from helpers.places import fold


def points_of(rule: Rule, maximum: float, evidence: Evidence) -> float | None:
    """Return the points that a rule gives.

    Parameters
    ----------
    rule : Rule
    maximum : float
        Points of the criterion; for a penalty the most that can be taken off (infinite if there is
        no limit).
    evidence : Evidence
        What was declared.

    Returns
    -------
    float or None
        Unrounded points, 0 to `maximum`; a penalty as a positive number. None if the criterion did not
        arise, so that its maximum is taken off.

    Raises
    ------
    EvidenceError
        If the rule cannot be applied to what was declared; the message is Vietnamese.
    """
    if evidence.not_arising:
        return None
    return min(max(_points(rule, maximum, evidence), 0.0), maximum)


def _points(rule: Rule, maximum: float, evidence: Evidence) -> float:
    match rule:
        case Boolean():
            return maximum if _said(evidence) else 0.0
        case Ladder() | Steps() | Bonus():
            return _stepped(rule.steps, maximum, _number(evidence))
        case Choice():
            return maximum * _chosen(rule.shares, evidence)
        case PerUnit():
            return rule.points * _number(evidence)
        case Parts():
            met = int(_number(evidence))
            if not 0 <= met <= len(rule.shares):
                raise EvidenceError(f"«{evidence.text}»: chỉ có {len(rule.shares)} điều kiện.")
            return maximum * sum(rule.shares[:met])
        case Proportional():
            return maximum * min(_rate(evidence) / rule.full_from, 1.0)
        case ProportionalBetween():
            return _between(rule, maximum, _rate(evidence))
        case TwoBranch():
            return _two_branch(rule, maximum, evidence)
        case Options():
            return maximum * mean_of_options(rule.percent, evidence.parts) / 100
        case SipasPoints():
            return sipas_points(maximum, _rate(evidence))
        case Penalty():
            return _penalty(rule, evidence)
        case _:
            assert_never(rule)


def mean_of_options(percent: Mapping[str, float], counts: Mapping[str, float]) -> float:
    """Return Σ percent × count / Σ count of the answers to a survey question, in percent.

    Raises
    ------
    EvidenceError
        If an option has no percentage, a count is negative, or there is no answer.
    """
    unknown = [name for name in counts if name not in percent]
    if unknown:
        raise EvidenceError(f"bộ tiêu chí không có phương án: {', '.join(unknown)}.")
    total = sum(counts.values())
    if total <= 0 or min(counts.values()) < 0:
        raise EvidenceError("không có phiếu trả lời, hoặc số phiếu âm.")
    return sum(percent[name] * count for name, count in counts.items()) / total


def sipas_points(maximum: float, sipas: float) -> float:
    """Return the points for a satisfaction index in percent: maximum × SIPAS/100 (inferred rule)."""
    return maximum * sipas / 100


def _stepped(steps: tuple[Step, ...], maximum: float, value: float) -> float:
    for step in steps:
        if step.reached(value):
            return step.points if step.points is not None else maximum * (step.share or 0.0)
    return 0.0


def _chosen(shares: Mapping[str, float], evidence: Evidence) -> float:
    wanted = fold(evidence.text)
    for word, share in shares.items():
        if fold(word) == wanted:
            return share
    raise EvidenceError(f"«{evidence.text}» không thuộc các mức: {', '.join(shares)}.")


def _between(rule: ProportionalBetween, maximum: float, rate: float) -> float:
    if rate >= rule.full_from:
        return maximum
    if rate < rule.none_below:
        return 0.0
    points = maximum * rate / rule.full_from
    if rule.decimals is None:
        return points
    # The set itself rounds here; nine digits free the float of its binary noise.
    exact = Decimal(repr(round(points, 9)))
    return float(exact.quantize(Decimal(1).scaleb(-rule.decimals), ROUND_HALF_UP))


def _two_branch(rule: TwoBranch, maximum: float, evidence: Evidence) -> float:
    if evidence.with_plan is None:
        raise EvidenceError(
            f"«{evidence.text}» phải bắt đầu bằng «có kế hoạch:» hoặc «không có kế hoạch:»."
        )
    if evidence.with_plan:
        return _stepped(rule.steps, maximum, _rate(evidence))
    return rule.without_plan if _said(evidence) else 0.0


def _penalty(rule: Penalty, evidence: Evidence) -> float:
    if evidence.said is not None:
        return rule.points if evidence.said else 0.0
    days = _number(evidence)
    if days <= 0:
        return 0.0
    return rule.points + rule.per_day * max(days - rule.first_days, 0.0)


def _said(evidence: Evidence) -> bool:
    if evidence.said is not None:
        return evidence.said
    if evidence.number in (0.0, 1.0):
        return evidence.number == 1.0
    raise EvidenceError(f"«{evidence.text}» phải là «có» hoặc «không».")


def _number(evidence: Evidence) -> float:
    if evidence.said is False:
        return 0.0
    if evidence.number is None:
        raise EvidenceError(f"«{evidence.text}» không phải số.")
    return evidence.number


def _rate(evidence: Evidence) -> float:
    rate = _number(evidence)
    if not 0 <= rate <= 100:
        raise EvidenceError(f"«{evidence.text}» không phải tỷ lệ từ 0 đến 100%.")
    return rate
