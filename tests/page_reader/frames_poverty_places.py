"""Frames on poor households by place: districts, and communes counted from the records."""

from __future__ import annotations

import re
from fractions import Fraction

from .claims import At, frame
from .context import facts
from .frames_office import office
from .frames_poverty import KINDS
from .numbers import N, count, exact, parse, prints, show
from .papi_context import NAME

FEWEST = 5


@frame(
    rf"[Tt]rong ({N}) địa bàn cấp huyện được nêu tỷ lệ|của ({N}) địa bàn, từ cao xuống "
    rf"thấp|[Gg]iảm ở ({N}) địa bàn và không tăng ở địa bàn nào|(tăng|giảm) ở ({N}) địa bàn|"
    rf"thay đổi không quá mức của một hộ ở ({N}) địa bàn",
    KINDS,
)
def places(at: At, m: re.Match[str]) -> object:
    shown = [
        row
        for table in at.page.tables
        if "districts" in table.name
        for row in table.rows
        if len(row) > 3
        and re.search(r"\d", row[3].text)
        and not re.match(r"(?:Cộng|Tổng)", row[0].text)
    ]
    if not shown:
        return False
    said = count(m[1] or m[2] or m[3] or m[5] or m[6])
    if m[1] or m[2]:
        at.check(said == len(shown), "số địa bàn được nêu", f"{len(shown)}")
        return None
    signs = _signs(at)
    if not signs:
        return False
    up, down, still = (sum(sign == one for sign in signs.values()) for one in (1, -1, 0))
    right = still if m[6] else up if m[4] == "tăng" else down
    at.check(
        said == right and (m[3] is None or up == still == 0),
        "số địa bàn tăng, giảm",
        f"tăng {up}, giảm {down}, không quá một hộ {still}",
    )
    at.covered += [x.span() for x in re.finditer("không tăng ở địa bàn nào", at.text.text)]
    return None


@frame(
    rf"^(?:Bảng \d+\. )?({N})(?: trong ({N}))? xã, phường, thị trấn (?:có tỷ lệ hộ nghèo cao nhất|"
    r"được nêu, xếp theo tỷ lệ hộ nghèo từ cao xuống thấp)",
    KINDS,
)
def communes(at: At, m: re.Match[str]) -> object:
    """The table of communes: as many lines as it says, the highest rate first."""
    shown = [t for t in at.page.tables if "communes" in t.name]
    if not shown:
        return False
    column = shown[0].heads.index("Tỷ lệ")
    named = [row for row in shown[0].rows if re.search(r"\d", " ".join(c.text for c in row[2:]))]
    rates = [parse(row[column].text) for row in named if re.match(N, row[column].text)]
    at.check(count(m[1]) == len(named), "số xã được nêu", f"{len(named)}")
    at.check(rates == sorted(rates, reverse=True), "thứ tự xã", "tỷ lệ từ cao xuống thấp")
    if m[2]:
        at.check(count(m[2]) >= len(named), "số xã được nêu", f"{len(named)}")
    elif "cao nhất" in m[0]:
        few = [key for key, number in _by_commune(at).items() if 0 < number < FEWEST]
        at.check(not few, "cao nhất trong số thiếu", f"{len(few)} xã dưới năm hộ")
    return None


@frame(
    rf"({N})/({N}) xã, phường, thị trấn (?:không được nêu|ẩn vì)(?:[^;.]*; ({N}) nơi khác không có hộ "
    r"nghèo)?",
    KINDS,
)
def hidden_communes(at: At, m: re.Match[str]) -> object:
    """At least those with fewer than five households, and never one that a table shows."""
    known = _by_commune(at)
    if not known:
        return False
    shown = sum(len(t.rows) for t in at.page.tables if "communes" in t.name)
    few = sum(0 < number < FEWEST for number in known.values())
    at.check(count(m[2]) == len(known), "số xã", f"{len(known)}")
    at.check(few <= count(m[1]) <= len(known) - shown, "số xã không nêu", f"{few}, nêu {shown}")
    caption = next((t.caption for t in at.page.tables if "communes" in t.name), "")
    if "ẩn vì" in m[0] and not re.search(rf" trong {N} xã", caption):
        rest = len(known) - shown - count(m[1])
        at.check(rest == (count(m[3]) if m[3] else 0), "số xã không có hộ nghèo", f"{rest}")
    return None


def _by_commune(at: At) -> dict[tuple[str, str], int]:
    """Poor households of each commune at the end of the year."""
    found: dict[tuple[str, str], int] = {}
    for row in office(at).households:
        key = (row["huyen"], row["xa"])
        found[key] = found.get(key, 0) + (row["phan_loai_cuoi_ky"] == "Hộ nghèo")
    return found


