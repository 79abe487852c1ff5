"""What each index hands to the annual report: its own measured value, judged as on its own page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from helpers.facts.against import target
from helpers.facts.changes import change
from helpers.facts.families import Finding
from helpers.facts.measured import Earlier, Mark, Measured
from helpers.facts.places import place
from helpers.facts.value import PERCENT, UNKNOWN, Key, Value, Why, count, digits_of
from helpers.indices.dti.result import DtiResult
from helpers.indices.papi.measured import measured as measured_papi
from helpers.indices.papi.result import PapiResult
from helpers.indices.par_index.result import ParIndexResult
from helpers.indices.poverty.levels import Measure
from helpers.indices.poverty.result import PovertyResult
from helpers.indices.procedures.arithmetic import Rate, rate
from helpers.indices.procedures.result import ProceduresResult
from helpers.indices.scored.measured import index, years_apart
from helpers.indices.scored.measured_published import published
from helpers.indices.scored.result import ScoredResult
from helpers.indices.service_quality.result import ServiceResult
from helpers.indices.service_quality.values import WHOLE_MAXIMUM, index_of, key_of
from helpers.indices.sipas.model import SipasResult
from helpers.indices.sipas.rules import TOTAL
from helpers.reports.annual.measured import Headline
from helpers.reports.annual.text_words import telling
from helpers.words.say import Result, telling_of

if TYPE_CHECKING:
    from helpers.reports.annual.result import AnnualResult


def gathered(result: AnnualResult) -> tuple[Headline, ...]:
    """Return the indices that have a headline value or place, in the order of the report.

    Parameters
    ----------
    result : AnnualResult
    """
    found = []
    for key in _ADAPTERS:
        part = result.part(key)
        made = None if part is None else headline_of(key, part)
        if made is not None:
            words = telling_of(part) if isinstance(part, Result) else telling(result)
            found.append(made.sourced(words))
    return tuple(found)


def headline_of(key: str, part: Any) -> Headline | None:
    """Return an index in one line; None where there is neither value nor place.

    Parameters
    ----------
    key : str
        Key of the index.
    part : result of the index
    """
    return _ADAPTERS[key](part)


def _judged(measured: Measured) -> tuple[Finding, ...]:
    return (*target(measured), *change(measured), *place(measured))


def _name(rule: str, whom: str) -> Why:
    return Why(f"name_of_{rule}", {"whom": whom})


def _par_index(result: ParIndexResult) -> Headline | None:
    return _own(result, result.grade) or _published(result)


def _dti(result: DtiResult) -> Headline | None:
    return _own(result, "") or _published(result)


def _own(result: ScoredResult, grade: str) -> Headline | None:
    """Return the index of an office, by its table or as it was delivered."""
    made = index(result)
    if made is None or not made.value.is_known or result.office is None:
        return None
    stated = result.own("grade")
    if result.scoring is None or result.scoring.tally().index is None:
        grade = "" if stated is None else stated.printed.strip()
    # The areas are judged by themselves; what bars the index bars them.
    alone = _with_delivered(result, replace(made, parts=(), weights=None))
    whom = result.subject.name
    return Headline(result.index, _name(result.index, whom), alone, _judged(alone), grade)


def _with_delivered(result: ScoredResult, made: Measured) -> Measured:
    """Return it with the figure of the year before, where that is all that was delivered.

    Without the tables of both years nobody knows how far both may be compared: they stand side by side.
    """
    told = result.before("index")
    if made.earlier or result.scoring is not None or told is None or told.unit != "%":
        return made
    value = Value(
        told.value, PERCENT, told.decimals, UNKNOWN, status=result.status, source=told.trace
    )
    then = Measured(replace(made.key, year=told.year), made.name, value)
    return replace(made, earlier=(Earlier(then, barred=years_apart(result)),))


def _published(result: ScoredResult) -> Headline | None:
    """Return the province's published total, unless its source is doubted."""
    made, total = published(result), result.published.total
    if made is None or total is None or total.doubt:
        return None
    told = {"whom": result.place.full_name(result.year), "index": made.name}
    name = Why("name_of_published", told)
    return Headline(result.index, name, made, _judged(made), published=True)


def _sipas(result: SipasResult) -> Headline | None:
    """Return the overall satisfaction; None if it is not known or not told."""
    made = result.found.measured[TOTAL]
    if not made.value.is_known:
        return None
    found = result.found.document.findings.get("", ())
    told = tuple(one for one in found if one.family in ("target", "change", "place"))
    rule = "sipas_in" if result.subject.kind == "province" else "sipas"
    return Headline(result.index, _name(rule, result.subject.label), made, told)


