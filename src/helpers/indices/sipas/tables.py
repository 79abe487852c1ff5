"""The tables of a SIPAS report."""

from __future__ import annotations

import math

import pandas as pd

from helpers.display.columns import Given
from helpers.display.columns import key_figures as figures
from helpers.display.table import Cell, Strong, Table
from helpers.facts.families import Finding
from helpers.facts.value import Value, Why
from helpers.facts.value import count as counted
from helpers.indices.sipas import labels as words
from helpers.indices.sipas.measured import is_surveyed
from helpers.indices.sipas.model import SipasResult
from helpers.indices.sipas.rules import TOTAL, Kind
from helpers.indices.sipas.rules import factors as all_factors
from helpers.indices.sipas.tables_compared import change_cell, changes, country, unit_changes
from helpers.indices.sipas.values import HIDDEN
from helpers.words.numbers import Number, decimal, place, signed, whole
from helpers.words.say import telling_of

Figure = tuple[str | Why, Given]
"""A key figure: the rule of its head, and what stands below."""

__all__ = ["changes", "country", "factors", "items", "key_figures", "units"]


def key_figures(result: SipasResult) -> Table:
    """Build the row of key figures: satisfaction, place, distance to the mean, change."""
    if TOTAL not in result.own:
        return Table.nothing(telling_of(result).label("table.key_figures_none"))
    overall, found = result.own[TOTAL], result.found
    cells: list[Figure] = [("satisfaction", words.own(result, TOTAL))]
    if overall.error.has_interval:
        head = Why("interval_of", {"confidence": words.confidence(result)})
        cells.append((head, _interval(result, overall)))
    cells += _place_figure(result)
    mean, change = found.of("", "against", "mean"), found.of("", "change", "previous")
    if mean is not None and isinstance(mean.fields.get("mark"), Value):
        cells.append(_difference(result, Why("mean"), mean, "mark"))
    if change is not None and isinstance(change.fields.get("earlier"), Value):
        cells.append(_difference(result, _year_of(change), change, "earlier"))
    return figures(telling_of(result), cells)


def _year_of(change: Finding) -> Why:
    return Why("year_before", {"year": change.fields["year"]})


def _place_figure(result: SipasResult) -> list[Figure]:
    """Give the place where it is one, else between which places the unit may stand."""
    told, open_to = result.found.of("", "place"), result.found.of("", "place_range")
    if told is not None and "rank" in told.fields:
        rank = told.fields.get("printed", told.fields["rank"])
        units = told.fields.get("units")
        text = whole(_count(rank)) if units is None else place(_count(rank), _count(units))
        return [("place", Number(text, telling_of(result).source(_value(rank))))]
    if open_to is None or open_to.case != "range":
        return []
    best, worst, units = (_count(open_to.fields[name]) for name in ("best", "worst", "units"))
    rule = telling_of(result).trace(Why("pairs_of_units", {"units": open_to.fields["units"]}))
    return [("places_open", Number(f"{whole(best)}–{place(worst, units)}", rule))]


def _value(given: object) -> Value:
    if not isinstance(given, Value):
        raise TypeError("a finding's number is a value")
    return given


def _count(given: object) -> int:
    return int(_value(given).known)


def _difference(result: SipasResult, mark: Why, found: Finding, of: str) -> Figure:
    """Give a difference beyond its error; the mark itself where no error is known."""
    if found.case == "unknown":
        return mark, words.judged(result, _value(found.fields[of]))
    sure = found.case in ("higher", "lower", "up", "down")
    if not sure:
        return Why(f"beside_{mark.rule}", mark.args), Why("unclear")
    text = telling_of(result).label("cell.points", gap=signed(words.gap_of(found)))
    return Why(f"beside_{mark.rule}", mark.args), text


def factors(result: SipasResult) -> Table:
    """Build the table of the overall satisfaction, the dimensions and the factors."""
    if not result.factor_codes:
        return Table.nothing(telling_of(result).label("table.factors_none"))
    made: list[tuple[Cell, ...]] = []
    if TOTAL in result.own:
        made.append(_score_cells(result, TOTAL, Strong(telling_of(result).label("cell.overall"))))
    dimensions = set(result.dimension_codes)
    for node in result.edition.nodes:
        if node.code in dimensions:
            made.append(_score_cells(result, node.code, Strong(node.name_vi)))
        elif node.code in result.factor_codes:
            made.append(_score_cells(result, node.code, node.name_vi))
    return _score_table(
        result,
        "dimension_factor" if dimensions else "factor",
        made,
        "factors",
    )


def items(result: SipasResult) -> Table:
    """Build the table of all items below their factors."""
    if not result.item_codes:
        return Table.nothing(telling_of(result).label("table.items_none"))
    made: list[tuple[Cell, ...]] = []
    for factor in all_factors(result.edition):
        inside = [node for node in factor.children if node.code in result.own]
        if inside and factor.code in result.own:
            made.append(_score_cells(result, factor.code, Strong(factor.name_vi)))
        made += [_score_cells(result, node.code, node.name_vi) for node in inside]
    return _score_table(
        result,
        "factor_item",
        made,
        "items",
        standard_error=False,
    )


