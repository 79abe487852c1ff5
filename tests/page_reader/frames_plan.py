"""Frames on documents, limits, measures, and on what sources leave out."""

from __future__ import annotations

import re
from fractions import Fraction

from .claims import At, frame
from .context import facts
from .frames_office import KINDS, now, office, then
from .numbers import COUNT, N, count, parse, prints, show


@frame(
    rf"[Tt]rong ({COUNT}) hạn chế của các năm trước, có (?:({COUNT}) đã khắc phục,? "
    rf"?)?(?:(?:và )?({COUNT}) đang khắc phục,? ?)?(?:(?:và )?({COUNT}) chưa khắc phục)?",
    ("annual", "work_plan"),
)
def followed_up(at: At, m: re.Match[str]) -> object:
    old = [r for r in office(at).table("han-che") if (r.get("Năm nêu") or "9") < str(at.page.year)]
    for said, state in ((m[2], "Đã khắc phục"), (m[3], "Đang khắc phục"), (m[4], "Chưa khắc phục")):
        if said:
            n = sum((r.get("Tình trạng khắc phục") or "") == state for r in old)
            at.check(count(said) == n, "hạn chế đã, chưa khắc phục", f"{state}: {n}")
    at.check(count(m[1]) == len(old), "số hạn chế năm trước", f"{len(old)}")
    return None


@frame(rf"Với ({COUNT}) hạn chế còn lại", ("annual", "work_plan", "par_index"))
def remaining_limits(at: At, m: re.Match[str]) -> object:
    """«còn lại»: as many as are listed without a cause."""
    rows = office(at).table("han-che")
    limits = {r["Tồn tại, hạn chế"] for r in rows if r.get("Năm nêu") == str(at.page.year)}
    caused = {t.text for t in at.page.texts if t.kind == "li" and t.text.startswith("Về ")}
    told = {limit for limit in limits if any(limit in text for text in caused)}
    at.check(
        count(m[1]) == len(limits) - len(told) and bool(told),
        "hạn chế còn lại",
        f"{len(limits)} hạn chế, {len(told)} có nguyên nhân",
    )
    return None


@frame(rf"^({N})/({N}) đơn vị|^(\d+)\.$")
def bare(at: At, m: re.Match[str]) -> object:
    return None if m[3] else False


@frame(
    r"[«“]Đánh giá TT[\d-]+[»”]|Thông tư 01/2018/TT-VPCP|[«“]ít nhất[»”] chỉ cho biết mức thấp "
    r"nhất|biết rõ ít nhất một nửa"
)
def names_of_things(at: At, m: re.Match[str]) -> None:
    """Names of tables and of ways to read a word."""


@frame(r"Bộ luật Dân sự số 91/2015/QH13 ngày 24/11/2015")
def civil_code(at: At, m: re.Match[str]) -> None:
    """The law on the counting of days."""


@frame(
    rf"tỷ lệ (?:nghèo đa chiều|hộ nghèo) ({N})%, tỷ lệ năm gốc là ({N})% theo cách hiểu thứ "
    rf"nhất và ({N})% theo cách hiểu thứ hai",
    KINDS,
)
def two_readings(at: At, m: re.Match[str]) -> object:
    """A fall of p read as points, then as a share of the base."""
    end = parse(m[1])
    falls = [
        abs(parse(text))
        for (code, _), entries in office(at).figures.items()
        for text, *_ in entries
        if "rate_change" in code
    ]
    good = any(prints(m[2], end + fall) and prints(m[3], end / (1 - fall / 100)) for fall in falls)
    at.check(good, "hai cách hiểu", f"{[str(f) for f in falls]}")
    return None


@frame(rf"({COUNT}) văn bản thiếu số, ký hiệu hoặc ngày ban hành", KINDS)
def incomplete_documents(at: At, m: re.Match[str]) -> object:
    rows = office(at).table("van-ban")
    right = sum(not (r["Số, ký hiệu"] and r["Ngày ban hành"]) for r in rows)
    at.check(count(m[1]) == right, "văn bản thiếu số, ngày", f"{right}")
    return None


@frame(rf"({COUNT}) biện pháp trả lời một hạn chế đã nêu|tất cả đều trả lời một hạn chế", KINDS)
def answering_measures(at: At, m: re.Match[str]) -> object:
    rows = office(at).table("bien-phap")
    right = sum(bool((r.get("Mã hạn chế") or "").strip()) for r in rows)
    at.check((count(m[1]) if m[1] else len(rows)) == right, "biện pháp trả lời hạn chế", f"{right}")
    return None


@frame(rf"({COUNT}) hạn chế (nêu nguyên nhân|có biện pháp)", ("work_plan",))
def limits_with(at: At, m: re.Match[str]) -> object:
    rows = [r for r in office(at).table("han-che") if r.get("Năm nêu") == str(at.page.year)]
    head = "Nguyên nhân" if "nguyên" in m[2] else "Biện pháp khắc phục"
    right = sum(bool((r.get(head) or "").strip()) for r in rows)
    if head == "Biện pháp khắc phục":
        codes = " ".join(r.get("Mã hạn chế") or "" for r in office(at).table("bien-phap"))
        answered = set(re.findall(r"HC\d+", codes))
        right = sum(bool((r.get(head) or "").strip()) or r["Mã hạn chế"] in answered for r in rows)
    at.check(count(m[1]) == right, "hạn chế có nguyên nhân, biện pháp", f"{right}")
    return None


@frame(rf"nhiệm vụ của ({COUNT}) lĩnh vực", ("work_plan",))
def fields_of_tasks(at: At, m: re.Match[str]) -> object:
    right = len({r["Lĩnh vực, nội dung"] for r in office(at).table("nhiem-vu")})
    at.check(count(m[1]) == right, "số lĩnh vực", f"{right}")
    return None


