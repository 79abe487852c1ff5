"""How sure a place is when the open choices of construction vary together."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

import numpy as np
import pandas as pd

from helpers.robustness.construction import Floats
from helpers.robustness.draws import Assumptions, Integers, draw, each_ranking, nominal_draw
from helpers.robustness.tree import Tree

__all__ = ["Assumptions", "Ranking", "regenerate"]


@dataclass(frozen=True)
class Ranking:
    """Places of units under many draws of the assumptions.

    Parameters
    ----------
    nominal : pandas.Series
        Place of each unit in the index as it is.
    counts : numpy.ndarray
        Units × places: in how many draws the unit has the place.
    beats : pandas.Series
        Share of the draws in which a unit stands above the one that follows it in the index as it is;
        NaN for the last.
    draws : int
    """

    nominal: pd.Series
    counts: Integers
    beats: pd.Series
    draws: int

    def quantile(self, share: float) -> pd.Series:
        """Return the place below which a share of the draws lies, interpolated as R and numpy do."""
        cumulated = np.cumsum(self.counts, axis=1)
        at = share * (self.draws - 1)
        low, high = int(np.floor(at)), int(np.ceil(at))
        below = 1 + np.argmax(cumulated > low, axis=1)
        above = 1 + np.argmax(cumulated > high, axis=1)
        return pd.Series(below + (above - below) * (at - low), self.nominal.index)

    def within(self, first: int, last: int) -> pd.Series:
        """Return the share of the draws in which each unit has a place from `first` to `last`."""
        inside = self.counts[:, first - 1 : last].sum(axis=1)
        return pd.Series(inside / self.draws, self.nominal.index)

    def groups(self, count: int = 4) -> pd.DataFrame:
        """Return how probable each of `count` equal groups, best first, is for each unit."""
        ends = np.round(np.linspace(0, len(self.nominal), count + 1)).astype(int)
        pairs = zip(ends[:-1] + 1, ends[1:], strict=True)
        return pd.DataFrame({n: self.within(a, b) for n, (a, b) in enumerate(pairs, start=1)})

    @property
    def table(self) -> pd.DataFrame:
        """Nominal place, mean, median and the places that 90 % of the draws lie between."""
        places = np.arange(1, self.counts.shape[1] + 1)
        return pd.DataFrame(
            {
                "nominal": self.nominal,
                "mean": self.counts @ places / self.draws,
                "median": self.quantile(0.5),
                "q5": self.quantile(0.05),
                "q95": self.quantile(0.95),
            }
        )


def nominal_ranks(table: pd.DataFrame, tree: Tree, assumptions: Assumptions) -> Integers:
    """Return the places under the first of every choice and the tree's own weights."""
    found: list[Integers] = []
    sure = Assumptions(
        assumptions.normalisations[:1],
        assumptions.aggregations[:1],
        imputations=assumptions.imputations[:1],
    )
    each_ranking(table, tree, sure, nominal_draw(tree), lambda _, ranks: found.append(ranks[0]))
    return found[0]


def regenerate(
    table: pd.DataFrame,
    tree: Tree,
    assumptions: Assumptions = Assumptions(),  # noqa: B008  (frozen)
    draws: int = 10_000,
    seed: int = 1,
    workers: int = 1,
) -> Ranking:
    """Make the index again under many draws of its assumptions.

    Parameters
    ----------
    table : pandas.DataFrame
        Indicators as measured, a row a unit.
    tree : Tree
    assumptions : Assumptions
    draws : int
    seed : int
        The same seed gives the same ranking.
    workers : int
        Threads; the ranking does not depend on them.

    Returns
    -------
    Ranking
    """
    units = len(table)
    nominal = nominal_ranks(table, tree, assumptions)
    order = np.argsort(nominal, kind="stable")
    counts = np.zeros(units * units, dtype=np.int64)
    above: Floats = np.zeros(units - 1)
    offsets = np.arange(units) * units - 1
    lock = Lock()

    def use(numbers: Integers, ranks: Integers) -> None:
        nonlocal above
        found = np.bincount((ranks + offsets).ravel(), minlength=units * units)
        ordered = ranks[:, order]
        higher = (ordered[:, :-1] < ordered[:, 1:]).sum(axis=0)
        with lock:
            np.add(counts, found, out=counts)
            above = above + higher

    each_ranking(table, tree, assumptions, draw(tree, assumptions, draws, seed), use, workers)
    names = table.index
    beats = pd.Series(np.append(above / draws, np.nan), names[order]).reindex(names)
    return Ranking(pd.Series(nominal, names), counts.reshape(units, units), beats, draws)
