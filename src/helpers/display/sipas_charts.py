"""The charts of a SIPAS report."""

from __future__ import annotations

import math

import pandas as pd

from helpers.analysis.sipas_result import SipasResult
from helpers.analysis.sipas_year import Fact
from helpers.commentary import sipas_words as words
from helpers.display import _intervals as rows
from helpers.display._words import wrapped
from helpers.display.chart import Chart
from helpers.display.theme import theme
from helpers.indices.sipas_rules import TOTAL, Kind
from helpers.indices.sipas_rules import factors as all_factors

NAME_WIDTH = 40
MOST_UNITS = 40
"""Units drawn at most; of more, only both ends."""
ENDS = 15


def factors(result: SipasResult) -> Chart:
    """Draw the factors with their intervals, the highest on top, and the overall satisfaction."""
    codes = sorted(result.factor_codes, key=lambda code: -result.own[code].value)
    if len(codes) < 2:
        return Chart.nothing("Chưa có kết quả theo yếu tố để vẽ.")
    made = [_row(_short(result, code), result.own[code]) for code in codes]
    marks = _overall_mark(result)
    with theme():
        figure = rows.draw(made, marks, "", _with_interval(result, made, "Yếu tố"))
    caption = f"Mức độ hài lòng theo yếu tố, {result.subject.label}, năm {result.year}"
    return Chart(figure, caption, _alt(result, codes, "yếu tố"))


def items(result: SipasResult) -> Chart:
    """Draw all items below their factors; the weakest are marked."""
    codes = result.item_codes
    if len(codes) < 2:
        return Chart.nothing("Chưa có kết quả theo tiêu chí để vẽ.")
    weakest = set(result.weakest)
    made: list[rows.Row] = []
    for factor in all_factors(result.edition):
        inside = [node.code for node in factor.children if node.code in result.own]
        if not inside:
            continue
        nothing = math.nan
        made.append(rows.Row(factor.short, nothing, nothing, nothing, "", heading=True))
        for code in inside:
            made.append(_row(_short(result, code), result.own[code], marked=code in weakest))
    with theme():
        figure = rows.draw(
            made,
            _overall_mark(result),
            "Tiêu chí thấp nhất",
            _with_interval(result, made, "Tiêu chí khác"),
        )
    caption = f"Mức độ hài lòng theo tiêu chí, {result.subject.label}, năm {result.year}"
    ordered = sorted(codes, key=lambda code: -result.own[code].value)
    return Chart(figure, caption, _alt(result, ordered, "tiêu chí"))


def units(result: SipasResult, kind: Kind) -> Chart:
    """Draw the ranked units of a kind with their intervals, the highest on top."""
    table = result.current.units.get(kind)
    ranked = table[table["rank"].notna()] if table is not None else None
    if ranked is None or len(ranked) < 2:
        return Chart.nothing("Chưa có kết quả của các đơn vị được xếp hạng để vẽ.")
    shown, cut = ranked, len(ranked) > MOST_UNITS
    if cut:
        own = ranked[ranked["unit"] == result.subject.unit]
        shown = pd.concat([ranked.head(ENDS), own, ranked.tail(ENDS)]).drop_duplicates()
        shown = shown.sort_values("rank", kind="stable")
    made = [_unit_row(result, kind, row) for _, row in shown.iterrows()]
    mean = float(ranked["value"].mean())
    marks = [rows.Mark(mean, f"Bình quân ({words.percentage(mean)})")]
    many = words.units(kind)
    label = result.subject.label if result.subject.kind == kind else ""
    with theme():
        figure = rows.draw(made, marks, label, _with_interval(result, made, f"Một {many}"))
    ends = (
        f" ({ENDS} {many} cao nhất và {ENDS} {many} thấp nhất trong {len(ranked)})" if cut else ""
    )
    caption = f"Mức độ hài lòng của các {many} được xếp hạng{ends}, năm {result.year}"
    return Chart(figure, caption, _alt_of_units(ranked, many, mean))


def _row(name: str, fact: Fact, *, marked: bool = False) -> rows.Row:
    text = words.percentage(fact.value, fact.decimals)
    return rows.Row(wrapped(name, NAME_WIDTH), fact.value, fact.low, fact.high, text, marked)


def _unit_row(result: SipasResult, kind: Kind, row: pd.Series) -> rows.Row:
    own = result.subject.kind == kind and row["unit"] == result.subject.unit
    name = wrapped(f"{int(row['rank'])}. {row['unit']}", NAME_WIDTH)
    value = float(row["value"])
    low, high = float(row["low"]), float(row["high"])
    return rows.Row(name, value, low, high, words.percentage(value), own)


def _short(result: SipasResult, code: str) -> str:
    return result.edition.get(code).short


def _overall_mark(result: SipasResult) -> list[rows.Mark]:
    if TOTAL not in result.own:
        return []
    total = result.own[TOTAL]
    text = words.percentage(total.value, total.decimals)
    return [rows.Mark(total.value, f"Chỉ số chung ({text})")]


def _with_interval(result: SipasResult, made: list[rows.Row], name: str) -> str:
    known = any(math.isfinite(row.low) for row in made)
    confidence = words.percentage(result.rules.confidence * 100, 0)
    return f"{name}, khoảng tin cậy {confidence}" if known else name


def _alt(result: SipasResult, ordered: list[str], what: str) -> str:
    """Name both ends, highest first in `ordered`."""
    ends = [
        f"{_short(result, code)} {words.percentage(result.own[code].value)}"
        for code in (ordered[0], ordered[-1])
    ]
    total = ""
    if TOTAL in result.own:
        overall = result.own[TOTAL]
        above = sum(result.own[code].value > overall.value for code in ordered)
        total = (
            f" Chỉ số chung {words.percentage(overall.value, overall.decimals)}; {above} trên "
            f"{len(ordered)} {what} cao hơn mức này."
        )
    return f"Cao nhất là {ends[0]}, thấp nhất là {ends[1]}.{total}"


def _alt_of_units(ranked: pd.DataFrame, many: str, mean: float) -> str:
    top, bottom = ranked.iloc[0], ranked.iloc[-1]
    return (
        f"{len(ranked)} {many} được xếp hạng. Cao nhất là {top['unit']} "
        f"{words.percentage(float(top['value']))}, thấp nhất là {bottom['unit']} "
        f"{words.percentage(float(bottom['value']))}, bình quân {words.percentage(mean)}."
    )
