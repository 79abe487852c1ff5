"""What tables and charts of SIPAS call things, and how they write its numbers."""

from __future__ import annotations

from helpers.facts.families import Finding
from helpers.facts.value import Value
from helpers.indices.sipas.model import SipasResult
from helpers.indices.sipas.rules import TOTAL
from helpers.words.numbers import Number, percent
from helpers.words.say import telling_of

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


def trace(result: SipasResult, code: str, value: Value, who: str = "", year: int = 0) -> str:
    """Return where a score came from, in words."""
    whose = who or result.subject.label
    return f"SIPAS {year or result.year}, {name(result, code)}, {whose}: {value.source}"


def percentage(value: float, decimals: int = 2) -> str:
    """Write a percentage; less than everybody never prints as 100%."""
    return percent(value / 100, decimals)


def score(result: SipasResult, code: str, value: Value, who: str = "", year: int = 0) -> Number:
    """Return a satisfaction with its source."""
    return Number(percentage(value.known, value.decimals), trace(result, code, value, who, year))


def own(result: SipasResult, code: str) -> Number:
    """Return a score of the subject."""
    return score(result, code, result.own[code])


def judged(result: SipasResult, value: Value) -> Number:
    """Return a percentage of a finding, with its source in words."""
    return Number(percentage(value.known, value.decimals), telling_of(result).source(value))


def confidence(result: SipasResult) -> str:
    """Return the confidence of intervals."""
    return percentage(result.rules.confidence * 100, 0)


def gap_of(finding: Finding) -> float:
    """Return the difference that a comparison found, with its sign."""
    gap = finding.fields.get("gap")
    lower = finding.case.removeprefix("likely_") in ("down", "lower")
    if finding.fields.get("side") == "lower":
        lower = True
    size = gap.known if isinstance(gap, Value) else 0.0
    return -size if lower else size
