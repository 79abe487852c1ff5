"""Every province and year that ships, from the command to the finished page and PDF.

The figures are read again from the shipped table with nothing of the project: what a reader sees must
be what was published.
"""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

import pypdfium2
import pytest
from batch_project import CHECKOUT, chiso
from bs4 import BeautifulSoup
from published_rows import rows

from helpers.project import Project

pytestmark = pytest.mark.slow
COUNTS = {2020: 63, 2021: 60, 2024: 61}
CODES = ["total", *"12345678"]
NOT_COMPARABLE_2021 = ("total", "3", "5", "6")


def printed(value):
    text = str(Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP))
    return text.replace("-", "\N{MINUS SIGN}").replace(".", ",")


@pytest.fixture(scope="module")
def published():
    """Scores by year, code and slug, as decimal text."""
    found = defaultdict(dict)
    for row in rows(CHECKOUT, "papi"):
        found[int(row["year"]), row["code"]][row["slug"]] = Decimal(row["value"])
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """All reports of all years, made by the command as an office would."""
    folder = tmp_path_factory.mktemp("every")
    for name in ("params", "notebooks", "data/published"):
        shutil.copytree(CHECKOUT / name, folder / name)
    project = Project(folder)
    for year in COUNTS:
        arguments = (
            "--report",
            "papi",
            "--report",
            "papi_national",
            "--province",
            "all",
            "--year",
            str(year),
            "--format",
            "html",
            "--format",
            "pdf",
        )
        process = chiso(project, "run", *arguments)
        _, told = process.communicate(timeout=900)
        assert process.returncode == 0, told
    return project


def unit_folders(project, year):
    folders = (project.outputs / "reports" / str(year)).iterdir()
    return sorted(folder for folder in folders if folder.name != "ca-nuoc")


def table_below(soup, start):
    for table in soup.find_all("table"):
        if table.caption and start in table.caption.get_text():
            return [
                [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]
                for row in table.tbody.find_all("tr")
            ]
    raise AssertionError(f"no table {start}")


def expected_rows(published, year, slug):
    """Value, place and median of each criterion, as they must be printed.

    Scores that print alike share a place, which says so.
    """
    for code in CODES:
        scores = published[year, code]
        value = scores[slug]
        shown = [Decimal(printed(other).replace(",", ".")) for other in scores.values()]
        own = Decimal(printed(value).replace(",", "."))
        place = f"{1 + sum(other > own for other in shown)}/{len(scores)}"
        place += " (đồng hạng)" if shown.count(own) > 1 else ""
        middle = median(scores.values())
        yield printed(value), place, printed(middle), value - middle


@pytest.mark.parametrize("year", COUNTS)
def test_every_province_with_scores_has_its_report(built, year):
    folders = unit_folders(built, year)
    assert len(folders) == COUNTS[year]
    for folder in [*folders, built.outputs / "reports" / str(year) / "ca-nuoc"]:
        names = {path.name.rsplit(".", 1)[-1] for path in folder.iterdir()}
        assert names == {"ipynb", "html", "pdf", "json"}, folder.name


@pytest.mark.parametrize("year", COUNTS)
def test_the_page_prints_what_was_published(built, published, year):
    for folder in unit_folders(built, year):
        soup = BeautifulSoup((folder / "papi.html").read_text(encoding="utf-8"), "html.parser")
        rows = table_below(soup, "theo chỉ số nội dung")
        assert len(rows) == len(CODES)
        for row, (value, place, middle, gap) in zip(
            rows, expected_rows(published, year, folder.name), strict=True
        ):
            assert (row[1], row[3], row[4]) == (value, place, middle), (folder.name, row)
            sign = "+" if printed(gap)[0] != "\N{MINUS SIGN}" and printed(gap) != "0,00" else ""
            assert row[5] == f"{sign}{printed(gap)}".replace("\N{MINUS SIGN}0,00", "0,00")


@pytest.mark.parametrize("year", COUNTS)
def test_the_pdf_prints_what_was_published(built, published, year):
    for folder in unit_folders(built, year):
        document = pypdfium2.PdfDocument(folder / "papi.pdf")
        text = " ".join(page.get_textpage().get_text_range() for page in document)
        document.close()
        words = text.replace("\N{HYPHEN-MINUS}", "\N{MINUS SIGN}").split()
        for value, place, middle, _ in expected_rows(published, year, folder.name):
            for figure in (value, place.split()[0], middle):
                assert figure in words, (folder.name, figure)


def test_no_change_is_told_across_the_break_of_2021(built):
    for folder in unit_folders(built, 2021):
        soup = BeautifulSoup((folder / "papi.html").read_text(encoding="utf-8"), "html.parser")
        rows = table_below(soup, "so với")
        for code, row in zip(CODES, rows, strict=True):
            if code in NOT_COMPARABLE_2021:
                assert row[-1] == "không so sánh", (folder.name, row)
            else:
                assert re.fullmatch(r"[+\N{MINUS SIGN}]?\d,\d\d", row[-1]), (folder.name, row)
        heading = soup.find(["h1", "h2"], string="Thay đổi qua các năm")
        for paragraph in heading.find_all_next("p"):
            if paragraph.find_previous(["h1", "h2"]) is not heading:
                break
            said = paragraph.get_text(" ")
            if re.search(r"tăng|giảm", said):
                assert "điểm tổng hợp tăng" not in said.lower()
                assert "điểm tổng hợp giảm" not in said.lower()
                for name in ("Trách nhiệm giải trình", "Thủ tục hành chính", "Cung ứng dịch vụ"):
                    assert name not in said, (folder.name, said)


@pytest.mark.parametrize("year", COUNTS)
def test_the_national_page_lists_every_province_with_its_scores(built, published, year):
    page = built.outputs / "reports" / str(year) / "ca-nuoc" / "papi_national.html"
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    rows = table_below(soup, "các chỉ số nội dung của các tỉnh")
    assert len(rows) == 63
    printed_rows = {(row[2], *row[4:]) for row in rows}
    for slug in published[year, "total"]:
        scores = tuple(printed(published[year, code][slug]) for code in CODES)
        assert scores in printed_rows, slug


def test_one_page_links_everything(built):
    soup = BeautifulSoup((built.outputs / "index.html").read_text(encoding="utf-8"), "html.parser")
    links = {a["href"] for a in soup.find_all("a", href=True) if not a["href"].startswith("#")}
    for year, count in COUNTS.items():
        pages = [
            link for link in links if link.startswith(f"reports/{year}/") and link.endswith("html")
        ]
        assert len(pages) == count + 1
    assert all((built.outputs / link).is_file() for link in links)
