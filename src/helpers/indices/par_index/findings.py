"""What only PAR INDEX states: the published parts of the total, finished tasks, what is unsaid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from helpers.facts.value import count
from helpers.indices.scored.findings import state
from helpers.indices.scored.findings_published import below, blocks
from helpers.indices.scored.scoring import TOLERANCE

if TYPE_CHECKING:
    from helpers.facts.families import Finding
    from helpers.indices.par_index.result import ParIndexResult

_ASKED = (("causes", "cause"), ("measures", "measure"), ("owners", "owner"))
"""Field of the finding, and column of the table that the form asks for."""


def also(result: ParIndexResult) -> Mapping[str, tuple[Finding, ...]]:
    """Return what only this index states, by subject of the document."""
    parts = [(block.name, figure, block.maximum, block.source) for block, figure in result.blocks]
    whole = len(parts) == len(result.rules.blocks)
    made = blocks(result, parts, TOLERANCE + 1e-9)
    return {
        "": (*_tasks(result), *_unsaid(result)),
        "published": made if whole else made[:1],
        "below": below(result),
    }


def _tasks(result: ParIndexResult) -> Iterator[Finding]:
    """Set finished tasks beside what the appraisal still found wanting."""
    done = result.figures.get("work_plan.tasks_done", result.year)
    tasks = result.figures.get("work_plan.tasks", result.year)
    if done is None or tasks is None or done.value != tasks.value or not result.has_own:
        return
    if result.losses or result.limits:
        told = {"count": done, "of": tasks}
        values: dict[str, Any] = {
            name: count(int(one.value), "task", one.trace) for name, one in told.items()
        }
        yield state(result, "tasks", "all_done", **values)


def _unsaid(result: ParIndexResult) -> Iterator[Finding]:
    # Why a survey went as it did is the matter of the satisfaction report.
    found = [loss for loss in result.losses if loss.item.survey is None]
    lacking: dict[str, Any] = {}
    for field, column in _ASKED:
        without = sum(not getattr(loss.row, column) for loss in found)
        if without:
            lacking[field] = count(without, "criterion")
    if lacking:
        yield state(result, "unsaid", "parts", of=count(len(found), "criterion"), **lacking)
