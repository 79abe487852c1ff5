"""Published scores of an index and year as a tidy table."""

from __future__ import annotations

import pandas as pd

from helpers.definitions.framework import load_framework
from helpers.inputs.results import AFTER_MERGER, published_results, settled
from helpers.places import register, system_of_year
from helpers.project import Project, find_project
from helpers.tidy import tidy_table


def published_table(index: str, year: int, project: Project | None = None) -> pd.DataFrame:
    """Return what was published of all provinces in a year, with names, regions and doubts.

    Parameters
    ----------
    index : str
        Key.
    year : int
        Year measured.
    project : Project, optional

    Returns
    -------
    pandas.DataFrame
        Columns :data:`helpers.tidy.COLUMNS`. A place is the published one; where none was published and
        every unit has a trusted value, it is that of the printed values. No error of these scores was
        published.
    """
    project = project or find_project()
    system = system_of_year(year, project)
    places = {place.slug: place for place in register(project).units(system)}
    framework = load_framework(index, project)
    named = {node.code: node.name_vi for node in framework.edition(year).nodes}
    every = settled(published_results(index, project))
    rows = every[
        (every["level"] == "province")
        & (every["year"] == year)
        & every["slug"].isin(places)
        & (every["code"] != AFTER_MERGER)
    ]
    order = {slug: number for number, slug in enumerate(places)}
    codes = {code: number for number, code in enumerate(["total", *named])}
    told = rows.assign(
        province=[places[slug].name for slug in rows["slug"]],
        region=[places[slug].region for slug in rows["slug"]],
        year=year,
        # A line's own name goes first: a publisher may number its parts otherwise than the decision.
        criterion=[
            name or named.get(code, code)
            for code, name in zip(rows["code"], rows["name"], strict=True)
        ],
        error=float("nan"),
        rank=rows["rank"].fillna(_by_value(rows, len(places), framework.decimals)),
        group=rows["group"].where(rows["group"] != ""),
        source=rows["origin"],
        at=rows["slug"].map(order),
        of=[codes.get(code, len(codes)) for code in rows["code"]],
    )
    told["n"] = told["rank"].where(told["rank"].isna(), len(places))
    return tidy_table(told.sort_values(["at", "of"], kind="stable"))


def _by_value(rows: pd.DataFrame, units: int, decimals: int) -> pd.Series:
    """Return places by the printed values of criteria that all units have and nobody ranked."""
    trusted = rows["value"].where(rows["doubt"] == "").round(decimals)
    by_code = rows.groupby("code")
    whole = trusted.groupby(rows["code"]).transform("count") == units
    unranked = by_code["rank"].transform("count") == 0
    places = trusted.groupby(rows["code"]).rank(ascending=False, method="min")
    return places.where(whole & unranked).astype("Int64")
