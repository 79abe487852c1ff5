"""The page of a report: the executed notebook in the frame of the site, and its figures as files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from helpers import __version__
from helpers.project import Project
from helpers.site import addresses
from helpers.site.datasets import dataset
from helpers.site.downloads import chart_csvw, tables_csv, tables_csvw, tables_xlsx
from helpers.site.frame import render
from helpers.site.inventory import SiteReport
from helpers.site.settings import Release, Site
from helpers.site.taken_apart import Body, take_apart

FORMATS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "csv": "CSV", "ipynb": "Sổ tay (Jupyter)"}
Links = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ReportPage:
    """Everything that the page of a report is made from.

    Parameters
    ----------
    report : SiteReport
    site : Site
    crumbs : tuple of (str, str or None)
    years : tuple of (int, str)
        Years of the same report, oldest first, with their addresses.
    others : tuple of (str, str)
        Pages to read next.
    revisions : tuple of Release
        Corrections that concern this page.
    names : tuple of (str, str)
        Names of provinces and the addresses of their pages, for tables on the whole country.
    """

    report: SiteReport
    site: Site
    crumbs: tuple[tuple[str, str | None], ...]
    years: tuple[tuple[int, str], ...] = ()
    others: Links = ()
    revisions: tuple[Release, ...] = ()
    names: Links = ()

    @property
    def address(self) -> str:
        """Where the page stands."""
        return self.report.address

    def files(self, project: Project) -> dict[str, bytes]:
        """Return the page, its pictures and its downloads by their place in the site."""
        body = take_apart(self.report, project, self._links())
        made = report_files(self.report, self.site, self.address, body)
        made[f"{self.address}index.html"] = self._page(body, sorted(made))
        return made

    def _links(self) -> dict[str, str]:
        return {name: addresses.link(self.address, target) for name, target in self.names}

    def _page(self, body: Body, files: list[str]) -> bytes:
        report, matter = self.report, self.report.matter
        downloads = [
            (label, file)
            for kind, label in FORMATS.items()
            for file in files
            if file.rpartition(".")[2] == kind and file.rpartition("/")[2] not in body.figures
        ]
        return render(
            "report.html.j2",
            self.site,
            self.address,
            matter.title,
            section=addresses.INDICES if report.national else addresses.PROVINCES,
            description=matter.description or matter.subtitle,
            simulated=matter.simulated,
            dataset=None
            if matter.simulated
            else dataset(
                self.site,
                self.address,
                matter.title,
                matter.description,
                [file for _, file in downloads],
                years=str(report.year),
                place="Việt Nam" if report.national else report.unit_name,
                keywords=matter.categories,
            ),
            crumbs=self.crumbs,
            subtitle=matter.subtitle,
            details=matter.details,
            lead=matter.description,
            revisions=self.revisions,
            years=self.years,
            downloads=downloads,
            contents=Markup(body.contents),  # noqa: S704 – made by pandoc from escaped text
            body=Markup(body.main),  # noqa: S704
            citation=citation(report, self.site, self.address),
            revision=version_note(report, self.revisions),
            others=self.others,
        )


def report_files(report: SiteReport, site: Site, address: str, body: Body) -> dict[str, bytes]:
    """Return pictures and downloads of a report, by their place in the site."""
    made = {f"{address}{name}": content for name, content in body.figures.items()}
    for name, content in body.figures.items():
        if name.endswith(".csv"):
            told = f"{report.matter.title}: {name.removesuffix('.csv')}"
            made[f"{address}{name}-metadata.json"] = chart_csvw(
                name, told, content, **about(site, report.matter.citation)
            )
    for kind in ("pdf", "docx", "ipynb"):
        path = report.path(kind)
        if path is not None:
            # Beside a file that a person changed the own one has another name; here it has its usual.
            made[f"{address}{report.name}.{kind}"] = path.read_bytes()
    if body.tables:
        matter = report.matter
        stem = f"{report.name}-{report.whose.replace('/', '-')}-{report.year}"
        cover = [
            ("Nội dung", matter.subtitle or matter.title),
            ("Năm đánh giá", str(report.year)),
            ("Phạm vi", report.whom),
            ("Tình trạng số liệu", matter.details[-1] if matter.status else "Không ghi"),
            ("Trích dẫn", citation(report, site, address)),
            ("Phiên bản", version_note(report, ())),
            ("Giấy phép", site.licence.text),
        ]
        made[f"{address}{stem}.xlsx"] = tables_xlsx(matter.title, cover, body.tables)
        made[f"{address}{stem}.csv"] = tables_csv(
            body.tables, report.whom, report.whose, report.year
        )
        made[f"{address}{stem}.csv-metadata.json"] = tables_csvw(
            f"{stem}.csv", matter.title, **about(site, matter.citation)
        )
    return made


def about(site: Site, source: str) -> Mapping[str, object]:
    """Return what the description of every CSV file of the site says."""
    return {
        "dc:publisher": site.publisher,
        "dc:license": {"@id": site.licence.url},
        "dc:source": source,
    }


def citation(report: SiteReport, site: Site, address: str) -> str:
    """Return how to cite a page: the report's own words if it has some, and its address."""
    own = report.matter.citation.rstrip(". ") or f"{site.publisher}: {report.matter.title}"
    return f"{own}. {site.name}, {site.address}{address}"


def version_note(report: SiteReport, revisions: tuple[Release, ...]) -> str:
    """Say with which version a report was made, and whether it was corrected."""
    commit = f", mã nguồn {report.commit}" if report.commit else ""
    made = f"Báo cáo lập bằng chiso {__version__}{commit}."
    if not revisions:
        return f"{made} Chưa có đính chính nào."
    days = ", ".join(release.day for release in revisions)
    return f"{made} Đã điều chỉnh hoặc đính chính ngày {days}."
