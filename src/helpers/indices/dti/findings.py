"""What only DTI states: its published main indicators and pillars, and the older ICT Index."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from helpers.facts.value import Value, Why, count
from helpers.indices.scored.findings import state, traced
from helpers.indices.scored.findings_published import part_name, values_of
from helpers.places.words import bare

if TYPE_CHECKING:
    from helpers.facts.families import Finding
    from helpers.indices.dti.result import DtiResult

PILLARS = ("CQS", "KTS", "XHS")
"""Codes under which pages publish digital government, economy and society."""
ICT_DECIMALS = 3


def also(result: DtiResult) -> Mapping[str, tuple[Finding, ...]]:
    """Return the ends of the published parts, where all of a set were published, and the aside."""
    known = [part for part in result.published.parts if part.value is not None and not part.doubt]
    nodes = [n for n in result.edition.nodes if not n.children and n.maximum != 0]
    by_name = {bare(part_name(part)): part for part in known}
    by_code = {part.code: part for part in known}
    main = [by_name.get(bare(node.name_vi)) for node in nodes]
    pillars = [by_code.get(code) for code in PILLARS]
    # In 2020 the pillars were the main indicators.
    same = {part.code for part in main if part} == {part.code for part in pillars if part}
    return {
        "scores": values_of(result, "scores", main),
        "pillars": () if same else values_of(result, "pillars", pillars),
        "": _ict(result),
    }


def _ict(result: DtiResult) -> tuple[Finding, ...]:
    """Tell the older ICT Index apart, as nobody may take one for the other."""
    figure = result.ict
    if figure is None:
        return ()
    why = []
    if figure.value is not None:
        value = Value(figure.value, "index", ICT_DECIMALS, source=traced(result, figure))
        why.append(Why("ict_value", {"value": value, "year": figure.year}))
    if figure.rank is not None:
        at = traced(result, figure, rank=True)
        told = {
            "rank": count(figure.rank, "place", at),
            "units": count(result.ict_units, "unit", at),
        }
        rule = Why("ict_place", {**told, "year": figure.year})
        if figure.sharing:
            rule = Why("ict_place_shared", {**rule.args, "with_": figure.sharing})
        why.append(rule)
    if not why:
        return ()
    return (state(result, "method", "stated", "aside", code="ict", why=tuple(why)),)
