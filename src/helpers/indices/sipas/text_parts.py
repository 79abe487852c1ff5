"""What makes satisfaction high or low: dimensions, factors and items."""

from __future__ import annotations

from helpers.facts.comparison import Extreme
from helpers.indices.sipas import text_words as words
from helpers.indices.sipas.judged import extreme_part
from helpers.indices.sipas.model import SipasResult
from helpers.indices.sipas.rules import dimensions, factors, items
from helpers.words.numbers import Number, in_words, whole
from helpers.words.text import Text, joined, paragraphs, upper_first

MOST_LISTED = 6
"""Figures that stand beside each other in a sentence; more are given by their range."""
_REFERENCES = {"yếu tố": "(@fig-factors và @tbl-factors)", "tiêu chí": "(@fig-items và @tbl-items)"}


def factor_text(result: SipasResult) -> Text:
    """Say which factor surely is high or low, or that the survey does not tell them apart."""
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
    return paragraphs(compared(result, codes, "yếu tố"), [_dimensions(result), _not_asked(result)])


def compared(result: SipasResult, codes: tuple[str, ...], what: str) -> list[str]:
    """Say what surely is lowest and highest of several parts, else that nobody knows it.

    Parameters
    ----------
    result : SipasResult
    codes : tuple of str
        In the order of the edition; at least two.
    what : str
        ``yếu tố`` or ``tiêu chí``.
    """
    low = extreme_part(result, codes, highest=False)
    high = extreme_part(result, codes, highest=True)
    refer, count = _REFERENCES[what], _count(len(codes))
    if not low.is_sure and not high.is_sure:
        figures = (
            f": {words.inside(result, codes)}"
            if len(codes) <= MOST_LISTED
            else f" {words.span(result, codes)}"
        )
        unknown = "unknown" in (low.case, high.case)
        why = "Chưa có sai số khảo sát nên" if unknown else "Tính cả sai số khảo sát,"
        return [
            f"Kết quả của {count} {what}{figures} {refer}.",
            f"{why} chưa xác định được {what} thấp nhất, {what} cao nhất.",
        ]
    said = [_lead(result, one, end, what) for one, end in ((low, "thấp nhất"), (high, "cao nhất"))]
    return [f"Trong {count} {what}, {said[0]} {refer}.", f"{upper_first(said[1])}."]


def _lead(result: SipasResult, found: Extreme, end: str, what: str) -> str:
    named = [_named(result, code, what) for code in found.names]
    if found.case == "sole":
        return f"{named[0]} {end}, chênh lệch với các {what} khác vượt sai số khảo sát"
    if found.case == "several":
        return one_of(named, what, end)
    return f"tính cả sai số khảo sát, chưa xác định được {what} {end}"


def one_of(named: list[str], what: str, end: str) -> str:
    """Say that one of a few is the lowest or highest, and that the survey does not tell which."""
    count = Number(in_words(len(named)), f"đếm: {what} không tách được khỏi mức {end}")
    return f"{end} là một trong {count} {what} {joined(named)}, chưa phân biệt được với nhau"


def _named(result: SipasResult, code: str, what: str) -> str:
    called = words.name(result, code) if what == "yếu tố" else words.quoted(result, code)
    return f"{called} ({words.own(result, code)})"


def _count(number: int) -> str:
    return str(Number(in_words(number) if number <= 10 else whole(number), "đếm phần có kết quả"))


def _dimensions(result: SipasResult) -> str:
    codes = result.dimension_codes
    if len(codes) < 2:
        return ""
    parts = [f"{words.name(result, code)} đạt {words.own(result, code)}" for code in codes]
    return f"Theo khía cạnh, {'; '.join(part[0].lower() + part[1:] for part in parts)}."


def _not_asked(result: SipasResult) -> str:
    absent = [d for d in dimensions(result.edition) if d.code not in result.own]
    if not absent or not result.dimension_codes:
        return ""
    names = joined([node.name_vi for node in absent])
    return f"Chỉ số này không gồm khía cạnh {names}."


def item_text(result: SipasResult) -> Text:
    """Say which items surely are lowest and highest, or that the survey does not tell."""
    codes = result.item_codes
    if not result.factor_codes:
        return Text(())  # said by the text on factors
    if not items(result.edition):
        return paragraphs(
            f"Bản {result.edition.name_vi} trong định nghĩa đi kèm chưa có danh sách tiêu chí."
        )
    if len(codes) < 2:
        return paragraphs("Số liệu theo tiêu chí chưa được cung cấp.")
    return paragraphs(compared(result, codes, "tiêu chí"), _same_factor(result))


def weakest_items(result: SipasResult) -> tuple[str, ...]:
    """Return the items that may be called the lowest; empty where the survey does not tell."""
    found = extreme_part(result, result.item_codes, highest=False)
    return found.names if found.is_sure else ()


def _same_factor(result: SipasResult) -> str:
    """Say if the weakest items belong together, since one measure may then answer several."""
    weakest = weakest_items(result)
    holders = [
        node for node in factors(result.edition) if {c.code for c in node.children} >= set(weakest)
    ]
    if len(weakest) < 2 or not holders:
        return ""
    count = in_words(len(weakest))
    return f"Cả {count} tiêu chí này đều thuộc yếu tố {holders[0].name_vi}."
