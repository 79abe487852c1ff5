"""The heat table of sub-dimensions: values as text, places as colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from helpers.definitions import Node, compare_years
from helpers.display import matplotlib_theme as theme
from helpers.display.chart import Chart
from helpers.display.figure_chart import figure_chart
from helpers.indices.papi import charts_words as words
from helpers.indices.papi.findings import relative_place
from helpers.indices.papi.result import PapiResult
from helpers.words import numbers
from helpers.words.text import joined

ROW = 0.235
COLUMN = 0.86
SIDE_COLUMN = 0.62
HEAD = 0.62
"""Inches: height of a row, widths of a year and of a column of reference, height of legend and head."""
MOST_YEARS = 3
NAME_WIDTH = 62


@dataclass(frozen=True)
class _Cell:
    """One sub-dimension in one year."""

    value: float
    rank: int
    group: int
    comparable: bool


def sub_dimensions(result: PapiResult) -> Chart:
    """Draw the heat table (see :func:`charts.sub_dimensions`)."""
    parts = [c for c in words.sub_dimensions(result.edition) if c.code in result.standing.index]
    if not parts:
        return Chart.nothing(
            f"Chưa có điểm nội dung thành phần của {result.place.in_full} năm {result.year}. "
            "Có thể nạp từ sổ tính chính thức bằng lệnh: chiso import papi TỆP.xlsm"
        )
    cells = _cells(result, parts)
    years = sorted({year for _, year in cells})
    with theme.theme():
        figure = _draw(result, parts, years, cells)
    caption = (
        f"Điểm và vị trí của {result.place.in_full} theo nội dung thành phần, "
        f"{words.index_and_year(result.country)}"
    )
    return figure_chart(figure, caption, _alt(result, parts))


def _cells(result: PapiResult, parts: Sequence[Node]) -> dict[tuple[str, int], _Cell]:
    """Return the province's cells of the years of the current edition, the latest few."""
    table, codes = result.country.standing, [part.code for part in parts]
    own = table[
        (table["slug"] == result.place.slug)
        & (table["system"] == result.country.system)
        & table["code"].isin(codes)
        & table["year"].between(result.edition.first_year, result.year)
    ]
    years = sorted(own["year"].unique())[-MOST_YEARS:]
    return {
        (str(row["code"]), int(row["year"])): _Cell(
            float(row["value"]),
            int(row["rank"]),
            int(row["group"]),
            row["year"] == result.year
            or compare_years(
                result.definition, str(row["code"]), int(row["year"]), result.year
            ).allowed,
        )
        for _, row in own[own["year"].isin(years)].iterrows()
    }


def _lines(result: PapiResult, parts: Sequence[Node]) -> list[Node]:
    """Return the rows of the table: each dimension as a heading, its parts below it."""
    shown = {part.code for part in parts}
    return [
        line
        for dimension in result.edition.dimensions
        if any(part.code in shown for part in dimension.children)
        for line in (dimension, *(part for part in dimension.children if part.code in shown))
    ]


def _draw(
    result: PapiResult,
    parts: Sequence[Node],
    years: Sequence[int],
    cells: dict[tuple[str, int], _Cell],
) -> Figure:
    lines = _lines(result, parts)
    height = HEAD + ROW * len(lines) + 0.05
    width = COLUMN * len(years)
    figure = theme.new_figure(height)
    right = theme.WIDTH - 2 * SIDE_COLUMN - 0.05
    axes = figure.add_axes(
        (
            (right - width) / theme.WIDTH,
            0.05 / height,
            width / theme.WIDTH,
            1 - (HEAD + 0.05) / height,
        )
    )
    groups = np.array(
        [[_group(cells.get((line.code, year))) for year in years] for line in lines], dtype=float
    )
    texts = [[_text(result, cells, line, year) for year in years] for line in lines]
    sns.heatmap(
        groups,
        ax=axes,
        vmin=0.5,
        vmax=4.5,
        cmap=ListedColormap([theme.GROUPS[group].colour for group in (1, 2, 3, 4)]),
        cbar=False,
        mask=np.isnan(groups),
        linewidths=1.5,
        linecolor="white",
    )
    for row, line in enumerate(lines):
        for column, year in enumerate(years):
            _write(axes, row, column, texts[row][column], cells.get((line.code, year)))
    _label(axes, result, lines, years)
    _draw_legend(figure, result, any(not cell.comparable for cell in cells.values()))
    return figure


def _group(cell: _Cell | None) -> float:
    return np.nan if cell is None else float(cell.group)


