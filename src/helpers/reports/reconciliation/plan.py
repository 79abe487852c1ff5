"""Rule R9: yearly means, attainment of the plan, times the target."""

from __future__ import annotations

import math
from collections.abc import Iterator

from helpers.facts.discrepancy import Discrepancy, Made, Part, Quoted, Term
from helpers.facts.intervals import NOISE, Interval, are_exact, exactly, printed
from helpers.indices.poverty.words import POINTS, PREFIX, group_name
from helpers.inputs.observations import Observation


def yearly_and_plan(part: Part) -> Iterator[Discrepancy]:
    """Apply R9: yearly means, attainment of the plan, times the target."""
    yield from _yearly(part)
    yield from _groups_by_year(part)
    yield from _attainment(part)
    yield from _times_target(part)


def _yearly(part: Part) -> Iterator[Discrepancy]:
    change, yearly = part.get(PREFIX + "poor_rate_change"), part.get(PREFIX + "poor_rate_yearly")
    if change is None or yearly is None or change.since is None or change.since >= change.year:
        return
    years = change.year - change.since
    expected = printed(change).times(1.0 / years)
    if expected.meets(printed(yearly)):
        return
    yield Discrepancy(
        "R9",
        "mâu thuẫn",
        "Mức thay đổi {change} điểm phần trăm trong {years} năm là bình quân {made} mỗi năm, trong khi "
        "nguồn nêu {yearly}.",
        {
            "change": change,
            "yearly": yearly,
            "years": Made(years, 0, "năm", "năm cuối trừ năm gốc"),
            "made": Made(change.value / years, 2, POINTS, "mức thay đổi chia cho số năm"),
        },
        (yearly, change),
        expected,
        yearly.value,
        part.label,
    )


def _groups_by_year(part: Part) -> Iterator[Discrepancy]:
    """Means a year of groups beside a total over several years of the whole: not to be compared."""
    whole = part.get(PREFIX + "poor_rate_change")
    if part.group or whole is None or whole.since is None or whole.year - whole.since < 2:
        return
    groups = [
        one
        for one in part.figures
        if one.code == PREFIX + "poor_rate_yearly"
        and one.group
        and one.year == part.year
        and part.figures.get(PREFIX + "poor_rate_change", part.year, one.group) is None
    ]
    if not groups:
        return
    terms: dict[str, Term] = {f"group{i}": one for i, one in enumerate(groups)}
    listed = ", ".join(f"{group_name(one)} {{group{i}:move}}" for i, one in enumerate(groups))
    terms |= {
        "whole": whole,
        "years": Made(whole.year - whole.since, 0, "năm", "năm cuối trừ năm gốc"),
    }
    yield Discrepancy(
        "R9",
        "không rõ nghĩa",
        f"Mức thay đổi của các nhóm ({listed} điểm phần trăm) là bình quân mỗi năm, còn mức chung "
        "({whole:move}) là của cả {years} năm: hai loại số này không so sánh trực tiếp với nhau được.",
        terms,
        (*groups, whole),
    )


def _attainment(part: Part) -> Iterator[Discrepancy]:
    attained = part.get(PREFIX + "plan_attainment")
    if attained is None:
        return
    plan = part.get(PREFIX + "plan_reduction") or part.figures.get(
        PREFIX + "plan_reduction", None, part.group
    )
    if plan is None or plan.value == 0:
        yield Discrepancy(
            "R9",
            "thiếu mẫu số",
            "Mức đạt {attained} kế hoạch không kèm số hộ nghèo theo kế hoạch.",
            {"attained": attained},
            (attained,),
            label=part.label,
        )
        return
    now, before = part.get(PREFIX + "poor"), part.get(PREFIX + "poor", part.year - 1)
    terms: dict[str, Term] = {"attained": attained, "plan": plan}
    if now and before and plan.year == part.year and are_exact(now, before, plan):
        value = 100.0 * (before.value - now.value) / plan.value
        if not printed(attained).meets(exactly(value)):
            terms |= {
                "now": now,
                "before": before,
                "made": Made(value, attained.decimals, "%", "mức giảm chia cho kế hoạch"),
            }
            yield Discrepancy(
                "R9",
                "mâu thuẫn",
                "Số hộ nghèo từ {before} còn {now} so với kế hoạch giảm {plan} hộ là đạt {made}, "
                "trong khi "
                "nguồn nêu {attained}.",
                terms,
                (attained, plan, now, before),
                exactly(value),
                attained.value,
                part.label,
            )
        return
    if are_exact(attained, plan):
        yield _unchecked_attainment(part, attained, plan, terms)


