"""The charts a notebook shows; each brings its caption and its text alternative with it.

>>> from helpers import charts, papi
>>> charts.dimensions(papi.evaluate("quang-nam", 2024)).caption
'Vị trí của Quảng Nam trong phân bố điểm 61 tỉnh, thành phố, PAPI 2024'
"""

from __future__ import annotations

from helpers.display.chart import Chart
from helpers.indices.papi import charts_dimensions as _dimensions
from helpers.indices.papi import charts_heat as _heat
from helpers.indices.papi import charts_history as _history
from helpers.indices.papi import charts_tiles as _tiles
from helpers.indices.papi.result import PapiCountry, PapiResult, evaluate_country, of_province
from helpers.places import System
from helpers.project import Project

__all__ = [
    "dimensions",
    "history",
    "regions",
    "spread",
    "sub_dimensions",
    "tile_map",
    "warm",
]


def warm(year: int, project: Project) -> None:
    """Draw once what the charts of all provinces of a year share.

    Parameters
    ----------
    year : int
        Year measured.
    project : Project
    """
    country = evaluate_country(year, project)
    if country.measured:
        result = of_province(country.measured[0], country)
        _dimensions.warm(country, result.dimension_codes())


def dimensions(result: PapiResult) -> Chart:
    """Show where a province lies in the whole spread of each dimension.

    One strip for each dimension, all on one scale in points: a dot for every province, the median, the
    stretches of the four groups, the highest value with its holder, and the own province with the mark
    of its group and its value.

    Parameters
    ----------
    result : PapiResult

    Returns
    -------
    Chart
        Empty if the province has no score of a dimension.
    """
    return _dimensions.province(result)


def history(result: PapiResult) -> Chart:
    """Show total and dimensions over the years beside the national median.

    Small multiples in points. No line crosses a change of method, which is drawn as a hatched band;
    years without data inside one method are crossed by a dotted line. The panels of the dimensions
    share the length of their scales, so that equal slopes are equal changes.

    Parameters
    ----------
    result : PapiResult

    Returns
    -------
    Chart
    """
    return _history.history(result)


def tile_map(subject: PapiResult | PapiCountry, system: System = "63") -> Chart:
    """Show the group of the total of every unit on a tile-grid map.

    Parameters
    ----------
    subject : PapiResult or PapiCountry
        A result marks its province; on the map of 34 units the unit that it now belongs to.
    system : {"63", "34"}
        Units to draw. A year measured on 63 units is shown on 34 by population-weighted means, and
        the caption says so.

    Returns
    -------
    Chart
        Empty if no unit has a total.

    Raises
    ------
    ValueError
        If a year measured on 34 units is asked for on 63, or the register lacks the tile of Hoàng Sa
        or Trường Sa, which every map must show.
    """
    return _tiles.tile_map(subject, system)


def sub_dimensions(result: PapiResult) -> Chart:
    """Show the province's sub-dimensions as a heat table.

    Every cell prints the value in points and the place; colour is the group among the provinces, since
    the scales of sub-dimensions differ. Years of the current edition stand side by side, with median
    and highest value of the year of the report.

    Parameters
    ----------
    result : PapiResult

    Returns
    -------
    Chart
        Empty if no sub-dimension is known for the year.
    """
    return _heat.sub_dimensions(result)


def spread(country: PapiCountry) -> Chart:
    """Show how the units spread in each dimension, with median, lowest and highest named.

    Parameters
    ----------
    country : PapiCountry

    Returns
    -------
    Chart
        Empty if the year has no scores of dimensions.
    """
    return _dimensions.country_wide(country)


def regions(country: PapiCountry) -> Chart:
    """Show the totals of all units by region, with the simple mean of each region.

    Parameters
    ----------
    country : PapiCountry

    Returns
    -------
    Chart
        Empty if the year has no totals.
    """
    return _dimensions.regions(country)
