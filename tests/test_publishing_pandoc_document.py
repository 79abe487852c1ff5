"""What a stamped notebook becomes before it takes the form of a page."""

from __future__ import annotations

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from publishing_notebooks import TITLE, bars, code, front_matter, markdown, stamped

from helpers.publishing.document import NO_ALTERNATIVE, clean, read_document
from helpers.publishing.errors import PublishError
from helpers.publishing.front_matter import FrontMatter, front_matter_of


def read(*cells: object) -> object:
    return read_document(new_notebook(cells=[front_matter(), *cells]), "bao-cao.ipynb")


def test_code_is_never_shown_and_outputs_are() -> None:
    document = read_document(stamped(), "papi.ipynb")
    assert "commentary.overview" not in document.markdown
    assert "quang-nam" not in document.markdown
    assert "xếp thứ" in document.markdown
    assert document.front_matter.title == TITLE


def test_figures_keep_their_label_alternative_and_both_forms() -> None:
    figures = read_document(stamped(), "papi.ipynb").figures
    assert list(figures) == ["fig-dimensions", "fig-trend"]
    figure = figures["fig-dimensions"]
    assert figure.alt.endswith('"Quản trị điện tử" 6,00 điểm.')
    assert figure.svg is not None
    assert b"<svg" in figure.svg
    assert figure.png is not None
    assert figure.png.startswith(b"\x89PNG")


def test_code_is_shown_where_the_author_asks_for_it() -> None:
    document = read(code("", "a = 1", [], echo=True))
    assert "```\na = 1\n```" in document.markdown


def test_a_cell_that_is_not_included_leaves_nothing() -> None:
    assert "kín" not in read(code("", "x", [markdown("kín")], include=False)).markdown


def test_warnings_for_whoever_runs_the_notebook_are_not_published() -> None:
    cell = new_code_cell(
        "x",
        outputs=[
            new_output("stream", name="stderr", text="FutureWarning"),
            new_output("stream", name="stdout", text="đã in"),
        ],
    )
    shown = read(cell).markdown
    assert "FutureWarning" not in shown
    assert "đã in" in shown


def test_a_picture_without_words_says_so() -> None:
    document = read(code("", "x", [new_output("display_data", data=bars(("a",), [1.0]))]))
    assert [figure.alt for figure in document.figures.values()] == [NO_ALTERNATIVE]


def test_a_label_that_stands_twice_is_refused() -> None:
    cells = [code("tbl-a", "x", [markdown("| a |\n|---|\n| 1 |")], tbl_cap="A") for _ in range(2)]
    with pytest.raises(PublishError, match=r"tbl-a.*hai lần"):
        read(*cells)


def test_a_notebook_that_ended_in_an_error_is_refused() -> None:
    failed = new_output("error", ename="KeyError", evalue="'x'", traceback=[])
    with pytest.raises(PublishError, match=r"bao-cao\.ipynb.*KeyError"):
        read(new_code_cell("x", outputs=[failed]))


@pytest.mark.parametrize(
    ("first", "message"),
    [
        (new_markdown_cell("# Tiêu đề"), "chiso run"),
        (new_raw_cell("---\ntitle: [\n---"), "YAML"),
        (new_raw_cell("---\nlang: vi\n---"), "thiếu tiêu đề"),
    ],
)
def test_a_notebook_without_front_matter_is_refused(
    first: nbformat.NotebookNode, message: str
) -> None:
    with pytest.raises(PublishError, match=message):
        front_matter_of(new_notebook(cells=[first]), "a.ipynb")


def test_years_and_dates_that_yaml_reads_as_other_types_are_text() -> None:
    cell = new_raw_cell("---\ntitle: A\ndate: 2024\ncategories: [PAPI, 2024]\n---")
    matter = front_matter_of(new_notebook(cells=[cell]), "a.ipynb")
    assert (matter.date, matter.categories) == ("2024", ("PAPI", "2024"))
    assert matter.details == ("PAPI", "2024")


@pytest.mark.parametrize(
    ("date", "seconds"),
    [
        ("2024", 1_735_603_200),
        ("31/12/2024", 1_735_603_200),
        ("2024-12-31", 1_735_603_200),
        ("mùa thu", 315_532_800),
        ("31/02/2024", 315_532_800),
    ],
)
def test_the_date_of_a_file_is_that_of_its_report(
    date: str, seconds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert FrontMatter("A", date=date).epoch == seconds
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert FrontMatter("A", date=date).epoch == 1_700_000_000


@given(st.text())
def test_cleaned_text_is_composed_and_holds_nothing_invisible(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not any(ord(character) < 32 and character not in "\t\n\r" for character in cleaned)
    assert "\u202e" not in cleaned


def test_decomposed_vietnamese_is_composed() -> None:
    assert clean("Qua\u0309ng Nam") == "Quảng Nam"
