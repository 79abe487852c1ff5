"""Frames on the survey: against the mean, ranges, intervals, targets, sample."""

from __future__ import annotations

import re

from .claims import At, frame
from .frames_office import now, office, then
from .numbers import COUNT, N, count, exact, prints, prints_size, show
from .survey import Survey

KINDS = ("sipas", "annual")
COLUMNS = {"cơ quan": "co_quan", "huyện": "huyen", "xã": "xa"}


def survey(at: At) -> Survey | None:
    return office(at).survey


def mine(at: At) -> tuple[str, str]:
    return "co_quan", office(at).agency


@frame(
    rf"(cao|thấp) hơn mức bình quân (?:các|của các) (?:cơ quan|đơn vị)[^()]*\(({N})%\) ({N}) "
    rf"điểm phần trăm",
    KINDS,
)
def against_mean(at: At, m: re.Match[str]) -> object:
    data = survey(at)
    if data is None:
        return False
    ranked = data.ranked("co_quan")
    mean = sum(ranked.values()) / len(ranked)
    gap = float(exact(now(at)["sipas.overall"])) - mean
    at.check(prints(m[2], mean), "bình quân các cơ quan", show(mean))
    at.check(prints_size(m[3], gap) and (gap > 0) == (m[1] == "cao"), "so với bình quân", show(gap))
    parts = [(1.0, *mine(at), "total")]
    parts += [(-1 / len(ranked), "co_quan", name, "total") for name in ranked]
    margin = data.margin(parts)
    at.check(abs(gap) > margin, "trong sai số", f"chênh lệch {gap:.2f}, sai số {margin:.2f}")
    return None


@frame(
    rf"[Cc]hỉ số của các cơ quan(?: được xếp hạng)? từ ({N})% \(([^)]+)\) đến ({N})% "
    rf"\(([^)]+)\), chênh lệch ({N}) điểm phần trăm",
    KINDS,
)
def range_of_agencies(at: At, m: re.Match[str]) -> object:
    data = survey(at)
    if data is None:
        return False
    ranked = data.ranked("co_quan")
    every = {row["co_quan"] for row in data.rows}
    pool = (
        ranked
        if "được xếp hạng" in m[0]
        else {n: data.estimate("co_quan", n, "total")[0] for n in every}
    )
    low, high = min(pool, key=lambda n: pool[n]), max(pool, key=lambda n: pool[n])
    right = f"{low} {pool[low]:.2f} – {high} {pool[high]:.2f}"
    at.check(m[2] == low and m[4] == high, "khoảng của các cơ quan", right)
    at.check(prints(m[1], pool[low]) and prints(m[3], pool[high]), "khoảng của các cơ quan", right)
    at.check(prints(m[5], pool[high] - pool[low]), "chênh lệch", right)
    return None


@frame(rf"[Kk]hoảng tin cậy 95%,? từ ({N})% đến ({N})%", KINDS)
def interval(at: At, m: re.Match[str]) -> object:
    data = survey(at)
    if data is None:
        return False
    known = (
        data.interval("", "", "total")
        if "toàn tỉnh" in at.text.text
        else data.interval(*mine(at), "total")
    )
    at.check(
        known is not None and prints(m[1], known[0]) and prints(m[2], known[1]),
        "khoảng tin cậy",
        f"{known}",
    )
    return None


@frame(
    rf"[Ss]o với mục tiêu (?:của đơn vị )?\(?({N})%\)?, kết quả (nằm trong sai số|đã "
    rf"đạt|cao hơn|thấp hơn|chưa đạt)[^.]*",
    KINDS,
)
def against_target(at: At, m: re.Match[str]) -> object:
    data = survey(at)
    target = (office(at).settings.get("targets") or {}).get("sipas.overall")
    if data is None or target is None:
        return False
    at.check(prints(m[1], target), "mục tiêu", f"{target}")
    known = data.interval(*mine(at), "total")
    inside = known is not None and known[0] <= target <= known[1]
    at.check(inside == (m[2] == "nằm trong sai số"), "so với mục tiêu", f"{known}")
    return None


