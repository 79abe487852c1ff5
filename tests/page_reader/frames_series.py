"""Frames on named values: «name (value)», the highest, the lowest, how many lie above."""

from __future__ import annotations

import re
from fractions import Fraction

from .claims import At, frame
from .frames_office import KINDS, now, office
from .numbers import COUNT, WORD, N, count, exact, parse, prints, show
from .series import Series, plain

SUPERLATIVE = re.compile(
    r"(?<!\w)(cao|thấp|nhiều|ít|tốt|lớn|kém|yếu) (?:điểm )?nhất(?!\w)|[Đđ]ứng đầu", re.IGNORECASE
)
HIGH = ("cao", "nhiều", "tốt", "lớn", "đứng đầu")


def label_before(text: str, known: set[str]) -> str | None:
    """The longest known label that a text ends with."""
    text = re.sub(r"(?: \(|: | | với | đạt | là | có |»|”)+$", "", text)
    text = re.sub(r"(?:[»”]|\(| |:|,? (?:với|đạt|là|chỉ đạt|giảm|tăng|mất))+$", "", text)
    tail = text[-150:]
    starts = [0, *(m.end() for m in re.finditer(r"[\s(«“;:]+", tail))]
    for start in starts:
        said = plain(tail[start:])
        if said in known:
            return said
    return None


def pairs(at: At, start: int = 0, end: int | None = None) -> list[tuple[str, str, int, int]]:
    """Labels with the number behind them: label, number, its span."""
    known: set[str] = set()
    for series in office(at).series:
        known |= set(series.plain)
    text = at.text.text[:end]
    found = []
    for m in re.finditer(rf"(?<![\w.,/])({N})(?![\w]|\.\d)", text):
        if m.start() < start:
            continue
        label = label_before(text[: m.start()], known)
        if label is not None:
            found.append((label, m[1], m.start(), m.end()))
    return found


@frame(r"^.*$", KINDS)
def named_values(at: At, m: re.Match[str]) -> object:
    """Each number behind a known name is one of the values of that name."""
    if not office(at).exists:
        return False
    for label, said, start, end in pairs(at):
        series = [s for s in office(at).series if label in s.plain]
        good = [s for s in series if s.prints(label, said)]
        if good:
            at.checked += 1
            at.covered.append((start, end))
            at.covered.append((start, end + 1))
        elif not followed(at, start):
            right = "; ".join(f"{s.name} {show(s.values[s.plain[label]])}" for s in series)
            if at.page.kind not in ("annual", "poverty") or "%" in at.text.text[end : end + 1]:
                if not other_year(at, label, said):
                    at.check(False, "giá trị của tên", f"{label}: {right}")
                at.covered.append((start, end + 1))
    return False


def followed(at: At, place: int) -> bool:
    return any(t.start <= place < t.end for t in at.text.traced)


def other_year(at: At, label: str, said: str) -> bool:
    before = office(at).before
    return before.exists and any(label in s.plain and s.prints(label, said) for s in before.series)


