"""Families of findings of a composite index that is made again under other assumptions.

Each is named as in :mod:`helpers.facts.families_stated`: name, what it says, cases with their fields,
optional fields, slot.
"""

from __future__ import annotations

from helpers.facts.families_stated import Stated

RECOMPUTED: tuple[Stated, ...] = (
    (
        "certainty",
        "between which places a unit stands in nine of ten recomputations; unknown: a part is missing",
        "spread: best worst units trials; fixed: rank units trials; unknown",
        ("surveyed",),
        "",
    ),
    (
        "open_order",
        "how many places the units of a country lie open; steps: of at least half of them, at most",
        "open: n units steps needed trials",
        ("surveyed",),
        "",
    ),
    (
        "shaken",
        "between which places a unit stands where all totals vary as their published errors say",
        "spread: best worst units; fixed: rank units",
        (),
        "",
    ),
    (
        "shaken_order",
        "how many places the units of a country lie open by the published errors alone",
        "open: n units steps needed",
        (),
        "",
    ),
    (
        "swaying",
        "which open choice moves the places most; unsure: the error of the trials does not tell",
        "normalisation aggregation weights: share; unsure",
        (),
        "",
    ),
    (
        "hinge",
        "which parts, left out in turn, move the unit's place most, with the place that it then has",
        "parts: parts; none",
        (),
        "",
    ),
)

NUMBERS = "trials"
FLAGS = "surveyed"
