"""The five real reports: every figure is there, and the rules find what was found by hand.

The rows of docs/real_reports_checks.md stand here once more, as rule, severity and the figures
concerned.
"""

from __future__ import annotations

import json
import re
import shutil

import pytest
from batch_project import CHECKOUT, build
from bs4 import BeautifulSoup
from official_files import official
from papi_texts import SPAN, check_spacing

from helpers.display.table import Prose
from helpers.inputs.entry import ORIGIN
from helpers.project import Project
from helpers.reports.reconciliation import result as reconciliation
from helpers.reports.reconciliation import tables
from helpers.reports.reconciliation import text as commentary
from helpers.words.text import plain

REPORTS = {
    ("quang-nam", 2023): "000_c5672ecc98bcb893.txt",
    ("an-giang", 2021): "001_de30bd8845f2e8dd.txt",
    ("son-la", 2023): "002_06c018bb646c0679.txt",
    ("binh-thuan", 2022): "003_8ec607e332199156.txt",
    ("thanh-hoa", 2023): "004_bb832ab9a93a3f1d.txt",
}
WRONG, UNCLEAR, BARE = "mâu thuẫn", "không rõ nghĩa", "thiếu mẫu số"
BY_HAND = {
    "quang-nam": [
        ("R8", WRONG, {"poverty.both_rate_change"}),
        ("R8", UNCLEAR, {"poverty.poor_rate_change", "poverty.near_poor_rate_change"}),
        ("R8", UNCLEAR, {"poverty.poor_rate_change"}),
        ("R9", UNCLEAR, {"poverty.poor_rate_yearly", "poverty.poor_rate_change"}),
        ("R9", UNCLEAR, {"poverty.plan_attainment", "poverty.plan_reduction"}),
        ("R9", UNCLEAR, {"poverty.target_times"}),
        ("R13", UNCLEAR, set()),
        ("R16", UNCLEAR, {"procedures.in_time_rate", "sipas.rank"}),
        ("R4", BARE, {"procedures.in_time_rate"}),
        ("R12", BARE, {"procedures.published_rate"}),
    ],
    "an-giang": [("R13", UNCLEAR, set()), ("R11", BARE, {"sipas.rank"})],
    "son-la": [
        ("R13", WRONG, {"procedures.listed"}),
        ("R13", WRONG, set()),
        ("R8", UNCLEAR, {"poverty.poor_rate_change_target"}),
        ("R13", UNCLEAR, set()),
        ("R13", UNCLEAR, set()),
    ],
    "binh-thuan": [
        ("R13", UNCLEAR, set()),
        ("R16", UNCLEAR, {"work_plan.tasks", "par_index.grade"}),
        ("R4", BARE, {"procedures.in_time_rate", "procedures.resolved_late"}),
        ("R10", BARE, {"par_index.grade"}),
    ],
    "thanh-hoa": [
        ("R2", UNCLEAR, {"procedures.overdue", "procedures.resolved"}),
        ("R13", UNCLEAR, set()),
        ("R12", BARE, {"procedures.digitised_rate"}),
        ("R12", BARE, {"procedures.device_satisfied_rate"}),
    ],
}
NOT_FIGURES = {
    "quang-nam": set(),
    # Directives, levels of online services, ordinals of congresses, the disease, factors in brackets.
    "an-giang": {"15", "16", "3", "4", "13", "11", "19", "1", "2", "5"},
    "son-la": set(),
    "binh-thuan": set(),
    # The hour at which a person came.
    "thanh-hoa": {"9"},
}
IN_WORDS_OF_A_DOCUMENT = re.compile(
    r"""
    \d{1,2}/\d{1,2}/\d{4}                        # a date
    | \d+(?:/\d{4})?/(?:NĐ|QĐ|TT|KH|BC|NQ|GP)-?\S*    # the number of a document
    | \d+-(?:KH|NQ)/\S+
    | (?:năm|đến\ năm)\ \d{4}
    | \d{4}\s*-\s*\d{4}                          # a period
    | Covid-\d+
    """,
    re.VERBOSE,
)


@pytest.fixture(scope="module")
def results():
    project = Project(CHECKOUT)
    return {slug: reconciliation.evaluate(slug, year, project) for slug, year in REPORTS}


