"""What was measured, on how many, and what the appraisal left of it."""

from __future__ import annotations

from helpers.facts.compared import between, compact, gap_value
from helpers.facts.families import Finding, Member
from helpers.facts.measured import Measured
from helpers.facts.value import Value, Why, count


def member(measured: Measured, value: Value | None = None) -> Member:
    """Return a criterion as a finding names it, with its own value if no other is given."""
    return Member(measured.key.code, measured.name, measured.value if value is None else value)


def finding(
    measured: Measured, family: str, case: str, slot: str = "", /, **fields: object
) -> Finding:
    """Return a finding about a criterion; fields that are None are left out."""
    return Finding(
        measured.key, family, case, compact(subject=member(measured), **fields), slot
    )  # fmt: skip


def level(measured: Measured) -> tuple[Finding, ...]:
    """Say what was measured, or why it is not known."""
    value = measured.value
    if value.hidden is not None:
        return (finding(measured, "level", "suppressed", why=(value.hidden,)),)
    if not value.is_known:
        return (finding(measured, "level", "unknown", why=(value.why,)),)
    told = {"error": value.error, "maximum": _known(measured.maximum)}
    cases = _cases(value)
    if cases is None:
        return (finding(measured, "level", "value", value=value, **told),)
    return (finding(measured, "level", "rate", value=value, count=cases, of=value.of, **told),)


def _known(value: Value | None) -> Value | None:
    return value if value is not None and value.is_known else None


def _cases(value: Value) -> Value | None:
    """Return the count that a rate was made of, if it is one of whole cases."""
    if value.one_case == 0.0 or value.of is None:
        return None
    number = value.known / value.one_case
    if abs(number - round(number)) > 1e-6 * max(number, 1.0):
        return None
    return count(round(number), value.of.unit, Why("count_of_rate", {"of": value.of}))


def sample(measured: Measured) -> tuple[Finding, ...]:
    """Say where fewer were asked than the rule wants; forms and answers are different numbers."""
    made = []
    for which, needed in measured.needs.items():
        told = {"needed": count(needed, which), "which": which}
        asked = measured.value.counts.get(which)
        if asked is None:
            # What is hidden has no size either, and that is said already.
            if measured.value.hidden is None:
                made.append(finding(measured, "sample", "unknown", which, **told))
        elif asked < needed:
            asked_value = count(asked, which, measured.value.source)
            made.append(finding(measured, "sample", "small", which, n=asked_value, **told))
    return (*made, *_small_parts(measured))


def _small_parts(measured: Measured) -> list[Finding]:
    small: dict[str, list[Member]] = {}
    needed: dict[str, int] = {}
    for part in measured.parts:
        for which, least in part.needs.items():
            asked = part.value.counts.get(which)
            if asked is not None and asked < least:
                size = count(asked, which, part.value.source)
                small.setdefault(which, []).append(member(part, size))
                needed[which] = max(least, needed.get(which, 0))
    return [
        finding(
            measured,
            "sample",
            "small_part",
            f"parts.{which}",
            parts=tuple(parts),
            needed=count(needed[which], which),
            which=which,
        )
        for which, parts in small.items()
    ]


def appraisal(measured: Measured) -> tuple[Finding, ...]:
    """Set what the appraisal left beside what the unit gave itself; the two are never added."""
    own, value = measured.self_scored, measured.value
    if own is None:
        return ()
    if not own.is_known or not value.is_known:
        reason = own.reason if not own.is_known else value.reason
        return (finding(measured, "appraisal", "unknown", why=(reason,)),)
    verdict = between(_unstaged(value), _unstaged(own), floor=measured.floor)
    if verdict.case in ("equal", "same_print"):
        return (finding(measured, "appraisal", verdict.case, self_scored=own),)
    if not verdict.sign:
        why = (Why("appraisal_unclear", {"case": verdict.case}),)
        return (finding(measured, "appraisal", "unknown", why=why),)
    case = "higher" if verdict.sign > 0 else "lower"
    gap = gap_value(verdict, value, own)
    return (finding(measured, "appraisal", case, self_scored=own, gap=gap),)


def _unstaged(value: Value) -> Value:
    return Value(value.known, value.unit, value.decimals, value.error, source=value.source)