@frame("(?i)" + SUPERLATIVE.pattern, KINDS)
def an_end(at: At, m: re.Match[str]) -> object:
    """«cao nhất là A (1); B (2) và C (3)»: the first ones of a series, ties told, error kept."""
    if not office(at).exists:
        return False
    text = at.text.text
    if re.match(r" là một trong", text[m.end() :]):
        return False
    cut = re.search(
        r"\. |[.]$|(?<!\w)(?:và |; |, )?(?:cao|thấp|nhiều|ít|tốt|lớn) (?:điểm )?nhất(?!\w)|, "
        r"chiếm|; một hộ",
        text[m.end() :],
        re.IGNORECASE,
    )
    end = m.end() + cut.start() if cut else len(text)
    found = pairs(at, m.end(), end)
    behind = False
    if not found:
        # «Phản ánh, kiến nghị thấp nhất (75,92%)», «cao nhất là A» without a number
        near = re.match(rf" \(({N})", text[m.end() :])
        before = label_before(text[: m.start()], {k for s in office(at).series for k in s.plain})
        if near and before:
            found = [(before, near[1], 0, 0)]
        else:
            return _month(at, m) if "háng" in text else False
    if found and found[0][0].startswith("tháng"):
        return _month(at, m)
    highest = (m[1] or m[0]).lower() in HIGH
    if m[1] and m[1].lower() == "nhiều" and re.search(r"mất $|[Mm]ất điểm $", text[: m.start()]):
        highest = True
    candidates = [
        s
        for s in office(at).series
        if all(label in s.plain and s.prints(label, said) for label, said, *_ in found)
    ]
    if found[0][3] and text[found[0][3]] == "/":  # points of a maximum are ordered by their share
        wanted = {
            "766: điểm nhóm": "766: tỷ lệ nhóm",
            "par_index: điểm": "par_index: tỷ lệ đạt",
            "dti: điểm": "dti: tỷ lệ đạt",
        }
        names = {wanted[s.name] for s in candidates if s.name in wanted}
        candidates = [s for s in office(at).series if s.name in names]
    if not candidates and "mất" in text:
        candidates = [s for s in office(at).series if s.name.endswith("mất theo tiêu chí")]
        found = [p for p in found if any(p[0] in s.plain for s in candidates)]
        candidates = [
            s
            for s in candidates
            if found and all(p[0] in s.plain and s.prints(p[0], p[1]) for p in found)
        ]
    if not candidates:
        return False
    wrong = ""
    for series in candidates:
        wrong = series.end_is([series.plain[label] for label, *_ in found], highest)
        if not wrong:
            break
    if wrong and re.search(r"(?:được nêu|trong hình|công bố)", f"{at.before} {text}"):
        shown = [_visible(at, series) for series in candidates]
        wrong = next(
            (
                w
                for s in shown
                if all(label in s.plain for label, *_ in found)
                and not (w := s.end_is([s.plain[label] for label, *_ in found], highest))
            ),
            wrong,
        )
    at.check(not wrong, "cao nhất, thấp nhất", wrong)
    return behind or None


def _visible(at: At, series: Series) -> Series:
    """The part of a series that a table of the page shows: «trong các nơi được nêu»."""
    seen = set()
    for table in at.page.tables:
        for row in table.rows:
            if row and any("%" in cell.text for cell in row[1:]):
                seen.add(plain(row[0].text))
    known = {k: v for k, v in series.values.items() if plain(k) in seen and k not in series.hidden}
    return Series(series.name, known or series.values, series.margin)


def _month(at: At, m: re.Match[str]) -> object:
    """«Tháng 7 giải quyết nhiều nhất, 461 hồ sơ»."""
    text = at.text.text
    months = office(at).dossiers.months
    if not office(at).dossiers.records:
        return False
    found = re.search(rf"[Tt]háng (\d+) giải quyết (nhiều|ít) nhất, ({N}) hồ sơ", text)
    pieces = [(found[1], found[2], found[3], "resolved")] if found else []
    for word, month, said in re.findall(
        rf"(nhiều|ít) nhất ở tháng (\d+)(?:: | \()({N}) hồ sơ", text
    ):
        pieces.append((month, word, said, "late" if "quá hạn" in text else "resolved"))
    for month, word, said, key in pieces:
        values = {n: c[key] for n, c in months.items()}
        end = max(values.values()) if word == "nhiều" else min(values.values())
        at.check(values[int(month)] == end == count(said), "tháng nhiều nhất, ít nhất", f"{values}")
        tied = [n for n, v in values.items() if v == end]
        at.check(len(tied) == 1 or all(f"{n}" in text for n in tied), "đồng hạng", f"{tied}")
        at.covered += [x.span() for x in re.finditer(rf"[Tt]háng {month}|{re.escape(said)}", text)]
    return None if pieces else False


@frame(rf"({COUNT}) trên ({COUNT}) (yếu tố|tiêu chí) (cao|thấp) hơn mức này", KINDS)
def how_many_above(at: At, m: re.Match[str]) -> object:
    series = next((s for s in office(at).series if s.name == f"SIPAS: {m[3]}"), None)
    overall = now(at).get("sipas.overall")
    if series is None or overall is None:
        return False
    above = sum(exact(v) > exact(overall) for v in series.values.values())
    right = above if m[4] == "cao" else len(series.values) - above
    at.check(
        (count(m[1]), count(m[2])) == (right, len(series.values)),
        "số yếu tố cao hơn",
        f"{right}/{len(series.values)}",
    )
    return None


