"""The chart of the report on the work plan."""

from __future__ import annotations

from functools import partial

from helpers.display.bars import Bar, Part, Scale, bars
from helpers.display.canvas import Fill
from helpers.display.chart import Chart
from helpers.display.keys import Entry
from helpers.indices.work_plan.arithmetic import STATES, TaskState
from helpers.indices.work_plan.result import WorkPlanResult
from helpers.indices.work_plan.text import date
from helpers.words.numbers import whole
from helpers.words.text import joined, upper_first

LOOK: dict[TaskState, tuple[Fill, str]] = {
    "on_time": (Fill("bar4"), "on4"),
    "done": (Fill("soft", "dotted"), "ink"),
    "late": (Fill("bar1", "rising"), "ink"),
    "open_in_time": (Fill("dot-fill"), "ink"),
    "open": (Fill("band", "level", "hatch"), "ink"),
    "overdue": (Fill("own", "crossed", "pale-stripe"), "ink"),
    "contradictory": (Fill("bar2", "falling", "pale-stripe"), "ink"),
    "dropped": (Fill("paper-fill", "falling", "hatch"), "ink"),
}
"""Fill of each state, its pattern apart in a grey print, and the role of what is written on it."""
NO_AREA = "Chưa ghi lĩnh vực"


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
    areas = list(dict.fromkeys(task.area or NO_AREA for task in result.tasks))
    shown = [state for state in LOOK if result.tally.counts[state]]
    counts = {
        (area, state): sum(
            task.state == state and (task.area or NO_AREA) == area for task in result.tasks
        )
        for area in areas
        for state in shown
    }
    rows = [
        Bar(
            area,
            tuple(
                Part(count, LOOK[state][0], whole(count), LOOK[state][1])
                for state in shown
                if (count := counts[area, state])
            ),
            "",
        )
        for area in areas
    ]
    most = max(sum(counts[area, state] for state in shown) for area in areas)
    entries = [
        Entry(LOOK[state][0], upper_first(f"{STATES[state]} ({whole(result.tally.counts[state])})"))
        for state in shown
    ]
    said = [f"{whole(result.tally.counts[state])} {STATES[state]}" for state in shown]
    return Chart(
        partial(bars, rows, Scale(most * 1.02, "Số nhiệm vụ", counted=True), entries),
        f"Nhiệm vụ trong kế hoạch năm {result.year} theo tình trạng, tính đến ngày "
        f"{date(result.day)}",
        f"Biểu đồ thanh chồng {whole(result.tally.total)} nhiệm vụ của {whole(len(areas))} lĩnh "
        f"vực: {joined(said)}.",
        [
            {"area": area, "state": STATES[state], "tasks": count}
            for (area, state), count in counts.items()
        ],
    )
