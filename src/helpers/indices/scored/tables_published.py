"""Tables of what was published of a province, its parts, all provinces and the years."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from helpers.display.table import Cell, Strong, Table
from helpers.indices.scored import cells as words
from helpers.indices.scored.findings_published import part_name
from helpers.indices.scored.result import ScoredResult
from helpers.indices.scored.standing import Figure, Mean
from helpers.indices.scored.tables_office import index_and_year, renewals, without_empty
from helpers.inputs.published_checks import LEVELS
from helpers.words import numbers
from helpers.words.numbers import Number, known
from helpers.words.text import escape, joined, upper_first

ALL_PEERS = 30
ENDS, NEIGHBOURS = 3, 3
"""Of a longer list of provinces: how many are shown at the ends, and on each side of the own."""


def signed_value(result: ScoredResult, figure: Figure) -> Number:
    """Return a published value with its sign, for a cell."""
    look = words.scale(result)
    text = numbers.decimal(known(figure.value), look.decimals)
    return Number(f"{text}{look.sign}", words.published_trace(result, figure))


def published_key_figures(result: ScoredResult) -> Table:
    """Return the row of the province's published key figures."""
    total = result.published.total
    if total is None:
        return Table.nothing(f"Chưa có {index_and_year(result)} của {result.place.in_full}.")
    header = [result.framework.short_name]
    row: list[Cell] = ["" if total.value is None else signed_value(result, total)]
    if total.rank is not None or result.published.ranked:
        units = result.published.units
        header.append("Thứ hạng")
        row.append("" if total.rank is None else words.published_rank(result, total, units))
    group = result.published_group
    if group is not None:
        header.append("Nhóm")
        row.append(group.code)
    mean = result.published.national
    if mean is not None and total.value is not None and not total.doubt:
        if total.sampled:
            header.append("Bình quân cả nước")
            row.append(_mean(result, mean))
        else:
            header.append("So với bình quân cả nước")
            row.append(_beside_mean(result, total, mean))
    return Table(
        header=tuple(header),
        rows=(tuple(row),),
        caption="",
        align="c" * len(header),
        wrapper="key-figures",
        note=_doubted([total]),
    )


def _doubted(figures: Sequence[Figure]) -> str:
    """Say of which years the value is doubted; nothing if of none."""
    years = [str(figure.year) for figure in figures if figure.doubt and figure.value is not None]
    return f"Giá trị còn nghi ngờ: năm {joined(years)}" if years else ""


def _beside_mean(result: ScoredResult, total: Figure, mean: Mean) -> Cell:
    """Return the distance from the published mean, signed only where it exceeds its error."""
    look = words.scale(result)
    found = words.compared(result, total, mean)
    if found.case in ("equal", "same_print"):
        return "Bằng"
    if not found.is_sure:
        return "Chưa phân biệt được"
    trace = f"hiệu số: {total.origin} và {mean.origin}"
    unit = " điểm %" if look.sign else ""
    return Number(f"{numbers.signed(found.gap, look.decimals)}{unit}", trace)


def parts(result: ScoredResult) -> Table:
    """Return the published parts and components of the province's total."""
    found, maxima = result.published.parts, result.maxima_of_parts
    if not found:
        return Table.nothing("Các nguồn đã đọc không nêu thành phần.")
    caption = f"Thành phần {index_and_year(result)} của {result.place.in_full} theo công bố"
    if result.framework.is_score_tree:
        return _parts_of_tree(result, caption)
    rows = tuple(_part(result, part, maxima.get(part.code)) for part in found)
    shares = any(row[4] for row in rows)
    table = Table(
        header=("Thành phần", "Giá trị", "Đơn vị", "Tối đa", "Tỷ lệ đạt", "Thứ hạng"),
        rows=rows,
        caption=caption,
        align="lrlrrr",
        note="Tỷ lệ đạt tính từ điểm đã làm tròn trong nguồn" if shares else "",
        minor=(2,),
    )
    return without_empty(table, keep=3)