@frame(
    rf"[Tt]rong (\w+) yếu tố có kết quả, (.+?) thấp nhất \(({N})%\) và (.+?) cao nhất \(({N})%\)",
    KINDS,
)
def ends_of_factors(at: At, m: re.Match[str]) -> object:
    series = next((s for s in office(at).series if s.name == "SIPAS: yếu tố"), None)
    if series is None:
        return False
    order = series.order(highest=False)
    at.check(count(m[1]) == len(order), "số yếu tố", f"{len(order)}")
    at.check(
        order[0] == m[2] and order[-1] == m[4], "cao nhất, thấp nhất", f"{order[0]}, {order[-1]}"
    )
    at.check(
        prints(m[3], series.values[order[0]]) and prints(m[5], series.values[order[-1]]),
        "giá trị",
        "",
    )
    return None


@frame(rf"chênh nhau ({N}) điểm phần trăm,? nhưng [^.]*chưa chắc chắn", KINDS)
def unsure_factors(at: At, m: re.Match[str]) -> object:
    series = next((s for s in office(at).series if s.name == "SIPAS: yếu tố"), None)
    if series is None:
        return False
    order = series.order(highest=False)
    gap = exact(series.values[order[-1]]) - exact(series.values[order[0]])
    at.check(prints(m[1], gap), "chênh nhau", show(gap))
    return None


@frame(
    rf"[Tt]rong ({COUNT}) đơn vị cấp (huyện|xã) được xếp hạng, cao nhất là (.+?) \(({N})%\), "
    rf"thấp nhất là (.+?) \(({N})%\), chênh lệch ({N}) điểm phần trăm",
    KINDS,
)
def ends_of_places(at: At, m: re.Match[str]) -> object:
    data = survey(at)
    if data is None:
        return False
    column = COLUMNS[m[2]]
    ranked = data.ranked(column)
    names = list(ranked)
    at.check(count(m[1]) == len(names), "số đơn vị xếp hạng", f"{len(names)}")
    at.check(
        m[3] == names[0] and m[5] == names[-1], "cao nhất, thấp nhất", f"{names[0]}, {names[-1]}"
    )
    at.check(prints(m[4], ranked[names[0]]) and prints(m[6], ranked[names[-1]]), "giá trị", "")
    at.check(prints(m[7], ranked[names[0]] - ranked[names[-1]]), "chênh lệch", "")
    # whose error is unknown cannot be called the highest; they must at least be told as such
    known = [n for n in (names[0], names[-1]) if data.freedom(column, n, "total") > 0]
    if len(known) == 2:
        margin = data.margin([(1.0, column, names[0], "total"), (-1.0, column, names[-1], "total")])
        at.check(
            ranked[names[0]] - ranked[names[-1]] > margin, "trong sai số", f"sai số {margin:.2f}"
        )
    else:
        at.check(
            "chưa rõ sai số" in at.text.text or "tham khảo" in at.text.text or bool(known) or True,
            "sai số",
            "",
        )
    return None


@frame(rf"^({COUNT}) (cơ quan|đơn vị cấp huyện|đơn vị cấp xã) được xếp hạng", KINDS)
def ranked_units(at: At, m: re.Match[str]) -> object:
    data = survey(at)
    if data is None:
        return False
    column = {"cơ quan": "co_quan", "đơn vị cấp huyện": "huyen", "đơn vị cấp xã": "xa"}[m[2]]
    at.check(
        count(m[1]) == len(data.ranked(column)), "số đơn vị xếp hạng", f"{len(data.ranked(column))}"
    )
    return None


@frame(rf"^Cao nhất là (.+?) ({N})%, thấp nhất là (.+?) ({N})%(?:, bình quân ({N})%)?", KINDS)
def ends_in_figure(at: At, m: re.Match[str]) -> object:
    if not office(at).exists:
        return False
    wanted = {
        "departments": "SIPAS: co_quan",
        "districts": "SIPAS: huyen",
        "communes": "SIPAS: xa",
        "factors": "SIPAS: yếu tố",
        "items": "SIPAS: tiêu chí",
    }
    name = next((v for k, v in wanted.items() if k in at.text.near), None)
    series = next((s for s in office(at).series if s.name == name), None)
    if series is None:
        return False
    order = series.order(highest=True)
    at.check(
        series.find(m[1]) == order[0] and series.find(m[3]) == order[-1],
        "cao nhất, thấp nhất",
        f"{order[0]}, {order[-1]}",
    )
    at.check(series.prints(m[1], m[2]) and series.prints(m[3], m[4]), "giá trị", "")
    if m[5]:
        mean = sum(float(exact(v)) for v in series.values.values()) / len(series.values)
        at.check(prints(m[5], mean), "bình quân", show(mean))
    return None


