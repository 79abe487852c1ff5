"""Frames of an office's reports: single values, shares, changes and targets."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

from .claims import At, frame
from .context import facts
from .numbers import COUNT, WORD, N, Value, count, exact, parse, prints, prints_size, show
from .office import Office
from .scalars import scalars

KINDS = (
    "annual",
    "sipas",
    "procedures",
    "service_quality",
    "poverty",
    "work_plan",
    "par_index",
    "dti",
    "reconciliation",
    "papi_office",
)


@cache
def known_of(office: Office) -> dict[str, Value]:
    return scalars(office) if office.exists else {}


def office(at: At) -> Office:
    return facts(at).office(at.page.slug, at.page.year, at.page.office)


def now(at: At) -> dict[str, Value]:
    return known_of(office(at))


def then(at: At) -> dict[str, Value]:
    return known_of(office(at).before)


PHRASES: list[tuple[str, str]] = [
    (rf"tiếp nhận ({N}) hồ sơ", "procedures.received"),
    (rf"giải quyết ({N}) hồ sơ(?! nhất)", "procedures.resolved"),
    (rf"({N}) hồ sơ trước hạn (?:hoặc|và) đúng hạn", "procedures.in_time"),
    (rf"trước hạn (?:hoặc|và) đúng hạn, đạt ({N})%", "procedures.in_time_rate"),
    (rf"đúng hạn, đạt {N}%; ({N}) hồ sơ (?:giải quyết )?quá hạn", "procedures.late"),
    (rf"[Ss]au hạn|; ({N}) hồ sơ (?:giải quyết )?quá hạn\.", "procedures.late"),
    (rf"còn ({N}) hồ sơ đang giải quyết", "procedures.open"),
    (rf"đang giải quyết, trong đó ({N}) hồ sơ đã quá hạn", "procedures.open_late"),
    (rf"[Hh]ồ sơ nộp trực tuyến là ({N})", "procedures.online"),
    (rf"bằng ({N})% số hồ sơ mới tiếp nhận", "procedures.online_rate_of_new"),
    (
        rf"[Tt]ỷ lệ (?:hồ sơ )?giải quyết trước hạn, đúng hạn(?: của [^.]*?)? đạt ({N})%",
        "procedures.in_time_rate",
    ),
    (rf"(?:tổng số|trong số) ({N}) hồ sơ quá hạn", "procedures.overdue_all"),
    (
        rf"[Cc]ó ({N}) hồ sơ quá hạn(?: \([^)]*\))?, bằng {N}% tổng số hồ sơ tiếp nhận",
        "procedures.overdue_all",
    ),
    (rf"quá hạn\)?, bằng ({N})% tổng số hồ sơ tiếp nhận", "procedures.late_rate_of_all"),
    (rf"({N}) giải quyết quá hạn", "procedures.late"),
    (rf"({N}) đang giải quyết đã quá hạn", "procedures.open_late"),
    (rf"[Cc]ộng các tháng có ({N}) hồ sơ giải quyết quá hạn", "procedures.late"),
    (rf"({COUNT}) quyết định công bố", "procedures.announcing_decisions"),
    (rf"({COUNT}) thủ tục mới ban hành", "procedures.announced_new"),
    (rf"({COUNT}) thủ tục sửa đổi, bổ sung", "procedures.announced_amended"),
    (rf"({COUNT}) thủ tục bị bãi bỏ", "procedures.announced_abolished"),
    (rf"({N})% thủ tục được niêm yết công khai", "procedures.published_rate"),
    (rf"chỉ số cải cách hành chính (?:của [^.;]*? )?(?:là|đạt) ({N})%", "par_index.share"),
    (rf"tỷ lệ điểm chuyển đổi số (?:của [^.;]*? )?(?:là|đạt) ({N})%", "dti.share"),
    (rf"[Cc]hỉ số cải cách hành chính của .*? đạt ({N})%", "par_index.share"),
    (rf"[Tt]ỷ lệ điểm chuyển đổi số của .*? năm 20\d\d đạt ({N})%", "dti.share"),
    (rf"Bộ chỉ số 766 của .*? đạt ({N}) điểm", "service.points"),
    (rf"đạt ({N})/100 điểm theo Bộ chỉ số 766", "service.points"),
    (
        rf"[Mm]ức độ hài lòng của người dân, tổ chức đối với sự phục vụ của .*? đạt ({N})%",
        "sipas.overall",
    ),
    (rf"[Cc]hỉ số chung ({N})%", "sipas.overall"),
    (rf"mỗi tiêu chí có từ ({N}) câu trả lời", "sipas.answers"),
    (rf"^({N}) cơ quan được xếp hạng|[Cc]ó ({N}) cơ quan được xếp hạng", "sipas.ranked"),
    (rf"thu về ({N}) phiếu", "sipas.forms"),
    (rf"số phát ra\), có ({N}) phiếu hợp lệ", "sipas.valid"),
    (rf"tỷ lệ nghèo đa chiều của .*? (?:là|còn) ({N})%", "poverty.both_rate"),
    (rf"\(({N}) hộ nghèo và hộ cận nghèo\)", "poverty.both"),
    (rf"[Tt]rong đó, hộ nghèo là ({N})%", "poverty.poor_rate"),
    (rf"hộ nghèo là {N}% \(({N}) hộ\)", "poverty.poor"),
    (rf"và hộ cận nghèo là ({N})%", "poverty.near_rate"),
    (rf"hộ cận nghèo là {N}% \(({N}) hộ\)", "poverty.near"),
    (rf"[Tt]ổng số hộ dân cư được dùng làm mẫu số là ({N}) hộ", "poverty.all"),
    (rf"[Cc]uối năm còn ({N}) hộ nghèo", "poverty.poor"),
    (rf"[Đđ]ầu năm có ({N}) hộ nghèo", "poverty.poor_start"),
    (rf"[Cc]uối năm còn ({N}) hộ cận nghèo", "poverty.near"),
    (rf"[Đđ]ầu năm có ({N}) hộ cận nghèo", "poverty.near_start"),
    (rf"có ({COUNT}) nhiệm vụ hoàn thành đúng hạn", "tasks.on_time"),
    (rf"({COUNT}) nhiệm vụ hoàn thành (?:quá hạn|sau hạn)", "tasks.late"),
    (rf"({COUNT}) nhiệm vụ chưa xong, đã quá hạn", "tasks.open_late"),
    (rf"({COUNT}) hoàn thành đúng hạn", "tasks.on_time"),
    (rf"({COUNT}) hoàn thành quá hạn", "tasks.late"),
    (rf"({COUNT}) chưa xong, đã quá hạn", "tasks.open_late"),
    (rf"[Bb]iểu đồ thanh chồng ({N}) nhiệm vụ|^Thanh chồng ({N}) nhiệm vụ", "tasks.all"),
    (rf"tiếp ({N}) lượt công dân", "citizens.all"),
    (rf"lãnh đạo tiếp ({N}) lượt", "citizens.leaders"),
    (rf"kiểm tra ({COUNT}) đơn vị", "inspections.units"),
    (rf"chỉ ra ({COUNT}) tồn tại", "inspections.faults"),
    (rf"chỉ ra {COUNT} tồn tại, đã khắc phục ({COUNT})", "inspections.mended"),
    (rf"({COUNT}) văn bản do cơ quan ban hành", "documents.Đã ban hành"),
    (rf"({COUNT}) văn bản do cơ quan tham mưu", "documents.Tham mưu ban hành"),
    (rf"({COUNT}) văn bản được viện dẫn", "documents.Viện dẫn"),
    (rf"(?:nêu|có) ({COUNT}) hạn chế của năm", "limits.year"),
    (rf"[Cc]ơ quan tự nêu ({COUNT}) hạn chế|[Đđ]ã nhận diện ({COUNT}) hạn chế", "limits.year"),
    (rf"[Tt]rong ({COUNT}) hạn chế của các năm trước", "limits.before"),
    (rf"dự kiến ({COUNT}) biện pháp", "measures"),
    (rf"có ({COUNT}) số liệu đơn lẻ", "figures"),
]
SINGLE = [(re.compile(pattern), key) for pattern, key in PHRASES]


@frame(r"^.*$", KINDS)
def single(at: At, m: re.Match[str]) -> object:
    """Values that a phrase names; each covers itself only, so the whole is never covered here."""
    known = now(at)
    for pattern, key in SINGLE:
        for found in pattern.finditer(at.text.text):
            said = next((g for g in found.groups() if g), None)
            if said is None or key not in known:
                continue
            place = at.text.text.index(said, found.start())
            value = known[key]
            holds = count(said) == value if said.isalpha() else prints(said, value)
            at.check(holds, "số liệu của cơ quan", f"{key}: {show(value, 3)}")
            at.covered.append((place, place + len(said)))
            at.covered.append((place, place + len(said) + 1))
    return False


@frame(rf"({N}) hồ sơ", KINDS)
def who_was_measured(at: At, m: re.Match[str]) -> object:
    """Sums over several units are not told of the one that reports."""
    units = office(at).dossiers.sums("Đơn vị giải quyết")
    own = units.get(office(at).agency)
    start = at.text.text[: m.start()]
    if own is None or len(units) < 2 or not re.search(r"tiếp nhận $", start):
        return False
    subject = any(name in start for name in office(at).names) and "tỉnh" not in start
    if subject:
        at.check(
            count(m[1]) == own["received"],
            "ai được đo",
            f"{office(at).agency}: {own['received']} hồ sơ",
        )
    return False


@frame(rf"({N})/({N})[^.;(]*? \(({N})%\)", KINDS)
def a_share(at: At, m: re.Match[str]) -> object:
    """A ratio and its percentage; the ratio must be one that is known."""
    top, base = parse(m[1]), parse(m[2])
    if not base or not office(at).exists or top.denominator > 1:
        return False
    at.check(prints(m[3], 100 * top / base), "tỷ lệ phần trăm", show(100 * top / base, 3))
    at.check(known_ratio(at, top, base), "tử số, mẫu số", f"{m[1]}/{m[2]} không có trong số liệu")
    return None


def known_ratio(at: At, top: Fraction, base: Fraction) -> bool:
    for data in (now(at), then(at)):
        values = {exact(v) for v in data.values()}
        if top in values and base in values:
            return True
    for source in (office(at), office(at).before):
        if source.exists and (int(top), int(base)) in source.service.ratios.values():
            return True
    return False


@frame(rf"đạt ({N})/100 điểm", KINDS)
def of_hundred(at: At, m: re.Match[str]) -> object:
    points = now(at).get("service.points")
    if points is None or re.match(r"(?: năm 20\d\d)?; (?:tỷ lệ|chỉ số)", at.text.text[m.end() :]):
        return False
    at.check(prints(m[1], points), "số liệu của cơ quan", show(points))
    return None


@frame(rf"({N})/({N})(?= (?:nhiệm vụ|thủ tục|hồ sơ|dịch vụ))", KINDS)
def a_ratio(at: At, m: re.Match[str]) -> object:
    return None if known_ratio(at, parse(m[1]), parse(m[2])) else False


@frame(rf"(?:tiếp|lượt công dân, trong đó lãnh đạo tiếp) {N} lượt \(({N})%\)", KINDS)
def share_of_leaders(at: At, m: re.Match[str]) -> object:
    known = now(at)
    if not known.get("citizens.all"):
        return False
    share = 100 * exact(known["citizens.leaders"]) / exact(known["citizens.all"])
    at.check(prints(m[1], share), "tỷ lệ phần trăm", show(share, 3))
    return None


@frame(rf"({N}) trên (?:1\.000|{N}) điểm tối đa áp dụng", KINDS)
def of_maximum(at: At, m: re.Match[str]) -> object:
    known = now(at)
    key = "dti" if "chuyển đổi số" in at.text.text else "par_index"
    if f"{key}.points" not in known:
        return False
    at.check(prints(m[1], known[f"{key}.points"]), "điểm", show(known[f"{key}.points"], 3))
    return None


@frame(
    rf"(?:[Đđ]iểm bị mất cộng lại|[Tt]ổng số điểm bị mất)(?: là)? ({N}) điểm(?: ở ({N}) "
    rf"(?:tiêu chí|chỉ số))?",
    KINDS,
)
def lost_points(at: At, m: re.Match[str]) -> object:
    known = now(at)
    keys = [k for k in ("par_index", "dti", "service") if f"{k}.lost" in known]
    good = [k for k in keys if prints(m[1], known[f"{k}.lost"])]
    at.check(bool(good), "điểm bị mất", ", ".join(show(known[f"{k}.lost"], 3) for k in keys))
    if m[2] and good:
        at.check(
            count(m[2]) == known[f"{good[0]}.losing"],
            "số tiêu chí mất điểm",
            f"{known[f'{good[0]}.losing']}",
        )
    return None


@frame(rf"[Ss]o với điểm tối đa còn thiếu ({N}) điểm ở ({N}) chỉ tiêu", KINDS)
def missing_points(at: At, m: re.Match[str]) -> object:
    known = now(at)
    at.check(
        prints(m[1], known.get("service.lost")),
        "điểm còn thiếu",
        show(known.get("service.lost"), 3),
    )
    at.check(
        count(m[2]) == known.get("service.short"),
        "số chỉ tiêu thiếu",
        f"{known.get('service.short')}",
    )
    return None


@frame(rf"điểm thẩm định (thấp|cao) hơn điểm tự chấm \(({N})(?: điểm)?\) ({N}) điểm", KINDS)
def appraised(at: At, m: re.Match[str]) -> object:
    known = now(at)
    key = "dti" if at.page.kind == "dti" else "par_index"
    gap = known.get(f"{key}.appraised_less")
    at.check(prints(m[2], known.get(f"{key}.self")), "điểm tự chấm", show(known.get(f"{key}.self")))
    at.check(
        gap is not None and prints(m[3], abs(exact(gap))) and (gap > 0) == (m[1] == "thấp"),
        "điểm thẩm định",
        show(gap, 3),
    )
    return None


MOVES = r"(?:tăng|giảm)"
CHANGING = {
    "par_index.share": r"cải cách hành chính|PAR INDEX",
    "dti.share": r"chuyển đổi số|DTI",
    "service.points": r"766",
    "procedures.in_time_rate": r"đúng hạn|Tỷ lệ đó",
    "procedures.received": r"hồ sơ tiếp nhận",
    "poverty.both_rate": r"nghèo đa chiều",
    "poverty.poor_rate": r"hộ nghèo",
    "poverty.near_rate": r"cận nghèo",
    "sipas.overall": r"hài lòng|SIPAS",
}


def moved(at: At, said: str, verb: str, base: str | None) -> bool | None:
    """Whether some value moved by so much, and the base is what it was; None if none has both."""
    close = None
    for key in CHANGING:
        a, b = then(at).get(key), now(at).get(key)
        if a is None or b is None:
            continue
        close = close or False
        gap = exact(b) - exact(a)
        if key == "par_index.share" and office(at).scored("par_index").surveyed:
            continue
        if (
            prints_size(said, gap)
            and (gap > 0) == (verb == "tăng")
            and (base is None or prints(base, a))
        ):
            return True
    return close


@frame(
    rf"({MOVES}) ({N})(?: điểm phần trăm| điểm)?(?: \({N}%\))?,? so với (?:cuối )?năm "
    rf"(20\d\d)(?: \(({N})%?(?: điểm[^)]*)?\))?",
    KINDS,
)
def change_since(at: At, m: re.Match[str]) -> object:
    if int(m[3]) != at.page.year - 1:
        return False
    holds = moved(at, m[2], m[1], m[4])
    if holds is None:
        return False
    at.check(
        holds, "mức thay đổi", f"{sorted(k for k in CHANGING if k in then(at) and k in now(at))}"
    )
    return None


@frame(
    rf"[Ss]o với (?:cuối )?năm (20\d\d)(?: \(({N})%?(?: điểm[^)]*)?\))?,? (?:[^.;()]*? "
    rf")?({MOVES}) ({N}) điểm(?: phần trăm)?(?:,? từ ({N})% (?:thành|lên|xuống) ({N})%)?",
    KINDS,
)
def since_change(at: At, m: re.Match[str]) -> object:
    if int(m[1]) != at.page.year - 1:
        return False
    holds = moved(at, m[4], m[3], m[2])
    if holds is None:
        return False
    at.check(
        holds, "mức thay đổi", f"{sorted(k for k in CHANGING if k in then(at) and k in now(at))}"
    )
    return None


@frame(rf"từ ({N})% (?:thành|lên|xuống|còn) ({N})%", KINDS)
def from_to(at: At, m: re.Match[str]) -> object:
    for key in CHANGING:
        a, b = then(at).get(key), now(at).get(key)
        if a is not None and b is not None and prints(m[1], a) and prints(m[2], b):
            at.checked += 1
            return None
    return False


@frame(rf"tiếp nhận (tăng|giảm) ({N}) \(({N})%\) so với năm (20\d\d) \(({N})\)", KINDS)
def more_dossiers(at: At, m: re.Match[str]) -> object:
    a, b = then(at).get("procedures.received"), now(at).get("procedures.received")
    if a is None or b is None:
        return False
    gap = exact(b) - exact(a)
    at.check(
        prints_size(m[2], gap) and (gap > 0) == (m[1] == "tăng") and prints(m[5], a),
        "mức thay đổi",
        show(gap),
    )
    at.check(prints_size(m[3], 100 * gap / exact(a)), "tỷ lệ thay đổi", show(100 * gap / exact(a)))
    return None


@frame(
    rf"cao hơn ({N}) điểm phần trăm so với chỉ tiêu ({N})%|đạt chỉ tiêu đặt ra \(({N})%\), cao "
    rf"hơn ({N}) điểm phần trăm|(thấp) hơn ({N}) điểm phần trăm so với chỉ tiêu ({N})%|đạt chỉ "
    rf"tiêu đặt ra$|đạt chỉ tiêu đặt ra",
    KINDS,
)
def against_target(at: At, m: re.Match[str]) -> object:
    targets = office(at).settings.get("targets") or {}
    rate = now(at).get("procedures.in_time_rate")
    target = targets.get("procedures.in_time_rate")
    said = m[2] or m[3]
    gap_said = m[1] or m[4]
    if m[5]:
        rate, target = (
            now(at).get("procedures.online_services_share"),
            targets.get("procedures.online_rate"),
        )
        said, gap_said = m[7], m[6]
    if rate is None or target is None:
        return False
    gap = exact(rate) - exact(target)
    if said:
        at.check(
            prints(said, target) and prints_size(gap_said, gap), "so với chỉ tiêu", show(gap, 3)
        )
    at.check((gap >= 0) != bool(m[5]), "đạt chỉ tiêu", show(gap, 3))
    return None


@frame(r"Đạt (?:mục tiêu|chỉ tiêu) đặt ra: ([^.]+)", KINDS)
def targets_met(at: At, m: re.Match[str]) -> object:
    rate = now(at).get("procedures.in_time_rate")
    target = (office(at).settings.get("targets") or {}).get("procedures.in_time_rate")
    if rate is None or target is None or "đúng hạn" not in m[1]:
        return False
    at.check(exact(rate) >= target, "đạt mục tiêu", show(rate))
    return None


__all__ = ["KINDS", "WORD", "known_of", "now", "office", "then"]
