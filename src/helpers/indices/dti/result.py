"""What a DTI report is written from: an office's scoring and the province's published result."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pydantic import Field

from helpers.definitions.framework import FrameworkEdition, load_framework, rules_of
from helpers.definitions.models import Frozen
from helpers.facts.families import Finding
from helpers.facts.value import Value, Why, count
from helpers.indices.dti.arithmetic import points_of
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
from helpers.indices.scored.result import (
    CriterionRow,
    RuleCheck,
    ScoredResult,
    number,
    stated_limits,
    text,
)
from helpers.indices.scored.scoring import TOLERANCE, Item, Scoring, parents
from helpers.indices.scored.standing import Beside, Figure, read_published
from helpers.inputs.deliveries import entry_of
from helpers.inputs.delivery import Delivery
from helpers.inputs.entry import Entry
from helpers.inputs.observations import Figures
from helpers.inputs.reading import delivery_before
from helpers.inputs.results import NoResultError, published_results, settled
from helpers.places import Place, register, system_of_year
from helpers.project import Project, find_project

INDEX = "dti"
ICT = "ict_index"
LIMIT = "Chuyển đổi số"
"""What the table of limitations calls the index."""


class DtiRules(Frozen):
    """Rules of an edition of DTI.

    Parameters
    ----------
    points : float or None
        Maximum of the set; None where its structure is not known.
    components : dict
        Number of component indicators of each main indicator.
    """

    points: float | None = None
    components: dict[str, int] = Field(default_factory=dict)


_NO_RULES = DtiRules()


@dataclass(frozen=True, repr=False)
class DtiResult(ScoredResult):
    """An office and its province in a year (see :class:`ScoredResult`)."""

    rules: DtiRules = _NO_RULES
    ict: Figure | None = None
    ict_units: int = 0
    """The province's latest published place in the older ICT Index, another set of another owner,
    and among how many provinces."""

    @property
    def points_of_set(self) -> float | None:
        """The maximum of the set that all provinces are scored by."""
        return self.rules.points

    @property
    def structure(self) -> tuple[Why, ...]:
        """How many main indicators and indicators the set has, and of how many points."""
        components, points = self.rules.components, self.rules.points
        if not components or points is None:
            return ()
        source = Why("set_of_criteria", {"edition": self.edition.key})
        told = {
            "areas": count(len(components), "area", source),
            "criteria": count(sum(components.values()), "criterion", source),
            "points": Value(points, "point", 0, source=source),
        }
        return (Why("structure_with_points", told),)

    @property
    def maxima_of_parts(self) -> Mapping[str, float]:
        """None: pages print a part as a share of 0 to 1, the definition has points."""
        return {}

    def also(self) -> Mapping[str, tuple[Finding, ...]]:
        """Return the published main indicators and pillars, and the older index of another owner."""
        from helpers.indices.dti.findings import also

        return also(self)


@dataclass(frozen=True)
class DtiTable:
    """A scoring table, read: tree, rows, checks and codes that the edition does not have."""

    scoring: Scoring
    rows: dict[str, CriterionRow]
    checks: tuple[RuleCheck, ...]
    unknown: tuple[str, ...]


def available(project: Project | None = None) -> dict[int, tuple[str, ...]]:
    """Return the provinces with a delivery about DTI or a published total, by year.

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
) -> DtiResult:
    """Gather what is known about DTI of an office and its province in a year.

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
    DtiResult

    Raises
    ------
    helpers.places.UnknownPlaceError
        If there is no such province.
    helpers.inputs.problems.InputError
        If the delivery is broken.
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
            f"Chưa có số liệu chuyển đổi số năm {year} của {place.name}: đơn vị chưa gửi bảng chấm "
            "điểm hay số liệu chung, và các nguồn công bố đã đọc không nêu. Tạo sổ nhập liệu bằng "
            f"lệnh: chiso new {delivery.options}"
        )
    ict = _ict(place, year, project)
    table = None if entry is None else read_table(entry.table("dti_scoring"), edition)
    if table is not None:
        refuse_excesses(table.scoring, table.rows)
    earlier = delivery_before(place, entry, project) if entry is not None and told else None
    before = None if earlier is None else _earlier(earlier, framework.edition(year - 1))
    return DtiResult(
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
        previous=before,
        rows={} if table is None else table.rows,
        checks=() if table is None else table.checks,
        limits=() if entry is None else stated_limits(entry, LIMIT),
        missing=(
            *(_missing(table) if told else ()),
            *published_missing(INDEX, published, own=told, delivery=delivery),
        ),
        target=None if entry is None else entry.office.targets.get(f"{INDEX}.index"),
        areas=() if table is None else _areas(table.scoring, edition),
        rules=rules_of(edition, DtiRules),
        ict=ict,
        ict_units=0 if ict is None else len(register(project).units(system_of_year(ict.year))),
    )


def _ict(place: Place, year: int, project: Project) -> Figure | None:
    every = published_results(ICT, project)
    rows = settled(every)
    own = rows[(rows["slug"] == place.slug) & (rows["year"] <= year)]
    if own.empty:
        return None
    return Figure.of(own.sort_values("year").iloc[-1], Beside(every, rows))


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


def read_table(frame: pd.DataFrame, edition: FrameworkEdition) -> DtiTable | None:
    """Read the table ``dti_scoring`` under the main indicators of an edition.

    Parameters
    ----------
    frame : DataFrame
        As :meth:`helpers.inputs.entry.Entry.table` returns it.
    edition : FrameworkEdition
        Its main indicators that have a row, or parts with a row, become criteria above them.

    Returns
    -------
    DtiTable or None
        None if no row was delivered.
    """
    if frame.empty:
        return None
    given = {text(row["ma_chi_so"]): row for _, row in frame.iterrows()}
    named = {node.code: node for node in edition.nodes if not node.children}
    used = {code.partition(".")[0] for code in given}
    codes = [code for code in named if code in used]
    codes += [code for code in given if code not in named]
    above = parents(codes)
    items: list[Item] = []
    rows: dict[str, CriterionRow] = {}
    checks: list[RuleCheck] = []
    for code in codes:
        node, row = named.get(code), given.get(code)
        maximum = None if node is None else node.maximum
        if row is None:
            name = "" if node is None else node.name_vi
            items.append(Item(code, name, above[code], maximum, applies=maximum != 0))
            rows[code] = CriterionRow(code, items[-1].name)
            continue
        name = text(row["ten"]) or (code if node is None else node.name_vi)
        item = Item(
            code=code,
            name=name,
            parent=above[code],
            # A maximum of 0 means that the indicator is not scored; the edition's goes first.
            maximum=number(row["diem_toi_da"]) if maximum is None else maximum,
            applies=maximum != 0,
            self_points=number(row["diem_tu_danh_gia"]),
            appraised=number(row["diem_tham_dinh"]),
        )
        item, check = _by_rule(item, row)
        items.append(item)
        rows[code] = CriterionRow(code, name, declared=_declared(row), origin=text(row["origin"]))
        if check is not None:
            checks.append(check)
    unknown = [code for code in codes if named and code.partition(".")[0] not in named]
    return DtiTable(Scoring(tuple(items)), rows, tuple(checks), tuple(unknown))


def _by_rule(item: Item, row: Any) -> tuple[Item, RuleCheck | None]:
    rule, maximum = text(row["loai_quy_tac"]), item.maximum
    if not rule or maximum is None or not item.applies:
        return item, None
    a, b, value = number(row["a"]), number(row["b"]), number(row["gia_tri"])
    entered, origin = item.self_points, text(row["origin"])
    try:
        computed = points_of(rule, maximum, a, b, value)  # type: ignore[arg-type]  # a choice of the form
    except ValueError as error:
        told = f"{error}."
        return item, RuleCheck(item.code, item.name, _declared(row), None, entered, told, origin)
    if computed is None:
        return item, None
    if entered is None:
        return Item(**{**item.__dict__, "self_points": computed}), None
    if math.isclose(entered, computed, abs_tol=TOLERANCE):
        return item, None
    return item, RuleCheck(item.code, item.name, _declared(row), computed, entered, "", origin)


def _declared(row: Any) -> str:
    a, b, value = number(row["a"]), number(row["b"]), number(row["gia_tri"])
    if a is not None and b is not None:
        return f"{_plain(a)}/{_plain(b)}"
    return "" if value is None else _plain(value)


def _plain(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def _earlier(entry: Entry, edition: FrameworkEdition) -> Scoring | None:
    table = read_table(entry.table("dti_scoring"), edition)
    return None if table is None else table.scoring


def _areas(scoring: Scoring, edition: FrameworkEdition) -> tuple[str, ...]:
    tops = [item for item in scoring.tops if item.applies]
    order = {node.code: place for place, node in enumerate(edition.nodes)}
    return tuple(item.code for item in sorted(tops, key=lambda i: order.get(i.code, len(order))))


def _missing(table: DtiTable | None) -> Iterator[Why]:
    if table is None:
        yield Why("lacks_table")
        return
    tally = table.scoring.tally()
    if tally.maximum is None:
        yield Why("lacks_maxima")
    if tally.missing:
        yield Why("lacks_points", {"codes": codes_of(tally.missing)})
    if table.unknown:
        yield Why("unknown_codes", {"codes": table.unknown})
