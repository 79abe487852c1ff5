"""What a review of poor households states beside its numbers: conflicts, what is missing, method."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpers.facts.families import Finding
from helpers.facts.value import PERCENT, PERCENTAGE_POINT, Key, Value, Why
from helpers.indices.poverty.breakdown import counted_in_records
from helpers.indices.poverty.changes import GROUP_NAMES
from helpers.indices.poverty.checks import Conflict
from helpers.indices.poverty.findings_method import few_or, least_told, method
from helpers.indices.poverty.households import GROUPS
from helpers.indices.poverty.levels import Measure
from helpers.words.document import Document, Remark, index_names
from helpers.words.numbers import MINUS

if TYPE_CHECKING:
    from helpers.indices.poverty.result import PovertyResult
    from helpers.inputs.corrections import Correction

_UNITS = {"hộ": "household", "%": PERCENT, "điểm %": PERCENTAGE_POINT}


def document(result: PovertyResult) -> Document:
    """Return names and findings of a result."""
    framework, place = result.framework, result.place.full_name(result.year)
    conflicts = tuple(_conflict(one) for one in result.conflicts)
    stated = {"conflicts": conflicts, **method(result)}
    needed = (*result.missing, *_records(result))
    found = [
        *(_state(result, "method", slot, slot, why) for slot, why in stated.items() if why),
        *(
            _state(result, "method", "corrections", f"correction_{n}", (_correction(result, one),))
            for n, one in enumerate(result.corrections)
        ),
        *(
            _state(result, "needed", why.rule, f"needed_{n}", (why,))
            for n, why in enumerate(needed)
        ),
    ]
    if not conflicts and not result.corrections and not needed:
        found.append(_state(result, "method", "gaps", "gaps", (Why("no_gaps"),)))
    return Document(
        result.index,
        {
            **index_names(framework, result.year),
            "who": place,
            "who_in_full": place,
        },
        {"": tuple(found)},
        labels=(framework.short_name, str(result.year), result.place.name),
        status=result.status,
    )


def _state(
    result: PovertyResult, family: str, slot: str, code: str, why: tuple[Why, ...]
) -> Finding:
    key = Key(
        result.index, result.place.slug, result.year, office=result.office.office.name, code=code
    )
    return Finding(key, family, "stated", {"why": why}, slot)


# Figures that contradict each other, and those of which the source is known to be wrong --------------


def _conflict(one: Conflict) -> Why:
    told = {
        "name": Why(one.name),
        "how": Why(one.how),
        "stated": _value(one.stated, one.unit),
        "expected": _value(one.expected, one.unit),
    }
    return Why("unlike_change" if one.unit == "điểm %" else "unlike", told)


def _value(measure: Measure, unit: str) -> Value:
    decimals = 0 if unit == "hộ" else measure.decimals
    return Value(measure.value, _UNITS[unit], decimals, source=measure.trace)


def _correction(result: PovertyResult, one: Correction) -> Why:
    printed = f"{MINUS}{one.printed[1:]}" if one.printed.startswith("-") else one.printed
    told = {
        "label": result.labels.get(one.figure, one.figure),
        "group": GROUP_NAMES.get(one.group, one.group),
        "printed": Remark(printed, one.origin),
        "note": Remark(one.note, one.origin),
    }
    return Why("corrected" if one.group in GROUP_NAMES or not one.group else "corrected_of", told)


# What the list of households leaves open ------------------------------------------------------------


def _records(result: PovertyResult) -> Iterator[Why]:
    records = result.tables.records
    if records is None:
        return
    if counted_in_records(result.tables, result.year, result.rules.smallest_cell).hidden:
        yield Why("records_hidden", {"least": least_told(result)})
        return
    counts = {
        "records_unknown": records.unknown,
        "records_disagreeing": records.disagreeing,
        "records_from_points": records.from_points,
    }
    yield from (few_or(rule, number, result) for rule, number in counts.items() if number)
    if result.tables.are_counted("groups"):
        yield from _left_open(result)


def _left_open(result: PovertyResult) -> Iterator[Why]:
    """Say which attributes some households leave open: they are in no share of that attribute."""
    left = result.unrecorded
    if "nguyen_nhan" in left:
        poor, near = left["nguyen_nhan"][1:]
        told = (("open_poor", poor), ("open_near_poor", near))
        known = tuple(few_or(rule, number, result) for rule, number in told if number)
        yield Why("causes_open", {"left": () if result.state.hidden else known})
    if "dan_toc" in left:
        yield Why("ethnic_open")
    groups = tuple(Why("group", {"name": name}) for code, name in GROUPS.items() if code in left)
    if groups:
        yield Why("groups_open", {"groups": groups})
