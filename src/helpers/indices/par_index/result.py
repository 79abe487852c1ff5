"""What a PAR INDEX report is written from: an office's scoring and the province's published result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from helpers.definitions import DefinitionError
from helpers.definitions.framework import load_framework, rules_of
from helpers.definitions.rule_set import RuleSet, load_rule_set
from helpers.facts.families import Finding
from helpers.facts.measured import Group
from helpers.facts.value import Value, Why, count, digits_of
from helpers.indices.par_index.rules import Block, ParRules, PublishedBand
from helpers.indices.par_index.table import ParTable, read_table
from helpers.indices.scored.national import PublishedCountry
from helpers.indices.scored.national import evaluate as evaluate_country
from helpers.indices.scored.reading import (
    available_units,
    codes_of,
    deliveries_about,
    published_missing,
    published_units,
    refuse_excesses,
    tells_of,
)
from helpers.indices.scored.result import ScoredResult, stated_limits
from helpers.indices.scored.standing import Figure, read_published
from helpers.inputs.deliveries import entry_of
from helpers.inputs.delivery import Delivery
from helpers.inputs.entry import Entry
from helpers.inputs.observations import Figures
from helpers.inputs.reading import delivery_before
from helpers.inputs.results import NoResultError
from helpers.places import Place, register, system_of_year
from helpers.project import Project, find_project

INDEX = "par_index"
LIMIT = "PAR INDEX"
"""What the table of limitations calls the index."""
_NO_RULES = ParRules()
_OWN_RULES = {"rule_set", "group"}


@dataclass(frozen=True, repr=False)
class ParIndexResult(ScoredResult):
    """An office and its province in a year (see :class:`ScoredResult`)."""

    rules: ParRules = _NO_RULES

    @property
    def blocks(self) -> tuple[tuple[Block, Figure], ...]:
        """The published parts of the province's total, with their maxima."""
        found = ((block, self.published.part(block.code)) for block in self.rules.blocks)
        return tuple((block, figure) for block, figure in found if figure is not None)

    @property
    def group(self) -> PublishedBand | None:
        """The group of the province by the bands published for that year; None if none covers it."""
        total = self.published.total
        groups = self.rules.groups.get(self.year)
        if total is None or total.value is None or total.doubt or groups is None:
            return None
        return groups.group(total.value)

    @property
    def published_group(self) -> Group | None:
        """The same group in the form that is judged."""
        band = self.group
        if band is None:
            return None
        groups = self.rules.groups[self.year]
        order = len(groups.bands) - groups.bands.index(band)
        return Group(band.name, order, len(groups.bands), published=True, source=groups.url)

    @property
    def maxima_of_parts(self) -> Mapping[str, float]:
        """The maxima of the criteria, and of the parts that pages sum them in."""
        blocks = {block.code: block.maximum for block in self.rules.blocks}
        return {**super().maxima_of_parts, **blocks}

    @property
    def group_limits(self) -> Mapping[str, Value]:
        """The limits of the group, where its name does not say them."""
        band = self.group
        if band is None or len(band.name) > 1:
            return {}
        source = self.rules.groups[self.year].url
        limits = {"least": band.at_least or None, "below": band.below}
        return {
            name: Value(limit, "percent", digits_of(limit), source=source)
            for name, limit in limits.items()
            if limit is not None
        }

    @property
    def structure(self) -> tuple[Why, ...]:
        """How many areas, criteria and component criteria the set of the year has."""
        counts = self.rules.counts.get(self.year)
        if counts is None:
            return ()
        source = Why("set_of_criteria", {"edition": self.edition.key})
        told = {
            "areas": count(counts.areas, "area", source),
            "criteria": count(counts.criteria, "criterion", source),
            "components": count(counts.components, "criterion", source),
        }
        return (Why("structure_with_components", told),)

    def also(self) -> Mapping[str, tuple[Finding, ...]]:
        """Return the published parts of the total, finished tasks and what the office left unsaid."""
        from helpers.indices.par_index.findings import also

        return also(self)

    @property
    def grade(self) -> str:
        """The office's grade by the bands its province confirmed; empty without them.

        By points, it is given while a row of bonus or penalty is empty only if none could change it.
        """
        tally = self.total
        if self.grades is None or self.scoring is None or tally is None or tally.index is None:
            return ""
        if self.grades.limits_of != "points":
            return self.grades.grade(tally.index)
        ends = self.scoring.points_between
        grades = set() if ends is None else {self.grades.grade(points) for points in ends}
        return grades.pop() if len(grades) == 1 else ""


def available(project: Project | None = None) -> dict[int, tuple[str, ...]]:
    """Return the provinces with a delivery about PAR INDEX or a published total, by year.

    Parameters
    ----------
    project : Project, optional

    Returns
    -------
    dict
        Slugs in Vietnamese order for each year measured.
    """
    return available_units(INDEX, LIMIT, project or find_project())


def deliveries(project: Project | None = None) -> tuple[Delivery, ...]:
    """Return who delivered anything about the index: provinces and their offices."""
    return deliveries_about(INDEX, LIMIT, project or find_project())


