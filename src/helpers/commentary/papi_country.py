"""What the national PAPI page says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from helpers.analysis.findings import SMALLEST_PRINTED, direction, margin_of_total
from helpers.analysis.papi import PapiCountry
from helpers.commentary import words
from helpers.commentary.numbers import Number, decimal, in_words
from helpers.commentary.papi_breaks import refusals
from helpers.commentary.papi_province import citation
from helpers.commentary.text import FrontMatter, Text, joined, paragraphs
from helpers.definitions import compare_years


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
    missing = [p.name for p in country.missing]
    without_total = [p.name for p in country.measured if p.slug not in set(rows["slug"])]
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
    ends = []
    for edge, word in ((rows["value"].max(), "cao nhất"), (rows["value"].min(), "thấp nhất")):
        row = rows[rows["value"] == edge]
        named = joined(words.slug_names(country, row["slug"]))
        score = Number(decimal(edge), f"PAPI {country.year}: {row['source'].iloc[0]}")
        ends.append(f"{word} là {named} ({score} điểm)")
    spread = words.difference(
        rows["value"].max() - rows["value"].min(), "điểm cao nhất và điểm thấp nhất"
    )
    return paragraphs(
        [
            f"{who}{'; ' + '; '.join(gaps) if gaps else ''}.",
            f"Trung vị là {median} điểm trên thang {country.edition.printed_scale}; "
            f"{ends[0]}, {ends[1]}, cách nhau {spread} điểm (@fig-map, @tbl-ranking).",
        ],
        "PAPI không xếp hạng các địa phương; các tỉnh, thành phố được trình bày theo bốn nhóm. Trong "
        "một nhóm, tên được xếp theo thứ tự chữ cái.",
    )


def dimensions(country: PapiCountry) -> Text:
    """Say where the country is high and low, and where provinces differ most."""
    rows = country.current
    codes = [d.code for d in country.edition.dimensions]
    values = {code: rows.loc[rows["code"] == code, "value"] for code in codes}
    medians = {code: float(values[code].median()) for code in codes}
    spreads = {code: float(values[code].max() - values[code].min()) for code in codes}
    high, low = max(codes, key=medians.__getitem__), min(codes, key=medians.__getitem__)
    wide = max(codes, key=spreads.__getitem__)

    def median(code: str) -> Number:
        return words.computed(medians[code], f"trung vị {words.name(country.edition, code)}")

    apart = words.difference(spreads[wide], "điểm cao nhất và điểm thấp nhất")
    return paragraphs(
        [
            f"Trong {in_words(len(codes))} chỉ số nội dung (thang 1-10), trung vị cao nhất là "
            f"{words.name(country.edition, high)} ({median(high)} điểm), thấp nhất là "
            f"{words.name(country.edition, low)} ({median(low)} điểm).",
            f"Các tỉnh khác nhau nhiều nhất ở {words.name(country.edition, wide)}: cách nhau {apart} "
            "điểm (@fig-spread, @tbl-summary).",
        ]
    )


def regions(country: PapiCountry) -> Text:
    """Compare the simple means of the regions."""
    rows = country.regions
    rows = rows[rows["code"] == country.edition.root.code].sort_values("mean", ascending=False)
    first, last = rows.iloc[0], rows.iloc[-1]

    def mean(row: pd.Series) -> Number:
        rule = f"bình quân giản đơn của {row['n']} đơn vị trong vùng"
        return words.computed(float(row["mean"]), rule)

    gap = words.difference(
        float(first["mean"] - last["mean"]), "bình quân vùng cao nhất và thấp nhất"
    )
    return paragraphs(
        [
            f"Bình quân giản đơn của các tỉnh, thành phố trong vùng cao nhất ở {first['region']} "
            f"({mean(first)} điểm) và thấp nhất ở {last['region']} ({mean(last)} điểm), cách nhau "
            f"{gap} điểm.",
            _within(country),
        ]
    )


def _within(country: PapiCountry) -> str:
    """Name the region whose units lie furthest apart: a mean does not speak for all of them."""
    region_of = {place.slug: place.region for place in country.measured}
    rows = _total(country)
    by_region = rows["value"].groupby(rows["slug"].map(region_of))
    spread = by_region.max() - by_region.min()
    most = str(spread.idxmax())
    apart = words.difference(float(spread[most]), "điểm cao nhất và điểm thấp nhất trong vùng")
    return (
        f"Trong cùng một vùng, điểm của các tỉnh, thành phố chênh nhau nhiều nhất ở {most}: {apart} "
        "điểm (@fig-regions)."
    )


def changes(country: PapiCountry) -> Text:
    """Say how many provinces rose and fell, criterion by criterion, where that may be said."""
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
        _moved_dimensions(country, earlier, [code for code in allowed if code != total]),
        refusals(country.edition, earlier, refused, codes),
        _error(country, earlier, allowed),
    )


def _change(country: PapiCountry, earlier: int, code: str) -> pd.Series:
    rows = country.standing
    rows = rows[(rows["code"] == code) & (rows["system"] == country.system)]
    wide = rows.pivot_table(index="slug", columns="year", values="value")
    return (wide[country.year] - wide[earlier]).dropna()


def _moved(country: PapiCountry, earlier: int) -> str:
    """Count rises and falls of the total; inside the survey error it is neither."""
    code = country.edition.root.code
    found = Counter(
        direction(float(value), margin_of_total(country, str(slug), earlier))
        for slug, value in _change(country, earlier, code).items()
    )
    rule = f"điểm tổng hợp năm {country.year} so với năm {earlier}"
    up = words.counted(found["rise"], f"số đơn vị tăng, {rule}")
    down = words.counted(found["fall"], f"số đơn vị giảm, {rule}")
    both = words.counted(found.total(), f"đơn vị có điểm cả hai năm, {rule}")
    unclear = words.counted(found["unclear"], f"số đơn vị thay đổi trong sai số, {rule}")
    rest = f"; ở {unclear} nơi thay đổi nằm trong sai số khảo sát" if found["unclear"] else ""
    return (
        f"So với năm {earlier}, điểm tổng hợp tăng ở {up} và giảm ở {down} trong {both} "
        f"{words.units(country)} có điểm cả hai năm{rest} (@tbl-largest-changes)."
    )


def _moved_dimensions(country: PapiCountry, earlier: int, codes: list[str]) -> str:
    if not codes:
        return ""
    medians = {code: float(_change(country, earlier, code).median()) for code in codes}
    most = max(codes, key=lambda code: abs(medians[code]))
    size = words.difference(medians[most], "trung vị của thay đổi từng tỉnh, thành phố")
    verb = "tăng" if medians[most] > 0 else "giảm"
    name = words.name(country.edition, most)
    if abs(medians[most]) < SMALLEST_PRINTED:
        said = "không chỉ số nào thay đổi trên diện rộng"
    else:
        said = (
            f"thay đổi chung lớn nhất là ở {name}: một nửa số tỉnh, thành phố {verb} từ {size} điểm "
            "trở lên"
        )
    number = in_words(len(codes))
    return f"Có {number} chỉ số nội dung so sánh được với năm {earlier}; {said}."


def _error(country: PapiCountry, earlier: int, allowed: list[str]) -> str:
    """Say which of the changes told have no known survey error."""
    if not allowed:
        return ""
    total = country.edition.root.code
    known = total in allowed and any(
        margin_of_total(country, str(slug), earlier) is not None
        for slug in _change(country, earlier, total).index
    )
    if known:
        return (
            "Chưa có thông tin về sai số của từng chỉ số nội dung, nên chưa đánh giá được ý nghĩa của "
            "các thay đổi đó."
        )
    return "Chưa có thông tin về sai số để đánh giá ý nghĩa của các thay đổi nêu trên."


def _without(country: PapiCountry, slug: str, missing: Sequence[str]) -> str:
    """Name a unit of 1 July 2025 that could not be computed, and which predecessors it lacks."""
    unit = country.places.get(slug, "34")
    if not unit.is_merged:
        return unit.name
    return f"{unit.name} (thiếu {joined(words.slug_names(country, missing))})"


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
    of_all = words.counted(all_units, "đơn vị từ 1/7/2025")
    counted = (
        f"Tính được {words.counted(len(total), 'đơn vị đủ số liệu')} trong {of_all} đơn vị; chưa tính "
        f"được {joined(missing)}."
        if missing
        else f"Tính được cả {of_all} đơn vị."
    )
    return paragraphs(
        [
            "Từ ngày 1/7/2025 cả nước có 34 đơn vị hành chính cấp tỉnh, mỗi đơn vị gồm trọn một hoặc "
            "nhiều tỉnh, thành phố cũ.",
            f"Để đọc số liệu năm {country.year} theo đơn vị mới, điểm của các tỉnh, thành phố cũ được "
            "lấy bình quân theo dân số trung bình năm 2020 (@fig-map-34, @tbl-merged).",
            counted,
            "Đây là số liệu do báo cáo này tính để tham khảo, không phải số liệu PAPI công bố.",
        ]
    )
