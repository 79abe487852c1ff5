"""What may be said of a satisfaction result: every comparison, asked of the one judge."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

import numpy as np
import pandas as pd

from helpers.facts.comparison import (
    Comparison,
    Extreme,
    compare,
    extreme,
    false_discoveries,
    independent,
    p_value,
)
from helpers.facts.value import UNKNOWN, Error
from helpers.indices.sipas.errors import between_units, error_of, within_unit
from helpers.indices.sipas.model import SipasChange, SipasResult
from helpers.indices.sipas.rules import TOTAL, Kind
from helpers.indices.sipas.survey import Survey
from helpers.indices.sipas.year import Fact

DECIMALS = 2


@dataclass(frozen=True)
class Target:
    """A fixed mark beside the own result.

    Parameters
    ----------
    value : float
        Percent.
    text : str
        What it is.
    case : {"met", "missed", "inside", "unknown"}
        ``inside`` and ``unknown``: the survey error hides the side, or nobody knows it.
    gap : float
        Own value less the mark.
    """

    value: float
    text: str
    case: Literal["met", "missed", "inside", "unknown"]
    gap: float


@dataclass(frozen=True)
class Peers:
    """Whom a unit is set beside.

    Parameters
    ----------
    count : int or None
        Units that are counted; None if nobody said how many.
    all_units : int or None
        Units that there are, counted or not.
    least : int or None
        Valid forms that a unit needs to be counted; None where none is left out for that.
    """

    count: int | None
    all_units: int | None
    least: int | None


def survey_of(result: SipasResult, kind: str) -> Survey | None:
    """Return the forms that the units of a kind were measured by; None if they were printed."""
    survey = result.current.survey
    return survey if survey is not None and kind in survey.asked else None


def peers(result: SipasResult, kind: str) -> Peers:
    """Return the population that means, ranges and places of a kind range over."""
    table = result.current.units.get(kind)
    if table is not None and table["rank"].notna().sum() > 1:
        count = int(table["rank"].notna().sum())
        left_out = count < len(table)
        return Peers(count, len(table), result.rules.minimum_sample if left_out else None)
    told = result.current.figure("units")
    count_told = int(told.value) if told is not None and kind == result.subject.kind else None
    return Peers(count_told, count_told, None)


def against_mean(result: SipasResult) -> Comparison | None:
    """Compare the subject with the mean of its peers; None where one of them is not known."""
    mean, own = result.mean_of_units, result.overall
    if mean is None or own is None:
        return None
    error = UNKNOWN
    table, survey = result.units, survey_of(result, result.subject.kind)
    if table is not None and survey is not None and table["rank"].notna().sum() > 1:
        kind = cast(Kind, result.subject.kind)
        ranked = set(table.loc[table["rank"].notna(), "unit"])
        share = 1 / len(ranked)
        weights = [-share if unit in ranked else 0.0 for unit in survey.units[kind]]
        weights[survey.units[kind].index(result.subject.unit)] += 1
        error = between_units(survey, kind, weights, _freedom(result, survey, kind))
    return compare(
        own.value,
        mean.value,
        difference=error,
        decimals=DECIMALS,
        confidence=result.rules.confidence,
    )


def extreme_part(result: SipasResult, codes: Sequence[str], *, highest: bool) -> Extreme:
    """Say which of the subject's parts may be called the highest, or the lowest."""
    facts = {code: result.own[code] for code in codes}
    survey = survey_of(result, result.subject.kind)

    def difference(one: str, other: str) -> Error:
        if survey is None:
            return UNKNOWN
        kind = cast(Kind, result.subject.kind)
        pair = (facts[one], facts[other])
        return within_unit(survey, kind, result.subject.unit, pair, (one, other))

    return extreme(
        {code: fact.value for code, fact in facts.items()},
        {code: error_of(fact) for code, fact in facts.items()},
        highest=highest,
        difference=difference,
        decimals=DECIMALS,
        confidence=result.rules.confidence,
    )


