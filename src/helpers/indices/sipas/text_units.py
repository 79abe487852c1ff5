"""Units beside each other, and the province in the ministry's survey."""

from __future__ import annotations

import pandas as pd

from helpers.indices.sipas import judged
from helpers.indices.sipas import text_words as words
from helpers.indices.sipas.model import SipasResult
from helpers.indices.sipas.rules import TOTAL
from helpers.indices.sipas.year import Fact
from helpers.words.numbers import Number, in_words, place, whole
from helpers.words.text import Text, joined, paragraphs, upper_first

LABELS = {"department": "departments", "district": "districts", "commune": "communes"}
"""Kind of unit → label of its chart and table."""
_NAMED = 5
"""Units named in a sentence at most; the rest stands in the table."""


def unit_text(result: SipasResult) -> Text:
    """Say how units of each kind differ, and which were not ranked."""
    said = [
        _kind(result, kind, table) for kind, table in result.current.units.items() if len(table)
    ]
    if not said:
        return paragraphs(
            "Kết quả của từng đơn vị chưa được cung cấp nên báo cáo không so sánh được các đơn "
            "vị với nhau."
        )
    return paragraphs(_residents(result), *said)


def _residents(result: SipasResult) -> str:
    """Give the province's own result where the report is about one of its agencies."""
    whole = result.current.of_unit("province", "").get(TOTAL)
    if whole is None or result.subject.kind == "province":
        return ""
    where = result.place.full_name(result.year)
    said = words.interval(result, TOTAL, whole)
    survey = result.current.survey
    other = (
        "kết quả này hỏi những người khác với phiếu đánh giá từng cơ quan"
        if survey is not None and not survey.one_sample
        else "kết quả này gồm cả các khía cạnh không thuộc riêng cơ quan nào"
    )
    opening = f"Chỉ số chung của {where} là"
    if survey is not None and survey.residents:
        opening = f"Trên mẫu người dân toàn tỉnh, chỉ số chung của {where} là"
    elif survey is not None:
        agencies = words.counted(len(survey.units["department"]), "đếm: cơ quan được đánh giá")
        opening = f"Tính chung phiếu về {agencies} cơ quan của {where}, chỉ số chung là"
        other = "đây không phải kết quả khảo sát người dân toàn tỉnh"
    return (
        f"{opening} "
        f"{words.score(result, TOTAL, whole, where)}{f' ({said})' if said else ''}; {other}."
    )


def _kind(result: SipasResult, kind: str, table: pd.DataFrame) -> list[str]:
    many, label = words.units(kind), LABELS[kind]
    ranked = table[table["rank"].notna()]
    refer = f"(@fig-{label} và @tbl-{label})"
    if len(ranked) < 2:
        count = words.counted(len(table), f"đếm: {many} trong kết quả")
        return [
            f"Có kết quả của {count} {many}, chưa đủ để xếp hạng (@tbl-{label}).",
            *_left_out(result, table, many),
        ]
    top, bottom = ranked["value"].max(), ranked["value"].min()
    ends = f"từ {_value(ranked, bottom)} đến {_value(ranked, top)}"
    spread = f"Trong {words.peers(result, kind)}, kết quả {ends} {refer}."
    if kind == result.subject.kind and TOTAL in result.own:
        # The overview has given both ends already.
        spread = f"Kết quả của từng {many} nêu ở {refer[1:-1]}."
    return [
        spread,
        _ends(result, kind, ranked, many),
        _sure(result, ranked, many),
        *_left_out(result, table, many),
    ]


def _value(ranked: pd.DataFrame, value: float) -> Number:
    row = ranked[ranked["value"] == value].iloc[0]
    return Number(words.percentage(float(value)), str(row["source"]))


def _ends(result: SipasResult, kind: str, ranked: pd.DataFrame, many: str) -> str:
    """Name who surely is lowest and highest; of the others say that nobody knows."""
    said = []
    unsure = []
    for highest, end in ((False, "thấp nhất"), (True, "cao nhất")):
        found = judged.extreme_unit(result, kind, highest=highest)
        if found.is_sure:
            rows = [ranked[ranked["unit"] == unit].iloc[0] for unit in found.names]
            named = joined([_named(result, row) for row in rows])
            if found.case == "sole":
                said.append(f"{upper_first(end)} là {named}.")
            else:
                count = Number(in_words(len(rows)), f"đếm: {many} không tách được khỏi mức {end}")
                said.append(
                    f"{upper_first(end)} là một trong {count} {many} {named}, chưa phân biệt được "
                    "với nhau."
                )
        else:
            unsure.append(f"{many} {end}")
    if unsure:
        known = judged.survey_of(result, kind) is not None
        why = "Tính cả sai số khảo sát," if known else "Chưa có sai số khảo sát nên"
        said.append(f"{why} chưa xác định được {', '.join(unsure)}.")
    return " ".join(said)


def _named(result: SipasResult, row: pd.Series) -> str:
    fact = Fact(float(row["value"]), str(row["source"]), low=row["low"], high=row["high"])
    return f"{row['unit']} ({words.score(result, TOTAL, fact, str(row['unit']))})"


