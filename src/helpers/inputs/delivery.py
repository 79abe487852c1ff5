"""What one office hands in for one year: the key of its settings, its folder and its reports."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from helpers.places.words import bare
from helpers.project import Project

EVERY = "all"
"""Stands for every office, or every province, where one is named."""


@dataclass(frozen=True, order=True)
class Delivery:
    """Who delivers, and for which year. All paths of a delivery follow from here.

    Parameters
    ----------
    year : int
        Year reported on.
    province : str
        Slug.
    office : str
        Slug of the office in its province (:func:`office_slug`); empty for the province itself.
    """

    year: int
    province: str
    office: str = ""

    def settings(self, project: Project) -> Path:
        """Return the file of the settings: ``<year>.yml``, or ``<year>/<office>.yml``."""
        return project.offices / f"{self._below}.yml"

    def folder(self, project: Project) -> Path:
        """Return where the files lie: ``<province>/<year>/``, and ``<office>/`` in it."""
        return project.deliveries / self._below

    @property
    def settings_name(self) -> str:
        """How the settings are called in messages, from the root of the checkout."""
        return f"params/provinces/{self._below}.yml"

    @property
    def folder_name(self) -> str:
        """How the folder is called in messages, from the root of the checkout."""
        return f"data/provinces/{self._below}"

    @property
    def whose(self) -> str:
        """Who delivers: ``ha-tinh``, ``ha-tinh/so-y-te``."""
        return f"{self.province}/{self.office}" if self.office else self.province

    @property
    def _below(self) -> str:
        return "/".join(filter(None, (self.province, str(self.year), self.office)))

    @property
    def options(self) -> str:
        """How ``chiso new`` and ``chiso check`` are told of it: ``ha-tinh 2024 --office so-y-te``."""
        return f"{self.province} {self.year}" + (f" --office {self.office}" if self.office else "")

    @property
    def run_options(self) -> str:
        """How ``chiso run`` is told of it."""
        named = f" --office {self.office}" if self.office else ""
        return f"--province {self.province}{named} --year {self.year}"

    @property
    def of_province(self) -> Delivery:
        """The delivery of the province itself for the same year."""
        return Delivery(self.year, self.province)


def office_slug(name: str) -> str:
    """Return how the folder of an office is called: ``Sở Y tế`` is ``so-y-te``.

    Two communes that differ by a tone alone get the same: a folder's name is no identity, the settings
    in it say whose it is.
    """
    return re.sub(r"[^a-z0-9]+", "-", bare(name)).strip("-")


def is_office_slug(slug: str) -> bool:
    """Tell whether an office may bear a slug: not what means all, nor what is read as a year."""
    return slug != EVERY and any(letter.isalpha() for letter in slug)


def all_deliveries(project: Project) -> tuple[Delivery, ...]:
    """Return every delivery that has settings and a data folder, by year, province and office.

    Nothing is opened; folders are listed.
    """
    return _with_both(project.offices.glob("*/*.yml"), project.offices.glob("*/*/*.yml"), project)


def deliveries_of(province: str, year: int, project: Project) -> tuple[Delivery, ...]:
    """Return the deliveries of a province and its offices for a year, the province's own first."""
    folder = project.offices / province
    own = [folder / f"{year}.yml"] if (folder / f"{year}.yml").is_file() else []
    return _with_both(own, (folder / str(year)).glob("*.yml"), project)


def _with_both(
    provinces: Iterable[Path], offices: Iterable[Path], project: Project
) -> tuple[Delivery, ...]:
    found = [
        Delivery(int(path.stem), path.parent.name) for path in provinces if path.stem.isdecimal()
    ]
    found += [
        Delivery(int(path.parent.name), path.parent.parent.name, path.stem)
        for path in offices
        if path.parent.name.isdecimal() and not path.name.startswith(".")
    ]
    return tuple(sorted(one for one in found if one.folder(project).is_dir()))


def provinces_by_year(deliveries: Iterable[Delivery]) -> dict[int, tuple[str, ...]]:
    """Return the provinces that delivered themselves, by year: an office is no province."""
    found: dict[int, list[str]] = {}
    for one in sorted(deliveries):
        if not one.office:
            found.setdefault(one.year, []).append(one.province)
    return {year: tuple(slugs) for year, slugs in found.items()}
