"""Frames on poor and near-poor households."""

from __future__ import annotations

import re
from fractions import Fraction

from .claims import At, frame
from .context import facts
from .frames_office import now, office, then
from .numbers import COUNT, N, count, exact, parse, prints, prints_size, show

KINDS = ("poverty", "annual")
NAMES = {"nghèo đa chiều": "both", "hộ nghèo": "poor", "hộ cận nghèo": "near"}


def start_of(at: At, key: str) -> tuple[Fraction, Fraction] | None:
    """Households and their share at the end of the year before."""
    before = then(at)
    if f"poverty.{key}_rate" in before:
        return exact(before[f"poverty.{key}"]), exact(before[f"poverty.{key}_rate"])
    here = now(at)
    if "poverty.all_start" not in here or not here["poverty.all_start"]:
        return None
    keys = ("poor", "near") if key == "both" else (key,)
    number = sum((exact(here[f"poverty.{k}_start"]) for k in keys), Fraction(0))
    return number, 100 * number / exact(here["poverty.all_start"])


@frame(
    rf"tỷ lệ (nghèo đa chiều|hộ nghèo)(?: của [^.;]*?)? còn ({N})%|[Tt]ỷ lệ (nghèo đa chiều|hộ "
    rf"nghèo) của [^.;]*? còn ({N})%",
    KINDS,
)
def still(at: At, m: re.Match[str]) -> object:
    value = now(at).get(f"poverty.{NAMES[m[1] or m[3]]}_rate")
    if value is None:
        return False
    at.check(prints(m[2] or m[4], value), "tỷ lệ", show(value))
    return None


@frame(
    rf"[Tt]ỷ lệ (nghèo đa chiều|hộ nghèo|hộ cận nghèo)(?: của [^.;]*?)?(?: còn {N}%,)? "
    rf"(tăng|giảm) ({N}) điểm phần trăm(?: \((tăng|giảm) ({N}) hộ\))?",
    KINDS,
)
def change(at: At, m: re.Match[str]) -> object:
    key = NAMES[m[1]]
    told = _told_change(at, key)
    start = start_of(at, key)
    here = now(at)
    if start is None or f"poverty.{key}_rate" not in here:
        if told is None:
            return False
        at.check(
            any(prints_size(m[3], t) and (t > 0) == (m[2] == "tăng") for t in told),
            "mức thay đổi",
            f"{told}",
        )
        if m[4]:
            counts = [
                parse(t) for t, *_ in office(at).figures.get((f"poverty.{key}_change", ""), [])
            ]
            at.check(any(prints_size(m[5], c) for c in counts), "số hộ thay đổi", f"{counts}")
        return None
    gap = exact(here[f"poverty.{key}_rate"]) - start[1]
    at.check(prints_size(m[3], gap) and (gap > 0) == (m[2] == "tăng"), "mức thay đổi", show(gap, 3))
    if m[4]:
        number = exact(here[f"poverty.{key}"]) - start[0]
        at.check(
            prints_size(m[5], number) and (number > 0) == (m[4] == "tăng"),
            "số hộ thay đổi",
            show(number),
        )
    if at.page.year >= 2025 and facts(at).register.of(at.page.slug, 2025):
        unit = facts(at).register.units["34"].get(at.page.slug)
        merged = unit is not None and len(unit.parts) > 1
        at.check(not merged, "so sánh qua hợp nhất", "đơn vị mới không so với đơn vị cũ")
    return None


def _told_change(at: At, key: str) -> list[Fraction] | None:
    entries = office(at).figures.get((f"poverty.{key}_rate_change", ""))
    return [parse(text) for text, *_ in entries] if entries else None


@frame(
    rf"[Cc]hỉ tiêu được giao năm (20\d\d) là giảm(?: từ)? ({N})(?: đến ({N}))? điểm phần trăm",
    KINDS,
)
def target(at: At, m: re.Match[str]) -> object:
    low = [parse(t) for t, *_ in office(at).figures.get(("poverty.target_reduction_low", ""), [])]
    high = [parse(t) for t, *_ in office(at).figures.get(("poverty.target_reduction_high", ""), [])]
    if not low:
        return False
    years = [y for _, y, _ in office(at).figures[("poverty.target_reduction_low", "")]]
    at.check(any(prints(m[2], v) for v in low) and m[1] in years, "chỉ tiêu", f"{low} {years}")
    if m[3]:
        at.check(any(prints(m[3], v) for v in high), "chỉ tiêu", f"{high}")
    return None


@frame(r"cả hai mức giảm đều (lớn|nhỏ) hơn chỉ tiêu|mức giảm này (lớn|nhỏ) hơn chỉ tiêu", KINDS)
def beyond_target(at: At, m: re.Match[str]) -> object:
    high = [parse(t) for t, *_ in office(at).figures.get(("poverty.target_reduction_high", ""), [])]
    starts = {k: start_of(at, k) for k in ("both", "poor")}
    if not high or None in starts.values():
        return False
    falls = [s[1] - exact(now(at)[f"poverty.{k}_rate"]) for k, s in starts.items() if s]
    word = m[1] or m[2]
    holds = (
        all(f > max(high) for f in falls) if word == "lớn" else all(f < max(high) for f in falls)
    )
    at.check(holds, "so với chỉ tiêu", f"{[show(f) for f in falls]}")
    return None


MOVEMENT = {
    "thoát nghèo": "Số hộ thoát nghèo, thoát cận nghèo",
    "thoát cận nghèo": "Số hộ thoát nghèo, thoát cận nghèo",
    "tái nghèo": "Số hộ tái nghèo, tái cận nghèo",
    "tái cận nghèo": "Số hộ tái nghèo, tái cận nghèo",
    "phát sinh mới": "Số hộ phát sinh",
    "giảm vì lý do khác": "Số hộ giảm khác",
    "tăng vì lý do khác": "Số hộ tăng khác",
}


