"""Limits, causes and tasks: what the office stated first, then what the figures show."""

from __future__ import annotations

import re
from dataclasses import dataclass

from helpers.definitions.measures import Measure, measures_for
from helpers.facts.figures import Place
from helpers.facts.weak import WeakPoint
from helpers.indices.work_plan.result import WorkPlanResult
from helpers.indices.work_plan.rows import Limit
from helpers.indices.work_plan.rows import Measure as OwnMeasure
from helpers.indices.work_plan.weak import INDEX_OF
from helpers.keys import module_of
from helpers.reports.annual.measured import Headline, headlines
from helpers.reports.annual.result import AnnualResult
from helpers.reports.annual.text_words import inside, listed, without_references
from helpers.words.numbers import Number, in_words, place
from helpers.words.numbers import day as date
from helpers.words.phrase_parts import amount
from helpers.words.text import Text, escape, paragraphs, plain, upper_first

SHOWN = 8
"""Weak points that the figures show, at most; a reader acts on few."""
OF_ONE_INDEX = 2
"""Weak points of one index, so that an index with many criteria does not fill the list."""
PROPOSED = 5
LOWEST = "nhóm Thấp"
_CODED = re.compile(r"(\d[\w.]*)\. (.+)", re.DOTALL)
_WHOLE = re.compile(r"(?<![\d,.])\d{1,3}(?:\.\d{3})+(?![\d,])|(?<![\d,.])\d+(?![\d,]|\.\d)")
LAST_QUARTER = 0.75
"""A place behind this share of the units is a weak one."""

LABELS = {
    "par_index": "PAR INDEX",
    "sipas": "SIPAS",
    "papi": "PAPI",
    "papi_office": "PAPI",
    "service_quality": "Bộ chỉ số 766",
    "procedures": "Thủ tục hành chính",
    "dti": "Chuyển đổi số",
    "poverty": "Giảm nghèo",
    "work_plan": "Kế hoạch công tác",
}
_WITH_WEAK_POINTS = (
    "par_index",
    "sipas",
    "papi_office",
    "service_quality",
    "procedures",
    "dti",
    "poverty",
    "work_plan",
)


@dataclass(frozen=True)
class Proposal:
    """A measure of the library for a weak point."""

    index: str
    weak: WeakPoint
    measure: Measure


def stated_limits(result: AnnualResult) -> tuple[Limit, ...]:
    """Return the limits of the year that the office stated."""
    part: WorkPlanResult | None = result.part("work_plan")
    return () if part is None else part.limits


def own_measures(result: AnnualResult) -> tuple[OwnMeasure, ...]:
    """Return the measures that the office stated for the next year."""
    part: WorkPlanResult | None = result.part("work_plan")
    return () if part is None else part.measures


def shown_points(result: AnnualResult) -> tuple[WeakPoint, ...]:
    """Return the weak points that figures show, the most important first.

    What the office stated itself is not among them, however an index repeats it.
    """
    stated = stated_limits(result)
    found = [point for point in _points(result) if not any(_same(point, one) for one in stated)]
    by_index: dict[str, list[WeakPoint]] = {}
    for point in sorted(found, key=lambda one: -one.importance):
        by_index.setdefault(point.index, []).append(point)
    # The worst of each index comes before the second of any.
    first = [points[0] for points in by_index.values()]
    more = [point for points in by_index.values() for point in points[1:OF_ONE_INDEX]]
    return tuple((first + sorted(more, key=lambda one: -one.importance))[:SHOWN])


def _same(point: WeakPoint, limit: Limit) -> bool:
    """Tell whether the office states a weak point itself: in its words, or one of its figures."""
    said = _bare(limit.text)
    if _bare(point.text) == said:
        return True
    numbers = {int(found.replace(".", "")) for found in _WHOLE.findall(said)}
    return (
        limit.index == LABELS[point.index]
        and point.name.casefold() in said
        and bool(numbers & set(point.counts))
    )


def _points(result: AnnualResult) -> list[WeakPoint]:
    made: list[WeakPoint] = []
    for key in _WITH_WEAK_POINTS:
        part = result.part(key)
        if part is None:
            continue
        points: tuple[WeakPoint, ...] = (
            part.weak_points()
            if hasattr(part, "weak_points")
            else module_of(key, "text").weak_points(part)
        )
        # The plan repeats the stated limits of all indices; only its tasks are its own.
        made += [p for p in points if key != "work_plan" or p.code == "tasks"]
    found = headlines(result)
    made += [point for one in found for point in _low_group(one)]
    low = (_low_place(one, made) for one in found)
    return made + [point for point in low if point is not None]


