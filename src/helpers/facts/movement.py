"""Movement against the country: the distance to the median of the same units in both years."""

from __future__ import annotations

from statistics import median

from helpers.facts.compared import between, margin_value, signed
from helpers.facts.earlier import barred, common_units
from helpers.facts.families import Finding
from helpers.facts.level import finding
from helpers.facts.marks import MEDIAN_TO_MEAN, distance_of
from helpers.facts.measured import Earlier, Measured, Peers
from helpers.facts.value import UNKNOWN, Error, Value, count, sampling

LEAST_UNITS = 3
"""Units that a median needs to be one of a country."""
CASES = {
    "higher": "gained",
    "lower": "lost",
    "likely_higher": "likely_gained",
    "likely_lower": "likely_lost",
    "equal": "kept",
    "inside": "unclear",
}


def movement(measured: Measured) -> tuple[Finding, ...]:
    """Say whether the value gained or lost ground; it may be sure where the own change is not."""
    made = (_moved(measured, earlier) for earlier in measured.earlier)
    return tuple(one for one in made if one is not None)


def _moved(measured: Measured, earlier: Earlier) -> Finding | None:
    peers, before = measured.peers, earlier.measured.peers
    if peers is None or before is None or measured.higher_is_better is None:
        return None
    if measured.own not in peers.known or earlier.measured.own not in before.known:
        return None
    told: dict[str, object] = {"role": earlier.role, "year": earlier.year}
    slot = str(earlier.year)
    reasons = barred(measured, earlier)
    if reasons:
        return finding(measured, "movement", "barred", slot, why=reasons, **told)
    units = common_units(measured, earlier)
    if len(units) < LEAST_UNITS:
        return None
    sign = 1.0 if measured.higher_is_better else -1.0
    now = _distance(measured.value, peers, units, sign)
    then = _distance(earlier.measured.value, before, units, sign)
    floor = max(measured.floor, measured.value.one_case, earlier.measured.value.one_case)
    verdict = between(now, then, difference=_error(measured, earlier, units), floor=floor)
    told |= {
        "now": now,
        "then": then,
        "units": count(len(units), "unit"),
        "gap": signed(verdict.gap, measured.value, "difference", one=now, other=then),
        "margin": margin_value(verdict, measured.value),
        "assumed": verdict.margin.assumed or None,
    }
    return finding(measured, "movement", CASES.get(verdict.case, verdict.case), slot, **told)


def _distance(own: Value, peers: Peers, units: tuple[str, ...], sign: float) -> Value:
    """Return the distance to the median of some peers, positive on the better side."""
    middle = median(peers.known[unit].known for unit in units)
    return signed(sign * (own.known - middle), own, "distance_to_median", units=len(units))


def _error(measured: Measured, earlier: Earlier, units: tuple[str, ...]) -> Error:
    """Return the error of the movement: both years' distances, each year asking other people."""
    now = _of_distance(measured, units)
    then = _of_distance(earlier.measured, units)
    if "unknown" in (now.kind, then.kind):
        return UNKNOWN
    hard = now.half + then.half
    sampled = [error for error in (now, then) if error.kind == "sampling"]
    if not sampled:
        return Error("rounding", half=hard) if hard else Error("none")
    variance = sum(error.standard_error**2 for error in sampled)
    assumed = any(error.origin == "assumed" for error in sampled)
    freedom = min(error.freedom for error in sampled)
    made = sampling(variance**0.5, freedom, "assumed" if assumed else "computed")
    return Error(made.kind, hard, made.standard_error, made.freedom, made.origin)


def _of_distance(measured: Measured, units: tuple[str, ...]) -> Error:
    if measured.peers is None:
        return UNKNOWN
    errors = [measured.peers.known[unit].error for unit in units]
    own_is_one = measured.own in units
    return distance_of(measured.value.error, errors, MEDIAN_TO_MEAN, own_is_one)
