"""The site as a Quarto project: the same addresses, listings and never a sidebar of all pages."""

from __future__ import annotations

import os
import shutil

import nbformat
import pytest
import yaml
from quarto_facts import LOG, notebook_faults, settings_faults
from site_made import make_project, pages

from helpers.publishing import PublishError
from helpers.site.quarto_site import write_quarto_site


@pytest.fixture(scope="module")
def written(site_project):
    return write_quarto_site(site_project, render=False)


def front_matter(path):
    text = path.read_text(encoding="utf-8")
    return yaml.safe_load(text.split("---\n")[1])


def test_both_engines_have_the_same_addresses(written, site_project):
    site = site_project.outputs / "site"
    quarto = {
        path.relative_to(written.folder).with_suffix("").as_posix()
        for pattern in ("*.qmd", "index.ipynb")
        for path in written.folder.rglob(pattern)
    }
    assert quarto == {page.relative_to(site).with_suffix("").as_posix() for page in pages(site)}


def test_both_engines_have_the_same_downloads(written, site_project):
    site = site_project.outputs / "site"
    for ending in (
        "*.xlsx",
        "*.csv",
        "*.pdf",
        "*.docx",
        "*-metadata.json",
        "sitemap.xml",
        "feed.xml",
    ):
        wanted = {path.relative_to(site) for path in site.rglob(ending)}
        assert {path.relative_to(written.folder) for path in written.folder.rglob(ending)} == wanted
        assert wanted, ending


def test_it_is_an_ordinary_website_project(written):
    settings = yaml.safe_load((written.folder / "_quarto.yml").read_text(encoding="utf-8"))
    assert settings["project"]["type"] == "website"
    assert settings["project"]["output-dir"] == "../site"
    assert settings["lang"] == "vi"
    assert (written.folder / settings["language"]).is_file()
    assert settings["execute"]["enabled"] is False
    assert settings["website"]["sidebar"] is False
    for item in settings["website"]["navbar"]["left"]:
        assert (written.folder / item["href"]).is_file()


def test_its_settings_are_what_quarto_takes(written):
    settings = yaml.safe_load((written.folder / "_quarto.yml").read_text(encoding="utf-8"))
    assert settings_faults(settings, written.folder) == []
    # "." is a path for Quarto, and would be made relative to each page.
    assert settings["crossref"]["title-delim"] == ". "


def test_pages_are_rendered_and_downloads_are_not(written):
    settings = yaml.safe_load((written.folder / "_quarto.yml").read_text(encoding="utf-8"))
    rendered = {
        path for pattern in settings["project"]["render"] for path in written.folder.glob(pattern)
    }
    sources = {path for kind in ("*.qmd", "*.ipynb") for path in written.folder.rglob(kind)}
    downloads = {path for path in sources if path.suffix == ".ipynb" and path.stem != "index"}
    assert downloads
    assert rendered == sources - downloads
    resources = {
        path
        for pattern in settings["project"]["resources"]
        for path in written.folder.glob(pattern)
    }
    assert downloads <= resources


def test_all_notebooks_are_fit_for_quarto(written):
    for path in written.folder.rglob("*.ipynb"):
        assert notebook_faults(path) == [], path


def test_a_page_has_its_title_and_lead_once(written):
    for path in written.folder.rglob("*.qmd"):
        assert front_matter(path)["title"]
        # Quarto prints it, also on the home page; a description it would print too.
        assert "<h1" not in path.read_text(encoding="utf-8"), path
        assert "description" not in front_matter(path), path
        assert front_matter(path)["description-meta"]


def test_reports_are_notebooks_that_say_what_they_are(written):
    notebook = nbformat.read(written.folder / "tinh/quang-nam/2024/papi/index.ipynb", as_version=4)
    nbformat.validate(notebook)
    matter = yaml.safe_load(notebook.cells[0].source.strip("-"))
    assert "Quảng Nam" in matter["title"]
    assert "Quảng Nam" in matter["categories"]
    assert "papi.pdf" in notebook.cells[-1].source
    assert not [
        cell for cell in notebook.cells if cell.cell_type == "code" and cell.outputs is None
    ]


def test_an_index_is_a_listing(written):
    listing = front_matter(written.folder / "chi-so/papi/index.qmd")["listing"]
    assert listing["type"] == "table"
    folder = written.folder / "chi-so/papi"
    listed = {(folder / name).resolve() for name in listing["contents"]}
    # Those of this index, and of no other: a page of a province is none.
    wanted = {*folder.glob("*/index.ipynb"), *written.folder.glob("tinh/*/*/papi/index.ipynb")}
    assert len(wanted) == 4
    assert listed == {path.resolve() for path in wanted}


def test_other_pages_carry_the_same_text(written, site_project):
    page = (written.folder / "tinh/da-nang/index.qmd").read_text(encoding="utf-8")
    assert front_matter(written.folder / "tinh/da-nang/index.qmd")["title"] == "Thành phố Đà Nẵng"
    assert "<main" not in page
    assert page.count("{=html}") == page.count("\n```\n")
    assert "hợp nhất, lấy tên là thành phố Đà Nẵng" in page
    home = (written.folder / "index.qmd").read_text(encoding="utf-8")
    assert home.count('class="search"') == 1
    assert 'class="tiles"' in home


def test_the_styles_stand_where_pages_look_for_them(written):
    for path in written.folder.rglob("*.qmd"):
        assert (path.parent / front_matter(path)["css"]).is_file(), path


def test_a_site_that_quarto_cannot_render_says_why(tmp_path, monkeypatch):
    program = tmp_path / "quarto"
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{LOG}END\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    project = make_project(tmp_path / "checkout")
    with pytest.raises(PublishError) as raised:
        write_quarto_site(project, folder=tmp_path / "site")
    assert str(raised.value).splitlines()[1:] == ["ERROR: Shortcode 'include' not found"]


@pytest.mark.slow
def test_quarto_renders_it(site_project, tmp_path):
    if shutil.which("quarto") is None:
        pytest.skip("Quarto is not installed")
    made = write_quarto_site(site_project, folder=tmp_path / "site")
    assert made.rendered
    assert (tmp_path / "site/tinh/quang-nam/2024/papi/index.html").is_file()
