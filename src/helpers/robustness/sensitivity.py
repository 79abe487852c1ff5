"""Which assumption moves the places most."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers.robustness.construction import Aggregation, Floats, aggregate, ranks
from helpers.robustness.draws import Assumptions, Draws, Integers, draw, each_ranking
from helpers.robustness.tree import Tree
from helpers.robustness.uncertainty import nominal_ranks

_BOOTSTRAP = 500


def sobol(
    table: pd.DataFrame,
    tree: Tree,
    assumptions: Assumptions = Assumptions(),  # noqa: B008  (frozen)
    base: int = 2048,
    seed: int = 1,
    workers: int = 1,
) -> pd.DataFrame:
    """Return first-order and total Sobol indices of the open choices for the mean shift of places.

    The design and estimators are those of Saltelli et al. (2010): ``base × (choices + 2)``
    regenerations; a choice may be a whole set of weights.

    Parameters
    ----------
    table, tree, assumptions
        See :func:`~helpers.robustness.uncertainty.regenerate`.
    base : int
        Size of the base sample.
    seed : int
    workers : int

    Returns
    -------
    pandas.DataFrame
        A row a choice: ``first``, ``total`` and the bounds that 90 % of the bootstrap lies between.
        All NaN where no choice moves a place.
    """
    nominal = nominal_ranks(table, tree, assumptions)

    def shift(draws: Draws) -> Floats:
        made = np.empty(base)

        def use(numbers: Integers, found: Integers) -> None:
            made[numbers] = np.abs(found - nominal).mean(axis=1)

        each_ranking(table, tree, assumptions, draws, use, workers)
        return made

    a, b = (draw(tree, assumptions, base, seed + number) for number in (0, 1))
    y_a, y_b = shift(a), shift(b)
    rng = np.random.default_rng(seed)
    picked = rng.integers(base, size=(_BOOTSTRAP, base))
    rows = {}
    for choice in assumptions.open:
        y_ab = shift(a.taking(choice, b))
        first, total = _indices(y_a, y_b, y_ab)
        again = _indices(y_a[picked], y_b[picked], y_ab[picked])
        bounds = [np.nanpercentile(one, (5, 95)) for one in again] if first == first else None
        low, high = bounds if bounds else ((np.nan, np.nan), (np.nan, np.nan))
        rows[choice] = {
            "first": first,
            "total": total,
            "first_q5": low[0],
            "first_q95": low[1],
            "total_q5": high[0],
            "total_q95": high[1],
        }
    return pd.DataFrame(rows).T


def _indices(y_a: Floats, y_b: Floats, y_ab: Floats) -> tuple[Floats, Floats]:
    variance = np.concatenate([y_a, y_b], axis=-1).var(axis=-1, ddof=1)
    variance = np.where(variance > 0, variance, np.nan)
    first = (y_b * (y_ab - y_a)).mean(axis=-1) / variance
    total = ((y_a - y_ab) ** 2).mean(axis=-1) / (2 * variance)
    return first, total


def drop_one(
    normalised: pd.DataFrame,
    tree: Tree,
    how: Aggregation | Sequence[Aggregation] = "arithmetic",
    codes: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return the places with every part left out in turn.

    Parameters
    ----------
    normalised : pandas.DataFrame
    tree : Tree
    how : str or sequence of str
        As in :func:`~helpers.robustness.construction.aggregate`.
    codes : sequence of str, optional
        Parts to leave out; all indicators if not given.

    Returns
    -------
    pandas.DataFrame
        Column ``nominal`` and one for each part.
    """
    trees = {"nominal": tree, **{c: tree.without(c) for c in codes or tree.indicators}}
    scores = {
        name: aggregate(normalised[list(one.indicators)], one, how)[one.top]
        for name, one in trees.items()
    }
    return ranks(pd.DataFrame(scores))


def rank_shift(places: pd.DataFrame, nominal: str = "nominal") -> pd.Series:
    """Return the mean absolute shift of places of every column from the nominal one."""
    return places.sub(places[nominal], axis=0).abs().mean()
