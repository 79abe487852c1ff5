"""PAPI over the years: small multiples of the total and the dimensions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from helpers.definitions import Framework, compare_years
from helpers.display import theme
from helpers.display.chart import Chart
from helpers.display.history import BREAK, COLUMNS, LEGEND, PANEL, Panel, draw_panel, extent
from helpers.facts.change import joined_segments, lacks_error
from helpers.indices.papi import charts_words as words
from helpers.indices.papi.charts_history_words import alternative, marks_of, rows_of
from helpers.indices.papi.result import PapiResult
from helpers.words.side_by_side import UNJOINED


def history(result: PapiResult) -> Chart:
    """Draw total and dimensions over the years (see :func:`charts.history`)."""
    panels = [
        _panel(result, code)
        for code in words.top_codes(result.edition)
        if (result.history["code"] == code).any()
    ]
    if not panels:
        return Chart.nothing(f"{result.place.in_full} chưa có điểm qua các năm.")
    years = sorted(int(year) for year in result.history["year"].unique())
    with theme.theme():
        figure = _draw(panels, years, result)
    span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    caption = f"Điểm {result.definition.short_name} của {result.place.in_full} qua các năm, {span}"
    told = [(p.code, rows_of(result, p.code), p.breaks) for p in panels]
    apart = any(any(lacks_error(marks_of(result, code, rows))) for code, rows, _ in told)
    return Chart(figure, f"{caption}{UNJOINED if apart else ''}", alternative(result, told))


def _panel(result: PapiResult, code: str) -> Panel:
    rows = rows_of(result, code)
    breaks = [
        year
        for (_, before), (_, after) in pairwise(rows.iterrows())
        if before["segment"] != after["segment"]
        for year in break_years(result.definition, code, int(before["year"]), int(after["year"]))
    ]
    drawn = rows.assign(segment=joined_segments(marks_of(result, code, rows)))
    return Panel(code, words.short_name(result.edition, code), drawn, tuple(breaks))


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


def _draw(panels: Sequence[Panel], years: Sequence[int], result: PapiResult) -> Figure:
    lines = -(-len(panels) // COLUMNS)
    height = LEGEND + PANEL * lines
    figure = theme.new_figure(height)
    grid = figure.add_gridspec(
        lines,
        COLUMNS,
        left=0.05,
        right=0.99,
        top=1 - (LEGEND + 0.22) / height,
        bottom=0.25 / height,
        wspace=0.24,
        hspace=0.52,
    )
    total = result.edition.root.code
    span = max((extent(p) for p in panels if p.code != total), default=1.0)
    for number, panel in enumerate(panels):
        axes = figure.add_subplot(grid[number // COLUMNS, number % COLUMNS])
        draw_panel(axes, panel, years, extent(panel) if panel.code == total else span)
    _draw_legend(figure, result, any(panel.breaks for panel in panels))
    return figure


def _draw_legend(figure: Figure, result: PapiResult, has_breaks: bool) -> None:
    handles: list[Line2D | Patch] = [
        Line2D([], [], color=theme.OWN, marker="o", markersize=4.5, label=result.place.name),
        Line2D([], [], color=theme.QUIET, marker="_", linewidth=1.0, label="Trung vị cả nước"),
    ]
    if has_breaks:
        handles.append(Patch(**BREAK, label="Đổi cách tính: không so sánh qua mốc này"))
    figure.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0, 1), ncols=3, borderaxespad=0.2
    )
