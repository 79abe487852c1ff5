"""How numbers are written."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.words import numbers
from helpers.words.numbers import (
    Number,
    attribute,
    decimal,
    in_words,
    magnitude,
    percent,
    place,
    signed,
    whole,
)

VALUES = st.floats(-1e9, 1e9)


def read(text):
    """Read a Vietnamese number back."""
    return Decimal(text.replace(".", "").replace(",", ".").replace(numbers.MINUS, "-"))


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (43.21, 2, "43,21"),
        (1234567.89, 2, "1.234.567,89"),
        (5182, 0, "5.182"),
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (-2.5, 0, "−3"),
        (1.005, 2, "1,01"),
        (2.675, 2, "2,68"),
        (-1.005, 2, "−1,01"),
        (41.004459, 2, "41,00"),
        (-0.004, 2, "0,00"),
        (0.0, 2, "0,00"),
        (999.995, 2, "1.000,00"),
        (1e-12, 2, "0,00"),
    ],
)
def test_decimals_follow_vietnamese_usage(value, decimals, text):
    assert decimal(value, decimals) == text


@given(VALUES, st.integers(0, 4))
def test_a_written_number_reads_back_as_the_rounded_one(value, decimals):
    exact = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert read(decimal(value, decimals)) == exact
    assert abs(read(decimal(value, decimals)) - Decimal(repr(value))) <= Decimal(5).scaleb(
        -decimals - 1
    )


@given(VALUES)
def test_rounding_is_symmetric_about_zero(value):
    assert read(decimal(-value)) == -read(decimal(value))
    assert magnitude(value) == magnitude(-value)
    assert numbers.MINUS not in magnitude(value)
    assert "-" not in decimal(value)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_larger_values_never_print_smaller(first, second):
    low, high = sorted((first, second))
    assert read(decimal(low)) <= read(decimal(high))


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.456, "+0,46"), (-0.294, "−0,29"), (0.004, "0,00"), (-0.004, "0,00"), (0.005, "+0,01")],
)
def test_a_difference_carries_its_sign_unless_it_prints_as_nothing(value, text):
    assert signed(value) == text


@pytest.mark.parametrize(
    ("share", "decimals", "text"),
    [
        (0.7804, 2, "78,04%"),
        (1.0, 0, "100%"),
        (0.0, 0, "0%"),
        (227140 / 227149, 0, "99,996%"),
        (227140 / 227149, 2, "99,996%"),
        (9 / 227149, 2, "0,004%"),
        (0.1395, 2, "13,95%"),
    ],
)
def test_percentages(share, decimals, text):
    assert percent(share, decimals) == text


@given(st.integers(1, 10**7), st.integers(0, 10**7), st.integers(0, 2))
def test_late_files_never_print_as_100_percent(total, late, decimals):
    late = min(late, total)
    text = percent((total - late) / total, decimals)
    whole_percent = read(text.removesuffix("%"))
    assert (whole_percent == 100) == (late == 0)
    assert (whole_percent == 0) == (late == total)


def test_places_and_counts():
    assert place(13, 15) == "13/15"
    assert place(1234, 5678) == "1.234/5.678"
    assert whole(1240) == "1.240"
    assert [in_words(n) for n in (0, 1, 4, 5, 10, 11)] == [
        "không", "một", "bốn", "năm", "mười", "11",
    ]  # fmt: skip


@given(st.text())
def test_no_trace_can_end_the_attribute_that_holds_it(trace):
    made = str(Number("43,21", trace))
    inner = made.removeprefix('[43,21]{.so title="').removesuffix('"}')
    assert not set('"{}\\\n') & set(inner)
    assert attribute(attribute(trace)) == attribute(trace)
