"""How statistics on dossiers were made, as their method note states it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpers.facts.disclosure import is_small
from helpers.facts.intervals import Interval, printed
from helpers.facts.value import PERCENT, Value, Why, count
from helpers.indices.procedures.disclosure import hidden_total
from helpers.indices.procedures.left_open import Counted, counted_columns
from helpers.indices.procedures.reading import FIGURES

if TYPE_CHECKING:
    from helpers.indices.procedures.records import DossierTables
    from helpers.indices.procedures.result import ProceduresResult
    from helpers.inputs.observations import Observation


def method(result: ProceduresResult) -> dict[str, tuple[Why, ...]]:
    """Return the statements of the method note by slot; those that say nothing are empty."""
    tables, edition = result.tables, result.edition
    notes = {
        status: tuple(
            Why("note", {"text": note.text.rstrip(".")})
            for note in edition.notes
            if note.status == status
        )
        for status in ("unverified", "inferred")
    }
    return {
        "sources": tuple(_sources(result)),
        "rules": (Why("rates"),),
        "groups": () if tables is None else tuple(_classes(tables)),
        "left_out": () if tables is None else (Why("few_not_told"),),
        "sums": tuple(_derived(result)),
        "office": tuple(_typed(result)),
        "basis": tuple(Why("note", {"text": one.quoted}) for one in edition.legal_basis),
        "unconfirmed": notes["unverified"],
        "inferred": notes["inferred"],
        "simulated": (Why("all_simulated"),) if result.status == "simulated" else (),
    }


def _sources(result: ProceduresResult) -> Iterator[Why]:
    yield Why(f"from_{result.source}")
    if result.tables and result.source == "table":
        yield Why("detail_from_records")


def _classes(tables: DossierTables) -> Iterator[Why]:
    yield Why("classes", {"day": f"{tables.report_date:%d/%m/%Y}"})
    if not tables.stated:
        yield Why("no_states")
    yield Why("due_dates")
    yield Why("unknown_left_out")
    counts = {
        "outside_period": tables.left_out,
        "undated": tables.undated,
        "no_channel": tables.no_channel,
    }
    for rule, number in counts.items():
        if is_small(number):
            yield Why(f"{rule}_few")
        elif number:
            yield Why(rule, {"n": count(number, "dossier", Why(f"counted_{rule}"))})


def _derived(result: ProceduresResult) -> Iterator[Why]:
    if result.source != "figures":
        return
    names = {
        column.code: f"{column.group.lower()} {column.label.lower()}"
        for column in result.rules.columns
    }
    made = tuple(names[code] for code, one in result.total.items() if one.derived and code in names)
    if made:
        yield Why("derived", {"names": made})


def _typed(result: ProceduresResult) -> Iterator[Why]:
    """Set the figures an office typed beside the dossiers that it delivered, where they differ."""
    tables = result.tables
    if tables is None or not tables.total.height:
        return
    whole = tables.total.row(0, named=True)
    counted = counted_columns(whole, hidden_total(whole), tables.undated)
    for code, column in FIGURES.items():
        typed, made = result.figure(code), counted.get(column)
        if typed is None or made is None or typed.value != typed.value:
            continue
        if not printed(typed).meets(Interval(made.low, made.high)):
            yield _beside(result.forms.figure(typed.code).label, typed, made)


def _beside(label: str, typed: Observation, made: Counted) -> Why:
    unit = PERCENT if typed.unit == "%" else "criterion"
    stated = Value(typed.value, unit, typed.decimals, source=typed.trace)
    told = {"label": label, "bound": typed.bound, "stated": stated}
    if made.hidden:
        return Why("typed_beside_hidden", told)
    low, high = (
        count(int(end), "criterion", Why("counted_in_file")) for end in (made.low, made.high)
    )
    if made.high > made.low:
        return Why("typed_beside_range", {**told, "low": low, "high": high})
    return Why("typed_beside", {**told, "n": low})
