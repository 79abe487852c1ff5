"""What a report on dossiers of administrative procedures says, section by section."""

from __future__ import annotations

from helpers.facts.weak import WeakPoint
from helpers.indices.procedures import text_words as words
from helpers.indices.procedures.arithmetic import rate
from helpers.indices.procedures.months import OPEN_UNKNOWN, RESOLVED_UNKNOWN
from helpers.indices.procedures.result import ProceduresResult
from helpers.indices.procedures.text_parts import where_late
from helpers.words.numbers import Number, in_words, magnitude, percent, place, whole
from helpers.words.say import say
from helpers.words.text import FrontMatter, Text, escape, joined, paragraphs, plain, upper_first

__all__ = [
    "brief",
    "overview",
    "title",
    "totals",
    "weak_points",
    "where_late",
]


def title(result: ProceduresResult) -> FrontMatter:
    """Return title, subtitle and description of the report."""
    who = result.subject.title
    first = plain(_level(result)) or f"Số liệu thủ tục hành chính năm {result.year} của {who}."
    return FrontMatter(
        title=f"Giải quyết thủ tục hành chính năm {result.year} của {who}",
        subtitle=result.framework.name_vi,
        description=f"{first} {result.framework.sentence}",
        categories=(result.framework.short_name, str(result.year), result.place.name),
        date=str(result.year),
        status="simulated" if result.status == "simulated" else "official",
    )


def overview(result: ProceduresResult) -> Text:
    """Say the level first: received, resolved, in time, late; then target and last year."""
    return paragraphs(
        [_level(result) or _nothing(result), _in_time(result), _open(result)],
        [_ambiguous(result), _range(result)],
        [_target(result), _changes(result)],
        _online(result),
    )


def _level(result: ProceduresResult) -> str:
    total, who = result.total, words.subject(result)
    received, resolved = total.get("tn_tong"), total.get("gq_tong")
    if received is not None and resolved is not None:
        return (
            f"Năm {result.year}, {who} tiếp nhận {words.count(received)} hồ sơ thủ tục hành chính "
            "và "
            f"giải quyết {words.count(resolved)} hồ sơ."
        )
    if received is not None:
        return (
            f"Năm {result.year}, {who} tiếp nhận {words.count(received)} hồ sơ thủ tục hành "
            "chính; số "
            "hồ sơ đã giải quyết chưa được cung cấp."
        )
    if resolved is not None:
        return (
            f"Năm {result.year}, {who} giải quyết {words.count(resolved)} hồ sơ thủ tục hành chính."
        )
    return ""


def _nothing(result: ProceduresResult) -> str:
    who = escape(result.office.office.brief)
    return f"{who} chưa cung cấp số hồ sơ tiếp nhận và giải quyết của năm {result.year}."


def _in_time(result: ProceduresResult) -> str:
    main, late = result.rate("in_time"), result.total.get("gq_qua_han")
    if main is not None:
        trace = f"trước hạn cộng đúng hạn; {main.trace}"
        good = Number(whole(main.numerator), trace)
        if main.unknown:
            return (
                f"Trong {Number(whole(main.denominator), main.trace)} hồ sơ đã giải quyết có đủ hạn và "
                f"ngày giải quyết, {good} hồ sơ trước hạn hoặc đúng hạn, đạt {words.share(main)}; "
                f"{Number(whole(main.unknown), main.trace)} hồ sơ khác chưa rõ nên không được tính."
            )
        if main.numerator == main.denominator:
            return (
                "Toàn bộ số hồ sơ đã giải quyết đều trước hạn hoặc đúng hạn "
                f"({words.share(main)} của {Number(whole(main.denominator), main.trace)} hồ sơ)."
            )
        said = (
            f"Trong số đã giải quyết có {good} hồ sơ trước hạn hoặc đúng hạn, đạt "
            f"{words.share(main)}"
        )
        return (
            f"{said}; {words.count(late)} hồ sơ giải quyết quá hạn."
            if late is not None
            else f"{said}."
        )
    printed = result.figure("in_time_rate")
    if printed is None:
        return _not_known(result)
    said = (
        f"Số liệu được cung cấp nêu tỷ lệ giải quyết trước hạn, đúng hạn năm {result.year} là "
        f"{words.printed(printed)} nhưng không nêu số hồ sơ đã giải quyết, nên chưa kiểm tra được "
        "tỷ lệ này"
    )
    if late is not None and late.value:
        rate_late = result.figure("late_rate")
        part = f" ({words.printed(rate_late)})" if rate_late is not None else ""
        return f"{said}; số hồ sơ quá hạn là {words.count(late)}{part}."
    return f"{said}."


