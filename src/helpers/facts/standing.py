"""Where a unit stands among all units with a score: place, ties, group, spread."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

from helpers.definitions import GroupScheme
from helpers.facts.comparison import KEPT_DECIMALS

KEYS = ["system", "year", "code"]


PRINTED = "printed"
"""Column of values as they are printed."""


def add_places(scores: pd.DataFrame, decimals: int = 2) -> pd.DataFrame:
    """Add place, number of units and ties to a table of scores.

    Places are given to printed values, the highest first: no survey tells apart what prints alike.
    Equal values share the better place and the following place is left out ("1, 2, 2, 4").

    Parameters
    ----------
    scores : DataFrame
        Columns ``system, year, slug, code, value``, one row a score.
    decimals : int
        Decimals with which values are printed.

    Returns
    -------
    DataFrame
        The same rows with ``rank`` (1 is highest), ``n`` (units with a score) and ``tied`` (how many
        units share the printed value, 1 if none).
    """
    printed = scores.assign(**{PRINTED: _printed(scores["value"], decimals)})
    by_criterion = printed.groupby(KEYS, sort=False)[PRINTED]
    return scores.assign(
        rank=by_criterion.rank(method="min", ascending=False).astype(int),
        n=by_criterion.transform("size").astype(int),
        tied=printed.groupby([*KEYS, PRINTED], sort=False)[PRINTED].transform("size").astype(int),
    )


def _printed(values: pd.Series, decimals: int) -> pd.Series:
    """Return the values as :func:`helpers.facts.comparison.rounded` prints them, all at once."""
    size = 10**decimals
    exact = np.round(values.to_numpy(float), KEPT_DECIMALS)
    # A value with nine decimals has as many fewer as it is shifted; a half is then a half again.
    shifted = np.round(np.abs(exact) * size, KEPT_DECIMALS - decimals)
    return pd.Series(np.sign(exact) * np.floor(shifted + 0.5) / size, index=values.index)


def add_spread(scores: pd.DataFrame) -> pd.DataFrame:
    """Add median, mean, lowest and highest value of each criterion and year.

    Parameters
    ----------
    scores : DataFrame
        Columns ``system, year, slug, code, value``.

    Returns
    -------
    DataFrame
        The same rows with ``median``, ``mean``, ``lowest`` and ``highest``, in points.
    """
    by_criterion = scores.groupby(KEYS, sort=False)["value"]
    return scores.assign(
        median=by_criterion.transform("median"),
        mean=by_criterion.transform("mean"),
        lowest=by_criterion.transform("min"),
        highest=by_criterion.transform("max"),
    )


def group_sizes(values: np.ndarray, scheme: GroupScheme) -> tuple[tuple[int, ...], bool]:
    """Return the sizes of the four groups, low to high, and whether they were published.

    Published sizes are used where they were seen for this number of units. Elsewhere the groups are
    cut at the 25th, 50th and 75th percentile (linear interpolation), a value on the cut going up.

    Parameters
    ----------
    values : array of float, shape (n,)
        Scores of all units.
    scheme : GroupScheme

    Returns
    -------
    sizes : tuple of int
        Four sizes that sum to n.
    confirmed : bool
        False if the sizes were computed, or published only in part.
    """
    published = scheme.published(len(values))
    if published is not None:
        return published.sizes, published.confirmed
    cuts = np.percentile(values, [25, 50, 75])
    at_least = [int((values >= cut).sum()) for cut in cuts]
    bounds = [len(values), *at_least, 0]
    return tuple(above - below for above, below in pairwise(bounds)), False


def add_groups(ranked: pd.DataFrame, scheme: GroupScheme) -> pd.DataFrame:
    """Add the quartile group of every score.

    Parameters
    ----------
    ranked : DataFrame
        A table of scores.
    scheme : GroupScheme

    Returns
    -------
    DataFrame
        The same rows with ``group`` (1 lowest to 4 highest) and ``group_confirmed``. Groups are cut
        through unrounded scores, as their publisher cuts them, so that two units may print alike and
        stand in two groups; units with equal scores are in one, the better one.
    """
    group, confirmed = np.zeros(len(ranked), dtype=int), np.zeros(len(ranked), dtype=bool)
    by_criterion = ranked.groupby(KEYS, sort=False)
    values = ranked["value"].to_numpy()
    exact = by_criterion["value"].rank(method="min", ascending=False).to_numpy()
    for rows in by_criterion.indices.values():
        sizes, known = group_sizes(values[rows], scheme)
        last_place = np.cumsum(sizes[::-1])  # of the groups, high to low
        group[rows] = 4 - np.searchsorted(last_place, exact[rows])
        confirmed[rows] = known
    return ranked.assign(group=group, group_confirmed=confirmed)


def add_standing(scores: pd.DataFrame, scheme: GroupScheme, decimals: int = 2) -> pd.DataFrame:
    """Add places, spread and groups to a table of scores (see the three functions above)."""
    return add_groups(add_spread(add_places(scores, decimals)), scheme)


def holders(scores: pd.DataFrame, *, highest: bool, decimals: int = 2) -> tuple[str, ...]:
    """Return the slugs of all units that hold the highest or lowest value, in the table's order.

    Parameters
    ----------
    scores : DataFrame
        Scores of one criterion and year: columns ``slug, value``.
    highest : bool
        Whether to look for the highest or the lowest value.
    decimals : int
        As printed: who prints alike holds it together.
    """
    printed = _printed(scores["value"], decimals)
    edge = printed.max() if highest else printed.min()
    return tuple(scores.loc[printed == edge, "slug"])


def alike(scores: pd.DataFrame, slug: str, decimals: int = 2) -> pd.DataFrame:
    """Return the other units whose printed value is that of one of them.

    Parameters
    ----------
    scores : DataFrame
        Scores of one criterion and year: columns ``slug, value``.
    slug : str
        A unit of the table.
    decimals : int
    """
    printed = _printed(scores["value"], decimals)
    own = printed[scores["slug"] == slug].iloc[0]
    found: pd.DataFrame = scores[(printed == own) & (scores["slug"] != slug)]
    return found
