"""The chart of a report on service quality: what each group achieved against its maximum."""

from __future__ import annotations

from functools import partial

from helpers.display.bars import Bar, Part, Scale, bars
from helpers.display.chart import Chart
from helpers.display.keys import Entry
from helpers.indices.service_quality.result import ServiceResult
from helpers.indices.service_quality.values import group_points
from helpers.words.say import telling_of


def groups(result: ServiceResult) -> Chart:
    """Draw the points of each group as a bar inside the bar of its maximum."""
    telling = telling_of(result)
    shown = [
        (g, value) for g in result.score.groups if (value := group_points(result, g)) is not None
    ]
    if not shown:
        return Chart.nothing(telling.label("no_group"))
    rows, said = [], []
    for group, value in shown:
        number = telling.label("points_of", value=value)
        star = "" if group.complete else " *"
        parts = (Part(value.known, "fill"), Part(group.maximum - value.known, "rest"))
        rows.append(Bar(group.node.name_vi, parts, f"{number}{star}"))
        said.append(telling.label("points_of_group", name=group.node.name_vi, value=value))
    complete = all(group.complete for group, _ in shown)
    axis = telling.label("axis_points" if complete else "axis_points_starred")
    scale = Scale(max(group.maximum for group, _ in shown), axis)
    entries = (Entry("fill", telling.label("reached")), Entry("rest", telling.label("left")))
    return Chart(
        partial(bars, rows, scale, entries),
        telling.label("caption_fig_groups"),
        telling.label("alt_groups", said=tuple(said)),
        [
            {"group": group.node.name_vi, "points": value.known, "maximum": group.maximum}
            for group, value in shown
        ],
    )
