"""Frames on PAR INDEX, SIPAS and DTI as published: values, places, means, neighbours, years."""

from __future__ import annotations

import re
from fractions import Fraction

from .claims import At, frame
from .context import facts
from .numbers import COUNT, N, count, parse, prints, prints_size, show
from .papi_context import NAME, default_year, own, papi, system_of
from .published import Results

INDEX = {"PAR INDEX": "par_index", "SIPAS": "sipas", "DTI": "dti"}
LABEL = r"(PAR INDEX|SIPAS|DTI)"
NATIONAL = ("par_index_national", "dti_national")
PAGES = ("par_index", "dti", "province", "annual", *NATIONAL)


def results(at: At) -> Results:
    return facts(at).results


def index_of(at: At) -> str:
    return "dti" if at.page.kind.startswith("dti") else "par_index"


def lines_of(at: At, index: str, year: int, slug: str) -> list[dict[str, str]]:
    """Published lines; those of a unit that kept its borders stand under its old name."""
    known = results(at).provinces(index, year)
    unit = facts(at).register.units["34"].get(slug)
    if slug not in known and unit is not None and len(unit.parts) == 1:
        slug = unit.parts[0]
    return known.get(slug, [])


def values_of(at: At, index: str, year: int, slug: str) -> list[Fraction]:
    """All published values, doubted ones too, in the unit of the source."""
    found = []
    for row in lines_of(at, index, year, slug):
        if row["value"]:
            value = Fraction(row["value"])
            found.append(value / 1000 if index == "dti" and value > 10 else value)
            found.append(value / 100 if index == "dti" and 1 < value <= 100 else value)
    return found


def check_value(at: At, index: str, year: int, slug: str, said: str) -> None:
    known = values_of(at, index, year, slug)
    right = f"{index} {year} {slug}: {', '.join(show(v, 4) for v in known) or 'không có'}"
    at.check(any(prints(said, value) for value in known), "giá trị công bố", right)


def check_rank(at: At, index: str, year: int, slug: str, said: str) -> None:
    lines = lines_of(at, index, year, slug)
    known = {row["rank"] for row in lines if row["rank"]}
    slug = lines[0]["slug"] if lines else slug
    right = f"{index} {year} {slug}: {sorted(known) or 'không có'}"
    at.check(str(count(said)) in known, "thứ hạng công bố", right)
    tied = [
        s
        for s, rows in results(at).provinces(index, year).items()
        if s != slug and any(row["rank"] == str(count(said)) for row in rows)
    ]
    if tied and str(count(said)) in known:
        told = re.search(r"đồng|cùng hạng|cùng thứ|bằng nhau", at.text.text) or at.text.kind == "cell"
        at.check(bool(told), "đồng hạng", f"{index} {year}: hạng {said} cũng là của {tied}")


@frame(rf"{LABEL} năm (20\d\d)(?: của (?:tỉnh |thành phố |TP\. )?{NAME})?(?: đạt ({N})%?(?: trên thang 0-1)?)?"
       rf"(?:(?:,| và)? (?:xếp|đứng)(?: đồng)? (?:thứ|hạng) (\d+)/(\d+)|, (?:đồng )?(?:thứ|hạng) (\d+)/(\d+))?", ("par_index", "dti", "province", "annual"))
def published_result(at: At, m: re.Match[str]) -> object:
    if not (m[3] or m[4] or m[6]):
        return False
    office = facts(at).office(at.page.slug, at.page.year)
    if office.exists and at.page.slug in facts(at).register.simulated:
        return False
    index, year, slug = INDEX[m[1]], int(m[2]), at.page.slug
    if m[3]:
        check_value(at, index, year, slug, m[3])
    rank, units = m[4] or m[6], m[5] or m[7]
    if rank:
        check_rank(at, index, year, slug, rank)
        at.check(units == "63", "số đơn vị", "63")
    return None


@frame(rf"{LABEL} của {NAME}: ((?:{N}%? năm 20\d\d(?:; |, | và )?)+)", PAGES)
def by_year(at: At, m: re.Match[str]) -> None:
    for said, year in re.findall(rf"({N})%? năm (20\d\d)", m[2]):
        check_value(at, INDEX[m[1]], int(year), at.page.slug, said)


