"""Other ways to denominate, weigh and order: what a builder of an index may choose instead."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from helpers.robustness.audit import principal_components
from helpers.robustness.construction import MEANS, aggregate
from helpers.robustness.tree import Tree

_STEPS, _CLOSE = 2000, 1e-9


def denominate(
    table: pd.DataFrame, by: pd.DataFrame | pd.Series, scale: float = 1.0
) -> pd.DataFrame:
    """Divide indicators by the size of their units.

    Parameters
    ----------
    table : pandas.DataFrame
    by : pandas.Series or pandas.DataFrame
        Size of each unit (people, area), for all indicators or a column for each that is divided;
        indicators without a column stay as they are.
    scale : float
        Per how many: 1,000 people.

    Returns
    -------
    pandas.DataFrame
        NaN where the size is unknown or zero.
    """
    sizes = pd.DataFrame(dict.fromkeys(table, by)) if isinstance(by, pd.Series) else by
    made = table.astype(float)
    for code in sizes:
        size = sizes[code].reindex(table.index)
        made[code] = table[code] / size.where(size != 0) * scale
    return made


def pca_weights(normalised: pd.DataFrame, tree: Tree) -> Tree:
    """Return the tree with weights that are the loadings on the first component of each group.

    A group's indicators weigh as they hang together. As in COINr, a loading is taken as it is: a
    negative weight says that an indicator goes against the others, which is a finding of the audit.

    Parameters
    ----------
    normalised : pandas.DataFrame
        High values good.
    tree : Tree
        Of groups of groups, the means of the groups below are weighed.
    """
    scores = normalised.copy()
    weights = dict(tree.weights)
    for group in tree.groups():
        children = list(tree.children(group))
        if len(children) > 1:
            loadings = principal_components(scores[children]).loadings["PC1"]
            weights |= {str(code): float(value) for code, value in loadings.items()}
        w = np.array([weights.get(code, 1.0) for code in children])
        scores[group] = MEANS["arithmetic"](scores[children].to_numpy(dtype=float), w)
    return replace(tree, weights=weights)


def equal_influence(normalised: pd.DataFrame, tree: Tree) -> Tree:
    """Return the tree with weights that make the parts of each group correlate alike with it.

    Parameters
    ----------
    normalised : pandas.DataFrame
        High values good.
    tree : Tree

    Raises
    ------
    ValueError
        If no positive weights do: a part goes against the others.
    """
    made = tree
    for group in tree.groups():
        made = _balanced(aggregate(normalised, made), made, group)
    return made


def _balanced(scores: pd.DataFrame, tree: Tree, group: str) -> Tree:
    children = list(tree.children(group))
    x = scores[children].dropna().to_numpy(dtype=float)
    covariance = np.atleast_2d(np.cov(x, rowvar=False))
    spread = np.sqrt(np.diag(covariance))
    w = np.ones(len(children)) / spread
    for _ in range(_STEPS):
        influence = covariance @ w / spread
        if (influence <= 0).any():
            break
        if influence.max() / influence.min() - 1 < _CLOSE:
            told = dict(zip(children, (w / w.sum() * len(w)).tolist(), strict=True))
            return replace(tree, weights={**tree.weights, **told})
        w = w * (influence.mean() / influence) ** 0.5
    raise ValueError(
        f"không có trọng số dương nào làm các phần của «{group}» có ảnh hưởng như nhau"
    )


def outrank(normalised: pd.DataFrame, tree: Tree) -> pd.Series:
    """Return Copeland's scores: in how many comparisons a unit wins, less those that it loses.

    A unit wins against another where the indicators in which it is better weigh more than those in
    which it is worse; a good value makes no bad one good. Nothing has to be normalised for it.

    Parameters
    ----------
    normalised : pandas.DataFrame
        High values good; units lacking a value are compared by what both have.
    tree : Tree
        An indicator weighs what its weights up the tree make of it.
    """
    codes = list(tree.indicators)
    x, w = normalised[codes].to_numpy(dtype=float), np.array([_share(tree, c) for c in codes])
    better = (x[:, None, :] > x[None, :, :]) @ w
    wins = np.sign(better - better.T)
    wins[np.abs(better - better.T) < _CLOSE] = 0
    return pd.Series(wins.sum(axis=1), normalised.index, name=tree.top)


def _share(tree: Tree, code: str) -> float:
    share = 1.0
    while code in tree.parents:
        siblings = tree.children(tree.parents[code])
        share *= tree.weight(code) / sum(tree.weight(one) for one in siblings)
        code = tree.parents[code]
    return share
