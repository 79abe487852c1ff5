"""2,000 spoiled files in CI; ``make fuzz`` reads 50,000."""

from __future__ import annotations

import json
import os
import traceback
from collections import Counter
from pathlib import Path

import pytest
from entry_made import make_project
from fuzzing import KINDS, outcome, quick_trials, sound, spoiled
from hypothesis import HealthCheck, given, seed, settings

CASES = int(os.environ.get("CHISO_FUZZ", "2000"))
EACH = 2_000
"""Cases of one test: 50,000 are 25 tests, which any number of processes share."""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    # What other tests of this process read is tried as users' files are.
    with pytest.MonkeyPatch.context() as monkeypatch:
        quick_trials(monkeypatch)
        yield make_project(tmp_path_factory.mktemp("fuzz"), own_forms=False)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_sound_is_read(kind, project):
    assert outcome(kind, sound(kind), project).startswith("read")


@pytest.mark.parametrize("part", range(max(1, CASES // EACH)))
def test_a_spoiled_file_is_refused_or_read_as_another_reader_reads_it(part, project, tmp_path):
    told: Counter[tuple[str, str]] = Counter()
    faults: dict[str, str] = {}

    # Those of CI are the same at every run; CHISO_FUZZ_SEED=… gives others.
    @seed(1_000 * int(os.environ.get("CHISO_FUZZ_SEED", "0")) + part)
    @settings(
        max_examples=min(CASES, EACH),
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(spoiled())
    def check(file):
        # All 50,000 are read whatever one of them does; what fails is kept, once a kind of fault.
        kind, data = file
        try:
            told[(kind, outcome(kind, data, project))] += 1
        except Exception as error:
            told[(kind, "fault")] += 1
            last = traceback.extract_tb(error.__traceback__)[-1]
            kept = tmp_path / f"{len(faults)}-{kind}"
            if faults.setdefault(f"{kind}: {last.name}: {last.line}", str(kept)) == str(kept):
                kept.write_bytes(data)

    check()
    log = os.environ.get("CHISO_FUZZ_LOG")
    if log:
        with Path(log).open("a", encoding="utf-8") as stream:
            stream.write(json.dumps([part, faults, sorted(map(list, told.items()))]) + "\n")
    assert not faults
    assert sum(told.values()) >= min(CASES, EACH) * 0.9
    # All kinds are both refused and read: an oracle that never compares would prove nothing.
    for kind in KINDS:
        assert told[(kind, "refused")] or kind == "own.md", told
    assert (
        sum(count for (_, how), count in told.items() if how == "read") > min(CASES, EACH) // 20
    ), told
