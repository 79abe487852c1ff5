"""From ratios to points: Quyết định số 766/QĐ-TTg ngày 23/6/2022.

Maxima, targets and what sources disagree on stand in ``params/indices/service_quality.yml``. An
indicator that does not apply is left out with its maximum; one without data leaves the total open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from helpers.definitions.framework import Band, FrameworkEdition, Node
from helpers.definitions.load import DefinitionError
from helpers.facts.comparison import rounded


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class IndicatorRule(_Frozen):
    """How the points of an indicator follow from its ratio.

    Parameters
    ----------
    kind : {"capped", "target", "watched"}
        ``capped``: min(max, max × ratio); ``target``: min(max, max × ratio / target); ``watched``:
        no points.
    numerator, denominator : str
        In words.
    target : float or None
        Ratio that gives the maximum, 0 to 1.
    zero : float or None
        Points when the denominator is zero; None: not applicable.
    target_option, cap_option, zero_option : str
        Names of options that decide the target, whether the maximum caps, and `zero`.
    """

    kind: Literal["capped", "target", "watched"]
    numerator: str = ""
    denominator: str = ""
    target: float | None = None
    zero: float | None = None
    target_option: str = ""
    cap_option: str = ""
    zero_option: str = ""


class Option(_Frozen):
    """What sources disagree on: its default, the values allowed, and the reason."""

    name: str
    default: float | None
    choices: tuple[float | None, ...]
    reason: str


class ServiceRules(_Frozen):
    """What only this index has in its definition."""

    indicators: Mapping[str, IndicatorRule]
    options: Mapping[str, Option] = {}
    petition_limit: int
    published_tolerance: float

    def chosen(self, own: Mapping[str, object]) -> dict[str, float | None]:
        """Return the value of every option, an office's own where it set one.

        Raises
        ------
        DefinitionError
            If an option is unknown or its value is not allowed.
        """
        values = {key: option.default for key, option in self.options.items()}
        for key, value in own.items():
            if key not in self.options:
                known = ", ".join(self.options)
                raise DefinitionError(f"Không có lựa chọn «{key}»; các lựa chọn: {known}.")
            given = float(value) if isinstance(value, int | float) else None
            if given not in self.options[key].choices or (value is not None and given is None):
                allowed = ", ".join(str(choice) for choice in self.options[key].choices)
                raise DefinitionError(f"Lựa chọn «{key}» phải là một trong: {allowed}.")
            values[key] = given
        return values


@dataclass(frozen=True)
class Ratio:
    """A numerator and a denominator as delivered or counted.

    Parameters
    ----------
    code : str
    numerator, denominator : int or None
    date : str
        Day on which it was read, ``31/12/2023``; empty if not given.
    trace : str
    portal : float or None
        Points that the portal showed beside it.
    applies : bool
        False if the office says that the indicator does not concern it.
    unknown : int
        Records that belong to the denominator but do not say whether to the numerator: they are in
        neither of the two.
    few : bool
        Whether it was counted over fewer than five records and is therefore not told.
    made : {"delivered", "records", "figures"}
        Delivered as such, counted from records, or made of other figures.
    """

    code: str
    numerator: int | None
    denominator: int | None
    date: str
    trace: str
    portal: float | None = None
    applies: bool = True
    unknown: int = 0
    few: bool = False
    made: Literal["delivered", "records", "figures"] = "delivered"

    @property
    def share(self) -> float | None:
        """Numerator by denominator, unrounded; None if one is missing or the denominator is zero."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator / self.denominator

    @property
    def impossible(self) -> bool:
        """Whether the numerator exceeds the denominator."""
        top, bottom = self.numerator, self.denominator
        return top is not None and bottom is not None and top > bottom


State = Literal["scored", "not_applicable", "missing", "impossible", "watched"]


@dataclass(frozen=True)
class Indicator:
    """An indicator of a report.

    Parameters
    ----------
    node : Node
    rule : IndicatorRule
    ratio : Ratio or None
    points : float or None
        Unrounded; None unless `state` is ``scored``.
    state : {"scored", "not_applicable", "missing", "impossible", "watched"}
    target : float or None
        Ratio that gives the maximum, after options.
    """

    node: Node
    rule: IndicatorRule
    ratio: Ratio | None
    points: float | None
    state: State
    target: float | None = None

    @property
    def lost(self) -> float | None:
        """Points short of the maximum; None where there are no points."""
        if self.points is None or self.node.maximum is None:
            return None
        return max(0.0, self.node.maximum - self.points)


