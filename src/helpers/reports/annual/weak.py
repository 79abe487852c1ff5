"""Which limits, measures and proposals there are: what the office stated, what its figures show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpers.definitions.measures import Measure, measures_for
from helpers.facts.ranks import in_last_quarter
from helpers.facts.value import Why
from helpers.facts.weak import WeakPoint
from helpers.indices.work_plan.result import WorkPlanResult
from helpers.indices.work_plan.rows import Limit
from helpers.indices.work_plan.rows import Measure as OwnMeasure
from helpers.indices.work_plan.weak import INDEX_OF
from helpers.keys import module_of
from helpers.reports.annual.measured import Headline, Standing, own_headlines, standing
from helpers.reports.annual.text_words import telling
from helpers.words.numbers import place
from helpers.words.printing import capital, polished
from helpers.words.telling import Telling
from helpers.words.text import plain

if TYPE_CHECKING:
    from helpers.reports.annual.result import AnnualResult

SHOWN = 8
"""Weak points that the figures show, at most; a reader acts on few."""
OF_ONE_INDEX = 2
"""Weak points of one index, so that an index with many criteria does not fill the list."""
PROPOSED = 5
_WHOLE = re.compile(r"(?<![\d,.])\d{1,3}(?:\.\d{3})+(?![\d,])|(?<![\d,.])\d+(?![\d,]|\.\d)")

LABELS = {
    "par_index": "PAR INDEX",
    "sipas": "SIPAS",
    "papi": "PAPI",
    "papi_office": "PAPI",
    "service_quality": "Bộ chỉ số 766",
    "procedures": "Thủ tục hành chính",
    "dti": "Chuyển đổi số",
    "poverty": "Giảm nghèo",
    "work_plan": "Kế hoạch công tác",
}
_WITH_WEAK_POINTS = (
    "par_index",
    "sipas",
    "papi_office",
    "service_quality",
    "procedures",
    "dti",
    "poverty",
    "work_plan",
)


@dataclass(frozen=True)
class Proposal:
    """A measure of the library for a weak point."""

    index: str
    weak: WeakPoint
    measure: Measure


def limits_of(result: AnnualResult) -> tuple[Limit, ...]:
    """Return the limits of the year that the office stated."""
    part: WorkPlanResult | None = result.part("work_plan")
    return () if part is None else part.limits


def measures_of(result: AnnualResult) -> tuple[OwnMeasure, ...]:
    """Return the measures that the office stated for the next year."""
    part: WorkPlanResult | None = result.part("work_plan")
    return () if part is None else part.measures


def shown_points(result: AnnualResult) -> tuple[WeakPoint, ...]:
    """Return the weak points that figures show, the most important first.

    What the office stated itself is not among them, however an index repeats it.
    """
    stated = limits_of(result)
    found = [point for point in _points(result) if not any(_same(point, one) for one in stated)]
    by_index: dict[str, list[WeakPoint]] = {}
    for point in sorted(found, key=lambda one: -one.importance):
        by_index.setdefault(point.index, []).append(point)
    # The worst of each index comes before the second of any.
    first = [points[0] for points in by_index.values()]
    more = [point for points in by_index.values() for point in points[1:OF_ONE_INDEX]]
    return tuple((first + sorted(more, key=lambda one: -one.importance))[:SHOWN])


def _same(point: WeakPoint, limit: Limit) -> bool:
    """Tell whether the office states a weak point itself: in its words, or one of its figures."""
    said = _bare(limit.text)
    if _bare(point.text) == said:
        return True
    numbers = {int(found.replace(".", "")) for found in _WHOLE.findall(said)}
    return (
        limit.index == LABELS[point.index]
        and point.name.casefold() in said
        and bool(numbers & set(point.counts))
    )


def _points(result: AnnualResult) -> list[WeakPoint]:
    made: list[WeakPoint] = []
    for key in _WITH_WEAK_POINTS:
        part = result.part(key)
        if part is None:
            continue
        points: tuple[WeakPoint, ...] = (
            part.weak_points()
            if hasattr(part, "weak_points")
            else module_of(key, "text").weak_points(part)
        )
        # The plan repeats the stated limits of all indices; only its late tasks are its own.
        made += [p for p in points if key != "work_plan" or p.code == "late"]
    if not result.is_province:
        made = [point for point in made if not point.of_province]
    words = telling(result)
    for one in own_headlines(result):
        made += _low_group(words, one)
        made += _low_place(words, one, made)
    return made


def _low_group(words: Telling, one: Headline) -> Iterator[WeakPoint]:
    """Return the contents of an index in the lowest group of all provinces."""
    for part in one.parts:
        group, held = part.measured.group, standing(part)
        if group is None or group.order > 1 or held is None or held.units is None:
            continue
        told = {"name": part.name, "value": part.value, "group": group.code, **_told(held)}
        yield WeakPoint(
            one.key,
            part.measured.key.code,
            plain(words.why(part.name)),
            _sentence(words, Why("annual_low_group", told)),
            held.rank.known / held.units.known * 0.7,
        )


def _low_place(words: Telling, one: Headline, told: list[WeakPoint]) -> Iterator[WeakPoint]:
    """Return a place in the last quarter that none of the index's own weak points has told."""
    held = standing(one)
    if held is None or held.units is None:
        return
    rank, units = held.rank.known, held.units.known
    shown = place(int(rank), int(units))
    if in_last_quarter(rank, units) and not any(
        point.index == one.key and shown in point.text for point in told
    ):
        text = _sentence(words, Why("annual_low_place", {"name": one.name, **_told(held)}))
        title = words.part_label("cell", Why(one.key, {**one.title.args, "published": ""}))
        yield WeakPoint(one.key, "", title, text, rank / units * 0.6)


def _told(held: Standing) -> dict[str, object]:
    return {"rank": held.rank, "units": held.units, "tied": held.shared and "tied"}


def _sentence(words: Telling, why: Why) -> str:
    return f"{capital(polished(words.why(why)))}."


def _bare(text: str) -> str:
    return plain(text).replace("\\", "").strip().rstrip(".").casefold()


def is_unconfirmed(result: AnnualResult, one: Limit) -> bool:
    """Tell whether a limit claims a rank that no figure confirms beyond its error.

    Parameters
    ----------
    result : AnnualResult
    one : Limit
    """
    if not one.is_claim:
        return False
    part = result.part("sipas")
    if part is None or "thấp nhất" not in one.text.casefold():
        return True
    weakest = part.found.of("factors", "weak_part")
    return weakest is None or weakest.fields["high"].code != one.criterion


def proposals(result: AnnualResult) -> tuple[Proposal, ...]:
    """Return measures of the library for shown weak points without a measure of the office."""
    answered = {INDEX_OF.get(one.index, "") for one in measures_of(result)}
    found: dict[str, Proposal] = {}
    for point in shown_points(result):
        # The office's own measures for an index come first; nothing is set beside them.
        if point.measure or point.index in answered:
            continue
        index = "papi" if point.index == "papi_office" else point.index
        code = _criterion(result, point)
        for measure in measures_for(code, result.measures.get(index, ())) if code else ():
            found.setdefault(measure.what, Proposal(index, point, measure))
    return tuple(found.values())[:PROPOSED]


def _criterion(result: AnnualResult, point: WeakPoint) -> str:
    """Return the code that the library knows: for service quality that of the indicator's group."""
    part = result.part("service_quality")
    if point.index == "service_quality" and part is not None:
        for group in part.score.groups:
            if any(one.node.code == point.code for one in group.indicators):
                return str(group.node.code)
    return point.code
