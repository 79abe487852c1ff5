"""What a report on service quality (decision 766) says, section by section."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.facts.comparison import HALF_PRINTED
from helpers.facts.leading import leading, population
from helpers.facts.weak import WeakPoint
from helpers.indices.service_quality import text_words as words
from helpers.indices.service_quality.arithmetic import Group, Indicator
from helpers.indices.service_quality.result import ServiceResult
from helpers.indices.service_quality.text_method import comparison, method, missing, options
from helpers.words.numbers import Number, decimal, in_words, magnitude, whole
from helpers.words.text import FrontMatter, Text, escape, joined, paragraphs, plain

__all__ = [
    "brief",
    "comparison",
    "groups",
    "method",
    "missing",
    "options",
    "overview",
    "periods",
    "title",
    "weak_points",
]

MOST_NAMED = 3


def title(result: ServiceResult) -> FrontMatter:
    """Return title, subtitle and description of the report."""
    who = result.subject.title
    return FrontMatter(
        title=f"Chất lượng phục vụ theo Bộ chỉ số 766 năm {result.year} của {who}",
        subtitle=result.framework.name_vi,
        description=f"{plain(_level(result))} {result.framework.sentence}",
        categories=(result.framework.short_name, str(result.year), result.place.name),
        date=str(result.year),
        status="simulated" if result.status == "simulated" else "official",
    )


def overview(result: ServiceResult) -> Text:
    """Say total, grade, day of the figures, then what makes the total and what it lost."""
    return paragraphs([_level(result), _dated(result), _change(result)], _composition(result))


def _level(result: ServiceResult) -> str:
    who, when, made = escape(result.subject.name), words.period(result), result.score
    scored = [one for one in made.indicators if one.state == "scored"]
    if not scored:
        return (
            f"{when}, {who} chưa có chỉ tiêu nào của Bộ chỉ số 766 đủ số liệu để tính điểm, nên chưa "
            "có tổng điểm và xếp loại."
        )
    if result.withheld:
        return _withheld(result)
    if made.index is None:
        counted = Number(whole(len(scored)), "đếm: chỉ tiêu tính được điểm")
        return (
            f"{when}, {who} có số liệu để tính {counted} chỉ tiêu của Bộ chỉ số 766, đạt "
            f"{words.total(result, made)}/{words.top(result, made.maximum)} điểm của các chỉ tiêu đó; "
            "chưa đủ "
            "số liệu để có tổng điểm và xếp loại."
        )
    band = result.grade
    graded = f", xếp loại {band.name}" if band is not None else ""
    if made.maximum == 100:
        return f"{when}, {who} đạt {words.total(result, made)}/100 điểm theo Bộ chỉ số 766{graded}."
    trace = f"tổng điểm chia cho điểm tối đa của các chỉ tiêu áp dụng, {words.edition(result)}"
    index = Number(f"{decimal(made.index)}%", trace)
    return (
        f"{when}, {who} đạt {words.total(result, made)}/{words.top(result, made.maximum)} điểm của "
        "các chỉ "
        f"tiêu áp dụng theo Bộ chỉ số 766, bằng {index}{graded}."
    )


def _withheld(result: ServiceResult) -> str:
    """Say the grade without the total, which would tell of few records what the grade does not."""
    who, when, made = escape(result.subject.name), words.period(result), result.score
    codes = joined([one.node.code for one in result.withheld])
    few = f"chỉ tiêu {codes} được tính trên dưới năm bản ghi"
    rest = (
        f"các chỉ tiêu còn lại có số liệu đạt {words.total(result, made)}/"
        f"{words.top(result, made.maximum)} điểm"
    )
    if result.grade is not None:
        return (
            f"{when}, {who} được xếp loại {result.grade.name} theo Bộ chỉ số 766. Tổng điểm không công "
            f"bố vì {few}; {rest}."
        )
    unknown = any(one not in result.withheld for group in made.groups for one in group.open)
    why = f"chưa đủ số liệu, và {few}" if unknown else few
    return (
        f"{when}, {who} không có tổng điểm và xếp loại theo Bộ chỉ số 766 được công bố vì {why}; "
        f"{rest}."
    )


def _dated(result: ServiceResult) -> str:
    said = words.dates(result)
    if not said:
        return ""
    return f"Đây là {said}; kết quả trên Cổng Dịch vụ công quốc gia thay đổi theo thời gian thực."


def _change(result: ServiceResult) -> str:
    before = result.before
    now = result.score
    if result.not_compared:
        return f"Không so sánh với năm {result.year - 1} vì {'; '.join(result.not_compared)}."
    if before is None or before.index is None or now.index is None:
        return ""
    difference = now.index - before.index
    trace = f"hiệu số chưa làm tròn của tổng điểm năm {result.year} và {result.year - 1}"
    earlier = Number(decimal(before.index), f"Bộ chỉ số 766 năm {result.year - 1}, cùng cách tính")
    if abs(difference) < HALF_PRINTED:
        return f"Kết quả bằng năm {result.year - 1} ({earlier} điểm trên thang 100)."
    verb = "tăng" if difference > 0 else "giảm"
    return (
        f"So với năm {result.year - 1} ({earlier} điểm trên thang 100), kết quả {verb} "
        f"{Number(magnitude(difference), trace)} điểm."
    )


def _composition(result: ServiceResult) -> list[str]:
    among = population(
        [group for group in result.score.groups if group.scored or group.open],
        lambda group: _reached(group) if group.complete else None,
    )
    full = [(group, reached) for group in among.known if (reached := _reached(group)) is not None]
    if len(full) < 2:
        return ["Điểm của từng nhóm và từng chỉ tiêu nêu ở @tbl-groups và @tbl-indicators."]
    best = leading(full, lambda one: one[1], 1)
    worst = leading(full, lambda one: -one[1], 1)
    if not best.named or not worst.named or best.named[0] in worst.named:
        return ["Điểm của từng nhóm và từng chỉ tiêu nêu ở @tbl-groups và @tbl-indicators."]
    high, low = (
        joined([_group(result, group) for group, _ in side.named]) for side in (best, worst)
    )
    where = "Nhóm"
    if not among.is_whole:
        counted = Number(in_words(len(full)), "đếm: nhóm có đủ điểm của các chỉ tiêu")
        where = f"Trong {counted} nhóm đã đủ điểm, nhóm"
    return [
        f"{where} đạt cao nhất so với điểm tối đa là {high}; thấp nhất là {low} (@fig-groups và "
        "@tbl-groups).",
    ]


def _reached(group: Group) -> float | None:
    """Return what a group has of its maximum, as it is printed; None where it has no points."""
    return None if group.points is None else round(group.points / group.maximum, 4)


def _group(result: ServiceResult, group: Group) -> str:
    return (
        f"{group.node.name_vi} ({words.group_points(result, group)}/"
        f"{words.top(result, group.maximum)} điểm)"
    )


def lost(result: ServiceResult) -> tuple[tuple[Indicator, float], ...]:
    """Return the indicators that lost points, with how many, most first."""
    found = [
        (one, missed)
        for one in result.score.indicators
        if (missed := one.lost) is not None and missed >= HALF_PRINTED
    ]
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0].node.code)))


def groups(result: ServiceResult) -> Text:
    """Name the indicators that lost most points, with their ratio and what they fall short of."""
    found = lost(result)
    if not any(one.state == "scored" for one in result.score.indicators):
        return paragraphs("Chưa có chỉ tiêu nào có điểm.", _impossible(result.score.indicators))
    if not found:
        exact = all(not one.lost for one in result.score.indicators)
        rounded = "" if exact else " sau khi làm tròn đến hai chữ số"
        return paragraphs(
            f"Các chỉ tiêu có số liệu đều đạt điểm tối đa{rounded} (@tbl-indicators)."
        )
    total = sum(missed for _, missed in found)
    most = leading(found, lambda pair: round(pair[1], 2), MOST_NAMED)
    named = most.named or found[:MOST_NAMED]
    # An indicator without points may lack more.
    some = any(group.open for group in result.score.groups)
    among = " trong các chỉ tiêu có điểm" if some else ""
    share = sum(missed for _, missed in named)
    trace = f"điểm tối đa trừ điểm đạt, {words.edition(result)}"
    said = [
        f"So với điểm tối đa còn thiếu {Number(decimal(total), trace)} điểm ở "
        f"{Number(whole(len(found)), 'đếm: chỉ tiêu chưa đạt điểm tối đa')} chỉ tiêu."
    ]
    if not most.named:
        said.append(
            f"{in_words(len(named)).capitalize()} trong số các chỉ tiêu thiếu nhiều nhất{among}:"
        )
    elif len(found) > len(named) == 1:
        said.append(f"Chỉ tiêu thiếu nhiều nhất{among} chiếm {Number(decimal(share), trace)} điểm.")
    elif len(found) > len(named):
        said.append(
            f"{in_words(len(named)).capitalize()} chỉ tiêu thiếu nhiều nhất{among} chiếm "
            f"{Number(decimal(share), trace)} điểm."
        )
    items = "\n".join(f"- {_lost(result, one, missed)}" for one, missed in named)
    return paragraphs(said, items, _impossible(result.score.indicators))


def _lost(result: ServiceResult, one: Indicator, points: float) -> str:
    trace = f"chỉ tiêu {one.node.code}: điểm tối đa trừ điểm đạt, {words.edition(result)}"
    missed = Number(decimal(points), trace)
    ratio, counted = words.share(one), words.counts(one)
    reached = f"tỷ lệ {counted} ({ratio})" if ratio is not None else f"{counted}"
    if one.ratio is not None and one.ratio.unknown:
        reached = f"{reached}, không kể {words.unknown(one.ratio)} bản ghi chưa rõ"
    aim = ""
    share = one.ratio.share if one.ratio is not None else None
    if one.target is not None and share is not None and share < one.target:
        target = Number(
            f"{words.maximum(one.target * 100)}%", f"mục tiêu của chỉ tiêu {one.node.code}"
        )
        aim = f", mục tiêu {target}"
    return (
        f"**{one.node.code}. {one.node.name_vi}**: {reached}{aim}; đạt {words.points(result, one)}/"
        f"{words.top(result, one.node.scale[1])} điểm, thiếu {missed} điểm."
    )


def _impossible(found: Sequence[Indicator]) -> str:
    names = [one.node.code for one in found if one.state == "impossible"]
    if not names:
        return ""
    return f"Chỉ tiêu {joined(names)} có tử số lớn hơn mẫu số nên không được tính điểm."


def periods(result: ServiceResult) -> Text:
    """Say how the points moved from period to period."""
    found = [(one, index) for one in result.periods if (index := one.score.index) is not None]
    if len(found) < 2:
        if result.periods:
            return paragraphs("Chưa đủ kỳ có tổng điểm để nêu diễn biến trong năm (@tbl-periods).")
        return paragraphs("Số liệu được cung cấp không chia theo quý hoặc tháng.")
    (first, start), (last, end) = found[0], found[-1]
    trace = f"tổng điểm của kỳ, {words.edition(result)}"
    one, other = (
        Number(decimal(index), f"{p.name}: {trace}") for p, index in (found[0], found[-1])
    )
    difference = end - start
    if abs(difference) < HALF_PRINTED:
        moved = "không thay đổi"
    else:
        verb = "tăng" if difference > 0 else "giảm"
        moved = f"{verb} {Number(magnitude(difference), f'hiệu số chưa làm tròn; {trace}')} điểm"
    return paragraphs(
        f"Từ {first.name} ({one} điểm trên thang 100) đến {last.name} ({other} điểm), kết quả "
        f"{moved} "
        "(@tbl-periods)."
    )


def brief(result: ServiceResult) -> Text:
    """Say in at most four paragraphs what the annual report needs."""
    return paragraphs(
        [_level(result), _dated(result), _change(result)],
        _composition(result),
        *groups(result).paragraphs[:2],
    )


def weak_points(result: ServiceResult) -> tuple[WeakPoint, ...]:
    """Return the indicators that lost points, most first."""
    return tuple(
        WeakPoint(
            result.index,
            one.node.code,
            one.node.name_vi,
            f"{_lost(result, one, missed)}",
            min(1.0, missed / 6),
        )
        for one, missed in lost(result)
    )
