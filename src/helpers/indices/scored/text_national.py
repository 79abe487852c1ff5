"""What the page on the whole country says of an index that is published in parts."""

from __future__ import annotations

from helpers.facts.comparison import leading
from helpers.indices.scored.national import Moved, PublishedCountry
from helpers.indices.scored.standing import Figure, Mean
from helpers.places import sort_key
from helpers.words.numbers import Number, decimal, magnitude, place, rounded, whole
from helpers.words.side_by_side import unpublished
from helpers.words.text import FrontMatter, Text, joined, paragraphs

_NAMED = 3
_LISTED = 5
"""So few changes are told one by one."""


def sign(country: PublishedCountry) -> str:
    """Return what stands behind a value: ``%`` or nothing."""
    return "%" if any(f.measure.startswith("%") for f in country.figures) else ""


def decimals(country: PublishedCountry) -> int:
    """Return how many decimals a value is printed with."""
    return country.framework.decimals


def value(country: PublishedCountry, figure: Figure, year: int | None = None) -> Number:
    """Return a value with its source; of another year than the country's if one is given."""
    if figure.value is None:
        raise ValueError(f"{figure.unit} không có giá trị.")
    text = f"{decimal(figure.value, decimals(country))}{sign(country)}"
    return Number(text, f"{_what(country, year)}, {figure.unit}: {figure.origin}")


def mean(country: PublishedCountry, found: Mean) -> Number:
    """Return a published mean with its source."""
    text = f"{decimal(found.value, decimals(country))}{sign(country)}"
    return Number(text, f"{_what(country)}, bình quân {found.unit}: {found.origin}")


def difference(country: PublishedCountry, moved: Moved) -> Number:
    """Return the size of a change with both sources."""
    text = magnitude(moved.difference, decimals(country))
    return Number(
        text,
        f"hiệu số chưa làm tròn của {moved.place.name}: {moved.later.origin} và {moved.earlier.origin}",
    )


def _what(country: PublishedCountry, year: int | None = None) -> str:
    return f"{country.framework.short_name} {year or country.year}"


def title(country: PublishedCountry) -> FrontMatter:
    """Return title, subtitle and description of the page."""
    name, year = country.framework.short_name, country.year
    count = f"{len(country.figures)}/{country.units}"
    return FrontMatter(
        title=f"{name} năm {year}: kết quả các tỉnh, thành phố",
        subtitle=country.framework.name_vi,
        description=f"Kết quả {name} năm {year} tìm thấy trong các nguồn đã công bố của {count} tỉnh, "
        f"thành phố{_also(country)}.",
        categories=(name, str(year), "Cả nước"),
        date=str(year),
        citation=f"{country.framework.owner}: {name} năm {year}, theo nguồn ghi ở từng dòng.",
    )


def _also(country: PublishedCountry) -> str:
    """Name what else the page holds, and nothing that it does not."""
    held = ["bình quân vùng"] if len(country.regions) > 1 else []
    both = "giá trị năm trước" if country.framework.is_sampled() else "thay đổi so với năm trước"
    held += [both] if country.moved and not country.breaks else []
    return f"; kèm {joined(held)}" if held else ""


def overview(country: PublishedCountry) -> Text:
    """Say for how many provinces something was found, then what it shows."""
    name, year = country.framework.short_name, country.year
    file = f"data/published/{country.index}/{year}.csv"
    text = place(len(country.figures), country.units)
    count = Number(text, f"đếm đơn vị có dòng trong {file} / đơn vị trong danh mục hành chính")
    found = f"Đã tìm thấy kết quả {name} năm {year} của {count} tỉnh, thành phố{_valued(country)}"
    partial = ""
    if not country.complete and country.all_placed:
        partial = (
            "Bảng dưới đây có thứ hạng đã công bố của mọi đơn vị nhưng thiếu giá trị nên không chia "
            "nhóm."
        )
    elif not country.complete:
        partial = (
            "Vì không đủ mọi đơn vị nên bảng dưới đây không phải bảng xếp hạng đầy đủ và không "
            "chia nhóm; thứ hạng là thứ hạng đã công bố."
        )
    average = (
        f"Bình quân cả nước đã công bố là {mean(country, country.national)}."
        if country.national is not None
        else "Chưa tìm thấy bình quân cả nước đã công bố."
    )
    return paragraphs(f"{found} (@tbl-results).", [partial, average, _first(country)])


