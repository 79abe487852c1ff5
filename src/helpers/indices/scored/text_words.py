"""Traced numbers and names that PAR INDEX and DTI sentences and tables share."""

from __future__ import annotations

import re
from dataclasses import dataclass

from helpers.facts.comparison import Comparison, compare
from helpers.indices.scored.result import ScoredResult, StatedLimit
from helpers.indices.scored.scoring import Item, Tally
from helpers.indices.scored.standing import Figure, Mean
from helpers.inputs.observations import Observation
from helpers.words.numbers import Number, decimal, in_words, magnitude, place, whole
from helpers.words.text import escape, joined

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


def subject(result: ScoredResult) -> str:
    """Return who is scored (see :attr:`helpers.indices.scored.result.ScoredResult.subject`)."""
    return escape(result.subject.name)


def reporter(result: ScoredResult) -> str:
    """Return who reports: the office, or the province where only published results are known."""
    return subject(result) if result.office is None else escape(result.office.office.brief)


def province(result: ScoredResult) -> str:
    """Return type and name of the province as of the year."""
    return result.place.full_name(result.year)


def kind(result: ScoredResult) -> str:
    """Return what the province is called for short: ``tỉnh`` or ``thành phố``."""
    return result.place.type_in(result.year)


def published_trace(result: ScoredResult, figure: Figure) -> str:
    """Return where a published figure is to be found."""
    what = f"{result.framework.short_name} {figure.year}, {figure.name}, {figure.unit}"
    return f"{what}: {figure.origin} ({figure.source})"


def published_value(result: ScoredResult, figure: Figure) -> str:
    """Return a published total with its sign, as a Markdown text.

    Raises
    ------
    ValueError
        If only a place was published.
    """
    if figure.value is None:
        raise ValueError(f"{figure.unit} năm {figure.year} chỉ có thứ hạng")
    look = scale(result)
    number = Number(decimal(figure.value, look.decimals), published_trace(result, figure))
    return f"{number}{look.sign}"


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


def ranked(result: ScoredResult, figure: Figure, units: int) -> str:
    """Return a published place among how many, and who else was given it."""
    return f"{published_rank(result, figure, units)}{shared(figure)}"


def shared(figure: Figure) -> str:
    """Say for whom else the same place was published: `` (nguồn công bố ghi cùng thứ hạng cho …)``."""
    if not figure.sharing:
        return ""
    return f" (nguồn công bố ghi cùng thứ hạng cho {escape(joined(figure.sharing))})"


def mean_value(result: ScoredResult, mean: Mean) -> str:
    """Return a published mean with its sign, as a Markdown text."""
    look = scale(result)
    trace = f"{result.framework.short_name} {mean.year}, {mean.unit}: {mean.origin} ({mean.source})"
    return f"{Number(decimal(mean.value, look.decimals), trace)}{look.sign}"


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


def against(result: ScoredResult, total: Figure, mean: Mean, mark: str) -> str:
    """Say on which side of a published mean a published value lies; empty where no error is known."""
    look = scale(result)
    found = compared(result, total, mean)
    if found.case in ("equal", "same_print"):
        return f"bằng {mark} theo số công bố"
    if found.case == "unknown":
        return ""
    if not found.is_sure:
        return f"chưa phân biệt được với {mark} vì chênh lệch không vượt sai số của số công bố"
    side = "cao hơn" if found.case == "higher" else "thấp hơn"
    trace = f"hiệu số: {total.origin} và {mean.origin}"
    size = f"{Number(magnitude(found.gap, look.decimals), trace)}{look.difference}"
    # Two bare numbers in a row, «(0,6961) 0,1374», would run into each other.
    return f"{side} {mark}{'' if look.difference else ' là'} {size}"


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


def index_of(result: ScoredResult, tally: Tally, value: float) -> str:
    """Return an index in percent with how it was made."""
    what = "toàn bảng" if tally.code == "total" else f"mã {tally.code}"
    rule = (
        f"chỉ số = điểm đạt / điểm tối đa áp dụng, {what}, {result.framework.short_name} "
        f"{result.year}, cộng từ điểm chưa làm tròn"
    )
    return f"{Number(decimal(value, 2), f'tính toán: {rule}')}%"


def observed(observation: Observation) -> Number:
    """Return a single figure as it was delivered."""
    text = observation.printed.strip().removesuffix("%").strip()
    return Number(text or decimal(observation.value, observation.decimals), observation.trace)


def with_sign(observation: Observation) -> str:
    """Return a single figure with its percent sign, where it has one."""
    return f"{observed(observation)}{'%' if observation.unit == '%' else ''}"


def counted(count: int, what: str) -> str:
    """Return a small count in words, a larger one as a number with what was counted."""
    if count <= 10:
        return in_words(count)
    return str(Number(whole(count), f"đếm: {what}"))


_QUOTED = re.compile(r"(?<![\d/])\d+(?:,\d+)?(?![\d/])")
_YEAR = re.compile(r"20\d\d")


def remark(text: str, trace: str) -> str:
    """Return a remark of the published table with its numerals traced to the row."""

    def traced(found: re.Match[str]) -> str:
        return found[0] if _YEAR.fullmatch(found[0]) else str(Number(found[0], trace))

    return _QUOTED.sub(traced, escape(text))


def limit_name(result: ScoredResult, limit: StatedLimit) -> str:
    """Return the criterion of a stated limitation, by name where the office gave its code."""
    row = result.rows.get(limit.criterion)
    return row.name if row is not None else limit.criterion


def named(result: ScoredResult, code: str) -> str:
    """Return the name of a criterion, safe inside a sentence."""
    scoring = result.scoring
    item = None if scoring is None else scoring.by_code.get(code)
    return escape(item.name) if item is not None and item.name else escape(code)
