"""The cases of ``cases/facts_*.yml``: given figures, and what may be said of them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from facts_made import heading, measured, plain

from helpers.facts import FAMILIES, judge
from helpers.facts.families_counted import COUNTED
from helpers.facts.families_recomputed import RECOMPUTED
from helpers.facts.families_stated import STATED
from helpers.facts.families_surveyed import SURVEYED

FILES = sorted((Path(__file__).parent / "cases").glob("facts_*.yml"))
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['case']}")
    for path in FILES
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES)
def test_the_figures_say_what_the_case_expects(case):
    found = {heading(one): one for one in judge(measured(case))}
    for name, wanted in case.get("expect", {}).items():
        assert name in found, f"{name} is not said; said are {sorted(found)}"
        fields = dict(wanted) if isinstance(wanted, dict) else {"is": wanted}
        finding = found[name]
        assert finding.case == fields.pop("is"), name
        for field, value in fields.items():
            seen = plain(finding.fields.get(field))
            if isinstance(value, float) or (isinstance(value, int) and isinstance(seen, float)):
                seen, value = pytest.approx(seen, abs=0.005), float(value)
            assert value == seen, f"{name}: {field}"
    for name in case.get("absent", ()):
        family, _, forbidden = name.partition(":")
        seen = [one.case for one in found.values() if heading(one) == family]
        assert (forbidden not in seen) if forbidden else not seen, name


def test_there_are_enough_cases_and_each_has_its_name():
    names = [param.id for param in CASES]
    assert len(names) == len(set(names))
    assert len(names) >= 60


def test_cases_reach_every_family_that_is_judged():
    reached = {
        name.partition(".")[0] for param in CASES for name in param.values[0].get("expect", ())
    }
    judged = set(FAMILIES) - {name for name, *_ in (*STATED, *SURVEYED, *COUNTED, *RECOMPUTED)}
    assert not judged - reached
