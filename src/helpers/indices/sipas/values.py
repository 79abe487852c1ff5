"""Satisfaction scores as values with their errors, and what their sample makes them share.

Parts of one unit come from the same forms, so the error of their difference is that of a linear
combination. Covariances are computed from the records, never from the printed intervals.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from helpers.facts.measured import DifferenceOf, Peers
from helpers.facts.value import PERCENT, UNKNOWN, Error, Status, Value, Why, count, sampling
from helpers.indices.sipas.rules import TOTAL, Kind, SipasRules
from helpers.indices.sipas.sample import Floats
from helpers.indices.sipas.survey import Survey
from helpers.inputs.observations import Observation

HIDDEN = Why("few_people")
"""Why a result is not told; it does not say whether the unit itself or another has few forms."""
FEW_ANSWERS = Why("few_answers")
"""Why a part of a result is not told while the result is."""
DECIMALS = 2


def error_of(row: Mapping[Hashable, Any], confidence: float) -> Error:
    """Return the error of a score, in percentage points; unknown for one without an interval.

    Where everybody or nobody was satisfied the estimated error is 0, which no survey has: the exact
    interval then stands for it.

    Parameters
    ----------
    row : mapping
        Of :data:`helpers.indices.sipas.survey.SCORE_COLUMNS`.
    confidence : float
        Of the interval.
    """
    value, error, low, high, freedom = (
        float(row[name]) for name in ("value", "error", "low", "high", "freedom")
    )
    if not math.isfinite(low + high) or not math.isfinite(freedom) or freedom <= 0:
        return UNKNOWN
    if not error > 0:
        reach = max(value - low, high - value)
        error = reach / float(stdtrit(freedom, (1 + confidence) / 2))
    return sampling(error, freedom, interval=(low, high), confidence=confidence)


def value_of(row: Mapping[Hashable, Any], rules: SipasRules, status: Status) -> Value:
    """Return a score of the table of scores."""
    if row["hidden"]:
        return Value.suppressed(HIDDEN, PERCENT)
    number = float(row["value"])
    if math.isnan(number):
        return Value.unknown(Why("no_answers"), PERCENT)
    answers = float(row.get("answers", math.nan))
    return Value(
        number,
        PERCENT,
        DECIMALS,
        error_of(row, rules.confidence),
        status=status,
        source=str(row["source"]),
        counts={} if math.isnan(answers) else {"answers": int(answers)},
    )


def delivered(found: Observation, status: Status) -> Value:
    """Return a single figure that an office delivered; nobody knows its error."""
    return Value(found.value, PERCENT, found.decimals, UNKNOWN, status=status, source=found.trace)


def population(
    scores: pd.DataFrame,
    valid: Mapping[str, float],
    covariance: Floats | None,
    rules: SipasRules,
    status: Status,
    kind: Kind,
) -> Peers:
    """Return the units of a kind that are counted in places and means, and why others are not.

    Parameters
    ----------
    scores : DataFrame
        Scores of the kind.
    valid : mapping of str to float
        Unit → valid forms, where known.
    covariance : array or None
        Of the overall scores, in the order of the units in `scores`; None for printed results.
    rules : SipasRules
    status : {"official", "computed", "simulated"}
    kind : str
    """
    total = scores[scores["code"] == TOTAL]
    every = {str(row["unit"]): value_of(row, rules, status) for row in total.to_dict("records")}
    excluded = {
        unit: reason
        for unit, value in every.items()
        if (reason := _left_out(value, valid.get(unit), rules)) is not None
    }
    return Peers(
        {unit: value for unit, value in every.items() if unit not in excluded},
        of=f"{kind}s",
        all_units=len(every),
        excluded=excluded,
        covariance=None if covariance is None else _shared(every, covariance),
    )


def _left_out(value: Value, forms: float | None, rules: SipasRules) -> Why | None:
    if not value.is_known:
        return value.reason
    if forms is None or forms >= rules.minimum_sample:
        return None
    told = {
        "forms": count(int(forms), "forms", value.source),
        "least": count(rules.minimum_sample, "forms", Why("least_forms")),
    }
    return Why("few_forms", told)


def _shared(values: Mapping[str, Value], covariance: Floats) -> Callable[[str, str], float]:
    place = {unit: number for number, unit in enumerate(values)}

    def of(one: str, other: str) -> float:
        if one == other:
            return values[one].error.standard_error ** 2
        found = float(covariance[place[one], place[other]])
        return found if math.isfinite(found) else 0.0

    return of


def between_units(peers: Peers) -> DifferenceOf:
    """Return the error of the difference of two units' overall scores, by unit."""

    def of(one: str, other: str) -> Error:
        errors = (peers.known[one].error, peers.known[other].error)
        shared = 0.0 if peers.covariance is None else peers.covariance(one, other)
        return _difference(errors, shared)

    return of


def within_unit(survey: Survey, kind: Kind, unit: str, values: Mapping[str, Value]) -> DifferenceOf:
    """Return the error of the difference of two parts of one unit, by code.

    Parameters
    ----------
    survey : Survey
    kind : str
    unit : str
    values : mapping of str to Value
        Scores of the unit by code.
    """
    shared = survey.within[kind][survey.units[kind].index(unit)]
    codes: Sequence[str] = survey.codes[kind]

    def of(one: str, other: str) -> Error:
        errors = (values[one].error, values[other].error)
        if any(error.kind == "unknown" for error in errors):
            return UNKNOWN
        places = (codes.index(one), codes.index(other))
        if any(not shared[place, place] > 0 for place in places):
            # A part without estimated error has no covariance either; the sum holds for any.
            total = sum(error.standard_error for error in errors)
            freedom = min(error.freedom for error in errors)
            return sampling(total, freedom, confidence=errors[0].confidence)
        variance = sum(shared[place, place] for place in places) - 2 * shared[places]
        return sampling(
            float(np.sqrt(max(variance, 0.0))),
            min(error.freedom for error in errors),
            confidence=errors[0].confidence,
        )

    return of


def _difference(errors: tuple[Error, Error], shared: float) -> Error:
    """Return the error of a difference, with degrees of freedom after Satterthwaite."""
    if any(error.kind == "unknown" for error in errors):
        return UNKNOWN
    squares = [error.standard_error**2 for error in errors]
    pieces = sum(square**2 / error.freedom for square, error in zip(squares, errors, strict=True))
    variance = max(sum(squares) - 2 * shared, 0.0)
    freedom = sum(squares) ** 2 / pieces
    return sampling(math.sqrt(variance), freedom, confidence=errors[0].confidence)
