"""Frames on parts of published results: areas, lists of changes, doubts."""

from __future__ import annotations

import re
from fractions import Fraction

from .claims import At, frame
from .context import facts
from .frames_published import (
    NATIONAL,
    PAGES,
    check_value,
    index_of,
    results,
)
from .numbers import COUNT, N, count, parse, prints, prints_size
from .papi_context import NAME


@frame(
    rf"^({NAME}) đạt ({N})%(?:\.$|; bình quân cả nước ({N})%)(?: và bình quân vùng ({N})%)?", PAGES
)
def three_marks(at: At, m: re.Match[str]) -> object:
    index, year = index_of(at), at.page.year
    check_value(at, index, year, facts(at).register.slug(m[1]) or "", m[2])
    if m[3]:
        at.check(prints(m[3], results(at).national(index, year)), "bình quân cả nước", str(year))
    unit = facts(at).register.units["63"].get(at.page.slug)
    if m[4] and unit:
        mean = {n.lower(): v for n, v in results(at).regions(index, year).items()}.get(
            unit.region.lower()
        )
        at.check(prints(m[4], mean), "bình quân vùng", unit.region)
    return None


@frame(r"Theo thành phần, (?:tỉnh|thành phố) đạt ([^.]+?)(?= \(Bảng|\.$)", PAGES)
def blocks(at: At, m: re.Match[str]) -> object:
    """Points and maxima of the parts that add up to a hundred."""
    key = (index_of(at), str(at.page.year), at.page.slug)
    known = [
        Fraction(r["value"])
        for r in results(at).lines.values()
        if (r["index"], r["year"], r["slug"]) == key and r["code"].startswith("agg:") and r["value"]
    ]
    for got, _ in re.findall(rf"({N})/({N}) điểm", m[1]):
        at.check(any(prints(got, v) for v in known), "điểm thành phần", f"{got}")
    return None


@frame(
    r"Trong các lĩnh vực có thứ hạng công bố, cao nhất là ([^(]+) \(thứ (\d+)/63\), thấp nhất "
    r"là ([^(]+) \(thứ (\d+)/63\)",
    PAGES,
)
def ends_of_ranks(at: At, m: re.Match[str]) -> object:
    key = (index_of(at), str(at.page.year), at.page.slug)
    known = {
        re.sub(r" \(.*", "", r["name"]).lower(): int(r["rank"])
        for r in results(at).lines.values()
        if (r["index"], r["year"], r["slug"]) == key
        and r["code"] != "total"
        and r["rank"]
        and r["level"] == "province"
    }
    for name, said, end in ((m[1], m[2], min(known.values())), (m[3], m[4], max(known.values()))):
        at.check(
            known.get(name.lower()) == int(said) == end, "lĩnh vực cao nhất, thấp nhất", f"{known}"
        )
        tied = [n for n, rank in known.items() if rank == end]
        at.check(len(tied) == 1, "đồng hạng", f"{tied}")
    return None


@frame(
    r"(?:[Cc]hỉ số chính|[Ll]ĩnh vực|[Tt]rụ cột) có thứ hạng công bố (cao) nhất là "
    r"([^.]+?)(?= \(Bảng|\.)|"
    r"^(Thấp) nhất là ([^.%]+?\((?:đồng hạng )?thứ \d+/63\)[^.%]*?)(?= \(Bảng|\.$)",
    PAGES,
)
def ends_by_place(at: At, m: re.Match[str]) -> object:
    """All published parts at one end of the places, with their place."""
    key = (index_of(at), str(at.page.year), at.page.slug)
    known = {
        re.sub(r" \(.*", "", r["name"]).lower(): int(r["rank"])
        for r in results(at).lines.values()
        if (r["index"], r["year"], r["slug"]) == key
        and r["code"] != "total"
        and not r["code"].startswith("agg:")
        and r["rank"]
        and r["level"] == "province"
    }
    named = re.findall(r"(?:^|; |, | và )([^;]+?) \((?:đồng hạng )?thứ (\d+)/63\)", m[2] or m[4])
    if not named or not known:
        return False
    end = (min if m[1] else max)(known.values())
    for name, said in named:
        at.check(known.get(name.lower()) == int(said) == end, "hạng lĩnh vực", f"{known}")
    at.check(len(named) == sum(r == end for r in known.values()), "đồng hạng", f"{known}")
    return None


@frame(r"thuộc nhóm (dưới|trên) (\d+)%", PAGES)
def outer_band(at: At, m: re.Match[str]) -> object:
    value = results(at).value(index_of(at), at.page.year, at.page.slug)
    limit = parse(m[2])
    holds = value is not None and (value < limit if m[1] == "dưới" else value > limit)
    at.check(holds, "nhóm", f"{value}")
    return None


@frame(rf"Về giá trị ({N})%: [^.]*", PAGES)
def doubted(at: At, m: re.Match[str]) -> object:
    """What is told of a doubted value: every figure stands in a line of the unit or its doubt."""
    lines = [r for r in results(at).lines.values() if r["slug"] == at.page.slug]
    text = " ".join(f"{r['value']} {r['rank']} {r['doubt']}" for r in lines)
    known = {Fraction(n.replace(",", ".")) for n in re.findall(r"\d+(?:[.,]\d+)?", text)}
    years = {Fraction(r["year"]) for r in lines}
    for said in re.findall(rf"(?<![\d/])({N})(?![\d/])", m[0]):
        value = parse(said)
        at.check(
            any(abs(value - v) < Fraction(1, 100) for v in known | years),
            "giá trị còn nghi ngờ",
            said,
        )
    return None


