"""The months of a report on dossiers: when most was resolved, and how what is open moved."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.facts.leading import Leading, leading
from helpers.indices.procedures import text_words as words
from helpers.indices.procedures.result import ProceduresResult
from helpers.indices.procedures.rows import MONTHS, RESOLVED_LATE, Row
from helpers.words.numbers import in_words
from helpers.words.text import Text, joined, lower_first, paragraphs, upper_first

CHANNELS = ("tn_truc_tuyen", "tn_truc_tiep")


def months(result: ProceduresResult) -> Text:
    """Say when most was received, and whether what is open grew."""
    every = result.rows.months
    rows = [row for row in every if {"gq_tong", "dg_tong"} <= {*row.counts, *row.hidden}]
    if 1 < len(result.rows.months) != len(rows):
        why = ""
        if result.tables is not None and result.rows.months[0].counts.keys() <= {*CHANNELS}:
            why = (
                " Trong tệp có hồ sơ đã hoặc có thể đã kết thúc mà không ghi ngày giải quyết xong, nên "
                "chưa biết kết thúc ở tháng nào."
            )
        return paragraphs(
            "Chưa đủ số hồ sơ đã giải quyết và đang giải quyết của mọi tháng nên chưa nêu được diễn "
            f"biến (@tbl-months).{why}"
        )
    if len(rows) < 2:
        return paragraphs("Số liệu được cung cấp không chia theo tháng.")
    if any("gq_tong" in row.hidden for row in rows):
        return paragraphs(
            f"Số hồ sơ đã giải quyết của một số tháng không được nêu ({words.HIDDEN_WHY}), nên báo cáo "
            "không nêu tháng giải quyết nhiều nhất (@tbl-months)."
        )
    busy = leading(rows, lambda row: row.counts["gq_tong"].value, 1)
    most = _most_in(busy, rows, "gq_tong", "giải quyết nhiều nhất")
    # A month that was not delivered may hold more.
    among = "" if len(rows) == MONTHS else f"Trong {in_words(len(rows))} tháng có số liệu, "
    said = [f"{most} (@fig-months)." if most else "", _most_late(rows)]
    told = [f"{among}{lower_first(one)}" if among and one else one for one in said]
    return paragraphs([*told, _backlog(rows)])


def _backlog(rows: Sequence[Row]) -> str:
    """Say whether what is open at the end of a month grew over the year."""
    first, last = (row.counts.get("dg_tong") for row in (rows[0], rows[-1]))
    if first is None or last is None:
        return ""
    ends = f"tháng {rows[0].name}", f"tháng {rows[-1].name}"
    if last.value == first.value:
        return f"Số hồ sơ đang giải quyết cuối {ends[1]} là {words.count(last)}."
    verb, to = ("tăng", "lên") if last.value > first.value else ("giảm", "xuống")
    return (
        f"Số hồ sơ đang giải quyết cuối tháng {verb} từ {words.count(first)} ({ends[0]}) {to} "
        f"{words.count(last)} ({ends[1]})."
    )


def _most_in(found: Leading[Row], rows: Sequence[Row], code: str, what: str) -> str:
    """Name the months with the highest number: ``Tháng 3 giải quyết nhiều nhất, 480 hồ sơ``."""
    top = max(rows, key=lambda row: row.counts[code].value).counts[code]
    if not found.named:
        return ""
    if len(found.named) == 1:
        return f"Tháng {found.named[0].name} {what}, {words.count(top)} hồ sơ"
    names = joined([f"tháng {row.name}" for row in found.named])
    return f"{upper_first(names)} {what}, mỗi tháng {words.count(top)} hồ sơ"


def _most_late(rows: Sequence[Row]) -> str:
    if any("gq_qua_han" in row.hidden for row in rows):
        return f"Số hồ sơ quá hạn của một số tháng không được nêu ({words.HIDDEN_WHY})."
    if any(row.unclear_of(RESOLVED_LATE) != 0 for row in rows):
        return ""
    late = leading(rows, lambda row: row.value("gq_qua_han"), 1, extra=5)
    if not late.named or not (top := late.named[0].counts["gq_qua_han"]).value:
        return ""
    if len(late.named) == 1:
        return (
            f"Hồ sơ giải quyết quá hạn nhiều nhất ở tháng {late.named[0].name} "
            f"({words.count(top)} hồ sơ)."
        )
    names = joined([f"tháng {row.name}" for row in late.named])
    each = f"mỗi tháng {words.count(top)} hồ sơ"
    return f"Hồ sơ giải quyết quá hạn nhiều nhất ở {names} ({each})."
