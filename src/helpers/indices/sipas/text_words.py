"""Names and traced numbers of a SIPAS result."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.facts.comparison import Comparison
from helpers.indices.sipas import judged
from helpers.indices.sipas.model import SipasResult, UnitStanding
from helpers.indices.sipas.rules import TOTAL
from helpers.indices.sipas.year import Fact
from helpers.words.numbers import Number, magnitude, percent, place, whole
from helpers.words.text import joined

LARGE = 5.0
"""Percentage points from which a clear change of satisfaction is called large."""
HIDDEN_WHY = (
    "có dưới năm phiếu hợp lệ, hoặc từ kết quả đó suy ra được kết quả của đơn vị có dưới năm phiếu"
)
"""Why a result is not told; it does not say which of both it is."""

_MANY = {
    "office": "đơn vị",
    "department": "cơ quan",
    "district": "đơn vị cấp huyện",
    "commune": "đơn vị cấp xã",
}


def units(kind: str) -> str:
    """Return what units of a kind are called together."""
    return _MANY[kind]


def name(result: SipasResult, code: str) -> str:
    """Return how a score is called inside a sentence."""
    return "chỉ số chung" if code == TOTAL else result.edition.get(code).name_vi


def quoted(result: SipasResult, code: str) -> str:
    """Return a score's name set apart; items are whole clauses."""
    return f"«{name(result, code)}»"


def trace(result: SipasResult, code: str, fact: Fact, who: str = "", year: int = 0) -> str:
    """Return where a score came from, in words."""
    whose = who or result.subject.label
    return f"SIPAS {year or result.year}, {name(result, code)}, {whose}: {fact.trace}"


def percentage(value: float, decimals: int = 2) -> str:
    """Write a percentage; less than everybody never prints as 100%."""
    return percent(value / 100, decimals)


def score(result: SipasResult, code: str, fact: Fact, who: str = "", year: int = 0) -> Number:
    """Return a satisfaction with its source."""
    digits = max(fact.decimals, result.framework.decimals) if fact.has_interval else fact.decimals
    return Number(percentage(fact.value, digits), trace(result, code, fact, who, year))


def own(result: SipasResult, code: str) -> Number:
    """Return a score of the subject."""
    return score(result, code, result.own[code])


def points(value: float, rule: str) -> Number:
    """Return the size of a difference of percentages; `rule` says between what."""
    return Number(magnitude(value), f"hiệu số chưa làm tròn: {rule}")


def peers(result: SipasResult, kind: str) -> str:
    """Return whom a unit of a kind is set beside, with their number and what keeps others out."""
    found, many = judged.peers(result, kind), units(kind)
    if found.count is None:
        return f"các {many} được đánh giá"
    rule = f"đếm: {many} có thứ hạng"
    surveyed = judged.survey_of(result, kind) is not None
    if found.least is not None:
        which = "đủ số phiếu để xếp hạng"
    else:
        which = "được khảo sát" if surveyed else "được đánh giá"
    return f"{counted(found.count, rule)} {many} {which}"


def counted(value: float, source: str) -> Number:
    """Return a count with its source."""
    return Number(whole(int(value)), source)


def rank(standing: UnitStanding) -> Number:
    """Return a place: ``13/15`` where the number of units is known, else ``2``."""
    if standing.units is None:
        return Number(whole(standing.rank), standing.trace)
    return Number(place(standing.rank, standing.units), standing.trace)


def rank_interval(standing: UnitStanding, confidence: str, among: str) -> str:
    """Say between which places a unit may stand; empty where errors are not known."""
    if standing.best is None or standing.worst is None:
        return ""
    rule = (
        "so sánh từng cặp đơn vị, khoảng tin cậy điều chỉnh Bonferroni, từ sai số của mẫu khảo sát"
    )
    if standing.best == standing.worst:
        return f"tính cả sai số khảo sát, vị trí này được xác định rõ ở độ tin cậy {confidence}"
    best = Number(whole(standing.best), rule)
    worst = Number(whole(standing.worst), rule)
    return (
        f"tính cả sai số khảo sát, vị trí thật nằm trong khoảng từ {best} đến {worst} trong {among}"
    )


def confidence(result: SipasResult) -> Number:
    """Return the confidence of intervals."""
    return Number(percentage(result.rules.confidence * 100, 0), "độ tin cậy do định nghĩa đặt ra")


def interval(result: SipasResult, code: str, fact: Fact) -> str:
    """Say the interval of a score, or nothing where it is not known."""
    if not fact.has_interval:
        return ""
    rule = f"khoảng tin cậy theo thiết kế mẫu, {trace(result, code, fact)}"
    low = Number(percentage(fact.low), rule)
    high = Number(percentage(fact.high), rule)
    return f"khoảng tin cậy {confidence(result)} từ {low} đến {high}"


def movement(found: Comparison) -> str:
    """Return the verb for a change that surely is one."""
    verb = "tăng" if found.gap > 0 else "giảm"
    return f"{verb} mạnh" if abs(found.gap) >= LARGE else verb


def inside(result: SipasResult, codes: Sequence[str]) -> str:
    """Return several scores beside each other, in the order of the edition."""
    return joined([f"{name(result, code)} ({own(result, code)})" for code in codes])


def span(result: SipasResult, codes: Sequence[str]) -> str:
    """Return between which values several scores lie."""
    ordered = sorted(codes, key=lambda code: result.own[code].value)
    return f"từ {own(result, ordered[0])} đến {own(result, ordered[-1])}"
