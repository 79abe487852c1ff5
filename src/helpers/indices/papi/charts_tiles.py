"""The tile-grid map: every unit one square, coloured and marked by its group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.display import matplotlib_theme as theme
from helpers.display import tile_shapes as shapes
from helpers.display.chart import Chart
from helpers.display.figure_chart import Ground, figure_chart
from helpers.indices.papi import charts_words as words
from helpers.indices.papi.result import PapiCountry, PapiResult
from helpers.places import Place, System, Tile, tiles
from helpers.words import numbers
from helpers.words.text import joined

ARCHIPELAGOS = {"hoang-sa": "Hoàng Sa", "truong-sa": "Trường Sa"}
"""Slug and name of what every map must show."""

EDGE = 0.08
"""Inches around the map."""
LEGEND, LEGEND_TOP, ENTRY = 2.85, 0.32, 0.27
"""Inches: width of the legend, where its entries begin, and the height of one."""
NO_DATA = "không có số liệu"


@dataclass(frozen=True)
class _Map:
    """What a map is drawn from: scores of the total by slug, and the unit to mark."""

    country: PapiCountry
    system: System
    tiles: tuple[Tile, ...]
    scores: Mapping[str, tuple[float, int]]
    own: Place | None
    merged: frozenset[str]
    computed: bool

    @property
    def without(self) -> tuple[str, ...]:
        """Slugs of units without a score, in the order of the tiles."""
        return tuple(t.slug for t in self.tiles if t.kind == "unit" and t.slug not in self.scores)


def tile_map(subject: PapiResult | PapiCountry, system: System) -> Chart:
    """Draw the map (see :func:`charts.tile_map`)."""
    drawn = _prepare(subject, system)
    if not drawn.scores:
        return Chart.nothing(
            f"Năm {drawn.country.year} chưa có điểm tổng hợp của đơn vị nào trong hệ thống "
            f"{system} tỉnh, thành phố."
        )
    ground = drawn.country.once(("map", system), lambda: _ground(replace(drawn, own=None)))
    with theme.theme():
        figure = _draw_own(drawn)
    how = (
        ", điểm tính từ 63 tỉnh, thành phố theo dân số 2020, nhóm chia lại trong "
        f"{numbers.whole(len(drawn.scores))} đơn vị tính được"
        if drawn.computed
        else ""
    )
    own = f" và vị trí của {drawn.own.in_full}" if drawn.own else ""
    caption = (
        f"Nhóm điểm tổng hợp của {system} {words.UNITS}{own}, "
        f"{words.index_and_year(drawn.country)}{how}"
    )
    return figure_chart(figure, caption, _alt(drawn), ground=ground)


def _prepare(subject: PapiResult | PapiCountry, system: System) -> _Map:
    country = words.of_country(subject)
    if country.system == "34" and system == "63":
        raise ValueError(
            f"Điểm năm {country.year} được đo theo 34 tỉnh, thành phố, không lập được bản đồ 63 đơn vị."
        )
    computed = country.system != system
    table = country.merged if computed else country.current
    totals = table[table["code"] == country.edition.root.code]
    own: Place | None = None
    if isinstance(subject, PapiResult):
        own = subject.successor if computed else subject.place
    grid = tiles(system)
    missing = [n for slug, n in ARCHIPELAGOS.items() if slug not in {t.slug for t in grid}]
    if missing:
        raise ValueError(f"Bản đồ thiếu quần đảo {joined(missing)}; xem params/places.")
    merged = frozenset(u.slug for u in country.places.units(system) if u.is_merged)
    scores = {
        str(row["slug"]): (float(row["value"]), int(row["group"])) for _, row in totals.iterrows()
    }
    return _Map(country, system, grid, scores, own, merged, computed)


def _frame(drawn: _Map) -> tuple[Figure, Axes, float]:
    """Return a figure with axes in inches, and where the legend ends on the right."""
    columns = 1 + max(tile.column for tile in drawn.tiles)
    rows = 1 + max(tile.row for tile in drawn.tiles)
    height = rows * shapes.LINE + 2 * EDGE
    figure = theme.new_figure(height)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    left = max(EDGE, (theme.WIDTH - columns * shapes.COLUMN) / 2)
    axes.set_xlim(-left, theme.WIDTH - left)
    axes.set_ylim(height - EDGE, -EDGE)
    return figure, axes, theme.WIDTH - left - EDGE


def _ground(drawn: _Map) -> Ground:
    """Draw what the maps of all provinces of a year share."""
    with theme.theme():
        figure, axes, right = _frame(drawn)
        for tile in drawn.tiles:
            if tile.kind == "archipelago":
                shapes.archipelago(axes, tile)
        _draw_units(axes, drawn, [tile for tile in drawn.tiles if tile.kind == "unit"])
        _draw_legend(axes, drawn, right)
        return Ground.of(figure)


def _draw_own(drawn: _Map) -> Figure:
    """Draw the own unit again, with its outline and its place in the legend."""
    figure, axes, right = _frame(drawn)
    figure.patch.set_visible(False)
    if drawn.own is None:
        return figure
    _draw_units(axes, drawn, [tile for tile in drawn.tiles if tile.slug == drawn.own.slug])
    left, y = right - LEGEND, LEGEND_TOP + ENTRY * len(_entries(drawn))
    shapes.own_swatch(axes, left, y)
    _entry(axes, left, y, _own_words(drawn, drawn.own), fontweight="bold")
    return figure


def _draw_units(axes: Axes, drawn: _Map, units: Sequence[Tile]) -> None:
    marked: dict[int, list[Tile]] = {}
    for tile in units:
        group = drawn.scores[tile.slug][1] if tile.slug in drawn.scores else None
        if group is not None:
            marked.setdefault(group, []).append(tile)
        is_own = drawn.own is not None and tile.slug == drawn.own.slug
        shapes.unit(axes, tile, group, is_own=is_own, is_merged=tile.slug in drawn.merged)
    shapes.marks(axes, marked)


def _entries(drawn: _Map) -> list[tuple[int | str | None, str]]:
    """Return the legend without the own unit: a group, None for no data or a kind, and its words."""
    found: list[tuple[int | str | None, str]] = []
    for group, low, high, count in _ranges(drawn):
        span = f"{_points(drawn, low)}–{_points(drawn, high)}"
        name = words.group_name(drawn.country, group)
        found.append((group, f"{name}: {span} ({numbers.whole(count)})"))
    if drawn.without:
        found.append((None, NO_DATA.capitalize()))
    if drawn.merged:
        found.append(("merged", "Hợp nhất từ nhiều đơn vị"))
    return found


def _draw_legend(axes: Axes, drawn: _Map, right: float) -> None:
    left = right - LEGEND
    axes.text(
        left,
        0.12,
        "Nhóm: khoảng điểm tổng hợp (số đơn vị)",
        fontsize=theme.BODY,
        fontweight="bold",
        va="center",
    )
    for number, (kind, text) in enumerate(_entries(drawn)):
        y = LEGEND_TOP + ENTRY * number
        if isinstance(kind, str):
            shapes.folded_swatch(axes, left, y)
        else:
            shapes.swatch(axes, left, y, group=kind)
        _entry(axes, left, y, text)


def _entry(axes: Axes, left: float, y: float, text: str, fontweight: str = "regular") -> None:
    axes.text(left + 0.4, y + 0.1, text, fontsize=theme.SMALL, va="center", fontweight=fontweight)


def _points(drawn: _Map, value: float) -> str:
    return numbers.decimal(value, drawn.country.definition.decimals)


def _own_words(drawn: _Map, own: Place) -> str:
    if own.slug not in drawn.scores:
        return f"{own.name}: {NO_DATA}"
    return f"{own.name}: {_points(drawn, drawn.scores[own.slug][0])} điểm"


def _ranges(drawn: _Map) -> list[tuple[int, float, float, int]]:
    """Return group, lowest and highest total and number of units, the highest group first."""
    table = pd.DataFrame(list(drawn.scores.values()), columns=["value", "group"])
    edges = table.groupby("group")["value"].agg(["min", "max", "size"])
    return [
        (int(str(group)), float(row["min"]), float(row["max"]), int(row["size"]))
        for group, row in edges.sort_index(ascending=False).iterrows()
    ]


def _among(drawn: _Map) -> str:
    """Say among whom a group was cut that nobody published: of the 63 it may be another."""
    if not drawn.computed:
        return ""
    return f" chia lại trong {numbers.whole(len(drawn.scores))} đơn vị tính được"


def _alt(drawn: _Map) -> str:
    country, sentences = drawn.country, []
    if drawn.own is not None and drawn.own.slug in drawn.scores:
        value, group = drawn.scores[drawn.own.slug]
        sentences.append(
            f"{drawn.own.in_full} đạt {_points(drawn, value)} điểm, "
            f"thuộc nhóm {words.group_name(country, group)}{_among(drawn)}."
        )
    elif drawn.own is not None:
        sentences.append(f"{drawn.own.in_full} {NO_DATA} về điểm tổng hợp.")
    parts = [
        f"{words.group_name(country, group)} {numbers.whole(count)} đơn vị, "
        f"từ {_points(drawn, low)} đến {_points(drawn, high)} điểm"
        for group, low, high, count in _ranges(drawn)
    ]
    sentences.append(f"Các nhóm: {'; '.join(parts)}.")
    if drawn.without:
        names: Sequence[str] = words.in_order(country, drawn.without, drawn.system)
        sentences.append(f"Không có số liệu: {joined(names)}.")
    sentences.append("Bản đồ ô có quần đảo Hoàng Sa (Đà Nẵng) và quần đảo Trường Sa (Khánh Hòa).")
    return " ".join(sentences)