@frame(rf"[Ss]o với năm (20\d\d),? {LABEL}(?: năm (20\d\d))? (cao|thấp) hơn ({N}) điểm|{LABEL}(?: năm (20\d\d))? (?:cao|thấp) hơn {N} điểm", PAGES)
def change_published(at: At, m: re.Match[str]) -> object:
    if not m[1]:
        return None
    index, later = INDEX[m[2]], int(m[3] or at.page.year)
    earlier, slug = int(m[1]), at.page.slug
    at.check(results(at).comparable(index, earlier, later), "qua mốc đổi cách tính", f"{index} {earlier}–{later}")
    a, b = values_of(at, index, earlier, slug), values_of(at, index, later, slug)
    gaps = [y - x for x in a for y in b]
    at.check(any(prints_size(m[5], g) and (g > 0) == (m[4] == "cao") for g in gaps), "mức thay đổi", f"{gaps}")
    return None


@frame(rf"(?:[Mm]ức này|[Kk]ết quả này)? ?(cao|thấp) hơn (?:mức )?bình quân (?:chung )?(?:của )?cả nước(?: \(({N})%?\))?(?: là)?,? ({N})(?: điểm phần trăm)?", ("par_index", "dti", "province", "sipas", "annual"))
def against_country(at: At, m: re.Match[str]) -> object:
    index = index_of(at)
    year = at.page.year
    mean = results(at).national(index, year)
    if mean is None:
        return False
    known = values_of(at, index, year, at.page.slug)
    if m[2]:
        at.check(prints(m[2], mean), "bình quân cả nước", show(mean, 4))
    gaps = [value - mean for value in known]
    at.check(any(prints_size(m[3], g) and (g > 0) == (m[1] == "cao") for g in gaps), "so với cả nước", f"{[show(g, 4) for g in gaps]}")
    return None


@frame(rf"[Bb]ình quân (?:chung )?(?:của )?cả nước(?: đã công bố)?(?: là)? ?\(?({N})%?", PAGES)
def national_mean(at: At, m: re.Match[str]) -> object:
    year = at.page.year
    at.check(prints(m[1], results(at).national(index_of(at), year)), "bình quân cả nước", f"{year}")
    return None


@frame(rf"[Bb]ình quân (?:của )?vùng ([^.;(]+?) là ({N})%(?:; kết quả của (?:tỉnh|thành phố) (cao|thấp) hơn mức này ({N}) điểm phần trăm)?", PAGES)
def region_mean(at: At, m: re.Match[str]) -> object:
    known = results(at).regions(index_of(at), at.page.year)
    mean = {name.lower(): value for name, value in known.items()}.get(m[1].strip().lower())
    at.check(prints(m[2], mean), "bình quân vùng", m[1])
    unit = facts(at).register.units["63"].get(at.page.slug)
    at.check(unit is not None and unit.region.lower() == m[1].lower(), "vùng", m[1])
    if m[3] and mean is not None:
        gaps = [v - mean for v in values_of(at, index_of(at), at.page.year, at.page.slug)]
        at.check(any(prints_size(m[4], g) and (g > 0) == (m[3] == "cao") for g in gaps), "so với vùng", f"{gaps}")
    return None


@frame(rf"[Nn]guồn khác ghi(?: bình quân vùng là ({N})%(?: \([^)]*\))?|: (.+?)(?=\.$|\. [A-ZĐ]))", PAGES)
def other_sources(at: At, m: re.Match[str]) -> object:
    index, year = index_of(at), at.page.year
    unit = facts(at).register.units["63"].get(at.page.slug)
    pairs = re.findall(rf"[Vv]ùng ([^;%]+?) ({N})%", m[2] or "")
    if m[1] and unit:
        pairs = [(unit.region, m[1])]
    for name, said in pairs:
        known = results(at).regions_said(index, year, name)
        at.check(any(prints(said, value) for value in known), "nguồn khác", f"{name}: {known}")
    return None if pairs else False


