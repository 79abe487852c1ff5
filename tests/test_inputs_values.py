"""One cell: what is read, what is refused, and in which words."""

from __future__ import annotations

import contextlib
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.definitions.forms import Field
from helpers.inputs.faults import BadValueError
from helpers.inputs.letters import legacy_encoding, plain_text
from helpers.inputs.values import read_value, written


def field(kind, **more):
    return Field(code="c", label="Cột", kind=kind, **more)


COUNT = field("count", unit="hồ sơ", minimum=0)
NUMBER = field("number", unit="điểm %")
POINTS = field("points", unit="điểm")
PERCENT = field("percent", unit="%", minimum=0, maximum=100)
DATE = field("date")
FLAG = field("flag")
TEXT = field("text")
CHOICE = field("choice", choices=("Quý I", "Cả năm", "1.1"))


@pytest.mark.parametrize(
    ("raw", "asked", "value", "decimals"),
    [
        ("5.182", COUNT, 5182, 0),
        ("1.234.567", COUNT, 1234567, 0),
        ("5182", COUNT, 5182, 0),
        (" 5\u00a0182 ", COUNT, 5182, 0),
        ("5\u202f182", COUNT, 5182, 0),
        (5182.0, COUNT, 5182, 0),
        ("5182,0", COUNT, 5182, 1),
        ("78,04", PERCENT, 78.04, 2),
        ("78,04%", PERCENT, 78.04, 2),
        ("78,04 %", PERCENT, 78.04, 2),
        ("78.04", PERCENT, 78.04, 2),
        ("1.234", PERCENT, 1.234, 3),
        ("0.123", POINTS, 0.123, 3),
        ("1.234,50", POINTS, 1234.5, 2),
        ("1,234.50", POINTS, 1234.5, 2),
        ("1,234,567", POINTS, 1234567, 0),
        ("-2,1", NUMBER, -2.1, 1),
        ("\u22122,1", NUMBER, -2.1, 1),
        ("–2,1%", NUMBER, -2.1, 1),
        ("+0,02", NUMBER, 0.02, 2),
        ("7,470", PERCENT, 7.47, 3),
        (78.04000000000001, PERCENT, 78.04, 2),
        (-8258, field("count"), -8258, 0),
    ],
)
def test_a_number_is_read(raw, asked, value, decimals):
    found = read_value(raw, asked)
    assert found.value == pytest.approx(value, abs=1e-12)
    assert found.decimals == decimals


def test_a_cell_that_a_spreadsheet_shows_as_a_percentage():
    found = read_value(0.7804, PERCENT, percent_format=True)
    assert (found.value, found.printed, found.decimals) == (78.04, "78,04%", 2)
    assert read_value(0.7804, PERCENT).value == 0.7804
    assert read_value(0.825, TEXT, percent_format=True).value == "82,5%"
    with pytest.raises(BadValueError, match="định dạng phần trăm"):
        read_value(0.5, COUNT, percent_format=True)


def test_the_printed_form_stays():
    assert read_value("5.182", COUNT).printed == "5.182"
    assert read_value("78,04%", PERCENT).printed == "78,04%"
    assert read_value(5182, COUNT).printed == "5.182"
    assert read_value(78.04, PERCENT).printed == "78,04%"


@pytest.mark.parametrize("raw", [None, "", "  ", "\u00a0", float("nan"), "KCDL", "chưa có số liệu"])
def test_nothing_is_no_zero(raw):
    assert read_value(raw, COUNT).value is None


