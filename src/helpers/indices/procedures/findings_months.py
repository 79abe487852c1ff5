"""What the months state: when most was resolved, when most was late, how what is open moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from helpers.facts.compared import between
from helpers.facts.leading import Leading, leading
from helpers.facts.value import Value, Why
from helpers.facts.value import count as number
from helpers.indices.procedures.rows import MONTHS, RESOLVED_LATE, Row

if TYPE_CHECKING:
    from helpers.indices.procedures.arithmetic import Count
    from helpers.indices.procedures.result import ProceduresResult

CHANNELS = ("tn_truc_tuyen", "tn_truc_tiep")


def months(result: ProceduresResult) -> Iterator[Why]:
    """State what the months say, or why nothing can be said of them."""
    every = result.rows.months
    rows = [row for row in every if {"gq_tong", "dg_tong"} <= {*row.counts, *row.hidden}]
    if 1 < len(every) != len(rows):
        yield Why("months_not_all")
        if result.tables is not None and every[0].counts.keys() <= {*CHANNELS}:
            yield Why("months_undated")
    elif len(rows) < 2:
        yield Why("months_none")
    elif any("gq_tong" in row.hidden for row in rows):
        yield Why("months_hidden")
    else:
        yield from _busy(rows)
        yield from late_months(rows)
        yield from _open(rows)


def _busy(rows: Sequence[Row]) -> Iterator[Why]:
    found = leading(rows, lambda row: row.counts["gq_tong"].value, 1)
    yield from _most("months_busy", found, rows, "gq_tong")


def late_months(rows: Sequence[Row]) -> Iterator[Why]:
    """Say when most was resolved late; nothing where it is not known of a month, or none was."""
    if any("gq_qua_han" in row.hidden for row in rows):
        yield Why("months_late_hidden")
        return
    if any(row.unclear_of(RESOLVED_LATE) != 0 for row in rows):
        return
    late = leading(rows, lambda row: row.value("gq_qua_han"), 1, extra=5)
    if any(row.value("gq_qua_han") for row in rows):
        yield from _most("months_late", late, rows, "gq_qua_han")


def _most(rule: str, found: Leading[Row], rows: Sequence[Row], code: str) -> Iterator[Why]:
    """Name the months with the highest number; nothing where too many share it."""
    if not found.named:
        return
    known = None if len(rows) == MONTHS else number(len(rows), "month")
    yield Why(
        rule if len(found.named) == 1 else f"{rule}_several",
        {
            "months": tuple(Why("month", {"month": row.name}) for row in found.named),
            "n": _value(found.named[0].counts[code]),
            # A month that was not delivered may hold more.
            "among": "" if known is None else known,
        },
    )


def _open(rows: Sequence[Row]) -> Iterator[Why]:
    """Say whether what is open at the end of a month grew over the year."""
    first, last = (row.counts.get("dg_tong") for row in (rows[0], rows[-1]))
    if first is None or last is None:
        return
    now, then = _value(last), _value(first)
    case = between(now, then).named("up", "down")
    ends = {"first": rows[0].name, "last": rows[-1].name}
    yield Why(f"months_open_{case}", {"n": now, "earlier": then, **ends})


def _value(found: Count) -> Value:
    return number(found.value, "dossier", found.trace)
