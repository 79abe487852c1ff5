"""The one judge: everything that a criterion of a unit in a year says."""

from __future__ import annotations

from collections.abc import Callable

from helpers.facts.absent import missing
from helpers.facts.against import against, target
from helpers.facts.changes import change, tally
from helpers.facts.drivers import drivers
from helpers.facts.extremes import extremes
from helpers.facts.families import Finding
from helpers.facts.grouping import grouping, grouping_change
from helpers.facts.level import appraisal, level, sample
from helpers.facts.measured import Measured
from helpers.facts.movement import movement
from helpers.facts.parts import lost, strongest_and_weakest
from helpers.facts.places import place, place_change, place_range

JUDGES: tuple[Callable[[Measured], tuple[Finding, ...]], ...] = (
    level,
    sample,
    place,
    place_range,
    grouping,
    against,
    target,
    extremes,
    change,
    place_change,
    grouping_change,
    movement,
    strongest_and_weakest,
    tally,
    drivers,
    lost,
    appraisal,
    missing,
)


def judge(measured: Measured) -> tuple[Finding, ...]:
    """Return everything that a criterion says; what a page tells of it is the words' choice.

    Parameters
    ----------
    measured : Measured

    Returns
    -------
    tuple of Finding
        Each identity once; in the order of :data:`JUDGES`.
    """
    return tuple(finding for one in JUDGES for finding in one(measured))


def judge_tree(measured: Measured) -> tuple[Finding, ...]:
    """Return what a criterion and everything below it say, the whole first."""
    below = (finding for part in measured.parts for finding in judge_tree(part))
    return (*judge(measured), *below)