def _not_known(result: ProceduresResult) -> str:
    """Say why there is no rate in time although dossiers were resolved; empty where nothing says it."""
    resolved, unknown = result.total.get("gq_tong"), result.total.get(RESOLVED_UNKNOWN)
    if resolved is None or unknown is None or not unknown.value:
        return ""
    return (
        f"Chưa có tỷ lệ giải quyết trước hạn, đúng hạn: "
        f"{Number(place(unknown.value, resolved.value), unknown.trace)} hồ sơ đã giải quyết không có "
        "ngày hẹn trả (hoặc thời hạn) hay ngày giải quyết xong."
    )


def _open(result: ProceduresResult) -> str:
    total = result.total
    still, over, unknown = (total.get(c) for c in ("dg_tong", "dg_qua_han", OPEN_UNKNOWN))
    if still is None:
        return ""
    if still.value == 0:
        return "Đến cuối kỳ không còn hồ sơ đang giải quyết."
    left = f"Đến cuối kỳ còn {words.count(still)} hồ sơ đang giải quyết"
    if unknown is not None and unknown.value == still.value:
        return f"{left}, chưa rõ hạn."
    if over is None:
        return ""
    if unknown is not None and unknown.value:
        return (
            f"{left}, trong đó {words.count(over)} hồ sơ đã quá hạn và {words.count(unknown)} hồ sơ "
            "chưa rõ hạn."
        )
    if over.value == 0:
        return f"{left}, đều trong hạn."
    return f"{left}, trong đó {words.count(over)} hồ sơ đã quá hạn."


def _ambiguous(result: ProceduresResult) -> str:
    """Say what an overdue count without its state can only mean, or that it stays open."""
    stated = result.figure("overdue")
    if stated is None:
        return ""
    number = words.printed(stated)
    late, still = result.total.get("gq_qua_han"), result.total.get("dg_qua_han")
    said = f"Nguồn nêu {number} hồ sơ quá hạn mà không nói rõ đã giải quyết hay đang giải quyết"
    if late is None or still is None:
        return f"{said}; số liệu đang có chưa đủ để xác định."
    if late.value == stated.value and still.value == 0:
        return (
            f"{said}. Vì số tiếp nhận bằng số đã giải quyết cộng số đang giải quyết trong hạn, "
            "các hồ "
            "sơ này chỉ có thể thuộc số đã giải quyết."
        )
    if still.value == stated.value and late.value == 0:
        return f"{said}. Đối chiếu với các số còn lại, các hồ sơ này thuộc số đang giải quyết."
    return (
        f"{said}; con số này khác với kết quả tính từ các số còn lại ({words.count(late)} hồ sơ "
        "đã giải "
        f"quyết quá hạn, {words.count(still)} hồ sơ đang giải quyết quá hạn), cần đơn vị xác nhận."
    )


def _range(result: ProceduresResult) -> str:
    found = result.resolved_range
    if found is None:
        return ""
    late = result.total["gq_qua_han"]
    trace = f"số quá hạn chia cho khoảng của tỷ lệ đã làm tròn; {late.trace}"
    low, high = (Number(whole(number), trace) for number in found)
    return (
        "Từ số hồ sơ quá hạn và các tỷ lệ đã làm tròn, số hồ sơ đã giải quyết nằm trong khoảng "
        f"từ {low} "
        f"đến {high}."
    )


