"""Means and medians of peers, and the error of a distance to them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from helpers.facts.known import known_enough
from helpers.facts.measured import Mark, MarkKind, Measured, Peers
from helpers.facts.value import NONE, UNKNOWN, Error, Origin, Status, Value, Why, sampling

MEDIAN_TO_MEAN = math.pi / 2
"""Variance of a median of many values, in variances of their mean (large samples, normal errors)."""


def mark_of(
    peers: Peers, own: str, kind: MarkKind, members: Sequence[str] | None = None, name: str = ""
) -> Mark:
    """Return the simple mean or the median of some peers as a mark.

    Parameters
    ----------
    peers : Peers
    own : str
        Who it is set beside.
    kind : str
        ``median``; everything else is a mean.
    members : sequence of str, optional
        All that are counted if not given.
    name : str

    Returns
    -------
    Mark
        Its value is hidden if a member's is, and unknown if there is no member or one is not known.
    """
    units = tuple(peers.values if members is None else members)
    return Mark(kind, _middle(peers, units, kind), name, units, own in units)


def _middle(peers: Peers, units: tuple[str, ...], kind: MarkKind) -> Value:
    values = [peers.values[unit] for unit in units]
    for value in values:
        if value.hidden is not None:
            return Value.suppressed(value.hidden, value.unit, value.decimals)
    if not values:
        return Value.unknown(Why("mean_of_nothing"))
    absent = tuple(unit for unit in units if not peers.values[unit].is_known)
    if absent:
        return Value.unknown(Why("members_unknown", {"units": absent}), values[0].unit)
    numbers = [value.known for value in values]
    made = median(numbers) if kind == "median" else math.fsum(numbers) / len(numbers)
    rule = "median_of" if kind == "median" else "mean_of"
    status: Status = "simulated" if any(v.status == "simulated" for v in values) else "computed"
    source = Why(rule, {"units": len(units), "of": peers.of})
    return Value(made, values[0].unit, values[0].decimals, status=status, source=source)


def distance_error(measured: Measured, mark: Mark) -> Error | None:
    """Return the error of the own value minus a mark; None where both are independent.

    A mean that contains the own value is the contrast 1 - 1/n for it and -1/n for the others; of units
    whose covariance is known it is computed exactly. A median varies π/2 times as much as the mean.

    Returns
    -------
    Error or None
        Unknown where the own error is, or fewer than half of the members' are known.
    """
    if mark.difference is not None or not mark.members or measured.peers is None:
        return mark.difference
    peers = measured.peers
    spread = MEDIAN_TO_MEAN if mark.kind == "median" else 1.0
    own = measured.value.error
    if peers.covariance is not None and spread == 1.0:
        return _contrast(measured, mark)
    members = [peers.values[unit].error for unit in mark.members if unit in peers.values]
    return distance_of(own, members, spread, mark.contains_own)


def distance_of(own: Error, members: Sequence[Error], spread: float, contains_own: bool) -> Error:
    """Return the error of a value minus the mean, or median, of independent ones."""
    if not members:
        return UNKNOWN
    sampled = [error for error in members if error.kind == "sampling"]
    known = [error for error in members if error.kind != "unknown"]
    if own.kind == "unknown" or not known_enough(len(known), len(members) - len(known)):
        return UNKNOWN
    # A few without known error do not hide that of the others' mean.
    size = len(known)
    hard = own.half + math.fsum(error.half for error in known) / size
    if not sampled and own.kind != "sampling":
        return Error("rounding", half=hard) if hard > 0 else NONE
    own_variance = own.standard_error**2 if own.kind == "sampling" else 0.0
    mean_variance = math.fsum(error.standard_error**2 for error in sampled) / size**2
    shared = 2 * own_variance / size if contains_own else 0.0
    variance = max(own_variance + spread * mean_variance - shared, 0.0)
    assumed = any(error.origin == "assumed" for error in (own, *sampled))
    made = sampling(
        math.sqrt(variance),
        _freedom(own, sampled, size),
        "assumed" if assumed else "computed",
        confidence=max((error.confidence for error in sampled), default=own.confidence),
    )
    return replace(made, half=hard)


def _freedom(own: Error, sampled: Sequence[Error], size: int) -> float:
    """Satterthwaite; the own error counts whole, each member's with its share."""
    terms = [(own.standard_error**2, own.freedom)] if own.kind == "sampling" else []
    terms += [((error.standard_error / size) ** 2, error.freedom) for error in sampled]
    pieces = math.fsum(var**2 / free for var, free in terms if not math.isinf(free))
    return math.fsum(var for var, _ in terms) ** 2 / pieces if pieces else math.inf


def _contrast(measured: Measured, mark: Mark) -> Error:
    peers, own = measured.peers, measured.own
    if peers is None or peers.covariance is None:
        return UNKNOWN
    share = 1.0 / len(mark.members)
    weights = dict.fromkeys(mark.members, -share)
    weights[own] = weights.get(own, 0.0) + 1.0
    errors = {unit: peers.values[unit].error for unit in mark.members if unit in peers.values}
    errors[own] = measured.value.error
    if set(errors) != set(weights) or any(e.kind != "sampling" for e in errors.values()):
        return UNKNOWN
    variance = math.fsum(
        weights[a] * weights[b] * peers.covariance(a, b) for a in weights for b in weights
    )
    terms = [((weights[u] * errors[u].standard_error) ** 2, errors[u].freedom) for u in weights]
    pieces = math.fsum(var**2 / free for var, free in terms if not math.isinf(free))
    freedom = math.fsum(var for var, _ in terms) ** 2 / pieces if pieces else math.inf
    assumed = any(error.origin == "assumed" for error in errors.values())
    origin: Origin = "assumed" if assumed else "computed"
    confidence = max(error.confidence for error in errors.values())
    return sampling(math.sqrt(max(variance, 0.0)), freedom, origin, confidence=confidence)
