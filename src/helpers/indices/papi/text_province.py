"""What a province's PAPI report says, section by section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from helpers.facts.standing import holders
from helpers.indices.papi import text_changes as papi_changes
from helpers.indices.papi import text_compared as compared
from helpers.indices.papi import text_words as words
from helpers.indices.papi.errors import against_median
from helpers.indices.papi.findings import Standing, ends, relative_place, stand_out
from helpers.indices.papi.result import PapiResult
from helpers.words.numbers import Number, decimal, in_words
from helpers.words.text import FrontMatter, Text, joined, paragraphs, plain, upper_first


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
        first = [_level(result), *_distance(result)]
    return paragraphs([*first, _composition(result)], _error(result))


def brief(result: PapiResult) -> Text:
    """Say what an office's annual report needs: level, ends of the dimensions, change of the total.

    The notes on method stay on the page of PAPI.
    """
    first = [_level(result), *_distance(result)] if result.has_total else []
    found = stand_out(result)
    strong = [f for f in found if f.kind == "strength"]
    weak = [f for f in found if f.kind == "weakness"]
    ends_of = [*(_strengths(result, strong)), *(_weaknesses(result, weak))]
    return paragraphs([*first, _composition(result)], ends_of, papi_changes.brief(result))


def _level(result: PapiResult) -> str:
    score = result.score(result.edition.root.code)
    tie = words.tied_with(result, score.code)
    return (
        f"Chỉ số PAPI năm {result.year} của {result.place.full_name(result.year)} đạt "
        f"{words.own_score(result, score.code)} điểm trên thang {words.scale(result.edition)}, thuộc "
        f"nhóm {words.group(result, score.group)}, xếp thứ {words.own_rank(result, score.code)} trong "
        f"{words.counted(score.n, 'đơn vị có điểm tổng hợp')} {words.units(result.country)} "
        f"có số liệu{f', {tie}' if tie else ''}."
    )


def _distance(result: PapiResult) -> list[str]:
    """Set the total against the median, and beside the ends of the order, which are as published."""
    root = result.edition.root.code
    median = words.computed(
        result.score(root).median, f"trung vị của điểm tổng hợp, PAPI {result.year}"
    )
    verdict = against_median(result, root)
    if verdict.case == "unknown":
        first = f"Trung vị cả nước là {median} điểm; chưa có sai số khảo sát để so sánh."
    else:
        first = (
            "Mức này "
            + compared.against(
                verdict, "trung vị cả nước", median, "điểm của tỉnh và trung vị cả nước"
            )
            + "."
        )
    return [first, _end(result, root)]


def _end(result: PapiResult, code: str) -> str:
    """Say who is highest as published; the ends of an order are figures, not a difference."""
    rows = result.country.current
    rows = rows[rows["code"] == code]
    decimals = result.definition.decimals
    top = holders(rows, highest=True, decimals=decimals)
    bottom = holders(rows, highest=False, decimals=decimals)
    own, among = result.place.slug, words.ends_among(result.country, code)
    if own in top:
        return f"Theo điểm công bố, đây là mức cao nhất {among}."
    highest = rows.loc[rows["slug"] == top[0]].iloc[0]
    value = Number(
        decimal(float(highest["value"]), decimals), f"PAPI {result.year}: {highest['source']}"
    )
    said = f"cao nhất là {words.leaders(result.country, code)} ({value} điểm)"
    if own in bottom:
        return f"Theo điểm công bố, đây là mức thấp nhất {among}; {said}."
    return f"Theo điểm công bố, {said}{'' if among == 'cả nước' else f' {among}'}."


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
    """Say once what the places and groups of the page rest on."""
    interval = result.interval
    stands = "Vị trí, nhóm, mức cao nhất và thấp nhất nêu theo điểm công bố"
    if interval is None or not result.has_total:
        lacking = f"Số liệu đang có không kèm sai số khảo sát của năm {result.year}"
        likely = ""
        if result.has_total and against_median(result, result.edition.root.code).assumed:
            likely = " So sánh điểm tổng hợp dùng sai số ước tính (xem phần phương pháp)."
        return (
            f"{stands}. {lacking}, nên chênh lệch nhỏ giữa các tỉnh và các thứ hạng liền kề chưa đủ "
            f"cơ sở để coi là khác biệt thật.{likely}"
        )
    low = Number(decimal(float(interval["low"])), f"cận dưới: {interval['source']}")
    high = Number(decimal(float(interval["high"])), f"cận trên: {interval['source']}")
    return (
        f"Khoảng tin cậy được công bố của điểm tổng hợp là từ {low} đến {high} điểm. {stands}; PAPI "
        "không công bố sai số của từng chỉ số nội dung, nên chênh lệch nhỏ chưa đủ cơ sở để coi là "
        "khác biệt thật."
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
    said = _stand_out(result, found, "tốt nhất", "Cao", "Cũng thuộc nhóm Cao là")
    return [*said, _more(result, found, 4)]


def _weaknesses(result: PapiResult, found: list[Standing]) -> list[str]:
    if not found:
        return ["Không có chỉ số nội dung nào thuộc nhóm Thấp."]
    said = _stand_out(result, found, "thấp nhất", "Thấp", "Cũng thuộc nhóm Thấp là")
    return [*said, _more(result, found, 1)]


def _stand_out(
    result: PapiResult, found: list[Standing], end: str, group: str, also: str
) -> list[str]:
    """Name the dimensions at one end; those of one place are named together."""
    place = relative_place(result.score(found[0].code))
    leading = [f for f in found if relative_place(result.score(f.code)) == place]
    rest = [f for f in found if f not in leading]
    none = "" if found[0].clear else f"Không có chỉ số nội dung nào thuộc nhóm {group}; "
    if len(leading) == 1:
        opening = upper_first(f"{none}vị trí {end} là {_in_bold(result, found[0].code)}.")
    else:
        named = joined([_in_bold(result, f.code) for f in leading])
        opening = upper_first(
            f"{none}{in_words(len(leading))} chỉ số nội dung cùng có vị trí {end} là {named}."
        )
    return [opening, _others(result, rest, also)]


def _in_bold(result: PapiResult, code: str) -> str:
    """Set a score beside the median: without an error neither is the higher."""
    median = words.computed(
        result.score(code).median, f"trung vị {words.name(result.edition, code)}"
    )
    return (
        f"**{words.name(result.edition, code)}** ({words.own_score(result, code)} điểm, trung vị "
        f"{median} điểm, {words.held(result, code)})"
    )


def _in_brackets(result: PapiResult, code: str) -> str:
    return (
        f"{words.name(result.edition, code)} ({words.own_score(result, code)} điểm, "
        f"{words.held(result, code)})"
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
        c.code for c in result.edition.nodes if not c.children and c.code in result.standing.index
    ]
    if not codes:
        return paragraphs(
            f"Số liệu đi kèm dự án chỉ có điểm của các chỉ số nội dung năm {result.year}, chưa có nội "
            "dung thành phần và chỉ tiêu, nên báo cáo chưa xác định được yếu tố nào kéo tăng hoặc "
            "kéo giảm từng chỉ số nội dung. Khi có sổ tính chính thức của năm này tại papi.org.vn, "
            "nạp bằng lệnh `chiso import papi` thì mục này được bổ sung."
        )
    best, worst = ends(result, codes)
    count = words.counted(len(codes), "nội dung thành phần có điểm")
    return paragraphs(
        [
            f"Trong {count} nội dung thành phần, vị trí tốt nhất là {_listed(result, best)}."
            if best
            else "",
            f"Vị trí thấp nhất là {_listed(result, worst)}." if worst else "",
            "@fig-sub-dimensions cho thấy vị trí của từng nội dung thành phần trong cả nước.",
        ]
    )


def _listed(result: PapiResult, codes: Sequence[str]) -> str:
    return joined([_in_brackets(result, code) for code in codes])
