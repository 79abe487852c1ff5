"""What can be found: each family once, with its cases and what a case holds.

The words have one sentence a case and may use its fields; a finding is checked against this table when
it is made, so neither can drift from the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

from helpers.facts.comparison import Margin
from helpers.facts.families_counted import COUNTED
from helpers.facts.families_recomputed import RECOMPUTED
from helpers.facts.families_stated import STATED
from helpers.facts.families_surveyed import SURVEYED
from helpers.facts.finding_fields import FIELDS, Member, check
from helpers.facts.value import Key

__all__ = ["FAMILIES", "FIELDS", "SUBJECT", "Family", "Finding", "Margin", "Member"]

SlotKind = Literal["", "year", "mark"]
SUBJECT = "subject"
"""Field that every case may have: the criterion that the statement is about, with its value."""


@dataclass(frozen=True)
class Family:
    """One kind of finding.

    Parameters
    ----------
    name : str
    about : str
        What it says, for the catalogue.
    cases : mapping of str to tuple of str
        Fields that each case must have.
    optional : tuple of str
        Fields that any case may have besides.
    slot : {"", "year", "mark"}
        What tells two findings of the family about one criterion apart.
    """

    name: str
    about: str
    cases: Mapping[str, tuple[str, ...]]
    optional: tuple[str, ...] = ()
    slot: SlotKind = ""

    def allowed(self, case: str) -> frozenset[str]:
        """Return the fields that a case may have."""
        return frozenset((*self.cases[case], *self.optional, SUBJECT))


def _cases(text: str) -> dict[str, tuple[str, ...]]:
    """Read ``case case: field field; case: field``."""
    made: dict[str, tuple[str, ...]] = {}
    for group in text.split(";"):
        names, _, fields = group.partition(":")
        made |= dict.fromkeys(names.split(), tuple(fields.split()))
    return made


_ALL = (
    Family(
        "level",
        "what was measured; a rate with its count and base",
        _cases("value: value; rate: value count of; unknown suppressed: why"),
        ("error", "maximum"),
    ),
    Family(
        "place",
        "place among the peers, at printed precision; differs: the printed one is another",
        _cases(
            "sole of printed: rank units; tied: rank units others; printed_of_unknown: rank;"
            " differs: rank units printed; not_ranked: why"
        ),
        ("missing", "with_", "excluded"),
    ),
    Family(
        "place_range",
        "places that the errors, or peers without a figure, leave open",
        _cases("sure: best units; range: best worst units; unknown: units"),
        ("assumed", "missing"),
    ),
    Family(
        "against",
        "side of a mean, median, region or country; likely: on an assumed error",
        _cases(
            "higher lower likely_higher likely_lower: kind mark gap;"
            " equal same_print: kind mark; floor inside unknown: kind mark gap side; barred: kind why"
        ),
        ("name", "better", "margin", "assumed", "cases", "units"),
        "mark",
    ),
    Family(
        "target",
        "whether a target was met, better direction considered",
        _cases(
            "met missed likely_met likely_missed: mark gap; exactly same_print: mark;"
            " floor inside unknown: mark gap side; barred: why"
        ),
        ("name", "margin", "assumed", "better", "cases"),
        "mark",
    ),
    *(
        Family(
            name,
            f"who holds the {name} value, and whether it is this one",
            _cases(
                "sole: units; shared: units others; nominal: units;"
                " behind likely_behind perhaps: holders gap units; unknown: holders units;"
                " unknown_top: missing units"
            ),
            (
                *("gap", "best", "worst", "gap_second", "margin", "assumed"),
                *("with_", "holders", "held_by"),
            ),
        )
        for name in ("best", "lowest")
    ),
    Family(
        "grouping",
        "the group it stands in: as published, or computed here",
        _cases("published computed: group of"),
        ("least", "below"),
    ),
    Family(
        "grouping_change",
        "movement between groups; inside: within what the errors leave open",
        _cases(
            "up down likely_up likely_down same inside unknown: then now of role year;"
            " barred: role year why"
        ),
        (),
        "year",
    ),
    Family(
        "change",
        "change of the value since an earlier year, by figure; better says whether that is good",
        _cases(
            "up down likely_up likely_down: earlier gap role year; equal same_print: earlier role year;"
            " floor unclear unknown: earlier gap side role year; barred: role year why;"
            " no_earlier: role"
        ),
        ("better", "margin", "assumed", "cases", "year"),
        "year",
    ),
    Family(
        "place_change",
        "change of place over the units of both years; up is towards the best",
        _cases(
            "up down likely_up likely_down: then now units steps role year;"
            " same inside unknown: then now units role year; barred: role year why"
        ),
        (),
        "year",
    ),
    Family(
        "movement",
        "change of the distance to the median of the same units in both years, positive is better",
        _cases(
            "gained lost likely_gained likely_lost kept same_print floor unclear unknown:"
            " then now units role year; barred: role year why"
        ),
        ("mark", "margin", "assumed", "gap"),
        "year",
    ),
    *(
        Family(
            name,
            f"the {name} parts; unsure and unknown: candidates with their figures, no superlative",
            _cases(
                "sole several tied: parts of basis; all_equal: of basis;"
                " unsure unknown: candidates of basis; few: of; barred: why"
            ),
            ("more", "among"),
        )
        for name in ("strongest", "weakest")
    ),
    Family(
        "ends",
        "whether the highest and the lowest part differ at all",
        _cases("apart inside unknown: high low gap"),
        ("margin", "assumed"),
    ),
    Family(
        "tally",
        "which parts, or units, rose and fell; what is not sure is told apart",
        _cases("parts units untested: year role"),
        (
            *("up", "down", "likely_up", "likely_down", "unclear", "unknown"),
            *("equal", "same_print", "floor", "barred", "no_earlier", "units", "assumed"),
        ),
        "year",
    ),
    Family(
        "drivers",
        "which parts moved the sum",
        _cases(
            "one several: parts share upward downward role year; offset: upward downward role year;"
            " nothing: role year; not_addable barred: role year why; unknown: role year"
        ),
        (),
        "year",
    ),
    Family(
        "missing",
        "what is not there, what that prevents and what it takes",
        _cases(
            "value: why; parts: parts; error: prevents; error_of_parts: parts prevents;"
            " peers: missing units"
        ),
        ("prevents", "why", "of"),
        "mark",
    ),
    Family(
        "sample",
        "fewer than the rule asks for",
        _cases("small: n needed which; small_part: parts needed which; unknown: needed which"),
        (),
        "mark",
    ),
    Family(
        "appraisal",
        "what the appraisal left of the unit's own scores",
        _cases("lower higher: self_scored gap; equal same_print: self_scored; unknown: why"),
        (),
    ),
    Family(
        "lost",
        "points lost against the maximum and where",
        _cases("parts: total parts; total: total; nothing: maximum; unknown: why"),
        ("more", "among", "n", "which"),
    ),
    *(
        Family(name, about, _cases(cases), optional, cast("SlotKind", slot))
        for name, about, cases, optional, slot in (*STATED, *SURVEYED, *COUNTED, *RECOMPUTED)
    ),
)
FAMILIES: Mapping[str, Family] = {family.name: family for family in _ALL}


@dataclass(frozen=True)
class Finding:
    """One statement that the values support.

    Parameters
    ----------
    about : Key
    family, case : str
        As declared in :data:`FAMILIES`.
    fields : mapping
        What the case holds; checked against the declaration.
    slot : str
        The year or mark that tells it apart from others of its family.

    Raises
    ------
    ValueError
        If family, case, a field or its type is not as declared.
    """

    about: Key
    family: str
    case: str
    fields: Mapping[str, object] = field(default_factory=dict, hash=False)
    slot: str = ""

    def __post_init__(self) -> None:
        family = FAMILIES.get(self.family)
        if family is None or self.case not in family.cases:
            raise ValueError(f"there is no finding {self.family}.{self.case}")
        absent = [name for name in family.cases[self.case] if self.fields.get(name) is None]
        strange = sorted(set(self.fields) - family.allowed(self.case))
        if absent or strange:
            raise ValueError(f"{self.family}.{self.case}: lacks {absent}, does not know {strange}")
        if bool(family.slot) != bool(self.slot):
            raise ValueError(f"{self.family}.{self.case}: slot {self.slot!r}")
        for name, value in self.fields.items():
            check(name, value)

    @property
    def identity(self) -> tuple[Key, str, str]:
        """By which it is known whether a document has said it."""
        return (self.about, self.family, self.slot)

    @property
    def name(self) -> str:
        """Heading of its sentence: ``against.inside``."""
        return f"{self.family}.{self.case}"
