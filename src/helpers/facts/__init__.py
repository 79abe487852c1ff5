"""The one judge: what the figures of any index say, and how surely.

A number with its error, status and source is a :class:`~helpers.facts.value.Value`; all that is known
of one criterion of one unit in one year a :class:`~helpers.facts.measured.Measured`; what it says is a
tuple of :class:`~helpers.facts.families.Finding`, made by :func:`~helpers.facts.judge.judge`. No index
is known here, nothing is formatted, and no sentence is written.
"""

from helpers.facts.families import FAMILIES, Family, Finding, Margin, Member
from helpers.facts.judge import judge, judge_tree
from helpers.facts.marks import mark_of
from helpers.facts.measured import Earlier, Group, Mark, Measured, Peers, Place
from helpers.facts.value import (
    NONE,
    UNKNOWN,
    Error,
    Key,
    Value,
    Why,
    count,
    rounding,
    sampling,
)

__all__ = [
    "FAMILIES",
    "NONE",
    "UNKNOWN",
    "Earlier",
    "Error",
    "Family",
    "Finding",
    "Group",
    "Key",
    "Margin",
    "Mark",
    "Measured",
    "Member",
    "Peers",
    "Place",
    "Value",
    "Why",
    "count",
    "judge",
    "judge_tree",
    "mark_of",
    "rounding",
    "sampling",
]
