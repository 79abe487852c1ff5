"""Weak points of a scored index, for reports that gather them from all indices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpers.facts.families import Finding, Member
from helpers.facts.value import Why
from helpers.facts.weak import WeakPoint
from helpers.indices.scored.findings import placed, state
from helpers.indices.scored.findings_losses import costly, ordered
from helpers.indices.scored.findings_published import low_parts, part_name
from helpers.words.say import telling_of

if TYPE_CHECKING:
    from helpers.indices.scored.result import Loss, ScoredResult

MOST = 5
"""Criteria that lost points and are handed on; the report's own table has all."""
STATED = 0.02
"""Importance of a limitation that the office stated without points."""


def weak_points(result: ScoredResult) -> tuple[WeakPoint, ...]:
    """Return what the office lost points on or stated itself, and where the province stands low.

    Parameters
    ----------
    result : ScoredResult

    Returns
    -------
    tuple of WeakPoint
        The most important first; ``code`` is the top-level area, for proposals of measures.
    """
    found = [*_losses(result), *_limits(result), *_components(result)]
    return tuple(sorted(found, key=lambda point: -point.importance))


def _told(result: ScoredResult, finding: Finding) -> str:
    return str(telling_of(result).sentence(finding, "published"))


def _losses(result: ScoredResult) -> Iterator[WeakPoint]:
    # What people were asked has no known error: it is in the table of losses, and in no order.
    losses, _ = ordered(result)
    whole = sum(loss.lost for loss in losses)
    for loss in losses[:MOST]:
        finding = state(
            result, "weak", "lost", "lost", code=loss.item.code, high=costly(result, loss)
        )
        yield _point(result, loss, whole, _told(result, finding))


def _point(result: ScoredResult, loss: Loss, whole: float, text: str) -> WeakPoint:
    return WeakPoint(
        index=result.index,
        code=loss.area,
        name=loss.item.name,
        text=text,
        importance=min(loss.lost / whole, 1.0) if whole else 0.0,
        cause=loss.row.cause,
        measure=loss.row.measure,
        owner=loss.row.owner,
        deadline=loss.row.deadline,
    )


def _limits(result: ScoredResult) -> Iterator[WeakPoint]:
    for limit in result.limits:
        why = (Why("note", {"text": limit.text.rstrip(" .")}),)
        finding = state(result, "weak", "stated", "stated", code=limit.code, why=why)
        row = result.rows.get(limit.criterion)
        yield WeakPoint(
            index=result.index,
            code=result.area_of(limit.criterion) if limit.criterion in result.rows else limit.code,
            name=(limit.criterion if row is None else row.name) or limit.text,
            text=_told(result, finding),
            importance=STATED,
            cause=result.cause_of(limit),
            measure=limit.measure,
            owner=limit.owner,
            deadline=limit.deadline,
        )


def _components(result: ScoredResult) -> Iterator[WeakPoint]:
    units = result.published.units
    for part in low_parts(result):
        high = Member(part.code, part_name(part), placed(result, part))
        finding = state(result, "weak", "placed", "placed", code=part.code, high=high)
        yield WeakPoint(
            index=result.index,
            code=part.code,
            name=part_name(part),
            text=_told(result, finding),
            importance=0.1 * (part.rank or 0) / units,
            of_province=True,
        )
