"""The one judge of comparisons: the error of the difference decides, the unknown stays unknown."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.facts.comparison import compare, margin, rounded
from helpers.facts.value import UNKNOWN, Error, rounding, sampling

values = st.floats(0, 100, allow_nan=False)
spreads = st.floats(0.01, 20, allow_nan=False)


def test_a_difference_inside_its_own_error_is_neither_higher_nor_lower() -> None:
    found = compare(82.67, 79.25, errors=(sampling(5.3), sampling(1.0)), decimals=2)
    assert found.case == "inside"
    assert not found.is_sure


def test_a_value_may_surely_exceed_what_lies_in_its_own_interval() -> None:
    # Positively correlated: the interval of the value contains the mean, the difference is sure.
    one, mean = 86.48, 77.78
    own, other = sampling(4.45), sampling(3.0)
    assert one - 1.96 * own.standard_error < mean
    found = compare(one, mean, errors=(own, other), covariance=9.0)
    assert found.case == "higher"


def test_published_standard_errors_decide_a_change() -> None:
    papi = sampling(0.415, origin="assumed")
    found = compare(45.6, 45.1, errors=(papi, papi))
    assert found.case == "inside"
    assert found.assumed
    assert found.margin == pytest.approx(1.96 * math.hypot(0.415, 0.415), rel=1e-4)
    assert round(found.margin or 0, 2) == 1.15


def test_an_unknown_error_gives_no_side() -> None:
    assert compare(45.0, 44.0, errors=(UNKNOWN, UNKNOWN), decimals=2).case == "unknown"
    assert compare(45.0, 44.0, errors=(sampling(0.4), UNKNOWN), decimals=2).case == "unknown"


def test_a_standard_error_of_zero_is_a_missing_one() -> None:
    assert sampling(0.0) == UNKNOWN
    assert sampling(None) == UNKNOWN
    assert sampling(math.nan) == UNKNOWN
    with pytest.raises(ValueError, match="above 0"):
        Error("sampling", standard_error=0.0)


def test_what_prints_alike_is_not_ordered() -> None:
    assert compare(85.4201, 85.4199, decimals=2).case == "same_print"
    assert compare(85.425, 85.415, decimals=2).case == "higher"
    assert compare(1.0, 1.0, decimals=2).case == "equal"


def test_rounding_of_two_printed_numbers_adds_linearly() -> None:
    assert margin(rounding(2), rounding(2)).half == pytest.approx(0.01)
    assert compare(5.02, 5.01, errors=(rounding(2), rounding(2))).case == "inside"
    assert compare(5.03, 5.01, errors=(rounding(2), rounding(2))).case == "higher"


def test_a_gap_below_one_case_is_no_news() -> None:
    assert compare(99.86, 100.0, smallest=100 / 734).case in ("inside", "lower")
    assert compare(99.9, 100.0, smallest=100 / 734).case == "inside"


def test_the_same_sample_without_covariance_proves_a_difference_but_never_its_absence() -> None:
    errors = (sampling(1.0), sampling(1.0))
    assert compare(10.0, 5.0, errors=errors, covariance=None).case == "higher"
    assert compare(10.0, 8.0, errors=errors, covariance=None).case == "unknown"
    assert compare(10.0, 8.0, errors=errors).case == "inside"


def test_few_degrees_of_freedom_widen_the_margin() -> None:
    wide = margin(sampling(1.0, freedom=5), sampling(1.0, freedom=5)).half
    narrow = margin(sampling(1.0), sampling(1.0)).half
    assert wide is not None
    assert narrow is not None
    assert wide > narrow
    # t with 10 degrees of freedom (Satterthwaite), two-sided 95 %: 2.2281.
    assert wide == pytest.approx(2.2281388 * math.sqrt(2), rel=1e-6)


@given(one=values, other=values, a=spreads, b=spreads)
def test_comparing_the_other_way_round_turns_the_answer_round(
    one: float, other: float, a: float, b: float
) -> None:
    turned = {"higher": "lower", "lower": "higher"}
    there = compare(one, other, errors=(sampling(a), sampling(b)), decimals=2)
    back = compare(other, one, errors=(sampling(b), sampling(a)), decimals=2)
    assert back.case == turned.get(there.case, there.case)
    assert back.gap == -there.gap


@given(one=values, other=values, a=spreads, b=spreads)
def test_an_assumed_error_only_takes_claims_away(
    one: float, other: float, a: float, b: float
) -> None:
    exact = compare(one, other, decimals=2)
    assumed = compare(
        one,
        other,
        errors=(sampling(a, origin="assumed"), sampling(b, origin="assumed")),
        decimals=2,
    )
    assert assumed.case in (exact.case, "inside") or (exact.case == "equal" and not assumed.is_sure)


@given(one=values, other=values, k=st.integers(1, 50))
def test_more_comparisons_never_make_a_claim_surer(one: float, other: float, k: int) -> None:
    errors = (sampling(3.0), sampling(2.0))
    single = compare(one, other, errors=errors)
    several = compare(one, other, errors=errors, comparisons=k)
    assert several.is_sure <= single.is_sure


@given(values)
def test_rounding_agrees_with_the_printed_form(value: float) -> None:
    assert abs(float(rounded(value, 2)) - value) <= 0.005 + 1e-9


def test_samples_of_one_hundred_degrees_of_freedom_have_their_t() -> None:
    found = compare(80.0, 79.0, errors=(sampling(1.0, 50), sampling(1.0, 50)))
    # t(0.975; 100) = 1.98397, standard error √2
    assert found.margin == pytest.approx(1.98397 * math.sqrt(2), abs=1e-4)
    assert found.case == "inside"


def test_a_computed_error_of_the_difference_stands_for_both() -> None:
    """Two parts of one sample that move together differ surely, although each is unsure."""
    wide = (sampling(5.0, 20), sampling(5.0, 20))
    assert compare(80.0, 75.0, errors=wide).case == "inside"
    assert compare(80.0, 75.0, errors=wide, difference=sampling(1.0, 20)).case == "higher"
    assert compare(80.0, 75.0, difference=UNKNOWN).case == "unknown"
