"""What was published about the province: level, place, means, parts, sources that disagree, changes."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.indices.scored import text_words as words
from helpers.indices.scored.result import ScoredResult
from helpers.indices.scored.standing import Figure, Mean, Published
from helpers.places import system_of_year
from helpers.words.numbers import Number, decimal, magnitude, place, whole
from helpers.words.side_by_side import CAVEAT, beside
from helpers.words.text import Text, escape, joined, lower_first, paragraphs, upper_first

LOW_PLACE = 0.75
"""A component placed below this share of the units counts as weak."""


def level(result: ScoredResult) -> list[str]:
    """Say the province's published total: value, place, distance to the national mean."""
    total = result.published.total
    if total is None:
        if result.place.simulated:
            return [f"{result.place.in_full} là địa bàn mô phỏng nên không có kết quả công bố."]
        return [
            f"Các nguồn công bố đã đọc không nêu {result.framework.short_name} năm {result.year} "
            f"của "
            f"{words.province(result)}."
        ]
    return [_total(result, total), _national(result, total), _doubt(result, total)]


def nothing(result: ScoredResult) -> Text:
    """Say why no published result stands here."""
    if result.place.simulated:
        return paragraphs("Số liệu mô phỏng không được đặt cạnh kết quả công bố của các tỉnh thật.")
    return paragraphs(
        f"Không có kết quả {result.framework.short_name} năm {result.year} của cấp tỉnh trong các "
        "nguồn đã đọc."
    )


def _total(result: ScoredResult, total: Figure) -> str:
    what = f"{result.framework.short_name} năm {result.year} của {words.province(result)}"
    units = result.published.units
    if total.value is None:
        rank = words.ranked(result, total, units)
        return f"{what} xếp thứ {rank}; các nguồn đã đọc không nêu giá trị."
    value = words.published_value(result, total)
    scaled = "" if words.scale(result).sign else " trên thang 0-1"
    # This sentence stands alone on cards and at the head of the page.
    doubt = " (giá trị còn nghi ngờ)" if total.doubt else ""
    if total.rank is None:
        return f"{what} đạt {value}{scaled}{doubt}; các nguồn đã đọc không nêu thứ hạng."
    return f"{what} đạt {value}{scaled}, xếp thứ {words.ranked(result, total, units)}{doubt}."


def _national(result: ScoredResult, total: Figure) -> str:
    mean = result.published.national
    if mean is None or total.value is None or total.doubt:
        return ""
    value = words.mean_value(result, mean)
    said = words.against(result, total, mean, f"bình quân cả nước ({value})")
    return f"Mức này {said or beside('bình quân cả nước', value)}."


def _doubt(result: ScoredResult, total: Figure) -> str:
    if not total.doubt:
        return ""
    told = lower_first(words.remark(total.doubt, f"ghi chú: {total.origin}"))
    return f"Giá trị này cần kiểm tra lại: {told}"


def region(result: ScoredResult) -> list[str]:
    """Set the province beside its region, and tell where sources print the mean differently."""
    mean, total = result.published.region, result.published.total
    if mean is None:
        return []
    value = words.mean_value(result, mean)
    name = result.place.region
    said = f"Bình quân vùng {name} là {value}"
    if total is not None and total.value is not None and not total.doubt:
        gap = words.against(result, total, mean, "mức này")
        said += f"; kết quả của {words.kind(result)} {gap}" if gap else ""
    others = [f"{words.mean_value(result, other)}" + _reason(other) for other in mean.others]
    also = f"Nguồn khác ghi bình quân vùng là {joined(others)}." if others else ""
    return [f"{said} (@tbl-means).", also]


def _reason(mean: Mean) -> str:
    if not mean.doubt:
        return ""
    return f" ({lower_first(words.remark(mean.doubt, mean.origin)).rstrip('.')})"


