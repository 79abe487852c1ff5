"""SIPAS in the form that the judge takes: the survey's index, its parts, units, what was published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from helpers.facts.marks import mark_of
from helpers.facts.measured import DifferenceOf, Earlier, Mark, Measured, Peers, Place
from helpers.facts.value import PERCENT, UNKNOWN, Key, Value, Why
from helpers.indices.sipas.rules import TOTAL, Kind, dimensions, factors, items
from helpers.indices.sipas.values import FEW_ANSWERS, HIDDEN, between_units, within_unit
from helpers.indices.sipas.year import SipasYear, Subject
from helpers.inputs.observations import Observation
from helpers.places import register

if TYPE_CHECKING:
    from helpers.indices.sipas.model import SipasResult

INDEX = "sipas"
ITEMS, DIMENSIONS, RESIDENTS, PUBLISHED = "items", "dimensions", "residents", "published"
GROUPS: Mapping[str, Kind] = {
    "departments": "department",
    "districts": "district",
    "communes": "commune",
}
"""Code of a group of units → kind of its units."""
_LOCAL = ("district", "commune")


def measured(result: SipasResult) -> tuple[Measured, ...]:
    """Return what is known of an office or a province in a year, for the judge.

    Returns
    -------
    tuple of Measured
        Those that there are of ``total``, the subject's overall satisfaction with its factors;
        ``dimensions`` and ``items``, the same with its other parts; ``departments``, ``districts`` and
        ``communes``, the units that are counted; ``residents``, the province beside one of its
        agencies; ``published``, the province in the ministry's own survey.
    """
    found = (
        total(result),
        _with_parts(result, DIMENSIONS, result.measured_codes(dimensions)),
        _with_parts(result, ITEMS, result.measured_codes(items)),
        *(units(result, code) for code in GROUPS),
        _residents(result),
        published(result),
    )
    return tuple(one for one in found if one is not None)


def key_of(result: SipasResult, code: str = TOTAL, years_ago: int = 0) -> Key:
    """Return what a statement is about: the subject, or a part of its index."""
    subject = result.subject
    unit = "" if subject.kind == "province" else subject.unit or subject.label
    return Key(result.index, result.place.slug, result.year - years_ago, unit=unit, code=code)


def total(result: SipasResult) -> Measured:
    """Return the subject's overall satisfaction beside its peers, its target and the year before."""
    peers = peers_of(result.current, result.subject)
    return Measured(
        key_of(result),
        result.framework.short_name,
        _own(result, TOTAL),
        maximum=Value(100.0, PERCENT, 0),
        peers=peers,
        printed_place=_printed_place(result.current, result.subject),
        marks=(*_mean(result, peers), *_target(result)),
        earlier=_earlier(result, TOTAL),
        parts=_parts(result, result.measured_codes(factors)),
        part_basis="value",
        part_difference=_difference(result),
    )


def peers_of(year: SipasYear, subject: Subject) -> Peers | None:
    """Return whom the subject of a report is counted among; None where nothing is ranked."""
    found = year.peers.get(subject.kind)
    return found if found is not None and len(found.known) > 1 else None


def is_surveyed(year: SipasYear, kind: str) -> bool:
    """Tell whether units of a kind were measured by the forms delivered, not printed."""
    return year.survey is not None and kind in year.survey.asked


def _own(result: SipasResult, code: str) -> Value:
    found = result.own.get(code)
    if found is not None:
        return _traced(result, code, found)
    if code in result.hidden:
        return Value.suppressed(_few(result.hidden), PERCENT)
    return Value.unknown(Why("no_total"), PERCENT)


def _few(hidden: frozenset[str]) -> Why:
    """Return why parts are not told: few forms of the whole unit, or few answers to some parts."""
    return HIDDEN if TOTAL in hidden else FEW_ANSWERS


def _traced(
    result: SipasResult, code: str, value: Value, who: str = "", year: int | None = None
) -> Value:
    told = {
        "year": year or result.year,
        "criterion": "" if code == TOTAL else result.edition.get(code).name_vi,
        "unit_name": who or result.subject.label,
        "origin": str(value.source),
    }
    return replace(value, source=Why("score", told))


def _printed_place(year: SipasYear, subject: Subject) -> Place | None:
    """Return the subject's place as printed; forms give none of their own but a range."""
    if is_surveyed(year, subject.kind) or subject.kind == "province":
        return None
    units = year.figure("units")
    count = None if units is None else int(units.value)
    table = year.units.get(subject.kind)
    if table is not None:
        rows = table[(table["unit"] == subject.unit) & table["published_rank"].notna()]
        if len(rows):
            row = rows.iloc[0]
            return Place(int(row["published_rank"]), count, str(row["source"]))
    rank = year.figure("rank")
    if rank is None:
        return None
    trace = rank.trace if units is None else f"{rank.trace}; {units.trace}"
    return Place(int(rank.value), count, trace)


