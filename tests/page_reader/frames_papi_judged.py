"""Frames on PAPI that tell a difference with its margin: sure ones, and those inside the error."""

from __future__ import annotations

import re
from fractions import Fraction
from math import hypot
from statistics import median

from .claims import At, frame
from .context import facts
from .frames_papi_change import base_year
from .numbers import N, count, exact, parse, prints, prints_size
from .papi_context import (
    GROUP,
    NAME,
    check_group,
    check_place,
    default_year,
    own,
    papi,
    system_of,
)
from .published import TOTAL_ERROR

AMONG = r"(?: trong (?P<among>\d+) (?:tỉnh, thành phố|đơn vị cấp tỉnh) có số liệu)?"
KINDS = ("papi", "papi_office", "province", "annual")
MARK = r"(trung vị|bình quân)( cả nước| vùng| của vùng| các tỉnh, thành phố có số liệu)?"


def mark_of(at: At, kind: str, scope: str | None) -> tuple[Fraction, float] | None:
    """Median of the country, mean of the region or of all; with the margin of a distance to it."""
    year, system = default_year(at), system_of(at)
    scores = papi(at).of(year, "total", system)
    if scope and "vùng" in scope:
        unit = facts(at).register.units[system].get(at.page.slug)
        if unit is None:
            return None
        members = facts(at).register.regions(system)[unit.region]
        scores = {s: v for s, v in scores.items() if s in members}
    elif kind == "trung vị":
        middle = papi(at).middle(year, "total", system)
        if middle is None:
            return None
        return middle, papi(at).middle_margin(year, at.page.slug, scores, system)
    mean = sum(scores.values(), Fraction(0)) / len(scores)
    return mean, papi(at).middle_margin(year, at.page.slug, scores, system, mean=True)


@frame(rf"(?:nhiều khả năng )?(cao|thấp) hơn (?:mức )?{MARK} \(({N}) điểm\) ({N}) điểm", KINDS)
def surely(at: At, m: re.Match[str]) -> object:
    found, value = mark_of(at, m[2], m[3]), own(at, "total", default_year(at))
    if found is None or value is None:
        return False
    gap = value - found[0]
    at.check(prints(m[4], found[0]), m[2], f"{float(found[0]):.3f}")
    at.check(
        prints_size(m[5], gap) and (gap > 0) == (m[1] == "cao"), "hiệu số", f"{float(gap):.3f}"
    )
    at.check(abs(float(gap)) > found[1], "trong sai số", f"{float(gap):.2f}, sai số {found[1]:.2f}")
    return None


@frame(
    rf"chưa khác biệt rõ rệt so với (?:mức )?{MARK} \(({N}) điểm\): chênh lệch ({N}) điểm nằm "
    rf"trong sai số(?: ước tính| khảo sát)?(?: \(±({N}) điểm\))?",
    KINDS,
)
def not_apart(at: At, m: re.Match[str]) -> object:
    found, value = mark_of(at, m[1], m[2]), own(at, "total", default_year(at))
    if found is None or value is None:
        return False
    gap = value - found[0]
    at.check(prints(m[3], found[0]), m[1], f"{float(found[0]):.3f}")
    at.check(prints_size(m[4], gap), "hiệu số", f"{float(gap):.3f}")
    at.check(
        abs(float(gap)) <= found[1] + 0.005,
        "ngoài sai số",
        f"{float(gap):.2f}, sai số {found[1]:.2f}",
    )
    if m[5]:
        at.check(abs(float(parse(m[5])) - found[1]) < 0.0151, "sai số ước tính", f"{found[1]:.3f}")
    return None


@frame(rf"làm tròn bằng {MARK} \(({N}) điểm\)", KINDS)
def same_print(at: At, m: re.Match[str]) -> object:
    found, value = mark_of(at, m[1], m[2]), own(at, "total", default_year(at))
    if found is None or value is None:
        return False
    at.check(prints(m[3], found[0]) and prints(m[3], value), "làm tròn bằng", f"{float(value):.3f}")
    return None


