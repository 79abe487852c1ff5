"""Frames of the national PAPI page."""

from __future__ import annotations

import re
from fractions import Fraction
from statistics import median

from .claims import At, frame
from .context import facts
from .frames_papi_change import base_year
from .numbers import COUNT, N, count, exact, prints, prints_size
from .papi_context import NAME, TITLE, code_of, default_year, papi

KINDS = ("papi_national",)


def scores(at: At, code: str = "total") -> dict[str, Fraction]:
    return papi(at).of(default_year(at), code)


def is_unit(at: At, said: str, slugs: list[str]) -> bool:
    return facts(at).register.slug(said, "63") in slugs


@frame(r"có điểm tổng hợp của (\d+) trong 63", KINDS)
def measured(at: At, m: re.Match[str]) -> None:
    at.check(count(m[1]) == len(scores(at)), "số đơn vị", f"{len(scores(at))}")


@frame(r"63 tỉnh, thành phố; ([^.]+?) không có số liệu", KINDS)
def not_measured(at: At, m: re.Match[str]) -> None:
    missing = set(facts(at).register.units["63"]) - set(scores(at))
    at.check(set(facts(at).register.list_of(m[1])) == missing, "không có số liệu", f"{missing}")


@frame(rf"[Tt]rung vị (?:của \d+ tỉnh, thành phố có điểm tổng hợp )?là ({N})", KINDS)
def middle(at: At, m: re.Match[str]) -> None:
    value = papi(at).middle(default_year(at), "total")
    at.check(prints(m[1], value), "trung vị", f"{value and float(value):.3f}")


@frame(
    rf"(?:(cao|thấp) nhất (?:là )?({NAME}) \(({N}) điểm\)|(cao|thấp) nhất ({N}) \(({NAME})"
    rf"(?: và ({NAME}))?\))",
    KINDS,
)
def ends(at: At, m: re.Match[str]) -> object:
    end, name, said = m[1] or m[4], m[2] or m[6], m[3] or m[5]
    code = "total"
    text = at.text.text[: m.start()]
    named = re.search(rf"(?:ở|là) ({TITLE}): trung vị", text)
    if named:
        code = code_of(at, named[1]) or ""
    if "Trong tám chỉ số" in text or "trung vị cao nhất là" in text:
        return False
    best, worst = papi(at).ends(default_year(at), code)
    slugs = best if end == "cao" else worst
    for one in (name, *([m[7]] if m[7] else ())):
        at.check(is_unit(at, one, slugs), "cao nhất, thấp nhất", f"{code}: {slugs}")
    at.check(prints(said, scores(at, code)[slugs[0]]), "điểm", f"{slugs}")
    return None


@frame(rf"cách nhau ({N}) điểm", KINDS)
def distance(at: At, m: re.Match[str]) -> object:
    text = f"{at.before} {at.text.text[: m.start()]}"
    year = default_year(at)
    if "nhiều nhất ở" in at.text.text:
        code = code_of(at, re.findall(rf"ở ({TITLE}): cách", at.text.text)[-1])
        spreads = {
            c: max(v.values()) - min(v.values())
            for c in papi(at).codes(year)
            for v in [scores(at, c)]
        }
        at.check(
            code is not None and spreads.get(code) == max(spreads.values()),
            "khác nhau nhiều nhất",
            f"{spreads}",
        )
        at.check(code is not None and prints(m[1], spreads.get(code)), "khoảng cách", "")
        return None
    if "vùng" in at.text.text:
        means = region_means(at)
        at.check(prints(m[1], max(means.values()) - min(means.values())), "khoảng cách vùng", "")
        return None
    values = scores(at).values()
    at.check(prints(m[1], max(values) - min(values)), "khoảng cách", text[-40:])
    return None


@frame(
    rf"(?:khác nhau nhiều nhất|[Kk]hoảng cách giữa các tỉnh rộng nhất) ở ({TITLE}): (?:cách "
    rf"nhau )?({N}) điểm",
    KINDS,
)
def widest(at: At, m: re.Match[str]) -> object:
    code = code_of(at, m[1])
    spreads = {
        c: max(scores(at, c).values()) - min(scores(at, c).values())
        for c in papi(at).codes(default_year(at))
    }
    at.check(
        code is not None
        and spreads.get(code) == max(spreads.values())
        and prints(m[2], spreads[code]),
        "rộng nhất",
        f"{spreads}",
    )
    return None


@frame(
    rf"[Tt]rung vị (cao|thấp) nhất (?:là|ở) ({TITLE})(?: \(({N}) điểm\)|: trung vị ({N}))(?:,? "
    rf"(?:và )?(thấp) nhất (?:là|ở) ({TITLE}) \(({N}) điểm\))?",
    KINDS,
)
def end_of_medians(at: At, m: re.Match[str]) -> object:
    year = default_year(at)
    middles = {c: papi(at).middle(year, c) for c in papi(at).codes(year)}
    known = {c: v for c, v in middles.items() if v is not None}
    for end, name, said in ((m[1], m[2], m[3] or m[4]), (m[5], m[6], m[7])):
        if end:
            value = max(known.values()) if end == "cao" else min(known.values())
            code = code_of(at, name)
            at.check(
                known.get(code or "") == value and prints(said, value),
                "trung vị cao nhất, thấp nhất",
                f"{float(value):.3f}",
            )
    return None


