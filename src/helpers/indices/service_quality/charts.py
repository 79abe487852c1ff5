"""The chart of a report on service quality: what each group achieved against its maximum."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from helpers.display.bars import Bar, Part, Scale, bars
from helpers.display.chart import Chart
from helpers.display.keys import Entry
from helpers.indices.service_quality import text_words as words
from helpers.indices.service_quality.arithmetic import Group
from helpers.indices.service_quality.result import ServiceResult
from helpers.words import numbers

_ENTRIES = (Entry("fill", "Điểm đạt"), Entry("rest", "Còn thiếu so với tối đa"))


def groups(result: ServiceResult) -> Chart:
    """Draw the points of each group as a bar inside the bar of its maximum."""
    shown = [
        (group, points) for group in result.score.groups if (points := group.points) is not None
    ]
    if not shown:
        return Chart.nothing("Chưa có nhóm nào có điểm.")
    caption = f"Điểm đạt so với điểm tối đa theo nhóm, {words.period(result).lower()}"
    complete = all(group.complete for group, _ in shown)
    scale = Scale(
        max(group.maximum for group, _ in shown),
        "Điểm" if complete else "Điểm (*: chưa đủ chỉ tiêu)",
    )
    rows = [_bar(group, points) for group, points in shown]
    return Chart(
        partial(bars, rows, scale, _ENTRIES),
        caption,
        _alt(shown),
        [
            {"group": group.node.name_vi, "points": points, "maximum": group.maximum}
            for group, points in shown
        ],
    )


def _bar(group: Group, points: float) -> Bar:
    star = "" if group.complete else " *"
    return Bar(
        group.node.name_vi,
        (Part(points, "fill"), Part(group.maximum - points, "rest")),
        f"{numbers.decimal(points)}/{words.maximum(group.maximum)}{star}",
    )


def _alt(shown: Sequence[tuple[Group, float]]) -> str:
    said = [
        f"{group.node.name_vi} {numbers.decimal(points)}/{words.maximum(group.maximum)}"
        for group, points in shown
    ]
    return f"Điểm đạt trên điểm tối đa của các nhóm: {'; '.join(said)}."
