"""What changed and what was planned: in the office's words where it stated it, else as computed."""

from __future__ import annotations

from itertools import groupby

from helpers.indices.poverty import text_words as words
from helpers.indices.poverty.changes import Change, mean_a_year
from helpers.indices.poverty.levels import NAMES, RATE_NAMES
from helpers.indices.poverty.result import PovertyResult
from helpers.places import register
from helpers.words.text import Text, escape, joined, lower_first, paragraphs, upper_first


def changes(result: PovertyResult) -> Text:
    """Tell the changes: stated ones as stated, computed ones where one standard held."""
    stated = _stated(result)
    own = _computed(result)
    if not stated and not own:
        merged = register().same_unit(result.place, result.year - 1, result.year)
        if merged:
            return paragraphs(f"Không so sánh với năm {result.year - 1} vì {'; '.join(merged)}.")
        return paragraphs(
            f"Chưa có số liệu cuối năm {result.year - 1} hoặc mức thay đổi do cơ quan nêu, nên báo "
            "cáo chưa nói được hộ nghèo, hộ cận nghèo tăng hay giảm."
        )
    groups = _groups(result)
    return paragraphs(own, stated, groups)


def _computed(result: PovertyResult) -> list[str]:
    told = {c.kind for c in result.stated if not c.group and c.since == result.year - 1}
    known = [c for c in result.computed if c.kind not in told]
    if not known:
        return []
    if known[0].reasons:
        return [
            f"Không so sánh với năm {known[0].since} vì {'; '.join(known[0].reasons)}.",
        ]
    parts = [_clause(change) for change in known]
    return [f"So với cuối năm {known[0].since}, {_in_two([p for p in parts if p])}."]


def _in_two(parts: list[str]) -> str:
    """Join changes; three of them, with their households, are more than one sentence holds."""
    if len(parts) < 3:
        return joined(parts)
    return f"{parts[0]}. Trong cùng thời gian, {joined(parts[1:])}"


def _clause(change: Change) -> str:
    if change.points is None:
        moved = words.moved(change.households, "hộ") if change.households else ""
        return f"số {NAMES[change.kind]} {moved}" if moved else ""
    said = f"{RATE_NAMES[change.kind]} {words.moved(change.points, 'điểm phần trăm')}"
    if change.households is not None and change.households.value:
        said += f" ({words.moved(change.households, 'hộ')})"
    return said


def _stated(result: PovertyResult) -> list[str]:
    whole = [c for c in result.stated if not c.group and not c.yearly]
    said = []
    for since, found in groupby(whole, key=lambda change: change.since):
        of_span = list(found)
        base = words.base(of_span[0])
        parts = [_clause(change) + _yearly(result, change) for change in of_span]
        said.append(f"Theo số liệu của cơ quan, {base}, {_in_two(parts)}.")
        if of_span[0].reasons:
            reasons = "; ".join(of_span[0].reasons)
            if register().same_unit(result.place, since or result.year, result.year):
                said.append(
                    f"Địa bàn ở hai mốc này khác nhau ({reasons}). Nguồn không nói số liệu cuối năm "
                    f"{since} tính cho địa bàn nào, nên báo cáo giữ mức thay đổi như nguồn nêu và "
                    "không coi đó là thay đổi của cùng một đơn vị."
                )
                continue
            said.append(
                f"Hai mốc này thuộc hai giai đoạn chuẩn nghèo ({reasons}). Nguồn không nói số liệu "
                f"cuối năm {since} tính theo chuẩn nào, nên báo cáo giữ mức thay đổi như nguồn nêu "
                "và chưa kết luận đó là thay đổi trên cùng một chuẩn."
            )
    return said


def _yearly(result: PovertyResult, change: Change) -> str:
    for other in result.stated:
        same = (other.kind, other.since, other.group) == (change.kind, change.since, "")
        if other.yearly and same and other.points is not None:
            return f", bình quân mỗi năm {words.moved(other.points, 'điểm phần trăm')}"
    if change.kind != "poor":
        return ""
    mean = mean_a_year(change)
    return f", bình quân mỗi năm {words.moved(mean, 'điểm phần trăm')}" if mean else ""


def _groups(result: PovertyResult) -> list[str]:
    said = []
    for change in result.stated:
        if not change.group or change.points is None:
            continue
        mean = "bình quân mỗi năm " if change.yearly else ""
        since = f" {words.base(change)}" if change.since else ""
        note = (
            f" ({escape(lower_first(change.points.note).rstrip('.'))})"
            if change.points.note
            else ""
        )
        said.append(
            f"{RATE_NAMES[change.kind]} ở {words.group(change.group)} "
            f"{mean}{words.moved(change.points, 'điểm phần trăm')}{since}{note}"
        )
    if not said:
        return []
    unknown = any(c.group and c.since is None for c in result.stated)
    return [
        f"Theo nguồn, {said[0]}.",
        *(f"{upper_first(one)}." for one in said[1:]),
        "Nguồn không nêu mốc so sánh và tỷ lệ của các nhóm này nên chưa kiểm tra được."
        if unknown
        else "",
    ]


