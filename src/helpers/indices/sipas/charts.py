"""The charts of a SIPAS report."""

from __future__ import annotations

import math
from functools import partial

import pandas as pd

from helpers.display import intervals as rows
from helpers.display.chart import Chart
from helpers.facts.families import Finding
from helpers.facts.value import Value
from helpers.indices.sipas import labels as words
from helpers.indices.sipas.model import SipasResult
from helpers.indices.sipas.rules import TOTAL, Kind
from helpers.indices.sipas.rules import factors as all_factors

MOST_UNITS = 40
"""Units drawn at most; of more, only both ends."""
ENDS = 15
FEW = 10
"""Values that a text alternative lists one by one."""


def factors(result: SipasResult) -> Chart:
    """Draw the factors with their intervals, in their own order, and the overall satisfaction."""
    codes = list(result.factor_codes)
    if len(codes) < 2:
        return Chart.nothing("Chưa có kết quả theo yếu tố để vẽ.")
    made = [_row(_short(result, code), result.own[code]) for code in codes]
    marks = _overall_mark(result)
    caption = f"Mức độ hài lòng theo yếu tố, {result.subject.label}, năm {result.year}"
    legend = _legend("", _with_interval(result, made, "Yếu tố"))
    return _chart(made, marks, legend, caption, _alt(result, codes, "yếu tố"))


def items(result: SipasResult) -> Chart:
    """Draw all items below their factors; those that surely are the lowest are marked."""
    codes = result.item_codes
    if len(codes) < 2:
        return Chart.nothing("Chưa có kết quả theo tiêu chí để vẽ.")
    weakest = set(_named(result.found.of("items", "weakest")))
    made: list[rows.Row] = []
    for factor in all_factors(result.edition):
        inside = [node.code for node in factor.children if node.code in result.own]
        if not inside:
            continue
        nothing = math.nan
        made.append(rows.Row(factor.short, nothing, nothing, nothing, "", heading=True))
        for code in inside:
            made.append(_row(_short(result, code), result.own[code], marked=code in weakest))
    caption = f"Mức độ hài lòng theo tiêu chí, {result.subject.label}, năm {result.year}"
    legend = _legend("Tiêu chí thấp nhất", _with_interval(result, made, "Tiêu chí khác"))
    marks = _overall_mark(result)
    return _chart(made, marks, legend, caption, _alt(result, list(codes), "tiêu chí"))


def units(result: SipasResult, kind: Kind) -> Chart:
    """Draw the ranked units of a kind with their intervals, the highest on top."""
    table = result.current.units.get(kind)
    ranked = table[table["rank"].notna()] if table is not None else None
    if table is None or ranked is None or len(ranked) < 2:
        return Chart.nothing("Chưa có kết quả của các đơn vị được xếp hạng để vẽ.")
    shown, cut = ranked, len(ranked) > MOST_UNITS
    if cut:
        own = ranked[ranked["unit"] == result.subject.unit]
        shown = pd.concat([ranked.head(ENDS), own, ranked.tail(ENDS)]).drop_duplicates()
        shown = shown.sort_values("rank", kind="stable")
    unranked = table[(table["unit"] == result.subject.unit) & table["rank"].isna()]
    if kind == result.subject.kind:
        # The subject is drawn, too, where it has too few forms for a place.
        shown = pd.concat([shown, unranked[unranked["value"].notna()]])
    made = [_unit_row(result, kind, row) for _, row in shown.iterrows()]
    mean = float(ranked["value"].mean())
    many = words.units(kind)
    marks = [rows.Mark(mean, f"Bình quân {len(ranked)} {many} ({words.percentage(mean)})")]
    label = result.subject.label if result.subject.kind == kind else ""
    ends = f" ({ENDS} ở đầu và {ENDS} ở cuối trong {len(ranked)} {many})" if cut else ""
    apart = f" và của {label}" if len(made) > len(ranked) and not cut else ""
    caption = f"Mức độ hài lòng của các {many} được xếp hạng{ends}{apart}, năm {result.year}"
    legend = _legend(label, _with_interval(result, made, f"Một {many}"))
    return _chart(made, marks, legend, caption, _alt_of_units(result, kind, ranked, mean))


