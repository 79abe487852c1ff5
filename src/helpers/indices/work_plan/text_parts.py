"""What the report on the work plan says of limits, documents, citizens and measures."""

from __future__ import annotations

import datetime

from helpers.indices.work_plan.result import Figure, WorkPlanResult
from helpers.indices.work_plan.rows import (
    CARRIED_OUT,
    NOT_REMEDIED,
    REMEDIED,
    ROLES,
    UNDER_WAY,
)
from helpers.words.numbers import Number, percent, whole
from helpers.words.text import Text, escape, joined, paragraphs

MOST_NAMED = 3


def date(day: datetime.date) -> str:
    """Write a day as official texts do: ``04/5/2022``, the month with one digit from March on."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def number_of(figure: Figure) -> Number:
    """Write a figure with its trace."""
    value = whole(figure.value)
    return Number(f"{figure.bound} {value}" if figure.bound else value, figure.trace)


def follow_up(result: WorkPlanResult) -> Text:
    """Say what became of the limits of earlier years."""
    if not result.earlier:
        return paragraphs(
            "Cơ quan chưa cung cấp danh sách hạn chế của năm trước nên chưa theo dõi được việc "
            "khắc phục."
        )
    trace = f"đếm trong bảng hạn chế; {result.earlier[0].origin}"
    total = Number(whole(len(result.earlier)), trace)
    shown = []
    for state in (REMEDIED, UNDER_WAY, NOT_REMEDIED, ""):
        count = sum(one.state == state for one in result.earlier)
        if count:
            name = state.lower() if state else "chưa có báo cáo về việc khắc phục"
            shown.append(f"{Number(whole(count), trace)} {name}")
    return paragraphs(
        [
            f"Trong {total} hạn chế của các năm trước, có {joined(shown)} (@tbl-follow-up).",
            _not_remedied(result),
        ]
    )


def _not_remedied(result: WorkPlanResult) -> str:
    left = [one for one in result.earlier if one.state == NOT_REMEDIED]
    if not left:
        return ""
    named = [escape(_lower_first(one.text)) for one in left[:MOST_NAMED]]
    more = "" if len(left) <= MOST_NAMED else " (chỉ nêu các hạn chế đứng đầu bảng)"
    return f"Chưa khắc phục{more}: {'; '.join(named)}."


def _lower_first(text: str) -> str:
    """Lower the first letter unless the word is an abbreviation."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def limits(result: WorkPlanResult) -> Text:
    """Say how many limits the year has, and for how many cause and measure are stated."""
    found = result.limits
    if not found:
        return paragraphs(f"Cơ quan chưa cung cấp hạn chế của năm {result.year}.")
    trace = f"đếm trong bảng hạn chế; {found[0].origin}"

    def number(count: int) -> Number:
        return Number(whole(count), trace)

    stated = (
        ("nêu nguyên nhân", sum(bool(one.cause) for one in found)),
        ("có biện pháp", len(found) - len(result.unanswered)),
        (
            "có cả đơn vị chịu trách nhiệm và thời hạn",
            sum(bool(one.owner) and one.due is not None for one in found),
        ),
    )
    clauses = [
        f"không hạn chế nào {what}"
        if not count
        else f"tất cả đều {what}"
        if count == len(found) > 1
        else f"{number(count)} hạn chế {what}"
        for what, count in stated
    ]
    said = [
        f"Cơ quan nêu {number(len(found))} hạn chế của năm {result.year} (@tbl-limits).",
        f"Trong đó, {joined(clauses)}." if len(found) > 1 else _of_one(stated),
    ]
    if result.unanswered:
        named = [escape(one.code) for one in result.unanswered]
        said.append(f"Chưa có biện pháp: {', '.join(named)}.")
    return paragraphs(said)


def _of_one(stated: tuple[tuple[str, int], ...]) -> str:
    """Say what the only limit of a year states."""
    said = [what if count else f"chưa {what}" for what, count in stated]
    return f"Hạn chế đó {joined(said)}."


def documents(result: WorkPlanResult) -> Text:
    """Say how many documents were issued and cited, and which lack number or date."""
    found = result.documents
    if not found:
        return paragraphs("Cơ quan chưa cung cấp danh sách văn bản.")
    trace = f"đếm trong bảng văn bản; {found[0].origin}"
    shown = [
        f"{Number(whole(count), trace)} văn bản {name}"
        for role, name in ROLES.items()
        if (count := sum(one.role == role for one in found))
    ]
    lacking = [one for one in found if one.lacking]
    said = [f"Danh sách có {joined(shown)} (@tbl-documents)."]
    if lacking:
        said.append(
            f"Có {Number(whole(len(lacking)), trace)} văn bản thiếu số, ký hiệu hoặc ngày ban "
            "hành, được đánh dấu trong bảng; số văn bản được đánh lại từ đầu mỗi năm nên "
            "cần cả hai để tra cứu."
        )
    return paragraphs(said)