def _text(result: PapiResult, cells: dict[tuple[str, int], _Cell], line: Node, year: int) -> str:
    cell = cells.get((line.code, year))
    if cell is None:
        return "" if line.children else "–"
    value = numbers.decimal(cell.value, result.definition.decimals)
    return f"{value} ({numbers.whole(cell.rank)})"


def _write(axes: Axes, row: int, column: int, text: str, cell: _Cell | None) -> None:
    colour = theme.QUIET if cell is None else theme.GROUPS[cell.group].on_colour
    if cell is not None and not cell.comparable:
        axes.add_patch(
            Rectangle(
                (column, row),
                1,
                1,
                facecolor="white",
                edgecolor=theme.DOT,
                hatch="////",
                linewidth=0,
            )
        )
        colour = theme.INK
    axes.text(
        column + 0.5,
        row + 0.5,
        text,
        ha="center",
        va="center",
        color=colour,
        fontsize=theme.SMALL,
        zorder=5,
        bbox=_PAPER if cell is not None and not cell.comparable else None,
    )


_PAPER = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}


def _label(axes: Axes, result: PapiResult, lines: Sequence[Node], years: Sequence[int]) -> None:
    axes.set_yticks([])
    axes.set_xticks([])
    decimals, count = result.definition.decimals, len(years)
    side = SIDE_COLUMN / COLUMN
    heads = [(column + 0.5, str(year)) for column, year in enumerate(years)]
    heads += [(count + side * 0.55, "Trung vị"), (count + side * 1.55, "Cao nhất")]
    for at, text in heads:
        axes.text(
            at, -0.25, text, ha="center", va="bottom", fontsize=theme.SMALL, color=theme.QUIET
        )
    for row, line in enumerate(lines):
        heading = bool(line.children)
        axes.text(
            -(theme.WIDTH - 2 * SIDE_COLUMN - COLUMN * count - 0.1) / COLUMN,
            row + 0.5,
            f"{line.code} {line.short if heading else line.name_vi}",
            ha="left",
            va="center",
            fontsize=theme.SMALL,
            fontweight="semibold" if heading else "regular",
        )
        if heading:
            continue
        own = result.score(line.code)
        for number, value in enumerate((own.median, own.highest)):
            axes.text(
                count + side * (number + 0.55),
                row + 0.5,
                numbers.decimal(value, decimals),
                ha="center",
                va="center",
                fontsize=theme.SMALL,
            )


def _draw_legend(figure: Figure, result: PapiResult, has_breaks: bool) -> None:
    figure.text(
        0.995,
        1 - 0.05 / figure.get_figheight(),
        "Trong ô: điểm (vị trí)",
        ha="right",
        va="top",
        fontsize=theme.SMALL,
        color=theme.QUIET,
    )
    names = result.definition.groups.names
    handles = [
        Patch(facecolor=theme.GROUPS[group].colour, label=names[group - 1])
        for group in (4, 3, 2, 1)
    ]
    if has_breaks:
        handles.append(
            Patch(
                facecolor="white",
                edgecolor=theme.DOT,
                hatch="////",
                linewidth=0,
                label=f"Không so sánh với năm {result.year}",
            )
        )
    figure.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(0, 1),
        ncols=len(handles),
        columnspacing=1.2,
        handlelength=1.4,
        borderaxespad=0.2,
    )


def _alt(result: PapiResult, parts: Sequence[Node]) -> str:
    decimals = result.definition.decimals
    scores = [result.score(part.code) for part in parts]
    by_place = sorted(scores, key=relative_place)
    counts = pd.Series([score.group for score in scores]).value_counts()
    told = [
        f"{numbers.whole(int(counts.get(group, 0)))} ở nhóm {words.group_name(result.country, group)}"
        for group in (4, 3, 2, 1)
    ]
    ends = [
        "; ".join(
            f"{result.edition.get(score.code).name_vi} ({numbers.decimal(score.value, decimals)} điểm, "
            f"thứ {words.held(score.rank, score.n, score.tied)}, "
            f"trung vị {numbers.decimal(score.median, decimals)})"
            for score in scores
            if relative_place(score) == relative_place(end)
        )
        for end in (by_place[0], by_place[-1])
    ]
    return (
        f"Trong {numbers.whole(len(parts))} nội dung thành phần năm {result.year}, "
        f"{result.place.in_full} có {joined(told)}. "
        f"Vị trí cao nhất ở {ends[0]}. Vị trí thấp nhất ở {ends[1]}."
    )
