"""What a DTI report says, section by section."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.facts.comparison import leading
from helpers.indices.dti.result import DtiResult
from helpers.indices.scored import text_losses as scored_losses
from helpers.indices.scored import text_method as scored_method
from helpers.indices.scored import text_office as scored_office
from helpers.indices.scored import text_published as scored_published
from helpers.indices.scored import text_words as words
from helpers.indices.scored.standing import Figure
from helpers.indices.scored.text_weak import weak_points
from helpers.places.words import bare
from helpers.words.numbers import Number, decimal, place, whole
from helpers.words.text import FrontMatter, Text, escape, joined, paragraphs, plain

NOUN = "tỷ lệ điểm chuyển đổi số"
AREA = "chỉ số chính"
PILLARS = ("CQS", "KTS", "XHS")
"""Codes under which pages publish digital government, economy and society."""

__all__ = [
    "areas",
    "brief",
    "changes",
    "losses",
    "method",
    "missing",
    "overview",
    "published",
    "title",
    "weak_points",
]


def title(result: DtiResult) -> FrontMatter:
    """Return title, subtitle and description of the document."""
    who = result.subject.title
    first = next((s for s in _office(result) + scored_published.level(result) if s), "")
    return FrontMatter(
        title=f"Chỉ số chuyển đổi số năm {result.year} của {who}",
        subtitle=f"{result.framework.name_vi} ({result.framework.short_name})",
        description=plain(first).replace("\\", ""),
        categories=(result.framework.short_name, str(result.year), result.place.name),
        date=str(result.year),
        status=result.status,
    )


def _office(result: DtiResult) -> list[str]:
    level = [said for said in scored_office.level(result, NOUN, "") if said]
    tally, of = result.total, result.rules.points
    if tally is not None and tally.maximum is not None and of is not None and tally.maximum < of:
        most = Number(words.trimmed(of), f"điểm tối đa của bộ chỉ số, {result.edition.key}")
        level.append(
            f"Bảng chấm điểm chưa đủ {most} điểm của bộ chỉ số nên tỷ lệ này chỉ nói về các chỉ "
            f"số đã "
            "nhập."
        )
    return level


def overview(result: DtiResult) -> Text:
    """Say the level first: the office's own points, then the province's published value."""
    return paragraphs(_office(result), scored_published.level(result))


def areas(result: DtiResult) -> Text:
    """Name the main indicators at both ends, and how appraisal changed the self-score."""
    return scored_office.areas(result, AREA)


def losses(result: DtiResult) -> Text:
    """Say which indicators lost points."""
    return scored_losses.losses(result, "chỉ số", explained=False)


def published(result: DtiResult) -> Text:
    """Say the province's published components, disagreements between sources, and coverage."""
    if result.published.is_empty:
        return scored_published.nothing(result)
    return paragraphs(
        _parts(result),
        scored_published.conflicts(result),
        scored_published.coverage(result),
    )


def _parts(result: DtiResult) -> list[str]:
    """Name the ends of the main indicators and of the pillars, where all of a set were published."""
    known = [part for part in result.published.parts if part.value is not None and not part.doubt]
    names = [
        bare(node.name_vi)
        for node in result.edition.nodes
        if not node.children and node.maximum != 0
    ]
    by_name = {bare(scored_published.part_name(part)): part for part in known}
    by_code = {part.code: part for part in known}
    sets = (
        ("chỉ số chính được chấm điểm", [by_name.get(name) for name in names]),
        ("trụ cột", [by_code.get(code) for code in PILLARS]),
    )
    said, told = [], set()
    for noun, found in sets:
        parts = [part for part in found if part is not None]
        codes = frozenset(part.code for part in parts)
        # In 2020 the pillars were the main indicators.
        if len(parts) > 1 and len(parts) == len(found) and codes not in told:
            said.append(_ends(result, noun, parts))
            told.add(codes)
    if not said and len(known) > 1:
        count = words.counted(len(known), "thành phần có giá trị công bố")
        said = [f"Các nguồn đã đọc nêu giá trị của {count} thành phần (@tbl-parts)."]
    return said


