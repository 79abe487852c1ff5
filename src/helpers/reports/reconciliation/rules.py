"""The rules, and how they are applied to whatever was delivered."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence

import pandas as pd

from helpers.facts.discrepancy import SEVERITIES, Discrepancy, Part
from helpers.inputs.observations import Figures
from helpers.reports.reconciliation import changes as change_rules
from helpers.reports.reconciliation import deadlines as deadline_rules
from helpers.reports.reconciliation import dossiers as dossier_rules
from helpers.reports.reconciliation import figures as table_rules
from helpers.reports.reconciliation import households as household_rules
from helpers.reports.reconciliation import plan as plan_rules
from helpers.reports.reconciliation import repeats as repeat_rules
from helpers.reports.reconciliation import scores as score_rules
from helpers.reports.reconciliation import shares as share_rules
from helpers.reports.reconciliation import words as word_rules

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


def reconcile(
    figures: Figures,
    tables: Mapping[str, pd.DataFrame],
    report_date: datetime.date | None = None,
    year: int | None = None,
    bases: Sequence[str] = (),
) -> tuple[Discrepancy, ...]:
    """Apply rules R1 to R16 to whatever was delivered.

    Parameters
    ----------
    figures : Figures
    tables : mapping of str to DataFrame
        By key of the table form; those without rules are left alone.
    report_date : date, optional
        Of the report; documents and bases dated later are found.
    year : int, optional
        Year reported on; without it, the latest year of the figures.
    bases : sequence of str
        What the report states as its bases, as the settings have them.

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
    found += word_rules.bases(bases, report_date)
    return tuple(sorted(found, key=order_of))


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


def order_of(found: Discrepancy) -> tuple[int, int]:
    """Contradictions first; inside a severity by the number of the rule."""
    return SEVERITIES.index(found.severity), int(found.rule.removeprefix("R"))
