"""``chiso words``: finding a sentence, listing what there is."""

from __future__ import annotations

from test_cli import told
from words_made import CHECKOUT

from helpers.project import Project

PROJECT = Project(CHECKOUT)


def test_a_sentence_is_printed_with_its_file_and_line():
    status, out, err = told(PROJECT, "words", "Mức này thấp hơn")
    assert (status, err) == (0, "")
    assert "params/words/vi/index.md:" in out
    assert "{{ case }}" in out.splitlines()[0]


def test_what_nobody_wrote_is_told():
    status, _, err = told(PROJECT, "words", "zzz yyy xxx")
    assert status != 0
    assert "Không có câu nào" in err


def test_the_sentences_of_an_index_are_listed_with_what_they_may_use():
    status, out, _ = told(PROJECT, "words", "--list", "dti", "--language", "en")
    assert status == 0
    assert "target.missed  [mark gap; có thể:" in out
    status, _, err = told(PROJECT, "words", "--list", "moon")
    assert status != 0
    assert "moon.md" in err