def _unchecked_attainment(
    part: Part, attained: Observation, plan: Observation, terms: dict[str, Term]
) -> Discrepancy:
    implied = printed(attained).times(plan.value / 100.0)
    how = "mức đạt nhân kế hoạch, kể cả sai số làm tròn"
    terms["low"] = Made(math.ceil(implied.low - NOISE), 0, "hộ", how)
    terms["high"] = Made(math.floor(implied.high + NOISE), 0, "hộ", how)
    text = (
        "Mức đạt {attained} của kế hoạch giảm {plan} hộ nghèo ứng với {low} đến {high} hộ, nhưng "
        "báo cáo "
        "không nêu số hộ nghèo giảm trong năm"
    )
    both = part.get(PREFIX + "both_change")
    if both and both.since is not None:
        terms |= {
            "both": both,
            "years": Made(both.year - both.since, 0, "năm", "năm cuối trừ năm gốc"),
        }
        text += (
            "; chỉ có mức giảm {both:size} hộ của cả hộ nghèo và hộ cận nghèo trong {years} năm, không "
            "cùng đối tượng và không cùng thời gian"
        )
    text += "."
    if plan.year != attained.year:
        terms |= {
            "year": Quoted(str(attained.year), attained.trace),
            "of": Quoted(str(plan.year), plan.trace),
        }
        text += " Kết quả của năm {year} được so với kế hoạch đề ra năm {of}."
    return Discrepancy(
        "R9",
        "thiếu mẫu số" if plan.year == attained.year else "không rõ nghĩa",
        text,
        terms,
        (attained, plan, *((both,) if both else ())),
        implied,
        label=part.label,
    )


def _times_target(part: Part) -> Iterator[Discrepancy]:
    times = part.get(PREFIX + "target_times")
    if times is None:
        return
    low = part.figures.get(PREFIX + "target_reduction_low", None, part.group)
    high = part.figures.get(PREFIX + "target_reduction_high", None, part.group) or low
    low = low or high
    yearly = part.get(PREFIX + "poor_rate_yearly")
    if low is None or high is None or yearly is None or low.value <= 0:
        return
    if not are_exact(low, high):
        return
    # Targets are set, not measured: they carry no rounding.
    reached = Interval(-printed(yearly).high / high.value, -printed(yearly).low / low.value)
    exceeding = "vượt" in times.origin.sentence.casefold()
    as_ratio = printed(times).meets(reached)
    as_excess = printed(times).meets(Interval(reached.low - 1.0, reached.high - 1.0))
    if as_ratio and (as_excess or not exceeding) and low.year == times.year:
        return
    how = "bình quân giảm mỗi năm chia cho chỉ tiêu được giao"
    terms: dict[str, Term] = {
        "times": times,
        "yearly": yearly,
        "targetlow": low,
        "targethigh": high,
        "low": Made(-yearly.value / high.value, 1, "lần", how),
        "high": Made(-yearly.value / low.value, 1, "lần", how),
    }
    basis = (
        "Bình quân giảm {yearly:size} điểm phần trăm mỗi năm gấp {low} đến {high} lần chỉ tiêu "
        "{targetlow}-{targethigh}"
    )
    contradiction = not as_ratio and not (exceeding and as_excess)
    if contradiction:
        verdict = ", trong khi nguồn nêu {times} lần."
    elif exceeding and not as_excess:
        verdict = (
            ": “vượt {times} lần” chỉ đúng nếu hiểu là gấp {times} lần, không đúng nếu hiểu là cao hơn "
            "chỉ tiêu thêm {times} lần."
        )
    else:
        verdict = "."
    if low.year != times.year:
        terms |= {
            "year": Quoted(str(times.year), times.trace),
            "of": Quoted(str(low.year), low.trace),
        }
        verdict += " Kết quả năm {year} được so với chỉ tiêu của năm {of}."
    yield Discrepancy(
        "R9",
        "mâu thuẫn" if contradiction else "không rõ nghĩa",
        basis + verdict,
        terms,
        (times, yearly, low, high),
        reached,
        times.value,
        part.label,
    )
