"""How a criterion turns what was declared into points: the rules seen in provincial scoring sets.

Every kind of rule was read in a published set; a province writes those of its own decision into its
rule set (:mod:`helpers.definitions.rule_set`).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Step(_Frozen):
    """Points, or a share of the maximum, from a value on; only above it if `strictly`."""

    at_least: float
    strictly: bool = False
    points: float | None = None
    share: float | None = Field(default=None, ge=0, le=1)

    @model_validator(mode="after")
    def _one_of_two(self) -> Step:
        if (self.points is None) == (self.share is None):
            raise ValueError(
                "mỗi bậc ghi points (điểm) hoặc share (phần điểm tối đa), không cả hai"
            )
        return self

    def reached(self, value: float) -> bool:
        """Tell whether a value reaches this step."""
        return value > self.at_least if self.strictly else value >= self.at_least


class _Stepped(_Frozen):
    steps: tuple[Step, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _from_high_to_low(self) -> _Stepped:
        limits = [step.at_least for step in self.steps]
        if limits != sorted(set(limits), reverse=True):
            raise ValueError("steps phải xếp từ cao xuống, không lặp lại")
        return self


class Boolean(_Frozen):
    """Có gives the maximum, không nothing."""

    type: Literal["boolean"]


class Ladder(_Stepped):
    """A rate that reaches a step gives its points; below the last step nothing."""

    type: Literal["ladder"]


class Steps(_Stepped):
    """As a ladder, on a count."""

    type: Literal["steps"]


class Choice(_Frozen):
    """A declared word gives a share of the maximum: ``Trưởng ban`` all, ``Phó trưởng ban`` half."""

    type: Literal["choice"]
    shares: dict[str, Annotated[float, Field(ge=0, le=1)]] = Field(min_length=1)


class PerUnit(_Frozen):
    """Points for each thing done, up to the maximum."""

    type: Literal["per_unit"]
    points: float = Field(gt=0)


class Parts(_Frozen):
    """Shares of the maximum that add up: one for each condition met, in order."""

    type: Literal["parts"]
    shares: tuple[Annotated[float, Field(gt=0, le=1)], ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _at_most_whole(self) -> Parts:
        if sum(self.shares) > 1 + 1e-9:
            raise ValueError("tổng các phần lớn hơn 1")
        return self


class Proportional(_Frozen):
    """Maximum × rate/full_from, the maximum from `full_from` (%) on; by default maximum × a/b."""

    type: Literal["proportional"]
    full_from: float = Field(default=100, gt=0, le=100)


class ProportionalBetween(_Frozen):
    """The maximum from one rate on, nothing below another, maximum × rate/full_from between."""

    type: Literal["proportional_between"]
    full_from: float = Field(gt=0, le=100)
    none_below: float = Field(ge=0, le=100)
    decimals: int | None = Field(default=None, ge=0, le=4)

    @model_validator(mode="after")
    def _in_order(self) -> ProportionalBetween:
        if self.none_below > self.full_from:
            raise ValueError("none_below lớn hơn full_from")
        return self


class TwoBranch(_Stepped):
    """With a plan a ladder on its completion (%); without one fixed points if it was done."""

    type: Literal["two_branch"]
    without_plan: float = Field(ge=0)


class Options(_Frozen):
    """Answers of a survey: each option carries a percentage; points = maximum × their mean."""

    type: Literal["options"]
    percent: dict[str, Annotated[float, Field(ge=0, le=100)]] = Field(min_length=1)


class SipasPoints(_Frozen):
    """Maximum × SIPAS/100."""

    type: Literal["sipas"]


class Bonus(_Stepped):
    """Points above the maximum, by steps on a count."""

    type: Literal["bonus"]


class Penalty(_Frozen):
    """Points taken off: once, or for each day late after the first days.

    Parameters
    ----------
    points : float
        Taken off once, up to `first_days` late.
    first_days : int
    per_day : float
        Taken off for each day after them.
    """

    type: Literal["penalty"]
    points: float = Field(gt=0)
    first_days: int = Field(default=0, ge=0)
    per_day: float = Field(default=0, ge=0)


Rule = Annotated[
    Boolean
    | Ladder
    | Steps
    | Choice
    | PerUnit
    | Parts
    | Proportional
    | ProportionalBetween
    | TwoBranch
    | Options
    | SipasPoints
    | Bonus
    | Penalty,
    Field(discriminator="type"),
]
"""Any of the rules, told apart by ``type``."""
