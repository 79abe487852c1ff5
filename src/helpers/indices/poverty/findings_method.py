"""How a review of poor households was made, as its method note states it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpers.facts.disclosure import is_small
from helpers.facts.value import Value, Why, count

if TYPE_CHECKING:
    from helpers.indices.poverty.arithmetic import ClassRule
    from helpers.indices.poverty.result import PovertyResult

_ABSENT = {"phan_loai_dau_ky": "absent_at_start", "phan_loai_cuoi_ky": "absent_at_end"}


def method(result: PovertyResult) -> dict[str, tuple[Why, ...]]:
    """Return the statements of the method note by slot; those that say nothing are empty."""
    edition = result.edition
    reasons = tuple(Why("note", {"text": one.reason}) for one in result.framework.every_break)
    return {
        "basis": tuple(_basis(result)),
        "groups": (_classes(result),),
        "rules": (Why("rates"),),
        "sums": (Why("flows"),),
        "empty": tuple(_assumed(result)),
        "left_out": tuple(_hidden(result)),
        "breaks": (Why("not_across", {"reasons": reasons}),) if reasons else (),
        "unconfirmed": tuple(
            Why("note", {"text": note.text.rstrip(".")})
            for note in edition.notes
            if note.status in ("unverified", "inferred")
        ),
        "sources": (
            Why(
                "from_office_and_pages" if len(result.published) else "from_office",
                {"office": result.office.office.name},
            ),
        ),
    }


def few_or(rule: str, number: int, result: PovertyResult) -> Why:
    """Tell a number of households of the list; of few only that they are few."""
    if is_small(number, result.rules.smallest_cell):
        return Why(f"{rule}_few", {"least": least_told(result)})
    return Why(rule, {"n": count(number, "household", Why("counted_in_list"))})


def least_told(result: PovertyResult) -> Value:
    """Return the fewest households of a group that is told of."""
    return count(result.rules.smallest_cell, "household", Why("smallest_cell"))


def _basis(result: PovertyResult) -> Iterator[Why]:
    edition = result.edition
    yield Why("note", {"text": edition.name_vi})
    named = tuple(Why("note", {"text": one.quoted}) for one in edition.legal_basis)
    if named:
        yield Why("legal_basis", {"bases": named})
    source = Why("definition", {"period": edition.key})
    lines = tuple(
        Why("income_line", {"area": area, "line": Value(line, "criterion", 0, source=source)})
        for area, line in result.rules.income_line.items()
    )
    if lines:
        yield Why("income_lines", {"lines": lines})


def _classes(result: PovertyResult) -> Why:
    if not result.rules.complete:
        return Why("classes_as_recorded")
    source = Why("definition", {"period": result.edition.key})
    limits = (_limit(rule, source) for rule in result.rules.classes)
    return Why("classes", {"limits": tuple(one for one in limits if one is not None)})


def _limit(rule: ClassRule, source: Why) -> Why | None:
    if rule.b1_at_most is None:
        return None
    told = {
        "name": rule.name,
        "area": rule.area,
        "income": Value(rule.b1_at_most, "point", 0, source=source),
    }
    if rule.b2_at_least is None:
        return Why("class_by_income", told)
    lacking = Value(rule.b2_at_least, "point", 0, source=source)
    return Why("class_by_both", {**told, "lacking": lacking})


def _assumed(result: PovertyResult) -> Iterator[Why]:
    """Tell which households are taken as absent because a class was left empty."""
    records = result.tables.records
    if records is None:
        return
    ends = tuple(
        few_or(rule, number, result)
        for column, rule in _ABSENT.items()
        if (number := records.assumed.get(column))
    )
    if ends:
        yield Why("assumed", {"ends": ends})


def _hidden(result: PovertyResult) -> Iterator[Why]:
    if result.tables.counted:
        yield Why("few_not_told", {"least": least_told(result)})
