"""Traced numbers in cells and charts of a page on the whole country."""

from __future__ import annotations

from helpers.indices.scored.national import Moved, PublishedCountry
from helpers.indices.scored.standing import Figure, Mean
from helpers.words.numbers import Number, decimal, magnitude

_NAMED = 3

_LISTED = 5

"""So few changes are told one by one."""


def sign(country: PublishedCountry) -> str:
    """Return what stands behind a value: ``%`` or nothing."""
    return "%" if any(f.measure.startswith("%") for f in country.figures) else ""


def decimals(country: PublishedCountry) -> int:
    """Return how many decimals a value is printed with."""
    return country.framework.decimals


def value(country: PublishedCountry, figure: Figure, year: int | None = None) -> Number:
    """Return a value with its source; of another year than the country's if one is given."""
    if figure.value is None:
        raise ValueError(f"{figure.unit} không có giá trị.")
    text = f"{decimal(figure.value, decimals(country))}{sign(country)}"
    return Number(text, f"{_what(country, year)}, {figure.unit}: {figure.origin}")


def mean(country: PublishedCountry, found: Mean) -> Number:
    """Return a published mean with its source."""
    text = f"{decimal(found.value, decimals(country))}{sign(country)}"
    return Number(text, f"{_what(country)}, bình quân {found.unit}: {found.origin}")


def difference(country: PublishedCountry, moved: Moved) -> Number:
    """Return the size of a change with both sources."""
    text = magnitude(moved.difference, decimals(country))
    return Number(
        text,
        f"hiệu số chưa làm tròn của {moved.place.name}: {moved.later.origin} và {moved.earlier.origin}",
    )


def _what(country: PublishedCountry, year: int | None = None) -> str:
    return f"{country.framework.short_name} {year or country.year}"


def difference_unit(country: PublishedCountry) -> str:
    """Return what a difference of two values is counted in."""
    return "điểm phần trăm" if sign(country) else "điểm"
