"""What the page on the whole country says of an index that is published in parts."""

from __future__ import annotations

from helpers.analysis.published_country import Moved, PublishedCountry
from helpers.analysis.published_standing import Figure, Mean
from helpers.commentary.numbers import Number, decimal, magnitude, whole
from helpers.commentary.text import FrontMatter, Text, joined, paragraphs
from helpers.places import sort_key

_DECIMALS = {"dti": 4}
_NAMED = 3


def sign(country: PublishedCountry) -> str:
    """Return what stands behind a value: ``%`` or nothing."""
    return "%" if any(f.measure.startswith("%") for f in country.figures) else ""


def decimals(country: PublishedCountry) -> int:
    """Return how many decimals a value is printed with."""
    return _DECIMALS.get(country.index, country.framework.decimals)


def value(country: PublishedCountry, figure: Figure) -> Number:
    """Return a value with its source."""
    if figure.value is None:
        raise ValueError(f"{figure.unit} không có giá trị.")
    text = f"{decimal(figure.value, decimals(country))}{sign(country)}"
    return Number(text, f"{_what(country)}, {figure.unit}: {figure.origin}")


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


def _what(country: PublishedCountry) -> str:
    return f"{country.framework.short_name} {country.year}"


def title(country: PublishedCountry) -> FrontMatter:
    """Return title, subtitle and description of the page."""
    name, year = country.framework.short_name, country.year
    count = f"{len(country.figures)}/{country.units}"
    return FrontMatter(
        title=f"{name} năm {year}: kết quả các tỉnh, thành phố",
        subtitle=country.framework.name_vi,
        description=f"Kết quả {name} năm {year} tìm thấy trong các nguồn đã công bố của {count} tỉnh, "
        "thành phố, bình quân vùng và thay đổi so với năm trước.",
        categories=(name, str(year), "Cả nước"),
        date=str(year),
        citation=f"{country.framework.owner}: {name} năm {year}, theo nguồn ghi ở từng dòng.",
    )


def overview(country: PublishedCountry) -> Text:
    """Say for how many provinces something was found, then what it shows."""
    name, year = country.framework.short_name, country.year
    file = "data/published/results.csv"
    only_rank = len(country.figures) - len(country.valued)
    count = Number(whole(len(country.figures)), f"đếm đơn vị có dòng trong {file}")
    units = Number(whole(country.units), "đếm đơn vị trong danh mục hành chính")
    found = f"Kết quả {name} năm {year} tìm thấy được của {count} trong {units} tỉnh, thành phố"
    without = Number(whole(only_rank), f"đếm dòng không có giá trị tin được trong {file}")
    rest = (
        f", trong đó {without} đơn vị chỉ có thứ hạng hoặc giá trị còn nghi ngờ"
        if only_rank
        else ""
    )
    partial = (
        ""
        if country.complete
        else "Vì không đủ mọi đơn vị nên bảng dưới đây không phải bảng xếp hạng đầy đủ và không "
        "chia nhóm; thứ hạng là thứ hạng đã công bố."
    )
    average = (
        f"Bình quân cả nước đã công bố là {mean(country, country.national)}."
        if country.national is not None
        else "Chưa tìm thấy bình quân cả nước đã công bố."
    )
    return paragraphs(f"{found}{rest} (@tbl-results).", [partial, average, _leaders(country)])


def _leaders(country: PublishedCountry) -> str:
    first = [figure for figure in country.figures if figure.rank == 1]
    if len(first) != 1:
        return ""
    figure = first[0]
    reached = "" if figure.value is None else f", đạt {value(country, figure)}"
    return f"Đứng đầu theo công bố là {country.place(figure).name}{reached}."


def regions(country: PublishedCountry) -> Text:
    """Set the published means of the regions side by side."""
    if len(country.regions) < 2:
        return paragraphs("Chưa tìm thấy bình quân đã công bố của các vùng.")
    high, low = country.regions[0], country.regions[-1]
    count = Number(whole(len(country.regions)), "đếm vùng có bình quân đã công bố")
    return paragraphs(
        f"Trong {count} vùng có bình quân đã công bố, cao nhất là {high.unit} "
        f"({mean(country, high)}), thấp nhất là {low.unit} ({mean(country, low)}) (@tbl-regions)."
    )


def changes(country: PublishedCountry) -> Text:
    """Name the largest changes since the year before, or say why there are none."""
    before = country.year - 1
    if country.breaks:
        return paragraphs(f"Không so sánh với năm {before}, vì {'; '.join(country.breaks)}.")
    if not country.moved:
        return paragraphs(
            f"Không có tỉnh, thành phố nào tìm thấy giá trị của cả hai năm {before} và {country.year}."
        )
    ups = [moved for moved in country.moved if moved.difference > 0][:_NAMED]
    downs = [moved for moved in reversed(country.moved) if moved.difference < 0][:_NAMED]
    unit = "điểm %" if sign(country) else "điểm"
    said = [
        f"So với năm {before}, trong "
        f"{Number(whole(len(country.moved)), 'đếm đơn vị có giá trị ở cả hai năm')} đơn vị có "
        "giá trị của cả hai năm:"
    ]
    if ups:
        said.append(f"tăng nhiều nhất là {_names(country, ups, unit)};")
    if downs:
        said.append(f"giảm nhiều nhất là {_names(country, downs, unit)};")
    text = " ".join(said).rstrip(";")
    return paragraphs(f"{text} (@tbl-changes).")


def _names(country: PublishedCountry, moved: list[Moved], unit: str) -> str:
    return joined([f"{m.place.name} ({difference(country, m)} {unit})" for m in moved])


def method(country: PublishedCountry) -> Text:
    """Say where the figures come from and what is doubted."""
    doubted = sorted(
        (f"{figure.unit}: {figure.doubt}" for figure in country.figures if figure.doubt),
        key=sort_key,
    )
    texts = [
        "Bảng đầy đủ của chỉ số này được công bố dưới dạng hình ảnh; số liệu ở đây lấy từ những "
        "bài báo và văn bản có nêu số bằng chữ, mỗi dòng ghi rõ nguồn (data/published/results.csv).",
        f"Định nghĩa, căn cứ pháp lý và các mốc đổi cách tính xem trang phương pháp "
        f"{country.framework.short_name}.",
    ]
    if doubted:
        # Some doubts are written as sentences, with their full stop.
        points = [f"- {text.rstrip('.')}." for text in doubted]
        texts += ["Những giá trị còn nghi ngờ:", "\n".join(points)]
    return Text(tuple(texts))
