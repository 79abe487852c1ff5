"""The charts made of strips: one province in the spread, the whole country, the regions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd

from helpers.display import strips
from helpers.display.chart import Chart
from helpers.display.keys import Entry, group_entries
from helpers.display.theme import NARROW, WIDE
from helpers.facts.comparison import rounded
from helpers.facts.rows import Score
from helpers.indices.papi import charts_words as words
from helpers.indices.papi.result import PapiCountry, PapiResult
from helpers.words import numbers
from helpers.words.text import joined

_UNIT = "Điểm"
_ONE = Entry("dot", "Một tỉnh, thành phố")
_KEYS = (Entry("median", "Trung vị"), Entry("best", "Cao nhất"), _ONE)


def province(result: PapiResult) -> Chart:
    """Draw one province in the spread of each dimension (see :func:`charts.dimensions`)."""
    country, codes = result.country, result.dimension_codes()
    if not codes:
        return Chart.nothing(
            f"{result.place.in_full} không có điểm theo chỉ số nội dung năm {result.year}."
        )
    rows = [country.once(("strip", code), partial(_strip, country, code)) for code in codes]
    places = country.once(("places", codes), partial(_places, country, codes))
    owns = [_own(result, code, places[code]) for code in codes]

    def draw(width: int) -> str:
        below = country.once(("strips", codes, width), partial(_ground, country, rows, width))
        return strips.over(below, owns)

    caption = (
        f"Vị trí của {result.place.in_full} trong phân bố điểm "
        f"{numbers.whole(len(country.measured))} {words.UNITS}, {words.index_and_year(country)}"
    )
    records = _records(rows, [places[code] for code in codes])
    return Chart(draw, caption, _alt_of_province(result), records)


def warm(country: PapiCountry, codes: tuple[str, ...]) -> None:
    """Draw once what the charts of all provinces of a year share."""
    rows = [country.once(("strip", code), partial(_strip, country, code)) for code in codes]
    for width in (NARROW, WIDE):
        country.once(("strips", codes, width), partial(_ground, country, rows, width))


def _ground(country: PapiCountry, rows: Sequence[strips.Strip], width: int) -> strips.Ground:
    """Draw what the charts of all provinces of a year share."""
    names = country.definition.groups.names
    look = strips.Look(
        headings=("Trung vị", "Cao nhất"),
        entries=(*group_entries(names, marked=True), *_KEYS),
        unit=_UNIT,
        widest=f"0,00 · {max(names, key=len)}",
    )
    return strips.ground(rows, look, width)


def _places(country: PapiCountry, codes: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """Return the place of each unit among the values of each dimension."""
    found: dict[str, dict[str, int]] = {code: {} for code in codes}
    for code, slug in zip(country.current["code"], country.current["slug"], strict=True):
        if code in found:
            found[code][slug] = len(found[code])
    return found


def _records(
    rows: Sequence[strips.Strip], slugs: Sequence[dict[str, int]]
) -> list[dict[str, object]]:
    return [
        {"criterion": row.name, "unit": slug, "value": value, "group": group, "median": row.middle}
        for row, units in zip(rows, slugs, strict=True)
        for slug, value, group in zip(units, row.values, row.groups, strict=True)
    ]


def _spread(units: pd.DataFrame) -> tuple[tuple[float, ...], tuple[int, ...]]:
    return tuple(units["value"].tolist()), tuple(units["group"].tolist())


def _strip(country: PapiCountry, code: str) -> strips.Strip:
    decimals = country.definition.decimals
    units = country.current[country.current["code"] == code]
    median, highest = float(units["median"].iloc[0]), float(units["highest"].iloc[0])
    best = words.edge_names(country, units, highest=True)
    return strips.Strip(
        words.short_name(country.edition, code),
        *_spread(units),
        middle=median,
        beside=(
            numbers.decimal(median, decimals),
            strips.value_and_name(highest, best, decimals),
        ),
    )


def _own(result: PapiResult, code: str, places: dict[str, int]) -> strips.Own:
    own = result.score(code)
    value = numbers.decimal(own.value, result.definition.decimals)
    label = f"{value} · {words.group_name(result.country, own.group)}"
    return strips.Own(places[result.place.slug], own.value, own.group, label)


def _alt_of_province(result: PapiResult) -> str:
    """Name the dimensions at both ends by place; scores beside the median have no known error."""
    codes = result.dimension_codes()
    by_place = sorted(codes, key=lambda code: result.score(code).relative_place)
    best, lowest = by_place[0], by_place[-1]

    def level(code: str) -> str:
        place = result.score(code).relative_place
        return "; ".join(
            _standing_words(result, result.score(other))
            for other in codes
            if result.score(other).relative_place == place
        )

    sentences = [f"Vị trí cao nhất của {result.place.in_full} ở {level(best)}."]
    if result.score(best).relative_place != result.score(lowest).relative_place:
        sentences.append(f"Vị trí thấp nhất ở {level(lowest)}.")
    return " ".join(sentences)


def _standing_words(result: PapiResult, own: Score) -> str:
    decimals = result.definition.decimals
    return (
        f"{words.short_name(result.edition, own.code)}: "
        f"{numbers.decimal(own.value, decimals)} điểm, "
        f"thứ {words.held(own.rank, own.n, own.tied)}, "
        f"nhóm {words.group_name(result.country, own.group)}, "
        f"trung vị {numbers.decimal(own.median, decimals)}, "
        f"cao nhất {numbers.decimal(own.highest, decimals)}"
    )


def country_wide(country: PapiCountry) -> Chart:
    """Draw the spread of every dimension over the units (see :func:`charts.spread`)."""
    current, decimals = country.current, country.definition.decimals
    rows, facts, slugs = [], [], []
    for criterion in country.edition.dimensions:
        units = current[current["code"] == criterion.code]
        if units.empty:
            continue
        first = units.iloc[0]
        low = words.edge_names(country, units, highest=False)
        high = words.edge_names(country, units, highest=True)
        rows.append(
            strips.Strip(
                criterion.short,
                *_spread(units),
                middle=float(first["median"]),
                beside=(
                    strips.value_and_name(first["lowest"], low, decimals),
                    numbers.decimal(first["median"], decimals),
                    strips.value_and_name(first["highest"], high, decimals),
                ),
            )
        )
        slugs.append({slug: place for place, slug in enumerate(units["slug"])})
        facts.append((criterion.short, first, low, high))
    if not rows:
        return Chart.nothing(f"Năm {country.year} chưa có điểm theo chỉ số nội dung.")
    look = strips.Look(
        headings=("Thấp nhất", "Trung vị", "Cao nhất"),
        entries=(*group_entries(country.definition.groups.names, marked=False), *_KEYS),
        unit=_UNIT,
    )
    caption = (
        f"Phân bố điểm của {numbers.whole(len(country.measured))} {words.UNITS} "
        f"theo chỉ số nội dung, {words.index_and_year(country)}"
    )
    return Chart(
        partial(strips.strip, rows, look),
        caption,
        _alt_of_country(facts, decimals),
        _records(rows, slugs),
    )


def _alt_of_country(facts: list[tuple[str, pd.Series, str, str]], decimals: int) -> str:
    def sentence(lead: str, fact: tuple[str, pd.Series, str, str]) -> str:
        name, row, low, high = fact
        return (
            f"{lead} {name}: trung vị {numbers.decimal(row['median'], decimals)}, "
            f"thấp nhất {numbers.decimal(row['lowest'], decimals)} ({low}), "
            f"cao nhất {numbers.decimal(row['highest'], decimals)} ({high})."
        )

    by_median = sorted(facts, key=lambda fact: float(fact[1]["median"]))
    spreads = sorted(
        facts, key=lambda fact: rounded(fact[1]["highest"] - fact[1]["lowest"], decimals)
    )
    sentences = [sentence("Trung vị cao nhất ở", by_median[-1])]
    if len(facts) > 1:
        sentences.append(sentence("Trung vị thấp nhất ở", by_median[0]))
        narrow, wide = (
            f"{numbers.decimal(fact[1]['highest'] - fact[1]['lowest'], decimals)} điểm ({fact[0]})"
            for fact in (spreads[0], spreads[-1])
        )
        sentences.append(f"Điểm cao nhất và thấp nhất cách nhau từ {narrow} đến {wide}.")
    return " ".join(sentences)


def regions(country: PapiCountry) -> Chart:
    """Draw the totals by region with the regional means (see :func:`charts.regions`)."""
    total, decimals = country.edition.root.code, country.definition.decimals
    scores = country.current[country.current["code"] == total]
    means = country.regions[country.regions["code"] == total]
    average = {str(row["region"]): float(row["mean"]) for _, row in means.iterrows()}
    counted = {str(row["region"]): int(row["n"]) for _, row in means.iterrows()}
    if scores.empty:
        return Chart.nothing(f"Năm {country.year} chưa có điểm tổng hợp.")
    region_of = {unit.slug: unit.region for unit in country.measured}
    rows, told, records = [], [], []
    for region in country.places.regions(country.system):
        if region not in average:
            continue
        units = scores[scores["slug"].map(region_of) == region]
        mean, count = average[region], counted[region]
        values = tuple(units["value"].tolist())
        beside = (numbers.decimal(mean, decimals), numbers.whole(count))
        rows.append(strips.Strip(region, values, (), mean, beside))
        records += [
            {"region": region, "unit": slug, "value": value, "mean": mean}
            for slug, value in zip(units["slug"], values, strict=True)
        ]
        told.append(f"{region} ({numbers.decimal(mean, decimals)})")
    middle = float(scores["median"].iloc[0])
    look = strips.Look(
        headings=("Bình quân", "Số tỉnh"),
        entries=(
            Entry("median", "Bình quân vùng"),
            _ONE,
            Entry("upright-dash", f"Trung vị cả nước ({numbers.decimal(middle, decimals)})"),
        ),
        unit=_UNIT,
        lines=(strips.Line(middle, "dash"),),
    )
    alt = (
        f"Điểm tổng hợp bình quân của các vùng: {joined(told)}. "
        f"Trung vị của {numbers.whole(len(scores))} {words.UNITS} có điểm tổng hợp là "
        f"{numbers.decimal(middle, decimals)}. "
        f"Điểm tổng hợp thấp nhất {numbers.decimal(scores['value'].min(), decimals)} "
        f"({words.edge_names(country, scores, highest=False)}), "
        f"cao nhất {numbers.decimal(scores['value'].max(), decimals)} "
        f"({words.edge_names(country, scores, highest=True)})."
    )
    caption = f"Điểm tổng hợp của các {words.UNITS} theo vùng, {words.index_and_year(country)}"
    return Chart(partial(strips.strip, rows, look), caption, alt, records)
