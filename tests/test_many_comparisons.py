"""Many comparisons at once are judged by one rule, whatever the index."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from helpers.facts.changes import _chance, tally_units
from helpers.facts.comparison import (
    error_of_difference,
    false_discoveries,
    independent,
    p_value,
    places_of_share,
)
from helpers.facts.measured import Earlier, Measured
from helpers.facts.value import NONE, PERCENT, UNKNOWN, Error, Key, Value, Why, sampling

GROUP = Key("sipas", "ha-tinh", 2024, code="departments")
ERROR = sampling(2.0, 200.0)


def unit(name, gap):
    key = Key("sipas", "ha-tinh", 2024, unit=name, code=name)
    then = Measured(
        Key("sipas", "ha-tinh", 2023, unit=name, code=name), name, Value(70.0, PERCENT, error=ERROR)
    )
    return Measured(key, name, Value(70.0 + gap, PERCENT, error=ERROR), earlier=(Earlier(then),))


def told_up(gaps):
    """Numbers of the departments that are told to have risen, all taken together."""
    year = Measured(
        Key("sipas", "ha-tinh", 2023, code="departments"), "", Value.unknown(Why("no_value"))
    )
    units = [unit(f"Sở {number}", gap) for number, gap in enumerate(gaps)]
    found = tally_units(GROUP, units, Earlier(year))
    return {int(one.name.split()[1]) for one in found.fields.get("up", ())}


GAPS = (0.4, 3.0, 5.8, 6.0, 6.6, 8.0, 9.5)
"""A standard error of a difference is 2,83, so that 5,6 and more is clear alone."""


@pytest.mark.parametrize("gaps", list(itertools.combinations(GAPS, 4)))
def test_satisfaction_asks_the_same_rule_as_the_other_counts(gaps):
    standing = false_discoveries([p_value(gap, independent(ERROR, ERROR)) for gap in gaps])
    clear = [n for n, gap in enumerate(gaps) if gap > 5.6]
    expected = {n for n in clear if standing[n]}
    assert told_up(gaps) == expected


def test_a_doubtful_change_among_sure_ones_does_not_stand_for_their_number():
    """Four sure of forty: each must beat its own rank's share, not the share of all four."""
    assert told_up([6.0, *[0.1] * 9]) == set()
    assert told_up([20.0, 19.0, 18.0, 8.6, *[0.1] * 36]) >= {0, 1, 2}


def test_the_error_of_a_difference_needs_both_errors():
    assert independent(UNKNOWN, sampling(1.0)) == UNKNOWN
    assert independent(NONE, NONE) == NONE
    made = independent(sampling(3.0), Error("rounding", half=0.5))
    assert (made.standard_error, made.half) == (3.0, 0.5)


def measured(number, error, year=2024):
    return Measured(Key("made", "u", year), "u", Value(number, error=error))


def test_a_change_counted_among_many_has_the_error_that_it_is_told_with():
    now, before = sampling(2.0, 5.0), sampling(1.0, 200.0)
    earlier = Earlier(measured(50.0, before, 2023))
    expected = p_value(6.0, independent(now, before))
    assert _chance(measured(56.0, now), earlier) == pytest.approx(expected)
    # The smaller freedom alone would make it less sure than it is told.
    assert expected < p_value(6.0, sampling(5.0**0.5, 5.0))


def test_an_error_that_is_not_known_is_not_none():
    earlier = Earlier(measured(50.0, UNKNOWN, 2023))
    assert _chance(measured(90.0, sampling(1.0)), earlier) == 1.0


def test_estimates_of_one_sample_vary_with_their_covariance():
    one, other = sampling(2.0, 50.0), sampling(2.0, 50.0)
    assert error_of_difference(one, other, 3.5).standard_error == pytest.approx(1.0)
    assert error_of_difference(one, other, None).standard_error == pytest.approx(4.0)
    assert error_of_difference(one, other, 4.0) == UNKNOWN


def test_where_no_error_is_known_nothing_is_counted():
    """One score that prints alike in both years was told as the one unit without a clear change."""
    about = Key("papi", "", 2012, code="total")
    units = []
    for number, gap in enumerate((0.0, 1.2, -3.4)):
        key = Key("papi", str(number), 2012, code="total")
        before = Measured(replace(key, year=2011), "", Value(40.0, "point", error=UNKNOWN))
        now = Value(40.0 + gap, "point", error=UNKNOWN)
        units.append(Measured(key, "", now, earlier=(Earlier(before),)))
    assert tally_units(about, units, units[0].earlier[0]).case == "untested"


def test_a_share_within_the_noise_of_floats_is_the_whole():
    assert places_of_share(1 - 1e-16, 2) == 2
    assert places_of_share(1e-17, 2) == 2
    assert places_of_share(0.99996, 2) == 3
