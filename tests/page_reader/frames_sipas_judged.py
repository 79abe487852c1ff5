"""Frames on the survey that keep to its error: ranges, sets that may be first, what is not known."""

from __future__ import annotations

import re
from fractions import Fraction

from .claims import At, frame
from .context import facts
from .frames_office import now, office
from .frames_sipas import mine, survey
from .numbers import COUNT, N, count, exact, parse, prints, prints_size, show
from .series import Series
from .survey import Survey, t_quantile

KINDS = ("sipas", "annual")
UNITS = {"cơ quan": "co_quan", "đơn vị cấp huyện": "huyen", "đơn vị cấp xã": "xa"}
UNIT = r"(cơ quan|đơn vị cấp huyện|đơn vị cấp xã)"


def series_of(at: At, name: str) -> Series | None:
    wanted = f"SIPAS: {UNITS.get(name, name)}"
    return next((s for s in office(at).series if s.name == wanted), None)


@frame(
    rf"({COUNT}) {UNIT} được xếp hạng,(?: kết quả)? từ ({N})% đến ({N})%"
    rf"(?:, bình quân ({N})%)?",
    KINDS,
)
def span_of_units(at: At, m: re.Match[str]) -> object:
    series = series_of(at, m[2])
    if series is None:
        return False
    values = [float(exact(v)) for v in series.values.values()]
    at.check(count(m[1]) == len(values), "số đơn vị xếp hạng", f"{len(values)}")
    at.check(
        prints(m[3], min(values)) and prints(m[4], max(values)),
        "khoảng",
        f"{min(values):.2f}–{max(values):.2f}",
    )
    if m[5]:
        at.check(
            prints(m[5], sum(values) / len(values)), "bình quân", show(sum(values) / len(values))
        )
    return None


@frame(rf"({COUNT}) (tiêu chí|yếu tố),? từ ({N})% đến ({N})%", KINDS)
def span_of_items(at: At, m: re.Match[str]) -> object:
    series = series_of(at, m[2])
    if series is None:
        return False
    values = [float(exact(v)) for v in series.values.values()]
    good = count(m[1]) == len(values) and prints(m[3], min(values)) and prints(m[4], max(values))
    at.check(good, "khoảng", f"{len(values)}: {min(values):.2f}–{max(values):.2f}")
    return None


@frame(
    r"chưa xác định được ((?:(?:yếu tố|tiêu chí|cơ quan|đơn vị cấp huyện|đơn vị cấp xã)"
    r" (?:thấp|cao) nhất(?:, | và )?)+)",
    KINDS,
)
def end_unknown(at: At, m: re.Match[str]) -> object:
    """Said not to be known: the end of the series is not surely apart from the next."""
    for name, end in re.findall(r"([^,]+?) (thấp|cao) nhất", m[1].replace(" và ", ", ")):
        series = series_of(at, name.strip(", "))
        if series is None:
            return False
        order = series.order(highest=end == "cao")
        at.check(
            not series.apart(order[0], order[1]) or _near(series, order),
            "chưa xác định",
            f"{order[:2]}",
        )
    return None


def _near(series: Series, order: list[str]) -> bool:
    """Not surely apart from one of the others, the error of several comparisons being larger."""
    gap = abs(float(exact(series.values[order[0]])) - float(exact(series.values[order[1]])))
    half = series.margin(order[0], order[1]) if series.margin else 0
    return half is None or gap < 1.6 * half or any(not series.apart(order[0], o) for o in order[2:])


@frame(
    rf"(Thấp|Cao|thấp|cao) nhất là một trong ({COUNT}) (cơ quan|yếu tố|tiêu chí|đơn vị cấp "
    rf"huyện|đơn vị cấp xã) ([^.]+)",
    KINDS,
)
def one_of_several(at: At, m: re.Match[str]) -> object:
    """The set that may be at the end holds all that are not surely behind the first."""
    series = series_of(at, m[3])
    if series is None:
        return False
    named = [label for label in series.values if label in m[4]]
    at.check(len(named) == count(m[2]), "số nơi có thể đứng cuối, đứng đầu", f"{named}")
    order = series.order(highest=m[1].lower() == "cao")
    at.check(order[0] in named, "cao nhất, thấp nhất", order[0])
    missing = [o for o in order[1:] if o not in named and not series.apart(order[0], o)]
    at.check(not missing, "chưa phân biệt được", f"{missing}")
    for said in re.findall(rf"\(({N})%\)", m[4]):
        at.check(any(prints(said, series.values[o]) for o in named), "giá trị", said)
    return None


