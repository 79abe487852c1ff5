"""The tables of a SIPAS report that set scores beside others: the year before, the country."""

from __future__ import annotations

from helpers.display.table import Cell, Strong, Table
from helpers.indices.sipas import text_words as words
from helpers.indices.sipas.model import SipasChange, SipasResult
from helpers.indices.sipas.rules import TOTAL
from helpers.words.numbers import signed
from helpers.words.text import escape, joined, upper_first

UNKNOWN_ERROR = "(chưa rõ sai số)"
"""Beside a change that no interval is known of; a bare change is one outside the error."""


def change_cell(change: SipasChange | None) -> Cell:
    """Write a change as far as it may be stated."""
    if change is None:
        return ""
    found = change.comparison
    if found is None:
        return "không so sánh"
    if found.case in ("equal", "same_print"):
        return signed(0.0)
    text = signed(found.gap)
    if found.case == "unknown":
        return f"{text} {UNKNOWN_ERROR}"
    return text if found.is_sure else f"{text} (trong sai số)"


def changes(result: SipasResult) -> Table:
    """Build the table of the subject's scores in both years."""
    codes = (TOTAL, *result.dimension_codes, *result.factor_codes)
    found = [change for code in codes if (change := result.change(code)) is not None]
    if not found or result.earlier is None:
        return Table.nothing("Chưa có kết quả của năm trước để so sánh.")
    before = result.earlier.year
    rows = [_change_row(result, change, before) for change in found]
    reasons = dict.fromkeys(reason for change in found for reason in change.reasons)
    note = f"Không so sánh vì {escape(joined(list(reasons)))}" if reasons else ""
    return Table(
        header=(
            "Chỉ số",
            f"Năm {before}",
            f"Năm {result.year}",
            "Thay đổi, điểm %",
            "Khoảng tin cậy của thay đổi",
        ),
        rows=tuple(rows),
        caption=f"Mức độ hài lòng năm {result.year} so với năm {before}, {result.subject.label}",
        align="lrrrr",
        note=note,
    )


def _change_row(result: SipasResult, change: SipasChange, before: int) -> tuple[Cell, ...]:
    name: Cell = (
        Strong("Chỉ số chung") if change.code == TOTAL else result.edition.get(change.code).name_vi
    )
    found = change.comparison
    interval: Cell = ""
    if found is not None and found.margin is not None:
        interval = f"{signed(found.gap - found.margin)} đến {signed(found.gap + found.margin)}"
    return (
        name,
        words.score(result, change.code, change.earlier, year=before),
        words.own(result, change.code),
        change_cell(change),
        interval,
    )


def country(result: SipasResult) -> Table:
    """Build the table of the province's published result beside the national one."""
    found = result.national
    codes = [code for code in (TOTAL, *_codes(result)) if code in found.scores]
    if not codes or len(codes) < 2:
        return Table.nothing("Kết quả công bố của tỉnh chỉ có chỉ số chung hoặc chưa có.")
    rows: list[tuple[Cell, ...]] = []
    for code in codes:
        own, mean = found.scores[code], found.means.get(code)
        rows.append(
            (
                upper_first(words.name(result, code)),
                words.score(result, code, own, result.place.name),
                words.score(result, code, mean, "cả nước") if mean is not None else "",
                signed(own.value - mean.value) if mean is not None else "",
            )
        )
    return Table(
        header=("Chỉ số", result.place.name, "Cả nước", f"Chênh lệch, điểm % {UNKNOWN_ERROR}"),
        rows=tuple(rows),
        caption=f"Kết quả do Bộ Nội vụ công bố, {result.place.in_full} và cả nước, năm {result.year}",
        align="lrrr",
    )


def _codes(result: SipasResult) -> tuple[str, ...]:
    return tuple(node.code for node in result.edition.nodes)
