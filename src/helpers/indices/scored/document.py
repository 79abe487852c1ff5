"""The findings of a scored index in the form that the words take."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from helpers.facts.judge import judge
from helpers.indices.scored.findings import state
from helpers.indices.scored.findings_losses import areas, losses
from helpers.indices.scored.findings_method import method, needed
from helpers.indices.scored.findings_office import office
from helpers.indices.scored.findings_published import of_country, of_province, places_of_areas
from helpers.indices.scored.measured import appraised, index
from helpers.words.document import Document, Named, index_names

if TYPE_CHECKING:
    from helpers.facts.families import Finding
    from helpers.indices.scored.result import ScoredResult

_OF_INDEX = ("place", "target", "change", "place_change")


def document(result: ScoredResult) -> Document:
    """Return names and findings of an office and its province.

    Parameters
    ----------
    result : ScoredResult

    Returns
    -------
    Document
        By subject: "" is the office's own result, ``areas`` the top level of its table,
        ``published`` the province, ``components`` its parts, ``country`` all provinces.
    """
    found = {
        "": (*office(result), *_judged(result), *losses(result), *method(result), *needed(result)),
        "published": of_province(result),
        "areas": areas(result),
        "components": places_of_areas(result),
        "country": of_country(result),
    }
    for subject, more in result.also().items():
        found[subject] = (*found.get(subject, ()), *more)
    return Document(
        result.index,
        names(result),
        {subject: every for subject, every in found.items() if every},
        labels=(result.framework.short_name, str(result.year), result.place.name),
        status=result.status,
    )


def names(result: ScoredResult) -> dict[str, int | str | Named]:
    """Return what a document is told about itself."""
    framework, whom = result.framework, result.subject
    city = result.place.type_in(result.year) != "tỉnh"
    return {
        **index_names(framework, result.year),
        "who": whom.name,
        "who_in_full": whom.title,
        "again": whom.again,
        "province": result.place.full_name(result.year),
        "unit_kind": "city" if city else "province",
    }


def _judged(result: ScoredResult) -> tuple[Finding, ...]:
    own, after = index(result), appraised(result)
    found: tuple[Finding, ...] = ()
    if own is not None:
        # The areas are judged by themselves; what bars the index bars them, and is said once.
        alone = replace(own, parts=(), weights=None)
        found = tuple(one for one in judge(alone) if one.family in _OF_INDEX)
    if after is not None:
        found += tuple(one for one in judge(after) if one.family == "appraisal")
    told = any(one.family == "change" for one in found)
    if result.has_own and not told and result.published.total is None:
        found += (state(result, "change", "no_earlier", "previous", role="previous"),)
    return found