def gap_to_mean(at: At, data: Survey) -> tuple[float, float, float, int]:
    """Own less the mean of the ranked offices, its margin, the mean, how many."""
    ranked = data.ranked("co_quan")
    mean = sum(ranked.values()) / len(ranked)
    parts = [(1.0, *mine(at), "total")]
    parts += [(-1 / len(ranked), "co_quan", name, "total") for name in ranked]
    gap = data.estimate(*mine(at), "total")[0] - mean
    return gap, data.margin(parts), mean, len(ranked)


@frame(
    rf"(cao|thấp) hơn bình quân ({COUNT}) cơ quan được xếp hạng \(({N})%\) ({N}) "
    rf"điểm phần trăm"
    r"(?:, chênh lệch vượt sai số khảo sát)?",
    KINDS,
)
def beyond_the_mean(at: At, m: re.Match[str]) -> object:
    data = survey(at)
    if data is None:
        return False
    gap, margin, mean, units = gap_to_mean(at, data)
    at.check(
        count(m[2]) == units and prints(m[3], mean), "bình quân các cơ quan", f"{units}: {mean:.2f}"
    )
    at.check(prints_size(m[4], gap) and (gap > 0) == (m[1] == "cao"), "so với bình quân", show(gap))
    at.check(abs(gap) > margin, "trong sai số", f"{gap:.2f}, sai số {margin:.2f}")
    return None


@frame(
    rf"[Cc]hênh lệch với bình quân ({COUNT}) cơ quan được xếp hạng \(({N})%\) nằm "
    rf"trong sai số"
    r" khảo sát nên chưa kết luận được cao hơn hay thấp hơn",
    KINDS,
)
def near_the_mean(at: At, m: re.Match[str]) -> object:
    data = survey(at)
    if data is None:
        return False
    gap, margin, mean, units = gap_to_mean(at, data)
    at.check(
        count(m[1]) == units and prints(m[2], mean), "bình quân các cơ quan", f"{units}: {mean:.2f}"
    )
    at.check(abs(gap) <= margin * 1.01, "ngoài sai số", f"{gap:.2f}, sai số {margin:.2f}")
    return None


def change(at: At, column: str, name: str, code: str, of: int = 1) -> tuple[float, float] | None:
    """Difference to the year before and what it must exceed."""
    now_, before = survey(at), office(at).before.survey if office(at).before.exists else None
    if now_ is None or before is None:
        return None
    key = (column, name, code)
    if min(now_.freedom(*key), before.freedom(*key)) <= 0:
        return None
    a, b = before.estimate(*key), now_.estimate(*key)
    first, second = before.error(a[1]) ** 2, now_.error(b[1]) ** 2
    freedom = (first + second) ** 2 / (
        first**2 / before.freedom(*key) + second**2 / now_.freedom(*key)
    )
    return b[0] - a[0], t_quantile(1 - 0.025 / of, freedom) * (first + second) ** 0.5


@frame(
    rf"xét cùng lúc các {UNIT} có kết quả và sai số của cả hai năm, chưa [^.]* nào thay đổi rõ rệt",
    KINDS,
)
def no_unit_changed(at: At, m: re.Match[str]) -> object:
    """Of n units together none is clear: none differs by what one of n comparisons must exceed."""
    data, column = survey(at), UNITS[m[1]]
    if data is None:
        return False
    names = {str(row[column]) for row in data.rows if row[column]}
    known = [name for name in names if change(at, column, name, "total")]
    found = {name: change(at, column, name, "total", len(known)) for name in known}
    clear = [name for name, one in found.items() if one and abs(one[0]) > one[1]]
    at.check(not clear, "thay đổi rõ rệt", f"{clear}")
    return None


