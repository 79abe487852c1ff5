"""What changed since the year before, and what may not be compared."""

from __future__ import annotations

from helpers.analysis.sipas_result import SipasChange, SipasResult, UnitStanding
from helpers.commentary import sipas_words as words
from helpers.commentary.numbers import Number, whole
from helpers.commentary.text import Text, joined, paragraphs
from helpers.indices.sipas_rules import TOTAL

UNKNOWN_ERROR = "Chưa có thông tin về sai số để đánh giá ý nghĩa của các thay đổi này."


def change_text(result: SipasResult) -> Text:
    """Say the change of the overall satisfaction, of the place, and of the factors that moved."""
    if result.earlier is None:
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
    compared = [change for change in known.values() if change.difference is not None]
    unknown = bool(compared) and not any(c.difference and c.difference.known for c in compared)
    return paragraphs(
        [overall_change(result), _place_change(result)],
        [_factors(result, known), UNKNOWN_ERROR if unknown else ""],
    )


def overall_change(result: SipasResult) -> str:
    """Return the sentence on the overall satisfaction in both years; empty without both."""
    change = result.change(TOTAL)
    if change is None or result.earlier is None:
        return ""
    before = result.earlier.year
    if change.difference is None:
        return (
            f"Mức độ hài lòng năm {result.year} không so sánh được với năm {before} vì "
            f"{joined(list(change.reasons))}."
        )
    old = words.score(result, TOTAL, change.earlier, year=before)
    gap = change.difference.value
    size = words.points(gap, f"chỉ số chung năm {result.year} và năm {before}")
    if change.difference.known and not change.difference.clear:
        return (
            f"So với năm {before} ({old}), mức độ hài lòng chưa có thay đổi rõ rệt (chênh lệch "
            f"{size} điểm phần trăm nằm trong sai số khảo sát)."
        )
    verb = words.movement(change)
    if verb == "không đổi":
        return f"Mức độ hài lòng không đổi so với năm {before} ({old})."
    return f"So với năm {before} ({old}), mức độ hài lòng {verb} {size} điểm phần trăm."


def _place_change(result: SipasResult) -> str:
    now, before = result.standing(), result.standing(result.earlier)
    if now is None or before is None or result.earlier is None:
        return ""
    year = result.earlier.year
    if now.units is None or before.units is None:
        return ""
    places = f"từ {words.rank(before)} năm {year} đến {words.rank(now)}"
    if now.units != before.units:
        return (
            f"Thứ hạng năm {year} là {words.rank(before)}, năm {result.year} là {words.rank(now)}; "
            "số đơn vị được xếp hạng của hai năm khác nhau nên không so sánh được trực tiếp."
        )
    if now.rank == before.rank:
        return f"Thứ hạng giữ nguyên ({words.rank(now)})."
    steps = Number(whole(abs(now.rank - before.rank)), f"{before.trace}; {now.trace}")
    verb = "tăng" if now.rank < before.rank else "giảm"
    if _overlap(now, before):
        return (
            f"Thứ hạng năm {year} là {words.rank(before)}, năm {result.year} là {words.rank(now)}; "
            "chênh lệch này nằm trong sai số khảo sát."
        )
    change = result.change(TOTAL)
    gap = change.difference.value if change is not None and change.difference is not None else 0.0
    against = gap * (before.rank - now.rank) < 0
    opening = "Tuy vậy, thứ hạng" if against else "Thứ hạng"
    return f"{opening} {verb} {steps} bậc ({places})."


def _overlap(now: UnitStanding, before: UnitStanding) -> bool:
    """Return whether the intervals of both places meet."""
    if now.best is None or now.worst is None or before.best is None or before.worst is None:
        return False
    return now.best <= before.worst and before.best <= now.worst


def _factors(result: SipasResult, known: dict[str, SipasChange]) -> str:
    parts = {code: change for code, change in known.items() if code != TOTAL}
    moved = [c for c in parts.values() if c.difference is not None and _says(c)]
    barred = [c for c in parts.values() if c.difference is None]
    sentences = []
    for sign, verb in ((1, "tăng"), (-1, "giảm")):
        group = [c for c in moved if c.difference is not None and c.difference.value * sign > 0]
        group.sort(key=lambda c: -abs(c.difference.value) if c.difference else 0.0)
        if group:
            listed = [_in_brackets(result, change) for change in group[:3]]
            sentences.append(f"{verb.capitalize()} nhiều nhất là {joined(listed)} (@tbl-changes).")
    if parts and not moved and not barred:
        sentences.append("Không có yếu tố nào thay đổi rõ rệt (@tbl-changes).")
    own_reason = [c for c in barred if c.reasons != _reasons(known.get(TOTAL))]
    if own_reason:
        names = joined([words.name(result, c.code) for c in own_reason])
        sentences.append(f"Không so sánh {names} vì {joined(list(own_reason[0].reasons))}.")
    return " ".join(sentences)


def _reasons(change: SipasChange | None) -> tuple[str, ...]:
    return () if change is None else change.reasons


def _says(change: SipasChange) -> bool:
    """Return whether a change may be called one: outside the error, or of unknown error."""
    found = change.difference
    if found is None or abs(found.value) < words.SMALLEST_PRINTED:
        return False
    return found.clear or not found.known


def _in_brackets(result: SipasResult, change: SipasChange) -> str:
    gap = change.difference.value if change.difference is not None else 0.0
    rule = f"{words.name(result, change.code)}, năm {result.year} và năm trước"
    return f"{words.name(result, change.code)} ({words.points(gap, rule)} điểm phần trăm)"
