"""Results, places and errors as a researcher meets them in a notebook."""

from __future__ import annotations

import json

import nbformat
import numpy as np
import pytest
from batch_project import CHECKOUT

import helpers
from helpers.execution import reports
from helpers.execution.inline import make_shell, run_cells
from helpers.execution.stamp import stamp
from helpers.indices.papi.result import evaluate, evaluate_country
from helpers.places import UnknownPlaceError, register
from helpers.project import Project
from helpers.tidy import COLUMNS

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
