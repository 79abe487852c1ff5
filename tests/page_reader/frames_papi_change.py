"""Frames on PAPI through the years, on maps and on units that merged."""

from __future__ import annotations

import re
from statistics import median

from .claims import At, frame
from .context import facts
from .numbers import COUNT, WORD, N, count, exact, prints, prints_size
from .papi_context import (
    GROUP,
    NAME,
    TITLE,
    check_group,
    check_place,
    code_of,
    default_year,
    own,
    papi,
    system_of,
)

KINDS = ("papi", "papi_office", "province", "annual")
ALL = (*KINDS, "papi_national")
VERB = r"(?:tăng|giảm|cao hơn|thấp hơn)"


def up(verb: str) -> bool:
    return verb in ("tăng", "cao hơn")


def base_year(at: At, place: int) -> int | None:
    """The year that a sentence compares with."""
    said = at.text.text[:place]
    known = re.findall(r"[Ss]o với (?:cuối )?năm (20\d\d)", f"{at.before} {said}")
    return int(known[-1]) if known else None


@frame(
    rf"điểm tổng hợp(?: năm (20\d\d))? ({VERB}) ({N}) điểm(?:,? từ ({N})(?: điểm)? "
    rf"(?:xuống|lên|thành|còn) ({N})(?: điểm)?)?",
    ALL,
)
def change_of_total(at: At, m: re.Match[str]) -> object:
    earlier, later = base_year(at, m.start()), int(m[1] or default_year(at))
    if earlier is None:
        return False
    system, slug = system_of(at), at.page.slug
    a, b = (papi(at).of(y, "total", system).get(slug) for y in (earlier, later))
    if a is None or b is None:
        at.check(False, "thay đổi", f"không có điểm của {earlier} hoặc {later}")
        return None
    gap = b - a
    at.check(
        papi(at).comparable("total", earlier, later), "qua mốc đổi cách tính", f"{earlier}–{later}"
    )
    at.check(prints_size(m[3], gap), "mức thay đổi", f"{float(gap):.3f}")
    at.check((gap > 0) == up(m[2]), "tăng, giảm", f"{float(gap):.3f}")
    margin = papi(at).change_margin(slug, earlier, later, system)
    at.check(
        abs(float(gap)) > margin, "thay đổi trong sai số", f"{float(gap):.2f}, sai số {margin:.2f}"
    )
    if m[4]:
        at.check(
            prints(m[4], a) and prints(m[5], b), "điểm hai năm", f"{float(a):.2f}, {float(b):.2f}"
        )
    return None


@frame(rf"PAPI năm (20\d\d) ({VERB}) ({N}) điểm", KINDS)
def change_of_papi(at: At, m: re.Match[str]) -> object:
    earlier = base_year(at, m.start())
    if earlier is None:
        return False
    system, slug = system_of(at), at.page.slug
    gap = papi(at).change("total", slug, earlier, int(m[1]), system)
    if gap is None:
        at.check(False, "thay đổi", "không so sánh được")
        return None
    at.check(prints_size(m[3], gap) and (gap > 0) == up(m[2]), "mức thay đổi", f"{float(gap):.3f}")
    margin = papi(at).change_margin(slug, earlier, int(m[1]), system)
    at.check(
        abs(float(gap)) > margin, "thay đổi trong sai số", f"{float(gap):.2f}, sai số {margin:.2f}"
    )
    return None


@frame(
    rf"điểm tổng hợp(?: của \w[^,.;]*)?(?: là)? ({N}) điểm năm (20\d\d)(?:,? (?:và|so với|rồi) "
    rf"({N}) điểm năm (20\d\d))?",
    ALL,
)
def totals_side_by_side(at: At, m: re.Match[str]) -> object:
    for said, year in ((m[1], m[2]), (m[3], m[4])):
        if said:
            at.check(prints(said, own(at, "total", int(year))), "điểm", f"{year}")
    return None


@frame(rf"(?:{NAME} )?chuyển từ nhóm ({GROUP}) (?:sang|lên|xuống) nhóm ({GROUP})", KINDS)
def change_of_group(at: At, m: re.Match[str]) -> object:
    later, earlier, system = default_year(at), base_year(at, m.start()), system_of(at)
    if earlier is None:
        return False
    check_group(at, "total", earlier, at.page.slug, m[1], system)
    check_group(at, "total", later, at.page.slug, m[2], system)
    return None


