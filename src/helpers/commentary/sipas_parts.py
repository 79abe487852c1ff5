"""What makes satisfaction high or low: dimensions, factors and items."""

from __future__ import annotations

from helpers.analysis.sipas_result import SipasResult
from helpers.commentary import sipas_words as words
from helpers.commentary.numbers import in_words
from helpers.commentary.text import Text, joined, paragraphs, upper_first
from helpers.indices.sipas_rules import dimensions, factors, items


def factor_text(result: SipasResult) -> Text:
    """Name the highest and the lowest factor, and whether the survey tells them apart."""
    codes = result.factor_codes
    if not codes:
        return paragraphs(
            "Số liệu theo yếu tố chưa được cung cấp nên chưa xác định được yếu tố kéo giảm kết quả."
        )
    if len(codes) == 1:
        return paragraphs(
            f"Chỉ có kết quả của yếu tố {words.name(result, codes[0])}: "
            f"{words.own(result, codes[0])}."
        )
    ordered = sorted(codes, key=lambda code: result.own[code].value)
    return paragraphs(
        [_ends(result, ordered), _apart(result, ordered[0], ordered[-1])],
        [_dimensions(result), _not_asked(result)],
    )


def _ends(result: SipasResult, ordered: list[str]) -> str:
    lowest, highest = ordered[0], ordered[-1]
    count = in_words(len(ordered))
    return (
        f"Trong {count} yếu tố có kết quả, {words.name(result, lowest)} thấp nhất "
        f"({words.own(result, lowest)}) và {words.name(result, highest)} cao nhất "
        f"({words.own(result, highest)}) (@fig-factors và @tbl-factors)."
    )


def _apart(result: SipasResult, lowest: str, highest: str) -> str:
    low, high = result.own[lowest], result.own[highest]
    gap = words.points(high.value - low.value, "yếu tố cao nhất và yếu tố thấp nhất")
    if not (low.has_interval and high.has_interval):
        return f"Hai yếu tố này chênh nhau {gap} điểm phần trăm; sai số của chênh lệch chưa biết."
    if high.low > low.high:
        return f"Hai yếu tố này chênh nhau {gap} điểm phần trăm, lớn hơn sai số khảo sát."
    return (
        f"Hai yếu tố này chênh nhau {gap} điểm phần trăm, nhưng khoảng tin cậy còn chồng lên nhau "
        "nên thứ tự giữa các yếu tố chưa chắc chắn."
    )


def _dimensions(result: SipasResult) -> str:
    codes = result.dimension_codes
    if len(codes) < 2:
        return ""
    parts = [
        f"{words.name(result, code)} đạt {words.own(result, code)}"
        for code in sorted(codes, key=lambda code: -result.own[code].value)
    ]
    return f"Theo khía cạnh, {'; '.join(part[0].lower() + part[1:] for part in parts)}."


def _not_asked(result: SipasResult) -> str:
    absent = [d for d in dimensions(result.edition) if d.code not in result.own]
    if not absent or not result.dimension_codes:
        return ""
    names = joined([node.name_vi for node in absent])
    return f"Chỉ số này không gồm khía cạnh {names}."


def item_text(result: SipasResult) -> Text:
    """Name the items with the lowest satisfaction."""
    weakest = result.weakest
    if not result.factor_codes:
        return Text(())  # said by the text on factors
    if not items(result.edition):
        return paragraphs(
            f"Bản {result.edition.name_vi} trong định nghĩa đi kèm chưa có danh sách tiêu chí."
        )
    if not weakest:
        return paragraphs(
            "Số liệu theo tiêu chí chưa được cung cấp nên chưa nêu được tiêu chí thấp nhất."
        )
    listed = [_in_list(result, code) for code in weakest]
    count = in_words(len(weakest))
    best = max(result.item_codes, key=lambda code: result.own[code].value)
    return paragraphs(
        [
            f"{upper_first(count)} tiêu chí có mức độ hài lòng thấp nhất là: {'; '.join(listed)}.",
            f"Cao nhất là {words.quoted(result, best)} ({words.own(result, best)}) "
            "(@fig-items và @tbl-items).",
        ],
        _same_factor(result, weakest),
    )


def _in_list(result: SipasResult, code: str) -> str:
    return f"{words.quoted(result, code)} ({words.own(result, code)})"


def _same_factor(result: SipasResult, weakest: tuple[str, ...]) -> str:
    """Say if the weakest items belong together, since one measure may then answer several."""
    holders = [
        node for node in factors(result.edition) if {c.code for c in node.children} >= set(weakest)
    ]
    if len(weakest) < 2 or not holders:
        return ""
    count = in_words(len(weakest))
    return f"Cả {count} tiêu chí này đều thuộc yếu tố {holders[0].name_vi}."
