"""What the annual report of an office is written from: all indices that have data, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from helpers.definitions.measures import Measure, load_measures
from helpers.indices.dti import result as dti
from helpers.indices.papi import result as papi
from helpers.indices.par_index import result as par_index
from helpers.indices.poverty import result as poverty
from helpers.indices.procedures import result as procedures
from helpers.indices.service_quality import result as service_quality
from helpers.indices.sipas import result as sipas
from helpers.indices.work_plan import result as work_plan
from helpers.inputs.delivery import Delivery, all_deliveries, deliveries_of, provinces_by_year
from helpers.inputs.entry import Entry
from helpers.inputs.office import DataStatus, Office
from helpers.inputs.own_text import OwnText, own_texts
from helpers.inputs.reading import has_delivered, read_entry
from helpers.places import Place, register, system_of_year
from helpers.project import Project, find_project
from helpers.reports.annual.offices import Offices, entry_of_joined, offices_of
from helpers.reports.papi_office import result as papi_office
from helpers.reports.reconciliation import result as reconciliation
from helpers.tidy import Looked
from helpers.words.document import Document

if TYPE_CHECKING:
    from helpers.reports.annual.measured import Headline

INDEX = "annual"

JOINS_OFFICES = True
"""A province has this report as soon as one of its offices delivered."""

Evaluate = Callable[[str, int, Project, str], Any]
"""What evaluates an index: province, year, project, office."""


class NoAnnualReportError(LookupError):
    """An office delivered nothing for the year, or nothing for one of the indices."""


def _service_quality(slug: str, year: int, project: Project, office: str) -> Any:
    """Evaluate decision 766 where its own data were delivered.

    Dossier counts alone give one of its indicators: a section of its own would make too much of it.
    """
    delivery = Delivery(year, slug, office)
    own = read_entry(delivery, project) if has_delivered(delivery, project) else None
    if own is None or not service_quality.tells_of(own, project):
        raise NoAnnualReportError("chưa có số liệu của Bộ chỉ số 766")
    return service_quality.evaluate(slug, year, project, office)


def _papi(slug: str, year: int, project: Project, office: str) -> Any:
    """Evaluate PAPI, which is of the province, whoever reports."""
    del office
    return papi.evaluate(slug, year, project)


PARTS: Mapping[str, Evaluate] = {
    "par_index": par_index.evaluate,
    "sipas": sipas.evaluate,
    "papi": _papi,
    "papi_office": papi_office.evaluate,
    "service_quality": _service_quality,
    "procedures": procedures.evaluate,
    "dti": dti.evaluate,
    "poverty": poverty.evaluate,
    "work_plan": work_plan.evaluate,
    "reconciliation": reconciliation.evaluate,
}
"""The indices in the order of the report."""

_PROVINCES = ("ủy ban nhân dân tỉnh", "ủy ban nhân dân thành phố", "ubnd tỉnh", "ubnd thành phố")
"""How the name of an office begins that is the province's own government."""

SECTIONS: Mapping[str, str] = {
    "mo-dau": "Mở đầu",
    "chi-dao": "Công tác chỉ đạo, điều hành",
    "ke-hoach": "Thực hiện kế hoạch công tác",
    "par-index": "Chỉ số cải cách hành chính (PAR INDEX)",
    "sipas": "Chỉ số hài lòng của người dân, tổ chức (SIPAS)",
    "papi": "Chỉ số hiệu quả quản trị và hành chính công cấp tỉnh (PAPI)",
    "chat-luong-phuc-vu": "Chất lượng phục vụ người dân, doanh nghiệp",
    "thu-tuc-hanh-chinh": "Giải quyết thủ tục hành chính",
    "chuyen-doi-so": "Chuyển đổi số",
    "giam-ngheo": "Giảm nghèo đa chiều",
    "tiep-cong-dan": "Tiếp công dân, kiểm tra, thanh tra",
    "co-quan": "Kết quả của các cơ quan thuộc tỉnh",
    "noi-bat": "Kết quả nổi bật",
    "han-che": "Tồn tại, hạn chế",
    "nguyen-nhan": "Nguyên nhân",
    "nhiem-vu": "Nhiệm vụ trọng tâm",
    "kien-nghi": "Kiến nghị, đề xuất",
}
"""Sections of the report, by the names under which an office adds its own words."""


