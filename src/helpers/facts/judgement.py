"""What a measured criterion says: structured findings, each with the values that support it.

Nothing here depends on wording. A finding exists only if its values do; nothing is called a rise, a
fall, best or worst unless the values say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from helpers.facts.comparison import Case, Comparison
from helpers.facts.comparison import compare as compared
from helpers.facts.figures import Beside, Earlier, Measured, Value
from helpers.facts.finding import FAMILY_KINDS, Direction, Finding, Kind, Size
from helpers.facts.value import NONE, UNKNOWN

__all__ = [
    "FAMILY_KINDS",
    "Direction",
    "Finding",
    "Kind",
    "Size",
    "compare",
    "judge",
    "shortfall",
    "verdict",
]

_SIDES: Mapping[Case, Kind] = {
    "higher": "above",
    "lower": "below",
    "equal": "equal",
    "same_print": "equal",
    "inside": "unclear_side",
    "unknown": "unknown_side",
}

SHORT_COURSE = 3
"""Years that make a course worth a sentence."""
MOST_NAMED = 3
"""A paragraph names no more criteria than a reader keeps in mind."""


def judge(measured: Measured) -> tuple[Finding, ...]:
    """Return what one criterion says, the most important first.

    Parameters
    ----------
    measured : Measured

    Returns
    -------
    tuple of Finding
        Only ``not_measured`` for a criterion without a value.
    """
    if measured.value is None:
        return (Finding("not_measured", measured, 1.0),)
    found = [
        Finding("level", measured, 1.0),
        *_place(measured),
        *_sample(measured),
        *_target(measured),
        *_change(measured),
        *_beside(measured),
        *_course(measured),
        *_appraisal(measured),
    ]
    return tuple(sorted(found, key=lambda finding: -finding.importance))


def compare(children: Sequence[Measured]) -> tuple[Finding, ...]:
    """Return which criteria of one kind stand out, up and down, and what moved their sum.

    Criteria are set side by side by share of their maximum where all have one, else by value, which
    must then be of one unit. Criteria from one sample are not: only their index knows the errors of
    their differences, and says which stand apart.

    Parameters
    ----------
    children : sequence of Measured

    Returns
    -------
    tuple of Finding
        ``strongest`` and ``weakest`` with at most three criteria each, never the same one in both;
        ``contribution`` for the criterion that moved the sum most; ``lost`` for lost points.
    """
    valued = [child for child in children if child.value is not None]
    if any(child.survey for child in valued):
        return ()
    found: list[Finding] = []
    if len(valued) > 1 and len({child.unit for child in valued}) == 1:
        found += _ends(valued)
    return (*found, *_contribution(valued), *_lost(valued))


def _place(measured: Measured) -> Iterable[Finding]:
    place = measured.place
    if place is None:
        return
    if place.units == 1:
        yield Finding("only_unit", measured, 0.5)
        return
    if place.units is None:
        yield Finding("place_of_unknown", measured, 0.9)
        return
    yield Finding("place", measured, 0.95)


def _sample(measured: Measured) -> Iterable[Finding]:
    needed = measured.sample_needed
    if measured.sample is not None and needed is not None and measured.sample < needed:
        yield Finding("small_sample", measured, 0.97)


def _target(measured: Measured) -> Iterable[Finding]:
    if measured.target is None or measured.value is None:
        return
    gap = measured.value.value - measured.target.value.value
    made = verdict(measured, measured.target)
    if made.case in ("inside", "unknown") and measured.survey:
        yield Finding("target_unclear", measured, 0.8, beside=measured.target)
        return
    met = gap >= 0 if measured.higher_is_better else gap <= 0
    yield Finding(
        "target_met" if met else "target_missed",
        measured,
        0.8 if met else 0.92,
        values={"gap": _difference(gap, measured, measured.target.name)},
        beside=measured.target,
    )


def shortfall(missed: Finding) -> float:
    """Return which part of a target is lacking: 0.04 where 86.4 % were reached of 90 %.

    Parameters
    ----------
    missed : Finding
        Of the kind ``target_missed``.
    """
    if missed.kind != "target_missed" or missed.beside is None:
        raise ValueError("only a missed target has a shortfall")
    return abs(missed.values["gap"].value) / (abs(missed.beside.value.value) or 1.0)


def verdict(measured: Measured, beside: Beside) -> Comparison:
    """Return how the own value compares with another, on the error of the difference.

    Parameters
    ----------
    measured : Measured
        With a value.
    beside : Beside

    Returns
    -------
    Comparison
        That of the index where it has made one; an estimate without known error is ``unknown``.
    """
    if beside.comparison is not None or measured.value is None:
        return beside.comparison or Comparison("unknown", 0.0, None)
    error = UNKNOWN if measured.survey else NONE
    return compared(
        measured.value.value,
        beside.value.value,
        errors=(error, error),
        decimals=measured.decimals,
        smallest=0.0 if measured.survey else measured.smallest_printed,
    )


def _change(measured: Measured) -> Iterable[Finding]:
    for earlier, kind in ((measured.previous, "change"), (measured.base, "since_base")):
        if earlier is None or measured.value is None:
            continue
        if kind == "since_base" and measured.previous and earlier.year == measured.previous.year:
            continue
        if earlier.reasons:
            yield Finding("not_comparable", measured, 0.75, earlier=earlier)
            continue
        moved: Kind = "since_base" if kind == "since_base" else "change"
        yield _movement(measured, measured.value, earlier, moved)
        if kind == "change":
            yield from _place_movement(measured, earlier)


def _movement(measured: Measured, value: Value, earlier: Earlier, kind: Kind) -> Finding:
    gap = value.value - earlier.value.value
    values = {"gap": _difference(gap, measured, f"năm {earlier.year}")}
    if abs(gap) < measured.smallest_printed:
        return Finding("unchanged", measured, 0.5, values=values, earlier=earlier)
    if measured.survey and earlier.margin is None:
        return Finding("unknown_change", measured, 0.6, values=values, earlier=earlier)
    direction: Direction = "up" if gap > 0 else "down"
    if earlier.margin is not None and abs(gap) <= earlier.margin:
        margin = Value(earlier.margin, "1,96 lần sai số chuẩn của hiệu số")
        return Finding(
            "unclear_change",
            measured,
            0.6,
            direction=direction,
            values={**values, "margin": margin},
            earlier=earlier,
        )
    return Finding(
        kind,
        measured,
        0.85 if kind == "change" else 0.55,
        direction=direction,
        size=_size(gap, measured),
        values=values,
        earlier=earlier,
    )


def _size(gap: float, measured: Measured) -> Size:
    large = measured.large is not None and abs(gap) >= measured.large
    return "large" if large else "clear"


def _place_movement(measured: Measured, earlier: Earlier) -> Iterable[Finding]:
    place = measured.place
    if place is None or place.units is None or earlier.rank is None or measured.value is None:
        return
    moved = earlier.rank - place.rank
    gap = measured.value.value - earlier.value.value
    better = gap if measured.higher_is_better else -gap
    same_units = earlier.units == place.units
    if measured.survey and (
        earlier.margin is None or earlier.assumed or abs(gap) <= earlier.margin
    ):
        # The points neither rose nor fell as far as anybody knows.
        better = 0.0
    if moved < 0 and better >= measured.smallest_printed and same_units:
        yield Finding("points_up_place_down", measured, 0.84, earlier=earlier)
    elif moved > 0 and better <= -measured.smallest_printed and same_units:
        yield Finding("points_down_place_up", measured, 0.84, earlier=earlier)
    else:
        direction: Direction | None = None if moved == 0 else ("up" if moved > 0 else "down")
        yield Finding("place_moved", measured, 0.7, direction=direction, earlier=earlier)


def _beside(measured: Measured) -> Iterable[Finding]:
    if measured.value is None:
        return
    for beside, weight in ((measured.mean, 0.78), (measured.region, 0.6)):
        if beside is None:
            continue
        made = verdict(measured, beside)
        kind: Kind = _SIDES[made.case]
        if made.case == "inside" and not measured.survey:
            kind = "equal"
        gap = measured.value.value - beside.value.value
        values = {"gap": _difference(gap, measured, beside.name)}
        yield Finding(kind, measured, weight, values=values, beside=beside)
    yield from _closing_in(measured)
    yield from _extremes(measured)


def _closing_in(measured: Measured) -> Iterable[Finding]:
    earlier = measured.previous
    if earlier is None or earlier.reasons or earlier.mean is None or measured.mean is None:
        return
    if measured.value is None or not measured.higher_is_better or measured.survey:
        return
    before = earlier.mean.value - earlier.value.value
    now = measured.mean.value.value - measured.value.value
    if now > 0 and before - now >= measured.smallest_printed:
        values = {
            "before": Value(before, f"hiệu số với mức bình quân năm {earlier.year}"),
            "now": Value(now, f"hiệu số với mức bình quân năm {measured.year}"),
        }
        yield Finding("closing_in", measured, 0.65, values=values, earlier=earlier)


def _extremes(measured: Measured) -> Iterable[Finding]:
    place, value = measured.place, measured.value
    if place is None or place.units is None or place.units < 2 or value is None:
        return
    if measured.survey:
        # A place may be told as published; that the value is the highest is more than it says.
        return
    if place.rank == 1:
        yield Finding("is_best", measured, 0.5)
    elif place.rank == place.units:
        yield Finding("is_lowest", measured, 0.5)
    elif measured.best is not None:
        gap = measured.best.value.value - value.value
        values = {"gap": _difference(gap, measured, measured.best.name)}
        yield Finding("gap_to_best", measured, 0.45, values=values, beside=measured.best)


def _course(measured: Measured) -> Iterable[Finding]:
    course = measured.course
    if len(course) < SHORT_COURSE:
        return
    values = [value for _, value in course]
    steps = [later - earlier for earlier, later in pairwise(values)]
    small = measured.smallest_printed
    if all(step >= small for step in steps):
        yield Finding("course", measured, 0.5, direction="up")
    elif all(step <= -small for step in steps):
        yield Finding("course", measured, 0.5, direction="down")


def _appraisal(measured: Measured) -> Iterable[Finding]:
    if measured.self_score is None or measured.value is None:
        return
    gap = measured.self_score.value - measured.value.value
    if abs(gap) < measured.smallest_printed:
        return
    values = {"gap": _difference(gap, measured, "điểm tự chấm"), "self": measured.self_score}
    kind: Kind = "appraised_lower" if gap > 0 else "appraised_higher"
    yield Finding(kind, measured, 0.72, values=values)


def _ends(valued: Sequence[Measured]) -> list[Finding]:
    ordered = sorted(valued, key=_strength, reverse=True)
    if _strength(ordered[0]) - _strength(ordered[-1]) < 1e-9:
        return []
    count = min(MOST_NAMED, len(ordered) // 2)
    strong, weak = ordered[:count], list(reversed(ordered[-count:]))
    return [
        Finding("strongest", strong[0], 0.68, named=tuple(strong)),
        Finding("weakest", weak[0], 0.7, named=tuple(weak)),
    ]


def _strength(measured: Measured) -> float:
    if measured.value is None:
        raise ValueError("an unknown value has no place in an order")
    value = measured.value.value
    share = value / measured.maximum if measured.maximum else value
    return share if measured.higher_is_better else -share


def _contribution(valued: Sequence[Measured]) -> Iterable[Finding]:
    moved = [
        (child, child.value.value - child.previous.value.value)
        for child in valued
        if child.value and child.previous and not child.previous.reasons and child.unit == "điểm"
    ]
    if len(moved) < 2 or len(moved) < len(valued):
        return
    child, gap = max(moved, key=lambda pair: abs(pair[1]))
    if abs(gap) < child.smallest_printed:
        return
    total = sum(difference for _, difference in moved)
    # What pulled against the sum did not make it.
    if total * gap <= 0:
        return
    yield Finding(
        "contribution",
        child,
        0.66,
        direction="up" if gap > 0 else "down",
        values={
            "gap": Value(gap, f"hiệu số chưa làm tròn của {child.name}"),
            "total": Value(total, "tổng các hiệu số chưa làm tròn"),
        },
        earlier=child.previous,
    )


def _lost(valued: Sequence[Measured]) -> Iterable[Finding]:
    losing = [
        (child, child.maximum - child.value.value)
        for child in valued
        if child.maximum is not None and child.value is not None and child.unit == "điểm"
    ]
    losing = [(child, lost) for child, lost in losing if lost >= child.smallest_printed]
    if not losing:
        return
    losing.sort(key=lambda pair: -pair[1])
    total = Value(sum(lost for _, lost in losing), "tổng điểm tối đa trừ tổng điểm đạt được")
    # The total is a number, too: a sentence keeps to three.
    named = tuple(child for child, _ in losing[: MOST_NAMED - 1])
    yield Finding("lost", named[0], 0.69, values={"total": total}, named=named)


def _difference(gap: float, measured: Measured, name: str) -> Value:
    return Value(gap, f"hiệu số chưa làm tròn: {measured.name} năm {measured.year} và {name}")
