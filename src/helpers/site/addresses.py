"""Where pages stand: stable addresses below the site's root, and links between them.

An address is a folder with a slash at the end, such as ``tinh/quang-nam/2024/papi/``; the home page
is the empty address. Links name ``index.html``, because a folder opened as ``file://`` has no server
that would find it.
"""

from __future__ import annotations

from posixpath import relpath
from urllib.parse import quote

from helpers.places import Place, Register

HOME = ""
PROVINCES = "tinh/"
INDICES = "chi-so/"
METHODS = "phuong-phap/"
DATA = "du-lieu/"
RELEASES = "phat-hanh/"
ACCESSIBILITY = "tro-nang/"
COMMON = "chung/"
"""Folder of styles, scripts and fonts."""

OFFICES = "co-quan/"
"""Below a year of a province: its offices, so that none can take the name of a report."""

PROFILE = "province"
"""The report kind whose page is the province's own: it shows all indices and years."""

UNTIL_2025 = "den-2025/"
"""Below the page of a unit formed on 1 July 2025: the former unit that bore the same name."""


def province(place: Place, places: Register) -> str:
    """Return the address of a unit's page.

    A unit of the 63 keeps the plain address if the unit that bears its slug now holds the same
    territory or there is none; otherwise the plain address belongs to the unit of today.

    Parameters
    ----------
    place : Place
    places : Register
    """
    plain = f"{PROVINCES}{place.slug}/"
    if place.system == "34":
        return plain
    namesake = next((unit for unit in places.units("34") if unit.slug == place.slug), None)
    return f"{plain}{UNTIL_2025}" if namesake is not None and namesake.is_merged else plain


def own_page(place: Place, places: Register) -> bool:
    """Tell whether a unit of the 63 has a page apart from that of a unit of the 34."""
    if place.system == "34":
        return True
    slugs = {unit.slug: unit for unit in places.units("34")}
    return place.slug not in slugs or slugs[place.slug].is_merged


def report(unit: str, year: int, name: str, office: str = "") -> str:
    """Return the address of a province's report, or of one of its offices."""
    inner = f"{OFFICES}{office}/" if office else ""
    return f"{PROVINCES}{unit}/{year}/{inner}{name}/"


def index_year(index: str, year: int) -> str:
    """Return the address of an index's page on the whole country in a year."""
    return f"{INDICES}{index}/{year}/"


def index(key: str) -> str:
    """Return the address of the page that lists an index's years."""
    return f"{INDICES}{key}/"


def method(key: str) -> str:
    """Return the address of an index's method page."""
    return f"{METHODS}{key}/"


def root_of(address: str) -> str:
    """Return the way from a page to the root: ``../../`` for ``tinh/quang-nam/``."""
    return "../" * address.count("/")


def link(source: str, target: str) -> str:
    """Return the relative link from one page to another page or file.

    Parameters
    ----------
    source : str
        Address of the page that links.
    target : str
        Address of a page (ends with a slash, or is empty) or of a file.

    Returns
    -------
    str
        Percent-encoded, never with a leading slash.
    """
    page = not target or target.endswith("/")
    full = f"{target}index.html" if page else target
    return quote(relpath(full, source or "."))
