"""Frames on PAR INDEX and DTI as the words say them: values, places, coverage, areas, points lost."""

from __future__ import annotations

import re
from fractions import Fraction

from .claims import At, frame
from .frames_office import office
from .frames_published import (
    INDEX,
    LABEL,
    NATIONAL,
    PAGES,
    check_rank,
    check_value,
    index_of,
    results,
    takes_side,
)
from .numbers import N, count, parse, prints, show
from .papi_context import NAME

OWN = ("par_index", "dti", "annual")


@frame(
    rf"[Nn]ăm (20\d\d), (?:tỉnh |thành phố |TP\. )?{NAME} đạt ({N})%?(?: \(tối đa 1\))? ở {LABEL}"
    r"(?:, xếp thứ (\d+)/(\d+))?",
    PAGES,
)
def reached(at: At, m: re.Match[str]) -> object:
    """Value and place, with the unit before the index."""
    index, year = INDEX[m[3]], int(m[1])
    check_value(at, index, year, at.page.slug, m[2])
    if m[4]:
        check_rank(at, index, year, at.page.slug, m[4])
        at.check(m[5] == "63", "số đơn vị", "63")
    return None


@frame(r"(?<=, )(\d+) nơi (có giá trị còn nghi ngờ|có giá trị|chỉ có thứ hạng)", PAGES)
def kinds_found(at: At, m: re.Match[str]) -> object:
    """Of how many provinces a value, a doubted one, or a place alone was found."""
    if "xã" in at.text.text:
        return False
    index, year = index_of(at), at.page.year
    known = results(at).provinces(index, year)
    trusted = {s for s in known if results(at).value(index, year, s) is not None}
    doubted = {s for s, rows in known.items() if any(r["value"] for r in rows)} - trusted
    right = {
        "có giá trị": len(trusted),
        "có giá trị còn nghi ngờ": len(doubted),
        "chỉ có thứ hạng": len(known) - len(trusted) - len(doubted),
    }[m[2]]
    at.check(count(m[1]) == right, "số đơn vị theo loại", str(right))
    return None


@frame(r"[Tt]hứ hạng công bố năm (20\d\d) là (\d+), năm (20\d\d) là (\d+)/63", PAGES)
def places_of_years(at: At, m: re.Match[str]) -> object:
    """Places of two years side by side."""
    for year, rank in ((m[1], m[2]), (m[3], m[4])):
        check_rank(at, index_of(at), int(year), at.page.slug, rank)
    return None


@frame(rf"[Tt]hứ hạng {LABEL} (tăng|giảm) (\d+) bậc so với năm (20\d\d)", PAGES)
def place_moved(at: At, m: re.Match[str]) -> object:
    """A published place that moved since an earlier year."""
    index, year, slug = INDEX[m[1]], at.page.year, at.page.slug
    takes_side(at, index)
    then, now = (results(at).rank(index, y, slug) for y in (int(m[4]), year))
    if then is None or now is None:
        at.check(False, "thứ hạng công bố", f"{index} {m[4]}: {then}, {year}: {now}")
        return None
    at.check(abs(now - then) == int(m[3]), "số bậc", f"{abs(now - then)}")
    at.check((now < then) == (m[2] == "tăng"), "tăng, giảm hạng", f"{then}→{now}")
    at.check(results(at).comparable(index, int(m[4]), year), "qua mốc đổi cách tính", f"{year}")
    return None


@frame(
    r"(?:([Tt]rong các lĩnh vực không có phần khảo sát, lĩnh vực)|[Ll]ĩnh vực|[Cc]hỉ số chính) đạt tỷ "
    r"lệ cao nhất là ([^.]+?)(?= \(Hình|\.)",
    OWN,
)
def strongest_areas(at: At, m: re.Match[str]) -> object:
    """The areas with the highest share of their maximum."""
    return _ends_of_areas(at, m[2], max)


@frame(r"^[Tt]hấp nhất là ([^.]+?%\)(?: và [^.]+?%\))*)(?=\.| \()", OWN)
def weakest_areas(at: At, m: re.Match[str]) -> object:
    """The areas with the lowest share of their maximum."""
    return _ends_of_areas(at, m[1], min)


def _ends_of_areas(at: At, said: str, end: object) -> object:
    named = re.findall(rf"(?:^|; |, | và )([^;]+?) \(({N})%\)", said)
    for kind in ("par_index", "dti"):
        table = office(at).scored(kind)
        exact = [c for c in table.areas if table.apart(c, c) is not None]
        by_name = {table.names[c].lower(): c for c in exact}
        codes = [by_name.get(name.lower()) for name, _ in named]
        if not named or None in codes:
            continue
        edge = end(round(float(table.share(c)), 2) for c in exact)  # type: ignore[operator]
        holders = {c for c in exact if round(float(table.share(c)), 2) == edge}
        at.check(set(codes) == holders, "lĩnh vực cao nhất, thấp nhất", f"{holders}")
        for (_, share), code in zip(named, codes, strict=True):
            at.check(
                prints(share, table.share(code or "")), "tỷ lệ đạt", show(table.share(code or ""))
            )
        return None
    return False


