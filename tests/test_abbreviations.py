"""An abbreviation is written in full where a document uses it first, and only there."""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path

import nbformat
import pytest
import yaml
from batch_project import CHECKOUT, build
from poverty_made import checkout_in

from helpers.execution.explained import explain_abbreviations
from helpers.simulation import simulate
from helpers.words.abbreviations import FirstUses, as_given, unspanned
from helpers.words.document import Remark
from helpers.words.printing import ShownRemark
from helpers.words.terms import read_terms

TERMS = {one: read_terms(CHECKOUT, one).abbreviations.all for one in ("vi", "en")}
SHORT = {
    "TTHC": "thủ tục hành chính",
    "PAPI": "Chỉ số hiệu quả quản trị",
    "UBND": "Ủy ban nhân dân",
    "ICT": "Chỉ số công nghệ",
}


def read(*paragraphs):
    uses = FirstUses(SHORT)
    return unspanned("\n\n".join(uses.explain(one) for one in paragraphs))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Số TTHC là 5. TTHC mới.", "Số thủ tục hành chính (TTHC) là 5. TTHC mới."),
        ("TTHC mới. Số TTHC.", "Thủ tục hành chính (TTHC) mới. Số TTHC."),
        ("- TTHC mới", "- Thủ tục hành chính (TTHC) mới"),
        ("Chỉ số PAPI đạt 5.", "Chỉ số hiệu quả quản trị (PAPI) đạt 5."),
        ("tám chỉ số PAPI.", "tám chỉ số hiệu quả quản trị (PAPI)."),
        ("Sở trình UBND tỉnh.", "Sở trình Ủy ban nhân dân (UBND) tỉnh."),
        ("Ở Chỉ số ICT (Vietnam ICT Index).", "Ở Chỉ số công nghệ (ICT; Vietnam ICT Index)."),
        ("thủ tục hành chính (TTHC); TTHC mới", "thủ tục hành chính (TTHC); TTHC mới"),
    ],
)
def test_the_first_use_is_written_in_full(written, said):
    assert read(written) == said


@pytest.mark.parametrize(
    "written",
    [
        "Kế hoạch số 12/KH-UBND ngày 05/02/2024, Quyết định 410/QĐ-UBND",
        "bảng «Hồ sơ TTHC», tệp “TTHC 2024”, `TTHC`",
        '[5.182]{.so title="bảng TTHC, dòng 4"} hồ sơ',
        "| TTHC | 5 |",
        "## Kết quả TTHC",
        "::: {.table-note}\nTTHC: thủ tục hành chính.\n:::",
        "@tbl-TTHC và [trang](https://papi.org.vn/TTHC)",
        "TTHCX, XTTHC",
    ],
)
def test_names_tables_headings_and_sources_stay(written):
    assert read(written) == written
    assert read(written, "Số TTHC.").endswith("Số thủ tục hành chính (TTHC).")


def test_a_heading_with_the_short_form_in_brackets_explains_it():
    assert read("## Thủ tục hành chính (TTHC)", "Số TTHC.").endswith("Số TTHC.")


def test_a_source_explains_nothing():
    hidden = '::: {.key-figures}\n| [5]{.so title="Thủ tục hành chính (TTHC)"} |\n:::'
    assert read(hidden, "Số TTHC.").endswith("Số thủ tục hành chính (TTHC).")


def test_what_a_person_wrote_stays_and_explains_nothing():
    words = str(ShownRemark(Remark("Chưa hiểu nội dung của PAPI và TTHC", "a.csv"), SHORT).markup())
    assert read(f"Hạn chế: {words}.", "Điểm PAPI.") == (
        "Hạn chế: Chưa hiểu nội dung của PAPI và TTHC.\n\nĐiểm Chỉ số hiệu quả quản trị (PAPI)."
    )
    own = "Sở đã rà soát TTHC, theo «Kế hoạch TTHC» và [TTHC](https://a.vn/TTHC)."
    assert read(as_given(own, SHORT)) == own


def test_what_was_written_short_is_kept_beside_it():
    made = FirstUses(SHORT).explain("Chỉ số PAPI đạt 5.")
    assert 'data-short="Chỉ số PAPI"' in made


def notebook(*outputs, lang="vi"):
    head = nbformat.v4.new_raw_cell(f"---\nlang: {lang}\n---")
    cells = [
        nbformat.v4.new_code_cell(
            "",
            outputs=[
                nbformat.v4.new_output(
                    "display_data", {"text/markdown": text}, metadata={"chiso": {"kind": kind}}
                )
            ],
        )
        for kind, text in outputs
    ]
    own = nbformat.v4.new_markdown_cell("Tôi viết PAPI.")
    return nbformat.v4.new_notebook(cells=[head, own, *cells])


def test_a_document_counts_its_texts_together_and_keeps_its_tables():
    made = notebook(("table", "| [PAPI]{.given} |"), ("text", "Điểm PAPI."), ("text", "PAPI."))
    explain_abbreviations(made, CHECKOUT)
    table, first, second = (cell.outputs[0].data["text/markdown"] for cell in made.cells[2:])
    assert made.cells[1].source == "Tôi viết PAPI."
    assert table == "| PAPI |"
    assert unspanned(first) == f"Điểm {TERMS['vi']['PAPI']} (PAPI)."
    assert second == "PAPI."


