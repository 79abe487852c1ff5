"""The published value of a province over the years, for PAR INDEX and DTI reports."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from helpers.display import matplotlib_theme as theme
from helpers.display.chart import Chart
from helpers.display.figure_chart import figure_chart
from helpers.facts.change import Mark, joined_segments, lacks_error
from helpers.indices.scored import text_words as words
from helpers.indices.scored.result import ScoredResult
from helpers.indices.scored.standing import Figure as PublishedFigure
from helpers.indices.scored.tables import renewals
from helpers.words import numbers
from helpers.words.numbers import known
from helpers.words.side_by_side import UNJOINED
from helpers.words.text import joined


def history(result: ScoredResult) -> Chart:
    """Draw the province's value over the years; no line crosses a change of method."""
    found = [figure for figure in result.published.history if figure.value is not None]
    if len(found) < 2:
        return Chart.nothing("Có giá trị công bố của chưa đến hai năm.")
    with theme.theme():
        figure = _draw_history(result, found)
    span = f"{found[0].year}–{found[-1].year}"
    what = f"{result.framework.short_name} của {result.place.in_full} qua các năm, {span}"
    caption = f"{what}{UNJOINED if any(lacks_error(_marks(result, found))) else ''}"
    return figure_chart(figure, caption, _history_alt(result, found))


def _draw_history(result: ScoredResult, found: Sequence[PublishedFigure]) -> Figure:
    figure = theme.new_figure(2.5)
    axes = figure.add_axes((0.08, 0.13, 0.89, 0.72))
    look = words.scale(result)
    first, last = found[0].year, found[-1].year
    stretch = joined_segments(_marks(result, found))
    for (earlier, one), (later, other) in pairwise(zip(found, stretch, strict=True)):
        if one != other:
            continue
        style = "-" if later.year == earlier.year + 1 else ":"
        ends = [known(earlier.value), known(later.value)]
        axes.plot([earlier.year, later.year], ends, color=theme.OWN, linestyle=style, linewidth=1.8)
    for mark in found:
        axes.plot(
            [mark.year],
            [known(mark.value)],
            "D",
            color=theme.OWN,
            markersize=6,
            markerfacecolor="white" if mark.doubt else theme.OWN,
        )
    means = [m for m in result.published.national_history if first <= m.year <= last]
    axes.plot(
        [m.year for m in means], [m.value for m in means], "o", color=theme.QUIET, markersize=5
    )
    for mark in found:
        axes.annotate(
            f"{numbers.decimal(known(mark.value), look.decimals)}",
            (mark.year, known(mark.value)),
            xytext=(0, 9),
            textcoords="offset points",
            ha="center",
            color=theme.OWN,
            fontsize=theme.SMALL,
            fontweight="semibold",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
        )
    broken = renewals(result, first, last)
    for year in broken:
        axes.axvspan(year - 0.56, year - 0.44, color=theme.RULE, hatch="////", zorder=0)
    values = [known(mark.value) for mark in found] + [mean.value for mean in means]
    room = (max(values) - min(values)) * 0.25 or 1.0
    axes.set_ylim(min(values) - room, max(values) + room)
    axes.set_xlim(first - 0.6, last + 0.6)
    axes.set_xticks(range(first, last + 1))
    axes.grid(axis="y")
    theme.decimal_axis(axes.yaxis, 0 if look.sign else 2)
    theme.without_labels(axes)
    handles: list[Line2D | Patch] = [
        Line2D(
            [],
            [],
            color=theme.OWN,
            marker="D",
            markersize=6,
            linestyle="none" if found[0].sampled else "-",
            label=result.place.name,
        )
    ]
    if means:
        handles.append(
            Line2D(
                [], [], color=theme.QUIET, marker="o", linestyle="none", label="Bình quân cả nước"
            )
        )
    if any(mark.doubt for mark in found):
        handles.append(
            Line2D(
                [],
                [],
                color=theme.OWN,
                marker="D",
                markersize=6,
                markerfacecolor="white",
                linestyle="none",
                label="Giá trị còn nghi ngờ",
            )
        )
    if broken:
        handles.append(Patch(facecolor=theme.RULE, hatch="////", label="Đổi cách tính"))
    figure.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0, 1), ncols=3, borderaxespad=0.2
    )
    return figure


def _marks(result: ScoredResult, found: Sequence[PublishedFigure]) -> list[Mark]:
    segment, marks = 0, list[Mark]()
    for place, figure in enumerate(found):
        if place and result.framework.why_not_comparable(
            found[place - 1].year, figure.year, place=result.place
        ):
            segment += 1
        marks.append(Mark(segment, figure.error, bool(figure.doubt)))
    return marks


def _history_alt(result: ScoredResult, found: Sequence[PublishedFigure]) -> str:
    look = words.scale(result)
    listed = [
        f"{numbers.decimal(known(mark.value), look.decimals)}{look.sign} năm {mark.year}"
        f"{' (còn nghi ngờ)' if mark.doubt else ''}"
        for mark in found
    ]
    broken = renewals(result, found[0].year, found[-1].year)
    told = (
        f" Cách tính thay đổi từ {joined([f'năm {year}' for year in broken])} nên không "
        f"{'so sánh' if found[0].sampled else 'nối'} qua {'các ' if len(broken) > 1 else ''}mốc này."
        if broken
        else ""
    )
    if any(lacks_error(_marks(result, found))):
        told += " Các năm không được nối với nhau vì chưa biết sai số khảo sát."
    what = f"{result.framework.short_name} của {result.place.in_full}"
    drawn = "Biểu đồ điểm" if found[0].sampled else "Biểu đồ đường"
    return f"{drawn}. {what}: {joined(listed)}.{told}"
