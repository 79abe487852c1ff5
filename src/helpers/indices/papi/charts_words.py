"""Names and traces that PAPI's charts and tables share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from helpers.definitions import FrameworkEdition, Node
from helpers.facts.standing import holders
from helpers.indices.papi.result import PapiCountry, PapiResult
from helpers.places import System, unit_order
from helpers.words import numbers
from helpers.words.numbers import Number
from helpers.words.text import joined

TOTAL = "Điểm tổng hợp"
UNITS = "tỉnh, thành phố"
MOST_NAMED = 2
"""Units with the same highest value that are named; the rest are counted."""


def index_and_year(country: PapiCountry) -> str:
    """Return index and year, as captions end: ``PAPI 2024``."""
    return f"{country.definition.short_name} {country.year}"


def of_country(subject: PapiResult | PapiCountry) -> PapiCountry:
    """Return the country of a province's result, or the country itself."""
    return subject.country if isinstance(subject, PapiResult) else subject


def short_name(edition: FrameworkEdition, code: str) -> str:
    """Return the short Vietnamese name of a criterion; the total is called the same everywhere."""
    return TOTAL if code == edition.root.code else edition.get(code).short


def coded_name(criterion: Node) -> str:
    """Return code and full name: ``1.1 Tri thức công dân``."""
    return f"{criterion.code} {criterion.name_vi}"


def top_codes(edition: FrameworkEdition) -> tuple[str, ...]:
    """Return the codes of the total and the dimensions, in the order of the report."""
    return (edition.root.code, *(dimension.code for dimension in edition.dimensions))


def sub_dimensions(edition: FrameworkEdition) -> tuple[Node, ...]:
    """Return the criteria below the dimensions, in the order of the report."""
    return tuple(part for dimension in edition.dimensions for part in dimension.children)


def place_name(country: PapiCountry, slug: str, system: System | None = None) -> str:
    """Return the name of a unit of the country's system, or of another one."""
    return country.places.get(slug, system or country.system).name


def in_order(country: PapiCountry, slugs: Sequence[str], system: System | None = None) -> list[str]:
    """Return the names of units in Vietnamese alphabetical order."""
    return sorted((place_name(country, slug, system) for slug in slugs), key=unit_order)


def edge_names(
    country: PapiCountry, scores: pd.DataFrame, *, highest: bool, system: System | None = None
) -> str:
    """Name the units that hold the highest or lowest value; many of them are counted, not listed."""
    decimals = country.definition.decimals
    names = in_order(country, holders(scores, highest=highest, decimals=decimals), system)
    if len(names) > MOST_NAMED + 1:
        names = [*names[:MOST_NAMED], f"{numbers.whole(len(names) - MOST_NAMED)} {UNITS} khác"]
    return joined(names)


def group_name(country: PapiCountry, group: int) -> str:
    """Return the name of a quartile group, 1 lowest to 4 highest."""
    return country.definition.groups.names[group - 1]


def held(rank: int, units: int, tied: int, *, sign: bool = False) -> str:
    """Return a place for a table or a text alternative: ``24/61``, ``24/61 (đồng hạng)``.

    With `sign` a shared place is marked ``24/61*``, which :data:`TIES_BY_SIGN` explains.
    """
    text = numbers.place(rank, units)
    return f"{text}{'*' if sign else ' (đồng hạng)'}" if tied > 1 else text


TIES = "Đồng hạng: điểm làm tròn như nhau"
"""Note of a table with a shared place."""
TIES_BY_SIGN = "\\*: đồng hạng, điểm làm tròn như nhau"
"""The same where many columns leave no room for the words."""


def split_ties(country: PapiCountry, table: pd.DataFrame, code: str) -> list[list[str]]:
    """Return the units that print alike and stand in two groups, cut through unrounded scores.

    Parameters
    ----------
    country : PapiCountry
    table : DataFrame
        Standing of one year.
    code : str

    Returns
    -------
    list of list of str
        Slugs, one list a printed score.
    """
    rows = table[table["code"] == code]
    by_place = rows.groupby("rank")
    return [
        [str(slug) for slug in of_place["slug"]]
        for _, of_place in by_place
        if len(set(of_place["group"])) > 1
    ]


def score(
    country: PapiCountry,
    code: str,
    slug: str,
    row: Any,
    column: str = "value",
    *,
    year: int | None = None,
    system: System | None = None,
) -> Number:
    """Return a score with its trace, for a table.

    Parameters
    ----------
    country : PapiCountry
    code : str
        Node.
    slug : str
    row : Series or mapping
        Holds `column` and ``source``.
    column : str
    year : int, optional
        Year of the score, if not the year of the report.
    system : {"63", "34"}, optional
    """
    definition = country.definition
    measured = year or country.year
    edition = definition.edition(measured)
    name = "điểm tổng hợp" if code == edition.root.code else edition.get(code).name_vi
    what = f"{definition.short_name} {measured}, {name}, {place_name(country, slug, system)}"
    text = numbers.decimal(row[column], definition.decimals)
    return Number(text, f"{what}: {row['source']}")