def _target(result: ProceduresResult) -> str:
    main, target = result.rate("in_time"), result.target("in_time_rate")
    if main is None or target is None:
        return ""
    against = words.against_target(main.share, target, source=main.trace)
    return f"Tỷ lệ giải quyết trước hạn, đúng hạn đạt {words.share(main)}{against}."


def _changes(result: ProceduresResult) -> str:
    before = result.before
    if before is None:
        reasons = "; ".join(result.not_compared)
        return f"Báo cáo không so sánh với năm {result.year - 1} vì {reasons}." if reasons else ""
    said = []
    main = result.rate("in_time")
    then = rate(before.total, main.rule) if main is not None else None
    if main is not None and then is not None:
        name = "Tỷ lệ đó" if _target(result) else "Tỷ lệ giải quyết trước hạn, đúng hạn"
        said.append(f"{name} {words.change(main, then, before.year)}")
    now_total, then_total = result.total.get("tn_tong"), before.total.get("tn_tong")
    if now_total is not None and then_total is not None and then_total.value:
        difference = now_total.value - then_total.value
        earlier = f"năm {before.year} ({words.count(then_total)})"
        if difference == 0:
            said.append(f"Số hồ sơ tiếp nhận bằng {earlier}")
        else:
            verb = "tăng" if difference > 0 else "giảm"
            trace = f"hiệu số: {now_total.trace}; {then_total.trace}"
            size = Number(whole(abs(difference)), trace)
            grown = Number(percent(abs(difference) / then_total.value, 1), trace)
            said.append(f"Số hồ sơ tiếp nhận {verb} {size} ({grown}) so với {earlier}")
    return " ".join(f"{sentence}." for sentence in said)


def _online(result: ProceduresResult) -> str:
    online = result.rate("online")
    if online is None:
        return ""
    part = Number(whole(online.numerator), online.trace)
    against = words.against_target(online.share, result.target("online_share"), source=online.trace)
    return (
        f"Hồ sơ nộp trực tuyến là {part}, bằng {words.share(online)} {words.base(online)}{against}."
    )


def totals(result: ProceduresResult) -> Text:
    """Say which totals hold, which leave other dossiers, and which cannot be right."""
    if not result.checks:
        whole_sum = _delivered_sum(result)
        if whole_sum:
            return paragraphs(whole_sum)
        return paragraphs(
            "Số liệu được cung cấp chưa đủ để kiểm tra các tổng; các tỷ lệ chỉ được tính khi biết "
            "cả tử "
            "số và mẫu số."
        )
    wrong = [check for check in result.checks if check.state == "wrong"]
    other = [check for check in result.checks if check.state == "other"]
    said = []
    if not wrong and not other:
        said.append(f"Cả {in_words(len(result.checks))} quan hệ giữa các cột đều khớp.")
    for check in other:
        trace = f"{check.rule.name}: {check.total} − {check.parts}"
        number = Number(whole(check.remainder), trace)
        said.append(f"Có {number} hồ sơ {check.rule.other}; báo cáo ghi ở cột «Khác».")
    for check in wrong:
        trace = f"{check.rule.name}: {check.total} − {check.parts}"
        number = Number(magnitude(check.remainder, 0), trace)
        said.append(
            f"Quan hệ «{check.rule.name}» không khớp, chênh lệch {number} hồ sơ; báo cáo giữ số "
            "liệu gốc "
            "và đánh dấu để đơn vị xác nhận."
        )
    names = {
        column.code: f"{column.group.lower()}, {column.label.lower()}"
        for column in result.rules.columns
    }
    for what, code, added, stated in result.rows.differences:
        trace = f"cộng theo {what}; {result.total[code].trace}"
        said.append(
            f"Cộng theo {what}, cột «{names.get(code, code)}» là {Number(whole(added), trace)}, "
            "khác "
            f"tổng được cung cấp ({Number(whole(stated), result.total[code].trace)})."
        )
    return paragraphs(said)


