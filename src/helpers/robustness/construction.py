"""Steps of construction: impute, treat, normalise, aggregate, rank."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.robustness.tree import Tree

Imputation = Literal["none", "mean", "median", "group_mean"]
Normalisation = Literal[
    "none",
    "minmax",
    "zscore",
    "rank",
    "percentile_rank",
    "borda",
    "best",
    "reference",
    "fraction",
    "scaled",
]
Aggregation = Literal["arithmetic", "geometric", "harmonic", "median"]
Floats = NDArray[np.float64]

SKEWNESS, KURTOSIS = 2.0, 3.5
"""Beyond both, an indicator is treated as one with outliers (OECD/JRC handbook)."""


def impute(
    table: pd.DataFrame, how: Imputation = "mean", groups: pd.Series | None = None
) -> pd.DataFrame:
    """Fill what is missing with a mean or median of the same indicator.

    Parameters
    ----------
    table : pandas.DataFrame
    how : {"none", "mean", "median", "group_mean"}
        ``"group_mean"`` is that of units of the same group; a group without any value stays empty.
    groups : pandas.Series, optional
        Group of each unit.

    Returns
    -------
    pandas.DataFrame
    """
    if how == "none":
        return table
    if how == "group_mean":
        if groups is None:
            raise ValueError("impute(how='group_mean') cần groups: nhóm của từng đơn vị")
        return table.fillna(table.groupby(groups).transform("mean"))
    return table.fillna(table.mean() if how == "mean" else table.median())


def skewness(values: Floats) -> float:
    """Return the skewness of a sample, adjusted for its size (G1); NaN below three values."""
    x, n = _centred(values)
    spread = float(np.sum(x**2))
    if n < 3 or spread == 0:
        return float("nan")
    g1 = np.sqrt(n) * np.sum(x**3) / spread**1.5
    return float(g1 * np.sqrt(n * (n - 1)) / (n - 2))


def kurtosis(values: Floats) -> float:
    """Return the excess kurtosis of a sample, adjusted for its size (G2); NaN below four values."""
    x, n = _centred(values)
    spread = float(np.sum(x**2))
    if n < 4 or spread == 0:
        return float("nan")
    g2 = n * np.sum(x**4) / spread**2 - 3
    return float(((n + 1) * g2 + 6) * (n - 1) / ((n - 2) * (n - 3)))


def _centred(values: Floats) -> tuple[Floats, int]:
    known = values[~np.isnan(values)]
    return known - known.mean() if len(known) else known, len(known)


def has_outliers(values: Floats) -> bool:
    """Tell whether skewness and kurtosis are both beyond what the handbook allows."""
    return abs(skewness(values)) > SKEWNESS and kurtosis(values) > KURTOSIS


def treat(table: pd.DataFrame, most: int = 5) -> tuple[pd.DataFrame, dict[str, str]]:
    """Treat indicators with outliers: winsorise up to `most` values, or else take the logarithm.

    Returns
    -------
    tuple
        The table, and for each treated indicator how: ``"winsorised 2"`` or ``"log"``.
    """
    treated, how = table.astype(float), {}
    for code in table.columns:
        values = treated[code].to_numpy(copy=True)
        if not has_outliers(values):
            continue
        pulled, count = _winsorised(values, most)
        if has_outliers(pulled):
            low, high = np.nanmin(values), np.nanmax(values)
            treated[code], how[code] = np.log(values - low + 0.01 * (high - low)), "log"
        else:
            treated[code], how[code] = pulled, f"winsorised {count}"
    return treated, how


def _winsorised(values: Floats, most: int) -> tuple[Floats, int]:
    pulled, count = values.copy(), 0
    while has_outliers(pulled) and count < most:
        far = np.nanmax(pulled) if skewness(pulled) >= 0 else np.nanmin(pulled)
        rest = pulled[pulled != far]
        pulled[pulled == far] = np.nanmax(rest) if skewness(pulled) >= 0 else np.nanmin(rest)
        count += 1
    return pulled, count


def normalise(
    table: pd.DataFrame,
    how: Normalisation = "minmax",
    directions: Mapping[str, int] | None = None,
    low: float = 0.0,
    high: float = 100.0,
    *,
    mean: float = 0.0,
    spread: float = 1.0,
    reference: str | None = None,
    goalposts: Mapping[str, tuple[float, float]] | None = None,
) -> pd.DataFrame:
    """Put indicators on one scale, with high values good.

    Parameters
    ----------
    table : pandas.DataFrame
    how : str
        ``"none"`` for parts that have one scale as published; ``"minmax"`` onto `low` to `high`
        (between `goalposts` where given), ``"zscore"`` with `mean` and `spread`, ``"rank"`` from 1 for
        the lowest, ``"borda"`` from 0, ``"percentile_rank"`` 0 to 1, ``"best"`` distance to the best of
        the range, ``"reference"`` distance to the unit `reference`, ``"fraction"`` of the best,
        ``"scaled"`` percent of `low` to `high`.
    directions : mapping of str to int, optional
        ``-1`` for indicators whose high values are bad.
    low, high, mean, spread : float
    reference : str, optional
        A row of the table.
    goalposts : mapping of str to (float, float), optional
        Worst and best value of an indicator; what lies beyond counts as they do.

    Returns
    -------
    pandas.DataFrame
        NaN where the table has NaN, and for a whole indicator that is the same everywhere.
    """
    signs = pd.Series({code: (directions or {}).get(code, 1) for code in table.columns})
    x = table.astype(float) * signs
    if how == "none":
        return x
    least, most = x.min(), x.max()
    with np.errstate(invalid="ignore", divide="ignore"):
        if how == "minmax":
            for code, (worst, best) in (goalposts or {}).items():
                sign = signs[code]
                least[code], most[code] = sorted((worst * sign, best * sign))
                x[code] = x[code].clip(least[code], most[code])
            return (x - least) / _span(most - least) * (high - low) + low
        if how == "zscore":
            return (x - x.mean()) / _span(x.std()) * spread + mean
        if how in ("rank", "borda"):
            return x.rank(method="min") - (how == "borda")
        if how == "percentile_rank":
            return (x.rank(method="min") - 1) / (x.notna().sum() - 1)
        if how == "best":
            return 1 - (most - x) / _span(most - least)
        if how == "fraction":
            return x / most
        if how == "scaled":
            return (x - low) / (high - low) * 100
        if how == "reference":
            if reference is None:
                raise ValueError("normalise(how='reference') cần reference: một đơn vị trong bảng")
            goal = x.loc[reference]
            return 1 - (goal - x) / (goal - least)
    raise ValueError(f"không có cách chuẩn hóa «{how}»")


def _span(span: pd.Series) -> pd.Series:
    # What is the same everywhere tells nothing of anybody: unknown, not the lowest.
    return span.where(span != 0)


def _arithmetic(x: Floats, w: Floats) -> Floats:
    known = ~np.isnan(x)
    total = known @ w
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(known, x, 0.0) @ w / np.where(total > 0, total, np.nan))


def _geometric(x: Floats, w: Floats) -> Floats:
    _positive(x)
    return np.exp(_arithmetic(np.log(x), w))


def _harmonic(x: Floats, w: Floats) -> Floats:
    _positive(x)
    return 1.0 / _arithmetic(1.0 / x, w)


def _median(x: Floats, w: Floats) -> Floats:
    """Return the weighted median: the middle of the values, each counted by its weight."""
    order = np.argsort(x, axis=1)
    values = np.take_along_axis(x, order, 1)
    weights = np.where(np.isnan(values), 0.0, w[order])
    sums = np.cumsum(weights, axis=1)
    half = sums[:, -1:] / 2
    at = np.argmax(sums >= half - 1e-12, axis=1)[:, None]
    here = np.take_along_axis(values, at, 1)
    beyond = np.take_along_axis(values, np.minimum(at + 1, x.shape[1] - 1), 1)
    even = np.isclose(np.take_along_axis(sums, at, 1), half) & ~np.isnan(beyond)
    return np.asarray(np.where(even, (here + beyond) / 2, here)[:, 0])


def _positive(x: Floats) -> None:
    if np.nanmin(x, initial=np.inf) <= 0:
        raise ValueError(
            "trung bình nhân, điều hòa cần mọi giá trị dương: hãy chuẩn hóa trên 1–100"
        )


MEANS: dict[str, Callable[[Floats, Floats], Floats]] = {
    "arithmetic": _arithmetic,
    "geometric": _geometric,
    "harmonic": _harmonic,
    "median": _median,
}


def aggregate(
    table: pd.DataFrame,
    tree: Tree,
    how: Aggregation | Sequence[Aggregation] = "arithmetic",
) -> pd.DataFrame:
    """Put normalised indicators together, level by level.

    Parameters
    ----------
    table : pandas.DataFrame
        Normalised, high values good.
    tree : Tree
    how : str or sequence of str
        One mean for every group, or one a level, from the indicators to the top.

    Returns
    -------
    pandas.DataFrame
        The table with a column for every group; of what is missing the others' weights are taken, and
        the mean of nothing is NaN.
    """
    made = table.copy()
    for group in tree.groups():
        children = list(tree.children(group))
        w = np.array([tree.weight(code) for code in children])
        level = how if isinstance(how, str) else how[min(_height(tree, group), len(how)) - 1]
        made[group] = MEANS[level](made[children].to_numpy(dtype=float), w)
    return made


def _height(tree: Tree, code: str) -> int:
    return 1 + max((_height(tree, child) for child in tree.children(code)), default=-1)


def ranks(scores: pd.DataFrame) -> pd.DataFrame:
    """Rank the columns from 1 for the highest; equal values share the better place."""
    return scores.rank(ascending=False, method="min")
