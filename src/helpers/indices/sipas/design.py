"""Percentages from a survey with strata, clusters and weights, for many items and units at once.

A percentage in a unit is a ratio of two weighted sums, so its error is estimated by Taylor
linearisation: each response gets its influence on the ratio, influences are added up within primary
sampling units, and the spread of these totals within strata gives the variance. A composite (a factor,
a dimension, the overall index) is a linear combination of ratios, so its influence is the same
combination of theirs; nothing has to be resampled. Units are domains of one sample: a stratum keeps all
its primary sampling units, also those without a response from the unit.

The library ``svy`` has no composites of ratios and needs a pass for each item. It is not needed to run:
the tests hold this module to it (1e-9), and ``benchmarks/sipas_design.py`` compares the speed.

Sources: Särndal, Swensson and Wretman (1992), *Model Assisted Survey Sampling*, sections 5.5 to 5.8;
Korn and Graubard (1998), *Survey Methodology* 24, for intervals of proportions near 0 and 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import stdtrit

from helpers.indices.sipas.sample import Cells, Design, Floats, Ints

Interval = Literal["logit", "plain"]

CERTAIN = 1e-12
"""A share nearer to 0 or 1 than this has no spread to take a logit interval from."""


@dataclass(frozen=True)
class Composition:
    """How reported shares are made of items.

    Parameters
    ----------
    pools : array, items × ratios
        Which items' answers are counted together into a ratio; an item of its own is a column with
        a single 1.
    combine : array, ratios × reported
        Weights of the ratios in each reported share; every column sums to 1.
    """

    pools: Floats
    combine: Floats


@dataclass(frozen=True)
class Estimates:
    """Shares of units; arrays are units × reported shares unless said otherwise.

    Parameters
    ----------
    value : array
        Share 0 to 1; NaN where an item that it needs has no answer in the unit.
    error : array
        Standard error; NaN where it cannot be estimated.
    low, high : array
        Interval at the confidence asked for.
    freedom : array
        Degrees of freedom: primary sampling units with an answer less their strata.
    deff : array
        Variance over that of a simple random sample of as many responses.
    answers : array
        Responses with an answer that the share rests on; for a composite the fewest of its ratios.
    lonely : array of int, units
        Strata that have a single primary sampling unit in the whole sample and count in the unit.
    covariance : array, units × units
        Of the last reported share between units.
    within : array, units × shares × shares
        Of the reported shares of a unit with each other; NaN where one cannot be estimated.
    """

    value: Floats
    error: Floats
    low: Floats
    high: Floats
    freedom: Floats
    deff: Floats
    answers: Floats
    lonely: Ints
    covariance: Floats
    within: Floats


def estimate(
    satisfied: Floats,
    answered: Floats,
    design: Design,
    units: Ints,
    composition: Composition,
    *,
    confidence: float = 0.95,
    interval: Interval = "logit",
) -> Estimates:
    """Estimate shares of units with their errors.

    Parameters
    ----------
    satisfied, answered : array, responses × items
        1 where the item was answered (with a satisfied level), else 0.
    design : Design
    units : array of int
        Unit of each response, 0, 1, …; −1 for a response of no unit, which stays in its stratum.
    composition : Composition
    confidence : float
    interval : {"logit", "plain"}
        Logit intervals stay between 0 and 1.

    Returns
    -------
    Estimates
    """
    cells = Cells.of(design, units)
    weights = design.weights[:, None]
    ratio, cell_z = _ratios(satisfied * weights, answered * weights, cells, composition.pools)
    pooled = answered @ composition.pools
    counts = cells.by_unit(cells.by_cell((pooled > 0).astype(float)))

    value = _combined(ratio, composition.combine)
    # Influence of a ratio nobody answered is not a number; it must only reach composites that need it.
    influence = np.nan_to_num(cell_z) @ composition.combine
    variance, lonely = cells.variance(influence, design)
    freedom = cells.freedom(cells.by_cell(pooled) > 0)
    freedom = _over_parts(freedom, composition.combine)
    answers = _over_parts(counts, composition.combine)
    variance = np.where(np.isnan(value) | (freedom <= 0), np.nan, variance)
    simple = _simple_variance(satisfied, answered, design, cells, composition, ratio, answers)
    with np.errstate(divide="ignore", invalid="ignore"):
        deff = np.where(simple > 0, variance / simple, np.nan)
    error = np.sqrt(variance)
    low, high = bounds(value, error, freedom, confidence, interval)
    covariance = cells.covariance(influence[:, -1], design)
    lacking = np.isnan(variance)
    within = cells.within(influence, design)
    within = np.where(lacking[:, :, None] | lacking[:, None, :], np.nan, within)
    return Estimates(value, error, low, high, freedom, deff, answers, lonely, covariance, within)


def bounds(
    value: Floats, error: Floats, freedom: Floats, confidence: float, interval: Interval
) -> tuple[Floats, Floats]:
    """Return the ends of t intervals of shares.

    A share of exactly 0 or 1 has an estimated error of 0, which no survey has. Its interval is the
    exact binomial one with as many trials as degrees of freedom plus one (Korn and Graubard).
    """
    tail = (1 - confidence) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        t = stdtrit(np.where(freedom > 0, freedom, np.nan), 1 - tail)
        if interval == "plain":
            low, high = value - t * error, value + t * error
        else:
            inner = np.clip(value, CERTAIN, 1 - CERTAIN)
            centre = np.log(inner / (1 - inner))
            half = t * error / (inner * (1 - inner))
            low, high = 1 / (1 + np.exp(half - centre)), 1 / (1 + np.exp(-half - centre))
        edge = np.where(freedom > 0, tail ** (1 / (freedom + 1)), np.nan)
    top, bottom = value >= 1 - CERTAIN, value <= CERTAIN
    low = np.where(top, edge, np.where(bottom, 0.0, low))
    high = np.where(bottom, 1 - edge, np.where(top, 1.0, high))
    known = np.isfinite(error)
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def _ratios(
    satisfied: Floats, answered: Floats, cells: Cells, pools: Floats
) -> tuple[Floats, Floats]:
    """Return the ratios of each unit, and the influence of each cell on them."""
    top = cells.by_cell(satisfied) @ pools
    base = cells.by_cell(answered) @ pools
    sums, bases = cells.by_unit(top), cells.by_unit(base)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(bases > 0, sums / bases, np.nan)
        influence = (top - ratio[cells.unit] * base) / bases[cells.unit]
    return ratio, influence


def _combined(ratio: Floats, combine: Floats) -> Floats:
    """Combine ratios; a composite with a part that nobody answered is not a number."""
    value = np.nan_to_num(ratio) @ combine
    lacking = np.isnan(ratio).astype(float) @ (combine != 0)
    return np.where(lacking > 0, np.nan, value)


def _over_parts(ratios: Floats, combine: Floats) -> Floats:
    """Return for each reported share the smallest value among the ratios it is made of."""
    columns = [ratios[:, part != 0].min(axis=1) for part in combine.T]
    return np.stack(columns, axis=1)


def _simple_variance(
    satisfied: Floats,
    answered: Floats,
    design: Design,
    cells: Cells,
    composition: Composition,
    ratio: Floats,
    answers: Floats,
) -> Floats:
    """Return what the variance would be in a simple random sample of as many responses."""
    rows = cells.order
    unit, weight = cells.unit[np.cumsum(_marks(cells)) - 1], design.weights[rows]
    total = np.bincount(unit, weight, minlength=cells.units)
    base = answered[rows] @ composition.pools
    mean_base = _by_group(base * weight[:, None], unit, cells.units) / total[:, None]
    deviation = satisfied[rows] @ composition.pools
    deviation -= np.nan_to_num(ratio)[unit] * base
    with np.errstate(divide="ignore", invalid="ignore"):
        deviation /= np.where(mean_base > 0, mean_base, 1.0)[unit]
        spread = _by_group(
            (deviation @ composition.combine) ** 2 * weight[:, None], unit, cells.units
        )
        responses = np.bincount(unit, minlength=cells.units)[:, None]
        simple: Floats = spread / total[:, None] / (responses - 1)
    return np.where(answers > 1, simple, np.nan)


def _marks(cells: Cells) -> Ints:
    marks = np.zeros(len(cells.order), dtype=np.int64)
    marks[cells.starts] = 1
    return marks


def _by_group(rows: Floats, group: Ints, groups: int) -> Floats:
    """Add up rows within groups that stand together in order."""
    found = np.zeros((groups, rows.shape[1]))
    present, first = np.unique(group, return_index=True)
    found[present] = np.add.reduceat(rows, first, axis=0)
    return found
