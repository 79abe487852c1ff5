"""The tables of a report on dossiers of administrative procedures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from helpers.display.table import HIDDEN, Cell, Prose, Strong, Table
from helpers.facts.known import known_enough
from helpers.indices.procedures import text_words as words
from helpers.indices.procedures.arithmetic import IN_TIME, Check, Count, Counts, checks, rate
from helpers.indices.procedures.months import OPEN_UNKNOWN, RESOLVED_UNKNOWN
from helpers.indices.procedures.result import ProceduresResult
from helpers.indices.procedures.rows import EVERY_LATE, Row, late_columns
from helpers.indices.procedures.services import assessment, indices, parts, satisfaction, services
from helpers.words import numbers
from helpers.words.numbers import Number
from helpers.words.text import upper_first

__all__ = [
    "assessment",
    "fields",
    "identities",
    "indices",
    "key_figures",
    "late_procedures",
    "months",
    "parts",
    "rates",
    "satisfaction",
    "services",
    "units",
]

MOST_PROCEDURES = 10
LAST_NUMBER = 13
"""Of the columns of the form; what is needed beside them is numbered on."""
_OTHER = {"balance": "Khác", "resolved": "Khác (đã giải quyết)", "in_process": "Khác (đang)"}
_LEFT = {"resolved": RESOLVED_UNKNOWN, "in_process": OPEN_UNKNOWN}
"""Remainder → the column of dossiers that it is, where they were counted."""
_STATES = {"holds": "Khớp", "wrong": "Không khớp"}


def key_figures(result: ProceduresResult) -> Table:
    """Show what was received, resolved, in time and late, as far as it is known."""
    cells: list[tuple[str, Cell]] = []
    for column, name in (("tn_tong", "Hồ sơ tiếp nhận"), ("gq_tong", "Đã giải quyết")):
        if column in result.total:
            cells.append((name, _count(result.total[column])))
    main = result.rate("in_time")
    printed = result.figure("in_time_rate")
    if main is not None:
        cells.append(("Trước hạn, đúng hạn", Number(numbers.percent(main.share, 2), main.trace)))
    elif printed is not None:
        text = numbers.percent(printed.value / 100, printed.decimals)
        cells.append(("Trước hạn, đúng hạn", Number(text, printed.trace)))
    if "gq_qua_han" in result.total:
        cells.append(("Giải quyết quá hạn", _count(result.total["gq_qua_han"])))
    unknown = result.total.get(RESOLVED_UNKNOWN)
    if unknown is not None and unknown.value:
        cells.append(("Chưa rõ hạn hoặc ngày giải quyết", _count(unknown)))
    if not cells:
        return Table.nothing("Chưa có số liệu về tiếp nhận và giải quyết hồ sơ.")
    header = tuple(name for name, _ in cells)
    row = tuple(cell for _, cell in cells)
    return Table(header, (row,), "", "c" * len(cells), wrapper="key-figures")


def fields(result: ProceduresResult) -> Table:
    """Show the counts of the report form by field, with the total."""
    return _report(result, result.rows.fields, "Lĩnh vực giải quyết", "lĩnh vực")


def units(result: ProceduresResult) -> Table:
    """Show the counts of the report form by unit, with the total."""
    return _report(result, result.rows.units, "Đơn vị giải quyết", "đơn vị")


def _report(result: ProceduresResult, rows: Sequence[Row], heading: str, what: str) -> Table:
    if not rows and what == "lĩnh vực" and result.has_form:
        rows = ()  # the total alone still has the form's layout
    elif not rows:
        return Table.nothing(f"Chưa có số liệu theo {what}.")
    columns = result.rules.columns
    shown = [*rows, Row("Tổng số", result.total)]
    extra = _extra(result, shown)
    header = (
        f"STT, {heading[:1].lower()}{heading[1:]}",
        *(f"{column.group}: {column.label[:1].lower()}{column.label[1:]}" for column in columns),
        *extra.values(),
    )
    numbered: tuple[Cell, ...] = (
        "(1), (2)",
        *(f"({column.number})" for column in columns),
        *(f"({LAST_NUMBER + number})" for number in range(1, len(extra) + 1)),
    )
    made = [numbered]
    for position, row in enumerate(shown, start=1):
        # Number and name stand in one cell, so that a row has one heading and the name has room.
        name = Strong(row.name) if row is shown[-1] else f"{numbers.whole(position)}. {row.name}"
        counts = tuple(_cell(row, column.code) for column in columns)
        made.append((name, *counts, *(_extra_cell(result, row, code) for code in extra)))
    return Table(
        header=header,
        rows=tuple(made),
        caption=(
            f"Tình hình giải quyết hồ sơ{f' theo {what}' if rows else ''} năm {result.year} của "
            f"{result.subject.beside}"
        ),
        align="l" + "r" * (len(header) - 1),
        note=". ".join(
            note for note in (_in_time_note(result), _extra_note(extra), _hidden_note(rows)) if note
        ),
    )


def _hidden_note(rows: Iterable[Row]) -> str:
    return f"{HIDDEN}: {words.HIDDEN_WHY}" if any(row.hidden for row in rows) else ""


def _unknown_note(rows: Iterable[Row]) -> str:
    """Say that a number of late ones, 0 too, leaves out those of which nobody knows it."""
    if not any(row.has_unclear for row in rows):
        return ""
    return f"Số quá hạn {words.WITHOUT_UNKNOWN}"


def _in_time_note(result: ProceduresResult) -> str:
    """Give columns (8) and (9) together where only their sum was delivered."""
    both = result.total.get(IN_TIME)
    if both is None or "gq_truoc_han" in result.total:
        return ""
    return f"Giải quyết trước hạn và đúng hạn chỉ có số cộng chung: {_count(both)} hồ sơ"


def _extra(result: ProceduresResult, rows: Iterable[Row]) -> dict[str, str]:
    """Return the columns beside the form's that are needed: returned, and remainders."""
    found: dict[str, str] = {}
    listed = list(rows)
    if any(row.value("tra_lai") or "tra_lai" in row.hidden for row in listed):
        found["tra_lai"] = "Trả lại, rút"
    for key, name in _OTHER.items():
        if any(
            check.rule.key == key and check.remainder
            for row in listed
            for check in checks(row.counts, result.rules)
        ):
            found[key] = name
    return found