@dataclass(frozen=True, repr=False)
class AnnualResult(Looked):
    """An office's year.

    Parameters
    ----------
    index : str
    place : Place
    year : int
    office : Office
    status : {"official", "computed", "simulated"}
    entry : Entry
    parts : mapping of str to result
        The indices that have data, by key, in the order of the report.
    absent : mapping of str to str
        Why the others have none: Vietnamese sentences.
    own : tuple of OwnText
        The office's own words.
    measures : mapping of str to tuple of Measure
        Proposals for weak criteria, by index.
    offices : Offices
        The offices of the province where the province reports; of an office none.
    """

    index: str
    place: Place
    year: int
    office: Office
    status: DataStatus
    entry: Entry
    parts: Mapping[str, Any]
    absent: Mapping[str, str]
    own: tuple[OwnText, ...]
    measures: Mapping[str, tuple[Measure, ...]]
    offices: Offices = field(default_factory=lambda: Offices(()))

    @property
    def is_province(self) -> bool:
        """Whether the province itself reports, not one of its offices."""
        return of_government(self.office)

    def document(self) -> Document:
        """Return what the office reports, for :func:`helpers.words.say.say`."""
        # The findings gather from all indices and rest on this module.
        from helpers.reports.annual.document import document

        return document(self)

    @cached_property
    def headlines(self) -> tuple[Headline, ...]:
        """The indices with a headline value or place, gathered once for text and tables."""
        from helpers.reports.annual.adapters import gathered

        return gathered(self)

    def part(self, key: str) -> Any | None:
        """Return the result of an index, or None where it has no data."""
        return self.parts.get(key)


def of_government(office: Office) -> bool:
    """Whether the settings are of a province's own government, not of one of its offices."""
    return office.office.name.casefold().startswith(_PROVINCES)


def available(project: Project | None = None) -> dict[int, tuple[str, ...]]:
    """Return the provinces that delivered anything, or whose offices did, by year."""
    return provinces_by_year({one.of_province for one in deliveries(project)})


def deliveries(project: Project | None = None) -> tuple[Delivery, ...]:
    """Return who delivered anything: provinces and their offices."""
    return all_deliveries(project or find_project())


def evaluate(
    province: str, year: int, project: Project | None = None, office: str = ""
) -> AnnualResult:
    """Gather what all indices say about an office's year.

    Parameters
    ----------
    province : str
        Slug or name, written in any usual way.
    year : int
    project : Project, optional
    office : str
        Slug of the office in its province; empty for the province itself.

    Raises
    ------
    helpers.places.UnknownPlaceError
        If there is no such province.
    NoAnnualReportError
        If the office delivered nothing for the year.
    helpers.inputs.problems.InputError
        If what was delivered has errors.
    """
    project = project or find_project()
    place = register(project).find(province, system_of_year(year))
    delivery = Delivery(year, place.slug, office)
    others = not office and any(one.office for one in deliveries_of(place.slug, year, project))
    own = has_delivered(delivery, project)
    if not own and not others:
        raise NoAnnualReportError(
            f"{place.name} chưa có số liệu năm {year}. "
            f"Tạo sổ nhập liệu bằng lệnh: chiso new {delivery.options}"
        )
    entry = read_entry(delivery, project) if own else entry_of_joined(place, year, project)
    # A department that delivers in its province's name reports of itself.
    joins = others and of_government(entry.office)
    offices = offices_of(place, year, entry.office, entry, project) if joins else Offices(())
    parts: dict[str, Any] = {}
    absent: dict[str, str] = {}
    for key, evaluate_part in PARTS.items():
        try:
            parts[key] = evaluate_part(place.slug, year, project, office)
        except LookupError as error:
            # Each index says so when it has nothing; a KeyError is a fault and must be seen.
            if isinstance(error, KeyError | IndexError):
                raise
            absent[key] = str(error.args[0]) if error.args else str(error)
    return AnnualResult(
        index=INDEX,
        place=place,
        year=year,
        office=entry.office,
        status=entry.status,
        entry=entry,
        parts=parts,
        absent=absent,
        own=own_texts(entry.office, delivery, SECTIONS, project),
        measures={key: load_measures(key, project) for key in PARTS},
        offices=offices,
    )
