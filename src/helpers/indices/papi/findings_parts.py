"""What PAPI states of its dimensions and what is below them: by places, as published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from helpers.definitions.models import TOTAL
from helpers.facts.compared import compact
from helpers.facts.comparison import MOST_NAMED
from helpers.facts.families import Finding, Member
from helpers.facts.level import member
from helpers.facts.measured import Group, Measured
from helpers.facts.value import Key, Why, count
from helpers.indices.papi.measured import criterion, group_of

if TYPE_CHECKING:
    from helpers.indices.papi.result import PapiCountry, PapiResult

_HIGHEST, _LOWEST = 4, 1


def standing(measured: Measured) -> dict[str, object]:
    """Return place, ties, group and median of a criterion, as they are told in one breath."""
    peers = measured.peers
    if peers is None or measured.group is None:
        raise ValueError("a published score has peers and a group")
    told = {"units": len(peers.known), "year": measured.key.year}
    total = measured.key.code == TOTAL
    source = (
        Why("rank_of_total", told) if total else Why("rank_by", {**told, "what": measured.name})
    )
    median = next((mark.value for mark in measured.marks if mark.kind == "median"), None)
    return compact(
        rank=count(peers.ranks.place[measured.own], "place", source),
        units=count(len(peers.known), "unit", source),
        tied=bool(peers.ranks.alike[measured.own]),
        group=measured.group,
        median=median,
    )


def dimensions(result: PapiResult, parts: tuple[Measured, ...]) -> tuple[Finding, ...]:
    """State in which groups the dimensions stand, and which hold the best and the last places."""
    if not parts:
        return ()
    about = Key(result.index, result.place.slug, result.year, code="factors")
    return (_composition(result, about, parts), *stand_out(result.country, about, parts))


def _composition(result: PapiResult, about: Key, parts: Sequence[Measured]) -> Finding:
    """State in which groups the dimensions stand, the highest first."""
    groups = [one.group for one in parts if one.group is not None]
    of = count(len(groups), "part")
    if len({group.order for group in groups}) == 1:
        case = "alone" if len(groups) == 1 else "all"
        return Finding(about, "composition", case, {"of": of, "group": groups[0]})
    counted = []
    for order in range(_HIGHEST, 0, -1):
        number = sum(group.order == order for group in groups)
        if number:
            name = group_of(result.country, order).code
            counted.append(Member(name, name, count(number, "part")))
    return Finding(about, "composition", "mixed", {"of": of, "parts": tuple(counted)})


def relative_place(measured: Measured) -> float:
    """Return where a criterion stands between the best (0) and the last place (1).

    Dimensions differ in how high all provinces score, so they are set side by side by place, never by
    points.
    """
    peers = measured.peers
    if peers is None:
        raise ValueError("a published score has peers")
    return (peers.ranks.place[measured.own] - 0.5) / len(peers.known)


@dataclass(frozen=True)
class _End:
    """One end of the places: who is named first, beside them, and whether they are in the group."""

    named: tuple[Measured, ...]
    in_group: bool
    left: int


def stand_out(country: PapiCountry, about: Key, parts: Sequence[Measured]) -> tuple[Finding, ...]:
    """State the foremost and the hindmost dimensions by place, at most three of each.

    A dimension in the highest group is a clear strength, one in the lowest a clear weakness. Where
    there is none, the relatively best (weakest) ones are named, unless they are on the other side.
    """
    ordered = sorted(parts, key=relative_place)
    best, last = _end(ordered, _HIGHEST), _end(ordered[::-1], _LOWEST)
    if not best.in_group and any(one.group and one.group.order == _LOWEST for one in best.named):
        best = _End((), False, 0)
    taken = {one.key.code for one in best.named}
    taken |= {one.key.code for one in parts if one.group and one.group.order == _HIGHEST}
    if not last.in_group and any(one.key.code in taken for one in last.named):
        last = _End((), False, 0)
    return (
        _told(about, "foremost", best, group_of(country, _HIGHEST)),
        _told(about, "hindmost", last, group_of(country, _LOWEST)),
    )


def _end(ordered: Sequence[Measured], order: int) -> _End:
    there = [one for one in ordered if one.group is not None and one.group.order == order]
    if not there:
        return _End(tuple(level_with(ordered)), False, 0)
    named = first_places(there)
    return _End(tuple(named), True, len(there) - len(named))


def level_with(ordered: Sequence[Measured]) -> list[Measured]:
    """Return those at the head of an order that share its first place."""
    return [one for one in ordered if relative_place(one) == relative_place(ordered[0])]


def first_places(ordered: Sequence[Measured], most: int = MOST_NAMED) -> list[Measured]:
    """Return the first of an order, at most so many unless they share one place.

    A tie that would be cut in two is left out whole, unless it stands first.
    """
    named = list(ordered[:most])
    if len(ordered) > most and relative_place(ordered[most]) == relative_place(named[-1]):
        cut = relative_place(named[-1])
        return [one for one in named if relative_place(one) != cut] or level_with(ordered)
    return named


def _told(about: Key, family: str, end: _End, group: Group) -> Finding:
    if not end.named:
        return Finding(about, family, "none", {"group": group})
    leading = level_with(end.named)
    case = "group" if end.in_group else "relative"
    told = {
        "parts": tuple(held(one) for one in leading),
        "besides": tuple(held(one) for one in end.named if one not in leading) or None,
        "more": count(end.left, "part") if end.left else None,
        "group": group,
    }
    shared = "_shared" if len(leading) > 1 else ""
    return Finding(about, family, f"{case}{shared}", compact(**told))


def held(measured: Measured) -> Member:
    """Return a criterion with its score, place and median, for a list."""
    return replace(member(measured), more=standing(measured))


def items(result: PapiResult) -> tuple[Finding, ...]:
    """State which sub-dimensions hold the best and the lowest places, or that there are none."""
    about = Key(result.index, result.place.slug, result.year, code="items")
    codes = [
        node.code
        for node in result.edition.nodes
        if not node.children and node.code in result.standing.index
    ]
    if not codes:
        return (Finding(about, "not_given", "items", {}, "items"),)
    parts = [criterion(result, code) for code in codes]
    of = count(len(parts), "part")
    best, lowest = ends(parts)
    if not best:
        return (Finding(about, "foremost", "alike", {"of": of}),)
    named = {"foremost": best, "hindmost": lowest}
    return tuple(
        Finding(about, family, "places", {"parts": tuple(held(one) for one in found), "of": of})
        for family, found in named.items()
        if found
    )


def ends(
    parts: Sequence[Measured], most: int = MOST_NAMED
) -> tuple[tuple[Measured, ...], tuple[Measured, ...]]:
    """Return which criteria hold the best and the lowest places.

    From the end inwards, at most so many each and never the same; none where all share one place.
    """
    ordered = sorted(parts, key=relative_place)
    most = min(most, len(ordered) // 2)
    if not most or relative_place(ordered[0]) == relative_place(ordered[-1]):
        return (), ()
    best = tuple(first_places(ordered, most))
    lowest = first_places(ordered[::-1], most)
    return best, tuple(one for one in lowest if one not in best)