@frame(rf"(?:vẫn (?:ở|thuộc)|ở nguyên|giữ nguyên) nhóm ({GROUP})", KINDS)
def same_group(at: At, m: re.Match[str]) -> object:
    earlier, system = base_year(at, m.start()), system_of(at)
    for year in (earlier, default_year(at)):
        if year:
            check_group(at, "total", year, at.page.slug, m[1], system)
    return None


@frame(r"vị trí (?:chuyển )?(?:từ )?(\d+)/(\d+) (?:thành|lên|xuống|sang|và) (\d+)/(\d+)", KINDS)
def change_of_place(at: At, m: re.Match[str]) -> object:
    earlier = base_year(at, m.start())
    if earlier is None:
        return False
    check_place(at, "total", earlier, at.page.slug, m[1], m[2])
    check_place(at, "total", default_year(at), at.page.slug, m[3], m[4])
    return None


@frame(
    rf"({COUNT}|[Mm]ọi|[Cc]ả \w+) chỉ số nội dung (?:đều )?so sánh được|({COUNT}) chỉ số nội "
    rf"dung (?:đều )?(?:không|chưa) so sánh được",
    ALL,
)
def comparable_dimensions(at: At, m: re.Match[str]) -> object:
    earlier = base_year(at, len(at.text.text))
    if earlier is None or (m[1] or "").lower().startswith("mọi"):
        return False if earlier is None else None
    codes = papi(at).codes(default_year(at))
    right = sum(papi(at).comparable(code, earlier, default_year(at)) for code in codes)
    said = count((m[1] or m[2]).lower().replace("cả ", ""))
    right = right if m[1] else len(codes) - right
    at.check(said == right, "số chỉ số so sánh được", f"{right}")
    return None


@frame(
    rf"({COUNT}) chỉ số (?:nội dung )?(?:đều )?(tăng|giảm|không đổi)\b|[Cc]ả {WORD} chỉ số nội "
    rf"dung (?:so sánh được )?đều (?:tăng|giảm)\b",
    KINDS,
)
def counted_moves(at: At, m: re.Match[str]) -> None:
    at.check(
        False, "đếm tăng, giảm khi chưa biết sai số", "sai số của chỉ số nội dung chưa được công bố"
    )


@frame(rf"(tăng|giảm) (?:nhiều|ít) nhất (?:là|ở) ({TITLE}) \(({N}) điểm\)", KINDS)
def largest_move(at: At, m: re.Match[str]) -> object:
    earlier, later, slug = base_year(at, m.start()), default_year(at), at.page.slug
    code = code_of(at, m[2])
    if earlier is None or code is None:
        return False
    gaps = {
        c: gap
        for c in papi(at).codes(later)
        if (gap := papi(at).change(c, slug, earlier, later)) is not None
    }
    most = max(gaps.values()) if m[1] == "tăng" else min(gaps.values())
    at.check(gaps.get(code) == most and prints_size(m[3], most), "tăng, giảm nhiều nhất", f"{gaps}")
    at.check(
        False, "tăng, giảm khi chưa biết sai số", "sai số của chỉ số nội dung chưa được công bố"
    )
    return None


@frame(
    r"Tuy điểm (tăng|giảm)|do (\d+)/(\d+) tỉnh, thành phố so sánh được khác (tăng nhiều|giảm "
    r"nhiều|giảm ít) hơn",
    KINDS,
)
def moved_more(at: At, m: re.Match[str]) -> object:
    """How many others moved further than this unit: differences inside the error."""
    earlier, later, slug = base_year(at, m.start()), default_year(at), at.page.slug
    if earlier is None:
        return False
    gaps = {
        s: gap
        for s in papi(at).of(later, "total")
        if (gap := papi(at).change("total", s, earlier, later)) is not None
    }
    mine = gaps.pop(slug, None)
    if mine is None:
        return False
    if m[1]:
        at.check((mine > 0) == (m[1] == "tăng"), "tăng, giảm", f"{float(mine):.2f}")
        margin = papi(at).change_margin(slug, earlier, later)
        at.check(
            abs(float(mine)) > margin,
            "thay đổi trong sai số",
            f"{float(mine):.2f}, sai số {margin:.2f}",
        )
        return None
    more = sum(gap > mine for gap in gaps.values())
    less = sum(gap < mine for gap in gaps.values())
    right = less if m[4] == "giảm nhiều" else more
    at.check(
        (int(m[2]), int(m[3])) == (right, len(gaps)),
        "số nơi thay đổi nhiều hơn",
        f"{right}/{len(gaps)}",
    )
    return None


