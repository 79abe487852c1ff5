"""The same site as an ordinary Quarto website: its notebooks, its other pages, its listings.

Reports are notebooks that Quarto renders; every other page carries the same HTML as the pandoc engine
makes, in a raw block. Addresses are the same, so that a site can change its engine.
"""

from __future__ import annotations

import posixpath
import re
import shutil
import subprocess
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import yaml
from lxml import html as lxml_html

from helpers.display.theme import chart_css
from helpers.project import Project
from helpers.publishing import PublishError
from helpers.publishing.files import ASSETS as REPORT_ASSETS
from helpers.publishing.files import write_atomically
from helpers.publishing.front_matter import read_notebook
from helpers.publishing.quarto import quarto_environment, told_by_quarto
from helpers.publishing.quarto_folder import CROSSREF, LANGUAGE_FILE
from helpers.publishing.quarto_notebook import read_report, write_notebook
from helpers.site import addresses
from helpers.site.frame import ROOM, SECTIONS, environment
from helpers.site.inventory import take_stock
from helpers.site.keeping import files_of, of_years, refuse_losses, reports_in, reports_on
from helpers.site.plan import plan_site
from helpers.site.report_pages import ReportPage
from helpers.site.settings import Site, read_site

FOLDER = "quarto-site"
STYLES = f"{addresses.COMMON}thanh-phan.css"
_SCRIPT = f"{addresses.COMMON}trang.js"
_COPIED = (
    ".xlsx",
    ".csv",
    ".json",
    ".pdf",
    ".docx",
    ".ipynb",
    ".xml",
    ".txt",
    ".js",
    ".css",
    ".svg",
)
_VARIABLES = re.compile(r":root \{.*?\n\}", re.DOTALL)
_OWN_PARTS = "/* Search ---"
_SECONDS = 3600


@dataclass(frozen=True)
class QuartoSite:
    """What was written.

    Parameters
    ----------
    folder : Path
        The Quarto project.
    output : Path
        Where Quarto puts the site.
    reports, pages : int
    rendered : bool
        Whether Quarto was there and has rendered it.
    """

    folder: Path
    output: Path
    reports: int
    pages: int
    rendered: bool

    def told(self, project: Project) -> str:
        """Say what was made and what is to be done, in Vietnamese."""
        where = project.relative(self.folder)
        made = (
            f"Đã viết website Quarto vào {where}: {self.reports} báo cáo, {self.pages} trang khác."
        )
        if self.rendered:
            return f"{made} Quarto đã lập trang vào {project.relative(self.output)}."
        return f"{made} Máy này chưa có Quarto; trên máy có Quarto hãy chạy: quarto render {where}"


def write_quarto_site(
    project: Project,
    *,
    years: Sequence[int] = (),
    address: str = "",
    folder: Path | None = None,
    render: bool = True,
    remove: bool = False,
) -> QuartoSite:
    """Write the Quarto project, and render it where Quarto is installed.

    Parameters
    ----------
    project : Project
    years : sequence of int
        Only reports of these years and those that the site has; all if empty.
    address : str
        Where the site will stand, instead of what ``params/site/site.yml`` says.
    folder : Path, optional
        Where the rendered site goes; ``outputs/site`` by default.
    render : bool
        Whether to call Quarto if it is there.
    remove : bool
        Whether reports that the site has and the outputs have no longer may leave the site.

    Returns
    -------
    QuartoSite

    Raises
    ------
    PublishError
        If a notebook cannot be read, Quarto fails, or reports would leave the site.
    """
    site = read_site(project, address)
    target = project.outputs / FOLDER
    output = (folder or project.outputs / "site").resolve()
    standing = {
        name
        for name in reports_in(files_of(target) | files_of(output))
        if not name.endswith("/index.ipynb")
    }
    stock = take_stock(project)
    pages, reports = plan_site(project, site, of_years(stock, years, standing))
    if not remove:
        refuse_losses(standing - reports_on(pages), project.relative(output), stock)
    shutil.rmtree(target, ignore_errors=True)
    others = 0
    notebooks = {page.address for page in pages if isinstance(page, ReportPage)}
    for page in pages:
        made: dict[str, bytes] = page.files(project)
        if isinstance(page, ReportPage):
            _write_report(page, made, target)
            continue
        for name, content in made.items():
            if name.endswith(".html"):
                _write_page(name, content, target, site, notebooks)
                others += 1
            elif name.endswith((*_COPIED, ".svg", ".png", ".woff2")):
                write_atomically(target / name, content)
    write_atomically(target / STYLES, _styles().encode())
    _write_settings(target, output, project, site)
    quarto = shutil.which("quarto") if render else None
    if quarto is not None:
        _render(quarto, target)
    return QuartoSite(target, output, reports, others, quarto is not None)


