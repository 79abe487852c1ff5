"""The website project at the root of the checkout."""

from __future__ import annotations

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
    assert project["output-dir"] == "outputs/site"
    assert "outputs/reports/*/*/*.ipynb" in project["render"]
    assert "!outputs/reports/*/*/*.failed.ipynb" in project["render"]
    assert not any("notebooks" in pattern for pattern in project["render"])


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


def test_pages_fetch_nothing_from_the_network(settings):
    html = settings["format"]["html"]
    assert html["html-math-method"] == "mathml"
    assert html["theme"][0] == "default"
    scss = (ROOT / html["theme"][1]).read_text(encoding="utf-8")
    assert "http" not in scss
    assert "@import" not in scss


def test_list_of_reports_leaves_failed_ones_out():
    text = (ROOT / "index.qmd").read_text(encoding="utf-8")
    front = yaml.safe_load(text.split("---")[1])
    assert front["listing"]["contents"] == [
        "outputs/reports/*/*/*.ipynb",
        "!outputs/reports/*/*/*.failed.ipynb",
    ]
