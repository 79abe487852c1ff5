"""Every table of an annex stands under the heading of that annex, and no heading stands alone."""

from __future__ import annotations

import json
import re

import pytest
from annual_made import CHECKOUT, SHIPPED, SIMULATED, checkout_in, report, report_of, simulated_in

from helpers.reports.annual import result as annual
from helpers.reports.annual.text import ANNEXES

CALL = re.compile(r"^(?:commentary\.annex\(result, \"([\w-]+)\"\)|tables\.(\w+)\(result\))", re.M)


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
    assert annexes.keys() == set(ANNEXES)
    made = report(slug, year, project)
    for annex, tables in annexes.items():
        shown = [name for name in tables if name in made.tables]
        assert (f"annex {annex}" in made.texts) == bool(shown), (slug, annex, shown)


@pytest.mark.parametrize(("slug", "year"), SHIPPED)
def test_an_annex_stands_only_where_the_office_asks_for_it(project, slug, year):
    made = report_of(annual.evaluate(slug, year, project))
    assert not [name for name in made.texts if name.startswith("annex")]
    in_annexes = {name for names in tables_of_annexes().values() for name in names}
    assert not in_annexes & made.tables.keys()
