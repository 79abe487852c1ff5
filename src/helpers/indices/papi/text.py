"""The texts of a PAPI report under their former names; the words say them (``params/words``).

>>> from helpers import papi
>>> from helpers.indices.papi import text
>>> text.overview(papi.evaluate("quang-nam", 2024)).paragraphs[0][:30]
'Chỉ số PAPI năm [2024]'
"""

from __future__ import annotations

from helpers.indices.papi.result import PapiCountry, PapiResult
from helpers.words.say import say, title
from helpers.words.text import Text

__all__ = [
    "changes",
    "dimensions",
    "merger",
    "method",
    "overview",
    "regions",
    "strengths_and_weaknesses",
    "sub_dimensions",
    "title",
]


def overview(result: PapiResult | PapiCountry) -> Text:
    """Say the result first: level, group, place, against whom."""
    return say(result, "overview", heading=False)


def strengths_and_weaknesses(result: PapiResult) -> Text:
    """Name what stands out, up and down."""
    return say(result, "strengths", heading=False)


def sub_dimensions(result: PapiResult) -> Text:
    """Name the sub-dimensions at both ends, or say why there are none."""
    return say(result, "items", heading=False)


def dimensions(country: PapiCountry) -> Text:
    """Say between which values the medians of the country lie."""
    return say(country, "dimensions", heading=False)


def changes(result: PapiResult | PapiCountry) -> Text:
    """Say what changed and what may not be compared, with the reason."""
    return say(result, "changes", heading=False)


def regions(result: PapiResult | PapiCountry) -> Text:
    """Set a province beside its region, or the regions side by side."""
    return say(result, "regions", heading=False)


def merger(result: PapiResult | PapiCountry) -> Text:
    """Say what the scores mean for the units of 1 July 2025."""
    return say(result, "merger", heading=False)


def method(result: PapiResult | PapiCountry) -> Text:
    """Write the method note."""
    return say(result, "method", heading=False)
