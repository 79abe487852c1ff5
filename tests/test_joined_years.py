"""Which years of a chart a line joins: only those whose change may be told."""

from __future__ import annotations

from itertools import pairwise

import pytest

from helpers.display.history import Panel, Point
from helpers.facts.change import Mark, joined_segments, lacks_error
from helpers.facts.value import NONE, UNKNOWN, Error
from helpers.indices.papi import charts_history, charts_history_words
from helpers.indices.papi.result import evaluate
from helpers.reports.province import charts
from helpers.reports.province import result as province

ASSUMED = Error("sampling", standard_error=0.4, origin="assumed")


@pytest.mark.parametrize(
    ("marks", "joined", "lacking"),
    [
        ([], [], []),
        ([Mark(0, NONE)], [0], [False]),
        ([Mark(0, NONE), Mark(0, ASSUMED)], [0, 0], [False, False]),
        ([Mark(0, UNKNOWN), Mark(0, ASSUMED), Mark(0, NONE)], [0, 1, 1], [False, True, False]),
        ([Mark(0, NONE), Mark(0, UNKNOWN)], [0, 1], [False, True]),
        ([Mark(0, NONE), Mark(1, NONE)], [0, 1], [False, False]),
        ([Mark(0, UNKNOWN), Mark(1, UNKNOWN)], [0, 1], [False, False]),
        ([Mark(0, NONE), Mark(0, NONE, doubted=True)], [0, 1], [False, False]),
    ],
)
def test_a_line_joins_what_may_be_compared_and_has_an_error(marks, joined, lacking):
    assert joined_segments(marks) == joined
    assert lacks_error(marks) == lacking


JOINED = [(2021, 2022), (2022, 2023), (2023, 2024)]


@pytest.fixture(scope="module")
def result(checkout):
    return evaluate("ha-tinh", 2024, checkout)


def joined_pairs(panel):
    """Years that the drawing joins by a line: points that are neighbours in one segment."""
    return [
        (one.year, two.year) for one, two in pairwise(panel.points) if one.segment == two.segment
    ]


def test_papi_draws_no_line_where_no_error_is_known(result):
    """Dimensions, and totals before 2018, were joined by lines that told a change."""
    total = result.edition.root.code
    panels = {panel.code: panel for panel in charts_history.history(result).draw.args[0]}
    # An error is known or assumed for these; 2020 was measured otherwise.
    assert joined_pairs(panels.pop(total)) == JOINED
    assert len(panels) == 8
    assert all(joined_pairs(panel) == [] for panel in panels.values())


def test_years_before_an_error_is_assumed_are_no_line(result):
    total = result.edition.root.code
    points = tuple(Point(year, 1.0, 1.0, 0) for year in (2016, 2017, 2018))
    panel = Panel(total, "Điểm tổng hợp", points, (), 2, (2016, 2018))
    marks = charts_history_words.marks_of(result, panel)
    assert [mark.error.kind for mark in marks] == ["unknown", "unknown", "sampling"]
    assert joined_segments(marks) == [0, 1, 2]
    said = charts_history_words.alternative(result, [panel])
    assert "Các năm của điểm tổng hợp đến năm 2018 không được nối với nhau" in said


def test_the_chart_says_once_why_years_stand_apart(result):
    chart = charts_history.history(result)
    assert chart.caption.endswith("(không nối các năm chưa biết sai số khảo sát)")
    assert chart.alt.count("không được nối với nhau vì chưa biết sai số khảo sát") == 1
    assert "các chỉ số nội dung không được nối" in chart.alt
    assert "nối đường" not in chart.alt


def test_the_profile_keeps_the_same_rule_for_every_index(checkout):
    profile = province.evaluate("ha-tinh", 2024, checkout)
    pairs = {s.key: joined_pairs(charts._panel(s)) for s in profile.series if s.valued}
    assert pairs["papi"] == JOINED
    assert pairs["par_index"] == pairs["sipas"] == []
    chart = charts.years(profile)
    assert chart.alt.count("chưa biết sai số khảo sát") == 1
    assert chart.caption.endswith("(không nối các năm chưa biết sai số khảo sát)")
