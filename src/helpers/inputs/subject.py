"""Whom a result is about: who reports a figure is not always who was measured.

A department reports what the whole province scored, or dossiers of every department; such a figure is
the province's, and text, captions, titles and the annual report name it so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import normalize

from helpers.inputs.office import Office
from helpers.places import Place
from helpers.places.words import bare

_AUTHORITIES = (
    *("sở", "ban", "thanh tra tỉnh", "thanh tra thành phố", "văn phòng ủy ban", "văn phòng ubnd"),
    *("ủy ban", "uỷ ban", "ubnd", "huyện", "thị xã", "thành phố", "tp", "tp.", "quận", "xã"),
    *("phường", "thị trấn", "đặc khu", "công an", "bảo hiểm", "kho bạc", "cục", "bộ chỉ huy"),
    *("văn phòng đoàn", "văn phòng hđnd", "trung tâm phục vụ hành chính công"),
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
        In a title or caption, where "của" stands before it.
    is_office : bool
        Whether it is the office that reports.
    """

    name: str
    again: str
    title: str
    is_office: bool

    @property
    def beside(self) -> str:
        """The name behind "của", which is not said twice."""
        return self.name if self.is_office else self.title


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
    others = {unit for unit in units if (found := bare(unit)) and found not in own}
    if not any(is_authority(name) for name in others):
        return of_office(office)
    where = place.full_name(year)
    return Subject(f"các cơ quan của {where}", "các cơ quan", f"các cơ quan {where}", False)


def is_authority(unit: str) -> bool:
    """Tell whether a name is that of an authority of its own, not of a room inside one."""
    # With tones: "Quản lý" is no district, "Sổ" no department.
    name = " ".join(normalize("NFC", unit).casefold().split())
    return any(name == start or name.startswith(f"{start} ") for start in _AUTHORITIES)
