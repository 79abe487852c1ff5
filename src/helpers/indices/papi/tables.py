"""The tables a notebook shows; each brings its caption with it.

Importing this module loads no drawing library.

>>> from helpers import papi, tables
>>> tables.dimensions(papi.evaluate("quang-nam", 2024)).caption
'Điểm của Quảng Nam theo chỉ số nội dung, PAPI 2024'
"""

from __future__ import annotations

from helpers.display.table import Table
from helpers.indices.papi import tables_country as _tables_country
from helpers.indices.papi import tables_province as _tables_province
from helpers.indices.papi.result import PapiCountry, PapiResult

__all__ = [
    "changes",
    "dimensions",
    "indicators",
    "key_figures",
    "largest_changes",
    "merged",
    "ranking",
    "regions",
    "sub_dimensions",
    "summary",
]


def key_figures(result: PapiResult) -> Table:
    """Show the total, its group and place and the difference to the median, in one row.

    Points; the block has the class ``key-figures`` and no caption. A province without a total gets the
    number of its dimensions in each group instead.

    Parameters
    ----------
    result : PapiResult

    Returns
    -------
    Table
    """
    return _tables_province.key_figures(result)


def dimensions(result: PapiResult) -> Table:
    """Show total and dimensions: points, group, place, difference to the median, highest value.

    Parameters
    ----------
    result : PapiResult

    Returns
    -------
    Table
        The province's own values carry their traces.
    """
    return _tables_province.dimensions(result)


def changes(result: PapiResult) -> Table:
    """Show points and places of earlier years and the change since then.

    Parameters
    ----------
    result : PapiResult

    Returns
    -------
    Table
        Three columns for each year looked back to. Where two years may not be compared the cell says
        so and the note why. Empty if there is no earlier year.
    """
    return _tables_province.changes(result)


def sub_dimensions(result: PapiResult) -> Table:
    """Show the sub-dimensions below their dimensions, with scale, place and median.

    Parameters
    ----------
    result : PapiResult

    Returns
    -------
    Table
        Empty if no sub-dimension is known for the year.
    """
    return _tables_province.sub_dimensions(result)


def indicators(result: PapiResult) -> Table:
    """Show the indicators below their sub-dimensions, beside the national median.

    Percentages are stored as shares and printed as percentages; scores keep two decimals.

    Parameters
    ----------
    result : PapiResult

    Returns
    -------
    Table
        Empty if no indicators were imported for the year.
    """
    return _tables_province.indicators(result)


def ranking(country: PapiCountry) -> Table:
    """Show all units: group, total, place and dimensions.

    PAPI declines to rank provinces, so units are ordered by group, the highest first, and in Vietnamese
    alphabetical order inside a group. Units without data stand at the end.

    Parameters
    ----------
    country : PapiCountry

    Returns
    -------
    Table
    """
    return _tables_country.ranking(country)


def regions(country: PapiCountry) -> Table:
    """Show the simple means of the regions, from north to south, in points.

    Parameters
    ----------
    country : PapiCountry

    Returns
    -------
    Table
    """
    return _tables_country.regions(country)


def summary(country: PapiCountry) -> Table:
    """Show how each criterion spreads: units, median, mean, lowest and highest with their holders.

    Parameters
    ----------
    country : PapiCountry

    Returns
    -------
    Table
    """
    return _tables_country.summary(country)


def merged(country: PapiCountry) -> Table:
    """Show the year on the 34 units of 1 July 2025, by population-weighted means.

    Parameters
    ----------
    country : PapiCountry

    Returns
    -------
    Table
        Units that could not be computed are listed, with the reason in the note. Empty for a year
        that was measured on the 34 units.
    """
    return _tables_country.merged(country)


def largest_changes(country: PapiCountry, earlier: int | None = None) -> Table:
    """Show each criterion that may be compared with an earlier year in both, side by side.

    Which unit moved most is not told: without an error the ends of the differences are made of noise.

    Parameters
    ----------
    country : PapiCountry
    earlier : int, optional
        Year measured, before the year of the report; by default the latest one with scores.

    Returns
    -------
    Table
        Criteria that may not be compared stand in the note with the reason. Empty if none may be.

    Raises
    ------
    ValueError
        If `earlier` is not before the year of the report.
    """
    return _tables_country.largest_changes(country, earlier)