@frame(rf"({N}) hộ ({'|'.join(MOVEMENT)})", KINDS)
def movement(at: At, m: re.Match[str]) -> object:
    """A flow of households, of the kind that the paragraph speaks of."""
    lines = office(at).table("dien-bien-ho-ngheo")
    if not lines:
        return False
    words = f"{at.before} {at.text.text}"
    kind = (
        "Hộ cận nghèo"
        if "hộ cận nghèo;" in words or ("có " in words and "hộ cận nghèo; trong năm" in words)
        else "Hộ nghèo"
    )
    known = [
        int(r[MOVEMENT[m[2]]] or 0)
        for r in lines
        if r["Loại hộ"] == kind and not r["Huyện, thị xã, thành phố"]
    ]
    if not known:
        known = [sum(int(r[MOVEMENT[m[2]]] or 0) for r in lines if r["Loại hộ"] == kind)]
    at.check(count(m[1]) in known, "diễn biến hộ", f"{kind}, {m[2]}: {known}")
    return None


@frame(rf"số hộ (?:nghèo )?dưới ({COUNT})|từ dưới ({COUNT}) hộ|ít hơn ({COUNT}) hộ", KINDS)
def hidden_below(at: At, m: re.Match[str]) -> None:
    said = count(m[1] or m[2] or m[3])
    at.check(said >= 3, "ngưỡng che", "dưới năm hộ")


@frame(
    r"Cuối năm bằng đầu năm trừ thoát nghèo và giảm khác, cộng tái nghèo, phát sinh và tăng khác",
    KINDS,
)
def balance(at: At, m: re.Match[str]) -> None:
    for r in office(at).table("dien-bien-ho-ngheo"):
        start, out, less, back, new, more, end = (
            int(r[h] or 0)
            for h in (
                "Số hộ đầu năm",
                "Số hộ thoát nghèo, thoát cận nghèo",
                "Số hộ giảm khác",
                "Số hộ tái nghèo, tái cận nghèo",
                "Số hộ phát sinh",
                "Số hộ tăng khác",
                "Số hộ cuối năm",
            )
        )
        at.check(start - out - less + back + new + more == end, "cân đối diễn biến", f"{r}")


@frame(rf"(cao|thấp) hơn ({N}) điểm phần trăm so với (cả nước|vùng [^(]+?) \(({N})%\)", KINDS)
def against_country(at: At, m: re.Match[str]) -> object:
    own = [parse(t) for t, *_ in office(at).figures.get(("poverty.both_rate", ""), [])]
    lines = facts(at).results.average_lines.values()
    means = [
        Fraction(r["value"])
        for r in lines
        if r["index"] == "poverty"
        and r["year"] == str(at.page.year)
        and (
            r["level"] == "national" if m[3] == "cả nước" else r["unit"].lower() == m[3][5:].lower()
        )
    ]
    if not own or not means:
        return False
    at.check(any(prints(m[4], v) for v in means), "bình quân", f"{[show(v) for v in means]}")
    gaps = [own[0] - v for v in means if prints(m[4], v)]
    at.check(
        any(prints_size(m[2], g) and (g > 0) == (m[1] == "cao") for g in gaps),
        "so với bình quân",
        f"{gaps}",
    )
    return None


@frame(r"[Tt]ỷ lệ hộ nghèo trong (.+)", KINDS)
def groups(at: At, m: re.Match[str]) -> object:
    """«trong hộ ở huyện nghèo là 12,80%; hộ dân tộc thiểu số là 12,30%»."""
    series = next(
        (s for s in office(at).series if s.name == "Nhóm đối tượng: tỷ lệ hộ nghèo"), None
    )
    if series is None:
        return False
    for name, said in re.findall(rf"(?:^|; | và )(hộ [^;%]+?) là ({N})%", m[1]):
        label = next((k for k in series.values if k.lower() == name.lower()), None)
        at.check(
            label is not None and prints(said, series.values[label]), "tỷ lệ của nhóm", f"{name}"
        )
    return None


@frame(
    rf"nằm trong khoảng từ ({N}) đến ({N})|tổng số hộ từ ({N}) đến ({N}) hộ",
    ("poverty", "annual", "procedures", "reconciliation"),
)
def bounds(at: At, m: re.Match[str]) -> object:
    """Bounds that follow from printed shares: count over share, half a unit of the last digit."""
    figures = office(at).figures
    low, high = (count(m[1]), count(m[2])) if m[1] else (count(m[3]), count(m[4]))
    sources = (
        ("poverty.both", "poverty.both_rate"),
        ("poverty.poor", "poverty.poor_rate"),
        ("poverty.near", "poverty.near_rate"),
        ("procedures.resolved_late", "procedures.late_rate"),
    )
    spans = []
    for number, rate in sources:
        a, b = figures.get((number, "")), figures.get((rate, ""))
        if a and b:
            share, half = parse(b[0][0]), Fraction(1, 200)
            spans.append(
                (100 * parse(a[0][0]) / (share + half), 100 * parse(a[0][0]) / (share - half))
            )
    if not spans:
        return False
    first, last = max(s[0] for s in spans), min(s[1] for s in spans)
    at.check(
        abs(low - first) <= 1.5 and abs(high - last) <= 1.5,
        "khoảng suy ra",
        f"{float(first):.0f}–{float(last):.0f}",
    )
    return None