@frame(rf"({TITLE}) (tăng|giảm) ({N}) điểm", KINDS)
def move_of_dimension(at: At, m: re.Match[str]) -> object:
    earlier, later, slug = base_year(at, m.start()), default_year(at), at.page.slug
    code = code_of(at, m[1])
    if earlier is None or code is None or code == "total":
        return False
    gap = papi(at).change(code, slug, earlier, later)
    at.check(gap is not None and prints_size(m[3], gap), "mức thay đổi", f"{code}")
    at.check(
        False, "tăng, giảm khi chưa biết sai số", "sai số của chỉ số nội dung chưa được công bố"
    )
    return None


@frame(rf"({TITLE}) \(([+−]?{N})(?: điểm)?\)", KINDS)
def difference_of_dimension(at: At, m: re.Match[str]) -> object:
    """A signed difference of two years, without a verb."""
    earlier, later = base_year(at, m.start()), default_year(at)
    years = re.findall(r"giữa năm (20\d\d) và năm (20\d\d)", f"{at.before} {at.text.text}")
    if years:
        earlier, later = int(years[-1][0]), int(years[-1][1])
    code = code_of(at, m[1])
    if code is None or earlier is None:
        return False
    gap = papi(at).change(
        code, at.page.slug, earlier, later, system_of(at) if code == "total" else "63"
    )
    if gap is None or not (m[2][0] in "+−" or "chênh lệch" in at.text.text or "0,00" in m[2]):
        return False
    at.check(prints(m[2], gap), "hiệu số", f"{code}: {float(gap):.3f}")
    return None


@frame(
    rf"chênh lệch (?:lớn nhất|cao nhất)(?: là)? ở ({TITLE}) \(([+−]?{N})\)(?:,| và|;) (?:thấp "
    rf"nhất|nhỏ nhất)(?: là)? ở ({TITLE}) \(([+−]?{N})\)",
    KINDS,
)
def ends_of_differences(at: At, m: re.Match[str]) -> object:
    years = re.findall(r"giữa năm (20\d\d) và năm (20\d\d)", f"{at.before} {at.text.text}")
    if not years:
        return False
    earlier, later = int(years[-1][0]), int(years[-1][1])
    gaps = {
        c: gap
        for c in papi(at).codes(later)
        if (gap := papi(at).change(c, at.page.slug, earlier, later)) is not None
    }
    for name, said, most in ((m[1], m[2], max(gaps.values())), (m[3], m[4], min(gaps.values()))):
        code = code_of(at, name)
        at.check(
            gaps.get(code or "") == most and prints(said, most), "chênh lệch", f"{float(most):.3f}"
        )
    return None


@frame(rf"({N}) điểm năm (20\d\d) \(trung vị ({N})\)", KINDS)
def total_with_median(at: At, m: re.Match[str]) -> object:
    year, system = int(m[2]), system_of(at)
    at.check(prints(m[1], own(at, "total", year)), "điểm", f"{year}")
    at.check(prints(m[3], papi(at).middle(year, "total", system)), "trung vị", f"{year}")
    return None


@frame(
    rf"(?:PAPI|điểm tổng hợp)(?: của {NAME})?: ((?:{N}(?: điểm)? năm 20\d\d(?:; |, | và )?)+)", ALL
)
def total_by_year(at: At, m: re.Match[str]) -> object:
    for said, year in re.findall(rf"({N})(?: điểm)? năm (20\d\d)", m[1]):
        at.check(prints(said, own(at, "total", int(year))), "điểm", f"{year}")
    return None


