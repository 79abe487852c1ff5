"""One content of PAPI as an office answers for it: its score, and what the office did about it."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.definitions import FrameworkEdition, Node
from helpers.facts.rows import Change, Score
from helpers.indices.papi.result import PapiResult
from helpers.indices.work_plan.rows import Document, Limit, Measure
from helpers.inputs.entry import Entry
from helpers.inputs.observations import Observation
from helpers.places.words import fold

PAPI = "PAPI"
POVERTY = "Giảm nghèo"
POVERTY_LIST = "poverty_list_transparency"
FIGURES: dict[str, tuple[str, ...]] = {
    POVERTY_LIST: ("poverty.districts_planned", "poverty.districts", "procedures.posting_days"),
    "accountability": (
        "work_plan.citizens_received",
        "work_plan.citizens_by_leaders",
        "work_plan.reception_staff",
    ),
    "corruption_control": ("work_plan.inspections_planned", "work_plan.inspected"),
    "procedures": (
        "procedures.listed",
        "procedures.published_rate",
        "procedures.received",
        "procedures.in_time_rate",
    ),
    "e_governance": (
        "procedures.online_full",
        "procedures.online_services",
        "procedures.online_rate",
    ),
}
"""Figures of an office that belong to a content of PAPI, by the criterion's id. They show what the
office did and are no part of the score, which citizens give in a survey."""


@dataclass(frozen=True)
class Content:
    """One dimension or sub-dimension that the office answers for.

    Parameters
    ----------
    criterion : Node
    parent : Node or None
        The dimension of a sub-dimension.
    score, parent_score : Score or None
        Of the year; the parent's where a sub-dimension has none of its own.
    change : Change or None
        Since the latest earlier year with a score; ``allowed`` tells whether it may be told.
    last : Score or None
        The latest score before the year, where the year has none; the parent's where a sub-dimension
        has none of its own.
    documents, limits, measures, figures : tuple
        What the office delivered about it.
    """

    criterion: Node
    parent: Node | None
    score: Score | None
    parent_score: Score | None
    change: Change | None
    last: Score | None
    documents: tuple[Document, ...]
    limits: tuple[Limit, ...]
    measures: tuple[Measure, ...]
    figures: tuple[Observation, ...]


def _score(result: PapiResult | None, criterion: Node) -> Score | None:
    """Return a score of the same subject: a code can mean something else in another year."""
    if result is None or criterion.code not in result.standing.index:
        return None
    same = result.edition.has(criterion.code) and (
        result.edition.get(criterion.code).subject == criterion.subject
    )
    return result.score(criterion.code) if same else None


def _change(result: PapiResult | None, code: str) -> Change | None:
    if result is None:
        return None
    found = result.changes[result.changes["code"] == code]
    if found.empty:
        return None
    return Change.of(found.iloc[int(found["earlier"].argmax())])


def content_of(
    edition: FrameworkEdition,
    code: str,
    entry: Entry,
    now: PapiResult | None,
    last: PapiResult | None,
    documents: tuple[Document, ...],
    limits: tuple[Limit, ...],
    measures: tuple[Measure, ...],
) -> Content:
    """Gather everything about one content.

    Parameters
    ----------
    edition : FrameworkEdition
    code : str
        Of a dimension or sub-dimension.
    entry : Entry
    now, last : PapiResult or None
        Scores of the year, and the latest before it where the year has none.
    documents, limits, measures : tuple
        All that the office delivered.
    """
    criterion = edition.get(code)
    parent = next((d for d in edition.dimensions if criterion in d.children), None)
    own = _score(now, criterion)
    about_poverty = criterion.subject == POVERTY_LIST
    found = (entry.figures.get(name, entry.year) for name in _figures(criterion))
    return Content(
        criterion=criterion,
        parent=parent,
        score=own,
        parent_score=_score(now, parent) if parent is not None and own is None else None,
        change=_change(now, code),
        last=_score(last, criterion) or (_score(last, parent) if parent is not None else None),
        documents=tuple(
            one
            for one in documents
            if _serves(one.serves, criterion) or (about_poverty and one.serves == POVERTY)
        ),
        limits=tuple(one for one in limits if about_poverty and one.index == POVERTY),
        measures=tuple(one for one in measures if about_poverty and one.index == POVERTY),
        figures=tuple(one for one in found if one is not None),
    )


def _figures(criterion: Node) -> tuple[str, ...]:
    """Return the figures of a content and of everything below it."""
    return tuple(name for node in criterion.walk() for name in FIGURES.get(node.subject, ()))


def _serves(said: str, criterion: Node) -> bool:
    """Tell whether a document's own words name the content: its name or the beginning of it."""
    words = fold(said)
    return bool(words) and any(
        fold(name).startswith(words) for name in (criterion.name_vi, criterion.short)
    )
