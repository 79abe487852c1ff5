"""The tables of poor households by district, commune, group and cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from helpers.display.table import HIDDEN as HIDDEN_CELL
from helpers.display.table import Cell, Table
from helpers.facts.leading import population
from helpers.indices.poverty import text_words as words
from helpers.indices.poverty.disclosure import HIDDEN
from helpers.indices.poverty.households import CAUSE_KIND, ETHNIC_KIND, GROUP_KIND, MINORITY_GROUP
from helpers.indices.poverty.result import PovertyResult
from helpers.words.numbers import Number, percent, signed, whole
from helpers.words.text import upper_first

MOST_COMMUNES = 15
POINTS = "điểm %"


def districts(result: PovertyResult) -> Table:
    """Build the table of districts, the poorest first; of communes in a year without districts."""
    rows = result.districts
    if not result.tables.has_districts:
        return _communes(result)
    if rows.empty:
        return Table.nothing("Chưa có số liệu theo địa bàn.")
    return _unit_table(
        result,
        rows,
        ["huyen"],
        f"Hộ nghèo, hộ cận nghèo theo địa bàn, {result.place.in_full}, cuối năm {result.year}",
    )


def communes(result: PovertyResult) -> Table:
    """Build the table of communes below districts; small counts are not shown."""
    if not result.tables.has_districts:
        return Table.nothing("Các xã, phường, đặc khu đã nêu ở bảng theo địa bàn.")
    return _communes(result)


def _communes(result: PovertyResult) -> Table:
    """Build the table of the communes with the highest rates."""
    rows = result.communes
    if rows.empty:
        return Table.nothing("Chưa có số liệu theo xã.")
    told = rows[(rows["poor"] > 0) & ~rows[HIDDEN]]
    shown = told.head(MOST_COMMUNES)
    hidden = int(rows[HIDDEN].sum())
    why = (
        f"{whole(hidden)}/{whole(len(rows))} {words.communes_of(result)} {words.hidden_why(result)}"
        f"{_without(rows)}"
    )
    if shown.empty:
        return Table.nothing(
            f"Không có xã nào có tỷ lệ được nêu. {why}."
            if hidden
            else "Không có xã nào có tỷ lệ được nêu: thiếu tổng số hộ."
        )
    when = f"{result.place.in_full}, cuối năm {result.year}"
    count = whole(len(shown))
    if not population(rows["poor"].where(~rows[HIDDEN]), float).is_whole:
        # The highest rates may be among those that are hidden or not delivered.
        of = "" if len(shown) == len(told) else f" trong {whole(len(told))}"
        caption = (
            f"{count}{of} {words.communes_of(result)} được nêu, xếp theo tỷ lệ hộ nghèo "
            f"từ cao xuống thấp, {when}"
        )
    elif len(shown) == len(rows):
        # All of them: none is among the highest.
        caption = f"Hộ nghèo, hộ cận nghèo theo {words.communes_of(result)}, {when}"
    else:
        caption = f"{count} {words.communes_of(result)} có tỷ lệ hộ nghèo cao nhất, {when}"
    names = ["xa", "huyen"] if result.tables.has_districts else ["xa"]
    table = _unit_table(result, shown, names, caption)
    notes = (why if hidden else "", _alike(told))
    return replace(table, note=". ".join(note for note in notes if note))


def _without(rows: pd.DataFrame) -> str:
    """Say how many communes have no poor household: they are not in the table, but not hidden."""
    none = int(((rows["poor"] == 0) & ~rows[HIDDEN]).sum())
    return f"; {whole(none)} nơi khác không có hộ nghèo" if none else ""


def _alike(told: pd.DataFrame) -> str:
    """Say how many communes left out have the rate of the last one shown."""
    if len(told) <= MOST_COMMUNES:
        return ""
    rates = told["poor"].round(2)
    left = int((rates.iloc[MOST_COMMUNES:] == rates.iloc[MOST_COMMUNES - 1]).sum())
    if not left:
        return ""
    return f"{whole(left)} nơi khác có cùng tỷ lệ với dòng cuối"


def _unit_table(
    result: PovertyResult, rows: pd.DataFrame, names: Sequence[str], caption: str
) -> Table:
    compared = bool(rows["change"].notna().any()) and not result.why_not_since_start
    below = words.communes_of(result)
    header = [
        *("Huyện, thị xã, thành phố" if name == "huyen" else upper_first(below) for name in names),
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
    return f"{HIDDEN_CELL}: {words.hidden_why(result)}"


def _unit_row(row: pd.Series, names: Sequence[str], *, compared: bool) -> tuple[Cell, ...]:
    named = [str(row[name]) or "chưa ghi tên" for name in names]
    cells: list[Cell] = [
        *named,
        HIDDEN_CELL if row[HIDDEN] else count_of(row, "tong_ho"),
        *_pair(row, "ho_ngheo", "poor"),
        *_pair(row, "ho_can_ngheo", "near_poor"),
        HIDDEN_CELL if row[HIDDEN] else rate_of(row, "both"),
    ]
    if compared:
        cells.append(HIDDEN_CELL if row[HIDDEN] else _change(row))
    return tuple(cells)


def _pair(row: pd.Series, count: str, rate: str) -> tuple[Cell, Cell]:
    return (HIDDEN_CELL, HIDDEN_CELL) if row[HIDDEN] else (count_of(row, count), rate_of(row, rate))


def count_of(row: pd.Series, column: str) -> Cell:
    """Write a count of a row with its trace; nothing where it is not known."""
    value = row[column]
    return "" if pd.isna(value) else Number(whole(int(value)), str(row["origin"]))


def rate_of(row: pd.Series, column: str) -> Cell:
    """Write a computed rate of a row, in percent; nothing where it is not known."""
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
    notes = (_people_note(result, rows), _hidden_note(result, rows))
    return Table(
        header=(heading, "Tổng số hộ", "Hộ nghèo", "Tỷ lệ", "Hộ cận nghèo", "Tỷ lệ"),
        rows=tuple(
            (
                str(row["nhom"]),
                HIDDEN_CELL if row[HIDDEN] else count_of(row, "tong_ho"),
                *_pair(row, "ho_ngheo", "poor"),
                *_pair(row, "ho_can_ngheo", "near_poor"),
            )
            for _, row in rows.iterrows()
        ),
        caption=f"Hộ nghèo, hộ cận nghèo theo {by}, {result.place.in_full}, cuối năm {result.year}",
        align="lrrrrr",
        note=". ".join(part for part in notes if part),
    )


def _people_note(result: PovertyResult, rows: pd.DataFrame) -> str:
    """Say that some households are in no row; how many would tell of groups that are not shown."""
    by_people = (rows["loai"] == ETHNIC_KIND) | (rows["nhom"] == MINORITY_GROUP)
    if not by_people.any() or "dan_toc" not in result.unrecorded:
        return ""
    return "Hộ chưa ghi dân tộc không được tính vào dân tộc nào"


def causes(result: PovertyResult) -> Table:
    """Build the table of recorded causes, with their share among poor households."""
    rows = result.groups[result.groups["loai"] == CAUSE_KIND]
    if rows.empty:
        return Table.nothing("Chưa có số liệu theo nguyên nhân nghèo.")
    note = "Một hộ có thể có nhiều nguyên nhân nên các dòng không cộng lại thành tổng số hộ"
    counted = result.tables.are_counted("groups")
    # A table that an office delivers does not tell of how many households no cause is recorded.
    of = "hộ nghèo có ghi nguyên nhân" if counted else "hộ nghèo"
    notes = (note, words.left_open(result, "nguyen_nhan"), _hidden_note(result, rows))
    return Table(
        header=("Nguyên nhân", "Hộ nghèo", f"Tỷ lệ trong {of}", "Hộ cận nghèo"),
        rows=tuple(
            (
                str(row["nhom"]),
                HIDDEN_CELL if row[HIDDEN] else count_of(row, "ho_ngheo"),
                HIDDEN_CELL if row[HIDDEN] else _of_poor(row, of),
                HIDDEN_CELL if row[HIDDEN] else count_of(row, "ho_can_ngheo"),
            )
            for _, row in rows.iterrows()
        ),
        caption=f"Nguyên nhân nghèo được ghi, {result.place.in_full}, cuối năm {result.year}",
        align="lrrr",
        note=". ".join(part for part in notes if part),
    )


def _of_poor(row: pd.Series, of: str) -> Cell:
    if pd.isna(row["of_poor"]):
        return ""
    trace = f"tính toán: số hộ nghèo chia tổng {of}; {row['origin']}"
    return Number(percent(float(row["of_poor"]) / 100, 2), trace)
