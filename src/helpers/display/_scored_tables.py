"""Tables that PAR INDEX and DTI reports share."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.analysis.published_standing import Figure, Mean
from helpers.analysis.scored import Loss, ScoredResult
from helpers.commentary import numbers
from helpers.commentary import scored_published as published
from helpers.commentary import scored_words as words
from helpers.commentary.numbers import Number
from helpers.display.table import Cell, Strong, Table
from helpers.indices.scoring import Item, Tally

MOST_LOSSES = 20
"""Rows of the table of lost points; the rest is counted in the note."""
ALL_PEERS = 30
ENDS, NEIGHBOURS = 3, 3
"""Of a longer list of provinces: how many are shown at the ends, and on each side of the own."""


def index_and_year(result: ScoredResult) -> str:
    """Return index and year, as captions end: ``PAR INDEX 2023``."""
    return f"{result.framework.short_name} {result.year}"


def name_of(result: ScoredResult) -> str:
    """Return who is scored, for a caption."""
    return result.office.office.brief if result.office else result.place.name


def own_key_figures(result: ScoredResult, grade: str) -> Table | None:
    """Return the row of an office's key figures, or None if no points are known."""
    tally = result.total
    if tally is None or not (tally.has_final or tally.self_scored):
        return None
    final: Cell = ""
    if tally.has_final:
        final = words.points(tally.final, "tổng điểm thẩm định và khảo sát")
    header = ["Điểm đạt", "Điểm tối đa áp dụng", "Tỷ lệ đạt"]
    most = tally.maximum
    row: list[Cell] = [
        final,
        "" if most is None else words.short_points(most, "tổng điểm tối đa áp dụng"),
        "" if tally.index is None else percent(result, tally, tally.index),
    ]
    if tally.self_scored:
        header.append("Điểm tự chấm")
        row.append(words.points(tally.self_points, "tổng điểm tự chấm"))
    if grade:
        header.append("Xếp loại")
        row.append(grade)
    return Table(tuple(header), (tuple(row),), "", "c" * len(header), wrapper="key-figures")


def published_key_figures(result: ScoredResult, group: str) -> Table:
    """Return the row of the province's published key figures."""
    total = result.published.total
    if total is None:
        return Table.nothing(f"Chưa có {index_and_year(result)} của {result.place.name}.")
    look = words.scale(result)
    header = [result.framework.short_name, "Thứ hạng"]
    row: list[Cell] = [
        "" if total.value is None else signed_value(result, total),
        "" if total.rank is None else words.published_rank(result, total, result.published.units),
    ]
    if group:
        header.append("Nhóm")
        row.append(group)
    mean = result.published.national
    if mean is not None and total.value is not None:
        header.append("So với bình quân cả nước")
        row.append(numbers.signed(total.value - mean.value, look.decimals))
    return Table(tuple(header), (tuple(row),), "", "c" * len(header), wrapper="key-figures")


def percent(result: ScoredResult, tally: Tally, value: float) -> Number:
    """Return an index in percent with its sign and rule, for a cell."""
    return Number(f"{numbers.decimal(value, 2)}%", f"điểm đạt / điểm tối đa, mã {tally.code}")


def signed_value(result: ScoredResult, figure: Figure) -> Number:
    """Return a published value with its sign, for a cell."""
    look = words.scale(result)
    text = numbers.decimal(figure.value or 0.0, look.decimals)
    return Number(f"{text}{look.sign}", words.published_trace(result, figure))


def areas(result: ScoredResult, noun: str) -> Table:
    """Return the points of the areas: maximum, self-scored, final, share, lost."""
    if result.scoring is None:
        return Table.nothing("Chưa có bảng chấm điểm của đơn vị.")
    scoring = result.scoring
    rows = [_area(result, scoring.tally(code), words_of(result, code)) for code in result.areas]
    rows.append(_area(result, scoring.tally(), Strong("Tổng")))
    return Table(
        header=(noun, "Tối đa", "Tự chấm", "Đạt", "Tỷ lệ đạt", "Bị mất"),
        rows=tuple(rows),
        caption=f"Điểm của {name_of(result)} theo {noun.lower()}, {index_and_year(result)}",
        align="lrrrrr",
        note=_open_note(result),
    )


def words_of(result: ScoredResult, code: str) -> str:
    """Return code and name of a criterion."""
    item = None if result.scoring is None else result.scoring.by_code.get(code)
    return code if item is None or not item.name or item.name == code else f"{code}. {item.name}"


def _area(result: ScoredResult, tally: Tally, name: Cell) -> tuple[Cell, ...]:
    rule = f"mã {tally.code}, {index_and_year(result)}"
    share, lost = tally.known_index, tally.lost
    return (
        name,
        "" if tally.maximum is None else words.short_points(tally.maximum, f"tối đa, {rule}"),
        words.points(tally.self_points, f"tự chấm, {rule}") if tally.self_scored else "",
        words.points(tally.final, f"thẩm định và khảo sát, {rule}") if tally.has_final else "",
        "" if share is None else percent(result, tally, share),
        "" if lost is None else words.points(lost, f"tối đa trừ điểm đạt, {rule}"),
    )


