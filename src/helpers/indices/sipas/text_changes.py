"""What changed since the year before, and what may not be compared."""

from __future__ import annotations

from helpers.indices.sipas import text_words as words
from helpers.indices.sipas.judged import unit_changes as unit_changes_of
from helpers.indices.sipas.model import SipasChange, SipasResult, UnitStanding
from helpers.indices.sipas.rules import TOTAL
from helpers.places import register
from helpers.words.numbers import Number, in_words, whole
from helpers.words.text import Text, joined, paragraphs, upper_first

MOST_NAMED = 3
"""Units or factors that a sentence names."""


def change_text(result: SipasResult) -> Text:
    """Say the change of the overall satisfaction, of the place, and of the factors that moved."""
    if result.earlier is None:
        if merged := not_same_unit(result):
            return paragraphs(merged)
        return paragraphs(
            f"Chưa có kết quả năm {result.year - 1} nên báo cáo chưa nêu được thay đổi so với năm "
            "trước."
        )
    found = {code: result.change(code) for code in (TOTAL, *result.factor_codes)}
    known = {code: change for code, change in found.items() if change is not None}
    if not known:
        return paragraphs(
            f"Kết quả năm {result.earlier.year} không có phần nào trùng với năm {result.year} nên "
            "không so sánh được."
        )
    return paragraphs(
        [overall_change(result), _place_change(result)],
        [_factors(result, known)],
        [unit_changes(result)],
    )


def not_same_unit(result: SipasResult) -> str:
    """Say why the unit of the year before was another; empty if it was the same."""
    merged = register().same_unit(result.place, result.year - 1, result.year)
    return f"Không so sánh với năm {result.year - 1} vì {joined(list(merged))}." if merged else ""


def overall_change(result: SipasResult) -> str:
    """Return the sentence on the overall satisfaction in both years; empty without both.

    That the unit of the year before was another is told without its figures, too.
    """
    change = result.change(TOTAL)
    if change is None or result.earlier is None:
        return not_same_unit(result)
    before = result.earlier.year
    found = change.comparison
    if found is None:
        return (
            f"Mức độ hài lòng năm {result.year} không so sánh được với năm {before} vì "
            f"{joined(list(change.reasons))}."
        )
    old = words.score(result, TOTAL, change.earlier, year=before)
    size = words.points(found.gap, f"chỉ số chung năm {result.year} và năm {before}")
    if found.is_sure:
        return (
            f"So với năm {before} ({old}), mức độ hài lòng {words.movement(found)} {size} điểm "
            "phần trăm, vượt sai số khảo sát."
        )
    if found.margin is not None:
        return (
            f"So với năm {before} ({old}), mức độ hài lòng chưa có thay đổi rõ rệt (chênh lệch "
            f"{size} điểm phần trăm nằm trong sai số khảo sát)."
        )
    return (
        f"Năm {before}, mức độ hài lòng là {old}; chưa có sai số khảo sát nên chưa kết luận được "
        "tăng hay giảm."
    )


def _place_change(result: SipasResult) -> str:
    """Set both places beside each other; a move is told only beyond the survey error."""
    now, before = result.standing(), result.standing(result.earlier)
    if now is None or before is None or result.earlier is None:
        return ""
    year = result.earlier.year
    if now.units is None or before.units is None:
        return ""
    if now.published or before.published:
        said = (
            f"Thứ hạng năm {year} là {words.rank(before)}, năm {result.year} là {words.rank(now)}"
        )
        if now.units == before.units:
            return f"{said}."
        return f"{said}; số đơn vị được xếp hạng của hai năm khác nhau."
    if now.units != before.units or None in (now.best, now.worst, before.best, before.worst):
        return ""
    if _overlap(now, before):
        return "Tính cả sai số khảo sát, vị trí cũng chưa thay đổi rõ rệt."
    verb = "tăng" if now.rank < before.rank else "giảm"
    return f"Thứ hạng {verb}, vượt sai số khảo sát."


