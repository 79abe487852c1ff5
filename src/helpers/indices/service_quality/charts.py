"""The chart of a report on service quality: what each group achieved against its maximum."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.patches import Patch

from helpers.display import matplotlib_theme as theme
from helpers.display.chart import Chart
from helpers.display.figure_chart import figure_chart
from helpers.display.theme import wrapped
from helpers.indices.service_quality import text_words as words
from helpers.indices.service_quality.arithmetic import Group
from helpers.indices.service_quality.result import ServiceResult
from helpers.words import numbers

LEFT = 2.1
RIGHT = 1.3
ROW = 0.42
HEAD = 0.42
FOOT = 0.45
NAME_WIDTH = 26
STEP = 5
"""Points between two ticks."""
ACHIEVED = "#235f8c"


def groups(result: ServiceResult) -> Chart:
    """Draw the points of each group as a bar inside the bar of its maximum."""
    shown = [
        (group, points) for group in result.score.groups if (points := group.points) is not None
    ]
    if not shown:
        return Chart.nothing("Chưa có nhóm nào có điểm.")
    with theme.theme():
        figure = _draw(shown)
    caption = f"Điểm đạt so với điểm tối đa theo nhóm, {words.period(result).lower()}"
    return figure_chart(figure, caption, _alt(shown))


def _draw(shown: Sequence[tuple[Group, float]]) -> Figure:
    height = HEAD + ROW * len(shown) + FOOT
    figure = theme.new_figure(height)
    axes = figure.add_axes(
        (
            LEFT / theme.WIDTH,
            FOOT / height,
            (theme.WIDTH - LEFT - RIGHT) / theme.WIDTH,
            ROW * len(shown) / height,
        )
    )
    for place, (group, points) in enumerate(shown):
        axes.barh(
            place, group.maximum, height=0.66, color="white", edgecolor=theme.QUIET, hatch="...."
        )
        axes.barh(place, points, height=0.66, color=ACHIEVED)
        axes.text(
            group.maximum + 0.3,
            place,
            f"{numbers.decimal(points)}/{words.maximum(group.maximum)}{'' if group.complete else ' *'}",
            ha="left",
            va="center",
            fontsize=theme.BODY,
        )
    top = max(group.maximum for group, _ in shown)
    axes.set_xlim(0, top)
    axes.set_xticks(range(0, int(top) + 1, STEP))
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.set_yticks(
        range(len(shown)), [wrapped(group.node.name_vi, NAME_WIDTH) for group, _ in shown]
    )
    axes.tick_params(axis="y", labelcolor=theme.INK)
    label = "Điểm" if all(group.complete for group, _ in shown) else "Điểm (*: chưa đủ chỉ tiêu)"
    axes.set_xlabel(label)
    axes.spines["left"].set_visible(False)
    theme.decimal_axis(axes.xaxis, 0)
    handles = [
        Patch(facecolor=ACHIEVED, label="Điểm đạt"),
        Patch(
            facecolor="white", edgecolor=theme.QUIET, hatch="....", label="Còn thiếu so với tối đa"
        ),
    ]
    figure.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2
    )
    return figure


def _alt(shown: Sequence[tuple[Group, float]]) -> str:
    said = [
        f"{group.node.name_vi} {numbers.decimal(points)}/{words.maximum(group.maximum)}"
        for group, points in shown
    ]
    return f"Điểm đạt trên điểm tối đa của các nhóm: {'; '.join(said)}."
