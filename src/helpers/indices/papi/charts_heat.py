"""The heat table of sub-dimensions: values as text, places as colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from helpers.definitions import Node, compare_years
from helpers.display import heat
from helpers.display.chart import Chart
from helpers.display.keys import Entry
from helpers.indices.papi import charts_words as words
from helpers.indices.papi.result import PapiResult
from helpers.words import numbers
from helpers.words.text import joined

MOST_YEARS = 3


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
    names = {part.code: part.name_vi for part in parts}
    caption = (
        f"Điểm và vị trí của {result.place.in_full} theo nội dung thành phần, "
        f"{words.index_and_year(result.country)}"
    )
    rows = [_row(result, line, years, cells) for line in _lines(result, parts)]
    return Chart(
        partial(heat.heat, rows, _look(result, years, cells)),
        caption,
        _alt(result, parts),
        [
            {
                "code": code,
                "criterion": names[code],
                "year": year,
                "value": cell.value,
                "rank": cell.rank,
                "group": cell.group,
                "comparable": cell.comparable,
            }
            for (code, year), cell in cells.items()
        ],
    )


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


def _row(
    result: PapiResult, line: Node, years: Sequence[int], cells: dict[tuple[str, int], _Cell]
) -> heat.Row:
    if line.children:
        return heat.Row(f"{line.code} {line.short}")
    own, decimals = result.score(line.code), result.definition.decimals
    return heat.Row(
        f"{line.code} {line.short}",
        tuple(_cell(cells.get((line.code, year)), decimals) for year in years),
        tuple(numbers.decimal(value, decimals) for value in (own.median, own.highest)),
    )


def _cell(cell: _Cell | None, decimals: int) -> heat.Cell | None:
    if cell is None:
        return None
    text = f"{numbers.decimal(cell.value, decimals)} ({numbers.whole(cell.rank)})"
    return heat.Cell(text, cell.group, not cell.comparable)


def _look(
    result: PapiResult, years: Sequence[int], cells: dict[tuple[str, int], _Cell]
) -> heat.Look:
    names = result.definition.groups.names
    entries = [Entry(f"tile{group}", names[group - 1]) for group in (4, 3, 2, 1)]
    if any(not cell.comparable for cell in cells.values()):
        entries.append(Entry("no-tile", f"Không so sánh với năm {result.year}"))
    return heat.Look(
        tuple(map(str, years)), ("Trung vị", "Cao nhất"), "Trong ô: điểm (vị trí)", tuple(entries)
    )


def _alt(result: PapiResult, parts: Sequence[Node]) -> str:
    decimals = result.definition.decimals
    scores = [result.score(part.code) for part in parts]
    by_place = sorted(scores, key=lambda score: score.relative_place)
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
            if score.relative_place == end.relative_place
        )
        for end in (by_place[0], by_place[-1])
    ]
    return (
        f"Trong {numbers.whole(len(parts))} nội dung thành phần năm {result.year}, "
        f"{result.place.in_full} có {joined(told)}. "
        f"Vị trí cao nhất ở {ends[0]}. Vị trí thấp nhất ở {ends[1]}."
    )
