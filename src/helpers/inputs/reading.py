"""Read what an office delivered for a year: settings, figures and tables, all problems at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import pandas as pd

from helpers.definitions.forms import EntryForms, TableForm, load_forms
from helpers.inputs import figure_sheets
from helpers.inputs.commune_names import COLUMN, commune_problems
from helpers.inputs.csv_files import read_csv
from helpers.inputs.delivery import Delivery, all_deliveries, deliveries_of
from helpers.inputs.entry import Entry
from helpers.inputs.entry_sheets import GUIDE, LISTS, WORKBOOK, read_workbook
from helpers.inputs.figure_sheets import read_figures
from helpers.inputs.form_sheets import read_table
from helpers.inputs.grid import Grid
from helpers.inputs.observations import Figures, Observation
from helpers.inputs.office import Office, OfficeName, read_office
from helpers.inputs.problems import InputError, Problem
from helpers.inputs.strays import stray_files, stray_sheets
from helpers.inputs.unreadable import problems_of
from helpers.kept import while_unchanged
from helpers.places import Place, register
from helpers.places.words import bare
from helpers.project import Project

Stamp = tuple[str, int, int]
T = TypeVar("T")


def read_entry(delivery: Delivery, project: Project) -> Entry:
    """Read a delivery.

    Parameters
    ----------
    delivery : Delivery
    project : Project

    Returns
    -------
    Entry
        Its tables are shared by all who ask for it: copy before changing one.

    Raises
    ------
    InputError
        If anything is wrong that could get into a score; it holds all problems, not only the first.
    """
    return _entry(delivery, project)


def has_delivered(delivery: Delivery, project: Project) -> bool:
    """Tell whether there are settings and a data folder.

    Looks at these two alone: a report must not depend on who else delivered. They are opened, not only
    asked about, so that the record of a report knows what was looked for in vain.
    """
    try:
        delivery.settings(project).open("rb").close()
        os.scandir(delivery.folder(project)).close()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False
    return True


def delivery_before(
    place: Place, entry: Entry, project: Project, *, whoever: bool = False
) -> Entry | None:
    """Return what the same office delivered for the same unit for the year before, if anything.

    The folder is that of the unit which was this territory then: of a merged unit there is none,
    and one predecessor's delivery is never taken for it. Nor is another office's.

    Parameters
    ----------
    place : Place
    entry : Entry
        This year's delivery.
    project : Project
    whoever : bool
        Whether the figures are of the whole province, whichever office delivers them.

    Raises
    ------
    InputError
        If there is a delivery with errors.
    """
    found = same_office_before(place, entry.delivery, entry.office.office, project)
    if found is None and whoever:
        before = register(project).unit_in(place, entry.year - 1)
        found = None if before is None else Delivery(entry.year - 1, before.slug)
        if found is not None and not has_delivered(found, project):
            found = None
    return None if found is None else replace(read_entry(found, project), is_earlier=True)


def same_office_before(
    place: Place, delivery: Delivery, office: OfficeName, project: Project
) -> Delivery | None:
    """Return last year's delivery of an office, wherever in its province it was laid down.

    An office that delivered as the province's only one then, and has a folder of its own now, is the
    same office if its name is.

    Raises
    ------
    InputError
        If the settings of a delivery cannot be read.
    """
    before = register(project).unit_in(place, delivery.year - 1)
    if before is None:
        return None
    own = Delivery(delivery.year - 1, before.slug, delivery.office)
    if has_delivered(own, project) and read_office(own, project).office.is_also(office):
        return own
    # Where the province's folder was another's, or this office had none of its own yet. What others
    # wrote into their settings is no fault of this delivery.
    there = deliveries_of(before.slug, own.year, project)
    for one in (one for one in there if one != own and not (one.office and delivery.office)):
        with suppress(InputError):
            if read_office(one, project).office.is_also(office):
                return one
    return None


def delivered_for(project: Project, wanted: Callable[[Entry], bool]) -> tuple[Delivery, ...]:
    """Return who delivered something of a kind: provinces and offices, by year.

    A delivery with errors counts, too: its report must fail and say what is wrong, not be missing.

    Parameters
    ----------
    project : Project
    wanted : callable
        Tells whether an entry has what is looked for: ``lambda entry: entry.has("sipas")``.
    """

    def counts(delivery: Delivery) -> bool:
        try:
            return wanted(read_entry(delivery, project))
        except InputError:
            return True

    return tuple(one for one in all_deliveries(project) if counts(one))


def named(folder: Path, name: str) -> Path:
    """Return the file of a name, also where another system wrote it in capital letters."""
    if (folder / name).exists() or not folder.is_dir():
        return folder / name
    found = (path for path in sorted(folder.iterdir()) if path.name.casefold() == name)
    return next(found, folder / name)


def _files(delivery: Delivery, project: Project) -> list[Path]:
    """Return all files that are read here."""
    return [
        delivery.settings(project),
        *sorted(delivery.folder(project).glob("*")),
        *sorted(project.entry_forms.glob("**/*.yml")),
    ]


@while_unchanged(_files, size=256)
def _entry(delivery: Delivery, project: Project) -> Entry:
    forms = load_forms(project)
    year, folder = delivery.year, delivery.folder(project)
    problems: list[Problem] = []
    office = _collected(lambda: read_office(delivery, project), problems)
    if not folder.is_dir():
        remedy = f"chạy lệnh: chiso new {delivery.options}"
        name = project.relative(folder)
        message = "chưa có thư mục số liệu của cơ quan và năm này."
        problems.append(Problem("error", name, None, None, "no-delivery", message, remedy))
        raise InputError(problems)
    sheets = _sheets(named(folder, WORKBOOK), project, problems)
    problems += stray_sheets(
        sheets, [GUIDE, LISTS, figure_sheets.SHEET, *(t.sheet for t in forms.tables)], forms
    )
    problems += stray_files(folder, forms, office, project)
    figures = _figures(folder, sheets, forms, year, project, problems)
    tables = {
        form.key: table
        for form in forms.tables
        if (table := _table(folder, sheets, form, project, problems)) is not None
    }
    for form in forms.tables:
        table = tables.get(form.key)
        if table is not None and COLUMN in table:
            file = project.relative(folder)
            problems += commune_problems(table[COLUMN], file, form.sheet, delivery, project)
    problems += _unknown_settings(office, forms, delivery, project) if office else ()
    if office is None or any(problem.severity == "error" for problem in problems):
        raise InputError(problems)
    return Entry(
        delivery, office, forms, Figures(figures), MappingProxyType(tables), tuple(problems)
    )


def _collected(read: Callable[[], T], problems: list[Problem]) -> T | None:
    """Return what `read` returns, or None after noting its problems."""
    try:
        return read()
    except InputError as error:
        problems.extend(error.problems)
        return None


def _sheets(path: Path, project: Project, problems: list[Problem]) -> Mapping[str, Grid]:
    """Return the sheets of the entry workbook by folded name."""
    if not path.is_file():
        return {}
    grids = _collected(lambda: read_workbook(path, project), problems)
    return {bare(grid.sheet): grid for grid in grids or ()}


def _csv(folder: Path, file: str, project: Project, problems: list[Problem]) -> Grid | None:
    path = named(folder, f"{file}.csv")
    if not path.is_file():
        return None
    name = project.relative(path)

    def read() -> Grid:
        with problems_of(name):
            return read_csv(path, name)

    return _collected(read, problems)


def _figures(
    folder: Path,
    sheets: Mapping[str, Grid],
    forms: EntryForms,
    year: int,
    project: Project,
    problems: list[Problem],
) -> tuple[Observation, ...]:
    grids = (
        sheets.get(bare(figure_sheets.SHEET)),
        _csv(folder, figure_sheets.FILE, project, problems),
    )
    read = []
    for grid in (one for one in grids if one is not None):
        with problems_of(grid.file):
            read.append((grid, *read_figures(grid, forms, year)))
    for _, _, found in read:
        problems += found
    if len(read) > 1 and all(figures for _, figures, _ in read):
        problems.append(_double(read[0][0], read[1][0]))
    return tuple(figure for _, figures, _ in read for figure in figures)


def _table(
    folder: Path,
    sheets: Mapping[str, Grid],
    form: TableForm,
    project: Project,
    problems: list[Problem],
) -> pd.DataFrame | None:
    grids = (sheets.get(bare(form.sheet)), _csv(folder, form.file, project, problems))
    read = []
    for grid in (one for one in grids if one is not None):
        with problems_of(grid.file):
            read.append((grid, *read_table(grid, form)))
    for _, _, found in read:
        problems += found
    filled = [(grid, table) for grid, table, _ in read if len(table)]
    if len(filled) > 1:
        problems.append(_double(filled[0][0], filled[1][0]))
    if filled:
        return filled[0][1]
    return read[0][1] if read else None


def _double(sheet: Grid, text: Grid) -> Problem:
    return Problem(
        "error",
        text.file,
        None,
        None,
        "double-delivery",
        f"số liệu này có ở cả tệp này và trang tính «{sheet.sheet}» của {sheet.file}.",
        "chỉ giữ một nơi: xóa tệp này, hoặc xóa các dòng của trang tính.",
    )


def _unknown_settings(
    office: Office, forms: EntryForms, delivery: Delivery, project: Project
) -> Iterable[Problem]:
    name = project.relative(delivery.settings(project))
    kinds = {record.key for record in forms.records}
    for kind in office.records:
        if kind not in kinds:
            known = ", ".join(sorted(kinds))
            yield Problem(
                "error",
                name,
                None,
                None,
                "unknown-record",
                f"records nêu «{kind}», không có loại tệp này.",
                f"dùng một trong: {known}.",
            )
    known_rules = {*kinds, *(path.stem for path in project.definitions.glob("*.yml"))}
    for index in office.rules:
        if index not in known_rules:
            yield Problem(
                "error",
                name,
                None,
                None,
                "unknown-rules",
                f"rules nêu «{index}», không có chỉ số hay loại tệp nào mang tên này nên quy định "
                "riêng không được áp dụng.",
                f"dùng một trong: {', '.join(sorted(known_rules))}.",
            )
    codes = {f"{topic.key}.{field.code}" for topic in forms.topics for field in topic.figures}
    for code in office.targets:
        if code not in codes:
            yield Problem(
                "warning",
                name,
                None,
                None,
                "unknown-target",
                f"targets nêu «{code}», không có số liệu nào mang mã này nên không so được.",
                "xem các mã trong params/entry/figures.yml.",
            )
