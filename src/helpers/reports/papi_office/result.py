"""The contents of PAPI that one office is responsible for, and what it did about them."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.definitions import Framework, FrameworkEdition, load_framework
from helpers.indices.papi import result as papi
from helpers.indices.papi.contents import FIGURES, PAPI, Content, content_of
from helpers.indices.papi.result import NoScoresError, PapiResult
from helpers.indices.work_plan import rows
from helpers.indices.work_plan.rows import Document, Limit, Measure
from helpers.inputs.deliveries import NothingDeliveredError, entry_of
from helpers.inputs.delivery import Delivery, provinces_by_year
from helpers.inputs.office import DataStatus, Office
from helpers.inputs.reading import delivered_for
from helpers.places import Place, register, system_of_year
from helpers.project import Project, find_project
from helpers.tidy import Looked

INDEX = "papi_office"


class NoPapiRoleError(NothingDeliveredError):
    """The office's settings name no content of PAPI, or one that does not exist."""


@dataclass(frozen=True, repr=False)
class PapiOfficeResult(Looked):
    """PAPI as it concerns one office in one year.

    Parameters
    ----------
    place : Place
    year : int
    office : Office
    status : str
    framework : Framework
    edition : FrameworkEdition
        What PAPI was in the year; the latest known one for a later year.
    contents : tuple of Content
    papi : PapiResult or None
        The province's scores of the year.
    last : PapiResult or None
        The latest scores before the year, where the year has none.
    general_documents, general_limits, general_measures : tuple
        What concerns PAPI as a whole.
    labels : dict
        Figure code → label of the entry form.
    missing : tuple of str
    """

    place: Place
    year: int
    office: Office
    status: DataStatus
    framework: Framework
    edition: FrameworkEdition
    contents: tuple[Content, ...]
    papi: PapiResult | None
    last: PapiResult | None
    general_documents: tuple[Document, ...]
    general_limits: tuple[Limit, ...]
    general_measures: tuple[Measure, ...]
    labels: dict[str, str]
    missing: tuple[str, ...]

    @property
    def index(self) -> str:
        """Key of the index."""
        return INDEX

    @property
    def whole(self) -> bool:
        """Whether the office answers for every dimension."""
        codes = {content.criterion.code for content in self.contents}
        return all(dimension.code in codes for dimension in self.edition.dimensions)


def available(project: Project | None = None) -> dict[int, tuple[str, ...]]:
    """Return the places whose office names its contents of PAPI in its settings, by year."""
    return provinces_by_year(deliveries(project))


def deliveries(project: Project | None = None) -> tuple[Delivery, ...]:
    """Return who names contents of PAPI in its settings: provinces and their offices."""
    return delivered_for(project or find_project(), lambda entry: bool(entry.office.papi))


def evaluate(
    province: str, year: int, project: Project | None = None, office: str = ""
) -> PapiOfficeResult:
    """Gather PAPI's scores and the office's own work for the contents it answers for.

    Parameters
    ----------
    province : str
        Slug or name.
    year : int
        Year of the office's delivery.
    project : Project, optional
    office : str
        Slug of the office in its province; empty for the province itself.

    Returns
    -------
    PapiOfficeResult

    Raises
    ------
    helpers.places.UnknownPlaceError
        If there is no such place.
    helpers.inputs.problems.InputError
        If a delivery has errors.
    NoPapiRoleError
        If the settings name no content, or one that PAPI does not have.
    """
    project = project or find_project()
    place = register(project).find(province, system_of_year(year))
    delivery = Delivery(year, place.slug, office)
    entry = entry_of(delivery, project)
    if entry is None or not entry.office.papi:
        raise NoPapiRoleError(
            f"Chưa biết cơ quan của {place.name} theo dõi nội dung nào của PAPI năm {year}: ghi mã "
            "nội dung "
            f'vào khóa «papi» của {delivery.settings_name}, ví dụ papi: ["2.2"].'
        )
    definition = load_framework(papi.INDEX, project)
    edition = _edition(definition, year)
    wrong = [code for code in entry.office.papi if not edition.has(code)]
    if wrong:
        raise NoPapiRoleError(
            f"{delivery.settings_name}: PAPI năm {year} không có nội dung mang mã "
            f"{', '.join(wrong)}; xem các mã trong params/indices/papi.yml."
        )
    simulated = entry.status == "simulated"
    now = None if simulated else _scores(place.slug, year, project)
    last = None if simulated or now is not None else _last(place, year, project)
    documents = rows.documents(entry.table("documents"))
    limits = tuple(
        one for one in rows.limits(entry.table("limits")) if one.year is None or one.year >= year
    )
    measures = rows.measures(entry.table("measures"))
    contents = tuple(
        content_of(edition, code, entry, now, last, documents, limits, measures)
        for code in entry.office.papi
    )
    return PapiOfficeResult(
        place=place,
        year=year,
        office=entry.office,
        status=entry.status,
        framework=definition,
        edition=edition,
        contents=contents,
        papi=now,
        last=last,
        general_documents=tuple(one for one in documents if PAPI in one.serves),
        general_limits=tuple(one for one in limits if one.index == PAPI),
        general_measures=tuple(one for one in measures if one.index == PAPI),
        labels={
            code: entry.forms.figure(code).label for codes in FIGURES.values() for code in codes
        },
        missing=_missing(place, year, contents, now, last, simulated),
    )


def _edition(definition: Framework, year: int) -> FrameworkEdition:
    """Return the edition of the year, or the latest: PAPI defines a year only after it is measured."""
    last = definition.editions[-1]
    return (
        last if last.last_year is not None and year > last.last_year else definition.edition(year)
    )


def _scores(slug: str, year: int, project: Project) -> PapiResult | None:
    if slug not in papi.available(project).get(year, ()):
        return None
    try:
        return papi.evaluate(slug, year, project)
    except NoScoresError:
        return None


def _last(place: Place, year: int, project: Project) -> PapiResult | None:
    places = register(project)
    found = {}
    for earlier, slugs in papi.available(project).items():
        # A slug can name another territory before the merger.
        unit = places.unit_in(place, earlier) if earlier < year else None
        if unit is not None and unit.slug in slugs:
            found[earlier] = unit.slug
    return papi.evaluate(found[max(found)], max(found), project) if found else None


def _missing(
    place: Place,
    year: int,
    contents: tuple[Content, ...],
    now: PapiResult | None,
    last: PapiResult | None,
    simulated: bool,
) -> tuple[str, ...]:
    said = []
    if simulated:
        said.append("Số liệu mô phỏng không có điểm PAPI.")
    elif now is None:
        said.append(
            f"Chưa có điểm PAPI năm {year} của {place.name}. Khi có sổ tính chính thức, nạp bằng "
            "lệnh: chiso import papi TỆP.xlsm."
        )
    lacking = [c.criterion.name_vi for c in contents if c.parent is not None and c.score is None]
    if lacking and not simulated:
        said.append(
            f"Chưa có điểm của nội dung thành phần {'; '.join(lacking)}: số liệu đi kèm dự án chỉ "
            "có tám chỉ số nội dung, điểm nội dung thành phần cần nạp từ sổ tính chính thức."
        )
    if not any(c.documents or c.limits or c.measures or c.figures for c in contents):
        said.append(
            "Cơ quan chưa cung cấp văn bản, số liệu, hạn chế hay biện pháp gắn với từng nội dung "
            "được giao."
        )
    return tuple(said)
