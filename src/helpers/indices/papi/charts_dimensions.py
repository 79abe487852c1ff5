"""The charts made of strips: one province in the spread, the whole country, the regions."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers.display import legend, strips
from helpers.display.chart import Chart, Ground
from helpers.display.theme import theme, wrapped
from helpers.facts.comparison import rounded
from helpers.facts.rows import Score
from helpers.indices.papi import charts_words as words
from helpers.indices.papi.findings import relative_place
from helpers.indices.papi.result import PapiCountry, PapiResult
from helpers.words import numbers
from helpers.words.text import joined

NAME_WIDTH = 21
UNIT_WIDTH = 16
_WIDTHS = (0.62, 1.12)
"""Inches of the text columns of a province's chart."""


_HANDLES = (
    legend.median_handle(),
    legend.highest_handle(),
    legend.dot_handle("Một tỉnh, thành phố"),
)


def province(result: PapiResult) -> Chart:
    """Draw one province in the spread of each dimension (see :func:`charts.dimensions`)."""
    country, codes = result.country, result.dimension_codes()
    if not codes:
        return Chart.nothing(
            f"{result.place.in_full} không có điểm theo chỉ số nội dung năm {result.year}."
        )
    rows = [country.once(("strip", code), partial(_strip, country, code)) for code in codes]
    ground = country.once(("strips", codes), partial(_ground, country, rows))
    with theme():
        figure = strips.draw_own(rows, [_own(result, code) for code in codes], _WIDTHS)
    caption = (
        f"Vị trí của {result.place.in_full} trong phân bố điểm "
        f"{numbers.whole(len(country.measured))} {words.UNITS}, {words.index_and_year(country)}"
    )
    return Chart(figure, caption, _alt_of_province(result), ground=ground)


def _ground(country: PapiCountry, rows: list[strips.Strip]) -> Ground:
    """Draw what the charts of all provinces of a year share."""
    handles = (*legend.group_handles(country.definition.groups.names, marked=True), *_HANDLES)
    with theme():
        return Ground.of(strips.draw(rows, ("Trung vị", "Cao nhất"), _WIDTHS, handles))


def _strip(country: PapiCountry, code: str) -> strips.Strip:
    decimals = country.definition.decimals
    units = country.current[country.current["code"] == code]
    median, highest = float(units["median"].iloc[0]), float(units["highest"].iloc[0])
    best = wrapped(words.edge_names(country, units, highest=True), UNIT_WIDTH)
    return strips.Strip(
        name=wrapped(words.short_name(country.edition, code), NAME_WIDTH),
        units=units[["slug", "value", "group"]],
        median=median,
        columns=(
            numbers.decimal(median, decimals),
            strips.value_and_name(highest, best, decimals),
        ),
    )


def _own(result: PapiResult, code: str) -> strips.Own:
    own = result.score(code)
    value = numbers.decimal(own.value, result.definition.decimals)
    label = f"{value} · {words.group_name(result.country, own.group)}"
    return strips.Own(result.place.slug, own.value, own.group, label)


def _alt_of_province(result: PapiResult) -> str:
    """Name the dimensions at both ends by place; scores beside the median have no known error."""
    codes = result.dimension_codes()
    by_place = sorted(codes, key=lambda code: relative_place(result.score(code)))
    best, lowest = by_place[0], by_place[-1]

    def level(code: str) -> str:
        place = relative_place(result.score(code))
        return "; ".join(
            _standing_words(result, result.score(other))
            for other in codes
            if relative_place(result.score(other)) == place
        )

    sentences = [f"Vị trí cao nhất của {result.place.in_full} ở {level(best)}."]
    if relative_place(result.score(best)) != relative_place(result.score(lowest)):
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
    rows, facts = [], []
    for criterion in country.edition.dimensions:
        units = current[current["code"] == criterion.code]
        if units.empty:
            continue
        first = units.iloc[0]
        low = words.edge_names(country, units, highest=False)
        high = words.edge_names(country, units, highest=True)
        rows.append(
            strips.Strip(
                name=wrapped(criterion.short, NAME_WIDTH),
                units=units[["slug", "value", "group"]],
                median=float(first["median"]),
                columns=(
                    strips.value_and_name(first["lowest"], wrapped(low, UNIT_WIDTH), decimals),
                    numbers.decimal(first["median"], decimals),
                    strips.value_and_name(first["highest"], wrapped(high, UNIT_WIDTH), decimals),
                ),
            )
        )
        facts.append((criterion.short, first, low, high))
    if not rows:
        return Chart.nothing(f"Năm {country.year} chưa có điểm theo chỉ số nội dung.")
    with theme():
        figure = strips.draw(
            rows,
            ("Thấp nhất", "Trung vị", "Cao nhất"),
            (1.08, 0.62, 1.08),
            (*legend.group_handles(country.definition.groups.names, marked=False), *_HANDLES),
        )
    caption = (
        f"Phân bố điểm của {numbers.whole(len(country.measured))} {words.UNITS} "
        f"theo chỉ số nội dung, {words.index_and_year(country)}"
    )
    return Chart(figure, caption, _alt_of_country(facts, decimals))


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
    rows, told = [], []
    for region in country.places.regions(country.system):
        if region not in average:
            continue
        units = scores[scores["slug"].map(region_of) == region]
        mean, count = average[region], counted[region]
        rows.append(
            strips.Strip(
                name=wrapped(region, NAME_WIDTH),
                units=units[["slug", "value"]].assign(group=0),
                median=mean,
                columns=(numbers.decimal(mean, decimals), numbers.whole(count)),
            )
        )
        told.append(f"{region} ({numbers.decimal(mean, decimals)})")
    middle = float(scores["median"].iloc[0])
    with theme():
        figure = strips.draw(
            rows,
            ("Bình quân", "Số tỉnh"),
            (0.75, 0.55),
            (
                legend.mean_handle(),
                legend.dot_handle("Một tỉnh, thành phố"),
                legend.line_handle(f"Trung vị cả nước ({numbers.decimal(middle, decimals)})"),
            ),
        )
        figure.axes[0].axvline(middle, **legend.LINE)
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
    return Chart(figure, caption, alt)