def _valued(country: PublishedCountry) -> str:
    """Say of how many of the provinces found there is a trusted value."""
    trace = f"đếm dòng có giá trị tin được trong data/published/{country.index}/{country.year}.csv"
    every, valued = len(country.figures), len(country.valued)
    doubted = sum(1 for figure in country.figures if figure.value is not None and figure.doubt)
    if valued == every:
        return ", đều có giá trị"
    if valued == 0 and not doubted:
        return ", đều chỉ có thứ hạng"
    said = [f"{Number(whole(valued), trace)} nơi có giá trị"] if valued else []
    if doubted:
        said.append(f"{Number(whole(doubted), trace)} nơi có giá trị còn nghi ngờ")
    if every - valued - doubted:
        said.append(f"{Number(whole(every - valued - doubted), trace)} nơi chỉ có thứ hạng")
    return f", gồm {joined(said)}"


def _first(country: PublishedCountry) -> str:
    """Give the published first place as what it is: a place that a page prints."""
    first = [figure for figure in country.figures if figure.rank == 1]
    if not first:
        return ""
    trace = "; ".join(f"thứ hạng đã công bố: {figure.rank_origin}" for figure in first)
    rank = Number(place(1, country.units), trace)
    named = []
    for figure in first:
        trusted = figure.value is not None and not figure.doubt
        reached = f" ({value(country, figure)})" if trusted else ""
        named.append(f"{country.place(figure).in_full}{reached}")
    return f"Theo thứ hạng công bố, xếp thứ {rank} là {joined(named)}."


def regions(country: PublishedCountry) -> Text:
    """Set the published means of the regions side by side."""
    if len(country.regions) < 2:
        return paragraphs("Chưa tìm thấy bình quân đã công bố của các vùng.")
    if not country.all_regions:
        text = place(len(country.regions), country.region_count)
        count = Number(text, "đếm vùng có bình quân đã công bố")
        listed = joined([f"{found.unit} ({mean(country, found)})" for found in country.regions])
        return paragraphs(
            f"Mới tìm thấy bình quân đã công bố của {count} vùng: {listed} (@tbl-regions)."
        )
    count = Number(whole(len(country.regions)), "đếm vùng có bình quân đã công bố")
    if country.framework.is_sampled():
        return paragraphs(
            f"Bình quân đã công bố của {count} vùng được đặt cạnh nhau ở @tbl-regions."
        )
    high, low = _edge(country, highest=True), _edge(country, highest=False)
    if len(high) == len(country.regions):
        return paragraphs(
            f"Bình quân đã công bố của {count} vùng không phân biệt được với nhau (@tbl-regions)."
        )
    return paragraphs(
        f"Trong {count} vùng, bình quân đã công bố cao nhất là {_means(country, high)}, thấp nhất "
        f"là {_means(country, low)} (@tbl-regions)."
    )


def _edge(country: PublishedCountry, *, highest: bool) -> list[Mean]:
    """Return the regions that no other one surely exceeds, or falls below."""
    by_name = {found.unit: found for found in country.regions}
    names = leading(
        {name: found.value for name, found in by_name.items()},
        {name: found.error for name, found in by_name.items()},
        highest=highest,
        decimals=decimals(country),
    )
    return [by_name[name] for name in names]


def _means(country: PublishedCountry, found: list[Mean]) -> str:
    return joined([f"{one.unit} ({mean(country, one)})" for one in found])


