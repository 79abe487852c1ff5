"""The group that a criterion stands in, and movement between groups."""

from __future__ import annotations

from helpers.facts.earlier import barred
from helpers.facts.families import Finding
from helpers.facts.level import finding
from helpers.facts.measured import Earlier, Group, Measured
from helpers.facts.places import apart
from helpers.facts.value import Why, count


def grouping(measured: Measured) -> tuple[Finding, ...]:
    """Say the group, and whether its owner states it."""
    group = measured.group
    if group is None:
        return ()
    case = "published" if group.published else "computed"
    of = count(group.of, "group", group.source)
    return (finding(measured, "grouping", case, group=group, of=of),)


def grouping_change(measured: Measured) -> tuple[Finding, ...]:
    """Say the movement between groups; inside where the errors leave one place open in both years."""
    now = measured.group
    if now is None:
        return ()
    return tuple(
        _moved(measured, earlier, now, earlier.measured.group)
        for earlier in measured.earlier
        if earlier.measured.group is not None
    )


def _moved(measured: Measured, earlier: Earlier, now: Group, then: Group) -> Finding:
    told: dict[str, object] = {"role": earlier.role, "year": earlier.year}
    slot, family = str(earlier.year), "grouping_change"
    reasons = barred(measured, earlier)
    if now.of != then.of:
        reasons = (*reasons, Why("groups_differ", {"now": now.of, "then": then.of}))
    if reasons:
        return finding(measured, family, "barred", slot, why=reasons, **told)
    told |= {"then": then, "now": now, "of": count(now.of, "group", now.source)}
    if now.order == then.order:
        return finding(measured, family, "same", slot, **told)
    kinds = {measured.value.error.kind, earlier.measured.value.error.kind}
    if "unknown" in kinds:
        return finding(measured, family, "unknown", slot, **told)
    how = apart(measured, earlier) if "sampling" in kinds else "surely"
    if not how:
        return finding(measured, family, "inside", slot, **told)
    case = how.removeprefix("surely") + ("up" if now.order > then.order else "down")
    return finding(measured, family, case, slot, **told)