@frame(
    rf"({GROUP}) (\d+) đơn vị(?: \(|, )?từ ({N}) đến ({N})(?: điểm)?|({GROUP}) (\d+) đơn vị", ALL
)
def group_on_map(at: At, m: re.Match[str]) -> object:
    """Size and span of a group of the total, as a map's alternative tells them."""
    group, units = m[1] or m[5], count(m[2] or m[6])
    system = "34" if "34" in at.text.near else system_of(at)
    year = default_year(at)
    members = [
        value
        for slug, value in papi(at).of(year, "total", system).items()
        if group in papi(at).group(year, "total", slug, system)
    ]
    at.check(units == len(members), "số đơn vị của nhóm", f"{group}: {len(members)}")
    if m[3]:
        low, high = min(members), max(members)
        right = f"{float(low):.2f}–{float(high):.2f}"
        at.check(prints(m[3], low) and prints(m[4], high), "khoảng của nhóm", right)
    return None


@frame(
    rf"^({NAME}) đạt ({N}) điểm, thuộc nhóm ({GROUP})(?: chia lại trong (\d+) đơn vị tính được)?",
    ALL,
)
def unit_on_map(at: At, m: re.Match[str]) -> object:
    system = "34" if "34" in at.text.near else system_of(at)
    year = default_year(at)
    if m[4]:
        n = len(papi(at).of(year, "total", system))
        at.check(int(m[4]) == n, "số đơn vị", f"{n}")
    slug = facts(at).register.slug(m[1], system)
    if slug is None:
        return False
    at.check(prints(m[2], papi(at).of(year, "total", system).get(slug)), "điểm", f"{year} {slug}")
    check_group(at, "total", year, slug, m[3], system)
    return None


@frame(r"Không có số liệu: ((?:TP\. |[^.])+)\.", ALL)
def without_scores(at: At, m: re.Match[str]) -> object:
    system = "34" if "34" in at.text.near else system_of(at)
    missing = set(facts(at).register.units[system]) - set(
        papi(at).of(default_year(at), "total", system)
    )
    at.check(
        set(facts(at).register.list_of(m[1], system)) == missing, "không có số liệu", f"{missing}"
    )
    return None


@frame(
    rf"(?:điểm tổng hợp|PAPI) năm (20\d\d) của đơn vị mới là ({N}) điểm, (?:đồng hạng )?thứ "
    rf"(\d+)/(\d+)",
    KINDS,
)
def merged_score(at: At, m: re.Match[str]) -> object:
    unit = facts(at).register.units["63"].get(at.page.slug)
    slug = unit.successor if unit else at.page.slug
    value = papi(at).of(int(m[1]), "total", "34").get(slug)
    at.check(prints(m[2], value), "điểm đơn vị mới", f"{value and float(value):.3f}")
    check_place(at, "total", int(m[1]), slug, m[3], m[4])
    return None


@frame(r"(?:tỉnh|thành phố|Tỉnh|Thành phố) [^.;]*?(?:hợp nhất|sáp nhập)[^.;]*")
def merger(at: At, m: re.Match[str]) -> object:
    """Who merged into what: all partners, and the new name."""
    register = facts(at).register
    unit = register.units["63"].get(at.page.slug)
    slug = unit.successor if unit and at.page.year < 2025 else at.page.slug
    new = register.units["34"].get(slug)
    if new is None or len(new.parts) < 2:
        return False
    said = m[0]
    into = re.search(rf"(?:hợp nhất|sáp nhập) vào ({register.pattern})", said)
    named = {register.slug(name, "63") for name in re.findall(register.pattern, said)}
    right = f"{', '.join(new.parts)} thành {new.name}"
    if into:
        joined = register.slug(into[1], "34")
        at.check(joined == slug and at.page.slug != slug, "hợp nhất", right)
        return None
    at.check(set(new.parts) <= named and register.slug(new.name, "63") in named, "hợp nhất", right)
    return None


@frame(rf"[Tt]rung vị thay đổi[^.;]*?({N})", ALL)
def median_change(at: At, m: re.Match[str]) -> object:
    earlier = base_year(at, m.start())
    if earlier is None:
        return False
    later = default_year(at)
    gaps = [
        gap
        for slug in papi(at).of(later, "total")
        if (gap := papi(at).change("total", slug, earlier, later)) is not None
    ]
    at.check(bool(gaps) and prints(m[1], exact(median(gaps))), "trung vị thay đổi", f"{earlier}")
    return None
