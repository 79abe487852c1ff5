"""Lay out a new delivery: the settings of an office and its entry workbook."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from helpers.definitions.forms import load_forms
from helpers.inputs.atomic import write_new
from helpers.inputs.entry import Entry
from helpers.inputs.entry_guide import office_of_workbook
from helpers.inputs.entry_sheets import WORKBOOK
from helpers.inputs.entry_workbook import write_entry_workbook
from helpers.inputs.office import OfficeName, office_path, read_office
from helpers.inputs.problems import InputError, Problem
from helpers.inputs.reading import delivery_before, delivery_folder
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


def start_delivery(place: Place, year: int, unit: str, project: Project) -> Started:
    """Write the settings and the entry workbook of an office, whichever is not there yet.

    Parameters
    ----------
    place : Place
    year : int
        Year that is reported on.
    unit : str
        Name of the office; empty to take it from settings that are there, of this year or the last.
    project : Project

    Raises
    ------
    InputError
        If settings that are there cannot be read, or what is there is another office's.
    """
    settings = office_path(place.slug, year, project)
    workbook = delivery_folder(place.slug, year, project) / WORKBOOK
    existing = tuple(path for path in (settings, workbook) if path.exists())
    there = _whose(settings, workbook, place, year, project)
    if there and unit and not there.is_also(OfficeName(name=unit)):
        raise InputError([_taken(there, unit, project.relative(existing[0]), year)])
    if len(existing) == 2:
        return Started((), existing, None)
    last, problems = _last(place, year, project)
    if there:
        unit = there.name
    elif not unit:
        unit = last.office.office.name if last else f"Ủy ban nhân dân {place.full_name(year)}"
    whose = ""
    if last and not last.office.office.is_also(there or OfficeName(name=unit)):
        whose, last = last.office.office.name, None
    written = []
    if not settings.exists():
        written.append(write_new(settings, _settings(place, year, unit, project).encode()))
    if not workbook.exists():
        forms = load_forms(project)
        written.append(write_entry_workbook(workbook, unit, place, year, forms, last))
    another = register(project).same_unit(place, year - 1, year)
    return Started(tuple(written), existing, last, problems, another, whose)


def _whose(
    settings: Path, workbook: Path, place: Place, year: int, project: Project
) -> OfficeName | None:
    """Return the office that what is there belongs to: as its settings say, or else its workbook."""
    if settings.exists():
        return read_office(place.slug, year, project).office
    named = office_of_workbook(workbook) if workbook.exists() else ""
    return OfficeName(name=named) if named else None


def _taken(there: OfficeName, unit: str, file: str, year: int) -> Problem:
    message = (
        f"đã có tệp của {there.name} cho năm {year}; mỗi tỉnh hiện chỉ nộp được số liệu của một cơ "
        f"quan trong một năm, nên chưa lập được cho {unit}. Không tệp nào bị thay đổi."
    )
    remedy = (
        "bỏ --unit để lập tiếp tệp còn thiếu của cơ quan đã có; số liệu của cơ quan khác để ở một bản "
        "sao riêng của bộ báo cáo."
    )
    return Problem("error", file, None, None, "another-office", message, remedy)


def _last(place: Place, year: int, project: Project) -> tuple[Entry | None, tuple[Problem, ...]]:
    try:
        return delivery_before(place, year, project, None), ()
    except InputError as error:
        return None, error.errors


def _settings(place: Place, year: int, unit: str, project: Project) -> str:
    """Return the template with its blanks filled in; JSON strings are YAML strings."""
    text = (project.entry_forms / TEMPLATE).read_text(encoding="utf-8")
    above = f"Ủy ban nhân dân {place.full_name(year)}"
    parent = "" if unit.casefold() == above.casefold() else above
    blanks = {
        "@UNIT@": json.dumps(unit, ensure_ascii=False),
        "@PARENT@": json.dumps(parent, ensure_ascii=False),
        "@SLUG@": place.slug,
        "@YEAR@": str(year),
    }
    for blank, value in blanks.items():
        text = text.replace(blank, value)
    return text
