"""Who has data is asked once, and again as soon as anything changed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from batch_project import make_project

from helpers.cli.available import FILE, Availability
from helpers.execution import reports
from helpers.indices.papi import result as papi
from helpers.inputs.problems import InputError
from helpers.keys import module_of

KNOWN = {2024: ("quang-nam", "hue"), 2025: ("da-nang",)}


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path)


@pytest.fixture
def asked(monkeypatch):
    """The projects that PAPI's analysis was asked about."""
    projects = []

    def available(project):
        projects.append(project)
        return dict(KNOWN)

    monkeypatch.setattr(papi, "available", available)
    return projects


def test_the_answer_of_a_run_serves_the_next_one(project, asked):
    assert Availability(project).of("papi") == KNOWN
    assert Availability(project).of("papi") == KNOWN
    assert len(asked) == 1


def test_what_is_remembered_is_what_the_analyses_say(checkout, tmp_path):
    kept_elsewhere = make_project(tmp_path)
    names = {kind.index for kind in reports(checkout)}
    first = Availability(kept_elsewhere)
    told = {name: first.of(name) for name in names}
    again = Availability(kept_elsewhere)
    for name in sorted(names):
        direct = module_of(name).available(kept_elsewhere)
        assert told[name] == again.of(name) == direct
        assert list(again.of(name)) == list(direct)  # in the same order, too


def test_a_new_changed_or_removed_file_makes_the_question_new(project, asked):
    settings = project.offices / "hue" / "2024.yml"
    table = project.published / "dti" / "2022.csv"

    def write(path, text):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    changes = [
        lambda: write(settings, "name: Sở Nội vụ\n"),
        lambda: (project.deliveries / "hue" / "2024").mkdir(parents=True),
        lambda: write(project.deliveries / "hue" / "2024" / "so-lieu.csv", "ma\n"),
        lambda: write(table, table.read_text("utf-8") + "\n"),
        lambda: os.utime(table, ns=(1, 1)),
        settings.unlink,
    ]
    Availability(project).of("papi")
    for count, change in enumerate(changes, start=2):
        change()
        Availability(project).of("papi")
        Availability(project).of("papi")
        assert len(asked) == count


def test_a_file_swapped_for_one_of_the_same_size_and_time_is_noticed(project, asked):
    table = project.published / "dti" / "2022.csv"
    Availability(project).of("papi")
    status = table.stat()
    text = table.read_text("utf-8")
    table.write_text(text[::-1], "utf-8")
    os.utime(table, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (table.stat().st_size, table.stat().st_mtime_ns) == (status.st_size, status.st_mtime_ns)
    Availability(project).of("papi")
    assert len(asked) == 2


@pytest.mark.parametrize("text", ["", "{", "[]", '{"state": 3}', '{"state": "", "units": {}}'])
def test_a_damaged_memory_counts_as_none(project, asked, text):
    Availability(project).of("papi")
    (project.cache / FILE).write_text(text, "utf-8")
    assert Availability(project).of("papi") == KNOWN
    assert len(asked) == 2


def test_a_failure_is_not_remembered(project, monkeypatch):
    def fails(project):
        raise InputError([])

    monkeypatch.setattr(papi, "available", fails)
    for _ in range(2):
        with pytest.raises(InputError):
            Availability(project).of("papi")
    assert not (project.cache / FILE).exists()


def test_who_may_only_read_the_checkout_still_gets_an_answer(project, asked, monkeypatch):
    def refuse(path, content):
        raise PermissionError(path)

    monkeypatch.setattr("helpers.cli.available.write_atomically", refuse)
    assert Availability(project).of("papi") == KNOWN
    assert Availability(project).of("papi") == KNOWN
    assert len(asked) == 2


def test_commands_start_without_the_libraries_of_the_analyses():
    heavy = "{'pandas', 'polars', 'numpy', 'matplotlib', 'openpyxl', 'holidays', 'scipy'}"
    code = f"import sys, helpers.cli; print(sorted({heavy} & set(sys.modules)))"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == "[]"
