"""Tables of what an office delivered: its scoring table, its limits, its single figures."""

from __future__ import annotations

from helpers.display.table import Cell, Strong, Table
from helpers.indices.scored import cells as words
from helpers.indices.scored.result import Loss, ScoredResult
from helpers.indices.scored.scoring import Item, Tally
from helpers.words import numbers
from helpers.words.numbers import Number

_POINTS_NOTE = (
    "Điểm đạt gồm điểm thẩm định và điểm khảo sát; điểm tự chấm không gồm tiêu chí khảo sát nên ghi "
    "kèm điểm tối đa của các tiêu chí tự chấm"
)
MOST_LOSSES = 20
"""Rows of the table of lost points; the rest is counted in the note."""


def index_and_year(result: ScoredResult) -> str:
    """Return index and year, as captions end: ``PAR INDEX 2023``."""
    return f"{result.framework.short_name} {result.year}"


def renewals(result: ScoredResult, first: int, last: int) -> list[int]:
    """Return the first years of a new method after one year and up to another."""
    return sorted({found.after for found in result.framework.breaks_between(first, last)})


def name_of(result: ScoredResult) -> str:
    """Return who is scored, for a caption."""
    return result.subject.name if result.office else result.place.name


def own_key_figures(result: ScoredResult) -> Table | None:
    """Return the row of an office's key figures, or None if no points are known."""
    tally = result.total
    if tally is None or not (tally.has_final or tally.self_scored):
        return None
    final: Cell = ""
    if tally.final is not None:
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
        row.append(_self_points(tally))
    stated = result.own("grade")
    grade = result.grade or ("" if stated is None else stated.printed)
    if grade:
        header.append("Xếp loại")
        row.append(grade)
    return Table(tuple(header), (tuple(row),), "", "c" * len(header), wrapper="key-figures")


def _self_points(tally: Tally) -> Cell:
    """Return self-scored points with their own maximum, which leaves surveys out; empty for none."""
    if tally.self_points is None:
        return ""
    text = numbers.decimal(tally.self_points, words.POINTS)
    if tally.self_maximum is not None:
        text = f"{text}/{words.trimmed(tally.self_maximum)}"
    return Number(text, "tính toán: tổng điểm tự chấm / tổng điểm tối đa của các tiêu chí tự chấm")


def delivered_key_figures(result: ScoredResult) -> Table | None:
    """Return the single figures of an office in one row, or None if it delivered none."""
    named = (
        ("points", "Tổng điểm"),
        ("index", "Chỉ số"),
        ("grade", "Xếp loại"),
        ("rank", "Thứ hạng"),
    )
    found = [(name, own) for code, name in named if (own := result.own(code)) is not None]
    if not found:
        return None
    row: list[Cell] = []
    for _, own in found:
        sign = "%" if own.unit == "%" else ""
        row.append(Number(f"{words.observed(own).text}{sign}", own.trace))
    header = tuple(name for name, _ in found)
    return Table(header, (tuple(row),), "", "c" * len(header), wrapper="key-figures")


def percent(result: ScoredResult, tally: Tally, value: float) -> Number:
    """Return an index in percent with its sign and rule, for a cell."""
    return Number(f"{numbers.decimal(value, 2)}%", f"điểm đạt / điểm tối đa, mã {tally.code}")


def areas(result: ScoredResult) -> Table:
    """Return the points of the areas: maximum, self-scored, final, share, lost."""
    if result.scoring is None:
        return Table.nothing("Chưa có bảng chấm điểm của đơn vị.")
    scoring, noun = result.scoring, words.noun_of_area(result)
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
        _self_points(tally),
        "" if tally.final is None else words.points(tally.final, f"thẩm định và khảo sát, {rule}"),
        "" if share is None else percent(result, tally, share),
        "" if lost is None else words.points(lost, f"tối đa trừ điểm đạt, {rule}"),
    )


def _open_note(result: ScoredResult) -> str:
    tally = result.total
    if tally is None or not tally.missing:
        return _POINTS_NOTE
    return f"{_POINTS_NOTE}; tỷ lệ và điểm bị mất tính trên các tiêu chí đã có điểm"


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
        ""
        if item.maximum is None
        else words.short_points(item.maximum, f"điểm tối đa của tiêu chí {item.code}"),
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
            words.limit_name(result, limit),
            result.cause_of(limit),
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
        minor=tuple(place for place, column in enumerate(used) if column in table.minor),
    )
