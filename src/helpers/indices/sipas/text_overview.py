"""What a SIPAS report says first: level, place, against whom, how sure."""

from __future__ import annotations

import pandas as pd

from helpers.indices.sipas import judged
from helpers.indices.sipas import text_words as words
from helpers.indices.sipas.model import SipasResult, UnitStanding
from helpers.indices.sipas.rules import TOTAL
from helpers.words.numbers import Number
from helpers.words.text import Text, joined, paragraphs, upper_first


def overview(result: SipasResult) -> Text:
    """Say level, place, distance to mean, range and target, and the error."""
    if TOTAL not in result.own:
        return paragraphs([not_told(result), _no_total(result)])
    return paragraphs(
        [level(result), distance(result), _range(result)],
        [_error(result), _rank_error(result), not_ranked(result)],
        [target(result), _on_time(result)],
    )


def _no_total(result: SipasResult) -> str:
    return (
        f"Chưa có chỉ số chung về mức độ hài lòng của {result.subject.label} năm {result.year}; "
        "báo cáo chỉ nêu các phần có kết quả."
    )


def not_told(result: SipasResult) -> str:
    """Say that the subject's result is not told, and why; empty where it may be."""
    row = _row(result)
    if row is None or not row["hidden"]:
        return ""
    return f"Kết quả của {result.subject.label} không được nêu vì {words.HIDDEN_WHY}."


def _row(result: SipasResult) -> pd.Series | None:
    table = result.units
    if table is None:
        return None
    found = table[table["unit"] == result.subject.unit]
    return None if found.empty else found.iloc[0]


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
    """Say the place where it is one: published, or the same with every survey error."""
    if standing is None or not judged.sure_place(result):
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
    left_out = judged.peers(result, result.subject.kind).least is not None
    which = "đủ số phiếu để xếp hạng" if left_out else "được đánh giá"
    return f", xếp thứ {words.rank(standing)} {kind} {which}{shared}"


def distance(result: SipasResult) -> str:
    """Return the sentence on the mean of the peers, and on which side of it the result surely is."""
    mean, found = result.mean_of_units, judged.against_mean(result)
    if mean is None or found is None:
        return ""
    value = Number(words.percentage(mean.value, mean.decimals), mean.trace)
    whose = f"bình quân {_peers(result)} ({value})"
    gap = words.points(found.gap, f"chỉ số của {result.subject.label} và bình quân")
    if found.is_sure:
        side = "cao hơn" if found.case == "higher" else "thấp hơn"
        return f"Kết quả này {side} {whose} {gap} điểm phần trăm, chênh lệch vượt sai số khảo sát."
    if found.margin is not None:
        return (
            f"Chênh lệch với {whose} nằm trong sai số khảo sát nên chưa kết luận được cao hơn hay "
            "thấp hơn."
        )
    return f"{upper_first(f'bình quân {_peers(result)}')} là {value}."


def _peers(result: SipasResult) -> str:
    kind = result.subject.kind if result.subject.kind != "province" else "office"
    return words.peers(result, kind)


def _range(result: SipasResult) -> str:
    """Say between which results the peers lie; who holds an end only if it surely is one."""
    high, low = result.edge(highest=True), result.edge(highest=False)
    if high is None or low is None:
        return ""
    top, bottom = high[0], low[0]
    kind = result.subject.kind
    if judged.survey_of(result, kind) is None:
        ends = (
            f"từ {_end(bottom.value, bottom.trace, low[1])} "
            f"đến {_end(top.value, top.trace, high[1])}"
        )
        return f"Kết quả công bố của {_peers(result)} {ends}."
    ends = f"từ {_end(bottom.value, bottom.trace)} đến {_end(top.value, top.trace)}"
    return f"Trong {_peers(result)}, kết quả {ends}."


def _end(value: float, trace: str, names: tuple[str, ...] = ()) -> str:
    text = str(Number(words.percentage(value), trace))
    return f"{text} ({joined(list(names))})" if names else text


def not_ranked(result: SipasResult) -> str:
    """Say that the subject has too few forms to be ranked; empty where it has enough."""
    row = _row(result)
    if row is None or row["hidden"] or row["enough"] or row["valid"] != row["valid"]:
        return ""
    forms = words.counted(row["valid"], f"đếm phiếu hợp lệ, {row['source']}")
    least = words.counted(result.rules.minimum_sample, "ngưỡng mẫu tối thiểu trong định nghĩa")
    return (
        f"{upper_first(result.subject.label)} có {forms} phiếu hợp lệ, dưới ngưỡng {least} phiếu "
        "nên không được xếp hạng."
    )


def _error(result: SipasResult) -> str:
    own = result.own[TOTAL]
    said = words.interval(result, TOTAL, own)
    if not said:
        return (
            "Chưa có thông tin về sai số khảo sát nên báo cáo đặt các số liệu cạnh nhau, không kết "
            "luận cao hơn, thấp hơn, tăng hay giảm."
        )
    if own.answers != own.answers:
        return f"{upper_first(said)}."
    answers = words.counted(own.answers, f"đếm câu trả lời, {own.trace}")
    return f"{upper_first(said)}; mỗi tiêu chí có từ {answers} câu trả lời trở lên."


def _rank_error(result: SipasResult) -> str:
    standing = result.standing()
    if standing is None:
        return ""
    among = words.peers(result, result.subject.kind)
    said = words.rank_interval(standing, str(words.confidence(result)), among)
    return f"{upper_first(said)}." if said else ""


def target(result: SipasResult) -> str:
    """Return the sentence on the target of the office, or of the national programme of the year."""
    found = judged.target(result)
    if found is None:
        return ""
    digits = 0 if found.value == int(found.value) else 2
    aim = Number(words.percentage(found.value, digits), f"thông số: {found.text}")
    if found.case == "inside":
        return (
            f"So với {found.text} ({aim}), kết quả nằm trong sai số khảo sát nên chưa kết luận được "
            "đạt hay chưa đạt."
        )
    if found.case == "unknown":
        return (
            f"{upper_first(found.text)} là {aim}; chưa có sai số khảo sát nên chưa kết luận được "
            "đạt hay chưa đạt."
        )
    gap = words.points(found.gap, f"chỉ số chung và {found.text}")
    if found.case == "met":
        return f"Kết quả đạt {found.text} ({aim}), cao hơn {gap} điểm phần trăm."
    return f"Kết quả chưa đạt {found.text} ({aim}), còn thiếu {gap} điểm phần trăm."


def _on_time(result: SipasResult) -> str:
    """Say that keeping time is not yet satisfying people, where the figures show it."""
    rate = result.current.figures.get("procedures.in_time_rate", result.year)
    if rate is None or rate.value < 99 or result.subject.kind == "province":
        return ""
    standing, mean = result.standing(), judged.against_mean(result)
    behind = False
    if standing is not None and standing.units is not None:
        best = standing.rank if standing.published else standing.best
        behind = best is not None and best > standing.units / 2
    if not behind and (mean is None or mean.case != "lower"):
        return ""
    shown = Number(words.percentage(rate.value, rate.decimals), rate.trace)
    return (
        f"Cùng năm, {shown} hồ sơ được giải quyết trước và đúng hạn: đúng hạn chưa đồng nghĩa với "
        "hài lòng."
    )
