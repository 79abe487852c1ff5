"""PAPI results that no shipped year holds, made from a real year by changing its scores."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pandas as pd

from helpers.facts.judge import judge
from helpers.facts.region import regional_means
from helpers.facts.standing import add_standing
from helpers.indices.papi import result as papi
from helpers.indices.papi.arithmetic import year_scores
from helpers.indices.papi.measured import criterion
from helpers.inputs.columns import INTERVAL_COLUMNS, SCORE_COLUMNS, frame


def scores_of(country: papi.PapiCountry) -> pd.DataFrame:
    """All scores behind a country, as they were before places and groups."""
    return country.standing[list(SCORE_COLUMNS)].copy()


def year_copied(scores: pd.DataFrame, source: int, target: int) -> pd.DataFrame:
    """Add a year whose scores are those of another."""
    copied = scores[scores["year"] == source].assign(year=target)
    return pd.concat([scores[scores["year"] != target], copied], ignore_index=True)


def without(scores: pd.DataFrame, year: int, slug: str, *codes: str) -> pd.DataFrame:
    """Take scores of a unit away; all of the year if no code is named."""
    gone = (scores["year"] == year) & (scores["slug"] == slug)
    if codes:
        gone &= scores["code"].isin(codes)
    assert gone.any()
    return scores[~gone]


def with_value(scores: pd.DataFrame, year: int, slug: str, code: str, value: float) -> pd.DataFrame:
    """Set one score; sums are left as they are."""
    place = (scores["year"] == year) & (scores["slug"] == slug) & (scores["code"] == code)
    assert place.sum() == 1
    return scores.assign(value=scores["value"].mask(place, value))


def remade(
    country: papi.PapiCountry,
    change: Callable[[pd.DataFrame], pd.DataFrame],
    year: int | None = None,
    intervals: pd.DataFrame | None = None,
) -> papi.PapiCountry:
    """Return the country with changed scores, and all that follows from them."""
    year = year or country.year
    scores = change(scores_of(country))
    edition = country.definition.edition(year)
    of_year = scores[(scores["year"] == year) & (scores["system"] == country.system)]
    weights = {unit.slug: country.places.weights(unit) for unit in country.places.units("34")}
    detail = year_scores(of_year, edition, weights)
    regions = {unit.slug: unit.region for unit in country.places.units(country.system)}
    return dataclasses.replace(
        country,
        year=year,
        edition=edition,
        standing=add_standing(scores, country.definition.groups),
        regions=regional_means(of_year, regions),
        merged=add_standing(detail.merged, country.definition.groups),
        detail=detail,
        intervals=country.intervals if intervals is None else intervals,
    )


def province(country: papi.PapiCountry, slug: str) -> papi.PapiResult:
    """Pick a province out of a country."""
    return papi.of_province(country.places.get(slug, country.system), country)


def intervals_of(*rows: tuple[int, str, float, float, float]) -> pd.DataFrame:
    """Intervals as an import leaves them: year, slug, low, high, standard error."""
    return frame(
        [
            (year, "63", slug, low, high, error, 240.0, f"tệp {year}")
            for year, slug, low, high, error in rows
        ],
        INTERVAL_COLUMNS,
    )


def changed(result, earlier, family="change"):
    """What the judge says of each score that may be compared with a year, by code."""
    found = {}
    for code in result.top_codes():
        for one in judge(criterion(result, code)):
            if (one.family, one.slot) == (family, str(earlier)) and one.case != "barred":
                found[code] = one
    return found


def against(result, code, mark="median"):
    """What the judge says of a score beside a mark."""
    return next(one for one in judge(criterion(result, code)) if one.slot == mark)


def outstanding(result):
    """Codes named at both ends, and whether each end is in its group: (strong, weak)."""
    told = {one.family: one for one in result.document().findings["factors"]}
    ends = []
    for family in ("foremost", "hindmost"):
        one = told[family]
        named = (*one.fields.get("parts", ()), *one.fields.get("besides", ()))
        ends.append(([member.code for member in named], one.case.startswith("group")))
    return ends
