"""More frames on published results: neighbours, regions, parts, sources, doubts."""

from __future__ import annotations

import re
from fractions import Fraction

from .claims import At, frame
from .context import facts
from .frames_published import (
    INDEX,
    NATIONAL,
    PAGES,
    check_value,
    index_of,
    results,
    takes_side,
)
from .numbers import N, count, parse, prints, prints_size, show
from .papi_context import NAME, default_year, papi, system_of


@frame(
    r"[Tt]hứ hạng (?:công bố )?(?:năm 20\d\d )?(tăng|giảm|lên|xuống) (\d+) bậc,? từ "
    r"(\d+)/(\d+) (?:lên|xuống|thành) (\d+)/(\d+)",
    PAGES,
)
def change_of_rank(at: At, m: re.Match[str]) -> object:
    index, slug, year = index_of(at), at.page.slug, at.page.year
    takes_side(at, index)
    then, now = int(m[3]), int(m[5])
    at.check(abs(now - then) == int(m[2]), "số bậc", f"{abs(now - then)}")
    at.check((now < then) == (m[1] in ("tăng", "lên")), "tăng, giảm hạng", f"{then}→{now}")
    years = [
        y for y in results(at).years(index, slug) if y < year and results(at).rank(index, y, slug)
    ]
    said = re.findall(r"[Ss]o với năm (20\d\d)", f"{at.before} {at.text.text[: m.start()]}")
    earlier = int(said[-1]) if said else (years[-1] if years else None)
    at.check(
        earlier is not None
        and str(then)
        in {r["rank"] for r in results(at).provinces(index, earlier or 0).get(slug, [])},
        "thứ hạng",
        f"{earlier}",
    )
    at.check(
        str(now) in {r["rank"] for r in results(at).provinces(index, year).get(slug, [])},
        "thứ hạng",
        f"{year}",
    )
    return None


@frame(
    r"(?<!chấm của )(?<!\d)(\d+)/63 (?:tỉnh, thành phố)(?! có giá trị công bố)|(?:của |được "
    r"của |có số liệu công bố của )(\d+) trong 63(?! đơn vị có đủ điểm)",
    PAGES,
)
def how_many_found(at: At, m: re.Match[str]) -> object:
    known = results(at).provinces(index_of(at), at.page.year)
    at.check(count(m[1] or m[2]) == len(known), "số đơn vị có số liệu", str(len(known)))
    return None


@frame(
    r"(?<!xã, )trong đó (\d+) (?:nơi|đơn vị) có giá trị|trong đó (?:cả )?(\d+) đơn vị chỉ có thứ hạng "
    r"hoặc giá trị còn nghi ngờ|chưa có giá trị của đơn vị nào",
    PAGES,
)
def how_many_values(at: At, m: re.Match[str]) -> object:
    index, year = index_of(at), at.page.year
    known = results(at).provinces(index, year)
    with_value = sum(results(at).value(index, year, slug) is not None for slug in known)
    if m[1]:
        at.check(count(m[1]) == with_value, "số giá trị", str(with_value))
    elif m[2]:
        at.check(
            count(m[2]) == len(known) - with_value,
            "số đơn vị không có giá trị",
            f"{len(known) - with_value}",
        )
    else:
        at.check(with_value == 0, "số giá trị", str(with_value))
    return None


@frame(
    r"những đơn vị có điểm gần (?:tỉnh |thành phố |TP\. )?([^.]+?) nhất là ([^.(]+)", ("province",)
)
def neighbours(at: At, m: re.Match[str]) -> object:
    """Nearest by score, not by place."""
    system, year, slug = system_of(at), default_year(at), at.page.slug
    scores = papi(at).of(year, "total", system)
    mine = scores.get(slug)
    if mine is None:
        return False
    named = [s for s in facts(at).register.list_of(m[2], system) if s]
    gaps = sorted((abs(v - mine), s) for s, v in scores.items() if s != slug)
    limit = gaps[len(named) - 1][0]
    wrong = [s for s in named if abs(scores[s] - mine) > limit]
    at.check(
        not wrong and bool(named), "gần nhất", f"gần nhất: {[s for _, s in gaps[: len(named)]]}"
    )
    return None


