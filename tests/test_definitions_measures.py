"""Proposals: every file reads, names criteria once, and falls back to the criterion above."""

from __future__ import annotations

import pytest
from batch_project import CHECKOUT

from helpers.definitions.load import DefinitionError
from helpers.definitions.measures import load_measures, measures_for
from helpers.project import Project

FILES = sorted((CHECKOUT / "params" / "measures").glob("*.yml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_proposal_says_what_who_and_how_one_sees_it(path):
    found = load_measures(path.stem, Project(CHECKOUT))
    assert found
    codes = [measure.criterion for measure in found]
    assert len(codes) == len(set(codes))
    for measure in found:
        assert len(measure.what.split()) >= 8, "quá chung chung"
        assert measure.what[0].isupper()


def test_a_criterion_takes_the_proposal_of_the_one_above_it():
    found = load_measures("sipas", Project(CHECKOUT))
    assert measures_for("B1.2", found)[0].criterion == "B1"
    assert measures_for("Z", found) == ()


def test_an_index_without_a_file_has_none(tmp_path):
    assert load_measures("sipas", Project(tmp_path)) == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: b", "danh sách"),
        ("- criterion: x", "what"),
        ("- {criterion: x, what: Làm., lead: A, shown_by: b}", "dấu chấm"),
        ("- [", "while parsing"),
    ],
)
def test_a_broken_file_is_told_by_name(tmp_path, text, says):
    folder = tmp_path / "params" / "measures"
    folder.mkdir(parents=True)
    (folder / "sipas.yml").write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"sipas\.yml") as raised:
        load_measures("sipas", Project(tmp_path))
    assert says in str(raised.value)
