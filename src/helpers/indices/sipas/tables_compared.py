"""The tables of a SIPAS report that set scores beside others: the year before, the country."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.display.table import Cell, Strong, Table
from helpers.facts.changes import change
from helpers.facts.families import Finding
from helpers.facts.measured import Measured
from helpers.facts.value import Value, Why
from helpers.indices.sipas import labels as words
from helpers.indices.sipas.measured import every_unit
from helpers.indices.sipas.model import SipasResult
from helpers.indices.sipas.rules import TOTAL, Kind
from helpers.indices.sipas.year import SipasYear
from helpers.words.numbers import signed
from helpers.words.say import telling_of
from helpers.words.text import upper_first


def change_cell(result: SipasResult, found: Finding | None) -> Cell:
    """Write a change as far as it may be stated."""
    if found is None or found.case == "no_earlier":
        return ""
    if found.case == "barred":
        return telling_of(result).label("cell.not_compared")
    if found.case in ("equal", "same_print"):
        return signed(0.0)
    text = signed(words.gap_of(found))
    if found.case == "unknown":
        return telling_of(result).label("cell.change_of_unknown_error", gap=text)
    if found.case in ("up", "down"):
        return text
    return telling_of(result).label("cell.change_inside", gap=text)


def unit_changes(result: SipasResult, kind: Kind) -> Mapping[str, Finding]:
    """Return what may be said of the change of each unit of a kind with a result in both years."""
    made = {unit: _change_of(one) for unit, one in every_unit(result, kind).items()}
    return {unit: found for unit, found in made.items() if found is not None}


def _change_of(measured: Measured) -> Finding | None:
    return next((one for one in change(measured) if one.case != "no_earlier"), None)


def changes(result: SipasResult) -> Table:
    """Build the table of the subject's scores in both years."""
    known = result.found.measured
    dimensions = known["dimensions"].parts if "dimensions" in known else ()
    every = (known[TOTAL], *dimensions, *known[TOTAL].parts)
    found = [(one, moved) for one in every if (moved := _change_of(one)) is not None]
    before = result.earlier
    found = [(one, moved) for one, moved in found if one.earlier[0].measured.value.is_known]
    if not found or before is None:
        return Table.nothing(telling_of(result).label("table.changes_none"))
    telling = telling_of(result)
    reasons = {str(telling.why(why)): why for _, moved in found for why in _reasons(moved)}
    note = telling.label("note.not_compared", why=tuple(reasons.values())) if reasons else ""
    return Table(
        header=(
            telling.label("column.index"),
            telling.label("column.year_before", year=before.year),
            telling.label("column.year_before", year=result.year),
            telling.label("column.change"),
            telling.label("column.interval_of_change"),
        ),
        rows=tuple(_change_row(result, one, moved, before) for one, moved in found),
        caption=telling.label("table.changes", year=before.year),
        align="lrrrr",
        note=note,
    )


def _reasons(found: Finding) -> tuple[Why, ...]:
    why = found.fields.get("why", ())
    return why if isinstance(why, tuple) else ()


def _change_row(
    result: SipasResult, measured: Measured, found: Finding, before: SipasYear
) -> tuple[Cell, ...]:
    code = measured.key.code
    name: Cell = (
        Strong(telling_of(result).label("cell.overall")) if code == TOTAL else measured.name
    )
    margin = found.fields.get("margin")
    interval: Cell = ""
    if isinstance(margin, Value):
        gap = words.gap_of(found)
        low, high = signed(gap - margin.known), signed(gap + margin.known)
        interval = telling_of(result).label("cell.from_to", low=low, high=high)
    return (
        name,
        words.score(result, code, before.own[code], year=before.year),
        words.own(result, code),
        change_cell(result, found),
        interval,
    )


def country(result: SipasResult) -> Table:
    """Build the table of the province's published result beside the national one."""
    found = result.national
    codes = [code for code in (TOTAL, *_codes(result)) if code in found.scores]
    if not codes or len(codes) < 2:
        return Table.nothing(telling_of(result).label("table.country_none"))
    telling = telling_of(result)
    rows: list[tuple[Cell, ...]] = []
    for code in codes:
        own, mean = found.scores[code], found.means.get(code)
        rows.append(
            (
                upper_first(words.name(result, code)),
                words.score(result, code, own, result.place.name),
                words.score(result, code, mean, telling.label("cell.country"))
                if mean is not None
                else "",
                signed(own.known - mean.known) if mean is not None else "",
            )
        )
    return Table(
        header=(
            telling.label("column.index"),
            result.place.name,
            telling.label("column.country"),
            telling.label("column.gap"),
        ),
        rows=tuple(rows),
        caption=telling.label("table.country", place=result.place.in_full),
        align="lrrr",
    )


def _codes(result: SipasResult) -> tuple[str, ...]:
    return tuple(node.code for node in result.edition.nodes)
