"""Audit of an index: what its indicators are like, how they hang together, what is silent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.robustness.construction import has_outliers, kurtosis, skewness
from helpers.robustness.tree import Tree

COLLINEAR, SILENT = 0.92, 0.3
"""Correlations: two indicators above the first say the same; a part below the second with its whole
has little to say in it."""
_AVAILABLE, _SAME = 0.65, 0.5
_LEVELS = (5, 95)


def describe(table: pd.DataFrame) -> pd.DataFrame:
    """Return statistics of each indicator, a row each.

    Returns
    -------
    pandas.DataFrame
        ``n``, ``missing``, ``min``, ``max``, ``mean``, ``median``, ``std``, ``skewness``, ``kurtosis``,
        ``unique`` (different values) and ``same`` (share of the commonest value).
    """
    rows = {}
    for code in table.columns:
        values = table[code].dropna()
        array = values.to_numpy(dtype=float)
        rows[code] = {
            "n": len(values),
            "missing": len(table) - len(values),
            "min": values.min(),
            "max": values.max(),
            "mean": values.mean(),
            "median": values.median(),
            "std": values.std(),
            "skewness": skewness(array),
            "kurtosis": kurtosis(array),
            "unique": values.nunique(),
            "same": values.value_counts(normalize=True).max(),
        }
    return pd.DataFrame(rows).T


def flags(table: pd.DataFrame, tree: Tree, scores: pd.DataFrame) -> pd.DataFrame:
    """Return what an auditor would ask about, a row each.

    Parameters
    ----------
    table : pandas.DataFrame
        Indicators, normalised.
    tree : Tree
    scores : pandas.DataFrame
        With a column for every group (:func:`~helpers.robustness.construction.aggregate`).

    Returns
    -------
    pandas.DataFrame
        ``code``, ``flag`` (``missing``, ``same``, ``outliers``, ``collinear``, ``silent`` or
        ``against``),
        ``other`` and ``value``.
    """
    found: list[tuple[str, str, str, float]] = []
    told = {name: column.astype(float).to_dict() for name, column in describe(table).items()}
    for code in table.columns:
        share = told["n"][code] / len(table)
        if share < _AVAILABLE:
            found.append((code, "missing", "", 1 - share))
        if told["same"][code] > _SAME:
            found.append((code, "same", "", told["same"][code]))
        if has_outliers(table[code].to_numpy(dtype=float)):
            found.append((code, "outliers", "", told["skewness"][code]))
    for group in tree.groups():
        children = [code for code in tree.children(group) if code in scores]
        between = {
            one: column.to_dict() for one, column in scores[[*children, group]].corr().items()
        }
        for number, code in enumerate(children):
            with_whole = between[code][group]
            if with_whole < SILENT:
                kind = "against" if with_whole < 0 else "silent"
                found.append((code, kind, group, with_whole))
            found += [
                (code, "collinear", other, between[code][other])
                for other in children[number + 1 :]
                if between[code][other] > COLLINEAR
            ]
    return pd.DataFrame(found, columns=["code", "flag", "other", "value"])


def correlations(table: pd.DataFrame, how: str = "pearson") -> pd.DataFrame:
    """Return correlations between columns, over the units that have both."""
    return table.corr(method=how)  # type: ignore[arg-type]


def cronbach(table: pd.DataFrame) -> float:
    """Return Cronbach's alpha of columns, over the units that have all of them."""
    known = table.dropna()
    covariance = np.cov(known.to_numpy(dtype=float), rowvar=False)
    count = table.shape[1]
    return float(count / (count - 1) * (1 - np.trace(covariance) / covariance.sum()))


def cronbach_interval(table: pd.DataFrame, draws: int = 2000, seed: int = 1) -> tuple[float, float]:
    """Return where alpha lies in 90 % of the samples drawn from the units with replacement."""
    x = table.dropna().to_numpy(dtype=float)
    rng = np.random.default_rng(seed)
    picked = x[rng.integers(len(x), size=(draws, len(x)))]
    count = x.shape[1]
    parts = picked.var(axis=1, ddof=1).sum(axis=1)
    whole = picked.sum(axis=2).var(axis=1, ddof=1)
    low, high = np.percentile(count / (count - 1) * (1 - parts / whole), _LEVELS)
    return float(low), float(high)


@dataclass(frozen=True)
class Components:
    """Principal components of indicators with equal variances.

    Parameters
    ----------
    spread : numpy.ndarray
        Standard deviation of each component.
    shares : numpy.ndarray
        Part of the variance that each explains.
    loadings : pandas.DataFrame
        Of each indicator (row) on each component; the first component points upwards.
    """

    spread: np.ndarray
    shares: np.ndarray
    loadings: pd.DataFrame


def principal_components(table: pd.DataFrame) -> Components:
    """Return the principal components of columns, over the units that have all of them."""
    known = table.dropna()
    values, vectors = np.linalg.eigh(np.corrcoef(known.to_numpy(dtype=float), rowvar=False))
    order = np.argsort(values)[::-1]
    values, vectors = np.clip(values[order], 0, None), vectors[:, order]
    vectors = vectors * np.where(vectors.sum(axis=0) < 0, -1.0, 1.0)
    names = [f"PC{number}" for number in range(1, len(values) + 1)]
    return Components(
        np.sqrt(values), values / values.sum(), pd.DataFrame(vectors, table.columns, names)
    )
