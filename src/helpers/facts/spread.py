"""What is said of parts or units together: between which values they lie, how far places are open."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median_low

from helpers.facts.families import Finding
from helpers.facts.level import finding, member
from helpers.facts.measured import Measured
from helpers.facts.places import open_places
from helpers.facts.value import Value, Why, count


def span(measured: Measured, *, published: bool = False) -> tuple[Finding, ...]:
    """Say between which values the parts lie; nothing of fewer than two that are known.

    Parameters
    ----------
    measured : Measured
    published : bool
        Whether the values were published; who holds an end is then named, unless several do.
    """
    known = sorted(
        (part for part in measured.parts if part.value.is_known), key=lambda one: one.value.known
    )
    if len(known) < 2:
        return ()
    peers = measured.peers
    told: dict[str, object] = {
        "low": member(known[0]),
        "high": member(known[-1]),
        "units": count(len(known), "unit"),
        "excluded": count(len(peers.excluded), "unit") if peers and peers.excluded else None,
    }
    ends = [known[0].value.known, known[-1].value.known]
    shared = any(sum(part.value.known == end for part in known) > 1 for end in ends)
    case = "surveyed" if not published else "published" if shared else "named"
    return (finding(measured, "span", case, **told),)


def unordered(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Say once that neither end is known where the findings say it of both ends.

    Parameters
    ----------
    found : sequence of Finding
        Of :func:`helpers.facts.parts.strongest_and_weakest`.

    Returns
    -------
    tuple of Finding
        Those given, both ends replaced where neither is known.
    """
    ends = [one for one in found if one.family in ("strongest", "weakest")]
    if len(ends) < 2 or any(one.case not in ("unsure", "unknown") for one in ends):
        return tuple(found)
    case = "unknown" if any(one.case == "unknown" for one in ends) else "unsure"
    fields = {name: ends[0].fields[name] for name in ("of", "subject")}
    made = Finding(ends[0].about, "unordered", case, fields)
    return (made, *(one for one in found if one not in ends))


def open_order(measured: Measured) -> tuple[Finding, ...]:
    """Say how far the errors leave the places of all peers open.

    Half of the units may move by the median of what is open to them, or more.
    """
    peers = measured.peers
    if peers is None or len(peers.known) < 2:
        return ()
    kinds = [value.error.kind for value in peers.known.values()]
    unknown = kinds.count("unknown")
    if unknown == len(kinds) or all(kind in ("none", "rounding") for kind in kinds):
        return ()
    if unknown:
        return (finding(measured, "open_places", "unknown", n=_counted(unknown)),)
    ranges = [open_places(peers, unit) for unit in peers.known]
    leaders = sum(best == 1 for best, _, _ in ranges)
    if leaders == len(ranges):
        units = count(len(ranges), "unit")
        return (finding(measured, "open_places", "none", units=units),)
    width = median_low(worst - best for best, worst, _ in ranges)
    steps = count(width, "place", Why("median_of_open_places"))
    if leaders > 1:
        return (finding(measured, "open_places", "leaders", n=_counted(leaders), steps=steps),)
    if width:
        return (finding(measured, "open_places", "moving", steps=steps),)
    return (finding(measured, "open_places", "settled", units=count(len(ranges), "unit")),)


def _counted(number: int) -> Value:
    return count(number, "unit", Why("open_places"))
