"""2,000 spoiled files in CI; ``make fuzz`` reads 50,000."""

from __future__ import annotations

import os
from collections import Counter

import pytest
from entry_made import make_project
from fuzzing import KINDS, outcome, quick_trials, sound, spoiled
from hypothesis import HealthCheck, given, settings

CASES = int(os.environ.get("CHISO_FUZZ", "2000"))


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    quick_trials()
    return make_project(tmp_path_factory.mktemp("fuzz"), own_forms=False)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_sound_is_read(kind, project):
    assert outcome(kind, sound(kind), project).startswith("read")


def test_a_spoiled_file_is_refused_or_read_as_another_reader_reads_it(project):
    told = Counter()

    # The 2,000 of CI are the same at every run; more of them are others each time.
    @settings(
        max_examples=CASES,
        derandomize=CASES == 2000,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(spoiled())
    def check(file):
        told[(file[0], outcome(*file, project))] += 1

    check()
    print(sorted(told.items()))
    assert sum(told.values()) >= CASES * 0.9
    # All kinds are both refused and read: an oracle that never compares would prove nothing.
    for kind in KINDS:
        assert told[(kind, "refused")] or kind == "own.md", told
    assert sum(count for (_, how), count in told.items() if how == "read") > CASES // 20, told
