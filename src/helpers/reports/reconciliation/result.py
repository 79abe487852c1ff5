"""Whether the figures of a delivery fit each other, before anything is concluded from them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from helpers.definitions.framework import Framework, FrameworkEdition, load_framework
from helpers.facts.discrepancy import Discrepancy, Severity
from helpers.inputs.corrections import Correction, read_corrections
from helpers.inputs.delivery import Delivery, provinces_by_year
from helpers.inputs.entry import Entry
from helpers.inputs.observations import Figures, Observation
from helpers.inputs.office import DataStatus, Office
from helpers.inputs.problems import InputError
from helpers.inputs.reading import delivered_for, delivery_before, has_delivered, read_entry
from helpers.places import Place, register, system_of_year
from helpers.project import Project, find_project
from helpers.reports.reconciliation import years as year_rules
from helpers.reports.reconciliation.records import contradicted_by_records
from helpers.reports.reconciliation.rules import order_of, reconcile
from helpers.tidy import Looked

__all__ = [
    "NothingToReconcileError",
    "Reconciliation",
    "all_discrepancies",
    "available",
    "discrepancies",
    "evaluate",
    "last_year",
    "reconcile",
    "same_figure",
]

INDEX = "reconciliation"


class NothingToReconcileError(LookupError):
    """No figure was delivered for this province and year."""


@dataclass(frozen=True, repr=False)
class Reconciliation(Looked):
    """A delivery with what does not fit in it.

    Parameters
    ----------
    index : str
    place : Place
    year : int
    office : Office
    framework, edition
        The rules, as ``params/indices/reconciliation.yml`` names them.
    entry : Entry
    discrepancies : tuple of Discrepancy
        Contradictions first.
    corrections : tuple of Correction
        Known errors of the source, as declared in ``dinh-chinh.yml``.
    missing : tuple of str
        Vietnamese sentences on what could not be checked at all.
    """

    index: str
    place: Place
    year: int
    office: Office
    framework: Framework
    edition: FrameworkEdition
    entry: Entry
    discrepancies: tuple[Discrepancy, ...]
    corrections: tuple[Correction, ...]
    missing: tuple[str, ...]

    @property
    def status(self) -> DataStatus:
        """Whether the figures are official, computed or simulated."""
        return self.office.status

    @property
    def figures(self) -> Figures:
        """All single figures, as delivered."""
        return self.entry.figures

    def with_severity(self, severity: Severity) -> tuple[Discrepancy, ...]:
        """Return the findings of one severity."""
        return tuple(found for found in self.discrepancies if found.severity == severity)

    def of(self, observation: Observation) -> tuple[Discrepancy, ...]:
        """Return the findings that concern a figure."""
        return tuple(
            found
            for found in self.discrepancies
            if any(same_figure(one, observation) for one in found.observations)
        )

    def corrections_of(self, observation: Observation) -> tuple[Correction, ...]:
        """Return the declared errors of a figure."""
        return tuple(one for one in self.corrections if one.names(observation))


def same_figure(one: Observation, other: Observation) -> bool:
    """Tell whether two observations are the same figure."""
    return (one.code, one.year, one.group, one.since) == (
        other.code,
        other.year,
        other.group,
        other.since,
    )


def available(project: Project | None = None) -> dict[int, tuple[str, ...]]:
    """Return the years and provinces with figures or tables to check.

    A delivery that cannot be read is among them: its report fails and says why.
    """
    return provinces_by_year(deliveries(project))


def deliveries(project: Project | None = None) -> tuple[Delivery, ...]:
    """Return who delivered figures or tables to check: provinces and their offices."""
    return delivered_for(project or find_project(), _checkable)


def _checkable(entry: Entry) -> bool:
    return bool(len(entry.figures)) or any(len(table) for table in entry.tables.values())


def evaluate(
    province: str, year: int, project: Project | None = None, office: str = ""
) -> Reconciliation:
    """Read a delivery and see whether its figures fit each other.

    Parameters
    ----------
    province : str
        Slug or name, as the year's territorial system has it.
    year : int
    project : Project, optional
    office : str
        Slug of the office in its province; empty for the province itself.

    Raises
    ------
    NothingToReconcileError
        If there is neither a figure nor a table that the rules concern.
    helpers.inputs.problems.InputError
        If the delivery, or a correction that no longer fits it, cannot be used.
    """
    of = project or find_project()
    place = register(of).find(province, system_of_year(year, of))
    delivery = Delivery(year, place.slug, office)
    if not has_delivered(delivery, of):
        raise NothingToReconcileError(
            f"{place.name} chưa giao số liệu nào của năm {year}, nên không có gì để kiểm tra; tạo sổ "
            f"nhập liệu bằng lệnh: chiso new {delivery.options}"
        )
    entry = read_entry(delivery, of)
    if not _checkable(entry):
        raise NothingToReconcileError(
            f"{place.name} chưa giao số liệu nào của năm {year}, nên không có gì để kiểm tra."
        )
    previous = last_year(entry, of)
    framework = load_framework(INDEX, of)
    return Reconciliation(
        index=INDEX,
        place=place,
        year=year,
        office=entry.office,
        framework=framework,
        edition=framework.edition(year),
        entry=entry,
        discrepancies=all_discrepancies(entry, previous, of),
        corrections=read_corrections(entry.delivery, of, entry.figures),
        missing=_missing(entry, previous, of),
    )


def _missing(entry: Entry, previous: Entry | None, project: Project) -> tuple[str, ...]:
    said = []
    if not len(entry.figures):
        said.append(
            "Chưa có số liệu đơn lẻ nào ở trang “Số liệu chung” hoặc tệp so-lieu.csv; chỉ kiểm tra "
            "được các bảng."
        )
    merged = register(project).same_unit(_place(entry, project), entry.year - 1, entry.year)
    if merged:
        said.append(f"Không đối chiếu với số liệu năm {entry.year - 1} vì {'; '.join(merged)}.")
    elif previous is None and _has_broken(entry, project):
        said.append(
            f"Số liệu năm {entry.year - 1} đã giao nhưng còn lỗi nên chưa được dùng để đối chiếu; xem: "
            f"chiso check {_year_before(entry).options}."
        )
    return tuple(said)


def _year_before(entry: Entry) -> Delivery:
    return replace(entry.delivery, year=entry.year - 1)


def _has_broken(entry: Entry, project: Project) -> bool:
    """Tell whether there is a delivery of the year before that cannot be read."""
    before = _year_before(entry)
    if not has_delivered(before, project):
        return False
    try:
        read_entry(before, project)
    except InputError:
        return True
    return False


def last_year(entry: Entry, project: Project) -> Entry | None:
    """Return the delivery of the same unit for the year before, if one can be read.

    One that cannot be read has a check of its own; this year's is then checked without it.
    """
    try:
        return delivery_before(_place(entry, project), entry, project)
    except InputError:
        return None


def _place(entry: Entry, project: Project) -> Place:
    places = register(project)
    return places.get(entry.slug, places.system_of_year(entry.year))


def _of_the_unit(entry: Entry, project: Project) -> Figures:
    """Return the figures of years in which the unit was the same; others are never set beside."""
    places, place = register(project), _place(entry, project)
    return Figures(
        tuple(one for one in entry.figures if not places.same_unit(place, one.year, entry.year))
    )


def all_discrepancies(
    entry: Entry, previous: Entry | None, project: Project
) -> tuple[Discrepancy, ...]:
    """Apply all rules to a delivery, and compare what was typed with its record files.

    Parameters
    ----------
    entry : Entry
    previous : Entry or None
        See :func:`discrepancies`.
    project : Project

    Raises
    ------
    helpers.inputs.problems.InputError
        If a record file has errors.
    """
    found = discrepancies(entry, previous, project)
    counted = contradicted_by_records(entry, project)
    return tuple(sorted((*found, *counted), key=order_of))


def discrepancies(
    entry: Entry, previous: Entry | None = None, project: Project | None = None
) -> tuple[Discrepancy, ...]:
    """Apply the rules on figures and tables to a delivery that was read, without its record files.

    Parameters
    ----------
    entry : Entry
    previous : Entry, optional
        The delivery of the year before: what it ended with must be what this one begins with.
    project : Project, optional

    Returns
    -------
    tuple of Discrepancy
        In the order of :func:`reconcile`; what concerns last year's delivery alone is not among them.
    """
    figures = _of_the_unit(entry, project or find_project())
    if previous is not None:
        figures = year_rules.last_years_figures(figures, previous.figures, entry.year)
    document = entry.office.document
    found = reconcile(figures, entry.tables, document.date, entry.year, document.bases)
    # What rows of a table say is about this delivery, too, though they are no single figures.
    last = set(figures.items) - set(entry.figures.items)
    kept = [one for one in found if not one.observations or set(one.observations) - last]
    if previous is not None:
        kept += year_rules.links(
            entry.tables,
            previous.tables,
            same_parts=not register().same_parts(previous.year, entry.year),
        )
    return tuple(sorted(kept, key=order_of))
