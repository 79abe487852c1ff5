"""What decision 766 states: points, groups, what was lost, and how all of it was made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpers.definitions.framework import Node
from helpers.facts.changes import change, course
from helpers.facts.compared import compact
from helpers.facts.comparison import HALF_PRINTED
from helpers.facts.families import Finding, Member
from helpers.facts.leading import leading
from helpers.facts.measured import Earlier, Measured
from helpers.facts.parts import strongest_and_weakest
from helpers.facts.value import PERCENT, Value, Why, count
from helpers.facts.weak import WeakPoint
from helpers.indices.service_quality.arithmetic import Indicator
from helpers.indices.service_quality.findings_method import compared, method
from helpers.indices.service_quality.records import unknown_is_few
from helpers.indices.service_quality.values import (
    WHOLE_MAXIMUM,
    counts,
    graded,
    group_points,
    index_of,
    key_of,
    maximum,
    points,
    share,
    state,
    target,
    told,
    total,
    value_of,
)
from helpers.words.document import Document, index_names
from helpers.words.say import telling_of

if TYPE_CHECKING:
    from helpers.indices.service_quality.result import ServiceResult

MOST_NAMED = 3
_WEIGHT = 6.0
"""Points lost that count as the whole weight of a weakness."""


def document(result: ServiceResult) -> Document:
    """Return names and findings of a result; ``areas`` are the groups of indicators."""
    framework, subject = result.framework, result.subject
    period = {} if result.is_whole_year else {"period": result.period}
    return Document(
        result.index,
        {
            **index_names(framework, result.year),
            "who": subject.name,
            "who_in_full": subject.title,
            "again": subject.again,
            **period,
        },
        {
            "": (
                *_points(result),
                *_change(result),
                *_losses(result),
                course(key_of(result), _periods(result)) if result.periods else
                state(result, "course", "none"),
                *compared(result),
                *method(result),
                *(state(result, "needed", "stated", f"{why.rule}_{number}", why=(why,))
                  for number, why in enumerate(result.missing)),
            ),
            "areas": _areas(result),
        },
        {node.name_vi: node.name_en for node in result.edition.nodes if node.name_en},
        labels=(framework.short_name, str(result.year), result.place.name),
        status="simulated" if result.status == "simulated" else "official",
    )  # fmt: skip


# The whole ------------------------------------------------------------------------------------------


def _points(result: ServiceResult) -> Iterator[Finding]:
    made, group = result.score, graded(result, result.grade)
    scored = [one for one in made.indicators if one.state == "scored"]
    summed = total(result, made)
    if result.dates:
        yield from told(result, "dates", _dates(result))
    if summed is None:
        yield state(result, "tallied", "none")
        return
    fields = {"total": summed, "maximum": maximum(result, made.maximum)}
    if result.withheld:
        few = tuple(_coded(one.node) for one in result.withheld)
        lacks = any(one not in result.withheld for group in made.groups for one in group.open)
        case = "graded" if group else "lacking" if lacks else "few"
        yield state(result, "withheld", case, parts=few, group=group, **fields)
    elif made.index is None:
        n = count(len(scored), "criterion", Why("counted_scored"))
        yield state(result, "tallied", "some", n=n, **fields)
    elif made.maximum == WHOLE_MAXIMUM:
        yield state(result, "tallied", "whole", group=group, **fields)
    else:
        index = value_of(result, made.index, "index_of_applying", PERCENT)
        yield state(result, "tallied", "scaled", value=index, group=group, **fields)


def _dates(result: ServiceResult) -> Why:
    return Why("dates", {"days": result.dates, "one_day": len(result.dates) == 1})


def _coded(node: Node, value: Value | None = None) -> Member:
    return Member(node.code, node.code, value)


def _change(result: ServiceResult) -> tuple[Finding, ...]:
    reasons = tuple(Why("not_comparable", {"reason": reason}) for reason in result.not_compared)
    if reasons:
        return (state(result, "change", "barred", "previous", role="previous",
                      year=result.year - 1, why=reasons),)  # fmt: skip
    before = result.before
    if before is None or before.index is None or result.score.index is None:
        return ()
    then = Measured(key_of(result, years_ago=1), "", index_of(result, before, 1))
    now = index_of(result, result.score)
    return change(Measured(key_of(result), "", now, earlier=(Earlier(then),)))


def _areas(result: ServiceResult) -> tuple[Finding, ...]:
    """Say which groups are highest and lowest against their maxima, of those that are complete."""
    groups = [group for group in result.score.groups if group.scored or group.open]
    full = {
        g.node.code: group_points(result, g) for g in groups if g.complete and g.points is not None
    }
    parts = tuple(
        Measured(
            key_of(result, group.node.code),
            group.node.name_vi,
            value,
            maximum=maximum(result, group.maximum),
        )
        for group in groups
        if (value := full.get(group.node.code)) is not None
    )
    about = Measured(
        key_of(result), "", index_of(result, result.score), parts=parts, part_basis="share"
    )
    ends = [one for one in strongest_and_weakest(about) if one.family in ("strongest", "weakest")]
    among = None if len(full) == len(groups) else "complete"
    made = []
    for one in ends:
        names = one.fields.get("parts")
        fields = dict(one.fields) | compact(among=among)
        if isinstance(names, tuple):
            fields["parts"] = tuple(Member(p.code, p.name, full[p.code]) for p in names)
        made.append(Finding(one.about, one.family, one.case, fields))
    return tuple(made) or (state(result, "strongest", "few", of=count(0, "group")),)


def _losses(result: ServiceResult) -> Iterator[Finding]:
    """Say what was lost in all, and each of those that lost most."""
    found = lost(result)
    bad = tuple(one.node.code for one in result.score.indicators if one.state == "impossible")
    if bad:
        yield from told(result, "impossible", Why("impossible", {"codes": bad}))
    if not found:
        if any(one.state == "scored" for one in result.score.indicators):
            exact = all(not one.lost for one in result.score.indicators)
            yield state(result, "below_top", "none" if exact else "rounded")
        return
    # What prints alike at the edge is named together, or not at all.
    most = leading(found, lambda pair: round(pair[1], 2), MOST_NAMED)
    named = most.named or found[:MOST_NAMED]
    case = "alike" if not most.named else "all" if len(named) == len(found) else "several"
    case = "one" if case == "several" and len(named) == 1 else case
    part = sum(missed for _, missed in named)
    fields = {
        "total": value_of(result, sum(missed for _, missed in found), "points_lost"),
        "n": count(len(found), "criterion", Why("counted_below_top")),
        "share": value_of(result, part, "points_lost") if case != "all" else None,
        "parts": tuple(_coded(one.node) for one, _ in named)
        if case in ("several", "alike")
        else None,
        # An indicator without points may lack more.
        "among": "scored" if any(group.open for group in result.score.groups) else None,
    }
    yield state(result, "below_top", case, **fields)
    for one, missed in named:
        yield _shortfall(result, one, missed)


def lost(result: ServiceResult) -> tuple[tuple[Indicator, float], ...]:
    """Return the indicators that lost points, with how many, most first."""
    found = [
        (one, missed)
        for one in result.score.indicators
        if (missed := one.lost) is not None and missed >= HALF_PRINTED
    ]
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0].node.code)))


def _shortfall(result: ServiceResult, one: Indicator, missed: float) -> Finding:
    counted, ratio, rate, aim = counts(one), one.ratio, share(one), target(one)
    if counted is None or ratio is None:
        raise ValueError(f"{one.node.code} has points without a ratio")
    below = aim is not None and rate is not None and rate.known < aim.known
    few = unknown_is_few(ratio.code, ratio.unknown)
    return state(
        result, "shortfall", "counts" if rate is None else "rate", one.node.code,
        high=Member(one.node.code, f"{one.node.code}. {one.node.name_vi}"),
        count=counted[0], of=counted[1], value=rate, total=points(result, one),
        maximum=maximum(result, one.node.scale[1]),
        gap=value_of(result, missed, "indicator_lost", code=one.node.code),
        mark=aim if below else None,
        n=count(ratio.unknown, "criterion", ratio.trace) if ratio.unknown and not few else None,
        few=True if few else None,
    )  # fmt: skip


def weak_points(result: ServiceResult) -> tuple[WeakPoint, ...]:
    """Return the indicators that lost points, most first."""
    telling = telling_of(result)
    return tuple(
        WeakPoint(
            result.index,
            one.node.code,
            one.node.name_vi,
            str(telling.sentence(_shortfall(result, one, missed))),
            min(1.0, missed / _WEIGHT),
        )
        for one, missed in lost(result)
    )


def _periods(result: ServiceResult) -> list[Member]:
    return [
        Member(one.name, one.name, value_of(result, index, "period_index", period=one.name))
        for one in result.periods
        if (index := one.score.index) is not None
    ]
