"""Frames on PAPI: scores, places, groups, distances to median, mean and the highest."""

from __future__ import annotations

import re

from .claims import At, frame
from .context import facts
from .numbers import COUNT, N, count, exact, prints, prints_size
from .papi_context import (
    GROUP,
    NAME,
    TITLE,
    check_group,
    check_place,
    check_score,
    code_of,
    default_year,
    old_slug,
    own,
    papi,
    system_of,
    year_before,
)
from .published import printed

KINDS = ("papi", "papi_office", "province", "annual")


@frame(
    rf"PAPI năm (20\d\d)(?: của (?:tỉnh |thành phố |TP\. )?(?:{NAME}))? đạt ({N}) điểm"
    rf"(?: trên thang \d+-\d+)?(?:, thuộc nhóm ({GROUP}))?"
    r"(?:(?:,| và)? (?:xếp |đứng )?(?:đồng hạng )?thứ (\d+)(?:/| trong )(\d+)(?: tỉnh, thành phố)?)?",
    KINDS,
)
def total(at: At, m: re.Match[str]) -> object:
    year, said, group, rank, units = int(m[1]), m[2], m[3], m[4], m[5]
    system = system_of(at, count(units) if units else None)
    slug = at.page.slug
    value = papi(at).of(year, "total", system).get(slug)
    if value is None:
        at.check(False, "điểm", f"không có điểm tổng hợp {year} của {slug}")
        return None
    check_score(at, "total", year, slug, said, system)
    if group:
        check_group(at, "total", year, slug, group, system)
    if rank:
        check_place(at, "total", year, slug, rank, units)
    merged = system == "34" and len(facts(at).register.units["34"][slug].parts) > 1
    if system == "34" and (merged or rank):
        told = "trang này tính" in at.text.text or "báo cáo này tính" in at.text.text
        at.check(
            told, "số tự tính", "vị trí, điểm theo 34 đơn vị do trang tính, không phải PAPI công bố"
        )
    return None


@frame(
    rf"({TITLE})(?: \(|: )({N})(?: điểm)?(?:, (?:thuộc )?nhóm ({GROUP}))?"
    rf"(?:, trung vị (?P<before>{N}) điểm)?"
    rf"(?:, (?:vị trí |xếp )?(?:đồng hạng )?thứ (\d+)/(\d+)(?: \(đồng hạng\))?)?(?:, (?:thuộc "
    rf")?nhóm ({GROUP}))?"
    rf"(?:, trung vị ({N}))?(?:, cao nhất ({N}))?",
    KINDS,
)
def criterion(at: At, m: re.Match[str]) -> object:
    name, said, group, middle, rank, units, group_, middle_, high = m.groups()
    code = code_of(at, name)
    if code is None or not (rank or middle_ or middle or "điểm" in m[0]):
        return False
    at_text = at.text.text
    if re.search(r"(?:tăng|giảm|chênh lệch|thay đổi)[^.;]*$", at_text[: m.start(2)]) and not rank:
        return False
    year = year_before(at, m.start())
    slug = old_slug(at)
    if slug not in papi(at).of(year, code):
        return False
    check_score(at, code, year, slug, said, "63")
    if group or group_:
        check_group(at, code, year, slug, group or group_, "63")
    if rank:
        check_place(at, code, year, slug, rank, units)
    for text in (middle, middle_):
        if text:
            at.check(prints(text, papi(at).middle(year, code)), "trung vị", f"{code} {year}")
    if high:
        best = max(papi(at).of(year, code).values())
        at.check(prints(high, best), "cao nhất", f"{code} {year}: {float(best):.2f}")
    return None


@frame(
    rf"(?:^|(?<=; )|(?<=là )|(?<=ở )|[Vv]ị trí (?P<end>tốt|cao|thấp) nhất (?:là|ở) "
    rf")(?P<name>{TITLE}): {N}",
    KINDS,
)
def named_before(at: At, m: re.Match[str]) -> object:
    return False if code_of(at, m["name"]) is None else None


@frame(
    r"[Vv]ị trí (tốt|cao|thấp) nhất (?:của [^.;:()]*? )?(?:là|ở|thuộc về) (.+?)(?=\. [A-ZĐ]|\.?$)",
    KINDS,
)
def end_of_places(at: At, m: re.Match[str]) -> object:
    """The best or the lowest place among the dimensions, told with its ties."""
    year = year_before(at, m.start())
    slug = old_slug(at)
    places = {}
    for code in papi(at).codes(year):
        if slug in papi(at).of(year, code):
            place, units = papi(at).place(year, code, slug)
            # Not all contents are known of all units: what counts is where in the order it stands.
            places[code] = (place - 0.5) / units
    if not places:
        return False
    found = re.findall(rf"({TITLE})(?: \(|: ){N}", m[2])
    named = [code for code in (code_of(at, name) for name in found) if code]
    if not named:
        return False
    allowed = scope(at, year)
    places = {code: place for code, place in places.items() if code in allowed}
    if not places:
        return False
    best = min(places.values()) if m[1] != "thấp" else max(places.values())
    ends = {code for code, place in places.items() if place == best}
    at.check(named[0] in ends, "vị trí cao nhất, thấp nhất", f"vị trí {best} ở {sorted(ends)}")
    if len(ends) > 1 and at.page.kind != "papi_office":
        rest = f"{m[0]} {at.text.text[m.end() :]}"
        told = all(code in named for code in ends) or re.search(r"cùng|bằng nhau|đồng", rest)
        at.check(bool(told), "đồng hạng", f"cùng vị trí {best}: {sorted(ends)}")
    return m[0] and None


