"""Check all that an office delivered: settings, figures, tables and record files."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.definitions.forms import load_forms
from helpers.inputs.delivery import Delivery
from helpers.inputs.entry import Entry
from helpers.inputs.office import Office, read_office
from helpers.inputs.problems import InputError, Problem
from helpers.inputs.reading import read_entry, same_office_before
from helpers.inputs.records import find_records, read_records
from helpers.places import register
from helpers.project import Project

_NAMED = 3
"""Cells named in a message at most."""


@dataclass(frozen=True)
class Checked:
    """What a check found.

    Parameters
    ----------
    entry : Entry or None
        Figures and tables; None if they have an error.
    records : tuple of (str, int)
        Record files that passed, with their number of rows.
    problems : tuple of Problem
        Everything that is wrong or worth knowing.
    """

    entry: Entry | None
    records: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]


def check_delivery(delivery: Delivery, project: Project) -> Checked:
    """Read a delivery as reports do, and collect the problems of all its files.

    Parameters
    ----------
    delivery : Delivery
    project : Project

    Returns
    -------
    Checked
    """
    entry = None
    try:
        entry = read_entry(delivery, project)
        problems = list(entry.problems)
    except InputError as error:
        problems = list(error.problems)
    office = entry.office if entry else _office(delivery, project)
    if office is None or not delivery.folder(project).is_dir():
        return Checked(entry, (), tuple(problems))
    if entry is not None:
        problems += _of_another_unit(entry, project)
        problems += _of_another_office(entry, project)
    records, found = _records(delivery, project, office)
    problems += found
    nothing = entry is not None and not entry.figures and not any(map(len, entry.tables.values()))
    if nothing and not records and not found:
        name = project.relative(delivery.folder(project))
        problems.append(
            Problem(
                "warning",
                name,
                None,
                None,
                "nothing-delivered",
                "chưa có số liệu nào.",
                "điền sổ nhập liệu, hoặc đặt tệp CSV và tệp bản ghi vào thư mục này.",
            )
        )
    return Checked(entry, records, tuple(problems))


def _of_another_unit(entry: Entry, project: Project) -> list[Problem]:
    """Warn of figures of years in which the unit was not the same: no report compares them."""
    places = register(project)
    place = places.get(entry.slug, places.system_of_year(entry.year))
    found: dict[tuple[str, str, int], list[str]] = {}
    for figure in entry.figures:
        if places.same_unit(place, figure.year, entry.year):
            where = (figure.origin.file, figure.origin.sheet, figure.year)
            found.setdefault(where, []).append(figure.origin.cell)
    return [
        Problem(
            "warning",
            file,
            sheet or None,
            ", ".join(cells[:_NAMED]) + (", …" if len(cells) > _NAMED else ""),
            "another-unit",
            f"{len(cells)} số liệu của năm {year} không được so sánh với năm {entry.year}, vì "
            f"{'; '.join(places.same_unit(place, year, entry.year))}.",
            f"để trống, hoặc giữ để tham khảo; số liệu của một đơn vị cũ không phải là số liệu năm "
            f"{year} của {place.full_name(entry.year)}.",
        )
        for (file, sheet, year), cells in found.items()
    ]


def _of_another_office(entry: Entry, project: Project) -> list[Problem]:
    """Warn where last year's delivery is another office's: nothing of it is this one's."""
    places = register(project)
    place = places.get(entry.slug, places.system_of_year(entry.year))
    before = places.unit_in(place, entry.year - 1)
    year = entry.year - 1
    where = None if before is None else Delivery(year, before.slug, entry.delivery.office)
    last = None if where is None else _office(where, project)
    try:
        same = same_office_before(place, entry.delivery, entry.office.office, project)
    except InputError:
        return []  # settings that cannot be read are told where their own year is checked
    if last is None or same is not None:
        return []
    return [
        Problem(
            "warning",
            project.relative(entry.delivery.settings(project)),
            None,
            None,
            "another-office",
            f"số liệu đã nộp của năm {year} là của {last.office.name}, không phải của "
            f"{entry.office.office.name}, nên không được so sánh với năm {entry.year}.",
            "nếu là một cơ quan đổi cách ghi tên, ghi cùng tên hoặc cùng tên ngắn (office.short) ở hai "
            "năm; nếu không, không cần làm gì.",
        )
    ]


def _office(delivery: Delivery, project: Project) -> Office | None:
    """Return the settings, if they can be read; what is wrong with them has been told already."""
    try:
        return read_office(delivery, project)
    except InputError:
        return None


def _records(
    delivery: Delivery, project: Project, office: Office
) -> tuple[tuple[tuple[str, int], ...], list[Problem]]:
    rows: list[tuple[str, int]] = []
    problems: list[Problem] = []
    for form in load_forms(project).records:
        try:
            path = find_records(form.key, delivery, project, office)
            records = read_records(form.key, delivery, project, office)
        except InputError as error:
            problems += error.problems
            continue
        if path is None or records is None:
            continue
        rows.append((path.name, records.rows))
        problems += records.problems
    return tuple(rows), problems
