"""The website project at the root of the checkout."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def settings() -> dict:
    return yaml.safe_load((ROOT / "_quarto.yml").read_text(encoding="utf-8"))


def test_it_is_a_website_in_outputs_with_its_pages_named(settings):
    project = settings["project"]
    assert project["type"] == "website"
    assert project["render"] == [
        "index.qmd",
        "outputs/quarto/reports/*/*/*.ipynb",
        "outputs/quarto/reports/*/*/*/*.ipynb",
    ]
    assert not any("notebooks" in pattern for pattern in project["render"])


def test_quarto_works_in_places_of_its_own(settings):
    project = settings["project"]
    own = "outputs/quarto/"
    # Quarto moves what lies beside a page, and chiso publishes into outputs/site.
    assert project["output-dir"].startswith(own)
    assert all(page.startswith(own) for page in project["render"] if "*" in page)
    assert not any(page.startswith(project["output-dir"]) for page in project["render"])
    assert (ROOT / project["pre-render"]).is_file()


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def bring_pages():
    spec = importlib.util.spec_from_file_location("pages", ROOT / "quarto" / "pages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.bring_pages


def test_pages_are_copies_of_whole_reports(tmp_path):
    reports, pages = tmp_path / "reports", tmp_path / "pages"
    folder = reports / "2024" / "quang-nam"
    for name in ("papi.ipynb", "sipas.failed.ipynb", "papi.da-sua.ipynb", "papi.html"):
        put(folder / name, name)
    put(pages / "2023" / "hue" / "papi.ipynb", "gone")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert bring_pages()(reports, pages) == 1
    copies = [path.relative_to(pages).as_posix() for path in pages.rglob("*.ipynb")]
    assert copies == ["2024/quang-nam/papi.ipynb"]
    assert (pages / copies[0]).read_text() == "papi.ipynb"
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_pages_named_in_the_checkout_exist(settings):
    pages = [entry for entry in settings["project"]["render"] if "*" not in entry]
    assert pages
    for page in [*pages, settings["language"], settings["format"]["html"]["theme"][1]]:
        assert (ROOT / page).is_file(), page


def test_it_speaks_vietnamese(settings):
    assert settings["lang"] == "vi"
    assert settings["language"] == "_language-vi.yml"


def test_nothing_is_executed_and_nothing_frozen(settings):
    assert settings["execute"]["enabled"] is False
    assert "freeze" not in settings["execute"]


def test_all_formats_are_offered_and_no_sidebar_lists_every_page(settings):
    assert set(settings["format"]) == {"html", "typst", "docx"}
    assert settings["website"]["sidebar"] is False


def test_links_to_other_formats_name_what_readers_know(settings):
    links = settings["format-links"]
    named = {link["format"]: link["text"] for link in links if isinstance(link, dict)}
    assert named == {"typst": "PDF"}
    # Where none is a plain name, Quarto lists every format a second time.
    assert [link for link in links if isinstance(link, str)] == ["docx"]


def test_pages_fetch_nothing_from_the_network(settings):
    html = settings["format"]["html"]
    assert html["html-math-method"] == "mathml"
    assert html["theme"][0] == "default"
    scss = (ROOT / html["theme"][1]).read_text(encoding="utf-8")
    assert "http" not in scss
    assert "@import" not in scss


def test_list_of_reports_is_of_the_pages():
    text = (ROOT / "index.qmd").read_text(encoding="utf-8")
    front = yaml.safe_load(text.split("---")[1])
    assert front["listing"]["contents"] == [
        "outputs/quarto/reports/*/*/*.ipynb",
    ]