def region_means(at: At) -> dict[str, Fraction]:
    found = {}
    for region, slugs in facts(at).register.regions("63").items():
        known = [v for s, v in scores(at).items() if s in slugs]
        if known:
            found[region] = sum(known, Fraction(0)) / len(known)
    return found


@frame(rf"(?:cao nhất ở ({TITLE}) \(({N}) điểm\) và thấp nhất ở ({TITLE}) \(({N}) điểm\))", KINDS)
def ends_of_regions(at: At, m: re.Match[str]) -> object:
    means = region_means(at)
    for name, said, end in ((m[1], m[2], max(means.values())), (m[3], m[4], min(means.values()))):
        at.check(
            means.get(name) == end and prints(said, end),
            "vùng cao nhất, thấp nhất",
            f"{float(end):.3f}",
        )
    return None


@frame(
    rf"Trong cùng một vùng, điểm của các tỉnh, thành phố chênh nhau nhiều nhất ở ({TITLE}): ({N}) điểm",
    KINDS,
)
def widest_region(at: At, m: re.Match[str]) -> object:
    spreads = {}
    for region, slugs in facts(at).register.regions("63").items():
        known = [v for s, v in scores(at).items() if s in slugs]
        if known:
            spreads[region] = max(known) - min(known)
    at.check(
        spreads.get(m[1]) == max(spreads.values()) and prints(m[2], spreads[m[1]]),
        "vùng chênh nhiều nhất",
        f"{spreads}",
    )
    return None


@frame(r"từ cao xuống thấp: ([^.]+)", KINDS)
def order_of_regions(at: At, m: re.Match[str]) -> object:
    means = region_means(at)
    said = sorted((place, name) for name in means if (place := m[1].find(f"{name} (")) >= 0)
    for place, name in said:
        value = re.match(rf" \(({N})\)", m[1][place + len(name) :])
        at.check(value is not None and prints(value[1], means[name]), "bình quân vùng", name)
    right = sorted(means, key=lambda r: -means[r])
    at.check([name for _, name in said] == right, "thứ tự vùng", f"{right}")
    return None


def gaps(at: At, code: str, earlier: int) -> dict[str, Fraction]:
    later = default_year(at)
    found = {s: papi(at).change(code, s, earlier, later) for s in scores(at, code)}
    return {slug: gap for slug, gap in found.items() if gap is not None}


@frame(
    r"điểm tổng hợp tăng ở (\d+) và giảm ở (\d+) trong (\d+) tỉnh, thành phố có điểm cả hai năm",
    KINDS,
)
def how_many_moved(at: At, m: re.Match[str]) -> object:
    earlier = base_year(at, len(at.text.text))
    if earlier is None:
        return False
    known = gaps(at, "total", earlier)
    margins = {s: papi(at).change_margin(s, earlier, default_year(at)) for s in known}
    up, down = (sum(k * g > margins[s] for s, g in known.items()) for k in (1, -1))
    sure = (up, down, len(known))
    at.check(
        tuple(map(int, m.groups())) == sure, "đếm tăng, giảm trong sai số", f"vượt sai số: {sure}"
    )
    return None


@frame(
    rf"thay đổi (?:chung )?lớn nhất là ở ([^:]+): một nửa số tỉnh, thành phố (tăng|giảm) từ "
    rf"({N}) điểm trở lên",
    KINDS,
)
def largest_median_change(at: At, m: re.Match[str]) -> object:
    earlier = base_year(at, len(at.text.text))
    code = code_of(at, m[1])
    if earlier is None or code is None:
        return False
    known = {}
    for c in papi(at).codes(default_year(at)):
        found = list(gaps(at, c, earlier).values())
        if found:
            known[c] = exact(median(found))
    at.check(
        abs(known[code]) == max(map(abs, known.values())) and prints_size(m[3], known[code]),
        "thay đổi chung lớn nhất",
        f"{known}",
    )
    at.check(
        False, "tăng, giảm khi chưa biết sai số", "sai số của chỉ số nội dung chưa được công bố"
    )
    return None


@frame(r"Tính được (\d+) trong (\d+) đơn vị", KINDS)
def merged_known(at: At, m: re.Match[str]) -> None:
    n = len(papi(at).of(default_year(at), "total", "34"))
    at.check((int(m[1]), int(m[2])) == (n, 34), "đơn vị tính được", f"{n}")


@frame(r"^(?:Bảng \d+\. )?Thay đổi điểm lớn nhất giữa năm (20\d\d) và năm (20\d\d)", KINDS)
def caption_of_changes(at: At, m: re.Match[str]) -> None:
    """The table below is checked cell by cell."""


@frame(
    rf"(?:trong )(\d+) (?:tỉnh, thành phố|đơn vị) (?:có điểm|so sánh được)|({COUNT}) (?:tỉnh, "
    rf"thành phố|đơn vị) có điểm",
    KINDS,
)
def units(at: At, m: re.Match[str]) -> object:
    said = count(m[1] or m[2])
    known = {len(scores(at)), len(papi(at).of(default_year(at), "total", "34"))}
    earlier = base_year(at, len(at.text.text))
    if earlier:
        known.add(len(set(scores(at)) & set(papi(at).of(earlier, "total"))))
    at.check(said in known, "số đơn vị", f"{known}")
    return None
