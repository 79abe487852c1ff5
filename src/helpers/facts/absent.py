"""What is not there, and which findings that prevents."""

from __future__ import annotations

from helpers.facts.families import Finding
from helpers.facts.level import finding, member
from helpers.facts.measured import Measured
from helpers.facts.value import Why, count

BY_ERROR = ("against", "best", "lowest", "change", "movement", "place_change")
BY_ERROR_OF_PARTS = ("strongest", "weakest", "tally", "drivers")
BY_PEERS = ("place", "best", "lowest")


def missing(measured: Measured) -> tuple[Finding, ...]:
    """Say what is not known of a criterion, its parts and its peers; each kind once.

    What is hidden is not missing, and is not listed.
    """
    made: list[Finding] = []
    value = measured.value
    if value.hidden is None and not value.is_known:
        made.append(finding(measured, "missing", "value", "value", why=(value.why,)))
    absent = [p for p in measured.parts if not p.value.is_known and p.value.hidden is None]
    if absent:
        reasons = tuple(dict.fromkeys(p.value.why for p in absent if p.value.why is not None))
        made.append(
            finding(
                measured,
                "missing",
                "parts",
                "parts",
                parts=tuple(member(part) for part in absent),
                of=count(len(measured.parts), "part"),
                why=reasons or (Why("no_value"),),
            )
        )
    return (*made, *_errors(measured), *_peers(measured))


def _errors(measured: Measured) -> list[Finding]:
    made = []
    if measured.value.is_known and measured.value.error.kind == "unknown":
        made.append(finding(measured, "missing", "error", "error", prevents=BY_ERROR))
    unsure = [p for p in measured.parts if p.value.is_known and p.value.error.kind == "unknown"]
    if unsure:
        parts = tuple(member(part) for part in unsure)
        told = {"parts": parts, "prevents": BY_ERROR_OF_PARTS}
        made.append(finding(measured, "missing", "error_of_parts", "error_of_parts", **told))
    return made


def _peers(measured: Measured) -> list[Finding]:
    peers = measured.peers
    if peers is None or not peers.unsettled:
        return []
    units = count(len(peers.known) + peers.unsettled, "unit")
    absent = count(peers.unsettled, "unit")
    told = {"missing": absent, "units": units, "prevents": BY_PEERS}
    return [finding(measured, "missing", "peers", "peers", **told)]
