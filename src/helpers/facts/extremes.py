"""Who holds the best and the lowest value among the peers, and whether it is this one."""

from __future__ import annotations

from typing import Literal

from helpers.facts.compared import Verdict, gap_value, margin_value
from helpers.facts.comparison import MOST_NAMED
from helpers.facts.families import Finding, Member
from helpers.facts.level import finding
from helpers.facts.measured import Measured, Peers
from helpers.facts.places import open_places, tied_with, versus
from helpers.facts.value import count

End = Literal["best", "lowest"]


def extremes(measured: Measured) -> tuple[Finding, ...]:
    """Say whether the value is the best or the lowest, or who holds the best.

    Nothing is said of a unit outside the counting: it holds no end of an order that it is not in.
    """
    peers = measured.peers
    if peers is None or measured.own not in peers.known or len(peers.known) < 2:
        return ()
    if peers.unsettled:
        return (_open(measured, peers),)
    if len(peers.ranks.best) == len(peers.known):
        # All print alike: nobody is best, nobody lowest; `place` says the tie.
        return ()
    ends: list[Finding] = [_best(measured, peers)]
    if measured.own in peers.ranks.lowest:
        ends.append(_holding(measured, peers, "lowest"))
    return tuple(ends)


def _open(measured: Measured, peers: Peers) -> Finding:
    """Say that a unit without a figure may hold the best."""
    units = count(len(peers.known) + peers.unsettled, "unit")
    return finding(
        measured, "best", "unknown_top", units=units, missing=count(peers.unsettled, "unit")
    )


def _best(measured: Measured, peers: Peers) -> Finding:
    holders = peers.ranks.best
    if measured.own in holders:
        return _holding(measured, peers, "best")
    # Holders may be measured with different errors: to be surely behind one of them is to be behind.
    asked = [(unit, versus(peers, measured.own, unit, len(peers.known) - 1)) for unit in holders]
    first, verdict = min(asked, key=lambda one: _CLEAREST.index(_clearness(one[1])))
    told: dict[str, object] = {
        "holders": _named(peers, holders),
        "held_by": count(len(holders), "unit"),
        "units": count(len(peers.known), "unit"),
        "gap": gap_value(verdict, peers.values[measured.own], peers.values[first]),
        "margin": margin_value(verdict, measured.value),
    }
    case = _clearness(verdict)
    if case != "perhaps":
        return finding(measured, "best", case, **told)
    return finding(measured, "best", "perhaps", **told)


_CLEAREST = ("behind", "likely_behind", "unknown", "perhaps")


def _clearness(verdict: Verdict) -> str:
    """Return what a comparison with a holder of the best says."""
    if verdict.is_sure or verdict.case == "floor":
        return "behind"
    if verdict.sign:
        return "likely_behind"
    return "unknown" if verdict.case == "unknown" else "perhaps"


def _named(peers: Peers, units: tuple[str, ...]) -> tuple[Member, ...]:
    if len(units) > MOST_NAMED:
        return ()
    return tuple(Member(unit, peers.name(unit), peers.values[unit]) for unit in units)


def _holding(measured: Measured, peers: Peers, end: End) -> Finding:
    """Say how surely the own value, which is the last or first by figure, is so."""
    own, others = measured.own, [unit for unit in peers.known if unit != measured.own]
    told: dict[str, object] = {"units": count(len(peers.known), "unit")}
    if peers.ranks.alike[own]:
        alike, named = tied_with(peers, own)
        error = measured.value.error.kind
        if error in ("unknown", "sampling"):
            told["holders"] = () if named is None else (*_named(peers, (own,)), *named)
            return _nominal(measured, peers, end, error == "unknown", told)
        return finding(measured, end, "shared", others=alike, with_=named, **told)
    verdicts = {other: versus(peers, own, other, len(others)) for other in others}
    nearest = min(verdicts, key=lambda other: abs(verdicts[other].gap))
    gap: Verdict = verdicts[nearest]
    told["gap_second"] = gap_value(gap, measured.value, peers.values[nearest])
    if all(verdict.is_sure or verdict.case == "floor" for verdict in verdicts.values()):
        return finding(measured, end, "sole", **told)
    unknown = any(verdict.case == "unknown" for verdict in verdicts.values())
    told["holders"] = _named(peers, (own,))
    return _nominal(measured, peers, end, unknown, told)


def _nominal(
    measured: Measured, peers: Peers, end: End, unknown: bool, told: dict[str, object]
) -> Finding:
    if unknown:
        told.pop("gap_second", None)
        return finding(measured, end, "unknown", **told)
    best, worst, assumed = open_places(peers, measured.own)
    told |= {"best": count(best, "place"), "worst": count(worst, "place"), "assumed": assumed}
    return finding(measured, end, "nominal", **told)
