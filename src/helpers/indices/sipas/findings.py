"""What SIPAS states: everything that is judged of a survey, by subject of the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from helpers.facts.changes import tally_units
from helpers.facts.compared import compact
from helpers.facts.families import Finding, Member
from helpers.facts.judge import judge
from helpers.facts.level import member
from helpers.facts.measured import Measured
from helpers.facts.parts import strongest_and_weakest
from helpers.facts.places import place_range
from helpers.facts.spread import open_order, span, unordered
from helpers.facts.value import PERCENT, UNKNOWN, Key, Value, Why, count
from helpers.indices.sipas.findings_method import forms, method
from helpers.indices.sipas.measured import (
    GROUPS,
    PUBLISHED,
    RESIDENTS,
    absent_dimensions,
    every_unit,
    is_surveyed,
    key_of,
    measured,
)
from helpers.indices.sipas.rules import TOTAL, factors, items
from helpers.indices.sipas.values import HIDDEN
from helpers.words.document import Document, Named, index_names

if TYPE_CHECKING:
    from helpers.indices.sipas.model import SipasResult

MOST_UNITS = 5
"""Units named in a sentence at most; the rest stands in the table."""
NEARLY_ALL = 99.0
"""Percent of cases in time from which an office keeps time."""
_OF_TOTAL = ("level", "place", "place_range", "against", "target", "change", "place_change")
_OF_PUBLISHED = ("level", "place", "against", "change", "missing")


@dataclass(frozen=True)
class Found:
    """What the figures say, and of what.

    Parameters
    ----------
    measured : mapping of str to Measured
        By code (:func:`helpers.indices.sipas.measured.measured`).
    document : Document
    """

    measured: Mapping[str, Measured]
    document: Document

    def of(self, subject: str, family: str, key: str = "") -> Finding | None:
        """Return the only finding of a family, or the one of a mark or role."""
        return next(
            (
                one
                for one in self.document.findings.get(subject, ())
                if one.family == family and key in ("", one.slot, one.fields.get("role"))
            ),
            None,
        )


def found(result: SipasResult) -> Found:
    """Judge a result.

    Parameters
    ----------
    result : SipasResult

    Returns
    -------
    Found
        Findings by subject: "" is the overall satisfaction, ``factors`` and ``items`` its parts,
        ``units`` what holds of all kinds of units, ``departments``, ``districts`` and ``communes`` each
        kind, ``published`` the province in the ministry's survey.
    """
    known = {one.key.code: one for one in measured(result)}
    by_subject = {
        "": (*_total(result, known), *forms(result), *method(result), *_needed(result)),
        "factors": _factors(result, known),
        "items": _items(result, known),
        "units": _all_units(result, known),
        **{code: _units(result, known[code]) for code in GROUPS if code in known},
        "published": _published(result, known.get(PUBLISHED)),
    }
    document = Document(
        result.index,
        _names(result),
        {subject: every for subject, every in by_subject.items() if every},
        {node.name_vi: node.name_en for node in result.edition.nodes if node.name_en},
        labels=(result.framework.short_name, str(result.year), result.place.name),
        status="simulated" if result.status == "simulated" else "official",
    )
    return Found(known, document)


def _names(result: SipasResult) -> dict[str, int | str | Named]:
    framework, subject = result.framework, result.subject
    own = subject.kind != "province"
    return {
        **index_names(framework, result.year),
        "owner": result.office.office.name,
        "who": subject.label,
        **({"again": subject.label} if own else {}),
        "province": result.place.full_name(result.year),
        "unit_kind": subject.kind if own else "office",
    }


def _state(
    result: SipasResult, family: str, case: str, slot: str = "", /, **fields: object
) -> Finding:
    return Finding(key_of(result), family, case, compact(**fields), slot)


def _needed(result: SipasResult) -> tuple[Finding, ...]:
    return tuple(_state(result, "needed", "stated", why.rule, why=(why,)) for why in result.missing)


# The overall satisfaction ---------------------------------------------------------------------------


def _total(result: SipasResult, known: Mapping[str, Measured]) -> tuple[Finding, ...]:
    total = known[TOTAL]
    every = judge(total)
    found = [one for one in every if one.family in _OF_TOTAL and _is_told(result, total, one)]
    found += [one for one in every if one.family == "missing" and one.slot == "error"]
    if any(one.name == "change.no_earlier" for one in every):
        found.append(_state(result, "not_given", "earlier", "earlier"))
    return (
        *found,
        *_precision(result, total.value),
        *_range(result, known),
        *_on_time(result, every),
    )


def _is_told(result: SipasResult, total: Measured, finding: Finding) -> bool:
    """Tell whether a place is one: published, or the same with every error of the survey.

    Of a hidden result it is said once that it is hidden, and not again for what it bars.
    """
    if result.is_hidden and finding.family in ("against", "target"):
        return False
    if finding.family != "place" or not is_surveyed(result.current, result.subject.kind):
        return True
    if finding.case == "not_ranked":
        return not result.is_hidden
    return any(one.case == "sure" for one in place_range(total))


def _precision(result: SipasResult, own: Value) -> Iterator[Finding]:
    if own.is_known and own.error.has_interval:
        answers = own.counts.get("answers")
        told = None if answers is None else count(answers, "answers", Why("answers", {"of": own}))
        yield _state(result, "precision", "interval", value=own, error=own.error, n=told)


def _range(result: SipasResult, known: Mapping[str, Measured]) -> tuple[Finding, ...]:
    """Say between which results the peers lie, from all of them or as it was delivered."""
    if TOTAL not in result.own:
        return ()
    group = known.get(f"{result.subject.kind}s")
    if group is not None and len(group.parts) > 1:
        return span(group, published=not is_surveyed(result.current, result.subject.kind))
    ends = [_edge(result, name) for name in ("lowest", "best")]
    if None in ends:
        return ()
    low, high = ends
    units = result.current.figure("units")
    told = None if units is None else count(int(units.value), "unit", units.trace)
    case = "named" if low and low.name and high and high.name else "published"
    return (_state(result, "span", case, low=low, high=high, units=told),)


def _edge(result: SipasResult, name: str) -> Member | None:
    figure = result.current.figure(name)
    if figure is not None:
        value = Value(
            figure.value,
            PERCENT,
            figure.decimals,
            UNKNOWN,
            status=result.status,
            source=figure.trace,
        )
        return Member(name, "", value)
    end = "max" if name == "best" else "min"
    told = result.national.in_province.get(f"{end}:{result.level}")
    return None if told is None else Member(name, told[1], told[0])


def _on_time(result: SipasResult, every: Sequence[Finding]) -> Iterator[Finding]:
    """Say that keeping time is not yet satisfying people, where the figures show it."""
    rate = result.current.figures.get("procedures.in_time_rate", result.year)
    if rate is None or rate.value < NEARLY_ALL or result.subject.kind == "province":
        return
    lower = any(one.name == "against.lower" for one in every)
    if lower or any(_is_behind(one) for one in every):
        value = Value(rate.value, PERCENT, rate.decimals, status=result.status, source=rate.trace)
        yield _state(result, "on_time", "not_satisfied", value=value)


def _is_behind(finding: Finding) -> bool:
    """Tell whether a place, the best that errors allow, is in the second half."""
    best = finding.fields.get("best" if finding.family == "place_range" else "rank")
    units = finding.fields.get("units")
    if finding.name not in ("place.printed", "place_range.range", "place_range.sure"):
        return False
    if not isinstance(best, Value) or not isinstance(units, Value):
        return False
    return best.known > units.known / 2


# Its parts ------------------------------------------------------------------------------------------


def _factors(result: SipasResult, known: Mapping[str, Measured]) -> tuple[Finding, ...]:
    total = known[TOTAL]
    if not total.parts:
        return (_state(result, "not_given", "factors", "factors"),)
    hidden = tuple(_hidden(total))
    if not result.factor_codes:
        return hidden
    ends = (*hidden, *_ends(total))
    if len(total.parts) == 1:
        ends = (
            _state(result, "not_given", "one_factor", "one_factor", subject=member(total.parts[0])),
        )
    moved = [one for one in judge(total) if one.family == "tally" and _has_moved(one)]
    return (*ends, *_alone_lowest(result, ends), *_dimensions(result, known), *moved)


def _ends(measured: Measured) -> tuple[Finding, ...]:
    """Say which parts are highest and lowest; between which values all lie where nobody knows."""
    told = ("strongest", "weakest")
    found = [one for one in strongest_and_weakest(measured) if one.family in told]
    found = [one for one in found if one.case != "few"]
    made = unordered(found)
    open_ends = any(one.family == "unordered" for one in made)
    return (*(span(measured) if open_ends else ()), *made)


def _hidden(measured: Measured) -> Iterator[Finding]:
    """Say how many parts were measured and are not told; nothing is then ordered."""
    hidden = [part.value.hidden for part in measured.parts if part.value.hidden is not None]
    if hidden:
        told = {"n": count(len(hidden), "part", Why("parts_hidden")), "why": (hidden[0],)}
        yield Finding(measured.key, "left_out", "hidden", told, "hidden")


def _has_moved(tally: Finding) -> bool:
    """Tell whether any part could be compared at all."""
    return any(name in tally.fields for name in ("up", "down", "unclear", "unknown"))


def _dimensions(result: SipasResult, known: Mapping[str, Measured]) -> Iterator[Finding]:
    group = known.get("dimensions")
    if group is None:
        return
    told = [part for part in group.parts if part.value.is_known]
    if len(told) > 1:
        yield _state(result, "made_of", "parts", parts=tuple(member(part) for part in told))
    absent = tuple(Member(name, name) for name in absent_dimensions(result))
    if absent:
        yield _state(result, "not_asked", "parts", parts=absent)


def _items(result: SipasResult, known: Mapping[str, Measured]) -> tuple[Finding, ...]:
    if not result.measured_codes(factors):
        return ()  # said of the factors
    if not items(result.edition):
        edition = Member(result.edition.key, result.edition.name_vi)
        return (_state(result, "not_given", "item_list", "item_list", subject=edition),)
    group = known.get("items")
    if group is None or len(group.parts) < 2:
        return (_state(result, "not_given", "items", "items"),)
    ends = (*_hidden(group), *_ends(group))
    return (*ends, *_alone_lowest(result, ends), *_same_factor(result, ends))


def _alone_lowest(result: SipasResult, ends: Sequence[Finding]) -> Iterator[Finding]:
    """Say of the part that alone is the lowest that it is a weakness."""
    for one in ends:
        parts = one.fields.get("parts")
        if one.name == "weakest.sole" and isinstance(parts, tuple):
            yield _state(result, "weak_part", "lowest", high=parts[0], of=one.fields["of"])


def _same_factor(result: SipasResult, ends: Sequence[Finding]) -> Iterator[Finding]:
    """Say if the weakest items belong together, since one measure may then answer several."""
    for one in ends:
        parts = one.fields.get("parts")
        if one.name != "weakest.several" or not isinstance(parts, tuple):
            continue
        codes = {part.code for part in parts}
        for factor in factors(result.edition):
            if codes <= {child.code for child in factor.children}:
                high = Member(factor.code, factor.name_vi)
                yield _state(result, "together", "parts", parts=parts, high=high)


# Units ----------------------------------------------------------------------------------------------


def _all_units(result: SipasResult, known: Mapping[str, Measured]) -> tuple[Finding, ...]:
    if not any(code in known for code in GROUPS):
        return (_state(result, "not_given", "units", "units"),)
    whole = known.get(RESIDENTS)
    return () if whole is None else (_whole(result, whole),)


def _whole(result: SipasResult, whole: Measured) -> Finding:
    survey = result.current.survey
    case, agencies = "printed", None
    if survey is not None and survey.residents:
        case = "residents" if survey.one_sample else "residents_apart"
    elif survey is not None:
        case = "agencies"
        agencies = count(len(survey.units["department"]), "unit")
    told = {"value": whole.value, "error": whole.value.error, "n": agencies}
    return Finding(whole.key, "whole", case, compact(**told))


def _units(result: SipasResult, group: Measured) -> tuple[Finding, ...]:
    kind = GROUPS[group.key.code]
    table = result.current.units[kind]
    left = tuple(_left_out(result, group.key, table))
    if len(group.parts) < 2:
        told = int((~table["hidden"]).sum())
        number = count(told, "unit", Why("units_told"))
        few = Finding(group.key, "left_out", "too_few_units", {"n": number}, "too_few_units")
        return (few, *left) if told else left
    between = span(group, published=not is_surveyed(result.current, kind))
    if kind == result.subject.kind and TOTAL in result.own:
        # The overview has given both ends already.
        units = {"units": between[0].fields["units"]} if between else {}
        between = (Finding(group.key, "span", "beside", units),) if between else ()
    ends = [one for one in _ends(group) if one.family != "span"]
    return (*between, *ends, *open_order(group), *left, *_moved(result, group))


def _moved(result: SipasResult, group: Measured) -> Iterator[Finding]:
    """Count the units that changed, ranked or not, if any is known with its errors."""
    units = tuple(every_unit(result, GROUPS[group.key.code]).values())
    for earlier in group.earlier:
        tally = tally_units(group.key, units, earlier)
        if any(name in tally.fields for name in ("up", "down", "unclear")):
            yield tally


def _left_out(result: SipasResult, key: Key, table: pd.DataFrame) -> Iterator[Finding]:
    small = [str(unit) for unit in table.loc[~table["enough"] & ~table["hidden"], "unit"]]
    needed = count(result.rules.minimum_sample, "forms", Why("least_forms"))
    if len(small) > MOST_UNITS:
        told = {"n": count(len(small), "unit", Why("units_too_small")), "needed": needed}
        yield Finding(key, "left_out", "few", told, "few")
    elif small:
        parts = tuple(Member(unit, unit) for unit in small)
        yield Finding(key, "left_out", "named", {"parts": parts, "needed": needed}, "few")
    hidden = int(table["hidden"].sum())
    if hidden:
        number = count(hidden, "unit", Why("units_hidden"))
        yield Finding(key, "left_out", "hidden", {"n": number, "why": (HIDDEN,)}, "hidden")


# The ministry's survey ------------------------------------------------------------------------------


def _published(result: SipasResult, published: Measured | None) -> tuple[Finding, ...]:
    if published is None:
        rule = "simulated_place" if result.place.simulated else "not_published"
        key = Key(result.index, result.place.slug, result.year, code=PUBLISHED)
        return (Finding(key, "missing", "value", {"why": (Why(rule),)}, "value"),)
    found = [one for one in judge(published) if one.family in _OF_PUBLISHED]
    found = [one for one in found if one.family != "missing" and one.case not in ("no_earlier",)]
    national = result.national
    told = {
        "n": count(national.with_value, "unit", Why("published_values", {"year": result.year})),
        "units": count(national.units, "unit"),
    }
    found.append(Finding(published.key, "coverage", "mixed", told))
    if result.subject.kind != "province" or result.current.survey is not None:
        why = {"why": (Why("other_sample"),)}
        found.append(Finding(published.key, "method", "stated", why, "aside"))
    return tuple(found)
