"""Weak points of PAR INDEX and DTI, for the annual report."""

from __future__ import annotations

from helpers.facts.weak import WeakPoint
from helpers.indices.scored import text_published as scored_published
from helpers.indices.scored import text_words as words
from helpers.indices.scored.result import Loss, ScoredResult
from helpers.words.text import escape

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


def _losses(result: ScoredResult) -> list[WeakPoint]:
    # What people were asked has no known error: it is in the table of losses, and in no order.
    losses = [loss for loss in result.losses if not loss.item.is_surveyed]
    whole = sum(loss.lost for loss in losses)
    return [_loss(result, loss, whole) for loss in losses[:MOST]]


def _loss(result: ScoredResult, loss: Loss, whole: float) -> WeakPoint:
    most = loss.item.maximum or 0.0
    lost = words.item_points(result, loss.item, loss.lost, "điểm tối đa trừ điểm đạt")
    of = words.short_points(most, f"điểm tối đa của tiêu chí {loss.item.code}")
    return WeakPoint(
        index=result.index,
        code=loss.area,
        name=loss.item.name,
        text=f"{escape(loss.item.name)}: mất {lost} trong {of} điểm.",
        importance=min(loss.lost / whole, 1.0) if whole else 0.0,
        cause=loss.row.cause,
        measure=loss.row.measure,
        owner=loss.row.owner,
        deadline=loss.row.deadline,
    )


def _limits(result: ScoredResult) -> list[WeakPoint]:
    return [
        WeakPoint(
            index=result.index,
            code=result.area_of(limit.criterion) if limit.criterion in result.rows else limit.code,
            name=words.limit_name(result, limit) or limit.text,
            text=f"{escape(limit.text)}.",
            importance=STATED,
            cause=result.cause_of(limit),
            measure=limit.measure,
            owner=limit.owner,
            deadline=limit.deadline,
        )
        for limit in result.limits
    ]


def _components(result: ScoredResult) -> list[WeakPoint]:
    units = result.published.units
    return [
        WeakPoint(
            index=result.index,
            code=part.code,
            name=scored_published.part_name(part),
            text=(
                f"{escape(scored_published.part_name(part))} của tỉnh xếp thứ "
                f"{words.published_rank(result, part, units)} theo công bố."
            ),
            importance=0.1 * (part.rank or 0) / units,
        )
        for part in scored_published.low_parts(result)
    ]