def _papi(result: PapiResult) -> Headline | None:
    """Return the total with its contents; None in a year without a published total."""
    if not result.has_total:
        return None
    (whole,) = measured_papi(result)
    made = _since_last(result, whole)
    name = _name("papi", result.place.full_name(result.year))
    parts = tuple(
        Headline(
            "papi", Why("name_of_content", {"name": one.name}), _since_last(result, one), place(one)
        )
        for one in whole.parts
    )
    return Headline("papi", name, made, _judged(made), parts=parts)


def _since_last(result: PapiResult, made: Measured) -> Measured:
    """Return it with the last year before alone, which may be the base year of the term, too."""
    last = result.country.previous_year
    kept = (replace(one, role="previous") for one in made.earlier if one.year == last)
    return replace(made, earlier=tuple(kept))


def _service_quality(result: ServiceResult) -> Headline | None:
    """Return the points; None unless every indicator that applies has points."""
    made, before = result.score, result.before
    if made.index is None:
        return None
    own = index_of(result, made)
    earlier: tuple[Earlier, ...] = ()
    scaled = made.maximum != WHOLE_MAXIMUM
    if (
        before is not None
        and before.index is not None
        and (before.maximum != WHOLE_MAXIMUM) == scaled
    ):
        then = index_of(result, before, 1)
        earlier = (Earlier(Measured(key_of(result, years_ago=1), "", _of_maximum(then, scaled))),)
    measured = Measured(key_of(result), "", _of_maximum(own, scaled), earlier=earlier)
    grade = "" if result.grade is None else result.grade.name
    name = _name("service_quality", result.subject.beside)
    return Headline(result.index, name, measured, _judged(measured), grade)


def _of_maximum(value: Value, scaled: bool) -> Value:
    """Return points of 100 as a percentage where not all indicators apply."""
    return replace(value, unit=PERCENT) if scaled else value


def _procedures(result: ProceduresResult) -> Headline | None:
    """Return the share of settled dossiers that were in time; None if it is neither known nor told."""
    main, told = result.rate("in_time"), result.figure("in_time_rate")
    if main is not None:
        value = _share(main)
    elif told is not None:
        value = Value(told.value, PERCENT, told.decimals, source=told.trace)
    else:
        return None
    aim, before = result.target("in_time_rate"), result.before
    then = None if before is None or main is None else rate(before.total, main.rule)
    key = Key(result.index, result.place.slug, result.year, result.subject.name, code="in_time")
    measured = Measured(
        key,
        "",
        value,
        marks=() if aim is None else (_target(aim.value, aim.trace),),
        earlier=()
        if before is None or then is None
        else (Earlier(Measured(replace(key, year=before.year), "", _share(then))),),
    )
    name = _name("procedures", result.subject.beside)
    return Headline(result.index, name, measured, _judged(measured))


def _share(of: Rate) -> Value:
    base = count(of.denominator, "dossier", of.trace)
    return Value(of.share * 100, PERCENT, source=of.trace, of=base)


def _target(aim: float, source: str) -> Mark:
    return Mark("target", Value(aim, PERCENT, digits_of(aim), source=source))


def _poverty(result: PovertyResult) -> Headline | None:
    """Return the rate that leads the report; None where no rate is known. Less is better."""
    kind = result.lead
    own = None if kind is None else result.state.rate(kind)
    if kind is None or own is None:
        return None
    aim = result.plan.target if kind == "poor" else None
    key = Key(result.index, result.place.slug, result.year, code=f"{kind}_rate")
    before = result.before.rate(kind)
    computed = next((one for one in result.computed if one.kind == kind and not one.group), None)
    barred = () if computed is None else computed.reasons
    measured = Measured(
        key,
        "",
        _rate(own),
        higher_is_better=False,
        marks=() if aim is None else (_target(aim.value, aim.trace),),
        earlier=()
        if before is None
        else (
            Earlier(
                Measured(replace(key, year=result.before.year), "", _rate(before)),
                barred=tuple(Why("not_comparable", {"reason": one}) for one in barred),
            ),
        ),
    )
    name = _name(f"{kind}_rate", result.place.full_name(result.year))
    return Headline(result.index, name, measured, _judged(measured))


def _rate(of: Measure) -> Value:
    return Value(of.value, PERCENT, of.decimals, source=of.trace)


_ADAPTERS: Mapping[str, Callable[[Any], Headline | None]] = {
    "par_index": _par_index,
    "sipas": _sipas,
    "papi": _papi,
    "service_quality": _service_quality,
    "procedures": _procedures,
    "dti": _dti,
    "poverty": _poverty,
}
