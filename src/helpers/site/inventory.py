"""What there is to put online: the executed reports, with their place, index and files."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from helpers.execution import NATIONAL
from helpers.execution.plan import report_paths
from helpers.execution.record import Record, read_record
from helpers.inputs.delivery import Delivery
from helpers.inputs.office import read_office
from helpers.inputs.problems import InputError
from helpers.places import Register, UnknownPlaceError, register, system_of_year
from helpers.places.words import bare, sort_key, unit_order
from helpers.project import Project
from helpers.publishing.front_matter import FrontMatter, front_matter_from
from helpers.site import addresses
from helpers.words.text import INTERNAL

_FAILED = ".failed"


@dataclass(frozen=True)
class SiteReport:
    """An executed report.

    Parameters
    ----------
    name : str
        The report kind.
    unit : str
        Slug, or ``ca-nuoc``.
    office : str
        Slug of the office whose report it is; empty for the province's own.
    office_name : str
        What the office is called, as its settings say; its slug where they are gone.
    year : int
        Year measured.
    index : str
        Key of the index it is about.
    unit_name : str
        Name of the unit as readers know it.
    system : str
        ``"63"`` or ``"34"``; empty for a unit that the register does not know and for the country.
    matter : FrontMatter
    folder : Path
        Where its files lie.
    files : tuple of (str, str, str)
        Kind, file name and digest of the notebook and of every format, as recorded.
    commit : str
        Of the checkout it was made in; empty if unknown.
    page_engine : str
        Who made its HTML page; empty if there is none that fits the notebook.
    """

    name: str
    unit: str
    office: str
    office_name: str
    year: int
    index: str
    unit_name: str
    system: str
    matter: FrontMatter
    folder: Path
    files: tuple[tuple[str, str, str], ...]
    commit: str
    page_engine: str

    @property
    def national(self) -> bool:
        """Whether it is about the whole country."""
        return self.unit == NATIONAL

    @property
    def whom(self) -> str:
        """Whose figures it holds: the province's, or those of one of its offices."""
        return f"{self.office_name}, {self.unit_name}" if self.office else self.unit_name

    @property
    def whose(self) -> str:
        """Slug of whose figures it holds: ``ha-tinh``, ``ha-tinh/so-y-te``."""
        return f"{self.unit}/{self.office}" if self.office else self.unit

    @property
    def profile(self) -> bool:
        """Whether it is the province's own page, not a report of one index."""
        return self.name == addresses.PROFILE

    @property
    def address(self) -> str:
        """Where its page stands."""
        if self.national:
            plain = addresses.index_year(self.index, self.year)
            return (
                plain
                if self.name in (self.index, f"{self.index}_national")
                else f"{plain}{self.name}/"
            )
        return addresses.report(self.unit, self.year, self.name, self.office)

    def path(self, kind: str) -> Path | None:
        """Return the file of a kind (``ipynb``, ``html``, ``pdf``, ``docx``), if it was made."""
        return next((self.folder / name for k, name, _ in self.files if k == kind), None)

    @property
    def digests(self) -> tuple[str, ...]:
        """What its page depends on, of its files."""
        return tuple(f"{kind} {digest}" for kind, _, digest in self.files)


@dataclass(frozen=True)
class Inventory:
    """All executed reports, and the register they are read with."""

    reports: tuple[SiteReport, ...]
    places: Register
    incomplete: tuple[str, ...] = ()
    """What a record names and is not there as it was made, by its path; a report without its notebook
    is not among the reports."""

    @property
    def years(self) -> tuple[int, ...]:
        """Years with a report, newest first."""
        return tuple(sorted({report.year for report in self.reports}, reverse=True))

    def of_unit(self, unit: str, system: str) -> tuple[SiteReport, ...]:
        """Return the reports of a unit: newest year first, then by title."""
        return tuple(
            r
            for r in self.reports
            if r.unit == unit and r.system == system and not r.profile and not r.national
        )

    def national(self, index: str) -> tuple[SiteReport, ...]:
        """Return the reports of an index on the whole country, newest year first."""
        return tuple(r for r in self.reports if r.national and r.index == index)

    def profile(self, unit: str, system: str) -> SiteReport | None:
        """Return the newest profile of a unit, if one was made."""
        fitting = (r for r in self.reports if r.profile and r.unit == unit and r.system == system)
        return next(fitting, None)

    @property
    def indices(self) -> tuple[str, ...]:
        """Keys of the indices that reports are about, by name."""
        return tuple(sorted({r.index for r in self.reports if not r.profile}))


