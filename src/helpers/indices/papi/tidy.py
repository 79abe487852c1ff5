"""PAPI's scores of a year as a tidy table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.tidy import tidy_table

if TYPE_CHECKING:
    from helpers.indices.papi.result import PapiCountry


def of_country(country: PapiCountry) -> pd.DataFrame:
    """Return all scores of the year with names, regions and published errors of totals.

    Parameters
    ----------
    country : PapiCountry

    Returns
    -------
    pandas.DataFrame
        Columns :data:`helpers.tidy.COLUMNS`; units in Vietnamese order, criteria in that of the index.
    """
    places = {place.slug: place for place in country.places.units(country.system)}
    names = {node.code: node.name_vi for node in country.edition.nodes}
    groups = country.definition.groups.names
    rows = country.current.copy()
    rows["province"] = rows["slug"].map({slug: place.name for slug, place in places.items()})
    rows["region"] = rows["slug"].map({slug: place.region for slug, place in places.items()})
    rows["criterion"] = [names[code] for code in rows["code"]]
    rows["group"] = [
        groups[int(one) - 1] if pd.notna(one) and int(one) > 0 else None for one in rows["group"]
    ]
    known = country.intervals[country.intervals["year"] == country.year]
    total = country.edition.root.code
    errors = dict(zip(known["slug"], known["standard_error"], strict=True))
    rows["error"] = [
        errors.get(slug, float("nan")) if code == total else float("nan")
        for slug, code in zip(rows["slug"], rows["code"], strict=True)
    ]
    order = {slug: number for number, slug in enumerate(places)}
    codes = {code: number for number, code in enumerate(names)}
    rows = rows.assign(unit=rows["slug"].map(order), place=rows["code"].map(codes))
    return tidy_table(rows.sort_values(["unit", "place"]))
