"""Change of a value since an earlier year, and how many parts or units rose and fell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from helpers.facts.against import compared
from helpers.facts.compared import Verdict, between, gap_value
from helpers.facts.comparison import error_of_difference, false_discoveries, p_value
from helpers.facts.earlier import barred
from helpers.facts.families import Finding, Member
from helpers.facts.level import finding, member
from helpers.facts.measured import Earlier, Measured
from helpers.facts.value import Key

OUTCOMES: Mapping[str, str] = {
    "higher": "up",
    "lower": "down",
    "likely_higher": "likely_up",
    "likely_lower": "likely_down",
    "inside": "unclear",
}


def change(measured: Measured) -> tuple[Finding, ...]:
    """Say how the value changed since each earlier year, and where there is none."""
    if not measured.value.is_known:
        return ()
    made = [_since(measured, earlier) for earlier in measured.earlier]
    if not measured.earlier:
        made.append(finding(measured, "change", "no_earlier", "previous", role="previous"))
    return tuple(made)


def _since(measured: Measured, earlier: Earlier) -> Finding:
    told: dict[str, object] = {"role": earlier.role, "year": earlier.year}
    slot = str(earlier.year)
    reasons = barred(measured, earlier)
    if reasons:
        return finding(measured, "change", "barred", slot, why=reasons, **told)
    verdict = moved(measured, earlier)
    told |= {"earlier": earlier.measured.value}
    told |= compared(measured, verdict, earlier.measured.value)
    return finding(measured, "change", outcome(verdict), slot, **told)


def moved(measured: Measured, earlier: Earlier) -> Verdict:
    """Compare a value with its own of an earlier year, which may be compared."""
    return between(
        measured.value,
        earlier.measured.value,
        covariance=earlier.covariance,
        difference=earlier.difference,
        floor=measured.floor,
    )


def outcome(verdict: Verdict) -> str:
    """Return the case of a change."""
    return OUTCOMES.get(verdict.case, verdict.case)


def tally(measured: Measured) -> tuple[Finding, ...]:
    """Say, for each earlier year, which parts rose and fell, the clear ones apart from the others."""
    made = []
    for earlier in measured.earlier:
        told: dict[str, list[Member]] = {}
        for part in measured.parts:
            told.setdefault(_case_of(part, earlier.year), []).append(member(part))
        if sum(len(parts) for case, parts in told.items() if case != "no_earlier") > 1:
            made.append(_tallied(measured, earlier, told))
    return tuple(made)


def _tallied(measured: Measured, earlier: Earlier, told: Mapping[str, list[Member]]) -> Finding:
    fields: dict[str, object] = {case: tuple(parts) for case, parts in told.items()}
    fields |= {"role": earlier.role, "year": earlier.year}
    return finding(measured, "tally", "parts", str(earlier.year), **fields)


def _case_of(part: Measured, year: int) -> str:
    earlier = next((one for one in part.earlier if one.year == year), None)
    if earlier is None or not part.value.is_known:
        return "no_earlier"
    return "barred" if barred(part, earlier) else outcome(moved(part, earlier))


def tally_units(about: Key, units: Sequence[Measured], earlier: Earlier) -> Finding:
    """Count the units that rose and fell since a year, as a claim about all of them together.

    A count of clear changes among many comparisons holds some by chance, so those told as clear are
    kept such that one in twenty of them may be false (Benjamini and Hochberg 1995); the others are
    unclear. Where no error is known of any unit nothing was tested, and nothing is counted.

    Parameters
    ----------
    about : Key
        What the count is about: the country, the departments.
    units : sequence of Measured
        The same criterion of each unit.
    earlier : Earlier
        The year, its role and what it was for the whole; for the slot.
    """
    told: dict[str, list[Member]] = {}
    tested: list[tuple[Measured, str, float]] = []
    for unit in units:
        case = _case_of(unit, earlier.year)
        named = Member(unit.own, unit.name, unit.value)
        if case not in ("up", "down", "likely_up", "likely_down", "unclear"):
            told.setdefault(case, []).append(named)
            continue
        before = next(one for one in unit.earlier if one.year == earlier.year)
        tested.append((unit, case, _chance(unit, before)))
    standing = false_discoveries([p for _, _, p in tested])
    for (unit, case, _), stands in zip(tested, standing, strict=True):
        named = Member(unit.own, unit.name, unit.value)
        told.setdefault(case if stands else "unclear", []).append(named)
    fields: dict[str, object] = {case: tuple(members) for case, members in told.items()}
    fields |= {"role": earlier.role, "year": earlier.year}
    case = "units" if any(_has_error(unit, earlier.year) for unit in units) else "untested"
    return Finding(about, "tally", case, fields, str(earlier.year))


def _has_error(unit: Measured, year: int) -> bool:
    """Whether the error is known, or assumed, of both years."""
    before = next((one for one in unit.earlier if one.year == year), None)
    if before is None:
        return False
    if before.difference is not None:
        return before.difference.kind != "unknown"
    return "unknown" not in (unit.value.error.kind, before.measured.value.error.kind)


def _chance(unit: Measured, earlier: Earlier) -> float:
    now, before = unit.value, earlier.measured.value
    error = earlier.difference or error_of_difference(now.error, before.error, earlier.covariance)
    return p_value(now.known - before.known, error)


def course(about: Key, periods: Sequence[Member]) -> Finding:
    """Say whether the last of several periods of a year is above or below the first.

    Parameters
    ----------
    about : Key
    periods : sequence of Member
        Those with a figure, from early to late.
    """
    if len(periods) < 2:
        return Finding(about, "course", "few")
    first, last = periods[0], periods[-1]
    if first.value is None or last.value is None:
        raise ValueError("a period without its figure")
    verdict = between(last.value, first.value)
    ends = {"first": first, "last": last}
    if not verdict.is_sure:
        return Finding(about, "course", "same", ends)
    gap = gap_value(verdict, last.value, first.value)
    return Finding(about, "course", verdict.named("up", "down"), {**ends, "gap": gap})
