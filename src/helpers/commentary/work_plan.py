"""What the report on the work plan says, section by section; causes and measures only as stated."""

from __future__ import annotations

import datetime

from helpers.analysis.work_plan import Figure, WorkPlanResult
from helpers.analysis.work_plan_rows import (
    CARRIED_OUT,
    CITED,
    ISSUED,
    NOT_REMEDIED,
    PREPARED,
    REMEDIED,
    UNDER_WAY,
)
from helpers.commentary.numbers import Number, percent, whole
from helpers.commentary.text import (
    FrontMatter,
    Text,
    escape,
    joined,
    paragraphs,
    plain,
    upper_first,
)
from helpers.commentary.weak import WeakPoint
from helpers.indices.work_plan import STATES, TaskState

NO_GAPS = "Không phát hiện số liệu mâu thuẫn hoặc còn thiếu."
MOST_NAMED = 3
INDEX_OF = {
    "SIPAS": "sipas",
    "PAPI": "papi",
    "PAR INDEX": "par_index",
    "Chuyển đổi số": "dti",
    "Thủ tục hành chính": "procedures",
    "Bộ chỉ số 766": "service_quality",
    "Giảm nghèo": "poverty",
}
"""What an office calls an index in the tables of limits and measures, and its key."""


def date(day: datetime.date) -> str:
    """Write a day as official texts do: ``04/5/2022``, the month with one digit from March on."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def title(result: WorkPlanResult) -> FrontMatter:
    """Return title, subtitle and description of the document."""
    return FrontMatter(
        title=f"Kế hoạch công tác năm {result.year} của {result.office.office.name}",
        subtitle=result.framework.name_vi,
        description=plain(_tasks(result)[0]),
        categories=("Kế hoạch công tác", str(result.year), result.place.name),
        date=str(result.year),
        status=result.status,
        citation=(
            f"{result.office.office.name}: số liệu kế hoạch công tác năm {result.year}. Báo cáo "
            "được lập tự động từ số liệu này."
        ),
    )


def overview(result: WorkPlanResult) -> Text:
    """Say how much of the plan is done, then what is late or open."""
    return paragraphs(_tasks(result), _late(result))


def _number(figure: Figure) -> Number:
    return Number(whole(figure.value), figure.trace)


def _tasks(result: WorkPlanResult) -> list[str]:
    planned, done = result.planned, result.done
    office = result.office.office.brief
    if planned is None and done is None:
        return [
            f"{office} chưa cung cấp số nhiệm vụ trong kế hoạch năm {result.year} và số nhiệm vụ "
            "đã hoàn thành; báo cáo nêu các nội dung khác đã nhận."
        ]
    if planned is None and done is not None:
        return [f"Năm {result.year}, {office} hoàn thành {_number(done)} nhiệm vụ."]
    if planned is None or done is None or planned.value == 0 or done.value > planned.value:
        known = planned or done
        number = f"{_number(known)} nhiệm vụ" if known else "chưa rõ số nhiệm vụ"
        return [
            f"Kế hoạch năm {result.year} của {office} có {number}; chưa xác định được số đã hoàn "
            "thành."
        ]
    of_all = Number(f"{whole(done.value)}/{whole(planned.value)}", f"{done.trace}; {planned.trace}")
    share = Number(
        percent(done.value / planned.value, 2 if done.value < planned.value else 0),
        f"tính toán: nhiệm vụ hoàn thành chia nhiệm vụ trong kế hoạch; {done.trace}",
    )
    return [f"Năm {result.year}, {office} hoàn thành {of_all} nhiệm vụ trong kế hoạch ({share})."]


def _late(result: WorkPlanResult) -> list[str]:
    if not result.tasks:
        return (
            ["Danh sách nhiệm vụ chưa được cung cấp nên chưa biết bao nhiêu nhiệm vụ đúng hạn."]
            if result.planned
            else []
        )
    shown: list[str] = []
    for state, name in STATES.items():
        if result.tally.counts[state]:
            shown.append(f"{_counted(result, state)} nhiệm vụ {name}")
    said = [
        f"Tính đến ngày {date(result.day)}, có {joined(shown)} (@tbl-tasks)."
        if len(shown) < 5
        else f"Tính đến ngày {date(result.day)}: {'; '.join(shown)} (@tbl-tasks)."
    ]
    behind = [t for t in result.tasks if t.state == "overdue"]
    if behind:
        named = [
            f"{escape(t.name)}" + (f" ({escape(t.owner)})" if t.owner else "")
            for t in behind[:MOST_NAMED]
        ]
        lead = (
            "Nhiệm vụ đã quá hạn mà chưa xong"
            if len(behind) <= MOST_NAMED
            else "Trong các nhiệm vụ đã quá hạn mà chưa xong có"
        )
        said.append(f"{lead}: {'; '.join(named)}.")
    return said


def _counted(result: WorkPlanResult, state: TaskState) -> Number:
    trace = f"đếm nhiệm vụ {STATES[state]}; {result.tasks[0].origin}"
    return Number(whole(result.tally.counts[state]), trace)


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
        f"{number(count)} hạn chế {what}" if count else f"không hạn chế nào {what}"
        for what, count in stated
    ]
    said = [
        f"Cơ quan nêu {number(len(found))} hạn chế của năm {result.year} (@tbl-limits).",
        f"Trong đó, {joined(clauses)}.",
    ]
    if result.unanswered:
        named = [escape(one.code) for one in result.unanswered]
        said.append(f"Chưa có biện pháp: {', '.join(named)}.")
    return paragraphs(said)


def documents(result: WorkPlanResult) -> Text:
    """Say how many documents were issued and cited, and which lack number or date."""
    found = result.documents
    if not found:
        return paragraphs("Cơ quan chưa cung cấp danh sách văn bản.")
    trace = f"đếm trong bảng văn bản; {found[0].origin}"
    names = {
        ISSUED: "do cơ quan ban hành",
        PREPARED: "do cơ quan tham mưu ban hành",
        CITED: "được viện dẫn",
    }
    shown = [
        f"{Number(whole(count), trace)} văn bản {name}"
        for role, name in names.items()
        if (count := sum(one.role == role for one in found))
    ]
    lacking = [one for one in found if one.lacking]
    said = [f"Danh sách có {joined(shown)} (@tbl-documents)."]
    if lacking:
        said.append(
            f"Có {Number(whole(len(lacking)), trace)} văn bản thiếu số, ký hiệu hoặc ngày ban "
            "hành, được đánh dấu trong bảng; số văn bản đánh lại mỗi năm nên cần cả hai để tra cứu."
        )
    return paragraphs(said)


def citizens(result: WorkPlanResult) -> Text:
    """Say how many citizens were received, by whom, and what was inspected."""
    return paragraphs(_received(result), _inspected(result))


def _received(result: WorkPlanResult) -> list[str]:
    received, leaders = result.received, result.by_leaders
    said = []
    if received is not None:
        part = f", trong đó lãnh đạo tiếp {_number(leaders)} lượt" if leaders else ""
        if leaders and 0 < leaders.value <= received.value:
            share = Number(
                percent(leaders.value / received.value, 2),
                f"tính toán: lượt lãnh đạo tiếp chia tổng số lượt; {leaders.trace}",
            )
            part += f" ({share})"
        said.append(f"Năm {result.year}, cơ quan tiếp {_number(received)} lượt công dân{part}.")
    if result.staff is not None:
        said.append(f"Cơ quan bố trí {_number(result.staff)} công chức thường xuyên tiếp công dân.")
    return said or ["Cơ quan chưa cung cấp số lượt tiếp công dân."]


def _inspected(result: WorkPlanResult) -> list[str]:
    done, planned = result.inspected, result.inspections_planned
    if done is None and planned is None:
        return ["Cơ quan chưa cung cấp số đơn vị được thanh tra, kiểm tra."]
    said = []
    if planned is not None:
        said.append(f"Kế hoạch thanh tra, kiểm tra có {_number(planned)} đơn vị.")
    if done is not None:
        said.append(f"Đã thanh tra, kiểm tra {_number(done)} đơn vị.")
    else:
        said.append("Kết quả thực hiện chưa được cung cấp.")
    found = [o for o in result.inspections if o.state == CARRIED_OUT and o.findings is not None]
    if found:
        total = sum(one.findings or 0 for one in found)
        fixed = sum(one.remedied or 0 for one in found)
        trace = f"cộng bảng thanh tra, kiểm tra; {found[0].origin}"
        said.append(
            f"Các cuộc đã thực hiện chỉ ra {Number(whole(total), trace)} tồn tại, đã khắc phục "
            f"{Number(whole(fixed), trace)} (@tbl-inspections)."
        )
    return said


def measures(result: WorkPlanResult) -> Text:
    """Say which measures answer which limits, and what they do not state yet."""
    found = result.measures
    if not found:
        return paragraphs(f"Cơ quan chưa cung cấp biện pháp cho năm {result.year + 1}.")
    trace = f"đếm trong bảng biện pháp; {found[0].origin}"

    def number(count: int) -> Number:
        return Number(whole(count), trace)

    linked = sum(bool(one.limits) for one in found)
    said = [
        f"Cơ quan dự kiến {number(len(found))} biện pháp cho năm {result.year + 1} "
        f"(@tbl-measures); {number(linked) if linked else 'không'} biện pháp "
        f"{'' if linked else 'nào '}trả lời một hạn chế đã nêu."
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


def missing(result: WorkPlanResult) -> Text:
    """List contradictions and what was not delivered; empty if nothing."""
    points = [
        f"{upper_first(found.name)} được nêu là {_number(found.stated)}, trong khi bảng cho "
        f"{_number(found.counted)}; báo cáo giữ số đã nêu, đề nghị cơ quan xác nhận."
        for found in result.conflicts
    ]
    points += result.missing
    return paragraphs("\n".join(f"- {point}" for point in points))


def gaps(result: WorkPlanResult) -> Text:
    """Tell what :func:`missing` tells, or that nothing was found."""
    found = missing(result)
    return found if found.paragraphs else paragraphs(NO_GAPS)


def method(result: WorkPlanResult) -> Text:
    """Write the method note as one list."""
    points = [f"**{node.name_vi}.** {node.rule}" for node in result.edition.criteria if node.rule]
    points += [f"{note.text}." for note in result.edition.notes]
    basis = "; ".join(one.quoted for one in result.edition.legal_basis)
    if basis:
        points.append(f"**Căn cứ.** {result.edition.name_vi}: {basis}.")
    points.append(f"**Nguồn số liệu.** Số liệu do {result.office.office.name} cung cấp.")
    return paragraphs("\n".join(f"- {point}" for point in points))


def brief(result: WorkPlanResult) -> Text:
    """Say in at most three paragraphs what the annual report needs, without references to tables."""
    late = [_without_references(sentence) for sentence in _late(result)]
    before = (
        [_without_references(p) for p in follow_up(result).paragraphs] if result.earlier else []
    )
    return paragraphs(
        [*_tasks(result), *late], before, _received(result) if result.received else ""
    )


def _without_references(sentence: str) -> str:
    for label in ("tasks", "follow-up", "limits"):
        sentence = sentence.replace(f" (@tbl-{label})", "")
    return sentence


def weak_points(result: WorkPlanResult) -> tuple[WeakPoint, ...]:
    """Return the limits of the year with what the office stated, then the overdue tasks."""
    found = []
    for place, one in enumerate(result.limits):
        answers = result.answers(one)
        stated = one.measure or "; ".join(m.text for m in answers)
        owner = one.owner or next((m.owner for m in answers if m.owner), "")
        due = one.due or next((m.due for m in answers if m.due), None)
        found.append(
            WeakPoint(
                index=INDEX_OF.get(one.index, "work_plan"),
                code=one.criterion or one.code,
                name=one.criterion or one.text,
                text=f"{escape(one.text)}.",
                importance=max(0.1, 0.6 - 0.02 * place),
                cause=one.cause,
                measure=stated,
                owner=owner,
                deadline=date(due) if due else "",
            )
        )
    overdue = result.tally.counts["overdue"]
    if overdue:
        share = overdue / result.tally.total
        text = (
            f"{_counted(result, 'overdue')} nhiệm vụ của kế hoạch đã quá hạn mà chưa xong, tính "
            f"đến ngày {date(result.day)}."
        )
        found.append(WeakPoint("work_plan", "late", "Nhiệm vụ quá hạn", text, min(1.0, share)))
    return tuple(found)