@frame(
    rf"(?:[Ởở] các lĩnh vực này, )?[Tt]rong ({N}) điểm bị mất, nhiều nhất là ở ([^.]+)|"
    rf"[Ởở] các lĩnh vực này, trong ({N}) điểm bị mất, nhiều nhất là ở ([^.]+)",
    OWN,
)
def lost_in_areas(at: At, m: re.Match[str]) -> object:
    """Points that the areas lost together, and where most of them."""
    total, said = m[1] or m[3], m[2] or m[4]
    named = re.findall(rf"(?:^|; |, | và )([^;]+?) \(({N}) điểm\)", said)
    for kind in ("par_index", "dti"):
        table = office(at).scored(kind)
        exact = [c for c in table.areas if table.apart(c, c) is not None]
        by_name = {table.names[c].lower(): c for c in exact}
        codes = [by_name.get(name.lower()) for name, _ in named]
        if not named or None in codes:
            continue
        right = sum((table.lost(c) for c in exact), Fraction(0))
        at.check(prints(total, right), "điểm mất của các lĩnh vực", show(right))
        ordered = sorted(exact, key=lambda c: -table.lost(c))[: len(named)]
        at.check(set(codes) == set(ordered), "mất nhiều nhất", f"{ordered}")
        for (_, lost), code in zip(named, codes, strict=True):
            at.check(prints(lost, table.lost(code or "")), "điểm mất", show(table.lost(code or "")))
        return None
    return False


@frame(r"[Mm]ất nhiều nhất là ([^.]+?)(?=\.)", OWN)
def costliest(at: At, m: re.Match[str]) -> object:
    """The criteria that lost most of those whose losses have an order, with maxima."""
    named = re.findall(rf"(?:^|; |, | và )([^;]+?) \(({N})/({N}) điểm\)", m[1])
    for kind in ("par_index", "dti"):
        table = office(at).scored(kind)
        exact = [c for c in table.leaves if c not in table.surveyed]
        by_name = {table.names[c].lower(): c for c in exact}
        codes = [by_name.get(name.lower()) for name, _, _ in named]
        if not named or None in codes:
            continue
        ordered = sorted(exact, key=lambda c: -table.lost(c))[: len(named)]
        at.check(set(codes) == set(ordered), "mất nhiều nhất", f"{ordered}")
        for (_, lost, most), code in zip(named, codes, strict=True):
            right = (table.lost(code or ""), table.maximum[code or ""])
            at.check(prints(lost, right[0]) and prints(most, right[1]), "điểm mất", f"{right}")
        return None
    return False


@frame(rf"^Phần này chiếm ({N})% tổng số điểm bị mất", OWN)
def share_of_costliest(at: At, m: re.Match[str]) -> object:
    """What the criteria of the sentence before make up of all points lost."""
    lost = [parse(x) for x in re.findall(rf"\(({N})/{N} điểm\)", at.before)]
    for kind in ("par_index", "dti"):
        table = office(at).scored(kind)
        whole = sum((table.lost(c) for c in table.leaves), Fraction(0))
        if (
            lost
            and whole
            and abs(100 * sum(lost, Fraction(0)) / whole - parse(m[1])) < Fraction(1, 5)
        ):
            at.checked += 1
            return None
    at.check(False, "chiếm", f"{lost}")
    return None


@frame(rf"đạt ({N})/({N}) điểm(?: năm 20\d\d)?; (?:tỷ lệ|chỉ số)", OWN)
def points_and_index(at: At, m: re.Match[str]) -> object:
    """Points of the whole table over their maximum."""
    for kind in ("par_index", "dti"):
        table = office(at).scored(kind)
        if table.leaves and prints(m[1], table.sum()) and prints(m[2], table.most()):
            at.checked += 1
            return None
    at.check(False, "điểm đạt", f"{m[1]}/{m[2]}")
    return None


@frame(r"nêu thứ hạng của (\d+)/8 lĩnh vực", PAGES)
def areas_placed(at: At, m: re.Match[str]) -> object:
    """Of how many areas a published place was found."""
    key = (index_of(at), str(at.page.year), at.page.slug)
    codes = {
        r["code"]
        for r in results(at).lines.values()
        if (r["index"], r["year"], r["slug"]) == key and r["code"].isdigit() and r["rank"]
    }
    at.check(count(m[1]) == len(codes), "số lĩnh vực", str(len(codes)))
    return None


@frame(
    rf"(?:[Cc]hỉ số chính|[Tt]rụ cột) có giá trị công bố cao nhất là ([^.]+?)(?= \(Bảng|\.)|"
    rf"^Thấp nhất là ([^.%]+?\({N}\)[^.%]*?)(?= \(Bảng|\.$)",
    PAGES,
)
def ends_of_published_parts(at: At, m: re.Match[str]) -> object:
    """Published main indicators at both ends."""
    named = re.findall(rf"(?:^|; |, | và )([^;]+?) \(({N})\)", m[1] or m[2])
    parts = results(at).parts(index_of(at), at.page.year, at.page.slug)
    if not named or not parts:
        return False
    for name, said in named:
        value = next((v for part, v in parts.items() if part.lower() == name.lower()), None)
        good = (
            any(prints(said, v) for v in parts.values()) if value is None else prints(said, value)
        )
        at.check(good, "thành phần", f"{name}: {value or said}")
    return None


@frame(
    r"Nguồn của từng số ghi ở mỗi dòng|đây không phải bảng xếp hạng đầy đủ|chỉ số dưới hình ảnh",
    NATIONAL,
)
def stated(at: At, m: re.Match[str]) -> None:
    """What the page says of its own table."""


@frame(rf"tổng ghi trong bảng lệch quá ({N}) điểm so với các dòng bên dưới", OWN)
def tolerance(at: At, m: re.Match[str]) -> None:
    """By how much a printed sum may be off."""
    at.check(prints(m[1], Fraction(2, 100)), "ngưỡng", "0,02")


@frame(rf"^Kết quả năm (20\d\d) là ({N})%\.$", OWN)
def of_the_year_before(at: At, m: re.Match[str]) -> object:
    """The index of the office in the year before."""
    before = office(at).before
    for kind in ("par_index", "dti"):
        table = before.scored(kind) if before.exists else None
        if table is not None and table.leaves and prints(m[2], table.share()):
            at.checked += 1
            return None
    at.check(False, "năm trước", m[2])
    return None
