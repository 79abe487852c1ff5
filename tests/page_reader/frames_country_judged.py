"""National pages: ranges of medians, spreads and regions, and what moved beyond the error."""

from __future__ import annotations

import re
from fractions import Fraction
from statistics import NormalDist

from .claims import At, frame
from .context import facts
from .frames_country import gaps, region_means, scores
from .frames_papi_change import base_year
from .frames_published import index_of, results, takes_side
from .numbers import COUNT, N, count, prints, prints_size
from .papi_context import code_of, default_year, own, papi, system_of
from .published import ASSUMED_SINCE, SURE, TOTAL_ERROR, printed

PAPI = ("papi_national",)
PUBLISHED = ("par_index_national", "dti_national")
NAMED = rf"từ ({N}) điểm \(([^)]+)\) đến ({N}) điểm \(([^)]+)\)"


def check_span(
    at: At, m: re.Match[str], values: dict[str, Fraction], by_code: bool, first: int
) -> None:
    """The lowest and the highest of some named values."""
    low, high = min(values.values()), max(values.values())
    for said, name, end in ((m[first], m[first + 1], low), (m[first + 2], m[first + 3], high)):
        key = code_of(at, name) if by_code else name
        at.check(
            values.get(key or "") == end and prints(said, end),
            "khoảng",
            f"{name}: {float(end):.3f}",
        )


@frame(rf"trung vị của (\w+) chỉ số nội dung(?: \(thang 1-10\))? {NAMED}", PAPI)
def medians(at: At, m: re.Match[str]) -> None:
    year = default_year(at)
    known = {c: v for c in papi(at).codes(year) if (v := papi(at).middle(year, c)) is not None}
    at.check(count(m[1]) == len(known), "số chỉ số", f"{len(known)}")
    check_span(at, m, known, True, 2)


@frame(
    rf"(?:[Kk]hoảng cách giữa điểm cao nhất và thấp nhất của các tỉnh, thành phố|Điểm cao nhất "
    rf"và thấp nhất cách nhau) {NAMED}",
    PAPI,
)
def spreads(at: At, m: re.Match[str]) -> None:
    known = {
        c: max(scores(at, c).values()) - min(scores(at, c).values())
        for c in papi(at).codes(default_year(at))
    }
    check_span(at, m, known, True, 1)


@frame(rf"bình quân giản đơn của các tỉnh, thành phố trong vùng {NAMED}", PAPI)
def means(at: At, m: re.Match[str]) -> None:
    check_span(at, m, region_means(at), False, 1)


@frame(rf"[Tt]rong cùng một vùng, điểm cao nhất và thấp nhất cách nhau {NAMED}", PAPI)
def spreads_of_regions(at: At, m: re.Match[str]) -> None:
    known = {}
    for region, slugs in facts(at).register.regions("63").items():
        values = [v for s, v in scores(at).items() if s in slugs]
        if values:
            known[region] = max(values) - min(values)
    check_span(at, m, known, False, 1)


@frame(r"Điểm tổng hợp bình quân của các vùng: ([^.]+)", PAPI)
def list_of_means(at: At, m: re.Match[str]) -> None:
    for region, mean in region_means(at).items():
        said = re.search(rf"{region} \(({N})\)", m[1])
        at.check(said is not None and prints(said[1], mean), "bình quân vùng", region)


def same_print(at: At, slug: str, earlier: int) -> bool:
    a, b = (papi(at).of(year, "total")[slug] for year in (earlier, default_year(at)))
    return printed(a) == printed(b)


def may_be_hidden(at: At, slug: str, earlier: int) -> bool:
    """Whether the difference is less than what the likely error would ask of it."""
    a, b = (papi(at).of(year, "total")[slug] for year in (earlier, default_year(at)))
    assumed = {earlier, default_year(at)} - papi(at).printed_errors.keys()
    return (
        earlier >= ASSUMED_SINCE
        and bool(assumed)
        and abs(float(b - a)) <= SURE * 2**0.5 * TOTAL_ERROR
    )