def _overlap(now: UnitStanding, before: UnitStanding) -> bool:
    """Return whether the intervals of both places meet."""
    if now.best is None or now.worst is None or before.best is None or before.worst is None:
        return True
    return now.best <= before.worst and before.best <= now.worst


def _factors(result: SipasResult, known: dict[str, SipasChange]) -> str:
    parts = {code: change for code, change in known.items() if code != TOTAL}
    compared = [c for c in parts.values() if c.comparison is not None]
    barred = [c for c in parts.values() if c.comparison is None]
    sentences = []
    for case, verb in (("higher", "tăng"), ("lower", "giảm")):
        group = [c for c in compared if c.comparison is not None and c.comparison.case == case]
        if group:
            listed = [_in_brackets(result, change) for change in group]
            sentences.append(
                f"{_count(len(group))} yếu tố {verb} vượt sai số khảo sát: {joined(listed)} "
                "(@tbl-changes)."
            )
    unknown = [c for c in compared if c.comparison is not None and c.comparison.case == "unknown"]
    if unknown:
        sentences.append(
            "Chưa có sai số khảo sát nên chưa kết luận được yếu tố nào tăng hay giảm (@tbl-changes)."
        )
    elif compared and not sentences:
        sentences.append("Không có yếu tố nào thay đổi vượt sai số khảo sát (@tbl-changes).")
    own_reason = [c for c in barred if c.reasons != _reasons(known.get(TOTAL))]
    if own_reason:
        names = joined([words.name(result, c.code) for c in own_reason])
        sentences.append(f"Không so sánh {names} vì {joined(list(own_reason[0].reasons))}.")
    return " ".join(sentences)


def _count(number: int) -> str:
    return upper_first(str(Number(in_words(number), "đếm thay đổi vượt sai số")))


def _reasons(change: SipasChange | None) -> tuple[str, ...]:
    return () if change is None else change.reasons


def _in_brackets(result: SipasResult, change: SipasChange) -> str:
    gap = change.comparison.gap if change.comparison is not None else 0.0
    rule = f"{words.name(result, change.code)}, năm {result.year} và năm trước"
    return f"{words.name(result, change.code)} ({words.points(gap, rule)} điểm phần trăm)"


def unit_changes(result: SipasResult) -> str:
    """Say which units surely changed, of as many as were compared; empty where none did."""
    said = [_of_kind(result, kind) for kind in result.current.units]
    return " ".join(text for text in said if text)


def _of_kind(result: SipasResult, kind: str) -> str:
    found = unit_changes_of(result, kind)
    if not found.clear or result.earlier is None:
        return ""
    many = words.units(kind)
    of = words.counted(found.compared, f"đếm: {many} có kết quả và sai số của cả hai năm")
    lead = f"Trong {of} {many} có kết quả và sai số của cả hai năm"
    named = joined([_moved(unit, change, sure=found.together) for unit, change in found.clear])
    count, before = len(found.clear), result.earlier.year
    beyond = f"vượt sai số khảo sát so với năm {before}"
    if count == 1:
        said = f"{lead}, chỉ {named} thay đổi {beyond}."
    elif count <= MOST_NAMED:
        said = f"{lead}, có {in_words(count)} {many} thay đổi {beyond}: {named}."
    else:
        number = Number(whole(count), f"đếm: {many} thay đổi vượt sai số")
        said = f"{lead}, {number} {many} thay đổi {beyond}."
    if found.together:
        return said
    return (
        f"{said} Đó là khi xét riêng từng {many}; xét cùng lúc thì chưa loại trừ được ngẫu nhiên."
    )


def _moved(unit: str, change: SipasChange, *, sure: bool) -> str:
    if change.comparison is None:
        return unit
    rule = f"chỉ số chung của {unit} hai năm"
    gap = words.points(change.comparison.gap, rule)
    verb = words.movement(change.comparison)
    if not sure:
        verb = verb.removesuffix(" mạnh")
    return f"{unit} ({verb} {gap} điểm phần trăm)"
