"""Rule R7: poor and near-poor households, their rates, and the households behind both."""

from __future__ import annotations

import math
from collections.abc import Iterator

from helpers.facts.discrepancy import Discrepancy, Made, Part, Term
from helpers.facts.intervals import NOISE, Interval, printed, total, whole_from
from helpers.indices.poverty.words import NAMES, PREFIX

RATE_OF = {"poor": "poor_rate", "near_poor": "near_poor_rate", "both": "both_rate"}
"""Count → its rate."""


def households(part: Part) -> Iterator[Discrepancy]:
    """Apply R7: sums of counts and of rates, and the one number of households behind all rates."""
    for names, noun, unit, decimals in (
        (("poor", "near_poor", "both"), "Số hộ nghèo ({poor}) và hộ cận nghèo ({near})", "hộ", 0),
        (
            ("poor_rate", "near_poor_rate", "both_rate"),
            "Tỷ lệ hộ nghèo ({poor}) và tỷ lệ hộ cận nghèo ({near})",
            "%",
            2,
        ),
    ):
        known = part.all(*(PREFIX + name for name in names))
        if known is None:
            continue
        poor, near, both = known
        expected = total((printed(poor), printed(near)))
        if not expected.meets(printed(both)):
            made = Made(poor.value + near.value, decimals, unit, "hộ nghèo cộng hộ cận nghèo")
            yield Discrepancy(
                "R7",
                "mâu thuẫn",
                f"{noun} cộng lại là {{made}}, trong khi tổng được nêu là {{both}}.",
                {"poor": poor, "near": near, "both": both, "made": made},
                known,
                expected,
                both.value,
                part.label,
            )
    yield from _one_denominator(part)


def _one_denominator(part: Part) -> Iterator[Discrepancy]:
    pairs = [
        (count, rate)
        for count, rate in (
            (part.get(PREFIX + c), part.get(PREFIX + r)) for c, r in RATE_OF.items()
        )
        if count and rate and count.value > 0
    ]
    known = part.get(PREFIX + "households")
    allowed = [whole_from(count, printed(rate)) for count, rate in pairs]
    if known:
        allowed.append(printed(known))
    if len(allowed) < 2:
        return
    common: Interval | None = allowed[0]
    for one in allowed[1:]:
        common = common.common(one) if common else None
    if common is not None and not common.is_empty_of_integers:
        return
    terms: dict[str, Term] = {}
    said = []
    for i, (count, rate) in enumerate(pairs):
        found = allowed[i]
        how = f"{NAMES[count.code.removeprefix(PREFIX)]} chia cho tỷ lệ, kể cả sai số làm tròn"
        terms |= {f"count{i}": count, f"rate{i}": rate}
        terms[f"low{i}"] = Made(math.ceil(found.low - NOISE), 0, "hộ", how)
        bounds = f"không dưới {{low{i}}} hộ"
        if not math.isinf(found.high):
            terms[f"high{i}"] = Made(math.floor(found.high + NOISE), 0, "hộ", how)
            bounds = f"từ {{low{i}}} đến {{high{i}}} hộ"
        said.append(f"{{count{i}}} hộ ứng với {{rate{i}}} thì có {bounds}")
    if known:
        terms["households"] = known
        said.append("tổng số hộ dân cư được nêu là {households}")
    yield Discrepancy(
        "R7",
        "mâu thuẫn",
        f"Các cặp số hộ và tỷ lệ không cùng một tổng số hộ dân cư: {'; '.join(said)}.",
        terms,
        (*(one for pair in pairs for one in pair), *((known,) if known else ())),
        label=part.label,
    )
