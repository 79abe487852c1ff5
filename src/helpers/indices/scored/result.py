"""What reports on scored indices have in common: an office's scoring beside published results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from helpers.definitions.framework import Framework, FrameworkEdition
from helpers.definitions.rule_set import GradeTable, RuleSet
from helpers.facts.families import Finding
from helpers.facts.measured import Group
from helpers.facts.value import Value, Why
from helpers.facts.weak import WeakPoint
from helpers.indices.scored.scoring import Item, Scoring, Tally, lost_points
from helpers.indices.scored.standing import Published
from helpers.inputs.entry import Entry
from helpers.inputs.observations import Figures, Observation
from helpers.inputs.office import DataStatus, Office
from helpers.inputs.subject import Subject, of_office, of_province
from helpers.places import Place, register
from helpers.project import Project
from helpers.tidy import Looked
from helpers.words.document import Document

_NO_FIGURES = Figures()


@dataclass(frozen=True)
class CriterionRow:
    """What an office wrote about a criterion, beside its points.

    Parameters
    ----------
    code, name : str
    cause, measure, owner, deadline : str
        Why points were lost, what is done about it, who leads, by when; empty where nothing was said.
    declared : str
        Data given for the criterion.
    origin : str
        Where the row stands.
    """

    code: str
    name: str
    cause: str = ""
    measure: str = ""
    owner: str = ""
    deadline: str = ""
    declared: str = ""
    origin: str = ""


@dataclass(frozen=True)
class RuleCheck:
    """Declared data against the points entered, by the rule of the criterion.

    Parameters
    ----------
    code, name, declared : str
    computed : float or None
        Points by the rule; None if the rule could not be applied.
    entered : float or None
        Self-scored points.
    error : str
        Vietnamese reason why the rule could not be applied.
    origin : str
    """

    code: str
    name: str
    declared: str
    computed: float | None
    entered: float | None
    error: str
    origin: str


@dataclass(frozen=True)
class StatedLimit:
    """A limitation that the office stated itself, without points.

    Parameters
    ----------
    code, text, criterion, cause, measure, owner, deadline, origin : str
    """

    code: str
    text: str
    criterion: str
    cause: str
    measure: str
    owner: str
    deadline: str
    origin: str


@dataclass(frozen=True)
class Loss:
    """Points lost on a criterion, with what the office says about it."""

    item: Item
    lost: float
    row: CriterionRow
    area: str


@dataclass(frozen=True, repr=False)
class ScoredResult(Looked):
    """An office's scoring for a year beside the published result of its province.

    Parameters
    ----------
    place : Place
    year : int
    office : Office or None
        None if the year is known from published results alone.
    status : {"official", "computed", "simulated"}
    framework, edition
        What the index is, and was in that year.
    published : Published
    figures, previous_figures : Figures
        Single figures of this and the year before.
    scoring, previous : Scoring or None
        The scoring table of this and the year before.
    rows : mapping of str to CriterionRow
    checks : tuple of RuleCheck
        Only where data and points disagree or a rule could not be applied.
    limits : tuple of StatedLimit
    rule_set : RuleSet or None
        The province's own criteria.
    grades : GradeTable or None
        Bands confirmed by the province.
    missing : tuple of Why
        What could not be computed, by the rules of the words, which say what to deliver for it.
    target : float or None
        Value aimed at, in the unit of the index.
    project : Project or None
        The checkout that it was read from; None for the one around the current folder.
    areas : tuple of str
        Codes of the top level of the scoring table, in its order.
    """

    place: Place
    year: int
    office: Office | None
    status: DataStatus
    framework: Framework
    edition: FrameworkEdition
    published: Published
    figures: Figures = _NO_FIGURES
    previous_figures: Figures = _NO_FIGURES
    scoring: Scoring | None = None
    previous: Scoring | None = None
    rows: Mapping[str, CriterionRow] = field(default_factory=dict)
    checks: tuple[RuleCheck, ...] = ()
    limits: tuple[StatedLimit, ...] = ()
    rule_set: RuleSet | None = None
    grades: GradeTable | None = None
    missing: tuple[Why, ...] = ()
    target: float | None = None
    areas: tuple[str, ...] = ()
    project: Project | None = field(default=None, repr=False, compare=False)

    @property
    def subject(self) -> Subject:
        """Whom the scoring table, or the published result where there is none, is about."""
        if self.office is None or self.framework.scored == "province":
            return of_province(self.place, self.year)
        return of_office(self.office)

    @property
    def index(self) -> str:
        """Key of the index."""
        return self.framework.key

    def tidy(self) -> pd.DataFrame:
        """Return the province's published scores as a tidy table (:data:`helpers.tidy.COLUMNS`)."""
        from helpers.indices.scored.tidy import published_table

        rows = published_table(self.index, self.year, self.project)
        return rows[rows["slug"] == self.place.slug].reset_index(drop=True)

    @property
    def total(self) -> Tally | None:
        """Sums of the whole scoring table."""
        return None if self.scoring is None else self.scoring.tally()

    def own(self, code: str) -> Observation | None:
        """Return a single figure of the year, such as ``grade``."""
        return self.figures.get(f"{self.index}.{code}", self.year)

    def before(self, code: str) -> Observation | None:
        """Return a single figure of the year before, from this or last year's delivery."""
        key = f"{self.index}.{code}"
        return self.figures.get(key, self.year - 1) or self.previous_figures.get(key, self.year - 1)

    @property
    def grade(self) -> str:
        """The office's grade by confirmed bands; empty without them."""
        return ""

    @property
    def published_group(self) -> Group | None:
        """The group of the province's published total, where its owner groups provinces."""
        return None

    @property
    def maxima_of_parts(self) -> Mapping[str, float]:
        """The highest value of each published part, by code, where it is known."""
        return {n.code: n.maximum for n in self.edition.nodes if n.maximum is not None}

    @property
    def group_limits(self) -> Mapping[str, Value]:
        """From what value, ``least``, and below which one, ``below``, that group goes."""
        return {}

    @property
    def points_of_set(self) -> float | None:
        """The maximum of the whole set of criteria, where it is known."""
        return None

    @property
    def structure(self) -> tuple[Why, ...]:
        """How many areas and criteria the set has, for the method note."""
        return ()

    def also(self) -> Mapping[str, tuple[Finding, ...]]:
        """Return what only this index states, by subject of the document."""
        return {}

    def document(self) -> Document:
        """Return names and findings for the words."""
        from helpers.indices.scored.document import document

        return document(self)

    def weak_points(self) -> tuple[WeakPoint, ...]:
        """Return what lost points, was stated as a limit or stands low, the most important first."""
        from helpers.indices.scored.weak import weak_points

        return weak_points(self)

    @property
    def has_own(self) -> bool:
        """Whether the office delivered anything about its own result."""
        return self.scoring is not None or bool(self.figures.of_topic(self.index))

    @property
    def why_not_comparable(self) -> tuple[str, ...]:
        """Reasons why this year and the year before must not be compared."""
        return self.framework.why_not_comparable(self.year - 1, self.year, place=self.place)

    @property
    def why_not_same_unit(self) -> tuple[str, ...]:
        """Reasons why the unit of the year before was another, whatever the criteria."""
        return register().same_unit(self.place, self.year - 1, self.year)

    @property
    def same_criteria(self) -> bool:
        """Whether the tables of both years have the same criteria with the same maxima."""
        if self.scoring is None or self.previous is None:
            return False
        now = {item.code: item.maximum for item in self.scoring.items}
        return now == {item.code: item.maximum for item in self.previous.items}

    @property
    def losses(self) -> tuple[Loss, ...]:
        """Criteria that lost points, the largest loss first."""
        if self.scoring is None:
            return ()
        return tuple(
            Loss(item, lost, self.rows[item.code], self.area_of(item.code))
            for item, lost in lost_points(self.scoring)
        )

    def cause_of(self, limit: StatedLimit) -> str:
        """Return why a stated limitation is there: said with it, or with its criterion."""
        row = self.rows.get(limit.criterion)
        return limit.cause or ("" if row is None else row.cause)

    def area_of(self, code: str) -> str:
        """Return the code of the top level above a criterion."""
        found = {} if self.scoring is None else self.scoring.by_code
        while code in found and found[code].parent:
            code = found[code].parent
        return code


def stated_limits(entry: Entry, name: str) -> tuple[StatedLimit, ...]:
    """Return the limitations that an office stated under an index (column ``chi_so``)."""
    rows = entry.table("limits")
    if rows.empty:
        return ()
    rows = rows[(rows["chi_so"] == name) & (rows["nam"] == entry.year)]
    return tuple(
        StatedLimit(
            code=text(row["ma"]),
            text=text(row["han_che"]),
            criterion=text(row["tieu_chi"]),
            cause=text(row["nguyen_nhan"]),
            measure=text(row["bien_phap"]),
            owner=text(row["don_vi"]),
            deadline=day(row["han"]),
            origin=text(row["origin"]),
        )
        for _, row in rows.iterrows()
    )


def text(value: Any) -> str:
    """Return a cell of a text column; an empty one as an empty text."""
    return "" if value is None or pd.isna(value) else str(value).strip()


def number(value: Any) -> float | None:
    """Return a cell of a number column; an empty one as None."""
    return None if value is None or pd.isna(value) else float(value)


def day(value: Any) -> str:
    """Return a date as Vietnamese texts write it; an empty cell as an empty text."""
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, str):
        return value.strip()
    return f"{value.day}/{value.month}/{value.year}"