@pytest.fixture(scope="module")
def texts():
    folder = official("real_reports")
    found = {}
    for (slug, _), name in REPORTS.items():
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        # Below the author stands the site itself: visitors, address, telephone.
        ends = [i for i, line in enumerate(lines) if line.startswith(("Tác giả:", "Văn phòng Sở"))]
        body = lines[: ends[0]] if ends else lines
        found[slug] = "\n".join(line for line in body if not line.startswith("Lượt xem"))
    return found


@pytest.mark.parametrize("slug", BY_HAND)
def test_the_rules_find_what_was_found_by_hand_and_nothing_else(results, slug):
    found = list(results[slug].discrepancies)
    assert [(one.rule, one.severity) for one in found] == [(r, s) for r, s, _ in BY_HAND[slug]]
    for one, (_, _, codes) in zip(found, BY_HAND[slug], strict=True):
        assert codes <= {figure.code for figure in one.observations}, (one.rule, codes)


@pytest.mark.parametrize("slug", BY_HAND)
def test_the_list_made_by_hand_names_as_many(slug):
    page = (CHECKOUT / "docs" / "real_reports_checks.md").read_text(encoding="utf-8")
    names = {"quang-nam": "Quảng Nam", "an-giang": "An Giang", "son-la": "Sơn La"}
    names |= {"binh-thuan": "Bình Thuận", "thanh-hoa": "Thanh Hóa"}
    section = page.split(f"## {names[slug]}")[1].split("\n## ")[0]
    listed = re.findall(r"\| (R\d+), ([^|]+?) \|", section)
    assert listed == [(rule, severity) for rule, severity, _ in BY_HAND[slug]]


def test_the_numbers_of_the_findings(results):
    quang_nam = results["quang-nam"].discrepancies
    assert (quang_nam[0].low, quang_nam[0].high, quang_nam[0].found) == (-2.01, -1.99, -2.1)
    said = [plain(commentary.statement(one)) for one in quang_nam]
    assert any("4.455 đến 4.485 hộ" in text and "8.258 hộ" in text for text in said)
    assert any("gấp 2,5 đến 3,4 lần" in text for text in said)
    base = next(one for one in results["binh-thuan"].discrepancies if one.rule == "R4")
    assert (base.low, base.high) == (1633, 1702)
    (overdue,) = (one for one in results["thanh-hoa"].discrepancies if one.rule == "R2")
    said = plain(commentary.statement(overdue))
    assert "227.149 = 227.140 + 9; 229.952 = 227.149 + 2.803" in said


def test_every_number_of_a_report_was_entered(results, texts):
    """What is left of a report's text without dates and document numbers is a figure or a heading."""
    for slug, result in results.items():
        entry = result.entry
        known = {one.printed.lstrip("-").rstrip("%") for one in result.figures}
        if len(entry.table("headings")):
            known |= set(entry.table("headings")["so"])
        known |= NOT_FIGURES[slug]
        body = IN_WORDS_OF_A_DOCUMENT.sub(" ", texts[slug])
        numbers = re.findall(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w])", body)
        listed = {text for text in numbers if re.search(rf"^{re.escape(text)}\. ", body, re.M)}
        left = {text for text in numbers if text not in known | listed}
        # Years of laws stand without «năm» in brackets or lists.
        assert {text for text in left if not re.fullmatch(r"(19|20)\d\d", text)} == set(), slug


def test_every_figure_stands_in_its_report(results, texts):
    for slug, result in results.items():
        for one in result.figures:
            size = one.printed.lstrip("-")
            assert re.search(rf"(?<![\d.,]){re.escape(size)}(?![\d]|[.,]\d)", texts[slug]), (
                slug,
                one.code,
                one.printed,
            )


def test_every_quotation_stands_in_its_report(results, texts):
    """Shortened with «…», otherwise word for word."""
    squeezed = {slug: " ".join(text.split()) for slug, text in texts.items()}
    for slug, result in results.items():
        for one in result.figures:
            for piece in one.origin.sentence.split("…"):
                words = " ".join(piece.split()).strip(" .,;")
                assert words in squeezed[slug], (slug, one.code, words)


def test_documents_stand_in_their_report(results, texts):
    for slug, result in results.items():
        for row in result.entry.table("documents").itertuples():
            if row.so_hieu:
                assert str(row.so_hieu) in texts[slug], (slug, row.so_hieu)