@frame(
    rf"trong (\d+) tỉnh, thành phố có điểm tổng hợp cả hai năm, ({COUNT}) đơn vị(?: nào)?(?: nhiều khả "
    rf"năng đã)? tăng, ({COUNT}) đơn vị(?: nào)?(?: nhiều khả năng đã)? giảm vượt sai số(?: ước tính"
    rf"| khảo sát)?(?:,| và) ({COUNT}) đơn vị(?: nào)? chưa thay đổi rõ rệt(?: và ({COUNT}) đơn vị "
    rf"chưa có đủ sai số để kết luận)?",
    PAPI,
)
def moved(at: At, m: re.Match[str]) -> object:
    earlier = base_year(at, len(at.text.text))
    if earlier is None:
        return False
    known = gaps(at, "total", earlier)
    margins = {s: papi(at).change_margin(s, earlier, default_year(at)) for s in known}
    known = {s: g for s, g in known.items() if margins[s] < 1e9}
    # What is not known is no move either where a likely error would hide it, or both print alike.
    hidden = [
        slug
        for slug in margins.keys() - known.keys()
        if same_print(at, slug, earlier) or may_be_hidden(at, slug, earlier)
    ]
    unknown = len(margins) - len(known) - len(hidden)
    scaled = {s: SURE * float(g) / margins[s] for s, g in known.items()}
    chances = sorted(2 * (1 - NormalDist().cdf(abs(g))) for g in scaled.values())
    passing = [p for k, p in enumerate(chances, 1) if p <= 0.05 * k / len(chances)]
    least = NormalDist().inv_cdf(1 - passing[-1] / 2) - 1e-9 if passing else 1e9
    up, down = (sum(k * g >= least for g in scaled.values()) for k in (1, -1))
    right = (len(margins), up, down, len(margins) - up - down - unknown, unknown)
    said = tuple(count(g) if g else 0 for g in m.groups())
    at.check(said == right, "số đơn vị tăng, giảm", f"{right}")
    return None


@frame(
    r"So với năm (20\d\d), (\d+) tỉnh, thành phố có điểm tổng hợp cả hai năm; chưa có sai số khảo sát "
    r"của hai năm này",
    PAPI,
)
def not_tested(at: At, m: re.Match[str]) -> object:
    earlier = int(m[1])
    units = gaps(at, "total", earlier)
    at.check(int(m[2]) == len(units), "số đơn vị", f"{len(units)}")
    margins = {s: papi(at).change_margin(s, earlier, default_year(at)) for s in units}
    known = [slug for slug, margin in margins.items() if margin < 1e9]
    at.check(not known, "có sai số", f"{known[:3]}")
    return None


@frame(
    r"Khi đếm nhiều đơn vị cùng lúc, một số thay đổi vượt sai số chỉ do ngẫu nhiên; .*? Benjamini - "
    r"Hochberg \(tỷ lệ kết luận sai không quá một phần hai mươi\) và có thể ít hơn số trang tỉnh nêu "
    r"tăng hoặc giảm"
    r"|[Íí]t nhất một trong hai năm không có sai số|sai số khảo sát của ít nhất một năm|liền "
    r"trên, liền dưới .*? theo điểm PAPI"
)
def words(at: At, m: re.Match[str]) -> object:
    """Said of errors, or the name of a table whose cells are checked."""
    return None


@frame(
    rf"[Ss]o với năm (20\d\d), PAPI năm (20\d\d) (?:nhiều khả năng )?(cao|thấp) hơn ({N}) điểm",
    ("province",),
)
def sure_change(at: At, m: re.Match[str]) -> object:
    gap = papi(at).change("total", at.page.slug, int(m[1]), int(m[2]), system_of(at))
    if gap is None:
        at.check(False, "qua mốc đổi cách tính", "không so sánh được")
        return None
    at.check(
        prints_size(m[4], gap) and (gap > 0) == (m[3] == "cao"), "mức thay đổi", f"{float(gap):.3f}"
    )
    margin = papi(at).change_margin(at.page.slug, int(m[1]), int(m[2]), system_of(at))
    at.check(
        abs(float(gap)) > margin, "thay đổi trong sai số", f"{float(gap):.2f}, sai số {margin:.2f}"
    )
    return None


@frame(
    rf"[Ss]o với năm (20\d\d), PAPI năm (20\d\d) chưa có thay đổi rõ rệt: chênh lệch ({N}) "
    rf"điểm nằm trong sai số (?:ước tính|khảo sát)(?: \(±({N}) điểm\))?",
    ("province",),
)
def unsure_change(at: At, m: re.Match[str]) -> object:
    gap = papi(at).change("total", at.page.slug, int(m[1]), int(m[2]), system_of(at))
    if gap is None:
        at.check(False, "qua mốc đổi cách tính", "không so sánh được")
        return None
    at.check(prints_size(m[3], gap), "hiệu số", f"{float(gap):.3f}")
    margin = papi(at).change_margin(at.page.slug, int(m[1]), int(m[2]), system_of(at))
    assumed = {int(m[1]), int(m[2])} - papi(at).printed_errors.keys()
    at.check(bool(assumed) == ("ước tính" in m[0]), "sai số ước tính", f"{sorted(assumed)}")
    at.check(
        abs(float(gap)) <= margin + 0.005, "ngoài sai số", f"{float(gap):.2f}, sai số {margin:.2f}"
    )
    at.check(
        m[4] is None or abs(float(m[4].replace(",", ".")) - margin) < 0.011,
        "sai số ước tính",
        f"{margin:.3f}",
    )
    return None


