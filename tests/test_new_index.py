"""docs/new-index.md, done: four files and no Python, and the index is in every place a reader looks.

The index is made up, so that every place must also say that its figures are not real.
"""

from __future__ import annotations

import csv
import json
from dataclasses import replace

import pytest
from batch_project import CHECKOUT, build
from score_tree_made import SHIPPED, definition, notebooks, rows
from site_made import broken_links, make_project, soup

from helpers.definitions.framework import profiled
from helpers.indices.scored.findings_country import document as of_country
from helpers.keys import module_of
from helpers.site import build_site
from helpers.site.searching import PIECES, SEARCH
from helpers.words.say import say

SIMULATED = "số liệu mô phỏng"
STRANGERS = ("PAPI", "PCI", "VCCI", "DTI", "SIPAS", "Số liệu chính thức", "không trọng số")
"""Names of other indices, and what may not be said of this one."""
SECTIONS = ("overview", "published", "changes", "method", "missing")
NATIONAL = ("overview", "regions", "changes", "results", "method")


def files(root):
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A checkout with four files more than the shipped one, its reports and its site."""
    project = make_project(tmp_path_factory.mktemp("new") / "checkout")
    before = files(project.root)
    definition(project)
    rows(project, (2024,))
    notebooks(project)
    assert sorted(files(project.root) - before) == [
        "data/published/vui/2024.csv",
        "notebooks/vui.ipynb",
        "notebooks/vui_national.ipynb",
        "params/indices/vui.yml",
    ]
    build(
        project,
        (("vui",), ("ha-noi", "an-giang"), 2024, ("html",)),
        (("vui_national",), (), 2024, ("html",)),
        (("province",), ("ha-noi",), 2024, ("html",)),
    )
    build_site(project)
    return project


@pytest.fixture(scope="module")
def given(project):
    with (project.published / "vui" / "2024.csv").open(encoding="utf-8", newline="") as stream:
        return {(row["unit"], row["code"]): row for row in csv.DictReader(stream)}


def report(project, unit, name):
    return soup(project.outputs / "reports" / "2024" / unit / f"{name}.html")


def text_of(page):
    return " ".join(page.get_text(" ", strip=True).split())


def printed(value):
    return f"{float(value):.2f}".replace(".", ",")


def test_its_report_gives_the_figures_of_the_file_and_its_own_name(project, given):
    page = report(project, "ha-noi", "vui")
    text = text_of(page)
    total = given["Hà Nội", "total"]
    assert f"{printed(total['value'])} điểm (tối đa 20 điểm)" in text
    assert f"thuộc nhóm {total['group']}." in text
    place = 1 + sum(
        float(row["value"]) > float(total["value"])
        for (_, code), row in given.items()
        if code == "total"
    )
    assert f"xếp thứ {place}/63 theo điểm công bố" in text
    for code, name, weight in (("a", "Tiếng cười", "75%"), ("b", "Bài hát", "25%")):
        (row,) = [tr for tr in page.find_all("tr") if tr.find(["td", "th"]).get_text() == name]
        cells = [cell.get_text() for cell in row.find_all(["td", "th"])]
        assert cells == [name, printed(given["Hà Nội", code]["value"]), "0 đến 10", weight]
    assert "bình quân có trọng số của hai thành phần, nhân 2" in text
    assert "Chỉ số vui vẻ thử nghiệm năm 2024 của thành phố Hà Nội" in text
    assert "data/published/vui/2024.csv, dòng " in text


def test_the_country_has_every_province(project, given):
    page = report(project, "ca-nuoc", "vui_national")
    text = text_of(page)
    assert "63/63 tỉnh, thành phố" in text
    (table,) = [t for t in page.find_all("table") if "Nhóm" in t.get_text()]
    shown = {
        cells[0].get_text(): (cells[2].get_text(), cells[3].get_text())
        for cells in (tr.find_all(["td", "th"]) for tr in table.find_all("tr")[1:])
    }
    assert len(shown) == 63
    for name in ("Hà Nội", "An Giang", "Cà Mau"):
        total = given[name, "total"]
        assert shown[name] == (printed(total["value"]), total["group"])


def test_nothing_of_another_index_is_said(project):
    for unit, name in (("ha-noi", "vui"), ("an-giang", "vui"), ("ca-nuoc", "vui_national")):
        text = text_of(report(project, unit, name))
        for stranger in STRANGERS:
            assert stranger not in text, (unit, stranger)


def test_the_page_of_a_province_shows_it_after_the_others(project, given):
    page = report(project, "ha-noi", "province")
    text = text_of(page)
    value = printed(given["Hà Nội", "total"]["value"])
    assert f"VUI năm 2024 đạt {value} điểm." in text
    assert [one.key for one in profiled(project)] == [
        *("papi", "par_index", "sipas", "dti"),
        *("pci", "vui"),
    ]
    rows_of = [tr.get_text(" ", strip=True) for tr in page.find_all("tr")]
    (row,) = [row for row in rows_of if row.startswith("VUI 2024")]
    assert SIMULATED in row
    (head,) = [row for row in rows_of if row.startswith("PAPI 2024 PAR INDEX")]
    assert head.endswith("PCI 2016 VUI 2024")


@pytest.mark.parametrize(
    ("unit", "name"),
    [("ha-noi", "vui"), ("ca-nuoc", "vui_national"), ("ha-noi", "province")],
)
def test_a_report_made_of_it_is_marked_as_simulated(project, unit, name):
    page = report(project, unit, name)
    assert "simulated" in page.body["class"]
    assert "Số liệu chính thức" not in text_of(page)


@pytest.mark.parametrize(
    "address",
    [
        "phuong-phap/vui",
        "chi-so/vui",
        "chi-so/vui/2024",
        "tinh/ha-noi/2024/vui",
        "tinh/ha-noi",
    ],
)
def test_a_page_of_the_site_is_marked_as_simulated(project, address):
    page = soup(project.outputs / "site" / address / "index.html")
    assert "simulated" in page.body["class"]
    assert "VUI" in page.get_text()


@pytest.mark.parametrize("address", ["", "chi-so", "phuong-phap", "du-lieu"])
def test_a_list_of_the_site_names_it_and_says_that_it_is_simulated(project, address):
    page = soup(project.outputs / "site" / address / "index.html")
    named = [node.parent for node in page.find_all(string=lambda text: text and "VUI" in text)]
    assert named
    entries = [tag.find_parent(["li", "tr", "article", "section"]) or tag for tag in named]
    assert any(SIMULATED in entry.get_text() for entry in entries)


def test_the_method_page_tells_tree_weights_and_owner(project):
    text = text_of(soup(project.outputs / "site" / "phuong-phap" / "vui" / "index.html"))
    for told in ("Nhóm thử nghiệm", "Tiếng cười", "Bài hát", "Điểm tổng hợp VUI", "0–20"):
        assert told in text
    assert "VCCI" not in text


def test_its_table_can_be_downloaded_as_it_was_given(project, given):
    with (project.outputs / "site" / "du-lieu" / "vui.csv").open(
        encoding="utf-8-sig", newline=""
    ) as stream:
        offered = list(csv.DictReader(stream))
    assert len(offered) == len(given) == 63 * 3
    assert {row["status"] for row in offered} == {"simulated"}
    assert {row["publisher"] for row in offered} == {"Nhóm thử nghiệm"}
    described = json.loads(
        (project.outputs / "site" / "du-lieu" / "vui.csv-metadata.json").read_text("utf-8")
    )
    assert "Nhóm thử nghiệm" in json.dumps(described, ensure_ascii=False)


def test_it_can_be_searched_for_and_every_hit_says_what_it_is(project):
    script = (project.outputs / "site" / SEARCH).read_text("utf-8")
    entries = json.loads(script.removeprefix("window.chisoSearch=").removesuffix(";\n"))
    hits = [entry[1:4] for entry in entries if "VUI" in " ".join([entry[1], *entry[4]]).split()]
    pieces = list((project.outputs / "site" / PIECES).glob("*.js"))
    rows = [json.loads(p.read_text("utf-8").partition("]=")[2].rstrip(";\n")) for p in pieces]
    hits += [row[:3] for of_unit in rows for row in of_unit if row[3] == "vui"]
    assert {address.split("/")[0] for _, _, address in hits} == {"chi-so", "phuong-phap", "tinh"}
    for label, note, _ in hits:
        assert SIMULATED in f"{label} {note}"


def test_no_link_of_the_site_leads_nowhere(project):
    assert broken_links(project.outputs / "site") == []


def test_both_languages_say_it(project):
    result = module_of("vui").evaluate("ha-noi", 2024, project)
    country = module_of("vui").national(2024, project)
    for document, sections in ((result.document(), SECTIONS), (of_country(country), NATIONAL)):
        for language in ("vi", "en"):
            told = replace(document, language=language)
            texts = {name: str(say(told, name)) for name in sections}
            assert texts["overview"]
            assert any("VUI" in text for text in texts.values())
            assert "PCI" not in "".join(texts.values())


def test_the_recipe_names_these_four_files():
    recipe = (CHECKOUT / "docs" / "new-index.md").read_text("utf-8")
    for told in (
        "params/indices/<key>.yml",
        "data/published/<key>/<year>.csv",
        "notebooks/<key>.ipynb",
        "notebooks/<key>_national.ipynb",
    ):
        assert told in recipe
    assert (SHIPPED / "notebooks" / "pci.ipynb").is_file()