@frame(
    rf"(?:[Tt]heo điểm công bố,?|thấp nhất [^;.]+;) cao nhất là ({NAME}) \(({N}) điểm\)"
    rf"(?: và (?P<other>{NAME}) \({N} điểm\))?{AMONG}|"
    rf"({NAME}) (?:là nơi )?có điểm công bố cao nhất",
    KINDS,
)
def highest(at: At, m: re.Match[str]) -> object:
    year, system = default_year(at), system_of(at)
    best = papi(at).ends(year, "total", system)[0]
    for name in filter(None, (m[1] or m[5], m["other"])):
        at.check(facts(at).register.slug(name, system) in best, "cao nhất", f"{best}")
    if m["among"]:
        scored = len(papi(at).of(year, "total", system))
        at.check(count(m["among"]) == scored, "số đơn vị có số liệu", f"{scored}")
    if m[2]:
        at.check(prints(m[2], papi(at).of(year, "total", system)[best[0]]), "điểm", f"{best}")
    return None


def gap_of(at: At, place: int) -> tuple[int, Fraction, Fraction] | None:
    """The year compared with, and both totals."""
    earlier = base_year(at, place)
    if earlier is None:
        return None
    a, b = own(at, "total", earlier), own(at, "total", default_year(at))
    return None if a is None or b is None else (earlier, a, b)


@frame(
    rf"điểm tổng hợp chưa có thay đổi rõ rệt \(({N}) và ({N}) điểm\): chênh lệch ({N}) điểm "
    rf"nằm trong sai số(?: ước tính| khảo sát)?(?: \(±({N}) điểm\))?",
    KINDS,
)
def no_clear_change(at: At, m: re.Match[str]) -> object:
    found = gap_of(at, m.start())
    if found is None:
        return False
    earlier, a, b = found
    at.check(
        papi(at).comparable("total", earlier, default_year(at)),
        "qua mốc đổi cách tính",
        f"{earlier}",
    )
    at.check(
        prints(m[1], a) and prints(m[2], b) and prints_size(m[3], b - a),
        "điểm hai năm",
        f"{float(a):.2f}, {float(b):.2f}",
    )
    margin = papi(at).change_margin(at.page.slug, earlier, default_year(at), system_of(at))
    at.check(abs(float(b - a)) <= margin + 0.005, "ngoài sai số", f"{float(b - a):.2f}")
    if m[4]:
        at.check(prints(m[4], margin), "sai số", f"{margin:.3f}")
    return None


@frame(
    rf"(?:nhiều khả năng|điểm tổng hợp) (?:đã )?(tăng|giảm) ({N}) điểm(?:, từ ({N}) (?:lên|xuống) "
    rf"({N}) điểm)?(?:, vượt sai số (?:ước tính|khảo sát)(?: \(±({N}) điểm\))?)?",
    KINDS,
)
def likely_change(at: At, m: re.Match[str]) -> object:
    found = gap_of(at, m.start())
    if found is None:
        return False
    earlier, a, b = found
    gap = b - a
    at.check(
        papi(at).comparable("total", earlier, default_year(at)),
        "qua mốc đổi cách tính",
        f"{earlier}",
    )
    at.check(
        prints_size(m[2], gap) and (gap > 0) == (m[1] == "tăng"),
        "mức thay đổi",
        f"{float(gap):.3f}",
    )
    margin = papi(at).change_margin(at.page.slug, earlier, default_year(at), system_of(at))
    at.check(
        abs(float(gap)) > margin, "thay đổi trong sai số", f"{float(gap):.2f}, sai số {margin:.2f}"
    )
    if m[3]:
        at.check(
            prints(m[3], a) and prints(m[4], b), "điểm hai năm", f"{float(a):.2f}, {float(b):.2f}"
        )
    if m[5]:
        at.check(prints(m[5], margin), "sai số", f"{margin:.3f}")
    return None