@frame(r"[Ll]iền (trên|dưới) (?:là|có) ((?:(?!TP\.)[^;.]|TP\.)+)", ("province",))
def next_in_order(at: At, m: re.Match[str]) -> object:
    system, year, slug = system_of(at), default_year(at), at.page.slug
    scores = papi(at).of(year, "total", system)
    if slug not in scores:
        return False
    named = [s for s in facts(at).register.list_of(m[2], system) if s]
    tied = set(papi(at).tied(year, "total", slug, system)) | {slug}
    rest = [s for s in sorted(scores, key=lambda s: -scores[s]) if s not in tied]
    above = [s for s in rest if scores[s] > scores[slug]]
    below = rest[len(above) :]
    # units that print alike share a place, so that more than asked may stand next
    right = above[len(above) - len(named) :] if m[1] == "trên" else below[: len(named)]
    at.check(set(named) == set(right), "liền kề", f"{right}")
    for name, said in re.findall(rf"({NAME}) \(({N})", m[2]):
        at.check(
            prints(said, scores.get(facts(at).register.slug(name, system) or "")), "điểm", name
        )
    return None


@frame(r"[Tt]rong (\d+) đơn vị có điểm tổng hợp", ("province", "papi", "papi_national"))
def scored_units(at: At, m: re.Match[str]) -> None:
    n = len(papi(at).of(default_year(at), "total", system_of(at, count(m[1]))))
    at.check(count(m[1]) == n, "số đơn vị", str(n))


@frame(r"[Cc]ác đơn vị có điểm (?:PAPI )?gần .*?nhất")
def heading_of_neighbours(at: At, m: re.Match[str]) -> object:
    """Heading and caption; the table and the sentence below are checked."""
    return None if at.text.kind in ("h2", "h3", "caption") else False


@frame(r"(PAPI|PAR INDEX|SIPAS|DTI|PCI) \(((?:20\d\d(?:, | và )?)+)\)", ("province",))
def broken_years(at: At, m: re.Match[str]) -> object:
    """Years from which an index is counted in another way."""
    for year in map(int, re.findall(r"20\d\d", m[2])):
        if m[1] == "PAPI":
            broken = not papi(at).comparable("total", year - 1, year)
        else:
            broken = not results(at).comparable(INDEX[m[1]], year - 1, year)
        at.check(broken, "mốc đổi cách tính", f"{m[1]} {year}: không có mốc")
    return None


@frame(r"(?:và |nên )?(?:kết quả )?không đổi", ("province",))
def unchanged_name(at: At, m: re.Match[str]) -> object:
    return None if "của đơn vị cũ" in at.text.text else False


@frame(rf"[Đđ]ứng đầu (?:theo công bố )?là ({NAME})(?:,? đạt ({N})%?)?", PAGES)
def first_published(at: At, m: re.Match[str]) -> object:
    index, year = index_of(at), at.page.year
    slug = facts(at).register.slug(m[1], "63")
    first = [s for s in results(at).provinces(index, year) if results(at).rank(index, year, s) == 1]
    at.check(slug in first, "đứng đầu", f"{first}")
    if m[2] and slug:
        check_value(at, index, year, slug, m[2])
    return None


@frame(rf"^(\d+) giá trị tìm thấy, từ ({N})%? \(({NAME})\) đến ({N})%? \(({NAME})\)", NATIONAL)
def range_found(at: At, m: re.Match[str]) -> object:
    index, year = index_of(at), at.page.year
    known = {
        s: v
        for s in results(at).provinces(index, year)
        if (v := results(at).value(index, year, s)) is not None
    }
    at.check(count(m[1]) == len(known), "số giá trị", f"{len(known)}")
    low, high = min(known.values()), max(known.values())
    at.check(prints(m[2], low) and prints(m[4], high), "khoảng", f"{show(low)}–{show(high)}")
    return None


