"""Every table of an annex stands under the heading of that annex, and no heading stands alone."""

from __future__ import annotations

import json
import re

import pytest
from annual_made import CHECKOUT, SHIPPED, SIMULATED, checkout_in, report, simulated_in

from helpers.reports.annual import result as annual
from helpers.words.say import say
from helpers.words.text import plain

CALL = re.compile(r"^(?:commentary\.annex\(result, \"(\w+)\"\)|tables\.(\w+)\(result\))", re.M)
SAYS_IT_ITSELF = {"missing"}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    made = checkout_in(tmp_path_factory.mktemp("annexes"))
    simulated_in(made)
    return made


def tables_of_annexes():
    """Read from the notebook which tables follow which heading."""
    cells = json.loads((CHECKOUT / "notebooks/annual.ipynb").read_text(encoding="utf-8"))["cells"]
    found: dict[str, list[str]] = {}
    annex = None
    for cell in cells:
        for heading, table in CALL.findall("".join(cell["source"])):
            annex = heading or annex
            held = found.setdefault(annex, []) if annex else []
            held += [table] if table else []
    return found


@pytest.mark.parametrize(("slug", "year"), [*SHIPPED, SIMULATED])
def test_a_table_stands_under_its_own_annex(project, slug, year):
    annexes = tables_of_annexes()
    assert {"measures", "details", "figures"} <= annexes.keys()
    made = report(slug, year, project)
    for annex, tables in annexes.items():
        if annex in SAYS_IT_ITSELF:
            continue
        shown = [name for name in tables if name in made.tables]
        assert (f"annex {annex}" in made.texts) == bool(shown), (slug, annex, shown)


@pytest.mark.parametrize("key", ["par_index", "dti"])
def test_what_an_index_lacks_stands_in_the_annex(project, key):
    """An opening and its bullets are one piece of the words; the annex took none of them."""
    checked = 0
    for slug, year in (*SHIPPED, SIMULATED):
        part = annual.evaluate(slug, year, project).part(key)
        if part is None or not part.missing:
            continue
        told = report(slug, year, project).texts["annex missing"]
        for line in say(part, "missing").markdown.split("\n"):
            if line.startswith("- "):
                assert plain(line) in plain(str(told)), line
                checked += 1
    assert checked or key == "dti"
