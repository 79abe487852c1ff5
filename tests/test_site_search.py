"""What people type into the search field, and what must come first, asked of the script that ships."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from site_made import CHECKOUT

from helpers.inputs.published import published
from helpers.places import register
from helpers.project import Project
from helpers.publishing import PublishError
from helpers.publishing.front_matter import front_matter_from
from helpers.site import plan
from helpers.site.common_files import CommonFiles
from helpers.site.frame import ROOM
from helpers.site.inventory import Inventory, SiteReport
from helpers.site.listings import ListPage
from helpers.site.methods import methods
from helpers.site.province_pages import province_pages
from helpers.site.settings import read_search_words, read_site

HERE = Path(__file__).parent
QUERIES = yaml.safe_load((HERE / "data" / "search_queries.yml").read_text(encoding="utf-8"))
OFFICE = (("poverty", "Hộ nghèo, hộ cận nghèo"), ("procedures", "Giải quyết thủ tục hành chính"))


def report(name, unit, year, title, unit_name, places):
    system = "" if unit == "ca-nuoc" else places.system_of_year(year)
    matter = front_matter_from({"title": title, "date": str(year), "categories": []})
    return SiteReport(
        name,
        unit,
        "",
        "",
        year,
        name.removesuffix("_national"),
        unit_name,
        system,
        matter,
        HERE,
        (),
        "",
        "",
    )


@pytest.fixture(scope="module")
def inventory() -> Inventory:
    """Every page that a fresh clone can make of three indices, and two reports of an office."""
    project = Project(CHECKOUT)
    places = register(project)
    short = {m.key: m.short_name for m in methods(project, read_site(project))}
    found = []
    for index in ("papi", "par_index", "dti"):
        rows = published(index, project)
        rows = rows[rows["level"] == "province"]
        for year in sorted(set(rows["year"])):
            title = f"Chỉ số {short[index]} năm {year}"
            whole = f"{title}: toàn cảnh các tỉnh, thành phố"
            found.append(
                report(f"{index}_national", "ca-nuoc", int(year), whole, "Cả nước", places)
            )
            of_year = rows[rows["year"] == year].drop_duplicates("slug")
            for slug, unit in zip(of_year["slug"], of_year["unit"], strict=True):
                of_unit = f"{title} của tỉnh {unit}"
                found.append(report(index, slug, int(year), of_unit, unit, places))
    for name, title in OFFICE:
        told = f"{title} năm 2023 của tỉnh Quảng Nam"
        found.append(report(name, "quang-nam", 2023, told, "Quảng Nam", places))
    return Inventory(tuple(sorted(found, key=lambda r: (-r.year, not r.national))), places)


def _index(inventory, project, words=None):
    site = read_site(project)
    provinces = province_pages(inventory, site)
    listed = plan._provinces_list(inventory, site, provinces)
    assert isinstance(listed, ListPage)
    return plan._search_index(
        inventory,
        methods(project, site),
        provinces,
        listed,
        words or read_search_words(project),
    )


@pytest.fixture(scope="module")
def site(inventory, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("searched")
    for name, content in _index(inventory, Project(CHECKOUT)).files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def typed(site: Path, texts: list[str]) -> list[dict]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    done = subprocess.run(
        [node, HERE / "search_typed.mjs", ROOM / "assets" / "search.js", site],
        input=json.dumps(texts),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_what_is_typed_finds_what_is_meant(site):
    wanted = {text: address for address, texts in QUERIES.items() for text in map(str, texts)}
    assert len(wanted) >= 150
    answers = typed(site, list(wanted))
    wrong = {}
    for (text, address), answer in zip(wanted.items(), answers, strict=True):
        first = answer["hits"][0][0].replace("index.html", "") if answer["hits"] else ""
        right = first.startswith(address) if "#" in address else first == address
        if not right:
            wrong[text] = (address, answer["hits"][:3])
    assert wrong == {}
    assert max(answer["took"] for answer in answers[1:]) < 250


def test_a_word_with_its_tone_is_not_the_word_without(site):
    year, unit = typed(site, ["papi năm 2024", "papi tỉnh 2024"])
    for answer in (year, unit):
        assert answer["hits"][0][0] == "chi-so/papi/2024/index.html"
        assert not any(hit[0].startswith("tinh/") for hit in answer["hits"])


def test_a_place_that_is_named_keeps_the_others_out(site):
    (answer,) = typed(site, ["papi quảng nam"])
    assert len(answer["hits"]) >= 10
    assert all(hit[0].startswith("tinh/quang-nam/") for hit in answer["hits"])


def test_a_hit_says_which_place_lies_in_it(site):
    (answer,) = typed(site, ["nha trang"])
    assert all("Nha Trang" in note for _, _, note in answer["hits"][:2])


def test_a_first_search_loads_little(site):
    first = (site / "chung/tim-kiem.js").stat().st_size
    pieces = {path.stem: path.stat().st_size for path in (site / "chung/tim-kiem").glob("*.js")}
    assert len(pieces) >= 63
    # A name is looked up in at most three pieces.
    assert first + 3 * max(pieces.values()) < 200_000


def test_the_words_of_the_search_belong_to_what_there_is(inventory):
    project = Project(CHECKOUT)
    words = read_search_words(project)
    for part, key in (("terms", "khong-co"), ("pages", "khong-co/")):
        with pytest.raises(PublishError, match=rf"search\.yml: mục {part}: không có “{key}”"):
            _index(inventory, project, words.model_copy(update={part: {key: ("từ",)}}))
    with pytest.raises(PublishError, match="mục names: không có “ha-tay”"):
        _index(inventory, project, words.model_copy(update={"names": {"Hà Tây": ("ha-tay",)}}))


def test_the_script_of_the_pages_holds_the_search():
    script = CommonFiles().files(Project(CHECKOUT))["chung/trang.js"].decode()
    assert (ROOM / "assets" / "search.js").read_text("utf-8") in script