@frame(r"[Kk]hông có yếu tố nào thay đổi (?:vượt sai số khảo sát|rõ rệt)", KINDS)
def no_factor_changed(at: At, m: re.Match[str]) -> object:
    data = survey(at)
    if data is None:
        return False
    clear = []
    for code in data.tree["B"]:
        found = change(at, *mine(at), code)
        if found and abs(found[0]) > found[1]:
            clear.append(code)
    at.check(not clear, "thay đổi rõ rệt", f"{clear}")
    return None


@frame(
    rf"có ({N}) phiếu hợp lệ, dưới ngưỡng 30 phiếu|(?:phát ra|thu về) {N} phiếu(?: \([^)]*\))?, "
    rf"có ({N}) phiếu hợp lệ",
    KINDS,
)
def valid_forms(at: At, m: re.Match[str]) -> object:
    data = survey(at)
    if data is None:
        return False
    right = data.counts[office(at).agency] if m[1] else len(data.rows)
    at.check(count(m[1] or m[2]) == right, "số phiếu hợp lệ", f"{right}")
    if m[2]:
        at.covered.append(m.span())
    return None


@frame(rf"({COUNT}) {UNIT} chưa rõ sai số", KINDS)
def unknown_errors(at: At, m: re.Match[str]) -> object:
    data = survey(at)
    if data is None:
        return False
    column = UNITS[m[2]]
    unknown = [n for n in data.ranked(column) if data.freedom(column, n, "total") <= 0]
    at.check(count(m[1]) == len(unknown), "chưa rõ sai số", f"{len(unknown)}")
    return None


@frame(
    rf"({COUNT}) cơ quan có thể đứng đầu, và vị trí của ít nhất một nửa số cơ quan có thể xê "
    rf"dịch ({COUNT}) bậc hoặc hơn",
    KINDS,
)
def may_be_first(at: At, m: re.Match[str]) -> object:
    """Counted in the column «Khoảng vị trí» of the table below."""
    table = next((t for t in at.page.tables if t.name == "tbl-departments"), None)
    place = table.column("Khoảng vị trí") if table else None
    if table is None or place is None:
        return False
    spans = [
        tuple(map(int, re.findall(r"\d+", row[place].text)[:2]))
        for row in table.rows
        if re.match(r"\d+–\d+", row[place].text)
    ]
    widths = sorted(s[-1] - s[0] for s in spans)
    first = sum(s[0] == 1 for s in spans)
    at.check(count(m[1]) == first, "có thể đứng đầu", f"{first}")
    at.check(sum(w >= count(m[2]) for w in widths) * 2 >= len(widths), "xê dịch", f"{widths}")
    return None


@frame(rf"({COUNT}) tầng, ({COUNT}) cụm", KINDS)
def design(at: At, m: re.Match[str]) -> object:
    data = survey(at)
    if data is None:
        return False
    right = (len(data.clusters), sum(map(len, data.clusters.values())))
    at.check((count(m[1]), count(m[2])) == right, "tầng, cụm", f"{right}")
    return None


@frame(rf"(\w+) yếu tố và ({N}) tiêu chí", KINDS)
def parts(at: At, m: re.Match[str]) -> object:
    known = facts(at).sipas_parts(at.page.year)
    at.check((count(m[1]), count(m[2])) == known, "số yếu tố, tiêu chí", f"{known}")
    return None


@frame(
    r"các đơn vị bằng nhau cùng thứ hạng|Mogstad và cộng sự, 2024|dưới 50% số tiêu chí|không "
    r"kết luận cao hơn, thấp hơn, tăng hay giảm",
    KINDS,
)
def rules(at: At, m: re.Match[str]) -> None:
    """How it is done."""