@dataclass(frozen=True)
class Group:
    """A group with its indicators."""

    node: Node
    indicators: tuple[Indicator, ...]

    @property
    def scored(self) -> tuple[Indicator, ...]:
        """Indicators that have points."""
        return tuple(one for one in self.indicators if one.state == "scored")

    @property
    def open(self) -> tuple[Indicator, ...]:
        """Indicators that should have points and have none."""
        return tuple(one for one in self.indicators if one.state in ("missing", "impossible"))

    @property
    def points(self) -> float | None:
        """Sum of the points, unrounded; None if nothing is scored."""
        return _sum(one.points for one in self.indicators)

    @property
    def maximum(self) -> float:
        """Sum of the maxima of what is scored."""
        return sum(one.node.scale[1] for one in self.scored)

    @property
    def complete(self) -> bool:
        """Whether no indicator lacks data."""
        return not self.open


@dataclass(frozen=True)
class Score:
    """All groups and what they come to."""

    groups: tuple[Group, ...]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators in order."""
        return tuple(one for group in self.groups for one in group.indicators)

    @property
    def points(self) -> float | None:
        """Sum of all points, unrounded; None if nothing is scored."""
        return _sum(group.points for group in self.groups)

    @property
    def maximum(self) -> float:
        """Sum of the maxima of what is scored; 100 when everything is."""
        return sum(group.maximum for group in self.groups)

    @property
    def complete(self) -> bool:
        """Whether every indicator that applies has points."""
        return all(group.complete for group in self.groups) and self.maximum > 0

    @property
    def index(self) -> float | None:
        """Points in percent of the maximum that applies; None unless complete."""
        points = self.points
        return None if points is None or not self.complete else points / self.maximum * 100

    def get(self, code: str) -> Indicator:
        """Return an indicator; raises `KeyError` if there is none."""
        for one in self.indicators:
            if one.node.code == code:
                return one
        raise KeyError(f"Không có chỉ tiêu «{code}».")


def _sum(points: Iterable[float | None]) -> float | None:
    """Add the points that there are; of none there is no sum."""
    known = [one for one in points if one is not None]
    return sum(known) if known else None


def score(
    ratios: Iterable[Ratio],
    edition: FrameworkEdition,
    rules: ServiceRules,
    options: Mapping[str, float | None],
) -> Score:
    """Give points for ratios.

    Parameters
    ----------
    ratios : iterable of Ratio
        At most one for each indicator.
    edition : FrameworkEdition
    rules : ServiceRules
    options : mapping
        See :meth:`ServiceRules.chosen`.

    Returns
    -------
    Score
    """
    by_code = {ratio.code: ratio for ratio in ratios}
    return Score(
        tuple(
            Group(
                node,
                tuple(
                    indicator(child, rules.indicators[child.code], by_code.get(child.code), options)
                    for child in node.children
                ),
            )
            for node in edition.criteria
        )
    )


def indicator(
    node: Node, rule: IndicatorRule, ratio: Ratio | None, options: Mapping[str, float | None]
) -> Indicator:
    """Give points for one ratio, see :func:`score`; ValueError if no maximum is defined for them."""
    target = options[rule.target_option] if rule.target_option else rule.target
    if rule.kind == "watched":
        return Indicator(node, rule, ratio, None, "watched", target)
    if ratio is None or (ratio.applies and (ratio.numerator is None or ratio.denominator is None)):
        return Indicator(node, rule, ratio, None, "missing", target)
    if not ratio.applies:
        return Indicator(node, rule, ratio, None, "not_applicable", target)
    if ratio.impossible:
        return Indicator(node, rule, ratio, None, "impossible", target)
    maximum, share = node.scale[1], ratio.share
    if share is None:
        zero = options[rule.zero_option] if rule.zero_option else rule.zero
        return Indicator(
            node, rule, ratio, zero, "not_applicable" if zero is None else "scored", target
        )
    reached = maximum * share / (1.0 if target is None else target)
    capped = not rule.cap_option or bool(options[rule.cap_option])
    points = min(maximum, reached) if capped else reached
    return Indicator(node, rule, ratio, points, "scored", target)


def grade(score: Score, edition: FrameworkEdition) -> Band | None:
    """Return the grade of a complete score, or None; the value is rounded as it is printed."""
    return None if score.index is None else edition.band(float(rounded(score.index)))
