"""What a report on dossiers of administrative procedures is written from: one office in one year."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from helpers.definitions.forms import EntryForms
from helpers.definitions.framework import (
    Framework,
    FrameworkEdition,
    load_framework,
    rules_of,
)
from helpers.facts.value import Why
from helpers.indices.procedures import arithmetic as procedures
from helpers.indices.procedures import findings, tt01
from helpers.indices.procedures.arithmetic import Counts, Rate
from helpers.indices.procedures.dossiers import RECORDS, has_dossiers
from helpers.indices.procedures.lacking import lacking
from helpers.indices.procedures.reading import Source, read_rows
from helpers.indices.procedures.records import DossierTables
from helpers.indices.procedures.rows import Row, Rows
from helpers.indices.procedures.rules import ProcedureRules
from helpers.inputs.delivery import Delivery, provinces_by_year
from helpers.inputs.entry import Entry
from helpers.inputs.observations import Figures, Observation
from helpers.inputs.office import DataStatus, Office
from helpers.inputs.reading import delivered_for, delivery_before, has_delivered, read_entry
from helpers.inputs.subject import Subject, of_units
from helpers.places import Place, register, system_of_year
from helpers.project import Project, find_project
from helpers.tidy import Looked
from helpers.words.document import Document

INDEX = "procedures"


class NoDossiersError(LookupError):
    """An office delivered nothing on dossiers for a year."""


@dataclass(frozen=True)
class Target:
    """A value aimed at, in percent, and who set it."""

    value: float
    trace: str


@dataclass(frozen=True)
class Before:
    """The same office in the year before."""

    year: int
    total: Counts
    figures: Figures


@dataclass(frozen=True, repr=False)
class ProceduresResult(Looked):
    """One office in one year.

    Parameters
    ----------
    index : str
    place : Place
    year : int
    delivery : Delivery
    office : Office
    status : {"official", "computed", "simulated"}
    framework, edition, rules
        What the statistics are, and were in that year.
    source : {"table", "records", "figures"}
        What the counts come from: the report table, dossiers, or single figures only.
    rows : Rows
        Total, fields, units, procedures and months.
    rates : tuple of Rate
        Those that the total allows.
    checks : tuple of Check
        Identities of the total.
    forms : EntryForms
        Names of the single figures.
    figures : Figures
    assessments : tuple of Assessment
        Of Thông tư 01/2018/TT-VPCP, for each unit and period.
    before : Before or None
        The year before, if the two may be compared.
    not_compared : tuple of str
        Why the year before is not compared although it was delivered.
    tables : DossierTables or None
        What was counted from dossiers.
    missing : tuple of Why
        What could not be computed and what to deliver for it.
    """

    index: str
    place: Place
    year: int
    delivery: Delivery
    office: Office
    status: DataStatus
    framework: Framework
    edition: FrameworkEdition
    rules: ProcedureRules
    source: Source
    rows: Rows
    rates: tuple[Rate, ...]
    checks: tuple[procedures.Check, ...]
    forms: EntryForms
    figures: Figures
    assessments: tuple[tt01.Assessment, ...]
    before: Before | None
    not_compared: tuple[str, ...]
    tables: DossierTables | None
    missing: tuple[Why, ...]

    def document(self) -> Document:
        """Return names and findings for the words."""
        return findings.document(self)

    @property
    def total(self) -> Counts:
        """Counts of the whole office."""
        return self.rows.total

    @property
    def subject(self) -> Subject:
        """Whose dossiers the counts are."""
        units = (row.name for row in self.rows.units)
        return of_units(self.office, self.place, self.year, units)

    def rate(self, key: str) -> Rate | None:
        """Return a rate of the total, or None where it could not be computed."""
        return next((rate for rate in self.rates if rate.rule.key == key), None)

    @property
    def has_form(self) -> bool:
        """Whether the form can be laid out: by field, or for the total alone."""
        return bool(self.rows.fields) or {"tn_tong", "gq_tong"} <= set(self.total)

    def figure(self, code: str) -> Observation | None:
        """Return a single figure of the year: ``listed``."""
        return self.figures.get(f"{INDEX}.{code}", self.year)

    def target(self, code: str) -> Target | None:
        """Return the target of a figure in percent, from the settings or from a figure ``…_target``."""
        key = f"{INDEX}.{code}"
        if key in self.office.targets:
            said = f"chỉ tiêu nêu trong {self.delivery.settings_name}, {key}"
            return Target(self.office.targets[key], said)
        stated = self.figure(f"{code}_target")
        return None if stated is None else Target(stated.value, stated.trace)

    @property
    def resolved_range(self) -> tuple[int, int] | None:
        """How many dossiers were resolved, at least and at most, as printed rates and late ones imply.

        None where the number is known, or nothing implies it. A rate printed as 0,24% stands for
        anything from 0,235% to 0,245%.
        """
        late = self.total.get("gq_qua_han")
        if "gq_tong" in self.total or late is None or late.value == 0:
            return None
        low, high = 0.0, math.inf
        for code, sign in (("late_rate", 1.0), ("in_time_rate", -1.0)):
            printed = self.figure(code)
            if printed is None:
                continue
            share = printed.value if sign > 0 else 100 - printed.value
            low = max(low, late.value / ((share + printed.half) / 100))
            if share > printed.half:
                high = min(high, late.value / ((share - printed.half) / 100))
        if math.isinf(high) or math.ceil(low) > math.floor(high):
            return None
        return math.ceil(low), math.floor(high)


def available(project: Project | None = None) -> dict[int, tuple[str, ...]]:
    """Return the provinces that delivered anything on dossiers, by year."""
    return provinces_by_year(deliveries(project))


def deliveries(project: Project | None = None) -> tuple[Delivery, ...]:
    """Return who delivered anything on dossiers: provinces and their offices."""
    project = project or find_project()
    return delivered_for(project, lambda entry: _has_anything(entry, project))


def _has_anything(entry: Entry, project: Project) -> bool:
    return entry.has(INDEX) or has_dossiers(entry, project)


def evaluate(
    province: str, year: int, project: Project | None = None, office: str = ""
) -> ProceduresResult:
    """Gather what an office's figures, tables and dossiers say about a year.

    Parameters
    ----------
    province : str
        Slug or name, written in any usual way.
    year : int
    project : Project, optional
    office : str
        Slug of the office in its province; empty for the province itself.

    Returns
    -------
    ProceduresResult

    Raises
    ------
    helpers.places.UnknownPlaceError
        If there is no such province.
    NoDossiersError
        If nothing at all was delivered; the message says what to deliver.
    helpers.inputs.problems.InputError
        If what was delivered has errors.
    """
    project = project or find_project()
    place = register(project).find(province, system_of_year(year))
    delivery = Delivery(year, place.slug, office)
    if not has_delivered(delivery, project):
        raise NoDossiersError(_nothing(place, delivery))
    entry = read_entry(delivery, project)
    if not _has_anything(entry, project):
        raise NoDossiersError(_nothing(place, delivery))
    framework = load_framework(INDEX, project)
    edition = framework.edition(year)
    rules = rules_of(edition, ProcedureRules)
    source, rows, tables = read_rows(entry, rules, project)
    before, reasons = _before(entry, place, framework, project)
    found = procedures.rates(rows.total, rules)
    assessed = tt01.assessments(entry.table("tt01_scores")) if edition.criteria else ()
    return ProceduresResult(
        index=INDEX,
        place=place,
        year=year,
        delivery=delivery,
        office=entry.office,
        status=entry.status,
        framework=framework,
        edition=edition,
        rules=rules,
        source=source,
        rows=rows,
        rates=found,
        checks=tuple(
            check
            for check in procedures.checks(rows.total, rules)
            if source != "figures" or not _follows(check, rows.total)
        ),
        forms=entry.forms,
        figures=entry.figures,
        assessments=assessed,
        before=before,
        not_compared=reasons,
        tables=tables,
        missing=tuple(
            _missing(rows, _left_empty(source, tables, entry.forms), rules, assessed, edition)
        ),
    )


def _follows(check: procedures.Check, counts: Counts) -> bool:
    """Tell whether an identity holds only because one of its terms was computed from it."""
    terms = (check.rule.total, *check.rule.parts)
    return any(counts[code].derived for code in terms if code in counts)


def _nothing(place: Place, delivery: Delivery) -> str:
    return (
        f"{place.name} chưa cung cấp số liệu hồ sơ thủ tục hành chính năm {delivery.year}. Cần một "
        f"trong ba: các số liệu «{INDEX}.…» trong so-lieu.csv, bảng «Hồ sơ TTHC», hoặc tệp ho-so (mỗi "
        f"dòng một hồ sơ) trong {delivery.folder_name}."
    )


def _before(
    entry: Entry, place: Place, framework: Framework, project: Project
) -> tuple[Before | None, tuple[str, ...]]:
    year = entry.year - 1
    reasons = framework.why_not_comparable(year, entry.year, place=place)
    if register(project).same_unit(place, year, entry.year):
        return None, reasons
    earlier = delivery_before(place, entry, project)
    if earlier is None or not _has_anything(earlier, project):
        return None, ()
    if reasons:
        return None, reasons
    rules = rules_of(framework.edition(year), ProcedureRules)
    _, rows, _ = read_rows(earlier, rules, project, detail=False)
    return Before(year, rows.total, earlier.figures), ()


def _left_empty(
    source: Source, tables: DossierTables | None, forms: EntryForms
) -> dict[str, tuple[str, ...]]:
    """Return which columns of a file of dossiers leave a count open, by their labels."""
    if source != "records" or tables is None:
        return {}
    form = forms.record(RECORDS)
    return {
        code: tuple(form.column(column).label for column in columns)
        for code, columns in tables.left_empty.items()
    }


def _missing(
    rows: Rows,
    left: Mapping[str, tuple[str, ...]],
    rules: ProcedureRules,
    assessed: tuple[tt01.Assessment, ...],
    edition: FrameworkEdition,
) -> Iterator[Why]:
    if rows.few:
        yield Why("few_dossiers")
    yield from lacking(rows.total, rules, left)
    if not rows.fields:
        yield Why("lacks_fields")
    if not rows.months:
        yield Why("lacks_months")
    if not assessed and edition.criteria:
        yield Why("lacks_assessment")


__all__ = ["Before", "ProceduresResult", "Row", "Rows", "Target", "available", "evaluate"]
