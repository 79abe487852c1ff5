"""How poverty changed: as the office states it, or from two states under one standard."""

from __future__ import annotations

from dataclasses import dataclass, replace

from helpers.definitions.framework import Framework
from helpers.indices.poverty.arithmetic import attainment, mean_yearly_change
from helpers.indices.poverty.levels import DECIMALS, KINDS, Kind, Measure, State
from helpers.inputs.observations import Figures, Observation
from helpers.inputs.office import Office
from helpers.places import Place

GROUP_NAMES = {
    "huyen_ngheo": "các huyện nghèo",
    "xa_ngheo": "các xã nghèo",
    "dtts": "hộ dân tộc thiểu số",
    "nong_thon": "khu vực nông thôn",
    "thanh_thi": "khu vực thành thị",
}


@dataclass(frozen=True)
class Change:
    """A change of a class, for the whole place or a group.

    Parameters
    ----------
    kind : Kind
    group : str
        Code of the group; empty for the whole place.
    since : int or None
        Year from whose end it is counted; None where the office did not say.
    year : int
    points : Measure or None
        Percentage points; negative means fewer.
    households : Measure or None
    yearly : bool
        Whether `points` is a mean a year.
    reasons : tuple of str
        Why the two years were measured by different standards; empty if they were not.
    """

    kind: Kind
    group: str
    since: int | None
    year: int
    points: Measure | None
    households: Measure | None
    yearly: bool = False
    reasons: tuple[str, ...] = ()

    @property
    def stated(self) -> bool:
        """Whether the office states it; one that is computed here never crosses a break."""
        return any(m is not None and m.delivered for m in (self.points, self.households))


@dataclass(frozen=True)
class Plan:
    """What was planned, and what came of it; each None where unknown.

    Parameters
    ----------
    reduction : Measure
        Households by which the number of poor ones was to fall.
    attained : Measure
        Percent of it, as stated, or computed from the fall of the year.
    target : Measure
        Rate of poor households aimed at, in percent.
    target_change : Measure
        Change of that rate aimed at, in percentage points.
    low, high : Measure
        Fall of the rate that a higher authority set, in percentage points.
    times : Measure
        How many times the office says that it exceeded it.
    """

    reduction: Measure | None = None
    attained: Measure | None = None
    target: Measure | None = None
    target_change: Measure | None = None
    low: Measure | None = None
    high: Measure | None = None
    times: Measure | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was planned as far as delivered."""
        found = (
            self.reduction,
            self.attained,
            self.target,
            self.target_change,
            self.low,
            self.high,
        )
        return not any((*found, self.times))


def stated_changes(
    figures: Figures, year: int, framework: Framework, place: Place
) -> tuple[Change, ...]:
    """Return the changes that the office states: for the whole place, then for groups."""
    found = []
    for kind in KINDS:
        codes = {f"poverty.{kind}_rate_change", f"poverty.{kind}_change"}
        spans = dict.fromkeys(
            (o.group, o.since) for o in figures if o.code in codes and o.year == year
        )
        for group, since in spans:
            points = Measure.of(_figure(figures, f"{kind}_rate_change", year, group, since))
            households = Measure.of(_figure(figures, f"{kind}_change", year, group, since))
            why = framework.why_not_comparable(since, year, place=place) if since else ()
            found.append(Change(kind, group, since, year, points, households, reasons=why))
        name = f"poverty.{kind}_rate_yearly"
        for item in figures:
            if item.code == name and item.year == year:
                since = item.since
                why = framework.why_not_comparable(since, year, place=place) if since else ()
                mean = Measure.of(item)
                found.append(Change(kind, item.group, since, year, mean, None, True, why))
    return tuple(sorted(found, key=lambda change: bool(change.group)))


def _figure(
    figures: Figures, name: str, year: int, group: str, since: int | None
) -> Observation | None:
    code = f"poverty.{name}"
    for item in figures:
        if (item.code, item.year, item.group, item.since) == (code, year, group, since):
            return item
    return None


def computed_changes(
    before: State, now: State, framework: Framework, place: Place
) -> tuple[Change, ...]:
    """Return the change of each class; only reasons where standard or unit differ."""
    why = framework.why_not_comparable(before.year, now.year, place=place)
    found = []
    for kind in KINDS:
        points = _difference(now.rate(kind), before.rate(kind), before.year, DECIMALS)
        households = _difference(now.households(kind), before.households(kind), before.year, 0)
        if points is None and households is None:
            continue
        change = Change(kind, "", before.year, now.year, points, households, reasons=why)
        found.append(replace(change, points=None, households=None) if why else change)
    return tuple(found)


def _difference(
    now: Measure | None, before: Measure | None, since: int, decimals: int
) -> Measure | None:
    if now is None or before is None:
        return None
    trace = (
        f"hiệu số chưa làm tròn giữa cuối năm {now.year} và cuối năm {since}; {now.trace}; "
        f"{before.trace}"
    )
    return Measure(now.value - before.value, trace, decimals, delivered=False, year=now.year)


def mean_a_year(change: Change) -> Measure | None:
    """Return the mean change a year of a change over several years, or None."""
    if change.yearly or change.points is None or change.since is None:
        return None
    years = change.year - change.since
    if years < 2:
        return None
    return Measure(
        mean_yearly_change(change.points.value, years),
        f"tính toán: thay đổi chia {years} năm; {change.points.trace}",
        change.points.decimals,
        delivered=False,
        year=change.year,
    )


def plan_of(figures: Figures, office: Office, year: int, changes: tuple[Change, ...]) -> Plan:
    """Gather targets, from the figures and from the office's settings."""

    def get(name: str) -> Measure | None:
        return Measure.of(figures.get(f"poverty.{name}", year)) or Measure.of(
            figures.get(f"poverty.{name}", year - 1)
        )

    target = Measure.of(figures.get("poverty.poor_rate_target", year))
    if target is None and "poverty.poor_rate" in office.targets:
        value = office.targets["poverty.poor_rate"]
        target = Measure(value, f"mục tiêu trong thông số của {office.office.brief}", DECIMALS)
    reduction = get("plan_reduction")
    attained = Measure.of(figures.get("poverty.plan_attainment", year))
    if attained is None and reduction is not None and reduction.year == year:
        attained = _attained(reduction, year, changes)
    return Plan(
        reduction=reduction,
        attained=attained,
        target=target,
        target_change=Measure.of(figures.get("poverty.poor_rate_change_target", year)),
        low=get("target_reduction_low"),
        high=get("target_reduction_high"),
        times=Measure.of(figures.get("poverty.target_times", year)),
    )


def _attained(reduction: Measure, year: int, changes: tuple[Change, ...]) -> Measure | None:
    for change in changes:
        fits = change.kind == "poor" and not change.group and change.since == year - 1
        if fits and change.households is not None and reduction.value > 0:
            value = attainment(-change.households.value, reduction.value)
            trace = f"tính toán: mức giảm trong năm chia kế hoạch giảm; {reduction.trace}"
            return Measure(value, trace, 1, delivered=False, year=year)
    return None
