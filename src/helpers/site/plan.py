"""Which pages the site has, and what each is made from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from helpers.project import Project
from helpers.site import addresses
from helpers.site.common_files import CommonFiles
from helpers.site.data_pages import data_page
from helpers.site.discovery import Discovery
from helpers.site.home import Card, HomePage, map_of
from helpers.site.inventory import Inventory, SiteReport
from helpers.site.listings import Group, ListPage
from helpers.site.methods import SIMULATED, Method, MethodPage, methods
from helpers.site.province_pages import ProvincePage, province_pages
from helpers.site.report_pages import ReportPage
from helpers.site.searching import SearchIndex, search_index
from helpers.site.settings import Release, SearchWords, Site, read_releases, read_search_words
from helpers.site.texts import accessibility_page, missing_page, releases_page

Crumbs = tuple[tuple[str, str | None], ...]


def plan_site(project: Project, site: Site, inventory: Inventory) -> tuple[list[Any], int]:
    """Return every page of the site, not yet made, and how many reports it shows.

    Parameters
    ----------
    project : Project
    site : Site
    inventory : Inventory
        The reports that the site is to show.

    Raises
    ------
    PublishError, DefinitionError
        If a text in ``params`` is not as expected.
    """
    known = methods(project, site)
    reports = [r for r in inventory.reports if not r.profile]
    there = {report.address for report in reports}
    releases = tuple(one for one in read_releases(project) if one.holds(there))
    provinces = province_pages(inventory, site)
    pages: list[Any] = [_report_page(r, inventory, site, releases, known) for r in reports]
    pages += provinces
    pages += [MethodPage(m, site, _national_years(m.key, inventory)) for m in known]
    pages += _index_pages(inventory, site, known)
    pages += [
        HomePage(
            site,
            tuple(map_of(system, inventory.places) for system in ("34", "63")),
            _cards(inventory, site, known),
            releases,
        ),
        _provinces_list(inventory, site, provinces),
        _methods_list(site, known),
        data_page(project, site, len(reports)),
        releases_page(site, releases),
        accessibility_page(site),
        missing_page(site),
        CommonFiles(),
    ]
    addresses_of = tuple(p.address for p in pages if p.address.endswith("/") or not p.address)
    listed = next(p for p in pages if p.address == addresses.PROVINCES)
    found = _search_index(inventory, known, provinces, listed, read_search_words(project))
    pages.append(Discovery(site, found, addresses_of, releases))
    return pages, len(reports)


def _report_page(
    report: SiteReport,
    inventory: Inventory,
    site: Site,
    releases: tuple[Release, ...],
    known: Sequence[Method],
) -> ReportPage:
    same = sorted(
        (r.year, r.address)
        for r in inventory.reports
        if (r.name, r.unit, r.office, r.system)
        == (report.name, report.unit, report.office, report.system)
    )
    years = tuple(same)
    method = next((m for m in known if m.key == report.index), None)
    others: list[tuple[str, str]] = []
    if report.national:
        crumbs: Crumbs = (
            ("Chỉ số", addresses.INDICES),
            (_short_name(report.index, known, site), addresses.index(report.index)),
            (str(report.year), None),
        )
        system = inventory.places.system_of_year(report.year)
        names = tuple(
            (unit.name, found.address if found else addresses.province(unit, inventory.places))
            for unit in inventory.places.units(system)
            for found in [_of_index(inventory, unit.slug, system, report)]
        )
    else:
        home = _province_address(report, inventory)
        crumbs = (
            ("Tỉnh, thành phố", addresses.PROVINCES),
            (report.unit_name, home),
            (f"{_short_name(report.index, known, site)} {report.year}", None),
        )
        names = ()
        others.append((f"Mọi chỉ số và năm của {report.unit_name}", home))
        country = next((r for r in inventory.national(report.index) if r.year == report.year), None)
        if country is not None:
            others.append((country.matter.title, country.address))
        others += [
            (r.matter.title, r.address)
            for r in inventory.of_unit(report.unit, report.system)
            if (r.year, r.office) == (report.year, report.office) and r.name != report.name
        ]
    if method is not None:
        others.append((f"Phương pháp {method.short_name}", addresses.method(method.key)))
    return ReportPage(
        report,
        site,
        crumbs,
        years,
        tuple(others),
        tuple(release for release in releases if release.concerns(report.address)),
        names,
    )


def _of_index(
    inventory: Inventory, slug: str, system: str, national: SiteReport
) -> SiteReport | None:
    return next(
        (
            r
            for r in inventory.of_unit(slug, system)
            if r.year == national.year and r.index == national.index and not r.office
        ),
        None,
    )


def _province_address(report: SiteReport, inventory: Inventory) -> str:
    if not report.system:
        return f"{addresses.PROVINCES}{report.unit}/"
    place = inventory.places.get(report.unit, "34" if report.system == "34" else "63")
    return addresses.province(place, inventory.places)


def _short_name(index: str, known: Sequence[Method], site: Site) -> str:
    named = site.names.get(index, index)
    return next((m.short_name for m in known if m.key == index), named)


def _national_years(index: str, inventory: Inventory) -> tuple[tuple[int, str], ...]:
    return tuple((r.year, r.address) for r in inventory.national(index))


def _index_pages(inventory: Inventory, site: Site, known: Sequence[Method]) -> list[ListPage]:
    """Return the list of all indices, and for each index its years."""
    pages, listed = [], []
    keys = dict.fromkeys([m.key for m in known] + list(inventory.indices))
    for key in keys:
        method = next((m for m in known if m.key == key), None)
        reports = [r for r in inventory.reports if r.index == key and not r.profile]
        if not reports:
            continue
        short, full = (
            _short_name(key, known, site),
            method.name if method else site.names.get(key, key),
        )
        sentence = method.sentence if method else ""
        address = addresses.index(key)
        listed.append((method.label if method else short, address, full))
        groups: list[Group] = []
        for year in sorted({r.year for r in reports}, reverse=True):
            of_year = [r for r in reports if r.year == year]
            country = tuple((r.matter.title, r.address, _note(r)) for r in of_year if r.national)
            groups.append(Group(f"Năm {year}", f"nam-{year}", country))
            own = tuple(
                (_label(r, of_year), r.address, _note(r)) for r in of_year if not r.national
            )
            if own:
                heading = f"Báo cáo của từng đơn vị, năm {year}"
                groups.append(Group(heading, f"don-vi-{year}", own, style="columns-list", level=3))
        crumbs = (("Chỉ số", addresses.INDICES), (short, None))
        pages.append(
            ListPage(
                address,
                site,
                full,
                sentence,
                addresses.INDICES,
                tuple(groups),
                crumbs,
                simulated=method is not None and method.simulated,
                description=f"{full}: kết quả và báo cáo theo năm. {sentence}".strip(),
            )
        )
    group = Group("Các chỉ số đã có báo cáo", "danh-sach", tuple(listed))
    lead = "Mỗi chỉ số có trang theo năm, phương pháp tính và báo cáo của từng đơn vị."
    pages.append(
        ListPage(
            addresses.INDICES,
            site,
            "Chỉ số",
            lead,
            addresses.INDICES,
            (group,),
            (("Chỉ số", None),),
        )
    )
    return pages


def _note(report: SiteReport) -> str:
    return SIMULATED.strip() if report.matter.simulated else ""


def _label(report: SiteReport, among: Sequence[SiteReport]) -> str:
    """Return the unit's name, or the title where a unit has several reports of the year."""
    several = sum(r.unit == report.unit and r.system == report.system for r in among) > 1
    return report.matter.title if several else report.unit_name


