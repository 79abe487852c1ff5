"""How far a PAPI score may lie off, and what may therefore be said of two of them.

PAPI prints standard errors of totals in some years, of dimensions in none. In a year without any, what
the definition assumes of a total stands in: it can keep a difference from being told, and never makes
one certain (see :mod:`helpers.facts.comparison`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from helpers.definitions import Framework
from helpers.facts.value import UNKNOWN, Error, sampling

if TYPE_CHECKING:
    from helpers.indices.papi.result import PapiCountry


def errors_of(country: PapiCountry, code: str, year: int | None = None) -> dict[str, Error]:
    """Return the sampling error of every unit's score.

    Parameters
    ----------
    country : PapiCountry
    code : str
    year : int, optional
        Defaults to the year of the report.

    Returns
    -------
    dict of str to Error
        By unit of the country's system. As published; unknown where PAPI prints errors of the year and
        not this one, or 0 for it. Assumed in a year for which it prints none, if the definition
        assumes one.
    """
    year = country.year if year is None else year
    slugs = [unit.slug for unit in country.places.units(country.system)]
    if code != country.definition.edition(year).root.code:
        return dict.fromkeys(slugs, UNKNOWN)
    rows = country.intervals[country.intervals["year"] == year]
    if rows.empty:
        return dict.fromkeys(slugs, assumed(country.definition, code, year))
    printed = dict(zip(rows["slug"], rows["standard_error"].astype(float), strict=True))
    return {slug: sampling(printed.get(slug), origin="published") for slug in slugs}


def assumed(definition: Framework, code: str, year: int, size: float = 1.0) -> Error:
    """Return what the definition assumes of a score's error, `size` times; unknown if nothing."""
    likely = definition.likely_error(code, year)
    return sampling(likely.standard_error * size if likely else None, origin="assumed")


def error_of_merged(country: PapiCountry, slug: str, code: str) -> Error:
    """Return the error of a unit of the 34 as the weighted mean of its independent parts."""
    weights = country.places.weights(country.places.get(slug, "34"))
    errors = errors_of(country, code)
    return _weighted({old: errors[old] for old in weights}, weights)


def _weighted(parts: Mapping[str, Error], weights: Mapping[str, float]) -> Error:
    if any(error.kind != "sampling" for error in parts.values()):
        return UNKNOWN
    variance = sum((weights[slug] * error.standard_error) ** 2 for slug, error in parts.items())
    guessed = any(error.origin == "assumed" for error in parts.values())
    return sampling(math.sqrt(variance), origin="assumed" if guessed else "computed")
