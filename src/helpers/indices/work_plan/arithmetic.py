"""How the tasks of a work plan stand on a day, and how often."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from helpers.facts.value import Value

DONE, UNDER_WAY, NOT_BEGUN, DROPPED = (
    "Đã hoàn thành",
    "Đang thực hiện",
    "Chưa thực hiện",
    "Không thực hiện",
)
"""States as the office enters them."""

TaskState = Literal[
    "on_time", "late", "done", "open_in_time", "overdue", "open", "dropped", "contradictory"
]
"""``done`` and ``open`` lack a date, so that nothing is said of their time."""

UNFINISHED: tuple[TaskState, ...] = ("overdue", "open", "open_in_time", "dropped")
"""States of tasks that are not done, the most pressing first."""

STATES: tuple[TaskState, ...] = get_args(TaskState)
"""All states, in the order in which they are told; their names are rules of the words."""


def task_state(
    stated: str, due: datetime.date | None, finished: datetime.date | None, day: datetime.date
) -> TaskState:
    """Return how a task stands.

    Parameters
    ----------
    stated : str
        State as entered.
    due, finished : date or None
        The last day allowed, and the day on which it was done.
    day : date
        On which the state is judged.

    Returns
    -------
    str
        A task that is done on its last day is on time. One that is entered as not done, yet has a day
        on which it was done, is contradictory.
    """
    if stated == DONE:
        if due is None or finished is None:
            return "done"
        return "on_time" if finished <= due else "late"
    if finished is not None and finished <= day:
        return "contradictory"
    if stated == DROPPED:
        return "dropped"
    if due is None:
        return "open"
    return "overdue" if due < day else "open_in_time"


def are_exact(*values: Value | None) -> bool:
    """Tell whether all values are there as numbers themselves, not as bounds.

    Parameters
    ----------
    *values : Value or None
    """
    return all(one is not None and one.is_known and one.bound == "exact" for one in values)


@dataclass(frozen=True)
class Tally:
    """Tasks by state.

    Parameters
    ----------
    counts : dict
        State to number of tasks.
    """

    counts: dict[TaskState, int]

    @classmethod
    def of(cls, states: Iterable[TaskState]) -> Tally:
        """Count states."""
        found = Counter(states)
        return cls({state: found.get(state, 0) for state in STATES})

    @property
    def total(self) -> int:
        """All tasks."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """Tasks that are done, whenever."""
        return sum(self.counts[state] for state in ("on_time", "late", "done"))

    @property
    def open(self) -> int:
        """Tasks that are not done and not given up, contradictory ones among them."""
        return sum(
            self.counts[state] for state in ("open_in_time", "overdue", "open", "contradictory")
        )
