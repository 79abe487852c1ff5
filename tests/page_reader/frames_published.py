"""Frames on PAR INDEX, SIPAS and DTI as published: values, places, means, neighbours, years."""

from __future__ import annotations

import re
from fractions import Fraction

from .claims import At, frame
from .context import facts
from .numbers import N, count, prints, prints_size, show
from .papi_context import NAME
from .published import Results

INDEX = {"PAR INDEX": "par_index", "SIPAS": "sipas", "DTI": "dti", "PCI": "pci"}
LABEL = r"(PAR INDEX|SIPAS|DTI|PCI)"
NATIONAL = ("par_index_national", "dti_national", "pci_national")
PAGES = ("par_index", "dti", "pci", "province", "annual", *NATIONAL)


def results(at: At) -> Results:
    return facts(at).results


def index_of(at: At) -> str:
    kind = at.page.kind.removesuffix("_national")
    return kind if kind in ("dti", "pci") else "par_index"


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


def takes_side(at: At, index: str) -> None:
    """A side, a move or an end is told: the error of the values must be known."""
    at.check(
        index not in results(at).sampled,
        "so sánh khi chưa biết sai số",
        f"{index}: một phần điểm lấy từ khảo sát, sai số không được công bố",
    )


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
        told = (
            re.search(r"đồng|cùng hạng|cùng thứ|bằng nhau", at.text.text) or at.text.kind == "cell"
        )
        at.check(bool(told), "đồng hạng", f"{index} {year}: hạng {said} cũng là của {tied}")


@frame(
    rf"{LABEL} năm (20\d\d)(?: của (?:tỉnh |thành phố |TP\. )?{NAME})?(?: đạt ({N})%?(?: \(tối "
    rf"đa 1\))?)?"
    rf"(?:(?:,| và|:)? (?:xếp|đứng)(?: đồng)? (?:thứ|hạng) (\d+)/(\d+)|, (?:đồng )?(?:thứ|hạng) "
    rf"(\d+)/(\d+))?",
    ("par_index", "dti", "province", "annual"),
)
def published_result(at: At, m: re.Match[str]) -> object:
    if not (m[3] or m[4] or m[6]):
        return False
    office = facts(at).office(at.page.slug, at.page.year, at.page.office)
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


@frame(
    rf"[Ss]o với năm (20\d\d),? {LABEL}(?: năm (20\d\d))? (cao|thấp) hơn ({N}) điểm|{LABEL}(?: "
    rf"năm (20\d\d))? (?:cao|thấp) hơn {N} điểm",
    PAGES,
)
def change_published(at: At, m: re.Match[str]) -> object:
    if not m[1]:
        return None
    index, later = INDEX[m[2]], int(m[3] or at.page.year)
    earlier, slug = int(m[1]), at.page.slug
    takes_side(at, index)
    at.check(
        results(at).comparable(index, earlier, later),
        "qua mốc đổi cách tính",
        f"{index} {earlier}–{later}",
    )
    a, b = values_of(at, index, earlier, slug), values_of(at, index, later, slug)
    gaps = [y - x for x in a for y in b]
    at.check(
        any(prints_size(m[5], g) and (g > 0) == (m[4] == "cao") for g in gaps),
        "mức thay đổi",
        f"{gaps}",
    )
    return None


@frame(
    rf"(?:[Mm]ức này|[Kk]ết quả này)? ?(cao|thấp) hơn (?:mức )?bình quân (?:chung )?(?:của "
    rf")?cả nước(?: \(({N})%?\))?(?: là)?,? ({N})(?: điểm phần trăm)?",
    ("par_index", "dti", "province", "sipas", "annual"),
)
def against_country(at: At, m: re.Match[str]) -> object:
    index = index_of(at)
    year = at.page.year
    mean = results(at).national(index, year)
    if mean is None:
        return False
    known = values_of(at, index, year, at.page.slug)
    takes_side(at, index)
    if m[2]:
        at.check(prints(m[2], mean), "bình quân cả nước", show(mean, 4))
    gaps = [value - mean for value in known]
    at.check(
        any(prints_size(m[3], g) and (g > 0) == (m[1] == "cao") for g in gaps),
        "so với cả nước",
        f"{[show(g, 4) for g in gaps]}",
    )
    return None


@frame(rf"[Bb]ình quân (?:chung )?(?:của )?cả nước(?: đã công bố)?(?: là)? ?\(?({N})%?", PAGES)
def national_mean(at: At, m: re.Match[str]) -> object:
    year = at.page.year
    at.check(prints(m[1], results(at).national(index_of(at), year)), "bình quân cả nước", f"{year}")
    return None


