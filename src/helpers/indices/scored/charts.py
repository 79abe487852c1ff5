"""Charts that PAR INDEX and DTI reports share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from helpers.display import matplotlib_theme as theme
from helpers.display.chart import Chart
from helpers.display.figure_chart import figure_chart
from helpers.display.strips import swarm
from helpers.display.theme import wrapped
from helpers.indices.scored import text_words as words
from helpers.indices.scored.result import ScoredResult
from helpers.indices.scored.scoring import Tally
from helpers.indices.scored.standing import Figure as PublishedFigure
from helpers.indices.scored.tables import index_and_year, name_of
from helpers.words import numbers
from helpers.words.numbers import known
from helpers.words.text import joined

Style = Literal["-", ":"]

ROW = 0.46
"""Inches a bar takes."""
LEFT = 2.35
RIGHT = 1.25
HEAD, FOOT = 0.42, 0.5
LABEL = 34
"""Characters of a line of a bar's name."""
FEWEST = 8
"""Provinces with a value below which a picture of their spread says nothing."""


def areas(result: ScoredResult, noun: str) -> Chart:
    """Draw the share of its maximum that each area reached.

    The self-scored share is marked only where it is of the same criteria, hence of the same maximum:
    surveys are not self-scored, and a share of another maximum beside the bar would read as a cut.
    """
    scoring = result.scoring
    if scoring is None:
        return Chart.nothing("Chưa có bảng chấm điểm của đơn vị.")
    tallies = [scoring.tally(code) for code in result.areas]
    shown = [t for t in tallies if t.known_index is not None or t.self_index is not None]
    if not shown:
        return Chart.nothing("Các dòng của bảng chấm điểm chưa có điểm hoặc điểm tối đa.")
    with theme.theme():
        figure = _draw_areas(result, shown)
    what = f"Tỷ lệ điểm đạt của {name_of(result)} theo {noun.lower()}"
    if not any(tally.has_final for tally in shown):
        what = f"{what} (điểm tự chấm)"
    return figure_chart(
        figure, f"{what}, {index_and_year(result)}", _areas_alt(result, shown, what)
    )


def _draw_areas(result: ScoredResult, shown: Sequence[Tally]) -> Figure:
    height = HEAD + ROW * len(shown) + FOOT
    figure = theme.new_figure(height)
    width = theme.WIDTH - LEFT - RIGHT
    axes = figure.add_axes(
        (LEFT / theme.WIDTH, FOOT / height, width / theme.WIDTH, ROW * len(shown) / height)
    )
    axes.set_xlim(0, 100)
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("% điểm tối đa")
    names = [wrapped(words.named(result, tally.code).replace("\\", ""), LABEL) for tally in shown]
    axes.set_yticks(range(len(shown)), names)
    axes.tick_params(axis="y", labelcolor=theme.INK, pad=6)
    final = any(tally.has_final for tally in shown)
    for row, tally in enumerate(shown):
        share = tally.known_index
        if share is not None:
            axes.barh(row, share, height=0.5, color=theme.GROUPS[3].colour, zorder=2)
        elif not final and tally.self_index is not None:
            axes.barh(row, tally.self_index, height=0.5, color=theme.QUIET, zorder=2)
        if tally.same_base and tally.self_index is not None:
            axes.plot(
                [tally.self_index] * 2,
                [row - 0.36, row + 0.36],
                color=theme.OWN,
                linewidth=2,
                zorder=3,
            )
        axes.annotate(
            _beside(tally, final=final),
            (1.02, row),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=theme.SMALL,
            annotation_clip=False,
        )
    handles: list[Patch | Line2D] = []
    if final:
        handles.append(Patch(color=theme.GROUPS[3].colour, label="Điểm đạt (thẩm định, khảo sát)"))
    else:
        handles.append(Patch(color=theme.QUIET, label="Điểm tự chấm"))
    if any(tally.same_base for tally in shown):
        label = "Tự chấm (chỉ ở nơi cùng các tiêu chí, cùng điểm tối đa)"
        handles.append(Line2D([], [], color=theme.OWN, linewidth=2, label=label))
    figure.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2
    )
    return figure


def _beside(tally: Tally, *, final: bool) -> str:
    if not final and tally.self_maximum and tally.self_points is not None:
        most = words.trimmed(tally.self_maximum)
        return f"{numbers.decimal(tally.self_points, 2)}/{most} điểm"
    if tally.final is None or tally.known_index is None or tally.final_maximum is None:
        return "chưa có điểm"
    most = words.trimmed(tally.final_maximum)
    return f"{numbers.decimal(tally.final, 2)}/{most} điểm"


