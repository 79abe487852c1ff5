"""What a PAR INDEX report says, section by section."""

from __future__ import annotations

from helpers.indices.par_index.arithmetic import share, total_of_parts
from helpers.indices.par_index.result import ParIndexResult
from helpers.indices.scored import text_losses as scored_losses
from helpers.indices.scored import text_method as scored_method
from helpers.indices.scored import text_office as scored_office
from helpers.indices.scored import text_published as scored_published
from helpers.indices.scored import text_words as words
from helpers.indices.scored.scoring import TOLERANCE
from helpers.indices.scored.text_weak import weak_points
from helpers.words.numbers import Number, decimal, place, whole
from helpers.words.text import FrontMatter, Text, escape, joined, paragraphs, plain, upper_first

NOUN = "chỉ số cải cách hành chính"
AREA = "lĩnh vực"

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


def title(result: ParIndexResult) -> FrontMatter:
    """Return title, subtitle and description of the document."""
    who = result.subject.title
    first = next((sentence for sentence in _office(result) + _province(result) if sentence), "")
    description = plain(first).replace("\\", "")
    return FrontMatter(
        title=f"Chỉ số cải cách hành chính năm {result.year} của {who}",
        subtitle=f"{result.framework.name_vi} ({result.framework.short_name})",
        description=description,
        categories=(result.framework.short_name, str(result.year), result.place.name),
        date=str(result.year),
        status=result.status,
    )


def _office(result: ParIndexResult) -> list[str]:
    return [said for said in scored_office.level(result, NOUN, result.grade) if said]


def _province(result: ParIndexResult) -> list[str]:
    level = [said for said in scored_published.level(result) if said]
    group = result.group
    if group is not None and result.published.total is not None:
        groups = result.rules.groups[result.year]
        trace = f"giới hạn nhóm công bố năm {result.year}: {groups.url}"
        limits = _limits(group.at_least, group.below, trace)
        level.insert(
            1,
            f"Theo cách chia nhóm công bố năm {result.year}, giá trị này thuộc nhóm "
            f"{words.remark(group.name, trace)}"
            + (f" ({limits})." if len(group.name) == 1 else "."),
        )
    return level


def _limits(at_least: float, below: float | None, trace: str) -> str:
    low = Number(words.trimmed(at_least), trace)
    if below is None:
        return f"từ {low}% trở lên"
    high = Number(words.trimmed(below), trace)
    if at_least == 0:
        return f"dưới {high}%"
    return f"từ {low}% đến dưới {high}%"


def _tasks(result: ParIndexResult) -> str:
    """Set finished tasks beside what the appraisal still found wanting."""
    done = result.figures.get("work_plan.tasks_done", result.year)
    tasks = result.figures.get("work_plan.tasks", result.year)
    if done is None or tasks is None or done.value != tasks.value or not result.has_own:
        return ""
    if not result.losses and not result.limits:
        return ""
    text = place(int(done.value), int(tasks.value))
    return (
        f"Kế hoạch công tác có {Number(text, f'{done.trace}; {tasks.trace}')} nhiệm vụ hoàn "
        f"thành; hoàn "
        "thành nhiệm vụ chưa đồng nghĩa với đạt điểm tối đa."
    )


def overview(result: ParIndexResult) -> Text:
    """Say the level first: the office's own, then the province's as published."""
    office, province = _office(result), _province(result)
    office = [*office, _tasks(result)] if office else office
    if not office and result.limits:
        office = [
            f"{words.reporter(result)} chưa gửi điểm, chỉ số hoặc xếp loại năm {result.year}; báo "
            f"cáo chỉ "
            "có các hạn chế đơn vị tự nêu (@tbl-limits)."
        ]
    return paragraphs(office, province)


def areas(result: ParIndexResult) -> Text:
    """Name the areas at both ends, and how appraisal changed the self-score."""
    return scored_office.areas(result, AREA)


def losses(result: ParIndexResult) -> Text:
    """Say which criteria lost points and what the office says about them."""
    return scored_losses.losses(result, "tiêu chí", explained=True)


def published(result: ParIndexResult) -> Text:
    """Say the province's published parts, region, disagreements between sources, and coverage."""
    if result.published.is_empty:
        return scored_published.nothing(result)
    return paragraphs(
        [*_blocks(result), *scored_published.components(result)],
        scored_published.region(result),
        scored_published.conflicts(result),
        scored_published.coverage(result),
        _below(result),
    )


