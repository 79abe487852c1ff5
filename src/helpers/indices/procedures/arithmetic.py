"""The arithmetic of dossier counts: the columns of the report form, identities, rates.

Which columns, identities and rates there are stands in ``params/indices/procedures.yml``; here they are
only computed. A rate never stands without the name of its denominator.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from helpers.facts.known import known_enough
from helpers.indices.procedures.rules import IdentityRule, ProcedureRules, RateRule

IN_TIME = "gq_trong_han"
"""Resolved before or on time, columns (8) and (9) together: what single figures often give."""
RETURNED = "tra_lai"


@dataclass(frozen=True)
class Count:
    """A number of dossiers and where it came from.

    Parameters
    ----------
    value : int
    trace : str
    derived : bool
        Whether it was computed from others by an identity and not delivered.
    """

    value: int
    trace: str
    derived: bool = False


Counts = Mapping[str, Count]
"""Columns that are known; a column that is not known has no entry and is not zero."""


@dataclass(frozen=True)
class Rate:
    """A share of dossiers.

    Parameters
    ----------
    rule : RateRule
    numerator, denominator : int
    trace : str
    unknown : int
        Dossiers of the base of which it is not known whether they belong to the numerator; they are in
        neither.
    """

    rule: RateRule
    numerator: int
    denominator: int
    trace: str
    unknown: int = 0

    @property
    def share(self) -> float:
        """The share, 0 to 1, unrounded."""
        return self.numerator / self.denominator


@dataclass(frozen=True)
class Check:
    """An identity applied to counts.

    Parameters
    ----------
    rule : IdentityRule
    total, parts : int
        Both sides.
    """

    rule: IdentityRule
    total: int
    parts: int

    @property
    def remainder(self) -> int:
        """What the parts leave of the total; negative if they exceed it."""
        return self.total - self.parts

    @property
    def state(self) -> Literal["holds", "other", "wrong"]:
        """Whether it holds, leaves dossiers of another kind, or cannot be right."""
        if self.remainder == 0:
            return "holds"
        return "other" if self.remainder > 0 and self.rule.other else "wrong"


def with_in_time(counts: Counts) -> dict[str, Count]:
    """Add the sum of columns (8) and (9) where both are known."""
    made = dict(counts)
    early, on_time = made.get("gq_truoc_han"), made.get("gq_dung_han")
    if IN_TIME not in made and early and on_time:
        trace = f"cột (8) cộng cột (9): {early.value} + {on_time.value}; {early.trace}"
        made[IN_TIME] = Count(early.value + on_time.value, trace, derived=True)
    return made


def complete(counts: Counts) -> dict[str, Count]:
    """Fill columns that follow from others, for single figures where only some are printed.

    An identity with one unknown term is solved for it, if the result is not negative; "returned or
    withdrawn" counts as none where it was not delivered. What is filled is marked as derived.

    Parameters
    ----------
    counts : mapping of str to Count

    Returns
    -------
    dict
        With the given counts unchanged.
    """
    made = dict(counts)
    sums = (
        ("tn_tong", ("tn_truc_tuyen", "tn_truc_tiep", "tn_ky_truoc")),
        (IN_TIME, ("gq_truoc_han", "gq_dung_han")),
        ("gq_tong", (IN_TIME, "gq_qua_han")),
        ("dg_tong", ("dg_trong_han", "dg_qua_han")),
        ("tn_tong", ("gq_tong", "dg_tong", *((RETURNED,) if RETURNED in made else ()))),
    )
    found = True
    while found:
        found = False
        for total, parts in sums:
            solved = _solved(made, total, parts)
            if solved:
                made[solved[0]] = solved[1]
                found = True
    return made


def _solved(counts: Counts, total: str, parts: Sequence[str]) -> tuple[str, Count] | None:
    unknown = [code for code in (total, *parts) if code not in counts]
    if len(unknown) != 1:
        return None
    code = unknown[0]
    known = [counts[part] for part in parts if part in counts]
    if code == total:
        value = sum(count.value for count in known)
        rule = " + ".join(str(count.value) for count in known)
    else:
        value = counts[total].value - sum(count.value for count in known)
        rule = " − ".join(str(count.value) for count in (counts[total], *known))
    if value < 0:
        return None
    return code, Count(value, f"tính toán từ số liệu đã cung cấp: {rule}", derived=True)


def checks(counts: Counts, rules: ProcedureRules) -> tuple[Check, ...]:
    """Apply every identity whose terms are all known; «trả lại, rút» counts as none if not given."""
    made = []
    for rule in rules.identities:
        parts = [code for code in rule.parts if code != RETURNED or code in counts]
        if rule.total in counts and all(code in counts for code in parts):
            total = sum(counts[code].value for code in parts)
            made.append(Check(rule, counts[rule.total].value, total))
    return tuple(made)


def rate(counts: Counts, rule: RateRule) -> Rate | None:
    """Compute a rate, or None if a term is not known, too little of it, or the denominator is zero."""
    known = with_in_time(counts)
    if any(code not in known for code in (*rule.numerator, *rule.denominator)):
        return None
    top = sum(known[code].value for code in rule.numerator)
    unknown = sum(known[code].value for code in rule.unknown if code in known)
    bottom = sum(known[code].value for code in rule.denominator) - unknown
    if bottom == 0 or not known_enough(bottom, unknown):
        return None
    origin = known[rule.numerator[0]].trace
    beside = f", không kể {unknown} hồ sơ chưa rõ" if unknown else ""
    trace = f"{rule.name}, tính trên {rule.base}{beside}: {top}/{bottom}; {origin}"
    return Rate(rule, top, bottom, trace, unknown)


def rates(counts: Counts, rules: ProcedureRules) -> tuple[Rate, ...]:
    """Compute all rates that the counts allow, in the order of the definition."""
    made = (rate(counts, rule) for rule in rules.rates)
    return tuple(one for one in made if one is not None)


def added(rows: Iterable[Counts], columns: Iterable[str], what: str) -> dict[str, Count]:
    """Add rows column by column; a column that one row does not know is left out.

    Parameters
    ----------
    rows : iterable of mapping
    columns : iterable of str
    what : str
        What is added, for the trace: ``6 lĩnh vực``.
    """
    all_rows = list(rows)
    made = {}
    for code in columns:
        if all_rows and all(code in row for row in all_rows):
            value = sum(row[code].value for row in all_rows)
            made[code] = Count(value, f"cộng {what}; {all_rows[0][code].trace}", derived=True)
    return made


def counts_of(row: Mapping[str, object], columns: Iterable[str], trace: str) -> dict[str, Count]:
    """Read the counts of a table row; an empty cell is not known."""
    made = {}
    for code in columns:
        value = row.get(code)
        if isinstance(value, int | float) and not pd.isna(value):
            made[code] = Count(int(value), trace)
    return made