@frame(rf"(Ba|Hai) địa bàn có nhiều hộ nghèo nhất là ([^.]+?), chiếm ({N})%? số hộ nghèo", KINDS)
def most_of_the_poor(at: At, m: re.Match[str]) -> object:
    series = next((s for s in office(at).series if s.name == "hộ nghèo theo địa bàn"), None)
    if series is None:
        return False
    named = [series.find(name) for name in re.split(r", | và ", m[2])]
    labels = [label for label in named if label is not None]
    at.check(len(labels) == len(named) == count(m[1]), "số địa bàn", f"{m[2]}")
    wrong = series.end_is(labels, highest=True)
    at.check(not wrong, "cao nhất, thấp nhất", wrong)
    total = sum((exact(v) for v in series.values.values()), Fraction(0))
    part = 100 * sum((exact(series.values[label]) for label in labels), Fraction(0)) / total
    at.check(prints(m[3], part), "chiếm", show(part))
    return None


@frame(
    rf"tỷ lệ hộ nghèo giảm ở ({N}) địa bàn; tăng ở ([^.]+?)( và một số địa bàn khác)?, tính bằng "
    r"điểm phần trăm",
    KINDS,
)
def moved(at: At, m: re.Match[str]) -> object:
    """How many fell since the start of the year, and those that rose most, with their rise."""
    gaps = _since_start(at)
    if not gaps:
        return False
    signs = _signs(at)
    fallen = sum(sign < 0 for sign in signs.values())
    risen = sorted((n for n, sign in signs.items() if sign > 0), key=lambda n: -gaps[n])
    at.check(count(m[1]) == fallen, "số địa bàn giảm", f"{fallen}")
    named = re.findall(rf"(?:^|, | và )([^(]+?) \(({N})\)", m[2])
    for name, said in named:
        at.check(prints(said, gaps.get(name)), "mức thay đổi", f"{name}: {gaps.get(name)}")
    left = len(risen) - len(named)
    at.check({n for n, _ in named} <= set(risen), "số địa bàn tăng", f"{risen}")
    at.check((left > 0) == bool(m[3]) and left >= 0, "số địa bàn tăng", f"{risen}")
    return None


def _since_start(at: At) -> dict[str, Fraction]:
    """Change of the rate of poor households of each district, in percentage points."""
    found = {}
    for row in office(at).table("ho-ngheo-dia-ban"):
        now, then = row["Tổng số hộ dân cư"], row.get("Tổng số hộ dân cư đầu năm")
        if now and then and row["Số hộ nghèo đầu năm"]:
            end = Fraction(int(row["Số hộ nghèo cuối năm"]), int(now))
            found[next(iter(row.values()))] = 100 * (
                end - Fraction(int(row["Số hộ nghèo đầu năm"]), int(then))
            )
    return found


def _signs(at: At) -> dict[str, int]:
    """Whether the rate of each district rose or fell by more than one household of its smaller base."""
    found = {}
    for row in office(at).table("ho-ngheo-dia-ban"):
        name = next(iter(row.values()))
        gap = _since_start(at).get(name)
        if gap is not None:
            bases = (row["Tổng số hộ dân cư"], row["Tổng số hộ dân cư đầu năm"])
            floor = max(Fraction(1, 200), Fraction(100, min(map(int, bases))))
            found[name] = (gap > floor) - (gap < -floor)
    return found


@frame(
    rf"^Biểu đồ thanh tỷ lệ nghèo đa chiều năm (20\d\d): ({NAME}) ({N})%((?:; [^;]+? {N}%)*)\.$",
    KINDS,
)
def drawn_beside(at: At, m: re.Match[str]) -> object:
    """The bars of the province, its region and the country."""
    own = [parse(t) for t, *_ in office(at).figures.get(("poverty.both_rate", ""), [])]
    if not own or int(m[1]) != at.page.year:
        return False
    at.check(any(prints(m[3], value) for value in own), "tỷ lệ", f"{own}")
    for name, said in re.findall(rf"; ([^;]+?) ({N})%", m[4]):
        level = "national" if name == "Cả nước" else "region"
        means = [
            Fraction(r["value"])
            for r in facts(at).results.average_lines.values()
            if (r["index"], r["year"], r["level"]) == ("poverty", m[1], level)
            and (level == "national" or r["unit"].lower() == name.lower())
        ]
        at.check(any(prints(said, v) for v in means), "bình quân", f"{name}: {means}")
    return None


@frame(
    rf"Thay đổi của tỷ lệ nghèo đa chiều được nêu là ([+−-]?{N}) điểm phần trăm, trong khi hộ nghèo "
    rf"cộng hộ cận nghèo cho ([+−-]?{N}) điểm phần trăm",
    KINDS,
)
def parts_of_change(at: At, m: re.Match[str]) -> object:
    """A delivered change that is not the sum of its delivered parts."""
    told = {
        key: parse(entries[0][0])
        for key in ("both", "poor", "near_poor")
        if (entries := office(at).figures.get((f"poverty.{key}_rate_change", "")))
    }
    if len(told) < 3:
        return False
    summed = told["poor"] + told["near_poor"]
    at.check(
        prints(m[1], told["both"]) and prints(m[2], summed) and told["both"] != summed,
        "thay đổi và các phần của nó",
        f"{told}",
    )
    return None
