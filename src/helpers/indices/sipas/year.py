"""All that was delivered about satisfaction for one year, put together."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from helpers.definitions.framework import FrameworkEdition
from helpers.facts.measured import Peers
from helpers.facts.value import Status, Value
from helpers.indices.sipas import printed as sipas_printed
from helpers.indices.sipas.forms import KINDS
from helpers.indices.sipas.rules import TOTAL, Kind, SipasRules
from helpers.indices.sipas.survey import Survey
from helpers.indices.sipas.units import standing
from helpers.indices.sipas.values import delivered, population, value_of
from helpers.inputs.entry import Entry
from helpers.inputs.observations import Figures, Observation
from helpers.places import Place
from helpers.places.words import bare

_REMARK = re.compile(r"\([^()]*\)")
"""A remark in brackets, such as «(mô phỏng)», is no part of a name."""


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
    peers : mapping
        Kind → whom places and means of the kind range over; without a kind of which not all units are
        there.
    survey : Survey or None
    status : {"official", "computed", "simulated"}
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
    peers: Mapping[str, Peers]
    survey: Survey | None
    status: Status
    silent_file: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is known."""
        return self.scores.empty and self.figure("overall") is None

    def figure(self, name: str) -> Observation | None:
        """Return the single figure ``sipas.<name>`` of the year."""
        return self.figures.get(f"sipas.{name}", self.year)

    def of_unit(self, kind: str, unit: str) -> Mapping[str, Value]:
        """Return the scores of a unit by code."""
        return self._by_unit.get((kind, unit), {})

    @cached_property
    def own(self) -> Mapping[str, Value]:
        """The subject's scores by code; the overall may be a single figure."""
        found = dict(self.of_unit(self.subject.kind, self.subject.unit))
        printed = self.figure("overall")
        if TOTAL not in found and printed is not None:
            found[TOTAL] = delivered(printed, self.status)
        return found

    def hidden(self, kind: str, unit: str) -> frozenset[str]:
        """Return the codes of a unit that were measured and must not be told."""
        rows = self.scores
        own = rows[(rows["kind"] == kind) & (rows["unit"] == unit)]
        return frozenset(own.loc[own["hidden"].astype(bool), "code"].astype(str))

    @cached_property
    def _by_unit(self) -> dict[tuple[str, str], dict[str, Value]]:
        found: dict[tuple[str, str], dict[str, Value]] = {}
        for row in self.scores.to_dict("records"):
            if math.isnan(row["value"]):
                continue
            of_unit = found.setdefault((str(row["kind"]), str(row["unit"])), {})
            of_unit[str(row["code"])] = value_of(row, self.rules, self.status)
        return found

    def estimated(self, kind: str, unit: str, code: str) -> tuple[float, float]:
        """Return standard error (percentage points) and design effect of a score; NaN if unknown."""
        rows = self.scores
        own = rows[(rows["kind"] == kind) & (rows["unit"] == unit) & (rows["code"] == code)]
        if own.empty:
            return (math.nan, math.nan)
        return (float(own.iloc[0]["error"]), float(own.iloc[0]["deff"]))


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
    peers: dict[str, Peers] = {}
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
        covariance = survey.covariance[kind] if survey is not None and counted else None
        if told is None or scores["unit"].nunique() >= told:
            # Without all of them nothing is ranked.
            peers[kind] = population(scores, valid, covariance, rules, entry.status, kind)
        printed_ranks = sipas_printed.published_ranks(rows, kind)
        units[kind] = standing(scores, valid, rules, peers.get(kind), printed_ranks)
    joined = pd.concat(parts, ignore_index=True) if parts else printed
    return SipasYear(
        *(year, edition, rules, subject, entry.figures, joined, units, peers, survey),
        status=entry.status,
    )


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
