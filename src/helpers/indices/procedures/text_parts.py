"""Sections of a report on dossiers: where they are late, months, services, the nine indices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from helpers.facts.leading import highest_rate, leading, population
from helpers.indices.procedures import text_words as words
from helpers.indices.procedures.result import ProceduresResult
from helpers.indices.procedures.rows import RESOLVED_LATE, Row, Rows, late_columns
from helpers.indices.procedures.tt01 import Assessment
from helpers.words.numbers import Number, decimal, in_words, percent, whole
from helpers.words.text import Text, escape, joined, paragraphs

MOST_NAMED = 2
_Graded = tuple[Assessment, float]
"""An assessment with its total after appraisal."""


def where_late(result: ProceduresResult) -> Text:
    """Name the fields, units and procedures in which dossiers are late."""
    rows = result.rows
    if not rows.fields and not rows.units:
        return paragraphs(
            "Số liệu được cung cấp không chia theo lĩnh vực và đơn vị"
            + (
                ", nên chưa xác định được hồ sơ quá hạn thuộc lĩnh vực hoặc đơn vị nào."
                if _any_late(result)
                else "."
            )
        )
    by_field = _late_in(rows.fields, "lĩnh vực", "@tbl-fields") if rows.fields else ""
    by_unit = ""
    if rows.units:
        by_unit = _late_in(rows.units, "đơn vị", "@tbl-units", told_before=bool(by_field))
    if (
        rows.fields
        and not any(row.has_late for row in rows.units)
        and any(row.has_unclear for row in rows.units)
    ):
        by_unit = ""  # the fields have said it
    return paragraphs(by_field, by_unit, _procedures(result.rows), _slowest(rows.fields))


def _any_late(result: ProceduresResult) -> bool:
    """Whether some dossier is known to be late, so that one may ask where."""
    counts = (result.total.get(code) for code in ("gq_qua_han", "dg_qua_han"))
    return any(count is not None and count.value for count in counts)


def _late_in(rows: Sequence[Row], what: str, table: str, *, told_before: bool = False) -> str:
    """Say where dossiers are late; `told_before`: what the late ones are made of was said before."""
    some_late = any(row.has_late for row in rows)
    if not any("gq_qua_han" in row.counts for row in rows) or (some_late and len(rows) == 1):
        return ""
    columns = late_columns(rows)
    unsure = _unsure(rows, columns, what)
    if any(row.hides_late for row in rows):
        return _late_in_part(rows, what, table)
    if not some_late:
        none = f"Không {what} nào trong {in_words(len(rows))} {what} có hồ sơ"
        if all(row.late_is_known for row in rows):
            return f"{none} quá hạn ({table})."
        if any(row.has_unclear for row in rows):
            return (
                f"Trong số hồ sơ đã rõ hạn và ngày giải quyết không có hồ sơ nào quá hạn; "
                f"{unsure} hồ sơ chưa rõ ({table})."
            )
        if all("gq_qua_han" in row.counts for row in rows):
            return f"{none} giải quyết quá hạn ({table})."
        return ""
    among = population(rows, lambda row: row.late_of(columns))
    if not among.known:
        return ""
    late = [(row, n) for row in _by_name(among.known) if (n := row.late_of(columns))]
    found = leading(late, lambda pair: pair[1], MOST_NAMED)
    named = found.named
    trace = f"{_COLUMNS[columns]} theo {what}"
    known = any(row.has_unclear for row in rows)
    told = "Trong số hồ sơ đã rõ hạn và ngày giải quyết, theo" if known else "Theo"
    noun = "hồ sơ quá hạn" if "dg_qua_han" in columns else "hồ sơ giải quyết quá hạn"
    if not among.is_whole:
        counted = Number(whole(len(among.known)), f"đếm: {what} có số hồ sơ quá hạn")
        if not late:
            return (
                f"Trong {counted} {what} có số {noun} không {what} nào có {noun}; "
                f"các {what} khác chưa có đủ số liệu ({table})."
            )
        told = f"Trong {counted} {what} có số {noun}, theo"
        if known:
            told = f"{told[:-6]}, tính trên hồ sơ đã rõ hạn và ngày giải quyết, theo"
    tail = f"; {unsure} hồ sơ chưa rõ" if known else ""
    if not named:
        each = max(count for _, count in late)
        alike = Number(whole(found.left), f"đếm: {what} có số hồ sơ quá hạn cao nhất")
        return (
            f"{told} {what}, {noun} có nhiều nhất ở {alike} {what}, mỗi nơi "
            f"{Number(whole(each), trace)} hồ sơ ({table}){tail}."
        )
    listed = [_late_of(row, count, trace) for row, count in named]
    share = made = ""
    if len(late) > len(named):
        whole_late = sum(count for _, count in late)
        part = sum(count for _, count in named) / whole_late
        share = (
            f", chiếm {Number(percent(part, 1), f'{trace}; của những nơi nhiều nhất')} tổng số "
            f"{Number(whole(whole_late), trace)} {noun}"
        )
        made = "" if told_before else _made_of(among.known, columns, trace)
    said = f"{told} {what}, {noun} có nhiều nhất ở {joined(listed)}{share} ({table}){tail}."
    return said + made + _highest(rows, [row for row, _ in named], what)


def _made_of(known: Sequence[Row], columns: frozenset[str], trace: str) -> str:
    """Say of what a number of late dossiers is made where it counts resolved and open ones together.

    `known` are the rows whose late dossiers were added up: what they are made of adds up to that.
    """
    ways = (("gq_qua_han", "giải quyết quá hạn"), ("dg_qua_han", "đang giải quyết đã quá hạn"))
    sums = [sum(n for row in known if (n := row.value(code))) for code, _ in ways]
    if len(columns) < len(ways) or not all(sums):
        return ""
    made = [f"{Number(whole(n), trace)} {how}" for n, (_, how) in zip(sums, ways, strict=True)]
    return f" Trong đó {', '.join(made)}."


_COLUMNS = {
    frozenset({"gq_qua_han", "dg_qua_han"}): "giải quyết quá hạn cộng đang giải quyết quá hạn",
    frozenset({"gq_qua_han"}): "giải quyết quá hạn",
}


def _by_name(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.name)


def _unsure(rows: Sequence[Row], columns: frozenset[str], what: str) -> Number | str:
    """Return how many dossiers nobody can judge: "some" where a row does not tell its number."""
    counts = [row.unclear_of(columns) for row in rows]
    known = [count for count in counts if count is not None]
    if len(known) < len(counts):
        return "một số"
    trace = f"đếm: hồ sơ không có ngày hẹn trả, thời hạn hoặc ngày giải quyết, theo {what}"
    return Number(whole(sum(known)), trace)


def _late_of(row: Row, late: int, trace: str) -> str:
    return f"{escape(row.name)} ({Number(whole(late), f'{trace}, {row.name}')} hồ sơ)"


def _late_in_part(rows: Sequence[Row], what: str, table: str) -> str:
    """Name rows with late dossiers where others are hidden: none is the most among all."""
    columns = late_columns(rows)
    told = [
        (row, late)
        for row in _by_name(rows)
        if not row.hides_late and (late := row.late_of(columns))
    ]
    hidden = Number(
        whole(sum(row.hides_late for row in rows)), f"đếm: {what} không nêu số hồ sơ quá hạn"
    )
    left = f"{hidden} {what} không nêu số hồ sơ quá hạn ({words.HIDDEN_WHY})"
    trace = f"giải quyết quá hạn cộng đang giải quyết quá hạn theo {what}"
    ordered = sorted(told, key=lambda pair: -pair[1])
    named = [_late_of(row, late, trace) for row, late in ordered]
    if not named:
        return f"Theo {what}, {left} ({table})."
    return f"Theo {what}, hồ sơ quá hạn có ở {joined(named[:MOST_NAMED])}; {left} ({table})."


def _highest(rows: Sequence[Row], named: Sequence[Row], what: str) -> str:
    """Say where the share is highest: of all, or of the rows whose share is known."""
    among = population([row for row in rows if row.has_resolved], lambda row: row.late_share)
    best = highest_rate(among.known, lambda row: row.late_rate)
    if best is None or not best.late_share:
        return ""
    rate = f"tỷ lệ giải quyết quá hạn cao nhất ({words.row_share(best)})"
    if among.is_whole and best is named[0]:
        if any(row.unclear_of(RESOLVED_LATE) != 0 for row in among.known):
            return f" Cũng tính trên các hồ sơ đã rõ, {escape(best.name)} có {rate}."
        return f" {escape(best.name)} cũng có {rate}."
    if among.is_whole and best in named:
        return ""
    where = ""
    if not among.is_whole:
        counted = Number(whole(len(among.known)), f"đếm: {what} biết tỷ lệ quá hạn")
        where = f", trong {counted} {what} biết tỷ lệ này, "
    return (
        f" Tỷ lệ giải quyết quá hạn trên số đã giải quyết {where}cao nhất là {escape(best.name)} "
        f"({words.row_share(best)})."
    )


def _procedures(rows: Rows) -> str:
    if not rows.late_procedures:
        return ""
    counted = Number(whole(rows.late_procedures), "đếm: thủ tục có ít nhất một hồ sơ quá hạn")
    columns = late_columns(rows.procedures)
    counted_ones = population(rows.procedures, lambda row: row.late_of(columns))
    known = counted_ones.is_whole and all(row.unclear_of(columns) == 0 for row in rows.procedures)
    among = "" if known else "Trong số hồ sơ đã rõ hạn và ngày giải quyết, "
    said = f"{among}{'Có' if known else 'có'} {counted} thủ tục có hồ sơ quá hạn"
    if any(row.hides_late for row in rows.procedures):
        return f"{said}; số hồ sơ của một số thủ tục không được nêu ({words.HIDDEN_WHY})."
    late = [(row, n) for row in counted_ones.known if (n := row.late_of(columns))]
    if not late:
        return f"{said} (@tbl-procedures)."
    worst = leading(sorted(late, key=lambda pair: pair[0].code), lambda pair: pair[1], 1)
    trace = "hồ sơ quá hạn"
    where = ""
    if not counted_ones.is_whole:
        # Of the others only a part is known: each of them may have more.
        with_number = Number(whole(len(late)), "đếm: thủ tục biết đủ số hồ sơ quá hạn")
        where = f"trong {with_number} thủ tục biết đủ số này, "
    if not worst.named:
        each = Number(whole(max(count for _, count in late)), trace)
        alike = Number(whole(worst.left), "đếm: thủ tục có nhiều hồ sơ quá hạn nhất")
        return (
            f"{said}; {where}nhiều nhất là {alike} thủ tục, mỗi thủ tục {each} hồ sơ "
            "(@tbl-procedures)."
        )
    first, most = worst.named[0]
    number = Number(whole(most), f"{trace}; {first.counts['tn_tong'].trace}")
    names = joined([f"«{escape(row.name or row.code)}»" for row, _ in worst.named])
    each_of = "" if len(worst.named) == 1 else "cùng "
    return f"{said}; {where}nhiều nhất là {names} với {each_of}{number} hồ sơ (@tbl-procedures)."


def _slowest(rows: Sequence[Row]) -> str:
    timed = _by_name(row for row in rows if row.days is not None)
    slow = leading(timed, lambda row: row.days, 1, decimals=1)
    fast = leading(timed, lambda row: row.days, 1, decimals=1, highest=False)
    if len(timed) < 2 or not slow.named or not fast.named or slow.named[0] in fast.named:
        return ""
    few = len(timed) < len(rows)
    counted = Number(whole(len(timed)), "đếm: lĩnh vực có từ 5 hồ sơ đã giải quyết biết đủ ngày")
    among = (
        f"Trong {counted} lĩnh vực có từ năm hồ sơ đã giải quyết trở lên, thời gian" if few else ""
    )
    return (
        f"{among or 'Thời gian'} giải quyết bình quân dài nhất ở {_timed(slow.named)}, ngắn nhất ở "
        f"{_timed(fast.named)}."
    )


def _timed(rows: Sequence[Row]) -> str:
    """Name rows with the one mean that they print."""
    first = rows[0]
    trace = f"bình quân ngày làm việc từ tiếp nhận đến giải quyết xong, {first.name}"
    days = "" if first.days is None else Number(decimal(first.days, 1), trace)
    each = "cùng " if len(rows) > 1 else ""
    return f"{joined([escape(row.name) for row in rows])} ({each}{days} ngày làm việc)"
