"""Sentences of every family: traced numbers, one claim, the same words for the same data."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from helpers.facts.comparison import Comparison
from helpers.facts.figures import Beside, Earlier, Measured, Place, Value
from helpers.facts.judgement import FAMILY_KINDS, compare, judge
from helpers.words.paragraph import chosen, paragraph
from helpers.words.phrases import FAMILIES, sentence
from helpers.words.text import plain
from helpers.words.wording import TABLE, verb

NUMBER = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")
OWN = Measured(
    "sipas",
    "total",
    "Chỉ số SIPAS",
    2023,
    "%",
    Value(78.04, "so-lieu.csv, dòng 8"),
    place=Place(13, 15, "so-lieu.csv, dòng 9"),
    target=Beside(Value(80, "params"), "chỉ tiêu năm"),
    mean=Beside(Value(81.28, "kết quả"), "bình quân 15 cơ quan"),
    best=Beside(Value(86.49, "kết quả"), "Sở Khoa học và Công nghệ"),
    previous=Earlier(2022, Value(76.5, "năm trước"), rank=12, units=15),
)
FACTORS = [
    Measured("sipas", code, name, 2023, "%", Value(value, "khảo sát"))
    for code, name, value in (
        ("B1", "yếu tố Tiếp cận", 80.1),
        ("B2", "yếu tố Thủ tục hành chính", 77.2),
        ("B3", "yếu tố Công chức", 79.5),
        ("B4", "yếu tố Kết quả", 75.02),
    )
]


def every_finding():
    earlier = OWN.previous
    made = [
        OWN,
        replace(OWN, value=None, why="chưa khảo sát"),
        replace(OWN, place=Place(2, None, "x")),
        replace(OWN, place=Place(1, 1, "x")),
        replace(OWN, place=Place(1, 15, "x"), target=Beside(Value(78.04, "x"), "chỉ tiêu")),
        replace(OWN, place=Place(15, 15, "x"), target=Beside(Value(70, "x"), "chỉ tiêu")),
        replace(OWN, sample=12, sample_needed=30),
        replace(OWN, mean=Beside(Value(70, "x"), "bình quân")),
        replace(OWN, mean=Beside(Value(78.04, "x"), "bình quân")),
        replace(OWN, previous=replace(earlier, value=Value(78.04, "x"), rank=13)),
        replace(OWN, previous=replace(earlier, margin=9.0)),
        replace(OWN, previous=replace(earlier, margin=0.5), large=1.0),
        replace(OWN, previous=replace(earlier, reasons=("cách tính đã đổi",))),
        replace(OWN, previous=replace(earlier, value=Value(80, "x"), rank=14)),
        replace(OWN, previous=replace(earlier, value=Value(80, "x"))),
        replace(OWN, previous=replace(earlier, mean=Value(80.9, "x"))),
        replace(OWN, base=Earlier(2020, Value(70, "x"))),
        replace(OWN, survey=True),
        replace(
            OWN,
            survey=True,
            mean=replace(OWN.mean, comparison=Comparison("inside", -3.24, 5.0)),
        ),
        replace(OWN, self_score=Value(80, "x")),
        replace(OWN, self_score=Value(70, "x")),
        replace(OWN, course=((2021, 70.0), (2022, 76.5), (2023, 78.04))),
        replace(OWN, course=((2021, 90.0), (2022, 80.5), (2023, 78.04))),
    ]
    found = [finding for measured in made for finding in judge(measured)]
    points = [
        replace(child, unit="điểm", maximum=100.0, previous=replace(earlier, value=Value(70, "x")))
        for child in FACTORS
    ]
    return [*found, *compare(FACTORS), *compare(points)]


def test_every_kind_has_a_family_and_is_tried_here():
    assert set(FAMILIES) == FAMILY_KINDS
    assert {finding.kind for finding in every_finding()} == FAMILY_KINDS


@pytest.mark.parametrize("finding", every_finding(), ids=lambda finding: finding.kind)
def test_every_variant_is_a_sentence_with_traced_numbers(finding):
    for position in range(len(FAMILIES[finding.kind])):
        written = sentence(finding, position)
        assert written.endswith(".")
        assert written[0] == written[0].upper()
        assert "  " not in written
        assert "()" not in written
        untraced = re.sub(r"\[[^\]]*\]\{[^}]*\}", "", written)
        # Years, and numbers that are part of a name.
        rest = [n for n in NUMBER.findall(untraced) if not re.fullmatch(r"20\d\d|15", n)]
        assert not rest, written


def test_the_same_data_give_the_same_text():
    assert paragraph(OWN, FACTORS) == paragraph(OWN, FACTORS)


def test_two_units_do_not_read_alike():
    openings = {
        re.sub(r"[\d.,/%]+", "", str(paragraph(replace(OWN, value=Value(70 + n, "x")))))
        for n in range(12)
    }
    assert len(openings) > 3


def test_a_paragraph_says_the_conclusion_first_and_what_is_unsure_last():
    unsure = replace(OWN, previous=replace(OWN.previous, reasons=("cách tính đã đổi",)))
    found = [finding.kind for finding in chosen(unsure, FACTORS)]
    assert found[0] == "level"
    assert found[-1] == "not_comparable"
    assert len(found) <= 6


def test_an_unknown_error_leaves_figures_side_by_side():
    factors = [replace(factor, survey=True) for factor in FACTORS]
    text = plain(paragraph(replace(OWN, survey=True), factors).markdown)
    assert "bình quân 15 cơ quan là 81,28%" in text.replace("Bình quân", "bình quân")
    assert "năm 2022, kết quả là 76,50%" in text.replace("Năm", "năm")
    assert not re.search(r"cao hơn|thấp hơn|(tăng|giảm) \d", text)
    known = replace(OWN, survey=True, previous=replace(OWN.previous, margin=0.5))
    assert "tăng 1,54" in plain(paragraph(known).markdown)


def test_the_paragraph_of_quang_nam_reads_as_a_report():
    text = plain(paragraph(OWN, FACTORS).markdown)
    assert "78,04%" in text
    assert "13/15" in text
    assert "3,24 điểm phần trăm" in text
    assert "thứ hạng lùi từ 12/15 xuống 13/15" in text
    assert "chỉ tiêu năm" in text
    assert "80%" in text
    assert "80,00%" not in text


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.size}-{row.direction}")
def test_each_row_of_the_wording_table_is_reached(row):
    gap = {"up": -3.0, "down": 3.0}[row.direction]
    measured = replace(
        OWN,
        previous=Earlier(2022, Value(78.04 + gap, "x"), margin=1.0),
        large=2.0 if row.size == "large" else None,
    )
    (change,) = [finding for finding in judge(measured) if finding.kind == "change"]
    assert verb(change.size, change.direction) == row.verb
    assert row.verb in sentence(change)


def test_below_one_hundred_percent_never_prints_one_hundred():
    late = Measured(
        "procedures", "in_time", "Tỷ lệ đúng hạn", 2023, "%", Value(99.99604, "x"), decimals=2
    )
    assert "99,996%" in str(paragraph(late))


def test_a_maximum_that_is_no_whole_number_keeps_its_digits():
    points = replace(OWN, unit="điểm", maximum=76.5, target=None, best=None, place=None)
    assert "trên thang 76,50" in plain(paragraph(points).markdown)
    whole = replace(points, maximum=100.0)
    assert "trên thang 100" in plain(paragraph(whole).markdown)


def test_a_share_above_nothing_never_prints_nothing():
    tiny = Measured("procedures", "late", "Tỷ lệ quá hạn", 2023, "%", Value(0.004, "x"))
    assert "0,004%" in str(paragraph(tiny))