def _open_note(result: ScoredResult) -> str:
    tally = result.total
    if tally is None or not tally.missing:
        return "Điểm đạt gồm điểm thẩm định và điểm khảo sát"
    return (
        "Điểm đạt gồm điểm thẩm định và điểm khảo sát; tỷ lệ và điểm bị mất tính trên các tiêu "
        "chí đã có "
        "điểm"
    )


def losses(result: ScoredResult) -> Table:
    """Return the criteria that lost points, the largest first, with cause, measure, owner, deadline."""
    found = result.losses
    if not found:
        return Table.nothing("Không có tiêu chí nào có điểm bị mất.")
    rows = [_loss(result, loss) for loss in found[:MOST_LOSSES]]
    rest = len(found) - len(rows)
    table = Table(
        header=(
            "Tiêu chí",
            "Tối đa",
            "Đạt",
            "Mất",
            "Nguyên nhân",
            "Biện pháp",
            "Chủ trì, thời hạn",
        ),
        rows=tuple(rows),
        caption=f"Điểm bị mất theo tiêu chí của {name_of(result)}, {index_and_year(result)}",
        align="lrrrlll",
        note=f"Còn {numbers.whole(rest)} tiêu chí mất ít điểm hơn" if rest > 0 else "",
    )
    return without_empty(table, keep=4)


def _loss(result: ScoredResult, loss: Loss) -> tuple[Cell, ...]:
    item = loss.item
    got = item.final if item.final is not None else item.self_points
    lead = ", ".join(part for part in (loss.row.owner, loss.row.deadline) if part)
    return (
        _named(item),
        words.short_points(item.maximum or 0.0, f"điểm tối đa của tiêu chí {item.code}"),
        "" if got is None else words.item_points(result, item, got, "điểm đạt"),
        words.item_points(result, item, loss.lost, "điểm tối đa trừ điểm đạt"),
        loss.row.cause,
        loss.row.measure,
        lead,
    )


def _named(item: Item) -> str:
    return item.code if not item.name or item.name == item.code else f"{item.code}. {item.name}"


def limits(result: ScoredResult) -> Table:
    """Return the limitations that the office stated itself."""
    if not result.limits:
        return Table.nothing("Đơn vị không nêu hạn chế nào.")
    rows = tuple(
        (
            limit.text,
            limit.criterion,
            limit.cause,
            limit.measure,
            ", ".join(part for part in (limit.owner, limit.deadline) if part),
        )
        for limit in result.limits
    )
    table = Table(
        header=("Hạn chế", "Tiêu chí", "Nguyên nhân", "Biện pháp", "Chủ trì, thời hạn"),
        rows=rows,
        caption=f"Hạn chế do {name_of(result)} nêu, {index_and_year(result)}",
        align="lllll",
    )
    return without_empty(table, keep=1)


def checks(result: ScoredResult) -> Table:
    """Return the criteria whose declared data and points do not fit the rule."""
    if not result.checks:
        return Table.nothing("Số liệu kê khai và điểm tự chấm khớp nhau.")
    rows = []
    for check in result.checks:
        computed: Cell = check.error
        if check.computed is not None:
            computed = words.points(check.computed, f"theo quy tắc của tiêu chí {check.code}")
        entered: Cell = ""
        if check.entered is not None:
            entered = words.points(check.entered, f"điểm tự chấm: {check.origin}")
        rows.append((f"{check.code}. {check.name}", check.declared, computed, entered))
    return Table(
        header=("Tiêu chí", "Số liệu kê khai", "Điểm theo quy tắc", "Điểm đã nhập"),
        rows=tuple(rows),
        caption=f"Số liệu kê khai và điểm chưa khớp, {index_and_year(result)}",
        align="llrr",
    )


def parts(result: ScoredResult, maxima: dict[str, float]) -> Table:
    """Return the published parts and components of the province's total."""
    found = [part for part in result.published.parts if not part.code.startswith("loss:")]
    if not found:
        return Table.nothing("Các nguồn đã đọc không nêu thành phần.")
    rows = []
    for part in found:
        maximum = maxima.get(part.code)
        rank = "" if part.rank is None else words.published_rank(result, part)
        # Some pages print a percent sign on what can only be points; such a row gets no share.
        share: Cell = ""
        if maximum is not None and part.value is not None and part.measure == "điểm":
            share = Number(
                f"{numbers.decimal(part.value / maximum * 100, 2)}%",
                "điểm / điểm tối đa đã công bố",
            )
        value: Cell = ""
        if part.value is not None:
            value = Number(_exact(part.value, part.measure), words.published_trace(result, part))
        most = "" if maximum is None else words.short_points(maximum, "điểm tối đa đã công bố")
        rows.append((published.part_name(part), value, _measure(part), most, share, rank))
    table = Table(
        header=("Thành phần", "Giá trị", "Đơn vị", "Tối đa", "Tỷ lệ đạt", "Thứ hạng"),
        rows=tuple(rows),
        caption=f"Thành phần {index_and_year(result)} của {result.place.name} theo công bố",
        align="lrlrrr",
    )
    return without_empty(table, keep=3)


