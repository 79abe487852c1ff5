"""Which parts are strongest and weakest, whether they differ at all, and where points were lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from helpers.facts.compared import Verdict, between, gap_value, margin_value
from helpers.facts.comparison import MOST_NAMED, printed
from helpers.facts.families import Finding, Member
from helpers.facts.leading import leading
from helpers.facts.level import finding, member
from helpers.facts.measured import Measured
from helpers.facts.value import NONE, PERCENT, UNKNOWN, Bound, Error, Value, Why, count

_TURNED: Mapping[Bound, Bound] = {"exact": "exact", "at_least": "at_most", "at_most": "at_least"}


@dataclass(frozen=True)
class _Strength:
    """A part with the figure by which it is ordered; the higher the better."""

    part: Measured
    value: Value


def strongest_and_weakest(measured: Measured) -> tuple[Finding, ...]:
    """Say which parts lead and which come last, on the basis that the index declares.

    All parts that are not surely behind the leading one share the claim (Hsu 1984, Annals of Statistics
    12: k - 1 comparisons); up to three are named, else it is unsure and candidates are told.
    """
    basis = measured.part_basis
    if basis is None or not measured.parts:
        return ()
    reason = _bar(measured)
    ends = (("strongest", 1), ("weakest", -1))
    if reason is not None:
        return tuple(finding(measured, family, "barred", why=(reason,)) for family, _ in ends)
    strengths = [made for part in measured.parts if (made := _strength(part, basis)) is not None]
    of = count(len(strengths), "part")
    if len(strengths) < 2:
        return tuple(finding(measured, family, "few", of=of) for family, _ in ends)
    if len({_print(one.value) for one in strengths}) == 1:
        return tuple(
            finding(measured, family, "all_equal", of=of, basis=basis) for family, _ in ends
        )
    return (
        *(_end(measured, strengths, family, sign) for family, sign in ends),
        _ends(measured, strengths),
    )


def _bar(measured: Measured) -> Why | None:
    """Return why the parts have no order: one is hidden or unknown, or they are not of one kind."""
    for part in measured.parts:
        if part.value.hidden is not None:
            # It could hold either end, and naming the best of the others would say that it does not.
            return Why("part_hidden", {"why": part.value.hidden})
    known = [part for part in measured.parts if part.value.is_known]
    if len(known) < len(measured.parts):
        absent = tuple(p.key.code for p in measured.parts if not p.value.is_known)
        return Why("parts_unknown", {"parts": absent})
    if len({part.value.score for part in known}) > 1:
        return Why("stages_differ")
    if any(part.higher_is_better is None for part in known):
        return Why("no_better_direction")
    if measured.part_basis in ("value", "lost") and len({part.value.unit for part in known}) > 1:
        return Why("units_differ")
    return None


def _strength(part: Measured, basis: str) -> _Strength | None:
    """Return the figure of a part on a basis, turned so that more is better."""
    value = part.value
    if not value.is_known:
        return None
    turned = 1.0 if part.higher_is_better else -1.0
    if basis == "value":
        bound = _TURNED[value.bound] if turned < 0 else value.bound
        return _Strength(part, replace(value, number=turned * value.known, bound=bound))
    if basis == "place":
        peers = part.peers
        if peers is None or part.own not in peers.known:
            return None
        rank = peers.ranks.place[part.own]
        error = NONE if value.error.kind in ("none", "rounding") else UNKNOWN
        return _Strength(part, Value(-float(rank), "place", 0, error))
    best = part.maximum
    if best is None or not best.is_known or best.known <= 0:
        return None
    if basis == "lost":
        lost = _scaled(value, 1.0, value.unit)
        return _Strength(part, replace(lost, number=turned * (value.known - best.known)))
    scale = 100.0 / best.known
    return _Strength(part, _scaled(value, turned * scale, PERCENT))


def _scaled(value: Value, factor: float, unit: str) -> Value:
    error, size = value.error, abs(factor)
    if error.kind in ("sampling", "rounding"):
        error = Error(
            error.kind, error.half * size, error.standard_error * size, error.freedom,
            error.origin, sample=error.sample, confidence=error.confidence,
        )  # fmt: skip
    return Value(
        value.known * factor, unit, value.decimals, error,
        status=value.status, score=value.score, source=Why("share_of_maximum"),
    )  # fmt: skip


def _print(value: Value) -> object:
    return printed(value)


def _versus(measured: Measured, one: _Strength, other: _Strength, comparisons: int) -> Verdict:
    """Compare two parts; the index gives the error of their difference where both share a sample."""
    difference = None
    exact = {one.value.error.kind, other.value.error.kind} <= {"none", "rounding"}
    if measured.part_difference is not None and measured.part_basis != "place" and not exact:
        difference = measured.part_difference(one.part.key.code, other.part.key.code)
    return between(one.value, other.value, difference=difference, comparisons=max(1, comparisons))


def _end(measured: Measured, strengths: Sequence[_Strength], family: str, sign: int) -> Finding:
    """Say who leads at one end."""
    ordered = sorted(strengths, key=lambda one: -sign * one.value.known)
    first, *others = ordered
    verdicts = [_versus(measured, first, other, len(others)) for other in others]
    sure = ("higher", "lower")
    # One case of difference is a tie, an assumed error makes nothing sure.
    abreast = [
        other for other, verdict in zip(others, verdicts, strict=True) if verdict.case not in sure
    ]
    leaders = [first, *abreast]
    told: dict[str, object] = {
        "of": count(len(strengths), "part"),
        "basis": measured.part_basis,
    }
    if any(verdict.case == "unknown" for verdict in verdicts):
        return _open(measured, family, "unknown", leaders, told)
    if not abreast:
        return finding(measured, family, "sole", parts=(_named(first, measured),), **told)
    exact = all(one.value.error.kind in ("none", "rounding") for one in strengths)
    if len(leaders) > MOST_NAMED or (len(leaders) == len(strengths) and not exact):
        return _open(measured, family, "unsure", leaders, told)
    if len(leaders) == len(strengths):
        # Each within one case of the leading one: no order to tell.
        return finding(measured, family, "all_equal", **told)
    parts = tuple(_named(one, measured) for one in _in_order(measured, leaders))
    return finding(measured, family, "tied" if exact else "several", parts=parts, **told)


def _open(
    measured: Measured,
    family: str,
    case: str,
    leaders: Sequence[_Strength],
    told: dict[str, object],
) -> Finding:
    """Return candidates with their figures, in the order of the tree: they have no other."""
    named = _in_order(measured, leaders[:MOST_NAMED])
    more = len(leaders) - len(named)
    told |= {"more": count(more, "part") if more else None}
    candidates = tuple(_named(one, measured) for one in named)
    return finding(measured, family, case, candidates=candidates, **told)


def _in_order(measured: Measured, some: Sequence[_Strength]) -> list[_Strength]:
    places = {part.key.code: number for number, part in enumerate(measured.parts)}
    return sorted(some, key=lambda one: places[one.part.key.code])


def _named(one: _Strength, measured: Measured) -> Member:
    """Return a part with the figure that the order goes by, in its own direction."""
    value = one.value
    if measured.part_basis == "value":
        return member(one.part)
    if measured.part_basis in ("lost", "place"):
        value = replace(value, number=abs(value.known), source=Why(str(measured.part_basis)))
    return member(one.part, value)


def _ends(measured: Measured, strengths: Sequence[_Strength]) -> Finding:
    """Say whether the first and the last differ: one of k (k - 1) / 2 pairs, picked for its size."""
    ordered = sorted(strengths, key=lambda one: one.value.known)
    low, high, size = ordered[0], ordered[-1], len(ordered)
    verdict = _versus(measured, high, low, size * (size - 1) // 2)
    case = "apart" if verdict.is_sure else "unknown" if verdict.case == "unknown" else "inside"
    if verdict.case == "floor":
        case = "inside"
    return finding(
        measured,
        "ends",
        case,
        high=_named(high, measured),
        low=_named(low, measured),
        gap=gap_value(verdict, high.value, low.value),
        margin=margin_value(verdict, high.value),
        assumed=verdict.margin.assumed,
    )


def lost(measured: Measured) -> tuple[Finding, ...]:
    """Say how many points were lost against the maximum, and in which parts most.

    Nothing is said where a part is hidden: what is left of the sum would be its loss.
    """
    best, value = measured.maximum, measured.value
    if best is None or not best.is_known or not measured.higher_is_better:
        return ()
    if not value.is_known:
        return (finding(measured, "lost", "unknown", why=(value.reason,)),)
    hidden = [part.value.hidden for part in measured.parts if part.value.hidden is not None]
    if hidden:
        return (finding(measured, "lost", "unknown", why=(hidden[0],)),)
    if value.error.kind in ("sampling", "unknown"):
        return ()
    total = _loss(value, best)
    if printed(total) <= 0:
        return (finding(measured, "lost", "nothing", maximum=best),)
    losing = [
        member(part, loss) for part in measured.parts if (loss := _loss_of(part, value)) is not None
    ]
    first = leading(losing, _printed_loss, MOST_NAMED - 1, extra=1)
    if not first.named:
        return (finding(measured, "lost", "total", total=total),)
    more = len(losing) - len(first.named)
    return (
        finding(
            measured,
            "lost",
            "parts",
            total=total,
            parts=first.named,
            more=count(more, "part") if more else None,
        ),
    )


def _printed_loss(one: Member) -> float:
    return 0.0 if one.value is None else float(printed(one.value))


def _loss(value: Value, best: Value) -> Value:
    source = Why("lost_points", {"maximum": best, "value": value})
    return value.with_number(best.known - value.known, source)


def _loss_of(part: Measured, total: Value) -> Value | None:
    """Return what a part lost, in the unit of the sum; None if nothing or if nobody knows."""
    best, value = part.maximum, part.value
    if best is None or not best.is_known or not value.is_known or value.unit != total.unit:
        return None
    if value.score != total.score:
        return None
    made = _loss(value, best)
    return made if printed(made) > 0 else None