def _parts_of_tree(result: ScoredResult, caption: str) -> Table:
    """Return the parts as the definition orders and weights them; no share of a scale is made up."""
    edition, known = result.edition, {part.code: part for part in result.published.parts}
    weights = edition.root.weights
    source = f"định nghĩa của chỉ số, ấn bản {edition.key}"
    rows = []
    for node in edition.dimensions:
        part = known.get(node.code)
        weight = weights.get(node.code)
        low, high = node.minimum, node.maximum
        scale = "" if high is None else words.trimmed(high)
        if high is not None and low is not None:
            scale = f"{words.trimmed(low)} đến {scale}"
        rows.append(
            (
                node.name_vi,
                "" if part is None or part.value is None else signed_value(result, part),
                Number(scale, source) if scale else "",
                "" if weight is None else Number(f"{words.trimmed(weight)}%", source),
                "" if part is None or part.rank is None else words.published_rank(result, part),
            )
        )
    table = Table(
        header=("Thành phần", "Điểm", "Thang điểm", "Trọng số", "Thứ hạng"),
        rows=tuple(rows),
        caption=caption,
        align="lrrrr",
    )
    return without_empty(table, keep=2)


def _part(result: ScoredResult, part: Figure, maximum: float | None) -> tuple[Cell, ...]:
    value: Cell = ""
    share: Cell = ""
    if part.value is not None:
        value = Number(_as_printed(part), words.published_trace(result, part))
        # Some pages print a percent sign on what can only be points; such a row gets no share.
        if maximum is not None and part.measure == "điểm":
            text = f"{numbers.decimal(part.value / maximum * 100, 2)}%"
            share = Number(text, "tính toán: điểm / điểm tối đa đã công bố")
    return (
        part_name(part),
        value,
        "0 đến 1" if part.measure.startswith("index") else part.measure,
        "" if maximum is None else words.short_points(maximum, "điểm tối đa đã công bố"),
        share,
        "" if part.rank is None else words.published_rank(result, part),
    )


def _as_printed(part: Figure) -> str:
    """Write a value with the digits of its page, at least two, four on a scale of 0 to 1."""
    least = 4 if part.measure.startswith("index") else 2
    return numbers.decimal(known(part.value), max(least, len(repr(part.value).partition(".")[2])))


def means(result: ScoredResult) -> Table:
    """Return the published means of country and regions beside the province."""
    found = result.published
    rows: list[tuple[Cell, ...]] = []
    total = found.total
    if total is not None and total.value is not None:
        rows.append((Strong(result.place.name), signed_value(result, total)))
    shown = [] if found.national is None else [("Cả nước", found.national)]
    shown += [(f"Vùng {mean.unit}", mean) for mean in found.regions]
    if not shown:
        return Table.nothing("Các nguồn đã đọc không nêu giá trị bình quân.")
    named = [result.place.in_full] if rows else []
    named += ["bình quân cả nước"] if found.national is not None else []
    if found.regions:
        named.append("bình quân các vùng" if found.national is None else "các vùng")
    rows += [(name, _mean(result, mean)) for name, mean in shown]
    others = [f"{name} {_others(result, mean)}" for name, mean in shown if mean.others]
    doubt = "" if total is None else _doubted([total])
    note = ". ".join(part for part in ("Giá trị bình quân lấy theo công bố", doubt) if part)
    return Table(
        header=("Phạm vi", "Giá trị"),
        rows=tuple(rows),
        caption=f"{upper_first(joined(named))}, {index_and_year(result)}",
        align="lr",
        note=f"{note}. Nguồn khác ghi: {'; '.join(others)}" if others else note,
    )


def _mean(result: ScoredResult, mean: Mean) -> Number:
    look = words.scale(result)
    return Number(f"{numbers.decimal(mean.value, look.decimals)}{look.sign}", mean.origin)


def _others(result: ScoredResult, mean: Mean) -> str:
    look = words.scale(result)
    return " và ".join(
        str(Number(f"{numbers.decimal(o.value, look.decimals)}{look.sign}", o.origin))
        for o in mean.others
    )