def _areas_alt(result: ScoredResult, shown: Sequence[Tally], what: str) -> str:
    said = []
    for tally in shown:
        name = words.named(result, tally.code).replace("\\", "")
        own = tally.self_index
        told = "" if own is None else f"tự chấm {numbers.decimal(own, 2)}%"
        if tally.known_index is not None:
            beside = f" ({told})" if told and tally.same_base else ""
            said.append(f"{name} {numbers.decimal(tally.known_index, 2)}%{beside}")
        elif told:
            said.append(f"{name} {told}")
    return f"Biểu đồ thanh. {what}: {'; '.join(said)}."


def position(result: ScoredResult) -> Chart:
    """Draw the provinces whose value was published, with the own, the country and the region."""
    found = result.published
    own = found.total
    values = [peer for peer in found.valued if peer.value is not None]
    # Those that pages name are mostly the winners; beside the mean of all they would pass for all.
    if own is None or own.value is None or own.doubt or len(values) < max(FEWEST, found.units / 2):
        return Chart.nothing("Có quá ít giá trị công bố để vẽ phân bố.")
    with theme.theme():
        figure = _draw_position(result, values, own)
    n = numbers.place(len(values), found.units)
    caption = (
        f"{result.place.in_full} trong {numbers.whole(len(values))} tỉnh, thành phố có giá trị công "
        f"bố, "
        f"{index_and_year(result)}"
    )
    return figure_chart(figure, caption, _position_alt(result, values, own, n))


def _draw_position(
    result: ScoredResult, values: Sequence[PublishedFigure], own: PublishedFigure
) -> Figure:
    height = 1.75
    figure = theme.new_figure(height)
    axes = figure.add_axes((0.03, 0.27, 0.94, 0.5))
    all_values = [known(peer.value) for peer in values]
    marks = _marks(result)
    edge = [*all_values, known(own.value), *(value for _, value, _ in marks)]
    room = (max(edge) - min(edge)) * 0.06 or 1.0
    axes.set_xlim(min(edge) - room, max(edge) + room)
    axes.set_ylim(-0.62, 0.62)
    axes.set_yticks([])
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    look = words.scale(result)
    axes.xaxis.set_major_locator(MaxNLocator(7, steps=[1, 2, 5, 10]))
    theme.decimal_axis(axes.xaxis, 0 if look.sign else 2)
    low, high = axes.get_xlim()
    levels = swarm(all_values, (high - low) * 7 / 72 / (theme.WIDTH * 0.94))
    axes.plot(
        all_values,
        [level * 0.12 for level in levels],
        "o",
        color=theme.DOT,
        markersize=5.5,
        markeredgewidth=0,
    )
    for _, value, style in marks:
        axes.plot([value] * 2, [-0.5, 0.5], color=theme.INK, linewidth=1.3, linestyle=style)
    axes.plot(
        [known(own.value)],
        [0],
        "D",
        color=theme.OWN,
        markersize=9,
        markeredgecolor="white",
        zorder=5,
    )
    share = (known(own.value) - low) / (high - low)
    side = "left" if share < 0.2 else "right" if share > 0.8 else "center"
    label = f"{result.place.name} {numbers.decimal(known(own.value), look.decimals)}{look.sign}"
    axes.annotate(
        label,
        (known(own.value), 0.5),
        ha=side,
        va="center",
        color=theme.OWN,
        fontsize=theme.SMALL,
        fontweight="semibold",
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0},
        zorder=6,
    )
    handles = [
        Line2D([], [], marker="o", linestyle="none", color=theme.DOT, label="Tỉnh, thành phố"),
        *(
            Line2D(
                [],
                [],
                color=theme.INK,
                linewidth=1.3,
                linestyle=style,
                label=f"{name} {numbers.decimal(value, look.decimals)}{look.sign}",
            )
            for name, value, style in marks
        ),
    ]
    figure.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0, 1), ncols=3, borderaxespad=0.2
    )
    return figure


def _marks(result: ScoredResult) -> list[tuple[str, float, Style]]:
    marks: list[tuple[str, float, Style]] = []
    if result.published.national is not None:
        marks.append(("Bình quân cả nước", result.published.national.value, "-"))
    if result.published.region is not None:
        marks.append(("Bình quân vùng", result.published.region.value, ":"))
    return marks


def _position_alt(
    result: ScoredResult, values: Sequence[PublishedFigure], own: PublishedFigure, n: str
) -> str:
    look = words.scale(result)

    def written(value: float | None) -> str:
        return f"{numbers.decimal(known(value), look.decimals)}{look.sign}"

    marks = [f"{name.lower()} {written(value)}" for name, value, _ in _marks(result)]
    return (
        f"Biểu đồ chấm của {n} tỉnh, thành phố có giá trị công bố, từ {written(values[-1].value)} "
        f"({values[-1].unit}) đến {written(values[0].value)} ({values[0].unit}). "
        f"{result.place.in_full} "
        f"đạt {written(own.value)}" + (f"; {joined(marks)}." if marks else ".")
    )