@frame(
    rf"[Bb]ình quân (?:của )?vùng ([^.;(]+?) là ({N})%(?:; kết quả của (?:tỉnh|thành phố) "
    rf"(cao|thấp) hơn mức này ({N}) điểm phần trăm)?",
    PAGES,
)
def region_mean(at: At, m: re.Match[str]) -> object:
    known = results(at).regions(index_of(at), at.page.year)
    mean = {name.lower(): value for name, value in known.items()}.get(m[1].strip().lower())
    at.check(prints(m[2], mean), "bình quân vùng", m[1])
    unit = facts(at).register.units["63"].get(at.page.slug)
    at.check(unit is not None and unit.region.lower() == m[1].lower(), "vùng", m[1])
    if m[3] and mean is not None:
        takes_side(at, index_of(at))
        gaps = [v - mean for v in values_of(at, index_of(at), at.page.year, at.page.slug)]
        at.check(
            any(prints_size(m[4], g) and (g > 0) == (m[3] == "cao") for g in gaps),
            "so với vùng",
            f"{gaps}",
        )
    return None


@frame(
    rf"[Nn]guồn khác ghi(?: bình quân vùng là ({N})%(?: \([^)]*\))?|: (.+?)(?=\.$|\. [A-ZĐ]))",
    PAGES,
)
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


@frame(
    rf"(?:Biểu đồ chấm của |^[^.]* trong )(\d+)(?:/63)? tỉnh, thành phố có giá trị(?: công "
    rf"bố)?(?:, từ ({N})%? \(({NAME})\) đến ({N})%? \(({NAME})\))?",
    ("par_index", "dti", "pci"),
)
def dots(at: At, m: re.Match[str]) -> object:
    index, year = index_of(at), at.page.year
    known = {
        s: v
        for s in results(at).provinces(index, year)
        if (v := results(at).value(index, year, s)) is not None
    }
    every = sum(bool(values_of(at, index, year, s)) for s in results(at).provinces(index, year))
    at.check(count(m[1]) in (len(known), every), "số giá trị", f"{len(known)}")
    if m[2]:
        low, high = min(known.values()), max(known.values())
        at.check(prints(m[2], low) and prints(m[4], high), "khoảng", f"{show(low)}–{show(high)}")
        for name, end in ((m[3], low), (m[5], high)):
            at.check(
                known.get(facts(at).register.slug(name) or "") == end, "cao nhất, thấp nhất", name
            )
    return None


@frame(
    rf"{LABEL}(?: của (?:tỉnh|thành phố))? năm (20\d\d) là ({N})%?, năm (20\d\d) là ({N})%?",
    PAGES,
)
def both_years(at: At, m: re.Match[str]) -> object:
    """Values of two years side by side, without a verdict."""
    index, slug = INDEX[m[1]], at.page.slug
    for year, said in ((int(m[2]), m[3]), (int(m[4]), m[5])):
        check_value(at, index, year, slug, said)
    return None


@frame(
    r"không kết luận giá trị nào cao hơn, thấp hơn, tăng hay giảm|nên chưa kết luận (?:về thay đổi"
    r"|được tăng hay giảm|đạt hay chưa đạt)",
    PAGES,
)
def no_verdict(at: At, m: re.Match[str]) -> None:
    """What is not told, and why."""


@frame(
    r"Theo thứ hạng công bố, (?:tỉnh|thành phố) xếp thứ (\d+)/63 năm (20\d\d) và thứ (\d+)/63 năm "
    r"(20\d\d)",
    PAGES,
)
def both_places(at: At, m: re.Match[str]) -> object:
    for rank, year in ((m[1], int(m[2])), (m[3], int(m[4]))):
        check_rank(at, index_of(at), year, at.page.slug, rank)
    return None


@frame(rf"So với năm (20\d\d) \(({N})%?\), {LABEL} của (?:tỉnh|thành phố) (tăng|giảm) ({N})", PAGES)
def moved_published(at: At, m: re.Match[str]) -> object:
    index, slug = INDEX[m[3]], at.page.slug
    earlier, later = int(m[1]), at.page.year
    takes_side(at, index)
    check_value(at, index, earlier, slug, m[2])
    at.check(
        results(at).comparable(index, earlier, later),
        "qua mốc đổi cách tính",
        f"{index} {earlier}–{later}",
    )
    gaps = [
        y - x
        for x in values_of(at, index, earlier, slug)
        for y in values_of(at, index, later, slug)
    ]
    at.check(
        any(prints_size(m[5], g) and (g > 0) == (m[4] == "tăng") for g in gaps),
        "mức thay đổi",
        f"{gaps}",
    )
    return None