def _low_group(one: Headline) -> list[WeakPoint]:
    """Return the contents of an index in the lowest group of all provinces."""
    return [
        WeakPoint(
            one.key,
            child.code,
            child.name,
            f"{upper_first(child.name)} đạt {amount(child, child.value)}, thuộc {LOWEST}, xếp "
            f"{_tie(held)}thứ {Number(place(held.rank, held.units), held.source)}.",
            held.rank / held.units * 0.7,
        )
        for child in one.children
        if child.grade == LOWEST
        and child.value is not None
        and (held := child.place) is not None
        and held.units is not None
    ]


def _tie(held: Place) -> str:
    return "đồng hạng " if held.shared else ""


def _low_place(one: Headline, told: list[WeakPoint]) -> WeakPoint | None:
    held = one.measured.place
    if held is None or held.units is None or held.rank <= LAST_QUARTER * held.units:
        return None
    shown = place(held.rank, held.units)
    if any(point.index == one.key and shown in point.text for point in told):
        return None
    rank = Number(shown, held.source)
    text = f"{upper_first(one.measured.name)} xếp {_tie(held)}thứ {rank}, thuộc một phần tư cuối."
    return WeakPoint(one.key, "", one.title, text, held.rank / held.units * 0.6)


def _bare(text: str) -> str:
    return plain(text).replace("\\", "").strip().rstrip(".").casefold()


def limits(result: AnnualResult) -> Text:
    """List limits: stated ones, then those that figures show."""
    stated, shown = stated_limits(result), shown_points(result)
    said: list[str] = []
    if stated:
        count = Number(in_words(len(stated)), f"đếm trong bảng hạn chế; {stated[0].origin}")
        said.append(f"Cơ quan tự nêu {count} hạn chế:")
        said.append(listed([_stated(result, one) for one in stated]))
    if shown:
        lead = "Ngoài ra, số liệu của năm cho thấy:" if stated else "Số liệu của năm cho thấy:"
        said.append(lead)
        said.append(listed([_shown(point) for point in shown]))
    if not said:
        said.append(
            f"Cơ quan chưa nêu hạn chế của năm {result.year}, và số liệu đã nhận chưa đủ để chỉ ra "
            "hạn chế."
        )
    return without_references(paragraphs(*said))


def _stated(result: AnnualResult, one: Limit) -> str:
    """Return a limit as the office states it; a rank in it is the office's until figures confirm it."""
    label = f"{escape(one.index)}: " if one.index else ""
    own = " (nhận định của cơ quan)" if one.is_claim and not _confirmed(result, one) else ""
    return f"{label}{escape(one.text)}{own}"


def _confirmed(result: AnnualResult, one: Limit) -> bool:
    """Tell whether the survey shows, beyond its error, that the factor named is the lowest."""
    part = result.part("sipas")
    if part is None or "thấp nhất" not in one.text.casefold():
        return False
    weakest = part.found.of("factors", "weak_part")
    return weakest is not None and weakest.fields["high"].code == one.criterion


def _shown(point: WeakPoint) -> str:
    label = LABELS.get(point.index, "")
    text = point.text.strip().replace("**", "")
    coded = _CODED.match(text)
    if coded:
        return f"{label}, chỉ tiêu {coded[1]}: {inside(coded[2])}"
    return text if text.startswith(label) else f"{label}: {inside(text)}"


def causes(result: AnnualResult) -> Text:
    """List the causes that the office stated; count the limits that it stated none for."""
    limits, points = stated_limits(result), shown_points(result)
    if not limits and not points:
        return Text(())
    elsewhere = {_bare(p.text): p.cause for p in _points(result) if p.cause}
    caused = [(one, one.cause or elsewhere.get(_bare(one.text), "")) for one in limits]
    stated = [f"«{escape(one.text)}»: {inside(escape(cause))}" for one, cause in caused if cause]
    stated += [f"«{escape(plain(p.name))}»: {inside(escape(p.cause))}" for p in points if p.cause]
    if not stated:
        return paragraphs(
            "Cơ quan chưa nêu nguyên nhân của các hạn chế trên; báo cáo không suy đoán nguyên nhân "
            "từ số liệu."
        )
    lead = "Nguyên nhân cơ quan nêu:"
    return paragraphs(lead, listed([f"Về {text}" for text in stated]), _without_cause(caused))


