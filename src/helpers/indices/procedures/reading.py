"""Where an office's dossier counts are taken from: its table, its dossiers, its single figures."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from helpers.indices.procedures import arithmetic as procedures
from helpers.indices.procedures.arithmetic import Count
from helpers.indices.procedures.dossiers import PROCEDURES, calendar_for, dossiers_of, report_date
from helpers.indices.procedures.records import DossierTables, count_dossiers
from helpers.indices.procedures.rows import Rows, from_records, from_table
from helpers.indices.procedures.rules import ProcedureRules
from helpers.inputs.entry import Entry
from helpers.project import Project

Source = Literal["table", "records", "figures"]

FIGURES: Mapping[str, str] = {
    "received": "tn_tong",
    "received_online": "tn_truc_tuyen",
    "received_direct": "tn_truc_tiep",
    "carried_over": "tn_ky_truoc",
    "resolved": "gq_tong",
    "resolved_early": "gq_truoc_han",
    "resolved_on_time": "gq_dung_han",
    "resolved_in_time": procedures.IN_TIME,
    "resolved_late": "gq_qua_han",
    "in_process": "dg_tong",
    "in_process_in_time": "dg_trong_han",
    "in_process_overdue": "dg_qua_han",
    "returned": procedures.RETURNED,
}
"""Single figure → column of the report it states for the whole office."""


def read_rows(
    entry: Entry, rules: ProcedureRules, project: Project, *, detail: bool = True
) -> tuple[Source, Rows, DossierTables | None]:
    """Take the report table first, then dossiers, then single figures.

    Dossiers add months and procedures to a table; without `detail` they are then not read.

    Parameters
    ----------
    entry : Entry
    rules : ProcedureRules
    project : Project
    detail : bool

    Returns
    -------
    tuple of (str, Rows, DossierTables or None)
        What the total comes from, the rows, and what was counted from dossiers.
    """
    table = from_table(entry.table("procedures_report"))
    records = dossiers_of(entry, project) if detail or not table.total else None
    tables, counted = None, Rows()
    if records is not None:
        days = calendar_for(records.frame, entry.year, rules)
        ends = report_date(entry.office, entry.year)
        tables = replace(
            count_dossiers(records.frame, entry.year, days, ends),
            no_channel=records.assumed.get("kenh", 0),
        )
        counted = from_records(tables, records.origin)
    if table.total:
        differences = tuple(
            ("hồ sơ trong tệp", code, count.value, table.total[code].value)
            for code, count in counted.total.items()
            if code in table.total and table.total[code].value != count.value
        )
        rows = Rows(
            total=table.total,
            fields=table.fields or counted.fields,
            units=table.units or counted.units,
            procedures=counted.procedures,
            months=table.months or counted.months,
            differences=(*table.differences, *differences),
            late_procedures=counted.late_procedures,
            few=counted.few,
        )
        return "table", rows, tables
    if counted.total:
        return "records", counted, tables
    return "figures", Rows(total=from_figures(entry), months=table.months, few=counted.few), tables


def from_figures(entry: Entry) -> dict[str, Count]:
    """Return the columns that single figures state or that follow from them."""
    stated = {}
    for code, column in FIGURES.items():
        found = entry.figures.get(f"{PROCEDURES}.{code}", entry.year)
        if found is not None and not math.isnan(found.value):
            stated[column] = Count(int(found.value), found.trace)
    return procedures.complete(stated)
