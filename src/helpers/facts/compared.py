"""Comparing two values: what may be said, after their errors, their print and their one case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from helpers.facts.comparison import NOISE, Margin, margin, printed
from helpers.facts.value import NONE, Error, Status, Value, Why

Case = Literal[
    "higher", "lower", "likely_higher", "likely_lower",
    "equal", "same_print", "floor", "inside", "unknown",
]  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """What may be said of one value beside another.

    Parameters
    ----------
    case : str
        ``higher`` and ``lower`` are sure; ``likely_…`` rests on an assumed error; ``equal`` is equality
        of unrounded exact values, ``same_print`` of what is printed; ``floor`` a gap of one case or
        less; ``inside`` a gap within the error of the difference; ``unknown`` where that is not known.
    gap : float
        First minus second, unrounded.
    margin : Margin
    """

    case: Case
    gap: float
    margin: Margin

    @property
    def sign(self) -> int:
        """1 or -1 where the side is sure or likely, else 0."""
        return _SIGNS.get(self.case, 0)

    @property
    def is_sure(self) -> bool:
        """Whether the side is sure."""
        return self.case in ("higher", "lower")

    @property
    def side(self) -> str:
        """Side by figure, for tables."""
        return "higher" if self.gap > 0 else "lower"

    def named(self, upper: str, lower: str) -> str:
        """Return the case with other words for the sides, such as ``up`` and ``likely_down``."""
        return self.case.replace("higher", upper).replace("lower", lower)


_SIGNS: Mapping[Case, int] = {"higher": 1, "likely_higher": 1, "lower": -1, "likely_lower": -1}


def between(
    one: Value,
    other: Value,
    *,
    covariance: float | None = 0.0,
    difference: Error | None = None,
    comparisons: int = 1,
    floor: float = 0.0,
) -> Verdict:
    """Compare two values on the error of their difference.

    Parameters
    ----------
    one, other : Value
        Known, in one unit and of one stage of scoring.
    covariance : float or None
        Of two estimates; None for one sample with unknown covariance. Two values of one sample are
        never taken as independent.
    difference : Error, optional
        Error of the difference itself, where the records give it.
    comparisons : int
        How many comparisons the claim rests on (Bonferroni).
    floor : float
        Smallest gap worth telling, besides one case of a rate's base.

    Raises
    ------
    ValueError
        If the values are of two units or two stages.
    """
    reason = bar(one, other)
    if reason is not None:
        raise ValueError(f"not to be compared: {reason.rule}")
    gap = one.known - other.known
    errors = (one.error, other.error) if difference is None else (difference, NONE)
    if one.error.sample and one.error.sample == other.error.sample and covariance == 0.0:
        covariance = None
    made = margin(*errors, covariance=covariance, comparisons=comparisons)
    case = _case(one, other, gap, errors, made, max(floor, one.one_case, other.one_case))
    return Verdict(_one_sided(case, one, other), gap, made)


def bar(one: Value, other: Value) -> Why | None:
    """Return why two values must not be compared, or None: no number, two units, stages or worlds."""
    for value in (one, other):
        if not value.is_known:
            return value.reason
    if one.unit != other.unit:
        return Why("units_differ", {"one": one.unit, "other": other.unit})
    if one.score and other.score and one.score != other.score:
        return Why("stages_differ", {"one": one.score, "other": other.score})
    if (one.status == "simulated") != (other.status == "simulated"):
        return Why("simulated_beside_real")
    return None


def _case(
    one: Value, other: Value, gap: float, errors: tuple[Error, Error], made: Margin, floor: float
) -> Case:
    if abs(gap) <= NOISE and all(error.kind == "none" for error in errors):
        return "equal"
    if printed(one) == printed(other):
        return "same_print"
    # A hard bound is half open: what prints a digit apart is apart.
    hard = all(error.kind in ("none", "rounding") for error in errors)
    slack = -NOISE if hard else NOISE
    if abs(gap) <= made.at_least + slack:
        return "inside"
    if made.half is None or abs(gap) <= made.half + slack:
        return "unknown"
    if abs(gap) <= floor + NOISE:
        return "floor"
    if gap > 0:
        return "likely_higher" if made.assumed else "higher"
    return "likely_lower" if made.assumed else "lower"


def _one_sided(case: Case, one: Value, other: Value) -> Case:
    """Return what is left of a case if a number is only known from one side, "more than 300"."""
    if one.bound == other.bound == "exact":
        return case
    may_be_lower = one.bound == "at_most" or other.bound == "at_least"
    may_be_higher = one.bound == "at_least" or other.bound == "at_most"
    if _SIGNS.get(case, 0) > 0 and not may_be_lower:
        return case
    if _SIGNS.get(case, 0) < 0 and not may_be_higher:
        return case
    return "unknown"


def gap_value(verdict: Verdict, one: Value, other: Value) -> Value:
    """Return the size of the difference, with how it was computed."""
    source = Why("difference", {"one": one, "other": other})
    return _difference(abs(verdict.gap), one, source)


def margin_value(verdict: Verdict, one: Value) -> Value | None:
    """Return the margin of the difference; None where it is unknown or nothing."""
    half = verdict.margin.half
    if half is None or half <= 0:
        return None
    return _difference(half, one, Why("margin_of_difference"))


def signed(number: float, like: Value, rule: str, **told: object) -> Value:
    """Return a difference with its sign, in the unit of differences."""
    return _difference(number, like, Why(rule, told))


def _difference(number: float, like: Value, source: Why) -> Value:
    status: Status = "simulated" if like.status == "simulated" else "computed"
    return Value(number, like.unit_of_difference, like.decimals, status=status, source=source)


def compact(**fields: object) -> dict[str, object]:
    """Return the fields that hold something: a finding leaves out what it has not got."""
    return {name: value for name, value in fields.items() if value is not None}
