"""Numbers and names of decision 766 that several sections share."""

from __future__ import annotations

from helpers.facts.disclosure import LEAST
from helpers.indices.service_quality.arithmetic import Group, Indicator, Ratio, Score
from helpers.indices.service_quality.records import unknown_is_few
from helpers.indices.service_quality.result import ServiceResult
from helpers.words.numbers import Number, decimal, in_words, percent, place, whole


def edition(result: ServiceResult) -> str:
    """Return what a trace says of the rules: ``Quyết định số 766/QĐ-TTg ngày 23/6/2022 …``."""
    return result.edition.legal_basis[0].quoted


def points(result: ServiceResult, one: Indicator) -> Number | None:
    """Return the points of an indicator with rule and source; None where it has none."""
    if one.points is None:
        return None
    origin = one.ratio.trace if one.ratio is not None else ""
    trace = f"chỉ tiêu {one.node.code}, {edition(result)}: {one.node.rule} {origin}"
    return Number(decimal(one.points), trace)


def share(one: Indicator) -> Number | None:
    """Return the ratio of an indicator in percent; None where it has none."""
    if one.ratio is None or one.ratio.share is None:
        return None
    ratio = one.ratio
    words = f"{one.rule.numerator} trên {one.rule.denominator}"
    trace = (
        f"chỉ tiêu {one.node.code}, {words}: {ratio.numerator}/{ratio.denominator}; {ratio.trace}"
    )
    return Number(percent(one.ratio.share, 2), trace)


def counts(one: Indicator) -> Number | None:
    """Return numerator and denominator: ``105/113``; None where they are not known."""
    ratio = one.ratio
    if ratio is None or ratio.numerator is None or ratio.denominator is None:
        return None
    return Number(place(ratio.numerator, ratio.denominator), ratio.trace)


def group_points(result: ServiceResult, group: Group) -> Number | None:
    """Return the points of a group; None where nothing of it is scored."""
    if group.points is None:
        return None
    codes = ", ".join(one.node.code for one in group.scored)
    trace = f"cộng điểm các chỉ tiêu {codes}, {edition(result)}"
    return Number(decimal(group.points), trace)


def total(result: ServiceResult, made: Score) -> Number | None:
    """Return the sum of all points; None where nothing is scored."""
    if made.points is None:
        return None
    return Number(decimal(made.points), f"cộng điểm các nhóm chưa làm tròn, {edition(result)}")


def maximum(value: float) -> str:
    """Write a maximum: ``18``, ``2,5``."""
    return decimal(value, 0 if float(value).is_integer() else 2)


def top(result: ServiceResult, value: float) -> Number:
    """Return a maximum with the rules that set it, for prose."""
    return Number(maximum(value), f"điểm tối đa, {edition(result)}")


def period(result: ServiceResult) -> str:
    """Say which period the points are of: ``Năm 2024`` or ``Quý IV năm 2024``."""
    return (
        f"Năm {result.year}" if result.period == "Cả năm" else f"{result.period} năm {result.year}"
    )


def dates(result: ServiceResult) -> str:
    """Say on which day the ratios were read; a real-time value belongs to a date."""
    found = result.dates
    if not found:
        return ""
    if len(found) == 1:
        return f"số liệu tại ngày {found[0]}"
    return f"số liệu tại các ngày {', '.join(found)}"


def unknown(ratio: Ratio) -> Number | str:
    """Return how many records do not say whether they succeed; of few petitions only that."""
    if unknown_is_few(ratio.code, ratio.unknown):
        return f"dưới {in_words(LEAST)}"
    return Number(whole(ratio.unknown), ratio.trace)


def left_open(result: ServiceResult) -> str:
    """Say which ratios leave records out because these do not say whether they succeed; or nothing."""
    found = [
        f"{one.node.code} ({unknown(one.ratio)})"
        for one in result.score.indicators
        if one.state == "scored" and one.ratio is not None and one.ratio.unknown
    ]
    if not found:
        return ""
    return f"Số bản ghi chưa rõ, không tính vào tử số và mẫu số: {'; '.join(found)}"
