"""What a SIPAS report cannot say, and what to deliver so that it can."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.facts.comparison import HALF_PRINTED
from helpers.facts.value import Why
from helpers.indices.sipas.measured import is_surveyed
from helpers.indices.sipas.model import SipasResult
from helpers.indices.sipas.rules import TOTAL, factors, items
from helpers.places import register


def missing(result: SipasResult) -> tuple[Why, ...]:
    """Return what is missing, the most important first; empty if nothing is."""
    return tuple(_missing(result))


def _missing(result: SipasResult) -> Iterator[Why]:
    if result.current.silent_file:
        told = {"file": result.current.silent_file, "edition": result.edition.name_vi}
        yield Why("lacks_known_answers", told)
    if TOTAL not in result.own and not result.is_hidden:
        yield Why("lacks_total")
    if not result.measured_codes(factors):
        yield Why("lacks_factors")
    elif not result.measured_codes(items) and result.edition.nodes:
        yield Why("lacks_items")
    yield from _errors(result)
    yield from _places(result)
    survey = result.current.survey
    if survey is not None and any(drawn.lonely for drawn in survey.drawn):
        yield Why("lonely_strata")
    same = not register().same_unit(result.place, result.year - 1, result.year)
    if result.earlier is None and same:
        yield Why("lacks_earlier", {"before": result.year - 1})
    if result.current.figure("issued") is None:
        yield Why("lacks_issued")
    if _disagrees(result):
        yield Why("total_disagrees")


def _errors(result: SipasResult) -> Iterator[Why]:
    own = result.overall
    if own is not None and own.error.kind == "unknown":
        counted = is_surveyed(result.current, result.subject.kind)
        yield Why("lacks_clusters" if counted else "lacks_forms")


def _places(result: SipasResult) -> Iterator[Why]:
    table, subject = result.units, result.subject
    measured = table is not None and bool((table["unit"] == subject.unit).any())
    # Of a unit that was measured it is told with its result that it is not ranked, and why.
    if subject.kind == "province" or measured:
        return
    if result.current.figure("rank") is None:
        yield Why("lacks_place")
    elif result.current.figure("units") is None:
        yield Why("lacks_number_of_units")


def _disagrees(result: SipasResult) -> bool:
    printed, own = result.current.figure("overall"), result.own.get(TOTAL)
    if printed is None or own is None or own.source == printed.trace:
        return False
    return abs(printed.value - own.known) > max(printed.half, HALF_PRINTED)
