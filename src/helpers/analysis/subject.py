"""Whom a result is about: who reports a figure is not always who was measured.

A department reports what the whole province scored, or dossiers of every department; such a figure is
the province's, and text, captions, titles and the annual report name it so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from helpers.inputs.office import Office
from helpers.places import Place
from helpers.places.words import bare

_AUTHORITIES = (
    *("so", "ban", "thanh tra", "van phong uy ban", "van phong ubnd", "van phong hdnd"),
    *("uy ban", "ubnd", "huyen", "thi xa", "thanh pho", "tp", "quan", "xa", "phuong", "thi tran"),
    *("dac khu", "cong an", "bao hiem", "kho bac", "cuc", "bo chi huy", "trung tam phuc vu"),
)
"""How the names of units begin that are authorities of their own, not rooms inside a department."""


@dataclass(frozen=True)
class Subject:
    """Who was measured.

    Parameters
    ----------
    name : str
        Inside a sentence: ``Sở Nội vụ``, ``tỉnh Mẫu``, ``các cơ quan của tỉnh Mẫu``.
    again : str
        At its next mention: ``đơn vị``, ``tỉnh``, ``các cơ quan``.
    title : str
        In a title.
    is_office : bool
        Whether it is the office that reports.
    """

    name: str
    again: str
    title: str
    is_office: bool


def of_office(office: Office) -> Subject:
    """Return the office that reports as the one that was measured."""
    return Subject(office.office.brief, "đơn vị", office.office.name, True)


def of_province(place: Place, year: int) -> Subject:
    """Return the province as the one that was measured."""
    name = place.full_name(year)
    return Subject(name, "thành phố" if name.startswith("thành phố") else "tỉnh", name, False)


def of_units(office: Office, place: Place, year: int, units: Iterable[str]) -> Subject:
    """Return whom sums over units are about.

    Parameters
    ----------
    office : Office
        Who reports.
    place : Place
    year : int
    units : iterable of str
        Names of the units whose figures were added; empty texts are no units.

    Returns
    -------
    Subject
        The authorities of the province as soon as one unit is an authority beside the office; rooms
        and centres inside the office leave it the office's.
    """
    own = {bare(office.office.name), bare(office.office.brief)}
    others = {found for unit in units if (found := bare(unit)) and found not in own}
    if not any(_is_authority(name) for name in others):
        return of_office(office)
    name = f"các cơ quan của {place.full_name(year)}"
    return Subject(name, "các cơ quan", name, False)


def _is_authority(name: str) -> bool:
    return any(name == start or name.startswith(f"{start} ") for start in _AUTHORITIES)
