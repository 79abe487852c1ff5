"""Results, places and errors as a researcher meets them in a notebook."""

from __future__ import annotations

import csv
import json
import shutil
from typing import get_type_hints

import nbformat
import numpy as np
import pytest
from batch_project import CHECKOUT

import helpers
from helpers.execution import reports
from helpers.execution.inline import make_shell, run_cells
from helpers.execution.stamp import stamp
from helpers.indices.dti import result as dti
from helpers.indices.papi.result import evaluate, evaluate_country
from helpers.keys import module_of
from helpers.places import UnknownPlaceError, register
from helpers.project import Project
from helpers.tidy import COLUMNS, Looked
from helpers.words.say import say

TUTORIAL = CHECKOUT / "notebooks" / "huong-dan.ipynb"


@pytest.fixture(scope="module")
def result():
    return evaluate("quang-nam", 2024)


def test_a_result_shows_a_few_lines_of_itself(result):
    assert len(repr(result)) < 200
    assert "PAPI 2024, Quảng Nam" in repr(result)
    assert len(result._repr_html_()) < 10_000
    assert "41.00" in result._repr_html_()
    assert len(repr(result.country)) < 200
    assert "Tỉnh, thành phố" in result.country._repr_html_()


KEYS = sorted(
    path.parent.name
    for home in ("indices", "reports")
    for path in (CHECKOUT / "src" / "helpers" / home).glob("*/result.py")
    if path.parent.name != "scored"
)


@pytest.mark.parametrize("key", [*KEYS, "pci"])
def test_no_result_of_any_index_or_report_prints_all_that_it_holds(key):
    """An annual report printed 1.4 million characters."""
    module = module_of(key)
    for name in ("evaluate", "national"):
        if not hasattr(module, name) or (key, name) == ("sipas", "national"):
            continue
        function = getattr(module, name)
        made = get_type_hints(getattr(function, "func", function))["return"]
        assert issubclass(made, Looked), made
        assert made.__repr__ is Looked.__repr__, made


@pytest.mark.parametrize(
    ("key", "province", "year", "parts"),
    [("pci", "da-nang", 2016, 11), ("dti", "da-nang", 2022, 9), ("par_index", "ha-tinh", 2023, 1)],
)
def test_results_of_scored_indices_are_tidy_too(key, province, year, parts):
    found = module_of(key).evaluate(province, year)
    country = module_of(key).national(year)
    own, every = found.tidy(), country.tidy()
    assert tuple(own.columns) == tuple(every.columns) == COLUMNS
    assert len(own) == parts
    assert (every["slug"] == found.place.slug).sum() == parts
    told = every[["province", "region", "criterion", "status", "source"]]
    assert told.notna().all().all()
    total = own.set_index("code").loc["total"]
    assert total["value"] == found.published.total.value
    assert 1 <= total["rank"] <= total["n"] == 63
    assert found.heading in repr(found)
    assert total["criterion"] in found._repr_html_()


def test_a_place_is_counted_only_where_every_unit_has_a_value_and_none_was_published():
    pci = module_of("pci").national(2016).tidy()
    part = pci[pci["code"] == "3"].set_index("province")
    best = part["value"].idxmax()
    assert (part.loc[best, "rank"], part.loc[best, "n"]) == (1, 63)
    dti = module_of("dti").national(2022).tidy()
    some = dti[dti["code"] == "1"]
    assert 0 < len(some) < 63
    assert some["rank"].isna().all()
    assert some["n"].isna().all()
    told = dti[dti["code"] == "6"]["criterion"]
    assert set(told) == {"Hoạt động chính quyền số"}, "as its lines call it, not the decision's 6"


def test_what_cannot_be_drawn_is_told(result):
    with pytest.raises(LookupError, match=r"không có hình «dimension»\. Có phải «dimensions»"):
        helpers.show.chart(result, "dimension")
    with pytest.raises(LookupError, match="«dimensions» là hình của loại kết quả khác"):
        helpers.show.chart(result.country, "dimensions")
    with pytest.raises(ValueError, match="hệ thống đơn vị 34: viết"):
        helpers.show.chart(result, "tile_map", 34)
    with pytest.raises(TypeError, match="Năm phải là số nguyên, ở đây là True"):
        evaluate("quang-nam", True)


def test_a_tidy_table_holds_names_and_every_score(result):
    rows = result.country.tidy()
    assert tuple(rows.columns) == COLUMNS
    assert len(rows) == len(result.country.current)
    assert (
        rows[["province", "region", "criterion", "value", "status", "source"]].notna().all().all()
    )
    assert rows["error"].isna().all(), "an error that nobody published is unknown"
    own = result.tidy().set_index("code")
    assert set(own["province"]) == {"Quảng Nam"}
    assert own.loc["total", "value"] == result.standing.loc["total", "value"]
    assert own.loc["total", "rank"] == 55
    assert own.loc["total", "group"] == result.definition.groups.names[0]


