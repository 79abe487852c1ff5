"""What a report on the review of poor and near-poor households is written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from helpers.definitions.framework import (
    Framework,
    FrameworkEdition,
    load_framework,
)
from helpers.facts.known import known_enough
from helpers.facts.value import Why
from helpers.indices.poverty import findings
from helpers.indices.poverty.arithmetic import PovertyRules, Span, rules_for
from helpers.indices.poverty.breakdown import (
    Tables,
    as_communes,
    communes,
    counted_in_records,
    deprivation_rows,
    district_rows,
    gather,
    group_rows,
    leaves,
    summed,
)
from helpers.indices.poverty.changes import Change, Plan, computed_changes, plan_of, stated_changes
from helpers.indices.poverty.checks import Conflict, conflicts
from helpers.indices.poverty.households import unrecorded
from helpers.indices.poverty.levels import (
    KINDS,
    Kind,
    State,
    completed,
    first_known,
    from_figures,
    from_table,
)
from helpers.indices.poverty.missing import missing
from helpers.indices.poverty.moves import Moved, movements
from helpers.inputs.corrections import Correction, read_corrections
from helpers.inputs.deliveries import NothingDeliveredError, entry_of, with_topic
from helpers.inputs.delivery import Delivery, provinces_by_year
from helpers.inputs.entry import Entry
from helpers.inputs.office import DataStatus, Office
from helpers.inputs.reading import delivery_before
from helpers.inputs.records import find_records, read_records
from helpers.inputs.results import published_averages
from helpers.places import Place, register, system_of_year
from helpers.project import Project, find_project
from helpers.tidy import Looked
from helpers.words.document import Document

INDEX = "poverty"
RECORDS = ("households",)


class NoPovertyError(NothingDeliveredError):
    """Nothing about poor households was delivered for this place and year."""


@dataclass(frozen=True, repr=False)
class PovertyResult(Looked):
    """Poverty of one place in one year.

    Parameters
    ----------
    place : Place
    year : int
    office : Office
    status : str
    framework, edition
        The standards of all periods, and the one of the year.
    rules : PovertyRules
    state : State
        At the end of the year.
    before : State
        At the end of the year before; empty if not known.
    stated, computed : tuple of Change
        As the office states them, and from the two states.
    plan : Plan
    span : Span or None
        All households that the printed counts and rates together allow.
    districts, communes, groups, deprivations : DataFrame
        Empty if not delivered; ``hidden`` marks rows whose counts are not shown.
    moved : tuple of Moved
    conflicts : tuple of Conflict
        Delivered figures that contradict each other.
    corrections : tuple of Correction
        Figures of which the source is known to be wrong or unclear; printed as they are, with a note.
    published : DataFrame
        National and regional rates of the year (see :mod:`helpers.inputs.results`).
    tables : Tables
        The tables behind.
    labels : mapping of str to str
        Figure code → its label in the entry form, for the figures that have a correction.
    missing : tuple of Why
        What could not be computed and what to deliver for it.
    """

    place: Place
    year: int
    office: Office
    status: DataStatus
    framework: Framework
    edition: FrameworkEdition
    rules: PovertyRules
    state: State
    before: State
    stated: tuple[Change, ...]
    computed: tuple[Change, ...]
    plan: Plan
    span: Span | None
    districts: pd.DataFrame
    communes: pd.DataFrame
    groups: pd.DataFrame
    deprivations: pd.DataFrame
    moved: tuple[Moved, ...]
    conflicts: tuple[Conflict, ...]
    corrections: tuple[Correction, ...]
    published: pd.DataFrame
    tables: Tables
    missing: tuple[Why, ...]
    labels: Mapping[str, str]

    def document(self) -> Document:
        """Return names and findings for the words."""
        return findings.document(self)

    @property
    def units(self) -> pd.DataFrame:
        """The units that are compared: districts, or communes in a year without districts."""
        return self.districts if self.tables.has_districts else self.communes

    @property
    def unit_name(self) -> str:
        """Column of :attr:`units` with their names."""
        return "huyen" if self.tables.has_districts else "xa"

    @property
    def unrecorded(self) -> Mapping[str, tuple[int, int, int]]:
        """Households that leave an attribute open, where tables were counted from them."""
        records = self.tables.records
        if records is None or not {"groups", "deprivations"} & self.tables.counted:
            return {}
        codes = tuple(node.code for top in self.edition.criteria for node in top.children)
        return unrecorded(records, codes)

    @property
    def causes_known(self) -> bool:
        """Whether a cause is recorded of at least half of the poor households that were counted."""
        if not self.tables.are_counted("groups"):
            return True
        _, lacking, _ = self.unrecorded.get("nguyen_nhan", (0, 0, 0))
        return known_enough(float(self.tables.whole["ho_ngheo"].iloc[0]) - lacking, lacking)

    @property
    def index(self) -> str:
        """Key of the index."""
        return INDEX

    @property
    def lead(self) -> Kind | None:
        """The class whose rate leads the report: both together, or what is known of them."""
        known = (kind for kind in KINDS if self.state.rate(kind) or self.state.households(kind))
        return next(known, None)

    def corrected(self, change: Change) -> bool:
        """Tell whether a correction is about a change that the office states."""
        kind = "yearly" if change.yearly else "change"
        names = {f"{INDEX}.{change.kind}_rate_{kind}"}
        return any(
            (one.figure in names and one.group == change.group and one.year == change.year)
            and one.since in (None, change.since)
            for one in self.corrections
        )

    @property
    def why_not_since_start(self) -> tuple[str, ...]:
        """Why districts and communes are not compared with the start of the year."""
        reasons = self.framework.why_not_comparable(self.year - 1, self.year, place=self.place)
        return (*reasons, *register().same_parts(self.year - 1, self.year))

    def change(self, kind: Kind) -> Change | None:
        """Return the change of a class for the whole place: stated before computed."""
        found = (c for c in self.stated if c.kind == kind and not c.group and not c.yearly)
        own = (c for c in self.computed if c.kind == kind and not c.reasons)
        return next(found, None) or next(own, None)

    def reference(self, level: str, code: str) -> pd.Series | None:
        """Return a published national or regional figure of the year, if there is one."""
        rows = self.published
        rows = rows[(rows["level"] == level) & (rows["code"] == code)]
        return None if rows.empty else rows.iloc[0]


def available(project: Project | None = None) -> dict[int, tuple[str, ...]]:
    """Return the places that delivered figures, tables or records on poor households, by year."""
    return provinces_by_year(deliveries(project))


def deliveries(project: Project | None = None) -> tuple[Delivery, ...]:
    """Return who delivered figures, tables or records on poor households: provinces and offices."""
    return with_topic(INDEX, project or find_project(), RECORDS)


def evaluate(
    province: str, year: int, project: Project | None = None, office: str = ""
) -> PovertyResult:
    """Gather what was delivered about poor and near-poor households of a place in a year.

    Parameters
    ----------
    province : str
        Slug or name.
    year : int
        The review at the end of this year.
    project : Project, optional
    office : str
        Slug of the office in its province; empty for the province itself.

    Returns
    -------
    PovertyResult

    Raises
    ------
    helpers.places.UnknownPlaceError
        If there is no such place.
    helpers.inputs.problems.InputError
        If a delivery has errors.
    NoPovertyError
        If nothing about poverty was delivered.
    """
    project = project or find_project()
    place = register(project).find(province, system_of_year(year))
    delivery = Delivery(year, place.slug, office)
    entry = entry_of(delivery, project)
    file = None
    if entry is not None:
        file = find_records("households", delivery, project, entry.office)
    if entry is None or (file is None and not entry.has(INDEX)):
        raise NoPovertyError(
            f"{place.name} chưa có số liệu rà soát hộ nghèo năm {year}. Ghi số liệu vào mục «Rà "
            f"soát hộ nghèo» của {delivery.folder_name} (lệnh: chiso new "
            f"{delivery.options})."
        )
    framework = load_framework(INDEX, project)
    edition = framework.edition(year)
    rules = rules_for(edition, entry.office.rules.get(INDEX, {}))
    codes = tuple(node.code for top in edition.criteria for node in top.children)
    records = None
    if file is not None:
        records = read_records("households", delivery, project, entry.office)
    tables = gather(
        entry, records, rules, codes, has_districts=register(project).has_districts(year)
    )
    printed = from_figures(entry.figures, year)
    added = summed(tables, year, rules)
    state = completed(first_known(printed, added))
    before = _before(place, year, project, entry, summed(tables, year - 1, rules, start=True))
    changes = computed_changes(before, state, framework, place)
    stated = stated_changes(entry.figures, year, framework, place)
    corrections = tuple(
        one
        for one in read_corrections(delivery, project, entry.figures)
        if one.figure.startswith(f"{INDEX}.")
    )
    return PovertyResult(
        place=place,
        year=year,
        office=entry.office,
        status=entry.status,
        framework=framework,
        edition=edition,
        rules=rules,
        state=state,
        before=before,
        stated=stated,
        computed=changes,
        plan=plan_of(entry.figures, entry.office, year, changes),
        span=printed.implied_total if printed.total is None else None,
        districts=district_rows(tables, rules),
        communes=communes(tables, rules),
        groups=group_rows(tables, state, rules),
        deprivations=deprivation_rows(tables, edition, state, rules),
        moved=movements(tables, rules),
        conflicts=conflicts(
            printed,
            # Without a table, what is added up is what was counted in the records.
            from_table(pd.DataFrame(), year) if tables.are_counted("units") else added,
            counted_in_records(tables, year, rules.smallest_cell),
            stated,
            0 if tables.records is None else tables.records.unknown,
        ),
        corrections=corrections,
        published=_published(place, year, project, entry.status),
        tables=tables,
        missing=missing(
            state,
            before,
            tables,
            edition,
            merged=bool(register(project).same_unit(place, year - 1, year)),
        ),
        labels={one.figure: entry.forms.figure(one.figure).label for one in corrections},
    )


def _before(place: Place, year: int, project: Project, entry: Entry, start: State) -> State:
    """Return the state at the end of the year before: own figures, start columns, last delivery."""
    own = from_figures(entry.figures, year - 1)
    found = first_known(own, start)
    last = delivery_before(place, entry, project, whoever=True)  # poor people are the province's
    if last is not None:
        found = first_known(found, from_figures(last.figures, year - 1))
        units = last.table("poverty_units")
        if not register(project).has_districts(year - 1) and len(units):
            units = as_communes(units)
        found = first_known(found, from_table(leaves(units), year - 1))
    return completed(found)


def _published(place: Place, year: int, project: Project, status: DataStatus) -> pd.DataFrame:
    """Return published rates of the country and the region; none beside made-up data."""
    rows = published_averages(INDEX, project)
    of_year = (rows["year"] == year) & (status != "simulated")
    here = (rows["level"] == "national") | (
        (rows["level"] == "region") & (rows["unit"] == place.region)
    )
    return rows[of_year.fillna(value=False) & here].reset_index(drop=True)