def _without_cause(caused: list[tuple[Limit, str]]) -> str:
    """Count the stated limits without a cause, among those that the list above holds."""
    rest = sum(not cause for _, cause in caused)
    if not rest:
        return ""
    count = Number(in_words(rest), "đếm: hạn chế không kèm nguyên nhân")
    which = f"{count} hạn chế cơ quan tự nêu" if rest == len(caused) else f"{count} hạn chế còn lại"
    return f"Với {which}, cơ quan chưa nêu nguyên nhân."


def tasks(result: AnnualResult) -> Text:
    """List the office's own measures, then proposals for weak points without a measure."""
    own, said = own_measures(result), list[str]()
    if own:
        said.append(f"Nhiệm vụ, giải pháp cơ quan đề ra cho năm {result.year + 1}:")
        said.append(listed([_own(one) for one in own]))
        lacking = [
            name
            for name, missing in (
                ("đơn vị chủ trì", not any(one.owner for one in own)),
                ("thời hạn", not any(one.due for one in own)),
                ("cách biết là đã làm xong", not any(one.outcome for one in own)),
            )
            if missing
        ]
        if lacking:
            said.append(f"Chưa nhiệm vụ nào nêu {_listed(lacking)}; đề nghị cơ quan bổ sung.")
    answered = [p for p in shown_points(result) if p.measure]
    if answered:
        said.append("Giải pháp nêu trong bảng chấm điểm cho các tiêu chí còn mất điểm:")
        said.append(listed([_answer(point) for point in answered]))
    offered = proposals(result)
    if offered:
        said.append(
            "Những nội dung dưới đây là đề xuất lấy từ thư viện giải pháp, không phải của cơ quan; "
            "cơ quan xem xét trước khi đưa vào kế hoạch:"
        )
        said.append(listed([_proposal(one) for one in offered]))
    if not said:
        said.append(f"Cơ quan chưa đề ra nhiệm vụ, giải pháp cho năm {result.year + 1}.")
    return paragraphs(*said)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} và {names[-1]}"


def _own(one: OwnMeasure) -> str:
    label = f"{escape(one.index)}: " if one.index else ""
    text = escape(one.text)
    day = f"thời hạn: {Number(date(one.due), one.origin)}" if one.due else ""
    more = [
        f"đơn vị chủ trì: {escape(one.owner)}" if one.owner else "",
        day,
        f"kết quả: {inside(escape(one.outcome))}" if one.outcome else "",
    ]
    tail = "; ".join(part for part in more if part)
    return f"{label}{text} ({tail})" if tail else f"{label}{text}"


def _answer(point: WeakPoint) -> str:
    more = [
        f"đơn vị chủ trì: {escape(point.owner)}" if point.owner else "",
        f"thời hạn: {escape(point.deadline)}" if point.deadline else "",
    ]
    tail = "; ".join(part for part in more if part)
    text = f"{LABELS[point.index]}: {escape(point.measure)}"
    return f"{text} ({tail})" if tail else text


def proposals(result: AnnualResult) -> tuple[Proposal, ...]:
    """Return measures of the library for shown weak points without a measure of the office."""
    answered = {INDEX_OF.get(one.index, "") for one in own_measures(result)}
    found: dict[str, Proposal] = {}
    for point in shown_points(result):
        # The office's own measures for an index come first; nothing is set beside them.
        if point.measure or point.index in answered:
            continue
        index = "papi" if point.index == "papi_office" else point.index
        code = _criterion(result, point)
        for measure in measures_for(code, result.measures.get(index, ())) if code else ():
            found.setdefault(measure.what, Proposal(index, point, measure))
    return tuple(found.values())[:PROPOSED]


def _criterion(result: AnnualResult, point: WeakPoint) -> str:
    """Return the code that the library knows: for service quality that of the indicator's group."""
    part = result.part("service_quality")
    if point.index == "service_quality" and part is not None:
        for group in part.score.groups:
            if any(one.node.code == point.code for one in group.indicators):
                return str(group.node.code)
    return point.code


def _proposal(one: Proposal) -> str:
    return (
        f"(Đề xuất) {LABELS[one.index]}: {inside(escape(one.measure.what))}. Đơn vị thường chủ "
        f"trì: {escape(one.measure.lead)}; đã làm xong khi có: "
        f"{inside(escape(one.measure.shown_by))}"
    )
