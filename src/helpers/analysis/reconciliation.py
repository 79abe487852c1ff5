"""Whether the figures of a delivery fit each other, before anything is concluded from them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from helpers.analysis import _reconcile_changes as change_rules
from helpers.analysis import _reconcile_deadlines as deadline_rules
from helpers.analysis import _reconcile_dossiers as dossier_rules
from helpers.analysis import _reconcile_households as household_rules
from helpers.analysis import _reconcile_plan as plan_rules
from helpers.analysis import _reconcile_repeats as repeat_rules
from helpers.analysis import _reconcile_scores as score_rules
from helpers.analysis import _reconcile_shares as share_rules
from helpers.analysis import _reconcile_tables as table_rules
from helpers.analysis import _reconcile_words as word_rules
from helpers.analysis.discrepancy import SEVERITIES, Discrepancy, Part, Severity
from helpers.definitions.framework import Framework, FrameworkEdition, load_framework
from helpers.inputs.corrections import Correction, read_corrections
from helpers.inputs.entry import Entry
from helpers.inputs.observations import Figures, Observation
from helpers.inputs.office import DataStatus, Office
from helpers.inputs.problems import InputError
from helpers.inputs.reading import delivered, read_entry
from helpers.places import Place, register, system_of_year
from helpers.project import Project, find_project

INDEX = "reconciliation"

PART_RULES: tuple[Callable[[Part], Iterator[Discrepancy]], ...] = (
    dossier_rules.dossiers,
    deadline_rules.deadlines,
    household_rules.households,
    change_rules.changes,
    plan_rules.yearly_and_plan,
    score_rules.points,
    score_rules.ranks,
    share_rules.shares,
    share_rules.sums,
    share_rules.contrasts,
)
"""Rules on the figures of one year and part, in the order of their codes."""
FIGURE_RULES: tuple[Callable[[Figures], Iterator[Discrepancy]], ...] = (
    change_rules.points_or_percent,
    score_rules.repeated,
    word_rules.years,
)
"""Rules on all figures of a delivery."""


class NothingToReconcileError(LookupError):
    """No figure was delivered for this province and year."""


@dataclass(frozen=True)
class Reconciliation:
    """A delivery with what does not fit in it.

    Parameters
    ----------
    index : str
    place : Place
    year : int
    office : Office
    framework, edition
        The rules, as ``params/indices/reconciliation.yml`` names them.
    entry : Entry
    discrepancies : tuple of Discrepancy
        Contradictions first.
    corrections : tuple of Correction
        Known errors of the source, as declared in ``dinh-chinh.yml``.
    missing : tuple of str
        Vietnamese sentences on what could not be checked at all.
    """

    index: str
    place: Place
    year: int
    office: Office
    framework: Framework
    edition: FrameworkEdition
    entry: Entry
    discrepancies: tuple[Discrepancy, ...]
    corrections: tuple[Correction, ...]
    missing: tuple[str, ...]

    @property
    def status(self) -> DataStatus:
        """Whether the figures are official, computed or simulated."""
        return self.office.status

    @property
    def figures(self) -> Figures:
        """All single figures, as delivered."""
        return self.entry.figures

    def with_severity(self, severity: Severity) -> tuple[Discrepancy, ...]:
        """Return the findings of one severity."""
        return tuple(found for found in self.discrepancies if found.severity == severity)

    def of(self, observation: Observation) -> tuple[Discrepancy, ...]:
        """Return the findings that concern a figure."""
        return tuple(
            found
            for found in self.discrepancies
            if any(same_figure(one, observation) for one in found.observations)
        )

    def corrections_of(self, observation: Observation) -> tuple[Correction, ...]:
        """Return the declared errors of a figure."""
        return tuple(one for one in self.corrections if one.names(observation))


def same_figure(one: Observation, other: Observation) -> bool:
    """Tell whether two observations are the same figure."""
    return (one.code, one.year, one.group, one.since) == (
        other.code,
        other.year,
        other.group,
        other.since,
    )


def reconcile(
    figures: Figures,
    tables: Mapping[str, pd.DataFrame],
    report_date: datetime.date | None = None,
    year: int | None = None,
) -> tuple[Discrepancy, ...]:
    """Apply rules R1 to R16 to whatever was delivered.

    Parameters
    ----------
    figures : Figures
    tables : mapping of str to DataFrame
        By key of the table form; those without rules are left alone.
    report_date : date, optional
        Of the report; documents dated later are found.
    year : int, optional
        Year reported on; without it, the latest year of the figures.

    Returns
    -------
    tuple of Discrepancy
        Contradictions first, then what can be read in two ways, then rates without a base; inside, by
        rule. Empty where nothing contradicts within the rounding of the printed digits.

    Notes
    -----
    Every rounded term may be off by half a unit of its last printed digit (R15); a figure is only
    found to contradict if no values inside these intervals fit.
    """
    about = year if year is not None else max((one.year for one in figures), default=0)
    found = [one for rule in FIGURE_RULES for one in rule(figures)]
    for part in _parts(figures):
        found += [one for rule in PART_RULES for one in rule(part)]
    for key in table_rules.ROW_FIGURES:
        table = tables.get(key)
        if table is None or table.empty:
            continue
        for part in table_rules.row_parts(key, table, about):
            found += [one for rule in PART_RULES for one in rule(part)]
        found += table_rules.sums_of_rows(key, table, figures, about)
    found += repeat_rules.repeats(tables, figures, about)
    found += _table_rules(tables, about, report_date)
    return tuple(sorted(found, key=_order))


def _parts(figures: Figures) -> list[Part]:
    named = dict.fromkeys((one.year, one.group) for one in figures)
    return [Part(figures, year, group, group) for year, group in named]


def _table_rules(
    tables: Mapping[str, pd.DataFrame], year: int, report_date: datetime.date | None
) -> Iterator[Discrepancy]:
    empty = pd.DataFrame()
    for key, rule in (
        ("poverty_movement", table_rules.movement),
        ("par_scoring", table_rules.scoring),
        ("headings", word_rules.headings),
    ):
        table = tables.get(key, empty)
        if not table.empty:
            yield from rule(table)
    documents = tables.get("documents", empty)
    if not documents.empty:
        yield from word_rules.documents(documents, year, report_date)


def _order(found: Discrepancy) -> tuple[int, int]:
    return SEVERITIES.index(found.severity), int(found.rule.removeprefix("R"))


def available(project: Project | None = None) -> dict[int, tuple[str, ...]]:
    """Return the years and provinces with figures or tables to check.

    A delivery that cannot be read is among them: its report fails and says why.
    """
    of = project or find_project()
    found = {
        year: tuple(slug for slug in slugs if _has_something(slug, year, of))
        for year, slugs in delivered(of).items()
    }
    return {year: slugs for year, slugs in found.items() if slugs}


def _has_something(slug: str, year: int, project: Project) -> bool:
    try:
        return _checkable(read_entry(slug, year, project))
    except InputError:
        return True


def _checkable(entry: Entry) -> bool:
    return bool(len(entry.figures)) or any(len(table) for table in entry.tables.values())


def evaluate(province: str, year: int, project: Project | None = None) -> Reconciliation:
    """Read a delivery and see whether its figures fit each other.

    Parameters
    ----------
    province : str
        Slug or name, as the year's territorial system has it.
    year : int
    project : Project, optional

    Raises
    ------
    NothingToReconcileError
        If there is neither a figure nor a table that the rules concern.
    helpers.inputs.problems.InputError
        If the delivery, or a correction that no longer fits it, cannot be used.
    """
    of = project or find_project()
    place = register(of).find(province, system_of_year(year, of))
    entry = read_entry(place.slug, year, of)
    if not _checkable(entry):
        raise NothingToReconcileError(
            f"{place.name} chưa giao số liệu nào của năm {year}, nên không có gì để kiểm tra."
        )
    missing = (
        ()
        if len(entry.figures)
        else (
            "Chưa có số liệu đơn lẻ nào ở trang «Số liệu chung» hoặc tệp so-lieu.csv; chỉ kiểm tra "
            "được "
            "các bảng.",
        )
    )
    framework = load_framework(INDEX, of)
    return Reconciliation(
        index=INDEX,
        place=place,
        year=year,
        office=entry.office,
        framework=framework,
        edition=framework.edition(year),
        entry=entry,
        discrepancies=discrepancies(entry),
        corrections=read_corrections(place.slug, year, of, entry.figures),
        missing=missing,
    )


def discrepancies(entry: Entry) -> tuple[Discrepancy, ...]:
    """Apply all rules to a delivery that was read."""
    return reconcile(entry.figures, entry.tables, entry.office.document.date, entry.year)