def scope(at: At, year: int) -> set[str]:
    """Dimensions that the page reports on."""
    if at.page.kind == "papi_office":
        office = facts(at).office(at.page.slug, at.page.year, at.page.office)
        return {str(code).split(".")[0] for code in office.settings.get("papi", [])}
    return set(papi(at).codes(year))


@frame(
    rf"(cao|thấp) hơn (?:mức )?(trung vị|bình quân|cao nhất)(?: (?:của )?cả nước)?(?: "
    rf"\(({NAME}|{N})\))?(?: là)?,? ({N}) điểm(?! phần)",
    KINDS,
)
def against_middle(at: At, m: re.Match[str]) -> object:
    """Distance of the last named criterion, or of the total, to median, mean or the highest."""
    start = at.text.text[: m.start()]
    pieces = re.findall(rf"({TITLE})(?: \(|: ){N} điểm", start)
    codes = [code for code in (code_of(at, s) for s in pieces) if code]
    code = codes[-1] if codes else "total"
    year = year_before(at, m.start())
    value = own(at, code, year, "63" if code != "total" else None)
    if value is None:
        return False
    system = system_of(at) if code == "total" else "63"
    scores = papi(at).of(year, code, system)
    if m[2] == "trung vị":
        mark = papi(at).middle(year, code, system)
    elif m[2] == "bình quân":
        mark = sum(scores.values()) / len(scores)
    else:
        mark = max(scores.values())
        if m[3] and not re.match(N, m[3]):
            slug = facts(at).register.slug(m[3], system)
            at.check(slug in papi(at).ends(year, code, system)[0], "cao nhất", f"{code} {year}")
    assert mark is not None
    gap = value - mark
    at.check(prints_size(m[4], gap), "hiệu số", f"{code} {year}: {float(gap):.3f}")
    at.check((gap > 0) == (m[1] == "cao"), "cao hơn, thấp hơn", f"{code} {year}: {float(gap):.3f}")
    if code == "total":
        of = papi(at).of(year, "total", system)
        least = papi(at).middle_margin(year, at.page.slug, of, system, mean=m[2] == "bình quân")
        at.check(abs(float(gap)) > least, "trong sai số", f"{float(gap):.2f} nằm trong sai số")
    return None


@frame(
    rf"(?:và )?thấp hơn ({NAME}), (?:nơi|tỉnh|địa phương) (?:có điểm )?cao nhất(?: cả nước)?,? "
    rf"({N}) điểm",
    KINDS,
)
def below_the_highest(at: At, m: re.Match[str]) -> object:
    year, system = year_before(at, m.start()), system_of(at)
    value = own(at, "total", year)
    if value is None:
        return False
    slug = facts(at).register.slug(m[1], system)
    best = papi(at).ends(year, "total", system)[0]
    at.check(slug in best, "cao nhất", f"cao nhất {year}: {best}")
    gap = papi(at).of(year, "total", system)[best[0]] - value
    at.check(prints_size(m[2], gap), "hiệu số", f"{float(gap):.3f}")
    least = papi(at).apart(year, at.page.slug, best[0], system)
    at.check(float(gap) > least, "trong sai số", f"{float(gap):.2f} nằm trong sai số")
    return None


@frame(
    r"(?:mức|nơi|là nơi|vị trí|điểm|đứng) ?(?:có điểm )?(cao|thấp) nhất (?:cả nước(?! \()|"
    r"trong \d+ (?:tỉnh, thành phố|đơn vị cấp tỉnh) có số liệu)",
    KINDS,
)
def end_of_country(at: At, m: re.Match[str]) -> object:
    """The end of the country, of the total or of what the sentence before named last."""
    text = f"{at.before} {at.text.text[: m.start()]}"
    pieces = re.findall(rf"({TITLE})(?: \(|: ){N} điểm", text)
    codes = [code for code in (code_of(at, s) for s in pieces) if code]
    year = year_before(at, m.start())
    code = codes[-1] if codes and "này" not in at.text.text[:12] else "total"
    if re.match(r"Đây", at.text.text) and codes:
        code = codes[-1]
    system = system_of(at) if code == "total" else "63"
    ends = papi(at).ends(year, code, system)[0 if m[1] == "cao" else 1]
    at.check(at.page.slug in ends, "cao nhất, thấp nhất", f"{code} {year}: {ends}")
    return None