@pytest.mark.parametrize(
    ("raw", "asked", "rule", "words"),
    [
        ("1.234", POINTS, "ambiguous-number", "có thể là 1234 hoặc 1,234"),
        ("-1.234", NUMBER, "ambiguous-number", "-1234 hoặc -1,234"),
        ("5,182", COUNT, "ambiguous-number", "5182 viết kiểu Anh"),
        ("13/15", COUNT, "fraction", "là hai số"),
        ("-", COUNT, "dash", "số 0 hay không có số liệu"),
        ("…", COUNT, "dash", "số 0 hay không có số liệu"),
        ("-5", COUNT, "negative", "không thể âm"),
        (-5, COUNT, "negative", "không thể âm"),
        ("12,5", COUNT, "not-whole", "số đếm"),
        ("5182 hồ sơ", COUNT, "not-a-number", "không đọc được thành số"),
        ("khoảng 5.000", COUNT, "not-a-number", "không đọc được thành số"),
        ("nhiều", COUNT, "not-a-number", "ở chỗ của số"),
        ("12.34.567", COUNT, "not-a-number", "không đọc được thành số"),
        ("45%", COUNT, "percent-sign", "không tính bằng phần trăm"),
        ("120,5", PERCENT, "out-of-range", "từ 0 đến 100"),
        ("#N/A", COUNT, "excel-error", "lỗi của Excel"),
        ("#DIV/0!", PERCENT, "excel-error", "lỗi của Excel"),
        (True, COUNT, "not-a-number", "đúng/sai"),
        (float("inf"), POINTS, "not-a-number", "vô hạn"),
        (datetime(2024, 5, 12), COUNT, "date-for-number", "12/05/2024"),
        (time(8, 30), COUNT, "date-for-number", "08:30"),
        (datetime(2023, 1, 1), TEXT, "date-for-text", "01/2023"),
        (datetime(2023, 2, 1), CHOICE, "date-for-text", "1.2"),
        ("Quý V", CHOICE, "unknown-choice", "không thuộc"),
        ("có lẽ", FLAG, "not-a-flag", "có lẽ"),
        ("23", field("year"), "year", "không phải một năm"),
        ("29/02/2023", DATE, "no-such-day", "tháng 2/2023 chỉ có 28 ngày"),
        ("31.4.2023", DATE, "no-such-day", "chỉ có 30 ngày"),
        ("12/31/2023", DATE, "not-a-date", "kiểu Mỹ"),
        ("31/12/23", DATE, "short-year", "hai chữ số"),
        ("cuối năm", DATE, "not-a-date", "không đọc được thành ngày"),
        (12.0, DATE, "not-a-date", "không phải một ngày của Excel"),
        (True, DATE, "not-a-date", "không đọc được thành ngày"),
        ("Tû lÖ hé nghÌo", TEXT, "legacy-text", "TCVN3"),
        ("Tyû leä hoä ngheøo", TEXT, "legacy-text", "VNI"),
        ("Tá»‰nh Quáº£ng Nam", TEXT, "legacy-text", "hỏng dấu"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_rule_and_words(raw, asked, rule, words):
    with pytest.raises(BadValueError) as caught:
        read_value(raw, asked)
    assert caught.value.rule == rule
    assert words in caught.value.message + caught.value.remedy
    assert caught.value.remedy.endswith((".", "?"))


@pytest.mark.parametrize(
    "raw",
    [
        "31/12/2023",
        "31-12-2023",
        "31.12.2023",
        "31/12/2023 08:30",
        "2023-12-31",
        "2023-12-31T00:00:00",
        "ngày 31 tháng 12 năm 2023",
        45291,
        45291.75,
        "45291",
        datetime(2023, 12, 31, 8),
        date(2023, 12, 31),
    ],
)
def test_a_date_is_read_however_it_is_written(raw):
    assert read_value(raw, DATE).value == date(2023, 12, 31)


def test_29_february_of_a_leap_year():
    assert read_value("29/02/2024", DATE).value == date(2024, 2, 29)


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_a_day_is_the_same_from_a_serial_number_and_from_text(day):
    serial = (day - date(1899, 12, 30)) // timedelta(days=1)
    assert read_value(float(serial), DATE).value == day
    assert read_value(f"{day:%d/%m/%Y}", DATE).value == day
    assert read_value(day.isoformat(), DATE).value == day


@given(st.integers(-(10**12), 10**12))
def test_a_count_written_the_vietnamese_way_reads_the_same(number):
    asked = field("count")
    assert read_value(written(number), asked).value == number
    assert read_value(str(number), asked).value == number
    assert read_value(written(number).replace(".", "\u00a0"), asked).value == number


@given(st.integers(-(10**10), 10**10), st.integers(1, 4))
def test_a_decimal_written_the_vietnamese_way_reads_the_same(scaled, decimals):
    value = scaled / 10**decimals
    found = read_value(written(value, decimals), POINTS)
    assert found.value == pytest.approx(value, rel=1e-12, abs=1e-12)
    assert found.decimals == decimals


@given(st.integers(0, 10000))
def test_a_percentage_reads_the_same_as_text_as_number_and_as_formatted_share(hundredths):
    value = hundredths / 100
    assert read_value(written(value, 2) + "%", PERCENT).value == value
    assert read_value(value, PERCENT).value == value
    assert read_value(hundredths / 10000, PERCENT, percent_format=True).value == value


@given(st.text(max_size=20))
def test_any_text_gives_a_number_or_a_reason(text):
    with contextlib.suppress(BadValueError):
        found = read_value(text, POINTS)
        assert found.value is None or isinstance(found.value, float)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("có", True),
        ("X", True),
        (1, True),
        ("TRUE", True),
        (True, True),
        ("không", False),
        ("khong", False),
        (0.0, False),
    ],
)
def test_a_flag(raw, value):
    assert read_value(raw, FLAG).value is value


@pytest.mark.parametrize(("raw", "value"), [("quý i", "Quý I"), ("CA NAM", "Cả năm"), (1.1, "1.1")])
def test_a_choice_is_given_as_the_form_spells_it(raw, value):
    assert read_value(raw, CHOICE).value == value


def test_decomposed_text_is_composed_and_tidied():
    import unicodedata

    spread = unicodedata.normalize("NFD", "Sở  Lao động\u200b ")
    assert plain_text(spread) == "Sở Lao động"
    assert read_value(unicodedata.normalize("NFD", "Cả năm"), CHOICE).value == "Cả năm"


# Letters of TCVN3 and VNI as they look when read as Latin-1.
TCVN3 = dict(
    zip(
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ",
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ",
        strict=True,
    )
)


@pytest.mark.parametrize(
    "words",
    ["Tỷ lệ hộ nghèo", "Sở Lao động", "Đà Nẵng", "Quảng Nam", "Hồ sơ tiếp nhận", "Thừa Thiên Huế"],
)
def test_tcvn3_is_recognised_and_the_same_words_in_unicode_are_not(words):
    assert (
        legacy_encoding("".join(TCVN3.get(letter, letter) for letter in words.lower())) == "TCVN3"
    )
    assert legacy_encoding(words) is None
    assert legacy_encoding(words.upper()) is None


@pytest.mark.parametrize(
    "words", ["Haø Noäi", "Sôû Noäi vuï", "Tyû leä", "Quaûng Nam", "Ñaø Naüng"]
)
def test_vni_is_recognised(words):
    assert legacy_encoding(words) == "VNI"


@pytest.mark.parametrize(
    "words", ["hoà giải", "thuý", "quý I", "Cà Mau", "toàn bộ «abc»", "m²", "Tuân", "xoè"]
)
def test_vietnamese_with_few_marks_is_left_alone(words):
    assert legacy_encoding(words) is None
