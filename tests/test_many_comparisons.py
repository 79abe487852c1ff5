"""Many comparisons at once are judged by one rule, whatever the index."""

from __future__ import annotations

import itertools

import pytest

from helpers.facts.comparison import compare, false_discoveries, independent, p_value
from helpers.facts.value import NONE, UNKNOWN, Error, sampling
from helpers.indices.sipas.errors import error_of
from helpers.indices.sipas.judged import _hold_together
from helpers.indices.sipas.model import SipasChange
from helpers.indices.sipas.year import Fact


def fact(value):
    return Fact(
        value=value, trace="phiếu", error=2.0, freedom=200.0, low=value - 4, high=value + 4,
        confidence=0.95,
    )  # fmt: skip


def change(gap):
    earlier, later = fact(70.0), fact(70.0 + gap)
    verdict = compare(
        later.value, earlier.value, errors=(error_of(later), error_of(earlier)), decimals=2
    )
    return SipasChange("total", earlier, later, verdict)


GAPS = (0.4, 3.0, 5.8, 6.0, 6.6, 8.0, 9.5)
"""A standard error of a difference is 2,83, so that 5,6 and more is clear alone."""


@pytest.mark.parametrize("gaps", list(itertools.combinations(GAPS, 4)))
def test_satisfaction_asks_the_same_rule_as_the_other_counts(gaps):
    changes = [change(gap) for gap in gaps]
    error = independent(error_of(changes[0].later), error_of(changes[0].earlier))
    standing = false_discoveries([p_value(gap, error) for gap in gaps])
    alone = [one.comparison.is_sure for one in changes]
    expected = all(stands for stands, sure in zip(standing, alone, strict=True) if sure)
    assert _hold_together(changes, 0.95) == expected


def test_a_doubtful_change_among_sure_ones_does_not_stand_for_their_number():
    """Four sure of forty: each must beat its own rank's share, not the share of all four."""
    changes = [change(gap) for gap in (20.0, 19.0, 18.0, 8.6)] + [change(0.1)] * 36
    assert not _hold_together([change(6.0)] + [change(0.1)] * 9, 0.95)
    assert _hold_together(changes, 0.95) == all(
        false_discoveries(
            [p_value(one.comparison.gap, sampling(8.0**0.5, 400.0)) for one in changes]
        )[:4]
    )


def test_the_error_of_a_difference_needs_both_errors():
    assert independent(UNKNOWN, sampling(1.0)) == UNKNOWN
    assert independent(NONE, NONE) == NONE
    made = independent(sampling(3.0), Error("rounding", half=0.5))
    assert (made.standard_error, made.half) == (3.0, 0.5)
