"""Units beside each other, and the province in the ministry's survey."""

from __future__ import annotations

import pandas as pd

from helpers.analysis.sipas_result import SipasResult
from helpers.analysis.sipas_year import Fact
from helpers.commentary import sipas_words as words
from helpers.commentary.numbers import Number, in_words, place, whole
from helpers.commentary.text import Text, joined, paragraphs
from helpers.indices.sipas_rules import TOTAL

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
    return (
        f"Trên mẫu người dân toàn tỉnh, chỉ số chung của {where} là "
        f"{words.score(result, TOTAL, whole, where)}{f' ({said})' if said else ''}; {other}."
    )


def _kind(result: SipasResult, kind: str, table: pd.DataFrame) -> list[str]:
    many, label = words.units(kind), LABELS[kind]
    ranked = table[table["rank"].notna()]
    refer = f"(@fig-{label} và @tbl-{label})"
    if len(ranked) < 2:
        count = words.counted(len(table), f"đếm: {many} có kết quả")
        return [
            f"Có kết quả của {count} {many}, chưa đủ để xếp hạng (@tbl-{label}).",
            _small(result, table, many),
        ]
    top, bottom = ranked.iloc[0], ranked.iloc[-1]
    count = words.counted(len(ranked), f"đếm: {many} được xếp hạng")
    gap = words.points(top["value"] - bottom["value"], f"{many} cao nhất và thấp nhất")
    ends = (
        f"Trong {count} {many} được xếp hạng, cao nhất là {_named(result, top)}, thấp nhất là "
        f"{_named(result, bottom)}, chênh lệch {gap} điểm phần trăm {refer}."
    )
    if kind == result.subject.kind:
        # The overview has named both ends already.
        ends = f"Có {count} {many} được xếp hạng {refer}."
    return [
        ends,
        _sure(result, ranked, many),
        _small(result, table, many),
    ]


def _named(result: SipasResult, row: pd.Series) -> str:
    fact = Fact(float(row["value"]), str(row["source"]), low=row["low"], high=row["high"])
    return f"{row['unit']} ({words.score(result, TOTAL, fact, str(row['unit']))})"


def _sure(result: SipasResult, ranked: pd.DataFrame, many: str) -> str:
    unknown = int(ranked["worst"].isna().sum())
    if unknown == len(ranked):
        return "Chưa có sai số khảo sát của từng đơn vị nên các thứ hạng liền kề chỉ để tham khảo."
    if unknown:
        rule = f"đếm: {many} không ước lượng được sai số"
        count = Number(in_words(unknown), rule) if unknown <= 10 else words.counted(unknown, rule)
        which = "đơn vị đó" if unknown == 1 else "các đơn vị đó"
        return (
            f"Có {count} {many} chỉ có một cụm trong mỗi tầng nên không ước lượng được sai số; thứ "
            f"hạng của {which} chỉ để tham khảo."
        )
    width = ranked["worst"] - ranked["best"]
    rule = "khoảng của thứ hạng từ so sánh từng cặp, điều chỉnh Bonferroni"
    leaders = ranked[ranked["best"] == 1]
    if len(leaders) == len(ranked):
        return f"Tính cả sai số khảo sát, chưa phân biệt được thứ hạng giữa các {many}."
    first = f"{Number(whole(len(leaders)), f'đếm theo {rule}')} {many}"
    if len(leaders) == 1:
        first = f"chỉ {leaders.iloc[0]['unit']}"
    middle = Number(whole(int(width.median())), f"trung vị độ rộng, {rule}")
    return (
        f"Tính cả sai số khảo sát, {first} có thể đứng đầu, và vị trí của ít nhất một nửa "
        f"số {many} có thể xê dịch {middle} bậc hoặc hơn."
    )


def _small(result: SipasResult, table: pd.DataFrame, many: str) -> str:
    small = table.loc[~table["enough"], "unit"].tolist()
    if not small:
        return ""
    limit = words.counted(result.rules.minimum_sample, "ngưỡng mẫu tối thiểu trong định nghĩa")
    if len(small) > _NAMED:
        count = words.counted(len(small), f"đếm: {many} không đủ mẫu")
        return f"{count} {many} có dưới {limit} phiếu hợp lệ nên không được xếp hạng."
    return f"Không đủ mẫu để xếp hạng (dưới {limit} phiếu hợp lệ): {joined(small)}."


def country_text(result: SipasResult) -> Text:
    """Set the province's published result beside the country, as a matter of its own."""
    found = result.national
    where = result.place.full_name(result.year)
    if result.place.simulated:
        return paragraphs(
            f"{result.place.name} là địa bàn mô phỏng nên không có trong đo lường do Bộ Nội vụ "
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
    total, mean = result.national.total, result.national.means.get(TOTAL)
    if total is None or mean is None:
        return ""
    value = Number(words.percentage(mean.value), mean.trace)
    mark = f"mức chung cả nước ({value})"
    return f"Mức này {words.against(total.value - mean.value, mark, 'chỉ số của tỉnh và cả nước')}."


def _since(result: SipasResult) -> str:
    found = result.national
    if found.not_comparable:
        return f"Không so sánh với năm {result.year - 1} vì {joined(list(found.not_comparable))}."
    if found.total is None or found.earlier is None:
        return ""
    gap = found.total.value - found.earlier.value
    verb = "tăng" if gap > 0 else "giảm"
    size = words.points(gap, f"chỉ số của tỉnh năm {result.year} và {result.year - 1}")
    moved = f"{verb} {size} điểm phần trăm" if abs(gap) >= words.SMALLEST_PRINTED else "không đổi"
    return (
        f"So với năm {result.year - 1}, chỉ số {moved}{_places(result)}; chưa có thông tin về sai "
        "số để đánh giá ý nghĩa của thay đổi này."
    )


def _places(result: SipasResult) -> str:
    now, before = result.national.rank, result.national.earlier_rank
    if now is None or before is None or now.value == before.value:
        return ""
    steps = int(abs(now.value - before.value))
    verb = "tăng" if now.value < before.value else "giảm"
    return f", thứ hạng {verb} {Number(whole(steps), f'{before.trace}; {now.trace}')} bậc"


def _known(result: SipasResult) -> str:
    found = result.national
    count = in_words(found.with_value)
    shown = Number(
        count, f"đếm tỉnh có giá trị trong data/published/results.csv, năm {result.year}"
    )
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
