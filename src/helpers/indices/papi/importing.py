"""Take over an official PAPI workbook: read it, and keep its tables for reports."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers.indices.papi.read_workbook import INDEX, read_papi_workbook
from helpers.inputs.columns import ImportedTables, ImportSummary
from helpers.inputs.imported import scores, store
from helpers.inputs.problems import InputError, Problem, Severity
from helpers.places import register, system_of_year
from helpers.project import Project


def import_papi(
    path: Path,
    project: Project,
    *,
    year: int | None = None,
    replace: bool = False,
    dry_run: bool = False,
) -> ImportSummary:
    """Read an official PAPI workbook and keep it.

    Parameters
    ----------
    path : Path
        ``.xlsx`` or ``.xlsm``.
    project : Project
    year : int, optional
        Of the only sheet, where its name and that of the file do not tell.
    replace : bool
        Whether a year may lose scores that are known and not in the workbook.
    dry_run : bool
        Whether only to say what would be taken.

    Returns
    -------
    ImportSummary

    Raises
    ------
    InputError
        If nothing of the workbook can be used, or if known scores would vanish; what was imported
        before stays as it was.
    """
    known = scores(INDEX, project)
    tables = read_papi_workbook(path, project, known=known, year=year)
    lost = _lost(known, tables, project, replace=replace)
    if lost and not replace:
        raise InputError(lost)
    if not dry_run:
        store(tables, project)
    return ImportSummary(
        file=tables.file,
        years=tables.years,
        scores=len(tables.scores),
        indicators=len(tables.indicators),
        intervals=len(tables.intervals),
        sheets=tables.sheets,
        problems=(*tables.problems, *lost),
    )


def _lost(
    known: pd.DataFrame, tables: ImportedTables, project: Project, *, replace: bool
) -> list[Problem]:
    """Tell which known scores of its years a workbook does not have."""
    units = register(project)
    problems = []
    for year in tables.years:
        before = known[known["year"] == year]
        new = tables.scores[tables.scores["year"] == year]
        kept = set(zip(new["slug"], new["code"], strict=True))
        gone = [key for key in zip(before["slug"], before["code"], strict=True) if key not in kept]
        if not gone:
            continue
        absent = sorted({slug for slug, _ in gone} - set(new["slug"]))
        names = ", ".join(units.get(slug, system_of_year(year)).name for slug in absent)
        message = (
            f"Năm {year} đã có {len(before)} điểm; sổ tính này không có {len(gone)} điểm trong đó"
        )
        message += f", gồm mọi điểm của {len(absent)} đơn vị: {names}." if absent else "."
        remedy = (
            "các điểm ấy không còn được dùng; nạp lại sổ đủ điểm nếu cần."
            if replace
            else "nạp sổ tính đủ các điểm ấy, hoặc thêm --replace nếu đúng là muốn bỏ chúng."
        )
        severity: Severity = "warning" if replace else "error"
        problems.append(Problem(severity, tables.file, None, None, "would-vanish", message, remedy))
    return problems
