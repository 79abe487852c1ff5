"""Every report of every office that ships, and of the simulated one, read from first to last.

Other tests hold single sentences to their numbers. These hold whole reports to what a careful reader
would strike out.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter

import pytest
from notebook_texts import read_notebook
from poverty_made import CHECKOUT, checkout_in

from helpers.keys import module_of
from helpers.simulation import simulate

INDICES = (
    "dti",
    "papi_office",
    "par_index",
    "poverty",
    "procedures",
    "reconciliation",
    "service_quality",
    "sipas",
    "work_plan",
)
PUBLISHED_ONLY = (("par_index", "ha-tinh", 2023), ("dti", "da-nang", 2022))
"""Reports without an office's own figures, which the offices above do not cover."""
MOST_WORDS = 50
WORDS_OF_A_CLAIM = 6
"""A sentence with fewer words may stand twice: «Đã khắc phục.»"""
ENGLISH = re.compile(
    r"(?<![\w.-])(?:and|are|average|change|computed|count|data|error|false|figure|from|has|have|index|is"
    r"|mean|median|missing|none|not|null|number|of|office|province|rank|rate|score|since|source|status"
    r"|table|text|the|title|total|true|unit|unknown|value|was|with|year)(?![\w-])"
)
NO_PROSE = re.compile(r"<[^>]*>|https?://\S+|(?:data|params)/\S+|`[^`]*`")
"""Addresses and files, which are not words."""
END = re.compile(r"(\w|[)»”%])([.?!:]) +(?=[^\W_]|[«“])")
QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”")
"""What a source says itself, or the name of something."""
POINTS_AS_PERCENT = re.compile(
    r"(?:tăng|giảm|cao hơn|thấp hơn|chênh lệch|chênh nhau|cách|thêm|vượt) (?:gần |hơn |khoảng )?"
    r"[+−]?[\d.]+(?:,\d+)?%"
)


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """What every report shows: (index, slug, year) to its outputs."""
    project = checkout_in(tmp_path_factory.mktemp("read"), deliveries=True)
    if not (project.offices / "tinh-mau").is_dir():
        shutil.copytree(CHECKOUT / "params/provinces/tinh-mau", project.offices / "tinh-mau")
    simulate(project, scale=0.02)
    offices = {
        (path.parent.name, int(path.stem))
        for path in project.offices.glob("*/*.yml")
        if path.stem.isdigit()
    }
    asked = list(PUBLISHED_ONLY)
    for index in INDICES:
        available = module_of(index).available(project)
        asked += [
            (index, slug, year)
            for year, slugs in available.items()
            for slug in slugs
            if (slug, year) in offices
        ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHISO_PROJECT", str(project.root))
        return {
            (index, slug, year): read_notebook(project.notebooks / f"{index}.ipynb", slug, year)
            for index, slug, year in asked
        }


def pieces(reports):
    """Give every output with the report it belongs to."""
    for key, shown in reports.items():
        for one in shown:
            yield key, one


def sentences(text):
    """Split prose at full stops, colons and the points of a list."""
    for line in END.sub(r"\1\2\n", NO_PROSE.sub("", text)).split("\n"):
        if stripped := line.strip(" -"):
            yield stripped


def test_every_index_and_office_is_read(reports):
    assert {index for index, _, _ in reports} == set(INDICES)
    assert {"an-giang", "binh-thuan", "quang-nam", "son-la", "thanh-hoa", "tinh-mau"} <= {
        slug for _, slug, _ in reports
    }
    assert all(len(shown) > 8 for shown in reports.values())


def test_nothing_is_left_of_what_made_the_text(reports):
    for key, one in pieces(reports):
        for mark in ("  ", " ,", " .", " ;", "..", ",.", ";.", ", ;", "()", "( ", " )", "[]", "{}"):
            assert mark not in one.text, (key, mark, one.text)
        assert not re.search(r"\b(?:nan|None|NaN|True|False|inf)\b", one.text), (key, one.text)
        for left, right in (("(", ")"), ("«", "»"), ("“", "”")):
            said = QUOTED.sub("", one.text)  # an excerpt may end inside its brackets
            assert said.count(left) == said.count(right), (key, left, one.text)


def test_no_english_is_left(reports):
    for key, one in pieces(reports):
        found = ENGLISH.search(NO_PROSE.sub("", one.text))
        assert found is None, (key, found and found.group(), one.text)


def test_a_sentence_is_not_longer_than_a_breath(reports):
    for key, one in pieces(reports):
        if one.kind != "text":
            continue
        for sentence in sentences(one.text):
            # What semicolons part is a list, and each of its members stands by itself.
            longest = max(len(part.split()) for part in sentence.split(";"))
            assert longest <= MOST_WORDS, (key, longest, sentence)


def test_no_sentence_stands_twice_in_a_report(reports):
    for key, shown in reports.items():
        prose = [one.text for one in shown if one.kind == "text"]
        counted = Counter(
            sentence
            for text in prose
            # The name of a column may hold a colon, which ends no clause.
            for sentence in sentences(QUOTED.sub(lambda name: name[0].replace(":", ""), text))
            if len(sentence.split()) >= WORDS_OF_A_CLAIM
        )
        twice = [sentence for sentence, count in counted.items() if count > 1]
        assert not twice, (key, twice)


def test_a_difference_of_percentages_is_no_percentage(reports):
    for key, one in pieces(reports):
        found = POINTS_AS_PERCENT.search(QUOTED.sub("«»", one.text))
        assert found is None, (key, found and found.group(), one.text)


def test_paragraphs_begin_with_a_capital_and_end_with_a_stop(reports):
    for key, one in pieces(reports):
        if one.kind != "text":
            continue
        for paragraph in one.text.split("\n\n"):
            if paragraph.startswith(("#", ":::", "|", "- ")):
                continue
            assert paragraph.rstrip().endswith((".", ":")), (key, paragraph)
            start = paragraph.lstrip("*@«“0123456789 ")[0]
            assert start.isupper() or paragraph[0] in "@0123456789", (key, paragraph)


def test_captions_begin_with_a_capital_and_end_without_a_stop(reports):
    seen = 0
    for key, one in pieces(reports):
        if one.kind != "figure":
            continue
        start = one.text[0]
        assert start.isupper() or start.isdigit(), (key, one.text)
        seen += 1
    assert seen > 50


def test_the_rules_find_what_they_look_for():
    assert POINTS_AS_PERCENT.search("Tỷ lệ tăng 2,58% so với năm 2022")
    assert not POINTS_AS_PERCENT.search("Số hồ sơ tăng 454 (4,1%), tỷ lệ giảm 2 điểm phần trăm")
    assert list(sentences("Đạt 78,04%. Năm 2024 tăng.\n- Điểm một: hai.")) == [
        "Đạt 78,04%.",
        "Năm 2024 tăng.",
        "Điểm một:",
        "hai.",
    ]