def _mean(result: SipasResult, peers: Peers | None) -> tuple[Mark, ...]:
    if peers is not None:
        return (mark_of(peers, key_of(result).measured_unit, "mean", tuple(peers.known)),)
    found = result.current.figure("mean_of_units")
    if found is not None:
        return (Mark("mean", _figure(result, found), difference=UNKNOWN),)
    told = result.national.in_province.get(f"mean:{result.level}")
    if told is None:
        return ()
    return (Mark("mean", replace(told[0], status=result.status), difference=UNKNOWN),)


def _figure(result: SipasResult, found: Observation) -> Value:
    return Value(
        found.value, PERCENT, found.decimals, UNKNOWN, status=result.status, source=found.trace
    )


def _target(result: SipasResult) -> tuple[Mark, ...]:
    """Return the target of the office, else that of the national programme of the year."""
    told = [(one.value, one.text) for one in result.rules.targets if one.year == result.year]
    if result.target is not None:
        told = [(result.target, "own_target")]
    if not told:
        return ()
    number, name = told[0]
    source = Why("parameter_of_office" if name == "own_target" else "target_of_programme")
    digits = 0 if number == int(number) else 2
    value = Value(number, PERCENT, digits, status=result.status, source=source)
    return (Mark("target", value, name),)


def _earlier(result: SipasResult, code: str) -> tuple[Earlier, ...]:
    year = result.earlier
    if year is None:
        return _not_the_same_unit(result) if code == TOTAL else ()
    # A province is not compared with an office; an office may have been known by figures only.
    if (year.subject.kind == "province") != (result.subject.kind == "province"):
        return ()
    value = year.own.get(code)
    if value is not None:
        value = _traced(result, code, value, year=year.year)
    elif code in (hidden := year.hidden(year.subject.kind, year.subject.unit)):
        value = Value.suppressed(_few(hidden), PERCENT)
    else:
        return ()
    then = Measured(
        replace(key_of(result, code, 1), unit=year.subject.unit or key_of(result).unit),
        _name(result, code),
        value,
        peers=peers_of(year, year.subject) if code == TOTAL else None,
        printed_place=_printed_place(year, year.subject) if code == TOTAL else None,
    )
    return (Earlier(then, barred=result.not_comparable(code)),)


def _not_the_same_unit(result: SipasResult) -> tuple[Earlier, ...]:
    """Return the year before without a value where the unit was another."""
    merged = register().same_unit(result.place, result.year - 1, result.year)
    if not merged:
        return ()
    first, *others = (Why("not_comparable", {"reason": reason}) for reason in merged)
    nothing = Value.unknown(first, PERCENT)
    then = Measured(key_of(result, TOTAL, 1), result.framework.short_name, nothing)
    return (Earlier(then, barred=tuple(others)),)


def _name(result: SipasResult, code: str) -> str:
    return result.framework.short_name if code == TOTAL else result.edition.get(code).name_vi


def _parts(result: SipasResult, codes: Sequence[str]) -> tuple[Measured, ...]:
    return tuple(
        Measured(
            key_of(result, code),
            _name(result, code),
            _own(result, code),
            maximum=Value(100.0, PERCENT, 0),
            earlier=_earlier(result, code),
        )
        for code in codes
    )


def _difference(result: SipasResult) -> DifferenceOf | None:
    """Return the error of the difference of two parts, which share their forms."""
    kind, survey = result.subject.kind, result.current.survey
    if survey is None or not is_surveyed(result.current, kind):
        return None
    return within_unit(survey, cast(Kind, kind), result.subject.unit, result.own)


def _with_parts(result: SipasResult, code: str, codes: Sequence[str]) -> Measured | None:
    if not codes:
        return None
    return Measured(
        key_of(result, code),
        result.framework.short_name,
        _own(result, TOTAL),
        parts=_parts(result, codes),
        # Dimensions are asked of different things; nobody asks which is the higher.
        part_basis=None if code == DIMENSIONS else "value",
        part_difference=_difference(result),
    )


def units(result: SipasResult, code: str) -> Measured | None:
    """Return the units of a kind that are counted, as parts of their mean; None without any."""
    kind = GROUPS[code]
    peers = result.current.peers.get(kind)
    if kind not in result.current.units:
        return None
    key = Key(result.index, result.place.slug, result.year, code=code)
    name = result.framework.short_name
    if peers is None or not peers.known:
        return Measured(key, name, Value.unknown(Why("mean_of_nothing"), PERCENT))
    parts = tuple(_unit(result, kind, unit, peers) for unit in peers.ranks.order)
    mean = mark_of(peers, "", "mean", tuple(peers.known)).value
    return Measured(
        key,
        name,
        mean,
        peers=peers,
        earlier=_year_before(result, key),
        parts=parts,
        part_basis="value",
        part_difference=between_units(peers),
    )


