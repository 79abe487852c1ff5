"""Values with their units, as the annual report's tables print them."""

from __future__ import annotations

from helpers.facts.figures import Measured, Value
from helpers.words.numbers import Number, decimal, percent

_PERCENT = "%"


def amount(measured: Measured, value: Value) -> str:
    """Write a value with its unit: ``78,04%``, ``85,78 điểm``, ``24.669 hộ``."""
    if measured.unit == _PERCENT:
        return str(Number(percent(value.value / 100, measured.decimals), value.source))
    text = decimal(value.value, measured.decimals)
    return f"{Number(text, value.source)} {measured.unit}".rstrip()