def peers(result: ScoredResult) -> Table:
    """Return the provinces whose total was published, by published place."""
    found = result.published.peers
    if not found:
        return Table.nothing("Các nguồn đã đọc không nêu tỉnh nào.")
    shown = chosen(found, result.place.slug)
    rows = []
    for peer in shown:
        own = peer.slug == result.place.slug
        name: Cell = Strong(peer.unit) if own else peer.unit
        rank: Cell = "" if peer.rank is None else words.published_rank(result, peer)
        value: Cell = "" if peer.value is None else signed_value(result, peer)
        rows.append((name, rank, value, peer.group))
    doubted = [peer.unit for peer in shown if peer.doubt]
    left = len(found) - len(shown)
    note = "Không phải bảng xếp hạng đầy đủ" if len(found) < result.published.units else ""
    doubt = f"Giá trị cần kiểm tra lại: {escape(', '.join(doubted))}" if doubted else ""
    more = f"Bảng lược bớt {numbers.whole(left)} tỉnh, thành phố" if left else ""
    table = Table(
        header=("Tỉnh, thành phố", "Thứ hạng", result.framework.short_name, "Nhóm"),
        rows=tuple(rows),
        caption=f"Các tỉnh, thành phố có kết quả công bố, {index_and_year(result)}",
        align="lrrl",
        note=". ".join(part for part in (note, more, doubt) if part),
    )
    return without_empty(table, keep=1)


def chosen(found: Sequence[Figure], slug: str) -> tuple[Figure, ...]:
    """Return all of a short list; of a long one both ends and the neighbours of `slug`."""
    if len(found) <= ALL_PEERS:
        return tuple(found)
    places = {*range(ENDS), *range(len(found) - ENDS, len(found))}
    own = next((place for place, figure in enumerate(found) if figure.slug == slug), None)
    if own is not None:
        near = range(max(own - NEIGHBOURS, 0), min(own + NEIGHBOURS + 1, len(found)))
        places.update(near)
    return tuple(found[place] for place in sorted(places))


def below(result: ScoredResult) -> Table:
    """Return departments, districts and communes of the province with a published total or place.

    Each level by itself, since places are given within one; within it by place, then those that
    have only a value.
    """
    found = result.published.below
    if not found:
        return Table.nothing("Các nguồn đã đọc không nêu đơn vị nào trong tỉnh.")
    ordered = sorted(found, key=_within_level)
    rows = tuple(
        (
            figure.unit,
            ""
            if figure.value is None
            else Number(numbers.decimal(figure.value, 2), words.published_trace(result, figure)),
            "" if figure.rank is None else words.published_rank(result, figure),
        )
        for figure in ordered
    )
    table = Table(
        header=("Đơn vị", f"{result.framework.short_name} (%)", "Thứ hạng trong khối"),
        rows=rows,
        caption=f"Kết quả công bố của các đơn vị thuộc {result.place.in_full}, "
        f"{index_and_year(result)}",
        align="lrr",
        note="Không phải danh sách đầy đủ",
    )
    return without_empty(table, keep=2)


def _within_level(figure: Figure) -> tuple[int, float, float]:
    place = inf if figure.rank is None else figure.rank
    value = inf if figure.value is None else -figure.value
    return LEVELS.index(figure.level), place, value


def history(result: ScoredResult) -> Table:
    """Return the province's published totals over the years beside the national mean."""
    found = result.published.history
    if len(found) < 2:
        return Table.nothing("Chỉ có kết quả của một năm.")
    means_of = {mean.year: mean for mean in result.published.national_history}
    rows = []
    for figure in found:
        mean = means_of.get(figure.year)
        rows.append(
            (
                str(figure.year),
                "" if figure.value is None else signed_value(result, figure),
                "" if figure.rank is None else words.published_rank(result, figure),
                figure.group,
                "" if mean is None else _mean(result, mean),
            )
        )
    renewed = [str(year) for year in renewals(result, found[0].year, found[-1].year)]
    method = f"Cách tính thay đổi từ năm {joined(renewed)}" if renewed else ""
    table = Table(
        header=("Năm", result.framework.short_name, "Thứ hạng", "Nhóm", "Bình quân cả nước"),
        rows=tuple(rows),
        caption=f"{result.framework.short_name} của {result.place.in_full} qua các năm",
        align="lrrlr",
        note=". ".join(part for part in (method, _doubted(found)) if part),
    )
    return without_empty(table, keep=2)
