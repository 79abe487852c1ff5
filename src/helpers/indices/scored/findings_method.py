"""The statements of a method note, and what is needed for what could not be computed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpers.facts.families import Finding
from helpers.facts.value import Key, Value, Why
from helpers.indices.scored.findings import key_of, state
from helpers.indices.scored.findings_published import pages_of
from helpers.indices.scored.scoring import TOLERANCE

if TYPE_CHECKING:
    from helpers.definitions.framework import Framework, FrameworkEdition
    from helpers.indices.scored.result import ScoredResult


def method(result: ScoredResult) -> tuple[Finding, ...]:
    """State what the index is, how it is summed, what is not compared and what is not confirmed."""
    first = min((figure.year for figure in result.published.history), default=result.year - 1)
    pages = pages_of(result)
    key = key_of(result, "method")
    limit = Value(TOLERANCE, "point", 2, source=Why("tolerance"))
    return (
        basis(key, result.edition, result.structure),
        *_rules(result),
        # A tree of published scores has no table of an office to sum.
        *(
            ()
            if result.framework.is_score_tree
            else (_said(key, "sums", (Why("tolerance", {"value": limit}),)),)
        ),
        _said(key, "breaks", tuple(_breaks(result.framework, first, result.year))),
        *errors(key, result.framework),
        *_notes(key, result.edition),
        _said(key, "owner", pages),
    )


def _said(key: Key, slot: str, why: tuple[Why, ...]) -> Finding:
    return Finding(key, "method", "stated" if why else "bare", {"why": why} if why else {}, slot)


def basis(key: Key, edition: FrameworkEdition, structure: tuple[Why, ...] = ()) -> Finding:
    """State on what legal basis an edition rests, and of how many criteria it is made."""
    based = tuple(
        Why(
            "legal_basis" if one.status == "verified" else "legal_basis_unconfirmed",
            {"quoted": one.quoted},
        )
        for one in edition.legal_basis
    )
    return _said(key, "basis", (*(based or (Why("basis_of_owner"),)), *structure))


def _rules(result: ScoredResult) -> Iterator[Finding]:
    rules = result.rule_set
    if rules is None:
        return
    based = [Why("legal_basis", {"quoted": one.quoted}) for one in rules.legal_basis]
    unsure = [node.code for node in rules.nodes if node.status in ("inferred", "unverified")]
    why = (
        Why("note", {"text": rules.name}),
        *(based or [Why("no_legal_basis")]),
        *(Why("note", {"text": note.rstrip(".")}) for note in rules.notes),
        *([Why("rules_unconfirmed", {"codes": tuple(unsure)})] if unsure else []),
    )
    yield _said(key_of(result, "method"), "rules", why)


def _breaks(framework: Framework, first: int, last: int) -> Iterator[Why]:
    for found in framework.breaks_between(first, last):
        told = {"before": found.before, "after": found.after, "reason": found.reason}
        sure = found.status in ("verified", "derived")
        yield Why("between_years" if sure else "between_years_unconfirmed", told)


def errors(key: Key, framework: Framework) -> Iterator[Finding]:
    """State what is known of the errors of published values."""
    known = framework.errors
    if known is not None:
        rule = "published_without_error" if known.kind == "none" else "error_not_published"
        yield _said(key, "errors", (Why(rule, {"reason": known.reason}),))


def _notes(key: Key, edition: FrameworkEdition) -> Iterator[Finding]:
    why = tuple(Why("note", {"text": note.text.rstrip(".")}) for note in edition.notes)
    if why:
        yield _said(key, "notes", why)


def needed(result: ScoredResult) -> tuple[Finding, ...]:
    """State what could not be computed, and what to deliver for it."""
    return tuple(state(result, "needed", "stated", why.rule, why=(why,)) for why in result.missing)