def test_the_text_below_the_title_comes_first_and_a_documents_own_name_stays():
    def read_with(**front_matter):
        made = notebook(("text", "Điểm PAPI."))
        described = {"lang": "vi", "description": "Chỉ số PAPI: 5, «PAPI»", **front_matter}
        made.cells[0].source = f"---\n{yaml.safe_dump(described, allow_unicode=True)}---"
        explain_abbreviations(made, CHECKOUT)
        head = yaml.safe_load(made.cells[0].source.strip("-"))
        return head["description"], unspanned(made.cells[2].outputs[0].data["text/markdown"])

    said = f"{TERMS['vi']['PAPI']} (PAPI)"
    assert read_with() == (f"{said}: 5, «PAPI»", "Điểm PAPI.")
    assert read_with(official={"kind": "BÁO CÁO"}) == ("Chỉ số PAPI: 5, «PAPI»", f"Điểm {said}.")


def test_an_english_document_says_it_in_english():
    made = notebook(("text", "PAPI rose."), lang="en")
    explain_abbreviations(made, CHECKOUT)
    assert f"{TERMS['en']['PAPI']} (PAPI)" in made.cells[2].outputs[0].data["text/markdown"]


def test_the_long_form_of_an_index_is_its_name():
    for path in (CHECKOUT / "params/indices").glob("*.yml"):
        index = yaml.safe_load(path.read_text(encoding="utf-8"))
        for language in ("vi", "en"):
            said = TERMS[language].get(index["short_name"])
            if said and index["short_name"] != "TTHC":
                assert said == index[f"name_{language}"], path.name


# Finished pages -----------------------------------------------------------------------------------

ALL = os.environ.get("CHISO_PAGES")
"""A folder of finished reports to read in place of the sample."""
SAMPLE = (
    (("papi",), ("an-giang",), 2024, ("html",)),
    (("par_index", "dti"), ("da-nang",), 2022, ("html",)),
    (("annual", "procedures"), ("son-la", "quang-nam", "thanh-hoa"), 2023, ("html",)),
    (("annual", "sipas", "par_index", "dti"), ("tinh-mau",), 2024, ("html",)),
)
MARKUP = re.compile(r"\{[^{}]*\}|«[^»]*»|“[^”]*”|`[^`]*`|\]\([^)]*\)|\(https?:[^)]*\)")


def running(path):
    """Lines of running text of a notebook of record, in order; headings count as explanations.

    The first is the text below the title, unless it is the name that an office gave its document.
    """
    made = nbformat.read(path, 4)
    front_matter = yaml.safe_load(made.cells[0].source.strip("-"))
    if "official" not in front_matter:
        yield front_matter["description"]
    for cell in made.cells:
        for output in cell.get("outputs", []):
            if output.get("metadata", {}).get("chiso", {}).get("kind") != "text":
                continue
            fenced = False
            for line in output.data["text/markdown"].split("\n"):
                fenced ^= line.startswith(":::")
                if line and not fenced and not line.startswith((":::", "|")):
                    yield MARKUP.sub("", line)


def unexplained(path, typed):
    """Lines that use an abbreviation before the document has explained it."""
    known, wrong = set(), []
    for line in running(path):
        for found in re.finditer(r"(?<![\w/&-])(PAR INDEX|[A-ZĐ]{3,})(?![\w/&-])", line):
            short = found[1]
            if f"({short})" in line or f"({short};" in line:
                known.add(short)
            new = short in TERMS["vi"] and short not in known and not line.startswith("#")
            if new and not any(has(line, found.start(), text) for text in typed):
                wrong.append((path.parent.name, path.name, line))
    return wrong


def has(line, place, text):
    """Tell whether a text that an office typed stands at a place of a line."""
    plain = re.sub(r"[\[\]\\]", "", line)
    place -= len(line[:place]) - len(re.sub(r"[\[\]\\]", "", line[:place]))
    at = plain.lower().find(text.lower())
    return 0 <= at <= place < at + len(text)


def changed(path, typed):
    """Texts of an office that a document prints otherwise than they were typed."""
    wrong = []
    for cell in nbformat.read(path, 4).cells:
        for output in cell.get("outputs", []):
            for line in output.get("data", {}).get("text/markdown", "").split("\n"):
                for found in re.finditer(r'\[([^\]]*)\]\{\.abbr data-short="([^"]*)"\}', line):
                    was = MARKUP.sub("", line[: found.start()]) + found[2]
                    whole = was + MARKUP.sub("", line[found.end() :])
                    wrong += [text for text in typed if has(whole, len(was) - 1, text)]
    return wrong


def typed_in(folder):
    """Texts of more than three words that an office typed; a body that issues a paper is a name."""
    found = set()
    for path in folder.rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            found |= {cell.strip(" .") for row in csv.reader(stream) for cell in row}
    return [one for one in found if len(one.split()) > 3 and not one.startswith(("UBND ", "HĐND "))]


def test_no_finished_page_uses_an_abbreviation_before_it_explains_it(tmp_path):
    if ALL:
        folder, deliveries = Path(ALL).resolve(), CHECKOUT / "data/provinces"
    else:
        project = checkout_in(tmp_path, deliveries=True)
        simulate(project, scale=0.02)
        build(project, *SAMPLE)
        folder, deliveries = project.outputs / "reports", project.deliveries
    pages = sorted(folder.glob("*/*/*.ipynb"))
    assert len(pages) >= 13
    unclear, rewritten = [], []
    for path in pages:
        typed = typed_in(deliveries / path.parent.name / path.parent.parent.name)
        unclear += unexplained(path, typed)
        rewritten += changed(path, typed)
    assert unclear == []
    assert rewritten == []
    assert sum(".abbr" in path.read_text(encoding="utf-8") for path in pages) >= 6
