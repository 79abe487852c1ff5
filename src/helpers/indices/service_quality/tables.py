"""The tables of a report on service quality (decision 766)."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.display.table import Badge, Cell, Strong, Table
from helpers.indices.service_quality import text_words as words
from helpers.indices.service_quality.arithmetic import Group, Indicator, Score, grade
from helpers.indices.service_quality.result import Period, ServiceResult
from helpers.words import numbers
from helpers.words.numbers import Number

_STATES = {
    "missing": "chưa có số liệu",
    "not_applicable": "không áp dụng",
    "impossible": "tử số lớn hơn mẫu số",
    "watched": "chỉ theo dõi",
}
_LEVELS = {
    "province": "Tỉnh, thành phố",
    "department": "Sở, ban, ngành",
    "district": "Huyện",
    "commune": "Xã",
}
_GRADES = {"Xuất sắc": "g4", "Tốt": "g4", "Khá": "g3", "Trung bình": "g2", "Yếu": "g1"}


def key_figures(result: ServiceResult) -> Table:
    """Show total, grade and how many indicators have points."""
    made = result.score
    scored = sum(one.state == "scored" for one in made.indicators)
    wanted = sum(one.state not in ("watched", "not_applicable") for one in made.indicators)
    cells: list[tuple[str, Cell]] = []
    total = words.total(result, made)
    if total is not None:
        cells.append((f"Điểm (tối đa {words.maximum(made.maximum)})", total))
    band = result.grade
    if band is not None:
        cells.append(("Xếp loại", Badge(band.name, _GRADES.get(band.name, "g2"))))
    counted = Number(numbers.place(scored, wanted), "đếm: chỉ tiêu có điểm trên chỉ tiêu áp dụng")
    cells.append(("Chỉ tiêu có điểm", counted))
    header = tuple(name for name, _ in cells)
    return Table(
        header, (tuple(cell for _, cell in cells),), "", "c" * len(cells), wrapper="key-figures"
    )


def groups(result: ServiceResult) -> Table:
    """Show points, maximum and share of each group, with the year before where it is compared."""
    before = result.before
    then = {} if before is None else {group.node.code: group for group in before.groups}
    compared = any(group.complete and group.points is not None for group in then.values())
    rows = [
        _group_row(result, group, then.get(group.node.code), compared)
        for group in result.score.groups
    ]
    whole = result.score
    trace = f"tổng điểm trên điểm tối đa của các chỉ tiêu có điểm, {words.edition(result)}"
    last: tuple[Cell, ...] = (
        Strong("Tổng số" if whole.complete else "Cộng các chỉ tiêu có số liệu"),
        words.total(result, whole) or "",
        words.maximum(whole.maximum) if whole.maximum else "",
        ""
        if whole.points is None
        else Number(numbers.percent(whole.points / whole.maximum, 2), trace),
    )
    if compared:
        last = (*last, _points_before(before))
    header = ("Nhóm", "Điểm", "Điểm tối đa", "Tỷ lệ")
    return Table(
        header=(*header, f"Điểm {result.year - 1}") if compared else header,
        rows=(*rows, last),
        caption=f"Điểm theo nhóm của Bộ chỉ số 766, {words.period(result).lower()}",
        align="lrrr" + ("r" if compared else ""),
        note=_partial_note(result.score.groups),
    )


def _points_before(before: Score | None) -> Cell:
    if before is None or before.points is None or not before.complete:
        return ""
    return Number(numbers.decimal(before.points), "tổng điểm năm trước, cùng cách tính")


def _group_row(
    result: ServiceResult, group: Group, then: Group | None, compared: bool
) -> tuple[Cell, ...]:
    name = f"{group.node.name_vi}{' *' if not group.complete and group.scored else ''}"
    if group.points is None:
        cells: tuple[Cell, ...] = (name, "", words.maximum(group.node.scale[1]), "")
    else:
        trace = f"điểm nhóm trên điểm tối đa của các chỉ tiêu có điểm, {words.edition(result)}"
        cells = (
            name,
            words.group_points(result, group) or "",
            words.maximum(group.maximum),
            Number(numbers.percent(group.points / group.maximum, 2), trace),
        )
    if not compared:
        return cells
    if then is None or then.points is None or not then.complete:
        return (*cells, "")
    return (*cells, Number(numbers.decimal(then.points), f"năm trước: {group.node.name_vi}"))


def _partial_note(groups: Sequence[Group]) -> str:
    if not any(not group.complete and group.scored for group in groups):
        return ""
    few = any(one.ratio is not None and one.ratio.few for g in groups for one in g.open)
    lacking = "thiếu số liệu hoặc không nêu điểm" if few else "thiếu số liệu"
    mark = f"Nhóm có dấu \\* {lacking} của một số chỉ tiêu"
    return f"{mark}; điểm tối đa là của các chỉ tiêu có số liệu"


def indicators(result: ServiceResult) -> Table:
    """Show every indicator: ratio, points, maximum, date; what has no points says why."""
    rows = [_indicator(result, one) for one in result.score.indicators]
    return Table(
        header=("Chỉ tiêu", "Tử số/mẫu số", "Tỷ lệ", "Điểm", "Điểm tối đa"),
        rows=tuple(rows),
        caption=f"Điểm theo chỉ tiêu của Bộ chỉ số 766, {words.period(result).lower()}",
        align="lrrrr",
        note=_target_note(result),
    )


def _indicator(result: ServiceResult, one: Indicator) -> tuple[Cell, ...]:
    name = f"{one.node.code} {one.node.name_vi}{'' if one.node.confirmed else ' (c)'}"
    share, counts = words.share(one), words.counts(one)
    points: Cell = words.points(result, one) or _STATES[one.state]
    if one.ratio is not None and one.ratio.few:
        points = "không nêu (dưới năm bản ghi)"
    ratio: Cell = share if share is not None and one.state != "impossible" else ""
    top = one.node.maximum
    # An indicator that is only watched has no maximum; «0» would read as one.
    return name, counts or "", ratio, points, words.maximum(top) if top else ""


def _target_note(result: ServiceResult) -> str:
    aims = [
        f"{one.node.code} từ {words.maximum(one.target * 100)}%"
        for one in result.score.indicators
        if one.target is not None and one.target < 1
    ]
    unsure = any(not one.node.confirmed for one in result.score.indicators)
    said = f"Được điểm tối đa khi tỷ lệ chưa đến 100%: {'; '.join(aims)}" if aims else ""
    mark = "(c): cách tính hoặc điểm tối đa chưa được xác nhận" if unsure else ""
    left = words.left_open(result)
    return ". ".join(part for part in (said, mark, left) if part)


def periods(result: ServiceResult) -> Table:
    """Show the points of each period by group."""
    if not result.periods:
        return Table.nothing("Số liệu được cung cấp không chia theo quý hoặc tháng.")
    return _by_row(result, result.periods, "Kỳ", f"Điểm theo kỳ năm {result.year}", named=False)


def units(result: ServiceResult) -> Table:
    """Show the points of each unit by group."""
    if not result.units:
        return Table.nothing("Số liệu được cung cấp không chia theo đơn vị.")
    caption = f"Điểm theo đơn vị, {words.period(result).lower()}"
    return _by_row(result, result.units, "Đơn vị", caption, named=True)


def _by_row(
    result: ServiceResult, rows: tuple[Period, ...], heading: str, caption: str, *, named: bool
) -> Table:
    header = (heading, *(group.name_vi for group in result.edition.criteria), "Tổng", "Xếp loại")
    made = []
    for row in rows:
        name = row.unit if named else row.name
        band = grade(row.score, result.edition)
        cells = tuple(
            ""
            if group.points is None
            else Number(numbers.decimal(group.points), f"{name}, {group.node.name_vi}")
            for group in row.score.groups
        )
        trace = f"{name}: cộng điểm các nhóm"
        summed = row.score.points
        total = "" if summed is None else Number(numbers.decimal(summed), trace)
        made.append((name, *cells, total, band.name if band else ""))
    return Table(
        header=header,
        rows=tuple(made),
        caption=caption,
        align="l" + "r" * (len(header) - 2) + "l",
        note="Chỉ xếp loại khi đủ số liệu của mọi chỉ tiêu áp dụng",
    )


def published(result: ServiceResult) -> Table:
    """Show published totals of the year, and of the province in any year."""
    rows = result.published
    if result.status == "simulated":
        return Table.nothing("Số liệu mô phỏng không được đặt cạnh kết quả đã công bố.")
    if rows.empty:
        return Table.nothing(f"Chưa tìm được kết quả đã công bố của năm {result.year}.")
    made = tuple(_published(row) for _, row in rows.iterrows())
    return Table(
        header=("Đơn vị", "Cấp", "Năm", "Nội dung", "Điểm", "Thứ hạng"),
        rows=made,
        caption=f"Kết quả Bộ chỉ số 766 đã công bố, liên quan đến năm {result.year}",
        align="llllrr",
        note="Giá trị của mỗi dòng gắn với một ngày; các dòng không so sánh trực tiếp với nhau",
    )


def _published(row: pd.Series) -> tuple[Cell, ...]:
    trace = f"{row['origin']}: {row['source']}"
    value = "" if pd.isna(row["value"]) else Number(numbers.decimal(float(row["value"])), trace)
    rank = "" if pd.isna(row["rank"]) else Number(numbers.whole(int(row["rank"])), trace)
    year = "không ghi" if pd.isna(row["year"]) else str(int(row["year"]))
    where = f"{row['unit']}, {row['parent']}" if row["parent"] else str(row["unit"])
    return (
        where,
        _LEVELS.get(str(row["level"]), str(row["level"])),
        year,
        str(row["name"]),
        value,
        rank,
    )
