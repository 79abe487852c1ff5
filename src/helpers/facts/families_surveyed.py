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
        "footing",
        "what a page rests on: an interval that was published, an assumed error, none",
        "interval: value error; assumed; unknown",
        (),
        "",
    ),
    (
        "composition",
        "in which groups the parts stand",
        "alone all: of group; mixed: of parts",
        (),
        "",
    ),
    *(
        (
            name,
            f"parts with the {name} places; group: they are in the {end} group, as published; relative:"
            " no part is, and these stand nearest; places, alike: nothing is said of groups",
            "group group_shared: parts group; relative relative_shared: parts group; none: group;"
            " places: parts of; alike: of",
            ("besides", "more"),
            "",
        )
        for name, end in (("foremost", "best"), ("hindmost", "last"))
    ),
    (
        "stood",
        "group and place of two years as published, side by side",
        "same moved: low high role year",
        (),
        "year",
    ),
    (
        "not_compared",
        "what may not be compared with a year: all of it, some, each with its reason",
        "all parts_alone: why role year; some: role year; parts total: parts why role year;"
        " total_of_parts: role year",
        (),
        "year",
    ),
    (
        "split",
        "who prints alike and stands in another group, cut through unrounded values",
        "alike: with_",
        ("n",),
        "",
    ),
    (
        "succession",
        "the unit of 1 July 2025 that a province belongs to, and what its scores make of it",
        "current; kept; renamed: high; merged: high value rank units parts;"
        " merged_tied: high value rank units parts; incomplete: high parts with_",
        (),
        "",
    ),
    (
        "reach",
        "the lowest and the highest of some values, and all who hold each",
        "printed: low high",
        ("n",),
        "mark",
    ),
    (
        "gathered",
        "of how many units a total is known, who has none at all, who has parts alone",
        "whole: units; some: n units",
        ("with_", "parts"),
        "",
    ),
    (
        "served",
        "what an office delivered about its contents; actions are no result",
        "listed: parts; nothing",
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
LISTS = "besides"
NUMBERS = "issued returned valid share_returned share_valid answered"
