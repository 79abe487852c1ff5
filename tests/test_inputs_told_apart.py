"""What must not become one: names apart in tone, codes apart in a zero, days apart in a zone."""

from __future__ import annotations

from datetime import date

import pytest

from helpers.definitions.forms import Field
from helpers.inputs.codes import number_as_text
from helpers.inputs.csv_files import delimiter
from helpers.inputs.dates import is_pattern, read_date
from helpers.inputs.faults import BadValueError
from helpers.inputs.problems import InputError, Problem, gathered
from helpers.inputs.values import read_value
from helpers.places.words import identity, near_key, near_names

TEXT = Field(code="ma", label="Mã", kind="text")
COUNT = Field(code="n", label="Số", kind="count")
NUMBER = Field(code="x", label="Số", kind="number")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Xã Tân Thạnh", "Xã Tân Thành"),
        ("Xã An Phú", "Xã Ân Phú"),
        ("Xã Đông Sơn", "Xã Dông Sơn"),
        ("Kì Anh", "Kỳ Anh"),
        ("Huyện Kỳ Anh", "Kỳ Anh"),
    ],
)
def test_two_names_stay_two(one, other):
    assert identity(one) != identity(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Xã  Tân Thạnh ", "xã tân thạnh"),
        ("Hoà Bình", "Hòa Bình"),
        ("Thuỷ Nguyên", "Thủy Nguyên"),
        ("Quảng Nam", "Qua\u0309ng Nam"),
        ("Bà Rịa - Vũng Tàu", "Bà Rịa – Vũng Tàu"),
    ],
)
def test_two_spellings_of_one_name_are_one(one, other):
    assert identity(one) == identity(other)
    assert not near_names(one, other)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Kì Anh", "Kỳ Anh", True),
        ("Kì Anh", "Huyện Kỳ Anh", True),
        ("Tan Thanh", "Tân Thạnh", True),
        ("Xã Tân Thạnh", "Xã Tân Thành", False),
        ("Phường 1", "Phường 2", False),
        ("Lý Nhân", "Lý Nhơn", False),
    ],
)
def test_near_misses_are_proposed(one, other, near):
    assert near_names(one, other) is near
    assert near_names(other, one) is near
    if near:
        assert near_key(one) == near_key(other)


@pytest.mark.parametrize(
    ("raw", "shape", "text"),
    [
        (1.1, "0.00", "1.10"),
        (1.1, "0.0", "1.1"),
        (7, "000", "007"),
        (1234567890123, "@", "1234567890123"),
        (1234567890124.0, "General", "1234567890124"),
        (2.5, "General", "2.5"),
    ],
)
def test_a_code_is_what_the_sheet_shows(raw, shape, text):
    assert number_as_text(raw, shape) == text
    assert read_value(raw, TEXT, number_format=shape).value == text


@pytest.mark.parametrize(
    ("raw", "shape"),
    [(1.125, "0.00"), (1.5, "#,##0.000"), (12345678901234567, "0"), (float("inf"), "General")],
)
def test_a_code_that_lost_digits_is_refused(raw, shape):
    with pytest.raises(BadValueError):
        read_value(raw, TEXT, number_format=shape)


@pytest.mark.parametrize("raw", ["9007199254740993", "1" + "0" * 400, 1e300, 10**17, float("inf")])
@pytest.mark.parametrize("field", [COUNT, NUMBER])
def test_a_number_that_is_not_kept_exactly_is_refused(raw, field):
    with pytest.raises(BadValueError):
        read_value(raw, field)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("20230301083000", date(2023, 3, 1)),
        (20230301.0, date(2023, 3, 1)),
        ("2023-03-01T08:30:00+07:00", date(2023, 3, 1)),
        ("2023-03-01T18:30:00Z", date(2023, 3, 2)),  # 01:30 of the next day in Viet Nam
        ("01/03/2023 08:30:00", date(2023, 3, 1)),
    ],
)
def test_dates_as_programs_write_them(raw, day):
    assert read_date(raw) == day


def test_a_date_as_the_settings_say():
    assert read_date("03/25/2023", "MM/dd/yyyy") == date(2023, 3, 25)
    assert read_date("25032023", "ddMMyyyy") == date(2023, 3, 25)
    with pytest.raises(BadValueError, match="MM/dd/yyyy"):
        read_date("2023-03-25", "MM/dd/yyyy")
    with pytest.raises(BadValueError):
        read_date("02/30/2023", "MM/dd/yyyy")
    assert not is_pattern("dd/MM")


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("a,b,c\n1,x;y;z;u;v,2\n", ","),
        ("a;b;c\n1,5;2,5;3,5\n4,5;5,5;6,5\n", ";"),
        ("Báo cáo, năm 2023\na;b;c\n1;2;3\n4;5;6\n", ";"),
        ("a\tb\n1,5\t2\n", "\t"),
        ('a,b\n"x;y",2\n"z;u;v",3\n', ","),
    ],
)
def test_the_delimiter_is_what_cuts_all_lines_alike(text, sign):
    assert delimiter(text) == sign


def problem(line=None, message="thiếu «Xã».", rule="r"):
    return Problem("error", "a.csv", None, None, rule, message, "điền.", line)


def test_one_cause_is_one_message():
    told = gathered([problem(line) for line in range(2, 40)])
    assert len(told) == 1
    assert "(các dòng 2, 3, 4, 5, 6, 7 và 32 dòng khác)" in str(told[0])


def test_twenty_lines_of_detail_and_a_count():
    told = gathered([problem(line, f"ô ghi «{line}».") for line in range(100)])
    assert len(told) == 21
    assert "còn 80 chỗ khác" in told[-1].message


def test_no_message_is_longer_than_two_thousand():
    long = Problem("error", "f" * 9_000, "s" * 9_000, "A1, " * 9_000, "r", "m" * 9_000, "x" * 9_000)
    assert len(str(long)) <= 2_000
    assert len(str(InputError([long]))) <= 2_000
