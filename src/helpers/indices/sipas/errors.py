"""Errors of satisfaction scores and of their differences, as the judge of comparisons takes them.

Parts of one unit come from the same forms, so the error of their difference is that of a linear
combination; a mean that contains the own unit is a contrast. Both are computed from the records, never
from the printed intervals.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from helpers.facts.value import UNKNOWN, Error, sampling

if TYPE_CHECKING:
    from helpers.indices.sipas.rules import Kind
    from helpers.indices.sipas.survey import Survey
    from helpers.indices.sipas.year import Fact


def error_of(fact: Fact) -> Error:
    """Return the error of a score, in percentage points; unknown for one without an interval.

    Where everybody or nobody was satisfied the estimated error is 0, which no survey has: the exact
    interval then stands for it.
    """
    if not fact.has_interval or fact.freedom <= 0:
        return UNKNOWN
    if fact.error > 0:
        return sampling(fact.error, fact.freedom)
    reach = max(fact.value - fact.low, fact.high - fact.value)
    return sampling(reach / float(stdtrit(fact.freedom, (1 + fact.confidence) / 2)), fact.freedom)


def within_unit(
    survey: Survey, kind: Kind, unit: str, facts: tuple[Fact, Fact], codes: tuple[str, str]
) -> Error:
    """Return the error of the difference of two parts of one unit.

    Parameters
    ----------
    survey : Survey
    kind : str
    unit : str
    facts : tuple of Fact
        Scores of both parts.
    codes : tuple of str

    Returns
    -------
    Error
        Unknown where one of the errors is.
    """
    errors = [error_of(fact) for fact in facts]
    if any(error.kind == "unknown" for error in errors):
        return UNKNOWN
    freedom = min(error.freedom for error in errors)
    if any(fact.error == 0 for fact in facts):
        # A part without estimated error has no covariance either; the sum holds for any.
        return sampling(sum(error.standard_error for error in errors), freedom)
    one, other = (survey.codes[kind].index(code) for code in codes)
    shared = survey.within[kind][survey.units[kind].index(unit)]
    variance = shared[one, one] + shared[other, other] - 2 * shared[one, other]
    return sampling(float(np.sqrt(max(variance, 0.0))), freedom)


def between_units(
    survey: Survey, kind: Kind, weights: Sequence[float], freedom: Sequence[float]
) -> Error:
    """Return the error of a combination of the overall scores of a kind's units.

    Parameters
    ----------
    survey : Survey
    kind : str
    weights : sequence of float
        One a unit, in the order of the survey; a difference is 1 and −1, a distance to the mean of n
        units 1 − 1/n for the own one, if it is one of them, and −1/n for the others.
    freedom : sequence of float
        Degrees of freedom of the units; 0 where the error is unknown.

    Returns
    -------
    Error
        With degrees of freedom after Satterthwaite; unknown if any weighted unit's error is.
    """
    weight, degrees = np.asarray(weights, dtype=float), np.asarray(freedom, dtype=float)
    used = weight != 0
    covariance = survey.covariance[kind]
    own = np.diag(covariance)
    if not used.any() or (degrees[used] <= 0).any() or not (own[used] > 0).all():
        return UNKNOWN
    variance = float(weight @ np.nan_to_num(covariance) @ weight)
    parts = weight[used] ** 2 * own[used]
    made = float(parts.sum() ** 2 / (parts**2 / degrees[used]).sum())
    return sampling(float(np.sqrt(max(variance, 0.0))), made)