@frame(r"còn 34 đơn vị|trong 34 đơn vị", ("province", "papi", "papi_national"))
def the_34(at: At, m: re.Match[str]) -> None:
    """How many units the country has since 1/7/2025."""


@frame(
    rf"gồm ({COUNT}) nơi có giá trị(?:, ({COUNT}) nơi có giá trị còn nghi ngờ)?(?:,? và "
    rf"({COUNT}) nơi chỉ có thứ hạng)?",
    PUBLISHED,
)
def found(at: At, m: re.Match[str]) -> object:
    index, year = index_of(at), at.page.year
    known = results(at).provinces(index, year)
    sure = sum(results(at).value(index, year, s) is not None for s in known)
    every = sum(results(at).value(index, year, s, doubted=True) is not None for s in known)
    right = (sure, every - sure, len(known) - every)
    said = (count(m[1]), count(m[2]) if m[2] else 0, count(m[3]) if m[3] else 0)
    at.check(said == right, "số nơi có giá trị, thứ hạng", f"{right}")
    return None


@frame(
    rf"[Tt]rong ({COUNT}) vùng, bình quân đã công bố cao nhất là (.+?), thấp nhất là (.+?)(?= "
    rf"\(Bảng|\.$|$)",
    PUBLISHED,
)
def ends_of_regions(at: At, m: re.Match[str]) -> object:
    takes_side(at, index_of(at))
    known = results(at).regions(index_of(at), at.page.year)
    at.check(count(m[1]) == len(known) == 6, "thiếu vùng", f"có {len(known)} trong 6 vùng")
    for text, end in ((m[2], max(known.values())), (m[3], min(known.values()))):
        right = {n.lower() for n, v in known.items() if v == end}
        named = {n.lower() for n in known if n.lower() in text.lower()}
        at.check(named == right, "vùng cao nhất, thấp nhất", f"{right}")
        for said in re.findall(rf"\(({N})%\)", text):
            at.check(prints(said, end), "bình quân vùng", said)
    return None


@frame(
    rf"[Ss]o với năm (20\d\d), trong ({COUNT})/63 đơn vị có giá trị của cả hai năm, (?:(?:cả "
    rf")?({COUNT}) đơn vị tăng)?(?:,? (?:và )?({COUNT}) đơn vị giảm)?[^;]*?(?:; thiếu các đơn "
    rf"vị khác nên không nêu nơi tăng, giảm nhiều nhất)?",
    PUBLISHED,
)
def moved_published(at: At, m: re.Match[str]) -> object:
    index, later, earlier = index_of(at), at.page.year, int(m[1])
    takes_side(at, index)
    at.check(
        results(at).comparable(index, earlier, later), "qua mốc đổi cách tính", f"{earlier}–{later}"
    )
    known = [
        b - a
        for s in results(at).provinces(index, later)
        if (a := results(at).value(index, earlier, s)) is not None
        and (b := results(at).value(index, later, s)) is not None
    ]
    right = (len(known), sum(g > 0 for g in known), sum(g < 0 for g in known))
    said = (count(m[2]), count(m[3]) if m[3] else 0, count(m[4]) if m[4] else 0)
    at.check(said == right, "số đơn vị tăng, giảm", f"{right}")
    return None


@frame(
    rf"Giá trị năm (20\d\d) và năm (20\d\d) của ({COUNT})/63 đơn vị có cả hai năm được đặt cạnh nhau",
    PUBLISHED,
)
def both_years_of_all(at: At, m: re.Match[str]) -> object:
    index, earlier, later = index_of(at), int(m[1]), int(m[2])
    at.check(
        results(at).comparable(index, earlier, later), "qua mốc đổi cách tính", f"{earlier}–{later}"
    )
    both = [
        s
        for s in results(at).provinces(index, later)
        if results(at).value(index, earlier, s) is not None
        and results(at).value(index, later, s) is not None
    ]
    at.check(count(m[3]) == len(both), "số đơn vị có cả hai năm", f"{len(both)}")
    return None


@frame(rf"Bình quân đã công bố của ({COUNT}) vùng được đặt cạnh nhau", PUBLISHED)
def all_regions(at: At, m: re.Match[str]) -> object:
    known = results(at).regions(index_of(at), at.page.year)
    at.check(count(m[1]) == len(known) == 6, "số vùng", f"{len(known)}")
    return None


@frame(r"không nêu nơi tăng, giảm nhiều nhất", PUBLISHED)
def not_the_most(at: At, m: re.Match[str]) -> None:
    """What is left untold."""


__all__ = ["own"]
