"""PAPI over the years: small multiples of the total and the dimensions."""

from __future__ import annotations

import math
from functools import partial
from itertools import pairwise
from typing import Any

from helpers.definitions import Framework, compare_years
from helpers.display.chart import Chart
from helpers.display.history import Panel, Point, extent, stretches
from helpers.display.history import history as drawn
from helpers.display.keys import Entry
from helpers.facts.change import joined_segments, lacks_error
from helpers.indices.papi import charts_words as words
from helpers.indices.papi.charts_history_words import alternative, marks_of
from helpers.indices.papi.result import PapiResult
from helpers.words.side_by_side import UNJOINED

COLUMNS = 3
LEAST = 0.2
"""Points that the scale of a panel spans at least: less is no visible difference."""


def history(result: PapiResult) -> Chart:
    """Draw total and dimensions over the years (see :func:`charts.history`)."""
    columns = ("code", "year", "value", "median", "segment")
    by_code: dict[str, list[tuple[Any, ...]]] = {}
    for code, *row in zip(*(result.history[name].tolist() for name in columns), strict=True):
        by_code.setdefault(code, []).append(tuple(row))
    years = sorted({int(year) for year in result.history["year"].tolist()})
    panels = [
        _panel(result, code, sorted(by_code[code]), (years[0], years[-1]))
        for code in words.top_codes(result.edition)
        if code in by_code
    ]
    if not panels:
        return Chart.nothing(f"{result.place.in_full} chưa có điểm qua các năm.")
    if len(years) == 1:
        return Chart.nothing("Chưa có năm nào khác để vẽ diễn biến.")
    said = alternative(result, panels)
    unjoined = UNJOINED if any(any(lacks_error(marks_of(result, p))) for p in panels) else ""
    total = result.edition.root.code
    span = max((extent(p) for p in panels if p.code != total), default=1.0)
    panels = [
        panel._replace(
            span=max(LEAST, extent(panel) if panel.code == total else span),
            points=_as_joined(result, panel),
        )
        for panel in panels
    ]
    own = "own-line" if any(list(stretches(p.points)) for p in panels) else "own-point"
    entries = [Entry(own, result.place.name), Entry("mid-line", "Trung vị cả nước")]
    if any(panel.breaks for panel in panels):
        entries.append(Entry("break", "Đổi cách tính: không so sánh qua mốc này"))
    when = f"{years[0]}–{years[-1]}"
    return Chart(
        partial(drawn, panels, entries, columns=COLUMNS),
        f"Điểm {result.definition.short_name} của {result.place.in_full} qua các năm, {when}{unjoined}",
        said,
        [
            {"criterion": panel.name, "year": p.year, "value": p.value, "median": p.middle}
            for panel in panels
            for p in panel.points
        ],
    )


def _panel(
    result: PapiResult, code: str, rows: list[tuple[Any, ...]], years: tuple[int, int]
) -> Panel:
    points = tuple(
        Point(int(year), value, None if math.isnan(median) else median, int(segment))
        for year, value, median, segment in rows
    )
    breaks = [
        year
        for before, after in pairwise(points)
        if before.segment != after.segment
        for year in break_years(result.definition, code, before.year, after.year)
    ]
    name = words.short_name(result.edition, code)
    return Panel(code, name, points, tuple(breaks), result.definition.decimals, years)


def _as_joined(result: PapiResult, panel: Panel) -> tuple[Point, ...]:
    """Return the points with segments that a line may join, which takes known errors as well."""
    segments = joined_segments(marks_of(result, panel))
    return tuple(
        point._replace(segment=segment)
        for point, segment in zip(panel.points, segments, strict=True)
    )


def break_years(definition: Framework, code: str, before: int, after: int) -> tuple[int, ...]:
    """Return the first years of a new method between two years that may not be compared.

    Parameters
    ----------
    definition : Framework
    code : str
    before, after : int
        Two years with a score, next to each other in the data.

    Returns
    -------
    tuple of int
        At least one year; `after` where no single step explains the break.
    """
    found = [
        year
        for year in range(before + 1, after + 1)
        if definition.edition(year).has(code)
        and not compare_years(definition, code, year - 1, year).allowed
    ]
    return tuple(found) or (after,)
