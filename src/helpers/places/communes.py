"""Today's communes, wards and special zones of each province: since 1 July 2025, none before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from helpers.kept import while_unchanged
from helpers.places.sheets import read_rows
from helpers.places.words import identity, near_names
from helpers.project import Project, find_project

SINCE = "1/7/2025"
_FILE = "communes_34.csv"
_COLUMNS = ("slug", "gso_code", "name")


@while_unchanged(lambda path: [path], size=4)
def _read(path: Path) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    codes: set[str] = set()
    for row in read_rows(path, _COLUMNS):
        code, names = row.text("gso_code"), found.setdefault(row.slug("slug"), [])
        if code in codes:
            raise row.fault("gso_code", f"«{code}» đã có ở dòng trên.")
        codes.add(code)
        names.append(row.text("name"))
    return {slug: tuple(names) for slug, names in found.items()}


def communes(slug: str, project: Project | None = None) -> tuple[str, ...]:
    """Return the names of a province's communes, each with its kind in front.

    Parameters
    ----------
    slug : str
        Of the province, in the system of 34.
    project : Project, optional
        By default the checkout around the current folder.

    Returns
    -------
    tuple of str
        ``"Xã Thượng Lâm"``, ``"Phường Hải Châu"``; empty for a place that is no province of today.
    """
    return _read((project or find_project()).places / _FILE).get(slug, ())


def unknown_communes(names: Iterable[str], known: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the names that are none of the communes, each with those that may be meant.

    The kind in front may be left out. Nothing is made one: a near name is proposed.

    Examples
    --------
    >>> unknown_communes(["Tân Thạnh", "Xã Kì Anh"], ["Xã Tân Thạnh", "Xã Kỳ Anh"])
    {'Xã Kì Anh': ('Xã Kỳ Anh',)}
    """
    listed = tuple(known)
    whole = {identity(name) for name in listed}
    whole |= {identity(_without_kind(name)) for name in listed}
    return {
        name: tuple(other for other in listed if near_names(name, other))
        for name in dict.fromkeys(names)
        if identity(name) not in whole
    }


def _without_kind(name: str) -> str:
    for kind in ("Đặc khu ", "Phường ", "Xã "):
        if name.startswith(kind):
            return name.removeprefix(kind)
    return name
