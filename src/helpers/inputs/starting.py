"""Lay out a new delivery: the settings of an office and its entry workbook."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from helpers.definitions.forms import load_forms
from helpers.inputs.atomic import write_new
from helpers.inputs.delivery import Delivery, office_slug
from helpers.inputs.entry import Entry
from helpers.inputs.entry_guide import office_of_workbook
from helpers.inputs.entry_sheets import WORKBOOK
from helpers.inputs.entry_workbook import write_entry_workbook
from helpers.inputs.office import OfficeName, read_office
from helpers.inputs.problems import InputError, Problem
from helpers.inputs.reading import has_delivered, read_entry, same_office_before
from helpers.places import Place, register
from helpers.project import Project

TEMPLATE = "office-template.yml"


@dataclass(frozen=True)
class Started:
    """What was laid out.

    Parameters
    ----------
    written, existing : tuple of Path
        Files that were written, and files that were there before and stay as they were.
    last : Entry or None
        Last year's delivery, from which figures and rows were carried over.
    problems : tuple of Problem
        Why last year's delivery could not be used, where it could not.
    another_unit : tuple of str
        Why nothing of last year is this unit's own (see `Register.same_unit`).
    another_office : str
        Whose delivery of last year it was, if not this office's: nothing was carried over.
    """

    written: tuple[Path, ...]
    existing: tuple[Path, ...]
    last: Entry | None
    problems: tuple[Problem, ...] = ()
    another_unit: tuple[str, ...] = ()
    another_office: str = ""


def start_delivery(place: Place, delivery: Delivery, unit: str, project: Project) -> Started:
    """Write the settings and the entry workbook of an office, whichever is not there yet.

    Parameters
    ----------
    place : Place
    delivery : Delivery
    unit : str
        Name of the office; empty to take it from settings that are there, of this year or the last.
    project : Project

    Raises
    ------
    InputError
        If settings that are there cannot be read, or what is there is another office's.
    """
    year = delivery.year
    settings = delivery.settings(project)
    workbook = delivery.folder(project) / WORKBOOK
    existing = tuple(path for path in (settings, workbook) if path.exists())
    there = _whose(settings, workbook, delivery, project)
    if there and unit and not there.is_also(OfficeName(name=unit)):
        raise InputError([_taken(there, unit, project.relative(existing[0]), delivery)])
    if len(existing) == 2:
        return Started((), existing, None)
    unit = there.name if there else unit or _usual_name(place, delivery, project)
    last, whose, problems = _last(place, delivery, there or OfficeName(name=unit), project)
    written = []
    if not settings.exists():
        written.append(write_new(settings, _settings(place, delivery, unit, project).encode()))
    if not workbook.exists():
        forms = load_forms(project)
        written.append(write_entry_workbook(workbook, unit, place, delivery, forms, last))
    another = register(project).same_unit(place, year - 1, year)
    return Started(tuple(written), existing, last, problems, another, whose)


def _whose(
    settings: Path, workbook: Path, delivery: Delivery, project: Project
) -> OfficeName | None:
    """Return the office that what is there belongs to: as its settings say, or else its workbook."""
    if settings.exists():
        return read_office(delivery, project).office
    named = office_of_workbook(workbook) if workbook.exists() else ""
    return OfficeName(name=named) if named else None


def _usual_name(place: Place, delivery: Delivery, project: Project) -> str:
    """Return what an office is called where nobody says: as last year, or the province's government.

    Raises
    ------
    InputError
        If it is an office of its own and had no folder last year: a slug is no name.
    """
    places, year = register(project), delivery.year
    before = places.unit_in(place, year - 1)
    last = None if before is None else Delivery(year - 1, before.slug, delivery.office)
    if last is not None and last.settings(project).is_file():
        # What is wrong with last year's settings is told where nothing can be carried over.
        with suppress(InputError):
            return read_office(last, project).office.name
    if not delivery.office:
        return f"Ủy ban nhân dân {place.full_name(year)}"
    raise InputError(
        [
            Problem(
                "error",
                delivery.settings_name,
                None,
                None,
                "office-without-name",
                f"chưa biết tên đầy đủ của cơ quan «{delivery.office}».",
                f'chạy lại kèm tên, ví dụ: chiso new {delivery.options} --unit "Sở Y tế"',
            )
        ]
    )


def _taken(there: OfficeName, unit: str, file: str, delivery: Delivery) -> Problem:
    message = (
        f"đã có tệp của {there.name} cho năm {delivery.year} ở đây, nên không lập cho {unit}. Không "
        "tệp nào bị thay đổi."
    )
    slug = office_slug(unit)
    free = slug if slug != delivery.office else f"{slug}-2"
    one = Delivery(delivery.year, delivery.province, free)
    remedy = (
        f'mỗi cơ quan có thư mục riêng: chiso new {one.options} --unit "{unit}"; hoặc bỏ --unit để lập '
        f"tiếp tệp còn thiếu của {there.name}."
    )
    return Problem("error", file, None, None, "another-office", message, remedy)


def _last(
    place: Place, delivery: Delivery, office: OfficeName, project: Project
) -> tuple[Entry | None, str, tuple[Problem, ...]]:
    """Return the same office's last year, or whose the folder was, or why it cannot be read."""
    before = register(project).unit_in(place, delivery.year - 1)
    own = None if before is None else Delivery(delivery.year - 1, before.slug, delivery.office)
    try:
        found = same_office_before(place, delivery, office, project)
        last = None if found is None else read_entry(found, project)
        another = found is None and own is not None and has_delivered(own, project)
        whose = read_office(own, project).office.name if own and another else ""
    except InputError as error:
        return None, "", error.errors
    else:
        return last, whose, ()


def _settings(place: Place, delivery: Delivery, unit: str, project: Project) -> str:
    """Return the template with its blanks filled in; JSON strings are YAML strings."""
    text = (project.entry_forms / TEMPLATE).read_text(encoding="utf-8")
    above = f"Ủy ban nhân dân {place.full_name(delivery.year)}"
    parent = "" if unit.casefold() == above.casefold() else above
    blanks = {
        "@UNIT@": json.dumps(unit, ensure_ascii=False),
        "@PARENT@": json.dumps(parent, ensure_ascii=False),
        "@CHECK@": f"chiso check {delivery.options}",
    }
    for blank, value in blanks.items():
        text = text.replace(blank, value)
    return text