@frame(r"cao hơn trung vị cả nước ở (\d)/(\d) chỉ số nội dung", KINDS)
def above_median_in(at: At, m: re.Match[str]) -> object:
    year = year_before(at, m.start())
    slug, codes = at.page.slug, papi(at).codes(year)
    slug = slug if slug in papi(at).of(year, "total") else facts(at).register.slug(slug, "63") or ""
    if at.page.slug == "hue":
        slug = "thua-thien-hue"
    if slug not in papi(at).of(year, "total"):
        return False
    above = sum(papi(at).of(year, c)[slug] > papi(at).middle(year, c) for c in codes)
    at.check(
        (count(m[1]), count(m[2])) == (above, len(codes)), "số chỉ số trên trung vị", f"{above}"
    )
    return None


@frame(rf"({COUNT}) chỉ số(?: nội dung| khác)? thuộc nhóm ({GROUP})", ("papi", "province"))
def number_in_group(at: At, m: re.Match[str]) -> object:
    year, slug = default_year(at), at.page.slug
    codes = [
        code
        for code in papi(at).codes(year)
        if slug in papi(at).of(year, code) and m[2] in papi(at).group(year, code, slug)
    ]
    right = len(codes)
    before = at.text.text[: m.start()]
    if re.search(r"[Nn]goài ra còn $|còn $", before):
        named = {
            code
            for code in (
                code_of(at, n)
                for n in re.findall(rf"({TITLE})(?: \(|: ){N} điểm", f"{at.before} {before}")
            )
            if code
        }
        right -= len(named & set(codes))
    elif "có " not in before[-6:] and "và " not in before[-5:] and ", " not in before[-3:]:
        return False
    at.check(count(m[1]) == right, "số chỉ số trong nhóm", f"{m[2]}: {right}")
    return None


@frame(rf"Không có chỉ số nội dung nào thuộc nhóm ({GROUP})", ("papi", "province"))
def none_in_group(at: At, m: re.Match[str]) -> None:
    year, slug = default_year(at), at.page.slug
    there = [c for c in papi(at).codes(year) if papi(at).group(year, c, slug) == {m[1]}]
    at.check(not there, "nhóm", f"nhóm {m[1]}: {there}")


@frame(
    rf"[Vv]ùng ({NAME}(?: và duyên hải miền Trung| và Tây Nguyên)?|.+?) có ({COUNT}) tỉnh, thành "
    rf"phố có điểm tổng hợp, bình quân ({N}) điểm",
    KINDS,
)
def region_mean(at: At, m: re.Match[str]) -> object:
    year, system = default_year(at), system_of(at)
    members = facts(at).register.regions(system).get(m[1])
    if members is None:
        return False
    scores = [v for s, v in papi(at).of(year, "total", system).items() if s in members]
    at.check(count(m[2]) == len(scores), "số đơn vị", f"{len(scores)}")
    at.check(prints(m[3], exact(sum(scores)) / len(scores)), "bình quân vùng", f"{year}")
    at.check(at.page.slug in members, "vùng", f"{at.page.slug} không thuộc vùng này")
    return None


@frame(rf"(cao|thấp) hơn mức bình quân (?:này|của vùng|vùng) ({N}) điểm", KINDS)
def against_region(at: At, m: re.Match[str]) -> object:
    year, system = default_year(at), system_of(at)
    unit = facts(at).register.units[system].get(at.page.slug)
    value = own(at, "total", year)
    if unit is None or value is None:
        return False
    members = facts(at).register.regions(system)[unit.region]
    known = {s: v for s, v in papi(at).of(year, "total", system).items() if s in members}
    gap = value - sum(known.values()) / len(known)
    at.check(
        prints_size(m[2], gap) and (gap > 0) == (m[1] == "cao"), "so với vùng", f"{float(gap):.3f}"
    )
    least = papi(at).middle_margin(year, at.page.slug, known, system, mean=True)
    at.check(abs(float(gap)) > least, "trong sai số", f"{float(gap):.2f} nằm trong sai số")
    return None


@frame(r"(?:xếp )?(?:đồng hạng )?thứ (\d+)(?:/(\d+))? trong vùng", KINDS)
def place_in_region(at: At, m: re.Match[str]) -> object:
    year, system = default_year(at), system_of(at)
    unit = facts(at).register.units[system].get(at.page.slug)
    value = own(at, "total", year)
    if unit is None or value is None:
        return False
    members = facts(at).register.regions(system)[unit.region]
    scores = [v for s, v in papi(at).of(year, "total", system).items() if s in members]
    place = 1 + sum(printed(v) > printed(value) for v in scores)
    tied = sum(printed(v) == printed(value) for v in scores) > 1
    at.check(not tied or "đồng hạng" in at.text.text, "đồng hạng", "điểm in như nhau trong vùng")
    right = (place, len(scores)) if m[2] else (place, None)
    at.check((count(m[1]), count(m[2]) if m[2] else None) == right, "vị trí trong vùng", f"{right}")
    return None


@frame(r"(?:^|(?<=\. ))(?:Mức|Điểm) này (?:bằng|đúng bằng) trung vị", KINDS)
def at_the_median(at: At, m: re.Match[str]) -> object:
    year = default_year(at)
    value = own(at, "total", year)
    at.check(value == papi(at).middle(year, "total", system_of(at)), "bằng trung vị", f"{year}")
    return None