def plan(result: PovertyResult) -> Text:
    """Set the result beside what was planned or set by a higher authority."""
    found = result.plan
    if found.is_empty:
        return paragraphs(
            "Cơ quan chưa cung cấp kế hoạch hoặc chỉ tiêu giảm nghèo của năm nên chưa đánh giá "
            "được mức đạt."
        )
    return paragraphs(_target(result), _reduction(result), _set(result))


def _target(result: PovertyResult) -> list[str]:
    target, change = result.plan.target, result.plan.target_change
    if target is None:
        if change is None:
            return []
        return [f"Mục tiêu năm {result.year} là tỷ lệ hộ nghèo {_aimed(result)}."]
    aimed = f", {_aimed(result)}" if change else ""
    said = [f"Mục tiêu tỷ lệ hộ nghèo cuối năm {result.year} là {words.rate(target)}{aimed}."]
    own = result.state.rate("poor")
    if own is None:
        return [*said, "Chưa có kết quả rà soát cuối năm nên chưa biết mục tiêu có đạt hay không."]
    met = own.value <= target.value
    reached = "không cao hơn mục tiêu" if met else "còn cao hơn mục tiêu"
    return [*said, f"Kết quả rà soát là {words.rate(own)}, {reached}."]


def _aimed(result: PovertyResult) -> str:
    change = result.plan.target_change
    if change is None:
        return ""
    since = f" so với năm {result.year - 1}"
    return f"{words.moved(change, 'điểm phần trăm')}{since}"


def _reduction(result: PovertyResult) -> list[str]:
    planned, attained = result.plan.reduction, result.plan.attained
    said = []
    if planned is not None:
        said.append(f"Kế hoạch năm {planned.year} là giảm {words.count(planned)} hộ nghèo.")
    if attained is not None:
        by = "Cơ quan nêu kết quả" if attained.delivered else "Kết quả"
        said.append(f"{by} năm {result.year} đạt {words.rate(attained)} kế hoạch.")
        if planned is not None and planned.year != result.year and attained.delivered:
            said.append(
                f"Kết quả của năm {result.year} được so với kế hoạch của năm {planned.year}, và "
                "nguồn không nêu số hộ nghèo giảm được, nên chưa kiểm tra được mức đạt này."
            )
    return said


def _set(result: PovertyResult) -> list[str]:
    low, high, times = result.plan.low, result.plan.high, result.plan.times
    if low is None and high is None:
        return []
    ends = [m for m in (low, high) if m is not None]
    span = " đến ".join(str(words.size(m)) for m in ends)
    between = f"từ {span}" if len(ends) == 2 else span
    said = [
        f"Chỉ tiêu được giao năm {ends[0].year} là giảm {between} điểm phần trăm tỷ lệ hộ nghèo "
        "đa chiều."
    ]
    if times is not None:
        said.append(
            f"Nguồn nêu vượt chỉ tiêu {words.size(times)} lần nhưng không nêu mức giảm dùng để "
            "so sánh."
        )
    if ends[0].year == result.year and not any(end.bound for end in ends):
        said.append(_against_set(result, [abs(end.value) for end in ends]))
    return said


def _against_set(result: PovertyResult, ends: list[float]) -> str:
    """Set the year's own reduction beside the target; empty where it is not known."""
    fallen = {
        change.kind: change.points
        for change in result.computed
        if change.kind in ("poor", "both") and change.points is not None and not change.reasons
    }
    if len(fallen) < 2:
        return ""
    told = joined(
        [
            f"{RATE_NAMES[kind]} {words.moved(points, 'điểm phần trăm')}"
            for kind, points in fallen.items()
        ]
    )
    # What is called «tỷ lệ hộ nghèo đa chiều» may mean either rate, so both must agree.
    sizes = [-points.value for points in fallen.values()]
    if all(size > max(ends) for size in sizes):
        judged = "; cả hai mức giảm đều lớn hơn chỉ tiêu."
    elif all(size >= min(ends) for size in sizes):
        judged = "; cả hai mức giảm đều đạt chỉ tiêu."
    elif all(size < min(ends) for size in sizes):
        judged = "; cả hai mức đều chưa đạt chỉ tiêu."
    else:
        judged = "; nguồn không nói chỉ tiêu tính theo tỷ lệ nào nên báo cáo chưa kết luận."
    return f"Trong năm {result.year}, {told}{judged}"
