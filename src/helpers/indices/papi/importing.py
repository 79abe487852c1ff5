"""Take over an official PAPI workbook: read it, and keep its tables for reports."""

from __future__ import annotations

from pathlib import Path

from helpers.indices.papi.read_workbook import INDEX, read_papi_workbook
from helpers.inputs.columns import ImportSummary
from helpers.inputs.imported import scores, store
from helpers.project import Project


def import_papi(path: Path, project: Project) -> ImportSummary:
    """Read an official PAPI workbook and keep it.

    Parameters
    ----------
    path : Path
        ``.xlsx`` or ``.xlsm``.
    project : Project

    Returns
    -------
    ImportSummary

    Raises
    ------
    InputError
        If nothing of the workbook can be used; what was imported before stays as it was.
    """
    tables = read_papi_workbook(path, project, known=scores(INDEX, project))
    store(tables, project)
    return ImportSummary(
        file=tables.file,
        years=tables.years,
        scores=len(tables.scores),
        indicators=len(tables.indicators),
        intervals=len(tables.intervals),
        sheets=tables.sheets,
        problems=tables.problems,
    )