@frame(rf"(?:Biểu đồ chấm của |^[^.]* trong )(\d+)(?:/63)? tỉnh, thành phố có giá trị(?: công bố)?(?:, từ ({N})%? \(({NAME})\) đến ({N})%? \(({NAME})\))?", ("par_index", "dti"))
def dots(at: At, m: re.Match[str]) -> object:
    index, year = index_of(at), at.page.year
    known = {s: v for s in results(at).provinces(index, year)
             if (v := results(at).value(index, year, s)) is not None}
    every = sum(bool(values_of(at, index, year, s)) for s in results(at).provinces(index, year))
    at.check(count(m[1]) in (len(known), every), "số giá trị", f"{len(known)}")
    if m[2]:
        low, high = min(known.values()), max(known.values())
        at.check(prints(m[2], low) and prints(m[4], high), "khoảng", f"{show(low)}–{show(high)}")
        for name, end in ((m[3], low), (m[5], high)):
            at.check(known.get(facts(at).register.slug(name) or "") == end, "cao nhất, thấp nhất", name)
    return None


@frame(rf"So với năm (20\d\d) \(({N})%?\), {LABEL} của (?:tỉnh|thành phố) (tăng|giảm) ({N})", PAGES)
def moved_published(at: At, m: re.Match[str]) -> object:
    index, slug = INDEX[m[3]], at.page.slug
    earlier, later = int(m[1]), at.page.year
    check_value(at, index, earlier, slug, m[2])
    at.check(results(at).comparable(index, earlier, later), "qua mốc đổi cách tính", f"{index} {earlier}–{later}")
    gaps = [y - x for x in values_of(at, index, earlier, slug) for y in values_of(at, index, later, slug)]
    at.check(any(prints_size(m[5], g) and (g > 0) == (m[4] == "tăng") for g in gaps), "mức thay đổi", f"{gaps}")
    return None


@frame(r"[Tt]hứ hạng (?:năm 20\d\d )?(?:vẫn )?(?:giữ nguyên|không đổi)(?: ở| là)? (\d+)/63", PAGES)
def same_rank(at: At, m: re.Match[str]) -> object:
    check_rank(at, index_of(at), at.page.year, at.page.slug, m[1])
    return None


@frame(r"(\d+|chín|tám) (?:chỉ số chính|lĩnh vực), (\d+) (?:chỉ số thành phần|tiêu chí) và ([\d.]+) (?:điểm|tiêu chí thành phần)", ("par_index", "dti"))
def structure(at: At, m: re.Match[str]) -> object:
    known = facts(at).structure(index_of(at), at.page.year)
    said = (count(m[1]), count(m[2]), count(m[3]))
    at.check(said == known, "cấu trúc bộ tiêu chí", f"{known}")
    return None


@frame(rf"nhóm (\S+) \(từ ({N})%(?: đến dưới ({N})%| trở lên)\)", ("par_index",))
def band(at: At, m: re.Match[str]) -> object:
    bands = results(at).groups.get(("par_index", at.page.year), [])
    value = results(at).value("par_index", at.page.year, at.page.slug)
    right = [
        b for b in bands
        if value is not None and float(value) >= float(b["at_least"])  # type: ignore[arg-type]
        and (b["below"] is None or float(value) < float(b["below"]))  # type: ignore[arg-type]
    ]
    same = right and str(right[0]["name"]) == m[1] and prints(m[2], Fraction(str(right[0]["at_least"])))
    at.check(bool(same), "nhóm", f"{right}")
    return None


@frame(r"chiso new [\w-]+ (20\d\d)")
def command(at: At, m: re.Match[str]) -> None:
    at.check(int(m[1]) == at.page.year, "năm của lệnh", str(at.page.year))


@frame(r"Bảng lược bớt (\d+) tỉnh, thành phố", PAGES)
def left_out(at: At, m: re.Match[str]) -> object:
    shown = [t for t in at.page.tables if t.name.endswith("peers")]
    if not shown:
        return False
    known = results(at).provinces(index_of(at), at.page.year)
    at.check(len(known) - len(shown[0].rows) == int(m[1]), "số đơn vị lược bớt", f"{len(known)} − {len(shown[0].rows)}")
    return None


@frame(rf"Trong (\w+) thành phần có giá trị công bố, cao nhất là ([^(]+) \(({N})\), (?:và )?thấp nhất là ([^(]+) \(({N})\)", PAGES)
def ends_of_parts(at: At, m: re.Match[str]) -> object:
    parts = results(at).parts(index_of(at), at.page.year, at.page.slug)
    at.check(len(parts) == count(m[1]), "số thành phần", f"{len(parts)}")
    for name, said, end in ((m[2], m[3], max(parts.values())), (m[4], m[5], min(parts.values()))):
        known = {n.lower(): v for n, v in parts.items()}
        value = next((v for n, v in known.items() if n == name.lower() or n in name.lower() or name.lower() in n), None)
        at.check(value == end and prints(said, value), "thành phần cao nhất, thấp nhất", f"{parts}")
    return None


