"""What was checked of published figures is kept on disk, and believed only for what was checked."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest

from helpers.inputs import published as reading
from helpers.inputs import published_kept
from helpers.inputs.problems import InputError
from helpers.project import Project, find_project

PROJECT = find_project()


@pytest.fixture
def project(tmp_path):
    for name in ("params/places", "params/indices", "data/published/dti", "data/published/papi"):
        shutil.copytree(PROJECT.root / name, tmp_path / name)
    return Project(tmp_path)


def kept(project):
    return list((project.cache / "published").glob("dti-*.json"))


@pytest.fixture
def checks(monkeypatch):
    """Count how often the lines are checked."""
    calls = []
    check = reading._checked

    def counted(index, project):
        calls.append(index)
        return check(index, project)

    monkeypatch.setattr(reading, "_checked", counted)
    return calls


def again(project, index="dti"):
    """Read as the next process does."""
    reading._read.forget()
    return reading.published(index, project)


@pytest.mark.parametrize("index", reading.published_indices(PROJECT))
def test_what_is_kept_is_what_was_checked(index, project, tmp_path):
    if not (project.published / index).is_dir():
        shutil.copytree(PROJECT.published / index, project.published / index)
    first = again(project, index)
    pd.testing.assert_frame_equal(again(project, index), first)
    pd.testing.assert_frame_equal(reading._checked(index, project), first)


def test_lines_are_checked_once_and_again_after_any_change(project, checks):
    made = again(project)
    again(project)
    assert checks == ["dti"]
    file = project.published / "dti" / "2022.csv"
    text = file.read_text(encoding="utf-8")
    line = text.splitlines()[1]
    file.write_text(text.replace(line + "\n", ""), encoding="utf-8")
    assert len(again(project)) == len(made) - 1
    definition = project.definitions / "dti.yml"
    definition.write_text(definition.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    again(project)
    register = project.places / "tiles_34.csv"
    register.write_text(register.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    again(project)
    assert checks == ["dti"] * 4
    assert len(kept(project)) == 1


def test_rules_that_changed_check_again(project, checks, monkeypatch, tmp_path):
    again(project)
    rule = tmp_path / "rule.py"
    rule.write_text("STRICTER = True\n")
    monkeypatch.setattr(published_kept, "_RULES", (*published_kept._RULES, rule))
    again(project)
    assert checks == ["dti", "dti"]


@pytest.mark.parametrize("content", ["", "[]", "7", "{", '{"index": 1}', None])
def test_a_damaged_file_is_not_believed(project, checks, content):
    made = again(project)
    (file,) = kept(project)
    if content is None:
        content = file.read_text(encoding="utf-8")[:-200]
    file.write_text(content, encoding="utf-8")
    pd.testing.assert_frame_equal(again(project), made)
    assert checks == ["dti", "dti"]


def test_wrong_lines_are_told_every_time_and_never_kept(project):
    file = project.published / "dti" / "2022.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("official", "chính thức", 1), encoding="utf-8")
    told = []
    for _ in range(2):
        with pytest.raises(InputError) as caught:
            again(project)
        told.append(str(caught.value))
    assert told[0] == told[1]
    assert "chính thức" in told[0]
    assert not kept(project)


def test_a_file_that_is_saved_during_the_check_is_checked_again(project, monkeypatch):
    check = reading._checked
    file = project.published / "dti" / "2022.csv"

    def meanwhile(index, project):
        made = check(index, project)
        file.write_bytes(file.read_bytes() + b"\n")
        return made

    monkeypatch.setattr(reading, "_checked", meanwhile)
    again(project)
    assert not kept(project)


def test_where_nothing_may_be_written_everything_is_still_read(project):
    project.cache.parent.mkdir(exist_ok=True)
    project.cache.write_text("a file where the folder would be")
    assert len(again(project)) == len(again(project)) > 0
