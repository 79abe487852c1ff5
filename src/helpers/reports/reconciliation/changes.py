"""Rule R8: changes of rates and counts against levels, parts, base years and units."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.facts.discrepancy import Discrepancy, Made, Part, Term
from helpers.facts.intervals import printed
from helpers.indices.poverty.words import GROUPS, NAMES, POINTS, PREFIX, group_name
from helpers.inputs.observations import Figures, Observation

LEVEL_OF = {
    "both_change": ("both", "both"),
    "both_rate_change": ("both_rate", "both_rate"),
    "poor_rate_change": ("poor_rate", "poor_rate"),
    "near_poor_rate_change": ("near_poor_rate", "near_poor_rate"),
    "poor_rate_change_target": ("poor_rate_target", "poor_rate"),
}
"""Change → the figure at its end and the figure at its beginning."""


def changes(part: Part) -> Iterator[Discrepancy]:
    """Apply R8: sums of changes, changes against levels, base years and units."""
    yield from _sum_of_changes(part)
    for name in LEVEL_OF:
        change = part.get(PREFIX + name)
        if change is not None:
            yield from _against_levels(part, change, *LEVEL_OF[name])


def _sum_of_changes(part: Part) -> Iterator[Discrepancy]:
    known = part.all(
        PREFIX + "poor_rate_change", PREFIX + "near_poor_rate_change", PREFIX + "both_rate_change"
    )
    if known is None or len({one.since for one in known}) != 1:
        return
    poor, near, both = known
    expected = printed(poor) + printed(near)
    if expected.meets(printed(both)):
        return
    decimals = max(poor.decimals, near.decimals)
    made = poor.value + near.value
    yield Discrepancy(
        "R8",
        "mâu thuẫn",
        "Tỷ lệ hộ nghèo {poor:move} và tỷ lệ hộ cận nghèo {near:move} điểm phần trăm thì tỷ lệ chung "
        "phải {made:move} điểm phần trăm, trong khi nguồn nêu {both:move}.",
        {
            "poor": poor,
            "near": near,
            "both": both,
            "made": Made(made, decimals, POINTS, "cộng hai mức thay đổi"),
        },
        (both, poor, near),
        expected,
        both.value,
        part.label,
    )


def _against_levels(
    part: Part, change: Observation, end_name: str, start_name: str
) -> Iterator[Discrepancy]:
    if change.since is None:
        yield _no_base_year(part, change)
        return
    end = part.get(PREFIX + end_name, change.year)
    start = part.get(PREFIX + start_name, change.since)
    if end is None or start is None:
        return
    expected = printed(end) - printed(start)
    if expected.meets(printed(change)):
        return
    made = end.value - start.value
    decimals = max(end.decimals, start.decimals)
    yield Discrepancy(
        "R8",
        "mâu thuẫn",
        f"{NAMES[end_name].capitalize()} từ {{start}} thành {{end}} là {{made:move}}, trong "
        "khi nguồn nêu {change:move}.",
        {
            "start": start,
            "end": end,
            "change": change,
            "made": Made(made, decimals, change.unit, "giá trị cuối trừ giá trị gốc"),
        },
        (change, end, start),
        expected,
        change.value,
        part.label,
    )


def _no_base_year(part: Part, change: Observation) -> Discrepancy:
    yearly = [
        one
        for one in part.figures
        if one.code == PREFIX + "poor_rate_yearly" and one.year == change.year and one.group
    ]
    terms: dict[str, Term] = {"change": change}
    beside = ""
    if yearly:
        terms |= {f"yearly{i}": one for i, one in enumerate(yearly)}
        shown = " và ".join(
            f"{group_name(one)} ({{yearly{i}:size}})" for i, one in enumerate(yearly)
        )
        beside = f"; mức giảm của {shown} trong cùng nguồn lại là bình quân mỗi năm"
    return Discrepancy(
        "R8",
        "không rõ nghĩa",
        f"Mức {{change:move}} điểm phần trăm ở {group_name(change)} không nêu so với năm nào "
        "hoặc bình "
        f"quân mỗi năm{beside}.",
        terms,
        (change,),
        label="" if change.group in GROUPS else part.label,
    )


def points_or_percent(figures: Figures) -> Iterator[Discrepancy]:
    """Apply the rest of R8: a change of a rate written with “%” whose base cannot be looked up.

    “Giảm 3%” may be three points or three hundredths of the rate; the base year's rate decides, so
    that nothing is said where it was delivered. All such changes of a delivery are one finding.
    """
    open_changes = []
    for one in figures:
        name = one.code.removeprefix(PREFIX)
        if name not in LEVEL_OF or one.unit != POINTS or one.since is None:
            continue
        # “giảm 2,02%” in the quoted sentence; “điểm” before the sign settles the question.
        size = re.escape(one.printed.lstrip("+-\N{MINUS SIGN}").rstrip("% "))
        if not re.search(rf"(?<![\d,.]){size}\s*%", one.origin.sentence):
            continue
        if figures.get(PREFIX + LEVEL_OF[name][1], one.since, one.group) is None:
            open_changes.append(one)
    if not open_changes:
        return
    terms: dict[str, Term] = {f"change{i}": one for i, one in enumerate(open_changes)}
    listed = ", ".join(f"{{change{i}:size}}%" for i in range(len(open_changes)))
    example = _both_readings(figures, max(open_changes, key=lambda one: abs(one.value)), terms)
    yield Discrepancy(
        "R8",
        "không rõ nghĩa",
        f"Mức thay đổi của tỷ lệ ghi bằng dấu % ({listed}) có thể là điểm phần trăm hoặc phần trăm của "
        f"tỷ lệ năm gốc; nguồn không nêu tỷ lệ năm gốc để phân biệt.{example}",
        terms,
        tuple(open_changes),
    )


def _both_readings(figures: Figures, change: Observation, terms: dict[str, Term]) -> str:
    name = change.code.removeprefix(PREFIX)
    end = figures.get(PREFIX + LEVEL_OF[name][0], change.year, change.group)
    if end is None or change.value <= -100.0:
        return ""
    as_points = end.value - change.value
    as_share = end.value / (1.0 + change.value / 100.0)
    decimals = max(end.decimals, 2)
    terms["end"] = end
    terms["points"] = Made(as_points, decimals, "%", "giá trị cuối trừ mức thay đổi")
    terms["share"] = Made(as_share, decimals, "%", "giá trị cuối chia cho một cộng mức thay đổi")
    return (
        f" Với {NAMES[LEVEL_OF[name][0]]} {{end}}, tỷ lệ năm gốc là {{points}} theo cách hiểu thứ "
        "nhất và "
        "{share} theo cách hiểu thứ hai."
    )