def take_stock(project: Project) -> Inventory:
    """List the executed reports from their records.

    A report without a whole record is left out: it was not finished.

    Returns
    -------
    Inventory
        Newest year first; within a year the country, then units in Vietnamese order.
    """
    places = register(project)
    kinds = _indices(project)
    found = []
    incomplete: list[str] = []
    for path in report_paths(project.outputs / "reports", "*.record.json"):
        record = read_record(path)
        if record is None:
            continue
        if _FAILED in record.notebook.file or record.front_matter.get(INTERNAL):
            continue
        incomplete += _incomplete(record, path.parent, project)
        if not record.notebook.is_there(path.parent):
            continue
        found.append(_report(record, path.parent, kinds, places, project))
    # A province's own reports come before those of its offices.
    found.sort(key=lambda r: (r.office, sort_key(r.matter.title), r.name))
    found.sort(key=lambda r: (not r.national, unit_order(r.unit_name), r.unit))
    found.sort(key=lambda r: r.year, reverse=True)
    return Inventory(tuple(found), places, tuple(incomplete))


def _incomplete(record: Record, folder: Path, project: Project) -> list[str]:
    made = [record.notebook, *(record.formats[kind] for kind in sorted(record.formats))]
    return [project.relative(folder / one.file) for one in made if not one.is_there(folder)]


def _report(
    record: Record, folder: Path, kinds: dict[str, str], places: Register, project: Project
) -> SiteReport:
    matter = front_matter_from(record.front_matter)
    name, system = _unit(record, matter, places, project)
    page = record.formats.get("html")
    files = [("ipynb", record.notebook.file, record.notebook.digest)]
    files += [
        (kind, artefact.file, artefact.digest)
        for kind, artefact in sorted(record.formats.items())
        if record.fits(kind) and artefact.is_there(folder)
    ]
    return SiteReport(
        name=record.report,
        unit=record.unit,
        office=record.office,
        office_name=_office_name(record, project),
        year=record.year,
        index=kinds.get(record.report, record.report),
        unit_name=name,
        system=system,
        matter=matter,
        folder=folder,
        files=tuple(files),
        commit=record.commit,
        page_engine=page.made_with.get("engine", "") if page and record.fits("html") else "",
    )


def _office_name(record: Record, project: Project) -> str:
    if not record.office:
        return ""
    try:
        delivery = Delivery(record.year, record.unit, record.office)
        return read_office(delivery, project).office.brief
    except InputError:
        return record.office


def _unit(
    record: Record, matter: FrontMatter, places: Register, project: Project
) -> tuple[str, str]:
    """Return the name of a report's unit and the system it belongs to, if the register has it."""
    if record.unit == NATIONAL:
        return "Cả nước", ""
    system = system_of_year(record.year, project)
    try:
        place = places.get(record.unit, system)
    except UnknownPlaceError:
        # A province somebody made up is in no register; its report says what it is called.
        spelt = (c for c in matter.categories if re.sub(r"\W+", "-", bare(c)) == record.unit)
        return next(spelt, record.unit), ""
    # Nor does the made-up province that ships belong to a system.
    return place.name, "" if place.simulated else system


def _indices(project: Project) -> dict[str, str]:
    """Return the index of every report kind, from its notebook."""
    found = {}
    for path in sorted(project.notebooks.glob("*.ipynb")):
        described = json.loads(path.read_text(encoding="utf-8")).get("metadata", {}).get("chiso")
        if described and described.get("index"):
            found[path.stem] = str(described["index"])
    return found