@frame(
    rf"đạt ({N})%, (?:xếp|đứng) thứ (\d+)/(\d+)(?: đơn vị được đánh giá)?|(?:xếp|đứng) thứ "
    rf"(\d+)/(\d+)(?= đơn vị|, thuộc)|xếp thứ (\d+);",
    ("sipas", "annual", "par_index"),
)
def delivered_rank(at: At, m: re.Match[str]) -> object:
    rank, units = office(at).figure("sipas.rank"), office(at).figure("sipas.units")
    published = facts(at).results.rank("par_index", at.page.year, at.page.slug)
    said = (count(m[2] or m[4] or m[6]), count(m[3] or m[5]) if m[3] or m[5] else None)
    national = facts(at).results.rank("sipas", at.page.year, at.page.slug)
    if said in ((published, 63), (national, 63)):
        at.checked += 1
        return None
    if rank is None:
        return False
    at.check(said == (rank, units), "thứ hạng của cơ quan", f"{rank}/{units}")
    if m[1]:
        at.check(prints(m[1], office(at).figure("sipas.overall")), "mức hài lòng", "")
    return None


def told(at: At, code: str) -> list[tuple[str, Fraction]]:
    """What was published of a province's own survey."""
    unit = facts(at).register.units["63"].get(at.page.slug)
    return [
        (r["name"], Fraction(r["value"]))
        for r in facts(at).results.average_lines.values()
        if unit is not None
        and (r["index"], r["year"], r["unit"]) == ("sipas", str(at.page.year), unit.name)
        and r["code"].startswith(code)
    ]


@frame(
    rf"[Bb]ình quân ({N}) đơn vị được đánh giá là ({N})%|Kết quả công bố của ({N}) đơn vị được "
    rf"đánh giá từ ({N})% \(([^)]+)\) đến ({N})% \(([^)]+)\)",
    KINDS,
)
def published_of_offices(at: At, m: re.Match[str]) -> object:
    units = office(at).figure("sipas.units")
    at.check(units is None or count(m[1] or m[3]) == units, "số đơn vị", f"{units}")
    if m[2]:
        at.check(
            any(prints(m[2], v) for _, v in told(at, "mean")), "bình quân", f"{told(at, 'mean')}"
        )
        return None
    for said, name, code in ((m[4], m[5], "min"), (m[6], m[7], "max")):
        at.check(
            any(prints(said, v) and name == n for n, v in told(at, code)),
            "khoảng",
            f"{told(at, code)}",
        )
    return None


@frame(rf"chỉ nêu giá trị của ({N}) tỉnh, thành phố", KINDS)
def known_provinces(at: At, m: re.Match[str]) -> object:
    known = facts(at).results.provinces("sipas", at.page.year)
    values = sum(facts(at).results.value("sipas", at.page.year, s) is not None for s in known)
    at.check(count(m[1]) == values, "số tỉnh có giá trị", f"{values}")
    return None


@frame(r": ((?:Xã|Phường|Thị trấn|Huyện|Thành phố|Thị xã)[^.]+)\.", ("sipas",))
def names_with_numbers(at: At, m: re.Match[str]) -> object:
    """Names of communes that carry a number."""
    data = survey(at)
    if data is None:
        return False
    known = set(data.counts)
    named = re.split(r", (?=Xã|Phường|Thị|Huyện|Thành)| và (?=Xã|Phường|Thị|Huyện|Thành)", m[1])
    at.check(
        all(n in known for n in named), "tên địa bàn", f"{[n for n in named if n not in known]}"
    )
    few = [n for n in named if data.counts[n] < 30]
    at.check(len(few) == len(named) or "dưới 30" not in at.text.text, "không đủ mẫu", f"{few}")
    return None


__all__ = ["now", "parse"]


@frame(rf"^(.+?) ({N})%, không xếp hạng", KINDS)
def unranked(at: At, m: re.Match[str]) -> object:
    """The office's own result beside those that are ranked."""
    overall = now(at).get("sipas.overall")
    if overall is None or m[1] not in office(at).names:
        return False
    at.check(prints(m[2], overall), "số liệu của cơ quan", show(overall))
    return None
