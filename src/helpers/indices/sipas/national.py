"""The province in the ministry's own survey, as far as it was published in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from helpers.definitions.framework import Framework, FrameworkEdition
from helpers.facts.value import PERCENT, UNKNOWN, Value
from helpers.indices.sipas.rules import TOTAL, SipasRules
from helpers.indices.sipas.values import DECIMALS
from helpers.inputs.results import (
    provinces_with_total,
    published_averages,
    published_results,
    settled,
)
from helpers.places import Place, register
from helpers.project import Project

INDEX = "sipas"


@dataclass(frozen=True)
class National:
    """What was published about one year of the ministry's survey.

    Parameters
    ----------
    year : int
    scores : mapping
        Code of the edition → the province's percentage; ``total`` for the index.
    rank : Value or None
        The province's place.
    means : mapping
        Code of the edition → national percentage.
    with_value : int
        Provinces whose index is known from the published texts.
    units : int
        Provinces and cities that there were.
    earlier : Value or None
        The province's index of the year before, where the two may be compared.
    earlier_rank : Value or None
    not_comparable : tuple of str
        Why they may not be compared.
    in_province : mapping
        What was published of the province's own survey: ``mean:department``, ``max:district`` and so
        on → value, and what the row is called (of an end: the unit that has it).
    """

    year: int
    scores: Mapping[str, Value]
    rank: Value | None
    means: Mapping[str, Value]
    with_value: int
    units: int
    earlier: Value | None
    earlier_rank: Value | None
    not_comparable: tuple[str, ...]
    in_province: Mapping[str, tuple[Value, str]]

    @property
    def total(self) -> Value | None:
        """The province's index."""
        return self.scores.get(TOTAL)

    @property
    def is_empty(self) -> bool:
        """Whether nothing about the province was published."""
        return not self.scores and self.rank is None


def national(
    place: Place,
    year: int,
    units: int,
    framework: Framework,
    edition: FrameworkEdition,
    rules: SipasRules,
    project: Project,
) -> National:
    """Gather the published results of a province.

    Parameters
    ----------
    place : Place
    year : int
    units : int
        Provinces and cities of the territorial system of the year.
    framework : Framework
    edition : FrameworkEdition
    rules : SipasRules
    project : Project
    """
    every = published_results(INDEX, project)
    rows = settled(every[every["level"] == "province"])
    own = rows[(rows["slug"] == place.slug) & (rows["year"] == year)]
    averages = published_averages(INDEX, project)
    means = averages[(averages["year"] == year) & (averages["level"] == "national")]
    unit = register(project).unit_in(place, year - 1)
    before = rows[(rows["slug"] == (unit or place).slug) & (rows["year"] == year - 1)]
    reasons = framework.why_not_comparable(year - 1, year, TOTAL, place=place)
    earlier = {} if reasons else _values(before, edition, rules)
    of_year = rows[(rows["year"] == year) & (rows["code"] == TOTAL)]
    known = set(of_year.loc[of_year["value"].notna(), "slug"])
    return National(
        year=year,
        scores=_values(own, edition, rules),
        rank=_rank(own),
        means=_values(means, edition, rules),
        with_value=len(known & set(provinces_with_total(every, year))),
        units=units,
        earlier=earlier.get(TOTAL),
        earlier_rank=None if reasons else _rank(before),
        not_comparable=reasons if len(before) else (),
        in_province=_in_province(averages, place, year),
    )


def _values(rows: pd.DataFrame, edition: FrameworkEdition, rules: SipasRules) -> dict[str, Value]:
    codes = {TOTAL, *(node.code for node in edition.nodes)}
    found = {}
    for _, row in rows.iterrows():
        code = rules.published_codes.get(str(row["code"]), str(row["code"]))
        if (
            code in codes
            and row["value"] == row["value"]
            and str(row["unit_of_measure"])[:1] == "%"
        ):
            found[code] = _published(row)
    return found


def _in_province(averages: pd.DataFrame, place: Place, year: int) -> dict[str, tuple[Value, str]]:
    rows = averages[
        (averages["level"] == "in_province")
        & (averages["unit"].isin((place.own_name, place.name)))
        & (averages["year"] == year)
        & averages["code"].str.contains(":", regex=False)
    ]
    return {str(row["code"]): (_published(row), str(row["name"])) for _, row in rows.iterrows()}


def _rank(rows: pd.DataFrame) -> Value | None:
    ranked = rows[(rows["code"] == TOTAL) & rows["rank"].notna()]
    if ranked.empty:
        return None
    row = ranked.iloc[0]
    return Value(float(row["rank"]), "place", 0, status="official", source=_trace(row))


def _published(row: pd.Series) -> Value:
    """Return a published score; no error of this survey is."""
    return Value(
        float(row["value"]), PERCENT, DECIMALS, UNKNOWN, status="official", source=_trace(row)
    )


def _trace(row: pd.Series) -> str:
    return f"{row['origin']}, theo {row['source']}"
