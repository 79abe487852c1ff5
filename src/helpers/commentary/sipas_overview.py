"""What a SIPAS report says first: level, place, against whom, how sure."""

from __future__ import annotations

from helpers.analysis.sipas_result import SipasResult, UnitStanding
from helpers.commentary import sipas_words as words
from helpers.commentary.numbers import Number
from helpers.commentary.text import Text, joined, paragraphs, upper_first
from helpers.indices.sipas_rules import TOTAL


def overview(result: SipasResult) -> Text:
    """Say level, place, distance to mean, ends and target, and the error."""
    if TOTAL not in result.own:
        return paragraphs(
            f"Chưa có chỉ số chung về mức độ hài lòng của {result.subject.label} năm "
            f"{result.year}; báo cáo chỉ nêu các phần có kết quả."
        )
    return paragraphs(
        [level(result), distance(result), _edges(result)],
        [_error(result), _rank_error(result)],
        [target(result), _on_time(result)],
    )


def level(result: SipasResult) -> str:
    """Return the sentence with the overall satisfaction and the place."""
    subject = result.subject
    whom = (
        f"cơ quan hành chính nhà nước tại {subject.label}"
        if subject.kind == "province"
        else subject.label
    )
    said = (
        f"Năm {result.year}, mức độ hài lòng của người dân, tổ chức đối với sự phục vụ của {whom} "
        f"đạt {words.own(result, TOTAL)}"
    )
    return f"{said}{_place(result, result.standing())}."


def _place(result: SipasResult, standing: UnitStanding | None) -> str:
    if standing is None:
        return ""
    kind = words.units(result.subject.kind)
    if standing.units is None:
        return f", xếp thứ {words.rank(standing)}; tài liệu nguồn không nêu số {kind} được xếp hạng"
    if standing.units == 1:
        return f"; chưa có {kind} khác để so sánh"
    shared = ""
    if standing.tied > 1:
        others = words.counted(standing.tied - 1, "đếm: đơn vị có cùng chỉ số")
        shared = f", cùng thứ hạng với {others} {kind} khác"
    return f", xếp thứ {words.rank(standing)} {kind} được đánh giá{shared}"


def distance(result: SipasResult) -> str:
    """Return the sentence on the distance to the mean of the units."""
    mean, own = result.mean_of_units, result.own.get(TOTAL)
    if mean is None or own is None:
        return ""
    kind = words.units(result.subject.kind if result.subject.kind != "province" else "office")
    standing = result.standing()
    which = f"các {kind}"
    if standing is not None and standing.units is not None:
        which = f"{words.counted(standing.units, standing.trace)} {kind}"
    value = Number(words.percentage(mean.value, mean.decimals), mean.trace)
    rule = f"chỉ số của {result.subject.label} và bình quân các {kind}"
    gap = words.against(own.value - mean.value, f"mức bình quân {which} ({value})", rule)
    return f"Kết quả này {gap}."


def _edges(result: SipasResult) -> str:
    high, low = result.edge(highest=True), result.edge(highest=False)
    own = result.own[TOTAL]
    if high is None or low is None:
        return ""
    top, bottom = high[0], low[0]
    spread = words.points(top.value - bottom.value, "mức cao nhất và mức thấp nhất")
    ends = (
        f"từ {_end(result, bottom.value, bottom.trace, low[1])} "
        f"đến {_end(result, top.value, top.trace, high[1])}"
    )
    first = ""
    if own.value >= top.value - words.SMALLEST_PRINTED:
        first = "Đây là mức cao nhất. "
    elif own.value <= bottom.value + words.SMALLEST_PRINTED:
        first = "Đây là mức thấp nhất. "
    kind = words.units(result.subject.kind)
    return f"{first}Chỉ số của các {kind} {ends}, chênh lệch {spread} điểm phần trăm."


def _end(result: SipasResult, value: float, trace: str, names: tuple[str, ...]) -> str:
    text = str(Number(words.percentage(value), trace))
    return f"{text} ({joined(list(names))})" if names else text


def _error(result: SipasResult) -> str:
    own = result.own[TOTAL]
    said = words.interval(result, TOTAL, own)
    if not said:
        return (
            "Chưa có thông tin về sai số khảo sát, nên chênh lệch nhỏ giữa các đơn vị và các thứ "
            "hạng liền kề chưa đủ cơ sở để coi là khác biệt thật."
        )
    answers = words.counted(own.answers, f"đếm câu trả lời, {own.trace}")
    return f"{upper_first(said)}; mỗi tiêu chí có từ {answers} câu trả lời trở lên."


def _rank_error(result: SipasResult) -> str:
    standing = result.standing()
    if standing is None:
        return ""
    said = words.rank_interval(standing, str(words.confidence(result)))
    return f"{upper_first(said)}." if said else ""


def target(result: SipasResult) -> str:
    """Return the sentence on the target of the office, or of the national programme of the year."""
    own = result.own.get(TOTAL)
    if own is None:
        return ""
    told = [(t.value, t.text) for t in result.rules.targets if t.year == result.year]
    if result.target is not None:
        told = [(result.target, "mục tiêu đơn vị đặt ra")]
    if not told:
        return ""
    value, text = told[0]
    aim = Number(words.percentage(value, 0 if value == int(value) else 2), f"thông số: {text}")
    if own.has_interval and own.low < value < own.high:
        return (
            f"So với {text} ({aim}), kết quả nằm trong sai số khảo sát nên chưa thể khẳng định là "
            "đạt hay chưa đạt."
        )
    gap = own.value - value
    rule = f"chỉ số chung và {text}"
    if gap >= 0:
        return f"Kết quả đạt {text} ({aim}), {words.against(gap, 'mục tiêu', rule)}."
    return f"Kết quả chưa đạt {text} ({aim}), còn thiếu {words.points(gap, rule)} điểm phần trăm."


def _on_time(result: SipasResult) -> str:
    """Say that keeping time is not yet satisfying people, where the figures show it."""
    rate = result.current.figures.get("procedures.in_time_rate", result.year)
    mean, own = result.mean_of_units, result.own[TOTAL]
    standing = result.standing()
    behind = (
        standing is not None and standing.units is not None and (standing.rank > standing.units / 2)
    )
    low = behind or (mean is not None and own.value < mean.value)
    if rate is None or rate.value < 99 or not low or result.subject.kind == "province":
        return ""
    shown = Number(words.percentage(rate.value, rate.decimals), rate.trace)
    return (
        f"Cùng năm, {shown} hồ sơ được giải quyết trước và đúng hạn: đúng hạn chưa đồng nghĩa với "
        "hài lòng."
    )
