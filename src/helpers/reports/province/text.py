"""What the page of a province says: all indices at a glance, strengths, neighbours, the merger."""

from __future__ import annotations

from helpers.facts.comparison import Comparison
from helpers.places import Place
from helpers.reports.province.result import ProvinceProfile
from helpers.reports.province.series import Point, Series
from helpers.words.numbers import Number, decimal, magnitude, place
from helpers.words.say import say
from helpers.words.side_by_side import CAVEAT
from helpers.words.text import FrontMatter, Text, joined, paragraphs, plain, upper_first

PLACED_HERE = (
    "Điểm của các đơn vị hợp nhất và vị trí trong các đơn vị mới do trang này tính, không phải số "
    "liệu PAPI công bố."
)
"""Said wherever units of 1 July 2025 are placed by scores of years before."""


def title(profile: ProvinceProfile) -> FrontMatter:
    """Return title, subtitle and description of a province's page."""
    first = profile.series[0] if profile.series else None
    level = f"{upper_first(plain(_latest(profile, first)))}. " if first else ""
    years = sorted({point.year for series in profile.series for point in series.points})
    span = f" từ năm {years[0]} đến năm {years[-1]}" if len(years) > 1 else ""
    names = joined([series.name for series in profile.series]) or "các đơn vị cũ"
    return FrontMatter(
        title=f"Chỉ số quản trị của {profile.name}",
        subtitle="Mọi chỉ số và năm đã công bố",
        description=f"{level}Trang gồm kết quả {names}{span}.",
        categories=("Tổng quan", str(profile.year), profile.place.name),
        date=str(profile.year),
        status=profile.status,
    )


def overview(profile: ProvinceProfile) -> Text:
    """Say the newest result of every index, then what may be compared with the year before."""
    lines = [f"- {upper_first(_latest(profile, series))}." for series in profile.series]
    if not lines:
        return paragraphs(
            f"Chưa có kết quả nào tính được cho {profile.name} như một đơn vị; kết quả của các "
            "đơn vị cũ xem @tbl-parts."
        )
    return paragraphs(
        f"Kết quả mới nhất của {profile.name} ở từng chỉ số (@tbl-years, @fig-years):",
        "\n".join(lines),
        _changes(profile),
    )


def _latest(profile: ProvinceProfile, series: Series) -> str:
    point = series.latest
    said = f"{series.name} năm {point.year}"
    if point.value is not None:
        said += f" đạt {value(profile, series, point)}"
        said += series.after
    if point.rank is not None and point.n is not None:
        among = " trong các đơn vị mới tính được" if point.placed_here else ""
        tie = "đồng hạng " if point.tied > 1 else ""
        # A place beside a value says what the value comes to; alone it needs a verb.
        said += " xếp " if point.value is None else ", "
        said += f"{tie}thứ {rank(profile, series, point)}{among}{_shared(point)}"
    told = computed(point)
    return f"{said} ({told})" if told else said


def computed(point: Point) -> str:
    """Say which of value and place this project computed; empty if both were published so."""
    if point.computed:
        placed = " và vị trí" if point.rank is not None else ""
        return f"điểm{placed} do trang này tính"
    if point.placed_here and point.rank is not None:
        return "vị trí do trang này tính"
    return ""


def _shared(point: Point) -> str:
    if not point.sharing:
        return ""
    return f" (nguồn công bố ghi cùng thứ hạng cho {joined(point.sharing)})"


def value(profile: ProvinceProfile, series: Series, point: Point) -> Number:
    """Return a value with its source."""
    if point.value is None:
        raise ValueError(f"{series.name} {point.year} không có giá trị.")
    trace = f"{series.name} {point.year}, {profile.place.name}: {point.source}"
    return Number(f"{decimal(point.value, series.decimals)}{series.sign}", trace)


def rank(profile: ProvinceProfile, series: Series, point: Point) -> Number:
    """Return a place with its source."""
    if point.rank is None or point.n is None:
        raise ValueError(f"{series.name} {point.year} không có thứ hạng.")
    if series.key == "papi":
        units = "đơn vị mới tính được" if point.placed_here else "đơn vị có số liệu"
        trace = f"xếp theo điểm làm tròn của {point.n} {units}, PAPI {point.year}"
    else:
        trace = (
            f"{series.name} {point.year}, thứ hạng đã công bố: {point.rank_source or point.source}"
        )
    return Number(place(point.rank, point.n), trace)


def _changes(profile: ProvinceProfile) -> list[str]:
    said, unknown = [], []
    for series in profile.series:
        pair = series.comparable
        if pair is not None:
            said.append(_change(profile, series, *pair))
            if series.movement is not None and series.movement.case == "unknown":
                unknown.append(series.name)
    if unknown:
        said.append(f"Về {joined(unknown)}, {CAVEAT}.")
    apart = [series for series in profile.series if series.breaks]
    if apart:
        names = joined([f"{s.name} ({_years(s)})" for s in apart])
        said.append(f"Không so sánh điểm qua các mốc đổi cách tính: {names}.")
    papi = profile.get("papi")
    if papi is not None and papi.movement is not None and papi.movement.assumed:
        said.append(
            "Số liệu PAPI ở đây không kèm sai số khảo sát của ít nhất một năm nên thay đổi được xét "
            "theo sai số ước tính."
        )
    return said


