"""What the judge finds of real PAR INDEX and DTI results is said, in every language."""

from __future__ import annotations

import pytest
from words_made import CHECKOUT

from helpers.facts.judge import judge
from helpers.indices.scored.measured_published import published
from helpers.keys import module_of
from helpers.project import Project
from helpers.words.document import Document
from helpers.words.library import load
from helpers.words.numbers import decimal
from helpers.words.say import say
from helpers.words.source import languages
from helpers.words.telling import Telling

PROJECT = Project(CHECKOUT)
RESULTS = [
    ("par_index", "ha-tinh", 2023),
    ("par_index", "quang-nam", 2023),
    ("dti", "thanh-hoa", 2023),
    ("dti", "ha-tinh", 2022),
    ("dti", "da-nang", 2021),
]


def document(result, findings, language):
    names = {
        "this_year": result.year,
        "index_name": result.framework.short_name,
        "index_full": result.framework.name_vi,
        "who": result.subject.name,
        "again": result.subject.again,
        "province": result.place.full_name(result.year),
        "unit_kind": "province",
    }
    return Document(result.index, names, {"published": findings}, {}, language)


@pytest.mark.parametrize("given", RESULTS, ids=lambda given: "-".join(map(str, given)))
def test_everything_that_is_found_can_be_said(given):
    index, province, year = given
    result = module_of(index).evaluate(province, year, PROJECT)
    measured = published(result)
    findings = judge(measured)
    for language in languages(CHECKOUT):
        made = document(result, findings, language)
        telling = Telling(load(CHECKOUT, language, index), made)
        for finding in findings:
            telling.sentence(finding, "published")
        text = str(say(made, "overview", root=CHECKOUT))
        assert result.framework.short_name in text
        if measured.value.is_known:
            digits = decimal(measured.value.known, measured.value.decimals, language)
            assert digits in text


def test_an_error_that_is_not_known_takes_every_verb_away():
    """PAR INDEX holds a survey whose error nobody publishes: figures stand side by side."""
    result = module_of("par_index").evaluate("ha-tinh", 2023, PROJECT)
    made = document(result, judge(published(result)), "vi")
    overview = say(made, "overview", root=CHECKOUT)
    changes = say(made, "changes", root=CHECKOUT, without=overview.told)
    text = f"{overview}\n{changes}"
    assert [verb for verb in ("tăng", "giảm", "cao hơn", "thấp hơn") if verb in text] == []
    assert text.count("sai số chưa được công bố") == 1