def _ends(result: DtiResult, noun: str, parts: Sequence[Figure]) -> str:
    by_code = {part.code: part for part in parts}
    values = {code: part.value or 0.0 for code, part in by_code.items()}
    errors = {code: part.error for code, part in by_code.items()}
    best = leading(values, errors, decimals=4)
    worst = leading(values, errors, highest=False, decimals=4)
    count = words.counted(len(parts), f"{noun} có giá trị công bố")
    if len(best) == len(values):
        return f"Giá trị công bố của {count} {noun} như nhau (@tbl-parts)."
    return (
        f"Trong {count} {noun}, giá trị công bố cao nhất là "
        f"{_named(result, [by_code[code] for code in best])}, thấp nhất là "
        f"{_named(result, [by_code[code] for code in worst])} (@tbl-parts)."
    )


def _named(result: DtiResult, parts: Sequence[Figure]) -> str:
    return joined(
        [
            f"**{escape(scored_published.part_name(part))}** "
            f"({Number(decimal(part.value or 0.0, 4), words.published_trace(result, part))})"
            for part in parts
        ]
    )


def changes(result: DtiResult) -> Text:
    """Say what changed since the year before, or why it is not compared."""
    own = ""
    if result.scoring is not None:
        own = scored_office.change(result, NOUN, national_set=True)
    told = [own, *scored_published.changes(result)]
    if not any(told):
        told = [scored_office.no_earlier(result)]
    return paragraphs(told, _ict(result))


def _ict(result: DtiResult) -> str:
    """Tell the older ICT Index apart, as nobody may take one for the other."""
    figure = result.ict
    if figure is None:
        return ""
    what = f"ICT Index {figure.year}, {figure.unit}"
    parts = []
    if figure.value is not None:
        trace = f"{what}: {figure.origin} ({figure.source})"
        parts.append(f"đạt {Number(decimal(figure.value, 3), trace)}")
    if figure.rank is not None:
        trace = f"{what}, thứ hạng: {figure.rank_origin} ({figure.rank_source})"
        rank = Number(place(figure.rank, result.ict_units), trace)
        parts.append(f"xếp thứ {rank}{words.shared(figure)}")
    return (
        f"Ở Chỉ số ICT (Vietnam ICT Index) năm {figure.year}, {words.kind(result)} {joined(parts)}; "
        "đó là bộ chỉ số khác, không so sánh được với DTI."
    )


def missing(result: DtiResult) -> Text:
    """List what could not be computed and what to deliver for it; empty if nothing is missing."""
    return scored_method.missing(result)


def method(result: DtiResult) -> Text:
    """Write the method note."""
    structure = ""
    components = result.rules.components
    if components and result.rules.points is not None:
        trace = f"cấu trúc bộ chỉ số cấp tỉnh, {result.edition.key}"
        structure = (
            f"Bộ chỉ số cấp tỉnh có {Number(whole(len(components)), trace)} chỉ số chính, "
            f"{Number(whole(sum(components.values())), trace)} chỉ số thành phần và "
            f"{Number(words.trimmed(result.rules.points), trace)} điểm."
        )
    extra = (
        "**Quy tắc chấm.** Chỉ số tính theo tỷ lệ a/b (số đạt yêu cầu trên tổng số) được tỷ lệ đó "
        "nhân điểm tối đa; chỉ số loại «có hoặc không» được điểm tối đa hoặc không điểm; chỉ số "
        "chấm theo bậc hoặc cộng dồn được phần điểm đã ghi nhân điểm tối đa. "
        "Báo cáo không đặt mức xếp loại vì chưa thấy văn bản nào quy định."
    )
    return scored_method.method(result, structure, extra)


def brief(result: DtiResult) -> Text:
    """Say the essential in at most four paragraphs, for the annual report."""
    lost = joined(
        [
            f"{escape(loss.item.name)} "
            f"({words.item_points(result, loss.item, loss.lost, 'điểm tối đa trừ điểm đạt')} điểm)"
            for loss in scored_losses.costliest(result.losses, 2)
        ]
    )
    province = (
        [*scored_published.level(result), *scored_published.changes(result)[:1]]
        if result.published.total is not None
        else []
    )
    return paragraphs(_office(result), f"Mất nhiều điểm nhất ở {lost}." if lost else "", province)