def citizens(result: WorkPlanResult) -> Text:
    """Say how many citizens were received, by whom, and what was inspected."""
    return paragraphs(received(result), _inspected(result))


def received(result: WorkPlanResult) -> list[str]:
    """Say how many citizens were received, and how many by leaders."""
    received, leaders = result.received, result.by_leaders
    said = []
    if received is not None:
        part = f", trong đó lãnh đạo tiếp {number_of(leaders)} lượt" if leaders else ""
        exact = leaders is not None and not leaders.bound and not received.bound
        if leaders and exact and 0 < leaders.value <= received.value:
            share = Number(
                percent(leaders.value / received.value, 2),
                f"tính toán: lượt lãnh đạo tiếp chia tổng số lượt; {leaders.trace}",
            )
            part += f" ({share})"
        said.append(f"Năm {result.year}, cơ quan tiếp {number_of(received)} lượt công dân{part}.")
    if result.staff is not None:
        said.append(
            f"Cơ quan bố trí {number_of(result.staff)} công chức thường xuyên tiếp công dân."
        )
    return said or ["Cơ quan chưa cung cấp số lượt tiếp công dân."]


def _inspected(result: WorkPlanResult) -> list[str]:
    done, planned = result.inspected, result.inspections_planned
    if done is None and planned is None:
        return ["Cơ quan chưa cung cấp số đơn vị được thanh tra, kiểm tra."]
    said = []
    if planned is not None:
        said.append(f"Kế hoạch thanh tra, kiểm tra có {number_of(planned)} đơn vị.")
    if done is not None:
        said.append(f"Đã thanh tra, kiểm tra {number_of(done)} đơn vị.")
    else:
        said.append("Kết quả thực hiện chưa được cung cấp.")
    return [*said, *_found_and_remedied(result)]


def _found_and_remedied(result: WorkPlanResult) -> list[str]:
    """Say what inspections found and what of it was put right; an unknown part adds nothing."""
    carried = [one for one in result.inspections if one.state == CARRIED_OUT]
    found = [one.findings for one in carried if one.findings is not None]
    if not found:
        return []
    trace = f"cộng bảng thanh tra, kiểm tra; {carried[0].origin}"
    least = "ít nhất " if len(found) < len(carried) else ""
    said = f"Các cuộc đã thực hiện chỉ ra {least}{Number(whole(sum(found)), trace)} tồn tại"
    remedied = [one.remedied for one in carried if one.remedied is not None]
    if not remedied:
        return [f"{said}; chưa có số đã khắc phục (@tbl-inspections)."]
    # Where nothing was found there is nothing to put right.
    open_ones = any(one.remedied is None and one.findings != 0 for one in carried)
    least = "ít nhất " if open_ones else ""
    return [
        f"{said}, đã khắc phục {least}{Number(whole(sum(remedied)), trace)} (@tbl-inspections)."
    ]


def measures(result: WorkPlanResult) -> Text:
    """Say which measures answer which limits, and what they do not state yet."""
    found = result.measures
    if not found:
        return paragraphs(f"Cơ quan chưa cung cấp biện pháp cho năm {result.year + 1}.")
    trace = f"đếm trong bảng biện pháp; {found[0].origin}"

    def number(count: int) -> Number:
        return Number(whole(count), trace)

    linked = sum(bool(one.limits) for one in found)
    if linked == len(found) > 1:
        linked_words = "tất cả đều"
    else:
        linked_words = f"{number(linked)} biện pháp" if linked else "không biện pháp nào"
    said = [
        f"Cơ quan dự kiến {number(len(found))} biện pháp cho năm {result.year + 1} "
        f"(@tbl-measures); {linked_words} trả lời một hạn chế đã nêu."
    ]
    lacks = {
        name: sum(name in one.lacking for one in found)
        for name in ("đơn vị chủ trì", "hạn hoàn thành", "cách biết là đã làm xong")
    }
    never = [name for name, count in lacks.items() if count == len(found)]
    some = [
        f"{number(count)} biện pháp chưa nêu {name}"
        for name, count in lacks.items()
        if 0 < count < len(found)
    ]
    if never:
        said.append(f"Chưa biện pháp nào nêu {joined(never)}.")
    if some:
        said.append(f"Còn {joined(some)}.")
    if result.unknown_codes:
        codes = joined([escape(code) for code in result.unknown_codes])
        said.append(f"Mã hạn chế không có trong danh sách: {codes}.")
    return paragraphs(said)