@frame(
    rf"Trong (\d+) vùng có bình quân (?:đã )?công bố, cao nhất là ([^(]+) \(({N})%\),? (?:và "
    rf")?thấp nhất là ([^(]+) \(({N})%\)",
    NATIONAL,
)
def ends_of_regions(at: At, m: re.Match[str]) -> object:
    takes_side(at, index_of(at))
    regions = results(at).regions(index_of(at), at.page.year)
    at.check(
        len(regions) == count(m[1]) and len(regions) == 6,
        "thiếu vùng",
        f"có {len(regions)} trong 6 vùng",
    )
    low, high = min(regions.values()), max(regions.values())
    for name, said, end in ((m[2], m[3], high), (m[4], m[5], low)):
        holders = [n for n, v in regions.items() if v == end]
        at.check(
            name.lower() in [n.lower() for n in holders] and prints(said, end),
            "vùng cao nhất, thấp nhất",
            f"{holders}",
        )
        at.check(
            len(holders) == 1 or all(h.lower() in at.text.text.lower() for h in holders),
            "đồng hạng",
            f"{holders}",
        )
    return None


@frame(
    r"[Ss]o với năm (20\d\d), trong (\d+) đơn vị có giá trị (?:của )?cả hai năm[:,]? "
    r"(?:tăng|giảm) nhiều nhất[^.]*",
    NATIONAL,
)
def largest_published_changes(at: At, m: re.Match[str]) -> object:
    index, later, earlier = index_of(at), at.page.year, int(m[1])
    takes_side(at, index)
    at.check(
        results(at).comparable(index, earlier, later),
        "qua mốc đổi cách tính",
        f"{index} {earlier}–{later}",
    )
    at.check(count(m[2]) == 63, "nhiều nhất trong số thiếu", f"{m[2]} trong 63 đơn vị")
    for name, said in re.findall(rf"({NAME}) \(({N}) điểm", m[0]):
        slug = facts(at).register.slug(name, "63") or ""
        a, b = (results(at).value(index, y, slug) for y in (earlier, later))
        at.check(a is not None and b is not None and prints_size(said, b - a), "mức thay đổi", name)
    return None


@frame(
    rf"Chỉ số ICT \(Vietnam ICT Index\) năm (20\d\d), (?:tỉnh|thành phố) (?:đạt ({N}) )?(?:và "
    rf")?(?:xếp thứ (\d+)(?:/(\d+))?)?",
    ("dti",),
)
def ict(at: At, m: re.Match[str]) -> object:
    lines = results(at).provinces("ict_index", int(m[1])).get(at.page.slug, [])
    if m[2]:
        at.check(
            any(r["value"] and prints(m[2], Fraction(r["value"])) for r in lines), "ICT", f"{lines}"
        )
    if m[3]:
        at.check(any(r["rank"] == m[3] for r in lines), "ICT", f"{[r['rank'] for r in lines]}")
    return None


@frame(rf"(?:lệch|sai lệch) quá ({N}) điểm so với tổng", ("par_index", "dti"))
def tolerance(at: At, m: re.Match[str]) -> None:
    at.check(parse(m[1]) == Fraction(2, 100), "ngưỡng", "0,02")


@frame(
    r"nhóm ([A-D]|[^.;,]*?%[^.;,]*) (?:theo|của|trong)|thuộc nhóm ([A-D])(?![\w-])",
    ("par_index", "province"),
)
def published_group(at: At, m: re.Match[str]) -> object:
    bands = results(at).groups.get(("par_index", at.page.year))
    value = results(at).value("par_index", at.page.year, at.page.slug)
    if not bands or value is None:
        return False
    name = m[1] or m[2]
    band = next(
        (
            b
            for b in bands
            if float(value) >= float(b["at_least"])
            and (b["below"] is None or float(value) < float(b["below"]))
        ),
        None,
    )  # type: ignore[arg-type]
    at.check(band is not None and str(band["name"]) == name, "nhóm", f"{band}")
    return None
