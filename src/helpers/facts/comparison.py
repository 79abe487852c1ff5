"""One judge for "is this more than that": every comparison of two values is decided here.

A comparison is decided on the error of the **difference**, never by looking whether one value lies in
the interval of the other (Schenker & Gentleman 2001, The American Statistician 55): two intervals may
overlap while the values surely differ, and a mean may lie inside an interval that it surely exceeds.
Where an error is unknown nothing is surely higher or lower; where it is assumed it may take a claim
away, and never give one certainty.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import NormalDist
from typing import Literal

from helpers.facts.value import NONE, PERCENT, UNKNOWN, Error, Value

Case = Literal["higher", "lower", "equal", "same_print", "inside", "unknown"]

LEVEL = 0.95
"""Confidence with which a difference is called one."""
HALF_PRINTED = 0.005
"""Half a unit of the second decimal, to which points and percentages are printed."""
NOISE = 1e-9
"""What adding decimal fractions in binary may cost, far below any printed digit."""


@dataclass(frozen=True)
class Comparison:
    """What may be said of two values.

    Parameters
    ----------
    case : {"higher", "lower", "equal", "same_print", "inside", "unknown"}
        Of the first value against the second, by figure, whatever is better. ``equal`` is equality of
        the unrounded values, ``same_print`` of the printed ones only; ``inside`` is a difference within
        its own error; ``unknown`` a difference whose error is not known.
    gap : float
        First minus second, unrounded.
    margin : float or None
        Margin of the difference, 95 % unless another confidence was asked, hard bound of rounding
        included; None where it is not known.
    assumed : bool
        Whether the margin rests on an assumed error.
    """

    case: Case
    gap: float
    margin: float | None
    assumed: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether the first is surely higher or lower."""
        return self.case in ("higher", "lower")


def compare(
    one: float,
    other: float,
    *,
    errors: tuple[Error, Error] = (NONE, NONE),
    decimals: int | None = None,
    covariance: float | None = 0.0,
    difference: Error | None = None,
    comparisons: int = 1,
    smallest: float = 0.0,
    confidence: float = LEVEL,
) -> Comparison:
    """Compare two values on the error of their difference.

    Parameters
    ----------
    one, other : float
        In the same unit.
    errors : tuple of Error
        Of the first and the second value.
    decimals : int, optional
        Decimals with which both are printed; two values that print alike are not ordered. None where
        they are not printed.
    covariance : float or None
        Of the two estimates, in squared units; 0 for independent samples, None for the same sample
        with unknown covariance. Then the sum of both standard errors bounds that of the difference:
        it proves a difference and never its absence.
    difference : Error, optional
        Error of the difference itself, where the records give it (a linear combination of what was
        asked, a mean that contains the own value); it then stands for the errors of both values.
    comparisons : int
        How many comparisons the claim rests on (Bonferroni): 1 for a named pair, k − 1 for "the best
        of k", k (k − 1) / 2 for "the highest and the lowest of k differ".
    smallest : float
        Gap below which a difference is no news, such as one case of a rate's base.
    confidence : float
        Of the margin; that of the intervals printed beside it.

    Returns
    -------
    Comparison
    """
    gap = one - other
    if difference is not None:
        errors = (difference, NONE)
    made = margin(*errors, covariance=covariance, comparisons=comparisons, confidence=confidence)
    half, assumed = made.half, made.assumed
    same = decimals is not None and rounded(one, decimals) == rounded(other, decimals)
    if abs(gap) <= NOISE and all(error.kind == "none" for error in errors):
        return Comparison("equal", gap, half)
    if same:
        return Comparison("same_print", gap, half, assumed)
    if half is None:
        return Comparison("unknown", gap, None)
    if abs(gap) <= max(half, smallest) + NOISE:
        return Comparison("unknown" if made.is_bound and half > 0 else "inside", gap, half, assumed)
    return Comparison("higher" if gap > 0 else "lower", gap, half, assumed)


@dataclass(frozen=True)
class Margin:
    """95 % margin of a difference.

    Parameters
    ----------
    half : float or None
        None where an error is unknown.
    at_least : float
        What the margin is at least, where an error or the covariance is not known: a gap within it is
        surely within the margin.
    is_bound : bool
        Whether the true margin may be smaller, so that a gap within it proves nothing.
    assumed : bool
        Whether it rests on an assumed error, which makes nothing sure.
    """

    half: float | None
    is_bound: bool = False
    assumed: bool = False
    at_least: float = 0.0


