"""The chart of the report on the work plan."""

from __future__ import annotations

from functools import partial

from helpers.display.bars import Bar, Part, Scale, bars
from helpers.display.canvas import Fill
from helpers.display.chart import Chart
from helpers.display.keys import Entry
from helpers.facts.value import Why
from helpers.facts.value import count as counted
from helpers.indices.work_plan.arithmetic import TaskState
from helpers.indices.work_plan.result import WorkPlanResult
from helpers.words.numbers import day, whole
from helpers.words.say import telling_of

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
    telling = telling_of(result)
    if not result.tasks:
        return Chart.nothing(telling.label("chart.tasks_none"))
    no_area = telling.label("chart.no_area")
    areas = list(dict.fromkeys(task.area or no_area for task in result.tasks))
    shown = [state for state in LOOK if result.tally.counts[state]]
    counts = {
        (area, state): sum(
            task.state == state and (task.area or no_area) == area for task in result.tasks
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
    names = {state: telling.label("chart.task_state", task_state=state) for state in shown}
    entries = [
        Entry(LOOK[state][0], f"{names[state]} ({whole(result.tally.counts[state])})")
        for state in shown
    ]
    states = tuple(
        Why(
            "state_counted", {"n": counted(result.tally.counts[state], "unit"), "task_state": state}
        )
        for state in shown
    )
    told = {
        "n": counted(result.tally.total, "unit"),
        "areas": counted(len(areas), "unit"),
        "states": states,
    }
    axis = telling.label("chart.tasks_axis")
    return Chart(
        partial(bars, rows, Scale(most * 1.02, axis, counted=True), entries),
        telling.label("chart.tasks", day=day(result.day)),
        telling.part_label("chart", Why("tasks_alt", told)),
        [
            {"area": area, "state": names[state], "tasks": count}
            for (area, state), count in counts.items()
        ],
    )