def _year_before(result: SipasResult, key: Key) -> tuple[Earlier, ...]:
    """Return the year before, for counts of the units that moved since."""
    if result.earlier is None:
        return ()
    then = Measured(
        replace(key, year=result.earlier.year), "", Value.unknown(Why("no_value"), PERCENT)
    )
    return (Earlier(then),)


def _unit(result: SipasResult, kind: Kind, unit: str, peers: Peers) -> Measured:
    return Measured(
        Key(result.index, result.place.slug, result.year, unit=unit, code=unit),
        unit,
        _traced(result, TOTAL, peers.values[unit], unit),
        peers=peers,
        earlier=unit_earlier(result, kind, unit),
    )


def unit_earlier(result: SipasResult, kind: Kind, unit: str) -> tuple[Earlier, ...]:
    """Return a unit's overall satisfaction of the year before."""
    year = result.earlier
    before = None if year is None else year.of_unit(kind, unit).get(TOTAL)
    if year is not None and before is None and TOTAL in year.hidden(kind, unit):
        before = Value.suppressed(HIDDEN, PERCENT)
    if year is None or before is None:
        return ()
    ended = register().same_parts(year.year, result.year) if kind in _LOCAL else ()
    reasons = tuple(Why("not_comparable", {"reason": reason}) for reason in ended)
    key = Key(result.index, result.place.slug, year.year, unit=unit, code=unit)
    if before.is_known:
        before = _traced(result, TOTAL, before, unit, year.year)
    then = Measured(key, unit, before)
    return (Earlier(then, barred=reasons or result.not_comparable(TOTAL)),)


def every_unit(result: SipasResult, kind: Kind) -> Mapping[str, Measured]:
    """Return each unit of a kind whose result may be told, counted in places or not."""
    made = {}
    for unit in result.current.units[kind]["unit"]:
        value = result.current.of_unit(kind, str(unit)).get(TOTAL)
        if value is not None:
            key = Key(result.index, result.place.slug, result.year, unit=str(unit), code=str(unit))
            traced = _traced(result, TOTAL, value, str(unit))
            earlier = unit_earlier(result, kind, str(unit))
            made[str(unit)] = Measured(key, str(unit), traced, earlier=earlier)
    return made


def _residents(result: SipasResult) -> Measured | None:
    """Return the province's own result where the report is about one of its agencies."""
    whole = result.current.of_unit("province", "").get(TOTAL)
    if whole is None or result.subject.kind == "province":
        return None
    where = result.place.full_name(result.year)
    key = Key(result.index, result.place.slug, result.year, code=RESIDENTS)
    return Measured(key, where, _traced(result, TOTAL, whole, where))


def published(result: SipasResult) -> Measured | None:
    """Return the province in the ministry's survey, as far as it was published."""
    found, name = result.national, result.framework.short_name
    if result.place.simulated or found.is_empty:
        return None
    where = result.place.full_name(result.year)
    key = Key(result.index, result.place.slug, result.year, code=PUBLISHED)
    rank, mean = found.rank, found.means.get(TOTAL)
    value = found.total
    return Measured(
        key,
        name,
        Value.unknown(Why("no_published_value"), PERCENT)
        if value is None
        else _traced(result, TOTAL, value, where),
        printed_place=None if rank is None else Place(int(rank.known), found.units, rank.source),
        marks=() if mean is None else (Mark("country", mean),),
        earlier=_published_before(result, key),
    )


def _published_before(result: SipasResult, key: Key) -> tuple[Earlier, ...]:
    found = result.national
    barred = tuple(Why("not_comparable", {"reason": one}) for one in found.not_comparable)
    if found.earlier is None and not barred:
        return ()
    rank, name = found.earlier_rank, result.place.name
    # The reason is that the years must not be compared, not that there is no figure.
    value = found.earlier or Value.unknown(barred[0], PERCENT)
    barred = barred if value.is_known else barred[1:]
    then = Measured(
        replace(key, year=result.year - 1),
        result.framework.short_name,
        _traced(result, TOTAL, value, name, result.year - 1) if value.is_known else value,
        printed_place=None if rank is None else Place(int(rank.known), found.units, rank.source),
    )
    return (Earlier(then, barred=barred),)


def absent_dimensions(result: SipasResult) -> tuple[str, ...]:
    """Return the names of the dimensions that the subject's index does not hold."""
    found = result.measured_codes(dimensions)
    return tuple(d.name_vi for d in dimensions(result.edition) if found and d.code not in found)
