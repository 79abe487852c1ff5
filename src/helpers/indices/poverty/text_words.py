"""Measures of the poverty review as traced numbers and the words around them."""

from __future__ import annotations

from helpers.facts.disclosure import is_small
from helpers.indices.poverty.changes import GROUP_NAMES, Change
from helpers.indices.poverty.levels import Measure
from helpers.indices.poverty.result import PovertyResult
from helpers.words.numbers import Number, decimal, in_words, magnitude, percent, rounded, whole
from helpers.words.text import joined

SMALLEST = 2
"""Digits to which a change that was computed here must differ from zero to be told as one."""


def count(measure: Measure) -> Number:
    """Write a number of households."""
    return _bounded(measure, whole(round(measure.value)))


def rate(measure: Measure) -> Number:
    """Write a rate in percent with the digits it was delivered with."""
    if measure.delivered:
        return _bounded(measure, f"{decimal(measure.value, measure.decimals)}%")
    return Number(percent(measure.value / 100, measure.decimals), measure.trace)


def with_count(rate_of: Measure | None, households: Measure | None) -> str:
    """Write a rate with its households in brackets, or what is known of both."""
    if rate_of is None:
        return f"{count(households)} hộ" if households else ""
    return f"{rate(rate_of)} ({count(households)} hộ)" if households else str(rate(rate_of))


def moved(measure: Measure, unit: str) -> str:
    """Say a change with its verb: ``giảm 2,02 điểm phần trăm``; no change has no number."""
    if rounded(measure.value, measure.decimals) == 0:
        return "không thay đổi"
    verb = "tăng" if measure.value > 0 else "giảm"
    return f"{verb} {size(measure)} {unit}"


def size(measure: Measure) -> Number:
    """Write the size of a change; the verb beside it says the direction."""
    return _bounded(measure, magnitude(measure.value, measure.decimals))


def _bounded(measure: Measure, text: str) -> Number:
    """Write a number with the word that makes it a bound, where its source has one."""
    return Number(f"{measure.bound} {text}" if measure.bound else text, measure.trace)


def base(change: Change) -> str:
    """Say from when a change is counted."""
    if change.since is None:
        return "so với mốc mà nguồn không nêu"
    return f"so với cuối năm {change.since}"


def group(code: str) -> str:
    """Name a group inside a sentence: ``các huyện nghèo``."""
    return GROUP_NAMES.get(code, f"nhóm {code}")


def units_of(result: PovertyResult) -> str:
    """Name the units that are compared: districts, or communes in a year without districts."""
    return "địa bàn cấp huyện" if result.tables.has_districts else communes_of(result)


def communes_of(result: PovertyResult) -> str:
    """Name communes; since 1/7/2025 there are no ``thị trấn``, and ``đặc khu`` have come."""
    return "xã, phường, thị trấn" if result.tables.has_districts else "xã, phường, đặc khu"


def few_or(count_of: int, trace: str, least: int) -> str:
    """Write a number of households of the records; of few only that they are few."""
    if is_small(count_of, least):
        return f"một số ít (dưới {in_words(least)})"
    return str(Number(whole(count_of), trace))


def left_open(result: PovertyResult, column: str) -> str:
    """Say of how many poor and near-poor households an attribute is not recorded; empty for none."""
    found = result.unrecorded.get(column)
    if found is None or result.state.hidden:
        return ""
    trace = "đếm trong danh sách hộ"
    said = [
        f"{few_or(number, trace, result.rules.smallest_cell)} {name}"
        for number, name in zip(found[1:], ("hộ nghèo", "hộ cận nghèo"), strict=True)
        if number
    ]
    return f"Không tính {joined(said)} chưa ghi nội dung này" if said else ""


def hidden_why(result: PovertyResult) -> str:
    """Say why something is not told: ``ẩn vì dưới năm hộ, hoặc vì …``."""
    least = in_words(result.rules.smallest_cell)
    return f"ẩn vì dưới {least} hộ, hoặc vì từ đó suy ra được nhóm dưới {least} hộ"


def interval(low: int, high: int, trace: str) -> str:
    """Write a range of households: ``từ 442.494 đến 443.014``."""
    return f"từ {Number(whole(low), trace)} đến {Number(whole(high), trace)}"
