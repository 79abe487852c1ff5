"""What was published about an index in a year, for the whole country; often only some provinces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import pandas as pd

from helpers.definitions.framework import Framework, FrameworkEdition, load_framework
from helpers.facts.comparison import Comparison, compare
from helpers.indices.scored.standing import Figure, Mean, read_published, status_of
from helpers.inputs.office import DataStatus
from helpers.inputs.results import NoResultError
from helpers.kept import MakesOnce, while_unchanged
from helpers.places import Place, Register, System, fold, register, system_of_year
from helpers.project import Project, find_project
from helpers.tidy import Looked
from helpers.words.document import Document


@dataclass(frozen=True)
class Moved:
    """A province with a trusted value in two years that may be compared.

    Parameters
    ----------
    place : Place
    earlier, later : Figure
    decimals : int
        With which both are printed.
    """

    place: Place
    earlier: Figure
    later: Figure

    decimals: int = 2

    @property
    def difference(self) -> float:
        """Later minus earlier, unrounded."""
        return self.later.known - self.earlier.known

    @property
    def compared(self) -> Comparison:
        """Later against earlier, as printed."""
        return compare(
            self.later.known,
            self.earlier.known,
            errors=(self.later.error, self.earlier.error),
            decimals=self.decimals,
        )


@dataclass(frozen=True, repr=False)
class PublishedCountry(MakesOnce, Looked):
    """The whole country by what was published.

    Parameters
    ----------
    index : str
    year : int
    framework : Framework
    places : Register
    system : {"63", "34"}
    figures : tuple of Figure
        Totals of provinces, by published place, then by value.
    national : Mean or None
    regions : tuple of Mean
        From high to low.
    moved : tuple of Moved
        Since the year before, from the largest rise to the largest fall; in the order of places where
        no error of a value is known, so that the order says nothing of rises and falls.
    breaks : tuple of str
        Why the year before must not be compared; empty if it may.
    project : Project or None
        The checkout that it was read from; None for the one around the current folder.
    """

    index: str
    year: int
    framework: Framework
    places: Register
    system: System
    figures: tuple[Figure, ...]
    national: Mean | None
    regions: tuple[Mean, ...]
    moved: tuple[Moved, ...]
    breaks: tuple[str, ...]
    project: Project | None = field(default=None, repr=False, compare=False)

    rooms: ClassVar[Mapping[str, str]] = {
        "charts": "helpers.indices.scored.charts_national",
        "tables": "helpers.indices.scored.tables_national",
    }
    """Where its charts and tables are, for :mod:`helpers.show`."""

    @property
    def definition(self) -> Framework:
        """What the index is through the years."""
        return self.framework

    @property
    def edition(self) -> FrameworkEdition:
        """What the index was in the year."""
        return self.framework.edition(self.year)

    def tidy(self) -> pd.DataFrame:
        """Return what was published of all units as a tidy table (:data:`helpers.tidy.COLUMNS`)."""
        from helpers.indices.scored.tidy import published_table

        return published_table(self.index, self.year, self.project)

    @property
    def status(self) -> DataStatus:
        """Of the whole page, by what the lines say."""
        before = tuple(moved.earlier for moved in self.moved)
        means = self.regions if self.national is None else (self.national, *self.regions)
        return status_of((*self.figures, *before, *means))

    @property
    def valued(self) -> tuple[Figure, ...]:
        """Figures with a value that is not doubted, from high to low."""
        kept = [figure for figure in self.figures if figure.value is not None and not figure.doubt]
        return tuple(sorted(kept, key=lambda figure: -figure.known))

    @property
    def units(self) -> int:
        """How many provinces and cities there were in the year."""
        return len(self.places.units(self.system))

    @property
    def complete(self) -> bool:
        """Whether every province has a value, so that highest and lowest may be told."""
        return len(self.valued) == self.units

    @property
    def all_moved(self) -> bool:
        """Whether the change of every province is known, so that the largest may be told."""
        return len(self.moved) == self.units

    @property
    def all_regions(self) -> bool:
        """Whether every region has a mean, so that highest and lowest may be told."""
        known = {fold(mean.unit) for mean in self.regions}
        return all(fold(name) in known for name in self.places.regions(self.system))

    @property
    def all_placed(self) -> bool:
        """Whether the published place of every province is known."""
        return sum(figure.rank is not None for figure in self.figures) == self.units

    def document(self) -> Document:
        """Return names and findings for the words."""
        from helpers.indices.scored.findings_country import document

        return document(self)

    def place(self, figure: Figure) -> Place:
        """Return the province that a figure is about."""
        return self.places.get(figure.slug, self.system)


def evaluate(index: str, year: int, project: Project | None = None) -> PublishedCountry:
    """Gather what was published about an index in a year.

    Parameters
    ----------
    index : str
        Key.
    year : int
        Year measured.
    project : Project, optional

    Returns
    -------
    PublishedCountry

    Raises
    ------
    NoResultError
        If nothing was published about any province.
    """
    project = project or find_project()
    system_of_year(year, project)  # a year that is none is told before anything is compared with it
    return _country(index, year, project)


def _files(index: str, year: int, project: Project) -> list[Path]:
    """Return all files that an index is read from, whatever the year."""
    folders = (project.published / index, project.definitions, project.places)
    return [path for folder in folders for path in sorted(folder.glob("*"))]


@while_unchanged(_files, size=16)
def _country(index: str, year: int, project: Project) -> PublishedCountry:
    places = register(project)
    system = system_of_year(year, project)
    framework = load_framework(index, project)
    # What is said of the country is the same whichever unit one asks for.
    anyone = places.units(system)[0]
    now = read_published(index, anyone, year, project)
    known = {unit.slug for unit in places.units(system)}
    figures = tuple(figure for figure in now.peers if figure.slug in known)
    if not figures:
        raise NoResultError(
            f"Chưa có kết quả {framework.short_name} năm {year} nào đã công bố của các tỉnh, thành phố."
        )
    breaks = framework.why_not_comparable(year - 1, year)
    return PublishedCountry(
        index=index,
        year=year,
        framework=framework,
        places=places,
        system=system,
        figures=figures,
        national=now.national,
        regions=now.regions,
        moved=() if breaks else _moved(framework, figures, year, places, project),
        breaks=breaks,
        project=project,
    )


def _moved(
    framework: Framework,
    figures: tuple[Figure, ...],
    year: int,
    places: Register,
    project: Project,
) -> tuple[Moved, ...]:
    """Return the changes of the units that were the same territory the year before."""
    system = places.system_of_year(year)
    anyone = places.units(places.system_of_year(year - 1))[0]
    before = read_published(framework.key, anyone, year - 1, project).peers
    trusted = {f.slug: f for f in before if f.value is not None and not f.doubt}
    found = []
    for figure in figures:
        place = places.get(figure.slug, system)
        unit = places.unit_in(place, year - 1)
        if figure.value is None or figure.doubt or unit is None or unit.slug not in trusted:
            continue
        found.append(Moved(place, trusted[unit.slug], figure, framework.decimals))
    same = [m for m in found if m.earlier.measure == m.later.measure]
    if framework.is_sampled():
        return tuple(same)
    return tuple(sorted(same, key=lambda moved: -moved.difference))