def changes(country: PublishedCountry) -> Text:
    """Name the largest changes since the year before, or say why there are none."""
    before = country.year - 1
    if country.breaks:
        return paragraphs(f"Không so sánh với năm {before}, vì {'; '.join(country.breaks)}.")
    if not country.moved:
        return paragraphs(
            f"Không có tỉnh, thành phố nào tìm thấy giá trị của cả hai năm {before} và {country.year}."
        )
    ups = [moved for moved in country.moved if moved.compared.case == "higher"]
    downs = [moved for moved in reversed(country.moved) if moved.compared.case == "lower"]
    text = place(len(country.moved), country.units)
    count = Number(text, "đếm đơn vị có giá trị ở cả hai năm")
    if country.framework.is_sampled():
        return paragraphs(
            f"Giá trị năm {before} và năm {country.year} của {count} đơn vị có cả hai năm được đặt "
            "cạnh nhau ở @tbl-changes."
        )
    opening = f"So với năm {before}, trong {count} đơn vị có giá trị của cả hai năm"
    if len(country.moved) <= _LISTED:
        listed = joined([_moved(country, moved) for moved in country.moved])
        return paragraphs(
            f"So với năm {before}, tìm thấy giá trị của cả hai năm ở {count} đơn vị: {listed} "
            "(@tbl-changes)."
        )
    if country.all_moved:
        parts = [f"tăng nhiều nhất là {_names(country, most(ups))}" if ups else ""]
        parts += [f"giảm nhiều nhất là {_names(country, most(downs))}" if downs else ""]
        told = "; ".join(part for part in parts if part) or "không có thay đổi rõ"
        return paragraphs(f"{opening}: {told} (@tbl-changes).")
    rest = len(country.moved) - len(ups) - len(downs)
    tally = [
        f"{'cả ' if len(found) == len(country.moved) else ''}"
        f"{Number(whole(len(found)), trace)} đơn vị {verb}"
        for found, verb, trace in (
            (ups, "tăng", "đếm hiệu số lớn hơn sai số làm tròn"),
            (downs, "giảm", "đếm hiệu số nhỏ hơn 0 quá sai số làm tròn"),
        )
        if found
    ]
    if rest:
        tally.append(f"{Number(whole(rest), 'đếm hiệu số trong sai số')} đơn vị không đổi rõ")
    return paragraphs(
        f"{opening}, {joined(tally)} (@tbl-changes); thiếu các đơn vị khác nên không nêu nơi tăng, "
        "giảm nhiều nhất."
    )


def _moved(country: PublishedCountry, moved: Moved) -> str:
    case = moved.compared.case
    if case not in ("higher", "lower"):
        return f"{moved.place.name} không đổi rõ"
    verb = "tăng" if case == "higher" else "giảm"
    return f"{moved.place.name} {verb} {difference(country, moved)} {difference_unit(country)}"


def most(ordered: list[Moved]) -> list[Moved]:
    """Return the largest changes, about three; what prints alike is not cut apart."""
    if len(ordered) <= _NAMED:
        return ordered
    edge = rounded(abs(ordered[_NAMED - 1].difference), ordered[0].decimals)
    return [m for m in ordered if rounded(abs(m.difference), m.decimals) >= edge]


def _names(country: PublishedCountry, moved: list[Moved]) -> str:
    unit = difference_unit(country)
    return joined([f"{m.place.in_full} ({difference(country, m)} {unit})" for m in moved])


def difference_unit(country: PublishedCountry) -> str:
    """Return what a difference of two values is counted in."""
    return "điểm phần trăm" if sign(country) else "điểm"


def method(country: PublishedCountry) -> Text:
    """Say where the figures come from and what is doubted."""
    doubted = sorted(
        (f"{figure.unit}: {figure.doubt}" for figure in country.figures if figure.doubt),
        key=sort_key,
    )
    texts = [
        "Bảng đầy đủ của chỉ số này được công bố dưới dạng hình ảnh; số liệu ở đây lấy từ những "
        "bài báo và văn bản có nêu số bằng chữ, mỗi dòng ghi rõ nguồn "
        f"(data/published/{country.index}/{country.year}.csv).",
        f"Định nghĩa, căn cứ pháp lý và các mốc đổi cách tính xem trang phương pháp "
        f"{country.framework.short_name}.",
    ]
    if country.framework.is_sampled():
        texts.append(unpublished(country.framework.owner, country.framework.short_name))
    if doubted:
        # Some doubts are written as sentences, with their full stop.
        points = [f"- {text.rstrip('.')}." for text in doubted]
        texts += ["Những giá trị còn nghi ngờ:", "\n".join(points)]
    return Text(tuple(texts))
