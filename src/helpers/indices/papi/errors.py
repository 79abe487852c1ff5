"""How far a PAPI score may lie off, and what may therefore be said of two of them.

PAPI prints standard errors of totals in some years, of dimensions in none. In a year without any, what
the definition assumes of a total stands in: it can keep a difference from being told, and never makes
one certain (see :mod:`helpers.facts.comparison`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from helpers.definitions import Framework
from helpers.facts.comparison import Comparison, compare
from helpers.facts.value import UNKNOWN, Error, sampling
from helpers.indices.papi.result import PapiCountry, PapiResult

MEDIAN_TO_MEAN = math.pi / 2
"""Variance of a median of many values, in variances of their mean (large samples, normal errors)."""


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


def against_earlier(country: PapiCountry, slug: str, code: str, year: int) -> Comparison:
    """Compare a unit's score with its own of an earlier year; every year asks other people.

    Whether the two years may be compared at all is the definition's to say.
    """
    rows = country.standing
    rows = rows[
        (rows["system"] == country.system) & (rows["slug"] == slug) & (rows["code"] == code)
    ]
    values = dict(zip(rows["year"].astype(int), rows["value"].astype(float), strict=True))
    return compare(
        values[country.year],
        values[year],
        errors=(errors_of(country, code)[slug], errors_of(country, code, year)[slug]),
        decimals=country.definition.decimals,
    )


def against_median(result: PapiResult, code: str) -> Comparison:
    """Compare a score with the median of all units."""
    return _against(result, code, result.score(code).median, MEDIAN_TO_MEAN)


def against_mean(result: PapiResult, code: str) -> Comparison:
    """Compare a score with the mean of all units, the own one among them."""
    return _against(result, code, result.score(code).mean)


def against_region(result: PapiResult, code: str) -> Comparison:
    """Compare a score with the mean of its region, the own unit among them."""
    region = {p.slug for p in result.country.measured if p.region == result.place.region}
    return _against(result, code, result.score(code).region_mean, within=region)


def _against(
    result: PapiResult,
    code: str,
    mark: float,
    spread: float = 1.0,
    within: set[str] | None = None,
) -> Comparison:
    country = result.country
    rows = country.current[country.current["code"] == code]
    slugs = [str(slug) for slug in rows["slug"] if within is None or slug in within]
    errors = errors_of(country, code)
    own = errors[result.place.slug]
    # The own score is one of those that the mark is made of.
    shared = own.standard_error**2 / len(slugs) if own.kind == "sampling" else 0.0
    return compare(
        result.score(code).value,
        mark,
        errors=(own, _error_of_mark([errors[slug] for slug in slugs], spread)),
        decimals=country.definition.decimals,
        covariance=shared,
    )


def error_apart(country: PapiCountry, slug: str, units: Sequence[str], year: int) -> Error:
    """Return the error of a total minus the median of some units, the own one among them."""
    errors = errors_of(country, country.edition.root.code, year)
    own, mark = errors[slug], _error_of_mark([errors[one] for one in units], MEDIAN_TO_MEAN)
    if "unknown" in (own.kind, mark.kind):
        return UNKNOWN
    shared = 2 * own.standard_error**2 / len(units)
    variance = own.standard_error**2 + mark.standard_error**2 - shared
    guessed = "assumed" in (own.origin, mark.origin)
    return sampling(math.sqrt(max(variance, 0.0)), origin="assumed" if guessed else "computed")


def _error_of_mark(errors: Sequence[Error], spread: float) -> Error:
    """Return the error of the mean of independent units, or of a mark with `spread` its variance.

    A few units whose error PAPI prints as 0 do not hide that of the others' mean.
    """
    known = {str(n): error for n, error in enumerate(errors) if error.kind == "sampling"}
    if not known:
        return UNKNOWN
    mean = _weighted(known, dict.fromkeys(known, 1 / len(known)))
    return sampling(mean.standard_error * math.sqrt(spread), origin=mean.origin)
