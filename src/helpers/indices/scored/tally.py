"""One row of a scoring table, and the sums of several. Pure; nothing is rounded."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["scored", "bonus", "penalty"]


@dataclass(frozen=True)
class Item:
    """One row of a scoring table.

    Parameters
    ----------
    code, name : str
    parent : str
        Code of the criterion above; empty at the top.
    maximum : float or None
        Points; None if not known.
    applies : bool
        False for what did not arise.
    self_points, appraised, survey : float or None
        As delivered, in points; None for an empty cell. The points of a criterion are the sum of its
        appraised and surveyed points, so that one criterion may have both.
    kind : {"scored", "bonus", "penalty"}
        Penalties are positive points that are taken off.
    by_survey : bool
        Whether it is not self-scored.
    """

    code: str
    name: str
    parent: str = ""
    maximum: float | None = None
    applies: bool = True
    self_points: float | None = None
    appraised: float | None = None
    survey: float | None = None
    kind: Kind = "scored"
    by_survey: bool = False

    @property
    def final(self) -> float | None:
        """Points after appraisal and survey; None while neither is known."""
        known = [points for points in (self.appraised, self.survey) if points is not None]
        return math.fsum(known) if known else None

    @property
    def is_surveyed(self) -> bool:
        """Whether answers of people are part of its points, whose error an office does not know."""
        return self.by_survey or self.survey is not None

    @property
    def has_points(self) -> bool:
        """Whether any points were delivered."""
        return any(p is not None for p in (self.self_points, self.appraised, self.survey))


@dataclass(frozen=True)
class Tally:
    """The sums of a criterion and everything below it.

    Parameters
    ----------
    code : str
    maximum : float or None
        Of everything that applies, points; None if a maximum is not known.
    final : float or None
        Points after appraisal and survey; None if no criterion has any.
    final_maximum : float or None
        Maximum of the criteria that have final points; None if one of these maxima is not known.
    self_points, self_maximum
        Self-scored points, None if no criterion has any; the maximum of the criteria that have them.
    scored, self_scored : int
        How many criteria have final and self-scored points.
    compared_final : float
        Appraised points of the criteria that were also self-scored, for a fair comparison.
    compared_self : float
        Self-scored points of the same criteria.
    compared : int
        How many criteria these are.
    missing : tuple of str
        Codes of applicable criteria without final points.
    applies : bool
        Whether anything below applies.
    is_surveyed : bool
        Whether answers of people are part of the final points.
    """

    code: str
    maximum: float | None
    final: float | None
    final_maximum: float | None
    self_points: float | None
    self_maximum: float | None
    scored: int
    self_scored: int
    compared_final: float
    compared_self: float
    compared: int
    missing: tuple[str, ...]
    applies: bool
    is_surveyed: bool = False

    @property
    def has_final(self) -> bool:
        """Whether any final points are known."""
        return self.scored > 0

    @property
    def complete(self) -> bool:
        """Whether all final points and all maxima are known."""
        return self.applies and not self.missing and self.maximum is not None

    @property
    def index(self) -> float | None:
        """Points achieved over the applicable maximum, in percent; None unless complete."""
        if not self.complete or not self.maximum or self.final is None:
            return None
        return self.final / self.maximum * 100

    @property
    def known_index(self) -> float | None:
        """As `index`, over the criteria whose final points are known."""
        if self.final is None or not self.final_maximum:
            return None
        return self.final / self.final_maximum * 100

    @property
    def self_index(self) -> float | None:
        """Self-scored points over the maximum of the self-scored criteria, in percent."""
        if self.self_points is None or not self.self_maximum:
            return None
        return self.self_points / self.self_maximum * 100

    @property
    def same_base(self) -> bool:
        """Whether self-scored and final points are of the same criteria, hence of one maximum."""
        return 0 < self.compared == self.scored == self.self_scored

    @property
    def lost(self) -> float | None:
        """Maximum less points, over the criteria whose final points are known."""
        if self.final is None or self.final_maximum is None:
            return None
        return self.final_maximum - self.final


def tally_of(code: str, leaves: Iterable[Item]) -> Tally:
    """Sum the criteria whose points count, unrounded.

    Parameters
    ----------
    code : str
        Of the criterion above them.
    leaves : iterable of Item
        What does not apply is left out, of the maximum, too.
    """
    counted = [leaf for leaf in leaves if leaf.applies]
    scored = [(leaf, leaf.final) for leaf in counted if leaf.final is not None]
    own = [(leaf, leaf.self_points) for leaf in counted if leaf.self_points is not None]
    # A survey is no appraisal: what people answered is not set against what the office gave itself.
    both = [(points, leaf.appraised) for leaf, points in own if leaf.appraised is not None]
    return Tally(
        code=code,
        maximum=_maximum(counted),
        final=_sum(points for _, points in scored),
        final_maximum=_maximum([leaf for leaf, _ in scored]),
        self_points=_sum(points for _, points in own),
        self_maximum=_maximum([leaf for leaf, _ in own]),
        scored=len(scored),
        self_scored=len(own),
        compared_final=math.fsum(appraised for _, appraised in both),
        compared_self=math.fsum(points for points, _ in both),
        compared=len(both),
        missing=tuple(leaf.code for leaf in counted if leaf.final is None),
        applies=bool(counted),
        is_surveyed=any(leaf.is_surveyed for leaf, _ in scored),
    )


def _maximum(leaves: Sequence[Item]) -> float | None:
    known = [leaf.maximum for leaf in leaves if leaf.maximum is not None]
    return math.fsum(known) if len(known) == len(leaves) else None


def _sum(points: Iterable[float]) -> float | None:
    """Return a sum; that of nothing is not known."""
    known = list(points)
    return math.fsum(known) if known else None