@frame(rf"Các nguồn ghi khác nhau về năm (20\d\d): ((?:{N}%?(?:, | và |; )?)+); báo cáo dùng ({N})", PAGES)
def sources_differ(at: At, m: re.Match[str]) -> None:
    for said in [*re.findall(N, m[2]), m[3]]:
        check_value(at, index_of(at), int(m[1]), at.page.slug, said)


@frame(r"đã đọc được của (\d+) sở, huyện hoặc xã", PAGES)
def inside_province(at: At, m: re.Match[str]) -> object:
    key = (index_of(at), str(at.page.year), at.page.slug)
    known = {
        (r["level"], r["unit"]) for r in results(at).lines.values()
        if (r["index"], r["year"], r["parent_slug"]) == key and r["level"] != "province"
    }
    at.check(len(known) == int(m[1]), "số sở, huyện, xã", f"{len(known)}")
    return None


@frame(rf"[Tt]hứ hạng (?:công bố )?(?:năm 20\d\d )?(tăng|giảm|lên|xuống) (\d+) bậc,? từ (\d+)/(\d+) (?:lên|xuống|thành) (\d+)/(\d+)", PAGES)
def change_of_rank(at: At, m: re.Match[str]) -> object:
    index, slug, year = index_of(at), at.page.slug, at.page.year
    then, now = int(m[3]), int(m[5])
    at.check(abs(now - then) == int(m[2]), "số bậc", f"{abs(now - then)}")
    at.check((now < then) == (m[1] in ("tăng", "lên")), "tăng, giảm hạng", f"{then}→{now}")
    years = [y for y in results(at).years(index, slug) if y < year and results(at).rank(index, y, slug)]
    said = re.findall(r"[Ss]o với năm (20\d\d)", f"{at.before} {at.text.text[: m.start()]}")
    earlier = int(said[-1]) if said else (years[-1] if years else None)
    at.check(earlier is not None and str(then) in {r["rank"] for r in results(at).provinces(index, earlier or 0).get(slug, [])}, "thứ hạng", f"{earlier}")
    at.check(str(now) in {r["rank"] for r in results(at).provinces(index, year).get(slug, [])}, "thứ hạng", f"{year}")
    return None


@frame(rf"(?<!chấm của )(?<!\d)(\d+)/63 (?:tỉnh, thành phố)(?! có giá trị công bố)|(?:của |được của |có số liệu công bố của )(\d+) trong 63", PAGES)
def how_many_found(at: At, m: re.Match[str]) -> object:
    known = results(at).provinces(index_of(at), at.page.year)
    at.check(count(m[1] or m[2]) == len(known), "số đơn vị có số liệu", str(len(known)))
    return None


@frame(r"trong đó (\d+) (?:nơi|đơn vị) có giá trị|trong đó (?:cả )?(\d+) đơn vị chỉ có thứ hạng hoặc giá trị còn nghi ngờ|chưa có giá trị của đơn vị nào", PAGES)
def how_many_values(at: At, m: re.Match[str]) -> object:
    index, year = index_of(at), at.page.year
    known = results(at).provinces(index, year)
    with_value = sum(results(at).value(index, year, slug) is not None for slug in known)
    if m[1]:
        at.check(count(m[1]) == with_value, "số giá trị", str(with_value))
    elif m[2]:
        at.check(count(m[2]) == len(known) - with_value, "số đơn vị không có giá trị", f"{len(known) - with_value}")
    else:
        at.check(with_value == 0, "số giá trị", str(with_value))
    return None


@frame(r"những đơn vị có điểm gần (?:tỉnh |thành phố |TP\. )?([^.]+?) nhất là ([^.(]+)", ("province",))
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
    at.check(not wrong and bool(named), "gần nhất", f"gần nhất: {[s for _, s in gaps[: len(named)]]}")
    return None