def _delivered_sum(result: ProceduresResult) -> str:
    """Say that received are resolved and open ones in time where these three alone were delivered."""
    named = [result.total.get(code) for code in ("tn_tong", "gq_tong", "dg_trong_han")]
    known = [count for count in named if count is not None and not count.derived]
    if len(known) < len(named):
        return ""
    received, resolved, in_time = known
    if received.value != resolved.value + in_time.value:
        return ""
    return (
        f"Số tiếp nhận ({words.count(received)}) bằng số đã giải quyết ({words.count(resolved)}) cộng "
        f"số đang giải quyết trong hạn ({words.count(in_time)}); các tổng khác chưa đủ số liệu để kiểm "
        "tra."
    )


def brief(result: ProceduresResult) -> Text:
    """Say in at most four paragraphs what the annual report needs."""
    rows, listed = result.rows, result.figures.of_topic(result.index)
    late = where_late(result).paragraphs[:1] if rows.fields or rows.units else ()
    parts = say(result, "services", heading=False).paragraphs[:1] if listed else ()
    return paragraphs(
        [_level(result), _in_time(result), _open(result)],
        [_target(result), _changes(result), _online(result)],
        *late,
        *parts,
    )


_LATE = (("gq_qua_han", "giải quyết quá hạn"), ("dg_qua_han", "đang giải quyết đã quá hạn"))


def weak_points(result: ProceduresResult) -> tuple[WeakPoint, ...]:
    """Return what the figures show as weak: late dossiers, targets missed."""
    found = []
    main = result.rate("late_all") or result.rate("late_resolved")
    if main is not None and main.numerator:
        number = Number(whole(main.numerator), main.trace)
        # Late in two ways are two counts: who reads 10 here and 9 elsewhere learns how they are made.
        parts = [(count, how) for code, how in _LATE if (count := result.total.get(code))]
        whole_of = sum(count.value for count, _ in parts) == main.numerator and len(parts) > 1
        made = [f"{words.count(count)} {how}" for count, how in parts if count.value]
        of_what = f" ({', '.join(made)})" if whole_of and len(made) > 1 else ""
        text = f"Có {number} hồ sơ quá hạn{of_what}, bằng {words.share(main)} {words.base(main)}."
        late = min(1.0, main.share * 20)
        counts = (main.numerator, *(count.value for count, _ in parts if count.value))
        found.append(WeakPoint(result.index, "late", "Hồ sơ quá hạn", text, late, counts=counts))
    elif main is None:
        known = [(count, how) for code, how in _LATE if (count := result.total.get(code))]
        told = [(count, how) for count, how in known if count.value]
        if told:
            text = f"Có {joined([f'{words.count(count)} hồ sơ {how}' for count, how in told])}."
            counts = tuple(count.value for count, _ in told)
            found.append(WeakPoint(result.index, "late", "Hồ sơ quá hạn", text, 0.1, counts=counts))
    online, aimed = result.rate("online"), result.target("online_share")
    if online is not None and aimed is not None and online.share * 100 < aimed.value:
        against = words.against_target(online.share, aimed, source=online.trace)
        text = f"Tỷ lệ hồ sơ nộp trực tuyến đạt {words.share(online)}{against}."
        gap = (aimed.value / 100 - online.share) / (aimed.value / 100)
        found.append(WeakPoint(result.index, "online", "Hồ sơ nộp trực tuyến", text, gap))
    for one in words.missed(result):
        against = words.against_target(one.share, one.target, source=one.trace)
        text = f"{upper_first(one.name)}: {words.part(one, 'thủ tục')}{against}."
        gap = 1 - one.share * 100 / one.target.value if one.target else 0.0
        found.append(WeakPoint(result.index, one.key, one.name, text, gap))
    return tuple(sorted(found, key=lambda point: -point.importance))
