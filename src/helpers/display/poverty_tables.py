"""The tables of the report on poor and near-poor households."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from helpers.analysis.poverty import PovertyResult
from helpers.analysis.poverty_changes import Change
from helpers.analysis.poverty_levels import KINDS, NAMES, RATE_NAMES, Measure
from helpers.commentary import poverty_words as words
from helpers.commentary.numbers import Number, percent, signed, whole
from helpers.commentary.text import escape, upper_first
from helpers.display.table import Cell, Strong, Table
from helpers.indices.poverty_disclosure import HIDDEN
from helpers.indices.poverty_households import CAUSE_KIND, ETHNIC_KIND, GROUP_KIND

DOTS = "…"
"""Stands for a count that is not shown."""
MOST_COMMUNES = 15
POINTS = "điểm %"


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
        caption=f"Hộ nghèo, hộ cận nghèo của {result.place.name} cuối năm {result.year}",
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
        said.append("Hai mốc khác giai đoạn chuẩn nghèo: xem lời văn")
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
        ("dau_ky", "Đầu năm", "start"),
        ("thoat", "Thoát", "left"),
        ("giam_khac", "Giảm khác", "left_otherwise"),
        ("tai", "Tái", "fell_back"),
        ("phat_sinh", "Phát sinh", "new"),
        ("tang_khac", "Tăng khác", "entered_otherwise"),
        ("cuoi_ky", "Cuối năm", "end"),
    )
    rows = []
    for one in result.moved:
        cells: list[Cell] = [upper_first(NAMES[one.kind])]
        for column, label, attribute in names:
            value = int(getattr(one.movement, attribute))
            known = column in one.known
            cells.append(Number(whole(value), f"{label}: {one.trace}") if known else "")
        rows.append(tuple(cells))
    return Table(
        header=("Loại hộ", *(label for _, label, _ in names)),
        rows=tuple(rows),
        caption=f"Diễn biến hộ nghèo, hộ cận nghèo năm {result.year} (hộ)",
        align="l" + "r" * len(names),
    )


def districts(result: PovertyResult) -> Table:
    """Build the table of districts, the poorest first."""
    rows = result.districts
    if rows.empty:
        return Table.nothing("Chưa có số liệu theo địa bàn.")
    return _unit_table(
        result,
        rows,
        ["huyen"],
        f"Hộ nghèo, hộ cận nghèo theo địa bàn, {result.place.name}, cuối năm {result.year}",
    )


def communes(result: PovertyResult) -> Table:
    """Build the table of the communes with the highest rates; small counts are not shown."""
    rows = result.communes
    if rows.empty:
        return Table.nothing("Chưa có số liệu theo xã.")
    shown = rows[(rows["poor"] > 0) & ~rows[HIDDEN]].head(MOST_COMMUNES)
    if shown.empty:
        return Table.nothing(
            "Không có xã nào có tỷ lệ được nêu: thiếu tổng số hộ, hoặc số hộ quá ít."
        )
    table = _unit_table(
        result,
        shown,
        ["xa", "huyen"],
        f"{whole(len(shown))} xã, phường, thị trấn có tỷ lệ hộ nghèo cao nhất trong các nơi được "
        f"nêu, {result.place.name}, cuối năm {result.year}",
    )
    hidden = int(rows[HIDDEN].sum())
    if not hidden:
        return table
    note = (
        f"{whole(hidden)}/{whole(len(rows))} xã, phường, thị trấn không được nêu để không nhận ra "
        f"hộ cụ thể (số hộ dưới {whole(result.rules.smallest_cell)}, hoặc có thể suy ra số đó)"
    )
    return replace(table, note=note)


_HEADINGS = {"huyen": "Huyện, thị xã, thành phố", "xa": "Xã, phường, thị trấn"}


def _unit_table(
    result: PovertyResult, rows: pd.DataFrame, names: Sequence[str], caption: str
) -> Table:
    compared = bool(rows["change"].notna().any()) and not result.framework.why_not_comparable(
        result.year - 1, result.year
    )
    header = [
        *(_HEADINGS[name] for name in names),
        *("Tổng số hộ", "Hộ nghèo", "Tỷ lệ", "Hộ cận nghèo", "Tỷ lệ", "Tỷ lệ nghèo đa chiều"),
    ]
    if compared:
        header.append(f"Hộ nghèo so với đầu năm ({POINTS})")
    cells = [_unit_row(row, names, compared=compared) for _, row in rows.iterrows()]
    return Table(
        header=tuple(header),
        rows=tuple(cells),
        caption=caption,
        align="l" * len(names) + "r" * (len(header) - len(names)),
        note=_hidden_note(result, rows),
    )


def _hidden_note(result: PovertyResult, rows: pd.DataFrame) -> str:
    if not rows[HIDDEN].any():
        return ""
    return (
        f"{DOTS}: không nêu để không nhận ra hộ cụ thể (số hộ dưới "
        f"{whole(result.rules.smallest_cell)}, hoặc có thể suy ra số đó)"
    )


def _unit_row(row: pd.Series, names: Sequence[str], *, compared: bool) -> tuple[Cell, ...]:
    named = [str(row[name]) or "chưa ghi tên" for name in names]
    cells: list[Cell] = [
        *named,
        _count(row, "tong_ho"),
        *_pair(row, "ho_ngheo", "poor"),
        *_pair(row, "ho_can_ngheo", "near_poor"),
        DOTS if row[HIDDEN] else _rate(row, "both"),
    ]
    if compared:
        cells.append(DOTS if row[HIDDEN] else _change(row))
    return tuple(cells)


def _pair(row: pd.Series, count: str, rate: str) -> tuple[Cell, Cell]:
    return (DOTS, DOTS) if row[HIDDEN] else (_count(row, count), _rate(row, rate))


def _count(row: pd.Series, column: str) -> Cell:
    value = row[column]
    return "" if pd.isna(value) else Number(whole(int(value)), str(row["origin"]))


def _rate(row: pd.Series, column: str) -> Cell:
    value = row[column]
    if pd.isna(value):
        return ""
    return Number(percent(float(value) / 100, 2), f"tính toán: số hộ chia tổng; {row['origin']}")


def _change(row: pd.Series) -> Cell:
    value = row["change"]
    if pd.isna(value):
        return ""
    return Number(signed(float(value)), f"tính toán: cuối năm trừ đầu năm; {row['origin']}")


def groups(result: PovertyResult) -> Table:
    """Build the table of groups; they overlap and do not add up."""
    return _group_table(result, GROUP_KIND, "Nhóm đối tượng", "nhóm đối tượng")


def ethnic_groups(result: PovertyResult) -> Table:
    """Build the table of ethnic groups."""
    return _group_table(result, ETHNIC_KIND, "Dân tộc", "dân tộc")


def _group_table(result: PovertyResult, kind: str, heading: str, by: str) -> Table:
    rows = result.groups[result.groups["loai"] == kind]
    if rows.empty:
        return Table.nothing(f"Chưa có số liệu theo {by}.")
    return Table(
        header=(heading, "Tổng số hộ", "Hộ nghèo", "Tỷ lệ", "Hộ cận nghèo", "Tỷ lệ"),
        rows=tuple(
            (
                str(row["nhom"]),
                _count(row, "tong_ho"),
                *_pair(row, "ho_ngheo", "poor"),
                *_pair(row, "ho_can_ngheo", "near_poor"),
            )
            for _, row in rows.iterrows()
        ),
        caption=f"Hộ nghèo, hộ cận nghèo theo {by}, {result.place.name}, cuối năm {result.year}",
        align="lrrrrr",
        note=_hidden_note(result, rows),
    )


def causes(result: PovertyResult) -> Table:
    """Build the table of recorded causes, with their share among poor households."""
    rows = result.groups[result.groups["loai"] == CAUSE_KIND]
    if rows.empty:
        return Table.nothing("Chưa có số liệu theo nguyên nhân nghèo.")
    of_all = result.state.households("poor")
    note = "Một hộ có thể có nhiều nguyên nhân nên các dòng không cộng lại thành tổng số hộ"
    hidden = _hidden_note(result, rows)
    return Table(
        header=("Nguyên nhân", "Hộ nghèo", "Tỷ lệ trong hộ nghèo", "Hộ cận nghèo"),
        rows=tuple(
            (
                str(row["nhom"]),
                DOTS if row[HIDDEN] else _count(row, "ho_ngheo"),
                DOTS if row[HIDDEN] else _share(row, of_all),
                DOTS if row[HIDDEN] else _count(row, "ho_can_ngheo"),
            )
            for _, row in rows.iterrows()
        ),
        caption=f"Nguyên nhân nghèo được ghi, {result.place.name}, cuối năm {result.year}",
        align="lrrr",
        note=". ".join(part for part in (note, hidden) if part),
    )


def _share(row: pd.Series, of_all: Measure | None) -> Cell:
    if of_all is None or of_all.value <= 0 or row["ho_ngheo"] > of_all.value:
        return ""
    share = float(row["ho_ngheo"]) / of_all.value
    return Number(percent(share, 2), f"tính toán: số hộ nghèo chia tổng hộ nghèo; {row['origin']}")


def deprivations(result: PovertyResult) -> Table:
    """Build the table of the twelve indicators."""
    rows = result.deprivations
    if rows.empty:
        return Table.nothing("Chưa có số hộ thiếu hụt theo từng chỉ số.")
    return Table(
        header=(
            *("Dịch vụ", "Chỉ số", "Hộ nghèo thiếu hụt", "Tỷ lệ trong hộ nghèo"),
            *("Hộ cận nghèo thiếu hụt", "Tỷ lệ trong hộ cận nghèo"),
        ),
        rows=tuple(
            (
                str(row["service"]),
                f"{row['code']}. {row['name']}",
                _count(row, "ho_ngheo"),
                _rate(row, "poor"),
                _count(row, "ho_can_ngheo"),
                _rate(row, "near_poor"),
            )
            for _, row in rows.iterrows()
        ),
        caption=(
            f"Hộ nghèo, hộ cận nghèo thiếu hụt từng dịch vụ xã hội cơ bản, {result.place.name}, "
            f"cuối năm {result.year}"
        ),
        align="llrrrr",
    )
