"""The tile-grid map: every unit one tile, coloured and marked by its group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from helpers.display import tiles as drawing
from helpers.display.chart import Chart
from helpers.display.keys import Entry
from helpers.indices.papi import charts_words as words
from helpers.indices.papi.result import PapiCountry, PapiResult
from helpers.places import Place, System, Tile, tiles
from helpers.words import numbers
from helpers.words.text import joined

ARCHIPELAGOS = {"hoang-sa": "Hoàng Sa", "truong-sa": "Trường Sa"}
"""Slug and name of what every map must show."""
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
    def units(self) -> tuple[Tile, ...]:
        """The tiles of units, in their order."""
        return tuple(tile for tile in self.tiles if tile.kind == "unit")

    @property
    def without(self) -> tuple[str, ...]:
        """Slugs of units without a score, in the order of the tiles."""
        return tuple(tile.slug for tile in self.units if tile.slug not in self.scores)


def tile_map(subject: PapiResult | PapiCountry, system: System) -> Chart:
    """Draw the map (see :func:`charts.tile_map`)."""
    drawn = _prepare(subject, system)
    if not drawn.scores:
        return Chart.nothing(
            f"Năm {drawn.country.year} chưa có điểm tổng hợp của đơn vị nào trong hệ thống "
            f"{system} tỉnh, thành phố."
        )
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
    units = drawn.country.once(("map", system), lambda: _units(drawn))
    return Chart(
        partial(drawing.tiles, units, _archipelagos(drawn), _look(drawn)),
        caption,
        _alt(drawn),
        _records(drawn),
    )


def _scores(country: PapiCountry, system: System) -> dict[str, tuple[float, int]]:
    table = country.current if country.system == system else country.merged
    totals = table[table["code"] == country.edition.root.code]
    columns = (totals[name].tolist() for name in ("slug", "value", "group"))
    return {slug: (value, int(group)) for slug, value, group in zip(*columns, strict=True)}


def _units(drawn: _Map) -> list[drawing.Tile]:
    places = drawn.country.places
    return [
        drawing.Tile(
            tile.column,
            tile.row,
            tile.label,
            places.get(tile.slug, drawn.system).called("map"),
            drawn.scores[tile.slug][1] if tile.slug in drawn.scores else None,
            tile.slug in drawn.merged,
        )
        for tile in drawn.units
    ]


def _archipelagos(drawn: _Map) -> list[drawing.Islands]:
    return [
        drawing.Islands(tile.column, tile.row, tile.label)
        for tile in drawn.tiles
        if tile.kind == "archipelago"
    ]


def _look(drawn: _Map) -> drawing.Look:
    slugs, own = [tile.slug for tile in drawn.units], drawn.own
    return drawing.Look(
        "Nhóm: khoảng điểm tổng hợp (số đơn vị)",
        tuple(_entries(drawn)),
        slugs.index(own.slug) if own is not None and own.slug in slugs else None,
    )


def _records(drawn: _Map) -> list[dict[str, object]]:
    return [
        {"unit": slug, "value": value, "group": group}
        for slug, (value, group) in (
            (t.slug, drawn.scores.get(t.slug, (None, None))) for t in drawn.units
        )
    ]


def _prepare(subject: PapiResult | PapiCountry, system: System) -> _Map:
    country = words.of_country(subject)
    if country.system == "34" and system == "63":
        raise ValueError(
            f"Điểm năm {country.year} được đo theo 34 tỉnh, thành phố, không lập được bản đồ 63 đơn vị."
        )
    computed = country.system != system
    own: Place | None = None
    if isinstance(subject, PapiResult):
        own = subject.successor if computed else subject.place
    grid = tiles(system)
    missing = [n for slug, n in ARCHIPELAGOS.items() if slug not in {t.slug for t in grid}]
    if missing:
        raise ValueError(f"Bản đồ thiếu quần đảo {joined(missing)}; xem params/places.")
    merged = frozenset(u.slug for u in country.places.units(system) if u.is_merged)
    scores = country.once(("totals", system), lambda: _scores(country, system))
    return _Map(country, system, grid, scores, own, merged, computed)


def _entries(drawn: _Map) -> list[Entry]:
    """Return the legend, the own unit last."""
    found = []
    for group, low, high, count in _ranges(drawn):
        span = f"{_points(drawn, low)}–{_points(drawn, high)}"
        name = words.group_name(drawn.country, group)
        found.append(Entry(f"tile{group}", f"{name}: {span} ({numbers.whole(count)})"))
    if drawn.without:
        found.append(Entry("no-tile", NO_DATA.capitalize()))
    if drawn.merged:
        found.append(Entry("folded", "Hợp nhất từ nhiều đơn vị"))
    if drawn.own is not None:
        found.append(Entry("own-tile", _own_words(drawn, drawn.own)))
    return found


def _points(drawn: _Map, value: float) -> str:
    return numbers.decimal(value, drawn.country.definition.decimals)


def _own_words(drawn: _Map, own: Place) -> str:
    if own.slug not in drawn.scores:
        return f"{own.name}: {NO_DATA}"
    return f"{own.name}: {_points(drawn, drawn.scores[own.slug][0])} điểm"


def _ranges(drawn: _Map) -> list[tuple[int, float, float, int]]:
    """Return group, lowest and highest total and number of units, the highest group first."""
    of_group: dict[int, list[float]] = {}
    for value, group in drawn.scores.values():
        of_group.setdefault(group, []).append(value)
    return [(g, min(v), max(v), len(v)) for g, v in sorted(of_group.items(), reverse=True)]


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
