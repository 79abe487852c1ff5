"""Frames on points: what an area or an indicator got, and what was lost."""

from __future__ import annotations

import re
from fractions import Fraction

from .claims import At, frame
from .frames_office import KINDS, now, office
from .numbers import N, count, prints, show


@frame(rf"mất ({N}) trong ({N}) điểm", KINDS)
def lost_of(at: At, m: re.Match[str]) -> object:
    """Points lost by a criterion, and its maximum."""
    for kind in ("par_index", "dti"):
        table = office(at).scored(kind)
        name = re.sub(r" \($|: $", "", at.text.text[: m.start()])
        for code in table.leaves:
            if name.lower().endswith(table.names[code].lower()):
                good = prints(m[1], table.lost(code)) and prints(m[2], table.maximum[code])
                at.check(
                    good,
                    "điểm mất",
                    f"{show(table.lost(code))} trong {show(table.maximum[code], 1)}",
                )
                return None
    return False


@frame(rf"đạt ({N})/({N}) điểm, thiếu ({N}) điểm", KINDS)
def indicator_points(at: At, m: re.Match[str]) -> object:
    service = office(at).service
    ratio = re.search(rf"tỷ lệ ({N})/({N})", at.text.text)
    for code, name in service.names.items():
        if name.lower() in at.text.text.lower() and service.points(code) is not None:
            got, most = service.points(code), service.maximum[code]
            assert got is not None
            at.check(
                prints(m[1], got) and prints(m[2], most) and prints(m[3], most - got),
                "điểm chỉ tiêu",
                f"{show(got)}/{show(most, 1)}",
            )
            if ratio:
                at.check(
                    (count(ratio[1]), count(ratio[2])) == service.ratios[code],
                    "tử số, mẫu số",
                    f"{service.ratios[code]}",
                )
                at.covered.append(ratio.span(1))
                at.covered.append((ratio.start(1), ratio.end(2)))
            return None
    return False


@frame(
    rf"(?:nhóm |: |; |^)?([A-ZĐ][^;:.()]+?) \(?({N})/({N})(?: điểm)?\)?",
    ("annual", "service_quality", "par_index", "dti"),
)
def points_of_maximum(at: At, m: re.Match[str]) -> object:
    """Points of a group or area over its maximum."""
    service = office(at).service
    text = m[1]
    if re.search(r"[Mm]ất nhiều nhất", at.text.text):
        return False  # points lost, not points got
    for group, codes in service.groups.items():
        if text.lower().endswith(group.lower()):
            known = [c for c in codes if service.points(c) is not None]
            most = sum((service.maximum[c] for c in known), Fraction(0))
            series = next(s for s in office(at).series if s.name == "766: điểm nhóm")
            at.check(
                prints(m[2], series.values[group]) and prints(m[3], most),
                "điểm nhóm",
                show(series.values[group]),
            )
            return None
    for kind in ("par_index", "dti"):
        table = office(at).scored(kind)
        for code in table.areas:
            if text.lower().endswith(table.names[code].lower()):
                at.check(
                    prints(m[2], table.sum(code)) and prints(m[3], table.most(code)),
                    "điểm lĩnh vực",
                    f"{show(table.sum(code))}/{show(table.most(code), 1)}",
                )
                return None
    return False


@frame(
    rf"có số liệu để tính ({N}) chỉ tiêu của Bộ chỉ số 766, đạt ({N})/({N}) điểm của các chỉ tiêu đó; "
    r"chưa đủ số liệu để có tổng điểm",
    ("annual", "service_quality"),
)
def points_so_far(at: At, m: re.Match[str]) -> object:
    """Indicators of decision 766 that could be counted, with their points and maxima."""
    service = office(at).service
    known = {c: p for c in service.maximum if (p := service.points(c)) is not None}
    most = sum((service.maximum[c] for c in known), Fraction(0))
    holds = (
        count(m[1]) == len(known)
        and prints(m[2], sum(known.values(), Fraction(0)))
        and prints(m[3], most)
        and len(known) < len(service.maximum)
    )
    at.check(holds, "điểm của phần đã có", f"{len(known)} chỉ tiêu, tối đa {show(most)}")
    return None


@frame(
    r"(?:Tổng điểm không công bố|(?:Bộ chỉ số 766 )?được công bố) vì (?:chưa đủ số liệu, và )?chỉ tiêu "
    rf"([\d., abvà]+) được tính trên dưới năm bản ghi; các chỉ tiêu còn lại có số liệu đạt "
    rf"({N})/({N}) điểm",
    ("annual", "service_quality"),
)
def points_without_few(at: At, m: re.Match[str]) -> object:
    """The total is left out where it would give away an indicator of fewer than five records."""
    service = office(at).service
    known = {c: p for c in service.maximum if (p := service.points(c)) is not None}
    most = sum((service.maximum[c] for c in known), Fraction(0))
    named = set(re.findall(r"\d\.\d[ab]?", m[1]))
    at.check(named == service.few, "chỉ tiêu dưới năm bản ghi", f"{sorted(service.few)}")
    at.check(
        prints(m[2], sum(known.values(), Fraction(0))) and prints(m[3], most),
        "điểm của phần đã có",
        f"tối đa {show(most)}",
    )
    return None


@frame(rf"[Cc]òn ({N}) tiêu chí mất ít điểm hơn", KINDS)
def less_lost(at: At, m: re.Match[str]) -> object:
    shown = [len(t.rows) for t in at.page.tables if "losses" in t.name]
    known = now(at)
    right = [known[k] - n for k in ("par_index.losing", "dti.losing") if k in known for n in shown]
    at.check(count(m[1]) in right, "số tiêu chí còn lại", f"{right}")
    return None


@frame(rf"\(tự chấm ({N})%\)", ("par_index", "dti", "annual"))
def self_share(at: At, m: re.Match[str]) -> object:
    """What the office gave itself, of the maximum of what it scored."""
    name = re.sub(rf" {N}% $", "", at.text.text[: m.start()])
    for kind in ("par_index", "dti"):
        table = office(at).scored(kind)
        for code in table.areas:
            got, most = table.self_scored(code)
            if most and name.lower().endswith(table.names[code].lower()):
                at.check(prints(m[1], 100 * got / most), "tự chấm", show(100 * got / most))
                return None
    return False


@frame(r"[Mm]ất nhiều nhất là ([^.]+?)(?=, chiếm|\.)", ("par_index", "dti"))
def most_lost(at: At, m: re.Match[str]) -> object:
    """The criteria that lost most, in order."""
    named = re.findall(rf"(?:^|; | và )(.+?) \(mất ({N}) trong", m[1])
    series = [s for s in office(at).series if s.name == f"{at.page.kind}: mất theo tiêu chí"]
    if not named or not series:
        return False
    labels = [label for name, _ in named if (label := series[0].find(name))]
    wrong = series[0].end_is(labels, True) if len(labels) == len(named) else "không rõ tên"
    at.check(not wrong, "cao nhất, thấp nhất", wrong)
    return None