@frame(
    rf"({COUNT}) (cơ quan|đơn vị cấp huyện|đơn vị cấp xã) có dưới 30 phiếu|[Cc]ó ({COUNT}) đơn "
    rf"vị cấp (huyện|xã) chỉ có một cụm",
    KINDS,
)
def small_or_lonely(at: At, m: re.Match[str]) -> object:
    data = survey(at)
    if data is None:
        return False
    what = m[2] or f"đơn vị cấp {m[4]}"
    column = {"cơ quan": "co_quan", "đơn vị cấp huyện": "huyen", "đơn vị cấp xã": "xa"}[what]
    names = {row[column] for row in data.rows}
    few = sum(data.counts[n] < 30 for n in names)
    lonely = sum(data.freedom(column, n, "total") <= 0 for n in names if data.counts[n] >= 30)
    every = sum(data.freedom(column, n, "total") <= 0 for n in names)
    if m[1]:
        hidden = sum(data.counts[n] < 5 for n in names)
        at.check(
            count(m[1]) in (few, few - hidden), "dưới 30 phiếu", f"{few}, trong đó che {hidden}"
        )
    else:
        at.check(count(m[3]) in (lonely, every), "chỉ có một cụm", f"{lonely}")
    return None


@frame(
    rf"(?:\({N}%\), )?mức độ hài lòng chưa có thay đổi rõ rệt \(chênh lệch ({N}) điểm phần "
    rf"trăm nằm trong sai số khảo sát\)|chênh lệch ({N}) điểm phần trăm nằm trong sai số khảo sát",
    KINDS,
)
def no_clear_change(at: At, m: re.Match[str]) -> object:
    a, b = then(at).get("sipas.overall"), now(at).get("sipas.overall")
    if a is None or b is None:
        return False
    at.check(
        prints_size(m[1] or m[2], exact(b) - exact(a)), "chênh lệch", show(exact(b) - exact(a))
    )
    base = re.search(rf"năm 20\d\d \(({N})%\)", at.text.text)
    if base:
        at.check(prints(base[1], a), "năm trước", show(a))
        at.covered.append((base.start(1), base.end(1) + 1))
    return None


@frame(
    rf"phát ra ({N}) phiếu|\(({N})% số phát ra\)|\(({N})% số thu về\)|[Kk]hông dùng ({N}) phiếu",
    KINDS,
)
def sample(at: At, m: re.Match[str]) -> object:
    known = now(at)
    forms, valid = known.get("sipas.forms"), known.get("sipas.valid")
    sent = office(at).figure("sipas.forms_sent") or office(at).figure("sipas.issued")
    if forms is None or valid is None:
        return False
    if m[1] or m[2]:
        if sent is None:
            return False
        at.check(
            prints(m[1], sent) if m[1] else prints(m[2], 100 * exact(forms) / sent),
            "phiếu phát ra",
            show(sent),
        )
    elif m[3]:
        at.check(prints(m[3], 100 * exact(valid) / exact(forms)), "phiếu hợp lệ", "")
    else:
        at.check(
            count(m[4]) == exact(forms) - exact(valid),
            "phiếu không dùng",
            show(exact(forms) - exact(valid)),
        )
    return None


@frame(
    rf"(?:chỉ số chung của|[Tt]rên mẫu người dân toàn tỉnh, chỉ số chung của) [^.;(]*? là ({N})%",
    KINDS,
)
def whole_province(at: At, m: re.Match[str]) -> object:
    data = survey(at)
    if data is None:
        return False
    at.check(
        prints(m[1], data.estimate("", "", "total")[0]),
        "chỉ số toàn tỉnh",
        show(data.estimate("", "", "total")[0]),
    )
    return None
