"""Every chart of a whole made-up province and of the shipped years, by the same demands."""

import re
import subprocess
import sys

import pandas as pd
import pytest
from charts_of_all import of_offices
from drawn import faults, roles, texts
from poverty_made import CHECKOUT, checkout_in

from helpers import charts, papi
from helpers.display.theme import NARROW, STYLES, WIDE
from helpers.indices.scored import charts_national, national
from helpers.publishing.drawing import is_plain
from helpers.simulation import simulate


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    project = checkout_in(tmp_path_factory.mktemp("drawn"), deliveries=True)
    simulate(project, scale=0.02, years=(2024,))
    found = of_offices(project)
    for index, year in (("pci", 2015), ("pci", 2016)):
        found[f"{index} spread"] = charts_national.spread(national.evaluate(index, year, project))
    return {name: chart for name, chart in found.items() if not chart.is_empty}


def test_every_kind_of_chart_is_among_them(drawn):
    kinds = {(name.split()[0], name.split()[3]) for name in drawn if "spread" not in name}
    assert kinds == {
        ("dti", "areas"),
        ("par_index", "areas"),
        ("poverty", "levels"),
        ("poverty", "districts"),
        ("poverty", "deprivations"),
        ("procedures", "fields"),
        ("procedures", "units"),
        ("procedures", "months"),
        ("service_quality", "groups"),
        ("sipas", "factors"),
        ("sipas", "items"),
        ("sipas", "units"),
        ("work_plan", "tasks"),
    }
    assert {"pci spread"} <= set(drawn)


def test_no_text_meets_another_leaves_its_drawing_or_is_small(drawn):
    assert {name: wrong for name, chart in drawn.items() if (wrong := faults(chart))} == {}


def test_drawings_may_stand_in_a_page_and_every_role_has_its_look(drawn):
    for name, chart in drawn.items():
        for width in (NARROW, WIDE):
            assert is_plain(chart.svg(width)), name
        assert set(roles(chart.svg())) <= set(STYLES), name


def test_every_chart_hands_its_rows_over(drawn):
    for name, chart in drawn.items():
        assert len(pd.DataFrame(chart.rows)) == len(chart.rows) > 0, name
        assert chart.csv().count("\r\n") == len(chart.rows) + 1, name


def test_what_is_written_beside_a_bar_is_in_its_rows(drawn):
    for name, chart in drawn.items():
        if " fields" in name or " units 2" in name:
            late = {f"{row['late']:.0f} quá hạn" for row in chart.rows if row["late"]}
            assert late <= set(texts(chart)), name


def test_a_month_whose_late_ones_are_hidden_has_none_in_its_rows(drawn):
    (chart,) = (chart for name, chart in drawn.items() if name.endswith(" months"))
    told = [text for text in texts(chart) if text.endswith("quá hạn")]
    assert len(told) == 12
    for row, text in zip(chart.rows, told, strict=True):
        assert (row["late"] is None) == text.startswith("…"), row


def test_all_are_drawn_without_matplotlib(drawn):
    program = (
        "import sys\n"
        "from helpers.keys import module_of\n"
        "import helpers.reports.province.charts\n"
        "import helpers.execution.batch\n"
        "import helpers.indices.scored.charts_national\n"
        "for index in ('papi', 'dti', 'par_index', 'sipas', 'service_quality', 'procedures',\n"
        "              'poverty', 'work_plan'):\n"
        "    module_of(index, 'charts')\n"
        "assert not {'matplotlib', 'seaborn'} & set(sys.modules)\n"
        "assert not [m for m in helpers.execution.batch.LIBRARIES if 'matplotlib' in m]"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.usefixtures("no_figure_left")
def test_the_cell_of_the_documentation_draws_a_chart_s_rows_with_seaborn():
    text = (CHECKOUT / "docs" / "architecture.md").read_text("utf-8")
    (cell,) = (c for c in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "stripplot" in c)
    names = {"charts": charts, "result": papi.evaluate("quang-nam", 2024)}
    exec(cell, names)  # noqa: S102 – our own documentation
    rows, axes = names["rows"], names["axes"]
    points = sum(len(part.get_offsets()) for part in axes.collections)
    assert points == len(rows) > 400
    assert {label.get_text() for label in axes.get_yticklabels()} == set(rows["criterion"])


@pytest.fixture
def no_figure_left():
    """An open figure would take the next drawing of the process, whatever test that belongs to."""
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