@frame(r"[Tt]hứ hạng (?:năm 20\d\d )?(?:vẫn )?(?:giữ nguyên|không đổi)(?: ở| là)? (\d+)/63", PAGES)
def same_rank(at: At, m: re.Match[str]) -> object:
    takes_side(at, index_of(at))
    check_rank(at, index_of(at), at.page.year, at.page.slug, m[1])
    return None


@frame(
    r"(\d+|chín|tám) (?:chỉ số chính|lĩnh vực), (\d+) (?:chỉ số thành phần|tiêu chí) và "
    r"([\d.]+) (?:điểm|tiêu chí thành phần)",
    ("par_index", "dti"),
)
def structure(at: At, m: re.Match[str]) -> object:
    known = facts(at).structure(index_of(at), at.page.year)
    said = (count(m[1]), count(m[2]), count(m[3]))
    at.check(said == known, "cấu trúc bộ tiêu chí", f"{known}")
    return None


@frame(rf"nhóm (\S+) \(từ ({N})%(?: đến dưới ({N})%| trở lên)\)", ("par_index", "annual"))
def band(at: At, m: re.Match[str]) -> object:
    bands = results(at).groups.get(("par_index", at.page.year), [])
    value = results(at).value("par_index", at.page.year, at.page.slug)
    right = [
        b
        for b in bands
        if value is not None
        and float(value) >= float(b["at_least"])  # type: ignore[arg-type]
        and (b["below"] is None or float(value) < float(b["below"]))  # type: ignore[arg-type]
    ]
    same = (
        right
        and str(right[0]["name"]) == m[1]
        and prints(m[2], Fraction(str(right[0]["at_least"])))
    )
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
    at.check(
        len(known) - len(shown[0].rows) == int(m[1]),
        "số đơn vị lược bớt",
        f"{len(known)} − {len(shown[0].rows)}",
    )
    return None


@frame(
    rf"Trong (\w+) (?:thành phần có giá trị công bố|(?:chỉ số chính được chấm điểm|trụ cột), giá "
    rf"trị công bố),? cao nhất là ([^(]+) \(({N})\), (?:và )?thấp "
    rf"nhất là ([^(]+) \(({N})\)",
    PAGES,
)
def ends_of_parts(at: At, m: re.Match[str]) -> object:
    parts = results(at).parts(index_of(at), at.page.year, at.page.slug)
    at.check(len(parts) == count(m[1]), "số thành phần", f"{len(parts)}")
    for name, said, end in ((m[2], m[3], max(parts.values())), (m[4], m[5], min(parts.values()))):
        known = {n.lower(): v for n, v in parts.items()}
        value = next(
            (
                v
                for n, v in known.items()
                if n == name.lower() or n in name.lower() or name.lower() in n
            ),
            None,
        )
        at.check(value == end and prints(said, value), "thành phần cao nhất, thấp nhất", f"{parts}")
    return None


@frame(
    rf"Các nguồn ghi khác nhau về năm (20\d\d): ((?:{N}%?(?:, | và |; )?)+); báo cáo dùng ({N})",
    PAGES,
)
def sources_differ(at: At, m: re.Match[str]) -> None:
    for said in [*re.findall(N, m[2]), m[3]]:
        check_value(at, index_of(at), int(m[1]), at.page.slug, said)


@frame(
    r"đã đọc được của (\d+) sở, huyện hoặc xã(?:, trong đó (\d+) nơi có giá trị|(, đều chỉ có thứ "
    r"hạng))?",
    PAGES,
)
def inside_province(at: At, m: re.Match[str]) -> object:
    key = (index_of(at), str(at.page.year), at.page.slug)
    known = {
        (r["level"], r["unit"]): r["value"]
        for r in results(at).lines.values()
        if (r["index"], r["year"], r["parent_slug"]) == key and r["level"] != "province"
    }
    valued = int(m[2]) if m[2] else 0 if m[3] else int(m[1])
    right = len(known), sum(value != "" for value in known.values())
    at.check((int(m[1]), valued) == right, "số sở, huyện, xã", f"{right}")
    return None