def _blocks(result: ParIndexResult) -> list[str]:
    listed = []
    points: dict[str, float] = {}
    for block, figure in result.blocks:
        if figure.value is None:
            continue
        points[block.code] = figure.value
        got = Number(decimal(figure.value, 2), words.published_trace(result, figure))
        most = words.short_points(block.maximum, f"điểm tối đa, {block.source}")
        rate = Number(decimal(share(figure.value, block.maximum), 2), "điểm / điểm tối đa")
        listed.append(f"{block.name[:1].lower()}{block.name[1:]} {got}/{most} điểm ({rate}%)")
    if not listed:
        return []
    said = [f"Theo thành phần, {words.kind(result)} đạt {joined(listed)} (@tbl-parts)."]
    total = result.published.total
    summed = total_of_parts(points, [block.code for block in result.rules.blocks])
    if total is None or total.value is None or summed is None:
        return said
    if abs(summed - total.value) > TOLERANCE + 1e-9:
        added = words.points(summed, "tổng các thành phần công bố")
        said.append(
            f"Các thành phần cộng lại {added} điểm, khác giá trị công bố "
            f"{words.published_value(result, total)}."
        )
    return said


def _below(result: ParIndexResult) -> str:
    rows = result.published.below
    if not rows:
        return ""
    trace = f"đếm: data/published/{result.index}/{result.year}.csv"
    count = Number(whole(len(rows)), trace)
    valued = sum(figure.value is not None for figure in rows)
    if valued == len(rows):
        only = ""
    elif valued:
        only = f", trong đó {Number(whole(valued), trace)} nơi có giá trị"
    else:
        only = ", đều chỉ có thứ hạng"
    return (
        f"Về kết quả trong {words.kind(result)}, đã đọc được của {count} sở, huyện hoặc xã{only} "
        "(@tbl-below); đây không phải danh sách đầy đủ."
    )


def changes(result: ParIndexResult) -> Text:
    """Say what changed since the year before, or why it is not compared."""
    own = (
        scored_office.change(result, NOUN, national_set=False) if result.scoring is not None else ""
    )
    told = paragraphs(own, scored_published.changes(result))
    if told.paragraphs:
        return told
    return paragraphs(scored_office.no_earlier(result))


def missing(result: ParIndexResult) -> Text:
    """List what could not be computed and what to deliver for it; empty if nothing is missing."""
    return scored_method.missing(result)


def method(result: ParIndexResult) -> Text:
    """Write the method note."""
    counts = result.rules.counts.get(result.year)
    structure = ""
    if counts is not None:
        trace = f"cấu trúc bộ tiêu chí cấp tỉnh năm {result.year}"
        structure = (
            f"Bộ tiêu chí cấp tỉnh năm {result.year} có {Number(whole(counts.areas), trace)} "
            f"lĩnh vực, "
            f"{Number(whole(counts.criteria), trace)} tiêu chí và "
            f"{Number(whole(counts.components), trace)} tiêu chí thành phần."
        )
    groups = (
        "**Nhóm và xếp loại.** Giới hạn các nhóm tỉnh thay đổi theo năm và lấy đúng như công bố "
        "của "
        "năm đó. Đơn vị chỉ được xếp loại theo bảng do tỉnh ban hành; báo cáo không dùng bảng mặc "
        "định."
    )
    return scored_method.method(result, structure, groups)


def brief(result: ParIndexResult) -> Text:
    """Say the essential in at most four paragraphs, for the annual report."""
    kept, among = scored_losses.exact(result, result.losses, "tiêu chí")
    costly = scored_losses.costliest(kept, 2)
    lost = joined(
        [
            f"{escape(loss.item.name)} "
            f"({words.item_points(result, loss.item, loss.lost, 'điểm tối đa trừ điểm đạt')} điểm)"
            for loss in costly
        ]
    )
    weak = upper_first(f"{among}mất nhiều điểm nhất ở {lost}.") if lost else ""
    if not weak and result.limits:
        count = words.counted(len(result.limits), "hạn chế đơn vị tự nêu")
        weak = f"Đơn vị tự nêu {count} hạn chế qua kết quả đánh giá, không kèm số điểm bị mất."
    own = (
        scored_office.change(result, NOUN, national_set=False) if result.scoring is not None else ""
    )
    province = _province(result) if result.published.total is not None else []
    changed = scored_published.changes(result)[:1] if province else []
    return paragraphs(_office(result), [weak, own], [*province, *changed])
