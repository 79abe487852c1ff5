"""The text alternative of the chart over the years."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.display.history import FEW_YEARS, Panel
from helpers.facts.change import Mark, lacks_error
from helpers.indices.papi import charts_words as words
from helpers.indices.papi.errors import errors_of
from helpers.indices.papi.result import PapiResult
from helpers.words import numbers
from helpers.words.numbers import known
from helpers.words.text import joined


def alternative(result: PapiResult, panels: Sequence[Panel]) -> str:
    """Say what the chart shows, from the panels that are drawn."""
    sentences = [_values(result, panels[0]), _differences(result)]
    broken = [panel.name for panel in panels if panel.breaks]
    if broken and len(broken) < len(panels):
        sentences.append(f"Không so sánh qua mốc đổi cách tính ở {joined(broken)}.")
    elif broken:
        sentences.append("Mọi điểm số đều có mốc đổi cách tính, không so sánh qua mốc này.")
    sentences.append(_unjoined(result, panels))
    return " ".join(sentence for sentence in sentences if sentence)


def marks_of(result: PapiResult, panel: Panel) -> list[Mark]:
    """Return what decides which years of a criterion a line joins."""
    slug = result.place.slug
    return [
        Mark(point.segment, errors_of(result.country, panel.code, point.year)[slug])
        for point in panel.points
    ]


def _unjoined(result: PapiResult, panels: Sequence[Panel]) -> str:
    """Say, once, which years stand unjoined although they may be compared."""
    total = result.edition.root.code
    where, dimensions = [], False
    for panel in panels:
        apart = lacks_error(marks_of(result, panel))
        if not any(apart):
            continue
        if panel.code == total:
            last = max(p.year for p, alone in zip(panel.points, apart, strict=True) if alone)
            where.append(f"điểm tổng hợp đến năm {last}")
        dimensions = dimensions or panel.code != total
    where += ["các chỉ số nội dung"] if dimensions else []
    if not where:
        return ""
    return f"Các năm của {joined(where)} không được nối với nhau vì chưa biết sai số khảo sát."


def _values(result: PapiResult, panel: Panel) -> str:
    """Give the values of the stretch that reaches the year of the report."""
    stretch = [p for p in panel.points if p.segment == panel.points[-1].segment]
    if len(stretch) > FEW_YEARS:
        stretch = [stretch[0], stretch[-1]]
    values = [
        f"{numbers.decimal(point.value, panel.decimals)} điểm năm {point.year} "
        f"(trung vị {numbers.decimal(known(point.middle), panel.decimals)})"
        for point in stretch
    ]
    what = panel.name if panel.code == result.edition.root.code else f"Điểm {panel.name}"
    said = f"{what} của {result.place.in_full}: {joined(values)}."
    last = panel.points[-1].year
    return said if last == result.year else f"{said} Năm {result.year} không có số liệu này."


def _differences(result: PapiResult) -> str:
    """Give the differences to the latest year that may be compared, in the order of the report."""
    years = [int(year) for year in result.changes["earlier"]]
    if not years:
        return ""
    earlier, total = max(years), result.edition.root.code
    told = [
        f"{words.short_name(result.edition, change.code)} "
        f"({numbers.signed(change.difference, result.definition.decimals)})"
        for change in result.changes_since(earlier)
        if change.allowed and change.code != total
    ]
    if not told:
        return ""
    lead = f"Trong các chỉ số nội dung so sánh được giữa năm {earlier} và năm {result.year}"
    if len(told) == 1:
        return f"{lead} chỉ có {told[0]}."
    return f"{lead}, chênh lệch là {joined(told)}."
