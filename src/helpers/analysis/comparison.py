"""The arithmetic of comparisons under its earlier name; its home is :mod:`helpers.facts.comparison`."""

from helpers.facts.comparison import (
    LEVEL,
    MOST_NAMED,
    NOISE,
    Case,
    Comparison,
    Extreme,
    Margin,
    compare,
    extreme,
    leading,
    margin,
    rounded,
)
from helpers.facts.value import NONE, UNKNOWN, Error, rounding, sampling

__all__ = [
    "LEVEL",
    "MOST_NAMED",
    "NOISE",
    "NONE",
    "UNKNOWN",
    "Case",
    "Comparison",
    "Error",
    "Extreme",
    "Margin",
    "compare",
    "extreme",
    "leading",
    "margin",
    "rounded",
    "rounding",
    "sampling",
]
