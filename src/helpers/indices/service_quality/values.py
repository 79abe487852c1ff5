"""Numbers of decision 766 with the rule and the place that they come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from helpers.definitions.framework import Band
from helpers.facts.compared import compact
from helpers.facts.families import Finding
from helpers.facts.measured import Group
from helpers.facts.value import PERCENT, Key, Value, Why, count
from helpers.indices.service_quality import arithmetic
from helpers.indices.service_quality.arithmetic import Indicator, Score

if TYPE_CHECKING:
    from helpers.indices.service_quality.result import ServiceResult

WHOLE_MAXIMUM = 100.0


def key_of(result: ServiceResult, code: str = "total", years_ago: int = 0) -> Key:
    """Return what a finding is about."""
    office, year = result.subject.name, result.year - years_ago
    return Key(result.index, result.place.slug, year, office=office, code=code)


def state(
    result: ServiceResult, family: str, case: str, slot: str = "", /, **fields: object
) -> Finding:
    """State a finding; fields that are None are left out."""
    return Finding(key_of(result), family, case, compact(**fields), slot)


def told(result: ServiceResult, slot: str, *why: Why) -> Iterator[Finding]:
    """State what a sentence of its own says with what it is told; nothing without a reason."""
    if why:
        yield state(result, "method", "stated", slot, why=why)


# Values: a number with its rule, for sentences, tables and charts alike -----------------------------


def value_of(
    result: ServiceResult,
    number: float,
    rule: str,
    /,
    unit: str = "point",
    decimals: int = 2,
    **of: object,
) -> Value:
    """Return a number that follows from the rules of the edition; `of` is what its trace tells."""
    quoted = result.edition.legal_basis[0].quoted
    source = Why(rule, {"quoted": quoted, **of})
    return Value(number, unit, decimals, status=result.status, source=source)


def maximum(result: ServiceResult, number: float) -> Value:
    """Return a maximum without needless digits: ``18``, ``2,5``."""
    return value_of(result, number, "maximum", decimals=0 if float(number).is_integer() else 2)


def points(result: ServiceResult, one: Indicator) -> Value | None:
    """Return the points of an indicator with rule and source; None where it has none."""
    if one.points is None:
        return None
    origin = one.ratio.trace if one.ratio is not None else ""
    return value_of(
        result,
        one.points,
        "indicator_points",
        code=one.node.code,
        how=one.node.rule,
        origin=origin,
    )


def share(one: Indicator) -> Value | None:
    """Return the ratio of an indicator in percent; None where it has none."""
    ratio = one.ratio
    if ratio is None or ratio.share is None:
        return None
    told = {
        "code": one.node.code, "top": one.rule.numerator, "bottom": one.rule.denominator,
        "numerator": ratio.numerator, "denominator": ratio.denominator, "origin": ratio.trace,
    }  # fmt: skip
    return Value(100 * ratio.share, PERCENT, source=Why("ratio", told))


def counts(one: Indicator) -> tuple[Value, Value] | None:
    """Return numerator and denominator; None where they are not known."""
    ratio = one.ratio
    if ratio is None or ratio.numerator is None or ratio.denominator is None:
        return None
    return count(ratio.numerator, "dossier", ratio.trace), count(
        ratio.denominator, "dossier", ratio.trace
    )


def target(one: Indicator) -> Value | None:
    """Return the ratio that gives the maximum, in percent; None where it is all of them."""
    if one.target is None:
        return None
    aim = one.target * 100
    decimals = 0 if float(aim).is_integer() else 2
    return Value(aim, PERCENT, decimals, source=Why("target_of", {"code": one.node.code}))


def group_points(
    result: ServiceResult, group: arithmetic.Group, years_ago: int = 0
) -> Value | None:
    """Return the points of a group beside its maximum; None where nothing of it is scored."""
    if group.points is None:
        return None
    codes = tuple(one.node.code for one in group.scored)
    rule = "earlier_group_points" if years_ago else "group_points"
    made = value_of(result, group.points, rule, name=group.node.name_vi, codes=codes)
    return replace(made, of=maximum(result, group.maximum))


def total(result: ServiceResult, made: Score, rule: str = "total_points") -> Value | None:
    """Return the sum of all points; None where nothing is scored."""
    return None if made.points is None else value_of(result, made.points, rule)


def reached(result: ServiceResult, number: float, of: float, rule: str) -> Value:
    """Return points over their maximum in percent."""
    return value_of(result, number / of * 100, rule, PERCENT)


def index_of(result: ServiceResult, made: Score, years_ago: int = 0) -> Value:
    """Return points in percent of the maximum that applies; unknown unless all have points."""
    if made.index is None:
        return Value.unknown(Why("no_total"))
    rule = "earlier_index" if years_ago else "index"
    return value_of(result, made.index, rule, year=result.year - years_ago)


def graded(result: ServiceResult, band: Band | None) -> Group | None:
    """Return a grade among all that there are."""
    if band is None:
        return None
    bands = [one.name for one in result.edition.bands]
    return Group(band.name, len(bands) - bands.index(band.name), len(bands), published=False)
