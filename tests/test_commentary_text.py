"""Texts, sentences and the spans that carry traces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.words.numbers import Number
from helpers.words.text import (
    FrontMatter,
    Text,
    escape,
    html,
    joined,
    paragraphs,
    plain,
    upper_first,
)


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A và B"),
        (["A", "B", "C"], "A, B và C"),
        (["Công khai, minh bạch", "B", "C"], "Công khai, minh bạch; B và C"),
    ],
)
def test_names_are_joined_as_in_a_sentence(names, text):
    assert joined(names) == text


def test_a_comma_inside_a_trace_does_not_count_as_one_of_the_name():
    assert joined([f"A {Number('1', 'PAPI, dòng 2')}", "B", "C"]).count(";") == 0


def test_empty_sentences_and_paragraphs_leave_nothing_behind():
    assert paragraphs(["A.", "", "B."], "", [], ["", ""], "C.").paragraphs == ("A. B.", "C.")
    assert paragraphs().markdown == ""


def test_a_text_without_words_shows_nothing():
    assert Text(())._repr_mimebundle_() == ({}, {})


def test_a_text_is_shown_with_traces_and_read_without():
    text = paragraphs(f"Đạt {Number('43,21', 'PAPI 2024')} **điểm**.")
    data, metadata = text._repr_mimebundle_()
    assert metadata == {"chiso": {"kind": "text"}}
    assert data["text/plain"] == str(text) == "Đạt 43,21 điểm."
    assert data["text/markdown"] == 'Đạt [43,21]{.so title="PAPI 2024"} **điểm**.'
    assert '<span class="so" title="PAPI 2024">43,21</span>' in data["text/html"]
    assert "<strong>điểm</strong>" in data["text/html"]


def test_a_trace_with_markup_is_shown_as_text_in_html():
    shown = html(str(Number("1", '<script>alert(1)</script> & "x"')))
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


@given(st.text(alphabet=st.characters(exclude_categories=["C"]), min_size=1))
def test_words_of_a_person_come_out_as_written(words):
    shown = html(escape(words)).replace("\n", "")
    assert "<em>" not in shown
    assert "<h1>" not in shown
    assert "<li>" not in shown
    assert "<a " not in shown
    assert "<code>" not in shown


def test_plain_text_drops_emphasis_and_traces_only():
    assert plain('**A**: [4,00]{.so title="x"} (thứ [1/2]{.so title="y"}, @tbl-a)') == (
        "A: 4,00 (thứ 1/2, @tbl-a)"
    )


def test_a_sentence_gets_its_capital():
    assert upper_first("điểm tổng hợp PAPI") == "Điểm tổng hợp PAPI"
    assert upper_first("") == ""


def test_front_matter_is_handed_on_without_empty_entries():
    front = FrontMatter("Tên: «A»", "", "Mô tả", ("PAPI",), "2024", extra={"logo": "a.svg"})
    _, metadata = front._repr_mimebundle_()
    assert metadata["chiso"]["kind"] == "front_matter"
    assert metadata["chiso"]["front_matter"] == {
        "title": "Tên: «A»",
        "description": "Mô tả",
        "categories": ["PAPI"],
        "date": "2024",
        "status": "official",
        "logo": "a.svg",
    }
