"""The tables of the report on poor and near-poor households."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.display.table import HIDDEN, Cell, Strong, Table
from helpers.indices.poverty import text_words as words
from helpers.indices.poverty.changes import Change
from helpers.indices.poverty.levels import KINDS, NAMES, RATE_NAMES, Measure
from helpers.indices.poverty.result import PovertyResult
from helpers.indices.poverty.unit_tables import (
    POINTS,
    causes,
    communes,
    count_of,
    districts,
    ethnic_groups,
    groups,
    rate_of,
)
from helpers.words.numbers import Number, percent, signed, whole
from helpers.words.text import escape, upper_first

__all__ = [
    "causes",
    "changes",
    "communes",
    "deprivations",
    "districts",
    "ethnic_groups",
    "groups",
    "key_figures",
    "levels",
    "movement",
]


def key_figures(result: PovertyResult) -> Table:
    """Build the row of key figures: rates, and the change of the poor."""
    header, cells = [], []
    for kind in KINDS:
        rate = result.state.rate(kind) or None
        if rate is not None:
            header.append(upper_first(RATE_NAMES[kind]))
            cells.append(words.rate(rate))
    change = result.change("poor")
    told = change is not None and change.since is not None and not change.reasons
    if told and change is not None and change.points is not None:
        header.append(f"Hộ nghèo so với {change.since} ({POINTS})")
        cells.append(_signed(change.points))
    if not cells and result.plan.target is not None:
        header.append(f"Mục tiêu tỷ lệ hộ nghèo {result.year}")
        cells.append(words.rate(result.plan.target))
    if not cells:
        return Table.nothing("Chưa có tỷ lệ hộ nghèo, hộ cận nghèo.")
    return Table(
        header=tuple(header),
        rows=(tuple(cells),),
        caption="",
        align="c" * len(header),
        wrapper="key-figures",
    )


def _signed(measure: Measure) -> Number:
    return Number(signed(measure.value, measure.decimals), measure.trace)


def levels(result: PovertyResult) -> Table:
    """Build the table of counts and rates at the end of the year, with country and region."""
    if result.lead is None:
        return Table.nothing("Chưa có số hộ nghèo, hộ cận nghèo cuối năm.")
    references = [
        (level, name)
        for level, name in (("region", "Vùng"), ("national", "Cả nước"))
        if (result.published["level"] == level).any()
    ]
    rows: list[tuple[Cell, ...]] = []
    for kind in KINDS:
        rate, households = result.state.rate(kind), result.state.households(kind)
        if rate is None and households is None:
            continue
        name = upper_first(NAMES[kind])
        cells: list[Cell] = [
            Strong(name) if kind == "both" else name,
            words.count(households) if households else "",
            words.rate(rate) if rate else "",
        ]
        cells += [_reference(result, level, f"{kind}_rate") for level, _ in references]
        rows.append(tuple(cells))
    extra = tuple(f"{name} (%)" for _, name in references)
    region = f"Vùng: {result.place.region}" if references else ""
    return Table(
        header=("Loại hộ", "Số hộ", "Tỷ lệ", *extra),
        rows=tuple(rows),
        caption=f"Hộ nghèo, hộ cận nghèo của {result.place.in_full} cuối năm {result.year}",
        align="lrr" + "r" * len(references),
        note=region,
    )


def _reference(result: PovertyResult, level: str, code: str) -> Cell:
    row = result.reference(level, code)
    if row is None:
        return ""
    return Number(percent(float(row["value"]) / 100, 2), f"{row['origin']}: {row['source']}")


def changes(result: PovertyResult) -> Table:
    """Build the table of changes, stated and computed, each with its base year."""
    told = [c for c in (*result.stated, *result.computed) if c.points or c.households]
    if not told:
        return Table.nothing("Chưa có mức thay đổi nào được nêu hoặc tính được.")
    return Table(
        header=("Chỉ tiêu", "So với cuối năm", f"Thay đổi ({POINTS})", "Thay đổi (hộ)", "Nguồn"),
        rows=tuple(_change_row(result, change) for change in told),
        caption=f"Thay đổi của hộ nghèo, hộ cận nghèo đến cuối năm {result.year}",
        align="lcrrl",
        note=_changes_note(result, told),
    )


def _changes_note(result: PovertyResult, told: Sequence[Change]) -> str:
    said = []
    if any(change.reasons for change in told):
        said.append("Hai mốc không so sánh được với nhau: xem lời văn")
    if any(change.stated and result.corrected(change) for change in told):
        said.append("Dấu * là số liệu có lưu ý ở mục «Số liệu chưa khớp và còn thiếu»")
    return escape(". ".join(said))


def _change_row(result: PovertyResult, change: Change) -> tuple[Cell, ...]:
    name = upper_first(RATE_NAMES[change.kind])
    if change.group:
        name += f", {words.group(change.group)}"
    if change.yearly:
        name += ", bình quân mỗi năm"
    if change.stated and result.corrected(change):
        name += " *"
    return (
        name,
        str(change.since) if change.since else "không nêu",
        _signed(change.points) if change.points else "",
        _signed(change.households) if change.households else "",
        "cơ quan nêu" if change.stated else "tính toán",
    )


def movement(result: PovertyResult) -> Table:
    """Build the table of movement over the year."""
    if not result.moved:
        return Table.nothing("Chưa có bảng diễn biến hộ nghèo, hộ cận nghèo.")
    names = (
        ("dau_ky", "Đầu năm"),
        ("thoat", "Thoát"),
        ("giam_khac", "Giảm khác"),
        ("tai", "Tái"),
        ("phat_sinh", "Phát sinh"),
        ("tang_khac", "Tăng khác"),
        ("cuoi_ky", "Cuối năm"),
    )
    rows = []
    for one in result.moved:
        cells: list[Cell] = [upper_first(NAMES[one.kind])]
        for column, label in names:
            value = one.shown(column)
            cell: Cell = HIDDEN if column in one.hidden else ""
            if value is not None:
                cell = Number(whole(value), f"{label}: {one.trace}")
            cells.append(cell)
        rows.append(tuple(cells))
    return Table(
        header=("Loại hộ", *(label for _, label in names)),
        rows=tuple(rows),
        caption=f"Diễn biến hộ nghèo, hộ cận nghèo năm {result.year} (hộ)",
        align="l" + "r" * len(names),
        note=_hidden_note(result, any(one.hidden for one in result.moved)),
    )


def _hidden_note(result: PovertyResult, hidden: bool) -> str:
    return f"{HIDDEN}: {words.hidden_why(result)}" if hidden else ""


def deprivations(result: PovertyResult) -> Table:
    """Build the table of the twelve indicators."""
    rows = result.deprivations
    if rows.empty:
        return Table.nothing("Chưa có số hộ thiếu hụt theo từng chỉ số.")
    hidden = _hidden_note(result, bool(rows[["hidden_poor", "hidden_near_poor"]].any(axis=None)))
    return Table(
        header=(
            *("Dịch vụ", "Chỉ số", "Hộ nghèo thiếu hụt", "Tỷ lệ trong hộ nghèo"),
            *("Hộ cận nghèo thiếu hụt", "Tỷ lệ trong hộ cận nghèo"),
        ),
        rows=tuple(
            (
                str(row["service"]),
                f"{row['code']}. {row['name']}",
                *_deprived(row, "ho_ngheo", "poor"),
                *_deprived(row, "ho_can_ngheo", "near_poor"),
            )
            for _, row in rows.iterrows()
        ),
        caption=(
            f"Hộ nghèo, hộ cận nghèo thiếu hụt từng dịch vụ xã hội cơ bản, {result.place.in_full}, "
            f"cuối năm {result.year}"
        ),
        align="llrrrr",
        note=". ".join(part for part in (_recorded_note(result), hidden) if part),
    )


def _recorded_note(result: PovertyResult) -> str:
    """Say of which households shares are taken where some leave an indicator open."""
    codes = [code for code in result.deprivations["code"] if f"thieu_{code}" in result.unrecorded]
    if not codes or not result.tables.are_counted("deprivations"):
        return ""
    return (
        f"Số hộ và tỷ lệ của chỉ số {', '.join(codes)} chỉ tính các hộ có ghi chỉ số đó; không nêu "
        "tỷ lệ khi quá nửa số hộ chưa ghi, hoặc khi từ đó suy ra được nhóm quá ít hộ"
    )


def _deprived(row: pd.Series, count: str, kind: str) -> tuple[Cell, Cell]:
    if row[f"hidden_{kind}"]:
        return HIDDEN, HIDDEN
    return count_of(row, count), rate_of(row, kind)
