"""The charts of a report on dossiers: shares in time by field or unit, and the months of the year."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from helpers.display.bars import Bar, Part, Scale, bars
from helpers.display.canvas import Fill
from helpers.display.chart import Chart
from helpers.display.keys import Entry
from helpers.display.table import HIDDEN
from helpers.facts.known import known_enough
from helpers.facts.leading import Population, leading, population
from helpers.indices.procedures import text_words as words
from helpers.indices.procedures.months import RESOLVED_UNKNOWN
from helpers.indices.procedures.result import ProceduresResult
from helpers.indices.procedures.rows import MONTHS, RESOLVED_LATE, Row
from helpers.words import numbers
from helpers.words.text import joined, upper_first

CLASSES: tuple[tuple[str, str, Fill, str], ...] = (
    ("gq_truoc_han", "Trước hạn", Fill("bar4"), "on4"),
    ("gq_dung_han", "Đúng hạn", Fill("soft"), "ink"),
    ("gq_qua_han", "Quá hạn", Fill("bar1", "rising"), "ink"),
    ("other", "Khác", Fill("rule-fill", "dotted"), "ink"),
)
"""Column, name, fill and role of what is written on it; told apart without colour by their pattern."""
MOST_ROWS = 15


def fields(result: ProceduresResult) -> Chart:
    """Draw the shares resolved before time, on time and late of each field."""
    return _shares(result, result.rows.fields, "lĩnh vực")


def units(result: ProceduresResult) -> Chart:
    """Draw the shares resolved before time, on time and late of each unit."""
    return _shares(result, result.rows.units, "đơn vị")


def _shares(result: ProceduresResult, rows: Sequence[Row], what: str) -> Chart:
    among = population([row for row in rows if row.has_resolved], _late_share)
    known = among.known
    if not known:
        return Chart.nothing(f"Chưa có số liệu trước hạn, đúng hạn, quá hạn theo {what}.")
    ordered, more = _chosen(known, what, whole=among.is_whole)
    unknown = any(row.value(RESOLVED_UNKNOWN) for row in rows)
    known_ones = f", {words.WITHOUT_UNKNOWN}" if unknown else ""
    hidden = sum(row.hides_late for row in rows)
    not_told = f"; {hidden} {what} không nêu, {words.HIDDEN_WHY}" if hidden else ""
    lacking = among.lacking - hidden
    if lacking > 0:
        not_told += f"; {lacking} {what} chưa đủ số liệu nên không vẽ"
    caption = (
        f"Hồ sơ đã giải quyết theo {what} năm {result.year}, phần trăm trước hạn, đúng hạn và "
        f"quá hạn{known_ones}{more}{not_told}"
    )
    return Chart(
        partial(bars, [_bar(row) for row in ordered], SCALE, _entries(ordered)),
        caption,
        _alt(ordered, what, among, hidden),
        [
            {"name": row.name}
            | dict(zip((code for code, *_ in CLASSES), _parts(row) or (), strict=False))
            | {"late": row.value("gq_qua_han")}
            for row in ordered
        ],
    )


def _chosen(known: Sequence[Row], what: str, *, whole: bool) -> tuple[list[Row], str]:
    """Return the rows that are drawn, the highest share late first, and what they are of all."""
    shares = [(share, row) for row in known if (share := _late_share(row)) is not None]
    ordered = [row for _, row in sorted(shares, key=lambda pair: (-pair[0], pair[1].name))]
    if len(known) <= MOST_ROWS:
        return ordered, ""
    of = f"trong {numbers.whole(len(known))} {what}{'' if whole else ' có số liệu'}"
    late = [row for row in ordered if row.value("gq_qua_han")]
    if not late:
        return ordered[:MOST_ROWS], f" ({MOST_ROWS} {of}; không {what} nào có hồ sơ quá hạn)"
    if len(late) <= MOST_ROWS:
        return late, f" ({numbers.whole(len(late))} {what} có hồ sơ giải quyết quá hạn {of})"
    found = leading(late, lambda row: _late_share(row), MOST_ROWS, decimals=4)
    drawn = list(found.named) or late[:MOST_ROWS]
    highest = "có tỷ lệ quá hạn cao nhất " if found.named else ""
    return drawn, f" ({numbers.whole(len(drawn))} {what} {highest}{of})"


def _parts(row: Row) -> tuple[float, ...] | None:
    """Return the shares of the classes of resolved dossiers, or None where they are not known."""
    resolved, unclear = row.value("gq_tong"), row.unclear_of(RESOLVED_LATE)
    if resolved is None or unclear is None:
        return None
    total = resolved - unclear
    counts = [row.value(code) for code, *_ in CLASSES[:-1]]
    known = [count for count in counts if count is not None]
    if not total or len(known) < len(counts) or not known_enough(total, unclear):
        return None
    rest = total - sum(known)
    return None if rest < 0 else tuple(count / total for count in (*known, rest))


def _late_share(row: Row) -> float | None:
    parts = _parts(row)
    return None if parts is None else parts[2]


SCALE = Scale(100, "% số hồ sơ đã giải quyết")


def _bar(row: Row) -> Bar:
    parts = tuple(
        Part(share * 100, fill, numbers.percent(share, 1), ink)
        for share, (_, _, fill, ink) in zip(_parts(row) or (), CLASSES, strict=True)
        if share
    )
    late, unknown = row.value("gq_qua_han"), row.value(RESOLVED_UNKNOWN)
    said = f"{numbers.whole(late)} quá hạn" if late else "không quá hạn" if late == 0 else ""
    if unknown:
        said += f"\n{numbers.whole(unknown)} chưa rõ"
    return Bar(row.name, parts, said)


def _entries(rows: Sequence[Row]) -> list[Entry]:
    return [
        Entry(fill, name)
        for place, (_, name, fill, _) in enumerate(CLASSES)
        if any((_parts(row) or ())[place] for row in rows)
    ]


def _alt(rows: Sequence[Row], what: str, every: Population[Row], hidden: int) -> str:
    of, lacking = len(every.known), every.lacking - hidden
    counted = f"{numbers.whole(len(rows))} {what}"
    among = f" trong {numbers.whole(of)}" if of > len(rows) else ""
    sentences = [f"Thanh chồng của {counted}{among}, mỗi thanh là 100%."]
    best = leading(rows, _late_share, 1, decimals=4).one
    share = None if best is None else _late_share(best)
    most = None if best is None else best.value("gq_qua_han")
    late = [row for row in rows if row.value("gq_qua_han")]
    if not late:
        sentences.append(f"Không {what} nào trong hình có hồ sơ giải quyết quá hạn.")
    elif best is not None and share is not None and most is not None and not hidden:
        where = f"trong {numbers.whole(of)} {what} có số liệu, " if lacking > 0 else ""
        said = f"{where}tỷ lệ quá hạn cao nhất ở {best.name}: "
        said += f"{numbers.percent(share, 2)}, {numbers.whole(most)} hồ sơ."
        sentences.append(upper_first(said))
    clean = len(rows) - len(late)
    if late and clean:
        sentences.append(
            f"{numbers.whole(clean)} {what} trong hình không có hồ sơ giải quyết quá hạn."
        )
    if hidden:
        sentences.append(f"{numbers.whole(hidden)} {what} không nêu ({words.HIDDEN_WHY}).")
    if lacking > 0:
        sentences.append(f"{numbers.whole(lacking)} {what} chưa đủ số liệu nên không vẽ.")
    return " ".join(sentences)


def months(result: ProceduresResult) -> Chart:
    """Draw what was received and resolved in each month, with the late ones written above."""
    rows = result.rows.months
    if len(rows) < 2:
        return Chart.nothing("Chưa có số liệu theo tháng.")
    if any({"gq_tong", "tn_tong"} & row.hidden for row in rows):
        return Chart.nothing(f"Số hồ sơ của một số tháng không được nêu: {words.HIDDEN_WHY}.")
    received = [count for row in rows if (count := _received(row)) is not None]
    if any("gq_tong" not in row.counts for row in rows) or len(received) < len(rows):
        # A bar that is left out reads as none.
        return Chart.nothing(
            "Chưa đủ số hồ sơ tiếp nhận và đã giải quyết của mọi tháng để vẽ hình."
        )
    resolved = [row.counts["gq_tong"].value for row in rows]
    among = "" if len(rows) == MONTHS else f"Trong {len(rows)} tháng có số liệu, "
    alt = " ".join(
        f"{among}{'giải' if among else 'Giải'} quyết {side} ở {_named(rows, number)}: "
        f"{numbers.whole(number)} hồ sơ."
        for side, number in (("nhiều nhất", max(resolved)), ("ít nhất", min(resolved)))
    )
    unclear = any(row.value(RESOLVED_UNKNOWN) or RESOLVED_UNKNOWN in row.hidden for row in rows)
    left = f", {words.WITHOUT_UNKNOWN}" if unclear else ""
    late = [count for row in rows if (count := row.value("gq_qua_han")) is not None]
    if len(late) == len(rows):
        alt += f" Cộng các tháng có {numbers.whole(sum(late))} hồ sơ giải quyết quá hạn{left}."
    caption = f"Hồ sơ mới tiếp nhận và đã giải quyết theo tháng năm {result.year}"
    if left:
        caption += f"; số quá hạn{left.removeprefix(',')}"
    if any("gq_qua_han" in row.hidden for row in rows):
        caption += f" ({HIDDEN}: số quá hạn {words.HIDDEN_WHY})"
    drawn = [_month(*told) for told in zip(rows, received, resolved, strict=True)]
    entries = [Entry(_IN, "Mới tiếp nhận"), Entry(_OUT, "Đã giải quyết")]
    scale = Scale(max(*received, *resolved, 1) * 1.02, "Hồ sơ", counted=True)
    return Chart(
        partial(bars, drawn, scale, entries),
        caption,
        alt,
        [
            {
                "month": row.name,
                "received": inward,
                "resolved": out,
                "late": row.value("gq_qua_han"),
            }
            for row, inward, out in zip(rows, received, resolved, strict=True)
        ],
    )


_IN, _OUT = Fill("soft"), Fill("bar4")


def _month(row: Row, received: int, resolved: int) -> Bar:
    late = row.value("gq_qua_han")
    if "gq_qua_han" in row.hidden:
        said = f"{HIDDEN} quá hạn"
    else:
        said = "" if late is None else f"{numbers.whole(late)} quá hạn"
    return Bar(f"Tháng {row.name}", (Part(received, _IN),), said, below=(Part(resolved, _OUT),))


def _named(rows: Sequence[Row], number: int) -> str:
    """Name the months in which that many were resolved."""
    return joined([f"tháng {r.name}" for r in rows if r.counts["gq_tong"].value == number])


def _received(row: Row) -> int | None:
    """Return what came in a month: by its channels, or without what was carried over."""
    online, direct = row.value("tn_truc_tuyen"), row.value("tn_truc_tiep")
    if online is not None and direct is not None:
        return online + direct
    every, carried = row.value("tn_tong"), row.value("tn_ky_truoc")
    return None if every is None or carried is None else every - carried