def _cards(inventory: Inventory, site: Site, known: Sequence[Method]) -> tuple[Card, ...]:
    cards = []
    for method in known:
        has_reports = any(r.index == method.key for r in inventory.reports)
        cards.append(
            Card(
                method.key,
                method.label,
                method.sentence or method.name,
                addresses.index(method.key) if has_reports else None,
                addresses.method(method.key),
                _national_years(method.key, inventory),
            )
        )
    return tuple(sorted(cards, key=lambda card: (card.target is None, card.key != "papi")))


def _provinces_list(
    inventory: Inventory, site: Site, provinces: Sequence[ProvincePage]
) -> ListPage:
    groups: list[Group] = []
    for system, name in (("34", "Từ ngày 01/7/2025"), ("63", "Trước ngày 01/7/2025")):
        units = map_of("34" if system == "34" else "63", inventory.places)
        groups.append(Group(f"{name}: {system} tỉnh, thành phố", f"he-{system}"))
        for region in units.regions:
            links = tuple((label, target, "") for label, target in region.places)
            key = f"vung-{system}-{len(groups)}"
            groups.append(Group(region.name, key, links, style="columns-list", level=3))
    own = {unit.address for unit in provinces}
    extra = own - {target for group in groups for _, target, _ in group.links}
    if extra:
        links = tuple((p.name, p.address, p.subtitle) for p in provinces if p.address in extra)
        groups.append(Group("Đơn vị khác", "khac", links))
    return ListPage(
        addresses.PROVINCES,
        site,
        "Tỉnh, thành phố",
        "34 đơn vị hành chính cấp tỉnh từ ngày 01/7/2025 và 63 đơn vị trước đó, theo vùng.",
        addresses.PROVINCES,
        tuple(groups),
        (("Tỉnh, thành phố", None),),
    )


def _methods_list(site: Site, known: Sequence[Method]) -> ListPage:
    links = tuple((m.label, addresses.method(m.key), m.name) for m in known)
    return ListPage(
        addresses.METHODS,
        site,
        "Phương pháp",
        "Cách tính, căn cứ pháp lý, các giai đoạn và những gì chưa được xác nhận của từng chỉ số.",
        addresses.METHODS,
        (Group("Các chỉ số", "danh-sach", links),),
        (("Phương pháp", None),),
    )


def _search_index(
    inventory: Inventory,
    known: Sequence[Method],
    provinces: Sequence[ProvincePage],
    listed: ListPage,
    words: SearchWords,
) -> SearchIndex:
    places = inventory.places
    registered = {
        addresses.province(unit, places) for s in ("34", "63") for unit in places.units(s)
    }
    pages = [
        ("Dữ liệu", addresses.DATA),
        ("Chỉ số", addresses.INDICES),
        ("Phương pháp", addresses.METHODS),
        ("Tỉnh, thành phố", addresses.PROVINCES),
        ("Phát hành và đính chính", addresses.RELEASES),
        ("Khả năng tiếp cận", addresses.ACCESSIBILITY),
    ]
    pages += [(g.name, f"{addresses.PROVINCES}#{g.id}") for g in listed.groups if g.level == 3]
    units = [(p.name, p.address) for p in provinces if p.address not in registered]
    return search_index(inventory, known, words, pages, units)