@pytest.mark.parametrize("slug", BY_HAND)
def test_texts_are_whole_sentences_with_traced_numbers(results, slug):
    result = results[slug]
    sections = (
        commentary.overview,
        commentary.findings,
        commentary.corrections,
        commentary.received,
        commentary.brief,
    )
    for section in sections:
        markdown = section(result).markdown
        check_spacing((slug, section.__name__), markdown.replace("\n- ", "\n\n"))
        # Years are names; the year of a report is not a result. “…” are quotations.
        left = re.sub(r"“[^”]*”|(?<!\d)20\d\d(?!\d)|@tbl-\w+", "", SPAN.sub("", markdown))
        assert not re.search(r"\d", left), (slug, section.__name__, left)
        for _, trace in SPAN.findall(markdown):
            assert trace.strip()


@pytest.mark.parametrize("slug", BY_HAND)
def test_prose_in_tables_is_traced(results, slug):
    for row in tables.discrepancies(results[slug]).rows:
        (cell,) = (cell for cell in row if isinstance(cell, Prose))
        left = re.sub(r"“[^”]*”", "", SPAN.sub("", str(cell)))
        assert not re.search(r"\d", left), left


def test_every_correction_answers_a_finding(results):
    told = 0
    for result in results.values():
        for one in result.corrections:
            told += 1
            (figure,) = (found for found in result.figures if one.names(found))
            assert one.rule in {found.rule for found in result.of(figure)}, one
            assert re.search(r"(?:Sở|Ban|Văn phòng|UBND)\b", one.author)
    assert told == 7


def test_check_prints_the_findings_as_warnings(results):
    problems = commentary.discrepancy_problems(results["quang-nam"].entry, Project(CHECKOUT))
    assert {problem.severity for problem in problems} == {"warning", "note"}
    first = problems[0]
    assert first.file == "data/provinces/quang-nam/2023/so-lieu.csv"
    lines = (CHECKOUT / first.file).read_text(encoding="utf-8").splitlines()
    assert lines[first.line - 1].startswith("poverty.both_rate_change,")
    # Declared in dinh-chinh.yml, so nothing is left to do.
    assert first.severity == "note"
    assert "giảm 2,1." in first.message
    assert any(problem.severity == "warning" for problem in problems)
    (document,) = (problem for problem in problems if problem.rule == "reconciliation-r13")
    assert document.file == "data/provinces/quang-nam/2023/van-ban.csv"
    assert document.line == 2


def test_tables_of_a_delivery_keep_their_origin(results):
    for result in results.values():
        for table in result.entry.tables.values():
            assert table[ORIGIN].astype(str).str.len().min() > 0 or table.empty


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The notebook run for all five, as ``chiso run`` does it."""
    folder = tmp_path_factory.mktemp("five")
    for name in ("params", "notebooks", "data/published"):
        shutil.copytree(CHECKOUT / name, folder / name)
    for slug, year in REPORTS:
        where = f"data/provinces/{slug}/{year}"
        shutil.copytree(CHECKOUT / where, folder / where)
    project = Project(folder)
    build(project, *((("reconciliation",), (slug,), year, ("html",)) for slug, year in REPORTS))
    return folder / "outputs" / "reports"


@pytest.mark.slow
@pytest.mark.parametrize(("slug", "year"), REPORTS)
def test_every_figure_comes_out_as_printed_or_flagged(built, results, slug, year):
    """In the executed notebook and in the page: name, number, year and marks of each figure."""
    notebook = json.loads((built / str(year) / slug / "reconciliation.ipynb").read_text("utf-8"))
    outputs = [o for cell in notebook["cells"] for o in cell.get("outputs", [])]
    assert not [o for o in outputs if o["output_type"] == "error"]
    html = (built / str(year) / slug / "reconciliation.html").read_text(encoding="utf-8")
    page = BeautifulSoup(html, "html.parser")
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]
        for row in page.find_all("tr")
    ]
    for one in results[slug].figures:
        printed = one.printed.replace("-", "\N{MINUS SIGN}", 1)
        label = tables.name_of(results[slug], one)
        (row,) = (row for row in rows if row[:2] == [label, printed] and row[3] == str(one.year))
        flagged = {found.rule for found in results[slug].of(one)}
        assert flagged == set(re.findall(r"R\d+", row[-1])), row
        assert ("đính chính" in row[-1]) == bool(results[slug].corrections_of(one))