def margin(
    one: Error,
    other: Error,
    *,
    covariance: float | None = 0.0,
    comparisons: int = 1,
    confidence: float | None = None,
) -> Margin:
    """Return the margin of the difference of two values (see :func:`compare`).

    Sampling errors add in squares with Satterthwaite's degrees of freedom; rounding adds linearly. If
    no confidence is asked for, that of the errors holds, the larger one of two.
    """
    sampled = [error for error in (one, other) if error.kind == "sampling"]
    if confidence is None:
        confidence = max((error.confidence for error in sampled), default=LEVEL)
    assumed = any(error.origin == "assumed" for error in sampled)
    hard = one.half + other.half
    tail = 1 - (1 - confidence) / (2 * comparisons)
    if "unknown" in (one.kind, other.kind):
        # Of independent samples the difference varies at least as much as the one that is known.
        least = sum(error.standard_error for error in sampled) if covariance == 0.0 else 0.0
        at_least = _quantile(tail, _freedom(sampled)) * least if least else 0.0
        return Margin(None, assumed=assumed, at_least=at_least + hard)
    if not sampled:
        return Margin(hard, at_least=hard)
    quantile = _quantile(tail, _freedom(sampled))
    spread, least = _spread(sampled, covariance)
    return Margin(quantile * spread + hard, spread > least, assumed, quantile * least + hard)


def _spread(sampled: list[Error], covariance: float | None) -> tuple[float, float]:
    """Return the largest and the smallest standard error that a difference may have."""
    sizes = [error.standard_error for error in sampled]
    if len(sampled) < 2:
        return sizes[0], sizes[0]
    if covariance is None:
        # Correlation is somewhere from -1 to 1.
        return sum(sizes), abs(sizes[0] - sizes[1])
    spread = math.sqrt(max(sum(size**2 for size in sizes) - 2 * covariance, 0.0))
    return spread, spread


def p_value(gap: float, error: Error) -> float:
    """Return how probable so large a gap is if there is none: of an error of the difference.

    Parameters
    ----------
    gap : float
    error : Error
        Of the difference; 1 is returned where it is unknown, 0 or 1 where it is a hard bound.
    """
    beyond = abs(gap) - error.half
    if error.kind == "unknown" or beyond <= NOISE:
        return 1.0
    if error.kind != "sampling":
        return 0.0
    ratio = beyond / error.standard_error
    if math.isinf(error.freedom):
        return 2 * (1 - NormalDist().cdf(ratio))
    from scipy.special import stdtr

    return 2 * float(stdtr(error.freedom, -ratio))


def independent(one: Error, other: Error) -> Error:
    """Return the error of the difference of two values from different samples, for :func:`p_value`."""
    return error_of_difference(one, other, 0.0)


def error_of_difference(one: Error, other: Error, covariance: float | None) -> Error:
    """Return the error of the difference of two values, for :func:`p_value`.

    Parameters
    ----------
    one, other : Error
    covariance : float or None
        As in :func:`compare`; of unknown covariance the largest error that there may be.
    """
    sampled = [error for error in (one, other) if error.kind == "sampling"]
    hard = one.half + other.half
    if "unknown" in (one.kind, other.kind):
        return UNKNOWN
    if not sampled:
        return Error("rounding", half=hard) if hard else NONE
    spread, _ = _spread(sampled, covariance)
    return Error("sampling", hard, spread, _freedom(sampled)) if spread > 0 else UNKNOWN


def false_discoveries(p_values: Sequence[float], share: float = 1 - LEVEL) -> tuple[bool, ...]:
    """Tell which of many findings stand if at most this share of those named may be false.

    Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57.
    """
    ordered = sorted(p_values)
    passing = [p for k, p in enumerate(ordered, 1) if p <= share * k / len(ordered)]
    cut = passing[-1] if passing else -1.0
    return tuple(p <= cut for p in p_values)


def _quantile(tail: float, freedom: float) -> float:
    if math.isinf(freedom):
        return NormalDist().inv_cdf(tail)
    # SciPy is needed only where there are surveys.
    from scipy.special import stdtrit

    return float(stdtrit(freedom, tail))


def _freedom(sampled: list[Error]) -> float:
    """Satterthwaite's approximation."""
    parts = sum(
        error.standard_error**4 / error.freedom
        for error in sampled
        if not math.isinf(error.freedom)
    )
    whole = sum(error.standard_error**2 for error in sampled)
    return whole**2 / parts if parts else math.inf


MOST_NAMED = 3
"""Names that may share a superlative."""


KEPT_DECIMALS = 9
"""Decimals that are kept before rounding: sources have at most six, and nine free a difference of two
floats of its binary noise, which would turn an exact half such as 0.555 into 0.55499…"""


def rounded(value: float, decimals: int = 2) -> Decimal:
    """Round half away from zero, on the shortest decimal form of the number, as numbers are printed."""
    return Decimal(repr(round(float(value), KEPT_DECIMALS))).quantize(
        Decimal(1).scaleb(-decimals), ROUND_HALF_UP
    )


def places_of_share(share: float, decimals: int) -> int:
    """Return with how many decimals a share in percent says neither 100 nor 0 where it is neither.

    A share that is nearer to either than the noise of two floats is it.
    """
    for places in range(decimals, KEPT_DECIMALS + 1):
        shown = rounded(share * 100, places)
        if not (share < 1 and shown == 100) and not (share > 0 and shown == 0):
            return places
    return decimals


def printed(value: Value) -> Decimal:
    """Return a known value as it is printed."""
    digits = value.decimals
    if value.unit == PERCENT:
        digits = places_of_share(value.known / 100, digits)
    return rounded(value.known, digits)