def _sure(result: SipasResult, ranked: pd.DataFrame, many: str) -> str:
    unknown = int(ranked["worst"].isna().sum())
    if unknown == len(ranked):
        return ""
    if unknown:
        rule = f"đếm: {many} không ước lượng được sai số"
        count = Number(in_words(unknown), rule) if unknown <= 10 else words.counted(unknown, rule)
        which = "đơn vị đó" if unknown == 1 else "các đơn vị đó"
        return (
            f"Có {count} {many} chỉ có một cụm trong mỗi tầng nên không ước lượng được sai số; "
            f"báo cáo không nêu vị trí của {which}."
        )
    width = ranked["worst"] - ranked["best"]
    rule = "khoảng của thứ hạng từ so sánh từng cặp, điều chỉnh Bonferroni"
    leaders = ranked[ranked["best"] == 1]
    if len(leaders) == len(ranked):
        return f"Chưa phân biệt được thứ hạng giữa các {many}."
    middle = Number(whole(int(width.median())), f"trung vị độ rộng, {rule}")
    moves = (
        f"vị trí của ít nhất một nửa số {many} có thể xê dịch {middle} bậc hoặc hơn"
        if width.median() >= 1
        else f"vị trí của ít nhất một nửa số {many} được xác định rõ"
    )
    if len(leaders) == 1:
        return f"{upper_first(moves)}."
    first = f"{Number(whole(len(leaders)), f'đếm theo {rule}')} {many}"
    return f"Có {first} có thể đứng đầu, và {moves}."


def _left_out(result: SipasResult, table: pd.DataFrame, many: str) -> list[str]:
    return [_small(result, table, many), _hidden(table, many)]


def _hidden(table: pd.DataFrame, many: str) -> str:
    """Say of how many units nothing is told."""
    count = int(table["hidden"].sum())
    if not count:
        return ""
    shown = Number(in_words(count), f"đếm: {many} không được nêu") if count <= 10 else whole(count)
    return f"Kết quả của {shown} {many} không được nêu vì {words.HIDDEN_WHY}."


def _small(result: SipasResult, table: pd.DataFrame, many: str) -> str:
    small = table.loc[~table["enough"] & ~table["hidden"], "unit"].tolist()
    if not small:
        return ""
    limit = words.counted(result.rules.minimum_sample, "ngưỡng mẫu tối thiểu trong định nghĩa")
    if len(small) > _NAMED:
        count = words.counted(len(small), f"đếm: {many} không đủ mẫu")
        return f"{count} {many} có dưới {limit} phiếu hợp lệ nên không được xếp hạng."
    named = joined(small)
    return f"{upper_first(many)} không đủ mẫu để xếp hạng (dưới {limit} phiếu hợp lệ) là {named}."


def country_text(result: SipasResult) -> Text:
    """Set the province's published result beside the country, as a matter of its own."""
    found = result.national
    where = result.place.full_name(result.year)
    if result.place.simulated:
        return paragraphs(
            f"{result.place.in_full} là địa bàn mô phỏng nên không có trong đo lường do Bộ Nội vụ "
            "công bố."
        )
    if found.is_empty:
        return paragraphs(
            f"Chưa tìm thấy kết quả năm {result.year} của {where} trong đo lường do Bộ Nội vụ "
            "công bố."
        )
    return paragraphs(
        [_level(result, where), _gap(result), _since(result)],
        [_known(result), _caution(result)],
    )


def _level(result: SipasResult, where: str) -> str:
    found = result.national
    total, rank = found.total, found.rank
    said = f"Trong đo lường do Bộ Nội vụ thực hiện năm {result.year}, {where}"
    place_text = ""
    if rank is not None:
        place_text = (
            f"xếp thứ {Number(place(int(rank.value), found.units), rank.trace)} tỉnh, thành phố"
        )
    if total is None:
        return (
            f"{said} {place_text}; giá trị chưa được tìm thấy."
            if place_text
            else f"{said} chưa có chỉ số chung."
        )
    value = words.score(result, TOTAL, total, where)
    return f"{said} đạt {value}{', ' + place_text if place_text else ''}."


def _gap(result: SipasResult) -> str:
    """Set the country's value beside; no error of this survey is known, so no side is named."""
    total, mean = result.national.total, result.national.means.get(TOTAL)
    if total is None or mean is None:
        return ""
    return f"Mức chung cả nước là {Number(words.percentage(mean.value), mean.trace)}."


def _since(result: SipasResult) -> str:
    found = result.national
    if found.not_comparable:
        return f"Không so sánh với năm {result.year - 1} vì {joined(list(found.not_comparable))}."
    if found.total is None or found.earlier is None:
        return ""
    before = words.score(result, TOTAL, found.earlier, result.place.name, result.year - 1)
    place_text = ""
    if found.earlier_rank is not None:
        rank = Number(whole(int(found.earlier_rank.value)), found.earlier_rank.trace)
        place_text = f", xếp thứ {rank}"
    return (
        f"Năm {result.year - 1}, chỉ số là {before}{place_text}; kết quả công bố không kèm sai số "
        "khảo sát nên chưa kết luận được tăng hay giảm."
    )


def _known(result: SipasResult) -> str:
    found = result.national
    count = in_words(found.with_value)
    shown = Number(count, f"đếm tỉnh có giá trị trong data/published/sipas/{result.year}.csv")
    return (
        f"Các trang đã tổng hợp chỉ nêu giá trị của {shown} tỉnh, thành phố nên không vẽ được "
        "phân bố cả nước."
    )


def _caution(result: SipasResult) -> str:
    if result.subject.kind == "province" and result.current.survey is None:
        return ""
    return (
        "Cuộc đo lường này hỏi mẫu người dân riêng nên không dùng để so với kết quả của cuộc "
        "khảo sát nêu ở các mục trên."
    )