def extreme_unit(result: SipasResult, kind: str, *, highest: bool) -> Extreme:
    """Say which of the ranked units of a kind may be called the highest, or the lowest."""
    table, survey = result.current.units[kind], survey_of(result, kind)
    ranked = table[table["rank"].notna()]
    facts = {str(row["unit"]): _fact(row, result.rules.confidence) for _, row in ranked.iterrows()}

    def difference(one: str, other: str) -> Error:
        if survey is None:
            return UNKNOWN
        of = cast(Kind, kind)
        names = survey.units[of]
        if one not in names or other not in names:
            return UNKNOWN
        weights = np.zeros(len(names))
        weights[names.index(one)], weights[names.index(other)] = 1.0, -1.0
        return between_units(survey, of, list(weights), _freedom(result, survey, of))

    return extreme(
        {unit: fact.value for unit, fact in facts.items()},
        {unit: error_of(fact) for unit, fact in facts.items()},
        highest=highest,
        difference=difference,
        decimals=DECIMALS,
        confidence=result.rules.confidence,
    )


def target(result: SipasResult) -> Target | None:
    """Set the subject beside its target, or that of the national programme; None without one.

    A target is a fixed mark, so the interval of the value itself decides.
    """
    own = result.overall
    told = [(t.value, t.text) for t in result.rules.targets if t.year == result.year]
    if result.target is not None:
        told = [(result.target, "mục tiêu đơn vị đặt ra")]
    if own is None or not told:
        return None
    value, text = told[0]
    gap = own.value - value
    if not own.has_interval:
        return Target(value, text, "unknown", gap)
    if own.low < value < own.high:
        return Target(value, text, "inside", gap)
    return Target(value, text, "met" if gap >= 0 else "missed", gap)


def sure_place(result: SipasResult) -> bool:
    """Tell whether the subject's place may be told: published, or the same with every error."""
    standing = result.standing()
    if standing is None:
        return False
    return standing.published or (standing.best is not None and standing.best == standing.worst)


@dataclass(frozen=True)
class UnitChanges:
    """Changes of the units of a kind since the year before.

    Parameters
    ----------
    compared : int
        Units with a result in both years and a known error.
    clear : tuple of (str, SipasChange)
        Units whose own change exceeds its error, the largest first.
    together : bool
        Whether these also hold among so many comparisons (:func:`false_discoveries`).
    """

    compared: int
    clear: tuple[tuple[str, SipasChange], ...]
    together: bool


def unit_changes(result: SipasResult, kind: str) -> UnitChanges:
    """Return which units of a kind changed by more than their survey error."""
    table = result.current.units.get(kind)
    names = [] if table is None else [str(unit) for unit in table["unit"]]
    found = [(name, change) for name in names if (change := result.unit_change(kind, name))]
    known = [
        (name, change)
        for name, change in found
        if change.comparison is not None and change.comparison.margin is not None
    ]
    clear = [(n, c) for n, c in known if c.comparison is not None and c.comparison.is_sure]
    clear.sort(key=lambda one: -abs(one[1].comparison.gap) if one[1].comparison else 0.0)
    together = _hold_together([change for _, change in known], result.rules.confidence)
    return UnitChanges(len(known), tuple(clear), together)


def _hold_together(changes: Sequence[SipasChange], confidence: float) -> bool:
    """Tell whether every change that is clear alone also stands among all that were compared."""
    chances = [
        p_value(
            change.later.value - change.earlier.value,
            independent(error_of(change.later), error_of(change.earlier)),
        )
        for change in changes
    ]
    standing = false_discoveries(chances, 1 - confidence)
    return all(
        stands
        for change, stands in zip(changes, standing, strict=True)
        if change.comparison is not None and change.comparison.is_sure
    )


def _fact(row: pd.Series, confidence: float) -> Fact:
    freedom = float(row["freedom"])
    return Fact(
        value=float(row["value"]),
        trace=str(row["source"]),
        error=float(row["error"]),
        freedom=freedom if math.isfinite(freedom) else 0.0,
        low=float(row["low"]),
        high=float(row["high"]),
        confidence=confidence,
    )


def _freedom(result: SipasResult, survey: Survey, kind: Kind) -> list[float]:
    facts = [result.current.of_unit(kind, unit).get(TOTAL) for unit in survey.units[kind]]
    return [0.0 if fact is None or fact.error == 0 else fact.freedom for fact in facts]
