"""Places among the peers: now, as far as errors leave them open, and against an earlier year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from helpers.facts.compared import Verdict, between
from helpers.facts.comparison import MOST_NAMED
from helpers.facts.earlier import barred, barred_years, common_units
from helpers.facts.families import Finding, Member
from helpers.facts.known import known_enough
from helpers.facts.level import finding
from helpers.facts.measured import Earlier, Measured, Peers
from helpers.facts.ranks import last_place, place_among
from helpers.facts.value import Value, Why, count


def place(measured: Measured) -> tuple[Finding, ...]:
    """Say the place: as printed, or as computed from peers, ties at printed precision."""
    peers, printed = measured.peers, measured.printed_place
    if peers is not None and measured.own in peers.excluded:
        return (finding(measured, "place", "not_ranked", why=(peers.excluded[measured.own],)),)
    if peers is None or measured.own not in peers.known:
        return _as_printed(measured)
    rank, units = peers.ranks.place[measured.own], len(peers.known)
    if printed is not None:
        # Publishers rank by digits that they do not print, and units without a figure stand anywhere.
        last = last_place(peers.ranks, measured.own) + peers.unsettled
        if rank <= printed.rank <= last:
            return _as_printed(measured)
    elif not known_enough(units, peers.unsettled):
        return ()
    total = measured.key.code == "total"
    source = Why("rank_among", {"of": peers.of, "units": units, "total": total})
    told: dict[str, object] = {
        "rank": count(rank, "place", source),
        "units": count(units, "unit", source),
        "missing": count(peers.unsettled, "unit") if peers.unsettled else None,
        "excluded": count(len(peers.excluded), "unit") if peers.excluded else None,
    }
    if printed is not None:
        as_printed = count(printed.rank, "place", printed.source)
        return (finding(measured, "place", "differs", printed=as_printed, **told),)
    if units == 1:
        return (finding(measured, "place", "sole", **told),)
    if peers.ranks.alike[measured.own]:
        others, named = tied_with(peers, measured.own)
        return (finding(measured, "place", "tied", others=others, with_=named, **told),)
    return (finding(measured, "place", "of", **told),)


def _as_printed(measured: Measured) -> tuple[Finding, ...]:
    printed, peers = measured.printed_place, measured.peers
    if printed is None:
        return ()
    rank = count(printed.rank, "place", printed.source)
    shared = tuple(Member(name, name) for name in printed.sharing[:MOST_NAMED]) or None
    units = printed.units
    if units is None and peers is not None and not peers.unsettled:
        units = len(peers.known)
    if units is None:
        return (finding(measured, "place", "printed_of_unknown", rank=rank, with_=shared),)
    among = count(units, "unit", printed.source)
    # The only unit of its kind has no standing, whoever printed its place.
    case = "sole" if units == 1 else "printed"
    return (finding(measured, "place", case, rank=rank, units=among, with_=shared),)


def tied_with(peers: Peers, unit: str) -> tuple[Value, tuple[Member, ...] | None]:
    """Return how many others print the same, and who they are unless they are too many to name."""
    alike = peers.ranks.alike[unit]
    named = tuple(Member(other, peers.name(other), peers.values[other]) for other in alike)
    return count(len(alike), "unit"), named if len(named) <= MOST_NAMED else None


def place_range(measured: Measured) -> tuple[Finding, ...]:
    """Say which places the errors leave open; nothing of exact figures that are all there."""
    peers = measured.peers
    if peers is None or measured.own not in peers.known or len(peers.values) < 2:
        return ()
    error = measured.value.error
    exact = all(value.error.kind in ("none", "rounding") for value in peers.known.values())
    if exact and not peers.unsettled:
        return ()
    units = count(len(peers.known) + peers.unsettled, "unit")
    missing = count(peers.unsettled, "unit") if peers.unsettled else None
    if error.kind == "unknown":
        return (finding(measured, "place_range", "unknown", units=units, missing=missing),)
    best, worst, assumed = open_places(peers, measured.own)
    told = {"best": count(best, "place"), "units": units, "missing": missing}
    if best == worst and not assumed:
        return (finding(measured, "place_range", "sure", **told),)
    last = count(worst, "place")
    return (finding(measured, "place_range", "range", worst=last, assumed=assumed, **told),)


def open_places(peers: Peers, unit: str) -> tuple[int, int, bool]:
    """Return the best and worst place that a unit may have, and whether an error was assumed for it.

    Each other unit is compared at 1 - α/(n - 1), so that the interval holds for the place (Mogstad,
    Romano, Shaikh and Wilhelm 2024, Review of Economic Studies 91, with Bonferroni). Peers whose error
    or value is not known may stand anywhere.
    """
    found = peers.memo.get(unit)
    if found is None:
        best, worst, assumed = open_among(peers, unit, tuple(peers.known))
        found = peers.memo[unit] = (best, worst + peers.unsettled, assumed)
    return found


def open_among(peers: Peers, unit: str, units: Sequence[str]) -> tuple[int, int, bool]:
    """Return the best and worst place that a unit may have among some peers with a figure."""
    better = 1 if peers.higher_is_better else -1
    others = [other for other in units if other != unit]
    verdicts = [versus(peers, other, unit, len(others)) for other in others]
    ahead = sum(verdict.sign == better for verdict in verdicts)
    behind = sum(verdict.sign == -better for verdict in verdicts)
    return ahead + 1, len(others) + 1 - behind, any(v.margin.assumed for v in verdicts)


def versus(peers: Peers, one: str, other: str, comparisons: int = 1) -> Verdict:
    """Compare two peers."""
    covariance = 0.0 if peers.covariance is None else peers.covariance(one, other)
    return between(
        peers.values[one],
        peers.values[other],
        covariance=covariance,
        comparisons=max(1, comparisons),
    )


def place_change(measured: Measured) -> tuple[Finding, ...]:
    """Say how the place moved, over the units that have a figure in both years."""
    return tuple(
        made for one in measured.earlier if (made := _place_moved(measured, one)) is not None
    )


def _place_moved(measured: Measured, earlier: Earlier) -> Finding | None:
    told: dict[str, object] = {"role": earlier.role, "year": earlier.year}
    slot, family = str(earlier.year), "place_change"
    peers, before = measured.peers, earlier.measured.peers
    reasons = barred(measured, earlier)
    if peers is None or before is None:
        return _printed_move(measured, earlier)
    own = measured.own
    if own not in peers.known or earlier.measured.own not in before.known:
        return None
    if reasons:
        return finding(measured, family, "barred", slot, why=reasons, **told)
    units = common_units(measured, earlier)
    if len(units) < 2:
        return None
    now, then = place_among(peers, units, own), place_among(before, units, own)
    source = Why("rank_among_common", {"units": len(units)})
    told |= {
        "now": count(now, "place", source),
        "then": count(then, "place", source),
        "units": count(len(units), "unit", source),
    }
    kinds = {measured.value.error.kind, earlier.measured.value.error.kind}
    if "unknown" in kinds:
        return finding(measured, family, "unknown", slot, **told)
    if "sampling" not in kinds:
        return _moved(measured, slot, now, then, told)
    how = apart(measured, earlier)
    if not how:
        return finding(measured, family, "inside", slot, **told)
    return _moved(measured, slot, now, then, told, how.removeprefix("surely"))


def _moved(
    measured: Measured, slot: str, now: int, then: int, told: dict[str, object], likely: str = ""
) -> Finding:
    if now == then:
        return finding(measured, "place_change", "same", slot, **told)
    case = likely + ("up" if now < then else "down")
    steps = count(abs(then - now), "place", Why("difference_of_places"))
    return finding(measured, "place_change", case, slot, steps=steps, **told)


def apart(measured: Measured, earlier: Earlier) -> Literal["", "likely_", "surely"]:
    """Tell whether no place is possible in both years, and whether that rests on an assumed error."""
    peers, before = measured.peers, earlier.measured.peers
    if peers is None or before is None:
        return ""
    if measured.own not in peers.known or earlier.measured.own not in before.known:
        return ""
    units = common_units(measured, earlier)
    best, worst, assumed = open_among(peers, measured.own, units)
    best_then, worst_then, assumed_then = open_among(before, earlier.measured.own, units)
    if best <= worst_then and best_then <= worst:
        return ""
    return "likely_" if assumed or assumed_then else "surely"


def _printed_move(measured: Measured, earlier: Earlier) -> Finding | None:
    """Compare printed places, which are of one population only as far as its size says."""
    now, then = measured.printed_place, earlier.measured.printed_place
    if now is None or then is None:
        return None
    told: dict[str, object] = {"role": earlier.role, "year": earlier.year}
    slot = str(earlier.year)
    reasons = barred_years(measured, earlier)
    if now.units is None or now.units != then.units:
        reasons = (*reasons, Why("populations_differ", {"now": now.units, "then": then.units}))
    if reasons or now.units is None:
        return finding(measured, "place_change", "barred", slot, why=reasons, **told)
    told |= {
        "now": count(now.rank, "place", now.source),
        "then": count(then.rank, "place", then.source),
        "units": count(now.units, "unit", now.source),
    }
    kinds = {measured.value.error.kind, earlier.measured.value.error.kind}
    if kinds & {"unknown", "sampling"}:
        # Who may have stood elsewhere is not known without the others' errors.
        return finding(measured, "place_change", "unknown", slot, **told)
    return _moved(measured, slot, now.rank, then.rank, told)
