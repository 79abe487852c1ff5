"""The page that lists all reports."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat
import pytest
from publishing_notebooks import HOSTILE, front_matter, project_in

from helpers.project import Project
from helpers.publishing import write_index
from helpers.publishing.index import list_reports

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
UNITS = {
    "ha-noi": "Hà Nội",
    "dak-lak": "Đắk Lắk",
    "an-giang": "An Giang",
    "can-tho": "Cần Thơ",
    "cao-bang": "Cao Bằng",
    "ca-nuoc": "Cả nước",
}


def add(project: Project, year: str, unit: str, name: str, *kinds: str, **changes: object) -> None:
    path = project.outputs / "reports" / year / unit / "papi.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    values = {"title": f"PAPI {year}: {name}", "categories": ["PAPI", year, name], **changes}
    nbformat.write(nbformat.v4.new_notebook(cells=[front_matter(**values)]), path)
    for kind in kinds:
        path.with_suffix(f".{kind}").write_text("x", "utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = project_in(tmp_path)
    for unit, name in UNITS.items():
        add(project, "2024", unit, name, "html", "pdf")
    add(project, "2023", "ha-noi", "Hà Nội", "docx", status="simulated")
    return project


def test_newest_year_first_then_the_country_then_vietnamese_order(project: Project) -> None:
    listed = [(entry.year, entry.name) for entry in list_reports(project)]
    assert listed == [
        ("2024", "Cả nước"),
        ("2024", "An Giang"),
        ("2024", "Cao Bằng"),
        ("2024", "Cần Thơ"),
        ("2024", "Đắk Lắk"),
        ("2024", "Hà Nội"),
        ("2023", "Hà Nội"),
    ]


def test_links_are_relative_and_lead_to_files_that_exist(project: Project) -> None:
    page = write_index(project)
    assert page == project.outputs / "index.html"
    links = re.findall(r'<a href="([^"#]+)"', page.read_text("utf-8"))
    assert "reports/2024/dak-lak/papi.pdf" in links
    assert "reports/2024/dak-lak/papi.docx" not in links
    assert "reports/2023/ha-noi/papi.docx" in links
    assert all((project.outputs / link).is_file() for link in links)


def test_failed_notebooks_are_not_listed(project: Project) -> None:
    add(project, "2024", "hue", "Huế")
    good = project.outputs / "reports" / "2024" / "hue" / "papi.ipynb"
    good.rename(good.with_name("papi.failed.ipynb"))
    assert "Huế" not in write_index(project).read_text("utf-8")


def test_simulated_reports_are_marked_and_titles_are_text(project: Project) -> None:
    add(project, "2022", "hue", "Huế", title=HOSTILE)
    html = write_index(project).read_text("utf-8")
    assert html.count('class="tag">Số liệu mô phỏng') == 1
    assert HOSTILE not in html
    assert "&lt;script&gt;" in html


def test_an_empty_project_says_what_to_do(tmp_path: Path) -> None:
    html = write_index(project_in(tmp_path)).read_text("utf-8")
    assert "chiso run" in html
    assert "<input" not in html


@pytest.mark.browser
def test_the_filter_folds_accents(project: Project, browser) -> None:
    page = write_index(project)
    tab = browser.new_page(viewport={"width": 320, "height": 700})
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.goto(page.as_uri())
    shown = "[...document.querySelectorAll('[data-text]')].filter((e) => e.offsetParent).length"
    assert tab.evaluate(shown) == 7
    for typed, count in {"dak lak": 1, "ĐẮK": 1, "2023": 1, "papi ha noi": 2, "zz": 0}.items():
        tab.fill("#tim", typed)
        assert tab.evaluate(shown) == count, typed
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    assert complaints == []
    tab.close()
