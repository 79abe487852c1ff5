"""Choosing an engine, and what happens when a format cannot be written."""

from __future__ import annotations

from pathlib import Path

import docx
import nbformat
import pypdf
import pytest
from lxml import html as lxml_html
from publishing_notebooks import (
    code,
    elements_of,
    front_matter,
    markdown,
    project_in,
    write_stamped,
)

from helpers.publishing import PublishError, choose_engine, job, publish
from helpers.publishing.job import first_lines
from helpers.publishing.pandoc import publish_pandoc
from helpers.publishing.quarto_notebook import read_report


def put_on_path(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str | None) -> None:
    if name:
        program = folder / name
        program.write_text("#!/bin/sh\n", "utf-8")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def test_auto_takes_quarto_where_it_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_on_path(tmp_path, monkeypatch, "quarto")
    assert choose_engine("auto") == "quarto"
    assert choose_engine("quarto") == "quarto"
    assert choose_engine("pandoc") == "pandoc"


def test_without_quarto_auto_takes_pandoc_and_asking_for_quarto_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_on_path(tmp_path, monkeypatch, None)
    assert choose_engine("auto") == "pandoc"
    with pytest.raises(PublishError, match="--engine pandoc"):
        choose_engine("quarto")


def test_unknown_engines_and_formats_are_named(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    with pytest.raises(PublishError, match="latex"):
        choose_engine("latex")  # type: ignore[arg-type]
    with pytest.raises(PublishError, match="odt"):
        publish(write_stamped(project), ["odt"], "pandoc", project)  # type: ignore[list-item]


def test_files_come_back_in_the_order_asked_for_beside_the_notebook(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    notebook = write_stamped(project)
    before = notebook.read_bytes()
    files = publish(notebook, ["html", "docx"], "pandoc", project)
    assert files == (notebook.with_suffix(".html"), notebook.with_suffix(".docx"))
    assert notebook.read_bytes() == before
    # Nothing but the results lies there: temporary files are gone.
    assert {path.name for path in notebook.parent.iterdir()} == {
        "papi.ipynb",
        "papi.html",
        "papi.docx",
    }
    assert 'href="papi.docx"' in files[0].read_text("utf-8")


def test_a_format_that_fails_leaves_its_earlier_file_and_the_others_are_written(
    tmp_path: Path,
) -> None:
    project = project_in(tmp_path)
    notebook = write_stamped(project)
    broken = nbformat.read(notebook, as_version=4)
    for cell in broken.cells:
        for output in cell.get("outputs", []):
            if "image/svg+xml" in output.get("data", {}):
                output.data["image/svg+xml"] = "<svg"
    nbformat.write(broken, notebook)
    earlier = notebook.with_suffix(".pdf")
    earlier.write_bytes(b"earlier")
    with pytest.raises(PublishError, match=r"papi\.pdf: Typst báo lỗi") as caught:
        publish_pandoc(notebook, ["pdf", "html"], project)
    assert len(str(caught.value).splitlines()) < 15
    assert earlier.read_bytes() == b"earlier"
    assert notebook.with_suffix(".html").is_file()


def test_a_failing_pandoc_is_reported_with_the_name_of_the_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pandoc"
    program.write_text("#!/bin/sh\necho hỏng >&2\nexit 3\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(job, "pandoc_program", lambda: (str(program), "3.9"))
    project = project_in(tmp_path / "du-an")
    with pytest.raises(PublishError, match=r"papi\.html: pandoc báo lỗi:\nhỏng"):
        publish_pandoc(write_stamped(project), ["html"], project)


def test_a_missing_notebook_is_reported(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match=r"không-có\.ipynb"):
        publish_pandoc(tmp_path / "không-có.ipynb", ["html"], project_in(tmp_path))


def test_a_reference_to_nothing_is_an_error_that_names_the_cell(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    notebook = project.outputs / "a.ipynb"
    empty = code("tbl-a", "tables.trong()", [])
    told = code("", "commentary.areas(result)", [markdown("Xem @fig-khong-co và @Tbl-a.")])
    nbformat.write(nbformat.v4.new_notebook(cells=[front_matter(), empty, told]), notebook)
    wanted = r"a\.ipynb: ô 3 \(«commentary\.areas\(result\)»\) nhắc tới @fig-khong-co.*ô 3 .*@tbl-a"
    with pytest.raises(PublishError, match=wanted):
        publish_pandoc(notebook, ["html"], project)
    with pytest.raises(PublishError, match=wanted):
        read_report(nbformat.read(notebook, 4), "a.ipynb")
    assert not list(project.outputs.glob("*.html"))


def test_what_is_no_reference_of_a_reader_is_left_alone(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    notebook = project.outputs / "a.ipynb"
    hidden = code("", "y", [markdown("@tbl-an")], include=False)
    said = code("", "x", [markdown("Thư về a@tbl-gov.vn, viết `@tbl-thu`.")])
    nbformat.write(nbformat.v4.new_notebook(cells=[front_matter(), hidden, said]), notebook)
    assert "a@tbl-gov.vn" in publish_pandoc(notebook, ["html"], project)[0].read_text("utf-8")


def test_a_cell_that_begins_like_a_list_stays_a_cell(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    notebook = project.outputs / "a.ipynb"
    table = "| Nội dung | Điểm |\n|:--|--:|\n| 1. Tham gia | 5,0 |\n| - | 4,0 |\n| + thêm | 3,0 |"
    cells = [front_matter(), code("tbl-a", "x", [markdown(table)], tbl_cap="Bảng một hàng")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), notebook)
    pdf = pypdf.PdfReader(publish_pandoc(notebook, ["pdf"], project)[0])
    assert "1. Tham gia" in " ".join(pdf.pages[0].extract_text().split())
    kinds = {str(element["/S"]) for element in elements_of(pdf)}
    assert "/TD" in kinds
    assert "/LI" not in kinds


def test_one_row_without_a_caption_stands_out(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    notebook = project.outputs / "a.ipynb"
    cells = [front_matter(), code("", "x", [markdown("| Tổng điểm |\n|--:|\n| 41,00 |")])]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), notebook)
    html = publish_pandoc(notebook, ["html"], project)[0].read_text("utf-8")
    assert '<div class="table-scroll key"' in html


def test_the_note_of_a_table_stays_with_it_in_every_format(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    notebook = project.outputs / "a.ipynb"
    table = "| Nội dung | Điểm |\n|:--|--:|\n| a | – |\n\n::: {.table-note}\n–: không có.\n:::"
    cells = [front_matter(), code("tbl-a", "x", [markdown(table)], tbl_cap="Bảng")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), notebook)
    html, pdf, word = publish_pandoc(notebook, ["html", "pdf", "docx"], project)
    assert '<div class="table-note">' in html.read_text("utf-8")
    assert "–: không có." in pypdf.PdfReader(pdf).pages[0].extract_text()
    (note,) = [p for p in docx.Document(str(word)).paragraphs if "không có" in p.text]
    assert note.style.name == "Table Small"


def test_long_complaints_are_cut() -> None:
    assert first_lines("\n".join("abcdefghijkl")).splitlines()[-1] == "…"
    assert first_lines("một dòng") == "một dòng"


def test_lists_of_two_cells_are_two_lists(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    path = write_stamped(project)
    notebook = nbformat.read(path, as_version=4)
    lists = ("- thiếu một\n- thiếu hai", "- **Nguồn.** Cách tính\n- **Tỷ lệ.** Mẫu số", "1. bước")
    said = [code("", "show()", [markdown(text)]) for text in lists]
    notebook.cells = [notebook.cells[0], *said]
    nbformat.write(notebook, path)
    page, paper = publish_pandoc(path, ["html", "pdf"], project)
    tree = lxml_html.document_fromstring(page.read_bytes()).find(".//main")
    items = [[item.text_content() for item in one] for one in tree.xpath(".//ul | .//ol")][-3:]
    assert items == [
        ["thiếu một", "thiếu hai"],
        ["Nguồn. Cách tính", "Tỷ lệ. Mẫu số"],
        ["bước"],
    ]
    # A loose list has paragraphs in its items.
    assert not tree.xpath(".//li/p")
    assert "apart" not in lxml_html.tostring(tree, encoding="unicode")
    kinds = [element["/S"] for element in elements_of(pypdf.PdfReader(paper))]
    assert kinds.count("/L") == len(lists)