def conflicts(result: ScoredResult) -> list[str]:
    """Tell where pages print the province's figures differently, and which one is used."""
    look = words.scale(result)
    said = []
    for found in result.published.conflicts:
        rows = found.rows.drop_duplicates("value")
        values = []
        for _, row in rows.iterrows():
            trace = f"{row['origin']} ({row['source']})"
            values.append(
                f"{Number(decimal(float(row['value']), look.decimals), trace)}{look.sign}"
            )
        used = result.published.before(found.year or 0)
        kept = "" if used is None or used.value is None else words.published_value(result, used)
        reasons = [
            f"Về giá trị {Number(decimal(float(row['value']), look.decimals), str(row['origin']))}"
            f"{look.sign}: {lower_first(words.remark(str(row['doubt']), str(row['origin'])))}"
            for _, row in rows.iterrows()
            if row["doubt"]
        ]
        told = f"Các nguồn ghi khác nhau về năm {found.year}: {joined(values)}"
        told += f"; báo cáo dùng {kept}." if kept else "."
        said.append(" ".join([told, *reasons]))
    return said


def _counted(result: ScoredResult) -> str:
    file = f"data/published/{result.index}/{result.year}.csv"
    return f"đếm: {file}, {result.framework.short_name} {result.year}"


def coverage(result: ScoredResult) -> str:
    """Say of how many provinces a result was read, so that nobody takes the rows for a ranking."""
    published = result.published
    if not published.peers:
        return (
            f"Không có kết quả {result.framework.short_name} năm {result.year} của tỉnh, thành phố nào "
            "trong các nguồn đã đọc."
        )
    trace = _counted(result)
    n = Number(place(len(published.peers), published.units), trace)
    said = (
        f"Năm {result.year} có số liệu công bố của {n} tỉnh, thành phố{_valued(published, trace)}."
    )
    if len(published.peers) == published.units:
        return f"{said} Thứ hạng nêu ở đây là thứ hạng đã công bố."
    return f"{said} Báo cáo không tự xếp hạng; thứ hạng nêu ở đây là thứ hạng đã công bố."


def _valued(published: Published, trace: str) -> str:
    """Say of how many of the provinces a trusted value was read."""
    every, valued = len(published.peers), len(published.valued)
    doubted = any(peer.doubt for peer in published.peers)
    except_for = " (không kể giá trị bị nghi vấn)" if doubted else ""
    if valued == every:
        return ", đều có giá trị"
    if valued == 0:
        return f", đều chỉ có thứ hạng{except_for}"
    return f", trong đó {Number(whole(valued), trace)} nơi có giá trị{except_for}"


def changes(result: ScoredResult) -> list[str]:
    """Say how total and place changed since the year before, apart, or why they are not compared."""
    total = result.published.total
    earlier = result.published.before(result.year - 1)
    if total is None:
        return []
    year = result.year - 1
    if result.why_not_same_unit:
        reason = result.why_not_same_unit[0]
        return [f"Kết quả năm {result.year} không so sánh được với năm {year} vì {reason}."]
    if earlier is None:
        return [
            f"Các nguồn đã đọc không nêu kết quả năm {year} của {words.province(result)} nên báo "
            f"cáo "
            "không nêu thay đổi so với năm đó."
        ]
    if result.why_not_comparable:
        # A place among scores of another measure is no more the same place than the score is.
        return [
            f"Kết quả năm {result.year} không so sánh được với năm {year} vì "
            f"{result.why_not_comparable[0]}."
        ]
    return [_values(result, earlier, total), _places(result, earlier, total)]


