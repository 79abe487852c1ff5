"""The charts of the report on poor and near-poor households."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial

import pandas as pd

from helpers.display.bars import Bar, Part, Scale, bars
from helpers.display.chart import Chart
from helpers.display.keys import Entry
from helpers.display.points import Look, Pair, points
from helpers.facts.leading import population
from helpers.indices.poverty import text_words as words
from helpers.indices.poverty.disclosure import HIDDEN
from helpers.indices.poverty.result import PovertyResult
from helpers.words.numbers import percent
from helpers.words.text import joined

NOT_TOLD = "không nêu"
MOST_ROWS = 40
"""More rows than this do not fit a page; a chart then shows the highest ones and says so."""


def levels(result: PovertyResult) -> Chart:
    """Show the multidimensional rate beside the region and the country.

    Parameters
    ----------
    result : PovertyResult

    Returns
    -------
    Chart
        Empty if there is nothing to compare with.
    """
    own = result.state.rate("both")
    named = [("region", result.place.region), ("national", "Cả nước")]
    rows = [(name, result.reference(level, "both_rate")) for level, name in named]
    known = [(name, float(row["value"])) for name, row in rows if row is not None]
    if own is None or not known:
        return Chart.nothing("Chưa có tỷ lệ của vùng hoặc cả nước để so sánh.")
    shown = [(result.place.in_full, own.value), *known]
    said = [f"{name} {percent(value / 100, 2)}" for name, value in shown]
    rows_drawn = [
        Bar(
            name,
            (Part(value, "dot-mark" if place else "own"),),
            _percent(value),
            marked=not place,
        )
        for place, (name, value) in enumerate(shown)
    ]
    scale = Scale(max(0.5, *(value for _, value in shown)) * 1.03, "%")
    return Chart(
        partial(bars, rows_drawn, scale, ()),
        f"Tỷ lệ nghèo đa chiều của {result.place.in_full} so với vùng và cả nước, năm {result.year}",
        f"Biểu đồ thanh tỷ lệ nghèo đa chiều năm {result.year}: {'; '.join(said)}.",
        [{"place": name, "rate": value} for name, value in shown],
    )


def districts(result: PovertyResult) -> Chart:
    """Show the rate of poor households of each district, at the end and at the start of the year.

    Parameters
    ----------
    result : PovertyResult

    Returns
    -------
    Chart
        Empty if rates by district are not known. The start is left out where another standard held.
    """
    rows, name = result.units, result.unit_name
    known = rows[rows["poor"].notna() & ~rows[HIDDEN]] if len(rows) else rows
    if len(known) < 2:
        return Chart.nothing("Chưa có tỷ lệ hộ nghèo của các địa bàn.")
    ordered = known.sort_values("poor", ascending=False, kind="stable").head(MOST_ROWS)
    comparable = not result.why_not_since_start
    before = ordered["poor_before"] if comparable else ordered["poor_before"] * math.nan
    hidden = [str(one) for one in rows[rows[HIDDEN]][name]][: MOST_ROWS - len(ordered)]
    pairs = [
        Pair(str(unit), float(end), None if math.isnan(start) else float(start), _percent(end))
        for unit, end, start in zip(ordered[name], ordered["poor"], before, strict=True)
    ]
    pairs += [Pair(unit, None, None, NOT_TOLD) for unit in hidden]
    entries = [Entry("own-diamond", "Cuối năm (có ghi số)")]
    if before.notna().any():
        entries.append(Entry("best", "Đầu năm"))
    draw = partial(points, pairs, Look("best", "pair", "%", tuple(entries)))
    records = _records(pairs, "end_of_year", "start_of_year")
    lead, last = (
        f"{row[name]} {_percent(row['poor'])}" for row in (ordered.iloc[0], ordered.iloc[-1])
    )
    what = f"Biểu đồ điểm tỷ lệ hộ nghèo của {len(ordered)} địa bàn"
    count = int(rows[HIDDEN].sum())
    caption = f"Tỷ lệ hộ nghèo theo địa bàn, {result.place.in_full}, năm {result.year}"
    if count:
        why = words.hidden_why(result)
        return Chart(
            draw,
            f"{caption} ({NOT_TOLD}: {why})",
            f"{what} được nêu, từ {lead} đến {last}; {count} địa bàn không nêu ({why}).",
            records,
        )
    rates = ordered["poor"].round(2).tolist()
    whole = population(rows["poor"], float).is_whole
    if not whole or rates[0] == rates[1] or rates[-1] == rates[-2]:
        return Chart(draw, caption, f"{what}, từ cao xuống thấp, từ {lead} đến {last}.", records)
    return Chart(
        draw,
        caption,
        f"{what}, từ cao xuống thấp: cao nhất {lead}, thấp nhất trong hình {last}.",
        records,
    )


def deprivations(result: PovertyResult) -> Chart:
    """Show the share of poor and near-poor households deprived in each indicator.

    Parameters
    ----------
    result : PovertyResult

    Returns
    -------
    Chart
        Empty if the shares are not known.
    """
    rows = result.deprivations
    known = rows[rows["poor"].notna() | rows["hidden_poor"]] if len(rows) else rows
    if known.empty or not known["poor"].notna().any():
        return Chart.nothing("Chưa có tỷ lệ thiếu hụt theo từng chỉ số.")
    near = known["near_poor"]
    pairs = [
        Pair(f"{row['code']}. {row['name']}", None, None, NOT_TOLD)
        if math.isnan(row["poor"])
        else Pair(
            f"{row['code']}. {row['name']}",
            float(row["poor"]),
            None if math.isnan(row["near_poor"]) else float(row["near_poor"]),
            _percent(row["poor"]),
        )
        for _, row in known.iterrows()
    ]
    entries = [Entry("own-diamond", "Hộ nghèo (có ghi số)")]
    if near.notna().any():
        entries.append(Entry("fill-square", "Hộ cận nghèo"))
    draw = partial(points, pairs, Look("fill-mark", "zero", "%", tuple(entries)))
    records = _records(pairs, "poor", "near_poor")
    caption = f"Tỷ lệ hộ thiếu hụt theo từng chỉ số, {result.place.in_full}, cuối năm {result.year}"
    alt = (
        f"Biểu đồ điểm tỷ lệ hộ thiếu hụt. {_told(known, 'poor', 'Hộ nghèo')} "
        f"{_told(known[known['poor'].notna()], 'near_poor', 'Hộ cận nghèo')}"
    ).strip()
    if rows[["hidden_poor", "hidden_near_poor"]].any(axis=None):
        why = words.hidden_why(result)
        return Chart(
            draw,
            f"{caption} (dấu không vẽ: {why})",
            f"{alt} Tỷ lệ khác không nêu ({why}).",
            records,
        )
    return Chart(draw, caption, alt, records)


def _records(pairs: Sequence[Pair], value: str, other: str) -> list[dict[str, object]]:
    return [{"name": row.name, value: row.value, other: row.other} for row in pairs]


def _told(rows: pd.DataFrame, column: str, name: str) -> str:
    known = rows[rows[column].notna()]
    if known.empty:
        return ""
    said = [f"{row['name']} {_percent(row[column])}" for _, row in known.iterrows()]
    return f"{name}: {joined(said)}."


def _percent(value: float) -> str:
    return percent(float(value) / 100, 2)