def _extra_cell(result: ProceduresResult, row: Row, code: str) -> Cell:
    if code == "tra_lai":
        return _cell(row, code)
    left = _LEFT.get(code)
    if left is not None and (left in row.hidden or left in row.counts):
        return _cell(row, left)
    for check in checks(row.counts, result.rules):
        if check.rule.key == code:
            trace = f"{check.rule.name}: phần còn lại của {check.total}"
            return Number(numbers.whole(check.remainder), trace)
    return ""


def _extra_note(extra: dict[str, str]) -> str:
    remainders = [name for code, name in extra.items() if code != "tra_lai"]
    if not remainders:
        return ""
    return (
        "Cột «Khác» là phần còn lại của tổng sau khi trừ các cột thành phần: hồ sơ không xếp được vào "
        "trước hạn, đúng hạn, quá hạn, hoặc được hệ thống đếm riêng"
    )


def _count(count: Count) -> Number:
    return Number(numbers.whole(count.value), count.trace)


def _maybe(counts: Counts, code: str) -> Cell:
    return _count(counts[code]) if code in counts else ""


def _cell(row: Row, code: str) -> Cell:
    """Write a count of a row; a mark where it is not told."""
    return HIDDEN if code in row.hidden else _maybe(row.counts, code)


def rates(result: ProceduresResult) -> Table:
    """Show every rate with its numerator, its denominator and what the denominator is."""
    if not result.rates:
        return Table.nothing("Chưa đủ số liệu để tính tỷ lệ nào.")
    before = result.before
    compared = [
        rate(before.total, one.rule) if before is not None else None for one in result.rates
    ]
    with_change = before is not None and any(compared)
    rows: list[tuple[Cell, ...]] = []
    for one, then in zip(result.rates, compared, strict=True):
        share = Number(numbers.percent(one.share, 2), one.trace)
        cells: tuple[Cell, ...] = (
            one.rule.name,
            Number(numbers.whole(one.numerator), one.trace),
            Number(numbers.whole(one.denominator), one.trace),
            Prose(upper_first(words.base(one))),
            share,
        )
        if with_change:
            cells = (*cells, "" if then is None else _difference(one.share - then.share))
        rows.append(cells)
    header = ["Tỷ lệ", "Tử số", "Mẫu số", "Mẫu số là", f"Năm {result.year}"]
    if with_change and before is not None:
        header.append(f"So với {before.year} (điểm %)")
    return Table(
        header=tuple(header),
        rows=tuple(rows),
        caption=f"Các tỷ lệ giải quyết hồ sơ năm {result.year} và mẫu số của từng tỷ lệ",
        align="lrrlr" + ("r" if with_change else ""),
        note=". ".join(one.rule.counts for one in result.rates if one.rule.counts),
    )


def _difference(change: float) -> Number:
    text = numbers.signed(change * 100)
    return Number(text, "hiệu số chưa làm tròn của hai tỷ lệ, điểm phần trăm")


def identities(result: ProceduresResult) -> Table:
    """Show which identities hold; one that fails is marked, a remainder is named."""
    if not result.checks:
        return Table.nothing("Chưa đủ số liệu để kiểm tra các tổng.")
    rows = []
    for check in result.checks:
        state = _STATES.get(check.state) or f"Còn lại: {check.rule.other}"
        rows.append(
            (
                check.rule.name,
                Number(numbers.whole(check.total), result.total[check.rule.total].trace),
                Number(numbers.whole(check.parts), f"cộng các phần: {check.rule.name}"),
                Number(numbers.signed(check.remainder, 0), f"hiệu số: {check.rule.name}"),
                _state(check, state),
            )
        )
    return Table(
        header=("Quan hệ", "Tổng", "Cộng các phần", "Chênh lệch", "Kết luận"),
        rows=tuple(rows),
        caption=f"Kiểm tra các tổng của số liệu hồ sơ năm {result.year}",
        align="lrrrl",
    )


