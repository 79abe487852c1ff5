"""Whether two years may be compared, and over which units."""

from __future__ import annotations

from helpers.facts.compared import bar
from helpers.facts.measured import Earlier, Measured
from helpers.facts.value import Why


def barred(measured: Measured, earlier: Earlier) -> tuple[Why, ...]:
    """Return why a criterion must not be compared with an earlier year; empty if it may.

    Besides what the index says: no number, two units of measurement, two stages of scoring, made-up
    beside real; and a sum is comparable only if all its parts are.
    """
    reasons = barred_years(measured, earlier)
    between_values = bar(measured.value, earlier.measured.value)
    return reasons if between_values is None else (*reasons, between_values)


def barred_years(measured: Measured, earlier: Earlier) -> tuple[Why, ...]:
    """Return why the years themselves must not be compared, whatever the values; for printed places."""
    reasons = earlier.barred
    if measured.weights is not None:
        reasons = (*reasons, *_barred_parts(measured, earlier.year))
    return reasons


def _barred_parts(measured: Measured, year: int) -> tuple[Why, ...]:
    found: list[str] = []
    for part in measured.parts:
        same = [one for one in part.earlier if one.year == year]
        if any(one.barred for one in same):
            found.append(part.key.code)
    return (Why("parts_barred", {"parts": tuple(found)}),) if found else ()


def common_units(measured: Measured, earlier: Earlier) -> tuple[str, ...]:
    """Return the peers that have a figure in both years; empty without peers in both."""
    peers, before = measured.peers, earlier.measured.peers
    if peers is None or before is None:
        return ()
    return tuple(unit for unit in peers.known if unit in before.known)
