"""What a report on a tree of published scores is written from, whatever the index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from types import ModuleType

from helpers.definitions.framework import load_framework
from helpers.facts.families import Finding
from helpers.facts.measured import Group
from helpers.facts.value import Value, Why, count
from helpers.indices.scored.national import PublishedCountry
from helpers.indices.scored.national import evaluate as evaluate_country
from helpers.indices.scored.reading import available_units, published_missing, published_units
from helpers.indices.scored.result import ScoredResult
from helpers.indices.scored.standing import read_published
from helpers.inputs.results import NoResultError
from helpers.places import register, system_of_year
from helpers.project import Project, find_project


@dataclass(frozen=True, repr=False)
class ScoreTreeResult(ScoredResult):
    """A province in a year by what was published (see :class:`ScoredResult`)."""

    @property
    def published_group(self) -> Group | None:
        """The group that is printed beside the province's total."""
        from helpers.indices.scored.measured_published import group_of

        total = self.published.total
        return None if total is None else group_of(self, total)

    @property
    def structure(self) -> tuple[Why, ...]:
        """How the total is made of its parts, as the definition has it."""
        root = self.edition.root
        if root.aggregation is None:
            return ()
        source = Why("definition_of_edition", {"edition": self.edition.key})
        told: dict[str, object] = {"areas": count(len(root.children), "part", source)}
        rule = "total_is_weighted" if root.aggregation == "weighted_mean" else "total_is_sum"
        if root.times != 1:
            rule, told["times"] = f"{rule}_times", Value(root.times, "unit", 0, source=source)
        return (Why(rule, told),)

    def also(self) -> Mapping[str, tuple[Finding, ...]]:
        """Return the published parts of the total; none is named first where no error is known."""
        from helpers.indices.scored.findings_published import covered, values_of

        known = {part.code: part for part in self.published.parts if not part.doubt}
        found = [known.get(node.code) for node in self.edition.dimensions]
        there = [part for part in found if part is not None]
        if any(part.sampled for part in there):
            return {"scores": (covered(self, "all_valued", there, len(found)),)}
        return {"scores": values_of(self, "scores", found)}


@cache
def of(index: str) -> ModuleType:
    """Return the functions of this module for one index, as an index with its own Python has them."""
    made = ModuleType(f"{__name__}.{index}")
    bound = (available, available_national, evaluate, national, warm)
    made.__dict__.update({each.__name__: partial(each, index) for each in bound})
    return made


def available(index: str, project: Project | None = None) -> dict[int, tuple[str, ...]]:
    """Return the provinces whose total was published, by year.

    Raises
    ------
    helpers.definitions.DefinitionError
        If there is no such index; the message names those that there are.
    """
    project = project or find_project()
    load_framework(index, project)
    return available_units(index, "", project)


def available_national(index: str, project: Project | None = None) -> dict[int, tuple[str, ...]]:
    """Return the provinces whose total was published, by year, whoever delivered something."""
    return published_units(index, project or find_project())


def evaluate(
    index: str, province: str, year: int, project: Project | None = None
) -> ScoreTreeResult:
    """Gather what was published about a province in a year.

    Parameters
    ----------
    index : str
    province : str
        Slug or name, written in any usual way.
    year : int
        Year measured.
    project : Project, optional

    Raises
    ------
    helpers.places.UnknownPlaceError
        If there is no such province.
    helpers.inputs.problems.InputError
        If the published table is broken.
    NoResultError
        If nothing was published about it.
    """
    project = project or find_project()
    place = register(project).find(province, system_of_year(year))
    framework = load_framework(index, project)
    edition = framework.edition(year)
    published = read_published(index, place, year, project)
    if published.total is None:
        raise NoResultError(
            f"Chưa có kết quả {framework.short_name} năm {year} của {place.name}; "
            f"bổ sung vào data/published/{index}/{year}.csv."
        )
    return ScoreTreeResult(
        place=place,
        year=year,
        office=None,
        status=published.status,
        framework=framework,
        edition=edition,
        published=published,
        project=project,
        missing=tuple(published_missing(index, published, own=True)),
    )


def national(index: str, year: int, project: Project | None = None) -> PublishedCountry:
    """Gather what was published of the whole country in a year.

    Raises
    ------
    NoResultError
        If nothing was published about any province.
    """
    return evaluate_country(index, year, project)


def warm(index: str, year: int, project: Project) -> None:
    """Read once what all reports of a year share; they find it done."""
    first = register(project).units(system_of_year(year))[0]
    read_published(index, first, year, project)
