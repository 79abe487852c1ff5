"""Traced numbers and names in cells and charts of a scored index."""

from __future__ import annotations

import re
from dataclasses import dataclass

from helpers.facts.comparison import Comparison, compare
from helpers.indices.scored.result import ScoredResult, StatedLimit
from helpers.indices.scored.scoring import Item
from helpers.indices.scored.standing import Figure, Mean
from helpers.inputs.observations import Observation
from helpers.project import find_project
from helpers.words.library import load
from helpers.words.numbers import Number, decimal, place, whole
from helpers.words.text import escape, upper_first

POINTS = 2

"""Digits of points."""


@dataclass(frozen=True)
class Scale:
    """How a published value is written: digits, sign behind it, and the unit of a difference."""

    decimals: int
    sign: str
    difference: str


def scale(result: ScoredResult) -> Scale:
    """Return how published values of the index are written."""
    if result.framework.unit == "%":
        return Scale(2, "%", " điểm phần trăm")
    return Scale(result.framework.decimals, "", "")


def noun_of_area(result: ScoredResult) -> str:
    """Return what the index calls the top level of its criteria: ``Lĩnh vực``, ``Chỉ số chính``."""
    return upper_first(load(find_project().root, "vi", result.index).noun("area")[0])


def published_trace(result: ScoredResult, figure: Figure) -> str:
    """Return where a published figure is to be found."""
    what = f"{result.framework.short_name} {figure.year}, {figure.name}, {figure.unit}"
    page = "; ".join(told for told in (figure.source, figure.read_from) if told)
    return f"{what}: {figure.origin} ({page})"


def published_rank(result: ScoredResult, figure: Figure, units: int | None = None) -> Number:
    """Return a published place; with `units`, among how many.

    Raises
    ------
    ValueError
        If no place was published.
    """
    if figure.rank is None:
        raise ValueError(f"{figure.unit} năm {figure.year} không có thứ hạng")
    text = whole(figure.rank) if units is None else place(figure.rank, units)
    return Number(text, rank_trace(result, figure))


def rank_trace(result: ScoredResult, figure: Figure) -> str:
    """Return where a published place is to be found, which may be another page than the value's."""
    what = f"{result.framework.short_name} {figure.year}, {figure.name}, {figure.unit}"
    return f"{what}, thứ hạng: {figure.rank_origin} ({figure.rank_source})"


def compared(result: ScoredResult, one: Figure | Mean, other: Figure | Mean) -> Comparison:
    """Compare two published values as printed: rounding and pages that disagree are their error."""
    if one.value is None or other.value is None:
        return Comparison("unknown", 0.0, None)
    return compare(
        one.value,
        other.value,
        errors=(one.error, other.error),
        decimals=scale(result).decimals,
    )


def points(value: float, rule: str, decimals: int = POINTS) -> Number:
    """Return points that were summed or subtracted; `rule` says how."""
    return Number(decimal(value, decimals), f"tính toán: {rule}")


def short_points(value: float, rule: str) -> Number:
    """Return a maximum without needless digits: ``61,5``, ``100``."""
    return Number(trimmed(value), rule)


def trimmed(value: float) -> str:
    """Write a number with at most two digits after the comma and none that is an ending zero."""
    text = decimal(value, POINTS)
    return text.rstrip("0").rstrip(",") if "," in text else text


def item_points(result: ScoredResult, item: Item, value: float, what: str) -> Number:
    """Return points of a row of the scoring table with where the row stands."""
    row = result.rows.get(item.code)
    origin = row.origin if row is not None and row.origin else "bộ tiêu chí của tỉnh"
    return Number(decimal(value, POINTS), f"{what}, tiêu chí {item.code} {item.name}: {origin}")


def observed(observation: Observation) -> Number:
    """Return a single figure as it was delivered."""
    text = observation.printed.strip().removesuffix("%").strip()
    return Number(text or decimal(observation.value, observation.decimals), observation.trace)


_QUOTED = re.compile(r"(?<![\d/])\d+(?:,\d+)?(?![\d/])")

_YEAR = re.compile(r"20\d\d")


def limit_name(result: ScoredResult, limit: StatedLimit) -> str:
    """Return the criterion of a stated limitation, by name where the office gave its code."""
    row = result.rows.get(limit.criterion)
    return row.name if row is not None else limit.criterion


def named(result: ScoredResult, code: str) -> str:
    """Return the name of a criterion, safe inside a sentence."""
    scoring = result.scoring
    item = None if scoring is None else scoring.by_code.get(code)
    return escape(item.name) if item is not None and item.name else escape(code)