def _write_report(page: ReportPage, made: dict[str, bytes], target: Path) -> None:
    """Write a report as a notebook called ``index``, with its downloads beside it."""
    source = page.report.path("ipynb")
    if source is None:
        raise PublishError(f"Không thấy sổ tay đã chạy của báo cáo {page.address}.")
    report = read_report(read_notebook(source), source.name)
    extra: dict[str, Any] = {
        "description": page.report.matter.description,
        "categories": list(page.report.matter.categories),
        "chiso-year": page.report.year,
    }
    options = {"html": {"toc": True, "toc-depth": 3, "shift-heading-level-by": 1}}
    notebook = write_notebook(report, options, "image/svg+xml", extra)
    downloads = [
        name for name in sorted(made) if name.endswith((".pdf", ".docx", ".xlsx", ".csv", ".ipynb"))
    ]
    links = " · ".join(
        f"[{name.rpartition('.')[2].upper()}]({name.rpartition('/')[2]})" for name in downloads
    )
    notebook.cells.append(nbformat.v4.new_markdown_cell(f"Tải về: {links}", id="tai-ve"))
    path = target / page.address / "index.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    for name in (*downloads, *(n for n in made if n.endswith("metadata.json"))):
        write_atomically(target / name, made[name])


def _write_page(
    name: str, content: bytes, target: Path, site: Site, notebooks: Collection[str]
) -> None:
    """Write a page as a raw block below its front matter; Quarto puts its frame around it."""
    address = name.removesuffix("index.html")
    tree = lxml_html.document_fromstring(content)
    body = tree.find(".//main")
    heads = [
        *tree.iterfind(".//section[@class='masthead']//p"),
        *tree.iterfind(".//ul[@class='details']"),
    ]
    kept = [lxml_html.tostring(part, encoding="unicode", with_tail=False) for part in heads]
    title = tree.findtext(".//h1") or site.name
    # The frame has a <main> of its own, and prints the title.
    body.tag = "div"
    for heading in list(body.iter("h1")):
        heading.drop_tree()
    kept.append(lxml_html.tostring(body, encoding="unicode", with_tail=False))
    depth = addresses.root_of(address if name.endswith("index.html") else "")
    search = environment().get_template("search.html.j2").render()
    tools = f'<div data-root="{depth}">{search}</div><script src="{depth}{_SCRIPT}" defer></script>'
    description = tree.find(".//meta[@name='description']")
    matter = {
        "title": title,
        # Not "description", which Quarto prints below the title: the page says itself what it has to.
        "description-meta": "" if description is None else description.get("content", ""),
        "toc": False,
        "css": f"{depth}{STYLES}",
        "page-layout": "full",
    }
    if address.startswith(addresses.INDICES) and address.count("/") == 2:
        targets = (posixpath.normpath(f"{address}{to}") for to in body.xpath(".//a/@href"))
        linked = (where.removesuffix("index.html") for where in targets)
        found = [one for one in dict.fromkeys(linked) if one in notebooks]
        matter |= {"listing": _listing(address, found)} if found else {}
    head = yaml.safe_dump(matter, allow_unicode=True, sort_keys=False, width=10_000)
    # The home page has its search field in its middle; the script is needed there all the same.
    first = tools if "home" not in (body.get("class") or "") else tools.replace(search, "")
    raw = "\n".join([first, *kept])
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`+", raw) or [""]))
    text = f"---\n{head}---\n\n{fence}{{=html}}\n{raw}\n{fence}\n"
    write_atomically(target / name.replace(".html", ".qmd"), text.encode())


def _listing(address: str, reports: Sequence[str]) -> dict[str, Any]:
    """Return the listing of an index's reports: a table that can be filtered, never a sidebar."""
    return {
        "contents": [f"{posixpath.relpath(one, address)}/index.ipynb" for one in reports],
        "type": "table",
        "fields": ["title", "categories"],
        "filter-ui": True,
        "sort-ui": True,
        "page-size": 70,
        "field-display-names": {"title": "Báo cáo", "categories": "Phạm vi"},
    }


def _write_settings(target: Path, output: Path, project: Project, site: Site) -> None:
    language = project.root / LANGUAGE_FILE
    if not language.is_file():
        raise PublishError(f"Thiếu tệp {LANGUAGE_FILE} ở thư mục gốc của dự án.")
    shutil.copy(language, target / LANGUAGE_FILE)
    settings = {
        "project": {
            "type": "website",
            "output-dir": str(output)
            if not output.is_relative_to(project.outputs.resolve())
            else f"../{output.relative_to(project.outputs.resolve()).as_posix()}",
            # Named: the notebooks that can be downloaded are files, not pages.
            "render": ["*.qmd", "**/index.qmd", "**/index.ipynb"],
            "resources": [f"**/*{ending}" for ending in (*_COPIED, ".woff2")],
        },
        "lang": "vi",
        "language": LANGUAGE_FILE,
        "execute": {"enabled": False, "echo": False, "warning": False},
        "website": {
            "title": site.name,
            "description": " ".join(site.sentence.split()),
            "site-url": site.address,
            "search": True,
            # With a link to every page the time to render grows with the square of their number.
            "sidebar": False,
            "page-navigation": False,
            "bread-crumbs": True,
            "navbar": {
                "left": [{"text": label, "href": f"{where}index.qmd"} for label, where in SECTIONS]
            },
            "page-footer": {"left": site.licence.text},
        },
        "crossref": dict(CROSSREF),
        "tbl-colwidths": False,
        "format": {
            "html": {
                "theme": ["default", *(["site.scss"] if _bring_theme(target, project) else [])],
                "html-math-method": "mathml",
                "code-tools": False,
            }
        },
    }
    text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False, width=10_000)
    write_atomically(target / "_quarto.yml", text.encode())


def _bring_theme(target: Path, project: Project) -> bool:
    theme = project.root / "quarto" / "site.scss"
    if theme.is_file():
        shutil.copy(theme, target / "site.scss")
    return theme.is_file()


def _styles() -> str:
    """Return the look of maps, cards and search, without that of whole pages, which is Quarto's."""
    report = (REPORT_ASSETS / "report.css").read_text(encoding="utf-8")
    own = (ROOM / "assets" / "site.css").read_text(encoding="utf-8")
    found = _VARIABLES.search(report)
    if found is None or _OWN_PARTS not in own:
        raise PublishError("report.css hoặc site.css thiếu phần mà website Quarto cần.")
    unseen = own[own.index(".unseen {") : own.index(".small {")]
    return "\n".join([found[0], chart_css(), unseen, own[own.index(_OWN_PARTS) :]])


def _render(quarto: str, target: Path) -> None:
    try:
        done = subprocess.run(
            [quarto, "render", ".", "--no-execute"],
            cwd=target,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            env=quarto_environment(),
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PublishError(f"Không chạy được quarto: {error}") from error
    if done.returncode != 0:
        raise PublishError(f"Quarto báo lỗi:\n{told_by_quarto(done.stdout)}")
