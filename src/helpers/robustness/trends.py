"""Courses over years and differences between groups, judged with error and for many tests at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd


def adjusted(p: pd.Series) -> pd.Series:
    """Return p-values controlled for the false discovery rate (Benjamini and Hochberg)."""
    known = p.dropna().sort_values(ascending=False)
    count = len(known)
    places = np.arange(count, 0, -1)
    made = np.minimum.accumulate(known.to_numpy() * count / places).clip(max=1.0)
    return pd.Series(made, known.index).reindex(p.index)


def trends(table: pd.DataFrame, errors: pd.DataFrame | None = None) -> pd.DataFrame:
    """Fit a straight course to each unit.

    Parameters
    ----------
    table : pandas.DataFrame
        Units × years; years before and after a break belong into two tables.
    errors : pandas.DataFrame, optional
        Standard errors, of the same shape. Without them the error of a slope is that of the points
        around the line.

    Returns
    -------
    pandas.DataFrame
        ``n``, ``slope`` (a year), ``error``, ``p`` and ``q``, the p-value controlled for the number of
        units. NaN below three years (two with errors).
    """
    rows = {}
    years = np.asarray(table.columns, dtype=float)
    given = table * np.nan if errors is None else errors.reindex_like(table)
    numbers = (table.to_numpy(dtype=float), given.to_numpy(dtype=float))
    for unit, y, sigma in zip(table.index, *numbers, strict=True):
        rows[unit] = _slope(years, y, sigma, errors is not None)
    made = pd.DataFrame(rows, index=["n", "slope", "error", "p"]).T
    made["q"] = adjusted(made["p"])
    return made


def _slope(
    years: np.ndarray, y: np.ndarray, sigma: np.ndarray, known_errors: bool
) -> tuple[float, ...]:
    from scipy import stats  # takes long to import, and only this needs it

    good = ~np.isnan(y) & (~np.isnan(sigma) if known_errors else True)
    x, y, count = years[good], y[good], int(good.sum())
    if count < (2 if known_errors else 3):
        return (count, np.nan, np.nan, np.nan)
    w = 1 / sigma[good] ** 2 if known_errors else np.ones(count)
    centre = np.average(x, weights=w)
    spread = float((w * (x - centre) ** 2).sum())
    slope = float((w * (x - centre) * y).sum() / spread)
    rest = y - np.average(y, weights=w) - slope * (x - centre)
    if known_errors:
        error = spread**-0.5
        return (count, slope, error, float(2 * stats.norm.sf(abs(slope) / error)))
    error = float(np.sqrt((rest**2).sum() / (count - 2) / spread))
    p = 0.0 if error == 0 else float(2 * stats.t.sf(abs(slope) / error, count - 2))
    return (count, slope, error, p)


@dataclass(frozen=True)
class Groups:
    """Groups of units compared.

    Parameters
    ----------
    means : pandas.DataFrame
        ``n``, ``mean`` of each group.
    share : float
        Of the variance, that lies between groups (eta squared).
    p : float
        How often units thrown together at random differ as much.
    pairs : pandas.DataFrame
        ``first``, ``second``, ``difference``, ``p`` and ``q``, controlled for the number of pairs.
    """

    means: pd.DataFrame
    share: float
    p: float
    pairs: pd.DataFrame


def compare_groups(
    values: pd.Series, groups: pd.Series, draws: int = 10_000, seed: int = 1
) -> Groups:
    """Compare groups of units by throwing them together at random (permutation).

    Parameters
    ----------
    values, groups : pandas.Series
        By unit; what is missing in either is left out.
    draws : int
    seed : int
    """
    known = pd.DataFrame({"value": values, "group": groups}).dropna()
    codes, names = pd.factorize(known["group"], sort=True)
    x = known["value"].to_numpy(dtype=float)
    x = x - x.mean()
    member = np.eye(len(names))[codes]
    sizes = member.sum(axis=0)
    rng = np.random.default_rng(seed)
    thrown = rng.permuted(np.tile(x, (draws, 1)), axis=1) @ member / sizes
    found = x @ member / sizes
    between = (sizes * found**2).sum()
    chance = (sizes * thrown**2).sum(axis=1)
    rows = []
    for a in range(len(names)):
        for b in range(a + 1, len(names)):
            difference = found[a] - found[b]
            far = np.abs(thrown[:, a] - thrown[:, b]) >= abs(difference) - 1e-12
            p = (1 + far.sum()) / (draws + 1)
            rows.append((names[a], names[b], difference, p))
    pairs = pd.DataFrame(rows, columns=["first", "second", "difference", "p"])
    pairs["q"] = adjusted(pairs["p"])
    each = known.groupby("group")["value"]
    means = pd.DataFrame({"n": each.size(), "mean": each.mean()})
    share = float(between / (x**2).sum()) if (x**2).sum() else float("nan")
    p = float((1 + (chance >= between - 1e-12).sum()) / (draws + 1))
    return Groups(means, share, p, pairs)


@dataclass(frozen=True)
class Convergence:
    """Whether units come together.

    Parameters
    ----------
    sigma : pandas.Series
        Standard deviation between units, by year, over the units measured in every year.
    beta, error, p : float
        Slope of the change on the first value, with its error; negative where those behind gain. An
        error of measurement in the first value alone makes it negative, so read it beside `sigma`.
    """

    sigma: pd.Series
    beta: float
    error: float
    p: float


def convergence(table: pd.DataFrame) -> Convergence:
    """Return sigma and beta convergence of units over years.

    Parameters
    ----------
    table : pandas.DataFrame
        Units × years; only units measured in every year count.
    """
    from scipy import stats

    known = table.dropna()
    first, last = known.iloc[:, 0], known.iloc[:, -1]
    fit = stats.linregress(first, last - first)
    return Convergence(known.std(), float(fit.slope), float(fit.stderr), float(fit.pvalue))
