"""Families of findings that are not judged of a :class:`~helpers.facts.measured.Measured`.

What a table of points adds up to, where sources disagree, of how many units something is known, what an
office stated itself, and the statements of a method note. Each is named as in
:mod:`helpers.facts.families`: name, what it says, cases with their fields, optional fields, slot.
"""

from __future__ import annotations

Stated = tuple[str, str, str, tuple[str, ...], str]

STATED: tuple[Stated, ...] = (
    (
        "points",
        "what a table of points adds up to and the index that it gives; partly: some criteria are open",
        "complete: total maximum value; partly: total maximum value missing; no_maximum: total;"
        " self_only: total maximum value; delivered: total; delivered_value: value;"
        " delivered_both: total value",
        ("whole",),
        "",
    ),
    (
        "bonus",
        "points added and taken away besides the criteria",
        "both: bonus penalty total; unknown: total",
        (),
        "",
    ),
    (
        "grade",
        "the grade by confirmed bands, as the office states it, or both where they differ",
        "by_bands: group why; contradicted: group why stated; stated: stated; no_bands",
        (),
        "",
    ),
    (
        "sources",
        "a figure that two sources give differently; year: of which year",
        "office: value used; pages: parts year; pages_used: parts used year; sum: total value",
        ("why",),
        "mark",
    ),
    (
        "doubt",
        "a published value that is doubted, as its page prints it, and why",
        "doubted: why",
        ("value",),
        "",
    ),
    (
        "coverage",
        "of how many units something is known: a trusted value, a doubted one, a place alone",
        "all_valued: n units; placed_only: n units; mixed: n units; none: units",
        ("valued", "doubted", "placed"),
        "",
    ),
    (
        "ranking",
        "whether what is known makes a ranking: places of all, or of some",
        "complete: units; placed_here: units; places_complete: units; partial: units",
        (),
        "",
    ),
    (
        "first_place",
        "who holds the first place as published",
        "published: rank units holders",
        (),
        "",
    ),
    (
        "movers",
        "units that moved most, or each of a few; beside: errors are not known, so no order is told",
        "up: parts; down: parts; few: parts n; some: n; beside: n; none: role year",
        ("up", "down", "floor", "unclear", "role", "year"),
        "year",
    ),
    (
        "limits",
        "limits that the office stated itself; missing: how many lack a cause",
        "caused: n; some_caused: n missing; uncaused: n",
        ("without_points",),
        "",
    ),
    (
        "listing",
        "what a table of the office's own work comes to",
        "stated: why",
        (),
        "mark",
    ),
    (
        "not_listed",
        "that a table of the office's own work was not delivered",
        "stated: why",
        (),
        "mark",
    ),
    (
        "only_limits",
        "that nothing but limits was delivered about the year",
        "told: n",
        (),
        "",
    ),
    (
        "costliest",
        "criteria that lost most; among: of which of them the order is known; whole: these are all",
        "named: parts share; whole: parts; alike: n value",
        ("among",),
        "",
    ),
    (
        "weak",
        "a weakness by itself: points lost, a limit that was stated, a place in the last quarter",
        "lost placed: high; stated: why",
        (),
        "mark",
    ),
    (
        "needed",
        "what could not be computed and what to deliver for it",
        "stated: why",
        (),
        "mark",
    ),
    (
        "unsaid",
        "what the office has not stated of the criteria that lost points",
        "parts: of",
        ("causes", "measures", "owners"),
        "",
    ),
    (
        "mismatch",
        "a sum that does not equal its rows; which: the column",
        "found: n; sum: high which total value",
        (),
        "mark",
    ),
    (
        "checks",
        "criteria whose declared data and points do not fit the rule",
        "found: n",
        (),
        "",
    ),
    (
        "made_of",
        "the published parts of a total with their maxima",
        "parts: parts",
        (),
        "",
    ),
    (
        "tasks",
        "all tasks of the plan done beside points that were lost",
        "all_done: count of",
        (),
        "",
    ),
    (
        "reported",
        "what an office reports of its own year; the slot says of what",
        "told: why",
        (),
        "mark",
    ),
    (
        "method",
        "a statement of the method note; the slot says which",
        "stated: why; bare",
        (),
        "mark",
    ),
)
NUMBERS = "bonus penalty whole used valued doubted placed causes measures owners least below"
FLAGS = "without_points"
WORDS = "stated among"