def _legend(marked: str, other: str) -> rows.Legend:
    return rows.Legend(marked, other, "Chưa rõ sai số", "Tỷ lệ hài lòng, %")


def _chart(
    made: list[rows.Row], marks: list[rows.Mark], legend: rows.Legend, caption: str, alt: str
) -> Chart:
    records = [
        {"name": row.name, "value": row.value, "low": row.low, "high": row.high}
        for row in made
        if not row.heading
    ]
    return Chart(partial(rows.intervals, made, marks, legend), caption, alt, records)


def _row(name: str, value: Value, *, marked: bool = False) -> rows.Row:
    text = words.percentage(value.known, value.decimals)
    low, high = value.error.low, value.error.high
    return rows.Row(name, value.known, low, high, text, marked)


def _unit_row(result: SipasResult, kind: Kind, row: pd.Series) -> rows.Row:
    own = result.subject.kind == kind and row["unit"] == result.subject.unit
    small = "" if row["rank"] == row["rank"] else " (không xếp hạng)"
    name = f"{row['unit']}{small}"
    value = float(row["value"])
    low, high = float(row["low"]), float(row["high"])
    return rows.Row(name, value, low, high, words.percentage(value), own)


def _named(found: Finding | None) -> tuple[str, ...]:
    """Return the codes of the parts or units that a finding names at an end."""
    parts = None if found is None else found.fields.get("parts")
    return tuple(part.code for part in parts) if isinstance(parts, tuple) else ()


def _short(result: SipasResult, code: str) -> str:
    return result.edition.get(code).short


def _overall_mark(result: SipasResult) -> list[rows.Mark]:
    if TOTAL not in result.own:
        return []
    total = result.own[TOTAL]
    text = words.percentage(total.known, total.decimals)
    return [rows.Mark(total.known, f"Chỉ số chung ({text})")]


def _with_interval(result: SipasResult, made: list[rows.Row], name: str) -> str:
    known = any(math.isfinite(row.low) for row in made)
    confidence = words.percentage(result.rules.confidence * 100, 0)
    return f"{name}, khoảng tin cậy {confidence}" if known else f"{name}, chưa rõ sai số"


def _alt(result: SipasResult, codes: list[str], what: str) -> str:
    """Give what is drawn: all values if they are few, else between which they lie."""
    values = [result.own[code].known for code in codes]
    if len(codes) <= FEW:
        said = "; ".join(
            f"{_short(result, code)} {words.percentage(result.own[code].known)}" for code in codes
        )
    else:
        said = (
            f"{len(codes)} {what}, từ {words.percentage(min(values))} đến "
            f"{words.percentage(max(values))}"
        )
    if TOTAL not in result.own:
        return f"{said}."
    overall = result.own[TOTAL]
    return f"{said}. Chỉ số chung {words.percentage(overall.known, overall.decimals)}."


def _alt_of_units(result: SipasResult, kind: Kind, ranked: pd.DataFrame, mean: float) -> str:
    many = words.units(kind)
    low, high = float(ranked["value"].min()), float(ranked["value"].max())
    said = (
        f"{len(ranked)} {many} được xếp hạng, từ {words.percentage(low)} đến "
        f"{words.percentage(high)}, bình quân {words.percentage(mean)}."
    )
    for family, end in (("strongest", "Cao nhất"), ("weakest", "Thấp nhất")):
        names = _named(result.found.of(f"{kind}s", family))
        if names:
            one = "" if len(names) == 1 else f"một trong {len(names)} {many} "
            said += f" {end} là {one}{', '.join(names)}."
    if kind == result.subject.kind and result.subject.unit not in set(ranked["unit"]):
        own = result.own.get(TOTAL)
        if own is not None:
            value = words.percentage(own.known, own.decimals)
            said += f" {result.subject.label} {value}, không xếp hạng."
    unknown = int(ranked["low"].isna().sum())
    if unknown:
        said += f" {unknown} {many} chưa rõ sai số, vẽ bằng ký hiệu rỗng."
    return said
