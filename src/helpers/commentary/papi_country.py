"""What the national PAPI page says."""

from __future__ import annotations

import pandas as pd

from helpers.analysis.findings import SMALLEST_PRINTED
from helpers.analysis.papi import PapiCountry
from helpers.commentary import words
from helpers.commentary.numbers import Number, decimal, in_words
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
    who = (
        f"Năm {country.year}, PAPI có điểm tổng hợp của {words.counted(len(rows), 'đơn vị có điểm')} "
        f"trong {words.counted(all_units, 'đơn vị của hệ thống hành chính năm đó')} {units}"
    )
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
            "Trong mỗi vùng, điểm của các tỉnh vẫn khác nhau đáng kể (@fig-regions).",
        ]
    )


def earlier_year(country: PapiCountry) -> int | None:
    """Return the latest year before with scores, if there is one."""
    before = [year for year in country.years if year < country.year]
    return max(before) if before else None


def changes(country: PapiCountry) -> Text:
    """Say how many provinces rose and fell, criterion by criterion, where that may be said."""
    earlier = earlier_year(country)
    if earlier is None:
        return paragraphs(
            f"Bộ số liệu chưa có năm nào trước năm {country.year}, nên không nêu thay đổi."
        )
    allowed, refused = [], []
    for criterion in (country.edition.root, *country.edition.dimensions):
        answer = compare_years(country.definition, criterion.code, earlier, country.year)
        if answer.allowed:
            allowed.append(criterion.code)
        else:
            refused.append((criterion.code, answer.reasons))
    return paragraphs(
        [_moved(country, earlier, code) for code in allowed if code == country.edition.root.code],
        _moved_dimensions(country, earlier, [c for c in allowed if c != country.edition.root.code]),
        _refused(country, earlier, refused),
        "Chưa có thông tin về sai số để đánh giá ý nghĩa của các thay đổi nêu trên."
        if allowed
        else "",
    )


def _change(country: PapiCountry, earlier: int, code: str) -> pd.Series:
    rows = country.standing
    rows = rows[(rows["code"] == code) & (rows["system"] == country.system)]
    wide = rows.pivot_table(index="slug", columns="year", values="value")
    return (wide[country.year] - wide[earlier]).dropna()


def _moved(country: PapiCountry, earlier: int, code: str) -> str:
    change = _change(country, earlier, code)
    rule = f"{words.name(country.edition, code)} năm {country.year} so với năm {earlier}"
    up = words.counted(int((change >= SMALLEST_PRINTED).sum()), f"số đơn vị tăng, {rule}")
    down = words.counted(int((change <= -SMALLEST_PRINTED).sum()), f"số đơn vị giảm, {rule}")
    both = words.counted(len(change), f"đơn vị có điểm cả hai năm, {rule}")
    return (
        f"So với năm {earlier}, {words.name(country.edition, code)} tăng ở {up} và giảm ở {down} trong "
        f"{both} {words.units(country)} có điểm cả hai năm (@tbl-largest-changes)."
    )


def _moved_dimensions(country: PapiCountry, earlier: int, codes: list[str]) -> str:
    if not codes:
        return ""
    medians = {code: float(_change(country, earlier, code).median()) for code in codes}
    most = max(codes, key=lambda code: abs(medians[code]))
    size = words.difference(medians[most], "trung vị của thay đổi từng tỉnh, thành phố")
    verb = "tăng" if medians[most] > 0 else "giảm"
    return (
        f"Trong {in_words(len(codes))} chỉ số nội dung so sánh được với năm {earlier}, thay đổi chung "
        f"lớn nhất là {words.name(country.edition, most)}: một nửa số tỉnh, thành phố {verb} từ {size} "
        "điểm trở lên."
    )


def _refused(country: PapiCountry, earlier: int, refused: list[tuple[str, tuple[str, ...]]]) -> str:
    if not refused:
        return ""
    total = country.edition.root.code
    everything = len(refused) == 1 + len(country.edition.dimensions)
    if everything and len({reasons for _, reasons in refused}) == 1:
        return f"Không so sánh với năm {earlier}, vì {'; '.join(refused[0][1])}."
    lines = [
        f"- **{words.name(country.edition, code)}**: {'; '.join(reasons)}"
        for code, reasons in refused
        if code != total
    ]
    if any(code == total for code, _ in refused):
        lines.append("- **Điểm tổng hợp**: gồm các chỉ số nội dung nêu ở đây")
    return (
        f"Không so sánh các điểm số sau với năm {earlier}, vì cách đo đã thay đổi:\n\n"
        + ";\n".join(lines)
        + "."
    )


def merger(country: PapiCountry) -> Text:
    """Introduce the view on the 34 units and say which could not be computed."""
    if country.merged.empty:
        return paragraphs(f"Số liệu năm {country.year} theo 34 đơn vị hành chính cấp tỉnh.")
    total = country.merged[country.merged["code"] == country.edition.root.code]
    all_units = len(country.places.units("34"))
    missing = [
        f"{country.places.get(slug, '34').name} (thiếu "
        f"{joined([country.places.get(part, '63').name for part in parts])})"
        for slug, parts in country.detail.incomplete.items()
        if slug not in set(total["slug"])
    ]
    return paragraphs(
        [
            "Từ ngày 1/7/2025 cả nước có 34 đơn vị hành chính cấp tỉnh, mỗi đơn vị gồm trọn một hoặc "
            "nhiều tỉnh, thành phố cũ.",
            f"Để đọc số liệu năm {country.year} theo đơn vị mới, điểm của các tỉnh, thành phố cũ được "
            "lấy bình quân theo dân số trung bình năm 2020 (@fig-map-34, @tbl-merged).",
            f"Tính được {words.counted(len(total), 'đơn vị đủ số liệu')} trong "
            f"{words.counted(all_units, 'đơn vị từ 1/7/2025')} đơn vị"
            + (f"; chưa tính được {joined(missing)}." if missing else "."),
            "Đây là số liệu do báo cáo này tính để tham khảo, không phải số liệu PAPI công bố.",
        ]
    )
