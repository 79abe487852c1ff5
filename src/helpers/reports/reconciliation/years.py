"""Two deliveries in a row: what began this year is what last year ended with (R6, R8, R11)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.definitions.forms import LOCALITY
from helpers.facts.discrepancy import Discrepancy, Made
from helpers.facts.intervals import exactly
from helpers.inputs.entry import ORIGIN
from helpers.inputs.observations import Figures


@dataclass(frozen=True)
class Link:
    """A column of this year's table that repeats a column of last year's."""

    table: str
    keys: tuple[str, ...]
    start: str
    end: str
    rule: str
    unit: str
    what: str


LINKS = (
    Link(
        "procedures_report",
        ("linh_vuc", "don_vi"),
        "tn_ky_truoc",
        "dg_tong",
        "R6",
        "hồ sơ",
        "Kỳ trước chuyển qua {start} hồ sơ, trong khi số đang giải quyết cuối kỳ trước là {end}.",
    ),
    Link(
        "poverty_units",
        ("huyen", "xa"),
        "ho_ngheo_dau",
        "ho_ngheo",
        "R8",
        "hộ",
        "Số hộ nghèo đầu năm là {start}, trong khi số liệu cuối năm trước đã giao là {end}.",
    ),
    Link(
        "poverty_units",
        ("huyen", "xa"),
        "ho_can_ngheo_dau",
        "ho_can_ngheo",
        "R8",
        "hộ",
        "Số hộ cận nghèo đầu năm là {start}, trong khi số liệu cuối năm trước đã giao là {end}.",
    ),
)


def last_years_figures(figures: Figures, previous: Figures, year: int) -> Figures:
    """Return this delivery's figures followed by last year's own, so that both are compared."""
    before = tuple(one for one in previous if one.year == year - 1)
    return Figures((*figures.items, *before))


def links(
    tables: Mapping[str, pd.DataFrame],
    previous: Mapping[str, pd.DataFrame],
    *,
    same_parts: bool = True,
) -> Iterator[Discrepancy]:
    """Find rows that begin otherwise than the same row of last year ended.

    Rows of a month are left out; a name that occurs more than once is nobody's last year. Rows of
    districts and communes are compared only where these stayed the same (`Register.same_parts`).
    """
    for link in LINKS:
        if not same_parts and set(LOCALITY) & set(link.keys):
            continue
        now, then = tables.get(link.table), previous.get(link.table)
        if now is None or then is None or now.empty or then.empty:
            continue
        ends = _by_name(then, link)
        for name, row in _by_name(now, link).items():
            yield from _compare(link, name, row, ends.get(name))


def _compare(
    link: Link,
    name: tuple[str, ...],
    row: Mapping[Hashable, Any],
    before: Mapping[Hashable, Any] | None,
) -> Iterator[Discrepancy]:
    if before is None or pd.isna(row[link.start]) or pd.isna(before[link.end]):
        return
    start, end = float(row[link.start]), float(before[link.end])
    if start == end:
        return
    yield Discrepancy(
        link.rule,
        "mâu thuẫn",
        link.what,
        {
            "start": Made(start, 0, link.unit, str(row[ORIGIN])),
            "end": Made(end, 0, link.unit, str(before[ORIGIN])),
        },
        expected=exactly(end),
        found=start,
        label=", ".join(part for part in name if part),
    )


def _by_name(table: pd.DataFrame, link: Link) -> dict[tuple[str, ...], Mapping[Hashable, Any]]:
    found: dict[tuple[str, ...], Mapping[Hashable, Any]] = {}
    twice = set()
    for row in table.to_dict("records"):
        if "thang" in row and not pd.isna(row["thang"]):
            continue
        name = tuple("" if pd.isna(row[key]) else str(row[key]) for key in link.keys)
        if name in found:
            twice.add(name)
        found[name] = row
    return {name: row for name, row in found.items() if name not in twice}
