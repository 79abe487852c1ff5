"""Places of units, and how sure they are.

A place is uncertain because neighbours differ by less than the error of the survey. Unit j surely
lies behind unit k if the interval of their difference excludes zero. With intervals that hold for all
other units together (Bonferroni: each at confidence 1 − α/(n − 1)), the true place of j lies between
one plus the units surely ahead and n less the units surely behind, with confidence 1 − α. Nothing is
simulated. Method: Mogstad, Romano, Shaikh and Wilhelm (2024), "Inference for Ranks", Review of Economic
Studies 91 (marginal confidence set of a rank), with Bonferroni instead of the bootstrap.
"""

from __future__ import annotations

import numpy as np
from scipy.special import stdtrit

from helpers.indices.sipas.sample import Floats, Ints


def competition_ranks(values: Floats) -> Ints:
    """Return places from the highest value, ties sharing the best place: 1, 2, 2, 4.

    Parameters
    ----------
    values : array of float
        Without NaN.
    """
    ordered = np.sort(-values)
    return np.searchsorted(ordered, -values, side="left") + 1


def rank_intervals(
    values: Floats, covariance: Floats, freedom: Floats, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Return the best and the worst place that each unit may have.

    Parameters
    ----------
    values : array of float
    covariance : array, units × units
        Of the values; NaN on the diagonal where an error is not known.
    freedom : array of float
        Degrees of freedom of each unit's variance; of a difference they follow Satterthwaite.
    confidence : float
        For the interval of one unit's place.

    Returns
    -------
    tuple of array
        NaN for a unit whose own error is not known. A unit with an unknown error may stand anywhere in
        the intervals of the others.
    """
    count = len(values)
    if count < 2:
        return np.full(count, np.nan), np.full(count, np.nan)
    own = np.diag(covariance)
    known = np.isfinite(own) & (freedom > 0)
    variance = own[:, None] + own[None, :] - 2 * covariance
    with np.errstate(divide="ignore", invalid="ignore"):
        pieces = own**2 / freedom
        degrees = (own[:, None] + own[None, :]) ** 2 / (pieces[:, None] + pieces[None, :])
        t = stdtrit(degrees, 1 - (1 - confidence) / (count - 1) / 2)
        reach = t * np.sqrt(np.maximum(variance, 0.0))
    gap = values[:, None] - values[None, :]
    # A pair without any estimated error (nobody dissatisfied in both) is decided by nothing.
    sure = known[:, None] & known[None, :] & np.isfinite(reach)
    ahead = (sure & (gap < -reach)).sum(axis=1)
    behind = (sure & (gap > reach)).sum(axis=1)
    best = np.where(known, ahead + 1.0, np.nan)
    worst = np.where(known, count - behind + 0.0, np.nan)
    return best, worst