@frame(
    rf"[Cc]hênh lệch với trung vị của (\d+) tỉnh, thành phố có điểm cả hai năm là ([+−]?{N}) "
    rf"điểm năm (20\d\d) và ([+−]?{N}) điểm năm (20\d\d)(?:; thay đổi giữa hai năm (nằm "
    rf"trong|vượt) sai số (?:ước tính|khảo sát) \(±({N}) điểm\))?",
    KINDS,
)
def movement(at: At, m: re.Match[str]) -> object:
    """Where the unit stands to the median of the units of both years."""
    first, second = int(m[3]), int(m[5])
    both = set(papi(at).of(first, "total")) & set(papi(at).of(second, "total"))
    at.check(int(m[1]) == len(both), "số đơn vị cả hai năm", f"{len(both)}")
    gaps = []
    for year, said in ((first, m[2]), (second, m[4])):
        scores = papi(at).of(year, "total")
        gap = scores[at.page.slug] - exact(median(scores[s] for s in both))
        gaps.append(gap)
        at.check(prints(said, gap), "chênh lệch với trung vị", f"{year}: {float(gap):.3f}")
    if m[6]:
        moved = abs(float(gaps[1] - gaps[0]))
        margin = hypot(
            papi(at).middle_margin(first, at.page.slug, both),
            papi(at).middle_margin(second, at.page.slug, both),
        )
        at.check((moved > margin) == (m[6] == "vượt"), "thay đổi trong sai số", f"{moved:.2f}")
        at.check(prints(m[7], margin), "sai số", f"{margin:.3f}")
    return None


@frame(
    rf"thuộc nhóm ({GROUP}) ở cả hai năm(?: \((?:đồng hạng )?thứ (\d+)/(\d+) năm (20\d\d),? "
    rf"(?:và )?(?:đồng hạng )?thứ (\d+)/(\d+) năm (20\d\d)\))?",
    KINDS,
)
def group_of_both(at: At, m: re.Match[str]) -> object:
    system = system_of(at, count(m[3]) if m[3] else None)
    years = [int(m[4]), int(m[7])] if m[4] else [base_year(at, m.start()) or 0, default_year(at)]
    for year in years:
        check_group(at, "total", year, at.page.slug, m[1], system)
    if m[2]:
        check_place(at, "total", years[0], at.page.slug, m[2], m[3])
        check_place(at, "total", years[1], at.page.slug, m[5], m[6])
    return None


@frame(
    rf"thuộc nhóm ({GROUP}), (?:đồng hạng )?thứ (\d+)/(\d+) năm (20\d\d),? và nhóm ({GROUP}), "
    rf"(?:đồng hạng )?thứ (\d+)/(\d+) năm (20\d\d)",
    KINDS,
)
def groups_of_two(at: At, m: re.Match[str]) -> object:
    for group, rank, units, year in ((m[1], m[2], m[3], int(m[4])), (m[5], m[6], m[7], int(m[8]))):
        check_group(at, "total", year, at.page.slug, group, system_of(at, count(units)))
        check_place(at, "total", year, at.page.slug, rank, units)
    return None


@frame(
    r"Số đơn vị theo điểm tổng hợp: Cao (\d+), Trung bình cao (\d+), Trung bình thấp (\d+) và "
    r"Thấp (\d+)"
)
def sizes(at: At, m: re.Match[str]) -> object:
    year = default_year(at)
    if at.page.kind == "papi_office":
        years = [y for y in papi(at).years if y <= at.page.year]
        year = years[-1]
    right = papi(at).sizes(len(papi(at).of(year, "total")))[::-1]
    at.check([int(g) for g in m.groups()] == right, "số đơn vị của nhóm", f"{right}")
    return None


@frame(rf"sai số chuẩn của điểm tổng hợp được ước tính là ({N}) điểm")
def assumed(at: At, m: re.Match[str]) -> None:
    at.check(prints(m[1], TOTAL_ERROR), "sai số ước tính", f"{TOTAL_ERROR}")


@frame(r"nhóm chia lại trong (\d+) đơn vị tính được", ("papi", "papi_national", "province"))
def regrouped(at: At, m: re.Match[str]) -> None:
    n = len(papi(at).of(default_year(at), "total", "34"))
    at.check(int(m[1]) == n, "số đơn vị", f"{n}")


@frame(
    r"mức cao nhất và thấp nhất nêu theo điểm công bố|hiệu số vượt sai số của nó|những chênh "
    r"lệch vượt sai số|chênh lệch vượt sai số ước tính được nêu là"
)
def rule(at: At, m: re.Match[str]) -> None:
    """What the words of the page mean."""