def test_the_register_is_a_table():
    table = register().table()
    assert table["system"].value_counts().to_dict() == {"63": 63, "34": 34}
    assert not table.duplicated(["system", "slug"]).any()
    row = table[(table["system"] == "63") & (table["slug"] == "quang-nam")].iloc[0]
    assert (row["name"], row["successor"], row["statistical_code"]) == (
        "Quảng Nam",
        "da-nang",
        "49",
    )


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (49, 'mã thống kê của Quảng Nam thì viết "quang-nam"'),
        ("49", 'mã thống kê của Quảng Nam thì viết "quang-nam"'),
        (None, "phải là chữ, ở đây là None"),
        ("Ha Noi City", 'Hãy viết "Hà Nội"'),
        ("UBND tỉnh Quảng Nam", 'Hãy viết "Quảng Nam"'),
    ],
)
def test_a_place_of_another_kind_is_told_what_to_write(place, told):
    with pytest.raises(UnknownPlaceError) as error:
        evaluate(place, 2024)
    assert told in str(error.value)


def test_a_year_as_text_is_told_and_a_number_of_numpy_is_a_year(result):
    for ask in (lambda: evaluate("quang-nam", "2024"), lambda: evaluate_country("2024")):
        with pytest.raises(TypeError, match="Năm phải là số nguyên, ở đây là '2024'"):
            ask()
    assert evaluate("quang-nam", np.int64(2024)).year == 2024
    with pytest.raises(KeyError, match="không có điểm mang mã «9» năm 2024; có: total, 1"):
        result.score("9")


def test_what_a_notebook_may_import_is_offered():
    offered = dir(helpers)
    wanted = {
        "papi",
        "sipas",
        "dti",
        "pci",
        "annual",
        "charts",
        "tables",
        "say",
        "show",
        "robustness",
    }
    assert wanted <= set(offered)
    assert not {name for name in offered if name.startswith("_") or name == "import_module"}
    from helpers import annual, pci, robustness, sipas

    assert sipas.__name__ == "helpers.indices.sipas.result"
    assert callable(annual.evaluate)
    assert callable(pci.evaluate)
    assert callable(robustness.regenerate)
    with pytest.raises(ImportError):
        from helpers import khong_co  # noqa: F401


def test_the_tutorial_runs_and_is_no_report(tmp_path, monkeypatch):
    assert "huong-dan" not in [report.name for report in reports(Project(CHECKOUT))]
    assert "outputs" not in json.dumps(
        [c["outputs"] for c in json.loads(TUTORIAL.read_text("utf-8"))["cells"] if c.get("outputs")]
    )
    monkeypatch.chdir(TUTORIAL.parent)
    notebook = nbformat.read(TUTORIAL, 4)
    failed = run_cells(notebook, make_shell(tmp_path))
    assert failed is None, notebook.cells[failed]
    made = stamp(notebook, {}, TUTORIAL.parent)
    shown = {
        cell.source.split("\n")[0]: [set(output.data) for output in cell.outputs]
        for cell in made.cells
        if cell.cell_type == "code" and cell.outputs
    }
    assert shown["#| label: tbl-regions"] == [{"text/markdown"}]
    assert shown["#| label: fig-regions"] == [{"image/png"}]
    assert all(kinds != {"text/plain"} for every in shown.values() for kinds in every), shown


def test_a_table_is_of_the_checkout_that_was_asked(shipped, tmp_path):
    """A result looked its lines up again, in the checkout around the current folder."""
    other = Project(tmp_path / "other")
    shutil.copytree(shipped.root, other.root)
    path = other.published / "dti" / "2022.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    head = lines[0].split(",")
    kept = [row for row in csv.DictReader(lines) if row["slug"] != "an-giang"]
    with path.open("w", encoding="utf-8", newline="") as file:
        written = csv.DictWriter(file, head)
        written.writeheader()
        written.writerows(kept)
    here, there = (dti.national(2022, project).tidy() for project in (shipped, other))
    assert set(here["slug"]) - set(there["slug"]) == {"an-giang"}
    assert len(dti.evaluate("ha-noi", 2022, other).tidy())
    scores = other.published / "papi" / "2024.csv"
    text = scores.read_text(encoding="utf-8").replace("https://", "https://x.")
    scores.write_text(text, encoding="utf-8")
    told = str(say(evaluate_country(2024, other), "method"))
    assert "https://x." in told
