"""All that was delivered about satisfaction for one year, put together."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from helpers.definitions.framework import FrameworkEdition
from helpers.facts.comparison import LEVEL
from helpers.indices.sipas import printed as sipas_printed
from helpers.indices.sipas.forms import KINDS
from helpers.indices.sipas.rules import TOTAL, Kind, SipasRules
from helpers.indices.sipas.survey import Survey
from helpers.indices.sipas.units import standing
from helpers.inputs.entry import Entry
from helpers.inputs.observations import Figures, Observation
from helpers.places import Place
from helpers.places.words import bare

_REMARK = re.compile(r"\([^()]*\)")
"""A remark in brackets, such as «(mô phỏng)», is no part of a name."""


@dataclass(frozen=True)
class Fact:
    """A value with where it came from.

    Parameters
    ----------
    value : float
        Unrounded.
    trace : str
    decimals : int
        Digits it is written with.
    error, freedom : float
        Standard error in percentage points and its degrees of freedom; NaN and 0 if not known.
    low, high : float
        Interval, NaN if not known.
    answers : float
        Responses it rests on, NaN if not known.
    deff : float
        Design effect, NaN if not known.
    confidence : float
        Of the interval.
    """

    value: float
    trace: str
    decimals: int = 2
    error: float = math.nan
    freedom: float = 0.0
    low: float = math.nan
    high: float = math.nan
    answers: float = math.nan
    deff: float = math.nan
    confidence: float = LEVEL

    @property
    def has_interval(self) -> bool:
        """Whether the survey error is known."""
        return math.isfinite(self.low) and math.isfinite(self.high)

    @classmethod
    def of(cls, found: Observation) -> Fact:
        """Take a delivered figure."""
        return cls(found.value, found.trace, found.decimals)


@dataclass(frozen=True)
class Subject:
    """Whom a report is about: the reporting office where it was measured, else the province.

    Parameters
    ----------
    kind : str
        ``office`` where only single figures of the reporting office are known.
    unit : str
        Name as delivered; empty for the province.
    label : str
        How a sentence calls it.
    """

    kind: Kind | str
    unit: str
    label: str


@dataclass(frozen=True)
class SipasYear:
    """The satisfaction results of one year.

    Parameters
    ----------
    year : int
    edition : FrameworkEdition
    rules : SipasRules
    subject : Subject
    figures : Figures
        Single figures, of this year or delivered a year later about it.
    scores : DataFrame
        With the columns of :data:`helpers.indices.sipas.survey.SCORE_COLUMNS`.
    units : mapping
        Kind → standing of its units (:data:`helpers.indices.sipas.units.UNIT_COLUMNS`).
    survey : Survey or None
    silent_file : str
        A file of forms that has no answer to any item of the edition; empty where there is none.
    """

    year: int
    edition: FrameworkEdition
    rules: SipasRules
    subject: Subject
    figures: Figures
    scores: pd.DataFrame
    units: Mapping[str, pd.DataFrame]
    survey: Survey | None
    silent_file: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is known."""
        return self.scores.empty and self.figure("overall") is None

    def figure(self, name: str) -> Observation | None:
        """Return the single figure ``sipas.<name>`` of the year."""
        return self.figures.get(f"sipas.{name}", self.year)

    def of_unit(self, kind: str, unit: str) -> Mapping[str, Fact]:
        """Return the scores of a unit by code."""
        return self._by_unit.get((kind, unit), {})

    @cached_property
    def own(self) -> Mapping[str, Fact]:
        """The subject's scores by code; the overall may be a single figure."""
        found = dict(self.of_unit(self.subject.kind, self.subject.unit))
        printed = self.figure("overall")
        if TOTAL not in found and printed is not None:
            found[TOTAL] = Fact.of(printed)
        return found

    @cached_property
    def _by_unit(self) -> dict[tuple[str, str], dict[str, Fact]]:
        found: dict[tuple[str, str], dict[str, Fact]] = {}
        for row in self.scores.to_dict("records"):
            if math.isnan(row["value"]):
                continue
            of_unit = found.setdefault((str(row["kind"]), str(row["unit"])), {})
            of_unit[str(row["code"])] = Fact(
                value=float(row["value"]),
                trace=str(row["source"]),
                error=float(row["error"]),
                freedom=0.0 if math.isnan(row["freedom"]) else float(row["freedom"]),
                low=float(row["low"]),
                high=float(row["high"]),
                answers=float(row["answers"]),
                deff=float(row["deff"]),
                confidence=self.rules.confidence,
            )
        return found


def year_of(
    entry: Entry,
    year: int,
    survey: Survey | None,
    edition: FrameworkEdition,
    rules: SipasRules,
    place: Place,
) -> SipasYear:
    """Put together what a delivery says about a year, its own or an earlier one.

    Scores computed from forms come before printed ones; kinds of units are never mixed.

    Raises
    ------
    InputError
        If the table names a criterion that the edition does not have.
    """
    rows = sipas_printed.rows_of(entry.table("sipas_results"), year, entry.year)
    printed = sipas_printed.scores(rows, edition, rules)
    parts: list[pd.DataFrame] = []
    units: dict[str, pd.DataFrame] = {}
    subject = _subject(entry, place, survey, printed)
    for kind in KINDS:
        counted = survey is not None and kind in survey.asked
        table = survey.scores if survey is not None and counted else printed
        scores = table[table["kind"] == kind]
        if scores.empty:
            continue
        parts.append(scores)
        if kind == "province":
            continue
        if survey is not None and counted:
            forms = survey.forms[survey.forms["kind"] == kind]
            valid = {str(u): float(n) for u, n in zip(forms["unit"], forms["valid"], strict=True)}
        else:
            valid = sipas_printed.valid_forms(scores)
        told = entry.figures.value("sipas.units", year) if kind == subject.kind else None
        units[kind] = standing(
            scores,
            valid,
            survey.covariance[kind] if survey is not None and counted else None,
            rules,
            published=sipas_printed.published_ranks(rows, kind),
            whole=told is None or scores["unit"].nunique() >= told,
        )
    joined = pd.concat(parts, ignore_index=True) if parts else printed
    return SipasYear(year, edition, rules, subject, entry.figures, joined, units, survey)


def _subject(entry: Entry, place: Place, survey: Survey | None, printed: pd.DataFrame) -> Subject:
    office = entry.office.office
    own = {_named(name, place) for name in (office.name, office.short) if name}
    for kind in KINDS[1:]:
        surveyed = survey.units.get(kind, ()) if survey is not None else ()
        listed = printed.loc[printed["kind"] == kind, "unit"] if len(printed) else ()
        for unit in (*surveyed, *listed):
            if _named(unit, place) in own:
                return Subject(kind, str(unit), office.brief)
    departments = survey.units.get("department", ()) if survey is not None else ()
    if survey is not None and "province" not in survey.asked and len(departments) == 1:
        return Subject("department", departments[0], departments[0])
    whole = survey is not None and "province" in survey.asked
    whole = whole or (len(printed) > 0 and bool((printed["kind"] == "province").any()))
    if whole or entry.figures.get("sipas.overall") is None:
        return Subject("province", "", place.full_name(entry.year))
    return Subject("office", "", office.brief)


def _named(name: str, place: Place) -> str:
    """Return a name as compared: without signs and remarks, and without the province behind it."""
    plain, province = bare(_REMARK.sub("", name)), bare(place.own_name)
    for tail in (f" tinh {province}", f" thanh pho {province}", f" tp {province}", f" {province}"):
        plain = plain.removesuffix(tail)
    return plain
