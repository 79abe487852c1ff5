"""The chart of the report on the work plan."""

from __future__ import annotations

from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from helpers.display import matplotlib_theme as theme
from helpers.display.chart import Chart
from helpers.display.figure_chart import figure_chart
from helpers.display.theme import wrapped
from helpers.indices.work_plan.arithmetic import STATES, TaskState
from helpers.indices.work_plan.result import WorkPlanResult
from helpers.indices.work_plan.text import date
from helpers.words.numbers import whole
from helpers.words.text import joined

LOOK: dict[TaskState, tuple[str, str]] = {
    "on_time": (theme.GROUPS[4].colour, ""),
    "done": (theme.GROUPS[3].colour, ".."),
    "late": (theme.GROUPS[2].colour, "//"),
    "open_in_time": (theme.DOT, ""),
    "open": (theme.RULE, ".."),
    "overdue": (theme.OWN, "xx"),
    "contradictory": (theme.GROUPS[1].colour, "--"),
    "dropped": ("#ffffff", "\\\\"),
}
"""Colour and hatch of each state, so that a grey print tells them apart."""


def tasks(result: WorkPlanResult) -> Chart:
    """Show the tasks of the plan by state, as one bar for each area.

    Parameters
    ----------
    result : WorkPlanResult

    Returns
    -------
    Chart
        Empty if no tasks were listed.
    """
    if not result.tasks:
        return Chart.nothing("Chưa có danh sách nhiệm vụ.")
    areas = list(dict.fromkeys(task.area or "Chưa ghi lĩnh vực" for task in result.tasks))
    shown = [state for state in LOOK if result.tally.counts[state]]
    height = 1.25 + 0.42 * len(areas)
    with theme.theme():
        figure = theme.new_figure(height)
        axes = figure.add_axes((0.32, 0.5 / height, 0.65, 0.42 * len(areas) / height))
        for row, area in enumerate(areas):
            left = 0
            for state in shown:
                count = sum(
                    t.state == state and (t.area or "Chưa ghi lĩnh vực") == area
                    for t in result.tasks
                )
                if count:
                    colour, hatch = LOOK[state]
                    axes.barh(
                        row,
                        count,
                        left=left,
                        height=0.62,
                        color=colour,
                        hatch=hatch,
                        edgecolor=theme.INK,
                        linewidth=0.6,
                        label=STATES[state] if row == 0 else "_",
                    )
                    axes.annotate(
                        whole(count),
                        (left + count / 2, row),
                        ha="center",
                        va="center",
                        fontsize=theme.SMALL,
                        color=theme.INK,
                        bbox={"boxstyle": "round,pad=0.12", "facecolor": "white", "linewidth": 0},
                    )
                left += count
        axes.set_ylim(len(areas) - 0.5, -0.5)
        axes.set_yticks(range(len(areas)), [wrapped(area, 34) for area in areas])
        axes.tick_params(axis="y", labelcolor=theme.INK)
        axes.set_xlabel("Số nhiệm vụ")
        theme.decimal_axis(axes.xaxis, 0)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.spines["left"].set_visible(False)
        handles = [_patch(state) for state in shown]
        figure.legend(handles=handles, loc="upper left", bbox_to_anchor=(0, 1), ncols=3)
    said = [f"{whole(result.tally.counts[state])} {STATES[state]}" for state in shown]
    return figure_chart(
        figure,
        f"Nhiệm vụ trong kế hoạch năm {result.year} theo tình trạng, tính đến ngày "
        f"{date(result.day)}",
        f"Biểu đồ thanh chồng {whole(result.tally.total)} nhiệm vụ của {whole(len(areas))} lĩnh "
        f"vực: {joined(said)}.",
    )


def _patch(state: TaskState) -> Patch:
    colour, hatch = LOOK[state]
    return Patch(facecolor=colour, hatch=hatch, edgecolor=theme.INK, label=STATES[state])