@frame(r"Tổng 100 điểm: ([^.]+)", ("service_quality",))
def maxima(at: At, m: re.Match[str]) -> None:
    for group, most in office(at).service.group_maximum.items():
        said = re.search(rf"{group} ({N})", m[1])
        at.check(said is not None and prints(said[1], most), "điểm tối đa", f"{group}: {most}")


@frame(
    r"là (?:Xã|Phường|Thị trấn|Huyện)[^.]*\.$|(?<=thủ tục )\d+(?= thuộc lĩnh vực)|«Thủ tục \d+ "
    r"thuộc lĩnh vực [^»]+»",
    ("sipas", "procedures", "annual"),
)
def names_of_places(at: At, m: re.Match[str]) -> None:
    """Names that carry a number."""


@frame(
    r"(Sở [^.;(]+?) cũng có tỷ lệ (?:giải quyết )?quá hạn cao nhất \((\d+,\d+)%\)",
    ("procedures", "annual"),
)
def also_highest(at: At, m: re.Match[str]) -> object:
    series = next(
        (s for s in office(at).series if s.name == "TTHC Đơn vị giải quyết: tỷ lệ quá hạn"), None
    )
    if series is None:
        return False
    best = series.order(highest=True)[0]
    at.check(m[1] == best and series.prints(best, m[2]), "cao nhất, thấp nhất", best)
    return None


@frame(rf"[Tt]ỷ lệ quá hạn cao nhất ở ([^:]+): ({N})%, ({N}) hồ sơ", ("procedures", "annual"))
def highest_field(at: At, m: re.Match[str]) -> object:
    sums = office(at).dossiers.sums("Lĩnh vực giải quyết").get(m[1])
    if sums is None:
        return False
    at.check(count(m[3]) == sums["late"], "hồ sơ quá hạn", f"{sums['late']}")
    return None


@frame(
    rf"[Ss]o với bình quân vùng ([^(]+?) là ({N})%, kết quả (cao|thấp) hơn ({N}) điểm phần trăm",
    ("annual",),
)
def against_region(at: At, m: re.Match[str]) -> object:
    results = facts(at).results
    known = {n.lower(): v for n, v in results.regions("par_index", at.page.year).items()}
    mean, value = known.get(m[1].lower()), results.value("par_index", at.page.year, at.page.slug)
    if mean is None or value is None:
        return False
    at.check(
        "par_index" not in results.sampled,
        "so sánh khi chưa biết sai số",
        "một phần điểm lấy từ khảo sát",
    )
    at.check(prints(m[2], mean), "bình quân vùng", m[1])
    at.check(
        prints(m[4], abs(value - mean)) and (value > mean) == (m[3] == "cao"), "so với vùng", ""
    )
    return None


@frame(
    r"không nêu số hộ nghèo giảm được|mức giảm của (?:huyện nghèo|hộ dân tộc)|là của cả (\d+) "
    r"năm|xã nghèo không nêu so với năm nào",
    KINDS,
)
def of_sources(at: At, m: re.Match[str]) -> object:
    """What a source leaves out; the figures beside it are traced."""
    return None


@frame(
    rf"Phần đóng góp lớn nhất vào mức (tăng|giảm) so với năm 20\d\d là (?:lĩnh vực|nhóm|chỉ số) (.+?)"
    rf" \((tăng|giảm) ({N}) điểm\)",
    KINDS,
)
def largest_part(at: At, m: re.Match[str]) -> object:
    """The area that moved most in the direction of the whole."""
    for kind in ("par_index", "dti"):
        after, before = office(at).scored(kind), office(at).before.scored(kind)
        gaps = {
            after.names[c]: after.sum(c) - before.sum(c) for c in after.areas if c in before.names
        }
        if m[2] in gaps:
            end = max(gaps.values()) if m[1] == "tăng" else min(gaps.values())
            good = gaps[m[2]] == end and prints(m[4], abs(end)) and (end > 0) == (m[3] == "tăng")
            at.check(good, "đóng góp lớn nhất", f"{ {k: float(v) for k, v in gaps.items()} }")
            return None
    return False


@frame(
    rf"[Cc]hỉ số cải cách hành chính của đơn vị năm (20\d\d) là ({N})%, năm (20\d\d) là ({N})%|"
    rf"^Năm (20\d\d), kết quả là ({N})%(?=; chưa có sai số khảo sát)",
    ("par_index", "annual"),
)
def values_of_both_years(at: At, m: re.Match[str]) -> object:
    """An index of which people were asked a part, in both years, without a verdict."""
    for year, said in ((m[1], m[2]), (m[3], m[4]), (m[5], m[6])):
        if year is None:
            continue
        known = now(at) if int(year) == at.page.year else then(at)
        at.check(
            int(year) >= at.page.year - 1 and prints(said, known.get("par_index.share")),
            "chỉ số của năm",
            show(known.get("par_index.share"), 3),
        )
    return None


@frame(r"suy ra số này trong khoảng (\d[\d.]*) đến (\d[\d.]*) hồ sơ", ("reconciliation", "annual"))
def derived_bounds(at: At, m: re.Match[str]) -> object:
    """Late dossiers over their printed share, half a unit of the last digit either way."""
    late, rate = (
        office(at).figure("procedures.resolved_late"),
        office(at).figure("procedures.late_rate"),
    )
    if late is None or rate is None:
        return False
    low, high = 100 * late / (rate + Fraction(1, 200)), 100 * late / (rate - Fraction(1, 200))
    good = abs(count(m[1]) - low) <= 1.5 and abs(count(m[2]) - high) <= 1.5
    at.check(good, "khoảng suy ra", f"{float(low):.0f}–{float(high):.0f}")
    return None
