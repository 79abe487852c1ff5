"""Findings into Vietnamese sentences. Each function takes the result of an index and returns a text.

A function that exists for a province and for the country chooses by what it is given.
"""

from __future__ import annotations

from helpers.indices.papi import text_changes as papi_changes
from helpers.indices.papi import text_country as papi_country
from helpers.indices.papi import text_method as papi_method
from helpers.indices.papi import text_places as papi_places
from helpers.indices.papi import text_province as papi_province
from helpers.indices.papi.result import PapiCountry, PapiResult
from helpers.words.text import FrontMatter, Text

__all__ = [
    "FrontMatter",
    "Text",
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


def title(result: PapiResult | PapiCountry) -> FrontMatter:
    """Return title, subtitle and description of the document."""
    if isinstance(result, PapiCountry):
        return papi_country.title(result)
    return papi_province.title(result)


def overview(result: PapiResult | PapiCountry) -> Text:
    """Say the result first: level, group, place, against whom."""
    if isinstance(result, PapiCountry):
        return papi_country.overview(result)
    return papi_province.overview(result)


def strengths_and_weaknesses(result: PapiResult) -> Text:
    """Name what stands out, up and down."""
    return papi_province.strengths_and_weaknesses(result)


def sub_dimensions(result: PapiResult) -> Text:
    """Name the sub-dimensions at both ends, or say why there are none."""
    return papi_province.sub_dimensions(result)


def dimensions(country: PapiCountry) -> Text:
    """Say in which dimensions the country is high, low and uneven."""
    return papi_country.dimensions(country)


def changes(result: PapiResult | PapiCountry) -> Text:
    """Say what changed and what may not be compared, with the reason."""
    if isinstance(result, PapiCountry):
        return papi_country.changes(result)
    return papi_changes.changes(result)


def regions(result: PapiResult | PapiCountry) -> Text:
    """Set a province beside its region, or the regions side by side."""
    if isinstance(result, PapiCountry):
        return papi_country.regions(result)
    return papi_places.region(result)


def merger(result: PapiResult | PapiCountry) -> Text:
    """Say what the scores mean for the units of 1 July 2025."""
    if isinstance(result, PapiCountry):
        return papi_country.merger(result)
    return papi_places.merger(result)


def method(result: PapiResult | PapiCountry) -> Text:
    """Write the method note."""
    country = result if isinstance(result, PapiCountry) else result.country
    return papi_method.method(country)
