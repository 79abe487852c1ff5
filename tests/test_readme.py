"""The READMEs show what there is; readme_commands.py runs it, in the environment of users."""

from __future__ import annotations

import re

import pytest
from batch_project import CHECKOUT
from readme_commands import PROGRAM, TEXTS, all_commands, blocks, commands, named_in_text


def test_both_languages_show_the_same_commands():
    english = [line for line in commands("README.md") if "chiso" in line]
    assert english == [line for line in commands("README.vi.md") if "chiso" in line]
    assert len(english) == 12


def test_every_command_is_run_without_the_test_extra():
    """tests/readme_commands.py runs them; here it is seen that .ci/run leaves none of them out."""
    ci = (CHECKOUT / ".ci" / "run").read_text(encoding="utf-8")
    assert ".venv/bin/python tests/readme_commands.py\n" in ci
    assert ci.index("readme_commands.py\n") < ci.index("make check")
    assert ci.index("readme_commands.py --bounds\n") < ci.index("make check")
    for line in all_commands():
        assert line.startswith((f"{PROGRAM} ", "make ")), line
        if line.startswith("make "):
            run_as = "readme_commands.py --lab" if line == "make lab" else f"\n{line}\n"
            assert run_as in ci, line
    # What stands in a sentence only: run by name there; conda is not on these machines.
    run_by_name = {"chiso import", "chiso preview", "chiso run", "make lab", "make report"}
    assert named_in_text() - run_by_name <= {"conda env"}


def test_every_make_target_that_is_named_exists():
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    for name in TEXTS:
        for target in re.findall(r"make (\w+)  ", TEXTS[name]):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_python_example_runs():
    (example,) = blocks("README.md", "python")
    names: dict[str, object] = {}
    exec(compile(example, "README.md", "exec"), names)  # noqa: S102
    assert names["result"].place.name == "Quảng Nam"


@pytest.mark.parametrize("name", TEXTS)
def test_links_and_pictures_lead_somewhere(name):
    for target in re.findall(r"\]\(([^)#]+)\)", TEXTS[name]):
        if not target.startswith("http"):
            assert (CHECKOUT / target).exists(), target