@frame(rf"[Ll]iền (trên|dưới) (?:là|có) ([^;.]+)", ("province",))
def next_in_order(at: At, m: re.Match[str]) -> object:
    system, year, slug = system_of(at), default_year(at), at.page.slug
    scores = papi(at).of(year, "total", system)
    if slug not in scores:
        return False
    order = sorted(scores, key=lambda s: -scores[s])
    place = order.index(slug)
    named = [s for s in facts(at).register.list_of(m[2], system) if s]
    right = order[max(0, place - len(named)) : place] if m[1] == "trên" else order[place + 1 : place + 1 + len(named)]
    at.check(set(named) == set(right), "liền kề", f"{right}")
    for name, said in re.findall(rf"({NAME}) \(({N})", m[2]):
        at.check(prints(said, scores.get(facts(at).register.slug(name, system) or "")), "điểm", name)
    return None


@frame(r"[Tt]rong (\d+) đơn vị có điểm tổng hợp", ("province", "papi", "papi_national"))
def scored_units(at: At, m: re.Match[str]) -> None:
    n = len(papi(at).of(default_year(at), "total", system_of(at, count(m[1]))))
    at.check(count(m[1]) == n, "số đơn vị", str(n))


@frame(r"[Cc]ác đơn vị có điểm (?:PAPI )?gần .*?nhất")
def heading_of_neighbours(at: At, m: re.Match[str]) -> object:
    """Heading and caption; the table and the sentence below are checked."""
    return None if at.text.kind in ("h2", "h3", "caption") else False


@frame(r"(PAPI|PAR INDEX|SIPAS|DTI) \(((?:20\d\d(?:, | và )?)+)\)", ("province",))
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
    known = {s: v for s in results(at).provinces(index, year)
             if (v := results(at).value(index, year, s)) is not None}
    at.check(count(m[1]) == len(known), "số giá trị", f"{len(known)}")
    low, high = min(known.values()), max(known.values())
    at.check(prints(m[2], low) and prints(m[4], high), "khoảng", f"{show(low)}–{show(high)}")
    return None


@frame(rf"Trong (\d+) vùng có bình quân (?:đã )?công bố, cao nhất là ([^(]+) \(({N})%\),? (?:và )?thấp nhất là ([^(]+) \(({N})%\)", NATIONAL)
def ends_of_regions(at: At, m: re.Match[str]) -> object:
    regions = results(at).regions(index_of(at), at.page.year)
    at.check(len(regions) == count(m[1]) and len(regions) == 6, "thiếu vùng", f"có {len(regions)} trong 6 vùng")
    low, high = min(regions.values()), max(regions.values())
    for name, said, end in ((m[2], m[3], high), (m[4], m[5], low)):
        holders = [n for n, v in regions.items() if v == end]
        at.check(name.lower() in [n.lower() for n in holders] and prints(said, end), "vùng cao nhất, thấp nhất", f"{holders}")
        at.check(len(holders) == 1 or all(h.lower() in at.text.text.lower() for h in holders), "đồng hạng", f"{holders}")
    return None


@frame(rf"[Ss]o với năm (20\d\d), trong (\d+) đơn vị có giá trị (?:của )?cả hai năm[:,]? (?:tăng|giảm) nhiều nhất[^.]*", NATIONAL)
def largest_published_changes(at: At, m: re.Match[str]) -> object:
    index, later, earlier = index_of(at), at.page.year, int(m[1])
    at.check(results(at).comparable(index, earlier, later), "qua mốc đổi cách tính", f"{index} {earlier}–{later}")
    at.check(count(m[2]) == 63, "nhiều nhất trong số thiếu", f"{m[2]} trong 63 đơn vị")
    for name, said in re.findall(rf"({NAME}) \(({N}) điểm", m[0]):
        slug = facts(at).register.slug(name, "63") or ""
        a, b = (results(at).value(index, y, slug) for y in (earlier, later))
        at.check(a is not None and b is not None and prints_size(said, b - a), "mức thay đổi", name)
    return None


@frame(rf"Chỉ số ICT \(Vietnam ICT Index\) năm (20\d\d), (?:tỉnh|thành phố) (?:đạt ({N}) )?(?:và )?(?:xếp thứ (\d+)(?:/(\d+))?)?", ("dti",))
def ict(at: At, m: re.Match[str]) -> object:
    lines = results(at).provinces("ict_index", int(m[1])).get(at.page.slug, [])
    if m[2]:
        at.check(any(r["value"] and prints(m[2], Fraction(r["value"])) for r in lines), "ICT", f"{lines}")
    if m[3]:
        at.check(any(r["rank"] == m[3] for r in lines), "ICT", f"{[r['rank'] for r in lines]}")
    return None


