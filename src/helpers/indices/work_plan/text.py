"""What the report on the work plan says, section by section; causes and measures only as stated."""

from __future__ import annotations

from helpers.facts.weak import WeakPoint
from helpers.indices.work_plan.arithmetic import STATES, TaskState
from helpers.indices.work_plan.result import WorkPlanResult
from helpers.indices.work_plan.text_parts import (
    MOST_NAMED,
    citizens,
    date,
    documents,
    follow_up,
    limits,
    measures,
    number_of,
    received,
)
from helpers.words.numbers import Number, percent, whole
from helpers.words.text import FrontMatter, Text, escape, joined, paragraphs, plain, upper_first

__all__ = [
    "brief",
    "citizens",
    "date",
    "documents",
    "follow_up",
    "gaps",
    "limits",
    "measures",
    "method",
    "missing",
    "overview",
    "title",
    "weak_points",
]

NO_GAPS = "Không phát hiện số liệu mâu thuẫn hoặc còn thiếu."
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


def _tasks(result: WorkPlanResult) -> list[str]:
    planned, done = result.planned, result.done
    office = result.office.office.brief
    if planned is None and done is None:
        return [
            f"{office} chưa cung cấp số nhiệm vụ trong kế hoạch năm {result.year} và số nhiệm vụ "
            "đã hoàn thành; báo cáo nêu các nội dung khác đã nhận."
        ]
    if planned is None and done is not None:
        return [f"Năm {result.year}, {office} hoàn thành {number_of(done)} nhiệm vụ."]
    bounded = any(one is not None and one.bound for one in (planned, done))
    if planned is not None and done is not None and bounded:
        # A bound is set beside the other number; no share follows from it.
        return [
            f"Kế hoạch năm {result.year} của {office} có {number_of(planned)} nhiệm vụ; đã hoàn thành "
            f"{number_of(done)} nhiệm vụ."
        ]
    if planned is None or done is None or planned.value == 0 or done.value > planned.value:
        known = planned or done
        number = f"{number_of(known)} nhiệm vụ" if known else "chưa rõ số nhiệm vụ"
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


def missing(result: WorkPlanResult) -> Text:
    """List contradictions and what was not delivered; empty if nothing."""
    points = [
        f"{upper_first(found.name)} được nêu là {number_of(found.stated)}, trong khi bảng cho "
        f"{number_of(found.counted)}; báo cáo giữ số đã nêu, đề nghị cơ quan xác nhận."
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
    return paragraphs([*_tasks(result), *late], before, received(result) if result.received else "")


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
