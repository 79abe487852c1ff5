"""The text alternative of the chart over the years."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.display.history import FEW_YEARS
from helpers.facts.change import Mark, lacks_error
from helpers.indices.papi import charts_words as words
from helpers.indices.papi.errors import errors_of
from helpers.indices.papi.findings import movements
from helpers.indices.papi.result import PapiResult
from helpers.words import numbers
from helpers.words.text import joined


def alternative(
    result: PapiResult, panels: Sequence[tuple[str, pd.DataFrame, tuple[int, ...]]]
) -> str:
    """Say what the chart shows.

    Parameters
    ----------
    result : PapiResult
    panels : sequence of tuple
        Code, rows (``year, value, median, segment``, ascending by year) and breaks of each panel.
    """
    sentences = [_values(result, *panels[0][:2]), _differences(result)]
    broken = [words.short_name(result.edition, code) for code, _, breaks in panels if breaks]
    if broken and len(broken) < len(panels):
        sentences.append(f"Không so sánh qua mốc đổi cách tính ở {joined(broken)}.")
    elif broken:
        sentences.append("Mọi điểm số đều có mốc đổi cách tính, không so sánh qua mốc này.")
    sentences.append(_unjoined(result, panels))
    return " ".join(sentence for sentence in sentences if sentence)


def rows_of(result: PapiResult, code: str) -> pd.DataFrame:
    """Return the years of a criterion, ascending; years of one ``segment`` may be compared."""
    return result.history[result.history["code"] == code].sort_values("year")


def marks_of(result: PapiResult, code: str, rows: pd.DataFrame) -> list[Mark]:
    """Return what decides which years of a criterion a line joins."""
    slug = result.place.slug
    return [
        Mark(int(segment), errors_of(result.country, code, int(year))[slug])
        for year, segment in zip(rows["year"], rows["segment"], strict=True)
    ]


def _unjoined(
    result: PapiResult, panels: Sequence[tuple[str, pd.DataFrame, tuple[int, ...]]]
) -> str:
    """Say, once, which years stand unjoined although they may be compared."""
    total = result.edition.root.code
    where, dimensions = [], False
    for code, rows, _ in panels:
        apart = lacks_error(marks_of(result, code, rows))
        if not any(apart):
            continue
        if code == total:
            last = max(int(year) for year, alone in zip(rows["year"], apart, strict=True) if alone)
            where.append(f"điểm tổng hợp đến năm {last}")
        dimensions = dimensions or code != total
    where += ["các chỉ số nội dung"] if dimensions else []
    if not where:
        return ""
    return f"Các năm của {joined(where)} không được nối với nhau vì chưa biết sai số khảo sát."


def _values(result: PapiResult, code: str, rows: pd.DataFrame) -> str:
    """Give the values of the stretch that reaches the year of the report."""
    decimals = result.definition.decimals
    stretch = rows[rows["segment"] == rows["segment"].iloc[-1]]
    if len(stretch) > FEW_YEARS:
        stretch = stretch.iloc[[0, -1]]
    values = [
        f"{numbers.decimal(row['value'], decimals)} điểm năm {int(row['year'])} "
        f"(trung vị {numbers.decimal(row['median'], decimals)})"
        for _, row in stretch.iterrows()
    ]
    name = words.short_name(result.edition, code)
    what = name if code == result.edition.root.code else f"Điểm {name}"
    said = f"{what} của {result.place.in_full}: {joined(values)}."
    last = int(rows["year"].iloc[-1])
    return said if last == result.year else f"{said} Năm {result.year} không có số liệu này."


def _differences(result: PapiResult) -> str:
    """Give the differences to the latest year that may be compared, in the order of the report."""
    years = [int(year) for year in result.changes["earlier"]]
    if not years:
        return ""
    earlier, total = max(years), result.edition.root.code
    told = [
        f"{words.short_name(result.edition, movement.code)} "
        f"({numbers.signed(movement.difference, result.definition.decimals)})"
        for movement in movements(result, earlier)
        if movement.code != total
    ]
    if not told:
        return ""
    lead = f"Trong các chỉ số nội dung so sánh được giữa năm {earlier} và năm {result.year}"
    if len(told) == 1:
        return f"{lead} chỉ có {told[0]}."
    return f"{lead}, chênh lệch là {joined(told)}."
