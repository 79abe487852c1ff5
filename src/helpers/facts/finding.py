"""The form of a finding: what kinds of statement there are, and what each holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from helpers.facts.figures import Beside, Earlier, Measured, Value

Kind = Literal[
    "level",
    "not_measured",
    "small_sample",
    "place",
    "place_of_unknown",
    "only_unit",
    "target_met",
    "target_missed",
    "target_unclear",
    "change",
    "unclear_change",
    "unknown_change",
    "unchanged",
    "not_comparable",
    "since_base",
    "place_moved",
    "points_up_place_down",
    "points_down_place_up",
    "above",
    "below",
    "equal",
    "unclear_side",
    "unknown_side",
    "closing_in",
    "is_best",
    "is_lowest",
    "gap_to_best",
    "course",
    "appraised_lower",
    "appraised_higher",
    "lost",
    "strongest",
    "weakest",
    "contribution",
]
FAMILY_KINDS: frozenset[str] = frozenset(get_args(Kind))
"""All kinds there are; each has a family of sentences."""
Size = Literal["large", "clear"]
Direction = Literal["up", "down"]


@dataclass(frozen=True)
class Finding:
    """One statement.

    Parameters
    ----------
    kind : Kind
    about : Measured
    importance : float
        0 to 1; the more important is said first.
    direction : {"up", "down"} or None
        Of the value, whatever is better.
    size : {"large", "clear"} or None
        How large a change is.
    values : mapping of str to Value
        Evidence besides the criterion's own value.
    beside : Beside or None
        What it is compared with.
    earlier : Earlier or None
    named : tuple of Measured
        Criteria that the statement names.
    """

    kind: Kind
    about: Measured
    importance: float
    direction: Direction | None = None
    size: Size | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    beside: Beside | None = None
    earlier: Earlier | None = None
    named: tuple[Measured, ...] = ()

    @property
    def assumed(self) -> bool:
        """Whether it rests on an error that nobody published: then it is likely and never sure."""
        if self.earlier is not None:
            return self.earlier.assumed
        made = None if self.beside is None else self.beside.comparison
        return made is not None and made.assumed