@frame(rf"(?:lệch|sai lệch) quá ({N}) điểm so với tổng", ("par_index", "dti"))
def tolerance(at: At, m: re.Match[str]) -> None:
    at.check(parse(m[1]) == Fraction(2, 100), "ngưỡng", "0,02")


@frame(rf"nhóm ([A-D]|[^.;,]*?%[^.;,]*) (?:theo|của|trong)|thuộc nhóm ([A-D])(?![\w-])", ("par_index", "province"))
def published_group(at: At, m: re.Match[str]) -> object:
    bands = results(at).groups.get(("par_index", at.page.year))
    value = results(at).value("par_index", at.page.year, at.page.slug)
    if not bands or value is None:
        return False
    name = m[1] or m[2]
    band = next((b for b in bands if float(value) >= float(b["at_least"]) and (b["below"] is None or float(value) < float(b["below"]))), None)  # type: ignore[arg-type]
    at.check(band is not None and str(band["name"]) == name, "nhóm", f"{band}")
    return None



@frame(rf"^({NAME}) đạt ({N})%(?:\.$|; bình quân cả nước ({N})%)(?: và bình quân vùng ({N})%)?", PAGES)
def three_marks(at: At, m: re.Match[str]) -> object:
    index, year = index_of(at), at.page.year
    check_value(at, index, year, facts(at).register.slug(m[1]) or "", m[2])
    if m[3]:
        at.check(prints(m[3], results(at).national(index, year)), "bình quân cả nước", str(year))
    unit = facts(at).register.units["63"].get(at.page.slug)
    if m[4] and unit:
        mean = {n.lower(): v for n, v in results(at).regions(index, year).items()}.get(unit.region.lower())
        at.check(prints(m[4], mean), "bình quân vùng", unit.region)
    return None


@frame(rf"Theo thành phần, (?:tỉnh|thành phố) đạt ([^.]+?)(?= \(Bảng|\.$)", PAGES)
def blocks(at: At, m: re.Match[str]) -> object:
    """Points and maxima of the parts that add up to a hundred."""
    key = (index_of(at), str(at.page.year), at.page.slug)
    known = [
        Fraction(r["value"]) for r in results(at).lines.values()
        if (r["index"], r["year"], r["slug"]) == key and r["code"].startswith("agg:") and r["value"]
    ]
    for got, most, share in re.findall(rf"({N})/({N}) điểm \(({N})%\)", m[1]):
        at.check(any(prints(got, v) for v in known), "điểm thành phần", f"{got}")
        at.check(prints(share, 100 * parse(got) / parse(most)), "tỷ lệ", f"{got}/{most}")
    return None


@frame(r"Trong các lĩnh vực có thứ hạng công bố, cao nhất là ([^(]+) \(thứ (\d+)/63\), thấp nhất là ([^(]+) \(thứ (\d+)/63\)", PAGES)
def ends_of_ranks(at: At, m: re.Match[str]) -> object:
    key = (index_of(at), str(at.page.year), at.page.slug)
    known = {
        re.sub(r" \(.*", "", r["name"]).lower(): int(r["rank"]) for r in results(at).lines.values()
        if (r["index"], r["year"], r["slug"]) == key and r["code"] != "total" and r["rank"] and r["level"] == "province"
    }
    for name, said, end in ((m[1], m[2], min(known.values())), (m[3], m[4], max(known.values()))):
        at.check(known.get(name.lower()) == int(said) == end, "lĩnh vực cao nhất, thấp nhất", f"{known}")
        tied = [n for n, rank in known.items() if rank == end]
        at.check(len(tied) == 1, "đồng hạng", f"{tied}")
    return None


@frame(r"thuộc nhóm (dưới \d+%)", PAGES)
def lowest_band(at: At, m: re.Match[str]) -> object:
    value = results(at).value(index_of(at), at.page.year, at.page.slug)
    at.check(value is not None and value < parse(m[1][5:]), "nhóm", f"{value}")
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
        at.check(any(abs(value - v) < Fraction(1, 100) for v in known | years), "giá trị còn nghi ngờ", said)
    return None
