"""Families of findings that only a survey of people states: who was asked, and how far places are open.

Each is named as in :mod:`helpers.facts.families_stated`: name, what it says, cases with their fields,
optional fields, slot.
"""

from __future__ import annotations

from helpers.facts.families_stated import Stated

SURVEYED: tuple[Stated, ...] = (
    (
        "span",
        "between which values parts or peers lie; named: who holds the ends, as published",
        "surveyed published named: low high; beside: units",
        ("units", "excluded"),
        "",
    ),
    (
        "unordered",
        "that nobody knows which part is the highest, nor which is the lowest",
        "unsure unknown: of",
        (),
        "",
    ),
    (
        "open_places",
        "how far errors leave the places of all units open; leaders: who may be first",
        "none: units; leaders: n steps; moving: steps; settled: units; unknown: n",
        (),
        "",
    ),
    (
        "left_out",
        "units that are not ranked, or of which nothing is told",
        "few: n needed; named: parts needed; hidden: n why; too_few_units: n",
        (),
        "mark",
    ),
    (
        "precision",
        "interval of the own value, and the fewest answers that a part of it rests on",
        "interval: value error",
        ("n",),
        "",
    ),
    (
        "whole",
        "the province's own result beside one of its agencies, by who was asked",
        "residents_apart residents printed: value; agencies: value n",
        ("error",),
        "",
    ),
    (
        "not_given",
        "that results of a level were not delivered, or are not in the definition",
        "factors one_factor items item_list units earlier",
        (),
        "mark",
    ),
    (
        "not_asked",
        "parts that the index does not hold",
        "parts: parts",
        (),
        "",
    ),
    (
        "together",
        "weak parts that all belong to one part of the level above",
        "parts: parts high",
        (),
        "",
    ),
    (
        "weak_part",
        "the part that alone is the lowest, as a weakness by itself",
        "lowest: high of",
        (),
        "",
    ),
    (
        "on_time",
        "nearly all cases in time beside a result behind the others",
        "not_satisfied: value",
        (),
        "",
    ),
    (
        "forms",
        "forms issued, returned and valid, as far as they were counted",
        "counted; none",
        ("issued", "returned", "valid", "share_returned", "share_valid"),
        "",
    ),
    (
        "unused",
        "forms left out; merged and few: apart they would tell of single persons",
        "incomplete unweighted merged: n answered; few: answered; other_years: n; few_other_years",
        (),
        "mark",
    ),
)
NUMBERS = "issued returned valid share_returned share_valid answered"
