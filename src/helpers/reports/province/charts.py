"""The chart of a province's page: one small panel an index, with gaps where the method changed."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from helpers.display import theme
from helpers.display.chart import Chart
from helpers.display.history import BREAK, DOUBTED, LEGEND, PANEL, Panel, draw_panel, extent
from helpers.facts.change import Mark, joined_segments, lacks_error
from helpers.indices.papi import charts
from helpers.reports.province.result import ProvinceProfile
from helpers.reports.province.series import Series
from helpers.words import numbers
from helpers.words.numbers import known
from helpers.words.side_by_side import UNJOINED
from helpers.words.text import joined

COLUMNS = 2
TALLER = 1.25
"""A panel of an index is taller than one of a dimension: it stands for a whole index."""


def years(profile: ProvinceProfile) -> Chart:
    """Draw every index that has values over the years; no line crosses a change of method.

    Returns
    -------
    Chart
        Empty if there are no values.
    """
    shown = [series for series in profile.series if series.valued]
    if not shown:
        return Chart.nothing(f"{profile.place.in_full} chưa có giá trị nào để vẽ.")
    with theme.theme():
        figure = _draw(profile, shown)
    names = joined([series.name for series in shown])
    unjoined = UNJOINED if any(_is_unjoined(series) for series in shown) else ""
    caption = f"{names} của {profile.place.in_full} qua các năm{unjoined}"
    return Chart(figure, caption, _alt(profile, shown))


def dimensions(profile: ProvinceProfile) -> Chart:
    """Draw where the province lies in the newest PAPI dimensions."""
    if profile.papi is None:
        return Chart.nothing(f"{profile.place.in_full} không có điểm PAPI như một đơn vị.")
    return charts.dimensions(profile.papi)


def _draw(profile: ProvinceProfile, shown: list[Series]) -> Figure:
    lines = -(-len(shown) // COLUMNS)
    height = LEGEND + PANEL * TALLER * lines
    figure = theme.new_figure(height)
    grid = figure.add_gridspec(
        lines,
        COLUMNS,
        left=0.06,
        right=0.99,
        top=1 - (LEGEND + 0.24) / height,
        bottom=0.26 / height,
        wspace=0.2,
        hspace=0.5,
    )
    for number, series in enumerate(shown):
        panel = _panel(series)
        measured = [point.year for point in series.valued]
        axes = figure.add_subplot(grid[number // COLUMNS, number % COLUMNS])
        span = extent(panel) if series.key != "dti" else max(_small_extent(panel), 0.02)
        draw_panel(axes, panel, measured, span, series.decimals)
        if series.key == "dti":
            theme.decimal_axis(axes.yaxis, 2)
    handles: list[Line2D | Patch] = [
        Line2D([], [], color=theme.OWN, marker="o", markersize=4.5, label=profile.place.name),
    ]
    if any(point.doubt for series in shown for point in series.valued):
        handles.append(Line2D([], [], **DOUBTED, label="Giá trị còn nghi ngờ"))
    if any(point.middle is not None for series in shown for point in series.valued):
        label = "Cả nước (trung vị, bình quân)"
        handles.append(Line2D([], [], color=theme.QUIET, marker="_", linewidth=1.0, label=label))
    if any(_panel(series).breaks for series in shown):
        handles.append(Patch(**BREAK, label="Đổi cách tính: không so sánh qua mốc này"))
    figure.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0, 1), ncols=3, borderaxespad=0.2
    )
    return figure


def _panel(series: Series) -> Panel:
    rows = pd.DataFrame(
        [
            {
                "year": point.year,
                "value": point.value,
                # Not known is not drawn: NaN leaves a gap.
                "median": math.nan if point.middle is None else point.middle,
                "segment": segment,
                "doubted": bool(point.doubt),
            }
            for point, segment in zip(series.valued, joined_segments(_marks(series)), strict=True)
        ]
    )
    first, last = int(rows["year"].iloc[0]), int(rows["year"].iloc[-1])
    breaks = tuple(sorted({year for year, _ in series.breaks if first < year <= last}))
    unit = f", {series.sign}" if series.sign else ""
    return Panel(series.key, f"{series.name}{unit}", rows, breaks)


def _marks(series: Series) -> list[Mark]:
    return [Mark(point.segment, point.error, bool(point.doubt)) for point in series.valued]


def _small_extent(panel: Panel) -> float:
    both = panel.rows[["value", "median"]]
    return float(both.max().max() - both.min().min())


def _alt(profile: ProvinceProfile, shown: list[Series]) -> str:
    said = []
    for series in shown:
        values = [
            f"{numbers.decimal(known(p.value), series.decimals)}{series.sign} năm {p.year}"
            f"{' (còn nghi ngờ)' if p.doubt else ''}"
            for p in series.valued
        ]
        apart = _panel(series).breaks
        # Where no line is drawn none ends.
        ends = apart and not series.sampled
        gap = f" Đường ngắt ở năm {joined([str(y) for y in apart])}." if ends else ""
        said.append(f"{series.name} của {profile.place.in_full}: {joined(values)}.{gap}")
    named = joined([_unjoined(series) for series in shown if _is_unjoined(series)])
    if named:
        said.append(f"Các năm của {named} không được nối với nhau vì chưa biết sai số khảo sát.")
    return " ".join(said)


def _is_unjoined(series: Series) -> bool:
    return any(lacks_error(_marks(series)))


def _unjoined(series: Series) -> str:
    """Name an index, with the last year that is not joined where later ones are."""
    apart = [
        p.year for p, alone in zip(series.valued, lacks_error(_marks(series)), strict=True) if alone
    ]
    last = max(apart)
    return series.name if last == series.valued[-1].year else f"{series.name} đến năm {last}"
