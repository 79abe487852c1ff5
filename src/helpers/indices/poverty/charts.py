"""The charts of the report on poor and near-poor households."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from helpers.display import matplotlib_theme as theme
from helpers.display.chart import Chart
from helpers.display.figure_chart import figure_chart
from helpers.display.theme import wrapped
from helpers.facts.leading import population
from helpers.indices.poverty import text_words as words
from helpers.indices.poverty.disclosure import HIDDEN
from helpers.indices.poverty.result import PovertyResult
from helpers.words.numbers import percent
from helpers.words.text import joined

ROW = 0.3
HEAD = 0.45
FOOT = 0.55
LEFT = 2.0
POOR_COLOUR = theme.OWN
NEAR_COLOUR = theme.GROUPS[3].colour
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
    bars = [(result.place.in_full, own.value), *known]
    with theme.theme():
        figure, axes = _frame(len(bars), [wrapped(name, 24) for name, _ in bars])
        for place, (_, value) in enumerate(bars):
            colour = POOR_COLOUR if place == 0 else theme.DOT
            axes.barh(place, value, height=0.5, color=colour)
            _label(axes, value, place, value, colour if place == 0 else theme.INK)
        _scale(axes, [value for _, value in bars])
    said = [f"{name} {percent(value / 100, 2)}" for name, value in bars]
    return figure_chart(
        figure,
        f"Tỷ lệ nghèo đa chiều của {result.place.in_full} so với vùng và cả nước, năm {result.year}",
        f"Biểu đồ thanh tỷ lệ nghèo đa chiều năm {result.year}: {'; '.join(said)}.",
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
    rows = result.districts
    known = rows[rows["poor"].notna() & ~rows[HIDDEN]] if len(rows) else rows
    if len(known) < 2:
        return Chart.nothing("Chưa có tỷ lệ hộ nghèo của các địa bàn.")
    ordered = known.sort_values("poor", ascending=False, kind="stable").head(MOST_ROWS)
    comparable = not result.why_not_since_start
    before = ordered["poor_before"] if comparable else ordered["poor_before"] * math.nan
    hidden = [str(name) for name in rows[rows[HIDDEN]]["huyen"]][: MOST_ROWS - len(ordered)]
    with theme.theme():
        names = [*(str(name) for name in ordered["huyen"]), *hidden]
        figure, axes = _frame(len(names), names)
        for place in range(len(ordered), len(names)):
            _not_told(axes, place)
        for place, (end, start) in enumerate(zip(ordered["poor"], before, strict=True)):
            if not math.isnan(start):
                axes.plot([start, end], [place, place], color=theme.DOT, linewidth=1.4, zorder=2)
                axes.plot(start, place, "o", color="white", markeredgecolor=theme.INK, zorder=3)
            axes.plot(end, place, "D", color=POOR_COLOUR, markersize=6, zorder=4)
            _label(axes, max(end, start if not math.isnan(start) else end), place, end, POOR_COLOUR)
        _scale(axes, [*ordered["poor"], *before.dropna()])
        marks = [("D", POOR_COLOUR, POOR_COLOUR, "Cuối năm (có ghi số)")]
        if before.notna().any():
            marks.append(("o", "white", theme.INK, "Đầu năm"))
        _legend(figure, marks)
    lead, last = (
        f"{row['huyen']} {_percent(row['poor'])}" for row in (ordered.iloc[0], ordered.iloc[-1])
    )
    what = f"Biểu đồ điểm tỷ lệ hộ nghèo của {len(ordered)} địa bàn"
    count = int(rows[HIDDEN].sum())
    caption = f"Tỷ lệ hộ nghèo theo địa bàn, {result.place.in_full}, năm {result.year}"
    if count:
        why = words.hidden_why(result)
        return figure_chart(
            figure,
            f"{caption} ({NOT_TOLD}: {why})",
            f"{what} được nêu, từ {lead} đến {last}; {count} địa bàn không nêu ({why}).",
        )
    rates = ordered["poor"].round(2).tolist()
    whole = population(rows["poor"], float).is_whole
    if not whole or rates[0] == rates[1] or rates[-1] == rates[-2]:
        return figure_chart(figure, caption, f"{what}, từ cao xuống thấp, từ {lead} đến {last}.")
    return figure_chart(
        figure, caption, f"{what}, từ cao xuống thấp: cao nhất {lead}, thấp nhất trong hình {last}."
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
    with theme.theme():
        names = [wrapped(f"{row['code']}. {row['name']}", 28) for _, row in known.iterrows()]
        figure, axes = _frame(len(known), names, row=0.36)
        for place, (poor, other) in enumerate(zip(known["poor"], near, strict=True)):
            if math.isnan(poor):
                _not_told(axes, place)
                continue
            far = poor if math.isnan(other) else max(poor, other)
            axes.plot([0, far], [place, place], color=theme.RULE, linewidth=1.2, zorder=1)
            axes.plot(poor, place, "D", color=POOR_COLOUR, markersize=6, zorder=4)
            if not math.isnan(other):
                axes.plot(other, place, "s", color=NEAR_COLOUR, markersize=5.5, zorder=3)
            _label(axes, far, place, poor, POOR_COLOUR)
        _scale(axes, [*known["poor"].dropna(), *near[known["poor"].notna()].dropna()])
        marks = [("D", POOR_COLOUR, POOR_COLOUR, "Hộ nghèo (có ghi số)")]
        if near.notna().any():
            marks.append(("s", NEAR_COLOUR, NEAR_COLOUR, "Hộ cận nghèo"))
        _legend(figure, marks)
    caption = f"Tỷ lệ hộ thiếu hụt theo từng chỉ số, {result.place.in_full}, cuối năm {result.year}"
    alt = (
        f"Biểu đồ điểm tỷ lệ hộ thiếu hụt. {_told(known, 'poor', 'Hộ nghèo')} "
        f"{_told(known[known['poor'].notna()], 'near_poor', 'Hộ cận nghèo')}"
    ).strip()
    if rows[["hidden_poor", "hidden_near_poor"]].any(axis=None):
        why = words.hidden_why(result)
        return figure_chart(
            figure,
            f"{caption} (dấu không vẽ: {why})",
            f"{alt} Tỷ lệ khác không nêu ({why}).",
        )
    return figure_chart(figure, caption, alt)


def _not_told(axes: Axes, place: int) -> None:
    """Write that a mark is left out."""
    axes.annotate(
        NOT_TOLD,
        (0, place),
        xytext=(4, 0),
        textcoords="offset points",
        va="center",
        fontsize=theme.SMALL,
        color=theme.QUIET,
    )


def _told(rows: pd.DataFrame, column: str, name: str) -> str:
    known = rows[rows[column].notna()]
    if known.empty:
        return ""
    said = [f"{row['name']} {_percent(row[column])}" for _, row in known.iterrows()]
    return f"{name}: {joined(said)}."


def _percent(value: float) -> str:
    return percent(float(value) / 100, 2)


def _frame(rows: int, names: Sequence[str], row: float = ROW) -> tuple[Figure, Axes]:
    lines = max(name.count("\n") + 1 for name in names)
    step = max(row, 0.17 * lines + 0.1)
    height = HEAD + step * rows + FOOT
    figure = theme.new_figure(height)
    width = theme.WIDTH - LEFT - 0.3
    axes = figure.add_axes(
        (LEFT / theme.WIDTH, FOOT / height, width / theme.WIDTH, step * rows / height)
    )
    axes.set_ylim(rows - 0.5, -0.5)
    axes.set_yticks(range(rows), list(names))
    axes.tick_params(axis="y", labelcolor=theme.INK)
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("%")
    return figure, axes


def _scale(axes: Axes, values: Sequence[float]) -> None:
    top = max([*values, 0.5])
    axes.set_xlim(0, top * 1.14)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, steps=[1, 2, 5, 10]))
    whole_ticks = all(float(tick).is_integer() for tick in axes.get_xticks())
    theme.decimal_axis(axes.xaxis, 0 if whole_ticks else 1 if top >= 0.8 else 2)


def _label(axes: Axes, at: float, row: int, value: float, colour: str) -> None:
    axes.annotate(
        _percent(value),
        (at, row),
        xytext=(7, 0),
        textcoords="offset points",
        va="center",
        fontsize=theme.SMALL,
        color=colour,
        fontweight="semibold",
    )


def _legend(figure: Figure, marks: Sequence[tuple[str, str, str, str]]) -> None:
    handles = [
        Line2D([], [], marker=m, linestyle="none", color=c, markeredgecolor=e, label=label)
        for m, c, e, label in marks
    ]
    figure.legend(handles=handles, loc="upper left", bbox_to_anchor=(0, 1), ncols=len(handles))
