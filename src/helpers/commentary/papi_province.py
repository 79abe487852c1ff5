"""What a province's PAPI report says, section by section."""

from __future__ import annotations

from collections import Counter

from helpers.analysis.findings import (
    MOST_NAMED,
    Standing,
    relative_place,
    stand_out,
)
from helpers.analysis.papi import PapiResult
from helpers.commentary import words
from helpers.commentary.numbers import Number, decimal, in_words
from helpers.commentary.text import FrontMatter, Text, joined, paragraphs, plain


def title(result: PapiResult) -> FrontMatter:
    """Return title, subtitle and description of a province's report."""
    full_name = result.place.full_name(result.year)
    contents = "điểm mạnh, điểm yếu và thay đổi so với những năm so sánh được."
    if result.has_total:
        description = f"{plain(_level(result))} Báo cáo nêu {contents}"
    else:
        description = f"Chỉ số PAPI năm {result.year} của {full_name}: {contents}"
    return FrontMatter(
        title=f"Chỉ số PAPI năm {result.year} của {full_name}",
        subtitle=result.definition.name_vi,
        description=description,
        categories=(result.definition.short_name, str(result.year), result.place.name),
        date=str(result.year),
        citation=citation(result.definition.owner, result.year, result.definition.url),
    )


def citation(owner: str, year: int, url: str) -> str:
    """Return how to cite the figures of a report."""
    return f"{owner}: Chỉ số PAPI năm {year}, {url}. Báo cáo được lập tự động từ số liệu này."


def overview(result: PapiResult) -> Text:
    """Say the level first: score, group, place, distance to the median and to the highest."""
    if not result.has_total:
        first = [
            f"Năm {result.year}, PAPI không công bố điểm tổng hợp của "
            f"{result.place.full_name(result.year)}; báo cáo chỉ nêu các chỉ số nội dung có số liệu "
            "(@tbl-dimensions).",
        ]
    else:
        first = [_level(result), _distance(result)]
    return paragraphs([*first, _composition(result)], _error(result))


def _level(result: PapiResult) -> str:
    score = result.score(result.edition.root.code)
    shared = (
        f", cùng thứ hạng với {in_words(score.tied - 1)} {words.units(result.country)} khác"
        if score.tied > 1
        else ""
    )
    return (
        f"Chỉ số PAPI năm {result.year} của {result.place.full_name(result.year)} đạt "
        f"{words.own_score(result, score.code)} điểm trên thang {result.edition.printed_scale}, thuộc "
        f"nhóm {words.group(result, score.group)}, xếp thứ {words.own_rank(result, score.code)} trong "
        f"{words.counted(score.n, 'đơn vị có điểm tổng hợp')} {words.units(result.country)} "
        f"có số liệu{shared}."
    )


def _distance(result: PapiResult) -> str:
    score = result.score(result.edition.root.code)
    gap = score.value - score.median
    against = words.against(gap, "trung vị cả nước", "điểm của tỉnh và trung vị cả nước")
    if score.value == score.highest:
        return f"Đây là mức cao nhất cả nước, {against}."
    if score.value == score.lowest:
        return f"Đây là mức thấp nhất cả nước, {against}."
    behind = words.difference(score.value - score.highest, "điểm của tỉnh và điểm cao nhất cả nước")
    return (
        f"Mức này {against} và thấp hơn {words.leaders(result.country, score.code)}, nơi có điểm cao "
        f"nhất, {behind} điểm."
    )


def _composition(result: PapiResult) -> str:
    scores = [result.score(code) for code in result.dimension_codes()]
    by_group = Counter(score.group for score in scores)
    if len(by_group) == 1:
        name = words.group(result, scores[0].group)
        said = f"Cả {in_words(len(scores))} chỉ số nội dung có số liệu đều thuộc nhóm {name}"
        if len(scores) == 1:
            said = f"Chỉ có một chỉ số nội dung có số liệu, thuộc nhóm {name}"
        return f"{said} (@fig-dimensions và @tbl-dimensions)."
    parts = [
        f"{in_words(by_group[number])} chỉ số thuộc nhóm {words.group(result, number)}"
        for number in (4, 3, 2, 1)
        if by_group[number]
    ]
    return (
        f"Trong {in_words(len(scores))} chỉ số nội dung, có {joined(parts)} "
        "(@fig-dimensions và @tbl-dimensions)."
    )


def _error(result: PapiResult) -> str:
    interval = result.interval
    if interval is None or not result.has_total:
        return (
            f"Số liệu đang có không kèm sai số khảo sát của năm {result.year}, nên chênh lệch nhỏ giữa "
            "các tỉnh và các thứ hạng liền kề chưa đủ cơ sở để coi là khác biệt thật."
        )
    low = Number(decimal(float(interval["low"])), f"cận dưới: {interval['source']}")
    high = Number(decimal(float(interval["high"])), f"cận trên: {interval['source']}")
    return (
        f"Khoảng tin cậy được công bố của điểm tổng hợp là từ {low} đến {high} điểm; chênh lệch giữa "
        "các tỉnh nằm trong khoảng này chưa đủ cơ sở để coi là khác biệt thật."
    )


