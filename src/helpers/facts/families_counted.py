"""Families of findings that indices of counts state: dossiers, ratios of decision 766, periods.

Each is named as in :mod:`helpers.facts.families_stated`: name, what it says, cases with their fields,
optional fields, slot.
"""

from __future__ import annotations

from helpers.facts.families_stated import Stated

COUNTED: tuple[Stated, ...] = (
    (
        "tallied",
        "points of indicators: of all, of those that apply, or of those with figures; none has any",
        "whole: total maximum; scaled: total maximum value; some: total maximum n; none",
        ("group",),
        "",
    ),
    (
        "withheld",
        "a total that is not told, as parts of it were counted over few records",
        "graded: parts total maximum group; few lacking: parts total maximum",
        (),
        "",
    ),
    (
        "below_top",
        "points short of the maximum, at how many indicators, and what those that lost most lost",
        "all: total n; one: total n share; several alike: total n parts share; none rounded",
        ("among",),
        "",
    ),
    (
        "shortfall",
        "an indicator below its maximum; few: a small number of records say nothing of it",
        "rate: high count of value total maximum gap; counts: high count of total maximum gap",
        ("mark", "n", "few"),
        "mark",
    ),
    (
        "share_of",
        "a part of a whole, beside its target where it has one; nothing: none is known",
        "plain: count of value; above below: count of value mark gap; at: count of value mark; nothing",
        (),
        "mark",
    ),
    (
        "course",
        "from the first to the last period of a year",
        "up down: first last gap; same: first last; few; none",
        (),
        "",
    ),
)
FLAGS = "few"
MEMBERS_ALONE = "first last"
