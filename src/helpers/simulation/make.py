"""Make the made-up province: record files as Parquet, tables and figures as CSV."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from helpers.definitions.forms import EntryForms, load_forms
from helpers.project import Project
from helpers.simulation.dossiers import dossiers, petitions
from helpers.simulation.households import households
from helpers.simulation.store import Row, Store, written
from helpers.simulation.survey import survey, survey_figures
from helpers.simulation.tables_poverty import poverty_figures, poverty_tables
from helpers.simulation.tables_procedures import procedures_figures, procedures_tables
from helpers.simulation.tables_scoring import dti_scoring, par_scoring
from helpers.simulation.tables_work import work_tables
from helpers.simulation.world import SLUG

YEARS = (2023, 2024)
"""Years that are simulated; the first is only there for changes to the second."""

FIGURES = "so-lieu.csv"
_FIGURE_COLUMNS = (
    "ma",
    "gia_tri",
    "don_vi",
    "nam",
    "so_voi_nam",
    "nhom",
    "tai_lieu",
    "cau",
    "ghi_chu",
)

Report = Callable[[str, int, int], None]
"""Called with the name of a file, the year and the number of rows, when it is written."""


@dataclass(frozen=True)
class Made:
    """What was written.

    Parameters
    ----------
    year : int
    rows : dict of str to int
        Name of the file → rows.
    """

    year: int
    rows: dict[str, int]


def simulate(
    project: Project,
    years: tuple[int, ...] = YEARS,
    scale: float = 1.0,
    report: Report | None = None,
) -> tuple[Made, ...]:
    """Make years of the made-up province; the same scale gives the same bytes.

    Parameters
    ----------
    project : Project
        Files go to ``data/provinces/tinh-mau/<year>/``.
    years : tuple of int
        Of :data:`YEARS`.
    scale : float
        1 for 40 000 questionnaires, 230 000 dossiers and 440 000 households a year.
    report : callable, optional

    Returns
    -------
    tuple of Made

    Raises
    ------
    ValueError
        For a year that is not simulated, or a scale that is not above 0 and up to 4.
    helpers.simulation.store.OwnFileError
        If a file that the simulation did not write stands in the way; nothing is written then.
    """
    if unknown := [year for year in years if year not in YEARS]:
        known = ", ".join(str(year) for year in YEARS)
        raise ValueError(f"Không mô phỏng năm {unknown[0]}; các năm có: {known}.")
    if not _LEAST_SCALE <= scale <= _MOST_SCALE:
        raise ValueError("Tỷ lệ quy mô phải từ 0,001 đến 4 (1 là đủ quy mô).")
    forms = load_forms(project)
    stores = {year: Store(project.deliveries / SLUG / str(year)) for year in years}
    for store in stores.values():
        store.check(file_names(project))
    return tuple(_year(year, scale, store, forms, report) for year, store in stores.items())


_LEAST_SCALE, _MOST_SCALE = 0.001, 4.0
_TABLES = (
    "procedures_report",
    "service_ratios",
    "tt01_scores",
    "poverty_units",
    "poverty_groups",
    "poverty_movement",
    "poverty_deprivations",
    "par_scoring",
    "dti_scoring",
    "tasks",
    "limits",
    "measures",
    "documents",
    "inspections",
    "citizens",
)
_RECORDS = ("survey", "dossiers", "petitions", "households")


def file_names(project: Project) -> tuple[str, ...]:
    """Return the names of the files of a year."""
    forms = load_forms(project)
    tables = [f"{forms.table(key).file}.csv" for key in _TABLES]
    records = [f"{forms.record(key).file}.parquet" for key in _RECORDS]
    return (*records, *tables, FIGURES)


def _year(year: int, scale: float, store: Store, forms: EntryForms, report: Report | None) -> Made:
    rows: dict[str, int] = {}

    def done(name: str, count: int) -> None:
        rows[name] = count
        if report is not None:
            report(name, year, count)

    def keep(key: str, frame: pl.DataFrame) -> pl.DataFrame:
        name = f"{forms.record(key).file}.parquet"
        done(name, store.records(name, frame))
        return frame

    answered = keep("survey", survey(year, scale)).height
    every = keep("dossiers", dossiers(year, scale))
    keep("petitions", petitions(year, scale))
    tables: dict[str, list[Row]] = procedures_tables(year, every)
    tables |= poverty_tables(keep("households", households(year, scale)))
    tables |= {"par_scoring": par_scoring(year), "dti_scoring": dti_scoring(year)}
    tables |= work_tables(year)
    for key, content in tables.items():
        done(f"{forms.table(key).file}.csv", store.table(forms.table(key), content))
    figures = procedures_figures(year) | survey_figures(answered) | poverty_figures()
    body = [
        [code, written(value), "", str(year), "", "", "", "", ""] for code, value in figures.items()
    ]
    store.text(FIGURES, [list(_FIGURE_COLUMNS), *body])
    done(FIGURES, len(body))
    return Made(year, rows)