def strengths_and_weaknesses(result: PapiResult) -> Text:
    """Name what stands out, up first, then down; at most three dimensions each."""
    found = stand_out(result)
    strong = [f for f in found if f.kind == "strength"]
    weak = [f for f in found if f.kind == "weakness"]
    note = (
        "Các chỉ số nội dung được so sánh với nhau theo vị trí trong cả nước, không theo điểm, vì mặt "
        "bằng điểm của từng nội dung khác nhau (@fig-dimensions)."
    )
    return paragraphs(_strengths(result, strong), _weaknesses(result, weak), note)


def _strengths(result: PapiResult, found: list[Standing]) -> list[str]:
    if not found:
        return ["Không có chỉ số nội dung nào thuộc nhóm Cao."]
    lead, *rest = found
    score = result.score(lead.code)
    opening = (
        "Vị trí tốt nhất là"
        if lead.clear
        else "Không có chỉ số nội dung nào thuộc nhóm Cao; vị trí tốt nhất là"
    )
    against = words.against(
        score.value - score.median, "trung vị", "điểm của tỉnh và trung vị cả nước"
    )
    return [
        f"{opening} {_in_bold(result, lead.code)}, {against}.",
        "Đây cũng là mức cao nhất cả nước." if score.rank == 1 else "",
        _others(result, rest, "Cũng thuộc nhóm Cao là"),
        _more(result, found, 4),
    ]


def _weaknesses(result: PapiResult, found: list[Standing]) -> list[str]:
    if not found:
        return ["Không có chỉ số nội dung nào thuộc nhóm Thấp."]
    lead, *rest = found
    score = result.score(lead.code)
    opening = (
        "Vị trí thấp nhất là"
        if lead.clear
        else "Không có chỉ số nội dung nào thuộc nhóm Thấp; vị trí thấp nhất là"
    )
    behind = words.difference(score.value - score.highest, "điểm của tỉnh và điểm cao nhất cả nước")
    return [
        f"{opening} {_in_bold(result, lead.code)}, thấp hơn mức cao nhất cả nước "
        f"({words.leaders(result.country, lead.code)}) {behind} điểm.",
        "Đây cũng là mức thấp nhất cả nước." if score.value == score.lowest else "",
        _others(result, rest, "Cũng thuộc nhóm Thấp là"),
        _more(result, found, 1),
    ]


def _in_bold(result: PapiResult, code: str) -> str:
    return (
        f"**{words.name(result.edition, code)}**: {words.own_score(result, code)} điểm, thứ "
        f"{words.own_place(result, code)}"
    )


def _in_brackets(result: PapiResult, code: str) -> str:
    return (
        f"{words.name(result.edition, code)} ({words.own_score(result, code)} điểm, thứ "
        f"{words.own_place(result, code)})"
    )


def _others(result: PapiResult, found: list[Standing], opening: str) -> str:
    listed = [_in_brackets(result, f.code) for f in found]
    return f"{opening} {joined(listed)}." if listed else ""


def _more(result: PapiResult, named: list[Standing], group: int) -> str:
    there = sum(result.score(code).group == group for code in result.dimension_codes())
    left = there - sum(f.clear for f in named)
    if left <= 0:
        return ""
    name = words.group(result, group)
    return f"Ngoài ra còn {in_words(left)} chỉ số khác thuộc nhóm {name} (@tbl-dimensions)."


def sub_dimensions(result: PapiResult) -> Text:
    """Name the sub-dimensions at both ends, or say why there are none."""
    codes = [
        c.code
        for c in result.edition.criteria
        if c.level == "sub_dimension" and c.code in result.standing.index
    ]
    if not codes:
        return paragraphs(
            f"Số liệu đi kèm dự án chỉ có điểm của các chỉ số nội dung năm {result.year}, chưa có nội "
            "dung thành phần và chỉ tiêu, nên báo cáo chưa xác định được yếu tố nào kéo tăng hoặc "
            "kéo giảm từng chỉ số nội dung. Khi có sổ tính chính thức của năm này tại papi.org.vn, "
            "nạp bằng lệnh `chiso import papi` thì mục này được bổ sung."
        )
    ordered = sorted(codes, key=lambda code: relative_place(result.score(code)))
    named = min(MOST_NAMED, len(ordered) // 2)
    best = joined([_in_brackets(result, code) for code in ordered[:named]])
    worst = joined([_in_brackets(result, code) for code in ordered[::-1][:named]])
    count = words.counted(len(codes), "nội dung thành phần có điểm")
    return paragraphs(
        [
            f"Trong {count} nội dung thành phần, vị trí tốt nhất là {best}." if named else "",
            f"Vị trí thấp nhất là {worst}." if named else "",
            "@fig-sub-dimensions cho thấy vị trí của từng nội dung thành phần trong cả nước.",
        ]
    )
