"""Ratios of decision 766 as delivered, counted from records, or made from dossier counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from helpers.definitions.framework import load_framework, rules_of
from helpers.indices.procedures.dossiers import (
    PROCEDURES,
    RECORDS,
    calendar_for,
    dossiers_of,
    report_date,
)
from helpers.indices.procedures.result import NoDossiersError, evaluate
from helpers.indices.procedures.rules import ProcedureRules
from helpers.indices.procedures.shares import shares
from helpers.indices.service_quality.arithmetic import Ratio
from helpers.indices.service_quality.records import dossier_ratios, petition_ratios
from helpers.inputs.entry import ORIGIN, Entry
from helpers.inputs.records import find_records, is_empty_file, read_records
from helpers.project import Project

WHOLE_YEAR = "Cả năm"
PERIODS = (
    *(f"Tháng {number}" for number in range(1, 4)),
    "Quý I",
    *(f"Tháng {number}" for number in range(4, 7)),
    "Quý II",
    *(f"Tháng {number}" for number in range(7, 10)),
    "Quý III",
    *(f"Tháng {number}" for number in range(10, 13)),
    "Quý IV",
    WHOLE_YEAR,
)
"""From early to late; a quarter after its months, the whole year last."""
OF_COUNTS = ("2.1", "3.1", "3.3")
"""Indicators whose ratio also follows from dossier counts and single figures."""
TABLE = "service_ratios"
ONLINE_SHARE = "3.3"
"""Ratio that rests on the channel of each dossier."""
PETITIONS = "petitions"


def delivered_ratios(entry: Entry) -> Mapping[tuple[str, str], tuple[Ratio, ...]]:
    """Return the delivered ratios by unit (empty for the whole office) and period."""
    table = entry.table(TABLE)
    found: dict[tuple[str, str], list[Ratio]] = {}
    for _, row in table.iterrows():
        key = (str(row["don_vi"]), str(row["ky"]))
        found.setdefault(key, []).append(_ratio(row))
    ordered = sorted(found, key=lambda key: (key[0], PERIODS.index(key[1])))
    return {key: tuple(found[key]) for key in ordered}


def _ratio(row: pd.Series) -> Ratio:
    day = row["ngay"]
    applies = row["ap_dung"]
    return Ratio(
        code=str(row["chi_tieu"]),
        numerator=_whole(row["tu_so"]),
        denominator=_whole(row["mau_so"]),
        date="" if pd.isna(day) else f"{pd.Timestamp(day):%d/%m/%Y}",
        trace=str(row[ORIGIN]),
        portal=None if pd.isna(row["diem_cong"]) else float(row["diem_cong"]),
        applies=True if pd.isna(applies) else bool(applies),
    )


def _whole(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) and not pd.isna(value) else None


def has_records(entry: Entry, project: Project) -> bool:
    """Tell whether dossiers or petitions were delivered as files of records."""
    kinds = (RECORDS, PETITIONS)
    return any(
        find_records(kind, entry.delivery, project, entry.office) is not None for kind in kinds
    )


def empty_files(entry: Entry, project: Project) -> tuple[str, ...]:
    """Return the record files of a delivery that hold no record, by name."""
    found = []
    for kind in (RECORDS, PETITIONS):
        path = find_records(kind, entry.delivery, project, entry.office)
        if path and is_empty_file(kind, entry.delivery, project, entry.office):
            found.append(path.name)
    return tuple(found)


def counted_ratios(entry: Entry, project: Project, petition_limit: int) -> tuple[Ratio, ...]:
    """Count the ratios that the record files give; those of few are marked and must not be told."""
    rules = rules_of(load_framework(PROCEDURES, project).edition(entry.year), ProcedureRules)
    ends = report_date(entry.office, entry.year)
    dossiers = dossiers_of(entry, project)
    petitions = read_records(
        PETITIONS, entry.delivery, project, entry.office, may_be_empty=entry.is_earlier
    )
    made: list[Ratio] = []
    if dossiers is not None:
        days = calendar_for(dossiers.frame, entry.year, rules)
        named = None if petitions is None else petitions.frame
        made += dossier_ratios(dossiers.frame, named, entry.year, days, ends, dossiers.origin)
    if petitions is not None:
        days = calendar_for(petitions.frame, entry.year, rules)
        origin = petitions.origin
        made += petition_ratios(petitions.frame, entry.year, days, ends, petition_limit, origin)
    return tuple(made)


def without_channel(ratios: Iterable[Ratio], entry: Entry, project: Project) -> int:
    """Return how many of the dossiers counted name no channel, which is read as direct."""
    if not any(ratio.code == ONLINE_SHARE and ratio.made == "records" for ratio in ratios):
        return 0
    dossiers = dossiers_of(entry, project)
    return 0 if dossiers is None else dossiers.assumed.get("kenh", 0)


def ratios_of_counts(entry: Entry, project: Project) -> tuple[Ratio, ...]:
    """Make the ratios that dossier counts and single figures give: 2.1, 3.1 and 3.3."""
    try:
        result = evaluate(entry.slug, entry.year, project, entry.delivery.office)
    except NoDossiersError:
        return ()
    made = []
    if result.source != "records":
        # What dossiers leave open in the ratio itself does not follow from their sums either.
        for code, key in (("2.1", "in_time_all"), ("3.3", "online")):
            rate = result.rate(key)
            if rate is not None:
                made.append(_made(code, rate.numerator, rate.denominator, rate.trace))
    services = {one.key: one for one in shares(result)}.get("online_rate")
    if services is not None and services.part <= services.whole:
        made.append(_made("3.1", services.part, services.whole, services.trace))
    return tuple(made)


def _made(code: str, top: int, bottom: int, trace: str) -> Ratio:
    said = f"tính từ số liệu hồ sơ và dịch vụ công: {trace}"
    return Ratio(code, top, bottom, "", said, made="figures")
