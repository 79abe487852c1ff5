"""A small website for the tests of the site, made from a few reports that were really run."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

from batch_project import CHECKOUT, Choice, build
from bs4 import BeautifulSoup

from helpers.project import Project
from helpers.site import build_site

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
REPORTS: tuple[Choice, ...] = (
    (("papi",), ("quang-nam",), 2020, ("html",)),
    (("papi",), ("quang-nam", "ha-noi"), 2024, ()),
    (("province",), ("quang-nam",), 2024, ("html",)),
    (("province",), ("da-nang",), 2025, ("html",)),
    (("papi_national",), (), 2024, ("html",)),
)
KINDS = {
    "home": "index.html",
    "report": "tinh/quang-nam/2024/papi/index.html",
    "national": "chi-so/papi/2024/index.html",
    "province of today": "tinh/da-nang/index.html",
    "province before": "tinh/quang-nam/index.html",
    "provinces": "tinh/index.html",
    "index": "chi-so/papi/index.html",
    "indices": "chi-so/index.html",
    "method": "phuong-phap/papi/index.html",
    "method of an office's index": "phuong-phap/sipas/index.html",
    "methods": "phuong-phap/index.html",
    "data": "du-lieu/index.html",
    "releases": "phat-hanh/index.html",
    "accessibility": "tro-nang/index.html",
    "missing": "404.html",
}


def make_project(folder: Path) -> Project:
    """Build a checkout in a folder, without reports."""
    for name in ("params", "notebooks", "data/published"):
        shutil.copytree(CHECKOUT / name, folder / name)
    shutil.copy(CHECKOUT / "_language-vi.yml", folder)
    return Project(folder)


def make_site(folder: Path) -> Project:
    """Build a checkout with reports and the site made from them."""
    project = make_project(folder)
    build(project, *REPORTS)
    build_site(project)
    return project


def pages(site: Path) -> list[Path]:
    """Return all pages of a site."""
    return sorted(site.rglob("*.html"))


def soup(path: Path) -> BeautifulSoup:
    """Read a page."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")


def broken_links(site: Path) -> list[str]:
    """Return every link, picture, script and style of a site that leads nowhere."""
    found = []
    identifiers: dict[Path, set[str]] = {}
    for page in pages(site):
        if page.name == "404.html":
            continue  # stands at any address, so its links begin at the root
        parsed = soup(page)
        targets = [
            tag.get(name) for name in ("href", "src") for tag in parsed.find_all(attrs={name: True})
        ]
        for target in targets:
            parts = urlsplit(target)
            if parts.scheme:
                continue
            path = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            if not path.is_file():
                found.append(f"{page.relative_to(site)} → {target}")
            elif parts.fragment and path.suffix == ".html":
                if path not in identifiers:
                    text = path.read_text(encoding="utf-8")
                    identifiers[path] = set(re.findall(r'\sid="([^"]+)"', text))
                if unquote(parts.fragment) not in identifiers[path]:
                    found.append(f"{page.relative_to(site)} → {target} (no such place)")
    return found
