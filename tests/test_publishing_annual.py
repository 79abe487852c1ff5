"""The annual report as files: the same bytes twice, and every delivered figure on the page."""

from __future__ import annotations

import re

import docx
import pypdf
import pytest
from annual_made import SHIPPED, checkout_in, report
from batch_project import chiso
from bs4 import BeautifulSoup
from docx.enum.text import WD_COLOR_INDEX

FORMATS = ("html", "pdf", "docx")


def run(project, slug, year, *formats):
    arguments = [
        "run",
        "--report",
        "annual",
        "--report",
        "review",
        "--province",
        slug,
        "--year",
        str(year),
    ]
    for name in formats:
        arguments += ["--format", name]
    process = chiso(project, *arguments)
    _, told = process.communicate(timeout=300)
    assert process.returncode == 0, told
    return project.outputs / "reports" / str(year) / slug


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return checkout_in(tmp_path_factory.mktemp("published"))


@pytest.fixture(scope="module")
def folder(project):
    return run(project, "quang-nam", 2023, *FORMATS)


def test_two_runs_give_the_same_bytes(folder, tmp_path_factory):
    again = checkout_in(tmp_path_factory.mktemp("again"))
    other = run(again, "quang-nam", 2023, *FORMATS)
    for name in FORMATS:
        first, second = ((at / f"annual.{name}").read_bytes() for at in (folder, other))
        assert first == second, name


@pytest.mark.slow
@pytest.mark.parametrize(("slug", "year"), SHIPPED)
def test_every_figure_of_the_real_report_is_on_the_page_or_in_its_slip(slug, year, project):
    made = run(project, slug, year, "html")
    told = [
        BeautifulSoup((made / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
        for name in ("annual", "review")
    ]
    shown = " ".join(" ".join(soup.get_text(" ").split()) for soup in told)
    for one in report(slug, year, project).result.entry.figures:
        place = str(one.origin).split(f"/{slug}/{year}/")[-1].split(", theo ")[0]
        printed = one.printed.strip().replace("-", "−")
        assert holds(shown, printed) or holds(shown, place), (one.code, one.year)


def holds(text, said):
    """Tell whether a text says something as it stands: «dòng 5» is not in «dòng 50», 4 not in 1,4."""
    return bool(re.search(rf"(?<![\w.,]){re.escape(said)}(?!\w|[.,]\d)", text))


def test_a_number_inside_another_is_not_on_the_page():
    assert all(
        holds("tệp so-lieu.csv, dòng 5, theo Bài; 18/129.", one) for one in ("dòng 5", "129")
    )
    assert not any(holds("dòng 50; 1,4 và 4.000 hồ sơ", one) for one in ("dòng 5", "4", "00"))


def test_what_is_to_be_filled_in_is_yellow_in_word(folder):
    document = docx.Document(str(folder / "annual.docx"))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    yellow = [run.text for run in runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW]
    assert yellow == ["[bổ sung: nguyên nhân của ba hạn chế]"]
    assert sum("[bổ sung" in run.text for run in runs) == len(yellow)


def test_headings_have_no_gap_and_no_annex_stands_unasked(folder):
    soup = BeautifulSoup((folder / "annual.html").read_text(encoding="utf-8"), "html.parser")
    heads = [" ".join(h.get_text(" ").split()) for h in soup.select("h2")]
    numbers = [head.split(".")[0] for head in heads if head[0] in "IV"]
    assert numbers == ["I", "II", "III"]
    assert not [head for head in heads if head.startswith("Phụ lục")]
    # Where numbers come from is on the page, behind the signature, and on no paper.
    assert heads[-1] == "Nguồn số liệu"
    paper = "".join(page.extract_text() for page in pypdf.PdfReader(folder / "annual.pdf").pages)
    assert "so-lieu.csv" not in paper


def test_what_the_office_did_not_state_stays_a_blank(folder):
    first = pypdf.PdfReader(folder / "annual.pdf").pages[0].extract_text()
    assert "Số:" in first
    assert "…" in first
    assert "BÁO CÁO" in first


def test_the_check_lists_own_words_whose_figures_changed(tmp_path):
    own = checkout_in(tmp_path)
    folder = own.offices / "quang-nam" / "2023"
    folder.mkdir()
    (folder / "noi-bat.md").write_text("Nhận {{procedures.received = 4.900}}.", encoding="utf-8")
    process = chiso(own, "check", "quang-nam", "2023")
    told, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert "“procedures.received” là 4.900, nay là 5.182" in told
    assert "params/provinces/quang-nam/2023/noi-bat.md" in told