@frame(rf"chiếm ({N})%? (?:tổng số|số điểm bị mất|điểm)|chiếm ({N}) điểm", KINDS)
def share_of_named(at: At, m: re.Match[str]) -> object:
    """What the named ones make up of the whole."""
    text = at.text.text
    if text.startswith("Phần này"):
        return False  # named in the sentence before
    first = re.search(rf"(?:({WORD}) )?chỉ tiêu thiếu nhiều nhất[^.;]*? chiếm", text, re.I)
    if first:
        series = next((s for s in office(at).series if s.name == "766: thiếu theo chỉ tiêu"), None)
        if series is None:
            return False
        top = series.order(highest=True)[: count(first[1]) if first[1] else 1]
        at.check(
            prints(m[1] or m[2], sum((exact(series.values[t]) for t in top), Fraction(0))),
            "các chỉ tiêu thiếu nhiều nhất",
            f"{top}",
        )
        at.covered += [x.span() for x in re.finditer("nhiều nhất", text)]
        return None
    known = now(at)
    if "quá hạn" in text:
        total = known.get("procedures.overdue_all")
        parts = [parse(said) for _, said, *_ in pairs(at, 0, m.start())]
        if not total or not parts:
            return False
        share = 100 * sum(parts, Fraction(0)) / exact(total)
        at.check(prints(m[1], share), "chiếm", show(share))
        return None
    lost = [parse(x) for x in re.findall(rf"mất ({N}) trong", text)]
    keys = [k for k in ("par_index.lost", "dti.lost") if k in known]
    shares = [100 * sum(lost, Fraction(0)) / exact(known[k]) for k in keys]
    at.check(
        any(abs(exact(s) - parse(m[1] or "0")) < Fraction(1, 10) for s in shares),
        "chiếm",
        f"{[show(s) for s in shares]}",
    )
    return None


@frame(
    rf"({COUNT}) lĩnh vực không có hồ sơ giải quyết quá hạn|[Tt]hanh chồng của ({N}) lĩnh vực, "
    rf"mỗi thanh là 100%|\(({N}) lĩnh vực có tỷ lệ quá hạn cao nhất\)|"
    rf"phần trăm trước hạn, đúng hạn và quá hạn \(({N}) lĩnh vực có hồ sơ giải quyết quá hạn trong "
    rf"({N}) lĩnh vực\)|[Tt]hanh chồng của ({N}) lĩnh vực trong ({N}), mỗi thanh là 100%",
    KINDS,
)
def fields_drawn(at: At, m: re.Match[str]) -> object:
    series = next(
        (s for s in office(at).series if s.name == "TTHC Lĩnh vực giải quyết: tỷ lệ quá hạn"), None
    )
    if series is None:
        return False
    late = sum(exact(v) > 0 for v in series.values.values())
    if m[1]:
        at.check(
            count(m[1]) in (max(0, 15 - late), len(series.values) - late),
            "số lĩnh vực không quá hạn",
            f"{late} lĩnh vực có",
        )
    for drawn, of in ((m[4], m[5]), (m[6], m[7])):
        if drawn:
            at.check(
                (count(drawn), count(of)) == (late, len(series.values)),
                "số lĩnh vực quá hạn",
                f"{late} trong {len(series.values)}",
            )
    if m[3]:
        at.check(
            count(m[3]) <= late, "tỷ lệ quá hạn cao nhất", f"chỉ {late} lĩnh vực có hồ sơ quá hạn"
        )
    return None


@frame(rf"[Cc]ó ({N}) thủ tục có hồ sơ quá hạn|({N}) trong ({N}) thủ tục có hồ sơ quá hạn", KINDS)
def late_procedures(at: At, m: re.Match[str]) -> object:
    series = next((s for s in office(at).series if s.name == "TTHC thủ tục: quá hạn"), None)
    if series is None:
        return False
    late = sum(exact(v) > 0 for v in series.values.values())
    at.check(count(m[1] or m[3]) == late, "số thủ tục quá hạn", f"{late}")
    return None


@frame(
    rf"cuối tháng (tăng|giảm) từ ({N}) \(tháng (\d+)\) (?:lên|xuống) ({N}) \(tháng (\d+)\)", KINDS
)
def open_by_month(at: At, m: re.Match[str]) -> object:
    months = office(at).dossiers.months
    a, b = months[int(m[3])]["left"], months[int(m[5])]["left"]
    at.check(
        (count(m[2]), count(m[4])) == (a, b) and (b > a) == (m[1] == "tăng"),
        "còn lại cuối tháng",
        f"{a}→{b}",
    )
    return None
