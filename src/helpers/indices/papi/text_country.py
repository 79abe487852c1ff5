"""What the national PAPI page says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from helpers.definitions import compare_years
from helpers.facts.comparison import rounded
from helpers.indices.papi import text_words as words
from helpers.indices.papi.findings import moves_are_assumed, tally
from helpers.indices.papi.result import PapiCountry
from helpers.indices.papi.text_breaks import refusals
from helpers.indices.papi.text_province import citation
from helpers.words.numbers import Number, decimal, in_words
from helpers.words.text import FrontMatter, Text, joined, paragraphs


def title(country: PapiCountry) -> FrontMatter:
    """Return title, subtitle and description of the national page."""
    units = words.units(country)
    return FrontMatter(
        title=f"Chỉ số PAPI năm {country.year}: toàn cảnh {len(country.measured)} {units}",
        subtitle=country.definition.name_vi,
        description=(
            f"Phân bố điểm PAPI năm {country.year} của {len(country.measured)} {units}: các nhóm, "
            "các vùng, các chỉ số nội dung và thay đổi giữa những năm so sánh được."
        ),
        categories=(country.definition.short_name, str(country.year), "Cả nước"),
        date=str(country.year),
        citation=citation(country.definition.owner, country.year, country.definition.url),
    )


def _total(country: PapiCountry) -> pd.DataFrame:
    rows = country.current
    return rows[rows["code"] == country.edition.root.code]


def overview(country: PapiCountry) -> Text:
    """Say who was measured, how the totals spread and who stands at the ends."""
    rows = _total(country)
    units = words.units(country)
    all_units = len(country.places.units(country.system))
    missing = [p.in_full for p in country.missing]
    without_total = [p.in_full for p in country.measured if p.slug not in set(rows["slug"])]
    of_all = words.counted(all_units, "đơn vị của hệ thống hành chính năm đó")
    some = f"{words.counted(len(rows), 'đơn vị có điểm tổng hợp')} trong {of_all}"
    measured = f"cả {of_all}" if len(rows) == all_units else some
    who = f"Năm {country.year}, PAPI có điểm tổng hợp của {measured} {units}"
    gaps = []
    if missing:
        gaps.append(f"{joined(missing)} không có số liệu")
    if without_total:
        gaps.append(f"{joined(without_total)} chỉ có một số chỉ số nội dung")
    rule = f"điểm tổng hợp của {len(rows)} {units}"
    median = words.computed(rows["value"].median(), f"trung vị {rule}")
    low, high = (_end(country, rows, highest=highest) for highest in (False, True))
    return paragraphs(
        [
            f"{who}{'; ' + '; '.join(gaps) if gaps else ''}.",
            f"Trung vị là {median} điểm trên thang {words.scale(country.edition)}; theo điểm công bố, "
            f"từ {low} đến {high} (@fig-map, @tbl-ranking).",
        ],
        "PAPI không xếp hạng các địa phương; các tỉnh, thành phố được trình bày theo bốn nhóm. Trong "
        "một nhóm, tên được xếp theo thứ tự chữ cái.",
    )


def _end(country: PapiCountry, rows: pd.DataFrame, *, highest: bool) -> str:
    """Return an end of the order as published: ``39,91 điểm (Kiên Giang)``."""
    named = words.holders_named(country, country.edition.root.code, highest=highest)
    ordered = rows.sort_values("value", ascending=not highest)
    row = ordered.iloc[0]
    decimals = country.definition.decimals
    score = Number(decimal(float(row["value"]), decimals), f"PAPI {country.year}: {row['source']}")
    return f"{score} điểm ({named})"


def dimensions(country: PapiCountry) -> Text:
    """Say where the country is high and low, and where provinces differ most."""
    rows = country.current
    codes = [d.code for d in country.edition.dimensions]
    values = {code: rows.loc[rows["code"] == code, "value"] for code in codes}
    medians = {code: float(values[code].median()) for code in codes}
    spreads = {code: float(values[code].max() - values[code].min()) for code in codes}
    high, low = _edges(medians)
    wide, narrow = _edges(spreads)

    def median(code: str) -> Number:
        return words.computed(medians[code], f"trung vị {words.name(country.edition, code)}")

    def apart(code: str) -> Number:
        return words.difference(spreads[code], "điểm cao nhất và điểm thấp nhất")

    return paragraphs(
        [
            f"Theo điểm công bố, trung vị của {in_words(len(codes))} chỉ số nội dung (thang 1-10) từ "
            f"{median(low[0])} điểm ({_named(country, low)}) đến {median(high[0])} điểm "
            f"({_named(country, high)}).",
            "Khoảng cách giữa điểm cao nhất và thấp nhất của các tỉnh, thành phố từ "
            f"{apart(narrow[0])} điểm ({_named(country, narrow)}) đến {apart(wide[0])} điểm "
            f"({_named(country, wide)}) (@fig-spread, @tbl-summary).",
        ]
    )


def _edges(values: Mapping[str, float]) -> tuple[list[str], list[str]]:
    """Return what holds the highest and the lowest value as printed, ties together."""
    printed = {key: rounded(value) for key, value in values.items()}
    high, low = max(printed.values()), min(printed.values())
    return (
        [key for key in values if printed[key] == high],
        [key for key in values if printed[key] == low],
    )


def _named(country: PapiCountry, codes: Sequence[str]) -> str:
    return joined(words.names(country.edition, codes))


def regions(country: PapiCountry) -> Text:
    """Set the simple means of the regions side by side, and how far apart their units lie."""
    rows = country.regions
    rows = rows[rows["code"] == country.edition.root.code]
    means = dict(zip(rows["region"].astype(str), rows["mean"].astype(float), strict=True))
    counts = dict(zip(rows["region"].astype(str), rows["n"], strict=True))
    high, low = _edges(means)

    def mean(region: str) -> Number:
        rule = f"bình quân giản đơn của {counts[region]} đơn vị trong vùng"
        return words.computed(means[region], rule)

    return paragraphs(
        [
            "Theo điểm công bố, bình quân giản đơn của các tỉnh, thành phố trong vùng từ "
            f"{mean(low[0])} điểm ({joined(low)}) đến {mean(high[0])} điểm ({joined(high)}).",
            _within(country),
        ]
    )


def _within(country: PapiCountry) -> str:
    """Say how far the units of a region lie apart: a mean does not speak for all of them."""
    region_of = {place.slug: place.region for place in country.measured}
    rows = _total(country)
    by_region = rows["value"].groupby(rows["slug"].map(region_of))
    spread = {str(region): float(of.max() - of.min()) for region, of in by_region}
    wide, narrow = _edges(spread)

    def apart(region: str) -> Number:
        return words.difference(spread[region], "điểm cao nhất và điểm thấp nhất trong vùng")

    return (
        "Trong cùng một vùng, điểm cao nhất và thấp nhất cách nhau từ "
        f"{apart(narrow[0])} điểm ({joined(narrow)}) đến {apart(wide[0])} điểm ({joined(wide)}) "
        "(@fig-regions)."
    )


def changes(country: PapiCountry) -> Text:
    """Say how many totals moved beyond their error, and what may be compared at all."""
    earlier = country.previous_year
    if earlier is None:
        return paragraphs(
            f"Bộ số liệu chưa có năm nào trước năm {country.year}, nên không nêu thay đổi."
        )
    total = country.edition.root.code
    codes = (total, *(dimension.code for dimension in country.edition.dimensions))
    allowed: list[str] = []
    refused: dict[tuple[str, ...], tuple[str, ...]] = {}
    for code in codes:
        answer = compare_years(country.definition, code, earlier, country.year)
        if answer.allowed:
            allowed.append(code)
        else:
            refused[answer.reasons] = (*refused.get(answer.reasons, ()), code)
    return paragraphs(
        _moved(country, earlier) if total in allowed else "",
        _compared_dimensions(earlier, [code for code in allowed if code != total]),
        refusals(country.edition, earlier, refused, codes),
        _error(country, earlier, allowed),
    )


def _moved(country: PapiCountry, earlier: int) -> str:
    """Count what moved beyond its error and what did not; the counts add up to the units compared."""
    found = tally(country, earlier)
    rule = f"điểm tổng hợp năm {country.year} so với năm {earlier}"
    both = words.counted(found.total(), f"đơn vị có điểm cả hai năm, {rule}")
    up = words.counted(found["higher"], f"số đơn vị có điểm cao hơn vượt sai số, {rule}")
    down = words.counted(found["lower"], f"số đơn vị có điểm thấp hơn vượt sai số, {rule}")
    unclear = found.total() - found["higher"] - found["lower"] - found["unknown"]
    rest = words.counted(unclear, f"số đơn vị còn lại, {rule}")
    unknown = words.counted(found["unknown"], f"số đơn vị thiếu sai số, {rule}")
    guessed = moves_are_assumed(country, earlier)
    likely = "nhiều khả năng đã " if guessed else ""
    error = "sai số ước tính" if guessed else "sai số khảo sát"
    parts = [
        f"{up} đơn vị {likely}tăng",
        f"{down} đơn vị {likely}giảm vượt {error}",
        f"{rest} đơn vị chưa thay đổi rõ rệt",
    ]
    if found["unknown"]:
        parts.append(f"{unknown} đơn vị chưa có đủ sai số để kết luận")
    return (
        f"So với năm {earlier}, trong {both} {words.units(country)} có điểm tổng hợp cả hai năm, "
        f"{joined(parts)} (@tbl-largest-changes)."
    )


def _compared_dimensions(earlier: int, codes: list[str]) -> str:
    """Say which dimensions may be set side by side; without an error none is said to move."""
    if not codes:
        return ""
    number = in_words(len(codes))
    return (
        f"Có {number} chỉ số nội dung so sánh được với năm {earlier}, đặt cạnh nhau ở "
        "@tbl-largest-changes."
    )


def _error(country: PapiCountry, earlier: int, allowed: list[str]) -> str:
    """Say once what the account of changes rests on."""
    total = country.edition.root.code
    said = []
    if total in allowed and moves_are_assumed(country, earlier):
        said.append(
            "Ít nhất một trong hai năm không có sai số được công bố, nên thay đổi của điểm tổng hợp "
            "được xét theo sai số ước tính."
        )
    if total in allowed:
        said.append(
            "Khi đếm nhiều đơn vị cùng lúc, một số thay đổi vượt sai số chỉ do ngẫu nhiên; vì vậy số "
            "đơn vị tăng, giảm được đếm theo thủ tục Benjamini - Hochberg (tỷ lệ kết luận sai không "
            "quá một phần hai mươi) và có thể ít hơn số trang tỉnh nêu tăng hoặc giảm."
        )
    if any(code != total for code in allowed):
        said.append(
            "PAPI không công bố sai số của từng chỉ số nội dung, nên báo cáo không kết luận chỉ số "
            "nội dung nào tăng hay giảm."
        )
    return " ".join(said)


def _without(country: PapiCountry, slug: str, missing: Sequence[str]) -> str:
    """Name a unit of 1 July 2025 that could not be computed, and which predecessors it lacks."""
    unit = country.places.get(slug, "34")
    if not unit.is_merged:
        return unit.in_full
    return f"{unit.in_full} (thiếu {joined(words.slug_names(country, missing))})"


def merger(country: PapiCountry) -> Text:
    """Introduce the view on the 34 units and say which could not be computed."""
    if country.merged.empty:
        return paragraphs(f"Số liệu năm {country.year} theo 34 đơn vị hành chính cấp tỉnh.")
    total = country.merged[country.merged["code"] == country.edition.root.code]
    all_units = len(country.places.units("34"))
    missing = [
        _without(country, slug, parts)
        for slug, parts in country.detail.incomplete.items()
        if slug not in set(total["slug"])
    ]
    of_all = words.counted(all_units, "đơn vị từ 01/7/2025")
    counted = (
        f"Tính được {words.counted(len(total), 'đơn vị đủ số liệu')} trong {of_all} đơn vị; chưa tính "
        f"được {joined(missing)}."
        if missing
        else f"Tính được cả {of_all} đơn vị."
    )
    return paragraphs(
        [
            "Từ ngày 01/7/2025 cả nước có 34 đơn vị hành chính cấp tỉnh, mỗi đơn vị gồm trọn một hoặc "
            "nhiều tỉnh, thành phố cũ.",
            f"Để đọc số liệu năm {country.year} theo đơn vị mới, điểm của các tỉnh, thành phố cũ được "
            "lấy bình quân theo dân số trung bình năm 2020 (@fig-map-34, @tbl-merged).",
            counted,
            "Đây là số liệu do báo cáo này tính để tham khảo, không phải số liệu PAPI công bố.",
        ]
    )