def _state(check: Check, words: str) -> Cell:
    return words if check.state == "holds" else Strong(words)


def months(result: ProceduresResult) -> Table:
    """Show what came, was resolved and was open in each month."""
    rows = result.rows.months
    if not rows:
        return Table.nothing("Chưa có số liệu theo tháng.")
    flows = ("tn_truc_tuyen", "tn_truc_tiep", "gq_tong", "gq_qua_han")
    columns = (*flows, "dg_tong", "dg_qua_han")
    made = []
    for row in rows:
        made.append((f"Tháng {row.name}", *(_cell(row, code) for code in columns)))
    return Table(
        header=(
            *("Tháng", "Nhận trực tuyến", "Nhận trực tiếp, bưu chính", "Đã giải quyết"),
            *("Trong đó quá hạn", "Còn lại cuối tháng", "Trong đó quá hạn"),
        ),
        rows=tuple(made),
        caption=f"Hồ sơ tiếp nhận và giải quyết theo tháng năm {result.year}",
        align="lrrrrrr",
        note=". ".join(note for note in (_unknown_note(rows), _hidden_note(rows)) if note),
    )


def late_procedures(result: ProceduresResult) -> Table:
    """Show the procedures with the most late dossiers, at most ten."""
    every = result.rows.procedures
    columns = late_columns(every)
    late = [(row, count) for row in every if (count := row.late_of(columns))]
    # At least one dossier of these is late, and nobody knows how many: no place in the order.
    partly = sum(row.has_late and row.late_of(columns) is None for row in every)
    hidden = sum(row.hides_late for row in every)
    if not every:
        return Table.nothing("Chưa có số liệu theo thủ tục.")
    if not late and hidden:
        return Table.nothing(f"Số hồ sơ quá hạn theo thủ tục không được nêu: {words.HIDDEN_WHY}.")
    if not late and (partly or not all(row.late_is_known for row in every)):
        return Table.nothing("Chưa có số liệu để biết thủ tục nào có hồ sơ quá hạn.")
    if not late:
        return Table.nothing("Không thủ tục nào có hồ sơ quá hạn.")
    ordered = sorted(late, key=lambda pair: (-pair[1], pair[0].code))
    worst = ordered[:MOST_PROCEDURES]
    rows = []
    for row, count in worst:
        trace = row.counts["tn_tong"].trace
        rows.append(
            (
                f"{row.name} ({row.code})" if row.code else row.name,
                _maybe(row.counts, "tn_tong"),
                _maybe(row.counts, "gq_qua_han"),
                _maybe(row.counts, "dg_qua_han"),
                _late_of_received(row, count, trace),
                _days(row),
            )
        )
    notes = []
    if result.rows.late_procedures > len(worst):
        shown, every_late = (numbers.whole(n) for n in (len(worst), result.rows.late_procedures))
        notes.append(f"Chỉ nêu {shown} trong {every_late} thủ tục có hồ sơ quá hạn")
    alike = sum(count == worst[-1][1] for _, count in ordered[len(worst) :])
    if alike:
        notes.append(f"{numbers.whole(alike)} thủ tục khác có cùng số hồ sơ quá hạn với dòng cuối")
    caption = f"Thủ tục có nhiều hồ sơ quá hạn nhất năm {result.year}"
    if hidden:
        caption = f"Thủ tục được nêu, xếp theo số hồ sơ quá hạn, năm {result.year}"
        notes.append(f"Thủ tục khác {words.HIDDEN_WHY}")
    elif any(row.late_of(columns) is None for row in every):
        caption = f"Thủ tục biết đủ số hồ sơ quá hạn, xếp theo số đó, năm {result.year}"
    if partly:
        notes.append(f"{numbers.whole(partly)} thủ tục khác có hồ sơ quá hạn nhưng chưa biết đủ số")
    if any(row.days is None for row, _ in worst):
        notes.append("Số ngày bình quân chỉ nêu khi có từ năm hồ sơ đã giải quyết")
    return Table(
        header=(
            *("Thủ tục", "Tiếp nhận", "Giải quyết quá hạn", "Đang giải quyết quá hạn"),
            *("Tỷ lệ quá hạn trên tiếp nhận", "Bình quân (ngày làm việc)"),
        ),
        rows=tuple(rows),
        caption=caption,
        align="lrrrrr",
        note=". ".join(notes),
    )


def _late_of_received(row: Row, late: int, trace: str) -> Cell:
    received, unclear = row.value("tn_tong"), row.unclear_of(EVERY_LATE)
    if received is None or unclear is None or row.late_of(EVERY_LATE) is None:
        return ""
    known = received - unclear
    if not known or not known_enough(known, unclear):
        return ""
    beside = f", không kể {unclear} hồ sơ chưa rõ" if unclear else ""
    return Number(numbers.percent(late / known, 2), f"quá hạn trên tiếp nhận{beside}; {trace}")


def _days(row: Row) -> Cell:
    if row.days is None:
        return ""
    trace = "bình quân số ngày làm việc từ ngày tiếp nhận đến ngày giải quyết xong"
    return Number(numbers.decimal(row.days, 1), f"{trace}; {row.counts['gq_tong'].trace}")