def _change(profile: ProvinceProfile, series: Series, earlier: Point, later: Point) -> str:
    """Say what the error lets one say of the newest value against the one before it."""
    verdict = series.movement
    if verdict is None:
        return ""
    opening = f"So với năm {earlier.year}, {series.name} năm {later.year}"
    size = Number(
        magnitude(verdict.gap, series.decimals),
        f"hiệu số chưa làm tròn của {series.name} {later.year} ({later.source}) và {earlier.year} "
        f"({earlier.source})",
    )
    match verdict.case:
        case "higher" | "lower":
            side = "cao hơn" if verdict.case == "higher" else "thấp hơn"
            likely = "nhiều khả năng " if verdict.assumed else ""
            return f"{opening} {likely}{side} {size} {series.unit}."
        case "inside" if series.key != "papi":
            return f"{opening} chưa phân biệt được vì chênh lệch không vượt sai số của số công bố."
        case "inside":
            return (
                f"{opening} chưa có thay đổi rõ rệt: chênh lệch {size} {series.unit} nằm trong "
                f"{_error(verdict)}."
            )
        case "equal":
            return f"{opening} không đổi."
        case "same_print":
            return f"{opening} làm tròn như nhau."
        case "unknown":
            before, after = value(profile, series, earlier), value(profile, series, later)
            return (
                f"{series.name} năm {later.year} là {after}{series.after}, "
                f"năm {earlier.year} là {before}{series.after}."
            )


def _error(verdict: Comparison) -> str:
    """Name the error that a comparison rests on, with its margin: ``sai số khảo sát (±1,39 điểm)``."""
    if verdict.margin is None:
        raise ValueError("chưa biết sai số của hiệu số")
    kind = "sai số ước tính" if verdict.assumed else "sai số khảo sát"
    trace = "sai số của hiệu số ở mức 95%: 1,96 lần sai số chuẩn của hiệu số"
    return f"{kind} (±{Number(decimal(verdict.margin), trace)} điểm)"


def kept(old: Place, new: Place) -> str:
    """Say that a unit kept its borders on 1 July 2025, and its name of today if it has another."""
    renamed = f" và mang tên {new.full_name(2025)}" if new.own_name != old.own_name else ""
    return (
        "Khi cả nước sắp xếp còn 34 đơn vị hành chính cấp tỉnh từ ngày 01/7/2025, "
        f"{old.in_full} giữ nguyên địa giới{renamed}"
    )


def _years(series: Series) -> str:
    return joined([str(year) for year in sorted({first for first, _ in series.breaks})])


def strengths_and_weaknesses(profile: ProvinceProfile) -> Text:
    """Name the strongest and weakest dimensions of the newest PAPI result."""
    if profile.papi is None:
        return paragraphs(
            f"{upper_first(profile.name)} hình thành từ ngày 01/7/2025; điểm mạnh, điểm yếu của "
            "từng đơn vị cũ nằm ở trang của đơn vị đó."
        )
    return paragraphs(
        f"Xét tám chỉ số nội dung của PAPI năm {profile.papi.year}:",
        *say(profile.papi, "strengths", heading=False).paragraphs,
    )


def neighbours(profile: ProvinceProfile) -> Text:
    """Say who stands next to the province: by place, which is not by distance in points."""
    own = next((n for n in profile.neighbours if n.own), None)
    others = [n for n in profile.neighbours if not n.own]
    if own is None or not others:
        return paragraphs("Chưa có điểm PAPI để nêu các đơn vị liền kề.")
    year = profile.neighbour_year
    every = Number(str(own.n), f"đếm: đơn vị có điểm PAPI năm {year}")
    sides = (
        ("liền trên", [n for n in others if n.rank < own.rank]),
        ("cùng vị trí", [n for n in others if n.rank == own.rank]),
        ("liền dưới", [n for n in others if n.rank > own.rank]),
    )
    told = [
        f"{side} là {joined([n.place.in_full for n in found])}" for side, found in sides if found
    ]
    name = profile.place.name
    return paragraphs(
        f"Theo điểm tổng hợp PAPI năm {year} của {every} đơn vị, so với {name}, "
        f"{'; '.join(told)} (@tbl-neighbours). Chênh lệch giữa các đơn vị liền kề thường nhỏ hơn "
        "sai số khảo sát, nên không nên coi vị trí liền kề là hơn kém.",
        PLACED_HERE if profile.placed_here else "",
    )


def merger(profile: ProvinceProfile) -> Text:
    """Say what became of the unit on 1 July 2025, or what it was formed from."""
    if profile.successor is not None:
        if not profile.successor.is_merged:
            return paragraphs(f"{kept(profile.place, profile.successor)}.")
        return paragraphs(
            f"{upper_first(profile.merger)}. Kết quả đến năm 2024 vẫn là kết quả của đơn vị cũ và "
            "không đổi."
        )
    if not profile.predecessors:
        said = (
            f"{upper_first(profile.name)} giữ nguyên địa giới khi cả nước sắp xếp còn 34 đơn vị từ "
            "ngày 01/7/2025, nên số liệu các năm vẫn là của cùng một địa bàn."
        )
        placed = (
            "Chỉ vị trí PAPI ở @tbl-years và @tbl-neighbours được tính lại trong các đơn vị mới tính "
            "được; @tbl-dimensions và thứ hạng các chỉ số khác là theo các tỉnh, thành phố trước khi "
            "sắp xếp."
        )
        return paragraphs([said, placed] if profile.placed_here else said)
    said = f"{upper_first(profile.merger)} (@tbl-parts)."
    if not _has_computed(profile):
        return paragraphs(said)
    return paragraphs(
        [
            said,
            "Điểm PAPI trước năm 2025 của đơn vị mới do trang này tính lại: bình quân điểm của "
            "các đơn vị cũ theo dân số năm 2020. Đây là số tham khảo, không phải số liệu PAPI công bố.",
        ]
    )


def _has_computed(profile: ProvinceProfile) -> bool:
    return any(point.computed for series in profile.series for point in series.points)