def available_national(project: Project | None = None) -> dict[int, tuple[str, ...]]:
    """Return the provinces with a published total, by year: what one office delivered is no country."""
    return published_units(INDEX, project or find_project())


def evaluate(
    province: str, year: int, project: Project | None = None, office: str = ""
) -> ParIndexResult:
    """Gather what is known about PAR INDEX of an office and its province in a year.

    Parameters
    ----------
    province : str
        Slug or name, written in any usual way.
    year : int
        Year measured.
    project : Project, optional
    office : str
        Slug of the office in its province; empty for the province itself.

    Returns
    -------
    ParIndexResult

    Raises
    ------
    helpers.places.UnknownPlaceError
        If there is no such province.
    helpers.inputs.problems.InputError
        If the delivery is broken.
    helpers.definitions.load.DefinitionError
        If the province's rule set is missing or broken.
    NoResultError
        If there is neither a delivery nor a published total for the year.
    """
    project = project or find_project()
    place = register(project).find(province, system_of_year(year))
    framework = load_framework(INDEX, project)
    edition = framework.edition(year)
    published = read_published(INDEX, place, year, project)
    delivery = Delivery(year, place.slug, office)
    entry = entry_of(delivery, project)
    told = entry is not None and tells_of(entry, INDEX, LIMIT)
    if not told and published.total is None:
        raise NoResultError(
            f"Chưa có số liệu PAR INDEX năm {year} của {place.name}: đơn vị chưa gửi bảng chấm "
            f"điểm hay "
            "số liệu chung, và các nguồn công bố đã đọc không nêu. Tạo sổ nhập liệu bằng lệnh: "
            f"chiso new {delivery.options}"
        )
    rule_set, group = _rule_set(entry, place, project)
    table = None if entry is None else _table(entry, rule_set)
    if table is not None:
        refuse_excesses(table.scoring, table.rows)
    earlier = delivery_before(place, entry, project) if entry is not None and told else None
    before = None
    if earlier is not None:
        earlier_rules, _ = _rule_set(earlier, place, project)
        before = _table(earlier, earlier_rules)
    return ParIndexResult(
        place=place,
        year=year,
        office=entry.office if entry is not None and told else None,
        status=entry.status if entry is not None and told else published.status,
        framework=framework,
        edition=edition,
        published=published,
        project=project,
        figures=entry.figures if entry is not None else Figures(),
        previous_figures=earlier.figures if earlier is not None else Figures(),
        scoring=None if table is None else table.scoring,
        previous=None if before is None else before.scoring,
        rows={} if table is None else table.rows,
        checks=() if table is None else table.checks,
        limits=() if entry is None else stated_limits(entry, LIMIT),
        rule_set=rule_set,
        grades=None if rule_set is None else rule_set.grades_for(group),
        missing=(
            *(_missing(table, rule_set) if told else ()),
            *published_missing(INDEX, published, own=told, delivery=delivery),
        ),
        target=None if entry is None else entry.office.targets.get(f"{INDEX}.index"),
        areas=()
        if table is None
        else tuple(item.code for item in table.scoring.tops if item.kind == "scored"),
        rules=rules_of(edition, ParRules),
    )


def national(year: int, project: Project | None = None) -> PublishedCountry:
    """Gather what was published of the whole country in a year.

    Raises
    ------
    NoResultError
        If nothing was published about any province.
    """
    return evaluate_country(INDEX, year, project)


def warm(year: int, project: Project) -> None:
    """Read once what all reports of a year share; they find it done."""
    first = register(project).units(system_of_year(year))[0]
    read_published(INDEX, first, year, project)


def _rule_set(entry: Entry | None, place: Place, project: Project) -> tuple[RuleSet | None, str]:
    own: dict[str, Any] = {} if entry is None else entry.office.rules.get(INDEX, {})
    if unknown := sorted(set(own) - _OWN_RULES):
        raise DefinitionError(
            f"PAR INDEX: rules nêu «{unknown[0]}», chỉ hiểu: {', '.join(sorted(_OWN_RULES))}."
        )
    file = own.get("rule_set")
    rules = load_rule_set(place.slug, str(file), project) if file else None
    return rules, str(own.get("group", ""))


def _table(entry: Entry, rule_set: RuleSet | None) -> ParTable | None:
    sipas = entry.figures.value("sipas.overall", entry.year)
    return read_table(entry.table("par_scoring"), rule_set, sipas)


def _missing(table: ParTable | None, rule_set: RuleSet | None) -> Iterator[Why]:
    if table is None:
        yield Why("lacks_table")
        return
    tally = table.scoring.tally()
    if tally.maximum is None:
        yield Why("lacks_maxima")
    if tally.missing:
        yield Why("lacks_points", {"codes": codes_of(tally.missing)})
    if table.absent:
        yield Why("lacks_rows", {"codes": codes_of(table.absent)})
    if table.unknown:
        yield Why("unknown_codes", {"codes": table.unknown})
    if rule_set is None:
        yield Why("lacks_rule_set")
    elif not rule_set.grades:
        yield Why("lacks_grades")