@frame(
    rf"[Tt]ìm thấy giá trị của cả hai năm ở ({COUNT}) tỉnh, thành phố; ([^.]+?)(?= \(Bảng|\.)",
    NATIONAL,
)
def changes_by_verb(at: At, m: re.Match[str]) -> object:
    """Units with values of this year and the one before, those that rose apart from those that fell."""
    index, later = index_of(at), at.page.year
    every = results(at)
    said = {
        facts(at).register.slug(name.strip()) or "": (verb, gap)
        for verb, listed in re.findall(r"(tăng|giảm): ([^;]+)", m[2])
        for name, gap in re.findall(rf"(?:^|, | và )?({NAME}) \(({N})\)", listed)
    }
    years = [
        y
        for y in range(later - 1, later - 6, -1)
        if any(every.value(index, y, s) is not None for s in every.provinces(index, later))
    ]
    if not years or not said:
        return False
    earlier = years[0]
    at.check(every.comparable(index, earlier, later), "qua mốc đổi cách tính", f"{earlier}")
    moved = {}
    for slug in every.provinces(index, later):
        a, b = every.value(index, earlier, slug), every.value(index, later, slug)
        if a is not None and b is not None:
            moved[slug] = b - a
    at.check(count(m[1]) == len(moved), "số đơn vị cả hai năm", f"{len(moved)}")
    for slug, (verb, gap) in said.items():
        by = moved.get(slug)
        good = by is not None and prints_size(gap, by) and (by > 0) == (verb == "tăng")
        at.check(good, "mức thay đổi", f"{slug} {by}")
    return None


@frame(rf"tìm thấy giá trị của cả hai năm ở ({COUNT})/63 đơn vị: ([^.]+)", NATIONAL)
def changes_listed(at: At, m: re.Match[str]) -> object:
    """Every unit with both values, and by how much it moved."""
    index, later = index_of(at), at.page.year
    said = re.findall(r"[Ss]o với năm (20\d\d)", at.text.text)
    if not said:
        return False
    earlier = int(said[-1])
    at.check(results(at).comparable(index, earlier, later), "qua mốc đổi cách tính", f"{earlier}")
    both = [
        s
        for s in results(at).provinces(index, later)
        if results(at).value(index, earlier, s) is not None
        and results(at).value(index, later, s) is not None
    ]
    at.check(count(m[1]) == len(both), "số đơn vị cả hai năm", f"{len(both)}")
    for name, verb, gap in re.findall(rf"({NAME}) (tăng|giảm) ({N}) điểm", m[2]):
        slug = facts(at).register.slug(name) or ""
        a, b = (results(at).value(index, y, slug) for y in (earlier, later))
        good = a is not None and b is not None and prints_size(gap, b - a)
        at.check(good and (b > a) == (verb == "tăng"), "mức thay đổi", name)  # type: ignore[operator]
    return None


@frame(r"nêu thứ hạng của (\d)/8 lĩnh vực: ([^.]+?)(?= \(Bảng|\.$)", PAGES)
def ranks_listed(at: At, m: re.Match[str]) -> object:
    """Published places of the areas."""
    key = (index_of(at), str(at.page.year), at.page.slug)
    known = [
        (re.sub(r" \(.*", "", r["name"]).lower(), r["rank"])
        for r in results(at).lines.values()
        if (r["index"], r["year"], r["slug"]) == key and r["rank"] and r["level"] == "province"
    ]
    for name, rank in re.findall(r"(?:^|; | và )([^;]+?) \((?:đồng hạng )?thứ (\d+)/63\)", m[2]):
        at.check((name.lower(), rank) in known, "thứ hạng lĩnh vực", f"{name}: {known}")
    return None


@frame(
    r"chưa phân biệt được với (?:mức này|bình quân cả nước)[^.]*? vì chênh lệch không vượt sai "
    r"số của số công bố",
    PAGES,
)
def not_apart(at: At, m: re.Match[str]) -> object:
    """Not apart by the rounding of the printed figures, or their survey part."""
    return None


@frame(
    r"[Kk]hông khớp với thứ hạng (\d+): tỉnh xếp thứ (\d+) đạt(?: [\d,]+%)?|tỉnh xếp thứ (\d+)\.",
    PAGES,
)
def doubt(at: At, m: re.Match[str]) -> object:
    text = " ".join(r["doubt"] for r in results(at).lines.values()).lower()
    return None if m[0].lower().rstrip(".%").replace(",", ".") in text.replace(",", ".") else False


@frame(rf"[Cc]ác thành phần cộng lại ({N}) điểm, khác giá trị công bố", PAGES)
def parts_add_up(at: At, m: re.Match[str]) -> object:
    key = (index_of(at), str(at.page.year), at.page.slug)
    parts = [
        Fraction(r["value"])
        for r in results(at).lines.values()
        if (r["index"], r["year"], r["slug"]) == key and r["code"].startswith("agg:") and r["value"]
    ]
    at.check(prints(m[1], sum(parts, Fraction(0))), "cộng các thành phần", f"{sum(parts)}")
    return None


@frame(rf"tìm thấy bình quân đã công bố của ({COUNT})/6 vùng: ([^.]+?)(?= \(Bảng|\.$)", NATIONAL)
def regions_listed(at: At, m: re.Match[str]) -> object:
    """The means of some regions, without an order."""
    known = results(at).regions(index_of(at), at.page.year)
    at.check(count(m[1]) == len(known), "số vùng", f"{len(known)}")
    for name, value in known.items():
        said = re.search(rf"{re.escape(name)} \(({N})%\)", m[2], re.IGNORECASE)
        at.check(said is not None and prints(said[1], value), "bình quân vùng", name)
    return None