def _exact(value: float, measure: str) -> str:
    digits = len(repr(value).partition(".")[2]) if measure.startswith("index") else 0
    return numbers.decimal(value, max(2, min(digits, 4)) if not digits else 4)


def _measure(part: Figure) -> str:
    if part.measure.startswith("index"):
        return "0 đến 1"
    return part.measure


def means(result: ScoredResult) -> Table:
    """Return the published means of country and regions beside the province."""
    found = result.published
    rows: list[tuple[Cell, ...]] = []
    total = found.total
    if total is not None and total.value is not None:
        rows.append((Strong(result.place.name), signed_value(result, total), ""))
    if found.national is not None:
        rows.append(("Cả nước", _mean(result, found.national), _others(result, found.national)))
    rows += [(_region(mean), _mean(result, mean), _others(result, mean)) for mean in found.regions]
    if found.national is None and not found.regions:
        return Table.nothing("Các nguồn đã đọc không nêu giá trị bình quân.")
    table = Table(
        header=("Phạm vi", "Giá trị", "Nguồn khác ghi"),
        rows=tuple(rows),
        caption=f"{result.place.name}, bình quân cả nước và các vùng, {index_and_year(result)}",
        align="lrr",
        note="Giá trị bình quân lấy theo công bố",
    )
    return without_empty(table, keep=2)


def _region(mean: Mean) -> str:
    return f"Vùng {mean.unit}"


def _mean(result: ScoredResult, mean: Mean) -> Number:
    look = words.scale(result)
    return Number(f"{numbers.decimal(mean.value, look.decimals)}{look.sign}", mean.origin)


def _others(result: ScoredResult, mean: Mean) -> str:
    look = words.scale(result)
    return "; ".join(f"{numbers.decimal(o.value, look.decimals)}{look.sign}" for o in mean.others)


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
        rows.append((name, rank, value, "cần kiểm tra" if peer.doubt else ""))
    left = len(found) - len(shown)
    note = "Không phải bảng xếp hạng đầy đủ" if len(found) < result.published.units else ""
    more = f"Bảng lược bớt {numbers.whole(left)} tỉnh, thành phố" if left else ""
    table = Table(
        header=("Tỉnh, thành phố", "Thứ hạng", result.framework.short_name, "Ghi chú"),
        rows=tuple(rows),
        caption=f"Các tỉnh, thành phố có kết quả công bố, {index_and_year(result)}",
        align="lrrl",
        note=". ".join(part for part in (note, more) if part),
    )
    return without_empty(table, keep=3)


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
    """Return departments, districts and communes of the province with a published total."""
    found = [figure for figure in result.published.below if figure.value is not None]
    if not found:
        return Table.nothing("Các nguồn đã đọc không nêu đơn vị nào trong tỉnh.")
    ordered = sorted(found, key=lambda figure: -(figure.value or 0.0))
    rows = tuple(
        (
            figure.unit,
            Number(numbers.decimal(figure.value or 0.0, 2), words.published_trace(result, figure)),
            "" if figure.rank is None else words.published_rank(result, figure),
        )
        for figure in ordered
    )
    table = Table(
        header=("Đơn vị", f"{result.framework.short_name} (%)", "Thứ hạng trong khối"),
        rows=rows,
        caption=f"Kết quả công bố của các đơn vị thuộc {result.place.name}, "
        f"{index_and_year(result)}",
        align="lrr",
        note="Không phải danh sách đầy đủ",
    )
    return without_empty(table, keep=2)


def history(result: ScoredResult) -> Table:
    """Return the province's published totals over the years beside the national mean."""
    found = result.published.history
    if len(found) < 2:
        return Table.nothing("Chỉ có kết quả của một năm.")
    means_of = {mean.year: mean for mean in result.published.national_history}
    rows = []
    for figure in found:
        mean = means_of.get(figure.year)
        reasons = result.framework.why_not_comparable(figure.year - 1, figure.year)
        rows.append(
            (
                str(figure.year),
                "" if figure.value is None else signed_value(result, figure),
                "" if figure.rank is None else words.published_rank(result, figure),
                "" if mean is None else _mean(result, mean),
                "cách tính mới" if reasons else "",
            )
        )
    table = Table(
        header=("Năm", result.framework.short_name, "Thứ hạng", "Bình quân cả nước", "Ghi chú"),
        rows=tuple(rows),
        caption=f"{result.framework.short_name} của {result.place.name} qua các năm",
        align="lrrrl",
    )
    return without_empty(table, keep=3)


def without_empty(table: Table, keep: int) -> Table:
    """Drop columns after the first `keep` in which no cell holds anything."""
    used = [
        column
        for column in range(len(table.header))
        if column < keep or any(row[column] != "" for row in table.rows)
    ]
    return Table(
        header=tuple(table.header[column] for column in used),
        rows=tuple(tuple(row[column] for column in used) for row in table.rows),
        caption=table.caption,
        align="".join(table.align[column] for column in used),
        note=table.note,
        wrapper=table.wrapper,
    )
