"""The page of a province or city: its reports, its profile, and what became of it on 1 July 2025."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from helpers.places import Place, Register
from helpers.project import Project
from helpers.site import addresses
from helpers.site.datasets import dataset
from helpers.site.frame import render
from helpers.site.inventory import Inventory, SiteReport
from helpers.site.report_pages import FORMATS, Links, report_files
from helpers.site.settings import Site
from helpers.site.taken_apart import Body, take_apart
from helpers.words.text import upper_first

_HEADING = re.compile(r'<h2 id="([^"]+)"[^>]*>(.*?)</h2>', re.DOTALL)
_TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Notice:
    """A sentence that ends in links to the pages of other units."""

    text: str
    links: Links


@dataclass(frozen=True)
class Listed:
    """A report in the list of a province."""

    title: str
    year: int
    target: str
    simulated: bool
    files: Links


@dataclass(frozen=True)
class ProvincePage:
    """Everything that the page of a unit is made from.

    Parameters
    ----------
    address : str
    site : Site
    name, subtitle : str
        Name with type; what the page is about.
    details : tuple of str
        Region, code and the like.
    notices : tuple of Notice
        What the unit was formed from, or which unit it belongs to now.
    reports : tuple of Listed
    profile : SiteReport or None
        The executed profile, if one was made.
    simulated : bool
    window : str
        Title of the window where a unit of today bears the same name.
    """

    address: str
    site: Site
    name: str
    subtitle: str
    details: tuple[str, ...]
    notices: tuple[Notice, ...]
    reports: tuple[Listed, ...]
    profile: SiteReport | None
    simulated: bool = False
    window: str = ""

    def files(self, project: Project) -> dict[str, bytes]:
        """Return the page, and the pictures and downloads of its profile."""
        body, made = None, {}
        if self.profile is not None:
            body = take_apart(self.profile, project)
            made = report_files(self.profile, self.site, self.address, body)
        made[f"{self.address}index.html"] = self._page(body, sorted(made))
        return made

    def _page(self, body: Body | None, files: list[str]) -> bytes:
        lead = self.profile.matter.description if self.profile else ""
        downloads = [
            (label, file)
            for kind, label in FORMATS.items()
            for file in files
            if file.rpartition(".")[2] == kind
            and not (body and file.rpartition("/")[2] in body.figures)
        ]
        text = "" if body is None else body.main
        # What stands before the first heading, the key figures, leads the page.
        first, heading, rest = text.partition("<h2")
        years = _years(body)
        return render(
            "province.html.j2",
            self.site,
            self.address,
            self.name,
            section=addresses.PROVINCES,
            window=self.window,
            description=lead or f"{self.name}: {self.subtitle}.",
            simulated=self.simulated,
            dataset=None
            if self.simulated or not years
            else dataset(
                self.site,
                self.address,
                f"Chỉ số quản trị của {self.name}",
                lead,
                [file for _, file in downloads],
                years=f"{years[0]}/{years[-1]}",
                place=self.name,
            ),
            crumbs=(("Tỉnh, thành phố", addresses.PROVINCES), (self.name, None)),
            subtitle=self.subtitle,
            details=self.details,
            lead=lead,
            notices=self.notices,
            downloads=downloads,
            contents=[(_TAGS.sub("", label), key) for key, label in _HEADING.findall(text)],
            reports=self.reports,
            without_reports=_no_reports(self.notices),
            key=Markup(first),  # noqa: S704 – made by pandoc from escaped text
            body=Markup(heading + rest),  # noqa: S704
        )


def province_pages(inventory: Inventory, site: Site) -> list[ProvincePage]:
    """Return a page for every unit of both systems, and for units that only their reports know."""
    places = inventory.places
    pages = [
        _page(place, inventory, site)
        for place in (*places.units("34"), *places.units("63"))
        if addresses.own_page(place, places)
    ]
    return pages + _unregistered(inventory, site)


def _page(place: Place, inventory: Inventory, site: Site) -> ProvincePage:
    places = inventory.places
    reports = inventory.of_unit(place.slug, place.system)
    profile = inventory.profile(place.slug, place.system)
    details = [f"Vùng {place.region}", f"Mã thống kê {place.gso_code}"]
    if place.system == "34":
        notices, older = _formed_from(place, places)
        subtitle = f"Chỉ số quản trị cấp tỉnh, đơn vị hành chính {places.system('34').span()}"
        if older is not None:
            # The same territory under both systems has one page.
            reports = (*reports, *inventory.of_unit(older.slug, "63"))
            profile = profile or inventory.profile(older.slug, "63")
    else:
        notices = (_belongs_to(place, places),)
        subtitle = f"Chỉ số quản trị cấp tỉnh, đơn vị hành chính {places.system('63').span()}"
    year = 2025 if place.system == "34" else 2024
    name = place.full_name(year)
    return ProvincePage(
        address=addresses.province(place, places),
        site=site,
        name=upper_first(name),
        subtitle=subtitle,
        details=tuple(details),
        notices=notices,
        reports=tuple(_listed(report) for report in reports),
        profile=profile,
        simulated=profile is not None and profile.matter.simulated,
        window=f"{upper_first(name)} trước ngày 01/7/2025" if _namesake(place, places) else "",
    )


def _namesake(place: Place, places: Register) -> bool:
    """Whether another unit, of today, stands at the plain address of this one."""
    return addresses.province(place, places) != f"{addresses.PROVINCES}{place.slug}/"


def _formed_from(place: Place, places: Register) -> tuple[tuple[Notice, ...], Place | None]:
    """Return what a unit of the 34 was formed from, and the former unit if it is the same territory."""
    old = places.predecessors_of(place)
    if not place.is_merged:
        (same,) = old
        if same.slug == place.slug:
            return (), same
        link = ((same.name, addresses.province(same, places)),)
        return (Notice("Giữ nguyên địa giới; số liệu đến năm 2024 ghi theo tên cũ:", link),), None
    links = tuple((unit.full_name(2024), addresses.province(unit, places)) for unit in old)
    return (
        Notice(
            f"{upper_first(places.merger(place))}; số liệu đến năm 2024 nằm ở trang của từng đơn vị "
            "cũ:",
            links,
        ),
    ), None


def _belongs_to(place: Place, places: Register) -> Notice:
    new = places.successor_of(place)
    link = ((new.full_name(2025), addresses.province(new, places)),)
    if new.is_merged:
        return Notice(f"{upper_first(places.merger(place))}; trang của đơn vị mới:", link)
    return Notice("Từ ngày 01/7/2025 giữ nguyên địa giới, mang tên", link)


def _listed(report: SiteReport) -> Listed:
    files = tuple(
        (FORMATS[kind], f"{report.address}{report.name}.{kind}")
        for kind in ("pdf", "docx")
        if report.path(kind) is not None
    )
    return Listed(report.matter.title, report.year, report.address, report.matter.simulated, files)


def _years(body: Body | None) -> list[int]:
    """Return the years that the profile has results of, as its tables name them."""
    found = set()
    for table in () if body is None else body.tables:
        if "Năm" in table.header:
            column = table.header.index("Năm")
            found |= {int(row[column].text) for row in table.rows}
    return sorted(found)


def _no_reports(notices: tuple[Notice, ...]) -> str:
    if notices:
        return "Chưa có báo cáo riêng của đơn vị này; xem trang của các đơn vị nêu trên."
    return "Chưa có báo cáo nào của đơn vị này."


def _unregistered(inventory: Inventory, site: Site) -> list[ProvincePage]:
    """Return pages of units that no register has, such as the made-up province for training."""
    slugs = dict.fromkeys(
        (r.unit, r.unit_name) for r in inventory.reports if not r.system and not r.national
    )
    pages = []
    for slug, name in slugs:
        reports = inventory.of_unit(slug, "")
        simulated = any(report.matter.simulated for report in reports)
        pages.append(
            ProvincePage(
                address=f"{addresses.PROVINCES}{slug}/",
                site=site,
                name=name,
                subtitle="Đơn vị không có trong danh mục hành chính; dùng để thử và học cách làm",
                details=("Số liệu mô phỏng",) if simulated else (),
                notices=(),
                reports=tuple(_listed(report) for report in reports),
                profile=inventory.profile(slug, ""),
                simulated=simulated,
            )
        )
    return pages