def _values(result: ScoredResult, earlier: Figure, total: Figure) -> str:
    if total.value is None or earlier.value is None:
        return f"Không có đủ giá trị của hai năm {earlier.year} và {total.year} để nêu thay đổi."
    if total.doubt or earlier.doubt:
        return "Một trong hai giá trị bị nghi vấn nên báo cáo không nêu mức thay đổi."
    look = words.scale(result)
    found = words.compared(result, total, earlier)
    base = words.published_value(result, earlier)
    if found.case in ("equal", "same_print"):
        return f"So với năm {earlier.year} ({base}), giá trị công bố không đổi."
    if found.case == "unknown":
        return (
            f"{result.framework.short_name} của {words.kind(result)} năm {total.year} là "
            f"{words.published_value(result, total)}, năm {earlier.year} là {base}; {CAVEAT}."
        )
    if not found.is_sure:
        return (
            f"So với năm {earlier.year} ({base}), chưa đủ cơ sở để nói tăng hay giảm vì chênh lệch "
            "không vượt sai số của số công bố."
        )
    size = Number(
        magnitude(found.gap, look.decimals), f"hiệu số: {total.origin} và {earlier.origin}"
    )
    verb = "tăng" if found.case == "higher" else "giảm"
    return (
        f"So với năm {earlier.year} ({base}), {result.framework.short_name} của "
        f"{words.kind(result)} {verb} "
        f"{size}{look.difference}."
    )


def _places(result: ScoredResult, earlier: Figure, total: Figure) -> str:
    # A place among 63 says nothing beside one among 34, though the unit be the same.
    same_units = system_of_year(earlier.year) == system_of_year(total.year)
    if total.rank is None or earlier.rank is None or not same_units:
        return ""
    old = words.published_rank(result, earlier, result.published.units)
    new = words.published_rank(result, total, result.published.units)
    if total.sampled:
        return (
            f"Theo thứ hạng công bố, {words.kind(result)} xếp thứ {old} năm {earlier.year} và thứ "
            f"{new} năm {total.year}."
        )
    steps = earlier.rank - total.rank
    if steps == 0:
        return f"Thứ hạng giữ nguyên ở {new}."
    size = Number(
        whole(abs(steps)), f"hiệu số thứ hạng: {total.rank_origin} và {earlier.rank_origin}"
    )
    verb = "tăng" if steps > 0 else "giảm"
    return f"Thứ hạng {verb} {size} bậc, từ {old} {'lên' if steps > 0 else 'xuống'} {new}."


def low_parts(result: ScoredResult) -> tuple[Figure, ...]:
    """Return the components whose published place lies in the last quarter, the lowest first."""
    units = result.published.units
    low = [part for part in result.published.parts if part.rank and part.rank > LOW_PLACE * units]
    return tuple(sorted(low, key=lambda part: -(part.rank or 0)))


def components(result: ScoredResult) -> list[str]:
    """Tell the published places of the areas: both ends if all are known, else those that are."""
    areas = {node.code for node in result.edition.criteria if node.maximum != 0}
    ranked = sorted(
        (part for part in result.published.parts if part.rank is not None and part.code in areas),
        key=lambda part: (part.rank or 0, part.code),
    )
    if len(ranked) < 2:
        return []
    if len(ranked) < len(areas):
        trace = _counted(result)
        count = Number(place(len(ranked), len(areas)), trace)
        return [
            f"Các nguồn đã đọc nêu thứ hạng của {count} lĩnh vực: "
            f"{_places_of(result, ranked)} (@tbl-parts)."
        ]
    best = [part for part in ranked if part.rank == ranked[0].rank]
    worst = [part for part in ranked if part.rank == ranked[-1].rank]
    if len(best) == len(ranked):
        return [f"Các lĩnh vực cùng xếp thứ {_place_of(result, best[0])} (@tbl-parts)."]
    return [
        f"Trong các lĩnh vực, thứ hạng công bố cao nhất là {_places_of(result, best)}, thấp nhất "
        f"là {_places_of(result, worst)} (@tbl-parts)."
    ]


def _places_of(result: ScoredResult, parts: Sequence[Figure]) -> str:
    return joined([f"{_part(part)} (thứ {_place_of(result, part)})" for part in parts])


def _place_of(result: ScoredResult, part: Figure) -> Number:
    return words.published_rank(result, part, result.published.units)


def _part(figure: Figure) -> str:
    return f"**{escape(part_name(figure))}**"


def part_name(figure: Figure) -> str:
    """Return the name of a component without the remarks in brackets."""
    return upper_first(figure.name.partition(" (")[0].strip())