def _score_table(
    result: SipasResult,
    first: str,
    made: list[tuple[Cell, ...]],
    caption: str,
    *,
    standard_error: bool = True,
) -> Table:
    """Drop the columns of errors where nothing is known of them."""
    telling = telling_of(result)
    header = (first, "satisfied", "interval", "standard_error", "design_effect", "answers")
    known = any(value.error.has_interval for value in result.own.values())
    counted = any("answers" in value.counts for value in result.own.values())
    of_errors = [2, 3, 4] if standard_error else [2, 4]
    keep = [0, 1, *(of_errors if known else []), *([5] if counted else [])]
    rule = "errors" if standard_error else "errors_of_items"
    note = telling.label(f"note.{rule}", confidence=words.confidence(result)) if known else ""
    return Table(
        header=tuple(telling.label(f"column.{header[i]}") for i in keep),
        rows=tuple(tuple(row[i] for i in keep) for row in made),
        caption=telling.label(f"table.{caption}"),
        align="".join("l" if i == 0 else "r" for i in keep),
        note=note,
    )


def _score_cells(result: SipasResult, code: str, name: Cell) -> tuple[Cell, ...]:
    own, subject = result.own[code], result.subject
    error, effect = result.current.estimated(subject.kind, subject.unit, code)
    return (
        name,
        words.own(result, code),
        _interval(result, own) if own.error.has_interval else "",
        decimal(error) if math.isfinite(error) else "",
        decimal(effect) if math.isfinite(effect) else "",
        whole(own.counts["answers"]) if "answers" in own.counts else "",
    )


def _interval(result: SipasResult, value: Value) -> Number:
    text = f"{decimal(value.error.low)}–{decimal(value.error.high)}"
    rule = Why("interval_by_design", {"year": result.year, "origin": str(value.source)})
    return Number(text, telling_of(result).trace(rule))


def units(result: SipasResult, kind: Kind) -> Table:
    """Build the table of the units of a kind, in the order of their places."""
    table = result.current.units.get(kind)
    if table is None or table.empty:
        return Table.nothing(telling_of(result).label("table.units_none"))
    count = int(table["rank"].notna().sum())
    errors = bool(table["low"].notna().any())
    places = bool(table["best"].notna().any())
    forms = bool(table["valid"].notna().any())
    changed = unit_changes(result, kind)
    known = result.current
    surveyed = is_surveyed(known, kind)
    telling = telling_of(result)
    names = ["unit", "places_open" if surveyed else "place", "satisfied"]
    names += ["interval"] if errors else []
    names += ["forms"] if forms else []
    header = [telling.label(f"column.{name}") for name in names]
    if changed and result.earlier is not None:
        header.append(telling.label("column.beside_year", year=result.earlier.year))
    hidden, small = telling.label("cell.hidden"), telling.label("cell.small_sample")
    rows = []
    for _, row in table.iterrows():
        if row["hidden"]:
            nothing = [hidden] * (len(header) - 1)
            rows.append((_unit_name(result, kind, row), *nothing))
            continue
        standing = _unit_places(row, count, small)
        if not surveyed:
            standing = _unit_place(result, row, count, small)
        cells: list[Cell] = [_unit_name(result, kind, row), standing]
        value = known.of_unit(kind, str(row["unit"])).get(TOTAL)
        cells += [words.score(result, TOTAL, value, str(row["unit"])) if value is not None else ""]
        cells += [_unit_interval(result, value)] if errors else []
        cells += [whole(int(row["valid"])) if row["valid"] == row["valid"] else ""] if forms else []
        cells += [change_cell(result, changed.get(str(row["unit"])))] if changed else []
        rows.append(tuple(cells))
    return Table(
        header=tuple(header),
        rows=tuple(rows),
        caption=telling.label("table.units", units_of=kind),
        align="l" + "r" * (len(header) - 1),
        note=_unit_note(result, table, places, bool(changed)),
    )


def _unit_name(result: SipasResult, kind: Kind, row: pd.Series) -> Cell:
    own = result.subject.kind == kind and row["unit"] == result.subject.unit
    return Strong(str(row["unit"])) if own else str(row["unit"])


def _unit_place(result: SipasResult, row: pd.Series, count: int, small: str) -> Cell:
    if row["rank"] == row["rank"]:
        rule = Why("ranked_by_overall", {"units": counted(count, "unit")})
        return Number(place(int(row["rank"]), count), telling_of(result).trace(rule))
    if row["published_rank"] == row["published_rank"]:
        return Number(whole(int(row["published_rank"])), str(row["source"]))
    return "" if row["enough"] else small


def _unit_places(row: pd.Series, count: int, small: str) -> Cell:
    """Give between which places a unit may stand: what the forms of a survey can say."""
    if row["best"] != row["best"]:
        return "" if row["enough"] else small
    best, worst = int(row["best"]), int(row["worst"])
    if best == worst:
        return place(best, count)
    return f"{whole(best)}–{place(worst, count)}"


def _unit_interval(result: SipasResult, value: Value | None) -> Cell:
    return "" if value is None or not value.error.has_interval else _interval(result, value)


def _unit_note(result: SipasResult, table: pd.DataFrame, places: bool, changed: bool) -> str:
    telling = telling_of(result)
    said = [telling.label("note.places_open")] if places else []
    if table["hidden"].any():
        said.append(telling.label("note.hidden", why=HIDDEN))
    if not (table["enough"] | table["hidden"]).all():
        least = counted(result.rules.minimum_sample, "forms")
        said.append(telling.label("note.small_sample", least=least))
    if changed:
        said.append(telling.label("note.changes"))
    return ". ".join(said)
